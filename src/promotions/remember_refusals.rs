//! Remembers that codes were refused, so that marketing sees which sales were lost.
//!
//! Refusals are counted per quarter of an hour, so that they fall into the days of any zone. What somebody typed is kept only where it
//! is a code of ours: anything else could be anything, a name too. Counts that are older than two years are forgotten.

use super::store;
use crate::kernel::{Act, UtcMs};
use db::{Conn, DbError};
use std::collections::{BTreeMap, BTreeSet};

/// Milliseconds of a quarter of an hour.
const QUARTER_MILLIS: i64 = 15 * 60 * 1_000;
/// How long counts are kept, in milliseconds: two years.
const KEPT_MILLIS: i64 = 2 * 366 * 24 * 60 * 60 * 1_000;

/// Counts codes that were refused on a channel, each with the stable word for the reason.
///
/// # Errors
/// When the database refuses.
pub async fn remember_refusals(
    tx: &mut Conn,
    act: &Act,
    channel: &str,
    refused: &[(String, &'static str)],
) -> Result<(), DbError> {
    if refused.is_empty() {
        return Ok(());
    }
    let folds: BTreeSet<String> = refused.iter().map(|(code, _)| pricing::fold_code(code)).collect();
    let known: BTreeMap<String, String> = store::codes_entered(tx, &folds.into_iter().collect::<Vec<_>>())
        .await?
        .into_iter()
        .map(|(fold, code)| (fold, code.offer.to_string()))
        .collect();
    let quarter = UtcMs(act.now.0 - act.now.0.rem_euclid(QUARTER_MILLIS));
    for (code, reason) in refused {
        let fold = pricing::fold_code(code);
        let (fold, offer) = known.get(&fold).map_or(("", ""), |offer| (fold.as_str(), offer.as_str()));
        store::count_refusal(tx, quarter, fold, offer, reason, channel).await?;
    }
    store::forget_refusals(tx, act.now.plus_millis(-KEPT_MILLIS)).await
}
