//! A later line that gives a date, an hour or an amount anew to something already told:
//! « en fait vide-grenier = dim 12 septembre ». The new value wins, wherever the old one of the
//! same kind stands, and a finding tells it.
//!
//! Nothing is replaced unless the thing is named and one value of that kind is told of it. Numbers
//! without a unit, and months alone, are given anew too: « les tables c'est 14 ».

use crate::finding::Finding;
use crate::notes::Span;
use crate::reading::date::months_pattern;
use crate::reading::{Fact, Found, expand_facts, facts, fold, words};
use crate::task::aside;
use crate::task::minutes::record::Meeting;
use crate::task::minutes::structure::Piece;

/// Applies the correction; `false` when nothing told is meant by it.
pub(super) fn apply(piece: &Piece<'_>, meeting: &mut Meeting, findings: &mut Vec<Finding>) -> bool {
    // « c'est 5 € pas 4 € » says itself which value it replaces.
    words!(OLD, r"(?i)\b(?:pas|non|au\s+lieu|plut[ôo]t)\b[^.;(]*\d");
    let done = if OLD.is_match(piece.text) {
        None
    } else {
        month(piece, meeting).or_else(|| value(piece, meeting))
    };
    let Some(told) = done else { return false };
    let pairs: Vec<String> =
        told.iter().map(|(old, new)| format!("{new} au lieu de {old}")).collect();
    findings.push(aside::correction(&pairs.join(", "), piece.text, piece.span.clone()));
    true
}

/// Old and new values.
type Told = Vec<(String, String)>;

/// « bilan en février et pas janvier »: months alone, which are no facts.
fn month(piece: &Piece<'_>, meeting: &mut Meeting) -> Option<Told> {
    let found = MONTHS_SWAPPED.captures(piece.text)?;
    let wanted = stems(piece.text.get(..found.get(0)?.start())?);
    let (old, new) = (found["old"].to_lowercase(), found["new"].to_lowercase());
    let word = regex::Regex::new(&format!(r"(?i)\b{}\b", regex::escape(&old))).ok()?;
    let mut done = false;
    for (named, text) in texts(meeting, &wanted, &piece.span) {
        if (score(text, &wanted) > 0 || named > 0) && word.is_match(text) {
            *text = word.replace_all(text, new.as_str()).into_owned();
            done = true;
        }
    }
    done.then(|| vec![(old, new)])
}

words!(
    pub(super) MONTHS_SWAPPED,
    &format!(
        r"(?i)\b(?P<new>{months})\s*,?\s+(?:et\s+)?(?:pas|non|au\s+lieu\s+de)\s+(?:en\s+|fin\s+|d[ée]but\s+)?(?P<old>{months})\b",
        months = months_pattern()
    )
);

/// « les tables c'est 14, donc 280 »: the value of the thing named, and what follows from it.
fn value(piece: &Piece<'_>, meeting: &mut Meeting) -> Option<Told> {
    words!(
        SAYS,
        r"(?i)(?:=|:|,|\beuh|\bc['’]\s*(?:est|sera)|\b[çc]a\s+(?:sera|fait)|\bsera|\best|\baura\s+lieu|\bpasse)\s*(?:(?:le|la|bien|en|[àa]|euh|plut[ôo]t|finalement)\s+)*$"
    );
    words!(SO, r"(?i)\b(?:donc|soit)\s+(?:[çc]a\s+fait\s+)?$");
    let values: Vec<Found> = facts(piece.text).into_iter().filter(|f| kind(&f.fact) > 0).collect();
    let first = values.first()?;
    let what = piece.text.get(..first.span.start)?;
    let after = piece.text.get(first.span.end..)?;
    let unit: String = after.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
    let mut wanted = stems(what);
    if !SAYS.is_match(what) || wanted.is_empty() {
        return None;
    }
    wanted.extend(stems(&unit));
    let new = piece.text.get(first.span.clone())?.to_owned();
    let (old, place) = replaced(meeting, &wanted, first, &piece.span)?;
    let mut told = vec![(old.clone(), expand_facts(&new))];
    let second =
        values.get(1).filter(|v| SO.is_match(piece.text.get(..v.span.start).unwrap_or("")));
    for (named, text) in texts(meeting, &wanted, &piece.span) {
        if named + score(text, &wanted) == 0 && *text != place {
            continue;
        }
        put(text, &old, &new);
        if let Some(second) = second
            && let Some(span) = alike(text, second, &wanted, &expand_facts(&new))
        {
            let was = text.get(span).unwrap_or_default().to_owned();
            let so = piece.text.get(second.span.clone()).unwrap_or_default();
            put(text, &was, so);
            let pair = (was, expand_facts(so));
            if !told.contains(&pair) {
                told.push(pair);
            }
        }
    }
    Some(told)
}

/// Puts the new value wherever the old one stands in the text as a value; a currency or a year that
/// the new one lacks stays.
fn put(text: &mut String, old: &str, new: &str) {
    let Some(fact) = facts(old).into_iter().next().map(|f| f.fact) else { return };
    for found in facts(text).into_iter().rev().filter(|f| f.fact == fact) {
        let was = text.get(found.span.clone()).unwrap_or_default().to_owned();
        let mut written = expand_facts(new);
        if was.contains('€') && !written.contains('€') {
            written.push_str(" €");
        }
        if let Fact::Date(date) = found.fact
            && let Some(year) = date.year
            && !written.contains(&year.to_string())
        {
            written.push_str(&format!(" {year}"));
        }
        text.replace_range(found.span, &written);
    }
}

/// The value that the new one replaces, and the text that tells it: the one that names the thing
/// best. Nothing when two such texts tell two values.
fn replaced(
    meeting: &mut Meeting,
    wanted: &[String],
    new: &Found,
    before: &Span,
) -> Option<(String, String)> {
    let mut best: Vec<(usize, String, String)> = Vec::new();
    for (named, text) in texts(meeting, wanted, before) {
        let own = score(text, wanted);
        if own + named == 0 {
            continue;
        }
        if let Some(span) = alike(text, new, wanted, "") {
            best.push((2 * own + named, text.get(span)?.to_owned(), text.clone()));
        }
    }
    let top = best.iter().map(|(score, ..)| *score).max()?;
    best.retain(|(score, ..)| *score == top);
    let (_, old, text) = best.first()?;
    let same = best.iter().all(|(_, other, _)| other == old);
    same.then(|| (old.clone(), text.clone()))
}

/// The one value of the text that the new one may replace: of its kind, and for a bare number the
/// one before the thing counted, else one as long as the new.
fn alike(text: &str, new: &Found, wanted: &[String], not: &str) -> Option<Span> {
    let all = facts(text);
    let bare = matches!(new.fact, Fact::Number(_));
    let other = |f: &&Found| f.fact != new.fact && text.get(f.span.clone()) != Some(not);
    if bare {
        let counted = all.iter().filter(other).find(|f| {
            let next = text.get(f.span.end..).unwrap_or_default();
            let word: String =
                next.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
            matches!(f.fact, Fact::Number(_)) && stems(&word).iter().any(|s| wanted.contains(s))
        });
        if let Some(found) = counted {
            return Some(found.span.clone());
        }
    }
    let digits = |fact: &Fact| match fact {
        Fact::Number(number) => number.chars().filter(char::is_ascii_digit).count(),
        Fact::Amount(amount) => (amount.cents / 100).to_string().len(),
        _ => 0,
    };
    let same = |f: &&Found| {
        if bare || matches!(f.fact, Fact::Number(_)) && kind(&new.fact) == 3 {
            digits(&f.fact) == digits(&new.fact)
        } else {
            kind(&f.fact) == kind(&new.fact)
        }
    };
    let mut found = all.iter().filter(same);
    let first = found.next()?;
    (found.next().is_none() && other(&first)).then(|| first.span.clone())
}

/// Every text that may tell a value, with how many of the wanted words its title holds.
fn texts<'m>(
    meeting: &'m mut Meeting,
    wanted: &[String],
    before: &Span,
) -> Vec<(usize, &'m mut String)> {
    let mut titles = Vec::new();
    let mut out: Vec<(usize, &mut String)> = Vec::new();
    for item in meeting.items.iter_mut().filter(|i| i.span.start <= before.start) {
        let named = score(&item.title, wanted);
        if named > 0 {
            titles.push((item.title.clone(), named));
        }
        out.extend(item.clauses.iter_mut().map(|c| (named, c)));
        out.push((0, &mut item.title));
    }
    let under = |title: Option<&String>| {
        titles.iter().find(|(t, _)| Some(t) == title).map_or(0, |(_, named)| *named)
    };
    out.extend(meeting.decisions.iter_mut().map(|d| (under(d.subject.as_ref()), &mut d.text)));
    out.extend(meeting.actions.iter_mut().map(|a| (0, &mut a.what)));
    out
}

/// How many of the wanted words the text holds.
fn score(text: &str, wanted: &[String]) -> usize {
    let told = stems(text);
    wanted.iter().filter(|w| told.contains(w)).count()
}

/// Which kind of value; 0 for those that nothing is said anew of.
fn kind(fact: &Fact) -> u8 {
    match fact {
        Fact::Date(_) => 1,
        Fact::Hour(_) => 2,
        Fact::Amount(_) => 3,
        Fact::Number(_) => 4,
        _ => 0,
    }
}

/// Words of four letters or more, by their beginning.
fn stems(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 3);
    words
        .filter(|w| w.chars().all(char::is_alphabetic))
        .map(|w| w.chars().take(5).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::minutes::record::{Item, Kind};

    fn amended(clause: &str, correction: &str) -> Option<String> {
        let mut meeting = Meeting::empty(Kind::Working);
        meeting.items.push(Item {
            title: "Vide-grenier".into(),
            clauses: vec![clause.into()],
            ..Item::default()
        });
        let piece = Piece { text: correction, span: 500..500 + correction.len() };
        let mut findings = Vec::new();
        let done = apply(&piece, &mut meeting, &mut findings);
        assert_eq!(findings.len(), usize::from(done));
        done.then(|| meeting.items[0].clauses[0].clone())
    }

    #[test]
    fn a_value_said_anew_takes_the_place_of_the_old_one() {
        let table = [
            (
                "dimanche 5 septembre, 3 €/m",
                "EN FAIT vide-grenier = dim 12 septembre (le 5 c'est le forum)",
                Some("dimanche 12 septembre, 3 €/m"),
            ),
            ("montage à 8 h", "finalement montage c'est 9h", Some("montage à 9 h")),
            (
                "droit de place 3 €",
                "rectif : vide-grenier, droit de place = 4 €",
                Some("droit de place 4 €"),
            ),
            (
                "le traiteur 350 € + 12 repas",
                "(mail du traiteur : ça sera 380 finalement)",
                Some("le traiteur 380 € + 12 repas"),
            ),
            (
                "achat de 12 bancs à 38 € = 456",
                "les bancs c'est 14, donc 532",
                Some("achat de 14 bancs à 38 € = 532"),
            ),
            (
                "affiche A3, tirage 150",
                "affiches, euh 200 finalement",
                Some("affiche A3, tirage 200"),
            ),
            (
                "samedi 20 février 2027 11 h",
                "le vide-grenier c'est samedi 27 février qu'on a dit",
                Some("samedi 27 février 2027 11 h"),
            ),
            (
                "essai, bilan en janvier",
                "bilan en février et pas janvier",
                Some("essai, bilan en février"),
            ),
            ("tirage 150, puis 250", "affiches, 200 finalement", None),
            ("du 5 septembre au 6 octobre", "en fait vide-grenier = 12 septembre", None),
            ("le 5 septembre", "en fait loto = 12 septembre", None),
            ("le prix est de 4 €", "rectif : le prix c'est 5 € pas 4 €", None),
        ];
        for (clause, correction, expected) in table {
            assert_eq!(amended(clause, correction).as_deref(), expected, "{correction}");
        }
    }
}
