//! Telephone numbers and addresses that are given to whoever writes, not to the reader: « mon
//! portable si besoin : 06 … », « le 06 … de Zoé, pour toi seulement ».

use std::ops::Range;

use super::Cut;
use super::units::{clauses, sentences, words_in};
use crate::reading::remark::Remark;
use crate::reading::{Fact, facts, words};

words!(
    FOR_WRITER,
    r"(?i)\bpersos?\b|\bpriv[ée]e?s?\b|\b(?:r?appelle[sz]?|joins|joignez|[ée]cris|[ée]crivez|envoie|bipe|textote)[- ](?:moi|nous)\b|\bpour\s+(?-i:toi|vous|moi|nous|lui|elle|\p{Lu}\p{Ll}+)\s+(?:seul\w*|uniquement)\b|\b(?:seulement|uniquement|rien\s+que|juste)\s+pour\s+(?-i:toi|vous|moi|nous|\p{Lu}\p{Ll}+)\b|\b(?:au\s+cas\s+o[ùu]|(?:si|en\s+cas\s+de)\s+(?:tu|besoin|question|souci|doute|pb|probl[èe]me))\b|\bliste\s+rouge\b"
);
words!(OF_SOMEBODY, r"(?i)\b(?:mon|ma|moi|portable|mobile|0[67]\s+d[eu]|t[ée]l\w*|num[ée]ro)\b");

/// Clauses that give such a number, with the one after that says for whom it is.
pub(super) fn cuts(text: &str) -> Vec<Cut> {
    let all = sentences(text);
    let found = facts(text);
    let numbers = found.iter().filter(|found| matches!(found.fact, Fact::Phone(_)));
    numbers.filter_map(|number| own(text, &all, &number.span)).collect()
}

fn own(text: &str, all: &[Range<usize>], number: &Range<usize>) -> Option<Cut> {
    let sentence = all.iter().find(|sentence| sentence.contains(&number.start))?;
    let parts = clauses(text, sentence);
    let at = parts.iter().position(|part| part.contains(&number.start))?;
    let said = |range: Range<usize>| text.get(range).unwrap_or_default();
    let mut own = parts[at].clone();
    // « questions au secrétariat pas mon portable 06 … c'est perso »: what stands before stays.
    let lead = said(own.start..number.start);
    if let Some(whose) = OF_SOMEBODY.find(lead) {
        let before = lead.get(..whose.start()).unwrap_or_default();
        if words_in(before) > 2 && !FOR_WRITER.is_match(before) {
            own.start += whose.start();
        }
    }
    let after = parts.get(at + 1).filter(|part| facts(said((*part).clone())).is_empty());
    let place = match after.filter(|after| FOR_WRITER.is_match(said((*after).clone()))) {
        Some(after) => own.start..after.end,
        None if FOR_WRITER.is_match(said(own.clone())) => own,
        None => return None,
    };
    // « si besoin, appelez le 05 … » tells the reader where to call.
    OF_SOMEBODY.is_match(said(place.clone())).then_some(Cut {
        place,
        kind: Remark::Private,
        instead: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_for_the_writer_alone_is_no_part_of_the_text() {
        for (line, cut) in [
            (
                "portable de Zoé 06 39 98 00 11, pour Odile seulement",
                Some("portable de Zoé 06 39 98 00 11, pour Odile seulement"),
            ),
            ("mon 06 perso : 06 39 98 00 11", Some("mon 06 perso : 06 39 98 00 11")),
            (
                "réponse avant lundi, appelle-moi sur mon portable 06 39 98 00 11",
                Some(", appelle-moi sur mon portable 06 39 98 00 11"),
            ),
            (
                "dossier suivi par Zoé, son portable si tu as un doute 06 39 98 00 11",
                Some(", son portable si tu as un doute 06 39 98 00 11"),
            ),
            (
                "le tél du président 06 39 98 00 11, rien que pour toi",
                Some("le tél du président 06 39 98 00 11, rien que pour toi"),
            ),
            (
                "questions au mail du club mon portable 06 39 98 00 11 c'est perso",
                Some("mon portable 06 39 98 00 11 c'est perso"),
            ),
            ("réserver auprès d'Odile, tél 05 61 00 11 22", None),
            ("si besoin, appeler le secrétariat au 05 61 00 11 22", None),
            ("urgences : portable d'astreinte 06 39 98 00 11", None),
        ] {
            let places: Vec<&str> =
                cuts(line).into_iter().map(|cut| line.get(cut.place).unwrap_or_default()).collect();
            assert_eq!(places, cut.into_iter().collect::<Vec<_>>(), "{line}");
        }
    }
}
