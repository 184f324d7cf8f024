//! Reading one offer.

use chrono::NaiveDate;
use serde_json::Value;

use super::reader::{Fields, Node};
use super::scenario::channels;
use crate::code::fold_code;
use crate::effect::{Bundle, CapScope, Effect, Layer, ListedPrice, Reward};
use crate::error::ScenarioError;
use crate::offer::{Activation, CustomerAction, CustomerGroups, ItemLimit, KnownAction, Offer, OfferCode};
use crate::scope::{LabelControl, Scope};

/// Reads one offer as it stands in a scenario's `offers` (or in the offers API, where `codes` are absent).
///
/// # Errors
///
/// Names the path inside the offer and what is wrong there, as in `effect.percent: "120" is above 100`.
pub fn parse_offer(value: &Value) -> Result<Offer, ScenarioError> {
    offer(Node::document(value))
}

const OFFER_FIELDS: &[&str] = &[
    "id",
    "name",
    "description",
    "enabled",
    "activation",
    "codes",
    "valid_from",
    "valid_until",
    "channels",
    "box_office_profiles",
    "customers",
    "min_order_value",
    "min_tickets",
    "max_tickets",
    "scope",
    "max_orders",
    "orders_used",
    "max_orders_per_customer",
    "customer_orders_used",
    "max_tickets_total",
    "tickets_used",
    "max_discounted_tickets",
    "item_limits",
    "exclusive",
    "stackable",
    "effect",
    "customer_actions",
];

pub(super) fn offer(node: Node<'_>) -> Result<Offer, ScenarioError> {
    let fields = node.fields(OFFER_FIELDS)?;
    let offer = Offer {
        id: fields.required("id", |id| id.name())?,
        name: fields.optional("name", |name| name.text())?,
        description: fields.optional("description", |description| description.text())?,
        enabled: fields.optional("enabled", |enabled| enabled.flag())?.unwrap_or(true),
        activation: fields.or_default("activation", |activation| {
            activation.word(&[
                ("code", Activation::Code),
                ("automatic", Activation::Automatic),
                ("automatic_combinable", Activation::AutomaticCombinable),
            ])
        })?,
        codes: fields.or_default("codes", |codes| codes.list(offer_code))?,
        valid_from: fields.optional("valid_from", date)?,
        valid_until: fields.optional("valid_until", date)?,
        channels: channels(&fields, "channels")?,
        box_office_profiles: fields.names("box_office_profiles")?,
        customers: fields.or_default("customers", customer_groups)?,
        min_order_value: fields.optional("min_order_value", |value| value.money())?,
        min_tickets: fields.optional("min_tickets", |count| count.count())?,
        max_tickets: fields.optional("max_tickets", |count| count.count())?,
        scope: fields.or_default("scope", scope)?,
        max_orders: fields.optional("max_orders", |count| count.count())?,
        orders_used: fields.or_default("orders_used", |count| count.count())?,
        max_orders_per_customer: fields.optional("max_orders_per_customer", |count| count.count())?,
        customer_orders_used: fields.or_default("customer_orders_used", |count| count.count())?,
        max_tickets_total: fields.optional("max_tickets_total", |count| count.count())?,
        tickets_used: fields.or_default("tickets_used", |count| count.count())?,
        max_discounted_tickets: fields.optional("max_discounted_tickets", |count| count.count())?,
        item_limits: fields.or_default("item_limits", |limits| limits.list(item_limit))?,
        exclusive: fields.or_default("exclusive", |flag| flag.flag())?,
        stackable: fields.or_default("stackable", |flag| flag.flag())?,
        effect: fields.optional("effect", effect)?,
        customer_actions: fields.or_default("customer_actions", |actions| actions.list(customer_action))?,
    };
    refuse_ticket_quotas_of_order_effects(&offer, &fields)?;
    Ok(offer)
}

fn refuse_ticket_quotas_of_order_effects(offer: &Offer, fields: &Fields<'_>) -> Result<(), ScenarioError> {
    if offer.effect.as_ref().map(Effect::layer) != Some(Layer::Order) {
        return Ok(());
    }
    let given = [
        ("max_tickets_total", offer.max_tickets_total.is_some()),
        ("max_discounted_tickets", offer.max_discounted_tickets.is_some()),
        ("item_limits", !offer.item_limits.is_empty()),
    ];
    match given.iter().find(|(_, given)| *given) {
        Some((name, _)) => fields.refuse(name, "a ticket quota is not allowed with an effect on the order"),
        None => Ok(()),
    }
}

fn offer_code(node: Node<'_>) -> Result<OfferCode, ScenarioError> {
    let fields = node.fields(&["code", "enabled", "max_uses", "used"])?;
    let code = fields.required("code", |code| code.name())?;
    if fold_code(&code).is_empty() {
        return fields.refuse("code", "has no letter or digit");
    }
    Ok(OfferCode {
        code,
        enabled: fields.optional("enabled", |enabled| enabled.flag())?.unwrap_or(true),
        max_uses: fields.optional("max_uses", |count| count.count())?,
        used: fields.or_default("used", |count| count.count())?,
    })
}

fn date(node: Node<'_>) -> Result<NaiveDate, ScenarioError> {
    let text = node.text()?;
    match NaiveDate::parse_from_str(&text, "%Y-%m-%d") {
        // The format alone would also read "2026-6-3".
        Ok(date) if date.format("%Y-%m-%d").to_string() == text => Ok(date),
        _ => node.refuse(format!("{text:?} is not a date like \"2026-06-30\"")),
    }
}

fn customer_groups(node: Node<'_>) -> Result<CustomerGroups, ScenarioError> {
    let fields = node.fields(&["existing", "newsletter", "list", "partners"])?;
    Ok(CustomerGroups {
        existing: fields.or_default("existing", |flag| flag.flag())?,
        newsletter: fields.or_default("newsletter", |flag| flag.flag())?,
        list: fields.names("list")?,
        partners: fields.names("partners")?,
    })
}

fn scope(node: Node<'_>) -> Result<Scope, ScenarioError> {
    let fields = node.fields(&[
        "museums",
        "exhibitions",
        "events",
        "products",
        "categories",
        "category_label",
        "event_label",
        "price_list_label",
    ])?;
    Ok(Scope {
        museums: fields.names("museums")?,
        exhibitions: fields.names("exhibitions")?,
        events: fields.names("events")?,
        products: fields.names("products")?,
        categories: fields.names("categories")?,
        category_label: label_control(&fields, "category_label")?,
        event_label: label_control(&fields, "event_label")?,
        price_list_label: label_control(&fields, "price_list_label")?,
    })
}

fn label_control(fields: &Fields<'_>, name: &str) -> Result<Option<LabelControl>, ScenarioError> {
    let control = fields.optional(name, |node| {
        let parts = node.fields(&["has", "lacks"])?;
        let has = parts.optional("has", |label| label.text())?;
        let lacks = parts.optional("lacks", |label| label.text())?;
        match (has, lacks) {
            (Some(label), None) => Ok(Some(LabelControl::Has(label))),
            (None, Some(label)) => Ok(Some(LabelControl::Lacks(label))),
            (None, None) => Ok(None),
            (Some(_), Some(_)) => node.refuse("has both \"has\" and \"lacks\""),
        }
    })?;
    Ok(control.flatten())
}

fn item_limit(node: Node<'_>) -> Result<ItemLimit, ScenarioError> {
    let fields = node.fields(&["scope", "max_tickets_total", "tickets_used", "max_per_order"])?;
    Ok(ItemLimit {
        scope: fields.or_default("scope", scope)?,
        max_tickets_total: fields.optional("max_tickets_total", |count| count.count())?,
        tickets_used: fields.or_default("tickets_used", |count| count.count())?,
        max_per_order: fields.optional("max_per_order", |count| count.count())?,
    })
}

#[derive(Clone, Copy)]
enum EffectKind {
    PriceList,
    PriceAudience,
    PercentOff,
    AmountOffTicket,
    TicketPrice,
    Bundle,
    AmountOffOrder,
    PercentOffOrder,
}

const EFFECT_KINDS: [(&str, EffectKind); 8] = [
    ("price_list", EffectKind::PriceList),
    ("price_audience", EffectKind::PriceAudience),
    ("percent_off", EffectKind::PercentOff),
    ("amount_off_ticket", EffectKind::AmountOffTicket),
    ("ticket_price", EffectKind::TicketPrice),
    ("bundle", EffectKind::Bundle),
    ("amount_off_order", EffectKind::AmountOffOrder),
    ("percent_off_order", EffectKind::PercentOffOrder),
];

fn effect(node: Node<'_>) -> Result<Effect, ScenarioError> {
    // The kind decides which other fields are known, so it is read first and alone.
    let kind = match node.object()?.get("type") {
        Some(_) => EffectKind::read(&node)?,
        None => return node.fields(&[])?.refuse("type", "is missing"),
    };
    match kind {
        EffectKind::PriceList => {
            let fields = node.fields(&["type", "price_list", "prices"])?;
            Ok(Effect::PriceList {
                price_list: fields.optional("price_list", |name| name.text())?,
                prices: fields.or_default("prices", |prices| prices.list(listed_price))?,
            })
        }
        EffectKind::PriceAudience => {
            let fields = node.fields(&["type", "audience"])?;
            Ok(Effect::PriceAudience { audience: fields.required("audience", |name| name.name())? })
        }
        EffectKind::PercentOff => {
            let fields = node.fields(&["type", "percent", "max_discount", "cap_scope"])?;
            Ok(Effect::PercentOff {
                percent: fields.required("percent", |percent| percent.percent())?,
                max_discount: fields.optional("max_discount", |cap| cap.money())?,
                cap_scope: fields.or_default("cap_scope", |scope| {
                    scope.word(&[("order", CapScope::Order), ("ticket", CapScope::Ticket)])
                })?,
            })
        }
        EffectKind::AmountOffTicket => {
            let fields = node.fields(&["type", "amount"])?;
            Ok(Effect::AmountOffTicket { amount: fields.required("amount", |amount| amount.money())? })
        }
        EffectKind::TicketPrice => {
            let fields = node.fields(&["type", "price"])?;
            Ok(Effect::TicketPrice { price: fields.required("price", |price| price.money())? })
        }
        EffectKind::Bundle => bundle(node).map(|bundle| Effect::Bundle(Box::new(bundle))),
        EffectKind::AmountOffOrder => {
            let fields = node.fields(&["type", "amount"])?;
            Ok(Effect::AmountOffOrder { amount: fields.required("amount", |amount| amount.money())? })
        }
        EffectKind::PercentOffOrder => {
            let fields = node.fields(&["type", "percent", "max_discount"])?;
            Ok(Effect::PercentOffOrder {
                percent: fields.required("percent", |percent| percent.percent())?,
                max_discount: fields.optional("max_discount", |cap| cap.money())?,
            })
        }
    }
}

impl EffectKind {
    fn read(node: &Node<'_>) -> Result<EffectKind, ScenarioError> {
        let names: Vec<&str> = node.object()?.keys().map(String::as_str).collect();
        node.fields(&names)?.required("type", |kind| kind.word(&EFFECT_KINDS))
    }
}

fn bundle(node: Node<'_>) -> Result<Bundle, ScenarioError> {
    let fields = node.fields(&["type", "buy", "get", "percent", "reward", "buy_scope", "get_scope", "max_bundles"])?;
    Ok(Bundle {
        buy: fields.required("buy", |count| count.count_from_one())?,
        get: fields.required("get", |count| count.count_from_one())?,
        percent: fields.required("percent", |percent| percent.percent())?,
        reward: fields
            .or_default("reward", |reward| reward.word(&[("cheapest", Reward::Cheapest), ("any", Reward::Any)]))?,
        buy_scope: fields.or_default("buy_scope", scope)?,
        get_scope: fields.or_default("get_scope", scope)?,
        max_bundles: fields.optional("max_bundles", |count| count.count())?,
    })
}

fn listed_price(node: Node<'_>) -> Result<ListedPrice, ScenarioError> {
    let fields = node.fields(&["category", "price", "labels"])?;
    Ok(ListedPrice {
        category: fields.required("category", |category| category.name())?,
        price: fields.required("price", |price| price.money())?,
        labels: fields.names("labels")?,
    })
}

fn customer_action(node: Node<'_>) -> Result<CustomerAction, ScenarioError> {
    let object = node.object()?;
    match object.get("type").and_then(Value::as_str) {
        Some("assign_partner") => {
            let fields = node.fields(&["type", "partner"])?;
            let partner = fields.required("partner", |partner| partner.name())?;
            Ok(CustomerAction::Known(KnownAction::AssignPartner { partner }))
        }
        Some("set_price_audience") => {
            let fields = node.fields(&["type", "audience"])?;
            let audience = fields.required("audience", |audience| audience.name())?;
            Ok(CustomerAction::Known(KnownAction::SetPriceAudience { audience }))
        }
        Some(_) => Ok(CustomerAction::Other(object.clone())),
        None => {
            let names: Vec<&str> = object.keys().map(String::as_str).collect();
            node.fields(&names)?.required("type", |kind| kind.name().map(|_| CustomerAction::Other(object.clone())))
        }
    }
}
