//! Entry rights as gates know them. [`crate::cards`] writes the rows.

use super::{number, parsed, unreadable};
use card::{CardDay, CardId, EntryRight, Flags, ScopeId, ShortHash};
use chrono::NaiveDate;
use db::{Conn, DbError, args};
use gate_protocol::EntryRow;

db::statements! {
    /// The right of the card with this id.
    FIND = "SELECT code_id, short_hash, scope_id, not_before, not_after, issue, flags, status, reentry_secs, reentry_policy,
        period_months, first_entry, change_seq FROM entry_rights WHERE code_id = $1";
    /// The right of the card with this short code.
    FIND_SHORT = "SELECT code_id, short_hash, scope_id, not_before, not_after, issue, flags, status, reentry_secs, reentry_policy,
        period_months, first_entry, change_seq FROM entry_rights WHERE short_hash = $1";
    /// What changed, in the order of the changes.
    CHANGED = "SELECT code_id, short_hash, scope_id, not_before, not_after, issue, flags, status, reentry_secs, reentry_policy,
        period_months, first_entry, change_seq FROM entry_rights WHERE change_seq > $1 AND change_seq <= $2
        ORDER BY change_seq LIMIT $3";
    /// The next rights of one sign of the stored id, by id.
    CHUNK = "SELECT code_id, short_hash, scope_id, not_before, not_after, issue, flags, status, reentry_secs, reentry_policy,
        period_months, first_entry, change_seq FROM entry_rights WHERE code_id >= $1 AND code_id <= $2 ORDER BY code_id LIMIT $3";
}

#[derive(sqlx::FromRow)]
struct Row {
    code_id: i64,
    short_hash: Option<Vec<u8>>,
    scope_id: i64,
    not_before: String,
    not_after: String,
    issue: i64,
    flags: i64,
    status: String,
    reentry_secs: i64,
    reentry_policy: String,
    period_months: Option<i64>,
    first_entry: Option<String>,
    change_seq: Option<i64>,
}

impl Row {
    fn entry_row(self) -> Result<EntryRow, DbError> {
        let short_hash: Option<[u8; 10]> = self
            .short_hash
            .map(|hash| hash.try_into().map_err(|_| unreadable("a short hash has 10 bytes")))
            .transpose()?;
        let right = EntryRight {
            card_id: CardId::from_stored(self.code_id),
            scope: ScopeId::new(number(self.scope_id)?),
            not_before: day(&self.not_before)?,
            not_after: day(&self.not_after)?,
            issue: number(self.issue)?,
            flags: Flags::try_from(number::<u8>(self.flags)?).map_err(|_| unreadable("flags of an entry right"))?,
            status: parsed(&self.status)?,
            reentry_secs: number(self.reentry_secs)?,
            reentry_policy: parsed(&self.reentry_policy)?,
            period_months: self.period_months.map(number).transpose()?,
            first_entry: self.first_entry.as_deref().map(day).transpose()?,
        };
        let seq = self.change_seq.unwrap_or_default();
        Ok(EntryRow { seq, short_hash: short_hash.map(ShortHash::from_bytes), right })
    }
}

fn day(text: &str) -> Result<CardDay, DbError> {
    parsed::<NaiveDate>(text).map(CardDay::clamped_from_date)
}

pub(in crate::entry) async fn find(conn: &mut Conn, id: CardId) -> Result<Option<EntryRight>, DbError> {
    let row = conn.fetch_optional::<Row>(&FIND, args![id.to_stored()]).await?;
    row.map(|row| row.entry_row().map(|row| row.right)).transpose()
}

pub(in crate::entry) async fn find_short(conn: &mut Conn, hash: ShortHash) -> Result<Option<EntryRight>, DbError> {
    let row = conn.fetch_optional::<Row>(&FIND_SHORT, args![hash.as_bytes().as_slice()]).await?;
    row.map(|row| row.entry_row().map(|row| row.right)).transpose()
}

/// What changed behind `after`, up to and with `upto`, at most `limit` rows.
pub(in crate::entry) async fn changed(
    conn: &mut Conn,
    after: i64,
    upto: i64,
    limit: u32,
) -> Result<Vec<EntryRow>, DbError> {
    let rows = conn.fetch_all::<Row>(&CHANGED, args![after, upto, limit]).await?;
    rows.into_iter().map(Row::entry_row).collect()
}

/// The next rights behind `after` in the order of the ids, which are unsigned and stored signed: those from the middle on are
/// stored as negative numbers, and come last. A chunk that reaches the middle may be short; the last one is empty.
pub(in crate::entry) async fn chunk(
    conn: &mut Conn,
    after: Option<CardId>,
    limit: u32,
) -> Result<Vec<EntryRow>, DbError> {
    let from = match after {
        None => Some(0),
        Some(last) => last.get().checked_add(1).map(|next| CardId::new(next).to_stored()),
    };
    let Some(from) = from else { return Ok(Vec::new()) };
    let mut rows = Vec::new();
    if from >= 0 {
        rows = conn.fetch_all::<Row>(&CHUNK, args![from, i64::MAX, limit]).await?;
    }
    if rows.is_empty() {
        let from = if from >= 0 { i64::MIN } else { from };
        rows = conn.fetch_all::<Row>(&CHUNK, args![from, -1_i64, limit]).await?;
    }
    rows.into_iter().map(Row::entry_row).collect()
}
