//! What is made of the record: the minutes, the version for publication, or the list of
//! deliberations; from notes just read, or from a record that the user has corrected.
//!
//! A corrected record goes through every check that needs no notes, so that a new mistake is seen
//! as one of the notes would be.

use super::accounts::{is_untold, write};
use super::numbering::number_deliberations;
use super::people::People;
use super::record::{Kind, Meeting};
use super::{checks, list, missing, public, template};
use crate::finding::{Finding, FindingKind};
use crate::ground::arithmetic;
use crate::notes::Notes;
use crate::office::Office;
use crate::reading::name::Roster;
use crate::task::{Draft, Inputs, Model, Sink, TaskError, Usage};

/// Which document is made of the record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Output {
    /// The whole minutes, which the office keeps.
    #[default]
    Complete,
    /// The minutes without personal data, to be published.
    Public,
    /// The list of the deliberations examined, due within a week.
    Deliberations,
}

/// What the user asks for beside the minutes themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Which document.
    pub output: Output,
    /// Number of the first deliberation, where the notes give none: « 2026-41 ».
    pub first_number: Option<String>,
}

/// Whether sentences have to be written, for which a model is needed.
pub fn needs_model(meeting: &Meeting, output: Output) -> bool {
    output != Output::Deliberations && meeting.items.iter().any(is_untold)
}

/// Drafts from a record that the user may have corrected; the notes are the record's own text.
///
/// # Errors
/// When the model fails, the user stops it, or a prompt of the settings folder is wrong.
pub fn from_record(
    inputs: &Inputs<'_>,
    mut meeting: Meeting,
    wanted: &Wanted,
    model: &mut Model<'_>,
    sink: &mut Sink<'_>,
) -> Result<Draft, TaskError> {
    let findings = check_again(&mut meeting, inputs.office);
    finish(inputs, meeting, findings, wanted, model, sink)
}

/// Writes what is still to be written, and makes the document.
pub(super) fn finish(
    inputs: &Inputs<'_>,
    mut meeting: Meeting,
    mut findings: Vec<Finding>,
    wanted: &Wanted,
    model: &mut Model<'_>,
    sink: &mut Sink<'_>,
) -> Result<Draft, TaskError> {
    if meeting.items.iter().all(|item| item.deliberation.is_none()) {
        number_deliberations(&mut meeting, wanted.first_number.as_deref());
    }
    let usage = match wanted.output {
        Output::Deliberations => Usage::default(),
        Output::Complete | Output::Public => {
            write(inputs, &mut meeting, model, &mut findings, sink)?
        }
    };
    findings.sort_by_key(|f| f.notes.as_ref().map_or(usize::MAX, |s| s.start));
    let office = inputs.office;
    let (document, published) = match wanted.output {
        Output::Complete => (template::document(&meeting), None),
        Output::Public => {
            let masked = public::masked(&meeting, office, &mut findings);
            (public::document(&masked), Some(public::record(masked)))
        }
        Output::Deliberations => {
            let document = list::document(&meeting, office, &mut findings);
            // What the list does not print is hidden without a word.
            let masked = public::masked(&meeting, office, &mut Vec::new());
            (document, Some(public::record(masked)))
        }
    };
    let value = |meeting: &Meeting| serde_json::to_value(meeting).unwrap_or_default();
    let (record, published) = (value(&meeting), published.as_ref().map(value));
    Ok(Draft { document, findings, record, published, usage, notes_read: 1.0 })
}

/// What the heading and the signature take from the office sheet, so that the document needs
/// nothing but the record.
pub(super) fn complete(meeting: &mut Meeting, office: &Office) {
    match meeting.kind {
        Kind::Council => {
            meeting.departement.clone_from(&office.organisme.departement);
            meeting.chair_title = mayors_title(office)
                .filter(|_| meeting.chair.is_some() && office.conseil.maire == meeting.chair);
        }
        Kind::Working if meeting.body.is_none() => {
            meeting.body.clone_from(&office.organisme.nom);
        }
        Kind::Working | Kind::Association => {}
    }
}

/// « La maire », « Le maire ».
fn mayors_title(office: &Office) -> Option<String> {
    let title = office.conseil.titre_maire.as_ref()?;
    let title = if title.contains("Madame") { "La maire" } else { "Le maire" };
    Some(title.to_owned())
}

/// The checks that need only the record, on one that was read from a file.
fn check_again(meeting: &mut Meeting, office: &Office) -> Vec<Finding> {
    let mut findings = Vec::new();
    for vote in meeting.items.iter_mut().filter_map(|item| item.vote.as_mut()) {
        vote.possible = true;
    }
    let roster = Roster::new(&office.conseil.membres);
    checks::check(meeting, &People::new(&roster, office), None, &mut findings);
    if let (Some(chair), Some(title), Some(mayor)) =
        (&meeting.chair, &meeting.chair_title, &office.conseil.maire)
        && mayors_title(office).as_ref() == Some(title)
        && chair != mayor
    {
        findings.push(Finding::check(
            FindingKind::Name,
            None,
            format!(
                "{chair} préside et signerait « {title} », mais la fiche nomme {mayor} : la signature dit « Présidence de séance »."
            ),
        ));
        meeting.chair_title = None;
    }
    missing::missing(meeting, &mut findings);
    let days = Notes::from_text(&told(meeting)).map(|notes| arithmetic::check(&notes, office));
    let days = days.unwrap_or_default();
    findings.extend(days.into_iter().filter(|f| f.kind == FindingKind::Weekday));
    // The places of the notes mean nothing any more.
    for finding in &mut findings {
        finding.notes = None;
    }
    findings.dedup_by(|a, b| a.message == b.message);
    findings
}

/// What the document tells in words, a line for each date and sentence.
fn told(meeting: &Meeting) -> String {
    let header = [&meeting.date, &meeting.convocation, &meeting.next_meeting];
    let accounts = meeting.items.iter().flat_map(|item| &item.account);
    let lines: Vec<&str> =
        header.into_iter().flatten().chain(accounts).map(String::as_str).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests;
