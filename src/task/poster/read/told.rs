//! How what a line loses is told: once for each kind of remark, with the words it bears on.

use crate::finding::Finding;
use crate::notes::Span;
use crate::reading::remark::{self, Remark, Sifted};
use crate::task::aside;

/// The findings of what was sifted out of a line. Remarks of a kind that stand beside each other
/// are one; a doubt in brackets is told with what it is about.
pub(super) fn findings(sifted: &Sifted, line: &str, span: &Span) -> Vec<Finding> {
    // Of what is left out anyway no doubt has to be cleared.
    let settled = |(remark, _): &&(Remark, String)| {
        !matches!(remark, Remark::Doubt | Remark::Health | Remark::Order)
    };
    if sifted.kept.is_empty()
        && let Some((remark, _)) = sifted.dropped.iter().find(settled)
        && sifted.dropped.iter().any(|(remark, _)| *remark == Remark::Doubt)
    {
        return vec![aside::finding(*remark, line, span.clone())];
    }
    let mut told: Vec<(Remark, Span)> = Vec::new();
    let mut alone = Vec::new();
    for (remark, text) in &sifted.dropped {
        match line.find(text.as_str()) {
            Some(at) => told.push((*remark, at..at + text.len())),
            None => alone.push(aside::finding(*remark, text, span.clone())),
        }
    }
    told.sort_by_key(|(_, place)| place.start);
    let mut merged: Vec<(Remark, Span)> = Vec::new();
    for (remark, place) in told {
        match merged.last_mut() {
            Some((last, before)) if *last == remark && touch(line, before, &place) => {
                before.end = place.end;
            }
            _ => merged.push((remark, place)),
        }
    }
    let said = merged.into_iter().map(|(remark, place)| {
        let place = if remark == Remark::Doubt { with_its_thing(line, place) } else { place };
        aside::finding(remark, line.get(place).unwrap_or_default(), span.clone())
    });
    said.chain(alone).collect()
}

/// Whether nothing is said between two places.
fn touch(line: &str, before: &Span, after: &Span) -> bool {
    let between = line.get(before.end..after.start);
    between.is_some_and(|between| !between.contains(char::is_alphanumeric))
}

/// « crêpes (demande pas encore faite) »: the doubt with what stands before its brackets.
fn with_its_thing(line: &str, place: Span) -> Span {
    let before = line.get(..place.start).unwrap_or_default();
    let Some(thing) = before.trim_end().strip_suffix('(') else { return place };
    let clause = remark::clauses(thing).last().map_or(0, |clause| clause.trim().len());
    let start = thing.trim_end().len() - clause;
    let closes = line.get(place.end..).is_some_and(|rest| rest.starts_with(')'));
    start..place.end + usize::from(closes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::remark::Questions;

    #[test]
    fn a_line_is_told_once_for_each_kind() {
        for (line, said) in [
            (
                "2 € par tour pour la crèche : le bureau vote lundi, pas sûr",
                "2 € par tour pour la crèche : le bureau vote lundi, pas sûr",
            ),
            (
                "covoiturage : peut-être, Zoé doit voir, rien de sûr",
                "covoiturage : peut-être, Zoé doit voir, rien de sûr",
            ),
            (
                "jeux, gaufres et buvette (pas encore demandé, à voir)",
                "gaufres et buvette (pas encore demandé, à voir)",
            ),
        ] {
            let found = findings(&remark::sift(line, Questions::Doubts), line, &(0..line.len()));
            let told: Vec<&str> = found.iter().map(|f| f.message.as_str()).collect();
            assert_eq!(told.len(), 1, "{told:?}");
            assert!(told[0].contains(&format!("« {said} »")), "{told:?}");
        }
    }
}
