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
use crate::reading::{fold, pattern};

/// What cancels, and what is cancelled.
static CANCELS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)\bon\s+(?:annule|oublie|abandonne|laisse\s+tomber|revient\s+sur)\s+(?:donc\s+)?(?:ce\s+qu['’]on\s+(?:a|avait)\s+(?:dit|d[ée]cid[ée])\s+(?:pour|sur)\s+)?(?P<a>[^.?!]+)
          | (?:^|[\s,])on\s+(?:n['’]|ne\s+)\p{L}+\s+(?:pas|plus)\s+(?P<b>[^?.!]+)\?",
    )
});
/// What settles something, in a sentence of its own or at the end of one.
static SETTLES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:adopt[ée]e?s?|valid[ée]e?s?|d[ée]cid[ée]e?s?|act[ée]e?s?|vot[ée]e?s?|tout\s+le\s+monde\s+(?:est\s+)?d['’]accord|on\s+est\s+(?:tous\s+)?d['’]accord|[àa]\s+l['’]unanimit[ée])\b",
    )
});
/// How many sentences after the last words about a thing may settle it.
const SETTLED_WITHIN: usize = 6;

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
        for sentence in sentences.iter_mut().take(settled + 1).skip(first) {
            if named(sentence) || SETTLES.is_match(&sentence.text) {
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
        // « on annule ce qu'on a dit » decides nothing more than that.
        if !sentences[index].text.ends_with('?') {
            sentences[index].text = String::new();
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
    let thing = found.name("a").or_else(|| found.name("b"))?;
    let stems = stems(thing.as_str());
    (!stems.is_empty()).then_some(stems)
}

/// Where the thing was first named, and the sentence that settled it.
fn settled_before(
    sentences: &[Sentence],
    index: usize,
    named: &dyn Fn(&Sentence) -> bool,
) -> Option<(usize, usize)> {
    let first = sentences.iter().take(index).position(named)?;
    let settles = |at: &usize| {
        let since = at.saturating_sub(SETTLED_WITHIN).max(first);
        SETTLES.is_match(&sentences[*at].text)
            && !sentences[*at].text.is_empty()
            && sentences.get(since..=*at).is_some_and(|near| near.iter().any(named))
    };
    let settled = (first..index).rev().find(settles)?;
    Some((first, settled))
}

/// Words of four letters or more, by their beginning.
fn stems(text: &str) -> Vec<String> {
    const EMPTY: [&str; 8] = ["avait", "cette", "celui", "celle", "chez", "pour", "dans", "avec"];
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() > 3 && !EMPTY.contains(w))
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
