//! Hours of the day as people type them: `20h30`, `9 h`, `20:30`.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;

/// An hour of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hour {
    /// From 0 to 24.
    pub hour: u8,
    /// From 0 to 59.
    pub minute: u8,
}

impl Hour {
    /// In French, without leading zero on the hour: « 20 h 30 », « 9 h », « 18 h 05 ».
    pub fn to_french(&self) -> String {
        match self.minute {
            0 => format!("{} h", self.hour),
            minute => format!("{} h {minute:02}", self.hour),
        }
    }
}

static HOUR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(\d{1,2})(?:\s?[hH]\s?(\d{2})\b|\s?(?:[hH]|heures?)\b|:(\d{2})\b)")
});

/// Every hour of the text with its place, in order.
pub(super) fn hours(text: &str) -> Vec<(Hour, std::ops::Range<usize>)> {
    HOUR.captures_iter(text)
        .filter_map(|found| {
            let hour: u8 = found.get(1)?.as_str().parse().ok()?;
            let minute = found
                .get(2)
                .or_else(|| found.get(3))
                .map_or(Some(0), |m| m.as_str().parse().ok())?;
            (hour <= 24 && minute < 60).then_some((Hour { hour, minute }, found.get(0)?.range()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_type_them() {
        let table: [(&str, &[&str]); 7] = [
            ("ouvert 20h30 fin 22h40", &["20 h 30", "22 h 40"]),
            ("10h-18h", &["10 h", "18 h"]),
            ("à 9 h 05 puis 20:30", &["9 h 05", "20 h 30"]),
            ("de 17h à 22h", &["17 h", "22 h"]),
            ("8 heures", &["8 h"]),
            ("8 habitants, 3 huitres", &[]),
            ("25h et 10:75", &[]),
        ];
        for (text, expected) in table {
            let found: Vec<String> = hours(text).into_iter().map(|(h, _)| h.to_french()).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
