//! Entry rights in the database: what the gates are told. Every change sets `change_seq` to NULL, so that the sequencer numbers it.

use super::{number, parsed, parsed_opt, text, to_json, unreadable};
use crate::cards::entry_right::EntryRight;
use crate::catalog::product::ReentryPolicy;
use crate::kernel::ids::{AnnualTicketId, TicketId};
use card::{CardId as CodeId, Flags, RightStatus};
use chrono::NaiveDate;
use db::{Conn, DbError, args};
use serde::Serialize;

db::statements! {
    /// The day ticket behind a code.
    TICKET_OF = "SELECT ticket_id FROM entry_rights WHERE code_id = $1 AND ticket_id IS NOT NULL";
    /// The issue that opens, and the flags.
    ISSUE_AND_FLAGS = "SELECT issue, flags FROM entry_rights WHERE code_id = $1";
    /// The code ids of a sold day ticket.
    OF_TICKET = "SELECT code_id FROM entry_rights WHERE ticket_id = $1 ORDER BY code_id";
    /// Adds a right, or replaces all that is known of it.
    PUT = "INSERT INTO entry_rights (code_id, annual_ticket_id, ticket_id, scope_id, not_before, not_after, issue, flags, status,
        reentry_secs, reentry_policy, period_months, change_seq)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, NULL)
        ON CONFLICT (code_id) DO UPDATE SET scope_id = excluded.scope_id, not_before = excluded.not_before,
        not_after = excluded.not_after, issue = excluded.issue, flags = excluded.flags, status = excluded.status,
        reentry_secs = excluded.reentry_secs, reentry_policy = excluded.reentry_policy, period_months = excluded.period_months,
        change_seq = NULL";
    /// Adds new rights.
    INSERT_ALL = {
        lite: "INSERT INTO entry_rights (code_id, annual_ticket_id, ticket_id, scope_id, not_before, not_after, issue, flags, status,
            reentry_secs, reentry_policy, period_months)
            SELECT value ->> 'code_id', value ->> 'annual_ticket_id', value ->> 'ticket_id', value ->> 'scope_id', value ->> 'not_before', value ->> 'not_after',
            value ->> 'issue', value ->> 'flags', value ->> 'status', value ->> 'reentry_secs', value ->> 'reentry_policy',
            value ->> 'period_months' FROM json_each($1)",
        pg: "INSERT INTO entry_rights (code_id, annual_ticket_id, ticket_id, scope_id, not_before, not_after, issue, flags, status,
            reentry_secs, reentry_policy, period_months)
            SELECT r.code_id, r.annual_ticket_id, r.ticket_id, r.scope_id, r.not_before, r.not_after, r.issue, r.flags, r.status, r.reentry_secs,
            r.reentry_policy, r.period_months
            FROM jsonb_to_recordset(CAST($1 AS JSONB)) AS r (code_id BIGINT, annual_ticket_id TEXT, ticket_id TEXT, scope_id BIGINT,
            not_before TEXT, not_after TEXT, issue BIGINT, flags BIGINT, status TEXT, reentry_secs BIGINT, reentry_policy TEXT,
            period_months BIGINT)"
    };
    /// Changes the status.
    SET_STATUS = "UPDATE entry_rights SET status = $2, change_seq = NULL WHERE code_id = $1 AND status <> $2";
    /// Sets the lowest issue that opens.
    SET_ISSUE = "UPDATE entry_rights SET issue = $2, change_seq = NULL WHERE code_id = $1 AND issue <> $2";
    /// What an entry may change.
    USAGE = "SELECT issue, flags, period_months, first_entry FROM entry_rights WHERE code_id = $1";
    /// Keeps the day of the entry that used a right up.
    SET_FIRST_ENTRY = "UPDATE entry_rights SET first_entry = $2, change_seq = NULL WHERE code_id = $1";
    /// Lets a right open something else.
    SET_SCOPE = "UPDATE entry_rights SET scope_id = $2, change_seq = NULL WHERE code_id = $1 AND scope_id <> $2";
    /// Moves the days.
    SET_DAYS = "UPDATE entry_rights SET not_before = $2, not_after = $3, flags = $4, change_seq = NULL
        WHERE code_id = $1 AND (not_before <> $2 OR not_after <> $3 OR flags <> $4)";
}

/// What an entry may change of a right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cards) struct Usage {
    /// The lowest issue that opens.
    pub(in crate::cards) issue: u8,
    /// Whether one entry uses it up.
    pub(in crate::cards) single_entry: bool,
    /// Whether its period begins, or began, with the first entry.
    pub(in crate::cards) begins_with_entry: bool,
    /// The day of the entry that used it up.
    pub(in crate::cards) first_entry: Option<NaiveDate>,
}

/// What an entry may change, where there is such a right.
pub(in crate::cards) async fn usage(conn: &mut Conn, code: CodeId) -> Result<Option<Usage>, DbError> {
    let row: Option<(i64, i64, Option<i64>, Option<String>)> =
        conn.fetch_optional(&USAGE, args![code.to_stored()]).await?;
    let Some((issue, flags, period_months, first_entry)) = row else { return Ok(None) };
    let flags = stored_flags(flags)?;
    Ok(Some(Usage {
        issue: number(issue)?,
        single_entry: flags.single_entry(),
        begins_with_entry: period_months.is_some(),
        first_entry: parsed_opt(first_entry.as_deref())?,
    }))
}

/// Keeps the day of the entry that used a right up.
pub(in crate::cards) async fn set_first_entry(tx: &mut Conn, code: CodeId, day: NaiveDate) -> Result<(), DbError> {
    tx.execute_one(&SET_FIRST_ENTRY, args![code.to_stored(), day.to_string()]).await
}

/// The lowest issue that opens, and the flags, where there is such a right.
pub(in crate::cards) async fn issue_and_flags(conn: &mut Conn, code: CodeId) -> Result<Option<(u8, Flags)>, DbError> {
    let row: Option<(i64, i64)> = conn.fetch_optional(&ISSUE_AND_FLAGS, args![code.to_stored()]).await?;
    let Some((issue, flags)) = row else { return Ok(None) };
    Ok(Some((number(issue)?, stored_flags(flags)?)))
}

fn stored_flags(flags: i64) -> Result<Flags, DbError> {
    Flags::try_from(number::<u8>(flags)?).map_err(|_| unreadable("entry_rights.flags"))
}

/// The code ids of a sold day ticket.
pub(in crate::cards) async fn of_ticket(conn: &mut Conn, ticket: TicketId) -> Result<Vec<CodeId>, DbError> {
    let rows: Vec<(i64,)> = conn.fetch_all(&OF_TICKET, args![ticket.to_string()]).await?;
    Ok(rows.into_iter().map(|(code,)| CodeId::from_stored(code)).collect())
}

/// The sold day ticket behind a code.
pub(in crate::cards) async fn ticket_of(conn: &mut Conn, code: CodeId) -> Result<Option<TicketId>, DbError> {
    let row: Option<(String,)> = conn.fetch_optional(&TICKET_OF, args![code.to_stored()]).await?;
    row.map(|(id,)| parsed(&id)).transpose()
}

/// Adds a right, or replaces all that is known of it.
pub(in crate::cards) async fn put(tx: &mut Conn, right: &EntryRight) -> Result<(), DbError> {
    let (annual_ticket, ticket) = right.bearer.ids();
    let values = args![
        right.code_id.to_stored(),
        text(annual_ticket),
        text(ticket),
        right.scope_id,
        right.not_before.to_string(),
        right.not_after.to_string(),
        right.issue,
        right.flags.bits(),
        right.status.as_str(),
        right.reentry_secs,
        policy(right.reentry_policy),
        right.period_months
    ];
    tx.execute_one(&PUT, values).await
}

/// Adds new rights, at the latest when the deed ends.
pub(in crate::cards) fn insert_all(tx: &mut Conn, rights: &[EntryRight]) -> Result<(), DbError> {
    #[derive(Serialize)]
    struct New {
        code_id: i64,
        annual_ticket_id: Option<AnnualTicketId>,
        ticket_id: Option<TicketId>,
        scope_id: u16,
        not_before: NaiveDate,
        not_after: NaiveDate,
        issue: u8,
        flags: u8,
        status: &'static str,
        reentry_secs: u32,
        reentry_policy: &'static str,
        period_months: Option<u32>,
    }
    let new = |right: &EntryRight| {
        let (annual_ticket_id, ticket_id) = right.bearer.ids();
        New {
            code_id: right.code_id.to_stored(),
            annual_ticket_id,
            ticket_id,
            scope_id: right.scope_id,
            not_before: right.not_before,
            not_after: right.not_after,
            issue: right.issue,
            flags: right.flags.bits(),
            status: right.status.as_str(),
            reentry_secs: right.reentry_secs,
            reentry_policy: policy(right.reentry_policy),
            period_months: right.period_months,
        }
    };
    tx.execute_later(&INSERT_ALL, args![to_json(&rights.iter().map(new).collect::<Vec<_>>())?])
}

const fn policy(policy: ReentryPolicy) -> &'static str {
    match policy {
        ReentryPolicy::Attention => "attention",
        ReentryPolicy::Refuse => "refuse",
    }
}

/// Changes the status, where there is such a right.
pub(in crate::cards) async fn set_status(tx: &mut Conn, code: CodeId, status: RightStatus) -> Result<(), DbError> {
    tx.execute(&SET_STATUS, args![code.to_stored(), status.as_str()]).await.map(drop)
}

/// Sets the lowest issue that opens, where there is such a right.
pub(in crate::cards) async fn set_issue(tx: &mut Conn, code: CodeId, issue: u8) -> Result<(), DbError> {
    tx.execute(&SET_ISSUE, args![code.to_stored(), issue]).await.map(drop)
}

/// Lets a right open something else, where there is such a right.
pub(in crate::cards) async fn set_scope(tx: &mut Conn, code: CodeId, scope: u16) -> Result<(), DbError> {
    tx.execute(&SET_SCOPE, args![code.to_stored(), scope]).await.map(drop)
}

/// Moves the days, where there is such a right.
pub(in crate::cards) async fn set_days(
    tx: &mut Conn,
    code: CodeId,
    from: NaiveDate,
    until: NaiveDate,
    flags: Flags,
) -> Result<(), DbError> {
    let values = args![code.to_stored(), from.to_string(), until.to_string(), flags.bits()];
    tx.execute(&SET_DAYS, values).await.map(drop)
}
