//! `/day-ends/{id}`: what a day end says, on a page and on paper.

use super::document_files::Wanted;
use super::documents::{row, small, text};
use crate::app::SharedApp;
use crate::catalog::{House, store as catalog};
use crate::kernel::Cents;
use crate::kernel::ids::DayEndId;
use crate::sales::api::shop;
use crate::sales::day_end::{DayEnd, DayReport, MethodSum};
use crate::sales::shop::Shop;
use crate::sales::store;
use crate::web::caller::SHOP;
use crate::web::pages::{Desk, HistoryRow, Visitor, Words, history, paper};
use crate::web::{Allowed, PathKey, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use card_face::{Block, Document, Weight};

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/day-ends/{id}", get(show)).route("/day-ends/{id}/report.pdf", get(print))
}

/// A report in the words and money of whoever reads it.
pub(super) struct ReportView {
    /// When the one before was closed.
    pub(super) from: Option<String>,
    /// What came in: way, how often, how much.
    pub(super) sales: Vec<(String, i64, String)>,
    /// What was paid back.
    pub(super) refunds: Vec<(String, i64, String)>,
    pub(super) takings: String,
    /// Rate, net, tax, gross.
    pub(super) vat: Vec<[String; 4]>,
    /// The first and the last receipt, as a sentence.
    pub(super) receipts: Option<String>,
    /// Order, what, why.
    pub(super) overrides: Vec<(String, String, String)>,
    pub(super) float: String,
    pub(super) expected: String,
    pub(super) counted: String,
    pub(super) difference: String,
    /// Whether all the cash is there, as a sentence.
    pub(super) says: String,
}

impl ReportView {
    pub(super) fn of(report: &DayReport, words: Words, shop: &Shop) -> Self {
        let money = |amount: Cents| words.money(amount, &shop.frame.currency);
        let sums = |sums: &[MethodSum]| {
            let one = |sum: &MethodSum| {
                let method = words.t(&format!("method-{}", sum.method.as_str().replace('_', "-")));
                (method, sum.count, money(sum.amount))
            };
            sums.iter().map(one).collect()
        };
        let difference = report.difference();
        let key = match difference.0 {
            0 => "day-end-right",
            1.. => "day-end-too-much",
            _ => "day-end-missing",
        };
        Self {
            from: report.from.map(|from| words.moment(from, shop.frame.zone)),
            sales: sums(&report.sales),
            refunds: sums(&report.refunds),
            takings: money(report.takings()),
            vat: report
                .vat
                .iter()
                .map(|vat| [format!("{} %", vat.rate), money(vat.net), money(vat.tax), money(vat.gross)])
                .collect(),
            receipts: report
                .receipts
                .as_ref()
                .map(|(first, last)| words.t2("day-end-receipts", ("first", first.as_str()), ("last", last.as_str()))),
            overrides: report
                .overrides
                .iter()
                .map(|one| (one.order.clone(), one.what.clone(), one.reason.clone()))
                .collect(),
            float: money(report.float),
            expected: money(report.cash_expected()),
            counted: money(report.counted),
            difference: money(difference),
            says: words.t1(key, "amount", money(Cents(difference.0.abs()))),
        }
    }
}

#[derive(Template)]
#[template(path = "sales/day_end.html")]
struct DayEndPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    id: DayEndId,
    title: String,
    closed: String,
    report: ReportView,
    history: Vec<HistoryRow>,
}

/// What a desk is called: by its house, by its channel, or by the name that staff gave it.
pub(super) fn desk_title(desk: &str, houses: &[House], words: Words) -> String {
    match desk {
        "online" => words.t("channel-online"),
        "back_office" => words.t("channel-back-office"),
        _ => {
            let house = houses.iter().find(|house| house.key.as_str() == desk);
            house.map_or_else(|| desk.to_owned(), |house| house.name.clone())
        }
    }
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<SHOP>,
    visitor: Visitor,
    PathKey(id): PathKey<DayEndId>,
) -> Result<Response, Problem> {
    let (words, shop) = (visitor.words, shop(&app));
    let mut conn = app.db.snapshot().await?;
    let end = store::find_day_end(&mut conn, id).await?.ok_or_else(|| Problem::not_found("day end"))?;
    let houses = catalog::houses(&mut conn).await?;
    let steps = history::of(&mut conn, &words, shop.frame.zone, &[("day_end", &id)]).await?;
    drop(conn);
    let page = DayEndPage {
        desk: Desk::load(&app, &caller).await?,
        id,
        title: title(&end, &houses, words),
        closed: words.moment(end.closed_at, shop.frame.zone),
        report: ReportView::of(&end.report, words, &shop),
        history: steps,
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

async fn print(
    State(app): State<SharedApp>,
    _: Allowed<SHOP>,
    visitor: Visitor,
    PathKey(id): PathKey<DayEndId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let (words, shop) = (visitor.words, shop(&app));
    let mut conn = app.db.snapshot().await?;
    let end = store::find_day_end(&mut conn, id).await?.ok_or_else(|| Problem::not_found("day end"))?;
    let houses = catalog::houses(&mut conn).await?;
    drop(conn);
    let title = title(&end, &houses, words);
    let document = paper(&end, &title, words, &shop);
    paper::pdf(document, wanted.paper(), title, end.closed_at).await
}

fn title(end: &DayEnd, houses: &[House], words: Words) -> String {
    words.t2(
        "day-end-title",
        ("desk", desk_title(&end.desk, houses, words)),
        ("day", super::names::short_day(words, end.day)),
    )
}

fn paper(end: &DayEnd, title: &str, words: Words, shop: &Shop) -> Document {
    let report = ReportView::of(&end.report, words, shop);
    let closed = words.t1("day-end-closed", "moment", words.moment(end.closed_at, shop.frame.zone));
    let mut sheet = vec![Block::Letterhead(shop.museum.clone()), Block::Title(title.to_owned()), text(closed)];
    sheet.extend(report.from.map(|from| small(words.t1("day-end-from", "moment", from))));
    sheet.extend(report.receipts.map(small));
    sheet.extend([Block::Gap, Block::Heading(words.t("day-end-sales"))]);
    let rows = |rows: Vec<(String, i64, String)>| {
        rows.into_iter().map(|(way, count, sum)| row(format!("{count} × {way}"), sum, Weight::Plain))
    };
    sheet.extend(rows(report.sales));
    if !report.refunds.is_empty() {
        sheet.push(Block::Heading(words.t("day-end-refunds")));
        sheet.extend(rows(report.refunds));
    }
    sheet.extend([Block::Rule, row(words.t("day-end-takings"), report.takings, Weight::Strong)]);
    if !report.vat.is_empty() {
        let heads = ["receipt-vat-rate", "receipt-vat-net", "receipt-vat-tax", "receipt-vat-gross"];
        sheet.extend([Block::Gap, Block::Cells(heads.map(|key| words.t(key)).to_vec(), Weight::Small)]);
        sheet.extend(report.vat.into_iter().map(|cells| Block::Cells(cells.to_vec(), Weight::Plain)));
    }
    sheet.extend([Block::Gap, Block::Heading(words.t("day-end-cash"))]);
    for (key, figure) in
        [("day-end-float", report.float), ("day-end-expected", report.expected), ("day-end-counted", report.counted)]
    {
        sheet.push(row(words.t(key), figure, Weight::Plain));
    }
    sheet.extend([Block::Rule, row(words.t("day-end-difference"), report.difference, Weight::Large)]);
    if !report.overrides.is_empty() {
        sheet.extend([Block::Gap, Block::Heading(words.t("day-end-overrides"))]);
        sheet.extend(
            report.overrides.into_iter().map(|(order, what, why)| row(format!("{order} {what}"), why, Weight::Small)),
        );
    }
    Document { sheets: vec![sheet] }
}
