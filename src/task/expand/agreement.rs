//! Agreement between neighbours, as far as the dictionary is sure: an article and its noun.

use std::sync::LazyLock;

use regex::Regex;

use crate::french::{self, Gender};
use crate::reading::{fold, pattern};

/// What does not agree in a sentence, if anything.
pub(super) fn fault(sentence: &str) -> Option<String> {
    let words: Vec<&str> = WORD.find_iter(sentence).map(|m| m.as_str()).collect();
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

static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\p{L}\p{N}€%'’-]+"));
