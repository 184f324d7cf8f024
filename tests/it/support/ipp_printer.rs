//! A real printer that speaks IPP: `ippeveprinter` of CUPS, a process of its own, with a script that plays the device.

use super::TestApp;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The longest that anything here is waited for.
const PATIENCE: Duration = Duration::from_mins(1);

/// The printer; it ends with the test.
pub(crate) struct IppPrinter {
    processes: Vec<Child>,
    port: u16,
    folder: TempDir,
}

impl IppPrinter {
    /// Switches a printer on.
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("spool")).expect("a folder");
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = free.local_addr().expect("an address").port();
        drop(free);
        let mut printer = Self { processes: Vec::new(), port, folder };
        printer.start_bus();
        printer.switch_on();
        printer
    }

    /// Where it is reached.
    pub(crate) fn uri(&self) -> String {
        format!("ipp://localhost:{}/ipp/print", self.port)
    }

    /// Makes something go wrong at a card: `jam`, `empty` or `abort`; or `slow`, with the seconds of a page.
    pub(crate) fn trouble(&self, what: &str, at: &str) {
        fs::write(self.path(what), at).expect("a file");
    }

    /// Somebody mends it.
    pub(crate) fn mend(&self, what: &str) {
        fs::remove_file(self.path(what)).expect("a trouble");
    }

    /// The sides that came out, each with the name of its file and its number there.
    pub(crate) fn printed(&self) -> Vec<String> {
        fs::read_to_string(self.path("printed")).unwrap_or_default().lines().map(str::to_owned).collect()
    }

    /// The files that it was given, kept for the test.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let spool = fs::read_dir(self.path("spool")).expect("a folder");
        let mut files: Vec<PathBuf> = spool.map(|entry| entry.expect("an entry").path()).collect();
        files.retain(|path| path.extension().is_some_and(|kind| kind == "pdf"));
        files.sort();
        files
    }

    /// Switches it off, so that it forgets everything.
    pub(crate) fn switch_off(&mut self) {
        end(self.processes.pop().expect("a printer"));
    }

    /// Switches it on.
    pub(crate) fn switch_on(&mut self) {
        let mut command = Command::new("ippeveprinter");
        command.args([
            "-p",
            &self.port.to_string(),
            "-n",
            "localhost",
            "-r",
            "off",
            "-f",
            "application/pdf",
            "-k",
            "-2",
        ]);
        command.args(["-s", "20,10", "-c"]).arg(script()).arg("-d").arg(self.path("spool")).arg("Card Printer");
        command.env("DBUS_SYSTEM_BUS_ADDRESS", format!("unix:path={}", self.path("bus").display()));
        self.run(command);
        let begun = Instant::now();
        while TcpStream::connect(("localhost", self.port)).is_err() {
            assert!(begun.elapsed() < PATIENCE, "ippeveprinter does not start; is cups-ipp-utils there?");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The printer tells its name on a system bus. It gets one of its own.
    fn start_bus(&mut self) {
        let bus = self.path("bus");
        let configuration = format!(
            r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
            "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig><listen>unix:path={}</listen><auth>EXTERNAL</auth><policy context="default"><allow send_destination="*"/>
            <allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"#,
            bus.display()
        );
        fs::write(self.path("bus.conf"), configuration).expect("a file");
        let mut command = Command::new("dbus-daemon");
        command.arg("--nofork").arg(format!("--config-file={}", self.path("bus.conf").display()));
        self.run(command);
        let begun = Instant::now();
        while !bus.exists() {
            assert!(begun.elapsed() < PATIENCE, "dbus-daemon does not start");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn run(&mut self, mut command: Command) {
        // A group of its own, so that the script of a job ends with its printer.
        command.process_group(0).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.processes.push(command.spawn().expect("cups-ipp-utils and dbus-daemon"));
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

impl Drop for IppPrinter {
    fn drop(&mut self) {
        self.processes.drain(..).rev().for_each(end);
    }
}

fn end(mut process: Child) {
    let group = format!("-{}", process.id());
    // It may have ended by itself.
    let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
    let _ = process.wait();
}

fn script() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/support/card_printer.sh")
}

/// The numbers of cards that stand on these files, each as often as it stands there as a page of its own.
pub(crate) fn card_numbers(files: &[PathBuf]) -> Vec<String> {
    let mut numbers = Vec::new();
    for file in files {
        let text = Command::new("pdftotext").arg("-layout").arg(file).arg("-").output().expect("pdftotext").stdout;
        for page in String::from_utf8_lossy(&text).split('\u{c}') {
            let digits: String = page.chars().filter(char::is_ascii_digit).collect();
            let known: BTreeSet<String> =
                (0..digits.len().saturating_sub(13)).map(|at| digits[at..at + 14].to_owned()).collect();
            numbers.extend(known.into_iter().filter(|digits| card::CardNumber::parse(digits).is_ok()));
        }
    }
    numbers
}

impl TestApp {
    /// Registers a printer in a house, with how far its word is trusted.
    pub(crate) async fn add_printer(&self, key: &str, uri: &str, trust: &str) -> Value {
        let printer =
            json!({"key": key, "name": format!("Printer {key}"), "house": "stadtmuseum", "uri": uri, "trust": trust});
        self.admin().post("/api/v1/printers", &printer).await.expect(201)
    }

    /// Carries jobs out, second by second, until what is asked for holds.
    pub(crate) async fn attend_until(&self, what: &str, mut holds: impl AsyncFnMut() -> bool) {
        let begun = Instant::now();
        loop {
            self.run_jobs().await;
            if holds().await {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "never came: {what}");
            tokio::time::sleep(Duration::from_millis(30)).await;
            self.wait_secs(1);
        }
    }
}
