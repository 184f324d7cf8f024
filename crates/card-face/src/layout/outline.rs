//! Path data of shapes, as in SVG: `M L H V C Z` with absolute millimetres.

use crate::geometry::{Outline, Point, Step, at};

/// More steps than any artwork needs.
const STEPS_MAX: usize = 10_000;

/// Reads path data; the error says what is wrong with it.
pub(crate) fn parse_outline(data: &str) -> Result<Outline, String> {
    let mut tokens = Tokens { rest: data };
    let mut steps = Vec::new();
    let mut here: Option<Point> = None;
    while let Some(letter) = tokens.letter()? {
        if letter == 'Z' {
            steps.push(Step::Close);
            continue;
        }
        let mut first = true;
        while first || tokens.number_follows() {
            let step = match (letter, here) {
                ('M', _) if first => Step::Move(tokens.point()?),
                ('M' | 'L', Some(_)) => Step::Line(tokens.point()?),
                ('H', Some(from)) => Step::Line(at(tokens.number()?, from.y)),
                ('V', Some(from)) => Step::Line(at(from.x, tokens.number()?)),
                ('C', Some(_)) => Step::Curve(tokens.point()?, tokens.point()?, tokens.point()?),
                ('M' | 'L' | 'H' | 'V' | 'C', None) => {
                    return Err("it must begin with `M`".to_owned());
                }
                _ => return Err(format!("`{letter}` is not one of M, L, H, V, C, Z")),
            };
            first = false;
            match step {
                Step::Move(point) | Step::Line(point) | Step::Curve(_, _, point) => {
                    here = Some(point);
                }
                Step::Close => {}
            }
            steps.push(step);
            if steps.len() > STEPS_MAX {
                return Err(format!("it has more than {STEPS_MAX} steps"));
            }
        }
    }
    if steps.is_empty() { Err("it is empty".to_owned()) } else { Ok(Outline { steps }) }
}

struct Tokens<'d> {
    rest: &'d str,
}

impl Tokens<'_> {
    fn skip(&mut self) {
        self.rest = self.rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    }

    fn letter(&mut self) -> Result<Option<char>, String> {
        self.skip();
        let Some(letter) = self.rest.chars().next() else {
            return Ok(None);
        };
        if !letter.is_ascii_alphabetic() {
            return Err(format!("a command letter is needed at `{}`", excerpt(self.rest)));
        }
        self.rest = &self.rest[1..];
        Ok(Some(letter))
    }

    fn number_follows(&mut self) -> bool {
        self.skip();
        self.rest.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.')
    }

    fn number(&mut self) -> Result<f64, String> {
        self.skip();
        let body = self.rest.strip_prefix('-').unwrap_or(self.rest);
        let length = body.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(body.len());
        let end = self.rest.len() - body.len() + length;
        let (number, rest) = self.rest.split_at(end);
        let parsed = number.parse::<f64>().map_err(|_| format!("a number is needed at `{}`", excerpt(self.rest)))?;
        if parsed.abs() > 1000.0 {
            return Err(format!("{number} is farther away than a metre"));
        }
        self.rest = rest;
        Ok(parsed)
    }

    fn point(&mut self) -> Result<Point, String> {
        Ok(at(self.number()?, self.number()?))
    }
}

fn excerpt(text: &str) -> String {
    text.chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_data_becomes_steps() {
        let outline = parse_outline("M1,2 3 4H5V-.5 C 1 1 2 2 3 3Z").expect("valid");
        assert_eq!(
            outline.steps,
            [
                Step::Move(at(1.0, 2.0)),
                Step::Line(at(3.0, 4.0)),
                Step::Line(at(5.0, 4.0)),
                Step::Line(at(5.0, -0.5)),
                Step::Curve(at(1.0, 1.0), at(2.0, 2.0), at(3.0, 3.0)),
                Step::Close,
            ]
        );
    }

    #[test]
    fn mistakes_are_named() {
        for (data, part) in [
            ("", "empty"),
            ("L 1 1", "begin with `M`"),
            ("M 1", "number is needed"),
            ("M 1 1 Q 1 1 2 2", "not one of"),
            ("M 1 1 l 2 2", "not one of"),
            ("M 1 1 2.2.2 1", "number is needed"),
            ("M 1 99999", "farther"),
            ("1 2", "command letter"),
        ] {
            let error = parse_outline(data).expect_err(data);
            assert!(error.contains(part), "{data}: {error}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(data in "[MLHVCZ0-9 .,ä-]{0,60}") {
            let _ = parse_outline(&data);
        }
    }
}
