//! Layouts as the house keeps them, and which one a card gets.

use crate::kernel::UtcMs;
use crate::kernel::slug::Slug;
use std::collections::BTreeMap;

/// How far a version of a layout has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LayoutState {
    /// Being worked on.
    Draft,
    /// Complete and offered to the museum.
    Proposed,
    /// Agreed: it never changes again, and cards are made with it.
    Agreed,
    /// Agreed once; no new cards are made with it.
    Retired,
}

impl LayoutState {
    const ALL: [Self; 4] = [Self::Draft, Self::Proposed, Self::Agreed, Self::Retired];

    /// The word for the state in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Proposed => "proposed",
            Self::Agreed => "agreed",
            Self::Retired => "retired",
        }
    }

    /// The state of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// One version of a layout, without the drawing itself.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct LayoutVersion {
    /// The design's stable name.
    pub id: String,
    /// Raised with every change.
    pub version: u32,
    /// How far it has come.
    pub state: LayoutState,
    /// Title per language.
    pub title: BTreeMap<String, String>,
    /// The products it is for; empty: all.
    pub products: Vec<String>,
    /// The houses it is for; empty: all.
    pub houses: Vec<String>,
    /// SHA-256 of what was agreed, hexadecimal.
    pub content_sha256: String,
    /// SHA-256 of the proof that was shown before somebody agreed, hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof_sha256: Option<String>,
    /// Who agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreed_by: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub agreed_at: Option<UtcMs>,
}

impl LayoutVersion {
    /// How the records name it: `mat@3`.
    pub fn name(&self) -> String {
        format!("{}@{}", self.id, self.version)
    }

    fn is_for(&self, product: &Slug, houses: &[Slug]) -> bool {
        let for_product = self.products.is_empty() || self.products.iter().any(|key| key == product.as_str());
        let for_houses =
            self.houses.is_empty() || houses.iter().any(|house| self.houses.iter().any(|key| key == house.as_str()));
        for_product && for_houses
    }

    /// A layout that names the product goes before one that names the house, and both before one for everything.
    fn closeness(&self) -> (bool, bool) {
        (!self.products.is_empty(), !self.houses.is_empty())
    }
}

/// The layout of a card: the one that its product names, else the closest one that applies to product and houses; of several
/// that are equally close the first by name; always the newest agreed version. `None` when none is agreed yet.
pub fn choose<'a>(
    layouts: &'a [LayoutVersion],
    named: Option<&str>,
    product: &Slug,
    houses: &[Slug],
) -> Option<&'a LayoutVersion> {
    layouts
        .iter()
        .filter(|layout| layout.state == LayoutState::Agreed)
        .filter(|layout| match named {
            Some(id) => layout.id == id,
            None => layout.is_for(product, houses),
        })
        .min_by(|left, right| {
            right
                .closeness()
                .cmp(&left.closeness())
                .then_with(|| left.id.cmp(&right.id))
                .then_with(|| right.version.cmp(&left.version))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(id: &str, version: u32, state: LayoutState, products: &[&str], houses: &[&str]) -> LayoutVersion {
        LayoutVersion {
            id: id.to_owned(),
            version,
            state,
            title: BTreeMap::new(),
            products: products.iter().map(ToString::to_string).collect(),
            houses: houses.iter().map(ToString::to_string).collect(),
            content_sha256: String::new(),
            proof_sha256: None,
            agreed_by: None,
            agreed_at: None,
        }
    }

    #[test]
    fn the_closest_newest_agreed_layout_is_chosen() {
        use LayoutState::{Agreed, Draft, Retired};
        let layouts = [
            layout("mat", 1, Agreed, &[], &[]),
            layout("mat", 2, Agreed, &[], &[]),
            layout("mat", 3, Draft, &[], &[]),
            layout("salon", 1, Agreed, &["saisonkarte"], &[]),
            layout("schloss", 1, Agreed, &[], &["schloss"]),
            layout("stele", 1, Retired, &["jahreskarte"], &[]),
        ];
        let key = |text: &str| text.parse::<Slug>().unwrap();
        for (named, product, houses, chosen) in [
            (None, "jahreskarte", &["stadtmuseum"][..], Some(("mat", 2))),
            (None, "saisonkarte", &["schloss"][..], Some(("salon", 1))),
            (None, "jahreskarte", &["stadtmuseum", "schloss"][..], Some(("schloss", 1))),
            (Some("mat"), "saisonkarte", &["schloss"][..], Some(("mat", 2))),
            (Some("stele"), "jahreskarte", &[][..], None),
            (Some("nothing"), "jahreskarte", &[][..], None),
        ] {
            let houses: Vec<Slug> = houses.iter().map(|house| key(house)).collect();
            let found = choose(&layouts, named, &key(product), &houses);
            assert_eq!(found.map(|layout| (layout.id.as_str(), layout.version)), chosen, "{named:?} {product}");
        }
        assert_eq!(choose(&[], None, &key("jahreskarte"), &[]), None);
    }

    #[test]
    fn states_survive_text() {
        for state in LayoutState::ALL {
            assert_eq!(LayoutState::of(state.as_str()), Some(state));
        }
        assert_eq!(LayoutState::of("final"), None);
    }
}
