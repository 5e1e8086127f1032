//! What people take on in speech: who is the speaker, the person addressed, or the person named;
//! what is an infinitive; when is in their words. What cannot be told stays to be filled in.

use std::sync::LazyLock;

use regex::Regex;

use super::decide::{Answer, answer};
use super::talk::Talk;
use crate::reading::name::Roster;
use crate::reading::{Fact, expand_facts, facts, fold, pattern, words};
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

/// « l'appeler », with what the title or the sentence before says of it.
fn pronoun_named(talk: &Talk<'_>, index: usize, what: &str) -> String {
    words!(POINTS, r"(?i)^(?:l['’]|(?:les?|la|lui|leur|en)\s)");
    let before = index.checked_sub(1).filter(|at| talk.topic(*at) == talk.topic(index));
    match before.map(|at| talk.sentences[at].text.trim_end_matches(['.', ' '])) {
        Some(text) if POINTS.is_match(what) && text.split_whitespace().count() > 2 => {
            format!("{what} (« {text} »)")
        }
        _ => what.to_owned(),
    }
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
    words!(SOFT, r"(?i)^[\s,]*(?:disons|allez|mettons|donc|alors)[\s,]+");
    let soft = SOFT.replace(rest, "");
    let rest = soft.as_ref();
    let takes_it = (clitics.contains('m') && cares[..4].contains(&spoken.as_str()))
        || (clitics.contains('l')
            && cares[4..].contains(&spoken.as_str())
            && cut(rest).0.len() < 14);
    if takes_it && !asks {
        words!(
            DO,
            r"(?i)^de\s+(?P<clitic>les?|la|l['’])\s*(?P<inf>\p{L}+(?:er|ir|re))\b(?P<rest>.*)$"
        );
        // « la galette ! … je m'occupe de les acheter »
        if let Some(found) = DO.captures(rest.trim_end_matches('.')) {
            let (tail, when) = cut(&found["rest"]);
            let what = format!("{} {} {tail}", found["clitic"].trim(), &found["inf"]);
            return Some((who, pronoun_named(talk, index, what.trim()), when));
        }
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
    let mut pronoun = String::new();
    let (infinitive, rest) = if modal.contains(&spoken.as_str()) {
        let rest = rest.trim_start_matches("bien ").trim_start_matches("juste ");
        words!(
            INF,
            r"(?i)^(?:(?:vous|te|lui|leur|le|la|les|en|y|me|de)\s+|[mdl]['’]\s*)*(?P<inf>\p{L}+(?:er|ir|re))\b\s*(?P<rest>.*)$"
        );
        let inner = INF.captures(rest)?;
        let before = rest.get(..inner.name("inf")?.start()).unwrap_or_default().to_lowercase();
        if ["la ", "le ", "les ", "l'", "l’"].iter().any(|c| before.ends_with(c)) {
            pronoun = before.rsplit(' ').find(|w| !w.is_empty()).unwrap_or_default().to_owned();
            if !pronoun.ends_with(['\'', '’']) {
                pronoun.push(' ');
            }
        }
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
    // « mon cousin joue, je lui demande »: to whom stands before.
    let asks_him = (clitics.contains("lui") || clitics.contains("leur")) && object.len() < 4;
    let asks_him = asks_him
        && ["demander", "redemander", "écrire", "téléphoner", "rappeler"]
            .contains(&infinitive.as_str());
    if asks_him {
        let before = text.get(..found.name("verb")?.start()).unwrap_or_default();
        words!(JE, r"(?i)[\s,;]*(?:je|j['’])\s+(?:lui|leur)\s+(?:en\s+)?$");
        let before = JE.replace(before, "");
        let pronoun = if clitics.contains("leur") { "leur" } else { "lui" };
        let told = before.trim_matches([' ', ',', '.']).to_owned();
        let told = if told.split_whitespace().count() > 2 {
            told
        } else {
            talk.sentences.get(index.checked_sub(1)?)?.text.trim_end_matches(['.', ' ']).to_owned()
        };
        return Some((who, format!("{pronoun} {infinitive} (« {told} »)"), when));
    }
    // « j'en demande un autre. — Avant le 26, alors. »
    let added = (index + 1..index + 3)
        .filter_map(|at| talk.sentences.get(at))
        .find_map(|s| due(&s.text).filter(|_| s.text.split_whitespace().count() <= 14));
    let when = when.or_else(|| added.filter(|_| !future && !state.contains(&infinitive.as_str())));
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
    if !pronoun.is_empty() {
        let title = talk.title(index).filter(|t| t.split(' ').count() <= 4);
        let of = title.map_or(String::new(), |t| format!(" ({})", t.to_lowercase()));
        return Some((
            who,
            format!("{pronoun}{infinitive} {object}").trim().to_owned() + &of,
            when,
        ));
    }
    // « j'en demande un autre »: of what stands before.
    if clitics.contains("en ") && (object.starts_with("un ") || object.starts_with("une ")) {
        let what = pronoun_named(talk, index, &format!("en {infinitive} {object}"));
        return Some((who, what, when));
    }
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
fn third(talk: &Talk<'_>, index: usize, text: &str, roster: &Roster) -> Option<Parts> {
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
        r"(?i)(?:[,;]\s+|\s+)(?:et\s+(?:je|on|puis|après|tu|comme|voilà)|comme\s+[çc]a|parce\s+qu|puisque|mais\b|si\s+(?:vous|tu|[çc]a)|(?:il\s+)?faut\s+que|sinon|pour\s+(?:voir\s+si|savoir|demander|qu)|je\s|on\s|c['’]est\b|il\s|elle\s|hein|d['’]accord|ok\b|s['’]il\s+(?:te|vous)\s+pla[îi]t|promis|sans\s+faute|moi\b|quoi\b|aussi\s*$)"
    );
    let rest = rest.trim().trim_end_matches(['.', '?', '!', ' ']);
    let end = NEXT.find(rest).map_or(rest.len(), |m| m.start());
    let head = rest.get(..end).unwrap_or(rest).trim().trim_end_matches(',');
    // « au conseil du 11 février » is where, no deadline.
    words!(OF, r"(?i)\s(?:du|de\s+la|au|des)$");
    if let Some(found) = deadline::take(head).filter(|found| !OF.is_match(&found.rest)) {
        return (found.rest, Some(found.when));
    }
    // « samedi 16 mai avec la camionnette »
    if let Some(first) = facts(head).first()
        && first.span.start <= 3
        && matches!(first.fact, Fact::Date(_))
        && let (Some(date), Some(tail)) = (head.get(first.span.clone()), head.get(first.span.end..))
        && !tail.trim().is_empty()
    {
        return (expand_facts(tail.trim_start_matches([',', ' '])), Some(expand_facts(date)));
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
    // « je signe, je l'appelle demain »: the day is that of the call.
    words!(ANOTHER, r"(?i)[\s,](?:je\s|j['’]|tu\s|on\s|il\s|elle\s)");
    let after = rest.get(head.len()..).unwrap_or_default();
    let tail = deadline::take(rest).filter(|_| !ANOTHER.is_match(after)).map(|d| d.when);
    words!(SO, r"(?i)[\s,]+(?:alors|donc)$");
    (expand_facts(&SO.replace(head, "")), tail)
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
