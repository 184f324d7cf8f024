//! Price categories in the database, in the order in which they were made.

use super::{Stored, json, objects, to_json, word};
use crate::catalog::Category;
use crate::kernel::UtcMs;
use crate::kernel::slug::Slug;
use db::{Asc, Conn, DbError, List, Page, args};

db::statements! {
    /// The category with this key.
    FIND = "SELECT key, names, labels, check_proof, requires FROM categories WHERE key = $1";
    /// All categories.
    ALL = "SELECT key, names, labels, check_proof, requires FROM categories ORDER BY position, key";
    /// Adds a category at the end.
    INSERT = "INSERT INTO categories (key, names, labels, check_proof, requires, position, created_at)
        VALUES ($1, $2, $3, $4, $5, (SELECT COALESCE(MAX(position), 0) + 1 FROM categories), $6) ON CONFLICT DO NOTHING";
    /// Replaces a category.
    UPDATE = "UPDATE categories SET names = $2, labels = $3, check_proof = $4, requires = $5 WHERE key = $1";
    /// Removes a category.
    DELETE = "DELETE FROM categories WHERE key = $1";
}

#[derive(sqlx::FromRow)]
struct Row {
    key: String,
    names: String,
    labels: String,
    check_proof: bool,
    requires: String,
}

impl Row {
    fn category(self) -> Result<Category, DbError> {
        Ok(Category {
            key: word(&self.key)?,
            names: json(&self.names)?,
            labels: json(&self.labels)?,
            check_proof: self.check_proof,
            requires: json(&self.requires)?,
        })
    }
}

/// The category with this key.
///
/// # Errors
/// When the database refuses.
pub async fn category(conn: &mut Conn, key: &Slug) -> Result<Option<Category>, DbError> {
    conn.fetch_optional::<Row>(&FIND, args![key.as_str()]).await?.map(Row::category).transpose()
}

/// All categories, in their order.
///
/// # Errors
/// When the database refuses.
pub async fn categories(conn: &mut Conn) -> Result<Vec<Category>, DbError> {
    conn.fetch_all::<Row>(&ALL, args![]).await?.into_iter().map(Row::category).collect()
}

impl Stored for Category {
    async fn find(conn: &mut Conn, key: &Slug) -> Result<Option<Self>, DbError> {
        category(conn, key).await
    }

    async fn page(conn: &mut Conn, after: Option<&str>, rows: u32) -> Result<Page<Self>, DbError> {
        let list = List::new("SELECT key, names, labels, check_proof, requires FROM categories")
            .order("position", "key", Asc)
            .after(after)
            .limit(rows);
        objects(conn.list(list).await?, Row::category)
    }

    async fn insert(&mut self, tx: &mut Conn, now: UtcMs) -> Result<bool, DbError> {
        let (names, labels, requires) = (to_json(&self.names)?, to_json(&self.labels)?, to_json(&self.requires)?);
        let values = args![self.key.as_str(), names, labels, self.check_proof, requires, now.0];
        Ok(tx.execute(&INSERT, values).await? == 1)
    }

    async fn update(&self, tx: &mut Conn) -> Result<(), DbError> {
        let (names, labels, requires) = (to_json(&self.names)?, to_json(&self.labels)?, to_json(&self.requires)?);
        tx.execute_one(&UPDATE, args![self.key.as_str(), names, labels, self.check_proof, requires]).await
    }

    async fn delete(tx: &mut Conn, key: &Slug) -> Result<(), DbError> {
        tx.execute_one(&DELETE, args![key.as_str()]).await
    }
}
