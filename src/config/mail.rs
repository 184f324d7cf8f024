//! The section `[mail]`.

use serde::Deserialize;
use std::path::PathBuf;

/// Who writes mails, and who carries them.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// The address from which mails come, for instance `tickets@example.org` or `Stadtmuseum <tickets@example.org>`. Without a name it
    /// gets the museum's.
    pub sender: String,
    /// The address to which answers go, if not the sender's.
    pub reply_to: String,
    /// The server that takes mails. Without a host they are written as files into the folder `mails` of the data folder.
    pub smtp: Smtp,
}

/// A mail server.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Smtp {
    /// The name of the server. Empty: there is none.
    pub host: String,
    /// The port; absent: 587 with STARTTLS, 465 with TLS, 25 without.
    pub port: Option<u16>,
    /// How the connection is kept secret.
    pub security: Security,
    /// The account. Empty: the server asks for none.
    pub user: String,
    /// Its password. The environment variable `PASSEPARTOUT_SMTP_PASSWORD` takes its place.
    pub password: String,
    /// A PEM file with the certificate of an authority of your own, beside those that the system trusts.
    pub trusted_certificate: Option<PathBuf>,
}

/// How a connection to a mail server is kept secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// It begins in the clear and is encrypted before anything else is said; a server that cannot is refused.
    #[default]
    StartTls,
    /// It is encrypted from the beginning.
    Tls,
    /// Not at all: for a server on the same machine.
    None,
}

impl Default for Mail {
    fn default() -> Self {
        Self { sender: "tickets@localhost".to_owned(), reply_to: String::new(), smtp: Smtp::default() }
    }
}

impl Smtp {
    /// The port to connect to.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.security {
            Security::StartTls => 587,
            Security::Tls => 465,
            Security::None => 25,
        })
    }
}

impl std::fmt::Debug for Smtp {
    /// Without account and password: configurations end up in logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Smtp")
            .field("host", &self.host)
            .field("port", &self.port())
            .field("security", &self.security)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_follows_from_how_the_connection_is_kept_secret() {
        for (text, port) in [
            ("host = 'mx'", 587),
            ("host = 'mx'\nsecurity = 'tls'", 465),
            ("host = 'mx'\nsecurity = 'none'", 25),
            ("host = 'mx'\nport = 2525", 2525),
        ] {
            assert_eq!(toml::from_str::<Smtp>(text).unwrap().port(), port, "{text}");
        }
        assert!(toml::from_str::<Smtp>("security = 'perhaps'").is_err());
    }

    #[test]
    fn a_password_is_not_shown() {
        let smtp: Smtp = toml::from_str("host = 'mx'\nuser = 'ada'\npassword = 'secret'").unwrap();
        assert!(!format!("{smtp:?}").contains("secret"));
    }
}
