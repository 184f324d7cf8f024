//! Pricing a scenario: from the question to the answer.

use std::collections::HashMap;

use crate::budget::{Budget, Meter};
use crate::combine::{Combination, combine};
use crate::effect::Effect;
use crate::error::ScenarioError;
use crate::evaluate::Ticket;
use crate::limits;
use crate::model::{Model, Role};
use crate::money::Cents;
use crate::offer::{CustomerAction, KnownAction, Offer};
use crate::reason::Reason;
use crate::result::{
    AppliedOffer, OfferedCategory, PricedBasket, PricedLine, PricedTicket, RefundAmount, RejectedCode, TicketPart,
    TicketShare, Units, VatRow,
};
use crate::sale_rules;
use crate::scenario::Scenario;
use crate::scope;
use crate::uses::{Origin, Participants, Use, participants};
use crate::vat::vat_in;

/// Prices a scenario. Pure: the same scenario and steps give the same answer.
///
/// # Errors
///
/// Refuses a scenario that is too large or contradicts itself, as [`parse_scenario`](crate::parse_scenario) does; one that
/// was parsed is never refused.
pub fn price(scenario: &Scenario, budget: &Budget<'_>) -> Result<PricedBasket, ScenarioError> {
    limits::check(scenario)?;
    let mut meter = Meter::new(budget);
    let mut priced = price_basket(scenario, &mut meter);
    if let Some(refund) = &scenario.refund {
        let mut kept = scenario.clone();
        kept.refund = None;
        for returned in &refund.returned {
            for line in kept.basket.iter_mut().filter(|line| line.line == returned.line) {
                line.quantity -= returned.quantity;
            }
        }
        kept.basket.retain(|line| line.quantity > 0);
        let kept_total = price_basket(&kept, &mut meter).total;
        priced.refund = Some(RefundAmount {
            amount: refund_amount(paid_for_returned(scenario, &priced), priced.total, kept_total),
        });
    }
    Ok(priced)
}

/// What a return pays back: what was paid for the returned tickets, but no more than the kept tickets leave of the total.
pub fn refund_amount(paid_for_returned: Cents, total_paid: Cents, kept_total: Cents) -> Cents {
    paid_for_returned.at_most(total_paid - kept_total).max(Cents::ZERO)
}

/// What was paid for the returned tickets, the dearest of each line first.
fn paid_for_returned(scenario: &Scenario, priced: &PricedBasket) -> Cents {
    let mut paid = Cents::ZERO;
    for returned in scenario.refund.iter().flat_map(|refund| &refund.returned) {
        let mut prices: Vec<Cents> = priced
            .tickets
            .iter()
            .filter(|ticket| scenario.basket[ticket.line].line == returned.line)
            .map(|ticket| ticket.paid_price)
            .collect();
        prices.sort_unstable_by(|one, other| other.cmp(one));
        paid += prices.into_iter().take(returned.quantity as usize).sum();
    }
    paid
}

fn price_basket(scenario: &Scenario, meter: &mut Meter<'_>) -> PricedBasket {
    let found = participants(scenario);
    let mut uses: Vec<Use<'_>> = found.alone.iter().chain(&found.competing).copied().collect();
    uses.sort_by_key(Use::rank);
    let places = sellable(scenario, &uses);
    let model = Model::new(&scenario.basket, &places, uses);
    let is_alone = |one: &Use<'_>| found.alone.iter().any(|other| other.rank() == one.rank());
    let alone: Vec<usize> = (0..model.uses.len()).filter(|id| is_alone(&model.uses[*id])).collect();
    let combination = combine(&model, &alone, meter);
    Answer { scenario, found: &found, model: &model, combination: &combination }.basket()
}

/// The lines that have a regular price or that a price list may sell.
fn sellable(scenario: &Scenario, uses: &[Use<'_>]) -> Vec<usize> {
    let sells = |one: &Use<'_>, place: usize| {
        matches!(one.offer.effect, Some(Effect::PriceList { .. }))
            && scope::check(one.offer, &scenario.basket[place]).is_ok()
    };
    (0..scenario.basket.len())
        .filter(|place| scenario.basket[*place].unit_price.is_some() || uses.iter().any(|one| sells(one, *place)))
        .collect()
}

/// Everything that the answer is made of.
struct Answer<'a, 's> {
    scenario: &'s Scenario,
    found: &'a Participants<'s>,
    model: &'a Model<'s>,
    combination: &'a Combination,
}

impl Answer<'_, '_> {
    fn basket(&self) -> PricedBasket {
        let settled = self.combination.tickets(self.model);
        let sold: Vec<&Ticket> = settled.iter().filter(|ticket| self.is_sold(ticket)).collect();
        let in_play = self.in_play();
        let applied_ids: Vec<usize> = (0..self.model.uses.len()).filter(|id| self.is_applied(*id)).collect();
        let tickets: Vec<PricedTicket> = sold.iter().map(|ticket| self.ticket(ticket, &applied_ids)).collect();
        let total: Cents = tickets.iter().map(|ticket| ticket.paid_price).sum();
        let original_total: Cents = tickets.iter().map(|ticket| ticket.list_price).sum();
        let mut is_priced = vec![false; self.scenario.basket.len()];
        for ticket in &tickets {
            is_priced[ticket.line] = true;
        }
        let discount_total = original_total - total;
        let gap = self.combination.gap;
        PricedBasket {
            total,
            original_total,
            discount_total,
            lines: self.lines(&tickets),
            vat: self.vat(&tickets),
            applied: self.applied(&applied_ids, &tickets),
            rejected: self.rejected(),
            pending: self.pending(),
            customer_actions: self.customer_actions(&applied_ids, &tickets),
            offered: in_play.into_iter().flat_map(|offer| self.offered(offer)).collect(),
            problems: sale_rules::problems(self.scenario, &is_priced),
            refund: None,
            optimal: gap == Cents::ZERO,
            upper_bound_discount: (gap > Cents::ZERO).then(|| (discount_total + gap).at_most(original_total)),
            tickets,
        }
    }

    fn is_sold(&self, ticket: &Ticket) -> bool {
        self.model.classes[ticket.class].has_price || ticket.pattern != 0
    }

    fn is_pending(&self, id: usize) -> bool {
        self.scenario.basket.is_empty() && self.model.uses[id].offer.effect.is_some()
    }

    fn is_applied(&self, id: usize) -> bool {
        self.combination.applied[id] && !self.is_pending(id)
    }

    fn ticket(&self, ticket: &Ticket, applied_ids: &[usize]) -> PricedTicket {
        let class = &self.model.classes[ticket.class];
        let pattern = &class.patterns[ticket.pattern];
        let list_price = if class.has_price { class.price } else { pattern.base_price };
        let role_of = |id: usize| match pattern.ticket() {
            Some((other, Role::Rewarded)) if other == id => TicketPart::RewardedInBundle,
            Some((other, Role::Paid)) if other == id => TicketPart::PaidInBundle,
            _ => TicketPart::Discounted,
        };
        let shares = ticket.shares.iter().filter_map(|(id, saving)| {
            let applied = applied_ids.iter().position(|other| other == id)?;
            // What a ticket without a regular price "saves" in the base layer is no discount.
            let is_base = !class.has_price && pattern.base() == Some(*id);
            let discount = if is_base { Cents::ZERO } else { *saving };
            Some(TicketShare { applied, part: role_of(*id), discount })
        });
        PricedTicket {
            line: ticket.line,
            list_price,
            discount: list_price - ticket.price,
            paid_price: ticket.price,
            offers: shares.collect(),
        }
    }

    fn lines(&self, tickets: &[PricedTicket]) -> Vec<PricedLine> {
        let mut lines: Vec<PricedLine> = Vec::new();
        let mut of_line = tickets.iter().peekable();
        for (place, line) in self.scenario.basket.iter().enumerate() {
            let mut prices: Vec<Cents> = Vec::new();
            while let Some(ticket) = of_line.next_if(|ticket| ticket.line == place) {
                prices.push(ticket.paid_price);
            }
            if prices.is_empty() {
                continue;
            }
            prices.sort_unstable_by(|one, other| other.cmp(one));
            let total = prices.iter().copied().sum();
            let mut units: Vec<Units> = Vec::new();
            for price in prices {
                match units.last_mut() {
                    Some(last) if last.price == price => last.quantity += 1,
                    _ => units.push(Units { quantity: 1, price }),
                }
            }
            lines.push(PricedLine { line: line.line.clone(), original_unit_price: line.unit_price, units, total });
        }
        lines
    }

    fn vat(&self, tickets: &[PricedTicket]) -> Vec<VatRow> {
        let rates = tickets.iter().map(|ticket| Some((self.scenario.basket[ticket.line].vat_rate?, ticket.paid_price)));
        rates.collect::<Option<Vec<_>>>().map(vat_in).unwrap_or_default()
    }

    fn applied(&self, applied_ids: &[usize], tickets: &[PricedTicket]) -> Vec<AppliedOffer> {
        let mut discounts = vec![Cents::ZERO; applied_ids.len()];
        for share in tickets.iter().flat_map(|ticket| &ticket.offers) {
            discounts[share.applied] += share.discount;
        }
        let row = |(id, discount): (&usize, Cents)| AppliedOffer {
            offer: self.model.uses[*id].offer.id.clone(),
            code: self.model.uses[*id].code().map(str::to_owned),
            discount,
        };
        applied_ids.iter().zip(discounts).map(row).collect()
    }

    fn rejected(&self) -> Vec<RejectedCode> {
        let mut reasons: Vec<(usize, Reason)> = self.found.refused.clone();
        for (id, one) in self.model.uses.iter().enumerate() {
            if let (Origin::Code { entered, .. }, Some(reason), false) =
                (one.origin, self.combination.refused[id], self.is_pending(id))
            {
                reasons.push((entered, reason));
            }
        }
        reasons.sort_unstable_by_key(|(entered, _)| *entered);
        let row = |(entered, reason): (usize, Reason)| RejectedCode {
            code: self.scenario.codes_entered[entered].clone(),
            reason,
        };
        reasons.into_iter().map(row).collect()
    }

    fn pending(&self) -> Vec<String> {
        let mut entered: Vec<usize> = (0..self.model.uses.len())
            .filter(|id| self.is_pending(*id))
            .filter_map(|id| match self.model.uses[id].origin {
                Origin::Code { entered, .. } => Some(entered),
                Origin::Automatic | Origin::Staff => None,
            })
            .collect();
        entered.sort_unstable();
        entered.into_iter().map(|place| self.scenario.codes_entered[place].clone()).collect()
    }

    fn customer_actions(&self, applied_ids: &[usize], tickets: &[PricedTicket]) -> Vec<CustomerAction> {
        let mut actions: Vec<CustomerAction> = Vec::new();
        let mut add = |action: CustomerAction| {
            if !actions.contains(&action) {
                actions.push(action);
            }
        };
        for (place, id) in applied_ids.iter().enumerate() {
            let offer = self.model.uses[*id].offer;
            let acts = tickets.iter().any(|ticket| ticket.offers.iter().any(|share| share.applied == place));
            offer.customer_actions.iter().cloned().for_each(&mut add);
            if let (Some(Effect::PriceAudience { audience }), true) = (&offer.effect, acts) {
                add(CustomerAction::Known(KnownAction::SetPriceAudience { audience: audience.clone() }));
            }
        }
        actions
    }

    /// The offers whose price lists the shop shows: those that are used, or, while the basket is empty, could be.
    fn in_play(&self) -> Vec<&Offer> {
        let mut offers: Vec<&Offer> = Vec::new();
        let first_alone = self.found.alone.first().map(Use::rank);
        for (id, one) in self.model.uses.iter().enumerate() {
            let is_alone = self.found.alone.iter().any(|other| other.rank() == one.rank());
            let waits = self.is_pending(id) && (!is_alone || first_alone == Some(one.rank()));
            let is_new = !offers.iter().any(|offer| offer.id == one.offer.id);
            if (self.is_applied(id) || waits) && is_new {
                offers.push(one.offer);
            }
        }
        offers
    }

    fn offered(&self, offer: &Offer) -> Vec<OfferedCategory> {
        let Some(Effect::PriceList { prices, .. }) = &offer.effect else { return Vec::new() };
        let mut shown: Vec<OfferedCategory> = Vec::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        for entry in prices.iter().filter(|entry| scope::shows(&offer.scope, entry)) {
            let original_price = self.original_price(offer, &entry.category);
            let price = original_price.map_or(entry.price, |original| entry.price.at_most(original));
            if let Some(place) = known.get(entry.category.as_str()) {
                shown[*place].price = shown[*place].price.at_most(price);
                continue;
            }
            known.insert(&entry.category, shown.len());
            shown.push(OfferedCategory {
                offer: offer.id.clone(),
                category: entry.category.clone(),
                price,
                original_price,
            });
        }
        shown
    }

    fn original_price(&self, offer: &Offer, category: &str) -> Option<Cents> {
        let in_scope =
            self.scenario.basket.iter().find(|line| line.category == category && scope::check(offer, line).is_ok());
        in_scope.and_then(|line| line.unit_price).or_else(|| self.scenario.regular_prices.get(category).copied())
    }
}
