//! What a lattice can spell, and what it cannot.

use super::*;
use crate::task::expand::words::words;

/// Whether the lattice of a clause spells a sentence.
fn spells(clause: &str, sentence: &str, style: Style) -> bool {
    weave(&[Part::Words(words(clause))], style).spells(sentence)
}

#[test]
fn what_a_secretary_would_write_can_be_written() {
    for (clause, sentence) in [
        (
            "trois devis reçus pour toiture école",
            "Trois devis ont été reçus pour la toiture de l'école.",
        ),
        ("bibliothèque fermée samedi", "La bibliothèque est fermée samedi."),
        ("mur cimetière à reprendre", "Le mur du cimetière est à reprendre."),
        (
            "habitants rue du Port demandent éclairage",
            "Les habitants de la rue du Port demandent un éclairage.",
        ),
        (
            "assurance renouveler avant 31 décembre",
            "L'assurance est à renouveler avant le 31 décembre.",
        ),
        ("panneau tombé", "Le panneau est tombé."),
        (
            "réunion publique 16 novembre 20 h",
            "La réunion publique aura lieu le 16 novembre à 20 h.",
        ),
        ("vestiaires : serrure changée", "Dans les vestiaires, la serrure a été changée."),
        ("dette remboursée en 2031", "La dette est remboursée en 2031."),
        ("dossier refusé, redéposé en mai", "Le dossier est refusé et il est redéposé en mai."),
        ("recherche 3 agents recenseurs", "La recherche de 3 agents recenseurs est prévue."),
        ("convention avec la SPA reconduite", "La convention avec la SPA est reconduite."),
    ] {
        let found = spells(clause, sentence, Style::Verbal);
        // « est prévue » stands only before a date.
        assert_eq!(found, !sentence.ends_with("est prévue."), "{sentence}");
    }
    assert!(spells("achat tondeuse 1250 €", "Achat d'une tondeuse pour 1250 €.", Style::Nominal));
}

#[test]
fn what_would_add_lose_or_turn_a_fact_cannot() {
    for (clause, sentence) in [
        ("toiture école refaite", "La toiture de l'école n'est pas refaite."),
        ("toiture école refaite", "La toiture est refaite."),
        ("toiture école refaite", "L'école de la toiture est refaite."),
        ("toiture école refaite", "La toiture de le école est refaite."),
        ("toiture école refaite", "La toiture école est refaite."),
        ("toiture école refaite", "Toiture de l'école est refaite."),
        ("toiture école refaite", "La toiture de l'école refaite."),
        ("toiture école refaite", "Le toiture de l'école est refaite."),
        ("toiture école refaite", "La toiture de l'école est refaite"),
        ("panneau tombé", "Le panneau a tombé."),
        ("maire demande devis", "Le maire est demande un devis."),
        ("dette remboursée en 2031", "La dette a été remboursée en 2031."),
        ("devis 480 €", "Le devis est de 490 €."),
        ("travaux vacances", "Les travaux sont les vacances."),
        ("travaux vacances", "Les travaux sont vacances."),
        ("mairie Armor fermée", "La mairie Armor est fermé."),
        ("panneau cassé, plainte déposée", "Le panneau est cassé ; une plainte déposée."),
    ] {
        assert!(!spells(clause, sentence, Style::Verbal), "{sentence}");
    }
    assert!(!spells("achat tondeuse", "Un achat de tondeuse est.", Style::Nominal));
}

#[test]
fn a_sentence_of_no_words_has_no_lattice() {
    assert!(weave(&[], Style::Verbal).is_empty());
    assert!(weave(&[Part::Words(Vec::new())], Style::Verbal).is_empty());
}
