//! Plain text, as pasted into an e-mail: 78 columns, spaces for alignment, nothing to render.
//!
//! Lines are cut at ordinary spaces only, so that « 20 h 30 » stays whole. Width is counted in
//! characters, which is right for French. Strong type has no counterpart and is left out.

use super::runs;
use super::{Align, Block, Document};

/// Longest line, short of a single word that is longer.
const WIDTH: usize = 78;
/// Longest line of a block on the right.
const RIGHT_WIDTH: usize = 44;
/// Between two columns.
const GAP: usize = 2;
/// Below a signature.
const ROOM_TO_SIGN: &str = "\n\n\n";

/// Writes the document as plain text, a final line end included unless it is empty.
pub fn write(document: &Document) -> String {
    let parts: Vec<String> =
        document.blocks.iter().map(block).filter(|part| !part.trim().is_empty()).collect();
    let mut output = parts.join("\n\n");
    if !output.is_empty() {
        output.push('\n');
    }
    output
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading { level, text } => heading(*level, text),
        Block::Paragraph { text, align } => paragraph(&plain_lines(text), *align),
        Block::List { ordered, items } => list(*ordered, items.iter().map(|i| plain_lines(i))),
        Block::Table { header, rows } => runs::rectangle(header, rows)
            .map(|(header, rows)| table(&header, &rows))
            .unwrap_or_default(),
        Block::Signatures(signers) => signatures(signers),
        Block::Letterhead { block, .. } => self::block(block),
    }
}

fn plain_lines(text: &[super::Inline]) -> Vec<String> {
    runs::lines(text).iter().map(|line| runs::plain(line)).collect()
}

/// The title and the main parts are underlined; smaller headings stand on their own line.
fn heading(level: u8, text: &str) -> String {
    let mut lines = wrap(&runs::one_line(text), WIDTH);
    let longest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
    match level {
        0 | 1 => lines.push("=".repeat(longest)),
        2 => lines.push("-".repeat(longest)),
        _ => {}
    }
    lines.join("\n")
}

fn paragraph(lines: &[String], align: Align) -> String {
    let room = if align == Align::Right { RIGHT_WIDTH } else { WIDTH };
    let lines: Vec<String> = lines.iter().flat_map(|line| wrap(line, room)).collect();
    let longest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
    let indent = |line: &str| match align {
        Align::Left => 0,
        Align::Center => WIDTH.saturating_sub(width(line)) / 2,
        // The lines of an address share their left edge.
        Align::Right => WIDTH.saturating_sub(longest),
    };
    let placed: Vec<String> = lines
        .iter()
        .map(|line| if line.is_empty() { line.clone() } else { " ".repeat(indent(line)) + line })
        .collect();
    placed.join("\n")
}

fn list(ordered: bool, items: impl Iterator<Item = Vec<String>>) -> String {
    let mut output = Vec::new();
    for (index, lines) in items.enumerate() {
        let marker = if ordered { format!("{}. ", index + 1) } else { "- ".to_owned() };
        let room = WIDTH.saturating_sub(marker.len());
        let indent = " ".repeat(marker.len());
        let lines: Vec<String> = lines.iter().flat_map(|line| wrap(line, room)).collect();
        if lines.is_empty() {
            output.push(marker.trim_end().to_owned());
        }
        for (index, line) in lines.iter().enumerate() {
            let start = if index == 0 { &marker } else { &indent };
            output.push(format!("{start}{line}").trim_end_matches(' ').to_owned());
        }
    }
    output.join("\n")
}

/// Aligned columns when they fit, else a « label : value » line for each cell.
fn table(header: &[String], rows: &[Vec<String>]) -> String {
    let mut widths = vec![0; header.len()];
    for row in std::iter::once(header).chain(rows.iter().map(Vec::as_slice)) {
        for (column, cell) in widths.iter_mut().zip(row) {
            *column = (*column).max(width(cell));
        }
    }
    let total = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
    if total <= WIDTH {
        let rule: Vec<String> = widths.iter().map(|column| "-".repeat(*column)).collect();
        let mut lines = vec![columns(header, &widths), columns(&rule, &widths)];
        lines.extend(rows.iter().map(|row| columns(row, &widths)));
        return lines.join("\n");
    }
    if rows.is_empty() {
        return wrap(&header.join(" - "), WIDTH).join("\n");
    }
    let described = rows.iter().map(|row| {
        let lines = header.iter().zip(row).flat_map(|(label, value)| {
            let line = match (label.is_empty(), value.is_empty()) {
                (true, _) => value.clone(),
                (false, true) => format!("{label}\u{a0}:"),
                (false, false) => format!("{label}\u{a0}: {value}"),
            };
            wrap(&line, WIDTH)
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    described.collect::<Vec<_>>().join("\n\n")
}

/// Alone on the right; several side by side, with room to sign below; one under the other when they do not fit.
fn signatures(signers: &[String]) -> String {
    let signers: Vec<Vec<String>> =
        signers.iter().map(|s| runs::plain_lines(s)).filter(|lines| !lines.is_empty()).collect();
    if let [one] = signers.as_slice() {
        return paragraph(one, Align::Right) + ROOM_TO_SIGN;
    }
    if signers.is_empty() {
        return String::new();
    }
    let column = (WIDTH - GAP * (signers.len() - 1).min(WIDTH / GAP)) / signers.len();
    let wrapped: Vec<Vec<String>> = signers
        .iter()
        .map(|lines| lines.iter().flat_map(|line| wrap(line, column)).collect())
        .collect();
    let fits = wrapped.iter().flatten().all(|line| width(line) <= column);
    if !fits {
        let stacked: Vec<String> = signers
            .iter()
            .map(|lines| lines.iter().flat_map(|l| wrap(l, WIDTH)).collect::<Vec<_>>().join("\n"))
            .collect();
        return stacked.join(&format!("{ROOM_TO_SIGN}\n")) + ROOM_TO_SIGN;
    }
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    let lines: Vec<String> = (0..height)
        .map(|index| {
            let row: Vec<String> =
                wrapped.iter().map(|lines| lines.get(index).cloned().unwrap_or_default()).collect();
            columns(&row, &vec![column; wrapped.len()])
        })
        .collect();
    lines.join("\n") + ROOM_TO_SIGN
}

fn columns(cells: &[String], widths: &[usize]) -> String {
    let filled: Vec<String> =
        cells.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
    filled.join(&" ".repeat(GAP)).trim_end_matches(' ').to_owned()
}

/// Cuts at ordinary white space; a line that is empty stays one empty line.
fn wrap(line: &str, room: usize) -> Vec<String> {
    let breaks = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}');
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in line.split(breaks).filter(|word| !word.is_empty()) {
        let length = width(word);
        if used > 0 && used + 1 + length > room {
            lines.push(String::new());
            used = 0;
        }
        if let Some(last) = lines.last_mut() {
            if used > 0 {
                last.push(' ');
                used += 1;
            }
            last.push_str(word);
            used += length;
        }
    }
    lines
}

fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(block: Block) -> String {
        write(&Document { title: String::new(), blocks: vec![block], ..Document::default() })
    }

    #[test]
    fn lines_are_cut_but_not_at_non_breaking_spaces() {
        let text = format!("{} à 20\u{a0}h\u{a0}30", "mot ".repeat(18));
        let output = one(Block::paragraph(text));
        let lines: Vec<&str> = output.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[0].chars().count() <= WIDTH);
        assert_eq!(lines[1], "20\u{a0}h\u{a0}30");
    }

    #[test]
    fn a_word_longer_than_the_page_stays_whole() {
        let word = "x".repeat(100);
        assert_eq!(one(Block::paragraph(format!("a {word} b"))), format!("a\n{word}\nb\n"));
    }

    #[test]
    fn headings_are_underlined() {
        assert_eq!(one(Block::heading(1, "Réunion")), "Réunion\n=======\n");
        assert_eq!(one(Block::heading(2, "1. Vœux")), "1. Vœux\n-------\n");
        assert_eq!(one(Block::heading(3, "Vote")), "Vote\n");
    }

    #[test]
    fn an_address_on_the_right_keeps_its_left_edge() {
        let output = one(Block::aligned(Align::Right, "Mme Aude RIVAL\n3 rue Haute"));
        let indents: Vec<usize> = output.lines().map(|l| l.len() - l.trim_start().len()).collect();
        assert_eq!(indents, [64, 64]);
        let centred = one(Block::aligned(Align::Center, "LOTO"));
        assert_eq!(centred, format!("{}LOTO\n", " ".repeat(37)));
    }

    #[test]
    fn lists_hang() {
        let long = "mot ".repeat(25);
        let output = one(Block::dashes([long]));
        assert!(output.starts_with("- mot") && output.lines().nth(1).unwrap().starts_with("  mot"));
        assert_eq!(one(Block::numbered(["a".into(), "b".into()])), "1. a\n2. b\n");
    }

    #[test]
    fn tables_are_columns_or_labelled_lines() {
        let table = |value: &str| Block::Table {
            header: vec!["Devis".into(), "Montant".into()],
            rows: vec![vec!["Terravoie".into(), value.into()]],
        };
        assert_eq!(
            one(table("24 650 €")),
            "Devis      Montant\n---------  --------\nTerravoie  24 650 €\n"
        );
        let long = "mot ".repeat(30);
        assert!(one(table(&long)).starts_with("Devis\u{a0}: Terravoie\nMontant\u{a0}: mot mot"));
    }

    #[test]
    fn signatures_stand_side_by_side() {
        let output = one(Block::Signatures(vec!["La maire,".into(), "Le secrétaire,".into()]));
        assert_eq!(output, format!("La maire,{}Le secrétaire,\n\n\n\n", " ".repeat(31)));
    }
}
