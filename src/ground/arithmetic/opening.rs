//! Hours of opening that do not make the hours told: « mercredi 14h-18h et samedi 9h-12h, soit 8 h par
//! semaine ».

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use crate::finding::{Finding, FindingKind};
use crate::notes::Notes;
use crate::reading::wrapped;

static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?P<h1>\d{1,2})\s?(?:h|:)\s?(?P<m1>[0-5]\d)?\s*(?:[-–>à]|->|→|jusqu['’][àa])\s*(?P<h2>\d{1,2})\s?(?:h|:)\s?(?P<m2>[0-5]\d)?",
    )
});
static TOLD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(?:[çc]a|cela|ce\s+qui)\s+(?:nous\s+)?(?:fait|fera)|\bsoit|\btotal|\bdonc|=|->|→)\s*(?:de\s+|:\s*|en\s+tout\s+)?(?P<h>\d{1,2})\s?(?:h\b|h|heures?)\s?(?P<m>[0-5]\d)?\s*(?:d['’]ouverture\s+)?(?:par|/|chaque|la)\s*semaine",
    )
});

/// Weekly hours against the hours of the days that the same paragraph lists before them.
pub(super) fn openings(notes: &Notes) -> Vec<Finding> {
    let minutes = |hour: &str, minute: Option<regex::Match<'_>>| {
        let minute = minute.map_or(Some(0), |m| m.as_str().parse::<u32>().ok())?;
        Some(hour.parse::<u32>().ok()? * 60 + minute)
    };
    let mut findings = Vec::new();
    let breaks = wrapped::breaks(notes);
    let mut paragraph = 0;
    for line in notes.lines() {
        if !(line.start > 0 && breaks.contains(&(line.start - 1))) {
            paragraph = line.start;
        }
        let Some(told) = TOLD.captures(line.text) else { continue };
        let (Some(place), Some(stated)) = (told.get(0), minutes(&told["h"], told.name("m"))) else {
            continue;
        };
        let listed = notes.text().get(paragraph..line.start + place.start()).unwrap_or_default();
        let ranges: Vec<u32> = RANGE
            .captures_iter(listed)
            .filter_map(|found| {
                let from = minutes(&found["h1"], found.name("m1"))?;
                minutes(&found["h2"], found.name("m2"))?.checked_sub(from)
            })
            .collect();
        let sum: u32 = ranges.iter().sum();
        if ranges.len() < 2 || sum == stated {
            continue;
        }
        findings.push(Finding::check(
            FindingKind::Sum,
            Some(line.start + place.start()..line.start + place.end()),
            format!(
                "Les horaires notés font {} par semaine, les notes disent {} : vérifiez avant de reprendre ce nombre.",
                french(sum),
                french(stated)
            ),
        ));
    }
    findings
}

fn french(minutes: u32) -> String {
    match minutes % 60 {
        0 => format!("{} h", minutes / 60),
        rest => format!("{} h {rest:02}", minutes / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekly_hours_are_the_sum_of_the_days() {
        let table = [
            ("Accueil lundi 9h-12h et jeudi 14h-17h30. Ça fait 7h par semaine", Some("6 h 30")),
            ("mardi 10h-12h, vendredi 16h à 19h, soit 5 h par semaine", None),
            ("mardi 10h-12h, soit 5 h par semaine", None),
            ("atelier de 14h à 16h, puis de 17h à 18h", None),
            ("Mer 8h30-12h00 / sam 8h30-11h30 = 7h/semaine", Some("6 h 30")),
        ];
        for (text, expected) in table {
            let notes = Notes::from_text(text).unwrap();
            let found = openings(&notes);
            let message = found.first().map(|f| f.message.as_str());
            assert_eq!(message.is_some(), expected.is_some(), "{text}: {message:?}");
            if let Some(sum) = expected {
                assert!(message.is_some_and(|m| m.contains(sum)), "{message:?}");
            }
        }
    }
}
