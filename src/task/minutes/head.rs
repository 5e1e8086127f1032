//! Where the title of an item ends in the line that opens it, when no colon says so.
//!
//! People set a title apart by capitals (« BUDGET 2027 équilibré à … »), by a wide space (« bureau
//! Ada reste présidente »), by an equals or exclamation mark, or only go on with a bracket or a
//! comma. What comes out is the title and where what is said of it begins.

use std::sync::LazyLock;

use regex::Regex;

use crate::reading::{Fact, facts, pattern};
use crate::task::expand::surely_has_verb;

/// Words that a title has at most.
const LONGEST: usize = 9;

/// A title typed in capitals before what is said of it in small letters: « TARIFS SALLE au 1er
/// septembre 120 € ». A year or a number between two words of it belongs to it.
pub(super) fn shouted(text: &str) -> Option<(&str, usize)> {
    let mut end = 0;
    let mut letters = 0;
    let mut longest = 0;
    for (at, word) in words(text) {
        let bare: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
        let year = word.len() == 4 && word.starts_with("20") && word.parse::<u16>().is_ok();
        if bare.is_empty() {
            if year && letters > 0 && end + 1 >= at {
                end = at + word.len();
            } else if !word.chars().all(|c| c.is_ascii_digit()) {
                break;
            }
            continue;
        }
        if bare.iter().any(|c| c.is_lowercase()) || word.ends_with(',') && letters == 0 {
            break;
        }
        letters += bare.len();
        longest = longest.max(bare.len());
        end = at + word.len();
        if word.ends_with([',', '.', ':', ';']) {
            break;
        }
    }
    let title = text.get(..end)?.trim_end_matches([',', '.', ':', ';', ' ']);
    let rest = text.get(end..)?;
    let said = rest.chars().find(|c| c.is_alphanumeric());
    // An acronym or an initial opens a sentence as well as a title.
    let set_apart = longest >= 4 && letters >= 4;
    (set_apart
        && title.split_whitespace().count() <= LONGEST
        && said.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit()))
    .then(|| (title, end + rest.len() - rest.trim_start_matches([' ', ':', '-', '–']).len()))
}

/// A title before a wide space: « QD   vœux du maire le 15 janvier ».
pub(super) fn before_gap(text: &str) -> Option<(&str, usize)> {
    static GAP: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(\p{L}[^\s\d:=]*(?: [^\s\d:=]+){0,4})(?: {2,}|\t+)(\S.*)$"));
    let found = GAP.captures(text)?;
    Some((found.get(1)?.as_str(), found.get(2)?.start()))
}

/// A title before an equals or exclamation mark: « chien du gardien = en laisse ».
pub(super) fn before_mark(text: &str) -> Option<(&str, usize)> {
    let (at, mark) = text.match_indices([':', '=', '!', '?', '.', ',']).next()?;
    if !matches!(mark, "=" | "!") {
        return None;
    }
    let title = text.get(..at)?.trim();
    let rest = text.get(at + 1..)?;
    (is_title(title) && rest.starts_with(' ') && !rest.trim().is_empty())
        .then(|| (title, text.len() - rest.trim_start().len()))
}

/// A title that a bracket or a comma ends: « loyer du four communal, on baisse à 390 € ».
pub(super) fn nominal(text: &str) -> Option<(&str, usize)> {
    // « 1,80 » holds no pause.
    let digit = |text: Option<&str>, first: bool| {
        let letter =
            text.and_then(|t| if first { t.chars().next() } else { t.chars().next_back() });
        letter.is_some_and(|c| c.is_ascii_digit())
    };
    let (at, _) = text.match_indices(['(', ',', '=', ';']).find(|(at, mark)| {
        *mark != "," || !(digit(text.get(..*at), false) && digit(text.get(at + 1..), true))
    })?;
    let open = text.get(at..)?.starts_with('(');
    let end = if open { at + text.get(at..)?.find(')')? + 1 } else { at };
    let title = text.get(..at)?.trim();
    let rest = text.get(end..)?;
    let begins = text.len() - rest.trim_start_matches([',', ':', '=', ';', '-', ' ']).len();
    // The bracket says who presents the matter: it stays with the title.
    let whole = text.get(..if open { end } else { at })?.trim();
    (is_title(title) && title.split_whitespace().count() > 1 && begins < text.len())
        .then_some((whole, begins))
}

/// Whether words may be a title: few, without an amount, a vote or a verb.
pub(super) fn is_title(words: &str) -> bool {
    let count = words.split_whitespace().count();
    let counted = facts(words).iter().any(|f| {
        matches!(f.fact, Fact::Amount(_) | Fact::Percent(_) | Fact::Hour(_) | Fact::Phone(_))
    });
    (1..=LONGEST).contains(&count)
        && words.starts_with(char::is_alphanumeric)
        && words.chars().filter(|c| c.is_alphabetic()).count() > 1
        && !counted
        && !speaks(words)
        && !surely_has_verb(words)
}

/// Whether the words are somebody doing or saying something: « on », « il », « je ».
fn speaks(words: &str) -> bool {
    const SUBJECTS: [&str; 9] = ["on", "il", "elle", "ils", "elles", "je", "j'ai", "j’ai", "c'est"];
    words.split_whitespace().any(|word| SUBJECTS.contains(&word.to_lowercase().as_str()))
}

/// The words of a text with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(' ')
        .scan(0, |at, word| {
            let place = *at;
            *at += word.len() + 1;
            Some((place, word))
        })
        .filter(|(_, word)| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(found: Option<(&str, usize)>, text: &str) -> Option<(String, String)> {
        found.map(|(title, at)| (title.to_owned(), text[at..].to_owned()))
    }

    #[test]
    fn capitals_set_a_title_apart() {
        let table = [
            ("BUDGET 2027 équilibré à 900 €", Some(("BUDGET 2027", "équilibré à 900 €"))),
            ("TARIFS DU GÎTE au 1er mai", Some(("TARIFS DU GÎTE", "au 1er mai"))),
            ("COTIS 12 -> 15 €", Some(("COTIS", "12 -> 15 €"))),
            ("PV DU 10 AVRIL ok", Some(("PV DU 10 AVRIL", "ok"))),
            ("RD 12 deux plateaux", None),
            ("M. Talmont présente", None),
            ("TRAVAUX", None),
            ("Budget voté", None),
        ];
        for (text, expected) in table {
            let expected = expected.map(|(a, b)| (a.to_owned(), b.to_owned()));
            assert_eq!(cut(shouted(text), text), expected, "{text}");
        }
    }

    #[test]
    fn marks_and_spaces_set_a_title_apart() {
        type Cut = fn(&str) -> Option<(&str, usize)>;
        type Row<'a> = (Cut, &'a str, Option<(&'a str, &'a str)>);
        let table: [Row<'_>; 10] = [
            (before_gap, "bureau  Ada reste présidente", Some(("bureau", "Ada reste présidente"))),
            (before_gap, "on a  parlé de tout", Some(("on a", "parlé de tout"))),
            (before_gap, "12  pour", None),
            (
                before_mark,
                "portail du fond = fermé la nuit",
                Some(("portail du fond", "fermé la nuit")),
            ),
            (before_mark, "total dû = 12", Some(("total dû", "12"))),
            (before_mark, "eau 12 € = trop", None),
            (nominal, "loyer du four, on baisse", Some(("loyer du four", "on baisse"))),
            (nominal, "abri bus (Talmont) 1 200 HT", Some(("abri bus (Talmont)", "1 200 HT"))),
            (nominal, "on a dit, enfin", None),
            (nominal, "eau du lac de 1,20 au litre", None),
        ];
        for (find, text, expected) in table {
            let expected = expected.map(|(a, b)| (a.to_owned(), b.to_owned()));
            assert_eq!(cut(find(text), text), expected, "{text}");
        }
    }
}
