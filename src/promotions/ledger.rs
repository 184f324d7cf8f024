//! What the limit ledger counts, and the order in which it is touched.

use crate::kernel::ids::OrderId;
use pricing::{ItemLimit, Offer};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::str::FromStr;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LimitKind {
    /// Uses of a code. Subject: the code as it is compared.
    CodeUses,
    /// Orders of one customer with an offer. Subject: the offer and the customer.
    CustomerOrders,
    /// Tickets sold for an event. Subject: the event.
    EventCapacity,
    /// Tickets that an item limit of an offer counts. Subject: the offer and the limit's scope.
    ItemTickets,
    /// Orders with an offer. Subject: the offer.
    OfferOrders,
    /// Tickets that an offer discounted. Subject: the offer.
    OfferTickets,
    /// Tickets sold of a product. Subject: the product.
    ProductTotal,
    /// Tickets sold of a type at an event. Subject: the product, the category and the event; without an event it is left empty.
    TypeTotal,
}

impl LimitKind {
    /// All kinds, in the order in which their counters are touched.
    pub const ALL: [Self; 8] = [
        Self::CodeUses,
        Self::CustomerOrders,
        Self::EventCapacity,
        Self::ItemTickets,
        Self::OfferOrders,
        Self::OfferTickets,
        Self::ProductTotal,
        Self::TypeTotal,
    ];

    /// The word for the kind in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CodeUses => "code_uses",
            Self::CustomerOrders => "customer_orders",
            Self::EventCapacity => "event_capacity",
            Self::ItemTickets => "item_tickets",
            Self::OfferOrders => "offer_orders",
            Self::OfferTickets => "offer_tickets",
            Self::ProductTotal => "product_total",
            Self::TypeTotal => "type_total",
        }
    }
}

impl FromStr for LimitKind {
    type Err = UnknownKind;

    fn from_str(word: &str) -> Result<Self, UnknownKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or(UnknownKind)
    }
}

/// The word names nothing that the ledger counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a kind of limit")]
pub struct UnknownKind;

impl fmt::Display for LimitKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One thing that is counted. Counters are touched in the order of this type, always and everywhere: two orders that want the
/// same counters wait for each other, and never each for the other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Limit {
    /// What is counted.
    pub kind: LimitKind,
    /// Of what.
    pub subject: String,
}

impl Limit {
    /// Uses of a code, given as it is compared.
    pub fn code(fold: impl Into<String>) -> Self {
        Self { kind: LimitKind::CodeUses, subject: fold.into() }
    }

    /// Orders with an offer.
    pub fn offer_orders(offer: &str) -> Self {
        Self { kind: LimitKind::OfferOrders, subject: offer.to_owned() }
    }

    /// Tickets that an offer discounted.
    pub fn offer_tickets(offer: &str) -> Self {
        Self { kind: LimitKind::OfferTickets, subject: offer.to_owned() }
    }

    /// Orders of one customer with an offer.
    pub fn customer_orders(offer: &str, customer: &str) -> Self {
        Self { kind: LimitKind::CustomerOrders, subject: format!("{offer}/{customer}") }
    }

    /// Tickets that an item limit of an offer counts. The limit is known by its scope, so it keeps its count when the limits of
    /// the offer are put into another order or its number changes.
    pub fn item_tickets(offer: &str, limit: &ItemLimit) -> Self {
        let scope = serde_json::to_string(&limit.scope).unwrap_or_default();
        let digest = hex::encode(&Sha256::digest(scope.as_bytes())[..8]);
        Self { kind: LimitKind::ItemTickets, subject: format!("{offer}/{digest}") }
    }

    /// Tickets sold of a product.
    pub fn product_total(product: &str) -> Self {
        Self { kind: LimitKind::ProductTotal, subject: product.to_owned() }
    }

    /// Tickets sold of a type, which is a product in a category, at an event or without one.
    pub fn type_total(product: &str, category: &str, event: Option<&str>) -> Self {
        Self { kind: LimitKind::TypeTotal, subject: format!("{product}/{category}/{}", event.unwrap_or_default()) }
    }

    /// Tickets sold for an event.
    pub fn event_capacity(event: &str) -> Self {
        Self { kind: LimitKind::EventCapacity, subject: event.to_owned() }
    }
}

/// Who takes from the ledger. The id of a hold comes from a browser, so that it must never meet that of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// An order.
    Order(OrderId),
    /// A basket at the checkout.
    Basket(OrderId),
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Order(id) => write!(f, "{id}"),
            Self::Basket(id) => write!(f, "hold/{id}"),
        }
    }
}

/// What was used so far, orders in progress included. What was never used is 0.
#[derive(Debug, Clone, Default)]
pub struct Uses(HashMap<Limit, u32>);

impl Uses {
    /// How much of the limit was used.
    pub fn of(&self, limit: &Limit) -> u32 {
        self.0.get(limit).copied().unwrap_or(0)
    }

    /// Counts so many more as used, as if another order had taken them.
    pub fn add(&mut self, limit: Limit, amount: u32) {
        let used = self.0.entry(limit).or_default();
        *used = used.saturating_add(amount);
    }

    /// Leaves out what a hold took: its owner can have it.
    pub fn less(&mut self, held: &BTreeMap<Limit, u32>) {
        for (limit, amount) in held {
            if let Some(used) = self.0.get_mut(limit) {
                *used = used.saturating_sub(*amount);
            }
        }
    }

    /// Writes into an offer what was used of it.
    pub fn fill(&self, offer: &mut Offer, customer: Option<&str>) {
        offer.orders_used = self.of(&Limit::offer_orders(&offer.id));
        offer.tickets_used = self.of(&Limit::offer_tickets(&offer.id));
        offer.customer_orders_used =
            customer.map_or(0, |customer| self.of(&Limit::customer_orders(&offer.id, customer)));
        for limit in &mut offer.item_limits {
            limit.tickets_used = self.of(&Limit::item_tickets(&offer.id, limit));
        }
    }
}

impl FromIterator<(Limit, u32)> for Uses {
    fn from_iter<I: IntoIterator<Item = (Limit, u32)>>(uses: I) -> Self {
        Self(uses.into_iter().collect())
    }
}

/// All limits of an offer, for reading what was used of them.
pub fn limits_of(offer: &Offer, customer: Option<&str>) -> Vec<Limit> {
    let mut limits = vec![Limit::offer_orders(&offer.id), Limit::offer_tickets(&offer.id)];
    limits.extend(customer.map(|customer| Limit::customer_orders(&offer.id, customer)));
    limits.extend(offer.item_limits.iter().map(|limit| Limit::item_tickets(&offer.id, limit)));
    limits
}

/// What one order wants to use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Demand {
    counts: BTreeMap<Limit, Count>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Count {
    most: Option<u32>,
    for_order: u32,
    for_tickets: BTreeMap<String, u32>,
}

/// One entry of the ledger: how much of a limit an order, or one ticket of it, uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'d> {
    /// What is used.
    pub limit: &'d Limit,
    /// The ticket that uses it; absent: the order as a whole.
    pub ticket: Option<&'d str>,
    /// How much.
    pub amount: u32,
}

impl Demand {
    /// The order as a whole uses one of `limit`, of which there are at most `most`. Asking twice is asking once.
    pub fn for_order(&mut self, limit: Limit, most: Option<u32>) {
        let count = self.counts.entry(limit).or_default();
        count.most = smaller(count.most, most);
        count.for_order = 1;
    }

    /// A ticket uses one of `limit`. Asking twice for the same ticket is asking once.
    pub fn for_ticket(&mut self, limit: Limit, most: Option<u32>, ticket: &impl ToString) {
        let count = self.counts.entry(limit).or_default();
        count.most = smaller(count.most, most);
        count.for_tickets.insert(ticket.to_string(), 1);
    }

    /// The limits with how much is wanted and how much there may be at most, in the order in which counters are touched.
    pub fn totals(&self) -> impl Iterator<Item = (&Limit, u32, Option<u32>)> {
        self.counts.iter().map(|(limit, count)| {
            let wanted = count.for_order + count.for_tickets.values().sum::<u32>();
            (limit, wanted, count.most)
        })
    }

    /// The entries to write.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.counts.iter().flat_map(|(limit, count)| {
            let order = (count.for_order > 0).then_some(Entry { limit, ticket: None, amount: count.for_order });
            let tickets = count.for_tickets.iter().map(move |(ticket, amount)| Entry {
                limit,
                ticket: Some(ticket),
                amount: *amount,
            });
            order.into_iter().chain(tickets)
        })
    }
}

fn smaller(one: Option<u32>, other: Option<u32>) -> Option<u32> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pricing::Scope;

    #[test]
    fn counters_are_always_touched_in_the_same_order() {
        let mut one = Demand::default();
        one.for_ticket(Limit::product_total("a"), None, &"t1");
        one.for_order(Limit::code("Z"), Some(5));
        one.for_order(Limit::code("A"), Some(5));
        let mut other = Demand::default();
        other.for_order(Limit::code("A"), Some(5));
        other.for_order(Limit::code("Z"), Some(5));
        other.for_ticket(Limit::product_total("a"), None, &"t1");
        assert_eq!(one, other);
        let kinds: Vec<&str> = one.totals().map(|(limit, ..)| limit.kind.as_str()).collect();
        assert_eq!(kinds, ["code_uses", "code_uses", "product_total"]);
    }

    #[test]
    fn the_words_of_the_kinds_sort_like_the_kinds() {
        assert!(LimitKind::ALL.is_sorted() && LimitKind::ALL.map(LimitKind::as_str).is_sorted());
        assert!(LimitKind::ALL.into_iter().all(|kind| kind.as_str().parse() == Ok(kind)));
    }

    #[test]
    fn tickets_add_up_and_the_strictest_limit_counts() {
        let mut demand = Demand::default();
        for ticket in ["t1", "t2", "t2"] {
            demand.for_ticket(Limit::offer_tickets("spring"), Some(10), &ticket);
        }
        demand.for_ticket(Limit::offer_tickets("spring"), Some(4), &"t3");
        assert_eq!(demand.totals().collect::<Vec<_>>(), [(&Limit::offer_tickets("spring"), 3, Some(4))]);
        assert_eq!(demand.entries().count(), 3);
    }

    #[test]
    fn an_item_limit_is_known_by_its_scope() {
        let limit = |category: &str, most| ItemLimit {
            scope: Scope { categories: vec![category.to_owned()], ..Scope::default() },
            max_tickets_total: Some(most),
            ..ItemLimit::default()
        };
        let subject = |limit: &ItemLimit| Limit::item_tickets("spring", limit).subject;
        assert_eq!(subject(&limit("child", 3)), subject(&limit("child", 9)));
        assert_ne!(subject(&limit("child", 3)), subject(&limit("adult", 3)));
    }
}
