//! A surface or a quantity at a price for each that does not give the amount announced:
//! `312 m², 14 €/m² -> 4 368 €`, `52 adhérents à 45 € = 2 340`.

use std::sync::LazyLock;

use regex::Regex;

use super::{NUMBER, pattern};
use crate::finding::{Finding, FindingKind};
use crate::notes::Notes;
use crate::reading::amount::{french_cents, parse_cents};

pub(super) fn unit_prices(notes: &Notes) -> Vec<Finding> {
    static PER_UNIT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)(?:^|[^\d.,])({NUMBER})[ ]?(m²|m2|m3|m³|ha|km|kg|ml)\b?[^\d]{{0,40}}?[^\d.,]({NUMBER})[ ]?(?:€|euros?)[ ]?(?:/|le[ ]|du[ ]|par[ ])[ ]?(m²|m2|m3|m³|ha|km|kg|ml|m[èe]tre)[^\d]{{0,20}}?(?:->|=>|→|=|soit)[ ]?({NUMBER})"
        ))
    });
    static EACH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)(?:^|[^\d.,/])(\d{{1,5}})[ ]\p{{L}}{{3,}}(?:[ ]\p{{L}}+)?[ ](?:à|a)[ ]({NUMBER})[ ]?(?:€|euros?)(?:[ ](?:chacune?|pièce|l'une?|par[ ]\p{{L}}+))?[ ]?(?:=|soit|->|=>|→)[ ]?({NUMBER})"
        ))
    });
    let mut findings = Vec::new();
    for line in notes.lines() {
        let terms = |captures: &regex::Captures<'_>, index: [usize; 3]| {
            let read = |i: usize| {
                captures.get(i).and_then(|m| Some((parse_cents(m.as_str())?, m.range())))
            };
            Some((read(index[0])?, read(index[1])?, read(index[2])?))
        };
        let found = PER_UNIT
            .captures_iter(line.text)
            .filter_map(|c| terms(&c, [1, 3, 5]))
            .chain(EACH.captures_iter(line.text).filter_map(|c| terms(&c, [1, 2, 3])));
        for ((count, _), (price, _), (stated, place)) in found {
            let Some(expected) = count.checked_mul(price).map(|p| p / 100) else { continue };
            if expected.abs_diff(stated) <= 100 {
                continue;
            }
            let [count, price, expected, stated] =
                [count, price, expected, stated].map(french_cents);
            findings.push(Finding::check(
                FindingKind::Sum,
                Some(line.start + place.start..line.start + place.end),
                format!("{count} × {price} = {expected}, les notes disent {stated} : vérifiez avant de reprendre ce nombre."),
            ));
        }
    }
    findings
}
