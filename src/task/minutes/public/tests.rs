use super::*;
use crate::document::markdown;
use crate::task::minutes::record::{
    Action, Attendance, ClosedSession, Decision, Kind, OpenPoint, Part, Vote,
};

fn meeting() -> Meeting {
    let text = |list: &[&str]| list.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
    let vote = Vote {
        in_favour: Some(8),
        against: Some(2),
        abstentions: Some(3),
        names: Some([text(&["Ada VERNIER"]), text(&["Luc TALMONT"]), vec![]]),
        possible: true,
        ..Vote::default()
    };
    Meeting {
        date: Some("vendredi 18 septembre 2026".into()),
        next_meeting: Some("mardi 3 novembre à 18 h 30, chez Hélène".into()),
        attendance: Attendance {
            present: text(&["Ada VERNIER", "Luc TALMONT"]),
            ..Attendance::default()
        },
        agenda: text(&["Logement de Mme Tarvier", "Eau"]),
        items: vec![
            Item {
                title: "Logement de Mme Tarvier".into(),
                clauses: text(&["Mme Lucie Tarvier, 3 mois de loyer en retard 720 €"]),
                account: text(&["Mme Lucie Tarvier a 3 mois de loyer en retard."]),
                closed_session: Some(ClosedSession {
                    requested_by: Some("Ada VERNIER".into()),
                    public_left: Some("22 h 05".into()),
                    ..ClosedSession::default()
                }),
                vote: Some(vote.clone()),
                ..Item::default()
            },
            Item {
                title: "Eau".into(),
                account: text(&["M. Dupond, 3 rue Haute, demande un compteur à 120 €."]),
                vote: Some(vote),
                ..Item::default()
            },
        ],
        ..Meeting::empty(Kind::Council)
    }
}

/// The document for publication and the record that goes with it, as text.
fn published(meeting: &Meeting, findings: &mut Vec<Finding>) -> (String, String) {
    let masked = masked(meeting, &Office::default(), findings);
    let text = markdown::write(&document(&masked));
    (text, serde_json::to_string(&record(masked)).unwrap())
}

#[test]
fn the_public_version_says_what_it_is_and_hides_persons() {
    let mut findings = Vec::new();
    let (text, record) = published(&meeting(), &mut findings);
    for wanted in [
        NOTICE,
        "1. Situation individuelle",
        "de siéger à huis clos",
        "22 h 05",
        "8 voix pour, 2 voix contre et 3 abstentions",
        "M. X, [adresse masquée], demande un compteur à 120 €.",
        "Ada VERNIER",
        "au domicile d’une personne",
    ] {
        assert!(text.contains(wanted), "{wanted} in:\n{text}");
    }
    for private in ["Tarvier", "loyer", "720", "Dupond", "rue Haute", "Hélène"] {
        assert!(!text.contains(private), "{private} in:\n{text}");
        assert!(!record.contains(private), "{private} in:\n{record}");
    }
    let told: Vec<&str> = findings.iter().map(|f| f.message.as_str()).collect();
    let told = told.join("\n");
    for wanted in ["« M. Dupond »", "« 3 rue Haute »", "« Eau »", "huis clos", "chez Hélène"]
    {
        assert!(told.contains(wanted), "{wanted} in:\n{told}");
    }
    assert!(findings.iter().all(|f| f.kind == FindingKind::PersonalData));
}

#[test]
fn a_public_ballot_keeps_its_names() {
    let mut meeting = meeting();
    meeting.items[1].public_ballot = true;
    let text = |meeting: &Meeting| published(meeting, &mut Vec::new()).0;
    assert!(text(&meeting).contains("Luc TALMONT (1)"));
    meeting.items[1].public_ballot = false;
    assert!(!text(&meeting).contains("Luc TALMONT (1)"));
}

#[test]
fn objects_of_closed_sessions_are_neutral() {
    let mask = Mask::new(&meeting(), &Office::default());
    let object = |title: &str, closed: bool| {
        let closed_session = closed.then(ClosedSession::default);
        let item = Item { title: title.into(), closed_session, ..Item::default() };
        object(&mask, &item, &mut Vec::new())
    };
    for (title, closed, expected) in [
        ("Logement communal", true, "Logement communal"),
        ("Dette de Mme Tarvier", true, NEUTRAL),
        ("Vente à M. Dupond", false, "Vente à M. X"),
        ("Subvention au comité des fêtes", false, "Subvention au comité des fêtes"),
        ("Prix de la cantine", false, "Prix de la cantine"),
    ] {
        assert_eq!(object(title, closed), expected, "{title}");
    }
}

#[test]
fn parts_of_an_item_and_lists_of_a_working_meeting_are_masked() {
    let mut meeting = meeting();
    let eau = &mut meeting.items[1];
    let vote = eau.vote.take().unwrap();
    eau.parts = vec![Part { subject: "compteur de M. Dupond".into(), vote }];
    let council = published(&meeting, &mut Vec::new());
    meeting.kind = Kind::Working;
    meeting.decisions = vec![Decision {
        text: "M. Dupond sera exonéré".into(),
        subject: Some("Logement de Mme Tarvier".into()),
        ..Decision::default()
    }];
    meeting.actions = vec![Action {
        who: Some("Mme Lucie Tarvier".into()),
        what: "payer le 3 rue Haute à M. Dupond".into(),
        ..Action::default()
    }];
    meeting.open_points = vec![OpenPoint {
        text: "Faut-il aider Mme Tarvier, malade ?".into(),
        ..OpenPoint::default()
    }];
    let mut findings = Vec::new();
    let working = published(&meeting, &mut findings);
    for text in [council.0, council.1, working.0.clone(), working.1] {
        for private in ["Tarvier", "Dupond", "rue Haute", "malade"] {
            assert!(!text.contains(private), "{private} in:\n{text}");
        }
    }
    assert!(working.0.contains("voir D1"), "{}", working.0);
    let told: String = findings.iter().map(|f| f.message.as_str()).collect();
    assert!(told.contains("actions et points ouverts") && told.contains("malade"), "{told}");
}
