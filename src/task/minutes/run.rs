//! Names in a row, with nothing between them: « Ada Vernier Luc Talmont les 2 Ostin (Ève et Paul) ».
//!
//! Without a sheet nothing says where one name ends but that people are named by a first name and a
//! surname; a row that does not come out even is left alone.

use std::sync::LazyLock;

use regex::Regex;

use super::person::is_first_name;
use crate::reading::{fold, pattern};

/// Somebody of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// First name and surname.
    pub(super) name: String,
    /// What they are called, where the name stands in brackets after it.
    pub(super) short: Option<String>,
}

/// The people of a row of four words at least; nothing when it is no such row.
pub(super) fn names(list: &str) -> Option<Vec<Named>> {
    static COUPLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?i:les\s+(?:\d|deux|trois)?\s*)(\p{Lu}[\p{L}'’-]+)\s*\((\p{Lu}[\p{L}-]+)(?:\s*,\s*(\p{Lu}[\p{L}-]+))?\s*(?:et|,|&|\+)\s*(\p{Lu}[\p{L}-]+)\)",
        )
    });
    static CALLED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^(\p{Lu}[\p{L}-]+)\s*\((\p{Lu}[\p{L}-]+\s+\p{Lu}[\p{L}'’ -]+)\)")
    });
    static PERSON: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(\p{Lu}[\p{L}-]+)\s+((?:(?:ben|bin|el|al|de\s+la|de|du|des|le|la|van|von|d['’])\s*)*\p{Lu}[\p{L}'’-]+)",
        )
    });
    if list.contains([',', ';', '/', ':']) {
        return None;
    }
    let mut found = Vec::new();
    let mut given = 0;
    let mut rest = list.trim().trim_end_matches('.');
    while !rest.is_empty() {
        let (end, first) = if let Some(couple) = COUPLE.captures(rest) {
            let surname = couple.get(1)?.as_str();
            for first in [couple.get(2), couple.get(3), couple.get(4)].into_iter().flatten() {
                found.push(Named { name: format!("{} {surname}", first.as_str()), short: None });
            }
            (couple.get(0)?.end(), couple.get(2)?.as_str())
        } else if let Some(called) = CALLED.captures(rest) {
            let name = called.get(2)?.as_str().to_owned();
            found.push(Named { name, short: Some(called.get(1)?.as_str().to_owned()) });
            (called.get(0)?.end(), called.get(2)?.as_str().split(' ').next()?)
        } else {
            let person = PERSON.captures(rest)?;
            let name = format!("{} {}", person.get(1)?.as_str(), person.get(2)?.as_str());
            found.push(Named { name, short: None });
            (person.get(0)?.end(), person.get(1)?.as_str())
        };
        given += usize::from(first.split('-').all(|part| is_first_name(&fold(part))));
        rest = rest.get(end..)?.trim_start();
        let joined = rest.strip_prefix("et ").or_else(|| rest.strip_prefix("+ "));
        rest = joined.unwrap_or(rest).trim_start();
    }
    // Surnames alone come out even as well.
    (found.len() > 1 && given * 2 >= found.len()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_a_row_are_told_apart() {
        let told = |list: &str| {
            names(list).map(|all| all.into_iter().map(|n| n.name).collect::<Vec<_>>().join(", "))
        };
        for (list, expected) in [
            (
                "Lulu (Lucienne Vernier) Paul Talmont  Alice ben Ostin les 2 Noval (Marc et Julie)",
                Some("Lucienne Vernier, Paul Talmont, Alice ben Ostin, Marc Noval, Julie Noval"),
            ),
            ("Vernier Talmont Ostin Noval", None),
            ("Paul Talmont Alice", None),
            ("Paul Talmont, Alice Ostin", None),
            ("Paul Talmont", None),
        ] {
            assert_eq!(told(list).as_deref(), expected, "{list}");
        }
    }
}
