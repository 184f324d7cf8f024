//! Readers that speak as a serial port (USB CDC): bytes as they are, without a keyboard between.
//!
//! Two threads per reader, as for keyboards: one only drains the port, the other makes scans of what came.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use rustix::fs::{Mode, OFlags};
use rustix::termios::{OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};

use super::framing::Framing;
use super::{Content, SEARCH_PAUSE, Scan};
use crate::config::ReaderConfig;

/// Bytes that came, or the news that the reader is gone.
enum Heard {
    Bytes(Vec<u8>),
    Gone,
    Back,
}

/// Starts the two threads of a reader. They run until the receiver of `scans` is gone.
///
/// # Errors
/// When the system has no thread left.
pub fn start(config: ReaderConfig, port: String, scans: Sender<Scan>) -> io::Result<()> {
    let (heard, received) = mpsc::channel();
    let of_reader = |what: &str| thread::Builder::new().name(format!("{what}-{}", config.name));
    let framing = config.clone();
    of_reader("scan").spawn(move || frame(&framing, &received, &scans))?;
    of_reader("port").spawn(move || drain_forever(&config.name, Path::new(&port), &heard)).map(drop)
}

/// Opens the port whenever it is there, and hands on what comes.
fn drain_forever(reader: &str, port: &Path, heard: &Sender<Heard>) {
    let mut missing_said = false;
    loop {
        match open_port(port) {
            Ok(file) => {
                tracing::info!(reader, port = %port.display(), "reader opened");
                missing_said = false;
                if heard.send(Heard::Back).is_err() {
                    return;
                }
                let Err(error) = drain(file, heard) else { return };
                tracing::warn!(reader, %error, "the reader was lost");
                if heard.send(Heard::Gone).is_err() {
                    return;
                }
            }
            Err(error) if !missing_said => {
                tracing::warn!(reader, %error, "the reader is not there");
                missing_said = true;
                if heard.send(Heard::Gone).is_err() {
                    return;
                }
            }
            Err(_) => {}
        }
        thread::sleep(SEARCH_PAUSE);
    }
}

/// Opens a port so that every byte comes at once and unchanged.
pub(crate) fn open_port(port: &Path) -> io::Result<File> {
    let file = rustix::fs::open(port, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty())?;
    let mut settings = tcgetattr(&file)?;
    settings.make_raw();
    settings.special_codes[SpecialCodeIndex::VMIN] = 1;
    settings.special_codes[SpecialCodeIndex::VTIME] = 0;
    tcsetattr(&file, OptionalActions::Flush, &settings)?;
    Ok(File::from(file))
}

/// Drains a port until it is unplugged (an error) or nobody listens any more.
fn drain(mut port: File, heard: &Sender<Heard>) -> io::Result<()> {
    let mut bytes = [0; 512];
    loop {
        let count = port.read(&mut bytes)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if heard.send(Heard::Bytes(bytes[..count].to_vec())).is_err() {
            return Ok(());
        }
    }
}

/// Makes scans of bytes. A line ends with a carriage return, a line feed or a tabulator, or with silence.
fn frame(config: &ReaderConfig, heard: &Receiver<Heard>, scans: &Sender<Scan>) {
    let mut framing = Framing::default();
    loop {
        let next = match framing.patience_ms() {
            Some(ms) => heard.recv_timeout(Duration::from_millis(ms)),
            None => heard.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let contents: Vec<Content> = match next {
            Ok(Heard::Bytes(bytes)) => bytes.into_iter().filter_map(|byte| take(&mut framing, byte)).collect(),
            Ok(Heard::Gone) => {
                framing.interrupt();
                vec![Content::Gone]
            }
            Ok(Heard::Back) => vec![Content::Back],
            Err(RecvTimeoutError::Timeout) => framing.end().into_iter().collect(),
            Err(RecvTimeoutError::Disconnected) => return,
        };
        for content in contents {
            let scan = Scan { reader: config.name.clone(), direction: config.direction, content };
            if scans.send(scan).is_err() {
                return;
            }
        }
    }
}

fn take(framing: &mut Framing, byte: u8) -> Option<Content> {
    match byte {
        b'\r' | b'\n' | b'\t' => framing.end(),
        0 => None,
        byte => {
            framing.push(char::from(byte));
            None
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Write as _;

    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

    use super::*;

    /// The other end of a serial port, and the port's path.
    pub(crate) fn pseudo_terminal() -> (File, String) {
        let other_end = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a pseudo terminal");
        grantpt(&other_end).expect("granted");
        unlockpt(&other_end).expect("unlocked");
        let port = ptsname(&other_end, Vec::new()).expect("a name").into_string().expect("a path");
        (File::from(other_end), port)
    }

    #[test]
    fn a_port_is_read_through_a_pseudo_terminal() {
        let (mut other_end, port) = pseudo_terminal();
        let (scans, scanned) = mpsc::channel();
        let config = ReaderConfig { name: "desk".into(), ..Default::default() };
        start(config, port, scans).expect("threads");
        let short = "2".repeat(33);
        let take = || scanned.recv_timeout(Duration::from_secs(10)).expect("a scan").content;
        // What is written before the port is raw comes back as an echo: the reader says when it is there.
        assert_eq!(take(), Content::Back);
        write!(other_end, "12\r\n34\t{short}").expect("written");
        assert_eq!(take(), Content::Text("12".into()));
        assert_eq!(take(), Content::Text("34".into()));
        assert_eq!(take(), Content::Text(short), "ended by silence");
        drop(other_end);
        assert_eq!(take(), Content::Gone);
    }
}
