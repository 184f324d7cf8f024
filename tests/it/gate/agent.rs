//! The gate program as a process, and its folder.

use scanner_agent::{Agent, Config, Home, Outside};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

/// A gate: a folder, and the program that works in it.
pub(crate) struct Gate {
    folder: TempDir,
}

/// A gate that reads codes.
pub(crate) struct RunningGate {
    child: Child,
    codes: ChildStdin,
    verdicts: BufReader<ChildStdout>,
}

impl Gate {
    /// Pairs a new gate with the server at `url`.
    pub(crate) fn pair(url: &str, pairing_code: &str) -> Self {
        let gate = Self { folder: tempfile::tempdir().expect("a folder") };
        let paired = gate.command().args(["pair", url, pairing_code]).output().expect("the gate program");
        assert!(paired.status.success(), "{}", String::from_utf8_lossy(&paired.stderr));
        gate
    }

    /// The gate's folder.
    pub(crate) fn home(&self) -> Home {
        Home::new(self.folder.path())
    }

    /// The gate as a library, where a test wants to see more than verdicts.
    pub(crate) fn agent(&self) -> Agent {
        Agent::open(&self.home(), &Config::default(), Outside::of_system().expect("a system")).expect("a paired gate")
    }

    /// Scans the codes one after the other and ends.
    pub(crate) fn scan(&self, codes: &[String]) -> Vec<Value> {
        let mut running = self.start();
        let verdicts = codes.iter().map(|code| running.scan(code)).collect();
        running.stop();
        verdicts
    }

    /// Starts the program on its standard input.
    pub(crate) fn start(&self) -> RunningGate {
        let mut command = self.command();
        command.args(["run", "--stdin"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the gate program");
        let codes = child.stdin.take().expect("a pipe");
        let verdicts = BufReader::new(child.stdout.take().expect("a pipe"));
        RunningGate { child, codes, verdicts }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(program());
        command.env("SCANNER_AGENT_HOME", self.folder.path());
        command
    }
}

impl RunningGate {
    /// Scans one code.
    pub(crate) fn scan(&mut self, code: &str) -> Value {
        writeln!(self.codes, "{code}").expect("the gate reads");
        let mut line = String::new();
        self.verdicts.read_line(&mut line).expect("the gate answers");
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"))
    }

    /// Ends the input, and waits until the gate has ended.
    pub(crate) fn stop(mut self) {
        drop(self.codes);
        let mut rest = String::new();
        self.verdicts.read_line(&mut rest).expect("the gate ends");
        assert_eq!(rest, "", "nothing but verdicts on standard output");
        assert!(self.child.wait().expect("the gate ends").success());
    }
}

/// The gate program of the same build. It belongs to another package, so cargo does not make it for this test by itself.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let folder = Path::new(env!("CARGO_BIN_EXE_passepartout")).parent().expect("a folder of programs");
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--locked", "--package", "scanner-agent", "--bin", "scanner-agent"]);
        cargo.arg("--target-dir").arg(folder.parent().expect("a target folder"));
        if folder.ends_with("release") {
            cargo.arg("--release");
        }
        cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
        assert!(cargo.status().expect("cargo").success(), "the gate program cannot be built");
        folder.join("scanner-agent")
    })
}
