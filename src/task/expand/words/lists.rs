//! Words that are known for what they do in a sentence, and the signs of a fact.

use std::sync::LazyLock;

use regex::Regex;

use super::Word;
use crate::reading::date::is_month;
use crate::reading::{fold, pattern};

/// Whether a word of the notes ends with a determiner: « jusqu'au », « du », « d'une ».
pub(super) fn determines(word: &Word) -> bool {
    let last = word.forms.first().and_then(|form| form.text.rsplit([' ', '\'', '’']).next());
    last.is_some_and(|last| determiner(&fold(last)))
}

pub(super) fn determiner(folded: &str) -> bool {
    DETERMINERS.contains(&folded)
}

/// Whether a word of the notes is a bare number, which counts what follows it.
pub(super) fn counted(word: &Word) -> bool {
    word.forms.first().is_some_and(|form| counts(&form.text))
}

/// Whether a fact is a bare number.
pub(in crate::task::expand) fn counts(fact: &str) -> bool {
    fact.chars().all(|c| c.is_ascii_digit() || c == ' ') || plural_count(fact)
}

/// « de », « du », « d'école »: what follows belongs to the noun before.
pub(super) fn opens_complement(word: &str) -> bool {
    let folded = fold(word);
    let elided = folded.starts_with("d'") || folded.starts_with("d’");
    elided || matches!(folded.as_str(), "de" | "du" | "des")
}

/// Whether a number says that what it counts is several.
pub(super) fn plural_count(word: &str) -> bool {
    let digits = word.chars().all(|c| c.is_ascii_digit());
    (digits && word.parse::<u64>().is_ok_and(|n| n > 1))
        || ["deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "plusieurs"]
            .contains(&fold(word).as_str())
}

/// Whether a noun says what somebody is in a body: « trésorière ».
pub(in crate::task::expand) fn is_role(noun: &str) -> bool {
    ROLES.contains(&fold(noun).as_str())
}

/// What somebody is, rather than speaks of.
const ROLES: [&str; 20] = [
    "secretaire",
    "president",
    "presidente",
    "tresorier",
    "tresoriere",
    "adjoint",
    "adjointe",
    "candidat",
    "candidate",
    "volontaire",
    "benevole",
    "rapporteur",
    "rapporteure",
    "scrutateur",
    "scrutatrice",
    "referent",
    "referente",
    "responsable",
    "suppleant",
    "suppleante",
];

/// Places that are never named without an article, though some are verbs as well.
pub(super) const PLACES: [&str; 17] = [
    "rue",
    "place",
    "route",
    "chemin",
    "avenue",
    "impasse",
    "ecole",
    "salle",
    "mairie",
    "eglise",
    "foyer",
    "stade",
    "cimetiere",
    "parking",
    "cantine",
    "bibliotheque",
    "gymnase",
];

/// Words that open a moment.
const MOMENT_WORDS: [&str; 8] =
    ["avant", "apres", "depuis", "des", "fin", "debut", "courant", "jusqu"];

/// Whether a word opens a moment, or is a month.
pub(super) fn is_time_word(folded: &str) -> bool {
    MOMENT_WORDS.contains(&folded) || is_month(folded)
}

/// What determines a noun.
pub(super) const DETERMINERS: [&str; 22] = [
    "le", "la", "les", "un", "une", "du", "des", "au", "aux", "ce", "cet", "cette", "ces", "son",
    "sa", "ses", "leur", "leurs", "notre", "nos", "votre", "vos",
];

/// Prepositions after which a noun has its article, with the nouns that do without.
pub(super) static BARE_NOUNS: LazyLock<Vec<(&'static str, Vec<&'static str>)>> =
    LazyLock::new(|| {
        let lines = include_str!("bare_nouns.tsv").lines().filter(|line| !line.starts_with('#'));
        let row = |line: &'static str| {
            let (preposition, nouns) = line.split_once('\t')?;
            Some((preposition, nouns.split_whitespace().collect()))
        };
        lines.filter_map(row).collect()
    });

/// « six semaines », « d'un an »
pub(super) static DURATION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:d['’])?(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt|\d+) (?:ans?|mois|semaines?|jours?|heures?|minutes?|min(?: \d\d)?)\b",
    )
});

pub(super) static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:19|20)\d\d$"));

pub(super) static ORDINAL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\d+(?:er|re|e|ème|nd|nde)$"));
