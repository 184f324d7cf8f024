//! Houses in the database. A house is made and removed together with its own scope.

use super::{Stored, json, objects, scopes, to_json, to_word, word};
use crate::catalog::{House, Scope};
use crate::kernel::UtcMs;
use crate::kernel::slug::Slug;
use db::{Asc, Conn, DbError, List, Page, args};

db::statements! {
    /// The house with this key.
    FIND = "SELECT key, name, time_zone, country, address, pickup_hours, not_collected FROM houses WHERE key = $1";
    /// All houses.
    ALL = "SELECT key, name, time_zone, country, address, pickup_hours, not_collected FROM houses ORDER BY key";
    /// Adds a house.
    INSERT = "INSERT INTO houses (key, name, time_zone, country, address, not_collected, created_at, pickup_hours)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
    /// Replaces a house.
    UPDATE = "UPDATE houses SET name = $2, time_zone = $3, country = $4, address = $5, not_collected = $6, pickup_hours = $7 WHERE key = $1";
    /// Removes a house.
    DELETE = "DELETE FROM houses WHERE key = $1";
}

#[derive(sqlx::FromRow)]
struct Row {
    key: String,
    name: String,
    time_zone: String,
    country: String,
    address: Option<String>,
    pickup_hours: Option<String>,
    not_collected: String,
}

impl Row {
    fn house(self) -> Result<House, DbError> {
        Ok(House {
            key: word(&self.key)?,
            name: self.name,
            time_zone: self.time_zone,
            country: self.country,
            address: self.address.as_deref().map(json).transpose()?,
            pickup_hours: self.pickup_hours,
            not_collected: word(&self.not_collected)?,
        })
    }
}

/// The house with this key.
///
/// # Errors
/// When the database refuses.
pub async fn house(conn: &mut Conn, key: &Slug) -> Result<Option<House>, DbError> {
    conn.fetch_optional::<Row>(&FIND, args![key.as_str()]).await?.map(Row::house).transpose()
}

/// All houses, by key.
///
/// # Errors
/// When the database refuses.
pub async fn houses(conn: &mut Conn) -> Result<Vec<House>, DbError> {
    conn.fetch_all::<Row>(&ALL, args![]).await?.into_iter().map(Row::house).collect()
}

impl Stored for House {
    async fn find(conn: &mut Conn, key: &Slug) -> Result<Option<Self>, DbError> {
        house(conn, key).await
    }

    async fn page(conn: &mut Conn, after: Option<&str>, rows: u32) -> Result<Page<Self>, DbError> {
        let list = List::new("SELECT key, name, time_zone, country, address, pickup_hours, not_collected FROM houses")
            .order("key", "key", Asc)
            .after(after)
            .limit(rows);
        objects(conn.list(list).await?, Row::house)
    }

    async fn insert(&mut self, tx: &mut Conn, now: UtcMs) -> Result<bool, DbError> {
        let address = self.address.as_ref().map(to_json).transpose()?;
        let not_collected = to_word(&self.not_collected)?;
        let values = args![
            self.key.as_str(),
            &self.name,
            &self.time_zone,
            &self.country,
            address,
            not_collected,
            now.0,
            self.pickup_hours.as_deref()
        ];
        Ok(tx.execute(&INSERT, values).await? == 1 && Scope::of_house(self).insert(tx, now).await?)
    }

    async fn update(&self, tx: &mut Conn) -> Result<(), DbError> {
        let address = self.address.as_ref().map(to_json).transpose()?;
        let not_collected = to_word(&self.not_collected)?;
        let values = args![
            self.key.as_str(),
            &self.name,
            &self.time_zone,
            &self.country,
            address,
            not_collected,
            self.pickup_hours.as_deref()
        ];
        tx.execute_one(&UPDATE, values).await?;
        scopes::rename(tx, &self.key, &self.name).await
    }

    async fn delete(tx: &mut Conn, key: &Slug) -> Result<(), DbError> {
        Scope::delete(tx, key).await?;
        tx.execute_one(&DELETE, args![key.as_str()]).await
    }
}
