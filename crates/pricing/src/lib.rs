//! The promotion engine: a scenario in, a priced result out.
