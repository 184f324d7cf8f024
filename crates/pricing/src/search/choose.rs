//! Which column to branch on: the one whose both sides lose most, by trial at first and by experience later.

/// Pivots to try a side.
pub(super) const PIVOTS_OF_TRIAL: u64 = 20;
/// Columns that are tried before one is chosen.
const TRIALS: usize = 8;
/// Trials of a side after which its average is believed.
const TRIALS_ENOUGH: u32 = 3;
/// Losses that differ by less, in cents, count as equal.
const ALIKE_CENTS: f64 = 0.5;

/// What branching has cost so far, per column: downwards and upwards.
#[derive(Default)]
pub(super) struct Records(Vec<[Record; 2]>);

#[derive(Clone, Copy, Default)]
struct Record {
    /// Losses per unit of the column, summed up.
    sum: f64,
    trials: u32,
}

impl Records {
    pub(super) fn new(columns: usize) -> Records {
        Records(vec![[Record::default(); 2]; columns])
    }

    fn is_known(&self, column: usize) -> bool {
        self.0[column].iter().all(|record| record.trials >= TRIALS_ENOUGH)
    }

    /// What both sides of a column probably lose.
    fn expected(&self, column: usize, value: f64, unknown: f64) -> [f64; 2] {
        let average = |record: Record| if record.trials == 0 { unknown } else { record.sum / f64::from(record.trials) };
        let [down, up] = self.0[column];
        [average(down) * below(value), average(up) * (1.0 - below(value))]
    }
}

/// Chooses among the columns whose values are broken, and says whether upwards comes first. `loss` tries a column between
/// a new least or a new most.
pub(super) fn choose(
    records: &mut Records,
    mut broken: Vec<usize>,
    values: &[f64],
    mut loss: impl FnMut(usize, Option<f64>, Option<f64>) -> f64,
) -> (usize, bool) {
    let promise = |column: usize| score(records.expected(column, values[column], 1.0));
    broken.sort_by(|one, other| promise(*other).total_cmp(&promise(*one)).then(one.cmp(other)));
    let mut best = (f64::NEG_INFINITY, broken[0], false);
    let mut trials = 0;
    for column in broken {
        let value = values[column];
        let mut losses = records.expected(column, value, 0.0);
        if !records.is_known(column) && trials < TRIALS {
            trials += 1;
            losses = [loss(column, None, Some(value.floor())), loss(column, Some(value.ceil()), None)];
            for ((loss, record), way) in
                losses.iter_mut().zip(&mut records.0[column]).zip([below(value), 1.0 - below(value)])
            {
                *loss = loss.max(0.0);
                record.sum += *loss / way.max(1e-3);
                record.trials += 1;
            }
        }
        if score(losses) > best.0 {
            let [down, up] = losses;
            let upwards = if (up - down).abs() < ALIKE_CENTS { below(value) > 0.5 } else { up < down };
            best = (score(losses), column, upwards);
        }
    }
    (best.1, best.2)
}

fn below(value: f64) -> f64 {
    value - value.floor()
}

fn score([down, up]: [f64; 2]) -> f64 {
    down.max(1e-3) * up.max(1e-3)
}
