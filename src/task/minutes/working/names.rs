//! Who is meant in the notes of a working meeting: full names, first names, initials, « moi ».

use crate::notes::Notes;
use crate::office::{Membre, Office};
use crate::reading::name::{Resolution, Roster, candidate_names};
use crate::reading::words;
use crate::task::minutes::attendance::{self, Roll};
use crate::task::minutes::people::{self, People};
use crate::task::minutes::record::{Attendance, Meeting};
use crate::task::minutes::structure::Piece;

use super::cut;

/// Members of the sheet, and the people whom the notes list as present or not.
pub(super) fn everyone(notes: &Notes, office: &Office) -> Vec<Membre> {
    let mut members = office.conseil.membres.clone();
    let listed = Roster::new(&members);
    let people = People::new(&listed, office);
    let mut roll = Roll::default();
    let mut listed_people = Attendance::default();
    for line in notes.lines() {
        let text = as_attendance(line.text.trim());
        let piece = Piece { text: &text, span: line.span() };
        if cut::about_meeting(&text) {
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
        r"(?i)^(?:-\s*)?(?:participants?(?:\s+pr[ée]sents?)?|participantes|[ée]taient\s+l[àa]|l[àa])\s*:"
    );
    words!(MISSING, r"(?i)^pas\s+(?:l[àa]|venue?s?)\s*:");
    words!(ME, r"(?i)\bmoi\s*(?:=|:|\()\s*(?P<name>\p{Lu}[^,;/()]*)\)?");
    words!(ROLES, r"(?i)\s*\((?:anim|pr[ée]sid|secr[ée]?t|tr[ée]s)[^()]*\)");
    let text = ALSO.replace(text, "présents :");
    let excused = crate::reading::fold(&text).contains("excus");
    let text = MISSING.replace(&text, if excused { "excusés :" } else { "absents :" });
    let text = ME.replace_all(&text, "$name");
    if cut::about_meeting(&text) {
        ROLES.replace_all(&text, "").into_owned()
    } else {
        text.into_owned()
    }
}

/// Who « moi » is, and who leads the meeting, where the list of those present says so.
pub(super) fn roles(text: &str, roster: &Roster, meeting: &mut Meeting) {
    words!(ME, r"(?i)\bmoi\s*(?:=|:|\()\s*(?P<name>\p{Lu}[^,;/()]*)");
    words!(LEADS, r"(?P<name>\p{Lu}[^,;/():]*?)\s*\((?i:anim\w*\.?|pr[ée]side)\)");
    let named = |found: &regex::Captures<'_>| people::person(found.name("name")?.as_str(), roster);
    if meeting.secretary.is_none() {
        meeting.secretary = ME.captures(text).and_then(|f| named(&f));
    }
    if meeting.chair.is_none() {
        meeting.chair = LEADS.captures(text).and_then(|f| named(&f));
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

/// The person whose initials these are, when they are those of one person only.
pub(super) fn by_initials<'n>(letters: &str, names: &'n [String]) -> Option<&'n String> {
    let count = letters.chars().count();
    if !(2..=3).contains(&count) || !letters.chars().all(char::is_uppercase) {
        return None;
    }
    let initials = |name: &str| -> String {
        name.split([' ', '-'])
            .filter_map(|word| word.chars().next())
            .filter(|c| c.is_uppercase())
            .collect()
    };
    let mut named = names.iter().filter(|name| initials(name) == letters);
    let first = named.next()?;
    named.next().is_none().then_some(first)
}

/// The text with initials of people written out.
pub(super) fn with_initials(text: &str, names: &[String]) -> String {
    words!(LETTERS, r"\b\p{Lu}{2,3}\b");
    if !text.chars().any(char::is_lowercase) && text.split_whitespace().count() > 2 {
        return text.to_owned();
    }
    LETTERS
        .replace_all(text, |found: &regex::Captures<'_>| {
            by_initials(&found[0], names).map_or_else(|| found[0].to_owned(), Clone::clone)
        })
        .into_owned()
}

/// Capitalised words, none of them common.
pub(super) fn looks_named(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let civil = words
        .first()
        .is_some_and(|w| ["M.", "M", "Mr", "Mme", "Mlle", "Monsieur", "Madame"].contains(w));
    (1..=4).contains(&words.len())
        && (civil || words.iter().all(|w| w.starts_with(char::is_uppercase)))
        && candidate_names(text).first().is_some_and(|s| s.start == 0 && s.end + 2 >= text.len())
        && words.iter().any(|w| w.chars().any(char::is_lowercase))
}

static GIVEN_NAMES: std::sync::LazyLock<Vec<&'static str>> =
    std::sync::LazyLock::new(|| include_str!("given_names.txt").split_whitespace().collect());

/// Whether the word is a first name that many people bear.
pub fn is_given_name(word: &str) -> bool {
    GIVEN_NAMES.contains(&crate::reading::fold(word).as_str())
}
