//! What the form requires and neither notes nor office sheet give.

use super::record::{Kind, Meeting};
use crate::finding::{Finding, FindingKind};

/// One finding for all that the form requires and the notes do not give.
pub fn missing(meeting: &Meeting, findings: &mut Vec<Finding>) {
    let table = [
        (meeting.date.is_none(), "la date de la séance"),
        (meeting.opened.is_none() && meeting.kind != Kind::Working, "l’heure d’ouverture"),
        (meeting.closed.is_none() && meeting.kind != Kind::Working, "l’heure de fin"),
        (meeting.place.is_none(), "le lieu de la réunion"),
        (
            meeting.secretary.is_none() && meeting.kind != Kind::Working,
            "la ou le secrétaire de séance",
        ),
        (meeting.chair.is_none() && meeting.kind != Kind::Working, "la présidence de la séance"),
        (meeting.convocation.is_none() && meeting.kind != Kind::Working, "la date de convocation"),
        (
            meeting.attendance.present.is_empty() && meeting.kind == Kind::Council,
            "les noms des membres présents",
        ),
        (
            meeting.attendance.in_office.is_none() && meeting.kind == Kind::Council,
            "le nombre de membres en exercice",
        ),
    ];
    let absent: Vec<&str> =
        table.into_iter().filter(|(absent, _)| *absent).map(|(_, what)| what).collect();
    let listed = match absent.as_slice() {
        [] => return,
        [first @ .., last] if !first.is_empty() => format!("{} ni {last}", first.join(", ")),
        _ => absent.join(""),
    };
    findings.push(Finding::check(
        FindingKind::Missing,
        None,
        format!("Les notes ne donnent pas {listed} : à compléter dans le document."),
    ));
}
