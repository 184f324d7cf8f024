//! One data layer for SQLite and PostgreSQL.
//!
//! The program speaks to its database only through this crate, and in the same words on both:
//!
//! * [`Db::read`] and [`Db::snapshot`] lend a [`Conn`] that cannot write; [`Db::read_briefly`] and [`Db::brief_snapshot`] are quicker for a
//!   few short statements;
//! * [`Db::write`] is the only door for writes: it runs a closure (a *deed*) inside a transaction and
//!   answers when the outcome is durable. On SQLite many deeds share one commit;
//! * [`statements!`] declares SQL texts with `$1` placeholders, one text for both databases wherever
//!   possible, and registers them, so that a test can prepare every statement of the program on both;
//! * [`List`] builds filtered, sorted, paged lists; nothing else builds SQL at run time;
//! * [`Sequencer`] numbers changed rows for readers that follow a table;
//! * [`testing`] (feature `testing`) gives each test its own database.
//!
//! A deed behaves alike on both databases, also where they differ by nature: after a failed
//! statement nothing more can be done in it, and it is undone whatever it returns.

pub mod column;
mod conn;
mod cursor;
mod database;
mod dynamic;
mod error;
mod list;
mod lite;
mod migrations;
mod open;
mod sequencer;
mod statements;
#[cfg(feature = "testing")]
pub mod testing;
mod value;
mod write_door;

pub use conn::{Conn, Row};
pub use database::Db;
pub use error::DbError;
pub use list::{Direction, List, Page};
pub use migrations::Migrations;
pub use open::{Backend, Options};
pub use sequencer::{Position, Sequencer};
pub use statements::{Sql, all_statements, prepare_all};
pub use value::{Args, Bind, Value};
pub use write_door::Figures;

pub use Direction::{Asc, Desc};

pub use sqlx;

/// What [`statements!`] expands to; not for direct use.
#[doc(hidden)]
pub mod macro_support {
    pub use crate::statements::Registered;
    pub use inventory;
}
