//! What the next page says about what was just done.
//!
//! It travels in a cookie of one minute that only the server reads, and is shown once.

use super::cookies;
use super::form::local_path;
use super::words::Words;
use crate::app::App;
use axum::http::HeaderMap;
use axum::response::Response;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

const COOKIE: &str = "notice";
const LASTS_SECS: i64 = 60;

/// A text to say, by its key and the values in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Notice {
    key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) count: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) undo: Option<String>,
}

/// What a page says about what was just done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// The sentence.
    pub text: String,
    /// Where it can be undone.
    pub undo: Option<String>,
}

impl Notice {
    pub(super) fn of(key: &str) -> Self {
        Self { key: key.to_owned(), name: None, count: None, undo: None }
    }

    /// The answer, with the notice for the page after it.
    pub(super) fn keep(&self, app: &App, response: Response) -> Response {
        match serde_json::to_vec(self) {
            Ok(json) => {
                let value = BASE64_URL_SAFE_NO_PAD.encode(json);
                cookies::set(response, &cookies::to_keep(app, COOKIE, value, LASTS_SECS))
            }
            // Without a notice the deed is still done.
            Err(_) => response,
        }
    }

    /// The notice that the answer before left.
    pub(super) fn find(headers: &HeaderMap) -> Option<Self> {
        let json = BASE64_URL_SAFE_NO_PAD.decode(cookies::find(headers, COOKIE)?).ok()?;
        serde_json::from_slice(&json).ok()
    }

    /// The answer to a page that showed the notice.
    pub(super) fn forget(app: &App, response: Response) -> Response {
        cookies::set(response, &cookies::to_keep(app, COOKIE, String::new(), 0))
    }

    /// What it says in a language.
    pub(super) fn toast(&self, words: Words) -> Option<Toast> {
        let name = self.name.as_deref().unwrap_or_default();
        let text = words.find2(&self.key, ("name", name), ("count", self.count.unwrap_or_default()))?;
        let undo = self.undo.as_deref().map(|path| local_path(path, "").to_owned()).filter(|path| !path.is_empty());
        Some(Toast { text, undo })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::pages::Language;

    #[test]
    fn a_notice_that_somebody_made_up_says_nothing_and_leads_nowhere_else() {
        let words = Words::of(Language::En);
        assert_eq!(Notice::of("no-such-key").toast(words), None);
        let notice = Notice { undo: Some("//evil.example".to_owned()), ..Notice::of("signed-out-note") };
        assert_eq!(notice.toast(words).unwrap().undo, None);
    }
}
