//! QR codes and Code 128 as rectangles whose edges lie on printer dots.
//!
//! Neighbouring modules are merged, and a code is drawn as one shape, so that a printer lays it down in one go, as pure black. Quiet
//! zones are part of the room that a code asks for.

use barcoders::sym::code39::Code39;
use barcoders::sym::code128::Code128;
use barcoders::sym::ean8::EAN8;
use barcoders::sym::ean13::EAN13;
use qrcode::bits::Bits;
use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::{Color, EcLevel, Version, bits, ec};

use crate::geometry::{Frame, Point, at};
use crate::qr_penalty;

/// Modules on each side of a card's QR code: version 5 holds 200 digits at error correction M.
pub(crate) const CARD_QR_MODULES: u32 = 37;

/// Modules of a 14-digit card number as Code 128 C: start, seven pairs, check, stop.
pub(crate) const CARD_NUMBER_MODULES: u32 = 112;

/// Modules of a 14-digit card number as Code 39: sixteen signs of twelve modules, a blank one between.
pub(crate) const CARD_NUMBER_MODULES_39: u32 = 16 * 13 - 1;

/// The masks of QR codes.
const MASKS: [MaskPattern; 8] = [
    MaskPattern::Checkerboard,
    MaskPattern::HorizontalLines,
    MaskPattern::VerticalLines,
    MaskPattern::DiagonalLines,
    MaskPattern::LargeCheckerboard,
    MaskPattern::Fields,
    MaskPattern::Diamonds,
    MaskPattern::Meadow,
];

/// Forgives rounding when millimetres are counted in dots.
pub(crate) const DOT_SLACK: f64 = 1e-3;

/// A kind of bar code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Symbology {
    Code128,
    Code39,
    Ean13,
    Ean8,
}

impl Symbology {
    /// The modules of what such a code usually carries: a card number, or the digits of an EAN.
    pub(crate) fn usual_modules(self) -> u32 {
        match self {
            Self::Code128 => CARD_NUMBER_MODULES,
            Self::Code39 => CARD_NUMBER_MODULES_39,
            Self::Ean13 => 95,
            Self::Ean8 => 67,
        }
    }

    /// One number per module, 1 for dark. An EAN comes with its check digit, which must be right.
    fn encode(self, text: &str) -> Option<Vec<u8>> {
        let digits = |count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
        let bars = match self {
            Self::Code128 => encode_code128(text)?,
            Self::Code39 => Code39::new(text).ok()?.encode(),
            Self::Ean13 if digits(13) => EAN13::new(text).ok()?.encode(),
            Self::Ean8 if digits(8) => EAN8::new(text).ok()?.encode(),
            Self::Ean13 | Self::Ean8 => return None,
        };
        Some(bars)
    }
}

/// Why a code cannot be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeRefusal {
    /// The text cannot be written in this kind of code.
    Unwritable,
    /// The box is too small for modules of the needed width.
    TooSmall,
}

/// What a code asks of its place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CodePlace {
    pub(crate) frame: Frame,
    /// Quiet modules on each side.
    pub(crate) quiet: u32,
    /// Narrowest module in millimetres.
    pub(crate) module_min: f64,
    /// Printer dots per inch that module edges are snapped to, if at all.
    pub(crate) snap_dpi: Option<f64>,
}

impl CodePlace {
    /// Width of a module for `modules` modules in `room` millimetres.
    fn module(&self, modules: u32, room: f64) -> Result<f64, CodeRefusal> {
        let module = room / f64::from(modules + 2 * self.quiet);
        let module = match self.snap_dpi {
            Some(dpi) => (module * dpi / 25.4 + DOT_SLACK).floor() * 25.4 / dpi,
            None => module,
        };
        if module + 1e-6 < self.module_min { Err(CodeRefusal::TooSmall) } else { Ok(module) }
    }

    /// The nearest dot edge to a distance from the card's edge.
    fn snapped(&self, distance: f64) -> f64 {
        self.snap_dpi.map_or(distance, |dpi| (distance * dpi / 25.4).round() * 25.4 / dpi)
    }
}

/// The dark parts of a code, in cells of its own grid: few digits in a print file, and edges that fall on dots.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CodeBlocks {
    /// Upper left corner in millimetres.
    pub(crate) origin: Point,
    /// Width and height of a cell in millimetres.
    pub(crate) cell: (f64, f64),
    /// `[x, y, width, height]` in cells.
    pub(crate) blocks: Vec<[u16; 4]>,
}

impl CodeBlocks {
    /// The blocks in millimetres.
    pub(crate) fn frames(&self) -> impl Iterator<Item = Frame> {
        let (across, down) = self.cell;
        self.blocks.iter().map(move |block| {
            let [x, y, width, height] = block.map(f64::from);
            Frame::new(self.origin.x + x * across, self.origin.y + y * down, width * across, height * down)
        })
    }
}

/// Draws a QR code, centred in its place.
pub(crate) fn qr(text: &str, level: EcLevel, place: &CodePlace) -> Result<CodeBlocks, CodeRefusal> {
    let Modules { side, dark } = encode_qr(text, level).ok_or(CodeRefusal::Unwritable)?;
    let module = place.module(side.into(), place.frame.width.min(place.frame.height))?;
    let extent = module * f64::from(side);
    let left = place.snapped(place.frame.x + (place.frame.width - extent) / 2.0);
    let top = place.snapped(place.frame.y + (place.frame.height - extent) / 2.0);
    let rows = dark.chunks(side.into()).map(|row| runs(row.iter().copied())).collect();
    Ok(CodeBlocks { origin: at(left, top), cell: (module, module), blocks: merged(rows) })
}

/// Draws a Code 128, centred across its place and as high as it.
pub(crate) fn code128(text: &str, place: &CodePlace) -> Result<CodeBlocks, CodeRefusal> {
    barcode(text, Symbology::Code128, place)
}

/// Draws a bar code, centred across its place and as high as it.
pub(crate) fn barcode(text: &str, symbology: Symbology, place: &CodePlace) -> Result<CodeBlocks, CodeRefusal> {
    let bars = symbology.encode(text).ok_or(CodeRefusal::Unwritable)?;
    let count = u16::try_from(bars.len()).map_err(|_| CodeRefusal::Unwritable)?;
    let module = place.module(count.into(), place.frame.width)?;
    let left = place.snapped(place.frame.x + (place.frame.width - module * f64::from(count)) / 2.0);
    let top = place.snapped(place.frame.y);
    let height = place.snapped(place.frame.bottom()) - top;
    let blocks = runs(bars.iter().map(|bar| *bar == 1)).into_iter().map(|(start, end)| [start, 0, end - start, 1]);
    Ok(CodeBlocks { origin: at(left, top), cell: (module, height), blocks: blocks.collect() })
}

/// The modules of a QR code, row by row.
struct Modules {
    /// Modules on each side.
    side: u16,
    dark: Vec<bool>,
}

/// Digits in numeric mode and the smallest version that holds them; anything else as the library sees fit.
fn encode_qr(text: &str, level: EcLevel) -> Option<Modules> {
    let bits = if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        bits::encode_auto(text.as_bytes(), level).ok()?
    } else {
        (1..=40).find_map(|version| {
            let mut bits = Bits::new(Version::Normal(version));
            bits.push_numeric_data(text.as_bytes()).ok()?;
            bits.push_terminator(level).ok()?;
            Some(bits)
        })?
    };
    let version = bits.version();
    let (data, correction) = ec::construct_codewords(&bits.into_bytes(), version, level).ok()?;
    let mut canvas = Canvas::new(version, level);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    let side = u16::try_from(version.width()).ok()?;
    let masked = MASKS.iter().map(|mask| {
        let mut canvas = canvas.clone();
        canvas.apply_mask(*mask);
        canvas.into_colors().into_iter().map(|color| color == Color::Dark).collect::<Vec<bool>>()
    });
    let dark = masked.min_by_key(|dark| qr_penalty::penalty(dark, side.into()))?;
    Some(Modules { side, dark })
}

/// Digits in pairs with set C, anything else that ASCII can show with set B.
fn encode_code128(text: &str) -> Option<Vec<u8>> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let printable = text.bytes().all(|byte| (0x20..0x7F).contains(&byte));
    if text.is_empty() || !printable {
        return None;
    }
    let set = if digits && text.len().is_multiple_of(2) { '\u{106}' } else { '\u{181}' };
    Code128::new(format!("{set}{text}")).ok().map(|code| code.encode())
}

/// Stretches of dark modules as (first, one past the last).
fn runs(modules: impl Iterator<Item = bool>) -> Vec<(u16, u16)> {
    let mut found: Vec<(u16, u16)> = Vec::new();
    for (index, dark) in (0..).zip(modules) {
        match found.last_mut() {
            Some(run) if dark && run.1 == index => run.1 = index + 1,
            _ if dark => found.push((index, index + 1)),
            _ => {}
        }
    }
    found
}

/// Joins equal stretches of neighbouring rows into blocks of [x, y, width, height].
fn merged(rows: Vec<Vec<(u16, u16)>>) -> Vec<[u16; 4]> {
    let mut blocks: Vec<[u16; 4]> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (y, row) in (0..).zip(rows) {
        let mut still_open = Vec::with_capacity(row.len());
        for (start, end) in row {
            let above = open.iter().copied().find(|at| blocks[*at][0] == start && blocks[*at][2] == end - start);
            if let Some(at) = above {
                blocks[at][3] += 1;
                still_open.push(at);
            } else {
                still_open.push(blocks.len());
                blocks.push([start, y, end - start, 1]);
            }
        }
        open = still_open;
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOT: f64 = 25.4 / 300.0;

    fn place(width: f64, height: f64, quiet: u32) -> CodePlace {
        CodePlace { frame: Frame::new(7.3, 9.1, width, height), quiet, module_min: 0.25, snap_dpi: Some(300.0) }
    }

    fn on_dots(code: &CodeBlocks) -> bool {
        let edges = code.frames().flat_map(|block| [block.x, block.y, block.right(), block.bottom()]);
        edges.map(|edge| edge / DOT).all(|dots| (dots - dots.round()).abs() < 1e-6)
    }

    fn width(code: &CodeBlocks) -> f64 {
        let left = code.frames().map(|block| block.x).fold(f64::MAX, f64::min);
        code.frames().map(|block| block.right()).fold(f64::MIN, f64::max) - left
    }

    #[test]
    fn a_cards_code_has_version_five_and_modules_of_five_dots() {
        let digits = "1234567890".repeat(20);
        let code = encode_qr(&digits, EcLevel::M).expect("200 digits");
        assert_eq!(u32::from(code.side), CARD_QR_MODULES);
        let blocks = qr(&digits, EcLevel::M, &place(19.05, 19.05, 4)).expect("fits");
        assert!((width(&blocks) - 37.0 * 5.0 * DOT).abs() < 1e-9);
        assert!(on_dots(&blocks));
    }

    #[test]
    fn a_card_number_has_bars_of_three_dots() {
        let blocks = code128("01234567890123", &place(33.6, 8.0, 10)).expect("fits");
        assert!((width(&blocks) - f64::from(CARD_NUMBER_MODULES) * 3.0 * DOT).abs() < 1e-9);
        assert!(on_dots(&blocks));
    }

    #[test]
    fn other_bar_codes_have_their_width_and_their_alphabet() {
        for (symbology, text, modules) in [
            (Symbology::Code39, "01234567890123", Some(CARD_NUMBER_MODULES_39)),
            (Symbology::Code39, "klein", None),
            (Symbology::Ean13, "4006381333931", Some(95)),
            (Symbology::Ean13, "4006381333932", None),
            (Symbology::Ean13, "400638133393", None),
            (Symbology::Ean8, "96385074", Some(67)),
            (Symbology::Ean8, "9638507A", None),
        ] {
            let drawn = barcode(text, symbology, &place(80.0, 8.0, 10));
            let drawn = drawn.map(|code| (width(&code) / code.cell.0).round());
            assert_eq!(drawn.ok(), modules.map(f64::from), "{symbology:?} {text}");
            assert!(modules.is_none_or(|modules| modules == symbology.usual_modules()));
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(qr("1", EcLevel::M, &place(5.0, 5.0, 4)), Err(CodeRefusal::TooSmall));
        assert_eq!(code128("01234567890123", &place(33.0, 8.0, 10)), Err(CodeRefusal::TooSmall));
        assert_eq!(code128("Jürgen", &place(60.0, 8.0, 10)), Err(CodeRefusal::Unwritable));
        assert_eq!(code128("", &place(60.0, 8.0, 10)), Err(CodeRefusal::Unwritable));
        assert_eq!(qr(&"9".repeat(8000), EcLevel::M, &place(60.0, 60.0, 4)), Err(CodeRefusal::Unwritable));
    }

    proptest::proptest! {
        #[test]
        fn merged_blocks_cover_exactly_the_dark_modules(
            grid in proptest::collection::vec(proptest::collection::vec(proptest::prelude::any::<bool>(), 9), 9)
        ) {
            let rows = grid.iter().map(|row| runs(row.iter().copied())).collect();
            let mut covered = vec![vec![0_u16; 9]; 9];
            for [x, y, width, height] in merged(rows) {
                for row in &mut covered[y.into()..(y + height).into()] {
                    for module in &mut row[x.into()..(x + width).into()] {
                        *module += 1;
                    }
                }
            }
            for (row, counts) in grid.iter().zip(&covered) {
                for (dark, count) in row.iter().zip(counts) {
                    proptest::prop_assert_eq!(u16::from(*dark), *count);
                }
            }
        }
    }
}
