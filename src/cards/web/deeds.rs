//! `/annual-tickets/{id}/block`, `unblock`, `replace`, `renew`, `withdraw-link`, `forget`: each asks once, says in numbers what will happen, and then does it.

use super::dossier::Dossier;
use super::refused::DeedRefusal;
use crate::app::SharedApp;
use crate::cards::api::prepare_now;
use crate::cards::block::{block, unblock};
use crate::cards::forget_holder::forget_holder;
use crate::cards::renew::renew;
use crate::cards::replace::replace;
use crate::cards::withdraw_link::withdraw_link;
use crate::kernel::ids::AnnualTicketId;
use crate::kernel::text::{REASON_CHARS_MAX, clean};
use crate::web::caller::{Caller, PERSONALIZATION};
use crate::web::pages::{Desk, Done, FormErrors, PageForm, Visitor, Words, act_once};
use crate::web::{Allowed, PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{MethodRouter, get};
use db::Conn;
use serde::Deserialize;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/annual-tickets/{id}/block", asking(Deed::Block))
        .route("/annual-tickets/{id}/unblock", asking(Deed::Unblock))
        .route("/annual-tickets/{id}/replace", asking(Deed::Replace))
        .route("/annual-tickets/{id}/renew", asking(Deed::Renew))
        .route("/annual-tickets/{id}/withdraw-link", asking(Deed::WithdrawLink))
        .route("/annual-tickets/{id}/forget", asking(Deed::Forget))
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Block,
    Unblock,
    Replace,
    Renew,
    WithdrawLink,
    Forget,
}

impl Deed {
    /// The word in paths and texts.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Unblock => "unblock",
            Self::Replace => "replace",
            Self::Renew => "renew",
            Self::WithdrawLink => "withdraw-link",
            Self::Forget => "forget",
        }
    }

    /// The reasons on offer; the first is chosen beforehand.
    const fn reasons(self) -> &'static [&'static str] {
        match self {
            Self::Block => &["lost", "stolen", "misuse"],
            Self::Forget => &["asked_for"],
            Self::Replace => &["damaged", "lost", "stolen", "name_changed"],
            Self::Unblock | Self::Renew | Self::WithdrawLink => &[],
        }
    }
}

/// Why somebody does it.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Sent {
    once: String,
    /// A reason on offer, or `other`.
    reason: String,
    /// Another reason in words.
    words: String,
}

impl Sent {
    /// The reason to record: a stable word, or what was typed.
    fn reason(&self, deed: Deed, words: Words) -> Result<String, FormErrors> {
        let mut errors = FormErrors::default();
        if deed.reasons().is_empty() || deed.reasons().contains(&self.reason.as_str()) {
            return Ok(self.reason.clone());
        }
        let typed = clean(&self.words);
        match typed.chars().count() {
            0 => errors.add("words", words.t("reason-missing")),
            1..=REASON_CHARS_MAX => return Ok(typed),
            _ => errors.add("words", words.t("reason-too-long")),
        }
        Err(errors)
    }
}

#[derive(Template)]
#[template(path = "cards/deed.html")]
struct DeedPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    dossier: &'a Dossier,
    deed: Deed,
    /// What will happen, with numbers.
    effects: Vec<String>,
    sent: Sent,
    errors: FormErrors,
    once: String,
}

impl DeedPage<'_> {
    fn title(&self) -> String {
        self.visitor.t(&format!("deed-{}-title", self.deed.as_str()))
    }

    fn button(&self) -> String {
        self.visitor.t(&format!("deed-{}-do", self.deed.as_str()))
    }

    /// The reasons on offer, with their words and whether they are chosen.
    fn reasons(&self) -> Vec<(&'static str, String, bool)> {
        let offered = self.deed.reasons();
        let chosen =
            if self.sent.reason.is_empty() { offered.first().copied().unwrap_or_default() } else { &self.sent.reason };
        let word = |reason: &str| self.visitor.t(&format!("why-{}", reason.replace('_', "-")));
        offered.iter().map(|reason| (*reason, word(reason), *reason == chosen)).collect()
    }

    fn is_other(&self) -> bool {
        self.sent.reason == "other"
    }
}

/// Asks for a deed, and carries it out.
fn asking(deed: Deed) -> MethodRouter<SharedApp> {
    let ask = move |State(app): State<SharedApp>,
                    Allowed(caller): Allowed<PERSONALIZATION>,
                    visitor: Visitor,
                    PathKey(id): PathKey<AnnualTicketId>| async move {
        page(&app, &caller, &visitor, id, deed, Again::default()).await
    };
    let answer = move |State(app): State<SharedApp>,
                       caller: Allowed<PERSONALIZATION>,
                       visitor: Visitor,
                       PathKey(id): PathKey<AnnualTicketId>,
                       PageForm(sent): PageForm<Sent>| async move {
        carry_out(&app, &caller, &visitor, id, deed, sent).await
    };
    get(ask).post(answer)
}

/// A page that is shown again.
#[derive(Default)]
struct Again {
    sent: Sent,
    errors: FormErrors,
}

async fn carry_out(
    app: &SharedApp,
    caller: &Allowed<PERSONALIZATION>,
    visitor: &Visitor,
    id: AnnualTicketId,
    deed: Deed,
    sent: Sent,
) -> Result<Response, Problem> {
    let reason = match sent.reason(deed, visitor.words) {
        Ok(reason) => reason,
        Err(errors) => return page(app, &caller.0, visitor, id, deed, Again { sent, errors }).await,
    };
    let act = caller.act(app);
    let (deed_act, zone) = (act.clone(), app.config.museum.zone());
    let done = act_once(app, &act, &sent.once, async move |tx: &mut Conn| {
        match deed {
            Deed::Block => block(tx, &deed_act, id, &reason).await?,
            Deed::Unblock => unblock(tx, &deed_act, id).await?,
            Deed::Replace => replace(tx, &deed_act, id, Some(&reason)).await.map(drop)?,
            Deed::Renew => renew(tx, &deed_act, id, crate::kernel::period::local_day(deed_act.now, zone)).await?,
            Deed::WithdrawLink => withdraw_link(tx, &deed_act, id).await?,
            Deed::Forget => forget_holder(tx, &deed_act, id, &reason).await?,
        }
        Ok::<_, DeedRefusal>(Done::at(format!("/annual-tickets/{id}")).saying(deed_done(deed)))
    })
    .await;
    match done {
        Ok(response) => {
            prepare_now(app, id).await;
            Ok(response)
        }
        Err(refusal) => {
            let errors = refusal.explain(visitor.words)?;
            page(app, &caller.0, visitor, id, deed, Again { sent, errors }).await
        }
    }
}

const fn deed_done(deed: Deed) -> &'static str {
    match deed {
        Deed::Block => "deed-block-done",
        Deed::Unblock => "deed-unblock-done",
        Deed::Replace => "deed-replace-done",
        Deed::Renew => "deed-renew-done",
        Deed::WithdrawLink => "deed-withdraw-link-done",
        Deed::Forget => "deed-forget-done",
    }
}

async fn page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    id: AnnualTicketId,
    deed: Deed,
    again: Again,
) -> Result<Response, Problem> {
    let dossier = Dossier::known(app, id).await?;
    let status = again.errors.status();
    let page = DeedPage {
        visitor,
        desk: Desk::load(app, caller).await?,
        effects: effects(deed, &dossier, visitor.words),
        dossier: &dossier,
        deed,
        sent: again.sent,
        errors: again.errors,
        once: visitor.fresh_once(),
    };
    Ok(Visitor::show(status, &page))
}

/// What will happen, in numbers and days.
fn effects(deed: Deed, dossier: &Dossier, words: Words) -> Vec<String> {
    let until = dossier.ticket.valid_until.map(|day| words.date(day)).unwrap_or_default();
    let standing = dossier.standing_cards();
    match deed {
        Deed::Block => {
            vec![words.t1("deed-block-cards", "count", standing), words.t1("deed-block-until", "until", until)]
        }
        Deed::Unblock => {
            vec![words.t1("deed-unblock-cards", "count", standing), words.t1("deed-unblock-until", "until", until)]
        }
        Deed::Replace => {
            let number = i64::from(dossier.card().map_or(0, |card| card.issue)) + 1;
            vec![
                words.t1("deed-replace-issue", "number", number),
                words.t("deed-replace-old"),
                words.t1("deed-replace-until", "until", until),
            ]
        }
        Deed::Renew => match dossier.renewed() {
            Some((_, last)) => vec![
                words.t2("deed-renew-days", ("before", until), ("after", words.date(last))),
                words.t("deed-renew-card"),
            ],
            None => vec![words.t("deed-renew-refused")],
        },
        Deed::WithdrawLink => vec![words.t("deed-withdraw-link-old"), words.t("deed-withdraw-link-new")],
        Deed::Forget => vec![
            words.t("deed-forget-what"),
            words.t1("deed-forget-right", "until", until),
            words.t("deed-forget-for-good"),
        ],
    }
}
