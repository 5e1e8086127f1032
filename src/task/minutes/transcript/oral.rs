//! Turns of speech as writing has them: « y a », « c'est pas », « faut ». No fact is touched.

use std::sync::LazyLock;

use regex::Regex;

use crate::reading::pattern;

static TURNS: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    [
        (r"(?i)(^|[\s,;(])y\s+(a|avait|aura|aurait)\b", "${1}il y $2"),
        (r"(?i)\bil\s+il\s+y\b", "il y"),
        (r"(?i)(^|[\s,;(])(?:il\s+)?(faut|faudra|faudrait)\b", "${1}il $2"),
        (r"(?i)\b(qu['’]il)\s+il\s+(faut|faudra|faudrait)\b", "$1 $2"),
        (r"(?i)\bc['’]est\s+pas\b", "ce n’est pas"),
        (r"(?i)\bc['’]était\s+pas\b", "ce n’était pas"),
        (r"(?i)\b(il|elle|on|ils|elles)\s+(a|avait|est|était|ont|arrive|aura|avaient)\s+pas\b", "$1 n’$2 pas"),
        (
            r"(?i)\b(il|elle|ils|elles|on|ça|cela|qui)\s+(peut|veut|va|sait|sera|doit|fait|passe|marche|change|coûte|suffit|sont|peuvent|veulent|vont)\s+pas\b",
            "$1 ne $2 pas",
        ),
        (r"(?i)\b(ça\s+fait|on\s+avait|on\s+a|c['’]est|il\s+est),\s+", "$1 "),
        (r"(?i)\s*,?\s*\b(?:attends|attendez|tiens|tu\s+vois|vous\s+voyez|bon|enfin|je\s+crois|hein|quoi|là)\s*,\s*", ", "),
        (r"(?i)\bquelques\s+choses?\b", "quelque chose"),
        (r"(?i)\bça\b", "cela"),
        (r"\s+,", ","),
        (r",\s*,", ","),
    ]
    .into_iter()
    .map(|(from, to)| (pattern(from), to))
    .collect()
});

/// The text with turns of speech as writing has them.
pub fn written(text: &str) -> String {
    TURNS.iter().fold(text.to_owned(), |text, (from, to)| from.replace_all(&text, *to).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_of_speech_are_written() {
        let table = [
            ("y a 12 places", "il y a 12 places"),
            ("il y a 12 places", "il y a 12 places"),
            ("c'est pas 12 €", "ce n’est pas 12 €"),
            ("faut mettre 12 tables", "il faut mettre 12 tables"),
            ("il faut 12 tables", "il faut 12 tables"),
            ("on remplace ce qu'il faut", "on remplace ce qu'il faut"),
            ("elle a pas répondu", "elle n’a pas répondu"),
            ("ça fait, 83 fois 12", "cela fait 83 fois 12"),
            ("on était, attends, on était à 76", "on était, on était à 76"),
        ];
        for (said, expected) in table {
            assert_eq!(written(said), expected);
        }
    }
}
