//! When a value of the notes is the one that a correction names, and how the new one is written in
//! its place.

use crate::reading::amount::parse_cents;
use crate::reading::date::weekday_name;
use crate::reading::{Fact, Found, Hour, PartialDate, fold};

/// The kinds of values that are corrected by their words alone.
pub(super) const fn is_plain(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Date(_) | Fact::Hour(_) | Fact::Amount(_) | Fact::Percent(_) | Fact::Number(_)
    )
}

/// What an amount, a share or a number counts, in hundredths.
pub(super) fn cents(fact: &Fact) -> Option<u64> {
    match fact {
        Fact::Amount(amount) => Some(amount.cents),
        Fact::Number(number) | Fact::Percent(number) => parse_cents(number),
        _ => None,
    }
}

/// Whether both are the same value; a year or a currency may be unsaid.
pub(super) fn same(a: &Fact, b: &Fact) -> bool {
    match (a, b) {
        (Fact::Date(a), Fact::Date(b)) => {
            let years = a.year.is_none() || b.year.is_none() || a.year == b.year;
            (a.day, a.month) == (b.day, b.month) && years
        }
        (Fact::Percent(_), _) | (_, Fact::Percent(_))
            if std::mem::discriminant(a) != std::mem::discriminant(b) =>
        {
            false
        }
        _ => a == b || cents(a).is_some() && cents(a) == cents(b),
    }
}

/// Whether the place holds the value that is named as the old one: « au lieu du 15 » names a day
/// where the new value is a date.
pub(super) fn names(old: &Fact, new: &Fact, place: &Fact) -> bool {
    let number = |fact: &Fact| match fact {
        Fact::Number(number) => number.parse::<i64>().ok(),
        _ => None,
    };
    match (old, place) {
        (Fact::Number(_), Fact::Date(date)) if matches!(new, Fact::Date(_)) => {
            date.day.map(i64::from) == number(old)
        }
        (Fact::Number(_), Fact::Hour(hour)) if matches!(new, Fact::Hour(_)) => {
            hour.minute == 0 && Some(i64::from(hour.hour)) == number(old)
        }
        (Fact::Number(_), _) if matches!(new, Fact::Date(_) | Fact::Hour(_)) => false,
        (Fact::Number(n), Fact::Percent(p)) => parse_cents(n) == parse_cents(p),
        (Fact::Number(_), _) if matches!(new, Fact::Percent(_)) => false,
        _ => same(old, place),
    }
}

/// Whether one value may be a correction of the other.
pub(super) fn alike(new: &Fact, old: &Fact) -> bool {
    match (new, old) {
        (Fact::Amount(a), Fact::Amount(b)) if a.tax.is_some() && b.tax.is_some() => {
            a.tax == b.tax && near(new, old)
        }
        (Fact::Amount(_) | Fact::Number(_), Fact::Amount(_) | Fact::Number(_)) => near(new, old),
        (Fact::Date(a), Fact::Date(b)) => a.day.is_some() == b.day.is_some(),
        _ => std::mem::discriminant(new) == std::mem::discriminant(old),
    }
}

/// Whether neither counts more than twice the other.
fn near(a: &Fact, b: &Fact) -> bool {
    let (Some(a), Some(b)) = (cents(a), cents(b)) else { return false };
    a <= b.saturating_mul(2) && b <= a.saturating_mul(2)
}

/// Whether two numbers have the same digits in another order: « 7 145 » and « 7 415 ».
pub(super) fn is_jumbled(a: &str, b: &str) -> bool {
    let digits = |text: &str| {
        let mut digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    };
    digits(a).len() > 1 && digits(a) == digits(b)
}

/// Whether the value says by itself what it is: wherever it stands, it is the same one.
pub(super) fn is_distinct(fact: &Fact) -> bool {
    match fact {
        Fact::Amount(_) | Fact::Number(_) | Fact::Percent(_) => {
            cents(fact).is_some_and(|cents| cents >= 10_000 || cents % 100 != 0)
        }
        Fact::Date(_) | Fact::Hour(_) => false,
        _ => true,
    }
}

/// Whether a value is a number of one digit, which may be anything.
pub(super) fn is_digit(fact: &Fact) -> bool {
    matches!(fact, Fact::Number(number) if number.len() == 1)
}

/// The new value as it is written where the old one stood.
pub(super) fn written(new: &Found, said: &str, old: &Found, place: &str) -> String {
    let (said, place) = (slice(said, new), slice(place, old));
    match (&new.fact, &old.fact) {
        (Fact::Number(day), Fact::Date(date)) => match day.parse() {
            Ok(day) => dated(PartialDate { day: Some(day), weekday: None, ..*date }, date),
            Err(_) => said.to_owned(),
        },
        (Fact::Date(new), Fact::Date(old)) => dated(*new, old),
        (Fact::Number(hour), Fact::Hour(_)) => match hour.parse() {
            Ok(hour) => Hour { hour, minute: 0 }.to_french(),
            Err(_) => said.to_owned(),
        },
        (Fact::Hour(hour), _) => hour.to_french(),
        (new, _) if cents(new).is_some() => with_unit(said, place),
        _ => said.to_owned(),
    }
}

/// The text of a fact.
pub(super) fn slice<'a>(text: &'a str, found: &Found) -> &'a str {
    text.get(found.span.clone()).unwrap_or_default().trim()
}

/// A date with the year of the one it replaces, and its weekday where that is right.
fn dated(new: PartialDate, old: &PartialDate) -> String {
    let full = PartialDate { year: new.year.or(old.year), ..new };
    let day = PartialDate { weekday: None, ..full }.to_french();
    let told = PartialDate { weekday: old.weekday, ..full };
    let weekday = match (new.weekday, old.weekday) {
        // A wrong weekday is for another check to tell.
        (Some(weekday), _) => Some(weekday),
        (None, Some(weekday)) if told.civil().is_some() && told.wrong_weekday().is_none() => {
            Some(weekday)
        }
        _ => None,
    };
    weekday.map_or(day.clone(), |weekday| format!("{} {day}", weekday_name(weekday)))
}

/// The new number with the unit of the old one, where it has none of its own.
fn with_unit(new: &str, old: &str) -> String {
    let unit = |text: &str| {
        let at = text.find(|c: char| {
            !(c.is_ascii_digit() || matches!(c, ' ' | ',' | '.' | '\u{a0}' | '\u{202f}' | '+'))
        });
        at.and_then(|at| text.get(at..)).unwrap_or_default().trim().to_owned()
    };
    let taxed = |unit: &str| ["ht", "ttc"].iter().any(|tax| fold(unit).ends_with(tax));
    let (own, told) = (unit(new), unit(old));
    if !own.is_empty() && (taxed(&own) || !taxed(&told)) {
        return new.to_owned();
    }
    let number = new.strip_suffix(own.as_str()).unwrap_or(new).trim_end();
    format!("{number} {told}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::facts;

    #[test]
    fn the_new_value_is_written_as_the_old_one_was() {
        let table = [
            ("560", "650 €", "560 €"),
            ("9,50 €", "9 euros", "9,50 €"),
            ("1 640 €", "1 460 € HT", "1 640 HT"),
            ("12 juin", "samedi 5 juin 2027", "samedi 12 juin 2027"),
            ("10 juin", "samedi 5 juin 2027", "10 juin 2027"),
            ("22 janvier 2027", "15 janvier", "22 janvier 2027"),
            ("19h30", "20h", "19 h 30"),
        ];
        for (new, old, expected) in table {
            let (a, b) = (facts(new).remove(0), facts(old).remove(0));
            let got = written(&a, new, &b, old);
            assert_eq!(got.replace("€ ", ""), expected.replace("€ ", ""), "{new} / {old}");
        }
    }
}
