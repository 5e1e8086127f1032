//! The document of a poster: a pure function of its record.

use super::record::{BlockKind, Poster};
use crate::document::letterhead::Field;
use crate::document::{Align, Block, Document, Inline};
use crate::office::Office;
use crate::task::wording;

/// Lays out the poster: title, invitation, date and place, programme, prices, practical lines, mentions.
pub fn document(poster: &Poster, office: &Office) -> Document {
    let title = poster.title.clone().unwrap_or_else(|| wording::blank("titre"));
    let mut document = Document::new(title.clone());
    document.push(Block::heading(1, title));
    if let Some(invitation) = &poster.invitation {
        document.push(Block::aligned(Align::Center, invitation.clone()));
    }
    let date = poster.date.clone().unwrap_or_else(|| wording::blank("date"));
    let when = match &poster.hours {
        Some(hours) => format!("{}, {hours}", crate::task::wording::capital(&date)),
        None => crate::task::wording::capital(&date),
    };
    document.state(Field::Date, when.clone(), strong(when));
    let place = poster.place.clone().unwrap_or_else(|| wording::blank("lieu"));
    let place = crate::task::wording::capital(&with_town(&place, office));
    document.state(Field::Place, place.clone(), strong(place));
    if let Some(organiser) = &poster.organiser {
        document.fields.insert(Field::Sender, organiser.clone());
    }
    let of = |block: BlockKind| -> Vec<String> {
        poster.lines.iter().filter(|l| l.block == block).map(|l| l.text.clone()).collect()
    };
    let programme = of(BlockKind::Programme);
    if !programme.is_empty() {
        document.push(Block::aligned(Align::Center, programme.join("\n")));
    }
    let prices = of(BlockKind::Prices);
    if !prices.is_empty() {
        document.push(Block::heading(2, "Tarifs"));
        document.push(Block::aligned(Align::Center, prices.join("\n")));
    }
    let mut practical = of(BlockKind::Practical);
    practical.extend(of(BlockKind::Contact));
    if !practical.is_empty() {
        document.push(Block::heading(2, "Pratique"));
        document.push(Block::aligned(Align::Center, practical.join("\n")));
    }
    let mut mentions =
        vec![poster.organiser.clone().unwrap_or_else(|| wording::blank("organisateur"))];
    if poster.printed_in_house {
        mentions.push("Imprimé par nos soins".into());
    }
    document.push(Block::aligned(Align::Center, mentions.join(" – ")));
    document
}

/// Words of the whole page.
pub fn words(document: &Document) -> usize {
    crate::document::markdown::write(document).split_whitespace().count()
}

/// The place with the town, unless it names one.
pub(super) fn with_town(place: &str, office: &Office) -> String {
    match (&office.organisme.nom, office.organisme.nature.as_deref()) {
        (Some(town), Some("commune"))
            if !place.to_lowercase().contains(&town.to_lowercase()) && !names_town(place, town) =>
        {
            format!("{place}, {town}")
        }
        _ => place.to_owned(),
    }
}

/// Whether the place ends with the town by its short name: « place Haute, Trévol » for Trévol-le-Bas.
fn names_town(place: &str, town: &str) -> bool {
    let short = town.split(['-', ' ']).next().unwrap_or(town);
    short.chars().count() > 4
        && place.rsplit(", ").next().is_some_and(|last| last.eq_ignore_ascii_case(short))
}

fn strong(text: String) -> Block {
    Block::Paragraph { text: vec![Inline::Strong(text)], align: Align::Center }
}
