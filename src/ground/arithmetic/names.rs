//! Names that the notes spell in two ways.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use crate::finding::{Finding, FindingKind};
use crate::notes::{Notes, Span};
use crate::reading::fold;
use crate::reading::name::{Roster, candidate_names};

/// Notes with more names than this are a list, where neighbours are other people.
const MOST_NAMES: usize = 500;

/// A capitalised word of the notes: as first written, where, and on which lines.
struct Word<'a> {
    written: &'a str,
    folded: String,
    lines: Vec<usize>,
    span: Span,
}

pub(super) fn spellings(notes: &Notes, roster: &Roster) -> Vec<Finding> {
    let mut findings = alternatives(notes);
    let told = findings.iter().filter_map(|f| f.notes.clone()).collect::<Vec<_>>();
    findings.extend(near_doubles(notes, roster, &told));
    findings.extend(near_sheet(notes, roster, &findings));
    findings
}

/// `Lestrignan (ou Lestrignant ? voir son mail)`: the notes doubt it themselves.
fn alternatives(notes: &Notes) -> Vec<Finding> {
    static OR: LazyLock<Regex> = LazyLock::new(|| {
        let name = r"\p{Lu}[\p{L}'’-]{2,}";
        pattern(&format!(
            r"\b({name})[ ]*(?:\([ ]*(?:ou|alias|orth\.?[ ]*:?)[ ]+({name})[^)\n]*\)?|,?[ ]ou[ ]+({name})[ ]*\?|\([ ]*({name})[ ]*\?[^)\n]*\))"
        ))
    });
    let mut findings = Vec::new();
    for captures in OR.captures_iter(notes.text()) {
        let (Some(whole), Some(first)) = (captures.get(0), captures.get(1)) else { continue };
        let Some(second) = captures.iter().skip(2).flatten().next() else { continue };
        let (first, second) = (first.as_str(), second.as_str());
        if distance(&fold(first), &fold(second)) <= 3 {
            findings.push(two_ways(first, second, whole.range()));
        }
    }
    findings
}

fn two_ways(first: &str, second: &str, span: Span) -> Finding {
    Finding::check(
        FindingKind::Name,
        Some(span),
        format!(
            "Nom écrit de deux façons dans les notes : « {first} » et « {second} » ; vérifiez l'orthographe."
        ),
    )
}

/// Two words one letter apart that never stand on one line: a misspelling rather than two people.
fn near_doubles(notes: &Notes, roster: &Roster, told: &[Span]) -> Vec<Finding> {
    let words = words(notes);
    if words.len() > MOST_NAMES {
        return Vec::new();
    }
    let members = fold(&roster.names().join(" "));
    let member = |word: &str| members.split_whitespace().any(|name| name == word);
    let told: Vec<String> =
        told.iter().filter_map(|span| Some(fold(notes.text().get(span.clone())?))).collect();
    let mut findings: Vec<Finding> = Vec::new();
    for (index, later) in words.iter().enumerate() {
        for earlier in words.iter().take(index) {
            let (first, second) = (earlier.folded.as_str(), later.folded.as_str());
            let together = earlier.lines.iter().any(|line| later.lines.contains(line));
            if together
                || !one_letter_apart(first, second)
                || (member(first) && member(second))
                || told.iter().any(|text| text.contains(first) && text.contains(second))
            {
                continue;
            }
            findings.push(two_ways(earlier.written, later.written, later.span.clone()));
        }
    }
    findings
}

/// A surname after « Mme », « M. » that is a letter away from one of the sheet: « Mme Rochebrune »
/// where the sheet has « ROCHEBRUN ».
fn near_sheet(notes: &Notes, roster: &Roster, told: &[Finding]) -> Vec<Finding> {
    static CIVIL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\b(?:Mme|Mlle|Madame|M\.|Mr|Monsieur|mme|mlle|mr)\s+(?:\p{Lu}[\p{Ll}-]+\s+)?(?P<name>\p{L}[\p{L}'’-]{4,})",
        )
    });
    let names = roster.names();
    let surname = |name: &str| {
        let shouted = name
            .split_whitespace()
            .filter(|word| word.chars().count() > 1 && !word.contains(char::is_lowercase));
        let shouted: Vec<&str> = shouted.collect();
        match shouted.as_slice() {
            [] => name.split_whitespace().next_back().unwrap_or_default().to_owned(),
            words => words.join(" "),
        }
    };
    let mut findings: Vec<Finding> = Vec::new();
    for found in CIVIL.captures_iter(notes.text()) {
        let Some(word) = found.name("name") else { continue };
        let written = fold(word.as_str());
        let known = names.iter().any(|name| fold(name).contains(&written));
        let near = names.iter().map(|name| surname(name)).find(|name| {
            let (far, folded) = (distance(&written, &fold(name)), fold(name));
            let head = |text: &str| text.chars().take(3).collect::<String>();
            far == 1 && one_letter_apart(&written, &folded)
                || far == 2 && folded.chars().count() > 6 && head(&written) == head(&folded)
        });
        let already = told.iter().chain(&findings).any(|f| f.message.contains(word.as_str()));
        if let Some(near) = near.filter(|_| !known && !already) {
            findings.push(Finding::check(
                FindingKind::Name,
                Some(word.range()),
                format!(
                    "« {} » n’est pas dans la fiche, qui a « {near} » : vérifiez le nom, laissé comme dans les notes.",
                    word.as_str()
                ),
            ));
        }
    }
    findings
}

fn words(notes: &Notes) -> Vec<Word<'_>> {
    static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b\p{Lu}\p{L}{5,}\b"));
    let mut words: Vec<Word<'_>> = Vec::new();
    for line in notes.lines() {
        for name in candidate_names(line.text) {
            let inside = line.text.get(name.clone()).unwrap_or("");
            for word in WORD.find_iter(inside) {
                let folded = fold(word.as_str());
                if let Some(known) = words.iter_mut().find(|known| known.folded == folded) {
                    known.lines.push(line.number);
                } else if words.len() <= MOST_NAMES {
                    let start = line.start + name.start;
                    let span = start + word.start()..start + word.end();
                    let lines = vec![line.number];
                    words.push(Word { written: word.as_str(), folded, lines, span });
                }
            }
        }
    }
    words
}

/// One letter more, less or other; not a feminine, a plural or a word and its capitals.
fn one_letter_apart(first: &str, second: &str) -> bool {
    if distance(first, second) != 1 {
        return false;
    }
    let (long, short) = if first.len() >= second.len() { (first, second) } else { (second, first) };
    let inflected = long.strip_prefix(short).is_some_and(|end| ["e", "s", "x"].contains(&end));
    !inflected
}

/// Letters to change, add or take away to go from one word to the other.
pub(crate) fn distance(first: &str, second: &str) -> usize {
    let second: Vec<char> = second.chars().collect();
    let mut row: Vec<usize> = (0..=second.len()).collect();
    for (i, a) in first.chars().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(i + 1);
        for ((b, above), pair) in second.iter().zip(row.iter().skip(1)).zip(row.iter()) {
            let left = next.last().copied().unwrap_or(i + 1);
            next.push((pair + usize::from(a != *b)).min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}
