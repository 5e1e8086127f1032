//! Votes told aloud: what is put to the vote, the counts, and where the result goes.

use super::object::{object_of, proposal};
use super::{Decided, overlap};
use crate::finding::{Finding, FindingKind};
use crate::french;
use crate::notes::Span;
use crate::reading::fold;
use crate::reading::name::Roster;
use crate::task::minutes::record::{Decision, Kind, Vote};
use crate::task::minutes::transcript::talk::Talk;
use crate::task::minutes::working::{names, signs};
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
    if side_asked(text).is_some()
        && let Some(found) = asked(talk, index)
    {
        return Some(found);
    }
    let digits = with_digits(text);
    if let Some((vote, _)) = vote::find(&digits, roster)
        && (vote.total() > 1 || (vote.unanimous && !text.ends_with('?')))
    {
        return Some((vote, vec![index]));
    }
    None
}

/// How many sentences one vote by show of hands takes at most.
const LONGEST: usize = 14;

/// « Qui est pour ? Huit. Contre ? Deux. Abstentions ? Personne. », in any order, with the names that
/// are called out and the counts that are told of them: « Qui est contre ? Ada, Luc. Deux contre. »
fn asked(talk: &Talk<'_>, index: usize) -> Option<(Vote, Vec<usize>)> {
    side_asked(&talk.sentences.get(index)?.text)?;
    let topic = talk.topic(index);
    let mut show = Show::default();
    let mut used = Vec::new();
    let mut idle = 0;
    for at in index..(index + LONGEST).min(talk.sentences.len()) {
        if talk.topic(at) != topic {
            break;
        }
        let text = &talk.sentences[at].text;
        if show.hear(text) {
            used.extend(used.last().map_or(at, |last| last + 1)..=at);
            idle = 0;
        } else {
            idle += 1;
        }
        if idle > 3 || idle > 1 && show.told() {
            break;
        }
    }
    let vote = show.vote()?;
    Some((vote, used))
}

/// The side that a question asks for.
fn side_asked(text: &str) -> Option<usize> {
    crate::reading::words!(
        ASKS,
        r"(?i)(?:^|[.!?]\s+)(?:(?:alors|donc|et|bon|allez)[\s,]+)*(?:(?:qui\s+(?:est|vote|s['’]?)\s*)?(?P<what>contre|abstient|(?:des\s+)?abstentions?|ceux\s+qui\s+sont\s+contre)\s*\?|(?:qui\s+(?:est|vote)\s+)?(?P<for>pour)\b[^?.]{0,90}\?)"
    );
    let found = ASKS.captures_iter(text).last()?;
    Some(match found.name("what").map(|what| fold(what.as_str())) {
        None => 0,
        Some(what) if what.contains("contre") => 1,
        Some(_) => 2,
    })
}

/// Whether a word that is called out may be a name: none of the language, « D'accord » or « Bien ».
fn is_person(word: &str) -> bool {
    let small = word.to_lowercase();
    word.is_empty()
        || names::is_given_name(word)
        || !french::is_word(&small) && !small.contains(['\'', '’'])
}

/// A show of hands as it is told.
#[derive(Default)]
struct Show {
    counts: [Option<u32>; 3],
    /// How many names were called out for a side.
    named: [Option<u32>; 3],
    everyone: bool,
    asked: Option<usize>,
}

impl Show {
    /// Hears one sentence; answers whether it belongs to the vote.
    fn hear(&mut self, text: &str) -> bool {
        crate::reading::words!(
            SIDED,
            r"(?i)\b(?P<n>\d{1,3})\s+(?:voix\s+)?(?P<side>pour|contre|abst\p{L}*)\b"
        );
        crate::reading::words!(NO_ABSTENTION, r"(?i)\b(?:pas\s+d['’]|aucune?s?\s+)\s*abst\p{L}*");
        crate::reading::words!(
            COUNT,
            r"(?i)^(?:(?:alors|donc|bon|euh|ah)[\s,.…]+)*(?P<n>\d{1,3}|personne|aucune?|z[ée]ro|non)\b\s*(?:[.,!…]|$)"
        );
        crate::reading::words!(
            ALL,
            r"(?i)^\W*(?:tout\s+le\s+monde|tous|toutes|unanimit[ée]|[àa]\s+l['’]unanimit[ée])\b(?:[^\d]{0,30}(?P<n>\d{1,3}))?"
        );
        crate::reading::words!(
            NAMES,
            r"^(?:(?:Alors|Donc|Bon)[\s,]+)?(?P<names>\p{Lu}[\p{L}'’-]+(?:(?:\s*,\s*|\s+et\s+)\p{Lu}[\p{L}'’-]+)*)\s*(?:,\s*(?P<n>\d{1,3}|une?))?\s*[.!…]*$"
        );
        let asks = side_asked(text);
        let digits = with_digits(text);
        let mut heard = asks.is_some();
        for found in SIDED.captures_iter(&digits) {
            let side = match fold(&found["side"]).chars().next() {
                Some('p') => 0,
                Some('c') => 1,
                _ => 2,
            };
            self.counts[side] = found["n"].parse().ok();
            heard = true;
        }
        // « Abstention deux. » asks and answers.
        crate::reading::words!(
            LABELLED,
            r"(?i)^(?:et\s+)?(?P<side>pour|contre|abstentions?)\s*[:,]?\s*(?P<n>\d{1,3})\s*[.!]*$"
        );
        if let Some(found) = LABELLED.captures(&digits) {
            let side = ["p", "c", "a"].iter().position(|s| fold(&found["side"]).starts_with(s));
            self.counts[side.unwrap_or(2)] = found["n"].parse().ok();
            heard = true;
        }
        if NO_ABSTENTION.is_match(text) {
            self.counts[2] = Some(0);
            heard = true;
        }
        if let (Some(side), false) = (self.asked, heard) {
            if let Some(found) = ALL.captures(&digits).filter(|_| side == 0) {
                self.everyone = true;
                self.counts[0] = found.name("n").and_then(|n| n.as_str().parse().ok());
                heard = true;
            } else if self.counts[side].is_some() || side == 0 && self.everyone {
                return false;
            } else if let Some(found) = COUNT.captures(&digits) {
                self.counts[side] = Some(found["n"].parse().unwrap_or(0));
                heard = true;
            } else if let Some(found) = NAMES.captures(&digits)
                && found["names"].split([',', ' ']).all(|word| word == "et" || is_person(word))
            {
                let names = found["names"].replace(" et ", ",").split(',').count();
                let told = found.name("n").map(|n| n.as_str().parse().unwrap_or(1));
                self.named[side] = told.or_else(|| u32::try_from(names).ok());
                heard = true;
            }
        }
        // « C'est adopté. » says no more than the counts.
        crate::reading::words!(
            RESULT,
            r"(?i)^(?:(?:donc|alors|bon)[\s,]+)?(?:c['’]\s?est\s+)?(?:adopt|vot|rejet|valid|approuv)[ée]e?s?\s*[.!]*$"
        );
        heard |= self.told() && RESULT.is_match(text);
        if let Some(side) = asks {
            // « Pour ? Tout le monde. » in one breath.
            let after = digits.rsplit('?').next().unwrap_or_default().trim();
            self.asked = Some(side);
            if !after.is_empty() {
                self.hear(after);
            }
        }
        heard
    }

    /// Whether something was counted.
    fn told(&self) -> bool {
        self.everyone || self.counts[0].is_some()
    }

    fn vote(self) -> Option<Vote> {
        let count = |side: usize| self.counts[side].or(self.named[side]);
        let vote = Vote {
            in_favour: count(0),
            against: count(1).filter(|_| !self.everyone),
            abstentions: count(2).filter(|_| !self.everyone),
            unanimous: self.everyone,
            possible: true,
            ..Vote::default()
        };
        (self.told() && (self.everyone || vote.total() > 1)).then_some(vote)
    }
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

/// Names that are called out in a show of hands: minutes give the counts alone.
fn by_name(talk: &Talk<'_>, index: usize, findings: &mut Vec<Finding>) {
    let near = talk.sentences.iter().skip(index).take(LONGEST);
    let mut asked = false;
    for sentence in near {
        if side_asked(&sentence.text).is_some() {
            asked = true;
            continue;
        }
        let words: Vec<&str> =
            sentence.text.split([',', ' ', '.', '!']).filter(|w| !w.is_empty()).collect();
        let capital = |w: &&str| w.starts_with(char::is_uppercase) && is_person(w);
        let called = words.iter().filter(|w| capital(w)).count();
        let others = words.iter().all(|w| capital(w) || ["et", "une", "un"].contains(w));
        if asked && called > 0 && others {
            findings.push(Finding::info(
                FindingKind::Vote,
                Some(sentence.span.clone()),
                format!(
                    "Vote à main levée : les noms dits à voix haute (« {} ») ne sont pas repris, le document ne donne que les nombres.",
                    sentence.text.trim_end_matches('.')
                ),
            ));
            return;
        }
        asked = false;
    }
}

/// Puts the result of a vote on what was proposed or decided just before.
pub(super) fn voted(
    talk: &Talk<'_>,
    index: usize,
    vote: &Vote,
    out: &mut Decided,
    findings: &mut Vec<Finding>,
) {
    by_name(talk, index, findings);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn told(said: &[&str]) -> Option<[Option<u32>; 3]> {
        let mut show = Show::default();
        said.iter().for_each(|text| {
            show.hear(text);
        });
        show.vote().map(|vote| [vote.in_favour, vote.against, vote.abstentions])
    }

    #[test]
    fn a_show_of_hands_is_counted_in_any_order() {
        type Row<'a> = (&'a [&'a str], Option<[Option<u32>; 3]>);
        let table: [Row<'_>; 8] = [
            (
                &["Qui est pour ?", "Huit.", "Contre ?", "Deux.", "Abstentions ?", "Personne."],
                Some([Some(8), Some(2), Some(0)]),
            ),
            (
                &[
                    "Qui est contre ?",
                    "Ada, Luc.",
                    "Deux contre.",
                    "Abstention ?",
                    "Zoé, une.",
                    "Donc six pour.",
                ],
                Some([Some(6), Some(2), Some(1)]),
            ),
            (
                &["Qui est pour ?", "Tout le monde, donc neuf pour avec le pouvoir."],
                Some([Some(9), None, None]),
            ),
            (
                &[
                    "Qui est pour acheter le four et signer le devis ?",
                    "Alors… sept pour.",
                    "Contre ?",
                    "Trois.",
                    "Pas d'abstention.",
                ],
                Some([Some(7), Some(3), Some(0)]),
            ),
            (
                &["Contre ?", "Ève et Paul.", "Pour, donc ?", "Onze."],
                Some([Some(11), Some(2), None]),
            ),
            (&["Qui est pour ?", "Tout le monde.", "D'accord."], Some([None, None, None])),
            (
                &["Pour ?", "… quatre pour.", "Contre ?", "deux.", "Abstention deux."],
                Some([Some(4), Some(2), Some(2)]),
            ),
            (&["Qui est pour ?", "On verra ça plus tard."], None),
        ];
        for (said, expected) in table {
            assert_eq!(told(said), expected, "{said:?}");
        }
    }
}
