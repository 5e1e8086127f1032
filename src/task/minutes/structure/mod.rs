//! The parts of a meeting's notes: header, agenda, items, closing lines.
//!
//! Notes are telegraphic and jump about. An item opens with its number (`6/ extinction`), or, where
//! items have no number, with the words of an agenda entry (`financier (C. Pinsardel)` for
//! « financier »), or, where there is no agenda either, with a title before a colon. Lines that
//! speak of the whole meeting (end, next meeting, corrections) are taken out of whatever item they
//! follow.

mod agenda;
mod heading;
mod hourly;
mod matters;
mod narrated;
mod place;
mod titles;

use std::sync::LazyLock;

use regex::Regex;

use self::agenda::{AGENDA, agenda, listed_in_line, listed_twice};
use self::place::{bare_numbers, place, roman};
use crate::notes::{Line, Notes, Span};
use crate::reading::pattern;
use crate::task::minutes::clauses;

pub use self::agenda::match_entry;

/// An entry of the agenda, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number, typed or counted.
    pub number: u32,
    /// Its words.
    pub title: String,
}

/// A section of the notes that treats one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section<'a> {
    /// The number typed before it.
    pub number: Option<u32>,
    /// Words of its first line up to the colon, when there is one.
    pub heading: String,
    /// Its lines, the first without number and heading.
    pub lines: Vec<Piece<'a>>,
    /// Where its first line stands.
    pub place: Span,
    /// Number of its deliberation, where the notes give it: « DÉLIBÉRATION 2027-08 ».
    pub deliberation: Option<String>,
    /// How many of its lines bear a number of two parts, `4.1`, `4.2`.
    parts: u32,
}

/// A piece of a line with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The text, trimmed.
    pub text: &'a str,
    /// Its place in the notes.
    pub span: Span,
}

/// The notes, cut.
#[derive(Debug, Default)]
pub struct Structure<'a> {
    /// Lines before the first item, agenda taken out.
    pub header: Vec<Piece<'a>>,
    /// The agenda.
    pub agenda: Vec<Entry>,
    /// Sections, in the order of the notes.
    pub sections: Vec<Section<'a>>,
    /// Lines about the whole meeting that stand after the first item.
    pub closing: Vec<Piece<'a>>,
    /// Items are numbered without a mark after the number: `2 comptes : …`.
    bare_numbers: bool,
    /// Items have Roman numbers: `II - Comptes`.
    roman_numbers: bool,
    /// Items open with the hour at which they were treated: `19:05 PV`.
    hourly: bool,
    /// Lines that the notes say to be outside of the agenda, each its own section.
    outside: Vec<Section<'a>>,
}

/// The heading of what the notes say to be outside of the agenda.
pub(super) const OUTSIDE: &str = "Hors ordre du jour";

/// Lines of a ballot, which open no item.
static BALLOT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^\W*(?:votants?|pour|contre|abst\w*|votes?|scrutin|r[ée]sultats?)\b")
});

/// Words of a result, which no title holds.
static DECIDES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:unan\w*|adopt\w*|approuv\w*|vot[ée]\w*|rejet\w*|report[ée]\w*|ajourn\w*|retir[ée]\w*|RAS|ok|pour)\b",
    )
});

/// Cuts the notes.
pub fn cut(notes: &Notes) -> Structure<'_> {
    let lines: Vec<Line<'_>> = notes.lines().filter(|l| !l.text.trim().is_empty()).collect();
    let mut out = Structure {
        bare_numbers: bare_numbers(&lines),
        roman_numbers: lines
            .iter()
            .filter_map(|l| roman(l.text))
            .map(|(n, _)| n)
            .take(2)
            .eq([1, 2]),
        hourly: hourly::are(&lines),
        ..Structure::default()
    };
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        let listed = take_agenda(&lines, index, &mut out);
        if listed > 0 {
            index += listed;
            continue;
        }
        let (said, closing) = without_closing(line);
        place(&said, &mut out);
        if let Some(closing) = closing {
            out.closing.push(closing);
        }
        index += 1;
    }
    if out.sections.is_empty() {
        titles::cut(&mut out, notes.text());
    }
    if out.sections.is_empty() {
        matters::cut(&mut out);
    }
    let outside = std::mem::take(&mut out.outside);
    out.sections.extend(outside);
    out
}

/// A paragraph and its last sentence, where that closes the meeting: « … le 3 mai. Levée à 20 h 15. »
fn without_closing<'a>(line: &Line<'a>) -> (Line<'a>, Option<Piece<'a>>) {
    let sentences = clauses::sentences(line.text);
    let Some(((at, last), before)) = sentences.split_last() else { return (*line, None) };
    let long = line.text.get(..*at).is_some_and(|t| t.split_whitespace().count() >= 4);
    let closes = place::CLOSING.is_match(last) && last.chars().any(|c| c.is_ascii_digit());
    if before.is_empty() || !long || !closes || place::CLOSING.is_match(line.text) {
        return (*line, None);
    }
    let start = line.start + at;
    let piece = Piece { text: last, span: start..start + last.len() };
    let text = line.text.get(..*at).unwrap_or(line.text);
    (Line { text, ..*line }, Some(piece))
}

/// Reads the agenda, where it begins at this line; answers how many lines it takes.
fn take_agenda(lines: &[Line<'_>], index: usize, out: &mut Structure<'_>) -> usize {
    let Some(line) = lines.get(index) else { return 0 };
    if !out.agenda.is_empty() || !out.sections.is_empty() {
        return 0;
    }
    let following = lines.get(index + 1..).unwrap_or_default();
    if let Some(found) = AGENDA.captures(line.text) {
        let rest = found.get(1).map_or("", |m| m.as_str());
        return 1 + agenda(rest, following, &mut out.agenda);
    }
    if listed_in_line(lines, index) {
        return 1 + agenda(line.text.trim(), following, &mut out.agenda);
    }
    if listed_twice(lines, index) {
        return agenda("", lines.get(index..).unwrap_or_default(), &mut out.agenda);
    }
    0
}

#[cfg(test)]
mod tests;
