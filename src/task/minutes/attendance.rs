//! Attendance in notes: present, late, represented, excused, absent.
//!
//! A line about attendance is a list of names under a category (`présents :`, `exc :`, `abs`), in
//! which a segment may carry its own mark (`Lenoir -> pvr à Duval`, `Petit exc. pas de pvr`). One
//! line may hold several categories (`heads`), and one category several lines (`lists`); numbers
//! may stand for names (`counts`). Names are resolved through [`People`] (`segment`); one that the sheet does not know is kept as written and told at the end, by
//! [`super::roll`].

mod counts;
mod heads;
mod lists;
mod segment;

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use self::heads::{Head, heads, several_names};
use super::movement::{self, Movement};
use super::people::People;
use super::proxy;
use super::record::Attendance;
use super::structure::Piece;
use crate::notes::Span;
use crate::reading::pattern;

/// What a name is listed under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    /// There at the opening.
    Present,
    /// Not there, and said to be sorry.
    Excused,
    /// Not there.
    Absent,
    /// Not there, and voting through another.
    Represented,
}

/// What lines of attendance leave to be settled once all are read.
#[derive(Debug, Default)]
pub struct Roll {
    /// The category that the next line may go on with.
    open: Option<Category>,
    /// « tous présents »: every member that no other list names.
    pub everyone: bool,
    /// Names that the sheet does not know.
    pub unknown: Vec<(String, Span)>,
    /// Names read, known or not.
    pub read: usize,
    /// Numbers that the notes give beside the names.
    pub counts: Vec<(Category, u32, Span)>,
    /// Who wrote the notes: « moi (Coralie) ».
    pub me: Option<String>,
    /// The secretary of the session, named in a list.
    pub secretary: Option<String>,
    /// Members present who may not vote.
    pub not_up_to_date: Option<(u32, Span)>,
    /// Employees named in a list.
    pub assistants: Vec<String>,
    /// The mayor, told in a list: « Arlette Vaudrimont (maire) ».
    pub mayor: Option<String>,
    /// What somebody is called elsewhere in the notes, and their name: « Lulu (Lucienne Talmont) ».
    pub called: Vec<(String, String)>,
}

/// Reads one line; `None` when it is not about attendance, else what of it is about something
/// else.
pub fn read(
    piece: &Piece<'_>,
    people: &People<'_>,
    roll: &mut Roll,
    attendance: &mut Attendance,
) -> Option<String> {
    let open = roll.open.take();
    let text = piece.text.trim_start_matches(['-', '–', '•', '*', ' ']);
    let called = after_call(text);
    let names_called = called.is_some_and(several_names);
    let text: &str = &plain(called.unwrap_or(text));
    let moved = movement::read(text, people, None, false);
    if !moved.is_empty() {
        for movement in moved {
            push(movement, attendance);
        }
        return Some(String::new());
    }
    let heads = heads(text, people);
    if heads.is_empty() && names_called {
        let head = Head { start: 0, list: 0, category: Category::Present, count: None };
        Reader { span: &piece.span, people, roll, attendance }.listed(text, &head);
        return Some(String::new());
    }
    let mut reader = Reader { span: &piece.span, people, roll, attendance };
    // « = 13 » under a list is the number of its names.
    static TOTAL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:=+>?|soit|total)\s*:?\s*(\d{1,3})(?:\s+(?:pers\w*|membres|en\s+tout))?\W*$",
        )
    });
    if let Some(category) = open
        && let Some(count) = TOTAL.captures(text).and_then(|f| f.get(1)?.as_str().parse().ok())
    {
        reader.count(category, count);
        return Some(String::new());
    }
    if let Some(first) = heads.first() {
        let rest =
            text[..first.start].trim_matches([' ', '/', '.', ',', ';', '·', '|', '-']).to_owned();
        for (index, head) in heads.iter().enumerate() {
            let end = heads.get(index + 1).map_or(text.len(), |next| next.start);
            let list = text[head.list.min(end)..end]
                .trim_matches([' ', '/', '.', ',', ';', '|', '·', '-', '–']);
            reader.listed(list, head);
        }
        reader.counts(&rest);
        return Some(rest);
    }
    let read = reader.everyone(text)
        || reader.proxies(text)
        || reader.states(text)
        || reader.counts(text)
        || open.is_some_and(|category| reader.goes_on(text, category));
    read.then(String::new)
}

/// What follows the call: « Elle procède à l'appel : tout le monde est là sauf … ».
fn after_call(text: &str) -> Option<&str> {
    static CALL: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^.{0,40}\bl['’]appel\s*[:,]\s*"));
    CALL.find(text).map(|call| &text[call.end()..])
}

/// A proxy without the words beside it: « excusé aussi, pouvoir à Ada également (je crois que deux
/// c'est trop) ».
fn plain(text: &str) -> Cow<'_, str> {
    static BESIDE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\s+(?:aussi|[ée]galement)\b|\s*\((?:il\s+me\s+semble|je\s+(?:crois|pense)|[àa]\s+v(?:oir|[ée]rif))[^()]*\)",
        )
    });
    if proxy::named(text) { BESIDE.replace_all(text, "") } else { Cow::Borrowed(text) }
}

/// Puts a movement in the record.
pub fn push(movement: Movement, attendance: &mut Attendance) {
    match movement {
        Movement::In(arrival) => {
            if !attendance.arrivals.iter().any(|a| a.name == arrival.name && a.when == arrival.when)
            {
                attendance.arrivals.push(arrival);
            }
        }
        Movement::Back(arrival) => {
            let left = attendance.departures.iter().any(|d| d.name == arrival.name);
            let there = attendance.present.contains(&arrival.name)
                || attendance.arrivals.iter().any(|a| a.name == arrival.name);
            if left || !there {
                attendance.arrivals.push(arrival);
            }
        }
        Movement::Out(departure) => {
            if !attendance.departures.iter().any(|d| d.name == departure.name) {
                attendance.departures.push(departure);
            }
        }
    }
}

/// One line being read.
struct Reader<'a> {
    span: &'a Span,
    people: &'a People<'a>,
    roll: &'a mut Roll,
    attendance: &'a mut Attendance,
}

impl Reader<'_> {}

#[cfg(test)]
mod tests;
