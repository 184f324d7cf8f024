//! What changed between two versions of a layout file, line by line.

/// Lines on each side that are compared; what comes after them is shown as replaced.
const LINES_MAX: usize = 2_000;

/// A line that only one of two files has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Its number in its file, from 1.
    pub number: usize,
    /// Whether the newer file has it.
    pub is_new: bool,
    /// The line.
    pub text: String,
}

/// The lines that differ, in the order of the files; of a changed place first the old lines, then the new ones.
pub fn differences(old: &str, new: &str) -> Vec<Difference> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let same = old.iter().zip(&new).take_while(|(left, right)| left == right).count();
    let (rest_old, rest_new) = (&old[same..], &new[same..]);
    let tail = rest_old.iter().rev().zip(rest_new.iter().rev()).take_while(|(left, right)| left == right).count();
    let (middle_old, middle_new) = (&rest_old[..rest_old.len() - tail], &rest_new[..rest_new.len() - tail]);
    let mut found = Vec::new();
    let mut gone =
        |index: usize| Difference { number: same + index + 1, is_new: false, text: middle_old[index].to_owned() };
    let mut come =
        |index: usize| Difference { number: same + index + 1, is_new: true, text: middle_new[index].to_owned() };
    if middle_old.len() > LINES_MAX || middle_new.len() > LINES_MAX {
        found.extend((0..middle_old.len()).map(&mut gone));
        found.extend((0..middle_new.len()).map(&mut come));
        return found;
    }
    let common = common_lengths(middle_old, middle_new);
    let (mut left, mut right) = (0, 0);
    while left < middle_old.len() || right < middle_new.len() {
        if left < middle_old.len() && right < middle_new.len() && middle_old[left] == middle_new[right] {
            (left, right) = (left + 1, right + 1);
        } else if left < middle_old.len()
            && (right == middle_new.len() || common[left + 1][right] >= common[left][right + 1])
        {
            found.push(gone(left));
            left += 1;
        } else {
            found.push(come(right));
            right += 1;
        }
    }
    found
}

/// For each pair of places, how many lines the rests of both files have in common.
fn common_lengths(old: &[&str], new: &[&str]) -> Vec<Vec<u16>> {
    let mut common = vec![vec![0_u16; new.len() + 1]; old.len() + 1];
    for left in (0..old.len()).rev() {
        for right in (0..new.len()).rev() {
            common[left][right] = if old[left] == new[right] {
                common[left + 1][right + 1] + 1
            } else {
                common[left + 1][right].max(common[left][right + 1])
            };
        }
    }
    common
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(old: &str, new: &str) -> Vec<String> {
        let line =
            |found: Difference| format!("{}{} {}", if found.is_new { '+' } else { '-' }, found.number, found.text);
        differences(old, new).into_iter().map(line).collect()
    }

    #[test]
    fn only_what_differs_is_shown() {
        assert_eq!(shown("a\nb\nc", "a\nb\nc"), Vec::<String>::new());
        assert_eq!(shown("a\nb\nc", "a\nx\nc"), ["-2 b", "+2 x"]);
        assert_eq!(shown("a\nc", "a\nb\nc"), ["+2 b"]);
        assert_eq!(shown("a\nb", ""), ["-1 a", "-2 b"]);
        assert_eq!(
            shown("size = 8\nbox = 1\nfont = 2", "box = 1\nfont = 2\nlines = 2"),
            ["-1 size = 8", "+3 lines = 2"]
        );
    }

    proptest! {
        #[test]
        fn what_is_shown_leads_from_the_old_file_to_the_new_one(
            old in prop::collection::vec("[abc]", 0..12), new in prop::collection::vec("[abc]", 0..12)
        ) {
            let found = differences(&old.join("\n"), &new.join("\n"));
            let without = |lines: &[String], is_new: bool| {
                let gone: Vec<usize> = found.iter().filter(|line| line.is_new == is_new).map(|line| line.number).collect();
                let kept = lines.iter().enumerate().filter(|(index, _)| !gone.contains(&(index + 1)));
                kept.map(|(_, line)| line.clone()).collect::<Vec<_>>()
            };
            prop_assert_eq!(without(&old, false), without(&new, true));
        }
    }
}
