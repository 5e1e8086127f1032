//! A place, date, hour or amount that a later line replaces: `--> non ! … finalement SALLE X`.
//!
//! Corrections of values voted (« rectif ») are applied and told by the minutes.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use crate::finding::{Finding, FindingKind};
use crate::notes::{Line, Notes, Span};
use crate::reading::{Fact, facts, fold};

/// How many lines above the one replaced may stand.
const REACH: usize = 4;

pub(super) fn corrections(notes: &Notes) -> Vec<Finding> {
    static CHANGE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:finalement|en fait|au final|plut[ôo]t|non,?[ ]+c'est|remplac[ée]+e? par|report[ée]+e? au|d[ée]plac[ée]+e? (?:à|au|en))\b[ ]*:?[ ]*(?:c'est[ ]+|ce sera[ ]+|à[ ]+la[ ]+|à[ ]+|au[ ]+|en[ ]+|le[ ]+)?",
        )
    });
    static OPENS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)^[ \t]*(?:[-=]*>|→)|\bnon\b|^[ \t]*finalement\b|\bchangement\b")
    });
    let lines: Vec<Line<'_>> = notes.lines().collect();
    let mut findings = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if fold(line.text).contains("rectif") || !OPENS.is_match(line.text) {
            continue;
        }
        let Some(change) = CHANGE.find(line.text) else { continue };
        let rest = line.text.get(change.end()..).unwrap_or("");
        let end = rest.find(['(', ',', ';', '.', '!']).unwrap_or(rest.len());
        let new = rest.get(..end).unwrap_or("").trim();
        let above = lines.iter().take(index).rev().take(REACH);
        let Some((what, old)) = above.into_iter().find_map(|line| replaced(line, new)) else {
            continue;
        };
        findings.push(Finding::check(
            FindingKind::Correction,
            Some(line.span()),
            format!(
                "{what} dans les notes : « {new} » remplace « {old} » ; vérifiez que seule la dernière mention est reprise."
            ),
        ));
    }
    findings
}

/// What of the line is of the same nature as the new text: a date, an hour or a place.
fn replaced<'a>(line: &Line<'a>, new: &str) -> Option<(&'static str, &'a str)> {
    static PLACE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:salle|place|mairie|[ée]cole|gymnase|stade|halle|foyer|espace|parking|cour|maison|[ée]glise|pr[ée]au|terrain|local|chez)\b[^,;.(\d!\n]*",
        )
    });
    let nature = |found: &Fact| match found {
        Fact::Date(_) => Some("Date changée"),
        Fact::Hour(_) => Some("Horaire changé"),
        _ => None,
    };
    let place = |text: &str| -> Option<Span> { PLACE.find_iter(text).last().map(|m| m.range()) };
    let wanted = facts(new).iter().find_map(|f| nature(&f.fact));
    let (what, span) = match wanted {
        Some(wanted) => {
            let found = facts(line.text).into_iter().find(|f| nature(&f.fact) == Some(wanted))?;
            (wanted, found.span)
        }
        None => {
            place(new)?;
            ("Lieu changé", place(line.text)?)
        }
    };
    let old = line.text.get(span)?.trim();
    (fold(old) != fold(new)).then_some((what, old))
}
