//! What the user typed: the text of a file or of standard input, cut into lines.
//!
//! Formats and their decoding are [`import`]'s. Line ends are normalised to `\n`; nothing else is
//! changed here, so that a [`Span`] of typed notes always points at what the user wrote.

use std::ops::Range;
use std::path::Path;

use crate::document::import::{self, ImportError, Remark};

/// A range of bytes in the notes, on character boundaries.
pub type Span = Range<usize>;

/// Why notes cannot be read. The text is what the user sees.
#[derive(Debug, thiserror::Error)]
pub enum NotesError {
    /// Nothing but white space.
    #[error("le texte est vide : écrivez vos notes puis relancez la commande")]
    Empty,
    /// The file cannot be read, or says nothing.
    #[error(transparent)]
    Import(#[from] ImportError),
}

/// The notes of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notes {
    text: String,
    remarks: Vec<Remark>,
}

/// One line of the notes, without its end, with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// The text, white space kept.
    pub text: &'a str,
    /// Byte offset of its first character.
    pub start: usize,
    /// Number of the line, from 1.
    pub number: usize,
}

impl Line<'_> {
    /// Where the line stands in the notes.
    pub fn span(&self) -> Span {
        self.start..self.start + self.text.len()
    }
}

impl Notes {
    /// Takes notes that are already text.
    ///
    /// # Errors
    /// When there is nothing but white space.
    pub fn from_text(text: &str) -> Result<Self, NotesError> {
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
        if text.trim().is_empty() {
            return Err(NotesError::Empty);
        }
        Ok(Self { text, remarks: Vec::new() })
    }

    /// Reads a file of any format that [`import`] reads, or standard input for `-`.
    ///
    /// # Errors
    /// When the file is missing, a folder, of a format that is not read, protected, damaged, empty
    /// or too big.
    pub fn read(path: &Path) -> Result<Self, NotesError> {
        let import::Imported { text, remarks } = import::read(path)?;
        Ok(Self { remarks, ..Self::from_text(&text)? })
    }

    /// What was not taken over from the file: comments, attachments, pages that cannot be read.
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The lines, empty ones included.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let mut start = 0;
        self.text.split('\n').enumerate().map(move |(index, text)| {
            let line = Line { text, start, number: index + 1 };
            start += text.len() + 1;
            line
        })
    }

    /// A byte span as the character span that JSON carries.
    pub fn char_span(&self, span: &Span) -> [usize; 2] {
        let count = |end: usize| self.text.get(..end).map_or(0, |s| s.chars().count());
        [count(span.start), count(span.end)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn byte_order_mark_and_carriage_returns_go() {
        assert_eq!(Notes::from_text("\u{feff}a\r\nb\rc").unwrap().text(), "a\nb\nc");
    }

    #[test]
    fn white_space_is_empty() {
        assert!(matches!(Notes::from_text(" \n\t"), Err(NotesError::Empty)));
    }

    #[test]
    fn lines_carry_their_place() {
        let notes = Notes::from_text("é\n\nfin").unwrap();
        let last = notes.lines().last().unwrap();
        assert_eq!((last.number, &notes.text()[last.span()]), (3, "fin"));
        assert_eq!(notes.char_span(&last.span()), [3, 6]);
    }
}
