//! `/admin/printers`: the card printers of the houses, how they are, and a test card.

use crate::app::SharedApp;
use crate::catalog;
use crate::kernel::slug::Slug;
use crate::kernel::text::clean;
use crate::production::api::LOOK;
use crate::production::keep_printer::{KeepPrinterError, add_printer, change_printer};
use crate::production::print_job::{JobState, PrintJob};
use crate::production::printer::{Printer, Remark, Setting, Trust};
use crate::production::printer_door::Door;
use crate::production::send_to_printer::{SendError, send_test_card};
use crate::production::store;
use crate::web::caller::{ADMIN, Caller};
use crate::web::pages::{Desk, Done, Fields, FormErrors, HistoryRow, PageForm, Visitor, Words, act_once, history};
use crate::web::{Allowed, PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use db::Conn;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// More printers than a group of museums has.
const ROWS: u32 = 200;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/admin/printers", get(list))
        .route("/admin/printers/new", get(show_new).post(add))
        .route("/admin/printers/{key}", get(show).post(change))
        .route("/admin/printers/{key}/test-card", post(test))
}

/// A remark of a printer in words.
pub(super) struct RemarkSaid {
    pub(super) tone: &'static str,
    pub(super) symbol: &'static str,
    pub(super) word: String,
}

impl RemarkSaid {
    /// What a printer says about itself, in the visitor's words where there are any.
    pub(super) fn all(remarks: &[Remark], words: Words) -> Vec<Self> {
        remarks.iter().map(|remark| Self::of(remark, words)).collect()
    }

    fn of(remark: &Remark, words: Words) -> Self {
        let key = format!("printer-says-{}", remark.keyword);
        let word = if words.has(&key) { words.t(&key) } else { remark.keyword.clone() };
        let (tone, symbol) = if remark.stops { ("attention", "!") } else { ("plain", "i") };
        Self { tone, symbol, word }
    }
}

/// A printer in the list.
struct PrinterRow {
    key: Slug,
    name: String,
    house: String,
    uri: String,
    trust: String,
    in_use: bool,
}

#[derive(Template)]
#[template(path = "production/printers.html")]
struct ListPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    rows: Vec<PrinterRow>,
}

async fn list(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<ADMIN>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let desk = Desk::load(&app, &caller).await?;
    let mut conn = app.db.read().await?;
    let printers = store::printers::page(&mut conn, None, ROWS).await?.items;
    let houses = catalog::store::houses(&mut conn).await?;
    let name = |key: &Slug| houses.iter().find(|house| house.key == *key).map(|house| house.name.clone());
    let row = |printer: Printer| PrinterRow {
        house: name(&printer.house).unwrap_or_else(|| printer.house.to_string()),
        trust: visitor.t(&format!("printer-trust-{}", printer.trust.as_str())),
        key: printer.key,
        name: printer.name,
        uri: printer.uri,
        in_use: printer.in_use,
    };
    let page = ListPage { desk, rows: printers.into_iter().map(row).collect(), visitor: &visitor };
    Ok(Visitor::show(StatusCode::OK, &page))
}

/// A value to choose.
struct Choice {
    value: String,
    name: String,
    hint: String,
    on: bool,
}

/// What a printer is doing, right now.
struct Look {
    tone: &'static str,
    symbol: &'static str,
    word: String,
    says: Vec<RemarkSaid>,
}

#[derive(Template)]
#[template(path = "production/printer.html")]
struct PrinterPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    /// Its key and its name; absent while it is new.
    known: Option<(Slug, String)>,
    form: &'a Fields,
    houses: Vec<Choice>,
    trusts: Vec<Choice>,
    look: Option<Look>,
    test: Option<String>,
    can_test: bool,
    history: Vec<HistoryRow>,
    errors: FormErrors,
    once: String,
}

async fn show_new(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<ADMIN>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let mut form = Fields::default();
    for (name, value) in [("in_use", "1"), ("shift_right_mm", "0"), ("shift_down_mm", "0"), ("trust", "none")] {
        form.put(name, value);
    }
    page(&app, &caller, &visitor, None, &form, FormErrors::default()).await
}

async fn page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    printer: Option<Printer>,
    form: &Fields,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let words = visitor.words;
    let mut conn = app.db.read().await?;
    let houses = catalog::store::houses(&mut conn).await?;
    let (mut test, mut history) = (None, Vec::new());
    if let Some(printer) = &printer {
        test = store::print_jobs::last_test(&mut conn, &printer.key).await?;
        let zone = app.config.museum.zone();
        history = history::of(&mut conn, &words, zone, &[("printer", &printer.key)]).await?;
    }
    drop(conn);
    let house = |house: catalog::House| Choice {
        on: form.get("house") == house.key.as_str(),
        value: house.key.to_string(),
        name: house.name,
        hint: String::new(),
    };
    let trust = |trust: Trust| Choice {
        on: form.get("trust") == trust.as_str(),
        value: trust.as_str().to_owned(),
        name: words.t(&format!("printer-trust-{}", trust.as_str())),
        hint: words.t(&format!("printer-trust-{}-hint", trust.as_str())),
    };
    let status = errors.status();
    let page = PrinterPage {
        desk: Desk::load(app, caller).await?,
        houses: houses.into_iter().map(house).collect(),
        trusts: Trust::ALL.into_iter().map(trust).collect(),
        look: match &printer {
            Some(printer) if printer.in_use => Some(look(printer, words).await),
            _ => None,
        },
        can_test: printer.as_ref().is_some_and(|printer| printer.in_use)
            && !test.as_ref().is_some_and(|test| test.state.is_under_way()),
        test: test.map(|test| test_said(&test, words)),
        known: printer.map(|printer| (printer.key, printer.name)),
        once: visitor.fresh_once(),
        visitor,
        form,
        history,
        errors,
    };
    Ok(Visitor::show(status, &page))
}

async fn look(printer: &Printer, words: Words) -> Look {
    let said = match Door::open(&printer.uri, LOOK) {
        Ok(door) => door.printer().await.ok(),
        Err(_) => None,
    };
    let (tone, symbol, key) = match &said {
        None => ("attention", "!", "printer-silent"),
        Some(said) if said.is_stopped => ("attention", "!", "printer-stopped"),
        Some(said) if said.is_printing => ("calm", "▶", "printer-printing"),
        Some(_) => ("good", "✓", "printer-idle"),
    };
    let says = said.map(|said| RemarkSaid::all(&said.remarks, words)).unwrap_or_default();
    Look { tone, symbol, word: words.t(key), says }
}

fn test_said(test: &PrintJob, words: Words) -> String {
    match (test.state, test.why) {
        (JobState::Printed, _) => words.t("printer-test-printed"),
        (_, Some(why)) => words.t(&format!("print-why-{}", why.as_str().replace('_', "-"))),
        _ => words.t("printer-test-on-its-way"),
    }
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<ADMIN>,
    visitor: Visitor,
    PathKey(key): PathKey<Slug>,
) -> Result<Response, Problem> {
    let printer = find(&app, &key).await?;
    let form = form_of(&printer);
    page(&app, &caller, &visitor, Some(printer), &form, FormErrors::default()).await
}

async fn find(app: &SharedApp, key: &Slug) -> Result<Printer, Problem> {
    let printer = store::printers::find(&mut app.db.read().await?, key).await?;
    printer.ok_or_else(|| Problem::not_found("printer"))
}

fn form_of(printer: &Printer) -> Fields {
    let mut form = Fields::default();
    let mm = |um: i32| Decimal::new(um.into(), 3).normalize().to_string();
    form.put("name", &printer.name);
    form.put("house", printer.house.as_str());
    form.put("uri", &printer.uri);
    form.put("trust", printer.trust.as_str());
    form.put("shift_right_mm", mm(printer.setting.shift_right_um));
    form.put("shift_down_mm", mm(printer.setting.shift_down_um));
    for (name, on) in [("turn_backs", printer.setting.turn_backs), ("in_use", printer.in_use)] {
        if on {
            form.put(name, "1");
        }
    }
    form
}

/// What the form says of a printer, as far as it can be read; the rest stands among the errors.
fn printer_of(form: &Fields, key: Option<Slug>, errors: &mut FormErrors, words: Words) -> Option<Printer> {
    let mut um = |name: &'static str| {
        let typed = form.get(name).trim().replace(',', ".").replace('−', "-");
        let mm = if typed.is_empty() { Some(Decimal::ZERO) } else { typed.parse::<Decimal>().ok() };
        let um = mm.and_then(|mm| (mm * Decimal::ONE_THOUSAND).round().to_i32());
        if um.is_none() {
            errors.add(name, words.problem("printer_shift"));
        }
        um
    };
    let (shift_right_um, shift_down_um) = (um("shift_right_mm"), um("shift_down_mm"));
    let key = key.or_else(|| form.get("key").trim().parse().ok());
    if key.is_none() {
        errors.add("key", words.problem("printer_key"));
    }
    let house = form.get("house").parse().ok();
    if house.is_none() {
        errors.add("house", words.problem("unknown_house"));
    }
    Some(Printer {
        key: key?,
        name: clean(form.get("name")),
        house: house?,
        uri: form.get("uri").trim().to_owned(),
        trust: Trust::of(form.get("trust")).unwrap_or(Trust::None),
        setting: Setting {
            shift_right_um: shift_right_um?,
            shift_down_um: shift_down_um?,
            turn_backs: form.has("turn_backs"),
        },
        in_use: form.has("in_use"),
    })
}

fn explain(error: KeepPrinterError, errors: &mut FormErrors, words: Words) -> Result<(), Problem> {
    match error {
        KeepPrinterError::Unfit(findings) => {
            for unfit in findings {
                errors.add(unfit.field(), words.problem(unfit.reason()));
            }
        }
        KeepPrinterError::UnknownHouse => errors.add("house", words.problem("unknown_house")),
        KeepPrinterError::KeyTaken(_) => errors.add("key", words.problem("printer_key_taken")),
        other => return Err(other.into()),
    }
    Ok(())
}

async fn add(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let mut errors = FormErrors::default();
    if let Some(printer) = printer_of(&form, None, &mut errors, visitor.words) {
        let act = caller.act(&app);
        let deed_act = act.clone();
        let deed = async move |tx: &mut Conn| {
            add_printer(tx, &deed_act, &printer).await?;
            Ok::<_, KeepPrinterError>(Done::at(format!("/admin/printers/{}", printer.key)).saying("printer-added"))
        };
        match act_once(&app, &act, form.get("once"), deed).await {
            Ok(response) => return Ok(response),
            Err(error) => explain(error, &mut errors, visitor.words)?,
        }
    }
    page(&app, &caller.0, &visitor, None, &form, errors).await
}

async fn change(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    PathKey(key): PathKey<Slug>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let known = find(&app, &key).await?;
    let mut errors = FormErrors::default();
    if let Some(printer) = printer_of(&form, Some(key), &mut errors, visitor.words) {
        let act = caller.act(&app);
        let deed_act = act.clone();
        let deed = async move |tx: &mut Conn| {
            change_printer(tx, &deed_act, &printer).await?;
            Ok::<_, KeepPrinterError>(Done::at(format!("/admin/printers/{}", printer.key)).saying("printer-changed"))
        };
        match act_once(&app, &act, form.get("once"), deed).await {
            Ok(response) => return Ok(response),
            Err(error) => explain(error, &mut errors, visitor.words)?,
        }
    }
    page(&app, &caller.0, &visitor, Some(known), &form, errors).await
}

async fn test(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    PathKey(key): PathKey<Slug>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let known = find(&app, &key).await?;
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        send_test_card(tx, &deed_act, &key).await?;
        Ok::<_, SendError>(Done::at(format!("/admin/printers/{key}")).saying("printer-test-sent"))
    };
    match act_once(&app, &act, form.get("once"), deed).await {
        Ok(response) => Ok(response),
        Err(SendError::PrinterInUse(_)) => {
            let mut errors = FormErrors::default();
            errors.add("test-card", visitor.words.problem("printer_in_use"));
            let form = form_of(&known);
            page(&app, &caller.0, &visitor, Some(known), &form, errors).await
        }
        Err(error) => Err(error.into()),
    }
}
