//! What refers to what: whether an object exists, and whether anything still needs it.
//!
//! Foreign keys watch over most references. Keys that stand inside JSON (houses of scopes, required categories, the scopes of
//! offers) are looked for as quoted text, so a removal may be refused once too often, never once too seldom.

use crate::catalog::object::Kind;
use crate::kernel::slug::Slug;
use db::{Conn, DbError, Sql, args};

db::statements! {
    HOUSE_EXISTS = "SELECT key FROM houses WHERE key = $1";
    EXHIBITION_EXISTS = "SELECT key FROM exhibitions WHERE key = $1";
    SCOPE_EXISTS = "SELECT key FROM scopes WHERE key = $1";
    CATEGORY_EXISTS = "SELECT key FROM categories WHERE key = $1";
    AUDIENCE_EXISTS = "SELECT key FROM audiences WHERE key = $1";
    PRICE_LIST_EXISTS = "SELECT key FROM price_lists WHERE key = $1";
    PRODUCT_EXISTS = "SELECT key FROM products WHERE key = $1";
    EVENT_EXISTS = "SELECT key FROM events WHERE key = $1";
    SALE_RULE_EXISTS = "SELECT key FROM sale_rules WHERE key = $1";

    /// Whether anything but its own scope names the house, or anything names that scope.
    HOUSE_IN_USE = "SELECT EXISTS (SELECT 1 FROM exhibitions WHERE house_key = $1)
        OR EXISTS (SELECT 1 FROM events WHERE house_key = $1)
        OR EXISTS (SELECT 1 FROM scopes WHERE key <> $1 AND REPLACE(houses, '\"' || $1 || '\"', '') <> houses)
        OR EXISTS (SELECT 1 FROM products WHERE scope_key = $1)
        OR EXISTS (SELECT 1 FROM offers WHERE REPLACE(body, '\"' || $1 || '\"', '') <> body)";
    EXHIBITION_IN_USE = "SELECT EXISTS (SELECT 1 FROM events WHERE exhibition_key = $1)
        OR EXISTS (SELECT 1 FROM scopes WHERE REPLACE(exhibitions, '\"' || $1 || '\"', '') <> exhibitions)
        OR EXISTS (SELECT 1 FROM offers WHERE REPLACE(body, '\"' || $1 || '\"', '') <> body)";
    /// Whether a product opens the scope, or a house owns it.
    SCOPE_IN_USE = "SELECT EXISTS (SELECT 1 FROM products WHERE scope_key = $1)
        OR EXISTS (SELECT 1 FROM houses WHERE key = $1)";
    CATEGORY_IN_USE = "SELECT EXISTS (SELECT 1 FROM prices WHERE category_key = $1)
        OR EXISTS (SELECT 1 FROM categories WHERE key <> $1 AND REPLACE(requires, '\"' || $1 || '\"', '') <> requires)
        OR EXISTS (SELECT 1 FROM sale_rules WHERE REPLACE(categories, '\"' || $1 || '\"', '') <> categories)
        OR EXISTS (SELECT 1 FROM offers WHERE REPLACE(body, '\"' || $1 || '\"', '') <> body)";
    /// Whether a price list or an offer names the audience.
    AUDIENCE_IN_USE = "SELECT EXISTS (SELECT 1 FROM prices WHERE REPLACE(audience_prices, '\"' || $1 || '\"', '') <> audience_prices)
        OR EXISTS (SELECT 1 FROM offers WHERE REPLACE(body, '\"' || $1 || '\"', '') <> body)";
    PRICE_LIST_IN_USE = "SELECT EXISTS (SELECT 1 FROM events WHERE price_list_key = $1)
        OR EXISTS (SELECT 1 FROM offers WHERE REPLACE(body, '\"' || $1 || '\"', '') <> body)";
    PRODUCT_IN_USE = "SELECT EXISTS (SELECT 1 FROM prices WHERE product_key = $1)
        OR EXISTS (SELECT 1 FROM products WHERE exchange_for = $1)
        OR EXISTS (SELECT 1 FROM sale_rules WHERE REPLACE(products, '\"' || $1 || '\"', '') <> products)
        OR EXISTS (SELECT 1 FROM offers WHERE REPLACE(body, '\"' || $1 || '\"', '') <> body)";
    EVENT_IN_USE = "SELECT EXISTS (SELECT 1 FROM sale_rules WHERE event_key = $1)
        OR EXISTS (SELECT 1 FROM offers WHERE REPLACE(body, '\"' || $1 || '\"', '') <> body)";
    /// Nothing refers to a sale rule.
    SALE_RULE_IN_USE = "SELECT EXISTS (SELECT 1 FROM sale_rules WHERE key = $1 AND key <> $1)";
}

/// Whether there is an object of this kind with this key.
pub(in crate::catalog) async fn exists(conn: &mut Conn, kind: Kind, key: &Slug) -> Result<bool, DbError> {
    let sql: &Sql = match kind {
        Kind::House => &HOUSE_EXISTS,
        Kind::Exhibition => &EXHIBITION_EXISTS,
        Kind::Scope => &SCOPE_EXISTS,
        Kind::Category => &CATEGORY_EXISTS,
        Kind::Audience => &AUDIENCE_EXISTS,
        Kind::PriceList => &PRICE_LIST_EXISTS,
        Kind::Product => &PRODUCT_EXISTS,
        Kind::Event => &EVENT_EXISTS,
        Kind::SaleRule => &SALE_RULE_EXISTS,
    };
    Ok(conn.fetch_optional::<(String,)>(sql, args![key.as_str()]).await?.is_some())
}

/// Whether the catalog or an offer refers to the object. What was sold refers to it by foreign keys.
pub(in crate::catalog) async fn is_in_use(conn: &mut Conn, kind: Kind, key: &Slug) -> Result<bool, DbError> {
    let sql: &Sql = match kind {
        Kind::House => &HOUSE_IN_USE,
        Kind::Exhibition => &EXHIBITION_IN_USE,
        Kind::Scope => &SCOPE_IN_USE,
        Kind::Category => &CATEGORY_IN_USE,
        Kind::Audience => &AUDIENCE_IN_USE,
        Kind::PriceList => &PRICE_LIST_IN_USE,
        Kind::Product => &PRODUCT_IN_USE,
        Kind::Event => &EVENT_IN_USE,
        Kind::SaleRule => &SALE_RULE_IN_USE,
    };
    Ok(conn.fetch_one::<(bool,)>(sql, args![key.as_str()]).await?.0)
}
