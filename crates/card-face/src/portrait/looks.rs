//! How a person looks: chosen for the first few numbers, drawn by lot for the rest.

use super::strokes::Shade;

/// How hair is worn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hair {
    Short,
    Quiff,
    Cropped,
    Crown,
    Bob,
    Long,
    Curls,
    Bun,
    Ponytail,
    Scarf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beard {
    None,
    Stubble,
    Moustache,
    Full,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Neckline {
    Crew,
    Open,
    Shirt,
    Roll,
}

/// Everything that tells one portrait from another.
#[expect(clippy::struct_excessive_bools, reason = "each is a trait of its own, and any may go with any")]
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) wall: Shade,
    pub(super) skin: Shade,
    pub(super) hair: Hair,
    pub(super) hair_color: Shade,
    pub(super) eyes: Shade,
    pub(super) lips: Shade,
    pub(super) clothes: Shade,
    pub(super) accent: Shade,
    pub(super) neckline: Neckline,
    pub(super) beard: Beard,
    /// Round glasses, angular ones, or none.
    pub(super) round_glasses: Option<bool>,
    pub(super) brow_width: f32,
    pub(super) laughs: bool,
    pub(super) freckles: bool,
    pub(super) aged: bool,
    pub(super) earrings: bool,
    narrow_chin: bool,
}

const WALLS: [Shade; 6] = [
    Shade(0xC9, 0xD8, 0xDC),
    Shade(0xE4, 0xD6, 0xC3),
    Shade(0xCF, 0xDB, 0xC8),
    Shade(0xE6, 0xCF, 0xC6),
    Shade(0xD3, 0xD0, 0xE2),
    Shade(0xE8, 0xDD, 0xB8),
];
const SKINS: [Shade; 7] = [
    Shade(0xF6, 0xD9, 0xC2),
    Shade(0xEE, 0xC6, 0xA5),
    Shade(0xE3, 0xB2, 0x8A),
    Shade(0xCF, 0x98, 0x6C),
    Shade(0xA9, 0x72, 0x4A),
    Shade(0x83, 0x55, 0x38),
    Shade(0x60, 0x3D, 0x2B),
];
const DARK_HAIR: [Shade; 4] =
    [Shade(0x24, 0x1B, 0x1A), Shade(0x3A, 0x26, 0x1E), Shade(0x17, 0x18, 0x1F), Shade(0x4A, 0x2E, 0x20)];
const LIGHT_HAIR: [Shade; 4] =
    [Shade(0xC9, 0x96, 0x4E), Shade(0x8A, 0x54, 0x2C), Shade(0xA6, 0x4B, 0x24), Shade(0xE0, 0xBC, 0x78)];
const GRAY_HAIR: [Shade; 2] = [Shade(0xB9, 0xB6, 0xB2), Shade(0x86, 0x84, 0x86)];
const CLOTHES: [Shade; 8] = [
    Shade(0x24, 0x42, 0x5C),
    Shade(0x9C, 0x3B, 0x2A),
    Shade(0x2F, 0x6B, 0x62),
    Shade(0x5A, 0x3A, 0x5E),
    Shade(0xC8, 0x8A, 0x35),
    Shade(0x3C, 0x3F, 0x48),
    Shade(0x7B, 0x8F, 0x6A),
    Shade(0xB9, 0x5C, 0x6A),
];
const SCARVES: [Shade; 4] =
    [Shade(0x2F, 0x6B, 0x72), Shade(0x9E, 0x4A, 0x5A), Shade(0x44, 0x4E, 0x86), Shade(0xB8, 0x7D, 0x3C)];

impl Look {
    /// The look with this number.
    pub(super) fn of(seed: u64) -> Self {
        let drawn = Self::drawn(seed);
        match seed {
            1 => Self {
                skin: SKINS[1],
                hair: Hair::Bob,
                hair_color: DARK_HAIR[0],
                beard: Beard::None,
                round_glasses: None,
                clothes: CLOTHES[1],
                neckline: Neckline::Open,
                wall: WALLS[0],
                laughs: true,
                aged: false,
                earrings: true,
                ..drawn
            },
            2 => Self {
                skin: SKINS[2],
                hair: Hair::Quiff,
                hair_color: DARK_HAIR[2],
                beard: Beard::None,
                round_glasses: Some(true),
                clothes: CLOTHES[0],
                neckline: Neckline::Shirt,
                wall: WALLS[1],
                laughs: false,
                earrings: false,
                ..drawn
            },
            3 => Self {
                skin: SKINS[0],
                hair: Hair::Short,
                hair_color: LIGHT_HAIR[1],
                beard: Beard::Full,
                round_glasses: None,
                clothes: CLOTHES[2],
                neckline: Neckline::Roll,
                wall: WALLS[3],
                earrings: false,
                ..drawn
            },
            4 => Self {
                skin: SKINS[2],
                hair: Hair::Curls,
                hair_color: DARK_HAIR[1],
                beard: Beard::None,
                round_glasses: None,
                clothes: CLOTHES[4],
                neckline: Neckline::Crew,
                wall: WALLS[4],
                laughs: true,
                aged: false,
                earrings: true,
                ..drawn
            },
            _ => drawn,
        }
    }

    fn drawn(seed: u64) -> Self {
        let mut lots = Lots(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let bearded = lots.one_in(2);
        let hair = if bearded {
            lots.pick([Hair::Short, Hair::Quiff, Hair::Cropped, Hair::Crown, Hair::Short, Hair::Curls])
        } else {
            lots.pick([Hair::Bob, Hair::Long, Hair::Curls, Hair::Bun, Hair::Ponytail, Hair::Scarf, Hair::Short])
        };
        let skin_at = lots.below(SKINS.len());
        let aged = hair == Hair::Crown || lots.one_in(5);
        let hair_color = if hair == Hair::Scarf {
            lots.pick(SCARVES)
        } else if aged {
            lots.pick(GRAY_HAIR)
        } else if skin_at < 2 && !lots.one_in(3) {
            lots.pick(LIGHT_HAIR)
        } else {
            lots.pick(DARK_HAIR)
        };
        let beard = if bearded {
            lots.pick([Beard::None, Beard::None, Beard::Stubble, Beard::Full, Beard::Moustache])
        } else {
            Beard::None
        };
        let glasses = lots.one_in(3);
        let skin = SKINS[skin_at];
        Self {
            wall: lots.pick(WALLS),
            skin,
            hair,
            hair_color,
            eyes: if skin_at < 2 {
                lots.pick([Shade(0x4C, 0x6E, 0x86), Shade(0x5A, 0x6B, 0x45), Shade(0x5C, 0x3B, 0x26)])
            } else {
                Shade(0x4A, 0x2E, 0x20)
            },
            lips: if bearded { skin.darker(0.42) } else { Shade(0xB4, 0x4A, 0x48).mixed(skin, 0.25) },
            clothes: lots.pick(CLOTHES),
            accent: lots.pick([Shade(0xB5, 0x34, 0x1B), Shade(0xC9, 0x9A, 0x3E), Shade(0x2F, 0x5D, 0x70)]),
            neckline: lots.pick([Neckline::Crew, Neckline::Open, Neckline::Shirt, Neckline::Roll]),
            beard,
            round_glasses: glasses.then(|| lots.one_in(2)),
            brow_width: if bearded { 5.2 } else { 3.6 },
            laughs: beard != Beard::Moustache && lots.one_in(2),
            freckles: skin_at < 2 && lots.one_in(3),
            aged,
            earrings: !bearded && lots.one_in(2),
            narrow_chin: !bearded,
        }
    }

    /// The outline of the head without hair.
    pub(super) fn head_outline(&self) -> &'static str {
        if self.narrow_chin {
            "M 113 186 C 113 122 140 98 175 98 C 210 98 237 122 237 186 C 237 236 207 282 175 282 C 143 282 113 236 113 186 Z"
        } else {
            "M 113 186 C 113 122 140 98 175 98 C 210 98 237 122 237 186 C 237 244 214 282 175 282 C 136 282 113 244 113 186 Z"
        }
    }
}

/// Lots that a number decides (`SplitMix64`).
struct Lots(u64);

impl Lots {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, count: usize) -> usize {
        let count_wide = u64::try_from(count).unwrap_or(1).max(1);
        usize::try_from(self.next() % count_wide).unwrap_or(0)
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn pick<T: Copy, const N: usize>(&mut self, from: [T; N]) -> T {
        from[self.below(N)]
    }
}
