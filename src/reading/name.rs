//! Names of people in notes: members by any of the ways notes name them, and words that look
//! like names when nobody is known.
//!
//! A misspelt name is not resolved: it is for the user to say who is meant.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::date::{is_month, is_weekday};
use super::{fold, pattern};
use crate::notes::Span;
use crate::office::Membre;

/// Who a written name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// One member: the index in the list the roster was made of.
    Known(usize),
    /// Several members.
    Ambiguous(Vec<usize>),
    /// Nobody of the roster.
    Unknown,
}

/// The members, ready for comparison.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    names: Vec<String>,
    people: Vec<Person>,
    /// The notes name members by initials alone (`YLS`, `GM`).
    by_initials: bool,
    /// The notes write names in small letters.
    small_letters: bool,
}

/// A member's names, folded: « Marc-Antoine CASTILLET » is `[marc, antoine]`, `[castillet]`.
#[derive(Debug, Clone)]
struct Person {
    given: Vec<String>,
    surname: Vec<String>,
}

/// A word of the text, folded, with its place.
struct Word {
    folded: String,
    span: Span,
    capital: bool,
}

impl Roster {
    /// Prepares the members, who are named « Prénom NOM ».
    pub fn new(members: &[Membre]) -> Self {
        Self {
            names: members.iter().map(|member| member.nom.clone()).collect(),
            people: members.iter().map(|member| Person::new(&member.nom)).collect(),
            by_initials: false,
            small_letters: false,
        }
    }

    /// The same members, named as these notes name people: by initials alone, or in small letters.
    /// Both would find members in common words and acronyms elsewhere, so that they have to be the
    /// habit of the notes: three members at least, and more of them than are named otherwise.
    #[must_use]
    pub fn with_habits_of(mut self, text: &str) -> Self {
        let (mut initials, mut small, mut usual) = (Vec::new(), Vec::new(), Vec::new());
        for word in words(text) {
            let written = text.get(word.span.clone()).unwrap_or_default();
            for (index, person) in self.people.iter().enumerate() {
                let list = if is_initials(written) && person.initials() == word.folded {
                    &mut initials
                } else if !person.surname.contains(&word.folded) {
                    continue;
                } else if word.capital {
                    &mut usual
                } else {
                    &mut small
                };
                if !list.contains(&index) {
                    list.push(index);
                }
            }
        }
        self.by_initials = initials.len() >= 3 && initials.len() > usual.len();
        self.small_letters = small.len() >= 3 && small.len() > usual.len();
        self
    }

    /// Every member's name, as the sheet spells it.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// One member's name, as the sheet spells it; empty for an index that is none.
    pub fn full_name(&self, member: usize) -> &str {
        self.names.get(member).map_or("", String::as_str)
    }

    /// Who `O. Brunhelle`, `MA Castillet`, `Maëlle L.`, `Solène` or `Mme Brunhelle` is; case and
    /// accents do not count.
    pub fn resolve(&self, written: &str) -> Resolution {
        let words: Vec<String> = words(written)
            .into_iter()
            .map(|word| word.folded)
            .skip_while(|word| CIVILITIES.contains(&word.as_str()) && word != "m")
            .collect();
        let by = |test: fn(&Person, &[String]) -> bool, words: &[String]| -> Vec<usize> {
            let people = self.people.iter().enumerate();
            people.filter(|(_, person)| test(person, words)).map(|(index, _)| index).collect()
        };
        // « M. Brunhelle » is a civility or an initial: both readings are tried.
        let without_m = words.strip_prefix(&["m".to_owned()][..]).unwrap_or(&words);
        let mut found = by(Person::named_in_full, &words);
        if found.is_empty() && without_m.len() < words.len() {
            found = by(Person::named_in_full, without_m);
        }
        if found.is_empty() {
            found = by(Person::named_by_given, &words);
        }
        if found.is_empty() && self.by_initials && is_initials(written.trim()) {
            found = by(|person, words| person.initials() == words.concat(), &words);
        }
        if found.is_empty() {
            found = by(Person::named_in_part, &words);
        }
        match found.as_slice() {
            [] => Resolution::Unknown,
            [index] => Resolution::Known(*index),
            _ => Resolution::Ambiguous(found),
        }
    }

    /// The members that the text names without doubt, in order, with the place of the whole name
    /// (civility and first name included).
    pub fn mentions(&self, text: &str) -> Vec<(usize, Span)> {
        let words = words(text);
        let mut found = Vec::new();
        let mut index = 0;
        while index < words.len() {
            match self.mention_at(text, &words, index) {
                Some((person, last, span)) => {
                    found.push((person, span));
                    index = last + 1;
                }
                None => index += 1,
            }
        }
        found
    }

    /// A mention that starts at the word: who, the index of its last word, its place. Longer
    /// ones first: « Solène Doromé » before « Solène ».
    fn mention_at(&self, text: &str, words: &[Word], start: usize) -> Option<(usize, usize, Span)> {
        let first = words.get(start)?;
        let civil = CIVILITIES.contains(&first.folded.as_str());
        if !first.capital && !civil && !self.small_letters {
            return None;
        }
        for count in (1..=5).rev() {
            let Some(run) = words.get(start..start + count) else { continue };
            let joined = run.windows(2).all(|pair| match pair {
                [a, b] => joins(text.get(a.span.end..b.span.start).unwrap_or("\n")),
                _ => true,
            });
            // A civility lets the surname go without a capital.
            let small = |word: &Word| {
                self.small_letters && word.folded.chars().count() > 2 && !is_common(&word.folded)
            };
            if !joined || !(civil || run.iter().all(|word| word.capital || small(word))) {
                continue;
            }
            let last = run.last()?;
            let span = first.span.start..last.span.end;
            let Resolution::Known(person) = self.resolve(text.get(span.clone())?) else { continue };
            let named = self.people.get(person)?;
            let by_surname = run.iter().any(|word| named.surname.contains(&word.folded));
            let initials = self.by_initials && is_initials(text.get(span.clone())?);
            let alone = count == 1 && !by_surname && !initials;
            if alone && self.another_name_follows(text, words, start) {
                return None;
            }
            // An initial is a name only with a surname or a first name.
            if run.iter().all(|word| word.folded.chars().count() == 1) {
                continue;
            }
            return Some((person, start + count - 1, span));
        }
        None
    }

    /// The names that several members may bear (« Michel » where there are two), in order.
    pub fn ambiguous(&self, text: &str) -> Vec<(Vec<usize>, Span)> {
        let words = words(text);
        let known = self.mentions(text);
        let inside =
            |span: &Span| known.iter().any(|(_, k)| k.start <= span.start && span.end <= k.end);
        let mut found = Vec::new();
        for (index, word) in words.iter().enumerate() {
            let written = text.get(word.span.clone()).unwrap_or_default();
            let long = word.folded.chars().count() > 2;
            if !word.capital || !long || inside(&word.span) {
                continue;
            }
            if self.another_name_follows(text, &words, index) {
                continue;
            }
            if let Resolution::Ambiguous(members) = self.resolve(written) {
                found.push((members, word.span.clone()));
            }
        }
        found
    }

    /// The members that a list names one after the other, without commas: `Brunhelle Castillet
    /// M. Doromé`, in any case; nothing when a word of it is no part of a name.
    pub fn listed(&self, text: &str) -> Option<Vec<usize>> {
        let words = words(text);
        let mut found = Vec::new();
        let mut index = 0;
        while index < words.len() {
            let (member, count) = (1..=5).rev().find_map(|count| {
                let (first, last) = (words.get(index)?, words.get(index + count - 1)?);
                let written = text.get(first.span.start..last.span.end)?;
                match self.resolve(written) {
                    Resolution::Known(member) if count > 1 || first.folded.len() > 1 => {
                        Some((member, count))
                    }
                    _ => None,
                }
            })?;
            found.push(member);
            index += count;
        }
        (!found.is_empty()).then_some(found)
    }

    /// The member whose name is one letter away from what is written, for a question to the user.
    pub fn nearest(&self, written: &str) -> Option<&str> {
        let words = words(written);
        let near = self.people.iter().position(|person| {
            person.surname.iter().any(|name| {
                name.len() >= 5 && words.iter().any(|word| one_slip_apart(name, &word.folded))
            })
        })?;
        self.names.get(near).map(String::as_str)
    }

    /// Whether a first name belongs to someone else: « Hélène Mordelan » is not our « Hélène ».
    fn another_name_follows(&self, text: &str, words: &[Word], index: usize) -> bool {
        let (Some(word), next) = (words.get(index), words.get(index + 1)) else { return false };
        let before = text.get(..word.span.start).unwrap_or("");
        let named_after = before.ends_with(['-', '\'', '’']);
        let glued = next.is_some_and(|next| {
            let gap = text.get(word.span.end..next.span.start).unwrap_or("\n");
            next.capital && (gap == " " || gap == "-")
        });
        named_after || glued
    }
}

impl Person {
    fn new(name: &str) -> Self {
        let is_capital =
            |word: &str| word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
        let parts: Vec<&str> = name.split_whitespace().collect();
        let capitals = parts.iter().rev().take_while(|part| is_capital(part)).count();
        let surname_words = if capitals == 0 { 1 } else { capitals };
        let (given, surname) = parts.split_at(parts.len().saturating_sub(surname_words));
        let tokens = |parts: &[&str]| {
            words(&parts.join(" ")).into_iter().map(|word| word.folded).collect::<Vec<_>>()
        };
        Self { given: tokens(given), surname: tokens(surname) }
    }

    /// `YLS` for « Yvonne LE STRADEC », folded.
    fn initials(&self) -> String {
        self.given.iter().chain(&self.surname).filter_map(|name| name.chars().next()).collect()
    }

    /// Named by one part of a double surname or of a double first name.
    fn named_in_part(&self, words: &[String]) -> bool {
        let [rest @ .., last] = words else { return false };
        let long = |name: &&String| name.chars().count() >= 4;
        let by_surname = self.surname.len() > 1
            && self.surname.iter().filter(long).any(|name| name == last)
            && self.given_fits(rest);
        let by_given = self.given.len() > 1
            && rest.is_empty()
            && self.given.first().filter(long).is_some_and(|name| name == last);
        by_surname || by_given
    }

    /// Named by surname, alone or with a first name or initials on either side.
    fn named_in_full(&self, words: &[String]) -> bool {
        if self.surname.is_empty() {
            return false;
        }
        let before = words.strip_suffix(self.surname.as_slice());
        let after = words.strip_prefix(self.surname.as_slice());
        before.is_some_and(|rest| self.given_fits(rest))
            || after.is_some_and(|rest| self.given_fits(rest))
    }

    /// Named by first name, alone or with the initial of the surname.
    fn named_by_given(&self, words: &[String]) -> bool {
        if self.given.is_empty() {
            return false;
        }
        let Some(rest) = words.strip_prefix(self.given.as_slice()) else { return false };
        match rest {
            [] => true,
            [initial] => {
                initial.chars().count() == 1
                    && self.surname.first().is_some_and(|name| name.starts_with(initial.as_str()))
            }
            _ => false,
        }
    }

    /// Whether what stands beside the surname is nothing, the first name or its initials.
    fn given_fits(&self, rest: &[String]) -> bool {
        let initials: String = self.given.iter().filter_map(|name| name.chars().next()).collect();
        let joined = rest.concat();
        rest.is_empty()
            || rest == self.given.as_slice()
            || (!joined.is_empty() && joined == initials)
            || (joined.chars().count() == 1 && initials.starts_with(&joined))
            || (rest.len() == 1 && self.given.first() == rest.first())
    }
}

/// Words that look like names of people, places or bodies: a civility and what follows, initials
/// and a surname, capitalised words that do not open a sentence, and those that do unless they
/// are common words. Acronyms are not names.
pub fn candidate_names(text: &str) -> Vec<Span> {
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        let capital = r"\p{Lu}[\p{L}’']*\p{Ll}[\p{L}]*(?:-\p{L}+)*";
        let surname = format!(r"(?:{capital}|\p{{Lu}}{{2,}}(?:-\p{{Lu}}+)*)");
        Regex::new(&format!(
            r"(?P<civil>\b(?:M\.|MM\.|Mr|Mme|Mmes|Mlle|Monsieur|Madame|mme|mr)[ \u{{a0}}]+(?:\p{{Lu}}\.?[ ]?)?{surname}(?:[ \u{{a0}}-]{surname})*)|(?P<initial>\b\p{{Lu}}{{1,2}}(?:\.-?\p{{Lu}})?\.?[ \u{{a0}}]{capital}(?:[ \u{{a0}}-](?:d['’]|de[ ])?{capital})*)|(?P<plain>\b{capital}(?:[ \u{{a0}}](?:(?:de|du|des|la|le|les)[ \u{{a0}}](?:(?:la|le)[ \u{{a0}}]|l['’])?|d['’]|l['’])?{surname})*(?:[ \u{{a0}}]\p{{Lu}}\.)?)"
        ))
        .expect("the pattern is tested")
    });
    let mut names = Vec::new();
    for captures in NAME.captures_iter(text) {
        let Some(whole) = captures.get(0) else { continue };
        let mut span = whole.range();
        if captures.name("plain").is_some() {
            let first = whole.as_str().split([' ', '\u{a0}']).next().unwrap_or("");
            // « L'assemblée » opens a sentence, « L'Orle » holds a name.
            let bare = first.split_once(['\'', '’']).map_or(first, |(_, rest)| rest);
            let named = bare.starts_with(char::is_uppercase) && !is_common(bare);
            span.start += first.len() - bare.len();
            if !named {
                let rest = whole.as_str().get(first.len()..).unwrap_or("");
                let Some(lead) = rest.find(char::is_uppercase) else { continue };
                span.start = whole.start() + first.len() + lead;
            }
        }
        if span.start < span.end && text.get(span.clone()).is_some() {
            names.push(span);
        }
    }
    names
}

/// Whether a word, capital or not, is a common word of office French rather than a name.
pub(crate) fn is_common(word: &str) -> bool {
    let folded = fold(word);
    let ending = ["tion", "tions", "ment", "ments", "age", "ages", "ite", "ites"];
    COMMON.contains(&folded.as_str())
        || is_calendar(&folded)
        || super::abbreviation::spelled(word).is_some()
        || (folded.len() > 5 && ending.iter().any(|end| folded.ends_with(end)))
}

/// Whether a folded word is a first name.
pub fn is_first_name(folded: &str) -> bool {
    static NAMES: LazyLock<BTreeSet<&str>> =
        LazyLock::new(|| include_str!("first_names.txt").split_whitespace().collect());
    NAMES.contains(folded)
}

/// `YLS`, `G.M.`: two to four capitals and nothing else.
fn is_initials(written: &str) -> bool {
    let letters = written.chars().filter(|c| c.is_alphabetic()).count();
    (2..=4).contains(&letters)
        && written.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-' | ' '))
}

/// Whether two words differ by one letter changed, added or left out.
fn one_slip_apart(first: &str, second: &str) -> bool {
    let (first, second): (Vec<char>, Vec<char>) =
        (first.chars().collect(), second.chars().collect());
    let (long, short) = if first.len() >= second.len() { (first, second) } else { (second, first) };
    if long == short || long.len() > short.len() + 1 {
        return false;
    }
    let start = long.iter().zip(&short).take_while(|(a, b)| a == b).count();
    let end = long.iter().rev().zip(short.iter().rev()).take_while(|(a, b)| a == b).count();
    start + end + 1 >= long.len()
}

fn is_calendar(folded: &str) -> bool {
    is_month(folded) || is_weekday(folded)
}

/// Whether what stands between two words leaves them parts of one name.
fn joins(gap: &str) -> bool {
    matches!(gap, " " | "-" | "." | ". " | ".-" | "'" | "’" | "\u{a0}" | ".\u{a0}")
}

fn words(text: &str) -> Vec<Word> {
    static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"\p{L}+"));
    WORD.find_iter(text)
        .map(|found| Word {
            folded: fold(found.as_str()),
            span: found.range(),
            capital: found.as_str().starts_with(char::is_uppercase),
        })
        .collect()
}

const CIVILITIES: [&str; 8] = ["m", "mm", "mr", "mme", "mmes", "mlle", "monsieur", "madame"];

static COMMON: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| include_str!("common_words.txt").split_whitespace().collect());

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn roster(names: &[&str]) -> Roster {
        let members: Vec<Membre> = names
            .iter()
            .map(|name| Membre { nom: (*name).to_owned(), ..Membre::default() })
            .collect();
        Roster::new(&members)
    }

    fn council() -> Roster {
        roster(&[
            "Odile BRUNHELLE",
            "Marc-Antoine CASTILLET",
            "Solène DOROMÉ",
            "Maëlle LAUTRIQUE",
            "Jean LE BRAZ",
            "Jean QUÉRIMONT",
            "Odette BRUNHELLE",
        ])
    }

    #[test]
    fn members_are_known_by_any_of_their_names() {
        for (written, expected) in [
            ("MA Castillet", Resolution::Known(1)),
            ("M.-A. Castillet", Resolution::Known(1)),
            ("M. Castillet", Resolution::Known(1)),
            ("S Dorome", Resolution::Known(2)),
            ("Mme DOROMÉ", Resolution::Known(2)),
            ("Maëlle L.", Resolution::Known(3)),
            ("solene", Resolution::Known(2)),
            ("J. Le Braz", Resolution::Known(4)),
            ("Jean", Resolution::Ambiguous(vec![4, 5])),
            ("Jean Q.", Resolution::Known(5)),
            ("Brunhelle", Resolution::Ambiguous(vec![0, 6])),
            ("Odile Brunhelle", Resolution::Known(0)),
            ("X. Castillet", Resolution::Unknown),
            ("Castilet", Resolution::Unknown),
            ("", Resolution::Unknown),
        ] {
            assert_eq!(council().resolve(written), expected, "{written}");
        }
    }

    #[test]
    fn mentions_hold_the_whole_name() {
        let text = "Mme Doromé présente ; M.A. Castillet et Maëlle L. votent. Solène Marchal non, rue Solène, Quérimont abs";
        let found: Vec<_> =
            council().mentions(text).into_iter().map(|(i, s)| (i, text[s].to_owned())).collect();
        let expected = [
            (2, "Mme Doromé"),
            (1, "M.A. Castillet"),
            (3, "Maëlle L"),
            (2, "Solène"),
            (5, "Quérimont"),
        ];
        assert_eq!(found, expected.map(|(i, s)| (i, s.to_owned())));
    }

    #[test]
    fn names_are_found_without_a_roster() {
        assert_eq!(roster(&[]).resolve("Riou"), Resolution::Unknown);
        for (text, expected) in [
            ("Riou demande garantie décennale", vec!["Riou"]),
            ("Le Bihan membre du bureau APE", vec!["Bihan"]),
            ("Mme Lucie Tarvier, 3 mois", vec!["Mme Lucie Tarvier"]),
            ("Travaux rue de Kergoat", vec!["Kergoat"]),
            ("Couvertures de l'Orle retenue", vec!["Couvertures de l'Orle"]),
            ("L'assemblée de l'Orle", vec!["Orle"]),
            ("Le conseil approuve. Mardi, réunion DETR", vec![]),
            ("présents : O. Brunhelle, MA Castillet", vec!["O. Brunhelle", "MA Castillet"]),
        ] {
            let found: Vec<_> = candidate_names(text).into_iter().map(|s| &text[s]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn notes_may_name_members_by_initials_alone() {
        let names =
            roster(&["Yvonne LE STRADEC", "Goulven MORZADEC", "Paul-Émile DANVIGNE", "Cid MARTEL"]);
        assert_eq!(names.resolve("GM"), Resolution::Unknown);
        let names = names.with_habits_of("prés YLS GM PED ; CM du 3 mai");
        for (written, expected) in [("YLS", 0), ("GM", 1), ("PED", 2), ("P.-E. D.", 2)] {
            assert_eq!(names.resolve(written), Resolution::Known(expected), "{written}");
        }
        assert_eq!(names.listed("YLS GM PED"), Some(vec![0, 1, 2]));
        let found: Vec<usize> =
            names.mentions("pour : YLS GM PED").into_iter().map(|m| m.0).collect();
        assert_eq!(found, [0, 1, 2]);
    }

    #[test]
    fn notes_may_be_in_small_letters() {
        let names = roster(&["Odile BRUNHELLE", "Luc CASTILLET", "Solène DOROMÉ", "Jean PETIT"]);
        let text = "presents brunhelle castillet dorome\ndorome presente un petit devis";
        assert_eq!(names.mentions(text), []);
        let names = names.with_habits_of(text);
        let found: Vec<usize> = names.mentions(text).into_iter().map(|(i, _)| i).collect();
        assert_eq!(found, [0, 1, 2, 2]);
    }

    #[test]
    fn lists_need_no_commas() {
        let names = council();
        assert_eq!(names.listed("Castillet Doromé M. Lautrique LE BRAZ"), Some(vec![1, 2, 3, 4]));
        assert_eq!(names.listed("Castillet Doromé Inconnu"), None);
        assert_eq!(names.listed(""), None);
    }

    #[test]
    fn two_members_of_one_first_name_are_told() {
        let found: Vec<_> = council()
            .ambiguous("Jean trouve cela cher, Jean Q. aussi ; rue Jean Moulin")
            .into_iter()
            .map(|(members, _)| members)
            .collect();
        assert_eq!(found, [vec![4, 5]]);
    }

    #[test]
    fn half_a_double_name_is_enough_when_it_is_one_members() {
        let names = roster(&["Anne-Marie DUVAL-ROSTIN", "Luc DUVAL"]);
        for (written, expected) in [
            ("Rostin", Resolution::Known(0)),
            ("A. Rostin", Resolution::Known(0)),
            ("Anne", Resolution::Known(0)),
            ("Duval", Resolution::Known(1)),
        ] {
            assert_eq!(names.resolve(written), expected, "{written}");
        }
        assert_eq!(names.nearest("Rostim"), Some("Anne-Marie DUVAL-ROSTIN"));
        assert_eq!(names.nearest("Lambert"), None);
    }

    proptest! {
        #[test]
        fn any_text_gives_valid_spans(text in r"(\PC|[A-Z .'-]|Odile|Doromé){0,40}") {
            for (_, span) in council().mentions(&text) {
                prop_assert!(text.get(span).is_some());
            }
            for span in candidate_names(&text) {
                prop_assert!(text.get(span).is_some());
            }
        }
    }
}
