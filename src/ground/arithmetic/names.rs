//! Names that the notes spell in two ways.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use crate::finding::{Finding, FindingKind};
use crate::notes::{Notes, Span};
use crate::reading::fold;
use crate::reading::name::{Roster, candidate_names};

/// A capitalised word of the notes, with its place.
struct Word<'a> {
    written: &'a str,
    folded: String,
    line: usize,
    span: Span,
}

pub(super) fn spellings(notes: &Notes, roster: &Roster) -> Vec<Finding> {
    let mut findings = alternatives(notes);
    let told = findings.iter().filter_map(|f| f.notes.clone()).collect::<Vec<_>>();
    findings.extend(near_doubles(notes, roster, &told));
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
    let mut words: Vec<Word<'_>> = Vec::new();
    for line in notes.lines() {
        for name in candidate_names(line.text) {
            words.extend(words_of(line.text, &name, line.start, line.number));
        }
    }
    let members = fold(&roster.names().join(" "));
    let member = |word: &str| members.split_whitespace().any(|name| name == word);
    let mut findings: Vec<Finding> = Vec::new();
    let mut seen: Vec<(String, String)> = Vec::new();
    for (index, later) in words.iter().enumerate() {
        for earlier in words.iter().take(index) {
            let pair = (earlier.folded.clone(), later.folded.clone());
            if !one_letter_apart(&pair.0, &pair.1)
                || (member(&pair.0) && member(&pair.1))
                || seen.contains(&pair)
                || seen.contains(&(pair.1.clone(), pair.0.clone()))
            {
                continue;
            }
            let together = words.iter().any(|a| {
                a.folded == pair.0 && words.iter().any(|b| b.folded == pair.1 && b.line == a.line)
            });
            let known = told.iter().any(|span| {
                notes.text().get(span.clone()).is_some_and(|t| {
                    let t = fold(t);
                    t.contains(&pair.0) && t.contains(&pair.1)
                })
            });
            seen.push(pair);
            if !together && !known {
                findings.push(two_ways(earlier.written, later.written, later.span.clone()));
            }
        }
    }
    findings
}

fn words_of<'a>(text: &'a str, name: &Span, start: usize, line: usize) -> Vec<Word<'a>> {
    static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b\p{Lu}\p{L}{5,}\b"));
    let inside = text.get(name.clone()).unwrap_or("");
    WORD.find_iter(inside)
        .map(|word| Word {
            written: word.as_str(),
            folded: fold(word.as_str()),
            line,
            span: start + name.start + word.start()..start + name.start + word.end(),
        })
        .collect()
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
fn distance(first: &str, second: &str) -> usize {
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
