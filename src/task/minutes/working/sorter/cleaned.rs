//! What stays out of the document, and the words of what goes in.

use super::{Sorter, once};
use crate::finding::Finding;
use crate::reading::remark::{self, Remark};
use crate::reading::words;
use crate::task::aside;
use crate::task::minutes::record::Item;
use crate::task::minutes::structure::Piece;
use crate::task::minutes::working::names::{with_initials, with_small_names};

impl Sorter<'_> {
    /// What is left out whole: orders to the program, reminders of the writer to himself, moods about people.
    pub(super) fn kept_out(&self, piece: &Piece<'_>, findings: &mut Vec<Finding>) -> bool {
        let names = piece.text.split_whitespace().next().is_some_and(self.known);
        let mood = names && MOOD.is_match(piece.text) && !remark::holds_hard_fact(piece.text);
        let order = remark::holds(piece.text, Remark::Order);
        let out = order || mood || PERSONAL.is_match(piece.text);
        if out {
            let kind = match (order, mood) {
                (true, _) => Remark::Order,
                (_, true) => Remark::Judgement,
                _ => Remark::Gossip,
            };
            findings.push(aside::finding(kind, piece.text, piece.span.clone()));
        }
        out
    }

    /// The clause as the document may carry it; nothing when it is a private remark.
    pub(super) fn cleaned(
        &self,
        clause: &str,
        piece: &Piece<'_>,
        findings: &mut Vec<Finding>,
    ) -> Option<String> {
        words!(HESITATES, r"(?i)^(?:bof|euh+|lol|hum+|mouais)\b[\s,!.]*|,?\s*\beuh+\b,?");
        words!(
            SEPTEMBER,
            r"(?i)\b(?P<lead>(?:conseil|ca|ag|bureau|r[ée]union)\s+de|de|fin|d[ée]but|mi|en)\s+sept(?P<end>\.?\s*(?:$|[,;)]|à\s+(?:oct|nov|d[ée]c)))"
        );
        let clause = &HESITATES.replace_all(clause, "");
        let clause = &SEPTEMBER.replace_all(clause, "$lead septembre$end");
        // « photo de classe », « logo » are told to who makes a poster; here they are content.
        words!(PICTURE, r"(?i)^\s*(?:pas\s+d['’e]\s*)?(?:photos?|logos?|images?)\b");
        let instruction = remark::classify(clause)
            .filter(|r| matches!(r, Remark::Instruction))
            .filter(|r| *r != Remark::Instruction || !PICTURE.is_match(clause));
        if let Some(remark) = instruction {
            findings.push(aside::finding(remark, clause, piece.span.clone()));
            return None;
        }
        // « 420 € pour le toit odile trouve que c'est un escroc »: what it costs stays.
        words!(
            COMPLAINT,
            r"(?i)\s(?P<said>(?:\p{L}+\s+){1,2}(?:dit|trouve|pense|estime)\s+qu(?:e\s|['’]).*)$"
        );
        let complaint = COMPLAINT.captures(clause).and_then(|found| found.name("said"));
        let kept = match complaint {
            Some(said)
                if remark::holds(said.as_str(), Remark::Judgement)
                    && clause.get(..said.start()).is_some_and(|t| t.contains(char::is_numeric)) =>
            {
                let kept = clause.get(..said.start()).unwrap_or_default();
                findings.push(aside::finding(Remark::Judgement, said.as_str(), piece.span.clone()));
                kept.trim_end_matches([' ', ',']).to_owned()
            }
            _ => clause.to_string(),
        };
        let clause = &kept;
        // A sentence of which a part stays out for its mood stays out whole.
        for kind in [Remark::Judgement, Remark::Health] {
            if remark::holds(clause, kind)
                && !remark::holds_hard_fact(clause)
                && !clause.contains('(')
            {
                findings.push(aside::finding(kind, clause, piece.span.clone()));
                return None;
            }
        }
        // « Mme Roy (diabétique) prend deux trajets »: without what is said of her nothing is told.
        words!(OF_SOMEBODY, r"(?i)\b(?:m\.|mr|mme|mlle)\s+\p{L}[\p{L}'’-]+\s*\((?P<in>[^()]*)\)");
        let ill = OF_SOMEBODY.captures(clause).and_then(|found| found.name("in"));
        if ill.is_some_and(|inside| remark::holds(inside.as_str(), Remark::Health)) {
            findings.push(aside::finding(Remark::Health, clause, piece.span.clone()));
            return None;
        }
        let mut scratch = Item::default();
        let clause = with_initials(clause, self.reader.roster.names());
        let clause = before_a_date(&clause);
        let clause = with_small_names(&clause, &self.small_names);
        self.reader.clause(&clause, piece, &mut scratch, findings);
        // « M. Guivarel » listed with a civility or an initial is not doubled.
        let clause = scratch.clauses.pop().map(|text| once(&text));
        clause.filter(|text| text.chars().any(char::is_alphanumeric))
    }
}

words!(
    PERSONAL,
    r"(?i)^(?:moi|perso\w*|pense[- ]b[êe]te|pour\s+moi)\s*:.*\b(?:maman|papa|m[ée]m[ée]|papy|mamie|pain|coiffeu\w+|dentiste|pharmacie|lessive|nounou|gamins?|enfants|croquettes|anniv\w*|belle-\w+)\b|^(?:me\s+|m['’])\p{L}+(?:er|ir|re)\b"
);
words!(
    MOOD,
    r"(?i)[,.(–-]\s*(?:ambiance|charmant|no\s+comment|sans\s+commentaires?|passons|comme\s+toujours|comme\s+d['’]hab\w*|pour\s+changer)\s*[.!…)]*$"
);
/// « av. 20/05 » is « avant le 20/05 », no avenue; « (=> Ada) » is « (Ada) ».
fn before_a_date(text: &str) -> String {
    words!(
        BEFORE,
        r"(?i)\bav\.?\s+(?:le\s+)?(?P<day>\d{1,2}\s*(?:/|er\b|[ .-]?\s*(?:janv|f[ée]v|mars|avr|mai|juin|juil|ao[ûu]t|sept|oct|nov|d[ée]c)))"
    );
    words!(COPIES, r"(?i)(?P<n>\d)\s*ex\.?(?P<end>[\s,;)]|$)");
    words!(ARROW, r"\(\s*(?:-{1,2}>|=>|→)\s*");
    let text = BEFORE.replace_all(text, "avant le $day");
    let text = text.replace(" -- ", ", ");
    let text = COPIES.replace_all(&text, "$n exemplaires$end");
    ARROW.replace_all(&text, "(").into_owned()
}
