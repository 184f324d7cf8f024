//! Who buys: a name, an address for mail, and where they live.

use super::basket::finding;
use crate::catalog::object::Finding;
use crate::kernel::address::Address;
use crate::kernel::text::{clean, fold};
use serde::{Deserialize, Serialize};

/// The most characters of a name.
const NAME_CHARS_MAX: usize = 200;
/// The most characters of an address for mail.
const EMAIL_CHARS_MAX: usize = 254;

/// Who buys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Buyer {
    /// The name.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// The address for mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 254)]
    pub email: Option<String>,
    /// The language of letters, two small letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[a-z]{2}$")]
    pub language: Option<String>,
    /// Where the buyer lives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
}

impl Buyer {
    /// The buyer with cleaned texts.
    ///
    /// # Errors
    /// The first part that is not right.
    pub fn checked(self) -> Result<Self, Finding> {
        let name = clean(&self.name);
        if name.is_empty() {
            return Err(finding("buyer.name", "missing_name", "a name is needed"));
        }
        if name.chars().count() > NAME_CHARS_MAX {
            let message = format!("a name has at most {NAME_CHARS_MAX} characters");
            return Err(finding("buyer.name", "too_long", message));
        }
        let email = self.email.map(|email| clean(&email)).filter(|email| !email.is_empty());
        if email.as_ref().is_some_and(|email| !is_email(email)) {
            return Err(finding("buyer.email", "invalid_email", "this is not an e-mail address"));
        }
        let is_language = |text: &String| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_lowercase());
        if self.language.as_ref().is_some_and(|language| !is_language(language)) {
            return Err(finding("buyer.language", "invalid_value", "a language has two small letters"));
        }
        let address = self
            .address
            .map(Address::checked)
            .transpose()
            .map_err(|refusal| Finding::address("buyer.address", &refusal))?;
        Ok(Self { name, email, language: self.language, address })
    }

    /// The text by which the buyer is found.
    pub fn fold(&self) -> String {
        fold(&format!("{} {}", self.name, self.email.as_deref().unwrap_or_default()))
    }
}

fn is_email(text: &str) -> bool {
    let parts = text.rsplit_once('@');
    parts.is_some_and(|(user, host)| {
        !user.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    }) && !text.contains(' ')
        && text.chars().count() <= EMAIL_CHARS_MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buyer(name: &str, email: Option<&str>) -> Buyer {
        Buyer { name: name.to_owned(), email: email.map(str::to_owned), language: None, address: None }
    }

    #[test]
    fn names_of_all_scripts_are_kept() {
        for name in ["Ada Lovelace", "Nguyễn Thị Đặng", "שרה כהן", "O'Neill", "李", &"x".repeat(200)] {
            assert_eq!(buyer(name, None).checked().unwrap().name, name);
        }
        assert_eq!(buyer(" Zoe\u{308}\u{200B} ", None).checked().unwrap().name, "Zoë");
        assert_eq!(buyer(&"x".repeat(201), None).checked().unwrap_err().reason, "too_long");
        assert_eq!(buyer("\u{200B}", None).checked().unwrap_err().reason, "missing_name");
    }

    #[test]
    fn an_address_for_mail_has_a_name_and_a_host() {
        for (email, fits) in [
            ("ada@example.org", true),
            ("a@b.c", true),
            ("ada@example", false),
            ("@example.org", false),
            ("a b@example.org", false),
        ] {
            assert_eq!(buyer("Ada", Some(email)).checked().is_ok(), fits, "{email}");
        }
    }

    #[test]
    fn buyers_are_found_without_marks() {
        assert_eq!(buyer("Zoë Müller", Some("Zoe@Example.org")).fold(), "zo muller zo@example.org");
    }
}
