//! The mails that the server under test wrote into its folder, read as a mail program reads them.

use super::TestApp;
use mail_parser::{Message, MessageParser, MimeHeaders};
use std::fs;

/// A mail as its reader has it.
#[derive(Debug, Clone)]
pub(crate) struct ReadMail {
    /// The name and the address to which it goes.
    pub(crate) to: (String, String),
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
    /// Names and contents of the files in it.
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

impl ReadMail {
    fn of(bytes: &[u8]) -> Self {
        let mail: Message<'_> = MessageParser::new().parse(bytes).expect("a mail");
        let to = mail.to().and_then(|to| to.first()).expect("an addressee");
        let files = mail
            .attachments()
            .map(|file| (file.attachment_name().unwrap_or_default().to_owned(), file.contents().to_vec()));
        Self {
            to: (to.name().unwrap_or_default().to_owned(), to.address().unwrap_or_default().to_owned()),
            subject: mail.subject().unwrap_or_default().to_owned(),
            text: mail.body_text(0).expect("a text").replace("\r\n", "\n"),
            html: mail.body_html(0).expect("a page").into_owned(),
            files: files.collect(),
        }
    }

    /// The links of its text that begin so, in their order.
    pub(crate) fn links(&self, start: &str) -> Vec<String> {
        let words = self.text.split_whitespace();
        words.filter(|word| word.starts_with(start)).map(str::to_owned).collect()
    }
}

impl TestApp {
    /// Delivers what is due, and answers all mails that were ever delivered, the oldest first.
    pub(crate) async fn mails(&self) -> Vec<ReadMail> {
        self.run_jobs().await;
        let Ok(folder) = fs::read_dir(self.folder().join("mails")) else { return Vec::new() };
        let mut paths: Vec<_> = folder.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        paths.iter().map(|path| ReadMail::of(&fs::read(path).expect("a file"))).collect()
    }

    /// The only mail that was delivered since `before` of them.
    pub(crate) async fn mail_after(&self, before: usize) -> ReadMail {
        let mails = self.mails().await;
        assert_eq!(mails.len(), before + 1, "{mails:#?}");
        mails.into_iter().next_back().expect("a mail")
    }
}
