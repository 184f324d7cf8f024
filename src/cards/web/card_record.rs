//! `/cards/{id}`: one card, with whose it is, where it is, and what is to be done next.

use super::dossier::Dossier;
use super::next_step::{self, NextStep};
use super::state_label::StateLabel;
use super::whereabouts::place;
use crate::app::SharedApp;
use crate::cards::history::undoable;
use crate::cards::plastic::Card;
use crate::cards::store::{card_steps, cards};
use crate::kernel::ids::CardId;
use crate::web::caller::{ENTRY, MAILROOM, PERSONALIZATION};
use crate::web::pages::history::{self, HistoryRow};
use crate::web::pages::{Desk, Visitor};
use crate::web::{Allowed, PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/cards/{id}", get(show))
}

#[derive(Template)]
#[template(path = "cards/card.html")]
struct CardPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    dossier: &'a Dossier,
    card: &'a Card,
    label: StateLabel,
    ticket_label: StateLabel,
    /// Where it is, in a sentence.
    place: String,
    next: NextStep,
    once: String,
    may_undo: bool,
    may_read_ticket: bool,
    /// Whether the visitor decides about a card that differs.
    may_decide: bool,
    undoes: Option<String>,
    others: Vec<(CardId, String, StateLabel)>,
    history: Vec<HistoryRow>,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<{ PERSONALIZATION | MAILROOM | ENTRY }>,
    visitor: Visitor,
    PathKey(id): PathKey<CardId>,
) -> Result<Response, Problem> {
    let words = visitor.words;
    let desk = Desk::load(&app, &caller).await?;
    let mut conn = app.db.snapshot().await?;
    let card = cards::find(&mut conn, id).await?.ok_or_else(|| Problem::not_found("card"))?;
    let steps = card_steps::of_card(&mut conn, id).await?;
    let zone = app.config.museum.zone();
    let dossier = Dossier::read(&mut conn, card.annual_ticket_id, app.clock.now(), zone).await?;
    let history = history::of(&mut conn, &words, zone, &[("card", &id)]).await?;
    drop(conn);
    let others = dossier.cards.iter().filter(|other| other.id != id);
    let page = CardPage {
        visitor: &visitor,
        desk,
        label: StateLabel::of_card(card.state, words),
        ticket_label: StateLabel::of_annual_ticket(dossier.status(), dossier.ticket.state, words),
        place: place(&dossier, &card, &steps, words),
        once: visitor.fresh_once(),
        next: next_step::of_card(&dossier, &card, caller.roles, words),
        may_undo: caller.roles.may(PERSONALIZATION | MAILROOM),
        may_decide: caller.roles.may(PERSONALIZATION),
        may_read_ticket: caller.roles.may(PERSONALIZATION | MAILROOM),
        undoes: undoable(&steps).map(|step| words.action(&format!("card.{}", step.step))),
        others: others
            .map(|other| (other.id, other.number.to_string(), StateLabel::of_card(other.state, words)))
            .collect(),
        history,
        card: &card,
        dossier: &dossier,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

impl CardPage<'_> {
    fn photo_path(&self) -> Option<String> {
        self.dossier.ticket.photo_id.map(|photo| format!("/annual-tickets/{}/photo?{photo}", self.dossier.ticket.id))
    }

    /// The version of the faces, so that a browser shows new ones.
    fn faces(&self) -> Option<String> {
        self.card.print_data_sha256.as_ref().map(|hash| hex::encode(&hash[..hash.len().min(6)]))
    }
}
