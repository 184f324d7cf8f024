//! A request that is sent twice acts once.
//!
//! A client that names an `Idempotency-Key` may repeat a write as often as it likes: the deed and its answer are committed
//! together, and a repetition gets the stored answer. The same key with another request is refused. Refusals are not stored:
//! they changed nothing, so a repetition is tried anew.

use super::problem::Problem;
use crate::app::App;
use crate::kernel::Act;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use db::{Conn, args};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The longest idempotency key, in bytes.
const KEY_BYTES_MAX: usize = 200;

db::statements! {
    /// The stored answer of a key.
    FIND_ANSWER = "SELECT request_sha256, status, body FROM idempotency_answers WHERE actor = $1 AND idempotency_key = $2";
    /// Takes a key, unless it was used. Of two requests at once the second waits here for the end of the first.
    TAKE_KEY = "INSERT INTO idempotency_answers (actor, idempotency_key, request_sha256, status, body, created_at)
        VALUES ($1, $2, $3, 0, '', $4) ON CONFLICT DO NOTHING";
    /// Stores the answer of a key.
    STORE_ANSWER = "UPDATE idempotency_answers SET status = $3, body = $4 WHERE actor = $1 AND idempotency_key = $2";
    /// Forgets answers that are too old to be asked for again.
    FORGET_ANSWERS = "DELETE FROM idempotency_answers WHERE created_at < $1";
}

/// What makes one request recognisable: its idempotency key, if the client named one, and the hash of all it says.
#[derive(Debug, Clone)]
pub struct Once {
    key: Option<String>,
    request_sha256: [u8; 32],
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
        Ok(Self { key, request_sha256: hash.finalize().into() })
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
        let actor = act.actor.to_string();
        let now = act.now;
        let (status, body) = app
            .db
            .write(async move |tx: &mut Conn| {
                let Some(key) = &self.key else {
                    return Ok((status, to_json(&deed(tx).await?)?));
                };
                let request_sha256 = self.request_sha256.as_slice();
                if tx.execute(&TAKE_KEY, args![&actor, key, request_sha256, now.0]).await? == 0 {
                    let (request_sha256, status, body): (Vec<u8>, i64, String) =
                        tx.fetch_one(&FIND_ANSWER, args![&actor, key]).await?;
                    return self.replay(&request_sha256, status, body);
                }
                let answer = deed(tx).await?;
                let body = to_json(&answer)?;
                let kept = to_json(&kept(answer))?;
                let stored_status = i64::from(status.as_u16());
                tx.execute_one(&STORE_ANSWER, args![&actor, key, stored_status, kept]).await?;
                Ok::<_, Problem>((status, body))
            })
            .await?;
        if status == StatusCode::NO_CONTENT {
            return Ok(status.into_response());
        }
        Ok((status, [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response())
    }

    fn replay(&self, request_sha256: &[u8], status: i64, body: String) -> Result<(StatusCode, String), Problem> {
        if request_sha256 != self.request_sha256 {
            return Err(Problem::conflict(
                "idempotency_key_reused",
                "This idempotency key was used for another request.",
            ));
        }
        let status = u16::try_from(status).ok().and_then(|status| StatusCode::from_u16(status).ok());
        Ok((status.unwrap_or(StatusCode::OK), body))
    }
}

fn to_json(value: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string(value).map_err(|error| Problem::internal("an answer is no JSON", &error))
}
