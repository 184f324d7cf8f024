//! Writing orders and what belongs to them, and the list of orders.

use super::order_rows::{lines_json, offers_json, tickets_json};
use super::{json, to_json, word};
use crate::catalog::product::Channel;
use crate::catalog::store::Stamp;
use crate::kernel::ids::{OrderId, PaymentId, TicketId};
use crate::kernel::slug::Slug;
use crate::kernel::{Act, Cents, UtcMs};
use crate::sales::order::{Buyer, Order, OrderState, Payment, Refund, SoldTicket, TicketState};
use db::{Asc, Conn, DbError, Desc, List, Page, args};

db::statements! {
    /// The order with this number.
    ID_OF_NUMBER = "SELECT id FROM orders WHERE number = $1";
    /// The order of a ticket.
    ID_OF_TICKET = "SELECT order_id FROM tickets WHERE id = $1";
    /// Adds an order.
    INSERT = "INSERT INTO orders (id, number, channel, state, buyer, buyer_fold, language, delivery, payment_method, total_cents,
        original_cents, vat, scenario, placed_by, placed_at, hold_until, link_token, desk, house_key, due_on, notes, sold_at, partner)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)";
    /// Adds the lines of an order.
    INSERT_LINES = {
        lite: "INSERT INTO order_lines (order_id, position, line, product_key, category_key, audience_key, house_key, event_key, visit_date,
            original_unit_cents, vat_rate, override_reason)
            SELECT $1, key, value ->> 'line', value ->> 'product', value ->> 'category', value ->> 'audience', value ->> 'house',
            value ->> 'event', value ->> 'visit_date', value ->> 'original_unit_cents', value ->> 'vat_rate', value ->> 'override_reason'
            FROM json_each($2)",
        pg: "INSERT INTO order_lines (order_id, position, line, product_key, category_key, audience_key, house_key, event_key, visit_date,
            original_unit_cents, vat_rate, override_reason)
            SELECT $1, r.position, r.line, r.product, r.category, r.audience, r.house, r.event, r.visit_date, r.original_unit_cents, r.vat_rate,
            r.override_reason FROM jsonb_to_recordset(CAST($2 AS JSONB)) AS r (position BIGINT, line TEXT, product TEXT,
            category TEXT, audience TEXT, house TEXT, event TEXT, visit_date TEXT, original_unit_cents BIGINT, vat_rate TEXT, override_reason TEXT)"
    };
    /// Adds the tickets of an order.
    INSERT_TICKETS = {
        lite: "INSERT INTO tickets (id, order_id, line, position, kind, product_key, category_key, house_key, event_key, visit_date,
            list_price_cents, discount_cents, paid_price_cents, state, card_code, code_id, cancelled_at)
            SELECT value ->> 'id', $1, value ->> 'line', key, value ->> 'kind', value ->> 'product', value ->> 'category',
            value ->> 'house', value ->> 'event', value ->> 'visit_date', value ->> 'list_price_cents', value ->> 'discount_cents',
            value ->> 'paid_price_cents', value ->> 'state', value ->> 'card_code', value ->> 'code_id', NULL
            FROM json_each($2)",
        pg: "INSERT INTO tickets (id, order_id, line, position, kind, product_key, category_key, house_key, event_key, visit_date,
            list_price_cents, discount_cents, paid_price_cents, state, card_code, code_id, cancelled_at)
            SELECT r.id, $1, r.line, r.position, r.kind, r.product, r.category, r.house, r.event, r.visit_date, r.list_price_cents,
            r.discount_cents, r.paid_price_cents, r.state, r.card_code, r.code_id, NULL
            FROM jsonb_to_recordset(CAST($2 AS JSONB)) AS r (id TEXT, line TEXT, position BIGINT, kind TEXT, product TEXT,
            category TEXT, house TEXT, event TEXT, visit_date TEXT, list_price_cents BIGINT, discount_cents BIGINT,
            paid_price_cents BIGINT, state TEXT, card_code TEXT, code_id BIGINT)"
    };
    /// Adds the offers of an order.
    INSERT_OFFERS = {
        lite: "INSERT INTO order_offers (order_id, position, offer_key, code, discount_cents, override_reason, sold_at, channel, house_key)
            SELECT $1, key, value ->> 'offer', value ->> 'code', value ->> 'discount_cents', value ->> 'override_reason', $3, $4, $5
            FROM json_each($2)",
        pg: "INSERT INTO order_offers (order_id, position, offer_key, code, discount_cents, override_reason, sold_at, channel, house_key)
            SELECT $1, r.position, r.offer, r.code, r.discount_cents, r.override_reason, $3, $4, $5
            FROM jsonb_to_recordset(CAST($2 AS JSONB)) AS r (position BIGINT, offer TEXT, code TEXT, discount_cents BIGINT,
            override_reason TEXT)"
    };
    /// Adds a payment.
    INSERT_PAYMENT = "INSERT INTO payments (id, order_id, method, amount_cents, received_by, received_at, desk, receipt, vat)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// Adds a refund.
    INSERT_REFUND = "INSERT INTO refunds (id, order_id, value_cents, amount_cents, tickets, reason, refunded_by, refunded_at, desk,
        receipt, vat, method) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    /// The next numbers of series without gaps, and the stamp of the catalog at this moment.
    NEXT_NUMBERS = {
        lite: "INSERT INTO number_series (name, last) SELECT value, 1 FROM json_each($1) WHERE TRUE
            ON CONFLICT (name) DO UPDATE SET last = number_series.last + 1 RETURNING name, last, (SELECT stamp FROM price_stamp)",
        pg: "INSERT INTO number_series (name, last) SELECT name, 1 FROM jsonb_array_elements_text(CAST($1 AS JSONB)) AS wanted (name)
            ON CONFLICT (name) DO UPDATE SET last = number_series.last + 1 RETURNING name, last, (SELECT stamp FROM price_stamp)"
    };
    /// Moves an order on.
    SET_STATE = "UPDATE orders SET state = $3, hold_until = NULL WHERE id = $1 AND state = $2";
    /// What an order reserved was issued: from now on it counts as sold.
    SELL = "UPDATE orders SET sold_at = $2 WHERE id = $1";
    /// The same of its offers.
    SELL_OFFERS = "UPDATE order_offers SET sold_at = $2 WHERE order_id = $1";
    /// A reserved ticket was issued.
    ISSUE_TICKET = "UPDATE tickets SET state = 'valid', card_code = $2, code_id = $3 WHERE id = $1 AND state = 'reserved'";
    /// Tickets were given back.
    CANCEL_TICKETS = {
        lite: "UPDATE tickets SET state = 'cancelled', cancelled_at = $2 WHERE order_id = $1 AND state <> 'cancelled'
            AND id IN (SELECT value FROM json_each($3))",
        pg: "UPDATE tickets SET state = 'cancelled', cancelled_at = $2 WHERE order_id = $1 AND state <> 'cancelled'
            AND id IN (SELECT jsonb_array_elements_text(CAST($3 AS JSONB)))"
    };
    /// The question that gave an order its price.
    SCENARIO = "SELECT scenario FROM orders WHERE id = $1";
}

/// An order in a list.
#[derive(Debug)]
pub(in crate::sales) struct OrderRow {
    pub(in crate::sales) id: OrderId,
    pub(in crate::sales) number: String,
    pub(in crate::sales) channel: String,
    pub(in crate::sales) state: OrderState,
    pub(in crate::sales) total: Cents,
    pub(in crate::sales) buyer: Option<Buyer>,
    pub(in crate::sales) placed_at: UtcMs,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    number: String,
    channel: String,
    state: String,
    total_cents: i64,
    buyer: Option<String>,
    placed_at: i64,
}

impl Row {
    fn order(self) -> Result<OrderRow, DbError> {
        Ok(OrderRow {
            id: word(&self.id)?,
            number: self.number,
            channel: self.channel,
            state: word(&self.state)?,
            total: Cents(self.total_cents),
            buyer: self.buyer.as_deref().map(json).transpose()?,
            placed_at: UtcMs(self.placed_at),
        })
    }
}

/// The order with this number.
pub(in crate::sales) async fn order_of_number(conn: &mut Conn, number: &str) -> Result<Option<OrderId>, DbError> {
    let row: Option<(String,)> = conn.fetch_optional(&ID_OF_NUMBER, args![number]).await?;
    row.map(|(id,)| word(&id)).transpose()
}

/// The order of a ticket.
pub(in crate::sales) async fn order_of_ticket(conn: &mut Conn, ticket: TicketId) -> Result<Option<OrderId>, DbError> {
    let row: Option<(String,)> = conn.fetch_optional(&ID_OF_TICKET, args![ticket.to_string()]).await?;
    row.map(|(id,)| word(&id)).transpose()
}

/// Which orders, and in which order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::sales) struct OrderFilter {
    /// Words of the number or the buyer, folded.
    pub(in crate::sales) text: String,
    pub(in crate::sales) state: Option<OrderState>,
    pub(in crate::sales) channel: Option<Channel>,
    /// Placed at this moment or later.
    pub(in crate::sales) from: Option<UtcMs>,
    /// Placed before this moment.
    pub(in crate::sales) before: Option<UtcMs>,
    pub(in crate::sales) sort: OrderSort,
}

/// Which orders come first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::sales) enum OrderSort {
    #[default]
    Newest,
    Oldest,
    Dearest,
}

impl OrderSort {
    /// The word in addresses.
    pub(in crate::sales) const fn as_str(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Dearest => "dearest",
        }
    }
}

impl OrderFilter {
    fn of<'f>(&'f self, select: &'static str) -> List<'f> {
        List::new(select)
            .filter_opt("state = ?", self.state.map(OrderState::as_str))
            .filter_opt("channel = ?", self.channel.map(Channel::as_str))
            .filter_opt("placed_at >= ?", self.from.map(|from| from.0))
            .filter_opt("placed_at < ?", self.before.map(|before| before.0))
            .search(&["number", "buyer_fold"], &self.text)
    }
}

/// A page of the orders that pass the filter.
pub(in crate::sales) async fn orders_page(
    conn: &mut Conn,
    filter: &OrderFilter,
    after: Option<&str>,
    limit: u32,
) -> Result<Page<OrderRow>, DbError> {
    let list = filter.of("SELECT id, number, channel, state, total_cents, buyer, placed_at FROM orders");
    let list = match filter.sort {
        OrderSort::Newest => list.order("placed_at", "id", Desc),
        OrderSort::Oldest => list.order("placed_at", "id", Asc),
        OrderSort::Dearest => list.order("total_cents", "id", Desc),
    };
    let page: Page<Row> = conn.list(list.after(after).limit(limit)).await?;
    Ok(Page { items: page.items.into_iter().map(Row::order).collect::<Result<_, _>>()?, next: page.next })
}

/// How many orders pass the filter, and what they cost together.
pub(in crate::sales) async fn orders_total(conn: &mut Conn, filter: &OrderFilter) -> Result<(i64, i64), DbError> {
    // A trial costs nothing. It is known by its number, which the index of this list has.
    let list = filter.of("SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN number LIKE 'TEST-%' THEN 0 ELSE total_cents END), 0) AS BIGINT) FROM orders");
    // A list sorts: of its one row nothing is left to sort.
    let page: Page<(i64, i64)> = conn.list(list.order("COUNT(*)", "COUNT(*)", Asc).limit(1)).await?;
    Ok(page.items.first().copied().unwrap_or_default())
}

/// Adds an order with its lines, tickets, offers and payments, the partner that it is for, and the scenario that
/// gave it its price, at the latest when the deed ends.
pub(in crate::sales) fn insert_order(
    tx: &mut Conn,
    act: &Act,
    order: &Order,
    partner: Option<&str>,
    scenario: &str,
) -> Result<(), DbError> {
    let id = order.id.to_string();
    // What is only reserved counts when it is paid; a trial never does.
    let sold_at = (!order.payment_method.reserves() && !order.is_test()).then_some(order.placed_at.0);
    let house = order.house.as_ref().map(Slug::as_str);
    let values = args![
        &id,
        &order.number,
        order.channel.as_str(),
        order.state.as_str(),
        order.buyer.as_ref().map(to_json).transpose()?,
        order.buyer.as_ref().map(Buyer::fold).unwrap_or_default(),
        &order.language,
        order.delivery.as_ref().map(to_json).transpose()?,
        order.payment_method.as_str(),
        order.total.0,
        order.original_total.0,
        to_json(&order.vat)?,
        scenario,
        &order.placed_by,
        order.placed_at.0,
        order.hold_until.map(|until| until.0),
        &order.link_token,
        &order.desk,
        house,
        order.due_on.map(|day| day.to_string()),
        &order.notes,
        sold_at,
        partner
    ];
    tx.execute_later(&INSERT, values)?;
    tx.execute_later(&INSERT_LINES, args![&id, lines_json(order)?])?;
    tx.execute_later(&INSERT_TICKETS, args![&id, tickets_json(order)?])?;
    if !order.offers.is_empty() {
        let values = args![&id, offers_json(order)?, sold_at, order.channel.as_str(), house];
        tx.execute_later(&INSERT_OFFERS, values)?;
    }
    for payment in &order.payments {
        insert_payment(tx, act, order.id, payment)?;
    }
    Ok(())
}

/// Writes that money came in, at the latest when the deed ends.
pub(in crate::sales) fn insert_payment(
    tx: &mut Conn,
    act: &Act,
    order: OrderId,
    payment: &Payment,
) -> Result<(), DbError> {
    let id: PaymentId = act.new_id();
    let values = args![
        id.to_string(),
        order.to_string(),
        payment.method.as_str(),
        payment.amount.0,
        act.actor.to_string(),
        payment.received_at.0,
        &payment.desk,
        &payment.receipt,
        to_json(&payment.vat)?
    ];
    tx.execute_later(&INSERT_PAYMENT, values)
}

/// Writes that tickets came back.
pub(in crate::sales) async fn insert_refund(
    tx: &mut Conn,
    act: &Act,
    order: OrderId,
    refund: &Refund,
) -> Result<(), DbError> {
    let id: PaymentId = act.new_id();
    let values = args![
        id.to_string(),
        order.to_string(),
        refund.value.0,
        refund.amount.0,
        to_json(&refund.tickets)?,
        &refund.reason,
        act.actor.to_string(),
        refund.refunded_at.0,
        &refund.desk,
        &refund.receipt,
        to_json(&refund.vat)?,
        refund.method.as_str()
    ];
    tx.execute_one(&INSERT_REFUND, values).await
}

/// The next numbers of these series, in their order, and the stamp of the catalog at this moment. Nobody else gets a number of the series
/// until the transaction ends, so this comes last in a deed.
pub(in crate::sales) async fn next_numbers(tx: &mut Conn, series: &[String]) -> Result<(Vec<i64>, Stamp), DbError> {
    let rows: Vec<(String, i64, i64)> = tx.fetch_all(&NEXT_NUMBERS, args![to_json(&series)?]).await?;
    let of = |name: &String| rows.iter().find(|(known, ..)| known == name).map(|(_, last, _)| *last);
    let numbers = series.iter().map(|name| of(name).ok_or(DbError::NotFound)).collect::<Result<_, _>>()?;
    let stamp = rows.first().map(|(.., stamp)| Stamp::from_stored(*stamp)).ok_or(DbError::NotFound)?;
    Ok((numbers, stamp))
}

/// Moves an order from one state to another; it must be in the first.
pub(in crate::sales) async fn set_state(
    tx: &mut Conn,
    order: OrderId,
    from: OrderState,
    to: OrderState,
) -> Result<(), DbError> {
    tx.execute_one(&SET_STATE, args![order.to_string(), from.as_str(), to.as_str()]).await
}

/// Writes that the reserved tickets of an order were issued, and that it counts as sold from now on.
pub(in crate::sales) async fn issue_tickets(
    tx: &mut Conn,
    order: OrderId,
    now: UtcMs,
    tickets: &[SoldTicket],
) -> Result<(), DbError> {
    tx.execute_one(&SELL, args![order.to_string(), now.0]).await?;
    tx.execute(&SELL_OFFERS, args![order.to_string(), now.0]).await?;
    for ticket in tickets.iter().filter(|ticket| ticket.state == TicketState::Valid) {
        let values = args![ticket.id.to_string(), &ticket.card_code, ticket.code_id.map(u64::cast_signed)];
        tx.execute_one(&ISSUE_TICKET, values).await?;
    }
    Ok(())
}

/// Writes that tickets are cancelled.
pub(in crate::sales) async fn cancel_tickets(
    tx: &mut Conn,
    order: OrderId,
    tickets: &[TicketId],
    now: UtcMs,
) -> Result<(), DbError> {
    tx.execute(&CANCEL_TICKETS, args![order.to_string(), now.0, to_json(&tickets)?]).await.map(drop)
}

/// The JSON of the scenario that gave an order its price.
pub(in crate::sales) async fn scenario_of(conn: &mut Conn, order: OrderId) -> Result<String, DbError> {
    let (scenario,): (String,) = conn.fetch_one(&SCENARIO, args![order.to_string()]).await?;
    Ok(scenario)
}
