//! The items of the record: one for each topic, and what a council's items hold.

use super::speech::Speech;
use super::topic;
use crate::finding::{Finding, FindingKind};
use crate::office::Office;
use crate::reading::name::Roster;
use crate::task::minutes::people::People;
use crate::task::minutes::record::{Item, Kind, Meeting};
use crate::task::minutes::{checks, missing};

/// One item for each topic.
pub(super) fn items(topics: &[topic::Topic], speech: &Speech) -> Vec<Item> {
    topics
        .iter()
        .enumerate()
        .map(|(index, topic)| {
            let title = match (topic.title.is_empty(), index, topics.len()) {
                (false, ..) => topic.title.clone(),
                (true, 0, 2..) => "Ouverture de la réunion".to_owned(),
                _ => "Échanges".to_owned(),
            };
            let sentences = speech.sentences.get(topic.sentences.clone()).unwrap_or_default();
            let start = sentences.first().map_or(0, |s| s.span.start);
            let end = sentences.last().map_or(start, |s| s.span.end);
            Item { title, treated: index, span: start..end, ..Item::default() }
        })
        .collect()
}

/// Topics of one title are one item; those of which nothing is kept go.
pub(super) fn merge_topics(meeting: &mut Meeting) {
    let mut items: Vec<Item> = Vec::new();
    for item in std::mem::take(&mut meeting.items) {
        match items.iter_mut().find(|i| i.title == item.title) {
            Some(first) => {
                first.clauses.extend(item.clauses);
                first.account.extend(item.account);
                first.span.end = first.span.end.max(item.span.end);
                first.vote = first.vote.take().or(item.vote);
            }
            None => items.push(item),
        }
    }
    items.retain(|item| {
        let holds = |start: usize| item.span.contains(&start);
        !item.account.is_empty()
            || item.vote.is_some()
            || meeting.decisions.iter().any(|d| holds(d.span.start))
            || meeting.actions.iter().any(|a| holds(a.span.start))
            || meeting.open_points.iter().any(|p| holds(p.span.start))
    });
    meeting.items = items;
}

/// Minutes of a council or an assembly have no list of decisions: each goes into its item.
pub(super) fn into_items(meeting: &mut Meeting, office: &Office, findings: &mut Vec<Finding>) {
    if meeting.kind == Kind::Council {
        meeting.attendance.in_office = office.conseil.membres_en_exercice;
        meeting.chair.clone_from(&office.conseil.maire);
        // Whoever speaks as « le maire » is the mayor.
        if let Some(mayor) = &office.conseil.maire {
            let present = &mut meeting.attendance.present;
            present.retain(|name| name != mayor);
            for name in present.iter_mut().filter(|n| matches!(n.as_str(), "Le maire" | "La maire"))
            {
                name.clone_from(mayor);
            }
        }
    }
    // The roll call and the like: the record holds what it says.
    meeting.items.retain(|i| i.title != "Ouverture de la réunion");
    for item in &mut meeting.items {
        item.miscellaneous = item.title.starts_with("Questions diverses");
    }
    for (number, item) in (1..).zip(&mut meeting.items) {
        item.number = Some(number);
    }
    for decision in &meeting.decisions {
        let item = meeting.items.iter_mut().find(|i| Some(&i.title) == decision.subject.as_ref());
        let told = findings.iter().any(|f| f.kind == FindingKind::OffAgenda);
        if !told && item.as_ref().is_some_and(|i| i.miscellaneous) {
            findings.push(Finding::check(
                FindingKind::OffAgenda,
                Some(decision.span.clone()),
                format!(
                    "« {} » : décidé hors de l’ordre du jour, parmi les questions diverses. Le document ne le donne pas comme voté : à inscrire à l’ordre du jour d’une prochaine séance.",
                    decision.text
                ),
            ));
        }
        let Some(item) = item.filter(|i| !i.miscellaneous) else { continue };
        // The result stands in the vote of the item.
        let voted = decision.text.find(" : adopté").or_else(|| decision.text.find(" : rejeté"));
        match voted.and_then(|at| decision.text.get(..at)) {
            Some(object) if object.starts_with("Point «") => {}
            Some(object) => item.account.push(format!("Mis aux voix : {object}.")),
            None => item.account.push(format!("Il est décidé : {}", decision.text)),
        }
    }
    meeting.actions.clear();
    meeting.open_points.clear();
    let roster = Roster::new(&office.conseil.membres);
    checks::check(meeting, &People::new(&roster, office), None, findings);
    missing::missing(meeting, findings);
}
