//! The outbox in the database.

use super::attempt::{Mail, MailState};
use crate::kernel::UtcMs;
use crate::kernel::ids::MailId;
use db::column::{parsed, unreadable};
use db::{Conn, DbError, List, Page, args};

db::statements! {
    /// Takes back what still waits for an address.
    TAKE_BACK = "DELETE FROM mails WHERE lower(address) = lower($1) AND state = 'waiting'";
    /// Forgets to whom mails went.
    FORGET_ADDRESS = "UPDATE mails SET address = '', name = '', last_error = NULL WHERE lower(address) = lower($1)";
    /// Puts a mail into the outbox.
    INSERT = "INSERT INTO mails (id, kind, subject_kind, subject_id, address, name, language, state, attempts, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', 0, $8)";
    /// One mail.
    FIND = "SELECT id, kind, subject_kind, subject_id, address, name, language, state, attempts, last_error, created_at, sent_at
        FROM mails WHERE id = $1";
    /// The mails about one thing, the last first.
    OF_SUBJECT = "SELECT id, kind, subject_kind, subject_id, address, name, language, state, attempts, last_error, created_at,
        sent_at FROM mails WHERE subject_kind = $1 AND subject_id = $2 ORDER BY id DESC";
    /// Holds a mail that nobody has tried to deliver yet, so that nobody begins before the transaction ends.
    HOLD_UNTRIED = "UPDATE mails SET attempts = 0 WHERE id = (SELECT id FROM mails WHERE subject_kind = $1 AND subject_id = $2
        AND kind = $3 AND language = $4 AND state = 'waiting' AND attempts = 0 ORDER BY id LIMIT 1)
        AND state = 'waiting' AND attempts = 0 RETURNING id";
    /// Begins an attempt, unless another one is under way.
    CLAIM = "UPDATE mails SET attempts = attempts + 1, attempt_until = $3 WHERE id = $1 AND state = 'waiting'
        AND (attempt_until IS NULL OR attempt_until < $2)";
    /// The mail was delivered.
    SETTLE = "UPDATE mails SET state = 'sent', last_error = NULL, attempt_until = NULL, sent_at = $2
        WHERE id = $1 AND state = 'waiting'";
    /// An attempt failed: the mail waits for the next one, or is given up.
    FAIL = "UPDATE mails SET state = $2, last_error = $3, attempt_until = NULL WHERE id = $1 AND state = 'waiting'";
    /// A mail about nothing leaves no trace: that nobody is known by an address is nobody's business.
    DELETE = "DELETE FROM mails WHERE id = $1";
    /// A failed mail waits again.
    REVIVE = "UPDATE mails SET state = 'waiting', attempts = 0, attempt_until = NULL WHERE id = $1 AND state = 'failed'";
    /// The failed mails, the oldest first.
    FAILED = "SELECT id FROM mails WHERE state = 'failed' ORDER BY id LIMIT 1000";
    /// How many mails failed.
    COUNT_FAILED = "SELECT COUNT(*) FROM mails WHERE state = 'failed'";
    /// Forgets mails that were made before a moment and do not wait any more.
    FORGET = "DELETE FROM mails WHERE created_at < $1 AND state <> 'waiting'";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    kind: String,
    subject_kind: String,
    subject_id: String,
    address: String,
    name: String,
    language: String,
    state: String,
    attempts: i64,
    last_error: Option<String>,
    created_at: i64,
    sent_at: Option<i64>,
}

impl Row {
    fn mail(self) -> Result<Mail, DbError> {
        let state = MailState::of(&self.state).ok_or_else(|| unreadable("the state of a mail"))?;
        Ok(Mail {
            id: parsed(&self.id)?,
            kind: self.kind,
            subject_kind: self.subject_kind,
            subject_id: self.subject_id,
            address: self.address,
            name: self.name,
            language: self.language,
            state,
            attempts: self.attempts,
            last_error: self.last_error,
            created_at: UtcMs(self.created_at),
            sent_at: self.sent_at.map(UtcMs),
        })
    }
}

/// Which mails.
#[derive(Debug, Clone, Default)]
pub struct MailFilter {
    /// Only those in this state.
    pub state: Option<MailState>,
    /// Only those to an address or a person in which this stands, in small letters.
    pub text: String,
}

pub(super) async fn insert(tx: &mut Conn, mail: &Mail) -> Result<(), DbError> {
    let values = args![
        mail.id.to_string(),
        &mail.kind,
        &mail.subject_kind,
        &mail.subject_id,
        &mail.address,
        &mail.name,
        &mail.language,
        mail.created_at.0
    ];
    tx.execute_one(&INSERT, values).await
}

pub(super) async fn find(conn: &mut Conn, id: MailId) -> Result<Option<Mail>, DbError> {
    let row: Option<Row> = conn.fetch_optional(&FIND, args![id.to_string()]).await?;
    row.map(Row::mail).transpose()
}

/// The mails about one thing, the last first.
///
/// # Errors
/// When the database refuses.
pub async fn of_subject(conn: &mut Conn, kind: &str, id: &str) -> Result<Vec<Mail>, DbError> {
    let rows: Vec<Row> = conn.fetch_all(&OF_SUBJECT, args![kind, id]).await?;
    rows.into_iter().map(Row::mail).collect()
}

/// A page of the mails that pass the filter, the last first.
///
/// # Errors
/// When the database refuses.
pub async fn mails_page(
    conn: &mut Conn,
    filter: &MailFilter,
    after: Option<&str>,
    rows: u32,
) -> Result<Page<Mail>, DbError> {
    let select =
        "SELECT id, kind, subject_kind, subject_id, address, name, language, state, attempts, last_error, created_at,
        sent_at FROM mails";
    let list = List::new(select)
        .filter_opt("state = ?", filter.state.map(MailState::as_str))
        .search(&["lower(address)", "lower(name)"], &filter.text)
        .newest_first("id")
        .after(after)
        .limit(rows);
    let page: Page<Row> = conn.list(list).await?;
    Ok(Page { items: page.items.into_iter().map(Row::mail).collect::<Result<_, _>>()?, next: page.next })
}

/// Begins an attempt; answers whether nobody else has one under way and the mail still waits.
pub(super) async fn claim(tx: &mut Conn, id: MailId, now: UtcMs, until: UtcMs) -> Result<bool, DbError> {
    Ok(tx.execute(&CLAIM, args![id.to_string(), now.0, until.0]).await? == 1)
}

/// Holds the oldest mail of this kind about this thing that nobody has tried to deliver yet; answers which.
pub(super) async fn hold_untried(
    tx: &mut Conn,
    subject: (&str, &str),
    kind: &str,
    language: &str,
) -> Result<Option<MailId>, DbError> {
    let row: Option<(String,)> = tx.fetch_optional(&HOLD_UNTRIED, args![subject.0, subject.1, kind, language]).await?;
    row.map(|(id,)| parsed(&id)).transpose()
}

pub(super) async fn settle(tx: &mut Conn, id: MailId, at: UtcMs) -> Result<(), DbError> {
    tx.execute(&SETTLE, args![id.to_string(), at.0]).await.map(drop)
}

pub(super) async fn fail(tx: &mut Conn, id: MailId, state: MailState, error: &str) -> Result<(), DbError> {
    tx.execute(&FAIL, args![id.to_string(), state.as_str(), error]).await.map(drop)
}

pub(super) async fn delete(tx: &mut Conn, id: MailId) -> Result<(), DbError> {
    tx.execute(&DELETE, args![id.to_string()]).await.map(drop)
}

pub(super) async fn revive(tx: &mut Conn, id: MailId) -> Result<bool, DbError> {
    Ok(tx.execute(&REVIVE, args![id.to_string()]).await? == 1)
}

pub(super) async fn failed(conn: &mut Conn) -> Result<Vec<MailId>, DbError> {
    let rows: Vec<(String,)> = conn.fetch_all(&FAILED, args![]).await?;
    rows.into_iter().map(|(id,)| parsed(&id)).collect()
}

/// How many mails failed.
///
/// # Errors
/// When the database refuses.
pub async fn count_failed(conn: &mut Conn) -> Result<i64, DbError> {
    let (count,): (i64,) = conn.fetch_one(&COUNT_FAILED, args![]).await?;
    Ok(count)
}

/// Forgets that mails went to an address, and takes back what still waits for it.
///
/// # Errors
/// When the database refuses.
pub async fn forget_address(tx: &mut Conn, address: &str) -> Result<(), DbError> {
    tx.execute(&TAKE_BACK, args![address]).await?;
    tx.execute(&FORGET_ADDRESS, args![address]).await.map(drop)
}

/// Forgets mails that were made before a moment and do not wait any more; answers how many there were.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &mut Conn, before: UtcMs) -> Result<u64, DbError> {
    tx.execute(&FORGET, args![before.0]).await
}
