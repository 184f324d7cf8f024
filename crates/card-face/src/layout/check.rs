//! Measures that a layout must keep before a museum can agree to it.
//!
//! A draft may break them; a layout that is proposed or agreed may not.

use super::elements::Palette;
use super::reader::Table;
use super::{BarcodeElement, CardFormat, QrElement};
use crate::codes;
use crate::geometry::Frame;
use crate::picture::Picture;

/// Fewest printer dots to a module of a QR code.
const MODULE_DOTS_MIN: f64 = 4.0;

/// Resolution that a picture of the layout must have at its printed size.
const IMAGE_DPI_MIN: f64 = 300.0;

/// Corners and safe areas must leave something of the card.
pub(super) fn card_format(table: &Table<'_, '_>, card: &CardFormat) {
    if card.safe * 2.0 >= card.width.min(card.height) {
        table.note("safe", "out_of_range", "the safe area leaves nothing of the card");
    }
}

/// Artwork stays within the bleed.
pub(super) fn in_bleed(table: &Table<'_, '_>, key: &str, frame: &Frame, palette: &Palette) {
    let card = &palette.card;
    let limit = Frame::new(0.0, 0.0, card.width, card.height).grown(card.bleed);
    if palette.strict && !frame.within(&limit) {
        let message = format!("it reaches more than the bleed of {} mm beyond the card", card.bleed);
        table.note(key, "outside_bleed", message);
    }
}

/// Texts and codes keep their distance from the edge.
pub(super) fn in_safe_area(table: &Table<'_, '_>, key: &str, frame: &Frame, palette: &Palette) {
    let card = &palette.card;
    let limit = Frame::new(0.0, 0.0, card.width, card.height).grown(-card.safe);
    if palette.strict && !frame.within(&limit) {
        let message = format!("it comes nearer to the edge than the safe distance of {} mm", card.safe);
        table.note(key, "outside_safe_area", message);
    }
}

/// A card's code of 200 digits fits the box with modules that a printer can print and a gate can read.
pub(super) fn qr_modules(table: &Table<'_, '_>, element: &QrElement, palette: &Palette) {
    if !palette.strict {
        return;
    }
    let modules = f64::from(codes::CARD_QR_MODULES + 2 * element.quiet);
    let room = element.frame.width.min(element.frame.height);
    let dots = (room / modules * palette.card.dpi / 25.4 + codes::DOT_SLACK).floor();
    let module = dots * 25.4 / palette.card.dpi;
    if dots < MODULE_DOTS_MIN || module < element.min_module {
        let message = format!("a card's code gets modules of {dots} dots, {module:.2} mm: too small to be read");
        table.note("box", "module_too_small", message);
    }
}

/// The bars of a card number fit the box with the width that readers need.
pub(super) fn bar_width(table: &Table<'_, '_>, element: &BarcodeElement, palette: &Palette) {
    if !palette.strict {
        return;
    }
    let modules = f64::from(element.symbology.usual_modules() + 2 * element.quiet);
    let dots = (element.frame.width / modules * palette.card.dpi / 25.4 + codes::DOT_SLACK).floor();
    let narrow = dots * 25.4 / palette.card.dpi;
    if narrow < element.min_x {
        let message = format!("its code gets bars of {narrow:.2} mm: at least {} mm are needed", element.min_x);
        table.note("box", "module_too_small", message);
    }
}

/// A picture has enough pixels for its box.
pub(super) fn image_resolution(table: &Table<'_, '_>, frame: &Frame, picture: &Picture, palette: &Palette) {
    let (width, height) = picture.size();
    let dpi = (f64::from(width) / frame.width).min(f64::from(height) / frame.height) * 25.4;
    if palette.strict && dpi + 0.5 < IMAGE_DPI_MIN {
        table.note("asset", "image_too_small", format!("it has {dpi:.0} dpi in this box: {IMAGE_DPI_MIN} are needed"));
    }
}
