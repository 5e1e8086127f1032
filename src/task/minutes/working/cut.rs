//! The notes of a working meeting, line by line: which subject a line belongs to, and under which
//! heading it stands (decisions, actions, points left open).
//!
//! Every line that is not empty comes out exactly once.

mod habits;
mod heading;
mod title;

use std::cell::Cell;

use self::habits::Habits;
pub use self::heading::about_meeting;
use self::heading::{heading, kind_of, rubric};
use self::title::{Around, NUMBERED, short, title};
use super::super::structure::Piece;
use super::table;
use crate::notes::{Line, Notes};
use crate::reading::{Fact, facts, words};

/// What the heading over a line says that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Under {
    /// Nothing: the line tells by its own words.
    #[default]
    Subject,
    /// « Décisions : ».
    Decisions,
    /// « Actions : », « À faire : ».
    Actions,
    /// « Points en suspens : ».
    Open,
    /// « Ordre du jour : ».
    Agenda,
    /// « Dit : », of a subject: a question there is part of the talk.
    Said,
    /// « Reste : », of a subject: what is to be done, and what nobody settled.
    Rest,
    /// About the meeting itself: date, place, people.
    Meeting,
    /// A row of the table of this index.
    Row(usize),
}

/// A subject of the meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The number typed before it.
    pub number: Option<u32>,
    /// Its title, as typed.
    pub title: String,
}

/// A line in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<'a> {
    /// The line, without bullet or heading.
    pub piece: Piece<'a>,
    /// Index of its subject.
    pub subject: Option<usize>,
    /// The heading over it.
    pub under: Under,
    /// Whether it is the first line of the notes.
    pub first: bool,
    /// The line under its subject that introduces it: « menu » over deeper lines.
    pub label: Option<&'a str>,
}

/// The notes, cut.
#[derive(Debug, Default)]
pub struct Cut<'a> {
    /// Subjects, in the order of the notes.
    pub subjects: Vec<Subject>,
    /// Lines, in the order of the notes.
    pub lines: Vec<Placed<'a>>,
    /// What the columns of tables hold.
    pub tables: Vec<table::Head>,
}

/// Cuts the notes. `person` tells whether a few words name somebody who is at the meeting.
pub fn cut<'a>(notes: &'a Notes, person: &dyn Fn(&str) -> bool) -> Cut<'a> {
    let mut out = Cut::default();
    let lines: Vec<Line<'a>> = notes.lines().collect();
    let habits = Habits::of(&lines);
    let mut under = Under::Subject;
    let mut columns: Option<usize> = None;
    let mut after_blank = false;
    words!(
        NEXT_ALONE,
        r"(?i)^(?:la\s+|le\s+)?(?:prochaine?\s+\p{L}+|(?:r[ée]union|s[ée]ance)\s+suivante)\s*:?$"
    );
    words!(
        NAMED,
        r"(?i)\b(?:r[ée]union|commission|comit[ée]|bureau|conseil|ca|copil|point|groupe)\b"
    );
    let later: Cell<Option<&'a str>> = Cell::new(None);
    let label: Cell<Option<&'a str>> = Cell::new(None);
    for (index, line) in lines.iter().enumerate() {
        if line.text.trim().is_empty() {
            let next = lines.get(index + 1..).unwrap_or_default();
            let next = next.iter().find(|l| !l.text.trim().is_empty());
            if next.is_none_or(|l| !is_listed(l.text)) {
                under = Under::Subject;
            }
            columns = None;
            after_blank = true;
            continue;
        }
        let parted = std::mem::take(&mut after_blank);
        let (bullet, text) = bare(line.text);
        let indented = line.text.starts_with([' ', '\t']);
        let start = line.start + offset(line.text, text);
        let first = out.lines.is_empty() && out.subjects.is_empty();
        let put = |out: &mut Cut<'a>, from: usize, under: Under| {
            let text = text.get(from..).unwrap_or("");
            let trimmed = text.trim();
            let start = start + from + offset(text, trimmed);
            let piece = Piece { text: trimmed, span: start..start + trimmed.len() };
            let subject = out.subjects.len().checked_sub(1);
            out.lines.push(Placed { piece, subject, under, first, label: label.take() });
        };
        if first {
            put(&mut out, 0, Under::Meeting);
            continue;
        }
        if let Some(head) = table::head(line.text) {
            columns = Some(out.tables.len());
            out.tables.push(head);
            continue;
        }
        if let Some(table) = columns
            && let Some(head) = out.tables.get(table)
            && let Some(cells) = table::cells(line.text)
        {
            if let Some(title) = head.subject(&cells) {
                out.subjects.push(Subject { number: None, title });
            }
            put(&mut out, 0, Under::Row(table));
            continue;
        }
        columns = None;
        // « Prochaine réunion » over its date.
        if let Some(over) = later.take()
            && facts(text).first().is_some_and(|f| matches!(f.fact, Fact::Date(_)))
        {
            label.set(Some(over));
            put(&mut out, 0, Under::Meeting);
            continue;
        }
        if about_meeting(text) {
            if NEXT_ALONE.is_match(text) {
                later.set(Some(text));
            } else {
                put(&mut out, 0, Under::Meeting);
            }
            continue;
        }
        // Over the name of the meeting may stand that of the body.
        let second = out.lines.len() == 1 && out.subjects.is_empty() && NAMED.is_match(text);
        let dated = |text: &str| facts(text).iter().any(|f| matches!(f.fact, Fact::Date(_)));
        if second && dated(text) && out.lines.first().is_some_and(|l| !dated(l.piece.text)) {
            put(&mut out, 0, Under::Meeting);
            if let Some(line) = out.lines.last_mut() {
                line.first = true;
            }
            continue;
        }
        if let Some((kind, from)) = rubric(text).filter(|_| habits.rubrics) {
            if text.get(from..).is_none_or(|t| t.trim().is_empty()) {
                under = kind;
            } else {
                put(&mut out, from, kind);
            }
            continue;
        }
        if let Some((kind, rest, colon)) = heading(text) {
            let empty = text.get(rest..).is_none_or(|t| t.trim().is_empty());
            if empty || colon {
                if empty {
                    under = kind;
                } else {
                    put(&mut out, rest, kind);
                }
                continue;
            }
        }
        // « menu » over deeper lines of the same subject introduces the first of them.
        let inner = depth(line.text);
        let deeper = lines.get(index + 1).is_some_and(|l| depth(l.text) > inner);
        if inner > 0
            && deeper
            && under == Under::Subject
            && words_of(text) <= 4
            && short(text.trim_end_matches([':', ' ']))
        {
            label.set(Some(text));
            continue;
        }
        // A list goes on as long as its lines are listed; a title ends it.
        let around = Around {
            before: index.checked_sub(1).and_then(|at| lines.get(at)),
            next: lines.get(index + 1),
            habits: &habits,
        };
        let opens = title(text, bullet, indented, &around, person);
        let listed = is_listed(line.text) || next_entry(&out, text);
        if under == Under::Agenda && listed && !agenda_ends(&out, text) {
            put(&mut out, 0, Under::Agenda);
            continue;
        }
        let keeps = matches!(under, Under::Decisions | Under::Actions | Under::Open)
            && (bullet || indented || opens.as_ref().is_none_or(|t| t.rest < text.len()));
        match opens {
            // « 4. Actions », « 5. prochaine fois » number a list or a matter of the meeting.
            Some(found)
                if !keeps && found.rest >= text.len() && kind_of(&found.title).is_some() =>
            {
                under = kind_of(&found.title).unwrap_or_default();
                if under == Under::Meeting {
                    under = Under::Subject;
                    later.set(Some(text));
                }
            }
            Some(found) if !keeps => {
                under = Under::Subject;
                out.subjects.push(Subject { number: found.number, title: found.title });
                if found.rest < text.len() {
                    put(&mut out, found.rest, Under::Subject);
                }
            }
            _ => {
                if under == Under::Agenda {
                    under = Under::Subject;
                }
                // After the last number, a blank line parts what is of no item.
                let rest = lines.get(index + 1..).unwrap_or_default();
                let apart = parted
                    && under == Under::Subject
                    && !bullet
                    && !indented
                    && out.subjects.iter().filter(|s| s.number.is_some()).count() >= 3
                    && out.subjects.last().is_some_and(|s| s.number.is_some())
                    && rest.len() >= 2
                    && !rest.iter().any(|l| NUMBERED.is_match(l.text));
                if apart {
                    out.subjects.push(Subject { number: None, title: "Divers".to_owned() });
                }
                put(&mut out, 0, under);
            }
        }
    }
    out
}

/// How far a line is set in; none for an empty one.
fn depth(line: &str) -> usize {
    let set = line.chars().take_while(|c| c.is_whitespace());
    if line.trim().is_empty() { 0 } else { set.map(|c| if c == '\t' { 4 } else { 1 }).sum() }
}

/// « 2 voirie » under « 1 école »: the next entry of an agenda whose numbers have no sign.
fn next_entry(out: &Cut<'_>, text: &str) -> bool {
    let entries = out.lines.iter().filter(|l| l.under == Under::Agenda).count();
    let number = text.split_whitespace().next().and_then(|word| word.parse::<usize>().ok());
    number == Some(entries + 1) && words_of(text) <= 8
}

/// An agenda whose first number comes again has ended: the items themselves begin.
fn agenda_ends(out: &Cut<'_>, text: &str) -> bool {
    let number = |text: &str| {
        text.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<u32>().ok()
    };
    let entries = out.lines.iter().filter(|l| l.under == Under::Agenda);
    let seen: Vec<u32> = entries.filter_map(|l| number(l.piece.text)).collect();
    number(text).is_some_and(|n| seen.contains(&n))
}

fn words_of(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Whether a line is an entry of a list.
fn is_listed(text: &str) -> bool {
    words!(LISTED, r"^\s*(?:[-–•*+>☐□|]|\[\s?\]|\d{1,2}\s*[.)/]|[a-z]\))\s*\S");
    LISTED.is_match(text)
}

/// The line without its bullet, and whether it had one.
fn bare(text: &str) -> (bool, &str) {
    words!(SUB, r"^\d{1,2}\.\d{1,2}[.)]?\s+");
    let trimmed = text.trim();
    if let Some(mark) = SUB.find(trimmed) {
        return (true, trimmed.get(mark.end()..).unwrap_or(trimmed));
    }
    let listed = trimmed.starts_with(['-', '–', '•', '+', '☐', '□', '→'])
        || (trimmed.starts_with('*') && !trimmed.starts_with("**"))
        || trimmed.starts_with("[ ]")
        || (trimmed.starts_with('>') && !trimmed.starts_with(">>"));
    if !listed {
        return (false, trimmed);
    }
    let rest = trimmed.trim_start_matches("[ ]");
    (true, rest.trim_start_matches(['-', '–', '•', '*', '+', '☐', '□', '>', '→', ' ', '\t']))
}

/// Where a part of a line begins in it.
fn offset(line: &str, part: &str) -> usize {
    if part.is_empty() {
        return line.len();
    }
    line.find(part).unwrap_or(0)
}

#[cfg(test)]
mod tests;
