//! Several cards of one order, bought and personalized through the public door.

use super::TestApp;
use super::annual_tickets::Sold;
use super::printing::{FinishedCard, address};
use passepartout::cards::Delivery;
use serde_json::{Value, json};
use testkit::museum::cash_order;

impl TestApp {
    /// The printed cards of one order, one for each given name, all of this family name.
    pub(crate) async fn household(
        &self,
        family: &str,
        given: &[&str],
        delivery: &Delivery,
        language: &str,
    ) -> Vec<FinishedCard> {
        let count = u32::try_from(given.len()).expect("few");
        let mut order = cash_order("jahreskarte", "adult", count, &format!("{}.00", 45 * count));
        order["buyer"]["language"] = json!(language);
        let placed = self.shop().post("/api/v1/orders", &order).await.expect(201);
        let desk = self.personalization();
        let mut cards = Vec::new();
        for (ticket, given) in placed["tickets"].as_array().expect("tickets").iter().zip(given) {
            let text = |value: &Value| value.as_str().expect("a text").to_owned();
            let id = text(&ticket["annual_tickets"][0]);
            let path = format!("/api/v1/annual-tickets/{id}");
            let portrait = card_face::sample_portrait(given.len() as u64);
            desk.put_file(&format!("{path}/photo"), "image/jpeg", portrait).await.expect(200);
            let person = json!({"holder": {"given_name": given, "family_name": family}, "address": address(), "delivery": delivery});
            desk.put(&format!("{path}/personalization"), &person).await.expect(200);
            desk.post(&format!("{path}/finalize"), &json!({})).await.expect(200);
            let card = desk.get(&path).await.expect(200)["card"].clone();
            let token = text(&ticket["personalization_url"]).rsplit('/').next().expect("a token").to_owned();
            let sold = Sold {
                path,
                own_path: format!("/api/v1/personalizations/{token}"),
                id,
                order: text(&placed["id"]).parse().expect("an id"),
                ticket: text(&ticket["id"]).parse().expect("an id"),
            };
            cards.push(FinishedCard { sold, id: card["id"].clone(), number: text(&card["number"]) });
        }
        let ids: Vec<&Value> = cards.iter().map(|card| &card.id).collect();
        self.print(&ids).await;
        cards
    }
}
