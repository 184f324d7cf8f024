//! A network between gate and server that can be cut, and that can lose an answer.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// The network.
pub(super) struct Proxy {
    address: SocketAddr,
    line: Arc<Line>,
}

struct Line {
    server: String,
    cut: AtomicBool,
    lose_next_scan_answer: AtomicBool,
    open: Mutex<Vec<TcpStream>>,
}

impl Proxy {
    /// A network that leads to the server at `url`.
    pub(super) fn to(url: &str) -> Self {
        let server = url.strip_prefix("http://").expect("plain HTTP").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let line = Arc::new(Line {
            server,
            cut: AtomicBool::new(false),
            lose_next_scan_answer: AtomicBool::new(false),
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
    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Cuts the network: connections break, and new ones are refused.
    pub(super) fn cut(&self) {
        self.line.cut.store(true, Ordering::SeqCst);
        for stream in self.line.open.lock().expect("the open ones").drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// Mends the network.
    pub(super) fn mend(&self) {
        self.line.cut.store(false, Ordering::SeqCst);
    }

    /// The next upload of scans reaches the server, but its answer does not reach the gate.
    pub(super) fn lose_next_scan_answer(&self) {
        self.line.lose_next_scan_answer.store(true, Ordering::SeqCst);
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
        let uploads = &AtomicBool::new(false);
        thread::scope(|both| {
            both.spawn(move || {
                copy(from_client, server, |bytes| {
                    if bytes.starts_with(b"POST /gate/v1/scans") {
                        uploads.store(true, Ordering::SeqCst);
                    }
                    true
                });
            });
            copy(from_server, client, |_| {
                let is_answer_to_upload = uploads.swap(false, Ordering::SeqCst);
                !(is_answer_to_upload && self.lose_next_scan_answer.swap(false, Ordering::SeqCst))
            });
        });
    }
}

/// Copies until one side ends or `goes_on` says no; then both directions end.
fn copy(mut from: TcpStream, mut to: TcpStream, mut goes_on: impl FnMut(&[u8]) -> bool) {
    let mut bytes = [0; 8 * 1024];
    loop {
        match from.read(&mut bytes) {
            Ok(count) if count > 0 && goes_on(&bytes[..count]) && to.write_all(&bytes[..count]).is_ok() => {}
            _ => break,
        }
    }
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}
