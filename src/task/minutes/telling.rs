//! The votes of a section as its lines tell them one after the other: one vote on several lines,
//! one for each part of the item, or two that contradict each other.

use super::movement::Movement;
use super::record::{Item, Part, Vote};
use super::vote;
use crate::finding::{Finding, FindingKind};

/// What the lines of one section tell beside its clauses.
#[derive(Default)]
pub(super) struct Told {
    /// Somebody comes back within the section.
    pub(super) comes_back: bool,
    /// On what the first vote was.
    pub(super) subject: String,
    /// Two votes that contradict each other.
    pub(super) contradicted: bool,
    /// Members said to have voted in a way, one by one, with the clause.
    pub(super) voters: Vec<(String, usize, String)>,
}

/// A section being told.
pub(super) struct Telling<'a> {
    pub(super) told: Told,
    pub(super) moves: &'a mut Vec<Movement>,
    pub(super) findings: &'a mut Vec<Finding>,
}

impl Telling<'_> {
    /// Puts a vote in the item: the first, one that completes it, one on another part of the
    /// item, or one that contradicts it.
    pub(super) fn vote(&mut self, vote: Vote, subject: String, item: &mut Item) {
        if !item.parts.is_empty() {
            item.parts.push(Part { subject, vote });
            return;
        }
        let Some(earlier) = &mut item.vote else {
            self.told.subject = subject;
            item.vote = Some(vote);
            return;
        };
        if !vote::conflict(earlier, &vote) {
            vote::merge(earlier, vote);
            return;
        }
        let first = std::mem::take(&mut self.told.subject);
        if !subject.is_empty() && !first.is_empty() && subject != first {
            if let Some(earlier) = item.vote.take() {
                item.parts.push(Part { subject: first, vote: earlier });
            }
            item.parts.push(Part { subject, vote });
            return;
        }
        self.told.subject = first;
        earlier.possible = false;
        if !self.told.contradicted {
            self.told.contradicted = true;
            self.findings.push(Finding::check(
                FindingKind::Vote,
                Some(vote.span),
                format!(
                    "{} : les notes donnent deux résultats de vote différents ; nombres laissés à compléter.",
                    item.title
                ),
            ));
        }
    }

    /// Members said one by one to have voted in a way: counted where the counts leave it out, and
    /// told back when there was no vote.
    pub(super) fn settle(mut self, item: &mut Item) {
        let voters = std::mem::take(&mut self.told.voters);
        let vote = match item.parts.last_mut() {
            Some(part) => Some(&mut part.vote),
            None => item.vote.as_mut(),
        };
        let Some(vote) = vote else {
            item.clauses.extend(voters.into_iter().map(|(.., clause)| clause));
            return;
        };
        let mut names = vote.names.take().unwrap_or_default();
        for (side, named) in names.iter_mut().enumerate() {
            let new: Vec<String> = voters
                .iter()
                .filter(|(name, s, _)| *s == side && !named.contains(name))
                .map(|(name, ..)| name.clone())
                .collect();
            if new.is_empty() {
                continue;
            }
            named.extend(new);
            let count = u32::try_from(named.len()).ok();
            let slot = match side {
                0 => continue,
                1 => &mut vote.against,
                _ => &mut vote.abstentions,
            };
            if slot.is_none() {
                *slot = count;
                // « unanimité, Ostin s'abstient »: all the others in favour.
                vote.rest_in_favour |= vote.unanimous || vote.in_favour.is_none();
                vote.unanimous = false;
            }
        }
        if names.iter().any(|n| !n.is_empty()) {
            vote.names = Some(names);
        }
    }
}
