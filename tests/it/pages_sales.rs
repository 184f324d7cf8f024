//! The pages of selling through HTTP: box office, orders, cancellation, vouchers, documents and the shop.

use crate::support::{Browser, TestApp, led_to};
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};
use testkit::{Answer, museum};

on_both_databases! {
    async fn a_sale_on_one_screen_ends_on_its_receipt(app: TestApp) {
        let app = app.furnished().await;
        let mut till = app.browser_of(Role::Shop).await;
        let page = till.get("/box-office").await.text();
        for part in ["Day ticket", "Reduced", "€8.00", "data-key=\"1\"", "Take cash"] {
            assert!(page.contains(part), "{part} is missing in {page}");
        }
        let page = till.follow("/box-office?house=stadtmuseum&add=tageskarte.adult&add=tageskarte.adult&add=tageskarte.child").await;
        assert!(page.text().contains("id=\"total\">€30.00"), "{}", page.text());
        let sold = till.send_form(&page.text(), "/box-office/pay", &[("method", "cash"), ("given", "50")]).await;
        let path = led_to(&sold).to_owned();
        assert!(path.ends_with("?sold=1&given=50.00"), "{path}");
        let receipt = till.get(&path).await.text();
        for part in ["€20.00", "Sold: order 2026-000001", "Paid", "2 ×", "Print receipt and tickets"] {
            assert!(receipt.contains(part), "{part} is missing in {receipt}");
        }
        let file = till.get(&format!("{}/receipt.pdf?format=80mm", path.split('?').next().expect("a path"))).await;
        assert!(file.status == 200 && file.body.starts_with(b"%PDF"));
        assert_eq!(orders(&app).await.len(), 1);
    }

    async fn a_form_that_is_sent_twice_sells_once(app: TestApp) {
        let app = app.furnished().await;
        let mut till = app.browser_of(Role::Shop).await;
        let page = till.follow("/box-office?house=schloss&add=tageskarte.adult").await.text();
        let first = till.send_form(&page, "/box-office/pay", &[("method", "cash")]).await;
        let again = till.send_form(&page, "/box-office/pay", &[("method", "cash")]).await;
        let other_button = till.send_form(&page, "/box-office/pay", &[("method", "card_terminal")]).await;
        assert_eq!((led_to(&first), led_to(&first)), (led_to(&again), led_to(&other_button)));
        assert_eq!(orders(&app).await.len(), 1);
    }

    async fn each_change_of_the_basket_is_an_address_of_its_own(app: TestApp) {
        let app = app.furnished().await;
        let mut till = app.browser_of(Role::Shop).await;
        let changed = till.get("/box-office?house=schloss&item=tageskarte.adult.schloss...2&more=0&new_code=").await;
        assert_eq!(led_to(&changed), "/box-office?item=tageskarte.adult.schloss...3&house=schloss");
        assert_eq!(till.get(led_to(&changed)).await.status, 200, "reloading changes nothing");
        assert!(till.get("/box-office").await.text().contains("value=\"schloss\" selected"), "the desk stays in its house");
    }

    async fn a_code_shows_its_effect_or_its_reason_in_three_languages(app: TestApp) {
        let app = app.furnished().await;
        museum::add_summer_code(&app.marketing(), None).await;
        let group = json!({"id": "gruppe", "name": "Gruppe", "min_tickets": 10, "activation": "code",
            "effect": {"type": "ticket_price", "price": "9.00"}});
        app.marketing().post("/api/v1/offers", &group).await.expect(201);
        app.marketing().post("/api/v1/offers/gruppe/codes", &json!({"code": "GRUPPE10"})).await.expect(201);
        let mut till = app.browser_of(Role::Shop).await;
        let with = "/box-office?item=tageskarte.adult.schloss...2&house=schloss&code=summer&code=SOMMER26&code=GRUPPE10";
        for (language, parts) in [
            ("en", ["We do not know this code", "Sommer – saves €4.80", "There are too few tickets for this code. 10 are needed.", "instead of </span>€24.00"]),
            ("de", ["Diesen Code kennen wir nicht", "Sommer – spart 4,80\u{A0}€", "Für diesen Code sind es noch zu wenige Karten. Nötig sind 10.", "statt </span>24,00\u{A0}€"]),
            ("fr", ["Nous ne connaissons pas ce code", "Sommer – 4,80\u{A0}€ d’économie", "Il y a trop peu de billets pour ce code. Il en faut 10.", "au lieu de </span>24,00\u{A0}€"]),
        ] {
            let page = till.get(&format!("{with}&lang={language}")).await.text();
            for part in parts {
                assert!(page.contains(part), "{part} is missing in {page}");
            }
        }
        let waiting = till.get("/box-office?code=SOMMER26&lang=en").await.text();
        assert!(waiting.contains("takes effect as soon as matching tickets"), "{waiting}");
    }

    async fn a_price_that_changed_meanwhile_is_shown_before_anything_is_sold(app: TestApp) {
        let app = app.furnished().await;
        museum::add_summer_code(&app.marketing(), None).await;
        let mut till = app.browser_of(Role::Shop).await;
        let page = till.follow("/box-office?house=schloss&add=tageskarte.adult&new_code=SOMMER26").await.text();
        assert!(page.contains("€9.60"));
        app.marketing().post("/api/v1/offers/sommer/disable", &json!({})).await;
        app.marketing().patch("/api/v1/codes/SOMMER26", &json!({"enabled": false})).await.expect(200);
        let refused = till.send_form(&page, "/box-office/pay", &[("method", "cash")]).await;
        assert_eq!(refused.status, 409);
        assert!(refused.text().contains("The price is €12.00 now"), "{}", refused.text());
        assert!(orders(&app).await.is_empty());
        let sold = till.send_form(&refused.text(), "/box-office/pay", &[("method", "cash")]).await;
        assert!(led_to(&sold).starts_with("/orders/"));
    }

    async fn too_little_cash_and_unreadable_amounts_sell_nothing(app: TestApp) {
        let app = app.furnished().await;
        let mut till = app.browser_of(Role::Shop).await;
        let page = till.follow("/box-office?house=schloss&add=jahreskarte-gutschein.adult").await.text();
        for (given, sentence) in [("20", "less than the total"), ("fifty", "type the amount in digits")] {
            let refused = till.send_form(&page, "/box-office/pay", &[("method", "cash"), ("given", given)]).await;
            assert_eq!(refused.status, 422);
            assert!(refused.text().contains(sentence) && refused.text().contains("aria-invalid"), "{}", refused.text());
        }
        assert!(orders(&app).await.is_empty());
    }

    async fn only_who_may_override_sells_against_the_rules_and_says_why(app: TestApp) {
        let app = app.furnished().await;
        let with = "/box-office?house=schloss&item=tageskarte.companion.schloss...1";
        let mut till = app.browser_of(Role::Shop).await;
        let page = till.get(with).await.text();
        assert!(page.contains("A companion ticket comes only with") && !page.contains("Sell it nevertheless"), "{page}");
        let mut admin = app.browser_of(Role::Admin).await;
        assert!(admin.get(with).await.text().contains("Sell it nevertheless"));
        let forced = format!("{with}&sell_line=0&reason=late%20bus");
        let page = admin.follow(&forced).await.text();
        let sold = admin.send_form(&page, "/box-office/pay", &[("method", "cash")]).await;
        assert!(admin.get(led_to(&sold)).await.text().contains("late bus"));
        let page = till.follow(&forced).await.text();
        let refused = till.send_form(&page, "/box-office/pay", &[("method", "cash")]).await;
        assert_eq!(refused.status, 409, "{}", refused.text());
        assert_eq!(orders(&app).await.len(), 1);
    }

    async fn a_scanned_promotion_code_comes_into_the_basket_and_everything_else_opens_its_page(app: TestApp) {
        let app = app.furnished().await;
        museum::add_summer_code(&app.marketing(), None).await;
        let mut till = app.browser_of(Role::Shop).await;
        let held = ("item", "tageskarte.adult.schloss...2");
        let code = till.post("/box-office/scan", &[held, ("scan", "Sommer-26")]).await;
        assert_eq!(led_to(&code), "/box-office?item=tageskarte.adult.schloss...2&code=Sommer-26");
        let other = till.post("/box-office/scan", &[held, ("scan", "01234567890123")]).await;
        assert_eq!(led_to(&other), "/scan?text=01234567890123");
    }

    async fn an_invoice_needs_a_name_and_its_payment_is_taken_later(app: TestApp) {
        let app = app.furnished().await;
        let mut till = app.browser_of(Role::Shop).await;
        let page = till.get("/box-office/buyer?item=jahreskarte.adult....1").await.text();
        let form = [("method", "invoice"), ("delivery", "counter"), ("name", "")];
        let refused = till.send_form(&page, "/box-office/buyer", &form).await;
        assert!(refused.status == 422 && refused.text().contains("Please type the name"), "{}", refused.text());
        let form = [("method", "invoice"), ("delivery", "counter"), ("name", "Ada Lovelace"), ("email", "ada@example.org")];
        let sold = till.send_form(&refused.text(), "/box-office/buyer", &form).await;
        let path = led_to(&sold).split('?').next().expect("a path").to_owned();
        let page = till.get(&path).await.text();
        assert!(page.contains("Payment due") && page.contains("Ada Lovelace") && page.contains("€45.00 received"), "{page}");
        let taken = till.send_form(&page, &format!("{path}/payment"), &[("method", "cash")]).await;
        assert_eq!(led_to(&taken), path);
        assert_eq!(led_to(&till.send_form(&page, &format!("{path}/payment"), &[("method", "cash")]).await), path, "only once");
        let page = till.get(&path).await.text();
        assert!(page.contains("is recorded") && page.contains("Paid"), "{page}");
    }

    async fn a_cancellation_says_what_it_does_in_numbers_before_it_does_it(app: TestApp) {
        let app = app.furnished().await;
        let order = app.shop().post("/api/v1/orders", &museum::cash_order("tageskarte", "adult", 3, "36.00")).await.expect(201);
        let path = format!("/orders/{}", order["id"].as_str().expect("an id"));
        let tickets: Vec<&str> = order["tickets"].as_array().expect("tickets").iter().map(|one| one["id"].as_str().expect("an id")).collect();
        let mut till = app.browser_of(Role::Shop).await;
        assert!(till.get(&path).await.text().contains("Cancel tickets"));
        let empty = till.get(&format!("{path}/cancel?preview=1")).await;
        assert!(empty.status == 422 && empty.text().contains("Please choose at least one ticket"), "{}", empty.text());
        let preview = till.get(&format!("{path}/cancel?preview=1&ticket={}&ticket={}&reason=rain", tickets[0], tickets[1])).await.text();
        for part in ["2 tickets will be cancelled", "id=\"refund\">€24.00", "2 day tickets open no door any more", "Reason: rain"] {
            assert!(preview.contains(part), "{part} is missing in {preview}");
        }
        assert_eq!(app.shop().get(&format!("/api/v1{path}")).await.expect(200)["refunded"], "0.00", "looking does nothing");
        let done = till.send_form(&preview, &format!("{path}/cancel"), &[]).await;
        assert_eq!(led_to(&done), path);
        let again = till.send_form(&preview, &format!("{path}/cancel"), &[]).await;
        assert_eq!(led_to(&again), path);
        let page = till.get(&path).await.text();
        assert!(page.contains("2 tickets cancelled. Please pay back €24.00.") && page.contains("rain"), "{page}");
        let after = app.shop().get(&format!("/api/v1{path}")).await.expect(200);
        assert_eq!((&after["refunded"], &after["state"]), (&json!("24.00"), &json!("paid")));
    }

    async fn the_list_of_orders_counts_what_it_exports(app: TestApp) {
        let app = app.furnished().await;
        for (name, quantity, total) in [("Zoë Müller", 1, "12.00"), ("Ada Lovelace", 2, "24.00"), ("=SUM(A1)", 1, "12.00")] {
            let mut order = museum::cash_order("tageskarte", "adult", quantity, total);
            order["buyer"] = json!({"name": name});
            app.shop().post("/api/v1/orders", &order).await.expect(201);
            app.wait_secs(60);
        }
        let mut till = app.browser_of(Role::Shop).await;
        let page = till.get("/orders").await.text();
        assert!(page.contains("3 orders") && page.contains("€48.00"), "{page}");
        assert!(position(&page, "=SUM") < position(&page, "Ada Lovelace"), "the newest first");
        let page = till.get("/orders?q=muller&state=paid").await.text();
        assert!(page.contains("1 order<") && page.contains("Zoë Müller") && !page.contains("Ada Lovelace"), "{page}");
        let dearest = till.get("/orders?sort=dearest").await.text();
        assert!(position(&dearest, "Ada Lovelace") < position(&dearest, "Zoë"), "{dearest}");
        assert!(till.get("/orders?from=2026-07-05").await.text().contains("No order fits this filter"));
        assert!(till.get("/orders?until=2026-07-04&channel=box_office").await.text().contains("3 orders"));
        for (query, rows) in [("", 3), ("q=muller&state=paid", 1), ("state=expired", 0)] {
            let file = till.get(&format!("/orders/export.csv?{query}")).await;
            assert_eq!(file.headers["content-type"].to_str().expect("text"), "text/csv; charset=utf-8");
            assert_eq!(file.text().trim_end().lines().count(), rows + 1, "{query}: {}", file.text());
        }
        assert!(till.get("/orders/export.csv").await.text().contains("'=SUM(A1)"), "no cell is a formula");
    }

    async fn the_list_goes_on_page_by_page(app: TestApp) {
        let app = app.furnished().await;
        for _ in 0..52 {
            app.shop().post("/api/v1/orders", &museum::cash_order("tageskarte", "child", 1, "6.00")).await.expect(201);
        }
        let mut till = app.browser_of(Role::Shop).await;
        let first = till.get("/orders?state=paid").await.text();
        let next = first.split("href=\"/orders?state=paid&amp;after=").nth(1).expect("a next page").split('"').next().expect("a cursor");
        let second = till.get(&format!("/orders?state=paid&after={next}")).await.text();
        assert_eq!((first.matches("row-link").count(), second.matches("row-link").count()), (50, 2));
    }

    async fn a_voucher_is_sold_in_a_moment_printed_and_found_again(app: TestApp) {
        let app = app.furnished().await;
        let mut till = app.browser_of(Role::Shop).await;
        let page = till.follow("/box-office?add=jahreskarte-gutschein.adult").await.text();
        let sold = till.send_form(&page, "/box-office/pay", &[("method", "cash")]).await;
        let order = till.get(led_to(&sold)).await.text();
        let path = order.split("href=\"/vouchers/").nth(1).and_then(|rest| rest.split('"').next()).expect("a voucher");
        let page = till.get(&format!("/vouchers/{path}")).await.text();
        assert!(page.contains("Can be exchanged") && page.contains("Gutschein Jahreskarte") && !page.contains(">Exchange<"), "{page}");
        for format in ["a4", "80mm"] {
            let file = till.get(&format!("/vouchers/{path}/voucher.pdf?format={format}")).await;
            assert!(file.body.starts_with(b"%PDF"));
        }
        let mut desk = app.browser_of(Role::Personalization).await;
        let page = desk.get(&format!("/vouchers/{path}")).await.text();
        assert!(page.contains(&format!("href=\"/vouchers/{path}/exchange\"")), "{page}");
        assert_eq!(desk.get("/orders").await.status, 403);
        assert_eq!(till.get("/vouchers/00000000000000").await.status, 404);
    }

    async fn a_stranger_orders_in_the_shop_and_personalizes_at_once(app: TestApp) {
        let app = app.furnished().await;
        museum::add_summer_code(&app.marketing(), None).await;
        let mut phone = app.browser();
        let page = phone.get("/shop").await.text();
        assert!(page.contains("Annual ticket") && page.contains("€45.00"), "{page}");
        assert_eq!(led_to(&phone.post("/shop/basket", &[("add", "jahreskarte.adult"), ("back", "/shop")]).await), "/shop");
        assert_eq!(led_to(&phone.post("/shop/basket", &[("new_code", "sommer 26")]).await), "/shop/basket");
        phone.post("/shop/basket", &[("new_code", "NOPE")]).await;
        let basket = phone.get("/shop/basket").await.text();
        for part in ["Sommer – saves €9.00", "We do not know this code", "€36.00", "instead of </span>€45.00"] {
            assert!(basket.contains(part), "{part} is missing in {basket}");
        }
        let page = phone.get("/shop/checkout").await.text();
        let refused = phone.send_form(&page, "/shop/checkout", &[("name", "Zoë Müller"), ("email", "zoe"), ("delivery", "mail")]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("Please type street and number") && refused.text().contains("value=\"Zoë Müller\""), "{}", refused.text());
        let form = [("name", "Zoë Müller"), ("email", "zoe@example.org"), ("delivery", "pickup:schloss")];
        let review = phone.send_form(&refused.text(), "/shop/checkout", &form).await.text();
        assert!(review.contains("By invoice") && review.contains("Schloss am See") && review.contains("Order and pay: €36.00"), "{review}");
        let cookie = phone.cookie("basket").expect("a basket").to_owned();
        assert!(!cookie.contains("Zo") && !cookie.contains("example"), "no personal data in {cookie}");
        let placed = phone.send_form(&review, "/shop/orders", &[]).await;
        let again = phone.send_form(&review, "/shop/orders", &[]).await;
        assert_eq!(led_to(&placed), led_to(&again));
        assert_eq!(phone.cookie("basket"), None, "the basket is empty now");
        let path = led_to(&placed).to_owned();
        let page = phone.get(&path).await.text();
        let link = page.split("href=\"/p/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
        assert_eq!(phone.get(&format!("/p/{link}")).await.status, 200);
        assert!(page.contains("Please pay €36.00") && phone.get(&format!("{path}/receipt.pdf")).await.body.starts_with(b"%PDF"));
        assert_eq!(orders(&app).await.len(), 1);
        let mut other = app.browser();
        assert_eq!(other.get("/shop/orders/0123456789abcdef").await.status, 404);
    }

    async fn day_tickets_of_the_shop_wait_until_they_are_paid(app: TestApp) {
        let app = app.furnished().await;
        let mut phone = app.browser();
        let day = [("add", "tageskarte.adult"), ("house", "schloss"), ("date", "2026-07-11")];
        phone.post("/shop/basket", &day).await;
        let page = phone.get("/shop/checkout").await.text();
        assert!(!page.contains("delivery"), "a day ticket is not sent");
        let form = [("name", "Ada"), ("email", "ada@example.org")];
        let review = phone.send_form(&page, "/shop/checkout", &form).await.text();
        assert!(review.contains("We reserve your tickets for 72 hours"), "{review}");
        let path = led_to(&phone.send_form(&review, "/shop/orders", &[]).await).to_owned();
        let page = phone.get(&path).await.text();
        assert!(page.contains("reserved until 7 July 2026") && !page.contains("tickets.pdf"), "{page}");
        assert_eq!(phone.get(&format!("{path}/tickets.pdf")).await.status, 404);
        app.wait_secs(71 * 3_600);
        app.run_jobs().await;
        let order = orders(&app).await.remove(0);
        let mut till = app.browser_of(Role::Shop).await;
        let order_path = format!("/orders/{}", order["id"].as_str().expect("an id"));
        let page = till.get(&order_path).await.text();
        till.send_form(&page, &format!("{order_path}/payment"), &[("method", "cash")]).await;
        let page = phone.get(&path).await.text();
        assert!(page.contains("Your day ticket") && page.contains("tickets.pdf"), "{page}");
        assert!(phone.get(&format!("{path}/tickets.pdf")).await.body.starts_with(b"%PDF"));
    }

    async fn a_basket_of_nonsense_harms_nobody(app: TestApp) {
        let app = app.furnished().await;
        let mut phone = app.browser();
        for add in ["nothing.adult", "tageskarte.nobody", "....", "tageskarte.adult.atlantis...2", "\u{0}"] {
            let answer = phone.post("/shop/basket", &[("add", add), ("house", "atlantis"), ("event", "x")]).await;
            assert!(answer.status < 500, "{add}");
            let page = phone.get("/shop/basket").await;
            assert_eq!(page.status, 200, "{add}: {}", page.text());
        }
        assert_eq!(led_to(&phone.get("/shop/checkout").await), "/shop/basket");
    }

    async fn a_price_that_an_offer_lowers_by_itself_is_struck_through(app: TestApp) {
        let app = app.furnished().await;
        let offer = json!({"id": "abend", "name": "Abend", "activation": "automatic", "scope": {"products": ["tageskarte"]},
            "effect": {"type": "percent_off", "percent": "50"}});
        app.marketing().post("/api/v1/offers", &offer).await.expect(201);
        let page = app.browser().get("/shop").await.text();
        assert!(page.contains("<s><span class=\"unseen\">instead of </span>€12.00</s>") && page.contains("<b>€6.00</b>"), "{page}");
    }
}

impl Browser {
    /// Opens a page, and where it leads.
    pub(crate) async fn follow(&mut self, path: &str) -> Answer {
        let on = led_to(&self.get(path).await).to_owned();
        self.get(&on).await
    }

    /// Sends the form of a page with its hidden fields, and these others.
    pub(crate) async fn send_form(&mut self, page: &str, action: &str, others: &[(&str, &str)]) -> Answer {
        let form = page.split("<form").find(|form| form.contains(&format!("action=\"{action}\""))).expect(action);
        let form = form.split("</form>").next().expect("a form");
        let hidden = form.split("<input type=\"hidden\" name=\"").skip(1).filter_map(|rest| {
            let (name, rest) = rest.split_once("\" value=\"")?;
            Some((name, rest.split('"').next()?.replace("&#38;", "&").replace("&amp;", "&")))
        });
        let hidden: Vec<(&str, String)> =
            hidden.filter(|(name, _)| others.iter().all(|(other, _)| other != name)).collect();
        let mut fields: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fields.extend(others);
        self.post(action, &fields).await
    }
}

async fn orders(app: &TestApp) -> Vec<Value> {
    app.shop().get("/api/v1/orders").await.expect(200)["items"].as_array().expect("orders").clone()
}

fn position(page: &str, part: &str) -> usize {
    page.find(part).unwrap_or_else(|| panic!("{part} is missing in {page}"))
}
