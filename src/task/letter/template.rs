//! The layout of a letter or an e-mail: a pure function of its record.

use super::address::Rank;
use super::record::{Form, Letter, Purpose};
use super::{body, formula};
use crate::document::letterhead::Field;
use crate::document::{Align, Block, Document, Inline};
use crate::task::wording::{blank, capital, small};

/// Lays out the letter.
pub fn document(letter: &Letter) -> Document {
    let subject = subject(letter).unwrap_or_else(|| blank("objet"));
    let mut document = Document::new(subject.clone());
    match letter.form {
        Form::Letter => heading(letter, &subject, &mut document),
        Form::Email => {
            state_subject(letter, &subject, &mut document);
            state_references(letter, &mut document);
        }
    }
    document.push(Block::paragraph(format!("{},", formula::appeal(letter))));
    body::write(letter, &mut document);
    if letter.remedies && letter.sender.administration && !letter.urban_planning {
        document.push(remedies(letter));
    }
    close(letter, &mut document);
    document
}

/// The object line: the notes' own, or what is answered.
pub fn subject(letter: &Letter) -> Option<String> {
    let own = letter.subject.as_deref().map(str::trim).filter(|subject| !subject.is_empty());
    if let Some(subject) = own {
        return Some(match letter.purpose {
            Purpose::Reminder if !subject.to_lowercase().starts_with("relance") => {
                format!("Relance – {subject}")
            }
            Purpose::Acknowledgement if !subject.to_lowercase().contains("réception") => {
                format!("Accusé de réception – {}", small(subject))
            }
            Purpose::Invitation if !subject.to_lowercase().contains("invitation") => {
                format!("Invitation – {}", small(subject))
            }
            _ => capital(subject),
        });
    }
    let incoming = &letter.incoming;
    let date = incoming.dated.as_ref().or(incoming.received.as_ref());
    let asked = date.map(|date| format!("Votre demande du {date}"));
    match letter.purpose {
        Purpose::Acknowledgement => Some("Accusé de réception de votre demande".into()),
        Purpose::Condolences => Some("Condoléances".into()),
        Purpose::Congratulations => Some("Félicitations".into()),
        purpose if purpose.answers() => {
            let body = letter.recipient.organisation.as_ref();
            match body.filter(|_| letter.recipient.rank == Rank::Resident) {
                Some(about) => asked.map(|asked| format!("{asked} – {}", small(about))),
                None => asked,
            }
        }
        _ => None,
    }
}

fn heading(letter: &Letter, subject: &str, document: &mut Document) {
    let sender = &letter.sender;
    let mut lines: Vec<String> = Vec::new();
    lines.extend(sender.name.clone());
    lines.extend(sender.address.iter().cloned());
    lines.extend(sender.phone.as_ref().map(|phone| format!("Tél. : {phone}")));
    lines.extend(sender.email.clone());
    if let Some(name) = lines.first().cloned() {
        document.state(Field::Sender, name, Block::paragraph(lines.join("\n")));
    }
    state_references(letter, document);
    let lines = letter.recipient.block().join("\n");
    let block = if lines.is_empty() { blank("destinataire") } else { lines.clone() };
    document.state(Field::Recipient, lines, Block::aligned(Align::Right, block));
    if let Some(place) = &sender.place {
        document.fields.insert(Field::Place, place.clone());
    }
    let place = sender.place.clone().unwrap_or_else(|| blank("lieu"));
    let date = letter.date.clone().unwrap_or_else(|| blank("date"));
    let dated = Block::aligned(Align::Right, format!("{place}, le {date}"));
    document.state(Field::Date, letter.date.clone().unwrap_or_default(), dated);
    // A personal word bears no object.
    if !letter.purpose.personal() {
        state_subject(letter, subject, document);
    }
    if !letter.sending.is_empty() {
        document.push(Block::paragraph(letter.sending.join("\n")));
    }
}

fn state_subject(letter: &Letter, subject: &str, document: &mut Document) {
    let value = self::subject(letter).unwrap_or_default();
    document.fields.insert(Field::Title, value.clone());
    document.state(Field::Subject, value, Block::labelled("Objet", subject));
}

fn state_references(letter: &Letter, document: &mut Document) {
    let references = references(letter);
    if !references.is_empty() {
        let lines = references.join("\n");
        document.state(Field::References, lines.clone(), Block::paragraph(lines));
    }
}

fn references(letter: &Letter) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(letter.handled_by.as_ref().map(|who| format!("Affaire suivie par : {who}")));
    lines.extend(letter.our_reference.as_ref().map(|r| format!("Nos réf. : {r}")));
    lines.extend(letter.their_reference.as_ref().map(|r| format!("Vos réf. : {r}")));
    lines
}

fn remedies(letter: &Letter) -> Block {
    let court = court(letter);
    let author = letter.signatory.title.clone().unwrap_or_else(|| "l'auteur de la décision".into());
    Block::Paragraph {
        text: vec![
            Inline::Strong("Voies et délais de recours.".into()),
            Inline::Plain(format!(
                " Si vous contestez cette décision, vous pouvez, dans un délai de deux mois à compter de sa notification, former un recours gracieux auprès de {author} ou saisir {court}, par courrier ou sur www.telerecours.fr. Un recours gracieux formé dans ce délai interrompt le délai de recours contentieux."
            )),
        ],
        align: Align::Left,
    }
}

/// « le tribunal administratif de … », never a guessed town.
pub(super) fn court(letter: &Letter) -> String {
    match &letter.court {
        None => format!("le tribunal administratif de {}", blank("tribunal administratif")),
        Some(court) => {
            let low = court.to_lowercase();
            if low.starts_with("le ") || low.starts_with("la ") {
                small(court)
            } else if low.contains("tribunal") {
                format!("le {}", small_first(court))
            } else {
                format!("le tribunal administratif de {court}")
            }
        }
    }
}

/// A small letter first, whatever the word.
fn small_first(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |f| f.to_lowercase().collect::<String>() + letters.as_str())
}

fn close(letter: &Letter, document: &mut Document) {
    document.push(Block::paragraph(formula::closing(letter)));
    let signatory = &letter.signatory;
    let name = signatory.name.clone().unwrap_or_else(|| blank("signataire"));
    let quality = signatory.quality.as_deref().map(capital);
    if let Some(name) = &signatory.name {
        document.fields.insert(Field::SignatoryName, name.clone());
    }
    if let Some(quality) = &quality {
        document.fields.insert(Field::SignatoryTitle, quality.clone());
    }
    let (signed, block) = match letter.form {
        Form::Letter => {
            let signer = quality.map_or_else(|| name.clone(), |q| format!("{q},\n{name}"));
            (signer.clone(), Block::Signatures(vec![signer]))
        }
        Form::Email => {
            let mut lines = vec![name];
            lines.extend(quality);
            lines.extend(letter.sender.name.clone());
            lines.extend(letter.sender.phone.clone());
            let lines = lines.join("\n");
            (lines.clone(), Block::paragraph(lines))
        }
    };
    document.state(Field::Signatory, signed, block);
    if !letter.attachments.is_empty() && letter.form == Form::Letter {
        let count = letter.attachments.len();
        let label = if count > 1 { format!("PJ ({count})") } else { "PJ".to_owned() };
        document.push(Block::labelled(&label, letter.attachments.join(" ; ")));
    }
    if !letter.copies.is_empty() {
        document.push(Block::labelled("Copie à", letter.copies.join(" ; ")));
    }
}
