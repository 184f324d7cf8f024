//! Price lists and their prices in the database.

use super::{Stored, json, to_json, word, word_opt};
use crate::catalog::{Price, PriceList};
use crate::kernel::slug::Slug;
use crate::kernel::{Cents, UtcMs};
use db::{Asc, Conn, DbError, List, Page, args};

db::statements! {
    /// The price list with this key, without its prices.
    FIND = "SELECT key, names, labels FROM price_lists WHERE key = $1";
    /// The prices of a list.
    PRICES_OF = "SELECT product_key, category_key, price_cents, valid_from, audience_prices FROM prices WHERE price_list_key = $1
        ORDER BY product_key, category_key, valid_from";
    /// Adds a price list.
    INSERT = "INSERT INTO price_lists (key, names, labels, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    /// Replaces a price list.
    UPDATE = "UPDATE price_lists SET names = $2, labels = $3 WHERE key = $1";
    /// Removes a price list.
    DELETE = "DELETE FROM price_lists WHERE key = $1";
    /// Adds a price.
    INSERT_PRICE = "INSERT INTO prices (price_list_key, product_key, category_key, price_cents, valid_from, audience_prices)
        VALUES ($1, $2, $3, $4, $5, $6)";
    /// Removes the prices of a list.
    DELETE_PRICES = "DELETE FROM prices WHERE price_list_key = $1";
}

/// A price list without its prices.
#[derive(sqlx::FromRow)]
struct Row {
    key: String,
    names: String,
    labels: String,
}

impl Row {
    async fn with_prices(self, conn: &mut Conn) -> Result<PriceList, DbError> {
        let key: Slug = word(&self.key)?;
        let prices = prices_of(conn, &key).await?;
        Ok(PriceList { key, names: json(&self.names)?, labels: json(&self.labels)?, prices })
    }
}

/// The price list with this key, with its prices.
///
/// # Errors
/// When the database refuses.
pub async fn price_list(conn: &mut Conn, key: &Slug) -> Result<Option<PriceList>, DbError> {
    match conn.fetch_optional::<Row>(&FIND, args![key.as_str()]).await? {
        Some(row) => row.with_prices(conn).await.map(Some),
        None => Ok(None),
    }
}

/// The prices of a list, by product, category and first day; none for an unknown list.
///
/// # Errors
/// When the database refuses.
pub async fn prices_of(conn: &mut Conn, list: &Slug) -> Result<Vec<Price>, DbError> {
    let rows: Vec<(String, String, i64, String, String)> = conn.fetch_all(&PRICES_OF, args![list.as_str()]).await?;
    rows.into_iter()
        .map(|(product, category, cents, valid_from, audience_prices)| {
            Ok(Price {
                product: word(&product)?,
                category: word(&category)?,
                price: Cents(cents),
                valid_from: word_opt(Some(valid_from.as_str()).filter(|day| !day.is_empty()))?,
                audience_prices: json(&audience_prices)?,
            })
        })
        .collect()
}

impl Stored for PriceList {
    async fn find(conn: &mut Conn, key: &Slug) -> Result<Option<Self>, DbError> {
        price_list(conn, key).await
    }

    async fn page(conn: &mut Conn, after: Option<&str>, rows: u32) -> Result<Page<Self>, DbError> {
        let list =
            List::new("SELECT key, names, labels FROM price_lists").order("key", "key", Asc).after(after).limit(rows);
        let page: Page<Row> = conn.list(list).await?;
        let mut items = Vec::with_capacity(page.items.len());
        for row in page.items {
            items.push(row.with_prices(conn).await?);
        }
        Ok(Page { items, next: page.next })
    }

    async fn insert(&mut self, tx: &mut Conn, now: UtcMs) -> Result<bool, DbError> {
        let values = args![self.key.as_str(), to_json(&self.names)?, to_json(&self.labels)?, now.0];
        let is_free = tx.execute(&INSERT, values).await? == 1;
        if is_free {
            insert_prices(tx, self).await?;
        }
        Ok(is_free)
    }

    async fn update(&self, tx: &mut Conn) -> Result<(), DbError> {
        tx.execute_one(&UPDATE, args![self.key.as_str(), to_json(&self.names)?, to_json(&self.labels)?]).await?;
        tx.execute(&DELETE_PRICES, args![self.key.as_str()]).await?;
        insert_prices(tx, self).await
    }

    async fn delete(tx: &mut Conn, key: &Slug) -> Result<(), DbError> {
        tx.execute(&DELETE_PRICES, args![key.as_str()]).await?;
        tx.execute_one(&DELETE, args![key.as_str()]).await
    }
}

async fn insert_prices(tx: &mut Conn, list: &PriceList) -> Result<(), DbError> {
    for price in &list.prices {
        let valid_from = price.valid_from.map(|day| day.to_string()).unwrap_or_default();
        let (product, category) = (price.product.as_str(), price.category.as_str());
        let audience_prices = to_json(&price.audience_prices)?;
        let values = args![list.key.as_str(), product, category, price.price.0, valid_from, audience_prices];
        tx.execute_one(&INSERT_PRICE, values).await?;
    }
    Ok(())
}
