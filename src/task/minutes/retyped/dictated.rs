//! Notes that were spoken: wrapped wherever the line was full, numbers in words, « deuxième point »
//! before each item.

use std::sync::LazyLock;

use regex::Regex;

use super::Row;
use crate::reading::date::months_pattern;
use crate::reading::{cardinal, fold, hour, pattern, spoken, wrapped};
use crate::task::minutes::clauses;

/// Sentences one a line where the notes are wrapped, items by their number, numbers in figures.
pub(super) fn apply(rows: Vec<Row>) -> Vec<Row> {
    let rows = match width(&rows) {
        Some(width) => sentences(&joined(rows, width)),
        None => header_apart(rows),
    };
    let spoken = rows.iter().any(|row| YEAR.is_match(&row.text));
    rows.into_iter()
        .map(|row| {
            let text = counted_agenda(&row.text).unwrap_or_else(|| numbered(&row.text));
            Row { text: in_figures(&text, spoken), span: row.span }
        })
        .collect()
}

/// Notes of whole paragraphs, of which the first tells who was there and what was on the agenda: its
/// sentences one a line.
fn header_apart(rows: Vec<Row>) -> Vec<Row> {
    static TELLS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)[.?!]\s+(?:et\s+)?(?:l['’]\s?ordre\s+du\s+jour|(?:sont|[ée]taient)\s+(?:l[àa]|pr[ée]sente?s)|(?:nous\s+sommes|on\s+est)\s+\p{L}+\s+en\s+exercice)\b",
        )
    });
    static LEAD: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^(?:(?:alors|bon|bien|donc|voil[àa]|ok)\s*,\s*)+"));
    const FIRST: usize = 6;
    let told = rows.iter().take(FIRST).position(|row| TELLS.is_match(&row.text));
    let Some(told) = told else { return rows };
    let mut out = Vec::new();
    for (index, row) in rows.into_iter().enumerate() {
        if index != told {
            out.push(row);
            continue;
        }
        for mut part in sentences(&[row]) {
            part.text = LEAD.replace(&part.text, "").into_owned();
            out.push(part);
        }
    }
    out
}

/// A year in words, which nobody types.
static YEAR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bdeux\s+mille\s+(?:vingt|trente)\b"));

/// How wide the lines are that end in the middle of a sentence; nothing where the notes are not
/// wrapped.
fn width(rows: &[Row]) -> Option<usize> {
    const NARROWEST: usize = 50;
    const WIDEST: usize = 160;
    let pairs = rows.windows(2).filter_map(|pair| match pair {
        [row, next] => Some((row.text.as_str(), next.text.as_str())),
        _ => None,
    });
    let broken: Vec<(usize, &str)> = pairs
        .filter(|(text, next)| !ends(text) && goes_on(next))
        .map(|(text, next)| (text.chars().count(), next))
        .filter(|(width, _)| (NARROWEST..=WIDEST).contains(width))
        .collect();
    let small = broken.iter().filter(|(_, next)| next.starts_with(char::is_lowercase)).count();
    let inside: usize = rows.iter().map(|row| STOP.find_iter(&row.text).count()).sum();
    let headed = rows.iter().filter(|row| row.text.trim() != "" && !goes_on(&row.text)).count();
    let wrapped = small >= 2 && small * 2 >= broken.len() && inside >= 4 && headed < 3;
    let mut widths: Vec<usize> = broken.iter().map(|(width, _)| *width).collect();
    widths.sort_unstable();
    widths.get(widths.len() / 2).copied().filter(|_| wrapped)
}

/// A full stop before another sentence.
static STOP: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:\p{Ll}{3,}|[\d)»%€])[.?!]\s+\p{Lu}"));

fn ends(text: &str) -> bool {
    text.trim_end().ends_with(['.', '?', '!', ':', ';'])
}

/// Whether a line may go on with the one before: no mark of a list, nothing set in.
fn goes_on(text: &str) -> bool {
    !text.trim().is_empty()
        && !text.starts_with(['-', '–', '•', '*', '>', '#', ' ', '\t'])
        && !HEADED.is_match(text)
        && !wrapped::opens_line(text)
}

static HEADED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d{1,2}\s?[.)/°:-]\s"));

/// Lines with those that go on with them.
fn joined(rows: Vec<Row>, width: usize) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::new();
    let mut open = false;
    for row in rows {
        match out.last_mut() {
            // Only a full line was wrapped.
            Some(last) if open && goes_on(&row.text) && last_width(last) * 4 >= width * 3 => {
                last.text = format!("{}\n{}", last.text, row.text.trim_end());
                last.span.end = row.span.end;
            }
            _ => out.push(row.clone()),
        }
        open = !ends(&row.text) && !row.text.trim().is_empty();
    }
    for row in &mut out {
        row.text = row.text.replace('\n', " ");
    }
    out
}

/// How wide the last line is that a row was joined from.
fn last_width(row: &Row) -> usize {
    row.text.rsplit('\n').next().map_or(0, |line| line.chars().count())
}

/// The sentences of each line, one a line.
fn sentences(rows: &[Row]) -> Vec<Row> {
    rows.iter()
        .flat_map(|row| {
            let mut out: Vec<Row> = Vec::new();
            for (_, text) in clauses::sentences(&row.text) {
                match out.last_mut() {
                    // A semicolon parts no sentences.
                    Some(last) if last.text.ends_with(';') => {
                        last.text = format!("{} {text}", last.text);
                    }
                    _ => out.push(Row { text: text.to_owned(), span: row.span.clone() }),
                }
            }
            if out.is_empty() {
                out.push(row.clone());
            }
            out
        })
        .collect()
}

/// « Deuxième point, l'école » as « 2. l'école ».
fn numbered(text: &str) -> String {
    static POINT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^\W*(?:(?:alors|bon|donc|ensuite|puis|et)\s*,?\s+)?(?:on\s+passe\s+au\s+|(?:le|au)\s+)?(?:(premier|deuxi[èe]me|second|[\p{L}-]+i[èe]me)\s+(?:point|sujet|dossier)|point\s+(?:num[ée]ro\s+)?([\p{L}-]+))\s*[,.:;–-]\s*(?:(?:c['’]\s?est|[àa]\s+savoir)\s+)?(.+)$",
        )
    });
    let Some(found) = POINT.captures(text) else { return text.to_owned() };
    let number = found
        .get(1)
        .and_then(|word| ordinal(word.as_str()))
        .or_else(|| found.get(2).and_then(|word| cardinal::value_of(word.as_str())));
    match number {
        Some(number) => format!("{number}. {}", &found[3]),
        None => text.to_owned(),
    }
}

/// « L'ordre du jour c'était : un, le PV ; deux, la voirie » with its entries numbered.
fn counted_agenda(text: &str) -> Option<String> {
    static AGENDA: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)^\W*(?:et\s+)?(?:l['’])?(?:ordre\s+du\s+jour|odj)\b(?P<rest>.*)$")
    });
    static ENTRY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:^|[:;,.])\s*(?:et\s+)?(?P<n>\p{L}{2,}(?:-\p{L}+)?)\s*[,:]\s+(?:(?:le|la|les|un|une)\s+|l['’])?",
        )
    });
    let rest = AGENDA.captures(text)?.name("rest")?.as_str();
    let mut entries: Vec<(usize, usize)> = Vec::new();
    for found in ENTRY.captures_iter(rest) {
        let next = u32::try_from(entries.len() + 1).ok();
        if cardinal::value_of(&found["n"]) == next {
            entries.extend(found.get(0).map(|m| (m.start(), m.end())));
        }
    }
    if entries.len() < 2 {
        return None;
    }
    let ends = entries.iter().skip(1).map(|(start, _)| *start).chain([rest.len()]);
    let told: Vec<String> = (1..)
        .zip(entries.iter().zip(ends))
        .filter_map(|(number, ((_, start), end))| {
            let title = rest.get(*start..end)?.trim().trim_end_matches([';', ',', '.', ' ']);
            Some(format!("{number}. {title}"))
        })
        .collect();
    Some(format!("Ordre du jour : {}", told.join(" ; ")))
}

/// « cinquième » is 5.
fn ordinal(word: &str) -> Option<u32> {
    let folded = fold(word);
    match folded.as_str() {
        "premier" => return Some(1),
        "second" => return Some(2),
        "quatrieme" => return Some(4),
        "cinquieme" => return Some(5),
        "neuvieme" => return Some(9),
        _ => {}
    }
    let stem = folded.strip_suffix("ieme")?;
    cardinal::value_of(stem).or_else(|| cardinal::value_of(&format!("{stem}e")))
}

/// Numbers in words, in figures: those of dates, hours, votes and amounts; in spoken notes all that
/// are long, too.
fn in_figures(text: &str, spoken: bool) -> String {
    let text = if spoken { hour::in_figures(text) } else { text.to_owned() };
    cardinal::replaced(&text, |number, _, after| {
        let wanted = is_counted(number, after)
            || spoken && (number >= spoken::LEAST || OF_DATE.is_match(after));
        wanted.then(|| (number.to_string(), 0))
    })
}

/// A month after the number, « premier » apart.
static OF_DATE: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"(?i)^\s+(?:{})\b", months_pattern())));

/// Whether what follows counts votes, people of the meeting or money.
fn is_counted(number: u32, after: &str) -> bool {
    static UNIT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^\s+(?:(?:membres?\s+|conseillers?\s+|[ée]lus\s+)?en\s+exercice|voix|bulletins?|suffrages?|votants?|exprim[ée]s?|pour\s*(?:[,.;]|$|et\b)|contre\s*(?:[,.;]|$|et\b)|abstentions?|abst\b|blancs?\b|nuls?\b|euros?\b)",
        )
    });
    UNIT.is_match(after) && (number != 1 || !after.trim_start().starts_with("euro"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agenda_counted_aloud_is_numbered() {
        for (said, expected) in [
            (
                "L'ordre du jour c'était : un, le PV du 3 mai ; deux, élire un délégué ; trois, divers.",
                Some("Ordre du jour : 1. PV du 3 mai ; 2. élire un délégué ; 3. divers"),
            ),
            (
                "ordre du jour : un : les comptes, deux : la cotisation",
                Some("Ordre du jour : 1. comptes ; 2. cotisation"),
            ),
            ("L'ordre du jour : un point sur l'école, le lavoir", None),
            ("L'ordre du jour est épuisé", None),
        ] {
            assert_eq!(counted_agenda(said).as_deref(), expected, "{said}");
        }
    }
}
