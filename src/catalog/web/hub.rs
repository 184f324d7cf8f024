//! `/admin`: where administration begins.

use super::sheet::SheetKind;
use crate::app::SharedApp;
use crate::web::caller::ADMIN;
use crate::web::pages::{Desk, Visitor};
use crate::web::{Allowed, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/admin", get(show))
}

#[derive(Template)]
#[template(path = "catalog/hub.html")]
struct HubPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    kinds: [SheetKind; 9],
    others: [(&'static str, &'static str); 7],
}

/// The other places of administration: the path and the key of the name.
const OTHERS: [(&str, &str); 7] = [
    ("/admin/staff", "staff-title"),
    ("/admin/keys", "keys-title"),
    ("/admin/devices", "devices-title"),
    ("/admin/printers", "printers-title"),
    ("/admin/layouts", "layouts-title"),
    ("/admin/mails", "mails-title"),
    ("/admin/audit", "audit-title"),
];

impl HubPage<'_> {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    fn name(&self, kind: &SheetKind) -> String {
        self.visitor.t(&format!("catalog-{}", kind.as_str()))
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    fn lead(&self, kind: &SheetKind) -> String {
        self.visitor.t(&format!("catalog-{}-lead", kind.as_str()))
    }
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<ADMIN>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let page =
        HubPage { desk: Desk::load(&app, &caller).await?, visitor: &visitor, kinds: SheetKind::ALL, others: OTHERS };
    Ok(Visitor::show(StatusCode::OK, &page))
}
