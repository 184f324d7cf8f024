//! One composition per card: everything that stands on its two sides, in millimetres, ready for paper and screen.
//!
//! PDF and preview are drawn from the same composition, so what was seen is what is printed.

mod draw;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::codes::CodeBlocks;
use crate::data::CardData;
use crate::fonts::{Face, Fonts};
use crate::geometry::{Frame, Outline};
use crate::layout::{CardFormat, Element, ElementKind, FontChoice, Ink, Layout, SideLayout, Template};
use crate::picture::Picture;
use crate::refusal::SetAside;
use crate::text::{FaceStack, PlacedRun};

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
    Picture { picture: Picture, frame: Frame, mask: Option<Outline> },
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
pub(crate) struct Subject<'c> {
    pub(crate) data: &'c CardData,
    pub(crate) language: &'c str,
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

fn find_faces(layout: &Layout, fonts: &Fonts) -> Result<BTreeMap<String, FaceStack>, FontMissing> {
    let mut stacks = BTreeMap::new();
    for (name, entry) in &layout.fonts {
        let (face, style) = match &entry.choice {
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
