//! Numbers, hours and shares as people say them, in figures: « dix-huit heures cinq », « six euros
//! cinquante », « trois cent soixante euros ». Small counts stay in words, as writing has them.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::date::{months_pattern, weekdays_pattern};
use super::hour::Hour;
use super::{cardinal, pattern};

/// From this number on a count is written in figures.
pub const LEAST: u32 = 17;

/// The text with what is said of hours, dates, money, votes and large numbers in figures.
pub fn in_figures(text: &str) -> String {
    static FIRST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)\b(?P<before>(?:{days})\s+|(?:pas|donc|c['’]est)\s+le\s+)premier(?P<after>\s+(?:{months})\b|\s*(?:[.,;!?]|$)|\s+(?:il|on|y|[çc]a|c['’]))|\bpremier\s+(?P<month>{months})\b",
            days = weekdays_pattern(),
            months = months_pattern()
        ))
    });
    static APART: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(r"(?i)\b(?P<day>{}),?\s+le\s+(?P<n>\d{{1,2}})\b", weekdays_pattern()))
    });
    let text = FIRST.replace_all(text, |found: &Captures<'_>| match found.name("month") {
        Some(month) => format!("1er {}", month.as_str()),
        None => format!("{}1er{}", &found["before"], &found["after"]),
    });
    let text = cardinal::replaced(&text, figures);
    APART.replace_all(&text, "$day $n").into_owned()
}

/// A number in words, in figures, and how much of what follows it goes with it; nothing where it
/// stays in words.
fn figures(number: u32, before: &str, after: &str) -> Option<(String, usize)> {
    static COUNTS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(r"(?i)^\s+(?:voix|votants?|abstentions?|%|{})\b", months_pattern()))
    });
    static SHARE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\s+pour\s+cents?\b"));
    static MONEY: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\s+euros?\b"));
    // « 10,7 pour cent »
    if number == 100 && before.trim_end().ends_with("pour") {
        return None;
    }
    if let Some(found) = hour(number, after, before) {
        return Some(found);
    }
    if let Some(share) = SHARE.find(after) {
        return Some((format!("{number} %"), share.end()));
    }
    if let Some(money) = MONEY.find(after).filter(|_| number != 1) {
        let tail = after.get(money.end()..)?;
        return Some(match cents(tail) {
            Some((cents, to)) => (format!("{number},{cents:02} euros"), money.end() + to),
            None => (number.to_string(), 0),
        });
    }
    static WEEKDAY: LazyLock<Regex> =
        LazyLock::new(|| pattern(&format!(r"(?i)\b(?:{}),?\s+(?:le\s+)?$", weekdays_pattern())));
    let day = number <= 31 && WEEKDAY.is_match(before);
    (number >= LEAST || day || COUNTS.is_match(after)).then(|| (number.to_string(), 0))
}

/// « cinquante », « et vingt centimes »: what a price has after its euros.
fn cents(text: &str) -> Option<(u32, usize)> {
    static CENTIMES: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\s+centimes?\b"));
    let (lead, cents, end) = number_after(text)?;
    let after = text.get(lead + end..)?;
    let centimes = CENTIMES.find(after).map(|m| m.end());
    // « douze euros deux fois » counts something else.
    let plain = cents >= 5 && cents % 5 == 0;
    (cents < 100 && (plain || centimes.is_some()))
        .then(|| (cents, lead + end + centimes.unwrap_or(0)))
}

/// A number in words after a space, « et » apart: where it starts, what it is, how long.
fn number_after(text: &str) -> Option<(usize, u32, usize)> {
    static LEAD: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\s+(?:et\s+)?"));
    let lead = LEAD.find(text)?.end();
    let (number, end) = cardinal::leading(text.get(lead..)?)?;
    Some((lead, number, end))
}

/// The hour that a number begins, with its minutes; how long something lasts is no hour.
fn hour(number: u32, after: &str, before: &str) -> Option<(String, usize)> {
    static HOURS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\s+heures?\b"));
    static PARTS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^\s+(?:et\s+(?P<half>demie?)\b|(?:et\s+)?(?:un\s+)?(?P<quarter>quart)\b|moins\s+(?:le\s+)?(?P<less>quart|vingt|dix|cinq)\b)",
        )
    });
    static LASTS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)\b(?:pendant|durant|dure\w*|en|prend|met|fait|faut|ou)\s+(?:\p{L}+\s+)?$")
    });
    static AT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)(?:\b(?:vers|d[èe]s|avant|apr[èe]s|est|de)|(?:^|\s|jusqu['’])[àa])\s+$")
    });
    let end = HOURS.find(after).filter(|_| number <= 24)?.end();
    let tail = after.get(end..)?;
    let whole = u8::try_from(number).ok()?;
    let told = |hour: u8, minute: u8| {
        let figures = Hour { hour, minute }.to_french();
        figures.replace(' ', "")
    };
    if let Some(part) = PARTS.captures(tail) {
        let to = end + part.get(0)?.end();
        let minute = match part.name("less").map(|m| m.as_str().to_lowercase()).as_deref() {
            Some("quart") => 45,
            Some("vingt") => 40,
            Some("dix") => 50,
            Some(_) => 55,
            None if part.name("half").is_some() => 30,
            None => 15,
        };
        let hour = if part.name("less").is_some() { whole.checked_sub(1)? } else { whole };
        return Some((told(hour, minute), to));
    }
    if LASTS.is_match(before) {
        return None;
    }
    // « neuf heures onze heures trente »: the second number is an hour of its own.
    let minutes = number_after(tail)
        .filter(|(lead, _, length)| !tail.get(lead + length..).is_some_and(|t| HOURS.is_match(t)));
    match minutes {
        Some((lead, minute @ 5..60, length)) => {
            Some((told(whole, u8::try_from(minute).ok()?), end + lead + length))
        }
        _ => (number >= 7 || AT.is_match(before)).then(|| (told(whole, 0), end)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_written_in_figures() {
        let table = [
            ("il est dix-neuf heures trente-trois", "il est 19h33"),
            ("on ouvre à vingt heures", "on ouvre à 20h"),
            ("de neuf heures à onze heures et demie", "de 9h à 11h30"),
            ("midi moins le quart", "midi moins le quart"),
            ("neuf heures moins le quart", "8h45"),
            ("neuf heures onze heures trente", "9h 11h30"),
            ("il faut deux heures de ménage", "il faut deux heures de ménage"),
            ("pendant huit heures", "pendant huit heures"),
            ("quatre euros vingt le mètre", "4,20 euros le mètre"),
            ("douze euros deux fois", "12 euros deux fois"),
            ("deux cent trente-cinq euros", "235 euros"),
            ("trente-deux inscrits", "32 inscrits"),
            ("trois devis, neuf tables", "trois devis, neuf tables"),
            ("le douze mars", "le 12 mars"),
            ("on prend le mardi neuf", "on prend le mardi 9"),
            ("le mardi premier mars, pas le premier.", "le mardi 1er mars, pas le 1er."),
            ("avant samedi, le vingt", "avant samedi 20"),
            ("le premier arrivé, deux jeudis", "le premier arrivé, deux jeudis"),
            ("huit voix", "8 voix"),
            ("quinze pour cent", "15 %"),
            ("12,5 pour cent", "12,5 pour cent"),
            ("une table de quatre", "une table de quatre"),
        ];
        for (said, expected) in table {
            assert_eq!(in_figures(said), expected, "{said}");
        }
    }
}
