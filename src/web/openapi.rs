//! The API document, made from the code: `/api/v1/openapi.json`.

use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder};

/// The document without its paths; the routers of the capabilities add theirs.
///
/// The scopes of an operation's security requirement are the roles that may call it; an admin may call all of them.
pub fn base() -> OpenApi {
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Passepartout")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some(
                    "Annual tickets for museums. Money is a decimal string, instants are RFC 3339, dates are YYYY-MM-DD. \
                     Errors are problem+json with a stable reason. Writes take an Idempotency-Key header.",
                ))
                .build(),
        )
        .components(Some(
            ComponentsBuilder::new()
                .security_scheme("api_key", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)))
                .build(),
        ))
        .build()
}
