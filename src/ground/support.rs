//! Facts on both sides, compared by value.

use std::sync::LazyLock;

use regex::Regex;

use super::{Fault, Source};
use crate::reading::amount::parse_cents;
use crate::reading::{Fact, Found, PartialDate, facts, fold, pattern};

/// Facts of the sentences that neither notes nor context hold.
pub(super) fn unsupported_facts(sentences: &str, source: Source<'_>) -> Vec<Fault> {
    let mut known = values(source.notes);
    known.extend(values(source.context));
    let years = years(&known);
    let mut faults = Vec::new();
    for found in facts(sentences) {
        let held = match &found.fact {
            Fact::Number(number) => said(number, &known) || years.iter().any(|y| y == number),
            fact => known.iter().any(|other| supports(other, fact, &years)),
        };
        if !held {
            faults.push(Fault::UnsupportedFact(written(sentences, &found)));
        }
    }
    for (word, value) in numerals(sentences) {
        if value != "1" && !said(&value, &known) {
            faults.push(Fault::UnsupportedFact(word));
        }
    }
    faults
}

/// Facts of the notes that the sentences do not say.
pub(super) fn lost_facts(sentences: &str, source: Source<'_>) -> Vec<Fault> {
    let told = values(sentences);
    let years: Vec<String> = years(&values(source.context));
    let mut faults = Vec::new();
    for found in facts(source.notes) {
        let kept = match &found.fact {
            Fact::Number(number) => {
                said(number, &told)
                    || (number == "1" && !fold(sentences).is_empty() && ONE.is_match(sentences))
                    || years_of(&told).any(|year| year == *number)
            }
            Fact::Date(date) => told.iter().any(|other| {
                matches!(other, Fact::Date(other) if same_day(date, other)
                    && (date.year.is_none() || other.year == date.year
                        || (other.year.is_none()
                            && date.year.is_some_and(|y| years.contains(&y.to_string())))))
            }),
            Fact::Amount(amount) => told.iter().any(|other| match other {
                Fact::Amount(other) => {
                    other.cents == amount.cents && (amount.tax.is_none() || other.tax == amount.tax)
                }
                Fact::Number(number) => {
                    amount.tax.is_none() && parse_cents(number) == Some(amount.cents)
                }
                _ => false,
            }),
            fact => told.iter().any(|other| supports(other, fact, &[])),
        };
        if !kept {
            faults.push(Fault::LostFact(written(source.notes, &found)));
        }
    }
    faults
}

fn written(text: &str, found: &Found) -> String {
    text.get(found.span.clone()).unwrap_or("").trim().to_owned()
}

/// The facts of a text and its numbers in words.
fn values(text: &str) -> Vec<Fact> {
    let mut values: Vec<Fact> = facts(text).into_iter().map(|found| found.fact).collect();
    values.extend(numerals(text).into_iter().map(|(_, value)| Fact::Number(value)));
    values
}

/// Whether a fact of the source lets a sentence state another.
fn supports(source: &Fact, stated: &Fact, years: &[String]) -> bool {
    match (source, stated) {
        (Fact::Date(source), Fact::Date(stated)) => {
            let year = match (source.year, stated.year) {
                (Some(a), Some(b)) => a == b,
                (None, Some(year)) => years.contains(&year.to_string()),
                _ => true,
            };
            let full = PartialDate { year: source.year.or(stated.year), ..*source };
            let weekday = stated.weekday.is_none()
                || stated.weekday == source.weekday
                || full.civil().is_some_and(|date| Some(date.weekday()) == stated.weekday);
            (same_day(source, stated) || (stated.day.is_none() && source.month == stated.month))
                && year
                && weekday
        }
        (Fact::Amount(source), Fact::Amount(stated)) => {
            source.cents == stated.cents && (stated.tax.is_none() || source.tax == stated.tax)
        }
        // « tombola 615,50 » lets a sentence say euros, but not with or without tax.
        (Fact::Number(number), Fact::Amount(stated)) => {
            stated.tax.is_none() && parse_cents(number) == Some(stated.cents)
        }
        (Fact::Number(number), Fact::Hour(hour)) => {
            hour.minute == 0 && *number == hour.hour.to_string()
        }
        (Fact::Reference(a) | Fact::Email(a), Fact::Reference(b) | Fact::Email(b)) => {
            letters(a) == letters(b)
        }
        _ => source == stated,
    }
}

fn same_day(a: &PartialDate, b: &PartialDate) -> bool {
    a.month == b.month && a.day == b.day
}

/// Whether a number is among the values, whatever stands beside it.
fn said(number: &str, values: &[Fact]) -> bool {
    let wanted = plain(number);
    values.iter().any(|value| match value {
        Fact::Number(other) | Fact::Percent(other) => plain(other) == wanted,
        Fact::Amount(amount) => parse_cents(number) == Some(amount.cents),
        Fact::Hour(hour) => hour.minute == 0 && hour.hour.to_string() == wanted,
        Fact::Reference(reference) => {
            reference.split(|c: char| !c.is_ascii_digit()).any(|part| part == wanted)
        }
        Fact::Date(_) | Fact::Phone(_) | Fact::Email(_) => false,
    })
}

/// A number without the zeros that say nothing; a postal code keeps its own.
fn plain(number: &str) -> String {
    let number = match number.split_once(',') {
        Some((whole, decimals)) => {
            let decimals = decimals.trim_end_matches('0');
            if decimals.is_empty() { whole.to_owned() } else { format!("{whole},{decimals}") }
        }
        None => number.to_owned(),
    };
    match number.strip_prefix('0') {
        Some(rest) if rest.len() == 1 => rest.to_owned(),
        _ => number,
    }
}

fn letters(reference: &str) -> String {
    reference.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

fn years(values: &[Fact]) -> Vec<String> {
    let numbers = values.iter().filter_map(|value| match value {
        Fact::Number(n) if n.len() == 4 && (n.starts_with("19") || n.starts_with("20")) => {
            Some(n.clone())
        }
        _ => None,
    });
    numbers.chain(years_of(values)).collect()
}

fn years_of(values: &[Fact]) -> impl Iterator<Item = String> {
    values.iter().filter_map(|value| match value {
        Fact::Date(date) => date.year.map(|year| year.to_string()),
        _ => None,
    })
}

/// Numbers in words, ordinals and fractions, as written and by value. « un » is an article.
fn numerals(text: &str) -> Vec<(String, String)> {
    static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"\p{L}+(?:-\p{L}+)*"));
    WORD.find_iter(text)
        .filter_map(|word| Some((word.as_str().to_owned(), value_of(&fold(word.as_str()))?)))
        .collect()
}

fn value_of(word: &str) -> Option<String> {
    let fraction = match word {
        "tiers" => Some("1/3"),
        "quart" => Some("1/4"),
        "moitie" => Some("1/2"),
        "premier" | "premiere" => Some("1"),
        "second" | "seconde" => Some("2"),
        _ => None,
    };
    if let Some(value) = fraction {
        return Some(value.to_owned());
    }
    let (mut total, mut group) = (0_u32, 0_u32);
    // « second », « neuvième » and « quatrième » lose or change their ending.
    let cardinal = word.strip_suffix("iemes").or(word.strip_suffix("ieme"));
    for part in cardinal.unwrap_or(word).split('-').filter(|part| *part != "et") {
        let value = UNITS.iter().find(|(name, _)| {
            *name == part
                || (cardinal.is_some() && name.trim_end_matches('e') == part)
                || (cardinal.is_some()
                    && ((part == "cinqu" && *name == "cinq")
                        || (part == "neuv" && *name == "neuf")))
        });
        match value?.1 {
            20 if group == 4 => group = 80,
            100 => group = group.max(1) * 100,
            1000 => {
                total += group.max(1) * 1000;
                group = 0;
            }
            value => group += value,
        }
    }
    // A lone « un » inside a compound only (« vingt-et-un »).
    let value = total + group;
    (value > 1).then(|| value.to_string())
}

static ONE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bune?\b|\bpremi[èe]re?\b"));

const UNITS: [(&str, u32); 28] = [
    ("un", 1),
    ("une", 1),
    ("deux", 2),
    ("trois", 3),
    ("quatre", 4),
    ("cinq", 5),
    ("six", 6),
    ("sept", 7),
    ("huit", 8),
    ("neuf", 9),
    ("dix", 10),
    ("onze", 11),
    ("douze", 12),
    ("treize", 13),
    ("quatorze", 14),
    ("quinze", 15),
    ("seize", 16),
    ("vingt", 20),
    ("vingts", 20),
    ("trente", 30),
    ("quarante", 40),
    ("cinquante", 50),
    ("soixante", 60),
    ("septante", 70),
    ("nonante", 90),
    ("cent", 100),
    ("cents", 100),
    ("mille", 1000),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_have_values() {
        for (word, expected) in [
            ("trois", Some("3")),
            ("vingt-quatre", Some("24")),
            ("quatre-vingt-dix-huit", Some("98")),
            ("deux-cents", Some("200")),
            ("deuxieme", Some("2")),
            ("neuvieme", Some("9")),
            ("tiers", Some("1/3")),
            ("un", None),
            ("centre", None),
        ] {
            assert_eq!(value_of(word).as_deref(), expected, "{word}");
        }
    }
}
