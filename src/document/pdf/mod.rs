//! PDF: the document as a file to print, to send and to keep, set by typst.
//!
//! A4, hyphenated in French, tagged for screen readers, blanks to fill marked as on the page. The
//! typesetter gets the document as data and knows nothing else ([`world`]); what pages look like is
//! in `document.typ`. Left out: outlines and links, which drafts of a few pages do not need.

pub mod world;

use serde_json::{Value, json};

use self::world::Sheet;
use super::runs::{self, Run};
use super::{Align, Block, Document, ExportError};

/// The longest word that a line of text has room for, and a cell of a table.
const LONGEST_IN_LINE: usize = 60;
const LONGEST_IN_CELL: usize = 24;

const DESCRIPTION: &str = include_str!("document.typ");

/// Writes the document as a pdf file.
///
/// # Errors
/// When the typesetter refuses it.
pub fn write(document: &Document) -> Result<Vec<u8>, ExportError> {
    let data = data(document).to_string().into_bytes();
    Sheet::new(&[("document.typ", DESCRIPTION)])?.with_file("data.json", data)?.lay_out()?.pdf()
}

/// The signs of the document that its pages cannot show.
pub fn missing_signs(document: &Document) -> Vec<char> {
    world::missing_signs(&data(document).to_string())
}

/// The document as `document.typ` reads it.
fn data(document: &Document) -> Value {
    let mut tagged = 0;
    let blocks: Vec<Value> =
        document.blocks.iter().filter_map(|block| self::block(block, &mut tagged)).collect();
    json!({ "title": runs::title(document), "blocks": blocks })
}

/// The text with places to break its overlong words (addresses of pages, of mail), which no line
/// would hold; words that fit stay whole.
pub fn breakable(text: &str, longest: usize) -> String {
    const BREAK: char = '\u{200b}';
    let mut output = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        if word.chars().count() <= longest {
            output.push_str(word);
            continue;
        }
        let mut since = 0;
        for sign in word.chars() {
            if since >= longest && !sign.is_whitespace() {
                output.push(BREAK);
                since = 0;
            }
            output.push(sign);
            since += 1;
            if "/@._-?&=".contains(sign) {
                output.push(BREAK);
                since = 0;
            }
        }
    }
    output
}

/// One block, unless it is empty; `tagged` is the level of the last heading for screen readers,
/// which may not skip a level.
fn block(block: &Block, tagged: &mut u8) -> Option<Value> {
    match block {
        Block::Letterhead { block, .. } => self::block(block, tagged),
        Block::Heading { level, text } => {
            let text = runs::one_line(text);
            if text.is_empty() {
                return None;
            }
            let level = (*level).clamp(1, 4);
            *tagged = level.min(*tagged + 1);
            Some(json!({ "kind": "heading", "level": level, "tagged": tagged, "text": text }))
        }
        Block::Paragraph { text, align } => {
            let align = match align {
                Align::Left => "left",
                Align::Center => "center",
                Align::Right => "right",
            };
            let lines = runs::lines(text);
            (!lines.is_empty())
                .then(|| json!({ "kind": "paragraph", "align": align, "lines": all(&lines) }))
        }
        Block::List { ordered, items } => {
            let items: Vec<Value> = items.iter().map(|item| all(&runs::lines(item))).collect();
            (!items.is_empty())
                .then(|| json!({ "kind": "list", "ordered": ordered, "items": items }))
        }
        Block::Table { header, rows } => {
            let (mut header, mut rows) = runs::rectangle(header, rows)?;
            for cell in header.iter_mut().chain(rows.iter_mut().flatten()) {
                *cell = breakable(cell, LONGEST_IN_CELL);
            }
            Some(json!({ "kind": "table", "header": header, "rows": rows }))
        }
        Block::Signatures(signers) => {
            let signers: Vec<Vec<String>> = signers
                .iter()
                .map(|signer| runs::plain_lines(signer))
                .filter(|lines| !lines.is_empty())
                .collect();
            (!signers.is_empty()).then(|| json!({ "kind": "signatures", "signers": signers }))
        }
    }
}

fn all(lines: &[Vec<Run>]) -> Value {
    let run = |run: &Run| {
        let text = breakable(&run.text, LONGEST_IN_LINE);
        json!({ "text": text, "strong": run.strong })
    };
    lines.iter().map(|line| line.iter().map(run).collect::<Vec<Value>>()).collect()
}

#[cfg(test)]
mod tests;
