//! Letters and e-mails: notes, record, sentences, document.
//!
//! Rules read the notes into a [`record::Letter`]: who writes to whom, what for, and the clauses of
//! the body, part by part. The model, or the rule in its place, puts each clause into a sentence
//! (`tell`); [`template`] lays out the document. Greeting, verdict, closing, remedies and mentions
//! are set phrases (`formula`, `body`) filled from the record. The record may be corrected as a file
//! ([`dossier`]) and gives either form of the letter again without the notes.
//!
//! `received` reads the message that is answered.

pub mod address;
mod body;
mod check;
pub mod dossier;
mod formula;
pub mod line;
mod phrase;
mod purpose;
mod question;
pub mod read;
mod receipt;
mod received;
pub mod record;
mod signatory;
mod tell;
pub mod template;
mod term;

pub use purpose::form_of;
pub use record::{Form, Tone};

use crate::document::import::IncomingMessage;
use crate::finding::Finding;
use crate::ground::arithmetic;
use crate::notes::Notes;
use crate::reading::capitals;
use crate::reading::correction::{Amended, amended};
use crate::reading::private::{self, Matter};
use crate::reading::wrapped;
use crate::task::prose::Writer;
use crate::task::running::{self, Cut};
use crate::task::{Draft, Inputs, Model, Progress, Sink, TaskError, Usage, aside};
use read::Reading;
use record::{Letter, Part, Role};

/// What the user asks for beside the letter itself; what is absent the notes say, or the record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// A letter or an e-mail.
    pub form: Option<Form>,
    /// How the formulas sound.
    pub tone: Option<Tone>,
    /// The message that is answered.
    pub answers: Option<IncomingMessage>,
}

/// Drafts a letter or an e-mail from telegraphic notes.
///
/// # Errors
/// When the model fails, the user stops it, or a prompt of the settings folder is wrong.
pub fn draft(
    inputs: &Inputs<'_>,
    wanted: &Wanted,
    model: &mut Model<'_>,
    sink: &mut Sink<'_>,
) -> Result<Draft, TaskError> {
    if let Some(told) = running::apostrophed(inputs.notes) {
        let mut draft = draft(&Inputs { notes: &told, ..*inputs }, wanted, model, sink)?;
        running::take_back(&told, inputs.notes, &mut draft.findings);
        return Ok(draft);
    }
    let relaxed = capitals::relaxed(inputs.notes);
    let notes = relaxed.as_ref().unwrap_or(inputs.notes);
    let whole = wrapped::unwrapped(notes);
    let notes = whole.as_ref().unwrap_or(notes);
    let timed = running::dotted_hours(notes);
    let notes = timed.as_ref().unwrap_or(notes);
    let listed = running::numbered(notes);
    let notes = listed.as_ref().unwrap_or(notes);
    let apart = private::apart(notes, Matter::Letter);
    let inputs = &Inputs { notes: apart.as_ref().map_or(notes, |apart| &apart.notes), ..*inputs };
    let amended = amended(inputs.notes);
    let inputs =
        &Inputs { notes: amended.as_ref().map_or(inputs.notes, Amended::notes), ..*inputs };
    let parted = running::parted(inputs.notes, Cut::Sentences);
    let inputs = &Inputs { notes: parted.as_ref().unwrap_or(inputs.notes), ..*inputs };
    let form = wanted.form.unwrap_or_else(|| form_of(inputs.notes));
    let mut findings = Vec::new();
    let answered = wanted.answers.as_ref();
    let purpose = purpose::decide(inputs.notes, answered, model, &mut findings)?;
    let reading = read::read(inputs.notes, inputs.office, form, purpose);
    let Reading { mut letter, items, findings: read } = reading;
    findings.extend(read);
    if let Some(tone) = wanted.tone {
        letter.tone = tone;
    }
    if let Some(message) = &wanted.answers {
        findings.extend(received::take(message, &mut letter));
    }
    letter.parts = check::parts(&letter, items, inputs.notes, inputs.office, &mut findings);
    let usage = write(inputs, &mut letter, model, &mut findings, sink)?;
    check::form_asked(wanted.form, &letter, inputs.notes, &mut findings);
    findings.extend(check::missing(&letter));
    aside::add_computed(&mut findings, arithmetic::check(inputs.notes, inputs.office));
    if let Some(amended) = &amended {
        aside::amended(amended, &mut findings);
    }
    if let Some(apart) = apart {
        aside::add_apart(&mut findings, apart.dropped);
    }
    Ok(finish(&letter, findings, usage))
}

/// Drafts from a record that the user may have corrected.
///
/// # Errors
/// When the model fails, the user stops it, or a prompt of the settings folder is wrong.
pub fn from_record(
    inputs: &Inputs<'_>,
    mut letter: Letter,
    wanted: &Wanted,
    model: &mut Model<'_>,
    sink: &mut Sink<'_>,
) -> Result<Draft, TaskError> {
    letter.form = wanted.form.unwrap_or(letter.form);
    letter.tone = wanted.tone.unwrap_or(letter.tone);
    let mut findings = Vec::new();
    let usage = write(inputs, &mut letter, model, &mut findings, sink)?;
    findings.extend(check::missing(&letter));
    findings.extend(check::weekdays(&letter, inputs.office));
    // The places of the notes mean nothing any more.
    for finding in &mut findings {
        finding.notes = None;
    }
    findings.dedup_by(|a, b| a.message == b.message);
    Ok(finish(&letter, findings, usage))
}

fn finish(letter: &Letter, findings: Vec<Finding>, usage: Usage) -> Draft {
    let findings = aside::grouped(findings);
    let document = template::document(letter);
    let record = serde_json::to_value(letter).unwrap_or_default();
    Draft { document, findings, record, published: None, usage, notes_read: 1.0 }
}

/// Puts into sentences what is not yet.
fn write(
    inputs: &Inputs<'_>,
    letter: &mut Letter,
    model: &mut Model<'_>,
    findings: &mut Vec<Finding>,
    sink: &mut Sink<'_>,
) -> Result<Usage, TaskError> {
    if !letter.is_untold() {
        return Ok(Usage::default());
    }
    let mut writer = Writer::new("letter", inputs, context(inputs, letter), model)?;
    let mut parts = std::mem::take(&mut letter.parts);
    let total = parts.iter().filter(|part| is_untold(part)).count();
    let mut by_rule = Vec::new();
    for (index, part) in parts.iter_mut().filter(|part| is_untold(part)).enumerate() {
        let title = title(part.role);
        sink(Progress::Item { index: index + 1, total, title });
        for clause in &part.clauses {
            let told = tell::tell(letter, part.role, clause, title, &mut writer, sink)?;
            if told.by_rule {
                by_rule.push(format!("« {} »", clause.trim()));
            }
            part.items.push(told.text);
        }
    }
    letter.parts = parts;
    if !by_rule.is_empty() {
        findings.push(check::told_by_rule(&by_rule));
    }
    Ok(writer.usage())
}

fn is_untold(part: &Part) -> bool {
    part.items.is_empty() && !part.clauses.is_empty()
}

/// What each part is about, for the model and for progress.
const fn title(role: Role) -> &'static str {
    match role {
        Role::Request => "Demande",
        Role::Context => "Faits",
        Role::Decision => "Décision",
        Role::Reason => "Motifs",
        Role::Offer => "Proposition",
        Role::Condition => "Conditions",
        Role::Missing => "Pièces manquantes",
        Role::Question => "Questions",
        Role::OtherMatter => "Autre point",
        Role::Deadline => "Délai",
        Role::Thanks => "Remerciements",
        Role::Appointment => "Rendez-vous",
    }
}

/// What sentences may name beside their clause.
fn context(inputs: &Inputs<'_>, letter: &Letter) -> String {
    let sheet = toml::to_string(inputs.office).unwrap_or_default();
    let record = serde_json::to_string(letter).unwrap_or_default();
    format!("{sheet}\n{record}")
}

/// The text of a record as notes, for the checks that read notes.
fn told(letter: &Letter) -> Option<Notes> {
    let items = letter.parts.iter().flat_map(|part| &part.items);
    let lines: Vec<&str> = letter.date.iter().chain(items).map(String::as_str).collect();
    Notes::from_text(&lines.join("\n")).ok()
}

#[cfg(test)]
mod tests;
