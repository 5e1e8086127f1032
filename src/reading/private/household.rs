//! Households that notes name for what they owe, get or live beside: what was decided of the bill or
//! the path is public, who it is about is not.

use std::ops::Range;

use super::Cut;
use super::units::{brackets, sentences};
use crate::reading::remark::Remark;
use crate::reading::words;

const SOMEBODY: &str = r"(?:m\.|mr\.?|mme|mlle|monsieur|madame|(?:la\s+)?famille|les\s+[ée]poux|[ée]poux|les\s+consorts|consorts)\s+\p{L}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+){0,2}";

// « factures d'eau de M. X », « admission en non-valeur : Mme X ».
words!(
    OWED_BY,
    &format!(
        r"(?i)\b(?:factures?|impay[ée]e?s?|cr[ée]ances?|dettes?|arri[ée]r[ée]s?|non[- ]valeurs?|titres?\s+de\s+recettes?|loyers?\s+(?:d[ûu]s|en\s+retard|impay[ée]s)|redevances?\s+impay[ée]es)\b[^.;\n]{{0,60}}?(?P<by>(?:\bde\s+|\bd['’]|[:,(]\s*)(?P<who>{SOMEBODY}))"
    )
);
// « M. X : impayés de cantine »: the name before what is owed.
words!(
    OWES,
    &format!(
        r"(?i)(?P<who>{SOMEBODY})\s*[:,(–-]\s*(?:factures?\s+(?:impay[ée]es|non\s+r[ée]gl[ée]es)|impay[ée]s?|dettes?|cr[ée]ances?|arri[ée]r[ée]s?|retards?\s+de\s+(?:paiement|loyer)|loyers?\s+impay[ée]s)"
    )
);
// « famille X aide au chauffage », « secours à Mme X »: help that only the social services know.
words!(
    HELPED,
    &format!(
        r"(?i)(?:{SOMEBODY})\s*[:,(–-]?\s*(?:demande\s+(?:d['’]\s?|une\s+)?)?(?:aides?|secours|bons?\s+(?:alimentaires?|de\s+chauffage|d['’]achat)|colis\s+alimentaires?|prise\s+en\s+charge|relogement|expulsion)\b|\b(?:aides?\s+(?:sociales?|financi[eè]res?|d['’]urgence|au\s+chauffage|fioul|alimentaires?|exceptionnelles?)|secours|bons?\s+alimentaires?|relogement|expulsion)\b[^.;\n]{{0,30}}?(?:\bde\s+|\b[àa]\s+|\bpour\s+|:\s*)(?:{SOMEBODY})"
    )
);
// « un riverain (X, toujours le même) », « une famille (X, carré B) ».
words!(
    NEIGHBOUR,
    r"\b(?i:une?|l['’]|le|la|des|les)\s*(?i:riverain|voisin|habitant|locataire|administr[ée]|usager|propri[ée]taire|abonn[ée]|particulier|famille|contrevenant|plaignant)e?s?(?P<beside>\s*\(\s*(?:(?i:m\.|mr\.?|mme|mlle|monsieur|madame)\s+)?\p{Lu}\p{Ll}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’.-]*)*\s*(?:,[^()]*)?\))"
);

/// The names of such households, and the sentences that are about nothing but the help they get.
pub(super) fn cuts(text: &str) -> Vec<Cut> {
    let all = sentences(text);
    let mut cuts: Vec<Cut> = Vec::new();
    for found in HELPED.find_iter(text) {
        let place = brackets(text, &found.range())
            .or_else(|| all.iter().find(|s| s.contains(&found.start())).cloned())
            .unwrap_or_else(|| found.range());
        cuts.push(Cut { place, kind: Remark::Health, instead: None });
    }
    let mut named = |place: Range<usize>, instead| {
        cuts.push(Cut { place, kind: Remark::Health, instead });
    };
    for found in OWED_BY.captures_iter(text) {
        let (Some(by), Some(who)) = (found.name("by"), found.name("who")) else { continue };
        // « titre annulé : M. X, adjoint, rapporte » names who reports.
        if REPORTS.is_match(text.get(who.end()..).unwrap_or_default()) {
            continue;
        }
        let prep = by.as_str().starts_with(|c: char| c.is_alphabetic());
        let instead = if prep && by.len() >= "d’un redevable".len() {
            named(by.range(), Some("d’un redevable"));
            continue;
        } else if who.len() >= "un redevable".len() {
            "un redevable"
        } else {
            "un tiers"
        };
        named(who.range(), Some(instead));
    }
    for found in OWES.captures_iter(text) {
        if let Some(who) = found.name("who") {
            let long = who.len() >= "un redevable".len();
            named(who.range(), Some(if long { "un redevable" } else { "un tiers" }));
        }
    }
    for found in NEIGHBOUR.captures_iter(text) {
        if let Some(beside) = found.name("beside") {
            named(beside.range(), None);
        }
    }
    cuts
}

words!(
    REPORTS,
    r"(?i)^\W*(?:(?:adjointe?|conseill[eè]re?|maire|rapporteur)\b|(?:pr[ée]sente|rapporte|explique|demande|propose|rappelle)\b)"
);

#[cfg(test)]
mod tests {
    use super::super::*;

    #[test]
    fn households_are_told_without_their_name() {
        let table = [
            (
                "Admission en non-valeur : loyers de M. Paul Corvignac, 218,40 €",
                "Admission en non-valeur : loyers d’un redevable, 218,40 €",
            ),
            (
                "créances de cantine 2024 : Mme Corvignac, 96 €",
                "créances de cantine 2024 : un redevable, 96 €",
            ),
            (
                "Mme Corvignac : impayés de garderie 140 €, relance",
                "un redevable : impayés de garderie 140 €, relance",
            ),
            ("bal le 3 mai\nfamille Corvignac secours 150 € voir CCAS", "bal le 3 mai"),
            ("aide d'urgence à M. Corvignac. Le banc est posé", "Le banc est posé"),
            ("haie taillée par un voisin (Corvignac, encore lui)", "haie taillée par un voisin"),
            (
                "haie taillée par un voisin (Corvignac, encore lui). Le banc est posé",
                "haie taillée par un voisin. Le banc est posé",
            ),
            (
                "une famille (les lilas, lot 3) est servie",
                "une famille (les lilas, lot 3) est servie",
            ),
            ("facture de l'entreprise Roy 300 €", "facture de l'entreprise Roy 300 €"),
            (
                "Mme Corvignac propose une aide aux devoirs",
                "Mme Corvignac propose une aide aux devoirs",
            ),
        ];
        for (typed, expected) in table {
            let notes = Notes::from_text(typed).unwrap();
            let kept = apart(&notes, Matter::Minutes);
            let kept = kept.as_ref().map_or(typed, |apart| apart.notes.text());
            let kept = kept.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(kept.replace(" ,", ","), expected, "{typed}");
        }
    }
}
