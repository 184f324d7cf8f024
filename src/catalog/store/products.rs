//! Products in the database, in the order in which they were made.

use super::{Stored, json, number, objects, to_json, to_word, word, word_opt};
use crate::catalog::Product;
use crate::kernel::UtcMs;
use crate::kernel::slug::Slug;
use db::{Args, Asc, Conn, DbError, List, Page, args};

db::statements! {
    /// The product with this key.
    FIND = "SELECT key, kind, names, scope_key, exchange_for, annual_tickets, validity, required_fields, channels, vat_rate, vat_changes, descriptions, on_sale_from, on_sale_until,
        companions, reentry_secs, reentry_policy, allow_unpaid, voucher_valid_months, layout_id, max_total, delivery_ways, archived, photo_review
        FROM products WHERE key = $1";
    /// All products.
    ALL = "SELECT key, kind, names, scope_key, exchange_for, annual_tickets, validity, required_fields, channels, vat_rate, vat_changes, descriptions, on_sale_from, on_sale_until,
        companions, reentry_secs, reentry_policy, allow_unpaid, voucher_valid_months, layout_id, max_total, delivery_ways, archived, photo_review
        FROM products ORDER BY position, key";
    /// Adds a product at the end.
    INSERT = "INSERT INTO products (key, kind, names, scope_key, exchange_for, annual_tickets, validity, required_fields,
        channels, vat_rate, vat_changes, descriptions, on_sale_from, on_sale_until, companions, reentry_secs, reentry_policy, allow_unpaid, voucher_valid_months, layout_id, max_total,
        delivery_ways, archived, photo_review, position, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
        $20, $21, $22, $23, $24, (SELECT COALESCE(MAX(position), 0) + 1 FROM products), $25) ON CONFLICT DO NOTHING";
    /// Replaces a product; its kind stays.
    UPDATE = "UPDATE products SET names = $3, scope_key = $4, exchange_for = $5, annual_tickets = $6, validity = $7,
        required_fields = $8, channels = $9, vat_rate = $10, vat_changes = $11, descriptions = $12, on_sale_from = $13,
        on_sale_until = $14, companions = $15, reentry_secs = $16, reentry_policy = $17, allow_unpaid = $18, voucher_valid_months = $19,
        layout_id = $20, max_total = $21, delivery_ways = $22, archived = $23, photo_review = $24
        WHERE key = $1 AND kind = $2";
    /// Removes a product.
    DELETE = "DELETE FROM products WHERE key = $1";
}

#[derive(sqlx::FromRow)]
struct Row {
    key: String,
    kind: String,
    names: String,
    scope_key: Option<String>,
    exchange_for: Option<String>,
    annual_tickets: i64,
    validity: Option<String>,
    required_fields: String,
    channels: String,
    vat_rate: String,
    vat_changes: String,
    descriptions: String,
    on_sale_from: Option<String>,
    on_sale_until: Option<String>,
    companions: i64,
    reentry_secs: i64,
    reentry_policy: String,
    allow_unpaid: bool,
    voucher_valid_months: Option<i64>,
    layout_id: Option<String>,
    max_total: Option<i64>,
    delivery_ways: String,
    archived: bool,
    photo_review: String,
}

impl Row {
    fn product(self) -> Result<Product, DbError> {
        Ok(Product {
            key: word(&self.key)?,
            kind: word(&self.kind)?,
            names: json(&self.names)?,
            scope: word_opt(self.scope_key.as_deref())?,
            exchange_for: word_opt(self.exchange_for.as_deref())?,
            annual_tickets: number(self.annual_tickets)?,
            validity: self.validity.as_deref().map(json).transpose()?,
            required_fields: json(&self.required_fields)?,
            channels: json(&self.channels)?,
            vat_rate: self.vat_rate,
            vat_changes: json(&self.vat_changes)?,
            descriptions: json(&self.descriptions)?,
            on_sale_from: word_opt(self.on_sale_from.as_deref())?,
            on_sale_until: word_opt(self.on_sale_until.as_deref())?,
            companions: number(self.companions)?,
            reentry_secs: number(self.reentry_secs)?,
            reentry_policy: word(&self.reentry_policy)?,
            allow_unpaid: self.allow_unpaid,
            voucher_valid_months: self.voucher_valid_months.map(number).transpose()?,
            layout: self.layout_id,
            max_total: self.max_total.map(number).transpose()?,
            delivery_ways: json(&self.delivery_ways)?,
            archived: self.archived,
            photo_review: word(&self.photo_review)?,
        })
    }
}

/// The product with this key.
///
/// # Errors
/// When the database refuses.
pub async fn product(conn: &mut Conn, key: &Slug) -> Result<Option<Product>, DbError> {
    conn.fetch_optional::<Row>(&FIND, args![key.as_str()]).await?.map(Row::product).transpose()
}

/// All products, in their order, archived ones too.
///
/// # Errors
/// When the database refuses.
pub async fn products(conn: &mut Conn) -> Result<Vec<Product>, DbError> {
    conn.fetch_all::<Row>(&ALL, args![]).await?.into_iter().map(Row::product).collect()
}

impl Stored for Product {
    async fn find(conn: &mut Conn, key: &Slug) -> Result<Option<Self>, DbError> {
        product(conn, key).await
    }

    async fn page(conn: &mut Conn, after: Option<&str>, rows: u32) -> Result<Page<Self>, DbError> {
        let list = List::new(
            "SELECT key, kind, names, scope_key, exchange_for, annual_tickets, validity, required_fields, channels, vat_rate, vat_changes, descriptions, on_sale_from, on_sale_until,
            companions, reentry_secs, reentry_policy, allow_unpaid, voucher_valid_months, layout_id, max_total, delivery_ways, archived, photo_review
            FROM products",
        )
        .order("position", "key", Asc)
        .after(after)
        .limit(rows);
        objects(conn.list(list).await?, Row::product)
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

/// The values of `$1` to `$24`.
fn columns(product: &Product) -> Result<Args, DbError> {
    Ok(args![
        product.key.as_str(),
        to_word(&product.kind)?,
        to_json(&product.names)?,
        product.scope.as_ref().map(Slug::as_str),
        product.exchange_for.as_ref().map(Slug::as_str),
        product.annual_tickets,
        product.validity.as_ref().map(to_json).transpose()?,
        to_json(&product.required_fields)?,
        to_json(&product.channels)?,
        &product.vat_rate,
        to_json(&product.vat_changes)?,
        to_json(&product.descriptions)?,
        product.on_sale_from.map(|day| day.to_string()),
        product.on_sale_until.map(|day| day.to_string()),
        product.companions,
        product.reentry_secs,
        to_word(&product.reentry_policy)?,
        product.allow_unpaid,
        product.voucher_valid_months,
        &product.layout,
        product.max_total,
        to_json(&product.delivery_ways)?,
        product.archived,
        to_word(&product.photo_review)?,
    ])
}
