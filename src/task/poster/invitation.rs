//! The line of invitation under the title: who invites, and to what.
//!
//! Every sentence comes from a closed list and is filled with the record's own words; articles and
//! agreement are those the dictionary is sure of, and a sentence that needs a guess is not made.
//! Nothing is praised and nobody is counted. What is no event (a cut, a closed road) is told
//! instead, or goes without.

use crate::finding::{Finding, FindingKind};
use crate::french::{self, Number};
use crate::ground::{self, Fault, Source};
use crate::notes::Notes;
use crate::reading::{Fact, facts, fold, words};
use crate::task::article::{self, Link, linked, small_noun};
use crate::task::wording;

use super::record::Poster;
use super::title::{Title, singular};

/// One line: more is no invitation.
const MAX_WORDS: usize = 15;
const MAX_LETTERS: usize = 100;

/// Longer titles make no sentence; said once more with nobody to invite, no invitation.
const TITLE_WORDS: usize = 8;
const SAID_TWICE: usize = 5;

/// What may be said in so many words, the plainest first; nothing where the record holds no event.
pub(super) fn candidates(poster: &Poster, notes: &Notes, room: usize) -> Vec<String> {
    let title = poster.title.as_deref().map(announced);
    let Some(title) = title.filter(|title| fit_for_a_sentence(title)) else { return Vec::new() };
    let who = Inviter::of(poster, notes).filter(|who| !shares_a_word(&who.name, title));
    let said = match Subject::of(title) {
        Some(Subject::Event(manner)) => invitations(poster, title, who.as_ref(), manner),
        Some(Subject::Notice) => who.map_or_else(Vec::new, |who| who.informs(title)),
        None => Vec::new(),
    };
    let mut candidates: Vec<String> = Vec::new();
    for text in said {
        let text = wording::capital(&text);
        let one_line = text.split_whitespace().count() <= MAX_WORDS.min(room)
            && text.chars().count() <= MAX_LETTERS
            && !candidates.contains(&text);
        if one_line && is_grounded(&text, poster) {
            candidates.push(text);
        }
    }
    candidates
}

/// Whether a title tells what people have to know, rather than where they may come.
pub(super) fn is_notice(title: &str) -> bool {
    Subject::of(announced(title)) == Some(Subject::Notice)
}

/// What a notice is about: « Avis : coupure de gaz ».
fn announced(title: &str) -> &str {
    title.strip_prefix("Avis : ").unwrap_or(title)
}

/// What the line says that the record does not say any more, if the user changed the one only.
pub(super) fn stale(poster: &Poster) -> Option<Finding> {
    let text = poster.invitation.as_deref()?;
    let faults = ground::check(
        &format!("{}.", text.trim_end_matches(['.', '!'])),
        Source { notes: &told(poster), context: "" },
    );
    faults.into_iter().find_map(|fault| match fault {
        Fault::UnsupportedFact(what) | Fault::UnsupportedName(what) => Some(Finding::check(
            FindingKind::Uncertain,
            None,
            format!("L'accroche dit « {what} », que le reste de l'affiche ne dit pas : « {text} »"),
        )),
        _ => None,
    })
}

/// Everything the poster says beside its line of invitation.
fn told(poster: &Poster) -> String {
    let heads = [&poster.title, &poster.date, &poster.hours, &poster.place, &poster.organiser];
    let lines = poster.lines.iter().map(|line| &line.text);
    let texts: Vec<&str> = heads.into_iter().flatten().chain(lines).map(String::as_str).collect();
    texts.join("\n")
}

/// Whether nothing in the line comes from elsewhere than the record and the closed list.
fn is_grounded(text: &str, poster: &Poster) -> bool {
    let context = format!("{}\n{FRAMES}", told(poster));
    // The line stands for its own notes: what else the record holds need not be said again.
    let faults = ground::check(&format!("{text}."), Source { notes: text, context: "" });
    let own = Source { notes: &context, context: "" };
    let foreign = |fault: &Fault| {
        matches!(
            fault,
            Fault::UnsupportedFact(_) | Fault::UnsupportedName(_) | Fault::UnknownWord(_)
        )
    };
    faults.is_empty() && !ground::check(&format!("{text}."), own).iter().any(foreign)
}

/// Words of the closed list.
const FRAMES: &str = "invite invitent propose proposent attend attendent donne donnent rendez-vous \
                      informe informent êtes invités vous venez";

/// What a title is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    Event(Manner),
    /// Something that people have to know.
    Notice,
}

/// How an event is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    Proposed,
    /// A meeting, a ceremony.
    Solemn,
}

impl Subject {
    fn of(title: &str) -> Option<Self> {
        let words: Vec<String> = title
            .split([' ', '-', '\'', '’'])
            .filter(|word| !word.is_empty())
            .map(singular)
            .collect();
        let skipped = title.split_whitespace().take_while(|w| article::is_preposed(w)).count();
        let words = words.get(skipped..)?;
        let words = match words {
            [first, rest @ ..] if ["l", "le", "la"].contains(&first.as_str()) => rest,
            words => words,
        };
        let opens = |line: &str| {
            let event: Vec<String> = line.split([' ', '\'']).map(singular).collect();
            words.starts_with(&event)
        };
        let events = include_str!("events.txt").lines().filter(|line| !line.starts_with('#'));
        let mut manners = events.filter_map(|line| match line.strip_prefix('!') {
            Some(event) => opens(event).then_some(Manner::Solemn),
            None => opens(line).then_some(Manner::Proposed),
        });
        if let Some(manner) = manners.next() {
            return Some(Self::Event(manner));
        }
        NOTICES.iter().any(|notice| opens(notice)).then_some(Self::Notice)
    }
}

/// What opens the title of a notice.
const NOTICES: [&str; 15] = [
    "annulation",
    "changement",
    "collecte",
    "coupure",
    "deviation",
    "distribution",
    "elagage",
    "enquete publique",
    "fermeture",
    "interruption",
    "modification",
    "ramassage",
    "restriction",
    "suspension",
    "travaux",
];

/// Whether a title is one short noun phrase with nothing missing: marks, gaps and a second event
/// (« repas et bal ») leave no sentence.
fn fit_for_a_sentence(title: &str) -> bool {
    title.split_whitespace().count() <= TITLE_WORDS
        && !names_two(title)
        && !title.contains(['/', ':', '!', '?', ';', '+', '&', '[', '(', '.', '"'])
        && !Title::of(title).is_open()
}

/// Whether a title joins a second event: « sur le tri et les composteurs » does not.
fn names_two(title: &str) -> bool {
    const TIES: [&str; 11] = ["a", "au", "aux", "d", "de", "des", "du", "l", "la", "le", "les"];
    let words: Vec<String> = title.split([' ', '\'', '’']).map(fold).collect();
    words.windows(2).any(|pair| match pair {
        [joint, next] if joint == "et" => !TIES.contains(&next.as_str()),
        [joint, _] => matches!(joint.as_str(), "ou" | "puis"),
        _ => false,
    })
}

/// Whether two texts share a word that says something: « Les pêcheurs vous invitent à la fête des
/// pêcheurs ».
fn shares_a_word(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphabetic()).map(singular);
        words.filter(|word| word.chars().count() > 3).collect()
    };
    let others = words(other);
    words(one).iter().any(|word| others.contains(word))
}

/// Who invites.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Inviter {
    /// With its article.
    name: String,
    number: Number,
}

impl Inviter {
    /// The organiser, where the notes or the dictionary are sure of its article and number.
    fn of(poster: &Poster, notes: &Notes) -> Option<Self> {
        let name = poster.organiser.as_deref()?.split(", ").next()?.trim();
        let plain = name.chars().all(|c| c.is_alphabetic() || " '’-.".contains(c));
        // « le comité et l'école »: who of them, and how many, only a reader can tell.
        let several = name.split(' ').any(|word| matches!(word, "et" | "avec"));
        if name.is_empty() || !plain || several {
            return None;
        }
        let name = as_typed(name, notes.text());
        if let Some(article) = typed_article(&name, notes.text()) {
            let number = if article == "les " { Number::Plural } else { Number::Singular };
            return Some(Self { name: format!("{article}{name}"), number });
        }
        let first = name.split(' ').next()?;
        let initials = first.chars().count() > 1 && first.chars().all(char::is_uppercase);
        if initials {
            return french::elides(first)
                .then(|| Self { name: format!("l'{name}"), number: Number::Singular });
        }
        let low = first.to_lowercase();
        if low == "les" {
            return Some(Self { name: name.clone(), number: Number::Plural });
        }
        if let Some((_, number)) = article::head(first) {
            let named = linked(Link::The, &name)?;
            let article = named.get(..named.len().checked_sub(name.len())?)?;
            let number = number.unwrap_or(Number::Singular);
            return Some(Self { name: format!("{article}{name}"), number });
        }
        // « Mme Ferrandy », « Corvelin Animation »: names have no article.
        let named = first.starts_with(char::is_uppercase) && !french::is_word(first);
        let person = matches!(low.as_str(), "mme" | "m." | "madame" | "monsieur");
        (named || person).then_some(Self { name, number: Number::Singular })
    }

    /// A verb in the number of who invites.
    fn does(&self, singular: &str, plural: &str) -> String {
        let verb = if self.number == Number::Plural { plural } else { singular };
        format!("{} vous {verb}", self.name)
    }

    /// « son », « leur ».
    fn own(&self) -> Link {
        if self.number == Number::Plural { Link::Their } else { Link::Its }
    }

    /// « La mairie vous informe d'une coupure d'eau ».
    fn informs(&self, title: &str) -> Vec<String> {
        let informs = self.does("informe", "informent");
        let one = linked(Link::A, title).filter(|phrase| phrase.starts_with("un"));
        let many = linked(Link::A, title).and_then(|phrase| {
            let bare = phrase.strip_prefix("des ")?;
            Some(if french::elides(bare) { format!("d'{bare}") } else { format!("de {bare}") })
        });
        [one.map(|phrase| format!("d'{phrase}")), many, linked(Link::Of, title)]
            .into_iter()
            .flatten()
            .map(|what| format!("{informs} {what}"))
            .collect()
    }
}

/// The name with a small first letter where the notes have it so somewhere.
fn as_typed(name: &str, notes: &str) -> String {
    let small = small_noun(name);
    let written = notes.contains(&small);
    if written || !notes.contains(name) { small } else { name.to_owned() }
}

/// The article that the notes have before a name somewhere, as a sentence's subject has it.
fn typed_article(name: &str, notes: &str) -> Option<&'static str> {
    const BEFORE: [(&str, &str); 7] = [
        ("le ", "le "),
        ("la ", "la "),
        ("les ", "les "),
        ("l'", "l'"),
        ("l’", "l'"),
        ("du ", "le "),
        ("des ", "les "),
    ];
    let (notes, name) = (fold(notes), fold(name));
    notes.match_indices(&name).find_map(|(at, _)| {
        let before = notes.get(..at)?;
        let (typed, article) = BEFORE.iter().find(|(typed, _)| before.ends_with(typed))?;
        let whole = before.strip_suffix(typed)?;
        (!whole.ends_with(char::is_alphanumeric)).then_some(*article)
    })
}

/// The invitations to an event.
fn invitations(poster: &Poster, title: &str, who: Option<&Inviter>, manner: Manner) -> Vec<String> {
    let phrase = |link: Link| linked(link, title);
    let mut said: Vec<Option<String>> = Vec::new();
    let family = poster.lines.iter().any(|line| FAMILY.is_match(&line.text));
    if let Some(who) = who {
        let invites = who.does("invite", "invitent");
        let own = phrase(who.own()).map(|phrase| format!("{invites} à {phrase}"));
        let this = phrase(Link::To).map(|phrase| format!("{invites} {phrase}"));
        let one = phrase(Link::A).filter(|phrase| phrase.starts_with("un"));
        let one = one.map(|phrase| format!("{invites} à {phrase}"));
        // « la fête du lac » is the one that people know, and nobody's own; of meetings there are
        // others.
        let owned = OWNED.is_match(title);
        said.extend(match (poster.information, owned) {
            (true, _) => vec![one, this],
            (false, true) => vec![this],
            (false, false) => vec![own, this, one],
        });
        if family {
            let attends = who.does("attend", "attendent");
            said.push(phrase(Link::To).map(|phrase| format!("{attends} en famille {phrase}")));
        }
        if manner == Manner::Proposed && !poster.information && !owned {
            let proposes = who.does("propose", "proposent");
            said.extend(
                [who.own(), Link::A]
                    .map(|link| phrase(link).map(|phrase| format!("{proposes} {phrase}"))),
            );
        }
    } else if family {
        said.push(phrase(Link::To).map(|phrase| format!("venez en famille {phrase}")));
    }
    if title.split_whitespace().count() <= SAID_TWICE {
        said.push(phrase(Link::To).map(|phrase| format!("vous êtes invités {phrase}")));
    }
    if let Some(place) = poster.place.as_deref().and_then(at_place) {
        let what = phrase(Link::The);
        let day = poster.date.as_deref().and_then(day).map(|day| format!(" le {day}"));
        for day in [day.as_deref(), Some("")].into_iter().flatten() {
            said.push(what.as_ref().map(|what| format!("rendez-vous {place}{day} pour {what}")));
        }
    }
    said.into_iter().flatten().collect()
}

/// « à la salle polyvalente », « place du Marché », where that is sure.
fn at_place(place: &str) -> Option<String> {
    let simple = place.chars().all(|c| c.is_alphabetic() || " '’-".contains(c));
    let first = fold(place.split(' ').next()?);
    if !simple || place.split(' ').any(|word| matches!(word, "et" | "ou" | "puis")) {
        return None;
    }
    match first.as_str() {
        // Addresses go without preposition.
        "place" | "rue" | "avenue" | "allee" | "impasse" | "chemin" | "square" | "quai" => {
            Some(small_noun(place))
        }
        "parking" | "esplanade" | "parvis" | "plage" | "terrain" | "pelouse" => {
            linked(Link::The, place).map(|place| format!("sur {place}"))
        }
        "halle" | "preau" | "chapiteau" => {
            linked(Link::The, place).map(|place| format!("sous {place}"))
        }
        _ => linked(Link::To, place),
    }
}

/// The day without its year, which stands with the date below.
fn day(date: &str) -> Option<String> {
    let found = facts(date);
    let [one] = found.as_slice() else { return None };
    match &one.fact {
        Fact::Date(date) if date.day.is_some() => {
            let mut day = *date;
            day.year = None;
            Some(day.to_french())
        }
        _ => None,
    }
}

words!(FAMILY, r"(?i)\ben famille\b");
words!(OWNED, r"(?i)\b(?:du|de la|des) |\bde l['’]");

#[cfg(test)]
mod tests;
