//! The title of a poster, and how else its words may be put: « vide grenier école » as
//! « Vide-grenier de l'école ».
//!
//! Hurried notes leave out what stands between two nouns. Every way to fill such a gap keeps the
//! words and their order; which of them reads best is the model's to say. A title that lacks
//! nothing has one way only, and costs no call.

use crate::engine::Lattice;
use crate::french::{self, Class};
use crate::reading::fold;
use crate::task::article::{Link, linked};

/// The ways to write a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title {
    /// Its pieces with the space before them; in each, first as the notes have it, then the usual
    /// way to fill the gap before it, if there is one.
    pieces: Vec<Vec<String>>,
}

impl Title {
    /// What the words of the notes allow.
    pub(super) fn of(typed: &str) -> Self {
        let words: Vec<&str> = typed.split_whitespace().collect();
        let mut pieces = Vec::new();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let before = words.get(..at).unwrap_or_default();
            let group = group(before, words.get(at..).unwrap_or_default());
            let ways = match group {
                [] => vec![spaced(word)],
                group => ways(before, group),
            };
            at += group.len().max(1);
            pieces.push(ways);
        }
        if let Some(first) = pieces.first_mut().and_then(|ways| ways.first_mut()) {
            first.remove(0);
        }
        Self { pieces }
    }

    /// Whether something is left to choose.
    pub(super) fn is_open(&self) -> bool {
        self.pieces.iter().any(|ways| ways.len() > 1)
    }

    /// The title with every gap filled the usual way.
    pub(super) fn usual(&self) -> String {
        self.pieces.iter().filter_map(|ways| ways.get(1).or(ways.first())).cloned().collect()
    }

    /// Every way to write it, with a full stop.
    pub(super) fn lattice(&self) -> Lattice {
        let mut lattice = Lattice::new();
        let mut from = Lattice::START;
        for (rank, ways) in self.pieces.iter().enumerate() {
            let to = lattice.state(rank + 1);
            for way in ways {
                lattice.edge(from, way, to);
            }
            from = to;
        }
        lattice.edge(from, ".", Lattice::END);
        lattice
    }
}

/// Two words of a title that the dictionary has as one: « vide grenier » is « vide-grenier ».
pub(super) fn joined(title: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    for word in title.split_whitespace() {
        let compound = out.last().map(|last| format!("{last}-{word}"));
        let known = |compound: &String| {
            let noun = |form: &french::Form| form.class == Class::Noun;
            french::readings(&compound.to_lowercase()).iter().any(noun)
        };
        match compound.filter(|compound| word.starts_with(char::is_lowercase) && known(compound)) {
            Some(compound) => {
                out.pop();
                out.push(compound);
            }
            None => out.push(word.to_owned()),
        }
    }
    out.join(" ")
}

/// The nouns that open the rest and lean on what stands before them, with the marks between them:
/// « tri / composteurs », « : tri / composteurs ».
fn group<'a>(before: &[&str], rest: &'a [&'a str]) -> &'a [&'a str] {
    let colon = usize::from(rest.first() == Some(&":"));
    let nouns = rest.get(colon..).unwrap_or_default();
    let told =
        colon == 1 && !before.contains(&":") && nouns.first().is_some_and(|noun| is_noun(noun));
    if !told && !leans(before, nouns) {
        return &[];
    }
    let more = nouns.get(1..).unwrap_or_default().chunks_exact(2);
    let listed = more.take_while(|pair| MARKS.contains(&pair[0]) && is_noun(pair[1])).count();
    rest.get(..=colon + listed * 2).unwrap_or_default()
}

/// Whether a noun follows another, or its adjective, with nothing between them.
fn leans(before: &[&str], rest: &[&str]) -> bool {
    let (Some(last), Some(word)) = (before.last(), rest.first()) else { return false };
    let small = SMALL.contains(&fold(last).as_str()) || last.ends_with(['\'', '’', ',', ':']);
    let Some(head) = before.iter().rfind(|word| has_class(word, Class::Noun)) else {
        return false;
    };
    // « portes ouvertes école »
    let own =
        head == last || has_class(last, Class::Adjective) || has_class(last, Class::Participle);
    !small && own && (fold(word) == NOEL || (is_noun(word) && !tells_of(word, head)))
}

/// How nouns may be tied to what stands before them.
fn ways(before: &[&str], group: &[&str]) -> Vec<String> {
    let typed: String = group.iter().map(|word| spaced(word)).collect();
    let colon = group.first() == Some(&":");
    let nouns: Vec<&str> =
        group.iter().copied().filter(|word| *word != ":" && !MARKS.contains(word)).collect();
    let tied = |tie: &dyn Fn(&str) -> Option<String>| -> Option<String> {
        let tied: Option<Vec<String>> = nouns.iter().map(|noun| tie(noun)).collect();
        Some(format!(" {}", tied?.join(" et ")))
    };
    let bare = |noun: &str| {
        let vowel = french::elides(noun);
        Some(if vowel { format!("d'{noun}") } else { format!("de {noun}") })
    };
    let about = |noun: &str| linked(Link::The, noun);
    let of = |noun: &str| linked(Link::Of, noun);
    let to = |noun: &str| linked(Link::To, noun);
    let among = |heads: &[&str]| {
        before.iter().any(|word| heads.iter().any(|head| singular(head) == singular(word)))
    };
    let mut ways = vec![Some(typed)];
    if colon {
        // What is told of an event of another kind stands better apart.
        if among(&ABOUT) {
            ways.push(tied(&about).map(|nouns| format!(" sur{nouns}")));
        } else if among(&OF_A_KIND) {
            ways.push(tied(&bare));
        }
    } else if nouns.iter().any(|noun| fold(noun) == NOEL) {
        ways.push(tied(&bare));
    } else {
        if among(&ABOUT) {
            // « sur le tri et les composteurs »
            ways.push(tied(&about).map(|nouns| format!(" sur{nouns}")));
        }
        if among(&WHERE_THINGS_ARE) {
            ways.push(tied(&to));
        }
        if among(&OF_A_KIND) {
            ways.extend([tied(&bare), tied(&of)]);
        } else {
            ways.extend([tied(&of), tied(&bare)]);
        }
        if nouns.len() > 1 {
            ways.push(tied(&|noun| Some(noun.to_owned())));
        }
    }
    ways.into_iter().flatten().collect()
}

/// A word without accents and the marks of a plural.
pub(super) fn singular(word: &str) -> String {
    fold(word).trim_end_matches(['s', 'x']).to_owned()
}

fn spaced(word: &str) -> String {
    format!(" {word}")
}

/// Whether a word may be a noun, and is no name and no adverb.
pub(super) fn is_noun(word: &str) -> bool {
    let readings = french::readings(word);
    word.starts_with(char::is_lowercase)
        && !word.contains(['\'', '’'])
        && readings.iter().any(|form| form.class == Class::Noun)
        && readings.iter().all(|form| form.class != Class::Other)
}

/// Whether a word may be said of a noun: « loto géant », but not « fête pompiers ».
fn tells_of(word: &str, noun: &str) -> bool {
    let nouns = french::readings(&noun.to_lowercase());
    let fits = |form: &french::Form| {
        nouns.iter().filter(|noun| noun.class == Class::Noun).any(|noun| {
            (form.gender.is_none() || noun.gender.is_none() || form.gender == noun.gender)
                && (form.number.is_none() || noun.number.is_none() || form.number == noun.number)
        })
    };
    french::readings(word)
        .iter()
        .any(|form| matches!(form.class, Class::Adjective | Class::Participle) && fits(form))
}

fn has_class(word: &str, class: Class) -> bool {
    french::readings(&word.to_lowercase()).iter().any(|form| form.class == class)
}

const NOEL: &str = "noel";

/// What stands between the things of a list.
const MARKS: [&str; 4] = ["/", "+", "&", "et"];

/// Words that a noun may follow.
const SMALL: [&str; 27] = [
    "a", "au", "aux", "avec", "chez", "contre", "d", "dans", "de", "des", "du", "en", "entre",
    "et", "l", "la", "le", "les", "ou", "par", "pour", "sans", "sous", "sur", "un", "une", "vers",
];

/// Events about something.
const ABOUT: [&str; 7] =
    ["reunion", "conference", "debat", "information", "forum", "causerie", "concertation"];

/// Events where things are found: « bourse aux jouets ».
const WHERE_THINGS_ARE: [&str; 5] = ["bourse", "foire", "marche", "chasse", "troc"];

/// Events that what follows is a kind of: « atelier de cuisine », « repas des anciens ».
const OF_A_KIND: [&str; 14] = [
    "apres-midi",
    "atelier",
    "competition",
    "concert",
    "concours",
    "cours",
    "exposition",
    "initiation",
    "matinee",
    "soiree",
    "spectacle",
    "stage",
    "tournoi",
    "vente",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_between_nouns_are_filled_and_nothing_else() {
        let table: [(&str, &str, &[&str], &[&str]); 12] = [
            (
                "Vide-grenier école",
                "Vide-grenier de l'école",
                &["Vide-grenier école", "Vide-grenier d'école"],
                &["Vide-grenier de la école", "École", "Vide-grenier à l'école"],
            ),
            ("Bourse jouets", "Bourse aux jouets", &["Bourse de jouets"], &["Bourse au jouets"]),
            ("Soirée jeux", "Soirée de jeux", &["Soirée jeux"], &["Soirée du jeux"]),
            ("Fête pompiers", "Fête des pompiers", &["Fête pompiers"], &["Fête du pompiers"]),
            (
                "Réunion publique tri / composteurs",
                "Réunion publique sur le tri et les composteurs",
                &["Réunion publique tri / composteurs", "Réunion publique tri et composteurs"],
                &["Réunion publique sur le tri et des composteurs"],
            ),
            (
                "Réunion publique : tri / composteurs",
                "Réunion publique sur le tri et les composteurs",
                &["Réunion publique : tri / composteurs"],
                &["Réunion publique du tri et des composteurs"],
            ),
            ("Avis : coupure d'eau", "Avis : coupure d'eau", &[], &["Avis de coupure d'eau"]),
            ("Atelier : cuisine", "Atelier de cuisine", &[], &["Atelier : de cuisine"]),
            ("Marché Noël", "Marché de Noël", &["Marché Noël"], &["Marché du Noël"]),
            ("Marché de Noël", "Marché de Noël", &[], &["Marché Noël"]),
            ("Loto géant", "Loto géant", &[], &["Loto de géant"]),
            ("Repas dansant", "Repas dansant", &[], &[]),
        ];
        for (typed, usual, also, never) in table {
            let title = Title::of(typed);
            assert_eq!(title.usual(), usual, "{typed}");
            assert_eq!(title.is_open(), typed != usual, "{typed}");
            let lattice = title.lattice();
            let spells = |text: &str| lattice.spells(&format!("{text}."));
            for text in [typed, usual].iter().chain(also) {
                assert!(spells(text), "{typed}: {text}");
            }
            for text in never {
                assert!(!spells(text), "{typed}: {text}");
            }
        }
    }

    #[test]
    fn what_the_dictionary_has_as_one_word_is_one() {
        let table = [
            ("Vide grenier école", "Vide-grenier école"),
            ("Grand pique nique du lac", "Grand pique-nique du lac"),
            ("Après midi jeux", "Après-midi jeux"),
            ("Fête du lac", "Fête du lac"),
            ("", ""),
        ];
        for (typed, expected) in table {
            assert_eq!(joined(typed), expected);
        }
    }
}
