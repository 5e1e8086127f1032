//! The subjects of a transcript: where somebody says that the meeting goes on to another one.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::speech::Sentence;
use crate::reading::date::is_weekday;
use crate::reading::pattern;
use crate::task::minutes::structure::{Entry, match_entry};
use crate::task::minutes::title;
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
          | ^(?:(?:alors|bon|donc|ok|et)[\s,]+)*(?:premi[èe]re?|deuxi[èe]me|troisi[èe]me|quatri[èe]me|cinqui[èe]me|sixi[èe]me|derni[èe]re?)\s*[,:]\s*(?:les?\s|la\s|l['’]|une?\s)
          | \b(?:point|sujet)\s+(?:suivant|num[ée]ro\s+\w+|n°\s*\d+|\d+)\s*[,:]?\s*(?:c['’]est|sur|concerne)?\s*
          | \b(?:on\s+(?:va\s+)?(?:passe(?:r)?|attaque(?:r)?|encha[îi]ne(?:r)?|arrive(?:r)?|commence(?:r)?|continue(?:r)?|finit|termine(?:r)?)(?:\s+(?:donc|maintenant|alors|tout\s+de\s+suite|directement))?\s+(?:[àa]\s+la\s|[àa]\s+l['’]|aux?\s|[àa]\s|avec\s|par\s|sur\s))
          | \b(?:passons|venons-en|commen[çc]ons|encha[îi]nons|continuons|terminons)(?:\s+(?:donc|maintenant))?\s+(?:[àa]\s+la\s|[àa]\s+l['’]|aux?\s|[àa]\s|avec\s|par\s|sur\s)
          | ^(?:alors|donc|bon|ok|tr[èe]s\s+bien|ensuite|maintenant)[\s,]+(?:ensuite\s*,?\s*|maintenant\s*,?\s*)?(?:le\s+point\s+(?:sur\s+)?|concernant\s+|au\s+sujet\s+d[eu]s?\s+|pour\s+ce\s+qui\s+est\s+d[eu]s?\s+)
          | \b(?:le|notre)\s+(?:gros|grand|principal|vrai)\s+(?:sujet|morceau|point)\s*,?\s*c['’]est\s+
          | ^(?:concernant|au\s+sujet\s+d[eu]s?|[àa]\s+propos\s+d[eu]s?)\s+
        )(?P<rest>.*)$",
    )
});
/// « ensuite la sécurité devant le collège, … »: only a thing, never something done.
static NEXT_THING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:bon|alors|ok)[\s,]+)?(?:ensuite|apr[èe]s)[\s,]+(?:il\s+)?(?:y\s+a\s+)?(?P<rest>(?:le\s|la\s|les\s|l['’])(?:\p{L}+['’]?\s?){1,6}(?:[,.].*)?)$",
    )
});
static MISCELLANEOUS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bquestions?\s+diverses?\b|^(?:(?:bon|alors|ok|et|voil[àa])[\s,.]+)*(?:les\s+)?divers\s*[?.:]?$",
    )
});

/// Cuts the sentences into topics: every sentence is in exactly one.
pub fn topics(sentences: &[Sentence]) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    let mut start = 0;
    let mut title = String::new();
    let (agenda, after) = agenda(sentences);
    let mut taken: Vec<u32> = Vec::new();
    // Whoever opens the meeting leads it from one subject to the next.
    let chair = sentences.iter().find_map(|s| s.speaker.clone());
    let leads = |s: &Sentence| chair.is_none() || s.speaker == chair;
    for (index, sentence) in sentences.iter().enumerate() {
        if index < after {
            continue;
        }
        let next = listed(sentence, sentences.get(index + 1), &agenda, &mut taken).or_else(|| {
            leads(sentence).then(|| counted_aloud(sentence, &agenda, &mut taken)).flatten()
        });
        // What comes up among the other questions is no item of its own.
        if next.is_none() && agenda.len() > 1 && title == "Questions diverses" {
            continue;
        }
        let next = next
            .or_else(|| {
                opened(&sentence.text).filter(|_| leads(sentence) || !follows(&sentence.text))
            })
            .or_else(|| named(sentences, index).filter(|_| leads(sentence)));
        let Some(next) = next else { continue };
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

/// « Trois, la subvention du club. », « Le procès-verbal, des remarques ? »: the chair goes on with
/// the agenda.
fn counted_aloud(sentence: &Sentence, agenda: &[Entry], taken: &mut Vec<u32>) -> Option<String> {
    crate::reading::words!(
        RANK,
        r"(?i)^(?:(?:alors|donc|bon|et|ok|bien)[\s,]+)*(?P<n>un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)\s*[,:.]\s+(?P<rest>[^?]+)"
    );
    let entry = match RANK.captures(&sentence.text) {
        Some(found) => {
            let number = rank(&found["n"])?;
            let entry = agenda.iter().find(|e| e.number == number)?;
            let rest = first_words(&found["rest"]);
            // « Un, deux. » counts hands.
            let same = match_entry(rest, std::slice::from_ref(entry)).is_some();
            (same && rest.split_whitespace().count() <= 8).then_some(entry)?
        }
        None => agenda.iter().find(|e| {
            let said = as_title(first_words(&sentence.text));
            said.is_some_and(|said| crate::reading::fold(&said) == crate::reading::fold(&e.title))
        })?,
    };
    if taken.contains(&entry.number) {
        return None;
    }
    taken.push(entry.number);
    Some(entry.title.clone())
}

/// « ensuite … », « après … » may go on with what is told.
fn follows(text: &str) -> bool {
    // « Ensuite les bancs. » and no more goes on to another one, whoever says it.
    let bare = text.split_whitespace().count() <= 5 && text.ends_with('.');
    NEXT_THING.is_match(text) && !MARKER.is_match(text) && !bare
}

/// « Alors les achats. », « Le compresseur. », « L'adhésion 2027. »: a thing and no more, that
/// answers nothing.
fn named(sentences: &[Sentence], index: usize) -> Option<String> {
    crate::reading::words!(
        THING,
        r"(?i)^(?:(?:alors|bon|super|ok|et|ah|justement|parfait|tr[èe]s\s+bien|donc|ensuite|maintenant|allez|sinon|reste)[\s,]+)*(?P<article>les?\s|la\s|l['’])\s*(?P<thing>[^,.?!:\d]{3,40}(?:20\d\d)?)(?:,\s*\p{Lu}\p{L}+)?\s*[.:!]*$"
    );
    crate::reading::words!(
        VERB,
        r"(?i)\b(?:est|sont|a|ont|va|vont|fait|faut|peut|veut|[ée]tait|sera|c['’]est|on|je|j['’]|tu|il|elle|nous|vous|y|qui|que|pas|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|deux|trois|m[êe]me|voil[àa]|premier|premi[èe]re|derni\p{L}+)\b"
    );
    let sentence = sentences.get(index)?;
    let found = THING.captures(&sentence.text)?;
    let before = index.checked_sub(1).and_then(|at| sentences.get(at));
    let answers = before.is_some_and(|b| b.text.ends_with('?') && b.speaker != sentence.speaker);
    let thing = found["thing"].trim();
    crate::reading::words!(TAIL, r"(?i)\s+(?:maintenant|d['’]abord|alors|[àa]\s+pr[ée]sent)$");
    let thing = TAIL.replace(thing, "");
    let count = thing.split_whitespace().count();
    if answers || VERB.is_match(&thing) || !(1..=5).contains(&count) || thing.chars().count() < 4 {
        return None;
    }
    as_title(&thing)
}

/// The agenda read aloud, and the sentence after it: « premièrement les comptes, deuxièmement … »,
/// « Un, l'approbation du procès-verbal. Deux, les tarifs. »
fn agenda(sentences: &[Sentence]) -> (Vec<Entry>, usize) {
    crate::reading::words!(
        SAID,
        r"(?i)\bordre\s+du\s+jour\b|\b(?:points|sujets)\s+à\s+voir\b|\bau\s+programme\b"
    );
    crate::reading::words!(
        ORDINAL,
        r"(?i)(?:^|[\s,.:;])(?:et\s+)?(?P<n>premi[èe]rement|d['’]abord|deuxi[èe]mement|troisi[èe]mement|quatri[èe]mement|cinqui[èe]mement|sixi[èe]mement|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)(?:\s*[,:]\s+(?:(?:le|la|les|on)\s+|l['’])?|\s+(?:(?:le|la|les|on)\s+|l['’]))"
    );
    if let Some(found) = counted(sentences) {
        return found;
    }
    let Some(first) = sentences.iter().take(60).position(|s| SAID.is_match(&s.text)) else {
        return (Vec::new(), 0);
    };
    let last = (first + 10).min(sentences.len());
    let mut entries: Vec<Entry> = Vec::new();
    let mut after = 0;
    for (index, sentence) in sentences.iter().enumerate().take(last).skip(first) {
        let text = &sentence.text;
        let marks: Vec<(usize, usize, u32)> = ORDINAL
            .captures_iter(text)
            .filter_map(|found| {
                let whole = found.get(0)?;
                // « six séances, deux, le … » counts; the first entry is 1.
                Some((whole.start(), found.name("n")?.end(), rank(&found["n"])?))
            })
            .collect();
        for (at, (_, from, number)) in marks.iter().enumerate() {
            if *number as usize != entries.len() + 1 {
                continue;
            }
            let to = marks.get(at + 1).map_or(text.len(), |m| m.0);
            let words = text.get(*from..to).unwrap_or("");
            let words = words.split(';').next().unwrap_or(words);
            let words = words.trim_matches([',', '.', ' ', ':', ';']);
            let words = words.strip_suffix(" et").unwrap_or(words);
            // « les, les travaux, euh » keeps its first words.
            let words =
                words.split(',').map(str::trim).find(|w| w.split(' ').count() > 1).unwrap_or(words);
            if let Some(title) = as_title(words) {
                entries.push(Entry { number: *number, title });
                after = index + 1;
            }
        }
    }
    if entries.len() < 2 { (Vec::new(), 0) } else { (entries, after) }
}

/// « 3 sujets : la cuve, les parcelles libres, la fête du 20 juin ».
fn counted(sentences: &[Sentence]) -> Option<(Vec<Entry>, usize)> {
    crate::reading::words!(
        LIST,
        r"(?i)\b(?:\d|deux|trois|quatre|cinq|six)\s+(?:sujets?|points?)\s*(?:\p{L}+\s+){0,4}:\s*(?P<list>.+)$"
    );
    crate::reading::words!(PART, r",\s+|\s+et\s+");
    let (index, found) = sentences
        .iter()
        .enumerate()
        .take(30)
        .find_map(|(index, s)| Some((index, LIST.captures(&s.text)?)))?;
    let parts = PART.split(found["list"].trim_end_matches(['.', ' ']));
    let entries = (1..).zip(parts.filter_map(as_title));
    let entries: Vec<Entry> = entries.map(|(number, title)| Entry { number, title }).collect();
    (entries.len() > 1).then_some((entries, index + 1))
}

/// « deuxièmement », « deuxième », « deux » are 2.
fn rank(word: &str) -> Option<u32> {
    let folded = crate::reading::fold(word);
    if folded.starts_with("prem") || folded == "d'abord" {
        return Some(1);
    }
    let stems = ["un", "deux", "trois", "quatr", "cinq", "six", "sept", "huit", "neuf"];
    (1..).zip(stems).filter(|(_, stem)| folded.starts_with(stem)).map(|(n, _)| n).last()
}

/// The entry of the agenda that a sentence opens: by its rank, or, in a short sentence, its words.
fn listed(
    sentence: &Sentence,
    next: Option<&Sentence>,
    agenda: &[Entry],
    taken: &mut Vec<u32>,
) -> Option<String> {
    crate::reading::words!(
        POINT,
        r"(?i)\b(?:point\s+(?:num[ée]ro\s+)?(?P<a>un|deux|trois|quatre|cinq|six|sept|huit|neuf|\d)\b|(?P<b>premier|deuxi[èe]me|troisi[èe]me|quatri[èe]me|cinqui[èe]me|sixi[èe]me|septi[èe]me)\s+(?:point|sujet))\s*[,.:]?\s*(?P<rest>.*)$"
    );
    if let Some(found) = POINT.captures(&sentence.text) {
        let word = found.name("a").or_else(|| found.name("b"))?.as_str();
        let number = word.parse().ok().or_else(|| rank(word))?;
        if taken.contains(&number) {
            return None;
        }
        let entry = agenda.iter().find(|e| e.number == number).map(|e| e.title.clone());
        let own = as_title(&thing(first_words(&found["rest"])));
        let after = next.and_then(|n| as_title(first_words(&n.text)));
        let title = entry.or(own).or(after)?;
        taken.push(number);
        return Some(title);
    }
    let words = sentence.text.split_whitespace().count();
    if agenda.is_empty() || words > 6 || sentence.text.ends_with('?') {
        return None;
    }
    let number = match_entry(&sentence.text, agenda)?;
    let entry = agenda.iter().find(|e| e.number == number)?;
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let own_digits = digits(&sentence.text);
    let shared = !own_digits.is_empty() && digits(&entry.title).contains(&own_digits);
    let numeric = !own_digits.is_empty() && !shared;
    // A long word in common, not « pour », unless there are few; a number tells something of the
    // subject before.
    let long = if words <= 3 || shared { 4 } else { 5 };
    let stems = |text: &str| -> Vec<String> {
        crate::reading::fold(text)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.len() >= long)
            .map(|w| w.chars().take(5).collect())
            .collect()
    };
    let own = stems(&sentence.text);
    if numeric || !stems(&entry.title).iter().any(|stem| own.contains(stem)) {
        return None;
    }
    if taken.contains(&number) {
        return None;
    }
    taken.push(number);
    agenda.iter().find(|e| e.number == number).map(|e| e.title.clone())
}

/// The thing that a subject is about, without who is asked to tell it and what is said of it:
/// « transports vas-y Luc », « comptes Zoé », « chaudière elle fuit ».
fn thing(words: &str) -> String {
    const ENDS: [&str; 26] = [
        "vas-y", "allez-y", "tu", "toi", "vous", "il", "elle", "ils", "elles", "on", "je", "j'ai",
        "c'est", "qui", "alors", "donc", "bon", "euh", "oui", "ok", "parce", "est", "sont", "a",
        "ont", "et",
    ];
    let words: Vec<&str> = words.split_whitespace().collect();
    let stop = words.iter().skip(1).position(|w| ENDS.contains(&w.to_lowercase().as_str()));
    let mut words = words.get(..stop.map_or(words.len(), |at| at + 1)).unwrap_or_default();
    // A first name at the end calls on somebody, unless it belongs to a name.
    while let [before @ .., last] = words
        && !before.is_empty()
        && super::super::working::names::is_given_name(last)
        && !before.last().is_some_and(|w| {
            ["de", "du", "à", "avec", "chez", "sainte", "saint"]
                .contains(&w.to_lowercase().as_str())
        })
    {
        words = before;
    }
    words.join(" ")
}

/// Words up to the first sign, of a short phrase.
fn first_words(text: &str) -> &str {
    let end = text.find([',', '.', '?', '!', ';', ':', '(']).unwrap_or(text.len());
    text.get(..end).unwrap_or("")
}

/// A few words as a title, without their article.
fn as_title(words: &str) -> Option<String> {
    let text = words.trim();
    if text.split_whitespace().count() > 9 || text.chars().count() < 3 {
        return None;
    }
    let articles =
        ["le ", "la ", "les ", "l'", "l’", "un ", "une ", "c'est ", "du ", "des ", "on parle de "];
    let text = articles.iter().fold(text.to_owned(), |text, article| {
        let starts = text.to_lowercase().starts_with(article);
        if starts { text.get(article.len()..).unwrap_or("").to_owned() } else { text }
    });
    Some(title::title(&capital(text.trim())))
}

/// The title of the subject that a sentence opens.
fn opened(text: &str) -> Option<String> {
    if text.ends_with('?') && text.split_whitespace().count() > 12 {
        return None;
    }
    if MISCELLANEOUS.is_match(text) && text.split_whitespace().count() <= 12 {
        return Some("Questions diverses".to_owned());
    }
    let found = MARKER.captures(text).or_else(|| NEXT_THING.captures(text))?;
    let rest = found.name("rest")?.as_str();
    let end = rest.find([',', '.', '?', '!', ';', ':', '(']).unwrap_or(rest.len());
    let words: Vec<&str> = rest.get(..end)?.split_whitespace().collect();
    let stop = words.iter().position(|w| {
        [
            "alors", "donc", "est-ce", "qui", "parce", "où", "on", "je", "il", "c'est", "vous",
            "pour", "et", "ben", "bon", "parce", "puisque", "comme", "avant", "après", "si",
        ]
        .contains(&w.to_lowercase().as_str())
    });
    let words = words.get(..stop.unwrap_or(words.len()).min(8))?;
    let text = thing(&words.join(" "));
    let text = ["le ", "la ", "les ", "l'", "l’", "un ", "une ", "c'est ", "du ", "des "]
        .iter()
        .fold(text, |text, article| {
            let starts = text.to_lowercase().starts_with(article);
            if starts { text.get(article.len()..).unwrap_or("").to_owned() } else { text }
        });
    let first = text.split_whitespace().next()?;
    // « on passe à 12 euros », « on passe au vote », « on arrive à tenir »
    let numeric = first.chars().any(|c| c.is_ascii_digit());
    if is_weekday(&first.to_lowercase()) {
        return None;
    }
    let procedure = [
        "vote", "suite", "autre", "ça", "autre", "fin", "bout", "même", "table", "savoir", "jour",
        "la", "tour",
    ]
    .contains(&first.to_lowercase().as_str());
    let verb = super::super::working::verb::is_infinitive(first);
    if numeric || procedure || verb || text.chars().count() < 3 {
        return None;
    }
    Some(title::title(&capital(&text)))
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
            (
                "ensuite la sécurité devant le collège, la mairie dit non",
                Some("Sécurité devant le collège"),
            ),
            ("Divers ?", Some("Questions diverses")),
            ("Troisième, les bancs.", Some("Bancs")),
            ("ensuite on a rangé la salle", None),
            ("On passe à 12 euros l'entrée.", None),
            ("On passe au vote.", None),
            ("Donc on passe au jeudi midi.", None),
            ("Alors euh, le gros sujet, c'est le monde.", Some("Monde")),
            ("On arrive à tenir le budget.", None),
            ("Le budget est de 300 euros.", None),
        ];
        for (text, expected) in table {
            assert_eq!(opened(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_one_who_leads_names_the_next_thing() {
        let turn = |who: &str, text: &str| Sentence {
            speaker: Some(who.to_owned()),
            text: text.to_owned(),
            span: 0..0,
        };
        let talk = [
            turn("Ada", "Bonsoir à tous."),
            turn("Ada", "Alors les achats."),
            turn("Luc", "Le prix ?"),
            turn("Ada", "Le catalogue."),
            turn("Luc", "Le compresseur."),
            turn("Ada", "Bon, l'adhésion 2027."),
            turn("Ada", "Le samedi."),
            turn("Ada", "La salle est prise."),
            turn("Ada", "Le local maintenant."),
        ];
        let titles: Vec<String> = topics(&talk).into_iter().map(|t| t.title).collect();
        assert_eq!(titles, ["", "Achats", "Adhésion 2027", "Local"]);
    }

    #[test]
    fn an_agenda_counted_aloud_is_gone_through_by_its_numbers() {
        let turn = |who: &str, text: &str| Sentence {
            speaker: Some(who.to_owned()),
            text: text.to_owned(),
            span: 0..0,
        };
        let talk = [
            turn(
                "Ada",
                "L'ordre du jour : un, les comptes 2025 ; deux, prêt du minibus ; trois, le lavoir ; quatre, décision modificative numéro 2 ; et les questions diverses.",
            ),
            turn("Ada", "Les comptes 2025, des questions ?"),
            turn("Luc", "Deux, trois détails."),
            turn("Ada", "Deux, le minibus."),
            turn("Luc", "Le club le demande."),
            turn("Ada", "Trois, le lavoir."),
            turn("Luc", "Il fuit."),
            turn("Ada", "Quatre, décision modificative numéro 2. C'est technique."),
            turn("Ada", "300 euros de plus."),
            turn("Ada", "Un, deux."),
            turn("Ada", "Questions diverses."),
            turn("Ada", "Le bal."),
        ];
        let titles: Vec<String> = topics(&talk).into_iter().map(|t| t.title).collect();
        assert_eq!(
            titles,
            [
                "",
                "Comptes 2025",
                "Prêt du minibus",
                "Lavoir",
                "Décision modificative numéro 2",
                "Questions diverses"
            ]
        );
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
