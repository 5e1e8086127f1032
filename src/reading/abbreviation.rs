//! Abbreviations of office notes, spelled out, and accents that hurried typing leaves out.
//!
//! Two tables of data: `abbreviations.tsv` and `accents.tsv`. Only readings that are certain are
//! in them: « abs » (absent, abstention), « CA », « prés » and « pt » are left out, and so are the
//! institutions known by their letters (DETR, SDIS, CCAS, EPCI).

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::amount::parse_cents;
use super::date::{parse_weekday, weekday_name};
use super::pattern;
use super::{Fact, facts};
use crate::french;
use crate::notes::Span;

/// The text with its abbreviations spelled out and certain accents restored. Facts, case, signs
/// and everything else stay, except arrows: « à » between two numbers, a colon elsewhere.
pub fn spell_out(text: &str) -> String {
    let words = words(text);
    let protected = protected(text);
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let (mut done, mut index) = (0, 0);
    while let Some(word) = words.get(index) {
        let next = protected.partition_point(|span| span.end <= word.start);
        let held = protected.get(next).is_some_and(|span| span.start < word.end);
        let class = text.get(word.clone()) == Some("CM") && classes(text, word.start);
        let hit = if held || class { None } else { longest(text, &words, index) };
        // « av. ven 19/02 » is no avenue.
        let hit = hit.map(|(count, spelled)| {
            let before = spelled == "avenue" && before_day(text, word.end);
            (count, if before { "avant" } else { spelled })
        });
        let Some((count, spelled)) = hit else {
            index += 1;
            continue;
        };
        let last = words.get(index + count - 1).unwrap_or(word);
        out.push_str(text.get(done..word.start).unwrap_or(""));
        out.push_str(&cased(text, word, spelled));
        if plural(text, word.start, spelled) {
            out.push('s');
        }
        done = last.end + dropped_dot(text, last.end, spelled);
        index += count;
    }
    out.push_str(text.get(done..).unwrap_or(""));
    arrows(&whole_ending(&units(&days(&out))))
}

/// « mar. ou ven. », « 2e et 4e sam. du mois »: days of the week that a dot shortens.
fn days(text: &str) -> String {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?P<before>^|[^\d\s][\s(]+|\d(?:e|er|re)[\s(]+|[(/])(?P<day>lun|mar|mer|merc|jeu|ven|vend|sam|dim)\.(?P<after>\s+(?:\p{Ll}|\d{1,2}\s?h)|\s*[,;)/]|\s*$)",
        )
    });
    static SEVERAL: &str = r"(?i)\b(?:les|tous les|des)(?: \d(?:e|er|re)(?: et \d(?:e|er))?)?\s*$";
    static MANY: LazyLock<Regex> = LazyLock::new(|| pattern(SEVERAL));
    let protected = protected(text);
    let mut out = text.to_owned();
    for found in DAY.captures_iter(text).collect::<Vec<_>>().into_iter().rev() {
        let Some(day) = found.name("day") else { continue };
        if protected.iter().any(|span| span.start <= day.start() && day.end() <= span.end) {
            continue;
        }
        if let Some(whole) = parse_weekday(day.as_str()) {
            // « les 1er et 3e ven. du mois » are several.
            let many = MANY.is_match(text.get(..day.start()).unwrap_or_default());
            let whole = format!("{}{}", weekday_name(whole), if many { "s" } else { "" });
            out.replace_range(day.start()..day.end() + 1, &whole);
        }
    }
    out
}

/// « 2 ex. », « 8 j. avant », « s/ place »: short words that a figure or a stroke makes certain.
fn units(text: &str) -> String {
    static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\b(?P<n>\d{1,3}) (?P<unit>ex|j)(?:\.(?P<after>\s+\p{Ll}|\s*[,;)])|(?P<end>\s*[,;)]|\.?$))",
        )
    });
    static ON: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bs/ ?(?P<word>\p{Ll}{3,})"));
    let text = COUNTED.replace_all(text, |found: &regex::Captures<'_>| {
        let unit = if &found["unit"] == "ex" { "exemplaire" } else { "jour" };
        let many = if found["n"].trim_start_matches('0') == "1" { "" } else { "s" };
        let rest = found.name("after").or(found.name("end")).map_or("", |rest| rest.as_str());
        format!("{} {unit}{many}{rest}", &found["n"])
    });
    ON.replace_all(&text, "sur $word").into_owned()
}

/// Whether a day or an hour follows.
fn before_day(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default().trim_start_matches(['.', ' ']);
    let bare = rest.strip_prefix("le ").unwrap_or(rest);
    let first = facts(bare).into_iter().next().filter(|found| found.span.start == 0);
    first.is_some_and(|found| matches!(found.fact, Fact::Date(_) | Fact::Hour(_)))
}

/// « quest° », « réun° »: the sign stands for « -ion » where that makes a word.
fn whole_ending(text: &str) -> String {
    static SHORT: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(\p{L}{4,})°"));
    let ended = SHORT.replace_all(text, |captures: &regex::Captures<'_>| {
        let whole = format!("{}ion", &captures[1]);
        // « quest » itself is an abbreviation, spelled out by now.
        let spelled = captures[1].ends_with("ion");
        match (spelled, french::is_word(&whole.to_lowercase())) {
            (true, _) => captures[1].to_owned(),
            (false, true) => whole,
            (false, false) => captures[0].to_owned(),
        }
    });
    ended.into_owned()
}

/// What a word, as typed, is the abbreviation or the unaccented form of.
pub fn spelled(word: &str) -> Option<&'static str> {
    let known = |key: &str| TABLE.get(key).copied();
    known(word).or_else(|| {
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        // « Délib » is « délib », « PR » is not « pr ».
        (capitals <= 1 && word.chars().count() > 1)
            .then(|| word.to_lowercase())
            .and_then(|lower| known(&lower))
    })
}

static TABLE: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let rows = |data: &'static str| {
        data.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
    };
    let mut table = HashMap::new();
    for (keys, spelled) in rows(include_str!("accents.tsv")) {
        table.insert(keys, spelled);
    }
    for (keys, spelled) in rows(include_str!("abbreviations.tsv")) {
        table.extend(keys.split('|').map(|key| (key, spelled)));
    }
    table
});

/// Words, with inner hyphens; an elided article is a word of its own (« l' », « asso »).
fn words(text: &str) -> Vec<Span> {
    static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"\p{L}+['’]|\p{L}+(?:-\p{L}+)*"));
    WORD.find_iter(text).map(|found| found.range()).collect()
}

/// Addresses and references are copied letter by letter.
fn protected(text: &str) -> Vec<Span> {
    facts(text)
        .into_iter()
        .filter(|found| !matches!(found.fact, Fact::Number(_)))
        .map(|found| found.span)
        .collect()
}

/// The longest entry of the table that starts at this word: how many words, and what they mean.
fn longest(text: &str, words: &[Span], index: usize) -> Option<(usize, &'static str)> {
    let first = words.get(index)?;
    if glued(text, first) {
        return None;
    }
    (1..=3).rev().find_map(|count| {
        let last = words.get(index + count - 1)?;
        let spelled = spelled(text.get(first.start..last.end)?)?;
        Some((count, spelled))
    })
}

/// Whether a digit, a dot or a slash makes the word a part of something else (`16A`, `CM2`, `d.e`).
fn glued(text: &str, word: &Span) -> bool {
    let before = text.get(..word.start).and_then(|s| s.chars().next_back());
    let mut after = text.get(word.end..).unwrap_or("").chars();
    let next = after.next();
    before.is_some_and(|c| c.is_ascii_digit() || "@._".contains(c))
        || next.is_some_and(|c| c.is_ascii_digit() || "@_".contains(c))
        || (next == Some('.') && after.next().is_some_and(char::is_alphabetic))
}

/// Whether « CM » after these words is a year of school: « la classe des CM ».
fn classes(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or("").trim_end().to_lowercase();
    let of_class = ["classe de", "classes de", "élèves de", "eleves de", "enfants de"];
    of_class.iter().any(|words| before.ends_with(words)) || ["les", "des", "aux", "ces", "nos", "ce", "ce/", "cp", "ce1", "ce2"]
        .contains(&before.rsplit([' ', '-', ',']).next().unwrap_or(""))
        // « le CE et le CM »
        || ["ce et le", "cp et le", "ce1 et le", "ce2 et le"].iter().any(|years| before.ends_with(years))
}

/// The expansion with the capital of the word it stands for, or that its place asks for.
fn cased(text: &str, word: &Span, spelled: &str) -> String {
    let typed = text.get(word.clone()).unwrap_or("");
    let before = text.get(..word.start).unwrap_or("").trim_end_matches([' ', '\u{a0}', '«']);
    let opens = before.is_empty() || before.ends_with(['.', '!', '?', '\n']);
    let acronym = typed.chars().filter(|letter| letter.is_uppercase()).count() > 1;
    let capital = if acronym { opens } else { typed.starts_with(char::is_uppercase) };
    let mut letters = spelled.chars();
    match letters.next() {
        Some(first) if capital => first.to_uppercase().chain(letters).collect(),
        _ => spelled.to_owned(),
    }
}

/// The length of the dot that marks an abbreviation, 0 when it ends a sentence or a clause:
/// « subv. mairie », but « 3 abst. public revient ».
fn dropped_dot(text: &str, at: usize, spelled: &str) -> usize {
    static GOES_ON: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(?:[,:;)/]|[ ]*[:=(]|[ ]+[\p{Ll}\d])"));
    static PREPOSITION: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)^(?:[,:;)/]|[ ]*[:=(]|[ ]+(?:des?|du|d['’]|[àa]u?x?|en|par)\b)")
    });
    let Some(rest) = text.get(at..).and_then(|rest| rest.strip_prefix('.')) else { return 0 };
    let ends_clauses = ["abstention", "excusé", "unanimité", "réponse", "disponible"];
    let goes_on = if ends_clauses.contains(&spelled) { &PREPOSITION } else { &GOES_ON };
    usize::from(goes_on.is_match(rest) || spelled.ends_with('.'))
}

/// « 3 abst » is three abstentions, « nos réf » several references; but in an agenda « 5 subv »
/// is the fifth item, so only votes and weeks are counted
/// by the number before them.
fn plural(text: &str, start: usize, spelled: &str) -> bool {
    static MANY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)\b(?:les|des|nos|vos|ses|ces|plusieurs|quelques|deux|trois|quatre)[ ]$")
    });
    static COUNT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:^|[^\d.,/-])(?:[2-9]|[1-9]\d{1,2})[ ]$"));
    const NOUN_ENDINGS: [&str; 9] =
        ["ion", "ture", "ence", "nt", "oir", "ateur", "aire", "age", "semaine"];
    let noun = NOUN_ENDINGS.iter().any(|end| spelled.ends_with(end)) && !spelled.contains(' ');
    let counted = ["abstention", "pouvoir", "semaine"].contains(&spelled);
    let from = text.floor_char_boundary(start.saturating_sub(16));
    noun && text
        .get(from..start)
        .is_some_and(|before| MANY.is_match(before) || (counted && COUNT.is_match(before)))
}

fn arrows(text: &str) -> String {
    static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(\d+(?:,\d+)?)([ ]?[€%])?[ ]*(?:-{1,2}>|=>|→)[ ]*(\d+(?:,\d+)?)")
    });
    static ARROW: LazyLock<Regex> = LazyLock::new(|| pattern(r"[ ]*(?:-{1,2}>|=>|→)[ ]*"));
    // From one value to another of the same size; « 97,85 -> 2207,45 » is a total.
    let text = BETWEEN.replace_all(text, |captures: &regex::Captures<'_>| {
        let part = |index| captures.get(index).map_or("", |found| found.as_str());
        let near = matches!((parse_cents(part(1)), parse_cents(part(3))),
            (Some(a), Some(b)) if a <= b.saturating_mul(4) && b <= a.saturating_mul(4));
        let link = if near { " à " } else { " : " };
        format!("{}{}{link}{}", part(1), part(2), part(3))
    });
    ARROW
        .replace_all(&text, |captures: &regex::Captures<'_>| {
            let at_start = captures.get(0).is_none_or(|arrow| {
                text.get(..arrow.start()).is_none_or(|s| s.is_empty() || s.ends_with('\n'))
            });
            let asked = captures.get(0).is_some_and(|arrow| {
                text.get(..arrow.start()).is_some_and(|s| s.trim_end().ends_with('?'))
            });
            match (at_start, asked) {
                (true, _) => "",
                // « pourquoi ? -> les travaux »
                (false, true) => " Réponse : ",
                (false, false) => " : ",
            }
        })
        .into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_ending_may_be_a_sign() {
        for (typed, expected) in [
            ("commiss° et réun°", "commission et réunion"),
            ("quest° : qui ? -> lui", "question : qui ? Réponse : lui"),
            ("n° 4, abcd°", "n° 4, abcd°"),
        ] {
            assert_eq!(spell_out(typed), expected, "{typed}");
        }
    }

    #[test]
    fn days_and_counts_are_spelled_where_they_are_certain() {
        for (typed, expected) in [
            ("clé à prendre lun. ou jeu. 9h-12h", "clé à prendre lundi ou jeudi 9h-12h"),
            ("les 1er et 3e ven. du mois", "les 1er et 3e vendredis du mois"),
            ("reçu le 5 mar. par courrier", "reçu le 5 mar. par courrier"),
            ("bail en 3 ex., 15 j. avant", "bail en 3 exemplaires, 15 jours avant"),
            ("par ex. le 3", "par ex. le 3"),
            ("visite s/ place", "visite sur place"),
            ("expo de la classe de CM", "exposition de la classe de CM"),
        ] {
            assert_eq!(spell_out(typed), expected);
        }
    }

    #[test]
    fn abbreviations_are_spelled_out() {
        for (typed, expected) in [
            ("n° délib repartent à 2026-41", "n° délibération repartent à 2026-41"),
            ("Grimonet -> pvr à Castillet", "Grimonet : pouvoir à Castillet"),
            ("l'asso et ses bénévoles", "l'association et ses bénévoles"),
            ("2 nvx circuits", "2 nouveaux circuits"),
            ("secr. de séance", "secrétaire de séance"),
            ("Subv. mairie", "Subvention mairie"),
            ("PV du 26 juin : RAS, 12 pour", "Procès-verbal du 26 juin : rien à signaler, 12 pour"),
            ("cotis 2027 : 22 -> 24 €", "cotisation 2027 : 22 à 24 €"),
            ("+ branchement elec gratuit", "+ branchement électrique gratuit"),
            ("questions div.", "questions diverses."),
            ("8 pour 3 abst. public revient", "8 pour 3 abstentions. public revient"),
            ("nos réf", "nos références"),
            ("5 subv comité, 6 div", "5 subvention comité, 6 diverses"),
            ("2e quinzaine oct", "2e quinzaine octobre"),
            ("tvx pv sem 38", "travaux procès-verbal semaine 38"),
            ("absent 3 sem", "absent 3 semaines"),
            ("repas 97,85 -> 2207,45", "repas 97,85 : 2207,45"),
        ] {
            assert_eq!(spell_out(typed), expected);
        }
    }

    #[test]
    fn missing_accents_come_back_when_certain() {
        for (typed, expected) in [
            ("reunion avec les eleves de l'ecole", "réunion avec les élèves de l'école"),
            ("marche de noel", "marché de Noël"),
            ("la marche est longue", "la marche est longue"),
            ("Comite des fetes", "Comité des fêtes"),
        ] {
            assert_eq!(spell_out(typed), expected);
        }
    }

    #[test]
    fn what_is_no_abbreviation_stays() {
        for text in [
            "DETR, SDIS, CCAS et EPCI",
            "sortie des CM au lac",
            "comite@valbrune.example",
            "très cher, 3 abs, CA le 3",
            "Fabrelle prend note, classe de CM2",
            "réf OB/CV/2026-212".trim_start_matches("réf "),
        ] {
            assert_eq!(spell_out(text), text);
        }
    }

    proptest! {
        #[test]
        fn spelling_out_never_panics(text in r"(\PC|[ .>-]|délib|pvr){0,40}") {
            spell_out(&text);
        }
    }
}
