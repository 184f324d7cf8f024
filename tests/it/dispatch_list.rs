//! The mailroom's lists: to post, to lay ready, to issue at the counter.

use crate::support::printing::pickup_in;
use passepartout::cards::Delivery;
use serde_json::{Value, json};

on_both_databases! {
    async fn each_card_waits_in_the_pile_that_its_holder_chose(app: TestApp) {
        let app = app.furnished().await;
        let by_post = app.printed_card("Mail", Some(Delivery::Mail {})).await;
        app.wait_secs(60);
        let schloss = app.printed_card("Schloss", Some(pickup_in("schloss"))).await;
        app.wait_secs(60);
        let stadtmuseum = app.printed_card("Stadtmuseum", Some(pickup_in("stadtmuseum"))).await;
        app.wait_secs(60);
        let nobody_chose = app.printed_card("Counter", None).await;
        app.finished_card("Not printed", Some(Delivery::Mail {})).await;

        for (query, ids) in [
            ("", vec![&by_post.id, &schloss.id, &stadtmuseum.id, &nobody_chose.id]),
            ("?kind=mail", vec![&by_post.id]),
            ("?kind=pickup", vec![&schloss.id, &stadtmuseum.id]),
            ("?kind=pickup&house=schloss", vec![&schloss.id]),
            ("?house=stadtmuseum", vec![&stadtmuseum.id]),
            ("?kind=counter", vec![&nobody_chose.id]),
        ] {
            let list = app.mailroom().get(&format!("/api/v1/dispatch-list{query}")).await.expect(200);
            let listed: Vec<&Value> = list["items"].as_array().expect("a list").iter().map(|card| &card["id"]).collect();
            assert_eq!(listed, ids, "{query}");
            let counts = json!({"mail": 1, "pickup": {"schloss": 1, "stadtmuseum": 1}, "counter": 1});
            assert_eq!(list["counts"], counts, "{query}");
        }
        let list = app.mailroom().get("/api/v1/dispatch-list?limit=1").await.expect(200);
        let card = &list["items"][0];
        assert_eq!((&card["number"], &card["holder"]), (&json!(by_post.number), &json!("Ada Mail")));
        assert_eq!(card["address"]["city"], "London");
        let next = format!("/api/v1/dispatch-list?limit=1&after={}", list["next"].as_str().expect("a next page"));
        let second = app.mailroom().get(&next).await.expect(200);
        assert_eq!((&second["items"][0]["id"], second["items"][0].get("address")), (&schloss.id, None));
        app.mailroom().get("/api/v1/dispatch-list?kind=mail&house=schloss").await.expect_invalid("house", "not_with_others");
        app.mailroom().get("/api/v1/dispatch-list?kind=pigeon").await.expect_refusal(422, "invalid_input");
    }

    async fn a_card_changes_its_pile_with_the_holders_choice(app: TestApp) {
        let app = app.furnished().await;
        let card = app.printed_card("Lovelace", Some(Delivery::Mail {})).await;
        let changed = json!({"delivery": {"kind": "pickup", "house": "schloss"}});
        app.personalization().put(&format!("{}/personalization", card.sold.path), &changed).await.expect(200);
        let list = app.mailroom().get("/api/v1/dispatch-list?kind=pickup&house=schloss").await.expect(200);
        assert_eq!(list["items"][0]["id"], card.id);
        assert_eq!(list["counts"], json!({"mail": 0, "pickup": {"schloss": 1}, "counter": 0}));
        app.mailroom().post("/api/v1/deposits", &json!({"cards": [card.id], "house": "schloss"})).await.expect(201);
        let list = app.mailroom().get("/api/v1/dispatch-list").await.expect(200);
        assert_eq!((&list["items"], &list["counts"]), (&json!([]), &json!({"mail": 0, "pickup": {}, "counter": 0})));
    }
}
