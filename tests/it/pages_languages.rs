//! Every text of the pages is there in every language.

use crate::support::examples::Examples;
use passepartout::kernel::roles::Role;
use passepartout::web::pages::{Language, Words};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Texts that may read the same in two languages: keys whose words are alike, or only a form.
const ALIKE: &[&str] = &[
    "actor-system",
    "date-in-words",
    "decimal-mark",
    "moment",
    "month-11",
    "month-4",
    "month-8",
    "month-9",
    "weekday-and-date",
];

#[test]
fn the_languages_have_the_same_files_and_keys() {
    let german = keys(Language::De);
    assert!(german.len() > 70, "{} keys", german.len());
    for other in [Language::En, Language::Fr] {
        let other_keys = keys(other);
        let both = |left: &BTreeMap<String, Text>, right: &BTreeMap<String, Text>| -> Vec<String> {
            left.iter()
                .filter(|(key, text)| right.get(*key).is_none_or(|found| found.file != text.file))
                .map(|(key, _)| key.clone())
                .collect()
        };
        assert_eq!((both(&german, &other_keys), both(&other_keys, &german)), (vec![], vec![]), "de and {other}");
    }
}

#[test]
fn no_text_was_left_untranslated() {
    for (one, other) in [(Language::De, Language::En), (Language::De, Language::Fr), (Language::En, Language::Fr)] {
        let (ones, others) = (keys(one), keys(other));
        let alike: Vec<_> = ones
            .iter()
            .filter(|(key, text)| {
                // Many countries are called alike.
                let may_be_alike =
                    ALIKE.contains(&key.as_str()) || key.len() == "country-xx".len() && key.starts_with("country-");
                others.get(*key).is_some_and(|found| found.text == text.text) && !may_be_alike
            })
            .collect();
        assert!(alike.is_empty(), "{one} and {other} read the same: {alike:#?}");
    }
}

#[test]
fn each_text_takes_the_same_values_in_all_languages() {
    let german = keys(Language::De);
    for other in [Language::En, Language::Fr] {
        for (key, text) in keys(other) {
            assert_eq!(values(&text.text), values(&german[&key].text), "{key} in {other}");
        }
    }
}

#[test]
fn every_key_that_a_page_names_has_a_text_and_every_text_is_named() {
    let known: BTreeSet<String> = keys(Language::En).into_keys().collect();
    let mut files = Vec::new();
    walk(&root().join("templates"), &mut files);
    walk(&root().join("src"), &mut files);
    let sources: String = files.iter().filter_map(|path| fs::read_to_string(path).ok()).collect();
    let named: BTreeSet<&str> = [".t(\"", ".t1(\"", ".t2(\""]
        .iter()
        .flat_map(|call| sources.split(*call).skip(1).filter_map(|rest| rest.split('"').next()))
        .collect();
    let unknown: Vec<_> = named.iter().filter(|key| !known.contains(**key) && **key != "no-such-key").collect();
    assert!(unknown.is_empty(), "pages name keys without a text: {unknown:?}");
    // Keys that are put together from a word of the domain, such as a state or a month.
    let put_together = [
        "action-",
        "actor-",
        "card-",
        "catalog-",
        "channel-",
        "check-overlap-",
        "code-reason-",
        "codes-import-",
        "country-",
        "deed-",
        "error-",
        "field-",
        "finding-",
        "hint-",
        "layout-",
        "import-",
        "mail-card-",
        "mail-kind-",
        "mail-state-",
        "mailroom-ask-",
        "mailroom-did-",
        "mailroom-empty-",
        "mailroom-go-",
        "mailroom-list-",
        "mailroom-proof-",
        "mailroom-reason-",
        "mailroom-tile-",
        "mailroom-undo-",
        "method-",
        "missing-",
        "month-",
        "not-collected-",
        "noticed-",
        "offer-kind-",
        "offer-state-",
        "order-state-",
        "orders-sort-",
        "personal-",
        "photo-",
        "pile-",
        "preview-",
        "print-aside-",
        "print-empty-",
        "print-file-",
        "print-outcome-",
        "print-part-",
        "print-sort-",
        "print-spoil-",
        "print-why-",
        "printer-says-",
        "printer-trust-",
        "problem-",
        "product-kind-",
        "product-way-",
        "reason-",
        "report-",
        "reentry-",
        "right-",
        "role-",
        "rule-",
        "sort-",
        "status-",
        "subject-",
        "use-state-",
        "validity-",
        "verdict-",
        "weekday-",
        "why-",
        "wrong-",
    ];
    let unused: Vec<_> = known
        .iter()
        .filter(|key| !put_together.iter().any(|start| key.starts_with(start)))
        .filter(|key| !sources.contains(&format!("\"{key}\"")))
        .collect();
    assert!(unused.is_empty(), "texts that nothing names: {unused:?}");
}

#[test]
fn every_recorded_action_has_a_sentence() {
    let known = keys(Language::En);
    let mut files = Vec::new();
    walk(&root().join("src"), &mut files);
    let sources: String = files.iter().filter_map(|path| fs::read_to_string(path).ok()).collect();
    let literal = sources.split("Entry::new(\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned);
    let kinds = ["house", "exhibition", "scope", "category", "price_list", "product", "event"];
    let of_catalog =
        kinds.iter().flat_map(|kind| ["created", "changed", "removed"].map(|verb| format!("{kind}.{verb}")));
    let put_together = ["offer.changed", "offer.enabled", "offer.disabled", "order.cancelled", "tickets.cancelled"];
    let of_cards = STEPS.iter().map(|step| format!("card.{step}"));
    let all = literal.chain(of_catalog).chain(of_cards).chain(put_together.map(str::to_owned));
    let silent: Vec<String> =
        all.filter(|action| !known.contains_key(&format!("action-{}", action.replace(['_', '.'], "-")))).collect();
    assert!(silent.is_empty(), "actions without a sentence: {silent:?}");
}

/// The words for the steps of a card, as they stand behind `card.` in the audit.
const STEPS: [&str; 15] = [
    "renewed",
    "awaits_layout",
    "set_aside",
    "frozen",
    "joined_run",
    "left_run",
    "printed",
    "spoiled",
    "dispatched",
    "deposited",
    "made_ready",
    "handed_over",
    "returned",
    "voided",
    "undone",
];

#[test]
fn all_texts_can_be_read() {
    for language in Language::ALL {
        for (key, _) in keys(language).into_iter().filter(|(_, text)| values(&text.text).is_empty()) {
            assert!(Words::of(language).has(&key), "{key} in {language}");
        }
    }
}

on_both_databases! {
    async fn every_page_speaks_one_language(app: TestApp) {
        let app = app.furnished().await;
        let examples = Examples::made(&app).await;
        let mut browser = app.browser_of(Role::Admin).await;
        let pages = examples.pages(&mut browser).await;
        let mut strange = Vec::new();
        for language in Language::ALL {
            browser.language = language.as_str();
            let own = keys(language);
            let of_others: BTreeSet<String> = Language::ALL
                .into_iter()
                .filter(|other| *other != language)
                .flat_map(|other| keys(other).into_values().map(|text| text.text))
                .filter(|text| own.values().all(|known| known.text != *text))
                .collect();
            for (route, path) in &pages {
                // Who is signed in does not see the sign-in.
                let mut stranger = app.browser();
                stranger.language = language.as_str();
                let reader = if route == "/sign-in" { &mut stranger } else { &mut browser };
                let page = reader.get(path).await.text();
                assert!(page.contains(&format!("<html lang=\"{language}\"")), "{path} in {language}");
                for text in texts(&page) {
                    let is_key = own.contains_key(&text) && own.values().all(|known| known.text != text);
                    let is_strange = is_key || of_others.contains(&text);
                    if is_strange && !NAMES.contains(&text.as_str()) {
                        strange.push(format!("{route} in {language}: {text}"));
                    }
                }
            }
        }
        assert!(strange.is_empty(), "keys, or texts of another language: {strange:#?}");
    }
}

/// What stands between the tags of a page, except where it is marked as another language.
fn texts(page: &str) -> Vec<String> {
    let body = page.split_once("<body>").map_or(page, |(_, body)| body);
    let texts = body.split('<').filter_map(|part| {
        let (tag, text) = part.split_once('>')?;
        (!tag.contains(" lang=") && !text.trim().is_empty()).then(|| text.trim().replace("&#39;", "'"))
    });
    texts.collect()
}

/// Names in the catalog of the tests' museum, which are the museum's own words in whatever languages it gave them.
const NAMES: [&str; 3] = ["Annual ticket", "Day ticket", "Kind"];

#[derive(Debug)]
struct Text {
    file: String,
    text: String,
}

/// The messages of a language. A line that begins a message has its key at the left margin; the lines of its body are indented.
fn keys(language: Language) -> BTreeMap<String, Text> {
    let mut found: BTreeMap<String, Text> = BTreeMap::new();
    let mut files = Vec::new();
    walk(&root().join("locales").join(language.as_str()), &mut files);
    for path in files {
        let file = path.file_name().expect("a name").to_string_lossy().into_owned();
        let mut last = None;
        for line in fs::read_to_string(&path).expect("texts").lines() {
            if line.starts_with([' ', '}']) {
                let key: &String = last.as_ref().expect("a key before its body");
                found.get_mut(key).expect("a message").text.push_str(line);
            } else if let Some((key, text)) = line.split_once(" =").filter(|_| !line.starts_with('#')) {
                let text = Text { file: file.clone(), text: text.trim().to_owned() };
                assert!(found.insert(key.to_owned(), text).is_none(), "{key} stands twice in {language}");
                last = Some(key.to_owned());
            }
        }
    }
    found
}

/// The names of the values in a text.
fn values(text: &str) -> BTreeSet<&str> {
    text.split('$')
        .skip(1)
        .filter_map(|rest| rest.split(|letter: char| !letter.is_alphanumeric() && letter != '-').next())
        .collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
    files.sort();
}
