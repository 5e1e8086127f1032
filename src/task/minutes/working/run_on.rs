//! The first line of notes typed on a telephone without a stop or a capital: « gt lavoir mardi 3 mars
//! presents ada roy elle anime luc ferrol adjoint excuse m noval ». Title and lists come apart.
//!
//! Places stay: only spaces become line ends and commas, first letters of names capitals, and what
//! stands between the names blanks, which a finding tells.

use std::ops::Range;

use super::names;
use crate::finding::{Finding, FindingKind};
use crate::french;
use crate::notes::{Line, Notes};
use crate::reading::{name, words};

words!(
    PRESENT,
    r"(?i)\s(?P<word>(?:presents?|présents?|etaient\s+presents?|etaient\s+la|etait\s+la))\s"
);
words!(SORRY, r"(?i)\s(?P<word>(?:excus[eé]e?s?|exc))\s");

/// How many lines may tell who was there.
const FIRST: usize = 3;
/// How many people make a list of a run of words.
const FEWEST: usize = 3;

/// The notes with that line parted; `None` where no line is such.
pub(super) fn parted(notes: &Notes, findings: &mut Vec<Finding>) -> Option<Notes> {
    let lines = notes.lines().filter(|line| !line.text.trim().is_empty()).take(FIRST);
    let (line, text, beside) = lines.into_iter().find_map(|line| {
        let (text, beside) = lists(&line)?;
        Some((line, text, beside))
    })?;
    let mut out = notes.text().to_owned();
    out.replace_range(line.span(), &text);
    if !beside.is_empty() {
        findings.push(Finding::info(
            FindingKind::Unused,
            Some(line.span()),
            format!(
                "Ce qui est dit des présents n’est pas repris : « {} »",
                beside.join(" » ; « ")
            ),
        ));
    }
    Notes::from_text(&out).ok()
}

/// The line with its lists on lines of their own, and what was said beside the names.
fn lists(line: &Line<'_>) -> Option<(String, Vec<String>)> {
    let small = !line.text.chars().any(char::is_uppercase) && !line.text.contains([',', ':', ';']);
    let found = PRESENT.captures(line.text).filter(|_| small)?;
    let word = found.name("word")?.range();
    let sorry = SORRY.captures_at(line.text, word.end).and_then(|found| found.name("word"));
    let end = sorry.map_or(line.text.len(), |word| word.start() - 1);
    let there = people(line.text, word.end + 1..end);
    if there.len() < FEWEST {
        return None;
    }
    let mut text = line.text.to_owned();
    let mut beside = Vec::new();
    list(&mut text, word, end, &there, &mut beside);
    if let Some(word) = sorry {
        let away = people(line.text, word.end() + 1..line.text.len());
        list(&mut text, word.range(), line.text.len(), &away, &mut beside);
    }
    Some((text, beside))
}

/// Puts a list on its own line: its word, a colon, the names with commas, blanks for the rest.
fn list(
    text: &mut String,
    word: Range<usize>,
    end: usize,
    people: &[Range<usize>],
    beside: &mut Vec<String>,
) {
    if people.is_empty() {
        return;
    }
    text.replace_range(word.start - 1..word.start, "\n");
    text.replace_range(word.end..word.end + 1, ":");
    let ends = people.iter().skip(1).map(|next| next.start).chain([end]);
    let first = people[0].start;
    let lead = word.end + 1..first;
    text.replace_range(lead.clone(), &" ".repeat(lead.len()));
    for (place, next) in people.iter().zip(ends) {
        let gap = place.end..next;
        let said = text.get(gap.clone()).unwrap_or_default().trim().to_owned();
        let said = said.trim_end_matches(" et moi").trim_end_matches(" et").trim();
        if said.split_whitespace().count() > 1 || said.len() > 3 {
            beside.push(said.to_owned());
        }
        let mut blank = " ".repeat(gap.len());
        if next < end && !blank.is_empty() {
            blank.replace_range(0..1, ",");
        }
        text.replace_range(gap, &blank);
        for at in initials(text, place) {
            let capital = text.get(at.clone()).unwrap_or_default().to_uppercase();
            if capital.len() == at.len() {
                text.replace_range(at, &capital);
            }
        }
    }
}

/// Where the words of a name begin.
fn initials(text: &str, place: &Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut opens = true;
    for (at, letter) in text.get(place.clone()).unwrap_or_default().char_indices() {
        if opens && letter.is_alphabetic() {
            out.push(place.start + at..place.start + at + letter.len_utf8());
        }
        opens = letter == ' ' || letter == '-';
    }
    out
}

/// First names with the word after them, and civilities with theirs.
fn people(text: &str, within: Range<usize>) -> Vec<Range<usize>> {
    const SMALL: [&str; 14] = [
        "les", "des", "une", "elle", "qui", "avec", "pour", "chez", "dit", "est", "sont", "fait",
        "aussi", "dans",
    ];
    let part = text.get(within.clone()).unwrap_or_default();
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut at = within.start;
    for word in part.split(' ') {
        words.push(at..at + word.len());
        at += word.len() + 1;
    }
    let said =
        |index: usize| words.get(index).and_then(|w| text.get(w.clone())).unwrap_or_default();
    let mut out = Vec::new();
    let mut index = 0;
    while index + 1 < words.len() {
        let (first, second) = (said(index), said(index + 1));
        let given = names::is_given_name(first) || name::is_first_name(first);
        // Two words that are none of the language are a rare first name and its surname.
        let strange = |word: &str| word.chars().count() >= 5 && !french::is_word(word);
        let rare = strange(first) && strange(second) && french::readings(first).is_empty();
        let civil = ["m", "m.", "mr", "mme", "mlle"].contains(&first);
        let surname = second.chars().all(|c| c.is_alphabetic() || c == '-' || c == '\'')
            && second.chars().count() > 2
            && !SMALL.contains(&second);
        if (given || civil || rare) && surname {
            out.push(words[index].start..words[index + 1].end);
            index += 2;
        } else {
            index += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_names_becomes_lists() {
        let table = [
            (
                "gt lavoir mardi 3 mars 2026 18h mairie presents paul ferrol adjoint il anime lea brun peche naouel bertroy tir et moi julie vidal je note excuse m noval en stage\nles bacs fuient",
                "gt lavoir mardi 3 mars 2026 18h mairie\npresents:Paul Ferrol, Lea Brun, Naouel Bertroy, Julie Vidal\nexcuse:M Noval\nles bacs fuient",
            ),
            ("les presents paul et luc\nrien", "les presents paul et luc\nrien"),
            ("absents paul et lea\nrien", "absents paul et lea\nrien"),
        ];
        for (typed, expected) in table {
            let notes = Notes::from_text(typed).unwrap();
            let parted = parted(&notes, &mut Vec::new());
            let text = parted.as_ref().map_or(typed, |notes| notes.text());
            assert_eq!(text.len(), typed.len());
            let lines = text.lines().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" "));
            let lines = lines.collect::<Vec<_>>().join("\n").replace(" ,", ",").replace(": ", ":");
            assert_eq!(
                lines.replace(",", ", ").replace(",  ", ", "),
                expected.replace(",  ", ", ")
            );
        }
    }
}
