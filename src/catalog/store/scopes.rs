//! Scopes in the database.

use super::{Stored, json, number, objects, to_json, word};
use crate::catalog::Scope;
use crate::kernel::UtcMs;
use crate::kernel::slug::Slug;
use chrono::NaiveDate;
use db::{Asc, Conn, DbError, List, Page, args};

db::statements! {
    /// The scope with this key.
    FIND = "SELECT key, id, name, houses, exhibitions FROM scopes WHERE key = $1";
    /// The scope with this id.
    FIND_BY_ID = "SELECT key, id, name, houses, exhibitions FROM scopes WHERE id = $1";
    /// All scopes.
    ALL = "SELECT key, id, name, houses, exhibitions FROM scopes ORDER BY id";
    /// The next free id.
    NEXT_ID = "SELECT COALESCE(MAX(id), 0) + 1 FROM scopes";
    /// Adds a scope.
    INSERT = "INSERT INTO scopes (key, id, name, houses, exhibitions, created_at)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    /// Replaces a scope; its id stays.
    UPDATE = "UPDATE scopes SET name = $2, houses = $3, exhibitions = $4 WHERE key = $1";
    /// Renames a scope.
    RENAME = "UPDATE scopes SET name = $2 WHERE key = $1";
    /// Whether a card or a ticket was ever sold that opens the scope.
    WAS_SOLD = "SELECT EXISTS (SELECT 1 FROM annual_tickets WHERE scope_id = $1) OR EXISTS (SELECT 1 FROM entry_rights WHERE scope_id = $1)";
    /// How many annual tickets go on opening these scopes, and the last day of the last of them.
    SOLD_WITH = {
        lite: "SELECT COUNT(*), MAX(valid_until) FROM annual_tickets WHERE status <> 'cancelled'
            AND (valid_until IS NULL OR valid_until >= $2 OR from_first_entry) AND scope_id IN (SELECT value FROM json_each($1))",
        pg: "SELECT COUNT(*), MAX(valid_until) FROM annual_tickets WHERE status <> 'cancelled'
            AND (valid_until IS NULL OR valid_until >= $2 OR from_first_entry)
            AND scope_id IN (SELECT CAST(jsonb_array_elements_text(CAST($1 AS JSONB)) AS BIGINT))"
    };
    /// Removes a scope.
    DELETE = "DELETE FROM scopes WHERE key = $1";
}

#[derive(sqlx::FromRow)]
struct Row {
    key: String,
    id: i64,
    name: String,
    houses: String,
    exhibitions: String,
}

impl Row {
    fn scope(self) -> Result<Scope, DbError> {
        Ok(Scope {
            key: word(&self.key)?,
            id: Some(number(self.id)?),
            name: self.name,
            houses: json(&self.houses)?,
            exhibitions: json(&self.exhibitions)?,
        })
    }
}

/// The scope with this key. A stored scope always has its id.
///
/// # Errors
/// When the database refuses.
pub async fn scope(conn: &mut Conn, key: &Slug) -> Result<Option<Scope>, DbError> {
    conn.fetch_optional::<Row>(&FIND, args![key.as_str()]).await?.map(Row::scope).transpose()
}

/// The scope with this id.
///
/// # Errors
/// When the database refuses.
pub async fn scope_by_id(conn: &mut Conn, id: u16) -> Result<Option<Scope>, DbError> {
    conn.fetch_optional::<Row>(&FIND_BY_ID, args![id]).await?.map(Row::scope).transpose()
}

/// All scopes, by id.
///
/// # Errors
/// When the database refuses.
pub async fn scopes(conn: &mut Conn) -> Result<Vec<Scope>, DbError> {
    conn.fetch_all::<Row>(&ALL, args![]).await?.into_iter().map(Row::scope).collect()
}

/// Whether a card or a ticket was ever sold that opens the scope.
pub(in crate::catalog) async fn was_sold(conn: &mut Conn, id: u16) -> Result<bool, DbError> {
    Ok(conn.fetch_one::<(bool,)>(&WAS_SOLD, args![id]).await?.0)
}

/// How many annual tickets go on opening one of these scopes on a day, and the last day of the last of them.
pub(in crate::catalog) async fn sold_with_scopes(
    conn: &mut Conn,
    scopes: &[u16],
    today: NaiveDate,
) -> Result<(i64, Option<NaiveDate>), DbError> {
    let (count, last): (i64, Option<String>) =
        conn.fetch_one(&SOLD_WITH, args![to_json(&scopes)?, today.to_string()]).await?;
    Ok((count, last.as_deref().map(word).transpose()?))
}

/// Gives the scope another name.
pub(super) async fn rename(tx: &mut Conn, key: &Slug, name: &str) -> Result<(), DbError> {
    tx.execute_one(&RENAME, args![key.as_str(), name]).await
}

impl Stored for Scope {
    async fn find(conn: &mut Conn, key: &Slug) -> Result<Option<Self>, DbError> {
        scope(conn, key).await
    }

    async fn page(conn: &mut Conn, after: Option<&str>, rows: u32) -> Result<Page<Self>, DbError> {
        let list = List::new("SELECT key, id, name, houses, exhibitions FROM scopes")
            .order("key", "key", Asc)
            .after(after)
            .limit(rows);
        objects(conn.list(list).await?, Row::scope)
    }

    async fn insert(&mut self, tx: &mut Conn, now: UtcMs) -> Result<bool, DbError> {
        let id = match self.id {
            Some(id) => id,
            None => number(tx.fetch_one::<(i64,)>(&NEXT_ID, args![]).await?.0)?,
        };
        self.id = Some(id);
        let (houses, exhibitions) = (to_json(&self.houses)?, to_json(&self.exhibitions)?);
        let values = args![self.key.as_str(), id, &self.name, houses, exhibitions, now.0];
        Ok(tx.execute(&INSERT, values).await? == 1)
    }

    async fn update(&self, tx: &mut Conn) -> Result<(), DbError> {
        let (houses, exhibitions) = (to_json(&self.houses)?, to_json(&self.exhibitions)?);
        tx.execute_one(&UPDATE, args![self.key.as_str(), &self.name, houses, exhibitions]).await
    }

    async fn delete(tx: &mut Conn, key: &Slug) -> Result<(), DbError> {
        tx.execute_one(&DELETE, args![key.as_str()]).await
    }
}
