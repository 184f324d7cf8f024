//! `/admin/catalog/events/labels`: labels, price list and places of many events at once, counted before they are changed.

use super::field::Choice;
use super::shelf::Shelf;
use crate::app::SharedApp;
use crate::catalog::label_events::{Bound, LabelCount, LabelEdit, LabelEventsError, label_events};
use crate::web::caller::ADMIN;
use crate::web::pages::{Desk, Done, Fields, FormErrors, PageForm, Visitor, act_once};
use crate::web::{Allowed, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
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
    price_lists: Vec<Choice>,
    known_labels: Vec<Choice>,
    labels_hint: String,
    count: Option<LabelCount>,
    warning: Option<String>,
    form: &'a Fields,
    errors: FormErrors,
    once: String,
}

impl LabelsPage<'_> {
    /// What was counted, as a sentence.
    fn counted(&self) -> Option<String> {
        let LabelCount { matched, changed } = self.count?;
        Some(self.visitor.words.t2("bulk-count", ("changed", changed), ("matched", matched)))
    }

    fn is(&self, field: &str, choice: &Choice) -> bool {
        self.form.get(field) == choice.value
    }
}

async fn show(State(app): State<SharedApp>, caller: Allowed<ADMIN>, visitor: Visitor) -> Result<Response, Problem> {
    page(&app, &caller, &visitor, &Fields::default(), FormErrors::default(), None).await
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
        label: Some(form.get("label")).filter(|label| !label.is_empty()).map(str::to_owned),
        remove: words("remove"),
        set_price_list: form.get("set_price_list").parse().ok(),
        set_capacity: form.get("set_capacity").parse().ok(),
        preview: form.has("preview"),
    };
    if form.has("set_capacity") && edit.set_capacity.is_none() {
        errors.add("set_capacity", visitor.t("wrong-set-capacity"));
    } else if edit.is_idle() {
        errors.add("add", visitor.t("bulk-nothing"));
    }
    if !errors.is_empty() {
        return page(&app, &caller, &visitor, &form, errors, None).await;
    }
    let act = caller.act(&app);
    let deed_act = act.clone();
    if edit.preview {
        let counted = app.db.write(async move |tx: &mut Conn| label_events(tx, &deed_act, edit.clone()).await).await;
        return match counted {
            Ok(count) => page(&app, &caller, &visitor, &form, errors, Some(count)).await,
            Err(error) => refused(&app, &caller, &visitor, &form, error).await,
        };
    }
    let deed = async move |tx: &mut Conn| {
        let count = label_events(tx, &deed_act, edit.clone()).await?;
        let changed = i64::try_from(count.changed).unwrap_or(i64::MAX);
        Ok::<_, LabelEventsError>(Done::at("/admin/catalog/events").saying("labels-done").counting(changed))
    };
    match act_once(&app, &act, form.get("once"), deed).await {
        Ok(response) => Ok(response),
        Err(error) => refused(&app, &caller, &visitor, &form, error).await,
    }
}

async fn refused(
    app: &SharedApp,
    caller: &Allowed<ADMIN>,
    visitor: &Visitor,
    form: &Fields,
    error: LabelEventsError,
) -> Result<Response, Problem> {
    let LabelEventsError::Invalid(finding) = error else { return Err(error.into()) };
    let mut errors = FormErrors::default();
    let field = ["remove", "label"].into_iter().find(|field| finding.path.starts_with(field)).unwrap_or("add");
    errors.add(field, visitor.t("wrong-labels"));
    page(app, caller, visitor, form, errors, None).await
}

async fn page(
    app: &SharedApp,
    caller: &Allowed<ADMIN>,
    visitor: &Visitor,
    form: &Fields,
    errors: FormErrors,
    count: Option<LabelCount>,
) -> Result<Response, Problem> {
    let shelf = Shelf::load(app, visitor.words).await?;
    let status = errors.status();
    let page = LabelsPage {
        desk: Desk::load(app, &caller.0).await?,
        houses: shelf.house_choices(),
        exhibitions: shelf.exhibition_choices(),
        price_lists: shelf.price_list_choices(),
        known_labels: shelf.event_label_choices(),
        labels_hint: shelf.labels_hint(),
        warning: Some(form.get("label"))
            .filter(|label| !label.is_empty() && !shelf.event_labels.contains(*label))
            .map(|label| visitor.words.t1("label-matches-nothing", "label", label)),
        count,
        once: visitor.fresh_once(),
        visitor,
        form,
        errors,
    };
    Ok(Visitor::show(status, &page))
}
