//! `/admin/catalog/events/labels`: labels for many events at once.

use super::field::Choice;
use super::shelf::Shelf;
use crate::app::SharedApp;
use crate::catalog::label_events::{Bound, LabelEdit, LabelEventsError, label_events};
use crate::web::caller::ADMIN;
use crate::web::pages::{Desk, Done, Fields, FormErrors, PageForm, Visitor, act_once};
use crate::web::{Allowed, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use db::Conn;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/admin/catalog/events/labels", get(show).post(label))
}

#[derive(Template)]
#[template(path = "catalog/labels.html")]
struct LabelsPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    houses: Vec<Choice>,
    exhibitions: Vec<Choice>,
    form: &'a Fields,
    errors: FormErrors,
    once: String,
}

impl LabelsPage<'_> {
    fn is(&self, field: &str, choice: &Choice) -> bool {
        self.form.get(field) == choice.value
    }
}

async fn show(State(app): State<SharedApp>, caller: Allowed<ADMIN>, visitor: Visitor) -> Result<Response, Problem> {
    page(&app, &caller, &visitor, &Fields::default(), FormErrors::default()).await
}

async fn label(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let mut errors = FormErrors::default();
    let words = |name: &str| -> Vec<String> {
        form.get(name).split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let mut day = |name: &'static str| {
        let text = form.get(name);
        let day = text.parse().ok().map(Bound::Day);
        if day.is_none() && !text.is_empty() {
            errors.add(name, visitor.t("wrong-valid-from"));
        }
        day
    };
    let edit = LabelEdit {
        house: form.get("house").parse().ok(),
        exhibition: form.get("exhibition").parse().ok(),
        from: day("from"),
        until: day("until"),
        add: words("add"),
        remove: words("remove"),
    };
    if edit.add.is_empty() && edit.remove.is_empty() {
        errors.add("add", visitor.t("labels-none"));
    }
    if !errors.is_empty() {
        return page(&app, &caller, &visitor, &form, errors).await;
    }
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let count = label_events(tx, &deed_act, edit.clone()).await?;
        let changed = i64::try_from(count.changed).unwrap_or(i64::MAX);
        Ok::<_, LabelEventsError>(Done::at("/admin/catalog/events").saying("labels-done").counting(changed))
    };
    match act_once(&app, &act, form.get("once"), deed).await {
        Ok(response) => Ok(response),
        Err(LabelEventsError::Invalid(finding)) => {
            let field = if finding.path.starts_with("remove") { "remove" } else { "add" };
            errors.add(field, visitor.t("wrong-labels"));
            page(&app, &caller, &visitor, &form, errors).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    app: &SharedApp,
    caller: &Allowed<ADMIN>,
    visitor: &Visitor,
    form: &Fields,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let shelf = Shelf::load(app, visitor.words).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = LabelsPage {
        desk: Desk::load(app, &caller.0).await?,
        houses: shelf.house_choices(),
        exhibitions: shelf.exhibition_choices(),
        once: visitor.fresh_once(),
        visitor,
        form,
        errors,
    };
    Ok(Visitor::show(status, &page))
}
