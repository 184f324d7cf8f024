//! `/partners/{key}`: an institution with its links, what it brings, and what it waits for; and the form for it.

use super::form::InstitutionForm;
use crate::app::SharedApp;
use crate::kernel::ids::StockRequestId;
use crate::kernel::slug::Slug;
use crate::kernel::{Actor, Cents};
use crate::partners::api::{booking_url, unknown};
use crate::partners::save::{self, SaveError};
use crate::partners::stock::{self, AskError};
use crate::partners::{Institution, store};
use crate::web::caller::MARKETING;
use crate::web::pages::{Desk, Done, FormErrors, HistoryRow, Language, PageForm, Visitor, act_once, history};
use crate::web::{Allowed, PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use db::Conn;
use serde::Deserialize;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/partners/new", get(show_new).post(make))
        .route("/partners/{key}", get(show).post(save_changes))
        .route("/partners/{key}/links", post(renew))
        .route("/partners/{key}/requests/{id}", post(settle))
}

/// A wish for codes: offer, what it says, note, when, the path that settles it, and the form's token.
struct Wish {
    offer: String,
    says: String,
    note: String,
    when: String,
    path: String,
    once: String,
}

#[derive(Template)]
#[template(path = "partners/record.html")]
struct RecordPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    /// Absent for one that is to be made.
    known: Option<Known>,
    form: InstitutionForm,
    languages: [Language; 3],
    once: String,
    errors: FormErrors,
}

/// What is known of an institution beside its fields.
struct Known {
    name: String,
    booking_url: String,
    /// Name of a figure and the figure.
    figures: Vec<(String, String)>,
    /// Offer, and the address of its stock.
    stocks: Vec<(String, String)>,
    wishes: Vec<Wish>,
    once_links: String,
    history: Vec<HistoryRow>,
}

#[derive(Deserialize)]
struct OnceForm {
    once: String,
}

async fn show_new(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let form = InstitutionForm {
        language: visitor.words.language.to_string(),
        country: "DE".to_owned(),
        ..InstitutionForm::default()
    };
    page(&app, &caller, &visitor, None, form, FormErrors::default()).await
}

async fn show(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    visitor: Visitor,
    PathKey(key): PathKey<Slug>,
) -> Result<Response, Problem> {
    let found = store::find(&mut app.db.read().await?, &key).await?.ok_or_else(unknown)?;
    let form = InstitutionForm::of(&found.data);
    page(&app, &caller, &visitor, Some(&found), form, FormErrors::default()).await
}

async fn page(
    app: &SharedApp,
    caller: &Allowed<MARKETING>,
    visitor: &Visitor,
    institution: Option<&Institution>,
    form: InstitutionForm,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let known = match institution {
        Some(institution) => Some(known(app, visitor, institution).await?),
        None => None,
    };
    let status = errors.status();
    let page = RecordPage {
        desk: Desk::load(app, &caller.0).await?,
        known,
        form,
        languages: Language::ALL,
        once: visitor.fresh_once(),
        errors,
        visitor,
    };
    Ok(Visitor::show(status, &page))
}

async fn known(app: &SharedApp, visitor: &Visitor, institution: &Institution) -> Result<Known, Problem> {
    let (words, museum) = (visitor.words, &app.config.museum);
    let key = &institution.data.key;
    let mut conn = app.db.snapshot().await?;
    let figures = store::figures(&mut conn, key, &Actor::Partner(institution.id).to_string()).await?;
    let base_url = app.config.server.base_url.trim_end_matches('/');
    let stocks = store::stocks(&mut conn, institution.id).await?;
    let wishes = store::requests(&mut conn, institution.id).await?;
    let history = history::of(&mut conn, &words, museum.zone(), &[("institution", &institution.id)]).await?;
    let money = |cents| words.money(Cents(cents), &museum.currency);
    Ok(Known {
        name: institution.data.name.clone(),
        booking_url: booking_url(app, institution),
        figures: vec![
            (visitor.t("partner-customers"), words.count(figures.customers)),
            (visitor.t("partner-orders"), words.count(figures.orders)),
            (visitor.t("partner-total"), money(figures.total_cents)),
            (visitor.t("partner-due"), money(figures.due_cents)),
        ],
        stocks: stocks
            .into_iter()
            .map(|one| (one.offer.to_string(), format!("{base_url}/stock/{}", one.token)))
            .collect(),
        wishes: wishes
            .into_iter()
            .map(|wish| Wish {
                offer: wish.offer.to_string(),
                says: words.t2(
                    "partner-wish",
                    ("wanted", words.count(wish.wanted.into())),
                    ("offer", wish.offer.to_string()),
                ),
                note: wish.note,
                when: words.moment(wish.at, museum.zone()),
                path: format!("/partners/{key}/requests/{}", wish.id),
                once: visitor.fresh_once(),
            })
            .collect(),
        once_links: visitor.fresh_once(),
        history,
    })
}

async fn make(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    visitor: Visitor,
    PageForm(form): PageForm<InstitutionForm>,
) -> Result<Response, Problem> {
    let mut errors = FormErrors::default();
    let Some(data) = form.read(&visitor, &mut errors) else {
        return page(&app, &caller, &visitor, None, form, errors).await;
    };
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let made = save::make(tx, &deed_act, data.clone()).await?;
        Ok(Done::at(format!("/partners/{}", made.data.key)).saying("partner-made").naming(made.data.name))
    };
    match act_once(&app, &act, &form.once, deed).await {
        Ok(done) => Ok(done),
        Err(SaveError::KeyTaken) => {
            errors.add("key", visitor.t("partner-key-taken"));
            page(&app, &caller, &visitor, None, form, errors).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn save_changes(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    visitor: Visitor,
    PathKey(key): PathKey<Slug>,
    PageForm(form): PageForm<InstitutionForm>,
) -> Result<Response, Problem> {
    let found = store::find(&mut app.db.read().await?, &key).await?.ok_or_else(unknown)?;
    let form = InstitutionForm { key: key.to_string(), ..form };
    let mut errors = FormErrors::default();
    let Some(data) = form.read(&visitor, &mut errors) else {
        return page(&app, &caller, &visitor, Some(&found), form, errors).await;
    };
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| -> Result<Done, SaveError> {
        save::change(tx, &deed_act, &key, data.clone()).await?;
        Ok(Done::at(format!("/partners/{key}")).saying("partner-saved"))
    };
    Ok(act_once(&app, &act, &form.once, deed).await?)
}

async fn renew(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    PathKey(key): PathKey<Slug>,
    PageForm(form): PageForm<OnceForm>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| -> Result<Done, SaveError> {
        save::renew_links(tx, &deed_act, &key).await?;
        Ok(Done::at(format!("/partners/{key}")).saying("partner-links-renewed"))
    };
    Ok(act_once(&app, &act, &form.once, deed).await?)
}

async fn settle(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    Path((key, id)): Path<(String, String)>,
    PageForm(form): PageForm<OnceForm>,
) -> Result<Response, Problem> {
    let (Ok(key), Ok(id)) = (key.parse::<Slug>(), id.parse::<StockRequestId>()) else { return Err(unknown()) };
    let institution = store::find(&mut app.db.read().await?, &key).await?.ok_or_else(unknown)?.id;
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| -> Result<Done, AskError> {
        stock::settle(tx, &deed_act, institution, id).await?;
        Ok(Done::at(format!("/partners/{key}")).saying("partner-wish-done"))
    };
    match act_once(&app, &act, &form.once, deed).await {
        Ok(done) => Ok(done),
        Err(AskError::Db(error)) => Err(error.into()),
        Err(_) => Err(unknown()),
    }
}
