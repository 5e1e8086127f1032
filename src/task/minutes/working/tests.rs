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
