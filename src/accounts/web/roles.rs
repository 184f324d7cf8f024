//! Roles and special rights as boxes to tick.

use crate::accounts::api_key::RIGHTS;
use crate::kernel::roles::{Role, Roles};
use crate::web::pages::{Fields, Words};

/// A role or a right to tick.
pub(super) struct RoleChoice {
    pub(super) value: String,
    pub(super) name: String,
    pub(super) hint: String,
    pub(super) on: bool,
}

/// All roles, those of the form ticked.
pub(super) fn role_choices(form: &Fields, words: Words) -> Vec<RoleChoice> {
    Role::ALL.map(|role| choice("roles", "role", role.as_str(), form, words)).into()
}

/// All special rights, those of the form ticked.
pub(super) fn right_choices(form: &Fields, words: Words) -> Vec<RoleChoice> {
    RIGHTS.map(|right| choice("rights", "right", right, form, words)).into()
}

/// The ticked roles.
pub(super) fn roles_of(form: &Fields) -> Roles {
    Roles::of(&form.all("roles").into_iter().filter_map(|word| word.parse().ok()).collect::<Vec<_>>())
}

/// The ticked rights.
pub(super) fn rights_of(form: &Fields) -> Vec<String> {
    RIGHTS.into_iter().filter(|right| form.ticked("rights", right)).map(str::to_owned).collect()
}

fn choice(field: &str, start: &str, word: &str, form: &Fields, words: Words) -> RoleChoice {
    let key = format!("{start}-{}", word.replace(['.', '_'], "-"));
    RoleChoice {
        value: word.to_owned(),
        name: words.t(&key),
        hint: words.t(&format!("{key}-hint")),
        on: form.ticked(field, word),
    }
}
