//! What forms ask and say of postal addresses.

use super::Words;
use crate::kernel::address::AddressRefusal;
use crate::kernel::country::OFFERED;
use crate::kernel::text::fold;

/// How many of the countries on offer stand first, whatever they are called.
const NEIGHBOURS: usize = 3;

/// The countries that a form offers, as codes and names: the neighbours first, the others by name. One that is `chosen` is among them
/// in any case.
pub fn countries(words: Words, chosen: &str) -> Vec<(String, String)> {
    let named = |code: &&str| ((*code).to_owned(), words.t(&format!("country-{}", code.to_lowercase())));
    let mut countries: Vec<_> = OFFERED.iter().map(named).collect();
    countries[NEIGHBOURS..].sort_by_cached_key(|(_, name)| fold(name));
    if !chosen.is_empty() && !OFFERED.contains(&chosen) {
        countries.push((chosen.to_owned(), chosen.to_owned()));
    }
    countries
}

/// The field that is wrong, and the sentence beside it.
pub fn wrong_part(refusal: &AddressRefusal, words: Words) -> (&'static str, String) {
    use AddressRefusal as R;
    match refusal {
        R::NoLine => ("street", words.t("street-missing")),
        R::TooManyLines | R::LineTooLong => ("street", words.t("address-too-long")),
        R::NoCity => ("city", words.t("city-missing")),
        R::CityTooLong => ("city", words.t("address-too-long")),
        R::UnknownCountry => ("country", words.t("country-missing")),
        R::NoPostalCode { .. } => ("postal_code", words.t("postal-code-missing")),
        R::WrongPostalCode { example } => ("postal_code", words.t1("postal-code-wrong", "example", example.as_str())),
        R::PostalCodeTooLong => ("postal_code", words.t("address-too-long")),
    }
}
