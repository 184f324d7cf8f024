//! `/campaigns/{key}/codes`: the codes of an offer: search, one new code, many at once, and all of them as a file.

use super::record::find;
use crate::app::SharedApp;
use crate::kernel::slug::Slug;
use crate::kernel::text::clean;
use crate::promotions::change_codes::{self, CodeDeedError};
use crate::promotions::code::{Code, NewCode, NotACode, Pattern};
use crate::promotions::generate_codes::{AT_ONCE_MAX, BATCH_MAX, NewBatch, generate};
use crate::promotions::{KnownOffer, store};
use crate::web::caller::MARKETING;
use crate::web::pages::{Desk, Done, Fields, FormErrors, PageForm, Visitor, act_once};
use crate::web::{Allowed, PathKey, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use db::Conn;
use serde::Deserialize;

/// Codes on a page of the list.
const ROWS: u32 = 50;
/// How many characters generated codes have behind their prefix when nobody says.
const LENGTH_USUAL: usize = 8;
/// The most characters of a prefix.
const PREFIX_CHARS_MAX: usize = 30;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/campaigns/{key}/codes", get(show).post(create))
        .route("/campaigns/{key}/codes/batch", post(make_batch))
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    q: String,
    #[serde(default)]
    after: Option<String>,
}

/// A code as the list shows it.
struct CodeSaid {
    code: String,
    path: String,
    used: String,
    tone: &'static str,
    symbol: &'static str,
    state: String,
}

#[derive(Template)]
#[template(path = "promotions/codes.html")]
struct CodesPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    offer: &'a KnownOffer,
    name: String,
    q: &'a str,
    codes: Vec<CodeSaid>,
    total: String,
    next: Option<String>,
    form: &'a Fields,
    errors: FormErrors,
    once: String,
    once_batch: String,
}

impl CodesPage<'_> {
    fn q_encoded(&self) -> String {
        encoded(self.q)
    }
}

async fn show(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    visitor: Visitor,
    PathKey(key): PathKey<Slug>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    page(&app, &caller, &visitor, &key, &wanted, &Fields::default(), FormErrors::default()).await
}

async fn page(
    app: &SharedApp,
    caller: &Allowed<MARKETING>,
    visitor: &Visitor,
    key: &Slug,
    wanted: &Wanted,
    form: &Fields,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let text = pricing::fold_code(&wanted.q);
    let mut conn = app.db.read().await?;
    let offer = find(&mut conn, key).await?;
    let total = store::count_codes(&mut conn, key, &text).await?;
    let found = store::codes_page(&mut conn, key, &text, wanted.after.as_deref(), ROWS).await?;
    drop(conn);
    let status = errors.status();
    let page = CodesPage {
        desk: Desk::load(app, &caller.0).await?,
        name: offer.offer.name.clone().unwrap_or_else(|| key.to_string()),
        offer: &offer,
        q: &wanted.q,
        codes: found.items.iter().map(|code| said(code, visitor)).collect(),
        total: visitor.words.t1("codes-total", "count", total),
        next: found.next.map(|after| next_path(key, &wanted.q, &after)),
        once: visitor.fresh_once(),
        once_batch: visitor.fresh_once(),
        form,
        errors,
        visitor,
    };
    Ok(Visitor::show(status, &page))
}

/// Where a code stands: the tone, the symbol and the key of its label.
pub(super) fn standing(code: &Code) -> (&'static str, &'static str, &'static str) {
    if !code.enabled {
        ("plain", "○", "code-state-off")
    } else if code.max_uses.is_some_and(|most| code.used >= most) {
        ("attention", "!", "code-state-used-up")
    } else {
        ("good", "✓", "code-state-open")
    }
}

/// How often it was used, and how often it may be.
pub(super) fn used(code: &Code, visitor: &Visitor) -> String {
    let words = visitor.words;
    match code.max_uses {
        Some(most) => {
            words.t2("offer-used-of", ("used", words.count(code.used.into())), ("most", words.count(most.into())))
        }
        None => words.t1("code-used-unlimited", "count", i64::from(code.used)),
    }
}

fn said(code: &Code, visitor: &Visitor) -> CodeSaid {
    let (tone, symbol, state) = standing(code);
    CodeSaid {
        path: code_path(&code.code),
        code: code.code.clone(),
        used: used(code, visitor),
        tone,
        symbol,
        state: visitor.t(state),
    }
}

/// The page of a code. It is named as codes are compared, without the separators that would part the path.
pub fn code_path(code: &str) -> String {
    format!("/campaigns/codes/{}", encoded(&pricing::fold_code(code)))
}

fn next_path(key: &Slug, q: &str, after: &str) -> String {
    format!("/campaigns/{key}/codes?q={}&after={}", encoded(q), encoded(after))
}

fn encoded(text: &str) -> String {
    crate::web::pages::encode(text).replace('/', "%2F")
}

async fn create(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    visitor: Visitor,
    PathKey(key): PathKey<Slug>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let mut errors = FormErrors::default();
    let code = form.get("code").parse();
    if let Err(error) = &code {
        errors.add("code", visitor.words.problem(not_a_code(*error)));
    }
    let max_uses = uses(&form, "max_uses", &mut errors, &visitor);
    let Some(code) = code.ok().filter(|_| errors.is_empty()) else {
        return page(&app, &caller, &visitor, &key, &Wanted::default(), &form, errors).await;
    };
    let new = NewCode { code, enabled: true, max_uses };
    let act = caller.act(&app);
    let (deed_act, offer) = (act.clone(), key.clone());
    let deed = async move |tx: &mut Conn| {
        let code = change_codes::create(tx, &deed_act, &offer, &new).await?;
        Ok(Done::at(format!("/campaigns/{offer}/codes")).saying("code-made").naming(code.code))
    };
    let (field, reason) = match act_once(&app, &act, form.get("once"), deed).await {
        Ok(response) => return Ok(response),
        Err(CodeDeedError::Taken(_)) => ("code", visitor.words.problem("code_taken")),
        Err(CodeDeedError::Confusable(other)) => ("code", visitor.words.t1("code-confusable", "code", other)),
        Err(error) => return Err(error.into()),
    };
    errors.add(field, reason);
    page(&app, &caller, &visitor, &key, &Wanted::default(), &form, errors).await
}

async fn make_batch(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    visitor: Visitor,
    PathKey(key): PathKey<Slug>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let mut errors = FormErrors::default();
    let new = batch(&form, &mut errors, &visitor);
    if !errors.is_empty() {
        return page(&app, &caller, &visitor, &key, &Wanted::default(), &form, errors).await;
    }
    let act = caller.act(&app);
    let (deed_act, offer) = (act.clone(), key.clone());
    let deed = async move |tx: &mut Conn| {
        generate(tx, &deed_act, &offer, &new).await?;
        let count = i64::from(new.count);
        let said = if new.count > AT_ONCE_MAX { "codes-being-made" } else { "codes-made" };
        Ok(Done::at(format!("/campaigns/{offer}/codes")).saying(said).counting(count))
    };
    match act_once(&app, &act, form.get("once"), deed).await {
        Ok(response) => return Ok(response),
        Err(CodeDeedError::PatternTooShort) => errors.add("length", visitor.words.problem("pattern_too_short")),
        Err(CodeDeedError::NotACode(_)) => errors.add("prefix", visitor.words.problem("prefix_too_long")),
        Err(error) => return Err(error.into()),
    }
    page(&app, &caller, &visitor, &key, &Wanted::default(), &form, errors).await
}

fn batch(form: &Fields, errors: &mut FormErrors, visitor: &Visitor) -> NewBatch {
    let count = form.get("count").parse::<u32>().ok().filter(|count| (1..=BATCH_MAX).contains(count));
    if count.is_none() {
        errors.add("count", visitor.words.t1("codes-wrong-count", "most", visitor.words.count(BATCH_MAX.into())));
    }
    let length = if form.has("length") { form.get("length").parse().ok() } else { Some(LENGTH_USUAL) };
    let length = length.filter(|length| (Pattern::LENGTH_MIN..=Pattern::LENGTH_MAX).contains(length));
    if length.is_none() {
        errors.add("length", visitor.t("codes-wrong-length"));
    }
    let prefix = clean(form.get("prefix"));
    if prefix.chars().count() > PREFIX_CHARS_MAX {
        errors.add("prefix", visitor.words.problem("prefix_too_long"));
    }
    let pattern = Pattern { prefix, length: length.unwrap_or(LENGTH_USUAL) };
    NewBatch { count: count.unwrap_or(1), pattern, max_uses: uses(form, "batch_max_uses", errors, visitor) }
}

/// How often a code may be used; empty: without end.
pub(super) fn uses(form: &Fields, name: &'static str, errors: &mut FormErrors, visitor: &Visitor) -> Option<u32> {
    if !form.has(name) {
        return None;
    }
    let uses = form.get(name).parse::<u32>().ok().filter(|uses| *uses > 0);
    if uses.is_none() {
        errors.add(name, visitor.t("offer-wrong-number"));
    }
    uses
}

/// The refusal of a text that is no code, as a stable word.
fn not_a_code(error: NotACode) -> &'static str {
    match error {
        NotACode::Empty => "code_empty",
        NotACode::TooLong => "code_too_long",
    }
}
