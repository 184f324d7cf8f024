//! From a sold annual ticket to a complete personalization, by staff and by the holder's own link.

use crate::support::annual_tickets::{Wish, portrait};
use db::{Conn, DbError, args};
use passepartout::cards::{self, Delivery};
use passepartout::jobs;
use serde_json::{Value, json};

db::statements! {
    /// The secret of a link.
    TOKEN_OF = "SELECT link_token FROM annual_tickets WHERE id = $1";
}

on_both_databases! {
    async fn a_link_that_was_forwarded_is_withdrawn_and_another_stands_in_its_place(app: TestApp) {
        let app = app.furnished().await;
        let sold = app.issue(Wish::of("jahreskarte")).await;
        let own = sold.own_path.clone();
        let name = json!({"holder": {"given_name": "Ada", "family_name": "Lovelace"}});
        app.stranger().put(&own, &name).await.expect(200);
        app.mailroom().post(&format!("{}/withdraw-link", sold.path), &json!({})).await.expect_refusal(403, "forbidden");
        let after = app.personalization().post(&format!("{}/withdraw-link", sold.path), &json!({})).await.expect(200);
        assert_eq!(after["holder"]["given_name"], "Ada", "what was entered stays");
        app.stranger().get(&own).await.expect_refusal(404, "not_found");
        app.stranger().put(&own, &name).await.expect_refusal(404, "not_found");
        let mut conn = app.app.db.read().await.expect("a connection");
        let token: Option<(String,)> = conn.fetch_optional(&TOKEN_OF, args![sold.id.clone()]).await.expect("read");
        let (token,) = token.expect("a link");
        drop(conn);
        let new = own.replace(own.rsplit('/').next().expect("the old token"), &token);
        assert_ne!(new, own);
        assert_eq!(app.stranger().get(&new).await.expect(200)["holder"]["family_name"], "Lovelace");
        let history = app.read(&sold).await["history"].to_string();
        assert!(history.contains("annual_ticket.link_withdrawn") && !history.contains(&token), "{history}");
    }

    async fn staff_complete_it_and_the_card_is_made(app: TestApp) {
        let app = app.furnished().await;
        let desk = app.personalization();
        let sold = app.issue(Wish::of("jahreskarte")).await;

        let before = app.read(&sold).await;
        assert_eq!(before["state"], "awaiting_personalization");
        assert_eq!(before["status"], "active");
        assert_eq!(before["missing"], json!(["photo", "holder.name"]));
        assert_eq!((&before["valid_from"], &before["valid_until"]), (&json!("2026-07-04"), &json!("2027-07-03")));
        assert!(before.get("card").is_none());
        let refusal = desk.post(&format!("{}/finalize", sold.path), &json!({})).await;
        let refusal = refusal.expect_refusal(409, "personalization_incomplete");
        assert_eq!(refusal["missing"], json!(["photo", "holder.name"]));

        app.complete(&sold).await;
        let after = app.read(&sold).await;
        assert_eq!(after["state"], "complete");
        assert_eq!(after["missing"], json!([]));
        assert_eq!(after["holder"], json!({"given_name": "Ada", "family_name": "Lovelace"}));
        assert_eq!(after["card"]["state"], "ready_to_print", "print data is made at once");
        assert_eq!(after["card"]["issue"], 1);
        assert_eq!(after["card"]["code"].as_str().map(str::len), Some(200));
        assert_eq!(after["card"]["number"].as_str().map(str::len), Some(14));
        let actions: Vec<_> = after["history"].as_array().expect("a history").iter().map(|entry| &entry["action"]).collect();
        assert_eq!(actions, [
            "annual_ticket.issued", "annual_ticket.portrayed", "annual_ticket.personalized", "annual_ticket.finalized",
            "card.made", "card.frozen",
        ]);
        assert!(!after["history"].to_string().contains("Lovelace"), "no name in the history");

        let right = app.right_of(&sold).await.expect("a right");
        assert_eq!((right.status.as_str(), right.issue, right.is_news), ("not_collected", 1, true));
        assert_eq!((right.not_before.as_str(), right.not_after.as_str()), ("2026-07-04", "2027-07-03"));
        assert_eq!(right.flags, 0, "an adult needs no proof");
        desk.post(&format!("{}/finalize", sold.path), &json!({})).await.expect_refusal(409, "already_finalized");
    }

    async fn the_holder_completes_it_once_and_then_only_reads(app: TestApp) {
        let app = app.furnished().await;
        let holder = app.stranger();
        let sold = app.issue(Wish::of("jahreskarte")).await;
        let photo = format!("{}/photo", sold.own_path);
        let finalize = format!("{}/finalize", sold.own_path);

        holder.get("/api/v1/personalizations/none").await.expect_refusal(404, "not_found");
        holder.put("/api/v1/personalizations/none", &json!({})).await.expect_refusal(404, "not_found");
        holder.post(&finalize, &json!({})).await.expect_refusal(409, "personalization_incomplete");
        let name = json!({"holder": {"family_name": "Suharto"}, "delivery": {"kind": "pickup", "house": "schloss"}});
        let seen = holder.put(&sold.own_path, &name).await.expect(200);
        assert_eq!(seen["missing"], json!(["photo"]), "one name part is enough");
        let seen = holder.put_file(&photo, "image/png", portrait(1)).await.expect(200);
        assert_eq!(seen["warnings"], json!([]));
        assert_eq!(holder.post(&finalize, &json!({})).await.expect(200)["state"], "complete");

        let seen = holder.get(&sold.own_path).await.expect(200);
        assert_eq!(seen["holder"], json!({"family_name": "Suharto"}));
        assert_eq!(seen["card_state"], "ready_to_print");
        assert!(seen.get("history").is_none() && !seen.to_string().contains("code"));
        assert_eq!(holder.get(&photo).await.status, 200);
        holder.put(&sold.own_path, &name).await.expect_refusal(409, "already_finalized");
        holder.put_file(&photo, "image/png", portrait(2)).await.expect_refusal(409, "already_finalized");
        holder.post(&finalize, &json!({})).await.expect_refusal(409, "already_finalized");

        let listed = app.mailroom().get("/api/v1/cards?house=schloss&state=ready_to_print").await.expect(200);
        assert_eq!(listed["items"][0]["holder"], json!({"family_name": "Suharto"}));
        let history = app.read(&sold).await["history"].clone();
        assert!(history.to_string().contains(&format!("holder:{}", sold.id)));
    }

    async fn what_cannot_be_right_is_refused_and_changes_nothing(app: TestApp) {
        let app = app.furnished().await;
        let sold = app.issue(Wish::of("jahreskarte")).await;
        let path = format!("{}/personalization", sold.path);
        let before = app.read(&sold).await;
        let address = |country: &str| json!({"address": {"lines": ["Am Markt 1"], "city": "Potsdam", "country": country}});
        for (body, at, reason) in [
            (json!({"holder": {"given_name": "x".repeat(201)}}), "holder.given_name", "too_long"),
            (json!({"holder": {"family_name": "ü".repeat(201)}}), "holder.family_name", "too_long"),
            (json!({"holder": {"given_name": 7}}), "holder.given_name", "wrong_type"),
            (json!({"holder": {"nickname": "Ada"}}), "holder.nickname", "unknown_field"),
            (json!({"holder": {"birth_date": "2026-07-05"}}), "holder.birth_date", "in_the_future"),
            (json!({"holder": {"birth_date": "1815-12-10"}}), "holder.birth_date", "too_early"),
            (json!({"holder": {"birth_date": "10.12.1985"}}), "holder.birth_date", "invalid_value"),
            (json!({"photo": "x"}), "photo", "unknown_field"),
            (address("Germany"), "address.country", "unknown_country"),
            (json!({"delivery": {"kind": "pickup", "house": "burg"}}), "delivery.house", "unknown_key"),
            (json!({"starts_on": "2026-08-01"}), "starts_on", "cannot_be_chosen"),
        ] {
            app.personalization().put(&path, &body).await.expect_invalid(at, reason);
            app.stranger().put(&sold.own_path, &body).await.expect_invalid(at, reason);
        }
        app.personalization().put(&path, &json!({"delivery": {"kind": "pigeon"}})).await.expect_refusal(422, "invalid_input");
        assert_eq!(app.read(&sold).await, before);
        let nowhere = "/api/v1/annual-tickets/00000000-0000-7000-8000-000000000000";
        app.personalization().get(nowhere).await.expect_refusal(404, "not_found");
        app.personalization().get("/api/v1/annual-tickets/seven").await.expect_refusal(404, "not_found");
        app.personalization().put(&format!("{nowhere}/personalization"), &json!({})).await.expect_refusal(404, "not_found");
    }

    async fn names_of_all_scripts_are_kept_composed_and_found(app: TestApp) {
        let app = app.furnished().await;
        let sold = app.issue(Wish::of("jahreskarte")).await;
        let path = format!("{}/personalization", sold.path);
        let long = "ß".repeat(200);
        for (typed, kept, searched) in [
            ("  Zoe\u{308}  ", "Zoë", "zoe"),
            ("Nguye\u{302}\u{303}n", "Nguyễn", "NGUYEN"),
            ("\u{202E}محمد", "محمد", "محمد"),
            ("שרה", "שרה", "שרה"),
            ("Müller\u{200B}", "Müller", "mueller"),
            (long.as_str(), long.as_str(), "ss"),
        ] {
            let answer = app.personalization().put(&path, &json!({"holder": {"given_name": typed}})).await.expect(200);
            assert_eq!(answer["holder"], json!({"given_name": kept}));
            let found = app.personalization().get(&format!("/api/v1/annual-tickets?q={searched}")).await.expect(200);
            assert_eq!(found["items"][0]["id"], sold.id, "{searched}");
        }
        let none = app.personalization().get("/api/v1/annual-tickets?q=lovelace").await.expect(200);
        assert_eq!(none["items"], json!([]));
        let cleared = app.personalization().put(&path, &json!({"holder": {"given_name": " \u{200B} "}})).await.expect(200);
        assert_eq!(cleared["missing"], json!(["photo", "holder.name"]), "invisible characters are no name");
    }

    async fn post_needs_an_address_wherever_it_comes_from(app: TestApp) {
        let app = app.furnished().await;
        let mail = Wish { delivery: Some(Delivery::Mail {}), ..Wish::of("jahreskarte") };
        let sold = app.issue(mail.clone()).await;
        assert_eq!(app.read(&sold).await["missing"], json!(["photo", "holder.name", "address"]));
        let address = json!({"lines": ["Am Markt 1"], "postal_code": "14467", "city": "Potsdam", "country": "DE"});
        let path = format!("{}/personalization", sold.path);
        let answer = app.personalization().put(&path, &json!({"address": address})).await.expect(200);
        assert_eq!(answer["missing"], json!(["photo", "holder.name"]));
        assert_eq!(answer["delivery"], json!({"kind": "mail"}), "what is absent stays");

        let buyer = serde_json::from_value(address).expect("an address");
        let sold = app.issue(Wish { address: Some(buyer), ..mail }).await;
        assert_eq!(app.read(&sold).await["missing"], json!(["photo", "holder.name"]));
    }

    async fn printing_waits_for_the_payment(app: TestApp) {
        let app = app.furnished().await;
        let (sold, waiting) = app.issue_complete(Wish { paid: false, ..Wish::of("jahreskarte") }).await;
        assert_eq!(waiting["card"]["state"], "preparing");
        assert_eq!(waiting["card"]["waiting_for"], "payment");
        assert_eq!(app.run_jobs().await, 0);
        assert_eq!(app.right_of(&sold).await, None, "no gate admits it");

        let (act, order) = (app.act(), sold.order);
        let paid = app.app.db.write(async move |tx: &mut Conn| cards::mark_order_paid(tx, &act, order).await);
        let released = paid.await.expect("paid");
        assert_eq!(released.len(), 1);
        jobs::run_now(&app.app, cards::PREPARE_PRINT_DATA, released[0]).await.expect("prepared");
        let card = app.read(&sold).await["card"].clone();
        assert_eq!((&card["state"], card.get("waiting_for")), (&json!("ready_to_print"), None));
        assert!(app.right_of(&sold).await.is_some());
    }

    async fn whoever_saves_second_is_told_what_differs(app: TestApp) {
        let app = app.furnished().await;
        let sold = app.issue(Wish::of("jahreskarte")).await;
        let (path, desk) = (format!("{}/personalization", sold.path), app.personalization());
        let seen = app.read(&sold).await["revision"].clone();
        let of = |name: &str, revision: &Value| json!({"holder": {"family_name": name}, "revision": revision});
        let first = desk.put(&path, &of("Lovelace", &seen)).await.expect(200);
        assert_ne!(first["revision"], seen);
        let refused = desk.put(&path, &of("King", &seen)).await;
        let problem = refused.json();
        assert_eq!((refused.status, &problem["reason"], &problem["revision"]), (409, &json!("changed_meanwhile"), &first["revision"]));
        assert_eq!(problem["differences"], json!([{"field": "holder.family_name", "stored": "Lovelace", "sent": "King"}]));
        assert_eq!(app.read(&sold).await["holder"]["family_name"], "Lovelace");
        desk.put(&path, &of("Lovelace", &seen)).await.expect(200);
        desk.put(&path, &of("King", &problem["revision"])).await.expect(200);
        desk.put(&path, &json!({"holder": {"family_name": "Byron"}})).await.expect(200);
    }

    async fn a_product_may_not_insist_on_the_payment(app: TestApp) {
        let app = app.furnished().await;
        let mut product = app.admin().get("/api/v1/products/jahreskarte").await.expect(200);
        product["allow_unpaid"] = json!(true);
        app.admin().put("/api/v1/products/jahreskarte", &product).await.expect(200);
        let (_, body) = app.issue_complete(Wish { paid: false, ..Wish::of("jahreskarte") }).await;
        assert_eq!(body["card"]["state"], "ready_to_print");
    }

    async fn a_reduced_card_asks_for_a_proof_and_companions_stand_on_it(app: TestApp) {
        let app = app.furnished().await;
        let mut product = app.admin().get("/api/v1/products/jahreskarte").await.expect(200);
        product["companions"] = json!(2);
        app.admin().put("/api/v1/products/jahreskarte", &product).await.expect(200);
        let (sold, _) = app.issue_complete(Wish { category: "reduced", ..Wish::of("jahreskarte") }).await;
        assert_eq!(app.right_of(&sold).await.map(|right| right.flags), Some(0b0001_0010));
    }

    async fn the_first_day_can_be_chosen_in_its_window(app: TestApp) {
        let app = app.furnished().await;
        set_validity(&app, json!({"start": "chosen", "months": 12, "window_days": 30})).await;
        let sold = app.issue(Wish::of("jahreskarte")).await;
        let path = format!("{}/personalization", sold.path);
        let desk = app.personalization();
        desk.put(&path, &json!({"starts_on": "2026-08-04"})).await.expect_invalid("starts_on", "outside_window");
        desk.put(&path, &json!({"starts_on": "2026-07-03"})).await.expect_invalid("starts_on", "outside_window");
        let answer = desk.put(&path, &json!({"starts_on": "2026-08-03"})).await.expect(200);
        assert_eq!((&answer["valid_from"], &answer["valid_until"]), (&json!("2026-08-03"), &json!("2027-08-02")));
        app.complete(&sold).await;

        let moved = desk.put(&path, &json!({"starts_on": "2026-07-20"})).await.expect(200);
        assert_eq!(moved["valid_until"], "2027-07-19");
        let right = app.right_of(&sold).await.expect("a right");
        assert_eq!((right.not_before.as_str(), right.not_after.as_str()), ("2026-07-20", "2027-07-19"));
        assert_eq!(app.read(&sold).await["card"]["state"], "ready_to_print", "the card is made anew by itself");
        app.set_time("2026-07-20T09:00:00Z");
        desk.put(&path, &json!({"starts_on": "2026-07-25"})).await.expect_refusal(409, "already_begun");
    }

    async fn a_period_may_begin_with_the_personalization(app: TestApp) {
        let app = app.furnished().await;
        set_validity(&app, json!({"start": "personalization", "months": 12})).await;
        let sold = app.issue(Wish::of("jahreskarte")).await;
        assert!(app.read(&sold).await.get("valid_from").is_none(), "nobody knows yet");
        app.set_time("2028-02-29T09:00:00Z");
        app.complete(&sold).await;
        let after = app.read(&sold).await;
        assert_eq!((&after["valid_from"], &after["valid_until"]), (&json!("2028-02-29"), &json!("2029-02-28")));
    }

    async fn a_period_may_begin_with_the_first_entry_and_the_earliest_counts(app: TestApp) {
        let app = app.furnished().await;
        set_validity(&app, json!({"start": "first_entry", "months": 12})).await;
        let (sold, body) = app.issue_complete(Wish::of("jahreskarte")).await;
        assert_eq!(body["from_first_entry"], true);
        assert_eq!(body["valid_until"], "2026-09-04", "the last day for the first entry");
        assert_eq!(app.right_of(&sold).await.map(|right| right.flags), Some(1));

        for (day, until) in [("2026-07-10", "2027-07-09"), ("2026-07-08", "2027-07-07"), ("2026-07-12", "2027-07-07")] {
            enter(&app, &sold, day).await;
            let right = app.right_of(&sold).await.expect("a right");
            assert_eq!((right.not_after.as_str(), right.flags), (until, 0), "{day}");
            assert_eq!(app.read(&sold).await["valid_until"], until);
            // A new card forgets nothing of it.
            app.personalization().post(&format!("{}/replace", sold.path), &json!({})).await.expect(200);
        }
        app.personalization().post(&format!("{}/renew", sold.path), &json!({})).await.expect(200);
        enter(&app, &sold, "2026-07-07").await;
        assert_eq!(app.read(&sold).await["valid_until"], "2028-07-07", "a renewed period is not the first one any more");
    }

    async fn a_period_whose_first_entry_never_comes_begins_by_itself(app: TestApp) {
        let app = app.furnished().await;
        set_validity(&app, json!({"start": "first_entry", "months": 12})).await;
        let (sold, _) = app.issue_complete(Wish::of("jahreskarte")).await;
        app.set_time("2026-09-03T21:59:00Z");
        assert_eq!(app.run_jobs().await, 0);
        app.set_time("2026-09-03T22:00:00Z");
        assert_eq!(app.run_jobs().await, 1, "midnight in Berlin");
        let right = app.right_of(&sold).await.expect("a right");
        assert_eq!((right.not_before.as_str(), right.not_after.as_str(), right.flags), ("2026-09-04", "2027-09-03", 0));
        let body = app.read(&sold).await;
        assert_eq!((&body["valid_until"], body.get("from_first_entry")), (&json!("2027-09-03"), None));
    }
}

async fn set_validity(app: &crate::support::TestApp, validity: Value) {
    let mut product = app.admin().get("/api/v1/products/jahreskarte").await.expect(200);
    product["validity"] = validity;
    app.admin().put("/api/v1/products/jahreskarte", &product).await.expect(200);
}

async fn enter(app: &crate::support::TestApp, sold: &crate::support::annual_tickets::Sold, day: &str) {
    let (act, code, day) = (app.act(), app.code_id_of(sold).await, day.parse().expect("a day"));
    let entered = app.app.db.write(async move |tx: &mut Conn| {
        cards::record_entry(tx, &act, code, Some(1), day).await?;
        Ok::<_, DbError>(())
    });
    entered.await.expect("entered");
}
