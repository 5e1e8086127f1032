//! Words to a lattice: what the model may write, and nothing else.
//!
//! Every word comes out once, in order, in one of its forms; before each of them at most
//! [`MAX_SMALL`] small words of a closed list. What a vowel asks for is decided here: « le » and
//! « école » never meet, « l'école » is a form of its own. So is what makes a sentence of words: a
//! noun has its article, two nouns are joined by something, and there is a verb.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::words::{CONNECTORS, Kind, Mark, Need, Shape, Word};
use crate::engine::Lattice;
use crate::french::{self, Gender, Number};
use crate::reading::fold;

/// Small words in a row.
const MAX_SMALL: usize = 3;

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// One of these, as it is; a verb is among its words.
    Text(Vec<String>),
    /// One of these, as it is, after which a verb has to come: « X demande si ».
    Opening(Vec<String>),
    /// Words of the notes.
    Words(Vec<Word>),
}

/// States where the sentence stands, by whether it has a verb.
type Ends = BTreeMap<bool, usize>;

/// Where a gap between two words stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Gap {
    /// Small words written in it.
    count: usize,
    verb: bool,
    /// Whether the last small word wants no vowel after it.
    vowelless: bool,
    /// Whether the last small word is a determiner.
    determiner: bool,
    /// Whether another verb may come: « que », « qui ».
    connected: bool,
    /// What the last small word agrees with.
    agrees: (Option<Gender>, Option<Number>),
    /// Whether the last small word is a verb.
    acted: bool,
    /// Whether that verb says what something is.
    copula: bool,
    /// Whether the last small word is « a » or « ont »: what somebody has, never what one did.
    has: bool,
}

/// The lattice of a sentence made of these parts, with its capital and its full stop.
pub(super) fn weave(parts: &[Part], style: Style) -> Lattice {
    let timed = parts.iter().any(|part| match part {
        Part::Words(words) => words.iter().any(|word| word.kind == Kind::Time),
        _ => false,
    });
    let allowed = Allowed { style, timed };
    let mut lattice = Lattice::new();
    let mut ends = Ends::from([(false, Lattice::START)]);
    let mut rank = 0;
    let last = parts.len().saturating_sub(1);
    for (index, part) in parts.iter().enumerate() {
        ends = match part {
            Part::Text(texts) | Part::Opening(texts) => {
                rank += 1;
                let to = lattice.state(rank);
                for from in ends.values() {
                    for text in texts {
                        lattice.edge(*from, &spaced(text, *from), to);
                    }
                }
                Ends::from([(matches!(part, Part::Text(_)), to)])
            }
            Part::Words(words) => {
                let mut connected = false;
                for (at, word) in words.iter().enumerate() {
                    rank += 1;
                    // A sentence whose last word leaves it without a verb leads nowhere.
                    let closes = index == last && at + 1 == words.len();
                    let named = at > 0 && words[at - 1].kind == Kind::Name;
                    let subject = subject(words, at);
                    let place = Step { connected, rank, closes, named, subject, allowed };
                    ends = word_from(&mut lattice, &ends, word, place);
                    connected = word.connects;
                }
                ends
            }
        };
    }
    for (verb, state) in &ends {
        if (*verb || style == Style::Nominal) && *state != Lattice::START {
            lattice.edge(*state, ".", Lattice::END);
        }
    }
    lattice
}

/// What a sentence has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// A sentence with a verb.
    Verbal,
    /// « Achat d'une tondeuse chez Vernay pour 1 250 € »: no verb, no article first.
    Nominal,
}

/// What is allowed in the whole sentence.
#[derive(Debug, Clone, Copy)]
struct Allowed {
    style: Style,
    /// A date is told: what it tells may be still to come.
    timed: bool,
}

/// Where a word stands among the others.
#[derive(Debug, Clone, Copy)]
struct Step {
    connected: bool,
    rank: usize,
    closes: bool,
    /// Whether a name stands before.
    named: bool,
    /// Gender of what the statement is about, where it is sure.
    subject: Option<Gender>,
    allowed: Allowed,
}

/// A text as it stands after another, or first in the sentence.
fn spaced(text: &str, from: usize) -> String {
    if from == Lattice::START {
        crate::task::wording::capital(text)
    } else if text.starts_with([',', '.']) {
        text.to_owned()
    } else {
        format!(" {text}")
    }
}

/// One word, with its mark and its small words; answers the states after it.
fn word_from(lattice: &mut Lattice, from: &Ends, word: &Word, step: Step) -> Ends {
    let mut after = Ends::new();
    let mut gaps: BTreeMap<Gap, usize> = BTreeMap::new();
    for (verb, state) in from {
        let connected = step.connected || word.mark.is_some();
        let gap = Gap {
            count: 0,
            verb: *verb,
            vowelless: false,
            determiner: false,
            connected,
            agrees: (None, None),
            has: false,
            acted: false,
            copula: false,
        };
        let Some(mark) = word.mark else {
            gaps.insert(gap, *state);
            continue;
        };
        for text in marks(mark) {
            // What a semicolon opens is a statement of its own.
            let gap = Gap { verb: *verb && *text != " ;", ..gap };
            let entry = *gaps.entry(gap).or_insert_with(|| lattice.state(step.rank - 1));
            lattice.edge(*state, text, entry);
        }
        if mark == Mark::Colon {
            // « rentrée : 43 élèves » may do without its colon.
            small_words(lattice, *state, word, gap, &mut gaps, step);
        }
    }
    // Small words lead to gaps that come later in this order.
    let mut next = gaps.first_key_value().map(|(gap, state)| (*gap, *state));
    while let Some((gap, state)) = next {
        if gap.count < MAX_SMALL {
            small_words(lattice, state, word, gap, &mut gaps, step);
        }
        forms(lattice, state, word, gap, &mut after, step);
        let later = (std::ops::Bound::Excluded(gap), std::ops::Bound::Unbounded);
        next = gaps.range(later).next().map(|(gap, state)| (*gap, *state));
    }
    after
}

fn small_words(
    lattice: &mut Lattice,
    from: usize,
    word: &Word,
    gap: Gap,
    gaps: &mut BTreeMap<Gap, usize>,
    step: Step,
) {
    for small in SMALL.iter().filter(|small| small.before.is_none_or(|kind| kind == word.kind)) {
        // One verb makes a statement; a second begins another.
        let second = small.verb && gap.verb && !gap.connected;
        let nominal = small.verb && step.allowed.style == Style::Nominal;
        // « la dette a été remboursée en 2031 »
        let past = step.allowed.timed && small.text.ends_with("été");
        // « X est défibrillateur », « le candidat est X » say more than the notes.
        let is = small.verb && small.before.is_none() && gap.count == 0;
        let equates = is && (word.kind == Kind::Name || (step.named && word.kind == Kind::Noun));
        // « les travaux sont les vacances »: what is what, only the notes say.
        let names_it = gap.copula && small.determiner && word.kind == Kind::Noun;
        let alone = !small.text.contains(' ') && !small.text.starts_with(['d', 'a']);
        if second || nominal || past || equates || (names_it && alone) {
            continue;
        }
        let key = Gap {
            count: gap.count + 1,
            verb: gap.verb || small.verb,
            vowelless: small.vowelless,
            determiner: small.determiner,
            connected: !small.verb && (gap.connected || small.connects),
            agrees: small.agrees,
            acted: small.verb,
            copula: COPULAS.contains(&small.text),
            has: matches!(small.text, "a" | "ont"),
        };
        let to = *gaps.entry(key).or_insert_with(|| lattice.state(step.rank - 1));
        lattice.edge(from, &spaced(small.text, from), to);
    }
}

fn forms(lattice: &mut Lattice, from: usize, word: &Word, gap: Gap, after: &mut Ends, step: Step) {
    if gap.has && (word.moves || word.kind != Kind::Fact) {
        return;
    }
    // « depuis 3 semaines » is not « depuis les 3 semaines ».
    if word.kind == Kind::Fact && gap.determiner && gap.count > 0 {
        return;
    }
    let equates = gap.copula && word.kind == Kind::Noun;
    if equates || (gap.acted && word.conjugated) {
        return;
    }
    let first_bare = from == Lattice::START && step.allowed.style == Style::Nominal;
    // A phrase without a verb opens with its noun.
    let nominal = step.allowed.style == Style::Nominal;
    let opens_nominal = nominal && from != Lattice::START && step.rank == 1;
    if opens_nominal && word.kind != Kind::Small {
        return;
    }
    let bare = match word.need {
        _ if first_bare => true,
        Need::Nothing => true,
        Need::Small => gap.count > 0 || word.mark.is_some(),
        Need::Determiner => gap.determiner || (word.mark.is_some() && gap.count == 0),
    };
    // « la demande » is a noun, « il demande » a verb; nothing says so of a sentence's first word.
    let acts = word.finite && !gap.determiner && from != Lattice::START;
    let needs_verb = step.closes && step.allowed.style == Style::Verbal;
    if needs_verb && !gap.verb && !acts {
        return;
    }
    let mut to = |lattice: &mut Lattice, acts| {
        *after.entry(gap.verb || acts).or_insert_with(|| lattice.state(step.rank))
    };
    let differ = |form: &Shape| {
        let (gender, number) = gap.agrees;
        gender.is_some_and(|gender| form.gender.is_some_and(|own| own != gender))
            || number.is_some_and(|number| form.number.is_some_and(|own| own != number))
    };
    // « l'entreprise X est retenue »: what is said of the subject agrees with it.
    let other = |form: &Shape| {
        gap.copula && step.subject.is_some_and(|own| form.gender.is_some_and(|g| g != own))
    };
    for shape in &word.forms {
        if other(shape) {
            continue;
        }
        let form = &shape.text;
        let vowel = french::elides(form);
        if bare && !(vowel && gap.vowelless) && !differ(shape) {
            let to = to(lattice, acts);
            lattice.edge(from, &spaced(form, from), to);
        }
        if vowel
            && !gap.vowelless
            && !gap.determiner
            && word.takes_article()
            && (gap.verb || !needs_verb)
        {
            let to = to(lattice, false);
            let several = shape.number == Some(Number::Plural);
            for article in ELIDED.iter().filter(|article| !(several && article.ends_with("l'"))) {
                // « d'école » has no article.
                if word.need != Need::Determiner || article.ends_with("l'") {
                    lattice.edge(from, &spaced(&format!("{article}{form}"), from), to);
                }
            }
        }
    }
}

/// Gender of the first noun of the statement that a word stands in, if it is sure.
fn subject(words: &[Word], at: usize) -> Option<Gender> {
    let statement = words.get(..at)?.iter().rposition(|word| word.mark.is_some()).unwrap_or(0);
    // What opens another statement has a subject of its own.
    let own = |word: &&Word| matches!(word.kind, Kind::Noun | Kind::Ambiguous);
    let between = words.get(statement..at)?;
    if between.iter().any(|word| word.connects) || words.get(at)?.mark.is_some() {
        return None;
    }
    let first = between.iter().find(own)?;
    let gender = first.forms.first()?.gender?;
    first.forms.iter().all(|form| form.gender == Some(gender)).then_some(gender)
}

/// How a mark of the notes may be written.
const fn marks(mark: Mark) -> &'static [&'static str] {
    match mark {
        Mark::Comma => &[",", " et", " ;"],
        Mark::Semicolon => &[" ;", ","],
        Mark::Colon => &[" :", ","],
        Mark::And => &[" et", ","],
    }
}

/// Verbs that say what something is.
const COPULAS: [&str; 8] = ["est", "sont", "soit", "soient", "a été", "ont été", "sera", "seront"];

/// Small words that lose their vowel, with what stands before them.
const ELIDED: [&str; 8] = ["l'", "d'", "de l'", "à l'", "qu'", "dans l'", "pour l'", "sur l'"];

struct Small {
    text: &'static str,
    /// What it may stand before; anything if absent.
    before: Option<Kind>,
    verb: bool,
    determiner: bool,
    connects: bool,
    agrees: (Option<Gender>, Option<Number>),
    /// Whether it takes another form before a vowel.
    vowelless: bool,
}

static SMALL: LazyLock<Vec<Small>> = LazyLock::new(|| {
    let lines = include_str!("small.tsv").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let (before, trait_, text) = (columns.next()?, columns.next()?, columns.next()?);
            let last = text.rsplit(' ').next().unwrap_or(text);
            Some(Small {
                text,
                before: match before {
                    "time" => Some(Kind::Time),
                    "amount" => Some(Kind::Fact),
                    "infinitive" => Some(Kind::Infinitive),
                    _ => None,
                },
                verb: trait_ == "verb",
                determiner: trait_ == "determiner",
                connects: CONNECTORS
                    .contains(&fold(last.split('\'').next().unwrap_or(last)).as_str())
                    || last.starts_with("qu'"),
                agrees: agreement(last.rsplit('\'').next().unwrap_or(last)),
                vowelless: LOSES_VOWEL.contains(&last),
            })
        })
        .collect()
});

/// What a determiner agrees with.
fn agreement(determiner: &str) -> (Option<Gender>, Option<Number>) {
    match determiner {
        "le" | "un" | "du" | "au" | "ce" => (Some(Gender::Masculine), Some(Number::Singular)),
        "la" | "une" | "cette" | "sa" => (Some(Gender::Feminine), Some(Number::Singular)),
        "son" | "leur" => (None, Some(Number::Singular)),
        "les" | "des" | "aux" | "ces" | "ses" | "leurs" => (None, Some(Number::Plural)),
        _ => (None, None),
    }
}

/// Last words that cannot stand before a vowel: « de l'école », « cet abri », « son école ».
const LOSES_VOWEL: [&str; 11] = ["le", "la", "de", "du", "au", "que", "ce", "se", "sa", "si", "ne"];

#[cfg(test)]
mod tests;
