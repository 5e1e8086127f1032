//! The votes of a section as its lines tell them one after the other: one vote on several lines,
//! one for each part of the item, or two that contradict each other.

use std::sync::LazyLock;

use regex::Regex;

use super::movement::Movement;
use super::record::{Item, Part, Vote};
use super::vote;
use crate::finding::{Finding, FindingKind};
use crate::reading::{fold, pattern};
use crate::task::expand::surely_has_verb;

/// What the lines of one section tell beside its clauses.
#[derive(Default)]
pub(super) struct Told {
    /// Somebody comes back within the section.
    pub(super) comes_back: bool,
    /// On what the first vote was.
    pub(super) subject: String,
    /// How many clauses the item had when the last vote was told.
    pub(super) clauses: usize,
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

/// The matter that a clause opens with, before what is said of it: « prix de l'eau il passe à 2 € ».
fn matter_of(clause: &str) -> Option<String> {
    const ENDS: [&str; 24] = [
        "il",
        "elle",
        "ils",
        "elles",
        "on",
        "est",
        "sont",
        "a",
        "ont",
        "passe",
        "passent",
        "reste",
        "restent",
        "va",
        "vont",
        "sera",
        "seront",
        "pour",
        "avec",
        "c'est",
        "fixé",
        "fixés",
        "proposé",
        "proposée",
    ];
    static AGAIN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)\b(?:corr\w*|rectif\w*|erreur|recompt\w*|finalement|en\s+fait|relu)\b")
    });
    if clause.contains(':') || AGAIN.is_match(clause) {
        return None;
    }
    let mut words: Vec<&str> = Vec::new();
    let mut ended = false;
    for word in clause.split_whitespace() {
        let bare = word.trim_end_matches([',', '.', ';']);
        if !word.starts_with(char::is_alphabetic) {
            return None;
        }
        // « Ada VERNIER demande … » is about nobody's matter.
        let capital = word.starts_with(char::is_uppercase) && !words.is_empty();
        if capital && words.len() == 1 && words.iter().all(|w| w.starts_with(char::is_uppercase)) {
            return None;
        }
        if capital || ENDS.contains(&bare) {
            ended = true;
            break;
        }
        words.push(bare);
        if bare.len() < word.len() {
            ended = true;
            break;
        }
    }
    let matter = words.join(" ");
    (ended && (1..=6).contains(&words.len()) && !surely_has_verb(&matter)).then_some(matter)
}

/// The title of an item as the subject of its first vote.
fn bare_title(title: &str) -> String {
    let bare = title.split(" (").next().unwrap_or(title);
    let mut letters = bare.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

impl Telling<'_> {
    /// Puts a vote in the item: the first, one that completes it, one on another part of the
    /// item, or one that contradicts it.
    pub(super) fn vote(&mut self, vote: Vote, subject: String, item: &mut Item) {
        let since = item.clauses.get(self.told.clauses..).unwrap_or_default();
        let led = since.iter().find_map(|clause| matter_of(clause));
        self.told.clauses = item.clauses.len();
        if !item.parts.is_empty() {
            let subject = if subject.is_empty() { led.unwrap_or_default() } else { subject };
            item.parts.push(Part { subject, vote });
            return;
        }
        let Some(earlier) = &mut item.vote else {
            self.told.subject = subject;
            item.vote = Some(vote);
            return;
        };
        let discharge = fold(&subject).starts_with("quitus");
        if !vote::conflict(earlier, &vote) && !discharge {
            vote::merge(earlier, vote);
            return;
        }
        // Each vote is on the matter that was told before it.
        let mut first = std::mem::take(&mut self.told.subject);
        let others = fold(&subject).split(' ').any(|w| w.starts_with("autre") || w == "reste");
        if first.is_empty() && (discharge || others || led.is_some()) {
            let own = item.clauses.first().and_then(|clause| matter_of(clause));
            first = own.filter(|_| !discharge).unwrap_or_else(|| bare_title(&item.title));
        }
        let subject = if subject.is_empty() { led.unwrap_or_default() } else { subject };
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
