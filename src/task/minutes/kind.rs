//! Which kind of meeting the first lines of notes announce.

use super::record::Kind;
use super::transcript;
use crate::notes::Notes;
use crate::reading::fold;

/// Words by which notes announce a working meeting.
const WORKING: [&str; 17] = [
    "reunion",
    "reu",
    "gt",
    "ca",
    "bureau",
    "commission",
    "comite",
    "cr",
    "administration",
    "copil",
    "codir",
    "equipe",
    "point",
    "brief",
    "atelier",
    "groupe",
    "rencontre",
];

/// The kind of meeting that the first lines announce, else speech or a council.
pub fn kind_of(notes: &Notes) -> Kind {
    let lines = notes.lines().map(|l| l.text).filter(|t| !t.trim().is_empty()).take(2);
    announced(&lines.collect::<Vec<_>>().join(" ")).unwrap_or_else(|| {
        match transcript::is_speech(notes) {
            true => Kind::Working,
            false => Kind::Council,
        }
    })
}

/// The kind of meeting that the first lines announce; nothing when they announce none.
pub(super) fn announced(first: &str) -> Option<Kind> {
    let folded = fold(first);
    let has =
        |words: &[&str]| folded.split(|c: char| !c.is_alphanumeric()).any(|w| words.contains(&w));
    if has(&["cm", "municipal", "conseil"]) && !folded.contains("conseil d'administration") {
        Some(Kind::Council)
    } else if has(&["ag", "ago", "age", "assemblee"]) {
        Some(Kind::Association)
    } else {
        has(&WORKING).then_some(Kind::Working)
    }
}
