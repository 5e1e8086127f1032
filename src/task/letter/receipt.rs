//! The acknowledgement of receipt: what came in and when, who deals with it, what is missing, and
//! what silence will mean, which nobody decides but the person who signs.

use super::body::{missing, part};
use super::record::{Letter, Role, Silence};
use super::template::court;
use super::term;
use crate::document::{Block, Document};
use crate::task::article::{Link, linked, small_noun};
use crate::task::wording::blank;

/// The acknowledgement of receipt that the code of relations with the public asks for.
pub(super) fn write(letter: &Letter, document: &mut Document) {
    let incoming = &letter.incoming;
    let mut text = String::from("Votre demande");
    if incoming.electronic {
        text.push_str(", adressée par voie électronique");
        if let Some(date) = &incoming.dated {
            text.push_str(&format!(" le {date}"));
        }
        text.push(',');
    } else if let Some(date) = &incoming.dated {
        text.push_str(&format!(" du {date}"));
    }
    let about = letter.subject.as_deref().or(incoming.subject.as_deref());
    if let Some(about) = about.map(bare_subject).filter(|about| !about.is_empty()) {
        match linked(Link::To, &about) {
            Some(about) => text.push_str(&format!(" relative {about}")),
            None => text.push_str(&format!(" (« {about} »)")),
        }
    }
    let received = incoming.received.clone().unwrap_or_else(|| blank("date de réception"));
    text.push_str(&format!(" a été reçue le {received}"));
    let day = incoming.registered.as_ref().map(|day| format!(" le {day}"));
    let number = incoming.number.as_ref().map(|number| format!(" sous le n° {number}"));
    if day.is_some() || number.is_some() {
        let told = format!("{}{}", day.unwrap_or_default(), number.unwrap_or_default());
        text.push_str(&format!(" et enregistrée{told}"));
    }
    document.push(Block::paragraph(format!("{text}.")));
    part(letter, Role::Request, document);
    document.push(Block::paragraph(format!(
        "Le service chargé de votre dossier est le suivant : {}.",
        service(letter)
    )));
    part(letter, Role::Context, document);
    missing(letter, document);
    part(letter, Role::Deadline, document);
    if letter.sender.administration {
        silence(letter, document);
    }
}

/// « demande de prêt de la salle » as « prêt de la salle ».
fn bare_subject(subject: &str) -> String {
    let low = subject.to_lowercase();
    let leads = ["accusé de réception – ", "demande de ", "demande d'", "demande d’"];
    let bare = leads
        .iter()
        .find_map(|lead| low.starts_with(lead).then(|| subject.get(lead.len()..)).flatten());
    small_noun(bare.unwrap_or(subject))
}

/// Service, postal and e-mail address, phone.
fn service(letter: &Letter) -> String {
    let sender = &letter.sender;
    let mut lines: Vec<String> = Vec::new();
    lines.extend(letter.handled_by.clone());
    let known = |value: &String| lines.iter().all(|line| !line.contains(value.as_str()));
    let mut more: Vec<String> = Vec::new();
    more.extend(sender.name.clone());
    more.extend(sender.address.iter().cloned());
    more.extend(sender.email.clone().filter(known));
    more.extend(sender.phone.clone().filter(known));
    lines.extend(more);
    if lines.is_empty() {
        blank("service, adresse, courriel, téléphone")
    } else {
        lines.join(", ")
    }
}

/// What silence will mean: the one that the notes or the user chose, or a blank to choose.
fn silence(letter: &Letter, document: &mut Document) {
    let until = term::of_silence(letter).unwrap_or_else(|| blank("date"));
    let lead =
        format!("Sans réponse de notre part au {until}, votre demande sera considérée comme");
    document.push(Block::paragraph(match letter.silence {
        Some(Silence::Refusal) => format!(
            "{lead} rejetée. Vous pourrez alors former un recours gracieux auprès de {} ou saisir {} (www.telerecours.fr) dans un délai de deux mois à compter de cette date.",
            letter.signatory.title.as_deref().unwrap_or("l'auteur de la décision"),
            court(letter)
        ),
        Some(Silence::Acceptance) => format!(
            "{lead} acceptée. Vous pourrez demander une attestation (article L. 232-3 du code des relations entre le public et l'administration)."
        ),
        None => format!("{lead} {}.", blank("acceptée ou rejetée")),
    }));
}
