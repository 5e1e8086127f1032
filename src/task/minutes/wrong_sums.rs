//! Numbers that do not come out, which the document leaves to be completed.

use super::record::Item;
use crate::finding::{Finding, FindingKind};
use crate::notes::Notes;
use crate::reading::amount::parse_cents;
use crate::reading::{Fact, facts, fold};
use crate::task::wording;

/// A number that does not come out stays out of the document: « excédent 261,05 € » becomes
/// « excédent [À COMPLÉTER : montant] » where the sums say otherwise.
pub(super) fn blank_wrong_sums(notes: &Notes, findings: &[Finding], items: &mut [Item]) {
    for finding in findings.iter().filter(|f| f.kind == FindingKind::Sum) {
        let Some(span) = finding.notes.clone() else { continue };
        let Some(doubtful) = notes.text().get(span.clone()) else { continue };
        let Some(wrong) = one_value(doubtful) else { continue };
        // « solde 200 »: another 200 of the same item is no balance.
        let label = doubtful.split(|c: char| !c.is_alphabetic()).find(|w| w.chars().count() > 3);
        let label = label.map(fold);
        for item in
            items.iter_mut().filter(|i| i.span.start <= span.start && span.end <= i.span.end)
        {
            let labelled = |clause: &str| label.as_ref().is_some_and(|l| fold(clause).contains(l));
            let some = item.clauses.iter().any(|c| labelled(c));
            for clause in item.clauses.iter_mut().filter(|c| !some || labelled(c)) {
                blank(clause, wrong);
            }
        }
    }
}

/// The one value that a finding points at.
pub(in crate::task) fn one_value(doubtful: &str) -> Option<u64> {
    match facts(doubtful).as_slice() {
        [value] => cents(&value.fact),
        _ => None,
    }
}

/// Leaves this value of a clause to be completed.
pub(in crate::task) fn blank(clause: &mut String, wrong: u64) {
    for found in facts(clause).into_iter().rev() {
        if cents(&found.fact) == Some(wrong) {
            clause.replace_range(found.span, &wording::blank("montant"));
        }
    }
}

/// The value of an amount or of a plain number, in hundredths.
fn cents(fact: &Fact) -> Option<u64> {
    match fact {
        Fact::Amount(amount) => Some(amount.cents),
        Fact::Number(number) => parse_cents(number),
        _ => None,
    }
}
