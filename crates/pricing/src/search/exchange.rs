//! Small steps to a better assignment: one ticket moves to another pattern, or two tickets move at once, as long as that
//! saves more. Two at once make room for each other, and fill caps and amounts to the last cent.

use super::bundles;
use super::part::Part;
use crate::budget::Meter;
use crate::evaluate::Counts;
use crate::model::Role;
use crate::money::Cents;

/// Most steps of one improvement.
const STEPS_MAX: u64 = 50_000;

/// Improves an allowed assignment until no exchange does, or for a while.
pub(super) fn improve(part: &Part<'_, '_>, counts: &mut Counts, meter: &mut Meter<'_>) {
    // Where one look at all moves takes longer than all steps there is nothing to gain.
    if part.size() > STEPS_MAX {
        return;
    }
    let mut exchange = Exchange::new(part, std::mem::take(counts));
    let mut steps_left = meter.steps_left().min(STEPS_MAX);
    let steps = steps_left;
    while steps_left > 0 && (exchange.one(&mut steps_left) || exchange.two(&mut steps_left)) {}
    meter.spend(steps - steps_left);
    *counts = exchange.counts;
}

/// What a ticket of a pattern weighs.
struct Weight {
    sure: i64,
    /// Place of a cap or an amount in `sums`, and what the ticket adds to it.
    sums: Vec<(usize, i64)>,
    quotas: Box<[usize]>,
    bundle: Option<usize>,
}

/// One ticket of a class goes from a pattern to another.
#[derive(Clone, Copy)]
struct Move {
    class: usize,
    from: usize,
    to: usize,
}

struct Exchange<'a, 'm, 's> {
    part: &'a Part<'m, 's>,
    counts: Counts,
    weights: Vec<Vec<Weight>>,
    /// Sums under caps and amounts, and their limits.
    sums: Vec<(i64, i64)>,
    /// Tickets that quotas still leave.
    left: Vec<i64>,
    /// Per bundle its possible members: price, class, place, part; dearest first.
    members: Vec<Vec<(Cents, usize, usize, Role)>>,
    /// Members looked at since this was last accounted for.
    looked_at: u64,
}

impl<'a, 'm, 's> Exchange<'a, 'm, 's> {
    fn new(part: &'a Part<'m, 's>, counts: Counts) -> Exchange<'a, 'm, 's> {
        let limited: Vec<usize> = [&part.caps, &part.amounts, &part.covering].into_iter().flatten().copied().collect();
        let place_of =
            |id: usize, from: usize| limited.iter().skip(from).position(|other| *other == id).map(|place| place + from);
        let covering = part.caps.len() + part.amounts.len();
        let mut members = vec![Vec::new(); part.bundles.len()];
        let mut weights = Vec::new();
        for index in 0..part.classes.len() {
            let mut of_class = Vec::new();
            for (place, pattern) in part.patterns(index).enumerate() {
                let mut sums: Vec<(usize, i64)> =
                    pattern.capped().filter_map(|(id, saving)| Some((place_of(id, 0)?, saving))).collect();
                sums.extend(pattern.amount().and_then(|id| Some((place_of(id, part.caps.len())?, pattern.rest))));
                if pattern.open {
                    let amounts = part.class(index).amounts.iter();
                    sums.extend(amounts.filter_map(|id| Some((place_of(*id, covering)?, pattern.rest))));
                }
                let bundle = pattern.ticket().and_then(|(id, _)| part.bundles.iter().position(|other| *other == id));
                if let (Some(bundle), Some((_, role))) = (bundle, pattern.ticket()) {
                    members[bundle].push((pattern.base_price, index, place, role));
                }
                of_class.push(Weight { sure: pattern.sure, sums, quotas: pattern.quotas.clone(), bundle });
            }
            weights.push(of_class);
        }
        for members in &mut members {
            members.sort_by_key(|(price, ..)| std::cmp::Reverse(*price));
        }
        let mut exchange = Exchange {
            part,
            counts: Vec::new(),
            weights,
            sums: limited.iter().map(|id| (0, part.limit(*id))).collect(),
            left: part.model.quotas.iter().map(|left| i64::from(*left)).collect(),
            members,
            looked_at: 0,
        };
        for (index, counts) in counts.iter().enumerate() {
            for (place, count) in counts.iter().enumerate() {
                exchange.weigh(index, place, i64::from(*count));
            }
        }
        exchange.counts = counts;
        exchange
    }

    /// Adds tickets to the sums and gives what that brings.
    fn weigh(&mut self, class: usize, place: usize, tickets: i64) -> i64 {
        let weight = &self.weights[class][place];
        let mut brings = weight.sure * tickets;
        for (sum, part) in &weight.sums {
            let (sum, limit) = &mut self.sums[*sum];
            let before = (*sum).min(*limit);
            *sum += part * tickets;
            brings += (*sum).min(*limit) - before;
        }
        for quota in &weight.quotas {
            self.left[*quota] -= tickets;
        }
        brings
    }

    fn apply(&mut self, step: Move) -> i64 {
        self.counts[step.class][step.from] -= 1;
        self.counts[step.class][step.to] += 1;
        self.weigh(step.class, step.from, -1) + self.weigh(step.class, step.to, 1)
    }

    fn undo(&mut self, step: Move) {
        self.apply(Move { class: step.class, from: step.to, to: step.from });
    }

    /// Whether quotas and bundles that a step touches are kept.
    fn keeps_rules(&mut self, step: Move) -> bool {
        let to = &self.weights[step.class][step.to];
        let from = &self.weights[step.class][step.from];
        let bundles = [from.bundle, to.bundle];
        to.quotas.iter().all(|quota| self.left[*quota] >= 0)
            && bundles.into_iter().flatten().all(|bundle| {
                self.looked_at += self.members[bundle].len() as u64;
                self.can_be_grouped(bundle)
            })
    }

    fn can_be_grouped(&self, bundle: usize) -> bool {
        let Some(terms) = self.part.model.terms[self.part.bundles[bundle]].bundle else { return true };
        let tickets = self.members[bundle].iter().map(|(price, class, place, role)| {
            let count = self.counts[*class][*place];
            if *role == Role::Paid { (*price, count, 0) } else { (*price, 0, count) }
        });
        bundles::fit(terms, tickets, None)
    }

    /// All moves of a ticket with the most that each can bring, the most hopeful first.
    fn moves(&self, steps_left: &mut u64) -> Vec<(i64, Move)> {
        let mut moves = Vec::new();
        // Lines without a regular price are sold as a whole.
        for class in (0..self.counts.len()).filter(|class| self.part.class(*class).has_price) {
            let weights = &self.weights[class];
            for from in (0..weights.len()).filter(|from| self.counts[class][*from] > 0) {
                for to in (0..weights.len()).filter(|to| *to != from) {
                    let under_limits: i64 = weights[to].sums.iter().map(|(_, part)| part).sum();
                    let most = weights[to].sure - weights[from].sure + under_limits;
                    moves.push((most, Move { class, from, to }));
                }
            }
        }
        moves.sort_by_key(|(most, _)| std::cmp::Reverse(*most));
        spend(steps_left, moves.len() as u64 / 4);
        moves
    }

    /// Moves one ticket at a time; says whether that saved more.
    fn one(&mut self, steps_left: &mut u64) -> bool {
        let mut improved = false;
        for (_, step) in self.moves(steps_left).into_iter().take_while(|(most, _)| *most > 0) {
            while self.counts[step.class][step.from] > 0
                && spend(steps_left, 1 + std::mem::take(&mut self.looked_at) / 16)
            {
                let brings = self.apply(step);
                if brings > 0 && self.keeps_rules(step) {
                    improved = true;
                } else {
                    self.undo(step);
                    break;
                }
            }
        }
        improved
    }

    /// Moves two tickets at a time; says whether that saved more.
    fn two(&mut self, steps_left: &mut u64) -> bool {
        let mut improved = false;
        let moves = self.moves(steps_left);
        for (index, (_, first)) in moves.iter().enumerate() {
            if self.counts[first.class][first.from] == 0 {
                continue;
            }
            let start = self.apply(*first);
            let mut tried = 0;
            // What two moves bring together is at most what one brings and the other can bring.
            let second = moves[..index].iter().take_while(|(most, _)| start + most > 0).find(|(_, second)| {
                tried += 1;
                let is_back = second.class == first.class && second.from == first.to;
                if is_back || self.counts[second.class][second.from] == 0 {
                    return false;
                }
                let brings = start + self.apply(*second);
                let is_better = brings > 0 && self.keeps_rules(*first) && self.keeps_rules(*second);
                if !is_better {
                    self.undo(*second);
                }
                is_better
            });
            if second.is_some() {
                improved = true;
            } else {
                self.undo(*first);
            }
            if !spend(steps_left, tried / 2 + 1 + std::mem::take(&mut self.looked_at) / 16) {
                return false;
            }
        }
        improved
    }
}

/// Takes steps off what is left of them; `false` when nothing is left.
fn spend(steps_left: &mut u64, steps: u64) -> bool {
    *steps_left = steps_left.saturating_sub(steps);
    *steps_left > 0
}
