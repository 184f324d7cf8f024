//! Annual tickets for tests of what happens after the sale. They are issued as the sale does it, without an order around them.

use super::TestApp;
use card::CardId as CodeId;
use db::{Conn, args};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use passepartout::cards::{self, DayTicket, Delivery, IssueError, NewAnnualTicket, NewDayTicket, issue_annual_ticket};
use passepartout::catalog;
use passepartout::kernel::address::Address;
use passepartout::kernel::ids::{OrderId, TicketId};
use passepartout::kernel::period::local_day;
use serde_json::{Value, json};
use std::io::Cursor;

db::statements! {
    /// What the gates are told of an annual ticket.
    RIGHT_OF = "SELECT status, issue, not_before, not_after, flags, change_seq IS NULL FROM entry_rights WHERE annual_ticket_id = $1";
    /// The id in the code of an annual ticket.
    CODE_ID_OF = "SELECT code_id FROM annual_tickets WHERE id = $1";
    /// As if the sequencer had numbered all rights.
    NUMBER_RIGHTS = "UPDATE entry_rights SET change_seq = 1";
}

/// An annual ticket to be issued.
#[derive(Debug, Clone)]
pub(crate) struct Wish {
    /// What was sold.
    pub(crate) product: &'static str,
    /// In which category.
    pub(crate) category: &'static str,
    /// Whether it is paid.
    pub(crate) paid: bool,
    /// How the card is to come to the holder.
    pub(crate) delivery: Option<Delivery>,
    /// The buyer's address.
    pub(crate) address: Option<Address>,
}

impl Wish {
    /// A paid one of this product for an adult.
    pub(crate) fn of(product: &'static str) -> Self {
        Self { product, category: "adult", paid: true, delivery: None, address: None }
    }
}

/// An issued annual ticket.
#[derive(Debug, Clone)]
pub(crate) struct Sold {
    /// Its path in the API.
    pub(crate) path: String,
    /// The path of the holder's link.
    pub(crate) own_path: String,
    /// Its id.
    pub(crate) id: String,
    /// Its order.
    pub(crate) order: OrderId,
    /// The sold ticket.
    pub(crate) ticket: TicketId,
}

/// What the gates are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Right {
    pub(crate) status: String,
    pub(crate) issue: i64,
    pub(crate) not_before: String,
    pub(crate) not_after: String,
    pub(crate) flags: i64,
    pub(crate) is_news: bool,
}

impl TestApp {
    /// Issues a day ticket, as the sale does it.
    pub(crate) async fn issue_day_ticket(&self, new: &NewDayTicket) -> DayTicket {
        let act = self.act();
        let made = cards::make_day_ticket(&act, &self.app.keys.signer(act.now), new);
        let rights = vec![made.right.clone()];
        let deed = async move |tx: &mut Conn| cards::issue_day_tickets(tx, &act, &rights);
        self.app.db.write(deed).await.expect("a day ticket");
        made
    }

    /// Issues an annual ticket, as the sale does it.
    pub(crate) async fn issue(&self, wish: Wish) -> Sold {
        let act = self.act();
        let (order, ticket) = (act.new_id(), act.new_id());
        let purchased_on = local_day(act.now, chrono_tz::Europe::Berlin);
        let issued = self.app.db.write(async move |tx: &mut Conn| -> Result<_, IssueError> {
            let product = wish.product.parse().expect("a key");
            let category = wish.category.parse().expect("a key");
            let product = catalog::store::product(tx, &product).await?.expect("a product");
            let category = catalog::store::category(tx, &category).await?.expect("a category");
            let scope = product.scope.clone().expect("a scope");
            let scope = catalog::store::scope(tx, &scope).await?.expect("a scope");
            let new = NewAnnualTicket {
                order_id: order,
                ticket_id: ticket,
                product: &product,
                category: &category,
                scope_id: scope.id.expect("an id"),
                paid: wish.paid,
                is_test: false,
                purchased_on,
                exchanged_on: None,
                starts_on: None,
                delivery: wish.delivery.clone(),
                address: wish.address.clone(),
                language: "en".to_owned(),
            };
            issue_annual_ticket(tx, &act, &new).await
        });
        let issued = issued.await.expect("an annual ticket");
        Sold {
            path: format!("/api/v1/annual-tickets/{}", issued.id),
            own_path: format!("/api/v1/personalizations/{}", issued.link_token),
            id: issued.id.to_string(),
            order,
            ticket,
        }
    }

    /// Issues an annual ticket and completes its personalization; answers what staff then see.
    pub(crate) async fn issue_complete(&self, wish: Wish) -> (Sold, Value) {
        let sold = self.issue(wish).await;
        self.complete(&sold).await;
        let body = self.read(&sold).await;
        (sold, body)
    }

    /// Completes the personalization of an annual ticket.
    pub(crate) async fn complete(&self, sold: &Sold) {
        let desk = self.personalization();
        desk.put_file(&format!("{}/photo", sold.path), "image/png", portrait(1)).await.expect(200);
        let ada = json!({"holder": {"given_name": "Ada", "family_name": "Lovelace"}});
        desk.put(&format!("{}/personalization", sold.path), &ada).await.expect(200);
        desk.post(&format!("{}/finalize", sold.path), &json!({})).await.expect(200);
    }

    /// An annual ticket as staff see it.
    pub(crate) async fn read(&self, sold: &Sold) -> Value {
        self.personalization().get(&sold.path).await.expect(200)
    }

    /// What the gates are told of it.
    pub(crate) async fn right_of(&self, sold: &Sold) -> Option<Right> {
        let mut conn = self.app.db.read().await.expect("a connection");
        let row: Option<(String, i64, String, String, i64, bool)> =
            conn.fetch_optional(&RIGHT_OF, args![&sold.id]).await.expect("a row");
        row.map(|(status, issue, not_before, not_after, flags, is_news)| Right {
            status,
            issue,
            not_before,
            not_after,
            flags,
            is_news,
        })
    }

    /// As if all gates had learnt everything.
    pub(crate) async fn gates_know_all(&self) {
        let written = self.app.db.write(async move |tx: &mut Conn| tx.execute(&NUMBER_RIGHTS, args![]).await);
        written.await.expect("numbered");
    }

    /// The id in the code of an annual ticket.
    pub(crate) async fn code_id_of(&self, sold: &Sold) -> CodeId {
        let mut conn = self.app.db.read().await.expect("a connection");
        let (id,): (i64,) = conn.fetch_one(&CODE_ID_OF, args![&sold.id]).await.expect("a row");
        CodeId::from_stored(id)
    }

    /// Prints the cards in a run and confirms it.
    pub(crate) async fn print(&self, cards: &[&Value]) -> Value {
        let desk = self.personalization();
        let run = desk.post("/api/v1/print-runs", &json!({"cards": cards})).await.expect(201);
        let printed = format!("/api/v1/print-runs/{}/printed", run["id"].as_str().expect("an id"));
        desk.post(&printed, &json!({"cards": "all"})).await.expect(200);
        run
    }
}

/// A picture that passes as a portrait; another one for each number.
pub(crate) fn portrait(number: u8) -> Vec<u8> {
    picture(600, 800, number)
}

/// A sharp picture of this size as PNG.
pub(crate) fn picture(width: u32, height: u32, number: u8) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, y| {
        let light = if (x / 4 + y / 4) % 2 == 0 { 60 } else { 190 };
        Rgb([light, number.wrapping_mul(40), 120])
    });
    encoded(&DynamicImage::ImageRgb8(picture))
}

/// The picture as PNG.
pub(crate) fn encoded(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).expect("a PNG");
    bytes.into_inner()
}
