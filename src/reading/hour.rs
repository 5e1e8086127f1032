//! Hours of the day as people type them, in figures or in words.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{fold, pattern};

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

const NUMBERS: [&str; 16] = [
    "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
    "treize", "quatorze", "quinze", "seize",
];

/// « vingt heures trente », « huit heures et demie », « neuf heures moins le quart ».
const IN_WORDS: &str = r"((?:dix-|vingt[- ](?:et[- ])?)?(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize)|vingt)\s+heures?(?:\s+(moins\s+)?(?:et\s+|le\s+)?(quinze|trente|quarante-cinq|quarante|cinquante|vingt-cinq|vingt|cinq|dix|demie?|quart)\b)?";

/// Noon, midnight and hours in words, in figures: for lines that tell when a meeting was.
pub fn in_figures(text: &str) -> String {
    static NOON: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(midi|minuit)\b(?:\s+(moins\s+(?:le\s+quart|vingt|dix|cinq)|et\s+(?:demie?|quart)))?",
        )
    });
    static HOUR: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"(?i)\b{IN_WORDS}\b")));
    let text = NOON.replace_all(text, |found: &Captures<'_>| {
        let noon = fold(&found[1]) == "midi";
        let (hour, before) = if noon { (12, 11) } else { (0, 23) };
        let said = found.get(2).map_or(String::new(), |m| fold(m.as_str()));
        let minutes = match said.split_whitespace().last() {
            _ if said.is_empty() => 0,
            Some("quart") if said.starts_with("moins") => 45,
            Some("vingt") => 40,
            Some("dix") => 50,
            Some("cinq") => 55,
            Some("quart") => 15,
            _ => 30,
        };
        let hour = if said.starts_with("moins") { before } else { hour };
        format!("{hour}h{minutes:02}")
    });
    HOUR.replace_all(&text, |found: &Captures<'_>| figures(found, 0)).into_owned()
}

/// Hours in words after « à » and its like, in figures: « le car part à huit heures et demie ».
/// How long something lasts stays in words.
pub fn told(text: &str) -> String {
    static AT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)\b((?:[àa]|vers|d[èe]s|jusqu['’][àa]|avant|apr[èe]s)\s+){IN_WORDS}\b"
        ))
    });
    AT.replace_all(text, |found: &Captures<'_>| format!("{}{}", &found[1], figures(found, 1)))
        .into_owned()
}

/// The hour of a match whose groups begin after some others.
fn figures(found: &Captures<'_>, before: usize) -> String {
    let said = found[before + 1].to_lowercase();
    let hour = fold(&said).replace(' ', "-").replace("vingt-et-", "vingt-");
    let value = |word: &str| {
        let word = if word == "une" { "un" } else { word };
        NUMBERS.iter().position(|number| *number == word).map(|at| at + 1)
    };
    let hour = match (hour.strip_prefix("vingt"), hour.strip_prefix("dix-")) {
        (Some(""), _) => Some(20),
        (Some(unit), _) => value(unit.trim_start_matches('-')).map(|unit| 20 + unit),
        (None, Some(unit)) => value(unit).map(|unit| 10 + unit),
        (None, None) => value(&hour),
    };
    let minutes = match found.get(before + 3).map(|m| fold(m.as_str())).as_deref() {
        Some("quinze" | "quart") => 15,
        Some("cinq") => 5,
        Some("dix") => 10,
        Some("vingt") => 20,
        Some("vingt-cinq") => 25,
        Some("trente" | "demi" | "demie") => 30,
        Some("quarante") => 40,
        Some("cinquante") => 50,
        Some("quarante-cinq") => 45,
        _ => 0,
    };
    match (hour, found.get(before + 2).is_some()) {
        (Some(hour), true) if minutes > 0 => format!("{}h{:02}", hour - 1, 60 - minutes),
        (Some(hour), _) if minutes > 0 => format!("{hour}h{minutes:02}"),
        (Some(hour), _) => format!("{hour}h"),
        (None, _) => found[0].to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_in_words_become_figures() {
        for (text, expected) in [
            ("ouvert à vingt heures trente", "ouvert à 20h30"),
            ("levée à vingt-deux heures", "levée à 22h"),
            ("fini vers midi moins le quart", "fini vers 11h45"),
            ("dix-neuf heures et quart", "19h15"),
            ("vingt et une heures", "21h"),
        ] {
            assert_eq!(in_figures(text), expected, "{text}");
        }
        for (text, expected) in [
            ("le car part à huit heures et demie", "le car part à 8h30"),
            ("rendez-vous à neuf heures moins le quart", "rendez-vous à 8h45"),
            ("deux heures de ménage", "deux heures de ménage"),
            ("vers quatorze heures dix", "vers 14h10"),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }
}
