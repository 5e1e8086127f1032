//! LibreOffice files (texts of the Open Document Format), by hand: parts of XML in a zip file.
//!
//! The entry `mimetype` stands first and unpacked, as the format asks. Named styles bear
//! LibreOffice's own names, which it shows in the user's language; what depends on the text (widths
//! of columns, what stays together) is in automatic styles. As with Word files, [`body`] also
//! dresses the body that goes into the office's own template.

pub(super) mod automatic;
pub(super) mod body;
pub(super) mod parts;
pub(super) mod styles;

use self::body::Dress;
use super::package::{self, Packing};
use super::{Block, Document, ExportError, page, runs};

/// What the entry `mimetype` holds.
pub(super) const MIME: &str = "application/vnd.oasis.opendocument.text";

/// The bytes of the file.
///
/// # Errors
/// When the zip file cannot be made.
pub fn write(document: &Document) -> Result<Vec<u8>, ExportError> {
    let blocks: Vec<&Block> = document.blocks.iter().collect();
    let mut dress = Dress::ours();
    let body = dress.write(&blocks);
    let content = parts::content(&dress.automatic.definitions(), &body);
    let styles = parts::styles(page::is_numbered(document));
    let meta = parts::meta(&runs::title(document));
    package::zip(&[
        ("mimetype", Packing::Stored, MIME),
        ("META-INF/manifest.xml", Packing::Deflated, parts::MANIFEST),
        ("content.xml", Packing::Deflated, &content),
        ("styles.xml", Packing::Deflated, &styles),
        ("meta.xml", Packing::Deflated, &meta),
    ])
}

#[cfg(test)]
mod tests;
