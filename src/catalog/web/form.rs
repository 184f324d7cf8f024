//! A form as a page shows it: every field with its label, its hint, what stands in it, and what is wrong with it.

use super::field::{Choice, Field, Kind, LANGUAGES, RATES_MAX};
use super::prices;
use super::shelf::Shelf;
use crate::catalog::object::Finding;
use crate::catalog::{Audience, Category, Product};
use crate::web::pages::{Fields, FormErrors, Language, Words};

/// One field on the page.
pub(super) struct Shown {
    pub(super) id: &'static str,
    pub(super) label: String,
    pub(super) hint: Option<String>,
    pub(super) widget: Widget,
    pub(super) wrong: Option<String>,
}

/// What is shown of a field.
pub(super) enum Widget {
    /// A line of text, with the kind of the input.
    Line { value: String, input: &'static str, mode: &'static str, known: Vec<Choice> },
    /// The key of an object that is there: it never changes.
    Fixed(String),
    /// Several lines of text, each with an id and a label of its own.
    Lines(Vec<Part>),
    /// One of several.
    One { options: Vec<Ticked>, may_be_empty: bool },
    /// Any of several.
    Some(Vec<Ticked>),
    /// Yes or no.
    YesNo(bool),
    /// A postal address.
    Address { lines: String, postal_code: String, city: String, country: String },
    /// When an annual ticket begins, and the parts that belong to some of the beginnings.
    Validity { options: Vec<Ticked>, parts: Vec<Part> },
    /// Longer texts, each with an id and a label of its own.
    Texts(Vec<Part>),
    /// Pairs of a day and a percentage.
    Pairs(Vec<(Part, Part)>),
    /// For each day from which prices count, a price per product and category; the last table is for a day to come.
    Prices { categories: Vec<String>, tables: Vec<PriceTable> },
}

/// Something to choose, and whether it is chosen.
pub(super) struct Ticked {
    pub(super) value: String,
    pub(super) name: String,
    pub(super) on: bool,
}

/// A part of a field.
pub(super) struct Part {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) lang: &'static str,
    pub(super) input: &'static str,
    pub(super) value: String,
}

/// The prices from one day on.
pub(super) struct PriceTable {
    /// The day; none: they always counted.
    pub(super) from: Option<String>,
    /// The field for the day, where it is only now being chosen.
    pub(super) day_field: Option<&'static str>,
    pub(super) day: String,
    pub(super) rows: Vec<PriceRow>,
}

/// The prices of one product.
pub(super) struct PriceRow {
    pub(super) product: String,
    pub(super) cells: Vec<PriceCell>,
}

/// One price.
pub(super) struct PriceCell {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) value: String,
}

/// The fields of a form as the page shows them. `is_new`: the key can still be chosen.
pub(super) fn shown(fields: &[Field], form: &Fields, errors: &FormErrors, shelf: &Shelf, is_new: bool) -> Vec<Shown> {
    fields
        .iter()
        .map(|field| Shown {
            id: field.name,
            label: shelf.words.t(&format!("field-{}", field.name.replace('_', "-"))),
            hint: hint(field.name, shelf),
            widget: widget(field, form, shelf, is_new),
            wrong: errors.of(field.name).map(str::to_owned),
        })
        .collect()
}

/// What is wrong with an object, beside its field.
pub(super) fn note(errors: &mut FormErrors, fields: &[Field], path: &str, reason: &str, words: Words) {
    let first = path.split(['.', '[']).next().unwrap_or_default();
    let field = fields.iter().find(|field| field.name == first).map_or("key", |field| field.name);
    errors.add(field, wrong(field, reason, words));
}

/// As [`note`], for a finding of a rule.
pub(super) fn note_finding(errors: &mut FormErrors, fields: &[Field], finding: &Finding, words: Words) {
    note(errors, fields, &finding.path, finding.reason, words);
}

/// The sentence for a field that is not right: its own, else that of the reason.
pub(super) fn wrong(field: &str, reason: &str, words: Words) -> String {
    let own = format!("wrong-{}", field.replace('_', "-"));
    if words.has(&own) && !matches!(reason, "unknown_key" | "cannot_change") {
        return words.t(&own);
    }
    let of_reason = format!("wrong-reason-{}", reason.replace('_', "-"));
    if words.has(&of_reason) { words.t(&of_reason) } else { words.t("wrong-reason-invalid-value") }
}

fn hint(name: &str, shelf: &Shelf) -> Option<String> {
    let words = shelf.words;
    let key = format!("hint-{}", name.replace('_', "-"));
    let hint = words.has(&key).then(|| words.t(&key));
    if name == "labels" { Some(shelf.labels_hint()) } else { hint }
}

fn widget(field: &Field, form: &Fields, shelf: &Shelf, is_new: bool) -> Widget {
    let value = form.get(field.name).to_owned();
    let line = |input, mode| Widget::Line { value: value.clone(), input, mode, known: Vec::new() };
    match &field.kind {
        Kind::Key if is_new => line("text", "text"),
        Kind::Key => Widget::Fixed(value),
        Kind::Text | Kind::Words => line("text", "text"),
        Kind::Known(known) => Widget::Line { value, input: "text", mode: "text", known: known.clone() },
        Kind::Number => line("text", "numeric"),
        Kind::Day => line("date", "text"),
        Kind::Moment(_) => line("datetime-local", "text"),
        Kind::YesNo => Widget::YesNo(!value.is_empty()),
        Kind::One { choices, may_be_empty } => {
            // What an object is never changes, so nothing else is offered.
            let is_fixed = !is_new && matches!(field.name, "kind");
            let offered = choices.iter().filter(|choice| !is_fixed || choice.value == value);
            Widget::One {
                options: offered.map(|choice| ticked(choice, choice.value == value)).collect(),
                may_be_empty: *may_be_empty,
            }
        }
        Kind::Some(choices) => {
            Widget::Some(choices.iter().map(|choice| ticked(choice, form.ticked(field.name, &choice.value))).collect())
        }
        Kind::Names | Kind::Texts => {
            let part = |language: &'static str| Part {
                id: format!("{}_{language}", field.name),
                label: language
                    .parse::<Language>()
                    .map_or_else(|()| language.to_owned(), |known| known.own_name().to_owned()),
                lang: language,
                input: "text",
                value: form.get(&format!("{}_{language}", field.name)).to_owned(),
            };
            let parts = LANGUAGES.map(part).into();
            if matches!(field.kind, Kind::Texts) { Widget::Texts(parts) } else { Widget::Lines(parts) }
        }
        Kind::Rates => Widget::Pairs(rates(field.name, form, shelf.words)),
        Kind::Address => Widget::Address {
            lines: form.get("address_lines").to_owned(),
            postal_code: form.get("address_postal_code").to_owned(),
            city: form.get("address_city").to_owned(),
            country: form.get("address_country").to_owned(),
        },
        Kind::Validity(choices) => {
            let start = form.get("validity_start");
            let part = |name: &'static str, input| Part {
                id: format!("validity_{}", name.trim_start_matches("lasts_")),
                label: shelf.words.t(&format!("validity-{}", name.replace('_', "-"))),
                lang: "",
                input,
                value: form.get(&format!("validity_{}", name.trim_start_matches("lasts_"))).to_owned(),
            };
            Widget::Validity {
                options: choices.iter().map(|choice| ticked(choice, choice.value == start)).collect(),
                parts: vec![
                    part("lasts_months", "text"),
                    part("window_days", "text"),
                    part("from", "date"),
                    part("until", "date"),
                    part("latest_start_months", "text"),
                ],
            }
        }
        Kind::Prices => price_tables(form, shelf),
    }
}

/// The changes of a rate that are there, and an empty one.
fn rates(name: &str, form: &Fields, words: Words) -> Vec<(Part, Part)> {
    let part = |part: &str, place: usize, input| {
        let id = format!("{name}_{part}_{place}");
        let value = form.get(&id).to_owned();
        let label = words.t(if part == "from" { "vat-change-from" } else { "vat-change-rate" });
        Part { label, lang: "", input, value, id }
    };
    let row = |place| (part("from", place, "date"), part("rate", place, "text"));
    let is_filled = |(from, rate): &(Part, Part)| !from.value.is_empty() || !rate.value.is_empty();
    let rows: Vec<_> = (0..RATES_MAX).map(row).collect();
    let filled = rows.iter().filter(|row| is_filled(row)).count();
    rows.into_iter().take(filled + 1).collect()
}

fn price_tables(form: &Fields, shelf: &Shelf) -> Widget {
    let language = shelf.words.language.as_str();
    let shown = |day: &String| PriceTable {
        from: day.parse().ok().map(|day| shelf.words.date(day)),
        day_field: None,
        day: String::new(),
        rows: price_rows(form, shelf, day),
    };
    let new = PriceTable {
        from: None,
        day_field: Some(prices::NEW_DAY),
        day: form.get(prices::NEW_DAY).to_owned(),
        rows: price_rows(form, shelf, prices::NEW),
    };
    Widget::Prices {
        categories: shelf.categories.iter().map(|category| category.names.get(language).to_owned()).collect(),
        tables: prices::days(form).iter().map(shown).chain([new]).collect(),
    }
}

/// A row per product, and one per product and audience.
fn price_rows(form: &Fields, shelf: &Shelf, from: &str) -> Vec<PriceRow> {
    let language = shelf.words.language.as_str();
    let mark = shelf.words.t("decimal-mark");
    let row = |product: &Product, audience: Option<&Audience>| {
        let name = product.names.get(language);
        let name = audience.map_or_else(|| name.to_owned(), |one| format!("{name} · {}", one.names.get(language)));
        let audience = audience.map_or("", |audience| audience.key.as_str());
        let cell = |category: &Category| {
            let field = prices::name(product.key.as_str(), category.key.as_str(), from, audience);
            PriceCell {
                value: form.get(&field).replace('.', &mark),
                label: format!("{name}, {}", category.names.get(language)),
                name: field,
            }
        };
        PriceRow { cells: shelf.categories.iter().map(cell).collect(), product: name.clone() }
    };
    let sold = shelf.products.iter().filter(|product| !product.archived);
    sold.flat_map(|product| {
        let audiences = shelf.audiences.iter().map(move |audience| (product, Some(audience)));
        std::iter::once((product, None)).chain(audiences)
    })
    .map(|(product, audience)| row(product, audience))
    .collect()
}

fn ticked(choice: &Choice, on: bool) -> Ticked {
    Ticked { value: choice.value.clone(), name: choice.name.clone(), on }
}
