//! `/api/v1/orders/{id}/cancellations`.

use super::orders::wrong_state;
use super::{sentence, shop};
use crate::app::SharedApp;
use crate::kernel::Cents;
use crate::kernel::ids::{OrderId, TicketId};
use crate::sales::basket::{check_reason, finding};
use crate::sales::cancel::{self, CancelError, Cancellation};
use crate::web::caller::SHOP;
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, PathKey, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use db::Conn;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The right to take back tickets with which somebody was admitted.
pub(in crate::sales) const REFUND_USED: &str = "refund.used";

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new().routes(routes!(cancel_order))
}

/// What to cancel.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct CancellationRequest {
    /// The tickets.
    tickets: Which,
    /// Why.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
    /// Only look at what would be paid back; nothing is changed.
    preview: Option<bool>,
}

/// Some tickets, or all that are still there.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(untagged)]
enum Which {
    /// The word `all`.
    All(All),
    /// Ids of tickets.
    These(Vec<TicketId>),
}

/// All tickets that are still there.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
enum All {
    /// All of them.
    All,
}

/// What a cancellation pays back.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct RefundAnswer {
    /// The amount: nothing while the order is not paid, then only less is due.
    #[schema(value_type = String, examples("12.00"))]
    refund: Cents,
}

/// Cancels tickets of an order, or all of it. Vouchers and cards of cancelled tickets are void, and what they used of limits is given
/// back.
#[utoipa::path(post, path = "/api/v1/orders/{id}/cancellations", tag = "sales",
    params(("id" = OrderId, Path, description = "the order")), request_body = CancellationRequest,
    security(("api_key" = ["shop"])),
    responses((status = 200, body = RefundAnswer), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn cancel_order(
    State(app): State<SharedApp>,
    caller: Allowed<SHOP>,
    PathKey(id): PathKey<OrderId>,
    body: Body<CancellationRequest>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let CancellationRequest { tickets, mut reason, preview } = body.value;
    check_reason("reason", &mut reason)?;
    let tickets = match tickets {
        Which::All(All::All) => None,
        Which::These(tickets) if tickets.is_empty() => {
            return Err(finding("tickets", "empty", "name tickets, or \"all\"").into());
        }
        Which::These(tickets) => Some(tickets),
    };
    let may_refund_used = caller.0.has_right(REFUND_USED);
    let what = Cancellation { tickets, reason, preview: preview.unwrap_or(false), desk: None, may_refund_used };
    let deed_act = act.clone();
    let shop = shop(&app);
    let deed =
        async move |tx: &mut Conn| Ok(RefundAnswer { refund: cancel::cancel(tx, &deed_act, &shop, id, &what).await? });
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

impl From<CancelError> for Problem {
    fn from(error: CancelError) -> Self {
        match error {
            CancelError::NotFound => Self::not_found("order"),
            CancelError::UnknownTicket(place) => {
                Self::invalid(format!("tickets[{place}]"), "unknown_ticket", error.to_string())
            }
            CancelError::NothingLeft(state) => wrong_state(state),
            CancelError::CancelledBefore(ticket) => {
                Self::conflict("ticket_cancelled", sentence(&error)).with("ticket", ticket)
            }
            CancelError::Used(ref tickets) => Self::new(StatusCode::FORBIDDEN, "forbidden", sentence(&error))
                .with("right", REFUND_USED)
                .with("tickets", tickets),
            CancelError::Price(cause) => Self::internal("the scenario of an order cannot be priced", &cause),
            CancelError::Db(error) => error.into(),
        }
    }
}
