//! A network between gate and server that can be cut, and that can lose, alter or break off an answer.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// So many bytes of a snapshot that breaks off do not come.
const BROKEN_OFF: usize = 30;

/// The network.
pub(crate) struct Proxy {
    address: SocketAddr,
    line: Arc<Line>,
}

struct Line {
    server: String,
    cut: AtomicBool,
    lose_next_scan_answer: AtomicBool,
    /// The path whose answers come altered.
    altered: Mutex<Option<String>>,
    break_next_snapshot: AtomicBool,
    ranges_asked: AtomicUsize,
    open: Mutex<Vec<TcpStream>>,
}

impl Proxy {
    /// A network that leads to the server at `url`.
    pub(crate) fn to(url: &str) -> Self {
        let server = url.strip_prefix("http://").expect("plain HTTP").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let line = Arc::new(Line {
            server,
            cut: AtomicBool::new(false),
            lose_next_scan_answer: AtomicBool::new(false),
            altered: Mutex::default(),
            break_next_snapshot: AtomicBool::new(false),
            ranges_asked: AtomicUsize::new(0),
            open: Mutex::default(),
        });
        let accepting = line.clone();
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let line = accepting.clone();
                thread::spawn(move || line.carry(client));
            }
        });
        Self { address, line }
    }

    /// Where the server is to be found through this network.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Cuts the network: connections break, and new ones are refused.
    pub(crate) fn cut(&self) {
        self.line.cut.store(true, Ordering::SeqCst);
        for stream in self.line.open.lock().expect("the open ones").drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// Mends the network.
    pub(crate) fn mend(&self) {
        self.line.cut.store(false, Ordering::SeqCst);
    }

    /// The next upload of scans reaches the server, but its answer does not reach the gate.
    pub(crate) fn lose_next_scan_answer(&self) {
        self.line.lose_next_scan_answer.store(true, Ordering::SeqCst);
    }

    /// From now on the answers to requests of this path come with a changed byte at their end; `None`: as they are.
    pub(crate) fn alter(&self, path: Option<&str>) {
        *self.line.altered.lock().expect("the path") = path.map(str::to_owned);
    }

    /// The next snapshot breaks off some bytes before its end.
    pub(crate) fn break_next_snapshot(&self) {
        self.line.break_next_snapshot.store(true, Ordering::SeqCst);
    }

    /// How often a gate asked for the rest of something.
    pub(crate) fn ranges_asked(&self) -> usize {
        self.line.ranges_asked.load(Ordering::SeqCst)
    }
}

impl Line {
    fn carry(&self, client: TcpStream) {
        if self.cut.load(Ordering::SeqCst) {
            return;
        }
        let Ok(server) = TcpStream::connect(&self.server) else { return };
        let (Ok(from_client), Ok(from_server)) = (client.try_clone(), server.try_clone()) else { return };
        if let Ok(mut open) = self.open.lock() {
            open.extend([client.try_clone(), server.try_clone()].into_iter().flatten());
        }
        let [uploads, alters, takes_snapshot] = &[(); 3].map(|()| AtomicBool::new(false));
        thread::scope(|both| {
            both.spawn(move || {
                copy(from_client, server, |bytes| {
                    if bytes.starts_with(b"POST /gate/v1/scans") {
                        uploads.store(true, Ordering::SeqCst);
                    }
                    takes_snapshot.store(bytes.starts_with(b"GET /gate/v1/snapshot"), Ordering::SeqCst);
                    if bytes.to_ascii_lowercase().windows(13).any(|text| text == b"range: bytes=") {
                        self.ranges_asked.fetch_add(1, Ordering::SeqCst);
                    }
                    let altered = self.altered.lock().expect("the path");
                    let is_altered = altered.as_ref().is_some_and(|path| {
                        bytes.strip_prefix(b"GET ").is_some_and(|rest| rest.starts_with(path.as_bytes()))
                    });
                    alters.store(is_altered, Ordering::SeqCst);
                    None
                });
            });
            copy(from_server, client, |bytes| {
                if let (true, Some(last)) = (alters.load(Ordering::SeqCst), bytes.last_mut()) {
                    *last ^= 1;
                }
                if takes_snapshot.load(Ordering::SeqCst) && self.break_next_snapshot.swap(false, Ordering::SeqCst) {
                    return Some(bytes.len() - BROKEN_OFF);
                }
                let is_answer_to_upload = uploads.swap(false, Ordering::SeqCst);
                (is_answer_to_upload && self.lose_next_scan_answer.swap(false, Ordering::SeqCst)).then_some(0)
            });
        });
    }
}

/// Copies until one side ends or `keeps` says how many bytes of a piece still go through as the last ones; then both directions end.
fn copy(mut from: TcpStream, mut to: TcpStream, mut keeps: impl FnMut(&mut [u8]) -> Option<usize>) {
    let mut bytes = [0; 8 * 1024];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        let piece = &mut bytes[..count];
        let last = keeps(piece);
        if to.write_all(&piece[..last.unwrap_or(count)]).is_err() || last.is_some() {
            break;
        }
    }
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}
