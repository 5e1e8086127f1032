//! Items that bear letters, « A pv / B comptes », by their numbers.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::Row;
use crate::reading::pattern;

/// A line at the margin that a letter opens: « B  comptes », « C) voirie ».
static LETTERED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^([A-Z])(?:\s*[).:/–-]\s*|\s{1,4})(\S.*)$"));
/// An agenda on one line: « odj : A pv / B comptes / C voirie ».
static AGENDA: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^(\W*(?:odj|o\.d\.j\.?|ordre\s+du\s+jour|agenda)\b\s*[:=]?\s*)(.+)$")
});
/// « corr. F : … » refers to an item by its letter.
static REFERRED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(\W*(?i:corr\w*|rectif\w*|erreur|point|pt|suite|retour)\b\.?\s+(?i:du\s+|au\s+|sur\s+|le\s+)?)([A-Z])\b(\s*[:,.-].*)$",
    )
});

/// Numbers in place of letters, where the letters of the lines follow one another from A.
pub(super) fn apply(rows: Vec<Row>) -> Vec<Row> {
    let listed = rows
        .iter()
        .find_map(|row| entries(AGENDA.captures(&row.text)?.get(2)?.as_str()).map(|e| e.len()));
    let last = match &listed {
        Some(count) => u32::try_from(*count).unwrap_or(0),
        None => run(&rows),
    };
    if last < 3 {
        return rows;
    }
    rows.into_iter()
        .map(|row| Row { text: renumbered(&row.text, last, listed.is_some()), span: row.span })
        .collect()
}

/// The entries of an agenda that letters number, A first.
fn entries(list: &str) -> Option<Vec<&str>> {
    if let Some(parts) = by_bracket(list) {
        return Some(parts);
    }
    [" / ", ";", ",", "  "].iter().find_map(|mark| {
        let parts: Vec<&str> = list.split(mark).map(str::trim).filter(|p| !p.is_empty()).collect();
        let lettered = (0..).zip(&parts).all(|(at, part)| {
            LETTERED.captures(part).is_some_and(|found| number(&found[1]) == at + 1)
        });
        (parts.len() >= 3 && lettered).then_some(parts)
    })
}

/// « A) PV 9/04 B) voirie C) divers »: each letter with its bracket opens an entry, whatever stands
/// between them.
fn by_bracket(list: &str) -> Option<Vec<&str>> {
    static MARK: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[\s,;/–-])([A-Z])\)\s*"));
    let mut starts: Vec<usize> = Vec::new();
    for found in MARK.captures_iter(list) {
        let letter = found.get(1)?;
        if number(letter.as_str()) as usize == starts.len() + 1 {
            starts.push(letter.start());
        }
    }
    let ends = starts.iter().skip(1).copied().chain([list.len()]);
    let parts: Vec<&str> = starts
        .iter()
        .zip(ends)
        .filter_map(|(from, to)| list.get(*from..to))
        .map(|part| part.trim_end_matches([' ', ',', ';', '/', '-', '–']))
        .collect();
    (parts.len() >= 3).then_some(parts)
}

/// How many lines at the margin count from A on, marked as a list is.
fn run(rows: &[Row]) -> u32 {
    static MARKED: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^([A-Z])(?:\s*[).:/]\s+|\s*[–-]\s+|\s{2,})\S"));
    let mut last = 0;
    for row in rows {
        let found = MARKED.captures(&row.text).map(|found| number(&found[1]));
        last += u32::from(found == Some(last + 1));
    }
    last
}

fn number(letter: &str) -> u32 {
    letter.bytes().next().map_or(0, |byte| u32::from(byte.saturating_sub(b'A')) + 1)
}

fn renumbered(text: &str, last: u32, listed: bool) -> String {
    let known = |letter: &str| (1..=last).contains(&number(letter));
    if listed
        && let Some(found) = AGENDA.captures(text)
        && let Some(parts) = entries(&found[2])
    {
        let titles: Vec<String> = (1..)
            .zip(parts)
            .filter_map(|(at, part)| Some(format!("{at} {}", &LETTERED.captures(part)?[2])))
            .collect();
        return format!("{}{}", &found[1], titles.join(" / "));
    }
    if let Some(found) = REFERRED.captures(text).filter(|found| known(&found[2])) {
        return format!("{}point {}{}", &found[1], number(&found[2]), &found[3]);
    }
    LETTERED
        .replace(text, |found: &Captures<'_>| {
            // « A la mairie » is a preposition.
            let opens =
                &found[1] != "A" || !found[0].starts_with("A ") || found[0].starts_with("A  ");
            if known(&found[1]) && opens {
                format!("{}. {}", number(&found[1]), &found[2])
            } else {
                found[0].to_owned()
            }
        })
        .into_owned()
}
