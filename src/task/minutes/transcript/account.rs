//! What was said, in indirect speech and by rule: only sentences that carry a fact (a number, a
//! date, an amount, a name), one clause each, told of the person who says them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::talk::Talk;
use crate::reading::name::Roster;
use crate::reading::{Fact, Found, expand_facts, facts, fold, pattern, words};
use crate::task::minutes::working::{names::is_given_name, verb};

/// Words that open a sentence and say nothing.
static OPENERS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)^(?:
            (?:et|mais|donc|alors|bon|oui|ouais|non|ok|d['’]accord|ah|oh|or|apr[èe]s|moi|nous|là|sinon|puis|et\s+puis|ensuite|enfin|bref|c['’]est\s+vrai|justement|par\s+contre|disons|tr[èe]s\s+bien|parfait|super|merci|parce\s+que|bonsoir(?:\s+[àa]\s+tous)?|bonjour(?:\s+[àa]\s+tous)?)(?:\s*,\s*|\s+)
          | (?:parce|sachant|je\s+(?:pense|crois|trouve|rappelle|signale|pr[ée]cise|vous\s+(?:rappelle|signale|informe|dis|pr[ée]cise))|je\s+(?:te|vous)\s+signale|il\s+se\s+trouve)\s+qu(?:e\s+|['’]\s*)
          )+",
    )
});
static JE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:je\s+|j['’]\s*)(?P<clitics>(?:(?:ne|vous|te|lui|leur|le|la|les|en|y|me)\s+|[nlmt]['’]\s*)*)(?P<verb>\p{L}+)(?P<rest>.*)$",
    )
});

/// The account of one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// A sentence of its own: « Paul propose … », « Paul demande si … ».
    Whole(String),
    /// What somebody states: goes on from the statement before when it is of the same person.
    States(String, String),
}

impl Told {
    /// Adds it to an account.
    pub fn add_to(self, account: &mut Vec<String>) {
        match self {
            Self::Whole(text) => account.push(text),
            Self::States(who, text) => {
                let lead = format!("{who} indique : ");
                let last =
                    account.last_mut().filter(|last| last.starts_with(&lead) && last.len() < 600);
                match last {
                    Some(last) => {
                        let length = last.trim_end_matches('.').len();
                        last.truncate(length);
                        last.push_str(&format!(" ; {text}."));
                    }
                    None => account.push(format!("{lead}{text}.")),
                }
            }
        }
    }
}

/// The account of one sentence; nothing when it carries no fact or cannot be told.
pub fn told(talk: &Talk<'_>, index: usize, roster: &Roster) -> Option<Told> {
    let sentence = &talk.sentences[index];
    if !carries(&sentence.text, talk, roster) {
        return None;
    }
    words!(
        ASSENT,
        r"(?i)\b(?:bon\s+pour\s+moi|[çc]a\s+(?:me\s+)?va|parfait|d['’]accord|c['’]est\s+[çc]a|noté|merci|bonne\s+soir[ée]e|moi\s+aussi)\b"
    );
    // « Le 20 c'est bon pour moi » agrees; what was agreed is told elsewhere.
    let words = sentence.text.split_whitespace().count();
    let amount = facts(&sentence.text).iter().any(|f| matches!(f.fact, Fact::Amount(_)));
    if words <= 12 && !amount && ASSENT.is_match(&sentence.text) && !dated_first(talk, index) {
        return None;
    }
    if super::people::about_attendance(&sentence.text)
        || talk.speaker(index).is_some_and(|who| sentence.text.starts_with(who))
    {
        return None;
    }
    let quotes = |told: &Told| matches!(told, Told::Whole(text) if text.contains(": «"));
    let told = indirect(talk.speaker(index), &narrowed(&sentence.text), talk.proper)?;
    // « la salle c'est 48 places, moi les derniers … »: the clauses that carry the facts are told.
    let told = match quotes(&told) {
        true if words > 12 => indirect(talk.speaker(index), &of_facts(&sentence.text), talk.proper)
            .filter(|narrow| !quotes(narrow))
            .unwrap_or(told),
        _ => told,
    };
    // What is said to somebody is worth quoting only for a hard fact.
    let quoted = quotes(&told);
    let held = facts(&sentence.text);
    let counted = |f: &&Found| matches!(&f.fact, Fact::Number(number) if number.len() > 1);
    // A long turn without stops that counts several things is told too.
    let counts = words >= 15 && held.iter().filter(counted).count() > 1;
    let hard = counts
        || held.iter().any(|f| {
            matches!(f.fact, Fact::Amount(_) | Fact::Percent(_) | Fact::Date(_) | Fact::Hour(_))
        });
    (!quoted || (hard && words >= 6)).then_some(told)
}

/// « Parfait, samedi 12 décembre »: whether a sentence is the first to say a whole date, of which the
/// talk just before had the day alone or nothing.
fn dated_first(talk: &Talk<'_>, index: usize) -> bool {
    let dates = |text: &str| -> Vec<_> {
        let whole = facts(text).into_iter().filter_map(|f| match f.fact {
            Fact::Date(date) if date.day.is_some() => Some((date.day, date.month)),
            _ => None,
        });
        whole.collect()
    };
    let own = dates(&talk.sentences[index].text);
    let before = talk.sentences.get(index.saturating_sub(6)..index).unwrap_or_default();
    let known: Vec<_> = before.iter().flat_map(|s| dates(&s.text)).collect();
    own.iter().any(|date| !known.contains(date))
}

/// Whether a sentence speaks of what the one before it names: « c'est 280 euros », « elle est cassée ».
pub fn points_back(text: &str) -> bool {
    words!(
        BACK,
        r"(?i)^(?:(?:et|mais|donc|alors|oui)[\s,]+)*(?:c['’]est|[çc]a|elles?|ils?|il\s+faut\s+l|faut\s+l[ae]|faudrait\s+l[aes]|y\s+en\s+a|on\s+l[ea])\b"
    );
    BACK.is_match(text)
}

/// The account of a sentence that carries no fact of its own but names what the next speaks of.
pub fn context(talk: &Talk<'_>, index: usize) -> Option<Told> {
    let text = &talk.sentences.get(index)?.text;
    let words = text.split_whitespace().count();
    if !(4..=30).contains(&words) || text.ends_with('?') {
        return None;
    }
    let told = indirect(talk.speaker(index), text, talk.proper)?;
    let quoted = matches!(&told, Told::Whole(text) if text.contains(": «"));
    (!quoted).then_some(told)
}

/// Whether the sentence carries a fact.
fn carries(text: &str, talk: &Talk<'_>, roster: &Roster) -> bool {
    let hard = facts(text).iter().any(|f| !matches!(&f.fact, Fact::Number(n) if n.len() < 2));
    let counted = facts(text).iter().any(|f| matches!(f.fact, Fact::Number(_)));
    let named = !roster.mentions(text).is_empty()
        || text.split(|c: char| !c.is_alphanumeric() && c != '-').skip(1).any(|w| {
            w.starts_with(char::is_uppercase)
                && w.chars().count() > 2
                && (is_given_name(w) || !crate::reading::name::is_common(w))
                && !talk.speakers.all().any(|s| s == w)
        });
    let long_enough = text.split_whitespace().count() >= 3;
    long_enough && (hard || counted || named || in_words(text) || settles(text))
}

/// Amounts and counts in words: « deux cents euros », « trois devis ».
fn in_words(text: &str) -> bool {
    words!(
        COUNTED,
        r"(?i)\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|cinquante|soixante|cents?|mille)(?:-\p{L}+)*\s+(?:\p{L}+\s+)?(?:euros?|devis|personnes|b[ée]n[ée]voles|places|tables|jours|semaines|mois|ans|enfants|familles|adh[ée]rents|inscrits|heures|m[èe]tres|offres|candidats|voix|fois|repas|stands)\b"
    );
    COUNTED.is_match(text)
}

/// Sentences that report a result without a number.
fn settles(text: &str) -> bool {
    words!(
        ELSEWHERE,
        r"(?i)\bc['’]est\s+(?:l['’]|le\s|la\s)\s*(?:assembl|AG\b|conseil|CA\b|bureau|mair|pr[ée]f)[^.?!]{0,25}\bqui\s+(?:d[ée]cid|vot|tranch|valid|choisi)"
    );
    if ELSEWHERE.is_match(text) {
        return true;
    }
    words!(
        RESULT,
        r"(?i)\b(?:(?:a|ont|est|sont|[ée]t[ée])\s+(?:refus|accord|accept|annul|sign|livr|termin|valid|confirm|re[çc]u|envoy|pay|rembours|cass|r[ée]par|vol)\p{L}*|je\s+propose|propose\s+(?:de|qu))\b"
    );
    RESULT.is_match(text) && !text.ends_with('?')
}

/// The clauses of a long sentence that carry its facts.
fn narrowed(text: &str) -> String {
    if text.split_whitespace().count() <= 32 {
        return text.to_owned();
    }
    of_facts(text)
}

/// The text from its first clause that carries a fact to the last.
fn of_facts(text: &str) -> String {
    let ends = text.trim_end().chars().next_back().filter(|c| "?!.".contains(*c));
    words!(CUT, r"(?i),\s+|\s+(?:et\s+puis|parce\s+que|mais|donc|alors|sachant\s+que)\s+");
    let mut pieces: Vec<&str> = Vec::new();
    let mut start = 0;
    for found in CUT.find_iter(text) {
        pieces.push(text.get(start..found.start()).unwrap_or(""));
        start = found.end();
    }
    pieces.push(text.get(start..).unwrap_or(""));
    let holds = |piece: &&str| !facts(piece).is_empty() || in_words(piece);
    let (Some(first), Some(last)) =
        (pieces.iter().position(&holds), pieces.iter().rposition(holds))
    else {
        return text.to_owned();
    };
    let kept = pieces.get(first..=last).unwrap_or_default().join(", ");
    let kept = kept.trim().trim_end_matches(['.', '?', '!']).to_owned();
    format!("{kept}{}", ends.map_or(String::new(), String::from))
}

/// « Paul indique que … », « Paul demande si … », « Paul propose … ».
pub fn indirect(speaker: Option<&str>, text: &str, proper: &BTreeSet<String>) -> Option<Told> {
    let text = expand_facts(text);
    let question = text.trim_end().ends_with('?');
    let bare = text.trim().trim_end_matches(['.', '?', '!', '…', ' ']);
    let bare = OPENERS.replace(bare, "").trim().to_owned();
    // « Chez vous ça fait 40 bornes »: where is known, to whom it is said matters not.
    words!(AT_YOURS, r"(?i)^chez\s+(?:vous|nous|toi)\s*,?\s+(?:[çc]a\s)");
    let bare = if AT_YOURS.is_match(&bare) && !facts(&bare).is_empty() {
        bare.split_whitespace().skip(2).collect::<Vec<_>>().join(" ")
    } else {
        bare
    };
    // « …, moi, je » says « je » twice.
    words!(MYSELF, r"(?i)(^|[,;]\s*)(?:moi|nous)\s*,?\s+(je\s|j['’]|on\s)");
    let bare = MYSELF.replace_all(&bare, "$1$2").into_owned();
    if bare.split_whitespace().count() < 3 {
        return None;
    }
    let who = speaker.unwrap_or("Une personne présente").to_owned();
    let first_person = JE.captures(&bare);
    let stated = !question && first_person.is_none();
    let sentence = if question {
        asked(&who, &bare, proper)
    } else if let Some(found) = &first_person {
        myself(&who, found)
    } else {
        bare.clone()
    };
    let sentence = of_the_speaker(&sentence);
    // What is said to somebody cannot be told of him without a guess: it is quoted.
    words!(TO_SOMEBODY, r"(?i)\b(?:je|tu|te|toi|ton|ta|tes|vous|votre|vos|moi)\b|\b[jt]['’]");
    if TO_SOMEBODY.is_match(&sentence) && !sentence.contains(": «") {
        let quoted = text.trim().trim_end_matches(['.', ' ']);
        let verb = if question { "demande" } else { "dit" };
        return Some(Told::Whole(format!("{who} {verb} : « {quoted} ».")));
    }
    if stated && let Some(who) = speaker {
        return Some(Told::States(
            who.to_owned(),
            super::oral::written(&small(sentence.trim(), proper)),
        ));
    }
    let sentence = super::oral::written(sentence.trim());
    let sentence = crate::task::wording::capital(sentence.trim());
    Some(Told::Whole(if sentence.ends_with('.') { sentence } else { sentence + "." }))
}

/// A question told: its own word stays, « est-ce que » is « si ».
fn asked(who: &str, bare: &str, proper: &BTreeSet<String>) -> String {
    words!(WHETHER, r"(?i)^est-ce\s+qu(?:e\s+|['’]\s*)(?P<rest>.+)$");
    words!(WHAT, r"(?i)^qu['’]est-ce\s+qu(?P<link>e\s+|['’]\s*|i\s+)(?P<rest>.+)$");
    words!(OWN, r"(?i)^(?:combien|quand|o[ùu]|comment|pourquoi|qui|quel(?:le)?s?)\b");
    words!(MIDDLE, r"(?i)\s+est-ce\s+qu(?:e\s+|['’]\s*)");
    if let Some(found) = WHETHER.captures(bare) {
        let rest = &found["rest"];
        let il = fold(rest).starts_with("il ") || fold(rest).starts_with("ils ");
        let link = if il { "s’" } else { "si " };
        return format!("{who} demande {link}{}", small(rest, proper));
    }
    if let Some(found) = WHAT.captures(bare) {
        let link = if found["link"].starts_with('i') {
            "ce qui "
        } else if found["link"].contains(['\'', '’']) {
            "ce qu’"
        } else {
            "ce que "
        };
        return format!("{who} demande {link}{}", &found["rest"]);
    }
    if OWN.is_match(bare) {
        let told = MIDDLE.replace(bare, " ").into_owned();
        let first = told.chars().next().map_or(0, char::len_utf8);
        return format!("{who} demande {}{}", told[..first].to_lowercase(), &told[first..]);
    }
    format!("{who} demande : « {bare} ? »")
}

/// « j'ai reçu trois devis » is « Paul a reçu trois devis ».
fn myself(who: &str, found: &regex::Captures<'_>) -> String {
    let clitics = found["clitics"].to_owned();
    let low = clitics.to_lowercase();
    let offers = ["propos", "rappel", "inform", "annonc", "signal"];
    if offers.iter().any(|verb| fold(&found["verb"]).starts_with(verb)) {
        return format!("{who} {}{}", verb::third_person(&found["verb"]), &found["rest"]);
    }
    if low.contains("vous") || low.contains("te ") || low.contains("t'") {
        return format!("{who} je vous");
    }
    let me = low.contains("me ") || low.contains("m'") || low.contains("m’");
    let verb = verb::third_person(&found["verb"]);
    let vowel = fold(&verb).starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h']);
    let clitics =
        if me { if vowel { "s’".to_owned() } else { "se ".to_owned() } } else { clitics };
    let clitics = if clitics.ends_with("s’ ") { clitics.trim_end().to_owned() } else { clitics };
    format!("{who} {clitics}{verb}{}", &found["rest"])
}

/// The speaker's own things and a second « je ».
fn of_the_speaker(text: &str) -> String {
    words!(AND_I, r"(?i)\s+et\s+(?:je\s+|j['’]\s*)(?P<verb>\p{L}+)");
    words!(TO_ME, r"(?i)\bm['’]\s*(?P<verb>ont|a|avait|avaient)\b");
    words!(MINE, r"(?i)\b(?P<mine>mon|ma|mes)\b");
    words!(ME, r"(?i)\bme\s+(?P<verb>\p{L}+(?:er|ir|re))\b");
    let text = &ME.replace_all(text, "lui $verb");
    let text = AND_I.replace_all(text, |f: &regex::Captures<'_>| {
        format!(" et {}", verb::third_person(&f["verb"]))
    });
    let text = TO_ME.replace_all(&text, "lui ${verb}");
    MINE.replace_all(&text, |f: &regex::Captures<'_>| match &f["mine"].to_lowercase()[..] {
        "mon" => "son",
        "ma" => "sa",
        _ => "ses",
    })
    .into_owned()
}

/// A small letter first, unless the first word is a name: one that people bear, or one that the
/// transcript writes with a capital inside a sentence too.
fn small(text: &str, proper: &BTreeSet<String>) -> String {
    let first: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
    let civil = ["Mme", "M", "Mlle"].contains(&first.as_str());
    let acronym = first.chars().count() > 1 && first.chars().all(char::is_uppercase);
    if first.is_empty() || civil || acronym || is_given_name(&first) || proper.contains(&first) {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |f| f.to_lowercase().collect::<String>() + letters.as_str())
}

/// Words that a text writes with a capital inside its sentences.
pub fn proper<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for text in texts {
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '-').skip(1);
        out.extend(words.filter(|w| w.starts_with(char::is_uppercase)).map(str::to_owned));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(said: &str) -> Vec<String> {
        let mut account = Vec::new();
        if let Some(told) = indirect(Some("Paul"), said, &BTreeSet::new()) {
            told.add_to(&mut account);
        }
        account
    }

    #[test]
    fn speech_is_told_in_the_third_person() {
        let table = [
            ("J'ai reçu trois devis.", "Paul a reçu trois devis."),
            (
                "Je propose qu'on garde le tarif à 5 euros.",
                "Paul propose qu'on garde le tarif à 5 €.",
            ),
            ("Le devis est de 480 euros.", "Paul indique : le devis est de 480 €."),
            (
                "Est-ce que le devis comprend la pose ?",
                "Paul demande si le devis comprend la pose.",
            ),
            (
                "Combien ça coûte pour 12 tables ?",
                "Paul demande combien cela coûte pour 12 tables.",
            ),
            ("Et donc il reste 12 places.", "Paul indique : il reste 12 places."),
            (
                "J'ai appelé la mairie et je pense que c'est bon.",
                "Paul a appelé la mairie et pense que c'est bon.",
            ),
            ("Ils m'ont dit 3 semaines.", "Paul indique : ils lui ont dit 3 semaines."),
        ];
        for (said, expected) in table {
            assert_eq!(written(said), [expected], "{said}");
        }
    }

    #[test]
    fn what_is_said_to_somebody_is_quoted() {
        assert_eq!(
            written("Tu as reçu les 3 devis ?"),
            ["Paul demande : « Tu as reçu les 3 devis ? »."]
        );
    }
}
