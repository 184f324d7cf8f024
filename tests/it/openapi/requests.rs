//! Requests made from the schemas of the API document: mostly sensible, often with one thing wrong, sometimes hostile.

use super::operation::Operation;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use reqwest::header::CONTENT_TYPE;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use testkit::{Answer, Client};

/// How deep schemas are followed.
const DEPTH_MAX: u32 = 8;

/// A source of requests. It learns ids and keys from answers, so that later requests find something.
pub(super) struct Requests {
    document: Value,
    random: ChaCha8Rng,
    known: BTreeMap<String, Vec<String>>,
}

impl Requests {
    /// A source that begins with what is in the test museum.
    pub(super) fn new(document: &Value, seed: u64) -> Self {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let houses = words(&["stadtmuseum", "schloss"]);
        let products = words(&["jahreskarte", "jahreskarte-gutschein", "familienkarte", "tageskarte"]);
        let categories = words(&["adult", "reduced", "child"]);
        let known = [
            ("house", houses.clone()),
            ("houses", houses),
            ("exhibition", words(&["stadtansichten"])),
            ("exhibitions", words(&["stadtansichten"])),
            ("scope", words(&["alle-haeuser", "schloss"])),
            ("scopes", words(&["alle-haeuser", "schloss"])),
            ("product", products.clone()),
            ("products", products),
            ("exchange_for", words(&["jahreskarte"])),
            ("category", categories.clone()),
            ("categories", categories.clone()),
            ("requires", categories),
            ("price_list", words(&["regular"])),
            ("price-lists", words(&["regular"])),
            ("event", words(&["fuehrung"])),
            ("events", words(&["fuehrung"])),
            ("time_zone", words(&["Europe/Berlin"])),
            ("country", words(&["DE"])),
            ("currency", words(&["EUR"])),
            ("language", words(&["de", "en"])),
            ("email", words(&["ada@example.org"])),
            ("vat_rate", words(&["7", "19"])),
        ];
        let known = known.into_iter().map(|(name, words)| (name.to_owned(), words)).collect();
        Self { document: document.clone(), random: ChaCha8Rng::seed_from_u64(seed), known }
    }

    /// Sends one request for the operation; answers what was sent and what came back.
    pub(super) async fn send(&mut self, operation: &Operation, client: &Client) -> (String, Answer) {
        let mut path = self.path(operation);
        let query = self.query(operation);
        if !query.is_empty() {
            path = format!("{path}?{query}");
        }
        let mut request = client.request(operation.method.clone(), &path);
        if self.one_in(4) {
            request = request.header("idempotency-key", format!("key-{}", self.below(20)));
        }
        let mut sent = path;
        if let Some((kind, schema)) = &operation.body {
            let body = if kind.ends_with("json") { self.json_body(schema) } else { self.file() };
            sent = format!("{sent} {}", String::from_utf8_lossy(&body).chars().take(600).collect::<String>());
            request = request.header(CONTENT_TYPE, kind).body(body);
        }
        (sent, Answer::to(request).await)
    }

    /// Remembers the ids, keys and codes of an answer.
    pub(super) fn learn(&mut self, operation: &Operation, answer: &Answer) {
        // The test's own keys must not be revoked.
        if answer.status < 300 && !operation.path.contains("api-keys") {
            let resource = resource_of(&operation.path).to_owned();
            self.learn_from(&resource, &answer.json());
        }
    }

    fn learn_from(&mut self, resource: &str, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.learn_from(resource, item)),
            Value::Object(fields) => {
                for (name, field) in fields {
                    let within = match name.as_str() {
                        "id" | "key" | "items" => resource,
                        other => other,
                    };
                    match field {
                        Value::String(text) if ["id", "key"].contains(&name.as_str()) => self.remember(resource, text),
                        Value::String(text) if name.ends_with("code") => self.remember("code", text),
                        other => self.learn_from(within, other),
                    }
                }
            }
            Value::String(text) if text.len() == 36 => self.remember(resource, text),
            _ => {}
        }
    }

    fn remember(&mut self, name: &str, text: &str) {
        let words = self.known.entry(name.to_owned()).or_default();
        if !words.iter().any(|word| word == text) && words.len() < 50 {
            words.push(text.to_owned());
        }
    }

    fn path(&mut self, operation: &Operation) -> String {
        let mut path = String::new();
        for (index, part) in operation.path.split(['{', '}']).enumerate() {
            if index % 2 == 0 {
                path.push_str(part);
                continue;
            }
            let resource = resource_of(&path).to_owned();
            let known = self.pick_known(&[resource.as_str(), part]);
            let text = match known {
                Some(known) if !self.one_in(5) => known,
                _ => self.hostile_word(),
            };
            path.push_str(&percent_encoded(&text));
        }
        path
    }

    fn query(&mut self, operation: &Operation) -> String {
        let mut query = Vec::new();
        for (name, place, schema) in &operation.parameters {
            if place == "query" && self.one_in(3) {
                let value = self.value(schema, name, 0);
                let text = match value {
                    _ if self.one_in(8) => self.hostile_word(),
                    Value::String(text) => text,
                    other => other.to_string(),
                };
                query.push(format!("{name}={}", percent_encoded(&text)));
            }
        }
        if self.one_in(30) {
            query.push("colour=red".to_owned());
        }
        query.join("&")
    }

    fn json_body(&mut self, schema: &Value) -> Vec<u8> {
        let mut body = self.value(schema, "", 0);
        match self.below(10) {
            0..=4 => {}
            5..=8 => self.spoil(&mut body),
            _ => {
                let mut bytes = body.to_string().into_bytes();
                match self.below(4) {
                    0 => bytes.truncate(bytes.len() / 2),
                    1 => bytes.clear(),
                    2 => bytes.push(0xFF),
                    _ => bytes = "[".repeat(100_000).into_bytes(),
                }
                return bytes;
            }
        }
        body.to_string().into_bytes()
    }

    fn file(&mut self) -> Vec<u8> {
        match self.below(3) {
            0 => b"This is no picture.".to_vec(),
            1 => Vec::new(),
            _ => (0..2_000).map(|_| self.below(256).to_le_bytes()[0]).collect(),
        }
    }

    /// A value that fits the schema, or nearly so.
    fn value(&mut self, schema: &Value, name: &str, depth: u32) -> Value {
        if depth > DEPTH_MAX {
            return Value::Null;
        }
        if let Some(reference) = schema["$ref"].as_str() {
            let target = self.document.pointer(reference.trim_start_matches('#')).cloned().unwrap_or_default();
            return self.value(&target, name, depth + 1);
        }
        for choice in ["oneOf", "anyOf"] {
            if let Some(choices) = schema[choice].as_array() {
                let chosen = self.below(choices.len());
                return self.value(&choices[chosen], name, depth + 1);
            }
        }
        if let Some(parts) = schema["allOf"].as_array() {
            let mut whole = Map::new();
            for part in parts {
                if let Value::Object(fields) = self.value(part, name, depth + 1) {
                    whole.extend(fields);
                }
            }
            return Value::Object(whole);
        }
        if let Some(words) = schema["enum"].as_array() {
            return words[self.below(words.len())].clone();
        }
        if let Some(word) = schema.get("const") {
            return word.clone();
        }
        match self.kind_of(schema).as_str() {
            "object" => self.object(schema, depth),
            "array" => {
                let least = schema["minItems"].as_u64().unwrap_or(0);
                let length = self.below(3).max(usize::try_from(least).unwrap_or(0));
                (0..length).map(|_| self.value(&schema["items"], name, depth + 1)).collect()
            }
            "integer" | "number" => self.number(schema),
            "boolean" => json!(self.one_in(2)),
            "null" => Value::Null,
            _ => Value::String(self.text(schema, name)),
        }
    }

    fn kind_of(&mut self, schema: &Value) -> String {
        match &schema["type"] {
            Value::String(kind) => kind.clone(),
            Value::Array(kinds) => kinds[self.below(kinds.len())].as_str().unwrap_or_default().to_owned(),
            _ if schema["properties"].is_object() => "object".to_owned(),
            _ => ["string", "integer", "object", "null"][self.below(4)].to_owned(),
        }
    }

    fn object(&mut self, schema: &Value, depth: u32) -> Value {
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let mut fields = Map::new();
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            if required.contains(&name.as_str()) || self.one_in(2) {
                fields.insert(name.clone(), self.value(field, name, depth + 1));
            }
        }
        if schema["additionalProperties"].is_object() {
            let value = self.value(&schema["additionalProperties"], "", depth + 1);
            fields.insert("de".to_owned(), value);
        }
        Value::Object(fields)
    }

    fn number(&mut self, schema: &Value) -> Value {
        let least = schema["minimum"].as_i64().unwrap_or(0);
        let most = schema["maximum"].as_i64().unwrap_or(least + 20).min(least.saturating_add(1_000));
        let span = usize::try_from(most - least).unwrap_or(0) + 1;
        json!(least + i64::try_from(self.below(span)).unwrap_or(0))
    }

    fn text(&mut self, schema: &Value, name: &str) -> String {
        if let Some(known) = self.pick_known(&[name])
            && !self.one_in(6)
        {
            return known;
        }
        match (schema["format"].as_str().unwrap_or_default(), schema["pattern"].as_str().unwrap_or_default()) {
            ("date", _) => format!("2026-{:02}-{:02}", 1 + self.below(12), 1 + self.below(28)),
            ("date-time", _) => format!("2026-07-{:02}T10:00:00+02:00", 1 + self.below(28)),
            ("uuid", _) => "0197d1a4-0000-7000-8000-00000000000a".to_owned(),
            (_, pattern) if pattern.starts_with("^[a-z0-9]") => format!("new-{}", self.below(40)),
            (_, pattern) if pattern.contains(r"\.\d\d") => format!("{}.{:02}", self.below(60), self.below(100)),
            (_, pattern) if pattern.contains(r"\d") => self.below(100).to_string(),
            _ if self.one_in(3) => self.hostile_word(),
            _ => ["Ada Lovelace", "Ελένη Παππά", "Đặng Thị Hà", "week", "12.00"][self.below(5)].to_owned(),
        }
    }

    /// Makes one thing wrong somewhere in the value.
    fn spoil(&mut self, value: &mut Value) {
        let inside = match value {
            Value::Object(fields) if !fields.is_empty() => Some(fields.len()),
            Value::Array(items) if !items.is_empty() => Some(items.len()),
            _ => None,
        };
        if let Some(length) = inside
            && !self.one_in(3)
        {
            let chosen = self.below(length);
            match value {
                Value::Object(fields) => {
                    fields.values_mut().nth(chosen).into_iter().for_each(|field| self.spoil(field));
                }
                Value::Array(items) => self.spoil(&mut items[chosen]),
                _ => {}
            }
            return;
        }
        if let Value::Object(fields) = value {
            if self.one_in(2) {
                fields.insert("colour".to_owned(), json!("red"));
                return;
            }
            if let Some(name) = fields.keys().next().cloned() {
                fields.remove(&name);
                return;
            }
        }
        *value = match self.below(11) {
            0 => Value::Null,
            1 => json!(-1),
            2 => json!(i64::MAX),
            3 => json!(1e308),
            4 => json!([]),
            5 => json!({}),
            6 => json!(true),
            7 => json!("x".repeat(20_000)),
            8 => json!(10_000),
            9 => (0..60).fold(json!(1), |inner, _| json!([inner])),
            _ => json!(self.hostile_word()),
        };
    }

    fn hostile_word(&mut self) -> String {
        let words = [
            "",
            " ",
            "\u{0}",
            "null",
            "-1",
            "99999999999999999999",
            "0197d1a4-0000-7000-8000-00000000000b",
            "'; DROP TABLE houses; --",
            "%",
            "../../etc/passwd",
            "\u{202E}adA\u{200B}",
            "e\u{301}\u{301}\u{301}",
            "💳",
            "12.005",
            "2026-02-30",
            "unknown",
        ];
        words[self.below(words.len())].to_owned()
    }

    fn pick_known(&mut self, names: &[&str]) -> Option<String> {
        let words = names.iter().find_map(|name| self.known.get(*name).filter(|words| !words.is_empty()))?.clone();
        Some(words[self.below(words.len())].clone())
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.random.next_u32()).unwrap_or(0) % end.max(1)
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }
}

/// The word of the path that says what an id or key belongs to: `cards` of `/api/v1/cards/`.
fn resource_of(path: &str) -> &str {
    let mut words = path.rsplit('/').filter(|word| !word.is_empty() && !word.starts_with('{'));
    words.next().unwrap_or_default()
}

fn percent_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => encoded.push(char::from(byte)),
            other => encoded.extend(['%', hex_digit(other >> 4), hex_digit(other & 15)]),
        }
    }
    encoded
}

fn hex_digit(value: u8) -> char {
    char::from_digit(value.into(), 16).unwrap_or('0').to_ascii_uppercase()
}
