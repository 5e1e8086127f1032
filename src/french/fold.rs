//! Letters without accents and capitals: the order of the dictionary and the key to it.

use std::cmp::Ordering;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// The letters of a text without accents and capitals; ligatures fall into two.
pub(super) fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(|c| {
        let (first, second) = fold(c);
        first.into_iter().chain(second)
    })
}

/// Order of the letters of a text and a key made of such letters.
pub(super) fn compare(text: &str, key: &str) -> Ordering {
    // Most letters are their own; a lookup compares them some fifty times.
    let pairs = text.bytes().zip(key.bytes());
    let same = pairs.take_while(|(a, b)| a == b && a.is_ascii_lowercase()).count();
    folded(&text[same..]).cmp(key[same..].chars())
}

/// Whether `full` is `plain` with accents added where there were none, and nothing else.
pub(super) fn only_adds_accents(plain: &str, full: &str) -> bool {
    let mut rest = plain.chars();
    full.chars().all(|letter| {
        let ahead = rest.clone().next();
        if ahead == Some(letter) {
            rest.next();
            return true;
        }
        let (first, second) = fold(letter);
        ahead.is_some_and(|c| c.is_ascii())
            && first == rest.next()
            && (second.is_none() || second == rest.next())
    }) && rest.next().is_none()
}

/// The letter alone, or both letters of a ligature; nothing for a combining mark.
fn fold(letter: char) -> (Option<char>, Option<char>) {
    match letter {
        'a'..='z' | '\'' | '-' => (Some(letter), None),
        'é' | 'è' | 'ê' | 'ë' => (Some('e'), None),
        'à' | 'â' => (Some('a'), None),
        'î' | 'ï' => (Some('i'), None),
        'ô' => (Some('o'), None),
        'û' | 'ù' | 'ü' => (Some('u'), None),
        'ç' => (Some('c'), None),
        'œ' | 'Œ' => (Some('o'), Some('e')),
        'æ' | 'Æ' => (Some('a'), Some('e')),
        _ => {
            let mut base = None;
            let lower = letter.to_lowercase().next().unwrap_or(letter);
            decompose_canonical(lower, |c| {
                if !is_combining_mark(c) && base.is_none() {
                    base = Some(c);
                }
            });
            (base, None)
        }
    }
}
