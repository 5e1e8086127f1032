//! Words on both sides: names, opposites, negation, words from nowhere.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::{Fault, Source};
use crate::reading::abbreviation::spell_out;
use crate::reading::name::{candidate_names, is_common};
use crate::reading::{expand_facts, fold, pattern};

/// Capitalised words inside a sentence, and acronyms, that the source does not hold.
pub(super) fn names(sentences: &str, known: &BTreeSet<String>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let (mut previous, mut previous_end) = ("", 0);
    for word in WORD.find_iter(sentences) {
        let gap = sentences.get(previous_end..word.start()).unwrap_or("");
        // The dot of « M. » or of an initial ends nothing.
        let title = matches!(previous, "MM" | "Mr") || previous.chars().count() == 1;
        let opens = previous_end == 0 || (!title && gap.contains(['.', '!', '?', '…', '\n']));
        (previous, previous_end) = (word.as_str(), word.end());
        let letters = word.as_str().chars().count();
        let capitals = word.as_str().chars().filter(|c| c.is_uppercase()).count();
        let acronym = capitals >= 2 && capitals == letters;
        // What opens a sentence bears a capital anyway; long words are checked as words.
        let ordinary = opens && (letters > 4 || is_common(word.as_str()));
        if (capitals == 0 || ordinary) && !acronym {
            continue;
        }
        let folded = fold(word.as_str());
        let common =
            CIVILITIES.contains(&folded.as_str()) || (!acronym && stem_in(&folded, &LEXICON));
        if letters > 1 && !known.contains(&folded) && !common && !acronym_of_known(&folded, known) {
            faults.push(Fault::UnsupportedName(word.as_str().to_owned()));
        }
    }
    faults
}

/// Names of the notes that the sentences do not say. The opening word of a clause counts only
/// when nothing else explains its capital.
pub(super) fn lost_names(sentences: &str, notes: &str) -> Vec<Fault> {
    let told: BTreeSet<String> = folded_words(sentences).collect();
    let mut faults = Vec::new();
    for span in candidate_names(notes) {
        let name = notes.get(span.clone()).unwrap_or("");
        // The last long word is the surname, or the name of the firm.
        let key = WORD.find_iter(name).map(|w| w.as_str()).filter(|w| w.chars().count() > 2).last();
        let Some(key) = key else { continue };
        let before = notes.get(..span.start).unwrap_or("").trim_end();
        let opens = before.is_empty() || before.ends_with(['.', '!', '?', '\n', ':', '-', '/']);
        let folded = fold(key);
        let word_of_language =
            opens && (stem_in(&folded, &LEXICON) || told.iter().any(|t| same_stem(t, &folded)));
        if !told.contains(&folded) && !word_of_language {
            faults.push(Fault::LostFact(name.to_owned()));
        }
    }
    faults
}

/// Content words of five letters or more that the sentences leave out, when there are several: one
/// may be an article's neighbour or a turn of phrase, two are a lost meaning.
pub(super) fn lost_words(sentences: &str, notes: &str) -> Vec<Fault> {
    let told: BTreeSet<String> = folded_words(sentences).collect();
    let lost: BTreeSet<String> = folded_words(notes)
        .filter(|word| word.chars().count() >= 5)
        .filter(|word| !told.iter().any(|t| t == word || same_stem(t, word)))
        .collect();
    if lost.len() < 2 { Vec::new() } else { lost.into_iter().map(Fault::LostFact).collect() }
}

/// Words whose opposite, and not they, are in the notes.
pub(super) fn opposites(sentences: &str, notes: &str) -> Vec<Fault> {
    let told: BTreeSet<String> = folded_words(sentences).collect();
    let held: BTreeSet<String> = folded_words(&spell_out(notes)).collect();
    let holds = |side: &[String], words: &BTreeSet<String>| side.iter().any(|w| words.contains(w));
    let mut faults = Vec::new();
    for (left, right) in OPPOSITES.iter() {
        for (said, contrary) in [(left, right), (right, left)] {
            if holds(contrary, &held) && !holds(said, &held) && !holds(contrary, &told) {
                let word = said.iter().find(|word| told.contains(*word));
                faults.extend(word.map(|word| Fault::Opposite(word.clone())));
            }
        }
    }
    faults
}

/// A negation on one side only.
pub(super) fn negation(sentences: &str, notes: &str) -> Option<Fault> {
    static NEGATIVE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:pas|sans|aucune?s?|ni|non|jamais|nul(?:le)?s?|refus\p{L}*|rejet\p{L}*|impossib\p{L}*|interdi\p{L}*|RAS|annul\p{L}*|oppos\p{L}*|contre)\b",
        )
    });
    (NEGATIVE.is_match(sentences) != NEGATIVE.is_match(notes)).then_some(Fault::Negation)
}

/// Content words of five letters or more that come from nowhere.
pub(super) fn unknown_words(sentences: &str, known: &BTreeSet<String>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for word in WORD.find_iter(sentences) {
        let folded = fold(word.as_str());
        // A capital is for the check of names, unless it opens the sentence.
        if folded.chars().count() < 5 || known.contains(&folded) {
            continue;
        }
        if !stem_in(&folded, &LEXICON) && !known.iter().any(|other| same_stem(other, &folded)) {
            faults.push(Fault::UnknownWord(word.as_str().to_owned()));
        }
    }
    faults
}

/// Every word of the source, folded, as typed and with abbreviations spelled out.
pub(super) fn vocabulary(source: Source<'_>) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for text in [source.notes, source.context] {
        words.extend(folded_words(text));
        words.extend(folded_words(&spell_out(&expand_facts(text))));
    }
    words
}

fn folded_words(text: &str) -> impl Iterator<Item = String> {
    WORD.find_iter(text).map(|word| fold(word.as_str())).collect::<Vec<_>>().into_iter()
}

/// The letters that stand for words of the source: `AG` for « assemblée générale ».
fn acronym_of_known(folded: &str, known: &BTreeSet<String>) -> bool {
    crate::reading::abbreviation::spelled(&folded.to_uppercase()).is_some_and(|spelled| {
        folded_words(spelled).all(|word| known.contains(&word) || word.len() < 4)
    })
}

fn stem(folded: &str) -> String {
    let letters = folded.chars().count();
    folded.chars().take(if letters <= 6 { 4 } else { 5 }).collect()
}

/// Whether two folded words of four letters or more have the same stem.
fn same_stem(a: &str, b: &str) -> bool {
    let shorter = if a.chars().count() < b.chars().count() { a } else { b };
    let stem = stem(shorter);
    stem.chars().count() >= 4 && a.starts_with(&stem) && b.starts_with(&stem)
}

fn stem_in(folded: &str, lexicon: &BTreeSet<String>) -> bool {
    if lexicon.contains(folded) {
        return true;
    }
    let stem = stem(folded);
    let from = lexicon.range(stem.clone()..);
    from.take_while(|word| word.starts_with(&stem)).any(|word| same_stem(word, folded))
}

/// Whether a word, folded, belongs to the language of offices: no name, whatever its capital.
pub(crate) fn is_office_word(folded: &str) -> bool {
    stem_in(folded, &LEXICON)
}

static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"\p{L}+"));

static LEXICON: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| folded_words(include_str!("lexicon.txt")).collect());

type Sides = (Vec<String>, Vec<String>);

static OPPOSITES: LazyLock<Vec<Sides>> = LazyLock::new(|| {
    let forms = |side: &str| side.split_whitespace().map(fold).collect();
    include_str!("opposites.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(left, right)| (forms(left), forms(right)))
        .collect()
});

const CIVILITIES: [&str; 8] = ["m", "mm", "mme", "mmes", "mlle", "monsieur", "madame", "etat"];
