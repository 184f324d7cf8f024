//! What one element becomes on one card: marks in millimetres.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Composer, Mark, Subject};
use crate::codes::{self, CodeBlocks, CodePlace, CodeRefusal};
use crate::geometry::{Frame, Outline, PT_PER_MM};
use crate::layout::{
    Align, BarcodeElement, Condition, Element, ElementKind, Fit, Ink, LetterCase, Mask, PhotoElement, QrElement,
    Template, TextElement, VerticalAlign,
};
use crate::picture::{Jpeg, Picture};
use crate::refusal::SetAside;
use crate::text::{FitRefusal, Setting, clean, fit};

/// Lowest bars that a hand scanner still finds, in millimetres.
const BAR_HEIGHT_MIN: f64 = 3.0;

impl Composer {
    pub(super) fn draw_one(&self, element: &Element, card: &Subject<'_>) -> Result<Vec<Mark>, SetAside> {
        let mut marks = Vec::new();
        self.draw(element, card, &mut marks)?;
        Ok(marks)
    }

    pub(super) fn draw(&self, element: &Element, card: &Subject<'_>, marks: &mut Vec<Mark>) -> Result<(), SetAside> {
        if element.when.as_ref().is_some_and(|when| !card.meets(&when.condition)) {
            return Ok(());
        }
        self.draw_kind(&element.kind, card, marks)
    }

    /// Draws an element whether or not its condition holds.
    pub(crate) fn draw_kind(
        &self,
        kind: &ElementKind,
        card: &Subject<'_>,
        marks: &mut Vec<Mark>,
    ) -> Result<(), SetAside> {
        match kind {
            ElementKind::Text(text) => self.draw_text(text, card, marks),
            ElementKind::Photo(photo) => draw_photo(photo, card, marks),
            ElementKind::Image { frame, picture } => {
                marks.push(Mark::Picture { picture: picture.clone(), frame: *frame, mask: None });
                Ok(())
            }
            ElementKind::Qr(qr) => self.draw_qr(qr, card, marks),
            ElementKind::Barcode(barcode) => self.draw_barcode(barcode, card, marks),
            ElementKind::Shape(shape) => {
                let outline = &shape.outline;
                marks.extend(shape.fill.map(|ink| Mark::Fill { outline: outline.clone(), ink }));
                marks.extend(shape.stroke.map(|(ink, width)| Mark::Stroke { outline: outline.clone(), ink, width }));
                Ok(())
            }
            ElementKind::Group(elements) => elements.iter().try_for_each(|element| self.draw(element, card, marks)),
        }
    }

    fn draw_text(&self, element: &TextElement, card: &Subject<'_>, marks: &mut Vec<Mark>) -> Result<(), SetAside> {
        let Some(template) = text_in(&element.texts, card.language) else {
            return Ok(());
        };
        let text = clean(&template.fill(|variable| card.data.text_of(variable, card.language)));
        let text = match element.case {
            LetterCase::AsWritten => text,
            LetterCase::Upper => text.to_uppercase(),
            LetterCase::Lower => text.to_lowercase(),
        };
        self.set(&text, element, &template.field(), marks)
    }

    fn set(&self, text: &str, element: &TextElement, field: &str, marks: &mut Vec<Mark>) -> Result<(), SetAside> {
        let Some(faces) = self.stacks.get(&element.font) else {
            return Ok(());
        };
        let field = || field.to_owned();
        let runs = fit(text, &Setting { element, faces }).map_err(|refusal| match refusal {
            FitRefusal::MissingGlyph(character) => SetAside::MissingGlyph { field: field(), character },
            FitRefusal::TooLong => SetAside::TextTooLong { field: field() },
        })?;
        marks.extend(runs.into_iter().map(|run| Mark::Text { run, ink: element.ink }));
        Ok(())
    }

    fn draw_qr(&self, element: &QrElement, card: &Subject<'_>, marks: &mut Vec<Mark>) -> Result<(), SetAside> {
        let text = element.data.fill(|variable| card.data.text_of(variable, card.language));
        let place = CodePlace {
            frame: element.frame,
            quiet: element.quiet,
            module_min: element.min_module,
            snap_dpi: element.snap_dots.then_some(self.layout.card.dpi),
        };
        let bars = codes::qr(&text, element.correction, &place).map_err(|refusal| refuse(refusal, &element.data))?;
        push_code(bars, &element.frame, element.background, marks);
        Ok(())
    }

    fn draw_barcode(
        &self,
        element: &BarcodeElement,
        card: &Subject<'_>,
        marks: &mut Vec<Mark>,
    ) -> Result<(), SetAside> {
        let text = element.data.fill(|variable| card.data.text_of(variable, card.language));
        let below = element.text_below.as_ref().map_or(0.0, |below| below.size_pt * 1.15 / PT_PER_MM);
        let Frame { x, y, width, height } = element.frame;
        if height - below < BAR_HEIGHT_MIN {
            return Err(SetAside::CodeTooLarge { field: element.data.field() });
        }
        let place = CodePlace {
            frame: Frame::new(x, y, width, height - below),
            quiet: element.quiet,
            module_min: element.min_x,
            snap_dpi: Some(self.layout.card.dpi),
        };
        let bars =
            codes::barcode(&text, element.symbology, &place).map_err(|refusal| refuse(refusal, &element.data))?;
        push_code(bars, &element.frame, element.background, marks);
        let Some(text_below) = &element.text_below else {
            return Ok(());
        };
        let caption = TextElement {
            texts: BTreeMap::new(),
            frame: Frame::new(x, y + height - below, width, below),
            font: text_below.font.clone(),
            size_pt: text_below.size_pt,
            min_size_pt: text_below.size_pt,
            fit: Fit::Error,
            align: Align::Center,
            valign: VerticalAlign::Bottom,
            lines: 1,
            leading: 1.0,
            tracking: 0.08,
            ink: Ink::BLACK,
            quarter_turns: 0,
            case: LetterCase::AsWritten,
        };
        self.set(&text, &caption, &element.data.field(), marks)
    }
}

impl Subject<'_> {
    /// Whether a condition holds on this card.
    pub(crate) fn meets(&self, condition: &Condition) -> bool {
        condition.holds(&|variable| self.data.value_of(variable, self.language))
    }
}

/// The text in a language, else the one for all languages, else any.
fn text_in<'t>(texts: &'t BTreeMap<String, Template>, language: &str) -> Option<&'t Template> {
    texts.get(language).or_else(|| texts.get("")).or_else(|| texts.values().next())
}

fn refuse(refusal: CodeRefusal, data: &Template) -> SetAside {
    match refusal {
        CodeRefusal::Unwritable => SetAside::CodeUnwritable { field: data.field() },
        CodeRefusal::TooSmall => SetAside::CodeTooLarge { field: data.field() },
    }
}

fn push_code(code: CodeBlocks, frame: &Frame, background: Option<Ink>, marks: &mut Vec<Mark>) {
    marks.extend(background.map(|ink| Mark::Fill { outline: Outline::rect(frame), ink }));
    marks.push(Mark::Code { code, ink: Ink::BLACK });
}

fn draw_photo(element: &PhotoElement, card: &Subject<'_>, marks: &mut Vec<Mark>) -> Result<(), SetAside> {
    let Some(photo) = &card.data.photo_jpeg else {
        return if element.may_be_blank { Ok(()) } else { Err(SetAside::PhotoMissing) };
    };
    let jpeg = Jpeg::parse(&photo.as_slice().into()).ok_or(SetAside::PhotoUnreadable)?;
    let proportion = f64::from(jpeg.width) / f64::from(jpeg.height);
    let frame = &element.frame;
    let shown = if element.cover { frame.covered(proportion) } else { frame.contained(proportion) };
    let dpi = f64::from(jpeg.width) / shown.width * 25.4;
    if dpi + 0.5 < element.min_dpi {
        return Err(SetAside::PhotoTooSmall { dpi: whole(dpi), dpi_min: whole(element.min_dpi) });
    }
    let visible = if element.cover { *frame } else { shown };
    let mask = match element.mask {
        Mask::Ellipse => Some(Outline::ellipse(&visible)),
        Mask::Round(radius) if radius > 0.0 => Some(Outline::rounded(&visible, [radius; 4])),
        Mask::Round(_) if shown.within(&visible) => None,
        Mask::Round(_) => Some(Outline::rect(&visible)),
    };
    marks.push(Mark::Picture { picture: Picture::Jpeg(Arc::new(jpeg)), frame: shown, mask });
    Ok(())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "resolutions are small and positive")]
fn whole(dpi: f64) -> u32 {
    dpi.round() as u32
}
