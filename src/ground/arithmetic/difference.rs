//! A surplus or deficit that is not the difference of the income and the expenses announced.

use std::sync::LazyLock;

use regex::Regex;

use super::sums::money;
use super::{NUMBER, pattern};
use crate::finding::{Finding, FindingKind};
use crate::notes::{Line, Notes, Span};
use crate::reading::amount::{french_cents, parse_cents};
use crate::reading::facts;

/// How many lines after the totals a result still belongs to them.
const REACH: usize = 6;
/// The same for totals under lists, whose lines lie between.
const REACH_OF_LISTS: usize = 12;

/// What an accounting word announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Income,
    Expense,
    Result,
}

/// An accounting word with the total that follows it before the next such word.
struct Entry<'a> {
    side: Side,
    word: &'a str,
    cents: u64,
    line: usize,
    span: Span,
    /// What the amounts listed before the total make.
    listed: Option<u64>,
    /// It stands under its list, on a line of its own.
    below: bool,
    /// « résultat global »: of the parts of a budget taken together.
    overall: bool,
}

pub(super) fn differences(notes: &Notes) -> Vec<Finding> {
    let entries = entries(notes);
    let mut findings = Vec::new();
    for (index, entry) in entries.iter().enumerate().filter(|(_, e)| e.side == Side::Result) {
        if entry.overall {
            findings.extend(overall(entry, entries.get(..index).unwrap_or_default()));
            continue;
        }
        let last = |side: Side| {
            let before = entries.iter().take(index).rev();
            before
                .filter(|e| entry.line - e.line <= if e.below { REACH_OF_LISTS } else { REACH })
                .find(|e| e.side == side)
        };
        let (Some(own), Some(spent)) = (last(Side::Income), last(Side::Expense)) else {
            continue;
        };
        // A total that is not the sum of its list is told by itself; the result may be right.
        let by_list = spent.listed.is_some_and(|l| own.cents.abs_diff(l) == entry.cents)
            || own.listed.is_some_and(|l| l.abs_diff(spent.cents) == entry.cents);
        if by_list {
            continue;
        }
        let (income, expense) = (own.cents, spent.cents);
        let expected = income.abs_diff(expense);
        if expected == entry.cents {
            continue;
        }
        let (big, small) = (income.max(expense), income.min(expense));
        findings.push(result_wrong(entry, big, small));
    }
    findings
}

/// The result of a budget as a whole against the surplus of one part and the deficit of the other.
fn overall(entry: &Entry<'_>, before: &[Entry<'_>]) -> Option<Finding> {
    let last = |words: &[&str]| {
        let near = before.iter().rev().take_while(|e| entry.line - e.line <= REACH);
        near.filter(|e| e.side == Side::Result && !e.overall)
            .find(|e| words.iter().any(|w| e.word.to_lowercase().starts_with(w)))
            .map(|e| e.cents)
    };
    let (surplus, deficit) = (last(&["exc", "béné", "bene"])?, last(&["déf", "def", "perte"])?);
    let expected = surplus.abs_diff(deficit);
    let (big, small) = (surplus.max(deficit), surplus.min(deficit));
    (expected != entry.cents).then(|| result_wrong(entry, big, small))
}

/// The finding that a result is not the difference of two amounts.
fn result_wrong(entry: &Entry<'_>, big: u64, small: u64) -> Finding {
    Finding::check(
        FindingKind::Sum,
        Some(entry.span.clone()),
        format!(
            "{} − {} = {}, les notes disent {} ({}) : vérifiez avant de reprendre ce nombre.",
            french_cents(big),
            french_cents(small),
            french_cents(big - small),
            french_cents(entry.cents),
            entry.word.to_lowercase(),
        ),
    )
}

fn entries(notes: &Notes) -> Vec<Entry<'_>> {
    static WORD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:(?P<in>recettes?|produits?)|(?P<out>d[ée]penses?|charges)|(?P<res>exc[ée]dent|d[ée]ficit|b[ée]n[ée]fice|r[ée]sultat|solde|perte))\b",
        )
    });
    // « solde banque » is another account.
    static ANOTHER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^[ ]*(?:de|du|en|au|sur|à|ant[ée]rieur|pr[ée]c[ée]dent|report[ée]?)?[ ]*(?:la[ ]+|le[ ]+)?(?:banque|banc|compte|caisse|livret|\d{1,2}/\d|report|cumul|ant[ée]rieur|pr[ée]c[ée]dent|vote|scrutin)",
        )
    });
    static OVERALL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)^[ ]*(?:global|total|cumul[ée]|d['’]ensemble|de[ ]+cl[ôo]ture)\b")
    });
    let mut entries = Vec::new();
    let lines: Vec<Line<'_>> = notes.lines().collect();
    for (number, line) in lines.iter().enumerate() {
        let words: Vec<_> = WORD.captures_iter(line.text).collect();
        for (index, captures) in words.iter().enumerate() {
            let Some(word) = captures.get(0) else { continue };
            let end = words
                .get(index + 1)
                .and_then(|next| next.get(0))
                .map_or(line.text.len(), |next| next.start());
            let Some(rest) = line.text.get(word.end()..end) else { continue };
            let side = match (captures.name("in"), captures.name("out")) {
                (Some(_), _) => Side::Income,
                (_, Some(_)) => Side::Expense,
                _ => Side::Result,
            };
            if side == Side::Result && ANOTHER.is_match(rest) {
                continue;
            }
            let word = word.as_str();
            let overall = side == Side::Result && OVERALL.is_match(rest);
            // « recettes » over a list that ends with its total.
            if rest.trim_matches([' ', ':', '.']).is_empty() && side != Side::Result {
                let below = lines.get(number + 1..).unwrap_or_default();
                if let Some((under, cents)) = total_below(below) {
                    entries.push(Entry {
                        side,
                        word,
                        cents,
                        listed: None,
                        below: true,
                        line: under.number,
                        span: under.span(),
                        overall,
                    });
                }
                continue;
            }
            let Some((cents, length)) = total(rest, side) else { continue };
            let start = line.start + end - rest.len();
            let span = start - word.len()..start + length;
            let listed = listed(rest);
            let line = line.number;
            entries.push(Entry { side, word, cents, listed, below: false, line, span, overall });
        }
    }
    entries
}

/// The total under a list: « = 7855,50 » on a line of its own, before another accounting word.
fn total_below<'a, 'n>(lines: &'a [Line<'n>]) -> Option<(&'a Line<'n>, u64)> {
    static TOTAL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)^[ \t]*(?:=|=>|->|total|soit)[ \t]*:?[ \t]*({NUMBER})[ ]?(?:€|euros?)?[ .]*$"
        ))
    });
    // A row of the list is set in, or ends with its amount.
    static ROW: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^[ \t]+\S|^\W*\p{L}[^:;]*\d[ ]?(?:€|euros?)?[ .]*$"));
    static ANOTHER: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^\W*(?:recettes?|produits?|d[ée]penses?|charges)\W*$"));
    let listed = |line: &&Line<'_>| ROW.is_match(line.text) && !ANOTHER.is_match(line.text);
    lines.iter().take_while(listed).find_map(|line| {
        let total = TOTAL.captures(line.text)?.get(1)?;
        Some((line, parse_cents(total.as_str())?))
    })
}

/// The sum of the amounts before the last one, three at least in all.
fn listed(rest: &str) -> Option<u64> {
    let amounts: Vec<u64> = facts(rest).iter().filter_map(|found| money(&found.fact)).collect();
    let (_, before) = amounts.split_last().filter(|(_, before)| before.len() > 1)?;
    Some(before.iter().sum())
}

/// The only amount of what follows the word, or the announced total of several, or the result that
/// follows it at once; with where it ends.
fn total(rest: &str, side: Side) -> Option<(u64, usize)> {
    let amounts: Vec<(u64, Span)> = facts(rest)
        .iter()
        // « recettes 2026 : » names a year, which nobody types « 2 026 ».
        .filter(|found| {
            let typed = rest.get(found.span.clone()).unwrap_or_default();
            let year = money(&found.fact)
                .is_some_and(|cents| (200_000..=210_000).contains(&cents) && cents % 100 == 0);
            !year || typed.contains([' ', '\u{a0}', '\u{202f}', ',', '€'])
        })
        .filter_map(|found| Some((money(&found.fact)?, found.span.clone())))
        .collect();
    let announced = ["->", "=>", "→", "=", "total"].iter().any(|mark| rest.contains(mark));
    let whole = rest.trim_end().len();
    match amounts.as_slice() {
        [(only, _)] => Some((*only, whole)),
        [(first, place), ..]
            if side == Side::Result
                && rest
                    .get(..place.start)
                    .is_some_and(|gap| gap.trim_matches([' ', ':', '=']).is_empty()) =>
        {
            Some((*first, place.end))
        }
        [.., (last, _)] if announced && side != Side::Result => Some((*last, whole)),
        _ => None,
    }
}
