//! Votes told aloud: what is put to the vote, the counts, and where the result goes.

use super::object::{object_of, proposal};
use super::{Decided, overlap};
use crate::finding::{Finding, FindingKind};
use crate::notes::Span;
use crate::reading::fold;
use crate::reading::name::Roster;
use crate::task::minutes::record::{Decision, Kind, Vote};
use crate::task::minutes::transcript::talk::Talk;
use crate::task::minutes::working::signs;
use crate::task::minutes::{template, vote};
use crate::task::wording::{blank, capital};

/// What a vote is about, in the words that put it to the vote: « je mets aux voix », « qui est
/// pour rester à 15 euros ? »
pub(super) fn put_to_vote(talk: &Talk<'_>, index: usize) -> Option<(usize, String)> {
    crate::reading::words!(
        PUT,
        r"(?i)\b(?:mets?|mettons|met)\s+(?:donc\s+)?aux\s+voix\b[\s,.:]*(?P<rest>.*)$"
    );
    crate::reading::words!(
        FOR,
        r"(?i)\bqui\s+(?:est|vote)\s+(?:pour|d['’]accord\s+(?:pour|avec))\s+(?P<rest>[^?]{4,})\?"
    );
    crate::reading::words!(
        ON,
        r"(?i)\bon\s+(?:vote|passe\s+au\s+vote)\s+(?:pour|sur|donc\s+pour|donc\s+sur)\s+(?P<rest>.{4,})$"
    );
    let topic = talk.topic(index);
    for at in (index.saturating_sub(8)..=index).rev() {
        if talk.topic(at) != topic {
            break;
        }
        let text = &talk.sentences[at].text;
        if let Some(found) = FOR.captures(text).or_else(|| ON.captures(text)) {
            return Some((at, object_of(&found["rest"])));
        }
        if let Some(found) = PUT.captures(text) {
            let rest = found["rest"].trim_end_matches(['.', ' ']);
            if rest.split_whitespace().count() > 1 {
                return Some((at, rest.to_owned()));
            }
            let next = talk.sentences.get(at + 1)?;
            return Some((at, next.text.trim_end_matches(['.', ' ']).to_owned()));
        }
    }
    None
}

/// A vote told with its counts: « 8 pour, 2 contre », « Qui est contre ? Deux. », and the
/// sentences that tell it.
pub(super) fn ballot(talk: &Talk<'_>, index: usize, roster: &Roster) -> Option<(Vote, Vec<usize>)> {
    let text = &talk.sentences[index].text;
    if signs::wishes(text) || signs::elsewhere(text) {
        return None;
    }
    let digits = with_digits(text);
    if let Some((vote, _)) = vote::find(&digits, roster)
        && (vote.total() > 1 || (vote.unanimous && !text.ends_with('?')))
    {
        return Some((vote, vec![index]));
    }
    asked(talk, index)
}

/// « Qui est pour ? Huit. Contre ? Deux. Abstentions ? Personne. »
fn asked(talk: &Talk<'_>, index: usize) -> Option<(Vote, Vec<usize>)> {
    crate::reading::words!(
        ASKS,
        r"(?i)^(?:(?:alors|donc|et|bon)[\s,]+)*(?:qui\s+(?:est|vote|s['’]?)\s*)?(?P<what>pour|contre|abstient|abstentions?|des\s+abstentions?)\s*\?"
    );
    crate::reading::words!(
        COUNT,
        r"(?i)^(?:(?:alors|donc|bon)[\s,]+)*(?P<n>\d{1,3}|personne|aucune?|z[ée]ro)\b"
    );
    // « Abstention deux. » asks and answers.
    crate::reading::words!(SAID, r"(?i)^(?:et\s+)?abstentions?\s*[:,]?\s*(?P<n>\d{1,3})\s*[.!]*$");
    let first = ASKS.captures(&talk.sentences.get(index)?.text)?;
    if fold(&first["what"]) != "pour" {
        return None;
    }
    let mut vote = Vote { possible: true, ..Vote::default() };
    let mut used = Vec::new();
    let mut at = index;
    while let Some(sentence) = talk.sentences.get(at)
        && at < index + 12
    {
        if let Some(found) = SAID.captures(&with_digits(&sentence.text)) {
            vote.abstentions = vote.abstentions.or(found["n"].parse().ok());
            used.push(at);
        }
        let Some(found) = ASKS.captures(&sentence.text) else {
            at += 1;
            continue;
        };
        let answer = (at + 1..at + 4).find_map(|next| {
            let said = with_digits(&talk.sentences.get(next)?.text);
            let count = COUNT.captures(&said)?;
            Some((next, count["n"].parse::<u32>().unwrap_or(0)))
        });
        let Some((next, count)) = answer else { break };
        let slot = match fold(&found["what"]).chars().next() {
            Some('p') => &mut vote.in_favour,
            Some('c') => &mut vote.against,
            _ => &mut vote.abstentions,
        };
        *slot = slot.or(Some(count));
        used.extend(at..=next);
        at = next + 1;
    }
    (vote.in_favour.is_some() && vote.total() > 1).then_some((vote, used))
}
/// Small numbers in words before or after the words of a vote, as digits.
fn with_digits(text: &str) -> String {
    crate::reading::words!(
        WORD,
        r"(?i)\b(z[ée]ro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|dix-sept|dix-huit|dix-neuf|vingt)\b(?P<after>\s+(?:voix\s+)?(?:pour|contre|abst\w*)\b|\s*[.,!]|$)"
    );
    WORD.replace_all(text, |found: &regex::Captures<'_>| {
        let value = NUMBERS.iter().position(|n| *n == fold(&found[1]).replace("une", "un"));
        match value {
            Some(value) => format!("{value}{}", &found["after"]),
            None => found[0].to_owned(),
        }
    })
    .into_owned()
}

const NUMBERS: [&str; 21] = [
    "zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf", "vingt",
];

/// Puts the result of a vote on what was proposed or decided just before.
pub(super) fn voted(
    talk: &Talk<'_>,
    index: usize,
    vote: &Vote,
    out: &mut Decided,
    findings: &mut Vec<Finding>,
) {
    let result = template::formula(Kind::Working, vote);
    let expand = |text: &str| crate::reading::expand_facts(text);
    let result = result.trim_end_matches('.').to_owned();
    let topic = talk.topic(index);
    out.votes.push((index, vote.clone()));
    // Who voted how is not told apart from the counts.
    let put = put_to_vote(talk, index);
    if let Some((at, _)) = &put {
        out.used.extend(*at..=index);
    }
    let put = put.map(|(_, object)| object);
    let last = out.decisions.last_mut().filter(|_| put.is_none());
    let last = last
        .filter(|(at, d)| talk.topic(*at) == topic && index - at <= 8 && !d.text.contains("voix"));
    if let Some((_, decision)) = last {
        let text = decision.text.trim_end_matches('.').to_owned();
        decision.text = format!("{text} ({result}).");
        return;
    }
    let span: Span = talk.sentences[index].span.clone();
    let generic = ["Échanges", "Ouverture de la réunion", "Questions diverses"];
    let titled = talk.title(index).is_some_and(|t| !generic.contains(&t.as_str()));
    let certain = put.is_some() || titled;
    let object = put
        .or_else(|| proposal(talk, index))
        .or_else(|| talk.title(index).map(|t| format!("Point « {t} »")));
    let object = object.unwrap_or_else(|| blank("objet du vote"));
    let again = out.decisions.last().is_some_and(|(at, d)| {
        index - at <= 6 && overlap(&d.text, &object) && talk.topic(*at) == topic
    });
    if again {
        if let Some((_, decision)) =
            out.decisions.last_mut().filter(|(_, d)| !d.text.contains("voix"))
        {
            decision.text = format!("{} : {result}.", capital(&expand(&object)));
        }
        return;
    }
    if !certain {
        findings.push(Finding::check(
            FindingKind::Vote,
            Some(span.clone()),
            format!("Vote ({result}) rattaché à « {object} » : vérifiez l’objet du vote."),
        ));
    }
    let text = format!("{} : {result}.", capital(&expand(&object)));
    out.decisions.push((index, Decision { text, subject: talk.title(index), span }));
}
