//! Audiences in the database, in the order in which they were made.

use super::{Stored, json, objects, to_json, word};
use crate::catalog::Audience;
use crate::kernel::UtcMs;
use crate::kernel::slug::Slug;
use db::{Asc, Conn, DbError, List, Page, args};

db::statements! {
    /// The audience with this key.
    FIND = "SELECT key, names, check_proof, partners FROM audiences WHERE key = $1";
    /// All audiences.
    ALL = "SELECT key, names, check_proof, partners FROM audiences ORDER BY position, key";
    /// Adds an audience at the end.
    INSERT = "INSERT INTO audiences (key, names, check_proof, partners, position, created_at)
        VALUES ($1, $2, $3, $4, (SELECT COALESCE(MAX(position), 0) + 1 FROM audiences), $5) ON CONFLICT DO NOTHING";
    /// Replaces an audience.
    UPDATE = "UPDATE audiences SET names = $2, check_proof = $3, partners = $4 WHERE key = $1";
    /// Removes an audience.
    DELETE = "DELETE FROM audiences WHERE key = $1";
}

#[derive(sqlx::FromRow)]
struct Row {
    key: String,
    names: String,
    check_proof: bool,
    partners: String,
}

impl Row {
    fn audience(self) -> Result<Audience, DbError> {
        Ok(Audience {
            key: word(&self.key)?,
            names: json(&self.names)?,
            check_proof: self.check_proof,
            partners: json(&self.partners)?,
        })
    }
}

/// The audience with this key.
///
/// # Errors
/// When the database refuses.
pub async fn audience(conn: &mut Conn, key: &Slug) -> Result<Option<Audience>, DbError> {
    conn.fetch_optional::<Row>(&FIND, args![key.as_str()]).await?.map(Row::audience).transpose()
}

/// All audiences, in their order.
///
/// # Errors
/// When the database refuses.
pub async fn audiences(conn: &mut Conn) -> Result<Vec<Audience>, DbError> {
    conn.fetch_all::<Row>(&ALL, args![]).await?.into_iter().map(Row::audience).collect()
}

impl Stored for Audience {
    async fn find(conn: &mut Conn, key: &Slug) -> Result<Option<Self>, DbError> {
        audience(conn, key).await
    }

    async fn page(conn: &mut Conn, after: Option<&str>, rows: u32) -> Result<Page<Self>, DbError> {
        let list = List::new("SELECT key, names, check_proof, partners FROM audiences")
            .order("position", "key", Asc)
            .after(after)
            .limit(rows);
        objects(conn.list(list).await?, Row::audience)
    }

    async fn insert(&mut self, tx: &mut Conn, now: UtcMs) -> Result<bool, DbError> {
        let values = args![self.key.as_str(), to_json(&self.names)?, self.check_proof, to_json(&self.partners)?, now.0];
        Ok(tx.execute(&INSERT, values).await? == 1)
    }

    async fn update(&self, tx: &mut Conn) -> Result<(), DbError> {
        let values = args![self.key.as_str(), to_json(&self.names)?, self.check_proof, to_json(&self.partners)?];
        tx.execute_one(&UPDATE, values).await
    }

    async fn delete(tx: &mut Conn, key: &Slug) -> Result<(), DbError> {
        tx.execute_one(&DELETE, args![key.as_str()]).await
    }
}
