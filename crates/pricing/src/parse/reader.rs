//! A JSON value that knows where it stands, and the small vocabulary of reading it strictly.

use serde_json::{Map, Value};

use crate::error::ScenarioError;
use crate::money::Cents;
use crate::percent::Percent;

/// Fields that every reader ignores, wherever they stand.
const IGNORED: [&str; 5] = ["id", "source", "feature", "info", "expected"];

/// Most characters of one text, so that no message or table is flooded.
const TEXT_MAX: usize = 2_000;

/// Where a value stands, as a chain up to the document.
#[derive(Clone, Copy)]
pub(super) enum Path<'a> {
    Document,
    Field(&'a Path<'a>, &'a str),
    Item(&'a Path<'a>, usize),
}

impl Path<'_> {
    fn text(&self) -> String {
        match self {
            Path::Document => String::new(),
            Path::Field(parent, name) => {
                let parent = parent.text();
                if parent.is_empty() { (*name).to_owned() } else { format!("{parent}.{name}") }
            }
            Path::Item(parent, index) => format!("{}[{index}]", parent.text()),
        }
    }
}

/// A value at its place.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    path: Path<'a>,
    value: &'a Value,
}

impl<'a> Node<'a> {
    pub(super) fn document(value: &'a Value) -> Node<'a> {
        Node { path: Path::Document, value }
    }

    /// A refusal of this value.
    pub(super) fn refuse<T>(&self, message: impl Into<String>) -> Result<T, ScenarioError> {
        let path = self.path.text();
        Err(ScenarioError::new(if path.is_empty() { "$".to_owned() } else { path }, message))
    }

    fn refuse_type<T>(&self, wanted: &str) -> Result<T, ScenarioError> {
        self.refuse(format!("{} is not {wanted}", shown(self.value)))
    }

    pub(super) fn text(&self) -> Result<String, ScenarioError> {
        match self.value {
            Value::String(text) if text.chars().count() > TEXT_MAX => {
                self.refuse(format!("is longer than {TEXT_MAX} characters"))
            }
            Value::String(text) => Ok(text.clone()),
            _ => self.refuse_type("a text"),
        }
    }

    /// A text that names something: not empty.
    pub(super) fn name(&self) -> Result<String, ScenarioError> {
        let text = self.text()?;
        if text.is_empty() { self.refuse("is empty") } else { Ok(text) }
    }

    pub(super) fn flag(&self) -> Result<bool, ScenarioError> {
        match self.value {
            Value::Bool(flag) => Ok(*flag),
            _ => self.refuse_type("true or false"),
        }
    }

    pub(super) fn count(&self) -> Result<u32, ScenarioError> {
        match self.value {
            Value::Number(number) if number.is_u64() => match number.as_u64().map(u32::try_from) {
                Some(Ok(count)) => Ok(count),
                _ => self.refuse(format!("{number} is too large")),
            },
            Value::Number(number) if number.is_i64() => self.refuse(format!("{number} is negative")),
            _ => self.refuse_type("a whole number"),
        }
    }

    pub(super) fn count_from_one(&self) -> Result<u32, ScenarioError> {
        match self.count()? {
            0 => self.refuse("0 is below 1"),
            count => Ok(count),
        }
    }

    pub(super) fn money(&self) -> Result<Cents, ScenarioError> {
        let Value::String(text) = self.value else {
            return self.refuse_type("an amount like \"12.00\"");
        };
        match Cents::parse(text) {
            Ok(amount) => Ok(amount),
            Err(error) => self.refuse(format!("{} {error}", shown(self.value))),
        }
    }

    pub(super) fn percent(&self) -> Result<Percent, ScenarioError> {
        let Value::String(text) = self.value else {
            return self.refuse_type("a percentage like \"12.5\"");
        };
        match Percent::parse(text) {
            Ok(percent) => Ok(percent),
            Err(error) => self.refuse(format!("{} {error}", shown(self.value))),
        }
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(&self, words: &[(&str, T)]) -> Result<T, ScenarioError> {
        let found = self.value.as_str().and_then(|text| words.iter().find(|(word, _)| *word == text));
        if let Some((_, meaning)) = found {
            return Ok(*meaning);
        }
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        self.refuse(format!("{} is not one of {}", shown(self.value), known.join(", ")))
    }

    /// Reads an object whose fields are all known; an empty list stands for an empty object.
    pub(super) fn fields(&'a self, known: &[&str]) -> Result<Fields<'a>, ScenarioError> {
        let map = match self.value {
            Value::Object(map) => Some(map),
            Value::Array(items) if items.is_empty() => None,
            _ => return self.refuse_type("an object"),
        };
        if let Some(map) = map {
            for name in map.keys() {
                if !known.contains(&name.as_str()) && !IGNORED.contains(&name.as_str()) {
                    let name = shorten(name);
                    return Node { path: Path::Field(&self.path, &name), value: self.value }.refuse("unknown field");
                }
            }
        }
        Ok(Fields { path: &self.path, map })
    }

    /// The object itself, for parts that are handed through.
    pub(super) fn object(&self) -> Result<&'a Map<String, Value>, ScenarioError> {
        match self.value {
            Value::Object(map) => Ok(map),
            _ => self.refuse_type("an object"),
        }
    }

    /// Reads each item of a list; an empty object stands for an empty list.
    pub(super) fn list<T>(&self, read: impl Fn(Node<'_>) -> Result<T, ScenarioError>) -> Result<Vec<T>, ScenarioError> {
        match self.value {
            Value::Array(items) => items
                .iter()
                .enumerate()
                .map(|(index, value)| read(Node { path: Path::Item(&self.path, index), value }))
                .collect(),
            Value::Object(map) if map.is_empty() => Ok(Vec::new()),
            _ => self.refuse_type("a list"),
        }
    }

    /// Reads each entry of an object as name and value; `null` is no entry.
    pub(super) fn entries<T>(
        &self,
        read: impl Fn(Node<'_>) -> Result<T, ScenarioError>,
    ) -> Result<Vec<(String, T)>, ScenarioError> {
        match self.value {
            Value::Object(map) => map
                .iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(name, value)| Ok((name.clone(), read(Node { path: Path::Field(&self.path, name), value })?)))
                .collect(),
            Value::Array(items) if items.is_empty() => Ok(Vec::new()),
            _ => self.refuse_type("an object"),
        }
    }

    /// Number of items of a list.
    pub(super) fn len(&self) -> usize {
        self.value.as_array().map_or(0, Vec::len)
    }

    /// `null`, an empty list and an empty object all mean that nothing is given.
    fn is_nothing(&self) -> bool {
        match self.value {
            Value::Null => true,
            Value::Array(items) => items.is_empty(),
            Value::Object(map) => map.is_empty(),
            _ => false,
        }
    }
}

/// The fields of an object at its place.
pub(super) struct Fields<'a> {
    path: &'a Path<'a>,
    map: Option<&'a Map<String, Value>>,
}

impl Fields<'_> {
    /// Reads a field if something is given; an absent field, `null`, `[]` and `{}` mean the same.
    pub(super) fn optional<T>(
        &self,
        name: &str,
        read: impl FnOnce(Node<'_>) -> Result<T, ScenarioError>,
    ) -> Result<Option<T>, ScenarioError> {
        match self.map.and_then(|map| map.get(name)) {
            Some(value) => {
                let node = Node { path: Path::Field(self.path, name), value };
                if node.is_nothing() { Ok(None) } else { read(node).map(Some) }
            }
            None => Ok(None),
        }
    }

    /// Reads a field that must be given.
    pub(super) fn required<T>(
        &self,
        name: &str,
        read: impl FnOnce(Node<'_>) -> Result<T, ScenarioError>,
    ) -> Result<T, ScenarioError> {
        match self.optional(name, read)? {
            Some(read) => Ok(read),
            None => self.refuse(name, "is missing"),
        }
    }

    /// Reads a field, or takes its usual value.
    pub(super) fn or_default<T: Default>(
        &self,
        name: &str,
        read: impl FnOnce(Node<'_>) -> Result<T, ScenarioError>,
    ) -> Result<T, ScenarioError> {
        Ok(self.optional(name, read)?.unwrap_or_default())
    }

    /// A list of names.
    pub(super) fn names(&self, name: &str) -> Result<Vec<String>, ScenarioError> {
        self.or_default(name, |node| node.list(|item| item.text()))
    }

    /// A refusal of one field.
    pub(super) fn refuse<T>(&self, name: &str, message: impl Into<String>) -> Result<T, ScenarioError> {
        Node { path: Path::Field(self.path, name), value: &Value::Null }.refuse(message)
    }
}

/// A value in a message: short, on one line.
fn shown(value: &Value) -> String {
    match value {
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::String(text) => format!("{:?}", shorten(text)),
        other => other.to_string(),
    }
}

fn shorten(text: &str) -> String {
    const SHOWN_MAX: usize = 60;
    if text.chars().count() <= SHOWN_MAX {
        return text.to_owned();
    }
    let start: String = text.chars().take(SHOWN_MAX).collect();
    format!("{start}..")
}
