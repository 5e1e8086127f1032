//! Actions that a sign gives to somebody: an arrow, brackets, `@`, « resp. ».

use std::sync::LazyLock;

use regex::Regex;

use super::beside::separated;
use super::told::{acts, alone, does};
use super::{Found, Person, finish};
use crate::reading::{pattern, words};
use crate::task::minutes::working::{deadline, verb};

/// Whether a person in brackets needs something to do before it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Strict {
    Yes,
    No,
}

/// `[Paul] commande le lot`, `@Paul planning à refaire`, `planning @Paul`.
pub(super) fn tagged(clause: &str, person: &Person<'_>) -> Option<Found> {
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
pub(super) fn arrow(clause: &str, person: &Person<'_>) -> Option<Found> {
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
    // « mairie -> Paul relance avant le 12 »: what he does it to stands before.
    let mut found = does(right, person)?;
    words!(
        NOTHING_YET,
        r"(?i)^\p{L}+(?:\s+(?:avant|pour\s+l|d[èe]s|d['’]ici|vite)\b.*|\s+la\s+semaine.*)?$"
    );
    // « faut 12 chaises, 8 trouvées -> Paul lance un appel »: the counts stand only there.
    let counts = left.chars().any(|c| c.is_ascii_digit());
    let short = left.split_whitespace().count() <= 9;
    if short && (counts || NOTHING_YET.is_match(&found.what)) {
        found.what = format!("{} ({left})", found.what);
    }
    Some(found)
}

/// `… (resp. Léa, fin oct)`, `… resp : Léa`.
pub(super) fn responsible(clause: &str, person: &Person<'_>) -> Option<Found> {
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
pub(super) fn bracketed(clause: &str, person: &Person<'_>, strict: Strict) -> Option<Found> {
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

static ARROW: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s*(?:-{1,2}>|=>|→|>>)\s*"));

static RESPONSIBLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)[\s,(\-–]*\b(?:resp(?:onsable)?s?|pilote|r[ée]f[ée]rente?|charg[ée]e?|qui)\b\.?\s*[:=]?\s*(?P<who>[\p{Lu}][^,;():?]*)",
    )
});

static BRACKETS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?P<what>.*\S)\s*\((?P<in>[^()]*)\)\s*$"));
