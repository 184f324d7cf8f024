//! What things of the catalog are called in the visitor's language, for orders whose keys alone are stored.

use crate::catalog::{ProductKind, store as catalog};
use crate::kernel::slug::Slug;
use crate::sales::order::{Order, OrderLine};
use crate::web::pages::Words;
use chrono::NaiveDate;
use db::{Conn, DbError};
use std::collections::BTreeMap;

/// The names of what an order, or a voucher, is about.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    products: BTreeMap<Slug, String>,
    categories: BTreeMap<Slug, String>,
    audiences: BTreeMap<Slug, String>,
    houses: BTreeMap<Slug, String>,
    events: BTreeMap<Slug, String>,
}

impl Names {
    /// The names for an order.
    pub(super) async fn of_order(conn: &mut Conn, order: &Order, language: &str) -> Result<Self, DbError> {
        let mut names = Self::default();
        for line in &order.lines {
            names.learn(conn, &line.product, &line.category, language).await?;
            if let Some(key) = line.audience.as_ref().filter(|key| !names.audiences.contains_key(key)) {
                let found = catalog::audience(conn, key).await?.map(|audience| audience.names.get(language).to_owned());
                names.audiences.insert(key.clone(), found.unwrap_or_else(|| key.to_string()));
            }
            if let Some(key) = line.house.as_ref().filter(|key| !names.houses.contains_key(key)) {
                let found = catalog::house(conn, key).await?.map(|house| house.name);
                names.houses.insert(key.clone(), found.unwrap_or_else(|| key.to_string()));
            }
            if let Some(key) = line.event.as_ref().filter(|key| !names.events.contains_key(key)) {
                let found = catalog::event(conn, key).await?.map(|event| event.names.get(language).to_owned());
                names.events.insert(key.clone(), found.unwrap_or_else(|| key.to_string()));
            }
        }
        if let Some(key) = order.delivery.as_ref().and_then(|delivery| delivery.pickup_house()) {
            let found = catalog::house(conn, key).await?.map(|house| house.name);
            names.houses.insert(key.clone(), found.unwrap_or_else(|| key.to_string()));
        }
        Ok(names)
    }

    /// Learns the names of a product and a category.
    pub(super) async fn learn(
        &mut self,
        conn: &mut Conn,
        product: &Slug,
        category: &Slug,
        language: &str,
    ) -> Result<(), DbError> {
        if !self.products.contains_key(product) {
            let found = catalog::product(conn, product).await?.map(|found| found.names.get(language).to_owned());
            self.products.insert(product.clone(), found.unwrap_or_else(|| product.to_string()));
        }
        if !self.categories.contains_key(category) {
            let found = catalog::category(conn, category).await?.map(|found| found.names.get(language).to_owned());
            self.categories.insert(category.clone(), found.unwrap_or_else(|| category.to_string()));
        }
        Ok(())
    }

    /// The name of a product.
    pub(super) fn product(&self, key: &Slug) -> String {
        self.products.get(key).cloned().unwrap_or_else(|| key.to_string())
    }

    /// The name of a category.
    pub(super) fn category(&self, key: &Slug) -> String {
        self.categories.get(key).cloned().unwrap_or_else(|| key.to_string())
    }

    /// The name of a house.
    pub(super) fn house(&self, key: &Slug) -> String {
        self.houses.get(key).cloned().unwrap_or_else(|| key.to_string())
    }

    /// What a line is about beside its product: category, house, event, day.
    pub(super) fn detail(&self, line: &OrderLine, kind: ProductKind, words: Words) -> String {
        let mut parts = vec![self.category(&line.category)];
        parts.extend(line.audience.as_ref().and_then(|key| self.audiences.get(key).cloned()));
        if kind == ProductKind::DayTicket {
            parts.extend(line.house.as_ref().map(|key| self.house(key)));
            parts.extend(line.event.as_ref().and_then(|key| self.events.get(key).cloned()));
            parts.extend(line.visit_date.map(|date| words.date(date)));
        }
        parts.join(" · ")
    }
}

/// A day as it is written in tables.
pub(super) fn short_day(words: Words, day: NaiveDate) -> String {
    use crate::web::pages::Language;
    let form = match words.language {
        Language::De => "%d.%m.%Y",
        Language::En => "%-d %b %Y",
        Language::Fr => "%d/%m/%Y",
    };
    day.format(form).to_string()
}

/// Digits in groups of four, as people read them out.
pub(super) fn grouped(digits: &str) -> String {
    let characters: Vec<char> = digits.chars().collect();
    characters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_for_reading_out() {
        assert_eq!(grouped("01234567890123"), "0123 4567 8901 23");
        assert_eq!(grouped(""), "");
    }
}
