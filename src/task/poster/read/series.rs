//! An event of several days told in one line, « mardis 2, 9 et 16 février », of which a later line
//! takes one: « pas le 9, salle prise ».

use super::Reader;
use crate::notes::Span;
use crate::reading::date::weekdays_pattern;
use crate::reading::words;
use crate::task::aside;

impl Reader<'_> {
    /// A day that does not take place; whether the line said so.
    pub(super) fn without_day(&mut self, line: &str, span: &Span) -> bool {
        let Some(found) = NOT_ON.captures(line) else { return false };
        let said = found.name("a").or(found.name("b")).map_or("", |day| day.as_str());
        let Ok(day) = said.parse::<i8>() else { return false };
        let Some(days) = self.days.as_mut().filter(|days| !days.range && days.dates.len() > 2)
        else {
            return false;
        };
        let Some(at) = days.dates.iter().position(|date| date.day == Some(day)) else {
            return false;
        };
        let gone = days.dates.remove(at);
        let weekday = self.poster.date.as_deref().and_then(|date| {
            let first = date.split(' ').next()?;
            WEEKDAYS.is_match(first).then(|| format!("{first} "))
        });
        let told = format!("{}{}", weekday.unwrap_or_default(), days.to_french());
        let what = format!("{told}, sans le {}", gone.to_french());
        self.poster.date = Some(told);
        self.findings.push(aside::correction(&what, line, span.clone()));
        true
    }
}

/// The weekday of a whole series that stands before its days: « mardis 2, 9 et 16 ».
pub(super) fn of_all(before: &str) -> Option<&str> {
    WEEKDAYS.find(before).map(|found| found.as_str().trim())
}

words!(WEEKDAYS, &format!(r"(?i)\b(?:{})s\s*$", weekdays_pattern()));
words!(
    NOT_ON,
    r"(?i)\b(?:pas|sauf|ni|sans|enlever|supprimer|retirer)\s+(?:(?:de|d['’])\s*\p{L}+\s+)?(?:le\s+|celui\s+du\s+|celle\s+du\s+)(?:\p{L}+di\s+)?(?P<a>\d{1,2})\b|\b(?:le|celle?\s+du|celui\s+du)\s+(?:\p{L}+di\s+)?(?P<b>\d{1,2})\s+(?:est\s+|sera\s+)?(?:annul[ée]e?|supprim[ée]e?|saute)\b"
);

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::notes::Notes;
    use crate::office::Office;
    use crate::task::poster::read::read;

    #[test]
    fn a_day_of_a_series_may_fall_out() {
        let office = Office::parse(Path::new("fiche.toml"), "").unwrap();
        for (told, date) in [
            (
                "mardis 2, 9, 16 et 23 mars 2027\nnon : pas le 23, salle prise",
                "mardis 2, 9 et 16 mars 2027",
            ),
            ("les jeudis 3, 10 et 17 juin 2027\nle 10 est annulé", "jeudis 3 et 17 juin 2027"),
            ("4, 11, 18 et 25 mars 2027\nfinalement pas de séance le 4", "11, 18 et 25 mars 2027"),
            (
                "samedi 5 et dimanche 6 juin 2027\npas de repas le 6",
                "samedi 5 et dimanche 6 juin 2027",
            ),
            ("du 3 au 9 mai 2027\nsauf le 8", "du 3 au 9 mai 2027"),
        ] {
            let notes = Notes::from_text(&format!("affiche ateliers\n{told}")).unwrap();
            let (poster, _) = read(&notes, &office);
            assert_eq!(poster.date.as_deref(), Some(date), "{told}");
        }
    }
}
