//! Codes that were refused.

use crate::reports::filter::Filter;
use crate::reports::period::Span;
use db::{Conn, DbError, args};

db::statements! {
    /// How often which code was refused, and why: the most often first. Houses are not known of refusals.
    REFUSED = "SELECT r.offer_key, r.code_fold, r.reason, r.channel, CAST(SUM(r.refusals) AS BIGINT) AS refusals FROM code_refusals r
        WHERE r.quarter >= $1 AND r.quarter < $2
        AND (CAST($3 AS TEXT) IS NULL OR r.channel = $3) AND (CAST($4 AS TEXT) IS NULL OR r.offer_key = $4)
        AND (CAST($5 AS TEXT) IS NULL OR r.code_fold = $5)
        GROUP BY r.offer_key, r.code_fold, r.reason, r.channel ORDER BY 5 DESC, r.offer_key, r.code_fold, r.reason LIMIT 1000";
}

/// A code that was refused for one reason on one channel.
#[derive(sqlx::FromRow)]
pub(in crate::reports) struct RefusalRow {
    /// Empty where it is no code of ours.
    pub(in crate::reports) offer_key: String,
    pub(in crate::reports) code_fold: String,
    pub(in crate::reports) reason: String,
    pub(in crate::reports) channel: String,
    pub(in crate::reports) refusals: i64,
}

pub(in crate::reports) async fn refused(
    conn: &mut Conn,
    span: &Span,
    filter: &Filter,
) -> Result<Vec<RefusalRow>, DbError> {
    let fold = filter.code.as_deref().map(pricing::fold_code);
    conn.fetch_all(&REFUSED, args![span.begins.0, span.ends.0, filter.channel(), filter.offer(), fold]).await
}
