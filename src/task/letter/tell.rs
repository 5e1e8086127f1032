//! A clause of a letter as a sentence: how it is put to the model, and what the rule makes of it.
//!
//! A frame fixes what its kind makes certain: what the recipient asks (« Vous souhaitez … »), what
//! is asked of him (« Je vous remercie de bien vouloir … »), what is offered, who acts. The model
//! fills in the rest of it under its mask; where it has nothing that holds, the rule says the clause
//! in the frame, or with the verb that the dictionary is sure of (« Les repas ne sont pas
//! facturés. »), or leaves it an entry of a list that a sentence introduces.

use std::sync::LazyLock;

use regex::Regex;

use super::article::{self, Link, linked, small_noun};
use super::record::{Letter, Purpose, Role, Tone};
use crate::french::{self, Class, Gender, Number};
use crate::reading::{Fact, facts, fold, pattern};
use crate::task::expand::has_verb;
use crate::task::prose::Writer;
use crate::task::wording::{begins_with_infinitive, capital, small};
use crate::task::{Sink, TaskError};

/// What a clause became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    /// A sentence, or an entry of a list (no full stop).
    pub(super) text: String,
    /// Whether the model was asked and had nothing that holds.
    pub(super) by_rule: bool,
}

/// Clauses of no more words than this are set by rule: the model has nothing to add to them.
const SHORT_CLAUSE_WORDS: usize = 4;

/// Puts one clause into a sentence, by the model or by the rule.
///
/// # Errors
/// When the model fails, the user stops it, or a prompt of the settings folder is wrong.
pub(super) fn tell(
    letter: &Letter,
    role: Role,
    clause: &str,
    title: &str,
    writer: &mut Writer<'_, '_>,
    sink: &mut Sink<'_>,
) -> Result<Told, TaskError> {
    let frame = frame(letter, role, &french::restored(clause));
    let settled = frame.clause.is_empty()
        // What is to be filled in is no matter for a sentence.
        || clause.contains("[À COMPLÉTER")
        || (frame.by_rule.ends_with('.') && clause.split_whitespace().count() <= SHORT_CLAUSE_WORDS);
    if settled {
        return Ok(Told { text: frame.by_rule, by_rule: false });
    }
    let opening = frame.leads.as_slice();
    Ok(match writer.sentence(title, &frame.clause, opening, sink)? {
        // A phrase without a verb is an entry of a list.
        Some(text) if has_verb(&text) || !opening.is_empty() => Told { text, by_rule: false },
        Some(text) => Told { text: text.trim_end_matches('.').to_owned(), by_rule: false },
        None => Told { text: frame.by_rule, by_rule: true },
    })
}

/// A clause in its frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Frame {
    /// What the sentence opens with, to be chosen among; nothing where it is free.
    pub(super) leads: Vec<String>,
    /// What the model has to put into the sentence.
    pub(super) clause: String,
    /// What the rule makes of it: a sentence, or an entry of a list (no full stop).
    pub(super) by_rule: String,
}

/// The frame of a clause, by what its part does in the letter.
pub(super) fn frame(letter: &Letter, role: Role, clause: &str) -> Frame {
    let clause = clause.trim().trim_end_matches(['.', ',', ';']).trim();
    match role {
        Role::Request => request(letter, clause),
        Role::Offer => offer(letter, clause),
        Role::Question | Role::Missing | Role::Thanks | Role::Appointment => entry(clause),
        Role::Deadline => deadline(clause).unwrap_or_else(|| statement(letter, clause)),
        Role::Context
        | Role::Decision
        | Role::Reason
        | Role::Condition
        | Role::OtherMatter => statement(letter, clause),
    }
}

/// What goes in as it is.
fn entry(clause: &str) -> Frame {
    Frame { leads: Vec::new(), clause: String::new(), by_rule: clause.to_owned() }
}

fn led(leads: &[&str], clause: &str, by_rule: String) -> Frame {
    let leads = leads.iter().map(|lead| (*lead).to_owned()).collect();
    Frame { leads, clause: clause.to_owned(), by_rule }
}

/// « Vous souhaitez installer … », « Vous demandez un branchement … ».
fn request(letter: &Letter, clause: &str) -> Frame {
    let answers = letter.purpose.answers();
    let (wish, ask) =
        if answers { ("Vous souhaitez", "Vous demandez") } else { ("Nous souhaitons", "Nous demandons") };
    if begins_with_infinitive(clause) {
        return led(&[wish], clause, format!("{wish} {}.", small(clause)));
    }
    if has_verb(clause) {
        return entry(clause);
    }
    // « salle des fêtes le 3 mai » is a thing that is known, « branchement gratuit » one among others.
    let known = KNOWN_THING.is_match(clause);
    let link = if known { Link::The } else { Link::A };
    match linked(link, clause) {
        Some(phrase) => led(&[ask, wish], clause, format!("{ask} {phrase}.")),
        None => entry(clause),
    }
}

/// « Je vous propose … ».
fn offer(letter: &Letter, clause: &str) -> Frame {
    let lead = if letter.purpose == Purpose::Refusal {
        "En revanche, je peux vous proposer"
    } else {
        "Je vous propose"
    };
    if let Some(frame) = spoken(clause) {
        return frame;
    }
    if begins_with_infinitive(clause) {
        let lead = format!("{lead} {}", de(clause));
        return Frame { leads: vec![lead.clone()], clause: clause.to_owned(), by_rule: format!("{}.", join_elided(&lead, clause)) };
    }
    if has_verb(clause) {
        return statement(letter, clause);
    }
    let link = if KNOWN_THING.is_match(clause) { Link::The } else { Link::A };
    let by_rule = match linked(link, clause) {
        // A list of hours and prices reads better after a colon.
        Some(phrase) if !clause.contains(',') => format!("{lead} {phrase}."),
        _ => format!("{lead} la solution suivante : {}.", small(clause)),
    };
    led(&[lead], clause, by_rule)
}

/// « de » or « d' » before an infinitive.
fn de(clause: &str) -> &'static str {
    if clause.split(' ').next().is_some_and(french::elides) { "d'" } else { "de" }
}

fn join_elided(lead: &str, clause: &str) -> String {
    if lead.ends_with('\'') { format!("{lead}{clause}") } else { format!("{lead} {clause}") }
}

/// An answer that is awaited until a day.
fn deadline(clause: &str) -> Option<Frame> {
    let found = ANSWER_BY.captures(clause)?;
    let rest = found.name("rest").map_or("", |m| m.as_str()).trim().trim_matches([',', ' ']);
    let when = found.name("when")?.as_str().trim();
    let when = if facts(when).iter().any(|f| matches!(f.fact, Fact::Date(_)))
        && when.starts_with(|c: char| c.is_ascii_digit())
    {
        format!("le {when}")
    } else {
        when.to_owned()
    };
    let rest = if rest.is_empty() { String::new() } else { format!(", {}", small(rest)) };
    Some(entry(&format!("Je vous remercie de me répondre avant {when}{rest}.")))
}

/// A clause that states something, or asks something of the recipient.
fn statement(letter: &Letter, clause: &str) -> Frame {
    if let Some(frame) = spoken(clause) {
        return frame;
    }
    if asks_recipient(letter)
        && let Some(frame) = act(letter, clause)
    {
        return frame;
    }
    let by_rule = stated(clause).unwrap_or_else(|| clause.to_owned());
    Frame { leads: Vec::new(), clause: clause.to_owned(), by_rule }
}

/// « vous devez … », « nous pouvons … »: the model has only the rest to write.
fn spoken(clause: &str) -> Option<Frame> {
    let found = SPOKEN.captures(clause)?;
    let lead = capital(found.name("lead")?.as_str());
    let rest = found.name("rest").map_or("", |m| m.as_str());
    let by_rule = format!("{}.", capital(clause));
    if rest.split_whitespace().count() < 4 || rest.contains(" : ") {
        return Some(entry(&by_rule));
    }
    Some(Frame { leads: vec![lead], clause: rest.to_owned(), by_rule })
}

/// Whether what the notes want done is to be done by the recipient.
fn asks_recipient(letter: &Letter) -> bool {
    !matches!(letter.purpose, Purpose::Request | Purpose::Reminder) && !letter.purpose.personal()
}

/// « rendre la clé », « il faut fournir … », « attestation à envoyer avant le … ».
fn act(letter: &Letter, clause: &str) -> Option<Frame> {
    let lead = match letter.tone {
        Tone::Firm => "Je vous demande de bien vouloir",
        Tone::Neutral | Tone::Warm => "Je vous remercie de bien vouloir",
    };
    let bare = MUST.replace(clause, "").into_owned();
    if begins_with_infinitive(&bare) {
        let told = telegraphic_object(&bare);
        return Some(led(&[lead], &bare, format!("{lead} {}.", small(&told))));
    }
    let found = TO_DO.captures(clause)?;
    let (what, verb) = (found.name("what")?.as_str().trim(), found.name("verb")?.as_str());
    let rest = found.name("rest").map_or("", |m| m.as_str().trim());
    if !ACTS.contains(&fold(verb).as_str()) || what.contains(',') || has_verb(what) {
        return None;
    }
    let phrase = linked(Link::The, what)?;
    let lead = format!("{lead} {verb}");
    let by_rule = format!("{lead} {phrase} {rest}").trim_end().to_owned() + ".";
    Some(Frame { leads: vec![lead], clause: format!("{what} {rest}").trim_end().to_owned(), by_rule })
}

/// « fournir attestation d'assurance » as « fournir une attestation d'assurance ».
fn telegraphic_object(clause: &str) -> String {
    let Some((verb, object)) = clause.split_once(' ') else { return clause.to_owned() };
    let first = object.split([' ', ',']).next().unwrap_or_default();
    if DETERMINERS.contains(&fold(first).as_str()) || first.contains(['\'', '’']) {
        return clause.to_owned();
    }
    match article::head(first).and_then(|_| linked(Link::A, object)) {
        Some(object) => format!("{verb} {object}"),
        None => clause.to_owned(),
    }
}

/// A sentence with a verb that the dictionary is sure of, or none.
fn stated(clause: &str) -> Option<String> {
    if has_verb(clause) {
        return Some(format!("{}.", capital(clause)));
    }
    priced(clause).or_else(|| said_to_be(clause))
}

/// « caution 150 € » as « La caution est de 150 €. ».
fn priced(clause: &str) -> Option<String> {
    let found = facts(clause);
    let [amount] = found.as_slice() else { return None };
    let Fact::Amount(_) = amount.fact else { return None };
    let (before, after) = (clause.get(..amount.span.start)?, clause.get(amount.span.end..)?);
    let thing = before.trim().trim_end_matches([':', '=']).trim();
    let plain = thing.split_whitespace().count() <= 4 && !thing.contains([',', ';', '(']);
    let after = after.trim();
    let tail = after.is_empty() || after.starts_with("par ") || after.starts_with("pour ");
    if !plain || !tail || thing.ends_with(" à") || thing.ends_with(" de") {
        return None;
    }
    let (_, number) = article::head(thing.split(' ').next()?)?;
    let verb = if number == Some(Number::Plural) { "sont" } else { "est" };
    let price = clause.get(amount.span.clone())?.trim();
    let said = format!("{} {verb} de {price} {after}", linked(Link::The, thing)?);
    Some(format!("{}.", capital(said.trim_end())))
}

/// « repas non facturés » as « Les repas ne sont pas facturés. »: the first noun and the first word
/// that is said of it, when they agree and nothing but complements stands between.
fn said_to_be(clause: &str) -> Option<String> {
    let words: Vec<&str> = clause.split(' ').collect();
    let first = words.first()?;
    let (gender, number) = article::head(first)?;
    let gender = gender?;
    // « repas » has no number of its own: what is said of it has.
    let numbers = number.map_or(vec![Number::Singular, Number::Plural], |number| vec![number]);
    let (place, number) = said_at(&words, gender, &numbers)?;
    let negated = words.get(place - 1) == Some(&"non") || words.get(place - 1) == Some(&"pas");
    let subject_end = if negated { place - 1 } else { place };
    let subject = words.get(..subject_end)?.join(" ");
    if subject.is_empty() || subject.split(' ').any(|w| UNSURE.contains(&w)) {
        return None;
    }
    let said = words.get(place..)?.join(" ");
    let verb = match (number, negated) {
        (Number::Singular, false) => "est",
        (Number::Plural, false) => "sont",
        (Number::Singular, true) => "n'est pas",
        (Number::Plural, true) => "ne sont pas",
    };
    let subject = match number {
        Number::Plural if !DETERMINERS.contains(&fold(first).as_str()) => {
            format!("les {}", small_noun(&subject))
        }
        _ => linked(Link::The, &subject)?,
    };
    Some(format!("{} {verb} {said}.", capital(&subject)))
}

/// Where the first word stands that is said of the first noun, and in which number.
fn said_at(words: &[&str], gender: Gender, numbers: &[Number]) -> Option<(usize, Number)> {
    for (index, word) in words.iter().enumerate().skip(1) {
        let bare = word.trim_end_matches([',', ';', ':']);
        if let Some(number) = numbers.iter().find(|number| says_of(bare, gender, **number)) {
            return Some((index, *number));
        }
        if bare.len() < word.len() {
            return None;
        }
    }
    None
}

/// Whether a word can only be said of a noun of this gender and number.
fn says_of(word: &str, gender: Gender, number: Number) -> bool {
    let readings = french::readings(word);
    let participle = readings.iter().any(|form| form.class == Class::Participle)
        && !readings.iter().any(|form| form.class == Class::Noun);
    let listed = SAID.iter().any(|stem| {
        word.strip_prefix(stem).is_some_and(|end| ["", "e", "s", "es", "le", "les"].contains(&end))
    });
    (participle || listed)
        && readings.iter().any(|form| {
            matches!(form.class, Class::Participle | Class::Adjective)
                && form.text == word
                && form.gender.is_none_or(|g| g == gender)
                && form.number.is_none_or(|n| n == number)
        })
}

/// What else than participles is said of things: « parking obligatoire ».
const SAID: [&str; 10] = [
    "obligatoire", "possible", "gratuit", "ouvert", "disponible", "libre", "interdit", "nécessaire",
    "suffisant", "complet",
];

/// Words between which a noun and what is said of it are not sure to belong together.
const UNSURE: [&str; 8] = ["et", "ou", "mais", "que", "qui", "si", "avec", "pour"];

/// What a town hall asks people to do with a thing.
const ACTS: [&str; 24] = [
    "fournir", "envoyer", "retirer", "prendre", "rendre", "deposer", "apporter", "remettre",
    "retourner", "completer", "signer", "transmettre", "joindre", "prevoir", "regler", "payer",
    "restituer", "confirmer", "recuperer", "remplir", "adresser", "verser", "demander", "reserver",
];

const DETERMINERS: [&str; 18] = [
    "le", "la", "les", "un", "une", "des", "du", "de", "au", "aux", "votre", "vos", "notre", "nos",
    "ce", "cette", "son", "sa",
];

static KNOWN_THING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^\p{L}+ (?:des|du|de la|de l['’])|^\p{L}+ \p{L}+ (?:le|du|les) "));
static SPOKEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?P<lead>(?:aussi |enfin )?(?:(?:vous|nous) (?:(?:ne|n['’]|nous|vous|y|en|le|la|les|l['’]) ?)*\p{L}+(?:ez|ons|mes|tes)|je (?:ne |n['’]|vous |le |la )*\p{L}+)(?: pas| aussi| également)?)(?: (?P<rest>.+))?$",
    )
});
static MUST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:il )?(?:faut|faudra) (?:aussi |également )?|^(?:merci de|pri[èe]re de|penser à|pensez à|ne pas oublier de) ",
    )
});
static TO_DO: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^(?P<what>[^,;:]+?) à (?P<verb>\p{L}+(?:er|ir|re))\b(?P<rest>.*)$"));
static ANSWER_BY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:une? )?(?:r[ée]ponse|r[ée]pondre|rsvp|confirmation|confirmer)(?: (?:souhait[ée]e?|attendue?|demand[ée]e?|s['’]il vous pla[iî]t|svp|impérative(?:ment)?|de (?:votre|sa) présence|présence))* ?:? ?(?:avant|pour|d['’]ici) (?P<when>(?:le |la |l['’])?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?(?:\d{1,2}(?:er)? \p{L}+(?: \d{4})?|mi-\p{L}+|fin \p{L}+|\p{L}+))(?P<rest>.*)$",
    )
});

#[cfg(test)]
mod tests {
    use super::*;

    fn by_rule(purpose: Purpose, role: Role, clause: &str) -> String {
        frame(&Letter { purpose, ..Letter::default() }, role, clause).by_rule
    }

    #[test]
    fn clauses_become_sentences_where_the_dictionary_is_sure() {
        use Purpose::{Acceptance, Information, Refusal, Reminder};
        let table = [
            (Acceptance, Role::Condition, "caution 150 €", "La caution est de 150 €."),
            (
                Acceptance,
                Role::Condition,
                "rendre la salle balayée",
                "Je vous remercie de bien vouloir rendre la salle balayée.",
            ),
            (
                Acceptance,
                Role::Context,
                "attestation d'assurance à envoyer avant le 10 avril",
                "Je vous remercie de bien vouloir envoyer l'attestation d'assurance avant le 10 avril.",
            ),
            (Information, Role::Context, "repas non facturés", "Les repas ne sont pas facturés."),
            (
                Information,
                Role::Context,
                "accueil du matin maintenu de 7 h 30 à 8 h 30",
                "L'accueil du matin est maintenu de 7 h 30 à 8 h 30.",
            ),
            (
                Acceptance,
                Role::Condition,
                "vous devez refaire demande écrite avant le 15 janvier",
                "Vous devez refaire demande écrite avant le 15 janvier.",
            ),
            (
                Reminder,
                Role::Deadline,
                "réponse avant le 15 mars 2027",
                "Je vous remercie de me répondre avant le 15 mars 2027.",
            ),
            (
                Refusal,
                Role::Request,
                "mettre votre camion place de l'Église",
                "Vous souhaitez mettre votre camion place de l'Église.",
            ),
            (
                Refusal,
                Role::Request,
                "branchement électrique gratuit",
                "Vous demandez un branchement électrique gratuit.",
            ),
            (Reminder, Role::Context, "plan de financement : 40 %", "plan de financement : 40 %"),
        ];
        for (purpose, role, clause, expected) in table {
            assert_eq!(by_rule(purpose, role, clause), expected, "{clause}");
        }
    }

    #[test]
    fn who_acts_leads_and_the_model_writes_the_rest() {
        let letter = Letter { purpose: Purpose::Refusal, ..Letter::default() };
        let framed = frame(&letter, Role::Condition, "vous devez refaire demande écrite avant le 3 mai");
        assert_eq!(framed.leads, ["Vous devez"]);
        assert_eq!(framed.clause, "refaire demande écrite avant le 3 mai");
    }
}
