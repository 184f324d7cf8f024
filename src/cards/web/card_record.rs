//! `/cards/{id}`: one card, with whose it is, where it is, and what is to be done next.

use super::dossier::Dossier;
use super::next_step::{self, NextStep};
use super::state_label::StateLabel;
use crate::app::SharedApp;
use crate::cards::card::CardState;
use crate::cards::history::{TakenStep, standing, undoable};
use crate::cards::plastic::Card;
use crate::cards::store::{card_steps, cards};
use crate::kernel::ids::CardId;
use crate::kernel::period::local_day;
use crate::web::caller::{ENTRY, MAILROOM, PERSONALIZATION};
use crate::web::pages::history::{self, HistoryRow};
use crate::web::pages::{Desk, Visitor, Words};
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

/// Where a card is, in a sentence.
fn place(dossier: &Dossier, card: &Card, steps: &[TakenStep], words: Words) -> String {
    use CardState as S;
    let day = words.date(local_day(card.changed_at, dossier.zone));
    let house = || card.house.as_ref().map(|house| dossier.house_name(house.as_str())).unwrap_or_default();
    match card.state {
        S::Preparing if dossier.is_unpaid() => words.t("card-where-unpaid"),
        S::Preparing => words.t("card-where-preparing"),
        S::WaitingForLayout => words.t("card-where-waiting-for-layout"),
        S::SetAside => {
            let key = format!("preview-{}", card.set_aside_reason.as_deref().unwrap_or_default().replace('_', "-"));
            if words.has(&key) { words.t(&key) } else { words.t("card-where-set-aside") }
        }
        S::ReadyToPrint => words.t("card-where-ready-to-print"),
        S::InPrintRun => words.t("card-where-in-print-run"),
        S::ReadyForDispatch => words.t1("card-where-printed", "way", dossier.way(&words)),
        S::Dispatched => {
            let sent = standing(steps).into_iter().rev().find(|step| step.step == "dispatched");
            let parts = sent.map(|step| [step.carrier.as_deref(), step.tracking.as_deref()]).unwrap_or_default();
            let how = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
            words.t2(
                "card-where-dispatched",
                ("day", day),
                ("how", if how.is_empty() { words.t("way-mail") } else { how }),
            )
        }
        S::Deposited => match &card.shelf {
            Some(shelf) => words.t2("card-where-deposited-shelf", ("house", house()), ("shelf", shelf.as_str())),
            None => words.t1("card-where-deposited", "house", house()),
        },
        S::HandedOver => {
            let taken = standing(steps).into_iter().rev().find(|step| step.step == "handed_over");
            match taken.and_then(|step| step.picked_up_by.as_deref()) {
                Some(by) => words.t2("card-where-handed-over-by", ("day", day), ("by", by)),
                None => words.t1("card-where-handed-over", "day", day),
            }
        }
        S::Returned => words.t1("card-where-returned", "day", day),
        S::Void => {
            let why = steps.iter().rev().find(|step| step.step == "voided").and_then(|step| step.reason.as_deref());
            let key = format!("why-{}", why.unwrap_or_default());
            words.t1("card-where-void", "why", if words.has(&key) { words.t(&key) } else { String::new() })
        }
    }
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
