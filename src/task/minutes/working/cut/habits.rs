//! How these notes mark their titles.

use super::heading::{about_meeting, heading, rubric};
use super::title::{BARE_NUMBER, LETTERED, NUMBERED, in_capitals, short};
use super::{Under, bare, is_listed, words_of};
use crate::notes::Line;
use crate::reading::words;

/// How these notes mark their titles: where they have a plain way to, a colon marks none.
pub(super) struct Habits {
    /// Titles are marked, numbered, in capitals or stand over deeper lines.
    pub(super) marked: bool,
    /// Titles are lettered: « A. Chemin », « B. Rue ».
    pub(super) lettered: bool,
    /// Titles are numbered without any sign: « 1 rentrée », « 2 sortie ».
    pub(super) counted: bool,
    /// Titles bear the only bullets: plain lines stand under them.
    pub(super) crowned: bool,
    /// A title is the short first line of a block between blank lines.
    pub(super) blocks: bool,
    /// A title ends with a colon and has its line to itself.
    pub(super) alone: bool,
    /// The notes are sentences, one a line: a colon within one heads nothing.
    pub(super) prose: bool,
    /// Each subject has its « Dit : », « Tranché : », « Reste : ».
    pub(super) rubrics: bool,
}

impl Habits {
    pub(super) fn of(lines: &[Line<'_>]) -> Self {
        words!(AGENDA, r"(?i)^\W*(?:odj|ordre\s+du\s+jour)\b");
        let mut letters = Vec::new();
        let mut numbers: Vec<u32> = Vec::new();
        let (mut sharp, mut numbered, mut shouted, mut over) = (0, 0, 0, 0);
        let (mut blocks, mut alone, mut listed) = (0, 0, false);
        let (mut crowns, mut bullets) = (0, 0);
        let body = lines.iter().enumerate().skip(1);
        for (index, line) in body {
            let (bullet, text) = bare(line.text);
            if text.is_empty() {
                listed = false;
                continue;
            }
            // What stands in a list of its own is no title: agenda, decisions, actions.
            if AGENDA.is_match(text) {
                listed = true;
                continue;
            }
            if let Some((_, rest, _)) = heading(text) {
                listed |= text.get(rest..).is_none_or(|t| t.trim().is_empty());
                continue;
            }
            if about_meeting(text) {
                continue;
            }
            let indented = line.text.starts_with([' ', '\t']);
            let next = lines.get(index + 1).filter(|l| !l.text.trim().is_empty());
            let deeper = next.is_some_and(|l| l.text.starts_with([' ', '\t'])) && !indented;
            if bullet && !indented {
                bullets += 1;
                let under = next.is_some_and(|l| !bare(l.text).0 && !is_listed(l.text));
                crowns += usize::from(under && short(text.trim_end_matches([':', ' '])));
            }
            sharp += usize::from(text.starts_with('#'));
            shouted += usize::from(!bullet && !indented && in_capitals(text));
            over += usize::from(deeper && short(text));
            if let Some(found) = BARE_NUMBER.captures(text).filter(|_| deeper && !bullet) {
                numbers.extend(found["n"].parse::<u32>());
            }
            if !listed && !bullet && !indented {
                numbered += usize::from(NUMBERED.is_match(text));
                if let Some(found) = LETTERED.captures(text) {
                    letters.push(found["n"].to_owned());
                }
                alone += usize::from(text.ends_with(':') && words_of(text) <= 6);
            }
            let before = index.checked_sub(1).and_then(|at| lines.get(at));
            let opens = before.is_some_and(|l| l.text.trim().is_empty());
            let plain = words_of(text) <= 4
                && text.chars().all(|c| c.is_alphabetic() || " '’-/".contains(c));
            blocks += usize::from(opens && next.is_some() && plain && !bullet && !indented);
        }
        let lettered = ["A", "I"].iter().any(|first| letters.first().is_some_and(|l| l == first))
            && letters.len() > 1;
        let counted = numbers.starts_with(&[1, 2]);
        let crowned = crowns > 1 && crowns * 3 >= bullets * 2;
        let kinds = lines.iter().filter_map(|l| rubric(bare(l.text).1)).map(|(kind, _)| kind);
        let kinds: Vec<Under> = kinds.collect();
        let again = |kind| kinds.iter().filter(|k| **k == kind).count() > 1;
        let rubrics = [Under::Said, Under::Decisions, Under::Rest]
            .into_iter()
            .filter(|kind| again(*kind))
            .count()
            > 1;
        let said: Vec<&str> =
            lines.iter().map(|l| l.text.trim()).filter(|text| !text.is_empty()).collect();
        let whole = said.iter().filter(|t| t.ends_with('.') && words_of(t) >= 5).count();
        let prose = said.len() >= 5 && whole * 5 >= said.len() * 4;
        let marked = [sharp, numbered, shouted, over].iter().any(|n| *n > 1)
            || lettered
            || counted
            || crowned;
        let blocks = blocks > 1 && !marked;
        Self { marked, lettered, counted, crowned, blocks, alone: alone > 1, prose, rubrics }
    }
}
