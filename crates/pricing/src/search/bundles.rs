//! Grouping bundles without pairing tickets.
//!
//! Paid and rewarded tickets of "buy N, get up to M" can be grouped so that no rewarded ticket costs more than a paid one
//! of its bundle if and only if, for every price q, N times the bundles that the rewarded tickets from q upwards need
//! (their number over M, rounded up) is at most the number of paid tickets from q upwards. (Group the rewarded tickets in
//! falling order of price; each group needs N paid tickets that cost at least its dearest.) Where prices do not matter
//! only the totals count.

use std::borrow::Cow;

use super::part::Part;
use crate::effect::{Bundle, Reward};
use crate::evaluate::Counts;
use crate::model::{Role, UseId};
use crate::money::Cents;

/// The members of one bundle use.
#[derive(Debug)]
pub(super) struct Members<'s> {
    bundle: Option<&'s Bundle>,
    /// Price, paid tickets, rewarded tickets.
    tickets: Vec<(Cents, u32, u32)>,
}

impl<'s> Members<'s> {
    pub(super) fn new(bundle: &'s Bundle) -> Members<'s> {
        Members { bundle: Some(bundle), tickets: Vec::new() }
    }

    /// The members that an assignment of a part names.
    pub(super) fn of(part: &Part<'_, 's>, counts: &Counts, id: UseId) -> Members<'s> {
        let mut members = Members { bundle: part.model.terms[id].bundle, tickets: Vec::new() };
        for (index, counts) in counts.iter().enumerate() {
            for (pattern, count) in part.patterns(index).zip(counts).filter(|(_, count)| **count > 0) {
                if let Some((_, role)) = pattern.ticket().filter(|(other, _)| *other == id) {
                    members.add(pattern.base_price, role, *count);
                }
            }
        }
        members
    }

    /// The members of every bundle that an assignment of a part names.
    pub(super) fn of_all(part: &Part<'_, 's>, counts: &Counts) -> Vec<Members<'s>> {
        let mut place_of: Vec<Option<usize>> = vec![None; part.model.uses.len()];
        let mut all: Vec<Members<'s>> = Vec::new();
        for (index, counts) in counts.iter().enumerate() {
            for (pattern, count) in part.patterns(index).zip(counts).filter(|(_, count)| **count > 0) {
                let Some((id, role)) = pattern.ticket() else { continue };
                let Some(bundle) = part.model.terms[id].bundle else { continue };
                let place = *place_of[id].get_or_insert_with(|| {
                    all.push(Members::new(bundle));
                    all.len() - 1
                });
                all[place].add(pattern.base_price, role, *count);
            }
        }
        all
    }

    pub(super) fn add(&mut self, price: Cents, role: Role, count: u32) {
        match role {
            Role::Paid => self.tickets.push((price, count, 0)),
            Role::Rewarded => self.tickets.push((price, 0, count)),
            Role::Discounted => {}
        }
    }

    /// Takes the last addition back.
    pub(super) fn pop(&mut self) {
        self.tickets.pop();
    }

    /// Whether the members can be grouped into bundles.
    pub(super) fn can_be_grouped(&self) -> bool {
        self.can_be_grouped_above(None)
    }

    /// Whether the members that cost more than `floor` can be grouped, whatever cheaper members come later.
    pub(super) fn can_be_grouped_above(&self, floor: Option<Cents>) -> bool {
        let Some(bundle) = self.bundle else { return true };
        // Classes are decided dearest first, so that only stacked base prices stand out of order.
        let mut tickets = Cow::from(&self.tickets);
        if !tickets.is_sorted_by(|(one, _, _), (next, _, _)| one >= next) {
            tickets.to_mut().sort_unstable_by_key(|(price, _, _)| std::cmp::Reverse(*price));
        }
        fit(bundle, tickets.iter().copied(), floor)
    }
}

/// Whether members, given as price, paid and rewarded tickets by falling price, can be grouped; those that cost no more
/// than `floor` are left aside.
pub(super) fn fit(bundle: &Bundle, tickets: impl Iterator<Item = (Cents, u32, u32)>, floor: Option<Cents>) -> bool {
    let (mut paid, mut rewarded) = (0_u64, 0_u64);
    let enough = |paid: u64, rewarded: u64| u64::from(bundle.buy) * bundles(bundle, rewarded) <= paid;
    let few_enough = |rewarded: u64| bundle.max_bundles.is_none_or(|most| bundles(bundle, rewarded) <= u64::from(most));
    let mut tickets = tickets.peekable();
    while let Some((price, pays, gets)) = tickets.next() {
        if floor.is_some_and(|floor| price <= floor) {
            return few_enough(rewarded);
        }
        paid += u64::from(pays);
        rewarded += u64::from(gets);
        let price_ends = tickets.peek().is_none_or(|(next, ..)| *next != price);
        if bundle.reward == Reward::Cheapest && price_ends && !enough(paid, rewarded) {
            return false;
        }
    }
    few_enough(rewarded) && (floor.is_some() || enough(paid, rewarded))
}

/// How many bundles a number of rewarded tickets needs.
fn bundles(bundle: &Bundle, rewarded: u64) -> u64 {
    rewarded.div_ceil(u64::from(bundle.get))
}
