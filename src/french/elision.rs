//! Before which words « le », « la », « de », « que » lose their vowel.

use super::fold::folded;

/// Whether articles and the like are elided before a word: « l'école », « l'habitant », but
/// « le hameau », « le onze », « le yaourt », « la SNCF ».
///
/// Decided by spelling alone, so that it answers for names too: an h is mute unless a table says
/// otherwise (`Hervé`, but `Hongrie`).
pub fn elides(word: &str) -> bool {
    let word: String = folded(word).collect();
    let mut letters = word.chars();
    let vowel = |letter: Option<char>| matches!(letter, Some('a' | 'e' | 'i' | 'o' | 'u'));
    let by_letter = match letters.next() {
        Some('h') => vowel(letters.next()) || word.starts_with("hy"),
        Some('y') => !vowel(letters.next()),
        letter => vowel(letter),
    };
    let regular = !word.starts_with(['h', 'o', 'u', 'y']);
    if regular { by_letter } else { exception(&word).unwrap_or(by_letter) }
}

/// What the longest line of the table that fits says.
fn exception(word: &str) -> Option<bool> {
    EXCEPTIONS
        .lines()
        .filter_map(|line| {
            let (text, elided) = line.strip_prefix('!').map_or((line, false), |rest| (rest, true));
            let fits = text.strip_suffix('$').map_or_else(|| word.starts_with(text), |w| word == w);
            (fits && !text.starts_with('#')).then_some((text.len(), elided))
        })
        .max()
        .map(|(_, elided)| elided)
}

static EXCEPTIONS: &str = include_str!("data/aspirated.txt");

#[cfg(test)]
mod tests {
    use super::EXCEPTIONS;

    #[test]
    fn exceptions_begin_with_a_letter_that_is_looked_up() {
        for line in EXCEPTIONS.lines().filter(|line| !line.starts_with('#')) {
            assert!(line.trim_start_matches('!').starts_with(['h', 'o', 'u', 'y']), "{line}");
        }
    }
}
