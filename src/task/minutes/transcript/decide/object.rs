//! What is decided, in the words of those who speak: the clause without what leads to it, and where
//! else it stands when « c'est décidé » only points at it.

use super::YES;
use crate::reading::date::months_pattern;
use crate::reading::{Fact, facts, fold};
use crate::task::minutes::transcript::talk::Talk;
use crate::task::minutes::working::{signs, verb};
use crate::task::wording::capital;

/// What is decided, without the words that lead to it: « de fermer à 18 h », « qu'on garde le 12 ».
pub(super) fn object_of(text: &str) -> String {
    crate::reading::words!(
        LEAD,
        r"(?ix)^(?:(?:donc|alors|bon|et|mais|oui|non|ok|moi|voil[àa]|c['’]est\s+[çc]a)[\s,]+)*(?:je\s+propose\s+(?:donc\s+)?)?(?:de\s+|d['’]|que\s+|qu['’]\s*)?(?P<rest>.*)$"
    );
    crate::reading::words!(
        ON,
        r"(?i)^on\s+(?:va\s+(?P<inf>\p{L}+)|(?P<verb>(?:part\s+sur|reste\s+[àa]|\p{L}+)))\s+(?P<rest>.*)$"
    );
    let text = LEAD.captures(text).and_then(|f| f.name("rest")).map_or(text, |m| m.as_str());
    let text = clause(text);
    let Some(found) = ON.captures(&text) else { return text };
    if let Some(infinitive) = found.name("inf").filter(|i| verb::is_infinitive(i.as_str())) {
        return format!("{} {}", infinitive.as_str(), &found["rest"]);
    }
    match found.name("verb") {
        Some(verb) if fold(verb.as_str()) != "a" && fold(verb.as_str()) != "est" => {
            let turned = turned(verb.as_str(), &found["rest"]);
            if turned.starts_with(&format!("{} ", verb.as_str())) { text.clone() } else { turned }
        }
        _ => text.clone(),
    }
}

/// « part sur le 12 juin » is « retenir le 12 juin ».
pub(super) fn turned(verb_form: &str, rest: &str) -> String {
    let rest = clause(rest);
    let low = fold(verb_form);
    if low.contains("decid") || low.contains("act") || low.contains("note") {
        return object_of(&rest);
    }
    let infinitive = match low.as_str() {
        v if v.contains("sur") => "retenir".to_owned(),
        "reste a" => "rester à".to_owned(),
        "passe a" => "passer à".to_owned(),
        "dit" => return object_of(&rest),
        "valide" | "validons" => "valider".to_owned(),
        "adopte" | "adoptons" => "adopter".to_owned(),
        "retenons" | "retiendra" => "retenir".to_owned(),
        "maintenons" => "maintenir".to_owned(),
        "reconduisons" => "reconduire".to_owned(),
        "choisissons" => "choisir".to_owned(),
        v if v.ends_with("ons") => format!("{}er", v.trim_end_matches("ons")),
        _ => verb::infinitive(&verb_form.to_lowercase()).unwrap_or_else(|| verb_form.to_owned()),
    };
    format!("{infinitive} {rest}")
}

/// The first clause that says enough: what follows « parce que » or a new subject is told
/// elsewhere.
fn clause(text: &str) -> String {
    crate::reading::words!(
        NEXT,
        r"(?i),?\s+(?:parce\s+que|parce\s+qu['’]|puisque|vu\s+que|comme\s+[çc]a\b|et\s+(?:puis|donc|je|on|apr[èe]s|moi|c['’])|mais\b|c['’]est\s+(?:d[ée]cid|not|bon|valid)|tout\s+le\s+monde|je\s+(?:note|le\s+note|pense|crois|trouve)|du\s+coup|alors\b)"
    );
    // What holds a date or a month goes with what is decided.
    crate::reading::words!(MONTH, &format!(r"(?i)\b(?:{})\b", months_pattern()));
    let empty = |from: usize| {
        text.get(from..).is_none_or(|tail| facts(tail).is_empty() && !MONTH.is_match(tail))
    };
    let end = NEXT
        .find_iter(text)
        .filter(|m| m.start() > 8)
        .find(|m| empty(m.start()))
        .map_or(text.len(), |m| m.start());
    let text = text.get(..end).unwrap_or(text).trim().trim_end_matches(['.', ',', '!', '?', ' ']);
    // What only led to the words cut off goes with them: « …, ok pour », « … avec ».
    crate::reading::words!(
        DANGLES,
        r"(?i)(?:[\s,]+(?:ok|d['’]accord|hein|pour|de|du|à|au|avec|et|ou|sur|par|que|qui|si|donc|en|dans|le|la|les|un|une|des))+$"
    );
    DANGLES.replace(text, "").into_owned()
}

/// « Donc achat de livres pour 150 euros », right after the question: what was agreed on.
pub(super) fn restated(talk: &Talk<'_>, index: usize) -> Option<String> {
    let next = talk.sentences.iter().skip(index + 1).take(3);
    next.map(|s| s.text.as_str())
        .find(|t| t.starts_with("Donc ") && !t.ends_with('?') && t.split_whitespace().count() > 3)
        .map(object_of)
}

/// What the same person states just before asking who agrees.
pub(super) fn just_said(talk: &Talk<'_>, index: usize) -> Option<String> {
    let at = index.checked_sub(1)?;
    let before = talk.sentences.get(at)?;
    let text = before.text.trim_end_matches(['.', ' ']);
    let states = text.split_whitespace().count() >= 4
        && !text.ends_with('?')
        && !YES.is_match(text)
        && (!facts(text).is_empty() || text.split_whitespace().count() >= 8);
    let same = before.speaker == talk.sentences.get(index)?.speaker;
    if !states || !same || talk.topic(at) != talk.topic(index) {
        return None;
    }
    // « Donc le mercredi de 16 à 18 h. Et on commence le 13 »: both are agreed on.
    let lead = at.checked_sub(1).and_then(|lead| talk.sentences.get(lead));
    let lead = lead.filter(|s| {
        text.starts_with("Et ") && s.speaker == before.speaker && !facts(&s.text).is_empty()
    });
    match lead {
        Some(lead) => {
            let second = object_of(text);
            Some(format!("{}, {second}", object_of(&lead.text)))
        }
        None => Some(object_of(text)),
    }
}

/// The last thing that somebody states before it is settled, with what the same turn says of it.
pub(super) fn last_said(talk: &Talk<'_>, index: usize) -> Option<String> {
    crate::reading::words!(
        LEAD,
        r"(?i)^(?:(?:oui|non|parfait|d['’]accord|ok|tu\s+as\s+raison|vous\s+avez\s+raison|par\s+contre|alors|donc|et|bon|voil[àa])[\s,]+)+"
    );
    let topic = talk.topic(index);
    let states = |at: usize| {
        let text = talk.sentences.get(at)?.text.as_str();
        let bare = LEAD.replace(text, "").trim_end_matches(['.', '!', ' ']).to_owned();
        let says = bare.split_whitespace().count() >= 5 && !text.ends_with('?');
        (says && !signs::elsewhere(text) && !signs::wishes(text) && talk.topic(at) == topic)
            .then_some(bare)
    };
    let last = (index.saturating_sub(5)..index).rev().find(|at| states(*at).is_some())?;
    let speaker = &talk.sentences[last].speaker;
    let first = (last.saturating_sub(2)..last)
        .rev()
        .take_while(|at| talk.sentences[*at].speaker == *speaker && states(*at).is_some())
        .last()
        .unwrap_or(last);
    let parts: Vec<String> = (first..=last).filter_map(states).map(|t| clause(&t)).collect();
    (speaker.is_some() || parts.len() == 1).then(|| parts.join(" ; "))
}

/// « oui, on prend la gratuite »: the answer says what is agreed on.
pub(super) fn answered_with(talk: &Talk<'_>, index: usize) -> Option<String> {
    crate::reading::words!(
        TAKES,
        r"(?i)\b(?P<what>on\s+(?:prend|garde|fait|ach[èe]te|choisit|retient|commande|part\s+sur)\s+.{4,})$"
    );
    let next = talk.sentences.iter().skip(index + 1).take(3);
    next.filter_map(|s| TAKES.captures(s.text.trim_end_matches(['.', '!', ' '])))
        .map(|found| object_of(&found["what"]))
        .next()
}
/// « caution de 20 euros, chèque ou espèces, et à partir de quand ? Du 1er décembre ? »: what the
/// same person summed up a few sentences before, with the date that answers it.
pub(super) fn put_before(talk: &Talk<'_>, index: usize) -> Option<String> {
    crate::reading::words!(
        WHEN,
        r"(?i)[\s,]+(?:et\s+)?(?P<lead>[àa]\s+partir\s+de|pour|d[èe]s)\s+quand\s*\?$|[\s,]+(?:et\s+)?quand\s*\?$"
    );
    let speaker = &talk.sentences.get(index)?.speaker;
    let topic = talk.topic(index);
    let near = (index.saturating_sub(8)..index).rev().take_while(|at| talk.topic(*at) == topic);
    let at = near.into_iter().find(|at| {
        let s = &talk.sentences[*at];
        s.speaker == *speaker
            && s.text.split_whitespace().count() >= 4
            && facts(&s.text).iter().any(|f| !matches!(f.fact, Fact::Date(_)))
            && (!s.text.ends_with('?') || WHEN.is_match(&s.text))
    })?;
    let text = talk.sentences[at].text.trim_end_matches(['.', ' ']);
    let Some(asks) = WHEN.captures(text) else { return Some(object_of(text)) };
    let dated = talk.sentences.get(at + 1..index)?.iter().rev().find_map(|s| {
        let found = facts(&s.text).into_iter().find(|f| matches!(f.fact, Fact::Date(_)))?;
        s.text.get(found.span).map(str::to_owned)
    });
    let head = object_of(text.get(..asks.get(0)?.start())?);
    let lead = asks.name("lead").map_or("le".to_owned(), |m| fold(m.as_str()));
    let lead = match lead.as_str() {
        "a partir de" => "à partir du",
        "des" => "dès le",
        "pour" => "pour le",
        other => other,
    };
    Some(dated.map_or(head.clone(), |date| format!("{head}, {lead} {}", date.to_lowercase())))
}
/// What was proposed just before: what « c'est décidé » and « tout le monde est d'accord ? » mean.
pub(super) fn proposal(talk: &Talk<'_>, index: usize) -> Option<String> {
    crate::reading::words!(
        PROPOSAL,
        r"(?ix)\b(?:
        (?:je|on|nous|\p{Lu}\p{L}+)\s+propos(?:e|ons|ait|erais)\s+(?:donc\s+)?(?:(?:de\s+|d['’])(?P<inf>.+)|qu['’]\s*(?P<on>on\s+.+)|que\s+(?P<que>.+)|(?P<noun>.+))
      | (?:ma|la)\s+proposition\s*,?\s*(?:c['’]est|est|serait)\s+(?:de\s+|d['’])?(?P<is>.+)
      | ^(?:donc|bon|alors)[\s,]+(?:donc\s+)?(?P<so>(?:\p{L}+\s+){0,3}\d.*)
      | (?P<do>on\s+(?:part\s+sur|garde|prend|fixe|maintient|retient|choisit|commande|ach[èe]te|loue|annule|reporte|reste\s+[àa]|passe\s+[àa])\s+.+)
    )$"
    );
    let topic = talk.topic(index);
    for at in (index.saturating_sub(8)..index).rev() {
        if talk.topic(at) != topic {
            return None;
        }
        let text = talk.sentences[at].text.trim_end_matches(['.', '?', '!', ' ']);
        let Some(found) = PROPOSAL.captures(text) else { continue };
        if signs::elsewhere(text) || fold(text).contains("avait") {
            continue;
        }
        let words =
            ["inf", "on", "que", "noun", "is", "so", "do"].iter().find_map(|n| found.name(n))?;
        return Some(about(talk, at, object_of(words.as_str())));
    }
    None
}

/// « 6 euros » says too little: the question it answers says of what.
fn about(talk: &Talk<'_>, index: usize, object: String) -> String {
    let words = object.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).count();
    if words > 2 {
        return object;
    }
    let topic = talk.topic(index);
    let asked = (index.saturating_sub(8)..index)
        .rev()
        .take_while(|at| talk.topic(*at) == topic)
        .find_map(|at| {
            let text = talk.sentences[at].text.trim();
            let noun = text.strip_suffix('?')?.trim();
            let noun = noun.strip_prefix("Et ").or_else(|| noun.strip_prefix("Pour "))?;
            (noun.split_whitespace().count() <= 7).then(|| noun.to_owned())
        });
    match asked {
        Some(noun) => format!("{} : {object}", capital(&noun)),
        None => object,
    }
}
