//! A clause without a verb as a sentence with one, where the dictionary is sure of it: « caution
//! 150 € » as « La caution est de 150 €. », « repas non facturés » as « Les repas ne sont pas
//! facturés. ».

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::DETERMINERS;
use crate::french::{self, Class, Gender, Number};
use crate::reading::{Fact, facts, fold, pattern, remark};
use crate::task::article::{self, Link, linked, small_noun};
use crate::task::expand::{has_verb, surely_has_verb};
use crate::task::letter::term;
use crate::task::wording::capital;

/// A sentence with a verb that the dictionary is sure of, or none.
pub(super) fn stated(clause: &str, today: Option<Date>) -> Option<String> {
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

static ESTIMATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?P<verb>(?:estim|[ée]valu|fix|chiffr|arr[êe]t|port)[ée]e?s?) (?P<price>\d)")
});
