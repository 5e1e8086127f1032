//! Items of a meeting from the sections of its notes: what their headings tell (`heading`), what
//! their lines tell (`sentence`), members who take no part (`not_voting`), closed sessions
//! (`closed_session`), and the clauses that remain (`clause`), spelled out (`spelling`).

mod clause;
mod closed_session;
mod heading;
mod not_voting;
mod sentence;
mod spelling;

use std::sync::LazyLock;

use regex::Regex;

use self::closed_session::CLOSED;
use super::movement::Movement;
use super::people::People;
use super::record::{ClosedSession, Item};
use super::structure::{Entry, OUTSIDE, Section, Structure, match_entry};
use super::telling::{Telling, Told};
use super::title::{MISCELLANEOUS, title};
use super::vote;
use crate::finding::Finding;
use crate::office::Office;
use crate::reading::gossip::Sure;
use crate::reading::name::Roster;
use crate::reading::pattern;

static BACK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:revien(?:t|nent)|retour|rentrent?|regagne(?:nt)?|est\s+revenue?)\b")
});

/// What items are read with.
pub struct Reader<'a> {
    /// The office sheet.
    pub office: &'a Office,
    /// Members by name.
    pub roster: &'a Roster,
    /// Whom the notes mean, « moi » included.
    pub people: &'a People<'a>,
    /// Lines that belong to the minutes of another body, told by a finding.
    pub elsewhere: &'a [crate::notes::Span],
    /// The mayor: of the sheet, else who presides over the council.
    pub mayor: Option<&'a String>,
    /// The date of the notes, near which dates without a year are.
    pub date: Option<jiff::civil::Date>,
    /// How sure one has to be of private talk.
    pub sure: Sure,
}

/// The items of all sections, in the order of the agenda; entries that no section treats come
/// without clauses.
pub fn read(
    structure: &Structure<'_>,
    reader: &Reader<'_>,
    moves: &mut Vec<Movement>,
    findings: &mut Vec<Finding>,
) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for (treated, section) in structure.sections.iter().enumerate() {
        let item = reader.item(section, treated, &structure.agenda, moves, findings);
        match items.iter_mut().find(|i| i.number.is_some() && i.number == item.number) {
            Some(earlier) => join(earlier, item),
            None => items.push(item),
        }
    }
    for entry in &structure.agenda {
        if !items.iter().any(|i| i.number == Some(entry.number)) {
            items.push(Item {
                number: Some(entry.number),
                title: title(&entry.title),
                treated: usize::MAX,
                miscellaneous: MISCELLANEOUS.is_match(&entry.title),
                ..Item::default()
            });
        }
    }
    // Sections that no agenda entry claims keep their place after the last numbered one.
    items.sort_by_key(|item| (item.number.unwrap_or(u32::MAX), item.treated));
    items
}

/// Adds what another section says of the same item.
fn join(earlier: &mut Item, item: Item) {
    earlier.clauses.extend(item.clauses);
    earlier.parts.extend(item.parts);
    earlier.not_voting.extend(item.not_voting);
    earlier.outcome = earlier.outcome.or(item.outcome);
    earlier.public_ballot |= item.public_ballot;
    earlier.secret_ballot |= item.secret_ballot;
    earlier.span.end = earlier.span.end.max(item.span.end);
    match (&mut earlier.vote, item.vote) {
        (Some(vote), Some(other)) => vote::merge(vote, other),
        (none @ None, other) => *none = other,
        (Some(_), None) => {}
    }
}

impl Reader<'_> {
    /// The item that a section treats.
    fn item(
        &self,
        section: &Section<'_>,
        treated: usize,
        agenda: &[Entry],
        moves: &mut Vec<Movement>,
        findings: &mut Vec<Finding>,
    ) -> Item {
        let number = section.number.or_else(|| {
            match_entry(&section.heading, agenda).filter(|_| section.heading != OUTSIDE)
        });
        let entry = agenda.iter().find(|e| Some(e.number) == number);
        let heading = entry.map_or(section.heading.as_str(), |e| e.title.as_str());
        let start = section.place.start;
        let end = section.lines.last().map_or(section.place.end, |p| p.span.end);
        let mut item = Item {
            number,
            title: title(heading),
            treated,
            miscellaneous: heading == OUTSIDE
                || MISCELLANEOUS.is_match(heading)
                || MISCELLANEOUS.is_match(&section.heading),
            span: start..end,
            deliberation: section.deliberation.clone(),
            ..Item::default()
        };
        self.heading(section, heading, &mut item);
        if CLOSED.is_match(&section.heading)
            || section.lines.iter().any(|p| CLOSED.is_match(p.text))
        {
            item.closed_session = Some(ClosedSession::default());
        }
        let told = Told {
            comes_back: section.lines.iter().any(|p| BACK.is_match(p.text)),
            ..Told::default()
        };
        let mut telling = Telling { told, moves, findings };
        for piece in &section.lines {
            self.line(piece, &mut item, &mut telling);
        }
        telling.settle(&mut item);
        item
    }
}
