//! Totals told with two digits exchanged or one mistaken: « 18 420,60 et 12 000, soit 30 240,60 »,
//! « le reste 49 612,55 » where the terms make 49 162,55.
//!
//! The other rules know what their terms are. Here any numbers before the total may be, since a slip
//! of this kind does not happen by chance: what is computed has the digits of what is told but for
//! two neighbours, or, in a list of three terms or more, but for one.

use super::parts::says_otherwise;
use super::{NUMBER, pattern};
use crate::finding::{Finding, FindingKind};
use crate::notes::{Notes, Span};
use crate::reading::amount::{french_cents, parse_cents};
use crate::reading::{Fact, facts, words};
use std::sync::LazyLock;

use regex::Regex;

words!(
    TOTALS,
    r"(?i)(?:\b(?:soit|donc|font|total|tout|reste|solde|r[ée]sultat|exc[ée]dent|b[ée]n[ée]fice|d[ée]ficit)|\b[çc]a\s+(?:nous\s+)?fait|=>|->|→|=)\s*(?:(?:euh|de|net|un|au|total|en|tout)\b[\s,]*|[:,=]\s*)*$"
);

/// What announces a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cue {
    None,
    /// « => », « -> »
    Arrow,
    /// « soit », « reste »
    Word,
}

/// Totals below this are not looked at, in hundredths.
const LEAST: u64 = 10_000;

/// Texts before the total's where its terms may stand.
const REACH: usize = 4;

/// Numbers before the total that may be its terms.
const MOST_TERMS: usize = 9;

/// A slip: which text, where the total stands there, what to say of it.
pub(crate) struct Slip {
    pub(crate) text: usize,
    pub(crate) place: Span,
    pub(crate) message: String,
}

/// Totals of the notes with a slip, but for those of which something is said already.
pub(super) fn slips_of(notes: &Notes, known: &[Finding]) -> Vec<Finding> {
    let lines: Vec<_> = notes.lines().collect();
    let texts: Vec<&str> = lines.iter().map(|line| line.text).collect();
    let told = |span: &Span| {
        known.iter().filter(|finding| finding.kind == FindingKind::Sum).any(|finding| {
            finding.notes.as_ref().is_some_and(|own| own.start < span.end && span.start < own.end)
        })
    };
    slips(&texts)
        .into_iter()
        .filter_map(|slip| {
            let line = lines.get(slip.text)?;
            let span = line.start + slip.place.start..line.start + slip.place.end;
            (!told(&span)).then(|| Finding::check(FindingKind::Sum, Some(span), slip.message))
        })
        .collect()
}

/// Totals with a slip.
pub(crate) fn slips(texts: &[&str]) -> Vec<Slip> {
    let mut found = Vec::new();
    let all: Vec<Vec<(u64, Span, Cue)>> = texts.iter().map(|text| numbers(text)).collect();
    for (index, own) in all.iter().enumerate() {
        for (at, (total, place, cue)) in own.iter().enumerate() {
            // Small numbers have the digits of others by chance.
            if *cue == Cue::None || *total < LEAST {
                continue;
            }
            let earlier = all.get(index.saturating_sub(REACH)..index).unwrap_or_default();
            // « 4,50 -> 4,75 » tells a change as well.
            let earlier = if *cue == Cue::Arrow { &[] } else { earlier };
            let before = earlier.iter().flatten().chain(own.iter().take(at));
            let before: Vec<u64> = before.map(|(cents, ..)| *cents).collect();
            let from = before.len().saturating_sub(MOST_TERMS);
            if let Some(message) = slipped(&before[from..], *total, *cue) {
                found.push(Slip { text: index, place: place.clone(), message });
            }
        }
    }
    found
}

/// What the terms make where the total has a slip; `None` if some of them make the total.
fn slipped(before: &[u64], total: u64, cue: Cue) -> Option<String> {
    let mut made: Vec<(Vec<u64>, &str, u64)> = Vec::new();
    for start in (0..before.len().saturating_sub(1)).rev() {
        let terms = before.get(start..)?.to_vec();
        let sum = terms.iter().sum();
        made.push((terms, " + ", sum));
    }
    let pairs = if cue == Cue::Arrow { &[] } else { before };
    for (at, one) in pairs.iter().enumerate() {
        for other in pairs.iter().skip(at + 1) {
            made.push((vec![*one, *other], " + ", one + other));
            let (more, less) = (*one.max(other), *one.min(other));
            made.push((vec![more, less], " − ", more - less));
        }
    }
    if before.contains(&total) || made.iter().any(|(.., sum)| *sum == total) {
        return None;
    }
    let (terms, sign, sum) = made.into_iter().find(|(terms, sign, sum)| {
        exchanged(*sum, total) || *sign == " + " && terms.len() > 2 && one_apart(*sum, total)
    })?;
    let shown: Vec<String> = terms.iter().map(|term| french_cents(*term)).collect();
    Some(says_otherwise(&shown.join(sign), sum, total))
}

/// Places where two numbers of the same length differ; none where their lengths do.
fn apart(one: u64, other: u64) -> Vec<(u8, u8, usize)> {
    let (one, other) = (one.to_string(), other.to_string());
    if one.len() != other.len() {
        return Vec::new();
    }
    let pairs = one.bytes().zip(other.bytes()).enumerate();
    pairs.filter(|(_, (a, b))| a != b).map(|(at, (a, b))| (a, b, at)).collect()
}

fn exchanged(one: u64, other: u64) -> bool {
    match apart(one, other).as_slice() {
        [(a, b, at), (c, d, next)] => a == d && b == c && at + 1 == *next,
        _ => false,
    }
}

fn one_apart(one: u64, other: u64) -> bool {
    apart(one, other).len() == 1
}

/// The numbers of a text, in hundredths, where they stand, and what announces each.
fn numbers(text: &str) -> Vec<(u64, Span, Cue)> {
    static NUMBERS: LazyLock<Regex> = LazyLock::new(|| pattern(NUMBER));
    let other: Vec<_> = facts(text)
        .into_iter()
        .filter(|found| matches!(found.fact, Fact::Date(_) | Fact::Hour(_) | Fact::Percent(_)))
        .map(|found| found.span)
        .collect();
    let mut numbers: Vec<(u64, Span, Cue)> = Vec::new();
    for found in NUMBERS.find_iter(text) {
        let (before, after) = (text.get(..found.start()), text.get(found.end()..));
        let (Some(before), Some(after)) = (before, after) else { continue };
        let tied = before.ends_with(|c: char| c.is_alphanumeric() || "/.,-°".contains(c))
            || after.starts_with(|c: char| c.is_alphanumeric() || "/%-°".contains(c));
        let within = other.iter().any(|span| span.start < found.end() && found.start() < span.end);
        // « 52 × 25 = 1 300 » is told by its product.
        let product = after.trim_start().starts_with(['x', '×', '*'])
            || before.trim_end().ends_with(['x', '×', '*']);
        let Some(cents) = parse_cents(found.as_str()) else { continue };
        if !tied && !within && !product {
            let arrow = before.trim_end().ends_with(['>', '→']);
            let cue = match TOTALS.is_match(before) {
                true if arrow => Cue::Arrow,
                true => Cue::Word,
                false => Cue::None,
            };
            numbers.push((cents, found.range(), cue));
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_with_a_slip_is_seen_and_no_other() {
        for (texts, expected) in [
            (&["caisse 1.210,40 et livret 8.000 soit 9.120,40"][..], Some("9 210,40")),
            (&["dép. bois 1.240 ; clous 86,30 ; peinture 412,15 => 1.783,45"], Some("1 738,45")),
            (&["rec. 5 410,20 dép. 3 125,80", "le reste 2 248,40 au fonds"], Some("2 284,40")),
            (
                &["le car, 1 240", "les repas, 950", "la plaque, 320, ça fait, euh, 2 410"],
                Some("2510"),
            ),
            (&["caisse 1 210,40 et livret 8 000 soit 9 210,40"], None),
            (&["52 x 25 = 1.300 ; miel 846,50 => 2.146,50"], None),
            (&["devis de 4 200 €, acompte de 30 %, reste 2 940 €"], None),
            (&["réunion à 20 h 15, total 412 voix"], None),
            (&["repas de 3,60 à 3,85, extérieurs 4,50 -> 4,75"], None),
            (&["lot 1 2 450 € et 5 010 €, passe de 6 210 -> 7 640 €"], None),
        ] {
            let found = slips(texts);
            let message = found.first().map(|slip| slip.message.clone());
            match expected {
                Some(sum) => assert!(
                    message.as_ref().is_some_and(|message| {
                        message.replace(' ', "").contains(&format!("={},", sum.replace(' ', "")))
                    }),
                    "{texts:?}: {message:?}"
                ),
                None => assert!(message.is_none(), "{texts:?}: {message:?}"),
            }
        }
    }
}
