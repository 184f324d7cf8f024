//! `passepartout price FILE`: prices a scenario without a server.
//!
//! Standard output carries results only, standard error one line per refusal that names the JSON path and what is wrong there. The
//! engine is the one behind quotes and orders.

use clap::Args;
use pricing::{Budget, PricedBasket, Scenario, ScenarioError, parse_scenario, price};
use serde_json::json;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::ExitCode;

/// Status of a refused scenario or a file that cannot be read.
const REFUSED: u8 = 2;

#[derive(Debug, Args)]
pub(super) struct PriceArgs {
    /// The scenario as JSON; `-` reads standard input
    #[arg(default_value = "-")]
    file: String,
    /// Read one scenario per line and print one result per line
    #[arg(long)]
    batch: bool,
    /// Add why every ticket costs what it costs and why a code is not used
    #[arg(long)]
    explain: bool,
}

pub(super) fn run(args: &PriceArgs) -> ExitCode {
    match run_on_files(args) {
        Ok(status) => status,
        // Whoever reads the results may stop early.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("passepartout: {}: {error}", args.file);
            ExitCode::from(REFUSED)
        }
    }
}

fn run_on_files(args: &PriceArgs) -> io::Result<ExitCode> {
    let input: Box<dyn Read> = if args.file == "-" { Box::new(io::stdin()) } else { Box::new(File::open(&args.file)?) };
    let output = io::stdout().lock();
    let all_priced = if args.batch {
        price_lines(BufReader::new(input), io::BufWriter::new(output), args.explain)?
    } else {
        price_one(input, output, args.explain)?
    };
    Ok(if all_priced { ExitCode::SUCCESS } else { ExitCode::from(REFUSED) })
}

/// Prices one scenario; a refusal goes to standard error.
fn price_one(mut input: impl Read, mut output: impl Write, explain: bool) -> io::Result<bool> {
    let mut bytes = Vec::new();
    // A longer text is refused anyway.
    input.by_ref().take(pricing::TEXT_BYTES_MAX as u64 + 1).read_to_end(&mut bytes)?;
    match answer(&bytes) {
        Ok((scenario, priced)) => {
            writeln!(output, "{:#}", printed(&scenario, &priced, explain))?;
            Ok(true)
        }
        Err(error) => {
            eprintln!("{error}");
            Ok(false)
        }
    }
}

/// Prices one scenario per line; a refusal takes the place of its result, and the rest goes on.
fn price_lines(mut input: impl BufRead, mut output: impl Write, explain: bool) -> io::Result<bool> {
    let mut all_priced = true;
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        match answer(&line) {
            Ok((scenario, priced)) => writeln!(output, "{}", printed(&scenario, &priced, explain))?,
            Err(error) => {
                all_priced = false;
                writeln!(output, "{}", json!({ "error": error }))?;
            }
        }
    }
    output.flush()?;
    Ok(all_priced)
}

fn answer(bytes: &[u8]) -> Result<(Scenario, PricedBasket), ScenarioError> {
    let text = std::str::from_utf8(bytes).map_err(|_| ScenarioError::new("$", "is not UTF-8 text"))?;
    // Steps alone limit the search, so the same scenario always gets the same answer.
    let scenario = parse_scenario(text)?;
    let priced = price(&scenario, &Budget::default())?;
    Ok((scenario, priced))
}

fn printed<'a>(scenario: &Scenario, priced: &'a PricedBasket, explain: bool) -> Printed<'a> {
    Printed { priced, explanation: explain.then(|| pricing::explain(scenario, priced, &Budget::default())) }
}

/// A result in its order of keys, with the explanation behind it if asked for.
#[derive(serde::Serialize)]
struct Printed<'a> {
    #[serde(flatten)]
    priced: &'a PricedBasket,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<pricing::Explanation>,
}

impl std::fmt::Display for Printed<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = if f.alternate() { serde_json::to_string_pretty(self) } else { serde_json::to_string(self) };
        f.write_str(&text.map_err(|_| std::fmt::Error)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCENARIO: &str = r#"{"now": "2026-07-04T09:15:00+02:00", "timezone": "Europe/Berlin", "currency": "EUR", "channel": "online", "basket": [{"line": "1", "category": "adult", "unit_price": "14.00", "quantity": 2}]}"#;

    fn lines(input: &str) -> (bool, Vec<serde_json::Value>) {
        let mut output = Vec::new();
        let all_priced = price_lines(input.as_bytes(), &mut output, false).unwrap();
        let text = String::from_utf8(output).unwrap();
        (all_priced, text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
    }

    #[test]
    fn a_batch_prints_one_line_per_scenario_and_goes_on_after_a_refusal() {
        let (all_priced, results) = lines(&format!("{SCENARIO}\n{{}}\nno json\n\n{SCENARIO}"));
        assert!(!all_priced);
        assert_eq!(results.len(), 4);
        assert_eq!(results[0]["total"], "28.00");
        assert_eq!(results[1], json!({"error": {"path": "now", "message": "is missing"}}));
        assert_eq!(results[2]["error"]["path"], "$");
        assert_eq!(results[3], results[0]);
        assert!(lines(SCENARIO).0);
    }

    #[test]
    fn one_scenario_gives_one_result_and_a_refusal_gives_none() {
        let mut output = Vec::new();
        assert!(price_one(SCENARIO.as_bytes(), &mut output, false).unwrap());
        let text = String::from_utf8(output).unwrap();
        assert!(text.starts_with("{\n  \"total\": \"28.00\",\n  \"original_total\""), "{text}");

        let mut output = Vec::new();
        assert!(!price_one(&b"\xff"[..], &mut output, false).unwrap());
        assert!(output.is_empty());
    }
}
