//! The pages of selling: the box office, orders with their receipts, vouchers, and the shop.
//!
//! What somebody is putting together is a [`wish::Wish`]: at the box office it stands in the address, in the shop in a cookie. Each change
//! is an ordinary request that answers with the page anew, priced by the engine; scripts only spare the reload.

mod box_office;
mod box_office_buyer;
mod buyer_form;
mod calendar;
mod cancellation;
mod code_hints;
mod counter;
mod day_end_page;
mod day_ends;
mod desk_name;
mod document_files;
mod documents;
mod exchange;
mod invoices;
mod lost_link;
mod names;
mod new_prices;
mod order_link;
mod order_list;
pub mod order_mail;
mod order_page;
mod phone_order;
mod place_once;
mod priced;
mod reasons;
mod shop;
mod shop_checkout;
mod shop_order;
mod tiles;
mod voucher_page;
mod wish;

use crate::app::SharedApp;
use crate::sales::order::OrderState;
use crate::web::pages::Words;
use axum::Router;

/// The pages of this capability.
pub fn router() -> Router<SharedApp> {
    Router::new()
        .merge(box_office::router())
        .merge(box_office_buyer::router())
        .merge(phone_order::router())
        .merge(order_list::router())
        .merge(order_page::router())
        .merge(order_link::router())
        .merge(cancellation::router())
        .merge(document_files::router())
        .merge(day_ends::router())
        .merge(day_end_page::router())
        .merge(invoices::router())
        .merge(voucher_page::router())
        .merge(exchange::router())
        .merge(shop::router())
        .merge(calendar::router())
        .merge(shop_checkout::router())
        .merge(shop_order::router())
        .merge(lost_link::router())
}

/// The look of an order's state: tone, symbol, word.
pub fn order_state(state: OrderState, words: Words) -> (&'static str, &'static str, String) {
    order_page::order_state(state, words)
}
