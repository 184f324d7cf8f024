//! Keys of programs that call the API.

use super::store;
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::ids::ApiKeyId;
use crate::kernel::roles::Roles;
use db::{Conn, DbError};
use sha2::{Digest, Sha256};

/// The special rights that a key or a member of staff may have beside their roles.
pub const RIGHTS: [&str; 2] = ["promotion.override", "refund.used"];

/// A key that was recognised.
#[derive(Debug, Clone)]
pub struct KnownKey {
    /// Its id.
    pub id: ApiKeyId,
    /// Its roles.
    pub roles: Roles,
    /// Its special rights.
    pub rights: Vec<String>,
}

/// Makes a key and answers its id and the secret text, which is shown this once and never again.
///
/// # Errors
/// When the database refuses.
pub async fn create(
    tx: &mut Conn,
    act: &Act,
    name: &str,
    roles: Roles,
    rights: &[String],
) -> Result<(ApiKeyId, String), DbError> {
    let id: ApiKeyId = act.new_id();
    let secret = format!("pp_{}", hex::encode(act.random.bytes::<32>()));
    store::insert_key(tx, id, name, roles, rights, &sha256(&secret), act.now).await?;
    audit::record(tx, act, Entry::new("api_key.created", "api_key", id)).await?;
    Ok((id, secret))
}

/// The key with this secret text, unless it was revoked.
///
/// # Errors
/// When the database refuses.
pub async fn find(conn: &mut Conn, secret: &str) -> Result<Option<KnownKey>, DbError> {
    store::find_key(conn, &sha256(secret)).await
}

/// Revokes a key. Answers whether there was one to revoke.
///
/// # Errors
/// When the database refuses.
pub async fn revoke(tx: &mut Conn, act: &Act, id: ApiKeyId) -> Result<bool, DbError> {
    let revoked = store::revoke_key(tx, id, act.now).await?;
    if revoked {
        audit::record(tx, act, Entry::new("api_key.revoked", "api_key", id)).await?;
    }
    Ok(revoked)
}

fn sha256(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}
