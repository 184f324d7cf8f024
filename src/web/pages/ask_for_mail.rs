//! A page that asks for a mail: for lost links, for one's own page, for a new password. The answer is the same for every address, and
//! asking comes to an end.

use super::{ClientAddress, Done, FormErrors, Visitor, act_once};
use crate::accounts::mail_requests::{MailRequestError, count};
use crate::app::SharedApp;
use crate::kernel::{Act, Actor};
use crate::web::Problem;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use db::{Conn, DbError};
use serde::Deserialize;

/// What one such page is about. Texts are keys.
#[derive(Debug)]
pub struct MailForm {
    /// The path that takes the form.
    pub path: &'static str,
    /// The path that shows it.
    pub shown_at: &'static str,
    /// The heading.
    pub title: &'static str,
    /// What is asked of the visitor.
    pub lead: &'static str,
    /// The word on the button.
    pub send: &'static str,
    /// What is said afterwards.
    pub asked: &'static str,
    /// What a browser may fill in.
    pub autocomplete: &'static str,
    /// Whether another address is offered afterwards.
    pub offers_another: bool,
    /// Where one goes on afterwards: a path and its text.
    pub then: (&'static str, &'static str),
    /// Another way for whoever is wrong here: a path and its text.
    pub otherwise: Option<(&'static str, &'static str)>,
}

/// Whether the page is shown after it was asked.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    asked: Option<String>,
}

/// The posted form.
#[derive(Debug, Deserialize)]
pub struct AskedFor {
    once: String,
    email: String,
}

#[derive(Template)]
#[template(path = "layout/ask_for_mail.html")]
struct AskPage<'a> {
    form: &'a MailForm,
    visitor: &'a Visitor,
    once: String,
    email: &'a str,
    asked: bool,
    errors: FormErrors,
}

impl MailForm {
    /// The page, before and after it was asked.
    pub fn show(&self, visitor: &Visitor, shown: &Asked) -> Response {
        let (once, asked) = (visitor.fresh_once(), shown.asked.is_some());
        let page = AskPage { form: self, once, email: "", asked, errors: FormErrors::default(), visitor };
        Visitor::show(StatusCode::OK, &page)
    }

    /// Counts the question and has the deed put the mail: it gets the address and the language of the page.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn ask<F>(
        &self,
        app: &SharedApp,
        visitor: &Visitor,
        client: ClientAddress,
        typed: &AskedFor,
        put: F,
    ) -> Result<Response, Problem>
    where
        F: AsyncFn(&mut Conn, &Act, &str, &str) -> Result<(), DbError> + Send + Sync + 'static,
    {
        let refusal = match count(app, &typed.email, client.0).await {
            Ok(address) => {
                let act = app.act(Actor::Visitor);
                let (deed_act, language, path) = (act.clone(), visitor.words.language, self.shown_at);
                let deed = async move |tx: &mut Conn| {
                    put(tx, &deed_act, &address, language.as_str()).await?;
                    Ok::<_, DbError>(Done::at(format!("{path}?asked=1")))
                };
                return Ok(act_once(app, &act, &typed.once, deed).await?);
            }
            Err(MailRequestError::Db(error)) => return Err(error.into()),
            Err(refusal) => refusal,
        };
        let mut errors = FormErrors::default();
        errors.add("email", visitor.t(refusal.text()));
        let status = match refusal {
            MailRequestError::TooOften => StatusCode::TOO_MANY_REQUESTS,
            _ => errors.status(),
        };
        let once = visitor.fresh_once();
        Ok(Visitor::show(status, &AskPage { form: self, once, email: &typed.email, asked: false, errors, visitor }))
    }
}
