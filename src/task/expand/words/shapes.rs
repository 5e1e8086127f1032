//! How a word may be written, and what it is.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::lists::{
    BARE_NOUNS, ORDINAL, PLACES, determiner, is_time_word, opens_complement, plural_count,
};
use super::{Kind, Shape};
use crate::french::{self, Class, Form, Gender, Number};
use crate::reading::date::is_weekday;
use crate::reading::fold;
use crate::reading::name::is_first_name;

/// How a word may be written, and what it is.
pub(super) fn plain(
    text: &str,
    before: Option<&str>,
    after: Option<&str>,
) -> (Vec<Shape>, Kind, bool) {
    let folded = fold(text);
    let typed = text.to_lowercase();
    if let Some((_, number)) = COMPOUNDS.iter().find(|(noun, _)| *noun == typed) {
        let (gender, number) = (Some(Gender::Masculine), Some(*number));
        return (vec![Shape { text: typed, gender, number }], Kind::Noun, false);
    }
    if is_set_phrase(&folded) {
        return (vec![Shape::free(typed)], Kind::Plain, false);
    }
    // « d'un », « qu'une »
    let bare = typed.split_once(['\'', '’']).map(|(_, bare)| bare);
    if bare.is_some_and(|bare| matches!(bare, "un" | "une")) {
        return (vec![Shape::free(typed)], Kind::Small, false);
    }
    if ARTICLES.contains(&typed.as_str()) {
        // « a » is the verb or, its accent left out, « à ».
        // No verb has an infinitive or a bare noun after « a »: « a repeindre », « boîte a livres ».
        let preposition = || {
            let is = |class| {
                after.is_some_and(|next| french::readings(next).iter().any(|f| f.class == class))
            };
            is(Class::Infinitive) || is(Class::Noun) && !is(Class::Participle)
        };
        // « a renouvelé son bureau »: the verb, where what follows is a participle and nothing else.
        let done = || {
            let readings = after.map(french::readings).unwrap_or_default();
            let plain = |form: &Form| matches!(form.class, Class::Participle | Class::Adjective);
            before.is_some()
                && readings.iter().any(|form| form.class == Class::Participle)
                && readings.iter().all(plain)
        };
        if typed == "a" && done() {
            return (vec![Shape::free("a")], Kind::Plain, true);
        }
        let forms: &[&str] = match typed.as_str() {
            "a" if preposition() => &["à"],
            "a" => &["à", "a"],
            kept => &[kept],
        };
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
    // « carré C »: a letter names what stands before it.
    if before.is_some() && text.len() == 1 && text.starts_with(char::is_uppercase) {
        return (vec![Shape::free(text)], Kind::Fact, false);
    }
    // « l'école » keeps its article.
    let bare = text.split_once(['\'', '’']).map_or(text, |(_, bare)| bare);
    let capital = bare.chars().next().is_some_and(char::is_uppercase);
    let acronym = bare.chars().count() > 1 && bare.chars().all(|c| !c.is_lowercase());
    if let Some(gender) = BODIES.get(text).filter(|_| takes_its_article(before, after)) {
        let shape =
            Shape { text: text.to_owned(), gender: Some(*gender), number: Some(Number::Singular) };
        return (vec![shape], Kind::Noun, false);
    }
    if acronym || (capital && !french::is_word(bare)) {
        return (vec![Shape::free(text)], Kind::Name, false);
    }
    let (mut readings, mut own) = (french::agreeing(text), french::readings(text));
    if typed_without_accents(text, before, after) {
        readings.retain(|form| form.class == Class::Finite);
        own.retain(|form| form.class == Class::Finite);
    }
    let is = |class: Class| own.iter().any(|form| form.class == class);
    let office = |form: &Form| VERBS.contains(&form.lemma.as_str());
    let verb = |form: &&Form| form.class == Class::Finite;
    // « n'accepte pas »
    let denied = after
        .is_some_and(|next| ["pas", "jamais", "guere"].contains(&fold(next).as_str()))
        && before.is_none_or(|word| fold(word) != "ne");
    // « au centre », « bureau de vote »: what an article or a preposition opens is no verb.
    let determined = before.is_some_and(|word| {
        let last = fold(word);
        let article = determiner(last.rsplit(['\'', '’']).next().unwrap_or(&last));
        article
            || ["de", "en", "sans", "aucun", "aucune"].contains(&last.as_str())
            || BARE_NOUNS.iter().any(|(known, _)| *known == last)
    });
    // « commande livrée »: what a clause opens with is what it speaks of.
    let opens_noun = before.is_none() && is(Class::Noun);
    let finite = !determined
        && !opens_noun
        && (own.iter().filter(verb).any(|form| office(form) || !is(Class::Noun))
            || is(Class::Finite) && is_done_by_somebody(text, before, after));
    let timed = is_time_word(&folded) || folded.starts_with("jusqu'");
    let kind = if timed || is_weekday(&folded) {
        Kind::Time
    } else if ADVERBS.contains(&folded.as_str()) || NUMERALS.contains(&folded.as_str()) {
        return (vec![Shape::free(typed)], Kind::Plain, false);
    } else if is_preposition(text) {
        return (vec![Shape::free(typed)], Kind::Small, false);
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
    let meant = |form: &&Form| fits(form) && (finite || form.class != Class::Finite);
    for form in readings.iter().filter(meant) {
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
    if ALWAYS_SEVERAL.contains(&folded.as_str()) && matches!(kind, Kind::Noun | Kind::Ambiguous) {
        forms.retain(|shape| fold(&shape.text) == folded);
        forms.iter_mut().for_each(|shape| shape.number = Some(Number::Plural));
    }
    forms.truncate(MAX_FORMS);
    if denied && finite && kind == Kind::Plain && !typed.contains(['\'', '’']) {
        for shape in &mut forms {
            let ne = if french::elides(&shape.text) { "n'" } else { "ne " };
            shape.text.insert_str(0, ne);
        }
    }
    (forms, kind, finite)
}

/// « Fontanel trace parcours »: between a name and a thing, what may be a verb is one.
fn is_done_by_somebody(text: &str, before: Option<&str>, after: Option<&str>) -> bool {
    let thing = |word: &str| {
        let readings = french::readings(word);
        readings.iter().any(|form| form.class == Class::Noun)
            && !readings.iter().any(|form| form.class == Class::Adjective)
    };
    let named = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word.contains(char::is_lowercase)
            && (is_first_name(&fold(word)) || !french::is_word(&word.to_lowercase()))
    };
    text.ends_with('e')
        && !PLACES.contains(&fold(text).as_str())
        && before.is_some_and(named)
        && after.is_some_and(thing)
}

/// Whether an acronym stands where a noun would have its article: it does or undergoes something.
fn takes_its_article(before: Option<&str>, after: Option<&str>) -> bool {
    let acts = |word: &str| {
        let readings = french::readings(word);
        let told = [Class::Finite, Class::Participle, Class::Adjective];
        readings.iter().any(|form| told.contains(&form.class))
            || ["ne", "a", "absent", "en", "pas"].contains(&fold(word).as_str())
    };
    let verb = |word: &str| {
        let readings = french::readings(word);
        let verbal = [Class::Finite, Class::Infinitive];
        !readings.is_empty() && readings.iter().all(|form| verbal.contains(&form.class))
    };
    match before {
        None | Some("," | ";" | ":") => after.is_some_and(acts),
        Some(word) => verb(word),
    }
}

/// Acronyms of bodies and things that have an article in a sentence, with their gender.
static BODIES: LazyLock<BTreeMap<&'static str, Gender>> = LazyLock::new(|| {
    let lines = include_str!("acronyms.tsv").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let (acronym, gender) = line.split_once('\t')?;
            let gender = if gender == "f" { Gender::Feminine } else { Gender::Masculine };
            Some((acronym, gender))
        })
        .collect()
});

/// Whether a word is a preposition or the like; « maïs » is none.
pub(super) fn is_preposition(text: &str) -> bool {
    let folded = fold(text);
    let readings = french::readings(text);
    let noun = !readings.is_empty() && readings.iter().all(|form| form.class == Class::Noun);
    PREPOSITIONS.contains(&folded.as_str()) && (folded == text.to_lowercase() || !noun)
}

/// Whether a word that lacks its accents is a verb, its object after it, rather than a participle:
/// « comite prete barnum ».
fn typed_without_accents(text: &str, before: Option<&str>, after: Option<&str>) -> bool {
    let is = |word: &str, class| french::readings(word).iter().any(|form| form.class == class);
    let object = |word: &str| is(word, Class::Noun) && !is(word, Class::Adjective);
    before.is_some_and(|word| word.chars().all(char::is_alphanumeric))
        && !french::is_word(text)
        && is(text, Class::Finite)
        && after.is_some_and(object)
}

/// Whether a word that may be an adjective is a noun where it stands: « stagiaire accueillie », « par
/// les jeunes du foot », « juge le plan de financement ».
pub(super) fn stands_as_noun(before: Option<&str>, after: Option<&str>) -> bool {
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

/// Forms kept of one word: a verb has many more than a sentence may want.
pub(super) const MAX_FORMS: usize = 8;

/// Words that notes use for a whole phrase, where nothing determines them.
pub(super) const IDIOMS: [(&str, &[&str]); 3] = [
    (
        "raison",
        &["en raison de", "en raison du", "en raison de la", "en raison des", "en raison d'"],
    ),
    ("cause", &["à cause de", "à cause du", "à cause de la", "à cause des"]),
    ("faute", &["faute de", "faute d'"]),
];

/// Words after which an idiom's word is an ordinary noun.
pub(super) const DETERMINED: [&str; 12] =
    ["la", "une", "en", "cette", "sa", "de", "a", "avec", "pour", "sans", "leur", "toute"];

/// Verbs that are meant where a third person is spelled as a noun.
pub(super) static VERBS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("verbs.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// Nouns of two words.
pub(super) const COMPOUNDS: [(&str, Number); 2] =
    [("compte rendu", Number::Singular), ("comptes rendus", Number::Plural)];

/// Adverbs of several words.
const SET_PHRASES: [&str; 2] = ["au plus tot", "au plus tard"];

/// Whether words are such an adverb: « au plus tard », « côté nord ».
pub(super) fn is_set_phrase(folded: &str) -> bool {
    SET_PHRASES.contains(&folded) || folded.starts_with("cote ")
}

/// Adverbs that a dictionary knows as nouns too.
pub(super) const ADVERBS: [&str; 6] = ["non", "plus", "moins", "bien", "mal", "peu"];

/// Nouns that are always several, though they are spelled as one.
const ALWAYS_SEVERAL: [&str; 1] = ["frais"];

/// Numbers in letters, which a dictionary knows as nouns too.
pub(super) const NUMERALS: [&str; 17] = [
    "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
    "treize", "quatorze", "quinze", "seize", "vingt", "trente",
];

/// Prepositions and the like, which need no article before them and let a noun follow.
pub(super) const PREPOSITIONS: [&str; 40] = [
    "envers",
    "parmi",
    "hormis",
    "concernant",
    "en",
    "hors",
    "dans",
    "sur",
    "sous",
    "pour",
    "par",
    "avec",
    "sans",
    "contre",
    "chez",
    "vers",
    "entre",
    "selon",
    "sauf",
    "et",
    "ou",
    "mais",
    "ni",
    "ne",
    "pas",
    "faute",
    "via",
    "un",
    "une",
    "ce",
    "cette",
    "devant",
    "derriere",
    "pendant",
    "durant",
    "malgre",
    "si",
    "car",
    "dont",
    "puisque",
];

/// Articles and their like, kept as typed.
pub(super) const ARTICLES: [&str; 18] = [
    "le", "la", "les", "de", "du", "des", "à", "a", "au", "aux", "un", "une", "ce", "cet", "cette",
    "ces", "son", "leur",
];
