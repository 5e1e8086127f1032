//! A clause as the words that a sentence has to carry.
//!
//! Facts and names are one word each, verbatim, however many letters and spaces they have. A common
//! word comes out in one of its written forms; articles and « de », « à » that the notes hold in
//! the form that what follows wants.

use std::sync::LazyLock;

use regex::Regex;

use super::syntax;
use crate::french::{self, Class, Form, Gender, Number};
use crate::notes::Span;
use crate::reading::name::candidate_names;
use crate::reading::{Fact, facts, fold, pattern};

/// One word of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// How it may be written, the likeliest first; never empty.
    pub(super) forms: Vec<Shape>,
    /// What it is to the sentence.
    pub(super) kind: Kind,
    /// Whether it may be a noun, though it may be something else.
    pub(super) noun: bool,
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
    /// Whether that statement may want a verb of its own: « si », « car », « tant que ».
    pub(super) subordinates: bool,
    /// Whether the past of its verb is told with « être »: « est tombé ».
    pub(super) moves: bool,
    /// A participle or an adjective, as it was typed: what it agrees with.
    pub(super) says: Option<Says>,
    /// Which small words may stand before it.
    pub(super) before: Before,
    /// « six semaines »: how long something is, which no bare « est » says.
    pub(super) duration: bool,
}

/// What a participle or an adjective agrees with as it was typed, as far as it tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Says {
    pub(super) gender: Option<Gender>,
    pub(super) number: Option<Number>,
    /// Whether it is a participle: it may be all that a clause says.
    pub(super) participle: bool,
}

/// Which small words may be added before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// Any.
    All,
    /// No verb: what the statement says stands elsewhere.
    NoVerb,
    /// No determiner: « depuis 2021 ».
    NoDeterminer,
    /// None at all: « l'école », « , dont 3 ».
    Nothing,
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
    /// A colon after a statement or before one: it stays.
    Explains,
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
        let after = atoms.get(index + 1).map(|(text, _)| text.as_str());
        let (forms, kind, finite) = match fixed {
            // « un an », which « est » makes « d'un an »
            Some(Kind::Fact) if DURATION.is_match(text) && text.starts_with("un") => {
                let forms = [text.clone(), format!("d'{text}")].map(Shape::free);
                (forms.to_vec(), Kind::Fact, false)
            }
            Some(kind) => (vec![Shape::free(text.as_str())], fact_kind(text, *kind), false),
            None => plain(text, before, after),
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
        // « par la régie » names who acts, though « régir » has that participle.
        let named = kind == Kind::Ambiguous
            && words.last().is_some_and(|word: &Word| word.kind == Kind::Small && !word.connects);
        let says = if fixed.is_none() && kind != Kind::Small && !named { says(text) } else { None };
        let before = may_precede(&words, kind, text, after);
        let noun = fixed.is_none()
            && matches!(kind, Kind::Noun | Kind::Ambiguous | Kind::Plain)
            && (kind == Kind::Noun
                || french::readings(text).iter().any(|form| form.class == Class::Noun));
        words.push(Word {
            forms,
            kind,
            noun,
            mark,
            need,
            finite,
            conjugated,
            connects,
            subordinates: subordinates(text, index.checked_sub(1).and_then(|i| atoms.get(i))),
            moves,
            says,
            before,
            duration: DURATION.is_match(text),
        });
    }
    syntax::settle(&mut words);
    words
}

/// « si », « car », and « que » after « tant », « parce », « alors ».
fn subordinates(text: &str, before: Option<&(String, Option<Kind>)>) -> bool {
    let folded = fold(text);
    ["si", "car", "puisque", "lorsque", "quand", "pourquoi", "comment", "où"]
        .iter()
        .any(|word| fold(word) == folded)
        || (folded == "que"
            && before.is_some_and(|(word, _)| {
                ["tant", "parce", "alors", "afin", "avant", "pendant", "des", "sans"]
                    .contains(&fold(word).as_str())
            }))
}

/// What a participle or an adjective says of what it agrees with.
fn says(text: &str) -> Option<Says> {
    let readings = french::readings(text);
    let told = |class: Class| readings.iter().filter(move |form| form.class == class);
    let participle = told(Class::Participle).next().is_some();
    let mut forms = told(if participle { Class::Participle } else { Class::Adjective });
    let first = forms.next()?;
    let (mut gender, mut number) = (first.gender, first.number);
    for form in forms {
        gender = gender.filter(|own| form.gender == Some(*own));
        number = number.filter(|own| form.number == Some(*own));
    }
    Some(Says { gender, number, participle })
}

/// Which small words may stand before a word, whatever the clause says.
fn may_precede(words: &[Word], kind: Kind, text: &str, after: Option<&str>) -> Before {
    let folded = fold(text);
    let last = words.last();
    // « la salle », « un projet »: the notes have said what determines the noun.
    let determined = last.is_some_and(|word| word.kind == Kind::Small && determines(word));
    if determined || NOTHING_BEFORE.contains(&folded.as_str()) {
        return Before::Nothing;
    }
    if YEAR.is_match(text) && last.is_some_and(dated) {
        return Before::Nothing;
    }
    let moment = YEAR.is_match(text) || TIME_WORDS.contains(&folded.as_str());
    // « depuis lundi »
    let since = last.is_some_and(|word| word.kind == Kind::Time) && WEEKDAY.is_match(&folded);
    // « au moins 40 % », « soit 1 128 € »
    let measured = || {
        let text = last.and_then(|word| word.forms.first()).map(|form| fold(&form.text));
        text.is_some_and(|text| MEASURES.contains(&text.as_str()))
    };
    if kind == Kind::Fact && measured() {
        return Before::Nothing;
    }
    // « toiture de l'école », « une pétition de 64 signatures »: belongs to what it follows.
    if !words.is_empty() && !["des", "d'au"].contains(&folded.as_str()) && opens_complement(text) {
        return Before::Nothing;
    }
    // « 64 signatures »
    if kind != Kind::Small && last.is_some_and(|word| word.kind == Kind::Fact && counted(word)) {
        return Before::Nothing;
    }
    // « 6 de plus que l'an dernier »
    if kind == Kind::Fact && counts(text) && after.is_some_and(opens_complement) {
        return Before::NoVerb;
    }
    if ACCORDING.contains(&folded.split(['\'', '’']).next_back().unwrap_or_default()) {
        return Before::NoVerb;
    }
    if moment || since || kind == Kind::Small && determiner(&folded) {
        Before::NoDeterminer
    } else {
        Before::All
    }
}

/// Whether a year may follow at once: « d'ici 2029 », « depuis 2021 ».
fn dated(word: &Word) -> bool {
    let ici = word.forms.first().is_some_and(|form| fold(&form.text).ends_with("ici"));
    ici || word.kind == Kind::Time
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
        // « par les élus », but « par courrier »
        (Some(before), Kind::Noun | Kind::Ambiguous) if bare_nouns(before).is_some() => {
            let known = |noun: &&str| match noun.strip_prefix('-') {
                Some(ending) => folded.ends_with(ending),
                None => **noun == folded,
            };
            let bare = bare_nouns(before).is_some_and(|nouns| nouns.iter().any(|n| known(&n)));
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
            Kind::Fact | Kind::Time => Need::Small,
            Kind::Noun | Kind::Name if kind == Kind::Noun => Need::Small,
            Kind::Plain | Kind::Ambiguous if before.finite && !equates(before) => Need::Determiner,
            _ => Need::Nothing,
        },
        (Some(before), Kind::Fact)
            if before
                .forms
                .first()
                .is_some_and(|form| MEASURES.contains(&fold(&form.text).as_str())) =>
        {
            Need::Nothing
        }
        // « stagiaire accueillie six semaines »
        (Some(before), Kind::Fact) if DURATION.is_match(text) && before.kind == Kind::Plain => {
            Need::Nothing
        }
        (Some(before), Kind::Fact) => match before.kind {
            Kind::Noun | Kind::Name | Kind::Time => Need::Small,
            Kind::Plain if !before.finite && text.ends_with(['€', 'T', 'C']) => Need::Small,
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

/// Whether a word of the notes ends with a determiner: « jusqu'au », « du », « d'une ».
fn determines(word: &Word) -> bool {
    let last = word.forms.first().and_then(|form| form.text.rsplit([' ', '\'', '’']).next());
    last.is_some_and(|last| determiner(&fold(last)))
}

fn determiner(folded: &str) -> bool {
    DETERMINERS.contains(&folded)
}

/// Whether a verb of the notes says what something is: no article has to follow it.
fn equates(word: &Word) -> bool {
    const EQUATES: [&str; 8] =
        ["est", "sont", "etait", "etaient", "sera", "seront", "reste", "devient"];
    word.forms.first().is_some_and(|form| EQUATES.contains(&fold(&form.text).as_str()))
}

/// The nouns that a preposition takes without an article, where others have one after it.
fn bare_nouns(preposition: &Word) -> Option<&'static [&'static str]> {
    let text = fold(&preposition.forms.first()?.text);
    BARE_NOUNS.iter().find(|(known, _)| *known == text).map(|(_, nouns)| nouns.as_slice())
}

/// Whether a noun says what somebody does.
fn names_agent(folded: &str) -> bool {
    ["eur", "eurs", "euse", "euses", "rice", "rices"].iter().any(|end| folded.ends_with(end))
}

/// Whether a word of the notes is a bare number, which counts what follows it.
fn counted(word: &Word) -> bool {
    word.forms.first().is_some_and(|form| counts(&form.text))
}

/// Whether a fact is a bare number.
fn counts(fact: &str) -> bool {
    fact.chars().all(|c| c.is_ascii_digit() || c == ' ') || plural_count(fact)
}

/// How a word may be written, and what it is.
fn plain(text: &str, before: Option<&str>, after: Option<&str>) -> (Vec<Shape>, Kind, bool) {
    let folded = fold(text);
    let typed = text.to_lowercase();
    if let Some((_, number)) = COMPOUNDS.iter().find(|(noun, _)| *noun == typed) {
        let (gender, number) = (Some(Gender::Masculine), Some(*number));
        return (vec![Shape { text: typed, gender, number }], Kind::Noun, false);
    }
    // « d'un », « qu'une »
    let bare = typed.split_once(['\'', '’']).map(|(_, bare)| bare);
    if bare.is_some_and(|bare| matches!(bare, "un" | "une")) {
        return (vec![Shape::free(typed)], Kind::Small, false);
    }
    if ARTICLES.contains(&typed.as_str()) {
        // « a » is the verb or, its accent left out, « à ».
        let forms: &[&str] = if typed == "a" { &["à", "a"] } else { &[typed.as_str()] };
        return (forms.iter().map(|form| Shape::free(*form)).collect(), Kind::Small, false);
    }
    if ORDINAL.is_match(&typed) {
        return (vec![Shape::free(typed)], Kind::Ordinal, false);
    }
    let alone = before.is_none_or(|word| !DETERMINED.contains(&fold(word).as_str()));
    let whole = after.is_some_and(opens_complement);
    if alone && whole && folded == "faute" {
        return (vec![Shape::free(typed)], Kind::Small, false);
    }
    let alone = alone && !whole;
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
    // « au centre », « bureau de vote »: what an article or a preposition opens is no verb.
    let determined = before.is_some_and(|word| {
        let last = fold(word);
        let article = determiner(last.rsplit(['\'', '’']).next().unwrap_or(&last));
        article || last == "de" || BARE_NOUNS.iter().any(|(known, _)| *known == last)
    });
    let finite =
        !determined && own.iter().filter(verb).any(|form| office(form) || !is(Class::Noun));
    let timed = TIME_WORDS.contains(&folded.as_str()) || folded.starts_with("jusqu'");
    let kind = if timed || WEEKDAY.is_match(&folded) {
        Kind::Time
    } else if ADVERBS.contains(&folded.as_str()) || NUMERALS.contains(&folded.as_str()) {
        Kind::Plain
    } else if PREPOSITIONS.contains(&folded.as_str()) {
        Kind::Small
    } else if is(Class::Infinitive) && !is(Class::Noun) && !is(Class::Adjective) {
        Kind::Infinitive
    } else if is(Class::Noun) && !is(Class::Adjective) && !is(Class::Infinitive) {
        let certain = PLACES.contains(&folded.as_str()) || !(is(Class::Participle) || finite);
        if certain { Kind::Noun } else { Kind::Ambiguous }
    } else if is(Class::Noun) && stands_as_noun(before, after) {
        Kind::Ambiguous
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

/// Whether a word that may be an adjective is a noun where it stands: « stagiaire accueillie », « par
/// les jeunes du foot », « juge le plan de financement ».
fn stands_as_noun(before: Option<&str>, after: Option<&str>) -> bool {
    let Some(before) = before else { return true };
    let folded = fold(before);
    let preposition = BARE_NOUNS.iter().any(|(known, _)| *known == folded);
    let verb = || {
        let readings = french::readings(before);
        let nominal = |form: &Form| matches!(form.class, Class::Noun | Class::Adjective);
        readings.iter().any(|form| form.class == Class::Finite)
            && !readings.iter().any(nominal)
            && !["est", "sont", "sera", "seront", "reste"].contains(&folded.as_str())
    };
    preposition || (after.is_some_and(opens_complement) && verb())
}

/// « de », « du », « d'école »: what follows belongs to the noun before.
fn opens_complement(word: &str) -> bool {
    let folded = fold(word);
    let elided = folded.starts_with("d'") || folded.starts_with("d’");
    elided || matches!(folded.as_str(), "de" | "du" | "des")
}

/// Whether a number says that what it counts is several.
fn plural_count(word: &str) -> bool {
    let digits = word.chars().all(|c| c.is_ascii_digit());
    (digits && word.parse::<u64>().is_ok_and(|n| n > 1))
        || ["deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "plusieurs"]
            .contains(&fold(word).as_str())
}

/// Names of a clause. What its capital alone makes look like one is none: « Commander des chaises »,
/// « Candidature de Mme Rouvière ».
pub(super) fn names(clause: &str) -> Vec<Span> {
    let whole = |span: Span| {
        let text = clause.get(span.clone())?;
        let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
        let readings = french::readings(&first.to_lowercase());
        let is = |class: Class| readings.iter().any(|form| form.class == class);
        if span.start > 0 || (readings.is_empty() && !first.contains('-')) {
            return Some(span);
        }
        let label = rest.is_empty() && LABELS.contains(&fold(first).as_str());
        let joined = first.contains('-') && french::is_word(first);
        if label || joined || (is(Class::Infinitive) && !is(Class::Noun)) {
            return None;
        }
        match ["de ", "du ", "des "].iter().find(|word| rest.starts_with(*word)) {
            Some(word) if is(Class::Noun) => Some(first.len() + 1 + word.len()..span.end),
            _ => Some(span),
        }
    };
    candidate_names(clause).into_iter().filter_map(whole).filter(|span| !span.is_empty()).collect()
}

/// Facts, names, bracketed remarks, words and marks, in order; the kind where it is decided.
fn atoms(clause: &str) -> Vec<(String, Option<Kind>)> {
    let mut spans: Vec<(std::ops::Range<usize>, Kind)> = Vec::new();
    spans.extend(TITLE.find(clause).map(|found| (found.range(), Kind::Name)));
    for pattern in [&*BRACKETS, &*MEASURE, &*DURATION] {
        spans.extend(pattern.find_iter(clause).map(|found| (found.range(), Kind::Fact)));
    }
    // « mardi 8 », « samedi matin », where no whole date says more.
    let found = facts(clause);
    for moment in MOMENT.find_iter(clause) {
        // « samedi 9 h » tells an hour.
        let within =
            |span: &std::ops::Range<usize>| span.start < moment.end() && span.end > moment.end();
        if !found.iter().any(|fact| within(&fact.span)) {
            spans.push((moment.range(), Kind::Time));
        }
    }
    for found in found {
        let kind = match found.fact {
            Fact::Date(_) | Fact::Hour(_) => Kind::Time,
            _ => Kind::Fact,
        };
        spans.push((found.span, kind));
    }
    let names = names(clause).into_iter();
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

/// Nouns of two words.
const COMPOUNDS: [(&str, Number); 2] =
    [("compte rendu", Number::Singular), ("comptes rendus", Number::Plural)];

/// Words that nothing may be added before: they join what they stand between.
const NOTHING_BEFORE: [&str; 8] = ["si", "car", "dont", "mais", "ni", "sauf", "puisque", "lorsque"];

/// Words that say how a number is meant.
const MEASURES: [&str; 7] = ["moins", "environ", "soit", "presque", "dont", "maximum", "minimum"];

/// Words that say on whose word or for what something is said, never what is said.
const ACCORDING: [&str; 4] = ["apres", "selon", "malgre", "grace"];

/// Words that label what follows them, and speak for nobody, though a capital opens the line.
const LABELS: [&str; 34] = [
    "motif",
    "motifs",
    "reponse",
    "rappel",
    "question",
    "objet",
    "cout",
    "couts",
    "budget",
    "date",
    "lieu",
    "delai",
    "decision",
    "avis",
    "proposition",
    "info",
    "infos",
    "information",
    "remarque",
    "point",
    "bilan",
    "total",
    "reste",
    "resultat",
    "probleme",
    "cause",
    "raison",
    "solution",
    "idee",
    "besoin",
    "prix",
    "tarif",
    "horaires",
    "effectif",
];

/// Adverbs that a dictionary knows as nouns too.
const ADVERBS: [&str; 5] = ["non", "plus", "bien", "mal", "peu"];

/// Numbers in letters, which a dictionary knows as nouns too.
const NUMERALS: [&str; 17] = [
    "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
    "treize", "quatorze", "quinze", "seize", "vingt", "trente",
];

/// What determines a noun.
const DETERMINERS: [&str; 22] = [
    "le", "la", "les", "un", "une", "du", "des", "au", "aux", "ce", "cet", "cette", "ces", "son",
    "sa", "ses", "leur", "leurs", "notre", "nos", "votre", "vos",
];

/// Prepositions after which a noun has its article, with the nouns that do without.
static BARE_NOUNS: LazyLock<Vec<(&'static str, Vec<&'static str>)>> = LazyLock::new(|| {
    let lines = include_str!("bare_nouns.tsv").lines().filter(|line| !line.starts_with('#'));
    let row = |line: &'static str| {
        let (preposition, nouns) = line.split_once('\t')?;
        Some((preposition, nouns.split_whitespace().collect()))
    };
    lines.filter_map(row).collect()
});

/// « 3,5 t », « 30 km/h »: a quantity with its unit.
static MEASURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b\d+(?:[.,]\d+)?[ \u{a0}\u{202f}]?(?:km/h|kWh|kVA|kW|km|kg|cm|mm|m²|m2|m3|m³|ha|t|m|l|L)\b",
    )
});

/// « six semaines », « d'un an »
static DURATION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:d['’])?(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt|\d+) (?:ans?|mois|semaines?|jours?|heures?|minutes?)\b",
    )
});

/// « mardi 8 », « samedi matin »
static MOMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s? (?:\d{1,2}\b|matins?\b|midi\b|soirs?\b|apr[èe]s-midi\b)",
    )
});

static WEEKDAY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)$"));

static DAY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d{1,2}(?:er)? \p{L}{3}"));

/// Prepositions and the like, which need no article before them and let a noun follow.
const PREPOSITIONS: [&str; 36] = [
    "en", "hors", "dans", "sur", "sous", "pour", "par", "avec", "sans", "contre", "chez", "vers",
    "entre", "selon", "sauf", "et", "ou", "mais", "ni", "ne", "pas", "faute", "via", "un", "une",
    "ce", "cette", "devant", "derriere", "pendant", "durant", "malgre", "si", "car", "dont",
    "puisque",
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

static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)-->|->|=>|→|[,;:/=+&–]|\bcomptes? rendus?\b|[^\s,;:/=+&–()«»→]+|[()«»]")
});
