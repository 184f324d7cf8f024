//! Calls to the server: signed, bounded in time and size.

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use card::RootKey;
use gate_protocol::request::{DeviceKey, Nonce, Request};
use gate_protocol::{Document, PATH_PREFIX, PairAnswer, PairRequest, Revoked, SEAL_HEADER, open};
use serde::Deserialize;
use ureq::Body;
use ureq::http::Response;

use super::SyncError;
use crate::config::NetworkConfig;
use crate::home::Identity;
use crate::random::Random;
use crate::store::Cursor;

/// A refusal is never longer.
const PROBLEM_BYTES_MAX: u64 = 64 * 1_024;
/// A snapshot of some twenty million cards.
const SNAPSHOT_BYTES_MAX: u64 = 512 * 1_024 * 1_024;
/// A minute of beats.
const STREAM_BYTES_MAX: u64 = 64 * 1_024;
const PARTIAL_CONTENT: u16 = 206;
/// A snapshot takes as long as the line needs, but not forever.
const SNAPSHOT_TIMEOUT: Duration = Duration::from_mins(5);

/// A device's way to its server.
pub(crate) struct Client {
    http: ureq::Agent,
    server: String,
    device_id: String,
    key: DeviceKey,
    root: RootKey,
    network: NetworkConfig,
    random: Arc<dyn Random>,
    /// What the server's clock was ahead of ours when it refused a request for that reason. For signing
    /// requests only: it is not sealed.
    ahead_ms: AtomicI64,
}

/// A sealed document with its exact bytes.
pub(crate) struct Sealed<D> {
    pub(crate) document: D,
    pub(crate) body: Vec<u8>,
    pub(crate) seal: String,
    pub(crate) nonce: String,
}

/// A snapshot on its way.
pub(crate) struct Download<R> {
    /// Names the file of the server.
    pub(crate) tag: String,
    /// These are the bytes behind the part that is there already; else the whole file.
    pub(crate) goes_on: bool,
    /// The bytes.
    pub(crate) bytes: R,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Problem {
    reason: String,
    server_time_ms: Option<i64>,
}

/// Scheme, host and port of a server, without a slash at the end.
///
/// # Errors
/// A sentence for the person who typed it.
pub(crate) fn parse_server(url: &str) -> anyhow::Result<String> {
    let url = url.trim().trim_end_matches('/');
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or_default();
    let plain = !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']);
    anyhow::ensure!(plain, "the server's address must look like https://tickets.example.org, not \"{url}\"");
    Ok(url.to_owned())
}

/// Pairs: the one call that is not signed.
pub(crate) fn pair(server: &str, request: &PairRequest, network: &NetworkConfig) -> Result<PairAnswer, SyncError> {
    let body = serde_json::to_vec(request).map_err(|error| SyncError::Local(error.into()))?;
    let response = http(network)
        .post(format!("{server}{PATH_PREFIX}/pair"))
        .header("content-type", "application/json")
        .send(&body[..])
        .map_err(|error| unreachable(&error))?;
    let mut response = refused_unless_success(response)?;
    let answer =
        response.body_mut().with_config().limit(PROBLEM_BYTES_MAX).read_to_vec().map_err(|e| unreachable(&e))?;
    serde_json::from_slice(&answer).map_err(|error| SyncError::Distrusted(error.to_string()))
}

impl Client {
    pub(crate) fn new(
        identity: &Identity,
        key: DeviceKey,
        network: &NetworkConfig,
        random: Arc<dyn Random>,
    ) -> anyhow::Result<Self> {
        Ok(Self {
            http: http(network),
            server: identity.server.clone(),
            device_id: identity.device_id.clone(),
            key,
            root: RootKey::from_bytes(&identity.root_key)?,
            network: network.clone(),
            random,
            ahead_ms: AtomicI64::new(0),
        })
    }

    pub(crate) fn root(&self) -> &RootKey {
        &self.root
    }

    /// Gets a sealed document. `path` stands behind the common prefix, with its query.
    pub(crate) fn get<D: Document>(&self, path: &str, now_ms: i64) -> Result<Sealed<D>, SyncError> {
        let timeout = Duration::from_millis(self.network.call_timeout_ms);
        let (response, nonce) = self.call("GET", path, &[], &[], now_ms, timeout)?;
        self.opened(response, nonce)
    }

    /// Posts JSON and gets a sealed document.
    pub(crate) fn post<D: Document>(&self, path: &str, body: &[u8], now_ms: i64) -> Result<Sealed<D>, SyncError> {
        let timeout = Duration::from_millis(self.network.call_timeout_ms);
        let (response, nonce) = self.call("POST", path, body, &[], now_ms, timeout)?;
        self.opened(response, nonce)
    }

    /// The snapshot as a stream; its own header carries its signature. `part` is what is there already: its tag and its bytes.
    pub(crate) fn snapshot(
        &self,
        now_ms: i64,
        part: Option<(&str, u64)>,
    ) -> Result<Download<impl Read + use<>>, SyncError> {
        let wanted: Vec<(&str, String)> = match part {
            Some((tag, bytes)) => vec![("if-range", tag.to_owned()), ("range", format!("bytes={bytes}-"))],
            None => Vec::new(),
        };
        let (response, _) = self.call("GET", "/snapshot", &[], &wanted, now_ms, SNAPSHOT_TIMEOUT)?;
        let tag = header(&response, "etag").unwrap_or_default().to_owned();
        let goes_on = response.status().as_u16() == PARTIAL_CONTENT;
        let bytes = response.into_body().into_with_config().limit(SNAPSHOT_BYTES_MAX).reader();
        Ok(Download { tag, goes_on, bytes })
    }

    /// A stream that tells when something changes behind the cursor or beside the documents that `tag` names.
    pub(crate) fn wait(&self, cursor: Option<&Cursor>, tag: &str, now_ms: i64) -> Result<impl Read + use<>, SyncError> {
        let secs = self.network.wait_secs;
        let timeout = Duration::from_secs(secs) + Duration::from_millis(self.network.call_timeout_ms);
        let (epoch, after) = cursor.map_or(("", 0), |cursor| (&*cursor.epoch, cursor.seq));
        let path = format!("/wait?after={after}&epoch={epoch}&tag={tag}&secs={secs}");
        let wanted = [("accept", "text/event-stream".to_owned())];
        let (response, _) = self.call("GET", &path, &[], &wanted, now_ms, timeout)?;
        Ok(response.into_body().into_with_config().limit(STREAM_BYTES_MAX).reader())
    }

    fn opened<D: Document>(&self, mut response: Response<Body>, nonce: Nonce) -> Result<Sealed<D>, SyncError> {
        let seal = header(&response, SEAL_HEADER).unwrap_or_default().to_owned();
        let limit = u64::try_from(D::BYTES_MAX).unwrap_or(u64::MAX);
        let body = response.body_mut().with_config().limit(limit).read_to_vec().map_err(|e| unreachable(&e))?;
        let document = open(&body, &seal, &self.root)?;
        Ok(Sealed { document, body, seal, nonce: nonce.to_string() })
    }

    /// Sends a request; once more when the server says that our clock is wrong, by its clock then.
    fn call(
        &self,
        method: &str,
        path: &str,
        body: &[u8],
        wanted: &[(&str, String)],
        now_ms: i64,
        timeout: Duration,
    ) -> Result<(Response<Body>, Nonce), SyncError> {
        match self.call_once(method, path, body, wanted, now_ms, timeout) {
            Err(CallError::ClockSkew { server_time_ms }) => {
                self.ahead_ms.store(server_time_ms.saturating_sub(now_ms), Ordering::Relaxed);
                self.call_once(method, path, body, wanted, now_ms, timeout).map_err(CallError::into_sync_error)
            }
            result => result.map_err(CallError::into_sync_error),
        }
    }

    fn call_once(
        &self,
        method: &str,
        path: &str,
        body: &[u8],
        wanted: &[(&str, String)],
        now_ms: i64,
        timeout: Duration,
    ) -> Result<(Response<Body>, Nonce), CallError> {
        let path_and_query = format!("{PATH_PREFIX}{path}");
        let nonce = Nonce::from_random(self.random.bytes());
        let timestamp_ms = now_ms.saturating_add(self.ahead_ms.load(Ordering::Relaxed));
        let request = Request { method, path_and_query: &path_and_query, body };
        let credentials = self.key.sign(request, &self.device_id, timestamp_ms, nonce);
        let url = format!("{}{path_and_query}", self.server);
        let mut headers = credentials.to_headers().to_vec();
        headers.extend_from_slice(wanted);
        let response = self.send(method, &url, body, &headers, timeout).map_err(|error| unreachable(&error))?;
        self.checked(response, &nonce).map(|response| (response, nonce))
    }

    fn send(
        &self,
        method: &str,
        url: &str,
        body: &[u8],
        headers: &[(&str, String)],
        timeout: Duration,
    ) -> Result<Response<Body>, ureq::Error> {
        if method == "GET" {
            let request =
                headers.iter().fold(self.http.get(url), |request, (name, value)| request.header(*name, value));
            request.config().timeout_global(Some(timeout)).build().call()
        } else {
            let request =
                headers.iter().fold(self.http.post(url), |request, (name, value)| request.header(*name, value));
            let request = request.header("content-type", "application/json");
            request.config().timeout_global(Some(timeout)).build().send(body)
        }
    }

    fn checked(&self, mut response: Response<Body>, nonce: &Nonce) -> Result<Response<Body>, CallError> {
        if response.status().is_success() {
            return Ok(response);
        }
        let status = response.status().as_u16();
        let seal = header(&response, SEAL_HEADER).unwrap_or_default().to_owned();
        let body = response.body_mut().with_config().limit(PROBLEM_BYTES_MAX).read_to_vec().unwrap_or_default();
        let revoked = open::<Revoked>(&body, &seal, &self.root);
        if revoked.is_ok_and(|revoked| revoked.nonce == nonce.to_string() && revoked.device_id == self.device_id) {
            return Err(CallError::Other(SyncError::Revoked));
        }
        let problem: Problem = serde_json::from_slice(&body).unwrap_or_default();
        match problem {
            Problem { reason, server_time_ms: Some(server_time_ms) } if reason == "clock_skew" => {
                Err(CallError::ClockSkew { server_time_ms })
            }
            Problem { reason, .. } => Err(CallError::Other(SyncError::Refused { status, reason })),
        }
    }
}

enum CallError {
    ClockSkew { server_time_ms: i64 },
    Other(SyncError),
}

impl CallError {
    fn into_sync_error(self) -> SyncError {
        match self {
            Self::ClockSkew { .. } => SyncError::Refused { status: 401, reason: "clock_skew".into() },
            Self::Other(error) => error,
        }
    }
}

impl From<SyncError> for CallError {
    fn from(error: SyncError) -> Self {
        Self::Other(error)
    }
}

fn http(network: &NetworkConfig) -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_connect(Some(Duration::from_millis(network.connect_timeout_ms)))
        .timeout_global(Some(Duration::from_millis(network.call_timeout_ms)))
        .user_agent(concat!("scanner-agent/", env!("CARGO_PKG_VERSION")))
        .build()
        .new_agent()
}

fn refused_unless_success(mut response: Response<Body>) -> Result<Response<Body>, SyncError> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let body = response.body_mut().with_config().limit(PROBLEM_BYTES_MAX).read_to_vec().unwrap_or_default();
    let problem: Problem = serde_json::from_slice(&body).unwrap_or_default();
    Err(SyncError::Refused { status: status.as_u16(), reason: problem.reason })
}

fn header<'r>(response: &'r Response<Body>, name: &str) -> Option<&'r str> {
    response.headers().get(name)?.to_str().ok()
}

fn unreachable(error: &ureq::Error) -> SyncError {
    SyncError::Unreachable(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_scheme_host_and_port() {
        for url in ["http://127.0.0.1:8080", "https://tickets.example.org", " https://a.b:8/ "] {
            assert!(parse_server(url).is_ok(), "{url}");
        }
        for url in ["", "tickets.example.org", "ftp://a", "https://", "https://a/b", "https://a?b", "https://u@a"] {
            assert!(parse_server(url).is_err(), "{url}");
        }
        assert_eq!(parse_server(" https://a.b:8/ ").expect("fine"), "https://a.b:8");
    }
}
