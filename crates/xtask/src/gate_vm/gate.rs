//! The gate program in the machine: it is paired, it runs, readers type, and it says on the console what it decided.

use super::keys::Layout;
use super::machine::Machine;
use anyhow::ensure;
use std::thread;
use std::time::{Duration, Instant};

/// From the last key to the line on the console, also when other work keeps the machine busy.
const ANSWER_LIMIT: Duration = Duration::from_secs(30);
/// After such a pause no more answers to what was typed come.
pub(super) const QUIET: Duration = Duration::from_secs(1);
/// A machine that is busy with other work may lose key reports more than once.
const ATTEMPTS_MAX: usize = 5;
const READY_LIMIT: Duration = Duration::from_mins(1);

/// The name of the reader that speaks as a serial port.
pub(super) const SERIAL: &str = "desk";

/// A USB reader of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// The one that the gate calls `left`.
    Left,
    /// The one that the gate calls `right`.
    Right,
}

/// What the gate answered to one scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// A verdict.
    Verdict {
        /// The id under which the journal has it.
        scan: String,
        /// `admit`, `attention` or `refuse`.
        verdict: String,
        /// Why it is no plain admission; else empty.
        reason: String,
        /// The card, if the code told which one.
        card_id: Option<u64>,
    },
    /// Key reports were lost, and it said so.
    ScanAgain,
}

impl Reader {
    pub(super) const BOTH: [Self; 2] = [Self::Left, Self::Right];

    /// Its name at the gate.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
        }
    }

    /// Its number in the guest; the port it hangs on at first.
    pub(super) const fn number(self) -> u8 {
        match self {
            Self::Left => 0,
            Self::Right => 1,
        }
    }

    const fn serial(self) -> &'static str {
        match self {
            Self::Left => "READER-A",
            Self::Right => "READER-B",
        }
    }

    /// The command that types a text.
    pub(super) fn typing(self, layout: Layout, text: &str) -> String {
        format!("scan {} {} '{text}'", self.number(), layout.name())
    }
}

impl Said {
    /// What a line of the console says of a scan of this reader, if it does.
    pub(super) fn of_line(line: &str, reader: &str) -> Option<Self> {
        if field(line, "reader")? != reader {
            return None;
        }
        if line.contains("please scan again") {
            return Some(Self::ScanAgain);
        }
        Some(Self::Verdict {
            scan: field(line, "scan")?.to_owned(),
            verdict: field(line, "verdict")?.to_owned(),
            reason: field(line, "reason")?.to_owned(),
            card_id: field(line, "card_id").and_then(|id| id.parse().ok()),
        })
    }

    /// The verdict, and the reason if there is one.
    pub(super) fn words(&self) -> (&str, &str) {
        match self {
            Self::Verdict { verdict, reason, .. } => (verdict, reason),
            Self::ScanAgain => ("scan again", ""),
        }
    }

    /// Whether it admits this card without a word.
    pub(super) fn admits(&self, card: u64) -> bool {
        matches!(self, Self::Verdict { verdict, card_id, .. } if verdict == "admit" && *card_id == Some(card))
    }
}

/// Pairs the gate in its folder `home`, with both readers set up by their serial numbers, and the serial one.
pub(super) fn pair(machine: &mut Machine, home: &str, (server, code): &(String, String)) -> anyhow::Result<()> {
    machine.run(&format!("export SCANNER_AGENT_HOME={home}; mkdir -p {home}; chmod 700 {home}"))?;
    let [left, right] = Reader::BOTH
        .map(|reader| format!("[[readers]]\\nname = \"{}\"\\nserial = \"{}\"\\n", reader.name(), reader.serial()));
    let serial = format!("[[readers]]\\nname = \"{SERIAL}\"\\nserial_port = \"/dev/ttyACM0\"\\n");
    machine.run(&format!("printf '{left}{right}{serial}' >{home}/config.toml"))?;
    let paired = machine.run(&format!("scanner-agent pair {server} {code} 2>/dev/ttyS0"))?;
    ensure!(paired.contains("paired"), "the gate is not paired: {paired}");
    Ok(())
}

/// Starts the gate program and waits until it has the readers that are plugged in.
pub(super) fn start(machine: &mut Machine, readers: &[Reader]) -> anyhow::Result<()> {
    let mark = machine.mark();
    machine.run("start_gate")?;
    readers.iter().try_for_each(|reader| wait_until_grabbed(machine, mark, *reader))
}

/// Plugs a reader into a port.
pub(super) fn plug(machine: &mut Machine, reader: Reader, port: u8) -> anyhow::Result<()> {
    machine.run(&format!("plug reader{} {port}", reader.number())).map(drop)
}

/// Waits until the gate has taken a reader for itself.
pub(super) fn wait_until_grabbed(machine: &Machine, mark: usize, reader: Reader) -> anyhow::Result<()> {
    machine.wait_for(mark, READY_LIMIT, "the gate to take its reader", |line| {
        (line.contains("reader grabbed") && field(line, "reader") == Some(reader.name())).then_some(())
    })
}

/// Types a text and waits for what the gate says to it. Asked to scan again, it does so, as a person would.
pub(super) fn scan(machine: &mut Machine, reader: Reader, layout: Layout, text: &str) -> anyhow::Result<Said> {
    let mut said = Said::ScanAgain;
    for _ in 0..ATTEMPTS_MAX {
        let mark = machine.mark();
        machine.run(&reader.typing(layout, text))?;
        said = wait_for_answer(machine, mark, reader.name())?;
        if said != Said::ScanAgain {
            break;
        }
    }
    Ok(said)
}

/// Waits for the first answer behind the mark.
pub(super) fn wait_for_answer(machine: &Machine, mark: usize, reader: &str) -> anyhow::Result<Said> {
    machine.wait_for(mark, ANSWER_LIMIT, "an answer", |line| Said::of_line(line, reader))
}

/// What the gate said to a reader in these lines.
pub(super) fn answers(lines: &[String], reader: Reader) -> Vec<Said> {
    lines.iter().filter_map(|line| Said::of_line(line, reader.name())).collect()
}

/// Waits until as many scans of a reader were answered, and no more answers come for a time.
pub(super) fn wait_for_answers(
    machine: &Machine,
    mark: usize,
    reader: Reader,
    count: usize,
    quiet: Duration,
) -> anyhow::Result<Vec<Said>> {
    let mut seen = Vec::new();
    let began = Instant::now();
    let mut last = began;
    while seen.len() < count || last.elapsed() < quiet {
        ensure!(began.elapsed() < ANSWER_LIMIT, "{} of {count} scans were answered: {seen:?}", seen.len());
        thread::sleep(Duration::from_millis(50));
        let now = answers(&machine.lines_since(mark), reader);
        if now.len() > seen.len() {
            last = Instant::now();
        }
        seen = now;
    }
    Ok(seen)
}

/// The ids of all scans in these lines, as the journal has them. A second reading of a scan has none.
pub(super) fn scan_ids(lines: &[String]) -> Vec<String> {
    let id =
        |line: &String| field(line, "verdict").and(field(line, "scan")).filter(|id| !id.is_empty()).map(str::to_owned);
    lines.iter().filter_map(id).collect()
}

/// The value behind `name=` in a line of the log, without quotes.
fn field<'l>(line: &'l str, name: &str) -> Option<&'l str> {
    let at = line
        .match_indices(name)
        .find(|(at, _)| line[..*at].ends_with(' ') && line[at + name.len()..].starts_with('='))?;
    let value = &line[at.0 + name.len() + 1..];
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split(' ').next(),
    }
}

/// Types texts one after the other without waiting for the answers: one command.
pub(super) fn typing_all(reader: Reader, texts: &[(u64, String)]) -> String {
    let each = texts.iter().map(|(_, text)| reader.typing(Layout::Us, &format!("{text}!")));
    each.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_log_are_read() {
        let line = r#"2026-11-21T18:12:30Z  INFO scanner_agent::run: decided reader="left" scan="01a1" verdict="refuse" reason="blocked" card_id="92""#;
        let said = Said::of_line(line, "left").expect("a verdict");
        assert_eq!((said.words(), said.admits(92)), (("refuse", "blocked"), false));
        assert_eq!(Said::of_line(line, "right"), None);
        assert_eq!(scan_ids(&[line.to_owned()]), ["01a1"]);
        let lost = r#"WARN scanner_agent::run: key reports were lost: please scan again reader="left""#;
        assert_eq!(Said::of_line(lost, "left"), Some(Said::ScanAgain));
    }
}
