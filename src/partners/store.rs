//! Institutions, their stocks and wishes in the database.

use super::institution::{Institution, InstitutionData};
use super::stock::{Stock, StockRequest};
use crate::kernel::UtcMs;
use crate::kernel::ids::{InstitutionId, StockRequestId};
use crate::kernel::slug::Slug;
use crate::kernel::text::fold;
use db::{Asc, Conn, DbError, List, Page, args};

db::statements! {
    /// Adds an institution.
    INSERT = "INSERT INTO institutions (id, key, search_fold, body, token, token_made_at, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (key) DO NOTHING";
    /// Changes an institution.
    UPDATE = "UPDATE institutions SET search_fold = $2, body = $3, token = $4, token_made_at = $5 WHERE id = $1";
    /// The institution with a key.
    OF_KEY = "SELECT id, key, body, token, token_made_at, created_at FROM institutions WHERE key = $1";
    /// The institution with a token.
    OF_TOKEN = "SELECT id, key, body, token, token_made_at, created_at FROM institutions WHERE token = $1";
    /// The institution with an id.
    OF_ID = "SELECT id, key, body, token, token_made_at, created_at FROM institutions WHERE id = $1";
    /// Adds a stock, unless it is there.
    ADD_STOCK = "INSERT INTO partner_stocks (institution_id, offer_key, token) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    /// Removes stocks that are not wanted any more.
    KEEP_STOCKS = {
        lite: "DELETE FROM partner_stocks WHERE institution_id = $1 AND offer_key NOT IN (SELECT value FROM json_each($2))",
        pg: "DELETE FROM partner_stocks WHERE institution_id = $1
            AND offer_key NOT IN (SELECT jsonb_array_elements_text(CAST($2 AS JSONB)))"
    };
    /// Removes all stocks of an institution.
    FORGET_STOCKS = "DELETE FROM partner_stocks WHERE institution_id = $1";
    /// The stocks of an institution.
    STOCKS = "SELECT institution_id, offer_key, token FROM partner_stocks WHERE institution_id = $1 ORDER BY offer_key";
    /// The stock with a token.
    STOCK_OF_TOKEN = "SELECT institution_id, offer_key, token FROM partner_stocks WHERE token = $1";
    /// How many codes an offer has, how often they were used, how many of them can be used no more, and how many have no end.
    COUNT_CODES = "SELECT COUNT(*), CAST(COALESCE(SUM(COALESCE(l.used, 0)), 0) AS BIGINT),
        CAST(COALESCE(SUM(CASE WHEN c.max_uses IS NULL THEN 0 WHEN c.max_uses > COALESCE(l.used, 0)
            THEN c.max_uses - COALESCE(l.used, 0) ELSE 0 END), 0) AS BIGINT),
        CAST(COALESCE(SUM(CASE WHEN c.max_uses IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT)
        FROM codes c LEFT JOIN limit_counters l ON l.kind = 'code_uses' AND l.subject = c.fold WHERE c.offer_key = $1 AND c.enabled";
    /// Puts a wish in the place of an open one.
    PUT_REQUEST = "INSERT INTO stock_requests (id, institution_id, offer_key, wanted, note, asked_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (institution_id, offer_key) WHERE done_at IS NULL
        DO UPDATE SET id = excluded.id, wanted = excluded.wanted, note = excluded.note, asked_at = excluded.asked_at";
    /// A wish is done.
    SETTLE = "UPDATE stock_requests SET done_at = $3 WHERE id = $1 AND institution_id = $2 AND done_at IS NULL";
    /// The open wishes of an institution.
    REQUESTS = "SELECT id, offer_key, wanted, note, asked_at FROM stock_requests WHERE institution_id = $1 AND done_at IS NULL ORDER BY asked_at";
    /// How many wishes are open, per institution.
    OPEN_REQUESTS = "SELECT institution_id, COUNT(*) FROM stock_requests WHERE done_at IS NULL GROUP BY institution_id";
    /// How many customers belong to a partner.
    CUSTOMERS = "SELECT COUNT(*) FROM customers WHERE partner = $1";
    /// How many orders were placed for a partner, and what they cost together.
    ORDERS = "SELECT COUNT(*), CAST(COALESCE(SUM(total_cents), 0) AS BIGINT) FROM orders WHERE partner = $1 AND sold_at IS NOT NULL";
    /// What a partner still has to pay: the totals of its unpaid invoices, less what came back.
    DUE = "SELECT CAST(COALESCE(SUM(o.total_cents - COALESCE((SELECT SUM(r.value_cents) FROM refunds r WHERE r.order_id = o.id), 0)), 0) AS BIGINT)
        FROM orders o WHERE o.partner = $1 AND o.state = 'awaiting_payment' AND o.placed_by = $2";
    /// The last orders that a partner placed itself.
    OWN_ORDERS = "SELECT number, placed_at, total_cents, state, due_on, link_token FROM orders
        WHERE partner = $1 AND placed_by = $2 ORDER BY placed_at DESC, id DESC LIMIT 100";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    key: String,
    body: String,
    token: String,
    token_made_at: i64,
    created_at: i64,
}

impl Row {
    fn institution(self) -> Result<Institution, DbError> {
        let data: InstitutionData = db::column::json(&self.body)?;
        Ok(Institution {
            id: db::column::parsed(&self.id)?,
            data: InstitutionData { key: db::column::parsed(&self.key)?, ..data },
            token: self.token,
            token_made_at: UtcMs(self.token_made_at),
            created_at: UtcMs(self.created_at),
        })
    }
}

/// What the codes of an offer are good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StockCount {
    /// How many there are.
    pub codes: i64,
    /// How often they were used.
    pub used: i64,
    /// How often they can still be used; nothing where some have no end.
    pub left: Option<i64>,
}

/// An order that a partner placed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PartnerOrder {
    /// Its number.
    pub number: String,
    /// When.
    pub placed_at: i64,
    /// What it cost, in cents.
    pub total_cents: i64,
    /// Where it stands.
    pub state: String,
    /// The last day to pay it.
    pub due_on: Option<String>,
    /// The secret of its page.
    pub link_token: Option<String>,
}

/// What a partner brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// Customers who belong to it.
    pub customers: i64,
    /// Orders for it and for them.
    pub orders: i64,
    /// What these cost, in cents.
    pub total_cents: i64,
    /// What it still has to pay, in cents.
    pub due_cents: i64,
}

pub(super) async fn insert(tx: &mut Conn, new: &Institution) -> Result<bool, DbError> {
    let values = args![
        new.id.to_string(),
        new.data.key.as_str(),
        search_fold(&new.data),
        body(&new.data)?,
        &new.token,
        new.token_made_at.0,
        new.created_at.0
    ];
    Ok(tx.execute(&INSERT, values).await? == 1)
}

pub(super) async fn update(tx: &mut Conn, changed: &Institution) -> Result<(), DbError> {
    let Institution { id, data, token, token_made_at, .. } = changed;
    tx.execute_one(&UPDATE, args![id.to_string(), search_fold(data), body(data)?, token, token_made_at.0]).await
}

/// Makes the stocks that an institution has the offers for, and removes all others.
pub(super) async fn set_stocks(
    tx: &mut Conn,
    of: &Institution,
    fresh_token: impl Fn() -> String,
) -> Result<(), DbError> {
    let id = of.id.to_string();
    tx.execute(&KEEP_STOCKS, args![&id, db::column::to_json(&of.data.offers)?]).await?;
    for offer in &of.data.offers {
        tx.execute(&ADD_STOCK, args![&id, offer.as_str(), fresh_token()]).await?;
    }
    Ok(())
}

pub(super) async fn forget_stocks(tx: &mut Conn, of: &Institution) -> Result<(), DbError> {
    tx.execute(&FORGET_STOCKS, args![of.id.to_string()]).await.map(drop)
}

/// The institution with this key.
///
/// # Errors
/// When the database refuses.
pub async fn find(conn: &mut Conn, key: &Slug) -> Result<Option<Institution>, DbError> {
    let row: Option<Row> = conn.fetch_optional(&OF_KEY, args![key.as_str()]).await?;
    row.map(Row::institution).transpose()
}

/// The institution whose way to book has this token.
///
/// # Errors
/// When the database refuses.
pub async fn of_token(conn: &mut Conn, token: &str) -> Result<Option<Institution>, DbError> {
    let row: Option<Row> = conn.fetch_optional(&OF_TOKEN, args![token]).await?;
    row.map(Row::institution).transpose()
}

/// The institution with this id.
///
/// # Errors
/// When the database refuses.
pub async fn of_id(conn: &mut Conn, id: InstitutionId) -> Result<Option<Institution>, DbError> {
    let row: Option<Row> = conn.fetch_optional(&OF_ID, args![id.to_string()]).await?;
    row.map(Row::institution).transpose()
}

/// A page of the institutions with these words in name, contact or address, by their keys.
///
/// # Errors
/// When the database refuses.
pub async fn page(conn: &mut Conn, text: &str, after: Option<&str>, rows: u32) -> Result<Page<Institution>, DbError> {
    let text = fold(text);
    let list = List::new("SELECT id, key, body, token, token_made_at, created_at FROM institutions")
        .search(&["search_fold"], &text)
        .order("key", "key", Asc)
        .after(after)
        .limit(rows);
    let page: Page<Row> = conn.list(list).await?;
    Ok(Page { items: page.items.into_iter().map(Row::institution).collect::<Result<_, _>>()?, next: page.next })
}

/// The stocks of an institution.
///
/// # Errors
/// When the database refuses.
pub async fn stocks(conn: &mut Conn, id: InstitutionId) -> Result<Vec<Stock>, DbError> {
    let rows: Vec<(String, String, String)> = conn.fetch_all(&STOCKS, args![id.to_string()]).await?;
    rows.into_iter().map(stock).collect()
}

/// The stock whose page has this token.
///
/// # Errors
/// When the database refuses.
pub async fn stock_of_token(conn: &mut Conn, token: &str) -> Result<Option<Stock>, DbError> {
    let row: Option<(String, String, String)> = conn.fetch_optional(&STOCK_OF_TOKEN, args![token]).await?;
    row.map(stock).transpose()
}

/// What the codes of an offer are good for.
///
/// # Errors
/// When the database refuses.
pub async fn count_codes(conn: &mut Conn, offer: &Slug) -> Result<StockCount, DbError> {
    let (codes, used, left, endless): (i64, i64, i64, i64) =
        conn.fetch_one(&COUNT_CODES, args![offer.as_str()]).await?;
    Ok(StockCount { codes, used, left: (endless == 0).then_some(left) })
}

pub(super) async fn put_request(tx: &mut Conn, of: InstitutionId, request: &StockRequest) -> Result<(), DbError> {
    let StockRequest { id, offer, wanted, note, at } = request;
    tx.execute_one(&PUT_REQUEST, args![id.to_string(), of.to_string(), offer.as_str(), *wanted, note, at.0]).await
}

pub(super) async fn settle_request(
    tx: &mut Conn,
    of: InstitutionId,
    id: StockRequestId,
    now: UtcMs,
) -> Result<bool, DbError> {
    Ok(tx.execute(&SETTLE, args![id.to_string(), of.to_string(), now.0]).await? == 1)
}

/// The open wishes of an institution.
///
/// # Errors
/// When the database refuses.
pub async fn requests(conn: &mut Conn, of: InstitutionId) -> Result<Vec<StockRequest>, DbError> {
    let rows: Vec<(String, String, i64, String, i64)> = conn.fetch_all(&REQUESTS, args![of.to_string()]).await?;
    let request = |(id, offer, wanted, note, at): (String, String, i64, String, i64)| {
        Ok(StockRequest {
            id: db::column::parsed(&id)?,
            offer: db::column::parsed(&offer)?,
            wanted: u32::try_from(wanted).unwrap_or(u32::MAX),
            note,
            at: UtcMs(at),
        })
    };
    rows.into_iter().map(request).collect()
}

/// How many wishes are open, per institution.
///
/// # Errors
/// When the database refuses.
pub async fn open_requests(conn: &mut Conn) -> Result<Vec<(String, i64)>, DbError> {
    conn.fetch_all(&OPEN_REQUESTS, args![]).await
}

/// What a partner brought. `actor` is how orders name whom the partner itself placed them by.
///
/// # Errors
/// When the database refuses.
pub async fn figures(conn: &mut Conn, key: &Slug, actor: &str) -> Result<Figures, DbError> {
    let (customers,): (i64,) = conn.fetch_one(&CUSTOMERS, args![key.as_str()]).await?;
    let (orders, total_cents): (i64, i64) = conn.fetch_one(&ORDERS, args![key.as_str()]).await?;
    let (due_cents,): (i64,) = conn.fetch_one(&DUE, args![key.as_str(), actor]).await?;
    Ok(Figures { customers, orders, total_cents, due_cents })
}

/// The last orders that a partner placed itself, the newest first.
///
/// # Errors
/// When the database refuses.
pub async fn own_orders(conn: &mut Conn, key: &Slug, actor: &str) -> Result<Vec<PartnerOrder>, DbError> {
    conn.fetch_all(&OWN_ORDERS, args![key.as_str(), actor]).await
}

fn stock((institution, offer, token): (String, String, String)) -> Result<Stock, DbError> {
    Ok(Stock { institution: db::column::parsed(&institution)?, offer: db::column::parsed(&offer)?, token })
}

fn body(data: &InstitutionData) -> Result<String, DbError> {
    db::column::to_json(data)
}

fn search_fold(data: &InstitutionData) -> String {
    fold(&format!("{} {} {} {}", data.key, data.name, data.contact, data.email))
}
