//! A surplus or deficit that is not the difference of the income and the expenses announced.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use super::sums::money;
use crate::finding::{Finding, FindingKind};
use crate::notes::{Notes, Span};
use crate::reading::amount::french_cents;
use crate::reading::facts;

/// How many lines after the totals a result still belongs to them.
const REACH: usize = 6;

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
}

pub(super) fn differences(notes: &Notes) -> Vec<Finding> {
    let entries = entries(notes);
    let mut findings = Vec::new();
    for (index, entry) in entries.iter().enumerate().filter(|(_, e)| e.side == Side::Result) {
        let last = |side: Side| {
            let before = entries.iter().take(index).rev();
            before
                .take_while(|e| entry.line - e.line <= REACH)
                .find(|e| e.side == side)
                .map(|e| e.cents)
        };
        let (Some(income), Some(expense)) = (last(Side::Income), last(Side::Expense)) else {
            continue;
        };
        let expected = income.abs_diff(expense);
        if expected == entry.cents {
            continue;
        }
        let (big, small) = (income.max(expense), income.min(expense));
        findings.push(Finding::check(
            FindingKind::Sum,
            Some(entry.span.clone()),
            format!(
                "{} − {} = {}, les notes disent {} ({}) : vérifiez avant de reprendre ce nombre.",
                french_cents(big),
                french_cents(small),
                french_cents(expected),
                french_cents(entry.cents),
                entry.word.to_lowercase(),
            ),
        ));
    }
    findings
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
    let mut entries = Vec::new();
    for line in notes.lines() {
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
            let Some(cents) = total(rest, side) else { continue };
            let span = line.start + word.start()..line.start + word.end() + rest.trim_end().len();
            entries.push(Entry { side, word: word.as_str(), cents, line: line.number, span });
        }
    }
    entries
}

/// The only amount of what follows the word, or the announced total of several.
fn total(rest: &str, side: Side) -> Option<u64> {
    let amounts: Vec<u64> = facts(rest)
        .iter()
        // « recettes 2026 : » names a year, which nobody types « 2 026 ».
        .filter(|found| {
            let typed = rest.get(found.span.clone()).unwrap_or_default();
            let year = money(&found.fact)
                .is_some_and(|cents| (200_000..=210_000).contains(&cents) && cents % 100 == 0);
            !year || typed.contains([' ', '\u{a0}', '\u{202f}', ',', '€'])
        })
        .filter_map(|found| money(&found.fact))
        .collect();
    let announced = ["->", "=>", "→", "=", "total"].iter().any(|mark| rest.contains(mark));
    match amounts.as_slice() {
        [only] => Some(*only),
        [.., last] if announced && side != Side::Result => Some(*last),
        _ => None,
    }
}
