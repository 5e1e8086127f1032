//! How clauses spell what the notes shorten: members by their full names, the mayor's title, changes of
//! value, leader dots, the capitals and apostrophes that a phone leaves out.

use std::sync::LazyLock;

use regex::Regex;

use super::Reader;
use crate::french;
use crate::notes::Span;
use crate::reading::{fold, pattern};
use crate::task::minutes::person::is_first_name;
use crate::task::wording;

static MAYOR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:mme|madame|m\.|mr\.?|monsieur)\s+l[ea]\s+maire\b"));
static CIVILITY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:Mmes?|MM?\.|M|Mr|Mlle|Madame|Monsieur)\s+"));

impl Reader<'_> {
    /// « Mme le maire » as the office says it.
    pub(super) fn with_titles(&self, text: &str) -> String {
        match &self.office.conseil.titre_maire {
            Some(title) => MAYOR.replace_all(text, title.as_str()).into_owned(),
            None => text.to_owned(),
        }
    }

    /// Members by their full name, as the office sheet spells it.
    pub fn with_names(&self, text: &str) -> String {
        let mut out = text.to_owned();
        let mut mentions = self.roster.mentions(text);
        mentions.sort_by_key(|(_, span)| span.start);
        for (member, mut span) in mentions.into_iter().rev() {
            if is_firm(text, &span) {
                continue;
            }
            let name = self.roster.full_name(member);
            // The dot of « Ève O. » goes with the initial.
            let initial = text.get(span.clone()).is_some_and(|written| {
                written.rsplit(' ').next().is_some_and(|last| last.chars().count() == 1)
            });
            let dotted = |rest: &str| rest.starts_with(". ") || rest.starts_with(".,");
            if initial && text.get(span.end..).is_some_and(dotted) {
                span.end += 1;
            }
            // A civility that the notes give stays.
            let written = text.get(span.clone()).unwrap_or_default();
            let own = CIVILITY.is_match(name);
            let civility = CIVILITY.find(written).filter(|_| !own).map_or("", |m| m.as_str());
            let named = format!("{civility}{name}");
            // « le père d'Ostin » is « le père de Luc OSTIN ».
            let vowel = fold(&named).starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h']);
            let before = out.get(..span.start).unwrap_or_default();
            let elided = before.ends_with(" d'") || before.ends_with(" d’");
            let (from, link) = match (elided, vowel) {
                (true, false) => (before.trim_end_matches(['\'', '’']).len() - 1, "de "),
                (false, true) if before.ends_with(" de ") => (before.len() - 3, "d’"),
                _ => (span.start, ""),
            };
            out.replace_range(from..span.end, &format!("{link}{named}"));
        }
        out
    }
}

/// Whether a name is that of a firm: « devis Talmont », « Talmont Frères ».
fn is_firm(text: &str, span: &Span) -> bool {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:devis|entreprises?|soci[ée]t[ée]|sarl|sas|eurl|ets|[ée]tablissements|garage|menuiserie|ma[çc]onnerie|transports|cabinet)\s+$",
        )
    });
    static AFTER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^\s+(?:et\s+|&\s+)?(?i:fr[èe]res|fils|p[èe]re\s+et|sarl|sas|eurl|tp|btp|b[âa]timent|associ[ée]s|constructions?)\b",
        )
    });
    BEFORE.is_match(text.get(..span.start).unwrap_or_default())
        || AFTER.is_match(text.get(span.end..).unwrap_or_default())
}

/// « l asso », « d arpentage »: the apostrophes that a phone's small letters leave out.
pub(super) fn with_apostrophes(text: &str) -> String {
    static ELIDED: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(^|[\s(])([ldnsjc]|qu)\s([aeéèêiîouœ]\p{Ll}+)"));
    ELIDED.replace_all(text, "$1$2'$3").into_owned()
}

/// « Football ........ 1 200 »: dots that lead to a value.
pub(super) fn with_leaders(text: &str) -> String {
    static LEADERS: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\s+(?:\.{2,}|…+|_{2,})\s*(\d)|\.{4,}\s*(\d)"));
    LEADERS.replace_all(text, " : $1$2").into_owned()
}

/// First names that notes without capitals name, with theirs; those that are words stay.
pub(super) fn with_capitals(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c: char| !(c.is_alphabetic() || c == '-')) {
        let word = piece.trim_end_matches(|c: char| !c.is_alphabetic());
        let given = |part: &str| is_first_name(&fold(part)) && !french::is_word(part);
        let small = word.chars().next().is_some_and(char::is_lowercase);
        if small && word.split('-').all(given) {
            let parts: Vec<String> = word.split('-').map(wording::capital).collect();
            out.push_str(&parts.join("-"));
        } else {
            out.push_str(word);
        }
        out.push_str(piece.get(word.len()..).unwrap_or_default());
    }
    out
}

/// A change of value in words: « 22 -> 24 € » is « passage de 22 à 24 € », never a range.
pub(super) fn with_changes(clause: &str) -> String {
    static CHANGE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)(\bde\s+)?(\d+(?:[.,]\d+)?(?:\s*€)?)\s*(?:-->|->|=>|→)\s*(\d+(?:[.,]\d+)?)")
    });
    CHANGE
        .replace_all(clause, |found: &regex::Captures<'_>| {
            // « 97,85 -> 2207,45 » is a sum, not a change.
            let value =
                |text: &str| text.replace(',', ".").trim_end_matches([' ', '€']).parse::<f64>();
            let near = match (value(&found[2]), value(&found[3])) {
                (Ok(old), Ok(new)) => old < 3.0 * new && new < 3.0 * old,
                _ => false,
            };
            if !near {
                return found[0].to_owned();
            }
            let starts = found.get(0).is_some_and(|m| clause[..m.start()].trim().is_empty());
            let lead = if starts { "passage de " } else { "de " };
            format!("{lead}{} à {}", &found[2], &found[3])
        })
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn firms_and_leaders_are_read_as_meant() {
        for (text, firm) in [
            ("devis Talmont : 900", true),
            ("Talmont Frères 900", true),
            ("Talmont présente le devis", false),
        ] {
            let at = text.find("Talmont").unwrap();
            assert_eq!(is_firm(text, &(at..at + 7)), firm, "{text}");
        }
        assert_eq!(with_leaders("Judo ...... 1 200"), "Judo : 1 200");
        assert_eq!(with_leaders("Chorale .. 90"), "Chorale : 90");
        assert_eq!(with_leaders("Ada... 90"), "Ada... 90");
        assert_eq!(
            with_apostrophes("bail de l asso, parcelle c 41, n hésite pas d autant"),
            "bail de l'asso, parcelle c 41, n hésite pas d'autant"
        );
    }

    #[test]
    fn a_change_of_value_is_no_range() {
        let table = [
            ("22 -> 24 €", "passage de 22 à 24 €"),
            ("prix passe de 3,60 -> 3,85", "prix passe de 3,60 à 3,85"),
            ("extérieurs 4,50 -> 4,75", "extérieurs de 4,50 à 4,75"),
            ("total -> 12", "total -> 12"),
            ("divers 97,85 -> 2207,45", "divers 97,85 -> 2207,45"),
        ];
        for (clause, expected) in table {
            assert_eq!(with_changes(clause), expected, "{clause}");
        }
    }
}
