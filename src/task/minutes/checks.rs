//! What does not add up in a meeting: notice, quorum, attendance, proxies, votes, absent speakers,
//! decisions off the agenda. Nothing is repaired in silence: a value that cannot be right is taken
//! out of the record, and every doubt becomes a finding.
//!
//! Rules for councils: quorum on members physically present (CGCT L2121-17), one proxy for each
//! holder (L2121-20), names only for public ballots (L2121-21). An association's quorum comes from
//! its own statutes.

mod attendance;
mod ballot;
mod quorum;
mod speakers;

use self::attendance::{attendance, proxies, proxies_of_those_out};
use self::ballot::ballot;
use self::quorum::{quorum, quorum_at_items};
use self::speakers::{absent_speakers, ambiguous};
use super::people::People;
use super::presence;
use super::record::{Item, Kind, Meeting};
use crate::finding::{Finding, FindingKind};
use crate::reading::{Fact, facts, fold};

/// Checks the meeting and completes what arithmetic gives: the quorum, those in favour when only
/// the others are counted, impossible votes. The limit is that of proxies for one holder.
pub fn check(
    meeting: &mut Meeting,
    people: &People<'_>,
    limit: Option<u32>,
    findings: &mut Vec<Finding>,
) {
    notice(meeting, people.office.organisme.population, findings);
    quorum(meeting, findings);
    attendance(meeting, people, findings);
    let limit = if meeting.kind == Kind::Council { Some(1) } else { limit };
    proxies(meeting, limit, findings);
    let mut items = std::mem::take(&mut meeting.items);
    quorum_at_items(meeting, &mut items, findings);
    for index in 0..items.len() {
        let presence = items.get(index).and_then(|item| presence::at(meeting, &items, item));
        let away = |items: &[Item], name: &str| {
            items.get(index).is_some_and(|item| presence::is_away(meeting, items, item, name))
        };
        let named: Vec<String> = meeting.attendance.members().into_iter().map(|m| m.nom).collect();
        let away: Vec<String> = named.into_iter().filter(|name| away(&items, name)).collect();
        let Some(item) = items.get_mut(index) else { continue };
        off_agenda(meeting, item, findings);
        accounts(meeting, item, people, findings);
        ballot(meeting, item, presence, &away, findings);
        proxies_of_those_out(meeting, item, presence, findings);
        absent_speakers(item, &away, findings);
        ambiguous(item, people, findings);
    }
    meeting.items = items;
}

/// The notice of a council: three clear days before it, five from 3 500 inhabitants (CGCT L2121-11
/// and L2121-12); neither the day it goes out nor that of the meeting counts.
fn notice(meeting: &Meeting, population: Option<u32>, findings: &mut Vec<Finding>) {
    let day = |text: Option<&String>| {
        facts(text?).into_iter().find_map(|found| match found.fact {
            Fact::Date(date) => date.civil(),
            _ => None,
        })
    };
    let (Some(sent), Some(held)) = (day(meeting.convocation.as_ref()), day(meeting.date.as_ref()))
    else {
        return;
    };
    let asked = if population.is_some_and(|count| count >= 3_500) { 5 } else { 3 };
    let clear = (held - sent).get_days() - 1;
    if meeting.kind == Kind::Council && clear < asked {
        findings.push(Finding::check(
            FindingKind::Missing,
            None,
            format!(
                "Convocation {} pour le {} : {} jour(s) franc(s), il en faut {asked}, sauf urgence (CGCT L2121-11, L2121-12) ; vérifiez.",
                meeting.convocation.as_deref().unwrap_or_default(),
                meeting.date.as_deref().unwrap_or_default(),
                clear.max(0),
            ),
        ));
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
    if item.vote.is_none() && item.parts.is_empty() && !said {
        return;
    }
    item.parts.clear();
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

/// On the accounts of the year the mayor withdraws and another presides (CGCT L2121-14).
fn accounts(meeting: &Meeting, item: &Item, people: &People<'_>, findings: &mut Vec<Finding>) {
    if meeting.kind != Kind::Council || item.vote.is_none() {
        return;
    }
    let title = fold(&item.title);
    let has = |word: &str| title.split(|c: char| !c.is_alphanumeric()).any(|w| w == word);
    let accounts = title.contains("compte administratif")
        || title.contains("compte financier unique")
        || has("cfu")
        || (has("ca") && title.contains("20"));
    let Some(mayor) = people.office.conseil.maire.as_ref().filter(|_| accounts) else { return };
    let there = meeting.attendance.present.contains(mayor);
    if there && !item.not_voting.contains(mayor) {
        findings.push(Finding::check(
            FindingKind::Vote,
            Some(item.span.clone()),
            format!(
                "{} : le maire doit se retirer au moment du vote et une autre personne présider ; les notes ne le disent pas.",
                item.title
            ),
        ));
    } else if there && item.chair.is_none() {
        findings.push(Finding::check(
            FindingKind::Missing,
            Some(item.span.clone()),
            format!("{} : les notes ne disent pas qui a présidé pendant le vote.", item.title),
        ));
    }
}

#[cfg(test)]
mod tests;
