//! A controller in the local network: it is told by HTTP to open or to stay shut, and may tell whether somebody passed.

use std::io;
use std::time::Duration;

use card::Reason;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{GateDriver, Pass, Passage};

/// A controller that takes longer is of no use to whoever waits before it.
const PATIENCE: Duration = Duration::from_secs(2);

/// No answer about a passage is longer.
const PASSAGE_BYTES_MAX: u64 = 1_024;

/// A controller. `POST URL/open` gets `{"persons": n}`, `POST URL/deny` gets `{"reason": word}`; `GET URL` tells that it is there. One
/// that sees who passes answers `GET URL/passage?ms=n` as soon as somebody passed, at the latest after so many milliseconds, with
/// `{"passed": true}` or `{"passed": false}`.
pub(super) struct HttpGate {
    http: ureq::Agent,
    url: String,
    sees_passage: bool,
}

#[derive(Deserialize)]
struct PassageSaid {
    passed: bool,
}

impl HttpGate {
    pub(super) fn new(url: &str, sees_passage: bool) -> Self {
        let http = ureq::Agent::config_builder().max_redirects(0).timeout_global(Some(PATIENCE)).build().new_agent();
        Self { http, url: url.trim_end_matches('/').to_owned(), sees_passage }
    }

    fn post(&self, order: &str, body: &Value) -> io::Result<()> {
        let request = self.http.post(format!("{}/{order}", self.url)).header("content-type", "application/json");
        request.send(body.to_string().as_bytes()).map(drop).map_err(io::Error::other)
    }
}

impl GateDriver for HttpGate {
    fn open(&mut self, pass: &Pass) -> io::Result<()> {
        let persons = match pass {
            Pass::Card(permit) => 1 + permit.companions(),
            Pass::Hand(_) => 1,
        };
        self.post("open", &json!({ "persons": persons }))
    }

    fn deny(&mut self, reason: Reason) -> io::Result<()> {
        self.post("deny", &json!({ "reason": reason.as_str() }))
    }

    fn wait_passage(&mut self, patience: Duration) -> io::Result<Passage> {
        if !self.sees_passage {
            return Ok(Passage::Unseen);
        }
        let request = self.http.get(format!("{}/passage?ms={}", self.url, patience.as_millis()));
        let request = request.config().timeout_global(Some(patience + PATIENCE)).build();
        let mut answer = request.call().map_err(io::Error::other)?;
        let body = answer.body_mut().with_config().limit(PASSAGE_BYTES_MAX).read_to_vec().map_err(io::Error::other)?;
        let said: PassageSaid = serde_json::from_slice(&body)?;
        Ok(if said.passed { Passage::Passed } else { Passage::Missed })
    }

    fn check(&mut self) -> io::Result<String> {
        self.http.get(&self.url).call().map_err(io::Error::other)?;
        Ok(format!("the controller at {} answers", self.url))
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};
    use std::net::TcpListener;
    use std::thread;

    use super::super::tests::pass;
    use super::*;

    /// A controller that answers with these statuses, one after the other, and hands back what it was asked.
    fn controller(statuses: &'static [&'static str]) -> (String, thread::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/", listener.local_addr().expect("an address"));
        let serving = thread::spawn(move || {
            let mut asked = Vec::new();
            for status in statuses {
                let (mut stream, _) = listener.accept().expect("a call");
                let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
                let (mut first, mut length) = (String::new(), 0);
                reader.read_line(&mut first).expect("a line");
                loop {
                    let mut line = String::new();
                    reader.read_line(&mut line).expect("a line");
                    if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                        length = value.trim().parse().expect("a number");
                    }
                    if line.trim().is_empty() {
                        break;
                    }
                }
                let mut body = vec![0; length];
                reader.read_exact(&mut body).expect("a body");
                asked.push(format!("{} {}", first.trim(), String::from_utf8(body).expect("text")));
                let (status, said) = status.split_once(" | ").unwrap_or((status, ""));
                let length = said.len();
                write!(stream, "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{said}")
                    .expect("answered");
            }
            asked
        });
        (url, serving)
    }

    #[test]
    fn a_controller_is_told_and_its_refusal_is_an_error() {
        let (url, serving) = controller(&["200 OK", "204 No Content", "200 OK", "503 Busy"]);
        let mut gate = HttpGate::new(&url, false);
        gate.check().expect("there");
        gate.open(&pass()).expect("open");
        gate.deny(Reason::Blocked).expect("shut");
        assert!(gate.open(&pass()).is_err());
        assert_eq!(gate.wait_passage(Duration::from_secs(9)).expect("not asked"), Passage::Unseen);
        let asked = serving.join().expect("served");
        assert_eq!(
            asked,
            [
                "GET / HTTP/1.1 ",
                "POST /open HTTP/1.1 {\"persons\":1}",
                "POST /deny HTTP/1.1 {\"reason\":\"blocked\"}",
                "POST /open HTTP/1.1 {\"persons\":1}",
            ]
        );
    }

    #[test]
    fn a_controller_that_sees_who_passes_is_asked() {
        let statuses =
            &["200 OK | {\"passed\": true}", "200 OK | {\"passed\":false}", "200 OK | perhaps", "404 Not Found"];
        let (url, serving) = controller(statuses);
        let mut gate = HttpGate::new(&url, true);
        let mut asked = || gate.wait_passage(Duration::from_millis(250));
        assert_eq!(asked().expect("told"), Passage::Passed);
        assert_eq!(asked().expect("told"), Passage::Missed);
        assert!(asked().is_err() && asked().is_err());
        assert_eq!(serving.join().expect("served"), ["GET /passage?ms=250 HTTP/1.1 "; 4]);
    }
}
