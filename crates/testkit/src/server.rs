//! The server as a process of its own.

use anyhow::{Context, bail, ensure};
use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a start may take.
const START_LIMIT: Duration = Duration::from_secs(30);

/// A running server. It is killed when this is dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    base_url: String,
    log: PathBuf,
}

impl Server {
    /// Starts `program serve` on a folder and a database, and waits until it is ready. Without a database URL the database is an
    /// SQLite file in the folder. The log goes to the file `server.log` in the folder.
    ///
    /// # Errors
    /// When it does not become ready in time; the error shows its log.
    pub fn start(program: &Path, data: &Path, database_url: Option<&str>) -> anyhow::Result<Self> {
        Self::start_logging(program, data, database_url, "info")
    }

    /// As [`Self::start`], with a log that tells as much as `filter` says, for instance `debug`.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub fn start_logging(
        program: &Path,
        data: &Path,
        database_url: Option<&str>,
        filter: &str,
    ) -> anyhow::Result<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let log = data.join("server.log");
        let mut command = Command::new(program);
        command.arg("serve").arg("--data").arg(data).arg("--listen").arg(format!("127.0.0.1:{port}"));
        if let Some(url) = database_url {
            command.arg("--database-url").arg(url);
        }
        command.env("RUST_LOG", filter);
        let output = File::options().create(true).append(true).open(&log)?;
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(output)
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let mut server = Self { child, base_url: format!("http://127.0.0.1:{port}"), log };
        server.wait_until_ready(port)?;
        Ok(server)
    }

    /// Makes an API key with `program api-key add`; the server of the same place need not run.
    ///
    /// # Errors
    /// When the program refuses; the error shows what it said.
    pub fn make_key(program: &Path, data: &Path, database_url: Option<&str>, role: &str) -> anyhow::Result<String> {
        let mut command = Command::new(program);
        command.args(["api-key", "add", "--role", role, "--data"]).arg(data);
        if let Some(url) = database_url {
            command.arg("--database-url").arg(url);
        }
        let output = command.output().with_context(|| format!("cannot start {}", program.display()))?;
        ensure!(output.status.success(), "no key: {}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// Where it listens.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Ends it at once and without warning, as a power failure would.
    ///
    /// # Errors
    /// When it cannot be ended.
    pub fn kill(mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Asks it to end, and waits until it has.
    ///
    /// # Errors
    /// When it does not end with success.
    pub fn stop(mut self) -> anyhow::Result<()> {
        let asked = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status()?;
        ensure!(asked.success(), "the server cannot be asked to stop");
        let status = self.child.wait()?;
        ensure!(status.success(), "the server ended with {status}: {}", self.log());
        Ok(())
    }

    fn wait_until_ready(&mut self, port: u16) -> anyhow::Result<()> {
        let began = Instant::now();
        while began.elapsed() < START_LIMIT {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended with {status}: {}", self.log());
            }
            if is_ready(port) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(30));
        }
        bail!("the server was not ready after {START_LIMIT:?}: {}", self.log())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks `/readyz` without a client, so that the start needs no runtime.
fn is_ready(port: u16) -> bool {
    use std::io::{Read, Write};
    let ask = || -> std::io::Result<String> {
        let mut stream = std::net::TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
}
