//! Strict reading of TOML tables: every key is asked for once, everything else is a finding.
//!
//! A reader never stops at the first mistake: it notes where in the file each one stands and goes on, so that the
//! author of a layout sees all of them at once.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use super::Place;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// One mistake in a layout file, located.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// Where it stands, as a path of keys: `sides.front.elements[2].box`.
    pub path: String,
    /// Line in the file, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Stable `snake_case` name of the kind of mistake.
    pub reason: &'static str,
    /// What is wrong, in one English sentence.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {}, column {}: {}: {} ({})", self.line, self.column, self.path, self.message, self.reason)
    }
}

/// Collects findings and knows the text they stand in.
pub(super) struct Reader<'s> {
    source: &'s str,
    findings: RefCell<Vec<Finding>>,
}

impl<'s> Reader<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self { source, findings: RefCell::default() }
    }

    /// Notes a mistake at a span of the file.
    pub(super) fn note(&self, path: &str, span: &Range<usize>, reason: &'static str, message: impl Into<String>) {
        self.findings.borrow_mut().push(self.place(path, span).finding(reason, message));
    }

    fn place(&self, path: &str, span: &Range<usize>) -> Place {
        let before = self.source.get(..span.start).unwrap_or(self.source);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Place {
            path: path.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }

    pub(super) fn into_findings(self) -> Vec<Finding> {
        let mut findings = self.findings.into_inner();
        findings.sort_by_key(|finding| (finding.line, finding.column));
        findings
    }
}

/// A table being read; `finish` reports the keys nobody asked for.
pub(super) struct Table<'r, 's> {
    reader: &'r Reader<'s>,
    path: String,
    span: Range<usize>,
    keys: &'r DeTable<'s>,
    asked: RefCell<BTreeSet<&'static str>>,
}

impl<'r, 's> Table<'r, 's> {
    pub(super) fn new(reader: &'r Reader<'s>, path: &str, table: &'r Spanned<DeTable<'s>>) -> Self {
        Self::at(reader, path, table.span(), table.get_ref())
    }

    fn at(reader: &'r Reader<'s>, path: &str, span: Range<usize>, table: &'r DeTable<'s>) -> Self {
        Self { reader, path: path.to_owned(), span, keys: table, asked: RefCell::default() }
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Notes a mistake in the value of `key`, or in the table if the key is absent.
    pub(super) fn note(&self, key: &str, reason: &'static str, message: impl Into<String>) {
        let span = self.keys.get(key).map_or_else(|| self.span.clone(), Spanned::span);
        self.reader.note(&self.path_of(key), &span, reason, message);
    }

    /// Where the value of `key` stands, or the table if the key is absent.
    pub(super) fn place(&self, key: &str) -> Place {
        match self.keys.get(key) {
            Some(value) => self.reader.place(&self.path_of(key), &value.span()),
            None => self.reader.place(&self.path, &self.span),
        }
    }

    fn ask(&self, key: &'static str) -> Option<&'r Spanned<DeValue<'s>>> {
        self.asked.borrow_mut().insert(key);
        self.keys.get(key)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.keys.contains_key(key)
    }

    pub(super) fn is_list(&self, key: &str) -> bool {
        self.keys.get(key).is_some_and(|value| value.get_ref().is_array())
    }

    fn missing<T>(&self, key: &str) -> Option<T> {
        self.reader.note(&self.path_of(key), &self.span, "missing_key", format!("`{key}` is needed here"));
        None
    }

    fn wrong_type<T>(&self, key: &str, value: &Spanned<DeValue<'s>>, wanted: &str) -> Option<T> {
        let found = value.get_ref().type_str();
        self.reader.note(&self.path_of(key), &value.span(), "wrong_type", format!("{wanted} is needed, not {found}"));
        None
    }

    /// A text, or nothing if the key is absent.
    pub(super) fn text(&self, key: &'static str) -> Option<&'r str> {
        let value = self.ask(key)?;
        value.get_ref().as_str().or_else(|| self.wrong_type(key, value, "a text"))
    }

    /// A text that must be there.
    pub(super) fn text_needed(&self, key: &'static str) -> Option<&'r str> {
        if self.has(key) { self.text(key) } else { self.ask(key).and(None).or_else(|| self.missing(key)) }
    }

    /// A finite number within `range`, or nothing if the key is absent.
    pub(super) fn number(&self, key: &'static str, range: std::ops::RangeInclusive<f64>) -> Option<f64> {
        let value = self.ask(key)?;
        let number = number_of(value.get_ref()).or_else(|| self.wrong_type(key, value, "a number"))?;
        if range.contains(&number) {
            return Some(number);
        }
        let message = format!("{number} lies outside {} to {}", range.start(), range.end());
        self.note(key, "out_of_range", message);
        None
    }

    /// A whole number within `range`, or nothing if the key is absent.
    pub(super) fn integer(&self, key: &'static str, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
        let value = self.ask(key)?;
        let Some(number) = value.get_ref().as_integer() else {
            return self.wrong_type(key, value, "a whole number");
        };
        let parsed = u32::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok();
        if let Some(number) = parsed.filter(|number| range.contains(number)) {
            return Some(number);
        }
        let message = format!("{} lies outside {} to {}", number.as_str(), range.start(), range.end());
        self.note(key, "out_of_range", message);
        None
    }

    /// True or false, or nothing if the key is absent.
    pub(super) fn flag(&self, key: &'static str) -> Option<bool> {
        let value = self.ask(key)?;
        value.get_ref().as_bool().or_else(|| self.wrong_type(key, value, "true or false"))
    }

    /// One of the named choices, or nothing if the key is absent.
    pub(super) fn choice<T: Copy>(&self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        if let Some((_, choice)) = choices.iter().find(|(name, _)| *name == text) {
            return Some(*choice);
        }
        let names = choices.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        self.note(key, "unknown_value", format!("`{text}` is not one of: {names}"));
        None
    }

    /// Exactly `N` finite numbers, or nothing if the key is absent.
    pub(super) fn numbers<const N: usize>(&self, key: &'static str) -> Option<[f64; N]> {
        let value = self.ask(key)?;
        let numbers = value.get_ref().as_array().and_then(|array| {
            array.iter().map(|item| number_of(item.get_ref())).collect::<Option<Vec<f64>>>()?.try_into().ok()
        });
        numbers.or_else(|| self.wrong_type(key, value, &format!("a list of {N} numbers")))
    }

    /// A list of texts; empty if the key is absent.
    pub(super) fn texts(&self, key: &'static str) -> Vec<String> {
        let Some(value) = self.ask(key) else {
            return Vec::new();
        };
        let texts = value
            .get_ref()
            .as_array()
            .and_then(|array| array.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect());
        texts.or_else(|| self.wrong_type(key, value, "a list of texts")).unwrap_or_default()
    }

    /// A table below this one, or nothing if the key is absent.
    pub(super) fn table(&self, key: &'static str) -> Option<Table<'r, 's>> {
        let value = self.ask(key)?;
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong_type(key, value, "a table");
        };
        Some(Table::at(self.reader, &self.path_of(key), value.span(), table))
    }

    /// A table that must be there.
    pub(super) fn table_needed(&self, key: &'static str) -> Option<Table<'r, 's>> {
        if self.has(key) { self.table(key) } else { self.ask(key).and(None).or_else(|| self.missing(key)) }
    }

    /// A list of tables; empty if the key is absent.
    pub(super) fn tables(&self, key: &'static str) -> Vec<Table<'r, 's>> {
        let Some(value) = self.ask(key) else {
            return Vec::new();
        };
        let Some(array) = value.get_ref().as_array() else {
            return self.wrong_type(key, value, "a list of tables").unwrap_or_default();
        };
        self.tables_of(key, array)
    }

    fn tables_of(&self, key: &str, array: &'r DeArray<'s>) -> Vec<Table<'r, 's>> {
        let mut tables = Vec::new();
        for (index, item) in array.iter().enumerate() {
            let path = format!("{}[{index}]", self.path_of(key));
            match item.get_ref().as_table() {
                Some(table) => tables.push(Table::at(self.reader, &path, item.span(), table)),
                None => self.reader.note(&path, &item.span(), "wrong_type", "a table is needed"),
            }
        }
        tables
    }

    /// Every entry of a table whose keys are free names (fonts, colours, assets): name and table.
    pub(super) fn entries(&self) -> Vec<(String, Option<Table<'r, 's>>)> {
        let entry = |(key, value): (&'r Spanned<_>, &'r Spanned<DeValue<'s>>)| {
            let name: &std::borrow::Cow<'s, str> = key.get_ref();
            let path = self.path_of(name);
            let table = value.get_ref().as_table().map(|table| Table::at(self.reader, &path, value.span(), table));
            (name.to_string(), table)
        };
        self.keys.iter().map(entry).collect()
    }

    /// A text (under the empty language), or one text per language; empty if the key is absent.
    pub(super) fn texts_by_language(&self, key: &'static str) -> Vec<(String, &'r str)> {
        let Some(value) = self.ask(key) else {
            return Vec::new();
        };
        match value.get_ref() {
            DeValue::String(text) => vec![(String::new(), text.as_ref())],
            DeValue::Table(table) => table
                .iter()
                .filter_map(|(language, text)| match text.get_ref() {
                    DeValue::String(found) => Some((language.get_ref().to_string(), found.as_ref())),
                    _ => self.wrong_type(key, text, "a text"),
                })
                .collect(),
            _ => self.wrong_type(key, value, "a text or a table of texts by language").unwrap_or_default(),
        }
    }

    /// Reports every key that nobody asked for.
    pub(super) fn finish(&self) {
        let asked = self.asked.borrow();
        for key in self.keys.keys().filter(|key| !asked.contains(key.get_ref().as_ref())) {
            let name = key.get_ref();
            self.reader.note(&self.path_of(name), &key.span(), "unknown_key", format!("`{name}` is not known here"));
        }
    }
}

fn number_of(value: &DeValue<'_>) -> Option<f64> {
    let number = match value {
        DeValue::Float(float) => float.as_str().replace('_', "").parse::<f64>().ok()?,
        DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str().replace('_', "").parse::<f64>().ok()?,
        _ => return None,
    };
    number.is_finite().then_some(number)
}
