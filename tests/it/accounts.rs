//! Staff and API keys.

use serde_json::json;

on_both_databases! {
    async fn a_key_opens_what_its_roles_open_until_it_is_revoked(app: TestApp) {
        let wanted = json!({"name": "Till 1", "roles": ["shop"]});
        let made = app.admin().post("/api/v1/api-keys", &wanted).await.expect(201);
        let till = app.stranger().with_key(made["key"].as_str().expect("a key"));
        till.get("/api/v1/houses").await.expect(200);
        till.get("/api/v1/api-keys").await.expect_refusal(403, "forbidden");

        let listed = app.admin().get("/api/v1/api-keys").await.expect(200);
        let key = listed["items"].as_array().and_then(|keys| keys.iter().find(|key| key["id"] == made["id"])).expect("the key");
        assert_eq!(key["roles"], json!(["shop"]));
        assert!(key.get("key").is_none(), "the secret is shown once: {key}");

        let path = format!("/api/v1/api-keys/{}", made["id"].as_str().expect("an id"));
        app.admin().delete(&path).await.expect(204);
        till.get("/api/v1/houses").await.expect_refusal(401, "unauthorized");
        app.admin().delete(&path).await.expect_refusal(404, "not_found");
    }

    async fn the_secret_of_a_key_is_not_kept_for_a_repetition(app: TestApp) {
        let wanted = json!({"name": "Till 1", "roles": ["shop"]});
        let made = app.admin().post_once("/api/v1/api-keys", "till-1", &wanted).await.expect(201);
        let again = app.admin().post_once("/api/v1/api-keys", "till-1", &wanted).await.expect(201);
        assert_eq!(again, json!({"id": made["id"]}));
    }

    async fn a_key_needs_a_name_a_role_and_known_rights(app: TestApp) {
        for (wanted, path, reason) in [
            (json!({"name": " ", "roles": ["shop"]}), "name", "invalid_value"),
            (json!({"name": "x", "roles": []}), "roles", "invalid_value"),
            (json!({"name": "x", "roles": ["boss"]}), "roles[0]", "unknown_value"),
            (json!({"name": "x", "roles": ["shop"], "rights": ["refund.used", "fly"]}), "rights[1]", "unknown_value"),
            (json!({"name": "x"}), "", "missing_field"),
            (json!({"name": "x", "roles": ["shop"], "colour": 1}), "colour", "unknown_field"),
        ] {
            app.admin().post("/api/v1/api-keys", &wanted).await.expect_invalid(path, reason);
        }
    }

    async fn a_member_of_staff_has_one_address_and_a_good_password(app: TestApp) {
        let ada = json!({"email": "ada@example.org", "name": "Ada", "password": "analytical engine", "roles": ["shop", "entry"]});
        app.admin().post("/api/v1/staff", &ada).await.expect(201);
        let again = json!({"email": "ADA@example.org", "name": "Ada", "password": "analytical engine", "roles": ["shop"]});
        app.admin().post("/api/v1/staff", &again).await.expect_refusal(409, "email_taken");
        let short = json!({"email": "bo@example.org", "name": "Bo", "password": "short", "roles": ["shop"]});
        app.admin().post("/api/v1/staff", &short).await.expect_invalid("password", "invalid_value");
        let nowhere = json!({"email": "bo", "name": "Bo", "password": "long enough", "roles": ["shop"]});
        app.admin().post("/api/v1/staff", &nowhere).await.expect_invalid("email", "invalid_value");

        let listed = app.admin().get("/api/v1/staff").await;
        assert!(!listed.text().contains("argon2"), "{}", listed.text());
        assert_eq!(listed.expect(200)["items"][0]["roles"], json!(["shop", "entry"]));
    }
}
