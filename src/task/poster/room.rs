//! How much a poster may hold, and what goes when the notes hold more.
//!
//! The least dear lines go first. What is left of the room is given to those that are short enough,
//! or whose first clause is; every word that stays out is told in a finding.

use super::record::{BlockKind, Line, Poster};
use super::template;
use super::{invitation, read};
use crate::finding::{Finding, FindingKind};
use crate::office::Office;
use crate::reading::{Fact, facts, remark};
use crate::task::Inputs;

/// What the poster is made for, which says how much it may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// A text that someone else lays out.
    Text,
    /// A printed sheet, whose layout measures what fits.
    Sheet,
}

impl Room {
    /// Words an event's poster may have, and an information meeting's, marks of lists included.
    const fn words(self) -> (usize, usize) {
        match self {
            Self::Text => (108, 138),
            Self::Sheet => (150, 165),
        }
    }

    /// Words that this poster may have: a notice is read in passing, as an event's is.
    fn budget(self, poster: &Poster) -> usize {
        let (event, meeting) = self.words();
        let notice = poster.title.as_deref().is_some_and(invitation::is_notice);
        if poster.information && !notice { meeting } else { event }
    }

    /// Lines of the programme that stay readable from a few steps away.
    const fn programme_lines(self) -> usize {
        match self {
            Self::Text => 6,
            Self::Sheet => 9,
        }
    }
}

/// Ranks of the lines for which room is looked for once more: those that say something known.
const KNOWN: u8 = 3;

/// Letters of which a line of its own may consist: « Buvette ».
const FEW_LETTERS: usize = 7;

/// Words that a programme told hour by hour may have over the others.
const SOME_MORE: usize = 14;

/// Takes out the least dear lines until the page has room.
pub(super) fn fit(
    poster: &mut Poster,
    room: Room,
    inputs: &Inputs<'_>,
    findings: &mut Vec<Finding>,
) {
    let lines = std::mem::take(&mut poster.lines);
    let mut page =
        Page { poster, room, office: inputs.office, kept: vec![true; lines.len()], lines };
    let mut out = page.without_the_least();
    // The dearest of those that are out may be short enough.
    out.sort_by_key(|at| (page.lines[*at].rank, page.class(*at), *at));
    for at in out {
        let said = page.put_back(at);
        if said.as_deref() != Some("") {
            let line = &page.lines[at];
            findings.push(Finding::info(
                FindingKind::Unused,
                Some(line.span.clone()),
                format!(
                    "Non repris sur l'affiche, faute de place : « {} »",
                    said.as_deref().unwrap_or(&line.text)
                ),
            ));
        }
    }
    page.fill();
}

/// Words that the page has still room for.
pub(super) fn room_left(poster: &Poster, room: Room, office: &Office) -> usize {
    room.budget(poster).saturating_sub(template::words(&template::document(poster, office)))
}

/// A poster whose lines are tried.
struct Page<'a> {
    poster: &'a mut Poster,
    room: Room,
    office: &'a Office,
    lines: Vec<Line>,
    kept: Vec<bool>,
}

impl Page<'_> {
    /// Gives the poster the lines that are kept.
    fn fill(&mut self) {
        let lines = self.lines.iter().zip(&self.kept).filter(|(_, kept)| **kept);
        self.poster.lines = lines.map(|(line, _)| line.clone()).collect();
    }

    fn words(&mut self) -> usize {
        self.fill();
        template::words(&template::document(self.poster, self.office))
    }

    fn budget(&self) -> usize {
        self.room.budget(self.poster)
    }

    /// Whether lines that are kept tell the programme hour by hour.
    fn is_hourly(&self) -> bool {
        let kept = self.lines.iter().zip(&self.kept).filter(|(_, kept)| **kept);
        kept.filter(|(line, _)| read::opens_with_hour(&line.text)).count() > 1
    }

    /// Among lines of one rank, what happens at an hour is dearest, then where to go in the rain,
    /// then the rest of the programme.
    fn class(&self, at: usize) -> u8 {
        let Line { block, rank, text, .. } = &self.lines[at];
        let timed = || facts(text).iter().any(|found| matches!(found.fact, Fact::Hour(_)));
        match (block, rank) {
            (BlockKind::Programme, 2) if timed() => 0,
            _ if read::is_of_rain(text) => 1,
            (BlockKind::Programme, _) => 2,
            _ => 3,
        }
    }

    /// Whether the page has too many words, or too long a programme.
    fn is_full(&mut self) -> (bool, bool) {
        let words = self.words();
        let programme =
            self.poster.lines.iter().filter(|line| line.block == BlockKind::Programme).count();
        (words > self.budget(), programme > self.room.programme_lines())
    }

    /// Takes lines out, the least dear first, and says which.
    fn without_the_least(&mut self) -> Vec<usize> {
        let mut out = Vec::new();
        loop {
            let (long, crowded) = self.is_full();
            if !long && !crowded {
                return out;
            }
            let least = (0..self.lines.len())
                .filter(|at| self.kept[*at] && self.lines[*at].rank > 1)
                .filter(|at| long || self.lines[*at].block == BlockKind::Programme)
                .max_by_key(|at| (self.lines[*at].rank, self.class(*at), *at));
            let Some(at) = least else { return out };
            // What a programme tells hour by hour may take a little more room.
            let allowed = self.budget() + SOME_MORE;
            if !crowded && self.is_hourly() && self.class(at) < 2 && self.words() <= allowed {
                return out;
            }
            self.kept[at] = false;
            out.push(at);
        }
    }

    /// Puts a line back if it fits, or its first clauses; what is still left out of it, nothing
    /// where none of it fits.
    fn put_back(&mut self, at: usize) -> Option<String> {
        if self.lines[at].rank > KNOWN {
            return None;
        }
        self.kept[at] = true;
        if self.is_full() == (false, false) {
            return Some(String::new());
        }
        let whole = self.lines[at].text.clone();
        let clauses = remark::clauses(&whole);
        for count in (1..clauses.len()).rev() {
            let kept = clauses[..count].join(",");
            if kept.chars().filter(|c| c.is_alphabetic()).count() < FEW_LETTERS {
                break;
            }
            self.lines[at].text = kept.trim().to_owned();
            if self.is_full() == (false, false) {
                return Some(clauses[count..].join(",").trim().to_owned());
            }
        }
        self.lines[at].text = whole;
        self.kept[at] = false;
        None
    }
}
