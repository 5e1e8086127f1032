//! Numbers of roads, plots and the like that the notes write in two ways: « RD 118 », « RD 181 ».

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use crate::finding::{Finding, FindingKind};
use crate::notes::Notes;

/// The same letters with the same digits in another order: one of the two is a slip.
pub(super) fn codes(notes: &Notes) -> Vec<Finding> {
    static CODE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"\b(?P<kind>RD|RN|VC|CR|D|N|A|PR|ZA|[A-Z]{2})[ \u{a0}]?(?P<digits>\d{3,4})\b")
    });
    let sorted = |digits: &str| {
        let mut digits: Vec<char> = digits.chars().collect();
        digits.sort_unstable();
        digits
    };
    let mut seen: Vec<(String, String)> = Vec::new();
    let mut findings = Vec::new();
    for found in CODE.captures_iter(notes.text()) {
        let (kind, digits) = (&found["kind"], &found["digits"]);
        let other = seen.iter().find(|(before, number)| {
            before == kind && number != digits && sorted(number) == sorted(digits)
        });
        if let (Some((_, number)), Some(whole)) = (other, found.get(0)) {
            findings.push(Finding::check(
                FindingKind::Uncertain,
                Some(whole.range()),
                format!(
                    "« {kind} {number} » et « {kind} {digits} » : mêmes chiffres dans un autre ordre, vérifiez lequel est le bon."
                ),
            ));
        }
        if !seen.iter().any(|(before, number)| before == kind && number == digits) {
            seen.push((kind.to_owned(), digits.to_owned()));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_in_another_order_are_questioned() {
        for (text, count) in [
            ("pont sur la RD 214\naccès par la RD 241", 1),
            ("parcelle AB 132 vendue, voir AB 123", 1),
            ("RD 214 et RD 215", 0),
            ("RD 214, puis RD 214", 0),
            ("RD 214 et VC 241", 0),
        ] {
            let notes = Notes::from_text(text).unwrap();
            assert_eq!(codes(&notes).len(), count, "{text}");
        }
    }
}
