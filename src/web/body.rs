//! Request bodies: read with a limit, parsed strictly, refused with the path of what is wrong.

use super::once::Once;
use super::problem::Problem;
use crate::app::SharedApp;
use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

/// The most bytes of a JSON body.
pub const JSON_BYTES_MAX: usize = 1024 * 1024;
/// The most bytes of an uploaded file.
pub const UPLOAD_BYTES_MAX: usize = 16 * 1024 * 1024;

/// A JSON body, and what is needed to carry its request out once.
#[derive(Debug)]
pub struct Body<T> {
    /// The parsed body.
    pub value: T,
    /// The request's idempotency.
    pub once: Once,
}

/// The bytes of an uploaded file.
#[derive(Debug)]
pub struct RawBody {
    /// The bytes as they came.
    pub bytes: Bytes,
    /// The request's idempotency.
    pub once: Once,
}

/// A request that carries nothing; an empty JSON object is accepted too.
#[derive(Debug)]
pub struct NoBody {
    /// The request's idempotency.
    pub once: Once,
}

/// A JSON body that may be left out: an empty one stands for all defaults.
#[derive(Debug)]
pub struct MaybeBody<T> {
    /// The parsed body, or the default.
    pub value: T,
    /// The request's idempotency.
    pub once: Once,
}

impl<T: DeserializeOwned> FromRequest<SharedApp> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &SharedApp) -> Result<Self, Problem> {
        let (bytes, once) = read(request, JSON_BYTES_MAX).await?;
        Ok(Self { value: parse_json(&bytes)?, once })
    }
}

impl FromRequest<SharedApp> for RawBody {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &SharedApp) -> Result<Self, Problem> {
        let (bytes, once) = read(request, UPLOAD_BYTES_MAX).await?;
        Ok(Self { bytes, once })
    }
}

impl FromRequest<SharedApp> for NoBody {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &SharedApp) -> Result<Self, Problem> {
        let (bytes, once) = read(request, JSON_BYTES_MAX).await?;
        if !bytes.iter().all(u8::is_ascii_whitespace) {
            parse_json::<Nothing>(&bytes)?;
        }
        Ok(Self { once })
    }
}

/// An empty object.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

impl<T: DeserializeOwned + Default> FromRequest<SharedApp> for MaybeBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &SharedApp) -> Result<Self, Problem> {
        let (bytes, once) = read(request, JSON_BYTES_MAX).await?;
        let absent = bytes.iter().all(u8::is_ascii_whitespace);
        Ok(Self { value: if absent { T::default() } else { parse_json(&bytes)? }, once })
    }
}

/// Parses JSON strictly.
///
/// # Errors
/// 400 `malformed_json` when it is no JSON, 422 `invalid_input` with the path when it is not what is wanted.
pub fn parse_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    if names_nul(bytes) {
        return Err(Problem::invalid("", "invalid_value", "a text holds the character U+0000"));
    }
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        let path = if path == "." { String::new() } else { path };
        refuse(&path, error.inner())
    })?;
    deserializer.end().map_err(|error| refuse("", &error))?;
    Ok(value)
}

/// Whether a text of the JSON holds U+0000, which no database keeps. Unescaped it is no JSON at all.
fn names_nul(bytes: &[u8]) -> bool {
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == b'\\') {
        at += found;
        if bytes[at..].starts_with(br"\u0000") {
            return true;
        }
        at = (at + 2).min(bytes.len());
    }
    false
}

fn refuse(path: &str, error: &serde_json::Error) -> Problem {
    use serde_json::error::Category;
    let message = error.to_string();
    match error.classify() {
        Category::Data => {
            // The path says where; a place in the text of the body helps nobody.
            let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what).to_owned();
            let reason = match message.split_once('`').map_or(message.as_str(), |(start, _)| start).trim() {
                "unknown field" => "unknown_field",
                "missing field" => "missing_field",
                "unknown variant" => "unknown_value",
                "duplicate field" => "duplicate_field",
                start if start.starts_with("invalid type") => "wrong_type",
                _ => "invalid_value",
            };
            Problem::invalid(path, reason, message)
        }
        Category::Syntax | Category::Eof | Category::Io => {
            Problem::new(StatusCode::BAD_REQUEST, "malformed_json", format!("The body is not JSON: {message}."))
        }
    }
}

async fn read(request: Request, limit: usize) -> Result<(Bytes, Once), Problem> {
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, limit).await.map_err(|_| {
        Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "body_too_large",
            format!("The body has more than {limit} bytes, or was cut off."),
        )
    })?;
    let once = Once::of(&parts, &bytes)?;
    Ok((bytes, once))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only parsed")]
    struct Line {
        quantity: u32,
    }

    #[test]
    fn refusals_name_the_path_and_the_kind() {
        for (json, status, reason) in [
            ("[{\"quantity\": 1, \"colour\": 2}]", 422, "unknown_field"),
            ("[{\"quantity\": \"one\"}]", 422, "wrong_type"),
            ("[{}]", 422, "missing_field"),
            ("[{\"quantity\": 1}] x", 400, ""),
            ("[{", 400, ""),
            (r#"[{"quantity": "\u0000"}]"#, 422, "U+0000"),
            (r#"[{"quantity": "\\u0000"}]"#, 422, "wrong_type"),
        ] {
            let problem = parse_json::<Vec<Line>>(json.as_bytes()).unwrap_err();
            assert_eq!(problem.status().as_u16(), status, "{json}");
            if !reason.is_empty() {
                assert!(format!("{problem:?}").contains(reason), "{json}: {problem:?}");
            }
        }
    }
}
