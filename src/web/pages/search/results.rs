//! `/search?q=`: what was found, in groups. The search field asks for the same as a list that appears while one types.

use super::scan;
use crate::app::{App, SharedApp};
use crate::catalog::store as catalog;
use crate::kernel::roles::Roles;
use crate::kernel::text::fold;
use crate::web::caller::{ANY_ROLE, MAILROOM, MARKETING, PERSONALIZATION, SHOP};
use crate::web::pages::desk::Desk;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::Words;
use crate::web::{Allowed, Problem, Query};
use crate::{cards, sales};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use db::{Conn, DbError};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The most hits of a group in the list under the field, and on the page.
const IN_LIST_MAX: u32 = 6;
const ON_PAGE_MAX: u32 = 30;

/// What a member of staff may see.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each kind of record is seen or not, on its own")]
pub(super) struct Eyes {
    pub(super) cards: bool,
    pub(super) orders: bool,
    pub(super) vouchers: bool,
    pub(super) codes: bool,
}

impl Eyes {
    pub(super) fn of(roles: Roles) -> Self {
        Self {
            cards: roles.may(PERSONALIZATION | MAILROOM),
            orders: roles.may(SHOP),
            vouchers: roles.may(SHOP | PERSONALIZATION),
            codes: roles.may(MARKETING),
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    q: String,
    /// `list` asks for the list alone.
    #[serde(default)]
    part: String,
}

/// Records that belong together.
pub(super) struct Group {
    id: &'static str,
    title: String,
    hits: Vec<Hit>,
}

/// One record that was found.
struct Hit {
    path: String,
    title: String,
    more: String,
}

#[derive(Template)]
#[template(path = "layout/_found.html")]
struct FoundList<'a> {
    visitor: &'a Visitor,
    count: String,
    groups: Vec<Group>,
}

#[derive(Template)]
#[template(path = "layout/search.html")]
struct SearchPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    q: &'a str,
    count: String,
    groups: Vec<Group>,
}

/// Shows what was found.
pub(super) async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<ANY_ROLE>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let is_list = wanted.part == "list";
    let eyes = Eyes::of(caller.roles);
    let text = wanted.q.trim();
    let mut conn = app.db.read().await?;
    let limit = if is_list { IN_LIST_MAX } else { ON_PAGE_MAX };
    let mut groups = find(&app, &mut conn, visitor.words, eyes, text, limit).await?;
    if let Some(path) = scan::exact(&app, &mut conn, eyes, text).await? {
        let already = groups.iter().flat_map(|group| &group.hits).any(|hit| hit.path == path);
        if !already {
            let hit = Hit { path, title: text.to_owned(), more: String::new() };
            groups.insert(0, Group { id: "exact", title: visitor.t("found-exactly"), hits: vec![hit] });
        }
    }
    drop(conn);
    let count: usize = groups.iter().map(|group| group.hits.len()).sum();
    let count = visitor.words.t1("found-count", "count", i64::try_from(count).unwrap_or(i64::MAX));
    if is_list {
        return Ok(Visitor::show(StatusCode::OK, &FoundList { visitor: &visitor, count, groups }));
    }
    let desk = Desk::load(&app, &caller).await?;
    let page = SearchPage { visitor: &visitor, desk, q: text, count, groups };
    Ok(Visitor::show(StatusCode::OK, &page))
}

/// What a search finds, at most `limit` hits of each kind.
pub(super) async fn find(
    app: &App,
    conn: &mut Conn,
    words: Words,
    eyes: Eyes,
    text: &str,
    limit: u32,
) -> Result<Vec<Group>, DbError> {
    let wanted = folded(text);
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let mut groups = Vec::new();
    if eyes.cards {
        let found = cards::find::annual_tickets(conn, &wanted, limit).await?;
        let products = product_names(conn, words, found.iter().map(|ticket| &ticket.product)).await?;
        let hits = found.into_iter().map(|ticket| {
            let name = ticket.holder.name();
            let product = products.get(ticket.product.as_str()).cloned().unwrap_or_default();
            Hit {
                path: format!("/annual-tickets/{}", ticket.id),
                title: if name.is_empty() { words.t("found-nameless") } else { name },
                more: format!("{product} · {}", ticket.number),
            }
        });
        groups.push(Group { id: "annual-tickets", title: words.t("found-annual-tickets"), hits: hits.collect() });
        if wanted.bytes().any(|byte| byte.is_ascii_digit()) {
            let found = cards::find::cards(conn, &wanted, limit).await?;
            let hits = found.into_iter().map(|card| Hit {
                path: format!("/cards/{}", card.id),
                title: card.number.to_string(),
                more: String::new(),
            });
            groups.push(Group { id: "cards", title: words.t("found-cards"), hits: hits.collect() });
        }
    }
    if eyes.orders {
        let museum = &app.config.museum;
        let hits = sales::find::orders(conn, &wanted, limit).await?.into_iter().map(|order| {
            let placed = words.moment(order.placed_at, museum.zone());
            let total = words.money(order.total, &museum.currency);
            let buyer = order.buyer.map(|buyer| format!(" · {}", buyer.name)).unwrap_or_default();
            Hit {
                path: format!("/orders/{}", order.id),
                title: format!("{}{buyer}", order.number),
                more: format!("{total} · {placed}"),
            }
        });
        groups.push(Group { id: "orders", title: words.t("found-orders"), hits: hits.collect() });
    }
    groups.retain(|group| !group.hits.is_empty());
    Ok(groups)
}

/// The path of the hit, if it is the only one.
pub(super) fn only_hit(groups: &[Group]) -> Option<&str> {
    match groups {
        [group] if group.hits.len() == 1 => group.hits.first().map(|hit| hit.path.as_str()),
        _ => None,
    }
}

/// The text as names are searched. Numbers of annual tickets are found without the letter before them.
fn folded(text: &str) -> String {
    let words = fold(text);
    let without_letter = |word: &str| {
        let digits =
            word.strip_prefix('a').filter(|rest| rest.len() > 3 && rest.bytes().all(|byte| byte.is_ascii_digit()));
        digits.unwrap_or(word).to_owned()
    };
    words.split(' ').map(without_letter).collect::<Vec<_>>().join(" ")
}

async fn product_names<'a>(
    conn: &mut Conn,
    words: Words,
    keys: impl Iterator<Item = &'a crate::kernel::slug::Slug>,
) -> Result<BTreeMap<String, String>, DbError> {
    let mut names = BTreeMap::new();
    for key in keys {
        if !names.contains_key(key.as_str())
            && let Some(product) = catalog::product(conn, key).await?
        {
            names.insert(key.to_string(), product.names.get(words.language.as_str()).to_owned());
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn umlauts_and_letters_before_numbers_do_not_hide_anything() {
        assert_eq!(folded(" Müller  Zoë"), folded("mueller zoe"));
        assert_eq!(folded("A12345678901234"), "12345678901234");
        assert_eq!(folded("a12 anna"), "a12 anna");
    }
}
