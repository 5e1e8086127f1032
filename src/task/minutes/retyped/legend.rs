//! Signs that the notes explain themselves: « (mes signes : + pour / - contre / > pouvoir à) ».

use std::sync::LazyLock;

use regex::Regex;

use super::Row;
use crate::reading::{fold, pattern};

/// The line that explains the signs.
static LEGEND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:(?:mes|nos|les)\s+)?(?:signes?|l[ée]gende|abr[ée]v\w*\.?|codes?|notations?)\s*(?:\p{L}+\s*)?[:=]\s*(.+?)\)?\s*$",
    )
});
/// How far down the legend may stand.
const REACH: usize = 12;

/// A sign and what it stands for.
struct Sign {
    sign: String,
    meaning: String,
    /// It follows the number of a vote.
    of_votes: bool,
}

/// The notes with the meaning of each sign in its place; the legend goes.
pub(super) fn apply(rows: Vec<Row>) -> Vec<Row> {
    let legend = rows.iter().take(REACH).enumerate().find_map(|(index, row)| {
        let signs = signs(&LEGEND.captures(&row.text)?[1]);
        (signs.len() >= 2).then_some((index, signs))
    });
    let Some((at, signs)) = legend else { return rows };
    rows.into_iter()
        .enumerate()
        .map(|(index, row)| {
            let text = if index == at { String::new() } else { spelled(&row.text, &signs) };
            Row { text, span: row.span }
        })
        .collect()
}

/// « + pour / - contre », « += pour, o = abst ».
fn signs(list: &str) -> Vec<Sign> {
    let parts: Vec<&str> = [" / ", ";", ","]
        .iter()
        .map(|mark| list.split(mark).collect::<Vec<_>>())
        .max_by_key(Vec::len)
        .unwrap_or_default();
    parts
        .into_iter()
        .filter_map(|part| {
            let part = part.trim();
            let (sign, meaning) = part.split_once(char::is_whitespace)?;
            let meaning =
                meaning.trim().trim_start_matches(['=', ':']).trim().trim_end_matches('.');
            let sign = sign.trim_end_matches([':', '=']);
            let sign = if sign.is_empty() { "=" } else { sign };
            let short = sign.chars().count() <= 4 && (1..=4).contains(&meaning.split(' ').count());
            let folded = fold(meaning);
            let of_votes = ["pour", "contre", "abst"].iter().any(|side| folded.starts_with(side));
            short.then(|| Sign { sign: sign.to_owned(), meaning: meaning.to_owned(), of_votes })
        })
        .collect()
}

/// A line with its signs spelled out: those of a vote after its numbers, others where they stand
/// alone.
fn spelled(text: &str, signs: &[Sign]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut counted = false;
    let mut in_vote = false;
    let mut previous = "";
    for token in text.split_inclusive(' ') {
        let word = token.trim_end();
        let gap = &token[word.len()..];
        let (bare, tail) = split_tail(word);
        let joined = joined(bare, signs);
        match (signs.iter().find(|sign| sign.sign == bare), joined) {
            (Some(sign), _) if sign.of_votes && counted => {
                in_vote = true;
                out.push_str(&format!("{}{tail}{gap}", sign.meaning));
            }
            // « 9+ 2- »
            (_, Some((number, sign))) => {
                in_vote = true;
                out.push_str(&format!("{number} {}{tail}{gap}", sign.meaning));
            }
            (Some(sign), _) if !sign.of_votes => {
                // « 3 mus »: as many musicians.
                let several = counted && previous != "1" && !sign.meaning.contains(' ');
                let plural = if several && !sign.meaning.ends_with(['s', 'x']) { "s" } else { "" };
                out.push_str(&format!("{}{plural}{tail}{gap}", sign.meaning));
            }
            _ => {
                if word.is_empty() && out.ends_with(' ') {
                    // Two spaces part the fields of a line.
                    out.push(' ');
                } else {
                    out.push_str(token);
                }
            }
        }
        if !word.is_empty() {
            counted = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit());
            previous = bare;
        }
    }
    if in_vote { apart(&out) } else { out }
}

/// « 9+ » as its number and its sign.
fn joined<'a>(word: &'a str, signs: &'a [Sign]) -> Option<(&'a str, &'a Sign)> {
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, mark) = word.split_at(digits);
    let sign = signs.iter().find(|sign| sign.of_votes && sign.sign == mark)?;
    (1..=3).contains(&digits).then_some((number, sign))
}

/// A word without the mark that ends it.
fn split_tail(word: &str) -> (&str, &str) {
    let bare = word.trim_end_matches([',', ';', '.', ':', ')']);
    if bare.is_empty() { (word, "") } else { word.split_at(bare.len()) }
}

/// A vote that a gap sets apart ends the sentence before it and its own.
fn apart(text: &str) -> String {
    static GAP: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)([\p{L}\d)?!%€])\s{2,}(\d{1,3}\s+(?:pour|contre|abst\p{L}*)\b)")
    });
    static AFTER: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)(\d\s+(?:pour|contre|abst\p{L}*\.?))\s{2,}(\p{L})"));
    let text = GAP.replace_all(text, "$1. $2");
    AFTER.replace_all(&text, "$1. $2").into_owned()
}
