//! `/admin/audit`: who did what, when and why, with filters, and as a file.

use super::Record;
use super::store::{self, Filter};
use crate::app::SharedApp;
use crate::kernel::period::start_of_day;
use crate::tables::{Cell, FileKind};
use crate::web::caller::ADMIN;
use crate::web::download::{self, Rows};
use crate::web::pages::{Desk, Visitor, encode, history};
use crate::web::{Allowed, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use serde::Deserialize;

/// Records on a page.
const ROWS: u32 = 50;
/// Records that are read at once for a file.
const CHUNK: u32 = 1_000;

/// The kinds of thing that records tell of.
const KINDS: [&str; 21] = [
    "order",
    "voucher",
    "annual_ticket",
    "card",
    "print_run",
    "printer",
    "offer",
    "code",
    "staff",
    "api_key",
    "device",
    "house",
    "exhibition",
    "scope",
    "category",
    "product",
    "price_list",
    "event",
    "layout",
    "ticket",
    "entry_right",
];

/// The page for the audit.
pub fn router() -> Router<SharedApp> {
    Router::new().route("/admin/audit", get(show)).route("/admin/audit/export.csv", get(export))
}

/// Which records, as the form says it. Empty texts ask for nothing.
#[derive(Debug, Clone, Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    id: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    after: Option<String>,
}

impl Wanted {
    fn filter(&self, zone: Tz) -> Filter {
        let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        Filter {
            subject_kind: text(&self.kind),
            subject_id: text(&self.id),
            from: day(&self.from).map(|day| start_of_day(day, zone)),
            before: day(&self.until)
                .and_then(|day| day.checked_add_days(Days::new(1)))
                .map(|day| start_of_day(day, zone)),
        }
    }

    /// The filter as a query, for other addresses of the same list.
    fn query(&self) -> String {
        let pairs = [("kind", &self.kind), ("id", &self.id), ("from", &self.from), ("until", &self.until)];
        let filled = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        filled.map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
    }
}

/// A record as the page shows it.
struct RecordSaid {
    when: String,
    who: String,
    what: String,
    why: String,
    subject: String,
    detail: String,
    of_subject: String,
}

#[derive(Template)]
#[template(path = "audit/list.html")]
struct AuditPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    wanted: &'a Wanted,
    kinds: [&'static str; 21],
    records: Vec<RecordSaid>,
    export: String,
    next: Option<String>,
}

impl AuditPage<'_> {
    fn kind_name(&self, kind: &str) -> String {
        kind_name(kind, self.visitor)
    }

    fn is_kind(&self, kind: &str) -> bool {
        self.wanted.kind == kind
    }
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<ADMIN>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let zone = app.config.museum.zone();
    let mut conn = app.db.read().await?;
    let found = store::filtered(&mut conn, &wanted.filter(zone), wanted.after.as_deref(), ROWS).await?;
    let told = history::tell(&mut conn, visitor.words, zone, &found.items).await?;
    drop(conn);
    let query = wanted.query();
    let records = found.items.iter().zip(told).map(|(record, told)| RecordSaid {
        when: told.when,
        who: told.who,
        what: told.what,
        why: told.why.unwrap_or_default(),
        subject: format!("{} {}", kind_name(&record.subject_kind, &visitor), short(&record.subject_id)),
        detail: record.detail.as_ref().map(ToString::to_string).unwrap_or_default(),
        of_subject: format!("/admin/audit?kind={}&id={}", encode(&record.subject_kind), encode(&record.subject_id)),
    });
    let page = AuditPage {
        records: records.collect(),
        desk: Desk::load(&app, &caller).await?,
        export: format!("/admin/audit/export.csv?{query}"),
        next: found.next.map(|after| format!("/admin/audit?{query}&after={}", encode(&after))),
        wanted: &wanted,
        visitor: &visitor,
        kinds: KINDS,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

/// The end of a long id; keys that people chose stay whole.
fn short(id: &str) -> String {
    if id.parse::<uuid::Uuid>().is_ok() { format!("…{}", &id[id.len() - 8..]) } else { id.to_owned() }
}

/// The word of the house for a kind of subject.
fn kind_name(kind: &str, visitor: &Visitor) -> String {
    let key = format!("subject-{}", kind.replace('_', "-"));
    if visitor.words.has(&key) { visitor.t(&key) } else { kind.to_owned() }
}

/// What the list shows, as a file for spreadsheets: the words of the database, so that programs understand them too.
async fn export(
    State(app): State<SharedApp>,
    _: Allowed<ADMIN>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let filter = wanted.filter(app.config.museum.zone());
    let mut conn = app.db.snapshot().await?;
    let fill = async move |mut rows: Rows| {
        let mut after: Option<String> = None;
        loop {
            let found = store::filtered(&mut conn, &filter, after.as_deref(), CHUNK).await?;
            for record in &found.items {
                rows.add(row(record).map(Cell::from).to_vec()).await?;
            }
            after = found.next;
            if after.is_none() {
                return Ok(rows);
            }
        }
    };
    let heads = ["at", "actor", "action", "subject_kind", "subject_id", "reason", "detail"];
    Ok(download::table("audit", FileKind::Csv, heads.map(str::to_owned).to_vec(), fill))
}

fn row(record: &Record) -> [String; 7] {
    [
        record.at.to_rfc3339(),
        record.actor.clone(),
        record.action.clone(),
        record.subject_kind.clone(),
        record.subject_id.clone(),
        record.reason.clone().unwrap_or_default(),
        record.detail.as_ref().map(ToString::to_string).unwrap_or_default(),
    ]
}
