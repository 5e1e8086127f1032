//! Actions told in words: « Paul contacte la mairie », « il faut que quelqu'un relance », « Ada s'en
//! occupe ».

use std::sync::LazyLock;

use regex::Regex;

use super::{Found, Person, finish};
use crate::reading::{fold, pattern, words};
use crate::task::minutes::working::{deadline, signs, verb};

/// « licence à demander, Ada ? », « licence à demander, Ada ? elle a pas dit oui »: an action, and
/// who was asked for it without a yes.
pub(in crate::task::minutes::working) fn wished_of(
    clause: &str,
    person: &Person<'_>,
) -> Option<(Found, String)> {
    words!(
        ASKED,
        r"(?i)^(?P<what>.*\b[àa]\s+\p{L}+(?:er|ir|re)\b[^?]*?)\s*[,(–-]\s*(?P<who>\p{L}[\p{L} .-]{1,30}?)\s*\?\)?\s*(?P<rest>.*)$"
    );
    let found = ASKED.captures(clause)?;
    let who = found["who"].trim().to_owned();
    let yes = fold(&found["rest"]);
    let agreed = ["oui", "ok", "d'accord"].iter().any(|w| yes.starts_with(w));
    (person(&who) && !agreed).then(|| (finish(None, &found["what"]), who))
}
/// « nouvelle pesée en octobre, Ada s'en charge ».
pub(super) fn cares(clause: &str, person: &Person<'_>) -> Option<Found> {
    words!(
        CARES,
        r"(?i)^(?P<what>.+?)\s*,\s*(?P<who>\p{L}[\p{L} .’'-]*?)\s+(?:s['’]en\s+(?:occupe|charge)(?:nt|ra|ront)?|s['’]y\s+colle(?:nt)?)\b\s*(?P<rest>.*)$"
    );
    let found = CARES.captures(clause).filter(|f| person(&f["who"]))?;
    let mut action = finish(Some(&found["who"]), &found["what"]);
    action.when = deadline::take(&found["rest"]).map(|d| d.when).or(action.when);
    Some(action)
}
/// « affiches, faut que quelqu'un s'en occupe », « en panne, il faut que quelqu'un appelle Ada ».
pub(super) fn somebody(clause: &str) -> Option<Found> {
    words!(
        SOMEBODY,
        r"(?i)^(?P<about>.*?)[\s,:–-]*\b(?:il\s+)?(?:faut|faudra|faudrait)\s+(?:trouver\s+|que\s+|qu['’]\s*)(?:quelqu['’]un|qqu?n)\s+(?:qui\s+|pour\s+)?(?P<what>[^,(?]+)(?P<rest>.*)$"
    );
    words!(CARE, r"(?i)^(?:s['’]en\s+(?:occupe|charge)\w*|s['’]y\s+colle)$");
    let found = SOMEBODY.captures(clause)?;
    let (about, what) = (found["about"].trim(), found["what"].trim());
    let rest = found["rest"].trim_matches([',', ' ', '(', ')', '?']);
    let when = deadline::take(&found["rest"]).map(|d| d.when);
    let mut action = if CARE.is_match(what) {
        finish(None, if about.is_empty() { rest } else { about })
    } else {
        let mut action = finish(None, &doing(what).unwrap_or_else(|| what.to_owned()));
        if !about.is_empty() {
            action.what.push_str(&format!(" ({about})"));
        }
        action
    };
    if when.is_some() {
        action.when = when;
    } else if !about.is_empty() && rest.split_whitespace().count() > 1 {
        action.what.push_str(&format!(", {rest}"));
    }
    (!action.what.is_empty()).then_some(action)
}

/// `Paul rédige`: what it is stands in the title.
pub(in crate::task::minutes::working) fn alone(clause: &str, person: &Person<'_>) -> Option<Found> {
    let (who, verb) = clause.rsplit_once(' ')?;
    let infinitive = verb::infinitive(verb).filter(|verb| acts(verb))?;
    person(who).then(|| Found { who: Some(who.to_owned()), what: infinitive, when: None })
}

/// `Karim contacte X avant 15/10`, `Léa doit appeler`, `moi je contacte les exposants`.
pub(super) fn does(clause: &str, person: &Person<'_>) -> Option<Found> {
    words!(ME, r"(?i)^(?:moi\s*,?\s+je\s+|je\s+|j['’]\s*)(?P<body>.+)$");
    if signs::wishes(clause) {
        return None;
    }
    if let Some(found) = ME.captures(clause) {
        let body = &found["body"];
        let (verb, rest) = body.split_once(' ').unwrap_or((body, ""));
        let what = doing(&format!("{} {rest}", verb::third_person(verb)))?;
        return Some(finish(Some("moi"), &what));
    }
    let words: Vec<usize> = clause.match_indices(' ').map(|(at, _)| at).collect();
    // The longest name first: « Samir Belcastre réserve », not « Samir ».
    words.iter().take(5).rev().find_map(|at| {
        let who = clause.get(..*at)?.trim().trim_end_matches([':', ',']).trim();
        if !person(who) {
            return None;
        }
        let what = doing(clause.get(*at..)?.trim_start_matches([' ', ':', ',']))?;
        let found = finish(Some(who), &what);
        // « Paul demande un comptage » is what Paul wants, unless a date makes it his work.
        // or the other whom Paul asks is named: « Paul demande à la mairie ».
        words!(
            OTHER,
            r"(?i)\b(?:[àa]\s+(?:la|l['’]|un|une|des?|nos|notre)|aux?|aupr[èe]s)\s*\p{L}"
        );
        let asks = OTHER.is_match(&found.what) && !found.what.contains(['?', ':']);
        let wanted = found.what.starts_with("demander") && found.when.is_none() && !asks;
        (!wanted).then_some(found)
    })
}
/// What a person does, as an infinitive: « contacte la mairie » is « contacter la mairie ».
pub fn doing(body: &str) -> Option<String> {
    static TO: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:doit|va|devra|doivent|vont|devront|(?:est|sont)\s+charg[ée]e?s?\s+de|se\s+charge(?:nt|ra)?\s+(?:de\s+|d['’])|s['’]occupe(?:nt|ra)?\s+(?:de\s+|d['’])|s['’]engage(?:nt)?\s+[àa]|pense\s+[àa]|à)\s*(?P<clitic>(?:les?|la|lui|leur|y|en)\s+|l['’])?(?P<inf>\p{L}+)(?P<rest>.*)$",
        )
    });
    static CARE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:s['’]occupe(?:nt|ra)?|se\s+charge(?:nt|ra)?|(?:est|sont)\s+charg[ée]e?s?)\s+(?P<rest>(?:de|du|des|d['’]).*)$",
        )
    });
    if let Some(found) = TO.captures(body)
        && let (Some(inf), Some(rest)) = (found.name("inf"), found.name("rest"))
        && verb::is_infinitive(inf.as_str())
    {
        let clitic = found.name("clitic").map_or("", |m| m.as_str());
        return Some(format!("{clitic}{}{}", inf.as_str(), rest.as_str()));
    }
    if let Some(found) = CARE.captures(body) {
        return Some(format!("s’occuper {}", &found["rest"]));
    }
    words!(
        POINTS,
        r"(?i)^(?:(?P<clitic>le|la|les|lui|leur|en)\s+|(?P<elided>l['’])\s*)(?P<rest>\p{L}+\b.*)$"
    );
    // « Paul le demande »: what it is stands in another clause.
    let (clitic, body) = match POINTS.captures(body) {
        Some(found) if verb::infinitive(found["rest"].split(' ').next()?).is_some() => {
            let clitic = found.name("clitic").map(|c| format!("{} ", c.as_str().to_lowercase()));
            (clitic.unwrap_or_else(|| "l’".to_owned()), found["rest"].to_owned())
        }
        _ => (String::new(), body.to_owned()),
    };
    let (first, rest) = body.split_once(' ').unwrap_or((&body, ""));
    let comma = if first.ends_with(',') { "," } else { "" };
    let infinitive = verb::infinitive(first.trim_end_matches(','))?;
    // « Paul trouve que » thinks, « Paul les trouve » does.
    let acts = acts(&infinitive)
        || (infinitive == "trouver" && !clitic.is_empty())
        || (infinitive == "passer" && fold(rest).contains("command"));
    // « Paul demande si … » and « Paul fait remarquer » are things said.
    let said = [
        "si ",
        "s'il",
        "que ",
        "qu'",
        "pourquoi",
        "comment",
        "combien",
        "quand",
        "remarquer",
        "savoir",
        "part ",
    ]
    .iter()
    .any(|word| fold(rest).starts_with(word));
    let whole = !rest.trim().is_empty() || !clitic.is_empty();
    (acts && !said && whole)
        .then(|| format!("{clitic}{infinitive}{comma} {rest}").trim_end().to_owned())
}

/// Whether the verb is one of doing.
pub fn acts(infinitive: &str) -> bool {
    verb::ACTS.iter().any(|verb| fold(infinitive) == fold(verb))
}

/// « il faut relancer la mairie », « relancer la mairie »: to be done, by nobody named.
pub(super) fn shall(clause: &str, person: &Person<'_>) -> Option<Found> {
    words!(
        MUST,
        r"(?i)^(?:il\s+faut|faut|on\s+doit|penser\s+[àa]|pr[ée]voir\s+de)\s+(?P<what>\p{L}+\b.*)$"
    );
    let what = MUST.captures(clause).and_then(|f| f.name("what")).map_or(clause, |m| m.as_str());
    let first = what.split([' ', ',']).next()?;
    let more = what.split_whitespace().count() > 1;
    let named = clause.split_whitespace().next().is_some_and(person);
    (more
        && !named
        && !signs::concludes(clause)
        && verb::is_infinitive(first)
        && !signs::wishes(clause))
    .then(|| finish(None, what))
}
