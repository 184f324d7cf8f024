//! `/api/v1/quotes`.

use super::requests::QuoteRequest;
use super::shop;
use crate::app::SharedApp;
use crate::sales::price_basket::{PriceError, code_entry_open, price_basket};
use crate::sales::quote::Quote;
use crate::web::caller::SHOP;
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, Problem};
use axum::Json;
use axum::extract::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The right to sell against sale rules and to use offers without their codes.
pub(in crate::sales) const OVERRIDE: &str = "promotion.override";

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new().routes(routes!(make_quote))
}

/// What a basket costs now, and why. Nothing is reserved.
#[utoipa::path(post, path = "/api/v1/quotes", tag = "sales", request_body = QuoteRequest, security(("api_key" = ["shop"])),
    responses((status = 200, body = Quote), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn make_quote(
    State(app): State<SharedApp>,
    caller: Allowed<SHOP>,
    body: Body<QuoteRequest>,
) -> Result<Json<Quote>, Problem> {
    let basket = body.value.basket()?;
    if basket.has_overrides() {
        caller.0.demand_right(OVERRIDE)?;
    }
    let frame = shop(&app).frame;
    let mut conn = app.db.brief_snapshot().await?;
    let priced = price_basket(&mut conn, &frame, app.clock.now(), &basket).await?;
    let open = code_entry_open(&mut conn, &frame, &priced).await?;
    Ok(Json(Quote::of(&priced, open)))
}

impl From<PriceError> for Problem {
    fn from(error: PriceError) -> Self {
        match error {
            PriceError::Basket(finding) => finding.into(),
            PriceError::Db(error) => error.into(),
        }
    }
}
