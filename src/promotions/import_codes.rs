//! Takes codes from a file into an offer, in portions, each in a transaction of its own: nobody at a till waits for a million rows.
//!
//! What is there already stays as it is, so that the same file changes nothing when it comes again, and an import that broke off
//! is finished by repeating it.

use super::code::{CodeText, NewCode};
use super::code_rows::{CodeRow, Columns, code_row};
use super::store::{self, Known};
use crate::app::SharedApp;
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::ids::CodeImportId;
use crate::kernel::slug::Slug;
use crate::tables::read::{Row, Unreadable, each_row};
use db::{Conn, Db, DbError};
use serde::Serialize;
use serde_json::json;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use tokio::sync::mpsc;

/// The job that removes a file that waits no longer; its subject is the file's key.
pub const FORGET_IMPORT: &str = "promotions.forget_import";
/// Rows that are taken at once.
const CHUNK: usize = 2_000;
/// How many portions may wait for the database.
const WAITING_MAX: usize = 2;
/// Rows that are kept to be shown.
pub const SHOWN_MAX: usize = 50;

/// Why a file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It cannot be read as a table.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// There is no row in it.
    #[error("the file has no rows")]
    Empty,
    /// No heading says which column holds the codes.
    #[error("no heading says which column holds the codes")]
    NoCodeColumn(Vec<String>),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is a new code.
    New,
    /// The offer has the code already; it stays as it is.
    Known,
    /// It is left out: a stable word for why, and the code or offer that it is about.
    Wrong(&'static str, Option<String>),
}

/// How many rows became what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Tally {
    /// Rows with anything in them, without the headings.
    pub rows: u64,
    /// New codes.
    pub added: u64,
    /// Codes that the offer has already.
    pub known: u64,
    /// Rows that are left out.
    pub wrong: u64,
    /// Rows that are taken though a spreadsheet may have changed them.
    pub doubtful: u64,
}

/// What came of a file, or would.
#[derive(Debug)]
pub struct Report {
    /// How many rows became what.
    pub tally: Tally,
    /// Which column says what.
    pub columns: Columns,
    /// The first row, to name the columns by.
    pub heads: Vec<String>,
    /// The first rows.
    pub first: Vec<(CodeRow, Verdict)>,
    /// The first rows with something wrong or doubtful.
    pub remarkable: Vec<(CodeRow, Verdict)>,
}

/// Which file, and how it is read.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The offer that the codes are for.
    pub offer: Slug,
    /// Which column says what; without it the headings tell.
    pub columns: Option<Columns>,
    /// How often each code may be used where the file does not say; none: without end.
    pub max_uses: Option<u32>,
}

/// What a file would do. Nothing is written.
///
/// # Errors
/// When the file is no table of codes.
pub async fn preview(db: &Db, wanted: &Wanted, file: File) -> Result<Report, ImportError> {
    let mut rows = Rows::of(file, wanted).await?;
    while let Some(portion) = rows.next().await? {
        let verdicts = verdicts(&mut db.read().await?, &wanted.offer, &portion).await?;
        rows.count(portion, verdicts);
    }
    Ok(rows.report)
}

/// Takes the codes of a file.
///
/// # Errors
/// When the file is no table of codes. What stood before a damaged place is taken.
pub async fn import(db: &Db, act: &Act, wanted: &Wanted, file: File, sha256: &str) -> Result<Report, ImportError> {
    let mut rows = Rows::of(file, wanted).await?;
    while let Some(portion) = rows.next().await? {
        let (deed_act, offer, deed_rows) = (act.clone(), wanted.offer.clone(), portion.clone());
        let verdicts = db.write(async move |tx: &mut Conn| add(tx, &deed_act, &offer, &deed_rows).await).await?;
        rows.count(portion, verdicts);
    }
    let (act, offer, tally) = (act.clone(), wanted.offer.clone(), rows.report.tally);
    let sha256 = sha256.to_owned();
    db.write(async move |tx: &mut Conn| {
        let id: CodeImportId = act.new_id();
        store::insert_import(tx, &act, id, &offer, &sha256, &tally).await?;
        let entry = Entry::new("codes.imported", "offer", &offer).detail(json!({"import": id, "tally": tally}));
        audit::record(tx, &act, entry).await
    })
    .await?;
    Ok(rows.report)
}

/// The rows of a file that are left out or doubtful, portion by portion.
pub struct Remarkable {
    db: Db,
    offer: Slug,
    rows: Rows,
}

impl Remarkable {
    /// Begins to read the file.
    ///
    /// # Errors
    /// When the file is no table of codes.
    pub async fn of(db: &Db, wanted: &Wanted, file: File) -> Result<Self, ImportError> {
        Ok(Self { db: db.clone(), offer: wanted.offer.clone(), rows: Rows::of(file, wanted).await? })
    }

    /// The next ones; none when the file is over.
    ///
    /// # Errors
    /// When the file is damaged here, or the database refuses.
    pub async fn next(&mut self) -> Result<Option<Vec<(CodeRow, Verdict)>>, ImportError> {
        let Some(portion) = self.rows.next().await? else { return Ok(None) };
        let verdicts = verdicts(&mut self.db.read().await?, &self.offer, &portion).await?;
        let all = portion.into_iter().zip(verdicts);
        Ok(Some(all.filter(|(row, verdict)| is_remarkable(row, verdict)).collect()))
    }
}

/// Removes a file that waits no longer.
///
/// # Errors
/// When the file store does not answer.
pub async fn forget(app: SharedApp, file: String) -> anyhow::Result<()> {
    app.files.delete(&file).await
}

fn is_remarkable(row: &CodeRow, verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Wrong(..)) || row.doubt.is_some()
}

/// The rows of a file as they are read, and what was counted so far.
struct Rows {
    portions: mpsc::Receiver<Result<Vec<Row>, Unreadable>>,
    columns: Columns,
    max_uses: Option<u32>,
    /// The first portion, which told the columns.
    waiting: Option<Vec<Row>>,
    report: Report,
}

/// Nobody wants the rest of the file.
enum Stop {
    Unreadable(Unreadable),
    Unwanted,
}

impl From<Unreadable> for Stop {
    fn from(error: Unreadable) -> Self {
        Self::Unreadable(error)
    }
}

impl Rows {
    async fn of(file: File, wanted: &Wanted) -> Result<Self, ImportError> {
        let mut portions = read_beside(file);
        let mut first = portions.recv().await.transpose()?.unwrap_or_default();
        let Some(head) = first.first() else { return Err(ImportError::Empty) };
        let heads: Vec<String> = head.cells.iter().map(|cell| cell.text.clone()).collect();
        let Some(columns) = wanted.columns.or_else(|| Columns::of_first(head)) else {
            return Err(ImportError::NoCodeColumn(heads));
        };
        if columns.has_headings {
            first.remove(0);
        }
        let report = Report { tally: Tally::default(), columns, heads, first: Vec::new(), remarkable: Vec::new() };
        Ok(Self { portions, columns, max_uses: wanted.max_uses, waiting: Some(first), report })
    }

    async fn next(&mut self) -> Result<Option<Vec<CodeRow>>, ImportError> {
        let portion = match self.waiting.take() {
            Some(portion) => Some(portion),
            None => self.portions.recv().await.transpose()?,
        };
        let row = |row: &Row| code_row(row, &self.columns, self.max_uses);
        Ok(portion.map(|portion| portion.iter().map(row).collect()))
    }

    fn count(&mut self, portion: Vec<CodeRow>, verdicts: Vec<Verdict>) {
        let tally = &mut self.report.tally;
        for (row, verdict) in portion.into_iter().zip(verdicts) {
            tally.rows += 1;
            match verdict {
                Verdict::New => tally.added += 1,
                Verdict::Known => tally.known += 1,
                Verdict::Wrong(..) => tally.wrong += 1,
            }
            tally.doubtful += u64::from(row.doubt.is_some());
            if is_remarkable(&row, &verdict) && self.report.remarkable.len() < SHOWN_MAX {
                self.report.remarkable.push((row.clone(), verdict.clone()));
            }
            if self.report.first.len() < SHOWN_MAX {
                self.report.first.push((row, verdict));
            }
        }
    }
}

/// Reads the file on a thread of its own.
fn read_beside(file: File) -> mpsc::Receiver<Result<Vec<Row>, Unreadable>> {
    let (sender, portions) = mpsc::channel(WAITING_MAX);
    tokio::task::spawn_blocking(move || {
        let mut portion = Vec::with_capacity(CHUNK);
        let outcome = each_row(file, |row| {
            portion.push(row);
            if portion.len() < CHUNK {
                return Ok(());
            }
            let full = std::mem::replace(&mut portion, Vec::with_capacity(CHUNK));
            sender.blocking_send(Ok(full)).map_err(|_| Stop::Unwanted)
        });
        let last = match outcome {
            Ok(()) if portion.is_empty() => return,
            Ok(()) => Ok(portion),
            Err(Stop::Unreadable(error)) => Err(error),
            Err(Stop::Unwanted) => return,
        };
        // Nobody waits any more when this fails.
        let _ = sender.blocking_send(last);
    });
    portions
}

/// What would become of the rows.
async fn verdicts(conn: &mut Conn, offer: &Slug, rows: &[CodeRow]) -> Result<Vec<Verdict>, DbError> {
    let skeletons: Vec<String> = rows.iter().filter_map(|row| Some(row.code.as_ref().ok()?.code.skeleton())).collect();
    let known = store::lookalikes(conn, &skeletons).await?;
    let known: HashMap<&str, &Known> = known.iter().map(|known| (known.skeleton.as_str(), known)).collect();
    let mut before: HashMap<String, String> = HashMap::new();
    let mut verdict = |row: &CodeRow| match &row.code {
        Err(problem) => Verdict::Wrong(problem.reason(), None),
        Ok(code) => {
            let (fold, skeleton) = (code.code.fold(), code.code.skeleton());
            match known.get(skeleton.as_str()) {
                Some(known) => met(&fold, known, offer),
                None => match before.insert(skeleton, fold.clone()) {
                    None => Verdict::New,
                    Some(earlier) if earlier == fold => Verdict::Known,
                    Some(earlier) => Verdict::Wrong("confusable", Some(earlier)),
                },
            }
        }
    };
    Ok(rows.iter().map(&mut verdict).collect())
}

fn met(fold: &str, known: &Known, offer: &Slug) -> Verdict {
    if known.fold != fold {
        Verdict::Wrong("confusable", Some(known.code.clone()))
    } else if known.offer_key == offer.as_str() {
        Verdict::Known
    } else {
        Verdict::Wrong("other_offer", Some(known.offer_key.clone()))
    }
}

/// Adds what is new of the rows and says what became of each.
async fn add(tx: &mut Conn, act: &Act, offer: &Slug, rows: &[CodeRow]) -> Result<Vec<Verdict>, DbError> {
    let mut found = verdicts(tx, offer, rows).await?;
    let is_new = |(row, verdict): (&CodeRow, &Verdict)| match verdict {
        Verdict::New => row.code.clone().ok(),
        _ => None,
    };
    let new: Vec<NewCode> = rows.iter().zip(&found).filter_map(is_new).collect();
    if new.is_empty() {
        return Ok(found);
    }
    let added = store::add_codes(tx, act, None, offer, &new).await?;
    if added.len() < new.len() {
        // Somebody else made some of them a moment ago.
        let added: HashSet<String> = added.into_iter().collect();
        let now = verdicts(tx, offer, rows).await?;
        for ((row, verdict), now) in rows.iter().zip(&mut found).zip(now) {
            let code = row.code.as_ref().ok().map(|code| CodeText::as_str(&code.code));
            if *verdict == Verdict::New && !code.is_some_and(|code| added.contains(code)) {
                *verdict = now;
            }
        }
    }
    Ok(found)
}
