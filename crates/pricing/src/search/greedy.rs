//! Quick answers: one use after the other takes what it can of the tickets that nothing else has taken.

use std::cmp::Reverse;

use super::bundles::Members;
use super::exchange;
use super::part::Part;
use crate::budget::Meter;
use crate::evaluate::Counts;
use crate::model::{Role, UseId};

/// A few allowed assignments, the one in list order first.
pub(super) fn answers(part: &Part<'_, '_>) -> Vec<Counts> {
    let uses = uses(part);
    let alone = |id: UseId| {
        let mut counts = part.nothing();
        apply(part, &mut counts, id);
        part.saving(&counts)
    };
    let mut by_saving: Vec<(i64, UseId)> = uses.iter().map(|id| (alone(*id), *id)).collect();
    by_saving.sort_by_key(|(saving, _)| Reverse(*saving));
    let in_turn = |uses: &mut dyn Iterator<Item = UseId>| {
        let mut counts = part.nothing();
        for id in uses {
            apply(part, &mut counts, id);
        }
        join(part, &mut counts);
        sell_whole_lines(part, &mut counts);
        counts
    };
    vec![in_turn(&mut uses.iter().copied()), in_turn(&mut by_saving.iter().map(|(_, id)| *id)), richest_patterns(part)]
}

/// Makes an assignment that may break rules allowed, then lets the uses take what is untouched, the richest first,
/// and tickets change places.
pub(super) fn repaired(part: &Part<'_, '_>, mut counts: Counts, meter: &mut Meter<'_>) -> Counts {
    for quota in &part.quotas {
        let mut left = part.model.quotas[*quota];
        for (index, counts) in counts.iter_mut().enumerate() {
            for (place, pattern) in part.patterns(index).enumerate() {
                if pattern.quotas.contains(quota) {
                    let kept = counts[place].min(left);
                    counts[0] += counts[place] - kept;
                    counts[place] = kept;
                    left -= kept;
                }
            }
        }
    }
    for id in &part.bundles {
        let rewarded = |index: usize| {
            let places = part.patterns(index).enumerate();
            places
                .filter(|(_, pattern)| pattern.ticket == Some((*id, Role::Rewarded)))
                .map(|(place, _)| place)
                .collect()
        };
        // The dearest rewarded tickets are the hardest to pay for.
        for index in 0..part.classes.len() {
            let places: Vec<usize> = rewarded(index);
            for place in places {
                while counts[index][place] > 0 && !Members::of(part, &counts, *id).can_be_grouped() {
                    counts[index][place] -= 1;
                    counts[index][0] += 1;
                }
            }
        }
    }
    let mut uses = uses(part);
    uses.sort_by_key(|id| part.model.terms[*id].bundle.is_none());
    for id in uses {
        apply(part, &mut counts, id);
    }
    join(part, &mut counts);
    exchange::improve(part, &mut counts, meter);
    sell_whole_lines(part, &mut counts);
    counts
}

/// All uses that the patterns of a part name, in list order.
fn uses(part: &Part<'_, '_>) -> Vec<UseId> {
    let mut uses: Vec<UseId> = Vec::new();
    for index in 0..part.classes.len() {
        uses.extend(part.patterns(index).flat_map(|pattern| pattern.uses().collect::<Vec<_>>()));
    }
    uses.sort_unstable();
    uses.dedup();
    uses
}

/// Lets one use take untouched tickets.
fn apply(part: &Part<'_, '_>, counts: &mut Counts, id: UseId) {
    if part.model.terms[id].bundle.is_some() {
        return apply_bundle(part, counts, id);
    }
    for index in 0..part.classes.len() {
        let only = part.patterns(index).position(|pattern| pattern.uses().eq([id]));
        if let Some(place) = only {
            shift(part, counts, index, 0, place);
        }
    }
}

/// Moves as many tickets of a class from one pattern to another as the quotas let.
fn shift(part: &Part<'_, '_>, counts: &mut Counts, index: usize, from: usize, to: usize) {
    let room = room(part, counts, index, from, to);
    counts[index][from] -= room;
    counts[index][to] += room;
}

fn room(part: &Part<'_, '_>, counts: &Counts, index: usize, from: usize, to: usize) -> u32 {
    let pattern = |place: usize| &part.class(index).patterns[part.live[index][place]];
    let mut room = counts[index][from];
    for quota in pattern(to).quotas.iter().filter(|quota| !pattern(from).quotas.contains(quota)) {
        let mut taken = 0;
        for (other, counts) in counts.iter().enumerate() {
            let taking = part.patterns(other).zip(counts).filter(|(pattern, _)| pattern.quotas.contains(quota));
            taken += taking.map(|(_, count)| *count).sum::<u32>();
        }
        room = room.min(part.model.quotas[*quota].saturating_sub(taken));
    }
    room
}

/// Rewards the dearest untouched tickets that untouched tickets can pay for, then marks just enough paid ones, the
/// cheapest that will do.
fn apply_bundle(part: &Part<'_, '_>, counts: &mut Counts, id: UseId) {
    let Some(bundle) = part.model.terms[id].bundle else { return };
    let place_of = |index: usize, role: Role| {
        part.patterns(index).position(|pattern| pattern.uses().eq([id]) && pattern.ticket == Some((id, role)))
    };
    for index in 0..part.classes.len() {
        let Some(rewarded) = place_of(index, Role::Rewarded) else { continue };
        let mut most = room(part, counts, index, 0, rewarded);
        while most > 0 {
            let mut trial = counts.clone();
            trial[index][0] -= most;
            trial[index][rewarded] += most;
            if could_be_paid(part, &trial, id, &place_of) {
                *counts = trial;
                break;
            }
            most -= 1;
        }
    }
    // From the dearest price down, pay with the cheapest tickets seen so far.
    let (mut payable, mut paid, mut rewarded) = (Vec::new(), 0, 0);
    for index in 0..part.classes.len() {
        if let Some(place) = place_of(index, Role::Paid) {
            payable.push(index);
            paid += counts[index][place];
        }
        if let Some(place) = place_of(index, Role::Rewarded) {
            rewarded += counts[index][place];
        }
        let price_ends = index + 1 == part.classes.len() || part.class(index + 1).price != part.class(index).price;
        let last = index + 1 == part.classes.len();
        if if part.model.rewards_cheapest(id) { price_ends } else { last } {
            let mut missing = (rewarded.div_ceil(bundle.get) * bundle.buy).saturating_sub(paid);
            paid += missing;
            for payer in payable.iter().rev() {
                let Some(place) = place_of(*payer, Role::Paid) else { continue };
                let takes = missing.min(counts[*payer][0]);
                counts[*payer][0] -= takes;
                counts[*payer][place] += takes;
                missing -= takes;
            }
        }
    }
}

/// Whether the rewarded tickets of a bundle could be grouped if every untouched ticket paid.
fn could_be_paid(
    part: &Part<'_, '_>,
    counts: &Counts,
    id: UseId,
    place_of: &dyn Fn(usize, Role) -> Option<usize>,
) -> bool {
    let Some(bundle) = part.model.terms[id].bundle else { return false };
    let mut members = Members::new(bundle);
    for (index, counts) in counts.iter().enumerate() {
        let price = part.class(index).price;
        if let Some(place) = place_of(index, Role::Paid) {
            members.add(price, Role::Paid, counts[0] + counts[place]);
        }
        if let Some(place) = place_of(index, Role::Rewarded) {
            members.add(price, Role::Rewarded, counts[place]);
        }
    }
    members.can_be_grouped()
}

/// Gives up on lines of which only some tickets would be sold.
fn sell_whole_lines(part: &Part<'_, '_>, counts: &mut Counts) {
    for (index, counts) in counts.iter_mut().enumerate() {
        if part.class(index).is_half_sold(counts[0]) {
            counts.fill(0);
            counts[0] = part.class(index).count;
        }
    }
}

/// Lets stackable uses join: every ticket moves on to a richer pattern that keeps what it already carries.
fn join(part: &Part<'_, '_>, counts: &mut Counts) {
    for index in 0..part.classes.len() {
        let patterns: Vec<_> = part.patterns(index).collect();
        for from in 0..patterns.len() {
            let carries: Vec<UseId> = patterns[from].uses().collect();
            let mut richer: Vec<usize> = (0..patterns.len())
                .filter(|to| {
                    let keeps = carries.iter().all(|id| patterns[*to].uses().any(|other| other == *id));
                    keeps
                        && patterns[*to].ticket.map(|(_, role)| role) == patterns[from].ticket.map(|(_, role)| role)
                        && patterns[*to].base_price == patterns[from].base_price
                        && patterns[*to].hope.most() > patterns[from].hope.most()
                })
                .collect();
            richer.sort_by_key(|to| Reverse(patterns[*to].hope.most()));
            for to in richer {
                shift(part, counts, index, from, to);
            }
        }
    }
}

/// Every class takes its richest pattern as far as quotas let, then the next; bundles are left aside.
fn richest_patterns(part: &Part<'_, '_>) -> Counts {
    let mut counts = part.nothing();
    for index in 0..part.classes.len() {
        let mut places: Vec<(i64, usize)> = part
            .patterns(index)
            .enumerate()
            .filter(|(_, pattern)| pattern.ticket.is_none_or(|(_, role)| role == Role::Discounted))
            .map(|(place, pattern)| (if pattern.amount.is_some() { 0 } else { pattern.hope.most() }, place))
            .filter(|(most, _)| *most > 0)
            .collect();
        places.sort_by_key(|(most, _)| Reverse(*most));
        for (_, place) in places {
            shift(part, &mut counts, index, 0, place);
        }
    }
    sell_whole_lines(part, &mut counts);
    counts
}
