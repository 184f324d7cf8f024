//! The status and the reason of each refusal.

use crate::cards::annual_ticket::RenewalRefusal;
use crate::cards::block::BlockError;
use crate::cards::finalize::FinalizeError;
use crate::cards::forget_holder::ForgetError;
use crate::cards::keep_printed::KeepError;
use crate::cards::personalize::PersonalizeError;
use crate::cards::renew::RenewError;
use crate::cards::replace::ReplaceError;
use crate::cards::review_photo::ReviewError;
use crate::catalog::validity::StartRefusal;
use crate::kernel::address::AddressRefusal;
use crate::people::HolderRefusal;
use crate::people::photo::PhotoRefusal;
use crate::people::picture_file::Flaw;
use crate::web::Problem;
use axum::http::StatusCode;

impl From<PersonalizeError> for Problem {
    fn from(error: PersonalizeError) -> Self {
        match error {
            PersonalizeError::UnknownAnnualTicket => unknown(),
            PersonalizeError::Cancelled => cancelled(),
            PersonalizeError::AlreadyFinalized => already_finalized(),
            PersonalizeError::Changed { revision, differences } => {
                Self::conflict("changed_meanwhile", "Somebody else changed the personalization meanwhile.")
                    .with("revision", revision)
                    .with("differences", differences)
            }
            PersonalizeError::Incomplete { missing } => incomplete(&missing),
            PersonalizeError::UnknownHouse => Self::invalid("delivery.house", "unknown_key", "there is no such house"),
            PersonalizeError::Start(refusal) => start(refusal),
            PersonalizeError::AlreadyBegun => {
                Self::conflict("already_begun", "The period has begun, so its first day cannot be changed any more.")
            }
            PersonalizeError::Db(error) => error.into(),
        }
    }
}

impl From<FinalizeError> for Problem {
    fn from(error: FinalizeError) -> Self {
        match error {
            FinalizeError::UnknownAnnualTicket => unknown(),
            FinalizeError::Cancelled => cancelled(),
            FinalizeError::AlreadyFinalized => already_finalized(),
            FinalizeError::Incomplete { missing } => incomplete(&missing),
            FinalizeError::Start(refusal) => start(refusal),
            FinalizeError::Db(error) => error.into(),
        }
    }
}

impl From<BlockError> for Problem {
    fn from(error: BlockError) -> Self {
        match error {
            BlockError::UnknownAnnualTicket => unknown(),
            BlockError::Cancelled => cancelled(),
            BlockError::AlreadyBlocked => {
                Self::conflict("already_blocked", "The annual ticket is blocked already.").with("status", "blocked")
            }
            BlockError::NotBlocked => Self::conflict("not_blocked", "The annual ticket is not blocked."),
            BlockError::Db(error) => error.into(),
        }
    }
}

impl From<KeepError> for Problem {
    fn from(error: KeepError) -> Self {
        match error {
            KeepError::UnknownCard => Self::not_found("card"),
            KeepError::NothingDiffers => {
                Self::conflict("nothing_differs", "The card shows what is known of its holder, or it was kept already.")
            }
            KeepError::Db(error) => error.into(),
        }
    }
}

impl From<ReviewError> for Problem {
    fn from(error: ReviewError) -> Self {
        match error {
            ReviewError::UnknownAnnualTicket => unknown(),
            ReviewError::Cancelled => cancelled(),
            ReviewError::NotWaiting => Self::conflict(
                "photo_not_waiting",
                "This portrait does not wait for a decision: another one stands there, or somebody has decided.",
            ),
            ReviewError::Db(error) => error.into(),
        }
    }
}

impl From<ForgetError> for Problem {
    fn from(error: ForgetError) -> Self {
        match error {
            ForgetError::UnknownAnnualTicket => unknown(),
            ForgetError::CardInTheHouse(state) => Self::conflict(
                "card_in_the_house",
                "The card is still in the house: hand it out first, or cancel its sale.",
            )
            .with("state", state),
            ForgetError::Db(error) => error.into(),
        }
    }
}

impl From<ReplaceError> for Problem {
    fn from(error: ReplaceError) -> Self {
        match error {
            ReplaceError::UnknownAnnualTicket => unknown(),
            ReplaceError::Cancelled => cancelled(),
            ReplaceError::Incomplete { missing } => incomplete(&missing),
            ReplaceError::TooManyCards => {
                Self::conflict("too_many_cards", "This annual ticket has had 255 cards; a code cannot count further.")
            }
            ReplaceError::Db(error) => error.into(),
        }
    }
}

impl From<RenewError> for Problem {
    fn from(error: RenewError) -> Self {
        match error {
            RenewError::UnknownAnnualTicket => unknown(),
            RenewError::Cancelled => cancelled(),
            RenewError::Incomplete { missing } => incomplete(&missing),
            RenewError::NotRenewable(RenewalRefusal::NotBegun) => {
                Self::conflict("not_begun", "Its first period has not begun yet, so there is nothing to extend.")
            }
            RenewError::NotRenewable(refusal) => {
                Self::conflict("not_renewable", format!("This is refused: {refusal}."))
            }
            RenewError::Db(error) => error.into(),
        }
    }
}

/// A refused name or birth date, at its path.
pub(super) fn holder(refusal: HolderRefusal) -> Problem {
    Problem::invalid(format!("holder.{}", refusal.part()), refusal.reason(), refusal.to_string())
}

/// A refused address, at the path of the part that is wrong.
pub(super) fn address(refusal: &AddressRefusal) -> Problem {
    Problem::invalid(format!("address.{}", refusal.part()), refusal.reason(), refusal.to_string())
}

/// A refused picture: what exactly is wrong stands in `cause`, and the name of a format that is not taken in `format`.
pub(super) fn photo(refusal: PhotoRefusal) -> Problem {
    let problem =
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, refusal.reason(), format!("This is refused: {refusal}."))
            .with("cause", refusal.cause());
    match refusal {
        PhotoRefusal::Unreadable(Flaw::Kind(name)) => problem.with("format", name),
        PhotoRefusal::TooSmall { width } => problem.with("width", width),
        _ => problem,
    }
}

/// 404 for an annual ticket.
pub(super) fn unknown() -> Problem {
    Problem::not_found("annual ticket")
}

fn cancelled() -> Problem {
    Problem::conflict("annual_ticket_cancelled", "The annual ticket was cancelled.").with("status", "cancelled")
}

fn already_finalized() -> Problem {
    Problem::conflict("already_finalized", "The personalization is finalized. The museum can still change it.")
        .with("state", "complete")
}

fn incomplete(missing: &[&'static str]) -> Problem {
    let detail = match missing {
        [] => "The personalization is not finalized yet.".to_owned(),
        missing => format!("The personalization is not complete: {} is missing.", missing.join(", ")),
    };
    Problem::conflict("personalization_incomplete", detail).with("missing", missing)
}

fn start(refusal: StartRefusal) -> Problem {
    let reason = match refusal {
        StartRefusal::NotChosen => "cannot_be_chosen",
        StartRefusal::OutsideWindow { .. } => "outside_window",
        StartRefusal::BeyondCalendar => "beyond_calendar",
    };
    Problem::invalid("starts_on", reason, refusal.to_string())
}
