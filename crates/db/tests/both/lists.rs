//! Lists: filters, search, and pages that give each row exactly once.

use std::collections::HashSet;

use db::testing::TestDb;
use db::{Asc, Conn, Db, DbError, Desc, Direction, List, Page, args};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

crate::on_both!(
    pages_give_each_row_once,
    pages_hold_while_rows_come_in,
    a_list_may_be_sorted_by_its_id_alone,
    a_list_may_be_sorted_by_text,
    filters_narrow,
    groups_are_pages_too,
    every_word_of_a_search_counts,
    patterns_in_a_search_are_plain_text,
    any_search_text_is_answered,
    foreign_and_forged_cursors_are_refused,
    a_list_needs_an_order,
);

db::statements! {
    ADD_PERSON = "INSERT INTO people (born, house, name_fold) VALUES ($1, $2, $3)";
}

type Person = (i64, i64, String);

const PEOPLE: &str = "SELECT p.id, p.born, p.name_fold FROM people p";

async fn add(db: &Db, people: impl IntoIterator<Item = (i64, &str, &str)>) {
    let people: Vec<(i64, String, String)> =
        people.into_iter().map(|(born, house, name)| (born, house.into(), name.into())).collect();
    let added: Result<(), DbError> = db
        .write(async move |tx: &mut Conn| {
            for (born, house, name) in &people {
                tx.execute_one(&ADD_PERSON, args![born, house, name]).await?;
            }
            Ok(())
        })
        .await;
    added.unwrap();
}

/// Ninety people, many of them born in the same year.
async fn add_ninety(db: &Db) {
    let names: Vec<String> = (0..90).map(|n| format!("name {:02}", n * 37 % 90)).collect();
    let people = names.iter().enumerate();
    let born = |n: usize| 1950 + i64::try_from(n * 7 % 4).unwrap();
    add(db, people.map(|(n, name)| (born(n), ["north", "south"][n % 2], name.as_str()))).await;
}

async fn page(db: &Db, list: List<'_>) -> Result<Page<Person>, DbError> {
    db.read().await.unwrap().list(list).await
}

async fn all_pages(db: &Db, list: impl Fn() -> List<'static>) -> Vec<Person> {
    let mut people = Vec::new();
    let mut cursor = None;
    loop {
        let page = page(db, list().after(cursor)).await.unwrap();
        people.extend(page.items);
        cursor = page.next;
        if cursor.is_none() {
            return people;
        }
    }
}

async fn pages_give_each_row_once(db: TestDb) {
    add_ninety(&db).await;
    for direction in [Asc, Desc] {
        for limit in [1, 7, 45, 89, 90, 91] {
            let found = all_pages(&db, || List::new(PEOPLE).order("p.born", "p.id", direction).limit(limit)).await;
            let keys: Vec<_> = found.iter().map(|(id, born, _)| (*born, *id)).collect();
            let mut sorted = keys.clone();
            sorted.sort_unstable();
            if direction == Desc {
                sorted.reverse();
            }
            assert_eq!(keys, sorted, "{direction:?} by {limit}");
            assert_eq!(keys.iter().collect::<HashSet<_>>().len(), 90);
        }
    }
}

async fn pages_hold_while_rows_come_in(db: TestDb) {
    add_ninety(&db).await;
    let mut first_ids = HashSet::new();
    for (id, ..) in all_pages(&db, || List::new(PEOPLE).oldest_first("p.id").limit(50)).await {
        first_ids.insert(id);
    }
    let mut seen = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let list = List::new(PEOPLE).order("p.born", "p.id", Asc).after(cursor).limit(10);
        let page = page(&db, list).await.unwrap();
        seen.extend(page.items.into_iter().map(|(id, ..)| id));
        cursor = page.next;
        // Before, at and behind every place in the list.
        let years = if seen.len() < 100 { &[1900, 1950, 1951, 1952, 1953][..] } else { &[] };
        add(&db, years.iter().map(|born| (*born, "north", "late"))).await;
        if cursor.is_none() {
            break;
        }
    }
    let distinct: HashSet<i64> = seen.iter().copied().collect();
    assert_eq!(distinct.len(), seen.len(), "a row came twice");
    assert!(distinct.is_superset(&first_ids), "a row was left out");
}

async fn a_list_may_be_sorted_by_its_id_alone(db: TestDb) {
    add_ninety(&db).await;
    let oldest = all_pages(&db, || List::new(PEOPLE).oldest_first("p.id").limit(8)).await;
    let newest = all_pages(&db, || List::new(PEOPLE).newest_first("p.id").limit(8)).await;
    assert_eq!(oldest.len(), 90);
    assert!(oldest.is_sorted_by_key(|(id, ..)| *id));
    assert!(oldest.iter().eq(newest.iter().rev()));
}

async fn a_list_may_be_sorted_by_text(db: TestDb) {
    add(&db, ["ö", "a", "Z", "a b", "", "a", "€", "é"].map(|name| (1, "north", name))).await;
    let list = || List::new(PEOPLE).order("p.name_fold", "p.id", Asc).limit(1);
    let names: Vec<_> = all_pages(&db, list).await.into_iter().map(|(.., name)| name).collect();
    assert_eq!(names, ["", "Z", "a", "a", "a b", "é", "ö", "€"]);
}

async fn filters_narrow(db: TestDb) {
    add_ninety(&db).await;
    let count =
        async |list: List<'static>| page(&db, list.order("p.born", "p.id", Asc).limit(200)).await.unwrap().items.len();
    let none: Option<&str> = None;
    assert_eq!(count(List::new(PEOPLE)).await, 90);
    assert_eq!(count(List::new(PEOPLE).filter("p.house = ?", "north")).await, 45);
    assert_eq!(count(List::new(PEOPLE).filter_opt("p.house = ?", Some("south"))).await, 45);
    assert_eq!(count(List::new(PEOPLE).filter_opt("p.house = ?", none)).await, 90);
    assert_eq!(count(List::new(PEOPLE).filter_plain("p.born < 1950 OR p.id = 0")).await, 0);
    assert_eq!(count(List::new(PEOPLE).filter_any("p.house", ["north", "x"])).await, 45);
    assert_eq!(count(List::new(PEOPLE).filter_any("p.house", Vec::<String>::new())).await, 0);
    let twice = List::new(PEOPLE).filter("p.born = ? OR p.born = ? + 1", 1950);
    assert_eq!(count(twice.filter("p.house = ?", "north")).await, 23);
}

async fn groups_are_pages_too(db: TestDb) {
    add_ninety(&db).await;
    let list = |cursor: Option<String>| {
        List::new("SELECT p.house, COUNT(*) FROM people p")
            .group_by("p.house")
            .order("p.house", "p.house", Desc)
            .after(cursor)
            .limit(1)
    };
    let mut conn = db.read().await.unwrap();
    let first: Page<(String, i64)> = conn.list(list(None)).await.unwrap();
    assert_eq!(first.items, [("south".to_owned(), 45)]);
    let second: Page<(String, i64)> = conn.list(list(first.next)).await.unwrap();
    assert_eq!(second, Page { items: vec![("north".to_owned(), 45)], next: None });
}

async fn names_found(db: &Db, text: &str) -> Vec<String> {
    let list = List::new(PEOPLE).search(&["p.name_fold", "p.house"], text).oldest_first("p.id");
    page(db, list).await.unwrap().items.into_iter().map(|(.., name)| name).collect()
}

async fn every_word_of_a_search_counts(db: TestDb) {
    add(&db, [(1, "north", "anna maria"), (1, "south", "anna"), (1, "south", "maria")]).await;
    assert_eq!(names_found(&db, "  ").await.len(), 3);
    assert_eq!(names_found(&db, "ann").await, ["anna maria", "anna"]);
    assert_eq!(names_found(&db, "maria anna").await, ["anna maria"]);
    assert_eq!(names_found(&db, "anna south").await, ["anna"]);
    assert_eq!(names_found(&db, "anna\0south").await, ["anna"]);
    assert!(names_found(&db, "anne").await.is_empty());
}

async fn patterns_in_a_search_are_plain_text(db: TestDb) {
    let names = ["100%", "100", "a_b", "axb", "c!d", "cd", r"e\f", "g'h"];
    add(&db, names.map(|name| (1, "north", name))).await;
    for text in ["100%", "a_b", "c!d", r"e\f", "g'h", "!", "_", "%", r"\", "'"] {
        let expected: Vec<_> = names.into_iter().filter(|name| name.contains(text)).collect();
        assert_eq!(names_found(&db, text).await, expected, "{text}");
    }
}

async fn any_search_text_is_answered(db: TestDb) {
    add(&db, [(1, "north", "anna")]).await;
    let runtime = tokio::runtime::Handle::current();
    tokio::task::spawn_blocking(move || {
        let mut runner = TestRunner::new(ProptestConfig { cases: 100, ..Default::default() });
        let outcome = runner.run(&"(?s).{0,300}", |text| {
            let found = runtime.block_on(names_found(&db, &text));
            prop_assert!(found.len() <= 1);
            Ok(())
        });
        outcome.unwrap();
    })
    .await
    .unwrap();
}

async fn foreign_and_forged_cursors_are_refused(db: TestDb) {
    add_ninety(&db).await;
    let by = |direction: Direction, cursor: &str| {
        List::new(PEOPLE).order("p.born", "p.id", direction).after(Some(cursor)).limit(3)
    };
    let made = page(&db, List::new(PEOPLE).order("p.born", "p.id", Asc).limit(3)).await.unwrap();
    let cursor = made.next.unwrap();
    page(&db, by(Asc, &cursor)).await.unwrap();
    let foreign = page(&db, by(Desc, &cursor)).await;
    assert!(matches!(foreign, Err(DbError::BadCursor)), "{foreign:?}");
    for garbage in ["", "x", "'; DROP TABLE people; --", "W10", &cursor[1..], &"A".repeat(9_999)] {
        let refused = page(&db, by(Asc, garbage)).await;
        assert!(matches!(refused, Err(DbError::BadCursor)), "{garbage}: {refused:?}");
    }
    // Well formed, but of other types than the columns: refused or a senseless page, never a fault,
    // on a connection that knows the statement as well as on one that does not.
    for (key, id) in [("\"x\"", "1"), ("1", "\"x\""), ("\"8 bytes!\"", "2"), ("\"\\u0000\"", "\"\\u0000\"")] {
        let forged = page(&db, by(Asc, &forge(&cursor, key, id))).await;
        assert!(matches!(forged, Ok(_) | Err(DbError::BadCursor)), "{forged:?}");
    }
}

/// The cursor with other sort values.
fn forge(cursor: &str, key: &str, id: &str) -> String {
    use base64::Engine as _;
    let base64 = base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let json = String::from_utf8(base64.decode(cursor).unwrap()).unwrap();
    let (mark, _) = json.split_once(',').unwrap();
    base64.encode(format!("{mark},{key},{id}]"))
}

async fn a_list_needs_an_order(db: TestDb) {
    let refused = page(&db, List::new(PEOPLE)).await;
    assert!(matches!(refused, Err(DbError::UnfitList)));
}
