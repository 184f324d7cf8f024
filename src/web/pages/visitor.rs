//! Who looks at a page: in which language, with which theme, and from where.

use super::language::{self, Language};
use super::notice::{Notice, Toast};
use super::words::Words;
use super::{carried, cookies, error_page, is_page, own_page};
use crate::app::SharedApp;
use crate::kernel::random::RandomSource;
use crate::web::{Problem, operation};
use askama::Template;
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use cookie::Cookie;
use std::convert::Infallible;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// The cookie with the chosen language.
const LANGUAGE_COOKIE: &str = "language";
/// The cookie with the chosen theme.
const THEME_COOKIE: &str = "theme";
/// The cookie with the choice of signs as keys.
const KEYS_COOKIE: &str = "keys";
/// How long a choice is kept, in days.
const CHOICE_DAYS: i64 = 365;

/// Light, dark, or as the system has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All themes, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word for the theme in cookies and pages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// A sign for the theme: half, empty or full.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::System => "\u{25D0}",
            Self::Light => "\u{25CB}",
            Self::Dark => "\u{25CF}",
        }
    }

    /// The theme of a word; any other word is the system's.
    pub fn of(word: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.as_str() == word).unwrap_or_default()
    }
}

/// Whoever looks at a page.
#[derive(Clone)]
pub struct Visitor {
    /// The texts in their language.
    pub words: Words,
    /// Their theme.
    pub theme: Theme,
    /// Whether letters, digits and signs are keys of their own.
    pub single_keys: bool,
    /// The path that they look at, without the query.
    pub path: String,
    /// The query, without the choice of a language.
    pub query: String,
    /// What the museum is called.
    pub museum: String,
    /// The pages that the museum wrote itself: path, and key of the name.
    pub own_pages: Vec<(&'static str, &'static str)>,
    /// The address that they come from, where it is known.
    pub address: Option<IpAddr>,
    /// How this answer can be found again in the log.
    pub operation: String,
    /// What is to be said about what they just did.
    pub notice: Option<Toast>,
    random: Arc<dyn RandomSource>,
}

impl Visitor {
    /// The text with this key in the visitor's language.
    pub fn t(&self, key: &str) -> String {
        self.words.t(key)
    }

    /// Whether this is the visitor's language.
    pub fn speaks(&self, language: &Language) -> bool {
        self.words.language == *language
    }

    /// The languages on offer.
    pub fn languages(&self) -> [Language; 3] {
        Language::ALL
    }

    /// The themes on offer.
    pub fn themes(&self) -> [Theme; 3] {
        Theme::ALL
    }

    /// Whether this is the visitor's theme.
    pub fn is_in(&self, theme: &Theme) -> bool {
        self.theme == *theme
    }

    /// What a theme is called.
    pub fn theme_name(&self, theme: &Theme) -> String {
        self.t(match theme {
            Theme::System => "theme-system",
            Theme::Light => "theme-light",
            Theme::Dark => "theme-dark",
        })
    }

    /// A fresh token for a form that acts: see [`act_once`](super::act_once()).
    pub fn fresh_once(&self) -> String {
        hex::encode(self.random.bytes::<16>())
    }

    /// Where they are, with the query.
    pub fn here(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) }
    }

    /// Where they are, in another language.
    pub fn here_in(&self, language: &Language) -> String {
        let query = if self.query.is_empty() { String::new() } else { format!("{}&", self.query) };
        format!("{}?{query}lang={language}", self.path)
    }

    /// A rendered page with this status; the failure to render is a problem of its own.
    pub fn show(status: StatusCode, template: &impl Template) -> Response {
        match template.render() {
            Ok(html) => (status, Html(html)).into_response(),
            Err(error) => Problem::internal("a page cannot be rendered", &error).into_response(),
        }
    }

    fn of(headers: &HeaderMap, path: &str, query: &str, app: &SharedApp) -> Self {
        let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let house = app.config.museum.language.parse().unwrap_or(Language::En);
        let kept = cookies::find(headers, LANGUAGE_COOKIE);
        let chosen = language::choose(language_of_query(query), kept.as_deref(), accepted, house);
        let words = Words::of(chosen);
        let rest: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("lang=")).collect();
        Self {
            words,
            theme: cookies::find(headers, THEME_COOKIE).map(|word| Theme::of(&word)).unwrap_or_default(),
            single_keys: cookies::find(headers, KEYS_COOKIE).is_none_or(|choice| choice != "off"),
            path: path.to_owned(),
            query: rest.join("&"),
            museum: app.config.museum.name.clone(),
            own_pages: own_page::written(app),
            address: None,
            operation: operation::current_id().unwrap_or_default(),
            notice: Notice::find(headers).and_then(|notice| notice.toast(words)),
            random: app.random.clone(),
        }
    }
}

impl fmt::Debug for Visitor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Visitor")
            .field("operation", &self.operation)
            .field("words", &self.words)
            .finish_non_exhaustive()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Problem::internal("a page stands outside of the middleware for visitors", &parts.uri.path()))
    }
}

/// Learns who visits, keeps a language chosen by `?lang=`, and shows refusals as pages to browsers.
pub async fn visit(State(app): State<SharedApp>, request: Request, next: Next) -> Result<Response, Infallible> {
    let path = request.uri().path().to_owned();
    if !is_page(&path) {
        return Ok(next.run(request).await);
    }
    let query = request.uri().query().unwrap_or_default().to_owned();
    let address = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    let visitor = Visitor { address, ..Visitor::of(request.headers(), &path, &query, &app) };
    let is_browser = request
        .headers()
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accepted| accepted.contains("text/html"));
    let (mut request, form) = if is_browser { carried::hold(request).await } else { (request, None) };
    let asked = error_page::Asked { method: request.method().clone(), form };
    request.extensions_mut().insert(visitor.clone());
    let response = next.run(request).await;
    let response = if is_browser { error_page::for_browser(response, &visitor, &asked) } else { response };
    let response =
        if visitor.notice.is_some() && is_html(&response) { Notice::forget(&app, response) } else { response };
    match language_of_query(&query).and_then(|tag| tag.parse::<Language>().ok()) {
        Some(language) => Ok(cookies::set(response, &choice(&app, LANGUAGE_COOKIE, language.as_str()))),
        None => Ok(response),
    }
}

/// The cookie that keeps a theme.
pub(super) fn theme_cookie(app: &SharedApp, theme: Theme) -> Cookie<'static> {
    choice(app, THEME_COOKIE, theme.as_str())
}

/// The cookie that keeps whether signs are keys.
pub(super) fn keys_cookie(app: &SharedApp, on: bool) -> Cookie<'static> {
    choice(app, KEYS_COOKIE, if on { "on" } else { "off" })
}

fn choice(app: &SharedApp, name: &'static str, value: &'static str) -> Cookie<'static> {
    cookies::to_keep(app, name, value.to_owned(), CHOICE_DAYS * 24 * 60 * 60)
}

fn is_html(response: &Response) -> bool {
    response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

fn language_of_query(query: &str) -> Option<&str> {
    query.split('&').find_map(|pair| pair.strip_prefix("lang="))
}
