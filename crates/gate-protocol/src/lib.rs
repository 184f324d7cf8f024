//! Messages and request signatures between gates and the server.
