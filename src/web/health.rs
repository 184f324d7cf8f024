//! `/healthz`: the process lives. `/readyz`: it can reach its database. `/metrics`: its figures.

use super::problem::Problem;
use super::{metrics, store};
use crate::app::SharedApp;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;

/// The three paths.
pub fn router() -> Router<SharedApp> {
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(async || metrics::render()))
}

async fn ready(State(app): State<SharedApp>) -> Result<&'static str, Problem> {
    let not_ready = |cause: db::DbError| {
        tracing::warn!(%cause, "not ready");
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not_ready", "The database does not answer.")
    };
    let mut conn = app.db.read().await.map_err(not_ready)?;
    store::ping(&mut conn).await.map_err(not_ready)?;
    Ok("ready\n")
}
