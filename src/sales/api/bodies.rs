//! The shapes of orders in the API.

use crate::cards::Delivery;
use crate::catalog::ProductKind;
use crate::catalog::product::Channel;
use crate::kernel::ids::{AnnualTicketId, OrderId, TicketId};
use crate::kernel::slug::Slug;
use crate::kernel::{Cents, UtcMs};
use crate::sales::order::{Buyer, Order, OrderState, PaymentMethod, SoldTicket, TicketState};
use crate::sales::quote::{LinePrice, Vat};
use crate::sales::receipt::units_of;
use chrono::NaiveDate;
use serde::Serialize;

/// One sale.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct OrderBody {
    /// The id.
    id: OrderId,
    /// The number for people. Numbers have no gaps.
    number: String,
    /// Where it stands.
    state: OrderState,
    /// Where it was sold.
    channel: Channel,
    /// When it was placed.
    #[schema(value_type = String, format = DateTime)]
    placed_at: UtcMs,
    /// Until when its tickets are held for its payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    hold_until: Option<UtcMs>,
    /// The last day on which its invoice can be paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    due_on: Option<NaiveDate>,
    /// What it cost when it was placed.
    #[schema(value_type = String)]
    total: Cents,
    /// The sum of the regular prices.
    #[schema(value_type = String)]
    original_total: Cents,
    /// What is still to pay.
    #[schema(value_type = String)]
    due: Cents,
    /// What was paid back.
    #[schema(value_type = String)]
    refunded: Cents,
    /// Its lines, as they were sold.
    lines: Vec<LinePrice>,
    /// The VAT in the total, per rate.
    vat: Vec<Vat>,
    /// The offers that made its price.
    applied: Vec<UsedOfferBody>,
    /// How it is paid.
    payment_method: PaymentMethod,
    /// Who bought.
    #[serde(skip_serializing_if = "Option::is_none")]
    buyer: Option<Buyer>,
    /// How cards come to their holders.
    #[serde(skip_serializing_if = "Option::is_none")]
    delivery: Option<Delivery>,
    /// Where the receipt is.
    receipt_url: String,
    /// Its tickets.
    tickets: Vec<TicketBody>,
    /// What was paid.
    payments: Vec<PaymentBody>,
    /// What came back.
    refunds: Vec<RefundBody>,
}

/// One sold unit.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct TicketBody {
    /// The id.
    id: TicketId,
    /// Its line.
    line: String,
    /// What kind of product it is.
    kind: ProductKind,
    /// The product.
    product: Slug,
    /// The category.
    category: Slug,
    /// The house that it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    house: Option<Slug>,
    /// The event that it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<Slug>,
    /// The day that it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    date: Option<NaiveDate>,
    /// The regular price.
    #[schema(value_type = String)]
    list_price: Cents,
    /// What offers take off.
    #[schema(value_type = String)]
    discount: Cents,
    /// What it costs.
    #[schema(value_type = String)]
    paid_price: Cents,
    /// Where it stands.
    state: TicketState,
    /// Where its holder personalizes it without signing in; of several annual tickets, the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    personalization_url: Option<String>,
    /// The same for each of several annual tickets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    personalization_urls: Vec<String>,
    /// The code of the voucher.
    #[serde(skip_serializing_if = "Option::is_none")]
    voucher_code: Option<String>,
    /// The digits of the QR code of a day ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    card_code: Option<String>,
    /// The annual tickets that it carries.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    annual_tickets: Vec<AnnualTicketId>,
}

/// An offer that made the price of an order.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct UsedOfferBody {
    /// The offer.
    offer: Slug,
    /// Its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    /// What it took off.
    #[schema(value_type = String)]
    discount: Cents,
    /// Why staff used it without its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    override_reason: Option<String>,
}

/// Money that came in.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct PaymentBody {
    /// How.
    method: PaymentMethod,
    /// The number of its receipt. The receipts of a house in a year have no gaps.
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<String>,
    /// How much.
    #[schema(value_type = String)]
    amount: Cents,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    received_at: UtcMs,
}

/// Tickets that came back.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct RefundBody {
    /// The number of its receipt, where something was paid back.
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<String>,
    /// What was paid back.
    #[schema(value_type = String)]
    amount: Cents,
    /// The tickets.
    tickets: Vec<TicketId>,
    /// Why.
    reason: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    refunded_at: UtcMs,
}

impl OrderBody {
    /// An order as it is answered. Links begin with `base_url`.
    pub(super) fn of(order: &Order, base_url: &str) -> Self {
        Self {
            id: order.id,
            number: order.number.clone(),
            state: order.state,
            channel: order.channel,
            placed_at: order.placed_at,
            hold_until: order.hold_until,
            due_on: order.due_on,
            total: order.total,
            original_total: order.original_total,
            due: order.due(),
            refunded: order.refunds.iter().map(|refund| refund.amount).sum(),
            lines: lines(order),
            vat: order.vat.clone(),
            applied: order
                .offers
                .iter()
                .map(|used| UsedOfferBody {
                    offer: used.offer.clone(),
                    code: used.code.clone(),
                    discount: used.discount,
                    override_reason: used.override_reason.clone(),
                })
                .collect(),
            payment_method: order.payment_method,
            buyer: order.buyer.clone(),
            delivery: order.delivery.clone(),
            receipt_url: format!("{base_url}/api/v1/orders/{}/receipt", order.id),
            tickets: order.tickets.iter().map(|ticket| TicketBody::of(ticket, base_url)).collect(),
            payments: order
                .payments
                .iter()
                .map(|one| PaymentBody {
                    method: one.method,
                    receipt: one.receipt.clone(),
                    amount: one.amount,
                    received_at: one.received_at,
                })
                .collect(),
            refunds: order
                .refunds
                .iter()
                .map(|one| RefundBody {
                    receipt: one.receipt.clone(),
                    amount: one.amount,
                    tickets: one.tickets.clone(),
                    reason: one.reason.clone(),
                    refunded_at: one.refunded_at,
                })
                .collect(),
        }
    }
}

impl TicketBody {
    fn of(ticket: &SoldTicket, base_url: &str) -> Self {
        let urls: Vec<String> =
            ticket.annual_tickets.iter().map(|(_, token)| format!("{base_url}/p/{token}")).collect();
        Self {
            id: ticket.id,
            line: ticket.line.clone(),
            kind: ticket.kind,
            product: ticket.product.clone(),
            category: ticket.category.clone(),
            house: ticket.house.clone(),
            event: ticket.event.clone(),
            date: ticket.visit_date,
            list_price: ticket.list_price,
            discount: ticket.discount,
            paid_price: ticket.paid_price,
            state: ticket.state,
            personalization_url: urls.first().cloned(),
            personalization_urls: if urls.len() > 1 { urls } else { Vec::new() },
            voucher_code: ticket.voucher_code.clone(),
            card_code: ticket.card_code.clone(),
            annual_tickets: ticket.annual_tickets.iter().map(|(id, _)| *id).collect(),
        }
    }
}

fn lines(order: &Order) -> Vec<LinePrice> {
    let line = |line: &crate::sales::order::OrderLine| {
        let units = units_of(order, line);
        LinePrice {
            line: line.line.clone(),
            product: line.product.clone(),
            category: line.category.clone(),
            audience: line.audience.clone(),
            original_unit_price: line.original_unit_price,
            total: units.iter().map(|unit| Cents(unit.price.0 * i64::from(unit.quantity))).sum(),
            units,
        }
    };
    order.lines.iter().map(line).filter(|line| !line.units.is_empty()).collect()
}
