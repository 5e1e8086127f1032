//! The clauses of each item put into sentences, by the model.

use super::record::{Item, Meeting};
use crate::finding::Finding;
use crate::office::Office;
use crate::task::prose::{Passage, Writer};
use crate::task::{Inputs, Model, Progress, Sink, TaskError, Usage};

/// Whether the item's clauses are still to be put into sentences; those that a user corrected are
/// kept as they are.
pub(super) fn is_untold(item: &Item) -> bool {
    !item.clauses.is_empty() && item.account.is_empty()
}

/// Puts the clauses of every item that has no account yet into sentences.
pub(super) fn write(
    inputs: &Inputs<'_>,
    meeting: &mut Meeting,
    model: &mut Model<'_>,
    findings: &mut Vec<Finding>,
    sink: &mut Sink<'_>,
) -> Result<Usage, TaskError> {
    let context = context(meeting, inputs.office);
    let total = meeting.items.iter().filter(|i| is_untold(i)).count();
    if total == 0 {
        return Ok(Usage::default());
    }
    let mut writer = Writer::new("minutes", inputs, context, model)?;
    let mut index = 0;
    for item in &mut meeting.items {
        if !is_untold(item) {
            continue;
        }
        index += 1;
        sink(Progress::Item { index, total, title: &item.title });
        let passage = Passage {
            title: item.title.clone(),
            clauses: item.clauses.clone(),
            span: item.span.clone(),
        };
        let account = writer.account(&passage, sink)?;
        item.account = account.sentences.into_iter().map(|s| s.text).collect();
        findings.extend(account.findings);
    }
    Ok(writer.usage())
}

/// What any sentence may name: the members, the office, the people of the header.
fn context(meeting: &Meeting, office: &Office) -> String {
    let mut context = String::new();
    for member in &office.conseil.membres {
        context.push_str(&member.nom);
        context.push('\n');
    }
    let extra = [
        &meeting.body,
        &meeting.chair,
        &meeting.secretary,
        &office.organisme.nom,
        &office.conseil.titre_maire,
    ];
    for text in extra.into_iter().flatten() {
        context.push_str(text);
        context.push('\n');
    }
    context
}
