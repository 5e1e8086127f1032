use proptest::prelude::*;

use super::*;
use crate::office::Office;
use crate::reading::name::Roster;
use crate::task::minutes::checks;
use crate::task::minutes::people::People;
use crate::task::minutes::record::{
    Action, Arrival, Attendance, ClosedSession, Decision, Departure, Item, Kind, OpenPoint,
    Outcome, Part, Proxy, Vote,
};
use crate::task::minutes::template;

fn check(meeting: &mut Meeting) {
    let (roster, office) = (Roster::new(&[]), Office::default());
    checks::check(meeting, &People::new(&roster, &office), None, &mut Vec::new());
}

/// Through the file and back.
fn returned(meeting: &Meeting) -> Meeting {
    let text = write(&serde_json::to_value(meeting).unwrap());
    read(&text).unwrap_or_else(|fault| panic!("{fault:?}\n{text}"))
}

/// A record in which every key has a value.
fn full() -> Meeting {
    let some = |text: &str| Some(text.to_owned());
    Meeting {
        kind: Kind::Council,
        body: some("Corvaille"),
        departement: some("Haute-Aure"),
        date: some("mardi 10 mars 2026"),
        place: some("salle de la mairie"),
        opened: some("19 h 30"),
        closed: some("21 h"),
        convocation: some("le 4 mars 2026"),
        chair: some("Ada VERNIER"),
        chair_title: some("La maire"),
        secretary: some("Luc TALMONT"),
        assistants: vec!["Zoé MALBEC".into()],
        remarks: vec!["Une remarque.".into()],
        agenda: vec!["Tarifs".into()],
        next_meeting: some("mardi 5 mai 2026"),
        label: some("Bureau"),
        guests: vec!["Yves (mairie)".into()],
        session: some("extraordinaire"),
        majority: Some((2, 3)),
        majority_of_all: true,
        second_notice: true,
        decisions: vec![Decision { text: "Le local est loué.".into(), ..Decision::default() }],
        actions: vec![Action { who: some("Ève"), what: "relancer".into(), ..Action::default() }],
        open_points: vec![OpenPoint { text: "La date.".into(), ..OpenPoint::default() }],
        attendance: Attendance {
            in_office: Some(7),
            quorum: Some(4),
            quorum_fraction: Some((1, 3)),
            present: vec!["Ada VERNIER".into()],
            present_count: Some(5),
            arrivals: vec![Arrival {
                name: "Ève".into(),
                hour: some("20 h"),
                item: Some(1),
                ..Arrival::default()
            }],
            departures: vec![Departure {
                name: "Yann".into(),
                hour: some("21 h"),
                item: Some(1),
                holder: some("Ada VERNIER"),
                ..Departure::default()
            }],
            without_vote: Some(1),
            proxies: vec![Proxy { giver: "Paul".into(), holder: "Ada VERNIER".into() }],
            proxy_count: Some(1),
            excused: vec!["Rémi".into()],
            absent: vec!["Yann".into()],
            audience: some("2 personnes dans le public"),
        },
        items: vec![Item {
            number: Some(1),
            title: "Tarifs".into(),
            clauses: vec!["prix 3 €".into()],
            account: vec!["Le prix est de 3 €.".into()],
            vote: Some(Vote {
                in_favour: Some(4),
                against: Some(1),
                abstentions: Some(0),
                blank: Some(1),
                result: Some(true),
                casting: true,
                names: Some([vec!["Ada".into()], vec!["Ève".into()], vec![]]),
                possible: true,
                ..Vote::default()
            }),
            not_voting: vec!["Luc TALMONT".into()],
            public_ballot: true,
            closed_session: Some(ClosedSession {
                requested_by: some("la maire"),
                unanimous: true,
                public_left: some("20 h"),
                public_back: some("21 h"),
            }),
            deliberation: some("2026-01"),
            parts: vec![Part {
                subject: "repas".into(),
                vote: Vote { in_favour: Some(5), possible: true, ..Vote::default() },
            }],
            secret_ballot: true,
            chair: some("Luc TALMONT"),
            outcome: Some(Outcome::Postponed),
            quorum_lost: Some(3),
            ..Item::default()
        }],
    }
}

/// The keys of the record that the file would show under their English name.
fn unnamed(record: &Value, fields: &[Field], found: &mut Vec<String>) {
    match record {
        Value::Object(object) => {
            for (key, value) in object {
                match fields.iter().find(|f| f.key == key) {
                    None => found.push(key.clone()),
                    Some(field) => match field.shape {
                        Section(below) | Rows(below) | Sections(_, below) => {
                            unnamed(value, below, found);
                        }
                        _ => {}
                    },
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|item| unnamed(item, fields, found)),
        _ => {}
    }
}

#[test]
fn every_key_of_the_record_has_a_french_name() {
    let mut found = Vec::new();
    unnamed(&serde_json::to_value(full()).unwrap(), MEETING, &mut found);
    assert_eq!(found, [""; 0], "add them to the tables of this module");
}

#[test]
fn a_full_record_and_an_empty_one_come_back() {
    for meeting in [full(), Meeting::empty(Kind::Association), Meeting::empty(Kind::Working)] {
        assert_eq!(returned(&meeting), meeting);
    }
}

#[test]
fn what_is_missing_is_shown_with_an_example() {
    let text = write(&serde_json::to_value(Meeting::empty(Kind::Council)).unwrap());
    for line in ["# fin = \"22 h 40\"", "# lieu = \"salle du conseil\"", "presents = []"] {
        assert!(text.lines().any(|l| l == line), "{line} in:\n{text}");
    }
    let filled = text.replace("# fin = ", "fin = ");
    assert_eq!(read(&filled).unwrap().closed.as_deref(), Some("22 h 40"));
}

#[test]
fn slips_are_said_in_french_with_their_line() {
    let table = [
        ("type = \"conseil\"\nouvertur = \"20 h\"", 2, "vouliez-vous « ouverture » ?"),
        ("type = \"counseil\"", 1, "écrivez \"conseil\" ou \"association\" ou \"reunion\""),
        ("[[points]]\nnumero = 1", 1, "il manque la clé « titre »"),
        ("[[points]]\ntitre = \"A\"\nnumero = \"1\"", 3, "un nombre entier"),
        ("[[points]]\ntitre = \"A\"\n[points.vote]\nabstention = 2", 4, "« abstentions »"),
        ("[presences]\npouvoirs = [\n { de = \"A\" },\n]", 3, "il manque la clé « a »"),
        ("presents = [\"A\"]", 1, "se place sous [presences]"),
        ("lieu = « ici »", 1, "guillemets droits"),
        ("[presences]\nquorum = -3", 2, "un nombre entier"),
    ];
    for (text, line, words) in table {
        let fault = read(text).unwrap_err();
        assert_eq!(fault.line, line, "{text}: {fault:?}");
        assert!(fault.reason.contains(words), "{text}: {fault:?}");
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Zé][a-zé '’\"\\\\#=\\[\\]]{0,12}", "\\PC{0,8}", Just("a\nb\t\u{7f}".to_owned())]
}

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["Ada VERNIER", "Luc TALMONT", "Ève OSTIN", "Zoé MALBEC"])
        .prop_map(str::to_owned)
}

fn names() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(name(), 0..3)
}

fn vote() -> impl Strategy<Value = Vote> {
    let count = || prop::option::of(prop_oneof![0..9_u32, Just(u32::MAX)]);
    (count(), count(), count(), any::<bool>(), prop::option::of([names(), names(), names()]))
        .prop_map(|(in_favour, against, abstentions, unanimous, names)| Vote {
            in_favour,
            against,
            abstentions,
            unanimous,
            names,
            possible: true,
            ..Vote::default()
        })
}

fn item() -> impl Strategy<Value = Item> {
    let texts = || prop::collection::vec(text(), 0..3);
    (
        (prop::option::of(1..5_u32), text(), prop_oneof![0..4_usize, Just(usize::MAX)]),
        (texts(), texts(), prop::option::of(vote()), names()),
        (any::<bool>(), any::<bool>(), prop::option::of(text()), prop::option::of(text())),
    )
        .prop_map(|((number, title, treated), (clauses, account, vote, not_voting), last)| {
            let (public_ballot, miscellaneous, deliberation, closed) = last;
            Item {
                number,
                title,
                treated,
                clauses,
                account,
                vote,
                not_voting,
                public_ballot,
                miscellaneous,
                deliberation,
                closed_session: closed.map(|who| ClosedSession {
                    requested_by: Some(who),
                    ..ClosedSession::default()
                }),
                ..Item::default()
            }
        })
}

prop_compose! {
    fn attendance()(
        in_office in prop::option::of(0..20_u32),
        fraction in prop::option::of((1..3_u32, 1..5_u32)),
        present in names(),
        present_count in prop::option::of(prop_oneof![0..20_u32, Just(u32::MAX)]),
        arrivals in prop::collection::vec((name(), prop::option::of(text()), prop::option::of(1..5_u32)), 0..2),
        proxies in prop::collection::vec((name(), name()), 0..2),
        excused in names(),
        absent in names(),
    ) -> Attendance {
        Attendance {
            in_office,
            quorum_fraction: fraction,
            present,
            present_count,
            arrivals: arrivals
                .into_iter()
                .map(|(name, hour, item)| Arrival { name, hour, item, ..Arrival::default() })
                .collect(),
            proxies: proxies.into_iter().map(|(giver, holder)| Proxy { giver, holder }).collect(),
            excused,
            absent,
            ..Attendance::default()
        }
    }
}

prop_compose! {
    fn meeting()(
        kind in prop::sample::select(vec![Kind::Council, Kind::Association, Kind::Working]),
        fields in prop::collection::vec(prop::option::of(text()), 5),
        attendance in attendance(),
        agenda in prop::collection::vec(text(), 0..3),
        items in prop::collection::vec(item(), 0..4),
    ) -> Meeting {
        Meeting {
            date: fields[0].clone(),
            place: fields[1].clone(),
            opened: fields[2].clone(),
            chair: fields[3].clone(),
            next_meeting: fields[4].clone(),
            attendance,
            agenda,
            items,
            ..Meeting::empty(kind)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_record_comes_back(meeting in meeting()) {
        prop_assert_eq!(returned(&meeting), meeting);
    }

    #[test]
    fn a_checked_record_gives_the_same_document_when_it_comes_back(meeting in meeting()) {
        let mut meeting = meeting;
        check(&mut meeting);
        let mut back = returned(&meeting);
        for vote in back.items.iter_mut().filter_map(|i| i.vote.as_mut()) {
            prop_assert!(vote.possible);
        }
        check(&mut back);
        prop_assert_eq!(template::document(&back), template::document(&meeting));
    }

    #[test]
    fn any_text_is_a_record_or_a_fault_on_one_line(text in "(\\PC|[\n=\\[\\]\"#{},])*") {
        if let Err(fault) = read(&text) {
            prop_assert!(!fault.reason.contains('\n') && fault.line >= 1);
        }
    }
}
