//! Hours and days with a dot, « ouv. 20.30 », « mardi 8.06 », as the other readers know them.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::Row;
use crate::reading::{clock, pattern};

/// Two numbers of a day or an hour, and nothing that makes them an amount.
static DOTTED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[\s(])(\d{1,2})\.(\d{2})(?P<after>$|[\s,;)→–-]|\.(?:\s|$))"));
static PRICED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^\s*(?:€|euros?|eur\b|ht\b|ttc\b|%|m2|m3|km|kg)"));

/// What only a line of money tells.
static MONEY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)€|\b(?:euros?|tarifs?|prix|montants?|totaux|total|soldes?|recettes?|d[ée]penses?|ht|ttc|cotis\w*|subv\w*|loyers?|factures?|devis|caisse|banque)\b",
    )
});

/// The notes with « 20h30 » for 20.30 and « 8/06 » for 8.06, where they type hours so.
pub(super) fn apply(rows: Vec<Row>) -> Vec<Row> {
    if !clock::is_dotted(rows.iter().map(|row| row.text.as_str())) {
        return rows;
    }
    static RANGE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\b(\d{1,2}/\d{2})\s*(?:->|=>|→)\s*(\d{1,2}/\d{2})\b"));
    let again = |text: &str| RANGE.replace_all(&undotted(text), "du $1 au $2").into_owned();
    rows.into_iter().map(|row| Row { text: again(&row.text), span: row.span }).collect()
}

fn undotted(text: &str) -> String {
    let hours = clock::dots(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(found) = DOTTED.captures_at(text, at) {
        let (Some(first), Some(second)) = (found.get(1), found.get(2)) else { break };
        out.push_str(text.get(at..first.start()).unwrap_or_default());
        out.push_str(&written(text, &found, &hours));
        at = second.end();
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// An hour where words lead to it or no month has that number, else a day.
fn written(text: &str, found: &Captures<'_>, hours: &[usize]) -> String {
    let (first, second) = (&found[1], &found[2]);
    let (hour, minute) = (first.parse().unwrap_or(99), second.parse().unwrap_or(99_u32));
    let end = found.get(2).map_or(0, |m| m.end());
    let led = found.get(1).is_some_and(|m| hours.contains(&m.end()));
    let priced = PRICED.is_match(text.get(end..).unwrap_or_default());
    let money = MONEY.is_match(text);
    match (hour, minute) {
        _ if priced => format!("{first}.{second}"),
        (0..=23, 0..=59) if led || !money && !(1..=12).contains(&minute) => {
            format!("{first}h{second}")
        }
        (1..=31, 1..=12) if !money => format!("{first}/{second}"),
        _ => format!("{first}.{second}"),
    }
}
