//! Who may know whom: the invariants of docs/ARCHITECTURE.md, kept by reading the sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Which capability may know which, itself left out.
const MAY_KNOW: [(&str, &[&str]); 11] = [
    ("customers", &[]),
    ("catalog", &[]),
    ("people", &[]),
    ("promotions", &[]),
    ("cards", &["catalog", "people"]),
    ("sales", &["catalog", "people", "cards", "promotions", "customers", "partners"]),
    ("partners", &["catalog", "customers"]),
    ("production", &["catalog", "people", "cards"]),
    ("dispatch", &["catalog", "people", "cards", "production"]),
    ("entry", &["catalog", "cards"]),
    ("reports", &["catalog", "promotions"]),
];

/// Whose pages may know whom beside that. Nobody knows pages but the frame, so these edges close no circle.
const PAGES_MAY_KNOW: [(&str, &[&str]); 4] = [
    ("partners", &["reports", "sales"]),
    ("promotions", &["catalog", "sales"]),
    ("catalog", &["production"]),
    ("customers", &["catalog", "cards", "sales"]),
];

/// What a capability may know beside other capabilities, and in which kinds of file.
const FRAME: [(&str, &[Kind]); 9] = [
    ("kernel", &[Kind::Story, Kind::Rule, Kind::Deed, Kind::Store, Kind::Api, Kind::Page]),
    ("tables", &[Kind::Rule, Kind::Deed, Kind::Api, Kind::Page]),
    ("audit", &[Kind::Story, Kind::Deed, Kind::Store, Kind::Api, Kind::Page]),
    ("jobs", &[Kind::Story, Kind::Deed, Kind::Api, Kind::Page]),
    ("mail", &[Kind::Story, Kind::Deed, Kind::Api, Kind::Page]),
    ("app", &[Kind::Story, Kind::Deed, Kind::Api, Kind::Page]),
    ("files", &[Kind::Deed, Kind::Api, Kind::Page]),
    ("keys", &[Kind::Deed, Kind::Api, Kind::Page]),
    ("web", &[Kind::Api, Kind::Page]),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Story,
    Rule,
    Deed,
    Store,
    Api,
    /// A file in a capability's `web` folder.
    Page,
}

/// A source file of the server.
struct Source {
    path: PathBuf,
    /// Its folder in `src`.
    part: String,
    kind: Kind,
    /// The code without comments and tests.
    code: String,
}

#[test]
fn rules_name_neither_database_nor_web_nor_runtime_nor_clock() {
    let forbidden = ["sqlx", "axum", "askama", "tokio", "db::", "SystemTime", "Utc::now", "Local::now", "Instant::now"];
    let mut found = Vec::new();
    let clock = Path::new("kernel/clock.rs");
    for source in sources().iter().filter(|source| source.kind == Kind::Rule && source.path != clock) {
        found
            .extend(forbidden.iter().filter(|word| names(&source.code, word)).map(|word| (source.path.clone(), *word)));
    }
    assert!(found.is_empty(), "a rule takes what it needs as parameters: {found:#?}");
}

#[test]
fn deeds_name_neither_the_driver_nor_the_web() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| matches!(source.kind, Kind::Deed | Kind::Story)) {
        let forbidden = ["sqlx", "axum", "askama"];
        found
            .extend(forbidden.iter().filter(|word| names(&source.code, word)).map(|word| (source.path.clone(), *word)));
    }
    assert!(found.is_empty(), "a deed works on a connection and knows no request: {found:#?}");
}

#[test]
fn sql_stands_only_in_stores() {
    let verbs = ["\"SELECT ", "\"INSERT INTO ", "\"UPDATE ", "\"DELETE FROM ", "statements!"];
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| source.kind != Kind::Store) {
        found.extend(verbs.iter().filter(|verb| source.code.contains(**verb)).map(|verb| (source.path.clone(), *verb)));
    }
    assert!(found.is_empty(), "SQL belongs into a store: {found:#?}");
}

#[test]
fn capabilities_know_only_those_further_up() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_KNOW.into_iter().collect();
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| allowed.contains_key(source.part.as_str())) {
        for named in crate_paths(&source.code) {
            let is_itself = named == source.part;
            let is_further_up = allowed[source.part.as_str()].contains(&named.as_str());
            let is_for_page = source.kind == Kind::Page
                && PAGES_MAY_KNOW.iter().any(|(part, known)| *part == source.part && known.contains(&named.as_str()));
            let is_frame = FRAME.iter().any(|(part, kinds)| *part == named && kinds.contains(&source.kind));
            if !is_itself && !is_further_up && !is_for_page && !is_frame {
                found.push(format!("{} ({:?}) names crate::{named}", source.path.display(), source.kind));
            }
        }
    }
    assert!(found.is_empty(), "edges that the graph does not have: {found:#?}");
}

#[test]
fn nobody_but_the_frame_knows_pages() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| source.part != "web" && source.kind != Kind::Page) {
        for (part, _) in MAY_KNOW {
            if names(&source.code, &format!("crate::{part}::web")) {
                found.push(format!("{} names the pages of {part}", source.path.display()));
            }
        }
    }
    assert!(found.is_empty(), "pages are the end of the graph: {found:#?}");
}

#[test]
fn the_graph_has_no_circle() {
    let mut order: Vec<&str> = Vec::new();
    let mut left: BTreeMap<&str, &[&str]> = MAY_KNOW.into_iter().collect();
    while !left.is_empty() {
        let free: Vec<&str> = left
            .iter()
            .filter(|(_, known)| known.iter().all(|part| order.contains(part)))
            .map(|(part, _)| *part)
            .collect();
        assert!(!free.is_empty(), "a circle among {:?}", left.keys());
        for part in free {
            left.remove(part);
            order.push(part);
        }
    }
}

#[test]
fn the_kernel_knows_nobody_and_accounts_are_known_to_web_parts_alone() {
    for source in sources() {
        let named = crate_paths(&source.code);
        if source.part == "kernel" {
            let others: Vec<&String> = named.iter().filter(|part| *part != "kernel").collect();
            assert!(others.is_empty(), "{} names {others:?}", source.path.display());
        }
        let may_know_accounts =
            ["accounts", "web", "cli"].contains(&source.part.as_str()) || matches!(source.kind, Kind::Api | Kind::Page);
        assert!(may_know_accounts || !named.contains("accounts"), "{} names accounts", source.path.display());
    }
}

#[test]
fn each_rule_has_one_implementation() {
    let server = dependencies("Cargo.toml");
    for drawing in ["printpdf", "qrcode", "qrcodegen", "barcoders", "rustybuzz"] {
        assert!(!server.contains(drawing), "faces are drawn by crates/card-face, not by the server with {drawing}");
    }
    let only_in = |call: &str, parts: &[&str]| {
        for source in sources() {
            let is_at_home = parts.contains(&source.part.as_str());
            assert!(is_at_home || !names(&source.code, call), "{} calls {call}", source.path.display());
        }
    };
    only_in("pricing::price", &["sales", "cli"]);
    only_in("card::decide", &["entry", "cli"]);
    // Tickets and pages are set in the serif of the cards.
    only_in("card_face::", &["production", "sales", "web", "cli"]);
}

#[test]
fn libraries_of_rules_have_no_input_or_output() {
    for library in ["crates/card", "crates/pricing", "crates/card-face", "crates/gate-protocol"] {
        let used = dependencies(&format!("{library}/Cargo.toml"));
        for outside in ["tokio", "axum", "sqlx", "db", "reqwest", "ureq", "rusqlite", "passepartout"] {
            assert!(!used.contains(outside), "{library} depends on {outside}");
        }
    }
}

#[test]
fn the_gate_knows_the_card_code_and_the_protocol_and_nothing_of_the_server() {
    let used = dependencies("scanner-agent/Cargo.toml");
    let ours = ["passepartout", "db", "pricing", "card-face", "testkit", "card", "gate-protocol"];
    let known: BTreeSet<&str> = ours.into_iter().filter(|name| used.contains(*name)).collect();
    assert_eq!(known, BTreeSet::from(["card", "gate-protocol"]));
}

#[test]
fn the_readers_of_this_test_see_what_they_should() {
    let code =
        "use crate::catalog::House;\nuse crate::{audit, web::{Problem, list}};\nfn f() { crate::people::photo::x() }";
    let expected = ["audit", "catalog", "people", "web"].map(str::to_owned);
    assert_eq!(crate_paths(code), BTreeSet::from(expected));
    assert!(names("use db::Conn;", "db::") && !names("my_db::x", "db::"));
    assert!(code_of("let a = 1; // sqlx\n/// sqlx\n").contains("let a"));
    assert!(!code_of("let a = 1; // sqlx\n/// sqlx\n").contains("sqlx"));
    assert!(sources().len() > 50);
}

/// All files of `src`.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    files.iter().map(|path| source(&root, path)).collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn source(root: &Path, path: &Path) -> Source {
    let inner = path.strip_prefix(root).expect("a file in src");
    let steps: Vec<String> =
        inner.iter().map(|step| step.to_string_lossy().trim_end_matches(".rs").to_owned()).collect();
    let code = code_of(&fs::read_to_string(path).expect("a source"));
    let within = &steps[1..];
    let is_in = |folder: &str| within.iter().any(|step| step == folder);
    let kind = if within.is_empty() || is_in("api") || is_in("web") || ["cli", "web"].contains(&steps[0].as_str()) {
        let is_page = is_in("web") && steps[0] != "web" && steps[0] != "cli";
        match (is_in("store"), is_page) {
            (true, _) => Kind::Store,
            (false, true) => Kind::Page,
            (false, false) => Kind::Api,
        }
    } else if is_in("store") {
        Kind::Store
    } else if within == ["mod"] {
        Kind::Story
    } else if code.contains("async fn") || code.contains("async move") {
        Kind::Deed
    } else {
        Kind::Rule
    };
    Source { path: inner.to_owned(), part: steps[0].clone(), kind, code }
}

/// The code without comments and without the tests at its end.
fn code_of(text: &str) -> String {
    let before_tests = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    before_tests
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| line.split(" // ").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Whether the code names the word, not as the end of a longer one.
fn names(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
    })
}

/// The first step of every path that begins with `crate::`, in braces too.
fn crate_paths(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, marker) in code.match_indices("crate::") {
        let rest = &code[at + marker.len()..];
        match rest.strip_prefix('{') {
            None => found.extend(first_word(rest)),
            Some(list) => found.extend(top_level(list).into_iter().filter_map(|item| first_word(item.trim_start()))),
        }
    }
    found
}

fn first_word(text: &str) -> Option<String> {
    let word: String = text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
    (!word.is_empty() && word.starts_with(|letter: char| letter.is_lowercase())).then_some(word)
}

/// The items of a list in braces that begins after its opening brace.
fn top_level(list: &str) -> Vec<&str> {
    let (mut depth, mut begin, mut items) = (0_i32, 0, Vec::new());
    for (at, letter) in list.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => {
                items.push(&list[begin..at]);
                return items;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(&list[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
    }
    items
}

/// The names of the packages that a Cargo.toml depends on, outside of tests.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(manifest)).expect("a manifest");
    let manifest: toml::Table = toml::from_str(&text).expect("TOML");
    let section = manifest.get("dependencies").and_then(toml::Value::as_table);
    section.map(|section| section.keys().cloned().collect()).unwrap_or_default()
}
