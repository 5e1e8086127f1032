//! Where sentences end in telegraphic notes.

use super::{abbreviation, fold};

/// Whether a full stop after this text ends a sentence: not after an initial or an abbreviation.
pub fn ends(before: &str) -> bool {
    let last = before.split([' ', '(', '\'', '’']).next_back().unwrap_or_default();
    let letters = last.chars().filter(|c| c.is_alphabetic()).count();
    let digits = last.chars().any(|c| c.is_ascii_digit());
    // « noel » lacks an accent, no letters.
    let shortened = abbreviation::spelled(last).is_some_and(|whole| fold(whole) != fold(last));
    let abbreviated = shortened || ABBREVIATED.contains(&fold(last).as_str());
    (letters > 2 || digits || last.ends_with([')', '€', '%', '»'])) && !abbreviated
}

/// Words of three or four letters that a full stop shortens.
const ABBREVIATED: [&str; 30] = [
    "cons", "mun", "com", "art", "conv", "exc", "etc", "abs", "env", "max", "min", "ref", "tel",
    "janv", "fev", "fevr", "avr", "juil", "sept", "oct", "nov", "dec", "lun", "mar", "mer", "jeu",
    "sam", "dim", "ven", "vend",
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
        ] {
            assert_eq!(ends(before), end, "{before}");
        }
    }
}
