//! A balance carried forward: what there was at the start, with the year's result, is what there is
//! at the end: `début 1 874,30, résultat 216,05, solde 2 090,35`.

use std::sync::LazyLock;

use regex::Regex;

use super::{NUMBER, pattern};
use crate::finding::{Finding, FindingKind};
use crate::notes::Notes;
use crate::reading::amount::{french_cents, parse_cents};

/// `en banque au 1/1 : 1 200, au 31/12 : 1 450, résultat +250`, all on one line.
pub(super) fn balances(notes: &Notes) -> Vec<Finding> {
    static LINE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)\b(?:report|d[ée]but|ancien\s+solde|solde\s+(?:de\s+)?d[ée]part|solde\s+initial|[àa]\s+nouveau)\b[^\d\n]{{0,15}}({NUMBER})[^\n]*?\b(?:r[ée]sultat|exc[ée]dent|b[ée]n[ée]fice|(d[ée]ficit|perte))\b[^\d\n]{{0,10}}?([+-−]?)[ ]*({NUMBER})[^\n]*?\b(?:nouveau\s+solde|solde(?:\s+final|\s+de\s+fin)?|en\s+caisse|en\s+banque|fin)\b[^\d\n]{{0,15}}({NUMBER})"
        ))
    });
    let mut findings = Vec::new();
    for line in notes.lines() {
        let Some(found) = LINE.captures(line.text) else { continue };
        let read = |i: usize| found.get(i).and_then(|m| parse_cents(m.as_str()));
        let (Some(start), Some(result), Some(end)) = (read(1), read(4), read(5)) else { continue };
        let minus =
            found.get(2).is_some() || found.get(3).is_some_and(|m| matches!(m.as_str(), "-" | "−"));
        let expected = if minus { start.saturating_sub(result) } else { start + result };
        if expected == end {
            continue;
        }
        let sign = if minus { "−" } else { "+" };
        let place = found.get(5).map_or(0..0, |m| m.range());
        let [start, result, expected, end] = [start, result, expected, end].map(french_cents);
        findings.push(Finding::check(
            FindingKind::Sum,
            Some(line.start + place.start..line.start + place.end),
            format!("{start} {sign} {result} = {expected}, les notes disent {end} (solde) : vérifiez avant de reprendre ce nombre."),
        ));
    }
    findings
}
