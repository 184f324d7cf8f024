//! The cards of print runs in the database: what was frozen for each, what became of it, and whom it goes to.

use crate::cards::{CardState, Delivery};
use crate::kernel::ids::{CardId, PrintJobId, PrintRunId};
use crate::kernel::{Act, UtcMs};
use crate::production::PrintData;
use crate::production::envelope::Posted;
use crate::production::files::Part;
use crate::production::print_job::JOB_CARDS_MAX;
use crate::production::print_run::Outcome;
use db::{Asc, Conn, DbError, List, Page, args, sqlx};
use std::collections::HashMap;

db::statements! {
    /// The runs that a card was ever in.
    RUNS_OF = "SELECT run_id FROM print_run_cards WHERE card_id = $1 ORDER BY run_id";
    /// Freezes a card in a run.
    INSERT_RUN_CARD = "INSERT INTO print_run_cards (run_id, position, card_id, print_data_sha256, outcome)
        SELECT $1, $2, id, print_data_sha256, 'pending' FROM cards WHERE id = $3";
    /// The cards of a run without an outcome, in their order.
    PENDING = "SELECT m.card_id FROM print_run_cards m JOIN cards c ON c.id = m.card_id
        WHERE m.run_id = $1 AND m.outcome = 'pending' AND c.state = 'in_print_run' ORDER BY m.position LIMIT $2";
    /// The same without those that a printer may have.
    PENDING_HERE = "SELECT m.card_id FROM print_run_cards m JOIN cards c ON c.id = m.card_id
        WHERE m.run_id = $1 AND m.outcome = 'pending' AND c.state = 'in_print_run' AND NOT EXISTS (SELECT 1 FROM print_jobs j
        WHERE j.id = m.print_job_id AND j.state IN ('waiting', 'created', 'sent', 'to_check')) ORDER BY m.position LIMIT $2";
    /// One card of a run.
    MEMBER = "SELECT m.card_id, c.number, m.position, m.outcome, c.state, m.verified_at, m.reason
        FROM print_run_cards m JOIN cards c ON c.id = m.card_id WHERE m.run_id = $1 AND m.card_id = $2";
    /// The card of a run with this number or code.
    MEMBER_BY_CODE = "SELECT m.card_id, c.number, m.position, m.outcome, c.state, m.verified_at, m.reason
        FROM print_run_cards m JOIN cards c ON c.id = m.card_id WHERE m.run_id = $1 AND (c.number = $2 OR c.code = $2)";
    /// A card gets its outcome.
    SET_OUTCOME = "UPDATE print_run_cards SET outcome = $3, outcome_at = $4, reason = $5
        WHERE run_id = $1 AND card_id = $2 AND outcome = 'pending'";
    /// A card loses its outcome, because the step that gave it was undone.
    CLEAR_OUTCOME = "UPDATE print_run_cards SET outcome = 'pending', outcome_at = NULL, reason = NULL, verified_at = NULL, print_job_id = NULL
        WHERE run_id = $1 AND card_id = $2 AND outcome <> 'pending'";
    /// A printed card was read.
    SET_VERIFIED = "UPDATE print_run_cards SET verified_at = $3 WHERE run_id = $1 AND card_id = $2 AND verified_at IS NULL";
    /// The card of a run that was read last.
    LAST_READ = "SELECT position FROM print_run_cards WHERE run_id = $1 AND verified_at IS NOT NULL
        ORDER BY verified_at DESC, position DESC LIMIT 1";
    /// Cards of a run that should have been read before the last one that was.
    SKIPPED = "SELECT m.position, c.number FROM print_run_cards m JOIN cards c ON c.id = m.card_id
        WHERE m.run_id = $1 AND m.verified_at IS NULL AND m.outcome IN ('pending', 'printed') AND c.state <> 'void'
        AND m.position < (SELECT MAX(l.position) FROM print_run_cards l WHERE l.run_id = $1 AND l.verified_at IS NOT NULL)
        ORDER BY m.position LIMIT 20";
    /// Where some cards of a run are sent: those that are to be posted and are not void.
    POSTED = "SELECT c.id, c.number, a.order_id, a.address, a.language, m.print_data_sha256 FROM print_run_cards m JOIN cards c ON c.id = m.card_id
        JOIN annual_tickets a ON a.id = c.annual_ticket_id
        WHERE m.run_id = $1 AND m.position BETWEEN $2 AND $3 AND c.state <> 'void' AND m.outcome <> 'spoiled'
        AND a.delivery = $4 AND a.address IS NOT NULL ORDER BY m.position";
    /// The cards that are to be posted now, of the order of a card.
    TO_POST_WITH = "SELECT c.id, c.number, a.order_id, a.address, a.language, c.print_data_sha256
        FROM cards own JOIN annual_tickets o ON o.id = own.annual_ticket_id JOIN annual_tickets a ON a.order_id = o.order_id
        JOIN cards c ON c.annual_ticket_id = a.id
        WHERE own.id = $1 AND c.state = 'ready_for_dispatch' AND c.way = 'mail' AND a.address IS NOT NULL
        AND c.print_data_sha256 IS NOT NULL ORDER BY c.id";
    /// What was frozen for some cards of a run, in their order.
    FROZEN = "SELECT d.sha256, d.body FROM print_run_cards m JOIN print_data d ON d.sha256 = m.print_data_sha256
        WHERE m.run_id = $1 AND m.position BETWEEN $2 AND $3 ORDER BY m.position";
}

/// The cards of runs.
const MEMBERS: &str = "SELECT m.card_id, c.number, m.position, m.outcome, c.state, m.verified_at, m.reason
    FROM print_run_cards m JOIN cards c ON c.id = m.card_id";

/// The cards of runs, with what people look at.
const FACES: &str =
    "SELECT m.card_id, c.number, m.position, m.outcome, c.state, m.verified_at, m.reason, m.print_data_sha256,
    a.given_name, a.family_name
    FROM print_run_cards m JOIN cards c ON c.id = m.card_id JOIN annual_tickets a ON a.id = c.annual_ticket_id";

/// A card of a run.
#[derive(Debug, Clone)]
pub struct Member {
    /// The card.
    pub card: CardId,
    /// Its number.
    pub number: String,
    /// Its place in the run, from 1.
    pub position: u32,
    /// What became of it.
    pub outcome: Outcome,
    /// Where the card stands.
    pub state: CardState,
    /// When it was read after printing.
    pub verified_at: Option<UtcMs>,
    /// Why it was spoiled.
    pub reason: Option<String>,
}

#[derive(sqlx::FromRow)]
struct MemberRow {
    card_id: String,
    number: String,
    position: i64,
    outcome: String,
    state: String,
    verified_at: Option<i64>,
    reason: Option<String>,
}

impl MemberRow {
    fn member(self) -> Result<Member, DbError> {
        let state = self.state.parse().map_err(|_| super::unfit("cards.state"))?;
        let outcome = match Outcome::of(&self.outcome).ok_or_else(|| super::unfit("print_run_cards.outcome"))? {
            Outcome::Pending if state == CardState::Void => Outcome::Withdrawn,
            outcome => outcome,
        };
        Ok(Member {
            card: super::id("print_run_cards.card_id", &self.card_id)?,
            number: self.number,
            position: super::count(self.position),
            outcome,
            state,
            verified_at: self.verified_at.map(UtcMs),
            reason: self.reason,
        })
    }
}

/// A card of a run, with what people look at.
#[derive(Debug, Clone)]
pub struct Face {
    /// The card in the run.
    pub member: Member,
    /// The holder's name.
    pub holder: String,
    /// The hash of what was frozen for it.
    pub print_data_sha256: Vec<u8>,
}

#[derive(sqlx::FromRow)]
struct FaceRow {
    card_id: String,
    number: String,
    position: i64,
    outcome: String,
    state: String,
    verified_at: Option<i64>,
    reason: Option<String>,
    print_data_sha256: Vec<u8>,
    given_name: Option<String>,
    family_name: Option<String>,
}

impl FaceRow {
    fn face(self) -> Result<Face, DbError> {
        let names: Vec<String> = [self.given_name, self.family_name].into_iter().flatten().collect();
        let member = MemberRow {
            card_id: self.card_id,
            number: self.number,
            position: self.position,
            outcome: self.outcome,
            state: self.state,
            verified_at: self.verified_at,
            reason: self.reason,
        };
        Ok(Face { member: member.member()?, holder: names.join(" "), print_data_sha256: self.print_data_sha256 })
    }
}

/// Freezes a card in a run, with its print data as they are now.
pub async fn add_card(tx: &mut Conn, run: PrintRunId, position: u32, card: CardId) -> Result<(), DbError> {
    tx.execute_one(&INSERT_RUN_CARD, args![run.to_string(), position, card.to_string()]).await
}

/// A page of the cards of a run, in their order.
pub async fn members(
    conn: &mut Conn,
    run: PrintRunId,
    after: Option<&str>,
    limit: u32,
) -> Result<Page<Member>, DbError> {
    let list = List::new(MEMBERS)
        .filter("m.run_id = ?", run.to_string())
        .order("m.position", "m.position", Asc)
        .after(after)
        .limit(limit);
    let page: Page<MemberRow> = conn.list(list).await?;
    let items = page.items.into_iter().map(MemberRow::member).collect::<Result<_, _>>()?;
    Ok(Page { items, next: page.next })
}

/// A page of the cards of a run as people look at them, in their order; those without an outcome alone, or all.
pub async fn faces(
    conn: &mut Conn,
    run: PrintRunId,
    is_pending: bool,
    after: Option<&str>,
    limit: u32,
) -> Result<Page<Face>, DbError> {
    let mut list = List::new(FACES).filter("m.run_id = ?", run.to_string());
    if is_pending {
        list = list.filter_plain("m.outcome = 'pending' AND c.state = 'in_print_run'");
    }
    let page: Page<FaceRow> = conn.list(list.order("m.position", "m.position", Asc).after(after).limit(limit)).await?;
    let items = page.items.into_iter().map(FaceRow::face).collect::<Result<_, _>>()?;
    Ok(Page { items, next: page.next })
}

/// The cards of a printer's job without an outcome, as people look at them, in their order.
pub async fn faces_of_job(conn: &mut Conn, job: PrintJobId) -> Result<Vec<Face>, DbError> {
    let list = List::new(FACES)
        .filter("m.print_job_id = ?", job.to_string())
        .filter_plain("m.outcome = 'pending' AND c.state = 'in_print_run'")
        .order("m.position", "m.position", Asc)
        .limit(JOB_CARDS_MAX);
    let page: Page<FaceRow> = conn.list(list).await?;
    page.items.into_iter().map(FaceRow::face).collect()
}

/// The cards of a run that came out but were not read, and those without an outcome, as far as they stand before the last card that
/// was read: the printer skipped them, or somebody did.
pub async fn skipped(conn: &mut Conn, run: PrintRunId) -> Result<Vec<(u32, String)>, DbError> {
    let rows: Vec<(i64, String)> = conn.fetch_all(&SKIPPED, args![run.to_string()]).await?;
    Ok(rows.into_iter().map(|(position, number)| (super::count(position), number)).collect())
}

/// The place of the card of a run that was read last.
pub async fn last_read(conn: &mut Conn, run: PrintRunId) -> Result<Option<u32>, DbError> {
    let row: Option<(i64,)> = conn.fetch_optional(&LAST_READ, args![run.to_string()]).await?;
    Ok(row.map(|(position,)| super::count(position)))
}

/// One card of a run.
pub async fn member(conn: &mut Conn, run: PrintRunId, card: CardId) -> Result<Option<Member>, DbError> {
    let row: Option<MemberRow> = conn.fetch_optional(&MEMBER, args![run.to_string(), card.to_string()]).await?;
    row.map(MemberRow::member).transpose()
}

/// The card of a run with this number or code.
pub async fn member_by_code(conn: &mut Conn, run: PrintRunId, digits: &str) -> Result<Option<Member>, DbError> {
    let row: Option<MemberRow> = conn.fetch_optional(&MEMBER_BY_CODE, args![run.to_string(), digits]).await?;
    row.map(MemberRow::member).transpose()
}

/// The first cards of a run without an outcome, in their order.
pub async fn pending(conn: &mut Conn, run: PrintRunId, most: u32) -> Result<Vec<CardId>, DbError> {
    let rows: Vec<(String,)> = conn.fetch_all(&PENDING, args![run.to_string(), most]).await?;
    rows.into_iter().map(|(card,)| super::id("print_run_cards.card_id", &card)).collect()
}

/// The first cards of a run without an outcome that no printer may have, in their order.
pub async fn pending_here(conn: &mut Conn, run: PrintRunId, most: u32) -> Result<Vec<CardId>, DbError> {
    let rows: Vec<(String,)> = conn.fetch_all(&PENDING_HERE, args![run.to_string(), most]).await?;
    rows.into_iter().map(|(card,)| super::id("print_run_cards.card_id", &card)).collect()
}

/// Gives a card its outcome. `false` when it has one already.
pub async fn set_outcome(
    tx: &mut Conn,
    act: &Act,
    run: PrintRunId,
    card: CardId,
    outcome: Outcome,
    reason: Option<&str>,
) -> Result<bool, DbError> {
    let args = args![run.to_string(), card.to_string(), outcome.as_str(), act.now.0, reason];
    Ok(tx.execute(&SET_OUTCOME, args).await? == 1)
}

/// Takes a card's outcome away again.
pub async fn clear_outcome(tx: &mut Conn, run: PrintRunId, card: CardId) -> Result<(), DbError> {
    tx.execute_one(&CLEAR_OUTCOME, args![run.to_string(), card.to_string()]).await
}

/// A printed card was read. `false` when it was read before.
pub async fn set_verified(tx: &mut Conn, act: &Act, run: PrintRunId, card: CardId) -> Result<bool, DbError> {
    Ok(tx.execute(&SET_VERIFIED, args![run.to_string(), card.to_string(), act.now.0]).await? == 1)
}

/// What was frozen for a part of a run and its hash, in the order of its cards.
pub async fn frozen(conn: &mut Conn, run: PrintRunId, part: Part) -> Result<Vec<(Vec<u8>, PrintData)>, DbError> {
    let rows: Vec<(Vec<u8>, String)> = conn.fetch_all(&FROZEN, args![run.to_string(), part.first, part.last]).await?;
    rows.into_iter().map(|(sha256, body)| Ok((sha256, super::json("print_data.body", &body)?))).collect()
}

/// The cards of a part of a run that are to be posted, in their order.
pub async fn posted(conn: &mut Conn, run: PrintRunId, part: Part) -> Result<Vec<Posted>, DbError> {
    let by_mail = super::to_json(&Delivery::Mail {});
    let rows: Vec<PostedRow> = conn.fetch_all(&POSTED, args![run.to_string(), part.first, part.last, by_mail]).await?;
    rows.into_iter().map(PostedRow::posted).collect()
}

/// The cards that are to be posted now, of the order of a card, that card included if it is.
pub async fn to_post_with(conn: &mut Conn, card: CardId) -> Result<Vec<Posted>, DbError> {
    let rows: Vec<PostedRow> = conn.fetch_all(&TO_POST_WITH, args![card.to_string()]).await?;
    rows.into_iter().map(PostedRow::posted).collect()
}

/// These cards as far as they are posted.
pub async fn recipients(conn: &mut Conn, cards: &[CardId]) -> Result<HashMap<CardId, Posted>, DbError> {
    let list = List::new(
        "SELECT c.id, c.number, a.order_id, a.address, a.language, c.print_data_sha256
        FROM cards c JOIN annual_tickets a ON a.id = c.annual_ticket_id",
    )
    .filter_any("c.id", cards.iter().map(ToString::to_string))
    .filter("a.delivery = ?", super::to_json(&Delivery::Mail {}))
    .filter_plain("a.address IS NOT NULL AND c.print_data_sha256 IS NOT NULL")
    .order("c.id", "c.id", Asc)
    .limit(1_000);
    let page: Page<PostedRow> = conn.list(list).await?;
    page.items.into_iter().map(|row| row.posted().map(|posted| (posted.card, posted))).collect()
}

#[derive(sqlx::FromRow)]
struct PostedRow {
    id: String,
    number: String,
    order_id: String,
    address: String,
    language: String,
    print_data_sha256: Vec<u8>,
}

impl PostedRow {
    fn posted(self) -> Result<Posted, DbError> {
        Ok(Posted {
            card: super::id("cards.id", &self.id)?,
            number: self.number,
            order: super::id("annual_tickets.order_id", &self.order_id)?,
            address: super::json("annual_tickets.address", &self.address)?,
            language: self.language,
            print_data: self.print_data_sha256,
        })
    }
}

/// The runs that a card was ever in.
pub async fn runs_of(conn: &mut Conn, card: CardId) -> Result<Vec<PrintRunId>, DbError> {
    let rows: Vec<(String,)> = conn.fetch_all(&RUNS_OF, args![card.to_string()]).await?;
    rows.iter().map(|(id,)| super::id("print_run_cards.run_id", id)).collect()
}
