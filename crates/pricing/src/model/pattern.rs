//! What can happen to a ticket. Monstrous baskets have hundreds of thousands of patterns, so that a pattern is small.

use super::UseId;
use crate::money::Cents;

/// The part a ticket plays in a ticket use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// The use lowers its price.
    Discounted,
    /// It is a paid member of a bundle.
    Paid,
    /// It is a rewarded member of a bundle.
    Rewarded,
}

/// A use or none, in half the room of an `Option`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Named(u32);

impl Named {
    const NOBODY: Named = Named(u32::MAX);

    /// A scenario has some thousand uses at most, so that every place fits.
    fn of(id: UseId) -> Named {
        Named(u32::try_from(id).unwrap_or(u32::MAX))
    }

    fn get(self) -> Option<UseId> {
        (self != Named::NOBODY).then_some(self.0 as usize)
    }
}

/// What happens to a ticket. Savings are those of an order in which no cap is reached.
///
/// Beside them stands an optimistic account, exact as long as nothing acts behind a cap that is reached: what is `sure`, what is
/// under caps, and the `rest` that amounts may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    base: Named,
    ticket: Named,
    percent: Named,
    amount: Named,
    role: Role,
    /// Whether stackable amounts may cover the ticket.
    pub(crate) open: bool,
    is_ticket_capped: bool,
    is_percent_capped: bool,
    /// The price after the base layer.
    pub(crate) base_price: Cents,
    /// What the ticket use saves.
    pub(crate) ticket_saving: Cents,
    /// What the percentage of the order saves.
    pub(crate) percent_saving: Cents,
    /// What uses without a cap save.
    pub(crate) sure: i64,
    /// What the capped percentage of the order would save at most.
    percent_under_cap: i64,
    /// What is left for amounts.
    pub(crate) rest: i64,
    /// Quotas that a ticket of this pattern takes from.
    pub(crate) quotas: Box<[usize]>,
}

impl Pattern {
    /// Nothing happens.
    pub(super) fn plain(price: Cents, open: bool) -> Pattern {
        Pattern {
            base: Named::NOBODY,
            ticket: Named::NOBODY,
            percent: Named::NOBODY,
            amount: Named::NOBODY,
            role: Role::Discounted,
            open,
            is_ticket_capped: false,
            is_percent_capped: false,
            base_price: price,
            ticket_saving: Cents::ZERO,
            percent_saving: Cents::ZERO,
            sure: 0,
            percent_under_cap: 0,
            rest: 0,
            quotas: Box::default(),
        }
    }

    /// Only the base price is set.
    pub(super) fn based(id: UseId, base_price: Cents, open: bool, quotas: &[usize]) -> Pattern {
        Pattern { base: Named::of(id), quotas: quotas.into(), ..Pattern::plain(base_price, open) }
    }

    /// The same with a ticket use.
    pub(super) fn with_ticket(&self, id: UseId, role: Role, saving: Cents, open: bool, quotas: &[usize]) -> Pattern {
        let quotas = [&self.quotas, quotas].concat().into();
        Pattern { ticket: Named::of(id), role, ticket_saving: saving, open, quotas, ..self.clone() }
    }

    /// The same with a percentage of the order.
    pub(super) fn with_percent(&self, id: UseId, saving: Cents, open: bool) -> Pattern {
        Pattern { percent: Named::of(id), percent_saving: saving, open, ..self.clone() }
    }

    /// The same with an amount that shares its tickets with nothing.
    pub(super) fn with_amount(&self, id: UseId) -> Pattern {
        Pattern { amount: Named::of(id), open: false, ..self.clone() }
    }

    /// Makes the account for a ticket of a price; says which uses have a cap and what a percentage of the order saves on a price.
    pub(super) fn account(
        &mut self,
        price: Cents,
        is_capped: impl Fn(UseId) -> bool,
        percent_of: impl Fn(UseId, Cents) -> Cents,
    ) {
        self.sure = (price - self.base_price).0;
        self.rest = self.base_price.0;
        self.is_ticket_capped = self.ticket.get().is_some_and(&is_capped);
        if !self.is_ticket_capped {
            self.sure += self.ticket_saving.0;
            self.rest -= self.ticket_saving.0;
        }
        let Some(id) = self.percent.get() else { return };
        let saving = percent_of(id, Cents(self.rest)).0;
        self.is_percent_capped = is_capped(id);
        if self.is_percent_capped {
            self.percent_under_cap = saving;
        } else {
            self.sure += saving;
            // Behind a cap the percentage may save less, so that more is left than this saving suggests.
            self.rest -= if self.is_ticket_capped { self.percent_saving.0.min(saving) } else { saving };
        }
    }

    /// The use that sets the base price.
    pub(crate) fn base(&self) -> Option<UseId> {
        self.base.get()
    }

    /// The ticket use and the part the ticket plays in it.
    pub(crate) fn ticket(&self) -> Option<(UseId, Role)> {
        self.ticket.get().map(|id| (id, self.role))
    }

    /// The percentage of the order.
    pub(crate) fn percent(&self) -> Option<UseId> {
        self.percent.get()
    }

    /// The unstackable amount that covers the ticket.
    pub(crate) fn amount(&self) -> Option<UseId> {
        self.amount.get()
    }

    /// The uses that the pattern names.
    pub(crate) fn uses(&self) -> impl Iterator<Item = UseId> + use<> {
        [self.base, self.ticket, self.percent, self.amount].into_iter().filter_map(Named::get)
    }

    /// What the ticket costs before amounts, if no cap is reached.
    pub(crate) fn price(&self) -> Cents {
        self.base_price - self.ticket_saving - self.percent_saving
    }

    /// Whether the ticket use has a cap, so that what acts behind it depends on how far that is reached.
    pub(crate) fn is_ticket_capped(&self) -> bool {
        self.is_ticket_capped
    }

    /// The savings under caps, and whose they are.
    pub(crate) fn capped(&self) -> impl Iterator<Item = (UseId, i64)> + use<> {
        let ticket = self.ticket.get().filter(|_| self.is_ticket_capped).map(|id| (id, self.ticket_saving.0));
        let percent = self.percent.get().filter(|_| self.is_percent_capped).map(|id| (id, self.percent_under_cap));
        [ticket, percent].into_iter().flatten()
    }

    /// What the pattern can save under the cap of a use.
    pub(crate) fn under_cap(&self, id: UseId) -> i64 {
        self.capped().filter(|(other, _)| *other == id).map(|(_, saving)| saving).sum()
    }

    /// Everything the pattern can save, amounts left aside.
    pub(crate) fn most(&self) -> i64 {
        self.sure + self.capped().map(|(_, saving)| saving).sum::<i64>()
    }
}
