//! A point the user has to check: what is doubtful, where it stands in the notes, and what the
//! draft did about it. Findings never stop a draft and are never printed inside the document.

use serde::Serialize;

use crate::notes::Span;

/// What kind of doubt a finding is about; the name in JSON is stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// An absent member is said to have spoken or voted.
    AbsentSpeaker,
    /// Other wordings that may take the place of the chosen one.
    Choice,
    /// A later line corrects an earlier one.
    Correction,
    /// A day by which something has to be done.
    Deadline,
    /// Something the form requires is in neither notes nor office sheet.
    Missing,
    /// A name that is incomplete, spelled in several ways, or unknown.
    Name,
    /// A decision on something that the agenda does not hold.
    OffAgenda,
    /// Personal, health or social data that should not be published.
    PersonalData,
    /// A remark that was left out: private, an instruction, or out of place in the document.
    LeftOut,
    /// Proxies that break a rule: two for one holder, a holder or giver out of place.
    Proxy,
    /// The model's sentence did not hold; a rule-made one stands instead.
    Prose,
    /// Too few members present, or the number is unknown.
    Quorum,
    /// A sum, difference or percentage that does not come out.
    Sum,
    /// The notes themselves doubt it.
    Uncertain,
    /// A line of the notes that nothing in the document carries.
    Unused,
    /// Counts of a vote that do not add up.
    Vote,
    /// A weekday that is not that of its date.
    Weekday,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The user must check before signing.
    Check,
    /// Said for information; nothing is in doubt.
    Info,
}

/// One point to check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub kind: FindingKind,
    /// One French sentence that a secretary understands, with the values at stake.
    pub message: String,
    /// How much it matters.
    pub severity: Severity,
    /// Where in the notes, in bytes.
    pub notes: Option<Span>,
}

impl Finding {
    /// A finding the user must check.
    pub fn check(kind: FindingKind, notes: Option<Span>, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), severity: Severity::Check, notes }
    }

    /// A finding said for information.
    pub fn info(kind: FindingKind, notes: Option<Span>, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), severity: Severity::Info, notes }
    }
}
