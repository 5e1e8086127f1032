//! What notes hold that no document may carry, whatever it is: what they ask not to write, rumours,
//! what somebody owes or suffers, codes, errands of the writer.
//!
//! It is taken out before anything else is read, each part quoted in a finding, so that no later
//! rule can tell it. What takes its place has the same length, so that the places of findings stay
//! those of the notes as typed. What is left of a line stays: only words, a clause or a sentence go,
//! and the line with them when nothing remains to be said.

mod errand;
mod household;
mod marker;
mod number;
mod person;
mod units;

use std::ops::Range;

use super::remark::{Remark, holds_hard_fact};
use super::{fold, words};
use crate::notes::{Notes, Span};
pub use errand::{Tasks, is_one as is_errand};
use person::WHO;
pub use person::spoken;
use units::{Unit, words_in};

/// What the notes are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    /// Minutes of a council or an assembly.
    Minutes,
    /// The account of a working meeting.
    Meeting,
    /// A letter or an e-mail, which may be about what its reader owes or asks for.
    Letter,
    /// A poster, which tells the public what to bring and where to meet.
    Poster,
}

/// What stands around what was said, and is no part of it.
const AROUND: [char; 10] = [' ', '\t', ',', '-', '–', '•', '*', '>', '→', ';'];

/// Notes without what no document carries.
pub struct Apart {
    /// The notes; every place in them is the same place in the notes as typed.
    pub notes: Notes,
    /// What was taken out, in order, with its place.
    pub dropped: Vec<(Remark, String, Span)>,
}

/// A part of a line that goes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cut {
    place: Range<usize>,
    kind: Remark,
    /// What stands in its place, where something has to.
    instead: Option<&'static str>,
}

/// The notes without what is private in them; `None` when nothing is.
pub fn apart(notes: &Notes, matter: Matter) -> Option<Apart> {
    let mut text = notes.text().to_owned();
    let mut dropped = Vec::new();
    let typist = typist(notes);
    let mut asked = false;
    let mut under = false;
    for unit in units::units(notes) {
        let mut cuts = cuts(&unit, matter, typist.as_deref());
        under &= LISTED.is_match(&unit.text);
        if under || asked && marker::goes_on(&unit.text) {
            cuts.push(Cut { place: 0..unit.text.len(), kind: Remark::Private, instead: None });
        }
        if cuts.is_empty() {
            asked &= unit.text.trim().is_empty();
            continue;
        }
        asked = cuts.iter().any(|cut| cut.kind == Remark::Private);
        let cuts = merged(cuts, &unit.text);
        let kept = without(&unit.text, &cuts);
        for cut in &cuts {
            let said = unit.text.get(cut.place.clone()).unwrap_or_default();
            let said = said.trim_matches(AROUND).to_owned();
            let span = unit.start + cut.place.start..unit.start + cut.place.end;
            if said.chars().any(char::is_alphanumeric) {
                dropped.push((cut.kind, said, span));
            }
        }
        // « ## Entre nous »: the list under a title goes with it.
        let title = unit.text.starts_with('#') || unit.text.trim_end().ends_with(':');
        under |= asked && title && kept.trim().is_empty();
        put(&mut text, &unit, &kept, &cuts);
    }
    if dropped.is_empty() {
        return None;
    }
    debug_assert_eq!(text.len(), notes.text().len());
    Some(Apart { notes: Notes::from_text(&text).ok()?, dropped })
}

fn cuts(unit: &Unit, matter: Matter, typist: Option<&str>) -> Vec<Cut> {
    let text = unit.text.as_str();
    let mut cuts = marker::cuts(text);
    cuts.extend(number::cuts(text));
    let tasks = match matter {
        // A letter may be about what its reader owes, a line of its notes about what to join.
        Matter::Letter => {
            cuts.extend(marker::own_clauses(text));
            return cuts;
        }
        Matter::Minutes => Tasks::Foreign,
        Matter::Meeting => Tasks::Shared,
        Matter::Poster => {
            // Words to avoid are replaced by others, which the reader of posters knows.
            if marker::names_words(text) {
                cuts.clear();
            }
            cuts.extend(person::cuts(text));
            return cuts;
        }
    };
    cuts.extend(person::cuts(text));
    cuts.extend(person::treats(text));
    cuts.extend(household::cuts(text));
    cuts.extend(errands(text, tasks, typist));
    cuts
}

/// Sentences and brackets that remind the writer, or whom the notes are dictated for, of something.
fn errands(text: &str, tasks: Tasks, typist: Option<&str>) -> Vec<Cut> {
    let to_typist = |said: &str| typist.is_some_and(|name| calls(said, name));
    let errand = |place: &Range<usize>| {
        let said = text.get(place.clone()).unwrap_or_default();
        is_errand(said, tasks) || to_typist(said)
    };
    let mut places: Vec<Range<usize>> = units::sentences(text);
    places.extend(BRACKETS.find_iter(text).map(|m| m.range()));
    places.retain(errand);
    places.into_iter().map(|place| Cut { place, kind: Remark::Internal, instead: None }).collect()
}

words!(BRACKETS, r"\([^()]*\)");

/// Whom the notes are dictated for or passed on to, as their first lines say.
fn typist(notes: &Notes) -> Option<String> {
    words!(
        TYPED_BY,
        r"(?i)\b(?:dict[ée]e?s?|notes?\s+t[ée]l\w*|notes?|compte[- ]rendu|cr|post-?it)\s+(?:vite\s+fait\s+)?(?:(?:le\s+)?compte[- ]rendu\s+)?(?:pour\s+|[àa]\s+)?(?P<name>\p{L}{4,})(?:\s*,|\s+(?:[àa]\s+)?(?:re)?met\w*\s+au\s+propre|\s*$|\s+fichier)"
    );
    // « Zoé prend les notes » among the first lines, or is told something by name further down.
    words!(
        TAKES_NOTES,
        r"(?i)(?:^|[\s,;.(])(?P<name>\p{L}{3,})\s+(?:qui\s+)?(?:prend\s+(?:les\s+|des\s+)?notes|note\s+tout|tape\s+(?:le|les)\s)"
    );
    const FIRST: usize = 10;
    let lines = || notes.lines().filter(|line| !line.text.trim().is_empty());
    let named = |found: Option<regex::Captures<'_>>| {
        let name = fold(&found?["name"]);
        super::name::is_first_name(&name).then_some(name)
    };
    lines()
        .take(2)
        .find_map(|line| named(TYPED_BY.captures(line.text)))
        .or_else(|| lines().take(FIRST).find_map(|line| named(TAKES_NOTES.captures(line.text))))
}

/// Whether somebody is told to do something by name: « Nat, pense à rappeler l'imprimeur ».
fn calls(said: &str, name: &str) -> bool {
    words!(
        TOLD,
        r"(?i)^\W*(?P<who>\p{L}{3,})\s*,?\s+(?:pense|rappelle|n['’]oublie|oublie|tu|il\s+faut(?:drait)?\s+que\s+tu|merci\s+de|(?:r[ae]ppel|demand|envoy|imprim|not|relanc|v[ée]rifi|t[ée]l[ée]phon)er)\b"
    );
    TOLD.captures(said).is_some_and(|found| {
        let who = fold(&found["who"]);
        name.starts_with(&who) || who.starts_with(name)
    })
}

/// The cuts in order, those that touch as one; what a sentence keeps that says nothing goes with it.
fn merged(mut cuts: Vec<Cut>, text: &str) -> Vec<Cut> {
    cuts.sort_by_key(|cut| (cut.place.start, std::cmp::Reverse(cut.place.end)));
    let mut out: Vec<Cut> = Vec::new();
    for cut in cuts {
        match out.last_mut() {
            // « la petite Lou (9 ans) »: who it is goes once.
            Some(last) if cut.place.end <= last.place.end && last.instead.is_some() => {}
            Some(last) if cut.place.start < last.place.end => {
                last.place.end = last.place.end.max(cut.place.end);
                last.instead = None;
            }
            _ => out.push(cut),
        }
    }
    // A sentence of which all but a label or an empty bracket goes, goes whole; so does what only
    // adds to it in brackets.
    let mut gone_until = usize::MAX;
    for sentence in units::sentences(text) {
        let said = text.get(sentence.clone()).unwrap_or_default();
        if sentence.start == gone_until && IN_BRACKETS.is_match(said) && !holds_hard_fact(said) {
            if let Some(last) = out.iter_mut().find(|cut| cut.place.end == gone_until) {
                last.place.end = sentence.end;
            }
            continue;
        }
        let mut inside: Vec<usize> = Vec::new();
        for (at, cut) in out.iter().enumerate() {
            if sentence.start <= cut.place.start && cut.place.end <= sentence.end {
                inside.push(at);
            }
        }
        let (Some(first), Some(last)) = (inside.first(), inside.last()) else { continue };
        if out[*first..=*last].iter().any(|cut| cut.instead.is_some()) {
            continue;
        }
        let left: String = rest_of(text, &sentence, &out[*first..=*last]);
        if words_in(&left) <= 1 || IN_BRACKETS.is_match(&left) || LABEL.is_match(&left) {
            let kind = out[*first].kind;
            out.splice(*first..=*last, [Cut { place: sentence.clone(), kind, instead: None }]);
            gone_until = sentence.end;
        }
    }
    out
}

words!(LISTED, r"^\s*[-*•–·]\s");
words!(IN_BRACKETS, r"^\W*\([^()]*\)\W*$");
words!(LABEL, r"^\W*\p{L}[\p{L}\s.'’-]{0,25}:\W*$");

fn rest_of(text: &str, sentence: &Range<usize>, cuts: &[Cut]) -> String {
    let mut left = String::new();
    let mut at = sentence.start;
    for cut in cuts {
        left.push_str(text.get(at..cut.place.start).unwrap_or_default());
        at = cut.place.end;
    }
    left.push_str(text.get(at..sentence.end).unwrap_or_default());
    left
}

/// The line with blanks, or what is said instead, where something went; commas and dashes that
/// nothing precedes any more go too.
fn without(text: &str, cuts: &[Cut]) -> String {
    const MARKS: [char; 8] = [' ', ',', ';', '–', '-', '>', '→', '!'];
    let mut out = text.to_owned();
    for cut in cuts {
        let length = cut.place.len();
        let instead = cut.instead.filter(|words| words.len() <= length).unwrap_or_default();
        if !instead.is_empty() {
            let filled = format!("{}{instead}", " ".repeat(length - instead.len()));
            out.replace_range(cut.place.clone(), &filled);
            continue;
        }
        let closes = text.get(cut.place.clone()).is_some_and(|said| said.trim_end().ends_with('.'));
        out.replace_range(cut.place.clone(), &" ".repeat(length));
        let before = out.get(..cut.place.start).unwrap_or_default();
        let said = before.trim_end_matches(MARKS).len();
        if !before.contains(char::is_alphanumeric) || before[..said].ends_with(['.', ':', '?']) {
            // « , qui râle, la salle est libre »: what opened the line is gone.
            let rest = out.get(cut.place.end..).unwrap_or_default();
            let marks = rest.len() - rest.trim_start_matches(MARKS).len();
            out.replace_range(cut.place.end..cut.place.end + marks, &" ".repeat(marks));
        } else if closes || out.get(cut.place.end..).is_some_and(|rest| rest.trim().is_empty()) {
            // What stands before in the sentence keeps its full stop and no comma after it.
            out.replace_range(said..cut.place.start, &" ".repeat(cut.place.start - said));
            if closes {
                out.replace_range(said..=said, ".");
            }
        }
    }
    closed_up(&mut out, cuts);
    if out.chars().any(char::is_alphanumeric) { out } else { " ".repeat(text.len()) }
}

/// « un riverain (…). La haie »: the stop goes up to the word before what went.
fn closed_up(out: &mut String, cuts: &[Cut]) {
    for cut in cuts.iter().filter(|cut| cut.instead.is_none()) {
        let mark = out.get(cut.place.end..).and_then(|rest| rest.chars().next());
        let said = out.get(..cut.place.end).map_or(0, |before| before.trim_end().len());
        if let Some(mark) = mark.filter(|mark| ['.', ',', ';'].contains(mark))
            && said > 0
            && said < cut.place.end
        {
            out.replace_range(cut.place.end..=cut.place.end, " ");
            out.replace_range(said..=said, &mark.to_string());
        }
    }
}

/// Puts a line back into the notes. The end of a line of which nothing is left becomes a blank as
/// well, as do those within what went: an empty line would part what stands around it, and the
/// word that is left of one would be a title.
fn put(text: &mut String, unit: &Unit, kept: &str, cuts: &[Cut]) {
    let end = unit.start + unit.text.len();
    let gone = kept.trim().is_empty();
    let ends: Vec<usize> = text
        .get(unit.start..end)
        .unwrap_or_default()
        .match_indices('\n')
        .map(|(at, _)| unit.start + at)
        .collect();
    text.replace_range(unit.start..end, kept);
    if gone {
        if unit.start > 0 {
            text.replace_range(unit.start - 1..unit.start, " ");
        }
        return;
    }
    for at in ends {
        let cut = cuts.iter().any(|cut| cut.place.contains(&(at - unit.start)));
        if !cut && text.get(at..=at) == Some(" ") {
            text.replace_range(at..=at, "\n");
        }
    }
}

#[cfg(test)]
mod tests;
