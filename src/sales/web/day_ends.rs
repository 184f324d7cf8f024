//! `/day-ends`: which desks are still open, the end of a desk's day with its counted cash, and the ends that were kept.

use super::box_office::amount;
use super::day_end_page::{ReportView, desk_title};
use super::desk_name::{DESK_COOKIE, KEPT_SECS, desk_name, named_desk, own_desk};
use super::names::short_day;
use crate::app::SharedApp;
use crate::catalog::House;
use crate::catalog::store as catalog;
use crate::kernel::Cents;
use crate::sales::api::shop;
use crate::sales::close_day::{self, CloseDayError, Closing};
use crate::sales::store;
use crate::web::caller::{Caller, SHOP};
use crate::web::pages::{Desk, Done, FormErrors, PageForm, Visitor, act_once, address, cookies, encode};
use crate::web::{Allowed, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use db::Conn;
use serde::Deserialize;

/// Rows of a page.
const ROWS: u32 = 30;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/day-ends", get(show).post(close))
        .route("/day-ends/new", get(count_cash))
        .route("/day-ends/desk", post(name_desk))
}

#[derive(Template)]
#[template(path = "sales/day_ends.html")]
struct DayEndsPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    own: Option<String>,
    name: String,
    /// The desks with something to close: key, title, how often something moved, and whether it is this one.
    open: Vec<(String, String, String, bool)>,
    rows: Vec<Row>,
    next: Option<String>,
}

struct Row {
    id: String,
    desk: String,
    day: String,
    takings: String,
    difference: String,
    is_right: bool,
}

#[derive(Template)]
#[template(path = "sales/day_end_new.html")]
struct CountPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    key: &'a str,
    again: String,
    title: String,
    float: String,
    counted: String,
    /// What closing says, once the cash was counted.
    confirm: Option<Confirmation>,
    errors: FormErrors,
}

struct Confirmation {
    once: String,
    takings: Cents,
    report: ReportView,
}

/// What was counted, or is to be closed.
#[derive(Debug, Default, Deserialize)]
struct CashForm {
    #[serde(default)]
    once: String,
    #[serde(default)]
    desk: String,
    #[serde(default)]
    float: Option<String>,
    #[serde(default)]
    counted: Option<String>,
    #[serde(default)]
    takings: String,
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    after: String,
}

#[derive(Deserialize)]
struct NameForm {
    name: String,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<SHOP>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let (words, shop) = (visitor.words, shop(&app));
    let mut conn = app.db.snapshot().await?;
    let houses = catalog::houses(&mut conn).await?;
    let own = own_desk(&headers);
    let mut open = store::open_desks(&mut conn).await?;
    let after = Some(asked.after.as_str()).filter(|after| !after.is_empty());
    let found = store::day_ends_page(&mut conn, after, ROWS).await?;
    drop(conn);
    if let Some(own) = &own
        && !open.iter().any(|(desk, _)| desk == own)
    {
        open.push((own.clone(), 0));
    }
    let open = open.into_iter().map(|(desk, moved)| {
        let is_own = own.as_ref() == Some(&desk);
        let title = desk_title(&desk, &houses, words);
        (encode(&desk), title, words.t1("day-end-moved", "count", moved), is_own)
    });
    let rows = found.items.into_iter().map(|end| Row {
        id: end.id.to_string(),
        desk: desk_title(&end.desk, &houses, words),
        day: short_day(words, end.day),
        takings: words.money(end.report.takings(), &shop.frame.currency),
        difference: words.money(end.report.difference(), &shop.frame.currency),
        is_right: end.report.difference() == Cents::ZERO,
    });
    let page = DayEndsPage {
        desk: Desk::load(&app, &caller).await?,
        name: named_desk(&headers).unwrap_or_default(),
        own: own.as_ref().map(|own| desk_title(own, &houses, words)),
        open: open.collect(),
        rows: rows.collect(),
        next: found.next.map(|next| encode(&next)),
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

/// Gives the desk of this browser a name; without one it is called after its house.
async fn name_desk(
    State(app): State<SharedApp>,
    _: Allowed<SHOP>,
    PageForm(form): PageForm<NameForm>,
) -> Result<Response, Problem> {
    let name = desk_name(&form.name).unwrap_or_default();
    let on = Redirect::to("/day-ends").into_response();
    Ok(cookies::set(on, &cookies::to_keep(&app, DESK_COOKIE, name, KEPT_SECS)))
}

/// The form for the counted cash; once it is filled in, what closing would say.
async fn count_cash(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<SHOP>,
    visitor: Visitor,
    Query(counted): Query<CashForm>,
) -> Result<Response, Problem> {
    count_page(&app, &caller, &visitor, &counted, FormErrors::default()).await
}

async fn count_page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    sent: &CashForm,
    mut errors: FormErrors,
) -> Result<Response, Problem> {
    let (words, shop) = (visitor.words, shop(app));
    if sent.desk.is_empty() {
        return Ok(Redirect::to("/day-ends").into_response());
    }
    let mut read = |field: &'static str, text: &Option<String>| {
        let typed = text.as_deref()?;
        let read = amount(typed);
        if read.is_none() {
            errors.add(field, visitor.t("given-unreadable"));
        }
        read
    };
    let (float, counted) = (read("float", &sent.float), read("counted", &sent.counted));
    let mut conn = app.db.snapshot().await?;
    let houses: Vec<House> = catalog::houses(&mut conn).await?;
    let last = store::last_day_end(&mut conn, &sent.desk).await?;
    let confirm = match (float, counted) {
        (Some(float), Some(counted)) => {
            let report = close_day::look(&mut conn, &app.act(caller.actor), &sent.desk, float, counted).await?;
            Some(Confirmation {
                once: visitor.fresh_once(),
                takings: report.takings(),
                report: ReportView::of(&report, words, &shop),
            })
        }
        _ => None,
    };
    drop(conn);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = CountPage {
        desk: Desk::load(app, caller).await?,
        key: &sent.desk,
        again: address("/day-ends/new", &[("desk", &sent.desk)]),
        title: desk_title(&sent.desk, &houses, words),
        float: sent.float.clone().or_else(|| Some(last?.report.float.to_string())).unwrap_or_default(),
        counted: sent.counted.clone().unwrap_or_default(),
        confirm,
        errors,
        visitor,
    };
    Ok(Visitor::show(status, &page))
}

/// Closes the day, once.
async fn close(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<SHOP>,
    visitor: Visitor,
    PageForm(sent): PageForm<CashForm>,
) -> Result<Response, Problem> {
    let of = |text: &Option<String>| text.as_deref().and_then(amount);
    let takings: Option<Cents> = serde_json::from_value(serde_json::Value::String(sent.takings.clone())).ok();
    let (Some(float), Some(counted), Some(takings)) = (of(&sent.float), of(&sent.counted), takings) else {
        let on = address("/day-ends/new", &[("desk", &sent.desk)]);
        return Ok(Redirect::to(&on).into_response());
    };
    let zone = shop(&app).frame.zone;
    let closing = Closing { desk: sent.desk.clone(), float, counted, takings };
    let act = app.act(caller.actor);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| -> Result<Done, CloseDayError> {
        let end = close_day::close_day(tx, &deed_act, zone, &closing).await?;
        Ok(Done::at(format!("/day-ends/{}", end.id)).saying("day-closed"))
    };
    let key = match act_once(&app, &act, &sent.once, deed).await {
        Ok(done) => return Ok(done),
        Err(CloseDayError::ClosedBefore) => "day-end-closed-before",
        Err(CloseDayError::Changed) => "day-end-changed",
        Err(CloseDayError::Db(error)) => return Err(error.into()),
    };
    let mut errors = FormErrors::default();
    errors.add("counted", visitor.t(key));
    count_page(&app, &caller, &visitor, &sent, errors).await
}
