use super::*;
use crate::office::{Conseil, Membre, Office, Personnel};
use crate::reading::name::Roster;
use crate::task::minutes::record::{Kind, Meeting};
use crate::task::minutes::roll;

fn office() -> Office {
    let membres: Vec<Membre> =
        ["Ada VERNIER", "Luc TALMONT", "Ève OSTIN", "Paul-Henri GARDÈRE", "Zoé MALBEC"]
            .map(|nom| Membre { nom: nom.into(), ..Membre::default() })
            .into();
    Office {
        conseil: Conseil { maire: Some("Ada VERNIER".into()), membres, ..Conseil::default() },
        personnel: Personnel { secretaire_de_mairie: Some("Cid NOVAL".into()) },
        ..Office::default()
    }
}

fn meeting(lines: &[&str]) -> (Meeting, usize) {
    let office = office();
    let roster = Roster::new(&office.conseil.membres).with_habits_of(&lines.join("\n"));
    let mut people = People::new(&roster, &office);
    people.me = Some("Zoé MALBEC".into());
    let mut meeting = Meeting::empty(Kind::Council);
    meeting.attendance.in_office = Some(5);
    let mut roll = Roll::default();
    for line in lines {
        let piece = Piece { text: line, span: 0..line.len() };
        let rest = read(&piece, &people, &mut roll, &mut meeting.attendance);
        assert!(rest.is_some(), "{line}");
    }
    let mut findings = Vec::new();
    roll::settle(&mut roll, &people, &mut meeting, &mut findings);
    roll::unknown_one_by_one(&roll, &people, &mut findings);
    (meeting, findings.len())
}

/// « p Ada Luc | e Ève | a Zoé | Paul>Ada » by first names.
fn told(lines: &[&str]) -> String {
    let first = |name: &String| name.split([' ', '-']).next().unwrap_or_default().to_owned();
    let a = meeting(lines).0.attendance;
    let mut out = Vec::new();
    for (mark, list) in [("p", &a.present), ("e", &a.excused), ("a", &a.absent)] {
        if !list.is_empty() {
            out.push(format!("{mark} {}", list.iter().map(first).collect::<Vec<_>>().join(" ")));
        }
    }
    out.extend(a.proxies.iter().map(|p| format!("{}>{}", first(&p.giver), first(&p.holder))));
    out.extend(a.arrivals.iter().map(|x| format!("+{}", first(&x.name))));
    out.extend(a.departures.iter().map(|x| format!("-{}", first(&x.name))));
    out.join(" | ")
}

fn check(table: &[(&[&str], &str)]) {
    for (lines, expected) in table {
        assert_eq!(told(lines), *expected, "{lines:?}");
    }
}

#[test]
fn what_stands_beside_a_name_is_no_part_of_it() {
    check(&[
        (&["Malbec pas venue et pas d'excuse (comme souvent)"], "a Zoé"),
        (&["absents = Ostin (pouvoir à Talmont), Malbec rien reçu"], "a Zoé | Ève>Luc"),
        (&["Ostin a donné procuration à Vernier, Malbec à Talmont"], "Ève>Ada | Zoé>Luc"),
    ]);
    let (meeting, findings) = meeting(&["présents : Vernier Talmont Ostin", "= 4"]);
    assert_eq!((meeting.attendance.present.len(), findings), (3, 1));
}

#[test]
fn names_are_listed_under_their_category() {
    check(&[
        (
            &["présents : A. Vernier, L Talmont", "excusée : Ostin", "Malbec abs"],
            "p Ada Luc | e Ève | a Zoé",
        ),
        (
            &["Présents : A. Vernier, L Talmont. Excusés : Ostin. Absents : Malbec"],
            "p Ada Luc | e Ève | a Zoé",
        ),
        (&["exc Ostin / abs Malbec Talmont"], "e Ève | a Zoé Luc"),
        (&["présents (2) : Vernier Talmont"], "p Ada Luc"),
        (&["Présents = Vernier, Talmont ; exc. = Ostin"], "p Ada Luc | e Ève"),
        (&["absents excusés : Ostin, Malbec"], "e Ève Zoé"),
        (&["abs exc : Ostin"], "e Ève"),
        (&["absents non excusés : Ostin"], "a Ève"),
        (&["Ostin et Malbec sont excusés"], "e Ève Zoé"),
        (&["Ostin est absente"], "a Ève"),
        (&["Ève n'est pas là"], "a Ève"),
        (&["manque Ostin"], "a Ève"),
        (
            &["presents vernier talmont gardere malbec", "ostin excusee"],
            "p Ada Luc Paul Zoé | e Ève",
        ),
        (
            &["Présents :", "- Ada Vernier, maire", "- Luc Talmont, 1er adjoint", "- Zoé Malbec"],
            "p Ada Luc Zoé",
        ),
        (&["Étaient présents : Ada, Luc et moi"], "p Ada Luc Zoé"),
        (&["sont présents Ada Vernier, Luc Talmont"], "p Ada Luc"),
        (&["présents : Mme le maire, Talmont"], "p Ada Luc"),
        (&["Vernier - Talmont - Ostin présents"], "p Ada Luc Ève"),
        (&["pres. : Vernier, Talmont / pouvoirs : Ostin à Talmont"], "p Ada Luc | Ève>Luc"),
        (&["absents : aucun", "présents : Ada, Luc"], "p Ada Luc"),
        (&["présents : Ada, Luc, Noval (secrétaire de mairie)"], "p Ada Luc"),
        (&["présents : Ada, Luc, Cid Noval"], "p Ada Luc"),
    ]);
}

#[test]
fn proxies_are_read_wherever_they_stand() {
    for line in [
        "exc : Ostin -> pvr à Vernier",
        "Excusés : Ostin (pouvoir à Vernier)",
        "pouvoirs : Ostin à Vernier",
        "absents : Ève Ostin donne pouvoir à Ada Vernier",
        "pouvoirs : Ostin -> Vernier",
        "excusés : Ostin a donné procuration à A. Vernier",
        "pouvoir : Ostin > Vernier",
        "pouvoir de Ostin à Vernier",
        "pvr Ostin à Vernier",
        "Ostin a donné pouvoir à Vernier",
        "Ostin représentée par Vernier",
        "représentés : Ostin par Vernier",
        "ostin excusee pouvoir a vernier",
        "Ostin, excusée, pouvoir à Vernier",
        "excusés ayant donné pouvoir : Ostin à Vernier",
        "abs : Ostin, pouvoir à Vernier",
        "procuration : Mme Ostin à Mme Vernier",
        "Mme Ostin donne procuration à Mme le maire",
    ] {
        assert_eq!(told(&[line]), "Ève>Ada", "{line}");
    }
    check(&[
        (&["présents : Vernier (+ Ostin), Talmont"], "p Ada Luc | Ève>Ada"),
        (
            &["exc : Ostin -> pvr à Vernier / Malbec exc. pas de pvr / Gardère"],
            "e Zoé Paul | Ève>Ada",
        ),
        (&["pouvoirs : Ostin à Vernier, Malbec à Talmont"], "Ève>Ada | Zoé>Luc"),
        (&["excusés : Ostin, Malbec", "pouvoir : Ostin à Vernier"], "e Zoé | Ève>Ada"),
        (&["pouvoir : Ostin > moi"], "Ève>Zoé"),
    ]);
}

#[test]
fn everyone_is_all_but_those_named() {
    check(&[
        (&["tous présents"], "p Ada Luc Ève Paul Zoé"),
        (&["tous présents sauf Ostin (exc) et Malbec"], "p Ada Luc Paul | e Ève | a Zoé"),
        (&["présents : tous sauf Ostin"], "p Ada Luc Paul Zoé | a Ève"),
        (
            &[
                "etaient presents tous les elus sauf malbec excuse (pouvoir a vernier), ostin absente et talmont qui arrive a 18h30",
            ],
            "p Ada Paul | a Ève | Zoé>Ada | +Luc",
        ),
        (&["tout le monde est là", "pouvoir : Ostin à Vernier"], "p Ada Luc Paul Zoé | Ève>Ada"),
        (
            &["tous les élus sont présents sauf Ostin (pouvoir à Vernier)"],
            "p Ada Luc Paul Zoé | Ève>Ada",
        ),
    ]);
}

#[test]
fn those_who_come_late_or_leave_are_no_presence_of_the_whole() {
    check(&[
        (&["Z. Malbec arrive 20h50 (on était au pt 2)"], "+Zoé"),
        (&["présents : Ada, Luc (arrive 20h50)"], "p Ada | +Luc"),
        (&["présents : Ada, Luc (à partir du point 3)"], "p Ada | +Luc"),
        (&["présents : Ada, Luc (jusqu'au point 3)"], "p Ada Luc | -Luc"),
        (&["excusés : Ostin", "Ostin arrive 21h"], "+Ève"),
        (&["présents : Ada, Luc", "départ de Luc 21h"], "p Ada Luc | -Luc"),
    ]);
}

#[test]
fn numbers_stand_in_for_names() {
    for (line, present, proxies) in [
        ("feuille émargement 29 signatures + 9 pouvoirs", Some(29), Some(9)),
        ("présents : 11", Some(11), None),
        ("Présents 18, pouvoirs 4.", Some(18), Some(4)),
        ("24 présents (feuille signée) + 7 pouvoirs", Some(24), Some(7)),
        ("12 adhérents présents", Some(12), None),
    ] {
        let a = meeting(&[line]).0.attendance;
        assert_eq!((a.present_count, a.proxy_count), (present, proxies), "{line}");
    }
}

#[test]
fn unknown_names_are_kept_and_flagged() {
    for (line, findings) in [
        ("présents : Ada, Luc", 0),
        ("présents : Ada, Dupuy", 1),
        ("présents : Ada, Ostain", 1),
        ("pouvoirs : Dupuy à Ada", 1),
        ("présents (3) : Ada, Luc", 1),
    ] {
        let (meeting, found) = meeting(&[line]);
        assert_eq!(found, findings, "{line} : {:?}", meeting.attendance);
    }
    let (meeting, _) = meeting(&["présents : Ada, Dupuy"]);
    assert_eq!(meeting.attendance.present, ["Ada VERNIER", "Dupuy"]);
}

#[test]
fn the_writer_may_be_told_in_the_list() {
    let (meeting, _) = meeting(&["Présents : Ada, moi (Luc, secrétaire de séance), Ève"]);
    assert_eq!(meeting.attendance.present, ["Ada VERNIER", "Luc TALMONT", "Ève OSTIN"]);
    assert_eq!(meeting.secretary.as_deref(), Some("Luc TALMONT"));
}

#[test]
fn what_stands_beside_attendance_is_handed_back() {
    let office = office();
    let roster = Roster::new(&office.conseil.membres);
    let people = People::new(&roster, &office);
    let line = "5 en ex. / prés (2) : Ada Luc";
    let piece = Piece { text: line, span: 0..line.len() };
    let mut attendance = Attendance::default();
    let rest = read(&piece, &people, &mut Roll::default(), &mut attendance);
    assert_eq!(rest.as_deref(), Some("5 en ex"));
    assert_eq!(attendance.present.len(), 2);
}

#[test]
fn other_lines_are_left_alone() {
    let office = office();
    let roster = Roster::new(&office.conseil.membres);
    let people = People::new(&roster, &office);
    for line in [
        "présente le budget 2027",
        "absence de chauffage à l'école",
        "vente de pouvoirs magiques",
        "statuts : quorum 1/3 pouvoirs 2 max/pers",
        "Ada présente le budget",
        "pouvoirs de police du maire : rien à signaler",
    ] {
        let piece = Piece { text: line, span: 0..line.len() };
        let mut attendance = Attendance::default();
        let rest = read(&piece, &people, &mut Roll::default(), &mut attendance);
        assert!(rest.is_none(), "{line} : {attendance:?}");
    }
}
