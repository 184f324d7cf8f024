//! The documents tell the truth about what is where.

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_link_between_documents_leads_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut broken = Vec::new();
    let mut count = 0;
    for document in documents(root) {
        let text = fs::read_to_string(&document).expect("a document");
        for target in links(&text).filter(|target| !target.contains("://") && !target.starts_with(['#', '/'])) {
            count += 1;
            let file = target.split('#').next().unwrap_or_default();
            if !document.parent().unwrap_or(root).join(file).exists() {
                broken.push(format!("{} -> {target}", document.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(count > 0, "the reader finds links");
}

#[test]
fn every_file_that_the_documents_name_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut missing = Vec::new();
    for document in ["README.md", "docs/ARCHITECTURE.md", "docs/performance.md"].map(|name| root.join(name)) {
        let text = fs::read_to_string(&document).expect("a document");
        for named in text.split('`').skip(1).step_by(2).filter(|named| looks_like_a_place(named)) {
            let inside = [root.to_owned(), root.join("src")];
            if !inside.iter().any(|folder| folder.join(named).exists()) {
                missing.push(format!("{} names {named}", document.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_capability_stands_in_the_map() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let map = fs::read_to_string(root.join("docs/ARCHITECTURE.md")).expect("the map");
    for entry in fs::read_dir(root.join("src")).expect("the sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            assert!(map.contains(&format!("`src/{name}")), "docs/ARCHITECTURE.md does not tell what src/{name} is");
        }
    }
}

/// A path of this repository in backquotes: no blanks, no placeholders, a slash, and a known folder at its beginning.
fn looks_like_a_place(named: &str) -> bool {
    let begins_here =
        ["src/", "crates/", "tests/", "docs/", "migrations/", "scripts/", "templates/", "static/", "scanner-agent/"];
    begins_here.iter().any(|folder| named.starts_with(folder)) && !named.contains(['<', '{', '*', ' '])
}

fn documents(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in [root.to_owned(), root.join("docs"), root.join("docs/decisions")] {
        for entry in fs::read_dir(folder).expect("a folder of documents") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|extension| extension == "md") {
                found.push(path);
            }
        }
    }
    found
}

/// The targets of the links of a Markdown text.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split(')').next())
}
