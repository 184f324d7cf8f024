//! The choice in numbers: tickets that are equal for every use form a *class*, and everything that can happen to a ticket
//! of a class is one of its *patterns*.
//!
//! A pattern names at most one base use, one ticket use (with the part the ticket plays in a bundle), one percentage of
//! the order and one amount that shares its tickets with nothing. Amounts that are stackable are no part of a pattern:
//! they cover every ticket in scope that carries nothing unstackable (the pattern is *open*). What happens to a basket
//! is then a number of tickets per class and pattern.

mod class;
mod pattern;
mod quotas;

use std::collections::HashMap;

use crate::effect::{Bundle, CapScope, Effect, Reward};
use crate::money::Cents;
use crate::scenario::Line;
use crate::uses::Use;
use class::Fit;
use quotas::Quotas;

pub(crate) use class::Class;
pub(crate) use pattern::{Pattern, Role};

/// Place of a use in [`Model::uses`].
pub(crate) type UseId = usize;

/// What the engine must know of a use besides its patterns.
#[derive(Debug)]
pub(crate) struct Terms<'s> {
    /// Most saving of the use over all its tickets.
    pub(crate) cap: Option<Cents>,
    /// The amount off the order.
    pub(crate) amount: Option<Cents>,
    /// The grouping of a bundle.
    pub(crate) bundle: Option<&'s Bundle>,
    /// May share tickets with other stackable uses.
    pub(crate) stackable: bool,
}

/// The whole choice.
#[derive(Debug)]
pub(crate) struct Model<'s> {
    /// Every use that may act, ordered by [`Use::rank`].
    pub(crate) uses: Vec<Use<'s>>,
    /// Their terms.
    pub(crate) terms: Vec<Terms<'s>>,
    /// The tickets.
    pub(crate) classes: Vec<Class>,
    /// How many tickets each quota leaves; only quotas that could bind.
    pub(crate) quotas: Vec<u32>,
}

/// What makes tickets equal: the regular price, the line if it has none, and what uses can do, as a number.
type ClassKey = (Option<Cents>, Option<usize>, usize);

impl<'s> Model<'s> {
    /// Puts the lines at the given places of a basket and the uses together.
    pub(crate) fn new(basket: &'s [Line], places: &[usize], uses: Vec<Use<'s>>) -> Model<'s> {
        let terms = uses.iter().map(terms).collect();
        let quotas = Quotas::new(basket, places, &uses);
        let mut model = Model { uses, terms, classes: Vec::new(), quotas: quotas.left.clone() };
        let unsold_price = unsold_price(basket, &model.uses);
        let mut known_fits: HashMap<Vec<Fit>, usize> = HashMap::new();
        let mut known: HashMap<ClassKey, usize> = HashMap::new();
        for place in places {
            let line = &basket[*place];
            let fits = model.fits(line, &quotas);
            // A line without a regular price is sold as a whole or not at all, so it stays by itself.
            let alone = line.unit_price.is_none().then_some(*place);
            let number = known_fits.get(&fits).copied().unwrap_or(known_fits.len());
            let key = (line.unit_price, alone, number);
            if let Some(class) = known.get(&key) {
                model.classes[*class].count += line.quantity;
                model.classes[*class].lines.push((*place, line.quantity));
                continue;
            }
            let class = model.class(*place, line, &fits, unsold_price);
            known.insert(key, model.classes.len());
            known_fits.insert(fits, number);
            model.classes.push(class);
        }
        model
    }
}

fn terms<'s>(one: &Use<'s>) -> Terms<'s> {
    let mut terms = Terms { cap: None, amount: None, bundle: None, stackable: one.offer.stackable };
    match &one.offer.effect {
        Some(
            Effect::PercentOff { max_discount, cap_scope: CapScope::Order, .. }
            | Effect::PercentOffOrder { max_discount, .. },
        ) => {
            terms.cap = *max_discount;
        }
        Some(Effect::AmountOffOrder { amount }) => terms.amount = Some(*amount),
        Some(Effect::Bundle(bundle)) => terms.bundle = Some(bundle),
        _ => {}
    }
    terms
}

/// A price so high that selling one more ticket is better than any other saving.
fn unsold_price(basket: &[Line], uses: &[Use<'_>]) -> Cents {
    if basket.iter().all(|line| line.unit_price.is_some()) {
        return Cents::ZERO;
    }
    let dearest_listed = uses.iter().flat_map(|one| match &one.offer.effect {
        Some(Effect::PriceList { prices, .. }) => prices.as_slice(),
        _ => &[],
    });
    let dearest_listed = dearest_listed.map(|entry| entry.price).max().unwrap_or_default();
    let worth = |line: &Line| Cents(line.unit_price.unwrap_or(dearest_listed).0 * i64::from(line.quantity));
    basket.iter().map(worth).sum::<Cents>() + Cents(1)
}

impl Model<'_> {
    /// Whether rewarded tickets of a bundle use may not cost more than its paid ones.
    pub(crate) fn rewards_cheapest(&self, id: UseId) -> bool {
        self.terms[id].bundle.is_some_and(|bundle| bundle.reward == Reward::Cheapest)
    }
}
