//! The list of the deliberations examined (CGCT L2121-25): number, object, result of every item
//! that was voted, without personal data, due within a week of the session.
//!
//! The approval of the last minutes is no deliberation and is not listed.

use jiff::ToSpan;

use super::mask::Mask;
use super::numbering::approves_minutes;
use super::public;
use super::record::{Item, Meeting};
use super::template;
use crate::document::{Align, Block, Document};
use crate::finding::{Finding, FindingKind};
use crate::office::Office;
use crate::reading::date::weekday_name;
use crate::reading::{Fact, PartialDate, facts, fold};
use crate::task::wording::blank;

/// Days the law leaves to post the list.
const DAYS: i64 = 7;

/// The list, and what the user has to know of it.
pub fn document(meeting: &Meeting, office: &Office, findings: &mut Vec<Finding>) -> Document {
    let date = template::or_blank(meeting.date.as_ref(), "date");
    let commune = template::or_blank(meeting.body.as_ref(), "nom de la commune");
    let mut document =
        Document::new(format!("Liste des délibérations examinées, séance du {date}"));
    document.push(Block::aligned(Align::Center, format!("Commune {}", template::of(&commune))));
    document.push(Block::heading(1, "Liste des délibérations examinées par le conseil municipal"));
    document.push(Block::paragraph(format!(
        "Séance du {date} (article L. 2121-25 du code général des collectivités territoriales)"
    )));
    let mask = Mask::new(meeting, office);
    let voted = meeting.items.iter().filter(|i| i.vote.is_some() && !approves_minutes(&i.title));
    let rows: Vec<Vec<String>> = voted
        .map(|item| {
            let number = template::or_blank(item.deliberation.as_ref(), "numéro");
            let object = public::object(&mask, item, findings);
            vec![number, object, result(item)]
        })
        .collect();
    if rows.is_empty() {
        document.push(Block::paragraph("Aucune délibération n’a été examinée."));
    } else {
        let header = ["N°", "Objet", "Résultat"].map(str::to_owned).to_vec();
        document.push(Block::Table { header, rows });
    }
    let mut posted = format!("Affichée le {}", blank("date"));
    if office.organisme.site_internet != Some(false) {
        posted.push_str(&format!(" – Mise en ligne le {}", blank("date")));
    }
    document.push(Block::paragraph(posted));
    findings.push(deadline(meeting.date.as_deref()));
    template::state(meeting, &mut document);
    document
}

/// Until when the list has to be posted.
fn deadline(date: Option<&str>) -> Finding {
    let held = date.and_then(|text| {
        facts(text).into_iter().find_map(|f| match f.fact {
            Fact::Date(date) => date.civil(),
            _ => None,
        })
    });
    match held.and_then(|date| date.checked_add(DAYS.days()).ok()) {
        Some(last) => {
            let day = PartialDate::new(None, Some(last.day()), last.month(), Some(last.year()));
            let day = day.map_or_else(String::new, |d| d.to_french());
            Finding::info(
                FindingKind::Deadline,
                None,
                format!(
                    "Liste à afficher, et à mettre en ligne s’il y a un site, au plus tard le {} {day} (une semaine après la séance).",
                    weekday_name(last.weekday())
                ),
            )
        }
        None => Finding::info(
            FindingKind::Deadline,
            None,
            "Liste à afficher, et à mettre en ligne s’il y a un site, dans la semaine qui suit la séance ; sa date n’est pas connue en entier.",
        ),
    }
}

/// « Approuvée », « Rejetée », « Ajournée », or what is left to fill in.
fn result(item: &Item) -> String {
    let Some(vote) = &item.vote else { return blank("résultat") };
    let told = item.clauses.iter().chain(&item.account).chain([&item.title]);
    match (vote.possible, vote.carried()) {
        (true, Some(true)) if told.clone().any(|text| adjourns(text)) => "Ajournée".to_owned(),
        (true, Some(true)) => "Approuvée".to_owned(),
        (true, Some(false)) => "Rejetée".to_owned(),
        (false, _) | (_, None) => blank("résultat"),
    }
}

/// Whether a clause puts the item off; « excédent reporté » is bookkeeping.
fn adjourns(text: &str) -> bool {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
    let begins = |starts: &[&str]| words.iter().any(|w| starts.iter().any(|s| w.starts_with(s)));
    if begins(&["ajourn"]) || folded.contains("sursis a statuer") {
        return true;
    }
    let put_off = begins(&["report", "renvoy", "retir", "repouss", "differ"]);
    let item = ["point", "dossier", "decision", "vote", "sujet", "question", "deliberation"];
    let later = ["prochain", "prochaine", "ulterieure", "ulterieurement", "suivante", "jour"];
    let accounts = ["excedent", "deficit", "resultat", "credit", "solde", "montant", "nouveau"];
    put_off
        && words.iter().any(|w| item.contains(w) || later.contains(w))
        && !words.iter().any(|w| accounts.iter().any(|a| w.starts_with(a)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::minutes::record::{Kind, Vote};

    fn item(title: &str, counts: [u32; 2]) -> Item {
        Item {
            title: title.into(),
            vote: Some(Vote {
                in_favour: Some(counts[0]),
                against: Some(counts[1]),
                possible: true,
                ..Vote::default()
            }),
            ..Item::default()
        }
    }

    #[test]
    fn only_what_was_voted_is_listed_with_its_result() {
        let mut put_off = item("Voirie", [8, 0]);
        put_off.clauses = vec!["dossier reporté à la prochaine séance".into()];
        let mut doubtful = item("Toiture", [30, 0]);
        doubtful.vote.as_mut().unwrap().possible = false;
        let table = [
            (item("Tarifs", [8, 1]), Some("Approuvée")),
            (item("Antenne", [2, 9]), Some("Rejetée")),
            (item("Garderie", [5, 5]), Some("[À COMPLÉTER : résultat]")),
            (doubtful, Some("[À COMPLÉTER : résultat]")),
            (put_off, Some("Ajournée")),
            (item("Approbation du procès-verbal", [9, 0]), None),
            (Item { title: "Informations".into(), ..Item::default() }, None),
        ];
        for (item, expected) in table {
            let title = item.title.clone();
            let meeting = Meeting { items: vec![item], ..Meeting::empty(Kind::Council) };
            let list = document(&meeting, &Office::default(), &mut Vec::new());
            let found = list.blocks.iter().find_map(|block| match block {
                Block::Table { rows, .. } => rows[0].get(2).cloned(),
                _ => None,
            });
            assert_eq!(found.as_deref(), expected, "{title}");
        }
    }

    #[test]
    fn what_is_put_off_is_told_from_what_is_carried_over() {
        for (text, expected) in [
            ("vote reporté à la prochaine séance", true),
            ("point retiré de l'ordre du jour", true),
            ("décision ajournée", true),
            ("excédent de 12 300 € reporté au compte 002, dossier en mairie", false),
            ("report à nouveau de l'exercice", false),
            ("les horaires du jour de marché", false),
        ] {
            assert_eq!(adjourns(text), expected, "{text}");
        }
    }

    #[test]
    fn the_deadline_is_a_week_after_the_session() {
        for (date, expected) in [
            (Some("vendredi 18 septembre 2026"), "vendredi 25 septembre 2026"),
            (Some("28 décembre 2026"), "lundi 4 janvier 2027"),
            (Some("18 septembre"), "pas connue"),
            (None, "pas connue"),
        ] {
            let finding = deadline(date);
            assert!(finding.message.contains(expected), "{finding:?}");
            assert_eq!(finding.severity, crate::finding::Severity::Info);
        }
    }
}
