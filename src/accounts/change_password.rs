//! A member of staff gives themselves another password.

use super::sign_in::{SignInError, count_attempts};
use super::store::{self, sessions};
use super::{password, session};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::kernel::Actor;
use crate::kernel::ids::StaffId;
use db::{Conn, DbError};

/// Why the password stays what it was.
#[derive(Debug, thiserror::Error)]
pub enum ChangePasswordError {
    /// The password until now is another one.
    #[error("the password until now is another one")]
    Wrong,
    /// It was tried too often lately.
    #[error("too many attempts; try again in a quarter of an hour")]
    TooOften,
    /// The new one has too few characters.
    #[error("a password has at least {} characters", password::CHARS_MIN)]
    TooShort,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Changes the password of a member of staff who knows the one until now. All their sessions end but the one with `token`.
///
/// # Errors
/// When the password until now is another one or was tried too often, and when the new one is too short.
pub async fn change_password(
    app: &App,
    staff: StaffId,
    token: &str,
    until_now: &str,
    new: &str,
) -> Result<(), ChangePasswordError> {
    if !password::is_long_enough(new) {
        return Err(ChangePasswordError::TooShort);
    }
    count_attempts(app, &staff.to_string(), None).await.map_err(|error| match error {
        SignInError::Db(error) => ChangePasswordError::Db(error),
        SignInError::Wrong | SignInError::TooOften => ChangePasswordError::TooOften,
    })?;
    let mut conn = app.db.read().await?;
    let hash = store::find_hash(&mut conn, staff).await?.ok_or(ChangePasswordError::Wrong)?;
    drop(conn);
    let act = app.act(Actor::Staff(staff));
    let random = act.random.clone();
    let (until_now, new) = (until_now.to_owned(), new.to_owned());
    let hashed = tokio::task::spawn_blocking(move || {
        if password::verify(&until_now, &hash) { password::hash(&new, &*random).ok() } else { None }
    });
    let hash = hashed.await.ok().flatten().ok_or(ChangePasswordError::Wrong)?;
    let kept = session::token_sha256(token);
    let changed = app.db.write(async move |tx: &mut Conn| {
        store::set_hash(tx, staff, &hash).await?;
        sessions::delete_other_sessions_of(tx, staff, &kept).await?;
        sessions::clear_attempts(tx, &super::sign_in::subject_of(&staff.to_string())).await?;
        audit::record(tx, &act, Entry::new("staff.password_set", "staff", staff)).await
    });
    changed.await.map_err(ChangePasswordError::Db)
}
