//! The holder's own page, as a browser without scripts sees it.

use crate::support::annual_tickets::{Wish, picture, portrait};
use crate::support::{TestApp, Upload, led_to};
use passepartout::cards::Delivery;
use serde_json::json;
use testkit::Answer;

const ADA: [(&str, &str); 9] = [
    ("given_name", "Ada"),
    ("family_name", "Lovelace"),
    ("street", "12 St James's Square"),
    ("extra", ""),
    ("postal_code", "SW1Y 4JH"),
    ("city", "London"),
    ("country", "GB"),
    ("delivery", "mail"),
    ("birth_date", ""),
];

on_both_databases! {
    async fn a_holder_makes_the_ticket_their_own_and_follows_the_card(app: TestApp) {
        let app = app.furnished().await;
        let (sold, page) = link(&app, Wish::of("jahreskarte")).await;
        let mut phone = app.browser();
        let form = phone.get(&page).await;
        assert_eq!(form.status, 200);
        contains(&form, &["Annual ticket", "From 4 July 2026 until 3 July 2027", "Choose a picture", "Pick it up: Schloss am See", "Seestraße 12"]);

        let saved = phone.post_file(&page, &ADA, Some(&photo(&portrait(1)))).await;
        assert_eq!(led_to(&saved), format!("{page}/check"));
        let check = phone.get(&format!("{page}/check")).await;
        contains(&check, &["Is everything right?", "Ada Lovelace", "12 St James&#39;s Square", "United Kingdom", "By post"]);
        let picture = phone.get(&format!("{page}/photo")).await;
        assert_eq!(picture.headers["content-type"], "image/jpeg");
        assert!(app.read(&sold).await.get("card").is_none(), "nothing is final before the holder says so");

        let confirmed = [("seen", seen(&check))];
        let confirmed = confirmed.each_ref().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(led_to(&phone.post(&format!("{page}/finalize"), &confirmed).await), page);
        let status = phone.get(&page).await;
        contains(&status, &["Your annual ticket", "4 July 2026", "3 July 2027", "Stadtmuseum", "Schloss am See", "Your card is being made"]);
        assert!(!status.text().contains("<input id="), "the link changes nothing any more");

        let card = app.read(&sold).await["card"].clone();
        app.print(&[&card["id"]]).await;
        contains(&phone.get(&page).await, &["will be posted soon"]);
        let posted = json!({"cards": [card["id"]], "carrier": "DHL", "tracking": "00340434"});
        app.mailroom().post("/api/v1/dispatches", &posted).await.expect(201);
        contains(&phone.get(&page).await, &["posted on 4 July 2026", "DHL 00340434"]);
        phone.language = "de";
        contains(&phone.get(&page).await, &["zur Post gegeben am 4. Juli 2026", "lang=\"de\""]);
    }

    async fn what_is_wrong_stands_beside_the_field_and_what_is_right_is_kept(app: TestApp) {
        let app = app.furnished().await;
        let (sold, page) = link(&app, Wish::of("jahreskarte")).await;
        let mut phone = app.browser();
        let empty = phone.post_file(&page, &[], None).await;
        assert_eq!(empty.status, 422);
        contains(&empty, &["Please check what you typed", "href=\"#given_name\"", "href=\"#photo\"", "href=\"#delivery\"", "autofocus"]);

        let mut fields = ADA;
        fields[3] = ("extra", "<b>\"Lodge\"</b>");
        fields[5] = ("city", " ");
        let wrong = phone.post_file(&page, &fields, Some(&photo(&portrait(2)))).await;
        assert_eq!(wrong.status, 422);
        contains(&wrong, &["id=\"city-wrong\"", "aria-describedby=\"city-wrong\"", "Please type the town.", "value=\"Lovelace\"", "value=\"&#60;b&#62;"]);
        assert!(!wrong.text().contains("href=\"#photo\""), "the photo was right and is kept");
        assert_eq!(app.read(&sold).await["missing"], json!(["holder.name"]));
        assert_eq!(led_to(&phone.post_file(&page, &ADA, None).await), format!("{page}/check"));
    }

    async fn a_photo_that_cannot_be_printed_is_named_and_the_rest_is_kept(app: TestApp) {
        let app = app.furnished().await;
        let (sold, page) = link(&app, Wish::of("jahreskarte")).await;
        let mut phone = app.browser();
        let large = vec![0_u8; 15 * 1024 * 1024 + 1];
        for (bytes, sentence) in [
            (picture(80, 80, 1), "too small to print"),
            (b"not a picture".to_vec(), "cannot be read as a picture"),
            (large, "at most 15 MB"),
        ] {
            let refused = phone.post_file(&page, &ADA, Some(&photo(&bytes))).await;
            assert_eq!(refused.status, 422);
            contains(&refused, &[sentence, "id=\"photo-wrong\"", "value=\"Lovelace\""]);
        }
        let stored = app.read(&sold).await;
        assert_eq!((&stored["missing"], &stored["holder"]["given_name"]), (&json!(["photo"]), &json!("Ada")));
        assert_eq!(led_to(&phone.get(&format!("{page}/check")).await), page, "nothing to confirm yet");
    }

    async fn twice_is_once_and_an_old_page_changes_nothing(app: TestApp) {
        let app = app.furnished().await;
        let (sold, page) = link(&app, Wish { delivery: Some(Delivery::Counter {}), ..Wish::of("jahreskarte") }).await;
        let mut phone = app.browser();
        phone.post_file(&page, &ADA, Some(&photo(&portrait(1)))).await;
        let old = seen(&phone.get(&format!("{page}/check")).await);

        let mut other = app.browser();
        let mut fields = ADA;
        fields[0] = ("given_name", "Augusta");
        other.post_file(&page, &fields, None).await;
        let finalize = format!("{page}/finalize");
        let changed = phone.post(&finalize, &[("seen", &old)]).await;
        assert_eq!(changed.status, 409);
        contains(&changed, &["changed in the meantime", "Augusta Lovelace"]);

        let seen = seen(&changed);
        let (mut first, mut second) = (phone.clone(), phone.clone());
        let fields = [("seen", seen.as_str())];
        let (one, two) = tokio::join!(first.post(&finalize, &fields), second.post(&finalize, &fields));
        assert_eq!((led_to(&one), led_to(&two)), (page.as_str(), page.as_str()));
        assert_eq!(led_to(&phone.post(&finalize, &fields).await), page);
        assert_eq!(led_to(&phone.post_file(&page, &ADA, Some(&photo(&portrait(9)))).await), page);
        let ticket = app.read(&sold).await;
        assert_eq!((&ticket["holder"]["given_name"], &ticket["card"]["issue"]), (&json!("Augusta"), &json!(1)));
        let made = ticket["history"].as_array().expect("a history").iter().filter(|entry| entry["action"] == "card.made");
        assert_eq!(made.count(), 1);
    }

    async fn an_unknown_link_is_answered_kindly_and_learns_nothing(app: TestApp) {
        let mut phone = app.browser();
        phone.language = "fr";
        for path in ["/p/nobodys", "/p/nobodys/check", "/p/%00", &format!("/p/{}", "x".repeat(5_000))] {
            let answer = phone.get(path).await;
            assert_eq!(answer.status, 404, "{path}");
            contains(&answer, &["Ce lien ne mène nulle part"]);
        }
        let posted = phone.post_file("/p/nobodys", &ADA, None).await;
        assert_eq!(posted.status, 404);
    }

    async fn pickup_in_a_house_and_a_cancelled_ticket(app: TestApp) {
        let app = app.furnished().await;
        let (sold, page) = link(&app, Wish::of("saisonkarte")).await;
        let mut phone = app.browser();
        let mut fields = ADA;
        fields[7] = ("delivery", "pickup:schloss");
        for index in 2..6 {
            fields[index] = (ADA[index].0, "");
        }
        assert_eq!(led_to(&phone.post_file(&page, &fields, Some(&photo(&portrait(1)))).await), format!("{page}/check"));
        contains(&phone.get(&format!("{page}/check")).await, &["You pick it up: Schloss am See (Seestraße 12, 14467 Potsdam)"]);
        fields[7] = ("delivery", "pickup:nowhere");
        assert_eq!(phone.post_file(&page, &fields, None).await.status, 422);
        assert_eq!(app.read(&sold).await["delivery"], json!({"kind": "pickup", "house": "schloss"}));
    }
}

/// Issues an annual ticket, and answers it with the path of its holder's page.
async fn link(app: &TestApp, wish: Wish) -> (crate::support::annual_tickets::Sold, String) {
    let sold = app.issue(wish).await;
    let page = sold.own_path.replace("/api/v1/personalizations/", "/p/");
    (sold, page)
}

fn photo(bytes: &[u8]) -> Upload<'_> {
    Upload { field: "photo", name: "me.png", bytes }
}

/// The fingerprint of what a page for checking shows.
fn seen(check: &Answer) -> String {
    let text = check.text();
    let value = text.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    value.expect("a fingerprint").to_owned()
}

#[track_caller]
fn contains(answer: &Answer, parts: &[&str]) {
    let text = answer.text();
    for part in parts {
        assert!(text.contains(part), "{part:?} is missing in {text}");
    }
}
