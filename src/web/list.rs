//! Lists of the API: `?limit=&after=` in, `{"items": [..], "next": ..}` out.

use serde::{Deserialize, Serialize};

/// The rows of a page when the client does not say.
const LIMIT_DEFAULT: u32 = 50;
/// The most rows of a page.
const LIMIT_MAX: u32 = 500;

/// Where a page begins and how long it is.
#[derive(Debug, Default, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PageQuery {
    /// The most items of the page: 1 to 500, 50 by default.
    #[param(minimum = 1, maximum = 500)]
    pub limit: Option<u32>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

impl PageQuery {
    /// The number of rows to read.
    pub fn rows(&self) -> u32 {
        rows(self.limit)
    }
}

/// The number of rows to read for a wanted limit.
pub fn rows(limit: Option<u32>) -> u32 {
    limit.unwrap_or(LIMIT_DEFAULT).clamp(1, LIMIT_MAX)
}

/// One page of a list.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Items<T> {
    /// The items, in the order of the list.
    pub items: Vec<T>,
    /// Pass it as `after` for the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl<T> Items<T> {
    /// A list that fits on one page.
    pub fn all(items: Vec<T>) -> Self {
        Self { items, next: None }
    }

    /// A page as the database gave it, each row turned into an item.
    ///
    /// # Errors
    /// The first error of `item`.
    pub fn of<R, E>(page: db::Page<R>, item: impl FnMut(R) -> Result<T, E>) -> Result<Self, E> {
        Ok(Self { items: page.items.into_iter().map(item).collect::<Result<_, _>>()?, next: page.next })
    }
}
