//! Readings of one typed word, and the forms that belong to each.

use super::fold::only_adds_accents;
use super::lexicon::{self, Entry, Tag};
use super::typed::{Capitals, Typed};
use super::{Class, Gender, Number, Verb, elides};

/// One reading of a word: where it stands in the dictionary, and how it was typed.
pub(super) struct Analysis {
    pub(super) tag: Tag,
    entry: Entry,
    typed: Typed,
}

/// The readings of a word, in the order of [`Class`].
pub(super) fn analyse(word: &str) -> Vec<Analysis> {
    let whole = read(&Typed::whole(word), Accents::Restored);
    if !whole.is_empty() {
        return whole;
    }
    Typed::elided(word).map_or_else(Vec::new, |typed| read(&typed, Accents::Restored))
}

/// Whether the word has a reading as it is typed.
pub(super) fn is_known(word: &str) -> bool {
    !read(&Typed::whole(word), Accents::AsTyped).is_empty()
        || Typed::elided(word).is_some_and(|typed| !read(&typed, Accents::AsTyped).is_empty())
}

/// Up to four capitals and no more.
pub(super) fn is_initials(word: &str) -> bool {
    let typed = Typed::elided(word).unwrap_or_else(|| Typed::whole(word));
    typed.capitals == Capitals::All && typed.word.chars().count() <= 4
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Accents {
    AsTyped,
    Restored,
}

/// Readings as typed, or else with accents restored. A variant counts as unknown where restored
/// accents give a usual spelling: `cout`, which the spelling of 1990 allows, is read as `coût`.
fn read(typed: &Typed, accents: Accents) -> Vec<Analysis> {
    let mut known: [Vec<Analysis>; 2] = Default::default();
    let mut restored: [Vec<Analysis>; 2] = Default::default();
    for entry in lexicon::lookup(&typed.small) {
        let form = format!("{}{}", entry.stem, entry.ending.text);
        let group = if is_typed(typed, &form) {
            &mut known
        } else if is_restored(typed, &form) {
            &mut restored
        } else {
            continue;
        };
        for &tag in &entry.ending.tags {
            let analysis = Analysis { tag, entry, typed: typed.clone() };
            if analysis.written(entry.ending.text, tag).is_some() {
                group[usize::from(tag.variant)].push(analysis);
            }
        }
    }
    let [usual, variant] = known;
    let [restored_usual, restored_variant] = restored;
    let by_class = |analysis: &Analysis| (analysis.tag.class, analysis.entry.stem);
    let mut found = usual;
    found.sort_by_key(by_class);
    if found.is_empty() || !variant.is_empty() {
        let classes: Vec<Class> = variant.iter().map(|analysis| analysis.tag.class).collect();
        let order = match accents {
            Accents::AsTyped => vec![variant],
            Accents::Restored => vec![restored_usual, variant, restored_variant],
        };
        let mut others = order.into_iter().find(|group| !group.is_empty()).unwrap_or_default();
        others.retain(|other| found.is_empty() || classes.contains(&other.tag.class));
        others.sort_by_key(by_class);
        found.extend(others);
    }
    found
}

fn is_typed(typed: &Typed, form: &str) -> bool {
    if form.chars().any(char::is_uppercase) {
        form == typed.word || typed.capitals == Capitals::All && form.to_uppercase() == typed.word
    } else {
        form == typed.small && typed.capitals != Capitals::Mixed
    }
}

fn is_restored(typed: &Typed, form: &str) -> bool {
    typed.capitals != Capitals::Mixed
        && !form.chars().any(char::is_uppercase)
        && only_adds_accents(&typed.small, form)
}

impl Analysis {
    /// The ending and the tag of the word itself.
    pub(super) fn own(&self) -> (&'static str, Tag) {
        (self.entry.ending.text, self.tag)
    }

    pub(super) fn lemma(&self) -> String {
        format!("{}{}", self.entry.stem, self.entry.set.lemma)
    }

    /// A form of the same word as it would be typed here, if it may follow what is elided.
    pub(super) fn written(&self, ending: &str, tag: Tag) -> Option<String> {
        let form = format!("{}{ending}", self.entry.stem);
        let several = tag.number == Some(Number::Plural) && tag.class != Class::Finite;
        let fits = self.typed.front.is_empty()
            || elides(&form) && !(several && self.typed.after_article());
        fits.then(|| self.typed.written(&form))
    }

    /// Endings of the forms that say the same, in the order of the dictionary.
    pub(super) fn agreeing(&self) -> impl Iterator<Item = (&'static str, Tag)> {
        let own = self.tag;
        self.tags().filter(move |(_, tag)| {
            let same = match own.class {
                Class::Noun => tag.gender == own.gender && tag.number != own.number,
                Class::Adjective => tag.gender == own.gender || !self.is_agent(),
                Class::Participle => true,
                Class::Finite => tag.tense == own.tense && tag.number != own.number,
                Class::Infinitive | Class::Other => false,
            };
            same && tag.class == own.class && (own.variant || !tag.variant)
        })
    }

    /// Whether this is a person or thing that does something, for whom another gender would be
    /// somebody else (« organisatrice », but not « supérieure »).
    fn is_agent(&self) -> bool {
        let feminine = format!("{}e", self.entry.set.lemma);
        self.lemma().ends_with("eur") && !self.tags().any(|(ending, _)| ending == feminine)
    }

    /// The verb this infinitive belongs to.
    pub(super) fn conjugated(&self) -> Option<Verb> {
        let present = |number| {
            let wanted = |t: Tag| t.tense == Some('p') && t.number == Some(number);
            self.find(|tag| tag.class == Class::Finite && wanted(tag))
        };
        let participle = |gender, number| {
            let own = |t: Tag| t.gender == Some(gender) && t.number == Some(number);
            self.find(|tag| tag.class == Class::Participle && own(tag))
                .or_else(|| self.find(|tag| tag.class == Class::Participle))
        };
        Some(Verb {
            present_singular: present(Number::Singular)?,
            present_plural: present(Number::Plural)?,
            participle: [
                participle(Gender::Masculine, Number::Singular)?,
                participle(Gender::Feminine, Number::Singular)?,
                participle(Gender::Masculine, Number::Plural)?,
                participle(Gender::Feminine, Number::Plural)?,
            ],
        })
    }

    /// The first form whose tag is wanted, usual spellings before variants.
    fn find(&self, wanted: impl Fn(Tag) -> bool) -> Option<String> {
        let mut found: Vec<_> = self.tags().filter(|(_, tag)| wanted(*tag)).collect();
        found.sort_by_key(|(_, tag)| tag.variant);
        found.first().map(|(ending, _)| format!("{}{ending}", self.entry.stem))
    }

    fn tags(&self) -> impl Iterator<Item = (&'static str, Tag)> + use<> {
        let endings = self.entry.set.endings.iter();
        endings.flat_map(|ending| ending.tags.iter().map(|tag| (ending.text, *tag)))
    }
}
