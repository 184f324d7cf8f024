//! Portraits in the database: where the file lies and what was found about it.

use crate::kernel::Act;
use crate::kernel::ids::PhotoId;
use db::{Conn, DbError, args};

db::statements! {
    /// The portrait with this id.
    FIND = "SELECT file, width, height, findings FROM photos WHERE id = $1";
    /// Adds a portrait.
    INSERT = "INSERT INTO photos (id, file, sha256, width, height, findings, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    /// Removes a portrait that no annual ticket shows any more.
    DELETE = "DELETE FROM photos WHERE id = $1";
}

/// A stored portrait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// Its key in the file store.
    pub file: String,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// What a person should look at: stable words.
    pub findings: Vec<String>,
}

/// The portrait with this id.
///
/// # Errors
/// When the database refuses.
pub async fn find_photo(conn: &mut Conn, id: PhotoId) -> Result<Option<Photo>, DbError> {
    let row: Option<(String, i64, i64, String)> = conn.fetch_optional(&FIND, args![id.to_string()]).await?;
    Ok(row.map(|(file, width, height, findings)| Photo {
        file,
        width: u32::try_from(width).unwrap_or_default(),
        height: u32::try_from(height).unwrap_or_default(),
        findings: findings.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect(),
    }))
}

/// Adds a portrait whose file is stored already.
///
/// # Errors
/// When the database refuses.
pub async fn insert_photo(
    tx: &mut Conn,
    act: &Act,
    id: PhotoId,
    photo: &Photo,
    sha256: &[u8; 32],
) -> Result<(), DbError> {
    let findings = photo.findings.join(",");
    let values = args![id.to_string(), &photo.file, sha256.as_slice(), photo.width, photo.height, findings, act.now.0];
    tx.execute_one(&INSERT, values).await
}

/// Removes a portrait that no annual ticket shows any more. Its file is removed later: see [`super::forget_photo`].
///
/// # Errors
/// When the database refuses.
pub async fn delete_photo(tx: &mut Conn, id: PhotoId) -> Result<(), DbError> {
    tx.execute_one(&DELETE, args![id.to_string()]).await
}
