//! Who the notes mean: members as the office sheet spells them, the mayor by the office, the
//! writer by « moi »; the town clerk, who is no member; others as written.

use std::sync::LazyLock;

use regex::Regex;

use super::person::is_first_name;
use crate::office::Office;
use crate::reading::name::{Resolution, Roster, is_common};
use crate::reading::{fold, pattern};

static CIVILITY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^(?:mmes?|mm\.?|m\.|mr\.?|mlle|monsieur|madame)\s+"));
static MAYOR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^(?:(?:mme|madame|m\.?|mr\.?|monsieur)\s+)?(?:l[ea]\s+)?maire\b")
});
/// « moi », « moi-même », « je », and nothing else that is a word.
static ME: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^(?:moi(?:[- ]m[êe]me)?|je|j['’])$"));

/// The people a line may name.
pub struct People<'a> {
    /// Members by name.
    pub roster: &'a Roster,
    /// The office sheet.
    pub office: &'a Office,
    /// Who wrote the notes, once that is known.
    pub me: Option<String>,
    /// The notes are typed without capitals.
    pub small_letters: bool,
}

/// What stands in for the writer of the notes until the writer is known.
pub const ME_UNKNOWN: &str = "moi";

impl<'a> People<'a> {
    /// With nothing known of the writer.
    pub fn new(roster: &'a Roster, office: &'a Office) -> Self {
        Self { roster, office, me: None, small_letters: false }
    }

    /// Whether the words name the town clerk.
    pub fn is_clerk(&self, words: &str) -> bool {
        let folded = fold(words);
        let role = [
            "secretaire de mairie",
            "secr de mairie",
            "secr. de mairie",
            "secretaire mairie",
            "dgs",
        ];
        if role.iter().any(|r| folded.contains(r)) {
            return true;
        }
        let Some(clerk) = &self.office.personnel.secretaire_de_mairie else { return false };
        let member = matches!(self.roster.resolve(words), Resolution::Known(_));
        let clerk =
            Roster::new(&[crate::office::Membre { nom: clerk.clone(), ..Default::default() }]);
        !member && matches!(clerk.resolve(words), Resolution::Known(_))
    }

    /// A person's name: as the office sheet spells it, otherwise as written.
    pub fn named(&self, words: &str) -> Option<String> {
        let words = bare(words);
        if ME.is_match(words) {
            return Some(self.me.clone().unwrap_or_else(|| ME_UNKNOWN.to_owned()));
        }
        if MAYOR.is_match(words)
            && words.split_whitespace().count() <= 3
            && let Some(mayor) = &self.office.conseil.maire
        {
            return Some(mayor.clone());
        }
        person(words, self.roster)
    }

    /// A name in a list of names, where notes without capitals have some too.
    pub fn listed(&self, words: &str) -> Option<String> {
        self.named(words).or_else(|| {
            let words = bare(words);
            let named = self.small_letters
                && !words.is_empty()
                && words.split_whitespace().count() <= 4
                && words.chars().all(|c| c.is_alphabetic() || " -'’".contains(c))
                && words.split_whitespace().all(|w| !is_common(w));
            named.then(|| in_capitals(words))
        })
    }

    /// A member of the sheet, or of the attendance when there is no sheet; nobody else.
    pub fn member(&self, words: &str) -> Option<String> {
        let words = bare(words);
        let known = match self.roster.resolve(words) {
            Resolution::Known(member) => Some(self.roster.full_name(member).to_owned()),
            _ => None,
        };
        known.or_else(|| {
            let named = self.named(words)?;
            (named == ME_UNKNOWN || self.roster.names().contains(&named)).then_some(named)
        })
    }

    /// Whether the name is written of nobody in particular that the sheet knows.
    pub fn unknown(&self, words: &str) -> bool {
        !ME.is_match(bare(words))
            && !MAYOR.is_match(bare(words))
            && matches!(
                self.roster.resolve(bare(words)),
                Resolution::Unknown | Resolution::Ambiguous(_)
            )
    }
}

/// `claire fontvieille` → « Claire Fontvieille ».
fn in_capitals(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut opens = true;
    for c in words.chars() {
        if opens {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        opens = !c.is_alphabetic();
    }
    out
}

/// The words without what surrounds them.
fn bare(words: &str) -> &str {
    words.trim().trim_matches(['(', ')', ',', '.', ';', ':', '-', '*', '•', '–', '>']).trim()
}

/// A person's name: as the office sheet spells it, otherwise as written.
pub fn person(words: &str, roster: &Roster) -> Option<String> {
    let words = bare(words);
    if let Resolution::Known(member) = roster.resolve(words) {
        return Some(roster.full_name(member).to_owned());
    }
    let without = CIVILITY.replace(words, "");
    let named = without.chars().next().is_some_and(char::is_uppercase)
        && without.split_whitespace().count() <= 5
        && !without.chars().any(|c| c.is_ascii_digit());
    if !named {
        return None;
    }
    // « Rostagnou (adjointe) » still names the member.
    if let Some((member, _)) = roster.mentions(words).first() {
        return Some(roster.full_name(*member).to_owned());
    }
    Some(words.to_owned())
}

/// The segments of a list of names: cut at commas, slashes, « et », « + » outside brackets, and at
/// dashes where nothing but dashes separates.
pub fn split(list: &str) -> Vec<&str> {
    let mut cuts = Vec::new();
    let mut depth = 0_usize;
    for (at, c) in list.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | ';' | '/' | '\n' | '·' | '|' if depth == 0 => cuts.push((at, at + c.len_utf8())),
            ' ' if depth == 0 => {
                let rest = &list[at..];
                if let Some(word) =
                    [" et ", " + ", " ainsi que ", " & "].iter().find(|w| rest.starts_with(**w))
                {
                    cuts.push((at, at + word.len() - 1));
                }
            }
            _ => {}
        }
    }
    if cuts.is_empty() {
        let dashes: Vec<(usize, usize)> = [" - ", " – "]
            .iter()
            .flat_map(|d| list.match_indices(d).map(|(at, d)| (at, at + d.len())))
            .collect();
        let folded = fold(list);
        if dashes.len() >= 2 && !["pouvoir", "pvr", "proc"].iter().any(|w| folded.contains(w)) {
            cuts = dashes;
        }
        cuts.sort_unstable();
    }
    let mut parts = Vec::with_capacity(cuts.len() + 1);
    let mut start = 0;
    for (from, to) in cuts {
        if let Some(part) = list.get(start..from) {
            parts.push(part);
        }
        start = to;
    }
    parts.extend(list.get(start..));
    parts
        .into_iter()
        .map(|s| s.trim().trim_end_matches('.').trim())
        .filter(|s| !s.is_empty())
        .collect()
}

/// Segments of a list; what goes on with a name (« Dupont, pouvoir à Martin ») stays with it.
pub(super) fn segments(list: &str) -> Vec<String> {
    static GOES_ON: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:qui\s+|ils?\s+|elles?\s+)?(?:a\s+|ont\s+)?(?:donn\w*|pouvoir|pvr|procuration|proc\b|repr[ée]sent\w*|excus\w*|exc\b|abs\b|absente?s?|arriv\w*|sans\s+pouvoir|pas\s+de)\b",
        )
    });
    let mut out: Vec<String> = Vec::new();
    for part in split(list) {
        match out.last_mut() {
            Some(last) if GOES_ON.is_match(part) => {
                last.push_str(", ");
                last.push_str(part);
            }
            _ => out.push(part.to_owned()),
        }
    }
    out
}

/// « Parmentelle Solange » → « Solange Parmentelle », where only the second is a first name;
/// surnames in capitals tell their place themselves.
pub(super) fn surname_last(name: &str) -> String {
    let civility = CIVILITY.find(name).map_or("", |m| m.as_str());
    let words: Vec<&str> = name[civility.len()..].split_whitespace().collect();
    let first_name = |word: &str| word.split('-').all(|part| is_first_name(&fold(part)));
    match words.as_slice() {
        [surname @ .., given]
            if !surname.is_empty()
                && first_name(given)
                && !first_name(surname[0])
                && given.chars().any(char::is_lowercase) =>
        {
            format!("{civility}{given} {}", surname.join(" "))
        }
        _ => name.to_owned(),
    }
}

/// Whether the words are more than a civility.
pub(super) fn holds_name(words: &str) -> bool {
    let words = format!("{} ", words.trim());
    let name = &words[CIVILITY.find(&words).map_or(0, |m| m.end())..];
    name.chars().any(char::is_alphabetic)
}

/// Whether the words are the mayor's office and no name.
pub(super) fn is_the_mayor(words: &str) -> bool {
    MAYOR.find(words).is_some_and(|found| found.end() == words.len())
}

/// Whether a segment may be a name: a capital first, four words at most.
pub(super) fn looks_like_name(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase) && text.split_whitespace().count() <= 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::{Conseil, Membre, Personnel};

    fn office() -> Office {
        let membres: Vec<Membre> = ["Ada VERNIER", "Luc TALMONT"]
            .map(|nom| Membre { nom: nom.into(), ..Membre::default() })
            .into();
        Office {
            conseil: Conseil { maire: Some("Ada VERNIER".into()), membres, ..Conseil::default() },
            personnel: Personnel { secretaire_de_mairie: Some("Cid NOVAL".into()) },
            ..Office::default()
        }
    }

    #[test]
    fn people_are_known_by_name_or_office() {
        let office = office();
        let roster = Roster::new(&office.conseil.membres);
        let people = People { me: Some("Luc TALMONT".into()), ..People::new(&roster, &office) };
        for (words, expected) in [
            ("A. Vernier", Some("Ada VERNIER")),
            ("Mme le maire", Some("Ada VERNIER")),
            ("la maire", Some("Ada VERNIER")),
            ("moi", Some("Luc TALMONT")),
            ("Zoé Inconnue", Some("Zoé Inconnue")),
            ("le public", None),
        ] {
            assert_eq!(people.named(words).as_deref(), expected, "{words}");
        }
        assert_eq!(people.member("Zoé Inconnue"), None);
        for (words, clerk) in
            [("Cid N.", true), ("Noval", true), ("C. Roy, DGS", true), ("Luc", false)]
        {
            assert_eq!(people.is_clerk(words), clerk, "{words}");
        }
    }

    #[test]
    fn lists_are_cut_outside_brackets() {
        let table: [(&str, &[&str]); 6] = [
            ("A, B et C", &["A", "B", "C"]),
            ("A (excusé, pouvoir à B), C", &["A (excusé, pouvoir à B)", "C"]),
            ("A / B/C ; D + E", &["A", "B", "C", "D", "E"]),
            ("Roy - Noval - Talmont", &["Roy", "Noval", "Talmont"]),
            ("Roy - pouvoir à Noval", &["Roy - pouvoir à Noval"]),
            ("", &[]),
        ];
        for (list, expected) in table {
            assert_eq!(split(list), expected, "{list}");
        }
    }
}
