use proptest::prelude::*;

use super::*;
use crate::finding::FindingKind;

fn found(text: &str) -> Vec<Finding> {
    let notes = Notes::from_text(text).unwrap();
    let office: Office = toml::from_str(
        r#"
        [conseil]
        membres = [{ nom = "Sabine ABGRALL" }, { nom = "Yves RIOU" }, { nom = "Anne TANGUY" }]
        "#,
    )
    .unwrap();
    check(&notes, &office)
}

fn messages(text: &str) -> Vec<String> {
    found(text).into_iter().map(|finding| finding.message).collect()
}

/// The only finding contains the words.
fn assert_one(text: &str, kind: FindingKind, expected: &str) {
    let findings = found(text);
    let [only] = findings.as_slice() else { panic!("{text}: {findings:?}") };
    assert_eq!(only.kind, kind, "{text}");
    assert!(only.message.contains(expected), "{text}: {}", only.message);
}

#[test]
fn weekdays_are_compared_with_dates() {
    for (text, expected) in [
        (
            "jeudi 18 sept 2026 salle",
            "Le 18 septembre 2026 est un vendredi ; les notes disent jeudi : vérifiez le jour.",
        ),
        (
            "AG sam 10/10/26\nsortie dim 24 octobre",
            "Le 24 octobre 2026 est un samedi ; les notes disent dimanche : vérifiez le jour.",
        ),
        (
            "lettre du lundi 23 nov 2026\nrdv lundi 8 janvier",
            "Le 8 janvier 2027 est un vendredi ; les notes disent lundi : vérifiez le jour.",
        ),
        (
            "réunion mardi 19 janvier 2027 18h30\nautre réunion le mercredi 21 à Malivert",
            "Le 21 janvier 2027 est un jeudi ; les notes disent mercredi : vérifiez le jour.",
        ),
        (
            "CM du 12 octobre 2026\nfoire du 6 juin 2027\nvisite vendredi 5 nov",
            "Le 5 novembre 2026 est un jeudi ; les notes disent vendredi : vérifiez le jour.",
        ),
        (
            "CM du 10 novembre 2026\nfoire du 6 juin 2027\nréunion suivante mercredi 1er décembre",
            "Le 1er décembre 2026 est un mardi ; les notes disent mercredi : vérifiez le jour.",
        ),
    ] {
        assert_eq!(messages(text), [expected], "{text}");
    }
    for text in [
        "dim 24 octobre, sans année nulle part",
        "réunion mardi 19 janvier 2027 18h30\nautre réunion le jeudi 21 à Malivert",
        "réunion mardi 19 janvier 2027 18h30\nla suite lundi 1 à 18h, mercredi 21 personnes",
        // A Thursday in 2026, a Friday in 2027.
        "lettre du lundi 23 nov 2026\nrdv vendredi 8 janvier",
        "lettre du lundi 23 nov 2026\nvu jeudi 8 janvier",
    ] {
        assert_eq!(messages(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn what_is_left_is_computed() {
    for (text, expected) in [
        (
            "enveloppe 12 000 €, 4 760 arceaux + 5 200 marquage + 1 900 comptage = 11 860 → reste 240",
            "12 000 − 11 860 = 140",
        ),
        ("budget 500 €, dépensé 320, reste 190", "500 − 320 = 180"),
        ("report 1 200, résultat 250, solde 1 540", "1 200 + 250 = 1 450"),
        ("solde de départ 800,50 déficit 100 nouveau solde 900,50", "800,50 − 100 = 700,50"),
        (
            "Gilles : 1 842,60 € sur le compte. 3 factures : terreau 126, assurance 214,80, bâche 89,50 = 420,30",
            "430,30",
        ),
    ] {
        assert_one(text, FindingKind::Sum, expected);
    }
    for text in [
        "budget 500 €, dépensé 320, reste 180",
        "budget 500 €, peinture 20, rouleaux 30, reste 190",
        "report 1 200, résultat 250, solde 1 450",
        "recettes total 900,00\nrésultat + 300,00",
    ] {
        assert_eq!(messages(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_price_for_each_gives_its_total() {
    for (text, expected) in [
        ("ZD 41 -> 312 m², acquéreur riverain, 14 €/m² -> 4 638 €", "312 × 14 = 4 368"),
        ("terrain 250 m2 à 12 €/m2 soit 3 100 €", "250 × 12 = 3 000"),
        ("52 adhérents à 45 € = 2 430", "52 × 45 = 2 340"),
    ] {
        assert_one(text, FindingKind::Sum, expected);
    }
    for text in ["312 m² à 14 €/m² = 4 368 €", "12 repas à 3,50 € = 42", "30 km à pied, 5 €"]
    {
        assert_eq!(messages(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn sums_that_do_not_come_out() {
    for (text, expected) in [
        (
            "isolation. 86400 HT. on demande 40 % soit 35460",
            "40 % de 86 400 font 34 560, les notes disent 35 460",
        ),
        (
            "toiture 52000 € HT\n on demande 30 % soit 16500 €",
            "30 % de 52 000 font 15 600, les notes disent 16 500",
        ),
        ("acompte 30 % de 2400 € = 700 €", "30 % de 2 400 font 720, les notes disent 700"),
        ("loyer 640 € +5 % soit 682 €", "640 plus 5 % font 672, les notes disent 682"),
        ("subv 30 % de 12000 € = 3 700 €", "30 % de 12 000 font 3 600, les notes disent 3 700"),
        (
            "recettes 12500 €, dépenses 11 300 €, excédent 1100 €",
            "12 500 − 11 300 = 1 200, les notes disent 1 100 (excédent)",
        ),
        ("A 1200 € HT soit 1 440 € TTC, B 1500 HT soit 1700 ttc", "1 500 HT et 1 700 TTC"),
        (
            "recettes\n cotis 900\n buvette 100\n = 1000\ndépenses\n sono 400\n = 400\nbénéfice 500 en caisse 120",
            "1 000 − 400 = 600, les notes disent 500 (bénéfice)",
        ),
        (
            "fonct. recettes 900 dépenses 400 excédent 500\ninvest. recettes 100 dépenses 300 déficit 200\nrésultat global 330",
            "500 − 200 = 300, les notes disent 330 (résultat)",
        ),
        ("DM1 : +3 500 plaques +1 900 chaudière total 5 200, pris au 21", "font 5 400"),
        ("cotis 64 x 22 = 1418", "64 × 22 = 1 408, les notes disent 1 418"),
        ("repas : 48 repas x 15 € = 710 €", "48 × 15 = 720, les notes disent 710"),
        (
            "22 sorties, 412 participations = moy 19,7.",
            "412 divisé par 22 donne 18,7, les notes disent 19,7",
        ),
        (
            "dépenses : assurance 386,20 balisage 512 repas 100 -> 1098,20",
            "386,20 + 512 + 100 font 998,20, les notes disent 1 098,20",
        ),
        (
            "achats : peinture 12,50 pinceaux 30 / bâche 4, soit en tout 45,50",
            "12,50 + 30 + 4 font 46,50, les notes disent 45,50",
        ),
        ("29 signatures + 9 pouvoirs = 39", "29 + 9 font 38, les notes disent 39"),
        (
            "peinture 120 €\nbâche 40 €\nvis 12,50 €\ntotal 162,50 €",
            "120 + 40 + 12,50 font 172,50, les notes disent 162,50",
        ),
        (
            "recettes : a 64 x 22 = 1408 / b 400 -> total 1808\ndépenses : 1600\nexcédent 280 €",
            "1 808 − 1 600 = 208, les notes disent 280 (excédent)",
        ),
        (
            "bilan fête : recettes 3120,50, dépenses 2870, bénéfice 205,50",
            "3 120,50 − 2 870 = 250,50, les notes disent 205,50 (bénéfice)",
        ),
        ("retenu 24650 HT = 29850 TTC", "24 650 HT et 29 850 TTC"),
        ("retenu 24650 € HT (29850 € TTC)", "à 20 % : 29 580 TTC"),
        (
            "devis : Terravoie 24650 HT, Gravibat 27900 HT\n retenu Terravoie = 29850 TTC, 3 semaines",
            "24 650 HT et 29 850 TTC",
        ),
        ("48 bulletins 2 blancs 1 nul. Morvezen 46 Kerlann 30", "Morvezen aurait 46 voix pour 45"),
        ("48 bulletins, 3 blancs, 46 exprimés", "font 45 suffrages exprimés, les notes disent 46"),
    ] {
        assert_one(text, FindingKind::Sum, expected);
    }
}

#[test]
fn sums_that_come_out_are_silent() {
    for text in [
        "86400 HT, 40 % soit 34560",
        "plan : DETR 30 % soit 14 600 € sur 48 750 € HT",
        "48 750 € HT, DETR 30 % soit 14 600",
        "24650 € HT, TVA 20 % soit 29580 €",
        "43 élèves, gain 45 % soit 19 élèves",
        "cotis 64 x 22 = 1408 / subv mairie 400 / tombola 615,50  -> total 2423,50",
        "assurance 386,20 balisage 512 formation PSC1 480 repas 731,40 divers 97,85 -> 2207,45",
        "22 sorties, 412 participations = moy 18,7. rando",
        "22 sorties, 412 participations = moy 19",
        "quorum 64 / 3 = 22",
        "24650 HT soit 29580 TTC",
        "devis A 1200 € HT soit 1 440 € TTC, devis B 1500 HT soit 1650 ttc",
        "mairie 60 % soit 2 700 €, région 40 % soit 1 800 €",
        "recettes 845,50 (tables 320 + buvette 525,50) dépenses 210 => bénéfice 635,50",
        "total 4 500 € dont 1 500 € commune",
        "Terravoie 24650 HT, Gravibat 27980 TTC",
        "Terravoie 24650 HT, Gravibat 27900 HT\nretenu Terravoie = 29580 TTC",
        "Terravoie 24650 HT\nGravibat = 27980 TTC",
        "prix 3,60 -> 3,80, extérieurs 4,50 -> 4,75. presta +7%",
        "cotis 2027 : 22 -> 24 € (l'assurance augmente) 30 pour 6 contre 2 abst",
        "recettes 2423,50\ndépenses 2207,45\nexcédent 216,05 €\nsolde banque au 30/09 : 2090,35",
        "38 bulletins 2 blancs. Mordelan 35 Tastavin 33 Pinsardel 30 -> élus 3 ans",
    ] {
        assert_eq!(messages(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn an_assembly_is_held_to_its_own_rules() {
    let proxies = "AG du club\nstatuts : quorum 1/3, pouvoirs 2 max/pers\npouvoirs : J Morvezen en a 3, les autres 1";
    assert_one(
        proxies,
        FindingKind::Proxy,
        "J Morvezen détient 3 pouvoirs, les statuts en permettent 2",
    );
    let words = "AG du club\ndeux pouvoirs maximum\nMme Kerlann porte quatre pouvoirs";
    assert_one(words, FindingKind::Proxy, "Mme Kerlann détient 4 pouvoirs");
    let bracketed = "AG du club\npouvoirs 6 (max 1 par personne)\nMme Kerlann a 2 pouvoirs";
    assert_one(bracketed, FindingKind::Proxy, "Mme Kerlann détient 2 pouvoirs");
    let seat =
        "AG du club\nQD : siège social à la mairie, tout le monde ok voté (art 15 : statuts = AGE)";
    assert_one(
        seat,
        FindingKind::OffAgenda,
        "« siège social à la mairie » relève d'une assemblée extraordinaire",
    );
    let board = "AG du club fin 17h35\nbureau élu par le CA juste après 17h45 : prés Kerlann";
    assert_one(board, FindingKind::OffAgenda, "à 17 h 45, après la fin de l'assemblée (17 h 35)");
    for text in [
        "AG du club\npouvoirs 2 max/pers\nMorvezen a 2 pouvoirs",
        "AGE du club\nprésents 12\nsiège social à la mairie, voté à l'unanimité (statuts)",
        "AG du club\nmodification des statuts à voter en AGE",
        "CM du 3 mars\nmodification des statuts du syndicat adoptée à l'unanimité",
        "AG du club 15h fin 18h\nbureau élu par le CA à 17h : prés Kerlann",
        "AG du club\ncomptes approuvés conformément aux statuts",
    ] {
        assert_eq!(messages(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn doubts_of_the_writer_are_quoted_and_questions_of_speakers_are_not() {
    for (text, quoted) in [
        ("garderie possible ? pas sûr", "garderie possible ? pas sûr"),
        ("réunion mardi chez hélène ?", "réunion mardi chez hélène ?"),
        ("repas (à vérif)", "repas (à vérif)"),
        ("fanfare à 15h (si Dédé confirme)", "fanfare à 15h (si Dédé confirme)"),
        ("Buvette tenue par le foot ?", "Buvette tenue par le foot ?"),
        ("tribunal admin : ? à regarder", "tribunal admin : ? à regarder"),
        (
            "article de loi ? je sais plus, le code rural je crois",
            "article de loi ? je sais plus, le code rural je crois",
        ),
        ("copie : députée ? (voir avec Odile)", "copie : députée ? (voir avec Odile)"),
        (
            "crêpes 4 €, enfant 2 € (moins de 12 ans... ou 10 ?) réservation obligatoire avant le 6 décembre à la mairie",
            "enfant 2 € (moins de 12 ans... ou 10 ?)",
        ),
    ] {
        let expected = format!(
            "Point incertain dans les notes : « {quoted} » ; confirmez-le avant de l'écrire."
        );
        assert_eq!(messages(text), [expected], "{text}");
    }
    for text in [
        "Riou demande garantie décennale incluse ?",
        "Abgrall : familles prévenues ?",
        "Tanguy veut savoir si on coupe à 22h ou 23h ?",
        "quest. : pourquoi repas si cher ? -> rando gourmande",
        "slogan « et si on triait ? » en gros",
        "travaux vus avec le SDIS",
        "clés à la mairie ? -> oui",
        "Kerlann pas sûr que ça passe",
    ] {
        assert_eq!(messages(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn names_spelled_in_two_ways() {
    for text in [
        "refus Mme Kerlannec (ou Kerlanneg ? voir son mail)",
        "refus Mme Kerlannec\nmail de Kerlanneg reçu hier",
        "Kerlannec ou Kerlanneg ?",
        "lettre à M. Kerlannec (Kerlanneg ?) rue Haute",
    ] {
        assert_one(text, FindingKind::Name, "« Kerlannec » et « Kerlanneg »");
    }
    for text in [
        "présents : Kerlannec, Kerlanneg",
        "rue des Fontaines\nplace de la Fontaine",
        "M. Martin\nMme Martine",
        "DOROMÉ présente\nS Doromé vote",
    ] {
        assert_eq!(messages(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn what_a_later_line_replaces_is_quoted_with_what_it_replaces() {
    for (text, expected) in [
        (
            "réunion mardi 19 janvier 2027 salle du conseil\n--> non ! trop petit, finalement SALLE DES FÊTES (vu avec lui)",
            "Lieu changé dans les notes : « SALLE DES FÊTES » remplace « salle du conseil »",
        ),
        (
            "concert samedi 12 juin 2027 18h\n-> non, finalement samedi 19 juin 2027",
            "Date changée dans les notes : « samedi 19 juin 2027 » remplace « samedi 12 juin 2027 »",
        ),
    ] {
        assert_one(text, FindingKind::Correction, expected);
    }
}

#[test]
fn honest_notes_raise_no_alarm() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "txt") {
            let text = std::fs::read_to_string(&path).unwrap();
            assert_eq!(messages(&text), Vec::<String>::new(), "{}", path.display());
        }
    }
}

proptest! {
    #[test]
    fn any_notes_can_be_checked(
        text in r"(\PC|[0-9x=/%> .,:?()-]| HT| TTC| soit | total |\n|AG | bulletins | blancs|Kerlannec|recettes |excédent |pouvoirs | en a |fin | 17h|samedi | jeudi 21 | mars |-> non finalement salle ){0,60}"
    ) {
        if let Ok(notes) = Notes::from_text(&text) {
            for finding in check(&notes, &Office::default()) {
                let span = finding.notes.unwrap_or_default();
                prop_assert!(notes.text().get(span).is_some());
            }
        }
    }
}

#[test]
fn a_total_is_checked_against_the_line_above_it() {
    assert_one(
        "devis fenêtres 2 310 ttc / volets 1 480 ttc ; pose 620 ttc\ntotal 4 310",
        FindingKind::Sum,
        "2 310 + 1 480 + 620 font 4 410",
    );
    for silent in [
        "devis fenêtres 2 310 ttc / volets 1 480 ttc\ntotal 3 790",
        "8 bancs / 3 tables en 2026 / 2 tentes\ntotal 700",
    ] {
        assert!(messages(silent).is_empty(), "{silent}: {:?}", messages(silent));
    }
}

#[test]
fn a_share_is_no_base_of_the_next_share() {
    let told = "toiture du lavoir, plan :\n- état 25 % soit 9 500 €\n- région 10 % soit 3 800 €";
    assert!(messages(told).is_empty(), "{:?}", messages(told));
    assert_one(
        "toiture du lavoir 38 000 € HT\nétat 25 % soit 9 900 €",
        FindingKind::Sum,
        "25 % de 38 000 font 9 500",
    );
}

#[test]
fn a_rest_follows_a_total_that_does_not_come_out() {
    let told = messages(
        "tondeuse 2 jours à 30 € = 60 €\nhuile 12 €\nlame 15 € article 4 du règlement\ntotal 97 €\nacompte 20 € donc reste 77 €",
    );
    assert!(told.iter().any(|m| m.contains("60 + 12 + 15 font 87")), "{told:?}");
    assert!(told.iter().any(|m| m.contains("Le reste (77) suit du total 97")), "{told:?}");
    let right =
        "tondeuse 2 jours à 30 € = 60 €\nhuile 12 €\ntotal 72 €\nacompte 20 € donc reste 52 €";
    assert!(messages(right).is_empty(), "{:?}", messages(right));
}

#[test]
fn a_name_close_to_one_of_the_sheet_is_questioned() {
    let office: Office = toml::from_str(
        "[conseil]\nmembres = [{ nom = \"Denise ROCHEBRUN\" }, { nom = \"Paul TARVOLLE\" }]",
    )
    .unwrap();
    for (text, flagged) in [
        ("copie Mme Rocheburn, 1re adj.", true),
        ("copie à M. Tarvole", true),
        ("copie à mme Denise Rochebran", true),
        ("copie à Mme Rochebrun", false),
        ("copie à M. Corvalin", false),
        ("copie à M. Rocher", false),
    ] {
        let notes = Notes::from_text(text).unwrap();
        let found = check(&notes, &office);
        assert_eq!(found.iter().any(|f| f.message.contains("la fiche")), flagged, "{text}");
    }
}
