//! `OpenDocument` texts and spreadsheets: text with numbers, tables, boxes, notes, headers and
//! footers; the rows of sheets as they are shown.
//!
//! Words deleted in tracked changes, hidden words, rows and sheets, comments, page numbers and
//! tables of contents are left out.

mod reader;
mod styles;

use super::lines;
use super::package::Package;
use super::xml;
use super::{Imported, Reason, Remark};
use reader::{Read, Reader};
use styles::Styles;

/// The part that says what a package is.
pub(super) const TYPE_PART: &str = "mimetype";
const CONTENT: &str = "content.xml";
const STYLES: &str = "styles.xml";
const MANIFEST: &str = "META-INF/manifest.xml";

/// Reads a text or a spreadsheet.
///
/// # Errors
/// When it is protected, damaged or beyond the limits.
pub(super) fn read(package: &mut Package<'_>) -> Result<Imported, Reason> {
    let manifest = package.part(MANIFEST)?.unwrap_or_default();
    if package.has("encrypted-package") || manifest.contains("encryption-data") {
        return Err(Reason::Encrypted);
    }
    let content = package
        .part(CONTENT)?
        .ok_or_else(|| Reason::Damaged("le texte du document manque".to_owned()))?;
    let common = package.part(STYLES)?.unwrap_or_default();
    flat(&content, &common)
}

/// Reads a document from its parts as text; in flat files they are one.
///
/// # Errors
/// When a part is damaged or beyond the limits.
pub(super) fn flat(content: &str, common: &str) -> Result<Imported, Reason> {
    let mut styles = Styles::default();
    styles.read(common)?;
    styles.read(content)?;
    let mut reader = Reader::new(&styles);
    xml::read(common, &mut reader)?;
    xml::read(content, &mut reader)?;
    Ok(imported(reader.finish()))
}

fn imported(mut read: Read) -> Imported {
    if read.is_sheet {
        // What the pages of a printed sheet repeat is its name and number.
        read.headers.clear();
        read.footers.clear();
    }
    let text = lines::framed(read.headers, read.body, read.footers);
    let told = [
        lines::count(read.comments, "commentaire non repris", "commentaires non repris"),
        lines::count(read.images, "image non lue", "images non lues"),
        lines::count(
            read.contents,
            "table des matières non reprise",
            "tables des matières non reprises",
        ),
        lines::count(
            read.hidden_rows,
            "ligne de tableau masquée non reprise",
            "lignes de tableau masquées non reprises",
        ),
        lines::count(
            read.hidden_sheets,
            "feuille masquée non reprise",
            "feuilles masquées non reprises",
        ),
    ];
    Imported {
        text,
        remarks: told.into_iter().flatten().map(Remark::LeftOut).collect(),
        ..Imported::default()
    }
}
