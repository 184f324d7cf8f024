//! Sale rules in the database, in the order in which they were made.

use super::{Stored, json, number, objects, to_json, word, word_opt};
use crate::catalog::SaleRule;
use crate::kernel::UtcMs;
use crate::kernel::slug::Slug;
use db::{Args, Asc, Conn, DbError, List, Page, args};

db::statements! {
    /// The sale rule with this key.
    FIND = "SELECT key, names, products, categories, event_key, event_label, min_quantity, max_quantity, codes, channels, max_total
        FROM sale_rules WHERE key = $1";
    /// The rules that could decide for tickets at the listed events: theirs, and those that are for no single event.
    OF_EVENTS = {
        lite: "SELECT key, names, products, categories, event_key, event_label, min_quantity, max_quantity, codes, channels, max_total
            FROM sale_rules WHERE event_key IS NULL OR event_key IN (SELECT value FROM json_each($1)) ORDER BY position, key",
        pg: "SELECT key, names, products, categories, event_key, event_label, min_quantity, max_quantity, codes, channels, max_total
            FROM sale_rules WHERE event_key IS NULL OR event_key IN (SELECT jsonb_array_elements_text(CAST($1 AS JSONB)))
            ORDER BY position, key"
    };
    /// The rules that ask for a code.
    WITH_CODES = "SELECT key, names, products, categories, event_key, event_label, min_quantity, max_quantity, codes, channels, max_total
        FROM sale_rules WHERE codes <> '[]' ORDER BY position, key";
    /// Adds a sale rule at the end.
    INSERT = "INSERT INTO sale_rules (key, names, products, categories, event_key, event_label, min_quantity, max_quantity, codes,
        channels, max_total, position, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, (SELECT COALESCE(MAX(position), 0) + 1 FROM sale_rules), $12)
        ON CONFLICT DO NOTHING";
    /// Replaces a sale rule.
    UPDATE = "UPDATE sale_rules SET names = $2, products = $3, categories = $4, event_key = $5, event_label = $6, min_quantity = $7,
        max_quantity = $8, codes = $9, channels = $10, max_total = $11 WHERE key = $1";
    /// Removes a sale rule.
    DELETE = "DELETE FROM sale_rules WHERE key = $1";
}

#[derive(sqlx::FromRow)]
struct Row {
    key: String,
    names: String,
    products: String,
    categories: String,
    event_key: Option<String>,
    event_label: Option<String>,
    min_quantity: Option<i64>,
    max_quantity: Option<i64>,
    codes: String,
    channels: String,
    max_total: Option<i64>,
}

impl Row {
    fn sale_rule(self) -> Result<SaleRule, DbError> {
        Ok(SaleRule {
            key: word(&self.key)?,
            names: json(&self.names)?,
            products: json(&self.products)?,
            categories: json(&self.categories)?,
            event: word_opt(self.event_key.as_deref())?,
            event_label: self.event_label,
            min_quantity: self.min_quantity.map(number).transpose()?,
            max_quantity: self.max_quantity.map(number).transpose()?,
            codes: json(&self.codes)?,
            channels: json(&self.channels)?,
            max_total: self.max_total.map(number).transpose()?,
        })
    }
}

/// The rules that could decide for tickets at these events or at none, in their order.
///
/// # Errors
/// When the database refuses.
pub async fn sale_rules_at(conn: &mut Conn, events: &[&Slug]) -> Result<Vec<SaleRule>, DbError> {
    conn.fetch_all::<Row>(&OF_EVENTS, args![to_json(&events)?]).await?.into_iter().map(Row::sale_rule).collect()
}

/// The rules that ask for a code.
///
/// # Errors
/// When the database refuses.
pub async fn sale_rules_with_codes(conn: &mut Conn) -> Result<Vec<SaleRule>, DbError> {
    conn.fetch_all::<Row>(&WITH_CODES, args![]).await?.into_iter().map(Row::sale_rule).collect()
}

impl Stored for SaleRule {
    async fn find(conn: &mut Conn, key: &Slug) -> Result<Option<Self>, DbError> {
        conn.fetch_optional::<Row>(&FIND, args![key.as_str()]).await?.map(Row::sale_rule).transpose()
    }

    async fn page(conn: &mut Conn, after: Option<&str>, rows: u32) -> Result<Page<Self>, DbError> {
        let list = List::new(
            "SELECT key, names, products, categories, event_key, event_label, min_quantity, max_quantity, codes, channels, max_total
            FROM sale_rules",
        )
        .order("position", "key", Asc)
        .after(after)
        .limit(rows);
        objects(conn.list(list).await?, Row::sale_rule)
    }

    async fn insert(&mut self, tx: &mut Conn, now: UtcMs) -> Result<bool, DbError> {
        Ok(tx.execute(&INSERT, columns(self)?.and(now.0)).await? == 1)
    }

    async fn update(&self, tx: &mut Conn) -> Result<(), DbError> {
        tx.execute_one(&UPDATE, columns(self)?).await
    }

    async fn delete(tx: &mut Conn, key: &Slug) -> Result<(), DbError> {
        tx.execute_one(&DELETE, args![key.as_str()]).await
    }
}

/// The values of `$1` to `$11`.
fn columns(rule: &SaleRule) -> Result<Args, DbError> {
    Ok(args![
        rule.key.as_str(),
        to_json(&rule.names)?,
        to_json(&rule.products)?,
        to_json(&rule.categories)?,
        rule.event.as_ref().map(Slug::as_str),
        &rule.event_label,
        rule.min_quantity,
        rule.max_quantity,
        to_json(&rule.codes)?,
        to_json(&rule.channels)?,
        rule.max_total,
    ])
}
