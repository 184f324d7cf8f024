//! Recognises the device behind a signed request, and uses its nonce up.

use super::device::{Device, DeviceState};
use super::heard;
use super::store::devices;
use crate::app::SharedApp;
use db::{Conn, DbError};
use gate_protocol::request::{Credentials, Request, RequestRefused};

/// Why a request was not believed.
#[derive(Debug, thiserror::Error)]
pub enum NotRecognised {
    /// The credentials do not hold.
    #[error(transparent)]
    Refused(#[from] RequestRefused),
    /// There is no such device.
    #[error("there is no such device")]
    UnknownDevice,
    /// The device signed, but is no longer one of ours.
    #[error("the device was revoked")]
    Revoked(Box<Device>),
    /// The request was carried out before.
    #[error("the request was sent before")]
    Replayed,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// The paired device that signed this request just now, and never before.
///
/// # Errors
/// [`NotRecognised`]. Only a device that signed learns that it was revoked.
pub async fn recognise(
    app: &SharedApp,
    credentials: &Credentials,
    request: Request<'_>,
) -> Result<Device, NotRecognised> {
    let id = credentials.device.parse().map_err(|_| NotRecognised::UnknownDevice)?;
    let device = {
        let mut conn = app.db.read().await?;
        devices::find(&mut conn, id).await?
    };
    let device = device.ok_or(NotRecognised::UnknownDevice)?;
    let public_key = device.public_key.ok_or(NotRecognised::UnknownDevice)?;
    let now = app.clock.now();
    credentials.verify(request, &public_key, now.0)?;
    if device.state == DeviceState::Revoked {
        return Err(NotRecognised::Revoked(Box::new(device)));
    }
    let nonce = credentials.nonce.to_string();
    let is_new = app.db.write(async move |tx: &mut Conn| devices::use_nonce(tx, id, &nonce, now).await).await;
    match is_new {
        Ok(true) => {
            heard::note(app, id, None);
            Ok(device)
        }
        Ok(false) => Err(NotRecognised::Replayed),
        Err(error) => Err(NotRecognised::Db(error)),
    }
}
