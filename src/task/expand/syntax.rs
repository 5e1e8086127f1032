//! What belongs to what in a clause, as far as its words tell: which noun a participle says
//! something of, and so where the verb that is left out has its place.
//!
//! « dossier refusé, colis livrés à domicile » is two statements. In each, a participle that agrees
//! with the noun it opens with is what the statement says: « est », « a été » stand before it and
//! nowhere else. What was typed with its agreement keeps it, and tells the number of « colis » or
//! the gender of « locataire », which the dictionary does not.

use std::ops::Range;

use super::words::{Before, Kind, Mark, Need, Says, Word, counts, names_agent};
use crate::reading::fold;

/// Settles the agreement of the words of a clause, and where a verb may be added.
pub(super) fn settle(words: &mut [Word]) {
    let statements = statements(words);
    for (index, statement) in statements.iter().enumerate() {
        let opening = statements.get(..index).and_then(<[_]>::first).cloned();
        agree(words, statement, opening.as_ref());
    }
    for statement in &statements {
        leave_adjectives(words, statement);
        leave_nouns(words, statement);
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

/// Whether a clause only names something to do or done, of which nothing is said: « achat de 200
/// gobelets réutilisables », « plantation de charmes le long du stade ».
pub(super) fn only_names(words: &[Word]) -> bool {
    const ENDINGS: [&str; 4] = ["tion", "sion", "age", "ment"];
    const DEEDS: [&str; 9] =
        ["achat", "vente", "pose", "remise", "mise", "reprise", "relance", "rappel", "depart"];
    let deed = words.first().filter(|word| word.kind == Kind::Noun).is_some_and(|word| {
        word.forms.first().is_some_and(|form| {
            let folded = fold(&form.text);
            let folded = folded.trim_end_matches('s');
            ENDINGS.iter().any(|end| folded.ends_with(end)) || DEEDS.contains(&folded)
        })
    });
    let told = |(index, word): (usize, &Word)| {
        let amount = word.kind == Kind::Fact && word.forms.iter().any(|form| !counts(&form.text));
        word.mark.is_some()
            || word.finite
            || word.kind == Kind::Time
            || word.is_season()
            || amount
            || is_due(words, index)
            || ["en", "pas", "non", "sans", "charge", "cours"]
                .contains(&fold(&word.forms[0].text).as_str())
    };
    deed && !tells(words) && !words.iter().enumerate().any(told)
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

/// What a word leans on, as far as that tells which small words may stand between the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Follows {
    /// Anything.
    Other,
    /// A verb of the notes: its object comes without a preposition, « contacte | le syndicat ».
    Verb,
    /// A participle: what it was done to or where, never where from, « déplacé | au stade ».
    Participle,
    /// « s'inquiète | du retard »
    Of,
    /// « participent | à la moitié », « répète | dans l'église »
    At,
    /// A preposition of the notes: no other one, « sauf | la turbidité ».
    Preposition,
}

impl Follows {
    /// Whether a small word may stand first after it.
    pub(super) fn takes(self, small: &str, determiner: bool) -> bool {
        let first = small.split([' ', '\'']).next().unwrap_or_default();
        let direct = determiner && !opens_with_preposition(small);
        match self {
            Self::Other => true,
            Self::Verb => direct && !first.starts_with("qu") && small != "d'",
            Self::Preposition => direct && first != "d" && !first.starts_with("qu"),
            Self::At => matches!(first, "à" | "au" | "aux" | "dans"),
            Self::Of => matches!(first, "de" | "du" | "des" | "d"),
            Self::Participle => !matches!(first, "de" | "du" | "des" | "d"),
        }
    }
}

/// Whether a small word opens with a preposition that says where or what for.
pub(super) fn opens_with_preposition(small: &str) -> bool {
    let first = small.split([' ', '\'']).next().unwrap_or_default();
    matches!(first, "à" | "au" | "aux" | "dans" | "sur" | "pour" | "avec")
}

/// What the word at a place leans on.
pub(super) fn follows(words: &[Word], at: usize) -> Follows {
    let Some(word) = words.get(at).filter(|word| word.mark.is_none()) else {
        return Follows::Other;
    };
    // « encaissée pour 1 122 € », never « de 1 122 € »
    let named = matches!(word.kind, Kind::Noun | Kind::Ambiguous | Kind::Name) || is_priced(word);
    let Some(before) = at.checked_sub(1).and_then(|i| words.get(i)).filter(|_| named) else {
        return Follows::Other;
    };
    let Some(form) = before.forms.first() else { return Follows::Other };
    let folded = fold(&form.text);
    let reflexive = folded.starts_with("s'")
        || at.checked_sub(2).and_then(|i| words.get(i)).is_some_and(|word| {
            word.forms.first().is_some_and(|form| ["se", "s'"].contains(&form.text.as_str()))
        });
    if before.finite && before.kind == Kind::Plain && !is_copula(&folded) {
        let stem = folded.rsplit('\'').next().unwrap_or_default();
        let opens = |list: &[&str]| list.iter().any(|own| stem.starts_with(own));
        if opens(&AT) || word.is_place() && opens(&SITUATED) {
            Follows::At
        } else if opens(&OF) && (reflexive || opens(&ALONE_OF)) {
            Follows::Of
        } else if reflexive || opens(&INDIRECT) {
            Follows::Other
        } else {
            Follows::Verb
        }
    } else if before.says.is_some_and(|says| says.participle) && at > 1 && !opens(words, at - 1) {
        if FROM.iter().any(|stem| folded.starts_with(stem)) {
            Follows::Other
        } else {
            Follows::Participle
        }
    } else if before.kind == Kind::Small && DIRECT_PREPOSITIONS.contains(&folded.as_str()) {
        Follows::Preposition
    } else {
        Follows::Other
    }
}

/// Whether a word has its article or its preposition before it, or opens a statement.
fn opens(words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| words.get(i));
    words[at].mark.is_some() || before.is_none_or(|word| word.kind == Kind::Small)
}

fn is_copula(folded: &str) -> bool {
    const COPULAS: [&str; 12] = [
        "est",
        "sont",
        "etait",
        "etaient",
        "sera",
        "seront",
        "reste",
        "restent",
        "devient",
        "deviennent",
        "semble",
        "soit",
    ];
    COPULAS.contains(&folded)
}

/// How verbs begin whose object has a preposition, or that tell of a place or a time.
const INDIRECT: [&str; 39] = [
    "previ",
    "avert",
    "inform",
    "insist",
    "compt",
    "port",
    "resid",
    "travaill",
    "interv",
    "mont",
    "descend",
    "sieg",
    "demissionn",
    "rentr",
    "sort",
    "vot",
    "augment",
    "baiss",
    "ferm",
    "ouvr",
    "part",
    "arriv",
    "vien",
    "va",
    "vont",
    "revien",
    "revenir",
    "chang",
    "pass",
    "jou",
    "dur",
    "manqu",
    "serv",
    "log",
    "habit",
    "tomb",
    "parl",
    "interrog",
    "oppos",
];

/// How verbs begin that go with « à ».
const AT: [&str; 11] = [
    "particip",
    "assist",
    "renonc",
    "acced",
    "repond",
    "succed",
    "adher",
    "proced",
    "veill",
    "correspond",
    "appart",
];

/// How verbs begin that take place somewhere: a place that follows is no object.
const SITUATED: [&str; 9] =
    ["recoi", "recev", "repet", "chant", "mang", "expos", "patient", "reuni", "entrain"];

/// How verbs begin that go with « de », alone or with « se ».
const OF: [&str; 10] = [
    "inquiet", "occup", "plai", "rejoui", "souci", "charg", "felicit", "depend", "profit",
    "benefici",
];

/// Those of them that need no « se ».
const ALONE_OF: [&str; 3] = ["depend", "profit", "benefici"];

/// How participles begin that tell where from, or with what.
const FROM: [&str; 30] = [
    "issu",
    "prov",
    "retir",
    "exclu",
    "sorti",
    "priv",
    "equip",
    "compos",
    "dot",
    "suivi",
    "accompagn",
    "entour",
    "couvert",
    "rempli",
    "charg",
    "extrait",
    "separ",
    "supprim",
    "debarrass",
    "constitu",
    "muni",
    "bord",
    "preced",
    "assorti",
    "major",
    "diminu",
    "augment",
    "reduit",
    "venu",
    "membre",
];

/// Prepositions that no other one follows.
const DIRECT_PREPOSITIONS: [&str; 20] = [
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
    "via",
    "devant",
    "derriere",
    "pendant",
    "durant",
    "malgre",
    "concernant",
];

/// Whether a comma before a word may be « et »: it is the last of several names or things, or the
/// verb of another thing that somebody does.
pub(super) fn ends_series(words: &[Word], at: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    let rest = words.get(at + 1..).unwrap_or_default();
    let verb = word.finite;
    let amounts = word.kind == Kind::Fact || rest.iter().all(|word| word.kind != Kind::Fact);
    let last = rest.iter().all(|word| word.mark.is_none());
    verb || last && amounts && !tells(words.get(at..).unwrap_or_default())
}

/// Whether the statement that a word stands in speaks of something that takes place.
pub(super) fn is_of_event(words: &[Word], at: usize) -> bool {
    let own = statements(words).into_iter().find(|statement| statement.contains(&at));
    let subject = own.and_then(|own| words.get(own)?.iter().find(|word| is_noun(word)));
    subject
        .and_then(|word| word.forms.first())
        .is_some_and(|form| EVENTS.contains(&fold(&form.text).trim_end_matches('s')))
}

/// What is said to be at a place because it takes place there.
const EVENTS: [&str; 44] = [
    "concert",
    "reunion",
    "messe",
    "spectacle",
    "bal",
    "repa",
    "marche",
    "fete",
    "kermesse",
    "loto",
    "tournoi",
    "ceremonie",
    "exposition",
    "expo",
    "assemblee",
    "conseil",
    "atelier",
    "stage",
    "permanence",
    "visite",
    "inauguration",
    "rendez-vou",
    "depart",
    "arrivee",
    "course",
    "randonnee",
    "vide-grenier",
    "brocante",
    "foire",
    "concour",
    "tirage",
    "vote",
    "distribution",
    "collecte",
    "livraison",
    "pot",
    "aperitif",
    "gouter",
    "cour",
    "seance",
    "projection",
    "conference",
    "defile",
    "bourse",
];

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

pub(super) const fn is_noun(word: &Word) -> bool {
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

/// « lot infructueux, relance consultation »: what opens a statement is a noun where it may be one
/// and nobody stands before it who might do it.
fn leave_nouns(words: &mut [Word], statement: &Range<usize>) {
    let acts = words.iter().take(statement.start).any(|word| {
        word.kind == Kind::Name
            || word.finite && word.kind == Kind::Plain
            || word.forms.first().is_some_and(|form| names_agent(&fold(&form.text)))
    });
    let Some(word) = words.get_mut(statement.start) else { return };
    if statement.start > 0 && word.mark.is_some() && word.noun && word.finite && !acts {
        word.finite = false;
        word.kind = Kind::Ambiguous;
    }
}

/// « budget annexe assainissement voté »: an adjective that might be a verb is none where a
/// participle says all that there is to say of the noun before it.
fn leave_adjectives(words: &mut [Word], statement: &Range<usize>) {
    let Some(last) = predicates(words, statement).last().copied() else { return };
    let first = statement.clone().find(|index| is_noun(&words[*index]));
    let after = first.map_or(last, |first| first + 1);
    let closed = words.get(after + 1).is_some_and(is_noun);
    let adjective = words.get(after).filter(|_| after < last && closed).and_then(|word| word.says);
    let agrees = adjective
        .is_some_and(|says| !says.participle && first.is_some_and(|at| fits(&words[at], says)));
    if let Some(word) = words.get_mut(after).filter(|word| word.finite && agrees) {
        (word.finite, word.conjugated) = (false, false);
        words[after + 1].need = Need::Nothing;
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
        // « virement 450 € reçu » says it of the transfer.
        let owed = |says| {
            let head = index.checked_sub(2).filter(|head| *head >= statement.start);
            head.is_some_and(|head| is_noun(&words[head]) && fits(&words[head], says))
        };
        if is_priced(&words[index - 1]) && !words[index].says.is_some_and(owed) {
            words[index].before = words[index].before.without_verb();
        }
    }
    let said = predicates(words, statement);
    // « demande de subvention à envoyer avant le 30 avril » says what has to be done with it.
    let due = statement.clone().skip(1).any(|index| is_due(words, index));
    if said.is_empty() && !due || is_label(words, statement, &said) {
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
        let before = words[index].before.without_verb();
        // « est à envoyer avant le 30 avril », never « à envoyer est prévue avant le 30 avril »
        let before = if due && before == Before::NoDeterminer { Before::Joined } else { before };
        words[index].before = before;
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
    ADVERBS.contains(&folded.as_str())
        || (folded.ends_with("ment") && word.says.is_none() && !is_noun(word))
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
