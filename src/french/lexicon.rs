//! The dictionary as data: stems in alphabetical order, sets of endings, and their lookup.
//!
//! `data/make.py` says how the two files are written.

use std::cmp::Ordering;
use std::sync::LazyLock;

use super::fold::{compare, folded};
use super::{Class, Gender, Number};

/// What a form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) class: Class,
    pub(super) gender: Option<Gender>,
    pub(super) number: Option<Number>,
    /// Letter of the tense of a finite verb.
    pub(super) tense: Option<char>,
    /// A spelling of the larger edition only, such as those of 1990.
    pub(super) variant: bool,
}

/// The endings that one kind of word takes.
pub(super) struct Set {
    pub(super) lemma: &'static str,
    pub(super) endings: Vec<Ending>,
}

pub(super) struct Ending {
    pub(super) text: &'static str,
    pub(super) tags: Vec<Tag>,
    folded: String,
}

/// One way to make a word of the dictionary.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) stem: &'static str,
    pub(super) set: &'static Set,
    pub(super) ending: &'static Ending,
}

/// Every entry that is the word once accents and capitals are taken away from both.
pub(super) fn lookup(word: &str) -> Vec<Entry> {
    let key: String = folded(word).collect();
    let lexicon = &*LEXICON;
    let mut found = Vec::new();
    if key.len() > lexicon.longest_word {
        return found;
    }
    for (at, _) in key.char_indices().chain([(key.len(), ' ')]) {
        let (stem, ending) = key.split_at(at);
        if lexicon.endings.binary_search(&ending).is_ok() {
            lexicon.collect(stem, ending, &mut found);
        }
    }
    found
}

struct Lexicon {
    /// Where each line of [`STEMS`] begins.
    starts: Vec<usize>,
    /// Every ending there is, in order: most cuts of a word leave none of them.
    endings: Vec<&'static str>,
    longest_word: usize,
}

static STEMS: &str = include_str!("data/stems.txt");
static ENDINGS: &str = include_str!("data/endings.txt");
static SETS: LazyLock<Vec<Set>> = LazyLock::new(|| ENDINGS.lines().map(read_set).collect());
static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

impl Lexicon {
    fn read() -> Self {
        let mut starts = Vec::with_capacity(STEMS.len() / 12);
        let mut at = 0;
        let mut longest_stem = 0;
        for line in STEMS.split_inclusive('\n') {
            starts.push(at);
            at += line.len();
            longest_stem = longest_stem.max(line.len());
        }
        let mut endings: Vec<&str> =
            SETS.iter().flat_map(|set| &set.endings).map(|ending| ending.folded.as_str()).collect();
        endings.sort_unstable();
        endings.dedup();
        let longest_ending = endings.iter().map(|ending| ending.len()).max().unwrap_or(0);
        Self { starts, endings, longest_word: longest_stem + longest_ending }
    }

    /// Stem of a line and the numbers of its sets.
    fn line(&self, index: usize) -> Option<(&'static str, &'static str)> {
        let rest = STEMS.get(*self.starts.get(index)?..)?;
        rest.split_once('\n').map_or(rest, |(line, _)| line).split_once('\t')
    }

    fn collect(&'static self, stem: &str, ending: &str, found: &mut Vec<Entry>) {
        let first = self.starts.partition_point(|start| {
            let line = STEMS[*start..].split('\t').next().unwrap_or_default();
            compare(line, stem) == Ordering::Less
        });
        let lines = (first..).map_while(|index| self.line(index));
        for (text, numbers) in lines.take_while(|(text, _)| compare(text, stem) == Ordering::Equal)
        {
            let numbers = numbers.split(' ').filter_map(|number| number.parse::<usize>().ok());
            for set in numbers.filter_map(|number| SETS.get(number)) {
                let fitting = set.endings.iter().filter(|e| e.folded == ending);
                found.extend(fitting.map(|ending| Entry { stem: text, set, ending }));
            }
        }
    }
}

fn read_set(line: &'static str) -> Set {
    let mut parts = line.split(' ');
    let lemma = parts.next().unwrap_or_default().trim_start_matches('=');
    let endings = parts
        .map(|part| {
            let mut fields = part.split('/');
            let text = fields.next().unwrap_or_default();
            Ending { text, tags: fields.map(read_tag).collect(), folded: folded(text).collect() }
        })
        .collect();
    Set { lemma, endings }
}

fn read_tag(text: &str) -> Tag {
    let mut letters = text.chars();
    let class = match letters.next() {
        Some('n') => Class::Noun,
        Some('a') => Class::Adjective,
        Some('p') => Class::Participle,
        Some('y') => Class::Infinitive,
        Some('v') => Class::Finite,
        _ => Class::Other,
    };
    let (mut gender, mut tense) = (None, None);
    match letters.next() {
        letter if class == Class::Finite => tense = letter,
        Some('m') => gender = Some(Gender::Masculine),
        Some('f') => gender = Some(Gender::Feminine),
        _ => {}
    }
    let number = match letters.next() {
        Some('s') => Some(Number::Singular),
        Some('p') => Some(Number::Plural),
        _ => None,
    };
    Tag { class, gender, number, tense, variant: text.ends_with('~') }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_stand_in_the_order_they_are_searched_in() {
        let stems: Vec<&str> = STEMS.lines().filter_map(|l| l.split('\t').next()).collect();
        for pair in stems.windows(2) {
            assert_ne!(folded(pair[0]).cmp(folded(pair[1])), Ordering::Greater, "{pair:?}");
        }
    }

    #[test]
    fn every_line_names_sets_that_exist() {
        for (index, text) in STEMS.lines().enumerate() {
            let (_, numbers) = LEXICON.line(index).unwrap();
            for number in numbers.split(' ') {
                assert!(number.parse::<usize>().unwrap() < SETS.len(), "{text}");
            }
        }
    }

    #[test]
    fn every_set_has_a_lemma_and_every_ending_a_tag() {
        for set in &*SETS {
            assert!(set.endings.iter().all(|ending| !ending.tags.is_empty()), "{}", set.lemma);
        }
    }
}
