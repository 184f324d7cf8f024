//! Waiting for news: a stream of the server that says when something changed, and beats while nothing does.
//!
//! A network may swallow a connection without a word; then the beats stay away, and the wait ends within seconds. The stream is a
//! wake-up and nothing else, so nothing of it needs to be believed.

use std::io::{BufRead as _, BufReader, Read};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use gate_protocol::{HEARTBEAT_SECS, NEWS_LINE};

use super::SyncError;
use super::client::Client;
use crate::store::Cursor;

/// Two beats that stay away are an accident; the third is not waited for.
const SILENCE_MAX: Duration = Duration::from_millis(HEARTBEAT_SECS * 1_000 * 2 + 500);
/// No line of the stream is longer.
const LINE_BYTES_MAX: u64 = 1_024;

enum Heard {
    News,
    Beat,
}

/// Waits until something changed behind the cursor or beside the documents that `tag` names, or until the server ends the wait.
pub(crate) fn wait(client: &Arc<Client>, cursor: Option<&Cursor>, tag: &str, now_ms: i64) -> Result<(), SyncError> {
    let stream = client.wait(cursor, tag, now_ms)?;
    let (hears, heard) = mpsc::channel();
    // A read that hangs is left alone; it ends with the time that the call was given.
    thread::Builder::new()
        .name("listen".into())
        .spawn(move || read_lines(stream, &hears))
        .map_err(|error| SyncError::Local(error.into()))?;
    until_news(&heard)
}

fn until_news(heard: &Receiver<Heard>) -> Result<(), SyncError> {
    loop {
        match heard.recv_timeout(SILENCE_MAX) {
            Ok(Heard::Beat) => {}
            Ok(Heard::News) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
            Err(RecvTimeoutError::Timeout) => return Err(SyncError::Unreachable("the server fell silent".into())),
        }
    }
}

fn read_lines(stream: impl Read, hears: &Sender<Heard>) {
    let mut stream = BufReader::new(stream);
    loop {
        let mut line = Vec::new();
        match stream.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let heard = if line.trim_ascii_end() == NEWS_LINE.as_bytes() { Heard::News } else { Heard::Beat };
        if hears.send(heard).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(stream: &str) -> Vec<bool> {
        let (hears, heard) = mpsc::channel();
        read_lines(stream.as_bytes(), &hears);
        drop(hears);
        heard.into_iter().map(|heard| matches!(heard, Heard::News)).collect()
    }

    #[test]
    fn a_stream_beats_until_there_is_news() {
        assert_eq!(
            said(": beat\n\n: beat\n\nevent: news\r\ndata: 7\n\n"),
            [false, false, false, false, true, false, false]
        );
        assert!(!said(&"x".repeat(5_000)).contains(&true));
        let (hears, heard) = mpsc::channel();
        hears.send(Heard::Beat).expect("listening");
        hears.send(Heard::News).expect("listening");
        assert!(until_news(&heard).is_ok());
    }

    #[test]
    fn a_silent_stream_is_a_lost_one() {
        let (hears, heard) = mpsc::channel::<Heard>();
        assert!(matches!(until_news(&heard), Err(SyncError::Unreachable(_))));
        drop(hears);
        assert!(until_news(&heard).is_ok(), "the server ended the wait");
    }
}
