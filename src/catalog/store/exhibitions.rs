//! Exhibitions in the database.

use super::{Stored, objects, word, word_opt};
use crate::catalog::Exhibition;
use crate::kernel::UtcMs;
use crate::kernel::slug::Slug;
use db::{Asc, Conn, DbError, List, Page, args};

db::statements! {
    /// The exhibition with this key.
    FIND = "SELECT key, house_key, name, valid_from, valid_until FROM exhibitions WHERE key = $1";
    /// All exhibitions.
    ALL = "SELECT key, house_key, name, valid_from, valid_until FROM exhibitions ORDER BY key";
    /// Adds an exhibition.
    INSERT = "INSERT INTO exhibitions (key, house_key, name, valid_from, valid_until, created_at)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    /// Replaces an exhibition.
    UPDATE = "UPDATE exhibitions SET name = $2, valid_from = $3, valid_until = $4 WHERE key = $1";
    /// Removes an exhibition.
    DELETE = "DELETE FROM exhibitions WHERE key = $1";
}

#[derive(sqlx::FromRow)]
struct Row {
    key: String,
    house_key: String,
    name: String,
    valid_from: Option<String>,
    valid_until: Option<String>,
}

impl Row {
    fn exhibition(self) -> Result<Exhibition, DbError> {
        Ok(Exhibition {
            key: word(&self.key)?,
            house: word(&self.house_key)?,
            name: self.name,
            valid_from: word_opt(self.valid_from.as_deref())?,
            valid_until: word_opt(self.valid_until.as_deref())?,
        })
    }
}

/// The exhibition with this key.
///
/// # Errors
/// When the database refuses.
pub async fn exhibition(conn: &mut Conn, key: &Slug) -> Result<Option<Exhibition>, DbError> {
    conn.fetch_optional::<Row>(&FIND, args![key.as_str()]).await?.map(Row::exhibition).transpose()
}

/// All exhibitions, by key.
///
/// # Errors
/// When the database refuses.
pub async fn exhibitions(conn: &mut Conn) -> Result<Vec<Exhibition>, DbError> {
    conn.fetch_all::<Row>(&ALL, args![]).await?.into_iter().map(Row::exhibition).collect()
}

impl Stored for Exhibition {
    async fn find(conn: &mut Conn, key: &Slug) -> Result<Option<Self>, DbError> {
        exhibition(conn, key).await
    }

    async fn page(conn: &mut Conn, after: Option<&str>, rows: u32) -> Result<Page<Self>, DbError> {
        let list = List::new("SELECT key, house_key, name, valid_from, valid_until FROM exhibitions")
            .order("key", "key", Asc)
            .after(after)
            .limit(rows);
        objects(conn.list(list).await?, Row::exhibition)
    }

    async fn insert(&mut self, tx: &mut Conn, now: UtcMs) -> Result<bool, DbError> {
        let from = self.valid_from.map(|day| day.to_string());
        let until = self.valid_until.map(|day| day.to_string());
        let values = args![self.key.as_str(), self.house.as_str(), &self.name, from, until, now.0];
        Ok(tx.execute(&INSERT, values).await? == 1)
    }

    async fn update(&self, tx: &mut Conn) -> Result<(), DbError> {
        let from = self.valid_from.map(|day| day.to_string());
        let until = self.valid_until.map(|day| day.to_string());
        tx.execute_one(&UPDATE, args![self.key.as_str(), &self.name, from, until]).await
    }

    async fn delete(tx: &mut Conn, key: &Slug) -> Result<(), DbError> {
        tx.execute_one(&DELETE, args![key.as_str()]).await
    }
}
