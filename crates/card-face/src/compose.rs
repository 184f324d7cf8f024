//! One composition per card: everything that stands on its two sides, in millimetres, ready for paper and screen.
//!
//! PDF and preview are drawn from the same composition, so what was seen is what is printed.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::codes::{self, CodeBlocks, CodePlace, CodeRefusal};
use crate::data::CardData;
use crate::fonts::{Face, Fonts};
use crate::geometry::{Frame, Outline, PT_PER_MM};
use crate::layout::{
    Align, BarcodeElement, CardFormat, Element, ElementKind, Fit, FontChoice, Ink, Layout, LetterCase, Mask,
    PhotoElement, QrElement, SideLayout, Template, TextElement, VerticalAlign,
};
use crate::picture::Jpeg;
use crate::refusal::SetAside;
use crate::text::{FaceStack, FitRefusal, PlacedRun, Setting, clean, fit};

/// Lowest bars that a hand scanner still finds, in millimetres.
const BAR_HEIGHT_MIN: f64 = 3.0;

/// Which face of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The one with the name.
    Front,
    /// The one with the codes.
    Back,
}

/// A finished card: both sides, ready for [`crate::cards_pdf`] and [`crate::preview_png`].
#[derive(Debug, Clone)]
pub struct ComposedCard {
    pub(crate) number: String,
    pub(crate) layout: String,
    pub(crate) format: CardFormat,
    pub(crate) front: ComposedSide,
    pub(crate) back: ComposedSide,
}

#[derive(Debug, Clone)]
pub(crate) struct ComposedSide {
    pub(crate) upside_down: bool,
    /// What is the same on all cards of a layout, drawn first.
    pub(crate) artwork: Arc<Vec<Mark>>,
    pub(crate) marks: Vec<Mark>,
}

/// One thing to draw.
#[derive(Debug, Clone)]
pub(crate) enum Mark {
    Fill { outline: Outline, ink: Ink },
    Stroke { outline: Outline, ink: Ink, width: f64 },
    Code { code: CodeBlocks, ink: Ink },
    Text { run: PlacedRun, ink: Ink },
    Picture { jpeg: Arc<Jpeg>, frame: Frame, mask: Option<Outline> },
}

impl ComposedCard {
    /// The card number it was composed for.
    pub fn number(&self) -> &str {
        &self.number
    }

    pub(crate) fn side(&self, side: Side) -> &ComposedSide {
        match side {
            Side::Front => &self.front,
            Side::Back => &self.back,
        }
    }
}

/// A face that the layout names and the program does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the layout is set in `{0}`, which is not installed")]
pub struct FontMissing(
    /// Family and style.
    pub String,
);

/// A layout made ready for many cards: faces found, artwork and fixed texts composed once.
#[derive(Debug, Clone)]
pub struct Composer {
    layout: Arc<Layout>,
    stacks: BTreeMap<String, FaceStack>,
    front: PreparedSide,
    back: PreparedSide,
}

#[derive(Debug, Clone)]
struct PreparedSide {
    upside_down: bool,
    artwork: Arc<Vec<Mark>>,
    rest: Vec<Prepared>,
}

#[derive(Debug, Clone)]
enum Prepared {
    Fixed(Vec<Mark>),
    Varying(Box<Element>),
}

/// A card being composed, in one language.
struct Subject<'c> {
    data: &'c CardData,
    language: &'c str,
}

/// Composes one card; for many cards of one layout make a [`Composer`] once.
///
/// # Errors
/// If the layout's faces are not installed, or why the card has to be set aside.
pub fn compose(layout: &Layout, card: &CardData, fonts: &Fonts) -> Result<ComposedCard, ComposeError> {
    let composer = Composer::new(layout, fonts)?;
    Ok(composer.compose(card)?)
}

/// Why [`compose`] made no card.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ComposeError {
    /// The layout cannot be used here.
    #[error(transparent)]
    Layout(#[from] FontMissing),
    /// This card cannot be printed with it.
    #[error(transparent)]
    Card(#[from] SetAside),
}

impl Composer {
    /// Finds the layout's faces and composes what all its cards share.
    ///
    /// # Errors
    /// If a face is not installed.
    pub fn new(layout: &Layout, fonts: &Fonts) -> Result<Self, FontMissing> {
        let stacks = find_faces(layout, fonts)?;
        let mut composer = Self {
            layout: Arc::new(layout.clone()),
            stacks,
            front: PreparedSide::empty(),
            back: PreparedSide::empty(),
        };
        composer.front = composer.prepare(&layout.front);
        composer.back = composer.prepare(&layout.back);
        Ok(composer)
    }

    /// The layout it composes.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Composes both sides of one card, in its language if the layout speaks it, else in the layout's first.
    ///
    /// # Errors
    /// Why the card has to be set aside.
    pub fn compose(&self, card: &CardData) -> Result<ComposedCard, SetAside> {
        let card = &Subject { data: card, language: self.layout.language_for(&card.language) };
        Ok(ComposedCard {
            number: card.data.number.clone(),
            layout: self.layout.content_sha256.clone(),
            format: self.layout.card,
            front: self.compose_side(&self.front, card)?,
            back: self.compose_side(&self.back, card)?,
        })
    }

    /// Shapes before the first text, photo or code make the artwork; fixed texts are set once.
    fn prepare(&self, side: &SideLayout) -> PreparedSide {
        let nobody = CardData::default();
        let nobody = Subject { data: &nobody, language: "" };
        let mut prepared = PreparedSide { upside_down: side.upside_down, ..PreparedSide::empty() };
        let mut artwork = Vec::new();
        for element in &side.elements {
            let drawn_once = is_fixed(element).then(|| self.draw_one(element, &nobody).ok()).flatten();
            match drawn_once {
                Some(marks) if is_artwork(element) && prepared.rest.is_empty() => {
                    artwork.extend(marks);
                }
                Some(marks) => prepared.rest.push(Prepared::Fixed(marks)),
                None => prepared.rest.push(Prepared::Varying(Box::new(element.clone()))),
            }
        }
        prepared.artwork = Arc::new(artwork);
        prepared
    }

    fn compose_side(&self, side: &PreparedSide, card: &Subject<'_>) -> Result<ComposedSide, SetAside> {
        let mut marks = Vec::new();
        for prepared in &side.rest {
            match prepared {
                Prepared::Fixed(fixed) => marks.extend(fixed.iter().cloned()),
                Prepared::Varying(element) => self.draw(element, card, &mut marks)?,
            }
        }
        Ok(ComposedSide { upside_down: side.upside_down, artwork: Arc::clone(&side.artwork), marks })
    }

    fn draw_one(&self, element: &Element, card: &Subject<'_>) -> Result<Vec<Mark>, SetAside> {
        let mut marks = Vec::new();
        self.draw(element, card, &mut marks)?;
        Ok(marks)
    }

    fn draw(&self, element: &Element, card: &Subject<'_>, marks: &mut Vec<Mark>) -> Result<(), SetAside> {
        let wanted = |condition: &crate::layout::Condition| {
            condition.holds(&|variable| card.data.value_of(variable, card.language))
        };
        if element.when.as_ref().is_some_and(|condition| !wanted(condition)) {
            return Ok(());
        }
        match &element.kind {
            ElementKind::Text(text) => self.draw_text(text, card, marks),
            ElementKind::Photo(photo) => draw_photo(photo, card, marks),
            ElementKind::Image { frame, jpeg } => {
                marks.push(Mark::Picture { jpeg: Arc::clone(jpeg), frame: *frame, mask: None });
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
        let bars = codes::code128(&text, &place).map_err(|refusal| refuse(refusal, &element.data))?;
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

impl PreparedSide {
    fn empty() -> Self {
        Self { upside_down: false, artwork: Arc::default(), rest: Vec::new() }
    }
}

/// Whether an element looks the same on every card.
fn is_fixed(element: &Element) -> bool {
    element.when.is_none()
        && match &element.kind {
            ElementKind::Shape(_) | ElementKind::Image { .. } => true,
            ElementKind::Text(text) => text.texts.len() == 1 && text.texts.get("").is_some_and(Template::is_constant),
            ElementKind::Group(elements) => elements.iter().all(is_fixed),
            ElementKind::Photo(_) | ElementKind::Qr(_) | ElementKind::Barcode(_) => false,
        }
}

fn is_artwork(element: &Element) -> bool {
    match &element.kind {
        ElementKind::Shape(_) => true,
        ElementKind::Group(elements) => elements.iter().all(is_artwork),
        _ => false,
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
    marks.push(Mark::Picture { jpeg: Arc::new(jpeg), frame: shown, mask });
    Ok(())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "resolutions are small and positive")]
fn whole(dpi: f64) -> u32 {
    dpi.round() as u32
}

fn find_faces(layout: &Layout, fonts: &Fonts) -> Result<BTreeMap<String, FaceStack>, FontMissing> {
    let mut stacks = BTreeMap::new();
    for (name, choice) in &layout.fonts {
        let (face, style) = match choice {
            FontChoice::Named { family, style } => {
                let face = fonts.find(family, style).map(Arc::clone);
                (face.ok_or_else(|| FontMissing(format!("{family} {style}")))?, style.as_str())
            }
            FontChoice::File { sha256, data } => {
                let face = Face::parse(data.to_vec().into()).ok_or_else(|| FontMissing(sha256.clone()))?;
                (Arc::new(face), "Regular")
            }
        };
        let mut faces = vec![face];
        for family in &layout.fallback {
            let face = fonts.find_like(family, style).ok_or_else(|| FontMissing(family.clone()))?;
            faces.push(Arc::clone(face));
        }
        stacks.insert(name.clone(), FaceStack { faces });
    }
    Ok(stacks)
}
