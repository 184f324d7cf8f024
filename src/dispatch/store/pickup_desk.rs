//! Finds cards that lie ready by what somebody says at the desk.

use super::unfit;
use crate::kernel::ids::CardId;
use db::{Conn, DbError, args};

db::statements! {
    /// Cards that lie ready under a pickup code.
    LYING_BY_CODE = "SELECT c.id FROM pickup_codes p JOIN cards c ON c.id = p.card_id
        WHERE p.code = $1 AND c.state = 'deposited' ORDER BY c.id LIMIT 50";
    /// Cards of an order that lie ready.
    LYING_BY_ORDER = "SELECT c.id FROM orders o JOIN annual_tickets a ON a.order_id = o.id JOIN cards c ON c.annual_ticket_id = a.id
        WHERE o.number = $1 AND c.state = 'deposited' ORDER BY c.id LIMIT 50";
    /// Cards of the orders of an address for mail that lie ready.
    LYING_BY_MAIL = {
        lite: "SELECT c.id FROM orders o JOIN annual_tickets a ON a.order_id = o.id JOIN cards c ON c.annual_ticket_id = a.id
            WHERE o.buyer IS NOT NULL AND lower(o.buyer ->> 'email') = $1 AND c.state = 'deposited' ORDER BY c.id LIMIT 50",
        pg: "SELECT c.id FROM orders o JOIN annual_tickets a ON a.order_id = o.id JOIN cards c ON c.annual_ticket_id = a.id
            WHERE o.buyer IS NOT NULL AND lower(CAST(o.buyer AS JSONB) ->> 'email') = $1 AND c.state = 'deposited'
            ORDER BY c.id LIMIT 50"
    };
}

/// Cards that lie ready and have this pickup code, in its stored form.
pub(in crate::dispatch) async fn by_code(conn: &mut Conn, code: &str) -> Result<Vec<CardId>, DbError> {
    ids(conn.fetch_all(&LYING_BY_CODE, args![code]).await?)
}

/// Cards that lie ready and were bought with the order of this number.
pub(in crate::dispatch) async fn by_order(conn: &mut Conn, number: &str) -> Result<Vec<CardId>, DbError> {
    ids(conn.fetch_all(&LYING_BY_ORDER, args![number]).await?)
}

/// Cards that lie ready and were bought with this address for mail.
pub(in crate::dispatch) async fn by_mail(conn: &mut Conn, address: &str) -> Result<Vec<CardId>, DbError> {
    ids(conn.fetch_all(&LYING_BY_MAIL, args![address.to_lowercase()]).await?)
}

fn ids(rows: Vec<(String,)>) -> Result<Vec<CardId>, DbError> {
    rows.into_iter().map(|(id,)| id.parse().map_err(|_| unfit("cards.id"))).collect()
}
