//! What is asked of the person addressed, or said of a person named.

use std::sync::LazyLock;

use regex::Regex;

use super::object::{addressed, cut, needed};
use super::{CLITICS, Parts};
use crate::reading::name::Roster;
use crate::reading::{fold, pattern, words};
use crate::task::minutes::transcript::decide::{Answer, answer};
use crate::task::minutes::transcript::people;
use crate::task::minutes::transcript::talk::Talk;
use crate::task::minutes::working::{action, signs, verb};

pub(super) static SECOND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:^|[\s,;.])(?:(?P<name>\p{{Lu}}[\p{{L}}-]+)\s*,?\s+)?(?:est-ce\s+que\s+)?(?:tu|vous)\s+(?P<clitics>{CLITICS})(?P<verb>\p{{L}}+)\s*(?P<rest>.*)$"
    ))
});

static THIRD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[\s,;.])(?:c['’]est\s+)?(?P<name>\p{Lu}[\p{L}-]*\p{Ll}(?:\s+\p{Lu}[\p{L}-]+)?)\s+(?:qui\s+)?(?P<body>(?:va|doit|devra|s['’]occupe|se\s+charge|\p{L}+)\s+.*)$",
    )
});

/// « Paul, tu appelles la mairie d'ici vendredi ? »: the person named, or who answers yes.
pub(super) fn second(talk: &Talk<'_>, index: usize, text: &str, roster: &Roster) -> Option<Parts> {
    let found = SECOND.captures(text)?;
    let clitics = found["clitics"].to_lowercase();
    // « je vous l'envoie »: « vous » is to whom.
    words!(OTHER, r"(?i)(?:^|[\s,;.'’])(?:je|on|il|elle|ils|elles|qui)\s*$");
    if OTHER.is_match(text.get(..found.get(0)?.start()).unwrap_or_default()) {
        return None;
    }
    if clitics.contains("ne ") || clitics.contains("n'") {
        return None;
    }
    let rest = found.name("rest").map_or("", |m| m.as_str());
    let spoken = fold(&found["verb"]);
    let (infinitive, rest) = if [
        "peux", "pouvez", "pourrais", "pourriez", "veux", "voulez", "vas", "allez", "dois", "devez",
    ]
    .contains(&spoken.as_str())
    {
        words!(
            INF,
            r"(?i)^(?:(?:bien|nous|lui|leur|le|la|les|en|y|te|vous|de)\s+|[tdl]['’]\s*)*(?P<inf>\p{L}+(?:er|ir|re))\b\s*(?P<rest>.*)$"
        );
        let inner = INF.captures(rest)?;
        (inner["inf"].to_lowercase(), inner.name("rest").map_or("", |m| m.as_str()).to_owned())
    } else if let Some(stem) = spoken.strip_suffix("ez") {
        (verb::infinitive(&format!("{stem}e"))?, rest.to_owned())
    } else {
        (verb::infinitive(&verb::third_person(&found["verb"]))?, rest.to_owned())
    };
    let cares = ["occupes", "occupez", "charges", "chargez", "occuper", "charger"];
    let takes = cares.contains(&spoken.as_str()) || cares.contains(&infinitive.as_str());
    if !action::acts(&infinitive) && !takes {
        return None;
    }
    let named = found.name("name").map(|m| m.as_str()).filter(|n| person(n, talk, roster));
    // The name may close the question: « tu appelles la mairie, Paul ? »
    words!(LAST, r",\s*(?P<name>\p{Lu}[\p{L}-]+)\s*[?.]*\s*$");
    let closing = LAST.captures(&rest).and_then(|f| f.name("name")).map(|m| m.as_str().to_owned());
    let closing = closing.filter(|n| person(n, talk, roster));
    let agrees = answer(talk, index);
    if agrees == Answer::No {
        return None;
    }
    let replier = talk.sentences.get(index + 1).and(talk.speaker(index + 1));
    let replier = replier.filter(|r| agrees == Answer::Yes && Some(*r) != talk.speaker(index));
    let who = named
        .map(str::to_owned)
        .or(closing.clone())
        .map(|n| resolved(&n, talk, roster))
        .or_else(|| replier.map(str::to_owned))?;
    let rest = match &closing {
        Some(name) => rest
            .trim_end_matches(['?', '.', ' '])
            .trim_end_matches(name.as_str())
            .trim_end_matches([',', ' '])
            .to_owned(),
        None => rest,
    };
    let (object, when) = cut(&rest);
    if takes {
        let object = object.trim();
        if object.starts_with("de") || object.starts_with("du") || object.starts_with("d'") {
            return Some((Some(who), format!("s’occuper {object}"), when));
        }
        let (what, needed) = needed(talk, index);
        return Some((Some(who), what, when.or(needed)));
    }
    // « tu fais le point ? » is done at once.
    words!(
        NOW,
        r"(?i)^(?:le|un)\s+(?:petit\s+)?(?:point|bilan|tour|rappel|r[ée]sum[ée])\b|^la\s+lecture\b"
    );
    if when.is_none() && NOW.is_match(&object) {
        return None;
    }
    let object = addressed(talk, index, &object, &clitics);
    Some((Some(who), format!("{infinitive} {object}").trim().to_owned(), when))
}
/// « Paul s'occupe de la sono », « c'est Léa qui appelle le traiteur ».
pub(super) fn third(talk: &Talk<'_>, index: usize, text: &str, roster: &Roster) -> Option<Parts> {
    if signs::wishes(text) || text.trim_end().ends_with('?') || fold(text).contains("si ") {
        return None;
    }
    let found = THIRD.captures(text)?;
    if !person(&found["name"], talk, roster) {
        return None;
    }
    let body = found["body"].trim_end_matches(['.', '!', ' ']);
    let (body, when) = cut(body);
    let what = action::doing(&body)?;
    // A bare present tells what somebody usually does; a date or « va » makes it an action.
    let named = resolved(&found["name"], talk, roster);
    let takes = talk.speaker(index + 1) == Some(named.as_str())
        && talk.speaker(index) != Some(named.as_str())
        && talk.sentences.get(index + 1).is_some_and(|s| {
            words!(
                TAKES,
                r"(?i)\bje\s+(?:le|la|les)\s+fai|\bje\s+m['’]en\b|^(?:oui|ok|d['’]accord)\b"
            );
            TAKES.is_match(&s.text)
        });
    let sure = when.is_some()
        || takes
        || ["va ", "doit ", "s'occup", "s’occup", "se charge", "devra "]
            .iter()
            .any(|w| body.starts_with(w))
        || fold(text).contains("c'est ");
    sure.then(|| (Some(resolved(&found["name"], talk, roster)), what, when))
}

/// Whether a capitalised word is somebody: a speaker, a member, a usual first name.
pub(super) fn person(name: &str, talk: &Talk<'_>, roster: &Roster) -> bool {
    talk.speakers.all().any(|s| s == name || s.split(' ').next() == Some(name))
        || matches!(roster.resolve(name), crate::reading::name::Resolution::Known(_))
        || crate::task::minutes::working::names::is_given_name(
            name.split(' ').next().unwrap_or(name),
        )
}

/// The name as the transcript labels or the sheet spells it.
fn resolved(name: &str, talk: &Talk<'_>, roster: &Roster) -> String {
    let labelled: Vec<&str> =
        talk.speakers.all().filter(|s| *s == name || s.split(' ').next() == Some(name)).collect();
    match labelled.as_slice() {
        [one] => (*one).to_owned(),
        _ => people::full(name, roster),
    }
}
