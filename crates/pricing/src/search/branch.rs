//! Branch and bound over the relaxations of a programme, made tighter by cuts.
//!
//! The floating point is trusted with nothing: its proposals are rounded, checked and counted again in whole cents, and
//! every bound, also the one that closes a branch, is proven in whole numbers.

use std::collections::BinaryHeap;

use super::Found;
use super::choose::{self, Records};
use super::cuts;
use super::exchange;
use super::greedy;
use super::part::Part;
use super::program::Program;
use super::proof::{Bounds, Proof};
use super::simplex::{Tableau, Verdict};
use crate::budget::Meter;

/// The largest tableau that is made; a few copies of it are the memory of the search.
const CELLS_MAX: usize = 1_000_000;
/// Rounds of cuts at most.
const CUT_ROUNDS: usize = 30;
/// Rounds of cuts in a row that bring the bound no nearer, after which no more are tried.
const CUT_ROUNDS_IDLE: usize = 3;
/// Rounds of cuts between two looks for cuts that are no longer felt.
const CUT_ROUNDS_KEPT: usize = 5;
/// Cuts per round.
const CUTS_PER_ROUND: usize = 40;
/// Most pivots for one relaxation.
const PIVOTS_MOST: u64 = 2_000;
/// Pivots between two looks at the budget.
const PIVOTS_BETWEEN_LOOKS: u64 = 32;
/// Cells of a tableau that a pivot changes per step of the budget.
const CELLS_PER_STEP: u64 = 150;
/// Nodes of a search near an answer.
const NODES_NEAR: u64 = 300;
/// Searches near the best answer, as long as they make it better.
const SEARCHES_NEAR_BEST: usize = 6;
/// Nodes between two searches near the best answer while branches are split.
const NODES_BETWEEN_SEARCHES: u64 = 1_500;
/// Nodes between two thorough proposals.
const NODES_BETWEEN_REPAIRS: u64 = 256;
/// How near to a whole number a value counts as one.
const WHOLE: f64 = 1e-6;

/// Improves `best` and its bound as far as the budget lets. Less than `wanted` is of no interest.
pub(super) fn search(part: &Part<'_, '_>, best: &mut Found, wanted: i64, meter: &mut Meter<'_>) {
    if Program::cells(part) > CELLS_MAX {
        return;
    }
    let program = Program::new(part);
    let bounds = program.columns.iter().map(|column| (0, column.most)).collect();
    let records = Records::new(program.columns.len());
    let mut search = Search { part, program, bounds, best, wanted, meter, records, given_up: i64::MIN };
    let Some((root, bound)) = search.root() else { return };
    let values = root.column_values();
    search.near_values(&root, bound, &values);
    for _ in 0..SEARCHES_NEAR_BEST {
        if !search.near_best(&root, bound, &values) {
            break;
        }
    }
    let open = search.split(&root, Branch { bound, narrowed: Vec::new() }, u64::MAX);
    search.best.bound = search.best.bound.min(open.max(search.given_up).max(search.known()));
}

/// A column and its new least and most.
type Limit = (usize, i64, i64);

/// A set of assignments that is still to be searched. The one with the highest bound comes first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Branch {
    /// Nothing in it brings more.
    bound: i64,
    /// The columns that are narrower than at the root.
    narrowed: Vec<Limit>,
}

struct Search<'a, 'm, 's, 'b> {
    part: &'a Part<'m, 's>,
    program: Program,
    /// Bounds of the columns outside of which nothing better is.
    bounds: Bounds,
    best: &'a mut Found,
    wanted: i64,
    meter: &'a mut Meter<'b>,
    records: Records,
    /// The highest bound of the branches that had to be given up.
    given_up: i64,
}

impl Search<'_, '_, '_, '_> {
    /// What an answer must exceed to be of interest.
    fn known(&self) -> i64 {
        self.best.saving.max(self.wanted.saturating_sub(1))
    }

    fn is_decided(&self) -> bool {
        self.best.saving >= self.best.bound
            || self.best.bound < self.wanted
            || (self.wanted > 0 && self.best.saving >= self.wanted)
    }

    /// Solves the relaxation and adds cuts while they bring the bound nearer; `None` if that decides everything.
    fn root(&mut self) -> Option<(Tableau, i64)> {
        let mut tableau = Tableau::new(&self.program);
        let rules = self.program.rows.len();
        let mut bound = i64::MAX;
        let mut idle = 0;
        for round in 0..CUT_ROUNDS {
            let verdict = self.solve(&mut tableau, PIVOTS_MOST);
            if let Some(proof) = Proof::new(&self.program, &self.bounds, &tableau.prices()) {
                let known = self.known();
                proof.narrow(&mut self.bounds, known);
                idle = if proof.bound() < bound { 0 } else { idle + 1 };
                bound = bound.min(proof.bound());
                self.best.bound = self.best.bound.min(bound.max(known));
            }
            if verdict != Verdict::Best {
                break;
            }
            self.propose(&tableau, round % 8 == 0);
            if self.is_decided() || bound <= self.known() {
                return None;
            }
            if self.meter.is_over() || idle >= CUT_ROUNDS_IDLE {
                break;
            }
            self.narrow(&mut tableau);
            if !self.cut(&mut tableau) {
                break;
            }
            if round % CUT_ROUNDS_KEPT == CUT_ROUNDS_KEPT - 1 {
                tableau = self.without_idle_cuts(&tableau, rules);
            }
        }
        // Once more from the start, without the errors that have gathered.
        tableau = self.without_idle_cuts(&tableau, rules);
        self.solve(&mut tableau, PIVOTS_MOST);
        Some((tableau, bound.min(self.best.bound)))
    }

    /// Adds the deepest cuts; says whether there were any.
    fn cut(&mut self, tableau: &mut Tableau) -> bool {
        let cuts = cuts::cuts(&self.program, &self.bounds, tableau);
        self.meter.spend(cuts.len() as u64 * tableau.cells() / CELLS_PER_STEP);
        let has_cuts = !cuts.is_empty();
        for cut in cuts.into_iter().take(CUTS_PER_ROUND) {
            tableau.add(&cut.row);
            self.program.rows.push(cut.row);
        }
        has_cuts
    }

    /// Drops cuts that are not felt, and gives a fresh tableau.
    fn without_idle_cuts(&mut self, tableau: &Tableau, rules: usize) -> Tableau {
        let mut row = 0;
        self.program.rows.retain(|_| {
            row += 1;
            row <= rules || !tableau.is_slack(row - 1)
        });
        let mut fresh = Tableau::new(&self.program);
        self.narrow(&mut fresh);
        fresh
    }

    fn narrow(&self, tableau: &mut Tableau) {
        for (column, (least, most)) in self.bounds.iter().enumerate() {
            tableau.limit(column, *least, *most);
        }
    }

    /// Pivots, and takes them off the budget.
    fn solve(&mut self, tableau: &mut Tableau, pivots: u64) -> Verdict {
        let mut left = pivots;
        loop {
            let before = tableau.work;
            let verdict = tableau.solve(left.min(PIVOTS_BETWEEN_LOOKS));
            left = left.saturating_sub(PIVOTS_BETWEEN_LOOKS);
            let goes_on = self.meter.spend((tableau.work - before) / CELLS_PER_STEP + 4);
            if verdict != Verdict::Unfinished || left == 0 || !goes_on {
                return verdict;
            }
        }
    }

    /// Takes the present values over as an answer, after rounding; with `is_thorough` also what repair makes of them.
    fn propose(&mut self, tableau: &Tableau, is_thorough: bool) {
        let counts = self.program.assignment(self.part, &tableau.column_values());
        self.part.keep_better(self.best, &counts);
        self.meter.spend(self.part.steps_to_count());
        if is_thorough {
            let repaired = greedy::repaired(self.part, counts, self.meter);
            self.part.keep_better(self.best, &repaired);
        }
    }

    /// Looks for an answer where every column takes one of the two whole numbers next to its value.
    fn near_values(&mut self, root: &Tableau, bound: i64, values: &[f64]) {
        let mut near = self.bounds.clone();
        for ((column, value), (least, most)) in self.program.columns.iter().zip(values).zip(&mut near) {
            if !column.is_cents {
                let (lowest, highest) = (*least, *most);
                *least = whole(value + WHOLE).clamp(lowest, highest);
                *most = whole(value + 1.0 - WHOLE).clamp(lowest, highest);
            }
        }
        self.near(root, bound, near);
    }

    /// Looks for a better answer that keeps what the best one has in common with the values; says whether there is one.
    fn near_best(&mut self, root: &Tableau, bound: i64, values: &[f64]) -> bool {
        let before = self.best.saving;
        let mut near = self.bounds.clone();
        for (column, count) in self.program.tickets_of(&self.best.counts) {
            let (least, most) = near[column];
            #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
            let is_alike = (values[column] - count as f64).abs() < 0.5;
            if is_alike && (least..=most).contains(&count) {
                near[column] = (count, count);
            }
        }
        self.near(root, bound, near);
        self.best.saving > before
    }

    /// Searches a while within narrower bounds; proves nothing.
    fn near(&mut self, root: &Tableau, bound: i64, near: Bounds) {
        let (bounds, given_up) = (std::mem::replace(&mut self.bounds, near), self.given_up);
        let before = self.best.saving;
        let mut tableau = root.clone();
        self.narrow(&mut tableau);
        self.split(&tableau, Branch { bound, narrowed: Vec::new() }, NODES_NEAR);
        if self.best.saving > before {
            let mut better = self.best.counts.clone();
            exchange::improve(self.part, &mut better, self.meter);
            self.part.keep_better(self.best, &better);
        }
        self.bounds = bounds;
        self.given_up = given_up;
    }

    /// Searches a branch, at most so many nodes, and gives the bound of what is left of it.
    fn split(&mut self, root: &Tableau, whole: Branch, nodes_most: u64) -> i64 {
        let mut open = BinaryHeap::from([whole]);
        let mut tableau = root.clone();
        let mut trial = root.clone();
        let mut nodes = 0;
        while let Some(mut branch) = open.pop() {
            if branch.bound <= self.known() || self.is_decided() {
                return branch.bound;
            }
            tableau.clone_from(root);
            for (column, least, most) in &branch.narrowed {
                tableau.limit(*column, *least, *most);
            }
            // Down one side until it is closed; the other sides wait.
            loop {
                nodes += 1;
                if self.meter.is_over() || nodes > nodes_most {
                    return open.peek().map_or(branch.bound, |next| next.bound.max(branch.bound));
                }
                if nodes_most == u64::MAX && nodes % NODES_BETWEEN_SEARCHES == 0 {
                    let values = tableau.column_values();
                    self.near_best(root, branch.bound, &values);
                }
                let is_thorough = nodes % NODES_BETWEEN_REPAIRS == 1;
                let Some((side, other)) = self.look(&mut tableau, &mut trial, &mut branch, is_thorough) else { break };
                open.push(Branch { bound: branch.bound, narrowed: with(&branch.narrowed, other) });
                tableau.limit(side.0, side.1, side.2);
                branch.narrowed = with(&branch.narrowed, side);
            }
        }
        i64::MIN
    }

    /// Solves the relaxation of a branch and says how to split it, the more promising side first; `None` if it is closed.
    fn look(
        &mut self,
        tableau: &mut Tableau,
        trial: &mut Tableau,
        branch: &mut Branch,
        is_thorough: bool,
    ) -> Option<(Limit, Limit)> {
        let verdict = self.solve(tableau, PIVOTS_MOST);
        let mut bounds = self.bounds.clone();
        for (column, least, most) in &branch.narrowed {
            bounds[*column] = (*least, *most);
        }
        let prices = match verdict {
            Verdict::Impossible { row, outside } => self.prices_that_close(tableau, row, outside),
            Verdict::Best | Verdict::Unfinished => tableau.prices(),
        };
        if let Some(proof) = Proof::new(&self.program, &bounds, &prices) {
            branch.bound = branch.bound.min(proof.bound());
        }
        if branch.bound <= self.known() {
            return None;
        }
        if verdict == Verdict::Best {
            self.propose(tableau, is_thorough);
            if branch.bound <= self.known() {
                return None;
            }
        }
        let values = tableau.column_values();
        let is_broken = |column: &usize| {
            !self.program.columns[*column].is_cents && (values[*column] - values[*column].round()).abs() > WHOLE
        };
        let broken: Vec<usize> = tableau.inner_columns().map(|(column, _)| column).filter(is_broken).collect();
        if verdict != Verdict::Best || broken.is_empty() {
            // Nothing to split by, though the bound promises more than there is.
            self.given_up = self.given_up.max(branch.bound);
            return None;
        }
        let (column, upwards) = self.choose(tableau, trial, broken, &values);
        let (least, most) = bounds[column];
        let floor = whole(values[column]).clamp(least, (most - 1).max(least));
        let (down, up) = ((column, least, floor), (column, floor + 1, most));
        Some(if upwards { (up, down) } else { (down, up) })
    }

    /// Prices of rows that prove that a branch holds nothing better, as a row of the tableau cannot be kept.
    fn prices_that_close(&self, tableau: &Tableau, row: usize, outside: f64) -> Vec<f64> {
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53 cents")]
        let surplus = (tableau.brings(&self.program) - self.known() as f64).max(0.0) + 1.0;
        let much = 2.0 * surplus / outside.abs().max(1e-6) * -outside.signum();
        tableau.prices().iter().zip(tableau.factors(row)).map(|(price, factor)| price + much * factor).collect()
    }

    /// The column to branch on, and whether upwards comes first.
    fn choose(&mut self, tableau: &Tableau, trial: &mut Tableau, broken: Vec<usize>, values: &[f64]) -> (usize, bool) {
        let brings = tableau.brings(&self.program);
        let mut records = std::mem::take(&mut self.records);
        let chosen = choose::choose(&mut records, broken, values, |column, least, most| {
            trial.clone_from(tableau);
            trial.narrow(column, least, most);
            let verdict = self.solve(trial, choose::PIVOTS_OF_TRIAL);
            #[expect(clippy::cast_precision_loss, reason = "far below 2^53 cents")]
            match verdict {
                Verdict::Impossible { .. } => brings - self.known() as f64,
                Verdict::Best | Verdict::Unfinished => brings - trial.brings(&self.program),
            }
        });
        self.records = records;
        chosen
    }
}

/// What is narrowed with one more column, each column once.
fn with(narrowed: &[Limit], limit: Limit) -> Vec<Limit> {
    let others = narrowed.iter().filter(|(column, ..)| *column != limit.0).copied();
    others.chain([limit]).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "values keep the bounds of their columns")]
fn whole(value: f64) -> i64 {
    value.floor() as i64
}
