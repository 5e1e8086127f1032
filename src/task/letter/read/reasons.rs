//! Why, told one after the other: « Pourquoi. Un, … Deux, … », « c'est non. D'abord … Ensuite … ».

use super::{Over, Reader};
use crate::notes::Span;
use crate::reading::words;
use crate::task::letter::line::{Slot, slot};
use crate::task::letter::record::{Purpose, Role};

impl Reader<'_> {
    /// Takes a line for a reason where the lines before it announce some. Whether it was one.
    pub(super) fn reason(&mut self, line: &str, span: &Span, over: &mut Over) -> bool {
        let purpose = self.letter.purpose;
        if !matches!(purpose, Purpose::Refusal | Purpose::PartialAnswer) {
            return false;
        }
        if HEADING.is_match(line) {
            (over.reasons, over.reason_next) = (true, true);
            over.last = Some(Slot::Body(Role::Reason));
            return true;
        }
        let next = std::mem::take(&mut over.reason_next);
        let own = slot(line, purpose);
        if let Some(counted) = COUNTED.find(line).filter(|_| over.reasons) {
            let rest = line.get(counted.end()..).unwrap_or_default();
            self.body(Role::Reason, rest, span.clone());
            return true;
        }
        if next && own.is_none() {
            self.body(Role::Reason, line, span.clone());
            return true;
        }
        let refused = own == Some(Slot::Answer) && REFUSED.is_match(line);
        // What is offered or asked for ends them.
        over.reasons = refused || over.reasons && own.is_none();
        false
    }
}

words!(
    HEADING,
    r"(?i)^\W*(?:pourquoi|(?:voil[àa]|voici)\s+pourquoi|(?:les?\s+|mes\s+|nos\s+)?(?:motifs?|raisons?)(?:\s+(?:n°\s*)?(?:\d|un|deux|trois|quatre))?)\s*[.:?]*\s*$"
);
words!(
    COUNTED,
    r"(?i)^\W*(?:(?:un|deux|trois|quatre|cinq)\s*[,:]\s*|(?:tout\s+)?d['’]abord,?\s+|(?:ensuite|et\s+puis|puis|enfin|pour\s+finir|premi[èe]rement|deuxi[èe]mement|troisi[èe]mement),?\s+)"
);
words!(REFUSED, r"(?i)\bnon\b|\brefus");

#[cfg(test)]
mod tests {
    use crate::notes::Notes;
    use crate::office::Office;
    use crate::task::letter::read::read;
    use crate::task::letter::record::{Form, Purpose, Role};

    #[test]
    fn reasons_are_counted_in_words() {
        for (notes, expected) in [
            (
                "réponse à Mme Roche\nLa réponse c'est non.\nPourquoi.\nUn, le mur est fissuré.\nDeux, la cour est louée.\nEn revanche on propose le préau.",
                ["le mur est fissuré", "la cour est louée"],
            ),
            (
                "réponse à Mme Roche\nDonc je lui dis non.\nD'abord le préau est loué.\nEt puis la toiture fuit.\nPar contre je propose la cour.",
                ["le préau est loué", "la toiture fuit"],
            ),
            (
                "réponse à Mme Roche\nOn répond : non.\nMotif un.\nLe préau est loué.\nMotif deux.\nLa toiture fuit.",
                ["Le préau est loué", "La toiture fuit"],
            ),
        ] {
            let notes = Notes::from_text(notes).unwrap();
            let reading = read(&notes, &Office::default(), Form::Letter, Purpose::Refusal);
            let reasons = reading.items.iter().filter(|item| item.role == Role::Reason);
            let reasons: Vec<&str> = reasons.map(|item| item.text.trim_end_matches('.')).collect();
            assert_eq!(reasons, expected);
        }
    }
}
