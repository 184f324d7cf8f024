//! What gates noticed: admissions by hand, admissions that the server would have refused, one card in two houses; and blocks.

use crate::entry::noticed::{ByHandSeen, Conflict, Travel};
use crate::kernel::UtcMs;
use card::CardId;
use db::{Conn, DbError, args};

db::statements! {
    /// Admissions by hand at gates.
    BY_HAND = "SELECT scans.at, devices.name, staff.name, scans.reason, scans.by_reason, scans.code_id FROM scans
        JOIN devices ON devices.id = scans.device_id
        LEFT JOIN gate_pins ON gate_pins.tag = scans.by_tag LEFT JOIN staff ON staff.id = gate_pins.staff_id
        WHERE scans.by_tag IS NOT NULL AND scans.at >= $1 ORDER BY scans.at DESC LIMIT $2";
    /// Admissions of cards that were blocked or void by then.
    CONFLICTS = "SELECT scans.at, devices.name, scans.conflict, scans.code_id FROM scans
        JOIN devices ON devices.id = scans.device_id
        WHERE scans.conflict IS NOT NULL AND scans.at >= $1 ORDER BY scans.at DESC LIMIT $2";
    /// Two admissions of one card in two houses, one soon after the other.
    TRAVELS = "SELECT a.code_id, a.at, a.house_key, b.at, b.house_key FROM scans a
        JOIN scans b ON b.code_id = a.code_id AND b.at >= a.at AND b.at < a.at + $2 AND b.house_key <> a.house_key
        WHERE a.at >= $1 AND a.direction = 'in' AND b.direction = 'in' AND a.admitted_count > 0 AND b.admitted_count > 0
        ORDER BY b.at DESC, a.at DESC LIMIT $3";
    /// Blocks that a gate with this number does not know.
    BLOCKS_BEHIND = "SELECT code_id, change_seq FROM entry_rights
        WHERE status = 'blocked' AND (change_seq IS NULL OR change_seq > $1) ORDER BY change_seq LIMIT $2";
}

pub(in crate::entry) async fn by_hand(conn: &mut Conn, since: UtcMs, limit: u32) -> Result<Vec<ByHandSeen>, DbError> {
    type Row = (i64, String, Option<String>, Option<String>, Option<String>, Option<i64>);
    let rows = conn.fetch_all::<Row>(&BY_HAND, args![since.0, limit]).await?;
    let seen = |(at, gate, by, against, why, code): Row| ByHandSeen {
        at: UtcMs(at),
        gate,
        by,
        against: against.and_then(|word| word.parse().ok()),
        why: why.unwrap_or_default(),
        card: code.map(CardId::from_stored),
    };
    Ok(rows.into_iter().map(seen).collect())
}

pub(in crate::entry) async fn conflicts(conn: &mut Conn, since: UtcMs, limit: u32) -> Result<Vec<Conflict>, DbError> {
    let rows = conn.fetch_all::<(i64, String, String, i64)>(&CONFLICTS, args![since.0, limit]).await?;
    let conflict = |(at, gate, what, code): (i64, String, String, i64)| Conflict {
        at: UtcMs(at),
        gate,
        is_block: what == "blocked",
        card: CardId::from_stored(code),
    };
    Ok(rows.into_iter().map(conflict).collect())
}

pub(in crate::entry) async fn travels(
    conn: &mut Conn,
    since: UtcMs,
    window_ms: i64,
    limit: u32,
) -> Result<Vec<Travel>, DbError> {
    type Row = (i64, i64, String, i64, String);
    let rows = conn.fetch_all::<Row>(&TRAVELS, args![since.0, window_ms, limit]).await?;
    let travel = |(code, first_at, first_house, second_at, second_house): Row| Travel {
        card: CardId::from_stored(code),
        first: (UtcMs(first_at), first_house),
        second: (UtcMs(second_at), second_house),
    };
    Ok(rows.into_iter().map(travel).collect())
}

/// The cards, and the numbers of their blocks; `None` for one that no gate can know yet.
pub(in crate::entry) async fn blocks_behind(
    conn: &mut Conn,
    seq: i64,
    limit: u32,
) -> Result<Vec<(CardId, Option<i64>)>, DbError> {
    let rows = conn.fetch_all::<(i64, Option<i64>)>(&BLOCKS_BEHIND, args![seq, limit]).await?;
    Ok(rows.into_iter().map(|(code, seq)| (CardId::from_stored(code), seq)).collect())
}
