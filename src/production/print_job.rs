//! Cards that were sent to a printer together, and when they count as printed.
//!
//! ```text
//! waiting ──> created ──> sent ──> printed     the printer says so, and its word is trusted
//!    │           │          └────> to_check ──> checked     anything else: a person reads what came out
//!    └───────────┴──> released                 nothing was printed: the cards wait in their run again
//! ```
//!
//! A job is `created` while the printer knows its name but has no document: nothing can come out of it. From the moment before the
//! document is handed over it is `sent`.

use super::printer::{Remark, Trust};
use crate::kernel::UtcMs;
use crate::kernel::ids::{PrintJobId, PrintRunId};
use crate::kernel::slug::Slug;
use serde::Serialize;

/// The most cards of a job: about what a feeder holds.
pub const JOB_CARDS_MAX: u32 = 50;
/// The pages, and so the impressions, of a card: front and back.
pub const PAGES_PER_CARD: u32 = 2;

/// How far a job has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// The printer does not know of it yet.
    Waiting,
    /// The printer knows its name and has no document.
    Created,
    /// The document was handed over, or may have been.
    Sent,
    /// Its cards are printed.
    Printed,
    /// Somebody has to look at what came out.
    ToCheck,
    /// Somebody did.
    Checked,
    /// Nothing was printed.
    Released,
}

impl JobState {
    const ALL: [Self; 7] =
        [Self::Waiting, Self::Created, Self::Sent, Self::Printed, Self::ToCheck, Self::Checked, Self::Released];

    /// The word in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Created => "created",
            Self::Sent => "sent",
            Self::Printed => "printed",
            Self::ToCheck => "to_check",
            Self::Checked => "checked",
            Self::Released => "released",
        }
    }

    /// The state of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// Whether the printer is still at it.
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Waiting | Self::Created | Self::Sent)
    }
}

/// Why a job is to be checked, or was released.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The printer gave up.
    Aborted,
    /// Somebody cancelled it, here or at the printer.
    Canceled,
    /// It was completed, but not without errors.
    WithErrors,
    /// The printer counted other impressions than the job has pages.
    OtherImpressions,
    /// A queue passed it on; what came out is not known.
    PassedOn,
    /// The printer's word is not trusted.
    NotTrusted,
    /// The printer does not know it any more.
    Vanished,
    /// The printer did not answer for long.
    Unreachable,
    /// The printer had other work for too long.
    Busy,
    /// Nothing moved for long.
    Stuck,
    /// The printer refused it.
    Refused,
    /// Somebody stopped it before the printer had it.
    Stopped,
    /// Its file could not be made.
    NoFile,
}

impl Why {
    const ALL: [Self; 13] = [
        Self::Aborted,
        Self::Canceled,
        Self::WithErrors,
        Self::OtherImpressions,
        Self::PassedOn,
        Self::NotTrusted,
        Self::Vanished,
        Self::Unreachable,
        Self::Busy,
        Self::Stuck,
        Self::Refused,
        Self::Stopped,
        Self::NoFile,
    ];

    /// The word in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Aborted => "aborted",
            Self::Canceled => "canceled",
            Self::WithErrors => "with_errors",
            Self::OtherImpressions => "other_impressions",
            Self::PassedOn => "passed_on",
            Self::NotTrusted => "not_trusted",
            Self::Vanished => "vanished",
            Self::Unreachable => "unreachable",
            Self::Busy => "busy",
            Self::Stuck => "stuck",
            Self::Refused => "refused",
            Self::Stopped => "stopped",
            Self::NoFile => "no_file",
        }
    }

    /// The reason of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.as_str() == word)
    }
}

/// What a printer says about a job.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// Its number for the job.
    pub number: i32,
    /// Its name for the job that it never gives again, where it has one.
    pub uuid: Option<String>,
    /// The job's name.
    pub name: String,
    /// `job-state`.
    pub state: i32,
    /// `job-state-reasons`.
    pub reasons: Vec<String>,
    /// `job-impressions-completed`, where it counts them.
    pub impressions: Option<u32>,
}

impl Said {
    const CANCELED: i32 = 7;
    const ABORTED: i32 = 8;
    const COMPLETED: i32 = 9;

    /// Whether the job is over, one way or the other.
    pub const fn is_over(&self) -> bool {
        self.state >= Self::CANCELED
    }

    /// Whether the printer still waits for the document.
    pub fn lacks_document(&self) -> bool {
        let waits = |reason: &String| matches!(reason.as_str(), "job-data-insufficient" | "job-incoming");
        !self.is_over() && self.state <= 4 && self.reasons.iter().any(waits)
    }
}

/// What follows from what a printer said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is still at it.
    GoOn,
    /// All cards came out.
    Printed,
    /// A person looks.
    ToCheck(Why),
}

/// Whether a job of so many pages counts as printed. Only the word of a trusted device counts, that it completed the job with success,
/// and then its count of impressions, if it counts, must be that of the pages.
pub fn judge(said: &Said, pages: u32, trust: Trust) -> Verdict {
    match said.state {
        Said::CANCELED => Verdict::ToCheck(Why::Canceled),
        Said::ABORTED => Verdict::ToCheck(Why::Aborted),
        Said::COMPLETED => match trust {
            Trust::None => Verdict::ToCheck(Why::NotTrusted),
            Trust::Spooler => Verdict::ToCheck(Why::PassedOn),
            Trust::Device if !said.reasons.iter().any(|reason| reason == "job-completed-successfully") => {
                Verdict::ToCheck(Why::WithErrors)
            }
            Trust::Device if said.impressions.is_some_and(|count| count != pages) => {
                Verdict::ToCheck(Why::OtherImpressions)
            }
            Trust::Device => Verdict::Printed,
        },
        _ => Verdict::GoOn,
    }
}

/// The pause before a printer that did not take a job, or did not answer, is asked again: longer each time, and never longer than half
/// a minute.
pub fn pause_millis(failures: u32) -> i64 {
    (1_000_i64 << failures.min(5)).min(30_000)
}

/// Cards that were sent to a printer together, or a test card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintJob {
    /// The job's id.
    pub id: PrintJobId,
    /// The run of its cards; a test card has none.
    pub run: Option<PrintRunId>,
    /// Which of its run it is, from 1.
    pub part: u32,
    /// The printer.
    pub printer: Slug,
    /// Where the printer was reached when the job was made.
    pub uri: String,
    /// The first place that was wanted.
    pub from: u32,
    /// The last place that was wanted: when this job is printed, the next one follows up to there.
    pub to: u32,
    /// How many cards it has.
    pub cards: u32,
    /// How far it has come.
    pub state: JobState,
    /// Why it is to be checked, or was released.
    pub why: Option<Why>,
    /// The hash of the file that was sent.
    pub file_sha256: Option<Vec<u8>>,
    /// The printer's number for it. Numbers begin anew when a printer is switched on.
    pub printer_job: Option<i32>,
    /// The printer's name for it.
    pub printer_job_uuid: Option<String>,
    /// How many sides came out, as far as the printer counts them.
    pub impressions: Option<u32>,
    /// What the printer said last about itself.
    pub says: Vec<Remark>,
    /// How often in a row it did not take the job, or did not answer.
    pub failures: u32,
    /// Whether somebody wants it stopped.
    pub stop_asked: bool,
    /// When the printer answered last.
    pub answered_at: Option<UtcMs>,
    /// When something moved last.
    pub moved_at: Option<UtcMs>,
    /// When it was made.
    pub created_at: UtcMs,
    /// When it was over.
    pub ended_at: Option<UtcMs>,
}

impl PrintJob {
    /// The name by which the printer knows the job, and by which it is found again: the run and the part.
    pub fn name(&self) -> String {
        match self.run {
            Some(run) => format!("{run} {}", self.part),
            None => format!("test {}", self.id),
        }
    }

    /// How many pages its file has.
    pub const fn pages(&self) -> u32 {
        self.cards * PAGES_PER_CARD
    }

    /// Whether what the printer says is about this very job, and not about one that got its number after the printer was switched on
    /// again.
    pub fn is_told_by(&self, said: &Said) -> bool {
        match (&self.printer_job_uuid, &said.uuid) {
            (Some(kept), Some(told)) => kept == told,
            _ => said.name == self.name(),
        }
    }

    /// How many cards came out, as far as the printer counts: both sides of them.
    pub fn cards_out(&self) -> Option<u32> {
        self.impressions.map(|count| (count / PAGES_PER_CARD).min(self.cards))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_word_of_a_trusted_device_counts() {
        use Verdict::{GoOn, Printed, ToCheck};
        let good: &[&str] = &["job-completed-successfully"];
        let bad: &[&str] = &["job-completed-with-errors"];
        for (state, reasons, impressions, trust, verdict) in [
            (9, good, Some(100), Trust::Device, Printed),
            (9, good, None, Trust::Device, Printed),
            (9, good, Some(99), Trust::Device, ToCheck(Why::OtherImpressions)),
            (9, good, Some(0), Trust::Device, ToCheck(Why::OtherImpressions)),
            (9, bad, Some(100), Trust::Device, ToCheck(Why::WithErrors)),
            (9, &[], Some(100), Trust::Device, ToCheck(Why::WithErrors)),
            (9, good, Some(100), Trust::Spooler, ToCheck(Why::PassedOn)),
            (9, good, Some(100), Trust::None, ToCheck(Why::NotTrusted)),
            (8, good, Some(100), Trust::Device, ToCheck(Why::Aborted)),
            (7, good, Some(100), Trust::Device, ToCheck(Why::Canceled)),
            (6, good, Some(100), Trust::Device, GoOn),
            (5, good, Some(100), Trust::Device, GoOn),
            (3, &[], None, Trust::None, GoOn),
        ] {
            let reasons = reasons.iter().map(ToString::to_string).collect();
            let said = Said { state, reasons, impressions, ..Said::default() };
            assert_eq!(judge(&said, 100, trust), verdict, "{said:?} {trust:?}");
        }
    }

    #[test]
    fn pauses_grow_and_end() {
        let pauses: Vec<i64> = [0, 1, 2, 3, 4, 5, 6, 1_000].map(pause_millis).to_vec();
        assert_eq!(pauses, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    }

    #[test]
    fn a_document_is_lacking_only_where_the_printer_says_so() {
        let said = |state, reason: &str| Said { state, reasons: vec![reason.to_owned()], ..Said::default() };
        assert!(said(4, "job-data-insufficient").lacks_document());
        assert!(said(3, "job-incoming").lacks_document());
        assert!(!said(3, "none").lacks_document());
        assert!(!said(5, "job-incoming").lacks_document());
        assert!(!said(8, "job-data-insufficient").lacks_document());
    }

    #[test]
    fn words_survive_text() {
        for state in JobState::ALL {
            assert_eq!(JobState::of(state.as_str()), Some(state));
        }
        for why in Why::ALL {
            assert_eq!(Why::of(why.as_str()), Some(why));
        }
    }
}
