//! Who was let in, by what the gates saw.

use crate::reports::filter::Filter;
use crate::reports::period::Span;
use db::{Conn, DbError, args};

db::statements! {
    /// Scans on the way in, by house and answer, with how many people they let in. Coming in again with the same card is no visit.
    SCANNED = "SELECT d.house_key, s.verdict, COUNT(*), CAST(COALESCE(SUM(CASE WHEN s.verdict = 'refuse' OR s.reason = 're_entry'
        THEN 0 ELSE s.admitted_count END), 0) AS BIGINT)
        FROM scans s JOIN devices d ON d.id = s.device_id WHERE s.at >= $1 AND s.at < $2 AND s.direction = 'in'
        AND (CAST($3 AS TEXT) IS NULL OR d.house_key = $3) GROUP BY d.house_key, s.verdict";
    /// How many annual tickets were at each house, each counted once.
    PASSES = "SELECT d.house_key, COUNT(DISTINCT s.code_id) FROM scans s JOIN devices d ON d.id = s.device_id
        JOIN entry_rights e ON e.code_id = s.code_id WHERE s.at >= $1 AND s.at < $2 AND s.direction = 'in' AND s.verdict <> 'refuse'
        AND e.annual_ticket_id IS NOT NULL GROUP BY d.house_key";
}

/// House, answer, scans, people.
pub(in crate::reports) async fn scanned(
    conn: &mut Conn,
    span: &Span,
    filter: &Filter,
) -> Result<Vec<(String, String, i64, i64)>, DbError> {
    conn.fetch_all(&SCANNED, args![span.begins.0, span.ends.0, filter.house()]).await
}

/// House, and how many annual tickets were there.
pub(in crate::reports) async fn passes(conn: &mut Conn, span: &Span) -> Result<Vec<(String, i64)>, DbError> {
    conn.fetch_all(&PASSES, args![span.begins.0, span.ends.0]).await
}
