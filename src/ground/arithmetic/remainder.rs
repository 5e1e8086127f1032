//! What is left of a budget: `enveloppe 12 000 €, … = 11 860 -> reste 140`.

use std::sync::LazyLock;

use regex::Regex;

use super::sums::money;
use super::{NUMBER, pattern};
use crate::finding::{Finding, FindingKind};
use crate::notes::Notes;
use crate::reading::amount::{french_cents, parse_cents};
use crate::reading::facts;

pub(super) fn remainders(notes: &Notes) -> Vec<Finding> {
    static REST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)(?:=|->|=>|→|,|;|soit)[ ]*(?:il[ ]+)?(?:nous[ ]+)?reste(?:nt|rait)?[ ]*(?:donc[ ]+)?:?[ ]*({NUMBER})[ ]?(?:€|euros?)?[ .]*$"
        ))
    });
    static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)\b(?:enveloppe|budget|cr[ée]dits?|dotation|disponible)\b[^\d]{{0,20}}({NUMBER})"
        ))
    });
    let mut findings = Vec::new();
    for line in notes.lines() {
        let (Some(rest), Some(whole)) = (REST.captures(line.text), WHOLE.captures(line.text))
        else {
            continue;
        };
        let (Some(all), Some(left), Some(whole)) = (rest.get(0), rest.get(1), whole.get(1)) else {
            continue;
        };
        let between = line.text.get(whole.end()..all.start()).unwrap_or_default();
        // What was spent is announced last, after an equals sign, or is the only other number.
        let amounts: Vec<u64> = facts(between).iter().filter_map(|f| money(&f.fact)).collect();
        let summed = between.contains('=') || between.contains("soit");
        let spent = match amounts.as_slice() {
            [only] => *only,
            [.., last] if summed => *last,
            _ => continue,
        };
        let (Some(whole), Some(stated)) = (parse_cents(whole.as_str()), parse_cents(left.as_str()))
        else {
            continue;
        };
        let Some(expected) = whole.checked_sub(spent).filter(|e| *e != stated) else { continue };
        let [whole, spent, expected, stated] = [whole, spent, expected, stated].map(french_cents);
        findings.push(Finding::check(
            FindingKind::Sum,
            Some(line.start + left.start()..line.start + left.end()),
            format!("{whole} − {spent} = {expected}, les notes disent {stated} : vérifiez avant de reprendre ce nombre."),
        ));
    }
    findings
}
