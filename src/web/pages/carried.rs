//! A form that was sent after the session had ended is not lost: it is carried through the sign-in, and offered to be sent again.
//!
//! Nothing is sent by itself. Forms with passwords or files, and very long ones, are not carried.

use super::form::local_path;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{Method, header};

/// The longest form that is carried, in bytes.
const BYTES_MAX: usize = 64 * 1024;
/// Fields that are never shown to anybody as something that was typed.
const HIDDEN: [&str; 1] = ["once"];

/// A form on its way through the sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// Where it was sent to.
    pub path: String,
    /// Its fields, as they were sent.
    pub body: String,
}

/// A field of a carried form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedField {
    /// Its name.
    pub name: String,
    /// What was typed.
    pub value: String,
}

impl Carried {
    /// A form for a path of this server; `None` for what is not carried.
    pub fn new(path: &str, body: &str) -> Option<Self> {
        let carried = Self { path: local_path(path, "").to_owned(), body: body.to_owned() };
        let fields = carried.fields();
        let is_secret = fields.iter().any(|field| field.name.contains("password"));
        let fits = !carried.path.is_empty() && body.len() <= BYTES_MAX && !fields.is_empty() && !is_secret;
        fits.then_some(carried)
    }

    /// Its fields.
    pub fn fields(&self) -> Vec<CarriedField> {
        let pairs = form_urlencoded::parse(self.body.as_bytes());
        pairs.map(|(name, value)| CarriedField { name: name.into_owned(), value: value.into_owned() }).collect()
    }

    /// What a person typed or chose, to be recognised by.
    pub fn typed(&self) -> Vec<String> {
        let fields = self.fields().into_iter();
        let typed = fields.filter(|field| !HIDDEN.contains(&field.name.as_str()) && !field.value.trim().is_empty());
        typed.map(|field| field.value).collect()
    }
}

/// Reads a form that could have to be carried, and leaves the request as it was. Anything else passes untouched.
pub(super) async fn hold(request: Request) -> (Request, Option<Bytes>) {
    if request.method() != Method::POST || !is_form(&request) {
        return (request, None);
    }
    let (parts, body) = request.into_parts();
    match to_bytes(body, BYTES_MAX).await {
        Ok(bytes) => (Request::from_parts(parts, Body::from(bytes.clone())), Some(bytes)),
        // Its length was announced wrongly, or it was cut off: the handler finds it empty and refuses it.
        Err(_) => (Request::from_parts(parts, Body::empty()), None),
    }
}

fn is_form(request: &Request) -> bool {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_short = header(header::CONTENT_LENGTH).parse::<usize>().is_ok_and(|length| length <= BYTES_MAX);
    is_short && header(header::CONTENT_TYPE).starts_with("application/x-www-form-urlencoded")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_come_back_as_they_were_typed() {
        let carried = Carried::new("/orders/new?a=b", "once=1f&name=Zo%C3%AB+M%26M&name=&note=1%2B1%3D2").unwrap();
        let names: Vec<_> = carried.fields().into_iter().map(|field| (field.name, field.value)).collect();
        let expected = [("once", "1f"), ("name", "Zoë M&M"), ("name", ""), ("note", "1+1=2")];
        assert_eq!(names, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(carried.typed(), ["Zoë M&M", "1+1=2"]);
    }

    #[test]
    fn passwords_and_other_sites_are_not_carried() {
        assert_eq!(Carried::new("/password", "password=secret"), None);
        assert_eq!(Carried::new("/password", "new_password=secret"), None);
        assert_eq!(Carried::new("//evil.example", "a=b"), None);
        assert_eq!(Carried::new("/orders", ""), None);
        assert_eq!(Carried::new("/orders", &"a".repeat(BYTES_MAX + 1)), None);
    }
}
