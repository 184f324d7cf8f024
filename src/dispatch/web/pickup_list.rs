//! `/mailroom/deposited/list.pdf`: what lies ready, a sheet for each house, with a place to sign for each card.

use super::list::all;
use super::view::List;
use crate::app::SharedApp;
use crate::production::web::view::Names;
use crate::web::caller::MAILROOM;
use crate::web::pages::paper::{Block, Document, Paper, Weight};
use crate::web::pages::{Fields, Visitor, paper};
use crate::web::{Allowed, Problem, Query};
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use std::collections::BTreeMap;

/// The most cards of a list.
const CARDS_MAX: usize = 2_000;
/// Where somebody signs.
const SIGN_HERE: &str = "______________________";

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/mailroom/deposited/list.pdf", get(list))
}

async fn list(
    State(app): State<SharedApp>,
    _: Allowed<MAILROOM>,
    visitor: Visitor,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let (words, now, zone) = (visitor.words, app.clock.now(), app.config.museum.zone());
    let mut conn = app.db.snapshot().await?;
    let names = Names::read(&mut conn, words).await?;
    let cards = all(&mut conn, List::Deposited, &query, now, CARDS_MAX).await?;
    drop(conn);
    let mut houses: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for item in cards {
        let house = item.card.house.as_ref().map(|house| names.house(house)).unwrap_or_default();
        houses.entry(house).or_default().push(item);
    }
    if houses.is_empty() {
        return Err(Problem::not_found("card"));
    }
    let mut document = Document::default();
    for (house, mut items) in houses {
        items.sort_by_key(|item| item.ticket.holder.name_fold());
        let mut sheet = vec![
            Block::Letterhead(app.config.museum.name.clone()),
            Block::Title(words.t1("pickup-list-title", "house", house)),
            Block::Text(
                words.t2("pickup-list-counts", ("count", items.len()), ("moment", words.moment(now, zone))),
                Weight::Strong,
            ),
            Block::Rule,
        ];
        for item in &items {
            let shelf = item.card.shelf.clone().unwrap_or_default();
            sheet.push(Block::Gap);
            sheet.push(Block::Row { label: item.ticket.holder.name(), figure: shelf, weight: Weight::Strong });
            let what = format!("{} · {}", item.card.number, names.product(&item.card.product));
            sheet.push(Block::Row { label: what, figure: SIGN_HERE.to_owned(), weight: Weight::Plain });
        }
        document.sheets.push(sheet);
    }
    paper::pdf(document, Paper::A4, words.t("mailroom-pickup-list"), now).await
}
