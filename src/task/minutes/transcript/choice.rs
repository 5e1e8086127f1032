//! A closed choice for the model where no rule can tell whether somebody takes something on.

use super::Transcript;
use crate::engine::{EngineError, Message, Request, Role, Sampling};
use crate::finding::{Finding, FindingKind};
use crate::task::minutes::record::Action;
use crate::task::wording::{blank, capital};
use crate::task::{Model, Progress, Sink, TaskError};

/// Lines that the model is asked about, at most: the others stay out and are counted.
pub(super) const MOST_CHOICES: usize = 60;

/// A choice counts when the first answer is so much more probable than the second.
const MARGIN: f64 = 0.25;

/// Asks the model, for each line that no rule could place, what it is.
pub(super) fn choose(
    read: &mut Transcript,
    model: &mut Model<'_>,
    sink: &mut Sink<'_>,
) -> Result<(), TaskError> {
    const LABELS: [&str; 3] = ["action", "information", "autre"];
    if read.unsure.is_empty() {
        return Ok(());
    }
    let mut session = model.engine.session(model.cancel.clone());
    let opening = opening();
    let unsure = std::mem::take(&mut read.unsure);
    let total = unsure.len().min(MOST_CHOICES);
    for (index, (who, sentence)) in unsure.into_iter().take(MOST_CHOICES).enumerate() {
        sink(Progress::Item { index: index + 1, total, title: "phrases incertaines" });
        let mut messages = opening.clone();
        messages.push(Message::new(Role::User, format!("Phrase : {}", sentence.text)));
        let request = Request {
            messages: &messages,
            fixed: opening.len(),
            max_tokens: 4,
            sampling: Sampling::Greedy,
            stop: &["\n"],
            grammar: None,
        };
        let shares = match session.choose(&request, &LABELS) {
            Ok(shares) => shares,
            Err(EngineError::Failed(_)) => break,
            Err(error) => return Err(error.into()),
        };
        let action = shares.first().copied().unwrap_or(0.0);
        let best_other = shares.iter().skip(1).copied().fold(0.0, f64::max);
        if action > best_other + MARGIN {
            read.meeting.actions.push(Action {
                who: who.clone(),
                what: format!("{} (« {} »)", blank("quoi"), sentence.text),
                when: None,
                span: sentence.span.clone(),
            });
        } else if (action - best_other).abs() <= MARGIN {
            read.findings.push(Finding::check(
                FindingKind::Uncertain,
                Some(sentence.span.clone()),
                format!(
                    "{} dit « {} » : action ou simple parole ? Laissé hors du tableau des actions.",
                    who.as_deref().map_or("Quelqu’un".to_owned(), capital),
                    sentence.text
                ),
            ));
        }
    }
    read.meeting.actions.sort_by_key(|a| a.span.start);
    Ok(())
}

/// The rules and examples of the choice, the same for every line.
fn opening() -> Vec<Message> {
    let mut messages = vec![Message::new(
        Role::System,
        "Tu classes des phrases dites en réunion. Réponds par un seul mot : action si la personne s'engage à faire quelque chose après la réunion, information si elle raconte un fait, autre sinon.",
    )];
    for (said, label) in [
        ("Je peux passer prendre les clés chez Vasseur.", "action"),
        ("Je peux vous lire le courrier si vous voulez.", "autre"),
        ("Je veux bien tenir la caisse samedi.", "action"),
        ("Je veux dire que c'est cher.", "autre"),
        ("Je peux vous donner le chiffre de l'an dernier.", "information"),
    ] {
        messages.push(Message::new(Role::User, format!("Phrase : {said}")));
        messages.push(Message::new(Role::Assistant, label));
    }
    messages
}
