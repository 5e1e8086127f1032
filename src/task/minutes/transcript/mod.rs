//! Minutes from a transcript: raw speech of an hour, with or without names of speakers.
//!
//! The plot: lines become sentences of who says what ([`speech`], [`clean`]), sentences fall into
//! subjects ([`topic`]); rules find who is there ([`people`]), what is decided and voted
//! ([`decide`]), who takes what on ([`undertake`]), what is left open ([`left`]); the sentences
//! that carry a fact are told in indirect speech ([`account`]). Every sentence is looked at by
//! every rule, so nothing is left unread whatever the length, and memory grows with the text alone.
//! The model is asked only where a rule cannot tell whether somebody takes something on, a closed
//! choice for each such line.

pub mod account;
mod choice;
pub mod clean;
pub mod decide;
mod detect;
mod fill;
mod heading;
mod items;
pub mod left;
mod opening;
pub mod oral;
pub mod people;
mod reversal;
pub mod speech;
mod spoken_sums;
pub mod talk;
pub mod tidy;
pub mod topic;
pub mod undertake;

use self::choice::{MOST_CHOICES, choose};
pub use self::detect::{has_speakers, is_speech, kind_of};
use self::fill::fill;
use self::heading::heading;
use self::items::{into_items, items, merge_topics};
use self::people::Speakers;
use self::talk::Talk;
use super::output::{self, Wanted};
use super::record::{Kind, Meeting};
use super::working;
use crate::finding::{Finding, FindingKind};
use crate::ground::arithmetic;
use crate::notes::Notes;
use crate::office::Office;
use crate::reading::facts;
use crate::reading::name::Roster;
use crate::task::{Draft, Inputs, Model, Progress, Sink, TaskError};

/// Drafts the minutes of a transcript.
///
/// # Errors
/// When the model fails or the user stops it.
pub fn draft(
    inputs: &Inputs<'_>,
    kind: Kind,
    wanted: &Wanted,
    model: &mut Model<'_>,
    sink: &mut Sink<'_>,
) -> Result<Draft, TaskError> {
    let mut read = read(inputs.notes, inputs.office, kind);
    let words = inputs.notes.text().split_whitespace().count();
    let asked = read.unsure.len().min(MOST_CHOICES);
    sink(Progress::Transcript { words, seconds: words / 2000 + asked * 2 });
    choose(&mut read, model, sink)?;
    let Transcript { mut meeting, mut findings, .. } = read;
    working::settle(&mut meeting, &mut findings);
    output::complete(&mut meeting, inputs.office);
    output::finish(inputs, meeting, findings, wanted, model, sink)
}

/// A transcript, read by rule.
pub struct Transcript {
    /// The record.
    pub meeting: Meeting,
    /// Points to check.
    pub findings: Vec<Finding>,
    /// Sentences that may be actions, with who says them.
    unsure: Vec<(Option<String>, speech::Sentence)>,
}

/// Reads the transcript into a record; no model.
pub fn read(notes: &Notes, office: &Office, kind: Kind) -> Transcript {
    let roster = Roster::new(&office.conseil.membres);
    let mut several = Vec::new();
    let first = super::several::first(notes, &mut several);
    let notes = first.as_ref().unwrap_or(notes);
    let mut speech = speech::read(notes);
    // What is doubted, asked or corrected aloud is no doubt of the notes.
    let mut findings: Vec<Finding> = arithmetic::check(notes, office)
        .into_iter()
        .filter(|f| matches!(f.kind, FindingKind::Weekday | FindingKind::Sum))
        .collect();
    said_in_words(&mut speech, office, &mut findings);
    findings.append(&mut several);
    super::language::check(notes, &Meeting::empty(kind), &mut findings);
    findings.retain(|f| f.kind != FindingKind::Missing);
    crate::task::aside::add_computed(&mut findings, working::sums::check(notes));
    tidy::doubtful(notes, &mut speech.sentences, &findings);
    let mut meeting = Meeting::empty(kind);
    meeting.body.clone_from(&office.organisme.nom);
    let date = heading(notes, &speech, office, &roster, &mut meeting, &mut findings);
    if let Some(year) = date.and_then(|date| date.year) {
        tidy::days_of_a_list(&mut speech.sentences, year, &mut findings);
    }
    let speakers = people::speakers(&speech, &roster);
    people::attendance(&speech, &speakers, &roster, &mut meeting.attendance, &mut findings);
    people::proxies(&speech, &speakers, &roster, &mut meeting.attendance);
    people::late(&mut speech, &roster, &mut meeting.attendance);
    unnamed(&speakers, &mut findings);
    tidy::correct(&mut speech.sentences, &mut findings);
    tidy::hide(&mut speech.sentences, &mut findings);
    reversal::take_back(&mut speech.sentences, &mut findings);
    reversal::put_off(&mut speech.sentences, &mut findings);
    people::undertakings(&speech, &meeting.attendance, &mut findings);
    let topics = topic::topics(&speech.sentences);
    meeting.items = items(&topics, &speech);
    let titles: Vec<String> = meeting.items.iter().map(|i| i.title.clone()).collect();
    let proper = account::proper(speech.sentences.iter().map(|s| s.text.as_str()));
    let talk = Talk {
        sentences: &speech.sentences,
        speakers: &speakers,
        topics: &topics,
        titles: &titles,
        proper: &proper,
    };
    let unsure = fill(&talk, &roster, date, &mut meeting, &mut findings);
    let unsure = unsure
        .into_iter()
        .map(|at| (talk.speaker(at).map(str::to_owned), speech.sentences[at].clone()))
        .collect();
    merge_topics(&mut meeting);
    left::listed(&meeting, &mut findings);
    if kind != Kind::Working {
        into_items(&mut meeting, office, &mut findings);
    }
    Transcript { meeting, findings, unsure }
}

/// The same checks on what is said in words, whose figures only the speech has: sums and days of the
/// week. What does not come out is not told.
fn said_in_words(speech: &mut speech::Speech, office: &Office, findings: &mut Vec<Finding>) {
    let titles: Vec<&str> = speech.heading.iter().map(|(title, _)| title.as_str()).collect();
    let mut text = titles.join(" ");
    let mut places = Vec::new();
    for sentence in &speech.sentences {
        text.push('\n');
        let start = text.len();
        text.push_str(&sentence.text);
        places.push(start..text.len());
    }
    let Ok(figures) = Notes::from_text(&text) else { return };
    let mut found: Vec<(usize, String, Finding)> = arithmetic::check(&figures, office)
        .into_iter()
        .chain(working::sums::check(&figures))
        .filter(|f| matches!(f.kind, FindingKind::Weekday | FindingKind::Sum))
        .filter_map(|finding| {
            let span = finding.notes.clone()?;
            let at = places.iter().position(|place| place.contains(&span.start))?;
            Some((at, text.get(span)?.to_owned(), finding))
        })
        .collect();
    found.extend(spoken_sums::check(&speech.sentences));
    crate::reading::words!(UNIT, r"(?i)^\s*(?:€|euros?\b)");
    for (at, said, mut finding) in found {
        let told = |f: &Finding| f.kind == finding.kind && f.message == finding.message;
        let Some(sentence) = speech.sentences.get_mut(at) else { continue };
        if findings.iter().any(told) {
            continue;
        }
        let instead = match finding.kind {
            FindingKind::Weekday => said.split_once(' ').map_or("", |(_, rest)| rest).to_owned(),
            _ if facts(&said).len() == 1 => crate::task::wording::blank("montant"),
            _ => said.clone(),
        };
        if !instead.is_empty()
            && let Some(at) = sentence.text.find(&said)
        {
            let end = at + said.len();
            let unit = UNIT.find(sentence.text.get(end..).unwrap_or_default());
            let unit = unit.filter(|_| finding.kind == FindingKind::Sum).map_or(0, |m| m.end());
            sentence.text.replace_range(at..end + unit, &instead);
        }
        finding.notes = Some(sentence.span.clone());
        findings.push(finding);
    }
}

/// Voices that nobody named.
fn unnamed(speakers: &Speakers, findings: &mut Vec<Finding>) {
    let unnamed = speakers.unnamed();
    if !unnamed.is_empty() {
        findings.push(Finding::check(
            FindingKind::Name,
            None,
            format!(
                "Voix sans nom dans la transcription ({}) : dites qui parle, les présences et les actions en dépendent.",
                unnamed.join(", ")
            ),
        ));
    }
}

#[cfg(test)]
mod tests;
