//! Who is meant in the notes of a working meeting: full names, first names, initials, « moi ».

use crate::notes::Notes;
use crate::office::{Membre, Office};
use crate::reading::name::{Resolution, Roster, candidate_names};
use crate::reading::words;
use crate::task::minutes::attendance::{self, Roll};
use crate::task::minutes::people::{self, People};
use crate::task::minutes::person::is_first_name;
use crate::task::minutes::record::{Attendance, Meeting};
use crate::task::minutes::structure::Piece;

use super::{convened, cut};
use crate::task::minutes::clauses;
use crate::task::wording::capital;

/// Members of the sheet, and the people whom the notes list as present or not.
pub(super) fn everyone(notes: &Notes, office: &Office) -> Vec<Membre> {
    let mut members = office.conseil.membres.clone();
    let listed = Roster::new(&members);
    let people = People::new(&listed, office);
    let mut roll = Roll::default();
    let mut listed_people = Attendance::default();
    let me = writer(notes);
    let called = convened::convened(notes);
    for line in notes.lines() {
        let told = convened::told(line.text, &called);
        if let Some(told) = &told {
            let piece = Piece { text: told, span: line.span() };
            attendance::read(&piece, &people, &mut roll, &mut listed_people);
            continue;
        }
        if !cut::about_meeting(line.text.trim()) {
            continue;
        }
        for (_, sentence) in lists(line.text) {
            let text = with_writer(&as_attendance(sentence), me.as_ref());
            let piece = Piece { text: &text, span: line.span() };
            attendance::read(&piece, &people, &mut roll, &mut listed_people);
        }
    }
    for member in listed_people.members() {
        let name = bare_name(&member.nom);
        if !name.is_empty() && !members.iter().any(|m| m.nom == name) {
            members.push(Membre { nom: name, ..Membre::default() });
        }
    }
    members
}

/// « Participants : », « étaient là : » as the attendance reader knows them.
pub fn as_attendance(text: &str) -> String {
    words!(
        ALSO,
        r"(?i)^(?:-\s*)?(?:(?:participant(?:e?s)?(?:\s+pr[ée]sents?)?|pst|membres?\s+pr[ée]sente?s?|[ée]taient\s+l[àa]|l[àa]|qui|autour\s+de\s+la\s+table|(?:(?:nous\s+)?[ée]tions|on\s+[ée]tait)(?:\s+\d{1,2})?(?:\s+(?:l[àa]|pr[ée]sente?s?))?)\s*:|[ée]taient\s+pr[ée]sente?s\s*:?|(?-i:P)\s*:)"
    );
    words!(NO_SIGN, r"(?i)^pr[ée]sente?s?\s+(?P<first>[^\s:=\d]+[^:=]*[,/&+].*)$");
    words!(
        MISSING,
        r"(?i)^(?:pas\s+(?:l[àa]|venue?s?)(?:\s+(?:et|ni)\s+(?:pas\s+)?(?:pr[ée]ven\w+|excus\w+))?\s*:|manquai(?:en)?t\s*:?|(?-i:A)\s*:)"
    );
    words!(SORRY, r"(?i)^(?-i:E)\s*:");
    words!(
        AWAITED,
        r"(?i)^on\s+attendait\s+(?:aussi\s+|encore\s+)?(?P<name>[^,;:]{3,60}?)\s*,?\s+qui\s+n['’]\s?(?:est|sont)\s+pas\s+(?:venue?s?|l[àa])\W*$"
    );
    words!(
        OFFICE_FIRST,
        r"(?P<before>[:,;]\s*)(?:[Ll]e|[Ll]a|[Nn]otre)\s+(?:\p{Ll}[\p{Ll}'’-]*\s+){1,3}(?P<name>\p{Lu}\p{Ll})"
    );
    words!(TOLD, r"(?i)\s*\((?:pr[ée]venus?|excus\w*|s['’]excusent?)\)");
    words!(ME, r"(?i)\bmoi\s*(?:=|:|\()\s*(?P<name>(?-i:\p{Lu})[^,;/()]*)(?:\)|,[^(),;/]*\))?");
    words!(ROLES, r"(?i)\s*\((?:anim|pr[ée]sid|pdte?|vice|secr|tr[ée]s|adj|notes?|cr\b)[^()]*\)");
    words!(MAYOR, r"(?i)\b(?:le|la)\s+(?:maire|pr[ée]sidente?)\s*\((?P<name>[^()]+)\)");
    words!(
        RANK,
        r"(?i)\b(?:\d(?:er|[èe]re|e|[èe]me)\s+adj(?:ointe?s?\b|\.)?|adj(?:ointe?\b|\.)|DGS|DST|secr[ée]taire\s+g[ée]n[ée]rale?)\s*:?\s+(?P<name>\p{Lu})"
    );
    // « A : tombes 9, places 4 » is a row of a table.
    words!(ROW, r"^[A-Z]\s*:\s*[^,;]*\d[^,;]*(?:[,;][^,;]*\d[^,;]*)+$");
    if ROW.is_match(text.trim_start_matches(['-', ' '])) {
        return text.to_owned();
    }
    let text = listed_by_ear(&text.replace('\u{a0}', " "));
    let text = AWAITED.replace(&text, "absents : $name");
    let text = one_alone(&text);
    let text = ALSO.replace(text.trim(), "présents :");
    let text = NO_SIGN.replace(&text, "présents : $first");
    let text = without_offices(&text);
    let folded = crate::reading::fold(&text);
    words!(NOT, r"\b(?:pas|non|ni)\s+(?:prevenu|excus)");
    let told = folded.contains("excus") || folded.contains("prevenu");
    // « pas là : Ada (prévenue), Luc » tells it of one of them.
    let marks = TOLD.find_iter(&text).count();
    let some = marks > 0 && marks < people::split(&text).len();
    let excused = told && !some && !NOT.is_match(&folded);
    let text = MISSING.replace(&text, if excused { "excusés :" } else { "absents :" });
    let text = if some { TOLD.replace_all(&text, " (excusé)") } else { text };
    let text = SORRY.replace(&text, "excusés :");
    words!(
        FROM,
        r"(?i)\s*[,(]?\s*(?:[àa]\s+partir\s+de|[àa]\s+compter\s+de|d[èe]s)\s+(?P<h>\d{1,2}\s*[h:]\s*\d{0,2})\)?"
    );
    words!(CONNECTED, r"(?i)^connect[ée]e?s?\s*:");
    let text = CONNECTED.replace(&text, "présents :");
    let text = ME.replace_all(&text, "$name");
    let text = MAYOR.replace_all(&text, "$name");
    if cut::about_meeting(&text) {
        let text = if some { text } else { TOLD.replace_all(&text, "") };
        let text = OFFICE_FIRST.replace_all(&text, "$before$name");
        let text = FROM.replace_all(&text, " (arrivée à $h)");
        let text = RANK.replace_all(&text, "$name");
        with_civilities(&with_capitals(&ROLES.replace_all(&text, "")))
    } else {
        text.into_owned()
    }
}

/// « Excusée : Ada Roy, ATSEM »: one person, and what she is.
fn one_alone(text: &str) -> String {
    words!(
        ONE,
        r"^(?P<label>(?i:excus[ée]e?|absente?|invit[ée]e?))\s*:\s*(?P<name>[^,;:]*\p{Lu}\p{Ll}[^,;:]*),\s*(?:\p{Lu}{3,6}|\p{Ll}[\p{Ll}'’ -]*)(?P<stop>[.\s]*)$"
    );
    ONE.replace(text, "$label : $name$stop").into_owned()
}

/// Whether « la odile roy luc noval … » lists people by ear, without any sign.
pub(super) fn is_heard(line: &str) -> bool {
    listed_by_ear(line.trim()) != line.trim()
}

/// « on etait odile jean luc et farid le nouveau », typed without any sign: first names part the
/// people, what follows a name is what he is.
fn listed_by_ear(text: &str) -> String {
    words!(
        HEARD,
        r"(?i)^(?:on\s+[ée]tait|l[àa]|pr[ée]sente?s?|(?P<sorry>excus[ée]e?s?)|(?P<not>absente?s?|pas\s+l[àa]))(?:\s+|\s*:\s*)(?P<list>[\p{L}' -]+?)(?P<told>\s+(?:excus[ée]e?s?|pr[ée]venue?s?))?$"
    );
    // What somebody is, after the name.
    const OFFICES: [&str; 21] = [
        "maire",
        "adjoint",
        "adjointe",
        "president",
        "presidente",
        "pdt",
        "pdte",
        "secretaire",
        "secr",
        "sec",
        "tresorier",
        "tresoriere",
        "tres",
        "chef",
        "cheffe",
        "directeur",
        "directrice",
        "technicien",
        "animatrice",
        "invite",
        "invitee",
    ];
    // « fabien aubin excuse »
    words!(
        AFTER_NAME,
        r"(?i)^(?P<list>[\p{Ll}'’ -]{5,40}?)\s+(?:(?P<sorry>excus[ée]e?s?)|absente?s?|pas\s+l[àa])\s*\.?$"
    );
    const BEFORE_ANOTHER: [&str; 5] = ["jean", "marie", "anne", "pierre", "paul"];
    let first_name = |word: &str| is_first_name(&crate::reading::fold(word));
    if let Some(found) = AFTER_NAME.captures(text.trim()).filter(|found| {
        let words: Vec<&str> = found["list"].split_whitespace().collect();
        words.first().is_some_and(|word| first_name(word)) && words.len() <= 4
    }) {
        let words: Vec<String> = found["list"].split_whitespace().map(capital).collect();
        let label = if found.name("sorry").is_some() { "excusés" } else { "absents" };
        return format!("{label} : {}", words.join(" "));
    }
    let Some(found) = HEARD.captures(text.trim()) else { return text.to_owned() };
    let mut people: Vec<Vec<String>> = Vec::new();
    let mut ended = false;
    for word in found["list"].split_whitespace().filter(|word| *word != "et") {
        let double = people.last().is_some_and(|last| {
            matches!(last.as_slice(), [one] if BEFORE_ANOTHER.contains(&crate::reading::fold(one).as_str()))
        });
        let office = OFFICES.contains(&crate::reading::fold(word).as_str());
        // « moi zoé roy », « mme aubin » begin another.
        let begins = ["moi", "mme", "mr", "monsieur", "madame"].contains(&word);
        ended = (ended || office || ["la", "le", "les", "l"].contains(&word))
            && !first_name(word)
            && !begins;
        match people.last_mut() {
            _ if begins => {
                people.push(if word == "moi" { Vec::new() } else { vec![capital(word)] });
            }
            Some(last) if last.is_empty() => last.push(capital(word)),
            Some(last)
                if last.first().is_some_and(|w| w.starts_with('M') && w.len() <= 3 && !ended) =>
            {
                last.push(capital(word));
            }
            _ if ended => {}
            Some(last) if double || !first_name(word) => last.push(capital(word)),
            None if !first_name(word) => return text.to_owned(),
            _ => people.push(vec![capital(word)]),
        }
    }
    let alone = found.name("sorry").or(found.name("not")).is_some();
    if people.len() < if alone { 1 } else { 3 } {
        return text.to_owned();
    }
    let label = match (found.name("sorry").or(found.name("told")), found.name("not")) {
        (Some(_), _) => "excusés",
        (_, Some(_)) => "absents",
        _ => "présents",
    };
    let names: Vec<String> =
        people.iter().map(|words| words.join(" ")).filter(|name| !name.is_empty()).collect();
    format!("{label} : {}", names.join(", "))
}

/// « présents : Ada Roy, directrice ; Luc Noval, parents d'élèves »: where semicolons part the
/// people, what follows a comma is what they are.
fn without_offices(text: &str) -> String {
    let people = text.matches(';').count() >= 2 && text.matches(',').count() >= 2;
    if !people {
        return text.to_owned();
    }
    let (head, list) = text.split_once(':').unwrap_or(("", text));
    let names = list.split(';').map(|one| one.split(',').next().unwrap_or(one).trim());
    format!("{head} : {}", names.collect::<Vec<_>>().join(", "))
}

/// « MM. Garrigue, Lacoste, Mmes Pinel et Vidal »: each name gets its own civility.
fn with_civilities(text: &str) -> String {
    words!(
        MANY,
        r"\b(?P<civ>MM\.?|Messieurs|Mmes|Mesdames)\s+(?P<names>(?:\p{Lu}[\p{L}'’-]+(?:\s*,\s*|\s+et\s+)?)+)"
    );
    words!(NAME, r"\p{Lu}[\p{L}'’-]+");
    let each = |found: &regex::Captures<'_>| {
        let civility = if ["Mmes", "Mesdames"].contains(&&found["civ"]) { "Mme" } else { "M." };
        let single = |name: &regex::Captures<'_>| match &name[0] {
            "Mmes" | "Mesdames" | "MM" | "Messieurs" => name[0].to_owned(),
            one => format!("{civility} {one}"),
        };
        NAME.replace_all(&found["names"], single).into_owned()
    };
    // « MM. A, B, Mmes C et D »: the second civility follows the names of the first.
    let text = MANY.replace_all(text, each).into_owned();
    MANY.replace_all(&text, each).into_owned()
}

/// A list of people typed without any capital gets those of names: « m. dupayrat, karine ».
fn with_capitals(text: &str) -> String {
    words!(
        LIST,
        r"(?i)^(?:pr[ée]sent\w*|pr[ée]s\.?|abs\w*\.?\s+excus\w*|excus\w*|exc\.?|absent\w*|abs\.?)\s*:"
    );
    const SMALL: [&str; 17] = [
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "et",
        "moi",
        "directrice",
        "directeur",
        "maire",
        "adjoint",
        "adjointe",
        "tous",
        "tout",
        "monde",
        "aucun",
    ];
    let Some(head) = LIST.find(text) else { return text.to_owned() };
    let list = text.get(head.end()..).unwrap_or_default();
    if list.chars().any(char::is_uppercase) || list.chars().any(|c| c.is_ascii_digit()) {
        return text.to_owned();
    }
    let mut depth = 0_usize;
    let mut out = text.get(..head.end()).unwrap_or_default().to_owned();
    let mut word = String::new();
    let flush = |word: &mut String, depth: usize, out: &mut String| {
        let kept = depth > 0 || SMALL.contains(&word.as_str());
        out.push_str(&if kept { word.clone() } else { capital(word) });
        word.clear();
    };
    for letter in list.chars() {
        if letter.is_alphabetic() {
            word.push(letter);
            continue;
        }
        flush(&mut word, depth, &mut out);
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        out.push(letter);
    }
    flush(&mut word, depth, &mut out);
    out
}

/// The sentences of a line about people: a full stop before a small letter or a colon shortens.
pub fn lists(text: &str) -> Vec<(usize, &str)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (at, sentence) in clauses::sentences(text) {
        let end = at + sentence.len();
        match out.last_mut() {
            // « …, S. Toulza ; DGS : N. Bessède » goes on with the list.
            Some((_, last))
                if !sentence.starts_with(char::is_uppercase)
                    || (text.get(*last..at).is_some_and(|gap| gap.contains(';'))
                        || text.get(..at).is_some_and(|t| t.trim_end().ends_with(';')))
                        && !cut::about_meeting(sentence) =>
            {
                *last = end;
            }
            _ => out.push((at, end)),
        }
    }
    let sentences = out.into_iter().filter_map(|(at, end)| text.get(at..end).map(|s| (at, s)));
    sentences.flat_map(|(at, sentence)| apart(at, sentence)).collect()
}

/// « Excusée : Ada    CR : Luc »: lists that a wide space parts, each with its label.
fn apart(at: usize, sentence: &str) -> Vec<(usize, &str)> {
    words!(
        GAP,
        r"(?i)\S(?P<gap>\s{3,})\p{L}[\p{L} ]{1,24}:|\p{L}(?P<stop>[.;]\s+)(?:pas\s+(?:l[àa]|venu)|non\s+excus|absent|abs\b|excus|exc\b|invit)[\p{L} .]{0,24}:"
    );
    let mut parts = Vec::new();
    let mut start = 0;
    let next = |from| {
        let found = GAP.captures_at(sentence, from)?;
        found.name("gap").or(found.name("stop"))
    };
    while let Some(gap) = next(start) {
        parts.extend(sentence.get(start..gap.start()).map(|part| (at + start, part)));
        start = gap.end();
    }
    parts.extend(sentence.get(start..).map(|part| (at + start, part)));
    parts
}

/// Who « moi » is, wherever the notes say it: « moi = Chantal Vézinet », « moi (amandine) ».
pub(super) fn writer(notes: &Notes) -> Option<String> {
    words!(ME, r"(?i)\bmoi\s*(?:=|\()\s*(?P<name>\p{L}[^,;/()=\n]*)");
    words!(ROLE, r"(?i)^(?:anim|pr[ée]sid|pdte?\b|vice|secr|tr[ée]s|adj|notes?\b|qui\b)");
    notes.lines().find_map(|line| {
        let name = ME.captures(line.text)?["name"].trim().to_owned();
        let words = name.split_whitespace().count();
        let name = if name.chars().any(char::is_uppercase) { name } else { capital(&name) };
        ((1..=4).contains(&words) && !ROLE.is_match(&name) && !name.contains(char::is_numeric))
            .then_some(name)
    })
}

/// The text with the writer's name in place of « moi ».
pub(super) fn with_writer(text: &str, me: Option<&String>) -> String {
    words!(ME, r"(?i)\bmoi\b(?:\s*\([^()]*\))?");
    match me {
        Some(me) => ME.replace_all(text, me.as_str()).into_owned(),
        None => text.to_owned(),
    }
}

/// Who « moi » is, and who leads the meeting, where the list of those present says so.
pub(super) fn roles(text: &str, roster: &Roster, meeting: &mut Meeting) {
    words!(ME, r"(?i)\bmoi\s*(?:=|:|\()\s*(?P<name>(?-i:\p{Lu})[^,;/()]*)");
    words!(LEADS, r"(?P<name>\p{Lu}[^,;/():]*?)\s*\((?i:anim\w*\.?|pr[ée]side)\)");
    words!(PRESIDES, r"(?P<name>\p{Lu}[^,;/():]*?)\s*\((?i:pdte?\.?|pr[ée]sidente?)\)");
    words!(
        WRITES,
        r"(?P<name>\p{Lu}[^,;/():]*?)\s*\((?i:notes?|cr|prise\s+de\s+notes|r[ée]dac\w*)\)"
    );
    words!(
        DOES,
        r"(?P<name>\p{Lu}[^,;/():+]*?)(?:,\s*\p{Ll}[^,;/():]*)?\s*(?:\((?:(?:elle|il)\s+)?|qui\s+)(?P<does>(?:anime|[ée]crit|note|r[ée]dige|prend\s+(?:les\s+)?notes|pr[ée]side)\b[^()]*)"
    );
    for found in DOES.captures_iter(text) {
        let does = crate::reading::fold(&found["does"]);
        let who = found.name("name").and_then(|name| people::person(name.as_str().trim(), roster));
        let says = |words: &[&str]| words.iter().any(|word| does.contains(word));
        if says(&["ecrit", "note", "redige"]) && meeting.secretary.is_none() {
            meeting.secretary.clone_from(&who);
        }
        if says(&["anime", "preside"]) && meeting.chair.is_none() {
            meeting.chair = who;
        }
    }
    let named = |found: &regex::Captures<'_>| people::person(found.name("name")?.as_str(), roster);
    if meeting.secretary.is_none() {
        meeting.secretary = WRITES.captures(text).and_then(|f| named(&f));
    }
    if meeting.secretary.is_none() {
        meeting.secretary = ME.captures(text).and_then(|f| named(&f));
    }
    if meeting.chair.is_none() {
        meeting.chair =
            LEADS.captures(text).or_else(|| PRESIDES.captures(text)).and_then(|f| named(&f));
    }
}

/// A name without what brackets say of it: « Paul (trésorier) ».
pub(super) fn bare_name(name: &str) -> String {
    name.split('(').next().unwrap_or(name).trim().to_owned()
}

/// Whether a few words name one or several people: members, people of the attendance, otherwise
/// capitalised words that are no common word.
pub(super) fn names_person(text: &str, roster: &Roster) -> bool {
    words!(AND, r"\s*(?:,|/|&|\+|\bet\b)\s*");
    let text = text.trim().trim_end_matches('.').trim();
    if text.is_empty() || text.chars().any(|c| c.is_ascii_digit()) {
        return false;
    }
    AND.split(text).all(|part| {
        let part = part.trim();
        matches!(part.to_lowercase().as_str(), "moi" | "je")
            || by_initials(part, roster.names()).is_some()
            || matches!(roster.resolve(part), Resolution::Known(_))
            || (roster.names().is_empty() && looks_named(part))
            || (part.split_whitespace().count() >= 2 && looks_named(part))
            || (looks_named(part) && GIVEN_NAMES.contains(&crate::reading::fold(part).as_str()))
    })
}

/// Whether a few words name people of the meeting and nobody else.
pub(super) fn names_known(text: &str, roster: &Roster) -> bool {
    words!(AND, r"\s*(?:,|/|&|\+|\bet\b)\s*");
    let text = text.trim().trim_end_matches('.').trim();
    let known = |part: &str| {
        matches!(part.to_lowercase().as_str(), "moi" | "je")
            || by_initials(part, roster.names()).is_some()
            || matches!(roster.resolve(part), Resolution::Known(_))
    };
    let digits = text.chars().any(|c| c.is_ascii_digit());
    !text.is_empty() && !digits && AND.split(text).all(|part| known(part.trim()))
}

/// Names of people of the meeting with their capital, where the notes are typed without any.
pub(super) fn with_small_names(text: &str, names: &[String]) -> String {
    words!(WORD, r"\p{Ll}{2,}");
    let mut text = text.to_owned();
    for name in names.iter().filter(|n| n.contains(' ')) {
        let small = name.to_lowercase();
        if let Some(at) = text.find(&small) {
            let end = at + small.len();
            let rest = text.get(end..).unwrap_or_default();
            if !rest.starts_with(char::is_alphanumeric) {
                let dot = usize::from(
                    rest.starts_with('.') && small.len() - small.rfind(' ').unwrap_or(0) == 2,
                );
                text.replace_range(at..end + dot, name);
            }
        }
    }
    WORD.replace_all(&text, |found: &regex::Captures<'_>| {
        let word = &found[0];
        let known = names
            .iter()
            .flat_map(|n| n.split([' ', '-']))
            .find(|part| part.starts_with(char::is_uppercase) && part.to_lowercase() == *word);
        known.map_or_else(|| word.to_owned(), str::to_owned)
    })
    .into_owned()
}

/// The person whose initials these are, when they are those of one person only.
pub(super) fn by_initials<'n>(letters: &str, names: &'n [String]) -> Option<&'n String> {
    match bearing(letters, names).as_slice() {
        [one] => Some(one),
        _ => None,
    }
}

/// Everybody whose initials these are.
pub(super) fn bearing<'n>(letters: &str, names: &'n [String]) -> Vec<&'n String> {
    let count = letters.chars().count();
    if !(2..=3).contains(&count) || !letters.chars().all(char::is_uppercase) {
        return Vec::new();
    }
    let initials = |name: &str| -> String {
        name.split([' ', '-'])
            .filter_map(|word| word.chars().next())
            .filter(|c| c.is_uppercase())
            .collect()
    };
    names.iter().filter(|name| initials(name) == letters).collect()
}

/// The text with initials of people written out.
pub(super) fn with_initials(text: &str, names: &[String]) -> String {
    words!(LETTERS, r"\b\p{Lu}{2,3}\b");
    // « le CR » is no Claire Roy.
    words!(PAPER, r"(?i)\b(?:le|du|au|un|ce|dans|son)\s+$");
    if !text.chars().any(char::is_lowercase) && text.split_whitespace().count() > 2 {
        return text.to_owned();
    }
    LETTERS
        .replace_all(text, |found: &regex::Captures<'_>| {
            let start = found.get(0).map_or(0, |m| m.start());
            let paper = ["CR", "PV", "CA", "AG", "CM"].contains(&&found[0])
                && text.get(..start).is_some_and(|before| PAPER.is_match(before));
            let name = by_initials(&found[0], names).filter(|_| !paper);
            name.map_or_else(|| found[0].to_owned(), Clone::clone)
        })
        .into_owned()
}

/// Words of names that take no capital.
const SMALL_WORDS: [&str; 5] = ["de", "du", "la", "le", "des"];

/// Capitalised words, none of them common.
pub(super) fn looks_named(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let civil = words
        .first()
        .is_some_and(|w| ["M.", "M", "Mr", "Mme", "Mlle", "Monsieur", "Madame"].contains(w));
    (1..=4).contains(&words.len())
        && words
            .iter()
            .skip(usize::from(civil))
            .all(|w| w.starts_with(char::is_uppercase) || (civil && SMALL_WORDS.contains(w)))
        && candidate_names(text).first().is_some_and(|s| s.start == 0 && s.end + 2 >= text.len())
        && words.iter().any(|w| w.chars().any(char::is_lowercase))
}

static GIVEN_NAMES: std::sync::LazyLock<Vec<&'static str>> =
    std::sync::LazyLock::new(|| include_str!("given_names.txt").split_whitespace().collect());

/// Whether the word is a first name that many people bear.
pub fn is_given_name(word: &str) -> bool {
    GIVEN_NAMES.contains(&crate::reading::fold(word).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_there_is_told_in_many_ways() {
        let table = [
            ("on etait odile jean luc et karim le nouveau", "présents : Odile, Jean Luc, Karim"),
            ("excuse marcel", "excusés : Marcel"),
            ("on était nombreux et contents", "on était nombreux et contents"),
            (
                "étions 3 : Ada Roy, Luc Noval, Zoé Aubin",
                "présents : Ada Roy, Luc Noval, Zoé Aubin",
            ),
            ("pas là et pas prévenu : Noval", "absents : Noval"),
            ("Pas là : Noval (excusé), Ada Roy", "absents : Noval (excusé), Ada Roy"),
            (
                "On était 4 : Ada Roy, Luc Noval, la cheffe Zoé Aubin, moi (Ève Ost, secrétaire)",
                "présents : Ada Roy, Luc Noval, Zoé Aubin, Ève Ost",
            ),
            ("On attendait aussi Luc Noval, qui n'est pas venu.", "absents : Luc Noval"),
            ("Excusée : Ada Roy, DGS.", "Excusée : Ada Roy."),
            (
                "la odile garin maire karim aubin adjoint marcel ostin les garants lucie roy",
                "présents : Odile Garin, Karim Aubin, Marcel Ostin, Lucie Roy",
            ),
            ("pas la marcel ostin excuse", "excusés : Marcel Ostin"),
            (
                "la odile garin pdte karim aubin chef moi zoe ostin secr et mme talmont invitee",
                "présents : Odile Garin, Karim Aubin, Zoe Ostin, Mme Talmont",
            ),
            ("marcel ostin excuse", "excusés : Marcel Ostin"),
            ("le devis du toit est absent", "le devis du toit est absent"),
            ("pas là : Noval (prévenu)", "excusés : Noval"),
        ];
        for (typed, expected) in table {
            assert_eq!(as_attendance(typed).replace("  ", " ").trim(), expected, "{typed}");
        }
        let cut: Vec<&str> =
            lists("exc. : Aubin. pas là : Noval").into_iter().map(|(_, t)| t).collect();
        assert_eq!(cut, ["exc. : Aubin", "pas là : Noval"]);
    }
}
