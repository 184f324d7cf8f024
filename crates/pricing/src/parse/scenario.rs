//! Reading a whole scenario, and the checks that concern several of its parts.

use chrono::DateTime;
use serde_json::Value;

use super::offer::offer;
use super::reader::{Fields, Node};
use crate::error::ScenarioError;
use crate::limits;
use crate::scenario::{Channel, Customer, Line, Refund, ReturnedTickets, SaleRules, Scenario};

/// The schema that this reader knows.
const SCHEMA: &str = "passepartout.pricing/1";

/// Reads one scenario from JSON text.
///
/// # Errors
///
/// Names the path and what is wrong there, as in `offers[2].effect.percent: "120" is above 100`; also when the scenario
/// is larger than the engine serves.
pub fn parse_scenario(json: &str) -> Result<Scenario, ScenarioError> {
    if json.len() > limits::TEXT_BYTES_MAX {
        return Err(ScenarioError::new("$", format!("is longer than {} bytes", limits::TEXT_BYTES_MAX)));
    }
    let value: Value =
        serde_json::from_str(json).map_err(|error| ScenarioError::new("$", format!("is not JSON: {error}")))?;
    let scenario = scenario(Node::document(&value))?;
    limits::check(&scenario)?;
    Ok(scenario)
}

fn scenario(node: Node<'_>) -> Result<Scenario, ScenarioError> {
    let fields = node.fields(&[
        "schema",
        "now",
        "timezone",
        "currency",
        "channel",
        "box_office_profile",
        "customer",
        "staff_overrides",
        "regular_prices",
        "basket",
        "offers",
        "codes_entered",
        "refund",
    ])?;
    fields.optional("schema", |schema| schema.word(&[(SCHEMA, ())]))?;
    Ok(Scenario {
        now: fields.required("now", |now| {
            let text = now.text()?;
            match DateTime::parse_from_rfc3339(&text) {
                Ok(instant) => Ok(instant),
                Err(_) => now.refuse(format!("{text:?} is not an instant like \"2026-07-04T09:15:00+02:00\"")),
            }
        })?,
        timezone: fields.required("timezone", |zone| {
            let text = zone.text()?;
            match text.parse() {
                Ok(zone) => Ok(zone),
                Err(_) => zone.refuse(format!("{text:?} is not a time zone like \"Europe/Berlin\"")),
            }
        })?,
        currency: fields.required("currency", |currency| currency.text())?,
        channel: fields.required("channel", channel)?,
        box_office_profile: fields.optional("box_office_profile", |profile| profile.text())?,
        customer: fields.optional("customer", customer)?,
        staff_overrides: fields.names("staff_overrides")?,
        regular_prices: fields
            .or_default("regular_prices", |prices| prices.entries(|price| price.money()))?
            .into_iter()
            .collect(),
        basket: fields.or_default("basket", |basket| {
            limits::refuse_long_list(basket.len(), limits::LINES_MAX, "lines").or_else(|why| basket.refuse(why))?;
            basket.list(line)
        })?,
        offers: fields.or_default("offers", |offers| {
            limits::refuse_long_list(offers.len(), limits::OFFERS_MAX, "offers").or_else(|why| offers.refuse(why))?;
            offers.list(offer)
        })?,
        codes_entered: fields.names("codes_entered")?,
        refund: fields.optional("refund", refund)?,
    })
}

/// A list of channels; absent means all.
pub(super) fn channels(fields: &Fields<'_>, name: &str) -> Result<Vec<Channel>, ScenarioError> {
    fields.or_default(name, |channels| channels.list(channel))
}

fn channel(node: Node<'_>) -> Result<Channel, ScenarioError> {
    let known = [Channel::Online, Channel::BoxOffice, Channel::BackOffice];
    node.word(&known.map(|channel| (channel.name(), channel)))
}

fn customer(node: Node<'_>) -> Result<Customer, ScenarioError> {
    let fields = node.fields(&["id", "existing", "newsletter", "partner"])?;
    Ok(Customer {
        id: fields.optional("id", |id| id.text())?,
        existing: fields.or_default("existing", |flag| flag.flag())?,
        newsletter: fields.or_default("newsletter", |flag| flag.flag())?,
        partner: fields.optional("partner", |partner| partner.text())?,
    })
}

fn line(node: Node<'_>) -> Result<Line, ScenarioError> {
    let fields = node.fields(&[
        "line",
        "category",
        "product",
        "museum",
        "exhibition",
        "event",
        "price_list",
        "category_labels",
        "event_labels",
        "price_list_labels",
        "unit_price",
        "audience_prices",
        "quantity",
        "vat_rate",
        "sale_rules",
        "staff_override",
    ])?;
    Ok(Line {
        line: fields.required("line", |line| line.name())?,
        category: fields.required("category", |category| category.name())?,
        product: fields.optional("product", |id| id.text())?,
        museum: fields.optional("museum", |id| id.text())?,
        exhibition: fields.optional("exhibition", |id| id.text())?,
        event: fields.optional("event", |id| id.text())?,
        price_list: fields.optional("price_list", |id| id.text())?,
        category_labels: fields.names("category_labels")?,
        event_labels: fields.names("event_labels")?,
        price_list_labels: fields.names("price_list_labels")?,
        unit_price: fields.optional("unit_price", |price| price.money())?,
        audience_prices: fields
            .or_default("audience_prices", |prices| prices.entries(|price| price.money()))?
            .into_iter()
            .collect(),
        quantity: fields.required("quantity", |quantity| quantity.count_from_one())?,
        vat_rate: fields.optional("vat_rate", |rate| rate.percent())?,
        sale_rules: fields.or_default("sale_rules", sale_rules)?,
        staff_override: fields.or_default("staff_override", |flag| flag.flag())?,
    })
}

fn sale_rules(node: Node<'_>) -> Result<SaleRules, ScenarioError> {
    let fields = node.fields(&["min_quantity", "max_quantity", "codes", "channels", "left", "requires"])?;
    Ok(SaleRules {
        min_quantity: fields.optional("min_quantity", |count| count.count())?,
        max_quantity: fields.optional("max_quantity", |count| count.count())?,
        codes: fields.names("codes")?,
        channels: channels(&fields, "channels")?,
        left: fields.optional("left", |count| count.count())?,
        requires: fields.names("requires")?,
    })
}

fn refund(node: Node<'_>) -> Result<Refund, ScenarioError> {
    let fields = node.fields(&["returned"])?;
    let returned = fields.or_default("returned", |returned| {
        returned.list(|item| {
            let fields = item.fields(&["line", "quantity"])?;
            Ok(ReturnedTickets {
                line: fields.required("line", |line| line.name())?,
                quantity: fields.required("quantity", |quantity| quantity.count())?,
            })
        })
    })?;
    Ok(Refund { returned })
}
