//! The page that office files share: measures in millimetres, typeface, widths of columns.
//!
//! Arial is named because every Windows and every Mac has it; where it is not, on Linux and in
//! LibreOffice, Liberation Sans stands in for it with the same widths, so that lines and pages
//! break at the same place. It has the narrow no-break space of French numbers.

use super::letterhead::Field;
use super::{Align, Block, Document, runs};

/// The typeface.
pub(super) const FONT: &str = "Arial";
/// What stands in for it, with the same widths.
pub(super) const FALLBACK_FONT: &str = "Liberation Sans";
/// Size of running text, in points.
pub(super) const FONT_POINTS: u32 = 11;
/// Text between two margins of 25 mm on A4.
pub(super) const TEXT_WIDTH_MM: f64 = 160.0;
/// Where an address or a signature on the right begins.
pub(super) const RIGHT_BLOCK_MM: f64 = 85.0;
/// Most signatures side by side.
pub(super) const SIGNATURES_A_ROW: usize = 3;

/// Characters of running text in a line as wide as the page, about.
const LINE: f64 = 70.0;
/// What the margins of a cell take, in characters.
const CELL_MARGINS: f64 = 3.0;

/// The shares of a table's width, in thousandths that add up to 1000: every column as wide as its
/// longest word where that can be, the rest as the texts ask.
pub(super) fn column_shares(header: &[String], rows: &[Vec<String>]) -> Vec<u32> {
    let width = |text: &str, strong: bool| {
        text.chars().count() as f64 * if strong { 1.2 } else { 1.0 } + CELL_MARGINS
    };
    let mut least = vec![CELL_MARGINS; header.len()];
    let mut wished = least.clone();
    let all = std::iter::once((header, true)).chain(rows.iter().map(|row| (row.as_slice(), false)));
    for (row, strong) in all {
        for ((least, wished), cell) in least.iter_mut().zip(&mut wished).zip(row) {
            let words = cell.split_whitespace().map(|word| width(word, strong));
            *least = words.fold(*least, f64::max);
            *wished = wished.max(width(cell, strong));
        }
    }
    let (needed, asked): (f64, f64) = (least.iter().sum(), wished.iter().sum());
    let columns: Vec<f64> = if needed >= LINE || asked <= needed {
        least
    } else {
        // A long text may be broken into lines; the root keeps it from taking all.
        let beyond: Vec<f64> = wished.iter().zip(&least).map(|(w, l)| (w - l).sqrt()).collect();
        let total: f64 = beyond.iter().sum();
        let room = LINE - needed;
        least.iter().zip(&beyond).map(|(least, beyond)| least + room * beyond / total).collect()
    };
    let total: f64 = columns.iter().sum();
    let mut shares: Vec<u32> =
        columns.iter().map(|column| (column / total * 1000.0).floor() as u32).collect();
    let rest = 1000_u32.saturating_sub(shares.iter().sum());
    if let Some(last) = shares.last_mut() {
        *last += rest;
    }
    shares
}

/// Whether pages are numbered: a sheet where everything stands in the middle is a poster.
pub(super) fn is_numbered(document: &Document) -> bool {
    let centred = |block: &Block| match block.printed() {
        Block::Heading { .. } => None,
        Block::Paragraph { align, .. } => Some(*align == Align::Center),
        _ => Some(false),
    };
    let mut texts = document.blocks.iter().filter_map(centred).peekable();
    texts.peek().is_none() || !texts.all(|centred| centred)
}

/// The lines of those who sign; none without words.
pub(super) fn signers(signers: &[String]) -> Vec<Vec<String>> {
    signers.iter().map(|s| runs::plain_lines(s)).filter(|lines| !lines.is_empty()).collect()
}

/// The line after which there is room to sign: the capacity, where a name follows it.
pub(super) fn signed_after(lines: &[String]) -> usize {
    let capacity = lines.first().is_some_and(|line| line.trim_end().ends_with(','));
    if capacity { 0 } else { lines.len().saturating_sub(1) }
}

/// A block as office files lay it out, beside its neighbours.
pub(super) struct Placed<'d> {
    /// The block itself.
    pub(super) block: &'d Block,
    /// Whether it has to stay on the page of the next one.
    pub(super) keep_with_next: bool,
    /// Room above and below, in millimetres, for what stands apart in a letter: the recipient,
    /// whom a window envelope shows, and the object.
    pub(super) apart: Option<(f64, f64)>,
    /// For a heading, whether it stands in the middle, as the text under it does.
    pub(super) centred: bool,
}

/// The blocks with what their neighbours make of them: the sentence that leads to a list, a table
/// or a signature stays with it.
pub(super) fn placed<'d>(blocks: &[&'d Block]) -> Vec<Placed<'d>> {
    let printed: Vec<&Block> = blocks.iter().map(|block| block.printed()).collect();
    let mut placed = Vec::new();
    let apart = |block: &&Block| match block {
        Block::Letterhead { field: Field::Recipient, .. } => Some((10.0, 6.0)),
        Block::Letterhead { field: Field::Subject, .. } => Some((5.0, 5.0)),
        _ => None,
    };
    for (index, block) in printed.iter().enumerate() {
        let next = printed.get(index + 1);
        let leads =
            matches!(next, Some(Block::List { .. } | Block::Table { .. } | Block::Signatures(_)));
        let under = printed.iter().skip(index + 1).find(|b| !matches!(b, Block::Heading { .. }));
        placed.push(Placed {
            block,
            apart: blocks.get(index).and_then(apart),
            keep_with_next: matches!(block, Block::Paragraph { .. }) && leads,
            centred: matches!(under, Some(Block::Paragraph { align: Align::Center, .. })),
        });
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_follow_the_texts_and_add_up() {
        let rows = vec![vec!["2026-12".into(), "mot ".repeat(30), "Approuvée".into()]];
        let shares = column_shares(&["N°".into(), "Objet".into(), "Résultat".into()], &rows);
        assert_eq!(shares.iter().sum::<u32>(), 1000);
        assert!(shares[1] > shares[0] + shares[2], "{shares:?}");
        assert!(shares[0] > 80, "{shares:?}");
        assert_eq!(column_shares(&[String::new(), String::new()], &[]), [500, 500]);
    }

    #[test]
    fn a_poster_has_no_page_number() {
        let mut document = Document::new("Loto");
        document.push(Block::heading(1, "Loto"));
        assert!(is_numbered(&document));
        document.push(Block::aligned(Align::Center, "Samedi"));
        assert!(!is_numbered(&document));
        document.push(Block::paragraph("Texte"));
        assert!(is_numbered(&document));
    }

    #[test]
    fn what_leads_to_a_list_stays_with_it() {
        let blocks = [Block::paragraph("Motifs :"), Block::dashes(["a".into()])];
        let placed = placed(&blocks.iter().collect::<Vec<_>>());
        assert_eq!(placed.iter().map(|p| p.keep_with_next).collect::<Vec<_>>(), [true, false]);
    }
}
