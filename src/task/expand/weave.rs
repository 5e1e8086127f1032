//! Words to a lattice: what the model may write, and nothing else.
//!
//! Every word comes out once, in order, in one of its forms; before each of them at most
//! [`MAX_SMALL`] small words of a closed list. What a vowel asks for is decided here: « le » and
//! « école » never meet, « l'école » is a form of its own. So is what makes a sentence of words: a
//! noun has its article, two nouns are joined by something, and there is a verb.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::syntax::{self, Follows};
use super::words::{Before, CONNECTORS, Kind, Mark, Need, Shape, Word};
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

/// How far a sentence is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Told {
    /// Whether the statement has a verb.
    verb: bool,
    /// Whether a subordinate one has begun, which may have its own.
    subordinate: bool,
    /// Whether it opens with a noun that has no article: « , chauffage compris ». No verb comes then.
    bare: bool,
}

/// States where the sentence stands.
type Ends = BTreeMap<Told, usize>;

/// Where a gap between two words stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Gap {
    /// Small words written in it.
    count: usize,
    verb: bool,
    /// Whether a subordinate statement has no verb yet.
    subordinate: bool,
    /// Whether the statement opens with a noun that has no article.
    bare: bool,
    /// Whether the last small word wants no vowel after it.
    vowelless: bool,
    /// Whether the last small word is a determiner.
    determiner: bool,
    /// Whether another verb may come: « que », « qui ».
    connected: bool,
    /// What the last small word agrees with.
    agrees: (Option<Gender>, Option<Number>),
    /// Whether it is a pronoun, or the verb of one.
    pronoun: bool,
    /// Whether the last small word is a verb.
    acted: bool,
    /// Whether that verb says what something is.
    copula: bool,
    /// Whether the last small word is « a » or « ont »: what somebody has, never what one did.
    has: bool,
    /// Whether the last small word is a preposition after which a noun has its article.
    wants: bool,
}

/// The lattice of a sentence made of these parts, with its capital and its full stop.
pub(super) fn weave(parts: &[Part], style: Style) -> Lattice {
    let timed = parts.iter().any(|part| match part {
        Part::Words(words) => words.iter().any(|word| word.kind == Kind::Time),
        _ => false,
    });
    let allowed = Allowed { style, timed };
    let mut lattice = Lattice::new();
    let mut ends = Ends::from([(Told::default(), Lattice::START)]);
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
                let verb = matches!(part, Part::Text(_));
                Ends::from([(Told { verb, ..Told::default() }, to)])
            }
            Part::Words(words) => {
                let mut connected = false;
                for (at, word) in words.iter().enumerate() {
                    rank += 1;
                    // A sentence whose last word leaves it without a verb leads nowhere.
                    let closes = index == last && at + 1 == words.len();
                    let named = at > 0 && words[at - 1].kind == Kind::Name;
                    let subject = subject(words, at);
                    let topic = topic(words, at);
                    let negated = syntax::is_negated(words, at);
                    let follows = syntax::follows(words, at);
                    let event = syntax::is_of_event(words, at);
                    let series = syntax::ends_series(words, at);
                    let place = Step {
                        connected,
                        rank,
                        closes,
                        named,
                        subject,
                        topic,
                        negated,
                        follows,
                        event,
                        series,
                        allowed,
                    };
                    ends = word_from(&mut lattice, &ends, word, place);
                    connected = word.connects;
                }
                ends
            }
        };
    }
    for (told, state) in &ends {
        if (told.verb || style == Style::Nominal) && *state != Lattice::START {
            lattice.edge(*state, ".", Lattice::END);
        }
    }
    lattice.trim();
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
    /// What a pronoun may stand for, if anything: gender and number, as far as they are sure.
    topic: Option<Agreement>,
    /// Whether the statement holds a word that wants « ne »: « aucun devis », « toujours pas ».
    negated: bool,
    /// What the word leans on.
    follows: Follows,
    /// Whether its statement speaks of what takes place somewhere.
    event: bool,
    /// Whether a comma before it may be « et ».
    series: bool,
    allowed: Allowed,
}

type Agreement = (Option<Gender>, Option<Number>);

impl Step {
    /// Whether a pronoun stands for what the clause speaks of; where that may be either, « il ».
    fn resumes(&self, pronoun: Agreement) -> bool {
        self.topic.is_some_and(|(gender, number)| {
            pronoun.0 == Some(gender.unwrap_or(Gender::Masculine))
                && !both_differ(number, pronoun.1)
        })
    }
}

/// Whether both are known and not the same.
fn both_differ<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one != other)
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
    for (told, state) in from {
        let connected = step.connected || word.mark.is_some() || told.subordinate;
        let gap = Gap {
            count: 0,
            verb: told.verb,
            subordinate: told.subordinate,
            bare: told.bare,
            vowelless: false,
            determiner: false,
            connected,
            agrees: (None, None),
            pronoun: false,
            has: false,
            wants: false,
            acted: false,
            copula: false,
        };
        let Some(mark) = word.mark else {
            gaps.insert(gap, *state);
            continue;
        };
        for text in marks(mark) {
            // What a semicolon opens is a statement of its own, and so is what it closes.
            let closes = *text == " ;";
            // « est réservé et préfère »: a verb that was typed has the subject before it.
            let shared = word.finite && !word.noun && told.verb;
            if mark == Mark::Comma && *text == " et" && !step.series {
                continue;
            }
            if closes && (shared || !told.verb && step.allowed.style == Style::Verbal) {
                continue;
            }
            // « est refusée : le terrain est humide »
            let subordinate = mark == Mark::Explains && *text == " :";
            let gap = Gap { verb: told.verb && !closes, subordinate, bare: false, ..gap };
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
    // Nothing comes between an article and its noun.
    if word.before == Before::Nothing || gap.determiner {
        return;
    }
    for small in SMALL.iter().filter(|small| small.before.takes(word)) {
        // « la commission s'est réunie », never « a été réunie »
        if small.text.ends_with("été") && word.is_reflexive() {
            continue;
        }
        // « s'il », never « si il »; « depuis quinze jours », never « depuis que quinze jours »
        let clashes = gap.vowelless && french::elides(small.text);
        let joins = small.connects && !small.verb && word.kind == Kind::Fact;
        let misplaced = clashes
            || joins
            || match word.before {
                Before::NoVerb => small.verb,
                Before::NoDeterminer | Before::Said => small.determiner,
                Before::Joined => small.verb || small.determiner,
                Before::Verb => !small.verb,
                Before::Subject => {
                    small.verb || !(small.pronoun || small.connects || small.text == "se")
                }
                Before::All | Before::Nothing => false,
            };
        // « elle », of a noun that is feminine, and never of somebody whose notes do not say.
        let stranger = small.pronoun && !step.resumes(small.agrees);
        // « aucun devis n'est reçu »
        let negation = small.verb && small.negative != step.negated;
        let disagrees = small.verb && both_differ(gap.agrees.1, small.agrees.1);
        // « la pétition est de signatures », « le remboursement est des inscrits »
        let belongs = gap.copula
            && small.text.starts_with('d')
            && !matches!(word.kind, Kind::Fact | Kind::Time | Kind::Infinitive);
        // « les panneaux sont à l'atelier »: where something is, only the notes say.
        let noun = matches!(word.kind, Kind::Noun | Kind::Ambiguous | Kind::Name);
        let placed =
            gap.copula && noun && !step.event && syntax::opens_with_preposition(small.text);
        let leans = gap.count == 0 && !step.follows.takes(small.text, small.determiner);
        if misplaced || stranger || negation || disagrees || belongs || leans || placed {
            continue;
        }
        // « de l'achat, le prix est trop haut »: only a place or a moment opens with a preposition.
        let opens = from == Lattice::START && !word.opens_with_preposition();
        if opens && !(small.verb || OPENING.contains(&small.text)) {
            continue;
        }
        // One verb makes a statement; a second begins another.
        let second = small.verb && gap.verb && !gap.connected;
        let nominal = small.verb && step.allowed.style == Style::Nominal;
        // « la dette a été remboursée en 2031 »
        let past = step.allowed.timed && small.text.ends_with("été");
        // « X est défibrillateur », « le candidat est X » say more than the notes.
        let is = small.verb && small.before == Only::Always && gap.count == 0;
        // « traiteur choisi : Delmas » says what is what.
        let named = word.kind == Kind::Name && word.mark != Some(Mark::Colon);
        let equates = is && (named || (step.named && word.kind == Kind::Noun));
        // « les travaux sont les vacances »: what is what, only the notes say.
        let names_it = gap.copula && small.determiner && word.kind == Kind::Noun;
        let alone = !small.text.contains(' ') && !small.text.starts_with(['d', 'a']);
        let bare = small.verb && gap.bare;
        if second || nominal || past || equates || bare || (names_it && alone) {
            continue;
        }
        let key = Gap {
            count: gap.count + 1,
            verb: gap.verb || small.verb,
            subordinate: gap.subordinate && !small.verb,
            bare: gap.bare && !small.connects,
            vowelless: small.vowelless,
            determiner: small.determiner,
            connected: !small.verb && (gap.connected || small.connects),
            // What a pronoun stands for, its verb says something of.
            agrees: if small.verb && gap.pronoun { gap.agrees } else { small.agrees },
            pronoun: small.pronoun || (small.verb && gap.pronoun),
            acted: small.verb,
            copula: COPULAS.contains(&small.text),
            has: matches!(small.text, "a" | "ont") || gap.has && !small.verb,
            wants: matches!(small.text, "pour" | "sur" | "dans" | "avec"),
        };
        let to = *gaps.entry(key).or_insert_with(|| lattice.state(step.rank - 1));
        lattice.edge(from, &spaced(small.text, from), to);
    }
}

fn forms(lattice: &mut Lattice, from: usize, word: &Word, gap: Gap, after: &mut Ends, step: Step) {
    if gap.has && (word.moves || word.kind != Kind::Fact) {
        return;
    }
    // « pour le gîte »: a preposition that is added brings its article.
    let wants = gap.wants && matches!(word.kind, Kind::Noun | Kind::Ambiguous);
    // « depuis 3 semaines » is not « depuis les 3 semaines ».
    if word.kind == Kind::Fact && gap.determiner && gap.count > 0 {
        return;
    }
    // « l'objectif est de 50 % »
    let amounts = word.kind == Kind::Fact
        && word
            .forms
            .first()
            .is_some_and(|form| form.text.starts_with(|c: char| c.is_ascii_digit()));
    // « le remboursement est des inscrits »
    let partitive = word.kind == Kind::Small && word.forms.iter().any(|form| form.text == "des");
    // « chœur : reprise des répétitions »
    let labelled = word.kind == Kind::Ambiguous && word.mark == Some(Mark::Colon);
    // « est à l'école » says where, « est l'école » what.
    let equates = gap.copula && word.kind == Kind::Noun;
    if gap.copula && (labelled || amounts || partitive) || (gap.acted && word.conjugated) {
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
        _ if wants => false,
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
    let noun = word.kind == Kind::Noun || word.need == Need::Determiner;
    let opens_bare = word.mark.is_some() && gap.count == 0 && noun;
    let mut to = |lattice: &mut Lattice, acts, article: bool| {
        let told = Told {
            verb: gap.verb || acts,
            subordinate: word.subordinates || (gap.subordinate && !acts),
            bare: (opens_bare && !article && !acts || gap.bare) && !word.connects,
        };
        *after.entry(told).or_insert_with(|| lattice.state(step.rank))
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
        // « le délai est d'un an », « convention d'un an », « signée pour un an »
        let of = form.starts_with("d'");
        if word.duration && gap.copula != of && (gap.copula || word.forms.len() > 1) {
            continue;
        }
        let vowel = french::elides(form);
        let clashes = vowel && gap.vowelless || differ(shape);
        if bare && !equates && !clashes {
            let to = to(lattice, acts, false);
            lattice.edge(from, &spaced(form, from), to);
        }
        if vowel
            && word.before != Before::Nothing
            && !gap.vowelless
            && !gap.determiner
            && word.takes_article()
            && !first_bare
            && (gap.verb || !needs_verb)
        {
            let to = to(lattice, false, true);
            let several = shape.number == Some(Number::Plural);
            // « est d'école » would be said of what the notes only name.
            let belongs = |article: &str| gap.copula && article.starts_with('d');
            let opens = from == Lattice::START && !word.opens_with_preposition();
            let fits = |article: &&&str| {
                !(belongs(article)
                    || equates && !(step.event && article.contains(' '))
                    || gap.count == 0 && !step.follows.takes(article, article.ends_with("l'"))
                    || several && article.ends_with("l'")
                    || opens && **article != "l'")
            };
            for article in ELIDED.iter().filter(fits) {
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

/// What the clause speaks of, before a word: the noun it opens with, or a person whose gender the
/// notes tell.
fn topic(words: &[Word], at: usize) -> Option<Agreement> {
    let before = words.get(..at)?;
    let first = before
        .iter()
        .position(|word| matches!(word.kind, Kind::Noun | Kind::Ambiguous | Kind::Name))?;
    let form = before[first].forms.first()?;
    if before[first].kind != Kind::Name {
        return Some((form.gender, form.number));
    }
    let title = form.text.split(' ').next().unwrap_or_default();
    let gender = match title {
        "Mme" | "Madame" => Some(Gender::Feminine),
        "M." | "Monsieur" => Some(Gender::Masculine),
        // « Yannick absent », « Gaudry s'abstient car voisin »
        _ => {
            let own = |word: &&Word| word.says.is_some() || !word.noun;
            let own = words.get(first + 1..)?.iter().take_while(own);
            own.filter_map(|word| word.says).find_map(|says| says.gender)
        }
    };
    gender.map(|gender| (Some(gender), Some(Number::Singular)))
}

/// How a mark of the notes may be written.
const fn marks(mark: Mark) -> &'static [&'static str] {
    match mark {
        Mark::Comma => &[",", " et", " ;"],
        Mark::Semicolon => &[" ;", ","],
        Mark::Colon => &[" :", ","],
        Mark::Explains => &[" :", " ;", ","],
        Mark::And => &[" et", ","],
        Mark::Topic => &[","],
    }
}

/// Verbs that say what something is.
const COPULAS: [&str; 14] = [
    "est",
    "sont",
    "soit",
    "soient",
    "a été",
    "ont été",
    "sera",
    "seront",
    "n'est",
    "ne sont",
    "n'a été",
    "n'ont été",
    "ne sera",
    "ne seront",
];

/// Determiners that a sentence may open with.
const OPENING: [&str; 13] =
    ["le", "la", "les", "un", "une", "des", "ce", "cette", "ces", "son", "sa", "ses", "leur"];

/// Small words that lose their vowel, with what stands before them.
const ELIDED: [&str; 8] = ["l'", "d'", "de l'", "à l'", "qu'", "dans l'", "pour l'", "sur l'"];

struct Small {
    text: &'static str,
    /// What it may stand before.
    before: Only,
    verb: bool,
    determiner: bool,
    connects: bool,
    agrees: (Option<Gender>, Option<Number>),
    /// « n'est », « il n'y a »
    negative: bool,
    /// « il », « qu'elles »: stands for what was named before.
    pronoun: bool,
    /// Whether it takes another form before a vowel.
    vowelless: bool,
}

/// What a small word may stand before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Only {
    /// Any word.
    Always,
    /// A date, an hour, a season.
    Time,
    /// An amount, a number.
    Amount,
    Infinitive,
    /// An infinitive that opens a statement: « prévenir les riverains ».
    Order,
    /// The participle of a verb that goes with « se »: « la commission s'est | réunie ».
    Reflexive,
}

impl Only {
    fn takes(self, word: &Word) -> bool {
        match self {
            Self::Always => true,
            Self::Time => word.kind == Kind::Time || word.is_season(),
            Self::Amount => word.kind == Kind::Fact,
            Self::Infinitive => word.kind == Kind::Infinitive,
            Self::Order => word.kind == Kind::Infinitive && word.mark.is_some(),
            Self::Reflexive => word.is_reflexive(),
        }
    }
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
                    "time" => Only::Time,
                    "amount" => Only::Amount,
                    "infinitive" => Only::Infinitive,
                    "order" => Only::Order,
                    "reflexive" => Only::Reflexive,
                    _ => Only::Always,
                },
                verb: trait_ == "verb",
                determiner: trait_ == "determiner",
                connects: CONNECTORS
                    .contains(&fold(last.split('\'').next().unwrap_or(last)).as_str())
                    || last.starts_with("qu'"),
                agrees: if trait_ == "verb" {
                    (None, verb_number(text))
                } else {
                    agreement(last.rsplit('\'').next().unwrap_or(last))
                },
                negative: text.split(' ').any(|word| word == "ne" || word.starts_with("n'")),
                pronoun: matches!(
                    last.rsplit('\'').next().unwrap_or(last),
                    "il" | "elle" | "ils" | "elles"
                ),
                vowelless: LOSES_VOWEL.contains(&last),
            })
        })
        .collect()
});

/// Number of the subject that a verb of the list wants.
fn verb_number(verb: &str) -> Option<Number> {
    let verb = verb.trim_start_matches("n'").trim_start_matches("ne ");
    match verb.trim_start_matches("se ").split([' ', '\'']).next()? {
        "est" | "s" | "sera" | "a" | "aura" | "doit" | "soit" | "compte" | "concerne" | "porte" => {
            Some(Number::Singular)
        }
        "sont" | "seront" | "ont" | "auront" | "doivent" | "soient" => Some(Number::Plural),
        _ => None,
    }
}

/// What a determiner or a pronoun agrees with.
fn agreement(determiner: &str) -> (Option<Gender>, Option<Number>) {
    match determiner {
        "le" | "un" | "du" | "au" | "ce" => (Some(Gender::Masculine), Some(Number::Singular)),
        "la" | "une" | "cette" | "sa" => (Some(Gender::Feminine), Some(Number::Singular)),
        "son" | "leur" => (None, Some(Number::Singular)),
        "les" | "des" | "aux" | "ces" | "ses" | "leurs" => (None, Some(Number::Plural)),
        "il" => (Some(Gender::Masculine), Some(Number::Singular)),
        "elle" => (Some(Gender::Feminine), Some(Number::Singular)),
        "ils" => (Some(Gender::Masculine), Some(Number::Plural)),
        "elles" => (Some(Gender::Feminine), Some(Number::Plural)),
        _ => (None, None),
    }
}

/// Last words that cannot stand before a vowel: « de l'école », « cet abri », « son école ».
const LOSES_VOWEL: [&str; 11] = ["le", "la", "de", "du", "au", "que", "ce", "se", "sa", "si", "ne"];

#[cfg(test)]
mod tests;
