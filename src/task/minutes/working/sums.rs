//! Sums that a line of notes works out itself: « terreau 126, assurance 214,80 = 340,80 »,
//! « enveloppe 12 000, … = 11 860, reste 140 ». A total that does not come out is a finding.

use crate::finding::{Finding, FindingKind};
use crate::notes::{Line, Notes, Span};
use crate::reading::amount::{french_cents, parse_cents};
use crate::reading::{Fact, facts, words};

words!(NUMBER, r"\d{1,3}(?:[ .\u{a0}\u{202f}]\d{3})+(?:,\d{1,2})?|\d+(?:[.,]\d{1,2})?");

/// Every sum of the notes that does not come out.
pub fn check(notes: &Notes) -> Vec<Finding> {
    let lines = notes.lines().flat_map(|line| [total(&line), rest(&line)]).flatten();
    lines.chain(whole(notes)).chain(covered(notes)).collect()
}

/// « région 4 000, dons 1 500, ça couvre le tout »: resources that do not make the total to pay.
fn covered(notes: &Notes) -> Option<Finding> {
    words!(
        CLAIM,
        r"(?i)\b(?:couvre\w*\s+(?:le\s+)?(?:tout|total|montant|d[ée]pense)|(?:le\s+)?compte\s+(?:y\s+)?est\b(?:\s+bon)?|(?:c['’]est|tout\s+est|plan\s+(?:est\s+)?)\s*(?:boucl\w+|financ\w+|[ée]quilibr\w+))"
    );
    words!(COMMA, r"[,;+:]\s");
    words!(
        TOTAL,
        r"(?i)\b(?:total\D{0,12}|(?:en\s+tout|soit)\s*:?\s*)(?P<n>\d[\d. \u{a0}\u{202f}]*(?:,\d{1,2})?)"
    );
    let line = notes.lines().find(|l| CLAIM.is_match(l.text))?;
    let claim = CLAIM.find(line.text)?;
    let parts = COMMA.split(line.text.get(..claim.start())?);
    let terms: Vec<u64> = parts.filter_map(only).filter(|cents| *cents >= 10_000).collect();
    let sum: u64 = terms.iter().sum();
    let total = |line: Line<'_>| parse_cents(TOTAL.captures(line.text)?["n"].trim());
    let totals: Vec<u64> = notes.lines().filter_map(total).collect();
    let nearest = totals.into_iter().min_by_key(|total| total.abs_diff(sum))?;
    let near = nearest.abs_diff(sum) * 100 <= nearest * 25;
    (terms.len() > 1 && near && nearest != sum).then(|| {
        finding(&line, claim.range(), format!(
            "Financement : les recettes notées font {}, le total à payer est de {} (écart de {}) ; à vérifier.",
            french_cents(sum),
            french_cents(nearest),
            french_cents(nearest.abs_diff(sum))
        ))
    })
}

/// « total dépenses = 1017 » under the subjects: each gives at most one cost. A total far from
/// their sum counts something else; one near it was meant to be it.
fn whole(notes: &Notes) -> Option<Finding> {
    words!(
        TOTAL,
        r"(?i)^\W*total(?:\s+(?:des\s+)?(?:d[ée]penses?|g[ée]n[ée]ral|co[ûu]ts?|pr[ée]vu))*\s*[:=]\s*(?P<n>\d[\d \u{a0}\u{202f}]*(?:,\d{1,2})?)"
    );
    let lines: Vec<Line<'_>> = notes.lines().collect();
    let at = lines.iter().position(|l| TOTAL.is_match(l.text))?;
    let line = lines.get(at)?;
    let written = TOTAL.captures(line.text)?.name("n")?;
    let stated = parse_cents(written.as_str().trim())?;
    let costs: Vec<u64> = lines.iter().take(at).filter_map(|l| cost(l.text)).collect();
    let sum: u64 = costs.iter().sum();
    let near = sum.abs_diff(stated) * 100 <= stated * 15;
    (costs.len() > 2 && near && sum != stated).then(|| {
        finding(line, written.range(), format!(
            "Total : les montants notés au-dessus font {}, les notes disent {} ; laissé à compléter.",
            french_cents(sum),
            french_cents(stated)
        ))
    })
}

/// What a line costs: what it works out itself, else its one amount, else its one number of two
/// digits or more.
fn cost(text: &str) -> Option<u64> {
    words!(WORKED_OUT, r"=\s*(?P<n>\d[\d \u{a0}\u{202f}]*(?:,\d{1,2})?)\s*(?:€|$|[.,;])");
    if let Some(found) = WORKED_OUT.captures(text) {
        return parse_cents(found["n"].trim());
    }
    let all = facts(text);
    let amounts: Vec<u64> = all
        .iter()
        .filter_map(|f| match &f.fact {
            Fact::Amount(amount) => Some(amount.cents),
            _ => None,
        })
        .collect();
    let numbers: Vec<u64> = all
        .iter()
        .filter_map(|f| match &f.fact {
            Fact::Number(number) if number.len() > 1 => parse_cents(number),
            _ => None,
        })
        .collect();
    match (amounts.as_slice(), numbers.as_slice()) {
        ([one], _) => Some(*one),
        ([], [one]) => Some(*one),
        _ => None,
    }
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
    words!(TOTAL, r"(?:=|,\s*total\s*:?)\s*(?P<n>\d[\d \u{a0}\u{202f}]*(?:,\d{1,2})?)");
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
    fn a_total_under_the_subjects_is_the_sum_of_their_costs() {
        let notes = "Fête, 4/5/26, 20h\n1. fleurs 120 kg à 1,10 = 132 €\n2. harpe 450 € + 12 repas\n3. tente : environ 280, Ada demande 2 devis\ntotal dépenses = ";
        for (stated, expected) in [("872", Some("862")), ("862", None), ("2400", None)] {
            let findings = check(&Notes::from_text(&format!("{notes}{stated}")).unwrap());
            assert_eq!(findings.len(), usize::from(expected.is_some()), "{stated}: {findings:?}");
            if let Some(expected) = expected {
                assert!(findings[0].message.contains(expected), "{findings:?}");
            }
        }
    }

    #[test]
    fn what_is_said_to_cover_the_cost_makes_its_total() {
        let bill = "Four : briques 3.200,00, maçon 1.150,50. Total 4.350,50\nArgent : ";
        let table = [
            ("département 2.000, dons 1.250, caisse 1.000, ça couvre le tout", Some("100,50")),
            ("département 2.000, dons 1.350,50, caisse 1.000, ça couvre le tout", None),
            ("département 2.000, dons 1.250, on verra", None),
        ];
        for (line, expected) in table {
            let findings = check(&Notes::from_text(&format!("{bill}{line}")).unwrap());
            assert_eq!(findings.len(), usize::from(expected.is_some()), "{line}: {findings:?}");
            assert!(expected.is_none_or(|e| findings[0].message.contains(e)), "{findings:?}");
        }
    }

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
