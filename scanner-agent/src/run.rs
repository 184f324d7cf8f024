//! The running gate: readers in, verdicts out, syncing beside it.

use std::io::{self, BufRead, Read as _, Write};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use gate_protocol::Direction;
use serde::Serialize;

use crate::agent::{Agent, Decision, GateState, Language};
use crate::config::ReaderConfig;
use crate::gate::{Lane, Pass};
use crate::reader::{Content, Scan, evdev, serial};
use crate::sync::SyncError;
use crate::sync::backoff::Backoff;

/// The reader name of standard input.
const STDIN_READER: &str = "stdin";
/// A longer line is no code.
const LINE_BYTES_MAX: u64 = 16 * 1_024;
/// A server that does not answer `wait` is asked for changes this often.
const POLL_PAUSE: Duration = Duration::from_secs(1);
/// Scans that nobody announced (written after the journal had failed) are looked for this often.
const UPLOAD_PAUSE: Duration = Duration::from_secs(30);
/// How soon it is said that the gate is another way than before.
const STATE_PAUSE: Duration = Duration::from_secs(1);

/// The background work of a gate. It ends with the program.
pub struct Background {
    scanned: Sender<()>,
}

/// One verdict as a line of JSON.
#[derive(Serialize)]
struct Line<'d> {
    verdict: &'d str,
    reason: Option<&'static str>,
    card_id: Option<String>,
    data_age_secs: Option<i64>,
}

impl Background {
    /// Starts syncing and uploading, and waits for the first sync, but not for longer than configured:
    /// without a network the gate works with what it has.
    ///
    /// # Errors
    /// When the system has no thread left.
    pub fn start(agent: &Arc<Agent>) -> io::Result<Self> {
        let (first_done, first) = mpsc::channel();
        let (scanned, scans) = mpsc::channel();
        let (syncing, uploading) = (agent.clone(), agent.clone());
        thread::Builder::new().name("sync".into()).spawn(move || sync_forever(&syncing, &first_done))?;
        thread::Builder::new().name("upload".into()).spawn(move || upload_forever(&uploading, &scans))?;
        if first.recv_timeout(Duration::from_millis(agent.network().first_sync_ms)).is_err() {
            tracing::warn!("the first sync takes long: going on with the data at hand");
        }
        Ok(Self { scanned })
    }

    /// A scan was decided: there is something to upload.
    pub fn scanned(&self) {
        // The uploading thread lives as long as the program.
        let _ = self.scanned.send(());
    }
}

/// Reads codes from lines, one verdict per line as JSON, until the input ends; then tries to upload what
/// is left, for a short time.
///
/// # Errors
/// When reading or writing fails.
pub fn run_lines(agent: &Arc<Agent>, mut input: impl BufRead, mut output: impl Write, lane: Lane) -> io::Result<()> {
    let background = Background::start(agent)?;
    while let Some(line) = read_line(&mut input)? {
        let decision = agent.decide(&line, STDIN_READER, Direction::In);
        act(&lane, &decision);
        background.scanned();
        serde_json::to_writer(&mut output, &Line::of(&decision))?;
        output.write_all(b"\n")?;
        output.flush()?;
    }
    lane.end();
    upload_for_a_while(agent)
}

/// Reads codes from keyboard and serial readers until the program is stopped.
///
/// # Errors
/// When the system has no thread left.
pub fn run_readers(agent: &Arc<Agent>, readers: &[ReaderConfig], lane: &Lane, language: Language) -> io::Result<()> {
    let background = Background::start(agent)?;
    let (sender, scans) = mpsc::channel::<Scan>();
    for reader in readers {
        match reader.serial_port.clone() {
            Some(port) => serial::start(reader.clone(), port, sender.clone())?,
            None => evdev::start(reader.clone(), sender.clone())?,
        }
    }
    drop(sender);
    let mut said = None;
    while let Some(scan) = next(agent, &scans, &mut said, language) {
        match scan.content {
            Content::Text(text) => {
                let decision = agent.decide(&text, &scan.reader, scan.direction);
                log(&scan.reader, &decision);
                act(lane, &decision);
                background.scanned();
            }
            Content::Spoiled => tracing::warn!(reader = scan.reader, "key reports were lost: please scan again"),
            Content::Gone => agent.note_reader(&scan.reader, false),
            Content::Back => agent.note_reader(&scan.reader, true),
        }
    }
    Ok(())
}

/// The next scan. While it waits, and before each, it says how the gate is whenever that is another way than before.
fn next(agent: &Agent, scans: &Receiver<Scan>, said: &mut Option<GateState>, language: Language) -> Option<Scan> {
    loop {
        let state = agent.state();
        if said.replace(state) != Some(state) {
            let (what, to_do) = state.words(language);
            if state.needs_help() {
                tracing::warn!(state = state.as_str(), "{what} {to_do}");
            } else {
                tracing::info!(state = state.as_str(), "{what} {to_do}");
            }
        }
        match scans.recv_timeout(STATE_PAUSE) {
            Ok(scan) => return Some(scan),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
}

impl<'d> Line<'d> {
    fn of(decision: &'d Decision) -> Self {
        Self {
            verdict: decision.verdict.as_str(),
            reason: decision.reason().map(card::Reason::as_str),
            card_id: decision.card_id.map(|id| id.to_string()),
            data_age_secs: decision.data_age_secs,
        }
    }
}

fn act(lane: &Lane, decision: &Decision) {
    match (decision.verdict.permit(), decision.reason()) {
        (Some(permit), _) => lane.open(Pass::Card(permit.clone())),
        (None, Some(reason)) => lane.deny(reason),
        (None, None) => {}
    }
}

fn log(reader: &str, decision: &Decision) {
    let reason = decision.reason().map_or("", card::Reason::as_str);
    let card_id = decision.card_id.map(|id| id.to_string());
    let scan = decision.scan.map(|id| id.to_string()).unwrap_or_default();
    tracing::info!(reader, scan, verdict = decision.verdict.as_str(), reason, card_id, "decided");
}

/// The next line without its end; `None` at the end of the input. Of a line that is too long only the
/// beginning is kept, which is no code either.
fn read_line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    let read = input.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', &mut line)?;
    if read == 0 {
        return Ok(None);
    }
    let mut ended = line.last() == Some(&b'\n');
    while !ended {
        let mut rest = Vec::new();
        let read = input.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', &mut rest)?;
        ended = read == 0 || rest.last() == Some(&b'\n');
    }
    Ok(Some(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned()))
}

/// Syncs, then waits for news, and so on. A pause that grows lies between failures.
fn sync_forever(agent: &Agent, first_done: &Sender<()>) {
    let mut backoff = Backoff::new(agent.network().retry_max_ms);
    let mut failing = false;
    loop {
        let result = agent.sync();
        let _ = first_done.send(());
        match result {
            Ok(synced) => {
                if failing || synced.changes > 0 {
                    tracing::info!(sequence = synced.sequence, changes = synced.changes, "in step with the server");
                }
                failing = false;
                backoff.reset();
                wait_for_news(agent);
            }
            Err(error) => {
                if !failing || matches!(error, SyncError::Revoked | SyncError::Distrusted(_)) {
                    tracing::warn!(%error, "sync failed: going on with the data at hand");
                }
                failing = true;
                thread::sleep(backoff.next_pause(agent.random()));
            }
        }
    }
}

fn wait_for_news(agent: &Agent) {
    match agent.wait_for_news() {
        // A wait that breaks says that the connection did: the next sync finds out.
        Ok(()) | Err(SyncError::Unreachable(_)) => {}
        Err(_) => thread::sleep(POLL_PAUSE),
    }
}

/// Uploads whenever something was scanned.
fn upload_forever(agent: &Agent, scans: &Receiver<()>) {
    let mut backoff = Backoff::new(agent.network().retry_max_ms);
    loop {
        match agent.upload() {
            Ok(_) => {
                backoff.reset();
                match scans.recv_timeout(UPLOAD_PAUSE) {
                    Ok(()) | Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
            Err(error) => {
                tracing::debug!(%error, "upload failed: the scans stay in the journal");
                thread::sleep(backoff.next_pause(agent.random()));
            }
        }
        // One upload takes all that is there.
        while scans.try_recv().is_ok() {}
    }
}

/// The last attempt before the program ends.
fn upload_for_a_while(agent: &Arc<Agent>) -> io::Result<()> {
    let (done, uploaded) = mpsc::channel();
    let last = agent.clone();
    thread::Builder::new().name("last-upload".into()).spawn(move || {
        if let Err(error) = last.upload() {
            tracing::warn!(%error, "scans are left in the journal");
        }
        let _ = done.send(());
    })?;
    if uploaded.recv_timeout(Duration::from_millis(agent.network().last_upload_ms)).is_err() {
        tracing::warn!("the last upload takes too long: scans are left in the journal");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_whatever_they_hold() {
        let long = "1".repeat(40_000);
        let input = format!("12\r\n\n{long}\nlast");
        let mut input = io::BufReader::with_capacity(64, input.as_bytes());
        let mut lines = Vec::new();
        while let Some(line) = read_line(&mut input).expect("readable") {
            lines.push(line);
        }
        assert_eq!(lines.len(), 4);
        assert_eq!((lines[0].as_str(), lines[1].as_str(), lines[3].as_str()), ("12", "", "last"));
        assert_eq!(lines[2].len(), 16 * 1_024);
    }
}
