//! Offers, codes and the ledger in the database.

mod codes;
mod limits;
mod offers;

pub(super) use codes::{
    Confusable, add_code, add_codes, change_code, codes_page, confusable, count_codes, delete_code, find_code,
    insert_batch,
};
pub use codes::{codes_entered, offers_with_endless_codes, offers_with_open_codes};
pub(super) use limits::{
    Change, Use, change, confirm, entries_to_give_back, expired_to_give_back, insert_entries, latest_uses, was_used,
};
pub use limits::{Held, held, held_by, held_since, held_until, uses};
pub use offers::known_offers;
pub(super) use offers::{
    OfferVersion, delete_offer, find_offer, insert_offer, lock_list, move_offer, offers_page, update_offer,
    versions_page,
};

use db::{DbError, sqlx};
use serde::Serialize;

fn unreadable(error: impl Into<Box<dyn std::error::Error + Send + Sync + 'static>>) -> DbError {
    DbError::Sqlx(sqlx::Error::Decode(error.into()))
}

/// A count as the program uses it.
fn count(value: i64) -> Result<u32, DbError> {
    u32::try_from(value).map_err(unreadable)
}

/// The JSON for a column, or for a statement that unpacks it into rows.
fn to_json(value: &impl Serialize) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(|error| DbError::Sqlx(sqlx::Error::Encode(Box::new(error))))
}
