//! Makes what was sold: annual tickets that wait for their holders, vouchers, day tickets with their codes.

use super::kept_catalog::CatalogReader;
use super::order::{Order, OrderState, SoldTicket, TicketState};
use super::shop::{Shop, Till};
use super::store::{self, NewVoucher};
use crate::cards::entry_right::EntryRight;
use crate::cards::{self, DayTicket, IssueError, NewAnnualTicket, NewDayTicket};
use crate::catalog::validity::StartRefusal;
use crate::catalog::{Category, Product, ProductKind};
use crate::kernel::Act;
use crate::kernel::period::{last_day, local_day};
use crate::kernel::slug::Slug;
use card::{CardSigner, ShortCode};
use chrono::NaiveDate;
use db::{Conn, DbError};
use std::collections::BTreeMap;
use std::sync::Arc;

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
    products: BTreeMap<Slug, Arc<Product>>,
    categories: BTreeMap<Slug, Arc<Category>>,
    scopes: BTreeMap<Slug, u16>,
}

impl Catalog {
    /// Reads what the tickets are.
    pub(super) async fn of_tickets(reader: &mut CatalogReader<'_>, tickets: &[SoldTicket]) -> Result<Self, DbError> {
        let mut found = Self::default();
        for ticket in tickets {
            if !found.products.contains_key(&ticket.product)
                && let Some(product) = reader.product(&ticket.product).await?
            {
                found.products.insert(ticket.product.clone(), product);
            }
            if !found.categories.contains_key(&ticket.category)
                && let Some(category) = reader.category(&ticket.category).await?
            {
                found.categories.insert(ticket.category.clone(), category);
            }
            if let Some(key) = found.scope_of(ticket)
                && !found.scopes.contains_key(&key)
                && let Some(id) = reader.scope(&key).await?.and_then(|scope| scope.id)
            {
                found.scopes.insert(key, id);
            }
        }
        Ok(found)
    }

    /// The scope that a ticket opens: its product's, or that of its house; each house has one of its own with its key.
    fn scope_of(&self, ticket: &SoldTicket) -> Option<Slug> {
        let own = self.products.get(&ticket.product).and_then(|product| product.scope.clone());
        own.or_else(|| ticket.house.clone())
    }

    /// What a ticket is, and the id of what it opens.
    fn goods(&self, ticket: &SoldTicket) -> Result<(&Product, &Category, u16), IssueTicketsError> {
        let product = self.products.get(&ticket.product);
        let category = self.categories.get(&ticket.category);
        let scope = self.scope_of(ticket).and_then(|key| self.scopes.get(&key));
        match (product, category, scope) {
            (Some(product), Some(category), Some(scope)) => Ok((product, category, *scope)),
            _ => Err(IssueTicketsError::NoScope(ticket.product.clone())),
        }
    }
}

/// Makes the codes of the reserved day tickets and vouchers of an order. What it answers is to be given to [`issue_tickets`] in the deed
/// that issues them.
///
/// # Errors
/// When the catalog changed so that a ticket opens nothing.
pub(super) fn make_codes(
    act: &Act,
    till: Till<'_>,
    catalog: &Catalog,
    order: &mut Order,
) -> Result<Vec<EntryRight>, IssueTicketsError> {
    let (purchased_on, is_test) = (local_day(order.placed_at, till.shop.frame.zone), order.is_test());
    let mut rights = Vec::new();
    for ticket in order.tickets.iter_mut().filter(|ticket| ticket.state == TicketState::Reserved) {
        match ticket.kind {
            ProductKind::AnnualTicket => {}
            ProductKind::DayTicket => {
                let made = make_day_ticket(act, till.signer, catalog, ticket, (purchased_on, is_test))?;
                ticket.code_id = Some(made.right.code_id.get());
                ticket.card_code = Some(made.card_code);
                rights.push(made.right);
            }
            ProductKind::AnnualTicketVoucher => {
                ticket.voucher_code = Some(ShortCode::from_random(act.random.bytes()).text().to_owned());
            }
        }
    }
    Ok(rights)
}

/// Issues the reserved tickets of an order, whose codes were [made](make_codes), and marks them valid. Their rows are the caller's to
/// write; vouchers still wait for [`issue_vouchers`], which needs these rows.
///
/// # Errors
/// When the days of an annual ticket cannot be told.
pub(super) async fn issue_tickets(
    tx: &mut Conn,
    act: &Act,
    shop: &Shop,
    catalog: &Catalog,
    order: &mut Order,
    rights: &[EntryRight],
) -> Result<(), IssueTicketsError> {
    let purchased_on = local_day(order.placed_at, shop.frame.zone);
    cards::issue_day_tickets(tx, act, rights)?;
    let mut tickets = std::mem::take(&mut order.tickets);
    for ticket in tickets.iter_mut().filter(|ticket| ticket.state == TicketState::Reserved) {
        if ticket.kind == ProductKind::AnnualTicket {
            issue_annual_tickets(tx, act, catalog, order, ticket, purchased_on).await?;
        }
        ticket.state = TicketState::Valid;
    }
    order.tickets = tickets;
    Ok(())
}

/// Writes the vouchers of an order whose tickets were issued and stand in the database.
pub(super) fn issue_vouchers(
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
    store::insert_vouchers(tx, act, &vouchers)
}

async fn issue_annual_tickets(
    tx: &mut Conn,
    act: &Act,
    catalog: &Catalog,
    order: &Order,
    ticket: &mut SoldTicket,
    purchased_on: NaiveDate,
) -> Result<(), IssueTicketsError> {
    let (product, category, scope_id) = catalog.goods(ticket)?;
    let new = NewAnnualTicket {
        order_id: order.id,
        ticket_id: ticket.id,
        product,
        category,
        scope_id,
        paid: order.state == OrderState::Paid,
        is_test: order.is_test(),
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

fn make_day_ticket(
    act: &Act,
    signer: &CardSigner,
    catalog: &Catalog,
    ticket: &SoldTicket,
    (purchased_on, is_test): (NaiveDate, bool),
) -> Result<DayTicket, IssueTicketsError> {
    let (product, category, scope_id) = catalog.goods(ticket)?;
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
        is_test,
    };
    Ok(cards::make_day_ticket(act, signer, &new))
}
