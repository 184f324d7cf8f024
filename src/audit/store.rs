//! The records in the database.

use super::Entry;
use crate::kernel::ids::AuditId;
use crate::kernel::{Act, UtcMs};
use db::{Conn, DbError, List, Page, args, column};
use serde::Serialize;
use serde_json::Value;

db::statements! {
    /// Writes one record.
    INSERT = "INSERT INTO audit_records (id, at, actor, action, subject_kind, subject_id, reason, detail)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Writes records of the same act.
    INSERT_ALL = {
        lite: "INSERT INTO audit_records (id, at, actor, action, subject_kind, subject_id, reason, detail)
            SELECT value ->> 'id', CAST($2 AS BIGINT), $3, value ->> 'action', value ->> 'subject_kind', value ->> 'subject_id', value ->> 'reason',
            value ->> 'detail' FROM json_each($1)",
        pg: "INSERT INTO audit_records (id, at, actor, action, subject_kind, subject_id, reason, detail)
            SELECT r.id, CAST($2 AS BIGINT), $3, r.action, r.subject_kind, r.subject_id, r.reason, r.detail
            FROM jsonb_to_recordset(CAST($1 AS JSONB)) AS r (id TEXT, action TEXT, subject_kind TEXT, subject_id TEXT, reason TEXT,
            detail TEXT)"
    };
    /// All records of one thing, the first first.
    OF_SUBJECT = "SELECT id, at, actor, action, subject_kind, subject_id, reason, detail FROM audit_records
        WHERE subject_kind = $1 AND subject_id = $2 ORDER BY id";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    at: i64,
    actor: String,
    action: String,
    subject_kind: String,
    subject_id: String,
    reason: Option<String>,
    detail: Option<String>,
}

/// One record of the audit.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Record {
    /// The record's id; ids rise with time.
    pub id: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: UtcMs,
    /// Who, for instance `staff:ID`, `api-key:ID`, `holder:ID`, `device:ID`, `visitor` or `system`.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// The kind of thing it was done to.
    pub subject_kind: String,
    /// The id or key of the thing.
    pub subject_id: String,
    /// Why, where a person gave a reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What else is worth knowing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<Value>,
}

impl From<Row> for Record {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            at: UtcMs(row.at),
            actor: row.actor,
            action: row.action,
            subject_kind: row.subject_kind,
            subject_id: row.subject_id,
            reason: row.reason,
            detail: row.detail.and_then(|text| serde_json::from_str(&text).ok()),
        }
    }
}

/// Writes a record in the transaction of the deed that it tells of, at the latest when it ends.
pub async fn record(tx: &mut Conn, act: &Act, entry: Entry<'_>) -> Result<(), DbError> {
    let id: AuditId = act.new_id();
    let detail = entry.detail.map(|detail| detail.to_string());
    tx.execute_later(
        &INSERT,
        args![
            id.to_string(),
            act.now.0,
            act.actor.to_string(),
            entry.action,
            entry.subject_kind,
            entry.subject_id,
            entry.reason,
            detail
        ],
    )
}

/// Writes many records at once, as [`record`] does.
pub fn record_all<'e>(tx: &mut Conn, act: &Act, entries: impl IntoIterator<Item = Entry<'e>>) -> Result<(), DbError> {
    #[derive(Serialize)]
    struct New<'e> {
        id: AuditId,
        action: &'e str,
        subject_kind: &'e str,
        subject_id: String,
        reason: Option<&'e str>,
        detail: Option<String>,
    }
    let rows = entries.into_iter().map(|entry| New {
        id: act.new_id(),
        action: entry.action,
        subject_kind: entry.subject_kind,
        subject_id: entry.subject_id,
        reason: entry.reason,
        detail: entry.detail.map(|detail| detail.to_string()),
    });
    let rows = column::to_json(&rows.collect::<Vec<_>>())?;
    tx.execute_later(&INSERT_ALL, args![rows, act.now.0, act.actor.to_string()])
}

/// The history of one thing, the oldest record first.
pub async fn of_subject(conn: &mut Conn, subject_kind: &str, subject_id: &str) -> Result<Vec<Record>, DbError> {
    let rows: Vec<Row> = conn.fetch_all(&OF_SUBJECT, args![subject_kind, subject_id]).await?;
    Ok(rows.into_iter().map(Record::from).collect())
}

/// Which records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Filter {
    /// Only records of this kind of thing.
    pub(super) subject_kind: Option<String>,
    /// Only records of the thing with this id or key.
    pub(super) subject_id: Option<String>,
    /// Only records of this moment or later.
    pub(super) from: Option<UtcMs>,
    /// Only records from before this moment.
    pub(super) before: Option<UtcMs>,
}

/// A page of the records that pass, the newest first.
pub(super) async fn filtered(
    conn: &mut Conn,
    filter: &Filter,
    after: Option<&str>,
    limit: u32,
) -> Result<Page<Record>, DbError> {
    let list = List::new("SELECT id, at, actor, action, subject_kind, subject_id, reason, detail FROM audit_records")
        .filter_opt("subject_kind = ?", filter.subject_kind.as_deref())
        .filter_opt("subject_id = ?", filter.subject_id.as_deref())
        .filter_opt("at >= ?", filter.from.map(|at| at.0))
        .filter_opt("at < ?", filter.before.map(|at| at.0))
        .order("id", "id", db::Desc)
        .after(after)
        .limit(limit);
    let page: Page<Row> = conn.list(list).await?;
    Ok(Page { items: page.items.into_iter().map(Record::from).collect(), next: page.next })
}
