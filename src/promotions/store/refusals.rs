//! The table `code_refusals`.

use crate::kernel::UtcMs;
use db::{Conn, DbError, args};

db::statements! {
    /// Counts a refusal.
    COUNT = "INSERT INTO code_refusals (quarter, code_fold, offer_key, reason, channel, refusals) VALUES ($1, $2, $3, $4, $5, 1)
        ON CONFLICT (quarter, code_fold, offer_key, reason, channel) DO UPDATE SET refusals = code_refusals.refusals + 1";
    /// Forgets what is too old.
    FORGET = "DELETE FROM code_refusals WHERE quarter < $1";
}

pub(in crate::promotions) async fn count_refusal(
    tx: &mut Conn,
    quarter: UtcMs,
    fold: &str,
    offer: &str,
    reason: &str,
    channel: &str,
) -> Result<(), DbError> {
    tx.execute_one(&COUNT, args![quarter.0, fold, offer, reason, channel]).await
}

pub(in crate::promotions) async fn forget_refusals(tx: &mut Conn, before: UtcMs) -> Result<(), DbError> {
    tx.execute(&FORGET, args![before.0]).await.map(drop)
}
