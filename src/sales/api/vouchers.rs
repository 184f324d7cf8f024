//! `/api/v1/vouchers`.

use super::{sentence, shop};
use crate::app::SharedApp;
use crate::cards::api::{AnnualTicketBody, annual_ticket_body};
use crate::cards::{self, Delivery};
use crate::kernel::UtcMs;
use crate::kernel::ids::{AnnualTicketId, OrderId, TicketId};
use crate::kernel::period::local_day;
use crate::kernel::slug::Slug;
use crate::sales::basket::check_reason;
use crate::sales::exchange_voucher::{self, ExchangeError};
use crate::sales::replace_voucher::{ReplaceVoucherError, replace_voucher};
use crate::sales::store::{self, VoucherState};
use crate::web::caller::{PERSONALIZATION, SHOP};
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, PathKey, Problem};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use card::SHORT_TEXT_DIGITS;
use chrono::NaiveDate;
use db::Conn;
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .routes(routes!(read_voucher))
        .routes(routes!(exchange_voucher))
        .routes(routes!(replace_lost_voucher))
}

/// The digits of a voucher, blanks left out.
#[derive(Debug)]
struct VoucherCode(String);

impl FromStr for VoucherCode {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let fits = digits.len() == SHORT_TEXT_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
        if fits { Ok(Self(digits)) } else { Err(()) }
    }
}

/// A paid right to one annual ticket.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct VoucherBody {
    /// The digits of its code.
    code: String,
    /// Where it stands.
    state: VoucherState,
    /// What was sold.
    product: Slug,
    /// In which category.
    category: Slug,
    /// The last day on which it can be exchanged; absent: without end.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    valid_until: Option<NaiveDate>,
    /// When it was exchanged.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    exchanged_at: Option<UtcMs>,
    /// The order in which it was sold.
    order: OrderId,
    /// The sold ticket.
    ticket: TicketId,
    /// The annual tickets that it was exchanged for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    annual_tickets: Vec<AnnualTicketId>,
}

/// Why a voucher gets another code.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct ReplaceRequest {
    /// Why, for instance that it was lost.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// What the holder wants.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct ExchangeRequest {
    /// How the card comes to the holder.
    delivery: Option<Delivery>,
    /// The first day, where the product lets one choose.
    #[schema(value_type = Option<String>, format = Date)]
    starts_on: Option<NaiveDate>,
}

/// An annual ticket that a voucher was exchanged for.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct ExchangeAnswer {
    /// The annual ticket; of several, the first.
    #[serde(flatten)]
    annual_ticket: AnnualTicketBody,
    /// All annual tickets of a family product.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    annual_tickets: Vec<AnnualTicketId>,
}

/// One voucher.
#[utoipa::path(get, path = "/api/v1/vouchers/{code}", tag = "sales", params(("code" = String, Path, description = "its digits")),
    security(("api_key" = ["shop", "personalization"])),
    responses((status = 200, body = VoucherBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_voucher(
    State(app): State<SharedApp>,
    _: Allowed<{ SHOP | PERSONALIZATION }>,
    PathKey(code): PathKey<VoucherCode>,
) -> Result<Json<VoucherBody>, Problem> {
    let mut conn = app.db.snapshot().await?;
    Ok(Json(voucher_body(&mut conn, &code.0).await?))
}

/// Exchanges a voucher for its annual ticket, which then waits for its personalization.
#[utoipa::path(post, path = "/api/v1/vouchers/{code}/exchange", tag = "sales",
    params(("code" = String, Path, description = "its digits")), request_body = ExchangeRequest,
    security(("api_key" = ["personalization"])),
    responses((status = 200, body = ExchangeAnswer), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn exchange_voucher(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(code): PathKey<VoucherCode>,
    body: Body<ExchangeRequest>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let shop = shop(&app);
    let ExchangeRequest { delivery, starts_on } = body.value;
    let deed = async move |tx: &mut Conn| {
        let issued = exchange_voucher::exchange(tx, &deed_act, &shop, &code.0, delivery.clone(), starts_on).await?;
        let first = issued.first().ok_or_else(|| Problem::not_found("annual ticket"))?;
        let today = local_day(deed_act.now, shop.frame.zone);
        let annual_ticket = annual_ticket_body(tx, first.id, today).await?;
        let annual_ticket = annual_ticket.ok_or_else(|| Problem::not_found("annual ticket"))?;
        let all = if issued.len() > 1 { issued.iter().map(|one| one.id).collect() } else { Vec::new() };
        Ok(ExchangeAnswer { annual_ticket, annual_tickets: all })
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Gives a lost voucher another code. The old code opens nothing any more.
#[utoipa::path(post, path = "/api/v1/vouchers/{code}/replace", tag = "sales",
    params(("code" = String, Path, description = "its digits")), request_body = ReplaceRequest,
    security(("api_key" = ["shop", "personalization"])),
    responses((status = 200, body = VoucherBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn replace_lost_voucher(
    State(app): State<SharedApp>,
    caller: Allowed<{ SHOP | PERSONALIZATION }>,
    PathKey(code): PathKey<VoucherCode>,
    body: Body<ReplaceRequest>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let mut reason = body.value.reason;
    check_reason("reason", &mut reason)?;
    let deed = async move |tx: &mut Conn| {
        let new = replace_voucher(tx, &deed_act, &code.0, &reason).await?;
        voucher_body(tx, &new).await
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

async fn voucher_body(conn: &mut Conn, code: &str) -> Result<VoucherBody, Problem> {
    let voucher = store::find_voucher(conn, code).await?.ok_or_else(|| Problem::not_found("voucher"))?;
    let sold = cards::state_of_ticket(conn, voucher.ticket_id).await?;
    Ok(VoucherBody {
        code: voucher.code,
        state: voucher.state,
        product: voucher.product,
        category: voucher.category,
        valid_until: voucher.valid_until,
        exchanged_at: voucher.exchanged_at,
        order: voucher.order_id,
        ticket: voucher.ticket_id,
        annual_tickets: sold.into_iter().map(|sold| sold.annual_ticket_id).collect(),
    })
}

impl From<ReplaceVoucherError> for Problem {
    fn from(error: ReplaceVoucherError) -> Self {
        match error {
            ReplaceVoucherError::NotFound => Self::not_found("voucher"),
            ReplaceVoucherError::AlreadyExchanged => Self::conflict("already_exchanged", sentence(&error)),
            ReplaceVoucherError::Void => Self::conflict("voucher_void", sentence(&error)),
            ReplaceVoucherError::Replaced => Self::conflict("voucher_replaced", sentence(&error)),
            ReplaceVoucherError::Db(error) => error.into(),
        }
    }
}

impl From<ExchangeError> for Problem {
    fn from(error: ExchangeError) -> Self {
        match error {
            ExchangeError::NotFound => Self::not_found("voucher"),
            ExchangeError::AlreadyExchanged => Self::conflict("already_exchanged", sentence(&error)),
            ExchangeError::Void => Self::conflict("voucher_void", sentence(&error)),
            ExchangeError::Replaced => Self::conflict("voucher_replaced", sentence(&error)),
            ExchangeError::Expired(last) => {
                Self::conflict("voucher_expired", sentence(&error)).with("valid_until", last)
            }
            ExchangeError::UnknownHouse => Self::invalid("delivery.house", "unknown_house", error.to_string()),
            ExchangeError::Start(_) => Self::invalid("starts_on", "start_not_possible", error.to_string()),
            ExchangeError::CannotBeIssued(_) => Self::conflict("cannot_be_issued", sentence(&error)),
            ExchangeError::Db(error) => error.into(),
        }
    }
}
