//! Actions in notes of a meeting: one person, one thing to do, one date.
//!
//! A person is taken only where the form says so: before or after an arrow, in brackets after
//! something to do, before a verb of doing, after « resp. ». What the notes do not say stays
//! unknown.

use std::sync::LazyLock;

use regex::Regex;

use super::{deadline, signs, verb};
use crate::reading::{Fact, facts, fold, pattern, words};

/// An action as a clause states it; the person as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Who, as written.
    pub who: Option<String>,
    /// What.
    pub what: String,
    /// By when.
    pub when: Option<String>,
}

/// Whether a text names people who may be given something to do.
pub type Person<'a> = dyn Fn(&str) -> bool + 'a;

static ARROW: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s*(?:-{1,2}>|=>|→|>>)\s*"));
static TO_DO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:actions?|[àa]\s+faire|todo|to\s+do|\[\s?\]|☐|□|t[âa]che|(?-i:A\.?F\.?)(?:\s*[:\-–]))\s*(?:par\s+(?P<who>[^:]+?))?\s*[:\-–]?\s*(?P<rest>.+)$",
    )
});
static RESPONSIBLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)[\s,(\-–]*\b(?:resp(?:onsable)?s?|pilote|r[ée]f[ée]rente?|charg[ée]e?|qui)\b\.?\s*[:=]?\s*(?P<who>[\p{Lu}][^,;():?]*)",
    )
});
static WHO: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)[\s,.;:(\-–]*(?:qui|par\s+qui)\s*\?+\s*\)?\s*"));
static BRACKETS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?P<what>.*\S)\s*\((?P<in>[^()]*)\)\s*$"));

/// The action that a clause of running notes states, if it states one.
pub fn read(clause: &str, person: &Person<'_>) -> Option<Found> {
    let clause = clause.trim().trim_end_matches('.').trim();
    if let Some(found) = TO_DO.captures(clause) {
        let rest = found.name("rest").map_or("", |m| m.as_str());
        let mut action = listed(rest, person);
        if let Some(who) = found.name("who") {
            action.who = Some(who.as_str().trim().to_owned());
        }
        return Some(action);
    }
    if let Some(found) = somebody(&WHO.replace(clause, " ")) {
        return Some(found);
    }
    if WHO.is_match(clause) {
        let rest = WHO.replace(clause, " ").trim().trim_start_matches([':', ' ']).to_owned();
        return (!rest.is_empty()).then(|| finish(None, &rest));
    }
    tagged(clause, person)
        .or_else(|| arrow(clause, person))
        .or_else(|| responsible(clause, person))
        .or_else(|| bracketed(clause, person, Strict::Yes))
        .or_else(|| cares(clause, person))
        .or_else(|| does(clause, person))
        .or_else(|| shall(clause, person))
}

/// An entry of a list of actions: every line is one.
pub fn listed(line: &str, person: &Person<'_>) -> Found {
    let line = line.trim().trim_end_matches('.').trim();
    if line.contains('|') {
        return row(line, person);
    }
    let who = WHO.is_match(line);
    let line = &WHO.replace(line, " ").trim().to_owned();
    if who {
        return finish(None, line);
    }
    tagged(line, person)
        .or_else(|| arrow(line, person))
        .or_else(|| responsible(line, person))
        .or_else(|| bracketed(line, person, Strict::No))
        .or_else(|| does(line, person))
        .or_else(|| alone(line, person).filter(|_| !line.contains(':')))
        .or_else(|| separated(line, person))
        .unwrap_or_else(|| finish(None, line))
}

/// « licence à demander, Ada ? », « licence à demander, Ada ? elle a pas dit oui »: an action, and
/// who was asked for it without a yes.
pub(super) fn wished_of(clause: &str, person: &Person<'_>) -> Option<(Found, String)> {
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
fn cares(clause: &str, person: &Person<'_>) -> Option<Found> {
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
fn somebody(clause: &str) -> Option<Found> {
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

/// Whether a person in brackets needs something to do before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strict {
    Yes,
    No,
}

/// `[Paul] commande le lot`, `@Paul planning à refaire`, `planning @Paul`.
fn tagged(clause: &str, person: &Person<'_>) -> Option<Found> {
    words!(LEADS, r"^(?:\[(?P<in>[^\[\]]+)\]|@(?P<at>.+))\s*(?P<rest>.*)$");
    words!(ENDS, r"^(?P<rest>.*\S)\s*(?:\[(?P<in>[^\[\]]+)\]|@(?P<at>\S.*))$");
    let given = |who: &str, rest: &str| {
        let rest = rest.trim_start_matches([' ', ':', ',', '-', '–']);
        let done = rest.split_once(' ').is_none().then(|| verb::infinitive(rest)).flatten();
        let done = done.filter(|verb| acts(verb));
        // « chiffrer le coût => CA de novembre »
        let (what, when) = match ARROW.find(rest) {
            Some(mark) if deadline::is_meeting(rest.get(mark.end()..).unwrap_or("")) => {
                let when = deadline::words_of(rest.get(mark.end()..).unwrap_or(""));
                (rest.get(..mark.start()).unwrap_or(rest), Some(when))
            }
            _ => (rest, None),
        };
        let mut found = finish(Some(who), done.as_deref().unwrap_or(what));
        found.when = found.when.or(when);
        (!found.what.is_empty()).then_some(found)
    };
    if let Some(found) = LEADS.captures(clause) {
        if let Some(who) = found.name("in").map(|m| m.as_str()) {
            return person(who).then(|| given(who, &found["rest"])).flatten();
        }
        let body = found.name("at")?.as_str();
        let cuts: Vec<usize> = body.match_indices([' ', ':', ',']).map(|(at, _)| at).collect();
        return cuts.iter().take(5).rev().find_map(|at| {
            let who = body.get(..*at)?.trim();
            person(who).then(|| given(who, body.get(*at..)?)).flatten()
        });
    }
    let found = ENDS.captures(clause)?;
    let who = found.name("in").or(found.name("at"))?.as_str();
    let (who, when) = match deadline::take(who) {
        Some(d) => (d.rest, Some(d.when)),
        None => (who.to_owned(), None),
    };
    let mut found = person(&who).then(|| given(&who, &found["rest"])).flatten()?;
    found.when = found.when.or(when);
    Some(found)
}

/// `Paul -> devis avant le 12`, `devis -> Paul`, `devis -> mairie -> Paul`.
fn arrow(clause: &str, person: &Person<'_>) -> Option<Found> {
    let last = ARROW.find_iter(clause).last()?;
    // Of several arrows the last leads to who does it; the others lead to what is done.
    let mark = ARROW.find(clause).filter(|first| first.start() < last.start());
    if let Some(first) = mark {
        let tail = clause.get(last.start()..)?;
        let way = clause.get(first.end()..last.start())?.trim();
        let head = clause.get(..first.start())?.trim();
        let found = arrow(&format!("{head} ({way}){tail}"), person);
        return found.filter(|f| f.who.is_some());
    }
    let left = clause.get(..last.start())?.trim();
    let right = clause.get(last.end()..)?.trim();
    // « Paul rédige → 8 mars », « relecture Paul + Léa → 15 mars »
    if !person(left)
        && let Some(when) = deadline::take(right).filter(|d| d.rest.is_empty())
    {
        let action = does(left, person)
            .or_else(|| alone(left, person))
            .or_else(|| separated(left, person))?;
        return Some(Found { when: action.when.or(Some(when.when)), ..action });
    }
    if right.is_empty() || right.starts_with(|c: char| c.is_ascii_digit()) && !person(left) {
        return None;
    }
    words!(NOBODY, r"(?i)^(?:\?+|qui\s*\??)$");
    if NOBODY.is_match(left) {
        return Some(finish(None, right));
    }
    if person(left) {
        return Some(finish(Some(left), right));
    }
    // « forum -> Paul : liste du matériel »
    if let Some((who, what)) = right.split_once(':')
        && person(who.trim())
    {
        let mut found = finish(Some(who), what);
        found.what = format!("{} ({left})", found.what);
        return Some(found);
    }
    // « devis barnum -> Paul, avant le 12 »
    let (name, when) = match deadline::take(right) {
        Some(found) => (found.rest, Some(found.when)),
        None => (right.to_owned(), None),
    };
    let name = name.trim_matches(['(', ')', ' ', ',']);
    if person(name) {
        let mut action = finish(Some(name), left);
        action.when = action.when.or(when);
        return Some(action);
    }
    // « peinture -> Luc, avant le match du 20 septembre »
    words!(
        UNTIL,
        r"(?i)^(?P<who>[^,(]+?)\s*[,(]?\s*(?P<when>(?:avant|d['’]ici|pour\s+l[ea])\b[^,;]*?)\)?$"
    );
    if let Some(found) = UNTIL.captures(right).filter(|f| person(&f["who"])) {
        let mut action = finish(Some(&found["who"]), left);
        action.when = action.when.or(Some(deadline::words_of(&found["when"])));
        return Some(action);
    }
    // « mairie -> Paul relance avant le 12 »
    does(right, person)
}

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

/// `Paul rédige`: what it is stands in the title.
pub(super) fn alone(clause: &str, person: &Person<'_>) -> Option<Found> {
    let (who, verb) = clause.rsplit_once(' ')?;
    let infinitive = verb::infinitive(verb).filter(|verb| acts(verb))?;
    person(who).then(|| Found { who: Some(who.to_owned()), what: infinitive, when: None })
}

/// `… (resp. Léa, fin oct)`, `… resp : Léa`.
fn responsible(clause: &str, person: &Person<'_>) -> Option<Found> {
    let found = RESPONSIBLE.captures(clause)?;
    let who = found.name("who")?.as_str().trim();
    let (name, inner) = match deadline::take(who) {
        Some(deadline) => (deadline.rest, Some(deadline.when)),
        None => (who.to_owned(), None),
    };
    let whole = found.get(0)?;
    if !person(&name) || clause.get(..whole.start())?.trim().is_empty() {
        return None;
    }
    let before = clause.get(..whole.start())?.trim();
    let after = clause.get(whole.end()..)?.trim_matches([' ', ',', ')', '.', ';', '(']);
    let when = inner.or_else(|| deadline::take(after).map(|d| d.when));
    let mut action = finish(Some(&name), before);
    action.when = when.or(action.when);
    Some(action)
}

/// `réserver la salle (Léa, 12/10)`.
fn bracketed(clause: &str, person: &Person<'_>, strict: Strict) -> Option<Found> {
    words!(EASY, r"(?i)\)\s*,\s*(?P<when>pas\s+urgent|urgent|si\s+possible)\s*$");
    if let Some(easy) = EASY.captures(clause).and_then(|found| found.name("when")) {
        let bare = clause.get(..easy.start())?.trim_end_matches([' ', ',']);
        let mut found = bracketed(bare, person, strict)?;
        found.when = found.when.or_else(|| Some(easy.as_str().to_owned()));
        return Some(found);
    }
    let found = BRACKETS.captures(clause)?;
    let (what, inside) = (found.name("what")?.as_str(), found.name("in")?.as_str());
    let (name, when) = match deadline::take(inside) {
        Some(deadline) => (deadline.rest, Some(deadline.when)),
        None => (inside.to_owned(), None),
    };
    let first = what.split_whitespace().next()?;
    words!(TO_BE, r"(?i)\s[àa]\s+\p{L}+(?:er|ir|re)\b");
    let after = what.split_once(": ").and_then(|(_, rest)| rest.split(' ').next());
    let to_do = verb::is_infinitive(first)
        || after.is_some_and(verb::is_infinitive)
        || TO_BE.is_match(what)
        || what.starts_with("prévoir")
        || what.starts_with("s'")
        || begins_to_do(what);
    // « appel dans le bulletin (texte Ada pour le 5/12) »
    if let Some((thing, who)) = name.split_once(' ')
        && when.is_some()
        && !person(&name)
        && person(who)
        && !thing.starts_with(char::is_uppercase)
    {
        let mut action = finish(Some(who), &format!("{thing} ({what})"));
        action.when = when;
        return Some(action);
    }
    if !person(&name) || (strict == Strict::Yes && !to_do) {
        return None;
    }
    let mut action = finish(Some(&name), what);
    action.when = action.when.or(when);
    Some(action)
}

/// « …, lui redemander », « …, le rappeler »: the last words are what is to be done.
fn begins_to_do(what: &str) -> bool {
    words!(LAST, r"(?i),\s+(?:(?:lui|leur|les?|la|en|y)\s+|l['’])?(?P<verb>\p{L}+)(?:\s[^,]*)?$");
    LAST.captures(what).is_some_and(|found| verb::is_infinitive(&found["verb"]))
}

/// `Karim contacte X avant 15/10`, `Léa doit appeler`, `moi je contacte les exposants`.
fn does(clause: &str, person: &Person<'_>) -> Option<Found> {
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
fn shall(clause: &str, person: &Person<'_>) -> Option<Found> {
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

/// `Paul : devis avant le 12`, `devis : Paul - 12/10`, `Paul - devis - 12/10`.
fn separated(line: &str, person: &Person<'_>) -> Option<Found> {
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
fn row(line: &str, person: &Person<'_>) -> Found {
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

/// Puts the parts in form: the deadline out of what is to be done, its verb as an infinitive.
fn finish(who: Option<&str>, what: &str) -> Found {
    words!(NOBODY, r"(?i)^(?:\?+|x+|qui|personne|[àa]\s+d[ée]finir|[àa]\s+voir)$");
    words!(NO_DATE, r"(?i)\s*[,(]?\s*(?:\?+\s*dates?|dates?\s*\?+|pour\s+quand\s*\?+)\s*\)?\s*$");
    let what = &NO_DATE.replace(what, "");
    words!(NO_ONE, r"(?i)\s*\((?:personne|pas\s+de\s+volontaire|aucun\s+volontaire)\b[^()]*\)\s*$");
    let what = &NO_ONE.replace(what, "");
    let (mut what, when) = match deadline::take(what.trim()) {
        Some(found) => (found.rest, Some(found.when)),
        None => (what.trim().to_owned(), None),
    };
    // « …, réponse le 9 » is due by an answer.
    words!(ANSWER, r"(?i)\s*,\s*(?P<noun>r[ée]ponse|retour|maquette|rendu)\s*$");
    let answer = ANSWER.captures(&what).map(|found| found["noun"].to_lowercase());
    let when = when.map(|when| match &answer {
        Some(noun) if when.starts_with(|c: char| c.is_ascii_digit()) => format!("{noun} le {when}"),
        Some(noun) => format!("{noun} {when}"),
        None => when,
    });
    if when.is_some() {
        what = ANSWER.replace(&what, "").into_owned();
    }
    if let Some(turned) = doing(&what) {
        what = turned;
    }
    words!(LOST, r"(?i)\s+(?:pour|pr|avant|av|d['’]ici|dès|le|à|de)\s*$");
    let what = what.trim_matches([' ', ',', ';', ':', '-', '–', '.', '?']);
    // A preposition whose deadline was taken out goes with it.
    let what = if when.is_some() { LOST.replace(what, "").into_owned() } else { what.to_owned() };
    let what = what.trim_end_matches([',', ' ']).to_owned();
    let who = who.map(|w| w.trim().trim_matches(['(', ')', ':', ',']).trim().to_owned());
    Found { who: who.filter(|w| !w.is_empty() && !NOBODY.is_match(w)), what, when }
}

#[cfg(test)]
mod tests;
