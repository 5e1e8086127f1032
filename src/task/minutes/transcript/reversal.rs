//! What a meeting decides and takes back before it ends: « on annule ce qu'on a dit pour le
//! samedi », « du coup on n'achète pas chez Vidal ? — Oui ».
//!
//! Nothing is taken back unless the words say so, the thing was named before, and it had been
//! settled. The sentences that led to it are emptied, so that no rule after this one can tell them,
//! and one finding quotes them.

use std::sync::LazyLock;

use regex::Regex;

use super::decide;
use super::speech::Sentence;
use crate::finding::{Finding, FindingKind};
use crate::reading::date::weekdays_pattern;
use crate::reading::{Fact, PartialDate, facts, fold, pattern, words};
use crate::task::aside;

/// What cancels, and what is cancelled.
static CANCELS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)\bon\s+(?:annule|oublie|abandonne|laisse\s+tomber|revient\s+sur)\s+(?:donc\s+)?(?:ce\s+qu['’]on\s+(?:a|avait)\s+(?:dit|d[ée]cid[ée])\s+(?:pour|sur)\s+)?(?P<a>[^.,;?!]+)(?:[,;]\s*(?P<rest>.+))?
          | (?:^|[\s,])on\s+(?:n['’]|ne\s+)\p{L}+\s+(?:pas|plus)\s+(?P<b>[^?.!]+)\?",
    )
});
/// What settles something, in a sentence of its own or at the end of one.
static SETTLES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:adopt[ée]e?s?|valid[ée]e?s?|d[ée]cid[ée]e?s?|act[ée]e?s?|vot[ée]e?s?|tout\s+le\s+monde\s+(?:est\s+)?d['’]accord|on\s+est\s+(?:tous\s+)?d['’]accord|[àa]\s+l['’]unanimit[ée]|on\s+part\s+sur|on\s+retient)\b",
    )
});
/// How many sentences after the last words about a thing may settle it.
const SETTLED_WITHIN: usize = 6;
/// How many sentences before it is settled a thing is talked about, at most.
const TALKED_WITHIN: usize = 14;

/// Empties what was settled and is taken back later.
pub(super) fn take_back(sentences: &mut [Sentence], findings: &mut Vec<Finding>) {
    for index in 0..sentences.len() {
        let Some(thing) = cancelled(sentences, index) else { continue };
        let named = |s: &Sentence| {
            let told = stems(&s.text);
            thing.iter().any(|stem| told.contains(stem))
        };
        let Some((first, settled)) = settled_before(sentences, index, &named) else { continue };
        let mut quoted = Vec::new();
        let naming: Vec<bool> = sentences.iter().map(named).collect();
        for (at, sentence) in sentences.iter_mut().enumerate().take(settled + 1).skip(first) {
            // « Tout le monde est d'accord ? » right after it settles that thing and no other.
            let just_named =
                naming.get(at.saturating_sub(2)..=at).is_some_and(|n| n.contains(&true));
            let settles = at == settled || just_named;
            if naming.get(at) == Some(&true) || (settles && SETTLES.is_match(&sentence.text)) {
                quoted.push(std::mem::take(&mut sentence.text));
            }
        }
        findings.push(Finding::check(
            FindingKind::Correction,
            sentences.get(index).map(|s| s.span.clone()),
            format!(
                "Décision revenue en cours de réunion : « {} ». Ce qui avait été dit avant n’est pas repris : « {} »",
                sentences[index].text.trim_end_matches('.'),
                quoted.join(" ")
            ),
        ));
        // « on annule ce qu'on a dit » decides nothing more than that, « on oublie le lundi, c'est
        // mardi » says what stands instead.
        if !sentences[index].text.ends_with('?') {
            sentences[index].text = instead(&sentences[index].text);
        }
    }
}

/// The words that name what the sentence cancels.
fn cancelled(sentences: &[Sentence], index: usize) -> Option<Vec<String>> {
    let text = &sentences.get(index)?.text;
    let found = CANCELS.captures(text)?;
    let asked = found.name("b").is_some();
    if asked && !decide::answered_yes(sentences, index) {
        return None;
    }
    let thing = found.name("a").or_else(|| found.name("b"))?.as_str();
    // « on annule seulement s'il pleut » cancels nothing yet.
    let folded = fold(thing);
    if ["seulement", "que ", "si ", "s'il", "quand"].iter().any(|w| folded.starts_with(w)) {
        return None;
    }
    // « on annule ce qu'on a dit, c'est mardi et jeudi »: what was said of the same thing.
    let all = folded.starts_with("ce qu'on a") || folded.starts_with("ce qu’on a");
    let thing = if all { found.name("rest").map_or("", |m| m.as_str()) } else { thing };
    let stems = stems(thing);
    (!stems.is_empty()).then_some(stems)
}

/// Where the thing was first named, and the sentence that settled it.
fn settled_before(
    sentences: &[Sentence],
    index: usize,
    named: &dyn Fn(&Sentence) -> bool,
) -> Option<(usize, usize)> {
    let settles = |at: &usize| {
        let since = at.saturating_sub(SETTLED_WITHIN);
        SETTLES.is_match(&sentences[*at].text)
            && !sentences[*at].text.is_empty()
            && sentences.get(since..=*at).is_some_and(|near| near.iter().any(named))
    };
    let settled = (0..index).rev().find(settles)?;
    let first = (settled.saturating_sub(TALKED_WITHIN)..=settled)
        .find(|at| sentences.get(*at).is_some_and(named))?;
    Some((first, settled))
}

/// What stands in the place of what is cancelled, as the sentence goes on to say.
fn instead(text: &str) -> String {
    crate::reading::words!(IS, r"(?i)^(?:donc\s+|et\s+)?c['’]est\s+(?:donc\s+)?");
    let rest = CANCELS.captures(text).and_then(|found| found.name("rest").map(|m| m.as_str()));
    let rest = rest.filter(|rest| rest.split_whitespace().count() >= 2).unwrap_or_default();
    crate::task::wording::capital(&IS.replace(rest, "on retient "))
}

/// Dates that are put off: « on décale d'une semaine, lundi 11 » makes of every « lundi 4 » before
/// a date that no longer stands.
pub(super) fn put_off(sentences: &mut [Sentence], findings: &mut Vec<Finding>) {
    crate::reading::words!(
        MOVES,
        r"(?i)\bon\s+(?:va\s+)?(?:le\s+|la\s+|les\s+|l['’])?(?:d[ée]cale|repousse|reporte|avance)r?\b"
    );
    for index in 0..sentences.len() {
        let way = taken_day(sentences, index);
        let taken = way.is_some();
        let chosen = chosen_day(sentences, index).or(way);
        if chosen.is_none() && !MOVES.is_match(&sentences[index].text) {
            continue;
        }
        let last = dates(&sentences[index].text).into_iter().next_back();
        let moved = || {
            let (_, new) = last?;
            Some((new, replaced(sentences, index, new)?))
        };
        let Some((new, old)) = chosen.or_else(moved) else { continue };
        let written = PartialDate { weekday: new.weekday, ..new }.to_french();
        for (at, before) in sentences.iter_mut().enumerate().take(index) {
            let found = dates(&before.text);
            let Some((span, _)) = found.iter().find(|(_, date)| same_day(date, &old)) else {
                if index - at <= NEAR && bare_day(&before.text) == old.day
                    || taken && index - at <= WITHIN && any_day(&before.text) == old.day
                {
                    before.text.clear();
                }
                continue;
            };
            if taken && index - at <= WITHIN && IN_THE_WAY.is_match(&before.text) {
                words!(ARTICLE, r"(?i)\b(?:le|du|au)\s+$");
                let lead = before.text.get(..span.start).unwrap_or_default();
                let start = ARTICLE.find(lead).map_or(span.start, |m| m.start());
                before.text.replace_range(start..span.end, "ce jour-là");
            } else if facts(&before.text).len() > 1 {
                before.text.replace_range(span.clone(), &written);
            } else {
                before.text.clear();
            }
        }
        let said = sentences[index].text.clone();
        if chosen.is_some() {
            sentences[index].text = NOT_DAY.replace(&said, format!("le {written}")).into_owned();
        }
        let message = format!("{written} au lieu de {}", old.to_french());
        findings.push(aside::correction(&message, &said, sentences[index].span.clone()));
    }
}

// « le jeudi 3, pas le 1er »
words!(
    NOT_DAY,
    &format!(
        r"(?i)\b(?:le\s+)?(?:(?P<week>{days})\s+)?(?P<new>\d{{1,2}})(?:er)?\b(?:\s+\p{{L}}+)?\s*,?\s+(?:et\s+)?pas\s+le\s+(?:(?:{days})\s+)?(?P<old>\d{{1,2}})(?:er)?\b",
        days = weekdays_pattern()
    )
);

/// « on dit le jeudi 3, pas le 1er »: the day chosen and the date that it takes the place of, of
/// which the talk before has the month.
fn chosen_day(sentences: &[Sentence], index: usize) -> Option<(PartialDate, PartialDate)> {
    let found = NOT_DAY.captures(&sentences.get(index)?.text)?;
    let (new, old): (i8, i8) = (found["new"].parse().ok()?, found["old"].parse().ok()?);
    let before = || {
        let all = sentences.iter().take(index).rev();
        all.flat_map(|s| dates(&s.text).into_iter().map(|(_, date)| date))
    };
    let old = before().find(|date| date.day == Some(old))?;
    let told = before().find(|date| date.day == Some(new));
    let weekday = found.name("week").and_then(|week| {
        let day = facts(&format!("{} 1 mars", week.as_str())).into_iter().next()?;
        if let Fact::Date(date) = day.fact { date.weekday } else { None }
    });
    let new = told.unwrap_or(PartialDate { day: Some(new), weekday, ..old });
    ((1..=31).contains(&new.day?)).then_some((new, old))
}

// Something stands in the way on that day.
words!(
    IN_THE_WAY,
    r"(?i)\b(?:prise?s?|occup[ée]e?s?|pas\s+(?:libres?|dispo\w*|possible)|ferm[ée]e?s?|complet\w*|r[ée]serv[ée]e?s?|f[ée]ri[ée]|(?:il\s+)?y\s*['’]?\s?a\s+(?:d[ée]j[àa]\s+)?(?:le|la|les|un|une|l['’]))"
);
/// How many sentences lie between a day that is taken and the one settled in its place.
const WITHIN: usize = 12;

/// « le 6 mars il est pris … on fait le 13 »: a day on which something stands in the way, and the
/// day that is settled in its place within a few sentences.
fn taken_day(sentences: &[Sentence], index: usize) -> Option<(PartialDate, PartialDate)> {
    words!(
        SETTLES_DAY,
        r"(?i)\b(?:on\s+(?:fait|dit|met|prend|part\s+sur|passe|choisit|garde|est\s+(?:bien\s+)?d['’]accord)|donc|du\s+coup|c['’]est)\b[^.?!]{0,60}?\b(?:(?:le|au)\s+(?:\p{L}+di\s+|dimanche\s+)?|\p{L}+di\s+|dimanche\s+)(?P<day>\d{1,2})(?:er)?\b"
    );
    let text = &sentences.get(index)?.text;
    let found = SETTLES_DAY.captures(text).filter(|_| !text.trim_end().ends_with('?'))?;
    let day: i8 = found["day"].parse().ok()?;
    let all_before = || {
        let before = sentences.get(..index).unwrap_or_default().iter().rev();
        before.flat_map(|s| dates(&s.text).into_iter().map(|(_, date)| date))
    };
    let old = sentences.get(index.saturating_sub(WITHIN)..index)?.iter().rev().find_map(|s| {
        IN_THE_WAY.find(&s.text)?;
        let whole = dates(&s.text).into_iter().map(|(_, date)| date).next();
        whole.or_else(|| {
            let day = any_day(&s.text)?;
            all_before().find(|date| date.day == Some(day))
        })
    })?;
    // What was planned on that day was told apart from what stands in its way.
    let planned = sentences.get(..index)?.iter().filter(|s| !IN_THE_WAY.is_match(&s.text));
    let known = planned.flat_map(|s| dates(&s.text)).any(|(_, date)| same_day(&date, &old));
    let own = dates(text).into_iter().map(|(_, date)| date).find(|date| date.day == Some(day));
    let next = || {
        let near = sentences.get(index + 1..(index + 3).min(sentences.len()))?;
        let mut dated = near.iter().flat_map(|s| dates(&s.text).into_iter().map(|(_, d)| d));
        dated.find(|date| date.day == Some(day))
    };
    let new = own.or_else(next).unwrap_or(PartialDate { day: Some(day), weekday: None, ..old });
    (known && (1..=31).contains(&day) && !same_day(&new, &old)).then_some((new, old))
}

/// The day of « le samedi 19 », « le 6 ».
fn any_day(text: &str) -> Option<i8> {
    words!(
        DAY,
        &format!(
            r"(?i)\b(?:le|au|du)\s+(?:(?:{})\s+)?(?P<day>\d{{1,2}})(?:er)?\b",
            weekdays_pattern()
        )
    );
    DAY.captures(text)?["day"].parse().ok()
}

/// How many sentences before say why a date is put off.
const NEAR: usize = 4;

/// The date that a new one takes the place of: the one whose day was just said, or the last one of
/// the same day of the week.
fn replaced(sentences: &[Sentence], index: usize, new: PartialDate) -> Option<PartialDate> {
    let before: Vec<PartialDate> = sentences
        .iter()
        .take(index)
        .flat_map(|s| dates(&s.text).into_iter().map(|(_, date)| date))
        .filter(|date| !same_day(date, &new))
        .collect();
    let near = sentences.get(index.saturating_sub(NEAR)..index)?;
    let said = near.iter().rev().find_map(|s| bare_day(&s.text));
    let of_day = before.iter().rev().find(|date| said.is_some() && date.day == said);
    let of_week = || {
        let same = |date: &&PartialDate| date.weekday.is_some() && date.weekday == new.weekday;
        before.iter().rev().find(|date| same(date) && date.month == new.month)
    };
    of_day.or_else(of_week).copied()
}

fn same_day(a: &PartialDate, b: &PartialDate) -> bool {
    a.day == b.day && a.month == b.month
}

/// The day of « donc le 4 on les aura pas ».
fn bare_day(text: &str) -> Option<i8> {
    crate::reading::words!(
        DAY,
        &format!(
            r"(?i)\ble\s+(?:(?:{})\s+)?(\d{{1,2}})(?:er)?\s+(?:on|[çc]a|il|elle|c['’]est|je|nous)\b",
            weekdays_pattern()
        )
    );
    DAY.captures(text)?[1].parse().ok()
}

fn dates(text: &str) -> Vec<(std::ops::Range<usize>, PartialDate)> {
    let whole = facts(text).into_iter().filter_map(|found| match found.fact {
        Fact::Date(date) if date.day.is_some() => Some((found.span, date)),
        _ => None,
    });
    whole.collect()
}

/// Words of four letters or more, by their beginning, and numbers.
fn stems(text: &str) -> Vec<String> {
    const EMPTY: [&str; 8] = ["avait", "cette", "celui", "celle", "chez", "pour", "dans", "avec"];
    let number = |w: &str| w.len() > 1 && w.chars().all(|c| c.is_ascii_digit());
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() > 3 || number(w))
        .filter(|w| !EMPTY.contains(w))
        .map(|w| w.chars().take(6).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(lines: &[(&str, &str)]) -> (Vec<String>, usize) {
        let mut sentences: Vec<Sentence> = lines
            .iter()
            .map(|(who, text)| Sentence {
                speaker: Some((*who).to_owned()),
                text: (*text).to_owned(),
                span: 0..0,
            })
            .collect();
        let mut findings = Vec::new();
        take_back(&mut sentences, &mut findings);
        let kept = sentences.into_iter().map(|s| s.text).filter(|t| !t.is_empty()).collect();
        (kept, findings.len())
    }

    #[test]
    fn what_is_cancelled_is_not_told() {
        let (told, findings) = kept(&[
            ("Ada", "Donc le banquet, le jeudi 9 mai."),
            ("Ada", "Tout le monde est d'accord ?"),
            ("Luc", "Oui."),
            ("Ada", "Le banquet coûte 300 euros, adopté."),
            ("Luc", "La salle est prise."),
            ("Ada", "Bon, on annule ce qu'on a dit pour le banquet."),
            ("Ada", "On fait un concert à la place."),
        ]);
        assert_eq!(told, ["Oui.", "La salle est prise.", "On fait un concert à la place."]);
        assert_eq!(findings, 1);
    }

    #[test]
    fn what_stands_instead_is_kept() {
        let (told, _) = kept(&[
            ("Ada", "On part sur 45 euros."),
            ("Luc", "Les bancs sont livrés."),
            ("Ada", "Bon, on oublie les 45, on propose 50 au conseil du 3 mai."),
        ]);
        assert_eq!(told, ["Les bancs sont livrés.", "On propose 50 au conseil du 3 mai."]);
        let (told, _) = kept(&[
            ("Ada", "Bonsoir, on est le mardi 4 mai."),
            ("Ada", "C'est décidé, ouverture le lundi et le mercredi."),
            ("Ada", "On annule ce qu'on a dit, c'est lundi et samedi."),
        ]);
        assert_eq!(told, ["Bonsoir, on est le mardi 4 mai.", "On retient lundi et samedi."]);
        let (told, _) = kept(&[
            ("Ada", "Les jeux, adopté."),
            ("Ada", "On annule seulement si les jeux sont mouillés."),
        ]);
        assert_eq!(told.len(), 2);
    }

    #[test]
    fn a_date_put_off_stands_nowhere() {
        let said = [
            "On ouvre le samedi 2 mai, à 10 h.",
            "Oui le samedi 2 mai.",
            "La livraison est le 6 mai.",
            "Donc le 2 on aura rien.",
            "On décale d'une semaine, samedi 9 mai.",
        ];
        let mut sentences: Vec<Sentence> = said
            .iter()
            .map(|text| Sentence { speaker: None, text: (*text).to_owned(), span: 0..0 })
            .collect();
        let mut findings = Vec::new();
        put_off(&mut sentences, &mut findings);
        let kept: Vec<&str> = sentences.iter().map(|s| s.text.as_str()).collect();
        assert_eq!(kept, ["On ouvre le samedi 9 mai, à 10 h.", "", said[2], "", said[4]]);
        assert_eq!(findings.len(), 1);
    }

    #[test]
    fn a_day_chosen_against_another_takes_its_place() {
        let said = [
            "On vide l'étang le mardi 4 octobre, de 9h à 12h.",
            "Attends, le mardi 4 il y a la foire, 60 exposants.",
            "Je peux faire le jeudi 6 octobre.",
            "Bon, on dit le jeudi 6, pas le 4.",
        ];
        let mut sentences: Vec<Sentence> = said
            .iter()
            .map(|text| Sentence { speaker: None, text: (*text).to_owned(), span: 0..0 })
            .collect();
        put_off(&mut sentences, &mut Vec::new());
        let kept: Vec<&str> = sentences.iter().map(|s| s.text.as_str()).collect();
        assert_eq!(
            kept,
            [
                "On vide l'étang le jeudi 6 octobre, de 9h à 12h.",
                "",
                said[2],
                "Bon, on dit le jeudi 6 octobre."
            ]
        );
    }

    #[test]
    fn a_day_that_is_taken_gives_way() {
        let moved = |said: &[&str]| {
            let mut sentences: Vec<Sentence> = said
                .iter()
                .map(|text| Sentence { speaker: None, text: (*text).to_owned(), span: 0..0 })
                .collect();
            let mut findings = Vec::new();
            put_off(&mut sentences, &mut findings);
            (sentences.into_iter().map(|s| s.text).collect::<Vec<_>>(), findings.len())
        };
        let (told, found) = moved(&[
            "Le ramassage, samedi 5 avril, à 9h.",
            "La benne, on me dit qu'elle est prise le 5 avril.",
            "Elle est libre que le 12.",
            "Alors on fait le 12.",
            "Samedi 12 avril, 9h.",
        ]);
        assert_eq!(told[0], "Le ramassage, samedi 12 avril, à 9h.");
        assert!(!told.join(" ").contains("5 avril"), "{told:?}");
        assert_eq!(found, 1);
        let (told, found) = moved(&[
            "la braderie le dimanche 4 octobre de 8h à 12h",
            "pour le dimanche 4 il y a déjà la course on nous propose le 11",
            "donc on est d'accord la braderie c'est le dimanche 11 octobre 8h",
        ]);
        assert!(!told.join(" ").contains("4 octobre"), "{told:?}");
        assert_eq!(found, 1);
        let (told, found) = moved(&[
            "Le loto, samedi 5 avril.",
            "La salle est prise le 3 mai.",
            "Donc on livre 12 tables.",
        ]);
        assert_eq!((told[0].as_str(), found), ("Le loto, samedi 5 avril.", 0));
    }

    #[test]
    fn nothing_else_is_taken_back() {
        for last in [
            ("Ada", "On annule le loto de mars."),
            ("Ada", "Du coup on ne prend pas le barnum ?"),
            ("Ada", "On oublie souvent la vaisselle."),
        ] {
            let (told, findings) = kept(&[
                ("Ada", "On loue le barnum, adopté."),
                ("Luc", "La vaisselle est rangée."),
                last,
                ("Luc", "Non, on le garde."),
            ]);
            assert_eq!((told.len(), findings), (4, 0), "{last:?}");
        }
    }
}
