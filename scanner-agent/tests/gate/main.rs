//! One gate without a server: a folder as the server left it, and codes that come.

mod decide;
mod policies;
mod support;
