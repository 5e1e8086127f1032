//! Where sentences end in telegraphic notes.

use super::{abbreviation, fold};
use crate::french;

/// Whether a full stop between these texts ends a sentence: not after an initial or an
/// abbreviation, nor after what is no word where a small letter or a figure goes on.
pub fn ends(before: &str, after: &str) -> bool {
    let last = before.split([' ', '(', '\'', '’']).next_back().unwrap_or_default();
    // « Ton correct, pas sec. Les recours … »: what a small word opens is a sentence.
    let opens = after.trim_start().split([' ', '\'', '’']).next().unwrap_or_default();
    let letters = last.chars().filter(|c| c.is_alphabetic()).count();
    if OPENING.contains(&opens) && letters > 2 {
        return true;
    }
    let goes_on = after.trim_start().starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    if goes_on && is_shortened(last) {
        return false;
    }
    let digits = last.chars().any(|c| c.is_ascii_digit());
    // « noel » lacks an accent, no letters.
    let shortened = abbreviation::spelled(last).is_some_and(|whole| fold(whole) != fold(last));
    let abbreviated = shortened || ABBREVIATED.contains(&fold(last).as_str());
    let known = SHORT.contains(&fold(last).as_str());
    (letters > 2 || known || digits || last.ends_with([')', '€', '%', '»'])) && !abbreviated
}

/// Whether the text ends with a word that a full stop shortens: « sign. le maire ».
pub fn is_abbreviated(before: &str) -> bool {
    let last = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    ABBREVIATED.contains(&fold(last).as_str())
}

/// Whether a word in small letters is none of the language: « échéanc », « concess ».
fn is_shortened(word: &str) -> bool {
    let plain = !word.is_empty() && word.chars().all(char::is_lowercase);
    plain && !french::is_word(word) && french::readings(word).is_empty()
}

/// Small words whose capital only the start of a sentence gives.
const OPENING: [&str; 14] = [
    "Les", "Un", "Une", "Des", "Il", "Elle", "Ils", "Elles", "On", "Nous", "Vous", "Je", "Tu", "Ce",
];

/// Words of two letters that may end a sentence.
const SHORT: [&str; 6] = ["ca", "la", "vu", "eu", "du", "su"];

/// Words of three or four letters that a full stop shortens.
const ABBREVIATED: [&str; 51] = [
    "exerc", "dt", "verif", "pres", "sec", "secr", "ouv", "clot", "proch", "aff", "inv", "fonct",
    "tot", "dem", "dep", "rec", "cons", "mun", "com", "art", "conv", "exc", "etc", "abs", "env",
    "max", "min", "ref", "tel", "janv", "fev", "fevr", "avr", "juil", "sept", "oct", "nov", "dec",
    "lun", "mar", "mer", "jeu", "sam", "dim", "ven", "vend", "sign", "rep", "dir", "doss", "svc",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_and_abbreviations_go_on() {
        for (before, end) in [
            ("la grille est posée", true),
            ("rendez-vous à 14h30", true),
            ("reçu de M", false),
            ("voir art", false),
            ("jusqu'au 3 janv", false),
            ("pas sec", false),
        ] {
            assert_eq!(ends(before, " Suite"), end, "{before}");
        }
        assert!(ends("pas sec", " Les clés"));
        assert!(!ends("reçu de M", " Les"));
    }
}
