//! Each request is one operation: it has an id, and it is logged once, at the end, by its route and outcome.
//!
//! Whatever is logged within bears the id, and the answer tells it: in the header `x-operation-id`, and in the body of an answer
//! that is our fault. Paths and queries are not logged, for links of holders and codes stand in them.

use crate::app::SharedApp;
use crate::kernel::ids;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;
use tracing::Instrument;

tokio::task_local! {
    static OPERATION_ID: String;
}

/// The id of the operation that the caller is in.
pub fn current_id() -> Option<String> {
    OPERATION_ID.try_with(Clone::clone).ok()
}

/// Gives the request its id and logs its end.
pub async fn follow(State(app): State<SharedApp>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = ids::uuid_v7(app.clock.now(), &*app.random).to_string();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!("operation", id);
    let mut response = OPERATION_ID.scope(id.clone(), next.run(request)).instrument(span).await;
    let status = response.status().as_u16();
    let duration_ms = begun.elapsed().as_millis();
    match status {
        500.. => tracing::error!(operation = id, %method, route, status, duration_ms, "a request failed"),
        400..500 => tracing::info!(operation = id, %method, route, status, duration_ms, "a request was refused"),
        _ => tracing::debug!(operation = id, %method, route, status, duration_ms, "a request was answered"),
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-operation-id"), value);
    }
    response
}
