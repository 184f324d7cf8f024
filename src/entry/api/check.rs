//! `/api/v1/entry/check`.

use crate::app::SharedApp;
use crate::entry::check::{self, Answer, CheckError, Question};
use crate::kernel::UtcMs;
use crate::kernel::slug::Slug;
use crate::web::caller::ENTRY;
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, Problem};
use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new().routes(routes!(check_entry))
}

/// A code to check.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct CheckRequest {
    /// The digits as scanned.
    code: String,
    /// The house to enter.
    house: Slug,
    /// The exhibition to enter, if it is one.
    #[serde(default)]
    exhibition: Option<Slug>,
    /// When; now by default.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<UtcMs>,
}

/// What a gate would say.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct CheckView {
    /// `admit`, `attention` or `refuse`.
    verdict: &'static str,
    /// Why, unless it is plainly admitted.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    /// The first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    valid_from: Option<NaiveDate>,
    /// The last day, inclusive.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    valid_until: Option<NaiveDate>,
    /// Whose card it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    holder: Option<HolderView>,
    /// How many may enter with the holder.
    companions: u8,
}

/// The person to compare with.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct HolderView {
    /// The name on the card.
    name: String,
    /// Where the portrait lies.
    #[serde(skip_serializing_if = "Option::is_none")]
    photo_url: Option<String>,
}

/// Says what a gate would say of a code. Records nothing, and never answers `re_entry`.
#[utoipa::path(post, path = "/api/v1/entry/check", tag = "entry", request_body = CheckRequest, security(("api_key" = ["entry"])),
    responses((status = 200, body = CheckView), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn check_entry(
    State(app): State<SharedApp>,
    _: Allowed<ENTRY>,
    body: Body<CheckRequest>,
) -> Result<Json<CheckView>, Problem> {
    let CheckRequest { code, house, exhibition, at } = body.value;
    let at = at.unwrap_or_else(|| app.clock.now());
    let answer = check::check(&app, &Question { code, house, exhibition, at }).await?;
    Ok(Json(CheckView::of(answer, &app.config.server.base_url)))
}

impl CheckView {
    fn of(answer: Answer, base_url: &str) -> Self {
        let holder = answer.holder.map(|bearer| HolderView {
            name: bearer.name,
            photo_url: bearer.portrait.map(|id| format!("{base_url}/api/v1/annual-tickets/{id}/photo")),
        });
        Self {
            verdict: answer.verdict.as_str(),
            reason: answer.verdict.reason().map(card::Reason::as_str),
            valid_from: answer.days.map(|(first, _)| first.to_date()),
            valid_until: answer.days.map(|(_, last)| last.to_date()),
            holder,
            companions: answer.companions,
        }
    }
}

impl From<CheckError> for Problem {
    fn from(error: CheckError) -> Self {
        let message = error.to_string();
        match error {
            CheckError::UnknownHouse => Self::invalid("house", "unknown_house", message),
            CheckError::UnknownExhibition => Self::invalid("exhibition", "unknown_exhibition", message),
            CheckError::Keys(error) => Self::internal("the installation's keys are unusable", &error),
            CheckError::Db(error) => error.into(),
        }
    }
}
