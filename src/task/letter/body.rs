//! The body of a letter: what is answered, the answer, why, what else, what next.
//!
//! Sentences stand in paragraphs. What is no sentence stands in a list, which a sentence with a
//! verb introduces.

use super::address::Rank;
use super::record::{Letter, Purpose, Role};
use super::{formula, question, receipt};
use crate::document::{Block, Document};
use crate::french;
use crate::reading::date::is_weekday;
use crate::reading::{Fact, facts, words};
use crate::task::article::{Link, linked, small_noun};
use crate::task::wording::{blank, capital, small, to_recipient};

/// Writes the body.
pub(super) fn write(letter: &Letter, document: &mut Document) {
    let before = document.blocks.len();
    match letter.purpose {
        Purpose::Condolences => condolences(letter, document),
        Purpose::Congratulations => congratulations(letter, document),
        Purpose::Acknowledgement => receipt::write(letter, document),
        purpose if purpose.answers() || tells_of_incoming(letter) => answer(letter, document),
        _ => open(letter, document),
    }
    if letter.purpose != Purpose::Acknowledgement {
        missing(letter, document);
    }
    part(letter, Role::Condition, document);
    part(letter, Role::OtherMatter, document);
    reminders(letter, document);
    question::questions(letter, document);
    if letter.purpose != Purpose::Acknowledgement {
        part(letter, Role::Deadline, document);
    }
    for item in letter.items(Role::Appointment) {
        document.push(Block::paragraph(appointment(item)));
    }
    thanks(letter, document);
    attachments(letter, document);
    if document.blocks.len() == before {
        document.push(Block::paragraph(blank("contenu")));
    }
    document.blocks.extend(formula::last_word(letter).map(Block::paragraph));
}

/// Whether something came in that is answered without yes or no.
fn tells_of_incoming(letter: &Letter) -> bool {
    let incoming = &letter.incoming;
    letter.purpose == Purpose::Information
        && (incoming.dated.is_some() || incoming.received.is_some())
}

/// An answer: what came in, yes or no, why, and what belongs to it.
fn answer(letter: &Letter, document: &mut Document) {
    received(letter, document);
    let reasons = letter.items(Role::Reason);
    match letter.purpose {
        Purpose::Refusal => refusal(letter, document),
        Purpose::Acceptance => document.push(Block::paragraph(formula::granted(letter))),
        Purpose::PartialAnswer => {
            document.push(Block::paragraph(formula::granted_in_part(letter)));
        }
        Purpose::Transfer => transfer(letter, document),
        _ => {}
    }
    part(letter, Role::Decision, document);
    if letter.purpose != Purpose::Refusal && !reasons.is_empty() {
        let intro = match letter.purpose {
            Purpose::PartialAnswer => "Ma décision est fondée sur les motifs suivants :",
            _ => "Les raisons en sont les suivantes :",
        };
        document.push(Block::paragraph(intro));
        document.push(list(reasons));
    }
    part(letter, Role::Context, document);
    offer(letter, document);
}

fn refusal(letter: &Letter, document: &mut Document) {
    let refused = formula::refused(letter);
    match letter.items(Role::Reason) {
        [] => document.push(Block::paragraph(format!(
            "{refused}, pour le motif suivant : {}.",
            blank("motifs")
        ))),
        [one] => document.push(Block::paragraph(format!(
            "{refused}, pour le motif suivant : {}.",
            small(one.trim().trim_end_matches('.'))
        ))),
        reasons => {
            document.push(Block::paragraph(format!("{refused}, pour les motifs suivants :")));
            document.push(list(reasons));
        }
    }
    // Only an administration founds its refusals on the law.
    if letter.sender.administration {
        let ground = letter.legal_ground.clone().unwrap_or_else(|| blank("fondement juridique"));
        document.push(Block::paragraph(format!(
            "Cette décision est prise sur le fondement suivant : {ground}."
        )));
    }
}

fn transfer(letter: &Letter, document: &mut Document) {
    let competent = match &letter.competent {
        Some(body) => linked(Link::Of, body).unwrap_or_else(|| format!("de {body}")),
        None => format!("de {}", blank("administration compétente")),
    };
    document.push(Block::paragraph(format!(
        "Votre demande relève de la compétence {competent} ; je la lui transmets ce jour."
    )));
}

/// « J'ai bien reçu, le …, votre courriel du …, par lequel vous … ».
fn received(letter: &Letter, document: &mut Document) {
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
    if let Some(number) = &incoming.number {
        let e = if feminine { "e" } else { "" };
        text.push_str(&format!(", enregistré{e} sous le n° {number}"));
    }
    if let Some(date) = &incoming.acknowledged {
        text.push_str(&format!(", dont il a été accusé réception le {date}"));
    }
    let which = if feminine { "par laquelle" } else { "par lequel" };
    match letter.items(Role::Request) {
        [] => document.push(Block::paragraph(format!("{text}."))),
        [one] => {
            let told = match told(one) {
                Some(told) => told,
                None => format!("vous faites la demande suivante : {}", small(one)),
            };
            document.push(Block::paragraph(format!("{text}, {which} {told}.")));
        }
        [first, rest @ ..] if letter.items(Role::Request).iter().all(|r| told(r).is_some()) => {
            let first = told(first).unwrap_or_default();
            let rest: Vec<String> = rest.iter().map(|r| again(r)).collect();
            document.push(Block::paragraph(format!("{text}, {which} {first}. {}", rest.join(" "))));
        }
        several => {
            document.push(Block::paragraph(format!("{text}, {which} vous faites ces demandes :")));
            document.push(list(several));
        }
    }
}

/// « Vous souhaitez … » as it stands after « par lequel ».
fn told(request: &str) -> Option<String> {
    let sentence = request.trim().strip_suffix('.')?;
    sentence.starts_with("Vous ").then(|| small(sentence))
}

/// The next wish: « Vous demandez également … ».
fn again(request: &str) -> String {
    for verb in ["Vous demandez ", "Vous souhaitez ", "Vous sollicitez "] {
        if let Some(rest) = request.strip_prefix(verb) {
            return format!("{verb}également {rest}");
        }
    }
    sentence(request)
}

/// The opening of a letter that answers nothing.
fn open(letter: &Letter, document: &mut Document) {
    let authority = letter.recipient.rank == Rank::High;
    let requests = letter.items(Role::Request);
    let about = letter.subject.as_deref().map(str::trim).filter(|s| !s.is_empty());
    let honour = "J'ai l'honneur";
    let opening = about.map(|about| match letter.purpose {
        Purpose::Reminder => {
            let lead = if authority {
                format!("{honour} d'appeler de nouveau votre attention sur")
            } else {
                "Je me permets de revenir vers vous au sujet".to_owned()
            };
            let link = if authority { Link::The } else { Link::Of };
            match linked(link, about) {
                Some(about) => format!("{lead} {about}."),
                None if authority => format!("{lead} le dossier suivant : {}.", small(about)),
                None => format!("{lead} du dossier suivant : {}.", small(about)),
            }
        }
        Purpose::Request => request_opening(letter, about),
        Purpose::Invitation => {
            let lead = if authority { honour } else { "J'ai le plaisir" };
            // « remerciements et invitation à la fête »
            let bare = about.split_once("invitation ").map_or(about, |(_, event)| event);
            match linked(Link::To, bare).or_else(|| bare.starts_with("à ").then(|| bare.to_owned()))
            {
                Some(event) => format!("{lead} de vous inviter {event}."),
                None => format!("{lead} de vous inviter à l'événement suivant : {}.", small(bare)),
            }
        }
        _ if authority => match linked(Link::Of, about) {
            Some(about) => format!("{honour} de vous informer {about}."),
            None => format!("{honour} de vous informer de ce qui suit : {}.", small(about)),
        },
        _ => match linked(Link::Of, about) {
            Some(about) => format!("Je vous écris au sujet {about}."),
            None => format!("Je vous écris au sujet suivant : {}.", small(about)),
        },
    });
    document.blocks.extend(opening.map(Block::paragraph));
    part(letter, Role::Context, document);
    part(letter, Role::Decision, document);
    match requests {
        [] => {}
        several if several.iter().all(|r| is_sentence(r)) => paragraph(several, document),
        [one] => document.push(Block::paragraph(format!(
            "Notre demande est la suivante : {}.",
            small(one.trim().trim_end_matches('.'))
        ))),
        several => {
            document.push(Block::paragraph("Nos demandes sont les suivantes :"));
            document.push(list(several));
        }
    }
    if !letter.items(Role::Reason).is_empty() {
        document.push(Block::paragraph("Les raisons en sont les suivantes :"));
        document.push(list(letter.items(Role::Reason)));
    }
    offer(letter, document);
}

/// « J'ai l'honneur de solliciter … », for what the object of the letter asks.
fn request_opening(letter: &Letter, about: &str) -> String {
    let honour = letter.recipient.rank == Rank::High;
    let lead = if honour { "J'ai l'honneur de solliciter" } else { "Je me permets de solliciter" };
    let low = about.to_lowercase();
    let asked = low
        .strip_prefix("demande de ")
        .or_else(|| low.strip_prefix("demande d'"))
        .or_else(|| low.strip_prefix("demande d’"))
        .and_then(|rest| about.get(about.len() - rest.len()..));
    let definite = |asked: &str| {
        let after = asked.split_once(" de ").map(|(_, after)| after);
        after.is_some_and(|after| after.starts_with(char::is_alphabetic))
    };
    let told =
        asked.and_then(|asked| linked(if definite(asked) { Link::The } else { Link::A }, asked));
    match told {
        Some(asked) => format!("{lead} {asked}."),
        // What is asked stands in the letter; the object says of what.
        None if !letter.items(Role::Request).is_empty() => match linked(Link::Of, about) {
            Some(about) => format!("Je vous écris au sujet {about}."),
            None => format!("Je vous écris au sujet suivant : {}.", small(about)),
        },
        None if honour => format!(
            "J'ai l'honneur d'appeler votre attention sur la demande suivante : {}.",
            small(about)
        ),
        None => format!("Je me permets de vous adresser la demande suivante : {}.", small(about)),
    }
}

fn condolences(letter: &Letter, document: &mut Document) {
    let death = letter.items(Role::Context);
    match death {
        [first, rest @ ..] => {
            let death = first.trim().trim_end_matches('.');
            let told =
                linked(Link::Of, death).unwrap_or_else(|| format!("ceci : {}", small(death)));
            let told =
                if told.starts_with("ceci") { told } else { told.replacen("de le ", "du ", 1) };
            document.push(Block::paragraph(format!(
                "C'est avec une profonde tristesse que j'ai appris la nouvelle {told}."
            )));
            paragraph(rest, document);
        }
        [] => document.push(Block::paragraph(format!(
            "C'est avec une profonde tristesse que j'ai appris la nouvelle du décès de {}.",
            blank("nom de la personne décédée")
        ))),
    }
    part(letter, Role::Decision, document);
}

fn congratulations(letter: &Letter, document: &mut Document) {
    let about = letter.subject.as_deref().filter(|s| !s.to_lowercase().starts_with("félicit"));
    let lead = "Je vous adresse mes plus sincères félicitations";
    document.push(Block::paragraph(match about.map(|about| (about, linked(Link::The, about))) {
        Some((_, Some(about))) => format!("{lead} pour {about}."),
        Some((about, None)) if about.starts_with("pour ") => format!("{lead} {about}."),
        _ => format!("{lead}."),
    }));
    part(letter, Role::Context, document);
    part(letter, Role::Decision, document);
}

pub(super) fn missing(letter: &Letter, document: &mut Document) {
    match letter.items(Role::Missing) {
        [] => {}
        [one] => document.push(Block::paragraph(format!(
            "Votre dossier est incomplet : je vous remercie de me transmettre la pièce suivante : {}.",
            small(one.trim_end_matches('.'))
        ))),
        several => {
            document.push(Block::paragraph(
                "Votre dossier est incomplet : je vous remercie de me transmettre les pièces suivantes :",
            ));
            document.push(list(several));
        }
    }
}

fn offer(letter: &Letter, document: &mut Document) {
    match letter.items(Role::Offer) {
        [] => {}
        offers if offers.iter().all(|item| is_sentence(item)) => paragraph(offers, document),
        offers => {
            document.push(Block::paragraph(if letter.purpose == Purpose::Refusal {
                "En revanche, je peux vous proposer :"
            } else {
                "Je vous propose :"
            }));
            document.push(list(offers));
        }
    }
}

/// Earlier letters: one, or several whose dates are recalled.
fn reminders(letter: &Letter, document: &mut Document) {
    let own = |sent: &String| {
        let feminine = ["lettre", "demande", "relance", "réclamation"];
        let first = sent.split(' ').next().unwrap_or_default();
        format!("{} {sent}", if feminine.contains(&first) { "ma" } else { "mon" })
    };
    let sent: Vec<String> = letter.reminders.iter().map(own).collect();
    match sent.as_slice() {
        [] => {}
        [one] => {
            let resting = if one.starts_with("ma ") { "restée" } else { "resté" };
            document.push(Block::paragraph(format!(
                "Sauf erreur de ma part, {one} est {resting} sans réponse."
            )));
        }
        several => document.push(Block::paragraph(format!(
            "Malgré {}, je reste sans réponse à ce jour.",
            join(several)
        ))),
    }
}

/// A meeting: by appointment with somebody, or as the clause tells it.
fn appointment(item: &str) -> String {
    let phone = item
        .find(|c: char| c.is_ascii_digit())
        .map(|start| item.get(start..).unwrap_or_default().trim());
    let low = item.to_lowercase();
    let leads = ["prendre rendez-vous ", "rendez-vous ", "rdv "];
    let with = leads
        .iter()
        .find_map(|w| low.find(w).and_then(|at| item.get(at + w.len()..)).map(str::trim));
    let by_phone = phone.is_some_and(|p| p.starts_with('0')) && !item.contains(" h");
    match (with, phone) {
        (Some(with), Some(phone)) if by_phone => {
            let person = with.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default().trim();
            let person = ["avec ", "auprès de "]
                .iter()
                .find_map(|lead| person.strip_prefix(lead))
                .unwrap_or(person)
                .trim_end_matches(" au")
                .trim_end_matches([',', '(', ':', ' ']);
            let person =
                if person.is_empty() { String::new() } else { format!(" auprès de {person}") };
            format!("Vous pouvez prendre rendez-vous{person}, au {phone}.")
        }
        (Some(with), _) if starts_with_time(with) => {
            let the = if with.starts_with("le ") { "" } else { "le " };
            format!("Je vous propose un rendez-vous {the}{with}.").replace("..", ".")
        }
        _ => sentence(item),
    }
}

fn starts_with_time(text: &str) -> bool {
    let first = text.trim_start_matches("le ").split(' ').next().unwrap_or_default();
    is_weekday(first)
        || first == "1er"
        || first.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day))
}

// « merci aussi à ses deux voisins »
words!(
    TO_OTHERS,
    r"^(?:aussi |également )?(?:à|aux?) (?:ses|vos|son|sa|votre|tous|toutes|la |les |l['’]|M\. |Mme |\p{Lu})"
);

fn thanks(letter: &Letter, document: &mut Document) {
    for item in letter.items(Role::Thanks) {
        let bare = item.trim().trim_end_matches('.');
        let bare = bare.replace(" leur ", " votre ").replace(" leurs ", " vos ");
        let bare = bare.strip_prefix("tous ").or(bare.strip_prefix("toutes ")).unwrap_or(&bare);
        let bare = TO_THEM.replace(bare, "${to}vous").into_owned();
        let bare = if letter.purpose.answers() { bare } else { to_recipient(&bare) };
        let leads = [
            "pour ",
            "d'",
            "d’",
            "de ",
            "du ",
            "des ",
            "au nom ",
            "encore ",
            "infiniment ",
            "chaleureusement ",
        ];
        let linked_to = leads.iter().any(|lead| bare.starts_with(lead));
        let text = if TO_OTHERS.is_match(&bare) {
            format!("Merci {bare}.")
        } else if bare.starts_with("Je vous remercie") {
            format!("{bare}.")
        } else if linked_to {
            format!("Je vous remercie {bare}.")
        } else if bare.is_empty() {
            continue;
        } else {
            match linked(Link::The, &bare) {
                Some(thing) => format!("Je vous remercie pour {thing}."),
                None => format!("Je vous remercie : {bare}."),
            }
        };
        document.push(Block::paragraph(text));
    }
}

words!(TO_THEM, r"(?P<to>\b(?:grâce à|avec|sans|pour) )(?:eux|elles?|lui)\b");

fn attachments(letter: &Letter, document: &mut Document) {
    if letter.attachments.is_empty() {
        return;
    }
    let papers: Option<Vec<String>> =
        letter.attachments.iter().map(|paper| linked(Link::The, paper)).collect();
    document.push(Block::paragraph(match papers {
        Some(papers) => format!("Vous trouverez ci-joint {}.", join(&papers)),
        None => format!("Vous trouverez ci-joint : {}.", letter.attachments.join(" ; ")),
    }));
}

/// A part: its sentences, then what is none, as a list.
pub(super) fn part(letter: &Letter, role: Role, document: &mut Document) {
    let items = letter.items(role);
    let sentences: Vec<String> = items.iter().filter(|i| is_sentence(i)).cloned().collect();
    paragraph(&sentences, document);
    let entries: Vec<String> = items.iter().filter(|i| !is_sentence(i)).cloned().collect();
    let what = match (role, letter.purpose) {
        (Role::Condition, Purpose::Acceptance | Purpose::PartialAnswer) => {
            ("condition", "conditions")
        }
        (Role::Deadline, _) if entries.iter().all(|entry| is_dated(entry)) => {
            ("échéance", "échéances")
        }
        (Role::Decision, _) => ("décision", "décisions"),
        _ => ("élément", "éléments"),
    };
    let verb = match letter.purpose {
        Purpose::Reminder => "rappelle",
        _ => "précise",
    };
    let feminine = what.0 != "élément";
    match entries.as_slice() {
        [] => {}
        [one] => {
            let article = if french::elides(what.0) { "l'" } else { "la " };
            document.push(Block::paragraph(format!(
                "Je vous {verb} {article}{} suivant{} : {}.",
                what.0,
                if feminine { "e" } else { "" },
                small(one.trim_end_matches(['.', ';']))
            )));
        }
        several => {
            document.push(Block::paragraph(format!(
                "Je vous {verb} les {} suivant{} :",
                what.1,
                if feminine { "es" } else { "s" }
            )));
            document.push(list(several));
        }
    }
}

fn is_dated(entry: &str) -> bool {
    facts(entry).iter().any(|found| matches!(found.fact, Fact::Date(_)))
}

/// Whether an item is a sentence: it ends as one.
pub(super) fn is_sentence(item: &str) -> bool {
    item.trim_end().ends_with(['.', '!', '?', '…'])
}

fn paragraph(items: &[String], document: &mut Document) {
    if !items.is_empty() {
        let text = items.iter().map(|item| sentence(item)).collect::<Vec<_>>().join(" ");
        document.push(Block::paragraph(text));
    }
}

fn sentence(text: &str) -> String {
    let text = text.trim().split(". ").map(capital).collect::<Vec<_>>().join(". ");
    if is_sentence(&text) { text } else { format!("{text}.") }
}

/// Entries of a list: semicolons, and a full stop after the last.
pub(super) fn list(items: &[String]) -> Block {
    let last = items.len().saturating_sub(1);
    Block::dashes(items.iter().enumerate().map(|(index, item)| {
        let end = if index == last { "." } else { " ;" };
        format!("{}{end}", small_noun(&small(item.trim().trim_end_matches(['.', ';']))))
    }))
}

fn join(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} et {last}", first.join(", ")),
    }
}
