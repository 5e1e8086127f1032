//! Actions in notes of a meeting: one person, one thing to do, one date.
//!
//! A person is taken only where the form says so: before or after an arrow, in brackets after
//! something to do, before a verb of doing, after « resp. ». What the notes do not say stays
//! unknown.

mod beside;
mod marked;
mod told;

use std::sync::LazyLock;

use regex::Regex;

pub use self::beside::assigned;
use self::beside::{row, separated};
use self::marked::{Strict, arrow, bracketed, responsible, tagged};
pub use self::told::{acts, doing};
pub(super) use self::told::{alone, wished_of};
use self::told::{cares, does, shall, somebody};
use super::deadline;
use crate::reading::{pattern, words};

/// An action as a clause states it; the person as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Who, as written.
    pub who: Option<String>,
    /// What.
    pub what: String,
    /// By when.
    pub when: Option<String>,
}

/// Whether a text names people who may be given something to do.
pub type Person<'a> = dyn Fn(&str) -> bool + 'a;

static TO_DO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:actions?|[àa]\s+faire|todo|to\s+do|\[\s?\]|☐|□|t[âa]che|(?-i:A\.?F\.?)(?:\s*[:\-–]))\s*(?:par\s+(?P<who>[^:]+?))?\s*[:\-–]?\s*(?P<rest>.+)$",
    )
});
static WHO: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)[\s,.;:(\-–]*(?:qui|par\s+qui)\s*\?+\s*\)?\s*"));

/// The action that a clause of running notes states, if it states one.
pub fn read(clause: &str, person: &Person<'_>) -> Option<Found> {
    let clause = clause.trim().trim_end_matches('.').trim();
    if let Some(found) = TO_DO.captures(clause) {
        let rest = found.name("rest").map_or("", |m| m.as_str());
        let mut action = listed(rest, person);
        if let Some(who) = found.name("who") {
            action.who = Some(who.as_str().trim().to_owned());
        }
        return Some(action);
    }
    if let Some(found) = somebody(&WHO.replace(clause, " ")) {
        return Some(found);
    }
    if WHO.is_match(clause) {
        let rest = WHO.replace(clause, " ").trim().trim_start_matches([':', ' ']).to_owned();
        return (!rest.is_empty()).then(|| finish(None, &rest));
    }
    tagged(clause, person)
        .or_else(|| arrow(clause, person))
        .or_else(|| responsible(clause, person))
        .or_else(|| bracketed(clause, person, Strict::Yes))
        .or_else(|| cares(clause, person))
        .or_else(|| does(clause, person))
        .or_else(|| shall(clause, person))
}

/// An entry of a list of actions: every line is one.
pub fn listed(line: &str, person: &Person<'_>) -> Found {
    let line = line.trim().trim_end_matches('.').trim();
    if line.contains('|') {
        return row(line, person);
    }
    let who = WHO.is_match(line);
    let line = &WHO.replace(line, " ").trim().to_owned();
    if who {
        return finish(None, line);
    }
    tagged(line, person)
        .or_else(|| arrow(line, person))
        .or_else(|| responsible(line, person))
        .or_else(|| bracketed(line, person, Strict::No))
        .or_else(|| does(line, person))
        .or_else(|| alone(line, person).filter(|_| !line.contains(':')))
        .or_else(|| separated(line, person))
        .unwrap_or_else(|| finish(None, line))
}

/// Puts the parts in form: the deadline out of what is to be done, its verb as an infinitive.
fn finish(who: Option<&str>, what: &str) -> Found {
    words!(NOBODY, r"(?i)^(?:\?+|x+|qui|personne|[àa]\s+d[ée]finir|[àa]\s+voir)$");
    words!(NO_DATE, r"(?i)\s*[,(]?\s*(?:\?+\s*dates?|dates?\s*\?+|pour\s+quand\s*\?+)\s*\)?\s*$");
    let what = &NO_DATE.replace(what, "");
    words!(NO_ONE, r"(?i)\s*\((?:personne|pas\s+de\s+volontaire|aucun\s+volontaire)\b[^()]*\)\s*$");
    let what = &NO_ONE.replace(what, "");
    let (mut what, when) = match deadline::take(what.trim()) {
        Some(found) => (found.rest, Some(found.when)),
        None => (what.trim().to_owned(), None),
    };
    // « …, réponse le 9 » is due by an answer.
    words!(ANSWER, r"(?i)\s*,\s*(?P<noun>r[ée]ponse|retour|maquette|rendu)\s*$");
    let answer = ANSWER.captures(&what).map(|found| found["noun"].to_lowercase());
    let when = when.map(|when| match &answer {
        Some(noun) if when.starts_with(|c: char| c.is_ascii_digit()) => format!("{noun} le {when}"),
        Some(noun) => format!("{noun} {when}"),
        None => when,
    });
    if when.is_some() {
        what = ANSWER.replace(&what, "").into_owned();
    }
    if let Some(turned) = doing(&what) {
        what = turned;
    }
    words!(LOST, r"(?i)\s+(?:pour|pr|avant|av|d['’]ici|dès|le|à|de)\s*$");
    let what = what.trim_matches([' ', ',', ';', ':', '-', '–', '.', '?']);
    // A preposition whose deadline was taken out goes with it.
    let what = if when.is_some() { LOST.replace(what, "").into_owned() } else { what.to_owned() };
    let what = what.trim_end_matches([',', ' ']).to_owned();
    let who = who.map(|w| w.trim().trim_matches(['(', ')', ':', ',']).trim().to_owned());
    Found { who: who.filter(|w| !w.is_empty() && !NOBODY.is_match(w)), what, when }
}

#[cfg(test)]
mod tests;
