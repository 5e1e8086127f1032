//! The page of a working meeting: who was there, each subject, decisions, actions, points left
//! open, next meeting. A pure function of the record.

use super::super::record::{Item, Meeting};
use super::or_blank;
use crate::document::letterhead::Field;
use crate::document::{Align, Block, Document, Inline};
use crate::task::wording::blank;

/// The minutes of a working meeting.
pub fn document(meeting: &Meeting) -> Document {
    let date = or_blank(meeting.date.as_ref(), "date");
    let label = meeting.label.clone().unwrap_or_else(|| "Réunion".to_owned());
    let title = format!("Compte rendu – {label} du {date}");
    let mut document = Document::new(title.clone());
    if let Some(body) = &meeting.body {
        let block = Block::aligned(Align::Center, body.clone());
        document.state(Field::Sender, body.clone(), block);
    }
    document.push(Block::heading(1, title));
    opening(meeting, &date, &mut document);
    for (index, item) in meeting.items.iter().enumerate() {
        subject(meeting, index, item, &mut document);
    }
    decisions(meeting, &mut document);
    actions(meeting, &mut document);
    if !meeting.open_points.is_empty() {
        document.push(Block::heading(2, "Points laissés ouverts"));
        document.push(Block::dashes(
            meeting.open_points.iter().map(|p| of_subject(p.subject.as_ref(), &p.text)),
        ));
    }
    if let Some(next) = &meeting.next_meeting {
        document
            .push(Block::labelled("Prochaine réunion", format!("{}.", next.trim_end_matches('.'))));
    }
    super::super::template::state(meeting, &mut document);
    document
}

fn opening(meeting: &Meeting, date: &str, document: &mut Document) {
    let mut text = format!("Réunion du {date}");
    match (&meeting.opened, &meeting.closed) {
        (Some(opened), Some(closed)) => text.push_str(&format!(", de {opened} à {closed}")),
        (Some(opened), None) => text.push_str(&format!(", à {opened}")),
        (None, Some(closed)) => text.push_str(&format!(", jusqu’à {closed}")),
        (None, None) => {}
    }
    if let Some(place) = &meeting.place {
        text.push_str(&format!(", {place}"));
    }
    document.push(Block::paragraph(text + "."));
    let a = &meeting.attendance;
    let present = match (a.present.is_empty(), a.present_count) {
        (false, _) => a.present.join(", "),
        (true, Some(count)) => count.to_string(),
        (true, None) => blank("présents"),
    };
    document.push(Block::labelled("Présents", present));
    for arrival in &a.arrivals {
        let hour = arrival.hour.as_ref().map_or(String::new(), |h| format!(" à {h}"));
        document.push(Block::labelled(
            "Arrivée en cours de réunion",
            format!("{}{hour}", arrival.name),
        ));
    }
    let proxies = a.proxies.iter().map(|p| format!("{} (pouvoir à {})", p.giver, p.holder));
    let excused: Vec<String> = a.excused.iter().cloned().chain(proxies).collect();
    for (label, names) in [("Excusés", &excused), ("Absents", &a.absent)] {
        if !names.is_empty() {
            document.push(Block::labelled(label, names.join(", ")));
        }
    }
    for (label, name) in [("Animation", &meeting.chair), ("Rédaction", &meeting.secretary)] {
        if let Some(name) = name {
            document.push(Block::labelled(label, name.clone()));
        }
    }
    for remark in &meeting.remarks {
        document.push(Block::paragraph(remark.clone()));
    }
}

/// A subject: its account, then the numbers of its decisions.
fn subject(meeting: &Meeting, index: usize, item: &Item, document: &mut Document) {
    let decided: Vec<String> = (1..)
        .zip(&meeting.decisions)
        .filter(|(_, d)| d.subject.as_ref() == Some(&item.title))
        .map(|(number, _)| format!("D{number}"))
        .collect();
    let number = index + 1;
    document.push(Block::heading(2, format!("{number}. {}", item.title)));
    let account = item.account.join(" ");
    let mut text = Vec::new();
    if !account.is_empty() {
        text.push(account);
    }
    if !decided.is_empty() {
        let word = if decided.len() > 1 { "Décisions" } else { "Décision" };
        text.push(format!("{word} : voir {}.", decided.join(", ")));
    }
    let elsewhere = |span: &crate::notes::Span| item.span.contains(&span.start);
    if text.is_empty() && meeting.actions.iter().any(|a| elsewhere(&a.span)) {
        text.push("Voir les actions.".to_owned());
    }
    if text.is_empty() && meeting.open_points.iter().any(|p| elsewhere(&p.span)) {
        text.push("Voir les points laissés ouverts.".to_owned());
    }
    if text.is_empty() {
        text.push(blank("rien dans les notes sur ce point"));
    }
    document.push(Block::paragraph(text.join(" ")));
}

/// « Fête des plantes – Samedi 15 mai »: a list says what each line is about.
fn of_subject(subject: Option<&String>, text: &str) -> String {
    let generic = ["Échanges", "Autres points", "Questions diverses", "Ouverture de la réunion"];
    match subject.filter(|s| !generic.contains(&s.as_str()) && !text.starts_with(s.as_str())) {
        Some(subject) => format!("{subject} – {text}"),
        None => text.to_owned(),
    }
}

fn decisions(meeting: &Meeting, document: &mut Document) {
    document.push(Block::heading(2, "Décisions"));
    if meeting.decisions.is_empty() {
        document.push(Block::paragraph("Aucune décision n’est notée."));
        return;
    }
    for (number, decision) in (1..).zip(&meeting.decisions) {
        document.push(Block::Paragraph {
            text: vec![
                Inline::Strong(format!("D{number}.")),
                Inline::Plain(format!(
                    " {}",
                    of_subject(decision.subject.as_ref(), &decision.text)
                )),
            ],
            align: Align::Left,
        });
    }
}

fn actions(meeting: &Meeting, document: &mut Document) {
    document.push(Block::heading(2, "Actions"));
    if meeting.actions.is_empty() {
        document.push(Block::paragraph("Aucune action n’est notée."));
        return;
    }
    document.push(Block::Table {
        header: ["Qui", "Quoi", "Pour quand"].map(str::to_owned).into(),
        rows: meeting
            .actions
            .iter()
            .map(|a| {
                vec![
                    or_blank(a.who.as_ref(), "qui"),
                    a.what.clone(),
                    or_blank(a.when.as_ref(), "date"),
                ]
            })
            .collect(),
    });
}
