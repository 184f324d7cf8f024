//! A form that is sent twice acts once.
//!
//! Every acting form carries a token that was made when the page was rendered. The deed, what is to be said about it, and the
//! token are committed together; whoever sends the same form again, by a double click, a reload or the back button, is led to
//! where the first time led, and nothing is done again. Refusals are not remembered: they changed nothing.

use super::notice::Notice;
use crate::app::App;
use crate::kernel::Act;
use crate::web::repeat::{Ended, Key};
use crate::web::store::StoredAnswer;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use db::{Conn, Db, DbError, column};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What a form did: where the browser goes on, and what it says there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    notice: Option<Notice>,
}

impl Done {
    /// Done; the browser goes on to this path.
    pub fn at(path: impl Into<String>) -> Self {
        Self { path: path.into(), notice: None }
    }

    /// Says the text with this key there. [`Self::naming`] and [`Self::counting`] put values into it.
    #[must_use]
    pub fn saying(mut self, key: &str) -> Self {
        self.notice = Some(Notice::of(key));
        self
    }

    /// The value `$name` of the text.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "names and numbers are small and made for the call")]
    pub fn naming(mut self, name: impl ToString) -> Self {
        if let Some(notice) = &mut self.notice {
            notice.name = Some(name.to_string());
        }
        self
    }

    /// The value `$count` of the text.
    #[must_use]
    pub fn counting(mut self, count: i64) -> Self {
        if let Some(notice) = &mut self.notice {
            notice.count = Some(count);
        }
        self
    }

    /// Offers to undo it, at this path.
    #[must_use]
    pub fn undo_at(mut self, path: impl Into<String>) -> Self {
        if let Some(notice) = &mut self.notice {
            notice.undo = Some(path.into());
        }
        self
    }

    /// The answer for a browser: it goes on, and the text is shown where it arrives.
    pub fn respond(&self, app: &App) -> Response {
        let on = Redirect::to(&self.path).into_response();
        match &self.notice {
            Some(notice) => notice.keep(app, on),
            None => on,
        }
    }
}

/// Carries a form's deed out in one transaction, unless this very form was carried out before; answers by leading on to where
/// the deed was done. An empty token is not remembered.
///
/// # Errors
/// The deed's refusal.
pub async fn act_once<E, F>(app: &App, act: &Act, once: &str, deed: F) -> Result<Response, E>
where
    E: From<DbError> + Send + 'static,
    F: AsyncFn(&mut Conn) -> Result<Done, E> + Send + Sync + 'static,
{
    let (response, _) =
        act_once_showing(app, act, once, async move |tx: &mut Conn| Ok::<_, E>((deed(tx).await?, ()))).await?;
    Ok(response)
}

/// The same for a deed that goes in turn with others of its kind: see [`db::Db::in_turn`].
///
/// # Errors
/// The deed's refusal.
pub async fn act_once_in_turn<E, F>(app: &App, act: &Act, once: &str, deed: F) -> Result<Response, E>
where
    E: From<DbError> + Send + 'static,
    F: AsyncFn(&mut Conn) -> Result<Done, E> + Send + Sync + 'static,
{
    let deed = async move |tx: &mut Conn| Ok::<_, E>((deed(tx).await?, ()));
    let (done, _) = carry_out(&app.db.in_turn(), act, once, deed).await?;
    Ok(done.respond(app))
}

/// The same for a deed that makes something to be shown this once, such as a secret. A repetition of the form is led on without it.
///
/// # Errors
/// The deed's refusal.
pub async fn act_once_showing<T, E, F>(app: &App, act: &Act, once: &str, deed: F) -> Result<(Response, Option<T>), E>
where
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
    F: AsyncFn(&mut Conn) -> Result<(Done, T), E> + Send + Sync + 'static,
{
    let (done, made) = carry_out(&app.db, act, once, deed).await?;
    Ok((done.respond(app), made))
}

async fn carry_out<T, E, F>(db: &Db, act: &Act, once: &str, deed: F) -> Result<(Done, Option<T>), E>
where
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
    F: AsyncFn(&mut Conn) -> Result<(Done, T), E> + Send + Sync + 'static,
{
    if once.is_empty() {
        return db.write(async move |tx: &mut Conn| deed(tx).await.map(|(done, made)| (done, Some(made)))).await;
    }
    let deed = async move |tx: &mut Conn| {
        let (done, made) = deed(tx).await?;
        let body = column::to_json(&done)?;
        let status = StatusCode::SEE_OTHER.as_u16().into();
        Ok::<_, E>(((done, made), StoredAnswer { request_sha256: Vec::new(), status, body }))
    };
    let key = Key::new(act, format!("form:{}", hex::encode(Sha256::digest(once))));
    match key.once(db, deed).await? {
        Ended::Done((done, made)) => Ok((done, Some(made))),
        Ended::Before(stored) => Ok((column::json(&stored.body)?, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_is_kept_as_it_is() {
        let done = Done::at("/orders/1").saying("order-placed").naming("2026-7").counting(3).undo_at("/orders/1/undo");
        let kept: Done = serde_json::from_str(&serde_json::to_string(&done).unwrap()).unwrap();
        assert_eq!(kept, done);
    }
}
