//! `GET /gate/v1/wait`: a gate is told as soon as something changed. A wake-up and nothing else.
//!
//! Asked for a stream, it beats while nothing changes, so that a gate notices a network that swallows packets; otherwise it
//! answers once.

use super::signed::SignedCall;
use crate::app::SharedApp;
use crate::entry::changes::Cursor;
use crate::entry::heard;
use crate::entry::news::News;
use crate::web::{Problem, Query};
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use gate_protocol::{HEARTBEAT_SECS, NEWS_LINE, WAIT_SECS_MAX, WaitAnswer};
use serde::Deserialize;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout_at};

const EVENT_STREAM: &str = "text/event-stream";
/// After a change gates ask one after the other, and not all at once: within so much time for each gate that waits ..
const SPREAD_PER_GATE_MICROS: u64 = 1_750;
/// .. and within this time in any case.
const SPREAD_MS_MAX: u64 = 3_500;

#[derive(Debug, Deserialize)]
pub(super) struct WaitQuery {
    after: i64,
    /// The documents that the gate knows; without it, changes of documents do not wake it.
    tag: Option<String>,
    epoch: Option<String>,
    secs: Option<u64>,
}

/// What a gate waits for, and how long.
struct Waiting {
    news: watch::Receiver<News>,
    after: i64,
    tag: Option<String>,
    until: Instant,
    /// How long this gate lets others go first.
    turn: Duration,
}

pub(super) async fn wait(
    State(app): State<SharedApp>,
    Query(query): Query<WaitQuery>,
    headers: HeaderMap,
    call: SignedCall,
) -> Result<Response, Problem> {
    if let Some(epoch) = query.epoch.filter(|epoch| !epoch.is_empty()) {
        heard::note(&app, call.device.id, Some(&Cursor { epoch, after: query.after }));
    }
    let secs = query.secs.unwrap_or(WAIT_SECS_MAX).min(WAIT_SECS_MAX);
    let news = app.gates.newsroom.listen(&app).await?;
    let turn = turn_ms(&call.nonce, app.gates.newsroom.listeners());
    let mut waiting = Waiting {
        news,
        after: query.after,
        tag: query.tag.filter(|tag| !tag.is_empty()),
        until: Instant::now() + Duration::from_secs(secs),
        turn: Duration::from_millis(turn),
    };
    let streams = headers.get(header::ACCEPT).is_some_and(|accepted| accepted.as_bytes() == EVENT_STREAM.as_bytes());
    if !streams {
        let changed = waiting.changed_before(waiting.until).await;
        return Ok(Json(WaitAnswer { changed }).into_response());
    }
    let described = [(header::CONTENT_TYPE, EVENT_STREAM), (header::CACHE_CONTROL, "no-store")];
    Ok((described, Body::from_stream(stream::unfold(Some(waiting), next_line))).into_response())
}

/// The next line of a stream, and what is waited for behind it.
async fn next_line(waiting: Option<Waiting>) -> Option<(Result<Bytes, Infallible>, Option<Waiting>)> {
    let mut waiting = waiting?;
    let beat_at = Instant::now() + Duration::from_secs(HEARTBEAT_SECS);
    if waiting.changed_before(beat_at.min(waiting.until)).await {
        return Some((Ok(Bytes::from(format!("{NEWS_LINE}\ndata:\n\n"))), None));
    }
    let is_over = Instant::now() >= waiting.until;
    Some((Ok(Bytes::from_static(b": beat\n\n")), (!is_over).then_some(waiting)))
}

impl Waiting {
    /// Whether there is something new before this moment.
    async fn changed_before(&mut self, moment: Instant) -> bool {
        let was_new = self.is_new(&self.news.borrow());
        if was_new {
            return true;
        }
        let (after, tag) = (self.after, self.tag.clone());
        let is_new = |news: &News| is_new(news, after, tag.as_deref());
        let changed = matches!(timeout_at(moment, self.news.wait_for(is_new)).await, Ok(Ok(_)));
        if changed {
            sleep(self.turn).await;
        }
        changed
    }

    fn is_new(&self, news: &News) -> bool {
        is_new(news, self.after, self.tag.as_deref())
    }
}

fn is_new(news: &News, after: i64, tag: Option<&str>) -> bool {
    news.seq > after || tag.is_some_and(|tag| tag != &*news.documents_tag)
}

/// A moment within the spread of so many gates, another one for each call: nonces are random.
fn turn_ms(nonce: &str, gates: usize) -> u64 {
    let spread_ms = u64::try_from(gates).unwrap_or(u64::MAX).saturating_mul(SPREAD_PER_GATE_MICROS) / 1_000;
    let spread_ms = spread_ms.clamp(1, SPREAD_MS_MAX);
    nonce.get(..8).and_then(|head| u64::from_str_radix(head, 16).ok()).unwrap_or_default() % spread_ms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_gates_ask_at_once_and_many_one_after_the_other() {
        let turns = |gates: usize| {
            let nonces = (0..1_000_u32).map(|number| format!("{:08x}0000", number.wrapping_mul(2_654_435_761)));
            nonces.map(|nonce| turn_ms(&nonce, gates)).collect::<Vec<_>>()
        };
        assert!(turns(1).iter().all(|turn| *turn == 0));
        for (gates, spread) in [(1_000, 1_750), (1_000_000, SPREAD_MS_MAX)] {
            let turns = turns(gates);
            assert!(turns.iter().all(|turn| *turn < spread));
            for tenth in 0..10 {
                let within = |turn: &&u64| (tenth * spread / 10..(tenth + 1) * spread / 10).contains(*turn);
                assert!(turns.iter().filter(within).count() > 50, "{gates} gates: few in the tenth {tenth}");
            }
        }
        assert_eq!(turn_ms("none", 2_000), 0);
    }
}
