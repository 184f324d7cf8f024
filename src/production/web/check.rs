//! `/print-runs/{id}/check`: whoever printed looks at each card. Damaged ones go back to the queue, the others are ready for dispatch.
//!
//! A card may also be read with a scanner: then this very card is proven to exist, and the page names what was skipped, read twice, or
//! does not belong here.

use super::run::{FaceView, face_view, find, grouped};
use crate::app::SharedApp;
use crate::kernel::Act;
use crate::kernel::ids::{CardId, CardStepId, PrintRunId};
use crate::kernel::text::{REASON_CHARS_MAX, clean};
use crate::production::confirm_printed::{Which, confirm_printed};
use crate::production::print_run::{Outcome, PrintRun};
use crate::production::report_spoiled::report_spoiled;
use crate::production::scan_back::{ScannedBack, digits, scan_back};
use crate::production::settle::SettleError;
use crate::production::store;
use crate::web::caller::{Caller, PERSONALIZATION};
use crate::web::pages::{Desk, Done, Fields, FormErrors, PageForm, Visitor, act_once};
use crate::web::{Allowed, PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use db::Conn;
use std::collections::BTreeSet;

/// How many cards are looked at together: a stack that fits into a hand.
const STACK: u32 = 60;
/// What may have happened to a print, as words in the record.
const REASONS: [&str; 5] = ["smudged", "misprint", "scratched", "jam", "other"];

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/print-runs/{id}/check", get(show).post(confirm))
        .route("/print-runs/{id}/scan-back", post(read))
}

/// What became of a card that was read.
pub(super) struct ReadCard {
    /// `good`, `attention` or `refused`.
    pub(super) tone: &'static str,
    pub(super) symbol: &'static str,
    pub(super) sentence: String,
}

#[derive(Template)]
#[template(path = "production/check.html")]
struct CheckPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    run: PrintRun,
    faces: Vec<FaceView>,
    is_more: bool,
    reasons: Vec<(&'static str, String)>,
    once: String,
    errors: FormErrors,
    read: Option<ReadCard>,
    skipped: Vec<(u32, String)>,
}

impl CheckPage<'_> {
    fn shown(&self) -> i64 {
        self.faces.len().try_into().unwrap_or_default()
    }
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<PERSONALIZATION>,
    visitor: Visitor,
    PathKey(id): PathKey<PrintRunId>,
) -> Result<Response, Problem> {
    page(&app, &caller, &visitor, id, StatusCode::OK, None, FormErrors::default()).await
}

async fn page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    id: PrintRunId,
    status: StatusCode,
    read: Option<ReadCard>,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let desk = Desk::load(app, caller).await?;
    let mut conn = app.db.snapshot().await?;
    let words = visitor.words;
    let faces = store::run_cards::faces(&mut conn, id, true, None, STACK).await?;
    let skipped = store::run_cards::skipped(&mut conn, id).await?;
    let page = CheckPage {
        run: find(&mut conn, id).await?,
        faces: faces.items.iter().map(|face| face_view(face, words)).collect(),
        is_more: faces.next.is_some(),
        reasons: reasons(visitor),
        once: visitor.fresh_once(),
        errors,
        read,
        skipped: skipped.into_iter().map(|(position, number)| (position, grouped(&number))).collect(),
        desk,
        visitor,
    };
    Ok(Visitor::show(status, &page))
}

async fn confirm(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    visitor: Visitor,
    PathKey(id): PathKey<PrintRunId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let ids = |name| form.all(name).into_iter().filter_map(|id| id.parse().ok()).collect::<BTreeSet<CardId>>();
    let damaged = ids("damaged");
    let sound: BTreeSet<CardId> = ids("shown").difference(&damaged).copied().collect();
    let reason = match form.get("reason") {
        "other" => clean(form.get("other")).chars().take(REASON_CHARS_MAX).collect(),
        chosen => REASONS.iter().find(|reason| **reason == chosen).map_or_else(String::new, ToString::to_string),
    };
    if !damaged.is_empty() && reason.is_empty() {
        let mut errors = FormErrors::default();
        errors.add("other", visitor.t("print-reason-missing"));
        return page(&app, &caller.0, &visitor, id, StatusCode::UNPROCESSABLE_ENTITY, None, errors).await;
    }
    let at_counter = (form.get("then") == "counter").then(|| after_counter(&sound, &damaged)).flatten();
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| -> Result<Done, SettleError> {
            let from: CardStepId = act.new_id();
            if !damaged.is_empty() {
                report_spoiled(tx, &act, id, &damaged, &reason).await?;
            }
            if !sound.is_empty() {
                confirm_printed(tx, &act, id, &Which::These(sound.clone())).await?;
            }
            let to: CardStepId = act.new_id();
            let run = store::runs::find(tx, id).await?.ok_or(SettleError::NoSuchRun)?;
            let path = match &at_counter {
                Some(path) => path.clone(),
                None if run.counts.pending > 0 => format!("/print-runs/{id}/check"),
                None => format!("/print-runs/{id}"),
            };
            let note = if damaged.is_empty() { "print-checked-all" } else { "print-checked" };
            let done =
                Done::at(path).saying(note).naming(damaged.len()).counting(sound.len().try_into().unwrap_or_default());
            Ok(done.undo_at(format!("/undo?from={from}&to={to}")))
        }
    };
    let refusal = match act_once(&app, &act, form.get("once"), deed).await {
        Ok(response) => return Ok(response),
        Err(SettleError::NotInRun(_)) => visitor.words.problem("not_in_run"),
        Err(SettleError::Settled(_) | SettleError::RunOver(_) | SettleError::Card { .. }) => {
            visitor.words.problem("already_checked")
        }
        Err(error) => return Err(error.into()),
    };
    let mut errors = FormErrors::default();
    errors.add("check", refusal);
    page(&app, &caller.0, &visitor, id, StatusCode::CONFLICT, None, errors).await
}

/// Where the check of one card leads whose holder waits at the counter: a sound one is handed over, a spoiled one printed again.
fn after_counter(sound: &BTreeSet<CardId>, damaged: &BTreeSet<CardId>) -> Option<String> {
    let again = damaged.first().map(|card| format!("/cards/{card}/print-now"));
    again.or_else(|| sound.first().map(|card| format!("/mailroom/handover?card={card}")))
}

/// What may have happened to a print, in the visitor's words.
pub(super) fn reasons(visitor: &Visitor) -> Vec<(&'static str, String)> {
    REASONS.map(|reason| (reason, visitor.t(&format!("print-spoil-{reason}")))).to_vec()
}

async fn read(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    visitor: Visitor,
    PathKey(id): PathKey<PrintRunId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let (status, read) = read_back(&app, caller.act(&app), &visitor, id, form.get("scan")).await?;
    page(&app, &caller.0, &visitor, id, status, Some(read), FormErrors::default()).await
}

/// Takes a card of the run as read, and says what became of it.
pub(super) async fn read_back(
    app: &SharedApp,
    act: Act,
    visitor: &Visitor,
    run: PrintRunId,
    scan: &str,
) -> Result<(StatusCode, ReadCard), Problem> {
    let result = match digits(scan) {
        Some(digits) => app.db.write(async move |tx: &mut Conn| scan_back(tx, &act, run, &digits).await).await,
        None => Err(SettleError::NotInRun(None)),
    };
    match result {
        Ok(read) => Ok((StatusCode::OK, accepted(&read, visitor))),
        Err(SettleError::NoSuchRun) => Err(Problem::not_found("print run")),
        Err(SettleError::Db(error)) => Err(error.into()),
        Err(error) => Ok((StatusCode::CONFLICT, refused(&error, visitor))),
    }
}

fn accepted(read: &ScannedBack, visitor: &Visitor) -> ReadCard {
    let number = grouped(&read.member.number);
    if read.repeated {
        let sentence = visitor.words.t1("print-read-twice", "number", number);
        return ReadCard { tone: "attention", symbol: "!", sentence };
    }
    let position = read.member.position.to_string();
    if let Some(last) = read.out_of_order {
        let sentence = visitor.words.t2("print-read-order", ("position", position), ("last", last.to_string()));
        return ReadCard { tone: "attention", symbol: "!", sentence };
    }
    let sentence = visitor.words.t2("print-read-good", ("number", number), ("position", position));
    ReadCard { tone: "good", symbol: "✓", sentence }
}

fn refused(error: &SettleError, visitor: &Visitor) -> ReadCard {
    let key = match error {
        SettleError::Settled(member) if member.outcome == Outcome::Spoiled => "print-read-spoiled",
        SettleError::Settled(_) | SettleError::Card { .. } => "print-read-void",
        _ => "print-read-foreign",
    };
    ReadCard { tone: "refused", symbol: "✕", sentence: visitor.t(key) }
}
