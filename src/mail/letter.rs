//! What a mail says: written once, and set both as plain text and as a page.

/// A letter in its reader's language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letter {
    /// What stands in the list of mails.
    pub subject: String,
    /// What it says, part after part.
    pub parts: Vec<Part>,
    /// What lies in it.
    pub attachments: Vec<Attachment>,
}

/// A part of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A paragraph.
    Text(String),
    /// A heading over what follows.
    Heading(String),
    /// The link for which the mail is sent.
    Button {
        /// What the link does.
        label: String,
        /// Where it leads.
        url: String,
    },
    /// One of several things: its name, what is to be said of it, and its own link.
    Item {
        /// Its name.
        name: String,
        /// What is to be said of it.
        detail: String,
        /// Where its link leads, if it has one.
        url: Option<String>,
    },
    /// A paragraph in small print.
    Small(String),
}

/// A file in a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What it is called.
    pub name: String,
    /// What kind of file it is, for instance `application/pdf`.
    pub content_type: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Letter {
    /// An empty letter with a subject.
    pub fn about(subject: impl Into<String>) -> Self {
        Self { subject: subject.into(), ..Self::default() }
    }

    /// Adds a part.
    #[must_use]
    pub fn with(mut self, part: Part) -> Self {
        self.parts.push(part);
        self
    }

    /// Adds a paragraph.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        self.with(Part::Text(text.into()))
    }

    /// The letter as plain text.
    pub fn plain(&self) -> String {
        let mut blocks: Vec<String> = Vec::new();
        for part in &self.parts {
            blocks.push(match part {
                Part::Text(text) => text.clone(),
                Part::Heading(text) => format!("{text}\n{}", "-".repeat(text.chars().count().min(60))),
                Part::Button { label, url } => format!("{label}:\n{url}"),
                Part::Item { name, detail, url } => {
                    let lines = [Some(format!("* {name}")), Some(detail.clone()), url.clone()];
                    let lines = lines.into_iter().flatten().filter(|line| !line.is_empty());
                    lines.collect::<Vec<_>>().join("\n  ")
                }
                Part::Small(text) => format!("--\n{text}"),
            });
        }
        let mut text = blocks.join("\n\n");
        text.push('\n');
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_names_every_link_in_full() {
        let letter = Letter::about("Order 7")
            .text("Good day,")
            .with(Part::Heading("Tickets".to_owned()))
            .with(Part::Item {
                name: "Annual ticket".to_owned(),
                detail: "Adult".to_owned(),
                url: Some("https://museum.example/p/1".to_owned()),
            })
            .with(Part::Item { name: "Voucher".to_owned(), detail: String::new(), url: None })
            .with(Part::Button { label: "See it".to_owned(), url: "https://museum.example/o/2".to_owned() })
            .with(Part::Small("Museum".to_owned()));
        let expected = "Good day,\n\nTickets\n-------\n\n* Annual ticket\n  Adult\n  https://museum.example/p/1\n\n* Voucher\n\n\
            See it:\nhttps://museum.example/o/2\n\n--\nMuseum\n";
        assert_eq!(letter.plain(), expected);
    }
}
