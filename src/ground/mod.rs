//! Nothing in a sentence that is not in its notes.
//!
//! The check is pure and total: any two texts give faults, never an error. It knows no model.
//! Facts are compared by value (`18/09` supports « 18 septembre »), words by stem. Who does what
//! to whom is left out: it needs a parse.

pub mod arithmetic;
mod form;
mod support;
mod wording;

pub(crate) use wording::is_office_word;

use std::fmt;

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

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnsupportedFact(fact) => write!(f, "« {fact} » n'est pas dans les notes"),
            Self::UnsupportedName(name) => write!(f, "le nom « {name} » n'est pas dans les notes"),
            Self::LostFact(fact) => write!(f, "« {fact} », dans les notes, n'est pas repris"),
            Self::Opposite(word) => write!(f, "« {word} » dit le contraire des notes"),
            Self::Negation => f.write_str("une négation a été ajoutée ou perdue"),
            Self::UnknownWord(word) => write!(f, "le mot « {word} » ne vient pas des notes"),
            Self::Form(what) => f.write_str(what),
        }
    }
}

/// Every fault of the sentences against their source; none means they may be kept.
pub fn check(sentences: &str, source: Source<'_>) -> Vec<Fault> {
    let mut faults = form::faults(sentences, source.notes);
    faults.extend(support::unsupported_facts(sentences, source));
    faults.extend(support::lost_facts(sentences, source));
    let known = wording::vocabulary(source);
    faults.extend(wording::names(sentences, &known));
    faults.extend(wording::lost_names(sentences, source.notes));
    faults.extend(wording::lost_words(sentences, source.notes));
    faults.extend(wording::opposites(sentences, source.notes));
    faults.extend(wording::negation(sentences, source.notes));
    faults.extend(wording::unknown_words(sentences, &known));
    let mut distinct: Vec<Fault> = Vec::with_capacity(faults.len());
    for fault in faults {
        if !distinct.contains(&fault) {
            distinct.push(fault);
        }
    }
    distinct
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn faults(sentences: &str, notes: &str) -> Vec<Fault> {
        check(sentences, Source { notes, context: "Valbrune-sur-Orle, 2026" })
    }

    #[test]
    fn faithful_sentences_pass() {
        for (notes, sentences) in [
            (
                "travaux fibre rue de Kergoat jusqu'au 16 oct",
                "Les travaux de fibre, rue de Kergoat, se poursuivent jusqu'au 16 octobre.",
            ),
            (
                "4/ entreprise Couverture Armor retenue 48750 HT",
                "L'entreprise Couverture Armor est retenue pour 48 750 € HT.",
            ),
            ("prix repas 3,10 -> 3,25 €", "Le prix du repas passe de 3,10 à 3,25 €."),
            ("3 devis reçus", "Trois devis ont été reçus."),
            (
                "Riou demande garantie décennale ?",
                "M. Riou demande si la garantie décennale est prévue.",
            ),
            ("CM 18/09 20h30", "Le conseil municipal se réunit le 18 septembre 2026 à 20 h 30."),
            (
                "habitants rue du Port demandent éclairage public coupé 22 h",
                "Les habitants de la rue du Port demandent que l'éclairage public soit coupé à 22 h.",
            ),
            (
                "Le Bihan membre du bureau APE ne prend pas part vote",
                "M. Le Bihan, membre du bureau de l'APE, ne prend pas part au vote.",
            ),
            (
                "procédure engagée 2024 concerne 14 concessions",
                "La procédure engagée en 2024 concerne quatorze concessions.",
            ),
            (
                "PV du 26 juin : RAS, 12 pour",
                "Le procès-verbal du 26 juin est approuvé par 12 voix pour, sans observation.",
            ),
            (
                "travaux fibre rue Haute 2e quinzaine oct",
                "Les travaux de fibre rue Haute auront lieu durant la deuxième quinzaine d'octobre.",
            ),
            ("quorum 1/3", "Le quorum est fixé au tiers."),
            (
                "dossier subv ANS refusé, redéposé janvier 2027",
                "Le dossier de subvention ANS a été refusé ; il est redéposé en janvier 2027.",
            ),
        ] {
            assert_eq!(faults(sentences, notes), [], "{notes}");
        }
    }

    #[test]
    fn invented_lost_and_reversed_facts_are_seen() {
        use Fault::{LostFact, Negation, Opposite, UnknownWord, UnsupportedFact, UnsupportedName};
        for (notes, sentences, expected) in [
            ("devis 480 €", "Le devis est de 490 €.", UnsupportedFact("490 €".into())),
            ("devis 480 € ttc", "Le devis est reçu.", LostFact("480 € ttc".into())),
            (
                "réunion sept 2026",
                "La réunion est le 7 septembre 2026.",
                UnsupportedFact("7 septembre 2026".into()),
            ),
            ("2 devis", "Deux devis et trois projets sont reçus.", UnsupportedFact("trois".into())),
            (
                "Riou présente",
                "La présentation par Riou et Lambert.",
                UnsupportedName("Lambert".into()),
            ),
            ("Riou présente", "M. Kerl présente avec Riou.", UnsupportedName("Kerl".into())),
            ("Riou présente", "Paul présente avec Riou.", UnsupportedName("Paul".into())),
            ("avis de Riou", "Un avis est donné.", LostFact("Riou".into())),
            ("offre la moins chère", "L'offre la plus chère.", Opposite("plus".into())),
            ("demande acceptée", "La demande n'est pas acceptée.", Negation),
            ("barnum prêté", "Un barbecue est prêté.", UnknownWord("barbecue".into())),
        ] {
            let found = faults(sentences, notes);
            assert!(found.contains(&expected), "{sentences}: {found:?}");
        }
    }

    #[test]
    fn bad_form_is_seen() {
        for (notes, sentences) in [
            ("devis reçu", ""),
            ("devis reçu", "Le devis est reçu"),
            ("devis reçu", "- Le devis est reçu."),
            ("devis reçu", "Nous avons reçu le devis."),
            ("devis reçu", "The estimate was received and the devis is here."),
            ("devis reçu", "Notes : le devis est reçu."),
            ("devis reçu", "Le devis devis devis devis est reçu."),
        ] {
            let found = faults(sentences, notes);
            assert!(found.iter().any(|f| matches!(f, Fault::Form(_))), "{sentences}: {found:?}");
        }
    }

    proptest! {
        #[test]
        fn any_two_texts_give_faults(a in r"(\PC|[0-9 .,]|le |18/09){0,40}", b in r"(\PC|[0-9 h€]){0,40}") {
            faults(&a, &b);
        }
    }

    #[test]
    fn a_lost_meaning_is_a_fault_and_one_lost_word_is_none() {
        let notes = "Lambert (président du comité) sort et ne vote pas";
        assert!(!faults("Lambert sort et ne vote pas.", notes).is_empty());
        assert!(faults("Lambert, président du comité, sort et ne vote pas.", notes).is_empty());
        let notes = "abribus place du Marché cassé";
        assert!(faults("L'abribus du Marché est cassé.", notes).is_empty());
    }
}
