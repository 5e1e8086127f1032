//! The heading of an item, and what its first line says of it already.

use super::agenda::match_entry;
use super::place::numbered_part;
use super::{DECIDES, Entry, Piece, Section, Structure, narrated};
use crate::reading::{Fact, facts};
use crate::task::expand::has_verb;
use crate::task::minutes::{clauses, head};

/// Heading and rest of a line: what stands before the first colon, when it is short.
pub(super) fn heading_of(text: &str) -> Option<(&str, &str)> {
    let (heading, rest) = text.split_once(':')?;
    let short = heading.split_whitespace().count() <= 7 && heading.len() <= 70;
    (short && !heading.trim().is_empty()).then_some((heading.trim(), rest))
}

/// Opens a section on its first line.
pub(super) fn open<'a>(out: &mut Structure<'a>, number: Option<u32>, piece: &Piece<'a>) {
    // « 4) 4.1 Estimation … »
    if let Some(rest) = numbered_part(piece.text, number, 0) {
        let start = piece.span.end - rest.len();
        open(out, number, &Piece { text: rest, span: start..piece.span.end });
        if let Some(section) = out.sections.last_mut() {
            section.parts = 1;
        }
        return;
    }
    // A number of the agenda has its title there: what follows it is an account, unless it repeats
    // words of that title before a colon.
    let entry = out.agenda.iter().find(|e| Some(e.number) == number);
    let repeats =
        |words: &str, entry: &Entry| match_entry(words, std::slice::from_ref(entry)).is_some();
    if let Some(entry) = entry {
        let titled = match heading_of(piece.text) {
            Some((heading, _)) => repeats(heading, entry),
            None => {
                let bare = piece.text.trim_end_matches("sans vote").trim_end_matches("pas de vote");
                repeats(bare, entry) && !DECIDES.is_match(bare)
            }
        };
        if !titled {
            let heading = entry.title.clone();
            let lines = vec![piece.clone()];
            let place = piece.span.clone();
            let section = Section { number, heading, lines, place, deliberation: None, parts: 0 };
            out.sections.push(section);
            return;
        }
    }
    let (heading, rest) = split(piece.text, entry.is_some());
    let mut section = Section {
        number,
        heading,
        lines: Vec::new(),
        place: piece.span.clone(),
        deliberation: None,
        parts: 0,
    };
    let rest = rest.trim();
    if !rest.is_empty() {
        let start = piece.span.end - rest.len();
        section.lines.push(Piece { text: rest, span: start..start + rest.len() });
    }
    out.sections.push(section);
}

/// The heading of the line that opens an item, and what is said of the item after it; an entry of
/// the agenda may name it already.
fn split(text: &str, entered: bool) -> (String, &str) {
    if !entered && let Some((heading, alone)) = narrated::title(text) {
        let told = text.find(". ").filter(|_| alone);
        let rest = if alone { told.map_or("", |at| &text[at + 2..]) } else { text };
        return (heading, rest);
    }
    if let Some((heading, rest)) = set_apart(text, entered) {
        return with_bracket(heading, rest);
    }
    // « PV du 4/12 adopté » has its title before its result.
    if !entered
        && let Some(result) = DECIDES.find(text)
        && let Some(start) = result_from(text, result.start())
        && text[..start].split_whitespace().count() <= 8
    {
        return (text[..start].trim().to_owned(), &text[start..]);
    }
    // Without a colon a short line is all title; a long one is its own first clause.
    if text.split_whitespace().count() <= 8 && (entered || !holds_amount(text)) {
        return (text.to_owned(), "");
    }
    if let Some((heading, at)) = head::nominal(text).filter(|_| !entered)
        && let Some(rest) = text.get(at..)
    {
        return (heading.to_owned(), rest);
    }
    (first_words(text), text)
}

/// Where a result begins: with its count, « 11 pour », and the bracket before it.
fn result_from(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?;
    let bare = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let counted = before.get(bare.len()..).is_some_and(|count| !count.trim().is_empty());
    let bare = if counted { bare } else { before };
    let bare = bare.strip_suffix('(').unwrap_or(bare);
    (!bare.trim().is_empty()).then_some(bare.len())
}

/// « LOGEMENT (menuiseries) »: a bracket of a few words belongs to the title.
fn with_bracket<'a>(heading: &str, rest: &'a str) -> (String, &'a str) {
    let bare = rest.trim();
    let inside = bare.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    match inside {
        Some(words) if words.split_whitespace().count() <= 4 && !words.contains([',', '(']) => {
            (format!("{} {bare}", heading.trim()), "")
        }
        _ => (heading.to_owned(), rest),
    }
}

/// A heading that a colon, capitals, a gap, a mark or a full stop sets apart.
fn set_apart(text: &str, entered: bool) -> Option<(&str, &str)> {
    let before = |found: Option<(&str, usize)>| {
        found.and_then(|(title, at)| Some((text.get(..title.len())?, text.get(at..)?)))
    };
    match heading_of(text) {
        Some((heading, _)) if heading.contains(". ") => {
            first_sentence(text).or_else(|| heading_of(text))
        }
        // « 1. PV du 3/02 - Talmont : son nom … »: the speaker is no part of the title.
        Some((heading, _)) if entered && heading.contains(" - ") => {
            text.find(" - ").map(|at| (&text[..at], &text[at + 3..]))
        }
        Some((heading, rest)) => match head::before_gap(heading) {
            Some((title, _)) => {
                let at = text.find(title).unwrap_or(0) + title.len();
                Some((title, &text[at..]))
            }
            None => Some((heading, rest)),
        },
        None => before(head::shouted(text))
            .or_else(|| before(head::before_gap(text)))
            .or_else(|| before(head::before_mark(text)))
            .or_else(|| first_sentence(text)),
    }
}

/// The first words of a line, at most six, and none of those that only join others at the end.
fn first_words(text: &str) -> String {
    const JOIN: [&str; 24] = [
        "de", "du", "des", "d", "l", "le", "la", "les", "à", "a", "au", "aux", "et", "ou", "en",
        "par", "pour", "sur", "avec", "un", "une", "dans", "contre", "sans",
    ];
    let mut words: Vec<&str> = text.split_whitespace().take(6).collect();
    while words.len() > 1
        && words.last().is_some_and(|w| JOIN.contains(&w.trim_end_matches(['\'', '’'])))
    {
        words.pop();
    }
    words.join(" ")
}

/// A title that a full stop ends, before its account: « Haies. Samir présente le programme ».
fn first_sentence(text: &str) -> Option<(&str, &str)> {
    let sentences = clauses::sentences(text);
    let [(_, title), (next, _), ..] = sentences.as_slice() else { return None };
    let title = title.trim_end_matches(['.', ';', ' ']);
    let is_title = title.split_whitespace().count() <= 12
        && !DECIDES.is_match(title)
        && !holds_amount(title)
        && !title.split_once(' ').is_some_and(|(_, rest)| has_verb(rest));
    is_title.then(|| (title, &text[*next..]))
}

/// Whether the words hold an amount, which is for an account.
fn holds_amount(text: &str) -> bool {
    facts(text).iter().any(|f| matches!(f.fact, Fact::Amount(_) | Fact::Percent(_)))
}

pub(super) fn has_digits(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
}
