//! Where cards stand, and the steps that they took.

use crate::reports::filter::Filter;
use crate::reports::period::Span;
use db::{Conn, DbError, args};

db::statements! {
    /// How many cards stand where.
    STANDING = "SELECT c.state, COUNT(*) FROM cards c WHERE (CAST($1 AS TEXT) IS NULL OR c.house_key = $1) GROUP BY c.state";
    /// How many steps were taken.
    TAKEN = "SELECT s.step, COUNT(*) FROM card_steps s JOIN cards c ON c.id = s.card_id WHERE s.at >= $1 AND s.at < $2
        AND s.undoes IS NULL AND (CAST($3 AS TEXT) IS NULL OR c.house_key = $3) GROUP BY s.step";
    /// How many steps were undone, by what they had been.
    UNDONE = "SELECT s.step, COUNT(*) FROM card_steps u JOIN card_steps s ON s.id = u.undoes JOIN cards c ON c.id = u.card_id
        WHERE u.at >= $1 AND u.at < $2 AND (CAST($3 AS TEXT) IS NULL OR c.house_key = $3) GROUP BY s.step";
}

/// How many cards stand in each state now.
pub(in crate::reports) async fn standing(conn: &mut Conn, filter: &Filter) -> Result<Vec<(String, i64)>, DbError> {
    conn.fetch_all(&STANDING, args![filter.house()]).await
}

/// How many steps of each kind were taken, and undone.
pub(in crate::reports) async fn steps(
    conn: &mut Conn,
    span: &Span,
    filter: &Filter,
) -> Result<(Vec<(String, i64)>, Vec<(String, i64)>), DbError> {
    let values = || args![span.begins.0, span.ends.0, filter.house()];
    let taken = conn.fetch_all(&TAKEN, values()).await?;
    Ok((taken, conn.fetch_all(&UNDONE, values()).await?))
}
