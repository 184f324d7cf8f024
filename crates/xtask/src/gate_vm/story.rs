//! What happens at the gate, point by point. Each point fails with what it saw.

use super::gate::{self, Reader, Said};
use super::keys::Layout;
use super::machine::Machine;
use super::museum::Museum;
use anyhow::{Context, bail, ensure};
use card::CardDay;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// How long after a block the gate may still admit.
const BLOCK_LIMIT: Duration = Duration::from_secs(5);
const UPLOAD_LIMIT: Duration = Duration::from_mins(1);
/// A card number that no other point uses.
const EXPIRED_CARD: u64 = 900_000;

/// Codes of 200 digits, a key each millisecond: every one is read exactly, or flagged.
pub(super) fn every_code_is_read(machine: &mut Machine, museum: &mut Museum, count: u64) -> anyhow::Result<String> {
    let codes = museum.sign(count);
    let mark = machine.mark();
    let began = Instant::now();
    for (_, code) in &codes {
        machine.run(&Reader::Left.typing(Layout::Us, &format!("{code}!")))?;
    }
    let typed = began.elapsed();
    let said = gate::wait_for_answers(machine, mark, Reader::Left, codes.len(), gate::QUIET)?;
    let flagged = exact_or_flagged(&codes, &said)?;
    let ms = typed.as_millis() / u128::from(count);
    Ok(format!("{count} codes, {flagged} flagged \"scan again\", {ms} ms each"))
}

/// Both readers type at once; neither scan takes a digit of the other.
pub(super) fn two_readers_at_once(machine: &mut Machine, museum: &mut Museum, count: u64) -> anyhow::Result<String> {
    let (left, right) = (museum.sign(count), museum.sign(count));
    let mark = machine.mark();
    let [left_typing, right_typing] =
        [(Reader::Left, &left), (Reader::Right, &right)].map(|(reader, codes)| gate::typing_all(reader, codes));
    machine.run(&format!("({left_typing}) & ({right_typing}) & wait $!; sleep 1"))?;
    let mut flagged = 0;
    for (reader, codes) in [(Reader::Left, &left), (Reader::Right, &right)] {
        let said = gate::wait_for_answers(machine, mark, reader, codes.len(), gate::QUIET)?;
        flagged += exact_or_flagged(codes, &said).with_context(|| format!("the reader {}", reader.name()))?;
    }
    Ok(format!("{count} codes each, {flagged} flagged"))
}

/// Other layouts, keypad digits, Alt codes, what readers put before and behind the code.
pub(super) fn every_layout(machine: &mut Machine, museum: &mut Museum) -> anyhow::Result<String> {
    let settings = [
        (Layout::Us, "]Q1", "!"),
        (Layout::German, "]Q1", ">"),
        (Layout::French, "", "!"),
        (Layout::Keypad, "", "!"),
        (Layout::AltCodes, "", "!"),
        (Layout::Us, "", "!!"),
        (Layout::Us, "", ""),
    ];
    let codes = museum.sign(settings.len() as u64);
    for ((layout, before, after), (card, code)) in settings.iter().zip(&codes) {
        let said = gate::scan(machine, Reader::Right, *layout, &format!("{before}{code}{after}"))?;
        ensure!(said.admits(*card), "{layout:?} with {before:?} and {after:?}: {said:?}");
    }
    Ok(format!("{} settings", settings.len()))
}

/// The gate program stands still while a code is typed: the kernel drops reports, and the scan is flagged.
pub(super) fn lost_reports_are_flagged(machine: &mut Machine, museum: &mut Museum) -> anyhow::Result<String> {
    let [(_, lost), (card, next)] = <[_; 2]>::try_from(museum.sign(2)).ok().context("two codes")?;
    let mark = machine.mark();
    let typing = Reader::Left.typing(Layout::Us, &format!("{lost}!"));
    machine.run(&format!("kill -STOP $(cat /tmp/gate.pid); {typing}; kill -CONT $(cat /tmp/gate.pid)"))?;
    let said = gate::wait_for_answer(machine, mark, Reader::Left.name())?;
    ensure!(said == Said::ScanAgain, "reports were lost, and the gate said {said:?}");
    let said = gate::scan(machine, Reader::Left, Layout::Us, &format!("{next}!"))?;
    ensure!(said.admits(card), "the scan after it: {said:?}");
    Ok("flagged, and the next scan is read".to_owned())
}

/// A reader is pulled out in the middle of a code and plugged into another port.
pub(super) fn unplugged_and_plugged_in_again(machine: &mut Machine, museum: &mut Museum) -> anyhow::Result<String> {
    let [(_, half), (card, whole)] = <[_; 2]>::try_from(museum.sign(2)).ok().context("two codes")?;
    let mark = machine.mark();
    let half = half.get(..70).context("half a code")?;
    machine.run(&Reader::Left.typing(Layout::Us, half))?;
    machine.run("unplug reader0")?;
    let gone = Instant::now();
    machine.wait_for(mark, BLOCK_LIMIT, "the gate to miss its reader", |line| {
        line.contains("the reader was lost").then_some(())
    })?;
    let gone = gone.elapsed();
    let mark = machine.mark();
    let back = Instant::now();
    gate::plug(machine, Reader::Left, 2)?;
    gate::wait_until_grabbed(machine, mark, Reader::Left)?;
    let back = back.elapsed();
    thread::sleep(Duration::from_millis(1_500));
    let said = gate::scan(machine, Reader::Left, Layout::Us, &format!("{whole}!"))?;
    ensure!(said.admits(card), "the half code is glued to the next one: {said:?}");
    Ok(format!("missed after {:.1} s, back after {:.1} s", gone.as_secs_f64(), back.as_secs_f64()))
}

/// A reader that speaks as a serial port is plugged in where the left one was, read, pulled out and plugged in again.
pub(super) fn a_serial_reader(machine: &mut Machine, museum: &mut Museum) -> anyhow::Result<String> {
    for (card, code) in museum.sign(2) {
        let mark = machine.mark();
        machine.run("plug serial 0")?;
        machine
            .wait_for(mark, BLOCK_LIMIT, "the serial reader", |line| line.contains("reader opened").then_some(()))?;
        let mark = machine.mark();
        machine.run(&format!("send {code}"))?;
        let said = gate::wait_for_answer(machine, mark, gate::SERIAL)?;
        ensure!(said.admits(card), "the serial reader: {said:?}");
        machine.run("unplug serial")?;
    }
    Ok("read, pulled out, read again".to_owned())
}

/// The disk is full: the gate goes on, says so, and writes everything down when there is room again.
pub(super) fn a_full_disk(machine: &mut Machine, museum: &mut Museum) -> anyhow::Result<String> {
    machine.run(
        "dd if=/dev/zero of=/data/fill bs=64k 2>/dev/null; dd if=/dev/zero of=/data/rest bs=512 2>/dev/null; sync",
    )?;
    let mark = machine.mark();
    let codes = museum.sign(40);
    for (card, code) in &codes {
        let said = gate::scan(machine, Reader::Right, Layout::Us, &format!("{code}!"))?;
        ensure!(said.admits(*card), "on a full disk: {said:?}");
    }
    let full = machine.lines_since(mark);
    ensure!(
        full.iter().any(|line| line.contains("the journal cannot be written")),
        "nothing was said of the full disk"
    );
    machine.run("rm /data/fill /data/rest; sync")?;
    Ok(format!("{} scans decided, alarm said", codes.len()))
}

/// A block reaches the gate.
pub(super) fn a_block_reaches_the_gate(machine: &mut Machine, museum: &Museum) -> anyhow::Result<String> {
    let ticket = museum.sell_annual_ticket("gate")?;
    let text = format!("{}!", ticket.code);
    // Until the gate has heard of the new card, its signature alone counts.
    let sold = Instant::now();
    loop {
        let said = gate::scan(machine, Reader::Left, Layout::Us, &text)?;
        match said.words() {
            ("attention", "not_yet_collected") => break,
            ("admit", "") if sold.elapsed() < BLOCK_LIMIT => {}
            _ => bail!("before the block: {said:?}"),
        }
    }
    let blocked = Instant::now();
    museum.block(&ticket);
    loop {
        let said = gate::scan(machine, Reader::Left, Layout::Us, &text)?;
        let passed = blocked.elapsed();
        if said.words() == ("refuse", "blocked") {
            ensure!(passed <= BLOCK_LIMIT, "only after {passed:?}");
            return Ok(format!("refused after {:.1} s", passed.as_secs_f64()));
        }
        ensure!(passed < BLOCK_LIMIT, "after {passed:?} the gate still says {said:?}");
    }
}

/// The network is cut for many scans, then mended: every scan arrives, once. A card that was sold meanwhile is admitted.
///
/// The lines behind `begin` tell all scans that this museum's gate ever made.
pub(super) fn the_network_is_cut(
    machine: &mut Machine,
    museum: &mut Museum,
    begin: usize,
    count: u64,
) -> anyhow::Result<String> {
    let before = wait_until_uploaded(machine, museum, || scans_since(machine, begin))?;
    machine.set_network(false)?;
    let mark = machine.mark();
    let sold = museum.sell_day_ticket();
    let said = gate::scan(machine, Reader::Left, Layout::Us, &format!("{sold}!"))?;
    ensure!(said.words() == ("admit", ""), "a card that was sold during the cut: {said:?}");
    let (left, right) = (museum.sign(count / 2), museum.sign(count / 2));
    for (left, right) in left.chunks(10).zip(right.chunks(10)) {
        let typing = [gate::typing_all(Reader::Left, left), gate::typing_all(Reader::Right, right)];
        machine.run(&format!("({}) & ({}); wait $!", typing[0], typing[1]))?;
    }
    gate::wait_for_answers(machine, mark, Reader::Left, left.len() + 1, gate::QUIET)?;
    gate::wait_for_answers(machine, mark, Reader::Right, right.len(), gate::QUIET)?;
    // What was flagged is scanned again, so that the number is whole.
    while gate::scan_ids(&machine.lines_since(mark)).len() <= usize::try_from(count)? {
        let (_, code) = museum.sign(1).pop().context("a code")?;
        gate::scan(machine, Reader::Left, Layout::Us, &format!("{code}!"))?;
    }
    let meanwhile = museum.stored_scans()?;
    ensure!(meanwhile == before, "the network is cut, and the server stored scans: {meanwhile:?} after {before:?}");
    machine.set_network(true)?;
    let mended = Instant::now();
    let stored = wait_until_uploaded(machine, museum, || scans_since(machine, begin))?;
    let offline = stored.0 - before.0;
    Ok(format!("{offline} scans, each stored once, {:.1} s after the network was back", mended.elapsed().as_secs_f64()))
}

/// The plug is pulled while codes are typed without a pause. Answers the ids of all scans that were acknowledged.
pub(super) fn scan_until_the_plug_is_pulled(
    mut machine: Machine,
    museum: &mut Museum,
    acknowledged: usize,
    later: Duration,
) -> anyhow::Result<Vec<String>> {
    machine.set_network(false)?;
    let codes = museum.sign(acknowledged as u64 + 40);
    let mark = machine.mark();
    machine.run(&format!("({}) >/dev/null 2>&1 3>&- &", gate::typing_all(Reader::Left, &codes)))?;
    gate::wait_for_answers(&machine, mark, Reader::Left, acknowledged, Duration::ZERO)?;
    thread::sleep(later);
    let lines = machine.pull_the_plug(mark)?;
    let ids = gate::scan_ids(&lines);
    // Some may have been flagged, and then were no scans.
    ensure!(!ids.is_empty() && ids.len() < codes.len(), "{} scans were acknowledged", ids.len());
    Ok(ids)
}

/// After the power cut: the clock stands a year back, and there is no network.
pub(super) fn a_clock_set_back_admits_nobody(machine: &mut Machine, museum: &mut Museum) -> anyhow::Result<String> {
    let year = machine.run("date +%Y")?;
    let yesterday = CardDay::new(today().days() - 1);
    let expired = museum.sign_until(EXPIRED_CARD, yesterday);
    let said = gate::scan(machine, Reader::Left, Layout::Us, &format!("{expired}!"))?;
    ensure!(said.words() == ("refuse", "expired"), "a card that expired yesterday: {said:?}");
    let [(_, valid)] = <[_; 1]>::try_from(museum.sign(1)).ok().context("a code")?;
    let said = gate::scan(machine, Reader::Left, Layout::Us, &format!("{valid}!"))?;
    ensure!(said.words() == ("attention", "clock_unsure"), "a valid card: {said:?}");
    Ok(format!("the machine's year is {}; expired stays expired, a valid card is told to be looked at", year.trim()))
}

/// How many scans were made since a mark.
pub(super) fn scans_since(machine: &Machine, mark: usize) -> usize {
    gate::scan_ids(&machine.lines_since(mark)).len()
}

/// Waits until the server stored as many scans as were made, each once, and nothing else; answers its counts.
pub(super) fn wait_until_uploaded(
    machine: &Machine,
    museum: &Museum,
    made: impl Fn() -> usize,
) -> anyhow::Result<(i64, i64)> {
    let until = Instant::now() + UPLOAD_LIMIT;
    loop {
        let expected = i64::try_from(made())?;
        let stored = museum.stored_scans()?;
        if stored == (expected, expected) {
            return Ok(stored);
        }
        if Instant::now() > until {
            let tail = machine.lines_since(machine.mark().saturating_sub(10)).join("\n");
            bail!("{expected} scans were made, and the server has {stored:?}; the console said last:\n{tail}");
        }
        thread::sleep(Duration::from_millis(200));
    }
}

/// The ids of all scans in the journal of the gate on this disk, after the file system repaired itself.
pub(super) fn journal_on(disk: &Path, folder: &Path) -> anyhow::Result<Vec<String>> {
    let repaired = std::process::Command::new("e2fsck").args(["-f", "-y"]).arg(disk).output().context("e2fsck")?;
    let code = repaired.status.code();
    ensure!(matches!(code, Some(0 | 1)), "e2fsck ended with {code:?}: {}", String::from_utf8_lossy(&repaired.stdout));
    let copy = tempfile::tempdir_in(folder)?;
    for file in ["journal.db", "journal.db-wal"] {
        let to = copy.path().join(file);
        let command = format!("dump /gate/{file} {}", to.display());
        std::process::Command::new("debugfs").arg("-R").arg(command).arg(disk).output().context("debugfs")?;
    }
    let journal = scanner_agent::store::Journal::open(&copy.path().join("journal.db"))?;
    Ok(journal.unsent(usize::MAX)?.into_iter().map(|event| event.id.to_string()).collect())
}

/// Every answer is a card that was typed, in their order, or "scan again", and none is missing; answers how many were flagged. A code
/// within which the machine stood still is answered in its parts.
fn exact_or_flagged(codes: &[(u64, String)], said: &[Said]) -> anyhow::Result<usize> {
    let mut typed = codes.iter();
    let (exact, flagged): (Vec<_>, Vec<_>) = said.iter().partition(|said| **said != Said::ScanAgain);
    for said in &exact {
        ensure!(typed.any(|(card, _)| said.admits(*card)), "the gate said {said:?}, which was not typed then");
    }
    let answered = exact.len() + flagged.len();
    ensure!(answered >= codes.len(), "{} codes, {} read and {} flagged", codes.len(), exact.len(), flagged.len());
    Ok(flagged.len())
}

#[expect(clippy::disallowed_methods, reason = "the server under test works by the machine's clock")]
fn today() -> CardDay {
    CardDay::clamped_from_date(chrono::Utc::now().date_naive())
}
