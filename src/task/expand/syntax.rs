//! What belongs to what in a clause, as far as its words tell: which noun a participle says
//! something of, and so where the verb that is left out has its place.
//!
//! « dossier refusé, colis livrés à domicile » is two statements. In each, a participle that agrees
//! with the noun it opens with is what the statement says: « est », « a été » stand before it and
//! nowhere else. What was typed with its agreement keeps it, and tells the number of « colis » or
//! the gender of « locataire », which the dictionary does not.

use std::ops::Range;

use super::words::{Before, Kind, Mark, Says, Word};
use crate::reading::fold;

/// Settles the agreement of the words of a clause, and where a verb may be added.
pub(super) fn settle(words: &mut [Word]) {
    let statements = statements(words);
    for (index, statement) in statements.iter().enumerate() {
        let opening = statements.get(..index).and_then(<[_]>::first).cloned();
        agree(words, statement, opening.as_ref());
    }
    for statement in &statements {
        place_verb(words, statement);
    }
    for pair in statements.windows(2) {
        let [before, after] = pair else { continue };
        settle_colon(words, before, after);
    }
}

/// Whether the words from some place on say something: a participle agrees with their noun, or there
/// is a verb.
pub(super) fn tells(words: &[Word]) -> bool {
    words.iter().any(|word| word.finite) || !predicates(words, &(0..words.len())).is_empty()
}

/// Whether the statement that a word stands in holds a word that wants « ne » before its verb.
pub(super) fn is_negated(words: &[Word], at: usize) -> bool {
    const WANTS_NE: [&str; 6] = ["aucun", "aucune", "pas", "jamais", "rien", "ni"];
    let wants = |word: &Word| {
        word.forms.first().is_some_and(|form| WANTS_NE.contains(&fold(&form.text).as_str()))
    };
    let statements = statements(words);
    let own = statements.into_iter().find(|statement| statement.contains(&at));
    own.and_then(|statement| words.get(statement)).is_some_and(|words| words.iter().any(wants))
}

/// Stretches between marks or the words that open another statement.
fn statements(words: &[Word]) -> Vec<Range<usize>> {
    let opens = |index: &usize| {
        let word = &words[*index];
        let joined = index.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.connects);
        let cuts = [Mark::Comma, Mark::Semicolon, Mark::Colon, Mark::Explains];
        word.mark.is_some_and(|mark| cuts.contains(&mark)) || joined
    };
    let mut starts: Vec<usize> = std::iter::once(0).chain((1..words.len()).filter(opens)).collect();
    starts.push(words.len());
    starts.windows(2).filter_map(|pair| Some(*pair.first()?..*pair.get(1)?)).collect()
}

const fn is_noun(word: &Word) -> bool {
    matches!(word.kind, Kind::Noun | Kind::Ambiguous)
}

/// Whether what is said may be said of a noun.
fn fits(noun: &Word, says: Says) -> bool {
    noun.forms.iter().any(|form| {
        let gender = form.gender.is_none_or(|own| says.gender.is_none_or(|said| own == said));
        gender && form.number.is_none_or(|own| says.number.is_none_or(|said| own == said))
    })
}

/// Keeps what was typed in agreement, and lends it to a noun that does not tell its own.
fn agree(words: &mut [Word], statement: &Range<usize>, opening: Option<&Range<usize>>) {
    for at in statement.clone() {
        let Some(says) = words[at].says else { continue };
        let before = || (statement.start..at).rev();
        let head = before().find(|index| words[*index].noun && fits(&words[*index], says));
        let nouns = || before().any(|index| words[index].noun);
        // « convention passée, gratuite »
        let far = || {
            let first = opening?.clone().find(|index| is_noun(&words[*index]))?;
            fits(&words[first], says).then_some(first)
        };
        let Some(head) = head.or_else(|| if nouns() { None } else { far() }) else { continue };
        let typed = |gender, number| gender == says.gender && number == says.number;
        if words[at].forms.iter().any(|form| typed(form.gender, form.number)) {
            words[at].forms.retain(|form| typed(form.gender, form.number));
        }
        for form in &mut words[head].forms {
            form.gender = form.gender.or(says.gender);
            form.number = form.number.or(says.number);
        }
    }
}

/// Where the participles stand that say something of the noun which a statement opens with.
fn predicates(words: &[Word], statement: &Range<usize>) -> Vec<usize> {
    let subject = |index: &usize| is_noun(&words[*index]) || words[*index].kind == Kind::Name;
    let Some(first) = statement.clone().find(subject) else { return Vec::new() };
    let said = |index: &usize| {
        let word = &words[*index];
        word.says.is_some_and(|says| {
            // « la facture en cours » has no participle, « réunion publique » no predicate.
            says.participle && (words[first].kind == Kind::Name || fits(&words[first], says))
        }) && word.kind != Kind::Small
    };
    (first + 1..statement.end).filter(said).collect()
}

/// Lets a verb be added only before what the statement says.
fn place_verb(words: &mut [Word], statement: &Range<usize>) {
    if words[statement.clone()].iter().any(|word| word.finite) {
        return;
    }
    for index in statement.clone().skip(1) {
        if is_priced(&words[index - 1]) && words[index].before == Before::All {
            words[index].before = Before::NoVerb;
        }
    }
    let said = predicates(words, statement);
    if said.is_empty() || is_label(words, statement, &said) {
        return;
    }
    // « toujours éteint », « à renvoyer »
    let leads = |index: usize| {
        let next = (index..statement.end).find(|next| !is_adverb(&words[*next]));
        is_adverb(&words[index]) && next.is_some_and(|next| said.contains(&next))
    };
    // « est déjà versée », never « déjà est versée »
    let led = |index: usize| {
        index
            .checked_sub(1)
            .filter(|before| *before >= statement.start)
            .is_some_and(|before| leads(before) && before > statement.start)
    };
    let allowed = |index: usize| {
        (said.contains(&index) || leads(index) || is_due(words, index)) && !led(index)
    };
    let closed: Vec<usize> = statement.clone().filter(|index| !allowed(*index)).collect();
    for index in closed {
        if words[index].before == Before::All {
            words[index].before = Before::NoVerb;
        }
    }
}

/// « 9 840 € »: nothing is said of an amount by the participle after it.
fn is_priced(word: &Word) -> bool {
    word.kind == Kind::Fact && word.forms.iter().any(|form| form.text.contains('€'))
}

/// « à renvoyer »
fn is_due(words: &[Word], index: usize) -> bool {
    let to = |word: &Word| word.forms.iter().any(|form| form.text == "à");
    to(&words[index]) && words.get(index + 1).is_some_and(|next| next.kind == Kind::Infinitive)
}

/// « traiteur retenu : Delmas », « effectif prévu : 61 »: the participle is part of a label.
fn is_label(words: &[Word], statement: &Range<usize>, said: &[usize]) -> bool {
    let Some(next) = words.get(statement.end) else { return false };
    let value =
        |word: &Word| matches!(word.kind, Kind::Fact | Kind::Name | Kind::Infinitive | Kind::Time);
    said == [statement.end - 1] && next.mark == Some(Mark::Colon) && value(next)
}

fn is_adverb(word: &Word) -> bool {
    const ADVERBS: [&str; 19] = [
        "toujours", "moins", "non", "deja", "bien", "plus", "pas", "trop", "tres", "encore",
        "jamais", "mal", "enfin", "aussi", "peu", "assez", "ainsi", "presque", "mieux",
    ];
    let Some(form) = word.forms.first() else { return false };
    let folded = fold(&form.text);
    ADVERBS.contains(&folded.as_str()) || (folded.ends_with("ment") && word.says.is_none())
}

/// « demande refusée : parcelle en zone inondable »: after a statement, the colon stays.
fn settle_colon(words: &mut [Word], before: &Range<usize>, after: &Range<usize>) {
    let told = |statement: &Range<usize>| {
        let said = predicates(words, statement);
        words[statement.clone()].iter().any(|word| word.finite)
            || !(said.is_empty() || is_label(words, statement, &said))
    };
    let explains = told(before) || told(after);
    let word = &mut words[after.start];
    if word.mark == Some(Mark::Colon) && explains {
        word.mark = Some(Mark::Explains);
    }
}
