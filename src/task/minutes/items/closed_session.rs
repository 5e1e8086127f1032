//! Closed sessions: who asked for one, when the public left and came back, and whom the account of one
//! may not name.

use std::sync::LazyLock;

use regex::Regex;

use super::Reader;
use crate::finding::{Finding, FindingKind};
use crate::reading::{Fact, facts, fold, pattern};
use crate::task::minutes::record::Item;
use crate::task::minutes::structure::Piece;

pub(super) static CLOSED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bhuis[\s-]clos\b"));
pub(super) static PUBLIC_LEAVES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\bpublic\s+(?:sort\w*|quitte\w*|parti?\w*|est\s+sorti)|\bsortie\s+du\s+public\b")
});
pub(super) static PUBLIC_BACK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bpublic\s+(?:revient\w*|rentre\w*|de\s+retour|est\s+revenu)|\bretour\s+(?:du\s+)?public\b|\breprise\b",
    )
});
static ASKED_BY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bdemand[ée]e?\s+par\s+([^,;.\d]+)"));
static ASKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(.+?)\s+(?:demande(?:nt)?|propose(?:nt)?|souhaite(?:nt)?)\s+(?:l[ea]|un|que|de)\b.*huis",
    )
});

impl Reader<'_> {
    /// Closed sessions: who asked, when the public left and came back. Answers whether the whole
    /// line was about that.
    pub(super) fn procedure(&self, text: &str, item: &mut Item) -> bool {
        let Some(session) = &mut item.closed_session else { return false };
        let hour_after = |at: usize| {
            facts(&text[at..]).into_iter().find_map(|f| match f.fact {
                Fact::Hour(hour) => Some(hour.to_french()),
                _ => None,
            })
        };
        if let Some(found) = PUBLIC_LEAVES.find(text) {
            session.public_left = hour_after(found.end());
        }
        if let Some(found) = PUBLIC_BACK.find(text) {
            session.public_back = hour_after(found.end());
        }
        if !CLOSED.is_match(text) {
            return false;
        }
        // The public leaves when the closed session begins.
        session.public_left = session.public_left.take().or_else(|| hour_after(0));
        let asked = ASKED_BY.captures(text).or_else(|| ASKS.captures(text));
        if let Some(who) = asked.and_then(|f| f.get(1).map(|m| m.as_str().trim().to_owned())) {
            let named = self.people.member(&who);
            session.requested_by = Some(named.unwrap_or_else(|| self.with_titles(&who)));
        }
        session.unanimous = fold(text).contains("unanim");
        true
    }

    /// The clause without what a closed session may not tell: people who are no members, and
    /// their addresses.
    pub(super) fn masked(
        &self,
        text: &str,
        piece: &Piece<'_>,
        findings: &mut Vec<Finding>,
    ) -> String {
        static PERSON: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"\b(?:Mme|Mmes|M\.|MM\.|Mr|Mlle|Madame|Monsieur|famille)\s+(?:[A-ZÀ-Ý][\p{L}'’-]*\s?)+",
            )
        });
        static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)\b(?:(?:au|du|le)\s+)?\d{1,4}\s*(?:bis|ter)?,?\s+(?:rue|place|avenue|chemin|impasse|all[ée]e|route|boulevard|lotissement|r[ée]sidence)\b(?:\s+(?:d[eu]s?|de\s+la|la|le|l['’])?\s*[\p{L}'’-]+){1,3}",
            )
        });
        let members: Vec<String> = self
            .roster
            .names()
            .iter()
            .map(|m| fold(m))
            .chain(self.office.conseil.titre_maire.iter().map(|t| fold(t)))
            .collect();
        let mut hidden = 0;
        let text = PERSON.replace_all(text, |found: &regex::Captures<'_>| {
            let name = found.get(0).map_or("", |m| m.as_str());
            let words: Vec<String> =
                fold(name).split_whitespace().skip(1).map(str::to_owned).collect();
            if words.iter().any(|w| members.iter().any(|m| m.split_whitespace().any(|p| p == w))) {
                return name.to_owned();
            }
            hidden += 1;
            let space = if name.ends_with(' ') { " " } else { "" };
            format!("une personne{space}")
        });
        let text = ADDRESS.replace_all(&text, |_: &regex::Captures<'_>| {
            hidden += 1;
            String::new()
        });
        if hidden > 0 {
            findings.push(Finding::check(
                FindingKind::PersonalData,
                Some(piece.span.clone()),
                "Huis clos : nom ou adresse d’une personne extérieure au conseil masqués dans le document."
                    .to_owned(),
            ));
        }
        let text = text.replace(" ,", ",").replace(", une personne,", " d’une personne,");
        text.trim_matches([',', ' ']).to_owned()
    }
}
