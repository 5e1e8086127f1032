//! Decisions and votes in speech. Only an explicit word decides, or a proposal put as a question
//! that is answered by yes; a memory, a hypothesis, a joke, a question without an answer do not.

mod ballot;
mod object;

use std::sync::LazyLock;

use regex::Regex;

use self::ballot::{ballot, put_to_vote, voted};
use self::object::{
    answered_with, just_said, last_said, object_of, proposal, put_before, restated, turned,
};
use super::talk::Talk;
use crate::finding::{Finding, FindingKind};
use crate::reading::name::Roster;
use crate::reading::{Fact, facts, fold, pattern};
use crate::task::minutes::record::{Decision, Vote};
use crate::task::minutes::working::signs;
use crate::task::prose::by_rule;
use crate::task::wording::blank;

/// Words that decide, and what they decide.
static DECIDES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)(?:
            \b(?:on|nous)\s+(?:a\s+|avons\s+)?(?:donc\s+|bien\s+)?(?P<verb>d[ée]cid(?:e|[ée]|ons)|reti(?:ent|endra)|retenons|valide|validons|valid[ée]|adopte|adoptons|adopt[ée]|acte|actons|act[ée]|part(?:ons)?(?:\s+donc)?\s+sur|maintient|maintenons|reconduit|reconduisons|fixe|fixons|annule|annulons|reporte|reportons|choisit|choisissons)\b\s*(?:donc\s+)?(?P<a>.*)
          | \b(?:je\s+note|on\s+note|d[ée]cision)(?:\s+donc)?\s*[:,]?\s+(?P<note>qu[e'’]\s*)(?P<b>.*)
          | \b(?:on|nous)\s+(?:est|sommes)\s+(?:donc\s+)?(?:tous\s+|bien\s+)?d['’]accord\s+(?:pour|sur)\s+(?P<c>.*)
          | \b(?:c['’]est|est)\s+(?:donc\s+)?(?:d[ée]cid[ée]|valid[ée]|act[ée]|adopt[ée]|vot[ée]|entendu|retenu)e?\b[\s,:]*(?:donc\s+|alors\s+)?(?P<d>.*)
          | ^(?:(?:donc|alors|bon|ok|voil[àa]|eh\s+bien)[\s,]+)*(?:adopt[ée]e?|valid[ée]e?|accord[ée]|d[ée]cid[ée])\b[\s,:]*(?P<e>.*)
        )$",
    )
});
/// « tout le monde est d'accord ? », « on est d'accord ? »
static AGREED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:tout\s+le\s+monde\s+(?:est\s+|serait\s+)?(?:d['’]accord|ok|partant|bon)\b|(?:vous\s+[êe]tes|on\s+est)\s+(?:tous\s+)?d['’]accord|[çc]a\s+(?:vous|va)\s+(?:va|[àa])\s+(?:tout\s+le\s+monde|tous)?|(?:des\s+|pas\s+d['’]|une\s+|il\s+y\s+a\s+des\s+|quelqu['’]un\s+(?:a\s+une\s+)?)(?:objections?|oppositions?)|quelqu['’]un\s+(?:est\s+|s['’]y?\s+oppose|est\s+contre|contre)|(?:^|\s)(?:c['’]est\s+)?(?:ok|bon)\s+pour\s+(?:tous|tout\s+le\s+monde|vous)|[çc]a\s+va\s+(?:[àa]|pour)\s+(?:tous|tout\s+le\s+monde|vous)|d['’]accord\s*,?\s+tous)\s*[^?]*\?",
    )
});
/// « la 4 dans l'ordre de la liste, ça tout le monde est d'accord »
static ALL_AGREE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?P<what>.{10,}?)(?:[\s,]+(?:[çc]a\s*,?\s+)?(?:tout\s+le\s+monde|on\s+est)\s+(?:est\s+)?(?:tous\s+)?d['’]accord|\s*,\s*(?:d[ée]cid|adopt|valid|act)[ée]e?)\s*[.!]*$",
    )
});
/// A proposal put as a question: « donc on garde les 5 euros ? »
static PROPOSES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bon\s+(?P<verb>part\s+(?:donc\s+)?sur|retient|valide|garde|prend|fixe|maintient|choisit|commande|ach[èe]te|loue|fait|met|reste\s+[àa]|passe\s+[àa]|dit|annule|reporte|reconduit|confirme)\s+(?P<rest>[^?]+?)\s*(?:,\s*(?:c['’]est\s+bon|d['’]accord|[çc]a\s+va|ok[^?]*|non|hein|tout\s+le\s+monde[^?]*|vous\s+[êe]tes[^?]*|on\s+est[^?]*))?\s*\?",
    )
});
static YES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:ah|bon|ben|ouais|alors|donc|moi)[\s,]+)*(?:oui|ouais|ok|d['’]accord|[çc]a\s+(?:marche|me\s+va|roule|va)|parfait|tr[èe]s\s+bien|pas\s+de\s+(?:probl[èe]me|souci|objection)|pas\s+d['’]objection|bien\s+s[ûu]r|entendu|tout\s+[àa]\s+fait|moi\s+aussi|pareil|c['’]est\s+bon|super|g[ée]nial|nickel|impeccable|pour\s+moi|personne|aucune|non\s*,?\s+(?:pas\s+d['’]objection|c['’]est\s+bon|personne)|adopt[ée]|valid[ée]|vendu|volontiers|je\s+(?:veux\s+bien|peux|le\s+fais|m['’]en))\b",
    )
});
static NO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:ah|bon|ben|alors|moi)[\s,]+)*(?:non\b|pas\s+d['’]accord|attends|attendez|bof|je\s+(?:suis|serais)\s+(?:plut[ôo]t\s+)?contre|je\s+(?:ne\s+)?suis\s+pas\s+d['’]accord|mouais|pas\s+s[ûu]r|j['’]h[ée]site)",
    )
});
/// What takes back what was just said.
static TAKEN_BACK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:finalement\s+non|je\s+(?:rigole|plaisante|d[ée]conne|blague)|c['’]est\s+une\s+blague|on\s+en\s+reparle\w*|c['’]est\s+pas\s+(?:encore\s+)?(?:d[ée]cid|fait|valid)|on\s+(?:ne\s+)?(?:d[ée]cide|tranche)\s+(?:rien|pas))\b",
    )
});
/// Words that only point at what was said before.
const POINTERS: [&str; 14] = [
    "",
    "ca",
    "comme ca",
    "cela",
    "la-dessus",
    "la dessus",
    "alors",
    "donc",
    "bien",
    "ce qui est dit",
    "c'est bon",
    "par tout le monde",
    "a l'unanimite",
    "pour tout le monde",
];

/// What the following sentences answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Yes, and nobody said no before.
    Yes,
    /// No, or wait.
    No,
    /// Nothing that answers.
    None,
}

/// The answer to a question within the next few sentences.
pub fn answer(talk: &Talk<'_>, index: usize) -> Answer {
    for sentence in talk.sentences.iter().skip(index + 1).take(4) {
        if NO.is_match(&sentence.text) && !YES.is_match(&sentence.text) {
            return Answer::No;
        }
        if YES.is_match(&sentence.text) {
            return Answer::Yes;
        }
        if sentence.text.ends_with('?') && sentence.text.split_whitespace().count() > 6 {
            return Answer::None;
        }
    }
    Answer::None
}

/// Whether a question is answered by yes within the next sentences.
pub fn answered_yes(sentences: &[super::speech::Sentence], index: usize) -> bool {
    let next = sentences.iter().skip(index + 1).take(4);
    next.map(|s| s.text.as_str())
        .find(|t| YES.is_match(t) || NO.is_match(t))
        .is_some_and(|t| YES.is_match(t))
}

/// What was decided, and the questions that were put and not settled.
#[derive(Debug, Default)]
pub struct Decided {
    /// Decisions, each with its sentence.
    pub decisions: Vec<(usize, Decision)>,
    /// Proposals put as a question that nobody answered by yes.
    pub unsettled: Vec<(usize, String)>,
    /// Sentences that were used.
    pub used: Vec<usize>,
    /// Votes, each with its sentence.
    pub votes: Vec<(usize, Vote)>,
}

/// Reads the decisions of a talk.
pub fn read(talk: &Talk<'_>, roster: &Roster, findings: &mut Vec<Finding>) -> Decided {
    let mut out = Decided::default();
    for index in 0..talk.sentences.len() {
        if out.used.contains(&index) {
            continue;
        }
        if let Some((counts, used)) = ballot(talk, index, roster) {
            voted(talk, index, &counts, &mut out, findings);
            out.used.extend(used);
            continue;
        }
        let Some(object) = decided(talk, index, &mut out) else { continue };
        let text = match object {
            Some(object) => by_rule(&object),
            None => {
                findings.push(Finding::check(
                    FindingKind::Uncertain,
                    Some(talk.sentences[index].span.clone()),
                    format!(
                        "« {} » : une décision est prise, mais sur quoi exactement ? À compléter.",
                        talk.sentences[index].text
                    ),
                ));
                format!("Décision sur {}.", blank("objet"))
            }
        };
        out.used.push(index);
        let near = out.decisions.iter_mut().rev().take(2).find(|(at, d)| {
            index - *at <= 6
                && (d.text == text || text.contains("[À COMPLÉTER") || overlap(&d.text, &text))
        });
        if let Some((_, decision)) = near {
            // Said again with its amount or date: the fuller words stay.
            let digits = |text: &str| text.chars().any(|c| c.is_ascii_digit());
            if digits(&text) && !digits(&decision.text) {
                decision.text = text;
            }
            continue;
        }
        let subject = talk.title(index);
        let span = talk.sentences[index].span.clone();
        out.decisions.push((index, Decision { text, subject, span }));
    }
    out
}

/// Whether most words of the shorter text are in the other.
fn overlap(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        fold(text)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.len() > 3 || w.chars().any(|c| c.is_ascii_digit()))
            .map(str::to_owned)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let (short, long) = if a.len() < b.len() { (&a, &b) } else { (&b, &a) };
    !short.is_empty() && short.iter().filter(|w| long.contains(w)).count() * 3 >= short.len() * 2
}

/// What the sentence decides: an object, or none that can be told; nothing when it decides nothing.
fn decided(talk: &Talk<'_>, index: usize, out: &mut Decided) -> Option<Option<String>> {
    let text = &settled_then_asked(&talk.sentences[index].text);
    if signs::wishes(text) || signs::elsewhere(text) || denied(text) || taken_back(talk, index) {
        return None;
    }
    if text.ends_with('?') {
        // « on met combien, 80 euros ? » asks how much.
        crate::reading::words!(HOW_MUCH, r"(?i)^(?:combien|quoi|qui|quand|o[ùu]|comment)\b");
        if let Some(found) = PROPOSES.captures(text) {
            if HOW_MUCH.is_match(found["rest"].trim()) {
                return None;
            }
            let object = turned(&found["verb"], found["rest"].trim());
            return match answer(talk, index) {
                Answer::Yes => Some(Some(object)),
                _ => {
                    out.unsettled.push((index, text.clone()));
                    None
                }
            };
        }
        if AGREED.is_match(text) && answer(talk, index) == Answer::Yes {
            let own = text.split(['.', ';']).next().unwrap_or("");
            let own = AGREED.replace(own, "").trim_end_matches([',', ' ']).trim().to_owned();
            crate::reading::words!(
                WITH,
                r"(?i)\bd['’]accord\s+(?:tous\s+)?(?:pour|sur|avec)\s+(?P<what>[^?,]{6,})[^?]*\?"
            );
            let with = WITH.captures(text).map(|found| object_of(&found["what"]));
            let words = own.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic));
            let says = words.filter(|w| !fold(w).starts_with("euro")).count();
            let object = with
                .or_else(|| (says >= 2).then(|| object_of(&own)))
                .or_else(|| just_said(talk, index).filter(|said| dated(said)))
                .or_else(|| restated(talk, index))
                .or_else(|| just_said(talk, index))
                .or_else(|| proposal(talk, index))
                .or_else(|| answered_with(talk, index))
                .or_else(|| last_said(talk, index));
            return Some(object);
        }
        return None;
    }
    if let Some(found) = ALL_AGREE.captures(text) {
        return Some(Some(object_of(&found["what"])));
    }
    let found = DECIDES.captures(text)?;
    let rest = ["a", "b", "c", "d", "e"].iter().find_map(|n| found.name(n))?;
    let rest = rest.as_str().trim().trim_end_matches(['.', '!', ' ']);
    // « madame Roy est retenue à son travail »
    crate::reading::words!(KEPT, r"(?i)(?:^|\s)est\s+retenue?\s+(?:à|au|aux|par|chez|en|dans)\b");
    if KEPT.is_match(text) {
        return None;
    }
    // « le devis est de 900 euros, c'est voté, travaux en mai »: what is voted stands on both sides.
    let before = text.get(..found.get(0)?.start()).unwrap_or("").trim_matches([' ', ',', '.']);
    let around = found.name("d").is_some() && !facts(before).is_empty() && !rest.is_empty();
    if around && before.split_whitespace().count() >= 4 && found[0].starts_with("c'") {
        return Some(Some(object_of(&format!("{before}, {rest}"))));
    }
    let put_off = found.name("verb").is_some_and(|verb| fold(verb.as_str()).starts_with("report"));
    // « on reporte » leaves open what was asked.
    if put_off && rest.is_empty() {
        return None;
    }
    crate::reading::words!(
        PLEASED,
        r"(?i)^(?:alors\s*,\s*|donc\s*,\s*)?(?:tr[èe]s\s+bien|parfait|super|bien|merci|c['’]est\s+bon|une\s+bonne\s+chose|bravo|\p{Lu}\p{L}+\s+(?:tu\s+)?\p{L}+$)"
    );
    let pointer = POINTERS.contains(&fold(rest).as_str()) || PLEASED.is_match(rest);
    if pointer {
        // « Dimanche 25 avril, c'est retenu »: what is decided stands before.
        let before = text.get(..found.get(0)?.start()).unwrap_or("");
        let before = before.trim_matches([' ', ',', '.']);
        if found.name("d").is_some() && before.split_whitespace().count() >= 2 {
            return Some(Some(object_of(before)));
        }
        // « Adopté » after the count of a vote says the same again.
        let told = out.decisions.last().is_some_and(|(at, d)| {
            index - at <= 4 && talk.topic(*at) == talk.topic(index) && d.text.contains("adopté")
        });
        let object = just_said(talk, index)
            .or_else(|| put_to_vote(talk, index).map(|(_, object)| object))
            .or_else(|| proposal(talk, index))
            .or_else(|| put_before(talk, index))
            .or_else(|| last_said(talk, index));
        return (!told).then_some(object);
    }
    // « on décide plus tard », « on valide en juin » put it off.
    let later =
        ["plus tard", "apres", "au prochain", "a la prochaine", "quand", "en fonction", "pas "];
    if later.iter().any(|w| fold(rest).starts_with(w)) {
        return None;
    }
    Some(Some(match found.name("verb") {
        Some(verb) => turned(verb.as_str(), rest),
        None => object_of(rest),
    }))
}

/// Whether a text says a whole date.
fn dated(text: &str) -> bool {
    facts(text).iter().any(|f| matches!(f.fact, Fact::Date(date) if date.day.is_some()))
}

/// « C'est adopté, Léa tu écris le texte ? » settles before it asks.
fn settled_then_asked(text: &str) -> String {
    crate::reading::words!(
        SETTLED,
        r"(?i)^(?P<first>(?:(?:bon|donc|alors|ok)[\s,]+)*(?:c['’]est\s+)?(?:adopt|valid|vot|d[ée]cid|act)[ée]e?)\s*,.+\?$"
    );
    SETTLED.captures(text).map_or_else(|| text.to_owned(), |found| format!("{}.", &found["first"]))
}

fn denied(text: &str) -> bool {
    crate::reading::words!(
        NOT,
        r"(?i)\b(?:pas|rien|jamais|ni)\s+(?:encore\s+)?(?:d[ée]cid|valid|vot|tranch|act[ée]|adopt)|\b(?:on|nous)\s+(?:ne\s+)?(?:valide|d[ée]cide|vote|retient|part|fixe|tranche)\s+(?:pas|rien)\b"
    );
    NOT.is_match(text)
}

/// Whether the next sentences take the decision back.
fn taken_back(talk: &Talk<'_>, index: usize) -> bool {
    talk.sentences.iter().skip(index).take(3).any(|s| TAKEN_BACK.is_match(&s.text))
        || (!talk.sentences[index].text.ends_with('?')
            && talk
                .sentences
                .get(index + 1)
                .is_some_and(|s| NO.is_match(&s.text) && !YES.is_match(&s.text)))
}
