//! The typed record of a meeting: the only source of what its minutes state.
//!
//! Values are already in French form; the document is a pure function of the record.

use serde::{Deserialize, Serialize};

use crate::notes::Span;
use crate::office::Membre;

/// Whose meeting it is; the law and the form differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A municipal council: procès-verbal under CGCT L2121-15.
    Council,
    /// A general meeting of an association: its own statutes are the law.
    Association,
    /// A board, commission or working meeting: compte rendu.
    Working,
}

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Meeting {
    /// Whose meeting.
    pub kind: Kind,
    /// What kind of meeting the notes announce: « Réunion du bureau »; working meetings only.
    #[serde(default)]
    pub label: Option<String>,
    /// The body that meets: commune or association.
    pub body: Option<String>,
    /// The département that the heading of a commune names.
    pub departement: Option<String>,
    /// « vendredi 18 septembre 2026 », without a weekday that is in doubt.
    pub date: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Hour of opening.
    pub opened: Option<String>,
    /// Hour of closing.
    pub closed: Option<String>,
    /// When, and how, members were convened: « le 11 septembre 2026, par courriel ».
    pub convocation: Option<String>,
    /// Who is there, and who is not.
    pub attendance: Attendance,
    /// Who presides.
    pub chair: Option<String>,
    /// In what capacity, as the signature says it: « La maire ».
    pub chair_title: Option<String>,
    /// The secretary of the session.
    pub secretary: Option<String>,
    /// Employees who assist the secretary; never members.
    pub assistants: Vec<String>,
    /// People who attend without a vote.
    pub guests: Vec<String>,
    /// What the notes say before the first item and no field holds.
    pub remarks: Vec<String>,
    /// Titles of the agenda, in its order.
    pub agenda: Vec<String>,
    /// Items, in the order of the agenda.
    pub items: Vec<Item>,
    /// Date and place of the next meeting, as a phrase.
    pub next_meeting: Option<String>,
    /// « ordinaire », « extraordinaire », of an assembly.
    pub session: Option<String>,
    /// The share of the votes cast that the statutes ask for.
    pub majority: Option<(u32, u32)>,
    /// That share is of the members present and represented, abstentions counted.
    pub majority_of_all: bool,
    /// The meeting was convened a second time, for want of a quorum: none is asked for.
    pub second_notice: bool,
    /// What was decided, in the order of the notes; working meetings only.
    #[serde(default)]
    pub decisions: Vec<Decision>,
    /// Who does what by when; working meetings only.
    #[serde(default)]
    pub actions: Vec<Action>,
    /// What was left undecided; working meetings only.
    #[serde(default)]
    pub open_points: Vec<OpenPoint>,
}

/// A decision that the notes state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What was decided, as a sentence.
    pub text: String,
    /// Title of the item it belongs to, when it belongs to one.
    pub subject: Option<String>,
    /// Where it stands in the notes.
    #[serde(skip)]
    pub span: Span,
}

/// One person, one thing to do, one date.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// Who does it; unknown when the notes do not say.
    pub who: Option<String>,
    /// What is to be done, an infinitive where the notes hold a verb.
    pub what: String,
    /// By when, in the words of the notes; unknown when they do not say.
    pub when: Option<String>,
    /// Where it stands in the notes.
    #[serde(skip)]
    pub span: Span,
}

/// A question that the meeting did not settle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenPoint {
    /// The question, as a sentence.
    pub text: String,
    /// Title of the item it belongs to, when it belongs to one.
    pub subject: Option<String>,
    /// Where it stands in the notes.
    #[serde(skip)]
    pub span: Span,
}

impl Meeting {
    /// A meeting of which nothing is known yet.
    pub fn empty(kind: Kind) -> Self {
        Self {
            kind,
            label: None,
            body: None,
            departement: None,
            date: None,
            place: None,
            opened: None,
            closed: None,
            convocation: None,
            attendance: Attendance::default(),
            chair: None,
            chair_title: None,
            secretary: None,
            assistants: Vec::new(),
            guests: Vec::new(),
            remarks: Vec::new(),
            agenda: Vec::new(),
            items: Vec::new(),
            next_meeting: None,
            decisions: Vec::new(),
            actions: Vec::new(),
            open_points: Vec::new(),
            session: None,
            majority: None,
            majority_of_all: false,
            second_notice: false,
        }
    }
}

impl Default for Meeting {
    fn default() -> Self {
        Self::empty(Kind::Council)
    }
}

/// Who is there, who is represented, who is not there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Attendance {
    /// Seats held (council) or members with a right to vote (association): base of the quorum.
    pub in_office: Option<u32>,
    /// Members that must be present.
    pub quorum: Option<u32>,
    /// The part of the members with a vote that the statutes require.
    pub quorum_fraction: Option<(u32, u32)>,
    /// Present at the opening.
    pub present: Vec<String>,
    /// Their number, where the notes give no names.
    pub present_count: Option<u32>,
    /// How many of those present may not vote: « dont 2 pas à jour ».
    pub without_vote: Option<u32>,
    /// Came after the opening.
    pub arrivals: Vec<Arrival>,
    /// Left before the end.
    pub departures: Vec<Departure>,
    /// Absent and represented.
    pub proxies: Vec<Proxy>,
    /// Number of proxies, where the notes give no names.
    pub proxy_count: Option<u32>,
    /// Excused without a proxy.
    pub excused: Vec<String>,
    /// Absent without excuse.
    pub absent: Vec<String>,
    /// « 6 personnes dans le public ».
    pub audience: Option<String>,
}

/// A member who came after the opening.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Arrival {
    /// Who.
    pub name: String,
    /// When.
    pub hour: Option<String>,
    /// Number of the item under discussion.
    pub item: Option<u32>,
    /// When, in the order of the notes.
    #[serde(skip)]
    pub when: When,
}

impl Arrival {
    /// How many came: those whom nobody names are counted, « 3 membres ».
    pub fn count(&self) -> u32 {
        let number = self.name.split(' ').next().unwrap_or_default();
        number.parse().unwrap_or(1)
    }
}

impl Departure {
    /// How many left: those whom nobody names are counted, « 2 membres ».
    pub fn count(&self) -> u32 {
        let number = self.name.split(' ').next().unwrap_or_default();
        number.parse().unwrap_or(1)
    }
}

/// A member who left before the end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Departure {
    /// Who.
    pub name: String,
    /// When.
    pub hour: Option<String>,
    /// Number of the item under discussion.
    pub item: Option<u32>,
    /// Who votes in their name from then on.
    pub holder: Option<String>,
    /// When, in the order of the notes.
    #[serde(skip)]
    pub when: When,
    /// Proxies that go with them, where the notes count proxies without naming them.
    #[serde(skip)]
    pub carried: u32,
    /// The item after which they left, in the words of the notes.
    #[serde(skip)]
    pub after: String,
}

/// When a member came or left, as far as the notes tell it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum When {
    /// An hour at most: before any item or after it.
    #[default]
    Unknown,
    /// While this item was treated: before its vote or after it.
    During(u32),
    /// Before this item was treated.
    Before(u32),
    /// Once this item had been treated.
    After(u32),
    /// At this place of the notes, which tell items in the order they were treated.
    At(usize),
}

/// A proxy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Proxy {
    /// The absent member.
    pub giver: String,
    /// The member who votes in the giver's name.
    pub holder: String,
}

impl Attendance {
    /// Members present at the opening, when known.
    pub fn present_at_opening(&self) -> Option<u32> {
        if self.present.is_empty() {
            self.present_count
        } else {
            u32::try_from(self.present.len()).ok()
        }
    }

    /// Everyone the attendance names, as members.
    pub fn members(&self) -> Vec<Membre> {
        let arrivals = self.arrivals.iter().map(|a| &a.name);
        let departures = self.departures.iter().map(|d| &d.name);
        let givers = self.proxies.iter().map(|p| &p.giver);
        let named = self
            .present
            .iter()
            .chain(arrivals)
            .chain(departures)
            .chain(givers)
            .chain(&self.excused)
            .chain(&self.absent);
        let mut members: Vec<Membre> = Vec::new();
        for nom in named {
            if members.iter().all(|m| m.nom != *nom) {
                members.push(Membre { nom: nom.clone(), ..Membre::default() });
            }
        }
        members
    }

    /// Members represented.
    pub fn represented(&self) -> u32 {
        if self.proxies.is_empty() {
            self.proxy_count.unwrap_or(0)
        } else {
            u32::try_from(self.proxies.len()).unwrap_or(u32::MAX)
        }
    }
}

/// An item of the agenda, as it was treated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Item {
    /// Its number on the agenda.
    pub number: Option<u32>,
    /// Its title.
    pub title: String,
    /// Order in which the notes treat it, from 0; `usize::MAX` when they do not.
    #[serde(with = "order", default = "order::untreated")]
    pub treated: usize,
    /// What the notes say of it, clause by clause; votes and private remarks taken out.
    pub clauses: Vec<String>,
    /// The clauses as sentences.
    pub account: Vec<String>,
    /// The vote, if there was one.
    pub vote: Option<Vote>,
    /// Members who did not take part in the vote.
    pub not_voting: Vec<String>,
    /// Votes on parts of the item, when the notes give several: each on its own subject.
    pub parts: Vec<Part>,
    /// Whether the ballot was public: names are printed.
    pub public_ballot: bool,
    /// Whether the ballot was secret.
    pub secret_ballot: bool,
    /// Who presided for this item, when it was not the chair of the meeting.
    pub chair: Option<String>,
    /// What became of it without a vote.
    pub outcome: Option<Outcome>,
    /// Members present when too few were there to decide: the quorum was lost.
    pub quorum_lost: Option<u32>,
    /// The closed session, if there was one.
    pub closed_session: Option<ClosedSession>,
    /// Number of the deliberation.
    pub deliberation: Option<String>,
    /// « Questions diverses », where nothing can be voted.
    pub miscellaneous: bool,
    /// Where it stands in the notes.
    #[serde(skip)]
    pub span: Span,
}

/// A vote on one part of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Part {
    /// On what.
    pub subject: String,
    /// The vote.
    pub vote: Vote,
}

/// What became of an item on which nobody voted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Put off to another meeting.
    Postponed,
    /// Taken off the agenda.
    Withdrawn,
    /// Told for information.
    Information,
}

/// A closed session: what the minutes may say of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClosedSession {
    /// Who asked for it.
    pub requested_by: Option<String>,
    /// Whether the notes say that it was decided unanimously.
    pub unanimous: bool,
    /// When the public left.
    pub public_left: Option<String>,
    /// When the public came back.
    pub public_back: Option<String>,
}

/// A vote.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Vote {
    /// In favour.
    pub in_favour: Option<u32>,
    /// Against.
    pub against: Option<u32>,
    /// Abstentions.
    pub abstentions: Option<u32>,
    /// Blank or void ballots of a secret ballot.
    pub blank: Option<u32>,
    /// Whether the notes say that it was unanimous.
    pub unanimous: bool,
    /// Adopted or rejected, as the notes or the majority of the statutes have it.
    pub result: Option<bool>,
    /// Whether the chair's casting vote decided.
    pub casting: bool,
    /// All others were in favour: « tous pour sauf 2 abst ».
    #[serde(skip)]
    pub rest_in_favour: bool,
    /// Members who were not in favour, without a word on how they voted.
    #[serde(skip)]
    pub others: u32,
    /// How many voted in all, as the notes say it.
    #[serde(skip)]
    pub cast: Option<u32>,
    /// Who voted how, when the notes say so: in favour, against, abstentions.
    pub names: Option<[Vec<String>; 3]>,
    /// Whether the counts can be right: never more votes than voters.
    #[serde(default = "unless_checked")]
    pub possible: bool,
    /// Where it stands in the notes.
    #[serde(skip)]
    pub span: Span,
}

impl Vote {
    /// All votes, abstentions included.
    pub fn total(&self) -> u32 {
        let counts = [self.in_favour, self.against, self.abstentions, self.blank];
        counts.into_iter().flatten().fold(0, u32::saturating_add)
    }

    /// Whether the proposal is carried, when the counts tell.
    pub fn carried(&self) -> Option<bool> {
        if self.result.is_some() {
            return self.result;
        }
        if self.unanimous {
            return Some(true);
        }
        let (for_, against) = (self.in_favour?, self.against.unwrap_or(0));
        (for_ != against).then_some(for_ > against)
    }
}

/// Counts are taken as possible until arithmetic says otherwise.
fn unless_checked() -> bool {
    true
}

/// The order of an item as people count: from 1, nothing for an item that was not treated.
mod order {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn untreated() -> usize {
        usize::MAX
    }

    pub(super) fn serialize<S: Serializer>(order: &usize, to: S) -> Result<S::Ok, S::Error> {
        order.checked_add(1).map(|n| n as u64).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<usize, D::Error> {
        let counted = Option::<u32>::deserialize(from)?;
        Ok(counted.map_or(usize::MAX, |n| n.saturating_sub(1) as usize))
    }
}
