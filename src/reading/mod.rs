//! Facts in telegraphic French notes, found by rule, each with its place.
//!
//! Everything here is pure and total: any text gives facts, never an error, and nothing is
//! guessed. A fact keeps exactly what was written: a date without a year has no year.

pub mod abbreviation;
pub mod amount;
pub mod capitals;
pub mod cardinal;
pub mod cells;
pub mod clock;
pub mod correction;
pub mod date;
mod expand;
mod fact;
pub mod gossip;
pub mod hour;
pub mod name;
pub mod private;
pub mod remark;
pub mod sentence;
pub mod spoken;
pub mod wrapped;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::notes::Span;

pub use amount::{Amount, Tax};
pub use date::PartialDate;
pub use expand::{expand_facts, expand_facts_near};
pub use fact::facts;
pub use hour::Hour;

/// One fact, typed.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// `jeudi 18 sept 2026`, `12/03`, `1er oct`, `mars 2027`.
    Date(PartialDate),
    /// `20h30`, `9 h`, `20:30`.
    Hour(Hour),
    /// `3480 € ttc`, `24650 HT`, `3,85 €`, `800 euros`: only with a currency or tax mark.
    Amount(Amount),
    /// `30 %`, `+7%`, without its sign, with a decimal comma.
    Percent(String),
    /// Ten digits, in pairs.
    Phone(String),
    /// An e-mail address.
    Email(String),
    /// A reference with letters or dashes: `2026-07`, `DETR-2026-0147`, `AB 112`, `OB/CV/2026-212`.
    Reference(String),
    /// Any other number, without thousands separators, decimal comma kept; a fraction (`1/3`).
    Number(String),
}

/// A fact and its place in the text it was found in.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The fact.
    pub fact: Fact,
    /// Its place, in bytes.
    pub span: Span,
}

/// A regular expression of this crate's own.
pub(crate) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("patterns are constants, each compiled by the tests of its module")
}

/// A pattern as a static of its module: `words!(NOEL, r"(?i)\bno[ëe]l\b");`.
macro_rules! words {
    ($visibility:vis $name:ident, $words:expr) => {
        $visibility static $name: std::sync::LazyLock<regex::Regex> =
            std::sync::LazyLock::new(|| $crate::reading::pattern($words));
    };
}
pub(crate) use words;

/// The text in lower case without accents, for comparing words: « Doromé » gives `dorome`.
pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '’' => '\'',
            '\u{a0}' | '\u{202f}' => ' ',
            c => c,
        })
        .collect::<String>()
        .replace('œ', "oe")
}
