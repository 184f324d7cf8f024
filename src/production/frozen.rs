//! What was frozen for the cards of a run, gathered: the words, the portraits and the layouts that their faces are composed of.

use super::composers;
use super::files::Part;
use super::layout_package::LayoutPackage;
use super::layout_source;
use super::print_data::{PORTRAIT, PrintData, file_key, sha256};
use super::store;
use crate::app::App;
use crate::kernel::ids::PrintRunId;
use anyhow::{Context, anyhow, bail};
use card_face::ComposedCard;
use db::Conn;
use std::collections::BTreeMap;

/// What was frozen for some cards.
pub(super) struct Frozen {
    pub(super) cards: Vec<PrintData>,
    /// In the order of the cards.
    pub(super) portraits: Vec<Option<Vec<u8>>>,
    /// The files of the layouts by the hashes of their contents.
    layouts: BTreeMap<String, LayoutPackage>,
}

impl Frozen {
    /// One card that is no card of anybody.
    pub(super) async fn of_nobody(
        app: &App,
        conn: &mut Conn,
        data: PrintData,
        portrait: Vec<u8>,
    ) -> anyhow::Result<Self> {
        let mut frozen = Self { cards: Vec::new(), portraits: vec![Some(portrait)], layouts: BTreeMap::new() };
        frozen.gather_layout(app, conn, &data).await?;
        frozen.cards.push(data);
        Ok(frozen)
    }

    /// All that the faces of these cards need.
    pub(super) async fn gather(app: &App, mut conn: Conn, frozen: Vec<(Vec<u8>, PrintData)>) -> anyhow::Result<Self> {
        let mut gathered = Self { cards: Vec::new(), portraits: Vec::new(), layouts: BTreeMap::new() };
        for (_, data) in &frozen {
            gathered.gather_layout(app, &mut conn, data).await?;
        }
        drop(conn);
        for (hash, data) in frozen {
            gathered.portraits.push(portrait(app, &hash, &data).await?);
            gathered.cards.push(data);
        }
        Ok(gathered)
    }

    /// The same for a part of a run.
    pub(super) async fn of_part(app: &App, run: PrintRunId, part: Part) -> anyhow::Result<Self> {
        let mut conn = app.db.read().await?;
        let frozen = store::run_cards::frozen(&mut conn, run, part).await?;
        Self::gather(app, conn, frozen).await
    }

    async fn gather_layout(&mut self, app: &App, conn: &mut Conn, data: &PrintData) -> anyhow::Result<()> {
        if !self.layouts.contains_key(&data.layout_sha256) {
            let package = layout_source::load_used(app, conn, &data.layout_id, data.layout_version).await?;
            self.layouts.insert(data.layout_sha256.clone(), package);
        }
        Ok(())
    }

    /// The cards with their faces. Takes processor time.
    pub(super) fn compose(self) -> anyhow::Result<Vec<ComposedCard>> {
        let Self { cards, portraits, layouts } = self;
        cards.iter().zip(portraits).map(|(data, portrait)| compose(data, portrait, &layouts)).collect()
    }
}

/// The frozen portrait of a card.
pub(super) async fn portrait(app: &App, hash: &[u8], data: &PrintData) -> anyhow::Result<Option<Vec<u8>>> {
    let Some(wanted) = &data.photo_sha256 else { return Ok(None) };
    let bytes = app.files.get(&file_key(hash, PORTRAIT)).await?;
    if hex::encode(sha256(&bytes)) != *wanted {
        bail!("the portrait of card {} is not the one that was frozen", data.card);
    }
    Ok(Some(bytes))
}

fn compose(
    data: &PrintData,
    portrait: Option<Vec<u8>>,
    layouts: &BTreeMap<String, LayoutPackage>,
) -> anyhow::Result<ComposedCard> {
    let layout = layouts.get(&data.layout_sha256).context("the layout of a run is gone")?;
    let composer = composers::composer(&data.layout_sha256, layout)?;
    let composed = composer.compose(&data.card_data(portrait));
    composed.map_err(|aside| anyhow!("card {} cannot be composed any more: {}", data.card, aside.reason()))
}
