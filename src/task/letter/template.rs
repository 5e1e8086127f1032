//! The document of a letter: a pure function of its record.

use super::address::{Civility, Rank};
use super::record::{Form, Letter, Purpose, Role};
use crate::document::letterhead::Field;
use crate::document::{Align, Block, Document, Inline};
use crate::office::Office;
use crate::task::wording::{begins_with_infinitive, blank, capital, small};

/// Lays out the letter.
pub fn document(letter: &Letter, office: &Office) -> Document {
    let subject = subject(letter).unwrap_or_else(|| blank("objet"));
    let mut document = Document::new(subject.clone());
    match letter.form {
        Form::Letter => heading(letter, office, &subject, &mut document),
        Form::Email => {
            state_subject(letter, &subject, &mut document);
            state_references(letter, &mut document);
        }
    }
    document.push(Block::paragraph(format!("{},", appeal(letter))));
    body(letter, &mut document);
    if letter.remedies && !letter.urban_planning {
        document.push(remedies(letter));
    }
    close(letter, office, &mut document);
    document
}

/// The object line: the notes' own, or what is answered.
pub fn subject(letter: &Letter) -> Option<String> {
    if let Some(subject) = &letter.subject {
        return Some(match letter.purpose {
            Purpose::Reminder => format!("Relance – {subject}"),
            _ => subject.clone(),
        });
    }
    let answers = matches!(
        letter.purpose,
        Purpose::Refusal | Purpose::Acceptance | Purpose::PartialAnswer | Purpose::Acknowledgement
    );
    let incoming = &letter.incoming;
    let date = incoming.dated.as_ref().or(incoming.received.as_ref())?;
    let about =
        letter.recipient.organisation.as_ref().filter(|_| letter.recipient.rank == Rank::Resident);
    answers.then(|| match about {
        Some(about) => format!("Votre demande du {date} – {}", small(about)),
        None => format!("Votre demande du {date}"),
    })
}

fn heading(letter: &Letter, office: &Office, subject: &str, document: &mut Document) {
    let body = &office.organisme;
    let mut sender: Vec<String> = Vec::new();
    if let Some(name) = &body.nom {
        let town_hall = body.nature.as_deref() == Some("commune");
        sender.push(if town_hall { format!("Mairie de {name}") } else { name.clone() });
    }
    sender.extend(body.adresse.clone());
    if let (Some(code), Some(town)) = (&body.code_postal, &body.nom)
        && body.nature.as_deref() == Some("commune")
    {
        sender.push(format!("{code} {town}"));
    }
    sender.extend(body.telephone.clone().map(|t| format!("Tél. : {t}")));
    sender.extend(body.courriel.clone());
    if let Some(name) = sender.first().cloned() {
        document.state(Field::Sender, name, Block::paragraph(sender.join("\n")));
    }
    state_references(letter, document);
    let lines = letter.recipient.block().join("\n");
    let block = if lines.is_empty() { blank("destinataire") } else { lines.clone() };
    document.state(Field::Recipient, lines, Block::aligned(Align::Right, block));
    let place = office.courrier.lieu.as_ref().or(body.nom.as_ref());
    if let Some(place) = place {
        document.fields.insert(Field::Place, place.clone());
    }
    let place = place.cloned().unwrap_or_else(|| blank("lieu"));
    let date = letter.date.clone().unwrap_or_else(|| blank("date"));
    let dated = Block::aligned(Align::Right, format!("{place}, le {date}"));
    document.state(Field::Date, letter.date.clone().unwrap_or_default(), dated);
    if !letter.sending.is_empty() {
        document.push(Block::paragraph(letter.sending.join("\n")));
    }
    state_subject(letter, subject, document);
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

fn appeal(letter: &Letter) -> String {
    let recipient = &letter.recipient;
    if letter.form == Form::Email && recipient.rank != Rank::High {
        return match (recipient.civility, &recipient.title, &recipient.name) {
            (Some(civility), None, Some(name)) => {
                let surname = name.split_whitespace().last().unwrap_or(name);
                let civility = if civility == Civility::Madame { "Madame" } else { "Monsieur" };
                format!("Bonjour {civility} {surname}")
            }
            (Some(_), _, _) => format!("Bonjour {}", recipient.appeal()),
            _ => "Bonjour".into(),
        };
    }
    recipient.appeal()
}

/// The body, in the order: what is answered, the answer, why, what else, what next.
fn body(letter: &Letter, document: &mut Document) {
    let answers = matches!(
        letter.purpose,
        Purpose::Refusal | Purpose::Acceptance | Purpose::PartialAnswer | Purpose::Acknowledgement
    );
    if answers {
        acknowledge(letter, document);
    } else {
        open(letter, document);
    }
    let reasons = letter.items(Role::Reason);
    match letter.purpose {
        Purpose::Refusal => {
            let refusal =
                "Après examen de votre demande, je ne peux pas y donner une suite favorable";
            if reasons.is_empty() {
                document.push(Block::paragraph(format!(
                    "{refusal}, pour le motif suivant : [À COMPLÉTER : motifs]."
                )));
            } else {
                document.push(Block::paragraph(format!("{refusal}, pour les motifs suivants :")));
                document.push(list(reasons));
            }
            let ground =
                letter.legal_ground.clone().unwrap_or_else(|| blank("fondement juridique"));
            document.push(Block::paragraph(format!(
                "Cette décision est prise sur le fondement suivant : {ground}."
            )));
        }
        Purpose::Acceptance => {
            document.push(Block::paragraph("J'ai le plaisir de vous informer que je donne une suite favorable à votre demande."));
        }
        Purpose::PartialAnswer => {
            document.push(Block::paragraph("Après examen, je peux donner une suite favorable à une partie seulement de votre demande."));
        }
        _ => {}
    }
    sentences(letter.items(Role::Decision), document);
    if letter.purpose != Purpose::Refusal && !reasons.is_empty() {
        let intro = match letter.purpose {
            Purpose::PartialAnswer => "Ma décision est fondée sur les motifs suivants :",
            _ => "Les raisons en sont les suivantes :",
        };
        document.push(Block::paragraph(intro));
        document.push(list(reasons));
    }
    if answers {
        sentences(letter.items(Role::Context), document);
    }
    offer(letter, document);
    sentences(letter.items(Role::Condition), document);
    sentences(letter.items(Role::OtherMatter), document);
    reminders(letter, document);
    questions(letter, document);
    deadlines(letter, document);
    appointment(letter, document);
    thanks(letter, document);
    if !letter.attachments.is_empty() && letter.form == Form::Email {
        document.push(Block::paragraph(format!(
            "Vous trouverez ci-joint : {}.",
            letter.attachments.join(" ; ")
        )));
    }
}

/// « J'ai bien reçu, le …, votre courriel du …, par lequel vous … ».
fn acknowledge(letter: &Letter, document: &mut Document) {
    let incoming = &letter.incoming;
    let medium = incoming.medium.clone().unwrap_or_else(|| "demande".into());
    let feminine = ["lettre", "demande", "réclamation"].contains(&medium.as_str());
    let mut text = String::from("J'ai bien reçu");
    if let Some(date) = &incoming.received {
        text.push_str(&format!(", le {date},"));
    }
    text.push_str(&format!(" votre {medium}"));
    if let Some(date) = &incoming.dated {
        text.push_str(&format!(" du {date}"));
    }
    if let Some(date) = &incoming.acknowledged {
        text.push_str(&format!(", dont il a été accusé réception le {date}"));
    }
    let requests = letter.items(Role::Request);
    let which = if feminine { "par laquelle" } else { "par lequel" };
    match requests {
        [] => {
            text.push('.');
            document.push(Block::paragraph(text));
        }
        [one] => {
            let told = if begins_with_infinitive(one) {
                format!("{which} vous souhaitez {}", small(one))
            } else {
                format!("{which} vous faites la demande suivante : {}", small(one))
            };
            document.push(Block::paragraph(format!("{text}, {told}.")));
        }
        several => {
            let all_infinitives = several.iter().all(|r| begins_with_infinitive(r));
            let verb = if all_infinitives {
                "vous souhaitez"
            } else {
                "vous faites les demandes suivantes"
            };
            document.push(Block::paragraph(format!("{text}, {which} {verb} :")));
            document.push(list(several));
        }
    }
}

/// The opening of a letter that answers nothing.
fn open(letter: &Letter, document: &mut Document) {
    let authority = letter.recipient.rank == Rank::High;
    let about = letter.subject.clone().map(|s| small(&s));
    let requests = letter.items(Role::Request);
    match (letter.purpose, about) {
        (Purpose::Reminder, Some(about)) if authority => document.push(Block::paragraph(format!(
            "J'ai l'honneur d'appeler de nouveau votre attention sur le dossier suivant : {about}."
        ))),
        (Purpose::Reminder, Some(about)) => document.push(Block::paragraph(format!(
            "Je me permets de revenir vers vous au sujet du dossier suivant : {about}."
        ))),
        (Purpose::Request, Some(about)) => document.push(Block::paragraph(format!(
            "{} : {about}.",
            if authority {
                "J'ai l'honneur d'appeler votre attention sur la demande suivante"
            } else {
                "Je me permets de vous adresser la demande suivante"
            }
        ))),
        (Purpose::Invitation, Some(about)) => document.push(Block::paragraph(format!(
            "J'ai le plaisir de vous inviter à l'événement suivant : {about}."
        ))),
        (_, Some(about)) => document.push(Block::paragraph(format!(
            "{} : {about}.",
            if authority {
                "J'ai l'honneur de vous informer de ce qui suit"
            } else {
                "Je vous écris au sujet suivant"
            }
        ))),
        _ => {}
    }
    sentences(letter.items(Role::Context), document);
    match requests {
        [] => {}
        [one] => {
            let told = if begins_with_infinitive(one) {
                format!("Nous souhaitons {}", small(one))
            } else {
                format!("Notre demande est la suivante : {}", small(one))
            };
            document.push(Block::paragraph(format!("{told}.")));
        }
        several => {
            document.push(Block::paragraph("Nos demandes sont les suivantes :"));
            document.push(list(several));
        }
    }
}

fn offer(letter: &Letter, document: &mut Document) {
    match letter.items(Role::Offer) {
        [] => {}
        [one] => {
            let lead = if letter.purpose == Purpose::Refusal {
                "En revanche, je peux vous proposer"
            } else {
                "Je vous propose"
            };
            let told = if begins_with_infinitive(one) {
                format!("{lead} de {}", small(one))
            } else {
                format!("{lead} la solution suivante : {}", small(one))
            };
            document.push(Block::paragraph(format!("{}.", told.trim_end_matches('.'))));
        }
        several => {
            if letter.purpose == Purpose::Refusal {
                document.push(Block::paragraph("En revanche, je peux vous proposer ce qui suit."));
            }
            sentences(several, document);
        }
    }
}

fn reminders(letter: &Letter, document: &mut Document) {
    if !letter.reminders.is_empty() {
        let list = join(&letter.reminders);
        let one = letter.reminders.len() == 1;
        document.push(Block::paragraph(if one {
            format!("Sauf erreur de ma part, ma précédente démarche est restée sans réponse ({list}).")
        } else {
            format!("Sauf erreur de ma part, mes précédentes démarches sont restées sans réponse ({list}).")
        }));
    }
}

fn questions(letter: &Letter, document: &mut Document) {
    let questions = letter.items(Role::Question);
    if questions.is_empty() {
        return;
    }
    let grateful = match letter.signatory.feminine {
        Some(true) => "reconnaissante",
        Some(false) => "reconnaissant",
        None => "reconnaissant(e)",
    };
    let asks: Vec<String> = questions.iter().map(|q| indirect(q)).collect();
    let actions = asks.iter().all(|q| begins_with_infinitive(q));
    let lead = if actions { "de bien vouloir" } else { "de bien vouloir me faire connaître" };
    document.push(Block::paragraph(format!("Je vous serais {grateful} {lead} :")));
    document.push(list(&asks));
}

/// A question as it stands after « me faire connaître ».
fn indirect(question: &str) -> String {
    let bare = question.trim().trim_end_matches(['?', ' ', '.']).trim();
    let low = bare.to_lowercase();
    for lead in ["est-ce que ", "est ce que ", "est-ce qu'", "est-ce qu’"] {
        if low.starts_with(lead) {
            let rest = bare.get(lead.len()..).unwrap_or_default();
            return if lead.ends_with(' ') {
                format!("si {rest}")
            } else {
                format!("si {rest}").replace("si il", "s'il")
            };
        }
    }
    for (first, article) in [
        ("date", "la "),
        ("délai", "le "),
        ("état", "l'"),
        ("montant", "le "),
        ("motif", "le "),
        ("nom", "le "),
        ("calendrier", "le "),
        ("suite", "la "),
        ("coût", "le "),
        ("liste", "la "),
    ] {
        if low.starts_with(first) {
            return format!("{article}{bare}");
        }
    }
    small(bare)
}

fn deadlines(letter: &Letter, document: &mut Document) {
    sentences(letter.items(Role::Deadline), document);
}

fn appointment(letter: &Letter, document: &mut Document) {
    for item in letter.items(Role::Appointment) {
        let phone = item
            .find(|c: char| c.is_ascii_digit())
            .map(|start| item.get(start..).unwrap_or_default().trim());
        let low = item.to_lowercase();
        let with = ["rendez-vous avec ", "rendez-vous auprès de ", "rendez-vous ", "rdv "]
            .iter()
            .find_map(|w| low.find(w).and_then(|place| item.get(place + w.len()..)).map(str::trim));
        let simple = low.contains("rendez-vous")
            && !item.contains(" h")
            && phone.is_some_and(|p| p.starts_with('0'));
        match (simple, with, phone) {
            (true, Some(with), Some(phone)) => {
                let person = with.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
                let person = person
                    .trim()
                    .trim_start_matches("avec ")
                    .trim_end_matches(" au")
                    .trim_end_matches([',', '(', ':'])
                    .trim();
                let person =
                    if person.is_empty() { String::new() } else { format!(" auprès de {person}") };
                document.push(Block::paragraph(format!(
                    "Je vous propose également de nous rencontrer : vous pouvez prendre rendez-vous{person}, au {phone}."
                )));
            }
            _ => document.push(Block::paragraph(sentence(item))),
        }
    }
}

fn thanks(letter: &Letter, document: &mut Document) {
    for item in letter.items(Role::Thanks) {
        let item = item.replace(" leur ", " votre ").replace(" leurs ", " vos ");
        let bare = item.trim_start_matches("de ").trim();
        let text = if bare.starts_with("pour") || bare.starts_with("d'") || bare.starts_with("de ")
        {
            format!("Je vous remercie {bare}.")
        } else if bare.is_empty() {
            continue;
        } else {
            format!("Je vous remercie : {bare}.")
        };
        document.push(Block::paragraph(text));
    }
}

fn remedies(letter: &Letter) -> Block {
    let court = letter.court.clone().map_or_else(
        || "le tribunal administratif de [À COMPLÉTER : tribunal administratif]".to_owned(),
        |court| {
            if court.to_lowercase().contains("tribunal") {
                court
            } else {
                format!("le tribunal administratif de {court}")
            }
        },
    );
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

fn close(letter: &Letter, office: &Office, document: &mut Document) {
    let plain = letter.form == Form::Email && letter.recipient.rank != Rank::High;
    document.push(Block::paragraph(if plain {
        "Cordialement,".to_owned()
    } else {
        letter.recipient.closing()
    }));
    let signatory = &letter.signatory;
    let name = signatory.name.clone().unwrap_or_else(|| blank("signataire"));
    let quality = signatory.quality.clone().map(|q| capital(&q));
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
            let body = &office.organisme;
            lines.extend(body.nom.clone());
            lines.extend(body.telephone.clone());
            let lines = lines.join("\n");
            (lines.clone(), Block::paragraph(lines))
        }
    };
    document.state(Field::Signatory, signed, block);
    if !letter.attachments.is_empty() {
        document.push(Block::labelled("PJ", letter.attachments.join(" ; ")));
    }
    if !letter.copies.is_empty() {
        document.push(Block::labelled("Copie à", letter.copies.join(" ; ")));
    }
}

fn sentences(items: &[String], document: &mut Document) {
    if !items.is_empty() {
        document.push(Block::paragraph(
            items.iter().map(|i| sentence(i)).collect::<Vec<_>>().join(" "),
        ));
    }
}

fn sentence(text: &str) -> String {
    let text = text.trim().split(". ").map(capital).collect::<Vec<_>>().join(". ");
    if text.ends_with(['.', '!', '?', '…']) { text } else { format!("{text}.") }
}

/// Entries of a list: semicolons, and a full stop after the last.
fn list(items: &[String]) -> Block {
    let last = items.len().saturating_sub(1);
    Block::dashes(items.iter().enumerate().map(|(index, item)| {
        format!(
            "{}{}",
            small(item.trim().trim_end_matches(['.', ';'])),
            if index == last { "." } else { " ;" }
        )
    }))
}

fn join(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} et {last}", first.join(", ")),
    }
}
