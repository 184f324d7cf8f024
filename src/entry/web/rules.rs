//! The rules of a gate as a form shows and sends them.

use crate::entry::rules::GateRules;
use crate::web::pages::{Fields, Words};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A rule with its choices.
pub(super) struct RuleField {
    pub(super) id: &'static str,
    pub(super) label: String,
    pub(super) choices: Vec<RuleChoice>,
}

/// What a rule may say.
pub(super) struct RuleChoice {
    pub(super) value: &'static str,
    pub(super) text: String,
    pub(super) on: bool,
}

/// Each rule with the words of its choices, in the order of the page.
const RULES: [(&str, &[&str]); 4] = [
    ("unknown_signed", &["admit", "refuse"]),
    ("stale", &["warn", "attention", "refuse_unknown"]),
    ("clock_unsure", &["attention", "refuse"]),
    ("journal_broken", &["open", "stay_shut"]),
];

/// The rules that are a choice of words.
pub(super) fn rule_fields(rules: GateRules, words: Words) -> Vec<RuleField> {
    let field = |(id, choices): &(&'static str, &'static [&'static str])| {
        let now = word_of(id, rules);
        let key = id.replace('_', "-");
        let choice = |value: &&'static str| RuleChoice {
            value,
            text: words.t(&format!("rule-{key}-{}", value.replace('_', "-"))),
            on: now == *value,
        };
        RuleField { id, label: words.t(&format!("rule-{key}")), choices: choices.iter().map(choice).collect() }
    };
    RULES.iter().map(field).collect()
}

/// What a form says; `None` when it says something else than the page offered.
pub(super) fn chosen_rules(form: &Fields) -> Option<GateRules> {
    Some(GateRules {
        unknown_signed: chosen(form, "unknown_signed")?,
        stale_after_hours: form.get("stale_after_hours").trim().parse().ok()?,
        stale: chosen(form, "stale")?,
        journal_broken: chosen(form, "journal_broken")?,
        clock_unsure: chosen(form, "clock_unsure")?,
        foreign_codes: form.has("foreign_codes"),
    })
}

fn chosen<T: DeserializeOwned>(form: &Fields, id: &str) -> Option<T> {
    serde_json::from_value(Value::from(form.get(id))).ok()
}

fn word_of(id: &str, rules: GateRules) -> String {
    let rules = serde_json::to_value(rules).unwrap_or_default();
    rules.get(id).and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::pages::Language;
    use card::Policy;

    #[test]
    fn every_rule_has_words_and_one_choice_that_is_so_now() {
        for language in Language::ALL {
            for field in rule_fields(GateRules::default(), Words::of(language)) {
                assert_eq!(field.choices.iter().filter(|choice| choice.on).count(), 1, "{}", field.id);
                let texts = field.choices.iter().map(|choice| &choice.text).chain([&field.label]);
                assert!(texts.into_iter().all(|text| text.contains(' ') && !text.starts_with("rule-")), "{}", field.id);
            }
        }
        assert_eq!(GateRules::default().applied_to(Policy::default()), Policy::default());
    }
}
