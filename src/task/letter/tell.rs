//! A clause of a letter as a sentence: how it is put to the model, and what the rule makes of it.
//!
//! A frame fixes what its kind makes certain: what the recipient asks (« Vous souhaitez … »), what
//! is asked of him (« Je vous remercie de bien vouloir … »), what is offered, who acts. The model
//! fills in the rest of it under its mask; where it has nothing that holds, the rule says the clause
//! in the frame, or with the verb that the dictionary is sure of (« Les repas ne sont pas
//! facturés. »), or leaves it an entry of a list that a sentence introduces.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::record::{Letter, Purpose, Role, Tone};
use super::{question, term};
use crate::french::{self, Class, Gender, Number};
use crate::reading::{Fact, facts, fold, pattern, remark, words};
use crate::task::article::{self, Link, linked, small_noun};
use crate::task::expand::{has_verb, surely_has_verb};
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
        // Whose death it is stands in a set phrase.
        Role::Context if letter.purpose == Purpose::Condolences && DEATH.is_match(clause) => {
            entry(clause)
        }
        Role::Context | Role::Decision | Role::Reason | Role::Condition | Role::OtherMatter => {
            statement(letter, clause)
        }
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
    let (wish, ask) = if answers {
        ("Vous souhaitez", "Vous demandez")
    } else {
        ("Nous souhaitons", "Nous demandons")
    };
    // Several things asked for stand in a list.
    if !answers && several_asked(letter) {
        return entry(clause);
    }
    if begins_with_infinitive(clause) {
        return led(&[wish], clause, format!("{wish} {}.", small(clause)));
    }
    // « vous signalez … »
    if clause.to_lowercase().starts_with(if answers { "vous " } else { "nous " }) {
        return entry(&format!("{}.", capital(clause)));
    }
    if surely_has_verb(clause) {
        return entry(clause);
    }
    // « salle des fêtes le 3 mai » is a thing that is known, « branchement gratuit » one among others.
    let clause = &PRICED_THING.replace(clause, "$thing de $price").into_owned();
    let known = KNOWN_THING.is_match(clause);
    let link = if known { Link::The } else { Link::A };
    match linked(link, clause) {
        Some(phrase) => led(&[ask, wish], clause, format!("{ask} {phrase}.")),
        None => entry(clause),
    }
}

fn several_asked(letter: &Letter) -> bool {
    letter.parts.iter().any(|part| part.role == Role::Request && part.clauses.len() > 1)
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
    let clause = clause.strip_prefix("de ").or(clause.strip_prefix("d'")).unwrap_or(clause);
    if begins_with_infinitive(clause) {
        let elided = clause.split(' ').next().is_some_and(french::elides);
        let link = if elided { " d'" } else { " de " };
        let by_rule = format!("{lead}{link}{clause}.");
        if elided {
            return entry(&by_rule);
        }
        return Frame { leads: vec![format!("{lead} de")], clause: clause.to_owned(), by_rule };
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

/// An answer that is awaited until a day.
fn deadline(clause: &str) -> Option<Frame> {
    let found = ANSWER_BY.captures(clause)?;
    let rest = found.name("rest").map_or("", |m| m.as_str()).trim().trim_matches([',', ' ']);
    let rest = PLEASE.replace(rest, "");
    let rest = rest.trim().trim_matches([',', ' ', '.']);
    if has_verb(rest) || rest.starts_with("est ") {
        return None;
    }
    let when = found.name("when")?.as_str().trim();
    let when = if facts(when).iter().any(|f| matches!(f.fact, Fact::Date(_)))
        && when.starts_with(|c: char| c.is_ascii_digit())
    {
        format!("le {when}")
    } else {
        when.to_owned()
    };
    let rest = match rest {
        "" => String::new(),
        // Where to answer.
        bracketed if bracketed.starts_with('(') => format!(" {bracketed}"),
        rest => format!(", {}", small(rest)),
    };
    Some(entry(&format!("Je vous remercie de me répondre avant {when}{rest}.")))
}

/// « si déjà payé, ne pas tenir compte du mail ».
fn already_done(clause: &str) -> Option<Frame> {
    let found = ALREADY_DONE.captures(clause)?;
    let done = fold(&found["done"]);
    let done = DONE.iter().find(|word| fold(word) == done)?;
    let this = match found["what"].to_lowercase().as_str() {
        what @ ("lettre" | "relance") => format!("cette {what}"),
        "courrier" => "ce courrier".to_owned(),
        _ => "ce courriel".to_owned(),
    };
    Some(entry(&format!(
        "Si vous avez déjà {done}, je vous remercie de ne pas tenir compte de {this}."
    )))
}

/// What one may have done before a reminder comes.
const DONE: [&str; 8] = ["payé", "réglé", "fait", "versé", "rendu", "renvoyé", "envoyé", "répondu"];

words!(
    ALREADY_DONE,
    r"(?i)^(?:si|et si) (?:c['’]est )?d[ée]j[àa] (?P<done>\p{L}+)\s*,?\s*(?:merci de )?ne pas tenir compte (?:du|de ce|de la|de cette) (?P<what>mail|courriel|message|courrier|lettre|relance)\W*$"
);

/// A clause that states something, or asks something of the recipient.
fn statement(letter: &Letter, clause: &str) -> Frame {
    // What is granted or refused, one by one, stands in a list.
    if clause.starts_with("accordé : ") || clause.starts_with("refusé : ") {
        return entry(clause);
    }
    if let Some(frame) = spoken(clause).or_else(|| already_done(clause)) {
        return frame;
    }
    if asks_recipient(letter)
        && let Some(frame) = act(letter, clause)
    {
        return frame;
    }
    let today = letter.date.as_deref().and_then(term::civil);
    let by_rule = event(letter, clause, today)
        .or_else(|| piece_by_piece(letter, clause, today))
        .or_else(|| stated(clause, today))
        .unwrap_or_else(|| clause.to_owned());
    Frame { leads: Vec::new(), clause: clause.to_owned(), by_rule }
}

/// « inauguration samedi 9 octobre à 11 h », « jeudi 11 février pas de cantine ».
fn event(letter: &Letter, clause: &str, today: Option<Date>) -> Option<String> {
    let found = facts(clause).into_iter().find(|found| matches!(found.fact, Fact::Date(_)))?;
    let past = today.zip(term::civil(clause)).is_some_and(|(now, day)| day < now);
    if past || surely_has_verb(clause) {
        return None;
    }
    let (before, day) = (clause.get(..found.span.start)?.trim(), clause.get(found.span.clone())?);
    let before = before.strip_suffix("le").unwrap_or(before).trim();
    let after = clause.get(found.span.end..)?.trim();
    // « réponse avant le 10 mars » is no event.
    if UNTIL.is_match(before) {
        return None;
    }
    if before.is_empty() && after.starts_with("pas de ") {
        return Some(format!("Il n'y aura {after} le {}.", day.trim()));
    }
    if letter.purpose != Purpose::Invitation {
        return None;
    }
    let told = format!("le {} {after}", day.trim()).replace(" ,", ",");
    if before.is_empty() {
        return Some(format!("Cet événement aura lieu {}.", told.trim_end()));
    }
    let plain = before.split(' ').count() <= 6 && !before.contains([',', ';', ':']);
    let subject = linked(Link::The, before).filter(|_| plain)?;
    let (_, number) = article::head(before.split(' ').next()?)?;
    let verb = if number == Some(Number::Plural) { "auront lieu" } else { "aura lieu" };
    Some(format!("{} {verb} {}.", capital(&subject), told.trim_end()))
}

/// « tarif 40 €, caution 200 €, clés à prendre la veille »: a sentence each, or none.
fn piece_by_piece(letter: &Letter, clause: &str, today: Option<Date>) -> Option<String> {
    let pieces = remark::clauses(clause);
    if pieces.len() < 2 || surely_has_verb(clause) {
        return None;
    }
    let told: Option<Vec<String>> = pieces
        .into_iter()
        .map(|piece| {
            let piece = piece.trim();
            let asked = asks_recipient(letter).then(|| act(letter, piece)).flatten();
            asked.map(|frame| frame.by_rule).or_else(|| stated(piece, today))
        })
        .collect();
    told.map(|told| told.join(" "))
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
    let bare = question::wish(&bare).unwrap_or(bare);
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
    Some(Frame {
        leads: vec![lead],
        clause: format!("{what} {rest}").trim_end().to_owned(),
        by_rule,
    })
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
fn stated(clause: &str, today: Option<Date>) -> Option<String> {
    let whole = || format!("{}.", capital(clause));
    if surely_has_verb(clause) {
        return Some(whole());
    }
    priced(clause).or_else(|| what_is_said(clause, today)).or_else(|| has_verb(clause).then(whole))
}

/// Each statement of the line as a sentence.
fn what_is_said(clause: &str, today: Option<Date>) -> Option<String> {
    // All of them, or none.
    let said: Option<Vec<String>> = remark::clauses(clause)
        .into_iter()
        .enumerate()
        .map(|(index, part)| {
            let part = part.trim();
            let first = part.split(' ').next().unwrap_or_default();
            // « …, surveillé par deux agents » goes on saying it.
            let goes_on = index > 0
                && french::readings(first).iter().any(|form| form.class == Class::Participle);
            if goes_on { Some(part.to_owned()) } else { said_to_be(part, today) }
        })
        .collect();
    Some(format!("{}.", capital(&said?.join(", "))))
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
    // « bâtiment rénové pour 412 000 € » says another thing than its price.
    let other = thing.split(' ').skip(1).any(|word| {
        ["à", "pour", "par", "sur", "avec", "contre", "en", "dès", "soit"].contains(&word)
            || french::readings(word).iter().any(|form| form.class == Class::Participle)
    });
    if !plain || !tail || other || thing.ends_with(" de") {
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
fn said_to_be(clause: &str, today: Option<Date>) -> Option<String> {
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
    // « accusé de réception dossier complet »: nouns side by side hide what is said of which.
    let mut nouns = words.get(..subject_end)?.windows(2);
    if nouns.any(|pair| pair.iter().all(|word| article::head(word).is_some())) {
        return None;
    }
    let said = words.get(place..)?.join(" ");
    let said = ESTIMATED.replace(&said, "$verb à $price");
    // What was done on a day that is past has been done.
    let participle = words.get(place).is_some_and(|word| {
        french::readings(word).iter().any(|form| form.class == Class::Participle)
    });
    let past = participle && today.zip(term::civil(&said)).is_some_and(|(now, day)| day < now);
    let verb = match (number, negated, past) {
        (Number::Singular, false, false) => "est",
        (Number::Plural, false, false) => "sont",
        (Number::Singular, true, false) => "n'est pas",
        (Number::Plural, true, false) => "ne sont pas",
        (Number::Singular, false, true) => "a été",
        (Number::Plural, false, true) => "ont été",
        (Number::Singular, true, true) => "n'a pas été",
        (Number::Plural, true, true) => "n'ont pas été",
    };
    let subject = match number {
        Number::Plural if !DETERMINERS.contains(&fold(first).as_str()) => {
            format!("les {}", small_noun(&subject))
        }
        _ => linked(Link::The, &subject)?,
    };
    Some(format!("{subject} {verb} {said}"))
}

/// Where the first word stands that is said of the first noun, and in which number.
fn said_at(words: &[&str], gender: Gender, numbers: &[Number]) -> Option<(usize, Number)> {
    for (index, word) in words.iter().enumerate().skip(1) {
        let bare = word.trim_end_matches([',', ';', ':']);
        let next = words.get(index + 1).copied().unwrap_or_default();
        if STATES.contains(&(bare, next.trim_end_matches([',', ';']))) {
            return numbers.first().map(|number| (index, *number));
        }
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
    "obligatoire",
    "possible",
    "gratuit",
    "ouvert",
    "disponible",
    "libre",
    "interdit",
    "nécessaire",
    "suffisant",
    "complet",
];

/// What things are said to be in two words.
const STATES: [(&str, &str); 10] = [
    ("en", "cause"),
    ("en", "cours"),
    ("en", "panne"),
    ("en", "place"),
    ("en", "attente"),
    ("en", "travaux"),
    ("à", "votre"),
    ("à", "jour"),
    ("à", "disposition"),
    ("hors", "service"),
];

/// Words between which a noun and what is said of it are not sure to belong together.
const UNSURE: [&str; 8] = ["et", "ou", "mais", "que", "qui", "si", "avec", "pour"];

/// What a town hall asks people to do with a thing.
const ACTS: [&str; 24] = [
    "fournir",
    "envoyer",
    "retirer",
    "prendre",
    "rendre",
    "deposer",
    "apporter",
    "remettre",
    "retourner",
    "completer",
    "signer",
    "transmettre",
    "joindre",
    "prevoir",
    "regler",
    "payer",
    "restituer",
    "confirmer",
    "recuperer",
    "remplir",
    "adresser",
    "verser",
    "demander",
    "reserver",
];

const DETERMINERS: [&str; 18] = [
    "le", "la", "les", "un", "une", "des", "du", "de", "au", "aux", "votre", "vos", "notre", "nos",
    "ce", "cette", "son", "sa",
];

static PRICED_THING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?P<thing>\p{L}+) (?P<price>\d[\d \u{a0}]*(?:,\d+)? ?€)"));
static ESTIMATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?P<verb>(?:estim|[ée]valu|fix|chiffr|arr[êe]t|port)[ée]e?s?) (?P<price>\d)")
});
static KNOWN_THING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^\p{L}+ (?:des|du|de la|de l['’])|^\p{L}+ (?:\p{L}+ )?(?:le|du|les|tous les) ")
});
static DEATH: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^(?:le |du )?d[ée]c[èe]s\b"));
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
static TO_DO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^(?P<what>[^,;:]+?) à (?P<verb>\p{L}+(?:er|ir|re))\b(?P<rest>.*)$")
});
words!(PLEASE, r"(?i)^(?:s['’]il vous pla[iî]t|svp|merci)\b");
words!(UNTIL, r"(?i)\b(?:avant|jusqu['’]au|d['’]ici|au plus tard)$");

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
        let framed =
            frame(&letter, Role::Condition, "vous devez refaire demande écrite avant le 3 mai");
        assert_eq!(framed.leads, ["Vous devez"]);
        assert_eq!(framed.clause, "refaire demande écrite avant le 3 mai");
    }
}
