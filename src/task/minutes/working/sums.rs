//! Sums that a line of notes works out itself: « terreau 126, assurance 214,80 = 340,80 »,
//! « enveloppe 12 000, … = 11 860, reste 140 ». A total that does not come out is a finding.

use crate::finding::{Finding, FindingKind};
use crate::notes::{Line, Notes, Span};
use crate::reading::amount::{french_cents, parse_cents};
use crate::reading::words;

words!(NUMBER, r"\d{1,3}(?:[ \u{a0}\u{202f}]\d{3})+(?:,\d{1,2})?|\d+(?:[.,]\d{1,2})?");

/// Every sum of the notes that does not come out.
pub(super) fn check(notes: &Notes) -> Vec<Finding> {
    notes.lines().flat_map(|line| [total(&line), rest(&line)]).flatten().collect()
}

/// The one number of a piece of text, in cents.
fn only(text: &str) -> Option<u64> {
    let mut numbers = NUMBER.find_iter(text);
    let first = numbers.next()?;
    numbers.next().is_none().then(|| parse_cents(first.as_str())).flatten()
}

/// The terms before the equals sign: separated by plus signs, else by commas.
fn terms(before: &str) -> Option<Vec<u64>> {
    words!(COMMA, r",\s");
    let listed = before.rsplit_once(':').map_or(before, |(_, list)| list);
    let parts: Vec<&str> = if listed.contains('+') {
        let list = listed.split('+').collect::<Vec<_>>();
        // « enveloppe 12 000 €, 4 760 arceaux + … »: the first term follows the comma.
        list.iter().map(|p| COMMA.split(p).last().unwrap_or(p)).collect()
    } else {
        COMMA.split(listed).collect()
    };
    let terms: Option<Vec<u64>> = parts.iter().map(|part| only(part)).collect();
    terms.filter(|t| t.len() > 1)
}

fn total(line: &Line<'_>) -> Option<Finding> {
    words!(TOTAL, r"=\s*(?P<n>\d[\d \u{a0}\u{202f}]*(?:,\d{1,2})?)");
    let found = TOTAL.captures(line.text)?;
    let terms = terms(line.text.get(..found.get(0)?.start())?)?;
    let sum: u64 = terms.iter().sum();
    let written = found.name("n")?;
    let stated = parse_cents(written.as_str().trim())?;
    // « 350 carnets, 1,20 € le carnet = 420 € » is a product.
    if let [a, b] = terms.as_slice()
        && a.checked_mul(*b) == stated.checked_mul(100)
    {
        return None;
    }
    (sum != stated).then(|| {
        finding(line, written.range(), format!(
            "Somme : les montants de la ligne font {}, les notes disent {} ; laissé à compléter.",
            french_cents(sum),
            french_cents(stated)
        ))
    })
}

/// « enveloppe 12 000 €, … = 11 860 → reste 240 ».
fn rest(line: &Line<'_>) -> Option<Finding> {
    words!(
        REST,
        r"(?i)\b(?:enveloppe|budget|sur|cr[ée]dit)\D{0,12}(?P<all>\d[\d \u{a0}\u{202f}]*(?:,\d{1,2})?).*=\s*(?P<spent>\d[\d \u{a0}\u{202f}]*(?:,\d{1,2})?).*?\breste\D{0,6}(?P<left>\d[\d \u{a0}\u{202f}]*(?:,\d{1,2})?)"
    );
    let found = REST.captures(line.text)?;
    let cents = |name: &str| parse_cents(found.name(name)?.as_str().trim());
    let (all, spent, left) = (cents("all")?, cents("spent")?, cents("left")?);
    let expected = all.checked_sub(spent)?;
    let message = format!(
        "Reste : {} moins {} font {}, les notes disent {} ; laissé à compléter.",
        french_cents(all),
        french_cents(spent),
        french_cents(expected),
        french_cents(left)
    );
    (expected != left)
        .then(|| finding(line, found.name("left").map_or(0..0, |m| m.range()), message))
}

fn finding(line: &Line<'_>, place: Span, message: String) -> Finding {
    let text = line.text.get(place.clone()).unwrap_or("");
    let end = place.start + text.trim_end().len();
    Finding::check(FindingKind::Sum, Some(line.start + place.start..line.start + end), message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_and_rests_are_worked_out() {
        let table = [
            ("3 factures : terreau 126, assurance 214,80, bâche 89,50 = 420,30", Some("430,30")),
            ("3 factures : terreau 126, assurance 214,80, bâche 89,50 = 430,30", None),
            (
                "enveloppe 12 000 €, 4 760 arceaux + 5 200 marquage + 1 900 comptage = 11 860 → reste 240",
                Some("140"),
            ),
            ("bourriche : 350 carnets, 1,20 € le carnet = 420 €", None),
            ("40 arceaux à 85 € = 3 400 €", None),
            ("comptage = 221 pas 212", None),
        ];
        for (line, expected) in table {
            let findings = check(&Notes::from_text(line).unwrap());
            assert_eq!(findings.len(), usize::from(expected.is_some()), "{line}: {findings:?}");
            if let Some(expected) = expected {
                assert!(findings[0].message.contains(expected), "{findings:?}");
            }
        }
    }
}
