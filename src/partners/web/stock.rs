//! `/stock/{token}`: a stock of codes as the partner sees it: how many are used and left, day by day, without a word about persons; and
//! the wish for more.

use crate::app::SharedApp;
use crate::kernel::Actor;
use crate::partners::stock::{AskError, ask_for_more};
use crate::partners::{api::unknown, store};
use crate::reports::web::ChartView;
use crate::reports::{By, Report, Step, Wanted, ask, tell};
use crate::web::pages::{Done, FormErrors, PageForm, Visitor, act_once};
use crate::web::{PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use db::Conn;
use serde::Deserialize;

/// Rows of a report that has no long list.
const ROWS: u32 = 1;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/stock/{token}", get(show).post(ask_for_codes))
}

#[derive(Template)]
#[template(path = "partners/stock.html")]
struct StockPage<'a> {
    visitor: &'a Visitor,
    token: String,
    name: String,
    offer: String,
    codes: String,
    used: String,
    /// How often codes can still be used; nothing where some have no end.
    left: Option<String>,
    /// What is asked for already.
    open: Option<String>,
    chart: Option<ChartView>,
    /// Day and uses; days without a use are left out.
    days: Vec<(String, String)>,
    wanted: String,
    note: String,
    once: String,
    errors: FormErrors,
}

#[derive(Deserialize)]
struct WishForm {
    once: String,
    #[serde(default)]
    wanted: String,
    #[serde(default)]
    note: String,
}

async fn show(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathKey(token): PathKey<String>,
) -> Result<Response, Problem> {
    page(&app, &visitor, token, (String::new(), String::new()), FormErrors::default()).await
}

async fn page(
    app: &SharedApp,
    visitor: &Visitor,
    token: String,
    (wanted, note): (String, String),
    errors: FormErrors,
) -> Result<Response, Problem> {
    let (words, museum) = (visitor.words, &app.config.museum);
    let mut conn = app.db.snapshot().await?;
    let stock = store::stock_of_token(&mut conn, &token).await?.ok_or_else(unknown)?;
    let institution = store::of_id(&mut conn, stock.institution).await?.ok_or_else(unknown)?;
    let count = store::count_codes(&mut conn, &stock.offer).await?;
    let requests = store::requests(&mut conn, institution.id).await?;
    let asked =
        Wanted { by: Some(By::Day), step: Some(Step::Day), offer: Some(stock.offer.clone()), ..Wanted::default() };
    let language = words.language.as_str();
    let filter = ask(&mut conn, app.clock.now(), museum.zone(), asked, ROWS, language).await?;
    let table = tell(&mut conn, Report::Campaigns, &filter).await?.drawn("report-chart-redemptions", "redemptions");
    drop(conn);
    let chart = table.chart.as_ref().map(|chart| ChartView::of(chart, words, &museum.currency, museum.zone()));
    let open = requests.iter().find(|request| request.offer == stock.offer);
    let status = errors.status();
    let page = StockPage {
        days: ChartView::figures(table.chart.as_ref(), words, &museum.currency, museum.zone()),
        chart,
        codes: words.count(count.codes),
        used: words.count(count.used),
        left: count.left.map(|left| words.count(left)),
        open: open.map(|request| {
            words.t2(
                "stock-asked",
                ("wanted", i64::from(request.wanted)),
                ("when", words.moment(request.at, museum.zone())),
            )
        }),
        name: institution.data.name,
        offer: stock.offer.to_string(),
        token,
        wanted,
        note,
        once: visitor.fresh_once(),
        errors,
        visitor,
    };
    Ok(Visitor::show(status, &page))
}

async fn ask_for_codes(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathKey(token): PathKey<String>,
    PageForm(form): PageForm<WishForm>,
) -> Result<Response, Problem> {
    let stock = store::stock_of_token(&mut app.db.read().await?, &token).await?.ok_or_else(unknown)?;
    let act = app.act(Actor::Partner(stock.institution));
    let wanted: u32 = form.wanted.trim().parse().unwrap_or(0);
    let (deed_act, token_of, note) = (act.clone(), token.clone(), form.note.clone());
    let deed = async move |tx: &mut Conn| -> Result<Done, AskError> {
        ask_for_more(tx, &deed_act, &token_of, wanted, &note).await?;
        Ok(Done::at(format!("/stock/{token_of}")).saying("stock-asked-now"))
    };
    let mut errors = FormErrors::default();
    match act_once(&app, &act, &form.once, deed).await {
        Ok(done) => return Ok(done),
        Err(AskError::Wanted) => errors.add("wanted", visitor.t("stock-wanted-wrong")),
        Err(AskError::Note) => errors.add("note", visitor.t("stock-note-wrong")),
        Err(AskError::NotFound) => return Err(unknown()),
        Err(AskError::Db(error)) => return Err(error.into()),
    }
    page(&app, &visitor, token, (form.wanted, form.note), errors).await
}
