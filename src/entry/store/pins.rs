//! PINs of those who admit by hand at gates: tags and hashes.

use super::unreadable;
use crate::kernel::UtcMs;
use crate::kernel::ids::StaffId;
use card::{PinHash, PinTag, StaffPin};
use db::{Conn, DbError, args};

db::statements! {
    /// Everybody with a PIN who may check cards.
    VALID = "SELECT gate_pins.staff_id, gate_pins.tag, gate_pins.salt, gate_pins.hash FROM gate_pins
        JOIN staff ON staff.id = gate_pins.staff_id
        WHERE gate_pins.hash IS NOT NULL AND NOT staff.disabled AND (staff.roles LIKE '%entry%' OR staff.roles LIKE '%admin%')
        ORDER BY gate_pins.staff_id";
    /// Whether somebody has a PIN.
    HAS_ONE = "SELECT COUNT(*) FROM gate_pins WHERE staff_id = $1 AND hash IS NOT NULL";
    /// Gives somebody a PIN; the tag of an earlier one stays.
    SET = "INSERT INTO gate_pins (staff_id, tag, salt, hash, set_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (staff_id) DO UPDATE SET salt = excluded.salt, hash = excluded.hash, set_at = excluded.set_at";
    /// Takes somebody's PIN.
    REMOVE = "UPDATE gate_pins SET salt = NULL, hash = NULL WHERE staff_id = $1 AND hash IS NOT NULL";
}

/// Everybody whose PIN counts, apart from one.
pub(in crate::entry) async fn valid(conn: &mut Conn, but: Option<StaffId>) -> Result<Vec<StaffPin>, DbError> {
    let rows = conn.fetch_all::<(String, Vec<u8>, Vec<u8>, Vec<u8>)>(&VALID, args![]).await?;
    let but = but.map(|staff| staff.to_string());
    let others = rows.into_iter().filter(|(staff, ..)| Some(staff) != but.as_ref());
    let pin = |(_, tag, salt, hash)| {
        let pin = PinHash::from_parts(bytes(salt)?, bytes(hash)?);
        Ok(StaffPin { tag: PinTag::from_bytes(bytes(tag)?), pin })
    };
    others.map(pin).collect()
}

pub(in crate::entry) async fn has_one(conn: &mut Conn, staff: StaffId) -> Result<bool, DbError> {
    let (count,): (i64,) = conn.fetch_one(&HAS_ONE, args![staff.to_string()]).await?;
    Ok(count > 0)
}

pub(in crate::entry) async fn set(
    tx: &mut Conn,
    staff: StaffId,
    fresh_tag: PinTag,
    pin: &PinHash,
    now: UtcMs,
) -> Result<(), DbError> {
    let (salt, hash) = pin.parts();
    let values = args![staff.to_string(), fresh_tag.as_bytes().as_slice(), salt.as_slice(), hash.as_slice(), now.0];
    tx.execute_one(&SET, values).await
}

/// Answers whether there was one.
pub(in crate::entry) async fn remove(tx: &mut Conn, staff: StaffId) -> Result<bool, DbError> {
    Ok(tx.execute(&REMOVE, args![staff.to_string()]).await? > 0)
}

fn bytes<const N: usize>(bytes: Vec<u8>) -> Result<[u8; N], DbError> {
    bytes.try_into().map_err(|_| unreadable("a part of a PIN has another length"))
}
