//! Why one card is set aside while the others are printed.

/// A reason to set one card aside. [`SetAside::reason`] is stable; the display text is for people at the desk.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum SetAside {
    /// No face of the layout can show a character.
    #[error("no font of the layout can show `{character}` (U+{:04X}) in {field}", u32::from(*.character))]
    MissingGlyph {
        /// The variables of the text.
        field: String,
        /// The character.
        character: char,
    },
    /// A text does not fit its box, even at the smallest size and on all lines.
    #[error("{field} is too long for its place on the card")]
    TextTooLong {
        /// The variables of the text.
        field: String,
    },
    /// The layout shows a portrait and there is none.
    #[error("the portrait is missing")]
    PhotoMissing,
    /// The portrait is no JPEG that can be printed as it is.
    #[error("the portrait cannot be printed")]
    PhotoUnreadable,
    /// The portrait has too few pixels for its place.
    #[error("the portrait has {dpi} dpi in its place, {dpi_min} are needed")]
    PhotoTooSmall {
        /// What it has.
        dpi: u32,
        /// What the layout asks for.
        dpi_min: u32,
    },
    /// A code cannot carry its text.
    #[error("{field} cannot be written as this kind of code")]
    CodeUnwritable {
        /// The variables of the text.
        field: String,
    },
    /// A code needs more room than its box has.
    #[error("the code of {field} is too large for its place on the card")]
    CodeTooLarge {
        /// The variables of the text.
        field: String,
    },
}

impl SetAside {
    /// The stable `snake_case` name of the reason.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::MissingGlyph { .. } => "missing_glyph",
            Self::TextTooLong { .. } => "text_too_long",
            Self::PhotoMissing => "photo_missing",
            Self::PhotoUnreadable => "photo_unreadable",
            Self::PhotoTooSmall { .. } => "photo_too_small",
            Self::CodeUnwritable { .. } => "code_unwritable",
            Self::CodeTooLarge { .. } => "code_too_large",
        }
    }
}
