//! Members named in notes: `O. Brunhelle`, `MA Castillet`, `Maëlle L.`, `Solène`.
//!
//! Names are compared without accents or capitals, but a word counts as a name only when it is
//! capitalised: many surnames are common words. What fits several members is never decided.

use std::ops::Range;

use super::fold;
use crate::notes::Span;
use crate::office::Membre;

/// Words after which a capitalised word is a place, not a person.
const PLACE_WORDS: [&str; 14] = [
    "rue",
    "place",
    "avenue",
    "chemin",
    "impasse",
    "route",
    "allee",
    "quai",
    "ecole",
    "salle",
    "stade",
    "saint",
    "sainte",
    "lotissement",
];

/// Civilities, folded, without their full stop.
const CIVILITIES: [&str; 8] = ["m", "mm", "mr", "mme", "mmes", "mlle", "monsieur", "madame"];

/// The members, ready to be looked up.
#[derive(Debug, Clone)]
pub struct Roster<'a> {
    members: &'a [Membre],
    keys: Vec<Key>,
}

/// Who a name designates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// One member, by index.
    Known(usize),
    /// Several members.
    Ambiguous(Vec<usize>),
    /// None.
    Unknown,
}

/// A member's name in folded parts.
#[derive(Debug, Clone)]
struct Key {
    first: String,
    initials: String,
    surname: Vec<String>,
}

/// A word of a text and its place.
#[derive(Debug, Clone)]
struct Word {
    folded: String,
    capital: bool,
    span: Range<usize>,
}

impl<'a> Roster<'a> {
    /// The members of an office sheet or of an attendance list.
    pub fn new(members: &'a [Membre]) -> Self {
        Self { members, keys: members.iter().map(|m| key(&m.nom)).collect() }
    }

    /// The members.
    pub fn members(&self) -> &'a [Membre] {
        self.members
    }

    /// A member's name as the sheet spells it; empty for an index that is none.
    pub fn full_name(&self, member: usize) -> &'a str {
        self.members.get(member).map_or("", |m| m.nom.as_str())
    }

    /// Who a phrase that should be one name designates.
    pub fn resolve(&self, phrase: &str) -> Resolution {
        let words: Vec<String> = words(phrase).into_iter().map(|w| w.folded).collect();
        match self.resolve_words(&words) {
            // « M. » may be a civility or an initial: the name with it is tried first.
            Resolution::Unknown
                if words.first().is_some_and(|w| CIVILITIES.contains(&w.as_str())) =>
            {
                self.resolve_words(words.get(1..).unwrap_or_default())
            }
            resolution => resolution,
        }
    }

    fn resolve_words(&self, words: &[String]) -> Resolution {
        if words.is_empty() || words.len() > 5 {
            return Resolution::Unknown;
        }
        let matches = |test: &dyn Fn(&Key) -> bool| -> Vec<usize> {
            self.keys.iter().enumerate().filter(|(_, k)| test(k)).map(|(i, _)| i).collect()
        };
        let full = matches(&|k| k.by_surname(words));
        let found = if full.is_empty() { matches(&|k| k.by_first_name(words)) } else { full };
        match found.as_slice() {
            [] => Resolution::Unknown,
            [one] => Resolution::Known(*one),
            _ => Resolution::Ambiguous(found),
        }
    }

    /// Members named in a text, with the place of the name, first name or initials included,
    /// civility not.
    pub fn mentions(&self, text: &str) -> Vec<(usize, Span)> {
        let words = words(text);
        let mut found: Vec<(usize, Span)> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.mention_at(text, &words, at) {
                Some((member, first, last)) => {
                    if let (Some(start), Some(end)) = (words.get(first), words.get(last)) {
                        found.push((member, start.span.start..end.span.end));
                    }
                    at = last + 1;
                }
                None => at += 1,
            }
        }
        found
    }

    /// The member named from this word on: index, first and last word.
    fn mention_at(&self, text: &str, words: &[Word], at: usize) -> Option<(usize, usize, usize)> {
        let word = words.get(at)?;
        let after_place =
            at > 0 && words.get(at - 1).is_some_and(|w| PLACE_WORDS.contains(&w.folded.as_str()));
        if !word.capital || after_place {
            return None;
        }
        let mut candidates = Vec::new();
        for (member, key) in self.keys.iter().enumerate() {
            // « Prénom NOM », « P. NOM », « PH NOM », then « NOM » alone.
            for lead in (0..=2_usize).rev() {
                let Some(lead_words) = words.get(at..at + lead) else { continue };
                let lead_words: Vec<String> = lead_words.iter().map(|w| w.folded.clone()).collect();
                let surname = words.get(at + lead..at + lead + key.surname.len());
                let fits = surname.is_some_and(|s| {
                    s.iter().map(|w| &w.folded).eq(&key.surname)
                        && s.first().is_some_and(|w| w.capital)
                });
                if fits && key.lead_fits(&lead_words) {
                    candidates.push((member, at, at + lead + key.surname.len() - 1, lead));
                    break;
                }
            }
        }
        if candidates.is_empty() {
            return self.first_name_at(text, words, at);
        }
        // A lead that fits one member decides between namesakes.
        let longest = candidates.iter().map(|c| c.3).max()?;
        candidates.retain(|c| c.3 == longest);
        match candidates.as_slice() {
            [(member, first, last, _)] => Some((*member, *first, *last)),
            _ => None,
        }
    }

    /// « Maëlle L. », or a first name that one member alone bears and that no other name follows.
    fn first_name_at(
        &self,
        text: &str,
        words: &[Word],
        at: usize,
    ) -> Option<(usize, usize, usize)> {
        let word = words.get(at)?;
        let next = words.get(at + 1).filter(|n| {
            text.get(word.span.end..n.span.start).is_some_and(|gap| gap.trim().is_empty())
        });
        let bearers: Vec<usize> = (0..self.keys.len())
            .filter(|m| self.keys.get(*m).is_some_and(|k| k.first == word.folded))
            .collect();
        let initial = next.filter(|n| n.capital && n.folded.chars().count() == 1);
        if let Some(initial) = initial {
            let mut fits = bearers.iter().filter(|m| {
                self.keys
                    .get(**m)
                    .and_then(|k| k.surname.first())
                    .is_some_and(|s| s.starts_with(&initial.folded))
            });
            return match (fits.next(), fits.next()) {
                (Some(member), None) => Some((*member, at, at + 1)),
                _ => None,
            };
        }
        match bearers.as_slice() {
            [member] if !next.is_some_and(|n| n.capital) && word.folded.len() > 2 => {
                Some((*member, at, at))
            }
            _ => None,
        }
    }
}

impl Key {
    /// Whether words before the surname fit the first name: itself, or its initials.
    fn lead_fits(&self, lead: &[String]) -> bool {
        match lead {
            [] => true,
            [one] => {
                *one == self.first
                    || *one == self.initials
                    || self.first.split(['-', ' ']).any(|p| p == one)
            }
            more => {
                let joined: String = more.concat();
                joined == self.initials
                    || more.join(" ") == self.first
                    || more.join("-") == self.first
            }
        }
    }

    fn by_surname(&self, words: &[String]) -> bool {
        let n = self.surname.len();
        let ends = words.len() >= n
            && words.get(words.len() - n..).is_some_and(|tail| tail == self.surname.as_slice())
            && words.get(..words.len() - n).is_some_and(|lead| self.lead_fits(lead));
        // « Brunhelle Odile »: the surname first.
        let starts = words.get(..n).is_some_and(|head| head == self.surname.as_slice())
            && words.get(n..).is_some_and(|rest| rest.len() == 1 && self.lead_fits(rest));
        n > 0 && (ends || starts)
    }

    fn by_first_name(&self, words: &[String]) -> bool {
        match words {
            [first] => *first == self.first,
            [first, initial] => {
                *first == self.first
                    && initial.chars().count() == 1
                    && self.surname.first().is_some_and(|s| s.starts_with(initial.as_str()))
            }
            _ => false,
        }
    }
}

/// The parts of « Prénom NOM »: the surname is what stands in capitals, else the last word.
fn key(name: &str) -> Key {
    let words: Vec<&str> = name
        .split_whitespace()
        .filter(|w| !CIVILITIES.contains(&fold(w).trim_end_matches('.')))
        .collect();
    let is_upper = |w: &str| {
        w.chars().filter(|c| c.is_alphabetic()).count() > 1 && w.chars().all(|c| !c.is_lowercase())
    };
    let mut split = words.iter().position(|w| is_upper(w)).unwrap_or(words.len().saturating_sub(1));
    if split == 0 && words.len() > 1 && !is_upper(words[words.len() - 1]) {
        // « MA Castillet », as an attendance list has it: initials, then the surname.
        split = words.len() - 1;
    }
    let (first, surname) = words.split_at(split.min(words.len()));
    let first = fold(&first.join(" ")).replace('.', "");
    let initials = first.split([' ', '-']).filter_map(|p| p.chars().next()).collect();
    let surname = self::words(&surname.join(" ")).into_iter().map(|w| w.folded).collect();
    Key { first, initials, surname }
}

/// The words of a text: letters, with hyphens inside.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphabetic() || (c == '-' && start.is_some());
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(begin)) => {
                let word = text.get(begin..at).unwrap_or_default();
                let trimmed = word.trim_end_matches('-');
                words.push(Word {
                    folded: fold(trimmed),
                    capital: trimmed.chars().next().is_some_and(char::is_uppercase),
                    span: begin..begin + trimmed.len(),
                });
                start = None;
            }
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members() -> Vec<Membre> {
        [
            "Odile VERNAC",
            "Marc-Antoine LESTRADE",
            "Solène DOMERC",
            "Ève LE GARREC",
            "Paul PETIT",
            "Anne PETIT",
            "Solange TRUC",
        ]
        .map(|nom| Membre { nom: nom.into(), ..Membre::default() })
        .into()
    }

    #[test]
    fn names_are_resolved_as_people_type_them() {
        let members = members();
        let roster = Roster::new(&members);
        let table = [
            ("O. Vernac", Resolution::Known(0)),
            ("vernac", Resolution::Known(0)),
            ("Mme Vernac", Resolution::Known(0)),
            ("MA Lestrade", Resolution::Known(1)),
            ("M.A. Lestrade", Resolution::Known(1)),
            ("Solène D.", Resolution::Known(2)),
            ("Solene", Resolution::Known(2)),
            ("Eve Le Garrec", Resolution::Known(3)),
            ("LE GARREC Ève", Resolution::Known(3)),
            ("Petit", Resolution::Ambiguous(vec![4, 5])),
            ("A. Petit", Resolution::Known(5)),
            ("P Vernac", Resolution::Unknown),
            ("Inconnu", Resolution::Unknown),
            ("", Resolution::Unknown),
        ];
        for (text, expected) in table {
            assert_eq!(roster.resolve(text), expected, "{text}");
        }
    }

    #[test]
    fn mentions_cover_the_whole_name() {
        let members = members();
        let roster = Roster::new(&members);
        let table: [(&str, &[&str]); 8] = [
            ("Vernac présente, MA Lestrade aussi", &["Vernac", "MA Lestrade"]),
            ("rectif Solène : non", &["Solène"]),
            ("Solène D. et Mme Le Garrec", &["Solène D", "Le Garrec"]),
            ("Solène Martin n'est pas élue", &[]),
            ("un petit devis, Petit demande", &[]),
            ("Anne Petit demande", &["Anne Petit"]),
            ("rue Vernac", &[]),
            ("Lestrade (+Vernac)", &["Lestrade", "Vernac"]),
        ];
        for (text, expected) in table {
            let found: Vec<&str> =
                roster.mentions(text).into_iter().map(|(_, s)| &text[s]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn an_attendance_list_makes_a_roster_too() {
        let members = ["MA Lestrade", "T. Jolivet"]
            .map(|nom| Membre { nom: nom.into(), ..Membre::default() });
        let roster = Roster::new(&members);
        assert_eq!(roster.resolve("Lestrade"), Resolution::Known(0));
        assert_eq!(roster.resolve("Jolivet"), Resolution::Known(1));
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_mentions_on_character_boundaries(text in "\\PC{0,60}") {
            let members = members();
            for (_, span) in Roster::new(&members).mentions(&text) {
                proptest::prop_assert!(text.get(span).is_some());
            }
        }
    }
}
