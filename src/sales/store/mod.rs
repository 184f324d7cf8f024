//! Orders and vouchers in the database.

mod addressees;
mod day_ends;
mod invoices;
mod ledger_check;
mod load_order;
mod order_rows;
mod orders;
mod scenarios;
mod usage;
mod vouchers;

pub(super) use addressees::{forget_buyer, orders_of_address, set_buyer};
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
pub(super) use scenarios::{SoldScenario, count_sold, sold_scenarios};
pub(super) use usage::used_tickets;
pub(super) use vouchers::{
    NewVoucher, Voucher, VoucherState, exchange_voucher, find_voucher, insert_vouchers, lock_voucher,
    replace_voucher_code, void_vouchers,
};

pub(super) use db::column::to_json;
use db::column::{json, parsed, word, word_opt};
