//! Copies of a card that is ready to print, for tests and benches of many: through the public door ten thousand would take an hour.
//!
//! Each copy has its own annual ticket, number, print data and entry right; what stands on its face beside the number is the original's.

use db::{Conn, DbError, args};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

db::statements! {
    /// The annual ticket and the print data of a card.
    ORIGINAL = "SELECT c.annual_ticket_id, d.body, c.layout_id, c.layout_version, d.created_at
        FROM cards c JOIN print_data d ON d.sha256 = c.print_data_sha256 WHERE c.id = $1 AND c.state = 'ready_to_print'";
    /// Copies an annual ticket.
    COPY_TICKET = "INSERT INTO annual_tickets (id, number, order_id, ticket_id, product_key, category_key, scope_id, status, state, paid,
        purchased_on, exchanged_on, starts_on, valid_from, valid_until, from_first_entry, given_name, family_name, name_fold, birth_date,
        address, delivery, photo_id, link_token, code_id, block_reason, language, version, created_at, completed_at)
        SELECT $2, $3, order_id, ticket_id, product_key, category_key, scope_id, status, state, paid, purchased_on, exchanged_on, starts_on,
        valid_from, valid_until, from_first_entry, given_name, family_name, name_fold, birth_date, address, delivery, photo_id, $2,
        CAST($4 AS BIGINT), block_reason, language, version, created_at, completed_at FROM annual_tickets WHERE id = $1";
    /// Copies a card.
    COPY_CARD = "INSERT INTO cards (id, annual_ticket_id, number, issue, code, state, layout_id, layout_version, face_sha256, way, house_key,
        product_key, name_fold, created_at, changed_at)
        SELECT $2, $2, $3, issue, code, state, layout_id, layout_version, face_sha256, way, house_key, product_key, name_fold, created_at,
        changed_at FROM cards WHERE id = $1";
    /// Keeps the print data of a copy.
    ADD_PRINT_DATA = "INSERT INTO print_data (sha256, card_id, layout_id, layout_version, body, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    /// Names the print data of a copy.
    FREEZE = "UPDATE cards SET print_data_sha256 = $2 WHERE id = $1";
    /// Copies an entry right.
    COPY_RIGHT = "INSERT INTO entry_rights (code_id, annual_ticket_id, ticket_id, scope_id, not_before, not_after, issue, flags, status,
        reentry_secs, reentry_policy, period_months)
        SELECT CAST($3 AS BIGINT), $2, ticket_id, scope_id, not_before, not_after, issue, flags, status, reentry_secs, reentry_policy,
        period_months FROM entry_rights WHERE annual_ticket_id = $1";
}

/// A card that is copied.
#[derive(Debug, Clone)]
pub struct Original {
    card: String,
    ticket: String,
    print_data: Value,
    layout: (String, i64),
    frozen_at: i64,
}

impl Original {
    /// The card with this id, which must be ready to print.
    ///
    /// # Errors
    /// When it is not.
    pub async fn find(conn: &mut Conn, card: &str) -> Result<Self, DbError> {
        let (ticket, body, layout, version, frozen_at): (String, String, String, i64, i64) =
            conn.fetch_one(&ORIGINAL, args![card]).await?;
        let print_data = serde_json::from_str(&body).unwrap_or_default();
        Ok(Self { card: card.to_owned(), ticket, print_data, layout: (layout, version), frozen_at })
    }

    /// Adds the copy with this number, from 1. Answers the key in the file store under which its portrait belongs; with `portrait` it is
    /// another than the original's, with this SHA-256.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn copy(&self, tx: &mut Conn, number: u32, portrait: Option<&[u8]>) -> Result<String, DbError> {
        let id = format!("01900000-0000-7000-8000-{number:012}");
        let digits = format!("{number:012}{:02}", 98 - u64::from(number) * 100 % 97);
        let mut data = self.print_data.clone();
        data["card"] = json!(id);
        data["number"] = json!(digits);
        if let Some(portrait) = portrait {
            data["photo_sha256"] = json!(hex::encode(portrait));
        }
        let body = data.to_string();
        let hash = Sha256::digest(&body).to_vec();
        let key = format!("print-data/{}/portrait.jpg", hex::encode(&hash));
        tx.execute_one(&COPY_TICKET, args![&self.ticket, &id, format!("A{digits}"), number]).await?;
        tx.execute_one(&COPY_CARD, args![&self.card, &id, &digits]).await?;
        let layout = (&self.layout.0, self.layout.1);
        tx.execute_one(&ADD_PRINT_DATA, args![hash.clone(), &id, layout.0, layout.1, body, self.frozen_at]).await?;
        tx.execute_one(&FREEZE, args![&id, hash]).await?;
        tx.execute_one(&COPY_RIGHT, args![&self.ticket, &id, number]).await?;
        Ok(key)
    }
}
