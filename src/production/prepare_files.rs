//! Makes the print files of a run: the job that every new run leaves behind.
//!
//! It tells after every few cards how far it has come, and stops when the run was cancelled meanwhile. It may run twice: the same
//! run gives the same bytes.

use super::files::{self, Part, RunFile};
use super::print_run::{PrintRun, RunState};
use super::store;
use crate::app::SharedApp;
use crate::kernel::ids::PrintRunId;
use anyhow::anyhow;
use card_face::ComposedCard;
use db::Conn;

/// The kind of the job; its subject is the run's id.
pub const PREPARE_FILES: &str = "production.prepare_files";
/// After how many cards the progress is told.
const CARDS_AT_ONCE: u32 = 10;

/// Makes the files of the run with this id that a card printer or a sheet of paper needs, and keeps them. A run that is over, or was
/// cancelled, is left alone.
///
/// # Errors
/// When the database or the file store does not answer, or what was frozen is gone.
pub async fn prepare_files(app: SharedApp, subject: String) -> anyhow::Result<()> {
    let id: PrintRunId = subject.parse().map_err(|_| anyhow!("the job names no print run"))?;
    let Some(run) = store::runs::find(&mut app.db.read().await?, id).await? else { return Ok(()) };
    if run.state() != RunState::Open || !begin(&app, id).await? {
        return Ok(());
    }
    let Some(cards) = compose(&app, &run).await? else { return Ok(()) };
    files::make_and_keep(&app, &run, vec![RunFile::CardsPdf, RunFile::SheetsPdf], cards).await?;
    let now = app.clock.now();
    app.db.write(async move |tx: &mut Conn| store::runs::end_preparation(tx, id, now).await).await?;
    Ok(())
}

async fn begin(app: &SharedApp, run: PrintRunId) -> anyhow::Result<bool> {
    let now = app.clock.now();
    Ok(app.db.write(async move |tx: &mut Conn| store::runs::begin_preparation(tx, run, now).await).await?)
}

/// All cards of the run, composed; `None` when the run was cancelled meanwhile.
async fn compose(app: &SharedApp, run: &PrintRun) -> anyhow::Result<Option<Vec<ComposedCard>>> {
    let (id, last) = (run.id, run.counts.cards());
    let mut composed = Vec::new();
    for first in (1..=last).step_by(CARDS_AT_ONCE as usize) {
        let part = Part { first, last: (first + CARDS_AT_ONCE - 1).min(last) };
        composed.extend(files::compose_part(app, id, part).await?);
        let so_far = part.last;
        if !app.db.write(async move |tx: &mut Conn| store::runs::advance_preparation(tx, id, so_far).await).await? {
            return Ok(None);
        }
    }
    Ok(Some(composed))
}
