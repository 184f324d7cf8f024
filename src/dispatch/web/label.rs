//! `/mailroom/label.pdf`: the label of a card that is laid ready, for the roll of a till printer.

use super::view::grouped;
use crate::app::SharedApp;
use crate::cards::{CardState, Way, queue};
use crate::kernel::ids::CardId;
use crate::production::web::view::Names;
use crate::web::caller::MAILROOM;
use crate::web::pages::paper::{Block, Document, Paper, Weight};
use crate::web::pages::{Fields, Visitor, paper};
use crate::web::{Allowed, Problem, Query};
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/mailroom/label.pdf", get(label))
}

/// Where the label of a card is.
pub(super) fn path(card: CardId) -> String {
    format!("/mailroom/label.pdf?card={card}")
}

async fn label(
    State(app): State<SharedApp>,
    _: Allowed<MAILROOM>,
    visitor: Visitor,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let unknown = || Problem::not_found("label");
    let card: CardId = query.get("card").parse().map_err(|_| unknown())?;
    let mut conn = app.db.snapshot().await?;
    let names = Names::read(&mut conn, visitor.words).await?;
    let item = queue::find(&mut conn, card).await?.ok_or_else(unknown)?;
    drop(conn);
    let is_laid_ready = match item.card.state {
        CardState::Deposited => true,
        CardState::ReadyForDispatch => item.card.way == Way::Pickup,
        _ => false,
    };
    let house = item.card.house.as_ref().filter(|_| is_laid_ready).ok_or_else(unknown)?;
    let number = item.card.number.digits();
    let sheet = vec![
        Block::Letterhead(names.house(house)),
        Block::Text(item.ticket.holder.name(), Weight::Large),
        Block::Text(names.product(&item.card.product), Weight::Plain),
        Block::Text(item.card.shelf.clone().unwrap_or_default(), Weight::Strong),
        Block::Code { caption: grouped(&number), text: number },
    ];
    let title = visitor.words.t1("label-title", "name", item.ticket.holder.name());
    paper::pdf(Document { sheets: vec![sheet] }, Paper::Roll80, title, app.clock.now()).await
}
