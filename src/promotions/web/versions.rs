//! What changed from one version of an offer to the next.

use serde_json::Value;
use std::collections::BTreeMap;

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// Where.
    pub(super) path: String,
    /// What stood there; empty: nothing.
    pub(super) before: String,
    /// What stands there now; empty: nothing.
    pub(super) after: String,
}

/// All differences, by path.
pub(super) fn differences(before: &Value, after: &Value) -> Vec<Difference> {
    let (mut old, mut new) = (BTreeMap::new(), BTreeMap::new());
    flatten("", before, &mut old);
    flatten("", after, &mut new);
    let mut paths: Vec<&String> = old.keys().chain(new.keys()).collect();
    paths.sort();
    paths.dedup();
    let text = |all: &BTreeMap<String, String>, path: &String| all.get(path).cloned().unwrap_or_default();
    let all = paths.into_iter().map(|path| Difference {
        path: path.clone(),
        before: text(&old, path),
        after: text(&new, path),
    });
    all.filter(|one| one.before != one.after).collect()
}

fn flatten(path: &str, value: &Value, into: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let inner = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                flatten(&inner, value, into);
            }
        }
        Value::Array(items) if items.iter().all(|item| !item.is_object()) => {
            let texts: Vec<String> = items.iter().map(plain).collect();
            into.insert(path.to_owned(), texts.join(", "));
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                flatten(&format!("{path}[{}]", place + 1), item, into);
            }
        }
        Value::Null => {}
        other => {
            into.insert(path.to_owned(), plain(other));
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn differences_name_their_place() {
        let before = json!({"name": "A", "effect": {"type": "percent_off", "percent": "10"}, "channels": ["online"], "max_orders": 5});
        let after = json!({"name": "A", "effect": {"type": "percent_off", "percent": "20"}, "channels": ["online", "box_office"]});
        let found: Vec<_> =
            differences(&before, &after).into_iter().map(|one| (one.path, one.before, one.after)).collect();
        let expected =
            [("channels", "online", "online, box_office"), ("effect.percent", "10", "20"), ("max_orders", "5", "")];
        assert_eq!(found, expected.map(|(path, before, after)| (path.to_owned(), before.to_owned(), after.to_owned())));
        assert!(differences(&before, &before).is_empty());
    }
}
