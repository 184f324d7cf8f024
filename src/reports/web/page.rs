//! `/reports/{report}`: a report over some days, as a chart and a table, and as files.

use super::chart::{ChartView, say};
use crate::app::SharedApp;
use crate::catalog::product::Channel;
use crate::catalog::store as catalog;
use crate::kernel::period::local_day;
use crate::reports::api::file;
use crate::reports::table::Kind;
use crate::reports::{AskError, By, Filter, Report, Step, Wanted, ask, tell};
use crate::tables::FileKind;
use crate::web::caller::MARKETING;
use crate::web::pages::{Desk, Visitor, address};
use crate::web::{Allowed, PathKey, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use chrono::{Datelike, Days, NaiveDate};
use serde::Deserialize;

/// Rows of a long list.
const ROWS: u32 = 50;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/reports/{report}", get(show))
        .route("/reports/{report}/export.csv", get(csv))
        .route("/reports/{report}/export.xlsx", get(xlsx))
}

/// What is asked, as it stands in the address. An empty field is none.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    from: String,
    until: String,
    by: String,
    step: String,
    house: String,
    channel: String,
    offer: String,
    code: String,
    after: String,
}

/// Something to choose: value, name, whether it is chosen.
type Choice = (String, String, bool);

#[derive(Template)]
#[template(path = "reports/report.html")]
struct ReportPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    report: Report,
    asked: &'a Asked,
    from: NaiveDate,
    until: NaiveDate,
    zone: &'static str,
    ways: Vec<Choice>,
    steps: Vec<Choice>,
    houses: Vec<Choice>,
    channels: Vec<Choice>,
    /// Usual periods: name and address.
    presets: Vec<(String, String)>,
    chart: Option<ChartView>,
    heads: Vec<(String, bool)>,
    rows: Vec<(Vec<String>, Option<String>)>,
    totals: Option<Vec<String>>,
    next: Option<String>,
    csv: String,
    xlsx: String,
}

impl Asked {
    fn wanted(&self) -> Wanted {
        let word = |text: &str| serde_json::Value::String(text.to_owned());
        let text = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Wanted {
            from: self.from.parse().ok(),
            until: self.until.parse().ok(),
            step: serde_json::from_value(word(&self.step)).ok(),
            by: serde_json::from_value(word(&self.by)).ok(),
            house: self.house.parse().ok(),
            channel: serde_json::from_value(word(&self.channel)).ok(),
            offer: self.offer.trim().parse().ok(),
            code: text(&self.code),
            after: text(&self.after),
        }
    }

    /// The same report at a path, over other days or after another row.
    fn address(&self, path: &str, from: &str, until: &str, after: &str) -> String {
        let query = [
            ("from", from),
            ("until", until),
            ("by", self.by.as_str()),
            ("step", &self.step),
            ("house", &self.house),
            ("channel", &self.channel),
            ("offer", &self.offer),
            ("code", &self.code),
            ("after", after),
        ];
        address(path, &query)
    }
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<MARKETING>,
    visitor: Visitor,
    PathKey(report): PathKey<Report>,
    Query(mut asked): Query<Asked>,
) -> Result<Response, Problem> {
    let words = visitor.words;
    let museum = &app.config.museum;
    let now = app.clock.now();
    let mut conn = app.db.snapshot().await?;
    let houses = catalog::houses(&mut conn).await?;
    let language = words.language.as_str();
    let filter = match ask(&mut conn, now, museum.zone(), asked.wanted(), ROWS, language).await {
        Err(AskError::UnknownHouse | AskError::TooLong) => {
            // Whoever changed the address sees the usual days of the whole museum.
            asked = Asked::default();
            ask(&mut conn, now, museum.zone(), Wanted::default(), ROWS, language).await?
        }
        asked => asked?,
    };
    let table = tell(&mut conn, report, &filter).await?;
    drop(conn);
    let path = format!("/reports/{}", report.as_str());
    let (from, until) = (filter.period.from, filter.period.until);
    let here =
        |file: &str, after: &str| asked.address(&format!("{path}{file}"), &from.to_string(), &until.to_string(), after);
    let say = |cell| say(cell, words, &museum.currency, filter.period.zone);
    let page = ReportPage {
        desk: Desk::load(&app, &caller).await?,
        report,
        from,
        until,
        zone: filter.period.zone.name(),
        ways: ways(&visitor, report, &filter),
        steps: steps(&visitor, report, &filter),
        houses: houses
            .iter()
            .map(|house| (house.key.to_string(), house.name.clone(), filter.house.as_ref() == Some(&house.key)))
            .collect(),
        channels: [Channel::Online, Channel::BoxOffice, Channel::BackOffice]
            .map(|channel| {
                let word = channel.as_str();
                let name = visitor.t(&format!("channel-{}", word.replace('_', "-")));
                (word.to_owned(), name, filter.channel == Some(channel))
            })
            .to_vec(),
        presets: presets(&visitor, &asked, &path, local_day(now, filter.period.zone)),
        chart: table.chart.as_ref().map(|chart| ChartView::of(chart, words, &museum.currency, filter.period.zone)),
        heads: table
            .columns
            .iter()
            .map(|column| (visitor.t(&format!("report-col-{}", column.key)), column.kind != Kind::Text))
            .collect(),
        rows: table.rows.iter().map(|row| (row.cells.iter().map(say).collect(), row.path.clone())).collect(),
        totals: table.totals.as_ref().map(|cells| cells.iter().map(say).collect()),
        next: table.next.map(|next| here("", &next)),
        csv: here("/export.csv", ""),
        xlsx: here("/export.xlsx", ""),
        asked: &asked,
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

async fn csv(
    State(app): State<SharedApp>,
    _: Allowed<MARKETING>,
    visitor: Visitor,
    PathKey(report): PathKey<Report>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    file_of(&app, &visitor, report, &asked, FileKind::Csv).await
}

async fn xlsx(
    State(app): State<SharedApp>,
    _: Allowed<MARKETING>,
    visitor: Visitor,
    PathKey(report): PathKey<Report>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    file_of(&app, &visitor, report, &asked, FileKind::Xlsx).await
}

async fn file_of(
    app: &SharedApp,
    visitor: &Visitor,
    report: Report,
    asked: &Asked,
    kind: FileKind,
) -> Result<Response, Problem> {
    let (museum, words) = (&app.config.museum, visitor.words);
    let mut conn = app.db.snapshot().await?;
    let language = words.language.as_str();
    let filter = ask(&mut conn, app.clock.now(), museum.zone(), asked.wanted(), ROWS, language).await?;
    file::answer(conn, report, filter, kind, Some(words)).await
}

fn ways(visitor: &Visitor, report: Report, filter: &Filter) -> Vec<Choice> {
    let chosen = filter.way(report);
    let way = |by: &By| (by.as_str().to_owned(), visitor.t(&format!("report-by-{}", by.as_str())), chosen == Some(*by));
    report.ways().iter().map(way).collect()
}

fn steps(visitor: &Visitor, report: Report, filter: &Filter) -> Vec<Choice> {
    if filter.way(report) != Some(By::Day) {
        return Vec::new();
    }
    let step = |(step, word): (Step, &str)| {
        (word.to_owned(), visitor.t(&format!("report-step-of-{word}")), filter.step == Some(step))
    };
    [(Step::Day, "day"), (Step::Week, "week"), (Step::Month, "month"), (Step::Year, "year")].map(step).to_vec()
}

fn presets(visitor: &Visitor, asked: &Asked, path: &str, today: NaiveDate) -> Vec<(String, String)> {
    let month = today.with_day(1).unwrap_or(today);
    let last_month = month.pred_opt().unwrap_or(month);
    let week = today.checked_sub_days(Days::new(6)).unwrap_or(today);
    let year = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
    let last_year = |month, day| NaiveDate::from_ymd_opt(today.year() - 1, month, day).unwrap_or(today);
    [
        ("report-today", today, today),
        ("report-seven-days", week, today),
        ("report-this-month", month, today),
        ("report-last-month", last_month.with_day(1).unwrap_or(last_month), last_month),
        ("report-this-year", year, today),
        ("report-last-year", last_year(1, 1), last_year(12, 31)),
    ]
    .map(|(key, from, until)| (visitor.t(key), asked.address(path, &from.to_string(), &until.to_string(), "")))
    .to_vec()
}

impl ReportPage<'_> {
    fn title(&self) -> String {
        self.visitor.t(&format!("report-{}", self.report.as_str()))
    }

    fn lead(&self) -> String {
        self.visitor.t(&format!("report-{}-lead", self.report.as_str()))
    }

    fn period(&self) -> String {
        let words = self.visitor.words;
        let (from, until) = (words.date(self.from), words.date(self.until));
        if self.from == self.until { from } else { words.t2("report-days", ("first", from), ("last", until)) }
    }

    /// Whether the cells of a column are figures.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    fn is_figure(&self, place: &usize) -> bool {
        self.heads.get(*place).is_some_and(|(_, is_figure)| *is_figure)
    }
}
