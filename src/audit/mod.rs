//! Who did what, when and why.
//!
//! Every deed writes its record in its own transaction: what happened and the record of it are committed together or not at
//! all. Records are never changed. They name things by id; names, addresses and codes of people do not belong here.

pub mod api;
mod store;
pub mod web;

pub use store::{Record, of_subject, record, record_all};

use serde_json::Value;

/// One record to write. Actor and moment come from the act.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// What was done, for instance `card.dispatched`.
    pub action: &'a str,
    /// The kind of thing it was done to, for instance `card`.
    pub subject_kind: &'a str,
    /// Its id or key.
    pub subject_id: String,
    /// Why, where a person gave a reason.
    pub reason: Option<&'a str>,
    /// What else is worth knowing; no personal data.
    pub detail: Option<Value>,
}

impl<'a> Entry<'a> {
    /// A record without reason and detail.
    #[expect(clippy::needless_pass_by_value, reason = "ids are small and made for the call")]
    pub fn new(action: &'a str, subject_kind: &'a str, subject_id: impl ToString) -> Self {
        Self { action, subject_kind, subject_id: subject_id.to_string(), reason: None, detail: None }
    }

    /// The same with a reason.
    #[must_use]
    pub fn reason(mut self, reason: &'a str) -> Self {
        self.reason = Some(reason);
        self
    }

    /// The same with details.
    #[must_use]
    pub fn detail(mut self, detail: Value) -> Self {
        self.detail = Some(detail);
        self
    }
}
