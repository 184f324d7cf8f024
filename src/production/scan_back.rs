//! A card that came out of the printer is read: proof that this very card exists.

use super::print_run::{Outcome, PrintRun};
use super::settle::{SettleError, member_by_code, settle};
use super::store;
use super::store::run_cards::Member;
use crate::cards::card::Step;
use crate::kernel::Act;
use crate::kernel::ids::PrintRunId;
use card::{CardNumber, KeyRing, Reason};
use db::{Conn, DbError};

/// A card that was read.
#[derive(Debug)]
pub struct ScannedBack {
    /// The card, as it is now.
    pub member: Member,
    /// Whether it had been read before: one card is lying there twice, or was read twice.
    pub repeated: bool,
    /// The place of the card that was read before it, where that is further behind: the stack is in the wrong order.
    pub out_of_order: Option<u32>,
    /// The run, as it is now.
    pub run: PrintRun,
}

/// Marks the card of the run with this number or code text as printed, if it was not yet, and as verified.
///
/// # Errors
/// When there is no such run, or the card is not in it or was spoiled.
pub async fn scan_back(tx: &mut Conn, act: &Act, run: PrintRunId, digits: &str) -> Result<ScannedBack, SettleError> {
    let member = member_by_code(tx, run, digits).await?;
    let card = member.card;
    let last = store::run_cards::last_read(tx, run).await?;
    match member.outcome {
        Outcome::Pending => settle(tx, act, run, card, &Step::Print).await?,
        Outcome::Printed => {}
        Outcome::Spoiled | Outcome::Withdrawn => return Err(SettleError::Settled(Box::new(member))),
    }
    let repeated = !store::run_cards::set_verified(tx, act, run, card).await?;
    store::print_jobs::end_checks(tx, run, act.now).await?;
    Ok(ScannedBack {
        member: store::run_cards::member(tx, run, card).await?.ok_or(DbError::NotFound)?,
        repeated,
        out_of_order: last.filter(|last| !repeated && *last > member.position),
        run: store::runs::find(tx, run).await?.ok_or(DbError::NotFound)?,
    })
}

/// The digits of a card number, which people type with blanks, or of a code text; `None` for anything else.
pub fn digits(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    // Whether the code is genuine need not be asked: only a card of the run is looked for.
    let is_number = CardNumber::parse(&digits).is_ok();
    let is_code = !matches!(card::read(&digits, &KeyRing::default()), Err(Reason::Malformed));
    (is_number || is_code).then_some(digits)
}
