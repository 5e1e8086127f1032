//! What people take on in speech: who is the speaker, the person addressed, or the person named;
//! what is an infinitive; when is in their words. What cannot be told stays to be filled in.

mod object;
mod others;
mod speaker;

use self::object::{cut, needed, pronoun_named};
use self::others::{SECOND, person, second, third};
use self::speaker::first;
use super::talk::Talk;
use crate::reading::name::Roster;
use crate::reading::{fold, words};
use crate::task::minutes::record::Action;
use crate::task::minutes::working::{action, deadline};
use crate::task::wording::blank;

/// Small words between « je » and its verb.
const CLITICS: &str = r"(?:(?:vous|te|lui|leur|le|la|les|en|y|nous|me|ne)\s+|[tlmns]['’]\s*)*";

/// Actions, each with its sentence, and the sentences that were used.
#[derive(Debug, Default)]
pub struct Taken {
    /// Actions in order.
    pub actions: Vec<(usize, Action)>,
    /// Sentences that were used.
    pub used: Vec<usize>,
    /// Sentences that may be actions: no rule can tell.
    pub unsure: Vec<usize>,
}

/// Reads the actions of a talk.
pub fn read(talk: &Talk<'_>, roster: &Roster) -> Taken {
    let mut out = Taken::default();
    // « attendez, je regarde mon téléphone » is done at once.
    words!(WAITS, r"(?i)^(?:attends|attendez)\b");
    for (index, sentence) in talk.sentences.iter().enumerate() {
        if WAITS.is_match(&sentence.text) {
            continue;
        }
        for text in parts(&sentence.text) {
            // « Ada, tu leur écris, je le signe »: what is asked comes first.
            let asked = SECOND.captures(text).filter(|found| {
                found.name("name").is_some_and(|name| person(name.as_str(), talk, roster))
            });
            let asked = asked.and_then(|_| second(talk, index, text, roster));
            let found = asked
                .or_else(|| first(talk, index, text, &mut out))
                .or_else(|| second(talk, index, text, roster))
                .or_else(|| third(talk, index, text, roster));
            let Some((who, what, when)) = found else { continue };
            let what = crate::task::wording::clean(&of_title(talk, index, &what));
            // « Oui, je fais un mail à … » says more of what was just asked.
            let answers =
                ["oui", "ok", "d'accord"].iter().any(|w| fold(&sentence.text).starts_with(w));
            if let Some((at, last)) = out.actions.last_mut()
                && answers
                && index == *at + 1
                && last.who == who
            {
                last.when = last.when.take().or(when);
                if !what.contains("[À COMPLÉTER") && !similar(&last.what, &what) {
                    last.what = what;
                }
                out.used.push(index);
                continue;
            }
            let known = out.actions.iter_mut().find(|(at, a)| {
                index - *at <= 8
                    && a.who == who
                    && (similar(&a.what, &what) || what.contains("[À COMPLÉTER"))
            });
            match known {
                Some((_, action)) => action.when = action.when.take().or(when),
                None => {
                    let action = Action { who, what, when, span: sentence.span.clone() };
                    out.actions.push((index, action));
                }
            }
            out.used.push(index);
        }
    }
    nobody(talk, &mut out);
    due_later(talk, &mut out);
    out
}

/// What somebody should do and nobody takes on: « il faudrait que quelqu'un demande les dates »,
/// « il faut réparer la porte. — Qui ? — Personne. »
fn nobody(talk: &Talk<'_>, out: &mut Taken) {
    words!(
        SOMEBODY,
        r"(?i)\b(?:il\s+)?(?:faut|faudra|faudrait)\s+(?:que\s+|qu['’]\s*)quelqu['’]un\s+(?P<what>.{4,})$"
    );
    words!(
        WHO,
        r"(?i)^(?:(?:oui|ok|bon|et|mais|alors)[\s,]+)*qui(?:\s+(?:s['’]en\s+(?:occupe|charge)|fait\s+[çc]a|peut|veut(?:\s+bien)?|le\s+fait|s['’]y\s+colle))?\s*\?$"
    );
    for (index, sentence) in talk.sentences.iter().enumerate() {
        let what = match SOMEBODY.captures(&sentence.text) {
            Some(found) => {
                let (what, _) = cut(&found["what"]);
                action::doing(&what).map(|done| pronoun_named(talk, index, &done))
            }
            None if WHO.is_match(&sentence.text) => {
                let (what, _) = needed(talk, index);
                (!what.starts_with('[')).then_some(what)
            }
            None => None,
        };
        let taken = out.actions.iter().any(|(at, _)| (index..=index + 2).contains(at));
        let Some(what) = what.filter(|_| !taken) else { continue };
        if out.actions.iter().any(|(_, a)| similar(&a.what, &what)) {
            continue;
        }
        let action = Action { who: None, what, when: None, span: sentence.span.clone() };
        out.actions.push((index, action));
        out.used.push(index);
    }
    out.actions.sort_by_key(|(at, _)| *at);
}

/// The deadline that a sentence is: « avant le 26 février alors », « le 13 novembre ? », « oui, pour
/// la prochaine réunion ».
fn due(text: &str) -> Option<String> {
    words!(
        LEAD,
        r"(?i)^(?:(?:oui|ok|bon|alors|allez|mettons|disons|donc|non|ben|parfait|je\s+peux|d['’]accord)[\s,.:]+)+"
    );
    words!(
        TAIL,
        r"(?i)[\s,]+(?:alors|d['’]accord|promis|max\w*|hein|comme\s+[çc]a\b.*|pour\s+\p{L}+|à\s+\p{Lu}.*)?[.?! ]*$"
    );
    let text = LEAD.replace(text.trim(), "");
    let text = TAIL.replace(text.trim_end_matches(['.', '?', '!', ' ']), "");
    let found = deadline::take(&text)?;
    let rest = fold(&found.rest);
    ["", "oui", "je peux", "ok"].contains(&rest.as_str()).then_some(found.when)
}

/// A deadline said just after what somebody takes on: asked for, or added.
fn due_later(talk: &Talk<'_>, out: &mut Taken) {
    let starts: Vec<usize> = out.actions.iter().map(|(at, _)| *at).collect();
    for (at, action) in out.actions.iter_mut().filter(|(_, a)| a.when.is_none()) {
        let end = starts.iter().copied().find(|next| next > at).unwrap_or(usize::MAX);
        for next in *at + 1..(*at + 5).min(talk.sentences.len()).min(end) {
            if talk.topic(next) != talk.topic(*at) {
                break;
            }
            if let Some(when) = due(&talk.sentences[next].text) {
                action.when = Some(when);
                out.used.push(next);
                break;
            }
        }
    }
}

/// « acheter [quoi] » under a subject is of that subject.
fn of_title(talk: &Talk<'_>, index: usize, what: &str) -> String {
    const GENERIC: [&str; 3] = ["Échanges", "Ouverture de la réunion", "Questions diverses"];
    let hole = blank("quoi");
    let title = talk.title(index).filter(|t| !GENERIC.contains(&t.as_str()));
    match title.filter(|t| what.ends_with(&hole) && t.split(' ').count() <= 4) {
        Some(title) => what.replace(&hole, &format!("({})", title.to_lowercase())),
        None => what.to_owned(),
    }
}

/// The clauses of a sentence that each may hold an action: « j'appelle Zoé et je vous dis ça ».
fn parts(text: &str) -> Vec<&str> {
    words!(
        AND,
        r"(?i)\s+(?:et|puis)\s+(?:je\s|j['’]|tu\s|\p{Lu}\p{Ll}+\s+(?:s['’]occupe|va|se\s+charge))"
    );
    let mut out = Vec::new();
    let mut start = 0;
    words!(COMMA, r"(?i),\s+(?:je\s|j['’])");
    words!(CARES, r"(?i)\b(?:occupe|charge)");
    // « je la rédige, je vous l'envoie lundi », but « je m'en occupe, je fais le courrier » is one.
    let cuts: Vec<_> = match CARES.is_match(text) || AND.is_match(text) {
        true => AND.find_iter(text).collect(),
        false => COMMA.find_iter(text).collect(),
    };
    for found in cuts {
        out.push(text.get(start..found.start()).unwrap_or(""));
        let lead = found.as_str().trim_start().split(' ').next().map_or(0, str::len);
        start = found.start() + (found.as_str().len() - found.as_str().trim_start().len()) + lead;
    }
    out.push(text.get(start..).unwrap_or(""));
    out
}

fn similar(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        fold(text)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.len() > 3)
            .map(str::to_owned)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    !a.is_empty()
        && !b.is_empty()
        && a.iter().filter(|w| b.contains(w)).count() * 2 > a.len().min(b.len())
}

type Parts = (Option<String>, String, Option<String>);
