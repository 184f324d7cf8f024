//! Scans in the database.

use crate::entry::device::Device;
use crate::kernel::UtcMs;
use crate::kernel::ids::DeviceId;
use card::{CardId, RightStatus};
use db::{Conn, DbError, args};
use gate_protocol::ScanEvent;
use serde_json::Value;
use sha2::{Digest, Sha256};

db::statements! {
    /// Stores a scan, unless it is there.
    INSERT = "INSERT INTO scans (device_id, id, at, reader, direction, boot_id, monotonic_ms, wall_ms, trusted_ms, code_id, issue,
        text_sha256, verdict, reason, snapshot_seq, offline, admitted_count, received_at,
        house_key, conflict, by_tag, by_of, by_reason)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23) ON CONFLICT DO NOTHING";
    /// Keeps an event that was not understood, unless it is there.
    SET_ASIDE = "INSERT INTO quarantined_scans (device_id, event_sha256, event, reason, received_at)
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
}

/// Answers whether the scan is new.
pub(in crate::entry) async fn insert(
    tx: &mut Conn,
    device: &Device,
    event: &ScanEvent,
    conflict: Option<RightStatus>,
    at: UtcMs,
    now: UtcMs,
) -> Result<bool, DbError> {
    let values = args![
        device.id.to_string(),
        event.id.to_string(),
        at.0,
        &event.reader,
        event.direction.as_str(),
        &event.boot_id,
        event.monotonic_ms,
        event.wall_ms,
        event.trusted_ms,
        event.card_id.map(CardId::to_stored),
        event.issue,
        event.text_sha256.map(|hash| hash.0),
        event.verdict.as_str(),
        event.reason.map(card::Reason::as_str),
        event.snapshot_seq,
        event.offline,
        event.admitted_count,
        now.0,
        device.house.as_str(),
        conflict.map(RightStatus::as_str),
        event.by_hand.as_ref().map(|hand| hand.by.as_bytes().to_vec()),
        event.by_hand.as_ref().map(|hand| hand.of.to_string()),
        event.by_hand.as_ref().map(|hand| hand.reason.as_str())
    ];
    Ok(tx.execute(&INSERT, values).await? == 1)
}

/// Keeps an event as it came.
pub(in crate::entry) async fn set_aside(
    tx: &mut Conn,
    device: DeviceId,
    event: &Value,
    reason: &str,
    now: UtcMs,
) -> Result<(), DbError> {
    // PostgreSQL's texts hold no NUL.
    let text = event.to_string().replace("\\u0000", "\\ufffd");
    let hash: [u8; 32] = Sha256::digest(&text).into();
    tx.execute(&SET_ASIDE, args![device.to_string(), hash, text, reason, now.0]).await.map(drop)
}
