//! Devices and their nonces in the database.

use super::{parsed, unreadable};
use crate::entry::device::{Device, DeviceState, NewDevice};
use crate::entry::heard::Heard;
use crate::entry::rules::GateRules;
use crate::kernel::UtcMs;
use crate::kernel::ids::DeviceId;
use crate::kernel::slug::Slug;
use db::column::{json, to_json};
use db::{Asc, Conn, DbError, List, Page, args};
use gate_protocol::Direction;
use serde::Serialize;
use std::collections::HashMap;

db::statements! {
    /// Adds a device that waits for its agent.
    INSERT = "INSERT INTO devices (id, name, house_key, exhibition_key, direction, state, pairing_code_sha256, pairing_expires_at,
        created_at) VALUES ($1, $2, $3, $4, $5, 'unpaired', $6, $7, $8)";
    /// The device with this id.
    FIND = "SELECT id, name, house_key, exhibition_key, direction, state, public_key, agent_version, created_at, last_seen_at,
        known_epoch, known_seq, rules FROM devices WHERE id = $1";
    /// The device that waits with this pairing code.
    WAITING = "SELECT id, name, house_key, exhibition_key, direction, state, public_key, agent_version, created_at, last_seen_at,
        known_epoch, known_seq, rules FROM devices WHERE pairing_code_sha256 = $1 AND (pairing_expires_at IS NULL OR pairing_expires_at > $2) AND state <> 'revoked'";
    /// Gives a device another pairing code.
    SET_PAIRING_CODE = "UPDATE devices SET pairing_code_sha256 = $2, pairing_expires_at = $3 WHERE id = $1 AND state <> 'revoked'";
    /// Gives a device its agent's key, and uses the pairing code up.
    SET_PAIRED = "UPDATE devices SET state = 'paired', public_key = $2, agent_version = $3, paired_at = $4, last_seen_at = $4,
        known_epoch = NULL, known_seq = NULL, pairing_code_sha256 = NULL, pairing_expires_at = NULL WHERE id = $1";
    /// Revokes a device.
    SET_REVOKED = "UPDATE devices SET state = 'revoked', pairing_code_sha256 = NULL, pairing_expires_at = NULL
        WHERE id = $1 AND state <> 'revoked'";
    /// Moves a device.
    SET_PLACE = "UPDATE devices SET house_key = $2, exhibition_key = $3 WHERE id = $1 AND state <> 'revoked'";
    /// Sets the rules of a device.
    SET_RULES = "UPDATE devices SET rules = $2 WHERE id = $1 AND state <> 'revoked'";
    /// Sets the rules of the other devices of its house.
    SET_RULES_OF_HOUSE = "UPDATE devices SET rules = $2 WHERE state <> 'revoked'
        AND house_key = (SELECT one.house_key FROM devices AS one WHERE one.id = $1)";
    /// What the devices are told of themselves.
    SETTINGS = "SELECT id, name, house_key, exhibition_key, direction, rules FROM devices WHERE state = 'paired' ORDER BY id";
    /// Keeps when devices made themselves heard, and how far they have come; not what was heard before a device was paired anew.
    SET_HEARD = {
        lite: "UPDATE devices SET last_seen_at = heard.seen_at, known_epoch = COALESCE(heard.epoch, devices.known_epoch),
            known_seq = COALESCE(heard.seq, devices.known_seq)
            FROM (SELECT value ->> 'id' AS id, value ->> 'seen_at' AS seen_at, value ->> 'epoch' AS epoch, value ->> 'seq' AS seq
            FROM json_each($1)) AS heard
            WHERE devices.id = heard.id AND (devices.last_seen_at IS NULL OR devices.last_seen_at <= heard.seen_at)",
        pg: "UPDATE devices SET last_seen_at = heard.seen_at, known_epoch = COALESCE(heard.epoch, devices.known_epoch),
            known_seq = COALESCE(heard.seq, devices.known_seq)
            FROM jsonb_to_recordset(CAST($1 AS JSONB)) AS heard (id TEXT, seen_at BIGINT, epoch TEXT, seq BIGINT)
            WHERE devices.id = heard.id AND (devices.last_seen_at IS NULL OR devices.last_seen_at <= heard.seen_at)"
    };
    /// Uses a nonce up, unless it was used before.
    USE_NONCE = "INSERT INTO device_nonces (device_id, nonce, seen_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    /// Forgets nonces whose requests are too old to be believed anyway.
    FORGET_NONCES = "DELETE FROM device_nonces WHERE seen_at < $1";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    house_key: String,
    exhibition_key: Option<String>,
    direction: String,
    state: String,
    public_key: Option<Vec<u8>>,
    agent_version: Option<String>,
    created_at: i64,
    last_seen_at: Option<i64>,
    known_epoch: Option<String>,
    known_seq: Option<i64>,
    rules: String,
}

impl Row {
    fn device(self) -> Result<Device, DbError> {
        let public_key = self.public_key.map(|key| key.try_into().map_err(|_| unreadable("a public key has 32 bytes")));
        Ok(Device {
            id: parsed(&self.id)?,
            name: self.name,
            house: parsed(&self.house_key)?,
            exhibition: self.exhibition_key.as_deref().map(parsed).transpose()?,
            direction: if self.direction == Direction::Out.as_str() { Direction::Out } else { Direction::In },
            state: parsed::<DeviceState>(&self.state)?,
            public_key: public_key.transpose()?,
            agent_version: self.agent_version,
            created_at: UtcMs(self.created_at),
            last_seen_at: self.last_seen_at.map(UtcMs),
            known_epoch: self.known_epoch,
            known_seq: self.known_seq,
            rules: json(&self.rules)?,
        })
    }
}

pub(in crate::entry) async fn insert(
    tx: &mut Conn,
    id: DeviceId,
    new: &NewDevice,
    pairing_code_sha256: &[u8; 32],
    pairing_expires_at: Option<UtcMs>,
    now: UtcMs,
) -> Result<(), DbError> {
    let values = args![
        id.to_string(),
        &new.name,
        new.house.as_str(),
        new.exhibition.as_ref().map(ToString::to_string),
        new.direction.as_str(),
        pairing_code_sha256.as_slice(),
        pairing_expires_at.map(|at| at.0),
        now.0
    ];
    tx.execute_one(&INSERT, values).await
}

pub(in crate::entry) async fn find(conn: &mut Conn, id: DeviceId) -> Result<Option<Device>, DbError> {
    conn.fetch_optional::<Row>(&FIND, args![id.to_string()]).await?.map(Row::device).transpose()
}

pub(in crate::entry) async fn waiting_with(
    tx: &mut Conn,
    pairing_code_sha256: &[u8; 32],
    now: UtcMs,
) -> Result<Option<Device>, DbError> {
    let values = args![pairing_code_sha256.as_slice(), now.0];
    tx.fetch_optional::<Row>(&WAITING, values).await?.map(Row::device).transpose()
}

pub(in crate::entry) async fn page(conn: &mut Conn, after: Option<&str>, rows: u32) -> Result<Page<Device>, DbError> {
    let list = List::new(
        "SELECT id, name, house_key, exhibition_key, direction, state, public_key, agent_version, created_at, last_seen_at,
            known_epoch, known_seq, rules FROM devices",
    )
    .order("id", "id", Asc)
    .after(after)
    .limit(rows);
    let page = conn.list::<Row>(list).await?;
    Ok(Page { items: page.items.into_iter().map(Row::device).collect::<Result<_, _>>()?, next: page.next })
}

/// Answers whether there is such a device.
pub(in crate::entry) async fn set_pairing_code(
    tx: &mut Conn,
    id: DeviceId,
    pairing_code_sha256: &[u8; 32],
    expires_at: Option<UtcMs>,
) -> Result<bool, DbError> {
    let values = args![id.to_string(), pairing_code_sha256.as_slice(), expires_at.map(|at| at.0)];
    Ok(tx.execute(&SET_PAIRING_CODE, values).await? == 1)
}

pub(in crate::entry) async fn set_paired(
    tx: &mut Conn,
    id: DeviceId,
    public_key: &[u8; 32],
    agent_version: &str,
    now: UtcMs,
) -> Result<(), DbError> {
    tx.execute_one(&SET_PAIRED, args![id.to_string(), public_key.as_slice(), agent_version, now.0]).await
}

/// Answers whether there was one to revoke.
pub(in crate::entry) async fn set_revoked(tx: &mut Conn, id: DeviceId) -> Result<bool, DbError> {
    Ok(tx.execute(&SET_REVOKED, args![id.to_string()]).await? == 1)
}

/// Answers whether there was one to move.
pub(in crate::entry) async fn set_place(
    tx: &mut Conn,
    id: DeviceId,
    house: &Slug,
    exhibition: Option<&Slug>,
) -> Result<bool, DbError> {
    let values = args![id.to_string(), house.as_str(), exhibition.map(ToString::to_string)];
    Ok(tx.execute(&SET_PLACE, values).await? == 1)
}

/// Answers whether there was one to set them for.
pub(in crate::entry) async fn set_rules(
    tx: &mut Conn,
    id: DeviceId,
    rules: &GateRules,
    whole_house: bool,
) -> Result<bool, DbError> {
    let text = to_json(rules)?;
    let found = tx.execute(&SET_RULES, args![id.to_string(), &text]).await? == 1;
    if found && whole_house {
        tx.execute(&SET_RULES_OF_HOUSE, args![id.to_string(), &text]).await?;
    }
    Ok(found)
}

/// Changes whenever a device is told something else of itself.
pub(in crate::entry) async fn fingerprint(conn: &mut Conn) -> Result<String, DbError> {
    type Told = (String, String, String, Option<String>, String, String);
    let rows = conn.fetch_all::<Told>(&SETTINGS, args![]).await?;
    Ok(format!("{rows:?}"))
}

/// Keeps what was heard of devices.
pub(in crate::entry) async fn set_heard(tx: &mut Conn, heard: &HashMap<DeviceId, Heard>) -> Result<(), DbError> {
    #[derive(Serialize)]
    struct Line<'h> {
        id: DeviceId,
        seen_at: i64,
        epoch: Option<&'h str>,
        seq: Option<i64>,
    }
    let lines: Vec<Line<'_>> = heard
        .iter()
        .map(|(id, heard)| Line {
            id: *id,
            seen_at: heard.at.0,
            epoch: heard.known.as_ref().map(|known| &*known.epoch),
            seq: heard.known.as_ref().map(|known| known.after),
        })
        .collect();
    tx.execute(&SET_HEARD, args![to_json(&lines)?]).await.map(drop)
}

/// Answers whether the nonce is new.
pub(in crate::entry) async fn use_nonce(tx: &mut Conn, id: DeviceId, nonce: &str, now: UtcMs) -> Result<bool, DbError> {
    Ok(tx.execute(&USE_NONCE, args![id.to_string(), nonce, now.0]).await? == 1)
}

pub(in crate::entry) async fn forget_nonces(tx: &mut Conn, before: UtcMs) -> Result<(), DbError> {
    tx.execute(&FORGET_NONCES, args![before.0]).await.map(drop)
}
