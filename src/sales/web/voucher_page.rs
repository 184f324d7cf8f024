//! `/vouchers/{code}`: where a voucher stands, and what can be done with it.

use super::names::{Names, grouped};
use super::order_page::StateLook;
use crate::app::SharedApp;
use crate::cards;
use crate::kernel::period::local_day;
use crate::kernel::text::clean;
use crate::sales::api::shop;
use crate::sales::basket::check_reason;
use crate::sales::replace_voucher::{ReplaceVoucherError, replace_voucher};
use crate::sales::store::{self, VoucherState};
use crate::web::caller::{PERSONALIZATION, SHOP};
use crate::web::pages::{Desk, Done, HistoryRow, PageForm, Visitor, act_once, history};
use crate::web::{Allowed, PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use db::Conn;
use serde::Deserialize;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/vouchers/{code}", get(show)).route("/vouchers/{code}/replace", post(replace))
}

#[derive(Template)]
#[template(path = "sales/voucher.html")]
#[expect(clippy::struct_excessive_bools, reason = "each shows a part of the page")]
struct VoucherPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    code: String,
    grouped: String,
    state: StateLook,
    product: String,
    category: String,
    sold: String,
    valid_until: Option<String>,
    exchanged: Option<String>,
    order_id: String,
    order_number: String,
    annual_tickets: Vec<String>,
    once: String,
    can_replace: bool,
    can_print: bool,
    can_exchange: bool,
    may_see_order: bool,
    may_personalize: bool,
    history: Vec<HistoryRow>,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<{ SHOP | PERSONALIZATION }>,
    visitor: Visitor,
    PathKey(code): PathKey<String>,
) -> Result<Response, Problem> {
    let code: String = clean(&code).chars().filter(|letter| !letter.is_whitespace()).collect();
    let words = visitor.words;
    let zone = shop(&app).frame.zone;
    let today = local_day(app.clock.now(), zone);
    let mut conn = app.db.snapshot().await?;
    let voucher = store::find_voucher(&mut conn, &code).await?.ok_or_else(|| Problem::not_found("voucher"))?;
    let order = store::find_order(&mut conn, voucher.order_id).await?.ok_or_else(|| Problem::not_found("order"))?;
    let sold = cards::state_of_ticket(&mut conn, voucher.ticket_id).await?;
    let mut names = Names::default();
    names.learn(&mut conn, &voucher.product, &voucher.category, words.language.as_str()).await?;
    let steps = history::of(&mut conn, &words, zone, &[("voucher", &voucher.id), ("order", &voucher.order_id)]).await?;
    drop(conn);
    let is_over = voucher.valid_until.is_some_and(|last| today > last);
    let state = match voucher.state {
        VoucherState::Open if is_over => ("refused", "×", words.t("voucher-state-expired")),
        VoucherState::Open => ("good", "✓", words.t("voucher-state-open")),
        VoucherState::Exchanged => ("calm", "⇄", words.t("voucher-state-exchanged")),
        VoucherState::Void => ("refused", "×", words.t("voucher-state-void")),
        VoucherState::Replaced => ("refused", "×", words.t("voucher-state-replaced")),
    };
    let page = VoucherPage {
        desk: Desk::load(&app, &caller).await?,
        grouped: grouped(&voucher.code),
        code: voucher.code,
        state,
        product: names.product(&voucher.product),
        category: names.category(&voucher.category),
        sold: words.moment(voucher.sold_at, zone),
        valid_until: voucher.valid_until.map(|day| words.date(day)),
        exchanged: voucher.exchanged_at.map(|at| words.moment(at, zone)),
        order_id: voucher.order_id.to_string(),
        order_number: order.number,
        annual_tickets: sold.into_iter().map(|sold| sold.annual_ticket_id.to_string()).collect(),
        once: visitor.fresh_once(),
        can_replace: voucher.state == VoucherState::Open,
        can_print: matches!(voucher.state, VoucherState::Open | VoucherState::Exchanged),
        can_exchange: voucher.state == VoucherState::Open && !is_over && caller.roles.may(PERSONALIZATION),
        may_see_order: caller.roles.may(SHOP),
        may_personalize: caller.roles.may(PERSONALIZATION),
        history: steps,
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

#[derive(Deserialize)]
struct ReplaceForm {
    once: String,
    reason: String,
}

/// Gives a lost voucher another code, and leads on to the one to print.
async fn replace(
    State(app): State<SharedApp>,
    caller: Allowed<{ SHOP | PERSONALIZATION }>,
    PathKey(code): PathKey<String>,
    PageForm(form): PageForm<ReplaceForm>,
) -> Result<Response, Problem> {
    let mut reason = form.reason;
    check_reason("reason", &mut reason)?;
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| -> Result<Done, ReplaceVoucherError> {
        let new = replace_voucher(tx, &deed_act, &code, &reason).await?;
        Ok(Done::at(format!("/vouchers/{new}")).saying("voucher-replaced"))
    };
    Ok(act_once(&app, &act, &form.once, deed).await?)
}
