//! One structure for every draft, and one file for each format it is written in.
//!
//! A [`Document`] holds what office documents are made of: headings, paragraphs, lists, tables,
//! signature blocks. It knows neither notes nor model. Every exporter accepts every document.
//! What the office's own paper prints in its place is told apart by [`letterhead`].

pub mod docx;
mod fonts;
pub mod html;
pub mod import;
pub mod letterhead;
pub mod markdown;
pub mod odt;
mod package;
mod page;
pub mod pdf;
mod runs;
mod source;
pub mod template;
pub mod text;
mod xml;

use std::collections::BTreeMap;
use std::path::Path;

use letterhead::Field;

/// A run of text inside a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Text as it is.
    Plain(String),
    /// Text that stands out.
    Strong(String),
    /// A new line inside the same block.
    Break,
}

/// The runs of one paragraph, list item or table cell.
pub type Text = Vec<Inline>;

/// Where a paragraph stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// On the left, as running text.
    #[default]
    Left,
    /// In the middle, as a poster's lines.
    Center,
    /// On the right, as a recipient's address.
    Right,
}

/// One block of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading; level 1 is the title.
    Heading {
        /// From 1 to 4.
        level: u8,
        /// Without a final full stop.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its runs.
        text: Text,
        /// Its place.
        align: Align,
    },
    /// A list.
    List {
        /// Numbered from 1, or with dashes.
        ordered: bool,
        /// One text for each item.
        items: Vec<Text>,
    },
    /// A table with a header row.
    Table {
        /// Column titles.
        header: Vec<String>,
        /// Rows of as many cells.
        rows: Vec<Vec<String>>,
    },
    /// Who signs, side by side.
    Signatures(Vec<String>),
    /// A block that the office's own paper may print in its place.
    Letterhead {
        /// What it states.
        field: Field,
        /// The block, as any other.
        block: Box<Self>,
    },
}

impl Block {
    /// A heading.
    pub fn heading(level: u8, text: impl Into<String>) -> Self {
        Self::Heading { level, text: text.into() }
    }

    /// A plain paragraph of running text.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::aligned(Align::Left, text)
    }

    /// A plain paragraph with its place; `\n` becomes a line break.
    pub fn aligned(align: Align, text: impl Into<String>) -> Self {
        let mut runs = Text::new();
        for (index, line) in text.into().split('\n').enumerate() {
            if index > 0 {
                runs.push(Inline::Break);
            }
            runs.push(Inline::Plain(line.to_owned()));
        }
        Self::Paragraph { text: runs, align }
    }

    /// A label in strong type, then its value: « **Présents :** … ».
    pub fn labelled(label: &str, value: impl Into<String>) -> Self {
        Self::Paragraph {
            text: vec![
                Inline::Strong(format!("{label} :")),
                Inline::Plain(format!(" {}", value.into())),
            ],
            align: Align::Left,
        }
    }

    /// A list with dashes, of plain items.
    pub fn dashes(items: impl IntoIterator<Item = String>) -> Self {
        Self::List {
            ordered: false,
            items: items.into_iter().map(|i| vec![Inline::Plain(i)]).collect(),
        }
    }

    /// The block to print: what a letterhead may print is a block as any other without one.
    pub fn printed(&self) -> &Self {
        match self {
            Self::Letterhead { block, .. } => block.printed(),
            block => block,
        }
    }

    /// A numbered list of plain items.
    pub fn numbered(items: impl IntoIterator<Item = String>) -> Self {
        Self::List {
            ordered: true,
            items: items.into_iter().map(|i| vec![Inline::Plain(i)]).collect(),
        }
    }
}

/// A whole draft, before it takes a format.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// The title a file manager or a browser shows.
    pub title: String,
    /// The blocks, in order.
    pub blocks: Vec<Block>,
    /// What it states that the office's own paper may print.
    pub fields: BTreeMap<Field, String>,
}

impl Document {
    /// An empty document.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Adds a block.
    pub fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }

    /// Adds a block that states a field, and the field's value.
    pub fn state(&mut self, field: Field, value: impl Into<String>, block: Block) {
        self.fields.insert(field, value.into());
        self.push(Block::Letterhead { field, block: Box::new(block) });
    }
}

/// A format a document can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Markdown (`CommonMark` with tables).
    Markdown,
    /// Plain text, as pasted into an e-mail.
    Text,
    /// A self-contained page.
    Html,
    /// A file of Word.
    Docx,
    /// A file of LibreOffice.
    Odt,
    /// Pages to print, to send, to keep.
    Pdf,
}

/// An output name whose ending no exporter writes.
#[derive(Debug, thiserror::Error)]
#[error(
    "« {0} » : format de sortie inconnu, choisissez une fin de nom parmi .docx, .odt, .pdf, .html, .md, .txt"
)]
pub struct UnknownFormat(pub String);

/// Why a document cannot be written in a format. The text is what the user sees.
#[derive(Debug, thiserror::Error)]
#[error("la mise en page a échoué ({0}) : choisissez un autre format, comme .html")]
pub struct ExportError(pub String);

impl Format {
    /// The format that a file name asks for.
    ///
    /// # Errors
    /// When the ending is missing or not one that is written.
    pub fn from_path(path: &Path) -> Result<Self, UnknownFormat> {
        match path.extension().map(|e| e.to_string_lossy().to_lowercase()).as_deref() {
            Some("md") => Ok(Self::Markdown),
            Some("txt") => Ok(Self::Text),
            Some("html" | "htm") => Ok(Self::Html),
            Some("docx") => Ok(Self::Docx),
            Some("odt") => Ok(Self::Odt),
            Some("pdf") => Ok(Self::Pdf),
            _ => Err(UnknownFormat(path.display().to_string())),
        }
    }

    /// The signs of a document that a file in this format cannot show: pages have their own fonts,
    /// whoever opens another file brings theirs.
    pub fn missing_signs(self, document: &Document) -> Vec<char> {
        match self {
            Self::Pdf => pdf::missing_signs(document),
            Self::Markdown | Self::Text | Self::Html | Self::Docx | Self::Odt => Vec::new(),
        }
    }

    /// The bytes of a file in this format.
    ///
    /// # Errors
    /// When the document cannot be laid out.
    pub fn write(self, document: &Document) -> Result<Vec<u8>, ExportError> {
        Ok(match self {
            Self::Markdown => markdown::write(document).into_bytes(),
            Self::Text => text::write(document).into_bytes(),
            Self::Html => html::write(document).into_bytes(),
            Self::Docx => docx::write(document)?,
            Self::Odt => odt::write(document)?,
            Self::Pdf => pdf::write(document)?,
        })
    }
}

#[cfg(test)]
mod properties;
