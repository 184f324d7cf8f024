//! A browser as far as HTTP goes: it wants HTML, keeps cookies, and says where its forms come from.

use reqwest::Method;
use reqwest::header::{ACCEPT, ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE, HeaderValue, LOCATION, ORIGIN, SET_COOKIE};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use testkit::{Answer, Client};

const BOUNDARY: &str = "----passepartout-test-boundary";

/// A browser with its cookies.
#[derive(Debug, Clone)]
pub(crate) struct Browser {
    client: Client,
    cookies: BTreeMap<String, String>,
    /// What it asks for in `Accept-Language`.
    pub(crate) language: &'static str,
}

/// A file in a form.
pub(crate) struct Upload<'a> {
    pub(crate) field: &'a str,
    pub(crate) name: &'a str,
    pub(crate) bytes: &'a [u8],
}

impl Browser {
    pub(super) fn new(client: Client) -> Self {
        Self { client, cookies: BTreeMap::new(), language: "en" }
    }

    /// The value of a cookie that it keeps.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Keeps a cookie as somebody who made it up would.
    pub(crate) fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// Opens a page.
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None, true).await
    }

    /// Sends a form of the same site.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = (b"application/x-www-form-urlencoded".to_vec(), encoded(fields).into_bytes());
        self.send(Method::POST, path, Some(body), true).await
    }

    /// Sends a form that stands on another site.
    pub(crate) async fn post_from_elsewhere(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = (b"application/x-www-form-urlencoded".to_vec(), encoded(fields).into_bytes());
        self.send(Method::POST, path, Some(body), false).await
    }

    /// Sends a form with a file.
    pub(crate) async fn post_file(&mut self, path: &str, fields: &[(&str, &str)], file: Option<&Upload<'_>>) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        if let Some(Upload { field, name, bytes }) = file {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let body = (format!("multipart/form-data; boundary={BOUNDARY}").into_bytes(), body);
        self.send(Method::POST, path, Some(body), true).await
    }

    async fn send(&mut self, method: Method, path: &str, body: Option<(Vec<u8>, Vec<u8>)>, same_site: bool) -> Answer {
        let base = self.client.base_url().to_owned();
        let mut request = self
            .client
            .request(method, path)
            .header(ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")
            .header(ACCEPT_LANGUAGE, self.language);
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(COOKIE, cookies.join("; "));
        }
        if let Some((content_type, bytes)) = body {
            let (origin, site) =
                if same_site { (base.as_str(), "same-origin") } else { ("https://evil.example", "cross-site") };
            request = request
                .header(ORIGIN, origin)
                .header("sec-fetch-site", site)
                .header(CONTENT_TYPE, HeaderValue::from_bytes(&content_type).expect("a content type"))
                .body(bytes);
        }
        let answer = Answer::to(request).await;
        for cookie in answer.headers.get_all(SET_COOKIE) {
            let text = cookie.to_str().expect("a cookie");
            let (name, value) = text.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            if text.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }
}

/// The hidden fields of the form of a page that is sent to this path.
pub(crate) fn hidden_fields(page: &Answer, action: &str) -> Vec<(String, String)> {
    let text = page.text();
    let start = format!("action=\"{action}\"");
    let form = text
        .split("<form")
        .find(|form| form.contains(&start))
        .unwrap_or_else(|| panic!("no form for {action}: {text}"));
    let form = form.split("</form>").next().unwrap_or_default();
    let attribute = |input: &str, name: &str| {
        let value = input.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
        Some(value.to_owned())
    };
    form.split("<input")
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .filter(|input| input.contains("type=\"hidden\""))
        .filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?)))
        .collect()
}

/// Where an answer sends the browser.
pub(crate) fn led_to(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.headers.get(LOCATION).and_then(|value| value.to_str().ok()).expect("a location")
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, value) in fields {
        let _ = write!(text, "{}{name}=", if text.is_empty() { "" } else { "&" });
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() {
                text.push(char::from(byte));
            } else {
                let _ = write!(text, "%{byte:02X}");
            }
        }
    }
    text
}
