//! `/print`: the print queue, with what waits in each state, and the way to a new run.

use super::view::{CardRow, Names, way_key};
use crate::app::SharedApp;
use crate::cards::queue::{self, Filter, Sort};
use crate::cards::{CardState, Way};
use crate::kernel::UtcMs;
use crate::kernel::slug::Slug;
use crate::kernel::text::fold;
use crate::production::print_run::{PrintRun, RunState};
use crate::production::store;
use crate::production::store::queue::OpenRun;
use crate::web::caller::PERSONALIZATION;
use crate::web::pages::{Desk, Fields, Visitor, Words, address, export};
use crate::web::{Allowed, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use db::{Conn, DbError};

/// The rows of a page.
const ROWS: u32 = 50;
/// The ages in days that cards are chosen by.
const AGES: [i64; 5] = [1, 3, 7, 14, 30];

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/print", get(show)).route("/print/export.csv", get(export_list))
}

/// A part of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Ready,
    InRun,
    ToCheck,
    Printed,
    SetAside,
    Waiting,
}

impl Part {
    const ALL: [Self; 6] = [Self::Ready, Self::InRun, Self::ToCheck, Self::Printed, Self::SetAside, Self::Waiting];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready_to_print",
            Self::InRun => "in_print_run",
            Self::ToCheck => "to_check",
            Self::Printed => "ready_for_dispatch",
            Self::SetAside => "set_aside",
            Self::Waiting => "waiting_for_layout",
        }
    }

    /// Only what is new, where nobody says otherwise.
    fn of(word: &str) -> Self {
        Self::ALL.into_iter().find(|part| part.as_str() == word).unwrap_or(Self::Ready)
    }

    const fn state(self) -> CardState {
        match self {
            Self::Ready => CardState::ReadyToPrint,
            Self::InRun | Self::ToCheck => CardState::InPrintRun,
            Self::Printed => CardState::ReadyForDispatch,
            Self::SetAside => CardState::SetAside,
            Self::Waiting => CardState::WaitingForLayout,
        }
    }
}

/// What somebody looks for in the queue.
struct Wanted {
    part: Part,
    query: Fields,
}

impl Wanted {
    fn filter(&self, open: &[OpenRun], now: UtcMs) -> Filter {
        let runs = |is_prepared| open.iter().filter(|run| run.is_prepared == is_prepared).map(|run| run.run).collect();
        Filter {
            states: vec![self.part.state()],
            way: Way::of(self.query.get("delivery")),
            house: self.query.get("house").parse().ok(),
            product: self.query.get("product").parse().ok(),
            made_before: made_before(self.query.get("age"), now),
            runs: match self.part {
                Part::InRun => Some(runs(false)),
                Part::ToCheck => Some(runs(true)),
                _ => None,
            },
            words: fold(self.query.get("q")),
            ..Filter::default()
        }
    }

    fn sort(&self) -> Sort {
        Sort::of(self.query.get("sort"))
    }

    /// The same look at another part, from its beginning, or at another page of this one.
    fn address(&self, path: &str, part: Part, after: &str) -> String {
        let get = |name| self.query.get(name);
        let state = if part == Part::Ready { "" } else { part.as_str() };
        let pairs = [
            ("state", state),
            ("q", get("q")),
            ("product", get("product")),
            ("house", get("house")),
            ("delivery", get("delivery")),
            ("age", get("age")),
            ("sort", get("sort")),
            ("after", after),
        ];
        address(path, &pairs)
    }
}

/// A number of the band: a link to the part that it counts.
struct Tile {
    count: String,
    word: String,
    path: String,
    is_here: bool,
}

/// A choice in a list to choose from.
struct Choice {
    value: String,
    word: String,
    is_chosen: bool,
}

/// An open run beside the list.
struct RunBeside {
    path: String,
    number: u32,
    composed: u32,
    cards: u32,
    so_far: String,
    is_under_way: bool,
    pending: i64,
}

#[derive(Template)]
#[template(path = "production/queue.html")]
struct QueuePage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    wanted: &'a Wanted,
    tiles: Vec<Tile>,
    products: Vec<Choice>,
    houses: Vec<Choice>,
    ways: Vec<Choice>,
    ages: Vec<Choice>,
    sorts: Vec<Choice>,
    rows: Vec<CardRow>,
    total: i64,
    next: Option<String>,
    export: String,
    runs: Vec<RunBeside>,
    is_filtered: bool,
}

impl QueuePage<'_> {
    fn can_start(&self) -> bool {
        self.wanted.part == Part::Ready && self.total > 0
    }

    fn part(&self) -> &'static str {
        self.wanted.part.as_str()
    }

    fn get(&self, name: &str) -> &str {
        self.wanted.query.get(name)
    }

    /// What an empty list says.
    fn empty(&self) -> String {
        if self.is_filtered {
            self.visitor.t("print-empty-filtered")
        } else {
            self.visitor.t(&format!("print-empty-{}", self.part().replace('_', "-")))
        }
    }
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<PERSONALIZATION>,
    visitor: Visitor,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let wanted = Wanted { part: Part::of(query.get("state")), query };
    let desk = Desk::load(&app, &caller).await?;
    let mut conn = app.db.snapshot().await?;
    let words = visitor.words;
    let names = Names::read(&mut conn, words).await?;
    let open = store::queue::open_runs(&mut conn).await?;
    let filter = wanted.filter(&open, app.clock.now());
    let after = Some(wanted.query.get("after")).filter(|after| !after.is_empty());
    let page = queue::page(&mut conn, &filter, wanted.sort(), after, ROWS).await?;
    let zone = app.config.museum.zone();
    let get = |name| wanted.query.get(name);
    let chosen = |choices: &[(Slug, String)], value: &str| {
        let choice = |(key, word): &(Slug, String)| Choice {
            value: key.to_string(),
            word: word.clone(),
            is_chosen: key.as_str() == value,
        };
        choices.iter().map(choice).collect()
    };
    let page = QueuePage {
        desk,
        tiles: tiles(&mut conn, &open, &wanted, words).await?,
        products: chosen(&names.products, get("product")),
        houses: chosen(&names.houses, get("house")),
        ways: ways(words, get("delivery")),
        ages: ages(words, get("age")),
        sorts: sorts(words, wanted.sort()),
        rows: page.items.iter().map(|item| CardRow::of(item, &names, words, zone)).collect(),
        total: queue::total(&mut conn, &filter).await?,
        next: page.next.map(|next| wanted.address("/print", wanted.part, &next)),
        export: wanted.address("/print/export.csv", wanted.part, ""),
        runs: beside(&mut conn, &open, words).await?,
        is_filtered: ["q", "product", "house", "delivery", "age"].iter().any(|name| wanted.query.has(name)),
        wanted: &wanted,
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

async fn export_list(
    State(app): State<SharedApp>,
    _: Allowed<PERSONALIZATION>,
    visitor: Visitor,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let wanted = Wanted { part: Part::of(query.get("state")), query };
    let mut conn = app.db.snapshot().await?;
    let words = visitor.words;
    let names = Names::read(&mut conn, words).await?;
    let filter = wanted.filter(&store::queue::open_runs(&mut conn).await?, app.clock.now());
    let columns = [
        "print-column-number",
        "print-column-holder",
        "print-column-product",
        "print-column-way",
        "print-column-state",
        "print-column-since",
    ];
    let mut rows = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page = queue::page(&mut conn, &filter, wanted.sort(), after.as_deref(), 1_000).await?;
        for item in &page.items {
            let row = CardRow::of(item, &names, words, app.config.museum.zone());
            let state = row.aside.map_or(row.label.word, |(why, _)| why);
            rows.push(vec![row.number, row.name, row.product, row.way, state, row.since]);
        }
        after = page.next;
        if after.is_none() || rows.len() >= export::ROWS_MAX {
            break;
        }
    }
    export::csv(wanted.part.as_str(), &columns.map(|key| words.t(key)), &rows)
}

async fn tiles(conn: &mut Conn, open: &[OpenRun], wanted: &Wanted, words: Words) -> Result<Vec<Tile>, DbError> {
    let states = store::queue::count_states(conn).await?;
    let in_runs = |is_prepared| open.iter().filter(|run| run.is_prepared == is_prepared).map(|run| run.cards).sum();
    let count = |part: Part| match part {
        Part::InRun => in_runs(false),
        Part::ToCheck => in_runs(true),
        _ => states.iter().find(|(state, _)| *state == part.state()).map_or(0, |(_, count)| *count),
    };
    let tile = |part: Part| Tile {
        count: words.count(count(part)),
        word: words.t(&format!("print-part-{}", part.as_str().replace('_', "-"))),
        path: wanted.address("/print", part, ""),
        is_here: part == wanted.part,
    };
    Ok(Part::ALL.into_iter().map(tile).collect())
}

fn ways(words: Words, chosen: &str) -> Vec<Choice> {
    let choice = |way: Way| Choice {
        value: way.as_str().to_owned(),
        word: words.t(way_key(way)),
        is_chosen: way.as_str() == chosen,
    };
    Way::ALL.into_iter().map(choice).collect()
}

fn ages(words: Words, chosen: &str) -> Vec<Choice> {
    let choice = |days: i64| Choice {
        value: days.to_string(),
        word: words.t1("print-age", "days", days),
        is_chosen: days.to_string() == chosen,
    };
    AGES.into_iter().map(choice).collect()
}

/// The moment before which cards were finalized that are so many days old; nothing where nobody chose.
pub(super) fn made_before(age: &str, now: UtcMs) -> Option<UtcMs> {
    let days: i64 = age.parse().ok().filter(|days| AGES.contains(days))?;
    Some(now.plus_millis(-days * 24 * 60 * 60 * 1_000))
}

fn sorts(words: Words, chosen: Sort) -> Vec<Choice> {
    let choice = |sort: Sort| Choice {
        value: sort.as_str().to_owned(),
        word: words.t(&format!("print-sort-{}", sort.as_str())),
        is_chosen: sort == chosen,
    };
    Sort::ALL.into_iter().map(choice).collect()
}

/// The open runs, the newest first.
async fn beside(conn: &mut Conn, open: &[OpenRun], words: Words) -> Result<Vec<RunBeside>, DbError> {
    let mut runs: Vec<PrintRun> = Vec::new();
    for run in open.iter().take(5) {
        runs.extend(store::runs::find(conn, run.run).await?.filter(|run| run.state() == RunState::Open));
    }
    runs.sort_by_key(|run| std::cmp::Reverse(run.number));
    let beside = |run: PrintRun| RunBeside {
        path: format!("/print-runs/{}", run.id),
        number: run.number,
        composed: run.preparation.composed,
        cards: run.cards(),
        so_far: super::run::so_far(&run, words),
        is_under_way: run.preparation.is_under_way(),
        pending: run.counts.pending.into(),
    };
    Ok(runs.into_iter().map(beside).collect())
}
