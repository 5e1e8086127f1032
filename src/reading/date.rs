//! Dates as people type them, and the names of months and weekdays for all who look for them.

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};

/// The months, lower case.
pub const MONTHS: [&str; 12] = [
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

/// The days of the week from Monday, lower case.
pub const WEEKDAYS: [&str; 7] =
    ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

/// The months without their accents.
static FOLDED_MONTHS: LazyLock<[String; 12]> = LazyLock::new(|| MONTHS.map(super::fold));

/// A date of which some parts may be unsaid. At least a month or a day and a month are known.
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
    /// The date, if there is such a day in the month (29 February is one of any unknown year).
    pub fn new(
        weekday: Option<Weekday>,
        day: Option<i8>,
        month: i8,
        year: Option<i16>,
    ) -> Option<Self> {
        Date::new(year.unwrap_or(2024), month, day.unwrap_or(1)).ok()?;
        Some(Self { weekday, day, month, year })
    }

    /// The civil date, when every part is said.
    pub fn civil(&self) -> Option<Date> {
        Date::new(self.year?, self.month, self.day?).ok()
    }

    /// The weekday of the date, when the claimed one is another: `Some(true weekday)`.
    pub fn wrong_weekday(&self) -> Option<Weekday> {
        let actual = self.civil()?.weekday();
        (self.weekday? != actual).then_some(actual)
    }

    /// The same date in the given year, when it has none yet and exists in that year.
    #[must_use]
    pub fn with_year(self, year: i16) -> Self {
        if self.year.is_some() {
            return self;
        }
        Self::new(self.weekday, self.day, self.month, Some(year)).unwrap_or(self)
    }

    /// The same date in the year that a dated document means by it: the year of the document, or
    /// the next (or previous) one when that is much nearer (« 8 janvier » in a letter of
    /// November). Only for checks and sorting: the year was not written.
    #[must_use]
    pub fn near(self, reference: Date) -> Self {
        let distance = i16::from(self.month) - i16::from(reference.month());
        let shift = match distance {
            ..-6 => 1,
            7.. => -1,
            _ => 0,
        };
        self.with_year(reference.year() + shift)
    }

    /// In French, with what is known and nothing else: « vendredi 18 septembre 2026 »,
    /// « 1er octobre », « mars 2027 ». The weekday is written only if claimed and not wrong.
    pub fn to_french(&self) -> String {
        let mut parts: Vec<String> = Vec::with_capacity(4);
        if let Some(weekday) = self.weekday
            && self.wrong_weekday().is_none()
        {
            parts.push(weekday_name(weekday).to_owned());
        }
        match self.day {
            Some(1) => parts.push("1er".to_owned()),
            Some(day) => parts.push(day.to_string()),
            None => {}
        }
        parts.push(month_name(self.month).to_owned());
        parts.extend(self.year.map(|year| year.to_string()));
        parts.join(" ")
    }
}

/// The French name of a weekday, lower case.
pub fn weekday_name(weekday: Weekday) -> &'static str {
    let index = usize::try_from(weekday.to_monday_zero_offset()).unwrap_or_default();
    WEEKDAYS.get(index).copied().unwrap_or("")
}

/// The French name of a month counted from 1; empty outside 1 to 12.
pub fn month_name(month: i8) -> &'static str {
    let index = usize::try_from(month).unwrap_or(0).wrapping_sub(1);
    MONTHS.get(index).copied().unwrap_or("")
}

/// Whether a word in lower case without accents is the name of a month.
pub fn is_month(folded: &str) -> bool {
    FOLDED_MONTHS.iter().any(|month| month == folded)
}

/// Whether a word in lower case is the name of a day of the week.
pub fn is_weekday(word: &str) -> bool {
    WEEKDAYS.contains(&word)
}

/// The months as alternatives of a pattern, whose accents a writer may leave out.
pub fn months_pattern() -> String {
    MONTHS.join("|").replace('é', "[ée]").replace('û', "[ûu]")
}

/// The days of the week as alternatives of a pattern.
pub fn weekdays_pattern() -> String {
    WEEKDAYS.join("|")
}

/// The weekday that a word or its usual abbreviation names, whatever its case.
pub(super) fn parse_weekday(word: &str) -> Option<Weekday> {
    let word = word.to_lowercase();
    let start: String = word.chars().take(2).collect();
    Some(match start.as_str() {
        "lu" => Weekday::Monday,
        "ma" => Weekday::Tuesday,
        "me" => Weekday::Wednesday,
        "je" => Weekday::Thursday,
        "ve" => Weekday::Friday,
        "sa" => Weekday::Saturday,
        "di" => Weekday::Sunday,
        _ => return None,
    })
}

/// The month that a word or its usual abbreviation names, whatever its case and accents.
pub(super) fn parse_month(word: &str) -> Option<i8> {
    let folded = super::fold(word);
    let start: String = folded.chars().take(3).collect();
    Some(match start.as_str() {
        "jan" => 1,
        "fev" => 2,
        "mar" => 3,
        "avr" => 4,
        "mai" => 5,
        "jui" if folded.starts_with("juin") => 6,
        "jui" | "jul" => 7,
        "aou" => 8,
        "sep" => 9,
        "oct" => 10,
        "nov" => 11,
        "dec" => 12,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn french(weekday: Option<Weekday>, day: Option<i8>, month: i8, year: Option<i16>) -> String {
        PartialDate::new(weekday, day, month, year).unwrap().to_french()
    }

    #[test]
    fn dates_are_written_with_what_is_known() {
        let friday = Some(Weekday::Friday);
        assert_eq!(french(friday, Some(18), 9, Some(2026)), "vendredi 18 septembre 2026");
        assert_eq!(french(Some(Weekday::Thursday), Some(18), 9, Some(2026)), "18 septembre 2026");
        assert_eq!(french(friday, Some(16), 10, None), "vendredi 16 octobre");
        assert_eq!(french(None, Some(1), 10, None), "1er octobre");
        assert_eq!(french(None, None, 3, Some(2027)), "mars 2027");
    }

    #[test]
    fn impossible_days_are_no_dates() {
        assert_eq!(PartialDate::new(None, Some(31), 4, None), None);
        assert_eq!(PartialDate::new(None, Some(29), 2, Some(2026)), None);
        assert!(PartialDate::new(None, Some(29), 2, None).is_some());
    }

    #[test]
    fn a_written_year_is_never_changed() {
        let date = PartialDate::new(None, Some(8), 1, Some(2025)).unwrap();
        assert_eq!(date.with_year(2027).year, Some(2025));
    }

    #[test]
    fn january_in_a_november_letter_is_the_next_one() {
        let letter = Date::new(2026, 11, 23).unwrap();
        let near =
            |day, month| PartialDate::new(None, Some(day), month, None).unwrap().near(letter);
        assert_eq!(near(8, 1).year, Some(2027));
        assert_eq!(near(12, 6).year, Some(2026));
    }
}
