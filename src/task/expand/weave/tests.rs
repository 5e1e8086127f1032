//! What a lattice can spell, and what it cannot.

use super::*;
use crate::task::expand::words::words;

/// Whether the lattice of a clause spells a sentence.
fn spells(clause: &str, sentence: &str, style: Style) -> bool {
    weave(&[Part::Words(words(clause))], style).spells(sentence)
}

/// The rows of a table: a clause, a sentence.
fn rows(table: &str) -> impl Iterator<Item = (&str, &str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

#[test]
fn what_a_secretary_would_write_can_be_written() {
    let missing: Vec<_> = rows(include_str!("sentences.tsv"))
        .filter_map(|(clause, sentence)| {
            let lattice = weave(&[Part::Words(words(clause))], Style::Verbal);
            Some((sentence, lattice.unspelled(sentence)?.to_owned()))
        })
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(spells("achat tondeuse 1250 €", "Achat d'une tondeuse pour 1250 €.", Style::Nominal));
}

#[test]
fn what_would_add_lose_or_turn_a_fact_cannot() {
    let spelled: Vec<_> = rows(include_str!("nonsense.tsv"))
        .filter(|(clause, sentence)| spells(clause, sentence, Style::Verbal))
        .collect();
    assert!(spelled.is_empty(), "{spelled:#?}");
    assert!(!spells("achat tondeuse", "Un achat de tondeuse est.", Style::Nominal));
    assert!(!spells("achat tondeuse", "L'achat de tondeuse.", Style::Nominal));
}

#[test]
fn a_sentence_of_no_words_has_no_lattice() {
    assert!(weave(&[], Style::Verbal).is_empty());
    assert!(weave(&[Part::Words(Vec::new())], Style::Verbal).is_empty());
}
