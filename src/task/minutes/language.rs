//! Notes that are not in French, or tell of no meeting: the document then holds little but what is
//! to be completed, and a finding says why.

use super::record::Meeting;
use crate::finding::{Finding, FindingKind};
use crate::notes::Notes;
use crate::reading::fold;

const ENGLISH: [&str; 16] = [
    "the", "and", "of", "was", "were", "is", "are", "with", "by", "for", "to", "at", "meeting",
    "be", "next", "from",
];
const FRENCH: [&str; 22] = [
    "le", "la", "les", "de", "du", "des", "et", "est", "un", "une", "pour", "par", "au", "aux",
    "en", "sur", "dans", "pas", "qui", "que", "avec", "a",
];

/// Tells notes in another language, and notes that tell of no meeting.
pub fn check(notes: &Notes, meeting: &Meeting, findings: &mut Vec<Finding>) {
    if is_foreign(notes.text()) {
        findings.push(Finding::check(
            FindingKind::Uncertain,
            None,
            "Les notes ne semblent pas être en français : le document n’en reprend que les noms et les lignes telles quelles, traduisez-les d’abord.",
        ));
    }
    let attendance = &meeting.attendance;
    let empty = meeting.items.is_empty()
        && meeting.date.is_none()
        && attendance.present_at_opening().is_none()
        && attendance.proxies.is_empty();
    if empty {
        findings.push(Finding::check(
            FindingKind::Missing,
            None,
            "Ni date, ni présents, ni point traité n’ont été reconnus : est-ce bien le fichier des notes de la réunion ?",
        ));
    }
}

/// Whether a text is in English rather than in French.
pub(in crate::task) fn is_foreign(text: &str) -> bool {
    let folded = fold(text);
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    let count = |list: &[&str]| words.iter().filter(|w| list.contains(w)).count();
    let (english, french) = (count(&ENGLISH), count(&FRENCH));
    english >= 4 && english > french
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::minutes::record::Kind;

    #[test]
    fn notes_that_are_no_french_minutes_are_told() {
        for (text, expected) in [
            ("the council was opened by the mayor and the budget is for next year", 2),
            ("la séance est ouverte par le maire et le budget est pour la voirie", 1),
            ("bonjour", 1),
        ] {
            let mut findings = Vec::new();
            let notes = Notes::from_text(text).unwrap();
            check(&notes, &Meeting::empty(Kind::Council), &mut findings);
            assert_eq!(findings.len(), expected, "{text}");
        }
    }
}
