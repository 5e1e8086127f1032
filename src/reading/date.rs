//! Dates as people type them: `jeudi 18 sept 2026`, `12/03`, `1er oct`, `mars 2027`.

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use regex::{Captures, Regex};

use super::{fold, pattern};

/// A date of which some parts may be unsaid; a month is always known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate {
    /// The weekday the text claims.
    pub weekday: Option<Weekday>,
    /// Day of the month, from 1.
    pub day: Option<i8>,
    /// Month, from 1.
    pub month: i8,
    /// Year, four digits.
    pub year: Option<i16>,
}

impl PartialDate {
    /// The civil date, when every part is said.
    pub fn civil(&self) -> Option<Date> {
        Date::new(self.year?, self.month, self.day?).ok()
    }

    /// The date with a year where it says none.
    #[must_use]
    pub fn with_year(self, year: Option<i16>) -> Self {
        Self { year: self.year.or(year), ..self }
    }

    /// The weekday of the date, when the claimed one is another.
    pub fn wrong_weekday(&self) -> Option<Weekday> {
        let actual = self.civil()?.weekday();
        (self.weekday? != actual).then_some(actual)
    }

    /// In French, with what is known and nothing else: « vendredi 18 septembre 2026 »,
    /// « 1er octobre », « mars 2027 ». The weekday is written only if claimed and not wrong.
    pub fn to_french(&self) -> String {
        let mut out = String::new();
        if let Some(weekday) = self.weekday.filter(|_| self.wrong_weekday().is_none()) {
            out.push_str(weekday_name(weekday));
            out.push(' ');
        }
        match self.day {
            Some(1) => out.push_str("1er "),
            Some(day) => out.push_str(&format!("{day} ")),
            None => {}
        }
        out.push_str(month_name(self.month));
        if let Some(year) = self.year {
            out.push_str(&format!(" {year}"));
        }
        out
    }
}

/// The French name of a weekday, lower case.
pub fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "lundi",
        Weekday::Tuesday => "mardi",
        Weekday::Wednesday => "mercredi",
        Weekday::Thursday => "jeudi",
        Weekday::Friday => "vendredi",
        Weekday::Saturday => "samedi",
        Weekday::Sunday => "dimanche",
    }
}

/// The French name of a month, lower case; empty outside 1 to 12.
pub fn month_name(month: i8) -> &'static str {
    const NAMES: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    usize::try_from(month)
        .ok()
        .and_then(|m| NAMES.get(m.wrapping_sub(1)))
        .copied()
        .unwrap_or_default()
}

const WEEKDAY: &str = r"(?:(?P<weekday>lundi|lun|mardi|mar|mercredi|merc|mer|jeudi|jeu|vendredi|vend|ven|samedi|sam|dimanche|dim)\.?\s+(?:le\s+)?)";
const MONTH: &str = r"(?P<month>janvier|janv|jan|f[ée]vrier|f[ée]vr|f[ée]v|mars|avril|avr|mai|juin|juillet|juil|ao[ûu]t|septembre|sept|octobre|oct|novembre|nov|d[ée]cembre|d[ée]c)";

/// `jeudi 18 sept 2026`, `1er oct`, `7 juin`.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b{WEEKDAY}?(?P<day>\d{{1,2}})(?:er)?\s*{MONTH}\b\.?(?:\s*(?P<year>20\d\d|\d\d)\b)?"
    ))
});
/// `mars 2027`, `sept 2026`.
static MONTH_YEAR: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"(?i)\b{MONTH}\b\.?\s+(?P<year>20\d\d)\b")));
/// `2026-11-05`.
static ISO: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?P<year>20\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)\b"));
/// `12/03/2026`, `4/11/26`, `3-11-2026`, `18.09.2026`, with or without a weekday.
static FULL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b{WEEKDAY}?(?P<day>\d{{1,2}})[/.-](?P<month>\d{{1,2}})[/.-](?P<year>20\d\d|\d\d)\b"
    ))
});
/// `18/09`, `jeudi 3/4`.
static SHORT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(r"(?i)\b{WEEKDAY}?(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})\b"))
});
/// `jeudi 21`: a weekday and a day, the month of the date before it.
static DAY_ONLY: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"(?i)\b{WEEKDAY}(?P<day>\d{{1,2}})\b")));
/// A word that makes a fraction-like `3/4` a date.
static DATE_WORD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:le|du|au|avant|apr[eè]s|d[eè]s|jusqu['’]au|depuis|re[çc]ue?s?|dat[ée]e?s?|mail|courrier|convoc\w*|envoy[ée]e?)\s+(?:le\s+|du\s+)?$",
    )
});

/// The date found at the start of what matches, with the end of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DateMatch {
    pub(super) date: PartialDate,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Every date of the text, in order.
pub(super) fn dates(text: &str) -> Vec<DateMatch> {
    let mut found: Vec<DateMatch> = Vec::new();
    for expression in [&*NAMED, &*ISO, &*FULL, &*MONTH_YEAR, &*SHORT] {
        for captures in expression.captures_iter(text) {
            let Some(whole) = captures.get(0) else { continue };
            let Some(date) = read(&captures) else { continue };
            let (start, mut end) = (whole.start(), whole.end());
            // « sept. » keeps its full stop only inside the date.
            if text[start..end].ends_with('.') {
                end -= 1;
            }
            let overlaps = found.iter().any(|f| f.start < end && start < f.end);
            let short = std::ptr::eq(expression, &raw const *SHORT);
            if overlaps
                || (short && !certain(text, &captures, start, end))
                || joined(text, start, end)
            {
                continue;
            }
            found.push(DateMatch { date, start, end });
        }
    }
    ranges(text, &mut found);
    for captures in DAY_ONLY.captures_iter(text) {
        let Some(whole) = captures.get(0) else { continue };
        let near = found.iter().filter(|f| f.end <= whole.start()).max_by_key(|f| f.end);
        let overlaps = found.iter().any(|f| f.start < whole.end() && whole.start() < f.end);
        let hour = text[whole.end()..].trim_start().starts_with(['h', 'H', ':', '€', '%']);
        if let (Some(near), Some(weekday), Some(Ok(day)), false, false) = (
            near.map(|n| n.date),
            captures.name("weekday").and_then(|w| weekday(w.as_str())),
            captures.name("day").map(|d| d.as_str().parse::<i8>()),
            overlaps,
            hour,
        ) {
            let date = PartialDate { weekday: Some(weekday), day: Some(day), ..near };
            if date.year.is_some() && date.civil().is_some() && date.wrong_weekday().is_none() {
                found.push(DateMatch { date, start: whole.start(), end: whole.end() });
            }
        }
    }
    found.sort_by_key(|f| f.start);
    found
}

/// « du 7 au 18 décembre 2026 »: the first day takes month and year of the second.
fn ranges(text: &str, found: &mut Vec<DateMatch>) {
    static RANGE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)\b(?:du|de|le|entre\s+le)\s+(\d{1,2})(?:er)?\s+(?:au|à|et|et\s+le)\s+$")
    });
    let firsts: Vec<DateMatch> = found
        .iter()
        .filter_map(|last| {
            let captures = RANGE.captures(text.get(..last.start)?)?;
            let day = captures.get(1)?;
            let date = PartialDate { weekday: None, day: day.as_str().parse().ok(), ..last.date };
            Some(DateMatch { date, start: day.start(), end: day.end() })
        })
        .collect();
    found.extend(firsts);
}

fn read(captures: &Captures<'_>) -> Option<PartialDate> {
    let month = captures.name("month")?.as_str();
    let month = month.parse().ok().or_else(|| month_number(month))?;
    let day = match captures.name("day") {
        Some(day) => Some(day.as_str().parse().ok()?),
        None => None,
    };
    let year = captures.name("year").and_then(|y| y.as_str().parse::<i16>().ok());
    let year = year.map(|y| if y < 100 { y + 2000 } else { y });
    let weekday = captures.name("weekday").and_then(|w| weekday(w.as_str()));
    // A leap year stands in for an unsaid one, so that 29/02 is a date.
    Date::new(year.unwrap_or(2024), month, day.unwrap_or(1)).ok()?;
    Some(PartialDate { weekday, day, month, year })
}

/// Whether `d/m` is a date and not a fraction: a month in two digits, a weekday or a date word
/// before it.
fn certain(text: &str, captures: &Captures<'_>, start: usize, end: usize) -> bool {
    let two_digits = captures.name("month").is_some_and(|m| m.as_str().len() == 2);
    let before = &text[..start];
    let quorum = fold(before).trim_end().ends_with("quorum");
    let unit = text[end..].trim_start().starts_with(['%', '€']);
    !quorum
        && !unit
        && (two_digits || captures.name("weekday").is_some() || DATE_WORD.is_match(before))
}

/// Whether letters, digits or dashes run on from the match: a reference, not a date.
fn joined(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let mut after = text[end..].chars();
    let (first, second) = (after.next(), after.next());
    let runs_on = |c: char| matches!(c, '/' | '-' | '_');
    before.is_some_and(|c| {
        runs_on(c)
            || c == ','
                && text[..start].trim_end_matches(',').ends_with(|c: char| c.is_ascii_digit())
    }) || first.is_some_and(|c| runs_on(c) && second.is_some_and(char::is_alphanumeric))
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match fold(name).get(..3)? {
        "lun" => Weekday::Monday,
        "mar" => Weekday::Tuesday,
        "mer" => Weekday::Wednesday,
        "jeu" => Weekday::Thursday,
        "ven" => Weekday::Friday,
        "sam" => Weekday::Saturday,
        "dim" => Weekday::Sunday,
        _ => return None,
    })
}

fn month_number(name: &str) -> Option<i8> {
    let folded = fold(name);
    (1..=12).find(|month| {
        let full = fold(month_name(*month));
        full.starts_with(&folded)
            && (folded.len() >= 4
                || full == folded
                || folded.len() == 3 && *month != 6 && *month != 7)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn french(text: &str) -> Vec<String> {
        dates(text).into_iter().map(|f| f.date.to_french()).collect()
    }

    #[test]
    fn dates_are_read_as_people_type_them() {
        let table: [(&str, &[&str]); 20] = [
            ("jeudi 18 sept 2026 salle", &["18 septembre 2026"]),
            ("ven 16 oct 20h30", &["vendredi 16 octobre"]),
            ("sam 10/10/26", &["samedi 10 octobre 2026"]),
            ("le merc 4/11/26 (AR", &["mercredi 4 novembre 2026"]),
            ("12/03/2026", &["12 mars 2026"]),
            ("3-11-2026", &["3 novembre 2026"]),
            ("2026-11-05", &["5 novembre 2026"]),
            ("18.09.2026.", &["18 septembre 2026"]),
            ("dès le 1er oct, puis", &["1er octobre"]),
            ("27 fev", &["27 février"]),
            ("mars 2027 seulement", &["mars 2027"]),
            ("CM 18/09 notes", &["18 septembre"]),
            ("avant le 3/4", &["3 avril"]),
            ("quorum 1/3, majorité 2/3, 1/4", &[]),
            ("du 7 au 18 décembre 2026", &["7 décembre 2026", "18 décembre 2026"]),
            ("réf OB/CV/2026-212 et 2026-07", &[]),
            (
                "mardi 19 janvier 2027 et jeudi 21 à Malivert",
                &["mardi 19 janvier 2027", "jeudi 21 janvier 2027"],
            ),
            ("31/02", &[]),
            ("mai 96 pers", &[]),
            ("avant mi déc et 3 juin", &["3 juin"]),
        ];
        for (text, expected) in table {
            assert_eq!(french(text), expected, "{text}");
        }
    }

    #[test]
    fn a_wrong_weekday_is_known_and_not_written() {
        let date = dates("jeudi 18/09/2026")[0].date;
        assert_eq!(date.wrong_weekday(), Some(Weekday::Friday));
        assert_eq!(date.to_french(), "18 septembre 2026");
    }
}
