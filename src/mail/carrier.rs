//! Carries finished mails away: to a mail server, or into a folder where none is set up.

use crate::config::{Mail as MailConfig, Museum, Security, Smtp};
use anyhow::{Context, bail};
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::{self, AsyncSmtpTransport};
use lettre::{AsyncTransport, Message, Tokio1Executor};
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The variable of the environment that holds the password of the mail server's account.
const PASSWORD_VARIABLE: &str = "PASSEPARTOUT_SMTP_PASSWORD";
/// How long a mail server may take to accept a connection.
const CONNECTION_MAX: Duration = Duration::from_secs(20);
/// How long the whole delivery of one mail may take.
const DELIVERY_MAX: Duration = Duration::from_mins(1);

/// Answers of a mail server about the addressee or the mail itself: trying again does not change them. What is wrong with the
/// account, as 535 says, is mended by the administration, and the same mail is taken afterwards.
const FINAL_ANSWERS: [u16; 7] = [501, 550, 551, 552, 553, 555, 556];

/// Whatever takes mails away, and in whose name.
pub struct Carrier {
    way: Way,
    sender: Mailbox,
    reply_to: Option<Mailbox>,
}

enum Way {
    /// To a mail server.
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
    /// Into a folder, a file each.
    Folder(PathBuf),
}

/// Why a mail was not taken.
#[derive(Debug, thiserror::Error)]
pub(super) enum CarryError {
    /// It will not be taken later either.
    #[error("{0}")]
    Refused(String),
    /// It may be taken later.
    #[error("{0}")]
    NotNow(String),
}

impl Carrier {
    /// The carrier that an installation has set, with `folder` for its files where no mail server is set.
    ///
    /// # Errors
    /// When the sender is no address, or the mail server cannot be used as it is described.
    pub fn open(config: &MailConfig, museum: &Museum, folder: PathBuf) -> anyhow::Result<Self> {
        let mut sender = mailbox(&config.sender, "mail.sender")?;
        sender.name = sender.name.or_else(|| Some(museum.name.clone()));
        let reply_to = Some(config.reply_to.trim()).filter(|text| !text.is_empty());
        let way = match config.smtp.host.trim() {
            "" => Way::Folder(folder),
            host => Way::Smtp(Box::new(connect(host, &config.smtp)?)),
        };
        Ok(Self { way, sender, reply_to: reply_to.map(|text| mailbox(text, "mail.reply_to")).transpose()? })
    }

    /// Whether mails only become files.
    pub fn writes_files(&self) -> bool {
        matches!(self.way, Way::Folder(_))
    }

    /// From whom mails come.
    pub(super) fn sender(&self) -> &Mailbox {
        &self.sender
    }

    /// To whom answers go.
    pub(super) fn reply_to(&self) -> Option<&Mailbox> {
        self.reply_to.as_ref()
    }

    /// Takes a mail away. A file is named after `name`, so that the same mail is never there twice.
    pub(super) async fn carry(&self, name: &str, message: Message) -> Result<(), CarryError> {
        match &self.way {
            Way::Folder(folder) => write_file(folder.clone(), format!("{name}.eml"), message.formatted()).await,
            Way::Smtp(transport) => match tokio::time::timeout(DELIVERY_MAX, transport.send(message)).await {
                Ok(Ok(_)) => Ok(()),
                Ok(Err(error)) => Err(explain(&error)),
                Err(_) => Err(CarryError::NotNow("the mail server took too long".to_owned())),
            },
        }
    }
}

impl fmt::Debug for Carrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Carrier").field("writes_files", &self.writes_files()).finish_non_exhaustive()
    }
}

fn mailbox(text: &str, setting: &str) -> anyhow::Result<Mailbox> {
    text.trim().parse().with_context(|| format!("{setting}: \"{text}\" is not an address for mail"))
}

fn connect(host: &str, smtp: &Smtp) -> anyhow::Result<AsyncSmtpTransport<Tokio1Executor>> {
    let mut parameters = TlsParameters::builder(host.to_owned());
    if let Some(path) = &smtp.trusted_certificate {
        let pem = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let certificate = Certificate::from_pem(&pem)
            .with_context(|| format!("mail.smtp.trusted_certificate: {} is no certificate", path.display()))?;
        parameters = parameters.add_root_certificate(certificate);
    }
    let tls = match smtp.security {
        Security::None => Tls::None,
        Security::StartTls => Tls::Required(parameters.build_rustls().context("mail.smtp")?),
        Security::Tls => Tls::Wrapper(parameters.build_rustls().context("mail.smtp")?),
    };
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
        .port(smtp.port())
        .tls(tls)
        .timeout(Some(CONNECTION_MAX));
    if !smtp.user.is_empty() {
        if smtp.security == Security::None && !is_this_machine(host) {
            bail!("mail.smtp: a password must not travel in the clear; set security to starttls or tls");
        }
        let password = std::env::var(PASSWORD_VARIABLE).unwrap_or_else(|_| smtp.password.clone());
        builder = builder.credentials(Credentials::new(smtp.user.clone(), password));
    }
    Ok(builder.build())
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Why the server did not take it, in words for the administration. What the server answered may name the addressee, so it is
/// for their page and not for the log.
fn explain(error: &smtp::Error) -> CarryError {
    let cause = std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default();
    let text = format!("{error}{cause}");
    let is_final = error.status().is_some_and(|code| FINAL_ANSWERS.contains(&u16::from(code)));
    if is_final { CarryError::Refused(text) } else { CarryError::NotNow(text) }
}

/// Writes a file beside and renames it into place. Only the owner may read it, as all that names people.
async fn write_file(folder: PathBuf, name: String, bytes: Vec<u8>) -> Result<(), CarryError> {
    let written = tokio::task::spawn_blocking(move || write_file_now(&folder, &name, &bytes)).await;
    match written {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(CarryError::NotNow(format!("the mail cannot be written into the folder: {error}"))),
        Err(error) => Err(CarryError::NotNow(format!("the mail was not written: {error}"))),
    }
}

fn write_file_now(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let beside = folder.join(format!(".{name}"));
    let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&beside, folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(config: &MailConfig) -> anyhow::Result<Carrier> {
        Carrier::open(config, &Museum::default(), PathBuf::new())
    }

    #[test]
    fn without_a_mail_server_mails_become_files_in_the_name_of_the_museum() {
        let carrier = open(&MailConfig::default()).unwrap();
        assert!(carrier.writes_files());
        assert_eq!(carrier.sender().to_string(), "Passepartout <tickets@localhost>");
    }

    #[test]
    fn a_wrong_description_is_refused_at_the_start() {
        let wrong_sender = MailConfig { sender: "nobody".to_owned(), ..MailConfig::default() };
        assert!(open(&wrong_sender).unwrap_err().to_string().contains("mail.sender"));
        let smtp = Smtp {
            host: "mx.example.org".to_owned(),
            user: "ada".to_owned(),
            security: Security::None,
            ..Smtp::default()
        };
        let mut in_the_clear = MailConfig { smtp, ..MailConfig::default() };
        assert!(open(&in_the_clear).unwrap_err().to_string().contains("in the clear"));
        in_the_clear.smtp.host = "127.0.0.1".to_owned();
        assert!(open(&in_the_clear).is_ok());
    }
}
