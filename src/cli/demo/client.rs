//! The demo's way to the server: plain HTTP with the key of a role.

use anyhow::{Context, bail};
use serde_json::{Map, Value};
use ureq::http::{Request, StatusCode};
use ureq::{Agent, SendBody};

/// Calls the API with the keys of the demo's roles.
pub(super) struct Client {
    agent: Agent,
    base_url: String,
    keys: Map<String, Value>,
}

impl Client {
    pub(super) fn new(base_url: &str, keys: Map<String, Value>) -> Self {
        let agent = Agent::config_builder().http_status_as_error(false).build().into();
        Self { agent, base_url: base_url.to_owned(), keys }
    }

    pub(super) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Reads JSON.
    pub(super) fn get(&self, role: &str, path: &str) -> anyhow::Result<Value> {
        Ok(serde_json::from_slice(&self.get_bytes(role, path)?)?)
    }

    /// Reads a file.
    pub(super) fn get_bytes(&self, role: &str, path: &str) -> anyhow::Result<Vec<u8>> {
        let (status, body) = self.send("GET", role, path, "application/json", &[])?;
        expect_success("GET", path, status, &body)?;
        Ok(body)
    }

    /// Posts JSON.
    pub(super) fn post(&self, role: &str, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.write("POST", role, path, body)
    }

    /// Puts JSON.
    pub(super) fn put(&self, role: &str, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.write("PUT", role, path, body)
    }

    /// Puts a picture.
    pub(super) fn put_picture(&self, role: &str, path: &str, jpeg: &[u8]) -> anyhow::Result<Value> {
        let (status, body) = self.send("PUT", role, path, "image/jpeg", jpeg)?;
        expect_success("PUT", path, status, &body)?;
        Ok(serde_json::from_slice(&body)?)
    }

    /// Posts JSON that must be refused, and answers the reason.
    pub(super) fn refusal(&self, role: &str, path: &str, body: &Value) -> anyhow::Result<String> {
        let (status, answer) = self.send("POST", role, path, "application/json", body.to_string().as_bytes())?;
        if status.is_success() {
            bail!("POST {path} should have been refused");
        }
        let problem: Value = serde_json::from_slice(&answer)?;
        Ok(problem["reason"].as_str().unwrap_or_default().to_owned())
    }

    fn write(&self, method: &str, role: &str, path: &str, body: &Value) -> anyhow::Result<Value> {
        let (status, answer) = self.send(method, role, path, "application/json", body.to_string().as_bytes())?;
        expect_success(method, path, status, &answer)?;
        Ok(serde_json::from_slice(&answer)?)
    }

    /// `role` chooses the key; an empty role calls without one.
    fn send(
        &self,
        method: &str,
        role: &str,
        path: &str,
        content_type: &str,
        body: &[u8],
    ) -> anyhow::Result<(StatusCode, Vec<u8>)> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base_url))
            .header("content-type", content_type);
        if !role.is_empty() {
            let key = self.keys.get(role).and_then(Value::as_str).context("no key for the role")?;
            request = request.header("authorization", format!("Bearer {key}"));
        }
        let mut answer = if method == "GET" {
            self.agent.run(request.body(SendBody::none())?)?
        } else {
            self.agent.run(request.body(body)?)?
        };
        let bytes = answer.body_mut().with_config().limit(64 * 1024 * 1024).read_to_vec()?;
        Ok((answer.status(), bytes))
    }
}

fn expect_success(method: &str, path: &str, status: StatusCode, body: &[u8]) -> anyhow::Result<()> {
    if !status.is_success() {
        bail!("{method} {path} answered {status}: {}", String::from_utf8_lossy(body));
    }
    Ok(())
}
