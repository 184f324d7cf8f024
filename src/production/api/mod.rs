//! The operations of layouts, previews, print runs and printers.

mod layouts;
mod outcomes;
mod previews;
mod print_jobs;
mod print_runs;
mod printers;
mod run_files;

pub(super) use printers::LOOK;
pub(super) use run_files::{download, run_file};

use crate::app::SharedApp;
use crate::cards::StepError;
use crate::web::Problem;
use utoipa_axum::router::OpenApiRouter;

/// The operations of this capability.
pub fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .merge(layouts::router())
        .merge(previews::router())
        .merge(print_runs::router())
        .merge(outcomes::router())
        .merge(printers::router())
        .merge(print_jobs::router())
        .merge(run_files::router())
}

/// The bytes of a file.
#[derive(Debug, utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "only described in the API document")]
pub struct FileBytes(Vec<u8>);

impl From<StepError> for Problem {
    fn from(error: StepError) -> Self {
        match error {
            StepError::UnknownCard => Self::not_found("card"),
            StepError::WrongState(wrong) => Self::conflict("wrong_state", format!("This does not go: {wrong}."))
                .with("state", wrong.state)
                .with("expected", wrong.expected),
            StepError::Db(error) => error.into(),
        }
    }
}
