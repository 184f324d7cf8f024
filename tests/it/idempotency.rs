//! A request that is sent twice acts once.

use serde_json::json;

on_both_databases! {
    async fn the_same_key_and_body_give_the_same_answer(app: TestApp) {
        let category = json!({"key": "adult", "names": {"de": "Erwachsene"}});
        let first = app.admin().post_once("/api/v1/categories", "one", &category).await;
        let again = app.admin().post_once("/api/v1/categories", "one", &category).await;
        assert_eq!((first.status, first.text()), (201, again.text()));
        assert_eq!(again.status, 201);
        app.admin().post("/api/v1/categories", &category).await.expect_refusal(409, "key_taken");
    }

    async fn the_same_key_with_another_request_is_refused(app: TestApp) {
        let adult = json!({"key": "adult", "names": {"de": "Erwachsene"}});
        let child = json!({"key": "child", "names": {"de": "Kind"}});
        app.admin().post_once("/api/v1/categories", "one", &adult).await.expect(201);
        app.admin().post_once("/api/v1/categories", "one", &child).await.expect_refusal(409, "idempotency_key_reused");
        app.admin().post_once("/api/v1/products", "one", &adult).await.expect(422);
        app.admin().get("/api/v1/categories/child").await.expect_refusal(404, "not_found");
    }

    async fn keys_of_two_callers_do_not_meet(app: TestApp) {
        let other = app.with_rights(&[passepartout::kernel::roles::Role::Admin], &[]).await;
        let adult = json!({"key": "adult", "names": {"de": "Erwachsene"}});
        let child = json!({"key": "child", "names": {"de": "Kind"}});
        app.admin().post_once("/api/v1/categories", "one", &adult).await.expect(201);
        other.post_once("/api/v1/categories", "one", &child).await.expect(201);
    }

    async fn a_refusal_is_not_kept_so_a_repetition_is_tried_anew(app: TestApp) {
        let companion = json!({"key": "companion", "names": {"de": "Begleitung"}, "requires": ["adult"]});
        app.admin().post_once("/api/v1/categories", "one", &companion).await.expect_invalid("requires[0]", "unknown_key");
        let adult = json!({"key": "adult", "names": {"de": "Erwachsene"}});
        app.admin().post("/api/v1/categories", &adult).await.expect(201);
        app.admin().post_once("/api/v1/categories", "one", &companion).await.expect(201);
    }

    async fn a_bad_key_is_refused(app: TestApp) {
        let adult = json!({"key": "adult", "names": {"de": "Erwachsene"}});
        let long = "x".repeat(201);
        app.admin().post_once("/api/v1/categories", &long, &adult).await.expect_refusal(400, "bad_idempotency_key");
        app.admin().post_once("/api/v1/categories", "", &adult).await.expect_refusal(400, "bad_idempotency_key");
    }

    async fn a_double_click_acts_once(app: TestApp) {
        let adult = json!({"key": "adult", "names": {"de": "Erwachsene"}});
        let admin = app.admin();
        let clicks = (0..8).map(|_| {
            let (admin, adult) = (admin.clone(), adult.clone());
            tokio::spawn(async move { admin.post_once("/api/v1/categories", "one", &adult).await })
        });
        let mut answers = Vec::new();
        for click in clicks.collect::<Vec<_>>() {
            answers.push(click.await.expect("an answer"));
        }
        for answer in &answers {
            assert_eq!((answer.status, answer.text()), (201, answers[0].text()));
        }
    }
}
