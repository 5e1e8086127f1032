//! French typography (usage of the Imprimerie nationale), as a pass over a finished document.
//!
//! The pass is idempotent and changes no fact: the digits stay in order (only the leading zero of
//! an hour goes, « 09h » → « 9 h ») and the letters too (except `Mr`, `2ème`, `1 mai`, `20H`, and
//! the capital of a month in a full date). What only looks like prose is left alone: addresses of
//! pages and mail, paths, `20:30`, ratios, references, and blanks `[À COMPLÉTER : …]`, which the
//! user has to be able to search for as they are documented. Left out: superscripts and
//! accents on capitals, which would be guesses.

mod number;
mod protect;
mod rules;

use crate::document::{Block, Document, Inline};

/// A rule can open the way for another (« 9h!20km »); real text settles at the first pass.
const PASSES: usize = 4;

/// Sets the text in French usage.
pub fn french(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..PASSES {
        let next = pass(&text);
        if next == text {
            break;
        }
        text = next;
    }
    text
}

fn pass(text: &str) -> String {
    let (masked, kept) = protect::mask(text);
    let text = rules::words(&masked);
    let text = number::numbers(&text);
    let text = rules::punctuation(&text);
    protect::unmask(&text, &kept)
}

/// Sets every text of the document in French usage.
pub fn apply(document: &mut Document) {
    document.title = french(&document.title);
    document.fields.values_mut().for_each(|value| *value = french(value));
    document.blocks.iter_mut().for_each(block);
}

fn block(block: &mut Block) {
    match block {
        Block::Heading { text, .. } => *text = french(text),
        Block::Paragraph { text, .. } => runs(text),
        Block::List { items, .. } => items.iter_mut().for_each(|item| runs(item)),
        Block::Table { header, rows } => {
            strings(header);
            rows.iter_mut().for_each(|row| strings(row));
        }
        Block::Signatures(signers) => strings(signers),
        Block::Letterhead { block, .. } => self::block(block),
    }
}

fn strings(texts: &mut [String]) {
    for text in texts {
        *text = french(text);
    }
}

fn runs(text: &mut [Inline]) {
    for inline in text {
        if let Inline::Plain(text) | Inline::Strong(text) = inline {
            *text = french(text);
        }
    }
}

#[cfg(test)]
mod tests;
