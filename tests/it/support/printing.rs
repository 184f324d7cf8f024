//! Finished cards for tests of what happens to them: with a holder, a portrait and print data.

use super::TestApp;
use super::annual_tickets::{Sold, Wish};
use passepartout::cards::Delivery;
use passepartout::kernel::address::Address;
use serde_json::{Value, json};

/// A card with print data, or one that was set aside.
#[derive(Debug, Clone)]
pub(crate) struct FinishedCard {
    /// The annual ticket it is for.
    pub(crate) sold: Sold,
    /// Its id.
    pub(crate) id: Value,
    /// Its number.
    pub(crate) number: String,
}

impl FinishedCard {
    /// Its path in the API.
    pub(crate) fn path(&self) -> String {
        format!("/api/v1/cards/{}", self.id.as_str().expect("an id"))
    }
}

impl TestApp {
    /// A card for a holder of this family name, which comes to the holder in this way.
    pub(crate) async fn finished_card(&self, family_name: &str, delivery: Option<Delivery>) -> FinishedCard {
        let wish = Wish { delivery, address: Some(address()), ..Wish::of("jahreskarte") };
        let sold = self.issue(wish).await;
        let desk = self.personalization();
        let portrait = card_face::sample_portrait(family_name.len() as u64);
        desk.put_file(&format!("{}/photo", sold.path), "image/jpeg", portrait).await.expect(200);
        let holder = json!({"holder": {"given_name": "Ada", "family_name": family_name}});
        desk.put(&format!("{}/personalization", sold.path), &holder).await.expect(200);
        desk.post(&format!("{}/finalize", sold.path), &json!({})).await.expect(200);
        let card = self.read(&sold).await["card"].clone();
        let number = card["number"].as_str().expect("a number").to_owned();
        FinishedCard { sold, id: card["id"].clone(), number }
    }

    /// So many cards for holders who chose no way.
    pub(crate) async fn finished_cards(&self, count: usize) -> Vec<FinishedCard> {
        let mut cards = Vec::new();
        for place in 0..count {
            cards.push(self.finished_card(&format!("Lovelace-{place}"), None).await);
        }
        cards
    }

    /// A printed card for a holder of this family name, which comes to the holder in this way.
    pub(crate) async fn printed_card(&self, family_name: &str, delivery: Option<Delivery>) -> FinishedCard {
        let card = self.finished_card(family_name, delivery).await;
        self.print(&[&card.id]).await;
        card
    }

    /// Where a card stands.
    pub(crate) async fn state_of(&self, card: &FinishedCard) -> Value {
        self.mailroom().get(&card.path()).await.expect(200)["state"].clone()
    }
}

/// The card is fetched in this house.
pub(crate) fn pickup_in(house: &str) -> Delivery {
    Delivery::Pickup { house: house.parse().expect("a key") }
}

/// Where the holders live.
pub(crate) fn address() -> Address {
    Address {
        lines: vec!["12 St James's Square".to_owned()],
        postal_code: "SW1Y 4JH".to_owned(),
        city: "London".to_owned(),
        country: "GB".to_owned(),
    }
}
