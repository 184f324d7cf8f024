//! Quotas of tickets: how many a use, or the uses of one offer together, may still discount.

use super::UseId;
use crate::scenario::Line;
use crate::scope;
use crate::scope::Scope;
use crate::uses::Use;

/// The quotas of all uses, numbered; those that can never bind are left out.
pub(super) struct Quotas<'s> {
    pub(super) left: Vec<u32>,
    /// Per use: number of the quota, and the inner scope if it counts only some tickets.
    of_use: Vec<Vec<(usize, Option<&'s Scope>)>>,
}

impl<'s> Quotas<'s> {
    pub(super) fn new(basket: &[Line], places: &[usize], uses: &[Use<'s>]) -> Quotas<'s> {
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

    /// The quotas that a ticket of a line takes from when a use discounts it.
    pub(super) fn taken_by(&self, id: UseId, line: &Line) -> Vec<usize> {
        let counts = |scope: Option<&Scope>| scope.is_none_or(|scope| scope::contains(scope, line));
        self.of_use[id].iter().filter(|(_, scope)| counts(*scope)).map(|(quota, _)| *quota).collect()
    }
}
