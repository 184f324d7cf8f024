//! Who is told what about which step of a card.

use super::unfit;
use crate::kernel::UtcMs;
use crate::kernel::ids::{CardId, CardStepId, MailId};
use crate::kernel::slug::Slug;
use db::{Conn, DbError, args, sqlx};

db::statements! {
    /// The last record of a card.
    LAST_STEP = "SELECT id FROM card_steps WHERE card_id = $1 ORDER BY position DESC LIMIT 1";
    /// Whose step it is.
    CARD_OF_STEP = "SELECT card_id FROM card_steps WHERE id = $1";
    /// Whether a step was told.
    IS_TOLD = "SELECT mail_id FROM dispatch_notices WHERE step_id = $1 AND kind = $2";
    /// A step will be told in a mail.
    INSERT_NOTICE = "INSERT INTO dispatch_notices (step_id, kind, mail_id) VALUES ($1, $2, $3)";
    /// What a mail tells: the steps that are still the last of their cards.
    TOLD = "SELECT s.at, s.house_key, s.carrier, s.tracking, s.reason, s.picked_up_by, c.number, c.product_key, a.given_name,
        a.family_name, a.link_token, p.code AS pickup_code
        FROM dispatch_notices n JOIN card_steps s ON s.id = n.step_id JOIN cards c ON c.id = s.card_id
        JOIN annual_tickets a ON a.id = c.annual_ticket_id LEFT JOIN pickup_codes p ON p.card_id = c.id
        WHERE n.mail_id = $1 AND c.state = $2
        AND s.position = (SELECT MAX(l.position) FROM card_steps l WHERE l.card_id = s.card_id)
        ORDER BY s.id";
}

/// A step as a mail tells it.
#[derive(Debug, Clone)]
pub struct Told {
    /// When it happened.
    pub at: UtcMs,
    /// The house in which the card lies.
    pub house: Option<Slug>,
    /// Who carries the card.
    pub carrier: Option<String>,
    /// The number of the consignment.
    pub tracking: Option<String>,
    /// Why the card came back.
    pub reason: Option<String>,
    /// Who took it in the holder's name.
    pub picked_up_by: Option<String>,
    /// The card's number.
    pub number: String,
    /// The key of the product.
    pub product: Slug,
    /// The holder's name.
    pub holder: String,
    /// What the holder's page is found by.
    pub link_token: String,
    /// What is to be said at the desk.
    pub pickup_code: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    at: i64,
    house_key: Option<String>,
    carrier: Option<String>,
    tracking: Option<String>,
    reason: Option<String>,
    picked_up_by: Option<String>,
    number: String,
    product_key: String,
    given_name: Option<String>,
    family_name: Option<String>,
    link_token: String,
    pickup_code: Option<String>,
}

impl Row {
    fn told(self) -> Result<Told, DbError> {
        let names: Vec<String> = [self.given_name, self.family_name].into_iter().flatten().collect();
        let house = self.house_key.map(|key| key.parse().map_err(|_| unfit("card_steps.house_key"))).transpose()?;
        Ok(Told {
            at: UtcMs(self.at),
            house,
            carrier: self.carrier,
            tracking: self.tracking,
            reason: self.reason,
            picked_up_by: self.picked_up_by,
            number: self.number,
            product: self.product_key.parse().map_err(|_| unfit("cards.product_key"))?,
            holder: names.join(" "),
            link_token: self.link_token,
            pickup_code: self.pickup_code,
        })
    }
}

/// The last record of a card, an undo included.
pub(in crate::dispatch) async fn last_step(conn: &mut Conn, card: CardId) -> Result<Option<CardStepId>, DbError> {
    let row: Option<(String,)> = conn.fetch_optional(&LAST_STEP, args![card.to_string()]).await?;
    row.map(|(id,)| id.parse().map_err(|_| unfit("card_steps.id"))).transpose()
}

/// The card of a step.
pub(in crate::dispatch) async fn card_of(conn: &mut Conn, step: CardStepId) -> Result<Option<CardId>, DbError> {
    let row: Option<(String,)> = conn.fetch_optional(&CARD_OF_STEP, args![step.to_string()]).await?;
    row.map(|(id,)| id.parse().map_err(|_| unfit("card_steps.card_id"))).transpose()
}

/// Whether a step was told, or will be.
pub(in crate::dispatch) async fn is_told(conn: &mut Conn, step: CardStepId, kind: &str) -> Result<bool, DbError> {
    let row: Option<(String,)> = conn.fetch_optional(&IS_TOLD, args![step.to_string(), kind]).await?;
    Ok(row.is_some())
}

/// A step will be told in a mail.
pub(in crate::dispatch) async fn insert(
    tx: &mut Conn,
    step: CardStepId,
    kind: &str,
    mail: MailId,
) -> Result<(), DbError> {
    tx.execute_one(&INSERT_NOTICE, args![step.to_string(), kind, mail.to_string()]).await
}

/// What a mail tells, as far as the cards still stand there.
pub(in crate::dispatch) async fn told(conn: &mut Conn, mail: MailId, state: &str) -> Result<Vec<Told>, DbError> {
    conn.fetch_all::<Row>(&TOLD, args![mail.to_string(), state]).await?.into_iter().map(Row::told).collect()
}
