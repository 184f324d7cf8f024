//! Revokes a gate: it was lost, stolen or sold. It is told so when it next calls, and forgets its cards.

use super::store::devices;
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::ids::DeviceId;
use db::{Conn, DbError};

/// Revokes a device. Answers whether there was one to revoke.
///
/// # Errors
/// When the database refuses.
pub async fn revoke_device(tx: &mut Conn, act: &Act, id: DeviceId) -> Result<bool, DbError> {
    let revoked = devices::set_revoked(tx, id).await?;
    if revoked {
        audit::record(tx, act, Entry::new("device.revoked", "device", id)).await?;
    }
    Ok(revoked)
}
