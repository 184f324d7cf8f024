//! `/api/v1/orders`: placing, reading, paying.

use super::bodies::OrderBody;
use super::quotes::OVERRIDE;
use super::requests::OrderRequest;
use super::{sentence, shop};
use crate::app::SharedApp;
use crate::cards;
use crate::kernel::ids::OrderId;
use crate::kernel::text::fold;
use crate::kernel::{Cents, UtcMs};
use crate::sales::checkout::CheckoutError;
use crate::sales::note_refusals::note_refusals;
use crate::sales::order::{OrderState, PaymentMethod};
use crate::sales::pay::{self, PayError};
use crate::sales::placing::Placing;
use crate::sales::receipt::receipt;
use crate::sales::shop::Till;
use crate::sales::store::{self, OrderFilter};
use crate::web::caller::SHOP;
use crate::web::list::{self, Items};
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, PathKey, Problem, Query};
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use db::Conn;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The refusal of an order that has to be prepared anew.
const CHANGED_MEANWHILE: &str = "used_up_meanwhile";

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .routes(routes!(list_orders, place_order))
        .routes(routes!(read_order))
        .routes(routes!(read_receipt))
        .routes(routes!(pay_order))
}

/// Which orders.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct OrderQuery {
    /// Words of the number, of the buyer's name or of the buyer's address for mail.
    q: Option<String>,
    /// Only those in this state.
    state: Option<OrderState>,
    /// The most items of the page: 1 to 500, 50 by default.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// An order in a list.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct OrderItem {
    /// The id.
    id: OrderId,
    /// The number for people.
    number: String,
    /// Where it stands.
    state: OrderState,
    /// Where it was sold.
    channel: String,
    /// What it cost when it was placed.
    #[schema(value_type = String)]
    total: Cents,
    /// Who bought.
    #[serde(skip_serializing_if = "Option::is_none")]
    buyer_name: Option<String>,
    /// When it was placed.
    #[schema(value_type = String, format = DateTime)]
    placed_at: UtcMs,
}

/// A payment that came in.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPayment {
    /// How it was paid; absent: as the order said.
    method: Option<PaymentMethod>,
    /// How much came in: all that is due.
    #[schema(value_type = Option<String>, pattern = r"^\d+\.\d\d$")]
    amount: Option<Cents>,
}

/// Orders, the newest first.
#[utoipa::path(get, path = "/api/v1/orders", tag = "sales", params(OrderQuery), security(("api_key" = ["shop"])),
    responses((status = 200, body = Items<OrderItem>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_orders(
    State(app): State<SharedApp>,
    _: Allowed<SHOP>,
    Query(query): Query<OrderQuery>,
) -> Result<Json<Items<OrderItem>>, Problem> {
    let mut conn = app.db.read().await?;
    let text = fold(query.q.as_deref().unwrap_or_default());
    let filter = OrderFilter { text, state: query.state, ..OrderFilter::default() };
    let rows = list::rows(query.limit);
    let page = store::orders_page(&mut conn, &filter, query.after.as_deref(), rows).await?;
    let item = |row: store::OrderRow| {
        Ok::<_, Problem>(OrderItem {
            id: row.id,
            number: row.number,
            state: row.state,
            channel: row.channel,
            total: row.total,
            buyer_name: row.buyer.map(|buyer| buyer.name),
            placed_at: row.placed_at,
        })
    };
    Ok(Json(Items::of(page, item)?))
}

/// Places an order. It is refused, in this order, when a line cannot be sold (`not_for_sale`), when a code is refused
/// (`code_rejected`, unless `drop_rejected_codes`), and when it costs something else than expected (`total_changed`).
#[utoipa::path(post, path = "/api/v1/orders", tag = "sales", request_body = OrderRequest, security(("api_key" = ["shop"])),
    responses((status = 201, body = OrderBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn place_order(
    State(app): State<SharedApp>,
    caller: Allowed<SHOP>,
    body: Body<OrderRequest>,
) -> Result<Response, Problem> {
    let new = body.value.order()?;
    if new.basket.has_overrides() {
        caller.0.demand_right(OVERRIDE)?;
    }
    let placing = Placing::new(shop(&app), caller.act(&app), new);
    let once = body.once.in_turn();
    let mut number = 0;
    loop {
        number += 1;
        let attempt = placing.attempt(&app, number).await?;
        let (this, placed) = (attempt.clone(), placing.clone());
        let deed = async move |tx: &mut Conn| {
            let order = this.place(tx).await?;
            Ok(OrderBody::of(&order, &placed.shop().base_url))
        };
        match once.clone().write(&app, placing.act(), StatusCode::CREATED, deed).await {
            Err(problem) if problem.reason() == CHANGED_MEANWHILE && !attempt.is_last() => {}
            other => {
                note_refusals(&app, placing.act(), placing.channel(), attempt.refused()).await?;
                return other;
            }
        }
    }
}

/// One order.
#[utoipa::path(get, path = "/api/v1/orders/{id}", tag = "sales", params(("id" = OrderId, Path, description = "its id")),
    security(("api_key" = ["shop"])),
    responses((status = 200, body = OrderBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_order(
    State(app): State<SharedApp>,
    _: Allowed<SHOP>,
    PathKey(id): PathKey<OrderId>,
) -> Result<Json<OrderBody>, Problem> {
    let mut conn = app.db.snapshot().await?;
    let order = store::find_order(&mut conn, id).await?.ok_or_else(unknown)?;
    Ok(Json(OrderBody::of(&order, &shop(&app).base_url)))
}

/// The receipt of an order, as plain text.
#[utoipa::path(get, path = "/api/v1/orders/{id}/receipt", tag = "sales",
    params(("id" = OrderId, Path, description = "the order")), security(("api_key" = ["shop"])),
    responses((status = 200, body = String, content_type = "text/plain"),
        (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_receipt(
    State(app): State<SharedApp>,
    _: Allowed<SHOP>,
    PathKey(id): PathKey<OrderId>,
) -> Result<Response, Problem> {
    let mut conn = app.db.snapshot().await?;
    let order = store::find_order(&mut conn, id).await?.ok_or_else(unknown)?;
    let shop = shop(&app);
    let page = receipt(&order, &shop.museum, &shop.frame.currency, shop.frame.zone);
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], page).into_response())
}

/// Takes the payment that an order waits for. What it only reserved is issued now.
#[utoipa::path(post, path = "/api/v1/orders/{id}/payments", tag = "sales",
    params(("id" = OrderId, Path, description = "the order")), request_body = NewPayment, security(("api_key" = ["shop"])),
    responses((status = 200, body = OrderBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn pay_order(
    State(app): State<SharedApp>,
    caller: Allowed<SHOP>,
    PathKey(id): PathKey<OrderId>,
    body: Body<NewPayment>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let (shop, home) = (shop(&app), app.clone());
    let NewPayment { method, amount } = body.value;
    let deed = async move |tx: &mut Conn| {
        let signer = home.keys.signer(deed_act.now);
        let till = Till { shop: &shop, signer: &signer };
        let order = pay::pay(tx, &deed_act, till, id, method, amount, None).await?;
        Ok(OrderBody::of(&order, &shop.base_url))
    };
    let answer = body.once.write(&app, &act, StatusCode::OK, deed).await?;
    cards::api::prepare_order_now(&app, id).await;
    Ok(answer)
}

fn unknown() -> Problem {
    Problem::not_found("order")
}

/// The refusal for an order that is not in the state that is needed.
pub(super) fn wrong_state(state: OrderState) -> Problem {
    let (reason, detail) = match state {
        OrderState::AwaitingPayment => ("awaiting_payment", "This order waits for its payment."),
        OrderState::Paid => ("already_paid", "This order is paid already."),
        OrderState::Cancelled => ("order_cancelled", "This order was cancelled."),
        OrderState::Expired => ("order_expired", "The payment of this order did not come in time."),
    };
    Problem::conflict(reason, detail).with("state", state)
}

impl From<CheckoutError> for Problem {
    fn from(error: CheckoutError) -> Self {
        let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
        match error {
            CheckoutError::Input(finding) => finding.into(),
            CheckoutError::NotForSale(problems) => {
                Self::new(unprocessable, "not_for_sale", "A line of this basket cannot be sold.")
                    .with("problems", problems)
            }
            CheckoutError::CodeRejected(rejected) => {
                Self::new(unprocessable, "code_rejected", "A code cannot be used for this basket.")
                    .with("rejected", rejected)
            }
            CheckoutError::TotalChanged(quote) => {
                Self::conflict("total_changed", format!("This basket costs {} now.", quote.total)).with("quote", quote)
            }
            CheckoutError::ChangedMeanwhile => Self::conflict(
                CHANGED_MEANWHILE,
                "Others took the last of what this order wants at the same moment. Please try again.",
            ),
            CheckoutError::Issue(error) => Self::conflict("cannot_be_issued", sentence(&error)),
            CheckoutError::Db(error) => error.into(),
        }
    }
}

impl From<PayError> for Problem {
    fn from(error: PayError) -> Self {
        match error {
            PayError::NotFound => unknown(),
            PayError::WrongState(state) => wrong_state(state),
            PayError::WrongAmount(due) => {
                Self::invalid("amount", "wrong_amount", format!("{due} is due")).with("due", due)
            }
            PayError::NotAPayment => {
                Self::invalid("method", "not_a_payment", "an order that is sold cannot become a trial")
            }
            PayError::Issue(error) => Self::conflict("cannot_be_issued", sentence(&error)),
            PayError::Db(error) => error.into(),
        }
    }
}
