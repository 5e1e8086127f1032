//! Lines that only a full page or window ended: paragraphs that were dictated or typed in one go.

use super::words;
use crate::notes::Notes;

/// From this many letters on a line may have been wrapped.
const WIDE: usize = 60;

words!(INNER_END, r"[.!?] \p{Lu}");
words!(
    GOES_ON,
    r"(?i)(?:,|\b(?:une?|le|la|les|l['’]|des?|du|[àa]|aux?|et|ou|son|sa|ses|leurs?|qui|que|par|pour|avec|chez|en|dans|sur|m\.|mme|madame|monsieur))\s*$"
);

// What opens a line of its own, in small letters too.
words!(
    OPENS,
    r"(?i)^(?:prochain(?:e|es|s)?\b|proch\.|lev[ée]e?\s+(?:[àa]\s+)?\d|fin\s+(?:[àa]\s+)?\d|s[ée]ance\s+lev|rectif|correction\s*:|errat|pr[ée]sents?\s*[:(]|excus[ée]e?s?\s*[:(]|absente?s?\s*[:(]|vote\s*:|\d{1,2}[.)/]\s|[a-z]\)\s)"
);

/// Whether a line says what no line before goes on with: the next meeting, the end, a list.
pub fn opens_line(text: &str) -> bool {
    OPENS.is_match(text)
}

/// The line ends of the notes that stand within a paragraph; none where the notes are no prose.
pub fn breaks(notes: &Notes) -> Vec<usize> {
    let wide: Vec<&str> =
        notes.lines().map(|line| line.text).filter(|text| text.chars().count() >= WIDE).collect();
    let lines = notes.lines().filter(|line| !line.text.trim().is_empty()).count();
    let prose = wide.iter().filter(|text| INNER_END.is_match(text)).count();
    if wide.len() * 2 < lines || prose * 2 < wide.len() {
        return Vec::new();
    }
    let mut breaks = Vec::new();
    let mut before: Option<&str> = None;
    for line in notes.lines() {
        let open = |text: &&str| {
            let ended = text.trim_end().ends_with(['.', '!', '?', ':', ';']);
            text.chars().count() >= WIDE && !ended
        };
        let small = line.text.starts_with(char::is_lowercase) && !opens_line(line.text);
        let goes_on = |text: &str| small || !line.text.is_empty() && GOES_ON.is_match(text);
        if before.filter(open).is_some_and(goes_on) {
            breaks.push(line.start - 1);
        }
        before = Some(line.text);
    }
    breaks
}

/// The notes with each paragraph on one line, every byte in its place; `None` where each already is.
pub fn unwrapped(notes: &Notes) -> Option<Notes> {
    let breaks = breaks(notes);
    let mut text = notes.text().as_bytes().to_vec();
    for at in &breaks {
        if let Some(end) = text.get_mut(*at).filter(|byte| **byte == b'\n') {
            *end = b' ';
        }
    }
    let text = String::from_utf8(text).ok().filter(|_| !breaks.is_empty())?;
    Notes::from_text(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_told_from_lists() {
        let told = |text: &str| {
            let notes = Notes::from_text(text).unwrap();
            unwrapped(&notes).map(|notes| notes.lines().count())
        };
        let prose = "Odile, voici pour la chorale. Elle demande le préau de l'école jusqu'au\n30 juin, tous les mardis. On ne peut pas, le préau est en travaux et la\ncour aussi. Ils ont écrit le 3 mars.\nMerci.";
        assert_eq!(told(prose), Some(2));
        let list = "lettre à la chorale pour le préau de l'école, qu'elle demande tous les mardis\nécrit le 3 mars\nrefus\nle préau est en travaux";
        assert_eq!(told(list), None);
    }
}
