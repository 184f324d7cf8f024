//! The table `vouchers`.

use super::{to_json, word, word_opt};
use crate::kernel::ids::{OrderId, TicketId, VoucherId};
use crate::kernel::slug::Slug;
use crate::kernel::{Act, UtcMs};
use crate::sales::order::{OrderState, PaymentMethod};
use chrono::NaiveDate;
use db::{Conn, DbError, Sql, args};
use serde::{Deserialize, Serialize};

db::statements! {
    /// Adds vouchers.
    INSERT = {
        lite: "INSERT INTO vouchers (id, code, ticket_id, product_key, category_key, state, valid_until, created_at)
            SELECT value ->> 'id', value ->> 'code', value ->> 'ticket', value ->> 'product', value ->> 'category', 'open',
            value ->> 'valid_until', $2 FROM json_each($1)",
        pg: "INSERT INTO vouchers (id, code, ticket_id, product_key, category_key, state, valid_until, created_at)
            SELECT r.id, r.code, r.ticket, r.product, r.category, 'open', r.valid_until, CAST($2 AS BIGINT)
            FROM jsonb_to_recordset(CAST($1 AS JSONB))
            AS r (id TEXT, code TEXT, ticket TEXT, product TEXT, category TEXT, valid_until TEXT)"
    };
    /// One voucher with its sale.
    FIND = "SELECT v.id, v.code, v.ticket_id, v.product_key, v.category_key, v.state, v.valid_until, v.exchanged_at, t.order_id,
        o.state AS order_state, o.payment_method, o.placed_at, o.language FROM vouchers v JOIN tickets t ON t.id = v.ticket_id
        JOIN orders o ON o.id = t.order_id WHERE v.code = $1";
    /// The same, held until the transaction ends.
    LOCK = {
        lite: "SELECT v.id, v.code, v.ticket_id, v.product_key, v.category_key, v.state, v.valid_until, v.exchanged_at, t.order_id,
            o.state AS order_state, o.payment_method, o.placed_at, o.language FROM vouchers v JOIN tickets t ON t.id = v.ticket_id
            JOIN orders o ON o.id = t.order_id WHERE v.code = $1",
        pg: "SELECT v.id, v.code, v.ticket_id, v.product_key, v.category_key, v.state, v.valid_until, v.exchanged_at, t.order_id,
            o.state AS order_state, o.payment_method, o.placed_at, o.language FROM vouchers v JOIN tickets t ON t.id = v.ticket_id
            JOIN orders o ON o.id = t.order_id WHERE v.code = $1 FOR UPDATE OF v"
    };
    /// An open voucher was exchanged.
    EXCHANGE = "UPDATE vouchers SET state = 'exchanged', exchanged_at = $2 WHERE id = $1 AND state = 'open'";
    /// An open voucher gets another code.
    SET_CODE = "UPDATE vouchers SET code = $2 WHERE id = $1 AND state = 'open'";
    /// Keeps the code that it had.
    KEEP_CODE = "INSERT INTO replaced_voucher_codes (code, voucher_id, replaced_at) VALUES ($1, $2, $3)";
    /// The code that a voucher has instead of this one.
    INSTEAD = "SELECT v.code FROM replaced_voucher_codes r JOIN vouchers v ON v.id = r.voucher_id WHERE r.code = $1";
    /// The vouchers of cancelled tickets are void.
    VOID = {
        lite: "UPDATE vouchers SET state = 'void' WHERE ticket_id IN (SELECT value FROM json_each($1))",
        pg: "UPDATE vouchers SET state = 'void' WHERE ticket_id IN (SELECT jsonb_array_elements_text(CAST($1 AS JSONB)))"
    };
}

/// Where a voucher stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::sales) enum VoucherState {
    /// It can be exchanged.
    Open,
    /// It was exchanged.
    Exchanged,
    /// Its ticket was cancelled.
    Void,
    /// It has another code, because this one was lost.
    Replaced,
}

/// A voucher with its sale.
#[derive(Debug, Clone)]
pub(in crate::sales) struct Voucher {
    pub(in crate::sales) id: VoucherId,
    pub(in crate::sales) code: String,
    pub(in crate::sales) ticket_id: TicketId,
    pub(in crate::sales) product: Slug,
    pub(in crate::sales) category: Slug,
    pub(in crate::sales) state: VoucherState,
    pub(in crate::sales) valid_until: Option<NaiveDate>,
    pub(in crate::sales) exchanged_at: Option<UtcMs>,
    pub(in crate::sales) order_id: OrderId,
    pub(in crate::sales) order_state: OrderState,
    /// Whether it was sold as a trial.
    pub(in crate::sales) is_test: bool,
    pub(in crate::sales) sold_at: UtcMs,
    pub(in crate::sales) language: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    code: String,
    ticket_id: String,
    product_key: String,
    category_key: String,
    state: String,
    valid_until: Option<String>,
    exchanged_at: Option<i64>,
    order_id: String,
    order_state: String,
    payment_method: String,
    placed_at: i64,
    language: String,
}

impl Row {
    fn voucher(self) -> Result<Voucher, DbError> {
        Ok(Voucher {
            id: word(&self.id)?,
            code: self.code,
            ticket_id: word(&self.ticket_id)?,
            product: word(&self.product_key)?,
            category: word(&self.category_key)?,
            state: word(&self.state)?,
            valid_until: word_opt(self.valid_until.as_deref())?,
            exchanged_at: self.exchanged_at.map(UtcMs),
            order_id: word(&self.order_id)?,
            order_state: word(&self.order_state)?,
            is_test: self.payment_method == PaymentMethod::Test.as_str(),
            sold_at: UtcMs(self.placed_at),
            language: self.language,
        })
    }
}

/// A voucher to add: its ticket, product and category, its code, and its last day.
#[derive(Debug, Serialize)]
pub(in crate::sales) struct NewVoucher {
    pub(in crate::sales) id: VoucherId,
    pub(in crate::sales) code: String,
    pub(in crate::sales) ticket: TicketId,
    pub(in crate::sales) product: Slug,
    pub(in crate::sales) category: Slug,
    pub(in crate::sales) valid_until: Option<NaiveDate>,
}

/// Adds vouchers, at the latest when the deed ends.
pub(in crate::sales) fn insert_vouchers(tx: &mut Conn, act: &Act, new: &[NewVoucher]) -> Result<(), DbError> {
    if new.is_empty() {
        return Ok(());
    }
    tx.execute_later(&INSERT, args![to_json(&new)?, act.now.0])
}

pub(in crate::sales) async fn find_voucher(conn: &mut Conn, code: &str) -> Result<Option<Voucher>, DbError> {
    find(conn, &FIND, code).await
}

/// The voucher, held until the transaction ends: nobody else exchanges it meanwhile.
pub(in crate::sales) async fn lock_voucher(tx: &mut Conn, code: &str) -> Result<Option<Voucher>, DbError> {
    find(tx, &LOCK, code).await
}

pub(in crate::sales) async fn exchange_voucher(tx: &mut Conn, id: VoucherId, now: UtcMs) -> Result<(), DbError> {
    tx.execute_one(&EXCHANGE, args![id.to_string(), now.0]).await
}

/// Gives an open voucher another code, and keeps the old one as replaced.
pub(in crate::sales) async fn replace_voucher_code(
    tx: &mut Conn,
    id: VoucherId,
    old: &str,
    new: &str,
    now: UtcMs,
) -> Result<(), DbError> {
    tx.execute_one(&SET_CODE, args![id.to_string(), new]).await?;
    tx.execute_one(&KEEP_CODE, args![old, id.to_string(), now.0]).await
}

pub(in crate::sales) async fn void_vouchers(tx: &mut Conn, tickets: &[TicketId]) -> Result<(), DbError> {
    tx.execute(&VOID, args![to_json(&tickets)?]).await.map(drop)
}

async fn find(conn: &mut Conn, statement: &Sql, code: &str) -> Result<Option<Voucher>, DbError> {
    let row: Option<Row> = conn.fetch_optional(statement, args![code]).await?;
    if row.is_some() {
        return row.map(Row::voucher).transpose();
    }
    let instead: Option<(String,)> = conn.fetch_optional(&INSTEAD, args![code]).await?;
    let Some((instead,)) = instead else { return Ok(None) };
    let row: Option<Row> = conn.fetch_optional(statement, args![instead]).await?;
    let voucher = row.map(Row::voucher).transpose()?;
    Ok(voucher.map(|voucher| Voucher { code: code.to_owned(), state: VoucherState::Replaced, ..voucher }))
}
