//! What was given to the post on a day.

use super::{json, unfit};
use crate::kernel::UtcMs;
use crate::kernel::address::Address;
use crate::kernel::ids::CardId;
use crate::kernel::slug::Slug;
use db::{Asc, Conn, DbError, List, Page, sqlx};

/// A card that was given to the post.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The card.
    pub card: CardId,
    /// Its number, 14 digits.
    pub number: String,
    /// The key of its product.
    pub product: Slug,
    /// The holder's name.
    pub holder: String,
    /// Where the holder lives.
    pub address: Option<Address>,
    /// When.
    pub at: UtcMs,
    /// Who carries it.
    pub carrier: Option<String>,
    /// The number of the consignment.
    pub tracking: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    card_id: String,
    number: String,
    product_key: String,
    given_name: Option<String>,
    family_name: Option<String>,
    address: Option<String>,
    at: i64,
    carrier: Option<String>,
    tracking: Option<String>,
}

impl Row {
    fn sent(self) -> Result<Sent, DbError> {
        let names: Vec<String> = [self.given_name, self.family_name].into_iter().flatten().collect();
        let address = self.address.as_deref().map(|address| json("annual_tickets.address", address)).transpose()?;
        Ok(Sent {
            card: self.card_id.parse().map_err(|_| unfit("card_steps.card_id"))?,
            number: self.number,
            product: self.product_key.parse().map_err(|_| unfit("cards.product_key"))?,
            holder: names.join(" "),
            address,
            at: UtcMs(self.at),
            carrier: self.carrier,
            tracking: self.tracking,
        })
    }
}

/// A page of the cards that were given to the post between two moments and not taken back since, the first first.
pub(in crate::dispatch) async fn page(
    conn: &mut Conn,
    from: UtcMs,
    until: UtcMs,
    after: Option<&str>,
    rows: u32,
) -> Result<Page<Sent>, DbError> {
    let page: Page<Row> = conn.list(list(from, until).order("s.id", "s.id", Asc).after(after).limit(rows)).await?;
    Ok(Page { items: page.items.into_iter().map(Row::sent).collect::<Result<_, _>>()?, next: page.next })
}

/// How many there are.
pub(in crate::dispatch) async fn total(conn: &mut Conn, from: UtcMs, until: UtcMs) -> Result<i64, DbError> {
    conn.count(&list(from, until)).await
}

fn list(from: UtcMs, until: UtcMs) -> List<'static> {
    List::new(
        "SELECT s.card_id, c.number, c.product_key, a.given_name, a.family_name, a.address, s.at, s.carrier, s.tracking
        FROM card_steps s JOIN cards c ON c.id = s.card_id JOIN annual_tickets a ON a.id = c.annual_ticket_id",
    )
    .filter("s.step = ?", "dispatched")
    .filter("s.id >= ?", first_id(from))
    .filter("s.id < ?", first_id(until))
    .filter_plain("NOT EXISTS (SELECT 1 FROM card_steps u WHERE u.card_id = s.card_id AND u.undoes = s.id)")
}

/// Ids begin with the milliseconds of their moment, so they find what happened between two moments by the index.
fn first_id(moment: UtcMs) -> String {
    let ms = moment.0.max(0);
    format!("{:08x}-{:04x}", ms >> 16, ms & 0xffff)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::ids::{CardStepId, Id};
    use crate::kernel::random::ChaChaRandom;

    #[test]
    fn the_first_id_of_a_moment_stands_between_its_neighbours() {
        let random = ChaChaRandom::seeded(1);
        let id = |ms: i64| CardStepId::new(UtcMs(ms), &random).to_string();
        let moment = 1_783_155_600_000;
        assert!(id(moment - 1) < first_id(UtcMs(moment)) && first_id(UtcMs(moment)) < id(moment));
    }
}
