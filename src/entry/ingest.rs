//! Stores what a gate saw: each scan once, whatever the server thinks of it.

use super::device::Device;
use super::store::{rights, scans};
use crate::cards;
use crate::catalog::store as catalog;
use crate::kernel::{Act, UtcMs, period};
use card::RightStatus;
use chrono_tz::Tz;
use db::{Conn, DbError};
use gate_protocol::{Direction, ScanAnswer, ScanBatch, ScanEvent, ScanOutcome, VerdictWord};
use serde_json::Value;

/// Stores a batch and answers each event, in the order of the batch.
///
/// An admission tells [`crate::cards`] that the card was used. An offline admission of a card that was blocked meanwhile stays an
/// admission: it is a fact, and is marked as one that somebody should know of.
///
/// # Errors
/// When the database refuses; nothing of the batch is stored then.
pub async fn ingest(
    tx: &mut Conn,
    act: &Act,
    device: &Device,
    batch: &ScanBatch<Value>,
) -> Result<Vec<ScanAnswer>, DbError> {
    let zone = catalog::house(tx, &device.house).await?.ok_or(DbError::NotFound)?.zone();
    let mut answers = Vec::with_capacity(batch.events.len());
    for raw in &batch.events {
        let answer = match ScanEvent::parse(raw) {
            Ok(event) => {
                let outcome = store(tx, act, device, zone, batch, &event).await?;
                ScanAnswer { id: Some(event.id), outcome, reason: None }
            }
            Err(invalid) => {
                let reason = invalid.to_string();
                scans::set_aside(tx, device.id, raw, &reason, act.now).await?;
                tracing::warn!(device = %device.id, reason, "a scan is kept aside");
                let id = raw.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok());
                ScanAnswer { id, outcome: ScanOutcome::Quarantined, reason: Some(reason) }
            }
        };
        answers.push(answer);
    }
    Ok(answers)
}

async fn store(
    tx: &mut Conn,
    act: &Act,
    device: &Device,
    zone: Tz,
    batch: &ScanBatch<Value>,
    event: &ScanEvent,
) -> Result<ScanOutcome, DbError> {
    let at = corrected_time(event, batch, act.now);
    let entered = event.verdict != VerdictWord::Refuse && event.direction == Direction::In && event.admitted_count > 0;
    let conflict = match event.card_id.filter(|_| entered) {
        Some(card_id) => {
            rights::find(tx, card_id).await?.map(|right| right.status).filter(|status| is_conflict(*status))
        }
        None => None,
    };
    if !scans::insert(tx, device, event, conflict, at, act.now).await? {
        return Ok(ScanOutcome::Duplicate);
    }
    if let Some(card_id) = event.card_id.filter(|_| entered) {
        cards::record_entry(tx, act, card_id, event.issue, period::local_day(at, zone)).await?;
    }
    Ok(ScanOutcome::Stored)
}

/// An admission that the server would have refused, had the gate asked.
fn is_conflict(status: RightStatus) -> bool {
    matches!(status, RightStatus::Blocked | RightStatus::Void)
}

/// When a scan happened, by the server's clock: from the monotonic clock when the gate was not started anew since, else the time
/// that the gate trusted. Never after it was received.
fn corrected_time(event: &ScanEvent, batch: &ScanBatch<Value>, received_at: UtcMs) -> UtcMs {
    let ago_ms = batch.sent_monotonic_ms.saturating_sub(event.monotonic_ms);
    let at_ms = if event.boot_id == batch.boot_id && ago_ms >= 0 {
        received_at.0.saturating_sub(ago_ms)
    } else {
        event.trusted_ms
    };
    UtcMs(at_ms.clamp(0, received_at.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn event(boot_id: &str, monotonic_ms: i64, trusted_ms: i64) -> ScanEvent {
        let raw = json!({
            "id": "01936f2e-0000-7000-8000-000000000001", "reader": "desk", "direction": "in", "boot_id": boot_id,
            "monotonic_ms": monotonic_ms, "wall_ms": 6, "trusted_ms": trusted_ms, "card_id": "12", "issue": 1,
            "text_sha256": null, "verdict": "admit", "reason": null, "snapshot_seq": 9, "offline": true,
            "admitted_count": 1,
        });
        ScanEvent::parse(&raw).unwrap()
    }

    #[test]
    fn a_wrong_clock_of_a_gate_does_not_make_wrong_times() {
        let batch = ScanBatch { boot_id: "now".to_owned(), sent_monotonic_ms: 90_000, events: Vec::new() };
        let received_at = UtcMs(1_000_000);
        for (event, at_ms) in [
            (event("now", 30_000, 5), 940_000),
            (event("now", 90_001, 700_000), 700_000),
            (event("before", 30_000, 700_000), 700_000),
            (event("before", 30_000, 2_000_000), 1_000_000),
        ] {
            assert_eq!(corrected_time(&event, &batch, received_at), UtcMs(at_ms), "{event:?}");
        }
    }
}
