//! Abbreviations of office notes, spelled out where they have one reading.
//!
//! The table is data (`abbreviations.tsv`). Acronyms of institutions (DETR, SDIS, CCAS) are names
//! and stay; so do abbreviations that context alone decides (`abs`, `CA`, `prés`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::pattern;

static TABLE: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    include_str!("abbreviations.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .collect()
});

/// A word, with the full stop that may mark an abbreviation.
static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"([\p{L}][\p{L}’'-]*)(\.)?"));

/// Spells out the abbreviations that have one reading; `RAS` in capitals too, other words in
/// capitals never, since they are acronyms.
pub fn spell_out(text: &str) -> String {
    WORD.replace_all(text, |found: &Captures<'_>| {
        let whole = found.get(0).map_or("", |m| m.as_str());
        let word = found.get(1).map_or("", |m| m.as_str());
        let Some(meant) = meaning(word) else { return whole.to_owned() };
        // The full stop belongs to the abbreviation unless it ends the text.
        let ends = found.get(0).is_some_and(|m| m.end() == text.trim_end().len());
        let stop = if found.get(2).is_some() && ends { "." } else { "" };
        format!("{}{stop}", with_case(meant, word))
    })
    .into_owned()
}

/// Whether a word is an abbreviation of the table.
pub fn is_abbreviation(word: &str) -> bool {
    meaning(word.trim_end_matches('.')).is_some()
}

fn meaning(word: &str) -> Option<&'static str> {
    let acronym = word.chars().count() > 1 && word.chars().all(|c| !c.is_lowercase());
    if acronym && word != "RAS" {
        return None;
    }
    TABLE.get(word.to_lowercase().as_str()).copied()
}

fn with_case(meant: &str, typed: &str) -> String {
    let mut letters = meant.chars();
    match (typed.chars().next(), letters.next()) {
        (Some(t), Some(m)) if t.is_uppercase() => m.to_uppercase().chain(letters).collect(),
        _ => meant.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_with_one_reading_are_spelled_out() {
        let table = [
            ("subv asso", "subvention association"),
            ("Subv. comité", "Subvention comité"),
            ("délib 2025-27", "délibération 2025-27"),
            ("la convoc.", "la convocation."),
            ("RAS", "Rien à signaler"),
            ("demande DETR, SDIS", "demande DETR, SDIS"),
            ("rdv à l'ecole", "rendez-vous à l'ecole"),
            ("ecole", "école"),
            ("3 abs", "3 abs"),
        ];
        for (text, expected) in table {
            assert_eq!(spell_out(text), expected, "{text}");
        }
    }

    #[test]
    fn the_table_is_lower_case_and_holds_no_word_twice() {
        let lines = include_str!("abbreviations.tsv").lines().filter(|l| !l.starts_with('#'));
        let mut seen = std::collections::BTreeSet::new();
        for line in lines {
            let (typed, meant) = line.split_once('\t').unwrap();
            assert_eq!(typed, typed.to_lowercase());
            assert!(!meant.is_empty() && seen.insert(typed), "{line}");
        }
    }
}
