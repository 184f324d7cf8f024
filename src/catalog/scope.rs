//! Scopes: what a product opens.

use crate::kernel::slug::Slug;
use serde::{Deserialize, Serialize};

/// A set of houses and exhibitions. A house in it opens the whole house with its exhibitions; an exhibition in it opens that
/// exhibition alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The key.
    pub key: Slug,
    /// The id that stands in card codes, 1 to 65535. Absent on creation: the next free one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 65535)]
    pub id: Option<u16>,
    /// The name.
    #[schema(max_length = 200)]
    pub name: String,
    /// The houses it opens.
    #[serde(default)]
    pub houses: Vec<Slug>,
    /// The single exhibitions it opens.
    #[serde(default)]
    pub exhibitions: Vec<Slug>,
}
