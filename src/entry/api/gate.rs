//! The calls of gates under `/gate/v1`.

use super::signed::{SignedCall, sealed};
use crate::app::SharedApp;
use crate::entry::changes::{self, ChangesError, Cursor};
use crate::entry::ingest;
use crate::entry::pair::{self, PairError};
use crate::entry::settings;
use crate::entry::snapshot::{self, MadeSnapshot, MakeSnapshotError};
use crate::entry::store;
use crate::kernel::Actor;
use crate::web::{Body, Problem, Query};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use db::Conn;
use gate_protocol::{
    CHANGES_LIMIT_MAX, ForeignCodes, PATH_PREFIX, PairAnswer, PairRequest, SCANS_PER_BATCH_MAX, ScanAnswers, ScanBatch,
};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

pub(super) fn router() -> Router<SharedApp> {
    let calls = Router::new()
        .route("/pair", post(pair))
        .route("/snapshot", get(snapshot))
        .route("/changes", get(changes))
        .route("/scopes", get(scopes))
        .route("/keys", get(keys))
        .route("/foreign", get(foreign))
        .route("/wait", get(super::wait::wait))
        .route("/scans", post(scans));
    Router::new().nest(PATH_PREFIX, calls)
}

#[derive(Debug, Deserialize)]
struct ChangesQuery {
    epoch: String,
    after: i64,
    limit: Option<u32>,
}

async fn pair(State(app): State<SharedApp>, body: Body<PairRequest>) -> Result<Response, Problem> {
    let act = app.act(Actor::System);
    if app.gates.is_guessing(act.now) {
        let detail = "Too many wrong pairing codes. Please wait a minute.";
        return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_attempts", detail));
    }
    let (deed_act, request) = (act.clone(), body.value);
    let paired = app
        .db
        .write(async move |tx: &mut Conn| {
            let device = pair::pair(tx, &deed_act, &request).await?;
            let gate = settings::gate_settings(tx, &device).await?;
            Ok::<_, PairError>((device, gate))
        })
        .await;
    if matches!(paired, Err(PairError::UnknownCode)) {
        app.gates.note_wrong_code(act.now);
    }
    let (device, gate) = paired?;
    let answer = PairAnswer {
        device_id: device.id.to_string(),
        gate,
        root_key: app.keys.root().public().to_bytes(),
        server_time_ms: app.clock.now().0,
    };
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

async fn snapshot(State(app): State<SharedApp>, headers: HeaderMap, _: SignedCall) -> Result<Response, Problem> {
    let made = snapshot::snapshot(&app, &app.act(Actor::System)).await?;
    let tag = made.tag();
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    if known {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let bytes = made.file.len();
    let rest = if if_range_holds(&headers, &tag) { range_start(&headers).filter(|from| *from < bytes) } else { None };
    // One file for all gates: a slice of it, not a copy.
    let file = Bytes::from_owner(SnapshotFile(made));
    let described = [(header::ETAG, tag), (header::CONTENT_TYPE, "application/octet-stream".to_owned())];
    Ok(match rest {
        None => (described, file).into_response(),
        Some(from) => {
            let range = [(header::CONTENT_RANGE, format!("bytes {from}-{}/{bytes}", bytes - 1))];
            (StatusCode::PARTIAL_CONTENT, described, range, file.slice(from..)).into_response()
        }
    })
}

/// The bytes of a snapshot that several answers share.
struct SnapshotFile(Arc<MadeSnapshot>);

impl AsRef<[u8]> for SnapshotFile {
    fn as_ref(&self) -> &[u8] {
        &self.0.file
    }
}

/// Whether a part is asked of this very file.
fn if_range_holds(headers: &HeaderMap, tag: &str) -> bool {
    headers.get(header::IF_RANGE).is_some_and(|known| known.as_bytes() == tag.as_bytes())
}

/// The first byte of `bytes=N-`, what a gate asks for whose download broke off; other ranges are answered whole.
fn range_start(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::RANGE)?.to_str().ok()?.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok()
}

async fn changes(
    State(app): State<SharedApp>,
    Query(query): Query<ChangesQuery>,
    call: SignedCall,
) -> Result<Response, Problem> {
    let cursor = Cursor { epoch: query.epoch, after: query.after };
    let limit = query.limit.unwrap_or(CHANGES_LIMIT_MAX);
    let changes = changes::changes(&app, &call.device, &call.nonce, cursor, limit).await?;
    sealed(&app, &changes)
}

async fn scopes(State(app): State<SharedApp>, call: SignedCall) -> Result<Response, Problem> {
    let mut conn = app.db.read().await?;
    let scopes = settings::gate_scopes(&mut conn, &call.device).await?;
    sealed(&app, &scopes)
}

async fn keys(State(app): State<SharedApp>, _: SignedCall) -> Result<Response, Problem> {
    sealed(&app, &app.keys.key_list())
}

async fn foreign(State(app): State<SharedApp>, _: SignedCall) -> Result<Response, Problem> {
    let codes = store::foreign::all(&mut app.db.read().await?).await?;
    sealed(&app, &ForeignCodes { codes })
}

async fn scans(State(app): State<SharedApp>, call: SignedCall) -> Result<Response, Problem> {
    // Not the strict reader of the API: an event with a strange text must not keep the others from being stored.
    let batch: ScanBatch<Value> =
        serde_json::from_slice(&call.body).map_err(|error| Problem::invalid("", "not_a_batch", error.to_string()))?;
    if batch.events.len() > SCANS_PER_BATCH_MAX {
        let message = format!("a batch has at most {SCANS_PER_BATCH_MAX} events");
        return Err(Problem::invalid("events", "too_many", message));
    }
    let act = app.act(Actor::Device(call.device.id));
    let device = call.device;
    let answers = app.db.write(async move |tx: &mut Conn| ingest::ingest(tx, &act, &device, &batch).await).await?;
    sealed(&app, &ScanAnswers { nonce: call.nonce, answers })
}

impl From<PairError> for Problem {
    fn from(error: PairError) -> Self {
        let message = error.to_string();
        match error {
            PairError::UnknownCode => Self::new(StatusCode::FORBIDDEN, "unknown_pairing_code", message),
            PairError::UnusableKey => Self::invalid("public_key", "unusable_key", message),
            PairError::Db(error) => error.into(),
        }
    }
}

impl From<ChangesError> for Problem {
    fn from(error: ChangesError) -> Self {
        match error {
            ChangesError::OtherHistory => {
                Self::new(StatusCode::GONE, "other_history", "These changes are not known any more: take the snapshot.")
            }
            ChangesError::Unwritable(error) => Self::internal("a document cannot be written", &error),
            ChangesError::Db(error) => error.into(),
        }
    }
}

impl From<MakeSnapshotError> for Problem {
    fn from(error: MakeSnapshotError) -> Self {
        match error {
            MakeSnapshotError::Snapshot(error) => Self::internal("the snapshot cannot be made", &error),
            MakeSnapshotError::Db(error) => error.into(),
        }
    }
}
