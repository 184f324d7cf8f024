//! Offers in words: what one does, when, and where it stands.

use crate::kernel::UtcMs;
use crate::kernel::period::local_day;
use crate::promotions::KnownOffer;
use crate::promotions::ledger::{Limit, Uses};
use crate::web::pages::Words;
use chrono::NaiveDate;
use chrono_tz::Tz;
use pricing::{Activation, Effect, Percent};

/// Where an offer stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It acts.
    Active,
    /// Its first day is still to come.
    Planned,
    /// All its uses are used.
    UsedUp,
    /// Its last day is over.
    Ended,
    /// It is switched off.
    Off,
    /// It is put away.
    Archived,
}

impl Standing {
    pub(super) const ALL: [Self; 6] =
        [Self::Active, Self::Planned, Self::UsedUp, Self::Ended, Self::Off, Self::Archived];

    pub(super) fn of(known: &KnownOffer, used: u32, today: NaiveDate) -> Self {
        let offer = &known.offer;
        if known.archived {
            Self::Archived
        } else if !offer.enabled {
            Self::Off
        } else if offer.valid_until.is_some_and(|until| today > until) {
            Self::Ended
        } else if offer.max_orders.is_some_and(|most| used >= most) {
            Self::UsedUp
        } else if offer.valid_from.is_some_and(|from| today < from) {
            Self::Planned
        } else {
            Self::Active
        }
    }

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Planned => "planned",
            Self::UsedUp => "used-up",
            Self::Ended => "ended",
            Self::Off => "off",
            Self::Archived => "archived",
        }
    }

    /// The tone and the symbol of its label.
    pub(super) const fn look(self) -> (&'static str, &'static str) {
        match self {
            Self::Active => ("good", "✓"),
            Self::Planned => ("calm", "◷"),
            Self::UsedUp => ("attention", "!"),
            Self::Ended => ("plain", "■"),
            Self::Off => ("plain", "○"),
            Self::Archived => ("plain", "▤"),
        }
    }
}

/// An offer as a list or a record shows it.
#[derive(Debug, Clone)]
pub(super) struct OfferSaid {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) effect: String,
    pub(super) activation: String,
    pub(super) period: String,
    pub(super) orders: String,
    pub(super) tickets: String,
    pub(super) standing: Standing,
    pub(super) tone: &'static str,
    pub(super) symbol: &'static str,
    pub(super) state: String,
    pub(super) position: i64,
    /// A code of it, and whether there are more.
    pub(super) code: Option<(String, bool)>,
}

impl OfferSaid {
    pub(super) fn of(known: &KnownOffer, uses: &Uses, words: Words, currency: &str, today: NaiveDate) -> Self {
        let offer = &known.offer;
        let orders = uses.of(&Limit::offer_orders(known.key.as_str()));
        let tickets = uses.of(&Limit::offer_tickets(known.key.as_str()));
        let standing = Standing::of(known, orders, today);
        let (tone, symbol) = standing.look();
        Self {
            key: known.key.to_string(),
            name: offer.name.clone().unwrap_or_else(|| known.key.to_string()),
            effect: effect(offer.effect.as_ref(), words, currency),
            activation: words.t(match offer.activation {
                Activation::Code => "offer-activation-code",
                Activation::Automatic => "offer-activation-automatic",
                Activation::AutomaticCombinable => "offer-activation-automatic-combinable",
            }),
            period: period(offer.valid_from, offer.valid_until, words),
            orders: of_most(orders, offer.max_orders, words),
            tickets: of_most(tickets, offer.max_tickets_total, words),
            standing,
            tone,
            symbol,
            state: words.t(&format!("offer-state-{}", standing.as_str())),
            position: known.position,
            code: None,
        }
    }
}

/// The day on which offers are looked at.
pub(super) fn today(now: UtcMs, zone: Tz) -> NaiveDate {
    local_day(now, zone)
}

/// What an offer does, in one line.
pub(super) fn effect(effect: Option<&Effect>, words: Words, currency: &str) -> String {
    let percent = |percent: &Percent| percent.to_string().replace('.', words.t("decimal-mark").as_str());
    match effect {
        None => words.t("offer-does-nothing"),
        Some(Effect::PriceList { prices, .. }) => {
            words.t1("offer-does-price-list", "count", i64::try_from(prices.len()).unwrap_or(i64::MAX))
        }
        Some(Effect::PriceAudience { audience }) => words.t1("offer-does-audience", "audience", audience.as_str()),
        Some(Effect::PercentOff { percent: share, max_discount, .. }) => {
            let text = words.t1("offer-does-percent-off", "percent", percent(share));
            capped(text, max_discount.as_ref(), words, currency)
        }
        Some(Effect::PercentOffOrder { percent: share, max_discount }) => {
            let text = words.t1("offer-does-percent-off-order", "percent", percent(share));
            capped(text, max_discount.as_ref(), words, currency)
        }
        Some(Effect::AmountOffTicket { amount }) => {
            words.t1("offer-does-amount-off-ticket", "amount", words.money(*amount, currency))
        }
        Some(Effect::AmountOffOrder { amount }) => {
            words.t1("offer-does-amount-off-order", "amount", words.money(*amount, currency))
        }
        Some(Effect::TicketPrice { price }) => {
            words.t1("offer-does-ticket-price", "price", words.money(*price, currency))
        }
        Some(Effect::Bundle(bundle)) => {
            let (buy, get) = (i64::from(bundle.buy), i64::from(bundle.get));
            let share = percent(&bundle.percent);
            if share == "100" {
                words.t2("offer-does-bundle", ("buy", buy), ("get", get))
            } else {
                let text = words.t2("offer-does-bundle-less", ("buy", buy), ("get", get));
                format!("{text} {}", words.t1("offer-does-bundle-share", "percent", share))
            }
        }
    }
}

fn capped(text: String, most: Option<&pricing::Cents>, words: Words, currency: &str) -> String {
    match most {
        Some(most) => format!("{text}, {}", words.t1("offer-does-at-most", "amount", words.money(*most, currency))),
        None => text,
    }
}

fn period(from: Option<NaiveDate>, until: Option<NaiveDate>, words: Words) -> String {
    match (from, until) {
        (None, None) => words.t("offer-always"),
        (Some(from), None) => words.t1("offer-from", "date", words.date(from)),
        (None, Some(until)) => words.t1("offer-until", "date", words.date(until)),
        (Some(from), Some(until)) => {
            words.t2("offer-from-until", ("from", words.date(from)), ("until", words.date(until)))
        }
    }
}

fn of_most(used: u32, most: Option<u32>, words: Words) -> String {
    match most {
        Some(most) => words.t2("offer-used-of", ("used", words.count(used.into())), ("most", words.count(most.into()))),
        None => words.count(used.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::pages::Language;
    use serde_json::json;

    #[test]
    fn an_offer_stands_where_its_days_and_uses_put_it() {
        let offer = |change: serde_json::Value| {
            let mut offer = json!({"id": "a", "effect": {"type": "percent_off", "percent": "10"}});
            for (key, value) in change.as_object().unwrap() {
                offer[key] = value.clone();
            }
            let (key, offer) = crate::promotions::offer::read_offer(&offer).unwrap();
            let (created_at, updated_at) = (UtcMs(0), UtcMs(0));
            KnownOffer { key, position: 1, version: 1, offer, archived: false, created_at, updated_at }
        };
        let today = "2026-07-04".parse().unwrap();
        for (change, used, standing) in [
            (json!({}), 0, Standing::Active),
            (json!({"valid_from": "2026-07-04", "valid_until": "2026-07-04"}), 0, Standing::Active),
            (json!({"valid_from": "2026-07-05"}), 0, Standing::Planned),
            (json!({"valid_until": "2026-07-03"}), 0, Standing::Ended),
            (json!({"max_orders": 3}), 3, Standing::UsedUp),
            (json!({"enabled": false, "valid_until": "2026-07-03"}), 0, Standing::Off),
        ] {
            assert_eq!(Standing::of(&offer(change.clone()), used, today), standing, "{change}");
        }
        let away = KnownOffer { archived: true, ..offer(json!({})) };
        assert_eq!(Standing::of(&away, 0, today), Standing::Archived);
    }

    #[test]
    fn effects_are_said_in_one_line() {
        for (said, effect_json) in [
            (
                "12,5 % Rabatt auf jedes Ticket, höchstens 10,00\u{A0}€",
                json!({"type": "percent_off", "percent": "12.5", "max_discount": "10.00"}),
            ),
            ("2 kaufen, 1 gratis dazu", json!({"type": "bundle", "buy": 2, "get": 1, "percent": "100"})),
            ("jedes Ticket für 5,00\u{A0}€", json!({"type": "ticket_price", "price": "5.00"})),
        ] {
            let offer = pricing::parse_offer(&json!({"id": "a", "effect": effect_json})).unwrap();
            assert_eq!(effect(offer.effect.as_ref(), Words::of(Language::De), "EUR"), said);
        }
    }
}
