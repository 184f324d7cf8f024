//! Readers that type like a keyboard, taken exclusively from the kernel's input devices.
//!
//! Two threads per reader: one only drains key reports into a channel, because the kernel keeps about 21
//! of them and disk work in that thread would lose digits; the other makes scans of them.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use evdev::raw_stream::{self, RawDevice};
use evdev::{EventSummary, KeyCode, SynchronizationCode};

use super::habits::Habits;
use super::keys::KeyReader;
use super::{Content, SEARCH_PAUSE, Scan};
use crate::config::ReaderConfig;

/// An input device that can type digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The event node.
    pub path: PathBuf,
    /// What it calls itself.
    pub name: String,
    /// Vendor and product.
    pub usb: String,
    /// Its serial number, if it has one.
    pub serial: Option<String>,
    /// The port it is plugged into.
    pub port: Option<String>,
}

/// A key report, or the news that some were lost, or that the reader is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Report {
    Key {
        code: u16,
        pressed: bool,
    },
    Dropped,
    Gone,
    /// The reader is there.
    Back,
}

/// All devices that can type digits and a terminator.
pub fn list() -> Vec<Found> {
    let mut found: Vec<Found> = raw_stream::enumerate()
        .filter(|(_, device)| types_digits(device))
        .map(|(path, device)| describe(path, &device))
        .collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Starts the two threads of a reader. They run until the receiver of `scans` is gone.
///
/// # Errors
/// When the system has no thread left.
pub fn start(config: ReaderConfig, scans: Sender<Scan>) -> io::Result<()> {
    let (reports, received) = mpsc::channel();
    let of_reader = |what: &str| thread::Builder::new().name(format!("{what}-{}", config.name));
    let framing = config.clone();
    of_reader("scan").spawn(move || frame(&framing, &received, &scans))?;
    of_reader("keys").spawn(move || drain_forever(&config, &reports)).map(drop)
}

/// One scan of a reader that is being set up.
#[derive(Clone, Debug)]
pub struct FirstScan {
    /// The device that typed.
    pub found: Found,
    /// The text.
    pub text: String,
    /// How it typed.
    pub habits: Habits,
}

/// Waits for one scan of any device, for the set-up.
///
/// # Errors
/// When no device is there, or nothing was scanned in time.
pub fn wait_for_any(patience: Duration) -> io::Result<FirstScan> {
    let (sender, receiver) = mpsc::channel();
    let devices = list();
    if devices.is_empty() {
        return Err(io::Error::new(io::ErrorKind::NotFound, "no device that can type digits is readable"));
    }
    for found in devices {
        let sender = sender.clone();
        thread::Builder::new().name("setup".into()).spawn(move || listen_once(&found, &sender))?;
    }
    receiver.recv_timeout(patience).map_err(|_| io::Error::new(io::ErrorKind::TimedOut, "nothing was scanned"))
}

fn types_digits(device: &RawDevice) -> bool {
    let wanted = [KeyCode::KEY_1, KeyCode::KEY_0, KeyCode::KEY_ENTER];
    device.supported_keys().is_some_and(|keys| wanted.iter().all(|key| keys.contains(*key)))
}

fn describe(path: PathBuf, device: &RawDevice) -> Found {
    let id = device.input_id();
    Found {
        path,
        name: device.name().unwrap_or("(no name)").to_owned(),
        usb: format!("{:04x}:{:04x}", id.vendor(), id.product()),
        serial: device.unique_name().map(str::to_owned),
        port: device.physical_path().map(str::to_owned),
    }
}

/// Whether a device is the one that the configuration means. Saying nothing means no device.
pub(crate) fn is_meant(config: &ReaderConfig, found: &Found) -> bool {
    let agrees = |wanted: &Option<String>, is: Option<&String>| wanted.is_none() || wanted.as_ref() == is;
    let named = config.usb.is_some() || config.serial.is_some() || config.port.is_some();
    (named || config.any_keyboard)
        && agrees(&config.usb, Some(&found.usb))
        && agrees(&config.serial, found.serial.as_ref())
        && agrees(&config.port, found.port.as_ref())
}

/// Takes the device whenever it is there, and hands on what it reports.
fn drain_forever(config: &ReaderConfig, reports: &Sender<Report>) {
    let mut missing_said = false;
    loop {
        // Two readers of one kind: whichever is not taken by the other entry of the configuration.
        let mut meant = list().into_iter().filter(|found| is_meant(config, found));
        let Some(device) = meant.find_map(|found| take(config, &found.path)) else {
            if !missing_said {
                tracing::warn!(reader = config.name, "the reader is not there, or another program has it");
                missing_said = true;
                if reports.send(Report::Gone).is_err() {
                    return;
                }
            }
            thread::sleep(SEARCH_PAUSE);
            continue;
        };
        missing_said = false;
        if reports.send(Report::Back).is_err() {
            return;
        }
        match drain(device, reports) {
            Ok(()) => return,
            Err(error) => tracing::warn!(reader = config.name, %error, "the reader was lost"),
        }
        // What was typed last is not to be glued to what comes after plugging it in again.
        if reports.send(Report::Gone).is_err() {
            return;
        }
        thread::sleep(SEARCH_PAUSE);
    }
}

/// Opens a device for this program alone.
fn take(config: &ReaderConfig, path: &Path) -> Option<RawDevice> {
    let mut device = RawDevice::open(path).ok()?;
    device.grab().ok()?;
    tracing::info!(reader = config.name, path = %path.display(), "reader grabbed");
    Some(device)
}

/// Drains one device until it is unplugged (an error) or nobody listens any more.
fn drain(mut device: RawDevice, reports: &Sender<Report>) -> io::Result<()> {
    loop {
        for event in device.fetch_events()? {
            let report = match event.destructure() {
                EventSummary::Key(_, key, value @ (0 | 1)) => Report::Key { code: key.code(), pressed: value == 1 },
                EventSummary::Synchronization(_, SynchronizationCode::SYN_DROPPED, _) => Report::Dropped,
                _ => continue,
            };
            if reports.send(report).is_err() {
                return Ok(());
            }
        }
    }
}

/// Makes scans of reports.
fn frame(config: &ReaderConfig, reports: &Receiver<Report>, scans: &Sender<Scan>) {
    let mut keys = KeyReader::default();
    loop {
        let report = match keys.patience_ms() {
            Some(ms) => reports.recv_timeout(Duration::from_millis(ms)),
            None => reports.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let content = match report {
            Ok(Report::Key { code, pressed }) => keys.key(code, pressed),
            Ok(Report::Dropped) => {
                keys.dropped();
                None
            }
            Ok(Report::Gone) => {
                keys.gone();
                Some(Content::Gone)
            }
            Ok(Report::Back) => Some(Content::Back),
            Err(RecvTimeoutError::Timeout) => keys.silence(),
            Err(RecvTimeoutError::Disconnected) => return,
        };
        let Some(content) = content else { continue };
        let scan = Scan { reader: config.name.clone(), direction: config.direction, content };
        if scans.send(scan).is_err() {
            return;
        }
    }
}

/// Reports the first terminated text of a device. Errors end it silently: another device may answer.
fn listen_once(found: &Found, sender: &Sender<FirstScan>) {
    let Ok(mut device) = RawDevice::open(&found.path) else { return };
    let (mut keys, mut habits) = (KeyReader::default(), Habits::default());
    let mut first = None;
    while let Ok(events) = device.fetch_events() {
        for event in events {
            let EventSummary::Key(_, key, value @ (0 | 1)) = event.destructure() else { continue };
            let started = *first.get_or_insert(event.timestamp());
            habits.observe(key.code(), value == 1, event.timestamp().duration_since(started).unwrap_or_default());
            if let Some(Content::Text(text)) = keys.key(key.code(), value == 1) {
                let _ = sender.send(FirstScan { found: found.clone(), text, habits });
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use gate_protocol::Direction;

    use super::*;

    fn found() -> Found {
        Found {
            path: "/dev/input/event3".into(),
            name: "scanner".into(),
            usb: "0c2e:0901".into(),
            serial: Some("A1".into()),
            port: Some("usb-1".into()),
        }
    }

    #[test]
    fn a_reader_is_chosen_by_what_the_configuration_names() {
        let config = |usb: Option<&str>, serial: Option<&str>, port: Option<&str>, any_keyboard| ReaderConfig {
            name: "left".into(),
            direction: Direction::In,
            usb: usb.map(Into::into),
            serial: serial.map(Into::into),
            port: port.map(Into::into),
            any_keyboard,
            serial_port: None,
        };
        for (config, expected) in [
            (config(None, None, None, false), false),
            (config(None, None, None, true), true),
            (config(Some("0c2e:0901"), None, None, false), true),
            (config(Some("0c2e:0901"), Some("A1"), Some("usb-1"), false), true),
            (config(Some("0c2e:0901"), Some("B2"), None, false), false),
            (config(None, None, Some("usb-2"), true), false),
        ] {
            assert_eq!(is_meant(&config, &found()), expected, "{config:?}");
        }
    }

    #[test]
    fn reports_become_scans_with_the_readers_name() {
        let (reports, received) = mpsc::channel();
        let (scans, scanned) = mpsc::channel();
        let config = ReaderConfig { name: "left".into(), direction: Direction::Out, ..Default::default() };
        let framing = thread::spawn(move || frame(&config, &received, &scans));
        let press = |code| {
            for pressed in [true, false] {
                reports.send(Report::Key { code, pressed }).expect("listening");
            }
        };
        [2, 3, 28].into_iter().for_each(press);
        press(4);
        reports.send(Report::Dropped).expect("listening");
        press(28);
        let take = || scanned.recv_timeout(Duration::from_secs(5)).expect("a scan");
        let scan = take();
        assert_eq!((scan.reader.as_str(), scan.direction), ("left", Direction::Out));
        assert_eq!(scan.content, Content::Text("12".into()));
        assert_eq!(take().content, Content::Spoiled);
        drop(reports);
        framing.join().expect("ended");
    }
}
