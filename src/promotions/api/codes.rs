//! `/api/v1/offers/{key}/codes` and `/api/v1/codes/{code}`.

use super::sentence;
use crate::app::SharedApp;
use crate::kernel::slug::Slug;
use crate::promotions::change_codes::{self, CodeChange, CodeDeedError, MaxUsesChange};
use crate::promotions::code::{Code, CodeText, NewCode, NotACode, Pattern};
use crate::promotions::generate_codes::{BATCH_MAX, NewBatch, generate};
use crate::promotions::store;
use crate::web::caller::MARKETING;
use crate::web::list::{Items, PageQuery};
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, NoBody, PathKey, Problem, Query};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use db::Conn;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How many characters generated codes have behind their prefix when nobody says.
const LENGTH_USUAL: u32 = 8;
/// The most characters of a prefix.
const PREFIX_CHARS_MAX: usize = 30;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new().routes(routes!(list_codes, create_code)).routes(routes!(generate_codes)).routes(routes!(
        read_code,
        change_code,
        remove_code
    ))
}

/// A code to make.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NewCodeJson {
    /// The code: letters and digits in any writing; blanks, `-`, `_`, `.` and `/` do not count.
    #[schema(min_length = 1, max_length = 64)]
    code: String,
    /// How often it may be used; absent: without end.
    #[schema(minimum = 1)]
    max_uses: Option<u32>,
    /// Whether it may be used at once; `true` when absent.
    enabled: Option<bool>,
}

/// Codes to generate.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NewBatchJson {
    /// How many: 1 to 1000000.
    #[schema(minimum = 1, maximum = 1_000_000)]
    count: u32,
    /// What they all begin with.
    #[schema(max_length = 30)]
    prefix: Option<String>,
    /// How many characters follow the prefix, the check character included: 4 to 22, 8 when absent.
    #[schema(minimum = 4, maximum = 22)]
    length: Option<u32>,
    /// How often each may be used; absent: without end.
    #[schema(minimum = 1)]
    max_uses: Option<u32>,
}

/// What to change of a code.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct CodePatch {
    /// Switch it on or off.
    enabled: Option<bool>,
    /// How often it may be used; `null`: without end; absent: as before.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<u32>, minimum = 1)]
    max_uses: MaxUsesChange,
}

/// Generated codes.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct BatchJson {
    /// The id of the batch.
    id: String,
    /// The offer.
    offer: Slug,
    /// How many codes there are.
    count: u32,
    /// The codes; none when more than 100000 were asked for: these are made in the background, and are listed and exported then.
    codes: Vec<String>,
}

/// The codes of an offer, with what was used of each.
#[utoipa::path(get, path = "/api/v1/offers/{key}/codes", tag = "promotions",
    params(("key" = Slug, Path, description = "the offer"), PageQuery), security(("api_key" = ["marketing"])),
    responses((status = 200, body = Items<Code>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_codes(
    State(app): State<SharedApp>,
    _: Allowed<MARKETING>,
    PathKey(key): PathKey<Slug>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Items<Code>>, Problem> {
    let mut conn = app.db.read().await?;
    store::find_offer(&mut conn, &key).await?.ok_or_else(|| Problem::not_found("offer"))?;
    let page = store::codes_page(&mut conn, &key, "", query.after.as_deref(), query.rows()).await?;
    Ok(Json(Items { items: page.items, next: page.next }))
}

/// Makes one code.
#[utoipa::path(post, path = "/api/v1/offers/{key}/codes", tag = "promotions",
    params(("key" = Slug, Path, description = "the offer")), request_body = NewCodeJson, security(("api_key" = ["marketing"])),
    responses((status = 201, body = Code), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn create_code(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    PathKey(key): PathKey<Slug>,
    body: Body<NewCodeJson>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let code = body.value.code.parse().map_err(|error| refuse_text("code", error))?;
    let max_uses = at_least_one(body.value.max_uses)?;
    let new = NewCode { code, enabled: body.value.enabled.unwrap_or(true), max_uses };
    let deed = async move |tx: &mut Conn| Ok(change_codes::create(tx, &deed_act, &key, &new).await?);
    body.once.write(&app, &act, StatusCode::CREATED, deed).await
}

/// Generates many codes in one step. They have no characters that look alike and end in a check character.
#[utoipa::path(post, path = "/api/v1/offers/{key}/codes/batch", tag = "promotions",
    params(("key" = Slug, Path, description = "the offer")), request_body = NewBatchJson, security(("api_key" = ["marketing"])),
    responses((status = 201, body = BatchJson), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn generate_codes(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    PathKey(key): PathKey<Slug>,
    body: Body<NewBatchJson>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let new = checked_batch(&body.value)?;
    let deed = async move |tx: &mut Conn| {
        let (id, codes) = generate(tx, &deed_act, &key, &new).await?;
        Ok(BatchJson { id: id.to_string(), offer: key.clone(), count: new.count, codes })
    };
    body.once.write(&app, &act, StatusCode::CREATED, deed).await
}

/// One code, in any writing.
#[utoipa::path(get, path = "/api/v1/codes/{code}", tag = "promotions",
    params(("code" = String, Path, description = "the code")), security(("api_key" = ["marketing"])),
    responses((status = 200, body = Code), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_code(
    State(app): State<SharedApp>,
    _: Allowed<MARKETING>,
    PathKey(code): PathKey<CodeText>,
) -> Result<Json<Code>, Problem> {
    let mut conn = app.db.read().await?;
    store::find_code(&mut conn, &code.fold()).await?.map(Json).ok_or_else(|| Problem::not_found("code"))
}

/// Switches a code on or off, or changes how often it may be used.
#[utoipa::path(patch, path = "/api/v1/codes/{code}", tag = "promotions",
    params(("code" = String, Path, description = "the code")), request_body = CodePatch, security(("api_key" = ["marketing"])),
    responses((status = 200, body = Code), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn change_code(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    PathKey(code): PathKey<CodeText>,
    body: Body<CodePatch>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let change = CodeChange { enabled: body.value.enabled, max_uses: body.value.max_uses };
    if let MaxUsesChange::To(max_uses) = change.max_uses {
        at_least_one(max_uses)?;
    }
    let deed = async move |tx: &mut Conn| Ok(change_codes::change(tx, &deed_act, &code.fold(), change).await?);
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Removes a code that was never used. One that was used can be disabled.
#[utoipa::path(delete, path = "/api/v1/codes/{code}", tag = "promotions",
    params(("code" = String, Path, description = "the code")), security(("api_key" = ["marketing"])),
    responses((status = 204), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn remove_code(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    PathKey(code): PathKey<CodeText>,
    body: NoBody,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| Ok(change_codes::remove(tx, &deed_act, &code.fold()).await?);
    body.once.write(&app, &act, StatusCode::NO_CONTENT, deed).await
}

fn checked_batch(json: &NewBatchJson) -> Result<NewBatch, Problem> {
    let range = |path: &str, least: usize, most: usize, value: u32| {
        let fits = usize::try_from(value).is_ok_and(|value| (least..=most).contains(&value));
        let message = format!("a number from {least} to {most} is needed");
        if fits { Ok(()) } else { Err(Problem::invalid(path, "out_of_range", message)) }
    };
    range("count", 1, BATCH_MAX as usize, json.count)?;
    let length = json.length.unwrap_or(LENGTH_USUAL);
    range("length", Pattern::LENGTH_MIN, Pattern::LENGTH_MAX, length)?;
    let prefix = crate::kernel::text::clean(json.prefix.as_deref().unwrap_or_default());
    if prefix.chars().count() > PREFIX_CHARS_MAX {
        let message = format!("a prefix has at most {PREFIX_CHARS_MAX} characters");
        return Err(Problem::invalid("prefix", "too_long", message));
    }
    let pattern = Pattern { prefix, length: length as usize };
    Ok(NewBatch { count: json.count, pattern, max_uses: at_least_one(json.max_uses)? })
}

fn at_least_one(max_uses: Option<u32>) -> Result<Option<u32>, Problem> {
    if max_uses == Some(0) {
        return Err(Problem::invalid("max_uses", "out_of_range", "a code is used at least once, or disabled"));
    }
    Ok(max_uses)
}

/// Tells `null` from an absent field.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<MaxUsesChange, D::Error> {
    Option::deserialize(deserializer).map(MaxUsesChange::To)
}

fn refuse_text(path: &str, error: NotACode) -> Problem {
    Problem::invalid(path, error.reason(), error.to_string())
}

impl From<CodeDeedError> for Problem {
    fn from(error: CodeDeedError) -> Self {
        match error {
            CodeDeedError::NoSuchOffer => Self::not_found("offer"),
            CodeDeedError::NotFound => Self::not_found("code"),
            CodeDeedError::Taken(ref other) => Self::conflict("code_taken", sentence(&error)).with("code", other),
            CodeDeedError::Confusable(ref other) => {
                Self::conflict("confusable_code", sentence(&error)).with("code", other)
            }
            CodeDeedError::WasUsed => Self::conflict("code_was_used", sentence(&error)),
            CodeDeedError::PatternTooShort => Self::invalid("length", "too_short", error.to_string()),
            CodeDeedError::NotACode(error) => refuse_text("prefix", error),
            CodeDeedError::Db(error) => error.into(),
        }
    }
}
