//! What minutes do not carry although it was said: confidences, health, quarrels, what somebody
//! asks not to note; and numbers that somebody corrects later on.
//!
//! Sentences that are not to be told are emptied, each quoted in a finding, so that no rule after
//! this one can tell them.

use std::sync::LazyLock;

use regex::Regex;

use super::speech::Sentence;
use crate::finding::{Finding, FindingKind};
use crate::notes::Notes;
use crate::reading::amount::parse_cents;
use crate::reading::correction::{pair, replace_value};
use crate::reading::date::{weekday_name, weekdays_pattern};
use crate::reading::private;
use crate::reading::remark::{self, Remark};
use crate::reading::{Fact, Found, PartialDate, facts, fold, pattern};
use crate::task::aside;

/// What asks for the words before it not to be noted.
static NOT_NOTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)\b(?:on|tu|vous)\s+(?:ne\s+)?(?:(?:le|la|les)\s+)?(?:note[sz]?|met(?:s|tez)?|[ée]cri[ts]|marque[sz]?|cite[sz]?)\s+(?:pas|personne)\b | \bne\s+(?:le\s+)?note[sz]?\s+pas\b
          | \bon\s+coupe\s*(?:[.!?,]|$|l['’]enregistre|le\s+(?:micro|son)\b) | \b[çc]a\s+tourne\b | \bon\s+(?:ne\s+)?parle\s+pas\s+d[eu]s?\b | \bc['’]est\s+enregistr[ée] | \bhors\s+(?:micro|compte[-\s]rendu)\b | \bpas\s+(?:dans\s+le|au)\s+(?:compte[-\s]rendu|pv|proc[èe]s[-\s]verbal)\b",
    )
});
/// A day that is told: « avant vendredi 27 ».
static DAY_NAMED: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"(?i)\b(?:{})\s+\d", weekdays_pattern())));
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
    // « Je crois que ça tourne » starts the recorder.
    for index in 3..sentences.len() {
        // « on note pas que c'est acquis » tells that it is not.
        crate::reading::words!(UNTOLD, r"(?i)\b(?:note|met|[ée]crit)s?\s+pas\s+qu(?:e\b|['’])");
        let text = &sentences[index].text;
        if !NOT_NOTED.is_match(text) || UNTOLD.is_match(text) {
            continue;
        }
        hidden[index] = Some(Remark::Private);
        // What it bears on: what was said just before, in this turn or the turn before it.
        let before = (index.saturating_sub(3)..index).rev();
        let speaker = &sentences[index].speaker;
        let own_turn = sentences[index - 1].speaker == *speaker;
        let mut turns = 0;
        let mut reached = false;
        let mut last = speaker;
        for at in before {
            if sentences[at].speaker != *last {
                turns += 1;
                last = &sentences[at].speaker;
            }
            // Of the turn before, only its last sentence.
            let own = turns == 0 || (turns == 1 && !reached && !own_turn);
            reached |= turns == 1;
            let told = remark::holds_hard_fact(&sentences[at].text)
                || DAY_NAMED.is_match(&sentences[at].text);
            if own && !told && hidden[at].is_none() {
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
    crate::reading::words!(
        TALK,
        r"(?i)\b(?:lol|mdr|ptdr)\b|\b(?:ma|sa|ta)\s+belle-(?:m[èe]re|s[œo]e?ur|famille)\b|\bpourrir\b|\b(?:elle|il)\s+est\s+folle?\b|\bvraie?\s+peste\b"
    );
    crate::reading::words!(
        SILENCE,
        r"(?i)\b(?:le\s+)?public\s+n['’]\s?a\s+pas\s+(?:le\s+droit\s+[àa]\s+)?la\s+parole\b|\bsilence\s+(?:dans|du)\s+(?:le\s+)?(?:public|la\s+salle)|\bla\s+parole\s+n['’]\s?est\s+pas\s+au\s+public\b"
    );
    if SILENCE.is_match(text) {
        return Some(Remark::Judgement);
    }
    if TALK.is_match(text) && !remark::holds_hard_fact(text) {
        return Some(Remark::Judgement);
    }
    if HEALTH.is_match(text) {
        return Some(Remark::Health);
    }
    if let Some(kind) = private::spoken(text) {
        return Some(kind);
    }
    remark::classify(text).filter(|r| {
        matches!(r, Remark::Order | Remark::Private | Remark::Judgement | Remark::Health)
    })
}

/// Replaces numbers that somebody corrects later: « c'est pas 187,40, c'est 178,40 ».
pub fn correct(sentences: &mut [Sentence], findings: &mut Vec<Finding>) {
    crate::reading::words!(
        DENIES,
        r"(?i)\b(?:c['’]est|ce\s+n['’]est)\s+pas\s+\d|\bc['’]est\b[^.;?]*\d[^.;?\d]{0,12},?\s*(?:et\s+)?pas\s+\d"
    );
    for sentence in sentences.iter_mut() {
        at_once(sentence, findings);
    }
    for index in 0..sentences.len() {
        begun_again(sentences, index, findings);
        bid(sentences, index, findings);
        denied(sentences, index, findings);
    }
    for index in 0..sentences.len() {
        outbid(sentences, index, findings);
    }
    for index in 0..sentences.len() {
        let said = pair(&sentences[index].text).filter(|_| DENIES.is_match(&sentences[index].text));
        let hours = said.as_ref().filter(|(new, old)| {
            let hour =
                |text: &str| matches!(facts(text).as_slice(), [Found { fact: Fact::Hour(_), .. }]);
            hour(new) && hour(old)
        });
        if let Some((new, old)) = hours {
            let mut applied = false;
            for sentence in sentences.iter_mut().take(index) {
                applied |= replace_value(&mut sentence.text, old, new, None);
            }
            if applied {
                let (said, span) = (&sentences[index].text, sentences[index].span.clone());
                findings.push(aside::correction(&format!("{new} au lieu de {old}"), said, span));
                sentences[index].text = String::new();
            }
            continue;
        }
        let number =
            |value: String| value.trim_end_matches(|c: char| !c.is_ascii_digit()).to_owned();
        let Some((new, old)) = said.map(|(new, old)| (number(new), number(old))) else { continue };
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
        // « 1,74 c'était le premier calcul. » goes on about the value that is gone.
        let speaker = sentences[index].speaker.clone();
        for after in sentences.iter_mut().skip(index + 1).take(2) {
            if applied && after.speaker == speaker && whole.is_match(&after.text) {
                after.text.clear();
            }
        }
        let (said, span) = (&sentences[index].text, sentences[index].span.clone());
        findings.push(if applied {
            aside::correction(&format!("{new} au lieu de {old}"), said, span)
        } else {
            aside::uncorrected(said, span)
        });
        sentences[index].text = String::new();
    }
}

/// Money, an hour or a number as written, with its place.
fn values(text: &str) -> Vec<Found> {
    let kept = |fact: &Fact| matches!(fact, Fact::Hour(_) | Fact::Amount(_) | Fact::Number(_));
    facts(text).into_iter().filter(|f| kept(&f.fact)).collect()
}

fn corrected(old: &str, said: &str, sentence: &Sentence) -> Finding {
    aside::correction(&format!("{old} n’est pas repris"), said, sentence.span.clone())
}

/// « je proposais 0,36 … je préférerais 0,35 — 0,35, d'accord »: of two proposals of one person the
/// one that the others take up.
fn outbid(sentences: &mut [Sentence], index: usize, findings: &mut Vec<Finding>) {
    crate::reading::words!(
        PREFERS,
        r"(?i)\b(?:je\s+pr[ée]f[èeé]re(?:rais)?|je\s+(?:dirais|propose(?:rais)?|mettrais)\s+plut[ôo]t|plut[ôo]t)\s+(?P<new>\d+(?:,\d+)?)\b"
    );
    crate::reading::words!(
        PROPOSED,
        r"(?i)\b(?:je\s+propos\w+|j['’]\s?(?:avais|ai)\s+propos\w+|je\s+pensais\s+[àa])\s+(?:de\s+)?(?P<old>\d+(?:,\d+)?)\b"
    );
    const WITHIN: usize = 4;
    let Some(said) = sentences.get(index) else { return };
    let Some(found) = PREFERS.captures(&said.text) else { return };
    let (new, from) = (found["new"].to_owned(), found.get(0).map_or(0, |m| m.start()));
    let Ok(whole) = Regex::new(&format!(r"(?:^|[^\d,]){}(?:$|[^\d,]|,\D)", regex::escape(&new)))
    else {
        return;
    };
    let taken = sentences.iter().skip(index + 1).take(WITHIN).any(|s| whole.is_match(&s.text));
    let first = index.saturating_sub(WITHIN);
    let before = (first..index).rev().find_map(|at| {
        let earlier = sentences.get(at).filter(|s| s.speaker == said.speaker)?;
        let old = PROPOSED.captures(&earlier.text)?.name("old")?;
        let (a, b) = (parse_cents(old.as_str())?, parse_cents(&new)?);
        (a != b && a <= b * 2 && b <= a * 2).then(|| (at, old.range(), old.as_str().to_owned()))
    });
    let Some((at, place, old)) = before.filter(|_| taken) else { return };
    let told = said.text.clone();
    sentences[at].text.replace_range(place, &new);
    // Why the other was left is no matter once it is.
    sentences[index].text = crate::task::wording::capital(&told[from..]);
    let message = format!("{new} au lieu de {old}");
    findings.push(aside::correction(&message, &told, sentences[index].span.clone()));
}

/// « un devis de 2 430... — attends, non, 2 340 € »: the number begun is the one said next.
fn begun_again(sentences: &mut [Sentence], index: usize, findings: &mut Vec<Finding>) {
    crate::reading::words!(
        BEGUN,
        r"(?P<old>\d[\d \u{a0}]*(?:,\d+)?)\s*(?:€|euros?)?\s*(?:\.{2,3}|…)$"
    );
    crate::reading::words!(
        AGAIN,
        r"(?i)^(?:(?:attends?|attendez|je\s+regarde|enfin|euh|ah)[\s,]+)*(?:non|pardon|c['’]est)[\s,]+(?:c['’]est\s+)?(?P<new>\d.*)$"
    );
    let [first, second, ..] = sentences.get_mut(index..).unwrap_or_default() else { return };
    let (Some(begun), Some(again)) = (BEGUN.captures(&first.text), AGAIN.captures(&second.text))
    else {
        return;
    };
    if first.speaker != second.speaker {
        return;
    }
    let old = begun["old"].trim().to_owned();
    let start = begun.name("old").map_or(0, |m| m.start());
    let text = format!("{}{}", &first.text[..start], &again["new"]);
    findings.push(corrected(&old, &second.text, second));
    first.text = text;
    first.span.end = second.span.end;
    second.text = String::new();
}

/// « à 12h40. — 12h40 c'est court. 12h45 ? — Oui, 12h45 »: of two bids the one agreed on.
fn bid(sentences: &mut [Sentence], index: usize, findings: &mut Vec<Finding>) {
    crate::reading::words!(
        AGREES,
        r"(?i)\b(?:oui|ok|d['’]accord|allez|va\s+pour|mieux|parfait|bon|[çc]a\s+marche)\b"
    );
    let Some(asked) = sentences.get(index) else { return };
    let (short, speaker) = (asked.text.split_whitespace().count() <= 6, asked.speaker.clone());
    let [new] = &values(&asked.text)[..] else { return };
    if !short || !asked.text.ends_with('?') || matches!(new.fact, Fact::Number(_)) {
        return;
    }
    let (new, said) = (new.clone(), asked.text.clone());
    let written = said.get(new.span.clone()).unwrap_or_default().to_owned();
    let agreed =
        sentences.iter().skip(index + 1).take(3).any(|s| {
            AGREES.is_match(&s.text) && values(&s.text).iter().any(|v| v.fact == new.fact)
        });
    // The other bid is named again by whom it does not suit.
    let Some(objects) = index.checked_sub(1).filter(|at| sentences[*at].speaker == speaker) else {
        return;
    };
    let kind = std::mem::discriminant(&new.fact);
    let of_kind = |f: &Found| std::mem::discriminant(&f.fact) == kind && f.fact != new.fact;
    let Some(old) = values(&sentences[objects].text).into_iter().find(|f| of_kind(f)) else {
        return;
    };
    let mut changed = None;
    if agreed {
        let before = sentences.iter_mut().take(objects).rev().take(4);
        for sentence in before.filter(|s| s.speaker != speaker) {
            for found in values(&sentence.text).into_iter().rev().filter(|f| f.fact == old.fact) {
                changed = sentence.text.get(found.span.clone()).map(str::to_owned);
                sentence.text.replace_range(found.span, &written);
            }
        }
    }
    if let Some(was) = changed {
        findings.push(corrected(
            &was,
            &format!("{} {said}", sentences[objects].text),
            &sentences[index],
        ));
        sentences[objects].text = String::new();
        sentences[index].text = String::new();
    }
}

/// « À 200 par mois. — Non, il a baissé. 180 charges comprises »: what another one corrects.
fn denied(sentences: &mut [Sentence], index: usize, findings: &mut Vec<Finding>) {
    let Some(said) = sentences.get(index) else { return };
    let short = said.text.split_whitespace().count() <= 8 && !said.text.ends_with('?');
    let [old] = &values(&said.text)[..] else { return };
    let Some(next) = sentences.get(index + 1) else { return };
    let folded = fold(&next.text);
    let no = folded.starts_with("non,") || folded.starts_with("non ");
    let no = no && !folded.starts_with("non mais");
    if !short || !no || next.speaker == said.speaker {
        return;
    }
    let answers = sentences.iter().skip(index + 1).take(3).filter(|s| s.speaker == next.speaker);
    let new = answers.clone().find(|s| {
        matches!(&values(&s.text)[..], [v] if v.fact != old.fact && comparable(&v.fact, &old.fact)
            && matches!(v.fact, Fact::Hour(_)) == matches!(old.fact, Fact::Hour(_)))
    });
    let Some(new) = new else { return };
    let old = said.text.get(old.span.clone()).unwrap_or_default().to_owned();
    findings.push(corrected(&old, &new.text.clone(), said));
    sentences[index].text = String::new();
}

/// Whether one may be said in the place of the other: of two counts neither is more than twice the
/// other.
fn comparable(a: &Fact, b: &Fact) -> bool {
    let count = |fact: &Fact| match fact {
        Fact::Amount(amount) => Some(amount.cents),
        Fact::Number(number) => parse_cents(number),
        _ => None,
    };
    match (count(a), count(b)) {
        (Some(a), Some(b)) => a <= b * 2 && b <= a * 2,
        _ => true,
    }
}

/// Days of the week that are not those of their dates, and totals that do not come out, as the
/// findings say, are not told.
pub fn doubtful(notes: &Notes, sentences: &mut [Sentence], findings: &[Finding]) {
    for finding in findings {
        let Some(span) = &finding.notes else { continue };
        let Some(written) = notes.text().get(span.clone()) else { continue };
        let told = match finding.kind {
            FindingKind::Weekday => written
                .split_once(' ')
                .map_or(String::new(), |(_, rest)| rest.trim_start().to_owned()),
            FindingKind::Sum => crate::task::wording::blank("montant"),
            _ => continue,
        };
        let inside = |s: &&mut Sentence| s.span.start <= span.start && span.end <= s.span.end;
        for sentence in sentences.iter_mut().filter(inside) {
            if !told.is_empty() {
                sentence.text = sentence.text.replacen(written, &told, 1);
            }
        }
    }
}

/// « samedi 16 janvier, samedi 14 février, samedi 20 mars »: days of one list are of one year, the
/// next one where only it fits the others.
pub fn days_of_a_list(sentences: &mut [Sentence], year: i16, findings: &mut Vec<Finding>) {
    for sentence in sentences {
        let dates = facts(&sentence.text).into_iter().filter_map(|f| match f.fact {
            Fact::Date(date) if date.weekday.is_some() && date.year.is_none() => {
                Some((f.span, date))
            }
            _ => None,
        });
        let dates: Vec<_> = dates.collect();
        let right = |date: &PartialDate, year| date.with_year(year).wrong_weekday().is_none();
        let fits = |year| dates.iter().filter(|(_, date)| right(date, year)).count();
        if dates.len() < 3 || fits(year + 1) < 2 || fits(year) >= fits(year + 1) {
            continue;
        }
        let told = findings.iter().any(|f| {
            f.kind == FindingKind::Weekday
                && f.notes.as_ref().is_some_and(|n| sentence.span.contains(&n.start))
        });
        for (span, date) in dates.iter().rev().filter(|(_, date)| !right(date, year + 1)) {
            let written = sentence.text.get(span.clone()).unwrap_or_default().to_owned();
            let bare = PartialDate { weekday: None, ..*date }.to_french();
            sentence.text.replace_range(span.clone(), &bare);
            if let Some(actual) = date.with_year(year + 1).wrong_weekday().filter(|_| !told) {
                findings.push(Finding::check(
                    FindingKind::Weekday,
                    Some(sentence.span.clone()),
                    format!(
                        "Le {bare} {} est un {} ; il est dit « {written} » : vérifiez le jour.",
                        year + 1,
                        weekday_name(actual)
                    ),
                ));
            }
        }
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
    findings.push(corrected(&old, &said, sentence));
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
    fn of_two_proposals_the_one_taken_up_is_told() {
        let mut sentences = said(&[
            "Le panier est à 9 euros, je proposais 12 à partir de mai.",
            "Ah bon.",
            "Sauf que avec 12 on perd du monde donc moi je préférerais 11.",
            "Donc 11 tout le monde est d'accord avec 11.",
        ]);
        let mut findings = Vec::new();
        correct(&mut sentences, &mut findings);
        let kept: Vec<&str> = sentences.iter().map(|s| s.text.as_str()).collect();
        assert_eq!(kept[0], "Le panier est à 9 euros, je proposais 11 à partir de mai.");
        assert_eq!(kept[2], "Je préférerais 11.");
        assert_eq!(findings.len(), 1);
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
    fn of_two_values_the_one_agreed_on_is_told() {
        let table: [(&[&str], &[&str]); 4] = [
            (
                &["On ferme à 18h40.", "18h40 c'est tôt.", "", ""],
                &["On ferme à 18h40.", "18h40 c'est tôt."],
            ),
            (&["À 300 euros.", "Non, il a baissé, 280 euros."], &["Non, il a baissé, 280 euros."]),
            (
                &["Deux cents mètres, 200.", "Non mais le tuyau est de 1974."],
                &["Deux cents mètres, 200.", "Non mais le tuyau est de 1974."],
            ),
            (
                &["Il en reste 12.", "Oui, 14 avec les vieux."],
                &["Il en reste 12.", "Oui, 14 avec les vieux."],
            ),
        ];
        for (texts, expected) in table {
            let mut sentences = said(texts);
            correct(&mut sentences, &mut Vec::new());
            let kept: Vec<&str> =
                sentences.iter().map(|s| s.text.as_str()).filter(|t| !t.is_empty()).collect();
            assert_eq!(kept, expected);
        }
        let turns = [
            ("Léa", "On ferme à 18h40."),
            ("Paul", "18h40 c'est tôt."),
            ("Paul", "18h50 ?"),
            ("Léa", "18h50 oui."),
        ];
        let mut sentences: Vec<Sentence> = turns
            .iter()
            .map(|(who, text)| Sentence {
                speaker: Some((*who).into()),
                text: (*text).into(),
                span: 0..0,
            })
            .collect();
        let mut findings = Vec::new();
        correct(&mut sentences, &mut findings);
        assert_eq!(sentences[0].text, "On ferme à 18h50.");
        assert_eq!((sentences[1].text.as_str(), findings.len()), ("", 1));
        let turns = ["Un devis de 1430...", "attends, non, 1 340 €, pose comprise."];
        let mut sentences: Vec<Sentence> = turns
            .iter()
            .map(|text| Sentence { speaker: Some("Léa".into()), text: (*text).into(), span: 0..0 })
            .collect();
        correct(&mut sentences, &mut findings);
        assert_eq!(sentences[0].text, "Un devis de 1 340 €, pose comprise.");
    }

    #[test]
    fn the_days_of_a_list_are_of_one_year() {
        let mut sentences =
            said(&["Le samedi 16 janvier, le samedi 14 février, le samedi 20 mars."]);
        let mut findings = Vec::new();
        days_of_a_list(&mut sentences, 2026, &mut findings);
        assert_eq!(sentences[0].text, "Le samedi 16 janvier, le 14 février, le samedi 20 mars.");
        assert!(findings[0].message.contains("dimanche"), "{findings:?}");
    }

    #[test]
    fn an_hour_corrected_late_is_replaced_where_it_was_said() {
        let mut sentences = said(&[
            "On ferme la rue de 9h à 15h le 15 mars.",
            "Le car part à 15h10.",
            "Ah oui, c'est 9h 18h, pas 15h.",
        ]);
        let mut findings = Vec::new();
        correct(&mut sentences, &mut findings);
        assert!(sentences[0].text.contains("18 h le 15 mars"), "{}", sentences[0].text);
        assert_eq!(sentences[1].text, "Le car part à 15h10.");
        assert_eq!((sentences[2].text.as_str(), findings.len()), ("", 1));
    }

    #[test]
    fn what_is_said_of_cutting_the_water_stays() {
        let mut sentences = said(&[
            "On ouvre la rue le 3 mai.",
            "On coupe le gaz au bourg de 8h à 10h.",
            "J'apporte le papier avant jeudi 6.",
            "La voisine est fâchée, vous le mettez pas dans le compte rendu.",
        ]);
        hide(&mut sentences, &mut Vec::new());
        let kept = sentences.iter().filter(|s| !s.text.is_empty()).count();
        assert_eq!(kept, 3, "{sentences:?}");
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
