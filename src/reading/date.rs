//! Dates as people type them.

use jiff::civil::{Date, Weekday};

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
    /// The civil date, when every part is said.
    pub fn civil(&self) -> Option<Date> {
        Date::new(self.year?, self.month, self.day?).ok()
    }

    /// The weekday of the date, when the claimed one is another: `Some(true weekday)`.
    pub fn wrong_weekday(&self) -> Option<Weekday> {
        let actual = self.civil()?.weekday();
        (self.weekday? != actual).then_some(actual)
    }

    /// In French, with what is known and nothing else: « vendredi 18 septembre 2026 »,
    /// « 1er octobre », « mars 2027 ». The weekday is written only if claimed and not wrong.
    pub fn to_french(&self) -> String {
        String::new()
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
