//! Orders and vouchers in the database.

mod addressees;
mod day_ends;
mod invoices;
mod ledger_check;
mod load_order;
mod order_rows;
mod orders;
mod usage;
mod vouchers;

pub(super) use addressees::{orders_of_address, set_buyer};
pub(super) use day_ends::{
    day_ends_page, find_day_end, insert_day_end, last_day_end, open_desks, open_movements, overrides_at, take_movements,
};
pub(super) use invoices::{InvoiceFilter, invoices_page, invoices_total};
pub(super) use ledger_check::{wrong_counters, wrong_sales};
pub(super) use load_order::{find_order, lock_order, order_of_token};
pub(super) use orders::{
    OrderFilter, OrderRow, OrderSort, cancel_tickets, insert_order, insert_payment, insert_refund, issue_tickets,
    next_numbers, order_of_number, order_of_ticket, orders_page, orders_total, scenario_of, set_state,
};
pub(super) use usage::used_tickets;
pub(super) use vouchers::{
    NewVoucher, Voucher, VoucherState, exchange_voucher, find_voucher, insert_vouchers, lock_voucher,
    replace_voucher_code, void_vouchers,
};

use db::{DbError, sqlx};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde::de::value::StrDeserializer;

/// Reads a column that holds one word: a key, an id, a state, a date.
fn word<T: DeserializeOwned>(text: &str) -> Result<T, DbError> {
    let deserializer: StrDeserializer<'_, serde::de::value::Error> = StrDeserializer::new(text);
    T::deserialize(deserializer).map_err(unreadable)
}

/// Reads a column that may hold one word.
fn word_opt<T: DeserializeOwned>(text: Option<&str>) -> Result<Option<T>, DbError> {
    text.map(word).transpose()
}

/// Reads a column that holds JSON.
fn json<T: DeserializeOwned>(text: &str) -> Result<T, DbError> {
    serde_json::from_str(text).map_err(unreadable)
}

/// The JSON for a column, or for a statement that unpacks it into rows.
pub(super) fn to_json(value: &impl Serialize) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(|error| DbError::Sqlx(sqlx::Error::Encode(Box::new(error))))
}

fn unreadable(error: impl std::error::Error + Send + Sync + 'static) -> DbError {
    DbError::Sqlx(sqlx::Error::Decode(Box::new(error)))
}
