//! Proxies in notes: who gives, who holds.
//!
//! `X -> pvr à Y`, `X (pouvoir à Y)`, `X représenté par Y`, `procuration de X à Y`, and the other
//! way round: `Y a le pouvoir de X`, `Y (+ X)` among those present.

use std::sync::LazyLock;

use regex::Regex;

use super::attendance::Category;
use super::people::People;
use super::record::Proxy;
use crate::reading::pattern;

const WORD: &str = r"(?:pvrs?|pouvoirs?|procurations?|proc|mandats?|repr[ée]sent[ée]e?s?)";

static GIVER_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)^(.+?)(?:\s*,?\s+(?:(?:est|[ée]tait)\s+)?(?:absente?|abs|exc|excus[ée]e?)\b\.?(?:\s+et\b)?(?:\s*,?\s*(?:il|elle)\b)?)?\s*[,:]?\s*(?:->|-->|=>|→|>|\(|-|–)?\s*(?:(?:abs\w*|exc\w*)\.?\s*,?\s*)?(?:(?:qui\s+)?(?:a\s+|ont\s+|avait\s+|avaient\s+|est\s+|sont\s+)?(?:(?:donn|laiss|remi|confi)\w*\s+)?)?(?:son\s+|sa\s+|un\s+|une\s+|le\s+|par\s+)?\b{WORD}\b\.?\s*(?:donn[ée]e?s?\s+)?(?:à|a|au|par|pour|pr|:|->|=>|→|>|=)?\s*(.+?)\)?$"
    ))
});
static ARROW: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(.+?)\s*(?:->|-->|=>|→|>)\s*(.+)$"));
/// Under « pouvoirs : » the preposition is enough.
static TO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?i:de\s+|d['’])?(.+?)\s*\(?\s*\b(?:à|a|au|pour|par|chez)\s+(.+?)\)?$")
});
static AT_LARGE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(.+?)\s+[àÀ]\s+(.+)$"));
/// « pouvoir de X à Y », « pvr X -> Y ».
static WORD_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)^(?:{WORD})\s*:?\s*(?:de\s+|d['’]\s?)?(.+?)\s*(?:\b(?:à|a|au|pour|par)\b|->|-->|=>|→|>)\s*(.+)$"
    ))
});
static HOLDER_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)^(.+?)\s*[(,:]?\s*(?:a\s+|avec\s+|porte\s+|d[ée]tient\s+|porteu(?:r|se)\s+d\w+\s+|ayant\s+)?(?:(?:le|la|un|une)\s+)?\b{WORD}\s+(?:de|d['’])\s*(.+?)\)?$"
    ))
});
/// « Castillet (+ Grimonet) », « Castillet (pvr Grimonet) »: among those present.
static PLUS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)^([^(]+?)\s*\(\s*(?:\+|{WORD}\s*:?|\+\s*{WORD}\s*(?:de\s+|d['’])?)\s*([^()]+)\)$"
    ))
});
static NONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:pas|sans|aucun)\s+(?:de\s+|d['’])?(?:pouvoir|pvr|procuration)")
});
static SPEAKS: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"(?i)\b{WORD}\b")));

/// Whether the words speak of a proxy at all.
pub fn named(segment: &str) -> bool {
    SPEAKS.is_match(segment)
}

/// The proxy that a segment of a list tells; how much has to be said depends on the list.
pub fn read(segment: &str, category: Category, people: &People<'_>) -> Option<Proxy> {
    let (giver, holder) = both(segment, category)?;
    let clean = |words: &str| {
        let words = words.trim_end_matches(['(', ' ', '-', ':', ',']);
        if category == Category::Represented { people.listed(words) } else { people.named(words) }
    };
    // « guilvanne a prévenu qu'il ne vient pas, procuration à … »
    let among = |words: &str| match people.roster.mentions(words).as_slice() {
        [(member, _)] if words.split_whitespace().count() > 3 => {
            Some(people.roster.full_name(*member).to_owned())
        }
        _ => None,
    };
    let giver = among(&giver).or_else(|| clean(&giver))?;
    Some(Proxy { giver, holder: clean(&holder)? })
}

/// Whether the holder is named first, who is then present.
pub fn holder_first(segment: &str, category: Category, people: &People<'_>) -> bool {
    let Some((_, holder)) = both(segment, category) else { return false };
    let named = people.named(segment.split(['(', ',']).next().unwrap_or_default());
    named.is_some() && named == people.named(&holder)
}

/// The words of the two names, for a look at each.
pub fn words(segment: &str, people: &People<'_>) -> Option<(String, String)> {
    [Category::Represented, Category::Present]
        .into_iter()
        .find(|category| read(segment, *category, people).is_some())
        .and_then(|category| both(segment, category))
}

/// Giver and holder, as written.
fn both(segment: &str, category: Category) -> Option<(String, String)> {
    if NONE.is_match(segment) {
        return None;
    }
    let pair = |found: regex::Captures<'_>, giver: usize, holder: usize| {
        Some((found.get(giver)?.as_str().to_owned(), found.get(holder)?.as_str().to_owned()))
    };
    if let Some(found) = WORD_FIRST.captures(segment) {
        return pair(found, 1, 2);
    }
    if let Some(found) = HOLDER_FIRST.captures(segment) {
        return pair(found, 2, 1);
    }
    if category == Category::Present
        && let Some(found) = PLUS.captures(segment)
        && !found.get(2).is_some_and(|m| preposition(m.as_str()))
    {
        return pair(found, 2, 1);
    }
    if let Some(found) = GIVER_FIRST.captures(segment) {
        return pair(found, 1, 2);
    }
    let away = category != Category::Present;
    if away && let Some(found) = ARROW.captures(segment) {
        return pair(found, 1, 2);
    }
    match category {
        Category::Represented => TO.captures(segment).and_then(|found| pair(found, 1, 2)),
        Category::Excused | Category::Absent => {
            AT_LARGE.captures(segment).and_then(|found| pair(found, 1, 2))
        }
        Category::Present => None,
    }
}

fn preposition(words: &str) -> bool {
    ["à ", "a ", "au ", "par "].iter().any(|p| words.starts_with(p))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::{Membre, Office};
    use crate::reading::name::Roster;

    fn told(segment: &str, category: Category) -> Option<(String, String)> {
        let members: Vec<Membre> = ["Ada VERNIER", "Ève OSTIN", "Luc TALMONT"]
            .map(|nom| Membre { nom: nom.into(), ..Membre::default() })
            .into();
        let (roster, office) = (Roster::new(&members), Office::default());
        let people = People::new(&roster, &office);
        read(segment, category, &people).map(|p| (p.giver, p.holder))
    }

    #[test]
    fn proxies_are_read_as_people_type_them() {
        for segment in [
            "Ostin -> pvr à Vernier",
            "Ostin (pouvoir à Vernier)",
            "Ostin (pvr Vernier)",
            "Ostin, pouvoir à A. Vernier",
            "Ostin excusée pouvoir a vernier",
            "Ostin (exc, pouvoir à Vernier)",
            "Ostin excusée (pouvoir à Vernier)",
            "Ostin donne pouvoir à Ada",
            "Mme Ostin a donné procuration à Mme Vernier",
            "Ostin représentée par Vernier",
            "pouvoir de Ostin à Vernier",
            "pouvoir d'Ostin à Vernier",
            "pvr Ostin -> Vernier",
            "procuration : Ostin > Vernier",
            "Vernier a le pouvoir de Ostin",
            "Vernier (pouvoir d'Ostin)",
            "Vernier porte la procuration d'Ostin",
            "Ostin -> Vernier",
            "Ostin proc à Vernier",
        ] {
            let expected = Some(("Ève OSTIN".to_owned(), "Ada VERNIER".to_owned()));
            assert_eq!(told(segment, Category::Excused), expected, "{segment}");
        }
    }

    #[test]
    fn how_much_is_said_depends_on_the_list() {
        let yes = Some(("Ève OSTIN".to_owned(), "Ada VERNIER".to_owned()));
        for (segment, category, expected) in [
            ("Ostin à Vernier", Category::Represented, yes.clone()),
            ("Ostin par Vernier", Category::Represented, yes.clone()),
            ("Ostin (par Vernier)", Category::Represented, yes.clone()),
            ("Vernier (+ Ostin)", Category::Present, yes.clone()),
            ("Vernier (pvr Ostin)", Category::Present, yes.clone()),
            ("Ostin (pouvoir à Vernier)", Category::Present, yes),
            ("Ostin à Vernier", Category::Present, None),
            ("Ostin exc. pas de pvr", Category::Excused, None),
            ("Ostin", Category::Represented, None),
        ] {
            assert_eq!(told(segment, category), expected, "{segment}");
        }
    }
}
