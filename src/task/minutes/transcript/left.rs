//! What speech leaves open, and when the next meeting is.

use std::sync::LazyLock;

use regex::Regex;

use super::talk::Talk;
use crate::finding::{Finding, FindingKind};
use crate::reading::{Fact, PartialDate, facts, pattern};
use crate::task::minutes::record::{Meeting, OpenPoint};
use crate::task::minutes::working::signs;
use crate::task::prose::by_rule;

static LEAVES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)\bon\s+(?:en\s+)?(?:reparle|rediscute|verra|reverra|revient|reviendra|revoit)\w* | \bon\s+y\s+r[ée]fl[ée]chit | \b[àa]\s+(?:revoir|rediscuter|re?voir\s+ensemble|trancher|r[ée]fl[ée]chir|creuser)\b
        | \bon\s+(?:ne\s+)?(?:d[ée]cide|tranche|valide|vote)\s+(?:pas|rien)\b | \bon\s+(?:ne\s+)?sait\s+pas\s+(?:encore|trop)\b | \bpas\s+(?:encore\s+)?(?:tranch|d[ée]cid|valid|fix)\w*
        | \b(?:on\s+(?:le\s+|la\s+|les\s+)?(?:met|remet|reporte|laisse|garde))\s+(?:[çc]a\s+)?(?:[àa]\s+(?:l['’]ordre\s+du\s+jour|la\s+prochaine|plus\s+tard)|au\s+prochain|pour\s+(?:la\s+prochaine|plus\s+tard)|en\s+suspens|de\s+c[ôo]t[ée]|ouvert)
        | \bon\s+voit\s+[çc]a\s+(?:[àa]\s+)?(?:la\s+prochaine|plus\s+tard|au\s+prochain) | \bon\s+reporte\s*[.!]*$ | \bon\s+(?:vous\s+)?dira\s+(?:le|la|l['’])\s*\p{L}+
        | \bon\s+laisse\s+(?:[çc]a\s+)?(?:en\s+suspens|ouvert|de\s+c[ôo]t[ée]) | \bil\s+faut\s+qu['’]on\s+(?:y\s+)?r[ée]fl[ée]chisse | \breste\s+(?:ouvert|en\s+suspens|[àa]\s+(?:voir|d[ée]cider|trancher|d[ée]finir)) | \bon\s+attend\s+(?:la\s+r[ée]ponse|le\s+retour|d['’]avoir|les\s+devis|le\s+devis)",
    )
});
static NOW: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bon\s+(?:ne\s+)?(?:tranche|d[ée]cide|valide|vote)\s+(?:pas|rien)\b|\bon\s+(?:en\s+)?(?:reparle|verra|reprend|revoit|rediscute)",
    )
});
static NEXT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:prochaine?\s+(?:r[ée]union|r[ée]u|visio|rencontre|rendez-vous|permanence|s[ée]ance|ca|bureau|fois|commission|date|conseil|rendez-vous)|on\s+se\s+(?:revoit|retrouve|voit|r[ée]unit)|rendez-vous|re?voyons-nous|nous\s+nous\s+(?:retrouvons|revoyons))\b(?P<rest>.*)$",
    )
});

static EN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:en\s+(?:reparle|rediscute)|y\s+r[ée]fl[ée]chit)"));

/// The points left open, each with its sentence.
pub fn open_points(talk: &Talk<'_>) -> Vec<(usize, OpenPoint)> {
    let mut out: Vec<(usize, OpenPoint)> = Vec::new();
    let mut thin: Vec<usize> = Vec::new();
    for (index, sentence) in talk.sentences.iter().enumerate() {
        // « on reprend ça en février » is to come, « on avait dit qu'on verrait » is past.
        let now = NOW.is_match(&sentence.text);
        // « 7 à revoir » counts.
        crate::reading::words!(COUNTS, r"(?i)\d\s+[àa]\s+revoir\b");
        if !LEAVES.is_match(&sentence.text)
            || COUNTS.is_match(&sentence.text)
            || (signs::elsewhere(&sentence.text) && !now)
        {
            continue;
        }
        // The sentence says what is left open only if it has more than the words of leaving.
        let rest = LEAVES.replace_all(&sentence.text, " ");
        let own = rest
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.chars().count() > 4 && !EMPTY.contains(&crate::reading::fold(w).as_str()))
            .count();
        let title = talk.title(index);
        let says = own >= 2 || (own >= 1 && sentence.text.split_whitespace().count() >= 6);
        let text = match (says, asked(talk, index), &title) {
            (true, ..) if own < 2 && EN.is_match(&sentence.text) => {
                // « On en reparle à la rentrée »: of what was just said.
                let before = index.checked_sub(1).filter(|at| {
                    talk.topic(*at) == talk.topic(index)
                        && talk.sentences[*at].text.split_whitespace().count() >= 4
                });
                match before {
                    Some(at) => format!("{} {}", told(talk, at), told(talk, index)),
                    None => told(talk, index),
                }
            }
            (true, ..) => told(talk, index),
            (false, Some(question), _) => by_rule(&question),
            (false, None, Some(_)) => {
                let before = (index.saturating_sub(5)..index)
                    .rev()
                    .take_while(|at| talk.topic(*at) == talk.topic(index))
                    .find(|at| {
                        let text = &talk.sentences[*at].text;
                        let words = text.split_whitespace().count();
                        words >= 4
                            && (signs::wishes(text)
                                || !facts(text).is_empty()
                                || text.contains("pas encore"))
                    });
                before.map_or_else(|| "Point non tranché.".to_owned(), |at| told(talk, at))
            }
            (false, None, None) => by_rule(&sentence.text),
        };
        // « On décide rien aujourd'hui », then what is decided to be seen again: one point.
        if says
            && out.last().is_some_and(|(at, _)| {
                index - at <= 3 && thin.contains(at) && talk.topic(*at) == talk.topic(index)
            })
        {
            out.pop();
        }
        if !says {
            thin.push(index);
        }
        // « On tranche pas ce soir »: of the thing that a question or « pour le bruit » names.
        let named = thing(talk, index).filter(|thing| !holds(&text, thing));
        let text = match named {
            Some(thing) => {
                let named = talk.speaker(index).is_some_and(|who| text.starts_with(who));
                let text = if named { text } else { small(&text) };
                format!("{} : {text}", crate::task::wording::capital(&thing))
            }
            None => text,
        };
        let same_topic = |at: usize| talk.topic(at) == talk.topic(index);
        if out.iter().any(|(at, p)| p.text == text || (same_topic(*at) && !says && index - at < 4))
        {
            continue;
        }
        out.push((index, OpenPoint { text, subject: title, span: sentence.span.clone() }));
    }
    out
}

/// The thing that the sentences before name as what they are about: « et le repas du soir ? »,
/// « pour le bruit y a des panneaux ».
fn thing(talk: &Talk<'_>, index: usize) -> Option<String> {
    crate::reading::words!(
        NAMES,
        r"(?i)^(?:(?:bon|alors|ok|oui|ah)[\s,]+)*(?:et|pour|concernant|reste)\s+(?:le|la|les|l['’])\s*(?P<thing>\p{L}[\p{L}’'-]*(?:\s+(?:de\s+|du\s+|des\s+|d['’])?\p{L}{4,}){0,2}?)\s*(?:[,?]|\s(?:il\s+)?y\s+a\b|\son\s|\sc['’]est)"
    );
    let topic = talk.topic(index);
    (index.saturating_sub(7)..=index)
        .rev()
        .take_while(|at| talk.topic(*at) == topic)
        .find_map(|at| NAMES.captures(&talk.sentences[at].text))
        .map(|found| found["thing"].to_lowercase())
}

/// One finding that lists what the meeting did not settle.
pub fn listed(meeting: &Meeting, findings: &mut Vec<Finding>) {
    let point = |p: &OpenPoint| match &p.subject {
        Some(subject) if !p.text.starts_with(subject.as_str()) => {
            format!("{subject} ({})", p.text.trim_end_matches('.'))
        }
        _ => p.text.trim_end_matches('.').to_owned(),
    };
    let points: Vec<String> = meeting.open_points.iter().map(point).collect();
    if !points.is_empty() {
        findings.push(Finding::info(
            FindingKind::Uncertain,
            None,
            format!("Non tranché d’après ce qui est dit : {}.", points.join(" ; ")),
        ));
    }
}

/// Whether the text says the thing already.
fn holds(text: &str, thing: &str) -> bool {
    let text = crate::reading::fold(text);
    let folded = crate::reading::fold(thing);
    folded.split(' ').filter(|w| w.chars().count() > 3).any(|w| text.contains(w))
}

fn small(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |f| f.to_lowercase().collect::<String>() + letters.as_str())
}

/// A sentence as a point left open: of its speaker where it says « je », without its first words.
fn told(talk: &Talk<'_>, index: usize) -> String {
    let mut account = Vec::new();
    let text = &talk.sentences[index].text;
    let own = crate::reading::fold(text);
    let of_somebody =
        ["je ", "j'", "moi "].iter().any(|w| own.starts_with(w) || own.contains(&format!(" {w}")));
    let speaker = talk.speaker(index).filter(|_| of_somebody);
    if let Some(told) = super::account::indirect(speaker, text, talk.proper) {
        told.add_to(&mut account);
    }
    by_rule(account.first().unwrap_or(text))
}

const EMPTY: [&str; 12] = [
    "prochaine",
    "reunion",
    "ensemble",
    "quand",
    "alors",
    "encore",
    "plutot",
    "voila",
    "pense",
    "moment",
    "fois",
    "tranquillement",
];

/// The last question before a sentence, within its subject.
fn asked(talk: &Talk<'_>, index: usize) -> Option<String> {
    (index.saturating_sub(5)..index)
        .rev()
        .take_while(|at| talk.topic(*at) == talk.topic(index))
        .map(|at| &talk.sentences[at].text)
        .find(|text| text.ends_with('?') && text.split_whitespace().count() >= 4)
        .cloned()
}

/// When the next meeting is, and the sentence that says it: the last one wins.
pub fn next_meeting(talk: &Talk<'_>, meeting: Option<PartialDate>) -> Option<(Vec<usize>, String)> {
    let mut out = None;
    for (index, sentence) in talk.sentences.iter().enumerate() {
        let Some(found) = NEXT.captures(&sentence.text) else { continue };
        let rest = found.name("rest").map_or("", |m| m.as_str());
        // The date may come in the next sentence: « La prochaine réunion ? Le 12 mars. »
        let here = facts(rest).iter().any(|f| matches!(f.fact, Fact::Date(_)));
        let text = if here {
            rest.to_owned()
        } else {
            let after: Vec<&str> =
                talk.sentences.iter().skip(index + 1).take(4).map(|s| s.text.as_str()).collect();
            let holds = |text: &str, hour: bool| {
                facts(text).iter().any(|f| match f.fact {
                    Fact::Date(_) => !hour,
                    Fact::Hour(_) => hour,
                    _ => false,
                })
            };
            // The sentence that also says the hour is the one agreed on.
            let dated = || after.iter().copied().filter(|t| holds(t, false));
            let Some(next) = dated()
                .find(|t| holds(t, true))
                .or_else(|| dated().next())
                .filter(|_| rest.split_whitespace().count() < 4)
            else {
                continue;
            };
            next.to_owned()
        };
        if signs::wishes(&sentence.text) || signs::elsewhere(&sentence.text) {
            continue;
        }
        // « le 3 ? — Plutôt le 26 ? — Oui, 26 novembre, 18 heures »: the date last said.
        let mut used = vec![index];
        let mut said = vec![text.clone()];
        if sentence.text.ends_with('?') {
            for at in bids(talk, index) {
                used.push(at);
                said.push(talk.sentences[at].text.clone());
            }
        }
        out = phrase(&said, meeting).map(|p| (used, p)).or(out);
    }
    out
}

/// The sentences after a proposed date that agree on it or bid another one.
fn bids(talk: &Talk<'_>, index: usize) -> Vec<usize> {
    let mut out = Vec::new();
    let mut last = index;
    for at in index + 1..(index + 9).min(talk.sentences.len()) {
        let text = &talk.sentences[at].text;
        let of_time = |f: &crate::reading::Found| matches!(f.fact, Fact::Date(_) | Fact::Hour(_));
        let short = text.split_whitespace().count() <= 20;
        if at - last > 3 || talk.topic(at) != talk.topic(index) {
            break;
        }
        let closes = text.to_lowercase().contains("il est ");
        if short && !closes && facts(text).iter().any(of_time) {
            out.push(at);
            last = at;
        }
    }
    out
}

/// The date and hour last said in some sentences, as a phrase.
fn phrase(said: &[String], meeting: Option<PartialDate>) -> Option<String> {
    let found: Vec<_> = said.iter().flat_map(|text| facts(text)).collect();
    let dates = found.iter().filter_map(|f| match f.fact {
        Fact::Date(date) if date.day.is_some() => Some(date),
        _ => None,
    });
    let dates: Vec<PartialDate> = dates.collect();
    let last = *dates.last()?;
    let same = |d: &&PartialDate| d.day == last.day && d.month == last.month;
    let weekday = dates.iter().filter(same).find_map(|d| d.weekday);
    let date = PartialDate { weekday, ..last };
    let hour = found.iter().rev().find_map(|f| match f.fact {
        Fact::Hour(hour) => Some(hour),
        _ => None,
    });
    // A meeting to come in a month before this one's is next year's.
    let year = meeting.and_then(|m| Some(m.year? + i16::from(date.month < m.month)));
    let dated = PartialDate { year: date.year.or(year), ..date };
    let date = match (date.weekday, dated.wrong_weekday()) {
        (Some(_), None) => dated,
        // The finding tells that the day of the week is not that of the date.
        (Some(_), Some(_)) => PartialDate { weekday: None, ..date },
        (None, _) => date,
    };
    let text = said.last()?.as_str();
    let mut phrase = date.to_french();
    if let Some(hour) = hour {
        phrase.push_str(&format!(" à {}", hour.to_french()));
    }
    crate::reading::words!(
        PLACE,
        r"(?i)\b(?:ici|même\s+endroit|(?:à\s+la|dans\s+la|à\s+l['’]|au)\s+(?:salle|mairie|foyer|maison|[ée]cole|local|gymnase|m[ée]diath[èe]que)[^.,?!]*)"
    );
    if let Some(place) = PLACE.find(text).filter(|p| !p.as_str().eq_ignore_ascii_case("ici")) {
        phrase.push_str(&format!(", {}", place.as_str().trim()));
    }
    Some(phrase)
}
