//! What the user typed: read from a file or standard input, decoded, checked, cut into lines.
//!
//! Notes are UTF-8 (with or without a byte-order mark) or Windows-1252, which old office software
//! still writes. Line ends are normalised to `\n`; nothing else is changed, so that a [`Span`]
//! always points at what the user wrote.

use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The most a notes file may weigh; an hour of speech transcribed is some 60 kB.
pub const MAX_NOTES_BYTES: usize = 1_000_000;

/// Endings of the files that are read as notes.
pub const READABLE_ENDINGS: [&str; 3] = ["txt", "md", "text"];

/// A range of bytes in the notes, on character boundaries.
pub type Span = Range<usize>;

/// Why notes cannot be read. The text is what the user sees.
#[derive(Debug, thiserror::Error)]
pub enum NotesError {
    /// The file does not exist.
    #[error("le fichier « {} » n'existe pas : vérifiez son nom et son dossier", .0.display())]
    NotFound(PathBuf),
    /// The path is a folder.
    #[error("« {} » est un dossier : indiquez le fichier de notes qu'il contient", .0.display())]
    Folder(PathBuf),
    /// The ending is not one that is read.
    #[error(
        "« {} » n'est pas un format lu ({} attendu) : enregistrez vos notes en texte (.txt)",
        .0.display(),
        READABLE_ENDINGS.map(|e| format!(".{e}")).join(", ")
    )]
    Ending(PathBuf),
    /// Nothing but white space.
    #[error("{0} ne contient aucun texte : écrivez vos notes puis relancez la commande")]
    Empty(String),
    /// Too big to be notes.
    #[error(
        "{name} pèse {bytes} octets, plus que les {max} acceptés : découpez vos notes en plusieurs fichiers",
        max = MAX_NOTES_BYTES
    )]
    TooBig {
        /// What was read.
        name: String,
        /// Its size, or how much was read before stopping.
        bytes: usize,
    },
    /// Not text.
    #[error("{0} n'est pas du texte (octets nuls) : enregistrez vos notes en texte (.txt)")]
    Binary(String),
    /// The system refused.
    #[error("impossible de lire {name} : {source}")]
    Io {
        /// What was read.
        name: String,
        /// The system's own error.
        source: std::io::Error,
    },
}

/// The notes of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notes {
    text: String,
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
            return Err(NotesError::Empty("le texte".into()));
        }
        Ok(Self { text })
    }

    /// Reads a file, or standard input for `-`.
    ///
    /// # Errors
    /// When the file is missing, a folder, of an unknown ending, empty, too big or not text.
    pub fn read(path: &Path) -> Result<Self, NotesError> {
        if path == Path::new("-") {
            return Self::decode("l'entrée standard", &mut std::io::stdin().lock());
        }
        let name = format!("« {} »", path.display());
        let metadata = std::fs::metadata(path).map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => NotesError::NotFound(path.to_owned()),
            _ => NotesError::Io { name: name.clone(), source },
        })?;
        if metadata.is_dir() {
            return Err(NotesError::Folder(path.to_owned()));
        }
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        if ending.is_some_and(|e| !READABLE_ENDINGS.contains(&e.as_str())) {
            return Err(NotesError::Ending(path.to_owned()));
        }
        if metadata.len() > MAX_NOTES_BYTES as u64 {
            let bytes = usize::try_from(metadata.len()).unwrap_or(usize::MAX);
            return Err(NotesError::TooBig { name, bytes });
        }
        let mut file = std::fs::File::open(path)
            .map_err(|source| NotesError::Io { name: name.clone(), source })?;
        Self::decode(&name, &mut file)
    }

    fn decode(name: &str, reader: &mut dyn Read) -> Result<Self, NotesError> {
        let mut bytes = Vec::new();
        reader
            .take(MAX_NOTES_BYTES as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(|source| NotesError::Io { name: name.into(), source })?;
        if bytes.len() > MAX_NOTES_BYTES {
            return Err(NotesError::TooBig { name: name.into(), bytes: bytes.len() });
        }
        if bytes.contains(&0) {
            return Err(NotesError::Binary(name.into()));
        }
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => encoding_rs::WINDOWS_1252.decode(error.as_bytes()).0.into_owned(),
        };
        Self::from_text(&text).map_err(|_| NotesError::Empty(name.into()))
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

    fn decode(bytes: &[u8]) -> Result<Notes, NotesError> {
        Notes::decode("test", &mut &bytes[..])
    }

    #[test]
    fn windows_1252_is_read() {
        assert_eq!(decode(b"r\xe9union \x80").unwrap().text(), "réunion €");
    }

    #[test]
    fn byte_order_mark_and_carriage_returns_go() {
        assert_eq!(decode(b"\xef\xbb\xbfa\r\nb").unwrap().text(), "a\nb");
    }

    #[test]
    fn a_utf16_file_is_binary_not_text() {
        assert!(matches!(decode(b"\xff\xfea\0b\0"), Err(NotesError::Binary(_))));
    }

    #[test]
    fn white_space_is_empty() {
        assert!(matches!(decode(b" \n\t"), Err(NotesError::Empty(_))));
    }

    #[test]
    fn lines_carry_their_place() {
        let notes = Notes::from_text("é\n\nfin").unwrap();
        let last = notes.lines().last().unwrap();
        assert_eq!((last.number, &notes.text()[last.span()]), (3, "fin"));
        assert_eq!(notes.char_span(&last.span()), [3, 6]);
    }
}
