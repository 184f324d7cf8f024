//! What stands on a side: texts, photo, pictures, codes and shapes.

use std::collections::{BTreeMap, BTreeSet};

use super::condition::Condition;
use super::reader::Table;
use super::template::Template;
use super::{
    Align, BarcodeElement, BarcodeText, CardFormat, Element, ElementKind, Fit, Ink, LetterCase, Mask, PhotoElement,
    QrElement, ShapeElement, SideLayout, TextElement, Variable, VerticalAlign, When, check, outline,
};
use crate::codes::Symbology;
use crate::geometry::{Frame, Outline, Step, at};
use crate::picture::Picture;

/// How deep groups may nest.
const GROUP_DEPTH_MAX: usize = 4;

/// What the sections before the sides defined.
pub(super) struct Palette {
    pub(super) fonts: BTreeSet<String>,
    pub(super) inks: BTreeMap<String, Ink>,
    pub(super) assets: BTreeMap<String, Picture>,
    pub(super) card: CardFormat,
    /// Whether the checks of a proposed layout apply; a draft may still be wrong in its measures.
    pub(super) strict: bool,
}

pub(super) fn read_side(table: &Table<'_, '_>, palette: &Palette) -> SideLayout {
    let rotate = table.integer("rotate", 0..=180).unwrap_or(0);
    if rotate != 0 && rotate != 180 {
        table.note("rotate", "unknown_value", "a side is turned by 0 or 180 degrees");
    }
    let elements = read_elements(table, palette, 0);
    table.finish();
    SideLayout { upside_down: rotate == 180, elements }
}

fn read_elements(table: &Table<'_, '_>, palette: &Palette, depth: usize) -> Vec<Element> {
    table.tables("elements").iter().filter_map(|element| read_element(element, palette, depth)).collect()
}

fn read_element(table: &Table<'_, '_>, palette: &Palette, depth: usize) -> Option<Element> {
    type Read = fn(&Table<'_, '_>, &Palette) -> Option<ElementKind>;
    const KINDS: [(&str, Option<Read>); 7] = [
        ("text", Some(read_text)),
        ("image", Some(read_image)),
        ("photo", Some(read_photo)),
        ("qr", Some(read_qr)),
        ("barcode", Some(read_barcode)),
        ("shape", Some(read_shape)),
        ("group", None),
    ];
    if !table.has("type") {
        table.text_needed("type");
        return None;
    }
    let read = table.choice("type", &KINDS)?;
    let when = table.text("when").and_then(|text| match Condition::parse(text) {
        Ok(condition) => Some(When { text: text.to_owned(), condition, place: table.place("when") }),
        Err(message) => {
            table.note("when", "bad_condition", message);
            None
        }
    });
    let kind = match read {
        Some(read) => read(table, palette),
        None if depth >= GROUP_DEPTH_MAX => {
            table.note("type", "too_deep", format!("groups nest at most {GROUP_DEPTH_MAX} levels"));
            None
        }
        None => Some(ElementKind::Group(read_elements(table, palette, depth + 1))),
    };
    if kind.is_some() {
        table.finish();
    }
    let key = ["text", "data"].into_iter().find(|key| table.has(key)).unwrap_or("type");
    Some(Element { when, kind: kind?, place: table.place(key) })
}

fn read_frame(table: &Table<'_, '_>) -> Option<Frame> {
    if !table.has("box") {
        table.note("box", "missing_key", "`box` is needed here");
        return None;
    }
    let [x, y, width, height] = table.numbers::<4>("box")?;
    if [x, y, width, height].iter().any(|part| part.abs() > 1000.0) || width <= 0.0 || height <= 0.0 {
        table.note("box", "out_of_range", "a box is [x, y, width, height] in millimetres with a width and a height");
        return None;
    }
    Some(Frame::new(x, y, width, height))
}

fn read_ink(table: &Table<'_, '_>, key: &'static str, palette: &Palette) -> Option<Ink> {
    let name = table.text(key)?;
    let ink = palette.inks.get(name).copied();
    if ink.is_none() {
        table.note(key, "unknown_color", format!("the colour `{name}` is not defined"));
    }
    ink
}

/// A colour that may be switched off by `none`.
fn read_background(table: &Table<'_, '_>, palette: &Palette) -> Option<Ink> {
    if !table.has("background") {
        return Some(Ink::WHITE);
    }
    if table.text("background") == Some("none") { None } else { read_ink(table, "background", palette) }
}

fn read_font(table: &Table<'_, '_>, palette: &Palette) -> Option<String> {
    let name = if table.has("font") { table.text("font")? } else { "regular" };
    if palette.fonts.contains(name) {
        return Some(name.to_owned());
    }
    table.note("font", "unknown_font", format!("the font `{name}` is not defined"));
    None
}

fn read_template(table: &Table<'_, '_>, key: &'static str, text: &str) -> Option<Template> {
    match Template::parse(text) {
        Ok(template) => Some(template),
        Err(message) => {
            table.note(key, "unknown_variable", message);
            None
        }
    }
}

fn read_data(table: &Table<'_, '_>) -> Option<Template> {
    let text = table.text_needed("data")?;
    read_template(table, "data", text)
}

fn read_text(table: &Table<'_, '_>, palette: &Palette) -> Option<ElementKind> {
    const FITS: [(&str, Fit); 4] =
        [("shrink", Fit::Shrink), ("wrap", Fit::Wrap), ("clip", Fit::Clip), ("error", Fit::Error)];
    const ALIGNS: [(&str, Align); 3] = [("left", Align::Left), ("center", Align::Center), ("right", Align::Right)];
    const VALIGNS: [(&str, VerticalAlign); 4] = [
        ("top", VerticalAlign::Top),
        ("middle", VerticalAlign::Middle),
        ("bottom", VerticalAlign::Bottom),
        ("baseline", VerticalAlign::Baseline),
    ];
    const CASES: [(&str, LetterCase); 3] =
        [("none", LetterCase::AsWritten), ("upper", LetterCase::Upper), ("lower", LetterCase::Lower)];
    if !table.has("text") {
        table.text_needed("text");
    }
    let texts = table.texts_by_language("text").into_iter();
    let texts: BTreeMap<_, _> =
        texts.filter_map(|(language, text)| Some((language, read_template(table, "text", text)?))).collect();
    let frame = read_frame(table);
    let font = read_font(table, palette);
    let size_pt = table.number("size", 2.0..=200.0).unwrap_or(8.0);
    let min_size_pt = table.number("min_size", 2.0..=200.0).unwrap_or(size_pt);
    if min_size_pt > size_pt {
        table.note("min_size", "out_of_range", format!("{min_size_pt} is more than the size {size_pt}"));
    }
    let quarter_turns = table.integer("rotate", 0..=270).unwrap_or(0);
    if !quarter_turns.is_multiple_of(90) {
        table.note("rotate", "unknown_value", "a text is turned by 0, 90, 180 or 270 degrees");
    }
    let ink = if table.has("color") { read_ink(table, "color", palette) } else { Some(Ink::BLACK) };
    let on_black_panel = table.choice("layer", &[("k", ())]).is_some();
    if palette.strict && on_black_panel && ink.is_some_and(|ink| ink != Ink::BLACK) {
        table.note("color", "black_not_pure", "what stands on the layer `k` is printed in the colour `k`");
    }
    let element = TextElement {
        texts,
        frame: frame?,
        font: font?,
        size_pt,
        min_size_pt,
        fit: table.choice("fit", &FITS).unwrap_or(Fit::Shrink),
        align: table.choice("align", &ALIGNS).unwrap_or(Align::Left),
        valign: table.choice("valign", &VALIGNS).unwrap_or(VerticalAlign::Baseline),
        lines: table.integer("lines", 1..=20).unwrap_or(1) as usize,
        leading: table.number("leading", 0.8..=3.0).unwrap_or(1.2),
        tracking: table.number("tracking", -0.1..=1.0).unwrap_or(0.0),
        ink: ink?,
        quarter_turns: u8::try_from(quarter_turns / 90).unwrap_or(0),
        case: table.choice("case", &CASES).unwrap_or(LetterCase::AsWritten),
    };
    check::in_safe_area(table, "box", &element.frame, palette);
    Some(ElementKind::Text(element))
}

fn read_image(table: &Table<'_, '_>, palette: &Palette) -> Option<ElementKind> {
    let name = table.text_needed("asset");
    let frame = read_frame(table);
    let picture = palette.assets.get(name?);
    if picture.is_none() {
        table.note("asset", "unknown_asset", format!("the asset `{}` is not defined", name?));
    }
    let (frame, picture) = (frame?, picture?);
    check::in_bleed(table, "box", &frame, palette);
    check::image_resolution(table, &frame, picture, palette);
    Some(ElementKind::Image { frame, picture: picture.clone() })
}

fn read_photo(table: &Table<'_, '_>, palette: &Palette) -> Option<ElementKind> {
    if table.text("var").is_some_and(|name| Variable::parse(name) != Some(Variable::HolderPhoto)) {
        table.note("var", "unknown_variable", "a photo shows `holder.photo`");
    }
    let frame = read_frame(table);
    let mask = match table.table("mask") {
        Some(mask) => {
            let ellipse = mask.flag("ellipse").unwrap_or(false);
            let round = mask.number("round", 0.0..=100.0).unwrap_or(0.0);
            mask.finish();
            if ellipse { Mask::Ellipse } else { Mask::Round(round) }
        }
        None => Mask::Round(0.0),
    };
    let element = PhotoElement {
        frame: frame?,
        cover: table.choice("fit", &[("cover", true), ("contain", false)]).unwrap_or(true),
        mask,
        min_dpi: table.number("min_dpi", 72.0..=1200.0).unwrap_or(200.0),
        may_be_blank: table.choice("placeholder", &[("blank", true), ("refuse", false)]).unwrap_or(false),
    };
    check::in_bleed(table, "box", &element.frame, palette);
    Some(ElementKind::Photo(element))
}

fn read_qr(table: &Table<'_, '_>, palette: &Palette) -> Option<ElementKind> {
    use qrcode::EcLevel;
    const LEVELS: [(&str, EcLevel); 5] =
        [("auto", EcLevel::M), ("L", EcLevel::L), ("M", EcLevel::M), ("Q", EcLevel::Q), ("H", EcLevel::H)];
    let (data, frame) = (read_data(table), read_frame(table));
    let element = QrElement {
        correction: table.choice("ec", &LEVELS).unwrap_or(EcLevel::M),
        quiet: table.integer("quiet", 4..=20).unwrap_or(4),
        min_module: table.number("min_module", 0.1..=5.0).unwrap_or(0.33),
        snap_dots: table.flag("snap_dots").unwrap_or(true),
        background: read_background(table, palette),
        data: data?,
        frame: frame?,
    };
    check::in_safe_area(table, "box", &element.frame, palette);
    check::qr_modules(table, &element, palette);
    Some(ElementKind::Qr(element))
}

fn read_barcode(table: &Table<'_, '_>, palette: &Palette) -> Option<ElementKind> {
    const SYMBOLOGIES: [(&str, Symbology); 4] = [
        ("code128", Symbology::Code128),
        ("code39", Symbology::Code39),
        ("ean13", Symbology::Ean13),
        ("ean8", Symbology::Ean8),
    ];
    table.text_needed("symbology");
    let symbology = table.choice("symbology", &SYMBOLOGIES);
    let (data, frame) = (read_data(table), read_frame(table));
    let text_below = if table.flag("text_below").unwrap_or(false) {
        let size_pt = table.number("size", 2.0..=40.0).unwrap_or(7.0);
        read_font(table, palette).map(|font| BarcodeText { font, size_pt })
    } else {
        None
    };
    let element = BarcodeElement {
        symbology: symbology?,
        quiet: table.integer("quiet", 10..=40).unwrap_or(10),
        min_x: table.number("min_x", 0.1..=5.0).unwrap_or(0.25),
        text_below,
        background: read_background(table, palette),
        data: data?,
        frame: frame?,
    };
    check::in_safe_area(table, "box", &element.frame, palette);
    check::bar_width(table, &element, palette);
    Some(ElementKind::Barcode(element))
}

fn read_shape(table: &Table<'_, '_>, palette: &Palette) -> Option<ElementKind> {
    #[derive(Clone, Copy)]
    enum Form {
        Rect,
        Ellipse,
        Line,
        Path,
    }
    const FORMS: [(&str, Form); 4] =
        [("rect", Form::Rect), ("ellipse", Form::Ellipse), ("line", Form::Line), ("path", Form::Path)];
    table.text_needed("shape");
    let outline = match table.choice("shape", &FORMS)? {
        Form::Rect => {
            let radii = read_radii(table);
            read_frame(table).map(|frame| Outline::rounded(&frame, radii))
        }
        Form::Ellipse => read_frame(table).map(|frame| Outline::ellipse(&frame)),
        Form::Line => read_line(table),
        Form::Path => table.text_needed("path").and_then(|data| match outline::parse_outline(data) {
            Ok(outline) => Some(outline),
            Err(message) => {
                table.note("path", "bad_path", message);
                None
            }
        }),
    };
    let fill = read_ink(table, "fill", palette);
    let stroke = table.table("stroke").and_then(|stroke| {
        stroke.text_needed("color");
        let ink = read_ink(&stroke, "color", palette);
        let width = stroke.number("width", 0.01..=50.0).unwrap_or(0.25);
        stroke.finish();
        ink.map(|ink| (ink, width))
    });
    if !table.has("fill") && !table.has("stroke") {
        table.note("fill", "missing_key", "a shape needs `fill`, `stroke` or both");
    }
    let outline = outline?;
    if let Some(bounds) = outline.bounds() {
        check::in_bleed(table, if table.has("path") { "path" } else { "box" }, &bounds, palette);
    }
    Some(ElementKind::Shape(ShapeElement { outline, fill, stroke }))
}

fn read_radii(table: &Table<'_, '_>) -> [f64; 4] {
    if table.is_list("radius") {
        return table.numbers::<4>("radius").unwrap_or_default();
    }
    [table.number("radius", 0.0..=200.0).unwrap_or(0.0); 4]
}

fn read_line(table: &Table<'_, '_>) -> Option<Outline> {
    for key in ["from", "to"] {
        if !table.has(key) {
            table.note(key, "missing_key", format!("`{key}` is needed here"));
        }
    }
    let ([x1, y1], [x2, y2]) = (table.numbers::<2>("from")?, table.numbers::<2>("to")?);
    Some(Outline { steps: vec![Step::Move(at(x1, y1)), Step::Line(at(x2, y2))] })
}
