//! The print runs in the database.

use crate::cards::{CardState, Delivery, Way};
use crate::kernel::ids::{CardId, PrintRunId};
use crate::kernel::slug::Slug;
use crate::kernel::{Act, UtcMs};
use crate::production::files::Part;
use crate::production::letter::Recipient;
use crate::production::print_run::{Counts, Outcome, Preparation, PrintRun, RunState, SetAside};
use crate::production::start_run::Wanted;
use db::{Asc, Conn, DbError, Desc, List, Page, args, sqlx};
use std::collections::HashMap;

db::statements! {
    /// The next number of a run.
    NEXT_NUMBER = "INSERT INTO number_series (name, last) VALUES ('print_run', 1)
        ON CONFLICT (name) DO UPDATE SET last = number_series.last + 1 RETURNING last";
    /// Starts a run.
    INSERT_RUN = "INSERT INTO print_runs (id, number, set_aside, created_by, created_at) VALUES ($1, $2, $3, $4, $5)";
    /// The making of a run's files begins, or begins anew.
    BEGIN_PREPARATION = "UPDATE print_runs SET prepared = 0, preparing_since = $2
        WHERE id = $1 AND prepared_at IS NULL AND cancelled_at IS NULL";
    /// So many of a run's cards are composed.
    ADVANCE_PREPARATION = "UPDATE print_runs SET prepared = $2 WHERE id = $1 AND cancelled_at IS NULL";
    /// A run's files are there.
    END_PREPARATION = "UPDATE print_runs SET prepared_at = $2 WHERE id = $1 AND cancelled_at IS NULL";
    /// A run is cancelled.
    CANCEL_RUN = "UPDATE print_runs SET cancelled_at = $2 WHERE id = $1 AND cancelled_at IS NULL";
    /// Freezes a card in a run.
    INSERT_RUN_CARD = "INSERT INTO print_run_cards (run_id, position, card_id, print_data_sha256, outcome)
        SELECT $1, $2, id, print_data_sha256, 'pending' FROM cards WHERE id = $3";
    /// Cards that are ready, the longest waiting first. Cards that another deed is about to take are left to it.
    READY = {
        lite: "SELECT c.id, c.print_data_sha256 FROM cards c WHERE c.state = 'ready_to_print'
            AND (CAST($1 AS TEXT) IS NULL OR c.product_key = $1) AND (CAST($2 AS TEXT) IS NULL OR c.house_key = $2)
            AND (CAST($3 AS TEXT) IS NULL OR c.way = $3)
            ORDER BY c.id LIMIT $4",
        pg: "SELECT c.id, c.print_data_sha256 FROM cards c WHERE c.state = 'ready_to_print'
            AND (CAST($1 AS TEXT) IS NULL OR c.product_key = $1) AND (CAST($2 AS TEXT) IS NULL OR c.house_key = $2)
            AND (CAST($3 AS TEXT) IS NULL OR c.way = $3)
            ORDER BY c.id LIMIT $4 FOR UPDATE OF c SKIP LOCKED"
    };
    /// The same without holding them.
    PEEK_READY = "SELECT c.id, c.print_data_sha256 FROM cards c WHERE c.state = 'ready_to_print'
            AND (CAST($1 AS TEXT) IS NULL OR c.product_key = $1) AND (CAST($2 AS TEXT) IS NULL OR c.house_key = $2)
            AND (CAST($3 AS TEXT) IS NULL OR c.way = $3)
        ORDER BY c.id LIMIT $4";
    /// Cards that are set aside, the longest waiting first.
    SET_ASIDE = "SELECT id, set_aside_reason FROM cards
        WHERE state = 'set_aside' AND (CAST($1 AS TEXT) IS NULL OR product_key = $1) ORDER BY id LIMIT $2";
    /// One card, if it is ready.
    PEEK = "SELECT id, print_data_sha256 FROM cards WHERE id = $1 AND state = 'ready_to_print'";
    /// Why a card is set aside, if it is.
    SET_ASIDE_REASON = "SELECT set_aside_reason FROM cards WHERE id = $1 AND state = 'set_aside'";
    /// The cards of a run without an outcome, in their order.
    PENDING = "SELECT m.card_id FROM print_run_cards m JOIN cards c ON c.id = m.card_id
        WHERE m.run_id = $1 AND m.outcome = 'pending' AND c.state = 'in_print_run' ORDER BY m.position";
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
    CLEAR_OUTCOME = "UPDATE print_run_cards SET outcome = 'pending', outcome_at = NULL, reason = NULL, verified_at = NULL
        WHERE run_id = $1 AND card_id = $2 AND outcome <> 'pending'";
    /// A printed card was read.
    SET_VERIFIED = "UPDATE print_run_cards SET verified_at = $3 WHERE run_id = $1 AND card_id = $2 AND verified_at IS NULL";
    /// Cards of a run that should have been read before the last one that was.
    SKIPPED = "SELECT m.position, c.number FROM print_run_cards m JOIN cards c ON c.id = m.card_id
        WHERE m.run_id = $1 AND m.verified_at IS NULL AND m.outcome IN ('pending', 'printed') AND c.state <> 'void'
        AND m.position < (SELECT MAX(l.position) FROM print_run_cards l WHERE l.run_id = $1 AND l.verified_at IS NOT NULL)
        ORDER BY m.position LIMIT 20";
    /// Where some cards of a run are sent: those that are to be posted and are not void.
    POSTED = "SELECT m.print_data_sha256, a.address, a.language FROM print_run_cards m JOIN cards c ON c.id = m.card_id
        JOIN annual_tickets a ON a.id = c.annual_ticket_id
        WHERE m.run_id = $1 AND m.position BETWEEN $2 AND $3 AND c.state <> 'void' AND m.outcome <> 'spoiled'
        AND a.delivery = $4 AND a.address IS NOT NULL ORDER BY m.position";
    /// What was frozen for some cards of a run, in their order.
    FROZEN = "SELECT print_data_sha256 FROM print_run_cards WHERE run_id = $1 AND position BETWEEN $2 AND $3 ORDER BY position";
}

/// The runs with their cards counted. A pending card that became void has left the run.
const RUNS: &str = "SELECT r.id, r.number, r.set_aside, r.created_at, r.prepared, r.preparing_since, r.prepared_at, r.cancelled_at,
    CAST(SUM(CASE WHEN m.outcome = 'pending' AND c.state <> 'void' THEN 1 ELSE 0 END) AS BIGINT) AS pending,
    CAST(SUM(CASE WHEN m.outcome = 'withdrawn' OR (m.outcome = 'pending' AND c.state = 'void') THEN 1 ELSE 0 END) AS BIGINT) AS withdrawn,
    CAST(SUM(CASE WHEN m.outcome = 'printed' THEN 1 ELSE 0 END) AS BIGINT) AS printed,
    CAST(SUM(CASE WHEN m.outcome = 'spoiled' THEN 1 ELSE 0 END) AS BIGINT) AS spoiled,
    CAST(SUM(CASE WHEN m.verified_at IS NULL THEN 0 ELSE 1 END) AS BIGINT) AS verified,
    MAX(m.outcome_at) AS last_outcome_at
    FROM print_runs r JOIN print_run_cards m ON m.run_id = r.id JOIN cards c ON c.id = m.card_id";
const RUN_COLUMNS: &str =
    "r.id, r.number, r.set_aside, r.created_at, r.prepared, r.preparing_since, r.prepared_at, r.cancelled_at";
/// The cards of runs.
const MEMBERS: &str = "SELECT m.card_id, c.number, m.position, m.outcome, c.state, m.verified_at, m.reason
    FROM print_run_cards m JOIN cards c ON c.id = m.card_id";

/// The cards of runs, with what people look at.
const FACES: &str =
    "SELECT m.card_id, c.number, m.position, m.outcome, c.state, m.verified_at, m.reason, m.print_data_sha256,
    a.given_name, a.family_name
    FROM print_run_cards m JOIN cards c ON c.id = m.card_id JOIN annual_tickets a ON a.id = c.annual_ticket_id";

#[derive(sqlx::FromRow)]
struct RunRow {
    id: String,
    number: i64,
    set_aside: String,
    created_at: i64,
    prepared: i64,
    preparing_since: Option<i64>,
    prepared_at: Option<i64>,
    cancelled_at: Option<i64>,
    pending: i64,
    withdrawn: i64,
    printed: i64,
    spoiled: i64,
    verified: i64,
    last_outcome_at: Option<i64>,
}

impl RunRow {
    fn run(self) -> Result<PrintRun, DbError> {
        let counts = Counts {
            pending: super::count(self.pending),
            printed: super::count(self.printed),
            spoiled: super::count(self.spoiled),
            withdrawn: super::count(self.withdrawn),
            verified: super::count(self.verified),
        };
        let closed = counts.state() == RunState::Closed;
        Ok(PrintRun {
            id: super::id("print_runs.id", &self.id)?,
            number: super::count(self.number),
            counts,
            preparation: Preparation {
                composed: super::count(self.prepared),
                since: self.preparing_since.map(UtcMs),
                finished_at: self.prepared_at.map(UtcMs),
                cancelled_at: self.cancelled_at.map(UtcMs),
            },
            set_aside: super::json("print_runs.set_aside", &self.set_aside)?,
            created_at: UtcMs(self.created_at),
            closed_at: self.last_outcome_at.filter(|_| closed).map(UtcMs),
        })
    }
}

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

/// A card that may join a run.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The card.
    pub card: CardId,
    /// The hash of what is frozen for it.
    pub print_data_sha256: Vec<u8>,
}

#[derive(sqlx::FromRow)]
struct CandidateRow {
    id: String,
    print_data_sha256: Option<Vec<u8>>,
}

/// Starts a run with the next number, without cards yet. Answers its number.
pub async fn insert(tx: &mut Conn, act: &Act, run: PrintRunId, set_aside: &[SetAside]) -> Result<u32, DbError> {
    let (number,): (i64,) = tx.fetch_one(&NEXT_NUMBER, args![]).await?;
    let set_aside = super::to_json(&set_aside);
    tx.execute_one(&INSERT_RUN, args![run.to_string(), number, set_aside, act.actor.to_string(), act.now.0]).await?;
    Ok(super::count(number))
}

/// The making of a run's files begins. `false` when they are there already, or the run was cancelled.
pub async fn begin_preparation(tx: &mut Conn, run: PrintRunId, now: UtcMs) -> Result<bool, DbError> {
    Ok(tx.execute(&BEGIN_PREPARATION, args![run.to_string(), now.0]).await? == 1)
}

/// So many cards of a run are composed. `false` when the run was cancelled.
pub async fn advance_preparation(tx: &mut Conn, run: PrintRunId, composed: u32) -> Result<bool, DbError> {
    Ok(tx.execute(&ADVANCE_PREPARATION, args![run.to_string(), composed]).await? == 1)
}

/// A run's files are there. `false` when the run was cancelled.
pub async fn end_preparation(tx: &mut Conn, run: PrintRunId, now: UtcMs) -> Result<bool, DbError> {
    Ok(tx.execute(&END_PREPARATION, args![run.to_string(), now.0]).await? == 1)
}

/// A run is cancelled. `false` when it was before.
pub async fn cancel(tx: &mut Conn, run: PrintRunId, now: UtcMs) -> Result<bool, DbError> {
    Ok(tx.execute(&CANCEL_RUN, args![run.to_string(), now.0]).await? == 1)
}

/// Freezes a card in a run, with its print data as they are now.
pub async fn add_card(tx: &mut Conn, run: PrintRunId, position: u32, card: CardId) -> Result<(), DbError> {
    tx.execute_one(&INSERT_RUN_CARD, args![run.to_string(), position, card.to_string()]).await
}

/// One run.
pub async fn find(conn: &mut Conn, run: PrintRunId) -> Result<Option<PrintRun>, DbError> {
    let list = List::new(RUNS).filter("r.id = ?", run.to_string()).group_by(RUN_COLUMNS).order("r.id", "r.id", Desc);
    let page: Page<RunRow> = conn.list(list.limit(1)).await?;
    page.items.into_iter().next().map(RunRow::run).transpose()
}

/// A page of all runs, the newest first.
pub async fn page(conn: &mut Conn, after: Option<&str>, limit: u32) -> Result<Page<PrintRun>, DbError> {
    let list = List::new(RUNS).group_by(RUN_COLUMNS).order("r.id", "r.id", Desc).after(after).limit(limit);
    let page: Page<RunRow> = conn.list(list).await?;
    let items = page.items.into_iter().map(RunRow::run).collect::<Result<_, _>>()?;
    Ok(Page { items, next: page.next })
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

/// The cards of a run that came out but were not read, and those without an outcome, as far as they stand before the last card that
/// was read: the printer skipped them, or somebody did.
pub async fn skipped(conn: &mut Conn, run: PrintRunId) -> Result<Vec<(u32, String)>, DbError> {
    let rows: Vec<(i64, String)> = conn.fetch_all(&SKIPPED, args![run.to_string()]).await?;
    Ok(rows.into_iter().map(|(position, number)| (super::count(position), number)).collect())
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

/// The cards of a run without an outcome, in their order.
pub async fn pending(conn: &mut Conn, run: PrintRunId) -> Result<Vec<CardId>, DbError> {
    let rows: Vec<(String,)> = conn.fetch_all(&PENDING, args![run.to_string()]).await?;
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

/// The hashes of what was frozen for a part of a run, in the order of its cards.
pub async fn frozen(conn: &mut Conn, run: PrintRunId, part: Part) -> Result<Vec<Vec<u8>>, DbError> {
    let rows: Vec<(Vec<u8>,)> = conn.fetch_all(&FROZEN, args![run.to_string(), part.first, part.last]).await?;
    Ok(rows.into_iter().map(|(sha256,)| sha256).collect())
}

/// The cards of a part of a run that are to be posted, in their order: the hash of what was frozen, and whom it goes to.
pub async fn posted(conn: &mut Conn, run: PrintRunId, part: Part) -> Result<Vec<(Vec<u8>, Recipient)>, DbError> {
    let by_mail = super::to_json(&Delivery::Mail {});
    let rows: Vec<(Vec<u8>, String, String)> =
        conn.fetch_all(&POSTED, args![run.to_string(), part.first, part.last, by_mail]).await?;
    let recipient = |(sha256, address, language): (Vec<u8>, String, String)| {
        let address = super::json("annual_tickets.address", &address)?;
        Ok((sha256, Recipient { address, language }))
    };
    rows.into_iter().map(recipient).collect()
}

/// Whom these cards go to, as far as they are posted: the hash of what was frozen, and the recipient.
pub async fn recipients(conn: &mut Conn, cards: &[CardId]) -> Result<HashMap<CardId, (Vec<u8>, Recipient)>, DbError> {
    let list = List::new(
        "SELECT c.id, c.print_data_sha256, a.address, a.language FROM cards c JOIN annual_tickets a ON a.id = c.annual_ticket_id",
    )
    .filter_any("c.id", cards.iter().map(ToString::to_string))
    .filter("a.delivery = ?", super::to_json(&Delivery::Mail {}))
    .filter_plain("a.address IS NOT NULL AND c.print_data_sha256 IS NOT NULL")
    .order("c.id", "c.id", Asc)
    .limit(1_000);
    let page: Page<(String, Vec<u8>, String, String)> = conn.list(list).await?;
    let recipient = |(card, sha256, address, language): (String, Vec<u8>, String, String)| {
        let address = super::json("annual_tickets.address", &address)?;
        Ok((super::id("cards.id", &card)?, (sha256, Recipient { address, language })))
    };
    page.items.into_iter().map(recipient).collect()
}

/// The cards that are ready, the longest waiting first. In a write they are held until its end, and cards that another write
/// holds are left out.
pub async fn hold_ready(tx: &mut Conn, wanted: &Wanted) -> Result<Vec<CardId>, DbError> {
    Ok(candidates(tx, &READY, wanted).await?.into_iter().map(|candidate| candidate.card).collect())
}

/// The cards that are ready now, the longest waiting first.
pub async fn peek_ready(conn: &mut Conn, wanted: &Wanted) -> Result<Vec<Candidate>, DbError> {
    candidates(conn, &PEEK_READY, wanted).await
}

/// One card that was named for a run: `None` when there is no such card, or when it is not ready.
pub async fn peek(conn: &mut Conn, card: CardId) -> Result<Option<Candidate>, DbError> {
    let row: Option<CandidateRow> = conn.fetch_optional(&PEEK, args![card.to_string()]).await?;
    Ok(row.into_iter().find_map(CandidateRow::candidate))
}

/// The cards that are set aside, the longest waiting first.
pub async fn set_aside(conn: &mut Conn, product: Option<&Slug>, most: u32) -> Result<Vec<SetAside>, DbError> {
    let rows: Vec<(String, Option<String>)> =
        conn.fetch_all(&SET_ASIDE, args![product.map(Slug::as_str), most]).await?;
    rows.into_iter()
        .map(|(card, reason)| Ok(SetAside { card: super::id("cards.id", &card)?, reason: reason.unwrap_or_default() }))
        .collect()
}

/// Why a card is set aside, if it is.
pub async fn set_aside_reason(conn: &mut Conn, card: CardId) -> Result<Option<String>, DbError> {
    let row: Option<(Option<String>,)> = conn.fetch_optional(&SET_ASIDE_REASON, args![card.to_string()]).await?;
    Ok(row.map(|(reason,)| reason.unwrap_or_default()))
}

async fn candidates(conn: &mut Conn, statement: &'static db::Sql, wanted: &Wanted) -> Result<Vec<Candidate>, DbError> {
    let (product, house) = (wanted.product.as_ref().map(Slug::as_str), wanted.house.as_ref().map(Slug::as_str));
    let args = args![product, house, wanted.way.map(Way::as_str), wanted.most];
    let rows: Vec<CandidateRow> = conn.fetch_all(statement, args).await?;
    Ok(rows.into_iter().filter_map(CandidateRow::candidate).collect())
}

impl CandidateRow {
    fn candidate(self) -> Option<Candidate> {
        Some(Candidate { card: self.id.parse().ok()?, print_data_sha256: self.print_data_sha256? })
    }
}
