//! `/campaigns/{key}/what-if`: what an offer would have done to the orders of a period.
//!
//! Some hundred orders are priced at a time; the page then goes on by itself with what came out so far in its address, until it is done
//! or somebody leaves it. So a long period shows its progress, can be stopped, and keeps nobody else waiting.

use super::record::find;
use crate::app::SharedApp;
use crate::kernel::ids::OrderId;
use crate::kernel::period::{local_day, start_of_day};
use crate::kernel::slug::Slug;
use crate::kernel::{Cents, UtcMs};
use crate::promotions::KnownOffer;
use crate::sales::what_if::{Outcome, Question, orders_between, what_if};
use crate::web::caller::MARKETING;
use crate::web::pages::{Desk, FormErrors, Visitor};
use crate::web::{Allowed, PathKey, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use pricing::Activation;
use serde::Deserialize;
use std::ops::Range;

/// Orders that are priced for one page.
const ORDERS_AT_ONCE: u32 = 300;
/// The most days of a period.
const DAYS_MAX: i64 = 366;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/campaigns/{key}/what-if", get(show))
}

/// The period, and what came out so far.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    /// Whether the offer acts on its own days only.
    #[serde(default)]
    own_days: String,
    #[serde(default)]
    at: Option<i64>,
    #[serde(default)]
    after: String,
    #[serde(default)]
    orders: i64,
    #[serde(default)]
    changed: i64,
    #[serde(default)]
    unpriced: i64,
    #[serde(default)]
    before: i64,
    #[serde(default)]
    with: i64,
}

/// What came out so far, in words.
struct Said {
    orders: String,
    changed: String,
    unpriced: Option<String>,
    before: String,
    with: String,
    difference: String,
    /// Of a hundred.
    percent: i64,
    /// Where it goes on.
    next: Option<String>,
    progress: String,
}

#[derive(Template)]
#[template(path = "promotions/what_if.html")]
struct WhatIfPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    key: &'a Slug,
    name: String,
    from: String,
    until: String,
    own_days: bool,
    by_code: bool,
    said: Option<Said>,
    errors: FormErrors,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<MARKETING>,
    visitor: Visitor,
    PathKey(key): PathKey<Slug>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let zone = app.config.museum.zone();
    let today = local_day(app.clock.now(), zone);
    let mut conn = app.db.snapshot().await?;
    let known = find(&mut conn, &key).await?;
    let mut errors = FormErrors::default();
    let asks = !asked.from.is_empty() || !asked.until.is_empty();
    let days = (asked.from.parse::<NaiveDate>(), asked.until.parse::<NaiveDate>());
    let said = match days {
        (Ok(from), Ok(until)) if from <= until && (until - from).num_days() <= DAYS_MAX => {
            let mut offer = known.offer.clone();
            offer.enabled = true;
            if asked.own_days != "1" {
                (offer.valid_from, offer.valid_until) = (None, None);
            }
            let next_day = until.checked_add_days(Days::new(1)).unwrap_or(until);
            let codes_open = codes_open(&known, zone);
            let question =
                Question { offer, from: start_of_day(from, zone), until: start_of_day(next_day, zone), codes_open };
            let mut outcome = asked.outcome();
            let all = orders_between(&mut conn, question.from, question.until).await?;
            let next = what_if(&mut conn, &question, asked.place(), ORDERS_AT_ONCE, &mut outcome).await?;
            Some(in_words(&app, &visitor, &key, &asked, outcome, all, next))
        }
        _ => {
            if asks {
                errors.add("from", visitor.t("what-if-wrong-days"));
            }
            None
        }
    };
    drop(conn);
    let yesterday = today.checked_sub_days(Days::new(1)).unwrap_or(today);
    let status = errors.status();
    let page = WhatIfPage {
        desk: Desk::load(&app, &caller).await?,
        by_code: known.offer.activation == Activation::Code,
        name: known.offer.name.unwrap_or_else(|| key.to_string()),
        from: if asks { asked.from } else { yesterday.to_string() },
        until: if asks { asked.until } else { yesterday.to_string() },
        own_days: asked.own_days == "1",
        key: &key,
        said,
        errors,
        visitor: &visitor,
    };
    Ok(Visitor::show(status, &page))
}

/// When buyers could enter a code of the offer: since it was made, on its days. One that is off waits for its first buyer.
fn codes_open(known: &KnownOffer, zone: Tz) -> Option<Range<UtcMs>> {
    let offer = &known.offer;
    let is_open = offer.enabled && !known.archived && offer.activation == Activation::Code;
    let from = offer.valid_from.map_or(known.created_at, |day| known.created_at.max(start_of_day(day, zone)));
    let until = offer.valid_until.and_then(|day| day.checked_add_days(Days::new(1)));
    let until = until.map_or(UtcMs(i64::MAX), |day| start_of_day(day, zone));
    is_open.then_some(from..until)
}

impl Asked {
    fn outcome(&self) -> Outcome {
        Outcome {
            orders: self.orders,
            changed: self.changed,
            unpriced: self.unpriced,
            before: Cents(self.before),
            with: Cents(self.with),
        }
    }

    fn place(&self) -> Option<(UtcMs, OrderId)> {
        Some((UtcMs(self.at?), self.after.parse().ok()?))
    }
}

fn in_words(
    app: &SharedApp,
    visitor: &Visitor,
    key: &Slug,
    asked: &Asked,
    outcome: Outcome,
    all: i64,
    next: Option<(UtcMs, OrderId)>,
) -> Said {
    let words = visitor.words;
    let money = |amount| words.money(amount, &app.config.museum.currency);
    let Outcome { orders, changed, unpriced, before, with } = outcome;
    let next = next.map(|(at, after)| {
        format!(
            "/campaigns/{key}/what-if?from={}&until={}&own_days={}&at={}&after={after}&orders={orders}&changed={changed}&unpriced={unpriced}&before={}&with={}",
            asked.from, asked.until, asked.own_days, at.0, before.0, with.0
        )
    });
    Said {
        orders: words.t1("what-if-orders", "count", orders),
        changed: words.t1("what-if-changed", "count", changed),
        unpriced: (unpriced > 0).then(|| words.t1("what-if-unpriced", "count", unpriced)),
        before: money(before),
        with: money(with),
        difference: money(Cents(with.0.saturating_sub(before.0))),
        percent: (orders.saturating_mul(100) / all.max(1)).clamp(0, 100),
        progress: words.t2("what-if-progress", ("count", words.count(orders)), ("all", words.count(all))),
        next,
    }
}
