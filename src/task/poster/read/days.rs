//! The day of an event, or its several days, as a poster writes them.

use jiff::civil::Date;

use crate::notes::Span;
use crate::reading::date::months_pattern;
use crate::reading::{Fact, PartialDate, facts, words};

/// The days that stand side by side in a line.
pub(super) struct Days {
    /// In the order of the line.
    pub dates: Vec<PartialDate>,
    /// Whether all the days between the first and the last are meant.
    pub range: bool,
    /// Where they stand in the line.
    pub span: Span,
}

/// « sam 5 + dim 6 juin » as « sam 5 et dim 6 juin », which is how dates are read.
pub(super) fn joined(line: &str) -> String {
    let line = PLUS.replace_all(line, "${day} et ${next}");
    // « 2, 3 et 4 juillet » is read as three dates, « 12 et 13 juin » as two.
    let line = SERIES.replace_all(&line, |found: &regex::Captures<'_>| {
        let year = found.name("year").map_or("", |year| year.as_str());
        let of_month = |day: &str| format!("{} {}{year}", day.trim(), &found["month"]);
        let days: Vec<String> = found["days"].split(',').map(of_month).collect();
        format!("{} et {}", days.join(", "), of_month(&found["last"]))
    });
    TWO.replace_all(&line, "$a $month$year et $b $month$year").into_owned()
}

/// The first days of a line that are not a deadline.
pub(super) fn first(line: &str) -> Option<Days> {
    let mut days: Option<Days> = None;
    for found in facts(line) {
        let Fact::Date(date) = found.fact else { continue };
        if date.day.is_none() {
            continue;
        }
        match &mut days {
            None => {
                let before = line.get(..found.span.start).unwrap_or_default().trim_end();
                if !DEADLINE_BEFORE.is_match(before) {
                    days = Some(Days { dates: vec![date], range: false, span: found.span });
                }
            }
            Some(days) => {
                let between = line.get(days.span.end..found.span.start).unwrap_or_default();
                if !LINK.is_match(between) {
                    break;
                }
                days.range |= between.contains("au") || between.contains(['-', '–']);
                days.dates.push(date);
                days.span.end = found.span.end;
            }
        }
    }
    days
}

impl Days {
    /// The days with the year of the notes where they have none.
    pub(super) fn with_year(mut self, year: Option<i16>) -> Self {
        if let Some(year) = year {
            self.dates = self.dates.into_iter().map(|date| date.with_year(year)).collect();
        }
        self
    }

    /// « samedi 5 et dimanche 6 juin 2027 », « du 7 au 9 mai 2027 ».
    pub(super) fn to_french(&self) -> String {
        let texts: Vec<String> = self
            .dates
            .iter()
            .enumerate()
            .map(|(index, date)| {
                let next = self.dates.get(index + 1);
                let text = date.to_french();
                match next {
                    // The month and the year are said once.
                    Some(next) if next.month == date.month && next.year == date.year => text
                        .split_once(crate::reading::date::month_name(date.month))
                        .map_or(text.clone(), |(day, _)| day.trim_end().to_owned()),
                    Some(next) if next.year.is_some() && next.year == date.year && !self.range => {
                        let year = date.year.map_or(String::new(), |year| format!(" {year}"));
                        text.trim_end_matches(year.as_str()).to_owned()
                    }
                    _ => text,
                }
            })
            .collect();
        match texts.as_slice() {
            [one] => one.clone(),
            [from, to] if self.range => format!("du {from} au {to}"),
            [others @ .., last] => format!("{} et {last}", others.join(", ")),
            [] => String::new(),
        }
    }
}

/// The first day of the notes that is said with its year: what later days are near to.
pub(super) fn reference(notes: &str) -> Option<Date> {
    facts(notes).iter().find_map(|found| match found.fact {
        Fact::Date(date) => date.day.and(date.civil()),
        _ => None,
    })
}

words!(
    PLUS,
    r"(?i)(?P<day>\b(?:lun|mar|mer|jeu|ven|sam|dim)\p{L}*\.? \d{1,2})\s*[+&]\s*(?P<next>(?:lun|mar|mer|jeu|ven|sam|dim)\p{L}*\.? \d)"
);
words!(
    SERIES,
    &format!(
        r"(?i)\b(?P<days>\d{{1,2}}(?:er)?(?:, ?\d{{1,2}})+)(?:,? (?:et|&|\+) (?:le )?|, ?)(?P<last>\d{{1,2}}) (?P<month>{}|janv?|f[ée]vr?|avr|juill?|sept?|oct|nov|d[ée]c)\b\.?(?P<year> \d{{4}})?",
        months_pattern()
    )
);
words!(
    TWO,
    &format!(
        r"(?i)\b(?P<a>\d{{1,2}}) ?(?:et|&|\+) ?(?P<b>\d{{1,2}}) (?P<month>{})\b(?P<year> \d{{4}})?",
        months_pattern()
    )
);
words!(LINK, r"(?i)^\s*(?:et|au|,|-|–)\s*(?:le\s+)?$");
words!(
    DEADLINE_BEFORE,
    r"(?i)(?:avant(?: le)?|jusqu['’]au|[àa] partir du|d[èe]s(?: le)?|arr[êe]t[ée] du|vu le|depuis(?: le)?|limite :?|apr[èe]s le)$"
);

#[cfg(test)]
mod tests {
    use super::*;

    fn french(line: &str) -> String {
        let line = joined(line);
        first(&line).map(|days| days.to_french()).unwrap_or_default()
    }

    #[test]
    fn several_days_say_their_month_once() {
        for (line, expected) in [
            ("sam 5 + dim 6 juin 2027 au lac", "samedi 5 et dimanche 6 juin 2027"),
            ("du ven 7 au dim 9 mai 2027", "du vendredi 7 au dimanche 9 mai 2027"),
            ("11, 12 et 13 juin 2027, stade", "11, 12 et 13 juin 2027"),
            ("4, 11, 18 et 25 mars 2027", "4, 11, 18 et 25 mars 2027"),
            ("salon du livre 12 et 13 juin 2027", "12 et 13 juin 2027"),
            ("sam 9 & 10 octobre, salle Rameau", "samedi 9 et 10 octobre"),
            ("mardi 6 avril 2027, inscription avant le 2 avril", "mardi 6 avril 2027"),
            ("réponse avant le 3 mai", ""),
        ] {
            assert_eq!(french(line), expected, "{line}");
        }
        let days = first("sam 12 et dim 13 juin").unwrap().with_year(Some(2027));
        assert_eq!(days.to_french(), "samedi 12 et dimanche 13 juin 2027");
    }
}
