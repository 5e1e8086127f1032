//! Notes cut into what somebody may ask to leave out: lines, their sentences, the clauses of these.

use std::ops::Range;

use crate::notes::{Line, Notes};
use crate::reading::{sentence, words, wrapped};

/// A line, or the lines that one paragraph was wrapped into.
pub(super) struct Unit {
    /// Its text; the ends of its lines are spaces.
    pub(super) text: String,
    /// Where it begins in the notes.
    pub(super) start: usize,
}

/// The lines of the notes; those of wrapped paragraphs together.
pub(super) fn units(notes: &Notes) -> Vec<Unit> {
    let breaks = wrapped::breaks(notes);
    let mut units: Vec<Unit> = Vec::new();
    for Line { text, start, .. } in notes.lines() {
        match units.last_mut().filter(|_| start > 0 && breaks.contains(&(start - 1))) {
            Some(unit) => {
                unit.text.push(' ');
                unit.text.push_str(text);
            }
            None => units.push(Unit { text: text.to_owned(), start }),
        }
    }
    units
}

/// Where the sentences of a text stand: they end at stops, semicolons and tabs outside brackets.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut cuts = vec![0];
    let mut depth = 0_u32;
    // One tab parts a label from what it labels; more part the cells of a row.
    let row = text.trim().matches('\t').count() > 1;
    for (at, letter) in text.char_indices() {
        let next = text.get(at + letter.len_utf8()..).and_then(|rest| rest.chars().next());
        let spaced = next.is_none_or(char::is_whitespace);
        match letter {
            '(' | '«' => depth += 1,
            ')' | '»' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '\t' if row => cuts.push(at),
            // Wide gaps part what is said in notes without stops.
            ' ' if is_gap(text, at) => cuts.push(at),
            ';' => cuts.push(at + 1),
            '!' | '?' if spaced => cuts.push(at + 1),
            '.' if spaced && sentence::ends(&text[..at], &text[at + 1..]) => cuts.push(at + 1),
            _ => {}
        }
    }
    cuts.push(text.len());
    let mut parts: Vec<Range<usize>> = Vec::new();
    for (from, to) in cuts.iter().zip(cuts.iter().skip(1)) {
        let said = text.get(*from..*to).is_some_and(|t| t.chars().any(char::is_alphanumeric));
        match parts.last_mut() {
            // A mark alone (« !!! ») closes the sentence before it.
            Some(last) if !said => last.end = *to,
            _ => parts.push(*from..*to),
        }
    }
    parts
}

/// Whether a gap of four spaces begins here, between words.
fn is_gap(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let after = text.get(at..).unwrap_or_default();
    after.starts_with("    ") && !before.is_empty() && !before.ends_with(' ')
}

words!(SEPARATOR, r"\s*,\s|\s+(?:[-–—]|->|→|=>)\s+|\s->\s?|\s+mais\s");

/// The clauses of a sentence, each with the comma, dash or « mais » that opens it.
pub(super) fn clauses(text: &str, sentence: &Range<usize>) -> Vec<Range<usize>> {
    let said = text.get(sentence.clone()).unwrap_or_default();
    let mut cuts = vec![sentence.start];
    for found in SEPARATOR.find_iter(said) {
        let before = said.get(..found.start()).unwrap_or_default();
        let depth = before.matches(['(', '«']).count();
        if depth <= before.matches([')', '»']).count() {
            cuts.push(sentence.start + found.start());
        }
    }
    cuts.push(sentence.end);
    cuts.windows(2).map(|pair| pair[0]..pair[1]).filter(|part| !part.is_empty()).collect()
}

/// How many words a text holds.
pub(super) fn words_in(text: &str) -> usize {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count()
}

/// The brackets around a place, if any.
pub(super) fn brackets(text: &str, place: &Range<usize>) -> Option<Range<usize>> {
    let open = text.get(..place.start)?.rfind('(')?;
    let closed = text.get(open..place.start)?.contains(')');
    let end = text.get(place.end..)?.find(')').map_or(text.len(), |at| place.end + at + 1);
    (!closed).then_some(open..end)
}
