//! How hard a masked QR code is to read: the penalty points of the standard (ISO/IEC 18004, 7.8.3), of which the mask with the fewest is
//! taken.

/// Points for a stretch of five equal modules; each further one costs one more.
const STRETCH: u32 = 3;
/// Points for a block of two by two equal modules.
const BLOCK: u32 = 3;
/// Points for what looks like a finder pattern with four light modules beside it.
const LIKE_A_FINDER: u32 = 40;
/// Points for each twentieth part by which the share of dark modules differs from a half.
const IMBALANCE: u32 = 10;
/// A finder pattern, 1:1:3:1:1, after four light modules or before them; the last module in the lowest bit.
const FINDERS: [u32; 2] = [0b000_0101_1101, 0b101_1101_0000];
const FINDER_MODULES: usize = 11;

/// The points of a square of modules, row by row, `side` on each side.
pub(crate) fn penalty(dark: &[bool], side: usize) -> u32 {
    let rows = (0..side).map(|y| line((0..side).map(|x| dark[y * side + x])));
    let columns = (0..side).map(|x| line((0..side).map(|y| dark[y * side + x])));
    rows.sum::<u32>() + columns.sum::<u32>() + blocks(dark, side) + imbalance(dark)
}

/// Stretches of equal modules and patterns like finders in one row or column.
fn line(modules: impl Iterator<Item = bool>) -> u32 {
    let (mut points, mut last, mut length, mut window) = (0, None, 0_u32, 0_u32);
    for (index, module) in modules.enumerate() {
        length = if last == Some(module) { length + 1 } else { 1 };
        last = Some(module);
        points += match length {
            5 => STRETCH,
            6.. => 1,
            _ => 0,
        };
        window = (window << 1 | u32::from(module)) & ((1 << FINDER_MODULES) - 1);
        if index + 1 >= FINDER_MODULES && FINDERS.contains(&window) {
            points += LIKE_A_FINDER;
        }
    }
    points
}

fn blocks(dark: &[bool], side: usize) -> u32 {
    let pairs = dark.chunks(side).zip(dark.chunks(side).skip(1));
    let in_pair = |(upper, lower): (&[bool], &[bool])| {
        let squares = upper.windows(2).zip(lower.windows(2));
        squares.filter(|(above, below)| above[0] == above[1] && above == below).count()
    };
    u32::try_from(pairs.map(in_pair).sum::<usize>()).unwrap_or(u32::MAX / 8) * BLOCK
}

fn imbalance(dark: &[bool]) -> u32 {
    let (count, all) = (dark.iter().filter(|dark| **dark).count(), dark.len().max(1));
    let percent_off = (count * 100 / all).abs_diff(50);
    u32::try_from(percent_off / 5).unwrap_or_default() * IMBALANCE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points_of_line(modules: &str) -> u32 {
        line(modules.bytes().map(|module| module == b'#'))
    }

    #[test]
    fn stretches_and_finders_cost_points() {
        for (modules, points) in [
            ("####", 0),
            ("#####", 3),
            ("#######", 5),
            ("#####.....", 6),
            (".#.#.#.#.#.#", 0),
            ("....#.###.#", 40),
            ("#.###.#....", 40),
            ("#.###.#....#.###.#", 80),
            ("#.###.#...#", 0),
        ] {
            assert_eq!(points_of_line(modules), points, "{modules}");
        }
    }

    #[test]
    fn blocks_and_imbalance_cost_points() {
        assert_eq!(penalty(&[true; 9], 3), 4 * BLOCK + 10 * IMBALANCE);
        assert_eq!(penalty(&[true, false, false, true], 2), 0);
        assert_eq!(penalty(&[false; 4], 2), BLOCK + 10 * IMBALANCE);
    }
}
