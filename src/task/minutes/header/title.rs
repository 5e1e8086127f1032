//! What the first lines call the meeting and the body that meets.

use std::sync::LazyLock;

use regex::Regex;

use super::Header;
use crate::reading::{facts, fold, pattern};
use crate::task::minutes::record::{Kind, Meeting};
use crate::task::wording;

static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:notes?\s+|cr\s+|compte[- ]rendu\s+|proc[èe]s[- ]verbal\s+|pv\s+|s[ée]ance\s+)*(?:de\s+(?:la\s+)?|du\s+)?(cm|conseil(?:\s+municipal)?|age|ago|ag|assembl[ée]e(?:\s+g[ée]n[ée]rale)?(?:\s+(?:extra)?ordinaire)?|r[ée]union|ca|bureau|commission|comit[ée]|notes|pv|cr)\b",
    )
});
/// « Association "Les Amis du Moulin" ».
static BODY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"(?i)^(?:l['’]\s?)?association\s*:?\s*[«"“]\s*([^«»"“”]+?)\s*[»"”]$"#)
});
/// « MONTFAUBERT-LE-VIEUX (00830) », alone on its line.
static TOWN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(\p{Lu}[\p{L}'’ -]{2,40}?)\s*\(\d{5}\)$"));
static SOCIETY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^([^()\d]{4,60}?)\s*\((?:asso\w*)(?:\s+(?:loi\s+)?1901)?[^()]*\)$")
});
/// « MAIRIE DE CHANTEFLORE (00930) ».
pub(super) static COMMUNE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:mairie|commune|ville|village)\s+(?:de\s+(?:la\s+)?|du\s+|des\s+|d['’])((?-i:\p{Lu})[\p{L}'’-]*(?:\s*(?-i:\p{Lu})[\p{L}'’-]*)*)",
    )
});

impl Header<'_> {
    /// What the first lines call the meeting and the body that meets.
    pub(super) fn title(&self, index: usize, text: &str, meeting: &mut Meeting) -> bool {
        static PAPER: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)^(?:projet\s+de\s+)?(?:proc[èe]s[- ]verbal|compte[- ]rendu|notes?)\s*(?:\W*\s*(?:brouillon|projet|provisoire))?\W*$",
            )
        });
        let mut read = index == 0 && (TITLE.is_match(text) || PAPER.is_match(text));
        // « Dictée de Zoé, à relire » tells how the notes were taken.
        static TAKEN: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)\b(?:dict[ée]e|dictaphone|fichier\s+(?:vocal|audio)|transcri(?:t|ption)\w*|[àa]\s+relire|remettre\s+au\s+propre)\b",
            )
        });
        read |= index < 2 && TAKEN.is_match(text) && facts(text).is_empty();
        if index == 0 && meeting.body.is_none() {
            meeting.body = body(text).map(|name| wording::capital(&name));
        }
        if meeting.body.is_none()
            && let Some(name) = self.body(text, meeting.kind)
        {
            meeting.body = Some(name);
            read |= index == 0 || [&BODY, &TOWN, &SOCIETY].iter().any(|name| name.is_match(text));
        }
        let titled = index == 0 || index < 4 && TITLE.is_match(text);
        if titled && meeting.session.is_none() && meeting.kind == Kind::Association {
            let folded = fold(text);
            let has = |word: &str| folded.split(|c: char| !c.is_alphanumeric()).any(|w| w == word);
            let extraordinary = has("age") || folded.contains("extraordinaire");
            meeting.session = if extraordinary && (has("ago") || has("ordinaire")) {
                Some("ordinaire et extraordinaire".to_owned())
            } else if extraordinary {
                Some("extraordinaire".to_owned())
            } else {
                (has("ago") || has("ordinaire")).then(|| "ordinaire".to_owned())
            };
        }
        read
    }

    /// The body that meets, where the first lines name it apart from the title.
    fn body(&self, text: &str, kind: Kind) -> Option<String> {
        let found = match kind {
            Kind::Council => COMMUNE.captures(text).or_else(|| TOWN.captures(text)),
            Kind::Association => BODY.captures(text).or_else(|| SOCIETY.captures(text)),
            Kind::Working => None,
        }?;
        let name = found.get(1)?.as_str().trim();
        let capitals = !name.chars().any(char::is_lowercase);
        let written = |(index, word): (usize, &str)| {
            let small = index > 0 && is_small(word);
            if capitals { title_case(word, small) } else { word.to_owned() }
        };
        Some(name.split_whitespace().enumerate().map(written).collect::<Vec<_>>().join(" "))
    }
}

/// The association's name in a title line: what follows the kind of meeting, up to a bracket, a
/// date or a place.
pub fn body(title: &str) -> Option<String> {
    let title = title.trim_matches(['*', '=', '#', ' ']);
    if let Some(name) = before_title(title) {
        return Some(name);
    }
    let kind = TITLE.find(title)?;
    let rest = title[kind.end()..].trim_start_matches([' ', ':', '-', '–']);
    // « Réunion du conseil municipal de Sainte-Orlinde »
    let rest = TITLE.find(rest).map_or(rest, |again| rest[again.end()..].trim_start());
    let end = facts(rest).first().map_or(rest.len(), |f| f.span.start);
    let end = end.min(rest.find(['(', ',', ';', '–', '—']).unwrap_or(rest.len()));
    let end = end.min(rest.find(" - ").unwrap_or(rest.len()));
    let words: Vec<&str> = rest[..end]
        .split_whitespace()
        .filter(|w| {
            !matches!(fold(w).as_str(), "«" | "»" | "ordinaire" | "extraordinaire" | "annuelle")
        })
        .collect();
    let led = words.iter().take_while(|w| is_lead(w)).count();
    let shouted = words.get(led).is_some_and(|w| !w.chars().any(char::is_lowercase));
    let words = if shouted { words.get(led..).unwrap_or_default().to_vec() } else { words };
    let upper = words.iter().take_while(|w| w.chars().all(|c| !c.is_lowercase())).count();
    let words = if upper > 0 { &words[..upper] } else { &words[..] };
    let skipped = if upper > 0 { 0 } else { words.iter().take_while(|w| is_lead(w)).count() };
    let words = words.get(skipped..).unwrap_or_default();
    let last = words.iter().rposition(|w| !is_small(w));
    let words = words.get(..=last?).unwrap_or_default();
    if !words.iter().any(|w| w.chars().any(char::is_alphabetic)) {
        return None;
    }
    let name = words.iter().enumerate().map(|(i, w)| {
        if upper > 0 && w.len() > 1 { title_case(w, i > 0 && is_small(w)) } else { (*w).to_owned() }
    });
    Some(name.collect::<Vec<_>>().join(" "))
}

/// A word that only leads to the name of the body.
fn is_lead(word: &str) -> bool {
    let folded = fold(word).replace('’', "'");
    ["de", "du", "des", "la", "l'asso", "asso", "association", "l'association"]
        .contains(&folded.as_str())
        && word.chars().any(char::is_lowercase)
}

/// The name that stands before the kind of meeting: « Chorale du Lac - AG sam. 12/12 ».
fn before_title(text: &str) -> Option<String> {
    let (name, rest) =
        [" - ", " – ", " — ", " : "].iter().find_map(|dash| text.split_once(dash))?;
    let name = name.trim();
    let named = name.starts_with(char::is_uppercase)
        && name.split_whitespace().count() <= 7
        && !name.chars().any(|c| c.is_ascii_digit())
        && !TITLE.is_match(name)
        && TITLE.is_match(rest.trim_start());
    named.then(|| name.to_owned())
}

/// `L'ORLE` → `l'Orle`, `SENTIERS` → `Sentiers`.
fn title_case(word: &str, keep_lower: bool) -> String {
    let lower = word.to_lowercase();
    if keep_lower {
        return lower;
    }
    if let Some((article, noun)) = lower.split_once(['\'', '’']).filter(|(a, _)| a.len() == 1) {
        return format!("{article}’{}", title_case(noun, false));
    }
    // « BOURG-EN-PLAINE » is « Bourg-en-Plaine ».
    let parts = lower.split('-').enumerate().map(|(index, part)| {
        if index > 0 && is_small(part) { part.to_owned() } else { wording::capital(part) }
    });
    parts.collect::<Vec<_>>().join("-")
}

/// A word that keeps its small letter within a name.
fn is_small(word: &str) -> bool {
    const SMALL: [&str; 16] = [
        "de", "du", "des", "la", "le", "les", "et", "l", "d", "à", "au", "aux", "en", "sur",
        "sous", "lès",
    ];
    SMALL.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_is_named_before_or_after_the_kind_of_meeting() {
        for (title, expected) in [
            ("Chorale du Lac - AG sam. 12/12/2026 - salle", Some("Chorale du Lac")),
            ("AG EXTRAORDINAIRE Les Amis du Lac (Vernes) — sam. 12/12", Some("Les Amis du Lac")),
            ("ag chorale du lac", Some("chorale du lac")),
            ("AGE de l'association LE LAC D'EN BAS (canoë)", Some("Le Lac d’En Bas")),
            ("AG sam. 12/12/2026", None),
        ] {
            assert_eq!(body(title).as_deref(), expected, "{title}");
        }
    }
}
