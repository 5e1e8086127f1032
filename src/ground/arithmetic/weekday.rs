//! Weekdays that are not those of their dates.

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use regex::Regex;

use super::pattern;
use crate::finding::{Finding, FindingKind};
use crate::notes::{Notes, Span};
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
    static NEXT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^\W*(?:date\s+(?:du\s+|de\s+la\s+))?(?:la\s+|le\s+)?(?:proch\w*|(?:r[ée]union|s[ée]ance|ag|conseil)\s+suivante?)\b",
        )
    });
    let reference = main_date(notes);
    let mut years: Vec<i16> = full_dates(notes).iter().filter_map(|date| date.year).collect();
    years.sort_unstable();
    years.dedup();
    let mut findings = Vec::new();
    for found in facts(notes.text()) {
        let Fact::Date(date) = found.fact else { continue };
        let line = notes.text().get(..found.span.start).unwrap_or_default();
        let line = line.rsplit('\n').next().unwrap_or_default();
        let resolved = match reference.filter(|_| date.year.is_none()) {
            Some(reference) if NEXT.is_match(line) => Some(first_after(date, reference)),
            _ => resolve(date, reference, &years),
        };
        let Some(resolved) = resolved else { continue };
        findings.extend(compare(resolved, found.span));
    }
    findings.extend(days_alone(notes, reference));
    findings
}

/// The first such date after the meeting: that of the next one.
fn first_after(date: PartialDate, reference: Date) -> PartialDate {
    let this_year = date.with_year(reference.year());
    match this_year.civil() {
        Some(day) if day < reference => date.with_year(reference.year() + 1),
        _ => this_year,
    }
}

/// The date with its year; nothing when the year is unsaid and some likely year fits the weekday.
fn resolve(date: PartialDate, reference: Option<Date>, years: &[i16]) -> Option<PartialDate> {
    if date.year.is_some() {
        return Some(date);
    }
    let reference = reference?;
    let near = date.near(reference);
    // A date of this year a few weeks away needs no year.
    let close = near.civil().is_some_and(|day| {
        let days = (day - reference).get_days();
        day.year() == reference.year() && (-31..=92).contains(&days)
    });
    if close {
        return near.wrong_weekday().is_some().then_some(near);
    }
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

fn compare(date: PartialDate, span: Span) -> Option<Finding> {
    let (actual, claimed) = (date.wrong_weekday()?, date.weekday?);
    let written = PartialDate { weekday: None, ..date }.to_french();
    let (actual, claimed) = (weekday_name(actual), weekday_name(claimed));
    Some(Finding::check(
        FindingKind::Weekday,
        Some(span),
        format!("Le {written} est un {actual} ; les notes disent {claimed} : vérifiez le jour."),
    ))
}

/// `le jeudi 21 à Malivert`: of the month of the date before it, unless the weekday fits in any
/// other month of the notes or in the one after.
fn days_alone(notes: &Notes, reference: Option<Date>) -> Vec<Finding> {
    static ALONE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?im)\b(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)[ ]+(\d{1,2})(?:[ ]*$|[ ]*[,;.)]|[ ]+(?:à|au|chez|m[êe]me|d[èe]s|vers)\b)",
        )
    });
    let Some(reference) = reference else { return Vec::new() };
    let dates: Vec<(Date, Span)> = facts(notes.text())
        .into_iter()
        .filter_map(|found| match found.fact {
            Fact::Date(date) => Some((date.near(reference).civil()?, found.span)),
            _ => None,
        })
        .collect();
    let mut findings = Vec::new();
    for captures in ALONE.captures_iter(notes.text()) {
        let (Some(name), Some(day)) = (captures.get(1), captures.get(2)) else { continue };
        let span = name.start()..day.end();
        let before = dates.iter().rev().find(|(_, place)| place.end <= span.start);
        let (Some((before, _)), Ok(number)) = (before, day.as_str().parse::<i8>()) else {
            continue;
        };
        let overlaps = dates.iter().any(|(_, p)| p.start < span.end && span.start < p.end);
        let weekday =
            WEEKDAYS.into_iter().find(|w| weekday_name(*w) == name.as_str().to_lowercase());
        let of_month = |month: &Date| {
            PartialDate::new(weekday, Some(number), month.month(), Some(month.year()))
        };
        let fits = dates.iter().map(|(date, _)| *date).chain([reference]).any(|date| {
            let next = date.first_of_month().checked_add(jiff::Span::new().months(1)).ok();
            let fit = |month| of_month(&month).is_some_and(|date| date.wrong_weekday().is_none());
            fit(date) || next.is_some_and(fit)
        });
        if !overlaps && !fits {
            findings.extend(of_month(before).and_then(|date| compare(date, span)));
        }
    }
    findings
}

const WEEKDAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];
