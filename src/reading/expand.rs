//! Rewrites facts as written French has them, in place, and touches nothing else.

use super::{Fact, facts};

/// The text with its facts in written French: `12/03/2026` becomes « 12 mars 2026 », `20h30`
/// « 20 h 30 », `24650 HT` « 24 650 € HT ». A weekday that is wrong goes; what is not said (a
/// year, a currency) is not added.
pub fn expand_facts(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut done = 0;
    for found in facts(text) {
        out.push_str(text.get(done..found.span.start).unwrap_or(""));
        done = found.span.end;
        let written = text.get(found.span.clone()).unwrap_or("");
        match &found.fact {
            Fact::Date(date) => {
                out.push_str(&date.to_french());
                done += abbreviation_dot(text, done);
            }
            Fact::Hour(hour) => out.push_str(&hour.to_french()),
            Fact::Amount(amount) => out.push_str(&amount.to_french()),
            Fact::Percent(number) => {
                out.push_str(number);
                out.push_str(" %");
            }
            Fact::Phone(pairs) => out.push_str(pairs),
            Fact::Email(_) | Fact::Reference(_) | Fact::Number(_) => out.push_str(written),
        }
    }
    out.push_str(text.get(done..).unwrap_or(""));
    out
}

/// The length of the dot of an abbreviated month (« 6 déc. à 10 h »), 0 for a full stop.
fn abbreviation_dot(text: &str, at: usize) -> usize {
    let rest = text.get(at..).and_then(|rest| rest.strip_prefix('.')).unwrap_or("");
    let goes_on = rest
        .strip_prefix([' ', ','])
        .is_some_and(|next| next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit()));
    usize::from(goes_on)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_rewritten_in_place() {
        for (notes, expected) in [
            ("le 12/03/2026 à 20h30", "le 12 mars 2026 à 20 h 30"),
            ("Terravoie 24650 HT", "Terravoie 24 650 € HT"),
            ("reçu le mer 4/11/26", "reçu le mercredi 4 novembre 2026"),
            ("jeudi 18 sept 2026", "18 septembre 2026"),
            ("quorum 1/3, presta +7%", "quorum 1/3, presta +7 %"),
            ("convoc 18/09", "convoc 18 septembre"),
            ("avant le 6 déc. à 10h-18h", "avant le 6 décembre à 10 h-18 h"),
            ("fin le 6 déc.", "fin le 6 décembre."),
            ("8 €/jour, 60 k€", "8 €/jour, 60 000 €"),
            ("du 7 au 18/12/2026", "du 7 décembre 2026 au 18 décembre 2026"),
            ("n° DETR-2026-0147, 00250 Valbrune", "n° DETR-2026-0147, 00250 Valbrune"),
        ] {
            assert_eq!(expand_facts(notes), expected);
        }
    }
}
