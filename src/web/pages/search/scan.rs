//! `/scan?text=`: leads to what was scanned.

use super::recognise::{Form, form};
use super::results::{self, Eyes};
use crate::app::{App, SharedApp};
use crate::cards::find::Bearer;
use crate::promotions::{self, CodeText};
use crate::web::caller::ANY_ROLE;
use crate::web::pages::form::encode;
use crate::web::pages::visitor::Visitor;
use crate::web::{Allowed, Problem, Query};
use crate::{cards, sales};
use axum::extract::State;
use axum::response::Redirect;
use card::KeyRing;
use db::{Conn, DbError};
use serde::Deserialize;

/// Where somebody is led who scanned nothing.
const NOWHERE: &str = "/search";

#[derive(Debug, Deserialize)]
pub(super) struct Scanned {
    #[serde(default)]
    text: String,
}

/// Leads to the one record that the text stands for, or to what a search for it finds.
pub(super) async fn lead(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<ANY_ROLE>,
    visitor: Visitor,
    Query(scanned): Query<Scanned>,
) -> Result<Redirect, Problem> {
    let text = scanned.text.trim();
    if text.is_empty() {
        return Ok(Redirect::to(NOWHERE));
    }
    let eyes = Eyes::of(caller.roles);
    let mut conn = app.db.read().await?;
    if let Some(path) = exact(&app, &mut conn, eyes, text).await? {
        return Ok(Redirect::to(&path));
    }
    // A single hit opens at once.
    let found = results::find(&app, &mut conn, visitor.words, eyes, text, 2).await?;
    Ok(match results::only_hit(&found) {
        Some(path) => Redirect::to(path),
        None => Redirect::to(&format!("/search?q={}", encode(text))),
    })
}

/// The path of the one record that the text names exactly.
pub(super) async fn exact(app: &App, conn: &mut Conn, eyes: Eyes, text: &str) -> Result<Option<String>, Problem> {
    let keys = KeyRing::new(&app.keys.key_list())
        .map_err(|error| Problem::internal("the installation's own keys are unusable", &error))?;
    let path = match form(text, &keys) {
        Form::Signed(card) => {
            let bearer = cards::find::of_code(conn, card.code().card_id, card.code().issue).await?;
            match bearer {
                Some(Bearer::Card(id)) if eyes.cards => Some(format!("/cards/{id}")),
                Some(Bearer::AnnualTicket(id)) if eyes.cards => Some(format!("/annual-tickets/{id}")),
                Some(Bearer::DayTicket(ticket)) if eyes.orders => {
                    sales::find::order_of_ticket(conn, ticket).await?.map(|id| format!("/orders/{id}"))
                }
                _ => None,
            }
        }
        Form::Short(code) if eyes.vouchers => {
            sales::find::is_voucher(conn, &code).await?.then(|| format!("/vouchers/{code}"))
        }
        Form::CardNumber(number) if eyes.cards => {
            cards::find::of_number(conn, number).await?.map(|id| format!("/cards/{id}"))
        }
        Form::OrderNumber(number) if eyes.orders => {
            sales::find::order_of_number(conn, &number).await?.map(|id| format!("/orders/{id}"))
        }
        _ => None,
    };
    match path {
        Some(path) => Ok(Some(path)),
        None if eyes.codes => Ok(promotion_code(conn, text).await?),
        None => Ok(None),
    }
}

async fn promotion_code(conn: &mut Conn, text: &str) -> Result<Option<String>, DbError> {
    let Ok(code) = text.parse::<CodeText>() else { return Ok(None) };
    let found = promotions::codes_entered(conn, &[code.fold()]).await?;
    Ok(found.into_iter().next().map(|(_, code)| promotions::web::code_path(&code.code)))
}
