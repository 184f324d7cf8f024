//! Proves that the ledger counts what was sold: each counter is the sum of its entries, and the entries are those of the orders.

use super::store;
use db::{Conn, DbError};

/// What the ledger counts wrongly: a sentence for each. Nothing: the ledger is proven.
///
/// # Errors
/// When the database refuses.
pub async fn prove_ledger(conn: &mut Conn) -> Result<Vec<String>, DbError> {
    let of_counters = store::wrong_counters(conn).await?.into_iter().map(|one| {
        format!(
            "The counter {} of \"{}\" says {}, its entries add up to {}.",
            one.kind, one.subject, one.counted, one.there
        )
    });
    let mut findings: Vec<String> = of_counters.collect();
    let of_sales = store::wrong_sales(conn).await?.into_iter().map(|one| {
        format!(
            "The ledger counts {} of \"{}\" as {}, the orders say {}.",
            one.counted, one.subject, one.kind, one.there
        )
    });
    findings.extend(of_sales);
    Ok(findings)
}
