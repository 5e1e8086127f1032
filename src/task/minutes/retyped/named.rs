//! A line that only tells somebody's whole name, « Lulu c'est Lulu Vernier, trésorière »: they are
//! so named where the notes first speak of them.

use std::sync::LazyLock;

use regex::Regex;

use super::Row;
use crate::reading::{fold, pattern};
use crate::task::wording;

static TELLS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:(?:ah|euh|au\s+fait|nb|ps)\s*[,:]?\s+)?(\p{L}{3,})\s*,?\s*c\s?['’ ]?\s?est\s+(\p{L}{3,})\s+(\p{L}[\p{L}'’-]{2,})(?:[\s,]+(.*))?$",
    )
});
static OFFICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:tr[ée]sori[eè]re?|secr[ée]taire|pr[ée]sidente?|vice-pr[ée]sidente?)\b")
});

/// The name in full where the notes first use what it tells; the line that tells it goes.
pub(super) fn apply(rows: Vec<Row>) -> Vec<Row> {
    let told = rows.iter().enumerate().find_map(|(index, row)| {
        let found = TELLS.captures(&row.text)?;
        let short = found[1].to_owned();
        let rest = found.get(4).map_or("", |m| m.as_str());
        // « c'est Ada Vernier qui présente » tells something else.
        let alone = rest.split_whitespace().count() <= 1
            || fold(rest).contains("ecri") && OFFICE.is_match(rest);
        let same = fold(&short) == fold(&found[2]) && alone;
        let office = OFFICE.find(rest).map_or(String::new(), |m| format!(" ({})", m.as_str()));
        let name = format!("{} {}", wording::capital(&found[2]), wording::capital(&found[3]));
        same.then(|| (index, short, format!("{name}{office}")))
    });
    let Some((at, short, name)) = told else { return rows };
    let Ok(word) = Regex::new(&format!(r"(?i)\b{}\b", regex::escape(&short))) else { return rows };
    if !rows.iter().enumerate().any(|(index, row)| index != at && word.is_match(&row.text)) {
        return rows;
    }
    let mut named = false;
    rows.into_iter()
        .enumerate()
        .map(|(index, row)| {
            let text = if index == at {
                String::new()
            } else if !named && word.is_match(&row.text) {
                named = true;
                word.replace(&row.text, name.as_str()).into_owned()
            } else {
                row.text
            };
            Row { text, span: row.span }
        })
        .collect()
}
