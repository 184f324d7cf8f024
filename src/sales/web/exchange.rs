//! `/vouchers/{code}/exchange`: a voucher becomes an annual ticket, whose form opens at once.

use crate::app::SharedApp;
use crate::cards;
use crate::catalog;
use crate::kernel::ids::AnnualTicketId;
use crate::kernel::period::local_day;
use crate::sales::api::shop;
use crate::sales::exchange_voucher::{ExchangeError, exchange};
use crate::sales::store::{self, Voucher, VoucherState};
use crate::web::caller::{Caller, PERSONALIZATION};
use crate::web::pages::{Desk, Done, FormErrors, PageForm, Visitor, act_once};
use crate::web::{Allowed, PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use db::Conn;
use serde::Deserialize;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/vouchers/{code}/exchange", get(ask).post(carry_out))
}

#[derive(Debug, Default, Deserialize)]
struct Sent {
    #[serde(default)]
    once: String,
}

#[derive(Template)]
#[template(path = "sales/exchange.html")]
struct ExchangePage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    voucher: &'a Voucher,
    errors: FormErrors,
    /// What the voucher stands for.
    product: String,
    /// How many annual tickets that are.
    count: i64,
    sold_on: String,
    valid_until: Option<String>,
    /// The annual tickets that it was exchanged for.
    annual_tickets: Vec<AnnualTicketId>,
    once: String,
}

async fn ask(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<PERSONALIZATION>,
    visitor: Visitor,
    PathKey(code): PathKey<String>,
) -> Result<Response, Problem> {
    page(&app, &caller, &visitor, &digits(&code), FormErrors::default()).await
}

async fn carry_out(
    State(app): State<SharedApp>,
    allowed: Allowed<PERSONALIZATION>,
    visitor: Visitor,
    PathKey(code): PathKey<String>,
    PageForm(sent): PageForm<Sent>,
) -> Result<Response, Problem> {
    let code = digits(&code);
    let act = allowed.act(&app);
    let (deed_act, shop, deed_code) = (act.clone(), shop(&app), code.clone());
    let done = act_once(&app, &act, &sent.once, async move |tx: &mut Conn| {
        let issued = exchange(tx, &deed_act, &shop, &deed_code, None, None).await?;
        let count = i64::try_from(issued.len()).unwrap_or(i64::MAX);
        let path =
            issued.first().map_or_else(|| "/annual-tickets".to_owned(), |one| format!("/annual-tickets/{}", one.id));
        Ok::<_, ExchangeError>(Done::at(path).saying("exchange-done").counting(count))
    })
    .await;
    match done {
        Ok(response) => Ok(response),
        Err(ExchangeError::Db(error)) => Err(error.into()),
        Err(ExchangeError::NotFound) => Err(Problem::not_found("voucher")),
        Err(refusal) => {
            let mut errors = FormErrors::default();
            errors.add("content", sentence(&refusal, &visitor));
            page(&app, &allowed.0, &visitor, &code, errors).await
        }
    }
}

async fn page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    code: &str,
    mut errors: FormErrors,
) -> Result<Response, Problem> {
    let words = visitor.words;
    let zone = app.config.museum.zone();
    let desk = Desk::load(app, caller).await?;
    let mut conn = app.db.snapshot().await?;
    let voucher = store::find_voucher(&mut conn, code).await?.ok_or_else(|| Problem::not_found("voucher"))?;
    let sold = cards::state_of_ticket(&mut conn, voucher.ticket_id).await?;
    let product = catalog::store::product(&mut conn, &voucher.product).await?;
    let wanted = product.and_then(|product| product.exchange_for);
    let wanted = match &wanted {
        Some(key) => catalog::store::product(&mut conn, key).await?,
        None => None,
    };
    drop(conn);
    let is_over = voucher.valid_until.is_some_and(|last| local_day(app.clock.now(), zone) > last);
    let closed = match voucher.state {
        VoucherState::Exchanged => Some(ExchangeError::AlreadyExchanged),
        VoucherState::Void => Some(ExchangeError::Void),
        VoucherState::Replaced => Some(ExchangeError::Replaced),
        VoucherState::Open => voucher.valid_until.filter(|_| is_over).map(ExchangeError::Expired),
    };
    if errors.is_empty()
        && let Some(closed) = closed
    {
        errors.add("content", sentence(&closed, visitor));
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::CONFLICT };
    let page = ExchangePage {
        visitor,
        desk,
        product: wanted
            .as_ref()
            .map(|product| product.names.get(words.language.as_str()).to_owned())
            .unwrap_or_default(),
        count: wanted.map_or(1, |product| product.annual_tickets.into()),
        sold_on: words.date(local_day(voucher.sold_at, zone)),
        valid_until: voucher.valid_until.map(|day| words.date(day)),
        annual_tickets: sold.into_iter().map(|sold| sold.annual_ticket_id).collect(),
        once: visitor.fresh_once(),
        voucher: &voucher,
        errors,
    };
    Ok(Visitor::show(status, &page))
}

/// The sentence for a refusal.
fn sentence(refusal: &ExchangeError, visitor: &Visitor) -> String {
    let words = visitor.words;
    match refusal {
        ExchangeError::AlreadyExchanged => words.problem("already_exchanged"),
        ExchangeError::Void => words.problem("voucher_void"),
        ExchangeError::Replaced => words.problem("voucher_replaced"),
        ExchangeError::Expired(last) => words.t1("exchange-expired", "day", words.date(*last)),
        ExchangeError::CannotBeIssued(_) => words.problem("cannot_be_issued"),
        ExchangeError::NotFound | ExchangeError::UnknownHouse | ExchangeError::Start(_) | ExchangeError::Db(_) => {
            words.problem("other")
        }
    }
}

/// The digits of a code, as somebody typed them or a reader sent them.
fn digits(code: &str) -> String {
    code.chars().filter(|letter| !letter.is_whitespace()).collect()
}
