//! Codes of an older system in the database.

use super::unreadable;
use crate::kernel::UtcMs;
use card::{CardId, ForeignHash};
use db::{Conn, DbError, args};
use gate_protocol::ForeignCode;

db::statements! {
    /// The card that a code stands for.
    FIND = "SELECT code_id FROM foreign_codes WHERE hash = $1";
    /// All codes.
    ALL = "SELECT hash, code_id FROM foreign_codes ORDER BY hash";
    /// How many codes there are.
    COUNT = "SELECT COUNT(*) FROM foreign_codes";
    /// Gives a code its card, in place of the one before.
    PUT = "INSERT INTO foreign_codes (hash, code_id, imported_at) VALUES ($1, $2, $3)
        ON CONFLICT (hash) DO UPDATE SET code_id = excluded.code_id, imported_at = excluded.imported_at";
    /// The tag of the codes.
    TAG = "SELECT tag FROM foreign_tag WHERE one = 1";
    /// Gives the codes another tag.
    SET_TAG = "INSERT INTO foreign_tag (one, tag) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET tag = excluded.tag";
}

pub(in crate::entry) async fn find(conn: &mut Conn, hash: ForeignHash) -> Result<Option<CardId>, DbError> {
    let row = conn.fetch_optional::<(i64,)>(&FIND, args![hash.as_bytes().as_slice()]).await?;
    Ok(row.map(|(id,)| CardId::from_stored(id)))
}

pub(in crate::entry) async fn all(conn: &mut Conn) -> Result<Vec<ForeignCode>, DbError> {
    let rows = conn.fetch_all::<(Vec<u8>, i64)>(&ALL, args![]).await?;
    let code = |(hash, id): (Vec<u8>, i64)| {
        let hash = hash.try_into().map_err(|_| unreadable("the hash of a foreign code has 10 bytes"))?;
        Ok(ForeignCode { hash: ForeignHash::from_bytes(hash), card_id: CardId::from_stored(id) })
    };
    rows.into_iter().map(code).collect()
}

pub(in crate::entry) async fn count(conn: &mut Conn) -> Result<i64, DbError> {
    let (count,): (i64,) = conn.fetch_one(&COUNT, args![]).await?;
    Ok(count)
}

pub(in crate::entry) async fn put(tx: &mut Conn, hash: ForeignHash, card: CardId, now: UtcMs) -> Result<(), DbError> {
    tx.execute_one(&PUT, args![hash.as_bytes().as_slice(), card.to_stored(), now.0]).await
}

/// Empty while nothing was ever imported.
pub(in crate::entry) async fn tag(conn: &mut Conn) -> Result<String, DbError> {
    let row = conn.fetch_optional::<(String,)>(&TAG, args![]).await?;
    Ok(row.map(|(tag,)| tag).unwrap_or_default())
}

pub(in crate::entry) async fn set_tag(tx: &mut Conn, tag: &str) -> Result<(), DbError> {
    tx.execute_one(&SET_TAG, args![tag]).await
}
