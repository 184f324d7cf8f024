//! The gate of the demo: the gate program's own library, paired over HTTP with the demo's server.

use super::page::Scan;
use super::story::{Person, Story, text};
use crate::app::SharedApp;
use crate::entry::{CodeLife, NewDevice, add_device};
use crate::kernel::Actor;
use anyhow::{Context, bail, ensure};
use db::Conn;
use gate_protocol::Direction;
use scanner_agent::{Agent, Home, Outside};
use serde_json::{Value, json};
use std::path::Path;

/// How often the demo waits for news before it gives up.
const ATTEMPTS_MAX: usize = 5;

/// Whoever comes to the gate.
pub(super) struct Visitors<'a> {
    pub(super) zoe: &'a Person,
    pub(super) minh: &'a Person,
    pub(super) lukasz: &'a Person,
    /// The code of a day ticket for the house.
    pub(super) day_code: &'a str,
}

/// Pairs a gate at the Schloss, scans what comes, blocks a card and scans it again. Answers what the gate said.
pub(super) fn open_and_scan(story: &mut Story<'_>, data: &Path, visitors: &Visitors<'_>) -> anyhow::Result<Vec<Scan>> {
    let entrance = json!({"name": "Schloss, main entrance", "house": "schloss", "direction": "in"});
    let device = story.client.post("admin", "/api/v1/devices", &entrance)?;
    let outside = Outside::of_system()?;
    let home = Home::new(data.join("gate"));
    let agent = Agent::pair(&home, story.client.base_url(), &text(&device, "pairing_code")?, outside)
        .context("the gate could not be paired")?;
    let cards = agent.status()?.cards;
    story.say(format!(
        "A gate at the Schloss is paired. It knows {cards} tickets now and decides on its own from here on."
    ));

    let mut scans = Vec::new();
    let mut scan = |what, code: &str, verdict, reason| -> anyhow::Result<()> {
        let decision = agent.decide(code, "demo", Direction::In);
        let said = (decision.verdict.as_str(), decision.reason().map(card::Reason::as_str));
        ensure!(said == (verdict, reason), "{what}: the gate should say {verdict} {reason:?}, and said {said:?}");
        scans.push(Scan { what, verdict, reason });
        Ok(())
    };
    scan("Zoë's annual ticket", &visitors.zoe.code, "admit", None)?;
    scan("Minh's card, which still lies on the shelf", &visitors.minh.code, "attention", Some("not_yet_collected"))?;
    scan("Łukasz's card for the Stadtmuseum, at the Schloss", &visitors.lukasz.code, "refuse", Some("wrong_house"))?;
    scan("The family's day ticket", visitors.day_code, "admit", None)?;
    scan("Zoë's code with one wrong digit", &one_wrong_digit(&visitors.zoe.code), "refuse", Some("malformed"))?;

    let block = json!({"reason": "lost"});
    story.client.post(
        "personalization",
        &format!("/api/v1/annual-tickets/{}/block", visitors.zoe.annual_ticket),
        &block,
    )?;
    learn_of_a_change(&agent)?;
    scan("Zoë's card after she reported it lost", &visitors.zoe.code, "refuse", Some("blocked"))?;
    let pushed = agent.upload().context("the gate could not upload its scans")?;
    ensure!(pushed.stored == scans.len(), "{} of {} scans were stored", pushed.stored, scans.len());
    story.say("Zoë reports her card lost: the gate refuses it at once. Every scan is stored at the server, once.");
    Ok(scans)
}

/// Waits as a gate does until the server has something new, and takes it over.
fn learn_of_a_change(agent: &Agent) -> anyhow::Result<()> {
    for _ in 0..ATTEMPTS_MAX {
        agent.wait_for_news().context("the gate could not wait for news")?;
        if agent.sync().context("the gate could not sync")?.changes > 0 {
            return Ok(());
        }
    }
    bail!("the gate did not learn of the change")
}

/// Adds a gate that nobody has paired yet, for whoever tries the demo. Its code stays valid until it is used.
pub(super) async fn add_free_device(app: &SharedApp) -> anyhow::Result<Value> {
    let act = app.act(Actor::System);
    let new = NewDevice {
        name: "Schloss, garden gate".to_owned(),
        house: "schloss".parse().map_err(anyhow::Error::msg)?,
        exhibition: None,
        direction: Direction::In,
    };
    let (id, code) =
        app.db.write(async move |tx: &mut Conn| add_device(tx, &act, &new, CodeLife::UntilUsed).await).await?;
    Ok(json!({"id": id, "pairing_code": code.as_str()}))
}

/// The code with its tenth digit raised by one.
fn one_wrong_digit(code: &str) -> String {
    let wrong = |(place, digit): (usize, char)| match digit.to_digit(10) {
        Some(value) if place == 9 => char::from_digit((value + 1) % 10, 10).unwrap_or(digit),
        _ => digit,
    };
    code.chars().enumerate().map(wrong).collect()
}
