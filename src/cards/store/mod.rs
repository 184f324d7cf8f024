//! Annual tickets, cards, their steps and entry rights in the database: one file per table.

pub(super) mod annual_tickets;
pub(super) mod card_steps;
pub(super) mod cards;
pub(super) mod contacts;
pub(super) mod entry_rights;
pub(super) mod journeys;
pub(super) mod namesakes;
pub(super) mod photos;
pub(super) mod queue;

use db::column::{json_opt, number, parsed, parsed_opt, to_json, unreadable};

/// The text for a column that may be empty.
fn text(value: Option<impl ToString>) -> Option<String> {
    value.map(|value| value.to_string())
}
