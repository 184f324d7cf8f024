//! An independent part of the choice: some classes, their live patterns, and what couples them.

use super::Found;
use super::bundles;
use super::groups::Groups;
use super::reach::Reach;
use crate::evaluate::{self, Counts};
use crate::model::{Class, Model, Pattern, Role, UseId};
use crate::money::Cents;

/// Classes that share nothing with the classes of other parts.
#[derive(Debug)]
pub(super) struct Part<'m, 's> {
    pub(super) model: &'m Model<'s>,
    pub(super) active: &'m [bool],
    /// Classes of the part, dearest first.
    pub(super) classes: Vec<usize>,
    /// Per class of the part: the patterns that can be of use; the first is that nothing happens.
    pub(super) live: Vec<Vec<usize>>,
    /// Uses with a cap.
    pub(super) caps: Vec<UseId>,
    /// Bundles.
    pub(super) bundles: Vec<UseId>,
    /// Amounts that share their tickets with nothing.
    pub(super) amounts: Vec<UseId>,
    /// Amounts that may cover tickets with other stackable uses.
    pub(super) covering: Vec<UseId>,
    /// Quotas.
    pub(super) quotas: Vec<usize>,
}

/// Splits the choice into independent parts.
pub(super) fn parts<'m, 's>(model: &'m Model<'s>, active: &'m [bool]) -> Vec<Part<'m, 's>> {
    let live: Vec<Vec<usize>> = model.classes.iter().map(|class| live_patterns(model, active, class)).collect();
    let mut groups = Groups::new(model.classes.len());
    let mut owner_of_use: Vec<Option<usize>> = vec![None; model.uses.len()];
    let mut owner_of_quota: Vec<Option<usize>> = vec![None; model.quotas.len()];
    for (index, class) in model.classes.iter().enumerate() {
        for pattern in &live[index] {
            let pattern = &class.patterns[*pattern];
            for id in pattern.uses().filter(|id| is_coupling(model, *id)) {
                groups.join(index, *owner_of_use[id].get_or_insert(index));
            }
            for quota in &pattern.quotas {
                groups.join(index, *owner_of_quota[*quota].get_or_insert(index));
            }
        }
        for id in class.amounts.iter().filter(|id| active[**id]) {
            groups.join(index, *owner_of_use[*id].get_or_insert(index));
        }
    }
    groups.sets().into_iter().map(|classes| Part::new(model, active, classes, &live)).collect()
}

fn is_coupling(model: &Model<'_>, id: UseId) -> bool {
    let terms = &model.terms[id];
    terms.cap.is_some() || terms.amount.is_some() || terms.bundle.is_some()
}

fn couples(model: &Model<'_>, pattern: &Pattern) -> bool {
    !pattern.quotas.is_empty() || pattern.uses().any(|id| is_coupling(model, id))
}

/// The patterns of active uses that no other pattern makes pointless.
fn live_patterns(model: &Model<'_>, active: &[bool], class: &Class) -> Vec<usize> {
    let open_matters = class.amounts.iter().any(|id| active[*id]);
    let mut live: Vec<usize> =
        (0..class.patterns.len()).filter(|index| class.patterns[*index].uses().all(|id| active[id])).collect();
    let free: Vec<usize> = live.iter().copied().filter(|index| !couples(model, &class.patterns[*index])).collect();
    live.retain(|index| {
        let pattern = &class.patterns[*index];
        let serves_others = pattern.ticket().is_some_and(|(_, role)| role == Role::Paid);
        let most = if pattern.amount().is_some() { class.price.0 } else { pattern.most() };
        *index == 0
            || serves_others
            || !free.iter().any(|other| {
                let rival = &class.patterns[*other];
                let as_open = rival.open || !pattern.open || !open_matters;
                // Of two equally good patterns without coupling the earlier one stays.
                let as_good = rival.sure > most || (rival.sure == most && (*other < *index || couples(model, pattern)));
                *other != *index && as_open && as_good
            })
    });
    live
}

impl<'m, 's> Part<'m, 's> {
    fn new(model: &'m Model<'s>, active: &'m [bool], mut classes: Vec<usize>, live: &[Vec<usize>]) -> Part<'m, 's> {
        classes.sort_by_key(|class| std::cmp::Reverse(model.classes[*class].price));
        let live: Vec<Vec<usize>> = classes.iter().map(|class| live[*class].clone()).collect();
        let mut part = Part {
            model,
            active,
            classes,
            live,
            caps: Vec::new(),
            bundles: Vec::new(),
            amounts: Vec::new(),
            covering: Vec::new(),
            quotas: Vec::new(),
        };
        let mut uses: Vec<UseId> = Vec::new();
        for index in 0..part.classes.len() {
            uses.extend(part.patterns(index).flat_map(Pattern::uses));
            part.quotas.extend(
                part.live[index]
                    .iter()
                    .flat_map(|pattern| model.classes[part.classes[index]].patterns[*pattern].quotas.iter()),
            );
            part.covering.extend(part.class(index).amounts.iter().filter(|id| active[**id]));
        }
        for list in [&mut uses, &mut part.quotas, &mut part.covering] {
            list.sort_unstable();
            list.dedup();
        }
        part.caps.extend(uses.iter().filter(|id| model.terms[**id].cap.is_some()));
        part.bundles.extend(uses.iter().filter(|id| model.terms[**id].bundle.is_some()));
        part.amounts.extend(uses.iter().filter(|id| model.terms[**id].amount.is_some()));
        part
    }

    /// All classes and all patterns.
    pub(super) fn whole(model: &'m Model<'s>, active: &'m [bool]) -> Part<'m, 's> {
        let live = model.classes.iter().map(|class| (0..class.patterns.len()).collect()).collect::<Vec<_>>();
        let mut part = Part::new(model, active, (0..model.classes.len()).collect(), &live);
        part.classes = (0..model.classes.len()).collect();
        part.live = live;
        part
    }

    pub(super) fn key(&self) -> super::PartKey {
        (self.classes.clone(), self.live.clone(), self.covering.clone())
    }

    /// Numbers in an assignment.
    pub(super) fn size(&self) -> u64 {
        self.live.iter().map(Vec::len).sum::<usize>() as u64
    }

    pub(super) fn class(&self, index: usize) -> &'m Class {
        &self.model.classes[self.classes[index]]
    }

    /// The live patterns of a class of the part.
    pub(super) fn patterns(&self, index: usize) -> impl Iterator<Item = &'m Pattern> + use<'m, '_, 's> {
        let class = self.class(index);
        self.live[index].iter().map(|pattern| &class.patterns[*pattern])
    }

    pub(super) fn is_uncoupled(&self) -> bool {
        self.caps.is_empty()
            && self.bundles.is_empty()
            && self.amounts.is_empty()
            && self.covering.is_empty()
            && self.quotas.is_empty()
    }

    /// Per bundle with cheaper rewards the base prices at which it may reward, rising; empty for other uses.
    pub(super) fn reward_prices(&self) -> Vec<Vec<Cents>> {
        let mut prices = vec![Vec::new(); self.model.uses.len()];
        for index in 0..self.classes.len() {
            for pattern in self.patterns(index) {
                if let Some((id, Role::Rewarded)) = pattern.ticket()
                    && self.model.rewards_cheapest(id)
                {
                    prices[id].push(pattern.base_price);
                }
            }
        }
        for prices in &mut prices {
            prices.sort_unstable();
            prices.dedup();
        }
        prices
    }

    /// Nothing happens to any ticket.
    pub(super) fn nothing(&self) -> Counts {
        let nothing = |index: usize| {
            let mut counts = vec![0; self.live[index].len()];
            counts[0] = self.class(index).count;
            counts
        };
        (0..self.classes.len()).map(nothing).collect()
    }

    /// Every ticket follows the pattern that is best for it alone; the right answer where nothing is coupled.
    pub(super) fn best_patterns(&self) -> Counts {
        let best = |index: usize| {
            let mut counts = vec![0; self.live[index].len()];
            let mut best = (0, 0);
            for (place, pattern) in self.patterns(index).enumerate() {
                if pattern.sure > best.0 {
                    best = (pattern.sure, place);
                }
            }
            counts[best.1] = self.class(index).count;
            counts
        };
        (0..self.classes.len()).map(best).collect()
    }

    /// Takes over an assignment if it is allowed and saves more.
    pub(super) fn keep_better(&self, best: &mut Found, counts: &Counts) {
        if self.is_allowed(counts) {
            self.take_better(best, counts);
        }
    }

    /// Takes over an assignment that is known to be allowed if it saves more.
    pub(super) fn take_better(&self, best: &mut Found, counts: &Counts) {
        let account = self.account(counts);
        if account.saving <= best.saving {
            return;
        }
        let saving = if account.is_exact { account.saving } else { self.counted(counts) };
        if saving > best.saving {
            best.saving = saving;
            best.counts.clone_from(counts);
        }
    }

    /// Whether an assignment keeps all quotas, sells lines as a whole and has bundles that can be grouped.
    pub(super) fn is_allowed(&self, counts: &Counts) -> bool {
        let mut left = self.model.quotas.clone();
        for (index, counts) in counts.iter().enumerate() {
            if counts.iter().sum::<u32>() != self.class(index).count || self.class(index).is_half_sold(counts[0]) {
                return false;
            }
            for (pattern, count) in self.patterns(index).zip(counts) {
                for quota in &pattern.quotas {
                    match left[*quota].checked_sub(*count) {
                        Some(rest) => left[*quota] = rest,
                        None => return false,
                    }
                }
            }
        }
        bundles::Members::of_all(self, counts).iter().all(bundles::Members::can_be_grouped)
    }

    /// What an assignment saves, exactly.
    pub(super) fn saving(&self, counts: &Counts) -> i64 {
        let account = self.account(counts);
        if account.is_exact { account.saving } else { self.counted(counts) }
    }

    /// Whether the optimistic account of every assignment is exact, because nothing acts behind a cap or an amount.
    pub(super) fn is_always_exact(&self) -> bool {
        let acts_behind = |pattern: &Pattern| pattern.is_ticket_capped() && pattern.percent().is_some();
        self.covering.is_empty() && !(0..self.classes.len()).any(|index| self.patterns(index).any(acts_behind))
    }

    /// Steps that it takes to tell what an assignment saves.
    pub(super) fn steps_to_count(&self) -> u64 {
        let tickets: u64 = (0..self.classes.len()).map(|index| u64::from(self.class(index).count)).sum();
        if self.is_always_exact() { 1 } else { tickets * (1 + self.covering.len() as u64) / 4 }
    }

    /// What an assignment saves, counted ticket by ticket.
    fn counted(&self, counts: &Counts) -> i64 {
        let mut whole: Counts = self.model.classes.iter().map(|class| vec![0; class.patterns.len()]).collect();
        for ((class, live), counts) in self.classes.iter().zip(&self.live).zip(counts) {
            for (pattern, count) in live.iter().zip(counts) {
                whole[*class][*pattern] = *count;
            }
        }
        evaluate::saving(self.model, self.active, &whole).0
    }

    /// An optimistic account of an assignment, and whether it is exact.
    pub(super) fn account(&self, counts: &Counts) -> Account {
        let uses = self.model.uses.len();
        let mut sums = Sums { capped: vec![0; uses], rest: vec![0; uses] };
        let mut saving = 0;
        let mut is_exact = true;
        for (index, counts) in counts.iter().enumerate() {
            let class = self.class(index);
            for (pattern, count) in self.patterns(index).zip(counts).filter(|(_, count)| **count > 0) {
                let count = i64::from(*count);
                saving += pattern.sure * count;
                for (id, part) in pattern.capped() {
                    sums.capped[id] += part * count;
                }
                is_exact &= !pattern.is_ticket_capped() || pattern.percent().is_none();
                if let Some(id) = pattern.amount() {
                    sums.rest[id] += pattern.rest * count;
                }
                if pattern.open {
                    for id in class.amounts.iter().filter(|id| self.active[**id]) {
                        sums.rest[*id] += pattern.rest * count;
                    }
                }
            }
        }
        let under_caps: i64 = self.caps.iter().map(|id| sums.capped[*id].min(self.limit(*id))).sum();
        let by_amounts: i64 = self.amounts.iter().map(|id| sums.rest[*id].min(self.limit(*id))).sum();
        let covering: i64 = self.covering.iter().map(|id| sums.rest[*id].min(self.limit(*id))).sum();
        if !self.covering.is_empty() {
            let all: i64 = self.covering.iter().map(|id| self.limit(*id)).sum();
            let room_for_all = self.covering.iter().all(|id| sums.rest[*id] - under_caps >= all);
            is_exact &= room_for_all || (self.covering.len() == 1 && under_caps == 0);
        }
        Account { saving: saving + under_caps + by_amounts + covering, is_exact }
    }

    /// The cap or the amount of a use.
    pub(super) fn limit(&self, id: UseId) -> i64 {
        let terms = &self.model.terms[id];
        terms.cap.or(terms.amount).map_or(i64::MAX, |limit| limit.0)
    }

    /// What no assignment exceeds, from looking at every class alone.
    pub(super) fn simple_bound(&self) -> i64 {
        let reach = |index: usize| Reach::of(self, index);
        let mut total = Reach::nothing(self);
        for index in 0..self.classes.len() {
            total.add(&reach(index));
        }
        total.most(self)
    }
}

/// An account of an assignment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Account {
    /// What it saves at most.
    pub(super) saving: i64,
    /// It saves exactly that.
    pub(super) is_exact: bool,
}

struct Sums {
    capped: Vec<i64>,
    rest: Vec<i64>,
}
