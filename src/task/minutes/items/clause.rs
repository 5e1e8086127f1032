//! One clause of an account: spelled out, without the names and the remarks that minutes do not
//! carry.

use std::sync::LazyLock;

use regex::Regex;

use super::Reader;
use super::closed_session::{PUBLIC_BACK, PUBLIC_LEAVES};
use super::spelling::{with_apostrophes, with_capitals, with_changes};
use crate::finding::{Finding, FindingKind};
use crate::reading::gossip;
use crate::reading::remark::{self, Remark};
use crate::reading::{expand_facts_near, fold, pattern};
use crate::task::aside;
use crate::task::expand::has_verb;
use crate::task::minutes::clauses::{as_list, is_filler};
use crate::task::minutes::outsider;
use crate::task::minutes::record::Item;
use crate::task::minutes::structure::Piece;

impl Reader<'_> {
    /// Puts one clause into the item, unless it is no matter for minutes.
    pub(in crate::task::minutes) fn clause(
        &self,
        clause: &str,
        piece: &Piece<'_>,
        item: &mut Item,
        findings: &mut Vec<Finding>,
    ) {
        let procedure = item.closed_session.is_some()
            && (PUBLIC_LEAVES.is_match(clause) || PUBLIC_BACK.is_match(clause));
        if procedure || is_filler(clause) || is_title_again(clause, &item.title) {
            return;
        }
        let named = outsider::without(clause, self.roster);
        if named.is_some() {
            findings.push(Finding::check(
                FindingKind::PersonalData,
                Some(piece.span.clone()),
                format!("Nom d’une personne extérieure non imprimé : « {clause} »"),
            ));
        }
        let clause = named.as_deref().unwrap_or(clause);
        let clause = &self.without_remarks(clause, piece, findings);
        self.leave_out(clause, item);
        // « = 7855,50 » under a list is its total.
        let clause = &match clause.strip_prefix('=').map(|sum| sum.trim_start_matches(['>', ' '])) {
            Some(sum) if sum.starts_with(|c: char| c.is_ascii_digit()) => format!("total : {sum}"),
            Some(result) => result.to_owned(),
            None => clause.clone(),
        };
        let clause = &as_list(clause).unwrap_or_else(|| clause.clone());
        let mut text = with_changes(&self.with_names(&self.with_titles(clause)));
        if item.closed_session.is_some() {
            text = self.masked(&text, piece, findings);
        }
        if self.people.small_letters {
            text = with_capitals(&with_apostrophes(&text));
        }
        if let Some(date) = self.date {
            text = expand_facts_near(&text, date);
        }
        if text.split_whitespace().next().is_some() {
            item.clauses.push(text);
        }
    }

    /// The clause without the remarks that minutes do not carry, each quoted in a finding: what is
    /// not to be printed, anger, health. Brackets that hold none stay.
    fn without_remarks(
        &self,
        clause: &str,
        piece: &Piece<'_>,
        findings: &mut Vec<Finding>,
    ) -> String {
        static BRACKETS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s*\([^()]*\)"));
        // « 1 nul » counts ballots.
        static BALLOTS: LazyLock<Regex> = LazyLock::new(|| {
            pattern(r"(?i)\b(?:\d+|un|aucun)\s+(?:bulletins?\s+)?(?:blancs?\s+)?(?:et\s+)?nuls?\b")
        });
        let unfit = |text: &str| {
            remark::classify(&BALLOTS.replace_all(text, ""))
                .filter(|r| matches!(r, Remark::Private | Remark::Judgement | Remark::Health))
                .or_else(|| gossip::is_part(text, clause, self.sure).then_some(Remark::Gossip))
        };
        if let Some(Remark::Private) = unfit(clause) {
            findings.push(aside::finding(Remark::Private, clause, piece.span.clone()));
            return String::new();
        }
        // Health in a clause makes all of it private: who is ill is as private as the illness.
        let private = remark::holds(clause, Remark::Health);
        if private && !remark::holds_hard_fact(clause) {
            findings.push(aside::finding(Remark::Health, clause, piece.span.clone()));
            return String::new();
        }
        let mut kept = Vec::new();
        let mut dropped = false;
        let mut label = "";
        for part in remark::clauses(clause) {
            if unfit(part).is_none() {
                // « Talmont : n'importe quoi, les gens … » is still said by Talmont.
                kept.push(match std::mem::take(&mut label) {
                    "" => part.to_owned(),
                    who => format!("{who} : {}", part.trim_start()),
                });
                continue;
            }
            label = self.speaker(part).unwrap_or(label);
            let bare = BRACKETS.replace_all(part, "");
            let brackets = BRACKETS.find_iter(part).filter(|b| {
                let remark = unfit(b.as_str());
                if let Some(remark) = remark {
                    findings.push(aside::finding(remark, b.as_str(), piece.span.clone()));
                }
                remark.is_none()
            });
            let brackets: String = brackets.map(|b| b.as_str()).collect();
            match unfit(&bare) {
                Some(remark) => {
                    dropped = true;
                    findings.push(aside::finding(remark, &bare, piece.span.clone()));
                    if remark::holds_hard_fact(&brackets) {
                        kept.push(brackets);
                    }
                }
                None => kept.push(format!("{}{brackets}", bare.trim_end())),
            }
        }
        let text = kept.into_iter().filter(|k| !k.trim().is_empty()).collect::<Vec<_>>().join(",");
        let text = text.replace(", (", " (").trim().to_owned();
        if dropped { self.standing_alone(text, piece, findings) } else { text }
    }

    /// What is left of a clause once a part of it is dropped, where it still says something.
    fn standing_alone(
        &self,
        text: String,
        piece: &Piece<'_>,
        findings: &mut Vec<Finding>,
    ) -> String {
        // « les jeunes du stade, surtout le petit Delcambre »: what is left says nothing alone.
        if !has_verb(&text) && !remark::holds_hard_fact(&text) {
            return String::new();
        }
        // « Ada pleurait, Luc l'a ramenée »: what goes on about somebody left out goes too.
        static GOES_ON: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)\b(?:l['’]\s?(?:a|ai|ont|avait|avaient)\b|lui\b|(?:la|le)\s+(?:ram[eè]ne|console|calme|raccompagne)\w*)",
            )
        });
        if GOES_ON.is_match(&text) && !remark::holds_hard_fact(&text) {
            findings.push(aside::finding(Remark::Gossip, &text, piece.span.clone()));
            return String::new();
        }
        // What is left of « Talmont : il exagère » is only who said it.
        let only_a_name = self
            .roster
            .mentions(&text)
            .first()
            .is_some_and(|(_, span)| !text[span.end..].chars().any(char::is_alphabetic));
        if only_a_name { String::new() } else { text }
    }
}

/// Whether a clause says nothing but the title: « comptes » of « comptes approuvés 9 pour », « le
/// procès-verbal du 3 mai ».
fn is_title_again(clause: &str, title: &str) -> bool {
    const ARTICLES: [&str; 9] = ["le", "la", "les", "l", "du", "de", "des", "d", "pv"];
    let parts = |text: &str| -> Vec<String> {
        let folded = fold(text);
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    };
    let (words, title) = (parts(clause), parts(title));
    // « compte » alone, of « compte approuvé 12 pour », names what was voted on.
    if let [word] = words.as_slice()
        && ["compte", "comptes", "bilan", "rapport", "budget", "proposition"]
            .contains(&word.as_str())
    {
        return true;
    }
    words.iter().any(|word| word.len() > 3)
        && words.iter().all(|word| title.contains(word) || ARTICLES.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_the_title_says_nothing_again() {
        assert!(is_title_again("comptes", "Comptes 2025"));
        assert!(!is_title_again("quitus idem", "Comptes 2025"));
        assert!(is_title_again("le procès-verbal du 3 mai", "Procès-verbal du 3 mai"));
        assert!(!is_title_again("la halle du marché", "Halle"));
    }
}
