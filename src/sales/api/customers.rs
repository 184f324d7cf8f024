//! `/api/v1/customers/{id}/forget`: a customer is forgotten with all that they bought.

use crate::app::SharedApp;
use crate::kernel::ids::{AnnualTicketId, CustomerId};
use crate::sales::basket::check_reason;
use crate::sales::forget_customer::{ForgetCustomerError, forget_customer};
use crate::web::caller::ADMIN;
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, PathKey, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use db::Conn;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new().routes(routes!(forget_one))
}

/// Why a customer is forgotten, and who with them.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct ForgetRequest {
    /// A short word or sentence without personal data.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
    /// The annual tickets in orders of the customer whose holders are forgotten, too; the others belong to other persons.
    #[serde(default)]
    annual_tickets: Vec<AnnualTicketId>,
}

/// Forgets a customer: name and addresses are gone for good, here, in their orders and in mails. Orders stay and count; an invoice keeps
/// its recipient's name and postal address. Refused while an order waits for its payment (`order_open`), or a card of a chosen annual
/// ticket is still in the house (`card_in_the_house`).
#[utoipa::path(post, path = "/api/v1/customers/{id}/forget", tag = "customers", params(("id" = CustomerId, Path, description = "the customer")),
    request_body = ForgetRequest, security(("api_key" = [])),
    responses((status = 204), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn forget_one(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(id): PathKey<CustomerId>,
    body: Body<ForgetRequest>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let ForgetRequest { mut reason, annual_tickets } = body.value;
    check_reason("reason", &mut reason)?;
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| Ok(forget_customer(tx, &deed_act, id, &annual_tickets, &reason).await?);
    body.once.write(&app, &act, StatusCode::NO_CONTENT, deed).await
}

impl From<ForgetCustomerError> for Problem {
    fn from(error: ForgetCustomerError) -> Self {
        match error {
            ForgetCustomerError::NotFound => Self::not_found("customer"),
            ForgetCustomerError::OpenOrder(ref number) => {
                Self::conflict("order_open", format!("The order {number} waits for its payment.")).with("order", number)
            }
            ForgetCustomerError::NotTheirs(place) => {
                Self::invalid(format!("annual_tickets[{place}]"), "not_theirs", error.to_string())
            }
            ForgetCustomerError::Holder(error) => error.into(),
            ForgetCustomerError::Db(error) => error.into(),
        }
    }
}
