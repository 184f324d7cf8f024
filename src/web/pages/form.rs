//! Forms: what was posted, and what is wrong with it, beside the field and in a summary.

use crate::app::SharedApp;
use crate::web::Problem;
use crate::web::body::JSON_BYTES_MAX;
use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

/// A posted form.
#[derive(Debug)]
pub struct PageForm<T>(pub T);

impl<T: DeserializeOwned> FromRequest<SharedApp> for PageForm<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &SharedApp) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let bytes = to_bytes(body, JSON_BYTES_MAX)
            .await
            .map_err(|_| Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", "The form is too large."))?;
        let request = Request::from_parts(parts, bytes.into());
        let axum::Form(value) = axum::Form::<T>::from_request(request, app)
            .await
            .map_err(|rejection| Problem::new(StatusCode::BAD_REQUEST, "bad_form", rejection.body_text()))?;
        Ok(Self(value))
    }
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The id of the field on the page.
    pub field: &'static str,
    /// The sentence, in the visitor's language.
    pub message: String,
}

/// Everything that is wrong with a form, in the order of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormErrors(Vec<FieldError>);

impl FormErrors {
    /// Adds what is wrong with a field.
    pub fn add(&mut self, field: &'static str, message: impl Into<String>) {
        self.0.push(FieldError { field, message: message.into() });
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The status of the page that shows the form again, or for the first time.
    pub fn status(&self) -> StatusCode {
        if self.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
    }

    /// All of it.
    pub fn all(&self) -> &[FieldError] {
        &self.0
    }

    /// What is wrong with this field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|error| error.field == field).map(|error| error.message.as_str())
    }
}

/// A path of this server to go on to; anything else, such as another site's address, becomes `otherwise`.
pub fn local_path<'a>(wanted: &'a str, otherwise: &'a str) -> &'a str {
    let plain = wanted.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if plain && wanted.starts_with('/') && !wanted.starts_with("//") { wanted } else { otherwise }
}

/// A path with a query of the pairs that have a value.
pub fn address(path: &str, query: &[(&str, &str)]) -> String {
    let mut address = path.to_owned();
    for (name, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
        address.push(if address.contains('?') { '&' } else { '?' });
        address.push_str(name);
        address.push('=');
        address.push_str(&encode(value));
    }
    address
}

/// A text as the value of a query.
pub fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_to_no_other_site() {
        for (wanted, path) in [
            ("/desk", "/desk"),
            ("/cards?state=ready&q=a%20b", "/cards?state=ready&q=a%20b"),
            ("", "/"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("javascript:alert(1)", "/"),
            ("/desk\r\nset-cookie: a=b", "/"),
        ] {
            assert_eq!(local_path(wanted, "/"), path, "{wanted:?}");
        }
    }

    #[test]
    fn an_address_names_what_has_a_value() {
        assert_eq!(address("/print", &[("state", ""), ("q", "a&b"), ("sort", "name")]), "/print?q=a%26b&sort=name");
        assert_eq!(address("/print", &[]), "/print");
    }

    #[test]
    fn a_query_value_carries_any_text() {
        assert_eq!(encode("/desk?q=ä&b=1"), "/desk%3Fq%3D%C3%A4%26b%3D1");
    }
}
