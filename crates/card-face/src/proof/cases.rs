//! The cards of a proof: usual and longest ones, and for each condition one on which it holds and one on which it does not.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::compose::Subject;
use crate::data::{CardData, Holder};
use crate::layout::{Condition, Element, ElementKind, Layout, Value, Variable, VariableExample, When};
use crate::portrait::sample_portrait;

/// Combinations of values that are tried for one condition.
const TRIES_MAX: usize = 4_096;
/// Languages of a layout that names none.
const LANGUAGES: [&str; 3] = ["de", "en", "fr"];
/// The portrait on proofs.
static PORTRAIT: LazyLock<Vec<u8>> = LazyLock::new(|| sample_portrait(7));

/// One card of a proof.
#[derive(Debug, Clone, PartialEq)]
pub struct ProofCase {
    /// What it shows, in the layout's first language.
    pub caption: String,
    /// The card.
    pub card: CardData,
}

/// Which of a variable's two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    Usual,
    Longest,
}

/// All cards of a layout's proof: examples and longest cases in each language, then each condition answered both ways.
pub fn proof_cases(layout: &Layout) -> Vec<ProofCase> {
    let words = Words::of(layout);
    let mut cases = Vec::new();
    for language in languages(layout) {
        for (extent, word) in [(Extent::Usual, words.usual), (Extent::Longest, words.longest)] {
            cases.push(ProofCase { caption: format!("{word} ({language})"), card: card(layout, extent, &language) });
        }
    }
    let mut seen = BTreeSet::new();
    for when in conditions(layout).into_iter().filter(|when| seen.insert(when.text.as_str())) {
        for (wanted, word) in [(true, words.yes), (false, words.no)] {
            if let Some(card) = card_where(layout, &when.condition, wanted) {
                cases.push(ProofCase { caption: format!("{}: {word}", when.text), card });
            }
        }
    }
    cases
}

/// The languages that a card of this layout can be in.
pub(super) fn languages(layout: &Layout) -> Vec<String> {
    if layout.languages.is_empty() { LANGUAGES.map(str::to_owned).to_vec() } else { layout.languages.clone() }
}

/// A card with the layout's own examples; what it gives none for is filled from ours.
pub(super) fn card(layout: &Layout, extent: Extent, language: &str) -> CardData {
    let mut card = CardData {
        number: "04711202611219".to_owned(),
        code: "8641097532".repeat(20),
        holder: Holder { birth_date: Some("1990-09-30".to_owned()), ..Holder::default() },
        product_name: "Jahreskarte".to_owned(),
        category_name: "Erwachsene".to_owned(),
        reduced: false,
        valid_from: "2026-09-30".to_owned(),
        valid_until: "2027-09-29".to_owned(),
        houses: vec!["Stadtmuseum".to_owned()],
        photo_jpeg: Some(PORTRAIT.clone()),
        language: language.to_owned(),
    };
    split_name(&mut card.holder, "Zoë Müller-Nguyễn");
    for VariableExample { variable, example, longest } in layout.examples() {
        let value = match extent {
            Extent::Usual => example.as_ref().or(longest.as_ref()),
            Extent::Longest => longest.as_ref().or(example.as_ref()),
        };
        if let Some(value) = value {
            assign(&mut card, *variable, &Value::Text(value.clone()));
        }
    }
    card
}

/// A card on which the condition has this answer, if there is one.
pub(super) fn card_where(layout: &Layout, condition: &Condition, wanted: bool) -> Option<CardData> {
    let language = languages(layout).into_iter().next().unwrap_or_default();
    let usual = card(layout, Extent::Usual, &language);
    let mut asked: BTreeMap<Variable, Vec<Value>> = BTreeMap::new();
    condition.each_question(&mut |variable, value| {
        let values = asked.entry(variable).or_insert_with(|| vec![usual.value_of(variable, &language)]);
        values.extend(value.into_iter().flat_map(around));
    });
    if let Some(values) = asked.get_mut(&Variable::CardLanguage) {
        *values = languages(layout).into_iter().map(Value::Text).collect();
    }
    let questions: Vec<_> = asked.into_iter().collect();
    let combinations = questions.iter().map(|(_, values)| values.len()).product::<usize>().min(TRIES_MAX);
    (0..combinations).find_map(|mut choice| {
        let mut tried = usual.clone();
        for (variable, values) in &questions {
            assign(&mut tried, *variable, &values[choice % values.len()]);
            choice /= values.len();
        }
        let language = tried.language.clone();
        let answer = Subject { data: &tried, language: &language }.meets(condition);
        (answer == wanted).then_some(tried)
    })
}

/// A value that a condition compares with, and its neighbours in the order of texts.
fn around(value: Value) -> Vec<Value> {
    match value {
        Value::Flag(_) => vec![Value::Flag(true), Value::Flag(false)],
        Value::Text(text) => {
            let after = format!("{text}~");
            [text, after, String::new()].map(Value::Text).to_vec()
        }
    }
}

/// Every condition of the layout, in the order of the file.
pub(super) fn conditions(layout: &Layout) -> Vec<&When> {
    fn collect<'l>(elements: &'l [Element], found: &mut Vec<&'l When>) {
        for element in elements {
            found.extend(&element.when);
            if let ElementKind::Group(inner) = &element.kind {
                collect(inner, found);
            }
        }
    }
    let mut found = Vec::new();
    collect(&layout.front.elements, &mut found);
    collect(&layout.back.elements, &mut found);
    found
}

/// Gives a variable a value; those that follow from others stay as they are.
fn assign(card: &mut CardData, variable: Variable, value: &Value) {
    let text = match value {
        Value::Flag(flag) => {
            if variable == Variable::Reduced {
                card.reduced = *flag;
            }
            return;
        }
        Value::Text(text) => text.clone(),
    };
    match variable {
        Variable::HolderName => split_name(&mut card.holder, &text),
        Variable::HolderGivenName => card.holder.given_name = Some(text),
        Variable::HolderFamilyName => card.holder.family_name = Some(text),
        Variable::HolderBirthDate => card.holder.birth_date = Some(text),
        Variable::ProductName => card.product_name = text,
        Variable::CategoryName => card.category_name = text,
        Variable::ValidFrom | Variable::ValidFromShort => card.valid_from = text,
        Variable::ValidUntil | Variable::ValidUntilShort => card.valid_until = text,
        Variable::Reduced => card.reduced = text == "true",
        Variable::CardNumber => card.number = text,
        Variable::CardQr => card.code = text,
        Variable::HouseNames => card.houses = vec![text],
        Variable::CardLanguage => card.language = text,
        Variable::CardNumberGrouped | Variable::HolderPhoto => {}
    }
}

/// A name in two parts, cut at the blank nearest to its middle.
fn split_name(holder: &mut Holder, name: &str) {
    let middle = name.len() / 2;
    let cut = name.match_indices(' ').map(|(at, _)| at).min_by_key(|at| at.abs_diff(middle));
    let (given, family) = match cut {
        Some(at) => (Some(&name[..at]), &name[at + 1..]),
        None => (None, name),
    };
    holder.given_name = given.map(str::to_owned);
    holder.family_name = Some(family.to_owned());
}

/// The words of a proof.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    pub(super) proof: &'static str,
    pub(super) version: &'static str,
    pub(super) page: &'static str,
    usual: &'static str,
    longest: &'static str,
    yes: &'static str,
    no: &'static str,
}

impl Words {
    /// Those of the layout's first language, as far as we speak it.
    pub(super) fn of(layout: &Layout) -> Self {
        match layout.languages.first().map_or("de", String::as_str) {
            "en" => Self {
                proof: "Proof",
                version: "version",
                page: "page",
                usual: "Example",
                longest: "Longest case",
                yes: "yes",
                no: "no",
            },
            "fr" => Self {
                proof: "Épreuve",
                version: "version",
                page: "page",
                usual: "Exemple",
                longest: "Cas le plus long",
                yes: "oui",
                no: "non",
            },
            _ => Self {
                proof: "Korrekturabzug",
                version: "Version",
                page: "Seite",
                usual: "Beispiel",
                longest: "Längster Fall",
                yes: "ja",
                no: "nein",
            },
        }
    }
}
