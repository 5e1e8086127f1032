//! What is to be done and by when: the words after the verb, what they point at, what was asked
//! before.

use std::sync::LazyLock;

use regex::Regex;

use crate::reading::{Fact, expand_facts, facts, fold, pattern, words};
use crate::task::minutes::transcript::talk::Talk;
use crate::task::minutes::working::{deadline, verb};
use crate::task::wording::blank;

/// What has to be done, before somebody takes it on.
static NEED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:il\s+)?(?:(?:(?:faut|faudra|faudrait)\s+)?(?:surtout\s+)?pas\s+oublier\s+de|faut|faudra|faudrait|reste\s+[àa]|qui\s+(?:peut|pourrait|veut|se\s+charge\s+de)|quelqu['’]un\s+(?:peut|pourrait|pour)|on\s+doit|(?:tu|vous)\s+(?:peux|pouvez|pourrais|pourriez))\s+(?:(?:bien|aussi|donc|absolument|encore)\s+)?(?P<what>\p{L}+(?:er|ir|re)\b[^?]*)",
    )
});

/// The object up to the next clause, and its deadline.
pub(super) fn cut(rest: &str) -> (String, Option<String>) {
    words!(
        NEXT,
        r"(?i)(?:[,;]\s+|\s+)(?:et\s+(?:je|on|il\s+faut|faut|puis|après|tu|comme|voilà)|comme\s+[çc]a|parce\s+qu|puisque|mais\b|si\s+(?:vous|tu|[çc]a)|(?:il\s+)?faut\s+que|sinon|pour\s+(?:voir\s+si|savoir|demander|qu)|je\s|on\s|c['’]est\b|il\s|elle\s|hein|d['’]accord|ok\b|s['’]il\s+(?:te|vous)\s+pla[îi]t|promis|sans\s+faute|moi\b|quoi\b|aussi\s*$)"
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
pub(super) fn addressed(talk: &Talk<'_>, index: usize, object: &str, clitics: &str) -> String {
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
/// « l'appeler », with what the title or the sentence before says of it.
pub(super) fn pronoun_named(talk: &Talk<'_>, index: usize, what: &str) -> String {
    words!(POINTS, r"(?i)^(?:l['’]|(?:les?|la|lui|leur|en)\s)");
    let before = index.checked_sub(1).filter(|at| talk.topic(*at) == talk.topic(index));
    match before.map(|at| talk.sentences[at].text.trim_end_matches(['.', ' '])) {
        Some(text) if POINTS.is_match(what) && text.split_whitespace().count() > 2 => {
            format!("{what} (« {text} »)")
        }
        _ => what.to_owned(),
    }
}
/// « Et le banc de la place ? — Je m'en occupe »: what the question before names.
pub(super) fn thing_asked(talk: &Talk<'_>, index: usize) -> Option<String> {
    words!(
        ASKS,
        r"(?i)^(?:(?:d['’]accord|ok|oui|et|alors|bon|pour)[\s,.]+)*(?P<article>le\s|les\s|la\s|l['’])\s*(?P<thing>\p{L}[^,?]{2,60}?)\s*\?$"
    );
    let topic = talk.topic(index);
    (index.saturating_sub(4)..index)
        .rev()
        .take_while(|at| talk.topic(*at) == topic)
        .find_map(|at| ASKS.captures(&talk.sentences[at].text))
        .map(|found| {
            let of = match fold(found["article"].trim()).as_str() {
                "le" => "du ",
                "les" => "des ",
                "la" => "de la ",
                _ => "de l’",
            };
            format!("s’occuper {of}{}", &found["thing"])
        })
}
/// What the sentences before say has to be done, and by when.
pub(super) fn needed(talk: &Talk<'_>, index: usize) -> (String, Option<String>) {
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
