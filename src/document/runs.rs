//! What every exporter needs first: the text of a block cut into lines of runs.
//!
//! A text may hold anything a user typed, so line ends inside a run count as breaks and control
//! characters, which no format can carry, are dropped here once. Lines lose their outer ASCII
//! white space (indentation means code in Markdown); non-breaking spaces stay.

use super::{Block, Document, Inline};

/// How a blank to fill starts.
const BLANK: &str = "[À COMPLÉTER";

/// A run on one line; neighbours of the same weight are already joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// Without line ends or control characters.
    pub(super) text: String,
    /// Whether it stands out.
    pub(super) strong: bool,
}

/// Cuts a text at its breaks; the first and last lines are not empty.
pub(super) fn lines(text: &[Inline]) -> Vec<Vec<Run>> {
    let mut lines: Vec<Vec<Run>> = vec![Vec::new()];
    for inline in text {
        let (content, strong) = match inline {
            Inline::Break => {
                lines.push(Vec::new());
                continue;
            }
            Inline::Plain(content) => (content, false),
            Inline::Strong(content) => (content, true),
        };
        for (index, part) in split_lines(content).enumerate() {
            if index > 0 {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut() {
                add(line, &part, strong);
            }
        }
    }
    for line in &mut lines {
        trim(line);
    }
    while lines.last().is_some_and(Vec::is_empty) {
        lines.pop();
    }
    let blank = lines.iter().take_while(|line| line.is_empty()).count();
    lines.drain(..blank);
    lines
}

/// The words of a line, whatever their weight.
pub(super) fn plain(line: &[Run]) -> String {
    line.iter().map(|run| run.text.as_str()).collect()
}

/// A text that has to stand on one line: headings, table cells.
pub(super) fn one_line(text: &str) -> String {
    let parts: Vec<String> = split_lines(text).collect();
    parts.join(" ").trim_matches(is_ascii_space).to_owned()
}

/// A file must have a title: the document's, or its first heading.
pub(super) fn title(document: &Document) -> String {
    let headings = document.blocks.iter().filter_map(|block| match block.printed() {
        Block::Heading { text, .. } => Some(text),
        _ => None,
    });
    std::iter::once(&document.title)
        .chain(headings)
        .map(|text| one_line(text))
        .find(|text| !text.trim().is_empty())
        .unwrap_or_else(|| "Document".to_owned())
}

/// A text cut at its blanks to fill; which pieces are such is told beside them.
pub(super) fn blanks(text: &str) -> Vec<(&str, bool)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, blank)) = rest.find(BLANK).map(|start| rest.split_at(start)) {
        let Some(end) = blank.find(']') else { break };
        let (blank, after) = blank.split_at(end + 1);
        pieces.extend([(before, false), (blank, true)]);
        rest = after;
    }
    pieces.push((rest, false));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

/// The lines of a signature or of any plain string, outer empty ones left out.
pub(super) fn plain_lines(text: &str) -> Vec<String> {
    lines(&[Inline::Plain(text.to_owned())]).iter().map(|line| plain(line)).collect()
}

/// A table with as many columns in every row as in its widest one; `None` when it has no cell.
pub(super) fn rectangle(
    header: &[String],
    rows: &[Vec<String>],
) -> Option<(Vec<String>, Vec<Vec<String>>)> {
    let width = rows.iter().map(Vec::len).chain([header.len()]).max().unwrap_or(0);
    if width == 0 {
        return None;
    }
    let fill = |row: &[String]| {
        let mut cells: Vec<String> = row.iter().map(|cell| one_line(cell)).collect();
        cells.resize(width, String::new());
        cells
    };
    Some((fill(header), rows.iter().map(|row| fill(row)).collect()))
}

fn split_lines(text: &str) -> impl Iterator<Item = String> {
    text.replace("\r\n", "\n")
        .split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'])
        .map(|part| {
            part.chars()
                .map(|c| if c == '\t' { ' ' } else { c })
                .filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'))
                .collect()
        })
        .collect::<Vec<String>>()
        .into_iter()
}

fn add(line: &mut Vec<Run>, text: &str, strong: bool) {
    if text.is_empty() {
        return;
    }
    // White space has no weight: kept out of strong runs, whose marks cannot touch it in Markdown.
    let blank = text.chars().all(char::is_whitespace);
    match line.last_mut() {
        Some(last) if last.strong == strong || blank => last.text.push_str(text),
        _ => line.push(Run { text: text.to_owned(), strong: strong && !blank }),
    }
}

fn trim(line: &mut Vec<Run>) {
    while let Some(first) = line.first_mut() {
        first.text = first.text.trim_start_matches(is_ascii_space).to_owned();
        if !first.text.is_empty() {
            break;
        }
        line.remove(0);
    }
    while let Some(last) = line.last_mut() {
        last.text.truncate(last.text.trim_end_matches(is_ascii_space).len());
        if !last.text.is_empty() {
            break;
        }
        line.pop();
    }
}

fn is_ascii_space(c: char) -> bool {
    c.is_ascii_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_inside_a_run_are_breaks() {
        let text = [Inline::Plain("\n a\r\nb ".into()), Inline::Break, Inline::Strong("c".into())];
        let lines = lines(&text);
        let words: Vec<String> = lines.iter().map(|line| plain(line)).collect();
        assert_eq!(words, ["a", "b", "c"]);
    }

    #[test]
    fn neighbours_of_the_same_weight_are_joined() {
        let text =
            [Inline::Strong("a".into()), Inline::Strong(" ".into()), Inline::Strong("b".into())];
        assert_eq!(lines(&text), [[Run { text: "a b".into(), strong: true }]]);
    }

    #[test]
    fn control_characters_are_dropped_and_tabs_are_spaces() {
        assert_eq!(one_line("a\u{0}\tb\nc"), "a b c");
    }

    #[test]
    fn ragged_rows_are_filled() {
        let (header, rows) =
            rectangle(&["a".into()], &[vec!["1".into(), "2".into()], vec![]]).unwrap();
        assert_eq!(header, ["a", ""]);
        assert_eq!(rows, [["1", "2"], ["", ""]]);
        assert_eq!(rectangle(&[], &[vec![]]), None);
    }
}
