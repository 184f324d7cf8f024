//! Both databases have the same tables, and take every statement of the program.

use db::Backend;
use passepartout::app::MIGRATIONS;
use std::collections::BTreeMap;
use std::path::Path;

/// The name and columns of every table of a folder of migrations. A column's type is the word that both databases share.
type Tables = BTreeMap<String, Vec<(String, &'static str, bool)>>;

#[test]
fn the_migrations_have_the_same_names_tables_and_columns() {
    let (lite_names, lite) = read("migrations/sqlite");
    let (pg_names, pg) = read("migrations/postgres");
    assert_eq!(lite_names, pg_names);
    assert!(lite.len() > 20, "the reader of migrations finds tables: {:?}", lite.keys());
    assert_eq!(lite.keys().collect::<Vec<_>>(), pg.keys().collect::<Vec<_>>());
    for (table, columns) in &lite {
        assert_eq!(columns, &pg[table], "the columns of {table}");
    }
}

#[test]
fn both_databases_are_given_the_same_migrations() {
    let versions = |migrator: &sqlx::migrate::Migrator| {
        migrator.iter().map(|migration| (migration.version, migration.description.clone())).collect::<Vec<_>>()
    };
    assert_eq!(versions(MIGRATIONS.sqlite), versions(MIGRATIONS.postgres));
}

on_both_databases! {
    async fn every_statement_is_understood(app: TestApp) {
        assert!(db::all_statements().count() > 50, "the statements are registered");
        let refused = db::prepare_all(&app.app.db).await;
        assert!(refused.is_empty(), "{:?} refuses {refused:#?}", app.app.db.backend());
    }
}

#[test]
fn a_column_has_a_type_that_both_databases_mean_alike() {
    assert_eq!(kind("INTEGER", Backend::Sqlite), kind("BIGINT", Backend::Postgres));
    assert_ne!(kind("TEXT", Backend::Sqlite), kind("BIGINT", Backend::Postgres));
}

fn read(folder: &str) -> (Vec<String>, Tables) {
    let backend = if folder.ends_with("sqlite") { Backend::Sqlite } else { Backend::Postgres };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("migrations")
        .map(|entry| entry.expect("a file").file_name().into_string().expect("a name"))
        .collect();
    names.sort();
    let mut tables = Tables::new();
    for name in &names {
        let text = std::fs::read_to_string(folder.join(name)).expect("a migration");
        let mut table: Option<String> = None;
        for line in text.lines().map(str::trim) {
            if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
                table = rest.split_whitespace().next().map(str::to_owned);
            } else if line.starts_with(')') {
                table = None;
            } else if let (Some(table), Some(column)) = (&table, column(line, backend)) {
                tables.entry(table.clone()).or_default().push(column);
            }
        }
    }
    (names, tables)
}

/// The column that a line declares, if it declares one.
fn column(line: &str, backend: Backend) -> Option<(String, &'static str, bool)> {
    let mut words = line.split_whitespace();
    let (name, declared) = (words.next()?, words.next()?);
    let is_name = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    is_name.then(|| (name.to_owned(), kind(declared.trim_end_matches(','), backend), line.contains("NOT NULL")))
}

/// The word for a declared type. A boolean is an integer on SQLite, so the two share a word.
fn kind(declared: &str, backend: Backend) -> &'static str {
    match (declared, backend) {
        ("TEXT", _) => "text",
        ("INTEGER", Backend::Sqlite) | ("BIGINT" | "BOOLEAN", Backend::Postgres) => "number",
        ("BLOB", Backend::Sqlite) | ("BYTEA", Backend::Postgres) => "bytes",
        (other, _) => panic!("{other} is no type that both databases share"),
    }
}
