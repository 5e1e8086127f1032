//! Agreement, as far as the dictionary is sure: an article and its noun, a subject and what it is
//! said to be.

use std::sync::LazyLock;

use regex::Regex;

use crate::french::{self, Class, Gender, Number};
use crate::reading::{fold, pattern};

/// What does not agree in a sentence, if anything.
pub(super) fn fault(sentence: &str) -> Option<String> {
    let words: Vec<&str> = WORD.find_iter(sentence).map(|m| m.as_str()).collect();
    neighbours(&words).or_else(|| sentence.split([';', ':']).find_map(attribute))
}

/// An article and its noun, a word twice.
fn neighbours(words: &[&str]) -> Option<String> {
    for pair in words.windows(2) {
        let [article, noun] = pair else { continue };
        let folded = fold(article);
        if folded == fold(noun) {
            return Some(format!("« {article} » répété"));
        }
        let wanted = match folded.as_str() {
            "le" | "un" | "du" | "au" | "ce" | "cet" => Gender::Masculine,
            "la" | "une" | "cette" => Gender::Feminine,
            _ => continue,
        };
        if french::noun_gender(noun).is_some_and(|gender| gender != wanted) {
            return Some(format!("« {article} {noun} » ne s'accorde pas"));
        }
    }
    None
}

/// « L'entreprise X est retenu »: the first noun of a statement and what it is said to be.
fn attribute(statement: &str) -> Option<String> {
    let words: Vec<&str> = WORD.find_iter(statement).map(|m| m.as_str()).collect();
    let (at, subject) = subject(&words)?;
    let gender = french::noun_gender(subject);
    for (index, verb) in words.iter().enumerate().skip(at + 1) {
        let folded = fold(verb);
        // Another subject may follow these.
        if matches!(folded.as_str(), "qui" | "que" | "dont" | "si" | "ou" | "et") {
            return None;
        }
        let (number, next) = match folded.as_str() {
            "est" | "sera" => (Number::Singular, index + 1),
            "sont" | "seront" => (Number::Plural, index + 1),
            "ete" => (Number::Singular, index + 1),
            _ => continue,
        };
        let said = words.get(next)?;
        // No conjugated verb follows « est ».
        let mut readings = french::readings(said);
        readings.retain(|form| form.class != Class::Finite);
        let fits = |form: &french::Form| {
            gender.is_none_or(|gender| form.gender.is_none_or(|own| own == gender))
                && (folded == "ete" || form.number.is_none_or(|own| own == number))
        };
        let attributes: Vec<_> = readings
            .iter()
            .filter(|form| matches!(form.class, Class::Participle | Class::Adjective))
            .collect();
        let only = attributes.len() == readings.len() && !attributes.is_empty();
        if only && !attributes.iter().any(|form| fits(form)) {
            return Some(format!("« {subject} {verb} {said} » ne s'accorde pas"));
        }
        return None;
    }
    None
}

/// The noun that a statement opens with, and its place.
fn subject<'a>(words: &[&'a str]) -> Option<(usize, &'a str)> {
    let first = words.first()?;
    if let Some((article, noun)) = first.split_once(['\'', '’']) {
        return (fold(article) == "l").then_some((0, noun));
    }
    let determiner = matches!(fold(first).as_str(), "le" | "la" | "les" | "un" | "une" | "des");
    determiner.then(|| words.get(1).map(|noun| (1, *noun))).flatten()
}

static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\p{L}\p{N}€%'’-]+"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_agree_is_seen() {
        for (sentence, agrees) in [
            ("L'entreprise Couvertures Bellanger est retenue pour 480 €.", true),
            ("L'entreprise Couvertures Bellanger est retenu pour 480 €.", false),
            ("Trois devis ont été reçus ; l'entreprise Armor est retenu.", false),
            ("La toiture de l'école est refaite.", true),
            ("La toiture du préau est refait.", false),
            ("La toiture du préau a été refait.", false),
            ("Les travaux de la rue sont prévus en mai.", true),
            ("Les rues du bourg sont réparée.", false),
            ("La date qui est prévu ne convient pas.", true),
            ("Le rendez-vous est à la mairie.", true),
            ("Le rue est fermée.", false),
            ("La la rue est fermée.", false),
            ("Riou demande si la date est fixée.", true),
            ("", true),
        ] {
            assert_eq!(fault(sentence).is_none(), agrees, "{sentence}: {:?}", fault(sentence));
        }
    }
}
