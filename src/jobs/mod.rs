//! Work that is done after the deed that asked for it.
//!
//! A deed enqueues a job in its own transaction, so the job exists if and only if the deed was committed. A runner claims due
//! jobs with a lease; a job whose process died is claimed again when the lease has run out. So a job may run more than once, and
//! its handler must come to the same end each time. A failing job is tried again later and later; after
//! [`ATTEMPTS_MAX`] attempts it stays as `failed`, visible to `doctor`.
//!
//! Jobs whose kind begins with `outside.` wait for other machines, such as a mail server. They have a lane of their own, so that
//! nothing of ours waits for others. So have those that begin with `printer.`: a printer that is switched off holds up no mail.

mod runner;
mod store;

pub use runner::{Handlers, run_due, run_now, spawn};
pub use store::{Job, count_failed, enqueue, enqueue_at, enqueue_unless_waiting};

/// How often a job is tried.
pub const ATTEMPTS_MAX: i64 = 8;
