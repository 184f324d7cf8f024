//! A real mail server: Debian's `aiosmtpd`, a process of its own, which reads mails with Python's parser.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The server; it ends with the test.
pub(crate) struct SmtpServer {
    process: Child,
    /// The port on which it listens.
    pub(crate) port: u16,
    folder: TempDir,
}

impl SmtpServer {
    /// Starts a server with what the script takes as options.
    pub(crate) fn start(options: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/support/smtp.py");
        // Debian's own Python: only it knows Debian's packages.
        let mut command = Command::new("/usr/bin/python3");
        command.arg(script).arg(folder.path()).args(options.iter().map(|(key, value)| format!("{key}={value}")));
        // What it says of clients that break off belongs to the test, not into the report of all tests.
        let said = fs::File::create(folder.path().join("said.txt")).expect("a file");
        let process = command.stderr(said).spawn().expect("python3, with python3-aiosmtpd");
        let announced = folder.path().join("port");
        let begun = Instant::now();
        while !announced.exists() {
            assert!(
                begun.elapsed() < Duration::from_secs(20),
                "the mail server does not start; is python3-aiosmtpd there? {}",
                fs::read_to_string(folder.path().join("said.txt")).unwrap_or_default()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        let port = fs::read_to_string(announced).expect("a port").parse().expect("a number");
        Self { process, port, folder }
    }

    /// All mails that it took, the oldest first.
    pub(crate) fn received(&self) -> Vec<Value> {
        let mut paths: Vec<PathBuf> = fs::read_dir(self.folder.path())
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|kind| kind == "json") && !hidden(path))
            .collect();
        paths.sort();
        paths.iter().map(|path| serde_json::from_slice(&fs::read(path).expect("a file")).expect("JSON")).collect()
    }
}

fn hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// An authority and a certificate for 127.0.0.1 that it signed, made by openssl: `authority.pem`, `server.pem`, `server.key`.
pub(crate) fn make_certificates(folder: &Path) {
    fs::write(folder.join("extensions"), "basicConstraints=CA:false\nsubjectAltName=IP:127.0.0.1\n").expect("a file");
    for arguments in [
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Authority -keyout authority.key -out authority.pem",
        "req -newkey rsa:2048 -nodes -subj /CN=127.0.0.1 -keyout server.key -out server.csr",
        "x509 -req -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial -days 2 -extfile extensions -out server.pem",
    ] {
        let made = Command::new("openssl").args(arguments.split(' ')).current_dir(folder).output().expect("openssl");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }
}
