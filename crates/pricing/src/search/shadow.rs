//! Shadow prices: a bound that holds whatever the search does.
//!
//! Every coupling (quota, cap, amount, grouping of a bundle) gets a price per unit. With the couplings priced instead of
//! kept, each ticket takes the pattern that is best for it alone, and what comes out is at least the true optimum, for
//! *any* prices in their ranges. So the prices may come from a rough iteration in floating point; the bound is then
//! computed from them again in whole numbers. The same prices cut the exact search.

use std::ops::Range;

use super::part::Part;
use crate::effect::Bundle;
use crate::evaluate::Counts;
use crate::model::{Pattern, Role, UseId};
use crate::money::Cents;

/// Rounds of the iteration.
const ROUNDS: usize = 120;
/// How much a round counts in the shares.
const SHARE_OF_ROUND: f64 = 0.06;
/// Unit of prices in whole-number arithmetic.
const UNITS: i64 = 1 << 24;

/// The couplings of a part with a price each.
pub(super) struct Shadow {
    couplings: Vec<Coupling>,
    /// Per class of the part and live pattern.
    items: Vec<Vec<Item>>,
    /// What patterns weigh on couplings.
    weights: Vec<(usize, i64)>,
    members: Vec<Member>,
    /// Tickets per class.
    tickets: Vec<i64>,
    /// Per class: couplings of the amounts that may cover its open tickets.
    covering: Vec<Vec<usize>>,
    /// Per bundle: its couplings, from the lowest price upwards.
    bundles: Vec<Vec<usize>>,
    prices: Vec<f64>,
    /// Per class and pattern: the share of the rounds in which the tickets chose it, later rounds weighing more. Near the
    /// best prices these shares come close to a fractional optimum.
    shares: Vec<Vec<f64>>,
}

/// What couples tickets: the weights of all patterns together stay below a limit.
struct Coupling {
    limit: i64,
    /// Highest price of a unit.
    price_max: f64,
    /// Size of the weights, so that prices of different couplings move alike.
    scale: f64,
}

/// A pattern as the iteration sees it. Monstrous baskets have hundreds of thousands, so it is small.
struct Item {
    /// What it saves with all couplings forgotten.
    value: i64,
    /// What amounts may take, if the pattern is open.
    open_rest: i64,
    /// Places of the couplings it weighs on.
    weights: Range<u32>,
    /// Its place among the members of bundles, or none.
    member: u32,
}

/// The place of a pattern that is no member of a bundle.
const NO_MEMBER: u32 = u32::MAX;

/// The place of a pattern in a bundle.
#[derive(Clone, Copy)]
struct Member {
    bundle: usize,
    /// How many couplings of the bundle it weighs on, from the lowest price.
    reached: usize,
    weight: i64,
}

/// The couplings of what patterns name.
struct Rows {
    /// Per quota of the model.
    of_quota: Vec<usize>,
    /// Per use its cap, its amount or its most bundles.
    of_use: Vec<Option<usize>>,
    /// Per use its place among the bundles, and the prices that its couplings begin at.
    bundles: Vec<Option<(usize, Vec<Cents>)>>,
}

impl Shadow {
    /// Prepares the couplings of a part.
    pub(super) fn new(part: &Part<'_, '_>) -> Shadow {
        let mut shadow = Shadow {
            couplings: Vec::new(),
            items: Vec::new(),
            weights: Vec::new(),
            members: Vec::new(),
            tickets: Vec::new(),
            covering: vec![Vec::new(); part.classes.len()],
            bundles: Vec::new(),
            prices: Vec::new(),
            shares: part.live.iter().map(|live| vec![0.0; live.len()]).collect(),
        };
        let rows = shadow.couple(part);
        for index in 0..part.classes.len() {
            shadow.tickets.push(i64::from(part.class(index).count));
            let items = part.patterns(index).map(|pattern| shadow.item(part, &rows, index, pattern)).collect();
            shadow.items.push(items);
        }
        shadow.prices = vec![0.0; shadow.couplings.len()];
        shadow
    }

    fn couple(&mut self, part: &Part<'_, '_>) -> Rows {
        let uses = part.model.uses.len();
        let mut rows =
            Rows { of_quota: vec![0; part.model.quotas.len()], of_use: vec![None; uses], bundles: vec![None; uses] };
        let dearest = (0..part.classes.len()).map(|index| part.class(index).price.0).max().unwrap_or(1).max(1);
        for quota in &part.quotas {
            rows.of_quota[*quota] = self.coupling(i64::from(part.model.quotas[*quota]), f64::INFINITY, 1.0);
        }
        for id in part.caps.iter().chain(&part.amounts) {
            rows.of_use[*id] = Some(self.coupling(part.limit(*id), 1.0, float(dearest)));
        }
        for id in &part.covering {
            let row = self.coupling(part.limit(*id), 1.0, float(dearest));
            for index in (0..part.classes.len()).filter(|index| part.class(*index).amounts.contains(id)) {
                self.covering[index].push(row);
            }
        }
        let mut floors = part.reward_prices();
        for id in &part.bundles {
            if let Some(bundle) = part.model.terms[*id].bundle {
                self.group(*id, bundle, std::mem::take(&mut floors[*id]), &mut rows);
            }
        }
        rows
    }

    fn coupling(&mut self, limit: i64, price_max: f64, scale: f64) -> usize {
        self.couplings.push(Coupling { limit, price_max, scale });
        self.couplings.len() - 1
    }

    /// The grouping condition with the rounding up of bundles left aside: from every price upwards, `buy` times the
    /// rewarded tickets are at most `get` times the paid ones.
    fn group(&mut self, id: UseId, bundle: &Bundle, floors: Vec<Cents>, rows: &mut Rows) {
        let (buy, get) = (i64::from(bundle.buy), i64::from(bundle.get));
        let couplings = (0..floors.len().max(1)).map(|_| self.coupling(0, f64::INFINITY, float(buy + get))).collect();
        rows.bundles[id] = Some((self.bundles.len(), floors));
        self.bundles.push(couplings);
        if let Some(most) = bundle.max_bundles {
            rows.of_use[id] = Some(self.coupling(i64::from(most).saturating_mul(get), f64::INFINITY, 1.0));
        }
    }

    fn item(&mut self, part: &Part<'_, '_>, rows: &Rows, class: usize, pattern: &Pattern) -> Item {
        let first = small(self.weights.len());
        let row_of = |id: UseId| rows.of_use[id];
        self.weights.extend(pattern.quotas.iter().map(|quota| (rows.of_quota[*quota], 1)));
        self.weights.extend(pattern.capped().filter_map(|(id, saving)| Some((row_of(id)?, saving))));
        self.weights.extend(pattern.amount().and_then(row_of).map(|row| (row, pattern.rest)));
        let mut member = NO_MEMBER;
        if let Some((id, role)) = pattern.ticket()
            && let (Some(bundle), Some((place, floors))) = (part.model.terms[id].bundle, &rows.bundles[id])
        {
            if role == Role::Rewarded {
                self.weights.extend(row_of(id).map(|row| (row, 1)));
            }
            let weight = if role == Role::Rewarded { i64::from(bundle.buy) } else { -i64::from(bundle.get) };
            let reached = floors.partition_point(|floor| *floor <= pattern.base_price);
            let reached = if floors.is_empty() { 1 } else { reached };
            member = small(self.members.len());
            self.members.push(Member { bundle: *place, reached, weight });
        }
        let open_rest = if pattern.open && !self.covering[class].is_empty() { pattern.rest } else { 0 };
        let amount = if pattern.amount().is_some() { pattern.rest } else { 0 };
        let weights = first..small(self.weights.len());
        Item { value: pattern.most() + amount + open_rest, open_rest, weights, member }
    }

    /// Improves the prices step by step, aiming at a bound not far above `known`, and gives the best bound found. Stops
    /// early when the bound falls below `enough`.
    pub(super) fn improve(&mut self, known: i64, enough: i64) -> i64 {
        let mut best_prices = self.prices.clone();
        let mut best = f64::INFINITY;
        let mut direction = vec![0.0; self.couplings.len()];
        let mut eagerness = 1.0;
        let mut stale = 0;
        for _ in 0..ROUNDS {
            let (bound, slack, chosen) = self.look();
            for (shares, chosen) in self.shares.iter_mut().zip(chosen) {
                for share in shares.iter_mut() {
                    *share *= 1.0 - SHARE_OF_ROUND;
                }
                shares[chosen] += SHARE_OF_ROUND;
            }
            if bound < best - 1e-7 {
                best = bound;
                best_prices.clone_from(&self.prices);
                stale = 0;
            } else {
                stale += 1;
                if stale >= 6 {
                    eagerness *= 0.6;
                    stale = 0;
                }
            }
            if best < float(known) + 0.999 || best < float(enough) || eagerness < 1e-3 {
                break;
            }
            let mut length = 0.0;
            for (place, coupling) in self.couplings.iter().enumerate() {
                let gradient = -slack[place] / coupling.scale;
                direction[place] = gradient + 0.4 * direction[place];
                length += direction[place] * direction[place];
            }
            if length <= 0.0 {
                break;
            }
            let step = eagerness * (bound - float(known)).max(1.0) / length;
            for (place, coupling) in self.couplings.iter().enumerate() {
                let price = self.prices[place] + step * direction[place] / coupling.scale;
                self.prices[place] = price.clamp(0.0, coupling.price_max);
            }
        }
        self.prices = best_prices;
        self.certified()
    }

    /// The bound at the present prices, how much of its limit the best patterns leave per coupling, and these
    /// patterns.
    fn look(&self) -> (f64, Vec<f64>, Vec<usize>) {
        let mut chosen = Vec::with_capacity(self.items.len());
        let mut slack: Vec<f64> = self.couplings.iter().map(|coupling| float(coupling.limit)).collect();
        let mut bound: f64 = slack.iter().zip(&self.prices).map(|(limit, price)| limit * price).sum();
        let sums = self.price_sums();
        let mut weight_from: Vec<Vec<f64>> = self.bundles.iter().map(|rows| vec![0.0; rows.len() + 1]).collect();
        for (index, items) in self.items.iter().enumerate() {
            let count = float(self.tickets[index]);
            let cover = self.cheapest_cover(index);
            let values = items.iter().map(|item| self.value(item, cover, &sums));
            let (mut place, mut most) = (0, f64::NEG_INFINITY);
            for (other, value) in values.enumerate() {
                if value > most + 1e-9 {
                    (place, most) = (other, value);
                }
            }
            bound += count * most;
            chosen.push(place);
            let item = &items[place];
            for (row, weight) in self.weights_of(item) {
                slack[*row] -= count * float(*weight);
            }
            if let Some(row) = cover {
                slack[row] -= count * float(item.open_rest);
            }
            if let Some(Member { bundle, reached, weight }) = self.member_of(item) {
                weight_from[bundle][reached] += count * float(weight);
            }
        }
        for (rows, weights) in self.bundles.iter().zip(weight_from) {
            let mut above = 0.0;
            for (place, row) in rows.iter().enumerate().rev() {
                above += weights[place + 1];
                slack[*row] -= above;
            }
        }
        (bound, slack, chosen)
    }

    /// Per bundle the sums of the prices of its couplings, from the lowest upwards.
    fn price_sums(&self) -> Vec<Vec<f64>> {
        let sums = |rows: &Vec<usize>| {
            let mut sums = vec![0.0];
            let mut sum = 0.0;
            for row in rows {
                sum += self.prices[*row];
                sums.push(sum);
            }
            sums
        };
        self.bundles.iter().map(sums).collect()
    }

    fn weights_of(&self, item: &Item) -> &[(usize, i64)] {
        &self.weights[item.weights.start as usize..item.weights.end as usize]
    }

    fn member_of(&self, item: &Item) -> Option<Member> {
        self.members.get(item.member as usize).copied()
    }

    /// Of the amounts that may cover a class the one whose units cost least.
    fn cheapest_cover(&self, index: usize) -> Option<usize> {
        self.covering[index].iter().copied().min_by(|one, other| self.prices[*one].total_cmp(&self.prices[*other]))
    }

    fn value(&self, item: &Item, cover: Option<usize>, sums: &[Vec<f64>]) -> f64 {
        let mut value = float(item.value);
        for (row, weight) in self.weights_of(item) {
            value -= self.prices[*row] * float(*weight);
        }
        if let Some(row) = cover {
            value -= self.prices[row] * float(item.open_rest);
        }
        if let Some(Member { bundle, reached, weight }) = self.member_of(item) {
            value -= sums[bundle][reached] * float(weight);
        }
        value
    }

    /// The bound of the present prices in whole numbers: prices are rounded to units, everything else is exact.
    fn certified(&self) -> i64 {
        let prices: Vec<i128> = self
            .prices
            .iter()
            .zip(&self.couplings)
            .map(|(price, coupling)| {
                let most = if coupling.price_max.is_finite() { i128::from(UNITS) } else { i128::from(i64::MAX) };
                #[expect(clippy::cast_possible_truncation, reason = "the cast saturates, and any price gives a bound")]
                let units = (price * float(UNITS)).round() as i64;
                i128::from(units).clamp(0, most)
            })
            .collect();
        let mut bound: i128 =
            prices.iter().zip(&self.couplings).map(|(price, row)| price * i128::from(row.limit)).sum();
        for (index, items) in self.items.iter().enumerate() {
            let cover = self.covering[index].iter().map(|row| prices[*row]).min();
            let value = |item: &Item| {
                let mut value = i128::from(item.value) * i128::from(UNITS);
                value -=
                    self.weights_of(item).iter().map(|(row, weight)| prices[*row] * i128::from(*weight)).sum::<i128>();
                value -= cover.unwrap_or(0) * i128::from(item.open_rest);
                if let Some(Member { bundle, reached, weight }) = self.member_of(item) {
                    let rows = self.bundles[bundle].iter().take(reached);
                    value -= rows.map(|row| prices[*row]).sum::<i128>() * i128::from(weight);
                }
                value
            };
            bound += items.iter().map(value).max().unwrap_or(0) * i128::from(self.tickets[index]);
        }
        i64::try_from(bound.div_euclid(i128::from(UNITS))).unwrap_or(i64::MAX)
    }

    /// The shares of the patterns in whole tickets, rounded down; the rest stays untouched.
    pub(super) fn rounded(&self) -> Counts {
        let rounded = |(shares, tickets): (&Vec<f64>, &i64)| {
            let whole: f64 = shares.iter().sum::<f64>().max(1e-9);
            let mut left = *tickets;
            let mut counts = vec![0; shares.len()];
            for (count, share) in counts.iter_mut().zip(shares).skip(1) {
                #[expect(clippy::cast_possible_truncation, reason = "at most the tickets of the class")]
                let tickets = ((share / whole * float(*tickets) + 0.3).floor() as i64).clamp(0, left);
                left -= tickets;
                *count = u32::try_from(tickets).unwrap_or(0);
            }
            counts[0] = u32::try_from(left).unwrap_or(0);
            counts
        };
        self.shares.iter().zip(&self.tickets).map(rounded).collect()
    }

    /// Steps of work that the iteration takes at most.
    pub(super) fn steps(&self) -> u64 {
        let items: usize = self.items.iter().map(Vec::len).sum();
        (ROUNDS * (items + self.couplings.len()) / 16) as u64
    }

    /// The prices as a table for the exact search: a constant, and per class and pattern what a ticket brings.
    pub(super) fn table(&self) -> Table {
        let limits = self.couplings.iter().map(|coupling| float(coupling.limit));
        let sums = self.price_sums();
        let values = self.items.iter().enumerate().map(|(index, items)| {
            let cover = self.cheapest_cover(index);
            items.iter().map(|item| self.value(item, cover, &sums)).collect()
        });
        Table { constant: limits.zip(&self.prices).map(|(limit, price)| limit * price).sum(), values: values.collect() }
    }
}

/// What every ticket brings at the shadow prices.
pub(super) struct Table {
    pub(super) constant: f64,
    pub(super) values: Vec<Vec<f64>>,
}

/// Numbers of weights and members fit: they are few per pattern.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[expect(clippy::cast_precision_loss, reason = "amounts of a scenario are far below 2^53 cents")]
fn float(number: i64) -> f64 {
    number as f64
}
