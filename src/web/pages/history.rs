//! The history at the end of each record: who did what, when and why, read from the audit.

use super::words::Words;
use crate::accounts;
use crate::audit::{self, Record};
use crate::kernel::ids::StaffId;
use chrono_tz::Tz;
use db::{Conn, DbError};
use std::collections::BTreeMap;
use std::fmt::Display;

/// One step in the history of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryRow {
    /// Who did it.
    pub who: String,
    /// What was done.
    pub what: String,
    /// When, as the clocks of the house show it.
    pub when: String,
    /// When, in RFC 3339.
    pub instant: String,
    /// Why, where a person gave a reason.
    pub why: Option<String>,
}

/// The history of what a page shows, the newest step first. `subjects` are the kinds and ids of the audit, for instance
/// `[("card", &card.id), ("annual_ticket", &ticket.id)]`.
///
/// # Errors
/// When the database refuses.
pub async fn of(
    conn: &mut Conn,
    words: &Words,
    zone: Tz,
    subjects: &[(&str, &(dyn Display + Sync))],
) -> Result<Vec<HistoryRow>, DbError> {
    let mut records = Vec::new();
    for (kind, id) in subjects {
        records.extend(audit::of_subject(conn, kind, &id.to_string()).await?);
    }
    records.sort_by(|one, other| other.id.cmp(&one.id));
    tell(conn, *words, zone, &records).await
}

/// Records in words, in their order.
///
/// # Errors
/// When the database refuses.
pub async fn tell(conn: &mut Conn, words: Words, zone: Tz, records: &[Record]) -> Result<Vec<HistoryRow>, DbError> {
    let names = names(conn, records).await?;
    Ok(records.iter().map(|record| row(record.clone(), words, zone, &names)).collect())
}

fn row(record: Record, words: Words, zone: Tz, names: &BTreeMap<String, String>) -> HistoryRow {
    let kind = record.actor.split(':').next().unwrap_or_default();
    let who = names.get(&record.actor).cloned().unwrap_or_else(|| words.t(&format!("actor-{kind}")));
    let why = record.reason.map(|reason| {
        let key = format!("why-{}", reason.replace('_', "-"));
        if words.has(&key) { words.t(&key) } else { reason }
    });
    HistoryRow {
        who,
        what: words.action(&record.action),
        when: words.moment(record.at, zone),
        instant: record.at.to_rfc3339(),
        why,
    }
}

/// The names of the members of staff among the actors, by the actor's text in the audit.
async fn names(conn: &mut Conn, records: &[Record]) -> Result<BTreeMap<String, String>, DbError> {
    let mut names = BTreeMap::new();
    for record in records {
        let Some(id) = record.actor.strip_prefix("staff:").and_then(|id| id.parse::<StaffId>().ok()) else { continue };
        if names.contains_key(&record.actor) {
            continue;
        }
        if let Some(name) = accounts::staff::name(conn, id).await? {
            names.insert(record.actor.clone(), name);
        }
    }
    Ok(names)
}
