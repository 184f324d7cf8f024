//! Members of staff.

use super::{password, store};
use crate::audit::{self, Entry};
use crate::kernel::ids::StaffId;
use crate::kernel::roles::Roles;
use crate::kernel::{Act, text};
use db::{Conn, DbError};

/// A member of staff to add. The password was hashed by [`password::hash`].
#[derive(Debug, Clone)]
pub struct NewStaff {
    /// The address with which they sign in.
    pub email: String,
    /// Their name.
    pub name: String,
    /// The hash of their password.
    pub password_hash: String,
    /// Their roles.
    pub roles: Roles,
    /// Their special rights.
    pub rights: Vec<String>,
}

/// Why a member of staff was not added.
#[derive(Debug, thiserror::Error)]
pub enum AddStaffError {
    /// The address is not one.
    #[error("\"{0}\" is not an e-mail address")]
    NotAnEmail(String),
    /// Somebody has the address already.
    #[error("somebody with this e-mail address works here already")]
    EmailTaken,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Adds a member of staff.
///
/// # Errors
/// When the address is none or is taken.
pub async fn add(tx: &mut Conn, act: &Act, new: &NewStaff) -> Result<StaffId, AddStaffError> {
    let email = text::clean(&new.email);
    let well_formed = email.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
    if !well_formed || email.contains(' ') || email.len() > 254 {
        return Err(AddStaffError::NotAnEmail(email));
    }
    let id: StaffId = act.new_id();
    match store::insert_staff(tx, id, &email, new, act.now).await {
        Err(DbError::Conflict { .. }) => Err(AddStaffError::EmailTaken),
        other => {
            other?;
            audit::record(tx, act, Entry::new("staff.added", "staff", id)).await?;
            Ok(id)
        }
    }
}

/// Says whether a member of staff may sign in. Who may not is signed out everywhere at once. Answers whether there is somebody
/// with this id.
///
/// # Errors
/// When the database refuses.
pub async fn set_disabled(tx: &mut Conn, act: &Act, id: StaffId, disabled: bool) -> Result<bool, DbError> {
    if !store::set_disabled(tx, id, disabled).await? {
        return Ok(false);
    }
    if disabled {
        store::sessions::delete_sessions_of(tx, id).await?;
    }
    let action = if disabled { "staff.disabled" } else { "staff.enabled" };
    audit::record(tx, act, Entry::new(action, "staff", id)).await?;
    Ok(true)
}

/// The name of a member of staff, also of one who left.
///
/// # Errors
/// When the database refuses.
pub async fn name(conn: &mut Conn, id: StaffId) -> Result<Option<String>, DbError> {
    store::find_name(conn, id).await
}

/// The member of staff with this address and password, if they may sign in. The password is verified in any case, so the
/// answer takes as long for an unknown address.
///
/// # Errors
/// When the database refuses.
pub async fn recognise(conn: &mut Conn, email: &str, typed: &str) -> Result<Option<StaffId>, DbError> {
    let found = store::find_staff(conn, email).await?;
    let hash = found.as_ref().map_or(UNKNOWN_HASH, |(_, hash)| hash.as_str()).to_owned();
    let typed = typed.to_owned();
    let fits = tokio::task::spawn_blocking(move || password::verify(&typed, &hash)).await.unwrap_or(false);
    Ok(found.filter(|_| fits).map(|(id, _)| id))
}

/// The hash of a password that nobody knows.
const UNKNOWN_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
