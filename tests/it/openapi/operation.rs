//! One operation of the API document, and whether an answer is as it says.

use jsonschema::Validator;
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use testkit::Answer;

/// One operation.
pub(super) struct Operation {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) needs_key: bool,
    pub(super) has_summary: bool,
    /// The path and query parameters: name, place, schema.
    pub(super) parameters: Vec<(String, String, Value)>,
    /// The schema of the JSON body, or nothing for other bodies.
    pub(super) body: Option<(String, Value)>,
    /// For each declared status or range, the schema of each declared type of content.
    answers: BTreeMap<String, BTreeMap<String, Option<Validator>>>,
}

impl Operation {
    /// All operations of the document.
    pub(super) fn all(document: &Value) -> Vec<Self> {
        let paths = object(&document["paths"]);
        let operations = paths.flat_map(|(path, methods)| {
            let described = object(methods).filter(|(_, operation)| operation.get("responses").is_some());
            described.map(|(method, operation)| Self::read(document, path, method, operation))
        });
        operations.collect()
    }

    fn read(document: &Value, path: &str, method: &str, operation: &Value) -> Self {
        let parameters = operation["parameters"].as_array().into_iter().flatten().map(|parameter| {
            let text = |field: &str| parameter[field].as_str().unwrap_or_default().to_owned();
            (text("name"), text("in"), parameter["schema"].clone())
        });
        let body = object(&operation["requestBody"]["content"]).next();
        let answers = object(&operation["responses"]).map(|(status, response)| {
            let content = object(&response["content"])
                .map(|(kind, media)| (kind.clone(), media.get("schema").map(|schema| validator(document, schema))));
            (status.clone(), content.collect())
        });
        Self {
            method: method.to_uppercase().parse().expect("a method"),
            path: path.to_owned(),
            needs_key: operation["security"]
                .as_array()
                .into_iter()
                .flatten()
                .any(|scheme| scheme["api_key"].is_array()),
            has_summary: operation["summary"].as_str().is_some_and(|summary| !summary.is_empty()),
            parameters: parameters.collect(),
            body: body.map(|(kind, media)| (kind.clone(), media["schema"].clone())),
            answers: answers.collect(),
        }
    }

    /// Whether the document describes answers with this status.
    pub(super) fn describes(&self, status: u16) -> bool {
        self.described(status).is_some()
    }

    /// What is wrong with an answer.
    pub(super) fn finding(&self, answer: &Answer) -> Option<String> {
        if answer.status >= 500 {
            return Some(format!("status {}", answer.status));
        }
        let Some(contents) = self.described(answer.status) else {
            return Some(format!("status {} is not described", answer.status));
        };
        if contents.is_empty() {
            return (!answer.body.is_empty()).then(|| "a body that is not described".to_owned());
        }
        let header = answer.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let kind = header.split(';').next().unwrap_or_default();
        let Some(schema) = contents.get(kind) else {
            return Some(format!("content of type {kind:?} is not described"));
        };
        if !kind.ends_with("json") {
            return None;
        }
        let validator = schema.as_ref()?;
        let body = answer.json();
        let error = validator.iter_errors(&body).next()?;
        Some(format!("the body does not fit its schema at {:?}: {error}", error.instance_path().to_string()))
    }

    fn described(&self, status: u16) -> Option<&BTreeMap<String, Option<Validator>>> {
        let names = [status.to_string(), format!("{}XX", status / 100), "default".to_owned()];
        names.iter().find_map(|name| self.answers.get(name))
    }
}

/// The entries of a JSON object; none of anything else.
fn object(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}

fn validator(document: &Value, schema: &Value) -> Validator {
    let whole = json!({"allOf": [schema], "components": document["components"]});
    jsonschema::validator_for(&whole).expect("a schema of the document")
}
