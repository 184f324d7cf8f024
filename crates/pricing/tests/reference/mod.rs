//! A second opinion: the lowest total of a small basket by trying everything, ticket by ticket, with bundles grouped
//! literally. It knows nothing of classes, patterns, bounds or solvers, and takes every offer as valid.

use pricing::{Activation, Bundle, CapScope, Cents, Effect, Line, Offer, Percent, Reward, Scenario, Scope};

/// Tickets sold, then the total: what a combination of offers achieves. More tickets sold are better, then less money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Achieved {
    pub(crate) sold: usize,
    pub(crate) total: Cents,
}

impl Achieved {
    fn is_better_than(self, other: Achieved) -> bool {
        (self.sold, -self.total) > (other.sold, -other.total)
    }
}

/// So many assignments of offers to tickets are tried at most: some seconds.
const ASSIGNMENTS_MAX: u64 = 1_000_000;

/// The lowest total that the rules allow for a scenario in which every code of every offer is entered; nothing where there is too
/// much to try.
pub(crate) fn lowest(scenario: &Scenario) -> Option<Achieved> {
    let mut automatic: Vec<&Offer> = Vec::new();
    let mut ordinary: Vec<&Offer> = Vec::new();
    let mut exclusive: Vec<&Offer> = Vec::new();
    for offer in &scenario.offers {
        match offer.activation {
            Activation::AutomaticCombinable if !offer.exclusive => automatic.push(offer),
            Activation::AutomaticCombinable => exclusive.push(offer),
            Activation::Code => {
                let uses = offer.codes.iter().map(|_| offer);
                if offer.exclusive { exclusive.extend(uses) } else { ordinary.extend(uses) }
            }
            Activation::Automatic => {}
        }
    }
    let with = |more: &[&Offer]| cheapest(scenario, &[automatic.as_slice(), more].concat());
    let best_of = |sets: Vec<Option<Achieved>>| {
        let sets: Option<Vec<Achieved>> = sets.into_iter().collect();
        sets?.into_iter().reduce(|best, next| if next.is_better_than(best) { next } else { best })
    };
    let automatic_exclusive: Vec<&Offer> =
        exclusive.iter().copied().filter(|offer| offer.activation == Activation::AutomaticCombinable).collect();
    let automatic_alone = |offer: &[&Offer]| {
        let sets = std::iter::once(with(offer))
            .chain(automatic_exclusive.iter().map(|exclusive| with(&[offer, &[*exclusive]].concat())));
        best_of(sets.collect())
    };
    let without = automatic_alone(&[])?;
    for offer in scenario.offers.iter().filter(|offer| offer.activation == Activation::Automatic) {
        let achieved = automatic_alone(&[offer])?;
        if achieved.is_better_than(without) {
            return Some(achieved);
        }
    }
    let sets = std::iter::once(with(&ordinary)).chain(exclusive.iter().map(|offer| with(&[*offer])));
    best_of(sets.collect())
}

/// What one ticket carries, by place in the list of uses.
#[derive(Clone, Default)]
struct Carried {
    base: Option<usize>,
    ticket: Option<(usize, bool)>,
    percent: Option<usize>,
    amounts: Vec<usize>,
}

impl Carried {
    fn uses(&self) -> Vec<usize> {
        let ticket = self.ticket.map(|(id, _)| id);
        self.base.into_iter().chain(ticket).chain(self.percent).chain(self.amounts.iter().copied()).collect()
    }
}

fn cheapest(scenario: &Scenario, uses: &[&Offer]) -> Option<Achieved> {
    let tickets: Vec<&Line> =
        scenario.basket.iter().flat_map(|line| std::iter::repeat_n(line, line.quantity as usize)).collect();
    let choices: Vec<Vec<Carried>> = tickets.iter().map(|line| choices(line, uses)).collect();
    let amounts = uses.iter().filter(|offer| matches!(offer.effect, Some(Effect::AmountOffOrder { .. }))).count();
    let orders: u64 = (1..=amounts as u64).product();
    let assignments = choices.iter().fold(orders, |all, options| all.saturating_mul(options.len() as u64));
    if assignments > ASSIGNMENTS_MAX {
        return None;
    }
    let mut carried: Vec<Carried> = Vec::new();
    let mut best = Achieved { sold: 0, total: Cents::ZERO };
    let mut first = true;
    try_all(&choices, &mut carried, &mut |carried| {
        if let Some(achieved) = achieve(&tickets, uses, carried)
            && (first || achieved.is_better_than(best))
        {
            best = achieved;
            first = false;
        }
    });
    Some(best)
}

fn try_all(choices: &[Vec<Carried>], carried: &mut Vec<Carried>, look: &mut impl FnMut(&[Carried])) {
    match choices.get(carried.len()) {
        None => look(carried),
        Some(options) => {
            for option in options {
                carried.push(option.clone());
                try_all(choices, carried, look);
                carried.pop();
            }
        }
    }
}

fn choices(line: &Line, uses: &[&Offer]) -> Vec<Carried> {
    let in_scope =
        |id: usize| covers(&uses[id].scope, line, !matches!(uses[id].effect, Some(Effect::PriceList { .. })));
    let mut bases = vec![None];
    let mut tickets = vec![None];
    let mut percents = vec![None];
    let mut amounts: Vec<Vec<usize>> = vec![Vec::new()];
    for id in (0..uses.len()).filter(|id| in_scope(*id)) {
        match uses[id].effect.as_ref().unwrap() {
            effect @ (Effect::PriceList { .. } | Effect::PriceAudience { .. }) => {
                if base_price(effect, &uses[id].scope, line)
                    .is_some_and(|price| line.unit_price.is_none_or(|regular| price <= regular))
                {
                    bases.push(Some(id));
                }
            }
            Effect::Bundle(bundle) => {
                if covers(&bundle.buy_scope, line, true) {
                    tickets.push(Some((id, false)));
                }
                if covers(&bundle.get_scope, line, true) {
                    tickets.push(Some((id, true)));
                }
            }
            Effect::PercentOff { .. } | Effect::AmountOffTicket { .. } | Effect::TicketPrice { .. } => {
                tickets.push(Some((id, true)));
            }
            Effect::PercentOffOrder { .. } => percents.push(Some(id)),
            Effect::AmountOffOrder { .. } => {
                let more: Vec<Vec<usize>> = amounts.iter().map(|set| [set.as_slice(), &[id]].concat()).collect();
                amounts.extend(more);
            }
        }
    }
    let mut all = Vec::new();
    for base in &bases {
        for ticket in &tickets {
            for percent in &percents {
                for amounts in &amounts {
                    let carried = Carried { base: *base, ticket: *ticket, percent: *percent, amounts: amounts.clone() };
                    let together = carried.uses();
                    let nothing_to_sell = line.unit_price.is_none() && base.is_none() && !together.is_empty();
                    if !nothing_to_sell && (together.len() < 2 || together.iter().all(|id| uses[*id].stackable)) {
                        all.push(carried);
                    }
                }
            }
        }
    }
    all
}

fn covers(scope: &Scope, line: &Line, with_label: bool) -> bool {
    let label =
        scope.category_label.as_ref().is_none_or(|control| !with_label || control.admits(&line.category_labels));
    label && (scope.categories.is_empty() || scope.categories.contains(&line.category))
}

fn base_price(effect: &Effect, scope: &Scope, line: &Line) -> Option<Cents> {
    match effect {
        Effect::PriceList { prices, .. } => prices
            .iter()
            .filter(|entry| entry.category == line.category)
            .filter(|entry| scope.category_label.as_ref().is_none_or(|control| control.admits(&entry.labels)))
            .map(|entry| entry.price)
            .min(),
        Effect::PriceAudience { audience } => line.unit_price.and(line.audience_prices.get(audience).copied()),
        _ => None,
    }
}

/// The total of one assignment, or `None` if it breaks a rule.
fn achieve(tickets: &[&Line], uses: &[&Offer], carried: &[Carried]) -> Option<Achieved> {
    keeps_quotas(tickets, uses, carried).then_some(())?;
    let mut prices: Vec<Option<Cents>> = Vec::new();
    for (line, carried) in tickets.iter().zip(carried) {
        prices.push(match carried.base {
            Some(id) => base_price(uses[id].effect.as_ref().unwrap(), &uses[id].scope, line),
            None => line.unit_price,
        });
    }
    // A line without a regular price is sold as a whole or not at all.
    for (line, price) in tickets.iter().zip(&prices) {
        let others = tickets.iter().zip(&prices).filter(|(other, _)| other.line == line.line);
        if others.clone().any(|(_, other)| other.is_some() != price.is_some()) {
            return None;
        }
    }
    let base: Vec<Cents> = prices.iter().map(|price| price.unwrap_or_default()).collect();
    for (id, offer) in uses.iter().enumerate() {
        if let Some(Effect::Bundle(bundle)) = &offer.effect {
            let members = |rewarded: bool| -> Vec<Cents> {
                (0..tickets.len()).filter(|t| carried[*t].ticket == Some((id, rewarded))).map(|t| base[t]).collect()
            };
            can_group(bundle, &members(false), &members(true), 0).then_some(())?;
        }
    }
    let mut left = base.clone();
    for (id, offer) in uses.iter().enumerate() {
        let members: Vec<usize> = (0..tickets.len()).filter(|t| carried[*t].ticket == Some((id, true))).collect();
        let wanted: Vec<Cents> =
            members.iter().map(|t| ticket_saving(offer.effect.as_ref().unwrap(), base[*t])).collect();
        let cap = match &offer.effect {
            Some(Effect::PercentOff { max_discount, cap_scope: CapScope::Order, .. }) => *max_discount,
            _ => None,
        };
        take(&mut left, &members, &share_out(cap, &wanted));
    }
    let after_ticket = left.clone();
    for (id, offer) in uses.iter().enumerate() {
        if let Some(Effect::PercentOffOrder { percent, max_discount }) = &offer.effect {
            let members: Vec<usize> = (0..tickets.len()).filter(|t| carried[*t].percent == Some(id)).collect();
            let wanted: Vec<Cents> = members.iter().map(|t| percent_of(*percent, after_ticket[*t])).collect();
            take(&mut left, &members, &share_out(*max_discount, &wanted));
        }
    }
    let sold = prices.iter().filter(|price| price.is_some()).count();
    let amounts: Vec<usize> =
        (0..uses.len()).filter(|id| matches!(uses[*id].effect, Some(Effect::AmountOffOrder { .. }))).collect();
    let total = lowest_after_amounts(uses, carried, &left, &amounts);
    Some(Achieved { sold, total })
}

/// Stackable amounts may act one after the other in any order.
fn lowest_after_amounts(uses: &[&Offer], carried: &[Carried], left: &[Cents], amounts: &[usize]) -> Cents {
    let mut lowest: Option<Cents> = None;
    for (place, id) in amounts.iter().enumerate() {
        let Some(Effect::AmountOffOrder { amount }) = uses[*id].effect else { continue };
        let mut left = left.to_vec();
        let members: Vec<usize> = (0..left.len()).filter(|t| carried[*t].amounts.contains(id)).collect();
        let wanted: Vec<Cents> = members.iter().map(|t| left[*t]).collect();
        take(&mut left, &members, &share_out(Some(amount), &wanted));
        let mut others = amounts.to_vec();
        others.remove(place);
        let total = lowest_after_amounts(uses, carried, &left, &others);
        lowest = Some(lowest.map_or(total, |best| best.min(total)));
    }
    lowest.unwrap_or_else(|| left.iter().copied().sum())
}

fn take(left: &mut [Cents], members: &[usize], shares: &[Cents]) {
    for (ticket, share) in members.iter().zip(shares) {
        left[*ticket] -= *share;
    }
}

/// Cent by cent: each next cent of a limited sum goes where it is missed most.
fn share_out(limit: Option<Cents>, wanted: &[Cents]) -> Vec<Cents> {
    let sum: Cents = wanted.iter().copied().sum();
    let Some(limit) = limit.filter(|limit| *limit < sum) else { return wanted.to_vec() };
    let mut shares: Vec<Cents> = wanted.iter().map(|want| Cents(limit.0 * want.0 / sum.0)).collect();
    let mut given: Vec<bool> = vec![false; wanted.len()];
    while shares.iter().copied().sum::<Cents>() < limit {
        let remainder = |t: usize| limit.0 * wanted[t].0 % sum.0;
        let next =
            (0..wanted.len()).filter(|t| !given[*t]).max_by_key(|t| (remainder(*t), std::cmp::Reverse(*t))).unwrap();
        given[next] = true;
        shares[next] += Cents(1);
    }
    shares
}

fn ticket_saving(effect: &Effect, price: Cents) -> Cents {
    match effect {
        Effect::PercentOff { percent, max_discount: Some(cap), cap_scope: CapScope::Ticket } => {
            percent_of(*percent, price).min(*cap)
        }
        Effect::PercentOff { percent, .. } => percent_of(*percent, price),
        Effect::AmountOffTicket { amount } => price.min(*amount),
        Effect::TicketPrice { price: target } => Cents((price.0 - target.0).max(0)),
        Effect::Bundle(bundle) => percent_of(bundle.percent, price),
        _ => Cents::ZERO,
    }
}

/// Half up, in floating point: exact enough for the whole percentages and small prices of these tests.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "small numbers")]
fn percent_of(percent: Percent, price: Cents) -> Cents {
    let rate: f64 = percent.to_string().parse().unwrap();
    Cents((rate * price.0 as f64 / 100.0 + 0.5 + 1e-9).floor() as i64)
}

fn keeps_quotas(tickets: &[&Line], uses: &[&Offer], carried: &[Carried]) -> bool {
    let discounted = |id: usize, scope: Option<&Scope>| {
        let members = carried.iter().zip(tickets).filter(|(carried, line)| {
            let acts = carried.base == Some(id) || carried.ticket == Some((id, true));
            acts && scope.is_none_or(|scope| covers(scope, line, true))
        });
        u32::try_from(members.count()).unwrap()
    };
    (0..uses.len()).all(|id| {
        let offer = uses[id];
        let siblings: Vec<usize> = (0..uses.len()).filter(|other| uses[*other].id == offer.id).collect();
        let of_offer = |scope: Option<&Scope>| siblings.iter().map(|id| discounted(*id, scope)).sum::<u32>();
        offer.max_discounted_tickets.is_none_or(|most| discounted(id, None) <= most)
            && offer
                .max_tickets_total
                .is_none_or(|most| of_offer(None) + offer.tickets_used <= most.max(offer.tickets_used))
            && offer.item_limits.iter().all(|limit| {
                let count = of_offer(Some(&limit.scope));
                limit.max_tickets_total.is_none_or(|most| count + limit.tickets_used <= most.max(limit.tickets_used))
                    && limit.max_per_order.is_none_or(|most| count <= most)
            })
    })
}

/// Forms one bundle after the other in all ways.
fn can_group(bundle: &Bundle, paid: &[Cents], rewarded: &[Cents], formed: u32) -> bool {
    if rewarded.is_empty() {
        return paid.is_empty();
    }
    if bundle.max_bundles.is_some_and(|most| formed >= most) {
        return false;
    }
    subsets(paid.len(), bundle.buy as usize).iter().any(|buyers| {
        (1..=(bundle.get as usize).min(rewarded.len())).any(|size| {
            subsets(rewarded.len(), size).iter().any(|getters| {
                // The first rewarded ticket belongs to the bundle formed now; the order of bundles does not matter.
                let fits = bundle.reward == Reward::Any
                    || getters.iter().all(|g| buyers.iter().all(|b| rewarded[*g] <= paid[*b]));
                fits && getters.contains(&0)
                    && can_group(bundle, &without(paid, buyers), &without(rewarded, getters), formed + 1)
            })
        })
    })
}

fn subsets(count: usize, size: usize) -> Vec<Vec<usize>> {
    let all = 0..1_usize << count;
    let chosen = all.map(|bits| (0..count).filter(|place| bits >> place & 1 == 1).collect::<Vec<_>>());
    chosen.filter(|set| set.len() == size).collect()
}

fn without(prices: &[Cents], taken: &[usize]) -> Vec<Cents> {
    let rest = prices.iter().enumerate().filter(|(place, _)| !taken.contains(place));
    rest.map(|(_, price)| *price).collect()
}
