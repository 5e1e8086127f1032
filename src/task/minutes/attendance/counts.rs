//! Numbers of an attendance: « 25 présents + 9 pouvoirs », « Membres inscrits : 48 ».

use std::sync::LazyLock;

use regex::Regex;

use super::{Category, Reader};
use crate::reading::{fold, pattern};

/// Numbers after their words, as in a form: « Membres inscrits : 48   Présents : 29 ».
static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(membres(?:\s+(?:inscrits|cotisants))?|inscrits?|adh[ée]rents?|[àa]\s+jour(?:\s+de\s+(?:leur\s+)?cotisation)?|en\s+exercice|pr[ée]sent\w*|repr[ée]sent[ée]\w*|pouvoirs?|procurations?|votants?)\s*(?:\([^)]*\)\s*)?:\s*(\d{1,4})\b",
    )
});
static COUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(\d{1,4})\s*(?:(?:membres|personnes|adh[ée]rents|conseillers|[ée]lus|m\.)\s+)?(?:(?:[ée]taient|sont|(?:avaient|ont)\s+(?:donn\w+|remis|laiss\w+)(?:\s+(?:un|leur))?)\s+)?(pr[ée]sent\w*|votants?|signatures|[ée]marg\w*|pouvoirs?|pouv\b\.?|pvrs?|procurations?|repr[ée]sent[ée]\w*|l[àa]\s+plus\b)|\b(pr[ée]sents|pr[ée]s\b\.?|pouvoirs|repr[ée]sent[ée]s|procurations|signatures|[ée]margements?)\s*[:=]?\s*(\d{1,4})\b",
    )
});

/// « la 1re assemblée n'avait que 21 présents » counts those of another day.
static FIRST_TIME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:1(?:re|[èe]re)|premi[èe]re)\s+(?:(?:convocation|fois)\b|(?:ago?|age|assembl[ée]e|r[ée]union|s[ée]ance)\b)[^.;]*\b(?:n['’]\s?(?:avait|a|ayant)|pas\s+(?:tenue?|eu\s+lieu)|faute\s+de|\d{1,4}\s+(?:pr[ée]sents|votants))",
    )
});

/// Whether a sentence tells of the assembly that could not be held, of which this one is the second.
pub(in crate::task::minutes) fn of_first_assembly(text: &str) -> bool {
    FIRST_TIME.is_match(text)
}

impl Reader<'_> {
    /// « 29 signatures + 9 pouvoirs », « Présents 18, pouvoirs 4 ».
    pub(super) fn counts(&mut self, text: &str) -> bool {
        static NOT_UP_TO_DATE: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)\b(?:dont\s+)?(\d{1,3})\s+(?:(?:personnes|membres|adh[ée]rents)\s+)?(?:pas|non)\s+[àa]\s+jour",
            )
        });
        if let Some(count) =
            NOT_UP_TO_DATE.captures(text).and_then(|f| f.get(1)?.as_str().parse().ok())
        {
            self.attendance.without_vote = Some(count);
            self.roll.not_up_to_date = Some((count, self.span.clone()));
        }
        if of_first_assembly(text) {
            return false;
        }
        self.labelled(text) || self.told(text)
    }

    /// Numbers after their words: « Inscrits : 48   Présents : 29 ».
    fn labelled(&mut self, text: &str) -> bool {
        let mut any = false;
        for found in LABELLED.captures_iter(text) {
            let (Some(label), Some(Ok(count))) =
                (found.get(1), found.get(2).map(|m| m.as_str().parse()))
            else {
                continue;
            };
            any = true;
            match fold(label.as_str()).get(..3) {
                Some("ins" | "adh" | "a j" | "en " | "mem") => {
                    self.attendance.in_office = Some(count);
                }
                Some("vot") => {}
                Some("pre") => self.count(Category::Present, count),
                _ => self.count(Category::Represented, count),
            }
        }
        any
    }

    /// Numbers before their words, or after them without a colon.
    fn told(&mut self, text: &str) -> bool {
        let mut any = false;
        for found in COUNT.captures_iter(text) {
            let ((Some(count), Some(word), ..) | (_, _, Some(word), Some(count))) =
                (found.get(1), found.get(2), found.get(3), found.get(4))
            else {
                continue;
            };
            let after = fold(text[found.get(0).map_or(0, |m| m.end())..].trim_start());
            let limit = ["max", "par pers", "/pers", "au plus", "a elle", "a lui"]
                .iter()
                .any(|w| after.starts_with(w));
            let before = fold(&text[..found.get(0).map_or(0, |m| m.start())]);
            // « art 13 pouvoirs 2 maxi » numbers an article.
            let article = ["art", "art.", "article"]
                .contains(&before.trim_end().rsplit(' ').next().unwrap_or_default());
            // « Ada a 4 pouvoirs » tells what one member holds.
            let held = ["a", "detient", "porte", "en a", "avec"]
                .iter()
                .any(|w| before.trim_end().rsplit(' ').next() == Some(w));
            let Ok(count) = count.as_str().parse() else { continue };
            if limit || held || article || before.ends_with('/') {
                continue;
            }
            let word = fold(word.as_str());
            let represented = ["po", "pv", "pro", "rep"].iter().any(|p| word.starts_with(p));
            self.count(if represented { Category::Represented } else { Category::Present }, count);
            any = true;
        }
        any
    }

    /// Keeps a number that the notes give of a category.
    pub(super) fn count(&mut self, category: Category, count: u32) {
        match category {
            Category::Present => {
                self.attendance.present_count = self.attendance.present_count.or(Some(count));
            }
            Category::Represented => {
                self.attendance.proxy_count = self.attendance.proxy_count.or(Some(count));
            }
            Category::Excused | Category::Absent => {}
        }
        self.roll.counts.push((category, count, self.span.clone()));
    }
}
