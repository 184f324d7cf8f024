//! Generates codes in batches. A small batch is complete when its deed is; of a large one the rest follows in portions, so that
//! nobody at a till waits for a million codes.

use super::change_codes::{CodeDeedError, demand_offer};
use super::code::{NewCode, Pattern};
use super::store;
use crate::app::SharedApp;
use crate::audit::{self, Entry};
use crate::jobs;
use crate::kernel::ids::CodeBatchId;
use crate::kernel::slug::Slug;
use crate::kernel::{Act, Actor};
use db::Conn;
use serde_json::json;

/// The most codes of one batch.
pub const BATCH_MAX: u32 = 1_000_000;
/// The largest batch that is complete at once.
pub const AT_ONCE_MAX: u32 = 100_000;
/// The job that completes a batch. Its subject is the batch.
pub const GENERATE: &str = "promotions.generate_codes";
/// How many codes are sent to the database at once.
const CHUNK: usize = 5_000;
/// Of so many codes that a pattern can make, at most one is made: so that guessing is no way to find one.
const SPARSENESS: u64 = 10;
/// How often nothing new may come of a portion before the pattern is used up.
const FRUITLESS_MAX: u32 = 20;

/// Codes to generate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBatch {
    /// How many.
    pub count: u32,
    /// How they look.
    pub pattern: Pattern,
    /// How often each may be used.
    pub max_uses: Option<u32>,
}

/// Generates codes for an offer and answers the batch's id and the codes: all of them, or none when there are more than
/// [`AT_ONCE_MAX`], which a job makes then.
///
/// # Errors
/// When there is no such offer, or the pattern is too short for so many codes.
pub async fn generate(
    tx: &mut Conn,
    act: &Act,
    offer: &Slug,
    new: &NewBatch,
) -> Result<(CodeBatchId, Vec<String>), CodeDeedError> {
    demand_offer(tx, offer).await?;
    if new.pattern.capacity() / SPARSENESS < u64::from(new.count) {
        return Err(CodeDeedError::PatternTooShort);
    }
    // What no code can begin with is refused before anybody waits for it.
    new.pattern.generate(&*act.random).parse::<super::CodeText>()?;
    let id: CodeBatchId = act.new_id();
    store::insert_batch(tx, act, id, offer, new).await?;
    let entry = Entry::new("codes.generated", "offer", offer).detail(json!({"batch": id, "count": new.count}));
    audit::record(tx, act, entry).await?;
    if new.count > AT_ONCE_MAX {
        jobs::enqueue(tx, act, GENERATE, id).await?;
        return Ok((id, Vec::new()));
    }
    let wanted = usize::try_from(new.count).unwrap_or(usize::MAX);
    let mut codes = Vec::with_capacity(wanted);
    let mut fruitless = 0;
    while codes.len() < wanted {
        let added = portion(tx, act, id, offer, new, CHUNK.min(wanted - codes.len())).await?;
        fruitless = patience(fruitless, &added)?;
        codes.extend(added);
    }
    Ok((id, codes))
}

/// The handler of the job: makes what a batch lacks. Each portion is a transaction of its own, and whoever begins again goes on
/// where the last one stopped.
///
/// # Errors
/// When the database refuses, the subject is no batch's id, or its pattern is used up.
pub async fn go_on(app: SharedApp, subject: String) -> anyhow::Result<()> {
    let id: CodeBatchId = subject.parse()?;
    let Some(batch) = store::find_batch(&mut app.db.read().await?, id).await? else { return Ok(()) };
    let offer = batch.offer()?;
    let new = batch.wanted()?;
    let act = app.act(Actor::System);
    let (mut left, mut fruitless) = (usize::try_from(batch.left()).unwrap_or_default(), 0);
    while left > 0 {
        let (deed_act, deed_offer, deed_new) = (act.clone(), offer.clone(), new.clone());
        let size = CHUNK.min(left);
        let added = app
            .db
            .write(async move |tx: &mut Conn| portion(tx, &deed_act, id, &deed_offer, &deed_new, size).await)
            .await?;
        fruitless = patience(fruitless, &added)?;
        left -= added.len();
    }
    Ok(())
}

/// Makes so many codes, or fewer where some were there already.
async fn portion(
    tx: &mut Conn,
    act: &Act,
    id: CodeBatchId,
    offer: &Slug,
    new: &NewBatch,
    size: usize,
) -> Result<Vec<String>, CodeDeedError> {
    let one = |_| {
        let code = new.pattern.generate(&*act.random).parse()?;
        Ok(NewCode { code, enabled: true, max_uses: new.max_uses })
    };
    let fresh: Vec<NewCode> = (0..size).map(one).collect::<Result<_, CodeDeedError>>()?;
    Ok(store::add_codes(tx, act, Some(id), offer, &fresh).await?)
}

/// How often nothing new came in a row.
fn patience(fruitless: u32, added: &[String]) -> Result<u32, CodeDeedError> {
    let fruitless = if added.is_empty() { fruitless + 1 } else { 0 };
    // Earlier batches of the same pattern have used up what it can make.
    if fruitless > FRUITLESS_MAX { Err(CodeDeedError::PatternTooShort) } else { Ok(fruitless) }
}
