//! The form of a sentence: finished, in French, third person, of the right length, no list and
//! no leak of the prompt.

use std::sync::LazyLock;

use regex::Regex;

use super::Fault;
use crate::reading::{fold, pattern};

/// Faults of form; the notes give the length and whether « nous » is theirs.
pub(super) fn faults(sentences: &str, notes: &str) -> Vec<Fault> {
    let text = sentences.trim();
    if text.is_empty() {
        return vec![Fault::Form("la phrase est vide")];
    }
    let mut faults = Vec::new();
    let mut add = |wrong: bool, what: &'static str| {
        if wrong {
            faults.push(Fault::Form(what));
        }
    };
    let limit = notes.trim().chars().count() * 7 / 2 + 80;
    add(text.chars().count() > limit, "la phrase est trop longue pour ses notes");
    add(!text.ends_with(['.', '!', '?', '»', '…']), "la phrase n'est pas terminée");
    add(LIST.is_match(text), "la réponse est une liste ou porte des marques de mise en forme");
    add(
        FIRST_PERSON.is_match(text) && !FIRST_PERSON.is_match(notes),
        "la phrase est à la première personne",
    );
    add(LEAK.is_match(text), "la réponse reprend des mots de la consigne");
    add(!is_french(text), "la phrase n'est pas en français");
    add(repeats(text), "un mot est répété plusieurs fois de suite");
    faults
}

/// A few English words are enough: names of firms hold one or two.
fn is_french(text: &str) -> bool {
    const ENGLISH: [&str; 14] = [
        "the", "and", "of", "is", "was", "were", "with", "for", "this", "that", "has", "been",
        "will", "are",
    ];
    let folded = fold(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
    words.iter().filter(|word| ENGLISH.contains(word)).count() < 3
}

fn repeats(text: &str) -> bool {
    let folded = fold(text);
    let words: Vec<&str> = folded.split_whitespace().collect();
    words.windows(4).any(|run| run.iter().all(|word| Some(word) == run.first()))
}

static LIST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?m)^[ \t]*(?:[-*•–]|\d{1,2}[.)])[ \t]|\*\*|^#|```|\|.*\|"));

static FIRST_PERSON: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:je|nous|notre|nos|mon|mes|moi)\b|\bj['’]"));

static LEAK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:notes?|phrases?|r[ée]ponse|exemple|consigne|r[ée]daction)[ \u{a0}]*:|<\|?\w+\|?>|\bassistant\b[ ]*:",
    )
});
