//! The layouts that come with the program.

/// *Mat*: artwork to the edges, the portrait in a white mat, name and validity in Libertinus Serif.
pub const MAT: &str = include_str!("../../../templates/card-layouts/mat/layout.toml");

/// *Salon*: type alone beside a wall of pictures, for tickets without a portrait.
pub const SALON: &str = include_str!("../../../templates/card-layouts/salon/layout.toml");

/// *Stele*: upright, the portrait on a tall panel before a landscape.
pub const STELE: &str = include_str!("../../../templates/card-layouts/stele/layout.toml");

/// All of them, by their ids.
pub const ALL: [(&str, &str); 3] = [("mat", MAT), ("salon", SALON), ("stele", STELE)];
