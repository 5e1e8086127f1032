//! A value said anew without the old one: which value of the items it replaces, by the words
//! around both.

use crate::reading::amount::parse_cents;
use crate::reading::{Fact, Found, facts, fold};
use crate::task::minutes::record::Meeting;

/// A value of an item that the new one may replace.
struct Candidate {
    item: usize,
    clause: usize,
    place: crate::notes::Span,
    cents: u64,
    score: usize,
}

/// Whether a fact is a value that people correct.
pub(super) fn is_value(fact: &Fact) -> bool {
    cents(fact).is_some()
}

/// Puts the new value in the place of the one whose words it shares, or of the only one of the
/// item that the correction names; tells what it replaced. Nothing where two come into question.
pub(super) fn apply(text: &str, target: Option<usize>, meeting: &mut Meeting) -> Option<String> {
    let new = new_value(text)?;
    let value = cents(&new.fact)?;
    let words = stems(text);
    let mut found = candidates(meeting, target, &new.fact, value, &words);
    found.sort_by_key(|candidate| std::cmp::Reverse(candidate.score));
    let best = found.first().filter(|best| best.score > 0 || target.is_some())?;
    let rival = found.iter().skip(1).find(|c| c.cents != best.cents);
    if rival.is_some_and(|rival| rival.score == best.score) {
        return None;
    }
    let item = meeting.items.get_mut(best.item)?;
    let clause = item.clauses.get_mut(best.clause)?;
    let written = text.get(new.span)?.trim();
    let old = clause.get(best.place.clone())?.to_owned();
    clause.replace_range(best.place.clone(), &in_place_of(&old, written));
    Some(format!("{written} au lieu de {old} ({})", item.title))
}

/// The last value of the correction, which is the new one: not the number of an item.
fn new_value(text: &str) -> Option<Found> {
    let before = |at: usize| fold(text.get(..at).unwrap_or_default().trim_end());
    facts(text).into_iter().filter(|found| is_value(&found.fact)).rfind(|found| {
        !["point", "pt", "n°", "article", "art"]
            .iter()
            .any(|w| before(found.span.start).ends_with(w))
    })
}

fn candidates(
    meeting: &Meeting,
    target: Option<usize>,
    new: &Fact,
    value: u64,
    words: &[String],
) -> Vec<Candidate> {
    let mut out = Vec::new();
    for (item, held) in meeting.items.iter().enumerate() {
        if target.is_some_and(|wanted| wanted != item) {
            continue;
        }
        let title = shared(&held.title, words);
        for (clause, text) in held.clauses.iter().enumerate() {
            let whole = shared(text, words);
            for found in facts(text) {
                let Some(old) = cents(&found.fact) else { continue };
                let alike =
                    matches!(new, Fact::Percent(_)) == matches!(found.fact, Fact::Percent(_));
                let near = old != value
                    && old <= value.saturating_mul(2)
                    && value <= old.saturating_mul(2);
                if !alike || !near || is_length(text, &found) {
                    continue;
                }
                let label = shared(label(text, found.span.start), words);
                let priced = usize::from(matches!(found.fact, Fact::Amount(_)));
                let score = 10 * label + 3 * whole + 3 * title;
                let score = if score > 0 || target.is_some() { score + priced } else { 0 };
                out.push(Candidate { item, clause, place: found.span, cents: old, score });
            }
        }
    }
    out
}

/// « 24 mois », « 640 m2 »: a length or a surface is corrected with its unit.
fn is_length(text: &str, found: &Found) -> bool {
    const UNITS: [&str; 9] =
        ["mois", "ans", "an", "m2", "jours", "semaines", "heures", "hab", "km"];
    let after = fold(text.get(found.span.end..).unwrap_or_default().trim_start());
    let unit = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    matches!(found.fact, Fact::Number(_)) && UNITS.contains(&unit)
}

/// The words before a value, back to the value or comma before.
fn label(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    let from = before
        .char_indices()
        .rev()
        .find(|(_, c)| c.is_ascii_digit() || matches!(c, ',' | ';' | '/'))
        .map_or(0, |(at, c)| at + c.len_utf8());
    before.get(from..).unwrap_or_default()
}

fn shared(text: &str, words: &[String]) -> usize {
    stems(text).iter().filter(|stem| words.contains(stem)).count()
}

/// The beginnings of the words that carry meaning.
fn stems(text: &str) -> Vec<String> {
    const EMPTY: [&str; 12] = [
        "final", "corre", "recti", "tromp", "suis", "etait", "sera", "cest", "note", "pour",
        "euros", "mail",
    ];
    let mut stems: Vec<String> = fold(text)
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.len() >= 4)
        .map(|word| word.chars().take(5).collect())
        .filter(|stem: &String| !EMPTY.contains(&stem.as_str()))
        .collect();
    stems.sort();
    stems.dedup();
    stems
}

/// The new value with the currency of the old one.
fn in_place_of(old: &str, new: &str) -> String {
    let number = new.trim_end_matches(['€', '%', ' ']);
    let number =
        number.strip_suffix("euros").or_else(|| number.strip_suffix("eur")).unwrap_or(number);
    let unit = old.find(|c: char| {
        !(c.is_ascii_digit() || matches!(c, ' ' | ',' | '.' | '\u{a0}' | '\u{202f}'))
    });
    let unit = unit.and_then(|at| old.get(at..)).unwrap_or_default();
    let space = if unit.is_empty() { "" } else { " " };
    format!("{}{space}{unit}", number.trim_end())
}

fn cents(fact: &Fact) -> Option<u64> {
    match fact {
        Fact::Amount(amount) => Some(amount.cents),
        Fact::Number(number) | Fact::Percent(number) => parse_cents(number),
        _ => None,
    }
}
