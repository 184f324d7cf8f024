//! `when`: a tiny closed language that decides whether an element is drawn.
//!
//! `ticket.reduced == true`, `category.name in ["ermäßigt", 'Kind'] and not (card.language == "en")`. Variables, texts
//! and `true`/`false` can be compared with `==`, `!=` and `in`; texts also with `<` and `>`; the parts are joined by
//! `and`, `or`, `not` and parentheses. Types are checked when the layout is read, so asking never fails.

use super::variable::{Variable, VariableType};

/// How deep parentheses and `not` may nest.
const DEPTH_MAX: usize = 20;

/// A condition that parsed and whose types fit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    Flag(Operand),
    Compare(Comparison, Operand, Operand),
    OneOf(Operand, Vec<Operand>),
    Not(Box<Condition>),
    All(Vec<Condition>),
    Any(Vec<Condition>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    Different,
    Less,
    Greater,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand {
    Variable(Variable),
    Text(String),
    Flag(bool),
}

/// The value of a variable on one card.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub(crate) enum Value {
    Text(String),
    Flag(bool),
}

impl Condition {
    /// Reads a condition; the error says what is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut parser = Parser { tokens: tokens(text)?, next: 0, depth: 0 };
        let condition = parser.any()?;
        match parser.peek() {
            None => Ok(condition),
            Some(token) => Err(format!("{} is not expected here", token.shown())),
        }
    }

    /// Every variable it asks about, with each value that it is compared with, if any.
    pub(crate) fn each_question(&self, asked: &mut impl FnMut(Variable, Option<Value>)) {
        let mut ask = |left: &Operand, right: Option<&Operand>| {
            if let Operand::Variable(variable) = left {
                let flag = (variable.kind() == VariableType::Flag).then_some(Value::Flag(true));
                asked(*variable, right.and_then(Operand::constant).or(flag));
            }
        };
        match self {
            Self::Flag(operand) => ask(operand, None),
            Self::Compare(_, left, right) => {
                ask(left, Some(right));
                ask(right, Some(left));
            }
            Self::OneOf(left, list) => {
                for item in list {
                    ask(left, Some(item));
                    ask(item, Some(left));
                }
            }
            Self::Not(inner) => inner.each_question(asked),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.each_question(asked);
                }
            }
        }
    }

    /// Whether it holds on a card whose variables have these values.
    pub(crate) fn holds(&self, value_of: &impl Fn(Variable) -> Value) -> bool {
        let value = |operand: &Operand| match operand {
            Operand::Variable(variable) => value_of(*variable),
            Operand::Text(text) => Value::Text(text.clone()),
            Operand::Flag(flag) => Value::Flag(*flag),
        };
        match self {
            Self::Flag(operand) => value(operand) == Value::Flag(true),
            Self::Compare(comparison, left, right) => {
                let (left, right) = (value(left), value(right));
                match comparison {
                    Comparison::Equal => left == right,
                    Comparison::Different => left != right,
                    Comparison::Less => left < right,
                    Comparison::Greater => left > right,
                }
            }
            Self::OneOf(left, list) => list.iter().any(|item| value(item) == value(left)),
            Self::Not(inner) => !inner.holds(value_of),
            Self::All(parts) => parts.iter().all(|part| part.holds(value_of)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(value_of)),
        }
    }
}

impl Operand {
    fn constant(&self) -> Option<Value> {
        match self {
            Self::Variable(_) => None,
            Self::Text(text) => Some(Value::Text(text.clone())),
            Self::Flag(flag) => Some(Value::Flag(*flag)),
        }
    }

    fn kind(&self) -> VariableType {
        match self {
            Self::Variable(variable) => variable.kind(),
            Self::Text(_) => VariableType::Text,
            Self::Flag(_) => VariableType::Flag,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Sign(&'static str),
}

impl Token {
    fn shown(&self) -> String {
        match self {
            Self::Word(word) => format!("`{word}`"),
            Self::Text(text) => format!("the text `{text}`"),
            Self::Sign(sign) => format!("`{sign}`"),
        }
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    const SIGNS: [&str; 9] = ["==", "!=", "<", ">", "(", ")", "[", "]", ","];
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        if first == '"' || first == '\'' {
            let (inside, after) = rest[1..].split_once(first).ok_or("a text is never closed")?;
            found.push(Token::Text(inside.to_owned()));
            rest = after;
        } else if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            found.push(Token::Sign(sign));
            rest = &rest[sign.len()..];
        } else {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '_')).unwrap_or(rest.len());
            if end == 0 {
                return Err(format!("`{first}` is not part of a condition"));
            }
            found.push(Token::Word(rest[..end].to_owned()));
            rest = &rest[end..];
        }
        rest = rest.trim_start();
    }
    Ok(found)
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn take(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.next).cloned();
        self.next += 1;
        token
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Word(next)) if next == word);
        self.next += usize::from(found);
        found
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Sign(next)) if *next == sign);
        self.next += usize::from(found);
        found
    }

    fn any(&mut self) -> Result<Condition, String> {
        let mut parts = vec![self.all()?];
        while self.take_word("or") {
            parts.push(self.all()?);
        }
        Ok(single(parts, Condition::Any))
    }

    fn all(&mut self) -> Result<Condition, String> {
        let mut parts = vec![self.part()?];
        while self.take_word("and") {
            parts.push(self.part()?);
        }
        Ok(single(parts, Condition::All))
    }

    fn part(&mut self) -> Result<Condition, String> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(format!("it nests deeper than {DEPTH_MAX} levels"));
        }
        let part = if self.take_word("not") {
            Condition::Not(Box::new(self.part()?))
        } else if self.take_sign("(") {
            let inner = self.any()?;
            if !self.take_sign(")") {
                return Err("a `(` is never closed".to_owned());
            }
            inner
        } else {
            self.comparison()?
        };
        self.depth -= 1;
        Ok(part)
    }

    fn comparison(&mut self) -> Result<Condition, String> {
        let left = self.operand()?;
        if self.take_word("in") {
            return self.list(left);
        }
        let comparison = match self.peek() {
            Some(Token::Sign("==")) => Comparison::Equal,
            Some(Token::Sign("!=")) => Comparison::Different,
            Some(Token::Sign("<")) => Comparison::Less,
            Some(Token::Sign(">")) => Comparison::Greater,
            _ if left.kind() == VariableType::Flag => return Ok(Condition::Flag(left)),
            _ => return Err("a text alone is neither true nor false: compare it".to_owned()),
        };
        self.next += 1;
        let right = self.operand()?;
        same_kind(&left, &right)?;
        let ordered = matches!(comparison, Comparison::Less | Comparison::Greater);
        if ordered && left.kind() == VariableType::Flag {
            return Err("`true` and `false` have no order".to_owned());
        }
        Ok(Condition::Compare(comparison, left, right))
    }

    fn list(&mut self, left: Operand) -> Result<Condition, String> {
        if !self.take_sign("[") {
            return Err("`in` needs a list in brackets".to_owned());
        }
        let mut items = Vec::new();
        while !self.take_sign("]") {
            let item = self.operand()?;
            same_kind(&left, &item)?;
            items.push(item);
            if !self.take_sign(",") && self.peek() != Some(&Token::Sign("]")) {
                return Err("a list needs `,` or `]` here".to_owned());
            }
        }
        Ok(Condition::OneOf(left, items))
    }

    fn operand(&mut self) -> Result<Operand, String> {
        match self.take() {
            Some(Token::Text(text)) => Ok(Operand::Text(text)),
            Some(Token::Word(word)) if word == "true" || word == "false" => Ok(Operand::Flag(word == "true")),
            Some(Token::Word(word)) => match Variable::parse(&word) {
                Some(variable) if variable.kind() == VariableType::Photo => Err(format!("`{word}` cannot be compared")),
                Some(variable) => Ok(Operand::Variable(variable)),
                None => Err(format!("`{word}` is not a variable; known are: {}", Variable::known())),
            },
            Some(token) => Err(format!("{} is not expected here", token.shown())),
            None => Err("it ends too early".to_owned()),
        }
    }
}

fn single(mut parts: Vec<Condition>, join: impl FnOnce(Vec<Condition>) -> Condition) -> Condition {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            join(parts)
        }
        None => join(parts),
    }
}

fn same_kind(left: &Operand, right: &Operand) -> Result<(), String> {
    if left.kind() == right.kind() { Ok(()) } else { Err("a text is compared with true or false".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(variable: Variable) -> Value {
        match variable {
            Variable::Reduced => Value::Flag(true),
            Variable::CategoryName => Value::Text("ermäßigt".to_owned()),
            other => Value::Text(other.name().to_owned()),
        }
    }

    #[test]
    fn conditions_are_decided() {
        for (text, expected) in [
            ("ticket.reduced == true", true),
            ("ticket.reduced", true),
            ("not ticket.reduced", false),
            ("category.name == 'ermäßigt'", true),
            ("category.name != \"ermäßigt\"", false),
            ("category.name in ['Kind', \"ermäßigt\",]", true),
            ("category.name in []", false),
            ("'a' < 'b' and 'b' > 'a'", true),
            ("false or false or true and false", false),
            ("(false or true) and not (true and false)", true),
        ] {
            let condition = Condition::parse(text).expect(text);
            assert_eq!(condition.holds(&card), expected, "{text}");
        }
    }

    #[test]
    fn mistakes_are_named() {
        for (text, part) in [
            ("", "ends too early"),
            ("holder.name", "compare it"),
            ("holder.shoe == 'x'", "not a variable"),
            ("holder.photo == 'x'", "cannot be compared"),
            ("ticket.reduced == 'yes'", "compared with true"),
            ("ticket.reduced < true", "no order"),
            ("category.name in 'x'", "list in brackets"),
            ("category.name in ['a' 'b']", "`,` or `]`"),
            ("(true", "never closed"),
            ("'x", "never closed"),
            ("true true", "not expected"),
            ("1 == 1", "not a variable"),
            ("true + true", "not part of"),
            ("true; exit", "not part of"),
        ] {
            let error = Condition::parse(text).expect_err(text);
            assert!(error.contains(part), "{text}: {error}");
        }
        assert!(Condition::parse(&"not ".repeat(10_000)).is_err());
        assert!(Condition::parse(&"(".repeat(10_000)).is_err());
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in r#"[a-z.'"()\[\],=!<> äß]{0,60}"#) {
            if let Ok(condition) = Condition::parse(&text) {
                condition.holds(&card);
            }
        }
    }
}
