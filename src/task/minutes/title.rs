//! Titles of items, from headings and agenda entries.

use std::sync::LazyLock;

use regex::Regex;

use crate::french;
use crate::reading::{abbreviation, expand_facts, fold, pattern};
use crate::task::wording;

/// « Questions diverses », in the words of notes.
pub(super) static MISCELLANEOUS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bqd\b|\bquestions?\s+div\w*|^\s*divers\b|^\s*hors[\s-]sujet\b|\binfos?\s+divers\w*",
    )
});

/// A heading or agenda entry as a title: abbreviations spelled out, a capital, no full stop.
pub(super) fn title(text: &str) -> String {
    let known = fold(text);
    let standard = STANDARD_TITLES.iter().find(|(words, _)| {
        words.iter().all(|word| known.split(|c: char| !c.is_alphanumeric()).any(|w| w == *word))
            && known.split_whitespace().count() <= words.len() + 1
    });
    if let Some((_, title)) = standard {
        return (*title).to_owned();
    }
    if known.trim() == "pv" {
        return "Approbation du procès-verbal".to_owned();
    }
    static MODIFIES: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^\s*DM\s*(?:n°\s*)?(\d{1,2})\b\s*(?:du\s+)?(budget\b.*)?$"));
    if let Some(found) = MODIFIES.captures(text) {
        let budget = found.get(2).map_or(String::new(), |b| format!(", {}", b.as_str().trim()));
        return format!("Décision modificative n° {}{budget}", &found[1]);
    }
    // « pv du 9 avril », in the small letters of a phone.
    static MINUTES: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*pv\s+(d[eu]\s.*|\d.*)$"));
    if let Some(of) = MINUTES.captures(text).and_then(|f| f.get(1)) {
        let dated = of.as_str().starts_with(|c: char| c.is_ascii_digit());
        let of = if dated { format!("du {}", of.as_str()) } else { of.as_str().to_owned() };
        return title(&format!("procès-verbal {of}"));
    }
    let bare = text.split(" (").next().unwrap_or(text);
    let bare = if MISCELLANEOUS.is_match(bare) { "Questions diverses" } else { bare };
    let lowered = if bare.chars().any(char::is_lowercase)
        || bare.split_whitespace().count() < 2 && bare.chars().count() <= 4
    {
        bare.to_owned()
    } else {
        in_small_letters(bare)
    };
    let bare = lowered.as_str();
    let spelled = expand_facts(&french::restored(&abbreviation::spell_out(bare.trim())));
    let spelled = spelled.trim_end_matches(['.', ':', ' ']);
    wording::capital(spelled)
}

/// A title typed in capitals, in small letters: words of the language; others may be names or
/// acronyms and keep a capital, or all of them when short.
pub(super) fn in_small_letters(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    for piece in title.split_inclusive(|c: char| !c.is_alphabetic()) {
        let word = piece.trim_end_matches(|c: char| !c.is_alphabetic());
        let small = word.to_lowercase();
        if french::is_word(&small) || !french::readings(&small).is_empty() {
            out.push_str(&small);
        } else if word.chars().count() <= 5 {
            out.push_str(word);
        } else {
            out.push_str(&wording::capital(&small));
        }
        out.push_str(piece.get(word.len()..).unwrap_or_default());
    }
    out
}

/// Items that come back at every meeting: their words in notes, and their title.
const STANDARD_TITLES: [(&[&str], &str); 9] = [
    (&["decisions", "maire"], "Décisions du maire prises par délégation"),
    (&["rapport", "moral"], "Rapport moral"),
    (&["moral"], "Rapport moral"),
    (&["rapport", "activite"], "Rapport d’activité"),
    (&["activite"], "Rapport d’activité"),
    (&["rapport", "financier"], "Rapport financier"),
    (&["financier"], "Rapport financier"),
    (&["election", "ca"], "Élection au conseil d’administration"),
    (&["infos"], "Informations"),
];
