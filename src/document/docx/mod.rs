//! Word files (Office Open XML), by hand: parts of XML in a zip file.
//!
//! Elements follow the order of the schemas strictly, since Word refuses a file where LibreOffice
//! shrugs. Headings, lists, table headers, page numbers and the title are real ones, so that a
//! screen reader and the navigation pane find them. The same pieces dress the body that goes into
//! the office's own template ([`super::template`]): [`body`] writes blocks with the styles it is
//! told, [`styles`] holds ours. Left out: a theme, which nothing here refers to.

pub(super) mod body;
pub(super) mod numbering;
mod parts;
pub(super) mod styles;

use self::body::Dress;
use super::package::{self, Packing};
use super::{Block, Document, ExportError, page, runs};

/// Twentieths of a point, in which Word measures.
pub(super) fn twips(mm: f64) -> u32 {
    (mm / 25.4 * 1440.0).round() as u32
}

/// The bytes of the file.
///
/// # Errors
/// When the zip file cannot be made.
pub fn write(document: &Document) -> Result<Vec<u8>, ExportError> {
    let title = runs::title(document);
    let blocks: Vec<&Block> = document.blocks.iter().collect();
    let mut dress = Dress::ours();
    let written = dress.write(&blocks);
    let footer = page::is_numbered(document);
    let (document, styles) = (parts::document(&written, footer), styles::part());
    let (numbering, core) = (dress.lists.part(), parts::core(&title));
    let (types, related) = (parts::content_types(footer), parts::document_relations(footer));
    let packed = Packing::Deflated;
    let mut entries = vec![
        ("[Content_Types].xml", packed, types.as_str()),
        ("_rels/.rels", packed, parts::RELATIONS),
        ("docProps/app.xml", packed, parts::APP),
        ("docProps/core.xml", packed, &core),
        ("word/document.xml", packed, &document),
        ("word/_rels/document.xml.rels", packed, &related),
        ("word/styles.xml", packed, &styles),
        ("word/numbering.xml", packed, &numbering),
        ("word/settings.xml", packed, parts::SETTINGS),
        ("word/fontTable.xml", packed, parts::FONTS),
    ];
    if footer {
        entries.push(("word/footer1.xml", packed, parts::FOOTER));
    }
    package::zip(&entries)
}

#[cfg(test)]
pub(super) mod tests;
