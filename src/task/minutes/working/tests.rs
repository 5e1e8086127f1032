//! Whole notes of working meetings, read by rule: what must come out, and what must not.

use super::*;

fn read_notes(text: &str) -> (Meeting, Vec<Finding>) {
    let notes = Notes::from_text(text).unwrap();
    read(&notes, &Office::default())
}

fn table(meeting: &Meeting) -> Vec<[String; 3]> {
    let or = |value: &Option<String>| value.clone().unwrap_or_else(|| "?".into());
    meeting.actions.iter().map(|a| [or(&a.who), a.what.clone(), or(&a.when)]).collect()
}

const BOARD: &str = include_str!("../../../../tests/fixtures/reunions/bureau.txt");

#[test]
fn the_board_meeting_is_read_whole() {
    let (meeting, findings) = read_notes(BOARD);
    assert_eq!(meeting.label.as_deref(), Some("Bureau comité des fêtes"));
    assert_eq!(meeting.date.as_deref(), Some("mardi 3 novembre 2026"));
    assert_eq!(
        (meeting.opened.as_deref(), meeting.closed.as_deref()),
        (Some("18 h 30"), Some("20 h 10"))
    );
    assert_eq!(meeting.attendance.present, ["Nadia Ferrol", "Paul", "Léa", "Karim"]);
    assert_eq!(meeting.attendance.excused, ["Zoé"]);
    assert_eq!(meeting.secretary.as_deref(), Some("Léa"));
    let titles: Vec<&str> = meeting.items.iter().map(|i| i.title.as_str()).collect();
    assert_eq!(titles, ["Bilan fête d'automne", "Marché de Noël", "Matériel"]);
    let decisions: Vec<&str> = meeting.decisions.iter().map(|d| d.text.as_str()).collect();
    assert_eq!(
        decisions,
        [
            "Garder le vin chaud à 2,50 €.",
            "Stand à 15 € : adopté à l’unanimité.",
            "Ne pas prendre de chalet.",
        ]
    );
    assert_eq!(
        table(&meeting),
        [
            ["Karim", "réserver la sono", "avant le 15 novembre"],
            ["Paul", "devis barnum", "avant le 12"],
            ["?", "appeler la mairie pour l'électricité", "?"],
        ]
        .map(|row| row.map(str::to_owned))
    );
    let open: Vec<&str> = meeting.open_points.iter().map(|p| p.text.as_str()).collect();
    assert_eq!(
        open,
        ["Heure de fermeture pas tranchée, à revoir.", "Barnum déchiré : remplacement ?"]
    );
    assert_eq!(meeting.next_meeting.as_deref(), Some("mardi 1er décembre 2026 à 18 h 30"));
    assert!(findings.iter().any(|f| f.message.contains("ni qui ni pour quand")), "{findings:?}");
}

#[test]
fn a_wish_stays_in_the_account() {
    let (meeting, _) = read_notes(
        "Réunion du 3 mars 2026\nprésents : Paul, Léa\nBuvette : il faudrait un 2e frigo\nPaul : ce serait bien de garder la bière locale",
    );
    assert!(meeting.decisions.is_empty() && meeting.actions.is_empty(), "{meeting:?}");
    assert_eq!(meeting.items[0].clauses.len(), 2, "{meeting:?}");
}

#[test]
fn headings_say_what_their_lines_are() {
    let (meeting, _) = read_notes(
        "CR réunion équipe 3/3/26\nprésents : Paul, Léa\n\nDécisions :\n- ouverture le samedi\n- à voir : tarif ?\n\nActions :\n- Paul : affiches, fin mars\n- Léa clés 12/03\n\nEn suspens :\n- parking\n\nprochaine réunion 7 avril 2026 18h",
    );
    let decisions: Vec<&str> = meeting.decisions.iter().map(|d| d.text.as_str()).collect();
    assert_eq!(decisions, ["Ouverture le samedi."]);
    assert_eq!(
        table(&meeting),
        [["Paul", "affiches", "fin mars"], ["Léa", "clés", "12 mars"]]
            .map(|row| row.map(str::to_owned))
    );
    assert_eq!(meeting.open_points.len(), 2);
}

#[test]
fn a_private_remark_goes_nowhere() {
    let (meeting, findings) = read_notes(
        "Réunion du 3 mars 2026\nprésents : Paul, Léa\nBuvette : ok\n- ne pas mettre : Bernard a trop bu",
    );
    let text = format!("{meeting:?}");
    assert!(!text.contains("Bernard"), "{text}");
    assert!(findings.iter().any(|f| f.kind == FindingKind::LeftOut));
}

#[test]
fn notes_without_a_title_lose_nothing() {
    let (meeting, _) = read_notes("présents : Paul, Léa\nBuvette : 2 frigos\non garde la bière");
    assert_eq!(meeting.attendance.present, ["Paul", "Léa"]);
    assert_eq!(meeting.decisions.len(), 1);
}

fn texts(meeting: &Meeting) -> (Vec<&str>, Vec<&str>) {
    let decisions = meeting.decisions.iter().map(|d| d.text.as_str()).collect();
    let open = meeting.open_points.iter().map(|p| p.text.as_str()).collect();
    (decisions, open)
}

fn titles(meeting: &Meeting) -> Vec<&str> {
    meeting.items.iter().map(|i| i.title.as_str()).collect()
}

const WHO: &str = "réu du 3 mars 2027\nprésents : Paul Ferrol, Léa Montal, Karim Dasque\n";

#[test]
fn actions_are_read_in_every_form_that_people_draw() {
    let table: [(&str, [&str; 3]); 18] = [
        ("[Paul] relancer la mairie", ["Paul Ferrol", "relancer la mairie", "?"]),
        ("[PF] chiffrer le coût => CA de mai", ["Paul Ferrol", "chiffrer le coût", "CA de mai"]),
        ("@Léa planning à refaire", ["Léa Montal", "planning à refaire", "?"]),
        ("affiches @Léa 15/03", ["Léa Montal", "affiches", "15 mars"]),
        ("AF : relire le bail (Karim, 12/03)", ["Karim Dasque", "relire le bail", "12 mars"]),
        ("dossier -> Paul av. 20/05", ["Paul Ferrol", "dossier", "avant le 20 mai"]),
        (
            "demander un coffret → mairie → Léa d'ici fin mai",
            ["Léa Montal", "demander un coffret (mairie)", "d'ici fin mai"],
        ),
        ("peinture → Paul, avant le match", ["Paul Ferrol", "peinture", "avant le match"]),
        (
            "forum -> Léa : liste du matériel / 15 juin",
            ["Léa Montal", "liste du matériel (forum)", "15 juin"],
        ),
        (
            "Paul : location du camion (avant 15/04)",
            ["Paul Ferrol", "location du camion", "avant le 15 avril"],
        ),
        ("chèque à faire : Karim, fin mars", ["Karim Dasque", "chèque à faire", "fin mars"]),
        (
            "distribution samedi 6 mars : Paul et Léa",
            ["Paul Ferrol et Léa Montal", "distribution", "samedi 6 mars"],
        ),
        ("arrêté : Léa demande à la mairie", ["Léa Montal", "demander à la mairie (arrêté)", "?"]),
        ("salle à demander (Léa)", ["Léa Montal", "salle à demander", "?"]),
        ("Karim est chargé de l'achat", ["Karim Dasque", "s’occuper de l'achat", "?"]),
        (
            "tables à emprunter - Karim - av 10/02",
            ["Karim Dasque", "tables à emprunter", "avant le 10 février"],
        ),
        (
            "église : fuite au toit, Léa voit l'architecte",
            ["Léa Montal", "voir l'architecte (église)", "?"],
        ),
        ("? -> photos", ["?", "photos", "?"]),
    ];
    for (line, expected) in table {
        let (meeting, _) = read_notes(&format!("{WHO}\nBuvette :\n- {line}\n- rien d'autre"));
        let table = super::tests::table(&meeting);
        let found = table.first().map(|row| row.each_ref().map(String::as_str));
        assert_eq!(found, Some(expected), "{line}");
        assert_eq!(table.len(), 1, "{line}: {table:?}");
    }
}

#[test]
fn what_somebody_says_or_did_is_no_action() {
    for line in [
        "Léa : trop de monde en août",
        "Karim : comptage fait le 2 mars",
        "fournisseur : Épicerie Vidal",
        "mme Solignac a fait les photos",
        "Paul : contrôle fait le 16 mars, balançoire à changer",
        "miroir : rien à signaler",
        "affiche du tournoi",
    ] {
        let (meeting, _) = read_notes(&format!("{WHO}\nBuvette :\n- {line}\n- rien d'autre"));
        assert!(meeting.actions.is_empty(), "{line}: {:?}", meeting.actions);
        assert!(meeting.decisions.is_empty(), "{line}: {:?}", meeting.decisions);
    }
}

#[test]
fn what_is_settled_and_what_is_put_off_are_told_apart() {
    let table: [(&str, &[&str], &[&str]); 19] = [
        ("traiteur 230 €, l'an dernier 215 -> validé", &["Traiteur 230 €, l'an dernier 215."], &[]),
        ("on participe pas cette année, décidé", &["Ne pas participer cette année."], &[]),
        ("choix : Défi Sports", &["Choix : Défi Sports."], &[]),
        ("prix inchangés => OK tous", &["Prix inchangés."], &[]),
        (
            "acheter ou louer ?? louer 60 € => on loue",
            &["Acheter ou louer ?? louer 60 € : on loue."],
            &[],
        ),
        ("vin chaud NON cette année (décision)", &["Vin chaud NON cette année."], &[]),
        (
            "AG : fixée au ven. 29 janvier 2027",
            &["Assemblée générale : fixée au vendredi 29 janvier 2027."],
            &[],
        ),
        ("sono : on garde la même", &["Sono : garder la même."], &[]),
        ("tarif, 5 ou 8 € ? => 5 € validé", &["Tarif, 5 ou 8 € ? Réponse : 5 € validé."], &[]),
        ("marché nocturne : abandonné", &["Marché nocturne : abandonné."], &[]),
        ("Après discussion, nous décidons d'ouvrir jusqu'en juin", &["Ouvrir jusqu'en juin."], &[]),
        (
            "tarif 38 € - pour : 4, contre : 1",
            &["Tarif 38 € : adopté par 4 voix pour et 1 voix contre."],
            &[],
        ),
        ("on choisit au prochain coup", &[], &["On choisit au prochain coup."]),
        (
            "décision reportée au conseil du 28/03",
            &[],
            &["Décision reportée au conseil du 28 mars."],
        ),
        ("inventaire : TBD", &[], &["Inventaire : TBD."]),
        ("photo de classe ?? à voir", &[], &["Photo de classe ?? à voir."]),
        ("4 dossiers, 3 acceptés, 1 ajourné", &[], &[]),
        ("Léa pas d'accord (riverains)", &[], &[]),
        ("stock boissons OK", &[], &[]),
    ];
    for (line, decisions, open) in table {
        let (meeting, _) = read_notes(&format!("{WHO}\nBuvette :\n- {line}\n- rien d'autre"));
        assert_eq!(texts(&meeting), (decisions.to_vec(), open.to_vec()), "{line}");
    }
}

#[test]
fn subjects_follow_the_habit_of_the_notes() {
    let table: [(&str, &[&str]); 10] = [
        ("• Galette\n6 galettes, 84 €.\n• Gym\n22 inscrits.", &["Galette", "Gym"]),
        ("**Fête** : le 26 juin\n- 6 bénévoles\n**Prêt** : rien\n- 2 livres", &["Fête", "Prêt"]),
        (">> PHOTOS\nrien\n>> PISCINE\nbus : 1240 €", &["Photos", "Piscine"]),
        (
            "* FEU DE LA ST JEAN sam. 19 juin\n - 6 bénévoles\n* LOTO\n - 300 cartons",
            &["Feu de la Saint-Jean samedi 19 juin", "Loto"],
        ),
        ("PROG\nsono : 380 €\nprix : 3 €\nSECU\nrien", &["Programme", "Secu"]),
        ("1) Loto\nsalle : libre\n2) Divers\nclés : ok", &["Loto", "Questions diverses"]),
        ("A. Chemin\n   . 320 m\nB. Rue\n   . rien", &["Chemin", "Rue"]),
        (
            "1 rentrée\n  - 24 inscrits\n2 sortie\n  - 10 octobre\n3 qui fait quoi\n  - Léa -> clés",
            &["Rentrée", "Sortie"],
        ),
        ("\nétat des lieux\n12 tombes\n\nossuaire\ndevis : 480 €", &["État des lieux", "Ossuaire"]),
        ("*Prêt*\nrien\n*Jeux*\nrien", &["Prêt", "Jeux"]),
    ];
    for (body, expected) in table {
        let (meeting, _) = read_notes(&format!("{WHO}{body}"));
        assert_eq!(titles(&meeting), expected, "{body}");
    }
}

#[test]
fn people_are_listed_in_every_way() {
    let table: [(&str, &[&str], &[&str]); 7] = [
        (
            "Étaient présents : MM. Garr, Laco, Mmes Pine et Vida\nAbs excusées : Mme Serr",
            &["M. Garr", "M. Laco", "Mme Pine", "Mme Vida"],
            &["Mme Serr"],
        ),
        (
            "présents : Didier Mal (pdt), moi (secr)\nexc. : Fred Oust\n(moi = Chantal Véz)",
            &["Didier Mal", "Chantal Véz"],
            &["Fred Oust"],
        ),
        (
            "etaient la : m. dupray (maire), karine\nexcuse : m. bouys",
            &["M. Dupray", "Karine"],
            &["M. Bouys"],
        ),
        (
            "P : Hervé Comb, Nadine Saut\nE : Luc Lhosp",
            &["Hervé Comb", "Nadine Saut"],
            &["Luc Lhosp"],
        ),
        (
            "Étaient présentes Mme Rouz et Mme Albi. Mme Prun est excusée.",
            &["Mme Rouz", "Mme Albi"],
            &["Mme Prun"],
        ),
        (
            "Participants | Inès Kerl (chargée), Paul Andr\nExcusés | Yvan Merc",
            &["Inès Kerl", "Paul Andr"],
            &["Yvan Merc"],
        ),
        (
            "**Membres présents** : Ada Vern, Luc Talm\n**Excusé** : Zoé Malb",
            &["Ada Vern", "Luc Talm"],
            &["Zoé Malb"],
        ),
    ];
    for (lines, present, excused) in table {
        let (meeting, _) =
            read_notes(&format!("réunion du 3 mars 2027\n{lines}\n\nBuvette :\n- rien"));
        assert_eq!(meeting.attendance.present, present, "{lines}");
        assert_eq!(meeting.attendance.excused, excused, "{lines}");
    }
}

#[test]
fn a_table_with_named_columns_is_read_by_them() {
    let (meeting, _) = read_notes(&format!(
        "{WHO}\nSujet | Discussion | Décision | Qui | Échéance\nEau | 2 cuves | à trancher | Paul chiffre | 15/06\nClôture | 78 m | OK | Léa | fin juin\nFête | sam 19 juin | reporté | ? | ?"
    ));
    assert_eq!(titles(&meeting), ["Eau", "Clôture", "Fête"]);
    assert_eq!(texts(&meeting), (vec!["Accord."], vec!["À trancher.", "Reporté."]));
    assert_eq!(
        table(&meeting),
        [["Paul Ferrol", "chiffrer (eau)", "15 juin"], ["Léa Montal", "clôture", "fin juin"]]
            .map(|row| row.map(str::to_owned))
    );
}

#[test]
fn a_price_corrected_later_does_not_change_a_vote() {
    let (meeting, findings) = read_notes(&format!(
        "{WHO}\nLoto :\n- carton 4 €\n- friteuse : 4 pour\nrectif : le carton c'est 5 € pas 4 €"
    ));
    assert_eq!(meeting.items[0].clauses, ["carton 5 €"]);
    assert_eq!(meeting.decisions[0].text, "Friteuse : adopté par 4 voix pour.");
    assert!(findings.iter().any(|f| f.kind == FindingKind::Correction));
}

#[test]
fn labels_that_come_again_under_each_subject_say_what_their_lines_are() {
    let (meeting, findings) = read_notes(
        "Fête des noix, réunion mardi 3 mars 2026\nLà : Ada Roy, Luc Noval, Zoé Bert\n\nRUES\nDit : bouchon l'an dernier. Luc préfère le pont\nTranché : rue Basse fermée de 8h à 19h\nReste : 5 bénévoles pour les plots, Luc les trouve avant le 20 mars\n\nDANSE\nDit : bal ou conte ?\nTranché : le conte, deux passages\nReste : Zoé le réserve cette semaine. Qui paie la scène ?\n\nSECOURS\nDit : 300 €\nTranché : rien, on attend l'avis du médecin de garde\nReste : mettre l'annonce au bourg (personne ne s'est proposé)\n",
    );
    let decisions: Vec<&str> = meeting.decisions.iter().map(|d| d.text.as_str()).collect();
    assert_eq!(decisions, ["Rue Basse fermée de 8 h à 19 h.", "Le conte, deux passages."]);
    assert_eq!(
        table(&meeting),
        [
            ["Luc Noval", "trouver 5 bénévoles pour les plots", "avant le 20 mars"],
            ["Zoé Bert", "réserver le conte, deux passages", "cette semaine"],
            ["?", "mettre l'annonce au bourg", "?"],
        ]
        .map(|row| row.map(str::to_owned))
    );
    let open: Vec<&str> = meeting.open_points.iter().map(|p| p.text.as_str()).collect();
    assert_eq!(
        open,
        ["Qui paie la scène ?", "Rien de tranché : on attend l'avis du médecin de garde."]
    );
    assert!(findings.iter().all(|f| !f.message.contains("Dit :")), "{findings:?}");
}

#[test]
fn what_is_noted_afterwards_corrects_and_what_is_personal_stays_out() {
    let (meeting, findings) = read_notes(
        "Réunion du foyer, mardi 3 mars 2026\nPrésents : Ada Roy, Luc Noval\nLuc en retard, comme toujours\n\nmatériel\n -> achat 12 bancs à 38 € = 456, Luc commande\n -> ok essai du four en mai, bilan en juin\n\naprès coup : les bancs c'est 14, donc 532\nbilan du four en juillet et pas juin (Ada)\nme commander un gilet\nmoi : rappeler papa\n",
    );
    let told = format!("{:?}{:?}{:?}", meeting.items, meeting.decisions, meeting.actions);
    for gone in ["12 bancs", "456", "juin", "gilet", "papa", "retard"] {
        assert!(!told.contains(gone), "{gone}: {told}");
    }
    for kept in ["14 bancs", "532", "juillet"] {
        assert!(told.contains(kept), "{kept}: {told}");
    }
    for said in ["14 au lieu de 12", "532 au lieu de 456", "gilet", "papa", "retard"] {
        assert!(findings.iter().any(|f| f.message.contains(said)), "{said}: {findings:?}");
    }
}

#[test]
fn who_does_what_is_read_in_unusual_places() {
    let (meeting, findings) = read_notes(
        "Réunion du foyer, mardi 3 mars 2026\nPrésents : Ada Roy, Luc Noval\n\nnouvelle pesée en octobre, Ada s'en charge\nprospectus 80 € faut que qqun s'en occupe\nportail cassé, faut que qqn appelle le serrurier\nvélo : licence à demander, Luc ? il a pas dit oui\nappel au journal (texte Ada pour le 5/12)\npré de Mme Garel, lui redemander (Luc), pas urgent\n",
    );
    assert_eq!(
        table(&meeting),
        [
            ["Ada Roy", "nouvelle pesée en octobre", "?"],
            ["?", "prospectus 80 €", "?"],
            ["?", "appeler le serrurier (portail cassé)", "?"],
            ["?", "licence à demander", "?"],
            ["Ada Roy", "texte (appel au journal)", "5 décembre"],
            ["Luc Noval", "pré de Mme Garel, lui redemander", "pas urgent"],
        ]
        .map(|row| row.map(str::to_owned))
    );
    assert!(findings.iter().any(|f| f.message.contains("n’a pas dit oui")), "{findings:?}");
}
