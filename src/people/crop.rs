//! Which part of a picture becomes the portrait: always of the shape 35:45.
//!
//! Whoever uploads a picture may choose the part. The choice is sent as numbers, relative to the upright picture, and is cut here from
//! the original, so that no quality is lost on the way. Without a choice it is the largest part in the middle.

/// The shape of a portrait.
pub const ASPECT: (u32, u32) = (35, 45);
/// The largest portrait that is kept: more than 600 dpi at 24 mm.
const SIZE_MAX: (u32, u32) = (630, 810);

/// How far a picture is turned to the right before it is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Turn {
    /// Not at all.
    #[default]
    None,
    /// A quarter to the right.
    Right,
    /// Upside down.
    Around,
    /// A quarter to the left.
    Left,
}

impl Turn {
    /// The turn of so many degrees to the right. `None` for anything but quarters.
    pub const fn of_degrees(degrees: u16) -> Option<Self> {
        match degrees {
            0 => Some(Self::None),
            90 => Some(Self::Right),
            180 => Some(Self::Around),
            270 => Some(Self::Left),
            _ => None,
        }
    }
}

/// The part that somebody chose, in fractions of the turned picture: 0 is its left or upper edge, 1 the other one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut {
    /// How the picture is turned first, on top of what the camera says.
    pub turn: Turn,
    /// The left edge.
    pub left: f64,
    /// The upper edge.
    pub top: f64,
    /// The width; the height follows from the shape.
    pub width: f64,
}

impl Cut {
    /// A part as a form sends it: `degrees,left,top,width`. `None` when it is no such text or lies outside of the picture.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(',').map(str::trim);
        let turn = Turn::of_degrees(parts.next()?.parse().ok()?)?;
        let mut fraction = || parts.next()?.parse::<f64>().ok().filter(|number| (0.0..=1.0).contains(number));
        let (left, top, width) = (fraction()?, fraction()?, fraction()?);
        let is_all = parts.next().is_none();
        (is_all && width > 0.0).then_some(Self { turn, left, top, width })
    }

    /// The part of a picture of this size, after the turn. It lies inside the picture whatever was chosen.
    pub(super) fn crop(&self, width: u32, height: u32) -> Crop {
        let wide = pixels(self.width, width).clamp(1, width.max(1));
        let high = scaled(wide, ASPECT.1, ASPECT.0);
        let (wide, high) = if high > height { (scaled(height, ASPECT.0, ASPECT.1), height) } else { (wide, high) };
        Crop {
            left: pixels(self.left, width).min(width.saturating_sub(wide)),
            top: pixels(self.top, height).min(height.saturating_sub(high)),
            width: wide,
            height: high,
        }
    }
}

/// The part of a picture that becomes the portrait, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Crop {
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Crop {
    /// The largest part of the wanted shape. It lies in the middle, and rather above it, where faces are.
    pub(super) fn of(width: u32, height: u32) -> Self {
        let wide = scaled(height, ASPECT.0, ASPECT.1);
        if wide <= width {
            Self { left: (width - wide) / 2, top: 0, width: wide, height }
        } else {
            let high = scaled(width, ASPECT.1, ASPECT.0).min(height);
            Self { left: 0, top: (height - high) / 3, width, height: high }
        }
    }

    /// How much of a picture of this size it keeps, in per cent.
    pub(super) fn percent_of(self, width: u32, height: u32) -> u64 {
        let area = (u64::from(width) * u64::from(height)).max(1);
        u64::from(self.width) * u64::from(self.height) * 100 / area
    }

    /// The size in which it is kept: as it is, but not larger than [`SIZE_MAX`].
    pub(super) const fn kept_size(self) -> (u32, u32) {
        if self.width > SIZE_MAX.0 { SIZE_MAX } else { (self.width, self.height) }
    }
}

/// `side * times / by`, without overflow.
fn scaled(side: u32, times: u32, by: u32) -> u32 {
    u32::try_from(u64::from(side) * u64::from(times) / u64::from(by)).unwrap_or(u32::MAX)
}

/// A fraction of a side in whole pixels.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a fraction of a u32 is one")]
fn pixels(fraction: f64, side: u32) -> u32 {
    (fraction * f64::from(side)).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_part_is_read_from_four_numbers() {
        let half = Cut { turn: Turn::Left, left: 0.25, top: 0.0, width: 0.5 };
        assert_eq!(Cut::parse("270,0.25,0,0.5"), Some(half));
        assert_eq!(Cut::parse(" 270 , 0.25,0 ,0.5 "), Some(half));
        for text in ["", "0,0,0", "0,0,0,0", "45,0,0,1", "0,-0.1,0,1", "0,0,0,1.5", "0,NaN,0,1", "0,0,0,1,1", "a,b,c,d"]
        {
            assert_eq!(Cut::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_nobody_chose_has_the_shape_and_lies_inside(width in 1_u32..20_000, height in 1_u32..20_000) {
            let crop = Crop::of(width, height);
            prop_assert!(crop.left + crop.width <= width && crop.top + crop.height <= height);
            prop_assert!(crop.percent_of(width, height) <= 100);
            prop_assert!(has_the_shape(crop));
        }

        #[test]
        fn what_was_chosen_has_the_shape_and_lies_inside(
            (width, height) in (1_u32..20_000, 1_u32..20_000),
            (left, top, wide) in (0.0_f64..=1.0, 0.0_f64..=1.0, 0.001_f64..=1.0),
        ) {
            let crop = Cut { turn: Turn::None, left, top, width: wide }.crop(width, height);
            prop_assert!(crop.left + crop.width <= width && crop.top + crop.height <= height, "{crop:?}");
            prop_assert!(has_the_shape(crop), "{crop:?}");
        }
    }

    /// Of a part that is large enough to tell.
    fn has_the_shape(crop: Crop) -> bool {
        crop.width < 100 || (f64::from(crop.width) / f64::from(crop.height) - 35.0 / 45.0).abs() < 0.01
    }
}
