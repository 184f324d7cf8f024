//! The pages of production: the print queue, print runs, printers, and the check of what came out.
//!
//! They act by the same deeds as the API. A picture of a card is always one that the printed file was made with.

mod check;
mod desk_printer;
mod drafts;
mod files;
mod job;
mod layout;
mod layout_files;
mod layouts;
mod new_run;
mod pictures;
mod prepare_again;
mod print_now;
mod printers;
mod printing;
mod queue;
mod run;
mod runs;
pub mod view;

use crate::app::SharedApp;
use axum::Router;

/// The pages of this capability.
pub fn router() -> Router<SharedApp> {
    Router::new()
        .merge(queue::router())
        .merge(new_run::router())
        .merge(runs::router())
        .merge(run::router())
        .merge(check::router())
        .merge(printers::router())
        .merge(printing::router())
        .merge(job::router())
        .merge(files::router())
        .merge(layouts::router())
        .merge(layout::router())
        .merge(layout_files::router())
        .merge(pictures::router())
        .merge(prepare_again::router())
        .merge(print_now::router())
        .merge(drafts::router())
}
