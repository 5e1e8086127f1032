//! What a poster states: the typed record its document is made from.

use serde::{Deserialize, Serialize};

/// One poster.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Poster {
    /// The event, a noun phrase.
    pub title: Option<String>,
    /// Titles that the same notes allow.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_titles: Vec<String>,
    /// One line under the title: who invites, to what.
    pub invitation: Option<String>,
    /// Invitations that the same record allows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_invitations: Vec<String>,
    /// When, without a weekday that is wrong.
    pub date: Option<String>,
    /// « de 10 h à 18 h », « à 18 h 30 ».
    pub hours: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Everything else, in the order of the notes.
    pub lines: Vec<Line>,
    /// Who puts it up, with the address.
    pub organiser: Option<String>,
    /// Printed by the organiser or the town hall itself.
    pub printed_in_house: bool,
    /// Whether a second organiser, logos or a subject make it an information meeting.
    pub information: bool,
}

/// One line of the poster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Where it stands.
    pub block: BlockKind,
    /// How dear it is when room is short: 0 stays in any case.
    pub rank: u8,
    /// Its words.
    pub text: String,
    /// Where it stands in the notes.
    #[serde(skip)]
    pub span: crate::notes::Span,
}

/// The blocks of a poster, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// What happens.
    Programme,
    /// What it costs.
    Prices,
    /// How to get there, access, rain.
    Practical,
    /// Whom to call or write to.
    Contact,
}
