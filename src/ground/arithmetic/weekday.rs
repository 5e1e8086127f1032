//! Weekdays that are not those of their dates.

use jiff::civil::Date;

use crate::finding::{Finding, FindingKind};
use crate::notes::Notes;
use crate::reading::date::weekday_name;
use crate::reading::{Fact, PartialDate, facts};

/// The date that the notes as a whole are about: the first full one with a weekday, else the
/// first full one.
pub fn main_date(notes: &Notes) -> Option<Date> {
    let dates = full_dates(notes);
    let with_weekday = dates.iter().find(|date| date.weekday.is_some());
    with_weekday.or(dates.first()).and_then(PartialDate::civil)
}

fn full_dates(notes: &Notes) -> Vec<PartialDate> {
    let dates = facts(notes.text()).into_iter().filter_map(|found| match found.fact {
        Fact::Date(date) if date.civil().is_some() => Some(date),
        _ => None,
    });
    dates.collect()
}

pub(super) fn weekdays(notes: &Notes) -> Vec<Finding> {
    let reference = main_date(notes);
    let mut years: Vec<i16> = full_dates(notes).iter().filter_map(|date| date.year).collect();
    years.sort_unstable();
    years.dedup();
    let mut findings = Vec::new();
    for found in facts(notes.text()) {
        let Fact::Date(date) = found.fact else { continue };
        let Some(resolved) = resolve(date, reference, &years) else { continue };
        if let (Some(actual), Some(claimed)) = (resolved.wrong_weekday(), resolved.weekday) {
            let written = PartialDate { weekday: None, ..resolved }.to_french();
            let (actual, claimed) = (weekday_name(actual), weekday_name(claimed));
            findings.push(Finding::check(
                FindingKind::Weekday,
                Some(found.span),
                format!(
                    "Le {written} est un {actual} ; les notes disent {claimed} : vérifiez le jour."
                ),
            ));
        }
    }
    findings
}

/// The date with its year; nothing when the year is unsaid and some likely year fits the weekday.
fn resolve(date: PartialDate, reference: Option<Date>, years: &[i16]) -> Option<PartialDate> {
    if date.year.is_some() {
        return Some(date);
    }
    let reference = reference?;
    let near = date.near(reference);
    let mut likely = vec![near.year?, reference.year()];
    likely.extend(years);
    let this_year = date.with_year(reference.year()).civil()?;
    if this_year < reference {
        likely.push(reference.year() + 1);
    }
    let fits = likely.iter().any(|year| {
        let dated = date.with_year(*year);
        dated.civil().is_some() && dated.wrong_weekday().is_none()
    });
    (!fits).then_some(near)
}
