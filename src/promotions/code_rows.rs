//! A table of codes, row by row: what a row says, what is wrong with it, and what a spreadsheet may have done to it.

use super::code::{NewCode, NotACode};
use crate::tables::read::{Nature, ReadCell, Row, column, yes_or_no};

const CODE_HEADINGS: [&str; 12] = [
    "code",
    "codes",
    "coupon",
    "gutschein",
    "gutscheincode",
    "aktionscode",
    "rabattcode",
    "promo code",
    "promotion code",
    "voucher",
    "code promo",
    "bon",
];
const USES_HEADINGS: [&str; 9] =
    ["max_uses", "max uses", "uses", "limit", "nutzungen", "einlösungen", "anzahl", "utilisations", "nombre"];
const ENABLED_HEADINGS: [&str; 6] = ["enabled", "active", "aktiv", "freigeschaltet", "actif", "activé"];

/// Which column says what. Columns count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns {
    /// The codes.
    pub code: usize,
    /// How often each may be used.
    pub uses: Option<usize>,
    /// Whether each may be used at once.
    pub enabled: Option<usize>,
    /// Whether the first row holds headings.
    pub has_headings: bool,
}

impl Columns {
    /// What the first row tells: its headings, or that there is one column without any.
    pub fn of_first(first: &Row) -> Option<Self> {
        let heads: Vec<String> = first.cells.iter().map(|cell| cell.text.clone()).collect();
        if let Some(code) = column(&heads, &CODE_HEADINGS) {
            let (uses, enabled) = (column(&heads, &USES_HEADINGS), column(&heads, &ENABLED_HEADINGS));
            return Some(Self { code, uses, enabled, has_headings: true });
        }
        let used = heads.iter().filter(|head| !head.is_empty()).count();
        let code = heads.iter().position(|head| !head.is_empty())?;
        (used == 1).then_some(Self { code, uses: None, enabled: None, has_headings: false })
    }
}

/// A row of a table of codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeRow {
    /// Its number in the file.
    pub number: u64,
    /// The code as it stands there.
    pub text: String,
    /// The code, or what is wrong.
    pub code: Result<NewCode, RowProblem>,
    /// What a spreadsheet may have done to it.
    pub doubt: Option<Doubt>,
}

/// What is wrong with a row, whatever codes there are already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowProblem {
    /// The text is no code.
    Code(NotACode),
    /// A formula or an error stands where the code should.
    Formula,
    /// The spreadsheet took the code for a date.
    Date,
    /// The uses are no whole number from 1 on.
    Uses,
    /// It is neither yes nor no.
    Enabled,
}

impl RowProblem {
    /// The stable word for the problem.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Code(error) => error.reason(),
            Self::Formula => "formula",
            Self::Date => "date",
            Self::Uses => "uses",
            Self::Enabled => "enabled",
        }
    }
}

/// What a spreadsheet may have done to a code. The row is taken as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// It is a number: zeros before it are lost, if there were any.
    Number,
    /// It looks like a number that was shortened, as `1E+05`.
    Shortened,
}

impl Doubt {
    /// The stable word for the doubt.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Shortened => "shortened",
        }
    }
}

/// What a row says, where `max_uses` holds when the table does not say.
pub fn code_row(row: &Row, columns: &Columns, max_uses: Option<u32>) -> CodeRow {
    let nothing = ReadCell::default();
    let cell = |at: Option<usize>| at.and_then(|at| row.cells.get(at)).unwrap_or(&nothing);
    let code = cell(Some(columns.code));
    let doubt = if is_shortened(&code.text) {
        Some(Doubt::Shortened)
    } else {
        (code.nature == Nature::Number).then_some(Doubt::Number)
    };
    let read = || {
        match code.nature {
            Nature::Calculated => return Err(RowProblem::Formula),
            Nature::Date => return Err(RowProblem::Date),
            Nature::Text | Nature::Number => {}
        }
        let enabled = yes_or_no(&cell(columns.enabled).text).map_err(|_| RowProblem::Enabled)?.unwrap_or(true);
        let max_uses = match cell(columns.uses).text.as_str() {
            "" => max_uses,
            text => Some(text.parse().ok().filter(|uses| *uses > 0).ok_or(RowProblem::Uses)?),
        };
        Ok(NewCode { code: code.text.parse().map_err(RowProblem::Code)?, enabled, max_uses })
    };
    CodeRow { number: row.number, text: code.text.clone(), code: read(), doubt }
}

/// Whether the text is a number as spreadsheets shorten it: digits, an E, digits.
fn is_shortened(text: &str) -> bool {
    let Some((number, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(&number.replacen([',', '.'], "", 1)) && digits(exponent.trim_start_matches(['+', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Row {
        let cell = |text: &&str| ReadCell { text: (*text).to_owned(), nature: Nature::Text };
        Row { number: 7, cells: cells.iter().map(cell).collect() }
    }

    const ALL: Columns = Columns { code: 0, uses: Some(1), enabled: Some(2), has_headings: true };

    #[test]
    fn columns_are_found_by_their_headings() {
        assert_eq!(
            Columns::of_first(&row(&["Nr.", "Aktiv", "Gutschein-Code", "Einlösungen"])),
            None,
            "a heading that is close is not guessed"
        );
        assert_eq!(
            Columns::of_first(&row(&["Nr.", "Aktiv", "Gutscheincode", "Einloesungen"])),
            Some(Columns { code: 2, uses: Some(3), enabled: Some(1), has_headings: true })
        );
        let bare = Columns { code: 0, uses: None, enabled: None, has_headings: false };
        assert_eq!(Columns::of_first(&row(&["SUMMER26"])), Some(bare));
        assert_eq!(Columns::of_first(&row(&["SUMMER26", "5"])), None);
    }

    #[test]
    fn each_wrong_row_says_what_is_wrong() {
        let problem = |cells: &[&str]| code_row(&row(cells), &ALL, None).code.map(|code| code.max_uses);
        assert_eq!(problem(&["A1", "5", "ja"]), Ok(Some(5)));
        assert_eq!(problem(&["A1", "", ""]), Ok(None));
        assert_eq!(problem(&["-", "", ""]), Err(RowProblem::Code(NotACode::Empty)));
        assert_eq!(problem(&["A1", "0", ""]), Err(RowProblem::Uses));
        assert_eq!(problem(&["A1", "1,5", ""]), Err(RowProblem::Uses));
        assert_eq!(problem(&["A1", "", "perhaps"]), Err(RowProblem::Enabled));
        assert_eq!(problem(&[]), Err(RowProblem::Code(NotACode::Empty)));
        let mut calculated = row(&["=1+1"]);
        calculated.cells[0].nature = Nature::Calculated;
        assert_eq!(code_row(&calculated, &ALL, None).code, Err(RowProblem::Formula));
    }

    #[test]
    fn what_a_spreadsheet_spoiled_is_doubted() {
        let doubt = |text: &str| code_row(&row(&[text]), &ALL, None).doubt;
        for text in ["1E5", "1E+05", "1,23E+11", "4.5e-3"] {
            assert_eq!(doubt(text), Some(Doubt::Shortened), "{text}");
        }
        for text in ["00123", "E5", "1E", "SUMMER1E5", "1E5X"] {
            assert_eq!(doubt(text), None, "{text}");
        }
        let mut number = row(&["123"]);
        number.cells[0].nature = Nature::Number;
        assert_eq!(code_row(&number, &ALL, None).doubt, Some(Doubt::Number));
    }
}
