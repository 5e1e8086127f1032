//! Lines that correct an earlier one: « finalement … », « nouvelle date … », « prendre plutôt ce
//! numéro ».

use jiff::civil::Date;

use super::fields::{HOURS_ONLY, PLACE};
use super::shape::{self, hours, proper};
use super::trim::BRACKETS;
use super::{Reader, days};
use crate::finding::{Finding, FindingKind};
use crate::notes::Span;
use crate::reading::{Fact, facts, fold, remark, words};
use crate::task::{aside, wording};

impl Reader<'_> {
    /// « finalement … », « nouvelle date … »: the new place, hour or date takes the place of the
    /// old one.
    pub(super) fn correct(&mut self, line: &str, span: &Span) -> bool {
        let Some(new) = [&OTHER_THEN, &ARROW, &FINALLY, &CHANGED, &MOVED]
            .iter()
            .find_map(|words| words.captures(line))
            .and_then(|c| c.name("new").or(c.name("then")).map(|m| m.as_str().trim().to_owned()))
        else {
            return false;
        };
        let new = BRACKETS.replace_all(&new, "").trim().to_owned();
        let new = NOT_THE_OLD.replace_all(&new, "").into_owned();
        let mut old: Vec<String> = Vec::new();
        let mut done = false;
        for clause in remark::clauses(&new) {
            done |= self.corrected_line(clause) || self.corrected_head(clause, &mut old, span);
        }
        if done {
            let what = format!("{new} au lieu de {}", old.join(", "));
            self.findings.push(aside::correction(&what, line, span.clone()));
        }
        done
    }

    /// « donc accueil 18h10 » corrects the line that begins with « accueil ».
    fn corrected_line(&mut self, clause: &str) -> bool {
        let clause = THEREFORE.replace(clause.trim(), "").into_owned();
        let first = |text: &str| fold(text.split_whitespace().next().unwrap_or_default());
        let label = first(&clause);
        let timed = facts(&clause).iter().any(|f| matches!(f.fact, Fact::Hour(_) | Fact::Date(_)));
        let earlier = self.poster.lines.iter_mut().find(|line| first(&line.text) == label);
        match earlier {
            Some(line) if timed && label.len() > 3 => {
                line.text = wording::capital(&wording::clean(&clause));
                true
            }
            _ => false,
        }
    }

    /// The date, hours or place that a clause of a correction says anew.
    fn corrected_head(&mut self, clause: &str, old: &mut Vec<String>, span: &Span) -> bool {
        let mut done = false;
        if let Some(days) = days::first(clause) {
            let days = days.with_year(self.reference.map(Date::year));
            for date in &days.dates {
                self.wrong_weekday(*date, span);
            }
            old.extend(self.poster.date.replace(days.to_french()));
            done = true;
        }
        if facts(clause).iter().any(|f| matches!(f.fact, Fact::Hour(_))) {
            let told = self.poster.hours.as_deref().and_then(|told| shape::until(told, clause));
            let told = told.unwrap_or_else(|| hours(clause));
            old.extend(self.poster.hours.replace(told));
            done = true;
        }
        if PLACE.is_match(clause) {
            let shouted = !clause.chars().any(char::is_lowercase);
            let place = HOURS_ONLY.replace_all(clause, "").trim().to_owned();
            let place = if shouted { place.to_lowercase() } else { place };
            old.extend(self.poster.place.replace(proper(&wording::clean(&place))));
            done = true;
        }
        done
    }

    /// « prendre celui du club, 02 … »: the number takes the place of the one said before, and of
    /// the name that went with it.
    pub(super) fn other_number(&mut self, number: &str, said: &str, span: &Span) -> bool {
        for line in self.poster.lines.iter_mut().rev() {
            if !WITH_NUMBER.is_match(&line.text) {
                continue;
            }
            let new = WITH_NUMBER.replace(&line.text, format!("téléphone {number}")).into_owned();
            self.findings.push(Finding::check(
                FindingKind::Correction,
                Some(span.clone()),
                format!("Numéro remplacé par le {number}, comme le demande : « {said} »"),
            ));
            line.text = new;
            return true;
        }
        false
    }
}

words!(
    pub(super) CORRECTION,
    r"(?i)^(?:-->|->|=>|→)\s*non\b|\bfinalement\b|^(?:correction|erratum|attention changement|changement)\b|^non\s*[!,:]|^(?:horaires?|heures?|dates?|lieu|salle)\b[^:]{0,40}\bchang[ée]e?s?\b[^:]*:|^(?:annul[ée]e?s?\b.*)?\bnouve(?:l(?:le)?s?|aux?) (?:date|heure|horaires?|lieu)\b|^d[ée]plac[ée]e?s? (?:au|[àa])\b|^(?:ah |bon )?(?:ok|d['’]accord)[.,! ]+donc\b"
);
words!(
    FINALLY,
    r"(?i)\b(?:finalement|plut[ôo]t)\s*(?:c['’]est|ce sera|[àa] la|au|[àa])?\s*(?P<new>\S.*)$"
);
// « horaire du concert changé (car en retard) : 21h »
words!(
    OTHER_THEN,
    r"(?i)^(?:horaires?|heures?|dates?|lieu|salle)\b[^:]{0,40}\bchang[ée]e?s?\b[^:]*:\s*(?P<new>\S.*)$"
);
// « changement salle bleue prise => gymnase »
words!(ARROW, r"(?i)^(?:attention )?changement\b[^=>→]*(?:=>|-+>|→)\s*(?P<new>\S.*)$");
words!(
    CHANGED,
    r"(?i)^(?:(?:-->|->|=>|→)\s*)?(?:non|correction|erratum|(?:attention )?changement)(?: (?:de |du |d['’])?\p{L}+)?\s*[!,:]+\s*(?:c['’]est|ce sera|[àa] la|au|[àa])?\s*(?P<new>\S.*)$"
);
words!(
    MOVED,
    r"(?i)^(?:ah |bon )?(?:ok|d['’]accord)[.,! ]+donc (?P<then>\S.*)$|\b(?:nouve(?:l(?:le)?s?|aux?) (?:date|heure|horaires?|lieu)|d[ée]plac[ée]e?s? (?:au|[àa]))\s*:?\s*(?P<new>\S.*)$"
);
words!(
    NOT_THE_OLD,
    r"(?i)\s*,?\s*\b(?:et (?:pas|non)|(?:et )?(?:plus|non|pas)(?: [àa])?|au lieu de) (?:le )?\d[^,]*"
);
words!(THEREFORE, r"(?i)^(?:donc|alors|et|du coup|avec)\s+");
words!(
    pub(super) OTHER_NUMBER,
    r"(?i)\b(?:prendre|mettre|mettez|utiliser|donner|c['’]est) (?:plut[ôo]t )?(?:celui|le num[ée]ro|le t[ée]l\w*|le mien|le n°)\b[^\d]*(?P<number>0\d(?: ?\d\d){4})"
);
words!(
    WITH_NUMBER,
    r"(?i)(?:\b(?:t[ée]l(?:[ée]phone)?|portable)\b\.?\s*:?\s*)?(?:\b\p{Lu}[\p{L}-]+ )?\b0\d(?: ?\d\d){4}"
);
