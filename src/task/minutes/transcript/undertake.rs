//! What people take on in speech: who is the speaker, the person addressed, or the person named;
//! what is an infinitive; when is in their words. What cannot be told stays to be filled in.

use std::sync::LazyLock;

use regex::Regex;

use super::decide::{Answer, answer};
use super::talk::Talk;
use crate::reading::name::Roster;
use crate::reading::{expand_facts, fold, pattern, words};
use crate::task::minutes::record::Action;
use crate::task::minutes::working::{action, deadline, signs, verb};
use crate::task::wording::blank;

/// Small words between « je » and its verb.
const CLITICS: &str = r"(?:(?:vous|te|lui|leur|le|la|les|en|y|nous|me|ne)\s+|[tlmns]['’]\s*)*";

static FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:^|[\s,;.])(?:je\s+|j['’]\s*)(?P<clitics>{CLITICS})(?P<verb>\p{{L}}+)\s*(?P<rest>.*)$"
    ))
});
static SECOND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:^|[\s,;.])(?:(?P<name>\p{{Lu}}[\p{{L}}-]+)\s*,?\s+)?(?:est-ce\s+que\s+)?(?:tu|vous)\s+(?P<clitics>{CLITICS})(?P<verb>\p{{L}}+)\s*(?P<rest>.*)$"
    ))
});
static THIRD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[\s,;.])(?:c['’]est\s+)?(?P<name>\p{Lu}[\p{L}-]*\p{Ll}(?:\s+\p{Lu}[\p{L}-]+)?)\s+(?:qui\s+)?(?P<body>(?:va|doit|devra|s['’]occupe|se\s+charge|\p{L}+)\s+.*)$",
    )
});
/// What has to be done, before somebody takes it on.
static NEED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:il\s+)?(?:(?:(?:faut|faudra|faudrait)\s+)?(?:surtout\s+)?pas\s+oublier\s+de|faut|faudra|faudrait|reste\s+[àa]|qui\s+(?:peut|pourrait|veut|se\s+charge\s+de)|quelqu['’]un\s+(?:peut|pourrait|pour)|on\s+doit|(?:tu|vous)\s+(?:peux|pouvez|pourrais|pourriez))\s+(?:(?:bien|aussi|donc|absolument|encore)\s+)?(?P<what>\p{L}+(?:er|ir|re)\b[^?]*)",
    )
});

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
    for (index, sentence) in talk.sentences.iter().enumerate() {
        for text in parts(&sentence.text) {
            let found = first(talk, index, text, &mut out)
                .or_else(|| second(talk, index, text, roster))
                .or_else(|| third(talk, text, roster));
            let Some((who, what, when)) = found else { continue };
            let what = crate::task::wording::clean(&what);
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
    out
}

/// The clauses of a sentence that each may hold an action: « j'appelle Zoé et je vous dis ça ».
fn parts(text: &str) -> Vec<&str> {
    words!(
        AND,
        r"(?i)\s+(?:et|puis)\s+(?:je\s|j['’]|tu\s|\p{Lu}\p{Ll}+\s+(?:s['’]occupe|va|se\s+charge))"
    );
    let mut out = Vec::new();
    let mut start = 0;
    for found in AND.find_iter(text) {
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

/// « je m'en occupe », « j'appelle Zoé demain », « je vais relancer la mairie ».
fn first(talk: &Talk<'_>, index: usize, text: &str, out: &mut Taken) -> Option<Parts> {
    if signs::wishes(text) {
        return None;
    }
    let found = FIRST.captures(text)?;
    let clitics = found["clitics"].to_lowercase();
    if clitics.contains("ne ") || clitics.contains("n'") || clitics.contains("n’") {
        return None;
    }
    let spoken = fold(&found["verb"]);
    let rest = found.name("rest").map_or("", |m| m.as_str());
    let asks = text.trim_end().ends_with('?');
    let who = talk.speaker(index).map(str::to_owned);
    let cares = ["occupe", "occuperai", "charge", "chargerai", "fais", "prends", "ferai"];
    let takes_it = (clitics.contains('m') && cares[..4].contains(&spoken.as_str()))
        || (clitics.contains('l') && cares[4..].contains(&spoken.as_str()) && rest.len() < 14);
    if takes_it && !asks {
        words!(OF, r"(?i)^(?P<of>d(?:e\s+la|es|u|e|['’])\s*.+)$");
        if let Some(of) = OF.captures(rest.trim_end_matches('.')) {
            let (of, when) = cut(&of["of"]);
            let inf = of.strip_prefix("de ").or_else(|| of.strip_prefix("d'"));
            let inf = inf.filter(|i| i.split(' ').next().is_some_and(verb::is_infinitive));
            let what = inf.map_or_else(|| format!("s’occuper {of}"), str::to_owned);
            return Some((who, what, when));
        }
        let (_, when) = cut(rest);
        let (what, needed) = needed(talk, index);
        // « je m'en occupe, je fais le courrier »: of what was asked, else what follows.
        words!(THEN, r"(?i)[,;]\s+(?P<then>(?:je\s|j['’]).+)$");
        if what.contains("[À COMPLÉTER")
            && let Some(then) = THEN.captures(rest)
            && let Some(found) = first(talk, index, &then["then"], out)
        {
            return Some(found);
        }
        return Some((who, what, when.or(needed)));
    }
    // « je vais appeler », « je peux m'occuper de », « je veux bien faire »
    let modal = ["vais", "peux", "veux", "dois", "devrai", "essaie", "pense", "compte"];
    let (infinitive, rest) = if modal.contains(&spoken.as_str()) {
        let rest = rest.trim_start_matches("bien ").trim_start_matches("juste ");
        words!(
            INF,
            r"(?i)^(?:(?:vous|te|lui|leur|le|la|les|en|y|me|de)\s+|[mdl]['’]\s*)*(?P<inf>\p{L}+(?:er|ir|re))\b\s*(?P<rest>.*)$"
        );
        let inner = INF.captures(rest)?;
        (inner["inf"].to_lowercase(), inner.name("rest").map_or("", |m| m.as_str()).to_owned())
    } else {
        let third = verb::third_person(&found["verb"]);
        (verb::infinitive(&third)?, rest.to_owned())
    };
    let (object, when) = cut(&rest);
    let state = [
        "être",
        "avoir",
        "penser",
        "croire",
        "trouver",
        "dire",
        "savoir",
        "vouloir",
        "arriver",
        "finir",
        "rester",
        "partir",
        "travailler",
        "aimer",
        "préférer",
        "proposer",
        "parler",
    ];
    let does =
        action::acts(&infinitive) || (when.is_some() && !state.contains(&infinitive.as_str()));
    if asks || !does {
        return None;
    }
    let future = spoken.ends_with("rai") || spoken == "vais";
    let offered = ["peux", "veux"].contains(&spoken.as_str());
    let answered = answer(talk, index) == Answer::Yes;
    if !(future || when.is_some() || (offered && answered)) {
        if offered {
            out.unsure.push(index);
        }
        return None;
    }
    // « Je vais animer la réunion » is done at once.
    words!(
        NOW,
        r"(?i)\b(?:la\s+(?:r[ée]union|s[ée]ance)|ce\s+point|tour\s+de\s+table|l['’]ordre\s+du\s+jour)\b"
    );
    if NOW.is_match(&object) {
        return None;
    }
    words!(MINE, r"(?i)\b(mon|ma|mes)\s");
    let object = MINE.replace_all(&object, |found: &regex::Captures<'_>| {
        format!("s{} ", &found[1].to_lowercase()[1..])
    });
    let object = addressed(talk, index, &object, &clitics);
    Some((who, format!("{infinitive} {object}").trim().to_owned(), when))
}

/// « Paul, tu appelles la mairie d'ici vendredi ? »: the person named, or who answers yes.
fn second(talk: &Talk<'_>, index: usize, text: &str, roster: &Roster) -> Option<Parts> {
    let found = SECOND.captures(text)?;
    let clitics = found["clitics"].to_lowercase();
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
    let object = addressed(talk, index, &object, &clitics);
    Some((Some(who), format!("{infinitive} {object}").trim().to_owned(), when))
}

/// « Paul s'occupe de la sono », « c'est Léa qui appelle le traiteur ».
fn third(talk: &Talk<'_>, text: &str, roster: &Roster) -> Option<Parts> {
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
    let sure = when.is_some()
        || ["va ", "doit ", "s'occup", "s’occup", "se charge", "devra "]
            .iter()
            .any(|w| body.starts_with(w))
        || fold(text).contains("c'est ");
    sure.then(|| (Some(resolved(&found["name"], talk, roster)), what, when))
}

/// Whether a capitalised word is somebody: a speaker, a member, a usual first name.
fn person(name: &str, talk: &Talk<'_>, roster: &Roster) -> bool {
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
        _ => super::people::full(name, roster),
    }
}

/// The object up to the next clause, and its deadline.
fn cut(rest: &str) -> (String, Option<String>) {
    words!(
        NEXT,
        r"(?i)(?:[,;]\s+|\s+)(?:et\s+(?:je|on|puis|après|tu|comme|voilà)|comme\s+[çc]a|parce\s+qu|puisque|mais\b|si\s+(?:vous|tu|[çc]a)|sinon|pour\s+(?:voir\s+si|savoir|demander|qu)|je\s|on\s|c['’]est\b|il\s|elle\s|hein|d['’]accord|ok\b|s['’]il\s+(?:te|vous)\s+pla[îi]t|promis|sans\s+faute|moi\b|quoi\b|aussi\s*$)"
    );
    let rest = rest.trim().trim_end_matches(['.', '?', '!', ' ']);
    let end = NEXT.find(rest).map_or(rest.len(), |m| m.start());
    let head = rest.get(..end).unwrap_or(rest).trim().trim_end_matches(',');
    if let Some(found) = deadline::take(head) {
        return (found.rest, Some(found.when));
    }
    // « j'appelle demain le traiteur », « lundi je … »
    words!(
        INSIDE,
        r"(?i)^(?P<when>demain(?:\s+matin)?|ce\s+soir|cette\s+semaine|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|la\s+semaine\s+prochaine)\s+(?P<rest>.+)$"
    );
    if let Some(found) = INSIDE.captures(head) {
        return (found["rest"].to_owned(), Some(found["when"].to_lowercase()));
    }
    // « je vous envoie ça lundi, le compte rendu »: what « ça » is comes after.
    if let Some((before, after)) = head.split_once(", ")
        && let Some(found) = deadline::take(before)
    {
        let what = if fold(&found.rest) == "ca" { after.to_owned() } else { found.rest };
        return (expand_facts(&what), Some(found.when));
    }
    let tail = deadline::take(rest).map(|d| d.when);
    (expand_facts(head), tail)
}

/// The object; « je lui écris » is written to whom the sentences before name.
fn addressed(talk: &Talk<'_>, index: usize, object: &str, clitics: &str) -> String {
    words!(TO, r"(?i)\bà\s+(?P<who>(?:la|l['’]|M\.|Mme)\s*[\p{L}-]+)");
    let to = ["lui ", "leur "].iter().any(|c| clitics.contains(c));
    if !to || !object.is_empty() {
        return pointed(object, clitics);
    }
    let named = (index.saturating_sub(2)..=index)
        .rev()
        .find_map(|at| Some(TO.captures(&talk.sentences.get(at)?.text)?["who"].to_owned()));
    format!("à {}", named.unwrap_or_else(|| blank("qui")))
}

/// The object, or a blank where it only points: « ça », « l'appeler ».
fn pointed(object: &str, clitics: &str) -> String {
    let low = fold(object);
    let points = ["", "ca", "cela", "tout ca", "le", "la", "les", "tout"].contains(&low.as_str());
    let by_clitic = ["l'", "l’", "le ", "la ", "les "].iter().any(|c| clitics.contains(c));
    // « le faire en ligne »: what « le » is stays to be filled in.
    let how = ["en ", "sur ", "par ", "avec ", "dans ", "chez "].iter().any(|p| low.starts_with(p));
    if points || (by_clitic && (how || object.split_whitespace().count() < 2)) {
        let rest = if points { "" } else { object };
        return format!("{} {rest}", blank("quoi")).trim().to_owned();
    }
    words!(THAT, r"(?i)^(?:ça|cela)\s+");
    THAT.replace(object, |_: &regex::Captures<'_>| format!("{} ", blank("quoi"))).into_owned()
}

/// What the sentences before say has to be done, and by when.
fn needed(talk: &Talk<'_>, index: usize) -> (String, Option<String>) {
    let topic = talk.topic(index);
    for at in (index.saturating_sub(4)..=index).rev() {
        if talk.topic(at) != topic {
            break;
        }
        // « La salle, il faut la réserver »: what « la » is stands before the comma.
        words!(
            IT,
            r"(?i)^(?P<noun>[^,]{3,40}),.*\bfaut\s+(?:le|la|les|l['’])\s*(?P<inf>\p{L}+(?:er|ir|re))\b"
        );
        if let Some(found) = talk.sentences.get(at).and_then(|s| IT.captures(&s.text)) {
            return (format!("{} ({})", &found["inf"], found["noun"].to_lowercase()), None);
        }
        let Some(found) = talk.sentences.get(at).and_then(|s| NEED.captures(&s.text)) else {
            continue;
        };
        let what = found["what"].trim_end_matches(['.', '?', '!', ' ', ',']);
        let (what, when) = cut(what);
        if what.split_whitespace().next().is_some_and(verb::is_infinitive) {
            return (what, when);
        }
    }
    (blank("quoi"), None)
}
