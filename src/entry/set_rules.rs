//! Sets the rules of a gate, or of all gates of its house. They learn so within seconds.

use super::rules::GateRules;
use super::store::devices;
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::ids::DeviceId;
use db::{Conn, DbError};
use serde_json::json;

/// Why the rules stay as they are.
#[derive(Debug, thiserror::Error)]
pub enum SetRulesError {
    /// The hours are out of bounds.
    #[error("data is stale after 0 to {} hours", super::rules::STALE_AFTER_HOURS_MAX)]
    Hours,
    /// There is no such device, or it was revoked.
    #[error("there is no such device")]
    UnknownDevice,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Sets the rules of a gate. `whole_house`: of all gates of its house.
///
/// # Errors
/// When there is no such gate, or the hours are out of bounds.
pub async fn set_rules(
    tx: &mut Conn,
    act: &Act,
    id: DeviceId,
    rules: GateRules,
    whole_house: bool,
) -> Result<(), SetRulesError> {
    if !rules.is_sound() {
        return Err(SetRulesError::Hours);
    }
    if !devices::set_rules(tx, id, &rules, whole_house).await? {
        return Err(SetRulesError::UnknownDevice);
    }
    let detail = json!({"rules": rules, "whole_house": whole_house});
    audit::record(tx, act, Entry::new("device.rules_set", "device", id).detail(detail)).await?;
    Ok(())
}
