//! Notes typed without capitals: what follows a full stop gets one, so that the other readers see
//! where its sentence begins.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::Row;
use crate::reading::{pattern, sentence};

static STOP: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?P<word>[\p{Ll}'’-]{4,}|\d)(?P<stop>\.\s+)(?P<first>\p{Ll})"));

/// The notes with a capital after each full stop, where they have none.
pub(super) fn apply(rows: Vec<Row>) -> Vec<Row> {
    let small = rows.iter().all(|row| !INSIDE.is_match(&row.text));
    let stops = rows.iter().filter(|row| STOP.is_match(&row.text)).count();
    if !small || stops == 0 {
        return rows;
    }
    rows.into_iter().map(|row| Row { text: opened(&row.text), span: row.span }).collect()
}

/// A capital within a line, where somebody types some.
static INSIDE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\S\s+\p{Lu}\p{Ll}"));

fn opened(text: &str) -> String {
    STOP.replace_all(text, |found: &Captures<'_>| {
        let start = found.get(0).map_or(0, |m| m.start());
        let before = format!("{}{}", text.get(..start).unwrap_or_default(), &found["word"]);
        let first = &found["first"];
        // « 2. voirie » numbers an item.
        let number = before.trim().chars().all(|c| c.is_ascii_digit());
        let goes_on = number || sentence::is_abbreviated(&before);
        let first = if goes_on { first.to_owned() } else { first.to_uppercase() };
        format!("{}{}{first}", &found["word"], &found["stop"])
    })
    .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_in_small_letters_get_their_capital() {
        for (typed, expected) in [
            (
                "presents noval ostin. vernier arrive a 19h",
                "presents noval ostin. Vernier arrive a 19h",
            ),
            ("6 pour. le public sort", "6 pour. Le public sort"),
            ("deux devis. on retient le premier", "deux devis. On retient le premier"),
            ("2. voirie", "2. voirie"),
            ("voir la conv. avec le club", "voir la conv. avec le club"),
            ("vu en mairie. Ada est là", "vu en mairie. Ada est là"),
        ] {
            let rows = vec![Row { text: typed.to_owned(), span: 0..typed.len() }];
            assert_eq!(apply(rows)[0].text, expected);
        }
    }
}
