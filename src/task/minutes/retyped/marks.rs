//! Marks of a typist's own: stars or equals signs around titles, arrows before lines, several fields
//! on one line.

use std::sync::LazyLock;

use regex::Regex;

use super::Row;
use crate::reading::pattern;

/// « *** 3. COMPTES *** trésorier Luc », « == voirie == ».
static FRAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:\*{2,}|={2,}|#{2,}|~{2,}|_{2,}|-{3,})\s*(?:(\d{1,2})\s*[.)/:-]?\s+)?(\p{L}[^*=#~_]{1,70}?)\s*(?:\*{2,}|={2,}|#{2,}|~{2,}|_{2,}|-{3,})\s*(.*)$",
    )
});
/// Marks before a line that only draw the eye to it.
static LEADING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*(?:>{2,}|!{2,}|\*{3,}|#{3,}|~{2,})\s*(\S.*)$"));
/// « <convoc : courriel du 2 mai>  <début 19h> ».
static FIELD: LazyLock<Regex> = LazyLock::new(|| pattern(r"<([^<>]{3,80})>"));

/// Titles as numbered lines where most of them have a number, other lines without their marks.
pub(super) fn apply(rows: Vec<Row>) -> Vec<Row> {
    let numbers: Vec<u32> = rows
        .iter()
        .filter_map(|row| FRAMED.captures(&row.text)?.get(1)?.as_str().parse().ok())
        .collect();
    let counted = numbers.len() >= 2;
    let mut next = numbers.iter().max().map_or(1, |last| last + 1);
    let marked = rows.iter().filter(|row| LEADING.is_match(&row.text)).count();
    let rows: Vec<Row> =
        rows.into_iter().map(|row| Row { text: acronyms(&row.text), span: row.span }).collect();
    let alone: Vec<bool> = (0..rows.len()).map(|index| stands_alone(&rows, index)).collect();
    rows.into_iter()
        .zip(alone)
        .flat_map(|(row, alone)| {
            if let Some(title) = framed(&row.text, &mut next).filter(|_| counted) {
                return vec![Row { text: title, span: row.span }];
            }
            let bare = match LEADING.captures(&row.text).filter(|_| counted || marked >= 3) {
                Some(found) => found[1].to_owned(),
                None => row.text.clone(),
            };
            fields(&bare, alone)
                .into_iter()
                .map(|text| Row { text, span: row.span.clone() })
                .collect()
        })
        .collect()
}

/// « A.G.E. » is « AGE »: its stops end no sentence.
fn acronyms(text: &str) -> String {
    static DOTTED: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\b(?:A\.G\.(?:[EO]\.)?|C\.[AM]\.|O\.D\.J\.|P\.V\.)"));
    DOTTED.replace_all(text, |found: &regex::Captures<'_>| found[0].replace('.', "")).into_owned()
}

/// « 3. COMPTES : trésorier Luc »; a title without a number gets the next.
fn framed(text: &str, next: &mut u32) -> Option<String> {
    let found = FRAMED.captures(text)?;
    let number = found.get(1).map(|n| n.as_str().to_owned()).unwrap_or_else(|| {
        *next += 1;
        (*next - 1).to_string()
    });
    let rest = found.get(3).map_or("", |m| m.as_str().trim());
    Some(format!("{number}. {} : {rest}", &found[2]).trim_end().to_owned())
}

/// Whether no line beside has as many bars: a line of fields, and no row of a table.
fn stands_alone(rows: &[Row], index: usize) -> bool {
    let bars = |at: Option<usize>| {
        at.and_then(|at| rows.get(at)).map_or(0, |row| row.text.matches(" | ").count())
    };
    let own = bars(Some(index));
    own > 0 && own != bars(index.checked_sub(1)) && own != bars(Some(index + 1))
        || own > 0 && rows.get(index).is_some_and(|row| labelled(&row.text))
}

/// Whether each field between bars has its own label: « président : Ada | secr. : Luc ».
fn labelled(text: &str) -> bool {
    text.split(" | ").all(|field| {
        field.split_once([':', '=']).is_some_and(|(label, value)| {
            label.split_whitespace().count() <= 5 && !value.trim().is_empty()
        })
    })
}

/// The fields of a line, each a line.
fn fields(text: &str, alone: bool) -> Vec<String> {
    let between: Vec<String> =
        FIELD.captures_iter(text).map(|found| found[1].trim().to_owned()).collect();
    if !between.is_empty() && FIELD.replace_all(text, "").trim().is_empty() {
        return between;
    }
    let parts: Vec<&str> = text.split(" | ").collect();
    let told = |part: &&str| part.split_whitespace().count() >= 3;
    if alone && parts.len() > 1 && (labelled(text) || parts.iter().all(told)) {
        return parts.into_iter().map(|part| part.trim().to_owned()).collect();
    }
    vec![text.to_owned()]
}
