//! `passepartout serve`: the server.

use super::{Failure, Installation};
use crate::app::SharedApp;
use crate::jobs;
use crate::web::{metrics, once, router, start};
use anyhow::Context;
use axum::Router;
use clap::Args;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::io::IsTerminal;
use std::net::SocketAddr;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;
use tracing_subscriber::EnvFilter;

#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    installation: Installation,
    /// The address to listen on
    #[arg(long, env = "PASSEPARTOUT_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

pub(super) async fn run(args: ServeArgs) -> Result<(), Failure> {
    log_to_stderr();
    allow_many_connections();
    let app = args.installation.open().await?;
    let listener = listen(args.listen).await?;
    tracing::info!(address = %listener.local_addr()?, "serving");
    let paths = router::router(app.clone(), start::router());
    serve(listener, paths, app).await?;
    tracing::info!("stopped");
    Ok(())
}

/// Each gate that waits holds a connection, and many systems let a process begin with a thousand open files though it may have more: takes what
/// it may have.
fn allow_many_connections() {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        tracing::warn!(%error, "the limit of open files stays as it is");
    }
}

/// Binds the address; the error names it.
pub(super) async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))
}

/// Serves until the process is asked to stop; then finishes the requests that run.
pub(super) async fn serve(listener: TcpListener, paths: Router, app: SharedApp) -> anyhow::Result<()> {
    metrics::install();
    let background = [jobs::spawn(app.clone()), once::spawn_forgetting(app.clone())];
    let paths = paths.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, paths).with_graceful_shutdown(asked_to_stop()?).await?;
    background.iter().for_each(JoinHandle::abort);
    app.db.close().await;
    Ok(())
}

/// Writes the log to standard error; `RUST_LOG` chooses what is in it.
pub(super) fn log_to_stderr() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    // A second call, as in tests, leaves the first log in place.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .try_init();
}

fn asked_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
