//! What the office already has, read as text: notes and incoming messages in office formats.
//!
//! The result is what a person would have typed: one paragraph a line, list items with their dash
//! or number, the cells of a table row on one line. What a file is, is decided by its content
//! rather than its name (a `.docx` may be an ODT inside). What was not taken over (comments,
//! attachments, pages that cannot be read) is told in [`Remark`]s, never passed over.
//!
//! Markdown is kept as typed: the rules that read notes know its headings, dashes and numbers, and
//! rendering it would take them away.
//!
//! Nothing is trusted: sizes are bounded before anything is unpacked, and any bytes give a text or
//! a refusal. Nothing is written, run or fetched.

mod columns;
mod docx;
mod error;
mod guard;
mod html;
mod lines;
mod mail;
mod numbering;
mod odt;
mod package;
mod pdf;
mod sheet;
mod sniff;
mod text;
mod xml;

use std::io::Read;
use std::path::Path;

use jiff::civil::Date;

pub use error::{ImportError, Reason};
use package::Package;
use sniff::{Kind, Office};

/// The most a file may weigh; a long report with pictures is some megabytes.
pub const MAX_FILE_BYTES: u64 = 20_000_000;

/// The most text that is taken over; an hour of speech transcribed is some 60 kB.
pub const MAX_TEXT_BYTES: usize = 1_000_000;

/// What was not taken over from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// Left out by rule, as comments are: for information.
    LeftOut(String),
    /// Could not be read, so that something of the text may be missing: to be checked.
    Unread(String),
}

/// Whether the lines of a text are those that its author sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// Typed as they are: a line may be told by its number.
    Typed,
    /// Made from a document, which numbers no lines: a line is told by its words.
    #[default]
    Converted,
}

/// The text of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// One paragraph a line.
    pub text: String,
    /// Where the lines come from.
    pub origin: Origin,
    /// What was not taken over.
    pub remarks: Vec<Remark>,
}

/// Who wrote a message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sender {
    /// The name beside the address.
    pub name: Option<String>,
    /// The e-mail address.
    pub address: Option<String>,
}

/// A letter or e-mail that came in; of formats other than e-mail only the text is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IncomingMessage {
    /// Who wrote it.
    pub from: Option<Sender>,
    /// The day it was sent, in the sender's own time zone.
    pub date: Option<Date>,
    /// Its subject, as typed.
    pub subject: Option<String>,
    /// What it says; earlier messages that it quotes and its signature are marked by `>`.
    pub text: String,
    /// What was not taken over.
    pub remarks: Vec<Remark>,
}

/// A file's content, with what it is called in messages.
struct File {
    name: String,
    bytes: Vec<u8>,
    kind: Kind,
}

/// Reads the text of a file, or of standard input for `-`.
///
/// # Errors
/// When the file is missing, too big, empty, of a format that is not read, protected or damaged.
pub fn read(path: &Path) -> Result<Imported, ImportError> {
    let file = File::open(path)?;
    file.imported().map_err(|reason| ImportError { name: file.name, reason })
}

/// Reads bytes that came otherwise than as a file; `name` is what messages call them.
///
/// # Errors
/// As [`read`].
pub fn read_bytes(
    name: &str,
    ending: Option<&str>,
    mut bytes: &[u8],
) -> Result<Imported, ImportError> {
    let file = File::of(name.to_owned(), ending, &mut bytes)?;
    file.imported().map_err(|reason| ImportError { name: file.name, reason })
}

/// Reads a message that came in: an e-mail, or the text of any other format.
///
/// # Errors
/// As [`read`].
pub fn message(path: &Path) -> Result<IncomingMessage, ImportError> {
    let file = File::open(path)?;
    let message = if file.kind == Kind::Mail {
        guard::guarded(|| mail::message(&file.bytes))
    } else {
        file.imported().map(|Imported { text, remarks, .. }| IncomingMessage {
            text,
            remarks,
            ..IncomingMessage::default()
        })
    };
    let message = message.and_then(|message| match sized(&message.text) {
        // An e-mail without words still says what it is about.
        Err(Reason::Empty) if message.subject.is_some() => Ok(message),
        sized => sized.map(|()| message),
    });
    message.map_err(|reason| ImportError { name: file.name, reason })
}

/// Reads an office file as what its content says it is.
fn office(bytes: &[u8]) -> Result<Imported, Reason> {
    let mut package = Package::open(bytes)?;
    match sniff::office(&mut package)? {
        Office::Word { main } => docx::read(&mut package, &main),
        Office::OpenDocument => odt::read(&mut package),
        Office::Workbook => sheet::workbook(bytes, &mut package),
    }
}

/// Whether there is text, and no more than notes or a letter hold.
fn sized(text: &str) -> Result<(), Reason> {
    if text.trim().is_empty() {
        Err(Reason::Empty)
    } else if text.len() > MAX_TEXT_BYTES {
        Err(Reason::TextTooBig(text.len()))
    } else {
        Ok(())
    }
}

impl From<String> for Imported {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

impl File {
    fn open(path: &Path) -> Result<Self, ImportError> {
        if path == Path::new("-") {
            let name = "l'entrée standard".to_owned();
            return Self::of(name, None, &mut std::io::stdin().lock());
        }
        let name = format!("« {} »", path.display());
        let refused = |reason| ImportError { name: name.clone(), reason };
        let metadata = std::fs::metadata(path).map_err(|error| {
            refused(match error.kind() {
                std::io::ErrorKind::NotFound => Reason::NotFound,
                _ => Reason::Io(error),
            })
        })?;
        if metadata.is_dir() {
            return Err(refused(Reason::Folder));
        }
        if metadata.len() > MAX_FILE_BYTES {
            return Err(refused(Reason::FileTooBig));
        }
        let mut file = std::fs::File::open(path).map_err(|e| refused(Reason::Io(e)))?;
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        Self::of(name, ending.as_deref(), &mut file)
    }

    fn of(name: String, ending: Option<&str>, reader: &mut dyn Read) -> Result<Self, ImportError> {
        let mut bytes = Vec::new();
        let kind = match reader.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes) {
            Err(error) => Err(Reason::Io(error)),
            Ok(_) if bytes.len() as u64 > MAX_FILE_BYTES => Err(Reason::FileTooBig),
            Ok(_) => sniff::kind(ending, &bytes),
        };
        match kind {
            Ok(kind) => Ok(Self { name, bytes, kind }),
            Err(reason) => Err(ImportError { name, reason }),
        }
    }

    fn imported(&self) -> Result<Imported, Reason> {
        let imported = match self.kind {
            Kind::Text => text::decode(&self.bytes).map(|text| Imported {
                text,
                origin: Origin::Typed,
                remarks: Vec::new(),
            }),
            Kind::Html => text::decode(&self.bytes).map(|page| html::text(&page).into()),
            Kind::Mail => guard::guarded(|| mail::notes(&self.bytes)),
            Kind::Pdf => pdf::read(&self.bytes),
            Kind::Office => guard::guarded(|| office(&self.bytes)),
            Kind::Flat => text::decode(&self.bytes).and_then(|xml| odt::flat(&xml, "")),
            Kind::Separated => sheet::separated(&self.bytes),
        }?;
        sized(&imported.text)?;
        Ok(imported)
    }
}

#[cfg(test)]
mod tests;
