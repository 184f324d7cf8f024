//! Refusals as RFC 9457 problem+json, with a stable `reason` for programs and a sentence for people.

use super::operation;
use axum::Extension;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use db::DbError;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// What is wrong with one part of the input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FieldError {
    /// Where in the input, for instance `items[0].quantity`. Empty for the input as a whole.
    pub path: String,
    /// A stable `snake_case` word.
    #[schema(value_type = String)]
    pub reason: Cow<'static, str>,
    /// A sentence for the person who reads it.
    pub message: String,
}

/// Marks an answer as a refusal, so that pages can say it in their own way.
#[derive(Debug, Clone, Copy)]
pub struct Refused;

/// A refusal. It answers as `application/problem+json`; extra fields stand at the top level.
#[derive(Debug, Clone)]
pub struct Problem {
    status: StatusCode,
    reason: Cow<'static, str>,
    detail: String,
    errors: Vec<FieldError>,
    extra: Map<String, Value>,
}

impl Problem {
    /// A refusal with its status, its stable reason and a sentence.
    pub fn new(status: StatusCode, reason: impl Into<Cow<'static, str>>, detail: impl Into<String>) -> Self {
        Self { status, reason: reason.into(), detail: detail.into(), errors: Vec::new(), extra: Map::new() }
    }

    /// 422 `invalid_input` about one part of the input.
    pub fn invalid(path: impl Into<String>, reason: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        let error = FieldError { path: path.into(), reason: reason.into(), message: message.into() };
        let detail =
            if error.path.is_empty() { error.message.clone() } else { format!("{}: {}", error.path, error.message) };
        let mut problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_input", detail);
        problem.errors.push(error);
        problem
    }

    /// 404 `not_found`.
    pub fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", format!("There is no such {what}."))
    }

    /// 409 with a reason.
    pub fn conflict(reason: impl Into<Cow<'static, str>>, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, reason, detail)
    }

    /// 500. The cause goes to the log, never to the client.
    pub fn internal(context: &str, cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(%cause, "{context}");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal_error",
            "Something went wrong on our side. Nothing was changed. Please try again, or name the operation id to your administrator.",
        )
    }

    /// Tells of one more part of the input that is wrong.
    #[must_use]
    pub fn and(
        mut self,
        path: impl Into<String>,
        reason: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Self {
        self.errors.push(FieldError { path: path.into(), reason: reason.into(), message: message.into() });
        self
    }

    /// Adds an extra field at the top level.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Serialize) -> Self {
        match serde_json::to_value(value) {
            Ok(value) => {
                self.extra.insert(key.to_owned(), value);
                self
            }
            Err(error) => Self::internal("an extra field of a refusal is no JSON", &error),
        }
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The stable reason.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.detail, self.reason)
    }
}

impl std::error::Error for Problem {}

impl From<DbError> for Problem {
    fn from(error: DbError) -> Self {
        match error {
            DbError::BadCursor => Self::invalid("after", "bad_cursor", "this is not a cursor of this list"),
            error if error.is_retryable() => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "The database is busy. Nothing was changed. Please try again.",
            ),
            error => Self::internal("the database refused", &error),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = self.extra;
        body.insert("type".to_owned(), json!("about:blank"));
        body.insert("title".to_owned(), json!(self.status.canonical_reason().unwrap_or("Error")));
        body.insert("status".to_owned(), json!(self.status.as_u16()));
        body.insert("reason".to_owned(), json!(self.reason));
        body.insert("detail".to_owned(), json!(self.detail));
        if !self.errors.is_empty() {
            body.insert("errors".to_owned(), json!(self.errors));
        }
        if let Some(id) = operation::current_id().filter(|_| self.status.is_server_error()) {
            body.insert("operation_id".to_owned(), json!(id));
        }
        let content_type = HeaderValue::from_static("application/problem+json");
        let headers = [(header::CONTENT_TYPE, content_type)];
        (self.status, Extension(Refused), headers, Value::Object(body).to_string()).into_response()
    }
}

/// The shape of a refusal, for the API document.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProblemBody {
    /// Always `about:blank`: `reason` tells refusals apart.
    #[serde(rename = "type")]
    pub kind: String,
    /// The name of the status.
    pub title: String,
    /// The status of the answer.
    pub status: u16,
    /// A stable `snake_case` word for programs.
    pub reason: String,
    /// A sentence for people.
    pub detail: String,
    /// For invalid input: what is wrong where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub errors: Option<Vec<FieldError>>,
    /// For failures on our side: the id under which the log tells more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation_id: Option<String>,
}
