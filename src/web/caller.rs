//! Who calls, and whether they may: a value of type [`Allowed`] exists only for a caller with one of the wanted roles.

use super::pages::{cookies, is_page};
use super::problem::Problem;
use crate::accounts;
use crate::app::SharedApp;
use crate::kernel::roles::{Role, Roles};
use crate::kernel::{Act, Actor};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};

// Plain shifts, as in `Roles::mask`: a function call in a constant that stands in a type makes an optimised build run in a circle.

/// Sells.
pub const SHOP: u8 = 1 << Role::Shop as u8;
/// Personalizes.
pub const PERSONALIZATION: u8 = 1 << Role::Personalization as u8;
/// Posts and hands out.
pub const MAILROOM: u8 = 1 << Role::Mailroom as u8;
/// Checks at the entry.
pub const ENTRY: u8 = 1 << Role::Entry as u8;
/// Makes offers.
pub const MARKETING: u8 = 1 << Role::Marketing as u8;
/// Only an administrator.
pub const ADMIN: u8 = 1 << Role::Admin as u8;
/// Anyone who works here.
pub const ANY_ROLE: u8 = SHOP | PERSONALIZATION | MAILROOM | ENTRY | MARKETING | ADMIN;

/// A caller who was recognised.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who it is.
    pub actor: Actor,
    /// Their name; a program has none.
    pub name: Option<String>,
    /// Their roles.
    pub roles: Roles,
    /// Their special rights, for instance `promotion.override`.
    pub rights: Vec<String>,
}

impl Caller {
    /// Whether the caller has a special right. An admin has all.
    pub fn has_right(&self, right: &str) -> bool {
        self.roles.may(ADMIN) || self.rights.iter().any(|own| own == right)
    }

    /// Demands a special right.
    ///
    /// # Errors
    /// 403 `forbidden` without it.
    pub fn demand_right(&self, right: &str) -> Result<(), Problem> {
        if self.has_right(right) {
            Ok(())
        } else {
            Err(Problem::new(StatusCode::FORBIDDEN, "forbidden", format!("This needs the right {right}."))
                .with("right", right))
        }
    }
}

/// A caller who has at least one role of the mask. Handlers name it before path, query and body, so that strangers learn nothing.
///
/// The API takes API keys alone; pages take the session of a member of staff.
#[derive(Debug, Clone)]
pub struct Allowed<const ROLES: u8>(pub Caller);

impl<const ROLES: u8> Allowed<ROLES> {
    /// The act that this caller begins now.
    pub fn act(&self, app: &SharedApp) -> Act {
        app.act(self.0.actor)
    }
}

impl<const ROLES: u8> FromRequestParts<SharedApp> for Allowed<ROLES> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &SharedApp) -> Result<Self, Problem> {
        let caller = recognise(parts, app).await?;
        if caller.roles.may(ROLES) {
            Ok(Self(caller))
        } else {
            Err(Problem::new(StatusCode::FORBIDDEN, "forbidden", "Your role does not allow this."))
        }
    }
}

async fn recognise(parts: &Parts, app: &SharedApp) -> Result<Caller, Problem> {
    if is_page(parts.uri.path()) { by_session(parts, app).await } else { by_key(parts, app).await }
}

async fn by_key(parts: &Parts, app: &SharedApp) -> Result<Caller, Problem> {
    let unauthorized = || Problem::new(StatusCode::UNAUTHORIZED, "unauthorized", "A valid API key is needed.");
    let header = parts.headers.get(header::AUTHORIZATION).ok_or_else(unauthorized)?;
    let key = header.to_str().ok().and_then(|text| text.strip_prefix("Bearer ")).ok_or_else(unauthorized)?;
    let mut conn = app.db.read_briefly().await?;
    let found = accounts::api_key::find(&mut conn, key.trim()).await?.ok_or_else(unauthorized)?;
    Ok(Caller { actor: Actor::ApiKey(found.id), name: None, roles: found.roles, rights: found.rights })
}

async fn by_session(parts: &Parts, app: &SharedApp) -> Result<Caller, Problem> {
    let unauthorized = || Problem::new(StatusCode::UNAUTHORIZED, "unauthorized", "Please sign in.");
    let token = cookies::session_token(app, &parts.headers).ok_or_else(unauthorized)?;
    let mut conn = app.db.read_briefly().await?;
    let found = accounts::session::find(&mut conn, &token, app.clock.now()).await?.ok_or_else(unauthorized)?;
    Ok(Caller { actor: Actor::Staff(found.staff), name: Some(found.name), roles: found.roles, rights: found.rights })
}
