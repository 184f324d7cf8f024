//! The rows of an order as JSON, for the statements that unpack them.

use super::to_json;
use crate::kernel::ids::TicketId;
use crate::kernel::slug::Slug;
use crate::sales::order::Order;
use chrono::NaiveDate;
use db::DbError;
use serde::Serialize;

pub(super) fn lines_json(order: &Order) -> Result<String, DbError> {
    #[derive(Serialize)]
    struct New<'o> {
        position: usize,
        line: &'o str,
        product: &'o str,
        category: &'o str,
        audience: Option<&'o str>,
        house: Option<&'o str>,
        event: Option<&'o str>,
        visit_date: Option<NaiveDate>,
        original_unit_cents: Option<i64>,
        vat_rate: &'o str,
        override_reason: Option<&'o str>,
    }
    let rows = order.lines.iter().enumerate().map(|(position, line)| New {
        position,
        line: &line.line,
        product: line.product.as_str(),
        category: line.category.as_str(),
        audience: line.audience.as_ref().map(Slug::as_str),
        house: line.house.as_ref().map(Slug::as_str),
        event: line.event.as_ref().map(Slug::as_str),
        visit_date: line.visit_date,
        original_unit_cents: line.original_unit_price.map(|price| price.0),
        vat_rate: &line.vat_rate,
        override_reason: line.override_reason.as_deref(),
    });
    to_json(&rows.collect::<Vec<_>>())
}

pub(super) fn tickets_json(order: &Order) -> Result<String, DbError> {
    #[derive(Serialize)]
    struct New<'o> {
        position: usize,
        id: TicketId,
        line: &'o str,
        kind: crate::catalog::ProductKind,
        product: &'o str,
        category: &'o str,
        house: Option<&'o str>,
        event: Option<&'o str>,
        visit_date: Option<NaiveDate>,
        list_price_cents: i64,
        discount_cents: i64,
        paid_price_cents: i64,
        state: &'static str,
        card_code: Option<&'o str>,
        code_id: Option<i64>,
    }
    let rows = order.tickets.iter().enumerate().map(|(position, ticket)| New {
        position,
        id: ticket.id,
        line: &ticket.line,
        kind: ticket.kind,
        product: ticket.product.as_str(),
        category: ticket.category.as_str(),
        house: ticket.house.as_ref().map(Slug::as_str),
        event: ticket.event.as_ref().map(Slug::as_str),
        visit_date: ticket.visit_date,
        list_price_cents: ticket.list_price.0,
        discount_cents: ticket.discount.0,
        paid_price_cents: ticket.paid_price.0,
        state: ticket.state.as_str(),
        card_code: ticket.card_code.as_deref(),
        code_id: ticket.code_id.map(u64::cast_signed),
    });
    to_json(&rows.collect::<Vec<_>>())
}

pub(super) fn offers_json(order: &Order) -> Result<String, DbError> {
    #[derive(Serialize)]
    struct New<'o> {
        position: usize,
        offer: &'o str,
        code: Option<&'o str>,
        discount_cents: i64,
        override_reason: Option<&'o str>,
    }
    let rows = order.offers.iter().enumerate().map(|(position, offer)| New {
        position,
        offer: offer.offer.as_str(),
        code: offer.code.as_deref(),
        discount_cents: offer.discount.0,
        override_reason: offer.override_reason.as_deref(),
    });
    to_json(&rows.collect::<Vec<_>>())
}
