//! A private PostgreSQL server that outlives its owner by no more than a moment.

use std::net::TcpListener;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use super::SetupError;

const START_LIMIT: Duration = Duration::from_secs(30);
const START_ATTEMPTS: u32 = 3;

/// Whether a server waits for the disk.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Durability {
    /// As in production: every commit is on the disk before it is answered.
    Full,
    /// Nobody needs the data after the test.
    None,
}

/// A PostgreSQL server of our own, which forgets everything when dropped.
///
/// It runs under a shell that waits for the end of its standard input, the other end of which is
/// held here. So however the owner ends, by a signal too, the server stops and its folder goes.
#[derive(Debug)]
pub struct Cluster {
    keeper: Child,
    url: String,
}

/// `$1` the program, `$2` the folder, `$3` the port, `$4` whether to wait for the disk.
const KEEPER: &str = r#"
trap '' INT TERM HUP
"$1" -D "$2/data" -k "$2" -p "$3" -h 127.0.0.1 \
    -c fsync="$4" -c synchronous_commit="$4" -c full_page_writes="$4" -c autovacuum="$4" \
    -c max_connections=400 -c shared_buffers=64MB -c wal_level=minimal -c max_wal_senders=0 \
    >"$2/log" 2>&1 &
server=$!
cat >/dev/null
kill -QUIT "$server"
wait "$server"
rm -rf "$2"
"#;

impl Cluster {
    /// Makes and starts a server on a free port of 127.0.0.1; takes about two seconds. It never waits for the disk.
    pub fn start() -> Result<Self, SetupError> {
        Self::start_with(Durability::None)
    }

    /// As [`Self::start`], but every commit is on the disk before it is answered, as in production: for benches.
    pub fn start_durable() -> Result<Self, SetupError> {
        Self::start_with(Durability::Full)
    }

    fn start_with(durability: Durability) -> Result<Self, SetupError> {
        let programs = programs().ok_or(SetupError::NoPostgres)?;
        let mut attempt = 1;
        loop {
            match Self::start_once(&programs, durability) {
                // Somebody else may have taken the port in between.
                Err(_) if attempt < START_ATTEMPTS => attempt += 1,
                outcome => return outcome,
            }
        }
    }

    /// URL of the server's maintenance database.
    pub fn url(&self) -> &str {
        &self.url
    }

    fn start_once(programs: &Path, durability: Durability) -> Result<Self, SetupError> {
        let folder = make_folder()?;
        if let Err(error) = init(programs, &folder) {
            std::fs::remove_dir_all(&folder)?;
            return Err(error);
        }
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let keeper = as_server_user("sh")
            .args(["-c", KEEPER, "sh"])
            .arg(programs.join("postgres"))
            .arg(&folder)
            .arg(port.to_string())
            .arg(if durability == Durability::Full { "on" } else { "off" })
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let cluster = Self { keeper, url: format!("postgres://passepartout@127.0.0.1:{port}/postgres") };
        wait_until_ready(&folder)?;
        Ok(cluster)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // If it cannot be waited for it ends all the same.
        let _ = self.keeper.wait();
    }
}

/// The server of this process, started at the first call.
pub(super) fn of_this_process() -> Result<&'static Cluster, SetupError> {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    static STARTING: Mutex<()> = Mutex::new(());

    let _one_at_a_time = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
    if CLUSTER.get().is_none() {
        let started = Cluster::start()?;
        return Ok(CLUSTER.get_or_init(|| started));
    }
    CLUSTER.get().ok_or(SetupError::NoPostgres)
}

/// The folder of PostgreSQL's programs; of several in Debian's place the newest version's.
fn programs() -> Option<PathBuf> {
    let has_all = |folder: &PathBuf| folder.join("initdb").is_file() && folder.join("postgres").is_file();
    let path = std::env::var_os("PATH").unwrap_or_default();
    if let Some(folder) = std::env::split_paths(&path).find(has_all) {
        return Some(folder);
    }
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    versions
        .filter_map(Result::ok)
        .map(|version| version.path())
        .filter(|version| has_all(&version.join("bin")))
        .max_by_key(|version| {
            let name = version.file_name().and_then(|name| name.to_str());
            name.and_then(|name| name.parse::<u32>().ok())
        })
        .map(|version| version.join("bin"))
}

/// A command under the system user `postgres` if we are root, for whom PostgreSQL refuses to run.
fn as_server_user(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    let mut command = if is_root {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    // Our own folder may be closed to that user.
    command.current_dir("/");
    command
}

fn make_folder() -> Result<PathBuf, SetupError> {
    let pattern = std::env::temp_dir().join("passepartout-pg-XXXXXX");
    let output = as_server_user("mktemp").arg("-d").arg(pattern).output()?;
    let folder = succeeded("mktemp", &output)?;
    Ok(PathBuf::from(folder.trim()))
}

fn init(programs: &Path, folder: &Path) -> Result<(), SetupError> {
    let output = as_server_user(programs.join("initdb"))
        .arg("-D")
        .arg(folder.join("data"))
        .args(["-U", "passepartout", "--auth=trust", "--no-sync"])
        .args(["--encoding=UTF8", "--locale=C.UTF-8"])
        .output()?;
    succeeded("initdb", &output).map(drop)
}

fn succeeded(program: &'static str, output: &Output) -> Result<String, SetupError> {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() {
        Ok(text(&output.stdout))
    } else {
        Err(SetupError::Program { program, output: text(&output.stderr) })
    }
}

/// The server writes its state into the last line of its process file.
fn wait_until_ready(folder: &Path) -> Result<(), SetupError> {
    let process_file = folder.join("data/postmaster.pid");
    let began = Instant::now();
    while began.elapsed() < START_LIMIT {
        let state = std::fs::read_to_string(&process_file).unwrap_or_default();
        if state.lines().last().is_some_and(|line| line.trim() == "ready") {
            return Ok(());
        }
        let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
        if log.contains("FATAL") {
            return Err(SetupError::Program { program: "postgres", output: log });
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let output = format!("not ready after {} s", START_LIMIT.as_secs());
    Err(SetupError::Program { program: "postgres", output })
}
