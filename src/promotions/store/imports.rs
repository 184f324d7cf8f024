//! The table `code_imports`, and what imports look up.

use super::to_json;
use crate::kernel::ids::CodeImportId;
use crate::kernel::slug::Slug;
use crate::kernel::{Act, UtcMs};
use crate::promotions::import_codes::Tally;
use db::{Conn, DbError, args};

db::statements! {
    /// The codes in which look-alikes of these meet.
    LOOKALIKES = {
        lite: "SELECT fold, code, skeleton, offer_key FROM codes WHERE skeleton IN (SELECT value FROM json_each($1))",
        pg: "SELECT fold, code, skeleton, offer_key FROM codes
            WHERE skeleton IN (SELECT jsonb_array_elements_text(CAST($1 AS JSONB)))"
    };
    /// Records an import.
    INSERT = "INSERT INTO code_imports (id, offer_key, file_sha256, row_count, added_count, known_count, wrong_count,
        imported_by, imported_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// The latest imports of an offer.
    LATEST = "SELECT row_count, added_count, known_count, wrong_count, imported_at FROM code_imports
        WHERE offer_key = $1 ORDER BY imported_at DESC, id DESC LIMIT 10";
    /// When a file was taken last.
    WHEN = "SELECT MAX(imported_at) FROM code_imports WHERE offer_key = $1 AND file_sha256 = $2";
    /// Removes the imports of an offer.
    DELETE = "DELETE FROM code_imports WHERE offer_key = $1";
}

/// A code that is there.
#[derive(Debug, sqlx::FromRow)]
pub(in crate::promotions) struct Known {
    pub(in crate::promotions) fold: String,
    pub(in crate::promotions) code: String,
    pub(in crate::promotions) skeleton: String,
    pub(in crate::promotions) offer_key: String,
}

/// A file that was taken.
#[derive(Debug, sqlx::FromRow)]
pub(in crate::promotions) struct PastImport {
    pub(in crate::promotions) row_count: i64,
    pub(in crate::promotions) added_count: i64,
    pub(in crate::promotions) known_count: i64,
    pub(in crate::promotions) wrong_count: i64,
    pub(in crate::promotions) imported_at: i64,
}

pub(in crate::promotions) async fn lookalikes(conn: &mut Conn, skeletons: &[String]) -> Result<Vec<Known>, DbError> {
    if skeletons.is_empty() {
        return Ok(Vec::new());
    }
    conn.fetch_all(&LOOKALIKES, args![to_json(&skeletons)?]).await
}

pub(in crate::promotions) async fn insert_import(
    tx: &mut Conn,
    act: &Act,
    id: CodeImportId,
    offer: &Slug,
    sha256: &str,
    tally: &Tally,
) -> Result<(), DbError> {
    let count = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
    let counts = [tally.rows, tally.added, tally.known, tally.wrong].map(count);
    let [rows, added, known, wrong] = counts;
    let values =
        args![id.to_string(), offer.as_str(), sha256, rows, added, known, wrong, act.actor.to_string(), act.now.0];
    tx.execute_one(&INSERT, values).await
}

/// The latest imports of an offer, the newest first.
pub(in crate::promotions) async fn latest_imports(conn: &mut Conn, offer: &Slug) -> Result<Vec<PastImport>, DbError> {
    conn.fetch_all(&LATEST, args![offer.as_str()]).await
}

/// When this very file was taken into the offer last.
pub(in crate::promotions) async fn imported_at(
    conn: &mut Conn,
    offer: &Slug,
    sha256: &str,
) -> Result<Option<UtcMs>, DbError> {
    let (when,): (Option<i64>,) = conn.fetch_one(&WHEN, args![offer.as_str(), sha256]).await?;
    Ok(when.map(UtcMs))
}

pub(in crate::promotions) async fn delete_imports(tx: &mut Conn, offer: &Slug) -> Result<(), DbError> {
    tx.execute(&DELETE, args![offer.as_str()]).await.map(drop)
}
