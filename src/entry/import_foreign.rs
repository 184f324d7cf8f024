//! Takes over codes of an older system: each line names a code and the number of the card that it stands for from now on.

use super::store::{foreign, rights};
use crate::audit::{self, Entry};
use crate::cards;
use crate::kernel::Act;
use card::{CardNumber, ForeignHash, KeyRing, Reading, read};
use db::{Conn, DbError};
use gate_protocol::FOREIGN_CODES_MAX;
use serde_json::json;

/// A line that cannot be used is told with its number; of more than these only the count.
pub const FINDINGS_MAX: usize = 50;

/// What an import did.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Imported {
    /// How many codes have a card now that came with this import.
    pub codes: usize,
    /// How many lines could not be used.
    pub refused: usize,
    /// The number of a line, and what is wrong with it.
    pub findings: Vec<(usize, &'static str)>,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportForeignError {
    /// Gates take no more.
    #[error("gates keep at most {FOREIGN_CODES_MAX} codes of an older system")]
    TooMany,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Takes over lines of a code and a card number. What stands there for a code already is replaced; a line that cannot be used is told,
/// and the others count. `keys` reads the codes of our cards.
///
/// # Errors
/// When there would be more than gates take.
pub async fn import_foreign(
    tx: &mut Conn,
    act: &Act,
    keys: &KeyRing,
    lines: &[(String, String)],
) -> Result<Imported, ImportForeignError> {
    let mut imported = Imported::default();
    for (number, (code, card)) in (1..).zip(lines) {
        match import_line(tx, act, keys, code, card).await? {
            Ok(()) => imported.codes += 1,
            Err(finding) => {
                imported.refused += 1;
                if imported.findings.len() < FINDINGS_MAX {
                    imported.findings.push((number, finding));
                }
            }
        }
    }
    if foreign::count(tx).await? > i64::try_from(FOREIGN_CODES_MAX).unwrap_or(i64::MAX) {
        return Err(ImportForeignError::TooMany);
    }
    if imported.codes > 0 {
        foreign::set_tag(tx, &hex::encode(act.random.bytes::<8>())).await?;
        let detail = json!({"codes": imported.codes, "refused": imported.refused});
        audit::record(tx, act, Entry::new("foreign_codes.imported", "foreign_codes", "all").detail(detail)).await?;
    }
    Ok(imported)
}

async fn import_line(
    tx: &mut Conn,
    act: &Act,
    keys: &KeyRing,
    code: &str,
    card: &str,
) -> Result<Result<(), &'static str>, DbError> {
    let Some(hash) = ForeignHash::of_text(code) else {
        return Ok(Err("a code has 4 to 64 letters and digits"));
    };
    if read(code.trim(), keys).is_ok() {
        return Ok(Err("this is a code of ours"));
    }
    let Ok(number) = CardNumber::parse(card) else { return Ok(Err("this is no card number")) };
    let Some(text) = cards::code_of_number(tx, number).await? else {
        return Ok(Err("no card with a fixed code has this number"));
    };
    let right = match read(&text, keys) {
        Ok(Reading::Signed(card)) => rights::find(tx, card.code().card_id).await?,
        Ok(Reading::Short(short)) => rights::find_short(tx, short).await?,
        Ok(Reading::Foreign(_)) | Err(_) => None,
    };
    let Some(right) = right else { return Ok(Err("gates do not know this card")) };
    foreign::put(tx, hash, right.card_id, act.now).await?;
    Ok(Ok(()))
}
