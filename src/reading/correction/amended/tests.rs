use super::*;
use crate::finding::FindingKind;

fn text(typed: &str) -> String {
    let notes = Notes::from_text(typed).unwrap();
    let amended = amended(&notes);
    amended.map_or_else(|| typed.to_owned(), |amended| amended.notes().text().trim_end().to_owned())
}

fn check(table: &[(&str, &str)]) {
    let wrong: Vec<(String, &str)> = table
        .iter()
        .map(|(typed, expected)| (text(typed), *expected))
        .filter(|(got, expected)| got != expected)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_sentence_that_names_the_wrong_value_corrects_the_others() {
    let table = [
        ("loyer 390 €\n!! c'est 410 et pas 390", "loyer 410 €"),
        (
            "concert à 20h, place 6 €\nnon le concert c 19h30 pas 20h",
            "concert à 19 h 30, place 6 €",
        ),
        (
            "début 19h, accueil 18h40\ncorrection on commence à 18h30 et pas 19h donc accueil 18h10",
            "début 18 h 30, accueil 18 h 10",
        ),
        ("taux de 3 %, 3 ans\nle taux c'est 3,5 % et pas 3 %", "taux de 3,5 %, 3 ans"),
        ("ouvert de 8h à 19h\nde 7h à 19h et pas 8h, c'est plus sûr", "ouvert de 7 h à 19h"),
        ("ouvert de 8h à 19h\nde 8h à 18h et pas 19h", "ouvert de 8h à 18 h"),
        (
            "jetons 120,50, lots 76,40, sono 90, total 286,90\nrectif : les lots c est 67,40 (inverse)",
            "jetons 120,50, lots 67,40, sono 90, total 286,90",
        ),
        (
            "guirlandes 90, sono 400, badges 35, total 525\nbadges : tirage 60\nbadges, euh 80 finalement",
            "guirlandes 90, sono 400, badges 35, total 525\nbadges : tirage 80",
        ),
        (
            "312 livres pretes cette annee\ncorrection livres pretes 321 et pas 312",
            "321 livres pretes cette annee",
        ),
        (
            "Gîte : nuit 8 €, ménage 30 €\nfin 22h\nNuit : Ada me redit que le prix voté est 8,50 € et non 8 (linge en plus)",
            "Gîte : nuit 8,50 € (linge en plus), ménage 30 €\nfin 22h",
        ),
        (
            "Le four, devis de 4 300 euros, voté. Loto le 3 mai.\nAh je me suis trompé pour le four, j'ai le papier, c'est 3 400 euros et pas 4 300, corrige. Prochaine réunion le 4 mai.",
            "Le four, devis de 3 400 euros, voté. Loto le 3 mai.\nProchaine réunion le 4 mai.",
        ),
        (
            "prêt de la salle à partir du 1er juin\n⚠ prêt : pas le 1er juin, le 1er juillet 2027 (travaux)",
            "prêt de la salle à partir du 1er juillet 2027",
        ),
        (
            "Le solde est à payer avant le 10 mars. Virement possible.\nAh j'oubliais, Ada veut bien lui laisser jusqu'au mardi 23 mars 2027 au lieu du 10.",
            "Le solde est à payer avant le mardi 23 mars 2027. Virement possible.",
        ),
        (
            "dépôt des dossiers avant le 12 mai\nles dossiers attention c'est le 9 mai pas le 12 parce qu'on trie le 10",
            "dépôt des dossiers avant le 9 mai",
        ),
        (
            "tél 05 36 00 11 22\nle tél c'est 05 36 00 11 23 et pas 05 36 00 11 22",
            "tél 05 36 00 11 23",
        ),
        (
            "caution 500 €\ncorrection : la caution c'est 450 € et plus 500 depuis mai",
            "caution 450 €",
        ),
    ];
    check(&table);
}

#[test]
fn a_correction_said_in_passing_is_one() {
    let table = [
        (
            "tonte du cimetière semaine du lundi 1er mars\nAh non je corrige pour la tonte, Luc est en stage, mets la semaine du lundi 8 mars.",
            "tonte du cimetière semaine du lundi 8 mars",
        ),
        (
            "zoe voulait 60 gaufres hugo 80 on part sur 70\nah et pour les gaufres non c est 90 on avait oublie les petits",
            "zoe voulait 60 gaufres hugo 80 on part sur 90",
        ),
        (
            "TICKET 1,20 -> 1,35 À PARTIR DU 1ER MAI. 6 POUR\n!! CORRECTION (ADA) : LE 1,35 C'EST AU 1ER JUIN",
            "TICKET 1,20 -> 1,35 À PARTIR DU 1er juin. 6 POUR",
        ),
        (
            "COMMISSION 10 % SUR LA VENTE\nCOMMISSION : CA DU 3/02 A DIT 12 % FINALEMENT",
            "COMMISSION 12 % SUR LA VENTE",
        ),
        (
            "BAC 14 rue du Puits, couvercle cassé\nrectif Luc : c pas le BAC 14 c le BAC 17 rue du Puits",
            "BAC 17 rue du Puits, couvercle cassé",
        ),
        (
            "bonjour les cours reprennent lundi 4 janvier 2027 voila les groupes\nah la mairie repeint la salle donc reprise le lundi 11 janvier et pas le 4 ca decale tout",
            "bonjour les cours reprennent lundi 11 janvier 2027 voila les groupes",
        ),
    ];
    check(&table);
}

#[test]
fn a_value_given_anew_takes_the_place_of_the_one_its_words_name() {
    let table = [
        ("seau de 5 L par classe\nrectif seau : 8 L et non 5", "seau de 8 L par classe"),
        (
            "assurance 210,40 avant le 28/02\nrepas 3,10 puis 3,20 dès le 1er mai\ncorrection : le 3,20 c'est au 1er juin",
            "assurance 210,40 avant le 28/02\nrepas 3,10 puis 3,20 dès le 1er juin",
        ),
        (
            "odile voulait 30 tartes luc 35 on part sur 32\nah et pour les tartes non c est 36",
            "odile voulait 30 tartes luc 35 on part sur 36",
        ),
        (
            "panneau posé avant le 30 avril 2027, 12 m\ncorrection : panneau avant le 15 mai 2027",
            "panneau posé avant le 15 mai 2027, 12 m",
        ),
        (
            "repas du soir 14 € à 20 h\nrepas : 15 € finalement, le traiteur a augmenté",
            "repas du soir 15 € à 20 h",
        ),
        (
            "repas grillade 16 € / enfant 8 €, avant le 15 mai\nrepas adulte finalement 17 €, la viande a augmenté",
            "repas grillade 17 € / enfant 8 €, avant le 15 mai",
        ),
        (
            "atelier dessin samedi 23 janvier de 10 h à 17 h\npardon l'atelier c'est samedi 30 janvier",
            "atelier dessin samedi 30 janvier de 10 h à 17 h",
        ),
        (
            "Vernissage samedi 5 juin 2027, 11h\nVernissage : finalement le 12 juin, le 5 c'est la kermesse",
            "Vernissage samedi 12 juin 2027, 11h",
        ),
        (
            "PETITION : 64 SIGN.\nAB 8/12 : PETITION = 71 SIGN. MAINTENANT, FEUILLE RETROUVEE",
            "PETITION : 71 SIGN.",
        ),
        (
            "CONFERENCE DU MUSEE\nLE 3 MAI A 20H\nVISITE 14H30\nHORAIRE CONFERENCE CHANGE (TRAIN) : 20H45",
            "CONFERENCE DU MUSEE\nLE 3 MAI A 20 h 45\nVISITE 14H30",
        ),
        (
            "fermé du lundi 8 mars au vendredi 26 mars 2027\nl'entreprise a rappelé tout est décalé du lundi 15 mars au vendredi 2 avril 2027",
            "fermé du lundi 15 mars au vendredi 2 avril 2027",
        ),
        (
            "fiche : 2 € par famille, à rendre avant le 5 mars\nfiches : on les accepte jusqu'au 10 mars finalement",
            "fiche : 2 € par famille, à rendre avant le 10 mars",
        ),
        (
            "salle des fêtes, caution 300 euros délib 2025-33\nnon attends Ada dit que la caution est passée à 350 délib 2026-71",
            "salle des fêtes, caution 350 euros délib 2026-71",
        ),
        (
            "27 au registre : 19 en ruine, 8 entretenues\nrectif Ada le 10/11 : une comptée à tort -> 18 en ruine et 9 entretenues, total 27 inchangé",
            "27 au registre : 18 en ruine, 9 entretenues",
        ),
        (
            "lieu : halle\nrendez-vous à la halle Haute à 9 h\nCHANGEMENT halle prise par le judo => foyer Rameau, rue Basse",
            "lieu : foyer Rameau, rue Basse\nrendez-vous au foyer Rameau, rue Basse à 9 h",
        ),
        (
            "tarif 15 ans = 200 € (délib 2024-12)\n!! Ada 20/01 : nvx tarifs délib 2026-70 : 15 ans = 220 €",
            "tarif 15 ans = 220 € (délib 2026-70)",
        ),
        (
            "F lavoir : curage 7 415 HT, Pontal moins cher, 8 898 ttc\n  aide 3 707,50\ncorr. F : Pontal 7 145 HT, j'ai inversé → 8 574 ttc, aide 3 572,50",
            "F lavoir : curage 7 145 HT, Pontal moins cher, 8 574 ttc\n  aide 3 572,50",
        ),
        (
            "Bal samedi 24 avril à 11 heures, place Haute.\nAh, l'heure. Le fleuriste vient à 11 heures, donc le bal c'est 10 heures 30, tu corriges. La quête reste à midi.",
            "Bal samedi 24 avril à 10 h 30, place Haute.\nLa quête reste à midi.",
        ),
        (
            "siège au 12 rue Haute, prêté\nÀ corriger : pour le siège, c'est le 21 rue Haute. J'avais écrit 12.",
            "siège au 21 rue Haute, prêté",
        ),
        ("devis du toit 7 415\nau fait pour le devis c'est 7 145", "devis du toit 7 145"),
        ("stage de 9 h à 13 h\nhoraires : finalement jusqu'à 14h", "stage de 9 h à 14 h"),
        ("eau : le m3 1,70 € euh non 1,72 €, part fixe 20 €", "eau : le m3 1,72 €, part fixe 20 €"),
        (
            "salle 240 €, ménage 80 €\ncorrection : le ménage c'est 95 €, à payer avant le 3 juin",
            "salle 240 €, ménage 95 €\nà payer avant le 3 juin",
        ),
        (
            "achat de 10 bancs à 38 € = 380, Luc commande\naprès coup : les bancs c'est 12, donc 456",
            "achat de 12 bancs à 38 € = 456, Luc commande",
        ),
        ("pétition : 64 signatures… finalement 71 à ce jour", "pétition : 71 signatures à ce jour"),
        ("siège au 12 rue Haute\nerrata : siège au 21 et non au 12", "siège au 21 rue Haute"),
        ("bail 200 €\nAda 20/01 : rectif bail 220 €", "bail 220 €"),
        ("four : devis 2 600 €\nfour : Luc dit 2 060 et pas 2 600", "four : devis 2 060 €"),
        ("loto le 5 juin à 20 h\nloto finalement le 12 juin", "loto le 12 juin à 20 h"),
        (
            "on demande aussi : la photo du stand avant le 12 mai pour le plan\nnon photo avant le 5 mai, l'imprimeur ferme",
            "on demande aussi : la photo du stand avant le 5 mai pour le plan",
        ),
        (
            "pose des stores octobre 2027\nvanne fermée à partir du 3 mai\nrectif : Ada a rappelé, finalement pose des stores semaine du 8 novembre 2027, pas octobre",
            "pose des stores semaine du 8 novembre 2027\nvanne fermée à partir du 3 mai",
        ),
        (
            "chantier en juin\nfermeture le 3 mai\nle chantier commence le 12 juillet et pas en juin",
            "chantier le 12 juillet\nfermeture le 3 mai",
        ),
        ("bail 80 €\nrectif : bail 90 €\nfinalement le bail c'est 95 €", "bail 95 €"),
    ];
    check(&table);
}

#[test]
fn what_is_no_correction_stays() {
    check(
        &[
            "loyer 390 €\nle devis est de 4150 pas 4510",
            "18 h par semaine\n22 h par semaine au lieu de 18",
            "caution 500 €\nnon pour le prêt de la salle à 300 €",
            "caution 500 €\nfinalement il fera beau",
            "bal le 4 juillet, salle Rameau\nfinalement grande salle (vu avec Zoé le 3/06)",
            "eau : 3,10 € le m3\nl'eau passe de 3,10 à 3,25 €",
            "le club demande 2 000 € pour le stage\nfinalement le stage est aidé à 1 800 €",
            "stage : proposé 1 500 €\nfinalement on retient 1 800 € pour le stage",
            "vote : 11 pour\nrectif : la 1 c'est 12 pour 3 contre",
            "adulte 12 €\nenfant 6 €",
        "réunion du bureau le 12 mars à 18h\nAh j'oubliais, la réunion de chantier est le 15 mars à 14h",
        "Région : réponse avant le 15 avril\nAttend l'avis de la Région avant le 3 mai",
        "mise à jour du plan avant le 3 mai\nplan communal voté le 4 avril",
        "plan communal voté le 4 avril\nmise à jour du plan avant le 3 mai",
        "affiche A3, le 4 avril\nAda me rappelle que l'affiche est à corriger avant le 7 avril",
            "kermesse le 5 juin, loto le 12 juin",
        ]
        .map(|typed| (typed, typed)),
    );
}

#[test]
fn findings_point_at_the_notes_as_typed() {
    let typed = "été : bal à 20h, entrée 6 €\nnon le bal c 19h30 pas 20h\nfin à minuit";
    let notes = Notes::from_text(typed).unwrap();
    let amended = amended(&notes).unwrap();
    assert_eq!(amended.corrections()[0].values, [("20 h".to_owned(), "19 h 30".to_owned())]);
    assert_eq!(&typed[amended.corrections()[0].span.clone()], "non le bal c 19h30 pas 20h");
    for piece in ["été", "entrée 6 €", "fin à minuit"] {
        let at = amended.notes().text().find(piece).unwrap();
        let mut found = [Finding::info(FindingKind::Unused, Some(at..at + piece.len()), "x")];
        amended.take_back(&mut found);
        assert_eq!(&typed[found[0].notes.clone().unwrap()], piece);
    }
    let at = amended.notes().text().find("19 h 30").unwrap();
    let mut found = [Finding::info(FindingKind::Unused, Some(at..at + 7), "x")];
    amended.take_back(&mut found);
    assert_eq!(&typed[found[0].notes.clone().unwrap()], "20h");
}

#[test]
fn what_a_meeting_puts_off_is_noted_with_its_new_day() {
    let table = [
        (
            "Fermeture du gymnase du 4 mai au 16 mai, reprise lundi 18 mai.\nLe sol sèche mal, donc reprise décalée au vendredi 22 mai (et gymnase fermé jusqu'au 21)",
            "Fermeture du gymnase du 4 mai au 21 mai, reprise vendredi 22 mai.\nLe sol sèche mal, donc reprise décalée au vendredi 22 mai (et gymnase fermé jusqu'au 21)",
        ),
        (
            "livraison le 3 juin, facture le 10 juin\nlivraison reportée au 8 juin",
            "livraison le 8 juin, facture le 10 juin\nlivraison reportée au 8 juin",
        ),
        (
            "loto le 3 juin\ntournoi repoussé au 9 juin",
            "loto le 3 juin\ntournoi repoussé au 9 juin",
        ),
    ];
    for (typed, expected) in table {
        let notes = Notes::from_text(typed).unwrap();
        let amended = amended_meeting(&notes);
        let text = amended.as_ref().map_or(typed, |amended| amended.notes().text());
        assert_eq!(text, expected);
    }
}

#[test]
fn a_correction_may_say_when_it_was_told() {
    check(&[
        (
            "piscine : carte 10 bains 40 €, carte 20 bains 75 €\nrectif Zoé (appel du 6) : la carte 20 bains c'est 70 € qu'on a voté, pas 75",
            "piscine : carte 10 bains 40 €, carte 20 bains 70 €",
        ),
        (
            "bal dim 8 mai 15h préau, le maire est d'accord\nbal, RECTIF : le maire appelle, le 8 il y a cérémonie, donc dimanche 22 mai même heure",
            "bal dimanche 22 mai 15h préau, le maire est d'accord",
        ),
    ]);
}
