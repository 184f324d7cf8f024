//! Texts with variables in braces: `gültig bis {ticket.valid_until}`; `{{` and `}}` stand for the braces themselves.

use super::variable::{Variable, VariableType};

/// A text with its variables found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Template {
    pub(crate) pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Piece {
    Literal(String),
    Variable(Variable),
}

impl Template {
    /// Reads a text; the error says what is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(brace) = rest.find(['{', '}']) {
            literal.push_str(&rest[..brace]);
            let (this, after) = rest[brace..].split_at(1);
            if let Some(after) = after.strip_prefix(this) {
                literal.push_str(this);
                rest = after;
                continue;
            }
            if this == "}" {
                return Err("a `}` closes nothing; write `}}` for the brace itself".to_owned());
            }
            let (name, after) = after.split_once('}').ok_or("a `{` is never closed")?;
            let variable = Variable::parse(name.trim())
                .ok_or_else(|| format!("`{{{name}}}` is not a variable; known are: {}", Variable::known()))?;
            if variable.kind() != VariableType::Text {
                return Err(format!("`{{{name}}}` is not a text and cannot be printed as one"));
            }
            if !literal.is_empty() {
                pieces.push(Piece::Literal(std::mem::take(&mut literal)));
            }
            pieces.push(Piece::Variable(variable));
            rest = after;
        }
        literal.push_str(rest);
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal));
        }
        Ok(Self { pieces })
    }

    /// Whether it reads the same on every card.
    pub(crate) fn is_constant(&self) -> bool {
        self.pieces.iter().all(|piece| matches!(piece, Piece::Literal(_)))
    }

    /// The text with every variable replaced by what `value_of` says.
    pub(crate) fn fill(&self, value_of: impl Fn(Variable) -> String) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Literal(text) => text.clone(),
            Piece::Variable(variable) => value_of(*variable),
        };
        self.pieces.iter().map(piece).collect()
    }

    /// The name of the field for messages: its variables, or the words themselves.
    pub(crate) fn field(&self) -> String {
        let names = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Variable(variable) => Some(variable.name()),
            Piece::Literal(_) => None,
        });
        let names = names.collect::<Vec<_>>().join("+");
        if names.is_empty() { self.fill(|_| String::new()) } else { names }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_and_braces_are_told_apart() {
        let template = Template::parse("{{{holder.name}}} { card.number }!").expect("valid");
        let text = template.fill(|variable| variable.name().to_uppercase());
        assert_eq!(text, "{HOLDER.NAME} CARD.NUMBER!");
        assert!(!template.is_constant());
        assert!(Template::parse("plain").expect("valid").is_constant());
    }

    #[test]
    fn mistakes_are_named() {
        for (text, part) in [
            ("{holder.nam}", "is not a variable"),
            ("{holder.photo}", "cannot be printed"),
            ("{ticket.reduced}", "cannot be printed"),
            ("a {holder.name", "never closed"),
            ("a } b", "closes nothing"),
        ] {
            let error = Template::parse(text).expect_err(text);
            assert!(error.contains(part), "{text}: {error}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in ".{0,60}") {
            let _ = Template::parse(&text);
        }
    }
}
