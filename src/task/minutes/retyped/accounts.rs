//! Figures of accounts as typists shorten them: « rec 12 180,60 / dép 11 932,15 », « 1.435,00 ».

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::Row;
use crate::reading::{fold, pattern};

/// A short word before an amount, which tells it from « exc » for somebody who is excused.
static SHORT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(^|[\s(/,;:])(rec|d[ée]p|exc[ée]d|exc|d[ée]f|tot)\.?(\s*:?\s*)([+-]?\s?\d{1,3}(?:[ .\u{a0}]?\d{3})+(?:,\d{1,2})?\b|[+-]?\s?\d+,\d{2}\b)",
    )
});
/// Thousands with a dot, and cents.
static DOTTED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(^|[^\d.,])(\d{1,3}(?:\.\d{3})+)(,\d{1,2})?($|[^\d.,])"));

/// The words in full, and thousands with a space where the notes have cents after them.
pub(super) fn apply(rows: Vec<Row>) -> Vec<Row> {
    let style = |row: &Row| DOTTED.captures_iter(&row.text).any(|found| found.get(3).is_some());
    let dotted = rows.iter().any(style);
    rows.into_iter()
        .map(|row| {
            let text = SHORT.replace_all(&row.text, |found: &Captures<'_>| {
                format!("{}{}{}{}", &found[1], in_full(&found[2]), &found[3], &found[4])
            });
            // Twice: what ends one number begins the next.
            let text = if dotted { spaced(&spaced(&text)) } else { text.into_owned() };
            Row { text, span: row.span }
        })
        .collect()
}

fn in_full(short: &str) -> &'static str {
    match fold(short).get(..3) {
        Some("rec") => "recettes",
        Some("dep") => "dépenses",
        Some("exc") => "excédent",
        Some("def") => "déficit",
        _ => "total",
    }
}

fn spaced(text: &str) -> String {
    DOTTED
        .replace_all(text, |found: &Captures<'_>| {
            let cents = found.get(3).map_or("", |m| m.as_str());
            format!("{}{}{cents}{}", &found[1], found[2].replace('.', " "), &found[4])
        })
        .into_owned()
}
