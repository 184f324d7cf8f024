//! Adds a gate, and hands out the code with which its agent is paired.

use super::device::{CodeLife, NewDevice, pairing_code_sha256};
use super::store::devices;
use crate::audit::{self, Entry};
use crate::catalog::store as catalog;
use crate::kernel::Act;
use crate::kernel::ids::DeviceId;
use crate::kernel::slug::Slug;
use db::{Conn, DbError};
use gate_protocol::PairingCode;

/// Why no device was added.
#[derive(Debug, thiserror::Error)]
pub enum AddDeviceError {
    /// There is no such house.
    #[error("there is no such house")]
    UnknownHouse,
    /// There is no such exhibition in that house.
    #[error("there is no such exhibition in that house")]
    UnknownExhibition,
    /// There is no such device, or it was revoked.
    #[error("there is no such device")]
    UnknownDevice,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Adds a device that waits for its agent. Answers its id and the pairing code, which is kept only as a hash.
///
/// # Errors
/// When the house or the exhibition is not known.
pub async fn add_device(
    tx: &mut Conn,
    act: &Act,
    new: &NewDevice,
    life: CodeLife,
) -> Result<(DeviceId, PairingCode), AddDeviceError> {
    check_place(tx, &new.house, new.exhibition.as_ref()).await?;
    let id: DeviceId = act.new_id();
    let code = new_code(act);
    devices::insert(tx, id, new, &pairing_code_sha256(&code), life.end(act.now), act.now).await?;
    audit::record(tx, act, Entry::new("device.added", "device", id)).await?;
    Ok((id, code))
}

/// Hands out another pairing code for a device: the first one ran out, or its machine was replaced. The old agent keeps working
/// until the new one is paired.
///
/// # Errors
/// When there is no such device.
pub async fn renew_pairing_code(tx: &mut Conn, act: &Act, id: DeviceId) -> Result<PairingCode, AddDeviceError> {
    let code = new_code(act);
    if !devices::set_pairing_code(tx, id, &pairing_code_sha256(&code), CodeLife::Minutes.end(act.now)).await? {
        return Err(AddDeviceError::UnknownDevice);
    }
    audit::record(tx, act, Entry::new("device.pairing_code_renewed", "device", id)).await?;
    Ok(code)
}

/// Whether a gate can stand there.
pub(super) async fn check_place(
    conn: &mut Conn,
    house: &Slug,
    exhibition: Option<&Slug>,
) -> Result<(), AddDeviceError> {
    if catalog::house(conn, house).await?.is_none() {
        return Err(AddDeviceError::UnknownHouse);
    }
    let Some(key) = exhibition else { return Ok(()) };
    let exhibition = catalog::exhibition(conn, key).await?;
    if exhibition.is_some_and(|exhibition| exhibition.house == *house) {
        Ok(())
    } else {
        Err(AddDeviceError::UnknownExhibition)
    }
}

fn new_code(act: &Act) -> PairingCode {
    PairingCode::from_random(act.random.bytes())
}
