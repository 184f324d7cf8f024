//! Makes what was sold: annual tickets that wait for their holders, vouchers, day tickets with their codes.

use super::order::{Order, SoldTicket, TicketState};
use super::shop::{Shop, Till};
use super::store::{self, NewVoucher};
use crate::cards::{self, IssueError, NewAnnualTicket, NewDayTicket};
use crate::catalog::validity::StartRefusal;
use crate::catalog::{Category, Product, ProductKind, store as catalog};
use crate::kernel::Act;
use crate::kernel::period::{last_day, local_day};
use crate::kernel::slug::Slug;
use card::{CardSigner, ShortCode};
use chrono::NaiveDate;
use db::{Conn, DbError};
use std::collections::BTreeMap;

/// Why tickets could not be made.
#[derive(Debug, thiserror::Error)]
pub enum IssueTicketsError {
    /// The catalog changed so that the product cannot be issued: its scope or house is gone.
    #[error("the product {0} cannot be issued: its scope is not there")]
    NoScope(Slug),
    /// The product's days cannot be told.
    #[error(transparent)]
    Start(#[from] StartRefusal),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<IssueError> for IssueTicketsError {
    fn from(error: IssueError) -> Self {
        match error {
            IssueError::Start(refusal) => Self::Start(refusal),
            IssueError::NotAnAnnualTicket => Self::Start(StartRefusal::NotChosen),
            IssueError::Db(error) => Self::Db(error),
        }
    }
}

/// What the sold tickets are, by key.
#[derive(Debug, Default)]
pub(super) struct Catalog {
    products: BTreeMap<Slug, Product>,
    categories: BTreeMap<Slug, Category>,
    scopes: BTreeMap<Slug, u16>,
}

impl Catalog {
    /// What was read already.
    pub(super) fn known(products: BTreeMap<Slug, Product>, categories: BTreeMap<Slug, Category>) -> Self {
        Self { products, categories, scopes: BTreeMap::new() }
    }

    /// Reads what the tickets are.
    pub(super) async fn of_tickets(conn: &mut Conn, tickets: &[SoldTicket]) -> Result<Self, DbError> {
        let mut found = Self::default();
        for ticket in tickets {
            if !found.products.contains_key(&ticket.product)
                && let Some(product) = catalog::product(conn, &ticket.product).await?
            {
                found.products.insert(ticket.product.clone(), product);
            }
            if !found.categories.contains_key(&ticket.category)
                && let Some(category) = catalog::category(conn, &ticket.category).await?
            {
                found.categories.insert(ticket.category.clone(), category);
            }
        }
        Ok(found)
    }

    /// The id of the scope with this key; each house has one of its own with its key.
    async fn scope_id(&mut self, conn: &mut Conn, key: &Slug) -> Result<Option<u16>, DbError> {
        if let Some(id) = self.scopes.get(key) {
            return Ok(Some(*id));
        }
        let id = catalog::scope(conn, key).await?.and_then(|scope| scope.id);
        if let Some(id) = id {
            self.scopes.insert(key.clone(), id);
        }
        Ok(id)
    }
}

/// Makes what the reserved tickets of an order stand for, and marks them valid. Their rows are the caller's to write; vouchers
/// still wait for [`issue_vouchers`], which needs these rows.
pub(super) async fn issue_tickets(
    tx: &mut Conn,
    act: &Act,
    till: Till<'_>,
    catalog: &mut Catalog,
    order: &mut Order,
    paid: bool,
) -> Result<(), IssueTicketsError> {
    let purchased_on = local_day(order.placed_at, till.shop.frame.zone);
    let mut tickets = std::mem::take(&mut order.tickets);
    for ticket in tickets.iter_mut().filter(|ticket| ticket.state == TicketState::Reserved) {
        match ticket.kind {
            ProductKind::AnnualTicket => {
                issue_annual_tickets(tx, act, catalog, order, ticket, paid, purchased_on).await?;
            }
            ProductKind::DayTicket => issue_day_ticket(tx, act, till.signer, catalog, ticket, purchased_on).await?,
            ProductKind::AnnualTicketVoucher => {
                ticket.voucher_code = Some(ShortCode::from_random(act.random.bytes()).text().to_owned());
            }
        }
        ticket.state = TicketState::Valid;
    }
    order.tickets = tickets;
    Ok(())
}

/// Writes the vouchers of an order whose tickets were issued and stand in the database.
pub(super) async fn issue_vouchers(
    tx: &mut Conn,
    act: &Act,
    shop: &Shop,
    catalog: &Catalog,
    order: &Order,
) -> Result<(), DbError> {
    let sold_on = local_day(order.placed_at, shop.frame.zone);
    let voucher = |ticket: &SoldTicket| {
        let months = catalog.products.get(&ticket.product).and_then(|product| product.voucher_valid_months);
        Some(NewVoucher {
            id: act.new_id(),
            code: ticket.voucher_code.clone()?,
            ticket: ticket.id,
            product: ticket.product.clone(),
            category: ticket.category.clone(),
            valid_until: months.and_then(|months| last_day(sold_on, months)),
        })
    };
    let vouchers: Vec<NewVoucher> = order.tickets.iter().filter_map(voucher).collect();
    store::insert_vouchers(tx, act, &vouchers).await
}

async fn issue_annual_tickets(
    tx: &mut Conn,
    act: &Act,
    catalog: &mut Catalog,
    order: &Order,
    ticket: &mut SoldTicket,
    paid: bool,
    purchased_on: NaiveDate,
) -> Result<(), IssueTicketsError> {
    let no_scope = || IssueTicketsError::NoScope(ticket.product.clone());
    let scope = catalog.products.get(&ticket.product).and_then(|product| product.scope.clone()).ok_or_else(no_scope)?;
    let scope_id = catalog.scope_id(tx, &scope).await?.ok_or_else(no_scope)?;
    let (Some(product), Some(category)) =
        (catalog.products.get(&ticket.product), catalog.categories.get(&ticket.category))
    else {
        return Err(no_scope());
    };
    let new = NewAnnualTicket {
        order_id: order.id,
        ticket_id: ticket.id,
        product,
        category,
        scope_id,
        paid,
        purchased_on,
        exchanged_on: None,
        starts_on: None,
        delivery: order.delivery.clone(),
        address: order.buyer.as_ref().and_then(|buyer| buyer.address.clone()),
        language: order.language.clone(),
    };
    for _ in 0..product.annual_tickets {
        let issued = cards::issue_annual_ticket(tx, act, &new).await?;
        ticket.annual_tickets.push((issued.id, issued.link_token));
    }
    Ok(())
}

async fn issue_day_ticket(
    tx: &mut Conn,
    act: &Act,
    signer: &CardSigner,
    catalog: &mut Catalog,
    ticket: &mut SoldTicket,
    purchased_on: NaiveDate,
) -> Result<(), IssueTicketsError> {
    let no_scope = || IssueTicketsError::NoScope(ticket.product.clone());
    let own = catalog.products.get(&ticket.product).and_then(|product| product.scope.clone());
    let scope = own.or_else(|| ticket.house.clone()).ok_or_else(no_scope)?;
    let scope_id = catalog.scope_id(tx, &scope).await?.ok_or_else(no_scope)?;
    let (Some(product), Some(category)) =
        (catalog.products.get(&ticket.product), catalog.categories.get(&ticket.category))
    else {
        return Err(no_scope());
    };
    let day = ticket.visit_date.unwrap_or(purchased_on);
    let new = NewDayTicket {
        ticket_id: ticket.id,
        scope_id,
        not_before: day,
        not_after: day,
        check_proof: category.check_proof,
        companions: product.companions,
        reentry_secs: product.reentry_secs,
        reentry_policy: product.reentry_policy,
    };
    let issued = cards::issue_day_ticket(tx, act, signer, &new).await?;
    ticket.code_id = Some(issued.code_id);
    ticket.card_code = Some(issued.card_code);
    Ok(())
}
