//! `/api/v1/layouts`: upload, look, propose, agree, retire.

use super::FileBytes;
use crate::app::SharedApp;
use crate::production::agree_layout::AgreeLayoutError;
use crate::production::layout_package::{LayoutPackage, NotAPackage};
use crate::production::layout_preview::preview_case;
use crate::production::preview::Preview;
use crate::production::print_data::Face;
use crate::production::propose_layout::{
    LayoutStepError, NAME_MAX, agree_on_proposal, check_and_prove, findings, proof, propose_layout, retire_layout,
};
use crate::production::upload_layout::{keep_files, upload_layout};
use crate::production::{LayoutVersion, layout_source, store};
use crate::web::body::RawBody;
use crate::web::caller::ADMIN;
use crate::web::list::Items;
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, PathKey, Problem, Query};
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use card_face::Finding;
use db::Conn;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .routes(routes!(list_layouts, add_layout))
        .routes(routes!(read_layout))
        .routes(routes!(propose))
        .routes(routes!(agree))
        .routes(routes!(retire))
        .routes(routes!(read_proof))
        .routes(routes!(preview_layout))
}

/// Which version.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct VersionQuery {
    /// The version; absent: the newest.
    #[param(minimum = 1)]
    version: Option<u32>,
}

/// Which picture of which version.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct PictureQuery {
    /// The version; absent: the newest.
    #[param(minimum = 1)]
    version: Option<u32>,
    /// The face; absent: the front.
    #[serde(default)]
    side: Face,
    /// Which case of the proof, from 0: the first is the usual card.
    #[serde(default)]
    case: u16,
}

/// A version of a layout with its file.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct LayoutFile {
    #[serde(flatten)]
    layout: LayoutVersion,
    /// The layout file, TOML.
    file: String,
    /// What stands in the way of proposing it, in the order of the file.
    findings: Vec<FindingBody>,
}

/// What a version of a layout became.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct LayoutKept {
    #[serde(flatten)]
    layout: LayoutVersion,
    /// What stands in the way of proposing it, in the order of the file.
    findings: Vec<FindingBody>,
}

/// One mistake in a layout file.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
struct FindingBody {
    /// Where it stands, as a path of keys.
    path: String,
    /// The line in the file, from 1.
    line: usize,
    /// The column in characters, from 1.
    column: usize,
    /// A stable word.
    reason: &'static str,
    /// What is wrong.
    message: String,
}

impl From<Finding> for FindingBody {
    fn from(finding: Finding) -> Self {
        let Finding { path, line, column, reason, message } = finding;
        Self { path, line, column, reason, message }
    }
}

/// Which version goes one step further.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct LayoutStep {
    /// The version.
    #[schema(minimum = 1)]
    version: u32,
}

/// Who agrees on what.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct LayoutAgreement {
    /// The version.
    #[schema(minimum = 1)]
    version: u32,
    /// The hash of the content that was looked at: agreeing on anything else is refused.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    content_sha256: String,
    /// The name of whoever agrees.
    #[schema(min_length = 1, max_length = 200)]
    by: String,
}

/// A layout file, TOML, or a ZIP archive with `layout.toml` and the files that it names.
#[derive(Debug, utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "only described in the API document")]
struct LayoutUpload(Vec<u8>);

/// All versions of all layouts, the newest of each first.
#[utoipa::path(get, path = "/api/v1/layouts", tag = "production", security(("api_key" = ["admin"])),
    responses((status = 200, body = Items<LayoutVersion>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_layouts(State(app): State<SharedApp>, _: Allowed<ADMIN>) -> Result<Json<Items<LayoutVersion>>, Problem> {
    let mut conn = app.db.read().await?;
    Ok(Json(Items::all(store::layouts::all(&mut conn).await?)))
}

/// Keeps a layout as a draft. A version that nobody agreed to is replaced; the same file again changes nothing. 422 `layout_invalid` with
/// `findings` when it cannot be read, 409 `layout_version_taken` when the version was agreed.
#[utoipa::path(post, path = "/api/v1/layouts", tag = "production", security(("api_key" = ["admin"])),
    request_body(content = LayoutUpload, content_type = "application/octet-stream"),
    responses((status = 201, body = LayoutKept), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn add_layout(State(app): State<SharedApp>, caller: Allowed<ADMIN>, body: RawBody) -> Result<Response, Problem> {
    let package = LayoutPackage::read(&body.bytes)?;
    let failed = |error: anyhow::Error| Problem::internal("the files of a layout cannot be kept", &error);
    keep_files(&app, &package).await.map_err(failed)?;
    let (package, findings) = checked(package).await?;
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let layout = upload_layout(tx, &deed_act, &package).await?;
        Ok(LayoutKept { layout, findings: findings.clone() })
    };
    body.once.write(&app, &act, StatusCode::CREATED, deed).await
}

/// One version of a layout with its file and its findings.
#[utoipa::path(get, path = "/api/v1/layouts/{id}", tag = "production", params(("id" = String, Path, description = "The layout's id."), VersionQuery),
    security(("api_key" = ["admin"])),
    responses((status = 200, body = LayoutFile), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_layout(
    State(app): State<SharedApp>,
    _: Allowed<ADMIN>,
    PathKey(id): PathKey<String>,
    Query(query): Query<VersionQuery>,
) -> Result<Json<LayoutFile>, Problem> {
    let mut conn = app.db.read().await?;
    let layout = version(&mut conn, &id, query.version).await?;
    let failed = |error: anyhow::Error| Problem::internal("a layout cannot be read", &error);
    let package = layout_source::load_used(&app, &mut conn, &layout.id, layout.version).await.map_err(failed)?;
    drop(conn);
    let (package, findings) = checked(package).await?;
    Ok(Json(LayoutFile { layout, file: package.body, findings }))
}

/// Checks a draft by all rules, makes its proof, and proposes it. 422 `layout_invalid` with `findings` when it breaks a rule.
#[utoipa::path(post, path = "/api/v1/layouts/{id}/propose", tag = "production", params(("id" = String, Path, description = "The layout's id.")),
    request_body = LayoutStep, security(("api_key" = ["admin"])),
    responses((status = 200, body = LayoutVersion), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn propose(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(id): PathKey<String>,
    body: Body<LayoutStep>,
) -> Result<Response, Problem> {
    let version = body.value.version;
    let good = check_and_prove(&app, &id, version).await?;
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| Ok(propose_layout(tx, &deed_act, &id, version, &good).await?);
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Agrees on a proposal by name. Cards that waited for a layout go on by themselves. 409 `layout_changed` when it is not what was looked at.
#[utoipa::path(post, path = "/api/v1/layouts/{id}/agree", tag = "production", params(("id" = String, Path, description = "The layout's id.")),
    request_body = LayoutAgreement, security(("api_key" = ["admin"])),
    responses((status = 200, body = LayoutVersion), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn agree(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(id): PathKey<String>,
    body: Body<LayoutAgreement>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let LayoutAgreement { version, content_sha256, by } = body.value;
    let deed =
        async move |tx: &mut Conn| Ok(agree_on_proposal(tx, &deed_act, &id, version, &content_sha256, &by).await?);
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Retires an agreed version: no new cards are made with it.
#[utoipa::path(post, path = "/api/v1/layouts/{id}/retire", tag = "production", params(("id" = String, Path, description = "The layout's id.")),
    request_body = LayoutStep, security(("api_key" = ["admin"])),
    responses((status = 200, body = LayoutVersion), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn retire(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(id): PathKey<String>,
    body: Body<LayoutStep>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let version = body.value.version;
    let deed = async move |tx: &mut Conn| Ok(retire_layout(tx, &deed_act, &id, version).await?);
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// The proof of a version: the usual and the longest card of each language, and both answers of each condition.
#[utoipa::path(get, path = "/api/v1/layouts/{id}/proof.pdf", tag = "production", params(("id" = String, Path, description = "The layout's id."), VersionQuery),
    security(("api_key" = ["admin"])),
    responses((status = 200, body = FileBytes, content_type = "application/pdf"),
        (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_proof(
    State(app): State<SharedApp>,
    _: Allowed<ADMIN>,
    PathKey(id): PathKey<String>,
    Query(query): Query<VersionQuery>,
) -> Result<Response, Problem> {
    let layout = version(&mut app.db.read().await?, &id, query.version).await?;
    let pdf = proof(&app, &layout.id, layout.version).await?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], pdf).into_response())
}

/// A picture of one case of the proof. 422 with the reason when this case cannot be printed.
#[utoipa::path(get, path = "/api/v1/layouts/{id}/preview.png", tag = "production", params(("id" = String, Path, description = "The layout's id."), PictureQuery),
    security(("api_key" = ["admin"])),
    responses((status = 200, body = FileBytes, content_type = "image/png"),
        (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn preview_layout(
    State(app): State<SharedApp>,
    _: Allowed<ADMIN>,
    PathKey(id): PathKey<String>,
    Query(query): Query<PictureQuery>,
) -> Result<Response, Problem> {
    let mut conn = app.db.snapshot().await?;
    let layout = version(&mut conn, &id, query.version).await?;
    let failed = |error: anyhow::Error| Problem::internal("a preview of a layout cannot be drawn", &error);
    match preview_case(&app, conn, &layout, query.case.into(), query.side).await.map_err(failed)? {
        Preview::Picture(png) => Ok(([(header::CONTENT_TYPE, "image/png")], png).into_response()),
        Preview::SetAside(reason) => {
            Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, reason, "This case cannot be printed."))
        }
        Preview::NoLayout => Err(Problem::not_found("layout")),
    }
}

/// A version, or the newest one of the layout.
async fn version(conn: &mut Conn, id: &str, wanted: Option<u32>) -> Result<LayoutVersion, Problem> {
    let all = store::layouts::all(conn).await?;
    let mut versions = all.into_iter().filter(|layout| layout.id == id);
    let found = versions.find(|layout| wanted.is_none_or(|wanted| layout.version == wanted));
    found.ok_or_else(|| Problem::not_found("layout"))
}

/// The findings of a package, found off the async threads.
async fn checked(package: LayoutPackage) -> Result<(LayoutPackage, Vec<FindingBody>), Problem> {
    let check = tokio::task::spawn_blocking(move || {
        let found = findings(&package).into_iter().map(FindingBody::from).collect();
        (package, found)
    });
    check.await.map_err(|error| Problem::internal("the check of a layout did not end", &error))
}

impl From<NotAPackage> for Problem {
    fn from(error: NotAPackage) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, error.reason(), format!("This is no layout: {error}."))
    }
}

impl From<AgreeLayoutError> for Problem {
    fn from(error: AgreeLayoutError) -> Self {
        match error {
            AgreeLayoutError::Mistakes(found) => broken(found),
            AgreeLayoutError::VersionTaken { .. } => {
                Self::conflict("layout_version_taken", "This version was agreed and never changes: raise its version.")
            }
            AgreeLayoutError::Db(error) => error.into(),
        }
    }
}

impl From<LayoutStepError> for Problem {
    fn from(error: LayoutStepError) -> Self {
        match error {
            LayoutStepError::Unknown => Self::not_found("layout"),
            LayoutStepError::Findings(found) => broken(found),
            LayoutStepError::WrongState(state) => {
                Self::conflict("wrong_state", format!("This does not go: the layout is {}.", state.as_str()))
                    .with("state", state)
            }
            LayoutStepError::Changed => {
                Self::conflict("layout_changed", "The layout was changed meanwhile. Please look at it again.")
            }
            LayoutStepError::NoName => {
                Self::invalid("by", "bad_name", format!("a name of 1 to {NAME_MAX} characters is needed"))
            }
            LayoutStepError::Db(error) => error.into(),
            LayoutStepError::Internal(error) => Self::internal("a layout cannot go on", &error),
        }
    }
}

/// 422 `layout_invalid`: every finding with its place in the file.
fn broken(found: Vec<Finding>) -> Problem {
    let detail = format!("The layout has {} mistakes.", found.len());
    let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "layout_invalid", detail);
    let problem = problem.with("findings", &found);
    found.into_iter().fold(problem, |problem, finding| problem.and(finding.path, finding.reason, finding.message))
}
