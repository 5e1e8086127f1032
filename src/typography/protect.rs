//! What is not prose: taken out before the rules, put back after them.
//!
//! Each protected piece becomes one private-use character, so that the rules still see that
//! something stands there; as rules neither drop nor reorder it, the n-th mark is the n-th piece.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// Stands for a protected piece.
pub(super) const MARK: char = '\u{e000}';

const NBSP: &str = "\u{a0}";

static PIECES: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?<mark>\x{E000})",
        r"|(?<blank>\[À COMPLÉTER[^\]\n]*\])",
        r"|(?<url>(?i:\b(?:[a-z][a-z0-9+.-]{1,15}://|mailto:|www\.)[^\s«»]*[^\s«»,.;:!?…)\]]))",
        r"|(?<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
        // Windows and Unix paths, then names of files and of sites.
        r"|(?<path>\b[A-Za-z]:\\[^\s«»]+|(?:~|\.{1,2})?/[\w.%-]+(?:/[\w.%-]+)+/?)",
        r"|(?<file>[\w./\\-]+\.(?:txt|md|html?|pdf|docx?|odt|ods|xlsx?|csv|toml|gguf|png|jpe?g|zip|fr|com|org|net|eu|example)\b(?:[/?#][^\s«»]*[^\s«»,.;:!?…)\]])?)",
        r"|(?<abroad>\+\d{1,3}(?:[ .\x{A0}\x{202F}-]?\d{1,3}){3,6}\b)",
        r"|(?<phone>\b0[1-9](?:[ .\x{A0}\x{202F}-]?\d\d){4}\b)",
        r"|(?<clock>\d+(?::\d+)+)",
        r"|(?<reference>[\p{L}\d]+(?:[-/_][\p{L}\d]+)+)",
    ))
});

static HOURS: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^(?i)\d{1,2}h(?:\d\d)?[-/]\d{1,2}h(?:\d\d)?$"));

/// Compiles one of the patterns of this module's family.
pub(super) fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern in the source is valid, tests run each")
}

/// Replaces what is not prose by marks.
pub(super) fn mask(text: &str) -> (String, Vec<String>) {
    let mut kept = Vec::new();
    let masked = PIECES.replace_all(text, |captures: &Captures<'_>| {
        let piece = &captures[0];
        if captures.name("reference").is_some() && !is_reference(piece) {
            return piece.to_owned();
        }
        kept.push(match (captures.name("phone"), captures.name("abroad")) {
            (Some(_), _) => pairs(piece),
            (_, Some(_)) => piece.replace(' ', NBSP),
            _ => piece.to_owned(),
        });
        MARK.to_string()
    });
    (masked.into_owned(), kept)
}

/// Puts the pieces back.
pub(super) fn unmask(text: &str, kept: &[String]) -> String {
    let mut pieces = kept.iter();
    let mut output = String::with_capacity(text.len());
    for c in text.chars() {
        match (c, pieces.as_slice().first()) {
            (MARK, Some(piece)) => {
                output.push_str(piece);
                pieces.next();
            }
            _ => output.push(c),
        }
    }
    output
}

/// `2026-41` and `DETR-2026-0147` are references; `peut-être` and `10h-12h` are prose.
fn is_reference(piece: &str) -> bool {
    piece.contains(|c: char| c.is_ascii_digit()) && !HOURS.is_match(piece)
}

fn pairs(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    let pairs: Vec<String> = digits.chunks(2).map(|pair| pair.iter().collect()).collect();
    pairs.join(NBSP)
}
