//! The day on which silence becomes a decision: two months after a request came in.

use jiff::ToSpan;
use jiff::civil::Date;

use super::record::Letter;
use crate::reading::{Fact, PartialDate, facts};

/// Two months after the request was received, in French; nothing while that day is unknown.
pub(super) fn of_silence(letter: &Letter) -> Option<String> {
    let received = civil(letter.incoming.received.as_deref()?)?;
    let until = received.checked_add(2.months()).ok()?;
    let date = PartialDate::new(None, Some(until.day()), until.month(), Some(until.year()))?;
    Some(date.to_french())
}

/// The first full date of a text.
pub(super) fn civil(text: &str) -> Option<Date> {
    facts(text).into_iter().find_map(|found| match found.fact {
        Fact::Date(date) => date.civil(),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_counts_two_months_from_receipt() {
        let mut letter = Letter::default();
        for (received, expected) in [
            ("4 novembre 2026", Some("4 janvier 2027")),
            ("31 décembre 2026", Some("28 février 2027")),
            ("4 novembre", None),
        ] {
            letter.incoming.received = Some(received.into());
            assert_eq!(of_silence(&letter).as_deref(), expected);
        }
    }
}
