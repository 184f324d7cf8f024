//! Places an order, in two steps, because all writers wait for each other and nobody has to wait for a price.
//!
//! [`prepare`] prices beside the writers, and makes all that the order will be. [`place`] is the deed: it writes that and takes from the
//! ledger, or changes nothing. It refuses when the catalog or an offer was changed since, or somebody took the last of a limit; then the
//! order is prepared anew: see [`super::placing`]. What others wait for comes last: the counters of the ledger, in their fixed order, and
//! the number without gaps.

use super::basket::{Basket, finding};
use super::demand::demand;
use super::issue_tickets::{self, Catalog, IssueTicketsError};
use super::kept_catalog::CatalogReader;
use super::number_order::number_order;
use super::order::{Buyer, Order, OrderLine, OrderState, Payment, PaymentMethod, SoldTicket, TicketState, UsedOffer};
use super::price_basket::{PriceError, PriceFrame, Priced, code_entry_open, price_basket};
use super::quote::{self, LineProblem, Quote, Rejected};
use super::remind_holders;
use super::send_link;
use super::shop::{Shop, Till};
use super::store;
use crate::audit::{self, Entry};
use crate::cards::Delivery;
use crate::cards::entry_right::EntryRight;
use crate::catalog::object::Finding;
use crate::catalog::product::Channel;
use crate::catalog::store::{self as catalog, Stamp};
use crate::customers;
use crate::jobs;
use crate::kernel::period::local_day;
use crate::kernel::slug::Slug;
use crate::kernel::{Act, Cents};
use crate::promotions::limit_uses::{self, Freed, TakeError};
use crate::promotions::{Demand, Holder};
use chrono::Days;
use db::{Conn, DbError};
use serde_json::json;

/// The kind of the job that ends an order whose payment did not come in time. Its subject is the order.
pub const EXPIRE_ORDER: &str = "sales.expire_order";

/// An order to place.
#[derive(Debug, Clone)]
pub struct NewOrder {
    /// What is bought.
    pub basket: Basket,
    /// The total that the buyer agreed to.
    pub expected_total: Cents,
    /// Who buys.
    pub buyer: Option<Buyer>,
    /// How it is paid.
    pub payment: PaymentMethod,
    /// How cards come to their holders.
    pub delivery: Option<Delivery>,
    /// Whether to go on without the codes that are refused.
    pub drop_rejected_codes: bool,
    /// What staff say about it.
    pub terms: Terms,
}

/// What staff say about an order beside what is sold.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// What they note with it.
    pub notes: String,
    /// Whether its invoice is paid when the tickets are fetched, and so has no last day.
    pub paid_at_pickup: bool,
}

/// Why an order was not placed.
#[derive(Debug, thiserror::Error)]
pub enum CheckoutError {
    /// A part of it is not right.
    #[error(transparent)]
    Input(#[from] Finding),
    /// A line cannot be sold.
    #[error("a line cannot be sold")]
    NotForSale(Vec<LineProblem>),
    /// A code is refused.
    #[error("a code is refused")]
    CodeRejected(Vec<Rejected>),
    /// It costs something else than the buyer agreed to.
    #[error("the total is another one")]
    TotalChanged(Box<Quote>),
    /// Somebody else took the last of a limit, or changed what the price depends on, at the same moment. Preparing the order anew gives the
    /// right answer.
    #[error("what this order wants was used up or changed at the same moment")]
    ChangedMeanwhile,
    /// What was sold cannot be made.
    #[error(transparent)]
    Issue(IssueTicketsError),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// An order that is ready to be placed.
#[derive(Debug)]
pub struct Prepared {
    order: Order,
    scenario: String,
    demand: Demand,
    catalog: Catalog,
    rights: Vec<EntryRight>,
    /// What its offers give the customer for good.
    partner: Option<String>,
    price_audience: Option<Slug>,
    stamp: Option<Stamp>,
    /// The codes that the order goes without.
    pub(super) refused: Vec<Rejected>,
}

/// Prices an order and makes all that can be made of it before it is written.
///
/// # Errors
/// The refusals are tested in the order in which they stand in [`CheckoutError`].
pub async fn prepare(conn: &mut Conn, act: &Act, till: Till<'_>, new: &NewOrder) -> Result<Prepared, CheckoutError> {
    let shop = till.shop;
    check_input(conn, new).await?;
    let priced = price_basket(conn, &shop.frame, act.now, &new.basket).await?;
    refuse_unfit(conn, &shop.frame, new, &priced).await?;
    let mut order = draft(act, shop, new, &priced);
    if order.house.is_none() {
        order.house = catalog::houses(conn).await?.into_iter().next().map(|house| house.key);
    }
    // A trial takes nothing of any limit, and makes nobody a member.
    let is_real = !order.is_test();
    let acting = || priced.price.customer_actions.iter().filter(|_| is_real);
    let audience = acting().find_map(pricing::CustomerAction::price_audience);
    let mut reader = CatalogReader::open(conn, &shop.frame.kept).await?;
    let catalog = Catalog::of_tickets(&mut reader, &order.tickets).await?;
    let rights =
        if new.payment.reserves() { Vec::new() } else { issue_tickets::make_codes(act, till, &catalog, &mut order)? };
    Ok(Prepared {
        scenario: store::to_json(&priced.scenario)?,
        demand: if is_real { demand(&new.basket, &priced, &order.tickets) } else { Demand::default() },
        partner: acting().find_map(pricing::CustomerAction::assigned_partner).map(str::to_owned),
        price_audience: audience.and_then(|audience| audience.parse().ok()),
        refused: quote::rejected(&priced.price, |reason| !reason.is_about_combination()),
        order,
        catalog,
        rights,
        stamp: priced.stamp,
    })
}

/// Places an order that was prepared.
///
/// # Errors
/// [`CheckoutError::ChangedMeanwhile`] when it is to be prepared anew.
pub async fn place(
    tx: &mut Conn,
    act: &Act,
    shop: &Shop,
    new: &NewOrder,
    prepared: &Prepared,
) -> Result<Order, CheckoutError> {
    let mut order = prepared.order.clone();
    let buyer = order.buyer.as_ref().filter(|_| !order.is_test());
    if let Some((buyer, address)) = buyer.and_then(|buyer| Some((buyer, buyer.email.as_ref()?))) {
        let customer = customers::remember(tx, act, address, &buyer.name, &order.language).await?;
        if prepared.partner.is_some() || prepared.price_audience.is_some() {
            let (partner, audience) = (prepared.partner.as_deref(), prepared.price_audience.as_ref());
            customers::assign(tx, act, customer, partner, audience).await?;
        }
    }
    let freed = match new.basket.hold {
        Some(hold) => limit_uses::release(tx, act, hold).await?,
        None => Freed::default(),
    };
    limit_uses::take(tx, act, Holder::Order(order.id), &prepared.demand, order.hold_until, freed).await?;
    let stamp = number_order(tx, act, shop, &mut order).await?;
    if prepared.stamp.is_some_and(|prepared| prepared != stamp) {
        return Err(CheckoutError::ChangedMeanwhile);
    }
    // From here on nothing is asked of the database: all that is written goes there in one trip.
    if !new.payment.reserves() {
        issue_tickets::issue_tickets(tx, act, shop, &prepared.catalog, &mut order, &prepared.rights).await?;
    }
    let member_of = new.basket.customer.as_ref().and_then(|customer| customer.partner.as_deref());
    let partner = prepared.partner.as_deref().or(member_of).filter(|_| !order.is_test());
    store::insert_order(tx, act, &order, partner, &prepared.scenario)?;
    issue_tickets::issue_vouchers(tx, act, shop, &prepared.catalog, &order)?;
    if let Some(until) = order.hold_until {
        jobs::enqueue_at(tx, act, EXPIRE_ORDER, order.id, until).await?;
    }
    let detail = json!({"total": order.total, "method": order.payment_method, "tickets": order.tickets.len()});
    audit::record(tx, act, Entry::new("order.placed", "order", order.id).detail(detail)).await?;
    record_overrides(tx, act, &new.basket, &order).await?;
    send_link::put_link(tx, act, &order).await?;
    remind_holders::plan(tx, act, &order).await?;
    Ok(order)
}

async fn check_input(conn: &mut Conn, new: &NewOrder) -> Result<(), CheckoutError> {
    if new.basket.items.is_empty() {
        return Err(finding("items", "empty_basket", "an order has at least one line").into());
    }
    if new.payment == PaymentMethod::Invoice && new.buyer.is_none() {
        return Err(finding("buyer", "missing_field", "an invoice needs a buyer").into());
    }
    if let Some(house) = new.delivery.as_ref().and_then(Delivery::pickup_house)
        && catalog::house(conn, house).await?.is_none()
    {
        return Err(finding("delivery.house", "unknown_house", "there is no such house").into());
    }
    Ok(())
}

/// Refuses, in this order, what cannot be sold, what was refused, and what costs something else.
async fn refuse_unfit(
    conn: &mut Conn,
    frame: &PriceFrame,
    new: &NewOrder,
    priced: &Priced,
) -> Result<(), CheckoutError> {
    if !priced.price.can_be_placed() {
        return Err(CheckoutError::NotForSale(quote::problems(&priced.price)));
    }
    if priced.price.tickets.is_empty() {
        return Err(finding("items", "empty_basket", "nothing of this basket can be sold").into());
    }
    if let Some(delivery) = &new.delivery
        && !priced.assortment.cards().all(|product| product.comes_by(delivery.way().as_str()))
    {
        return Err(finding("delivery.kind", "delivery_not_offered", "these cards do not come in this way").into());
    }
    let refused = quote::rejected(&priced.price, |reason| !reason.is_about_combination());
    if !refused.is_empty() && !new.drop_rejected_codes {
        return Err(CheckoutError::CodeRejected(refused));
    }
    if priced.price.total != new.expected_total {
        let open = code_entry_open(conn, frame, priced).await?;
        return Err(CheckoutError::TotalChanged(Box::new(Quote::of(priced, open))));
    }
    if new.payment == PaymentMethod::None && priced.price.total != Cents::ZERO {
        return Err(finding("payment.method", "not_free", "there is something to pay").into());
    }
    Ok(())
}

/// The order as it will be, with all tickets still reserved and without its number.
fn draft(act: &Act, shop: &Shop, new: &NewOrder, priced: &Priced) -> Order {
    let id = act.new_id();
    let state = new.payment.first_state();
    let lines = order_lines(&new.basket, priced, act, shop);
    let tickets = draft_tickets(&lines, priced, act);
    let total = priced.price.total;
    let paid_now = state == OrderState::Paid && total > Cents::ZERO && new.payment != PaymentMethod::Test;
    let vat = quote::vat(&priced.price);
    let named = new.basket.items.iter().find_map(|item| item.house.clone());
    let house = lines.iter().find_map(|line| line.house.clone()).or(named);
    let desk = match (&new.basket.box_office_profile, new.basket.channel, &house) {
        (Some(profile), _, _) => profile.clone(),
        (None, Channel::BoxOffice, Some(house)) => house.to_string(),
        (None, channel, _) => channel.as_str().to_owned(),
    };
    let due_on = (new.payment == PaymentMethod::Invoice && !new.terms.paid_at_pickup)
        .then(|| local_day(act.now, shop.frame.zone).checked_add_days(Days::new(shop.invoice_days.into())))
        .flatten();
    Order {
        id,
        // The number without gaps comes in the deed.
        number: String::new(),
        channel: new.basket.channel,
        state,
        language: new.buyer.as_ref().and_then(|buyer| buyer.language.clone()).unwrap_or_else(|| shop.language.clone()),
        buyer: new.buyer.clone(),
        delivery: new.delivery.clone(),
        payment_method: new.payment,
        due_on,
        house,
        notes: new.terms.notes.clone(),
        total,
        original_total: priced.price.original_total,
        vat: vat.clone(),
        placed_by: act.actor.to_string(),
        placed_at: act.now,
        hold_until: new.payment.reserves().then(|| act.now.plus_millis(shop.hold_millis)),
        link_token: Some(hex::encode(act.random.bytes::<24>())),
        lines,
        tickets,
        offers: used_offers(&new.basket, priced),
        payments: paid_now
            .then(|| Payment {
                method: new.payment,
                amount: total,
                vat,
                receipt: None,
                desk: desk.clone(),
                received_at: act.now,
            })
            .into_iter()
            .collect(),
        refunds: Vec::new(),
        desk,
    }
}

/// The tickets of an order, still reserved, in the order of the engine's.
pub(super) fn draft_tickets(lines: &[OrderLine], priced: &Priced, act: &Act) -> Vec<SoldTicket> {
    let tickets = priced.price.tickets.iter().filter_map(|ticket| {
        let line = lines.get(ticket.line)?;
        let kind = priced.assortment.products.get(&line.product)?.kind;
        Some(SoldTicket {
            id: act.new_id(),
            line: line.line.clone(),
            kind,
            product: line.product.clone(),
            category: line.category.clone(),
            house: line.house.clone(),
            event: line.event.clone(),
            visit_date: line.visit_date,
            list_price: ticket.list_price,
            discount: ticket.discount,
            paid_price: ticket.paid_price,
            state: TicketState::Reserved,
            card_code: None,
            code_id: None,
            voucher_code: None,
            annual_tickets: Vec::new(),
        })
    });
    tickets.collect()
}

/// The lines of an order.
pub(super) fn order_lines(basket: &Basket, priced: &Priced, act: &Act, shop: &Shop) -> Vec<OrderLine> {
    let line = |(place, item): (usize, &super::basket::Item)| {
        let goods = priced.assortment.goods(place, item, act.now, shop.frame.zone).ok();
        OrderLine {
            line: item.line.clone(),
            product: item.product.clone(),
            category: item.category.clone(),
            audience: item.audience.clone(),
            house: goods.and_then(|goods| goods.house).map(|house| house.key.clone()),
            event: goods.and_then(|goods| goods.event).map(|event| event.key.clone()),
            visit_date: goods.and_then(|goods| goods.visit_date),
            original_unit_price: priced.scenario.basket.get(place).and_then(|line| line.unit_price),
            vat_rate: goods.map(|goods| goods.vat_rate.to_owned()).unwrap_or_default(),
            override_reason: item.staff_override.as_ref().map(|one| one.reason.clone()),
        }
    };
    basket.items.iter().enumerate().map(line).collect()
}

fn used_offers(basket: &Basket, priced: &Priced) -> Vec<UsedOffer> {
    let used = |applied: &pricing::AppliedOffer| {
        let offer: Slug = applied.offer.parse().ok()?;
        let named = basket.staff_overrides.iter().find(|one| one.offer == offer);
        Some(UsedOffer {
            override_reason: named.map(|one| one.reason.clone()),
            offer,
            code: applied.code.clone(),
            discount: applied.discount,
        })
    };
    priced.price.applied.iter().filter_map(used).collect()
}

async fn record_overrides(tx: &mut Conn, act: &Act, basket: &Basket, order: &Order) -> Result<(), DbError> {
    for one in &basket.staff_overrides {
        let entry = Entry::new("offer.overridden", "order", order.id).reason(&one.reason);
        audit::record(tx, act, entry.detail(json!({"offer": one.offer}))).await?;
    }
    for item in &basket.items {
        if let Some(one) = &item.staff_override {
            let entry = Entry::new("sale_rule.overridden", "order", order.id).reason(&one.reason);
            audit::record(tx, act, entry.detail(json!({"line": item.line}))).await?;
        }
    }
    Ok(())
}

impl From<PriceError> for CheckoutError {
    fn from(error: PriceError) -> Self {
        match error {
            PriceError::Basket(finding) => Self::Input(finding),
            PriceError::Db(error) => Self::Db(error),
        }
    }
}

impl From<TakeError> for CheckoutError {
    fn from(error: TakeError) -> Self {
        match error {
            TakeError::Exhausted(_) => Self::ChangedMeanwhile,
            TakeError::Db(error) => Self::Db(error),
        }
    }
}

impl From<IssueTicketsError> for CheckoutError {
    fn from(error: IssueTicketsError) -> Self {
        match error {
            IssueTicketsError::Db(error) => Self::Db(error),
            other => Self::Issue(other),
        }
    }
}
