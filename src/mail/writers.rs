//! Who writes which kind of mail. Filled once, where the application is wired.

use super::attempt::Mail;
use super::letter::Letter;
use crate::app::SharedApp;
use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

type Written = Pin<Box<dyn Future<Output = anyhow::Result<Option<Letter>>> + Send>>;
type Writer = Box<dyn Fn(SharedApp, Mail) -> Written + Send + Sync>;

/// The writers of all kinds of mail.
#[derive(Default)]
pub struct Writers(HashMap<&'static str, Writer>);

impl Writers {
    /// Adds the writer of a kind. It is given the application and the mail; it answers nothing when there is nothing to say any more.
    pub fn add<F, Fut>(&mut self, kind: &'static str, writer: F)
    where
        F: Fn(SharedApp, Mail) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<Option<Letter>>> + Send + 'static,
    {
        self.0.insert(kind, Box::new(move |app, mail| Box::pin(writer(app, mail))));
    }

    /// The letter of a mail.
    ///
    /// # Errors
    /// When its kind has no writer, or what it is about cannot be read.
    pub(super) async fn write(&self, app: &SharedApp, mail: &Mail) -> anyhow::Result<Option<Letter>> {
        let writer = self.0.get(mail.kind.as_str());
        let writer = writer.ok_or_else(|| anyhow::anyhow!("no writer for mails of kind {}", mail.kind))?;
        writer(app.clone(), mail.clone()).await
    }
}

impl fmt::Debug for Writers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
