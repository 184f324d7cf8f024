//! `cargo xtask bench-print`: how fast cards become print files, how large they are, and how much memory that takes.
//!
//! Each card has both sides, its own photo of 60 kB, QR code and bar code, in the layout that ships. Photos are made
//! before the clock starts. The clock counts CPU time, so that the figure means something on a busy machine.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, ensure};
use card_face::{
    CARDS_PER_JOB_MAX, CardData, Composer, FileInfo, Fonts, Holder, NoAssets, PageEdge, Side, builtin, cards_pdf,
    parse_layout, preview_png, sample_portrait,
};
use clap::Args;

/// Size of each photo.
pub(crate) const PHOTO_BYTES: usize = 60_000;
/// Different portraits; photos that show the same person differ in their bytes all the same.
const PORTRAITS: u64 = 8;
const PREVIEWS: u32 = 20;
const NAMES: [(&str, &str); 6] = [
    ("Zoë", "Müller-Nguyễn"),
    ("Łukasz", "Wiśniewski"),
    ("Ελένη", "Παπαδοπούλου"),
    ("Юлия", "Щербакова"),
    ("Maximiliane Friederike", "von Hohenzollern-Sigmaringen"),
    ("Minh", "Đặng Trần"),
];

#[derive(Debug, Args)]
pub(crate) struct BenchPrintArgs {
    /// How many cards to print
    #[arg(long, default_value_t = 1_000)]
    cards: usize,
}

pub(crate) fn run(args: &BenchPrintArgs) -> anyhow::Result<()> {
    let layout = parse_layout(builtin::MAT, &NoAssets).map_err(|findings| anyhow::anyhow!("{findings:?}"))?;
    let composer = Composer::new(&layout, &Fonts::bundled())?;
    let portraits: Vec<Vec<u8>> = (1..=PORTRAITS).map(sample_portrait).collect();
    let folder = tempfile::tempdir()?;
    let (mut busy_secs, mut bytes) = (0.0, 0);
    let started = Instant::now();
    for first in (0..args.cards).step_by(CARDS_PER_JOB_MAX) {
        let count = CARDS_PER_JOB_MAX.min(args.cards - first);
        let people: Vec<CardData> = (first..first + count).map(|number| person(number, &portraits)).collect();
        let before = cpu_secs()?;
        let cards = people.iter().map(|data| composer.compose(data)).collect::<Result<Vec<_>, _>>()?;
        let info = FileInfo { title: format!("bench {first}"), created_ms: 0 };
        let file = cards_pdf(&cards, PageEdge::Trim, &info)?;
        std::fs::write(folder.path().join(format!("cards-{first:06}.pdf")), &file)?;
        busy_secs += cpu_secs()? - before;
        bytes += file.len();
    }
    ensure!(args.cards > 0, "there are no cards to print");
    report("cards", format!("{} in files of {CARDS_PER_JOB_MAX}", args.cards));
    report("cards per CPU second", format!("{:.0}", per(args.cards, busy_secs)));
    report("wall clock", format!("{:.1} s, photos included", started.elapsed().as_secs_f64()));
    report("bytes per card", format!("{}, of which the photo {PHOTO_BYTES}", bytes / args.cards));
    report("peak memory", format!("{} MB", crate::figures::peak_memory_kb(std::process::id())? / 1_024));
    report("preview of one side", format!("{:.1} ms of CPU time", preview_ms(&composer, &portraits)?));
    Ok(())
}

fn report(what: &str, figure: impl AsRef<str>) {
    println!("{what:<22} {}", figure.as_ref());
}

#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
fn per(count: usize, seconds: f64) -> f64 {
    count as f64 / seconds
}

/// A card of its own for each number.
fn person(number: usize, portraits: &[Vec<u8>]) -> CardData {
    let (given_name, family_name) = NAMES[number % NAMES.len()];
    CardData {
        number: format!("{:014}", 10_000_000_000 + number * 97),
        code: (0..200).map(|at| char::from(b"0123456789"[(at * at + at * 7 + number) % 10])).collect(),
        holder: Holder {
            given_name: Some(given_name.to_owned()),
            family_name: Some(family_name.to_owned()),
            birth_date: None,
        },
        product_name: "Jahreskarte".to_owned(),
        category_name: "Erwachsene".to_owned(),
        reduced: false,
        valid_from: "2026-11-21".to_owned(),
        valid_until: "2027-11-20".to_owned(),
        houses: vec!["Stadtmuseum".to_owned(), "Schloss".to_owned()],
        photo_jpeg: Some(filled_up(&portraits[number % portraits.len()], number)),
        language: "de".to_owned(),
    }
}

/// A JPEG brought to [`PHOTO_BYTES`] by a comment, which differs with the number.
pub(crate) fn filled_up(jpeg: &[u8], number: usize) -> Vec<u8> {
    let filler = PHOTO_BYTES.saturating_sub(jpeg.len() + 2);
    let mut filled = Vec::with_capacity(PHOTO_BYTES);
    filled.extend_from_slice(&jpeg[..2]);
    filled.extend([0xFF, 0xFE]);
    filled.extend(u16::try_from(filler).unwrap_or(u16::MAX).to_be_bytes());
    let mut state = number as u64 + 1;
    filled.extend((2..filler).map(|_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    }));
    filled.extend_from_slice(&jpeg[2..]);
    filled
}

fn preview_ms(composer: &Composer, portraits: &[Vec<u8>]) -> anyhow::Result<f64> {
    let card = composer.compose(&person(0, portraits))?;
    let before = cpu_secs()?;
    for _ in 0..PREVIEWS {
        preview_png(&card, Side::Front, 300)?;
    }
    Ok((cpu_secs()? - before) * 1000.0 / f64::from(PREVIEWS))
}

/// Time that this thread, the only busy one, spent on a processor.
fn cpu_secs() -> anyhow::Result<f64> {
    let stat = read("/proc/self/schedstat")?;
    let nanoseconds: f64 = stat.split_whitespace().next().context("an empty schedstat")?.parse()?;
    Ok(nanoseconds / 1e9)
}

fn read(file: &str) -> anyhow::Result<String> {
    std::fs::read_to_string(Path::new(file)).with_context(|| format!("{file}: the bench runs on Linux"))
}
