//! Reading one order with all that belongs to it.

use super::{json, parsed, word, word_opt};
use crate::cards;
use crate::kernel::ids::OrderId;
use crate::kernel::{Cents, UtcMs};
use crate::sales::order::{Order, OrderLine, Payment, Refund, SoldTicket, UsedOffer};
use db::{Conn, DbError, Sql, args};

db::statements! {
    /// One order.
    FIND = "SELECT id, number, channel, state, buyer, language, delivery, payment_method, total_cents, original_cents, vat,
        placed_by, placed_at, hold_until, link_token, desk, house_key, due_on, notes FROM orders WHERE id = $1";
    /// One order, held until the transaction ends.
    LOCK = {
        lite: "SELECT id, number, channel, state, buyer, language, delivery, payment_method, total_cents, original_cents, vat,
            placed_by, placed_at, hold_until, link_token, desk, house_key, due_on, notes FROM orders WHERE id = $1",
        pg: "SELECT id, number, channel, state, buyer, language, delivery, payment_method, total_cents, original_cents, vat,
            placed_by, placed_at, hold_until, link_token, desk, house_key, due_on, notes FROM orders WHERE id = $1 FOR UPDATE"
    };
    /// The order with a token.
    OF_TOKEN = "SELECT id FROM orders WHERE link_token = $1";
    /// The lines of an order.
    LINES = "SELECT line, product_key, category_key, audience_key, house_key, event_key, visit_date, original_unit_cents,
        vat_rate, override_reason FROM order_lines WHERE order_id = $1 ORDER BY position";
    /// The tickets of an order, with their vouchers.
    TICKETS = "SELECT t.id, t.line, t.kind, t.product_key, t.category_key, t.house_key, t.event_key, t.visit_date,
        t.list_price_cents, t.discount_cents, t.paid_price_cents, t.state, t.card_code, t.code_id, v.code AS voucher_code
        FROM tickets t LEFT JOIN vouchers v ON v.ticket_id = t.id WHERE t.order_id = $1 ORDER BY t.position";
    /// The offers of an order.
    OFFERS = "SELECT offer_key, code, discount_cents, override_reason FROM order_offers WHERE order_id = $1 ORDER BY position";
    /// The payments of an order.
    PAYMENTS = "SELECT method, amount_cents, vat, receipt, desk, received_at FROM payments WHERE order_id = $1 ORDER BY received_at, id";
    /// The refunds of an order.
    REFUNDS = "SELECT value_cents, amount_cents, vat, method, receipt, desk, tickets, reason, refunded_at FROM refunds
        WHERE order_id = $1 ORDER BY refunded_at, id";
}

#[derive(sqlx::FromRow)]
struct OrderRow {
    id: String,
    number: String,
    channel: String,
    state: String,
    buyer: Option<String>,
    language: String,
    delivery: Option<String>,
    payment_method: String,
    total_cents: i64,
    original_cents: i64,
    vat: String,
    placed_by: String,
    placed_at: i64,
    hold_until: Option<i64>,
    link_token: Option<String>,
    desk: String,
    house_key: Option<String>,
    due_on: Option<String>,
    notes: String,
}

#[derive(sqlx::FromRow)]
struct PaymentRow {
    method: String,
    amount_cents: i64,
    vat: String,
    receipt: Option<String>,
    desk: String,
    received_at: i64,
}

#[derive(sqlx::FromRow)]
struct RefundRow {
    value_cents: i64,
    amount_cents: i64,
    vat: String,
    method: String,
    receipt: Option<String>,
    desk: String,
    tickets: String,
    reason: String,
    refunded_at: i64,
}

#[derive(sqlx::FromRow)]
struct LineRow {
    line: String,
    product_key: String,
    category_key: String,
    audience_key: Option<String>,
    house_key: Option<String>,
    event_key: Option<String>,
    visit_date: Option<String>,
    original_unit_cents: Option<i64>,
    vat_rate: String,
    override_reason: Option<String>,
}

#[derive(sqlx::FromRow)]
struct TicketRow {
    id: String,
    line: String,
    kind: String,
    product_key: String,
    category_key: String,
    house_key: Option<String>,
    event_key: Option<String>,
    visit_date: Option<String>,
    list_price_cents: i64,
    discount_cents: i64,
    paid_price_cents: i64,
    state: String,
    card_code: Option<String>,
    code_id: Option<i64>,
    voucher_code: Option<String>,
}

/// An order with all that belongs to it.
pub(in crate::sales) async fn find_order(conn: &mut Conn, id: OrderId) -> Result<Option<Order>, DbError> {
    load(conn, &FIND, id).await
}

/// The same, held until the transaction ends: nobody else pays or cancels it meanwhile.
pub(in crate::sales) async fn lock_order(tx: &mut Conn, id: OrderId) -> Result<Option<Order>, DbError> {
    load(tx, &LOCK, id).await
}

/// The order whose page of the shop has this token.
pub(in crate::sales) async fn order_of_token(conn: &mut Conn, token: &str) -> Result<Option<OrderId>, DbError> {
    let row: Option<(String,)> = conn.fetch_optional(&OF_TOKEN, args![token]).await?;
    row.map(|(id,)| word(&id)).transpose()
}

async fn load(conn: &mut Conn, statement: &Sql, id: OrderId) -> Result<Option<Order>, DbError> {
    let key = id.to_string();
    let Some(row) = conn.fetch_optional::<OrderRow>(statement, args![&key]).await? else { return Ok(None) };
    let lines: Vec<LineRow> = conn.fetch_all(&LINES, args![&key]).await?;
    let tickets: Vec<TicketRow> = conn.fetch_all(&TICKETS, args![&key]).await?;
    let offers: Vec<(String, Option<String>, i64, Option<String>)> = conn.fetch_all(&OFFERS, args![&key]).await?;
    let payments: Vec<PaymentRow> = conn.fetch_all(&PAYMENTS, args![&key]).await?;
    let refunds: Vec<RefundRow> = conn.fetch_all(&REFUNDS, args![&key]).await?;
    let mut order = Order {
        id: word(&row.id)?,
        number: row.number,
        channel: word(&row.channel)?,
        state: word(&row.state)?,
        buyer: row.buyer.as_deref().map(json).transpose()?,
        language: row.language,
        delivery: row.delivery.as_deref().map(json).transpose()?,
        payment_method: word(&row.payment_method)?,
        total: Cents(row.total_cents),
        original_total: Cents(row.original_cents),
        vat: json(&row.vat)?,
        placed_by: row.placed_by,
        placed_at: UtcMs(row.placed_at),
        hold_until: row.hold_until.map(UtcMs),
        link_token: row.link_token,
        // Orders of earlier times name no desk.
        desk: if row.desk.is_empty() { row.channel.clone() } else { row.desk },
        house: word_opt(row.house_key.as_deref())?,
        due_on: word_opt(row.due_on.as_deref())?,
        notes: row.notes,
        lines: lines.into_iter().map(line).collect::<Result<_, _>>()?,
        tickets: tickets.into_iter().map(ticket).collect::<Result<_, _>>()?,
        offers: offers.into_iter().map(offer).collect::<Result<_, _>>()?,
        payments: payments.into_iter().map(payment).collect::<Result<_, _>>()?,
        refunds: refunds.into_iter().map(refund).collect::<Result<_, _>>()?,
    };
    for sold in cards::of_order(conn, id).await? {
        if let Some(ticket) = order.tickets.iter_mut().find(|ticket| ticket.id == sold.ticket_id) {
            ticket.annual_tickets.push((sold.annual_ticket_id, sold.link_token));
        }
    }
    for ticket in &mut order.tickets {
        ticket.annual_tickets.sort_unstable_by_key(|(id, _)| *id);
    }
    Ok(Some(order))
}

fn line(row: LineRow) -> Result<OrderLine, DbError> {
    Ok(OrderLine {
        line: row.line,
        product: word(&row.product_key)?,
        category: word(&row.category_key)?,
        audience: word_opt(row.audience_key.as_deref())?,
        house: word_opt(row.house_key.as_deref())?,
        event: word_opt(row.event_key.as_deref())?,
        visit_date: word_opt(row.visit_date.as_deref())?,
        original_unit_price: row.original_unit_cents.map(Cents),
        vat_rate: row.vat_rate,
        override_reason: row.override_reason,
    })
}

fn ticket(row: TicketRow) -> Result<SoldTicket, DbError> {
    Ok(SoldTicket {
        id: parsed(&row.id)?,
        line: row.line,
        kind: word(&row.kind)?,
        product: word(&row.product_key)?,
        category: word(&row.category_key)?,
        house: word_opt(row.house_key.as_deref())?,
        event: word_opt(row.event_key.as_deref())?,
        visit_date: word_opt(row.visit_date.as_deref())?,
        list_price: Cents(row.list_price_cents),
        discount: Cents(row.discount_cents),
        paid_price: Cents(row.paid_price_cents),
        state: word(&row.state)?,
        card_code: row.card_code,
        code_id: row.code_id.map(i64::cast_unsigned),
        voucher_code: row.voucher_code,
        annual_tickets: Vec::new(),
    })
}

fn offer(
    (offer, code, discount, override_reason): (String, Option<String>, i64, Option<String>),
) -> Result<UsedOffer, DbError> {
    Ok(UsedOffer { offer: word(&offer)?, code, discount: Cents(discount), override_reason })
}

fn payment(row: PaymentRow) -> Result<Payment, DbError> {
    Ok(Payment {
        method: word(&row.method)?,
        amount: Cents(row.amount_cents),
        vat: json(&row.vat)?,
        receipt: row.receipt,
        desk: row.desk,
        received_at: UtcMs(row.received_at),
    })
}

fn refund(row: RefundRow) -> Result<Refund, DbError> {
    Ok(Refund {
        value: Cents(row.value_cents),
        amount: Cents(row.amount_cents),
        vat: json(&row.vat)?,
        method: word(&row.method)?,
        receipt: row.receipt,
        desk: row.desk,
        tickets: json(&row.tickets)?,
        reason: row.reason,
        refunded_at: UtcMs(row.refunded_at),
    })
}
