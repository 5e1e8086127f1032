//! Actions of a person who stands beside what is to be done: before or after a colon, a dash, a
//! comma, in a cell of its own.

use regex::Regex;

use super::told::does;
use super::{Found, Person, TO_DO, finish};
use crate::reading::{Fact, facts, words};
use crate::task::minutes::working::{deadline, signs, verb};

/// A person beside a colon: `Paul : devis (avant 15/04)`, `clés : Paul`, `sono : Paul loue`.
/// « Paul : trop cher » is what Paul says. Only people known to be of the meeting are meant:
/// « fournisseur : Épicerie Vidal » gives nobody anything to do.
pub fn assigned(clause: &str, person: &Person<'_>) -> Option<Found> {
    words!(
        ROLE,
        r"(?i)\b(?:pr[ée]sid\w*|secr[ée]taire\w*|tr[ée]s\w*|[ée]lue?s?|candidat\w*|gagnant\w*|arbitre\w*|intervenant\w*|contact|invit\w*|absent\w*|pr[ée]sent\w*|excus\w*|parrain\w*|membres?|proposition|id[ée]e|avis|remerciements?|merci|d[ée]l[ée]gu\w*|repr[ée]sentant\w*|don)\b"
    );
    words!(TO_BE, r"(?i)(?:^|\s)[àa]\s+\p{L}+(?:er|ir|re)\b");
    let clause = clause.trim().trim_end_matches('.').trim();
    words!(CUT, r"\s*:\s+");
    if let Some(found) = last_named(clause, person, &TO_BE) {
        return Some(found);
    }
    let mark = CUT.find(clause)?;
    let (label, rest) = (clause.get(..mark.start())?.trim(), clause.get(mark.end()..)?.trim());
    if label.is_empty()
        || rest.is_empty()
        || rest.ends_with('?')
        || TO_DO.is_match(clause)
        || signs::wishes(rest)
    {
        return None;
    }
    if person(label) {
        let first = rest.split([' ', ',']).next()?;
        // « Paul : comptage fait le 16 novembre » tells what is done, or what Paul thinks.
        words!(
            TOLD,
            r"(?i)\b(?:faite?s?|re[çc]ue?s?|envoy[ée]e?s?|vue?s?|pay[ée]e?s?|sign[ée]e?s?|pos[ée]e?s?|a|ont|est|sont|[ée]tait|sera|d[ée]bute|commence|propose|pense|pr[ée]f[èe]re|souhaite|voudrait|veut|trouve|contre|pour|depuis|pas|trop)\b"
        );
        let few = rest.split_whitespace().count() <= 7 && !rest.contains([',', ';']);
        let plain = !TOLD.is_match(rest) && few;
        let due = deadline::take(rest).filter(|d| !d.rest.is_empty()).is_some_and(|d| {
            plain || ["avant", "d’ici", "d'ici", "au plus"].iter().any(|p| d.when.starts_with(p))
        });
        let to_do = verb::is_infinitive(first) || (TO_BE.is_match(rest) && plain);
        return ((due && !rest.contains(". ")) || to_do).then(|| finish(Some(label), rest));
    }
    let acronym = label.chars().count() <= 3 && !label.chars().any(char::is_lowercase);
    words!(SIDE, r"(?i)^(?:pour|contre|abst\w*)\b");
    if SIDE.is_match(label) || label.split_whitespace().count() > 10 {
        return None;
    }
    let role = ROLE.is_match(label) || acronym;
    let (who, when) = match deadline::take(rest) {
        Some(found) => (found.rest, Some(found.when)),
        None => (rest.to_owned(), None),
    };
    if person(&who) {
        if role {
            return None;
        }
        let mut found = finish(Some(&who), label);
        found.when = found.when.or(when);
        return Some(found);
    }
    // « vin chaud : Paul s'en occupe »
    words!(
        CARES,
        r"(?i)^(?P<who>.+?)\s+(?:s['’]en\s+(?:occupe|charge)(?:nt|ra|ront)?|s['’]y\s+colle|g[èe]re(?:nt)?)\s*(?P<rest>.*)$"
    );
    if let Some(found) = CARES.captures(rest).filter(|f| person(&f["who"])) {
        let mut action = finish(Some(&found["who"]), label);
        action.when = action.when.or(deadline::take(&found["rest"]).map(|d| d.when));
        return Some(action);
    }
    let mut found = does(rest, person)?;
    found.what = format!("{} ({label})", found.what);
    Some(found)
}
/// `tables à emprunter - Paul - av 10/02`, `acheter des gobelets, Paul avant le 30/11`.
fn last_named(clause: &str, person: &Person<'_>, to_be: &Regex) -> Option<Found> {
    words!(SIGN, r"\s+[-–]\s+|,\s+");
    let (rest, when) = match deadline::take(clause) {
        Some(found) => (found.rest, Some(found.when)),
        None => (clause.to_owned(), None),
    };
    let sign = SIGN.find_iter(&rest).last()?;
    let (what, who) = (rest.get(..sign.start())?.trim(), rest.get(sign.end()..)?.trim());
    let first = what.split([' ', ',']).next()?;
    let to_do = verb::is_infinitive(first) || to_be.is_match(what);
    if !to_do || !person(who) || SIGN.split(what).any(|part| person(part.trim())) {
        return None;
    }
    let mut found = finish(Some(who), what);
    found.when = found.when.or(when);
    Some(found)
}
/// `Paul : devis avant le 12`, `devis : Paul - 12/10`, `Paul - devis - 12/10`.
pub(super) fn separated(line: &str, person: &Person<'_>) -> Option<Found> {
    words!(CUT, r"\s*[:;]\s*|\s+[-–]\s+|,\s+");
    let mut parts: Vec<&str> = CUT.split(line).map(str::trim).filter(|p| !p.is_empty()).collect();
    if let Some(at) = parts.iter().position(|p| person(p)) {
        let who = parts.remove(at);
        return Some(finish(Some(who), &parts.join(", ")));
    }
    // « Paul devis 12/10 », « devis Paul »
    let cuts: Vec<usize> = line.match_indices(' ').map(|(at, _)| at).take(5).collect();
    let lead = cuts.iter().rev().find(|at| line.get(..**at).is_some_and(person));
    if let Some(at) = lead {
        return Some(finish(line.get(..*at), line.get(*at..)?));
    }
    let (rest, when) = match deadline::take(line) {
        Some(found) => (found.rest, Some(found.when)),
        None => (line.to_owned(), None),
    };
    let mut cuts = rest.match_indices(' ').map(|(at, _)| at);
    let at = cuts.find(|at| rest.get(*at..).is_some_and(|tail| person(tail.trim())))?;
    let (what, last) = (rest.get(..at)?, rest.get(at..)?.trim());
    let what = what.trim_end_matches([' ', '-', '–', ',', ':']);
    let what = what.strip_suffix(" par").or_else(|| what.strip_suffix(" pour")).unwrap_or(what);
    let mut action = finish(Some(last), what);
    action.when = action.when.or(when);
    Some(action)
}

/// A row of a table: who, what, when in any order.
pub(super) fn row(line: &str, person: &Person<'_>) -> Found {
    let cells: Vec<&str> = line.split('|').map(str::trim).filter(|c| !c.is_empty()).collect();
    let who = cells.iter().position(|c| person(c));
    let is_date = |cell: &&str| {
        deadline::take(cell).is_some_and(|d| d.rest.is_empty())
            || facts(cell)
                .iter()
                .any(|f| matches!(f.fact, Fact::Date(_)) && f.span.len() == cell.len())
    };
    let when = cells.iter().position(is_date);
    let what: Vec<&str> = cells
        .iter()
        .enumerate()
        .filter(|(at, cell)| Some(*at) != who && Some(*at) != when && **cell != "?")
        .map(|(_, cell)| *cell)
        .collect();
    let mut action = finish(who.and_then(|at| cells.get(at)).copied(), &what.join(", "));
    if let Some(cell) = when.and_then(|at| cells.get(at)) {
        action.when = deadline::take(cell).map(|d| d.when);
    }
    action
}
