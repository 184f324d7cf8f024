//! The counter in a browser: photos looked at with one key each, two clerks at one record, and a card from the form into a hand.

use crate::support::TestApp;
use crate::support::annual_tickets::{Sold, Wish, portrait};
use crate::support::chromium::{Chromium, Setup};
use passepartout::kernel::roles::Role;
use serde_json::json;

const CLERK: &[Role] = &[Role::Personalization];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_morning_at_the_counter() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let mut product = app.admin().get("/api/v1/products/jahreskarte").await.expect(200);
    product["photo_review"] = json!("always");
    app.admin().put("/api/v1/products/jahreskarte", &product).await.expect(200);
    let names = ["Zoë Müller", "Ada Lovelace", "Nguyễn Thị Minh", "Ayşe Yılmaz"];
    let mut uploaded = Vec::new();
    for (number, name) in (1..).zip(names) {
        uploaded.push(complete_at_home(&app, name, number).await);
    }
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.sign_in(&app, CLERK).await;

    // Photos: one key each, and the next one is there.
    desk.open("/annual-tickets/photos").await;
    desk.says(&["4 photos wait", names[0]]).await;
    desk.until("document.activeElement.matches('button.primary')").await;
    desk.until("[...document.images].every((image) => image.naturalWidth > 0)").await;
    desk.shot("counter-photos").await;
    desk.assert_fits().await;
    desk.keys("a").await;
    desk.says(&["3 photos wait", names[1]]).await;
    desk.keys("2").await;
    desk.until("document.querySelector('input[value=\"face_covered\"]').checked").await;
    desk.keys("r").await;
    desk.says(&["2 photos wait", names[2]]).await;
    desk.keys("c").await;
    desk.until("document.activeElement.matches('[data-canvas]')").await;
    desk.keys("++").await;
    desk.shot("counter-photos-crop").await;
    desk.click("[data-use]").await;
    desk.says(&["1 photo waits", names[3]]).await;
    let states = async |sold: &Sold| app.read(sold).await["card"]["state"].clone();
    assert_eq!(states(&uploaded[0]).await, "ready_to_print");
    assert_eq!(states(&uploaded[1]).await, "set_aside");
    assert_eq!(states(&uploaded[2]).await, "ready_to_print", "what the desk cuts needs no second look");

    // The holder whose photo was refused, on a phone.
    let phone = Chromium::at(&app, Setup::PHONE).await;
    phone.open(&uploaded[1].own_path.replace("/api/v1/personalizations", "/p")).await;
    phone.says(&["Please choose another photo", "The face is covered"]).await;
    phone.assert_fits().await;
    phone.shot("counter-photo-asked-again").await;
    drop(phone);

    // Two clerks at one record: the second sees both versions and decides.
    let sold = app.issue(Wish::of("jahreskarte")).await;
    let record = format!("/annual-tickets/{}", sold.id);
    desk.open(&record).await;
    desk.type_into("given_name", "Augusta").await;
    desk.type_into("family_name", "King").await;
    let colleague = json!({"holder": {"given_name": "Ada", "family_name": "Lovelace"}});
    app.personalization().put(&format!("{}/personalization", sold.path), &colleague).await.expect(200);
    app.personalization().put_file(&format!("{}/photo", sold.path), "image/png", portrait(7)).await.expect(200);
    desk.click("button[type='submit'].secondary").await;
    desk.says(&["Somebody else changed something meanwhile", "Lovelace", "King", "Discard what I typed"]).await;
    desk.shot("counter-two-clerks").await;
    desk.assert_fits().await;
    desk.click("#conflict a.secondary").await;
    desk.until("document.getElementById('family_name').value === 'Lovelace'").await;

    // Finish, print now, printed well, hand over: the primary button, four times.
    desk.open(&record).await;
    desk.go_on().await;
    desk.says(&["ready to print", "Print now"]).await;
    desk.shot("counter-print-now").await;
    desk.go_on().await;
    desk.says(&["Has the card come out well?"]).await;
    desk.until("[...document.images].every((image) => image.naturalWidth > 0)").await;
    desk.shot("counter-look").await;
    desk.assert_fits().await;
    desk.click("button[form='good']").await;
    desk.arrives_where(|path| path.starts_with("/mailroom/handover")).await;
    desk.says(&["Ada Lovelace"]).await;
    desk.shot("counter-hand-over").await;
    desk.click("#handover button.primary").await;
    desk.arrives_at("/mailroom/handover").await;
    assert_eq!(states(&sold).await, "handed_over");
}

/// An annual ticket whose holder completed it at home; its photo waits.
pub(super) async fn complete_at_home(app: &TestApp, name: &str, number: u8) -> Sold {
    let sold = app.issue(Wish::of("jahreskarte")).await;
    let own = sold.own_path.as_str();
    let holder = json!({"holder": {"family_name": name}, "delivery": {"kind": "counter"}});
    let picture = card_face::sample_portrait(number.into());
    app.stranger().put_file(&format!("{own}/photo"), "image/jpeg", picture).await.expect(200);
    app.stranger().put(own, &holder).await.expect(200);
    app.stranger().post(&format!("{own}/finalize"), &json!({})).await.expect(200);
    sold
}
