//! What does not add up in a meeting: quorum, attendance, proxies, votes, absent speakers,
//! decisions off the agenda. Nothing is repaired in silence: a value that cannot be right is taken
//! out of the record, and every doubt becomes a finding.
//!
//! Rules for councils: quorum on members physically present (CGCT L2121-17), one proxy for each
//! holder (L2121-20), names only for public ballots (L2121-21). An association's quorum comes from
//! its own statutes.

use super::items::counts;
use super::record::{Item, Kind, Meeting};
use crate::finding::{Finding, FindingKind};
use crate::reading::fold;

/// Checks the meeting and completes what arithmetic gives: the quorum, impossible votes.
pub fn check(meeting: &mut Meeting, findings: &mut Vec<Finding>) {
    quorum(meeting, findings);
    attendance(meeting, findings);
    proxies(meeting, findings);
    let mut items = std::mem::take(&mut meeting.items);
    for item in &mut items {
        off_agenda(meeting, item, findings);
        vote(meeting, item, findings);
        absent_speakers(meeting, item, findings);
    }
    meeting.items = items;
}

fn quorum(meeting: &mut Meeting, findings: &mut Vec<Finding>) {
    let attendance = &mut meeting.attendance;
    let Some(in_office) = attendance.in_office else { return };
    attendance.quorum = match (meeting.kind, attendance.quorum_fraction) {
        (Kind::Council, _) => Some(in_office / 2 + 1),
        (_, Some((over, under))) if under > 0 => {
            Some(in_office.saturating_mul(over).div_ceil(under))
        }
        _ => attendance.quorum,
    };
    let (Some(quorum), Some(present)) = (attendance.quorum, attendance.present_at_opening()) else {
        return;
    };
    let counted = match meeting.kind {
        Kind::Council => present,
        _ => present.saturating_add(attendance.represented()),
    };
    if counted < quorum {
        findings.push(Finding::check(
            FindingKind::Quorum,
            None,
            format!("Quorum non atteint d’après les notes : {counted} présents pour un quorum de {quorum}."),
        ));
    }
}

fn attendance(meeting: &Meeting, findings: &mut Vec<Finding>) {
    let a = &meeting.attendance;
    if meeting.kind != Kind::Council || a.present.is_empty() {
        return;
    }
    let Some(in_office) = a.in_office else { return };
    let listed =
        a.present.len() + a.arrivals.len() + a.proxies.len() + a.excused.len() + a.absent.len();
    if listed != in_office as usize {
        findings.push(Finding::check(
            FindingKind::Quorum,
            None,
            format!(
                "Présences : {listed} membres cités (présents {}, arrivés ensuite {}, représentés {}, excusés {}, absents {}) pour {in_office} en exercice.",
                a.present.len(), a.arrivals.len(), a.proxies.len(), a.excused.len(), a.absent.len()
            ),
        ));
    }
}

fn proxies(meeting: &Meeting, findings: &mut Vec<Finding>) {
    let a = &meeting.attendance;
    for (index, proxy) in a.proxies.iter().enumerate() {
        let doubled = a.proxies.iter().take(index).any(|p| p.holder == proxy.holder);
        if doubled && meeting.kind == Kind::Council {
            findings.push(Finding::check(
                FindingKind::Proxy,
                None,
                format!(
                    "Pouvoirs : {} en porte plusieurs, un seul est possible au conseil.",
                    proxy.holder
                ),
            ));
        }
        let there =
            |name: &String| a.present.contains(name) || a.arrivals.iter().any(|x| x.name == *name);
        if !a.present.is_empty() && !there(&proxy.holder) {
            findings.push(Finding::check(
                FindingKind::Proxy,
                None,
                format!(
                    "Pouvoir de {} à {} : ce dernier nom n’est pas parmi les présents.",
                    proxy.giver, proxy.holder
                ),
            ));
        }
        if there(&proxy.giver) {
            findings.push(Finding::check(
                FindingKind::Proxy,
                None,
                format!("{} a donné pouvoir mais figure aussi parmi les présents.", proxy.giver),
            ));
        }
    }
}

/// « Questions diverses » never yields a vote: what was voted there is told, not decided.
fn off_agenda(meeting: &Meeting, item: &mut Item, findings: &mut Vec<Finding>) {
    let unlisted = !meeting.agenda.is_empty() && !meeting.agenda.contains(&item.title);
    if !(item.miscellaneous || unlisted) {
        return;
    }
    let said = item.clauses.iter().any(|c| {
        let c = fold(c);
        ["vote", "votee", "adopte", "approuve"]
            .iter()
            .any(|w| c.split(|x: char| !x.is_alphanumeric()).any(|t| t == *w))
    });
    if item.vote.is_none() && !said {
        return;
    }
    let span = item.vote.take().map_or_else(|| item.span.clone(), |v| v.span);
    findings.push(Finding::check(
        FindingKind::OffAgenda,
        Some(span),
        format!(
            "« {} » : une décision est notée hors de l’ordre du jour. Le document ne la donne pas comme votée : à inscrire à l’ordre du jour d’une prochaine séance.",
            item.title
        ),
    ));
}

/// Most people able to vote on an item, and fewest: they differ while a member is arriving.
fn voters(meeting: &Meeting, item: &Item) -> Option<(u32, u32)> {
    let a = &meeting.attendance;
    let opening = a.present_at_opening()?;
    let (mut most, mut fewest) = (opening, opening);
    for arrival in &a.arrivals {
        let arrived_on = arrival
            .item
            .and_then(|n| meeting.items.iter().chain([item]).find(|i| i.number == Some(n)));
        match (arrival.item, arrived_on) {
            (Some(n), _) if item.number == Some(n) => most = most.saturating_add(1),
            (Some(_), Some(other)) if item.treated > other.treated => {
                (most, fewest) = (most.saturating_add(1), fewest.saturating_add(1));
            }
            (Some(_), Some(_)) => {}
            (Some(n), None) => {
                if item.number > Some(n) {
                    (most, fewest) = (most.saturating_add(1), fewest.saturating_add(1));
                }
            }
            (None, _) => most = most.saturating_add(1),
        }
    }
    let proxies = a.represented();
    let out = u32::try_from(item.not_voting.len()).unwrap_or(0);
    let with_proxies = |present: u32| present.saturating_add(proxies).saturating_sub(out);
    Some((with_proxies(most), with_proxies(fewest)))
}

fn vote(meeting: &Meeting, item: &mut Item, findings: &mut Vec<Finding>) {
    let range = voters(meeting, item);
    let (title, not_voting) = (item.title.clone(), item.not_voting.len());
    let public = item.public_ballot;
    let Some(vote) = &mut item.vote else { return };
    if vote.names.is_some() && !public {
        vote.names = None;
        findings.push(Finding::check(
            FindingKind::Vote,
            Some(vote.span.clone()),
            format!("{title} : les notes nomment les votants d’un scrutin ordinaire ; seuls les nombres sont imprimés."),
        ));
    }
    if let Some(against) = vote.against.filter(|n| *n > 0 && vote.unanimous) {
        vote.unanimous = false;
        findings.push(Finding::check(
            FindingKind::Vote,
            Some(vote.span.clone()),
            format!("Vote « {title} » : noté unanime, mais {against} contre : le document suit les nombres."),
        ));
    }
    if vote.total() == 0 {
        return;
    }
    let [in_favour, against, abstentions] = counts(vote);
    let total = vote.total();
    // « 12 pour » alone may leave out those against: unanimous only if all voted so.
    let Some((most, fewest)) = range else { return };
    if vote.against.is_none() && vote.abstentions.is_none() && (fewest..=most).contains(&total) {
        vote.unanimous = true;
    }
    if total > most {
        vote.possible = false;
        findings.push(Finding::check(
            FindingKind::Vote,
            Some(vote.span.clone()),
            format!(
                "Vote « {title} » : {in_favour} pour, {against} contre, {abstentions} abstention(s) font {total} votes, mais {most} votants au plus (présents, pouvoirs{}) : nombres laissés à compléter.",
                if not_voting > 0 { ", moins les membres qui ne votent pas" } else { "" }
            ),
        ));
    } else if total < fewest {
        findings.push(Finding::check(
            FindingKind::Vote,
            Some(vote.span.clone()),
            format!("Vote « {title} » : {total} votes notés pour {fewest} votants : il en manque, vérifiez les nombres."),
        ));
    }
}

/// A member who is not there cannot speak: the account says that the view was reported.
fn absent_speakers(meeting: &Meeting, item: &mut Item, findings: &mut Vec<Finding>) {
    let a = &meeting.attendance;
    let away: Vec<&String> =
        a.excused.iter().chain(&a.absent).chain(a.proxies.iter().map(|p| &p.giver)).collect();
    for clause in &mut item.clauses {
        let Some(name) = away.iter().find(|n| clause.starts_with(n.as_str())) else { continue };
        let said = clause[name.len()..].trim_start_matches([' ', ':', ',']).to_owned();
        findings.push(Finding::check(
            FindingKind::AbsentSpeaker,
            Some(item.span.clone()),
            format!("{name} n’était pas en séance : le document dit que sa position est rapportée, non qu’elle ou il l’a exprimée."),
        ));
        *clause = format!("La position de {name}, absence notée, est rapportée : {said}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::minutes::record::{Arrival, Attendance, Proxy, Vote};

    fn meeting(kind: Kind) -> Meeting {
        let names = |list: &[&str]| list.iter().map(|n| (*n).to_owned()).collect();
        Meeting {
            attendance: Attendance {
                in_office: Some(7),
                present: names(&["A", "B", "C", "D"]),
                arrivals: vec![Arrival { name: "E".into(), hour: None, item: Some(2) }],
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
            let mut findings = Vec::new();
            check(&mut council, &mut findings);
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
        let mut findings = Vec::new();
        check(&mut council, &mut findings);
        assert!(council.items[0].clauses[0].contains("est rapportée : contre la hausse"));
        assert!(findings.iter().any(|f| f.kind == FindingKind::AbsentSpeaker));
    }

    #[test]
    fn a_vote_among_other_business_is_no_decision() {
        let mut council = meeting(Kind::Council);
        let mut one = item(1, [5, 0, 0]);
        one.miscellaneous = true;
        council.items = vec![one];
        let mut findings = Vec::new();
        check(&mut council, &mut findings);
        assert_eq!(council.items[0].vote, None);
        assert!(findings.iter().any(|f| f.kind == FindingKind::OffAgenda));
    }
}
