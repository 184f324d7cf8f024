//! What stands in the path and the query of a request.

use super::problem::Problem;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use std::str::FromStr;

/// The one key or id in the path. A text that cannot be one names nothing, so it answers 404.
#[derive(Debug)]
pub struct PathKey<T>(pub T);

impl<T: FromStr, S: Send + Sync> FromRequestParts<S> for PathKey<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(text) =
            Path::<String>::from_request_parts(parts, state).await.map_err(|_| Problem::not_found("thing"))?;
        let found = if text.contains('\0') { None } else { text.parse().ok() };
        found.map(Self).ok_or_else(|| Problem::not_found("thing"))
    }
}

/// The query, parsed strictly.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        if parts.uri.query().is_some_and(|query| query.contains("%00")) {
            return Err(Problem::invalid("", "bad_query", "the query holds the character U+0000"));
        }
        let axum::extract::Query(value) = axum::extract::Query::from_request_parts(parts, state)
            .await
            .map_err(|rejection| Problem::invalid("", "bad_query", rejection.body_text()))?;
        Ok(Self(value))
    }
}
