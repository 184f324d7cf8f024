//! `/cards/{id}/undo` and `/undo?from=&to=`: the last step of a card, or several that somebody took together, is taken back with a
//! reason. For some minutes whoever may take the step may undo it; later that needs a special right.

use super::view::{DoneRow, grouped};
use crate::app::SharedApp;
use crate::cards::card::can_be_undone;
use crate::cards::steps::UndoError;
use crate::dispatch::store::steps::{TakenNow, between, last_of_card};
use crate::dispatch::undo_several::undo_several;
use crate::dispatch::waiting_times::{UNDO_LATE, may_undo};
use crate::kernel::ids::{CardId, CardStepId};
use crate::kernel::text::{REASON_CHARS_MAX, clean};
use crate::web::caller::{Caller, MAILROOM, PERSONALIZATION};
use crate::web::pages::{Desk, Done, Fields, FormErrors, PageForm, Visitor, act_once};
use crate::web::{Allowed, PathKey, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use db::{Conn, DbError};

/// Why a step is taken back, as words in the record.
const REASONS: [&str; 4] = ["wrong-card", "wrong-list", "slip", "other"];
/// How many steps are listed.
const LISTED: usize = 12;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/cards/{id}/undo", get(ask_for_card).post(undo_of_card))
        .route("/undo", get(ask_for_several).post(undo_of_several))
}

#[derive(Template)]
#[template(path = "dispatch/undo.html")]
struct UndoPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    once: String,
    errors: FormErrors,
    /// Where the form is sent.
    path: String,
    back: String,
    steps: Vec<DoneRow>,
    more: usize,
    count: i64,
    reasons: Vec<(&'static str, String)>,
    /// Whether it is too late without the special right.
    is_late: bool,
}

async fn ask_for_card(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<{ PERSONALIZATION | MAILROOM }>,
    visitor: Visitor,
    PathKey(card): PathKey<CardId>,
) -> Result<Response, Problem> {
    let steps = of_card(&mut app.db.read().await?, card).await?;
    page(&app, &caller, &visitor, &Target::Card(card), &steps, StatusCode::OK, FormErrors::default()).await
}

async fn ask_for_several(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<{ PERSONALIZATION | MAILROOM }>,
    visitor: Visitor,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let target = Target::of(&query)?;
    let steps = of_several(&mut app.db.read().await?, &caller, &target).await?;
    page(&app, &caller, &visitor, &target, &steps, StatusCode::OK, FormErrors::default()).await
}

async fn undo_of_card(
    State(app): State<SharedApp>,
    caller: Allowed<{ PERSONALIZATION | MAILROOM }>,
    visitor: Visitor,
    PathKey(card): PathKey<CardId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let steps = of_card(&mut app.db.read().await?, card).await?;
    carry_out(&app, &caller, &visitor, Target::Card(card), steps, &form).await
}

async fn undo_of_several(
    State(app): State<SharedApp>,
    caller: Allowed<{ PERSONALIZATION | MAILROOM }>,
    visitor: Visitor,
    Query(query): Query<Fields>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let target = Target::of(&query)?;
    let steps = of_several(&mut app.db.read().await?, &caller.0, &target).await?;
    carry_out(&app, &caller, &visitor, target, steps, &form).await
}

/// What is taken back.
enum Target {
    /// The last step of this card.
    Card(CardId),
    /// What the caller did between two records.
    Several(CardStepId, CardStepId),
}

impl Target {
    fn of(fields: &Fields) -> Result<Self, Problem> {
        let id = |name| fields.get(name).parse().map_err(|_| Problem::not_found("step"));
        Ok(Self::Several(id("from")?, id("to")?))
    }

    fn path(&self) -> String {
        match self {
            Self::Card(card) => format!("/cards/{card}/undo"),
            Self::Several(from, to) => format!("/undo?from={from}&to={to}"),
        }
    }
}

async fn of_card(conn: &mut Conn, card: CardId) -> Result<Vec<TakenNow>, Problem> {
    let last = last_of_card(conn, card).await?.ok_or_else(|| Problem::not_found("card"))?;
    let reason = (last.step == "voided").then_some("destroyed");
    Ok(if can_be_undone(&last.step, reason) && last.step != "voided" { vec![last] } else { Vec::new() })
}

async fn of_several(conn: &mut Conn, caller: &Caller, target: &Target) -> Result<Vec<TakenNow>, Problem> {
    let Target::Several(from, to) = target else { return Ok(Vec::new()) };
    let steps = between(conn, caller.actor, *from, *to).await?;
    Ok(steps.into_iter().filter(|step| step.is_last).collect())
}

/// Whether the caller's roles allow to take, and so to undo, such steps.
fn is_allowed(caller: &Caller, steps: &[TakenNow]) -> bool {
    steps.iter().all(|step| match step.step.as_str() {
        "printed" | "spoiled" => caller.roles.may(PERSONALIZATION),
        "handed_over" => caller.roles.may(PERSONALIZATION | MAILROOM),
        _ => caller.roles.may(MAILROOM),
    })
}

fn is_late(app: &SharedApp, caller: &Caller, steps: &[TakenNow]) -> bool {
    let now = app.clock.now();
    steps.iter().any(|step| !may_undo(step.at, now)) && !caller.has_right(UNDO_LATE)
}

async fn page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    target: &Target,
    steps: &[TakenNow],
    status: StatusCode,
    errors: FormErrors,
) -> Result<Response, Problem> {
    if !is_allowed(caller, steps) {
        return Err(forbidden());
    }
    let (words, zone, now) = (visitor.words, app.config.museum.zone(), app.clock.now());
    let page = UndoPage {
        desk: Desk::load(app, caller).await?,
        once: visitor.fresh_once(),
        errors,
        path: target.path(),
        back: back(target, steps),
        steps: steps.iter().take(LISTED).map(|step| DoneRow::of(step, words, zone, now)).collect(),
        more: steps.len().saturating_sub(LISTED),
        count: steps.len().try_into().unwrap_or_default(),
        reasons: REASONS.map(|reason| (reason, words.t(&format!("mailroom-undo-{reason}")))).to_vec(),
        is_late: is_late(app, caller, steps),
        visitor,
    };
    Ok(Visitor::show(status, &page))
}

fn forbidden() -> Problem {
    Problem::new(StatusCode::FORBIDDEN, "forbidden", "Your role does not allow this.")
}

/// Where one goes on from here.
fn back(target: &Target, steps: &[TakenNow]) -> String {
    match (target, steps.first().map(|step| step.step.as_str())) {
        (Target::Card(card), _) => format!("/cards/{card}"),
        (_, Some("printed" | "spoiled")) => "/print-runs".to_owned(),
        (_, Some("deposited")) => "/mailroom/shelf".to_owned(),
        _ => "/mailroom/post".to_owned(),
    }
}

/// Why nothing was taken back.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("something later happened")]
    MovedOn,
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<UndoError> for Refusal {
    fn from(error: UndoError) -> Self {
        match error {
            UndoError::UnknownCard | UndoError::NothingToUndo { .. } => Self::MovedOn,
            UndoError::Db(error) => Self::Db(error),
        }
    }
}

async fn carry_out(
    app: &SharedApp,
    caller: &Allowed<{ PERSONALIZATION | MAILROOM }>,
    visitor: &Visitor,
    target: Target,
    steps: Vec<TakenNow>,
    form: &Fields,
) -> Result<Response, Problem> {
    let act = caller.act(app);
    let refused = async |field: &'static str, message: String, status: StatusCode| {
        let mut errors = FormErrors::default();
        errors.add(field, message);
        page(app, &caller.0, visitor, &target, &steps, status, errors).await
    };
    if !is_allowed(&caller.0, &steps) {
        return Err(forbidden());
    }
    if is_late(app, &caller.0, &steps) {
        caller.0.demand_right(UNDO_LATE)?;
    }
    let reason = match form.get("reason") {
        "other" => clean(form.get("other")).chars().take(REASON_CHARS_MAX).collect(),
        chosen => REASONS.iter().find(|reason| **reason == chosen).map_or_else(String::new, ToString::to_string),
    };
    if reason.is_empty() {
        return refused("other", visitor.t("mailroom-undo-reason-missing"), StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let deed = {
        let (act, steps, path) = (act.clone(), steps.clone(), back(&target, &steps));
        let name = steps.first().map(|step| format!("{} ({})", step.holder, grouped(&step.number))).unwrap_or_default();
        async move |tx: &mut Conn| -> Result<Done, Refusal> {
            let undone = undo_several(tx, &act, &steps, &reason).await?;
            if undone == 0 {
                return Err(Refusal::MovedOn);
            }
            let said = if undone == 1 { "mailroom-undone" } else { "mailroom-undone-several" };
            Ok(Done::at(&path).saying(said).naming(&name).counting(undone.try_into().unwrap_or_default()))
        }
    };
    match act_once(app, &act, form.get("once"), deed).await {
        Ok(response) => Ok(response),
        Err(Refusal::Db(error)) => Err(error.into()),
        Err(Refusal::MovedOn) => refused("undo", visitor.words.problem("card_moved_on"), StatusCode::CONFLICT).await,
    }
}
