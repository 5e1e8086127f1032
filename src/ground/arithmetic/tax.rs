//! A net amount and the same with tax that no rate joins.
//!
//! Only amounts that surely are of one thing: `24650 HT = 29580 TTC`, or a quote named with its
//! net amount and named again with tax a few lines below.

use std::sync::LazyLock;

use regex::Regex;

use super::{NUMBER, pattern};
use crate::finding::{Finding, FindingKind};
use crate::notes::{Line, Notes};
use crate::reading::amount::{french_cents, parse_cents};
use crate::reading::{Fact, Tax, facts, fold};

/// Rates in hundredths of a per cent.
const RATES: [u64; 4] = [2_000, 1_000, 550, 210];

/// How many lines below its quote a retained amount may stand.
const REACH: usize = 4;

pub(super) fn taxes(notes: &Notes) -> Vec<Finding> {
    let mut quotes: Vec<(String, u64, usize)> = Vec::new();
    let mut findings = Vec::new();
    for line in notes.lines() {
        let mut pairs = equated(&line);
        if pairs.is_empty() {
            pairs.extend(retained(&line, &quotes));
        }
        findings.extend(pairs.into_iter().filter_map(|(net, gross)| compare(&line, net, gross)));
        let named = named(line.text, Tax::Excluded).into_iter();
        quotes.extend(named.map(|(name, cents)| (name, cents, line.number)));
    }
    findings
}

/// The last amount with tax of the line, and the net one of the quote of the same name above it.
fn retained(line: &Line<'_>, quotes: &[(String, u64, usize)]) -> Option<(u64, u64)> {
    let (name, gross) = named(line.text, Tax::Included).pop()?;
    let mut above = quotes.iter().rev().take_while(|quote| line.number - quote.2 <= REACH);
    Some((above.find(|quote| quote.0 == name)?.1, gross))
}

/// Amounts of the line that the notes say to be the same, net then gross.
fn equated(line: &Line<'_>) -> Vec<(u64, u64)> {
    static SAME: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^[ ]*[(/]?[ ]*$|=|\bsoit\b|->|=>"));
    let amounts: Vec<_> = facts(line.text)
        .into_iter()
        .filter_map(|found| match found.fact {
            Fact::Amount(amount) => Some((amount, found.span)),
            _ => None,
        })
        .collect();
    let pairs = amounts.windows(2).filter_map(|pair| {
        let [(net, place), (gross, next)] = pair else { return None };
        let taxed = net.tax == Some(Tax::Excluded) && gross.tax == Some(Tax::Included);
        let gap = line.text.get(place.end..next.start)?;
        (taxed && SAME.is_match(gap)).then_some((net.cents, gross.cents))
    });
    pairs.collect()
}

/// Amounts right after a name: `Terravoie 24650 HT`, `retenu Terravoie = 29580 TTC`.
fn named(text: &str, tax: Tax) -> Vec<(String, u64)> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(\p{{Lu}}[\p{{L}}'’-]+(?:[ ]\p{{Lu}}[\p{{L}}'’-]*)*)[ ]*(?:[:=(]|à|soit)?[ ]*({NUMBER})[ ]?(?:€|euros)?[ ]?(?i:(ht)|(ttc))\b"
        ))
    });
    NAMED
        .captures_iter(text)
        .filter(|captures| captures.get(if tax == Tax::Excluded { 3 } else { 4 }).is_some())
        .filter_map(|captures| {
            let name = fold(captures.get(1)?.as_str());
            Some((name, parse_cents(captures.get(2)?.as_str())?))
        })
        .collect()
}

fn compare(line: &Line<'_>, net: u64, gross: u64) -> Option<Finding> {
    let fits = RATES.iter().any(|rate| {
        net.checked_mul(10_000 + rate).is_some_and(|total| (total / 10_000).abs_diff(gross) <= 100)
    });
    // Far from any rate, the two amounts are of two things.
    let comparable = gross > net && gross - net < net / 2;
    if fits || !comparable {
        return None;
    }
    let twenty = french_cents(net.checked_mul(12)? / 10);
    let [net, gross] = [net, gross].map(french_cents);
    Some(Finding::check(
        FindingKind::Sum,
        Some(line.span()),
        format!(
            "{net} HT et {gross} TTC ne vont ensemble à aucun taux de TVA (à 20 % : {twenty} TTC) : vérifiez sur le devis."
        ),
    ))
}
