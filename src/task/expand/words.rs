//! A clause as the words that a sentence has to carry.
//!
//! Facts and names are one word each, verbatim, however many letters and spaces they have. A common
//! word comes out in one of its written forms; articles and « de », « à » that the notes hold in
//! the form that what follows wants.

mod atoms;
mod denied;
mod lists;
mod needs;
mod shapes;

use super::syntax;
use crate::french::{self, Class, Gender, Number};
use crate::reading::fold;
pub(super) use atoms::{TITLE, names};
use atoms::{atoms, mark_of};
use lists::{DURATION, ORDINAL, YEAR};
pub(super) use lists::{counts, is_role};
pub(super) use needs::names_agent;
use needs::{may_precede, need};
use shapes::plain;

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
    /// No determiner, as what may be said of the subject: « est réparé », « est à repeindre ».
    Said,
    /// Neither a verb nor a determiner.
    Joined,
    /// A verb only: « est prévue | pour la rentrée ».
    Verb,
    /// What stands for its subject only: « qui | préfère ».
    Subject,
    /// None at all: « l'école », « , dont 3 ».
    Nothing,
}

impl Before {
    /// The same, but for verbs.
    pub(super) const fn without_verb(self) -> Self {
        match self {
            Self::All => Self::NoVerb,
            Self::Said => Self::Joined,
            Self::Verb => Self::Nothing,
            kept => kept,
        }
    }
}

impl Word {
    /// Whether a sentence may open with a preposition before it: « dans le gymnase », « lors du 3 mai ».
    pub(super) fn opens_with_preposition(&self) -> bool {
        matches!(self.kind, Kind::Time | Kind::Fact) || self.is_place()
    }

    /// Whether it names a kind of place.
    pub(super) fn is_place(&self) -> bool {
        self.forms.iter().any(|form| lists::PLACES.contains(&fold(&form.text).as_str()))
    }

    /// Whether it names a season or the like, when something may be planned: « l'automne prochain ».
    pub(super) fn is_season(&self) -> bool {
        const SEASONS: [&str; 9] = [
            "automne",
            "hiver",
            "printemps",
            "rentree",
            "toussaint",
            "vacances",
            "week-end",
            "noel",
            "paques",
        ];
        self.kind != Kind::Fact
            && self.forms.first().is_some_and(|form| SEASONS.contains(&fold(&form.text).as_str()))
    }

    /// Whether it is the participle of what a body does of itself: « la commission s'est réunie ».
    pub(super) fn is_reflexive(&self) -> bool {
        self.says.is_some_and(|says| says.participle)
            && self.forms.first().is_some_and(|form| fold(&form.text).starts_with("reuni"))
    }

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
    /// What ends the heading that a sentence opens with: « Concernant la cantine, ».
    Topic,
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
        let need = match need(&words, kind, text) {
            _ if article => Need::Nothing,
            // « , rendez-vous possible » opens a statement.
            Need::Nothing if mark.is_some() && kind == Kind::Noun && !needs::is_set(text) => {
                Need::Determiner
            }
            need => need,
        };
        // « ferme samedi » is no adjective in notes.
        let verb = || {
            !french::readings(text).iter().any(|form| {
                matches!(form.class, Class::Adjective | Class::Participle | Class::Other)
            })
        };
        let conjugated = finite && (["ferme", "ferment"].contains(&text.as_str()) || verb());
        let connects = CONNECTORS.contains(&fold(text).as_str());
        let moves = MOVES.iter().any(|stem| fold(text).starts_with(stem));
        // « par la régie » names who acts, though « régir » has that participle.
        let named = kind == Kind::Ambiguous
            && words.last().is_some_and(|word: &Word| {
                let pas = word.forms.first().is_some_and(|form| form.text == "pas");
                word.kind == Kind::Small && !word.connects && !pas
            });
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
            subordinates: subordinates(text, index.checked_sub(1).and_then(|i| atoms.get(i)))
                // « rappelle que »
                || fold(text) == "que" && words.last().is_some_and(|word| word.finite),
            moves,
            says,
            before,
            duration: DURATION.is_match(text),
        });
    }
    let mut words = denied::join(&words);
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

/// A year is a time, « 2e » an ordinal; the rest is what it was found to be.
fn fact_kind(text: &str, kind: Kind) -> Kind {
    match kind {
        Kind::Fact if YEAR.is_match(text) => Kind::Time,
        Kind::Fact if ORDINAL.is_match(text) => Kind::Ordinal,
        kind => kind,
    }
}

/// How participles begin that go with « être ».
const MOVES: [&str; 13] = [
    "tombe", "arrive", "parti", "venu", "sorti", "entre", "rentre", "monte", "descendu", "reste",
    "devenu", "revenu", "decede",
];

/// Words after which another verb may come.
pub(super) const CONNECTORS: [&str; 10] =
    ["que", "qui", "dont", "ou", "si", "et", "mais", "car", "quand", "comment"];
