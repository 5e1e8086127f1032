//! What the notes themselves get wrong, by computation: weekdays against dates, percentages, tax,
//! products, totals, differences, ballots, proxies over the limit of the statutes, decisions that
//! belong to another assembly; and what the notes doubt, spell in two ways or replace later.
//!
//! Only patterns whose terms are certain are reported: a false alarm costs trust. Votes and
//! quorum belong to the minutes, which know who may vote.

mod assembly;
mod balance;
mod codes;
mod correction;
mod difference;
mod doubt;
mod names;
mod opening;
mod parts;
mod remainder;
mod slips;
mod sums;
mod tax;
mod unit_price;
mod weekday;

use crate::finding::Finding;
use crate::notes::Notes;
use crate::office::Office;
use crate::reading::name::Roster;
use crate::reading::pattern;

pub use assembly::{for_extraordinary, limit as proxy_limit, of_another_body};
pub(crate) use names::distance;
pub(crate) use slips::slips;
pub use weekday::main_date;

/// Every point of the notes that does not add up or is said with doubt, in the order of the notes.
pub fn check(notes: &Notes, office: &Office) -> Vec<Finding> {
    let roster = Roster::new(&office.conseil.membres).with_habits_of(notes.text());
    let mut findings = weekday::weekdays(notes);
    findings.extend(sums::sums(notes));
    findings.extend(remainder::remainders(notes));
    findings.extend(parts::parts(notes));
    findings.extend(balance::balances(notes));
    findings.extend(unit_price::unit_prices(notes));
    findings.extend(opening::openings(notes));
    findings.extend(tax::taxes(notes));
    findings.extend(difference::differences(notes));
    let slips = slips::slips_of(notes, &findings);
    findings.extend(slips);
    findings.extend(assembly::assembly(notes, office));
    let spellings = names::spellings(notes, &roster);
    findings.extend(doubt::doubts(notes, &roster, &spellings));
    findings.extend(spellings);
    findings.extend(correction::corrections(notes));
    findings.extend(codes::codes(notes));
    findings.sort_by_key(|finding| finding.notes.as_ref().map_or(0, |span| span.start));
    findings
}

/// A number as people type it, thousands spaced or not, with at most two decimals.
const NUMBER: &str = r"(?:\d{1,3}(?:[ \u{a0}\u{202f}]\d{3})+(?:,\d{1,2})?|\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d+(?:[.,]\d{1,2})?)";

#[cfg(test)]
mod tests;
