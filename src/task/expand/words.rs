//! A clause as the words that a sentence has to carry.
//!
//! Facts and names are one word each, verbatim, however many letters and spaces they have. A common
//! word comes out in one of its written forms; articles and « de », « à » that the notes hold in
//! the form that what follows wants.

use std::sync::LazyLock;

use regex::Regex;

use crate::french::{self, Class, Form, Gender, Number};
use crate::reading::name::candidate_names;
use crate::reading::{Fact, facts, fold, pattern};

/// One word of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// How it may be written, the likeliest first; never empty.
    pub(super) forms: Vec<Shape>,
    /// What it is to the sentence.
    pub(super) kind: Kind,
    /// The mark that stands before it in the notes.
    pub(super) mark: Option<Mark>,
    /// What has to stand between it and the word before.
    pub(super) need: Need,
    /// Whether it may be the verb of the sentence.
    pub(super) finite: bool,
    /// Whether it can be nothing but a conjugated verb or a noun: « est » never stands before it.
    pub(super) conjugated: bool,
    /// Whether another statement begins after it: « que », « et ».
    pub(super) connects: bool,
    /// Whether the past of its verb is told with « être »: « est tombé ».
    pub(super) moves: bool,
}

impl Word {
    /// Whether « l' » or « d' » may stand before it.
    pub(super) const fn takes_article(&self) -> bool {
        !matches!(self.kind, Kind::Time | Kind::Fact | Kind::Small)
    }
}

/// One way to write a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) text: String,
    /// What it agrees with, where every reading says the same.
    pub(super) gender: Option<Gender>,
    pub(super) number: Option<Number>,
}

impl Shape {
    /// A text that agrees with anything.
    fn free(text: impl Into<String>) -> Self {
        Self { text: text.into(), gender: None, number: None }
    }
}

/// What has to stand before a word, so that it does not lean on the word before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// Nothing.
    Nothing,
    /// A small word or a mark: « toiture de l'école ».
    Small,
    /// A determiner: « la toiture ».
    Determiner,
}

/// What a word is to the sentence around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A date or an hour.
    Time,
    /// An amount, a number, a reference, with what it counts.
    Fact,
    /// A person, a place, a body.
    Name,
    /// « 2e »: an adjective before its noun.
    Ordinal,
    /// A verb in the infinitive.
    Infinitive,
    /// An article or a preposition that the notes hold.
    Small,
    /// A noun that is nothing else.
    Noun,
    /// A noun, a participle or a verb: « garantie », « demande », « passe ».
    Ambiguous,
    /// Any other word.
    Plain,
}

/// Punctuation between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// `,`
    Comma,
    /// `;`, `/`
    Semicolon,
    /// `:`, `=`, an arrow.
    Colon,
    /// `+`, `&`
    And,
}

/// The words of a clause, in order.
pub(super) fn words(clause: &str) -> Vec<Word> {
    let atoms = atoms(clause);
    let mut words: Vec<Word> = Vec::new();
    let mut mark = None;
    for (index, (text, fixed)) in atoms.iter().enumerate() {
        if let Some(found) = mark_of(text).filter(|_| fixed.is_none()) {
            mark = mark.or(Some(found));
            continue;
        }
        let before = index.checked_sub(1).and_then(|i| atoms.get(i)).map(|(text, _)| text.as_str());
        let (forms, kind, finite) = match fixed {
            Some(kind) => (vec![Shape::free(text.as_str())], fact_kind(text, *kind), false),
            None => plain(text, before),
        };
        // Nothing stands before the first word.
        let mark = mark.take().filter(|_| !words.is_empty());
        let article = text.contains(['\'', '’']);
        let need = if article { Need::Nothing } else { need(&words, kind, text) };
        let conjugated = finite
            && !french::readings(text).iter().any(|form| {
                matches!(form.class, Class::Adjective | Class::Participle | Class::Other)
            });
        let connects = CONNECTORS.contains(&fold(text).as_str());
        let moves = MOVES.iter().any(|stem| fold(text).starts_with(stem));
        words.push(Word { forms, kind, mark, need, finite, conjugated, connects, moves });
    }
    words
}

/// A year is a time, « 2e » an ordinal; the rest is what it was found to be.
fn fact_kind(text: &str, kind: Kind) -> Kind {
    match kind {
        Kind::Fact if YEAR.is_match(text) => Kind::Time,
        Kind::Fact if ORDINAL.is_match(text) => Kind::Ordinal,
        kind => kind,
    }
}

/// What has to stand between two words of a sentence.
fn need(words: &[Word], kind: Kind, text: &str) -> Need {
    let before = words.last();
    // « rentrée scolaire 96 élèves », but « reçu 3 devis »
    let follows = words.len() > 1;
    let counted = |word: &Word| word.forms.first().is_some_and(|form| counts(&form.text));
    let folded = fold(text);
    if SET_NOUNS.contains(&folded.as_str()) {
        return Need::Nothing;
    }
    let opens_small =
        |word: &Word| matches!(word.kind, Kind::Small | Kind::Infinitive | Kind::Ordinal);
    match (before, kind) {
        (None, Kind::Noun) => Need::Determiner,
        (Some(before), Kind::Ordinal) if !determines(before) => Need::Determiner,
        (None, Kind::Ordinal) => Need::Determiner,
        (None, Kind::Ambiguous) if !OPENERS.contains(&folded.as_str()) => Need::Determiner,
        (Some(before), _) if opens_small(before) => Need::Nothing,
        // « habitants de la rue du Port »
        // « agents recenseurs »
        (Some(before), Kind::Noun) if before.kind == Kind::Noun && names_agent(&folded) => {
            Need::Nothing
        }
        (Some(_), Kind::Noun) if PLACES.contains(&folded.as_str()) => Need::Determiner,
        (Some(before), Kind::Noun | Kind::Ambiguous) => match before.kind {
            Kind::Fact if counted(before) => Need::Nothing,
            Kind::Fact | Kind::Time => Need::Small,
            Kind::Noun | Kind::Name if kind == Kind::Noun => Need::Small,
            Kind::Plain | Kind::Ambiguous if before.finite => Need::Determiner,
            _ => Need::Nothing,
        },
        (Some(before), Kind::Fact) => match before.kind {
            Kind::Noun | Kind::Name | Kind::Time => Need::Small,
            Kind::Plain if !before.finite && text.ends_with(['€', 'T', 'C']) => Need::Small,
            Kind::Plain if !before.finite && follows => Need::Small,
            _ => Need::Nothing,
        },
        // « doit rendre »
        (Some(before), Kind::Infinitive) if !before.finite => Need::Small,
        (Some(before), Kind::Time) if YEAR.is_match(text) && before.kind != Kind::Time => {
            Need::Small
        }
        // « avant le 31 décembre »
        (Some(before), Kind::Time) if DAY.is_match(text) && !determines(before) => Need::Determiner,
        _ => Need::Nothing,
    }
}

/// Whether a word of the notes ends with a determiner: « jusqu'au », « du ».
fn determines(word: &Word) -> bool {
    let last = word.forms.first().and_then(|form| form.text.rsplit([' ', '\'', '’']).next());
    last.is_some_and(|last| ["le", "la", "les", "du", "au", "des", "aux"].contains(&last))
}

/// Whether a noun says what somebody does.
fn names_agent(folded: &str) -> bool {
    ["eur", "eurs", "euse", "euses", "rice", "rices"].iter().any(|end| folded.ends_with(end))
}

/// Whether a fact is a bare number, which counts what follows it.
fn counts(fact: &str) -> bool {
    fact.chars().all(|c| c.is_ascii_digit() || c == ' ') || plural_count(fact)
}

/// How a word may be written, and what it is.
fn plain(text: &str, before: Option<&str>) -> (Vec<Shape>, Kind, bool) {
    let folded = fold(text);
    let typed = text.to_lowercase();
    if ARTICLES.contains(&typed.as_str()) {
        // « a » is the verb or, its accent left out, « à ».
        let forms: &[&str] = if typed == "a" { &["à", "a"] } else { &[typed.as_str()] };
        return (forms.iter().map(|form| Shape::free(*form)).collect(), Kind::Small, false);
    }
    if ORDINAL.is_match(&typed) {
        return (vec![Shape::free(typed)], Kind::Ordinal, false);
    }
    let alone = before.is_none_or(|word| !DETERMINED.contains(&fold(word).as_str()));
    if let Some((_, forms)) = IDIOMS.iter().find(|(word, _)| *word == folded && alone) {
        return (forms.iter().map(|form| Shape::free(*form)).collect(), Kind::Small, false);
    }
    if !text.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’')) {
        return (vec![Shape::free(text)], Kind::Fact, false);
    }
    // « l'école » keeps its article.
    let bare = text.split_once(['\'', '’']).map_or(text, |(_, bare)| bare);
    let capital = bare.chars().next().is_some_and(char::is_uppercase);
    let acronym = bare.chars().count() > 1 && bare.chars().all(|c| !c.is_lowercase());
    if acronym || (capital && !french::is_word(bare)) {
        return (vec![Shape::free(text)], Kind::Name, false);
    }
    let readings = french::agreeing(text);
    let own = french::readings(text);
    let is = |class: Class| own.iter().any(|form| form.class == class);
    let office = |form: &Form| VERBS.contains(&form.lemma.as_str());
    let verb = |form: &&Form| form.class == Class::Finite;
    let finite = own.iter().filter(verb).any(|form| office(form) || !is(Class::Noun));
    let kind = if TIME_WORDS.contains(&folded.as_str()) || folded.starts_with("jusqu'") {
        Kind::Time
    } else if PREPOSITIONS.contains(&folded.as_str()) {
        Kind::Small
    } else if is(Class::Infinitive) && !is(Class::Noun) && !is(Class::Adjective) {
        Kind::Infinitive
    } else if is(Class::Noun) && !is(Class::Adjective) && !is(Class::Infinitive) {
        let certain = PLACES.contains(&folded.as_str()) || !(is(Class::Participle) || finite);
        if certain { Kind::Noun } else { Kind::Ambiguous }
    } else {
        Kind::Plain
    };
    // A capital inside the clause is part of a name: « la Fondation du patrimoine ».
    let opens = capital && before.is_none();
    let lower = |text: &str| if opens { text.to_lowercase() } else { text.to_owned() };
    // « deux devis » has a number of its own; other nouns keep theirs.
    let counted = before.is_some_and(plural_count);
    let own_number = readings.first().and_then(|form| form.number);
    let fits = |form: &Form| {
        form.class != Class::Noun
            || counted
            || form.number == own_number
            || form.number.is_none()
            || own_number.is_none()
    };
    let nominal =
        |form: &Form| matches!(form.class, Class::Noun | Class::Adjective | Class::Participle);
    let mut forms: Vec<Shape> = Vec::new();
    for form in readings.iter().filter(|form| fits(form)) {
        let text = lower(&form.text);
        match forms.iter_mut().find(|shape| shape.text == text) {
            // A verb spelled as a noun has no gender; nouns that differ leave the choice to the model.
            Some(_) if !nominal(form) => {}
            Some(shape) => {
                shape.gender = shape.gender.filter(|gender| form.gender == Some(*gender));
                shape.number = shape.number.filter(|number| form.number == Some(*number));
            }
            None => forms.push(Shape { text, gender: form.gender, number: form.number }),
        }
    }
    if forms.is_empty() {
        forms.push(Shape::free(lower(text)));
    }
    forms.truncate(MAX_FORMS);
    (forms, kind, finite)
}

/// Whether a number says that what it counts is several.
fn plural_count(word: &str) -> bool {
    let digits = word.chars().all(|c| c.is_ascii_digit());
    (digits && word.parse::<u64>().is_ok_and(|n| n > 1))
        || ["deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "plusieurs"]
            .contains(&fold(word).as_str())
}

/// Facts, names, bracketed remarks, words and marks, in order; the kind where it is decided.
fn atoms(clause: &str) -> Vec<(String, Option<Kind>)> {
    let mut spans: Vec<(std::ops::Range<usize>, Kind)> = Vec::new();
    spans.extend(TITLE.find(clause).map(|found| (found.range(), Kind::Name)));
    for found in BRACKETS.find_iter(clause) {
        spans.push((found.range(), Kind::Fact));
    }
    for found in facts(clause) {
        let kind = match found.fact {
            Fact::Date(_) | Fact::Hour(_) => Kind::Time,
            _ => Kind::Fact,
        };
        spans.push((found.span, kind));
    }
    let names = candidate_names(clause).into_iter();
    spans.extend(names.map(|span| (span, Kind::Name)));
    // Brackets first, then the longest; what overlaps an earlier choice goes.
    let mut chosen: Vec<(std::ops::Range<usize>, Kind)> = Vec::new();
    for (span, kind) in spans {
        if chosen.iter().all(|(other, _)| span.end <= other.start || other.end <= span.start) {
            chosen.push((span, kind));
        }
    }
    chosen.sort_by_key(|(span, _)| span.start);
    let mut atoms = Vec::new();
    let mut at = 0;
    for (span, kind) in chosen {
        push_words(clause.get(at..span.start).unwrap_or_default(), &mut atoms);
        let text = clause.get(span.clone()).unwrap_or_default().trim();
        // What a sign or a letter ties to a fact is part of it: « +7 % », « 2e ».
        let tied = clause.get(..span.start).is_some_and(|b| b.ends_with(['+', '-', '(', '«']));
        match atoms.last_mut() {
            Some((last, _)) if tied && matches!(last.as_str(), "+" | "-") => {
                *last = format!("{last}{text}");
                if let Some((_, fixed)) = atoms.last_mut() {
                    *fixed = Some(kind);
                }
            }
            _ if !text.is_empty() => atoms.push((text.to_owned(), Some(kind))),
            _ => {}
        }
        at = span.end;
        let tail: String = clause
            .get(at..)
            .unwrap_or_default()
            .chars()
            .take_while(|c| c.is_alphanumeric() || matches!(c, '%' | '€' | '²'))
            .collect();
        if let Some((last, _)) = atoms.last_mut().filter(|_| !tail.is_empty()) {
            last.push_str(&tail);
            at += tail.len();
        }
    }
    push_words(clause.get(at..).unwrap_or_default(), &mut atoms);
    atoms
}

fn push_words(text: &str, atoms: &mut Vec<(String, Option<Kind>)>) {
    for found in TOKEN.find_iter(text) {
        atoms.push((found.as_str().to_owned(), None));
    }
}

fn mark_of(text: &str) -> Option<Mark> {
    Some(match text {
        "," => Mark::Comma,
        ";" | "/" => Mark::Semicolon,
        ":" | "=" | "->" | "-->" | "=>" | "→" | "–" | "-" => Mark::Colon,
        "+" | "&" => Mark::And,
        _ => return None,
    })
}

/// Forms kept of one word: a verb has many more than a sentence may want.
const MAX_FORMS: usize = 8;

/// Nouns that some verbs take without an article.
const SET_NOUNS: [&str; 9] =
    ["part", "lieu", "partie", "compte", "connaissance", "acte", "face", "suite", "fin"];

/// Places that are never named without an article, though some are verbs as well.
const PLACES: [&str; 17] = [
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

/// Participles that may open a note though they are nouns as well.
const OPENERS: [&str; 8] = ["recu", "vu", "fait", "mis", "pris", "permis", "du", "suite"];

/// Words that open a moment, and months.
const TIME_WORDS: [&str; 20] = [
    "avant",
    "apres",
    "depuis",
    "des",
    "fin",
    "debut",
    "courant",
    "jusqu",
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
];

/// Words that notes use for a whole phrase, where nothing determines them.
const IDIOMS: [(&str, &[&str]); 3] = [
    (
        "raison",
        &["en raison de", "en raison du", "en raison de la", "en raison des", "en raison d'"],
    ),
    ("cause", &["à cause de", "à cause du", "à cause de la", "à cause des"]),
    ("faute", &["faute de", "faute d'"]),
];

/// Words after which an idiom's word is an ordinary noun.
const DETERMINED: [&str; 12] =
    ["la", "une", "en", "cette", "sa", "de", "a", "avec", "pour", "sans", "leur", "toute"];

/// Verbs that are meant where a third person is spelled as a noun.
static VERBS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("verbs.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

static DAY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d{1,2}(?:er)? \p{L}{3}"));

/// Prepositions and the like, which need no article before them and let a noun follow.
const PREPOSITIONS: [&str; 26] = [
    "en", "dans", "sur", "sous", "pour", "par", "avec", "sans", "contre", "chez", "vers", "entre",
    "selon", "sauf", "et", "ou", "mais", "ni", "ne", "pas", "faute", "via", "un", "une", "ce",
    "cette",
];

/// How participles begin that go with « être ».
const MOVES: [&str; 13] = [
    "tombe", "arrive", "parti", "venu", "sorti", "entre", "rentre", "monte", "descendu", "reste",
    "devenu", "revenu", "decede",
];

/// Words after which another verb may come.
pub(super) const CONNECTORS: [&str; 10] =
    ["que", "qui", "dont", "ou", "si", "et", "mais", "car", "quand", "comment"];

/// Articles and their like, kept as typed.
const ARTICLES: [&str; 18] = [
    "le", "la", "les", "de", "du", "des", "à", "a", "au", "aux", "un", "une", "ce", "cet", "cette",
    "ces", "son", "leur",
];

static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:19|20)\d\d$"));
static ORDINAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d+(?:er|re|e|ème|nd|nde)$"));

/// Who is named by an office, or not at all.
pub(super) static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:Madame|Monsieur|Mme|M\.) l[ae] (?:[Mm]aire|[Pp]r[ée]sident\p{L}*)")
});

static BRACKETS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\([^()]*\)|«[^«»]*»"));

static TOKEN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"-->|->|=>|→|[,;:/=+&–]|[^\s,;:/=+&–()«»→]+|[()«»]"));
