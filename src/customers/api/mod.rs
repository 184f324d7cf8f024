//! Customers under `/api/v1`.

use super::customer::Customer;
use super::merge::{MergeError, merge};
use super::store::{self, CustomerFilter};
use crate::app::SharedApp;
use crate::kernel::UtcMs;
use crate::kernel::ids::{CustomerId, CustomerListId};
use crate::web::caller::{ADMIN, SHOP};
use crate::web::list::{self, Items};
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, PathKey, Problem, Query};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use db::Conn;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The operations of this capability.
pub fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new().routes(routes!(list_customers)).routes(routes!(read_customer)).routes(routes!(merge_customers))
}

/// Which customers.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct CustomerQuery {
    /// Words of the name or of an address; accents and case do not count.
    q: Option<String>,
    /// Only those who want news, or only those who do not.
    newsletter: Option<bool>,
    /// Only those on this list.
    list: Option<CustomerListId>,
    /// The most items of the page: 1 to 500, 50 by default.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// Whoever buys.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct CustomerBody {
    /// The id.
    id: CustomerId,
    /// What they are called.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// The language of letters.
    language: String,
    /// Their addresses for mail.
    emails: Vec<EmailBody>,
    /// Whether they want news.
    newsletter: bool,
    /// When they said so, or took it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    newsletter_changed_at: Option<UtcMs>,
    /// When they were remembered.
    #[schema(value_type = String, format = DateTime)]
    created_at: UtcMs,
}

/// An address of a customer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct EmailBody {
    /// The address.
    email: String,
    /// When a link that was mailed to it was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    proved_at: Option<UtcMs>,
}

/// Whose record goes into this one.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct MergeRequest {
    /// The customer who is the same person, and is no record of their own afterwards.
    other: CustomerId,
}

impl From<Customer> for CustomerBody {
    fn from(customer: Customer) -> Self {
        let email = |known: super::KnownAddress| EmailBody { email: known.address, proved_at: known.proved_at };
        Self {
            id: customer.id,
            name: Some(customer.name).filter(|name| !name.is_empty()),
            language: customer.language,
            emails: customer.addresses.into_iter().map(email).collect(),
            newsletter: customer.newsletter,
            newsletter_changed_at: customer.newsletter_changed_at,
            created_at: customer.created_at,
        }
    }
}

/// Customers, the newest first.
#[utoipa::path(get, path = "/api/v1/customers", tag = "customers", params(CustomerQuery), security(("api_key" = ["shop"])),
    responses((status = 200, body = Items<CustomerBody>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_customers(
    State(app): State<SharedApp>,
    _: Allowed<SHOP>,
    Query(query): Query<CustomerQuery>,
) -> Result<Json<Items<CustomerBody>>, Problem> {
    let filter = CustomerFilter { text: query.q.unwrap_or_default(), newsletter: query.newsletter, list: query.list };
    let mut conn = app.db.snapshot().await?;
    let rows = list::rows(query.limit);
    let page = store::customers_page(&mut conn, &filter, query.after.as_deref(), rows).await?;
    Ok(Json(Items::of(page, |customer| Ok::<_, Problem>(customer.into()))?))
}

/// One customer.
#[utoipa::path(get, path = "/api/v1/customers/{id}", tag = "customers", params(("id" = CustomerId, Path, description = "the customer")),
    security(("api_key" = ["shop"])),
    responses((status = 200, body = CustomerBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_customer(
    State(app): State<SharedApp>,
    _: Allowed<SHOP>,
    PathKey(id): PathKey<CustomerId>,
) -> Result<Json<CustomerBody>, Problem> {
    let found = store::find(&mut app.db.snapshot().await?, id).await?;
    Ok(Json(found.ok_or_else(unknown)?.into()))
}

/// Makes one record of two that are the same person: the addresses, and with them the orders, of the other go to this one.
#[utoipa::path(post, path = "/api/v1/customers/{id}/merge", tag = "customers", params(("id" = CustomerId, Path, description = "the customer who stays")),
    request_body = MergeRequest, security(("api_key" = [])),
    responses((status = 200, body = CustomerBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn merge_customers(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(id): PathKey<CustomerId>,
    body: Body<MergeRequest>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let (deed_act, other) = (act.clone(), body.value.other);
    let deed = async move |tx: &mut Conn| {
        merge(tx, &deed_act, id, other).await?;
        let kept = store::find(tx, id).await?.ok_or_else(unknown)?;
        Ok(CustomerBody::from(kept))
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

fn unknown() -> Problem {
    Problem::not_found("customer")
}

impl From<MergeError> for Problem {
    fn from(error: MergeError) -> Self {
        match error {
            MergeError::NotFound => unknown(),
            MergeError::Same => Self::conflict("same_customer", "This is the same customer."),
            MergeError::Db(error) => error.into(),
        }
    }
}
