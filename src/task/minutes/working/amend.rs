//! A later line that gives a date, an hour or an amount anew to something already told:
//! « en fait vide-grenier = dim 12 septembre ». The new value wins, wherever the old one of the
//! same kind stands, and a finding tells it.
//!
//! Nothing is replaced unless the thing is named and one value of that kind is told of it.

use crate::finding::{Finding, FindingKind};
use crate::notes::Span;
use crate::reading::{Fact, Found, expand_facts, facts, fold, words};
use crate::task::minutes::record::Meeting;
use crate::task::minutes::structure::Piece;

/// Applies the correction; `false` when nothing told is meant by it.
pub(super) fn apply(piece: &Piece<'_>, meeting: &mut Meeting, findings: &mut Vec<Finding>) -> bool {
    words!(
        ANEW,
        r"(?i)^\W*(?:(?:ah|oh|attention|pardon|et|non|rectif\w*|correction|erratum|en\s+fait|finalement|au\s+final)\b[\s,:!]*)*(?P<what>.*?\p{L}.*?)\s*(?:=|:|,?\s*\bc['’]est\b|\best\b|\bsera\b|\baura\s+lieu\b)\s*(?:le\s+|bien\s+)*(?P<new>.+)$"
    );
    let Some(found) = ANEW.captures(piece.text) else { return false };
    let (what, new) = (&found["what"], &found["new"]);
    let values = facts(new);
    let Some(value) = values.first().filter(|v| v.span.start <= 4 && kind(&v.fact) > 0) else {
        return false;
    };
    let Some(new) = new.get(value.span.clone()) else { return false };
    // « c'est 5 € pas 4 € » says itself which value it replaces.
    words!(OLD, r"(?i)\b(?:pas|non|au\s+lieu|plut[ôo]t)\b[^.;(]*\d");
    if OLD.is_match(piece.text) {
        return false;
    }
    let wanted = stems(what);
    if wanted.is_empty() {
        return false;
    }
    let Some((text, old)) = place(meeting, &wanted, value, &piece.span) else { return false };
    let was = text.get(old.clone()).unwrap_or_default().to_owned();
    text.replace_range(old, &expand_facts(new));
    findings.push(Finding::check(
        FindingKind::Correction,
        Some(piece.span.clone()),
        format!(
            "Correction notée plus loin : {} au lieu de {was}. La dernière valeur est retenue : « {} »",
            expand_facts(new),
            piece.text
        ),
    ));
    true
}

/// The one text of the record that tells a value of this kind of the thing, and where.
fn place<'m>(
    meeting: &'m mut Meeting,
    wanted: &[String],
    value: &Found,
    before: &Span,
) -> Option<(&'m mut String, Span)> {
    let holds = |text: &str| {
        let told = stems(text);
        wanted.iter().all(|w| told.contains(w))
    };
    let other = |text: &str| {
        let mut same = facts(text).into_iter().filter(|f| kind(&f.fact) == kind(&value.fact));
        let first = same.next()?;
        (same.next().is_none() && first.fact != value.fact).then_some(first.span)
    };
    let mut titles = Vec::new();
    let mut texts: Vec<(bool, &mut String)> = Vec::new();
    for item in &mut meeting.items {
        if item.span.start > before.start {
            continue;
        }
        let named = holds(&item.title);
        if named {
            titles.push(item.title.clone());
        }
        texts.extend(item.clauses.iter_mut().map(|c| (named, c)));
        texts.push((false, &mut item.title));
    }
    texts.extend(
        meeting
            .decisions
            .iter_mut()
            .map(|d| (d.subject.as_ref().is_some_and(|s| titles.contains(s)), &mut d.text)),
    );
    texts.extend(meeting.actions.iter_mut().map(|a| (false, &mut a.what)));
    // What names the thing itself comes before what stands under its title.
    let at = texts
        .iter()
        .position(|(_, text)| holds(text) && other(text).is_some())
        .or_else(|| texts.iter().position(|(under, text)| *under && other(text).is_some()))?;
    let (_, text) = texts.into_iter().nth(at)?;
    let span = other(text)?;
    Some((text, span))
}

/// Which kind of value; 0 for those that nothing is said anew of.
fn kind(fact: &Fact) -> u8 {
    match fact {
        Fact::Date(_) => 1,
        Fact::Hour(_) => 2,
        Fact::Amount(_) => 3,
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
            ("droit de place 3 €", "rectif : vide-grenier, droit de place = 4 €", None),
            ("du 5 septembre au 6 octobre", "en fait vide-grenier = 12 septembre", None),
            ("le 5 septembre", "en fait loto = 12 septembre", None),
            ("le prix est de 4 €", "rectif : le prix c'est 5 € pas 4 €", None),
        ];
        for (clause, correction, expected) in table {
            assert_eq!(amended(clause, correction).as_deref(), expected, "{correction}");
        }
    }
}
