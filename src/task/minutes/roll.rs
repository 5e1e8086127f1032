//! What attendance comes to once every line is read: « moi » and « tous présents » resolved, each
//! member in one place, and what the sheet does not know told once.

use super::attendance::{Category, Roll};
use super::people::{ME_UNKNOWN, People};
use super::record::{Arrival, Attendance, Kind, Meeting};
use crate::finding::{Finding, FindingKind};
use crate::office::Membre;
use crate::reading::name::{Resolution, Roster};

/// Names told one by one; beyond, one finding tells their number.
const MOST_UNKNOWN: usize = 3;

/// Settles the attendance.
pub fn settle(
    roll: &mut Roll,
    people: &People<'_>,
    meeting: &mut Meeting,
    findings: &mut Vec<Finding>,
) {
    for clerk in std::mem::take(&mut roll.assistants) {
        if !meeting.assistants.contains(&clerk) {
            meeting.assistants.push(clerk);
        }
    }
    if let Some(secretary) = roll.secretary.take() {
        meeting.secretary.get_or_insert(secretary);
    }
    writer(roll, people, meeting, findings);
    let a = &mut meeting.attendance;
    if let Some(clerk) = &people.office.personnel.secretaire_de_mairie
        && !people.roster.names().contains(clerk)
    {
        for list in [&mut a.present, &mut a.excused, &mut a.absent] {
            list.retain(|name| name != clerk);
        }
    }
    if roll.everyone {
        everyone(a, people);
    }
    if people.roster.names().is_empty() {
        as_called(&roll.called, meeting);
        as_listed(meeting);
    }
    let a = &mut meeting.attendance;
    one_place_each(a);
    counts(roll, a, findings);
    if let (Some((count, span)), Some(present)) = (&roll.not_up_to_date, a.present_at_opening()) {
        findings.push(Finding::check(
            FindingKind::Quorum,
            Some(span.clone()),
            format!(
                "{present} présents, dont {count} qui ne sont pas à jour et ne votent pas : {} votants au plus.",
                present.saturating_sub(*count)
            ),
        ));
    }
    unknown(roll, findings);
}

/// Whoever the list names beside what they are called is so named everywhere.
fn as_called(called: &[(String, String)], meeting: &mut Meeting) {
    let name = |officer: &mut String| {
        if let Some((_, name)) = called.iter().find(|(short, _)| short == officer) {
            officer.clone_from(name);
        }
    };
    meeting.chair.iter_mut().for_each(name);
    meeting.secretary.iter_mut().for_each(name);
}

/// Without a sheet, whoever is named in short is who the lists name in full: « M. Ripotier » is
/// « M. Luc Ripotier », who is present.
fn as_listed(meeting: &mut Meeting) {
    let a = &meeting.attendance;
    let listed = a.present.iter().chain(&a.excused).chain(&a.absent);
    let members: Vec<Membre> =
        listed.map(|nom| Membre { nom: nom.clone(), ..Membre::default() }).collect();
    let roster = Roster::new(&members);
    let in_full = |name: &mut String| {
        if let Resolution::Known(member) = roster.resolve(name)
            && !roster.names().contains(name)
        {
            *name = roster.full_name(member).to_owned();
        }
    };
    meeting.chair.iter_mut().for_each(in_full);
    meeting.secretary.iter_mut().for_each(in_full);
    let a = &mut meeting.attendance;
    for proxy in &mut a.proxies {
        in_full(&mut proxy.giver);
        in_full(&mut proxy.holder);
    }
    a.arrivals.iter_mut().for_each(|arrival| in_full(&mut arrival.name));
    for departure in &mut a.departures {
        in_full(&mut departure.name);
        departure.holder.iter_mut().for_each(in_full);
    }
}

/// « moi » is who wrote the notes.
fn writer(roll: &Roll, people: &People<'_>, meeting: &mut Meeting, findings: &mut Vec<Finding>) {
    let me = roll.me.clone().or_else(|| people.me.clone()).or_else(|| meeting.secretary.clone());
    let mut left = false;
    let mut replace = |name: &mut String| {
        if name == ME_UNKNOWN {
            match &me {
                Some(me) => name.clone_from(me),
                None => left = true,
            }
        }
    };
    let a = &mut meeting.attendance;
    let lists = [&mut a.present, &mut a.excused, &mut a.absent];
    lists.into_iter().flatten().for_each(&mut replace);
    a.proxies.iter_mut().for_each(|p| {
        replace(&mut p.giver);
        replace(&mut p.holder);
    });
    a.arrivals.iter_mut().for_each(|x| replace(&mut x.name));
    a.departures.iter_mut().for_each(|x| {
        replace(&mut x.name);
        x.holder.iter_mut().for_each(&mut replace);
    });
    if left {
        findings.push(Finding::check(
            FindingKind::Name,
            None,
            "« moi » : les notes ne disent pas qui les a prises ; remplacez par le nom.",
        ));
    }
}

/// All members of the sheet that no other list names are present.
fn everyone(a: &mut Attendance, people: &People<'_>) {
    let elsewhere = |a: &Attendance, name: &String| {
        a.excused.contains(name)
            || a.absent.contains(name)
            || a.proxies.iter().any(|p| p.giver == *name)
            || a.arrivals.iter().any(|x| x.name == *name)
            || a.present.contains(name)
    };
    for name in people.roster.names() {
        if !elsewhere(a, name) {
            a.present.push(name.clone());
        }
    }
    if a.present.is_empty()
        && let Some(in_office) = a.in_office
    {
        let away = a.excused.len() + a.absent.len() + a.proxies.len() + a.arrivals.len();
        a.present_count = Some(in_office.saturating_sub(u32::try_from(away).unwrap_or(0)));
    }
}

/// A member represented is not listed as excused too; one who comes later is not absent, nor
/// present at the opening.
fn one_place_each(a: &mut Attendance) {
    let givers: Vec<&String> = a.proxies.iter().map(|p| &p.giver).collect();
    let late: Vec<&String> = a.arrivals.iter().map(|x| &x.name).collect();
    let left: Vec<&String> = a.departures.iter().map(|x| &x.name).collect();
    a.excused.retain(|n| !givers.contains(&n) && !late.contains(&n));
    a.absent.retain(|n| !givers.contains(&n) && !late.contains(&n));
    a.present.retain(|n| !late.contains(&n) || left.contains(&n));
    let excused = a.excused.clone();
    a.absent.retain(|n| !excused.contains(n));
    let mut seen = Vec::new();
    a.proxies.retain(|p| {
        let new = !seen.contains(p);
        seen.push(p.clone());
        new
    });
}

/// Who the notes say is late, once the items have told when they came: neither excused nor absent.
pub fn late_ones(roll: &Roll, attendance: &mut Attendance) {
    for name in &roll.late {
        if !attendance.arrivals.iter().any(|arrival| arrival.name == *name) {
            attendance.arrivals.push(Arrival { name: name.clone(), ..Arrival::default() });
        }
    }
    let late: Vec<String> = attendance.arrivals.iter().map(|a| a.name.clone()).collect();
    attendance.excused.retain(|name| !late.contains(name));
    attendance.absent.retain(|name| !late.contains(name));
}

/// Numbers typed beside the names have to be those of the names.
fn counts(roll: &Roll, a: &Attendance, findings: &mut Vec<Finding>) {
    for (category, count, span) in &roll.counts {
        let (what, listed) = match category {
            Category::Present => ("présents", a.present.len()),
            Category::Represented => ("pouvoirs", a.proxies.len()),
            Category::Excused | Category::Absent => continue,
        };
        let arrived = a.arrivals.len();
        let same = listed == *count as usize
            || (*category == Category::Present && listed + arrived == *count as usize);
        if listed > 0 && !same {
            findings.push(Finding::check(
                FindingKind::Quorum,
                Some(span.clone()),
                format!("Les notes comptent {count} {what}, mais en nomment {listed} : vérifiez la liste."),
            ));
        }
    }
}

/// Names that the sheet does not know: each told, or all at once when they are many.
fn unknown(roll: &Roll, findings: &mut Vec<Finding>) {
    let mut names: Vec<&String> = Vec::new();
    let mut span = None;
    for (name, place) in &roll.unknown {
        if !names.contains(&name) {
            names.push(name);
            span.get_or_insert(place.clone());
        }
    }
    if names.len() <= MOST_UNKNOWN || foreign(roll) {
        return;
    }
    let list = names.iter().take(6).map(|n| n.as_str()).collect::<Vec<_>>().join(", ");
    findings.push(Finding::check(
        FindingKind::Name,
        span,
        format!(
            "{} noms ne sont pas dans la fiche ou y sont plusieurs, gardés tels quels : {list}…",
            names.len()
        ),
    ));
}

/// One finding for each name that the sheet does not know, while they are few.
pub fn unknown_one_by_one(roll: &Roll, people: &People<'_>, findings: &mut Vec<Finding>) {
    if people.roster.names().len() <= 1 || foreign(roll) {
        return;
    }
    let mut told: Vec<&String> = Vec::new();
    for (name, span) in &roll.unknown {
        if told.contains(&name) {
            continue;
        }
        told.push(name);
        if roll.unknown.len() > MOST_UNKNOWN {
            continue;
        }
        let message = match people.roster.resolve(name) {
            Resolution::Ambiguous(members) => {
                let who: Vec<&str> = members.iter().map(|m| people.roster.full_name(*m)).collect();
                format!("« {name} » peut être {} : nom gardé tel quel, précisez.", who.join(" ou "))
            }
            _ => match people.roster.nearest(name) {
                Some(near) => format!(
                    "« {name} » n’est pas dans la fiche (proche de {near}) : nom gardé tel quel, vérifiez."
                ),
                None => format!(
                    "« {name} » ne correspond à aucun membre de la fiche : nom gardé tel quel."
                ),
            },
        };
        findings.push(Finding::check(FindingKind::Name, Some(span.clone()), message));
    }
}

/// Whether the sheet is of another body: most names of the notes are unknown to it.
pub fn foreign(roll: &Roll) -> bool {
    let mut unknown: Vec<&String> = roll.unknown.iter().map(|(name, _)| name).collect();
    unknown.sort_unstable();
    unknown.dedup();
    unknown.len() >= 3 && unknown.len() * 2 > roll.read
}

/// Notes of a council read with the sheet of another one: the sheet's mayor, seats and name are
/// not those of the meeting.
pub fn set_apart(people: &People<'_>, meeting: &mut Meeting, findings: &mut Vec<Finding>) {
    let office = people.office;
    if meeting.body == office.organisme.nom {
        meeting.body = None;
    }
    if meeting.chair == office.conseil.maire {
        meeting.chair = None;
    }
    if meeting.kind == Kind::Council
        && meeting.attendance.in_office == office.conseil.membres_en_exercice
    {
        meeting.attendance.in_office = None;
    }
    findings.push(Finding::check(
        FindingKind::Name,
        None,
        format!(
            "La plupart des noms des notes ne sont pas dans la fiche{} : est-ce la bonne fiche ? Le document n’en reprend ni la commune, ni le maire, ni le nombre de membres.",
            office.organisme.nom.as_ref().map_or(String::new(), |n| format!(" de {n}"))
        ),
    ));
}
