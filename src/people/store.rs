//! Portraits in the database: where the file lies and what was found about it.

use super::review::{Review, Shortcoming};
use crate::kernel::Act;
use crate::kernel::ids::PhotoId;
use db::column::unreadable;
use db::{Conn, DbError, args};

db::statements! {
    /// The portrait with this id.
    FIND = "SELECT file, width, height, findings, review, review_reason FROM photos WHERE id = $1";
    /// Adds a portrait.
    INSERT = "INSERT INTO photos (id, file, sha256, width, height, findings, review, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Says where a portrait stands.
    PUT_REVIEW = "UPDATE photos SET review = $2, review_reason = $3 WHERE id = $1";
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
    /// Whether somebody has looked at it.
    pub review: Review,
}

#[derive(sqlx::FromRow)]
struct Row {
    file: String,
    width: i64,
    height: i64,
    findings: String,
    review: String,
    review_reason: Option<String>,
}

impl Row {
    fn photo(self) -> Result<Photo, DbError> {
        let review = Review::of(&self.review, self.review_reason.as_deref());
        Ok(Photo {
            file: self.file,
            width: u32::try_from(self.width).unwrap_or_default(),
            height: u32::try_from(self.height).unwrap_or_default(),
            findings: self.findings.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect(),
            review: review.ok_or_else(|| unreadable("a review"))?,
        })
    }
}

/// The portrait with this id.
///
/// # Errors
/// When the database refuses.
pub async fn find_photo(conn: &mut Conn, id: PhotoId) -> Result<Option<Photo>, DbError> {
    let row: Option<Row> = conn.fetch_optional(&FIND, args![id.to_string()]).await?;
    row.map(Row::photo).transpose()
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
    let values = args![
        id.to_string(),
        &photo.file,
        sha256.as_slice(),
        photo.width,
        photo.height,
        findings,
        photo.review.as_str(),
        act.now.0
    ];
    tx.execute_one(&INSERT, values).await
}

/// Says where a portrait stands.
///
/// # Errors
/// When the database refuses, or there is no such portrait.
pub async fn put_review(tx: &mut Conn, id: PhotoId, review: Review) -> Result<(), DbError> {
    let reason = review.shortcoming().map(Shortcoming::as_str);
    tx.execute_one(&PUT_REVIEW, args![id.to_string(), review.as_str(), reason]).await
}

/// Removes a portrait that no annual ticket shows any more. Its file is removed later: see [`super::forget_photo`].
///
/// # Errors
/// When the database refuses.
pub async fn delete_photo(tx: &mut Conn, id: PhotoId) -> Result<(), DbError> {
    tx.execute_one(&DELETE, args![id.to_string()]).await
}
