//! The choice in numbers: tickets that are equal for every use form a *class*, and everything that can happen to a ticket
//! of a class is one of its *patterns*.
//!
//! A pattern names at most one base use, one ticket use (with the part the ticket plays in a bundle), one percentage of
//! the order and one amount that shares its tickets with nothing. Amounts that are stackable are no part of a pattern:
//! they cover every ticket in scope that carries nothing unstackable (the pattern is *open*). What happens to a basket
//! is then a number of tickets per class and pattern.

use std::collections::HashMap;

use crate::money::Cents;
use crate::offer::{Bundle, CapScope, Effect, Reward, Scope};
use crate::scenario::Line;
use crate::scope;
use crate::uses::Use;

/// Place of a use in [`Model::uses`].
pub(crate) type UseId = usize;

/// The part a ticket plays in a ticket use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// The use lowers its price.
    Discounted,
    /// It is a paid member of a bundle.
    Paid,
    /// It is a rewarded member of a bundle.
    Rewarded,
}

/// What happens to a ticket. Savings are those of an order in which no cap is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    /// The use that sets the base price.
    pub(crate) base: Option<UseId>,
    /// The price after the base layer.
    pub(crate) base_price: Cents,
    /// The ticket use and the part the ticket plays in it.
    pub(crate) ticket: Option<(UseId, Role)>,
    /// What the ticket use saves.
    pub(crate) ticket_saving: Cents,
    /// The percentage of the order.
    pub(crate) percent: Option<UseId>,
    /// What it saves.
    pub(crate) percent_saving: Cents,
    /// The unstackable amount that covers the ticket.
    pub(crate) amount: Option<UseId>,
    /// Whether stackable amounts may cover the ticket.
    pub(crate) open: bool,
    /// Quotas that a ticket of this pattern takes from.
    pub(crate) quotas: Vec<usize>,
    /// What the search may hope for from a ticket of this pattern.
    pub(crate) hope: Hope,
}

/// An optimistic account of a pattern: exact as long as nothing acts behind a cap that is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Hope {
    /// What uses without a cap save.
    pub(crate) sure: i64,
    /// What the capped ticket use would save, and which it is.
    pub(crate) ticket_cap: Option<(UseId, i64)>,
    /// What the capped percentage of the order would save, and which it is.
    pub(crate) percent_cap: Option<(UseId, i64)>,
    /// What is left for amounts.
    pub(crate) rest: i64,
}

impl Hope {
    /// The savings under caps.
    pub(crate) fn capped(&self) -> impl Iterator<Item = (UseId, i64)> {
        [self.ticket_cap, self.percent_cap].into_iter().flatten()
    }

    /// Everything the pattern can save, amounts left aside.
    pub(crate) fn most(&self) -> i64 {
        self.sure + self.capped().map(|(_, saving)| saving).sum::<i64>()
    }
}

impl Pattern {
    fn plain(price: Cents, open: bool) -> Pattern {
        Pattern {
            base: None,
            base_price: price,
            ticket: None,
            ticket_saving: Cents::ZERO,
            percent: None,
            percent_saving: Cents::ZERO,
            amount: None,
            open,
            quotas: Vec::new(),
            hope: Hope::default(),
        }
    }

    /// The uses that the pattern names.
    pub(crate) fn uses(&self) -> impl Iterator<Item = UseId> {
        let ticket = self.ticket.map(|(id, _)| id);
        [self.base, ticket, self.percent, self.amount].into_iter().flatten()
    }

    /// What the ticket costs before amounts, if no cap is reached.
    pub(crate) fn price(&self) -> Cents {
        self.base_price - self.ticket_saving - self.percent_saving
    }
}

/// Equal tickets.
#[derive(Debug)]
pub(crate) struct Class {
    /// What a ticket costs with nothing on it; for one without a regular price more than anything else in the model.
    pub(crate) price: Cents,
    /// Whether the tickets have a regular price, so that they can be sold with nothing on them.
    pub(crate) has_price: bool,
    /// How many tickets.
    pub(crate) count: u32,
    /// Places of their lines in the basket, with the number of tickets, in basket order.
    pub(crate) lines: Vec<(usize, u32)>,
    /// What can happen to a ticket; the first pattern is that nothing does.
    pub(crate) patterns: Vec<Pattern>,
    /// The stackable amounts with these tickets in scope.
    pub(crate) amounts: Vec<UseId>,
}

impl Class {
    /// Whether only some of the tickets would be sold: a line without a regular price is sold as a whole or not at all.
    pub(crate) fn is_half_sold(&self, untouched: u32) -> bool {
        !self.has_price && untouched > 0 && untouched < self.count
    }
}

/// What the engine must know of a use besides its patterns.
#[derive(Debug)]
pub(crate) struct Terms<'s> {
    /// Most saving of the use over all its tickets.
    pub(crate) cap: Option<Cents>,
    /// The amount off the order.
    pub(crate) amount: Option<Cents>,
    /// The grouping of a bundle.
    pub(crate) bundle: Option<&'s Bundle>,
    /// May share tickets with other stackable uses.
    pub(crate) stackable: bool,
}

/// The whole choice.
#[derive(Debug)]
pub(crate) struct Model<'s> {
    /// Every use that may act, ordered by [`Use::rank`].
    pub(crate) uses: Vec<Use<'s>>,
    /// Their terms.
    pub(crate) terms: Vec<Terms<'s>>,
    /// The tickets.
    pub(crate) classes: Vec<Class>,
    /// How many tickets each quota leaves; only quotas that could bind.
    pub(crate) quotas: Vec<u32>,
}

/// What a use can do to the tickets of a line, before anything is combined.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Fit {
    id: UseId,
    deed: Deed,
    /// Quotas that a discounted ticket takes from.
    quotas: Vec<usize>,
}

/// What makes tickets equal: the regular price, the line if it has none, and what uses can do.
type ClassKey = (Option<Cents>, Option<usize>, Vec<Fit>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Deed {
    Base(Cents),
    Ticket { pays: bool, gets: bool },
    Order,
}

impl<'s> Model<'s> {
    /// Puts the lines at the given places of a basket and the uses together.
    pub(crate) fn new(basket: &'s [Line], places: &[usize], uses: Vec<Use<'s>>) -> Model<'s> {
        let terms = uses.iter().map(terms).collect();
        let quotas = Quotas::new(basket, places, &uses);
        let mut model = Model { uses, terms, classes: Vec::new(), quotas: quotas.left.clone() };
        let unsold_price = unsold_price(basket, &model.uses);
        let mut known: HashMap<ClassKey, usize> = HashMap::new();
        for place in places {
            let line = &basket[*place];
            let fits = model.fits(line, &quotas);
            // A line without a regular price is sold as a whole or not at all, so it stays by itself.
            let alone = line.unit_price.is_none().then_some(*place);
            let key = (line.unit_price, alone, fits);
            if let Some(class) = known.get(&key) {
                model.classes[*class].count += line.quantity;
                model.classes[*class].lines.push((*place, line.quantity));
                continue;
            }
            let class = model.class(*place, line, &key.2, unsold_price);
            known.insert(key, model.classes.len());
            model.classes.push(class);
        }
        model
    }

    fn fits(&self, line: &Line, quotas: &Quotas<'_>) -> Vec<Fit> {
        let mut fits = Vec::new();
        for (id, one) in self.uses.iter().enumerate() {
            let Some(effect) = &one.offer.effect else { continue };
            if scope::check(one.offer, line).is_err() {
                continue;
            }
            let deed = match effect {
                Effect::PriceList { prices, .. } => {
                    scope::listed_price(&one.offer.scope, prices, &line.category).map(Deed::Base)
                }
                // Without a regular price only a price list sells the ticket.
                Effect::PriceAudience { audience } => {
                    line.unit_price.and(line.audience_prices.get(audience)).copied().map(Deed::Base)
                }
                Effect::Bundle(bundle) => Some(Deed::Ticket {
                    pays: scope::contains(&bundle.buy_scope, line),
                    gets: scope::contains(&bundle.get_scope, line),
                }),
                Effect::PercentOff { .. } | Effect::AmountOffTicket { .. } | Effect::TicketPrice { .. } => {
                    Some(Deed::Ticket { pays: false, gets: false })
                }
                Effect::AmountOffOrder { .. } | Effect::PercentOffOrder { .. } => Some(Deed::Order),
            };
            let useful = match deed {
                Some(Deed::Base(price)) => line.unit_price.is_none_or(|regular| price < regular),
                other => other.is_some(),
            };
            if let (Some(deed), true) = (deed, useful) {
                fits.push(Fit { id, deed, quotas: quotas.taken_by(id, line) });
            }
        }
        fits
    }

    fn class(&self, place: usize, line: &Line, fits: &[Fit], unsold_price: Cents) -> Class {
        let price = line.unit_price.unwrap_or(unsold_price);
        let has_price = line.unit_price.is_some();
        let stackable_amount = |fit: &&Fit| self.terms[fit.id].amount.is_some() && self.terms[fit.id].stackable;
        let mut class = Class {
            price,
            has_price,
            count: line.quantity,
            lines: vec![(place, line.quantity)],
            patterns: vec![Pattern::plain(price, has_price)],
            amounts: fits.iter().filter(stackable_amount).map(|fit| fit.id).collect(),
        };
        let bases = fits.iter().filter(|fit| matches!(fit.deed, Deed::Base(_)));
        let based: Vec<Pattern> = bases.map(|fit| self.with_base(fit, price)).collect();
        class.patterns.extend(based);
        for index in 0..class.patterns.len() {
            if class.patterns[index].base.is_some() || has_price {
                let mut grown = self.with_ticket_uses(&class.patterns[index], fits);
                class.patterns.append(&mut grown);
            }
        }
        for index in 0..class.patterns.len() {
            if class.patterns[index].base.is_some() || has_price {
                let mut grown = self.with_order_uses(&class.patterns[index], fits);
                class.patterns.append(&mut grown);
            }
        }
        let worthwhile = |pattern: &Pattern| {
            let idle = |saving: Cents| saving == Cents::ZERO;
            let idle_ticket = pattern.ticket.is_some_and(|(_, role)| role != Role::Paid) && idle(pattern.ticket_saving);
            // Behind a cap that is reached more is left than the pattern's own savings suggest.
            let capped = pattern.ticket.is_some_and(|(id, _)| self.terms[id].cap.is_some());
            !idle_ticket && (capped || !(pattern.percent.is_some() && idle(pattern.percent_saving)))
        };
        class.patterns.retain(worthwhile);
        for pattern in &mut class.patterns {
            pattern.hope = self.hope(price, pattern);
        }
        class
    }

    fn hope(&self, price: Cents, pattern: &Pattern) -> Hope {
        let capped = |id: UseId| self.terms[id].cap.is_some();
        let mut hope = Hope { sure: (price - pattern.base_price).0, rest: pattern.base_price.0, ..Hope::default() };
        match pattern.ticket {
            Some((id, _)) if capped(id) => hope.ticket_cap = Some((id, pattern.ticket_saving.0)),
            _ => {
                hope.sure += pattern.ticket_saving.0;
                hope.rest -= pattern.ticket_saving.0;
            }
        }
        if let Some(id) = pattern.percent {
            let saving = self.percent_saving(id, Cents(hope.rest)).0;
            if capped(id) {
                hope.percent_cap = Some((id, saving));
            } else {
                hope.sure += saving;
                // Behind a cap the percentage may save less, so that more is left than this saving suggests.
                hope.rest -= if hope.ticket_cap.is_some() { pattern.percent_saving.0.min(saving) } else { saving };
            }
        }
        hope
    }

    /// What a percentage of the order saves on a price.
    pub(crate) fn percent_saving(&self, id: UseId, price: Cents) -> Cents {
        match &self.uses[id].offer.effect {
            Some(Effect::PercentOffOrder { percent, .. }) => percent.of(price),
            _ => Cents::ZERO,
        }
    }

    fn with_base(&self, fit: &Fit, price: Cents) -> Pattern {
        let base_price = if let Deed::Base(base_price) = fit.deed { base_price } else { price };
        Pattern {
            base: Some(fit.id),
            quotas: fit.quotas.clone(),
            ..Pattern::plain(base_price, self.terms[fit.id].stackable)
        }
    }

    /// Whether a use may be added to what a pattern already names.
    fn may_join(&self, pattern: &Pattern, id: UseId) -> bool {
        pattern.uses().next().is_none()
            || (self.terms[id].stackable && pattern.uses().all(|other| self.terms[other].stackable))
    }

    fn with_ticket_uses(&self, pattern: &Pattern, fits: &[Fit]) -> Vec<Pattern> {
        let mut grown = Vec::new();
        for fit in fits {
            let Deed::Ticket { pays, gets } = fit.deed else { continue };
            if !self.may_join(pattern, fit.id) {
                continue;
            }
            let is_bundle = self.terms[fit.id].bundle.is_some();
            let roles = [(pays, Role::Paid), (gets, Role::Rewarded), (!is_bundle, Role::Discounted)];
            for (_, role) in roles.into_iter().filter(|(possible, _)| *possible) {
                let mut quotas = pattern.quotas.clone();
                if role != Role::Paid {
                    quotas.extend(&fit.quotas);
                }
                grown.push(Pattern {
                    ticket: Some((fit.id, role)),
                    ticket_saving: self.ticket_saving(fit.id, role, pattern.base_price),
                    open: self.terms[fit.id].stackable,
                    quotas,
                    ..pattern.clone()
                });
            }
        }
        grown
    }

    fn with_order_uses(&self, pattern: &Pattern, fits: &[Fit]) -> Vec<Pattern> {
        let mut grown = Vec::new();
        for fit in fits.iter().filter(|fit| fit.deed == Deed::Order) {
            let terms = &self.terms[fit.id];
            match &self.uses[fit.id].offer.effect {
                Some(Effect::PercentOffOrder { .. }) if self.may_join(pattern, fit.id) => grown.push(Pattern {
                    percent: Some(fit.id),
                    percent_saving: self.percent_saving(fit.id, pattern.price()),
                    open: terms.stackable,
                    ..pattern.clone()
                }),
                Some(Effect::AmountOffOrder { .. }) if !terms.stackable && pattern.uses().next().is_none() => {
                    grown.push(Pattern { amount: Some(fit.id), open: false, ..pattern.clone() });
                }
                _ => {}
            }
        }
        grown
    }

    /// What a ticket use saves on a base price, caps of the order left aside.
    pub(crate) fn ticket_saving(&self, id: UseId, role: Role, price: Cents) -> Cents {
        match (&self.uses[id].offer.effect, role) {
            (Some(Effect::Bundle(bundle)), Role::Rewarded) => bundle.percent.of(price),
            (Some(Effect::PercentOff { percent, max_discount: Some(cap), cap_scope: CapScope::Ticket }), _) => {
                percent.of(price).at_most(*cap)
            }
            (Some(Effect::PercentOff { percent, .. }), _) => percent.of(price),
            (Some(Effect::AmountOffTicket { amount }), _) => price.at_most(*amount),
            (Some(Effect::TicketPrice { price: down_to }), _) => (price - *down_to).max(Cents::ZERO),
            _ => Cents::ZERO,
        }
    }
}

fn terms<'s>(one: &Use<'s>) -> Terms<'s> {
    let mut terms = Terms { cap: None, amount: None, bundle: None, stackable: one.offer.stackable };
    match &one.offer.effect {
        Some(
            Effect::PercentOff { max_discount, cap_scope: CapScope::Order, .. }
            | Effect::PercentOffOrder { max_discount, .. },
        ) => {
            terms.cap = *max_discount;
        }
        Some(Effect::AmountOffOrder { amount }) => terms.amount = Some(*amount),
        Some(Effect::Bundle(bundle)) => terms.bundle = Some(bundle),
        _ => {}
    }
    terms
}

/// A price so high that selling one more ticket is better than any other saving.
fn unsold_price(basket: &[Line], uses: &[Use<'_>]) -> Cents {
    if basket.iter().all(|line| line.unit_price.is_some()) {
        return Cents::ZERO;
    }
    let dearest_listed = uses.iter().flat_map(|one| match &one.offer.effect {
        Some(Effect::PriceList { prices, .. }) => prices.as_slice(),
        _ => &[],
    });
    let dearest_listed = dearest_listed.map(|entry| entry.price).max().unwrap_or_default();
    let worth = |line: &Line| Cents(line.unit_price.unwrap_or(dearest_listed).0 * i64::from(line.quantity));
    basket.iter().map(worth).sum::<Cents>() + Cents(1)
}

/// The quotas of all uses, numbered; those that can never bind are left out.
struct Quotas<'s> {
    left: Vec<u32>,
    /// Per use: number of the quota, and the inner scope if it counts only some tickets.
    of_use: Vec<Vec<(usize, Option<&'s Scope>)>>,
}

impl<'s> Quotas<'s> {
    fn new(basket: &[Line], places: &[usize], uses: &[Use<'s>]) -> Quotas<'s> {
        let mut quotas = Quotas { left: Vec::new(), of_use: vec![Vec::new(); uses.len()] };
        let tickets: u32 = places.iter().map(|place| basket[*place].quantity).sum();
        for (id, one) in uses.iter().enumerate() {
            let offer = one.offer;
            if offer.effect.is_none() {
                continue;
            }
            if let Some(most) = offer.max_discounted_tickets.filter(|most| *most < tickets) {
                quotas.add(most, &[id], None);
            }
            // Uses of one offer stand side by side; the first of them brings in what they share.
            if id > 0 && uses[id - 1].position == one.position {
                continue;
            }
            let siblings: Vec<UseId> = (id..uses.len()).filter(|other| uses[*other].position == one.position).collect();
            let left = offer.max_tickets_total.map(|most| most.saturating_sub(offer.tickets_used));
            if let Some(left) = left.filter(|left| *left < tickets) {
                quotas.add(left, &siblings, None);
            }
            for limit in &offer.item_limits {
                if let Some(left) = limit.left().filter(|left| *left < tickets) {
                    quotas.add(left, &siblings, Some(&limit.scope));
                }
            }
        }
        quotas
    }

    fn add(&mut self, left: u32, uses: &[UseId], scope: Option<&'s Scope>) {
        for id in uses {
            self.of_use[*id].push((self.left.len(), scope));
        }
        self.left.push(left);
    }

    fn taken_by(&self, id: UseId, line: &Line) -> Vec<usize> {
        let counts = |scope: Option<&Scope>| scope.is_none_or(|scope| scope::contains(scope, line));
        self.of_use[id].iter().filter(|(_, scope)| counts(*scope)).map(|(quota, _)| *quota).collect()
    }
}

impl Model<'_> {
    /// Whether rewarded tickets of a bundle use may not cost more than its paid ones.
    pub(crate) fn rewards_cheapest(&self, id: UseId) -> bool {
        self.terms[id].bundle.is_some_and(|bundle| bundle.reward == Reward::Cheapest)
    }
}
