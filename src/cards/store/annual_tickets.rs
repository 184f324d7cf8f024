//! Annual tickets in the database.
//!
//! A deed that changes an annual ticket, or a card of it, begins with [`lock`]. Deeds about one annual ticket therefore follow each
//! other on both databases, and what they read stays true until they are committed.

use super::{json_opt, number, parsed, parsed_opt, text, to_json};
use crate::cards::annual_ticket::{AnnualTicket, Personalized};
use crate::cards::delivery::Delivery;
use crate::cards::worklist::{Pile, Sort};
use crate::kernel::UtcMs;
use crate::kernel::ids::{AnnualTicketId, OrderId, TicketId};
use crate::kernel::slug::Slug;
use crate::people::Holder;
use card::CardId as CodeId;
use chrono::NaiveDate;
use db::{Asc, Conn, DbError, Desc, List, Page, args};
use std::collections::BTreeMap;

db::statements! {
    /// Takes the row for the rest of the transaction.
    LOCK = "UPDATE annual_tickets SET version = version + 1 WHERE id = $1";
    /// The annual ticket with this id.
    FIND = "SELECT id, number, order_id, ticket_id, product_key, category_key, scope_id, status, state, paid, is_test, purchased_on,
        exchanged_on, starts_on, valid_from, valid_until, from_first_entry, given_name, family_name, birth_date, address, delivery,
        photo_id, link_token, code_id, block_reason, language, created_at, completed_at FROM annual_tickets WHERE id = $1";
    /// Whose link this is.
    ID_OF_TOKEN = "SELECT id FROM annual_tickets WHERE link_token = $1";
    /// Gives it another link.
    PUT_LINK_TOKEN = "UPDATE annual_tickets SET link_token = $2 WHERE id = $1";
    /// Whose code this is.
    ID_OF_CODE = "SELECT id FROM annual_tickets WHERE code_id = $1";
    /// The annual tickets of a sold ticket.
    IDS_OF_TICKET = "SELECT id FROM annual_tickets WHERE ticket_id = $1 ORDER BY created_at, number";
    /// The annual tickets of an order.
    IDS_OF_ORDER = "SELECT id FROM annual_tickets WHERE order_id = $1 ORDER BY created_at, number";
    /// Adds an annual ticket.
    INSERT = "INSERT INTO annual_tickets (id, number, order_id, ticket_id, product_key, category_key, scope_id, status, state, paid, is_test,
        purchased_on, exchanged_on, starts_on, valid_from, valid_until, from_first_entry, given_name, family_name, name_fold,
        birth_date, address, delivery, photo_id, link_token, code_id, block_reason, language, version, created_at, completed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
        $26, $27, $28, 1, $29, $30)";
    /// How many are in each pile on a day.
    COUNT_PILES = "SELECT CASE WHEN status = 'cancelled' THEN 'cancelled'
        WHEN state = 'awaiting_personalization' THEN 'awaiting_personalization'
        WHEN status = 'blocked' THEN 'blocked'
        WHEN valid_until < $1 AND NOT from_first_entry THEN 'expired' ELSE 'active' END, COUNT(*)
        FROM annual_tickets GROUP BY 1";
    /// Lets it open something else.
    SET_SCOPE = "UPDATE annual_tickets SET scope_id = $2 WHERE id = $1";
    /// Stores what deeds may change.
    UPDATE = "UPDATE annual_tickets SET status = $2, state = $3, paid = $4, starts_on = $5, valid_from = $6, valid_until = $7,
        from_first_entry = $8, given_name = $9, family_name = $10, name_fold = $11, birth_date = $12, address = $13, delivery = $14,
        photo_id = $15, block_reason = $16, completed_at = $17 WHERE id = $1";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    number: String,
    order_id: String,
    ticket_id: String,
    product_key: String,
    category_key: String,
    scope_id: i64,
    status: String,
    state: String,
    paid: bool,
    is_test: bool,
    purchased_on: String,
    exchanged_on: Option<String>,
    starts_on: Option<String>,
    valid_from: Option<String>,
    valid_until: Option<String>,
    from_first_entry: bool,
    given_name: Option<String>,
    family_name: Option<String>,
    birth_date: Option<String>,
    address: Option<String>,
    delivery: Option<String>,
    photo_id: Option<String>,
    link_token: String,
    code_id: i64,
    block_reason: Option<String>,
    language: String,
    created_at: i64,
    completed_at: Option<i64>,
}

impl Row {
    fn annual_ticket(self) -> Result<AnnualTicket, DbError> {
        Ok(AnnualTicket {
            id: parsed(&self.id)?,
            number: self.number,
            order_id: parsed(&self.order_id)?,
            ticket_id: parsed(&self.ticket_id)?,
            product: parsed(&self.product_key)?,
            category: parsed(&self.category_key)?,
            scope_id: number(self.scope_id)?,
            status: parsed(&self.status)?,
            state: parsed(&self.state)?,
            paid: self.paid,
            is_test: self.is_test,
            purchased_on: parsed(&self.purchased_on)?,
            exchanged_on: parsed_opt(self.exchanged_on.as_deref())?,
            starts_on: parsed_opt(self.starts_on.as_deref())?,
            valid_from: parsed_opt(self.valid_from.as_deref())?,
            valid_until: parsed_opt(self.valid_until.as_deref())?,
            from_first_entry: self.from_first_entry,
            holder: Holder {
                given_name: self.given_name,
                family_name: self.family_name,
                birth_date: parsed_opt(self.birth_date.as_deref())?,
            },
            address: json_opt(self.address.as_deref())?,
            delivery: json_opt(self.delivery.as_deref())?,
            photo_id: parsed_opt(self.photo_id.as_deref())?,
            link_token: self.link_token,
            code_id: CodeId::from_stored(self.code_id),
            block_reason: self.block_reason,
            language: self.language,
            created_at: UtcMs(self.created_at),
            completed_at: self.completed_at.map(UtcMs),
        })
    }
}

/// Takes the annual ticket for the rest of the transaction.
pub(in crate::cards) async fn lock(tx: &mut Conn, id: AnnualTicketId) -> Result<Option<AnnualTicket>, DbError> {
    tx.execute(&LOCK, args![id.to_string()]).await?;
    find(tx, id).await
}

/// The annual ticket with this id.
pub(in crate::cards) async fn find(conn: &mut Conn, id: AnnualTicketId) -> Result<Option<AnnualTicket>, DbError> {
    conn.fetch_optional::<Row>(&FIND, args![id.to_string()]).await?.map(Row::annual_ticket).transpose()
}

/// Whose link this is.
pub(in crate::cards) async fn id_of_token(conn: &mut Conn, token: &str) -> Result<Option<AnnualTicketId>, DbError> {
    let row: Option<(String,)> = conn.fetch_optional(&ID_OF_TOKEN, args![token]).await?;
    row.map(|(id,)| parsed(&id)).transpose()
}

/// Gives the annual ticket another link.
pub(in crate::cards) async fn put_link_token(tx: &mut Conn, id: AnnualTicketId, token: &str) -> Result<(), DbError> {
    tx.execute(&PUT_LINK_TOKEN, args![id.to_string(), token]).await?;
    Ok(())
}

/// Whose code this is.
pub(in crate::cards) async fn id_of_code(conn: &mut Conn, code: CodeId) -> Result<Option<AnnualTicketId>, DbError> {
    let row: Option<(String,)> = conn.fetch_optional(&ID_OF_CODE, args![code.to_stored()]).await?;
    row.map(|(id,)| parsed(&id)).transpose()
}

/// The annual tickets of a sold ticket.
pub(in crate::cards) async fn ids_of_ticket(conn: &mut Conn, ticket: TicketId) -> Result<Vec<AnnualTicketId>, DbError> {
    let rows: Vec<(String,)> = conn.fetch_all(&IDS_OF_TICKET, args![ticket.to_string()]).await?;
    rows.iter().map(|(id,)| parsed(id)).collect()
}

/// The annual tickets of an order.
pub(in crate::cards) async fn ids_of_order(conn: &mut Conn, order: OrderId) -> Result<Vec<AnnualTicketId>, DbError> {
    let rows: Vec<(String,)> = conn.fetch_all(&IDS_OF_ORDER, args![order.to_string()]).await?;
    rows.iter().map(|(id,)| parsed(id)).collect()
}

/// Which annual tickets a list shows.
#[derive(Debug, Default)]
pub(in crate::cards) struct Filter<'a> {
    /// Only those in this state.
    pub(in crate::cards) state: Option<Personalized>,
    /// Only those of this product.
    pub(in crate::cards) product: Option<&'a str>,
    /// Only those whose cards are to be laid ready in this house.
    pub(in crate::cards) pickup_in: Option<Slug>,
    /// Only those in this pile on this day.
    pub(in crate::cards) pile: Option<(Pile, NaiveDate)>,
    /// Only this one.
    pub(in crate::cards) id: Option<AnnualTicketId>,
    /// Words of names or numbers, folded.
    pub(in crate::cards) words: &'a str,
}

/// A page of annual tickets, the newest first.
pub(in crate::cards) async fn page(
    conn: &mut Conn,
    filter: &Filter<'_>,
    after: Option<&str>,
    limit: u32,
) -> Result<Page<AnnualTicket>, DbError> {
    worklist(conn, filter, Sort::Newest, after, limit).await
}

/// A page of annual tickets in this order.
pub(in crate::cards) async fn worklist(
    conn: &mut Conn,
    filter: &Filter<'_>,
    sort: Sort,
    after: Option<&str>,
    limit: u32,
) -> Result<Page<AnnualTicket>, DbError> {
    let list = filtered(filter)?;
    let list = match sort {
        Sort::Newest => list.newest_first("id"),
        Sort::Oldest => list.oldest_first("id"),
        Sort::Name => list.order("name_fold", "id", Asc),
    };
    let page: Page<Row> = conn.list(list.after(after).limit(limit)).await?;
    Ok(Page { items: page.items.into_iter().map(Row::annual_ticket).collect::<Result<_, _>>()?, next: page.next })
}

/// How many annual tickets a list has on all its pages.
pub(in crate::cards) async fn total(conn: &mut Conn, filter: &Filter<'_>) -> Result<i64, DbError> {
    conn.count(&filtered(filter)?).await
}

/// How many annual tickets are in each pile on a day.
pub(in crate::cards) async fn counts(conn: &mut Conn, today: NaiveDate) -> Result<BTreeMap<Pile, i64>, DbError> {
    let rows: Vec<(String, i64)> = conn.fetch_all(&COUNT_PILES, args![today.to_string()]).await?;
    let all = rows.iter().map(|(_, count)| count).sum();
    let mut counts: BTreeMap<_, _> = rows.iter().map(|(pile, count)| (Pile::of(pile), *count)).collect();
    counts.insert(Pile::All, all);
    Ok(counts)
}

fn filtered<'a>(filter: &Filter<'a>) -> Result<List<'a>, DbError> {
    let pickup = filter.pickup_in.clone().map(|house| to_json(&Delivery::Pickup { house })).transpose()?;
    let list = List::new(
        "SELECT id, number, order_id, ticket_id, product_key, category_key, scope_id, status, state, paid, is_test, purchased_on,
        exchanged_on, starts_on, valid_from, valid_until, from_first_entry, given_name, family_name, birth_date, address, delivery,
        photo_id, link_token, code_id, block_reason, language, created_at, completed_at FROM annual_tickets",
    )
    .filter_opt("state = ?", filter.state.map(Personalized::as_str))
    .filter_opt("product_key = ?", filter.product)
    .filter_opt("delivery = ?", pickup)
    .filter_opt("id = ?", text(filter.id))
    .search(&["name_fold", "number"], filter.words);
    let Some((pile, today)) = filter.pile else { return Ok(list) };
    let is_over = "valid_until < ? AND NOT from_first_entry";
    let is_not_over = "(valid_until IS NULL OR valid_until >= ? OR from_first_entry)";
    Ok(match pile {
        Pile::All => list,
        Pile::Cancelled => list.filter_plain("status = 'cancelled'"),
        Pile::AwaitingPersonalization => {
            list.filter_plain("state = 'awaiting_personalization' AND status <> 'cancelled'")
        }
        Pile::Blocked => list.filter_plain("state = 'complete' AND status = 'blocked'"),
        Pile::Expired => {
            list.filter_plain("state = 'complete' AND status = 'active'").filter(is_over, today.to_string())
        }
        Pile::Active => {
            list.filter_plain("state = 'complete' AND status = 'active'").filter(is_not_over, today.to_string())
        }
    })
}

/// Adds an annual ticket.
pub(in crate::cards) async fn insert(tx: &mut Conn, ticket: &AnnualTicket) -> Result<(), DbError> {
    let values = args![
        ticket.id.to_string(),
        &ticket.number,
        ticket.order_id.to_string(),
        ticket.ticket_id.to_string(),
        ticket.product.as_str(),
        ticket.category.as_str(),
        ticket.scope_id,
        ticket.status.as_str(),
        ticket.state.as_str(),
        ticket.paid,
        ticket.is_test,
        ticket.purchased_on.to_string(),
        text(ticket.exchanged_on),
        text(ticket.starts_on),
        text(ticket.valid_from),
        text(ticket.valid_until),
        ticket.from_first_entry,
        ticket.holder.given_name.as_deref(),
        ticket.holder.family_name.as_deref(),
        ticket.holder.name_fold(),
        text(ticket.holder.birth_date),
        ticket.address.as_ref().map(to_json).transpose()?,
        ticket.delivery.as_ref().map(to_json).transpose()?,
        text(ticket.photo_id),
        &ticket.link_token,
        ticket.code_id.to_stored(),
        ticket.block_reason.as_deref(),
        &ticket.language,
        ticket.created_at.0,
        ticket.completed_at.map(|at| at.0)
    ];
    tx.execute_one(&INSERT, values).await
}

/// Stores what a deed changed. The deed has locked the row.
pub(in crate::cards) async fn update(tx: &mut Conn, ticket: &AnnualTicket) -> Result<(), DbError> {
    let values = args![
        ticket.id.to_string(),
        ticket.status.as_str(),
        ticket.state.as_str(),
        ticket.paid,
        text(ticket.starts_on),
        text(ticket.valid_from),
        text(ticket.valid_until),
        ticket.from_first_entry,
        ticket.holder.given_name.as_deref(),
        ticket.holder.family_name.as_deref(),
        ticket.holder.name_fold(),
        text(ticket.holder.birth_date),
        ticket.address.as_ref().map(to_json).transpose()?,
        ticket.delivery.as_ref().map(to_json).transpose()?,
        text(ticket.photo_id),
        ticket.block_reason.as_deref(),
        ticket.completed_at.map(|at| at.0)
    ];
    tx.execute_one(&UPDATE, values).await
}

/// Lets it open something else. The deed has locked the row.
pub(in crate::cards) async fn set_scope(tx: &mut Conn, id: AnnualTicketId, scope: u16) -> Result<(), DbError> {
    tx.execute_one(&SET_SCOPE, args![id.to_string(), scope]).await
}

/// The annual tickets with these ids, in no particular order; at most a page of a list.
pub(in crate::cards) async fn of_ids(conn: &mut Conn, ids: &[AnnualTicketId]) -> Result<Vec<AnnualTicket>, DbError> {
    let list = List::new(
        "SELECT id, number, order_id, ticket_id, product_key, category_key, scope_id, status, state, paid, is_test, purchased_on,
        exchanged_on, starts_on, valid_from, valid_until, from_first_entry, given_name, family_name, birth_date, address, delivery,
        photo_id, link_token, code_id, block_reason, language, created_at, completed_at FROM annual_tickets",
    )
    .filter_any("id", ids.iter().map(ToString::to_string))
    .order("id", "id", Desc)
    .limit(1_000);
    let page: Page<Row> = conn.list(list).await?;
    page.items.into_iter().map(Row::annual_ticket).collect()
}
