//! A member of staff takes a PIN, by which they admit at a gate whom it refused, or gives it back.

use super::store::pins;
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::ids::StaffId;
use card::{PIN_DIGITS_MAX, PIN_DIGITS_MIN, PinHash, PinTag, StaffPin};
use db::{Conn, DbError};

/// Why a PIN was not taken.
#[derive(Debug, thiserror::Error)]
pub enum SetPinError {
    /// It is too short, too long, not made of digits, or the first that anybody would try.
    #[error("a PIN has {PIN_DIGITS_MIN} to {PIN_DIGITS_MAX} digits, not all the same and not in a row")]
    Unfit,
    /// Somebody else has it, or it cannot be said that nobody has.
    #[error("this PIN cannot be taken: please choose another one")]
    Taken,
    /// So many persons have a PIN that gates would be too slow.
    #[error("{} persons have a PIN already", gate_protocol::STAFF_MAX)]
    TooMany,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// The hash of a PIN that nobody of `others` has. It takes tens of milliseconds for each of them: not on an async thread.
///
/// # Errors
/// When the PIN is unfit or taken.
pub fn hash_pin(pin: &str, salt: [u8; 16], others: &[StaffPin]) -> Result<PinHash, SetPinError> {
    let hash = PinHash::of_pin(pin, salt).ok_or(SetPinError::Unfit)?;
    if others.iter().any(|other| other.pin.fits(pin)) { Err(SetPinError::Taken) } else { Ok(hash) }
}

/// Whoever has a PIN, apart from `staff`.
///
/// # Errors
/// When the database refuses.
pub async fn others(conn: &mut Conn, staff: StaffId) -> Result<Vec<StaffPin>, DbError> {
    pins::valid(conn, Some(staff)).await
}

/// Whether this member of staff has a PIN.
///
/// # Errors
/// When the database refuses.
pub async fn has_pin(conn: &mut Conn, staff: StaffId) -> Result<bool, DbError> {
    pins::has_one(conn, staff).await
}

/// Takes a PIN. Gates learn its hash within seconds, and never whose it is.
///
/// # Errors
/// When too many have one.
pub async fn set_pin(tx: &mut Conn, act: &Act, staff: StaffId, pin: &PinHash) -> Result<(), SetPinError> {
    if pins::valid(tx, Some(staff)).await?.len() >= gate_protocol::STAFF_MAX {
        return Err(SetPinError::TooMany);
    }
    let fresh_tag = PinTag::from_bytes(act.random.bytes());
    pins::set(tx, staff, fresh_tag, pin, act.now).await?;
    audit::record(tx, act, Entry::new("gate_pin.set", "staff", staff)).await?;
    Ok(())
}

/// Gives a PIN back.
///
/// # Errors
/// When the database refuses.
pub async fn remove_pin(tx: &mut Conn, act: &Act, staff: StaffId) -> Result<(), DbError> {
    if pins::remove(tx, staff).await? {
        audit::record(tx, act, Entry::new("gate_pin.removed", "staff", staff)).await?;
    }
    Ok(())
}
