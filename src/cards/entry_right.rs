//! What gates are told of an annual ticket or a day ticket, and what its code says.

use super::annual_ticket::AnnualTicket;
use crate::catalog::product::ReentryPolicy;
use crate::catalog::{Category, Product, Validity};
use crate::kernel::ids::{AnnualTicketId, TicketId};
use card::{CardCode, CardDay, CardId as CodeId, Flags, RightStatus, ScopeId};
use chrono::NaiveDate;

/// Whose right it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearer {
    /// An annual ticket's.
    AnnualTicket(AnnualTicketId),
    /// A sold day ticket's.
    DayTicket(TicketId),
}

impl Bearer {
    /// The id of the annual ticket, or of the sold day ticket.
    pub const fn ids(self) -> (Option<AnnualTicketId>, Option<TicketId>) {
        match self {
            Self::AnnualTicket(id) => (Some(id), None),
            Self::DayTicket(id) => (None, Some(id)),
        }
    }
}

/// What gates are told: no names, no photos.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRight {
    /// The id that stands in the code.
    pub code_id: CodeId,
    /// Whose right it is.
    pub bearer: Bearer,
    /// What it opens.
    pub scope_id: u16,
    /// The first day.
    pub not_before: NaiveDate,
    /// The last day, inclusive; while the period has yet to begin, the last day for the first entry.
    pub not_after: NaiveDate,
    /// The lowest issue that opens.
    pub issue: u8,
    /// How it is to be used.
    pub flags: Flags,
    /// Whether it opens at all.
    pub status: RightStatus,
    /// How long after an admission another scan counts as re-entry.
    pub reentry_secs: u32,
    /// What happens then.
    pub reentry_policy: ReentryPolicy,
    /// The length of the period, where it begins with the first entry.
    pub period_months: Option<u32>,
}

impl EntryRight {
    /// The right of an annual ticket whose days are known.
    pub fn of_annual_ticket(
        ticket: &AnnualTicket,
        (from, until): (NaiveDate, NaiveDate),
        (product, category): (&Product, &Category),
        issue: u8,
        status: RightStatus,
    ) -> Self {
        // Kept when the period has begun: a gate may still report an earlier first entry.
        let begins_with_entry = |validity: &&Validity| matches!(validity, Validity::FirstEntry { .. });
        let months = product.validity.as_ref().filter(begins_with_entry).and_then(Validity::months);
        Self {
            code_id: ticket.code_id,
            bearer: Bearer::AnnualTicket(ticket.id),
            scope_id: ticket.scope_id,
            not_before: from,
            not_after: until,
            issue,
            flags: flags(ticket.from_first_entry, category.check_proof, product.companions),
            status,
            reentry_secs: product.reentry_secs,
            reentry_policy: product.reentry_policy,
            period_months: months,
        }
    }

    /// What the code of a card with this right and issue says. Days that no card can carry become the nearest ones.
    pub fn code(&self, issue: u8) -> CardCode {
        CardCode {
            card_id: self.code_id,
            scope: ScopeId::new(self.scope_id),
            not_before: CardDay::clamped_from_date(self.not_before),
            not_after: CardDay::clamped_from_date(self.not_after),
            issue,
            flags: self.flags,
        }
    }
}

/// The flags of an annual ticket. A proof is asked for only where the category needs one.
fn flags(from_first_entry: bool, check_proof: bool, companions: u8) -> Flags {
    let mut flags = Flags::NONE.with_companions(companions);
    if from_first_entry {
        flags = flags.with_valid_from_first_entry();
    }
    if check_proof {
        flags = flags.with_check_proof();
    }
    flags
}

/// The flags of a day ticket: one entry; none at all for a trial.
pub fn day_ticket_flags(check_proof: bool, companions: u8, is_test: bool) -> Flags {
    let flags = flags(false, check_proof, companions).with_single_entry();
    if is_test { flags.with_test() } else { flags }
}

/// The same flags once the period has begun.
pub fn begun(flags: Flags) -> Flags {
    let mut rest = Flags::NONE.with_companions(flags.companions());
    if flags.check_proof() {
        rest = rest.with_check_proof();
    }
    if flags.single_entry() {
        rest = rest.with_single_entry();
    }
    if flags.test() { rest.with_test() } else { rest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_say_what_the_product_and_category_say() {
        assert_eq!(flags(false, false, 0), Flags::NONE);
        let all = flags(true, true, 3);
        assert!(all.valid_from_first_entry() && all.check_proof() && !all.single_entry());
        assert_eq!(all.companions(), 3);
        assert!(day_ticket_flags(false, 1, false).single_entry());
        assert!(day_ticket_flags(false, 1, true).test() && !day_ticket_flags(true, 1, false).test());
    }

    #[test]
    fn a_begun_period_keeps_all_other_flags() {
        for bits in 0..128 {
            let flags = Flags::from_bits(bits).unwrap();
            assert_eq!(begun(flags).bits(), bits & !1, "{bits}");
        }
    }
}
