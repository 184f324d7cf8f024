//! `/annual-tickets/{id}`: one annual ticket. As long as it is nobody's yet the page is the form that makes it somebody's.
//!
//! Two clerks may have it open at once. Each form carries a fingerprint of what it was made from; who saves second is told, sees
//! what the other one wrote, and decides.

use super::dossier::Dossier;
use super::next_step::{self, NextStep};
use super::person_form::{Demand, Filler, PersonForm};
use super::photo_form::{self, FORM_BYTES_MAX, PhotoForm, PortraitPart, Upload, refusal_sentence, take_picture};
use super::refused::{self, SaveRefusal};
use super::related::{namesakes, siblings};
use super::state_label::StateLabel;
use crate::app::SharedApp;
use crate::cards::api::prepare_now;
use crate::cards::finalize::finalize;
use crate::cards::personalize::{Personalization, personalize};
use crate::cards::store::annual_tickets;
use crate::kernel::Act;
use crate::kernel::ids::AnnualTicketId;
use crate::people::store::find_photo;
use crate::web::caller::{Caller, ENTRY, MAILROOM, PERSONALIZATION};
use crate::web::pages::history::{self, HistoryRow};
use crate::web::pages::{Desk, Done, FormErrors, PageForm, Visitor, Words, act_once};
use crate::web::{Allowed, PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use db::Conn;
use serde::Deserialize;
use std::fmt::Display;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/annual-tickets/{id}", get(show).post(save))
        .route("/annual-tickets/{id}/edit", get(edit))
        .route("/annual-tickets/{id}/photo", get(photo).post(portray))
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
}

/// A sent form.
#[derive(Debug, Default, Deserialize)]
struct Sent {
    #[serde(default)]
    once: String,
    /// The fingerprint of what the form was made from.
    #[serde(default)]
    seen: String,
    /// Whether this is all, and the card is to be made.
    #[serde(default)]
    finish: String,
    #[serde(flatten)]
    person: PersonForm,
}

/// A field that somebody else changed meanwhile.
struct Difference {
    label: String,
    theirs: String,
    yours: String,
}

#[derive(Template)]
#[template(path = "cards/record.html")]
struct RecordPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    dossier: &'a Dossier,
    filler: Filler,
    label: StateLabel,
    card_label: Option<StateLabel>,
    next: NextStep,
    may_edit: bool,
    link: String,
    siblings: Vec<(AnnualTicketId, String, bool)>,
    /// Others that may be for the same person: whose they are, and what.
    namesakes: Vec<(AnnualTicketId, String)>,
    /// What is missing, as paths and words.
    missing: Vec<(&'static str, String)>,
    form: PersonForm,
    errors: FormErrors,
    differences: Vec<Difference>,
    once: String,
    once_remind: String,
    seen: String,
    history: Vec<HistoryRow>,
}

#[derive(Template)]
#[template(path = "cards/record_edit.html")]
struct EditPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    dossier: &'a Dossier,
    filler: Filler,
    form: PersonForm,
    errors: FormErrors,
    differences: Vec<Difference>,
    once: String,
    seen: String,
}

/// A form as it is shown again.
#[derive(Default)]
struct Again {
    form: Option<PersonForm>,
    errors: FormErrors,
    differences: Vec<Difference>,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<{ PERSONALIZATION | MAILROOM }>,
    visitor: Visitor,
    PathKey(id): PathKey<AnnualTicketId>,
) -> Result<Response, Problem> {
    let dossier = Dossier::known(&app, id).await?;
    record_page(&app, &caller, &visitor, &dossier, StatusCode::OK, Again::default()).await
}

async fn edit(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<PERSONALIZATION>,
    visitor: Visitor,
    PathKey(id): PathKey<AnnualTicketId>,
) -> Result<Response, Problem> {
    let dossier = Dossier::known(&app, id).await?;
    form_page(&app, &caller, &visitor, &dossier, StatusCode::OK, Again::default()).await
}

async fn save(
    State(app): State<SharedApp>,
    allowed: Allowed<PERSONALIZATION>,
    visitor: Visitor,
    PathKey(id): PathKey<AnnualTicketId>,
    PageForm(sent): PageForm<Sent>,
) -> Result<Response, Problem> {
    let act = allowed.act(&app);
    match store(&app, &act, &visitor, id, &sent).await {
        Ok(response) => Ok(response),
        Err(refusal) => {
            let dossier = Dossier::known(&app, id).await?;
            let (status, again) = explain(refusal, &dossier, &visitor, sent.person)?;
            form_page(&app, &allowed.0, &visitor, &dossier, status, again).await
        }
    }
}

/// Stores what was typed and, if that is all, completes the personalization.
async fn store(
    app: &SharedApp,
    act: &Act,
    visitor: &Visitor,
    id: AnnualTicketId,
    sent: &Sent,
) -> Result<Response, SaveRefusal> {
    let (zone, finish) = (app.config.museum.zone(), !sent.finish.is_empty());
    let (deed_act, seen, person, words) = (act.clone(), sent.seen.clone(), sent.person.clone(), visitor.words);
    let response = act_once(app, act, &sent.once, async move |tx: &mut Conn| {
        let dossier = Dossier::read(tx, id, deed_act.now, zone).await?;
        let demand = if finish || !dossier.is_open() { Demand::All } else { Demand::WhatIsThere };
        let given = person.checked(&dossier, demand, words).map_err(SaveRefusal::Form)?;
        let given = Personalization { seen: Some(seen.clone()), ..given };
        personalize(tx, &deed_act, id, &given, dossier.today).await?;
        let name = given.holder.map(|holder| holder.name()).unwrap_or_default();
        let key = if finish {
            finalize(tx, &deed_act, id, dossier.today, zone).await?;
            "desk-finished"
        } else {
            "desk-saved"
        };
        Ok::<_, SaveRefusal>(Done::at(format!("/annual-tickets/{id}")).saying(key).naming(name))
    })
    .await?;
    prepare_now(app, id).await;
    Ok(response)
}

/// The form again, with what is to be said about it.
fn explain(
    refusal: SaveRefusal,
    dossier: &Dossier,
    visitor: &Visitor,
    typed: PersonForm,
) -> Result<(StatusCode, Again), Problem> {
    if matches!(refusal, SaveRefusal::Changed) {
        let differences = differences(dossier, &typed, visitor);
        return Ok((StatusCode::CONFLICT, Again { form: Some(typed), differences, errors: FormErrors::default() }));
    }
    let mut errors = refused::explain(refusal, visitor.words)?;
    if dossier.needs_photo() && dossier.ticket.photo_id.is_none() && dossier.is_open() {
        errors.add("photo", visitor.t("photo-missing"));
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Again { form: Some(typed), errors, differences: Vec::new() }))
}

fn differences(dossier: &Dossier, typed: &PersonForm, visitor: &Visitor) -> Vec<Difference> {
    let stored = PersonForm::of(dossier);
    let pairs = stored.fields().into_iter().zip(typed.fields());
    let differ = pairs.filter(|((_, theirs), (_, yours))| theirs != yours);
    differ
        .map(|((key, theirs), (_, yours))| Difference {
            label: visitor.t(key),
            theirs: theirs.to_owned(),
            yours: yours.to_owned(),
        })
        .collect()
}

async fn photo(
    State(app): State<SharedApp>,
    _: Allowed<{ PERSONALIZATION | MAILROOM | ENTRY }>,
    PathKey(id): PathKey<AnnualTicketId>,
) -> Result<Response, Problem> {
    let missing = || Problem::not_found("portrait");
    let mut conn = app.db.snapshot().await?;
    let ticket = annual_tickets::find(&mut conn, id).await?.ok_or_else(missing)?;
    let photo = find_photo(&mut conn, ticket.photo_id.ok_or_else(missing)?).await?.ok_or_else(missing)?;
    drop(conn);
    let jpeg = app.files.get(&photo.file).await.map_err(|error| Problem::internal("a portrait is gone", &error))?;
    let headers = [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "private, max-age=600")];
    Ok((headers, jpeg).into_response())
}

/// Takes a picture: alone from a page with scripts, with all other fields from one without.
async fn portray(
    State(app): State<SharedApp>,
    allowed: Allowed<PERSONALIZATION>,
    visitor: Visitor,
    PathKey(id): PathKey<AnnualTicketId>,
    headers: HeaderMap,
    posted: Result<Multipart, MultipartRejection>,
) -> Result<Response, Problem> {
    let PhotoForm { person, upload, cut, mut rest } = PhotoForm::read(posted).await?;
    let act = allowed.act(&app);
    Dossier::known(&app, id).await?;
    let chosen = !matches!(upload, Upload::None);
    let refusal = if chosen { take_picture(&app, &act, id, upload, cut).await? } else { None };
    prepare_now(&app, id).await;
    let sentence = refusal.map(|refusal| refusal_sentence(refusal, visitor.words));
    if photo_form::wants_part(&headers) {
        let dossier = Dossier::known(&app, id).await?;
        return Ok(PortraitPart::of(&dossier, &visitor, &base(id), sentence.as_deref()).respond());
    }
    let mut field = |name: &str| rest.remove(name).unwrap_or_default();
    let sent = Sent { once: field("once"), seen: field("seen"), finish: String::new(), person };
    let stored = store(&app, &act, &visitor, id, &sent).await;
    if let (Ok(_), None, true) = (&stored, &sentence, chosen) {
        return Ok(Redirect::to(&base(id)).into_response());
    }
    let dossier = Dossier::known(&app, id).await?;
    let (mut status, mut again) = match stored {
        Ok(_) => (StatusCode::UNPROCESSABLE_ENTITY, Again { form: Some(sent.person), ..Again::default() }),
        Err(refusal) => explain(refusal, &dossier, &visitor, sent.person)?,
    };
    if let Some(sentence) = sentence {
        status = StatusCode::UNPROCESSABLE_ENTITY;
        again.errors.add("photo", sentence);
    } else if !chosen {
        again.errors.add("photo", visitor.t("photo-missing"));
    }
    form_page(&app, &allowed.0, &visitor, &dossier, status, again).await
}

/// The form, wherever it stands: on the record of an open annual ticket, on a page of its own otherwise.
async fn form_page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    dossier: &Dossier,
    status: StatusCode,
    again: Again,
) -> Result<Response, Problem> {
    if dossier.is_open() || dossier.is_cancelled() {
        return record_page(app, caller, visitor, dossier, status, again).await;
    }
    let page = EditPage {
        visitor,
        desk: Desk::load(app, caller).await?,
        dossier,
        filler: Filler::Clerk,
        form: again.form.unwrap_or_else(|| PersonForm::of(dossier)),
        errors: again.errors,
        differences: again.differences,
        once: visitor.fresh_once(),
        seen: dossier.words_fingerprint(),
    };
    Ok(Visitor::show(status, &page))
}

async fn record_page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    dossier: &Dossier,
    status: StatusCode,
    again: Again,
) -> Result<Response, Problem> {
    let words = visitor.words;
    let ticket = &dossier.ticket;
    let desk = Desk::load(app, caller).await?;
    let mut conn = app.db.snapshot().await?;
    let mut subjects: Vec<(&str, &(dyn Display + Sync))> = vec![("annual_ticket", &ticket.id)];
    subjects.extend(dossier.cards.iter().map(|card| ("card", &card.id as &(dyn Display + Sync))));
    let history = history::of(&mut conn, &words, dossier.zone, &subjects).await?;
    let siblings = siblings(&mut conn, dossier, visitor).await?;
    let namesakes = namesakes(&mut conn, dossier, visitor).await?;
    drop(conn);
    let waiting = siblings.iter().find(|(_, _, waits)| *waits);
    let next = match waiting {
        Some((id, ..)) if !dossier.is_open() && caller.roles.may(PERSONALIZATION) => {
            NextStep { label: words.t("next-sibling"), path: base(*id), is_deed: false }
        }
        _ => next_step::of_annual_ticket(dossier, caller.roles, words),
    };
    let page = RecordPage {
        visitor,
        desk,
        dossier,
        filler: Filler::Clerk,
        label: StateLabel::of_annual_ticket(dossier.status(), ticket.state, words),
        card_label: dossier.card().map(|card| StateLabel::of_card(card.state, words)),
        next,
        may_edit: caller.roles.may(PERSONALIZATION),
        link: format!("{}/p/{}", app.config.server.base_url.trim_end_matches('/'), ticket.link_token),
        siblings,
        namesakes,
        missing: dossier.missing().into_iter().map(|path| (path, missing_word(path, words))).collect(),
        form: again.form.unwrap_or_else(|| at_the_counter(dossier)),
        errors: again.errors,
        differences: again.differences,
        once: visitor.fresh_once(),
        once_remind: visitor.fresh_once(),
        seen: dossier.words_fingerprint(),
        history,
    };
    Ok(Visitor::show(status, &page))
}

/// The form of an open annual ticket. Whoever stands at the counter usually waits for the card.
fn at_the_counter(dossier: &Dossier) -> PersonForm {
    let mut form = PersonForm::of(dossier);
    if form.delivery.is_empty() {
        "counter".clone_into(&mut form.delivery);
    }
    form
}

/// What is missing, in a word.
pub(super) fn missing_word(path: &str, words: Words) -> String {
    words.t(&format!("missing-{}", path.replace(['.', '_'], "-")))
}

fn base(id: AnnualTicketId) -> String {
    format!("/annual-tickets/{id}")
}

impl RecordPage<'_> {
    fn base(&self) -> String {
        base(self.dossier.ticket.id)
    }

    fn portrait(&self) -> PortraitPart<'_> {
        PortraitPart::of(self.dossier, self.visitor, &self.base(), self.errors.of("photo"))
    }

    fn photo_path(&self) -> Option<String> {
        self.dossier.ticket.photo_id.map(|photo| format!("{}/photo?{photo}", self.base()))
    }
}

impl EditPage<'_> {
    fn base(&self) -> String {
        base(self.dossier.ticket.id)
    }

    fn portrait(&self) -> PortraitPart<'_> {
        PortraitPart::of(self.dossier, self.visitor, &self.base(), self.errors.of("photo"))
    }
}
