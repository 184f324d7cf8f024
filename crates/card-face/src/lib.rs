//! Faces of cards: the layout file, composition in millimetres, PDF and PNG.
