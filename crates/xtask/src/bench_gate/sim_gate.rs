//! A simulated gate: it signs its calls as a gate does and believes whatever it is told, so that thousands of them fit beside the server.

use anyhow::{Context, ensure};
use gate_protocol::request::{DeviceKey, Nonce, Request};
use gate_protocol::{PATH_PREFIX, PairAnswer, PairRequest, PairingCode, WAIT_SECS_MAX};
use reqwest::{Method, Response, StatusCode};
use scanner_agent::Outside;
use serde::Deserialize;
use serde_json::json;

/// A gate without readers, disk and doubts.
pub(super) struct SimGate {
    http: reqwest::Client,
    server: String,
    device: String,
    key: DeviceKey,
    outside: Outside,
}

/// Where a gate stands: what it says when it waits.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// The history.
    epoch: String,
    /// The number of the last change.
    seq: i64,
    /// The documents.
    documents_tag: String,
}

/// What a simulated gate reads of an answer to `changes`.
#[derive(Debug, Deserialize)]
struct ChangesRead {
    epoch: String,
    upto: i64,
    documents_tag: String,
    rows: Vec<RowRead>,
}

#[derive(Debug, Deserialize)]
struct RowRead {
    status: String,
}

#[derive(Debug, Deserialize)]
struct AnswersRead {
    answers: Vec<AnswerRead>,
}

#[derive(Debug, Deserialize)]
struct AnswerRead {
    outcome: String,
}

impl Known {
    /// What a gate knows that took a snapshot and no documents.
    pub(super) fn new(epoch: &str, seq: i64) -> Self {
        Self { epoch: epoch.to_owned(), seq, documents_tag: String::new() }
    }
}

impl SimGate {
    /// Pairs with the server by a pairing code.
    pub(super) async fn pair(
        http: reqwest::Client,
        server: &str,
        pairing_code: &str,
        outside: Outside,
    ) -> anyhow::Result<Self> {
        let key = DeviceKey::new(&outside.random.bytes());
        let request = PairRequest {
            pairing_code: PairingCode::parse(pairing_code).context("no pairing code")?,
            public_key: key.public_key(),
            agent_version: "bench".to_owned(),
        };
        let answer = http.post(format!("{server}{PATH_PREFIX}/pair")).json(&request).send().await?;
        let device = answer.error_for_status()?.json::<PairAnswer>().await?.device_id;
        Ok(Self { http, server: server.to_owned(), device, key, outside })
    }

    /// A signed call. `header` is one more header.
    pub(super) async fn call(
        &self,
        method: Method,
        path: &str,
        header: Option<(&str, &str)>,
        body: Vec<u8>,
    ) -> anyhow::Result<Response> {
        let path_and_query = format!("{PATH_PREFIX}{path}");
        let request = Request { method: method.as_str(), path_and_query: &path_and_query, body: &body };
        let nonce = Nonce::from_random(self.outside.random.bytes());
        let signed = self.key.sign(request, &self.device, self.outside.clock.wall_ms(), nonce);
        let mut call = self.http.request(method, format!("{}{path_and_query}", self.server)).body(body);
        for (name, value) in signed.to_headers() {
            call = call.header(name, value);
        }
        if let Some((name, value)) = header {
            call = call.header(name, value);
        }
        Ok(call.send().await?)
    }

    /// Waits until there is news, or until the server ends the wait. `began` is told when the server has taken the call.
    pub(super) async fn wait(&self, known: &Known, began: impl FnOnce()) -> anyhow::Result<()> {
        let Known { epoch, seq, documents_tag } = known;
        let path = format!("/wait?after={seq}&epoch={epoch}&tag={documents_tag}&secs={WAIT_SECS_MAX}");
        let accepts = Some(("accept", "text/event-stream"));
        let mut stream = self.call(Method::GET, &path, accepts, Vec::new()).await?.error_for_status()?;
        began();
        // To its end, so that the connection can be used again.
        while stream.chunk().await?.is_some() {}
        Ok(())
    }

    /// What changed; answers where the gate stands then, and how many cards it learned to be blocked.
    pub(super) async fn changes(&self, known: &Known) -> anyhow::Result<(Known, usize)> {
        let path = format!("/changes?epoch={}&after={}&limit=5000", known.epoch, known.seq);
        let answer = self.call(Method::GET, &path, None, Vec::new()).await?.error_for_status()?;
        let changes: ChangesRead = answer.json().await?;
        let blocked = changes.rows.iter().filter(|row| row.status == "blocked").count();
        Ok((Known { epoch: changes.epoch, seq: changes.upto, documents_tag: changes.documents_tag }, blocked))
    }

    /// Uploads one scan that was admitted just now.
    pub(super) async fn upload(&self, card_id: u64) -> anyhow::Result<()> {
        let now_ms = self.outside.clock.wall_ms();
        let event = json!({
            "id": uuid_v7(now_ms, self.outside.random.bytes()), "reader": "bench", "direction": "in", "boot_id": "bench",
            "monotonic_ms": now_ms, "wall_ms": now_ms, "trusted_ms": now_ms, "card_id": card_id.to_string(), "issue": 1,
            "text_sha256": null, "verdict": "admit", "reason": null, "snapshot_seq": 0, "offline": false,
            "admitted_count": 1,
        });
        let batch = json!({"boot_id": "bench", "sent_monotonic_ms": now_ms, "events": [event]});
        let answer = self.call(Method::POST, "/scans", None, serde_json::to_vec(&batch)?).await?;
        ensure!(answer.status() == StatusCode::OK, "a scan was answered {}", answer.status());
        let answers: AnswersRead = answer.json().await?;
        ensure!(answers.answers.iter().all(|answer| answer.outcome == "stored"), "{:?}", answers.answers);
        Ok(())
    }
}

/// An id of this moment.
fn uuid_v7(now_ms: i64, random: [u8; 10]) -> String {
    let digits = hex::encode(random);
    let (head, tail) = digits.split_at(3);
    let (middle, tail) = tail.split_at(3);
    let moment = format!("{now_ms:012x}");
    let (high, low) = moment.split_at(8);
    format!("{high}-{low}-7{head}-8{middle}-{}", &tail[..12])
}
