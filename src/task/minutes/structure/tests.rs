use super::*;
use crate::notes::Notes;

fn titles(text: &str) -> Vec<String> {
    let notes = Notes::from_text(text).unwrap();
    cut(&notes).agenda.into_iter().map(|e| format!("{} {}", e.number, e.title)).collect()
}

fn sections(text: &str) -> Vec<(Option<u32>, String, usize)> {
    let notes = Notes::from_text(text).unwrap();
    cut(&notes).sections.into_iter().map(|s| (s.number, s.heading, s.lines.len())).collect()
}

#[test]
fn agendas_are_read_as_people_type_them() {
    let table: [(&str, &[&str]); 7] = [
        (
            "CM\nODJ = PV - CFU 2025 - salle - divers\nPV : ok",
            &["1 PV", "2 CFU 2025", "3 salle", "4 divers"],
        ),
        (
            "CM\n1. PV 3/02  2. abri bus  3. camping 2027\n1. PV 3/02 - ok\n2. abri : oui",
            &["1 PV 3/02", "2 abri bus", "3 camping 2027"],
        ),
        (
            "ODJ : 1 PV du 26/06  2 décisions maire  3 tarifs\n4 voirie  5 questions div.\n\n1/ PV : RAS",
            &["1 PV du 26/06", "2 décisions maire", "3 tarifs", "4 voirie", "5 questions div"],
        ),
        ("odj : moral, activité, financier, QD", &["1 moral", "2 activité", "3 financier", "4 QD"]),
        (
            "Ordre du jour :\n1. Budget\n2. Travaux\n3. Divers\n1. Budget : voté\n2. Travaux : rien",
            &["1 Budget", "2 Travaux", "3 Divers"],
        ),
        (
            "ODJ\n- budget\n- fête du 14 juillet\nprésents : A",
            &["1 budget", "2 fête du 14 juillet"],
        ),
        (
            "ordre du jour : bilan ; budget 2027 ; élections",
            &["1 bilan", "2 budget 2027", "3 élections"],
        ),
    ];
    for (text, expected) in table {
        assert_eq!(titles(text), expected, "{text}");
    }
}

#[test]
fn acronyms_open_the_entry_they_name() {
    let text = "CM\nodj : vente / DM2 / eau\nvente : oui\nAda part 21h\nDM2 : +300\neau 2 €";
    let headings: Vec<String> = sections(text).into_iter().map(|(_, h, _)| h).collect();
    assert_eq!(headings, ["vente", "DM2", "eau 2 €"]);
}

#[test]
fn resolutions_are_items_and_the_unannounced_stands_apart() {
    let text = "AGE\nodj : 1 nom 2 siège\nrés. 1 nouveau nom\n 9 pour\nrés. 2 siège à la mairie. 8 pour\n+ cotis à 5 € votée (pas dans la convocation)\neffet en mai";
    assert_eq!(
        sections(text),
        [
            (Some(1), "nouveau nom".into(), 1),
            (Some(2), "siège".into(), 2),
            (None, OUTSIDE.into(), 1)
        ]
    );
    let notes = Notes::from_text(text).unwrap();
    let cut = cut(&notes);
    assert_eq!(cut.sections[2].lines[0].text, "cotis à 5 € votée");
    assert_eq!(cut.sections[1].lines[1].text, "effet en mai");
}

#[test]
fn at_the_margin_items_open_without_a_colon() {
    let text = "cm 3 mars\nprésents Ada, Luc\nPV du 4 février adopté 9 pour\ndécisions : rien\nRD 12 deux plateaux (Ada) 400 HT\n Luc : trop cher\n 8 pour 1 contre\n Luc part 20h\nloyer du four communal, on baisse à 30 pendant six mois\n9 pour\nbail : signé\nbureau  Ada présidente\nportail = fermé";
    let headings: Vec<String> = sections(text).into_iter().map(|(_, h, _)| h).collect();
    assert_eq!(
        headings,
        [
            "PV du 4 février",
            "décisions",
            "RD 12 deux plateaux (Ada)",
            "loyer du four communal",
            "bail",
            "bureau",
            "portail"
        ]
    );
}

#[test]
fn items_told_under_the_agenda_are_no_agenda() {
    let text = "CM\nOrdre du jour :\n1. Budget\n voté 10 pour\n2. Travaux\n reportés";
    assert_eq!(titles(text), [""; 0]);
    assert_eq!(sections(text).len(), 2);
}

#[test]
fn numbered_items_open_sections_and_keep_their_lines() {
    let text = "CM\n2/ voirie (Ada) : devis reçu\n suite\n1) école\n3 pour\nfin 22h";
    assert_eq!(sections(text), [(Some(2), "voirie (Ada)".into(), 2), (Some(1), "école".into(), 1)]);
}

#[test]
fn items_may_be_numbered_in_other_ways() {
    for (text, expected) in [
        ("CM\n[1] RAS -> 11 P\n[2] voirie", vec![Some(1), Some(2)]),
        ("CM\n- Point 1 : rien\n- Point 2 : voirie", vec![Some(1), Some(2)]),
        ("CM\nDELIB 1 - Budget\nvoté\nDELIB 2 - Eau", vec![Some(1), Some(2)]),
        (
            "CM\nodj\n1 pv\n2 chaudiere ecole\n\n1 pv adopte\n2 chaudiere : ok",
            vec![Some(1), Some(2)],
        ),
        (
            "CM\nODJ : 1 PV 2 zone 30 3 divers\n1/ ok\n2/ oui\n- Divers\n - vœux",
            vec![Some(1), Some(2), None],
        ),
        ("CM\n1. PV : ok\n2. eau : ok\nQD : rien", vec![Some(1), Some(2), None]),
    ] {
        let numbers: Vec<Option<u32>> = sections(text).into_iter().map(|(n, ..)| n).collect();
        assert_eq!(numbers, expected, "{text}");
    }
}

#[test]
fn items_without_number_open_with_the_words_of_the_agenda() {
    let text = "AG\nodj : moral, financier, QD\nrapport moral Ève : merci\n vote unanimité\nfinancier (Luc)\n recettes 12\nquest. : pourquoi ?\nQD : siège";
    assert_eq!(
        sections(text),
        [
            (None, "rapport moral Ève".into(), 2),
            (None, "financier (Luc)".into(), 2),
            (None, "QD".into(), 1)
        ]
    );
}

#[test]
fn without_numbers_or_agenda_titles_open_items() {
    let text = "réunion du 3 mars\nprésents : Ada, Luc\nBudget : 300 € restants\nà voter en mai\nFête : 12 juin";
    assert_eq!(sections(text), [(None, "Budget".into(), 2), (None, "Fête".into(), 1)]);
}

#[test]
fn titles_are_set_apart_in_many_ways() {
    let table: [(&str, &[&str]); 7] = [
        ("CM\npres: Ada\n> voirie\ndevis ok\n> ecole\nrien", &["voirie", "ecole"]),
        ("CM\nPRESENTS : ADA\nTARIFS\n3 €\nBUDGET PRIMITIF\nvoté", &["TARIFS", "BUDGET PRIMITIF"]),
        ("CM\n- PV : ok\n- Chemins : devis\n- Fête : repas", &["PV", "Chemins", "Fête"]),
        ("AG\nI - MORAL\nlu\nII - COMPTES\nlus", &["MORAL", "COMPTES"]),
        ("AG\n1 moral : lu\n2 comptes : lus\n3 cotis : 12 €", &["moral", "comptes", "cotis"]),
        (
            "DELIBERATION 2027-08 : TAUX\ninchangés\nDÉLIBÉRATION N° 2027-09 - EAU\n2 €",
            &["TAUX", "EAU"],
        ),
        (
            "CM\nPoint 1 : compte 2026. Le maire sort.\nPoint 2 : haies. Luc présente le plan de plantation et dit que tout va bien.",
            &["compte 2026", "haies"],
        ),
    ];
    for (text, expected) in table {
        let headings: Vec<String> = sections(text).into_iter().map(|(_, h, _)| h).collect();
        assert_eq!(headings, expected, "{text}");
    }
}

#[test]
fn parts_of_an_item_lose_their_number() {
    let text = "CM\n1) PV\n2) Budget\n3) Eau\n1) 9 pour\n2) 2.1 Luc présente\n 2.2 équilibré\n 2.3 voté\n3) rien";
    let notes = Notes::from_text(text).unwrap();
    let cut = cut(&notes);
    assert_eq!(cut.agenda.len(), 3);
    let lines: Vec<&str> = cut.sections[1].lines.iter().map(|piece| piece.text).collect();
    assert_eq!(lines, ["Luc présente", "équilibré", "voté"]);
}

#[test]
fn an_agenda_may_be_a_sentence() {
    let text = "AG\nL'ordre du jour comportait le rapport moral, les comptes et la cotisation.\nMoral : lu";
    assert_eq!(titles(text), ["1 rapport moral", "2 comptes", "3 cotisation"]);
}

#[test]
fn lines_about_the_whole_meeting_leave_their_item() {
    let notes =
        Notes::from_text("CM\n1/ voirie : ok\nprochain CM ven 16 oct\nfin 22h40\n").unwrap();
    let closing: Vec<_> = cut(&notes).closing.into_iter().map(|p| p.text.to_owned()).collect();
    assert_eq!(closing, ["prochain CM ven 16 oct", "fin 22h40"]);
}

#[test]
fn pieces_point_at_the_notes() {
    let notes = Notes::from_text("CM\n 1/ voirie : devis é\n  suite").unwrap();
    for section in cut(&notes).sections {
        for piece in section.lines {
            assert_eq!(&notes.text()[piece.span.clone()], piece.text);
        }
    }
}

#[test]
fn an_agenda_without_separators_falls_apart_where_its_items_begin() {
    for (text, expected) in [
        (
            "cm 3 mai\nodj pv lavoir prix du bois poste de garde qd\npv du 2 avril unanimite\n\nlavoir vernier presente\n8 pour\n\nposte de garde talmont garde les cles\n\nprix du bois 12 euros le stere\n7 pour 1 contre\n\nqd\nloto le 3 juin",
            &["1 pv", "2 lavoir", "3 prix du bois", "4 poste de garde", "5 qd"][..],
        ),
        (
            "cm 3 mai\nodj : entretien du lavoir communal\nentretien : rien",
            &["1 entretien du lavoir communal"][..],
        ),
    ] {
        assert_eq!(titles(text), expected, "{text}");
    }
}

#[test]
fn a_count_of_votes_numbers_no_entry() {
    let text = "CM\nORDRE DU JOUR\n1. PV du 3 mai\n2. Chemin\n3. Lavoir\n4. Divers\n\n- PV : 5 POUR\n- CHEMIN : devis reçu\n  5 POUR 1 CONTRE\n- LAVOIR : rien\n- DIVERS\n  loto";
    assert_eq!(titles(text), ["1 PV du 3 mai", "2 Chemin", "3 Lavoir", "4 Divers"]);
    let headings: Vec<String> = sections(text).into_iter().map(|(_, h, _)| h).collect();
    assert_eq!(headings, ["PV", "CHEMIN", "LAVOIR", "DIVERS"]);
}

#[test]
fn words_that_announce_the_agenda_are_none_of_its_entries() {
    let text = "AG\nOrdre du jour de la convocation :\n1. statuts\n2. les pouvoirs\n3. siège\n\nLes statuts sont relus.\n\nLes pouvoirs : deux par tête, 9 pour.\n\nLe siège va au bourg. Levée à 19 h 10.";
    assert_eq!(titles(text), ["1 statuts", "2 les pouvoirs", "3 siège"]);
    let notes = Notes::from_text(text).unwrap();
    let cut = cut(&notes);
    assert_eq!(cut.sections.len(), 3);
    assert_eq!(cut.closing.last().map(|piece| piece.text), Some("Levée à 19 h 10."));
}

#[test]
fn an_agenda_may_begin_with_the_accounts() {
    let text = "ag\nodj : comptes, appel d'offres, divers\ncomptes : ok";
    assert_eq!(titles(text), ["1 comptes", "2 appel d'offres", "3 divers"]);
}
