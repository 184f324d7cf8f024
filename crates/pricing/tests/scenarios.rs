//! Every file of `tests/scenarios` is a scenario with the answer it must get: the answer's keys are compared as far as
//! `expected` names them; units, lists of offers, codes, problems and tax rows are sets.

use std::fs;
use std::path::{Path, PathBuf};

use pricing::{Budget, parse_scenario, price};
use serde_json::Value;

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn answer(text: &str) -> Value {
    match parse_scenario(text).and_then(|scenario| price(&scenario, &Budget::default())) {
        Ok(priced) => serde_json::to_value(priced).unwrap(),
        Err(error) => serde_json::json!({ "error": { "path": error.path, "message": error.message } }),
    }
}

/// Whether `found` holds everything that `expected` names.
fn agrees(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => expected.iter().all(|(key, expected)| {
            let nothing = Value::Null;
            let found = found.get(key).unwrap_or(&nothing);
            let is_empty_list = expected.as_array().is_some_and(Vec::is_empty);
            if key == "lines" {
                agrees_in_order(found, expected)
            } else {
                agrees(found, expected) || (is_empty_list && found.is_null())
            }
        }),
        (Value::Array(found), Value::Array(expected)) => {
            found.len() == expected.len() && agrees_as_set(found, expected)
        }
        _ => found == expected,
    }
}

fn agrees_in_order(found: &Value, expected: &Value) -> bool {
    let (Some(found), Some(expected)) = (found.as_array(), expected.as_array()) else { return false };
    found.len() == expected.len() && found.iter().zip(expected).all(|(found, expected)| agrees(found, expected))
}

fn agrees_as_set(found: &[Value], expected: &[Value]) -> bool {
    let mut open: Vec<&Value> = found.iter().collect();
    expected.iter().all(|expected| match open.iter().position(|found| agrees(found, expected)) {
        Some(place) => {
            open.swap_remove(place);
            true
        }
        None => false,
    })
}

#[test]
fn every_scenario_gets_its_answer() {
    let mut failures = Vec::new();
    for file in files() {
        let text = fs::read_to_string(&file).unwrap();
        let expected = serde_json::from_str::<Value>(&text).unwrap()["expected"].take();
        assert!(expected.is_object(), "{} expects nothing", file.display());
        let found = answer(&text);
        if !agrees(&found, &expected) {
            failures.push(format!("{}\n  expected {expected}\n  found    {found}", file.display()));
        }
    }
    assert!(failures.is_empty(), "{} scenarios fail:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn the_worked_examples_hold_to_the_character() {
    let mut examples = 0;
    for file in files() {
        if file.file_name().unwrap().to_str().unwrap().starts_with("worked-") {
            examples += 1;
            let text = fs::read_to_string(&file).unwrap();
            let expected = serde_json::from_str::<Value>(&text).unwrap()["expected"].take();
            assert_eq!(answer(&text), expected, "{}", file.display());
        }
    }
    assert_eq!(examples, 6);
}

#[test]
fn the_keys_of_an_answer_stand_in_their_order() {
    let text =
        fs::read_to_string(files().iter().find(|file| file.ends_with("worked-3-price-list.json")).unwrap()).unwrap();
    let scenario = parse_scenario(&text).unwrap();
    let answer = serde_json::to_string(&price(&scenario, &Budget::default()).unwrap()).unwrap();
    let places: Vec<usize> =
        ["total", "original_total", "discount_total", "lines", "applied", "rejected", "offered", "optimal"]
            .iter()
            .map(|key| answer.find(&format!("\"{key}\":")).unwrap())
            .collect();
    assert!(places.is_sorted(), "{answer}");
}
