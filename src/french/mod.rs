//! Written forms of French words: which inflections a word of the notes may take in a sentence.
//!
//! Telegraphic notes hold the words of the sentence but not its agreement, and often not its
//! accents. A spelling dictionary knows both: [`readings`] says what a word is, [`agreeing`] how it
//! may be written without saying something else. Names of persons are in no dictionary and come
//! back as they were typed; names of countries and departments are nouns here.
//!
//! The data are the Hunspell dictionary "toutes variantes" 7.0 (MPL-2.0, `data/LICENSE-MPL-2.0`)
//! as `data/make.py` reduces it: 74,000 stems and 420 sets of endings, 1 MB in the source and in
//! the program. They are searched where they lie: the first use costs less than 10 ms, a lookup
//! about 10 µs, both measured on a busy machine. Which h is aspirated is our own table.
//!
//! Only third persons of the present, imperfect, future and conditional are [`Class::Finite`]; the
//! other forms of a verb are words, but nothing agrees with them. A word known as it is typed is
//! taken so: `demande` is never `demandé`. Readings are not weighed: `adjointe` is also a participle
//! of « adjoindre », so that `adjoint` is among its forms, and rare words count as much as others.

mod analysis;
mod elision;
mod fold;
mod lexicon;
mod typed;

use analysis::Analysis;
pub use elision::elides;
use lexicon::Tag;

/// What a word is in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A noun.
    Noun,
    /// An adjective that is no past participle.
    Adjective,
    /// A past participle.
    Participle,
    /// An infinitive.
    Infinitive,
    /// A third person of the present, imperfect, future or conditional.
    Finite,
    /// Adverbs, articles, numerals, other forms of verbs, unknown words.
    Other,
}

/// Gender of a noun, or the one an adjective agrees with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    /// « le ».
    Masculine,
    /// « la ».
    Feminine,
}

/// Number of a noun, an adjective or a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Number {
    /// One.
    Singular,
    /// Several.
    Plural,
}

/// One written form with what it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Form {
    /// What the word is.
    pub class: Class,
    /// As written, with the capitals and the elided article of the word asked for.
    pub text: String,
    /// Entry of the dictionary, without them.
    pub lemma: String,
    /// Nothing where both fit (« élève », « utile ») or none applies.
    pub gender: Option<Gender>,
    /// Nothing where both fit (« devis ») or none applies.
    pub number: Option<Number>,
}

/// Forms of a verb for sentences made by rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verb {
    /// « envoie »
    pub present_singular: String,
    /// « envoient »
    pub present_plural: String,
    /// « envoyé, envoyée, envoyés, envoyées »; four times the same where it does not vary.
    pub participle: [String; 4],
}

/// Whether the word is French as written, the case of letters apart; something elided may stand
/// in front (`l'école`), and hyphens may join words (`sera-t-il`).
pub fn is_word(word: &str) -> bool {
    analysis::is_known(word) || word.contains('-') && word.split('-').all(analysis::is_known)
}

/// The text with the accents that hurried typing leaves out, where a word is none without them and
/// only one with them: « chaudiere inchangee » becomes « chaudière inchangée ». A second person is
/// a participle: « gonds arraches » becomes « gonds arrachés ».
pub fn restored(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut start = 0;
    for piece in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let word = piece.trim_end_matches(|c: char| !c.is_alphabetic());
        let address = in_address(text, start);
        start += piece.len();
        let plain = !address && word.len() > 3 && word.chars().all(|c| c.is_ascii_lowercase());
        let next = text.get(start..).unwrap_or_default();
        let alone = || if is_word(word) { participle(word) } else { one_spelling(word) };
        let spelled = acted_upon(word, next).or_else(alone);
        match spelled.filter(|_| plain) {
            Some(spelled) => out.push_str(&spelled),
            None => out.push_str(word),
        }
        out.push_str(piece.get(word.len()..).unwrap_or_default());
    }
    out
}

/// Whether the byte stands in an e-mail or web address, which is copied letter by letter.
fn in_address(text: &str, at: usize) -> bool {
    let begins = text.get(..at).and_then(|before| before.rfind(char::is_whitespace));
    let rest = text.get(begins.map_or(0, |space| space + 1)..).unwrap_or_default();
    let whole = rest.split_whitespace().next().unwrap_or_default();
    whole.contains('@') || whole.contains("www.") || whole.contains("://")
}

/// « gonds arraches »: nobody says « tu » in notes, so that the accent has been left out.
fn participle(word: &str) -> Option<String> {
    let accented = format!("{}és", word.strip_suffix("es")?);
    let addressed = readings(word).iter().all(|form| form.class == Class::Other);
    let done = readings(&accented).iter().any(|form| form.class == Class::Participle);
    (addressed && done).then_some(accented)
}

/// « remplace par le departement »: who acts stands after a participle.
fn acted_upon(word: &str, next: &str) -> Option<String> {
    let last = word.strip_suffix('e').filter(|_| next.starts_with("par "))?;
    let mut done = readings(word);
    let acts = |form: &Form| matches!(form.class, Class::Finite | Class::Participle);
    let only_verb = done.iter().all(acts);
    done.extend(readings(&format!("{last}é")));
    done.retain(|form| form.class == Class::Participle && form.text.ends_with('é'));
    let by_somebody = !done.iter().any(|form| BY_NOBODY.contains(&form.lemma.as_str()));
    let mut texts = done.into_iter().map(|form| form.text);
    let first = texts.next()?;
    (only_verb && by_somebody && texts.all(|text| text == first)).then_some(first)
}

/// Verbs that « par » tells the way of.
const BY_NOBODY: [&str; 9] = [
    "passer",
    "commencer",
    "arriver",
    "entrer",
    "rentrer",
    "terminer",
    "monter",
    "circuler",
    "retourner",
];

/// The only spelling that a word may stand for; where a noun is
/// among them, no participle: « siege ».
fn one_spelling(word: &str) -> Option<String> {
    let mut forms = readings(word);
    let done = |form: &Form| form.class == Class::Participle;
    let is = |class: Class| forms.iter().any(|form| form.class == class);
    if is(Class::Noun) && !is(Class::Adjective) {
        forms.retain(|form| !done(form));
    }
    let mut texts = forms.into_iter().map(|form| form.text);
    let first = texts.next()?;
    texts.all(|text| text == first).then_some(first)
}

/// Every reading of a word as typed; when it is no word as typed but would be one with accents
/// (`ecole`, `refection`), those readings. Ordered by class.
pub fn readings(word: &str) -> Vec<Form> {
    distinct(analysis::analyse(word).iter().filter_map(|a| form(a, a.own())).collect())
}

/// The forms a word may take in a sentence that says the same.
///
/// Adjectives and participles come in all genders and numbers, nouns and third persons in both
/// numbers, other words as they are; accents are restored. The word itself comes first; an unknown
/// word comes back alone, and so do up to four capitals, more likely initials (`PLU`). After `l'` only a singular remains, and after any elided word only what
/// may follow it. The same text comes once for each class, gender and number it may have.
pub fn agreeing(word: &str) -> Vec<Form> {
    let analyses = analysis::analyse(word);
    let mut forms: Vec<Form> = analyses.iter().filter_map(|a| form(a, a.own())).collect();
    for analysis in &analyses {
        forms.extend(analysis.agreeing().filter_map(|entry| form(analysis, entry)));
    }
    if forms.is_empty() || analysis::is_initials(word) {
        let (text, lemma) = (word.to_owned(), word.to_owned());
        return vec![Form { class: Class::Other, text, lemma, gender: None, number: None }];
    }
    distinct(forms)
}

/// Gender of a noun, when all its readings agree on one.
pub fn noun_gender(word: &str) -> Option<Gender> {
    let analyses = analysis::analyse(word);
    let mut genders = analyses.iter().filter(|a| a.tag.class == Class::Noun).map(|a| a.tag.gender);
    let first = genders.next()??;
    genders.all(|gender| gender == Some(first)).then_some(first)
}

/// Present and past participle of a verb given in the infinitive, when it has them all.
pub fn conjugate(infinitive: &str) -> Option<Verb> {
    analysis::analyse(infinitive)
        .iter()
        .filter(|a| a.tag.class == Class::Infinitive)
        .find_map(Analysis::conjugated)
}

fn form(analysis: &Analysis, (ending, tag): (&str, Tag)) -> Option<Form> {
    let Tag { class, gender, number, .. } = tag;
    let text = analysis.written(ending, tag)?;
    Some(Form { class, text, lemma: analysis.lemma(), gender, number })
}

/// Without repetitions, in the order of the first of each.
fn distinct(forms: Vec<Form>) -> Vec<Form> {
    let mut kept: Vec<Form> = Vec::with_capacity(forms.len());
    for form in forms {
        if !kept.contains(&form) {
            kept.push(form);
        }
    }
    kept
}

#[cfg(test)]
mod tests;
