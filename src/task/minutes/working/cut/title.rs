//! The title of a subject that a line opens with.

use std::sync::LazyLock;

use regex::Regex;

use super::habits::Habits;
use super::{is_listed, words_of};
use crate::notes::Line;
use crate::reading::{Fact, facts, pattern, words};
use crate::task::minutes::head;
use crate::task::minutes::working::signs::{self, Sign};
use crate::task::minutes::working::sorter;

/// A title that a line opens with.
pub(super) struct Title {
    pub(super) number: Option<u32>,
    pub(super) title: String,
    /// Where the rest of the line begins.
    pub(super) rest: usize,
}

/// What stands around a line.
pub(super) struct Around<'a> {
    pub(super) before: Option<&'a Line<'a>>,
    pub(super) next: Option<&'a Line<'a>>,
    pub(super) habits: &'a Habits,
}

pub(super) fn title(
    text: &str,
    bullet: bool,
    indented: bool,
    around: &Around<'_>,
    person: &dyn Fn(&str) -> bool,
) -> Option<Title> {
    words!(MARKED, r"^(?:#{1,4}\s*|\*\*)(?P<title>[^*#]+?)(?:\*\*)?\s*:?\s*$");
    words!(OTHERS, r"(?i)^(?:questions?\s+)?divers(?:es)?\b|^autres?\b|^qd\b");
    let whole = |title: &str, number: Option<u32>| {
        let title = title.trim_end_matches([':', ' ']).to_owned();
        Some(Title { number, title, rest: text.len() })
    };
    if let Some(found) = MARKED.captures(text) {
        let inner = found["title"].trim();
        return match NUMBERED.captures(inner) {
            Some(n) => whole(&n["rest"], n["n"].parse().ok()),
            None => whole(inner, None),
        };
    }
    if sorter::CORRECTS.is_match(text) || sorter::AFTERWARDS.is_match(text) {
        return None;
    }
    // « → buvette » over deeper lines is a title.
    let next = around.next.filter(|l| !l.text.trim().is_empty());
    let deeper = next.is_some_and(|l| l.text.starts_with([' ', '\t'])) && !indented;
    if bullet
        && (deeper || around.habits.crowned && !indented)
        && short(text.trim_end_matches([':', ' ']))
    {
        return whole(text, None);
    }
    if bullet || indented {
        return None;
    }
    if around.habits.lettered
        && let Some(found) = LETTERED.captures(text)
    {
        let rest = found.name("rest")?;
        return match colon(rest.as_str()) {
            Some((title, after)) => Some(Title { number: None, title, rest: rest.start() + after }),
            None => whole(rest.as_str(), None),
        };
    }
    if around.habits.counted
        && deeper
        && let Some(found) = BARE_NUMBER.captures(text)
    {
        return whole(&found["rest"], found["n"].parse().ok());
    }
    if let Some(found) = NUMBERED.captures(text) {
        let rest = found.name("rest")?;
        let number = found["n"].parse().ok();
        return Some(match colon(rest.as_str()) {
            Some((title, after)) => Title { number, title, rest: rest.start() + after },
            // « 5. affiches 160 € … »: what it costs is no part of the title.
            None if rest.as_str().find(|c: char| c.is_ascii_digit()).is_some_and(|at| {
                head::is_title(rest.as_str()[..at].trim()) && words_of(&rest.as_str()[..at]) <= 4
            }) =>
            {
                let at = rest.as_str().find(|c: char| c.is_ascii_digit()).unwrap_or(0);
                let title = rest.as_str()[..at].trim().to_owned();
                Title { number, title, rest: rest.start() }
            }
            None if words_of(rest.as_str()) <= 9 => {
                Title { number, title: rest.as_str().trim().to_owned(), rest: text.len() }
            }
            None => Title {
                number,
                title: rest.as_str().split_whitespace().take(6).collect::<Vec<_>>().join(" "),
                rest: rest.start(),
            },
        });
    }
    // « TRAVAUX   retard de 3 semaines »
    if let Some((title, rest)) = head::before_gap(text)
        && in_capitals(title)
        && !person(title)
    {
        return Some(Title { number: None, title: title.to_owned(), rest });
    }
    let opens = around.before.is_some_and(|l| l.text.trim().is_empty());
    let habits = around.habits;
    if let Some((title, rest)) = colon(text)
        && words_of(&title) <= 6
        && !person(&title)
        && !title.split([',', '&']).any(|part| person(part.trim()))
        && signs::read(&title) == Sign::Plain
        && !title.contains(['?', '>', '='])
    {
        let empty = text.get(rest..).is_none_or(|t| t.trim().is_empty());
        let other_way = (habits.marked || habits.blocks || habits.alone || habits.prose) && !empty;
        if !other_way || (opens && !habits.blocks) || OTHERS.is_match(&title) {
            return Some(Title { number: None, title, rest });
        }
    }
    // Before the next numbered title stands the end of the last subject, no title.
    let numbered = |l: &Line<'_>| around.habits.marked && NUMBERED.is_match(l.text.trim());
    let introduces = next
        .is_some_and(|l| (is_listed(l.text) && !numbered(l)) || l.text.starts_with([' ', '\t']))
        && !text.contains(": ")
        && short(text.trim_end_matches([':', ' ']))
        && (!habits.blocks || opens);
    let heads = habits.blocks
        && opens
        && next.is_some()
        && words_of(text) <= 6
        && !text.contains(['>', '?', ',', '.', '=', ':'])
        && !person(text);
    (in_capitals(text) || introduces || heads).then(|| whole(text, None)).flatten()
}

/// What stands before the first colon, and where what follows begins.
fn colon(text: &str) -> Option<(String, usize)> {
    let at = text.find(':')?;
    let before = text.get(..at)?.trim();
    let hour = before.ends_with(|c: char| c.is_ascii_digit())
        && text.get(at + 1..).is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()));
    let usable = !hour && !before.is_empty() && words_of(before) <= 9 && !before.contains('(')
        || (before.contains('(') && before.ends_with(')'));
    usable.then(|| (before.to_owned(), at + 1))
}

/// Whether a line is one of capitals: « SONO », « FEU DE LA ST JEAN sam. 19 juin ».
pub(super) fn in_capitals(text: &str) -> bool {
    let bare = without_dates(text);
    let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3
        && !bare.chars().any(char::is_lowercase)
        && words_of(text) <= 8
        && !text.contains(['>', '?', '='])
}

/// The text without its dates and hours, which a title may bear.
fn without_dates(text: &str) -> String {
    let mut out = text.to_owned();
    for found in facts(text).into_iter().rev() {
        if matches!(found.fact, Fact::Date(_) | Fact::Hour(_)) {
            out.replace_range(found.span, "");
        }
    }
    out
}

/// Whether a line is short enough for a title and holds no sentence.
pub(super) fn short(text: &str) -> bool {
    let bare = without_dates(text);
    words_of(text) <= 8
        && words_of(&bare) <= 6
        && !bare.contains(['?', '=', ',', '.', '>', '→'])
        && !bare.chars().any(|c| c.is_ascii_digit())
}

pub(super) static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:(?i:point|pt|sujet)\s+)?(?:n°\s*)?(?P<n>\d{1,2})\s*(?:[/).°:]+|\s[-–]\s|[-–]\s)\s*(?P<rest>\p{L}.*)$",
    )
});

words!(pub(super) LETTERED, r"^(?P<n>[A-H]|[IVX]{1,4})\s*(?:[.)/]|[-–]\s)\s*(?P<rest>\p{Lu}\p{L}.*)$");
words!(pub(super) BARE_NUMBER, r"^(?P<n>\d{1,2})\s+(?P<rest>\p{L}[^?=:.,]*)$");
