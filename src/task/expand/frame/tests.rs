//! Tables of clauses and the frames they get.

use super::*;

/// A plan in short: what is fixed in guillemets, the first form of each word, marks as typed.
fn shown(clause: &str) -> String {
    let part = |part: &Part| match part {
        Part::Text(texts) => format!("« {} »", texts[0]),
        Part::Opening(texts) => format!("« {}… »", texts[0]),
        Part::Words(words) => {
            let word =
                |word: &Word| word.forms.first().map_or(String::new(), |form| form.text.clone());
            words.iter().map(word).collect::<Vec<_>>().join(" ")
        }
    };
    let plan = |plan: &Plan| match plan {
        Plan::Whole(text) => format!("= {text}"),
        Plan::Parts(parts) => parts.iter().map(part).collect::<Vec<_>>().join(" "),
    };
    plans(clause).iter().map(plan).collect::<Vec<_>>().join(" / ")
}

fn plans(clause: &str) -> Vec<Plan> {
    super::plan(clause)
}

fn check(table: &[(&str, &str)]) {
    for (clause, expected) in table {
        assert_eq!(shown(clause), *expected, "{clause}");
    }
}

#[test]
fn a_verb_that_may_have_lost_its_accent_has_two_senses() {
    for (clause, may) in [
        ("bénévole blesse au montage", true),
        ("permis de construire refuse, zone inondable", true),
        ("club demande une salle", false),
        ("le toit fuit toujours", false),
        ("lampe cassée au stade", false),
    ] {
        assert_eq!(may_be_done(clause), may, "{clause}");
    }
}

#[test]
fn what_is_no_more_there_is_said_outright() {
    let opening = |clause: &str| match plan(clause).first() {
        Some(Plan::Parts(parts)) => match parts.first() {
            Some(Part::Text(texts)) => texts.first().cloned(),
            _ => None,
        },
        _ => None,
    };
    assert_eq!(opening("plus de sel en stock").as_deref(), Some("Il n'y a plus de"));
    assert_eq!(opening("plus de 30 personnes au repas"), None);
    assert_eq!(opening("pas de candidat au poste").as_deref(), Some("Il n'y a pas de"));
    assert_eq!(
        opening("toujours pas d'éclairage au stade").as_deref(),
        Some("Il n'y a toujours pas")
    );
    assert_eq!(opening("pas prévu au budget"), None);
}

#[test]
fn more_or_no_more_is_not_for_the_model_to_say() {
    for (clause, unsure) in [
        ("certificat plus demandé pour mineurs", true),
        ("site plus à jour depuis février", true),
        ("devis plus cher que l'autre", false),
        ("le certificat n'est plus demandé", false),
    ] {
        let why = unfit(clause).is_some_and(|why| why.contains("plus"));
        assert_eq!(why, unsure, "{clause}");
    }
}

#[test]
fn somebody_is_what_his_role_says() {
    check(&[
        ("Delmotte secrétaire de séance", "« Delmotte est » secrétaire de séance"),
        ("Delmotte défibrillateur de la salle", "« Delmotte évoque » défibrillateur de la salle"),
    ]);
}

#[test]
fn what_is_left_or_lacking_has_no_subject() {
    check(&[
        ("reste carré C à saisir", "« Il reste » carré C à saisir"),
        ("manque toujours un bénévole", "« Il manque toujours » un bénévole"),
        ("reste à payer : 760 €", "reste à payer 760 €"),
    ]);
}

#[test]
fn a_heading_is_no_subject() {
    check(&[
        ("médecin : cabinet prêt", "« Concernant… » médecin cabinet prêt"),
        ("tombola : billets vendus", "« Concernant… » tombola billets vendus"),
        ("licences : 118 contre 131", "licences 118 contre 131"),
        ("caméras refusées : trop intrusives", "caméras refusées trop intrusives"),
        ("motif : trésorerie confortable", "motif trésorerie confortable"),
        ("excédent reporté : 52 780 €", "excédent reporté 52 780 €"),
    ]);
}

#[test]
fn questions_have_their_answer() {
    check(&[
        (
            "Riou demande si garantie décennale incluse -> oui",
            "« Riou demande si… » garantie décennale incluse / = Il est répondu que oui.",
        ),
        (
            "Riou demande si la date est fixée : non",
            "« Riou demande si… » la date est fixée / = Il est répondu que non.",
        ),
        ("Abgrall : familles prévenues ?", "« Abgrall demande si… » familles prévenues"),
        ("Abgrall demande familles prévenues", "« Abgrall demande si… » familles prévenues"),
        ("Perrin demande date des travaux ?", "« Perrin demande » date des travaux"),
        ("Perrin demande un tarif réduit", "« Perrin demande » un tarif réduit"),
        ("Castan : pourquoi cette dépense ?", "« Castan demande » pourquoi cette dépense"),
        (
            "Castan : combien de devis ? deux",
            "« Castan demande » combien de devis / « Il est répondu que » deux",
        ),
        (
            "Mme Vasseur demande quand la route rouvre -> en mai",
            "« Mme Vasseur demande » quand la route rouvre / « Il est répondu que » en mai",
        ),
        ("des élus demandent si le budget est prêt", "« des élus demande si… » le budget est prêt"),
    ]);
}

#[test]
fn questions_that_nobody_is_said_to_ask_stay_as_typed() {
    check(&[
        (
            "Peut-on louer le barnum ? Oui, caution versée avant",
            "= Peut-on louer le barnum ? / « Oui,… » caution versée avant",
        ),
        ("Qui ouvre la salle ? gardien et maire", "= Qui ouvre la salle ? / gardien et maire"),
        ("Faut-il voter ? non", "= Faut-il voter ? / = Il est répondu que non."),
        ("Toit du lavoir refait ? devis attendus", "= Toit du lavoir refait ? / devis attendus"),
    ]);
}

#[test]
fn errors_proxies_and_orders_have_their_set_words() {
    check(&[
        (
            "coquille dans le budget : lire 410 € au lieu de 140 €",
            "coquille dans le budget « : il faut lire 410 € au lieu de 140 € »",
        ),
        ("Vasseur absent, pouvoir à Morel", "= Vasseur est absent et a donné pouvoir à Morel."),
        (
            "Vasseur absente et excusée, a donné pouvoir à Mme Morel",
            "= Vasseur est absente, excusée, et a donné pouvoir à Mme Morel.",
        ),
        ("Vasseur pouvoir à Morel", "= Vasseur a donné pouvoir à Morel."),
        ("Commander des chaises avant juin", "« Il faut » commander des chaises avant juin"),
        ("Faucher inquiet pour la route", "Faucher inquiet pour la route"),
        ("Festival : deux groupes signés", "Festival deux groupes signés"),
        ("Motif : absence de devis", "motif absence de devis"),
        ("Rendez-vous notaire reporté", "rendez-vous notaire reporté"),
    ]);
}

#[test]
fn positions_have_their_reason() {
    check(&[
        ("Tanguy contre", "= Tanguy est contre."),
        ("Tanguy : pour", "= Tanguy est favorable."),
        ("Tanguy contre la hausse", "« Tanguy est contre » la hausse"),
        ("Tanguy contre (inflation)", "« Tanguy est contre » « : » inflation"),
        (
            "Tanguy contre la hausse, trop d'inflation",
            "« Tanguy est contre » la hausse « : » trop d'inflation",
        ),
        (
            "Joubert favorable à l'achat, à condition de louer",
            "« Joubert est favorable » à l'achat « , » à condition de louer",
        ),
        ("Joubert défavorable au projet", "« Joubert est défavorable » au projet"),
    ]);
}

#[test]
fn statements_name_their_speaker() {
    let said = "« Estravel indique »";
    check(&[
        ("Estravel : la route est fermée", &format!("{said} la route est fermée")),
        ("Estravel évoque la route", "= Estravel évoque la route."),
        (
            "Fabrelle défibrillateur salle polyvalente",
            "« Fabrelle évoque » défibrillateur salle polyvalente",
        ),
    ]);
}

#[test]
fn offers_keep_each_price_beside_its_name() {
    check(&[
        (
            "3 devis : Terravoie 24650 € HT, Orle TP 27900 € HT",
            "3 devis « : Terravoie pour 24650 € HT et Orle TP pour 27900 € HT »",
        ),
        (
            "2 devis Dalibert 300 €, Lorient TP 280 € mais en mars",
            "2 devis « : Dalibert pour 300 € et Lorient TP pour 280 € mais en mars »",
        ),
        ("retenu Terravoie, 3 semaines", "« Terravoie est retenu » 3 semaines"),
        ("choisi Dalibert pour 300 €", "« Dalibert est choisi » pour 300 €"),
    ]);
}

#[test]
fn a_sentence_costs_no_call() {
    for clause in [
        "le conseil donne un avis",
        "Madame la Maire rappelle que le budget est voté en mars",
        "le lavoir sera restauré avec l'aide de la Fondation du patrimoine",
        "Castan s'interroge sur le coût",
    ] {
        assert!(matches!(plans(clause).as_slice(), [Plan::Whole(_)]), "{clause}");
    }
    for clause in [
        "Kerneis contacte SDE avant prochain conseil",
        "toiture refaite avant l'hiver",
        "habitants rue du Port demandent éclairage",
        "prix passe à 3 € rentrée",
    ] {
        assert!(matches!(plans(clause).as_slice(), [Plan::Parts(_)]), "{clause}");
    }
    assert_eq!(plans(" ; "), []);
}

#[test]
fn lists_and_sums_are_left_as_they_are() {
    for (clause, unfit) in [
        ("recettes : cotis 64 x 22 = 1408", true),
        ("dépenses : assurance 386,20 balisage 512 repas 731,40 divers 97,85", true),
        ("-6 adhérents sur un an", true),
        ("2026-07 devis toiture", true),
        ("excédent [À COMPLÉTER : montant]", true),
        ("candidats Mordelan Pinsardel Tastavin Vauquelet", true),
        ("Orvaine (président du comité) sort de la salle", true),
        ("la cotisation passe de 22 à 24 €", false),
        ("abri bus cassé (place du Marché)", true),
        ("devis de 300 € (TTC)", false),
    ] {
        let found = super::unfit(clause);
        assert_eq!(found.is_some(), unfit, "{clause}: {found:?}");
    }
}
