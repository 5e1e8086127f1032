//! What a letter is for, and in which form it goes: by the words of the notes; where they do not
//! tell what it is for, by a choice of the model among few labels.
//!
//! The model never decides yes or no: those change what the letter states, so they come from the
//! notes or not at all. What it does choose is told to the user.

use super::phrase;
use super::record::{Form, Purpose};
use crate::document::import::IncomingMessage;
use crate::engine::{EngineError, Message, Request, Role, Sampling};
use crate::finding::{Finding, FindingKind};
use crate::notes::Notes;
use crate::reading::words;
use crate::task::{Model, TaskError};

/// Labels of the choice, and what each makes of the letter.
const LABELS: [(&str, Purpose); 4] = [
    ("information", Purpose::Information),
    ("demande", Purpose::Request),
    ("invitation", Purpose::Invitation),
    ("relance", Purpose::Reminder),
];

/// Share of the whole from which the model's choice is taken.
const SURE: f64 = 0.6;

/// Notes longer than this tell by their beginning.
const SHOWN: usize = 1200;

/// The purpose by the words of the notes, else as the model sees it.
///
/// # Errors
/// When the model fails or the user stops it.
pub(super) fn decide(
    notes: &Notes,
    answered: Option<&IncomingMessage>,
    model: &mut Model<'_>,
    findings: &mut Vec<Finding>,
) -> Result<Purpose, TaskError> {
    if let Some(purpose) = phrase::purpose(notes.text()) {
        return Ok(purpose);
    }
    if answered.is_some() {
        findings.push(Finding::check(
            FindingKind::Uncertain,
            None,
            "Vos notes ne disent ni oui ni non : la réponse donne les informations sans décider ; écrivez « accord » ou « refus » en première ligne si c'en est un",
        ));
        return Ok(Purpose::Information);
    }
    // Thirty words tell more than ten; fewer tell nothing that a model could know better.
    if notes.text().split_whitespace().count() < 6 {
        return Ok(Purpose::Information);
    }
    let (purpose, share) = choose(notes, model)?;
    let label = LABELS.iter().find(|(_, p)| *p == purpose).map_or("information", |(l, _)| l);
    if share >= SURE && purpose != Purpose::Information {
        findings.push(Finding::check(
            FindingKind::Uncertain,
            None,
            format!(
                "Vos notes ne disent pas à quoi sert ce courrier : il est écrit comme une {label} ; si c'est autre chose, écrivez-le en première ligne (« refus », « relance », « invitation »…)"
            ),
        ));
        return Ok(purpose);
    }
    if share < SURE {
        findings.push(Finding::check(
            FindingKind::Uncertain,
            None,
            "Vos notes ne disent pas à quoi sert ce courrier (accord, refus, demande, relance, invitation…) : il est écrit comme une information ; précisez-le en première ligne",
        ));
    }
    Ok(Purpose::Information)
}

/// The label that the model finds likeliest, with its share. An engine that cannot compare answers
/// chooses nothing.
fn choose(notes: &Notes, model: &mut Model<'_>) -> Result<(Purpose, f64), TaskError> {
    let end = notes.text().char_indices().nth(SHOWN).map_or(notes.text().len(), |(at, _)| at);
    let shown = notes.text().get(..end).unwrap_or_default();
    let mut messages = opening();
    messages.push(Message::new(Role::User, format!("Notes : {}", shown.replace('\n', " / "))));
    let request = Request {
        messages: &messages,
        fixed: messages.len() - 1,
        max_tokens: 4,
        sampling: Sampling::Greedy,
        stop: &["\n"],
        grammar: None,
    };
    let labels = LABELS.map(|(label, _)| label);
    let mut session = model.engine.session(model.cancel.clone());
    let shares = match session.choose(&request, &labels) {
        Ok(shares) => shares,
        Err(EngineError::Failed(_)) => return Ok((Purpose::Information, 0.0)),
        Err(error) => return Err(error.into()),
    };
    let best = shares.iter().copied().zip(LABELS).max_by(|a, b| a.0.total_cmp(&b.0));
    Ok(best.map_or((Purpose::Information, 0.0), |(share, (_, purpose))| (purpose, share)))
}

/// The rules and examples of the choice, the same for every letter.
fn opening() -> Vec<Message> {
    let mut messages = vec![Message::new(
        Role::System,
        "Tu classes les notes d'un courrier de mairie ou d'association. Réponds par un seul mot : demande si l'expéditeur demande quelque chose au destinataire, relance s'il rappelle une demande restée sans réponse, invitation s'il le convie à un événement, information s'il annonce ou explique quelque chose.",
    )];
    for (notes, label) in [
        ("mail aux parents / pas de garderie lundi, agent absent", "information"),
        ("à la région / aide pour le toit du gymnase, 30 % si possible", "demande"),
        ("au maire voisin / fête du lac le 4 juillet, venir à 18 h avec son conseil", "invitation"),
        ("à l'assureur / écrit en mars puis en mai, toujours rien sur le sinistre", "relance"),
        ("aux habitants / coupure d'eau mardi rue Basse", "information"),
        ("au département / il faudrait un panneau au carrefour", "demande"),
    ] {
        messages.push(Message::new(Role::User, format!("Notes : {notes}")));
        messages.push(Message::new(Role::Assistant, label));
    }
    messages
}

/// A letter or an e-mail, where the user does not say: a letter when the first line, the way of
/// sending or a line of its own says so, an e-mail otherwise.
pub fn form_of(notes: &Notes) -> Form {
    let mut lines = notes.text().lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or_default();
    if EMAIL_FIRST.is_match(first) {
        return Form::Email;
    }
    let sent = |line: &str| SENT_ON_PAPER.is_match(line) || BOTH.is_match(line.trim());
    if LETTER_FIRST.is_match(first) || std::iter::once(first).chain(lines).any(sent) {
        return Form::Letter;
    }
    Form::Email
}

/// Whether the notes ask for a letter and an e-mail.
pub(super) fn asks_for_both(notes: &Notes) -> bool {
    notes.text().lines().any(|line| BOTH.is_match(line.trim()))
}

words!(
    EMAIL_FIRST,
    r"(?i)^\W*(?:(?:écrire|faire|envoyer|rédiger|réponse|répondre)\s+(?:un\s+|par\s+)?)?(?:e-?mails?|mails?|courriels?)\b"
);
words!(
    LETTER_FIRST,
    r"(?i)^\W*(?:(?:écrire|faire|envoyer|rédiger|répondre)\s+(?:une?\s+|par\s+)?)?(?:lettre|courrier)\b|\b(?:lettre|courrier)\s+(?:à|a|au|aux|pour)\b"
);
words!(
    SENT_ON_PAPER,
    r"(?i)\b(?:envoi|envoyer|envoyée?|expédier|lettre|courrier|part)\b[^.;]*\b(?:recommandée?|lrar|rar)\b|^\W*(?:lrar|(?:en )?recommandée?(?: avec| ar\b|\s*$))|\bremise? en main propre\b|^\W*(?:envoi|envoyer) (?:par (?:la )?(?:poste|courrier)|en lettre)\b"
);
words!(
    BOTH,
    r"(?i)^(?:lettre|courrier) ?(?:\+|et) ?(?:mail|courriel|e-mail)$|^(?:mail|courriel|e-mail) ?(?:\+|et) ?(?:lettre|courrier)$"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn that_somebody_else_agrees_grants_nothing() {
        for (text, expected) in [
            (
                "lettre à Mme Roche\nelle est d'accord sur le principe\nc'est pour la visite du moulin",
                Some(Purpose::Information),
            ),
            ("lettre au syndic\nla mairie est d'acc.\ndem. 1 : un banc", Some(Purpose::Request)),
            (
                "lettre au club\nattendre l'accord des familles\ndem. 1 : un banc",
                Some(Purpose::Request),
            ),
            (
                "lettre au club\nle bureau est d'accord, la salle est libre",
                Some(Purpose::Acceptance),
            ),
            (
                "lettre au club\nle préau c'est oui.\nLa sono c'est non, elle est louée",
                Some(Purpose::PartialAnswer),
            ),
        ] {
            assert_eq!(phrase::purpose(text), expected, "{text}");
        }
    }

    #[test]
    fn the_form_follows_the_notes() {
        let table = [
            ("lettre à Mme Galvone\nrefus", Form::Letter),
            ("courrier à faire – refus Mme Galvone", Form::Letter),
            ("réponse M. Tarvolle\nson courrier du 3 mars\naccord", Form::Email),
            ("refus M. Serpane\nenvoyer en recommandé AR", Form::Letter),
            ("relance DETR -> M. le préfet\nlettre + mail", Form::Letter),
            ("mail à Mme Ferrière\nson courrier du 3 mars", Form::Email),
            ("son mail du 3 : oui", Form::Email),
            ("travaux recommandés par l'architecte", Form::Email),
        ];
        for (text, expected) in table {
            let notes = Notes::from_text(text).unwrap();
            assert_eq!(form_of(&notes), expected, "{text}");
        }
    }
}
