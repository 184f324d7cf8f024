//! The one router of the server.

use super::{assets, headers, health, metrics, openapi, pages};
use crate::app::SharedApp;
use crate::{
    accounts, audit, cards, catalog, customers, dispatch, entry, partners, production, promotions, reports, sales,
};
use axum::routing::get;
use axum::{Json, Router, middleware};
use utoipa_axum::router::OpenApiRouter;

/// All paths of the server, with what protects them; `front` has the page at `/`.
pub fn router(app: SharedApp, front: Router<SharedApp>) -> Router {
    let (api, document) = api().split_for_parts();
    let document = Json(document);
    let paths = Router::new()
        .merge(front)
        .merge(pages::router(&app))
        .merge(assets::router())
        .merge(health::router())
        .merge(api)
        .merge(entry::api::gate_router())
        .route("/api/v1/openapi.json", get(async move || document.clone()))
        .layer(middleware::from_fn(metrics::measure));
    headers::protect(paths, &app).with_state(app)
}

/// The operations that the API document describes.
pub fn api() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::with_openapi(openapi::base())
        .merge(accounts::api::router())
        .merge(audit::api::router())
        .merge(catalog::api::router())
        .merge(customers::api::router())
        .merge(entry::api::router())
        .merge(promotions::api::router())
        .merge(cards::api::router())
        .merge(sales::api::router())
        .merge(production::api::router())
        .merge(dispatch::api::router())
        .merge(reports::api::router())
        .merge(partners::api::router())
}
