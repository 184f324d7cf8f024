//! Declared SQL texts, and the register of all of them.

use sqlx::{Executor, SqlStr};

use crate::{Backend, Db, DbError};

/// A named SQL text, one for both databases or one for each; made by [`statements!`](crate::statements).
#[derive(Debug)]
pub struct Sql {
    name: &'static str,
    lite: &'static str,
    pg: &'static str,
}

impl Sql {
    /// A statement; [`statements!`](crate::statements) also registers it.
    pub const fn new(name: &'static str, lite: &'static str, pg: &'static str) -> Self {
        Self { name, lite, pg }
    }

    /// Path of the static that holds the statement.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The text for one backend.
    pub fn text(&self, backend: Backend) -> &'static str {
        match backend {
            Backend::Sqlite => self.lite,
            Backend::Postgres => self.pg,
        }
    }
}

/// Declares statements as statics and registers them for [`all_statements`].
///
/// ```
/// db::statements! {
///     /// The house with this key.
///     FIND_HOUSE = "SELECT id, name FROM houses WHERE key = $1";
///     /// The first job nobody works on.
///     CLAIM = {
///         lite: "SELECT id FROM jobs WHERE state = 'new' ORDER BY id LIMIT 1",
///         pg: "SELECT id FROM jobs WHERE state = 'new' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED",
///     };
/// }
/// ```
#[macro_export]
macro_rules! statements {
    ($($(#[$meta:meta])* $visibility:vis $name:ident = $text:tt;)*) => {$(
        $(#[$meta])*
        $visibility static $name: $crate::Sql = $crate::statements!(@sql $name $text);
        $crate::macro_support::inventory::submit! {
            $crate::macro_support::Registered(&$name)
        }
    )*};
    (@sql $name:ident { lite: $lite:expr, pg: $pg:expr $(,)? }) => {
        $crate::Sql::new(concat!(module_path!(), "::", stringify!($name)), $lite, $pg)
    };
    (@sql $name:ident $text:literal) => {
        $crate::Sql::new(concat!(module_path!(), "::", stringify!($name)), $text, $text)
    };
}

/// An entry of the register.
#[doc(hidden)]
#[derive(Debug)]
pub struct Registered(pub &'static Sql);

inventory::collect!(Registered);

/// Every statement declared in the crates linked into this program, in no particular order.
pub fn all_statements() -> impl Iterator<Item = &'static Sql> {
    inventory::iter::<Registered>.into_iter().map(|entry| entry.0)
}

/// Prepares every statement on this database without running it; answers the names and errors of
/// those that it refuses.
pub async fn prepare_all(db: &Db) -> Vec<(&'static str, DbError)> {
    let mut refused = Vec::new();
    for sql in all_statements() {
        let text = SqlStr::from_static(sql.text(db.backend()));
        let outcome = match db.read().await {
            Ok(mut conn) => conn.prepare(text).await,
            Err(error) => Err(error),
        };
        if let Err(error) = outcome {
            refused.push((sql.name(), error));
        }
    }
    refused.sort_by_key(|(name, _)| *name);
    refused
}

impl crate::Conn {
    async fn prepare(&mut self, text: SqlStr) -> Result<(), DbError> {
        match self.driver() {
            crate::conn::Driver::Lite(conn) => conn.prepare(text).await.map(drop)?,
            // Connections that run on the caller's thread are not asked here: see `prepare_all`.
            crate::conn::Driver::LiteHere(conn) => drop(conn?),
            crate::conn::Driver::Pg(conn) => conn.prepare(text).await.map(drop)?,
        }
        Ok(())
    }
}
