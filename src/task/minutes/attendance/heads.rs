//! The words that open a list: « présents : », « excusés », « 3 pouvoirs : ».

use std::sync::LazyLock;

use regex::Regex;

use super::segment::EVERYONE;
use super::{Category, in_a_row};
use crate::reading::{fold, pattern};
use crate::task::minutes::people::{People, looks_like_name, split};
use crate::task::minutes::proxy;

/// The words that open a category, with what qualifies them and their number.
static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)(?:^|[\s.;/|·,])(?:(?P<n>\d{1,3})\s+)?
        (?:(?:les|[ée]taient|sont|membres|[ée]lus|conseillers|nombre\s+de|nb|de)\s+)*
        (?P<key>ni\s+l[àa]\s+ni\s+excus\w+|pas\s+l[àa]\b|(?:[ée]taient|sont)\s+l[àa]\b|l[àa]\b|(?:il\s+)?y\s+avait\b|si[èe]gent\b|se\s+font\s+repr[ée]senter\b|pr[ée]sent(?:\(?e?\)?s)?\b|pr[ée]s\b\.?|pr\b|excus[ée]?\(?e?\)?s?\b|exc\b\.?|abs(?:ent\(?e?\)?s?)?\b\.?
          |pouvoirs?\b|pouv\b\.?|pvrs?\b|procurations?\b|proc\b\.?|repr[ée]sent[ée]\(?e?\)?s?\b|apologies\b|(?-i:[PEA])\b)
        (?P<qual>(?:\s*(?:et\s+|/\s*)?(?:non\s+)?(?:excus[ée]\w*|exc\b\.?|repr[ée]sent[ée]\w*|avec\s+(?:pouvoir|procuration|pvr)\w*
          |sans\s+(?:pouvoir|procuration|excuse|pvr)\w*|ayant\s+donn\w+\s+\w+|,?\s*sans\s+mandat|,?\s*au\s+nombre\s+de\s+\p{L}+|[àa]\s+l['’]ouverture|donn[ée]e?s\b|non\s+repr\w+|ce\s+soir))*)
        (?P<count>\s*\(\s*\d{1,3}\s*\)|\s+\d{1,3}\b)?
        \s*(?P<mark>[:=])?",
    )
});

/// A category that the line opens: where its words start, where its list starts.
pub(super) struct Head {
    pub(super) start: usize,
    pub(super) list: usize,
    pub(super) category: Category,
    pub(super) count: Option<u32>,
}

/// The categories that a line opens. In the middle of a line, or without a colon, names have to
/// follow.
pub(super) fn heads(text: &str, people: &People<'_>) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    for found in HEAD.captures_iter(text) {
        let (Some(whole), Some(key)) = (found.get(0), found.name("key")) else { continue };
        let lead = whole.as_str().len()
            - whole.as_str().trim_start_matches([' ', '.', ';', '/', '|', '·', ',']).len();
        let start = whole.start() + lead;
        let before = text[..start].trim_end();
        let first = before.is_empty();
        let inside_brackets = before.matches('(').count() > before.matches(')').count();
        let separated = before.ends_with(['.', ';', '/', '|', '·'])
            || heads.is_empty() && before.ends_with([')', '-', '–', ':']);
        let marked = found.name("mark").is_some();
        if inside_brackets || !(first || marked || separated) {
            continue;
        }
        let after = &text[whole.end()..];
        let next = after.split([',', ';', '/', '(', '.']).next().unwrap_or("").trim();
        let known = people.member(next).is_some() || people.roster.listed(next).is_some();
        // « là : » opens a list, « là » does not; « étaient là » does before several members.
        let were = ["etaient ", "sont "].iter().any(|verb| fold(whole.as_str()).contains(verb));
        let told = were && first && several_members(after, people);
        if matches!(fold(key.as_str()).as_str(), "la" | "siegent" | "y avait" | "il y avait")
            && !(marked || told)
        {
            continue;
        }
        if key.as_str().chars().count() == 1 && !(first && marked && known) {
            continue;
        }
        // « Membres inscrits : 48   Présents : 29 »: a number after a colon is of the word before it.
        let own = found.name("n").filter(|_| !(marked && before.ends_with(':')));
        let own = own.filter(|n| {
            !text.get(..n.start()).is_some_and(|t| marked && t.trim_end().ends_with([':', '=']))
        });
        let number = own.or(found.name("count"));
        let count = number.and_then(|m| m.as_str().trim_matches([' ', '(', ')']).parse().ok());
        // « 25 présents + 9 pouvoirs = 34 » ends with a sum.
        if own.is_some() && whole.as_str().trim_end().ends_with('=') {
            continue;
        }
        if !marked {
            let named = known
                || told
                || (first && in_a_row(after, people).is_some())
                || (first && EVERYONE.is_match(next))
                || (first
                    && key.as_str().len() > 3
                    && people.roster.names().len() < 2
                    && next.starts_with(char::is_uppercase))
                || (first && proxy::read(next, Category::Represented, people).is_some())
                || (separated && several_names(after));
            // « pouvoirs 2 max/pers » is a rule of the statutes, « 12 présents » a number.
            // « présents 33 signatures » is read as a number.
            if !named || after.trim_start().starts_with(char::is_numeric) {
                continue;
            }
        }
        let statute = fold(after).split_whitespace().take(3).any(|w| w.starts_with("max"));
        if statute {
            continue;
        }
        let qualifier = found.name("qual").map_or("", |m| m.as_str());
        let start = if found.name("n").is_some() && own.is_none() { key.start() } else { start };
        heads.push(Head {
            start,
            list: whole.end(),
            category: category(key.as_str(), qualifier),
            count,
        });
    }
    heads
}

/// The category that a word opens.
fn category(key: &str, qualifier: &str) -> Category {
    let (key, qualifier) = (fold(key), fold(qualifier));
    match key.get(..3) {
        _ if qualifier.contains("represent") && !qualifier.contains("non") => Category::Represented,
        _ if qualifier.contains("avec") || qualifier.contains("ayant") => Category::Represented,
        Some("exc" | "apo") => Category::Excused,
        None if key == "e" => Category::Excused,
        None if key == "a" => Category::Absent,
        Some("abs")
            if qualifier.contains("exc")
                && !qualifier.contains("non")
                && !qualifier.contains("sans") =>
        {
            Category::Excused
        }
        Some("abs" | "pas" | "ni ") => Category::Absent,
        Some("se ") => Category::Represented,
        Some("pou" | "pvr" | "pro" | "rep") => Category::Represented,
        _ => Category::Present,
    }
}

/// Whether three members or more follow, and mostly members.
fn several_members(list: &str, people: &People<'_>) -> bool {
    let names = split(list.trim_start());
    let known = names.iter().filter(|name| people.member(without_office(name)).is_some()).count();
    known >= 3 && known * 2 > names.len()
}

/// « le maire Astorgue » without the office.
pub(super) fn without_office(name: &str) -> &str {
    static OFFICE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:(?:le|la|notre|l['’])\s*(?:maire|pr[ée]sidente?|adjointe?|doyenn?e?|tr[ée]sori[eè]re?|secr[ée]taire)\s+)",
        )
    });
    OFFICE.find(name).map_or(name, |office| &name[office.end()..])
}

/// Whether names follow, three at least: « sont présents Aubin Lestrade, Myriam Coustal, … ».
pub(super) fn several_names(list: &str) -> bool {
    let names = split(list);
    names.len() >= 3
        && names.iter().all(|n| looks_like_name(n))
        && names.iter().any(|n| n.split_whitespace().count() >= 2)
}
