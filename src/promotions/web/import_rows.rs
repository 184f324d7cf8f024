//! Rows of an imported table in words: what becomes of each, and why.

use crate::promotions::code_rows::CodeRow;
use crate::promotions::import_codes::Verdict;
use crate::web::pages::Visitor;

/// A row with what becomes of it.
pub(super) struct RowSaid {
    pub(super) number: String,
    pub(super) code: String,
    pub(super) uses: String,
    /// Tone, symbol and word.
    pub(super) state: (&'static str, &'static str, String),
}

/// A row in words.
pub(super) fn said(row: &CodeRow, verdict: &Verdict, visitor: &Visitor) -> RowSaid {
    let words = visitor.words;
    let state = match (verdict, row.doubt) {
        (Verdict::Wrong(..), _) => ("refused", "×", why(verdict, visitor)),
        (Verdict::Known, _) => ("plain", "=", words.t("codes-import-is-known")),
        (Verdict::New, Some(doubt)) => ("attention", "!", words.t(&format!("codes-import-doubt-{}", doubt.reason()))),
        (Verdict::New, None) => ("good", "+", words.t("codes-import-is-new")),
    };
    let uses = match &row.code {
        Ok(code) => code.max_uses.map_or_else(|| words.t("code-uses-endless"), |most| words.count(most.into())),
        Err(_) => String::new(),
    };
    RowSaid { number: row.number.to_string(), code: row.text.clone(), uses, state }
}

/// Why a row is left out.
fn why(verdict: &Verdict, visitor: &Visitor) -> String {
    let Verdict::Wrong(reason, about) = verdict else { return String::new() };
    let key = format!("codes-import-row-{}", reason.replace('_', "-"));
    match about {
        Some(about) => visitor.words.t1(&key, "about", about.as_str()),
        None => visitor.t(&key),
    }
}
