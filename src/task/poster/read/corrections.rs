//! Lines that correct an earlier one: « finalement … », « nouvelle date … », « prendre plutôt ce
//! numéro ».

use jiff::civil::Date;

use super::fields::{HOURS_ONLY, PLACE};
use super::shape::{self, hours};
use super::trim::BRACKETS;
use super::{Reader, backstage, days, moved};
use crate::finding::{Finding, FindingKind};
use crate::notes::Span;
use crate::reading::date::{month_name, weekdays_pattern};
use crate::reading::{Fact, facts, fold, remark, words};
use crate::task::{aside, wording};

impl Reader<'_> {
    /// « finalement … », « nouvelle date … »: the new place, hour or date takes the place of the
    /// old one.
    pub(super) fn correct(&mut self, line: &str, span: &Span) -> bool {
        let Some(new) = [&OTHER_THEN, &ARROW, &FINALLY, &CHANGED, &MOVED, &PASSES]
            .iter()
            .find_map(|words| words.captures(line))
            .and_then(|c| c.name("new").or(c.name("then")).map(|m| m.as_str().trim().to_owned()))
        else {
            return false;
        };
        let new = AFTER_ARROW.captures(&new).map_or(new.clone(), |found| found["new"].to_owned());
        let new = STREET_ASIDE.replace_all(&new, ", ${street}").into_owned();
        let new = BRACKETS.replace_all(&new, "").trim().to_owned();
        let new = NOT_THE_OLD.replace_all(&new, "").into_owned();
        let mut old: Vec<String> = Vec::new();
        let mut place: Vec<&str> = Vec::new();
        let mut said: Vec<&str> = Vec::new();
        let clauses = remark::clauses(&new);
        for (at, clause) in clauses.iter().copied().enumerate() {
            // « halle aux grains, rue Basse »: a street or a town after a place goes on with it.
            // Why the place is another is said of the old one.
            if backstage::kind(clause).is_some() {
                continue;
            }
            let addressed = clauses.get(at + 1).is_some_and(|next| STREET.is_match(next));
            let of_place = PLACE.is_match(clause)
                || addressed && facts(clause).is_empty()
                || !place.is_empty() && goes_on(clause);
            let told = self.corrected_line(clause)
                || self.corrected_price(clause, &mut old)
                || of_place
                || self.corrected_head(clause, &mut old, span);
            if told {
                said.push(clause.trim());
            } else if shape::is_practical(clause) {
                self.push(clause.trim(), span, false);
            }
            if told && of_place {
                place.push(clause);
            }
        }
        if let Some((first, more)) = place.split_first() {
            self.corrected_head(first, &mut old, span);
            let bare = HOURS_ONLY.replace_all(first, "").into_owned();
            let bare = INSTEAD.replace(&bare, "").trim().to_owned();
            let told: Vec<&str> =
                std::iter::once(bare.as_str()).chain(more.iter().copied()).collect();
            let new = moved::place_name(&told.join(","));
            let new = match &self.poster.place {
                Some(held) => moved::in_place_of(held, &new),
                None => new,
            };
            old.extend(self.poster.place.replace(new));
        }
        let done = !said.is_empty();
        if done {
            let (new, instead) = (said.join(", "), old.join(", "));
            let what = if old.is_empty() { new } else { format!("{new} au lieu de {instead}") };
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

    /// « 13 € l'adulte » corrects the one price that is said of adults.
    fn corrected_price(&mut self, clause: &str, old: &mut Vec<String>) -> bool {
        let found = facts(clause);
        let [new] = found.as_slice() else { return false };
        let Fact::Amount(amount) = &new.fact else { return false };
        let said = moved::words_of(clause);
        let mut places: Vec<(usize, Span)> = Vec::new();
        for (at, line) in self.poster.lines.iter().enumerate() {
            let mut start = 0;
            for part in remark::clauses(&line.text) {
                let from = start + line.text.get(start..).and_then(|t| t.find(part)).unwrap_or(0);
                start = from + part.len();
                let prices = facts(part);
                let mut prices = prices.iter().filter(|f| matches!(f.fact, Fact::Amount(_)));
                if let (Some(price), None) = (prices.next(), prices.next())
                    && moved::words_of(part).intersection(&said).next().is_some()
                {
                    places.push((at, from + price.span.start..from + price.span.end));
                }
            }
        }
        let [(at, place)] = places.as_slice() else { return false };
        let line = &mut self.poster.lines[*at];
        old.extend(line.text.get(place.clone()).map(str::to_owned));
        line.text.replace_range(place.clone(), &amount.to_french());
        true
    }

    /// The date, hours or place that a clause of a correction says anew.
    fn corrected_head(&mut self, clause: &str, old: &mut Vec<String>, span: &Span) -> bool {
        let mut done = false;
        // « du lundi 11 au vendredi 15 » is said of the month that the notes speak of.
        let month = self.reference.filter(|_| days::first(clause).is_none()).map(|day| {
            let month = month_name(day.month());
            DAY_LAST.replace(clause, |found: &regex::Captures<'_>| format!("{} {month}", &found[0]))
        });
        let told = month.as_deref().unwrap_or(clause);
        if let Some(days) = days::first(told) {
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
            line.text = wording::capital(&new);
            return true;
        }
        false
    }
}

words!(
    pub(super) CORRECTION,
    r"(?i)^(?:-->|->|=>|→)\s*non\b|\bfinalement\b|^(?:correction|erratum|attention changement|changement)\b|^non\s*[!,:]|^(?:et |mais )?l[ea]s? \p{L}[^,(]{2,30} (?:passe(?:nt)?|monte(?:nt)?|descend(?:ent)?|augmente(?:nt)?|baisse(?:nt)?) [àa] \d|^(?:horaires?|heures?|dates?|lieu|salle)\b[^:]{0,40}\bch(?:an)?g[ée]e?s?\b[^:]*:|^(?:annul[ée]e?s?\b.*)?\bnouve(?:l(?:le)?s?|aux?) (?:date|heure|horaires?|lieu)\b|^d[ée]plac[ée]e?s? (?:au|[àa])\b|^(?:ah |bon )?(?:ok|d['’]accord)[.,! ]+donc\b"
);
words!(
    FINALLY,
    r"(?i)\b(?:finalement|plut[ôo]t)\s*(?:c['’]est|ce sera|[àa] la|au|[àa])?\s*(?P<new>\S.*)$"
);
// « horaire du concert changé (car en retard) : 21h »
words!(
    OTHER_THEN,
    r"(?i)^(?:horaires?|heures?|dates?|lieu|salle)\b[^:]{0,40}\bch(?:an)?g[ée]e?s?\b[^:]*:\s*(?P<new>\S.*)$"
);
// « et le repas passe à 15 € (tout augmente) »
words!(
    PASSES,
    r"(?i)^(?:et |mais )?(?P<new>l[ea]s? \p{L}[^,(]{2,30} (?:passe(?:nt)?|monte(?:nt)?|descend(?:ent)?|augmente(?:nt)?|baisse(?:nt)?) [àa] \d.*)$"
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
/// Whether a clause says more of a place: its street, its town.
fn goes_on(clause: &str) -> bool {
    STREET.is_match(clause)
        || clause.trim().starts_with(char::is_uppercase) && clause.split_whitespace().count() <= 4
}

words!(
    STREET,
    r"(?i)^\s*(?:\d{1,4}(?: bis| ter)?,? )?(?:rue|avenue|place|chemin|impasse|route|all[ée]e|quai|boulevard|hameau)\b"
);
words!(THEREFORE, r"(?i)^(?:donc|alors|et|du coup|avec)\s+");
words!(
    pub(super) OTHER_NUMBER,
    r"(?i)\b(?:prendre|mettre|mettez|utiliser|donner|c['’]est) (?:plut[ôo]t )?(?:celui|le num[ée]ro|le t[ée]l\w*|le mien|le n°)\b[^\d]*(?P<number>0\d(?: ?\d\d){4})"
);
words!(
    pub(super) STREET_ASIDE,
    r"(?i)\s*\((?P<street>(?:\d{1,4}(?: bis| ter)?,? )?(?:rue|avenue|place|chemin|impasse|route|all[ée]e|quai|boulevard) [^()]*)\)"
);
words!(
    INSTEAD,
    r"(?i)\s*\b(?:au lieu d(?:e\b|u\b|es\b|['’])|plut[ôo]t qu(?:e\b|['’])|et (?:pas|non)\b|car\b|parce\b|puisque\b|vu que\b|[àa] cause d).*$"
);
words!(AFTER_ARROW, r"(?:=>|-+>|→)\s*(?P<new>[^=>→]+)$");
words!(
    DAY_LAST,
    &format!(r"(?i)\b(?:le|au|(?:{}))\s+(?:(?:{0})\s+)?(?:\d{{1,2}}|1er)$", weekdays_pattern())
);
words!(
    WITH_NUMBER,
    r"(?i)(?:\b(?:chez|aupr[èe]s de|voir|appeler)\s+)?(?:\b(?:t[ée]l(?:[ée]phone)?|portable)\b\.?\s*:?\s*)?(?:\b\p{Lu}[\p{L}-]+ )?\b0\d(?: ?\d\d){4}"
);
