//! Households in one envelope: which cards travel together, and that a card and a letter that do not belong together are refused.

use crate::pages_print::{contains, form_of, send};
use crate::support::printing::FinishedCard;
use crate::support::{Browser, TestApp, led_to};
use passepartout::cards::Delivery;
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};
use testkit::Answer;

fn ids(cards: &[FinishedCard]) -> Vec<Value> {
    cards.iter().map(|card| card.id.clone()).collect()
}

/// The code on the letter of a card, as the file is called by it.
async fn letter_of(app: &TestApp, mail: &mut Browser, card: &FinishedCard) -> String {
    let id = card.id.as_str().expect("an id");
    let answer = mail.get(&format!("/mailroom/pack/letter.pdf?card={id}")).await;
    assert_eq!((answer.status, &answer.body[..5]), (200, b"%PDF-".as_slice()));
    let by_api = app.mailroom().get(&format!("{}/letter.pdf", card.path())).await;
    assert_eq!(by_api.status, 200);
    let name = answer.headers["content-disposition"].to_str().expect("a name").to_owned();
    name.chars().filter(char::is_ascii_digit).collect()
}

/// Reads a code on the page at `path`.
async fn read(mail: &mut Browser, path: &str, code: &str) -> Answer {
    let page = mail.get(path).await;
    let form = form_of(&page, "/mailroom/pack/scan", &[("carrier", "DHL"), ("scan", code)]);
    send(mail, "/mailroom/pack/scan", &form).await
}

on_both_databases! {
    async fn a_family_of_four_goes_into_one_envelope_and_wrong_pairs_are_refused(app: TestApp) {
        let app = app.furnished().await;
        let by_mail = Delivery::Mail {};
        let family = app.household("Müller", &["Zoë", "Jürgen", "Mia", "Ben"], &by_mail, "de").await;
        let other = app.household("Kowalska", &["Łucja"], &by_mail, "de").await;
        let mut mail = app.browser_of(Role::Mailroom).await;
        let code = letter_of(&app, &mut mail, &family[2]).await;
        assert_eq!(code.len(), 20);
        assert_eq!(code, letter_of(&app, &mut mail, &family[0]).await, "one letter for the four");
        let foreign = letter_of(&app, &mut mail, &other[0]).await;
        assert_ne!(code, foreign);

        let mut path = "/mailroom/pack".to_owned();
        for (place, card) in family.iter().enumerate() {
            let taken = read(&mut mail, &path, &card.number).await;
            path = led_to(&taken).to_owned();
            let page = mail.get(&path).await;
            contains(&page, &["These 4 cards go together", "data-scan-result=\"good\"", "12 St James&#39;s Square"]);
            assert_eq!(page.text().matches("<li class=\"read\"").count(), place + 1);
            for (wrong, sentence) in [(&other[0].number, "belongs into another envelope"), (&foreign, "for another envelope")] {
                let refused = read(&mut mail, &path, wrong).await;
                assert_eq!(refused.status, 409);
                contains(&refused, &[sentence, "data-scan-result=\"refused\""]);
            }
            assert_eq!(app.state_of(card).await, "ready_for_dispatch", "nothing leaves before the letter was read");
        }
        let posted = read(&mut mail, &path, &code).await;
        assert_eq!(led_to(&posted), "/mailroom/pack?carrier=DHL&posted=4");
        contains(&mail.get(led_to(&posted)).await, &["4 cards are posted.", "/undo?from="]);
        for card in &family {
            let shown = app.mailroom().get(&card.path()).await.expect(200);
            assert_eq!(shown["state"], "dispatched", "each is still a card of its own");
            assert!(shown["history"].to_string().contains("card.paired"), "{}", shown["history"]);
        }
        assert_eq!(app.state_of(&other[0]).await, "ready_for_dispatch");
    }

    async fn a_letter_is_void_when_somebody_of_the_household_moves_or_fetches_the_card(app: TestApp) {
        let app = app.furnished().await;
        let family = app.household("Byron", &["Ada", "Annabella"], &Delivery::Mail {}, "en").await;
        let mut mail = app.browser_of(Role::Mailroom).await;
        let code = letter_of(&app, &mut mail, &family[0]).await;
        let path = family[1].sold.path.clone();
        let moved = json!({"address": {"lines": ["Am Markt 1"], "postal_code": "14467", "city": "Potsdam", "country": "DE"}});
        app.personalization().put(&format!("{path}/personalization"), &moved).await.expect(200);
        contains(&read(&mut mail, "/mailroom/pack", &code).await, &["This letter is void", "data-scan-result=\"refused\""]);
        let alone = letter_of(&app, &mut mail, &family[0]).await;
        assert_ne!(alone, code);
        let body = |letter: &str, cards: &[FinishedCard]| json!({"letter": letter, "cards": ids(cards)});
        let api = app.mailroom();
        api.post("/api/v1/envelopes", &body(&code, &family)).await.expect_refusal(409, "wrong_letter");
        api.post("/api/v1/envelopes", &body(&alone, &family)).await.expect_refusal(409, "wrong_letter");
        api.post("/api/v1/envelopes", &body(&alone, &family[..1])).await.expect(201);
        api.post("/api/v1/envelopes", &body("123", &family)).await.expect_invalid("letter", "invalid_value");

        // The other way: she fetches it after all, so its letter is void too.
        let letter = letter_of(&app, &mut mail, &family[1]).await;
        let fetched = json!({"delivery": {"kind": "pickup", "house": "schloss"}});
        app.personalization().put(&format!("{path}/personalization"), &fetched).await.expect(200);
        api.post("/api/v1/envelopes", &body(&letter, &family[1..])).await.expect_refusal(409, "wrong_letter");
        api.get(&format!("{}/letter.pdf", family[1].path())).await.expect_refusal(404, "not_found");
    }

    async fn an_envelope_waits_for_all_of_its_cards(app: TestApp) {
        let app = app.furnished().await;
        let family = app.household("Curie", &["Marie", "Irène", "Ève"], &Delivery::Mail {}, "fr").await;
        let mut mail = app.browser_of(Role::Mailroom).await;
        let letter = letter_of(&app, &mut mail, &family[0]).await;
        let some = json!({"letter": letter, "cards": ids(&family[..2])});
        app.mailroom().post("/api/v1/envelopes", &some).await.expect_refusal(409, "wrong_pair");
        // The letter may be read first; what is missing is shown.
        let begun = read(&mut mail, "/mailroom/pack", &letter).await;
        let page = mail.get(led_to(&begun)).await;
        assert_eq!(page.text().matches("<li class=\"open\"").count(), 3);
        for card in &family {
            assert_eq!(app.state_of(card).await, "ready_for_dispatch");
        }
    }
}
