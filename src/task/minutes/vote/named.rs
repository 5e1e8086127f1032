//! Votes by names: « contre : Ada, Luc », « tous sauf Ada », « Ada s'abstient ».

use std::sync::LazyLock;

use regex::Regex;

use super::counted::{COUNT, number};
use super::{side, slot};
use crate::notes::Span;
use crate::reading::name::{Roster, candidate_names};
use crate::reading::{fold, pattern};
use crate::task::minutes::record::Vote;

/// Names under a heading: « pour : A B (+C) », « contre : D. abst : E », « POUR A, B ».
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(pour|contre|abst(?:entions?)?)\.?\s*:\s*|\b((?-i:POUR|CONTRE|ABST(?:ENTIONS?)?))\.?\s+",
    )
});
/// What sets some apart from all the others.
static EXCEPT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:unan\w*\.?|tous(?:\s+(?:les\s+)?(?:\p{L}+\s+)?pour)?|tout\s+le\s+monde(?:\s+(?:est\s+)?pour)?|adopt[ée]e?s?|approuv[ée]e?s?|accept[ée]e?s?|vot[ée]e?s?|ok)\s*,?\s*(?:moins|sauf|except[ée]|hormis|[àa]\s+l['’]exception\s+de|[-–])\s+",
    )
});

/// « Mazureil vote contre », « Noblard s'abstient »: who, and on which side.
pub fn voter(clause: &str, roster: &Roster) -> Option<(String, usize)> {
    static VOTES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^\s*,?\s*(?:qui\s+)?(?:(?:a\s+)?vot[eé]e?\s+(pour|contre)|s['’]\s?(?:abst\w+)|s['’]est\s+abst\w+|abst)\s*\.?\s*$",
        )
    });
    let mentions = roster.mentions(clause);
    let [(member, span)] = mentions.as_slice() else { return None };
    if !clause[..span.start].trim().is_empty() {
        return None;
    }
    let found = VOTES.captures(&clause[span.end..])?;
    let side = found.get(1).map_or(2, |m| side(m.as_str()));
    Some((roster.full_name(*member).to_owned(), side))
}

/// Names under their sides: as many votes as names.
pub(super) fn named(line: &str, roster: &Roster) -> Option<(Vote, Span)> {
    // Without a colon a name has to follow at once.
    let opens = |mark: &regex::Captures<'_>| {
        let end = mark.get(0).map_or(0, |m| m.end());
        mark.get(1).is_some()
            || roster.mentions(&line[end..]).first().is_some_and(|(_, span)| span.start == 0)
    };
    let marks: Vec<_> = NAMED.captures_iter(line).filter(opens).collect();
    let first = marks.first()?.get(0)?.start();
    let mut vote = Vote { possible: true, ..Vote::default() };
    let mut names: [Vec<String>; 3] = Default::default();
    let mut end = first;
    for (index, mark) in marks.iter().enumerate() {
        let start = mark.get(0)?.end();
        let stop = marks.get(index + 1).and_then(|m| m.get(0)).map_or(line.len(), |m| m.start());
        let found = roster.mentions(&line[start..stop]);
        // « contre : 3 (Ostin) » is a count.
        let counted = line[start..stop].trim_start().starts_with(|c: char| c.is_ascii_digit());
        if found.is_empty() || counted {
            continue;
        }
        // « contre : Mazureil trouve que … » is a view, not a ballot.
        let last = found.last().map_or(start, |(_, span)| start + span.end);
        if line[last..stop].split_whitespace().filter(|w| w.len() > 3).count() > 2 {
            continue;
        }
        let slot = side(mark.get(1).or(mark.get(2))?.as_str());
        names[slot].extend(found.iter().map(|(member, _)| roster.full_name(*member).to_owned()));
        end = stop;
    }
    let count = |slot: usize| match names[slot].len() {
        0 => None,
        n => u32::try_from(n).ok(),
    };
    (vote.in_favour, vote.against, vote.abstentions) = (count(0), count(1), count(2));
    (vote.total() > 0).then(|| {
        vote.names = Some(names);
        (vote, first..end)
    })
}

/// « unanimité moins 1 abst (Untel) », « tous pour sauf Untel ».
pub(super) fn except(line: &str, roster: &Roster) -> Option<(Vote, Span)> {
    let found = EXCEPT.find(line)?;
    let tail_end = line[found.end()..].find(". ").map_or(line.len(), |at| found.end() + at);
    let tail = &line[found.end()..tail_end];
    let mut vote = Vote { possible: true, rest_in_favour: true, ..Vote::default() };
    let mut names: [Vec<String>; 3] = Default::default();
    let mut end = found.end();
    for count in COUNT.captures_iter(tail) {
        let (Some(word), Some(n)) =
            (count.name("side").or(count.name("side2")), count.name("n").or(count.name("n2")))
        else {
            continue;
        };
        let side = side(word.as_str());
        *slot(&mut vote, side) = number(n.as_str());
        if let (Some(who), Some(list)) = (count.name("who"), names.get_mut(side)) {
            list.extend(people(who.as_str(), roster));
        }
        end = end.max(found.end() + count.get(0)?.end());
    }
    if vote.total() == 0 {
        end = found.end() + uncounted(tail, roster, &mut vote, &mut names)?;
    }
    if names.iter().any(|n| !n.is_empty()) {
        vote.names = Some(names);
    }
    Some((vote, found.start()..end))
}

/// Those set apart by name alone, or by a number without a side; where they end.
fn uncounted(
    tail: &str,
    roster: &Roster,
    vote: &mut Vote,
    names: &mut [Vec<String>; 3],
) -> Option<usize> {
    static LONE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)^(\d{1,3}|une?|deux|trois|quatre|cinq)\s*(?:voix)?\s*(?:[.,;)]|$)")
    });
    let who = people(tail, roster);
    let folded = fold(tail);
    let count = u32::try_from(who.len()).unwrap_or(0);
    if count == 0 {
        let lone = LONE.captures(tail)?;
        vote.others = number(lone.get(1)?.as_str())?;
        return Some(lone.get(0)?.end());
    }
    if folded.contains("contre") {
        vote.against = Some(count);
        names[1] = who;
    } else if folded.contains("abst") {
        vote.abstentions = Some(count);
        names[2] = who;
    } else {
        vote.others = count;
    }
    Some(tail.len())
}

/// Names in brackets after a count: members, else words that look like names.
pub(super) fn people(text: &str, roster: &Roster) -> Vec<String> {
    let known: Vec<String> = roster
        .listed(text)
        .unwrap_or_else(|| roster.mentions(text).into_iter().map(|(member, _)| member).collect())
        .into_iter()
        .map(|member| roster.full_name(member).to_owned())
        .collect();
    if known.is_empty() {
        candidate_names(text).into_iter().map(|span| text[span].to_owned()).collect()
    } else {
        known
    }
}
