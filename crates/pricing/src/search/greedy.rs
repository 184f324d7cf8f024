//! Quick answers: one use after the other takes what it can of the tickets that nothing else has taken.
//!
//! They cost next to nothing for a real basket. For monstrous ones they end with the reserve of the budget, and give what
//! they have so far.

use std::cmp::Reverse;

use super::bundles;
use super::exchange;
use super::part::Part;
use crate::budget::Meter;
use crate::evaluate::Counts;
use crate::model::{Role, UseId};

/// A few allowed assignments, the one in list order first.
pub(super) fn answers(part: &Part<'_, '_>, meter: &mut Meter<'_>) -> Vec<Counts> {
    let alone = Alone::new(part);
    let in_turn = |uses: &[UseId], meter: &mut Meter<'_>| {
        let mut draft = Draft::new(part, &alone, part.nothing());
        for id in uses {
            draft.apply(*id, meter);
        }
        draft.join(meter);
        draft.sell_whole_lines();
        draft.counts
    };
    let uses = alone.uses();
    let mut answers = vec![in_turn(&uses, meter)];
    let mut by_saving: Vec<(i64, UseId)> = Vec::new();
    for id in &uses {
        let mut draft = Draft::new(part, &alone, part.nothing());
        draft.apply(*id, meter);
        by_saving.push((part.saving(&draft.counts), *id));
        meter.reserve(part.size() / 32 + part.steps_to_count());
        if !meter.has_reserve() {
            return answers;
        }
    }
    by_saving.sort_by_key(|(saving, _)| Reverse(*saving));
    let by_saving: Vec<UseId> = by_saving.into_iter().map(|(_, id)| id).collect();
    answers.push(in_turn(&by_saving, meter));
    let mut draft = Draft::new(part, &alone, part.nothing());
    draft.take_richest_patterns();
    answers.push(draft.counts);
    answers
}

/// Makes an assignment that may break rules allowed, then lets the uses take what is untouched, and tickets change places.
pub(super) fn repaired(part: &Part<'_, '_>, counts: Counts, meter: &mut Meter<'_>) -> Counts {
    let alone = Alone::new(part);
    let mut draft = Draft::new(part, &alone, counts);
    draft.keep_quotas();
    for id in draft.rewarding() {
        draft.keep_bundle(id, meter);
    }
    let mut uses = alone.uses();
    uses.sort_by_key(|id| part.model.terms[*id].bundle.is_none());
    for id in uses {
        draft.apply(id, meter);
    }
    draft.join(meter);
    let mut counts = draft.counts;
    exchange::improve(part, &mut counts, meter);
    let mut draft = Draft::new(part, &alone, counts);
    draft.sell_whole_lines();
    draft.counts
}

/// A pattern that names a single use.
#[derive(Clone, Copy)]
struct Place {
    class: usize,
    pattern: usize,
    /// The part in the ticket use, if it is one.
    role: Option<Role>,
}

/// Per use the patterns in which it is alone, dearest class first; empty for uses that a part does not know.
struct Alone {
    places: Vec<Vec<Place>>,
    is_known: Vec<bool>,
}

impl Alone {
    fn new(part: &Part<'_, '_>) -> Alone {
        let uses = part.model.uses.len();
        let mut alone = Alone { places: vec![Vec::new(); uses], is_known: vec![false; uses] };
        for class in 0..part.classes.len() {
            for (place, pattern) in part.patterns(class).enumerate() {
                let mut uses = pattern.uses();
                let first = uses.next();
                if let (Some(id), None) = (first, uses.next()) {
                    alone.places[id].push(Place {
                        class,
                        pattern: place,
                        role: pattern.ticket().map(|(_, role)| role),
                    });
                }
                for id in pattern.uses() {
                    alone.is_known[id] = true;
                }
            }
        }
        alone
    }

    /// All uses that the patterns name, in list order.
    fn uses(&self) -> Vec<UseId> {
        (0..self.is_known.len()).filter(|id| self.is_known[*id]).collect()
    }
}

/// Where a bundle may pay and reward in a class.
struct Seat {
    class: usize,
    pays: Option<usize>,
    gets: Option<usize>,
}

/// An assignment in the making.
struct Draft<'a, 'm, 's> {
    part: &'a Part<'m, 's>,
    alone: &'a Alone,
    counts: Counts,
    /// What the assignment leaves of every quota; below zero if it breaks it.
    left: Vec<i64>,
}

impl<'a, 'm, 's> Draft<'a, 'm, 's> {
    fn new(part: &'a Part<'m, 's>, alone: &'a Alone, counts: Counts) -> Draft<'a, 'm, 's> {
        let mut left: Vec<i64> = part.model.quotas.iter().map(|left| i64::from(*left)).collect();
        for (class, counts) in counts.iter().enumerate() {
            for (pattern, count) in part.patterns(class).zip(counts) {
                for quota in &pattern.quotas {
                    left[*quota] -= i64::from(*count);
                }
            }
        }
        Draft { part, alone, counts, left }
    }

    fn quotas(&self, class: usize, place: usize) -> &'m [usize] {
        &self.part.class(class).patterns[self.part.live[class][place]].quotas
    }

    fn shift(&mut self, class: usize, from: usize, to: usize, tickets: u32) {
        self.counts[class][from] -= tickets;
        self.counts[class][to] += tickets;
        for quota in self.quotas(class, from) {
            self.left[*quota] += i64::from(tickets);
        }
        for quota in self.quotas(class, to) {
            self.left[*quota] -= i64::from(tickets);
        }
    }

    /// How many tickets of a class the quotas let move from one pattern to another.
    fn room(&self, class: usize, from: usize, to: usize) -> u32 {
        let kept = self.quotas(class, from);
        let taken = self.quotas(class, to).iter().filter(|quota| !kept.contains(quota));
        let room = taken.map(|quota| u32::try_from(self.left[*quota].max(0)).unwrap_or(u32::MAX));
        room.fold(self.counts[class][from], u32::min)
    }

    fn shift_all(&mut self, class: usize, from: usize, to: usize) {
        let room = self.room(class, from, to);
        self.shift(class, from, to, room);
    }

    /// Takes tickets out of patterns whose quota is overdrawn.
    fn keep_quotas(&mut self) {
        for class in 0..self.counts.len() {
            for place in 1..self.counts[class].len() {
                let over = self.quotas(class, place).iter().map(|quota| (-self.left[*quota]).max(0)).max().unwrap_or(0);
                let over = u32::try_from(over).unwrap_or(u32::MAX).min(self.counts[class][place]);
                self.shift(class, place, 0, over);
            }
        }
    }

    /// The bundles that reward tickets.
    fn rewarding(&self) -> Vec<UseId> {
        let mut rewards = vec![false; self.part.model.uses.len()];
        for (class, counts) in self.counts.iter().enumerate() {
            for (pattern, _) in self.part.patterns(class).zip(counts).filter(|(_, count)| **count > 0) {
                if let Some((id, Role::Rewarded)) = pattern.ticket() {
                    rewards[id] = true;
                }
            }
        }
        self.part.bundles.iter().copied().filter(|id| rewards[*id]).collect()
    }

    /// Takes rewards back that nothing pays for; the dearest are the hardest to pay for.
    fn keep_bundle(&mut self, id: UseId, meter: &mut Meter<'_>) {
        for class in 0..self.counts.len() {
            let is_rewarded = |place: &usize| {
                let pattern = &self.part.class(class).patterns[self.part.live[class][*place]];
                pattern.ticket() == Some((id, Role::Rewarded))
            };
            let places: Vec<usize> = (0..self.counts[class].len()).filter(is_rewarded).collect();
            for place in places.into_iter().filter(|place| *place > 0) {
                let most = self.counts[class][place];
                if most == 0 || self.is_grouped(id, meter) {
                    continue;
                }
                self.shift(class, place, 0, most);
                let kept = most_that(most - 1, |kept| {
                    self.shift(class, 0, place, kept);
                    let is_grouped = self.is_grouped(id, meter);
                    self.shift(class, place, 0, kept);
                    is_grouped
                });
                self.shift(class, 0, place, kept);
            }
        }
    }

    fn is_grouped(&self, id: UseId, meter: &mut Meter<'_>) -> bool {
        meter.reserve(self.part.size() / 16 + 1);
        !meter.has_reserve() || bundles::Members::of(self.part, &self.counts, id).can_be_grouped()
    }

    /// Lets one use take untouched tickets.
    fn apply(&mut self, id: UseId, meter: &mut Meter<'_>) {
        let places = &self.alone.places[id];
        if !meter.reserve(places.len() as u64 / 8 + 1) {
            return;
        }
        if self.part.model.terms[id].bundle.is_some() {
            return self.apply_bundle(id, meter);
        }
        for place in places {
            self.shift_all(place.class, 0, place.pattern);
        }
    }

    /// Rewards the dearest untouched tickets that untouched tickets can pay for, then marks just enough paid ones, the
    /// cheapest that will do.
    fn apply_bundle(&mut self, id: UseId, meter: &mut Meter<'_>) {
        let Some(bundle) = self.part.model.terms[id].bundle else { return };
        let mut seats: Vec<Seat> = Vec::new();
        for place in &self.alone.places[id] {
            if seats.last().is_none_or(|seat| seat.class != place.class) {
                seats.push(Seat { class: place.class, pays: None, gets: None });
            }
            if let Some(seat) = seats.last_mut() {
                *(if place.role == Some(Role::Paid) { &mut seat.pays } else { &mut seat.gets }) = Some(place.pattern);
            }
        }
        for seat in &seats {
            let Some(gets) = seat.gets else { continue };
            let room = self.room(seat.class, 0, gets);
            let rewarded = most_that(room, |rewarded| {
                meter.reserve(seats.len() as u64 / 8 + 1) && self.could_be_paid(bundle, &seats, seat.class, rewarded)
            });
            self.shift(seat.class, 0, gets, rewarded);
        }
        // From the dearest price down, pay with the cheapest tickets seen so far.
        let (mut payable, mut paid, mut rewarded) = (Vec::new(), 0, 0);
        for (index, seat) in seats.iter().enumerate() {
            if let Some(place) = seat.pays {
                payable.push((seat.class, place));
                paid += self.counts[seat.class][place];
            }
            if let Some(place) = seat.gets {
                rewarded += self.counts[seat.class][place];
            }
            let price = |seat: &Seat| self.part.class(seat.class).price;
            let is_last = index + 1 == seats.len();
            let price_ends = is_last || price(&seats[index + 1]) != price(seat);
            if if self.part.model.rewards_cheapest(id) { price_ends } else { is_last } {
                let mut missing = (rewarded.div_ceil(bundle.get) * bundle.buy).saturating_sub(paid);
                paid += missing;
                for (payer, place) in payable.iter().rev().take_while(|_| meter.has_reserve()) {
                    let takes = missing.min(self.counts[*payer][0]);
                    self.shift(*payer, 0, *place, takes);
                    missing -= takes;
                    if missing == 0 {
                        break;
                    }
                }
                meter.reserve(payable.len() as u64 / 64);
            }
        }
        if !meter.has_reserve() && !bundles::Members::of(self.part, &self.counts, id).can_be_grouped() {
            self.counts = self.part.nothing();
            *self = Draft::new(self.part, self.alone, std::mem::take(&mut self.counts));
        }
    }

    /// Whether rewarded tickets could be grouped if every untouched ticket paid, with more of them in one class.
    fn could_be_paid(&self, bundle: &crate::effect::Bundle, seats: &[Seat], class: usize, more: u32) -> bool {
        let tickets = seats.iter().map(|seat| {
            let counts = &self.counts[seat.class];
            let more = if seat.class == class { more } else { 0 };
            let pays = seat.pays.map_or(0, |place| counts[0] - more + counts[place]);
            let gets = seat.gets.map_or(0, |place| counts[place] + more);
            (self.part.class(seat.class).price, pays, gets)
        });
        bundles::fit(bundle, tickets, None)
    }

    /// Gives up on lines of which only some tickets would be sold.
    fn sell_whole_lines(&mut self) {
        for class in 0..self.counts.len() {
            if self.part.class(class).is_half_sold(self.counts[class][0]) {
                for place in 1..self.counts[class].len() {
                    self.shift(class, place, 0, self.counts[class][place]);
                }
            }
        }
    }

    /// Lets stackable uses join: every ticket moves on to a richer pattern that keeps what it already carries.
    fn join(&mut self, meter: &mut Meter<'_>) {
        for class in 0..self.counts.len() {
            let patterns: Vec<_> = self.part.patterns(class).collect();
            for from in 0..patterns.len() {
                if self.counts[class][from] == 0 || !meter.reserve(patterns.len() as u64 / 8 + 1) {
                    continue;
                }
                let carries: Vec<UseId> = patterns[from].uses().collect();
                let role = |place: usize| patterns[place].ticket().map(|(_, role)| role);
                let is_richer = |to: &usize| {
                    patterns[*to].most() > patterns[from].most()
                        && patterns[*to].base_price == patterns[from].base_price
                        && role(*to) == role(from)
                        && carries.iter().all(|id| patterns[*to].uses().any(|other| other == *id))
                };
                let mut richer: Vec<usize> = (0..patterns.len()).filter(is_richer).collect();
                richer.sort_by_key(|to| Reverse(patterns[*to].most()));
                for to in richer {
                    self.shift_all(class, from, to);
                }
            }
        }
    }

    /// Every class takes its richest pattern as far as quotas let, then the next; bundles are left aside.
    fn take_richest_patterns(&mut self) {
        for class in 0..self.counts.len() {
            let mut places: Vec<(i64, usize)> = self
                .part
                .patterns(class)
                .enumerate()
                .filter(|(_, pattern)| pattern.ticket().is_none_or(|(_, role)| role == Role::Discounted))
                .map(|(place, pattern)| (if pattern.amount().is_some() { 0 } else { pattern.most() }, place))
                .filter(|(most, _)| *most > 0)
                .collect();
            places.sort_by_key(|(most, _)| Reverse(*most));
            for (_, place) in places {
                self.shift_all(class, 0, place);
            }
        }
        self.sell_whole_lines();
    }
}

/// The largest number up to `most` that holds, where zero holds and every smaller number than one that holds.
fn most_that(most: u32, mut holds: impl FnMut(u32) -> bool) -> u32 {
    let (mut known, mut most) = (0, most);
    while known < most {
        let middle = most - (most - known) / 2;
        if holds(middle) {
            known = middle;
        } else {
            most = middle - 1;
        }
    }
    known
}
