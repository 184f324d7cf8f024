//! The form of an offer, with an example that the engine prices while the form is filled in.

use super::offer_form::{KINDS, field_of, to_fields, to_json};
use crate::app::SharedApp;
use crate::catalog::store as catalog;
use crate::kernel::slug::Slug;
use crate::promotions::change_offers::{self, OfferDeedError};
use crate::promotions::offer::{OfferError, read_offer};
use crate::promotions::store;
use crate::sales::api::price_frame;
use crate::sales::try_offer::{Example, try_offer};
use crate::web::caller::MARKETING;
use crate::web::pages::{Desk, Done, Fields, FormErrors, PageForm, Visitor, Words, act_once};
use crate::web::{Allowed, PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use db::Conn;
use serde_json::Value;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/campaigns/new", get(show_new).post(create))
        .route("/campaigns/example", post(example))
        .route("/campaigns/{key}/edit", get(show_edit).post(replace))
}

/// Something to tick.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) name: String,
}

/// What an offer may be for.
pub(super) struct Shelf {
    products: Vec<Choice>,
    categories: Vec<Choice>,
    houses: Vec<Choice>,
    exhibitions: Vec<Choice>,
}

impl Shelf {
    async fn load(app: &SharedApp, words: Words) -> Result<Self, Problem> {
        let language = words.language.as_str();
        let mut conn = app.db.read().await?;
        let products = catalog::products(&mut conn).await?.into_iter().filter(|product| !product.archived);
        let products =
            products.map(|one| Choice { name: one.names.get(language).to_owned(), value: one.key.to_string() });
        let products = products.collect();
        let categories = catalog::categories(&mut conn).await?.into_iter();
        let categories = categories
            .map(|one| Choice { name: one.names.get(language).to_owned(), value: one.key.to_string() })
            .collect();
        let houses = catalog::houses(&mut conn).await?.into_iter();
        let exhibitions = catalog::exhibitions(&mut conn).await?.into_iter();
        Ok(Self {
            products,
            categories,
            houses: houses.map(|one| Choice { name: one.name, value: one.key.to_string() }).collect(),
            exhibitions: exhibitions.map(|one| Choice { name: one.name, value: one.key.to_string() }).collect(),
        })
    }
}

/// An example in words.
#[derive(Template)]
#[template(path = "promotions/_example.html")]
pub(super) struct ExampleSaid<'a> {
    visitor: &'a Visitor,
    lines: Vec<String>,
    total: String,
    original: String,
    saves: bool,
    saved: String,
    note: Option<String>,
}

impl<'a> ExampleSaid<'a> {
    fn of(example: Option<&Example>, visitor: &'a Visitor, currency: &str) -> Self {
        let words = visitor.words;
        let money = |cents| words.money(cents, currency);
        let Some(example) = example else {
            let note = Some(visitor.t("example-none"));
            return Self::without(visitor, note);
        };
        let language = words.language.as_str();
        let line = |line: &crate::sales::try_offer::ExampleLine| {
            let name = format!("{} · {}", line.product.get(language), line.category.get(language));
            words.t2("example-line", ("count", i64::from(line.quantity)), ("name", name))
        };
        let saved = crate::kernel::Cents(example.original_total.0 - example.total.0);
        let note = match example.refusal {
            Some("exhausted") => Some("example-exhausted"),
            Some("no_better_price") => Some("example-no-saving"),
            Some(_) => Some("example-not-here"),
            None => (saved.0 == 0).then_some("example-no-saving"),
        };
        Self {
            lines: example.lines.iter().map(line).collect(),
            total: money(example.total),
            original: money(example.original_total),
            saves: saved.0 > 0,
            saved: words.t1("example-saved", "amount", money(saved)),
            note: note.map(|key| words.t(key)),
            visitor,
        }
    }

    fn without(visitor: &'a Visitor, note: Option<String>) -> Self {
        Self {
            visitor,
            lines: Vec::new(),
            total: String::new(),
            original: String::new(),
            saves: false,
            saved: String::new(),
            note,
        }
    }
}

/// The example for an offer as somebody typed it.
pub(super) async fn example_of<'a>(
    app: &SharedApp,
    visitor: &'a Visitor,
    offer: Option<&Value>,
) -> Result<ExampleSaid<'a>, Problem> {
    let Some(Ok((_, offer))) = offer.map(|offer| read_offer(&with_key(offer))) else {
        return Ok(ExampleSaid::without(visitor, Some(visitor.t("example-unfinished"))));
    };
    let museum = &app.config.museum;
    let frame = price_frame(app);
    let mut conn = app.db.read().await?;
    let example = try_offer(&mut conn, &frame, app.clock.now(), &offer).await;
    Ok(match example {
        Ok(example) => ExampleSaid::of(example.as_ref(), visitor, &museum.currency),
        Err(crate::sales::price_basket::PriceError::Basket(_)) => {
            ExampleSaid::without(visitor, Some(visitor.t("example-none")))
        }
        Err(crate::sales::price_basket::PriceError::Db(error)) => return Err(error.into()),
    })
}

/// A draft may still lack its key.
fn with_key(offer: &Value) -> Value {
    let mut offer = offer.clone();
    if offer.get("id").and_then(Value::as_str).is_none_or(str::is_empty) {
        offer["id"] = Value::from("draft");
    }
    offer
}

#[derive(Template)]
#[template(path = "promotions/edit.html")]
struct EditPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    /// The offer that is edited; none: a new one.
    key: Option<Slug>,
    currency: &'a str,
    kinds: [&'static str; 7],
    form: &'a Fields,
    shelf: Shelf,
    example: ExampleSaid<'a>,
    errors: FormErrors,
    once: String,
}

impl EditPage<'_> {
    fn is_kind(&self, kind: &str) -> bool {
        self.form.get("kind") == kind
    }

    fn kind_name(&self, kind: &str) -> String {
        self.visitor.t(&format!("offer-kind-{}", kind.replace('_', "-")))
    }

    fn action(&self) -> String {
        match &self.key {
            Some(key) => format!("/campaigns/{key}/edit"),
            None => "/campaigns/new".to_owned(),
        }
    }

    fn back(&self) -> String {
        match &self.key {
            Some(key) => format!("/campaigns/{key}"),
            None => "/campaigns".to_owned(),
        }
    }

    /// Whether anything stands, or is wrong, in the part that is folded away otherwise.
    fn has_limits(&self) -> bool {
        let fields = [
            "min_tickets",
            "max_tickets",
            "min_order_value",
            "max_discounted_tickets",
            "max_orders",
            "max_orders_per_customer",
            "max_tickets_total",
            "exclusive",
            "stackable",
        ];
        fields.iter().any(|field| self.form.has(field) || self.errors.of(field).is_some())
    }

    fn price_of(&self, category: &str) -> &str {
        self.form.get(&format!("price:{category}"))
    }
}

async fn show_new(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<MARKETING>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let mut form = Fields::default();
    for (name, value) in [("kind", "percent_off"), ("activation", "code"), ("percent", "10"), ("enabled", "1")] {
        form.put(name, value);
    }
    let desk = Desk::load(&app, &caller).await?;
    page(&app, &visitor, desk, None, &form, FormErrors::default()).await
}

async fn show_edit(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<MARKETING>,
    visitor: Visitor,
    PathKey(key): PathKey<Slug>,
) -> Result<Response, Problem> {
    let offer = stored(&mut app.db.read().await?, &key).await?;
    let Some(form) = to_fields(&offer, &visitor.t("decimal-mark")) else {
        return Ok(Redirect::to(&format!("/campaigns/{key}/expert")).into_response());
    };
    let desk = Desk::load(&app, &caller).await?;
    page(&app, &visitor, desk, Some(key), &form, FormErrors::default()).await
}

async fn create(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    visitor: Visitor,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    save(&app, &caller, &visitor, None, &form).await
}

async fn replace(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    visitor: Visitor,
    PathKey(key): PathKey<Slug>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    save(&app, &caller, &visitor, Some(key), &form).await
}

/// The example for the form as it stands, for the script that asks while somebody types.
async fn example(
    State(app): State<SharedApp>,
    _: Allowed<MARKETING>,
    visitor: Visitor,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let offer = to_json(&form, None).ok();
    Ok(Visitor::show(StatusCode::OK, &example_of(&app, &visitor, offer.as_ref()).await?))
}

async fn save(
    app: &SharedApp,
    caller: &Allowed<MARKETING>,
    visitor: &Visitor,
    key: Option<Slug>,
    form: &Fields,
) -> Result<Response, Problem> {
    let desk = Desk::load(app, &caller.0).await?;
    let before = match &key {
        Some(key) => Some(stored(&mut app.db.read().await?, key).await?),
        None => None,
    };
    let mut errors = FormErrors::default();
    if !form.has("name") {
        errors.add("name", visitor.t("offer-wrong-name"));
    }
    let offer = match to_json(form, before.as_ref()) {
        Ok(offer) => offer,
        Err(wrong) => {
            for field in wrong {
                errors.add(field, visitor.t(wrong_key(field)));
            }
            return page(app, visitor, desk, key, form, errors).await;
        }
    };
    if form.has("preview") || !errors.is_empty() {
        return page(app, visitor, desk, key, form, errors).await;
    }
    match carry_out(app, caller, key.as_ref(), form.get("once"), offer).await {
        Ok(response) => Ok(response),
        Err(OfferDeedError::Offer(error)) => {
            note(&mut errors, &error, form.get("kind"), visitor.words);
            page(app, visitor, desk, key, form, errors).await
        }
        Err(OfferDeedError::KeyTaken) => {
            errors.add("key", visitor.words.problem("offer_key_taken"));
            page(app, visitor, desk, key, form, errors).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Makes or replaces an offer.
pub(super) async fn carry_out(
    app: &SharedApp,
    caller: &Allowed<MARKETING>,
    key: Option<&Slug>,
    once: &str,
    offer: Value,
) -> Result<Response, OfferDeedError> {
    let act = caller.act(app);
    let (deed_act, key) = (act.clone(), key.cloned());
    let deed = async move |tx: &mut Conn| {
        let (known, said) = match &key {
            Some(key) => (change_offers::replace(tx, &deed_act, key, &offer).await?, "offer-saved"),
            None => (change_offers::create(tx, &deed_act, &offer).await?, "offer-made"),
        };
        let name = known.offer.name.unwrap_or_else(|| known.key.to_string());
        Ok(Done::at(format!("/campaigns/{}", known.key)).saying(said).naming(name))
    };
    act_once(app, &act, once, deed).await
}

/// The JSON of a stored offer.
pub(super) async fn stored(conn: &mut Conn, key: &Slug) -> Result<Value, Problem> {
    let known = store::find_offer(conn, key).await?.ok_or_else(|| Problem::not_found("offer"))?;
    serde_json::to_value(&known.offer).map_err(|error| Problem::internal("an offer is no JSON", &error))
}

async fn page(
    app: &SharedApp,
    visitor: &Visitor,
    desk: Desk,
    key: Option<Slug>,
    form: &Fields,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let status = errors.status();
    let offer = to_json(form, None).ok();
    let page = EditPage {
        shelf: Shelf::load(app, visitor.words).await?,
        example: example_of(app, visitor, offer.as_ref()).await?,
        currency: &app.config.museum.currency,
        kinds: KINDS,
        once: visitor.fresh_once(),
        visitor,
        desk,
        key,
        form,
        errors,
    };
    Ok(Visitor::show(status, &page))
}

fn note(errors: &mut FormErrors, error: &OfferError, kind: &str, words: Words) {
    let field = field_of(&error.path, kind);
    errors.add(field, words.t(wrong_key(field)));
}

/// The sentence for a field that is not right.
fn wrong_key(field: &str) -> &'static str {
    match field {
        "percent" | "bundle_percent" => "offer-wrong-percent",
        "amount" | "price" | "max_discount" | "min_order_value" => "offer-wrong-amount",
        "prices" => "offer-wrong-prices",
        "key" => "offer-wrong-key",
        "valid_from" | "valid_until" => "offer-wrong-days",
        "name" | "description" => "offer-wrong-name",
        "kind" | "stackable" | "exclusive" => "offer-wrong-whole",
        _ => "offer-wrong-number",
    }
}
