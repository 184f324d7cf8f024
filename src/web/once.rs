//! A request that is sent twice acts once.
//!
//! A client that names an `Idempotency-Key` may repeat a write as often as it likes: the deed and its answer are committed
//! together, and a repetition gets the stored answer. The same key with another request is refused. Refusals are not stored:
//! they changed nothing, so a repetition is tried anew.

use super::problem::Problem;
use super::repeat::{Ended, Key};
use super::store::{self, StoredAnswer};
use crate::app::{App, SharedApp};
use crate::kernel::Act;
use crate::mail;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use db::Conn;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::time::Duration;
use tokio::task::JoinHandle;

/// The longest idempotency key, in bytes.
const KEY_BYTES_MAX: usize = 200;
/// How long the answer of a key is kept: seven days.
const KEPT_MILLIS: i64 = 7 * 24 * 60 * 60 * 1_000;
/// How often old answers are forgotten.
const FORGETTING_PAUSE: Duration = Duration::from_hours(1);

/// What makes one request recognisable: its idempotency key, if the client named one, and the hash of all it says.
#[derive(Debug, Clone)]
pub struct Once {
    key: Option<String>,
    request_sha256: [u8; 32],
    in_turn: bool,
}

impl Once {
    /// Reads the key and hashes method, path and body.
    ///
    /// # Errors
    /// 400 `bad_idempotency_key` when the key is no short text.
    pub fn of(parts: &Parts, body: &[u8]) -> Result<Self, Problem> {
        let key = match parts.headers.get("idempotency-key") {
            None => None,
            Some(value) => Some(
                value
                    .to_str()
                    .ok()
                    .filter(|key| (1..=KEY_BYTES_MAX).contains(&key.len()))
                    .ok_or_else(|| {
                        Problem::new(
                            StatusCode::BAD_REQUEST,
                            "bad_idempotency_key",
                            format!("An idempotency key is a text of 1 to {KEY_BYTES_MAX} plain characters."),
                        )
                    })?
                    .to_owned(),
            ),
        };
        let mut hash = Sha256::new();
        hash.update(parts.method.as_str());
        hash.update([0]);
        hash.update(parts.uri.path_and_query().map_or("/", |path| path.as_str()));
        hash.update([0]);
        hash.update(body);
        Ok(Self { key, request_sha256: hash.finalize().into(), in_turn: false })
    }

    /// The deed goes in turn with others of its kind: see [`db::Db::in_turn`].
    #[must_use]
    pub fn in_turn(self) -> Self {
        Self { in_turn: true, ..self }
    }

    /// Carries the deed out in one transaction, stores its answer under the key, and answers with `status` and the deed's
    /// result as JSON; or answers what was stored before.
    ///
    /// # Errors
    /// The deed's refusal; 409 `idempotency_key_reused` when the key belongs to another request.
    pub async fn write<T, F>(self, app: &App, act: &Act, status: StatusCode, deed: F) -> Result<Response, Problem>
    where
        T: Serialize + Send + 'static,
        F: AsyncFn(&mut Conn) -> Result<T, Problem> + Send + Sync + 'static,
    {
        self.write_keeping(app, act, status, deed, |answer| answer).await
    }

    /// As [`Self::write`], but keeps only what `kept` leaves of the answer: a secret is shown once and not stored.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub async fn write_keeping<T, F>(
        self,
        app: &App,
        act: &Act,
        status: StatusCode,
        deed: F,
        kept: fn(T) -> T,
    ) -> Result<Response, Problem>
    where
        T: Serialize + Send + 'static,
        F: AsyncFn(&mut Conn) -> Result<T, Problem> + Send + Sync + 'static,
    {
        let db = if self.in_turn { app.db.in_turn() } else { app.db.clone() };
        let (status, body) = match self.key {
            None => (status, db.write(async move |tx: &mut Conn| to_json(&deed(tx).await?)).await?),
            Some(key) => {
                let request_sha256 = self.request_sha256;
                let deed = async move |tx: &mut Conn| {
                    let answer = deed(tx).await?;
                    let body = to_json(&answer)?;
                    let kept = to_json(&kept(answer))?;
                    let kept = StoredAnswer {
                        request_sha256: request_sha256.into(),
                        status: status.as_u16().into(),
                        body: kept,
                    };
                    Ok::<_, Problem>((body, kept))
                };
                match Key::new(act, key).once(&db, deed).await? {
                    Ended::Done(body) => (status, body),
                    Ended::Before(stored) => replay(stored, &request_sha256)?,
                }
            }
        };
        if status == StatusCode::NO_CONTENT {
            return Ok(status.into_response());
        }
        Ok((status, [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response())
    }
}

fn replay(stored: StoredAnswer, request_sha256: &[u8]) -> Result<(StatusCode, String), Problem> {
    if stored.request_sha256 != request_sha256 {
        return Err(Problem::conflict("idempotency_key_reused", "This idempotency key was used for another request."));
    }
    let status = u16::try_from(stored.status).ok().and_then(|status| StatusCode::from_u16(status).ok());
    Ok((status.unwrap_or(StatusCode::OK), stored.body))
}

/// Forgets, hour by hour, the answers that nobody will ask for again and the mails that were kept long enough; until the task is aborted.
pub fn spawn_forgetting(app: SharedApp) -> JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            let before = app.clock.now().plus_millis(-KEPT_MILLIS);
            if let Err(error) = app.db.write(async move |tx: &mut Conn| store::forget_answers(tx, before).await).await {
                tracing::warn!(%error, "old answers were not forgotten");
            }
            let before = app.clock.now().plus_millis(-mail::KEPT_MILLIS);
            if let Err(error) = app.db.write(async move |tx: &mut Conn| mail::forget(tx, before).await).await {
                tracing::warn!(%error, "old mails were not forgotten");
            }
            tokio::time::sleep(FORGETTING_PAUSE).await;
        }
    })
}

fn to_json(value: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string(value).map_err(|error| Problem::internal("an answer is no JSON", &error))
}
