//! The subjects of a transcript: where somebody says that the meeting goes on to another one.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::speech::Sentence;
use crate::reading::pattern;
use crate::task::minutes::items;
use crate::task::wording::capital;

/// Sentences in a row about one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// As a title; empty where nobody names it.
    pub title: String,
    /// Which sentences.
    pub sentences: Range<usize>,
}

static MARKER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)(?:
            \b(?:premier|deuxi[èe]me|second|troisi[èe]me|quatri[èe]me|cinqui[èe]me|sixi[èe]me|septi[èe]me|huiti[èe]me|dernier|autre|prochain)\s+(?:point|sujet)(?:\s+(?:de\s+l['’]ordre\s+du\s+jour|suivant|du\s+jour|[àa]\s+l['’]ordre\s+du\s+jour))?\s*(?:[,:]|c['’]est|ce\s+sera|concerne|sur|est)?\s*
          | \b(?:point|sujet)\s+(?:suivant|num[ée]ro\s+\w+|n°\s*\d+|\d+)\s*[,:]?\s*(?:c['’]est|sur|concerne)?\s*
          | \b(?:on\s+(?:va\s+)?(?:passe(?:r)?|attaque(?:r)?|encha[îi]ne(?:r)?|arrive(?:r)?|commence(?:r)?|continue(?:r)?|finit|termine(?:r)?)(?:\s+(?:donc|maintenant|alors|tout\s+de\s+suite|directement))?\s+(?:[àa]\s+la\s|[àa]\s+l['’]|aux?\s|[àa]\s|avec\s|par\s|sur\s))
          | \b(?:passons|venons-en|commen[çc]ons|encha[îi]nons|continuons|terminons)(?:\s+(?:donc|maintenant))?\s+(?:[àa]\s+la\s|[àa]\s+l['’]|aux?\s|[àa]\s|avec\s|par\s|sur\s)
          | ^(?:alors|donc|bon|ok|tr[èe]s\s+bien|ensuite|maintenant)[\s,]+(?:ensuite\s*,?\s*|maintenant\s*,?\s*)?(?:le\s+point\s+(?:sur\s+)?|concernant\s+|au\s+sujet\s+d[eu]s?\s+|pour\s+ce\s+qui\s+est\s+d[eu]s?\s+)
          | ^(?:concernant|au\s+sujet\s+d[eu]s?|[àa]\s+propos\s+d[eu]s?)\s+
        )(?P<rest>.*)$",
    )
});
static MISCELLANEOUS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bquestions?\s+diverses?\b"));

/// Cuts the sentences into topics: every sentence is in exactly one.
pub fn topics(sentences: &[Sentence]) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    let mut start = 0;
    let mut title = String::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let Some(next) = opened(&sentence.text) else { continue };
        if next == title {
            continue;
        }
        // What stands before the first subject is the opening of the meeting.
        if index > start {
            topics.push(Topic { title: std::mem::take(&mut title), sentences: start..index });
            start = index;
        }
        title = next;
    }
    if start < sentences.len() {
        topics.push(Topic { title, sentences: start..sentences.len() });
    }
    topics
}

/// The title of the subject that a sentence opens.
fn opened(text: &str) -> Option<String> {
    if text.ends_with('?') && text.split_whitespace().count() > 12 {
        return None;
    }
    if MISCELLANEOUS.is_match(text) && text.split_whitespace().count() <= 12 {
        return Some("Questions diverses".to_owned());
    }
    let found = MARKER.captures(text)?;
    let rest = found.name("rest")?.as_str();
    let end = rest.find([',', '.', '?', '!', ';', ':', '(']).unwrap_or(rest.len());
    let words: Vec<&str> = rest.get(..end)?.split_whitespace().collect();
    let stop = words.iter().position(|w| {
        ["alors", "donc", "est-ce", "qui", "parce", "où", "on", "je", "il", "c'est", "vous", "pour", "et", "ben", "bon", "parce", "puisque", "comme", "avant", "après", "si"]
            .contains(&w.to_lowercase().as_str())
    });
    let words = words.get(..stop.unwrap_or(words.len()).min(8))?;
    let text = words.join(" ");
    let text = ["le ", "la ", "les ", "l'", "l’", "un ", "une ", "c'est ", "du ", "des "]
        .iter()
        .fold(text.clone(), |text, article| {
            let starts = text.to_lowercase().starts_with(article);
            if starts { text.get(article.len()..).unwrap_or("").to_owned() } else { text }
        });
    let first = text.split_whitespace().next()?;
    // « on passe à 12 euros », « on passe au vote », « on arrive à tenir »
    let numeric = first.chars().any(|c| c.is_ascii_digit());
    let procedure = ["vote", "suite", "autre", "ça", "autre", "fin", "bout", "même", "table", "savoir", "jour", "la", "tour"]
        .contains(&first.to_lowercase().as_str());
    let verb = super::super::working::verb::is_infinitive(first);
    if numeric || procedure || verb || text.chars().count() < 3 {
        return None;
    }
    Some(items::title(&capital(&text)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn somebody_says_what_comes_next() {
        let table = [
            ("Premier point, le budget de la fête.", Some("Budget de la fête")),
            ("Alors on passe au règlement de la salle.", Some("Règlement de la salle")),
            ("On passe maintenant à la buvette.", Some("Buvette")),
            ("Deuxième sujet : les affiches", Some("Affiches")),
            ("Il reste les questions diverses.", Some("Questions diverses")),
            ("On passe à 12 euros l'entrée.", None),
            ("On passe au vote.", None),
            ("On arrive à tenir le budget.", None),
            ("Le budget est de 300 euros.", None),
        ];
        for (text, expected) in table {
            assert_eq!(opened(text).as_deref(), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_sentence_is_in_one_topic(texts in proptest::collection::vec(r"(On passe à la buvette|Premier point, le budget|Bonjour|Oui)\.", 0..20)) {
            let sentences: Vec<Sentence> = texts
                .into_iter()
                .map(|text| Sentence { speaker: None, text, span: 0..0 })
                .collect();
            let mut next = 0;
            for topic in topics(&sentences) {
                prop_assert_eq!(topic.sentences.start, next);
                next = topic.sentences.end;
            }
            prop_assert_eq!(next, sentences.len());
        }
    }
}
