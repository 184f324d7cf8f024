//! `passepartout card-code`: reads card codes without a server.

use super::Failure;
use anyhow::Context;
use card::{IssuerKey, KeyList, KeyRing, Reading, read};
use clap::{Args, Subcommand};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, BufRead, Write};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(super) enum CardCodeCommand {
    /// Read one code per line from standard input and print what each says, one JSON object per line
    Verify(VerifyArgs),
}

#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// A JSON file with the issuer keys to believe: `[{"key_id": 7, "public_key_hex": "..."}]`
    #[arg(long)]
    keys: PathBuf,
}

pub(super) fn run(command: CardCodeCommand) -> Result<(), Failure> {
    match command {
        CardCodeCommand::Verify(args) => {
            let ring = read_keys(&args).map_err(Failure::usage)?;
            verify(io::stdin().lock(), io::BufWriter::new(io::stdout().lock()), &ring)
                .context("cannot read the codes or write the answers")?;
            Ok(())
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyEntry {
    key_id: u8,
    #[serde(rename = "public_key_hex", with = "card::hex_bytes")]
    public_key: [u8; 32],
}

/// What one code says.
#[derive(Serialize)]
#[serde(untagged)]
enum Line {
    Signed {
        ok: bool,
        kind: u8,
        key_id: u8,
        card_id: String,
        scope_id: u16,
        not_before: u16,
        not_after: u16,
        issue: u8,
        flags: u8,
    },
    Short {
        ok: bool,
        kind: u8,
    },
    Refused {
        ok: bool,
        reason: &'static str,
    },
}

fn read_keys(args: &VerifyArgs) -> anyhow::Result<KeyRing> {
    let shown = args.keys.display();
    let text = fs::read_to_string(&args.keys).with_context(|| format!("cannot read {shown}"))?;
    let entries: Vec<KeyEntry> = serde_json::from_str(&text).with_context(|| format!("{shown} is no list of keys"))?;
    let keys = entries.into_iter().map(|entry| IssuerKey::new(entry.key_id, entry.public_key)).collect();
    KeyRing::new(&KeyList { serial: 1, keys }).with_context(|| format!("{shown} cannot be used"))
}

/// Answers each line, also an empty one. Bytes that are no text make a malformed code, as any other letters do.
fn verify(mut codes: impl BufRead, mut answers: impl Write, ring: &KeyRing) -> io::Result<()> {
    let mut line = Vec::new();
    while codes.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        let answer = Line::of(text.trim_end_matches(['\r', '\n']), ring);
        serde_json::to_writer(&mut answers, &answer)?;
        answers.write_all(b"\n")?;
        line.clear();
    }
    answers.flush()
}

impl Line {
    fn of(text: &str, ring: &KeyRing) -> Self {
        match read(text, ring) {
            Ok(Reading::Signed(card)) => {
                let code = card.code();
                Self::Signed {
                    ok: true,
                    kind: 1,
                    key_id: card.key_id(),
                    card_id: code.card_id.to_string(),
                    scope_id: code.scope.get(),
                    not_before: code.not_before.days(),
                    not_after: code.not_after.days(),
                    issue: code.issue,
                    flags: code.flags.bits(),
                }
            }
            Ok(Reading::Short(_)) => Self::Short { ok: true, kind: 2 },
            Ok(Reading::Foreign(_)) => Self::Refused { ok: false, reason: card::Reason::Malformed.as_str() },
            Err(reason) => Self::Refused { ok: false, reason: reason.as_str() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use card::{CardCode, CardDay, CardId, CardSigner, Flags, ScopeId, ShortCode};

    #[test]
    fn every_line_gets_its_answer() {
        let signer = CardSigner::new(7, &[0x42; 32]);
        let keys = vec![IssuerKey::new(7, signer.public_key())];
        let ring = KeyRing::new(&KeyList { serial: 1, keys }).unwrap();
        let code = signer.sign(&CardCode {
            card_id: CardId::new(u64::MAX),
            scope: ScopeId::new(2),
            not_before: CardDay::new(3),
            not_after: CardDay::new(4),
            issue: 5,
            flags: Flags::NONE.with_single_entry(),
        });
        let short = ShortCode::from_random([1; 16]);
        let input = format!("{code}\r\n\n{}\n{code}0\n\u{fffd}", short.text());
        let mut output = Vec::new();
        verify(input.as_bytes(), &mut output, &ring).unwrap();
        let lines: Vec<&str> = std::str::from_utf8(&output).unwrap().lines().collect();
        let malformed = r#"{"ok":false,"reason":"malformed"}"#;
        let signed = r#"{"ok":true,"kind":1,"key_id":7,"card_id":"18446744073709551615","scope_id":2,"not_before":3,"not_after":4,"issue":5,"flags":4}"#;
        assert_eq!(lines, [signed, malformed, r#"{"ok":true,"kind":2}"#, malformed, malformed]);
    }
}
