//! `/admin/devices/noticed`: whom a person admitted by hand at a gate, who entered though blocked, which card was in two houses faster
//! than one can travel.

use crate::app::SharedApp;
use crate::cards;
use crate::catalog::{House, store as catalog};
use crate::entry::noticed::{DAYS, TRAVEL_MINUTES, noticed};
use crate::kernel::UtcMs;
use crate::web::caller::ENTRY;
use crate::web::pages::{Desk, Visitor, Words};
use crate::web::{Allowed, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use card::CardId;
use db::{Conn, DbError};

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/admin/devices/noticed", get(show))
}

/// A card in words: whose it is, and where more of it stands.
pub(super) struct CardSaid {
    pub(super) name: String,
    pub(super) path: Option<String>,
}

impl CardSaid {
    /// These cards, in their order.
    pub(super) async fn of(conn: &mut Conn, ids: &[CardId]) -> Result<Vec<Self>, DbError> {
        let mut said = Vec::with_capacity(ids.len());
        for id in ids {
            said.push(Self::one(conn, *id).await?);
        }
        Ok(said)
    }

    async fn one(conn: &mut Conn, id: CardId) -> Result<Self, DbError> {
        let ticket = cards::annual_ticket_of_code(conn, id).await?;
        Ok(match ticket {
            Some(ticket) => {
                let name = Some(ticket.holder.name()).filter(|name| !name.is_empty());
                Self {
                    name: name.unwrap_or_else(|| id.to_string()),
                    path: Some(format!("/annual-tickets/{}", ticket.id)),
                }
            }
            None => Self { name: id.to_string(), path: None },
        })
    }
}

/// One line of a list.
struct Line {
    at: String,
    place: String,
    card: Option<CardSaid>,
    what: String,
}

#[derive(Template)]
#[template(path = "entry/noticed.html")]
struct NoticedPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    lead: String,
    lists: Vec<List>,
}

/// What was noticed of one kind.
struct List {
    title: String,
    hint: String,
    lines: Vec<Line>,
}

async fn show(State(app): State<SharedApp>, caller: Allowed<ENTRY>, visitor: Visitor) -> Result<Response, Problem> {
    let words = visitor.words;
    let zone = app.config.museum.zone();
    let when = |at: UtcMs| words.moment(at, zone);
    let mut conn = app.db.read().await?;
    let seen = noticed(&mut conn, app.clock.now()).await?;
    let houses = catalog::houses(&mut conn).await?;

    let mut travels = Vec::new();
    for travel in &seen.travels {
        let minutes = (travel.second.0.0 - travel.first.0.0).max(0) / 60_000;
        travels.push(Line {
            at: when(travel.second.0),
            place: format!("{} → {}", name(&houses, &travel.first.1), name(&houses, &travel.second.1)),
            card: Some(CardSaid::one(&mut conn, travel.card).await?),
            what: words.t1("noticed-minutes-apart", "count", minutes),
        });
    }
    let mut conflicts = Vec::new();
    for conflict in &seen.conflicts {
        conflicts.push(Line {
            at: when(conflict.at),
            place: conflict.gate.clone(),
            card: Some(CardSaid::one(&mut conn, conflict.card).await?),
            what: words.t(if conflict.is_block { "noticed-was-blocked" } else { "noticed-was-void" }),
        });
    }
    let mut by_hand = Vec::new();
    for admission in &seen.by_hand {
        let card = match admission.card {
            Some(card) => Some(CardSaid::one(&mut conn, card).await?),
            None => None,
        };
        by_hand.push(Line {
            at: when(admission.at),
            place: admission.gate.clone(),
            card,
            what: said_by_hand(admission, words),
        });
    }
    drop(conn);
    let list = |key: &str, lines: Vec<Line>| List {
        title: words.t1(key, "count", i64::try_from(lines.len()).unwrap_or(i64::MAX)),
        hint: words.t1(&format!("{key}-hint"), "minutes", TRAVEL_MINUTES),
        lines,
    };
    let page = NoticedPage {
        desk: Desk::load(&app, &caller.0).await?,
        lead: words.t1("noticed-lead", "days", DAYS),
        lists: vec![
            list("noticed-conflicts", conflicts),
            list("noticed-travels", travels),
            list("noticed-by-hand", by_hand),
        ],
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

/// `Ada Lovelace: late bus (This card has expired.)`
fn said_by_hand(admission: &crate::entry::noticed::ByHandSeen, words: Words) -> String {
    let by = admission.by.clone().unwrap_or_else(|| words.t("noticed-somebody"));
    let against = admission.against.map(|reason| words.t(&format!("verdict-{}", reason.as_str().replace('_', "-"))));
    match against {
        Some(against) => format!("{by}: {} ({against})", admission.why),
        None => format!("{by}: {}", admission.why),
    }
}

fn name(houses: &[House], key: &str) -> String {
    houses.iter().find(|house| house.key.as_str() == key).map_or_else(|| key.to_owned(), |house| house.name.clone())
}
