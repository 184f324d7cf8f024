//! `/campaigns/{key}`: one offer, with what it does, where it stands, its codes and its history.

use super::edit::{ExampleSaid, example_of, stored};
use super::list::counted;
use super::offer_form::to_fields;
use super::say::{OfferSaid, today};
use super::versions::{Difference, differences};
use crate::app::SharedApp;
use crate::kernel::Act;
use crate::kernel::slug::Slug;
use crate::promotions::change_offers::{self, OfferChange, OfferDeedError};
use crate::promotions::offer::OfferText;
use crate::promotions::{KnownOffer, store};
use crate::web::caller::{Caller, MARKETING};
use crate::web::pages::{Desk, Done, Fields, HistoryRow, Language, PageForm, Visitor, act_once, history};
use crate::web::{Allowed, PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use db::Conn;

/// How many versions are shown.
const VERSIONS_SHOWN: u32 = 20;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/campaigns/{key}", get(show))
        .route("/campaigns/{key}/enabled", post(switch))
        .route("/campaigns/{key}/position", post(place))
        .route("/campaigns/{key}/archived", post(archive))
        .route("/campaigns/{key}/copy", post(copy))
        .route("/campaigns/{key}/delete", get(ask_to_delete).post(delete))
}

/// One version and what it changed.
struct VersionSaid {
    /// The version that went before it, which can be restored.
    before: u32,
    number: String,
    when: String,
    differences: Vec<Difference>,
}

#[derive(Template)]
#[template(path = "promotions/record.html")]
struct RecordPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    offer: OfferSaid,
    description: Option<String>,
    known: &'a KnownOffer,
    has_form: bool,
    was_used: bool,
    codes_said: String,
    example: ExampleSaid<'a>,
    conditions: Vec<(String, String)>,
    versions: Vec<VersionSaid>,
    history: Vec<HistoryRow>,
    /// A token for each form of the page: whoever switches an offer off may still move it.
    once_switch: String,
    once_place: String,
    once_archive: String,
    once_copy: String,
    texts: Vec<TextSaid>,
}

/// What customers read in one language.
struct TextSaid {
    language: String,
    text: OfferText,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<MARKETING>,
    visitor: Visitor,
    PathKey(key): PathKey<Slug>,
) -> Result<Response, Problem> {
    let words = visitor.words;
    let museum = &app.config.museum;
    let mut conn = app.db.read().await?;
    let known = find(&mut conn, &key).await?;
    let uses = store::uses(&mut conn, &counted(&known)).await?;
    let codes = store::count_codes(&mut conn, &key, "").await?;
    let versions = versions(&mut conn, &app, &visitor, &key).await?;
    let history = history::of(&mut conn, &words, museum.zone(), &[("offer", &key)]).await?;
    let was_used = store::was_used(&mut conn, &counted(&known)[0]).await?;
    let texts = store::texts_of(&mut conn, &key).await?;
    let json = stored(&mut conn, &key).await?;
    drop(conn);
    let page = RecordPage {
        desk: Desk::load(&app, &caller).await?,
        offer: OfferSaid::of(&known, &uses, words, &museum.currency, today(app.clock.now(), museum.zone())),
        description: known.offer.description.clone(),
        known: &known,
        has_form: to_fields(&json, ".").is_some(),
        was_used,
        codes_said: words.t1("offer-codes", "count", codes),
        example: example_of(&app, &visitor, Some(&json)).await?,
        conditions: conditions(&known, &visitor, &museum.currency),
        versions,
        history,
        once_switch: visitor.fresh_once(),
        once_place: visitor.fresh_once(),
        once_archive: visitor.fresh_once(),
        once_copy: visitor.fresh_once(),
        texts: texts.into_iter().map(|(language, text)| said_in(&language, text)).collect(),
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

fn said_in(language: &str, text: OfferText) -> TextSaid {
    let name = language.parse::<Language>().map_or_else(|()| language.to_owned(), |known| known.own_name().to_owned());
    TextSaid { language: name, text }
}

/// What an offer asks for, as far as it asks for anything.
fn conditions(known: &KnownOffer, visitor: &Visitor, currency: &str) -> Vec<(String, String)> {
    let words = visitor.words;
    let offer = &known.offer;
    let number = |key: &str, value: Option<u32>| value.map(|value| (words.t(key), words.count(value.into())));
    let list = |key: &str, values: &[String]| (!values.is_empty()).then(|| (words.t(key), values.join(", ")));
    let channels: Vec<String> = offer
        .channels
        .iter()
        .filter_map(|channel| {
            serde_json::to_value(channel)
                .ok()?
                .as_str()
                .map(|word| words.t(&format!("channel-{}", word.replace('_', "-"))))
        })
        .collect();
    let yes = |key: &str, is_so: bool| is_so.then(|| (words.t(key), words.t("yes")));
    [
        list("offer-channels", &channels),
        list("offer-houses", &offer.scope.museums),
        list("offer-exhibitions", &offer.scope.exhibitions),
        list("offer-products", &offer.scope.products),
        list("offer-categories", &offer.scope.categories),
        offer.min_order_value.map(|value| (words.t("offer-min-order-value"), words.money(value, currency))),
        number("offer-min-tickets", offer.min_tickets),
        number("offer-max-tickets", offer.max_tickets),
        number("offer-max-discounted-tickets", offer.max_discounted_tickets),
        number("offer-max-orders", offer.max_orders),
        number("offer-max-orders-per-customer", offer.max_orders_per_customer),
        number("offer-max-tickets-total", offer.max_tickets_total),
        yes("offer-exclusive", offer.exclusive),
        yes("offer-stackable", offer.stackable),
    ]
    .into_iter()
    .flatten()
    .collect()
}

async fn versions(
    conn: &mut Conn,
    app: &SharedApp,
    visitor: &Visitor,
    key: &Slug,
) -> Result<Vec<VersionSaid>, Problem> {
    let page = store::versions_page(conn, key, None, VERSIONS_SHOWN + 1).await?;
    let pairs = page.items.windows(2).map(|pair| VersionSaid {
        before: pair[1].version,
        number: visitor.words.t1("offer-version", "count", i64::from(pair[0].version)),
        when: visitor.words.moment(pair[0].changed_at, app.config.museum.zone()),
        differences: differences(&pair[1].body, &pair[0].body),
    });
    Ok(pairs.collect())
}

async fn switch(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    PathKey(key): PathKey<Slug>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let enabled = form.get("enabled") == "1";
    let change = OfferChange { enabled: Some(enabled), ..OfferChange::default() };
    let said = if enabled { "offer-enabled" } else { "offer-disabled" };
    change_by_form(&app, &caller, key, form.get("once"), change, said).await
}

async fn place(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    PathKey(key): PathKey<Slug>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let Ok(position) = form.get("position").parse::<u32>() else {
        return Err(Problem::invalid("position", "invalid_value", "a place of the list is a whole number"));
    };
    let change = OfferChange { position: Some(position.max(1)), ..OfferChange::default() };
    change_by_form(&app, &caller, key, form.get("once"), change, "offer-moved").await
}

async fn archive(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    PathKey(key): PathKey<Slug>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let archived = form.get("archived") == "1";
    let change = OfferChange { archived: Some(archived), ..OfferChange::default() };
    let said = if archived { "offer-archived" } else { "offer-taken-out" };
    change_by_form(&app, &caller, key, form.get("once"), change, said).await
}

/// Makes a copy and leads to it.
async fn copy(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    PathKey(key): PathKey<Slug>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let known = change_offers::copy(tx, &deed_act, &key).await?;
        let name = known.offer.name.unwrap_or_else(|| known.key.to_string());
        Ok::<_, OfferDeedError>(Done::at(format!("/campaigns/{}", known.key)).saying("offer-copied").naming(name))
    };
    Ok(act_once(&app, &act, form.get("once"), deed).await?)
}

async fn change_by_form(
    app: &SharedApp,
    caller: &Allowed<MARKETING>,
    key: Slug,
    once: &str,
    change: OfferChange,
    said: &'static str,
) -> Result<Response, Problem> {
    let act: Act = caller.act(app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let known = change_offers::change(tx, &deed_act, &key, change).await?;
        let name = known.offer.name.unwrap_or_else(|| key.to_string());
        Ok::<_, OfferDeedError>(Done::at(format!("/campaigns/{key}")).saying(said).naming(name))
    };
    Ok(act_once(app, &act, once, deed).await?)
}

#[derive(Template)]
#[template(path = "promotions/delete.html")]
struct DeletePage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    name: String,
    key: &'a Slug,
    what: String,
    once: String,
}

async fn ask_to_delete(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<MARKETING>,
    visitor: Visitor,
    PathKey(key): PathKey<Slug>,
) -> Result<Response, Problem> {
    show_delete(&app, &caller, &visitor, &key).await
}

async fn show_delete(app: &SharedApp, caller: &Caller, visitor: &Visitor, key: &Slug) -> Result<Response, Problem> {
    let mut conn = app.db.read().await?;
    let known = find(&mut conn, key).await?;
    let codes = store::count_codes(&mut conn, key, "").await?;
    drop(conn);
    let page = DeletePage {
        desk: Desk::load(app, caller).await?,
        name: known.offer.name.unwrap_or_else(|| key.to_string()),
        what: visitor.words.t1("offer-delete-what", "count", codes),
        once: visitor.fresh_once(),
        key,
        visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

async fn delete(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    PathKey(key): PathKey<Slug>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| match change_offers::remove(tx, &deed_act, &key).await {
        Ok(()) => Ok(Done::at("/campaigns").saying("offer-deleted").naming(&key)),
        Err(OfferDeedError::WasUsed) => Ok(Done::at(format!("/campaigns/{key}")).saying("offer-delete-was-used")),
        Err(error) => Err(error),
    };
    Ok(act_once(&app, &act, form.get("once"), deed).await?)
}

pub(super) async fn find(conn: &mut Conn, key: &Slug) -> Result<KnownOffer, Problem> {
    store::find_offer(conn, key).await?.ok_or_else(|| Problem::not_found("offer"))
}
