//! The linear relaxation of a programme: a dual simplex over a dense tableau, in floating point.
//!
//! The programmes here have some hundred columns and rows, so that a full tableau is small, quick to copy for a branch, and
//! tells for free what each row of the programme weighs in it. Every column has a least and a most, so that there is always
//! a start. What comes out is a proposal: bounds are derived from it in whole numbers elsewhere.

use super::program::{Program, Row};

/// Below this a number counts as zero where something is divided by it.
const PIVOT_LEAST: f64 = 1e-7;
/// How far a variable may be outside of its bounds.
const OUTSIDE_MOST: f64 = 1e-7;

/// How a solution ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Verdict {
    /// The best values within all bounds.
    Best,
    /// No values keep all bounds.
    Impossible {
        /// The row of the tableau that shows it.
        row: usize,
        /// How far its variable is out of its bounds at least: negative below, positive above.
        outside: f64,
    },
    /// The pivots were used up, so that some value is still out of its bounds.
    Unfinished,
}

/// The rows of a programme solved for as many of its variables; the others sit at one of their bounds.
///
/// Variables are the columns of the programme, then one slack per row.
#[derive(Debug)]
pub(super) struct Tableau {
    columns: usize,
    /// Per row: what a unit of each outer variable takes from the inner one, and at the end its value if all are zero.
    cells: Vec<Vec<f64>>,
    /// What a unit of each outer variable brings.
    gains: Vec<f64>,
    /// The inner variable of each row.
    inner: Vec<usize>,
    /// The outer variable of each column.
    outer: Vec<usize>,
    /// Per variable: it sits at its most.
    is_high: Vec<bool>,
    least: Vec<f64>,
    most: Vec<f64>,
    /// Present values of the inner variables.
    values: Vec<f64>,
    /// Cells that pivots have changed since the start.
    pub(super) work: u64,
}

impl Clone for Tableau {
    fn clone(&self) -> Tableau {
        Tableau {
            columns: self.columns,
            cells: self.cells.clone(),
            gains: self.gains.clone(),
            inner: self.inner.clone(),
            outer: self.outer.clone(),
            is_high: self.is_high.clone(),
            least: self.least.clone(),
            most: self.most.clone(),
            values: self.values.clone(),
            work: self.work,
        }
    }

    fn clone_from(&mut self, other: &Tableau) {
        self.columns = other.columns;
        self.cells.clone_from(&other.cells);
        self.gains.clone_from(&other.gains);
        self.inner.clone_from(&other.inner);
        self.outer.clone_from(&other.outer);
        self.is_high.clone_from(&other.is_high);
        self.least.clone_from(&other.least);
        self.most.clone_from(&other.most);
        self.values.clone_from(&other.values);
        self.work = other.work;
    }
}

impl Tableau {
    /// All columns at the bound that brings more, all slacks inside.
    pub(super) fn new(program: &Program) -> Tableau {
        let columns = program.columns.len();
        let mut tableau = Tableau {
            columns,
            cells: Vec::new(),
            gains: program.columns.iter().map(|column| float(column.brings)).collect(),
            inner: Vec::new(),
            outer: (0..columns).collect(),
            is_high: program.columns.iter().map(|column| column.brings > 0).collect(),
            least: vec![0.0; columns],
            most: program.columns.iter().map(|column| float(column.most)).collect(),
            values: Vec::new(),
            work: 0,
        };
        for row in &program.rows {
            tableau.add(row);
        }
        tableau
    }

    /// Adds the next row of the programme.
    pub(super) fn add(&mut self, row: &Row) {
        let mut cells = vec![0.0; self.columns + 1];
        cells[self.columns] = float(row.limit) / float(row.unit);
        let mut place_of = vec![None; self.least.len()];
        for (place, variable) in self.outer.iter().enumerate() {
            place_of[*variable] = Some(place);
        }
        for (column, factor) in &row.terms {
            let factor = float(*factor) / float(row.unit);
            if let Some(place) = place_of[*column] {
                cells[place] += factor;
            } else if let Some(inner) = self.inner.iter().position(|variable| variable == column) {
                for (cell, other) in cells.iter_mut().zip(&self.cells[inner]) {
                    *cell -= factor * other;
                }
            }
        }
        self.inner.push(self.least.len());
        self.least.push(0.0);
        self.most.push(if row.is_exact { 0.0 } else { f64::INFINITY });
        self.is_high.push(false);
        self.values.push(self.value_of(&cells));
        self.cells.push(cells);
    }

    /// Gives a column a new least and most.
    pub(super) fn limit(&mut self, column: usize, least: i64, most: i64) {
        self.rest_between(column, float(least), float(most));
    }

    /// Gives a column a new least or most.
    pub(super) fn narrow(&mut self, column: usize, least: Option<f64>, most: Option<f64>) {
        self.rest_between(column, least.unwrap_or(self.least[column]), most.unwrap_or(self.most[column]));
    }

    fn rest_between(&mut self, column: usize, least: f64, most: f64) {
        let before = self.resting(column);
        self.least[column] = least;
        self.most[column] = most;
        let moved = self.resting(column) - before;
        if moved != 0.0
            && let Some(place) = self.outer.iter().position(|variable| *variable == column)
        {
            self.shift(place, moved);
        }
    }

    /// The values of all columns.
    pub(super) fn column_values(&self) -> Vec<f64> {
        let mut values: Vec<f64> = (0..self.columns).map(|column| self.resting(column)).collect();
        for (variable, value) in self.inner.iter().zip(&self.values) {
            if let Some(slot) = values.get_mut(*variable) {
                *slot = *value;
            }
        }
        values
    }

    /// What the present values bring.
    pub(super) fn brings(&self, program: &Program) -> f64 {
        program.columns.iter().zip(self.column_values()).map(|(column, value)| float(column.brings) * value).sum()
    }

    /// Columns that are solved for, each with its row.
    pub(super) fn inner_columns(&self) -> impl Iterator<Item = (usize, usize)> {
        self.inner
            .iter()
            .enumerate()
            .filter(|(_, variable)| **variable < self.columns)
            .map(|(row, column)| (*column, row))
    }

    /// Whether a column sits at its most.
    pub(super) fn is_at_most(&self, column: usize) -> bool {
        self.is_high[column]
    }

    /// Whether the slack of a row of the programme is solved for, so that the row is not felt.
    pub(super) fn is_slack(&self, row: usize) -> bool {
        self.inner.contains(&(self.columns + row))
    }

    /// What a unit of each row of the programme is worth.
    pub(super) fn prices(&self) -> Vec<f64> {
        let mut prices = vec![0.0; self.least.len() - self.columns];
        for (variable, gain) in self.outer.iter().zip(&self.gains) {
            if let Some(row) = variable.checked_sub(self.columns) {
                prices[row] = -gain;
            }
        }
        prices
    }

    /// The factors with which the rows of the programme add up to a row of the tableau.
    pub(super) fn factors(&self, row: usize) -> Vec<f64> {
        let mut factors = vec![0.0; self.least.len() - self.columns];
        for (variable, cell) in self.outer.iter().zip(&self.cells[row]) {
            if let Some(slack) = variable.checked_sub(self.columns) {
                factors[slack] = *cell;
            }
        }
        if let Some(slack) = self.inner[row].checked_sub(self.columns) {
            factors[slack] = 1.0;
        }
        factors
    }

    /// How far the inner variable of a row is out of its bounds: negative below, positive above.
    fn outside(&self, row: usize) -> f64 {
        let (variable, value) = (self.inner[row], self.values[row]);
        if value < self.least[variable] {
            value - self.least[variable]
        } else if value > self.most[variable] {
            value - self.most[variable]
        } else {
            0.0
        }
    }

    /// Pivots until all values keep their bounds.
    pub(super) fn solve(&mut self, pivots_most: u64) -> Verdict {
        for _ in 0..pivots_most {
            let Some(row) = self.worst_row() else { return Verdict::Best };
            match self.entering(row) {
                Ok(place) => self.pivot(row, place),
                Err(outside) => return Verdict::Impossible { row, outside },
            }
        }
        if self.worst_row().is_some() { Verdict::Unfinished } else { Verdict::Best }
    }

    /// The size of the tableau.
    pub(super) fn cells(&self) -> u64 {
        (self.cells.len() * (self.columns + 1)) as u64
    }

    fn resting(&self, variable: usize) -> f64 {
        if self.is_high[variable] { self.most[variable] } else { self.least[variable] }
    }

    fn value_of(&self, cells: &[f64]) -> f64 {
        let taken: f64 = cells.iter().zip(&self.outer).map(|(cell, variable)| cell * self.resting(*variable)).sum();
        cells[self.columns] - taken
    }

    /// Moves an outer variable.
    fn shift(&mut self, place: usize, moved: f64) {
        if moved != 0.0 {
            for (value, cells) in self.values.iter_mut().zip(&self.cells) {
                *value -= cells[place] * moved;
            }
        }
    }

    /// The row that is furthest out of its bounds, measured by the length of the row.
    fn worst_row(&self) -> Option<usize> {
        let mut worst = (0.0, None);
        for row in 0..self.inner.len() {
            let outside = self.outside(row);
            if outside.abs() > OUTSIDE_MOST * (1.0 + self.values[row].abs() * 1e-3) {
                let length: f64 = self.cells[row][..self.columns].iter().map(|cell| cell * cell).sum();
                let badness = outside * outside / (1.0 + length);
                if badness > worst.0 {
                    worst = (badness, Some(row));
                }
            }
        }
        worst.1
    }

    /// The outer variable to exchange with the inner one of a row, so that no gain changes its sign. Variables that may
    /// jump to their other bound on the way do so. If all jumps together are not enough: how far it stays outside.
    fn entering(&mut self, row: usize) -> Result<usize, f64> {
        let outside = self.outside(row);
        let mut candidates: Vec<(f64, usize)> = Vec::new();
        for (place, variable) in self.outer.iter().enumerate() {
            if self.most[*variable] - self.least[*variable] <= 0.0 {
                continue;
            }
            let pull = self.cells[row][place] * if outside < 0.0 { -1.0 } else { 1.0 };
            let helps = if self.is_high[*variable] { -pull } else { pull };
            if helps > PIVOT_LEAST {
                candidates.push((self.gains[place].abs() / helps, place));
            }
        }
        candidates.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
        let mut missing = outside.abs();
        let mut jumps = 0;
        for (_, place) in &candidates {
            let variable = self.outer[*place];
            missing -= self.cells[row][*place].abs() * (self.most[variable] - self.least[variable]);
            if missing <= OUTSIDE_MOST {
                break;
            }
            jumps += 1;
        }
        let Some(first) = candidates.get(jumps) else { return Err(missing.copysign(outside)) };
        // Among candidates that are nearly as tight the one with the largest cell is the safest.
        let near = first.0 + 1e-9 * (1.0 + first.0);
        let chosen = (jumps..candidates.len())
            .take_while(|index| candidates[*index].0 <= near)
            .max_by(|one, other| {
                self.cells[row][candidates[*one].1].abs().total_cmp(&self.cells[row][candidates[*other].1].abs())
            })
            .unwrap_or(jumps);
        for (_, place) in &candidates[..jumps] {
            let variable = self.outer[*place];
            let moved = self.most[variable] - self.least[variable];
            self.shift(*place, if self.is_high[variable] { -moved } else { moved });
            self.is_high[variable] = !self.is_high[variable];
        }
        Ok(candidates[chosen].1)
    }

    /// Exchanges the inner variable of a row, which goes to the bound it has left, with an outer one.
    fn pivot(&mut self, row: usize, place: usize) {
        let outside = self.outside(row);
        let (leaves, enters) = (self.inner[row], self.outer[place]);
        let pivot = self.cells[row][place];
        let moved = outside / pivot;
        let entered = self.resting(enters) + moved;
        self.shift(place, moved);
        self.values[row] = entered;
        self.is_high[leaves] = outside > 0.0;
        self.inner[row] = enters;
        self.outer[place] = leaves;

        let mut pivot_row = std::mem::take(&mut self.cells[row]);
        for cell in &mut pivot_row {
            *cell /= pivot;
        }
        pivot_row[place] = 1.0 / pivot;
        let mut touched = 2 + self.cells.len() / 16;
        for cells in self.cells.iter_mut().filter(|cells| !cells.is_empty() && cells[place] != 0.0) {
            exchange(cells, &pivot_row, place, pivot);
            touched += 1;
        }
        self.work += (touched * pivot_row.len()) as u64;
        exchange(&mut self.gains, &pivot_row, place, pivot);
        self.cells[row] = pivot_row;
    }
}

fn exchange(cells: &mut [f64], pivot_row: &[f64], place: usize, pivot: f64) {
    let factor = cells[place];
    for (cell, other) in cells.iter_mut().zip(pivot_row) {
        *cell -= factor * other;
    }
    cells[place] = -factor / pivot;
}

#[expect(clippy::cast_precision_loss, reason = "a proposal in floating point needs no more")]
fn float(number: i64) -> f64 {
    number as f64
}
