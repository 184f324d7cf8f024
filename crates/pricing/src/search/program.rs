//! Larger parts as an integer programme: numbers of tickets per class and pattern, solved by branch and bound over a
//! linear relaxation.
//!
//! The solver computes with floats and is trusted with nothing: its proposals are rounded, checked and counted again in
//! whole cents, its failures and panics only mean that there is no proposal, and its bound is taken with a margin.

use std::panic::{AssertUnwindSafe, catch_unwind};

use microlp::{
    ComparisonOp, LinearExpr, OptimizationDirection, Problem, ResumeOptions, SolveOptions, SolveOutcome, Variable,
};

use super::Found;
use super::part::Part;
use crate::budget::Meter;
use crate::evaluate::Counts;
use crate::model::{Role, UseId};
use crate::money::Cents;
use crate::offer::Bundle;

/// Nodes between two looks at the budget.
const NODES_BETWEEN_LOOKS: u64 = 64;

/// Improves `best` and its bound as far as the budget lets. Less than `wanted` is of no interest.
pub(super) fn search(part: &Part<'_, '_>, best: &mut Found, wanted: i64, meter: &mut Meter<'_>) {
    let attempt = catch_unwind(AssertUnwindSafe(|| {
        let mut found = best.clone();
        branch_and_bound(part, &mut found, wanted, meter);
        found
    }));
    if let Ok(found) = attempt {
        *best = found;
    }
}

fn branch_and_bound(part: &Part<'_, '_>, best: &mut Found, wanted: i64, meter: &mut Meter<'_>) {
    let program = Program::new(part);
    let mut start = SolveOptions::default();
    start.node_limit = Some(NODES_BETWEEN_LOOKS);
    start.time_limit = meter.time_left();
    start.warm_start = Some(program.hint(&best.counts));
    let Ok(mut outcome) = program.problem.solve_with(start) else { return };
    let mut iterations = 0;
    loop {
        let stats = outcome.stats();
        // One pivot touches a good share of the rows.
        let steps = (stats.lp_iterations - iterations) * program.rows.max(20);
        iterations = stats.lp_iterations;
        if let Some(bound) = stats.best_bound {
            best.bound = best.bound.min(whole_cents_below(bound));
        }
        if let SolveOutcome::Solution(solution) = &outcome {
            part.keep_better(best, &program.rounded(part, &|variable| solution.var_value(variable)));
        }
        let is_decided = best.saving >= best.bound || best.bound < wanted || (wanted > 0 && best.saving >= wanted);
        if outcome.is_optimal() || is_decided || !meter.spend(steps.max(1)) {
            return;
        }
        let mut resume = ResumeOptions::default();
        resume.node_limit = Some(NODES_BETWEEN_LOOKS);
        resume.time_limit = meter.time_left();
        match outcome.resume_with(resume) {
            Ok(next) => outcome = next,
            Err(_) => return,
        }
    }
}

/// The largest whole number of cents that a float bound admits, with a margin for its errors.
fn whole_cents_below(bound: f64) -> i64 {
    let margin = 1e-3 + bound.abs() * 1e-9;
    #[expect(clippy::cast_possible_truncation, reason = "the cast saturates, which keeps the bound valid")]
    let cents = (bound + margin).floor() as i64;
    cents
}

struct Program {
    problem: Problem,
    /// Per class of the part and live pattern.
    tickets: Vec<Vec<Variable>>,
    rows: u64,
}

impl Program {
    fn new(part: &Part<'_, '_>) -> Program {
        let mut program =
            Program { problem: Problem::new(OptimizationDirection::Maximize), tickets: Vec::new(), rows: 0 };
        for index in 0..part.classes.len() {
            let count = i32::try_from(part.class(index).count).unwrap_or(i32::MAX);
            let variables: Vec<Variable> = part
                .patterns(index)
                .map(|pattern| program.problem.add_integer_var(float(pattern.hope.sure), (0, count)))
                .collect();
            program.row(variables.iter().map(|variable| (*variable, 1.0)), ComparisonOp::Eq, f64::from(count));
            if !part.class(index).has_price {
                let unsold = program.problem.add_binary_var(0.0);
                program.row([(variables[0], 1.0), (unsold, -f64::from(count))], ComparisonOp::Eq, 0.0);
            }
            program.tickets.push(variables);
        }
        for quota in &part.quotas {
            let taking = program.terms(part, |_, pattern| f64::from(u8::from(pattern.quotas.contains(quota))));
            program.row(taking, ComparisonOp::Le, f64::from(part.model.quotas[*quota]));
        }
        for id in &part.caps {
            let saving = program.terms(part, |_, pattern| {
                pattern.hope.capped().filter(|(other, _)| other == id).map(|(_, saving)| float(saving)).sum()
            });
            program.limited(saving, part.limit(*id));
        }
        for id in &part.amounts {
            let rest = program
                .terms(part, |_, pattern| if pattern.amount == Some(*id) { float(pattern.hope.rest) } else { 0.0 });
            program.limited(rest, part.limit(*id));
        }
        program.cover(part);
        for id in &part.bundles {
            if let Some(bundle) = part.model.terms[*id].bundle {
                program.group(part, *id, bundle);
            }
        }
        program
    }

    fn row(&mut self, terms: impl IntoIterator<Item = (Variable, f64)>, comparison: ComparisonOp, limit: f64) {
        let mut expression = LinearExpr::empty();
        for (variable, factor) in terms {
            expression.add(variable, factor);
        }
        self.problem.add_constraint(expression, comparison, limit);
        self.rows += 1;
    }

    /// The variables with a factor other than zero.
    fn terms(
        &self,
        part: &Part<'_, '_>,
        factor: impl Fn(usize, &crate::model::Pattern) -> f64,
    ) -> Vec<(Variable, f64)> {
        let mut terms = Vec::new();
        for (index, variables) in self.tickets.iter().enumerate() {
            for (variable, pattern) in variables.iter().zip(part.patterns(index)) {
                let factor = factor(index, pattern);
                if factor != 0.0 {
                    terms.push((*variable, factor));
                }
            }
        }
        terms
    }

    /// Adds a saving that is at most its limit and at most what the terms bring.
    fn limited(&mut self, terms: Vec<(Variable, f64)>, limit: i64) {
        let saving = self.problem.add_var(1.0, (0.0, float(limit)));
        let brings = terms.into_iter().map(|(variable, factor)| (variable, -factor));
        self.row(std::iter::once((saving, 1.0)).chain(brings), ComparisonOp::Le, 0.0);
    }

    /// Stackable amounts: what they take from the open tickets of a class is at most what is left there.
    fn cover(&mut self, part: &Part<'_, '_>) {
        let mut taken: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); part.covering.len()];
        for index in 0..part.classes.len() {
            let from_class: Vec<(usize, Variable)> = (0..part.covering.len())
                .filter(|place| part.class(index).amounts.contains(&part.covering[*place]))
                .map(|place| (place, self.problem.add_var(1.0, (0.0, f64::INFINITY))))
                .collect();
            if from_class.is_empty() {
                continue;
            }
            for (place, variable) in &from_class {
                taken[*place].push((*variable, 1.0));
            }
            let rest = self.terms(
                part,
                |other, pattern| {
                    if other == index && pattern.open { -float(pattern.hope.rest) } else { 0.0 }
                },
            );
            let all = from_class.into_iter().map(|(_, variable)| (variable, 1.0)).chain(rest);
            self.row(all, ComparisonOp::Le, 0.0);
        }
        for (place, terms) in taken.into_iter().enumerate() {
            self.row(terms, ComparisonOp::Le, float(part.limit(part.covering[place])));
        }
    }

    /// The condition under which a bundle's members can be grouped.
    fn group(&mut self, part: &Part<'_, '_>, id: UseId, bundle: &Bundle) {
        let mut prices: Vec<Cents> = Vec::new();
        for index in 0..part.classes.len() {
            let rewarded = part.patterns(index).filter(|pattern| pattern.ticket == Some((id, Role::Rewarded)));
            prices.extend(rewarded.map(|pattern| pattern.base_price));
        }
        prices.sort_unstable();
        prices.dedup();
        if !part.model.rewards_cheapest(id) {
            prices.clear();
        }
        // From the lowest price upwards; the row of everything comes first and carries the number of bundles.
        let floors = std::iter::once(None).chain(prices.into_iter().map(Some));
        for floor in floors {
            let members = |role: Role, factor: f64| {
                self.terms(part, |_, pattern| {
                    let counts =
                        pattern.ticket == Some((id, role)) && floor.is_none_or(|floor| pattern.base_price >= floor);
                    if counts { factor } else { 0.0 }
                })
            };
            let paid = members(Role::Paid, -1.0);
            let most = bundle.max_bundles.filter(|_| floor.is_none());
            if bundle.get == 1 {
                let rewarded = members(Role::Rewarded, f64::from(bundle.buy));
                if let Some(most) = most {
                    self.row(members_once(&rewarded), ComparisonOp::Le, f64::from(most));
                }
                self.row(rewarded.into_iter().chain(paid), ComparisonOp::Le, 0.0);
            } else {
                let rewarded = members(Role::Rewarded, 1.0);
                let groups = self
                    .problem
                    .add_integer_var(0.0, (0, most.map_or(i32::MAX, |most| i32::try_from(most).unwrap_or(i32::MAX))));
                let room = std::iter::once((groups, -f64::from(bundle.get)));
                self.row(rewarded.into_iter().chain(room), ComparisonOp::Le, 0.0);
                self.row(
                    paid.into_iter().chain(std::iter::once((groups, f64::from(bundle.buy)))),
                    ComparisonOp::Le,
                    0.0,
                );
            }
        }
    }

    fn hint(&self, counts: &Counts) -> Vec<(Variable, f64)> {
        let pairs = self.tickets.iter().zip(counts).flat_map(|(variables, counts)| variables.iter().zip(counts));
        pairs.map(|(variable, count)| (*variable, f64::from(*count))).collect()
    }

    /// The proposal in whole tickets; what rounding leaves over stays untouched.
    fn rounded(&self, part: &Part<'_, '_>, value: &dyn Fn(Variable) -> f64) -> Counts {
        let rounded = |index: usize, variables: &Vec<Variable>| {
            let mut left = part.class(index).count;
            let mut counts = vec![0; variables.len()];
            for (place, variable) in variables.iter().enumerate().skip(1) {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "the cast saturates at the ends"
                )]
                let wanted = value(*variable).round() as u32;
                counts[place] = wanted.min(left);
                left -= counts[place];
            }
            counts[0] = left;
            counts
        };
        self.tickets.iter().enumerate().map(|(index, variables)| rounded(index, variables)).collect()
    }
}

fn members_once(terms: &[(Variable, f64)]) -> Vec<(Variable, f64)> {
    terms.iter().map(|(variable, _)| (*variable, 1.0)).collect()
}

#[expect(clippy::cast_precision_loss, reason = "amounts of a scenario are far below 2^53 cents")]
fn float(cents: i64) -> f64 {
    cents as f64
}
