//! Staff and keys in the database.

pub(super) mod links;
pub(super) mod sessions;

use super::api_key::KnownKey;
use super::staff::NewStaff;
use crate::kernel::UtcMs;
use crate::kernel::ids::{ApiKeyId, StaffId};
use crate::kernel::roles::Roles;
use db::{Conn, DbError, List, Page, args};

db::statements! {
    /// Adds a member of staff.
    INSERT_STAFF = "INSERT INTO staff (id, email, email_fold, name, password_hash, roles, rights, houses, disabled, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, '', FALSE, $8)";
    /// A member of staff who may sign in.
    FIND_STAFF = "SELECT id, password_hash FROM staff WHERE email_fold = $1 AND NOT disabled";
    /// The name of a member of staff.
    FIND_NAME = "SELECT name FROM staff WHERE id = $1";
    /// The hash of the password of a member of staff who may sign in.
    FIND_HASH = "SELECT password_hash FROM staff WHERE id = $1 AND NOT disabled";
    /// Keeps another password.
    SET_HASH = "UPDATE staff SET password_hash = $2 WHERE id = $1";
    /// A member of staff.
    FIND_ROW = "SELECT id, email, name, roles, rights, disabled FROM staff WHERE id = $1";
    /// Changes what a member of staff is called and may do.
    SET_STAFF = "UPDATE staff SET name = $2, roles = $3, rights = $4 WHERE id = $1";
    /// The roles of everyone who may sign in. Whoever asks inside a change waits for other changes.
    ROLES_OF_ENABLED = {
        lite: "SELECT roles FROM staff WHERE NOT disabled ORDER BY id",
        pg: "SELECT roles FROM staff WHERE NOT disabled ORDER BY id FOR UPDATE"
    };
    /// Says whether a member of staff may sign in.
    SET_DISABLED = "UPDATE staff SET disabled = $2 WHERE id = $1";
    /// Adds a key.
    INSERT_KEY = "INSERT INTO api_keys (id, name, roles, rights, key_sha256, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    /// A key that was not revoked.
    FIND_KEY = "SELECT id, roles, rights FROM api_keys WHERE key_sha256 = $1 AND revoked_at IS NULL";
    /// What a key is for.
    KEY_NAME = "SELECT name FROM api_keys WHERE id = $1";
    /// Revokes a key.
    REVOKE_KEY = "UPDATE api_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL";
}

/// A member of staff, without the password.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct StaffRow {
    pub(super) id: String,
    pub(super) email: String,
    pub(super) name: String,
    pub(super) roles: String,
    pub(super) rights: String,
    pub(super) disabled: bool,
}

/// A key, without its secret.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct KeyRow {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) roles: String,
    pub(super) rights: String,
    pub(super) created_at: i64,
    pub(super) revoked_at: Option<i64>,
}

pub(super) async fn insert_staff(
    tx: &mut Conn,
    id: StaffId,
    email: &str,
    new: &NewStaff,
    now: UtcMs,
) -> Result<(), DbError> {
    let values = args![
        id.to_string(),
        email,
        email.to_lowercase(),
        &new.name,
        &new.password_hash,
        new.roles.to_text(),
        new.rights.join(","),
        now.0
    ];
    tx.execute_one(&INSERT_STAFF, values).await
}

pub(super) async fn find_staff(conn: &mut Conn, email: &str) -> Result<Option<(StaffId, String)>, DbError> {
    let row: Option<(String, String)> = conn.fetch_optional(&FIND_STAFF, args![email.trim().to_lowercase()]).await?;
    Ok(row.and_then(|(id, hash)| Some((id.parse().ok()?, hash))))
}

pub(super) async fn find_name(conn: &mut Conn, id: StaffId) -> Result<Option<String>, DbError> {
    let row: Option<(String,)> = conn.fetch_optional(&FIND_NAME, args![id.to_string()]).await?;
    Ok(row.map(|(name,)| name))
}

pub(super) async fn find_hash(conn: &mut Conn, id: StaffId) -> Result<Option<String>, DbError> {
    let row: Option<(String,)> = conn.fetch_optional(&FIND_HASH, args![id.to_string()]).await?;
    Ok(row.map(|(hash,)| hash))
}

pub(super) async fn set_hash(tx: &mut Conn, id: StaffId, hash: &str) -> Result<(), DbError> {
    tx.execute_one(&SET_HASH, args![id.to_string(), hash]).await
}

pub(super) async fn set_disabled(tx: &mut Conn, id: StaffId, disabled: bool) -> Result<bool, DbError> {
    Ok(tx.execute(&SET_DISABLED, args![id.to_string(), disabled]).await? == 1)
}

pub(super) async fn find_row(conn: &mut Conn, id: StaffId) -> Result<Option<StaffRow>, DbError> {
    conn.fetch_optional(&FIND_ROW, args![id.to_string()]).await
}

pub(super) async fn set_staff(
    tx: &mut Conn,
    id: StaffId,
    name: &str,
    roles: Roles,
    rights: &[String],
) -> Result<bool, DbError> {
    let values = args![id.to_string(), name, roles.to_text(), rights.join(",")];
    Ok(tx.execute(&SET_STAFF, values).await? == 1)
}

pub(super) async fn roles_of_enabled_staff(tx: &mut Conn) -> Result<Vec<Roles>, DbError> {
    let rows: Vec<(String,)> = tx.fetch_all(&ROLES_OF_ENABLED, args![]).await?;
    Ok(rows.iter().map(|(roles,)| Roles::from_text(roles)).collect())
}

pub(super) async fn staff_page(conn: &mut Conn, after: Option<&str>, limit: u32) -> Result<Page<StaffRow>, DbError> {
    let list = List::new("SELECT id, email, name, roles, rights, disabled FROM staff")
        .order("id", "id", db::Asc)
        .after(after)
        .limit(limit);
    conn.list(list).await
}

pub(super) async fn insert_key(
    tx: &mut Conn,
    id: ApiKeyId,
    name: &str,
    roles: Roles,
    rights: &[String],
    sha256: &[u8; 32],
    now: UtcMs,
) -> Result<(), DbError> {
    let values = args![id.to_string(), name, roles.to_text(), rights.join(","), sha256.as_slice(), now.0];
    tx.execute_one(&INSERT_KEY, values).await
}

pub(super) async fn find_key(conn: &mut Conn, sha256: &[u8; 32]) -> Result<Option<KnownKey>, DbError> {
    let row: Option<(String, String, String)> = conn.fetch_optional(&FIND_KEY, args![sha256.as_slice()]).await?;
    Ok(row.and_then(|(id, roles, rights)| {
        Some(KnownKey {
            id: id.parse().ok()?,
            roles: Roles::from_text(&roles),
            rights: rights.split(',').filter(|right| !right.is_empty()).map(str::to_owned).collect(),
        })
    }))
}

pub(super) async fn key_name(conn: &mut Conn, id: ApiKeyId) -> Result<Option<String>, DbError> {
    let row: Option<(String,)> = conn.fetch_optional(&KEY_NAME, args![id.to_string()]).await?;
    Ok(row.map(|(name,)| name))
}

pub(super) async fn revoke_key(tx: &mut Conn, id: ApiKeyId, now: UtcMs) -> Result<bool, DbError> {
    Ok(tx.execute(&REVOKE_KEY, args![id.to_string(), now.0]).await? == 1)
}

pub(super) async fn key_page(conn: &mut Conn, after: Option<&str>, limit: u32) -> Result<Page<KeyRow>, DbError> {
    let list = List::new("SELECT id, name, roles, rights, created_at, revoked_at FROM api_keys")
        .order("id", "id", db::Asc)
        .after(after)
        .limit(limit);
    conn.list(list).await
}
