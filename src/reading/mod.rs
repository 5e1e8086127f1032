//! Facts in telegraphic French notes, found by rule, each with its place.
//!
//! Everything here is pure and total: any text gives facts, never an error, and nothing is
//! guessed. A fact keeps exactly what was written: a date without a year has no year.

pub mod abbreviation;
pub mod amount;
pub mod date;
pub mod fold;
pub mod hour;
pub mod name;
pub mod remark;

use std::sync::LazyLock;

use regex::Regex;

use crate::notes::Span;

pub use amount::{Amount, Tax};
pub use date::PartialDate;
pub use fold::fold;
pub use hour::Hour;

/// One fact, typed.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// `jeudi 18 sept 2026`, `12/03`, `1er oct`, `mars 2027`.
    Date(PartialDate),
    /// `20h30`, `9 h`, `20:30`.
    Hour(Hour),
    /// `3480 € ttc`, `24650 HT`, `800 euros`: only with a currency or tax mark.
    Amount(Amount),
    /// `30 %`, `+7%`, as written with a decimal comma.
    Percent(String),
    /// Ten digits, in pairs.
    Phone(String),
    /// An e-mail address.
    Email(String),
    /// A reference with letters or dashes: `2026-07`, `DETR-2026-0147`, `AB 112`, `OB/CV/2026-212`.
    Reference(String),
    /// Any other number, without thousands separators, decimal comma kept.
    Number(String),
}

/// A fact and its place in the text it was found in.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The fact.
    pub fact: Fact,
    /// Its place, in bytes.
    pub span: Span,
}

static EMAIL: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b"));
static PHONE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b0[1-9](?:[ .\u{a0}\u{202f}-]?\d{2}){4}\b"));
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:[A-Z]{1,6}(?:[/-][A-Z]{1,6})*[/-]\d{2,4}(?:[/-]\d{1,6})?|20\d\d[-/]\d{1,4}|[A-Z]{1,2} \d{1,4}|[A-Z]{1,2}\d{2,4})\b",
    )
});
static PERCENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(\d+(?:[,.]\d+)?)\s*%"));
static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b\d{1,3}(?:[ \u{a0}\u{202f}]\d{3})+(?:,\d+)?\b|\d+(?:[,.]\d+)?"));

/// A regular expression of this crate's own.
pub(crate) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("patterns are constants, each compiled by the tests of its module")
}

/// Every fact of the text, in order, none overlapping another.
pub fn facts(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut add = |fact: Fact, span: Span| {
        if !found.iter().any(|f| f.span.start < span.end && span.start < f.span.end) {
            found.push(Found { fact, span });
        }
    };
    for m in EMAIL.find_iter(text) {
        add(Fact::Email(m.as_str().to_owned()), m.range());
    }
    for m in PHONE.find_iter(text) {
        let digits: Vec<char> = m.as_str().chars().filter(char::is_ascii_digit).collect();
        let pairs: Vec<String> = digits.chunks(2).map(|pair| pair.iter().collect()).collect();
        add(Fact::Phone(pairs.join(" ")), m.range());
    }
    for m in date::dates(text) {
        add(Fact::Date(m.date), m.start..m.end);
    }
    for m in REFERENCE.find_iter(text) {
        add(Fact::Reference(m.as_str().to_owned()), m.range());
    }
    for (amount, span) in amount::amounts(text) {
        add(Fact::Amount(amount), span);
    }
    for (hour, span) in hour::hours(text) {
        add(Fact::Hour(hour), span);
    }
    for m in PERCENT.captures_iter(text) {
        if let (Some(whole), Some(number)) = (m.get(0), m.get(1)) {
            add(Fact::Percent(number.as_str().replace('.', ",")), whole.range());
        }
    }
    for m in NUMBER.find_iter(text) {
        let plain: String = m.as_str().chars().filter(|c| !c.is_whitespace()).collect();
        add(Fact::Number(plain.replace('.', ",")), m.range());
    }
    found.sort_by_key(|f| f.span.start);
    found
}

/// The text with its dates, hours, amounts and percentages written in French, the rest as it is:
/// `12/03/2026` becomes « 12 mars 2026 », `24650 HT` « 24 650 € HT ».
pub fn expand_facts(text: &str) -> String {
    let mut out = text.to_owned();
    for Found { fact, span } in facts(text).into_iter().rev() {
        let written = match fact {
            Fact::Date(date) => date.to_french(),
            Fact::Hour(hour) => hour.to_french(),
            Fact::Amount(amount) => amount.to_french(),
            Fact::Percent(number) => format!("{number} %"),
            Fact::Phone(phone) => phone,
            Fact::Email(_) | Fact::Reference(_) | Fact::Number(_) => continue,
        };
        out.replace_range(span, &written);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_written_in_french() {
        let table = [
            ("le 12/03/2026 à 20h30", "le 12 mars 2026 à 20 h 30"),
            ("devis 24650 HT, +7%", "devis 24 650 € HT, +7 %"),
            ("tel 0465710010", "tel 04 65 71 00 10"),
            ("parcelle AB 112, délib 2026-07", "parcelle AB 112, délib 2026-07"),
            ("mail a.b@c.example le 3/11", "mail a.b@c.example le 3 novembre"),
            ("de 23h à 5h", "de 23 h à 5 h"),
            ("du 7 au 18 décembre", "du 7 décembre au 18 décembre"),
        ];
        for (text, expected) in table {
            assert_eq!(expand_facts(text), expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn facts_stand_on_character_boundaries_and_do_not_overlap(text in "[0-9a-zéèàû €/:,. h@-]{0,60}|\\PC{0,40}") {
            let mut end = 0;
            for found in facts(&text) {
                proptest::prop_assert!(found.span.start >= end);
                proptest::prop_assert!(text.get(found.span.clone()).is_some());
                end = found.span.end;
            }
            let _ = expand_facts(&text);
        }
    }
}
