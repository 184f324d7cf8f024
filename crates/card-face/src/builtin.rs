//! The layouts that come with the program.

/// *Mat*: artwork to the edges, the portrait in a white mat, name and validity in Libertinus Serif.
pub const MAT: &str = include_str!("../../../templates/card-layouts/mat/layout.toml");
