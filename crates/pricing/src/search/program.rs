//! Larger parts as an integer programme: numbers of tickets per class and pattern, and what limits them.

use super::part::Part;
use crate::effect::Bundle;
use crate::evaluate::Counts;
use crate::model::{Pattern, Role, UseId};
use crate::money::Cents;

/// An integer programme: find values of the columns that keep all rows and bring most.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
    /// The columns per class of the part and live pattern.
    pub(super) tickets: Vec<Vec<usize>>,
    /// What whole tickets bring at best is a multiple of so many cents.
    pub(super) step: i64,
}

/// The finest unit of rows.
pub(super) const UNIT: i64 = 1 << 20;

/// A whole number to be found: tickets, bundles or cents.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// What one unit brings, in cents.
    pub(super) brings: i64,
    /// The most; the least is zero.
    pub(super) most: i64,
    /// Whole as soon as all tickets and bundles are.
    pub(super) is_cents: bool,
}

/// A sum of columns times factors that stays within a limit.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) terms: Vec<(usize, i64)>,
    /// The sum reaches the limit, instead of staying at or below it.
    pub(super) is_exact: bool,
    pub(super) limit: i64,
    /// What factors and limit are to be divided by.
    pub(super) unit: i64,
}

impl Program {
    pub(super) fn new(part: &Part<'_, '_>) -> Program {
        let mut program = Program { columns: Vec::new(), rows: Vec::new(), tickets: Vec::new(), step: 1 };
        for index in 0..part.classes.len() {
            let count = i64::from(part.class(index).count);
            let columns: Vec<usize> = part.patterns(index).map(|pattern| program.column(pattern.sure, count)).collect();
            program.exactly(columns.iter().map(|column| (*column, 1)), count);
            if !part.class(index).has_price {
                let unsold = program.column(0, 1);
                program.exactly([(columns[0], 1), (unsold, -count)], 0);
            }
            program.tickets.push(columns);
        }
        for quota in &part.quotas {
            let taking = program.terms(part, |_, pattern| i64::from(pattern.quotas.contains(quota)));
            program.at_most(taking, i64::from(part.model.quotas[*quota]));
        }
        for id in &part.caps {
            let saving = program.terms(part, |_, pattern| pattern.under_cap(*id));
            program.limited(saving, part.limit(*id));
        }
        for id in &part.amounts {
            let rest = program.terms(part, |_, pattern| if pattern.amount() == Some(*id) { pattern.rest } else { 0 });
            program.limited(rest, part.limit(*id));
        }
        program.cover(part);
        let mut reward_prices = part.reward_prices();
        for id in &part.bundles {
            if let Some(bundle) = part.model.terms[*id].bundle {
                program.group(part, *id, bundle, std::mem::take(&mut reward_prices[*id]));
            }
        }
        program.step = program.common_step();
        program
    }

    /// The greatest common divisor of all savings and of everything that limits cents. Once the tickets are chosen, the cents
    /// flow from the tickets to the caps and amounts, and such a flow is as whole as its limits.
    fn common_step(&self) -> i64 {
        let is_cents = |column: usize| self.columns[column].is_cents;
        let sure = self.columns.iter().filter(|column| !column.is_cents).map(|column| column.brings);
        let rows = self.rows.iter().filter(|row| row.terms.iter().any(|(column, _)| is_cents(*column)));
        let limits = rows.flat_map(|row| {
            let weights = row.terms.iter().filter(|(column, _)| !is_cents(*column)).map(|(_, factor)| *factor);
            weights.chain([row.limit])
        });
        let most = self.columns.iter().filter(|column| column.is_cents).map(|column| column.most);
        sure.chain(limits).chain(most).fold(0, common_divisor).max(1)
    }

    /// The size of the programme of a part, roughly and rather too large.
    pub(super) fn cells(part: &Part<'_, '_>) -> usize {
        let patterns: usize = part.live.iter().map(Vec::len).sum();
        let limits = part.quotas.len() + part.caps.len() + part.amounts.len() + part.covering.len();
        let mut columns = patterns + limits + part.classes.len() * (1 + part.covering.len());
        let mut rows = 2 * part.classes.len() + limits;
        let reward_prices = part.reward_prices();
        for id in &part.bundles {
            let prices = 1 + reward_prices[*id].len();
            let has_groups = part.model.terms[*id].bundle.is_some_and(|bundle| bundle.get > 1);
            columns += if has_groups { prices } else { 0 };
            rows += 1 + if has_groups { 2 * prices } else { prices };
        }
        columns.saturating_mul(rows)
    }

    fn column(&mut self, brings: i64, most: i64) -> usize {
        self.columns.push(Column { brings, most, is_cents: false });
        self.columns.len() - 1
    }

    fn cents(&mut self, most: i64) -> usize {
        self.columns.push(Column { brings: 1, most, is_cents: true });
        self.columns.len() - 1
    }

    fn at_most(&mut self, terms: impl IntoIterator<Item = (usize, i64)>, limit: i64) {
        self.rows.push(Row { terms: terms.into_iter().collect(), is_exact: false, limit, unit: 1 });
    }

    fn exactly(&mut self, terms: impl IntoIterator<Item = (usize, i64)>, limit: i64) {
        self.rows.push(Row { terms: terms.into_iter().collect(), is_exact: true, limit, unit: 1 });
    }

    /// The columns with a factor other than zero.
    fn terms(&self, part: &Part<'_, '_>, factor: impl Fn(usize, &Pattern) -> i64) -> Vec<(usize, i64)> {
        let mut terms = Vec::new();
        for (index, columns) in self.tickets.iter().enumerate() {
            for (column, pattern) in columns.iter().zip(part.patterns(index)) {
                let factor = factor(index, pattern);
                if factor != 0 {
                    terms.push((*column, factor));
                }
            }
        }
        terms
    }

    /// Adds a saving that is at most its limit and at most what the terms bring.
    fn limited(&mut self, terms: Vec<(usize, i64)>, limit: i64) {
        let saving = self.cents(limit);
        let brings = terms.into_iter().map(|(column, factor)| (column, -factor));
        self.at_most(std::iter::once((saving, 1)).chain(brings), 0);
    }

    /// Stackable amounts: what they take from the open tickets of a class is at most what is left there.
    fn cover(&mut self, part: &Part<'_, '_>) {
        let mut taken: Vec<Vec<(usize, i64)>> = vec![Vec::new(); part.covering.len()];
        for index in 0..part.classes.len() {
            let from_class: Vec<(usize, usize)> = (0..part.covering.len())
                .filter(|place| part.class(index).amounts.contains(&part.covering[*place]))
                .map(|place| (place, self.cents(part.limit(part.covering[place]))))
                .collect();
            if from_class.is_empty() {
                continue;
            }
            for (place, column) in &from_class {
                taken[*place].push((*column, 1));
            }
            let rest =
                self.terms(part, |other, pattern| if other == index && pattern.open { -pattern.rest } else { 0 });
            let all = from_class.into_iter().map(|(_, column)| (column, 1)).chain(rest);
            self.at_most(all, 0);
        }
        for (place, terms) in taken.into_iter().enumerate() {
            self.at_most(terms, part.limit(part.covering[place]));
        }
    }

    /// The condition under which a bundle's members can be grouped.
    fn group(&mut self, part: &Part<'_, '_>, id: UseId, bundle: &Bundle, prices: Vec<Cents>) {
        let tickets = (0..part.classes.len()).map(|index| i64::from(part.class(index).count)).sum::<i64>();
        // From the lowest price upwards; the row of everything comes first and carries the number of bundles.
        let floors = std::iter::once(None).chain(prices.into_iter().map(Some));
        for floor in floors {
            let members = |role: Role, factor: i64| {
                self.terms(part, |_, pattern| {
                    let counts =
                        pattern.ticket() == Some((id, role)) && floor.is_none_or(|floor| pattern.base_price >= floor);
                    if counts { factor } else { 0 }
                })
            };
            let paid = members(Role::Paid, -1);
            let most = bundle.max_bundles.filter(|_| floor.is_none());
            if bundle.get == 1 {
                let rewarded = members(Role::Rewarded, i64::from(bundle.buy));
                if let Some(most) = most {
                    self.at_most(members_once(&rewarded), i64::from(most));
                }
                self.at_most(rewarded.into_iter().chain(paid), 0);
            } else {
                let rewarded = members(Role::Rewarded, 1);
                let groups = self.column(0, most.map_or(tickets, i64::from));
                let room = std::iter::once((groups, -i64::from(bundle.get)));
                self.at_most(rewarded.into_iter().chain(room), 0);
                self.at_most(paid.into_iter().chain(std::iter::once((groups, i64::from(bundle.buy)))), 0);
            }
        }
    }

    /// The columns of tickets with their values in an assignment.
    pub(super) fn tickets_of(&self, counts: &Counts) -> Vec<(usize, i64)> {
        let pairs = self.tickets.iter().zip(counts).flat_map(|(columns, counts)| columns.iter().zip(counts));
        pairs.map(|(column, count)| (*column, i64::from(*count))).collect()
    }

    /// The assignment that values of the columns propose; what rounding leaves over stays untouched.
    pub(super) fn assignment(&self, part: &Part<'_, '_>, values: &[f64]) -> Counts {
        let rounded = |index: usize, columns: &Vec<usize>| {
            let mut left = part.class(index).count;
            let mut counts = vec![0; columns.len()];
            for (place, column) in columns.iter().enumerate().skip(1) {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "the cast saturates at the ends"
                )]
                let wanted = values[*column].round() as u32;
                counts[place] = wanted.min(left);
                left -= counts[place];
            }
            counts[0] = left;
            counts
        };
        self.tickets.iter().enumerate().map(|(index, columns)| rounded(index, columns)).collect()
    }
}

fn common_divisor(one: i64, other: i64) -> i64 {
    let (mut one, mut other) = (one.abs(), other.abs());
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}

fn members_once(terms: &[(usize, i64)]) -> Vec<(usize, i64)> {
    terms.iter().map(|(column, _)| (*column, 1)).collect()
}
