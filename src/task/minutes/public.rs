//! The minutes as they may be published, from the same record: the whole form, without personal
//! data; of a closed session only the formula, the object in neutral words and the result.
//!
//! Rules only, the same every time. Everything hidden is listed in a finding of its item, doubtful
//! names apart, so that a person decides what can be put back. Findings are for the office; the
//! record that goes with the document holds nothing that the document hides.

use super::mask::{Ballot, Letters, Mask, Masked, Why};
use super::record::{Item, Meeting};
use super::template;
use crate::document::{Align, Block, Document, Inline};
use crate::finding::{Finding, FindingKind};
use crate::office::Office;

/// The line under the title.
const NOTICE: &str = "Version destinée à la publication : les données personnelles sont masquées.";

/// The object of a closed session that cannot be told.
const NEUTRAL: &str = "Situation individuelle";

/// The minutes for publication, of a record without personal data.
pub fn document(masked: &Meeting) -> Document {
    let mut document = template::document(masked);
    document.title.push_str(" (version pour publication)");
    let title = document.blocks.iter().position(|b| matches!(b, Block::Heading { level: 1, .. }));
    let notice = vec![Inline::Strong(NOTICE.to_owned())];
    document.blocks.insert(
        title.map_or(0, |at| at + 1),
        Block::Paragraph { text: notice, align: Align::Left },
    );
    document
}

/// The record that may be published with the document: what the notes say of an item, which no
/// document prints, is not part of it.
pub fn record(mut masked: Meeting) -> Meeting {
    masked.items.iter_mut().for_each(|item| item.clauses.clear());
    masked
}

/// The record without personal data; what it hides is told in findings.
pub fn masked(meeting: &Meeting, office: &Office, findings: &mut Vec<Finding>) -> Meeting {
    let mask = Mask::new(meeting, office);
    let mut public = meeting.clone();
    let mut hidden = Vec::new();
    let mut letters = Letters::default();
    let mut tell = |text: &mut String| take(text, mask.text(text, &mut letters), &mut hidden);
    public.remarks.iter_mut().for_each(&mut tell);
    let header = [&mut public.place, &mut public.next_meeting, &mut public.attendance.audience];
    header.into_iter().flatten().for_each(&mut tell);
    findings.extend(finding("En tête ou en fin de document", &hidden));
    public.agenda = meeting
        .agenda
        .iter()
        .map(|title| match meeting.items.iter().find(|i| i.title == *title) {
            Some(item) => object(&mask, item, &mut Vec::new()),
            None => mask.text(title, &mut Letters::default()).text,
        })
        .collect();
    for item in &mut public.items {
        self::item(&mask, item, findings);
    }
    lists(&mask, meeting, &mut public, findings);
    public
}

/// Takes the personal data out of the lists that close the page of a working meeting.
fn lists(mask: &Mask, meeting: &Meeting, public: &mut Meeting, findings: &mut Vec<Finding>) {
    let mut hidden = Vec::new();
    let mut letters = Letters::default();
    // Titles stay those that the items have now.
    let titled = |subject: &mut Option<String>, items: &[Item]| {
        let Some(title) = subject else { return };
        let at = meeting.items.iter().position(|item| item.title == *title);
        *title = match at.and_then(|at| items.get(at)) {
            Some(item) => item.title.clone(),
            None => mask.text(title, &mut Letters::default()).text,
        };
    };
    let sentence = |text: &mut String, letters: &mut Letters, hidden: &mut Vec<_>| {
        take(text, mask.sentence(text, letters, Ballot::Other), hidden);
    };
    for decision in &mut public.decisions {
        sentence(&mut decision.text, &mut letters, &mut hidden);
        titled(&mut decision.subject, &public.items);
    }
    for action in &mut public.actions {
        sentence(&mut action.what, &mut letters, &mut hidden);
        for text in [&mut action.who, &mut action.when].into_iter().flatten() {
            take(text, mask.text(text, &mut letters), &mut hidden);
        }
    }
    for point in &mut public.open_points {
        sentence(&mut point.text, &mut letters, &mut hidden);
        titled(&mut point.subject, &public.items);
    }
    findings.extend(finding("décisions, actions et points ouverts", &hidden));
}

/// Takes the personal data out of one item.
fn item(mask: &Mask, item: &mut Item, findings: &mut Vec<Finding>) {
    let title = item.title.clone();
    item.title = object(mask, item, &mut Vec::new());
    let mut hidden = Vec::new();
    if item.title != title {
        hidden.push((Why::Person, title.clone()));
    }
    let mut letters = Letters::default();
    if let Some(session) = &mut item.closed_session {
        if let Some(who) = &mut session.requested_by {
            take(who, mask.text(who, &mut letters), &mut hidden);
        }
        if !item.account.is_empty() || !item.clauses.is_empty() {
            item.account.clear();
            findings.push(Finding::info(
                FindingKind::PersonalData,
                None,
                format!(
                    "Version pour publication, « {title} » : huis clos, seuls la formule, l’objet et le résultat sont donnés."
                ),
            ));
        }
    }
    let ballot = if item.public_ballot { Ballot::Public } else { Ballot::Other };
    for sentence in &mut item.account {
        take(sentence, mask.sentence(sentence, &mut letters, ballot), &mut hidden);
    }
    for part in &mut item.parts {
        let subject = &mut part.subject;
        take(subject, mask.text(subject, &mut letters), &mut hidden);
    }
    let votes = item.vote.iter_mut().chain(item.parts.iter_mut().map(|part| &mut part.vote));
    let named = votes.filter(|_| ballot == Ballot::Other).filter_map(|vote| vote.names.take());
    if named.count() > 0 {
        hidden.push((Why::Ballot, "les votants nommés".to_owned()));
    }
    findings.extend(finding(&format!("« {title} »"), &hidden));
}

/// The title of an item as it may be published.
pub(super) fn object(mask: &Mask, item: &Item, findings: &mut Vec<Finding>) -> String {
    let masked = mask.sentence(&item.title, &mut Letters::default(), Ballot::Other);
    if masked.hidden.is_empty() {
        return masked.text;
    }
    findings.extend(finding(&format!("« {} »", item.title), &masked.hidden));
    if item.closed_session.is_some() { NEUTRAL.to_owned() } else { masked.text }
}

fn take(text: &mut String, masked: Masked, hidden: &mut Vec<(Why, String)>) {
    *text = masked.text;
    hidden.extend(masked.hidden);
}

/// What was hidden at one place, by kind.
fn finding(place: &str, hidden: &[(Why, String)]) -> Option<Finding> {
    if hidden.is_empty() {
        return None;
    }
    let mut sorted: Vec<&(Why, String)> = hidden.iter().collect();
    sorted.sort_by_key(|(why, _)| *why);
    sorted.dedup();
    let mut kinds: Vec<(Why, Vec<String>)> = Vec::new();
    for (why, words) in sorted {
        let words = format!("« {words} »");
        match kinds.last_mut() {
            Some((last, list)) if last == why => list.push(words),
            _ => kinds.push((*why, vec![words])),
        }
    }
    let list: Vec<String> =
        kinds.iter().map(|(why, words)| format!("{} {}", why.name(), words.join(", "))).collect();
    let doubt = if hidden.iter().any(|(why, _)| *why == Why::Doubtful) {
        " ; remettez un nom douteux s’il est celui d’un lieu ou d’une entreprise"
    } else {
        ""
    };
    Some(Finding::check(
        FindingKind::PersonalData,
        None,
        format!("Version pour publication, {place}, masqué : {}{doubt}.", list.join(" ; ")),
    ))
}

#[cfg(test)]
mod tests;
