//! `/terms`, `/privacy`, `/imprint`: what the museum wrote itself.

use super::visitor::Visitor;
use crate::app::{App, SharedApp};
use crate::config::OwnPage;
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/terms", get(async |app: State<SharedApp>, visitor: Visitor| show(&app, &visitor, OwnPage::Terms)))
        .route("/privacy", get(async |app: State<SharedApp>, visitor: Visitor| show(&app, &visitor, OwnPage::Privacy)))
        .route("/imprint", get(async |app: State<SharedApp>, visitor: Visitor| show(&app, &visitor, OwnPage::Imprint)))
}

#[derive(Template)]
#[template(path = "layout/own_page.html")]
struct OwnTextPage<'a> {
    visitor: &'a Visitor,
    title: String,
    blocks: Vec<Block>,
}

enum Block {
    Heading(String),
    Text(String),
}

/// The pages that are written: path, and key of the name.
pub(super) fn written(app: &App) -> Vec<(&'static str, &'static str)> {
    let pages = &app.config.pages;
    OwnPage::ALL
        .into_iter()
        .filter(|page| pages.text(*page, &[]).is_some())
        .map(|page| (page.as_str(), name(page)))
        .collect()
}

const fn name(page: OwnPage) -> &'static str {
    match page {
        OwnPage::Terms => "own-page-terms",
        OwnPage::Privacy => "own-page-privacy",
        OwnPage::Imprint => "own-page-imprint",
    }
}

fn show(app: &App, visitor: &Visitor, page: OwnPage) -> Response {
    let languages = [visitor.words.language.as_str(), app.config.museum.language.as_str()];
    let blocks = match app.config.pages.text(page, &languages) {
        Some(text) => blocks(text),
        None => vec![Block::Text(visitor.t("own-page-not-written"))],
    };
    Visitor::show(StatusCode::OK, &OwnTextPage { visitor, title: visitor.t(name(page)), blocks })
}

/// Paragraphs, with empty lines between them, and headings.
fn blocks(text: &str) -> Vec<Block> {
    let plain = text.replace("\r\n", "\n");
    let parts = plain.split("\n\n").map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| match part.strip_prefix("# ") {
            Some(heading) => Block::Heading(heading.trim().to_owned()),
            None => Block::Text(part.to_owned()),
        })
        .collect()
}
