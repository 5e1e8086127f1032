//! The notes as they read once their own corrections are made: every reader sees the last value
//! only, where the first one stood.
//!
//! Corrections are made one by one, so that one may correct another. Where each piece stands in
//! the notes as typed is kept: findings point there.

use super::inline::{self, Instead};
use super::phrase::{self, Said};
use super::sentence::{self, Sentence, about};
use super::target::{Put, Resolved, Search};
use super::value;
use super::{place, put_off};
use crate::finding::Finding;
use crate::notes::{Notes, Span};
use crate::reading::words;

/// How many corrections one file is believed to hold.
const MOST: usize = 30;

/// A correction that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Where the notes say it.
    pub span: Span,
    /// What they say.
    pub text: String,
    /// Old values, each with the new one.
    pub values: Vec<(String, String)>,
}

/// Notes with their corrections made.
pub struct Amended {
    notes: Notes,
    steps: Vec<Vec<Edit>>,
    corrections: Vec<Correction>,
}

/// A piece of text in the place of another.
struct Edit {
    at: Span,
    with: String,
}

/// The notes with their own corrections made, where they hold some.
pub fn amended(notes: &Notes) -> Option<Amended> {
    all_amended(notes, |_| None)
}

/// The same for the notes of a working meeting, where what is put off corrects the day noted before;
/// elsewhere both days may be told.
pub fn amended_meeting(notes: &Notes) -> Option<Amended> {
    all_amended(notes, put_off_first)
}

/// A correction that is looked for before the others.
type First = fn(&[Sentence<'_>]) -> Option<(Vec<Edit>, Correction)>;

fn put_off_first(sentences: &[Sentence<'_>]) -> Option<(Vec<Edit>, Correction)> {
    (1..sentences.len()).find_map(|at| {
        let puts = put_off::put_off(sentences, at);
        (!puts.is_empty()).then(|| kept(&sentences[at], puts))
    })
}

fn all_amended(notes: &Notes, put_off: First) -> Option<Amended> {
    let mut text = notes.text().to_owned();
    let mut steps: Vec<Vec<Edit>> = Vec::new();
    let mut corrections = Vec::new();
    while steps.len() < MOST
        && let Some((edits, mut correction)) = first(&text, put_off)
    {
        text = edited(&text, &edits);
        correction.span = typed(&steps, &correction.span);
        corrections.push(correction);
        steps.push(edits);
    }
    if steps.is_empty() {
        return None;
    }
    Some(Amended { notes: Notes::from_text(&text).ok()?, steps, corrections })
}

impl Amended {
    /// The notes to read.
    pub fn notes(&self) -> &Notes {
        &self.notes
    }

    /// What was corrected.
    pub fn corrections(&self) -> &[Correction] {
        &self.corrections
    }

    /// Takes the places of findings back to the notes as typed.
    pub fn take_back(&self, findings: &mut [Finding]) {
        for span in findings.iter_mut().filter_map(|finding| finding.notes.as_mut()) {
            *span = typed(&self.steps, span);
        }
    }
}

/// Where a piece of the notes after some steps stands in the notes as typed.
fn typed(steps: &[Vec<Edit>], span: &Span) -> Span {
    steps.iter().rev().fold(span.clone(), |span, edits| {
        let start = back(edits, span.start, false);
        start..back(edits, span.end, true).max(start)
    })
}

/// Where a place stood before the edits; inside a new text, where the old one began or ended.
fn back(edits: &[Edit], at: usize, end: bool) -> usize {
    let (mut removed, mut put) = (0, 0);
    for edit in edits {
        let start = edit.at.start + put - removed;
        if at < start || end && at == start {
            break;
        }
        if at < start + edit.with.len() {
            return if end { edit.at.end } else { edit.at.start };
        }
        removed += edit.at.len();
        put += edit.with.len();
    }
    at + removed - put
}

fn edited(text: &str, edits: &[Edit]) -> String {
    let mut out = text.to_owned();
    for edit in edits.iter().rev() {
        out.replace_range(edit.at.clone(), &edit.with);
    }
    out
}

/// The first correction of the text, and what it makes of it.
fn first(text: &str, put_off: First) -> Option<(Vec<Edit>, Correction)> {
    let mut sentences = sentence::cut(text);
    if let Some(found) = sentences.iter().find_map(in_one_breath) {
        return Some(found);
    }
    if let Some(found) = sentences.iter().find_map(instead) {
        return Some(found);
    }
    if let Some(found) = (1..sentences.len()).find_map(|at| another_person(text, &sentences, at)) {
        return Some(found);
    }
    let moved = (1..sentences.len()).find_map(|at| {
        let puts = place::moved(&sentences, at);
        let found = Resolved { puts, ..Resolved::default() };
        (!found.puts.is_empty()).then(|| made(text, &sentences[at], found))
    });
    if moved.is_some() {
        return moved;
    }
    if let Some(found) = put_off(&sentences) {
        return Some(found);
    }
    let said: Vec<(usize, Said)> = sentences
        .iter()
        .enumerate()
        .filter_map(|(at, sentence)| Some((at, phrase::read(sentence)?)))
        .collect();
    if said.is_empty() {
        return None;
    }
    for sentence in &mut sentences {
        sentence.about = about(sentence.text);
    }
    said.iter().find_map(|(index, said)| {
        let found = Search { sentences: &sentences, index: *index, said }.run();
        (!found.puts.is_empty()).then(|| made(text, &sentences[*index], found))
    })
}

/// What a correction makes of the text that tells more than the correction: it stays where it is.
fn kept(said: &Sentence<'_>, puts: Vec<Put>) -> (Vec<Edit>, Correction) {
    let mut values: Vec<(String, String)> = Vec::new();
    for put in &puts {
        let pair = (put.old.clone(), put.new.clone());
        if !values.contains(&pair) {
            values.push(pair);
        }
    }
    let mut edits: Vec<Edit> =
        puts.into_iter().map(|put| Edit { at: put.at, with: put.with }).collect();
    edits.sort_by_key(|edit| edit.at.start);
    let correction = Correction { span: said.span.clone(), text: said.text.to_owned(), values };
    (edits, correction)
}

/// What a correction makes of the text: the new values in the place of the old ones, and the
/// sentence gone but for what else it says.
fn made(text: &str, said: &Sentence<'_>, found: Resolved) -> (Vec<Edit>, Correction) {
    let mut values: Vec<(String, String)> = Vec::new();
    for Put { old, new, .. } in &found.puts {
        let pair = (old.clone(), new.clone());
        if !values.contains(&pair) {
            values.push(pair);
        }
    }
    let rest = rest(said, &found);
    let agreed: Vec<Edit> =
        found.puts.iter().filter_map(|put| settled(text, put.at.start)).collect();
    let puts = found.puts.into_iter().map(|put| Edit { at: put.at, with: put.with });
    let mut edits: Vec<Edit> = puts.collect();
    edits.extend(agreed);
    if let Some(term) = TERM.captures(said.text).and_then(|found| found.get(1))
        && let Some(first) = edits.first_mut()
    {
        first.with = format!("{} ({})", first.with, term.as_str());
    }
    edits.push(Edit { at: gap(text, said, rest.is_empty()), with: rest });
    edits.sort_by_key(|edit| edit.at.start);
    let correction = Correction { span: said.span.clone(), text: said.text.to_owned(), values };
    (edits, correction)
}

/// « on avait dit le 7 »: once the new day stands there, that is what is agreed.
fn settled(text: &str, at: usize) -> Option<Edit> {
    words!(
        AGREED,
        r"(?i)(?P<lead>\b(?:on|nous)\s+av(?:ait|ions)\s+(?:dit|pr[ée]vu|convenu|fix[ée]|parl[ée])(?:\s+(?:du|le|de|pour))?\s+)$"
    );
    let lead = AGREED.captures(text.get(..at)?)?.name("lead")?.range();
    Some(Edit { at: lead, with: "Prévu le ".to_owned() })
}

// What else a price is said to come with: « 9,50 € (taxe de séjour en plus) ».
words!(
    TERM,
    r"(?i)\(([^()\d]*\b(?:en\s+plus|en\s+sus|(?:non\s+)?compris\w*|incluse?s?|par\s+(?:personne|mois|an|jour))\b[^()\d]*)\)"
);
words!(
    REASON,
    r"(?i)\b(?:parce|car|puisque|vu|comme|[àa]\s+cause)\b|\bc['’\s]\s?est\s+(?:le|la|les|l['’])|\binchang|\bpareil|\bm[êe]mes?\b|\btoujours\b|\bne\s+(?:boug|chang)|\by\s+(?:en\s+)?a\s+(?:plus\s+)?que\b|\bon\s+n['’]\s?(?:en\s+)?a\s+(?:plus\s+)?que\b"
);
/// How long a sentence may be to say nothing but its correction.
const SHORT: usize = 25;

/// What else the sentence says: clauses with facts of their own.
fn rest(said: &Sentence<'_>, found: &Resolved) -> String {
    let short = said.text.split_whitespace().count() <= SHORT;
    let mut kept: Vec<&str> = Vec::new();
    for span in clauses(said.text) {
        let clause = said.text.get(span.clone()).unwrap_or_default().trim();
        let mut facts =
            said.facts.iter().enumerate().filter(|(_, f)| span.contains(&f.span.start)).peekable();
        let told = facts.peek().is_some();
        let used = facts.any(|(at, _)| found.used.contains(&at));
        if !used && !phrase::is_marked(clause) && !REASON.is_match(clause) && (told || !short) {
            kept.push(clause);
        }
    }
    if kept.is_empty() {
        return String::new();
    }
    let lead = said.text.find(char::is_alphanumeric).and_then(|at| said.text.get(..at));
    let rest = kept.join(", ");
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(');
    format!("{}{rest}", lead.unwrap_or_default())
}

/// The clauses of a sentence, cut at commas and semicolons outside of brackets and numbers.
fn clauses(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | ';' if depth == 0 => {
                let after = text.get(at + 1..).unwrap_or_default();
                if !(before.is_ascii_digit() && after.starts_with(|c: char| c.is_ascii_digit())) {
                    out.push(start..at);
                    start = at + 1;
                }
            }
            _ => {}
        }
        before = c;
    }
    out.push(start..text.len());
    out
}

/// Where the sentence stands, with its line end or the space after it when all of it goes.
fn gap(text: &str, said: &Sentence<'_>, whole: bool) -> Span {
    let Span { start, mut end } = said.span.clone();
    if !whole {
        return start..end;
    }
    let line = text.get(said.line.clone()).unwrap_or_default();
    if line.trim() == said.text {
        return said.line.start..(said.line.end + 1).min(text.len());
    }
    let after = text.get(end..said.line.end).unwrap_or_default();
    end += after.len() - after.trim_start().len();
    start..end
}

/// A line that takes its own words back, with the new ones.
fn instead(said: &Sentence<'_>) -> Option<(Vec<Edit>, Correction)> {
    let Instead { at, with, old, new } = inline::taken_back(said)?;
    let correction = Correction {
        span: said.span.clone(),
        text: said.text.to_owned(),
        values: vec![(old, new)],
    };
    Some((vec![Edit { at, with }], correction))
}

/// A name in the place of another; the sentence that says so goes.
fn another_person(
    text: &str,
    sentences: &[Sentence<'_>],
    at: usize,
) -> Option<(Vec<Edit>, Correction)> {
    let puts = inline::person(sentences, at);
    let first = puts.first()?;
    let said = &sentences[at];
    let values = vec![(first.old.clone(), first.new.clone())];
    let correction = Correction { span: said.span.clone(), text: said.text.to_owned(), values };
    let mut edits: Vec<Edit> =
        puts.into_iter().map(|put| Edit { at: put.at, with: put.with }).collect();
    edits.push(Edit { at: gap(text, said, true), with: String::new() });
    Some((edits, correction))
}

/// « 1,70, euh non 1,72 »: the second value alone.
fn in_one_breath(said: &Sentence<'_>) -> Option<(Vec<Edit>, Correction)> {
    let (old, new, from, to) = phrase::taken_back(said)?;
    let with = value::written(new, said.text, old, said.text);
    let values = vec![(value::slice(said.text, old).to_owned(), with.clone())];
    let correction = Correction { span: said.span.clone(), text: said.text.to_owned(), values };
    let place = |from: usize, to: usize| said.span.start + from..said.span.start + to;
    let put = Edit { at: place(old.span.start, old.span.end), with };
    Some((vec![put, Edit { at: place(from, to), with: String::new() }], correction))
}

#[cfg(test)]
mod tests;
