//! Gives a voucher another code, because the paper with the old one was lost: from then on the old code opens nothing.

use super::store::{self, VoucherState};
use crate::audit::{self, Entry};
use crate::kernel::Act;
use card::ShortCode;
use db::{Conn, DbError};

/// Why a voucher was not replaced.
#[derive(Debug, thiserror::Error)]
pub enum ReplaceVoucherError {
    /// There is no such voucher.
    #[error("there is no such voucher")]
    NotFound,
    /// It was exchanged before.
    #[error("this voucher was exchanged before")]
    AlreadyExchanged,
    /// Its ticket was cancelled.
    #[error("this voucher is void: its ticket was cancelled")]
    Void,
    /// It was replaced before.
    #[error("this voucher was replaced by another one")]
    Replaced,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Gives the voucher with this code another one, and answers it. What the voucher stands for and its last day stay.
///
/// # Errors
/// When it cannot be exchanged any more anyhow.
pub async fn replace_voucher(
    tx: &mut Conn,
    act: &Act,
    code: &str,
    reason: &str,
) -> Result<String, ReplaceVoucherError> {
    let voucher = store::lock_voucher(tx, code).await?.ok_or(ReplaceVoucherError::NotFound)?;
    match voucher.state {
        VoucherState::Open => {}
        VoucherState::Exchanged => return Err(ReplaceVoucherError::AlreadyExchanged),
        VoucherState::Void => return Err(ReplaceVoucherError::Void),
        VoucherState::Replaced => return Err(ReplaceVoucherError::Replaced),
    }
    let new = ShortCode::from_random(act.random.bytes()).text().to_owned();
    store::replace_voucher_code(tx, voucher.id, code, &new, act.now).await?;
    audit::record(tx, act, Entry::new("voucher.replaced", "voucher", voucher.id).reason(reason)).await?;
    Ok(new)
}
