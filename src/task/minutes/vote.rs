//! Votes in notes: counts, unanimity, names, results; and what remains of a line without its vote.
//!
//! A vote is read from all that a line says of it (« adopté par 10 voix pour, 2 contre (A, B) »),
//! by its counts (`counted`, `forms`), by names (`named`) or without either (`uncounted`); then what
//! came of it (`result`). Its place covers the words that only announce it, so that what remains
//! (`remains`) is an account. Whether the counts can be right is for [`super::checks`] to say.

mod counted;
mod forms;
mod named;
mod remains;
mod result;
mod uncounted;

use std::sync::LazyLock;

use regex::Regex;

use self::counted::counted;
pub use self::counted::is_ballot;
use self::forms::{by_voices, in_small_letters, same_again, triple, versus, yes_alone, yes_or_no};
pub use self::named::voter;
use self::named::{except, named};
use self::remains::announced_from;
pub use self::remains::without;
pub use self::result::casting;
use self::result::result;
use self::uncounted::{by_majority, result_alone, told, unanimous};
use super::record::Vote;
use crate::french;
use crate::notes::Span;
use crate::reading::name::Roster;
use crate::reading::{fold, pattern};

/// « 13 votants », « votants : 13 ».
static CAST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(\d{1,3})\s+votants?\b|\bvotants?\s*[:=]?\s*(\d{1,3})\b"));

/// Counts of a vote in the order in favour, against, abstentions.
pub fn counts(vote: &Vote) -> [u32; 3] {
    [vote.in_favour, vote.against, vote.abstentions].map(|c| c.unwrap_or(0))
}

/// Index of the slot that a word names: in favour, against, abstentions, blank.
fn side(word: &str) -> usize {
    match fold(word).chars().next() {
        Some('p') => 0,
        Some('c') => 1,
        Some('b' | 'n') => 3,
        _ => 2,
    }
}

fn slot(vote: &mut Vote, side: usize) -> &mut Option<u32> {
    match side {
        0 => &mut vote.in_favour,
        1 => &mut vote.against,
        2 => &mut vote.abstentions,
        _ => &mut vote.blank,
    }
}

/// The vote a line states and where in the line; `None` when it states none.
pub fn find(line: &str, roster: &Roster) -> Option<(Vote, Span)> {
    if elects(line, roster) {
        return None;
    }
    let read = named(line, roster)
        .or_else(|| versus(line))
        .or_else(|| same_again(line))
        .or_else(|| except(line, roster))
        .or_else(|| counted(line, roster))
        .or_else(|| yes_alone(line))
        .or_else(|| yes_or_no(line))
        .or_else(|| triple(line))
        .or_else(|| in_small_letters(line))
        .or_else(|| by_voices(line))
        .or_else(|| unanimous(line))
        .or_else(|| by_majority(line));
    let Some((mut vote, mut span)) = read else { return result_alone(line) };
    if let Some(other) = told(line) {
        vote.unanimous = !vote.rest_in_favour;
        span = span.start.min(other.start)..span.end.max(other.end);
        // « unanimité (33) » tells how many voted.
        static CAST_BESIDE: LazyLock<Regex> =
            LazyLock::new(|| pattern(r"^\s*\((\d{1,3})(?:\s+(?:voix|votants|pour))?\)"));
        if let Some(beside) = CAST_BESIDE.captures(&line[span.end..]) {
            vote.in_favour = vote.in_favour.or_else(|| beside[1].parse().ok());
            span.end += beside[0].len();
        }
    }
    // « à l'unanimité, 2 abst »: of the votes cast.
    if vote.unanimous && vote.in_favour.is_none() && vote.total() > 0 {
        vote.unanimous = false;
        vote.rest_in_favour = true;
    }
    if let Some(cast) = CAST.captures(line) {
        vote.cast = cast.get(1).or(cast.get(2)).and_then(|m| m.as_str().parse().ok());
        if let Some(whole) = cast.get(0)
            && whole.end() <= span.start
            && line[whole.end()..span.start].split_whitespace().count() <= 1
        {
            span.start = whole.start();
        }
    }
    result(line, &mut vote, &mut span);
    span.start = announced_from(line, span.start);
    Some((vote, span))
}

/// « 8 voix pour Ada, 6 pour Luc » counts the ballots of an election.
fn elects(line: &str, roster: &Roster) -> bool {
    static FOR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:\d{1,3}|\p{L}{2,8})\s+(?:(?:voix|bulletins?|votes?)\s+)?pour\s+((?-i:\p{Lu}\p{Ll})[\p{L}'’-]+)",
        )
    });
    FOR.captures_iter(line).any(|found| {
        let name = &found[1];
        !roster.mentions(name).is_empty() || !french::is_word(&name.to_lowercase())
    })
}

/// Whether the two say different things of one vote, so that one cannot complete the other.
pub fn conflict(vote: &Vote, other: &Vote) -> bool {
    let whole = |v: &Vote| v.unanimous || v.rest_in_favour || v.in_favour.is_some();
    let clash = |a: Option<u32>, b: Option<u32>| matches!((a, b), (Some(a), Some(b)) if a != b);
    // « 13 pour. unanimité » says one thing twice.
    let opposed = |v: &Vote| v.against.unwrap_or(0) + v.abstentions.unwrap_or(0) > 0;
    if vote.unanimous != other.unanimous && vote.in_favour.is_some() != other.in_favour.is_some() {
        return opposed(vote) || opposed(other);
    }
    let unlike = clash(vote.in_favour, other.in_favour)
        || clash(vote.against, other.against)
        || clash(vote.abstentions, other.abstentions);
    unlike
        || (whole(vote) && whole(other) && (vote.unanimous != other.unanimous || vote.total() == 0))
}

/// Adds what a second line says to a vote begun on another.
pub fn merge(vote: &mut Vote, other: Vote) {
    vote.in_favour = vote.in_favour.or(other.in_favour);
    vote.against = vote.against.or(other.against);
    vote.abstentions = vote.abstentions.or(other.abstentions);
    vote.blank = vote.blank.or(other.blank);
    vote.unanimous |= other.unanimous;
    vote.casting |= other.casting;
    vote.rest_in_favour |= other.rest_in_favour;
    vote.result = vote.result.or(other.result);
    vote.cast = vote.cast.or(other.cast);
    vote.others = vote.others.max(other.others);
    vote.span = vote.span.start.min(other.span.start)..vote.span.end.max(other.span.end);
    match (&mut vote.names, other.names) {
        (Some(names), Some(others)) => {
            for (mine, theirs) in names.iter_mut().zip(others) {
                mine.extend(theirs);
            }
        }
        (names @ None, others) => *names = others,
        (Some(_), None) => {}
    }
}

#[cfg(test)]
mod tests;
