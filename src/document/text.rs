//! Stub replaced by its module.

use super::Document;

/// Writes the document.
pub fn write(document: &Document) -> String {
    format!("{:?}", document.blocks)
}
