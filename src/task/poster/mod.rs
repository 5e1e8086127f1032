//! Posters: notes, record, page.
//!
//! The program chooses what the page has room for: title, date, place, hours, prices, booking and
//! access first; what is left over becomes a finding, never a silent loss. Rules say how the title
//! (`title`) and the line of invitation under it (`invitation`) may be worded, the model which
//! wording is best (`choice`). The record becomes text ([`template`]) or a printed sheet
//! ([`sheet`]); the user may correct it as a file ([`dossier`]).

mod choice;
pub mod dossier;
mod invitation;
mod layout;
pub mod read;
pub mod record;
mod room;
pub mod sheet;
mod sums;
pub mod template;
mod title;

use crate::finding::{Finding, FindingKind, Severity};
use crate::ground::arithmetic;
use crate::notes::Notes;
use crate::office::Office;
use crate::reading::correction::{Amended, amended};
use crate::reading::date::weekday_name;
use crate::reading::private::{self, Matter};
use crate::reading::{Fact, expand_facts, facts};
use crate::task::running;
use crate::task::{Draft, Inputs, Model, Sink, TaskError, Usage, aside};
use choice::Chooser;
use layout::prepared;
use record::Poster;
pub use room::Room;
use room::{fit, room_left};

/// Drafts a poster from telegraphic notes, with as much of them as it has room for.
///
/// # Errors
/// When the model fails, the user stops it, or a prompt of the settings folder is wrong.
pub fn draft(
    inputs: &Inputs<'_>,
    room: Room,
    model: &mut Model<'_>,
    sink: &mut Sink<'_>,
) -> Result<Draft, TaskError> {
    if let Some(told) = running::apostrophed(inputs.notes) {
        let mut draft = draft(&Inputs { notes: &told, ..*inputs }, room, model, sink)?;
        running::take_back(&told, inputs.notes, &mut draft.findings);
        return Ok(draft);
    }
    let apart = private::apart(inputs.notes, Matter::Poster);
    let told = apart.as_ref().map_or(inputs.notes, |apart| &apart.notes);
    let amended = amended(told);
    let notes = prepared(amended.as_ref().map_or(told, Amended::notes));
    let inputs = &Inputs { notes: &notes, ..*inputs };
    let (mut poster, mut findings) = read::read(inputs.notes, inputs.office);
    let mut computed = arithmetic::check(inputs.notes, inputs.office);
    let first = inputs.notes.lines().find(|line| !line.text.trim().is_empty());
    // « on fait l'affiche du loto ? » doubts nothing.
    computed.retain(|finding| {
        let of_first = finding.notes.as_ref().zip(first.as_ref());
        finding.kind != FindingKind::Uncertain
            || of_first.is_none_or(|(span, first)| span.start > first.span().end)
    });
    findings.extend(without_wrong_sums(&mut poster, inputs.notes, &computed));
    fit(&mut poster, room, inputs, &mut findings);
    let left = |poster: &Poster| room_left(poster, room, inputs.office);
    let mut chooser = Chooser::new(inputs, model)?;
    let words = left(&poster);
    chooser.title(&mut poster, words, sink)?;
    let words = left(&poster);
    chooser.invitation(&mut poster, inputs.notes, words, sink)?;
    findings.extend(missing(&poster));
    findings.extend(choice::others(&poster));
    aside::add_computed(&mut findings, computed);
    if let Some(amended) = &amended {
        aside::amended(amended, &mut findings);
    }
    if let Some(apart) = apart {
        aside::add_apart(&mut findings, apart.dropped);
    }
    findings.iter_mut().for_each(as_asked);
    let document = template::document(&poster, inputs.office);
    let record = serde_json::to_value(&poster).unwrap_or_default();
    let usage = chooser.usage();
    Ok(Draft { document, findings, record, published: None, usage, notes_read: 1.0 })
}

/// Whether the notes leave something for a model to choose.
pub fn asks_model(inputs: &Inputs<'_>, room: Room) -> bool {
    let told = running::apostrophed(inputs.notes);
    let notes = told.as_ref().unwrap_or(inputs.notes);
    let apart = private::apart(notes, Matter::Poster);
    let notes = apart.as_ref().map_or(notes, |apart| &apart.notes);
    let amended = amended(notes);
    let notes = &prepared(amended.as_ref().map_or(notes, Amended::notes));
    let inputs = &Inputs { notes, ..*inputs };
    let (mut poster, _) = read::read(notes, inputs.office);
    let open = poster.title.as_deref().is_some_and(|title| title::Title::of(title).is_open());
    if open {
        return true;
    }
    fit(&mut poster, room, inputs, &mut Vec::new());
    let left = room_left(&poster, room, inputs.office);
    invitation::candidates(&poster, notes, left).len() > 1
}

/// Takes out of the lines a sum that the notes get wrong: an example goes whole, else the clause
/// that tells it.
fn without_wrong_sums(poster: &mut Poster, notes: &Notes, computed: &[Finding]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for wrong in computed.iter().filter(|finding| finding.kind == FindingKind::Sum) {
        let Some(span) = &wrong.notes else { continue };
        let Some(stated) = notes.text().get(span.clone()).map(expand_facts) else { continue };
        for line in &mut poster.lines {
            let within = line.span.start <= span.start && span.end <= line.span.end;
            if within && line.text.contains(stated.trim()) {
                let kept = sums::without(&line.text, stated.trim());
                findings.push(Finding::info(
                    FindingKind::LeftOut,
                    Some(line.span.clone()),
                    format!("Calcul faux, non imprimé : « {} »", line.text),
                ));
                line.text = kept;
            }
        }
    }
    poster.lines.retain(|line| !line.text.is_empty());
    findings
}

/// Makes the poster of a record that the user may have corrected: every line stays.
pub fn from_record(poster: &Poster, office: &Office) -> Draft {
    let mut findings = missing(poster);
    findings.extend(invitation::stale(poster));
    let dates = poster.date.as_deref().map(facts).unwrap_or_default();
    for found in dates {
        let Fact::Date(date) = found.fact else { continue };
        if let Some(right) = date.wrong_weekday() {
            findings.push(Finding::check(
                FindingKind::Weekday,
                None,
                format!(
                    "Le {} est un {} : vérifiez la date",
                    date.to_french(),
                    weekday_name(right)
                ),
            ));
        }
    }
    Draft {
        document: template::document(poster, office),
        findings,
        record: serde_json::to_value(poster).unwrap_or_default(),
        published: None,
        usage: Usage::default(),
        notes_read: 1.0,
    }
}

/// What is left out because the notes ask for it is told and needs no check.
fn as_asked(finding: &mut Finding) {
    if finding.message.starts_with(aside::ASKED) {
        finding.severity = Severity::Info;
    }
}

/// What a poster needs and neither notes nor sheet hold.
fn missing(poster: &Poster) -> Vec<Finding> {
    [
        (poster.date.is_none(), "date de l'événement"),
        (poster.hours.is_none() && !hours_by_day(poster), "heure"),
        (poster.place.is_none(), "lieu"),
        (
            poster.organiser.is_none(),
            "organisateur, dont le nom et l'adresse sont obligatoires sur une affiche",
        ),
    ]
    .into_iter()
    .filter(|(absent, _)| *absent)
    .map(|(_, what)| Finding::check(FindingKind::Missing, None, format!("À compléter : {what}")))
    .collect()
}

/// Whether lines of their own tell the hours: of several days, of several parts of one.
fn hours_by_day(poster: &Poster) -> bool {
    let several = |date: &String| date.contains(" au ") || date.contains(" et ");
    let hours = |line: &record::Line| {
        let found = facts(&line.text);
        let told = found.iter().filter(|found| matches!(found.fact, Fact::Hour(_))).count();
        told + usize::from(line.text.to_lowercase().contains("jour et nuit"))
    };
    let lines = poster.lines.iter().filter(|line| line.block != record::BlockKind::Contact);
    let timed: usize = lines.map(hours).sum();
    timed > 1 || timed == 1 && poster.date.as_ref().is_some_and(several)
}

#[cfg(test)]
mod tests;
