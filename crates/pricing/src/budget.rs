//! How long the engine may search. The crate has no clock: steps are counted, and time is told by the caller.

use std::time::Duration;

/// Steps of a usual request: far more than real baskets need, and about a second of work.
const STEPS_USUAL: u64 = 8_000_000;

/// Steps beside the budget, so that there is an answer even without one.
const RESERVE: u64 = 1_000_000;

/// The limits of one pricing. With steps alone the same scenario always gives the same answer.
#[derive(Clone, Copy)]
pub struct Budget<'a> {
    /// Most steps of the search; a step is about a tenth of a microsecond.
    pub steps: u64,
    /// Tells how much time is left, if the caller limits time as well.
    pub time_left: Option<&'a dyn Fn() -> Duration>,
}

impl Default for Budget<'_> {
    fn default() -> Self {
        Budget { steps: STEPS_USUAL, time_left: None }
    }
}

impl std::fmt::Debug for Budget<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Budget").field("steps", &self.steps).finish_non_exhaustive()
    }
}

/// What is left of a budget.
pub(crate) struct Meter<'a> {
    steps_left: u64,
    until_look: u64,
    /// Steps for what must be done in any case: a first answer, and putting the last one in order.
    reserve: u64,
    time_left: Option<&'a dyn Fn() -> Duration>,
}

impl<'a> Meter<'a> {
    pub(crate) fn new(budget: &Budget<'a>) -> Meter<'a> {
        Meter { steps_left: budget.steps, until_look: 0, reserve: RESERVE, time_left: budget.time_left }
    }

    /// Takes steps off; `false` when the budget has ended.
    pub(crate) fn spend(&mut self, steps: u64) -> bool {
        const STEPS_BETWEEN_LOOKS: u64 = 4_096;
        self.steps_left = self.steps_left.saturating_sub(steps);
        self.until_look = self.until_look.saturating_sub(steps);
        if self.until_look == 0 {
            self.until_look = STEPS_BETWEEN_LOOKS;
            if self.time_left.is_some_and(|left| left().is_zero()) {
                self.steps_left = 0;
            }
        }
        !self.is_over()
    }

    pub(crate) fn is_over(&self) -> bool {
        self.steps_left == 0
    }

    /// Takes steps off the reserve; `false` when it has ended.
    pub(crate) fn reserve(&mut self, steps: u64) -> bool {
        self.reserve = self.reserve.saturating_sub(steps);
        self.has_reserve()
    }

    pub(crate) fn has_reserve(&self) -> bool {
        self.reserve > 0
    }

    pub(crate) fn steps_left(&self) -> u64 {
        self.steps_left
    }
}
