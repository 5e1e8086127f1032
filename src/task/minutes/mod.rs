//! Minutes of a council, an association or a working meeting, from telegraphic notes.
//!
//! The notes are cut into header, agenda and sections ([`structure`]); rules read attendance,
//! header fields, votes and items into a [`record::Meeting`] ([`read()`]); arithmetic checks it
//! ([`checks`]); the model puts each item's clauses into sentences ([`crate::task::prose`]); the
//! document is a pure function of the record ([`template`]). The record is also a file that the user
//! corrects ([`dossier`]), and the source of two further documents ([`output`]): the version for
//! publication ([`public`]) and the list of deliberations ([`list`]).
//!
//! Working meetings have their own reading and page ([`working`]); speech written down is read by
//! [`transcript`], whatever the kind of meeting.

mod accounts;
pub mod attendance;
pub mod checks;
pub mod clauses;
pub mod correction;
pub mod dossier;
mod head;
pub mod header;
mod initials;
pub mod items;
mod kind;
pub mod language;
pub mod list;
pub mod mask;
pub mod missing;
pub mod movement;
mod numbering;
mod outcome;
pub mod output;
mod outsider;
pub mod people;
pub mod person;
pub mod presence;
pub mod proxy;
pub mod public;
mod read;
pub mod record;
mod retyped;
pub mod roll;
mod run;
pub mod several;
mod sheets;
pub mod structure;
mod table;
mod telling;
pub mod template;
mod title;
pub mod transcript;
mod unclassified;
pub mod vote;
pub mod working;
pub(in crate::task) mod wrong_sums;

use self::kind::announced;
pub use self::kind::kind_of;
use self::output::Wanted;
pub use self::read::read;
use self::record::Kind;
use self::wrong_sums::blank_wrong_sums;
use crate::reading::capitals;
use crate::reading::correction::{amended, amended_meeting};
use crate::reading::private::{self, Matter};
use crate::task::{Draft, Inputs, Model, Sink, TaskError, aside};

/// Drafts the minutes.
///
/// # Errors
/// When the model fails, the user stops it, or a prompt of the settings folder is wrong.
pub fn draft(
    inputs: &Inputs<'_>,
    kind: Kind,
    wanted: &Wanted,
    model: &mut Model<'_>,
    sink: &mut Sink<'_>,
) -> Result<Draft, TaskError> {
    if let Some(relaxed) = capitals::relaxed(inputs.notes) {
        let small = Inputs { notes: &relaxed, ..*inputs };
        return draft(&small, kind, wanted, model, sink);
    }
    let speech = transcript::is_speech(inputs.notes);
    let matter = if kind == Kind::Working { Matter::Meeting } else { Matter::Minutes };
    if let Some(apart) = private::apart(inputs.notes, matter).filter(|_| !speech) {
        let rest = Inputs { notes: &apart.notes, ..*inputs };
        let mut draft = draft(&rest, kind, wanted, model, sink)?;
        aside::add_apart(&mut draft.findings, apart.dropped);
        return Ok(draft);
    }
    if let Some(sorted) = sheets::sorted(inputs.notes) {
        let lines = Inputs { notes: &sorted.notes, ..*inputs };
        let mut draft = draft(&lines, kind, wanted, model, sink)?;
        sorted.take_back(&mut draft.findings);
        return Ok(draft);
    }
    let typed = kind != Kind::Working && !speech;
    let again = typed.then(|| retyped::retyped(inputs.notes)).flatten();
    let Some(again) = again else { return draft_typed(inputs, kind, wanted, model, sink) };
    let lines = Inputs { notes: &again.notes, ..*inputs };
    let mut draft = draft_typed(&lines, kind, wanted, model, sink)?;
    again.take_back(&mut draft.findings);
    Ok(draft)
}

/// Drafts from notes that are typed as the readers know them, tables and initials apart.
fn draft_typed(
    inputs: &Inputs<'_>,
    kind: Kind,
    wanted: &Wanted,
    model: &mut Model<'_>,
    sink: &mut Sink<'_>,
) -> Result<Draft, TaskError> {
    // Working meetings read tables themselves, by who does what and when.
    let flat = (kind != Kind::Working)
        .then(|| table::flattened(inputs.notes).or_else(|| initials::spelled(inputs.notes)))
        .flatten();
    if let Some(flat) = flat {
        let lines = Inputs { notes: &flat.notes, ..*inputs };
        let mut draft = draft_typed(&lines, kind, wanted, model, sink)?;
        flat.take_back(inputs.notes, &mut draft.findings);
        return Ok(draft);
    }
    if kind == Kind::Working
        && let Some(flat) = table::labels_in_lines(inputs.notes)
    {
        let lines = Inputs { notes: &flat.notes, ..*inputs };
        let mut draft = draft_typed(&lines, kind, wanted, model, sink)?;
        flat.take_back(inputs.notes, &mut draft.findings);
        return Ok(draft);
    }
    if kind == Kind::Working
        && let Some((flat, findings)) = table::values_in_lines(inputs.notes)
    {
        let lines = Inputs { notes: &flat.notes, ..*inputs };
        let mut draft = draft_typed(&lines, kind, wanted, model, sink)?;
        flat.take_back(inputs.notes, &mut draft.findings);
        draft.findings.extend(findings);
        return Ok(draft);
    }
    let speech = transcript::is_speech(inputs.notes);
    // Between speakers a value is discussed before it is corrected; one voice dictates.
    if !(speech && transcript::has_speakers(inputs.notes))
        && let Some(amended) = if kind == Kind::Working {
            amended_meeting(inputs.notes)
        } else {
            amended(inputs.notes)
        }
    {
        let lines = Inputs { notes: amended.notes(), ..*inputs };
        let mut draft = draft_typed(&lines, kind, wanted, model, sink)?;
        aside::amended(&amended, &mut draft.findings);
        return Ok(draft);
    }
    if speech {
        return transcript::draft(inputs, kind, wanted, model, sink);
    }
    let (meeting, findings) = read(inputs.notes, inputs.office, kind);
    output::finish(inputs, meeting, findings, wanted, model, sink)
}
