//! The catalog in the database: one file per table.
//!
//! Lists of words, names per language and validity rules are kept as JSON text, for nothing ever searches in them.

mod audiences;
mod categories;
mod events;
mod exhibitions;
mod houses;
mod price_lists;
mod products;
mod references;
mod sale_rules;
mod scopes;
mod stamp;

pub use audiences::{audience, audiences};
pub use categories::{categories, category};
pub use events::{event, event_labels, events_between};
pub use exhibitions::{exhibition, exhibitions};
pub use houses::{house, houses};
pub use price_lists::{price_list, prices_of};
pub use products::{product, products};
pub use sale_rules::{sale_rules_at, sale_rules_with_codes};
pub use scopes::{scope, scope_by_id, scopes};
pub use stamp::Stamp;

pub(super) use events::{EventFilter, LabelledEvent, change_event, labelled_events};
pub(super) use references::{exists, is_in_use};
pub(super) use scopes::{sold_with_scopes, was_sold};

use super::object::Object;
use crate::kernel::UtcMs;
use crate::kernel::slug::Slug;
use db::column::{json, number, to_json, to_word, word, word_opt};
use db::{Conn, DbError, Page};

/// What the deeds of the catalog need of every table.
pub(super) trait Stored: Object {
    /// The object with this key.
    async fn find(conn: &mut Conn, key: &Slug) -> Result<Option<Self>, DbError>;

    /// A page of all objects, in their usual order.
    async fn page(conn: &mut Conn, after: Option<&str>, rows: u32) -> Result<Page<Self>, DbError>;

    /// Adds the object; answers whether its key was free.
    async fn insert(&mut self, tx: &mut Conn, now: UtcMs) -> Result<bool, DbError>;

    /// Replaces the object with this key.
    async fn update(&self, tx: &mut Conn) -> Result<(), DbError>;

    /// Removes the object. Nothing refers to it.
    async fn delete(tx: &mut Conn, key: &Slug) -> Result<(), DbError>;
}

/// Turns the rows of a page into objects.
fn objects<R, T>(page: Page<R>, object: impl FnMut(R) -> Result<T, DbError>) -> Result<Page<T>, DbError> {
    Ok(Page { items: page.items.into_iter().map(object).collect::<Result<_, _>>()?, next: page.next })
}
