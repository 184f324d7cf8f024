//! The one row of `price_stamp`: the database itself counts each change of what prices are made of.

use db::{Conn, DbError, args};

db::statements! {
    /// How often the catalog and the offers were changed.
    READ = "SELECT stamp FROM price_stamp";
}

/// How often the catalog and the offers were changed. Prices that were made under the stamp of now are the prices of now, except for
/// what is used up meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Stamp(i64);

impl Stamp {
    /// The stamp as it stands in the database.
    pub const fn from_stored(stamp: i64) -> Self {
        Self(stamp)
    }

    /// The stamp as this connection sees it.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn read(conn: &mut Conn) -> Result<Self, DbError> {
        let (stamp,): (i64,) = conn.fetch_one(&READ, args![]).await?;
        Ok(Self(stamp))
    }
}
