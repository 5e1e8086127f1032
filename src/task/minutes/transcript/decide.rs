//! Decisions and votes in speech. Only an explicit word decides, or a proposal put as a question
//! that is answered by yes; a memory, a hypothesis, a joke, a question without an answer do not.

use std::sync::LazyLock;

use regex::Regex;

use super::talk::Talk;
use crate::finding::{Finding, FindingKind};
use crate::notes::Span;
use crate::reading::name::Roster;
use crate::reading::{Fact, facts, fold, pattern};
use crate::task::minutes::record::{Decision, Kind, Vote};
use crate::task::minutes::working::{signs, verb};
use crate::task::minutes::{template, vote};
use crate::task::prose::by_rule;
use crate::task::wording::{blank, capital};

/// Words that decide, and what they decide.
static DECIDES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)(?:
            \b(?:on|nous)\s+(?:a\s+|avons\s+)?(?:donc\s+|bien\s+)?(?P<verb>d[ée]cid(?:e|[ée]|ons)|reti(?:ent|endra)|retenons|valide|validons|valid[ée]|adopte|adoptons|adopt[ée]|acte|actons|act[ée]|part(?:ons)?(?:\s+donc)?\s+sur|maintient|maintenons|reconduit|reconduisons|fixe|fixons|annule|annulons|reporte|reportons|choisit|choisissons)\b\s*(?:donc\s+)?(?P<a>.*)
          | \b(?:je\s+note|on\s+note|d[ée]cision)(?:\s+donc)?\s*[:,]?\s+(?P<note>qu[e'’]\s*)(?P<b>.*)
          | \b(?:on|nous)\s+(?:est|sommes)\s+(?:donc\s+)?(?:tous\s+|bien\s+)?d['’]accord\s+(?:pour|sur)\s+(?P<c>.*)
          | \b(?:c['’]est|est)\s+(?:donc\s+)?(?:d[ée]cid[ée]|valid[ée]|act[ée]|adopt[ée]|vot[ée]|entendu|retenu)e?\b[\s,:]*(?:donc\s+|alors\s+)?(?P<d>.*)
          | ^(?:donc\s+|alors\s+|bon\s+|eh\s+bien\s+)*(?:adopt[ée]e?|valid[ée]e?|accord[ée])\b[\s,:]*(?P<e>.*)
        )$",
    )
});
/// « tout le monde est d'accord ? », « on est d'accord ? »
static AGREED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:tout\s+le\s+monde\s+(?:est\s+|serait\s+)?(?:d['’]accord|ok|partant)|(?:vous\s+[êe]tes|on\s+est)\s+(?:tous\s+)?d['’]accord|[çc]a\s+(?:vous|va)\s+(?:va|[àa])\s+(?:tout\s+le\s+monde|tous)?|(?:des\s+|pas\s+d['’]|une\s+|il\s+y\s+a\s+des\s+|quelqu['’]un\s+(?:a\s+une\s+)?)(?:objections?|oppositions?)|quelqu['’]un\s+(?:est\s+|s['’]y?\s+oppose|est\s+contre|contre)|(?:^|\s)(?:c['’]est\s+)?(?:ok|bon)\s+pour\s+(?:tous|tout\s+le\s+monde|vous)|[çc]a\s+va\s+(?:[àa]|pour)\s+(?:tous|tout\s+le\s+monde|vous)|d['’]accord\s*,?\s+tous)\s*[^?]*\?",
    )
});
/// « la 4 dans l'ordre de la liste, ça tout le monde est d'accord »
static ALL_AGREE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?P<what>.{10,}?)[\s,]+(?:[çc]a\s*,?\s+)?(?:tout\s+le\s+monde|on)\s+est\s+(?:tous\s+)?d['’]accord\s*[.!]*$",
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
    let text = &talk.sentences[index].text;
    if signs::wishes(text) || signs::elsewhere(text) || denied(text) || taken_back(talk, index) {
        return None;
    }
    if text.ends_with('?') {
        if let Some(found) = PROPOSES.captures(text) {
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
                .or_else(|| restated(talk, index))
                .or_else(|| just_said(talk, index))
                .or_else(|| proposal(talk, index))
                .or_else(|| answered_with(talk, index));
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
            .or_else(|| put_before(talk, index));
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

/// « Donc achat de livres pour 150 euros », right after the question: what was agreed on.
fn restated(talk: &Talk<'_>, index: usize) -> Option<String> {
    let next = talk.sentences.iter().skip(index + 1).take(3);
    next.map(|s| s.text.as_str())
        .find(|t| t.starts_with("Donc ") && !t.ends_with('?') && t.split_whitespace().count() > 3)
        .map(object_of)
}

/// What the same person states just before asking who agrees.
fn just_said(talk: &Talk<'_>, index: usize) -> Option<String> {
    let at = index.checked_sub(1)?;
    let before = talk.sentences.get(at)?;
    let text = before.text.trim_end_matches(['.', ' ']);
    let states = text.split_whitespace().count() >= 4
        && !text.ends_with('?')
        && !YES.is_match(text)
        && (!facts(text).is_empty() || text.split_whitespace().count() >= 8);
    let same = before.speaker == talk.sentences.get(index)?.speaker;
    if !states || !same || talk.topic(at) != talk.topic(index) {
        return None;
    }
    // « Donc le mercredi de 16 à 18 h. Et on commence le 13 »: both are agreed on.
    let lead = at.checked_sub(1).and_then(|lead| talk.sentences.get(lead));
    let lead = lead.filter(|s| {
        text.starts_with("Et ") && s.speaker == before.speaker && !facts(&s.text).is_empty()
    });
    match lead {
        Some(lead) => {
            let second = object_of(text);
            Some(format!("{}, {second}", object_of(&lead.text)))
        }
        None => Some(object_of(text)),
    }
}

/// « oui, on prend la gratuite »: the answer says what is agreed on.
fn answered_with(talk: &Talk<'_>, index: usize) -> Option<String> {
    crate::reading::words!(
        TAKES,
        r"(?i)\b(?P<what>on\s+(?:prend|garde|fait|ach[èe]te|choisit|retient|commande|part\s+sur)\s+.{4,})$"
    );
    let next = talk.sentences.iter().skip(index + 1).take(3);
    next.filter_map(|s| TAKES.captures(s.text.trim_end_matches(['.', '!', ' '])))
        .map(|found| object_of(&found["what"]))
        .next()
}

/// « caution de 20 euros, chèque ou espèces, et à partir de quand ? Du 1er décembre ? »: what the
/// same person summed up a few sentences before, with the date that answers it.
fn put_before(talk: &Talk<'_>, index: usize) -> Option<String> {
    crate::reading::words!(
        WHEN,
        r"(?i)[\s,]+(?:et\s+)?(?P<lead>[àa]\s+partir\s+de|pour|d[èe]s)\s+quand\s*\?$|[\s,]+(?:et\s+)?quand\s*\?$"
    );
    let speaker = &talk.sentences.get(index)?.speaker;
    let topic = talk.topic(index);
    let near = (index.saturating_sub(8)..index).rev().take_while(|at| talk.topic(*at) == topic);
    let at = near.into_iter().find(|at| {
        let s = &talk.sentences[*at];
        s.speaker == *speaker
            && s.text.split_whitespace().count() >= 4
            && facts(&s.text).iter().any(|f| !matches!(f.fact, Fact::Date(_)))
            && (!s.text.ends_with('?') || WHEN.is_match(&s.text))
    })?;
    let text = talk.sentences[at].text.trim_end_matches(['.', ' ']);
    let Some(asks) = WHEN.captures(text) else { return Some(object_of(text)) };
    let dated = talk.sentences.get(at + 1..index)?.iter().rev().find_map(|s| {
        let found = facts(&s.text).into_iter().find(|f| matches!(f.fact, Fact::Date(_)))?;
        s.text.get(found.span).map(str::to_owned)
    });
    let head = object_of(text.get(..asks.get(0)?.start())?);
    let lead = asks.name("lead").map_or("le".to_owned(), |m| fold(m.as_str()));
    let lead = match lead.as_str() {
        "a partir de" => "à partir du",
        "des" => "dès le",
        "pour" => "pour le",
        other => other,
    };
    Some(dated.map_or(head.clone(), |date| format!("{head}, {lead} {}", date.to_lowercase())))
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

/// « part sur le 12 juin » is « retenir le 12 juin ».
fn turned(verb_form: &str, rest: &str) -> String {
    let rest = clause(rest);
    let low = fold(verb_form);
    if low.contains("decid") || low.contains("act") || low.contains("note") {
        return object_of(&rest);
    }
    let infinitive = match low.as_str() {
        v if v.contains("sur") => "retenir".to_owned(),
        "reste a" => "rester à".to_owned(),
        "passe a" => "passer à".to_owned(),
        "dit" => return object_of(&rest),
        "valide" | "validons" => "valider".to_owned(),
        "adopte" | "adoptons" => "adopter".to_owned(),
        "retenons" | "retiendra" => "retenir".to_owned(),
        "maintenons" => "maintenir".to_owned(),
        "reconduisons" => "reconduire".to_owned(),
        "choisissons" => "choisir".to_owned(),
        v if v.ends_with("ons") => format!("{}er", v.trim_end_matches("ons")),
        _ => verb::infinitive(&verb_form.to_lowercase()).unwrap_or_else(|| verb_form.to_owned()),
    };
    format!("{infinitive} {rest}")
}

/// What is decided, without the words that lead to it: « de fermer à 18 h », « qu'on garde le 12 ».
pub fn object_of(text: &str) -> String {
    crate::reading::words!(
        LEAD,
        r"(?ix)^(?:(?:donc|alors|bon|et|mais|oui|non|ok|moi|voil[àa]|c['’]est\s+[çc]a)[\s,]+)*(?:je\s+propose\s+(?:donc\s+)?)?(?:de\s+|d['’]|que\s+|qu['’]\s*)?(?P<rest>.*)$"
    );
    crate::reading::words!(
        ON,
        r"(?i)^on\s+(?:va\s+(?P<inf>\p{L}+)|(?P<verb>(?:part\s+sur|reste\s+[àa]|\p{L}+)))\s+(?P<rest>.*)$"
    );
    let text = LEAD.captures(text).and_then(|f| f.name("rest")).map_or(text, |m| m.as_str());
    let text = clause(text);
    let Some(found) = ON.captures(&text) else { return text };
    if let Some(infinitive) = found.name("inf").filter(|i| verb::is_infinitive(i.as_str())) {
        return format!("{} {}", infinitive.as_str(), &found["rest"]);
    }
    match found.name("verb") {
        Some(verb) if fold(verb.as_str()) != "a" && fold(verb.as_str()) != "est" => {
            let turned = turned(verb.as_str(), &found["rest"]);
            if turned.starts_with(&format!("{} ", verb.as_str())) { text.clone() } else { turned }
        }
        _ => text.clone(),
    }
}

/// The first clause that says enough: what follows « parce que » or a new subject is told
/// elsewhere.
fn clause(text: &str) -> String {
    crate::reading::words!(
        NEXT,
        r"(?i),?\s+(?:parce\s+que|parce\s+qu['’]|puisque|vu\s+que|comme\s+[çc]a\b|et\s+(?:puis|donc|je|on|apr[èe]s|moi|c['’])|mais\b|c['’]est\s+(?:d[ée]cid|not|bon|valid)|tout\s+le\s+monde|je\s+(?:note|le\s+note|pense|crois|trouve)|du\s+coup|alors\b)"
    );
    // What holds a date or a month goes with what is decided.
    crate::reading::words!(
        MONTH,
        r"(?i)\b(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre)\b"
    );
    let empty = |from: usize| {
        text.get(from..).is_none_or(|tail| facts(tail).is_empty() && !MONTH.is_match(tail))
    };
    let end = NEXT
        .find_iter(text)
        .filter(|m| m.start() > 8)
        .find(|m| empty(m.start()))
        .map_or(text.len(), |m| m.start());
    let text = text.get(..end).unwrap_or(text).trim().trim_end_matches(['.', ',', '!', '?', ' ']);
    // What only led to the words cut off goes with them: « …, ok pour », « … avec ».
    crate::reading::words!(
        DANGLES,
        r"(?i)(?:[\s,]+(?:ok|d['’]accord|hein|pour|de|du|à|au|avec|et|ou|sur|par|que|qui|si|donc|en|dans|le|la|les|un|une|des))+$"
    );
    DANGLES.replace(text, "").into_owned()
}

/// What was proposed just before: what « c'est décidé » and « tout le monde est d'accord ? » mean.
pub fn proposal(talk: &Talk<'_>, index: usize) -> Option<String> {
    crate::reading::words!(
        PROPOSAL,
        r"(?ix)\b(?:
        (?:je|on|nous|\p{Lu}\p{L}+)\s+propos(?:e|ons|ait|erais)\s+(?:donc\s+)?(?:(?:de\s+|d['’])(?P<inf>.+)|qu['’]\s*(?P<on>on\s+.+)|que\s+(?P<que>.+)|(?P<noun>.+))
      | (?:ma|la)\s+proposition\s*,?\s*(?:c['’]est|est|serait)\s+(?:de\s+|d['’])?(?P<is>.+)
      | ^(?:donc|bon|alors)[\s,]+(?:donc\s+)?(?P<so>(?:\p{L}+\s+){0,3}\d.*)
      | (?P<do>on\s+(?:part\s+sur|garde|prend|fixe|maintient|retient|choisit|commande|ach[èe]te|loue|annule|reporte|reste\s+[àa]|passe\s+[àa])\s+.+)
    )$"
    );
    let topic = talk.topic(index);
    for at in (index.saturating_sub(8)..index).rev() {
        if talk.topic(at) != topic {
            return None;
        }
        let text = talk.sentences[at].text.trim_end_matches(['.', '?', '!', ' ']);
        let Some(found) = PROPOSAL.captures(text) else { continue };
        if signs::elsewhere(text) || fold(text).contains("avait") {
            continue;
        }
        let words =
            ["inf", "on", "que", "noun", "is", "so", "do"].iter().find_map(|n| found.name(n))?;
        return Some(about(talk, at, object_of(words.as_str())));
    }
    None
}

/// « 6 euros » says too little: the question it answers says of what.
fn about(talk: &Talk<'_>, index: usize, object: String) -> String {
    let words = object.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).count();
    if words > 2 {
        return object;
    }
    let topic = talk.topic(index);
    let asked = (index.saturating_sub(8)..index)
        .rev()
        .take_while(|at| talk.topic(*at) == topic)
        .find_map(|at| {
            let text = talk.sentences[at].text.trim();
            let noun = text.strip_suffix('?')?.trim();
            let noun = noun.strip_prefix("Et ").or_else(|| noun.strip_prefix("Pour "))?;
            (noun.split_whitespace().count() <= 7).then(|| noun.to_owned())
        });
    match asked {
        Some(noun) => format!("{} : {object}", capital(&noun)),
        None => object,
    }
}

/// What a vote is about, in the words that put it to the vote: « je mets aux voix », « qui est
/// pour rester à 15 euros ? »
fn put_to_vote(talk: &Talk<'_>, index: usize) -> Option<(usize, String)> {
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
fn ballot(talk: &Talk<'_>, index: usize, roster: &Roster) -> Option<(Vote, Vec<usize>)> {
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
fn voted(
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
