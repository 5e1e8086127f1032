//! Words compared without accents or capitals.

use unicode_normalization::UnicodeNormalization;

/// The text in lower case, accents and cedillas gone, ligatures opened, curly apostrophes
/// straight: « Œuvre de l’Été » becomes `oeuvre de l'ete`.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)) {
        match c {
            'œ' | 'Œ' => out.push_str("oe"),
            'æ' | 'Æ' => out.push_str("ae"),
            '’' | 'ʼ' => out.push('\''),
            '\u{a0}' | '\u{202f}' => out.push(' '),
            _ => out.extend(c.to_lowercase()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_ligatures_and_capitals_are_folded() {
        let table =
            [("QUÉRIMONT", "querimont"), ("Cœur", "coeur"), ("l’Été", "l'ete"), ("ça", "ca")];
        for (text, expected) in table {
            assert_eq!(fold(text), expected);
        }
    }
}
