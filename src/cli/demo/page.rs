//! The plain page at `/` of the demo: what it did, and its files.

use super::story::Told;
use crate::app::SharedApp;
use crate::web::problem::Problem;
use crate::web::start;
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// The files of the story and what they are.
const FILES: [StoryFile; 5] = [
    StoryFile {
        name: "cards.pdf",
        what: "the cards for the card printer, front and back",
        media_type: "application/pdf",
    },
    StoryFile { name: "sheets.pdf", what: "the same cards on A4 sheets to cut", media_type: "application/pdf" },
    StoryFile { name: "manifest.csv", what: "the list of the print run", media_type: "text/csv; charset=utf-8" },
    StoryFile { name: "card-front.png", what: "a card's front", media_type: "image/png" },
    StoryFile { name: "card-back.png", what: "its back", media_type: "image/png" },
];

struct StoryFile {
    name: &'static str,
    what: &'static str,
    media_type: &'static str,
}

/// One scan at the demo's gate.
#[derive(Debug, Clone)]
pub(super) struct Scan {
    /// Who or what was scanned.
    pub(super) what: &'static str,
    /// `admit`, `attention` or `refuse`.
    pub(super) verdict: &'static str,
    /// Why, unless simply admitted.
    pub(super) reason: Option<&'static str>,
}

impl Scan {
    fn symbol(&self) -> &'static str {
        match self.verdict {
            "admit" => "✓",
            "attention" => "!",
            _ => "✕",
        }
    }

    /// The verdict in words, with its reason.
    pub(super) fn words(&self) -> String {
        match self.reason {
            Some(reason) => format!("{} ({})", self.verdict, reason.replace('_', " ")),
            None => self.verdict.to_owned(),
        }
    }
}

struct Shown {
    steps: Vec<String>,
    scans: Vec<Scan>,
    files: &'static [StoryFile],
}

#[derive(Template)]
#[template(path = "demo/page.html")]
struct PageTemplate<'a> {
    told: Option<&'a Shown>,
}

/// The page. It says that the story is being told until [`Self::show`].
pub(super) struct DemoPage {
    shown: Arc<OnceLock<Shown>>,
    folder: PathBuf,
}

impl DemoPage {
    /// The page of the story whose files are in `folder`.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { shown: Arc::default(), folder }
    }

    /// Shows what was told.
    pub(super) fn show(&self, told: &Told) {
        self.shown.get_or_init(|| Shown { steps: told.steps.clone(), scans: told.scans.clone(), files: &FILES });
    }

    /// `/` and the files.
    pub(super) fn router(&self) -> Router<SharedApp> {
        let shown = self.shown.clone();
        let folder = self.folder.clone();
        Router::new()
            .route("/", get(async move || render(shown.get())))
            .route("/demo/{name}", get(async move |Path(name): Path<String>| serve_file(folder, &name).await))
    }
}

fn render(told: Option<&Shown>) -> Result<Html<String>, Problem> {
    start::page(&PageTemplate { told })
}

async fn serve_file(folder: PathBuf, name: &str) -> Result<Response, Problem> {
    let file = FILES.iter().find(|file| file.name == name).ok_or_else(|| Problem::not_found("file"))?;
    let bytes = tokio::fs::read(folder.join(file.name)).await.map_err(|_| Problem::not_found("file"))?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static(file.media_type))], bytes).into_response())
}
