//! Reads a table of customers: a line of headings, then a customer per line. Each line is right or says what is wrong with it.

use super::customer::{fold_address, is_address};
use crate::kernel::text::{clean, fold};
use std::collections::BTreeSet;

/// The most lines of a file.
pub const LINES_MAX: usize = 5_000;
/// The most characters of a name.
const NAME_CHARS_MAX: usize = 200;

/// Headings that stand for a column.
const ADDRESS_HEADINGS: [&str; 6] = ["email", "e-mail", "mail", "e-mail-adresse", "adresse e-mail", "courriel"];
const NAME_HEADINGS: [&str; 3] = ["name", "nom", "full name"];
const LANGUAGE_HEADINGS: [&str; 3] = ["language", "sprache", "langue"];
const NEWS_HEADINGS: [&str; 3] = ["newsletter", "news", "neuigkeiten"];

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportLine {
    /// Which line of the file it is; the headings are the first.
    pub line: usize,
    /// What the customer is called.
    pub name: String,
    /// The address for mail.
    pub address: String,
    /// The language of letters, two small letters.
    pub language: Option<String>,
    /// Whether the customer wants news, where the file says so.
    pub newsletter: Option<bool>,
    /// What is wrong with it; then it is left out.
    pub wrong: Option<LineProblem>,
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineProblem {
    /// The address is none.
    NotAnAddress,
    /// The address stands in a line before.
    Repeated,
    /// The name is too long.
    NameTooLong,
    /// The language is not two letters.
    UnknownLanguage,
    /// It is neither yes nor no.
    UnclearNews,
}

/// Why a file cannot be read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    /// There is nothing in it.
    #[error("the file has no lines")]
    Empty,
    /// No heading names the addresses.
    #[error("no heading says email")]
    NoAddresses,
    /// It has too many lines.
    #[error("the file has too many lines")]
    TooLong,
    /// It is no table.
    #[error("the file is no table")]
    NoTable,
}

impl LineProblem {
    /// A word for the problem.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotAnAddress => "not-an-address",
            Self::Repeated => "repeated",
            Self::NameTooLong => "name-too-long",
            Self::UnknownLanguage => "unknown-language",
            Self::UnclearNews => "unclear-news",
        }
    }
}

impl FileProblem {
    /// A word for the problem.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NoAddresses => "no-addresses",
            Self::TooLong => "too-long",
            Self::NoTable => "no-table",
        }
    }
}

/// The text of a file: UTF-8 with or without its mark, or what older spreadsheets write.
pub fn text_of(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // Latin-1: each byte is the character of its number.
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// Reads a table whose columns are parted by semicolons, commas or tabs.
///
/// # Errors
/// When it is no table, has no heading for addresses, or is too long.
pub fn read(text: &str) -> Result<Vec<ImportLine>, FileProblem> {
    let first = text.lines().next().unwrap_or_default();
    let parted = [b';', b',', b'\t']
        .into_iter()
        .max_by_key(|sign| first.bytes().filter(|byte| byte == sign).count() * 4 + usize::from(*sign == b';'));
    let mut table = csv::ReaderBuilder::new()
        .delimiter(parted.unwrap_or(b';'))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let headings: Vec<String> = table.headers().map_err(|_| FileProblem::NoTable)?.iter().map(fold).collect();
    if headings.iter().all(String::is_empty) {
        return Err(FileProblem::Empty);
    }
    let column = |names: &[&str]| headings.iter().position(|heading| names.iter().any(|name| fold(name) == *heading));
    let address = column(&ADDRESS_HEADINGS).ok_or(FileProblem::NoAddresses)?;
    let (name, language, news) = (column(&NAME_HEADINGS), column(&LANGUAGE_HEADINGS), column(&NEWS_HEADINGS));
    let mut known = BTreeSet::new();
    let mut lines = Vec::new();
    for (index, record) in table.records().enumerate() {
        let record = record.map_err(|_| FileProblem::NoTable)?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        if lines.len() >= LINES_MAX {
            return Err(FileProblem::TooLong);
        }
        let cell = |column: Option<usize>| clean(column.and_then(|at| record.get(at)).unwrap_or_default());
        lines.push(line(index + 2, &cell(Some(address)), &cell(name), &cell(language), &cell(news), &mut known));
    }
    if lines.is_empty() { Err(FileProblem::Empty) } else { Ok(lines) }
}

fn line(
    number: usize,
    address: &str,
    name: &str,
    language: &str,
    news: &str,
    known: &mut BTreeSet<String>,
) -> ImportLine {
    let newsletter = match fold(news).as_str() {
        "" => Ok(None),
        "1" | "x" | "yes" | "y" | "ja" | "j" | "oui" | "o" | "true" => Ok(Some(true)),
        "0" | "no" | "n" | "nein" | "non" | "false" => Ok(Some(false)),
        _ => Err(LineProblem::UnclearNews),
    };
    let small = language.to_lowercase();
    let is_language = small.len() == 2 && small.bytes().all(|byte| byte.is_ascii_lowercase());
    let wrong = if !is_address(address) {
        Some(LineProblem::NotAnAddress)
    } else if !known.insert(fold_address(address)) {
        Some(LineProblem::Repeated)
    } else if name.chars().count() > NAME_CHARS_MAX {
        Some(LineProblem::NameTooLong)
    } else if !language.is_empty() && !is_language {
        Some(LineProblem::UnknownLanguage)
    } else {
        newsletter.err()
    };
    ImportLine {
        line: number,
        name: name.to_owned(),
        address: address.to_owned(),
        language: is_language.then_some(small),
        newsletter: newsletter.ok().flatten(),
        wrong,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn columns_are_found_by_their_headings_in_any_order() {
        for text in [
            "Name;E-Mail;Sprache;Newsletter\nZoë Müller;zoe@example.org;DE;ja\n",
            "newsletter,language,email,name\nyes,de,zoe@example.org,Zoë Müller\n",
            "E-mail\tNom\tLangue\tNews\n zoe@example.org \tZoë  Müller\tde\tx",
        ] {
            let lines = read(text).unwrap();
            let expected = ImportLine {
                line: 2,
                name: "Zoë Müller".to_owned(),
                address: "zoe@example.org".to_owned(),
                language: Some("de".to_owned()),
                newsletter: Some(true),
                wrong: None,
            };
            assert_eq!(lines, [expected], "{text}");
        }
    }

    #[test]
    fn each_wrong_line_says_what_is_wrong() {
        let long = "x".repeat(201);
        let text = format!(
            "email;name;language;newsletter\nada@example.org;Ada;;\nADA@example.org;Ada;;\nnobody;;;\n;Nobody;;\n\
             a@b.example;{long};;\nc@d.example;;deu;\ne@f.example;;;perhaps\n\n"
        );
        let wrong: Vec<_> = read(&text).unwrap().into_iter().map(|line| (line.line, line.wrong)).collect();

        let expected = [
            (2, None),
            (3, Some(LineProblem::Repeated)),
            (4, Some(LineProblem::NotAnAddress)),
            (5, Some(LineProblem::NotAnAddress)),
            (6, Some(LineProblem::NameTooLong)),
            (7, Some(LineProblem::UnknownLanguage)),
            (8, Some(LineProblem::UnclearNews)),
        ];
        assert_eq!(wrong, expected);
    }

    #[test]
    fn a_file_that_is_no_table_of_customers_is_refused() {
        assert_eq!(read(""), Err(FileProblem::Empty));
        assert_eq!(read("email\n"), Err(FileProblem::Empty));
        assert_eq!(read("name;street\nAda;Road"), Err(FileProblem::NoAddresses));
        let long = format!("email\n{}", "a@b.example\n".repeat(LINES_MAX + 1));
        assert_eq!(read(&long), Err(FileProblem::TooLong));
    }

    #[test]
    fn files_of_older_spreadsheets_keep_their_letters() {
        assert_eq!(text_of(b"\xEF\xBB\xBFM\xC3\xBCller"), "Müller");
        assert_eq!(text_of(b"M\xFCller"), "Müller");
    }

    proptest! {
        #[test]
        fn no_text_stops_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(&text_of(&bytes));
        }

        #[test]
        fn what_is_taken_is_an_address_once(text in "(?s)email;name\n(.{0,12}@[a-z.]{0,8};.{0,5}\n){0,6}") {
            if let Ok(lines) = read(&text) {
                let taken: Vec<String> = lines.iter().filter(|line| line.wrong.is_none()).map(|line| fold_address(&line.address)).collect();
                let once: BTreeSet<&String> = taken.iter().collect();
                prop_assert_eq!(once.len(), taken.len());
                prop_assert!(taken.iter().all(|address| is_address(address)));
            }
        }
    }
}
