//! Who is listed twice or not at all, and proxies that cannot serve.

use crate::finding::{Finding, FindingKind};
use crate::task::minutes::people::People;
use crate::task::minutes::presence;
use crate::task::minutes::record::{Item, Kind, Meeting};
use crate::task::minutes::template::of;

/// Nobody is there and away at once, and all members in office are somewhere.
pub(super) fn attendance(meeting: &Meeting, people: &People<'_>, findings: &mut Vec<Finding>) {
    let a = &meeting.attendance;
    if a.present.is_empty() {
        return;
    }
    for name in &a.present {
        if a.excused.contains(name) || a.absent.contains(name) {
            findings.push(Finding::check(
                FindingKind::Name,
                None,
                format!(
                    "{name} figure à la fois parmi les présents et parmi les absents : vérifiez."
                ),
            ));
        }
    }
    if meeting.kind == Kind::Council {
        all_told(meeting, people, findings);
    }
}

/// Whether as many members are listed as a council has in office.
fn all_told(meeting: &Meeting, people: &People<'_>, findings: &mut Vec<Finding>) {
    let a = &meeting.attendance;
    let Some(in_office) = a.in_office else { return };
    let late = a.arrivals.iter().filter(|x| !a.present.contains(&x.name)).count();
    let givers = a.proxies.iter().filter(|p| !a.arrivals.iter().any(|x| x.name == p.giver)).count();
    let listed = a.present.len() + late + givers + a.excused.len() + a.absent.len();
    if listed == in_office as usize {
        return;
    }
    let missing: Vec<&str> = people
        .office
        .conseil
        .membres
        .iter()
        .map(|m| m.nom.as_str())
        .filter(|name| !a.members().iter().any(|m| m.nom == *name))
        .collect();
    let who = if missing.is_empty() || missing.len() > 6 || listed > in_office as usize {
        String::new()
    } else {
        format!(" Non cités : {}.", missing.join(", "))
    };
    findings.push(Finding::check(
        FindingKind::Quorum,
        None,
        format!(
            "Présences : {listed} membres cités (présents {}, arrivés ensuite {late}, représentés {givers}, excusés {}, absents {}) pour {in_office} en exercice.{who}",
            a.present.len(), a.excused.len(), a.absent.len()
        ),
    ));
}

/// Proxies: one holder for each giver, who is there, and no more than the limit.
pub(super) fn proxies(meeting: &Meeting, limit: Option<u32>, findings: &mut Vec<Finding>) {
    let a = &meeting.attendance;
    let mut flag =
        |message: String| findings.push(Finding::check(FindingKind::Proxy, None, message));
    let given: Vec<(&String, &String)> = a
        .proxies
        .iter()
        .map(|p| (&p.giver, &p.holder))
        .chain(a.departures.iter().filter_map(|d| Some((&d.name, d.holder.as_ref()?))))
        .collect();
    for (index, (giver, holder)) in given.iter().enumerate() {
        let held = given.iter().filter(|(_, h)| h == holder).count();
        let last = given.iter().skip(index + 1).all(|(_, h)| h != holder);
        if last && limit.is_some_and(|limit| held > limit as usize) {
            let law = match meeting.kind {
                Kind::Council => "un seul est possible au conseil".to_owned(),
                _ => format!("les statuts en permettent {}", limit.unwrap_or(0)),
            };
            flag(format!("Pouvoirs : {holder} en porte {held}, {law} ; vérifiez les votes."));
        }
        let there =
            |name: &String| a.present.contains(name) || a.arrivals.iter().any(|x| x.name == *name);
        if !a.present.is_empty() && !there(holder) {
            flag(format!(
                "Pouvoir {} à {holder} : ce dernier nom n’est pas parmi les présents, le pouvoir ne peut pas servir.",
                of(giver)
            ));
        }
        if a.present.contains(giver) && !a.departures.iter().any(|d| d.name == **giver) {
            flag(format!("{giver} a donné pouvoir mais figure aussi parmi les présents."));
        }
        if giver == holder {
            flag(format!("{giver} ne peut pas se donner pouvoir : vérifiez."));
        }
        if index > 0 && given.iter().take(index).any(|(g, h)| g == giver && h != holder) {
            flag(format!("{giver} a donné pouvoir à deux personnes : un seul compte."));
        }
        if let Some(gone) = a.departures.iter().find(|d| d.name == **holder) {
            let when = gone.hour.as_ref().map_or(String::new(), |h| format!(" ({h})"));
            flag(format!(
                "Pouvoir {} : il n’a plus d’effet après le départ {}{when}.",
                of(giver),
                of(holder)
            ));
        }
    }
}

/// Who takes no part in a vote does not vote for another either: a count that needs their proxy is
/// told.
pub(super) fn proxies_of_those_out(
    meeting: &Meeting,
    item: &Item,
    presence: Option<presence::Presence>,
    findings: &mut Vec<Finding>,
) {
    let Some((vote, range)) = item.vote.as_ref().zip(presence.map(|p| p.voters)) else { return };
    let proxies = &meeting.attendance.proxies;
    let Some(proxy) = proxies.iter().find(|proxy| item.not_voting.contains(&proxy.holder)) else {
        return;
    };
    let total = vote.total();
    if meeting.kind == Kind::Council && vote.possible && total == range.most && total > range.fewest
    {
        findings.push(Finding::check(
            FindingKind::Proxy,
            Some(vote.span.clone()),
            format!(
                "Vote « {} » : {} ne prend pas part au vote et porte le pouvoir {} ; les {total} voix notées comptent ce pouvoir, vérifiez.",
                item.title,
                proxy.holder,
                of(&proxy.giver)
            ),
        ));
    }
}
