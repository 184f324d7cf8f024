//! The story: six people, four cards, a photo that waits, one gate.

use super::client::Client;
use super::gate;
use super::museum::DemoMuseum;
use super::page::Scan;
use super::portrait;
use anyhow::{Context, bail, ensure};
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What was told, for the page and the last lines.
pub(super) struct Told {
    pub(super) museum: DemoMuseum,
    /// Each step in plain words.
    pub(super) steps: Vec<String>,
    /// What the gate said.
    pub(super) scans: Vec<Scan>,
    /// The last lines: the PDF, the number of cards, the gate's verdicts.
    pub(super) summary: String,
}

/// One person with an annual ticket.
pub(super) struct Person {
    pub(super) name: &'static str,
    pub(super) annual_ticket: String,
    pub(super) card: String,
    pub(super) code: String,
}

/// Tells the story. Each step is checked; the first that does not hold is the error.
pub(super) fn tell(client: &Client, museum: DemoMuseum, data: &Path) -> anyhow::Result<Told> {
    let mut story = Story { client, steps: Vec::new() };
    story.say("A museum with two houses opens: products, prices, offers and codes are in place.");

    let mut zoe = story.zoe_buys_with_a_code()?;
    let mut minh = story.minh_exchanges_a_voucher()?;
    let mut lukasz = story.lukasz_orders_by_phone()?;
    let mut eleni = story.eleni_personalizes_at_home()?;
    story.amaras_photo_waits_for_a_look()?;
    let day_code = story.a_family_buys_day_tickets()?;
    story.bad_input_is_refused()?;

    let files = story.print([&mut zoe, &mut minh, &mut lukasz, &mut eleni], data)?;
    story.hand_out(&zoe, &minh, &lukasz, &eleni)?;
    let visitors = gate::Visitors { zoe: &zoe, minh: &minh, lukasz: &lukasz, day_code: &day_code };
    let scans = gate::open_and_scan(&mut story, data, &visitors)?;

    let mut summary = String::new();
    writeln!(summary, "\nPDF:      {}", files.cards_pdf.display())?;
    writeln!(summary, "Cards:    {}", files.cards)?;
    let verdicts: Vec<String> = scans.iter().map(Scan::words).collect();
    writeln!(summary, "Verdicts: {}", verdicts.join(", "))?;
    Ok(Told { museum, steps: story.steps, scans, summary })
}

/// The files that a person can open.
struct StoryFiles {
    cards_pdf: PathBuf,
    cards: u64,
}

/// The story so far.
pub(super) struct Story<'a> {
    pub(super) client: &'a Client,
    steps: Vec<String>,
}

impl Story<'_> {
    /// Prints a step and keeps it for the page.
    pub(super) fn say(&mut self, step: impl Into<String>) {
        let step = step.into();
        println!("{:>2}. {step}", self.steps.len() + 1);
        self.steps.push(step);
    }

    fn zoe_buys_with_a_code(&mut self) -> anyhow::Result<Person> {
        let basket =
            json!({"channel": "box_office", "items": [item("jahreskarte", "adult", 1)], "codes": ["summer 2026"]});
        let quote = self.client.post("shop", "/api/v1/quotes", &basket)?;
        ensure!(quote["total"] == "36.00", "45.00 less 20 % should be 36.00, not {}", quote["total"]);
        let order = self.order(&basket, "36.00", "card_terminal", json!({"kind": "mail"}))?;
        self.say("At the desk Zoë buys an annual ticket for 45.00. With the code SUMMER2026 she pays 36.00 by card.");
        let ticket = first_annual_ticket(&order)?;
        let person = self.personalize_at_the_desk(
            ticket,
            "Zoë",
            "Müller-Nguyễn",
            &json!({"kind": "mail"}),
            Some(&json!({"lines": ["Uferweg 12"], "postal_code": "14467", "city": "Potsdam", "country": "DE"})),
            1,
        )?;
        self.say("A clerk takes her photo and completes the personalization. Print data is made by itself.");
        Ok(person)
    }

    fn minh_exchanges_a_voucher(&mut self) -> anyhow::Result<Person> {
        let basket =
            json!({"channel": "box_office", "items": [item("jahreskarte-gutschein", "adult", 1)], "codes": []});
        let order = self.order(&basket, "45.00", "cash", json!({"kind": "counter"}))?;
        let voucher = text(&order["tickets"][0], "voucher_code")?;
        self.say("Minh pays a voucher at the till, in cash and without giving his name.");
        let path = format!("/api/v1/vouchers/{voucher}/exchange");
        let exchange = json!({"delivery": {"kind": "pickup", "house": "schloss"}});
        let annual_ticket = self.client.post("personalization", &path, &exchange)?;
        let again = self.client.refusal("personalization", &path, &exchange)?;
        ensure!(again == "already_exchanged", "a voucher was exchanged twice: {again}");
        let delivery = json!({"kind": "pickup", "house": "schloss"});
        let person =
            self.personalize_at_the_desk(text(&annual_ticket, "id")?, "Minh", "Đặng Trần", &delivery, None, 2)?;
        self.say("At the annual-ticket counter the voucher becomes his annual ticket; a second exchange is refused.");
        Ok(person)
    }

    fn lukasz_orders_by_phone(&mut self) -> anyhow::Result<Person> {
        let buyer = json!({
            "name": "Łukasz Wiśniewski", "email": "lukasz@example.org", "language": "de",
            "address": {"lines": ["Gartenstraße 3"], "postal_code": "14482", "city": "Potsdam", "country": "DE"},
        });
        let items = [item("jahreskarte-haus", "adult", 1)];
        let basket = json!({"channel": "back_office", "items": items, "codes": [], "buyer": buyer});
        let order = self.order(&basket, "25.00", "invoice", json!({"kind": "counter"}))?;
        ensure!(order["state"] == "awaiting_payment", "an invoice waits for its payment");
        let person = self.personalize_at_the_desk(
            first_annual_ticket(&order)?,
            "Łukasz",
            "Wiśniewski",
            &json!({"kind": "counter"}),
            None,
            3,
        )?;
        let payment = json!({"method": "card_terminal", "amount": "25.00"});
        let paid = self.client.post("shop", &format!("/api/v1/orders/{}/payments", text(&order, "id")?), &payment)?;
        ensure!(paid["state"] == "paid", "the invoice was paid");
        self.say("Łukasz orders a ticket for the Stadtmuseum by phone. His card waits until the invoice is paid.");
        Ok(person)
    }

    fn eleni_personalizes_at_home(&mut self) -> anyhow::Result<Person> {
        let buyer = json!({"name": "Ελένη Παπαδοπούλου", "email": "eleni@example.org", "language": "en"});
        let items = [item("saisonkarte", "reduced", 1)];
        let basket = json!({"channel": "online", "items": items, "codes": [], "buyer": buyer});
        let order = self.order(&basket, "19.00", "card_terminal", json!({"kind": "mail"}))?;
        let ticket = first_annual_ticket(&order)?;
        let details = json!({
            "holder": {"given_name": "Ελένη", "family_name": "Παπαδοπούλου"},
            "address": {"lines": ["Οδός Ερμού 15"], "postal_code": "105 63", "city": "Αθήνα", "country": "GR"},
            "delivery": {"kind": "mail"},
        });
        self.personalize_at_home(&order, &details, 4)?;
        self.say("Eleni opens the link from her order at home, enters her name in Greek letters and sends a photo.");
        self.person("Ελένη Παπαδοπούλου", ticket)
    }

    /// For a moment the museum wants to see every photo for the Stadtmuseum; the one that comes in meanwhile stays in the list.
    fn amaras_photo_waits_for_a_look(&mut self) -> anyhow::Result<()> {
        let product = "/api/v1/products/jahreskarte-haus";
        let usual = self.client.get("admin", product)?;
        let mut strict = usual.clone();
        strict["photo_review"] = json!("always");
        self.client.put("admin", product, &strict)?;
        let buyer = json!({"name": "Amara Okafor", "email": "amara@example.org", "language": "en"});
        let items = [item("jahreskarte-haus", "adult", 1)];
        let basket = json!({"channel": "online", "items": items, "codes": [], "buyer": buyer});
        let order = self.order(&basket, "25.00", "card_terminal", json!({"kind": "counter"}))?;
        let details =
            json!({"holder": {"given_name": "Amara", "family_name": "Okafor"}, "delivery": {"kind": "counter"}});
        self.personalize_at_home(&order, &details, 5)?;
        self.client.put("admin", product, &usual)?;
        let waiting = self.client.get("personalization", "/api/v1/photo-reviews")?;
        let first = &waiting["items"][0];
        ensure!(first["holder"]["given_name"] == "Amara", "Amara's photo waits to be looked at: {waiting}");
        ensure!(first["card"]["state"] == "set_aside", "her card waits with it");
        self.say("Amara sends her photo from home. Somebody in the museum looks at it before her card is printed.");
        Ok(())
    }

    /// The holder completes the annual ticket of an order behind the link of its mail.
    fn personalize_at_home(&self, order: &Value, details: &Value, portrait: u64) -> anyhow::Result<()> {
        let url = text(&order["tickets"][0], "personalization_url")?;
        let token = url.rsplit('/').next().context("a link ends in a token")?;
        let path = format!("/api/v1/personalizations/{token}");
        self.client.put("", &path, details)?;
        self.client.put_picture("", &format!("{path}/photo"), &portrait::draw(portrait)?)?;
        self.client.post("", &format!("{path}/finalize"), &json!({}))?;
        Ok(())
    }

    fn a_family_buys_day_tickets(&mut self) -> anyhow::Result<String> {
        let mut items = vec![item("tageskarte", "adult", 2), item("tageskarte", "child", 1)];
        for (number, item) in items.iter_mut().enumerate() {
            item["line"] = json!(format!("{}", number + 1));
            item["house"] = json!("schloss");
        }
        let basket = json!({"channel": "box_office", "items": items, "codes": ["ZUZWEIT"]});
        let quote = self.client.post("shop", "/api/v1/quotes", &basket)?;
        ensure!(quote["total"] == "18.00", "two for one leaves 18.00, not {}", quote["total"]);
        let order = self.order(&basket, "18.00", "cash", json!({"kind": "counter"}))?;
        self.say("A family buys three day tickets for the Schloss: 30.00, and 18.00 with the code ZUZWEIT.");
        text(&order["tickets"][0], "card_code")
    }

    fn bad_input_is_refused(&mut self) -> anyhow::Result<()> {
        let basket =
            json!({"channel": "box_office", "items": [item("jahreskarte", "adult", 1)], "codes": ["NOSUCHCODE"]});
        let mut order = basket;
        order["expected_total"] = json!("45.00");
        order["payment"] = json!({"method": "cash"});
        let unknown = self.client.refusal("shop", "/api/v1/orders", &order)?;
        ensure!(unknown == "code_rejected", "an unknown code is refused: {unknown}");
        order["codes"] = json!([]);
        order["items"][0]["quantity"] = json!(0);
        let nothing = self.client.refusal("shop", "/api/v1/orders", &order)?;
        ensure!(nothing == "invalid_input", "a quantity of 0 is refused: {nothing}");
        let stranger = self.client.refusal("mailroom", "/api/v1/orders", &order)?;
        ensure!(stranger == "forbidden", "the mailroom does not sell: {stranger}");
        self.say("An unknown code, a quantity of 0 and a sale by the mailroom are refused, each with its reason.");
        Ok(())
    }

    fn print(&mut self, people: [&mut Person; 4], data: &Path) -> anyhow::Result<StoryFiles> {
        let client = self.client;
        let run = client.post("personalization", "/api/v1/print-runs", &json!({}))?;
        let run_id = text(&run, "id")?;
        ensure!(run["cards"] == 4, "four cards are ready to print, not {}", run["cards"]);
        let path = format!("/api/v1/print-runs/{run_id}");
        let story = super::folder::story(data);
        for file in ["cards.pdf", "sheets.pdf", "manifest.csv"] {
            std::fs::write(story.join(file), client.get_bytes("personalization", &format!("{path}/files/{file}"))?)?;
        }
        for side in ["front", "back"] {
            let preview = format!("/api/v1/cards/{}/preview.png?side={side}", people[0].card);
            std::fs::write(story.join(format!("card-{side}.png")), client.get_bytes("personalization", &preview)?)?;
        }
        let early = client.refusal("mailroom", "/api/v1/dispatches", &json!({"cards": [people[0].card]}))?;
        ensure!(early == "wrong_state", "an unprinted card cannot be posted: {early}");
        self.say("Four cards go into one print run: a PDF of eight pages for the card printer, and a sheet to cut.");

        let spoiled = json!({"cards": [people[3].card], "reason": "scratched ribbon"});
        client.post("personalization", &format!("{path}/spoiled"), &spoiled)?;
        client.post("personalization", &format!("{path}/printed"), &json!({"cards": "all"}))?;
        let second = client.post("personalization", "/api/v1/print-runs", &json!({}))?;
        ensure!(second["cards"] == 1, "the spoiled card is printed again");
        let second_path = format!("/api/v1/print-runs/{}", text(&second, "id")?);
        client.post("personalization", &format!("{second_path}/printed"), &json!({"cards": "all"}))?;
        self.say("One card came out scratched and is printed again; the others are ready for dispatch at once.");

        for person in people {
            let ticket = client.get("personalization", &format!("/api/v1/annual-tickets/{}", person.annual_ticket))?;
            ensure!(ticket["card"]["state"] == "ready_for_dispatch", "{} has no printed card", person.name);
            person.code = text(&ticket["card"], "code")?;
        }
        Ok(StoryFiles { cards_pdf: story.join("cards.pdf"), cards: 4 })
    }

    fn hand_out(&mut self, zoe: &Person, minh: &Person, lukasz: &Person, eleni: &Person) -> anyhow::Result<()> {
        let posted = json!({"cards": [zoe.card, eleni.card], "carrier": "Deutsche Post", "tracking": "RR123456785DE"});
        self.client.post("mailroom", "/api/v1/dispatches", &posted)?;
        let laid_ready = json!({"cards": [minh.card], "house": "schloss", "shelf": "A3"});
        self.client.post("mailroom", "/api/v1/deposits", &laid_ready)?;
        self.client.post(
            "personalization",
            "/api/v1/handovers",
            &json!({"card": lukasz.card, "picked_up_by": "himself"}),
        )?;
        self.say(
            "Zoë's and Eleni's cards are posted, Minh's lies ready on shelf A3 in the Schloss, Łukasz takes his along.",
        );
        Ok(())
    }

    /// Places the order at the quoted total.
    fn order(&self, basket: &Value, total: &str, method: &str, delivery: Value) -> anyhow::Result<Value> {
        let mut order = basket.clone();
        order["expected_total"] = json!(total);
        order["payment"] = json!({"method": method});
        order["delivery"] = delivery;
        self.client.post("shop", "/api/v1/orders", &order)
    }

    fn personalize_at_the_desk(
        &self,
        annual_ticket: String,
        given_name: &'static str,
        family_name: &str,
        delivery: &Value,
        address: Option<&Value>,
        portrait: u64,
    ) -> anyhow::Result<Person> {
        let path = format!("/api/v1/annual-tickets/{annual_ticket}");
        let holder = json!({"given_name": given_name, "family_name": family_name});
        let details = json!({"holder": holder, "address": address, "delivery": delivery});
        self.client.put("personalization", &format!("{path}/personalization"), &details)?;
        let early = self.client.refusal("personalization", &format!("{path}/finalize"), &json!({}))?;
        ensure!(early == "personalization_incomplete", "there is no photo yet: {early}");
        self.client.put_picture("personalization", &format!("{path}/photo"), &portrait::draw(portrait)?)?;
        self.client.post("personalization", &format!("{path}/finalize"), &json!({}))?;
        self.person(given_name, annual_ticket)
    }

    fn person(&self, name: &'static str, annual_ticket: String) -> anyhow::Result<Person> {
        let ticket = self.client.get("personalization", &format!("/api/v1/annual-tickets/{annual_ticket}"))?;
        if ticket["state"] != "complete" {
            bail!("{name} is not complete: {}", ticket["missing"]);
        }
        Ok(Person { name, annual_ticket, card: text(&ticket["card"], "id")?, code: String::new() })
    }
}

/// The text of a field that must be there.
pub(super) fn text(value: &Value, field: &str) -> anyhow::Result<String> {
    value[field].as_str().map(str::to_owned).with_context(|| format!("the answer has no {field}: {value}"))
}

fn item(product: &str, category: &str, quantity: u32) -> Value {
    json!({"line": "1", "product": product, "category": category, "quantity": quantity})
}

fn first_annual_ticket(order: &Value) -> anyhow::Result<String> {
    order["tickets"][0]["annual_tickets"][0].as_str().map(str::to_owned).context("the order has an annual ticket")
}
