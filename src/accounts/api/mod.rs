//! Staff and API keys under `/api/v1`, for admins alone.

mod api_keys;
mod staff;

use super::api_key::RIGHTS;
use crate::app::SharedApp;
use crate::kernel::roles::{Role, Roles};
use crate::kernel::text::clean;
use crate::web::Problem;
use utoipa_axum::router::OpenApiRouter;

/// The operations of this capability.
pub fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new().merge(api_keys::router()).merge(staff::router())
}

/// The name and the roles of a new key or member of staff, when they and the rights are right.
fn checked(name: &str, roles: &[Role], rights: &[String]) -> Result<(String, Roles), Problem> {
    let name = clean(name);
    if name.is_empty() || name.chars().count() > 200 {
        return Err(Problem::invalid("name", "invalid_value", "a name has 1 to 200 characters"));
    }
    if roles.is_empty() {
        return Err(Problem::invalid("roles", "invalid_value", "at least one role is needed"));
    }
    if let Some(index) = rights.iter().position(|right| !RIGHTS.contains(&right.as_str())) {
        let message = format!("\"{}\" is not a right: {}", rights[index], RIGHTS.join(" or "));
        return Err(Problem::invalid(format!("rights[{index}]"), "unknown_value", message));
    }
    Ok((name, Roles::of(roles)))
}
