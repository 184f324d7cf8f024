//! Which of the valid offers act together: automatic offers that act alone, exclusive codes, and codes that would be used
//! for nothing.
//!
//! The search answers what a set of uses saves at most; this module asks it about sets.
//!
//! Readings of the rules that the rules leave open:
//! * An `automatic` offer "lowers the total" if the basket costs less with it than with the combinable automatic offers
//!   alone. So it never stands in the way of codes without being used.
//! * Where only automatic offers stand beside an exclusive code there is no ordinary set to lose against.
//! * A staff override acts like an entered code, also where an automatic or an exclusive offer pushes codes aside.

use crate::budget::Meter;
use crate::evaluate::{self, Counts, Ticket};
use crate::model::{Model, UseId};
use crate::money::Cents;
use crate::reason::Reason;
use crate::search::{Outcome, Search};
use crate::tidy;
use crate::uses::Origin;

/// The uses that act and what they do.
#[derive(Debug)]
pub(crate) struct Combination {
    /// Which uses are applied.
    pub(crate) applied: Vec<bool>,
    /// Why the other uses are not, per use.
    pub(crate) refused: Vec<Option<Reason>>,
    /// The assignment.
    pub(crate) counts: Counts,
    /// How much more another assignment might save; zero if the total is proven lowest.
    pub(crate) gap: Cents,
}

impl Combination {
    /// The priced tickets, in basket order.
    pub(crate) fn tickets(&self, model: &Model<'_>) -> Vec<Ticket> {
        let mut tickets = evaluate::tickets(model, &self.counts);
        evaluate::settle(model, &self.applied, &mut tickets);
        tickets
    }
}

/// Finds the combination with the lowest total. `alone` are the uses of offers that act alone, in list order.
pub(crate) fn combine(model: &Model<'_>, alone: &[UseId], meter: &mut Meter<'_>) -> Combination {
    let mut search = Search::new(model, meter);
    let (automatic, is_certain) = acting_alone(model, alone, &mut search);
    let mut refused = vec![None; model.uses.len()];
    let mut taking_part: Vec<bool> = (0..model.uses.len()).map(|id| !alone.contains(&id)).collect();
    if let Some(automatic) = automatic {
        for id in 0..model.uses.len() {
            if taking_part[id] && !is_automatic(model, id) {
                taking_part[id] = false;
                refused[id] = Some(Reason::AutomaticOfferActive);
            }
        }
        taking_part[automatic] = true;
    }
    let (mut applied, mut outcome, bound) = best_set(model, &taking_part, &mut search);
    // Who knows what the automatic offers save that could not be tried any more.
    let gap = if is_certain { Cents(bound - outcome.saving) } else { evaluate::worth(model) };
    leave_out_useless(model, &mut applied, &mut outcome, gap == Cents::ZERO, &mut search);

    let somebody_asked = (0..model.uses.len()).any(|id| applied.acting[id] && !is_automatic(model, id));
    for id in 0..model.uses.len() {
        if !applied.acting[id] && taking_part[id] {
            let lost = !applied.set[id] && somebody_asked;
            refused[id] = Some(if lost { Reason::NotCombinable } else { Reason::NoBetterPrice });
        }
    }
    let counts = tidy::tidy(model, &applied.acting, outcome.counts, meter);
    Combination { applied: applied.acting, refused, counts, gap }
}

fn is_automatic(model: &Model<'_>, id: UseId) -> bool {
    model.uses[id].origin == Origin::Automatic
}

/// The first offer that acts alone and lowers the total, and whether all that come before it could be tried.
fn acting_alone(model: &Model<'_>, alone: &[UseId], search: &mut Search<'_, '_, '_, '_>) -> (Option<UseId>, bool) {
    if alone.is_empty() {
        return (None, true);
    }
    let mut set: Vec<bool> = (0..model.uses.len()).map(|id| is_automatic(model, id) && !alone.contains(&id)).collect();
    let without = best_set(model, &set, search).1.saving;
    for id in alone {
        if search.is_over() {
            return (None, false);
        }
        set[*id] = true;
        let with = best_set(model, &set, search).1.saving;
        set[*id] = false;
        if with > without {
            return (Some(*id), true);
        }
    }
    (None, true)
}

/// The uses of the set that was chosen, and those of them that act.
struct Applied {
    set: Vec<bool>,
    acting: Vec<bool>,
}

/// Compares the ordinary uses with each exclusive one and gives the best set, its outcome and what no set exceeds.
fn best_set(model: &Model<'_>, taking_part: &[bool], search: &mut Search<'_, '_, '_, '_>) -> (Applied, Outcome, i64) {
    let ids = |wanted: &dyn Fn(UseId) -> bool| -> Vec<UseId> {
        (0..taking_part.len()).filter(|id| taking_part[*id] && wanted(*id)).collect()
    };
    // An offer that acts alone is no code, whatever it says about other codes.
    let is_exclusive = |id: UseId| model.uses[id].is_exclusive();
    let ordinary = ids(&|id| !is_exclusive(id));
    let automatic = ids(&|id| !is_exclusive(id) && is_automatic(model, id));
    let mut exclusive = ids(&is_exclusive);
    exclusive.sort_by_key(|id| match model.uses[*id].origin {
        Origin::Code { entered, .. } => (0, entered),
        Origin::Staff => (1, *id),
        Origin::Automatic => (2, *id),
    });

    let mut sets: Vec<Vec<UseId>> = Vec::new();
    if exclusive.is_empty() || ordinary.len() > automatic.len() {
        sets.push(ordinary);
    }
    sets.extend(exclusive.iter().map(|id| automatic.iter().copied().chain([*id]).collect()));

    let mut best: Option<(Vec<bool>, Outcome)> = None;
    let mut bound = 0;
    for set in sets {
        let mut active = vec![false; taking_part.len()];
        for id in set {
            active[id] = true;
        }
        let outcome = search.best(&active);
        bound = bound.max(outcome.bound);
        if best.as_ref().is_none_or(|(_, best)| outcome.saving > best.saving) {
            best = Some((active, outcome));
        }
    }
    let (set, outcome) = best.unwrap_or_else(|| {
        let nothing = vec![false; taking_part.len()];
        let outcome = search.best(&nothing);
        (nothing, outcome)
    });
    let bound = bound.max(outcome.saving);
    (Applied { acting: set.clone(), set }, outcome, bound)
}

/// Leaves out every use without which the total stays the same, the last first.
fn leave_out_useless(
    model: &Model<'_>,
    applied: &mut Applied,
    outcome: &mut Outcome,
    is_proven: bool,
    search: &mut Search<'_, '_, '_, '_>,
) {
    let mut does_something = doing_something(model, &applied.acting, &outcome.counts);
    for id in (0..model.uses.len()).rev() {
        if !applied.acting[id] || model.uses[id].has_actions() {
            continue;
        }
        if !does_something[id] {
            applied.acting[id] = false;
        } else if is_proven {
            let mut without = applied.acting.clone();
            without[id] = false;
            if let Some(as_good) = search.reaching(&without, outcome.saving) {
                applied.acting = without;
                *outcome = as_good;
                does_something = doing_something(model, &applied.acting, &outcome.counts);
            }
        }
    }
}

/// Which uses do anything to a ticket.
fn doing_something(model: &Model<'_>, active: &[bool], counts: &Counts) -> Vec<bool> {
    let mut does_something = evaluate::named_uses(model, counts);
    let covers = |id: UseId| active[id] && model.terms[id].amount.is_some() && model.terms[id].stackable;
    if (0..model.uses.len()).any(covers) {
        let mut tickets = evaluate::tickets(model, counts);
        evaluate::settle(model, active, &mut tickets);
        let shares = tickets.iter().flat_map(|ticket| &ticket.shares);
        shares.filter(|(id, share)| covers(*id) && share.0 > 0).for_each(|(id, _)| does_something[*id] = true);
    }
    does_something
}
