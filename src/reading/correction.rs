//! Values that notes give anew: « c'est 410 et pas 390 », « rectif : dépôt avant le 9 mai ».
//!
//! [`amended`] makes these corrections in the notes before anybody reads them: it finds the
//! sentences that correct, what each of them corrects, and puts the new value there. « 22 h au
//! lieu de 18 » may be what is told (hours that change), « 22 h et pas 18 » is only said of a
//! mistake; a sentence corrects the notes when the old value stands elsewhere in them. Votes, who
//! was there, and what only the record tells is left to the readers.

mod amended;
mod inline;
mod phrase;
mod place;
mod put_off;
mod sentence;
mod target;
mod value;

pub use amended::{Amended, Correction, amended, amended_meeting};

use super::{Fact, Found, expand_facts, facts, words};

/// The new value that a text gives and the one it says to be wrong, both in written French.
pub fn pair(text: &str) -> Option<(String, String)> {
    let sentence = sentence::whole(text);
    let (new, old) = phrase::named(&sentence)?;
    let written = |at: usize| {
        let found = sentence.facts.get(at)?;
        Some(expand_facts(value::slice(text, found)))
    };
    Some((written(new)?, written(old)?))
}

/// « Nom : Les Tilleuls -> changé au conseil, c'est Les Érables »: the line with the new value, and
/// the old one.
pub fn renamed(line: &str) -> Option<(String, String)> {
    words!(
        RENAMED,
        r"(?i)^(?P<label>[^:>]{2,25}:\s*)?(?P<old>[^:>]+?)\s*(?:-->|->|=>|→)\s*(?:chang[ée]e?|remplac[ée]e?|devenue?|non)\b(?:[^,:]*[,:])?\s*(?:c['’]est|par|ce sera)?\s*(?P<new>\S.*)$"
    );
    let found = RENAMED.captures(line)?;
    let label = found.name("label").map_or("", |label| label.as_str());
    Some((format!("{label}{}", &found["new"]), found["old"].trim().to_owned()))
}

/// Puts the new value in place of the old one, where the old one stands as a value of its own: not
/// inside a date, and inside an hour only when it is one.
pub fn replace_value(text: &mut String, old: &str, new: &str, unit: Option<&str>) -> bool {
    let wanted = facts(old);
    let [Found { fact, .. }] = wanted.as_slice() else { return false };
    let written = expand_facts(text);
    let mut out = written.clone();
    let mut done = false;
    for found in facts(&written).into_iter().rev() {
        let same = match (&found.fact, fact) {
            (Fact::Hour(a), Fact::Hour(b)) => a == b,
            (Fact::Date(a), Fact::Date(b)) => a == b,
            (a, Fact::Percent(_)) if !matches!(a, Fact::Percent(_)) => false,
            (a, b) => value::cents(a).is_some() && value::cents(a) == value::cents(b),
        };
        let after = written.get(found.span.end..).unwrap_or_default().trim_start();
        let counts = unit.is_none_or(|unit| after.to_lowercase().starts_with(unit));
        if !same || !counts {
            continue;
        }
        // The currency of an amount stays.
        let place = written.get(found.span.clone()).unwrap_or_default();
        let number = match place.find(['€', '%']) {
            Some(at) if !new.contains(['€', '%']) => place[..at].trim_end().len(),
            _ => place.len(),
        };
        out.replace_range(found.span.start..found.span.start + number, new);
        done = true;
    }
    if done {
        *text = out;
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_replaced_where_it_is_the_same_value() {
        for (text, expected) in [
            ("14 places, le 14 juillet à 14 h", Some("16 places, le 14 juillet à 14 h")),
            ("114 places", None),
            ("14 arbres", None),
        ] {
            let mut changed = text.to_owned();
            let done = replace_value(&mut changed, "14", "16", Some("places"));
            assert_eq!(done.then_some(changed.as_str()), expected, "{text}");
        }
        let mut text = "repas 3,80 €".to_owned();
        assert!(replace_value(&mut text, "3,80", "3,85", None));
        assert_eq!(text, "repas 3,85 €");
    }

    #[test]
    fn a_name_put_in_the_place_of_another_is_read_from_its_line() {
        assert_eq!(
            renamed("Nom : Les Tilleuls -> changé lundi, c'est Les Érables"),
            Some(("Nom : Les Érables".into(), "Les Tilleuls".into()))
        );
        assert_eq!(renamed("tarif : 3 € -> 4 €"), None);
    }
}
