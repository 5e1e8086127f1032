//! Letters and e-mails: notes, record, sentences, document.
//!
//! Rules read the notes into a [`record::Letter`]; the model, or a rule in its place, turns the
//! clauses of the body into sentences; [`template`] lays out the document. Greeting, closing,
//! remedies and mentions are fixed formulas filled from the record.

pub mod address;
pub mod line;
mod phrase;
pub mod read;
pub mod record;
mod signatory;
pub mod template;

pub use record::Form;

use crate::finding::{Finding, FindingKind};
use crate::ground::arithmetic;
use crate::task::prose::{Passage, Writer};
use crate::task::{Draft, Inputs, Model, Progress, Sink, TaskError, aside, wording};
use read::{Item, Reading};
use record::{Letter, Part, Purpose, Role};

/// The parts in the order the body follows.
const ROLES: [Role; 11] = [
    Role::Request,
    Role::Context,
    Role::Decision,
    Role::Reason,
    Role::Offer,
    Role::Condition,
    Role::Question,
    Role::OtherMatter,
    Role::Deadline,
    Role::Thanks,
    Role::Appointment,
];

/// Drafts a letter or an e-mail from telegraphic notes.
///
/// # Errors
/// When the model fails, the user stops it, or a prompt of the settings folder is wrong.
pub fn draft(
    inputs: &Inputs<'_>,
    form: Form,
    model: &mut Model<'_>,
    sink: &mut Sink<'_>,
) -> Result<Draft, TaskError> {
    let Reading { mut letter, items, mut findings } = read::read(inputs.notes, inputs.office, form);
    let context = context(inputs, &letter);
    let mut writer = Writer::new("letter", inputs, context, model)?;
    let present: Vec<Role> =
        ROLES.into_iter().filter(|role| items.iter().any(|i| i.role == *role)).collect();
    for (index, role) in present.iter().enumerate() {
        sink(Progress::Item { index: index + 1, total: present.len(), title: title(*role) });
        let mine: Vec<&Item> = items.iter().filter(|item| item.role == *role).collect();
        let part = write(&letter, *role, &mine, &mut writer, &mut findings, sink)?;
        letter.parts.push(part);
    }
    let usage = writer.usage();
    drop(writer);
    findings.extend(missing(&letter));
    aside::add_computed(&mut findings, arithmetic::check(inputs.notes, inputs.office));
    let document = template::document(&letter, inputs.office);
    let record = serde_json::to_value(&letter).unwrap_or_default();
    Ok(Draft { document, findings, record, usage, notes_read: 1.0 })
}

/// The sentences of one part. Lists of reasons, questions and requests keep the notes' own words;
/// the rest is put into sentences.
fn write(
    letter: &Letter,
    role: Role,
    items: &[&Item],
    writer: &mut Writer<'_, '_>,
    findings: &mut Vec<Finding>,
    sink: &mut Sink<'_>,
) -> Result<Part, TaskError> {
    let clauses: Vec<String> = items.iter().map(|item| voice(letter, role, &item.text)).collect();
    let listed = matches!(
        role,
        Role::Request | Role::Reason | Role::Question | Role::Thanks | Role::Appointment
    ) || (role == Role::Offer && clauses.len() == 1);
    if listed {
        return Ok(Part { role, items: clauses });
    }
    let span = items.iter().map(|i| i.span.start).min().unwrap_or(0)
        ..items.iter().map(|i| i.span.end).max().unwrap_or(0);
    let passage = Passage { title: title(role).into(), clauses, span };
    let account = writer.account(&passage, sink)?;
    findings.extend(account.findings);
    Ok(Part { role, items: account.sentences.into_iter().map(|s| s.text).collect() })
}

/// The clause in the voices of a letter: the sender is « nous », the recipient « vous ».
fn voice(letter: &Letter, role: Role, text: &str) -> String {
    let answers = matches!(
        letter.purpose,
        Purpose::Refusal | Purpose::Acceptance | Purpose::PartialAnswer | Purpose::Acknowledgement
    );
    let text = wording::to_sender(text);
    if answers && !matches!(role, Role::Reason | Role::Thanks) {
        wording::to_recipient(&text)
    } else {
        text
    }
}

/// What each passage is about, for the model and for progress.
fn title(role: Role) -> &'static str {
    match role {
        Role::Request => "Demande",
        Role::Context => "Faits",
        Role::Decision => "Décision",
        Role::Reason => "Motifs",
        Role::Offer => "Proposition",
        Role::Condition => "Conditions",
        Role::Question => "Questions",
        Role::OtherMatter => "Autre point",
        Role::Deadline => "Délai",
        Role::Thanks => "Remerciements",
        Role::Appointment => "Rendez-vous",
    }
}

/// What sentences may name beside their notes.
fn context(inputs: &Inputs<'_>, letter: &Letter) -> String {
    let sheet = toml::to_string(inputs.office).unwrap_or_default();
    let record = serde_json::to_string(letter).unwrap_or_default();
    format!("{sheet}\n{record}")
}

/// What the form requires and neither notes nor sheet hold.
fn missing(letter: &Letter) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut need = |absent: bool, what: &str| {
        if absent {
            findings.push(Finding::check(
                FindingKind::Missing,
                None,
                format!("À compléter : {what}"),
            ));
        }
    };
    need(letter.date.is_none() && letter.form == Form::Letter, "date de la lettre");
    need(letter.subject.is_none() && template::subject(letter).is_none(), "objet");
    need(letter.signatory.name.is_none(), "nom et qualité du signataire");
    let block = letter.recipient.block();
    need(block.is_empty() && letter.form == Form::Letter, "destinataire");
    need(
        !block.is_empty() && letter.recipient.address.is_empty() && letter.form == Form::Letter,
        "adresse du destinataire",
    );
    if letter.purpose == Purpose::Refusal {
        need(letter.legal_ground.is_none(), "fondement juridique du refus (article de loi)");
        need(letter.items(Role::Reason).is_empty(), "motifs du refus");
    }
    if letter.remedies && !letter.urban_planning {
        need(letter.court.is_none(), "tribunal administratif compétent pour les recours");
    }
    if letter.remedies && letter.urban_planning {
        findings.push(Finding::check(
            FindingKind::Missing,
            None,
            "Urbanisme : les voies et délais de recours y suivent des règles propres, à ajouter à la main",
        ));
    }
    findings
}

#[cfg(test)]
mod tests;
