//! Punctuation said aloud: « point à la ligne », « virgule », « huit pour cent » after a number.

use std::sync::LazyLock;

use regex::Regex;

use super::Row;
use crate::reading::pattern;

/// What parts two lines. Fishing is « à la ligne » too, but opens no line and follows no full stop.
static LINE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)(?:^\s*|[,.]?\s*\bpoint\s+|[.,]\s*)à\s+la\s+ligne\b[\s,.:]*"));
static COMMA: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i),?\s*\bvirgule\b\s*,?\s*"));
static COLON: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\s*\bdeux[ -]points\b\s*:?\s*"));
static STOP: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i),?\s+\bpoint(?:\s+final)?\s*\.?\s*$"));
static PERCENT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(\d+(?:,\d+)?)\s+pour\s+cent\b"));
/// Who was there, told on after the day and the place.
static PRESENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i),\s+((?:[ée]taient|sont)\s+(?:l[àa]|pr[ée]sente?s)|pr[ée]sente?s)\b")
});

/// Signs from which the notes are dictated.
const FEW_SIGNS: usize = 2;

/// The notes with the signs that they say aloud.
pub(super) fn apply(rows: Vec<Row>) -> Vec<Row> {
    let signs = |row: &Row| {
        [&*LINE, &*COMMA].iter().map(|sign| sign.find_iter(&row.text).count()).sum::<usize>()
    };
    let dictated = rows.iter().map(signs).sum::<usize>() >= FEW_SIGNS;
    let mut out = Vec::new();
    for row in rows {
        let text = PERCENT.replace_all(&row.text, "$1 %").into_owned();
        if !dictated {
            out.push(Row { text, ..row });
            continue;
        }
        for part in LINE.split(&text) {
            let part = COMMA.replace_all(part, ", ");
            let part = COLON.replace_all(&part, " : ");
            let part = STOP.replace(&part, ".");
            let part = PRESENT.replace(&part, ". $1");
            if !part.trim().is_empty() {
                let text = crate::task::wording::capital(part.trim());
                out.push(Row { text, span: row.span.clone() });
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_said_aloud_are_written() {
        let told = |texts: &[&str]| -> Vec<String> {
            let rows = texts.iter().map(|text| Row { text: (*text).to_owned(), span: 0..1 });
            apply(rows.collect()).into_iter().map(|row| row.text).collect()
        };
        assert_eq!(
            told(&[
                "bureau du 3 mai virgule étaient là Ada et Luc point",
                "à la ligne la pêche à la ligne monte de 8 pour cent point à la ligne le bal"
            ]),
            [
                "Bureau du 3 mai. étaient là Ada et Luc.",
                "La pêche à la ligne monte de 8 %",
                "Le bal"
            ]
        );
        assert_eq!(
            told(&["concours de pêche à la ligne", "point à revoir", "12 pour cent"]),
            ["concours de pêche à la ligne", "point à revoir", "12 %"]
        );
    }
}
