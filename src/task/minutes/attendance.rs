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

pub(super) use self::counts::of_first_assembly;
use self::heads::{Head, heads, several_names};
use super::movement::{self, Movement};
use super::people::{People, split};
use super::proxy;
use super::record::Attendance;
use super::structure::Piece;
use crate::notes::Span;
use crate::reading::{fold, pattern};

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
    /// Members whom a list says to be late.
    pub late: Vec<String>,
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
    let beside = besides_the_chair(text);
    let text = beside.as_deref().unwrap_or(text);
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
    if let Some(name) = late(text, people) {
        roll.open = open;
        roll.late.push(name);
        return Some(String::new());
    }
    if let Some(rest) = present_at(text, &piece.span, people, roll, attendance) {
        return Some(rest);
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

/// « Présents, outre le maire : Ada, Luc » lists the mayor too.
fn besides_the_chair(text: &str) -> Option<String> {
    static BESIDES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^((?:[ée]taient\s+|sont\s+|membres\s+)?pr[ée]sente?s?)\s*,?\s*(?:outre|en\s+plus\s+d[eu]|autour\s+d[eu]|avec|sous\s+la\s+pr[ée]sidence\s+d[eu])\s+((?:(?:mme|madame|m\.?|monsieur)\s+)?l[ea]\s+maire)\s*[:,]\s*(.+)$",
        )
    });
    let found = BESIDES.captures(text)?;
    Some(format!("{} : {}, {}", &found[1], &found[2], &found[3]))
}

/// « Talmont retardé », « Ada Vernier sera en retard ».
fn late(text: &str, people: &People<'_>) -> Option<String> {
    static LATE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(.{2,40}?)\s*[:,(]?\s*(?:(?:est|sera|[ée]tait)\s+)?(?:retard[ée]e?|en\s+retard|retardataire)\W*$",
        )
    });
    people.member(&LATE.captures(text)?[1])
}

/// Members named without the word « présents »: after the hour of opening, or in a row with nothing
/// between them. What is left says who presides, or at what hour it opened.
fn present_at(
    text: &str,
    span: &Span,
    people: &People<'_>,
    roll: &mut Roll,
    attendance: &mut Attendance,
) -> Option<String> {
    static OPENED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^((?:s[ée]ance\s+)?(?:ouv\w*|d[ée]but\w*|appel)\.?\s*(?:[àa]\s+)?\d{1,2}\s?[h:]\s?\d{0,2})\s*(?:avec|en\s+pr[ée]sence\s+d[e'’])?\s*[:,]?\s*(.+)$",
        )
    });
    let opened = OPENED.captures(text).filter(|found| {
        let names = split(&found[2]);
        names.len() >= 3 && names.iter().filter(|name| people.member(name).is_some()).count() >= 3
    });
    if let Some(found) = opened {
        let head = Head { start: 0, list: 0, category: Category::Present, count: None };
        Reader { span, people, roll, attendance }.listed(&found[2], &head);
        return Some(found[1].to_owned());
    }
    let (names, chair) = in_a_row(text, people)?;
    let mut reader = Reader { span, people, roll, attendance };
    for name in names {
        reader.roll.read += 1;
        reader.place(&name, Category::Present);
    }
    Some(chair.map_or_else(String::new, |chair| format!("{chair} préside")))
}

/// Four members or more in a row, and nobody else: « la maire qui préside vernier talmont ostin ».
fn in_a_row(text: &str, people: &People<'_>) -> Option<(Vec<String>, Option<String>)> {
    if text.contains([',', ';', ':', '/', '(']) {
        return None;
    }
    let mut names: Vec<String> = Vec::new();
    let mut chair = None;
    for word in text.split_whitespace() {
        let folded = fold(word);
        match folded.as_str() {
            "preside" | "presidente" | "president" => chair = names.last().cloned(),
            "le" | "la" | "les" | "et" | "qui" | "mme" | "m" | "m." | "presents" | "presentes" => {}
            _ => {
                let name = people.member(word)?;
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
    }
    (names.len() >= 4).then_some((names, chair))
}

/// What follows the call: « Elle procède à l'appel : tout le monde est là sauf … ».
fn after_call(text: &str) -> Option<&str> {
    static CALL: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^.{0,90}\bl['’]appel\s*[:,]\s*"));
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
    // « Ada excusée a donné pouvoir à Luc »
    static SORRY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i),?\s+(?:s['’]est\s+|est\s+)?(?:excus[ée]e?s?|absente?s?)\s*,?\s*(?:et\s+|qui\s+)?(?P<gives>(?:a|ont|avait)\s+(?:donn|laiss|confi|remis))",
        )
    });
    if !proxy::named(text) {
        return Cow::Borrowed(text);
    }
    match BESIDE.replace_all(text, "") {
        Cow::Borrowed(text) => SORRY.replace(text, " $gives"),
        Cow::Owned(text) => Cow::Owned(SORRY.replace(&text, " $gives").into_owned()),
    }
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
