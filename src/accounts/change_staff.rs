//! Changing what a member of staff is called and may do, and letting them in or not. One administrator always stays.

use super::staff;
use super::store;
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::ids::StaffId;
use crate::kernel::roles::{Role, Roles};
use db::{Conn, DbError};
use serde_json::json;

/// What a member of staff shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffChange {
    /// Their name.
    pub name: String,
    /// Their roles.
    pub roles: Roles,
    /// Their special rights.
    pub rights: Vec<String>,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeStaffError {
    /// There is no such member of staff.
    #[error("there is no such member of staff")]
    NotFound,
    /// Nobody would be left who may administer.
    #[error("one administrator who can sign in must stay")]
    LastAdmin,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Changes name, roles and rights. Roles count at once, also where the person is signed in.
///
/// # Errors
/// When there is no such person, or when nobody would be left who may administer.
pub async fn change_staff(tx: &mut Conn, act: &Act, id: StaffId, change: &StaffChange) -> Result<(), ChangeStaffError> {
    if !store::set_staff(tx, id, &change.name, change.roles, &change.rights).await? {
        return Err(ChangeStaffError::NotFound);
    }
    demand_admin(tx).await?;
    let detail = json!({"roles": change.roles.to_text(), "rights": change.rights});
    audit::record(tx, act, Entry::new("staff.changed", "staff", id).detail(detail)).await?;
    Ok(())
}

/// Says whether a member of staff may sign in, as [`staff::set_disabled`] does.
///
/// # Errors
/// When there is no such person, or when nobody would be left who may administer.
pub async fn set_disabled(tx: &mut Conn, act: &Act, id: StaffId, disabled: bool) -> Result<(), ChangeStaffError> {
    if !staff::set_disabled(tx, act, id, disabled).await? {
        return Err(ChangeStaffError::NotFound);
    }
    demand_admin(tx).await
}

/// The transaction is undone when nobody is left.
async fn demand_admin(tx: &mut Conn) -> Result<(), ChangeStaffError> {
    let roles = store::roles_of_enabled_staff(tx).await?;
    let is_admin = |roles: &Roles| roles.iter().any(|role| role == Role::Admin);
    if roles.iter().any(is_admin) { Ok(()) } else { Err(ChangeStaffError::LastAdmin) }
}
