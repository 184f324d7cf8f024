//! What is said to a printer, and what it answers: the requests of IPP that a job needs, and no others.
//!
//! Requests go to the address that was registered and nowhere else: no proxy, and no redirection is followed. Each has a time limit, and
//! answers are read up to a limit. Nothing of a job is written to the log but its name.

use super::print_job::Said;
use super::printer::{self, Remark};
use anyhow::anyhow;
use ipp::attribute::{IppAttribute, IppAttributeGroup};
use ipp::model::{DelimiterTag, IppVersion, Operation, StatusCode};
use ipp::parser::IppParser;
use ipp::prelude::Uri;
use ipp::reader::IppReader;
use ipp::request::IppRequestResponse;
use ipp::value::IppValue;
use std::time::{Duration, Instant};
use ureq::Agent;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(3);
/// The most bytes of an answer that are read.
const ANSWER_BYTES_MAX: u64 = 1 << 20;
/// Who asks, in the words of the protocol.
const WHO: &str = "passepartout";
/// What is asked about a job.
const OF_A_JOB: [&str; 6] =
    ["job-id", "job-uuid", "job-name", "job-state", "job-state-reasons", "job-impressions-completed"];

/// Why a printer did not do what it was asked to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DoorError {
    /// It has other work, or does not take any now.
    #[error("the printer is busy: {0}")]
    Busy(String),
    /// It will not do that.
    #[error("the printer refused: {0}")]
    Refused(String),
    /// It does not know the job.
    #[error("the printer does not know the job")]
    Unknown,
    /// No answer came; the request may have arrived.
    #[error("the printer does not answer: {0}")]
    Silent(String),
}

/// A printer's own state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PrinterSaid {
    /// Whether it is stopped.
    pub is_stopped: bool,
    /// Whether it is printing.
    pub is_printing: bool,
    /// What it says about itself.
    pub remarks: Vec<Remark>,
}

/// The way to a printer, open until a moment.
#[derive(Debug, Clone)]
pub struct Door {
    uri: Uri,
    until: Instant,
}

impl Door {
    /// The way to the printer at this address, for so long.
    ///
    /// # Errors
    /// When the address is none of a printer.
    pub fn open(uri: &str, time: Duration) -> anyhow::Result<Self> {
        let uri =
            printer::address(uri).map_err(|unfit| anyhow!("a printer's address does not fit: {}", unfit.reason()))?;
        Ok(Self { uri, until: Instant::now() + time })
    }

    /// The job with this name, whether it is over or not.
    ///
    /// # Errors
    /// When the printer does not answer or refuses.
    pub async fn find_job(&self, name: &str) -> Result<Option<Said>, DoorError> {
        for which in ["not-completed", "completed"] {
            let attributes = vec![keyword("which-jobs", which)?, keywords("requested-attributes", &OF_A_JOB)?, who()?];
            let answer = self.ask(Operation::GetJobs, attributes, Vec::new()).await?;
            let jobs = answer.attributes().groups_of(DelimiterTag::JobAttributes).map(said);
            if let Some(found) = jobs.filter(|job| job.name == name).max_by_key(|job| job.number) {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Makes a job with this name, still without a document.
    ///
    /// # Errors
    /// When the printer is busy, refuses, or does not answer: then it may have made the job.
    pub async fn create_job(&self, name: &str) -> Result<Said, DoorError> {
        let attributes = vec![who()?, value("job-name", IppValue::new_name_without_language(name))?];
        let answer = self.ask(Operation::CreateJob, attributes, Vec::new()).await?;
        let group = answer.attributes().first_of(DelimiterTag::JobAttributes);
        let made = group.map(said).filter(|job| job.number > 0);
        let made = made.ok_or_else(|| DoorError::Refused("it made a job without a number".to_owned()))?;
        // What it answers tells neither the name nor always the lasting one.
        Ok(self.look(made.number).await.unwrap_or(Said { name: name.to_owned(), ..made }))
    }

    /// Hands over the only document of a job.
    ///
    /// # Errors
    /// When the printer is busy, refuses, or does not answer: then it may have taken the document.
    pub async fn send(&self, job: i32, pdf: Vec<u8>) -> Result<(), DoorError> {
        let attributes = vec![
            number("job-id", job)?,
            who()?,
            value("document-format", IppValue::new_mime_media_type("application/pdf"))?,
            value("last-document", Ok(IppValue::new_boolean(true)))?,
        ];
        self.ask(Operation::SendDocument, attributes, pdf).await.map(|_| ())
    }

    /// What the printer says about a job.
    ///
    /// # Errors
    /// When the printer does not know the job, or does not answer.
    pub async fn look(&self, job: i32) -> Result<Said, DoorError> {
        let attributes = vec![number("job-id", job)?, who()?, keywords("requested-attributes", &OF_A_JOB)?];
        let answer = self.ask(Operation::GetJobAttributes, attributes, Vec::new()).await?;
        let group = answer.attributes().first_of(DelimiterTag::JobAttributes);
        group.map(said).ok_or(DoorError::Unknown)
    }

    /// Cancels a job.
    ///
    /// # Errors
    /// When the printer does not know the job, refuses, or does not answer.
    pub async fn cancel(&self, job: i32) -> Result<(), DoorError> {
        self.ask(Operation::CancelJob, vec![number("job-id", job)?, who()?], Vec::new()).await.map(|_| ())
    }

    /// What the printer says about itself.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn printer(&self) -> Result<PrinterSaid, DoorError> {
        let wanted = keywords("requested-attributes", &["printer-state", "printer-state-reasons"])?;
        let answer = self.ask(Operation::GetPrinterAttributes, vec![who()?, wanted], Vec::new()).await?;
        let Some(group) = answer.attributes().first_of(DelimiterTag::PrinterAttributes) else {
            return Ok(PrinterSaid::default());
        };
        let state = group.get("printer-state").and_then(|state| whole(state.value()));
        let keywords = texts(group, "printer-state-reasons");
        Ok(PrinterSaid {
            is_stopped: state == Some(5),
            is_printing: state == Some(4),
            remarks: Remark::all_of(keywords.iter().map(String::as_str)),
        })
    }

    async fn ask(
        &self,
        operation: Operation,
        attributes: Vec<IppAttribute>,
        document: Vec<u8>,
    ) -> Result<IppRequestResponse, DoorError> {
        let (url, left) = (printer::url(&self.uri), self.until.saturating_duration_since(Instant::now()));
        if left.is_zero() {
            return Err(DoorError::Silent("it took too long".to_owned()));
        }
        let mut request = IppRequestResponse::new(IppVersion::v1_1(), operation, Some(self.uri.clone()))
            .map_err(|error| DoorError::Refused(error.to_string()))?;
        for attribute in attributes {
            request.attributes_mut().add(DelimiterTag::OperationAttributes, attribute);
        }
        let mut body = request.to_bytes().to_vec();
        body.extend(document);
        let answer = tokio::task::spawn_blocking(move || post(&url, left, &body))
            .await
            .map_err(|_| DoorError::Silent("the request broke off".to_owned()))??;
        match answer.header().status_code() {
            status if status.is_success() => Ok(answer),
            StatusCode::ClientErrorNotFound | StatusCode::ClientErrorGone => Err(DoorError::Unknown),
            status @ (StatusCode::ServerErrorBusy
            | StatusCode::ServerErrorServiceUnavailable
            | StatusCode::ServerErrorTemporaryError
            | StatusCode::ServerErrorNotAcceptingJobs
            | StatusCode::ServerErrorDeviceError) => Err(DoorError::Busy(status.to_string())),
            status => Err(DoorError::Refused(status.to_string())),
        }
    }
}

fn post(url: &str, time: Duration, body: &[u8]) -> Result<IppRequestResponse, DoorError> {
    let silent = |why: String| DoorError::Silent(why);
    let agent: Agent = Agent::config_builder()
        .timeout_connect(Some(CONNECT))
        .timeout_global(Some(time))
        .max_redirects(0)
        .proxy(None)
        .http_status_as_error(false)
        .build()
        .into();
    let answer = agent
        .post(url)
        .header("content-type", "application/ipp")
        .send(body)
        .map_err(|error| silent(error.to_string()))?;
    let status = answer.status();
    match status.as_u16() {
        200..=299 => {}
        503 => return Err(DoorError::Busy(status.to_string())),
        _ => return Err(DoorError::Refused(status.to_string())),
    }
    let bytes = answer
        .into_body()
        .into_with_config()
        .limit(ANSWER_BYTES_MAX)
        .read_to_vec()
        .map_err(|error| silent(error.to_string()))?;
    IppParser::new(IppReader::new(std::io::Cursor::new(bytes))).parse().map_err(|error| silent(error.to_string()))
}

fn value(name: &str, value: Result<IppValue, ipp::parser::IppParseError>) -> Result<IppAttribute, DoorError> {
    let unfit = |error: ipp::parser::IppParseError| DoorError::Refused(error.to_string());
    IppAttribute::with_name(name, value.map_err(unfit)?).map_err(unfit)
}

fn who() -> Result<IppAttribute, DoorError> {
    value("requesting-user-name", IppValue::new_name_without_language(WHO))
}

fn number(name: &str, of: i32) -> Result<IppAttribute, DoorError> {
    value(name, Ok(IppValue::new_integer(of)))
}

fn keyword(name: &str, word: &str) -> Result<IppAttribute, DoorError> {
    value(name, IppValue::new_keyword(word))
}

fn keywords(name: &str, words: &[&str]) -> Result<IppAttribute, DoorError> {
    let all: Result<Vec<IppValue>, _> = words.iter().map(|word| IppValue::new_keyword(*word)).collect();
    value(name, all.map(IppValue::Array))
}

/// What a group of attributes says about a job.
fn said(group: &IppAttributeGroup) -> Said {
    let first = |name| texts(group, name).into_iter().next();
    let count = |name: &str| group.get(name).and_then(|attribute| whole(attribute.value()));
    Said {
        number: count("job-id").unwrap_or_default(),
        uuid: first("job-uuid"),
        name: first("job-name").unwrap_or_default(),
        state: count("job-state").unwrap_or_default(),
        reasons: texts(group, "job-state-reasons"),
        impressions: count("job-impressions-completed").and_then(|count| u32::try_from(count).ok()),
    }
}

fn whole(value: &IppValue) -> Option<i32> {
    match value {
        IppValue::Integer(number) | IppValue::Enum(number) => Some(*number),
        _ => None,
    }
}

fn texts(group: &IppAttributeGroup, name: &str) -> Vec<String> {
    let Some(attribute) = group.get(name) else { return Vec::new() };
    attribute
        .value()
        .into_iter()
        .filter_map(|value| match value {
            IppValue::NoValue => None,
            IppValue::NameWithLanguage { name, .. } => Some(name.to_string()),
            other => Some(other.to_string()),
        })
        .collect()
}
