//! Values that notes give anew and name the value they replace: « c'est 410 et pas 390 ».
//!
//! « 22 h au lieu de 18 » may be what is told (hours that change), « 22 h et pas 18 » is only said
//! of a mistake; the line corrects the notes when the old value stands elsewhere in them.

use std::sync::LazyLock;

use regex::Regex;

use super::amount::parse_cents;
use super::{Fact, Found, expand_facts, facts, fold, pattern, words};
use crate::notes::{Notes, Span};

/// « 3,85 … pas 3,80 », « 3,85 au lieu de 3,80 », « 22h40 et non 22h30 ».
static REPLACED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(\d+(?:[ \u{a0}]\d{3})*(?:[.,]\d+)?(?:\s*h\s*\d{0,2})?)\s*(?:€|%|euros?)?[^\d;]{0,60}?\b(?:et\s+)?(?:pas|non(?:\s+pas)?|au\s+lieu\s+d[e'’]|plut[ôo]t\s+que)\s+(?:de\s+|à\s+|les?\s+)?(\d+(?:[ \u{a0}]\d{3})*(?:[.,]\d+)?(?:\s*h\s*\d{0,2})?)",
    )
});
/// « pas 3,80 mais 3,85 », « 3,80 -> 3,85 ».
static REPLACED_BACK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(?:pas|non)\s+(?:pas\s+)?)?(\d+(?:[.,]\d+)?(?:\s*h\s*\d{0,2})?)\s*(?:€|%|euros?)?\s*(?:,\s*)?(?:mais|->|=>|→|devient|remplac[ée]e?\s+par)\s*(?:bien\s+)?(\d+(?:[.,]\d+)?(?:\s*h\s*\d{0,2})?)",
    )
});

/// The new value of a line and the one it replaces, both in written French.
pub fn pair(text: &str) -> Option<(String, String)> {
    let values = |re: &Regex, new: usize, old: usize| {
        let found = re.captures(text)?;
        Some((
            expand_facts(found.get(new)?.as_str().trim()),
            expand_facts(found.get(old)?.as_str().trim()),
        ))
    };
    range(text).or_else(|| values(&REPLACED, 1, 2)).or_else(|| values(&REPLACED_BACK, 2, 1))
}

/// « de 7h à 19h et pas 8h »: of the two ends, the one nearer to the old value takes its place.
fn range(text: &str) -> Option<(String, String)> {
    words!(
        RANGE,
        r"(?i)\bde\s+(?P<from>\d+(?:\s*h\s*\d{0,2})?)\s+[àa]\s+(?P<to>\d+(?:\s*h\s*\d{0,2})?)\s*,?\s*(?:et\s+)?(?:pas|non(?:\s+pas)?)\s+(?:de\s+|[àa]\s+)?(?P<old>\d+(?:\s*h\s*\d{0,2})?)"
    );
    let found = RANGE.captures(text)?;
    let leading = |name: &str| -> Option<i64> {
        let digits: String = found[name].chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    let (from, to, old) = (leading("from")?, leading("to")?, leading("old")?);
    let new = if (from - old).abs() <= (to - old).abs() { "from" } else { "to" };
    Some((expand_facts(found[new].trim()), expand_facts(found["old"].trim())))
}

/// A line that says which value is wrong, and what stands in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swap {
    /// Where the line stands in the notes.
    pub line: Span,
    /// The line.
    pub text: String,
    /// Old and new values, in written French, the one that is said outright first.
    pub values: Vec<(String, String)>,
    /// What they are the values of: only lines that hold one of these words are corrected. Empty
    /// where the old value says by itself what is meant.
    pub about: Vec<String>,
}

impl Swap {
    /// The text with the new values, where it holds an old one.
    pub fn apply(&self, text: &str) -> Option<String> {
        let words = telling_words(text);
        if !self.about.is_empty() && !self.about.iter().any(|word| words.contains(word)) {
            return None;
        }
        let mut out = text.to_owned();
        let mut done = false;
        for (old, new) in &self.values {
            done |= replace_value(&mut out, old, new, None);
        }
        done.then_some(out)
    }
}

/// Whether a piece of the notes stands in a line that only corrects others.
pub fn is_swap(swaps: &[Swap], piece: &Span) -> bool {
    swaps.iter().any(|swap| swap.line.contains(&piece.start))
}

/// A line with what the corrections elsewhere make of it.
pub fn corrected(text: &str, swaps: &[Swap]) -> String {
    swaps.iter().fold(text.to_owned(), |text, swap| swap.apply(&text).unwrap_or(text))
}

/// The lines of the notes that correct a value told in another line.
pub fn swaps(notes: &Notes) -> Vec<Swap> {
    words!(SAYS, r"(?i)\d[^.;]*?\b(?:et\s+)?(?:pas|non(?:\s+pas)?)\s+(?:de\s+|à\s+|les?\s+)?\d");
    let lines: Vec<_> = notes.lines().collect();
    let mut swaps = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some((new, old)) = pair(line.text).filter(|_| SAYS.is_match(line.text)) else {
            continue;
        };
        let others =
            || lines.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, l)| l.text);
        let (new, old) = (with_percent(line.text, new), with_percent(line.text, old));
        let small = old.len() == 1;
        if new == old
            || small
            || !others().any(|text| replace_value(&mut text.to_owned(), &old, &new, None))
        {
            continue;
        }
        let mut values = vec![(old, new)];
        values.extend(labelled(line.text, &values, others));
        let text = line.text.trim().to_owned();
        swaps.push(Swap { line: line.span(), text, values, about: Vec::new() });
    }
    swaps
}

/// The same, and the lines that give a new value without the old one: « rectif : dépôt avant le 9
/// mai », « repas : 15 € finalement ». What the value is of has to stand in an earlier line with
/// another value of its kind.
pub fn rectified(notes: &Notes) -> Vec<Swap> {
    let mut swaps = swaps(notes);
    let lines: Vec<_> = notes.lines().collect();
    for (index, line) in lines.iter().enumerate() {
        if is_swap(&swaps, &line.span()) {
            continue;
        }
        let earlier = || lines.iter().take(index).map(|l| l.text);
        if let Some((values, about)) = rectifies(line.text, earlier) {
            let text = line.text.trim().to_owned();
            swaps.push(Swap { line: line.span(), text, values, about });
        }
    }
    swaps
}

/// Values given anew, each old one with the new, and the words that say of what.
type Anew = (Vec<(String, String)>, Vec<String>);

/// The values that a line gives anew, old ones first, and the words that say of what.
fn rectifies<'a, I: Iterator<Item = &'a str>>(line: &str, earlier: impl Fn() -> I) -> Option<Anew> {
    words!(
        MARK,
        r"(?i)^\W*(?:rectif\w*|correction|erratum|pardon|changement|non)\b\W*(?P<new>.+)$|^(?P<before>.*?),?\s*\bfinalement\b(?P<after>.*)$"
    );
    words!(NO, r"(?i)^\W*non\W+(?:pour|car|parce|merci|au|à|aux)\b");
    words!(
        OLD,
        r"(?i)^(?P<new>.*?\d.*?)\b(?:et\s+)?(?:pas|non(?:\s+pas)?|plus)\s+(?:de\s+|à\s+|les?\s+)?(?P<old>\d[\d,]*)"
    );
    // « (vu avec le maire le 25/11) » says when it was told.
    words!(BRACKETS, r"\([^()]*\)");
    let line = &*BRACKETS.replace_all(line, "");
    let said = MARK.captures(line).filter(|_| !NO.is_match(line)).map(|found| {
        let part = |name| found.name(name).map_or("", |m| m.as_str());
        format!("{}{}{}", part("new"), part("before"), part("after"))
    });
    // « 8 € et pas 9 »: a small number is corrected where the same thing is spoken of.
    let named = pair(line).filter(|(new, old)| new != old && OLD.is_match(line));
    let said = match (said, &named) {
        (Some(said), _) => said,
        (None, Some(_)) => line.to_owned(),
        (None, None) => return None,
    };
    let words = telling_words(&said);
    let shared = |text: &str| {
        let theirs = telling_words(text);
        words.iter().filter(|word| theirs.contains(word)).cloned().collect::<Vec<_>>()
    };
    let anew = OLD.captures(&said).map_or(said.clone(), |found| found["new"].to_owned());
    let anew: Vec<Found> = facts(&anew).into_iter().filter(|found| is_value(&found.fact)).collect();
    let mut best: Option<Anew> = None;
    for text in earlier() {
        let about = shared(text);
        if about.is_empty() || best.as_ref().is_some_and(|(_, most)| most.len() > about.len()) {
            continue;
        }
        let mut values: Vec<(String, String)> = Vec::new();
        if let Some((new, old)) = &named
            && replace_value(&mut text.to_owned(), old, new, None)
        {
            values.push((old.clone(), new.clone()));
        }
        if values.is_empty()
            && let (Some(found), [one]) = (OLD.captures(&said), anew.as_slice())
            && let Some(new) = said.get(one.span.clone())
            && replace_value(&mut text.to_owned(), &found["old"], &expand_facts(new), None)
        {
            values.push((found["old"].to_owned(), expand_facts(new.trim())));
        }
        if values.is_empty() {
            values.extend(anew.iter().filter_map(|new| instead(text, new, &said)));
        }
        if !values.is_empty() {
            best = Some((values, about));
        }
    }
    best
}

/// The one value of the same kind that the text has, and the new one.
fn instead(text: &str, new: &Found, said: &str) -> Option<(String, String)> {
    let kind = std::mem::discriminant(&new.fact);
    let olds = facts(text).into_iter().filter(|old| std::mem::discriminant(&old.fact) == kind);
    let [old] = olds.collect::<Vec<_>>().try_into().ok()?;
    let written = |text: &str, found: &Found| match found.fact {
        // « 5.03 » is a date only where a word announces it.
        Fact::Date(date) if date.wrong_weekday().is_none() => Some(date.to_french()),
        _ => text.get(found.span.clone()).map(|value| expand_facts(value.trim())),
    };
    let (old, new) = (written(text, &old)?, written(said, new)?);
    (old != new).then_some((old, new))
}

const fn is_value(fact: &Fact) -> bool {
    matches!(fact, Fact::Date(_) | Fact::Hour(_) | Fact::Amount(_))
}

/// Letters by which words are told to be of the same thing.
const STEM: usize = 6;

/// Words that say what a line is about: four letters or more, no weekday, month or small word.
fn telling_words(text: &str) -> Vec<String> {
    const IDLE: [&str; 24] = [
        "avant",
        "apres",
        "finalement",
        "pour",
        "avec",
        "sans",
        "dans",
        "heure",
        "heures",
        "jour",
        "date",
        "euros",
        "maximum",
        "depuis",
        "dernier",
        "cest",
        "etait",
        "mais",
        "plus",
        "tous",
        "tout",
        "leur",
        "sera",
        "samedi",
    ];
    fold(text)
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().count() > 3 && !IDLE.contains(word))
        .filter(|word| facts(&format!("{word} 3 mai")).first().is_none_or(|f| f.span.start > 0))
        .filter(|word| facts(&format!("3 {word}")).iter().all(|f| !matches!(f.fact, Fact::Date(_))))
        // « on s'inscrit » and « les inscriptions » are about the same thing.
        .map(|word| word.trim_end_matches('s').chars().take(STEM).collect())
        .collect()
}

/// « Nom : Les Tilleuls -> changé au conseil, c'est Les Érables »: the line with the new value, and
/// the old one.
pub fn renamed(line: &str) -> Option<(String, String)> {
    words!(
        RENAMED,
        r"(?i)^(?P<label>[^:>]{2,25}:\s*)?(?P<old>[^:>]+?)\s*(?:-->|->|=>|→)\s*(?:chang[ée]e?|remplac[ée]e?|devenue?|non)\b(?:[^,:]*[,:])?\s*(?:c['’]est|par|ce sera)?\s*(?P<new>\S.*)$"
    );
    let found = RENAMED.captures(line)?;
    let label = found.name("label").map_or("", |label| label.as_str());
    Some((format!("{label}{}", &found["new"]), found["old"].trim().to_owned()))
}

/// A value with its percent sign, where the line gives it one.
fn with_percent(line: &str, value: String) -> String {
    let alone = |at: usize| {
        let before = line.get(..at).unwrap_or_default().chars().next_back();
        !before.is_some_and(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
    };
    let signed = line.match_indices(&value).any(|(at, found)| {
        let after = line.get(at + found.len()..).unwrap_or_default();
        alone(at) && after.trim_start().starts_with('%')
    });
    if signed && !value.contains('%') { format!("{value} %") } else { value }
}

/// « … donc accueil 18h10 »: an hour or amount under a word that has one other such value
/// elsewhere.
fn labelled<'a, I: Iterator<Item = &'a str>>(
    line: &str,
    told: &[(String, String)],
    others: impl Fn() -> I,
) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for value in values(line) {
        let new = expand_facts(line.get(value.span.clone()).unwrap_or_default());
        if told.iter().any(|(a, b)| [a, b].iter().any(|known| new.starts_with(known.as_str()))) {
            continue;
        }
        let Some(word) = word_before(line, value.span.start) else { continue };
        let mut olds = others().flat_map(|text| {
            let word = word.clone();
            values(text)
                .filter(move |v| word_before(text, v.span.start).as_ref() == Some(&word))
                .filter(|v| std::mem::discriminant(&v.fact) == std::mem::discriminant(&value.fact))
                .map(move |v| expand_facts(text.get(v.span).unwrap_or_default()))
        });
        if let (Some(old), None) = (olds.next().filter(|old| *old != new), olds.next()) {
            found.push((old, new));
        }
    }
    found
}

/// Hours and amounts.
fn values(text: &str) -> impl Iterator<Item = Found> {
    facts(text).into_iter().filter(|f| matches!(f.fact, Fact::Hour(_) | Fact::Amount(_)))
}

/// The word of four letters or more just before a place.
fn word_before(text: &str, place: usize) -> Option<String> {
    let before = text.get(..place)?.trim_end_matches([' ', ':', 'à', '=', '\u{a0}']);
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next()?;
    (word.chars().count() > 3).then(|| fold(word))
}

/// Puts the new value in place of the old one, where the old one stands as a value of its own: not
/// inside a date, and inside an hour only when it is one.
pub fn replace_value(text: &mut String, old: &str, new: &str, unit: Option<&str>) -> bool {
    let wanted = facts(old);
    let [Found { fact, .. }] = wanted.as_slice() else { return false };
    let written = expand_facts(text);
    let mut out = written.clone();
    let mut done = false;
    for found in facts(&written).into_iter().rev() {
        let same = match (&found.fact, fact) {
            (Fact::Hour(a), Fact::Hour(b)) => a == b,
            (Fact::Date(a), Fact::Date(b)) => a == b,
            (a, Fact::Percent(_)) if !matches!(a, Fact::Percent(_)) => false,
            (a, b) => cents(a).is_some() && cents(a) == cents(b),
        };
        let after = written.get(found.span.end..).unwrap_or_default().trim_start();
        let counts = unit.is_none_or(|unit| after.to_lowercase().starts_with(unit));
        if !same || !counts {
            continue;
        }
        // The currency of an amount stays.
        let place = written.get(found.span.clone()).unwrap_or_default();
        let number = match place.find(['€', '%']) {
            Some(at) if !new.contains(['€', '%']) => place[..at].trim_end().len(),
            _ => place.len(),
        };
        out.replace_range(found.span.start..found.span.start + number, new);
        done = true;
    }
    if done {
        *text = out;
    }
    done
}

fn cents(fact: &Fact) -> Option<u64> {
    match fact {
        Fact::Amount(amount) => Some(amount.cents),
        Fact::Number(number) | Fact::Percent(number) => parse_cents(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_replaced_where_it_is_the_same_value() {
        for (text, expected) in [
            ("14 places, le 14 juillet à 14 h", Some("16 places, le 14 juillet à 14 h")),
            ("114 places", None),
            ("14 arbres", None),
        ] {
            let mut changed = text.to_owned();
            let done = replace_value(&mut changed, "14", "16", Some("places"));
            assert_eq!(done.then_some(changed.as_str()), expected, "{text}");
        }
        let mut text = "repas 3,80 €".to_owned();
        assert!(replace_value(&mut text, "3,80", "3,85", None));
        assert_eq!(text, "repas 3,85 €");
    }

    #[test]
    fn a_line_that_gives_a_value_anew_corrects_the_line_of_the_same_thing() {
        let table = [
            (
                "seau de tri de 5 L par classe\nrectif seau : 8 L et non 5",
                Some("seau de tri de 8 L par classe"),
            ),
            (
                "panneau posé avant le 30 avril 2027, 12 m\ncorrection : panneau avant le 15 mai 2027",
                Some("panneau posé avant le 15 mai 2027, 12 m"),
            ),
            (
                "repas du soir 14 € à 20 h\nrepas : 15 € finalement, le traiteur a augmenté",
                Some("repas du soir 15 € à 20 h"),
            ),
            (
                "atelier dessin samedi 23 janvier de 10 h à 17 h\npardon l'atelier c'est samedi 30 janvier",
                Some("atelier dessin samedi 30 janvier de 10 h à 17 h"),
            ),
            (
                "salle 240 €, ménage 80 €\ncorrection : le ménage c'est 95 € et plus 80 depuis mai",
                Some("salle 240 €, ménage 95 €"),
            ),
            (
                "on s'inscrit au bureau avant le 12 juin 2027\nles inscriptions finalement c'est avant le 10 juin 2027",
                Some("on s'inscrit au bureau avant le 10 juin 2027"),
            ),
            (
                "liste à retirer avant le 5.03\nlistes : jusqu'au 10.03 finalement",
                Some("liste à retirer avant le 10 mars"),
            ),
            ("caution 500 €\nnon pour le prêt de la salle à 300 €", None),
            ("caution 500 €\nfinalement il fera beau", None),
            ("bal le 4 juillet, salle Rameau\nfinalement grande salle (vu avec Zoé le 3/06)", None),
        ];
        for (text, expected) in table {
            let notes = Notes::from_text(text).unwrap();
            let first = text.lines().next().unwrap();
            let swapped = rectified(&notes).first().and_then(|swap| swap.apply(first));
            assert_eq!(swapped.as_deref(), expected, "{text}");
        }
        assert_eq!(
            renamed("Nom : Les Tilleuls -> changé lundi, c'est Les Érables"),
            Some(("Nom : Les Érables".into(), "Les Tilleuls".into()))
        );
        assert_eq!(renamed("tarif : 3 € -> 4 €"), None);
    }

    #[test]
    fn a_line_that_names_the_wrong_value_corrects_the_others() {
        let table = [
            ("loyer 390 €\n!! c'est 410 et pas 390", Some("loyer 410 €")),
            (
                "concert à 20h, place 6 €\nnon le concert c 19h30 pas 20h",
                Some("concert à 19 h 30, place 6 €"),
            ),
            (
                "début 19h, accueil 18h40\ncorrection on commence à 18h30 et pas 19h donc accueil 18h10",
                Some("début 18 h 30, accueil 18 h 10"),
            ),
            ("taux de 3 %, 3 ans\nle taux c'est 3,5 % et pas 3 %", Some("taux de 3,5 %, 3 ans")),
            (
                "ouvert de 8h à 19h\nde 7h à 19h et pas 8h, c'est plus sûr",
                Some("ouvert de 7 h à 19 h"),
            ),
            ("ouvert de 8h à 19h\nde 8h à 18h et pas 19h", Some("ouvert de 8 h à 18 h")),
            ("loyer 390 €\nle devis est de 4150 pas 4510", None),
            ("18 h par semaine\n22 h par semaine au lieu de 18", None),
        ];
        for (text, expected) in table {
            let notes = Notes::from_text(text).unwrap();
            let first = text.lines().next().unwrap();
            let swapped = swaps(&notes).first().and_then(|swap| swap.apply(first));
            assert_eq!(swapped.as_deref(), expected, "{text}");
        }
    }
}
