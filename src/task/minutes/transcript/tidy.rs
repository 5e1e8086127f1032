//! What minutes do not carry although it was said: confidences, health, quarrels, what somebody
//! asks not to note; and numbers that somebody corrects later on.
//!
//! Sentences that are not to be told are emptied, each quoted in a finding, so that no rule after
//! this one can tell them.

use std::sync::LazyLock;

use regex::Regex;

use super::speech::Sentence;
use crate::finding::{Finding, FindingKind};
use crate::reading::pattern;
use crate::reading::remark::{self, Remark};
use crate::task::aside;

/// What asks for the words before it not to be noted.
static NOT_NOTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)\b(?:on|tu|vous)\s+(?:ne\s+)?(?:(?:le|la|les)\s+)?(?:note[sz]?|met(?:s|tez)?|[ée]cri[ts]|marque[sz]?|cite[sz]?)\s+(?:pas|personne)\b | \bne\s+(?:le\s+)?note[sz]?\s+pas\b
          | \bon\s+coupe\b | \b[çc]a\s+tourne\b | \bon\s+(?:ne\s+)?parle\s+pas\s+d[eu]s?\b | \bc['’]est\s+enregistr[ée] | \bhors\s+(?:micro|compte[-\s]rendu)\b | \bpas\s+(?:dans\s+le|au)\s+(?:compte[-\s]rendu|pv|proc[èe]s[-\s]verbal)\b",
    )
});
static CONFIDENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:[çc]a\s+)?reste\s+entre\s+nous\b|\bentre\s+nous\b|\bje\s+vous\s+dis\s+[çc]a\s+(?:mais|entre)\b|\bn['’]en\s+parlez\s+pas\b",
    )
});
static HEALTH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:IRM|covid|cancer|op[ée]r[ée]e?\s+(?:du|de|des|hier|lundi)|h[ôo]pital|hospitalis\w*|malade|grippe|d[ée]pressi\w*|(?:son|mon)\s+dos|de\s+dos|alcoolis[ée]e?|(?:qui|il|elle)\s+boit|perdu\s+(?:sa|son)\s+(?:femme|mari|p[èe]re|m[èe]re|fils|fille)|enceinte|chimio|burn-?out|divorc\w*|surendett\w*)\b",
    )
});

/// Empties what is not to be told.
pub fn hide(sentences: &mut [Sentence], findings: &mut Vec<Finding>) {
    let mut hidden: Vec<Option<Remark>> = sentences.iter().map(|s| kind(&s.text)).collect();
    for index in 0..sentences.len() {
        if !NOT_NOTED.is_match(&sentences[index].text) {
            continue;
        }
        hidden[index] = Some(Remark::Private);
        // What it bears on: what was said just before, in this turn or the turn before it.
        let before = (index.saturating_sub(3)..index).rev();
        let speaker = &sentences[index].speaker;
        let mut turns = 0;
        let mut reached = false;
        let mut last = speaker;
        for at in before {
            if sentences[at].speaker != *last {
                turns += 1;
                last = &sentences[at].speaker;
            }
            // Of the turn before, only its last sentence.
            let own = turns == 0 || (turns == 1 && !reached);
            reached |= turns == 1;
            if own && !remark::holds_hard_fact(&sentences[at].text) && hidden[at].is_none() {
                hidden[at] = Some(Remark::Private);
            }
        }
    }
    for (sentence, remark) in sentences.iter_mut().zip(hidden) {
        let Some(remark) = remark else { continue };
        let small = sentence.text.split_whitespace().count() < 4;
        if !small {
            findings.push(aside::finding(remark, &sentence.text, sentence.span.clone()));
        }
        sentence.text = String::new();
    }
}

fn kind(text: &str) -> Option<Remark> {
    if CONFIDENCE.is_match(text) {
        return Some(Remark::Private);
    }
    if HEALTH.is_match(text) {
        return Some(Remark::Health);
    }
    remark::classify(text)
        .filter(|r| matches!(r, Remark::Private | Remark::Judgement | Remark::Health))
}

/// Replaces numbers that somebody corrects later: « c'est pas 187,40, c'est 178,40 ».
pub fn correct(sentences: &mut [Sentence], findings: &mut Vec<Finding>) {
    crate::reading::words!(
        WRONG,
        r"(?i)\b(?:c['’]est|ce\s+n['’]est)\s+pas\s+(?P<old>\d[\d ]*(?:,\d+)?)\b[^.?!\d]*(?:[^.?!]*?)\bc['’](?:est|[ée]tait)\s+(?P<new>\d[\d ]*(?:,\d+)?)"
    );
    for sentence in sentences.iter_mut() {
        at_once(sentence, findings);
    }
    for index in 0..sentences.len() {
        let Some(found) = WRONG.captures(&sentences[index].text) else { continue };
        let (old, new) = (found["old"].trim().to_owned(), found["new"].trim().to_owned());
        let Ok(whole) = Regex::new(&format!(r"(^|[^\d,]){}($|[^\d,]|,\D)", regex::escape(&old)))
        else {
            continue;
        };
        let mut applied = false;
        for sentence in sentences.iter_mut().take(index) {
            if whole.is_match(&sentence.text) {
                sentence.text =
                    whole.replace_all(&sentence.text, format!("${{1}}{new}${{2}}")).into_owned();
                applied = true;
            }
        }
        let message = if applied {
            format!(
                "Correction dite plus loin : {new} au lieu de {old}. La dernière valeur est retenue : « {} »",
                sentences[index].text
            )
        } else {
            format!("Correction dite, à reporter vous-même : « {} »", sentences[index].text)
        };
        findings.push(Finding::check(
            FindingKind::Correction,
            Some(sentences[index].span.clone()),
            message,
        ));
        sentences[index].text = String::new();
    }
}

/// « 3 264 euros, enfin non, pardon, 3 246 euros »: the speaker's own second value.
fn at_once(sentence: &mut Sentence, findings: &mut Vec<Finding>) {
    crate::reading::words!(
        SELF,
        r"(?i)(?P<old>\d[\d \u{a0}]*(?:,\d+)?(?:\s*(?:€|euros?)(?:\s+(?:et\s+)?\d{1,2}(?:\s*centimes)?)?|\s*%)?)\s*,?\s*(?:(?:enfin|euh|ah)[\s,]+)*(?:non|pardon|je\s+me\s+trompe)\b(?:[\s,]+(?:non|pardon|enfin|c['’]est|je\s+me\s+trompe|plut[ôo]t))*[\s,:]+(?P<new>\d)"
    );
    let Some(found) = SELF.captures(&sentence.text) else { return };
    let (Some(whole), Some(new)) = (found.get(0), found.name("new")) else { return };
    let old = found["old"].trim().to_owned();
    let range = whole.start()..new.start();
    let said = sentence.text.clone();
    sentence.text.replace_range(range, "");
    findings.push(Finding::check(
        FindingKind::Correction,
        Some(sentence.span.clone()),
        format!("Correction dite aussitôt : {old} n’est pas repris. La dernière valeur est retenue : « {said} »"),
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(texts: &[&str]) -> Vec<Sentence> {
        let speaker = |index: usize| Some(["Paul", "Léa"][index % 2].to_owned());
        let sentence = |(index, text): (usize, &&str)| Sentence {
            speaker: speaker(index),
            text: (*text).to_owned(),
            span: 0..0,
        };
        texts.iter().enumerate().map(sentence).collect()
    }

    #[test]
    fn what_is_not_to_be_noted_is_emptied_and_quoted() {
        let mut sentences = said(&[
            "Le devis est de 480 euros.",
            "Zoé passe une IRM demain, ça reste entre nous.",
            "Le voisin crie tout le temps.",
            "On note pas ça.",
        ]);
        let mut findings = Vec::new();
        hide(&mut sentences, &mut findings);
        let kept: Vec<&str> = sentences.iter().map(|s| s.text.as_str()).collect();
        assert_eq!(kept, ["Le devis est de 480 euros.", "", "", ""]);
        assert_eq!(findings.len(), 3);
    }

    #[test]
    fn a_number_taken_back_at_once_is_not_told() {
        let table = [
            (
                "On a 3 264 euros et 50 centimes, enfin non, pardon, 3 246 euros 50.",
                "On a 3 246 euros 50.",
            ),
            ("C'est 12 euros, non, 14 euros.", "C'est 14 euros."),
            ("On part à 12, non ?", "On part à 12, non ?"),
        ];
        for (text, expected) in table {
            let mut sentences = said(&[text]);
            correct(&mut sentences, &mut Vec::new());
            assert_eq!(sentences[0].text, expected);
        }
    }

    #[test]
    fn a_number_corrected_aloud_is_replaced() {
        let mut sentences = said(&[
            "L'assurance est à 187,40 euros.",
            "C'est pas 187,40, j'ai le papier, c'est 178,40.",
        ]);
        let mut findings = Vec::new();
        correct(&mut sentences, &mut findings);
        assert_eq!(sentences[0].text, "L'assurance est à 178,40 euros.");
        assert_eq!(findings[0].kind, FindingKind::Correction);
    }
}
