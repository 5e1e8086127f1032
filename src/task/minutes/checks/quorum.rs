//! The quorum, at the opening and at each item.

use crate::finding::{Finding, FindingKind};
use crate::task::minutes::presence;
use crate::task::minutes::record::{Item, Kind, Meeting};

/// The quorum that the members in office make, against what the notes say of it and who is there.
pub(super) fn quorum(meeting: &mut Meeting, findings: &mut Vec<Finding>) {
    let second = meeting.second_notice;
    let attendance = &mut meeting.attendance;
    let said = attendance.quorum.take();
    if second {
        attendance.quorum_fraction = None;
        return;
    }
    let Some(in_office) = attendance.in_office else {
        attendance.quorum = said.filter(|_| meeting.kind != Kind::Council);
        return;
    };
    attendance.quorum = match (meeting.kind, attendance.quorum_fraction) {
        (Kind::Council, _) => Some(in_office / 2 + 1),
        (_, Some((over, under))) if under > 0 => {
            Some(in_office.saturating_mul(over).div_ceil(under))
        }
        _ => said,
    };
    if let (Some(quorum), Some(said)) = (attendance.quorum, said)
        && quorum != said
    {
        findings.push(Finding::check(
            FindingKind::Quorum,
            None,
            format!("Les notes disent un quorum de {said} ; pour {in_office} membres il est de {quorum}."),
        ));
    }
    at_opening(meeting, findings);
}

/// Whether enough members are there at the opening; an association counts its proxies.
fn at_opening(meeting: &Meeting, findings: &mut Vec<Finding>) {
    let attendance = &meeting.attendance;
    let (Some(quorum), Some(present)) = (attendance.quorum, attendance.present_at_opening()) else {
        return;
    };
    let counted = match meeting.kind {
        Kind::Council => present,
        _ => {
            let voting = present.saturating_sub(attendance.without_vote.unwrap_or(0));
            voting.saturating_add(attendance.represented())
        }
    };
    if counted < quorum {
        findings.push(Finding::check(
            FindingKind::Quorum,
            None,
            format!("Quorum non atteint à l’ouverture d’après les notes : {counted} présents pour un quorum de {quorum}."),
        ));
    }
}

/// The quorum again at each item: members come and go. Below it nothing can be voted.
pub(super) fn quorum_at_items(meeting: &Meeting, items: &mut [Item], findings: &mut Vec<Finding>) {
    let Some(quorum) = meeting.attendance.quorum.filter(|_| meeting.kind == Kind::Council) else {
        return;
    };
    let opened = meeting.attendance.present_at_opening().is_some_and(|n| n >= quorum);
    let mut lost: Vec<(usize, u32)> = Vec::new();
    let mut doubt: Option<(usize, u32)> = None;
    for (index, item) in items.iter().enumerate() {
        let told = item.vote.is_some() || !item.parts.is_empty() || !item.clauses.is_empty();
        let Some(presence) = presence::at(meeting, items, item).filter(|_| told) else { continue };
        if presence.present.most < quorum {
            lost.push((index, presence.present.most));
        } else if presence.present.fewest < quorum && item.vote.is_some() && opened {
            doubt = doubt.or(Some((index, presence.present.fewest)));
        }
    }
    lost.sort_by_key(|(index, _)| items.get(*index).map_or(0, |i| i.treated));
    if let Some((first, present)) = lost.first().filter(|_| opened)
        && let Some(item) = items.get(*first)
    {
        findings.push(Finding::check(
            FindingKind::Quorum,
            Some(item.span.clone()),
            format!(
                "Quorum perdu à partir de « {} » : {present} présents pour un quorum de {quorum}. Ce qui suit ne peut pas être voté : le document laisse ces votes à compléter.",
                item.title
            ),
        ));
    } else if let Some((index, present)) = doubt
        && let Some(item) = items.get(index)
    {
        findings.push(Finding::check(
            FindingKind::Quorum,
            Some(item.span.clone()),
            format!(
                "« {} » : selon l’heure des arrivées et des départs, {present} présents pour un quorum de {quorum} ; vérifiez.",
                item.title
            ),
        ));
    }
    if lost.is_empty() && doubt.is_none() && opened {
        findings.extend(with_those_out(meeting, items, quorum));
    }
    for (index, present) in lost {
        let Some(item) = items.get_mut(index) else { continue };
        if item.miscellaneous || (item.vote.is_none() && item.parts.is_empty()) {
            continue;
        }
        item.quorum_lost = Some(present);
        item.vote.iter_mut().chain(item.parts.iter_mut().map(|p| &mut p.vote)).for_each(|vote| {
            vote.possible = false;
        });
    }
}

/// The first vote for which too few are left in the room, once those whom it concerns are out of it.
fn with_those_out(meeting: &Meeting, items: &[Item], quorum: u32) -> Option<Finding> {
    items.iter().filter(|item| item.vote.is_some()).find_map(|item| {
        let presence = presence::at(meeting, items, item)?;
        let out = item.not_voting.iter().filter(|name| !presence::is_away(meeting, items, item, name));
        let left = presence.present.most.saturating_sub(u32::try_from(out.count()).ok()?);
        (left < quorum && presence.present.most >= quorum).then(|| {
            Finding::check(
                FindingKind::Quorum,
                Some(item.span.clone()),
                format!(
                    "« {} » : une fois sortis ceux qui ne prennent pas part au vote, il reste {left} présents pour un quorum de {quorum} ; vérifiez que le vote pouvait avoir lieu.",
                    item.title
                ),
            )
        })
    })
}
