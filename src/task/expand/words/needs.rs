//! What has to stand before a word, and what may be added there.

use std::sync::LazyLock;

use regex::Regex;

use super::lists::{
    BARE_NOUNS, DURATION, PLACES, YEAR, counted, counts, determiner, determines, is_role,
    is_time_word, opens_complement,
};
use super::{Before, CONNECTORS, Kind, Need, Word, shapes};
use crate::french::{self, Class};
use crate::reading::date::{is_month, is_weekday};
use crate::reading::{fold, pattern};

/// Which small words may stand before a word, whatever the clause says.
pub(super) fn may_precede(words: &[Word], kind: Kind, text: &str, after: Option<&str>) -> Before {
    let folded = fold(text);
    let last = words.last();
    // « la salle », « un projet »: the notes have said what determines the noun.
    let article = |word: &Word| matches!(word.kind, Kind::Small | Kind::Time) && determines(word);
    let determined = last.is_some_and(article);
    // « maïs » is not « mais »
    let joins = NOTHING_BEFORE.contains(&folded.as_str()) && shapes::is_preposition(text);
    let joins = joins || NOTHING_BEFORE.contains(&text.to_lowercase().as_str());
    let one_verb = last.is_some_and(|verb| makes_one_verb(verb, &folded));
    if determined || joins || one_verb || is_numero(text) {
        return Before::Nothing;
    }
    if YEAR.is_match(text) && last.is_some_and(dated) {
        return Before::Nothing;
    }
    let moment = YEAR.is_match(text) || is_time_word(&folded);
    // « depuis lundi »
    let since = last.is_some_and(|word| word.kind == Kind::Time) && is_weekday(&folded);
    // « au moins 40 % », « soit 1 128 € »
    let measured = || {
        let text = last.and_then(|word| word.forms.first()).map(|form| fold(&form.text));
        text.is_some_and(|text| MEASURES.contains(&text.as_str()))
    };
    let numbered = kind == Kind::Fact && counts(text) && last.is_some_and(is_numbered);
    // « taux : pas d'augmentation » says that there is none.
    let absent = folded == "pas" && !words.is_empty() && after.is_some_and(opens_complement);
    let idiom = folded == "faute" && kind == Kind::Small;
    // « Mourtade est hostile »: a surname has no article.
    let surname = words.is_empty()
        && kind == Kind::Name
        && text.contains(char::is_lowercase)
        && !french::is_word(text.split(' ').next().unwrap_or_default());
    if idiom || surname {
        return Before::Nothing;
    }
    // « en septembre », « lots 2 et 5 »
    let preposition = last.is_some_and(|word| word.kind == Kind::Small && !word.connects);
    if kind == Kind::Fact && measured()
        || numbered
        || joins_numbers(words, kind)
        || moment && preposition
    {
        return Before::Nothing;
    }
    // « d'accord à condition que »
    if ["a", "sous"].contains(&folded.as_str())
        && after.is_some_and(|next| ["condition", "reserve"].contains(&fold(next).as_str()))
    {
        return Before::NoVerb;
    }
    if shapes::is_set_phrase(&folded) {
        return Before::NoVerb;
    }
    if last.is_some_and(|word| word.kind == Kind::Name) && is_role(text) {
        return Before::Verb;
    }
    if absent {
        return Before::NoVerb;
    }
    // « toiture de l'école », « une pétition de 64 signatures »: belongs to what it follows.
    if !words.is_empty() && !["des", "d'au"].contains(&folded.as_str()) && opens_complement(text) {
        return Before::Nothing;
    }
    // « 64 signatures », but « le point 4 est retiré »
    let number = |word: &&Word| word.kind == Kind::Fact || word.connects;
    let named = words.iter().rev().find(|word| !number(word)).is_some_and(is_numbered);
    let names = named || last.into_iter().chain(words.iter().nth_back(1)).any(is_numbered);
    let counts_it = |word: &Word| word.kind == Kind::Fact && counted(word) && !names;
    if kind != Kind::Small && last.is_some_and(counts_it) {
        return Before::Nothing;
    }
    // « 6 de plus que l'an dernier »
    if kind == Kind::Fact && counts(text) && after.is_some_and(opens_complement) {
        return Before::NoVerb;
    }
    let according = ACCORDING.contains(&folded.split(['\'', '’']).next_back().unwrap_or_default());
    if according || CONNECTORS.contains(&folded.as_str()) {
        return Before::Nothing;
    }
    let is_preposition = kind == Kind::Small && shapes::is_preposition(text);
    if is_preposition {
        return Before::Verb;
    }
    let readings = french::readings(text);
    let all = |classes: &[Class]| {
        !readings.is_empty() && readings.iter().all(|form| classes.contains(&form.class))
    };
    if kind == Kind::Plain && all(&[Class::Finite]) {
        return Before::Subject;
    }
    // « une petite commune », but « refusée »: an article leads to a noun.
    let noun_follows = after
        .is_some_and(|next| french::readings(next).iter().any(|form| form.class == Class::Noun));
    let says = kind == Kind::Plain
        && (all(&[Class::Participle, Class::Finite])
            || !noun_follows && all(&[Class::Participle, Class::Adjective, Class::Finite]));
    if says || kind == Kind::Infinitive {
        return Before::Said;
    }
    // « ramassées lundi », never « le lundi », which is every Monday
    let weekday = kind == Kind::Time && is_weekday(folded.split(' ').next().unwrap_or_default());
    let weekday = weekday && !folded.contains(|c: char| c.is_ascii_digit());
    if moment || since || weekday || kind == Kind::Small && determiner(&folded) {
        Before::NoDeterminer
    } else {
        Before::All
    }
}

/// « n° 12 »
fn is_numero(text: &str) -> bool {
    text.starts_with("n°") || text.starts_with("N°")
}

/// « chapitre », « lots »: what a number names.
fn is_numbered(word: &Word) -> bool {
    let text = word.forms.first().map(|form| fold(&form.text));
    text.is_some_and(|text| NUMBERED.contains(&text.trim_end_matches('s')) || is_numero(&text))
}

/// « 2 et 5 »
fn joins_numbers(words: &[Word], kind: Kind) -> bool {
    let [.., first, and] = words else { return false };
    kind == Kind::Fact && first.kind == Kind::Fact && and.kind == Kind::Small && and.connects
}

/// « CM1 », « AB 217 »: what a letter opens names what stands before it.
fn is_reference(kind: Kind, text: &str) -> bool {
    kind == Kind::Fact && text.starts_with(char::is_uppercase)
}

/// Whether a year may follow at once: « d'ici 2029 », « depuis 2021 ».
pub(super) fn dated(word: &Word) -> bool {
    let ici = word.forms.first().is_some_and(|form| fold(&form.text).ends_with("ici"));
    ici || word.kind == Kind::Time
}

/// What has to stand between two words of a sentence.
pub(super) fn need(words: &[Word], kind: Kind, text: &str) -> Need {
    let before = words.last();
    // « rentrée scolaire 96 élèves », but « reçu 3 devis »
    let follows = words.len() > 1;
    let folded = fold(text);
    if is_set(text) || before.is_some_and(|verb| makes_one_verb(verb, &folded)) {
        return Need::Nothing;
    }
    let opens_small =
        |word: &Word| matches!(word.kind, Kind::Small | Kind::Infinitive | Kind::Ordinal);
    match (before, kind) {
        (Some(_), Kind::Fact) if is_numero(text) => Need::Nothing,
        (Some(before), Kind::Fact) if before.connects => Need::Nothing,
        // « Cazenave président »
        (Some(before), Kind::Noun | Kind::Ambiguous)
            if before.kind == Kind::Name && is_role(text) =>
        {
            Need::Nothing
        }
        (None, Kind::Noun) => Need::Determiner,
        (Some(before), Kind::Ordinal) if !determines(before) => Need::Determiner,
        (None, Kind::Ordinal) => Need::Determiner,
        (None, Kind::Ambiguous) if !OPENERS.contains(&folded.as_str()) => Need::Determiner,
        (Some(before), Kind::Noun) if before.kind == Kind::Noun && takes_bare(before, &folded) => {
            Need::Nothing
        }
        // « par les élus », but « par courrier »
        (Some(before), Kind::Noun | Kind::Ambiguous) if bare_nouns(before).is_some() => {
            let known = |noun: &&str| match noun.strip_prefix('-') {
                Some(ending) => folded.ends_with(ending),
                None => **noun == folded,
            };
            let bare = bare_nouns(before).is_some_and(|nouns| nouns.iter().any(known));
            if bare { Need::Nothing } else { Need::Determiner }
        }
        (Some(before), _) if opens_small(before) => Need::Nothing,
        // « habitants de la rue du Port »
        // « agents recenseurs »
        (Some(before), Kind::Noun) if before.kind == Kind::Noun && names_agent(&folded) => {
            Need::Nothing
        }
        (Some(_), Kind::Noun) if PLACES.contains(&folded.as_str()) => Need::Determiner,
        (Some(before), Kind::Noun | Kind::Ambiguous) => match before.kind {
            Kind::Fact if counted(before) => Need::Nothing,
            // « jusqu'aux vacances »
            Kind::Time if determines(before) => Need::Nothing,
            Kind::Fact | Kind::Time => Need::Small,
            Kind::Noun | Kind::Name if kind == Kind::Noun => Need::Small,
            Kind::Plain | Kind::Ambiguous if before.finite && !equates(before) => Need::Determiner,
            _ => Need::Nothing,
        },
        // « rachète des jardinières »
        (Some(before), Kind::Plain)
            if before.finite
                && before.kind == Kind::Plain
                && !equates(before)
                && is_thing(text) =>
        {
            Need::Determiner
        }
        (Some(_), _) if is_reference(kind, text) => Need::Nothing,
        (Some(before), Kind::Fact) if counts(text) && is_numbered(before) => Need::Nothing,
        (Some(before), Kind::Fact)
            if before
                .forms
                .first()
                .is_some_and(|form| MEASURES.contains(&fold(&form.text).as_str())) =>
        {
            Need::Nothing
        }
        // « stagiaire accueillie six semaines », « depuis dix jours »
        (Some(before), Kind::Fact)
            if DURATION.is_match(text) && matches!(before.kind, Kind::Plain | Kind::Time) =>
        {
            Need::Nothing
        }
        // « lundi à 14 h »
        (Some(before), Kind::Time)
            if HOUR.is_match(text) && before.kind == Kind::Time && ends_day(before) =>
        {
            Need::Small
        }
        // « ouvre en septembre »
        (Some(before), Kind::Time)
            if is_month(&folded)
                && matches!(before.kind, Kind::Noun | Kind::Ambiguous | Kind::Plain) =>
        {
            Need::Small
        }
        // « jusqu'au 22 »
        (Some(before), Kind::Fact) if before.kind == Kind::Time && determines(before) => {
            Need::Nothing
        }
        (Some(before), Kind::Fact) => match before.kind {
            Kind::Noun | Kind::Name | Kind::Time => Need::Small,
            Kind::Plain if !before.finite && text.contains(['€', '°']) => Need::Small,
            Kind::Plain if !before.finite && follows => Need::Small,
            _ => Need::Nothing,
        },
        // « doit rendre »
        (Some(before), Kind::Infinitive) if !before.finite => Need::Small,
        (Some(before), Kind::Time) if YEAR.is_match(text) && !dated(before) => Need::Small,
        // « avant le 31 décembre »
        (Some(before), Kind::Time) if DAY.is_match(text) && !determines(before) => Need::Determiner,
        _ => Need::Nothing,
    }
}

/// Whether a verb of the notes says what something is: no article has to follow it.
pub(super) fn equates(word: &Word) -> bool {
    const EQUATES: [&str; 8] =
        ["est", "sont", "etait", "etaient", "sera", "seront", "reste", "devient"];
    word.forms.first().is_some_and(|form| EQUATES.contains(&fold(&form.text).as_str()))
}

/// The nouns that a preposition takes without an article, where others have one after it.
pub(super) fn bare_nouns(preposition: &Word) -> Option<&'static [&'static str]> {
    let text = fold(&preposition.forms.first()?.text);
    BARE_NOUNS.iter().find(|(known, _)| *known == text).map(|(_, nouns)| nouns.as_slice())
}

/// Whether a word that may be an adjective names a thing where a verb stands before it.
fn is_thing(text: &str) -> bool {
    let readings = french::readings(text);
    let is = |class: Class| readings.iter().any(|form| form.class == class);
    is(Class::Noun)
        && !is(Class::Participle)
        && !is(Class::Other)
        && !shapes::ADVERBS.contains(&fold(text).as_str())
        && !shapes::NUMERALS.contains(&fold(text).as_str())
}

/// Whether a moment ends with a day: « lundi », « le 3 mai ».
fn ends_day(word: &Word) -> bool {
    word.forms.first().is_some_and(|form| {
        let last = fold(form.text.rsplit(' ').next().unwrap_or_default());
        is_weekday(&last) || is_month(&last) || YEAR.is_match(&last)
    })
}

/// Whether a verb and the noun after it are one verb, without an article: « accuse réception ».
fn makes_one_verb(verb: &Word, noun: &str) -> bool {
    const ONE: [(&str, &[&str]); 8] = [
        ("accus", &["reception"]),
        (
            "donn",
            &["lecture", "suite", "satisfaction", "procuration", "pouvoir", "quitus", "raison"],
        ),
        ("port", &["plainte", "atteinte", "secours"]),
        ("fai", &["appel", "suite", "partie", "defaut", "grief", "don", "part"]),
        ("fon", &["appel", "suite", "partie", "defaut", "part"]),
        ("rend", &["compte", "visite", "hommage", "service"]),
        ("pren", &["acte", "effet", "fin", "note", "contact", "rendez-vous"]),
        ("tien", &["compte", "permanence"]),
    ];
    verb.kind != Kind::Noun
        && verb.forms.first().is_some_and(|form| {
            let verb = fold(&form.text);
            ONE.iter().any(|(stem, nouns)| verb.starts_with(stem) && nouns.contains(&noun))
        })
}

/// Whether verbs take a noun without an article.
pub(super) fn is_set(noun: &str) -> bool {
    SET_NOUNS.contains(&fold(noun).as_str())
}

/// Whether a noun says what somebody does.
pub(in crate::task::expand) fn names_agent(folded: &str) -> bool {
    ["eur", "eurs", "euse", "euses", "rice", "rices"].iter().any(|end| folded.ends_with(end))
}

/// « commission travaux », « alarme incendie »: a noun that tells which.
fn takes_bare(before: &Word, folded: &str) -> bool {
    let text = before.forms.first().map(|form| fold(&form.text)).unwrap_or_default();
    APPOSED.contains(&folded) || DIVIDED.contains(&text.trim_end_matches('s'))
}

/// Nouns that tell, without a preposition, what kind of thing the noun before them is.
const APPOSED: [&str; 25] = [
    "papier", "adultes", "enfants", "adulte", "enfant", "seniors", "parents", "incendie", "photo",
    "photos", "video", "jeunesse", "surprise", "jeunes", "ados", "stop", "internet", "nord", "sud",
    "ouest", "bourg", "wifi", "mail", "web", "pilote",
];

/// Nouns whose kind another noun tells without a preposition.
const DIVIDED: [&str; 12] = [
    "commission",
    "comite",
    "groupe",
    "service",
    "pole",
    "espace",
    "section",
    "atelier",
    "stage",
    "tarif",
    "referent",
    "forfait",
];

/// Nouns that some verbs take without an article.
pub(super) const SET_NOUNS: [&str; 9] =
    ["part", "lieu", "partie", "compte", "connaissance", "acte", "face", "suite", "fin"];

/// Participles that may open a note though they are nouns as well.
pub(super) const OPENERS: [&str; 8] =
    ["recu", "vu", "fait", "mis", "pris", "permis", "du", "suite"];

/// Words that nothing may be added before: they join what they stand between.
pub(super) const NOTHING_BEFORE: [&str; 8] =
    ["si", "car", "dont", "mais", "ni", "sauf", "puisque", "lorsque"];

/// Words that say how a number is meant.
const MEASURES: [&str; 9] =
    ["moins", "environ", "soit", "presque", "dont", "maximum", "minimum", "encore", "seulement"];

/// Nouns that a number follows as a name does: « le chapitre 11 ».
const NUMBERED: [&str; 15] = [
    "taille",
    "chapitre",
    "article",
    "lot",
    "semaine",
    "point",
    "page",
    "parcelle",
    "salle",
    "tranche",
    "phase",
    "appartement",
    "poste",
    "ligne",
    "zone",
];

/// Words that say on whose word or for what something is said, never what is said.
pub(super) const ACCORDING: [&str; 4] = ["apres", "selon", "malgre", "grace"];

static HOUR: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d{1,2} h\b"));

pub(super) static DAY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d{1,2}(?:er)? \p{L}{3}"));
