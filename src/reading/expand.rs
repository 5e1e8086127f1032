//! Rewrites facts as written French has them, in place, and touches nothing else.

use jiff::civil::Date;

use super::{Fact, PartialDate, facts};

/// The text with its facts in written French: `12/03/2026` becomes « 12 mars 2026 », `20h30`
/// « 20 h 30 », `24650 HT` « 24 650 € HT ». A weekday that is wrong goes; what is not said (a
/// year, a currency) is not added.
pub fn expand_facts(text: &str) -> String {
    expand(text, None)
}

/// The same, where the date of the whole notes also shows weekdays to be wrong: in notes of
/// October 2026, « dim 24 octobre » becomes « 24 octobre ». The year is still not added.
pub fn expand_facts_near(text: &str, reference: Date) -> String {
    expand(text, Some(reference))
}

fn expand(text: &str, reference: Option<Date>) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut done = 0;
    for found in facts(text) {
        out.push_str(text.get(done..found.span.start).unwrap_or(""));
        done = found.span.end;
        let written = text.get(found.span.clone()).unwrap_or("");
        match &found.fact {
            Fact::Date(date) => {
                let wrong = reference.is_some_and(|day| refuted(*date, day));
                let weekday = date.weekday.filter(|_| !wrong);
                let french = PartialDate { weekday, ..*date }.to_french();
                // The first day of « du 7 au 18 décembre » leaves the month to the second.
                let short = lends_month(written)
                    .then(|| french.split_once(super::date::month_name(date.month)))
                    .flatten()
                    .map(|(day, _)| day.trim_end().to_owned());
                out.push_str(&short.unwrap_or(french));
                if abbreviated(written) {
                    done += abbreviation_dot(text, done);
                }
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

/// Whether the weekday is wrong in every year that notes of this day may mean: the nearest, their
/// own, and the next where the day of this one has passed.
fn refuted(date: PartialDate, day: Date) -> bool {
    let this_year = date.with_year(day.year());
    let passed = this_year.civil().is_some_and(|date| date < day);
    let next = date.with_year(day.year() + 1);
    [Some(date.near(day)), Some(this_year), passed.then_some(next)]
        .into_iter()
        .flatten()
        .all(|date| date.wrong_weekday().is_some())
}

/// Whether a date is a day alone, the month of which was read from the one after it.
fn lends_month(written: &str) -> bool {
    let day = written.rsplit([' ', '\u{a0}']).next().unwrap_or("");
    let day = day.trim_end_matches("er").trim_end_matches("ER");
    // « 18 sept 26 » ends with a year.
    let words = written.split([' ', '\u{a0}']).count();
    // « janv. 27 » begins with its month, « jeu 7 » with a weekday.
    let first = written.split([' ', '\u{a0}']).next().unwrap_or_default();
    let month = words == 2
        && super::date::parse_month(first.trim_end_matches('.')).is_some()
        && super::date::parse_weekday(first).is_none();
    words <= 2
        && !month
        && !day.is_empty()
        && day.len() <= 2
        && day.chars().all(|c| c.is_ascii_digit())
}

/// Whether a date ends with a shortened month, which may bear a dot.
fn abbreviated(written: &str) -> bool {
    let month = written.rsplit([' ', '\u{a0}']).next().unwrap_or("");
    let number = super::date::parse_month(month);
    month.ends_with(char::is_alphabetic)
        && number.is_some_and(|number| {
            super::fold(month).len() < super::fold(super::date::month_name(number)).len()
        })
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
    fn the_date_of_the_notes_refutes_a_weekday() {
        let day = Date::new(2026, 10, 10).unwrap();
        assert_eq!(
            expand_facts_near("dim 24 oct, sam 31 oct", day),
            "24 octobre, samedi 31 octobre"
        );
        let day = Date::new(2026, 11, 5).unwrap();
        assert_eq!(expand_facts_near("mer 12 mai", day), "mercredi 12 mai");
    }

    #[test]
    fn a_full_stop_after_a_date_stays() {
        assert_eq!(expand_facts("courrier 24/09. statuts"), "courrier 24 septembre. statuts");
    }

    #[test]
    fn facts_are_rewritten_in_place() {
        for (notes, expected) in [
            ("le 12/03/2026 à 20h30", "le 12 mars 2026 à 20 h 30"),
            ("Terravoie 24650 HT", "Terravoie 24650 € HT"),
            ("reçu le mer 4/11/26", "reçu le mercredi 4 novembre 2026"),
            ("jeudi 18 sept 2026", "18 septembre 2026"),
            ("quorum 1/3, presta +7%", "quorum 1/3, presta +7 %"),
            ("convoc 18/09", "convoc 18 septembre"),
            ("avant le 6 déc. à 10h-18h", "avant le 6 décembre à 10 h-18 h"),
            ("fin le 6 déc.", "fin le 6 décembre."),
            ("8 €/jour, 60 k€", "8 €/jour, 60000 €"),
            ("sam 7 et dim 8 mars 2026", "samedi 7 et dimanche 8 mars 2026"),
            ("AG 18 sept 26", "AG 18 septembre 2026"),
            ("du 7 au 18/12/2026", "du 7 au 18 décembre 2026"),
            ("n° DETR-2026-0147, 00250 Valbrune", "n° DETR-2026-0147, 00250 Valbrune"),
        ] {
            assert_eq!(expand_facts(notes), expected);
        }
    }
}
