//! Makes the print files of a run: the work that every new run leaves behind.
//!
//! Each time one step is done: some cards join a long run, or a hundred of them become a piece of its files. Then how far it has come is
//! kept, and the work asks for itself again. So a server that dies at some card goes on with the piece of that card, other work has its
//! turn between, and one piece is in memory at a time. A step may be done twice: the same cards give the same bytes.

use super::cancel_run;
use super::files::{self, RunFile};
use super::join_run::join_next;
use super::print_run::RunState;
use super::store;
use crate::app::SharedApp;
use crate::jobs;
use crate::kernel::Actor;
use crate::kernel::ids::PrintRunId;
use anyhow::anyhow;
use db::{Conn, DbError};

/// The kind of the work; its subject is the run's id.
pub const PREPARE_FILES: &str = "production.prepare_files";
/// How often cards join before other work has its turn.
const JOINS_AT_ONCE: u32 = 8;
/// What a card printer or a sheet of paper needs.
const KINDS: &[RunFile] = &[RunFile::CardsPdf, RunFile::SheetsPdf];

/// Does the next step of the run with this id. A run that is over is left alone; what is left in one that was
/// cancelled leaves it.
///
/// # Errors
/// When the database or the file store does not answer, or what was frozen is gone.
pub async fn prepare_files(app: SharedApp, subject: String) -> anyhow::Result<()> {
    let id: PrintRunId = subject.parse().map_err(|_| anyhow!("the job names no print run"))?;
    let Some(run) = store::runs::find(&mut app.db.read().await?, id).await? else { return Ok(()) };
    let act = app.act(Actor::System);
    if run.preparation.cancelled_at.is_some() {
        return Ok(cancel_run::leave(&app, &act, id, 0).await?);
    }
    if run.state() != RunState::Open {
        return Ok(());
    }
    if run.joining.is_some() {
        for _ in 0..JOINS_AT_ONCE {
            if !join_next(&app, &act, id).await? {
                break;
            }
        }
        let again = async move |tx: &mut Conn| jobs::enqueue_unless_waiting(tx, &act, PREPARE_FILES, id, act.now).await;
        return Ok(app.db.write(again).await?);
    }
    let now = act.now;
    let begin = async move |tx: &mut Conn| store::runs::begin_preparation(tx, id, now).await;
    if !app.db.write(begin).await? {
        return Ok(());
    }
    let composed = files::prepare_piece(&app, &run, KINDS, run.preparation.composed).await?;
    let is_last = composed >= run.cards();
    let keep = async move |tx: &mut Conn| -> Result<(), DbError> {
        if !store::runs::advance_preparation(tx, id, composed).await? {
            return Ok(());
        }
        if is_last {
            return store::runs::end_preparation(tx, id, act.now).await.map(drop);
        }
        jobs::enqueue_unless_waiting(tx, &act, PREPARE_FILES, id, act.now).await
    };
    Ok(app.db.write(keep).await?)
}
