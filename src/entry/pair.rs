//! Pairs an agent: its code names the device, its key is the device's from now on.

use super::device::{Device, pairing_code_sha256};
use super::store::devices;
use crate::audit::{self, Entry};
use crate::kernel::{Act, Actor};
use db::{Conn, DbError};
use gate_protocol::PairRequest;

/// Longer versions are cut off.
const VERSION_CHARS_MAX: usize = 40;

/// Why an agent was not paired.
#[derive(Debug, thiserror::Error)]
pub enum PairError {
    /// Nobody waits with this code, or it ran out.
    #[error("this pairing code is not known or has run out")]
    UnknownCode,
    /// The key is no usable Ed25519 public key.
    #[error("the key is not usable")]
    UnusableKey,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Gives the device that waits with this code the agent's key, and uses the code up. Another agent that had the device is out.
///
/// # Errors
/// When nobody waits with this code, or the key is unusable.
pub async fn pair(tx: &mut Conn, act: &Act, request: &PairRequest) -> Result<Device, PairError> {
    if card::RootKey::from_bytes(&request.public_key).is_err() {
        return Err(PairError::UnusableKey);
    }
    let hash = pairing_code_sha256(&request.pairing_code);
    let device = devices::waiting_with(tx, &hash, act.now).await?.ok_or(PairError::UnknownCode)?;
    let version: String = request.agent_version.chars().filter(|c| !c.is_control()).take(VERSION_CHARS_MAX).collect();
    devices::set_paired(tx, device.id, &request.public_key, &version, act.now).await?;
    let by_device = Act { actor: Actor::Device(device.id), ..act.clone() };
    audit::record(tx, &by_device, Entry::new("device.paired", "device", device.id)).await?;
    devices::find(tx, device.id).await?.ok_or(PairError::UnknownCode)
}
