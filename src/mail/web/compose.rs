//! Sets a letter as a mail: plain text and a page beside it, with its attachments.

use crate::kernel::UtcMs;
use crate::kernel::text::clean;
use crate::mail::carrier::Carrier;
use crate::mail::{Letter, Mail, Part};
use anyhow::Context;
use askama::Template;
use lettre::Message;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart};
use std::error::Error;
use std::time::{Duration, SystemTime};

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct LetterPage<'a> {
    letter: &'a Letter,
    language: &'a str,
    museum: &'a str,
}

/// Tells other programs that nobody typed this, so that they send no "out of office".
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// The mail that goes out.
///
/// # Errors
/// When the address is none, or the page cannot be rendered: trying again does not help.
pub(in crate::mail) fn compose(
    carrier: &Carrier,
    mail: &Mail,
    letter: &Letter,
    now: UtcMs,
    museum: &str,
) -> anyhow::Result<Message> {
    let address = mail.address.parse().context("this is not an address for mail")?;
    // Line ends and other invisible characters have no place in a header.
    let name = Some(clean(&mail.name)).filter(|name| !name.is_empty());
    let sender = carrier.sender();
    let mut builder = Message::builder()
        .from(sender.clone())
        .to(Mailbox::new(name, address))
        .subject(clean(&letter.subject))
        .date(moment(now))
        // The same for each attempt, so that whoever gets it twice can tell.
        .message_id(Some(format!("<{}@{}>", mail.id, sender.email.domain())))
        .header(AutoSubmitted);
    if let Some(reply_to) = carrier.reply_to() {
        builder = builder.reply_to(reply_to.clone());
    }
    let page =
        LetterPage { letter, language: &mail.language, museum }.render().context("the mail cannot be rendered")?;
    let texts = MultiPart::alternative_plain_html(letter.plain(), page);
    if letter.attachments.is_empty() {
        return builder.multipart(texts).context("the mail cannot be set");
    }
    let mut parts = MultiPart::mixed().multipart(texts);
    for file in &letter.attachments {
        let kind = ContentType::parse(file.content_type).context("an attachment has no kind")?;
        parts = parts.singlepart(Attachment::new(file.name.clone()).body(file.bytes.clone(), kind));
    }
    builder.multipart(parts).context("the mail cannot be set")
}

/// The moment as headers give it, to the second.
fn moment(now: UtcMs) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(now.0 / 1_000).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Mail as MailConfig, Museum};
    use crate::kernel::ids::Id;
    use crate::kernel::random::ChaChaRandom;
    use crate::mail::{self, MailState};
    use mail_parser::{MessageParser, MimeHeaders};
    use proptest::prelude::*;

    fn carrier() -> Carrier {
        let config =
            MailConfig { sender: "Städtisches Museum <tickets@example.org>".to_owned(), ..MailConfig::default() };
        Carrier::open(&config, &Museum::default(), std::path::PathBuf::new()).unwrap()
    }

    fn to(name: &str, address: &str) -> Mail {
        Mail {
            id: Id::new(UtcMs(1_000), &ChaChaRandom::seeded(1)),
            kind: "order.link".to_owned(),
            subject_kind: "order".to_owned(),
            subject_id: "1".to_owned(),
            address: address.to_owned(),
            name: name.to_owned(),
            language: "de".to_owned(),
            state: MailState::Waiting,
            attempts: 1,
            last_error: None,
            created_at: UtcMs(1_000),
            sent_at: None,
        }
    }

    fn bytes(mail: &Mail, letter: &Letter) -> Vec<u8> {
        compose(&carrier(), mail, letter, UtcMs(1_782_943_199_900), "Museum").unwrap().formatted()
    }

    #[test]
    fn text_and_page_and_attachment_come_back_as_they_were() {
        let mut letter =
            Letter::about("Ihre Bestellung – Führung für 2 Gäste").text("Grüße aus dem Schloß").with(Part::Button {
                label: "Ansehen".to_owned(),
                url: "https://museum.example/shop/orders/0123456789abcdef0123456789abcdef".to_owned(),
            });
        letter.attachments.push(mail::Attachment {
            name: "Tickets-2026-000001.pdf".to_owned(),
            content_type: "application/pdf",
            bytes: (0..=255).collect(),
        });
        let bytes = bytes(&to("Zoë Müller", "zoe@example.org"), &letter);
        let read = MessageParser::new().parse(&bytes).unwrap();
        assert_eq!(read.subject(), Some(letter.subject.as_str()));
        assert_eq!(read.to().unwrap().first().unwrap().name(), Some("Zoë Müller"));
        assert_eq!(read.from().unwrap().first().unwrap().name(), Some("Städtisches Museum"));
        assert_eq!(read.body_text(0).unwrap().replace("\r\n", "\n"), letter.plain());
        let page = read.body_html(0).unwrap();
        assert!(
            page.contains("Grüße aus dem Schloß")
                && page.contains("href=\"https://museum.example/shop/orders/0123456789abcdef0123456789abcdef\"")
        );
        let file = read.attachment(0).unwrap();
        assert_eq!(
            (file.attachment_name(), file.contents()),
            (Some("Tickets-2026-000001.pdf"), letter.attachments[0].bytes.as_slice())
        );
        assert_eq!(read.message_id().unwrap().split('@').nth(1), Some("example.org"));
        assert_eq!(read.date().unwrap().to_rfc3339(), "2026-07-01T21:59:59Z");
        assert!(bytes.split(|byte| *byte == b'\n').all(|line| line.len() <= 998), "no line is longer than mail allows");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for address in ["", "nobody", "a@b@c", "ada@example.org\r\nBcc: all@example.org", "ada @example.org"] {
            assert!(compose(&carrier(), &to("", address), &Letter::about("x"), UtcMs(0), "").is_err(), "{address:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

        #[test]
        fn no_name_and_no_subject_makes_a_header_of_its_own(name in "\\PC{0,40}|(?s).{0,60}", subject in "(?s).{0,120}") {
            let bytes = bytes(&to(&name, "ada@example.org"), &Letter::about(subject));
            let head = bytes.split(|byte| *byte == b'\n').take_while(|line| line.len() > 1).map(|line| String::from_utf8_lossy(line).into_owned());
            let names: Vec<String> = head.filter(|line| !line.starts_with([' ', '\t'])).map(|line| line.split(':').next().unwrap_or_default().to_lowercase()).collect();
            let mut known = vec!["from", "to", "subject", "date", "message-id", "auto-submitted", "mime-version", "content-type"];
            for name in names {
                let at = known.iter().position(|known| *known == name);
                prop_assert!(at.is_some(), "a header {name:?}");
                known.remove(at.unwrap());
            }
        }
    }
}
