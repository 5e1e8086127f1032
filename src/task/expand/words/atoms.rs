//! A clause cut into atoms: facts, names, brackets, single words and marks.

use std::sync::LazyLock;

use regex::Regex;

use super::lists::{DURATION, determiner};
use super::{Kind, Mark};
use crate::french::{self, Class};
use crate::notes::Span;
use crate::reading::name::candidate_names;
use crate::reading::{Fact, facts, fold, pattern};

/// Names of a clause. What its capital alone makes look like one is none: « Commander des chaises »,
/// « Candidature de Mme Rouvière ».
pub(in crate::task::expand) fn names(clause: &str) -> Vec<Span> {
    let whole = |span: Span| {
        let text = clause.get(span.clone())?;
        let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
        let readings = french::readings(&first.to_lowercase());
        let is = |class: Class| readings.iter().any(|form| form.class == class);
        if span.start > 0 || (readings.is_empty() && !first.contains('-')) {
            return Some(span);
        }
        let label = rest.is_empty() && LABELS.contains(&fold(first).as_str());
        let joined = first.contains('-') && french::is_word(first);
        // « Commander des chaises », but « Faucher inquiet »
        let order = || is(Class::Infinitive) && !is(Class::Noun) && has_object(clause, span.end);
        if label || joined || order() {
            return None;
        }
        match ["de ", "du ", "des ", "d'"].iter().find(|word| rest.starts_with(*word)) {
            Some(word) if is(Class::Noun) => {
                let start = first.len() + 1 + word.len();
                let named = clause.get(start..)?.starts_with(char::is_uppercase);
                named.then_some(start..span.end)
            }
            _ => Some(span),
        }
    };
    candidate_names(clause).into_iter().filter_map(whole).filter(|span| !span.is_empty()).collect()
}

/// Whether what follows may be what somebody is told to do something with.
fn has_object(clause: &str, from: usize) -> bool {
    let next = clause.get(from..).and_then(|rest| rest.split_whitespace().next());
    next.is_some_and(|next| {
        let readings = french::readings(next);
        let is = |class: Class| readings.iter().any(|form| form.class == class);
        determiner(&fold(next)) || is(Class::Noun) && !is(Class::Adjective)
    })
}

/// Facts, names, bracketed remarks, words and marks, in order; the kind where it is decided.
pub(super) fn atoms(clause: &str) -> Vec<(String, Option<Kind>)> {
    let mut spans: Vec<(std::ops::Range<usize>, Kind)> = Vec::new();
    spans.extend(TITLE.find(clause).map(|found| (found.range(), Kind::Name)));
    for pattern in [&*BRACKETS, &*MEASURE, &*DURATION] {
        // « 131 l'an passé » holds no litres.
        let whole = |end: usize| !clause[end..].starts_with(['\'', '’']);
        let found = pattern.find_iter(clause).filter(|found| whole(found.end()));
        spans.extend(found.map(|found| (found.range(), Kind::Fact)));
    }
    // « mardi 8 », « samedi matin », where no whole date says more.
    let found = facts(clause);
    for moment in MOMENT.find_iter(clause) {
        // « samedi 9 h » tells an hour.
        let within =
            |span: &std::ops::Range<usize>| span.start < moment.end() && span.end > moment.end();
        if !found.iter().any(|fact| within(&fact.span)) {
            spans.push((moment.range(), Kind::Time));
        }
    }
    for found in found {
        let kind = match found.fact {
            Fact::Date(_) | Fact::Hour(_) => Kind::Time,
            _ => Kind::Fact,
        };
        spans.push((found.span, kind));
    }
    let names = names(clause).into_iter();
    spans.extend(names.map(|span| (with_partners(clause, with_article(clause, span)), Kind::Name)));
    // Brackets first, then the longest; what overlaps an earlier choice goes.
    let mut chosen: Vec<(std::ops::Range<usize>, Kind)> = Vec::new();
    for (span, kind) in spans {
        if chosen.iter().all(|(other, _)| span.end <= other.start || other.end <= span.start) {
            chosen.push((span, kind));
        }
    }
    chosen.sort_by_key(|(span, _)| span.start);
    let mut atoms = Vec::new();
    let mut at = 0;
    for (span, kind) in chosen {
        // « CM1-CM2 » is one word already.
        if span.start < at {
            continue;
        }
        push_words(clause.get(at..span.start).unwrap_or_default(), &mut atoms);
        let text = clause.get(span.clone()).unwrap_or_default().trim();
        // What a sign or a letter ties to a fact is part of it: « +7 % », « 2e ».
        let tied = clause.get(..span.start).is_some_and(|b| b.ends_with(['+', '-', '(', '«']));
        match atoms.last_mut() {
            Some((last, _)) if tied && matches!(last.as_str(), "+" | "-") => {
                *last = format!("{last}{text}");
                if let Some((_, fixed)) = atoms.last_mut() {
                    *fixed = Some(kind);
                }
            }
            // « d'Aurélie »
            Some((last, fixed)) if last.ends_with(['\'', '’']) && glued(clause, span.start) => {
                last.push_str(text);
                *fixed = Some(kind);
            }
            _ if !text.is_empty() => atoms.push((text.to_owned(), Some(kind))),
            _ => {}
        }
        at = span.end;
        let rest = clause.get(at..).unwrap_or_default();
        let tail = TAIL.find(rest).map_or("", |found| found.as_str());
        if let Some((last, _)) = atoms.last_mut() {
            last.push_str(tail);
            at += tail.len();
        }
    }
    push_words(clause.get(at..).unwrap_or_default(), &mut atoms);
    atoms
}

/// The span of a name with the article that is part of it: « hameau Les Granges ».
fn with_article(clause: &str, span: Span) -> Span {
    let before = clause.get(..span.start).unwrap_or_default();
    let article = ["Le ", "La ", "Les ", "L'", "L’"].into_iter().find(|a| before.ends_with(a));
    let start = span.start - article.map_or(0, str::len);
    // The first word of a clause has its capital for that.
    let inside = clause.get(..start).is_some_and(|before| before.ends_with(' '));
    if inside { start..span.end } else { span }
}

/// The span of a name with those that trade under it: « Delmas & Fils ».
fn with_partners(clause: &str, span: Span) -> Span {
    let rest = clause.get(span.end..).unwrap_or_default();
    span.start..span.end + PARTNERS.find(rest).map_or(0, |found| found.len())
}

/// Whether no space stands before a place.
fn glued(clause: &str, at: usize) -> bool {
    clause.get(..at).is_some_and(|before| !before.ends_with(char::is_whitespace))
}

pub(super) fn push_words(text: &str, atoms: &mut Vec<(String, Option<Kind>)>) {
    for found in TOKEN.find_iter(text) {
        atoms.push((found.as_str().to_owned(), None));
    }
}

pub(super) fn mark_of(text: &str) -> Option<Mark> {
    Some(match text {
        "," => Mark::Comma,
        ";" | "/" => Mark::Semicolon,
        ":" | "=" | "->" | "-->" | "=>" | "→" | "–" | "-" => Mark::Colon,
        "+" | "&" => Mark::And,
        _ => return None,
    })
}

/// Words that label what follows them, and speak for nobody, though a capital opens the line.
pub(super) const LABELS: [&str; 34] = [
    "motif",
    "motifs",
    "reponse",
    "rappel",
    "question",
    "objet",
    "cout",
    "couts",
    "budget",
    "date",
    "lieu",
    "delai",
    "decision",
    "avis",
    "proposition",
    "info",
    "infos",
    "information",
    "remarque",
    "point",
    "bilan",
    "total",
    "reste",
    "resultat",
    "probleme",
    "cause",
    "raison",
    "solution",
    "idee",
    "besoin",
    "prix",
    "tarif",
    "horaires",
    "effectif",
];

/// « 3,5 t », « 30 km/h »: a quantity with its unit.
pub(super) static MEASURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b\d+(?:[.,]\d+)?[ \u{a0}\u{202f}]?(?:km/h|kWh|kVA|kW|km|kg|cm|mm|m²|m2|m3|m³|ha|t|m|l|L)\b",
    )
});

/// What ends a fact or a name and is part of it: « 45 % », « CM1-CM2 », « 2 € pièce », « 30 € par an ».
static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[\p{L}\p{N}%€²]*(?:-[\p{L}\p{N}]+)*(?: ?€)?(?: (?:HT|TTC)\b)?(?: (?:pi[èe]ce|l['’]unit[ée]|(?:le|la) (?:st[èe]re|m²|m2|m3|m³|m[èe]tre|kg|kilo|litre|tonne|heure|part|ticket|lot|douzaine|paire)|de l['’]heure|(?:par|/) ?(?:an|mois|jour|semaine|personne|adulte|enfant|habitant|famille|foyer|[ée]quipe|repas|nuit|heure|table|kg|tonne|exemplaire|classe))\b)?",
    )
});

/// « & Fils »
static PARTNERS: LazyLock<Regex> = LazyLock::new(|| pattern(r"^ ?& ?\p{Lu}[\p{L}]+"));

/// « mardi 8 », « samedi matin », « tous les jeudis »
pub(super) static MOMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s? (?:\d{1,2}\b|matins?\b|midi\b|soirs?\b|apr[èe]s-midi\b)|\b(?:tous les (?:lundis|mardis|mercredis|jeudis|vendredis|samedis|dimanches|jours|mois|ans)|chaque (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|jour|mois|ann[ée]e|semaine|[ée]t[ée]|hiver|printemps|automne))\b",
    )
});

/// Who is named by an office, or not at all.
pub(in crate::task::expand) static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:Madame|Monsieur|Mme|M\.) l[ae] (?:[Mm]aire|[Pp]r[ée]sident\p{L}*)")
});

pub(super) static BRACKETS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\([^()]*\)|«[^«»]*»"));

pub(super) static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)-->|->|=>|→|[,;:/=+&–]|\b(?:comptes? rendus?|au plus t[ôo]t|au plus tard|c[ôo]t[ée] (?:nord|sud|est|ouest|gauche|droit|cour|rue|jardin|pair|impair))\b|[^\s,;:/=+&–()«»→]+|[()«»]",
    )
});
