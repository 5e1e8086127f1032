//! Sums that are made aloud: « 24 inscrits, à 35 € la cuve, ça fait 860 € », « avec la pose, Vidal, ça
//! fait 10 200 » after both terms.

use super::speech::Sentence;
use crate::finding::{Finding, FindingKind};
use crate::ground::arithmetic::slips;
use crate::reading::amount::{french_cents, parse_cents};
use crate::reading::{Fact, cardinal, facts, fold, words};

words!(
    MAKES,
    r"(?i)\b(?:[çc]a|cela)\s+(?:nous\s+)?fait\s+(?:donc\s+|un\s+total\s+de\s+)?(?P<n>\d[\d \u{a0}]*(?:,\d{1,2})?)"
);
words!(
    EACH,
    r"(?i)(?:^|[^\d,])(?P<count>\d{1,4})\s+\p{L}{3,}[^\d.;]{0,25}?[\s,]+[àa]\s+(?P<price>\d+(?:,\d{1,2})?)\s*(?:€|euros?\b).{0,60}$"
);
words!(NAMED, r"\b(?P<name>\p{Lu}\p{Ll}{3,})\s+(?:[àa]\s+)?(?P<n>\d[\d \u{a0}]*(?:,\d{1,2})?)");

/// How many sentences before a sum its terms may stand.
const REACH: usize = 8;

/// Sums that do not come out: the sentence, the words of the total there, and what to say of it.
pub(super) fn check(sentences: &[Sentence]) -> Vec<(usize, String, Finding)> {
    let mut wrong: Vec<(usize, String, Finding)> = sentences
        .iter()
        .enumerate()
        .filter_map(|(index, sentence)| {
            let found = MAKES.captures(&sentence.text)?;
            let said = found["n"].trim().to_owned();
            let total = parse_cents(&said)?;
            let before = sentence.text.get(..found.get(0)?.start())?;
            let message = product(before, total)
                .or_else(|| taken(sentences, index, before, total))
                .or_else(|| sum(sentences, index, total))?;
            let place = Some(sentence.span.clone());
            Some((index, said, Finding::check(FindingKind::Sum, place, message)))
        })
        .collect();
    let texts: Vec<&str> = sentences.iter().map(|sentence| sentence.text.as_str()).collect();
    for slip in slips(&texts) {
        let told = wrong.iter().any(|(index, ..)| *index == slip.text);
        if let Some(sentence) = sentences.get(slip.text).filter(|_| !told) {
            let place = Some(sentence.span.clone());
            let finding = Finding::check(FindingKind::Sum, place, slip.message);
            let told = sentence.text.get(slip.place).unwrap_or_default().to_owned();
            wrong.push((slip.text, told, finding));
        }
    }
    wrong
}

fn product(before: &str, total: u64) -> Option<String> {
    let found = EACH.captures(before)?;
    let (count, price) = (parse_cents(&found["count"])?, parse_cents(&found["price"])?);
    let expected = count.checked_mul(price)? / 100;
    (expected != total).then(|| wrong(&[count, price], " × ", expected, total))
}

/// « des bacs, 45 € le bac. On en prend six, ça fait 280 »: the price in a sentence before.
fn taken(sentences: &[Sentence], index: usize, before: &str, total: u64) -> Option<String> {
    words!(
        TAKES,
        r"(?i)\b(?:on|il)\s+(?:nous\s+)?en\s+(?:prend|ach[eè]te|commande|faut|faudrait|met|loue)\s+(?P<count>\d{1,4}|\p{L}{2,12}(?:-\p{L}+)?)\b[^\d]{0,20}$"
    );
    words!(
        PRICED,
        r"(?i)(?P<price>\d+(?:,\d{1,2})?)\s*(?:€|euros?\b)\s*(?:le|la|l['’]|les?|par|chacune?|pi[eè]ce|l['’]unit[ée])"
    );
    let found = TAKES.captures(before)?;
    let count =
        found["count"].parse().ok().or_else(|| cardinal::value_of(&fold(&found["count"])))?;
    let near = sentences.get(index.saturating_sub(3)..=index)?;
    let price = near.iter().rev().find_map(|s| parse_cents(&PRICED.captures(&s.text)?["price"]))?;
    let count = u64::from(count) * 100;
    let expected = count.checked_mul(price)? / 100;
    (expected != total).then(|| wrong(&[count, price], " × ", expected, total))
}

/// What bears a name that is said again, and what was said last, added.
fn sum(sentences: &[Sentence], index: usize, total: u64) -> Option<String> {
    let own = &sentences.get(index)?.text;
    let near = sentences.get(index.saturating_sub(REACH)..index)?;
    let last = near.iter().rev().take(3).find_map(|s| money(&s.text).last().copied())?;
    let named = near.iter().rev().find_map(|s| {
        let found = NAMED.captures_iter(&s.text).find(|found| own.contains(&found["name"]))?;
        parse_cents(found["n"].trim())
    })?;
    let expected = named + last;
    // A total far from their sum counts something else.
    let meant = expected.abs_diff(total) * 20 <= total && total > named.max(last);
    (meant && expected != total).then(|| wrong(&[named, last], " + ", expected, total))
}

fn money(text: &str) -> Vec<u64> {
    facts(text)
        .into_iter()
        .filter_map(|found| match found.fact {
            Fact::Amount(amount) => Some(amount.cents),
            Fact::Number(number) => parse_cents(&number).filter(|cents| *cents >= 10_000),
            _ => None,
        })
        .collect()
}

fn wrong(terms: &[u64], sign: &str, expected: u64, total: u64) -> String {
    let terms: Vec<String> = terms.iter().copied().map(french_cents).collect();
    format!(
        "{} = {}, il est dit {} : vérifiez avant de reprendre ce nombre.",
        terms.join(sign),
        french_cents(expected),
        french_cents(total)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_made_aloud_are_checked() {
        for (said, expected) in [
            (
                vec!["18 familles, à 40 € le panier de légumes, ça fait 740 €."],
                Some("18 × 40 = 720"),
            ),
            (vec!["18 familles, à 40 € le panier, ça fait 720 €."], None),
            (
                vec!["J'ai vu des bacs, 45 € le bac.", "On en prend six, ça fait 280 €."],
                Some("6 × 45 = 270"),
            ),
            (vec!["Le gravier, 30 € la tonne.", "Il en faut 3, ça fait 90 €."], None),
            (
                vec![
                    "Roche 12 600 et Vidal 9 400 sans la pose.",
                    "La pose, 1 200 d'après eux.",
                    "Donc avec la pose Vidal ça fait 10 800.",
                ],
                Some("9 400 + 1 200 = 10 600"),
            ),
            (
                vec!["Vidal 9 400.", "La pose 1 200.", "Vidal, ça fait 25 ans qu'on les connaît."],
                None,
            ),
        ] {
            let sentences: Vec<Sentence> = said
                .iter()
                .map(|text| Sentence { speaker: None, text: (*text).to_owned(), span: 0..0 })
                .collect();
            let found = check(&sentences);
            let told = found.first().map(|(.., f)| f.message.replace(['\u{a0}', '\u{202f}'], " "));
            match expected {
                Some(sum) => assert!(told.as_ref().is_some_and(|m| m.starts_with(sum)), "{told:?}"),
                None => assert_eq!(told, None, "{said:?}"),
            }
        }
    }
}
