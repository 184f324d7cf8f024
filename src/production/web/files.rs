//! `/print-runs/{id}/files/{name}`: the files of a run, for whoever is signed in.

use super::run::find;
use crate::app::SharedApp;
use crate::kernel::ids::PrintRunId;
use crate::production::api::{download, run_file};
use crate::production::files::{Part, RunFile};
use crate::production::letters::letters;
use crate::web::caller::{MAILROOM, PERSONALIZATION};
use crate::web::pages::Fields;
use crate::web::{Allowed, Problem, Query};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/print-runs/{id}/files/{name}", get(keep))
}

async fn keep(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<{ PERSONALIZATION | MAILROOM }>,
    Path((id, name)): Path<(String, String)>,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let unknown = || Problem::not_found("file");
    let id: PrintRunId = id.parse().map_err(|_| unknown())?;
    let run = find(&mut app.db.read().await?, id).await?;
    let place = |name| query.get(name).parse().ok();
    let part = Part::of(run.cards(), place("from"), place("to")).ok_or_else(unknown)?;
    if name == "letters.pdf" {
        let bytes = letters(&app, &run, part).await?;
        return download(&run, "letters.pdf", "application/pdf", bytes);
    }
    // The mailroom needs the letters alone.
    if !caller.roles.may(PERSONALIZATION) {
        return Err(unknown());
    }
    run_file(&app, &run, RunFile::named(&name).ok_or_else(unknown)?, part).await
}
