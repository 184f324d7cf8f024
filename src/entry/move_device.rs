//! Moves a gate to another house or exhibition. It learns so with its next question, within seconds; no one has to go there.

use super::add_device::{AddDeviceError, check_place};
use super::store::devices;
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::ids::DeviceId;
use crate::kernel::slug::Slug;
use db::Conn;

/// Moves a device that is ours.
///
/// # Errors
/// When the house, the exhibition or the device is not known.
pub async fn move_device(
    tx: &mut Conn,
    act: &Act,
    id: DeviceId,
    house: &Slug,
    exhibition: Option<&Slug>,
) -> Result<(), AddDeviceError> {
    check_place(tx, house, exhibition).await?;
    if !devices::set_place(tx, id, house, exhibition).await? {
        return Err(AddDeviceError::UnknownDevice);
    }
    audit::record(tx, act, Entry::new("device.moved", "device", id)).await?;
    Ok(())
}
