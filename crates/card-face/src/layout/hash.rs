//! What an agreement covers: a hash that is blind to the order of keys, to comments and to blanks.
//!
//! The value tree of the file, without `state` and `[agreement]`, is written in one fixed form (tables with sorted
//! keys, numbers as 64-bit floats) and hashed with SHA-256. Assets and font files are covered through the hashes
//! that the file gives for them.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};
use toml::de::{DeTable, DeValue};

/// SHA-256 (hex) of a layout's content.
pub(super) fn content_sha256(table: &DeTable<'_>) -> String {
    let mut form = String::new();
    write_table(table, &mut form, |key| key != "state" && key != "agreement");
    hex(&Sha256::digest(form.as_bytes()))
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn write_table(table: &DeTable<'_>, form: &mut String, keep: impl Fn(&str) -> bool) {
    let mut entries: Vec<_> = table.iter().filter(|(key, _)| keep(key.get_ref())).collect();
    entries.sort_by(|(left, _), (right, _)| left.get_ref().cmp(right.get_ref()));
    form.push('{');
    for (key, value) in entries {
        let _ = write!(form, "{:?}:", key.get_ref());
        write_value(value.get_ref(), form);
        form.push(';');
    }
    form.push('}');
}

fn write_value(value: &DeValue<'_>, form: &mut String) {
    match value {
        DeValue::String(text) => {
            let _ = write!(form, "{text:?}");
        }
        DeValue::Integer(integer) => form.push_str(&plain_number(integer.as_str())),
        DeValue::Float(float) => form.push_str(&plain_number(float.as_str())),
        DeValue::Boolean(flag) => form.push_str(if *flag { "true" } else { "false" }),
        DeValue::Datetime(datetime) => form.push_str(&datetime.to_string()),
        DeValue::Array(items) => {
            form.push('[');
            for item in items {
                write_value(item.get_ref(), form);
                form.push(';');
            }
            form.push(']');
        }
        DeValue::Table(table) => write_table(table, form, |_| true),
    }
}

fn plain_number(text: &str) -> String {
    text.replace('_', "").parse::<f64>().map_or_else(|_| text.to_owned(), |number| format!("{number:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(text: &str) -> String {
        content_sha256(DeTable::parse(text).expect("valid").get_ref())
    }

    #[test]
    fn only_content_counts() {
        let first = hash("a = 1\nb = 'x'\n[c]\nd = [1.0, 2]");
        assert_eq!(
            first,
            hash("# note\nb = \"x\"\na = 1.0\nstate = 'draft'\nc = { d = [1, 2.0] }\n[agreement]\nby = 'x'")
        );
        assert_eq!(first.len(), 64);
        for other in ["a = 2\nb = 'x'\n[c]\nd = [1, 2]", "a = 1\nb = 'x'\n[c]\nd = [2, 1]", "a = 1\nb = 'x'\nc = 1"] {
            assert_ne!(first, hash(other), "{other}");
        }
    }
}
