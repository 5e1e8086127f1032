//! The document from the record: a pure function, fixed French phrases with slots.
//!
//! The order of a council's minutes follows CGCT L2121-15: date and hour, president, members
//! present or represented, secretary, quorum, agenda, then for each item what was said, the ballot
//! and its result. An association's minutes quote no law but its statutes.

use super::record::{ClosedSession, Item, Kind, Meeting, Outcome, Vote};
use crate::document::letterhead::Field;
use crate::document::{Align, Block, Document, Inline};
use crate::task::wording::blank;

/// A value, or the mark that it has to be filled in.
pub(super) fn or_blank(value: Option<&String>, what: &str) -> String {
    value.cloned().unwrap_or_else(|| blank(what))
}

/// « de » before a name, elided where it has to be: « d’Odile », « du maire ».
pub(super) fn of(name: &str) -> String {
    let first = crate::reading::fold(name).chars().next().unwrap_or(' ');
    if let Some(rest) = name.strip_prefix("le ") {
        format!("du {rest}")
    } else if "aeiouyh".contains(first) {
        format!("d’{name}")
    } else {
        format!("de {name}")
    }
}

/// The place as a phrase: « dans la salle du conseil », « à la mairie ».
fn at(place: Option<&String>) -> String {
    let Some(place) = place else { return format!("à {}", blank("lieu")) };
    // « l'ancienne école », « la grande salle »
    const BEFORE: [&str; 10] = [
        "ancien", "ancienne", "grand", "grande", "petit", "petite", "nouveau", "nouvelle",
        "vieille", "vieux",
    ];
    let folded = crate::reading::fold(place);
    let mut words = folded.split_whitespace();
    let first = words.next();
    if let Some(adjective) = first.filter(|word| BEFORE.contains(word)) {
        let feminine = adjective.ends_with('e');
        return match (adjective.starts_with('a'), words.next()) {
            (true, _) => format!("à l’{place}"),
            (_, Some("salle")) => format!("dans la {place}"),
            _ if feminine => format!("à la {place}"),
            _ => format!("au {place}"),
        };
    }
    match first {
        Some("salle") => format!("dans la {place}"),
        Some("mairie" | "maison" | "bibliotheque" | "mediatheque") => format!("à la {place}"),
        Some("ecole" | "espace") => format!("à l’{place}"),
        Some("foyer" | "gymnase" | "cafe" | "bureau" | "local") => format!("au {place}"),
        Some(noun) => match crate::french::noun_gender(noun) {
            _ if noun.starts_with(['a', 'e', 'i', 'o', 'u']) && crate::french::is_word(noun) => {
                format!("à l’{place}")
            }
            Some(crate::french::Gender::Masculine) => format!("au {place}"),
            Some(crate::french::Gender::Feminine) => format!("à la {place}"),
            None => format!("lieu : {place}"),
        },
        None => format!("lieu : {place}"),
    }
}

/// The minutes of the meeting.
pub fn document(meeting: &Meeting) -> Document {
    if meeting.kind == Kind::Working {
        return super::working::template::document(meeting);
    }
    let date = or_blank(meeting.date.as_ref(), "date");
    let title = match meeting.kind {
        Kind::Council => format!("Procès-verbal de la séance du conseil municipal du {date}"),
        Kind::Association => {
            let session = meeting.session.as_ref().map_or(String::new(), |s| format!(" {s}"));
            format!("Procès-verbal de l’assemblée générale{session} du {date}")
        }
        Kind::Working => format!("Compte rendu de la réunion du {date}"),
    };
    let mut document = Document::new(title.clone());
    heading(meeting, &mut document);
    document.push(Block::heading(1, title));
    opening(meeting, &mut document);
    attendance(meeting, &mut document);
    agenda(meeting, &mut document);
    for (index, item) in meeting.items.iter().enumerate() {
        self::item(meeting, index, item, &mut document);
    }
    closing(meeting, &mut document);
    state(meeting, &mut document);
    document
}

/// What the office's own paper may print of the minutes, beside blocks that state it.
pub(super) fn state(meeting: &Meeting, document: &mut Document) {
    let place = match meeting.kind {
        Kind::Council => &meeting.body,
        Kind::Association | Kind::Working => &meeting.place,
    };
    let values = [
        (Field::Date, &meeting.date),
        (Field::Place, place),
        (Field::Sender, &meeting.body),
        (Field::SignatoryName, &meeting.chair),
        (Field::SignatoryTitle, &meeting.chair_title),
    ];
    for (field, value) in values {
        if let Some(value) = value {
            document.fields.entry(field).or_insert_with(|| value.clone());
        }
    }
}

fn heading(meeting: &Meeting, document: &mut Document) {
    match meeting.kind {
        Kind::Council => {
            let commune = or_blank(meeting.body.as_ref(), "nom de la commune");
            let mut lines = "RÉPUBLIQUE FRANÇAISE\n".to_owned();
            if let Some(departement) = &meeting.departement {
                lines.push_str(&format!("Département : {departement}\n"));
            }
            lines.push_str(&format!("Commune {}", of(&commune)));
            document.push(Block::aligned(Align::Center, lines));
        }
        Kind::Association => {
            let name = or_blank(meeting.body.as_ref(), "nom de l’association");
            let value = meeting.body.clone().unwrap_or_default();
            document.state(Field::Sender, value, Block::aligned(Align::Center, name));
        }
        Kind::Working => {
            if let Some(name) = &meeting.body {
                document.push(Block::aligned(Align::Center, name.clone()));
            }
        }
    }
}

fn opening(meeting: &Meeting, document: &mut Document) {
    let date = or_blank(meeting.date.as_ref(), "date");
    let place = at(meeting.place.as_ref());
    let opened = || or_blank(meeting.opened.as_ref(), "heure");
    let chair = || or_blank(meeting.chair.as_ref(), "présidence de séance");
    let text = match meeting.kind {
        Kind::Council => format!(
            "Le conseil municipal, légalement convoqué {}, s’est réuni le {date} à {}, {place}, sous la présidence {}.",
            meeting.convocation.clone().unwrap_or_else(|| blank("date de convocation")),
            opened(),
            of(&chair()),
        ),
        Kind::Association => format!(
            "L’assemblée générale{}, convoquée {}, s’est tenue le {date} à {}, {place}.",
            meeting.session.as_ref().map_or(String::new(), |s| format!(" {s}")),
            meeting.convocation.clone().unwrap_or_else(|| blank("date et mode de convocation")),
            opened(),
        ),
        Kind::Working => {
            let mut text = format!("Réunion du {date}");
            if let Some(opened) = &meeting.opened {
                text.push_str(&format!(", de {opened}"));
                if let Some(closed) = &meeting.closed {
                    text.push_str(&format!(" à {closed}"));
                }
            }
            text.push_str(&format!(", {place}."));
            text
        }
    };
    document.push(Block::paragraph(text));
    if meeting.second_notice {
        document.push(Block::paragraph(
            "La réunion a lieu sur deuxième convocation, sans condition de quorum.",
        ));
    }
    if meeting.kind == Kind::Association {
        document.push(Block::labelled("Présidence", chair()));
    }
}

fn attendance(meeting: &Meeting, document: &mut Document) {
    let a = &meeting.attendance;
    let label = match meeting.kind {
        Kind::Council => "Membres en exercice",
        _ => "Membres à jour de cotisation",
    };
    match a.in_office {
        Some(count) => document.push(Block::labelled(label, count.to_string())),
        None if meeting.kind != Kind::Working => {
            document.push(Block::labelled(label, blank("nombre")));
        }
        None => {}
    }
    if let Some(quorum) = a.quorum {
        document.push(Block::labelled("Quorum", quorum.to_string()));
    } else if let Some((over, under)) = a.quorum_fraction {
        document.push(Block::labelled("Quorum", format!("{over}/{under} des membres")));
    }
    if let Some((over, under)) = meeting.majority {
        let of = if meeting.majority_of_all {
            "des membres présents et représentés"
        } else {
            "des voix exprimées"
        };
        let share = format!("{over}/{under} {of}");
        document.push(Block::labelled("Majorité requise", share));
    }
    let present = match (a.present.is_empty(), a.present_count) {
        (false, _) => format!("{} ({} à l’ouverture)", a.present.join(", "), a.present.len()),
        (true, Some(count)) => match a.without_vote {
            Some(mute) => format!("{count}, dont {mute} sans droit de vote"),
            None => count.to_string(),
        },
        (true, None) => blank("membres présents"),
    };
    document.push(Block::labelled("Présents", present));
    for arrival in &a.arrivals {
        let hour = arrival.hour.as_ref().map_or(String::new(), |h| format!(" à {h}"));
        let item = arrival.item.map_or(String::new(), |n| format!(" (point {n})"));
        document.push(Block::labelled(
            "Arrivée en cours de séance",
            format!("{}{hour}{item}", arrival.name),
        ));
    }
    for departure in &a.departures {
        let hour = departure.hour.as_ref().map_or(String::new(), |h| format!(" à {h}"));
        let item = departure.item.map_or(String::new(), |n| format!(" (point {n})"));
        let proxy = departure
            .holder
            .as_ref()
            .map_or(String::new(), |h| format!(", qui donne pouvoir à {h}"));
        document.push(Block::labelled(
            "Départ en cours de séance",
            format!("{}{hour}{item}{proxy}", departure.name),
        ));
    }
    if !a.proxies.is_empty() {
        let list: Vec<String> = a
            .proxies
            .iter()
            .map(|p| format!("{} a donné pouvoir à {}", p.giver, p.holder))
            .collect();
        document.push(Block::labelled("Représentés", list.join(" ; ")));
    } else if let Some(count) = a.proxy_count {
        document.push(Block::labelled("Pouvoirs", count.to_string()));
    }
    if !a.excused.is_empty() {
        document.push(Block::labelled("Absents excusés", a.excused.join(", ")));
    }
    if !a.absent.is_empty() {
        document.push(Block::labelled("Absents", a.absent.join(", ")));
    }
    match (&meeting.secretary, meeting.kind) {
        (secretary, Kind::Council | Kind::Association) => {
            let mut text = or_blank(secretary.as_ref(), "secrétaire de séance");
            if !meeting.assistants.is_empty() {
                text.push_str(&format!(
                    ", avec l’assistance {} (secrétariat de mairie)",
                    of(&meeting.assistants.join(" et "))
                ));
            }
            document.push(Block::labelled("Secrétaire de séance", text));
        }
        (Some(writer), Kind::Working) => {
            document.push(Block::labelled("Rédaction", writer.clone()));
        }
        (None, Kind::Working) => {}
    }
    if !meeting.guests.is_empty() {
        document.push(Block::labelled("Invités", meeting.guests.join(", ")));
    }
    if let Some(audience) = &a.audience {
        document.push(Block::labelled("Public", audience.clone()));
    }
    for remark in &meeting.remarks {
        document.push(Block::paragraph(remark.clone()));
    }
    if let (Some(quorum), Some(present)) = (a.quorum, a.present_at_opening()) {
        let counted = if meeting.kind == Kind::Council {
            present
        } else {
            present.saturating_add(a.represented())
        };
        if counted >= quorum {
            let body = if meeting.kind == Kind::Council {
                "la séance est ouverte"
            } else {
                "l’assemblée peut valablement délibérer"
            };
            document.push(Block::paragraph(format!("Le quorum étant atteint, {body}.")));
        } else {
            document.push(Block::paragraph(blank("quorum non atteint d’après les notes")));
        }
    }
}

fn agenda(meeting: &Meeting, document: &mut Document) {
    let titles = if meeting.agenda.is_empty() {
        meeting.items.iter().map(|i| i.title.clone()).collect()
    } else {
        meeting.agenda.clone()
    };
    if titles.is_empty() {
        return;
    }
    document.push(Block::heading(2, "Ordre du jour"));
    document.push(Block::numbered(titles));
}

fn item(meeting: &Meeting, index: usize, item: &Item, document: &mut Document) {
    let number = item.number.unwrap_or(u32::try_from(index + 1).unwrap_or(u32::MAX));
    let mut title = format!("{number}. {}", item.title);
    if let Some(deliberation) = &item.deliberation {
        title.push_str(&format!(" — Délibération n° {deliberation}"));
    }
    document.push(Block::heading(2, title));
    if let Some(session) = &item.closed_session {
        document.push(Block::paragraph(closed_session(session)));
    }
    let told = item.vote.is_some() || !item.parts.is_empty() || item.outcome.is_some();
    if !item.account.is_empty() {
        document.push(Block::paragraph(item.account.join(" ")));
    } else if !told && item.closed_session.is_none() {
        document.push(Block::paragraph(blank("rien dans les notes sur ce point")));
    }
    if let Some(outcome) = item.outcome.filter(|_| item.vote.is_none() && item.parts.is_empty()) {
        document.push(Block::paragraph(match outcome {
            Outcome::Postponed => "Le point est reporté, sans vote.",
            Outcome::Withdrawn => "Le point est retiré de l’ordre du jour, sans vote.",
            Outcome::Information => "Le point est donné pour information, sans vote.",
        }));
    }
    if let Some(chair) = item.chair.as_ref().filter(|_| item.vote.is_some()) {
        document.push(Block::paragraph(format!(
            "La présidence est assurée par {chair} pour ce point."
        )));
    }
    if !item.not_voting.is_empty() && item.vote.is_some() {
        let verb = if item.not_voting.len() > 1 { "Ne prennent" } else { "Ne prend" };
        document.push(Block::paragraph(format!(
            "{verb} pas part au vote : {}.",
            item.not_voting.join(", ")
        )));
    }
    if item.quorum_lost.is_some() {
        let what = blank("quorum non atteint à ce point d’après les notes, vote à vérifier");
        document.push(Block::labelled("Vote", what));
    } else {
        votes(meeting.kind, item, document);
    }
    if let Some(back) = item.closed_session.as_ref().and_then(|s| s.public_back.as_ref()) {
        document.push(Block::paragraph(format!("La séance publique reprend à {back}.")));
    }
}

/// The ballot and its results.
fn votes(kind: Kind, item: &Item, document: &mut Document) {
    let voted = item.vote.is_some() || !item.parts.is_empty();
    if item.public_ballot && voted {
        document.push(Block::paragraph("Le vote a lieu au scrutin public."));
    } else if item.secret_ballot && voted {
        document.push(Block::paragraph("Le vote a lieu au scrutin secret."));
    }
    if let Some(vote) = &item.vote {
        let opinion = item.clauses.iter().any(|c| gives_opinion(c));
        self::vote(kind, "Vote", vote, opinion, document);
    }
    for part in &item.parts {
        self::vote(kind, &format!("Vote ({})", part.subject), &part.vote, false, document);
    }
}

/// The fixed formula of a closed session (CGCT L2121-18).
fn closed_session(session: &ClosedSession) -> String {
    let asked = session.requested_by.as_ref().map_or_else(
        || format!("À la demande de {}", blank("qui l’a demandé")),
        |who| format!("À la demande {}", of(who)),
    );
    let how = if session.unanimous { " à l’unanimité" } else { "" };
    let left = session
        .public_left
        .as_ref()
        .map_or(String::new(), |h| format!(" Le public quitte la salle à {h}."));
    format!("{asked}, le conseil décide{how}, sans débat, de siéger à huis clos.{left}")
}

/// Whether the council gives an opinion and decides nothing.
fn gives_opinion(clause: &str) -> bool {
    let folded = crate::reading::fold(clause);
    folded.contains("avis")
        && ["donne", "emet", "simple avis", "pour avis", "avis defavorable", "avis favorable"]
            .iter()
            .any(|w| folded.contains(w))
}

fn vote(kind: Kind, label: &str, vote: &Vote, opinion: bool, document: &mut Document) {
    if !vote.possible {
        let what = blank("nombre de voix");
        document.push(Block::labelled(
            label,
            format!("pour : {what} ; contre : {what} ; abstentions : {what}"),
        ));
        return;
    }
    if let Some(names) = &vote.names {
        for (side, list) in ["Pour", "Contre", "Abstention"].iter().zip(names) {
            if !list.is_empty() {
                document
                    .push(Block::labelled(side, format!("{} ({})", list.join(", "), list.len())));
            }
        }
    }
    let mut text = formula(kind, vote);
    if opinion {
        text = text.replace("adopté", "avis favorable,").replace("rejeté", "avis défavorable,");
    }
    document.push(Block::Paragraph {
        text: vec![Inline::Strong(format!("{label} :")), Inline::Plain(format!(" {text}"))],
        align: Align::Left,
    });
}

/// The vote in words: « adopté par 10 voix pour, 2 voix contre et 1 abstention ».
pub(super) fn formula(kind: Kind, vote: &Vote) -> String {
    let mut parts = Vec::new();
    if let Some(n) = vote.in_favour.filter(|n| *n > 0) {
        parts.push(format!("{n} voix pour"));
    }
    if let Some(n) = vote.against.filter(|n| *n > 0) {
        parts.push(format!("{n} voix contre"));
    }
    if let Some(n) = vote.abstentions.filter(|n| *n > 0) {
        parts.push(format!("{n} abstention{}", if n > 1 { "s" } else { "" }));
    }
    if let Some(n) = vote.blank.filter(|n| *n > 0) {
        let s = if n > 1 { "s" } else { "" };
        parts.push(format!("{n} bulletin{s} blanc{s} ou nul{s}"));
    }
    let counts = match parts.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} et {last}", first.join(", ")),
    };
    let all = match kind {
        Kind::Council => "à l’unanimité des membres présents et représentés",
        _ => "à l’unanimité",
    };
    if vote.unanimous {
        return if counts.is_empty() {
            format!("adopté {all}.")
        } else {
            format!("adopté {all} ({counts}).")
        };
    }
    if vote.in_favour.is_none() {
        let missing = blank("nombre de voix pour");
        return match (vote.against.unwrap_or(0), vote.abstentions.unwrap_or(0), vote.result) {
            (0, 0, Some(true)) => format!("adopté ({missing})."),
            (0, 0, Some(false)) => format!("rejeté ({missing})."),
            (0, 1.., _) => format!("adopté à l’unanimité des suffrages exprimés ({counts})."),
            (.., Some(false)) => format!("rejeté par {missing} et {counts}."),
            _ => format!("adopté par {missing} et {counts}."),
        };
    }
    let casting = if vote.casting && vote.in_favour == vote.against {
        ", la voix du président étant prépondérante"
    } else {
        ""
    };
    match vote.carried() {
        Some(true) => format!("adopté par {counts}{casting}."),
        Some(false) => format!("rejeté par {counts}{casting}."),
        None => format!("{counts} ; résultat : {}.", blank("adopté ou rejeté")),
    }
}

fn closing(meeting: &Meeting, document: &mut Document) {
    if let Some(next) = &meeting.next_meeting {
        document.push(Block::labelled("Prochaine réunion", format!("{next}.")));
    }
    if meeting.kind == Kind::Working {
        return;
    }
    let closed = or_blank(meeting.closed.as_ref(), "heure de fin");
    document.push(Block::paragraph(format!(
        "L’ordre du jour étant épuisé, la séance est levée à {closed}."
    )));
    if meeting.kind == Kind::Council {
        document.push(Block::paragraph(format!(
            "Projet de procès-verbal, à arrêter au commencement de la séance suivante, le {}.",
            blank("date")
        )));
    }
    let chair = or_blank(meeting.chair.as_ref(), "nom");
    let secretary = or_blank(meeting.secretary.as_ref(), "nom");
    let presides = meeting.chair_title.as_deref().unwrap_or("Présidence de séance");
    let signers =
        vec![format!("{presides},\n{chair}"), format!("Secrétariat de séance,\n{secretary}")];
    document.state(Field::Signatory, signers.join("\n\n\n"), Block::Signatures(signers));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn votes_are_worded_by_their_counts() {
        let vote = |f, c, a, unanimous| Vote {
            in_favour: f,
            against: c,
            abstentions: a,
            unanimous,
            possible: true,
            ..Vote::default()
        };
        let table = [
            (
                vote(Some(10), Some(2), Some(1), false),
                "adopté par 10 voix pour, 2 voix contre et 1 abstention.",
            ),
            (vote(Some(36), Some(0), Some(2), false), "adopté par 36 voix pour et 2 abstentions."),
            (vote(Some(1), Some(4), None, false), "rejeté par 1 voix pour et 4 voix contre."),
            (
                vote(None, None, None, true),
                "adopté à l’unanimité des membres présents et représentés.",
            ),
            (
                vote(Some(3), Some(3), None, false),
                "3 voix pour et 3 voix contre ; résultat : [À COMPLÉTER : adopté ou rejeté].",
            ),
            (
                Vote { casting: true, result: Some(true), ..vote(Some(3), Some(3), None, false) },
                "adopté par 3 voix pour et 3 voix contre, la voix du président étant prépondérante.",
            ),
            (
                vote(None, None, Some(2), false),
                "adopté à l’unanimité des suffrages exprimés (2 abstentions).",
            ),
            (
                Vote { result: Some(false), ..vote(None, None, None, false) },
                "rejeté ([À COMPLÉTER : nombre de voix pour]).",
            ),
            (
                Vote { blank: Some(1), ..vote(Some(8), Some(3), None, false) },
                "adopté par 8 voix pour, 3 voix contre et 1 bulletin blanc ou nul.",
            ),
        ];
        for (vote, expected) in table {
            assert_eq!(formula(Kind::Council, &vote), expected);
        }
    }
}
