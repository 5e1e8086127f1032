//! Values that notes give anew and name the value they replace: « c'est 410 et pas 390 ».
//!
//! « 22 h au lieu de 18 » may be what is told (hours that change), « 22 h et pas 18 » is only said
//! of a mistake; the line corrects the notes when the old value stands elsewhere in them.

use std::sync::LazyLock;

use regex::Regex;

use super::amount::parse_cents;
use super::{Fact, Found, expand_facts, facts, pattern, words};
use crate::notes::{Notes, Span};

/// « 3,85 … pas 3,80 », « 3,85 au lieu de 3,80 », « 22h40 et non 22h30 ».
static REPLACED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(\d+(?:[ \u{a0}]\d{3})*(?:[.,]\d+)?(?:\s*h\s*\d{0,2})?)\s*(?:€|%|euros?)?[^\d;]{0,60}?\b(?:et\s+)?(?:pas|non(?:\s+pas)?|au\s+lieu\s+d[e'’]|plut[ôo]t\s+que)\s+(?:de\s+|à\s+|les?\s+)?(\d+(?:[ \u{a0}]\d{3})*(?:[.,]\d+)?(?:\s*h\s*\d{0,2})?)",
    )
});
/// « pas 3,80 mais 3,85 », « 3,80 -> 3,85 ».
static REPLACED_BACK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(?:pas|non)\s+(?:pas\s+)?)?(\d+(?:[.,]\d+)?(?:\s*h\s*\d{0,2})?)\s*(?:€|%|euros?)?\s*(?:,\s*)?(?:mais|->|=>|→|devient|remplac[ée]e?\s+par)\s*(?:bien\s+)?(\d+(?:[.,]\d+)?(?:\s*h\s*\d{0,2})?)",
    )
});

/// The new value of a line and the one it replaces, both in written French.
pub fn pair(text: &str) -> Option<(String, String)> {
    let values = |re: &Regex, new: usize, old: usize| {
        let found = re.captures(text)?;
        Some((
            expand_facts(found.get(new)?.as_str().trim()),
            expand_facts(found.get(old)?.as_str().trim()),
        ))
    };
    values(&REPLACED, 1, 2).or_else(|| values(&REPLACED_BACK, 2, 1))
}

/// A line that says which value is wrong, and what stands in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swap {
    /// Where the line stands in the notes.
    pub line: Span,
    /// The line.
    pub text: String,
    /// Old and new values, in written French, the one that is said outright first.
    pub values: Vec<(String, String)>,
}

impl Swap {
    /// The text with the new values, where it holds an old one.
    pub fn apply(&self, text: &str) -> Option<String> {
        let mut out = text.to_owned();
        let mut done = false;
        for (old, new) in &self.values {
            done |= replace_value(&mut out, old, new, None);
        }
        done.then_some(out)
    }
}

/// Whether a piece of the notes stands in a line that only corrects others.
pub fn is_swap(swaps: &[Swap], piece: &Span) -> bool {
    swaps.iter().any(|swap| swap.line.contains(&piece.start))
}

/// A line with what the corrections elsewhere make of it.
pub fn corrected(text: &str, swaps: &[Swap]) -> String {
    swaps.iter().fold(text.to_owned(), |text, swap| swap.apply(&text).unwrap_or(text))
}

/// The lines of the notes that correct a value told in another line.
pub fn swaps(notes: &Notes) -> Vec<Swap> {
    words!(SAYS, r"(?i)\d[^.;]*?\b(?:et\s+)?(?:pas|non(?:\s+pas)?)\s+(?:de\s+|à\s+|les?\s+)?\d");
    let lines: Vec<_> = notes.lines().collect();
    let mut swaps = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some((new, old)) = pair(line.text).filter(|_| SAYS.is_match(line.text)) else {
            continue;
        };
        let others =
            || lines.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, l)| l.text);
        let small = old.len() == 1;
        if new == old
            || small
            || !others().any(|text| replace_value(&mut text.to_owned(), &old, &new, None))
        {
            continue;
        }
        let mut values = vec![(old, new)];
        values.extend(labelled(line.text, &values, others));
        swaps.push(Swap { line: line.span(), text: line.text.trim().to_owned(), values });
    }
    swaps
}

/// « … donc accueil 18h10 »: an hour or amount under a word that has one other such value
/// elsewhere.
fn labelled<'a, I: Iterator<Item = &'a str>>(
    line: &str,
    told: &[(String, String)],
    others: impl Fn() -> I,
) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for value in values(line) {
        let new = expand_facts(line.get(value.span.clone()).unwrap_or_default());
        if told.iter().any(|(a, b)| [a, b].iter().any(|known| new.starts_with(known.as_str()))) {
            continue;
        }
        let Some(word) = word_before(line, value.span.start) else { continue };
        let mut olds = others().flat_map(|text| {
            let word = word.clone();
            values(text)
                .filter(move |v| word_before(text, v.span.start).as_ref() == Some(&word))
                .filter(|v| std::mem::discriminant(&v.fact) == std::mem::discriminant(&value.fact))
                .map(move |v| expand_facts(text.get(v.span).unwrap_or_default()))
        });
        if let (Some(old), None) = (olds.next().filter(|old| *old != new), olds.next()) {
            found.push((old, new));
        }
    }
    found
}

/// Hours and amounts.
fn values(text: &str) -> impl Iterator<Item = Found> {
    facts(text).into_iter().filter(|f| matches!(f.fact, Fact::Hour(_) | Fact::Amount(_)))
}

/// The word of four letters or more just before a place.
fn word_before(text: &str, place: usize) -> Option<String> {
    let before = text.get(..place)?.trim_end_matches([' ', ':', 'à', '=', '\u{a0}']);
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next()?;
    (word.chars().count() > 3).then(|| super::fold(word))
}

/// Puts the new value in place of the old one, where the old one stands as a value of its own: not
/// inside a date, and inside an hour only when it is one.
pub fn replace_value(text: &mut String, old: &str, new: &str, unit: Option<&str>) -> bool {
    let wanted = facts(old);
    let [Found { fact, .. }] = wanted.as_slice() else { return false };
    let written = expand_facts(text);
    let mut out = written.clone();
    let mut done = false;
    for found in facts(&written).into_iter().rev() {
        let same = match (&found.fact, fact) {
            (Fact::Hour(a), Fact::Hour(b)) => a == b,
            (a, b) => cents(a).is_some() && cents(a) == cents(b),
        };
        let after = written.get(found.span.end..).unwrap_or_default().trim_start();
        let counts = unit.is_none_or(|unit| after.to_lowercase().starts_with(unit));
        if !same || !counts {
            continue;
        }
        // The currency of an amount stays.
        let place = written.get(found.span.clone()).unwrap_or_default();
        let number = match place.find(['€', '%']) {
            Some(at) if !new.contains(['€', '%']) => place[..at].trim_end().len(),
            _ => place.len(),
        };
        out.replace_range(found.span.start..found.span.start + number, new);
        done = true;
    }
    if done {
        *text = out;
    }
    done
}

fn cents(fact: &Fact) -> Option<u64> {
    match fact {
        Fact::Amount(amount) => Some(amount.cents),
        Fact::Number(number) | Fact::Percent(number) => parse_cents(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_replaced_where_it_is_the_same_value() {
        for (text, expected) in [
            ("14 places, le 14 juillet à 14 h", Some("16 places, le 14 juillet à 14 h")),
            ("114 places", None),
            ("14 arbres", None),
        ] {
            let mut changed = text.to_owned();
            let done = replace_value(&mut changed, "14", "16", Some("places"));
            assert_eq!(done.then_some(changed.as_str()), expected, "{text}");
        }
        let mut text = "repas 3,80 €".to_owned();
        assert!(replace_value(&mut text, "3,80", "3,85", None));
        assert_eq!(text, "repas 3,85 €");
    }

    #[test]
    fn a_line_that_names_the_wrong_value_corrects_the_others() {
        let table = [
            ("loyer 390 €\n!! c'est 410 et pas 390", Some("loyer 410 €")),
            (
                "concert à 20h, place 6 €\nnon le concert c 19h30 pas 20h",
                Some("concert à 19 h 30, place 6 €"),
            ),
            (
                "début 19h, accueil 18h40\ncorrection on commence à 18h30 et pas 19h donc accueil 18h10",
                Some("début 18 h 30, accueil 18 h 10"),
            ),
            ("loyer 390 €\nle devis est de 4150 pas 4510", None),
            ("18 h par semaine\n22 h par semaine au lieu de 18", None),
        ];
        for (text, expected) in table {
            let notes = Notes::from_text(text).unwrap();
            let first = text.lines().next().unwrap();
            let swapped = swaps(&notes).first().and_then(|swap| swap.apply(first));
            assert_eq!(swapped.as_deref(), expected, "{text}");
        }
    }
}
