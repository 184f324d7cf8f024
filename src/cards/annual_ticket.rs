//! The annual ticket: the right of one holder. It lives longer than any plastic.

use super::card::CardState;
use super::delivery::Delivery;
use crate::catalog::product::PersonalField;
use crate::kernel::UtcMs;
use crate::kernel::address::Address;
use crate::kernel::ids::{AnnualTicketId, OrderId, PhotoId, TicketId};
use crate::kernel::period::last_day;
use crate::kernel::slug::Slug;
use crate::people::Holder;
use card::{CardId as CodeId, RightStatus};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// The reasons for which a card must open nothing at once.
pub(super) const OUT_OF_HAND: [&str; 2] = ["lost", "stolen"];

/// Whether the right holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It holds.
    Active,
    /// The gates refuse it until it is unblocked.
    Blocked,
    /// It was cancelled, for ever.
    Cancelled,
    /// Its last day is over. Derived from the dates, never stored; a renewal makes it active again.
    Expired,
}

impl Status {
    /// The word for the status.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Blocked => "blocked",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }
}

impl FromStr for Status {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Active, Self::Blocked, Self::Cancelled, Self::Expired]
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or_else(|| format!("\"{text}\" is not a status of an annual ticket"))
    }
}

/// Whether somebody's name and face belong to it yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Personalized {
    /// Something that the product demands may still be missing, or nobody has said that all is right.
    AwaitingPersonalization,
    /// All is there and finalized; cards are made of it.
    Complete,
}

impl Personalized {
    /// The word for the state.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AwaitingPersonalization => "awaiting_personalization",
            Self::Complete => "complete",
        }
    }
}

impl fmt::Display for Personalized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Personalized {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::AwaitingPersonalization, Self::Complete]
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| format!("\"{text}\" is not a state of an annual ticket"))
    }
}

/// The right of one holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnualTicket {
    /// The id.
    pub id: AnnualTicketId,
    /// The number for people: `A` and 14 digits, the last two of which check the others.
    pub number: String,
    /// The order in which it was sold.
    pub order_id: OrderId,
    /// The sold ticket that carries it.
    pub ticket_id: TicketId,
    /// What was sold.
    pub product: Slug,
    /// In which price category.
    pub category: Slug,
    /// What it opens, as at the time of the sale.
    pub scope_id: u16,
    /// The stored status: never [`Status::Expired`].
    pub status: Status,
    /// Whether the personalization is complete.
    pub state: Personalized,
    /// Whether its order is paid.
    pub paid: bool,
    /// Whether it was sold as a trial: its cards are never printed, and open nothing.
    pub is_test: bool,
    /// The day of the sale.
    pub purchased_on: NaiveDate,
    /// The day on which its voucher was exchanged.
    pub exchanged_on: Option<NaiveDate>,
    /// The first day that somebody chose.
    pub starts_on: Option<NaiveDate>,
    /// The first day, once it is known.
    pub valid_from: Option<NaiveDate>,
    /// The last day, inclusive, once it is known; the last day for the first entry while `from_first_entry`.
    pub valid_until: Option<NaiveDate>,
    /// Whether the period has yet to begin with the first entry.
    pub from_first_entry: bool,
    /// Whose it is.
    pub holder: Holder,
    /// Where the holder lives.
    pub address: Option<Address>,
    /// How the card comes to the holder, where somebody chose.
    pub delivery: Option<Delivery>,
    /// The portrait.
    pub photo_id: Option<PhotoId>,
    /// The secret of the holder's own link.
    pub link_token: String,
    /// The id in the card's code. Replacements keep it.
    pub code_id: CodeId,
    /// Why it is blocked.
    pub block_reason: Option<String>,
    /// The holder's language.
    pub language: String,
    /// When it was made.
    pub created_at: UtcMs,
    /// When its personalization was completed.
    pub completed_at: Option<UtcMs>,
}

/// Nothing more can be done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RenewalRefusal {
    /// A fixed season is over when it is over.
    #[error("a ticket for a fixed season cannot be renewed")]
    Season,
    /// Its first period has not begun, so there is nothing to extend.
    #[error("its first period has not begun yet")]
    NotBegun,
    /// The calendar ends before the period does.
    #[error("the period ends beyond the calendar")]
    BeyondCalendar,
}

impl AnnualTicket {
    /// The status on a day: what is stored, or expired.
    pub fn status_on(&self, today: NaiveDate) -> Status {
        let over = !self.from_first_entry && self.valid_until.is_some_and(|last| last < today);
        if self.status == Status::Active && over { Status::Expired } else { self.status }
    }

    /// Whether somebody can still complete its personalization.
    pub fn is_open(&self) -> bool {
        self.state == Personalized::AwaitingPersonalization && self.status != Status::Cancelled
    }

    /// Whether it is blocked because its card is in nobody's hand any more, or in the wrong one.
    pub fn is_out_of_hand(&self) -> bool {
        self.status == Status::Blocked
            && self.block_reason.as_deref().is_some_and(|reason| OUT_OF_HAND.contains(&reason))
    }

    /// What the product demands and is not there yet, as paths. One name part is always enough; a delivery by post needs an
    /// address whatever the product says.
    pub fn missing(&self, required: &[PersonalField]) -> Vec<&'static str> {
        let needs = |field| required.contains(&field);
        let mut missing = Vec::new();
        if needs(PersonalField::Photo) && self.photo_id.is_none() {
            missing.push("photo");
        }
        if (needs(PersonalField::GivenName) || needs(PersonalField::FamilyName)) && self.holder.name().is_empty() {
            missing.push("holder.name");
        }
        if needs(PersonalField::BirthDate) && self.holder.birth_date.is_none() {
            missing.push("holder.birth_date");
        }
        let by_post = self.delivery.as_ref().is_some_and(Delivery::needs_address);
        if (needs(PersonalField::Address) || by_post) && self.address.is_none() {
            missing.push("address");
        }
        missing
    }

    /// The house in which its card is to be laid ready.
    pub fn pickup_house(&self) -> Option<&Slug> {
        self.delivery.as_ref().and_then(Delivery::pickup_house)
    }

    /// A fingerprint of what a card shows of its holder. A card whose print data was frozen with another one differs from what is
    /// known now. A renewal leaves it as it is: the same plastic stays good.
    pub fn face_sha256(&self) -> [u8; 32] {
        let part = |text: Option<String>| text.unwrap_or_default();
        let face = [
            self.holder.given_name.clone().unwrap_or_default(),
            self.holder.family_name.clone().unwrap_or_default(),
            part(self.holder.birth_date.map(|date| date.to_string())),
            part(self.photo_id.map(|photo| photo.to_string())),
            part(self.starts_on.map(|date| date.to_string())),
        ];
        // A stored name holds no control characters, so the separator cannot be forged.
        Sha256::digest(face.join("\u{1F}").as_bytes()).into()
    }

    /// The days after a renewal: while valid the end moves on by the period, after the end the period begins anew today.
    ///
    /// # Errors
    /// When there is no period that could be renewed.
    pub fn renewed(&self, months: Option<u32>, today: NaiveDate) -> Result<(NaiveDate, NaiveDate), RenewalRefusal> {
        let months = months.ok_or(RenewalRefusal::Season)?;
        let (Some(from), Some(until), false) = (self.valid_from, self.valid_until, self.from_first_entry) else {
            return Err(RenewalRefusal::NotBegun);
        };
        let begin = if today <= until { until.succ_opt().ok_or(RenewalRefusal::BeyondCalendar)? } else { today };
        let end = last_day(begin, months).ok_or(RenewalRefusal::BeyondCalendar)?;
        Ok((if today <= until { from } else { today }, end))
    }

    /// What the gates are told about it, given the states of all its cards.
    pub fn right_status(&self, cards: &[CardState]) -> RightStatus {
        match self.status {
            Status::Blocked => RightStatus::Blocked,
            Status::Cancelled => RightStatus::Void,
            Status::Active | Status::Expired => {
                if cards.iter().all(|state| *state == CardState::Void) {
                    RightStatus::Void
                } else if cards.iter().any(|state| state.in_hand()) {
                    RightStatus::Active
                } else {
                    RightStatus::NotCollected
                }
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::kernel::ids::Id;
    use crate::kernel::random::ChaChaRandom;

    pub(in crate::cards) fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A valid ticket with nothing personal on it. For rules only: rows are made by `issue`.
    pub(in crate::cards) fn ticket() -> AnnualTicket {
        let random = ChaChaRandom::seeded(4);
        AnnualTicket {
            id: Id::new(UtcMs(0), &random),
            number: "A00000000000097".to_owned(),
            order_id: Id::new(UtcMs(0), &random),
            ticket_id: Id::new(UtcMs(0), &random),
            product: "jahreskarte".parse().unwrap(),
            category: "adult".parse().unwrap(),
            scope_id: 1,
            status: Status::Active,
            state: Personalized::AwaitingPersonalization,
            paid: true,
            is_test: false,
            purchased_on: day("2026-11-21"),
            exchanged_on: None,
            starts_on: None,
            valid_from: Some(day("2026-11-21")),
            valid_until: Some(day("2027-11-20")),
            from_first_entry: false,
            holder: Holder::default(),
            address: None,
            delivery: None,
            photo_id: None,
            link_token: "token".to_owned(),
            code_id: CodeId::new(1),
            block_reason: None,
            language: "de".to_owned(),
            created_at: UtcMs(0),
            completed_at: None,
        }
    }

    #[test]
    fn expired_is_derived_and_hides_no_block() {
        let mut ticket = ticket();
        assert_eq!(ticket.status_on(day("2027-11-20")), Status::Active);
        assert_eq!(ticket.status_on(day("2027-11-21")), Status::Expired);
        ticket.status = Status::Blocked;
        assert_eq!(ticket.status_on(day("2027-11-21")), Status::Blocked);
    }

    #[test]
    fn one_name_part_is_enough_and_post_needs_an_address() {
        use PersonalField as F;
        let usual = [F::Photo, F::GivenName, F::FamilyName];
        let mut ticket = ticket();
        assert_eq!(ticket.missing(&usual), ["photo", "holder.name"]);
        assert_eq!(ticket.missing(&[F::BirthDate, F::Address]), ["holder.birth_date", "address"]);
        ticket.holder.family_name = Some("Suharto".to_owned());
        ticket.delivery = Some(Delivery::Mail {});
        assert_eq!(ticket.missing(&usual), ["photo", "address"]);
        ticket.delivery = Some(Delivery::Counter {});
        assert_eq!(ticket.missing(&usual), ["photo"]);
        assert!(ticket.missing(&[]).is_empty());
    }

    #[test]
    fn a_renewal_extends_or_begins_anew() {
        let mut ticket = ticket();
        for (today, from, until) in [
            ("2027-03-01", "2026-11-21", "2028-11-20"),
            ("2027-11-20", "2026-11-21", "2028-11-20"),
            ("2027-11-21", "2027-11-21", "2028-11-20"),
            ("2028-02-29", "2028-02-29", "2029-02-28"),
        ] {
            assert_eq!(ticket.renewed(Some(12), day(today)), Ok((day(from), day(until))), "{today}");
        }
        assert_eq!(ticket.renewed(None, day("2027-01-01")), Err(RenewalRefusal::Season));
        ticket.from_first_entry = true;
        assert_eq!(ticket.renewed(Some(12), day("2027-01-01")), Err(RenewalRefusal::NotBegun));
    }

    #[test]
    fn gates_learn_one_status_from_all_cards() {
        use CardState as S;
        let mut ticket = ticket();
        for (cards, status) in [
            (vec![S::ReadyToPrint], RightStatus::NotCollected),
            (vec![S::Deposited], RightStatus::NotCollected),
            (vec![S::Dispatched], RightStatus::Active),
            (vec![S::Returned], RightStatus::Active),
            (vec![S::HandedOver, S::Preparing], RightStatus::Active),
            (vec![S::Void, S::Preparing], RightStatus::NotCollected),
            (vec![S::Void], RightStatus::Void),
        ] {
            assert_eq!(ticket.right_status(&cards), status, "{cards:?}");
        }
        ticket.status = Status::Blocked;
        assert_eq!(ticket.right_status(&[S::HandedOver]), RightStatus::Blocked);
        ticket.status = Status::Cancelled;
        assert_eq!(ticket.right_status(&[S::HandedOver]), RightStatus::Void);
    }

    #[test]
    fn only_what_a_card_shows_makes_it_differ() {
        let before = ticket();
        let mut after = ticket();
        after.delivery = Some(Delivery::Counter {});
        after.valid_until = Some(day("2030-01-01"));
        assert_eq!(before.face_sha256(), after.face_sha256());
        after.holder.given_name = Some("Ada".to_owned());
        let given = after.face_sha256();
        assert_ne!(before.face_sha256(), given);
        after.holder.family_name = after.holder.given_name.take();
        assert_ne!(after.face_sha256(), given, "the parts of a name are told apart");
    }
}
