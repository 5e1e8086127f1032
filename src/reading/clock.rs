//! Hours typed with a dot: « ouvert à 20.30 », « jeudi 18 février 18.30 ».
//!
//! A number with a dot may as well be a price or a day of a month: only what leads to it, or the
//! date before it, makes it an hour.

use std::sync::LazyLock;

use regex::Regex;

use super::{Fact, facts, pattern, words};

static DOTTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:^|[\s(–-])(?:[01]?\d|2[0-3])(?P<dot>\.)[0-5]\d(?:$|[\s,;)→>–-]|\.(?:\s|$))")
});
words!(PRICED, r"(?i)^\s*(?:€|euros?\b|eur\b|ht\b|ttc\b|%|m[23²³]?\b|km\b|kg\b|ha\b|/)");
// The meeting opens or ends.
words!(
    BOUND,
    r"(?i)\b(?:ouv\w*|d[ée]but\w*|commenc\w*|cl[ôo]t\w*|clos\w*|fin\w*|termin\w*|lev[ée]e?|il\s+(?:est|[ée]tait))\.?\s*:?\s*(?:[àa]\s+|vers\s+)?$"
);
// Somebody comes or goes, or something begins.
words!(
    LED,
    r"(?i)\b(?:sort\w*|rentr\w*|part|arriv\w*|revien\w*|quitt\w*|retour|d[ée]part|rdv|rendez-vous|vers|d[èe]s|jusqu['’][àa])\.?\s*:?\s*(?:[àa]\s+)?$"
);
words!(AT, r"(?i)(?:^|\s)[àa]\s+$");
words!(UNTIL, r"(?i)^\s*(?:[-–—>àa]|->|→|=>|fini?e?\b|jusqu['’][àa])\s*$");
words!(AFTER_DATE, r"(?i)^[\s,:(–-]*(?:[àa]\s+)?$");
// « passe de 3.10 à 4.20 » counts money.
words!(
    COUNTS,
    r"(?i)\d\s*[àa]\s+$|\b(?:tarifs?|prix|montant|loyer|cotis\w*|fix\w+|pass\w+|port\w+|estim\w+)\b"
);

/// Whether notes type the hours of their meeting, or those of a day they name, with a dot.
pub fn is_dotted<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let mut journal: Vec<u32> = Vec::new();
    for line in lines {
        if places(line, true).iter().any(|place| place.certain) {
            return true;
        }
        journal.extend(leading(line));
    }
    journal.len() >= 4 && journal.is_sorted()
}

/// The dots of a line that stand within hours, in notes that type them so.
pub fn dots(line: &str) -> Vec<usize> {
    places(line, false).into_iter().map(|place| place.dot).collect()
}

/// The minute of the day at the head of a line: « 14.12  ouverture ».
pub fn leading(line: &str) -> Option<u32> {
    words!(LEADS, r"^([01]?\d|2[0-3])\.([0-5]\d)\s+\p{L}");
    let found = LEADS.captures(line)?;
    Some(found[1].parse::<u32>().ok()? * 60 + found[2].parse::<u32>().ok()?)
}

struct Place {
    dot: usize,
    /// It tells by itself that these notes type hours so.
    certain: bool,
}

fn places(line: &str, only_certain: bool) -> Vec<Place> {
    let mut at = 0;
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    while let Some(one) = DOTTED.captures_at(line, at) {
        let (Some(all), Some(dot)) = (one.get(0), one.name("dot")) else { break };
        let start = line[..dot.start()]
            .rfind(|c: char| !c.is_ascii_digit())
            .map_or(0, |before| before + line[before..].chars().next().map_or(1, char::len_utf8));
        let end = dot.end() + 2;
        if !PRICED.is_match(line.get(end..).unwrap_or_default()) {
            found.push((start, dot.start(), end));
        }
        at = end.min(all.end());
    }
    if found.is_empty() {
        return Vec::new();
    }
    let dates: Vec<usize> = facts(line)
        .into_iter()
        .filter(|f| matches!(f.fact, Fact::Date(date) if date.day.is_some()))
        .map(|f| f.span.end)
        .collect();
    let mut out: Vec<Place> = Vec::new();
    let mut by_next: Option<usize> = None;
    for (index, (start, dot, end)) in found.iter().enumerate() {
        let before = line.get(..*start).unwrap_or_default();
        let after_date = dates.iter().any(|date| {
            date <= start && AFTER_DATE.is_match(line.get(*date..*start).unwrap_or_default())
        });
        let bound = BOUND.is_match(before);
        let range = index
            .checked_sub(1)
            .and_then(|last| found.get(last))
            .and_then(|(_, _, last)| line.get(*last..*start))
            .is_some_and(|between| UNTIL.is_match(between));
        let ranged = range && by_next == index.checked_sub(1);
        let opens_range = found.get(index + 1).is_some_and(|(next, ..)| {
            line.get(*end..*next).is_some_and(|between| UNTIL.is_match(between))
        });
        let ends_range = opens_range
            && found
                .get(index + 1)
                .is_some_and(|(next, ..)| BOUND.is_match(line.get(..*next).unwrap_or_default()));
        let led = LED.is_match(before) || AT.is_match(before) && !COUNTS.is_match(before);
        let in_day = opens_range && !dates.is_empty();
        let certain = after_date || bound || ends_range || in_day;
        if certain || ranged || led && !only_certain {
            if opens_range {
                by_next = Some(index);
            }
            out.push(Place { dot: *dot, certain });
        }
    }
    if out.is_empty() && !only_certain && leading(line).is_some() {
        out.extend(found.first().map(|(_, dot, _)| Place { dot: *dot, certain: false }));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(line: &str) -> String {
        let mut text = line.to_owned();
        for dot in dots(line).into_iter().rev() {
            text.replace_range(dot..=dot, ":");
        }
        text
    }

    #[test]
    fn what_leads_to_a_dotted_number_makes_it_an_hour() {
        for (line, expected) in [
            ("la présidente ouvre à 19.05", "la présidente ouvre à 19:05"),
            ("LEVÉE À 21.40.", "LEVÉE À 21:40."),
            ("mardi 8 juin 2027  18.15  salle B", "mardi 8 juin 2027  18:15  salle B"),
            (
                "bureau lundi 3 mai local 20.00 fini 22.10",
                "bureau lundi 3 mai local 20:00 fini 22:10",
            ),
            ("là Ostin s'en va, il était 21.10", "là Ostin s'en va, il était 21:10"),
            ("samedi 12/06 9.00 - 11.30 au lavoir", "samedi 12/06 9:00 - 11:30 au lavoir"),
            ("réunion publique à 18.30 au foyer", "réunion publique à 18:30 au foyer"),
            ("le repas passe de 8.50 à 9.20", "le repas passe de 8.50 à 9.20"),
            ("adulte 12.50, enfant 6.00", "adulte 12.50, enfant 6.00"),
            ("fin des travaux : 12.50 € le mètre", "fin des travaux : 12.50 € le mètre"),
            ("14.12  lecture des comptes", "14:12  lecture des comptes"),
        ] {
            assert_eq!(typed(line), expected);
        }
    }

    #[test]
    fn notes_type_hours_with_dots_where_a_date_or_the_opening_says_so() {
        assert!(is_dotted(["CA du 4 mai 2027 18.30", "présents : Ada"].into_iter()));
        assert!(is_dotted(["9.05 café", "9.20 tour", "9.45 devis", "10.10 fin"].into_iter()));
        assert!(!is_dotted(["adulte 12.50", "enfant 6.00", "famille 20.00"].into_iter()));
    }
}
