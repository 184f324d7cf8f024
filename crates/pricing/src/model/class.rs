//! Equal tickets, and everything that can happen to one of them.

use super::pattern::{Pattern, Role};
use super::quotas::Quotas;
use super::{Model, UseId};
use crate::effect::{CapScope, Effect};
use crate::money::Cents;
use crate::scenario::Line;
use crate::scope;

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

/// What a use can do to the tickets of a line, before anything is combined.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Fit {
    id: UseId,
    deed: Deed,
    /// Quotas that a discounted ticket takes from.
    quotas: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Deed {
    Base(Cents),
    Ticket { pays: bool, gets: bool },
    Order,
}

impl Model<'_> {
    /// What the uses can do to the tickets of a line.
    pub(super) fn fits(&self, line: &Line, quotas: &Quotas<'_>) -> Vec<Fit> {
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

    /// The class of a line's tickets, with everything that its fits let happen to them.
    pub(super) fn class(&self, place: usize, line: &Line, fits: &[Fit], unsold_price: Cents) -> Class {
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
            if class.patterns[index].base().is_some() || has_price {
                let mut grown = self.with_ticket_uses(&class.patterns[index], fits);
                class.patterns.append(&mut grown);
            }
        }
        for index in 0..class.patterns.len() {
            if class.patterns[index].base().is_some() || has_price {
                let mut grown = self.with_order_uses(&class.patterns[index], fits);
                class.patterns.append(&mut grown);
            }
        }
        let worthwhile = |pattern: &Pattern| {
            let idle = |saving: Cents| saving == Cents::ZERO;
            let idle_ticket =
                pattern.ticket().is_some_and(|(_, role)| role != Role::Paid) && idle(pattern.ticket_saving);
            // Behind a cap that is reached more is left than the pattern's own savings suggest.
            let capped = pattern.ticket().is_some_and(|(id, _)| self.terms[id].cap.is_some());
            !idle_ticket && (capped || !(pattern.percent().is_some() && idle(pattern.percent_saving)))
        };
        class.patterns.retain(worthwhile);
        class.patterns.shrink_to_fit();
        for pattern in &mut class.patterns {
            pattern.account(price, |id| self.terms[id].cap.is_some(), |id, rest| self.percent_saving(id, rest));
        }
        class
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
        Pattern::based(fit.id, base_price, self.terms[fit.id].stackable, &fit.quotas)
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
            let terms = &self.terms[fit.id];
            let roles = [(pays, Role::Paid), (gets, Role::Rewarded), (terms.bundle.is_none(), Role::Discounted)];
            for (_, role) in roles.into_iter().filter(|(possible, _)| *possible) {
                let saving = self.ticket_saving(fit.id, role, pattern.base_price);
                let quotas: &[usize] = if role == Role::Paid { &[] } else { &fit.quotas };
                grown.push(pattern.with_ticket(fit.id, role, saving, terms.stackable, quotas));
            }
        }
        grown
    }

    fn with_order_uses(&self, pattern: &Pattern, fits: &[Fit]) -> Vec<Pattern> {
        let mut grown = Vec::new();
        for fit in fits.iter().filter(|fit| fit.deed == Deed::Order) {
            let stackable = self.terms[fit.id].stackable;
            match &self.uses[fit.id].offer.effect {
                Some(Effect::PercentOffOrder { .. }) if self.may_join(pattern, fit.id) => {
                    let saving = self.percent_saving(fit.id, pattern.price());
                    grown.push(pattern.with_percent(fit.id, saving, stackable));
                }
                Some(Effect::AmountOffOrder { .. }) if !stackable && pattern.uses().next().is_none() => {
                    grown.push(pattern.with_amount(fit.id));
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
