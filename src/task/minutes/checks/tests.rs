use super::*;
use crate::office::Office;
use crate::reading::name::Roster;
use crate::task::minutes::record::{Arrival, Attendance, Departure, Proxy, Vote, When};

fn checked(meeting: &mut Meeting) -> Vec<Finding> {
    let (roster, office) = (Roster::new(&[]), Office::default());
    let mut findings = Vec::new();
    check(meeting, &People::new(&roster, &office), None, &mut findings);
    findings
}

fn meeting(kind: Kind) -> Meeting {
    let names = |list: &[&str]| list.iter().map(|n| (*n).to_owned()).collect();
    Meeting {
        attendance: Attendance {
            in_office: Some(7),
            present: names(&["A", "B", "C", "D"]),
            arrivals: vec![Arrival {
                name: "E".into(),
                item: Some(2),
                when: When::During(2),
                ..Arrival::default()
            }],
            proxies: vec![Proxy { giver: "F".into(), holder: "A".into() }],
            absent: names(&["G"]),
            ..Attendance::default()
        },
        ..Meeting::empty(kind)
    }
}

fn item(number: u32, counts: [u32; 3]) -> Item {
    Item {
        number: Some(number),
        title: format!("point {number}"),
        treated: number as usize,
        vote: Some(Vote {
            in_favour: Some(counts[0]),
            against: Some(counts[1]),
            abstentions: Some(counts[2]),
            possible: true,
            ..Vote::default()
        }),
        ..Item::default()
    }
}

#[test]
fn the_quorum_is_more_than_half_of_those_in_office() {
    for (in_office, expected) in [(15, 8), (11, 6), (8, 5), (7, 4)] {
        let mut council = meeting(Kind::Council);
        council.attendance.in_office = Some(in_office);
        quorum(&mut council, &mut Vec::new());
        assert_eq!(council.attendance.quorum, Some(expected));
    }
    let mut assembly = meeting(Kind::Association);
    assembly.attendance.in_office = Some(64);
    assembly.attendance.quorum_fraction = Some((1, 3));
    quorum(&mut assembly, &mut Vec::new());
    assert_eq!(assembly.attendance.quorum, Some(22));
}

#[test]
fn more_votes_than_voters_are_never_printed() {
    // Item 1: 4 present and 1 proxy; item 2: the fifth is arriving; item 3: there.
    for (number, counts, possible) in [
        (1, [5, 0, 0], true),
        (1, [5, 1, 0], false),
        (2, [5, 1, 0], true),
        (3, [6, 0, 0], true),
        (3, [6, 1, 0], false),
    ] {
        let mut council = meeting(Kind::Council);
        council.items = vec![item(2, [5, 0, 0]), item(number, counts)];
        let findings = checked(&mut council);
        let vote = council.items[1].vote.as_ref().unwrap();
        assert_eq!(vote.possible, possible, "{number} {counts:?}");
        assert_eq!(
            findings.iter().any(|f| f.kind == FindingKind::Vote),
            !possible || vote.total() < 5
        );
    }
}

#[test]
fn an_absent_member_is_reported_not_quoted() {
    let mut council = meeting(Kind::Council);
    let mut one = item(1, [5, 0, 0]);
    one.clauses = vec!["G : contre la hausse".into()];
    council.items = vec![one];
    let findings = checked(&mut council);
    assert!(council.items[0].clauses[0].contains("est rapportée : contre la hausse"));
    assert!(findings.iter().any(|f| f.kind == FindingKind::AbsentSpeaker));
}

#[test]
fn a_vote_among_other_business_is_no_decision() {
    let mut council = meeting(Kind::Council);
    let mut one = item(1, [5, 0, 0]);
    one.miscellaneous = true;
    council.items = vec![one];
    let findings = checked(&mut council);
    assert_eq!(council.items[0].vote, None);
    assert!(findings.iter().any(|f| f.kind == FindingKind::OffAgenda));
}

/// The vote of one item as the check leaves it, and the kinds of its findings.
fn voted(vote: Vote, change: impl Fn(&mut Meeting)) -> (Vote, usize) {
    let mut council = meeting(Kind::Council);
    let mut one = item(1, [0, 0, 0]);
    one.vote = Some(Vote { possible: true, ..vote });
    council.items = vec![one];
    change(&mut council);
    let findings = checked(&mut council);
    let votes = findings.iter().filter(|f| f.kind == FindingKind::Vote).count();
    (council.items.remove(0).vote.unwrap(), votes)
}

#[test]
fn those_in_favour_are_the_others() {
    let rest = |against, abstentions| Vote {
        against,
        abstentions,
        rest_in_favour: true,
        ..Vote::default()
    };
    let (vote, flags) = voted(rest(Some(1), Some(1)), |_| {});
    assert_eq!((vote.in_favour, flags), (Some(3), 0));
    let (vote, flags) = voted(Vote { others: 1, ..rest(None, None) }, |_| {});
    assert_eq!((vote.possible, flags), (false, 1));
    let unsure = |m: &mut Meeting| m.attendance.arrivals[0].when = When::Unknown;
    assert_eq!(voted(rest(Some(1), None), unsure).1, 1);
    assert_eq!(voted(rest(None, Some(1)), unsure).1, 0);
}

#[test]
fn contradictions_leave_the_counts_to_complete() {
    let vote =
        |f, c, result| Vote { in_favour: Some(f), against: Some(c), result, ..Vote::default() };
    for (vote, possible, flags) in [
        (vote(4, 1, Some(true)), true, 0),
        (vote(4, 1, Some(false)), false, 1),
        (vote(1, 4, Some(true)), false, 1),
        (Vote { unanimous: true, ..vote(4, 1, None) }, false, 1),
        (Vote { cast: Some(6), ..vote(4, 1, None) }, true, 1),
    ] {
        let (checked, found) = voted(vote.clone(), |_| {});
        assert_eq!((checked.possible, found), (possible, flags), "{vote:?}");
    }
}

#[test]
fn a_tie_is_for_the_chair() {
    let tie = |result, casting| Vote {
        in_favour: Some(2),
        against: Some(2),
        abstentions: Some(1),
        result,
        casting,
        ..Vote::default()
    };
    assert_eq!(voted(tie(Some(true), true), |_| {}).1, 0);
    assert_eq!(voted(tie(None, false), |_| {}).1, 1);
    assert_eq!(voted(tie(Some(true), true), |m| m.items[0].secret_ballot = true).1, 1);
}

#[test]
fn the_majority_of_the_statutes_decides() {
    let mut assembly = meeting(Kind::Association);
    assembly.majority = Some((2, 3));
    assembly.items = vec![item(1, [3, 2, 0])];
    assembly.items[0].vote.as_mut().unwrap().result = Some(true);
    let findings = checked(&mut assembly);
    assert_eq!(assembly.items[0].vote.as_ref().unwrap().carried(), Some(false));
    assert!(findings.iter().any(|f| f.message.contains("2/3")), "{findings:?}");
    // Four of six cast, but only four of seven present.
    for (of_all, carried) in [(false, true), (true, false)] {
        assembly.majority_of_all = of_all;
        assembly.items = vec![item(1, [4, 2, 1])];
        checked(&mut assembly);
        assert_eq!(assembly.items[0].vote.as_ref().unwrap().carried(), Some(carried));
    }
}

#[test]
fn names_are_for_public_ballots() {
    let named = Vote {
        in_favour: Some(4),
        against: Some(1),
        names: Some([vec![], vec!["B".into()], vec![]]),
        ..Vote::default()
    };
    let (vote, flags) = voted(named.clone(), |_| {});
    assert_eq!((vote.names, flags), (None, 1));
    let (vote, flags) = voted(named.clone(), |m| m.items[0].public_ballot = true);
    assert_eq!((vote.names.is_some(), flags), (true, 0));
    let absent = Vote { names: Some([vec![], vec!["G".into()], vec![]]), ..named };
    assert_eq!(voted(absent, |_| {}).1, 2);
}

#[test]
fn departures_may_lose_the_quorum() {
    let mut council = meeting(Kind::Council);
    council.attendance.departures =
        vec![Departure { name: "D".into(), when: When::After(1), ..Departure::default() }];
    council.attendance.arrivals.clear();
    council.items = vec![item(1, [5, 0, 0]), item(2, [4, 0, 0])];
    let findings = checked(&mut council);
    assert_eq!(council.items[0].quorum_lost, None);
    assert_eq!(council.items[1].quorum_lost, Some(3));
    assert!(!council.items[1].vote.as_ref().unwrap().possible);
    assert!(findings.iter().any(|f| f.message.contains("Quorum perdu")), "{findings:?}");
}

#[test]
fn proxies_are_checked_against_the_room() {
    for (giver, holder, words) in [
        ("H", "A", "en porte 2"),
        ("H", "G", "n’est pas parmi les présents"),
        ("B", "C", "figure aussi parmi les présents"),
        ("F", "C", "à deux personnes"),
    ] {
        let mut council = meeting(Kind::Council);
        council.attendance.proxies.push(Proxy { giver: giver.into(), holder: holder.into() });
        let findings = checked(&mut council);
        let found =
            findings.iter().any(|f| f.kind == FindingKind::Proxy && f.message.contains(words));
        assert!(found, "{giver} {holder} : {findings:?}");
    }
}

#[test]
fn a_notice_takes_clear_days() {
    let found = |sent: &str, population: Option<u32>| {
        let mut council = meeting(Kind::Council);
        council.date = Some("23 octobre 2026".into());
        council.convocation = Some(format!("le {sent}, par courriel"));
        let mut findings = Vec::new();
        notice(&council, population, &mut findings);
        findings.len()
    };
    assert_eq!(found("21 octobre 2026", None), 1);
    assert_eq!(found("19 octobre 2026", None), 0);
    assert_eq!(found("19 octobre 2026", Some(5_000)), 1);
    assert_eq!(found("17 octobre 2026", Some(5_000)), 0);
}
