//! `/campaigns/codes/{code}`: one code: its offer, where it stands, and when it was used.

use super::codes::{code_path, standing, used, uses};
use super::record::find as find_offer;
use crate::app::SharedApp;
use crate::kernel::slug::Slug;
use crate::promotions::change_codes::{self, CodeChange, CodeDeedError, MaxUsesChange};
use crate::promotions::code::{Code, CodeText};
use crate::promotions::ledger::Limit;
use crate::promotions::store;
use crate::web::caller::MARKETING;
use crate::web::pages::{Desk, Done, Fields, FormErrors, HistoryRow, PageForm, Visitor, act_once, history};
use crate::web::{Allowed, PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use db::Conn;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/campaigns/codes/{code}", get(show).post(change))
        .route("/campaigns/codes/{code}/delete", post(delete))
}

/// One use of a code.
struct UseSaid {
    when: String,
    state: String,
}

#[derive(Template)]
#[template(path = "promotions/code.html")]
struct CodePage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    code: &'a Code,
    path: String,
    offer: Slug,
    offer_name: String,
    tone: &'static str,
    symbol: &'static str,
    state: String,
    used: String,
    max_uses: String,
    was_used: bool,
    uses: Vec<UseSaid>,
    history: Vec<HistoryRow>,
    errors: FormErrors,
    once: String,
    once_switch: String,
    once_delete: String,
}

async fn show(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    visitor: Visitor,
    PathKey(code): PathKey<CodeText>,
) -> Result<Response, Problem> {
    page(&app, &caller, &visitor, &code, None, FormErrors::default()).await
}

async fn page(
    app: &SharedApp,
    caller: &Allowed<MARKETING>,
    visitor: &Visitor,
    text: &CodeText,
    typed: Option<&str>,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let fold = text.fold();
    let zone = app.config.museum.zone();
    let mut conn = app.db.read().await?;
    let code = store::find_code(&mut conn, &fold).await?.ok_or_else(|| Problem::not_found("code"))?;
    let offer = find_offer(&mut conn, &code.offer).await?;
    let limit = Limit::code(&fold);
    let latest = store::latest_uses(&mut conn, &limit).await?;
    let was_used = store::was_used(&mut conn, &limit).await?;
    let history = history::of(&mut conn, &visitor.words, zone, &[("code", &fold)]).await?;
    drop(conn);
    let said = |one: store::Use| UseSaid {
        when: visitor.words.moment(one.at, zone),
        state: visitor.t(&format!("use-state-{}", one.state)),
    };
    let (tone, symbol, state) = standing(&code);
    let status = errors.status();
    let page = CodePage {
        desk: Desk::load(app, &caller.0).await?,
        path: code_path(&code.code),
        offer_name: offer.offer.name.clone().unwrap_or_else(|| offer.key.to_string()),
        offer: offer.key,
        state: visitor.t(state),
        used: used(&code, visitor),
        max_uses: typed.map(str::to_owned).or(code.max_uses.map(|most| most.to_string())).unwrap_or_default(),
        uses: latest.into_iter().map(said).collect(),
        once: visitor.fresh_once(),
        once_switch: visitor.fresh_once(),
        once_delete: visitor.fresh_once(),
        code: &code,
        tone,
        symbol,
        was_used,
        history,
        errors,
        visitor,
    };
    Ok(Visitor::show(status, &page))
}

async fn change(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    visitor: Visitor,
    PathKey(code): PathKey<CodeText>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let mut errors = FormErrors::default();
    let (wanted, said) = match form.get("enabled") {
        "1" => (CodeChange { enabled: Some(true), max_uses: MaxUsesChange::Keep }, "code-enabled"),
        "0" => (CodeChange { enabled: Some(false), max_uses: MaxUsesChange::Keep }, "code-disabled"),
        _ => {
            let max_uses = uses(&form, "max_uses", &mut errors, &visitor);
            (CodeChange { enabled: None, max_uses: MaxUsesChange::To(max_uses) }, "code-changed")
        }
    };
    if !errors.is_empty() {
        return page(&app, &caller, &visitor, &code, Some(form.get("max_uses")), errors).await;
    }
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let code = change_codes::change(tx, &deed_act, &code.fold(), wanted).await?;
        Ok::<_, CodeDeedError>(Done::at(code_path(&code.code)).saying(said).naming(code.code))
    };
    Ok(act_once(&app, &act, form.get("once"), deed).await?)
}

async fn delete(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    PathKey(code): PathKey<CodeText>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let fold = code.fold();
        let known = store::find_code(tx, &fold).await?.ok_or(CodeDeedError::NotFound)?;
        match change_codes::remove(tx, &deed_act, &fold).await {
            Ok(()) => {
                Ok(Done::at(format!("/campaigns/{}/codes", known.offer)).saying("code-deleted").naming(known.code))
            }
            Err(CodeDeedError::WasUsed) => Ok(Done::at(code_path(&known.code)).saying("code-delete-was-used")),
            Err(error) => Err(error),
        }
    };
    Ok(act_once(&app, &act, form.get("once"), deed).await?)
}
