//! Runs a command with a private PostgreSQL server at hand, so that several test programs share one:
//! `with-postgres cargo test`. The server is gone when the command ends.

use std::env;
use std::process::{Command, ExitCode};

use db::testing::{Cluster, SERVER_VARIABLE};

fn main() -> ExitCode {
    let mut words = env::args_os().skip(1);
    let Some(program) = words.next() else {
        eprintln!("usage: with-postgres COMMAND [ARGUMENTS]");
        return ExitCode::from(2);
    };
    let cluster = match Cluster::start() {
        Ok(cluster) => cluster,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    match Command::new(program).args(words).env(SERVER_VARIABLE, cluster.url()).status() {
        Ok(status) => status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
