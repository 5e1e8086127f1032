//! A line of notes cut into sentences and clauses.

use std::sync::LazyLock;

use regex::Regex;

use crate::reading::{fold, pattern, sentence};

/// The clauses of a line: cut at semicolons, spaced slashes, and full stops that end a sentence.
pub fn clauses(text: &str) -> Vec<&str> {
    let mut cuts = vec![0];
    let bytes = text.as_bytes();
    let mut depth = 0_u32;
    let listed = is_sum(text);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > 0 {
            continue;
        }
        let spaced_after = bytes.get(at + 1).is_none_or(|b| *b == b' ');
        let cut = match c {
            ';' => true,
            '/' => {
                let spaced = spaced_after && at > 0 && bytes.get(at - 1) == Some(&b' ');
                spaced && !listed && !is_rate(text, at) && !is_pair(text, at)
            }
            '.' => spaced_after && sentence::ends(&text[..at], &text[at + 1..]),
            _ => false,
        };
        if cut {
            cuts.push(at + 1);
        }
    }
    cuts.push(text.len());
    cuts.windows(2)
        .filter_map(|w| text.get(w[0]..w[1]))
        .map(|c| c.trim_start_matches([' ', ';', '/']).trim_end_matches([';', '/', '.', ',', ' ']))
        .filter(|c| c.chars().any(char::is_alphanumeric))
        .collect()
}

/// Whether a line lists amounts under a label and tells what they make: « recettes : dons 12 /
/// ventes 30 = 42 ».
fn is_sum(text: &str) -> bool {
    static SUM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^[^:/=]{2,40}:\s+[^/=:]*\d[^/=:]*(?:\s/\s[^/=:]*\d[^/=:]*)+(?:=>?|->|→)\s*(?:\p{L}+\s+)?\d[\d\s.,]*(?:€|euros?)?\s*$",
        )
    });
    // « cotisations 52 x 45 = 2340 » is one amount of the list.
    static PRODUCT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(\d+\s*[x×*]\s*\d+(?:[.,]\d+)?)\s*=\s*(\d[\d\s.,]*\s/)"));
    SUM.is_match(&PRODUCT.replace_all(text.trim(), "$1 $2"))
}

/// A list of amounts with commas, and its sum at the end: « recettes : dons 12, ventes 30, soit un
/// total de 42 »; nothing for other lines.
pub fn as_list(clause: &str) -> Option<String> {
    static MAKES: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\s*(?:=>?|->|→)\s*(?:(\p{L}+)\s+)?(\d[^=>→]*)$"));
    if !is_sum(clause) {
        return None;
    }
    let found = MAKES.captures(clause)?;
    let sum = match found.get(1).map(|word| word.as_str()) {
        None => "un total de".to_owned(),
        Some(word @ ("perte" | "recette" | "dépense")) => format!("une {word} de"),
        Some(word) => format!("un {word} de"),
    };
    let list = clause.get(..found.get(0)?.start())?.replace(" / ", ", ");
    Some(format!("{list}, soit {sum} {}", found[2].trim()))
}

/// « état des lieux avant / après »: two words for one thing.
fn is_pair(text: &str, at: usize) -> bool {
    let word = |side: Option<&str>| side.map(|word| fold(word.trim_matches(['.', ',', ')', '('])));
    let before = word(text.get(..at).and_then(|t| t.split_whitespace().next_back()));
    let after = word(text.get(at + 1..).and_then(|t| t.split_whitespace().next()));
    let pairs = [("avant", "apres"), ("matin", "soir"), ("aller", "retour"), ("et", "ou")];
    pairs.iter().any(|(a, b)| before.as_deref() == Some(a) && after.as_deref() == Some(b))
}

/// Whether a slash tells for what a price is: « 12,20 / nuit ».
fn is_rate(text: &str, at: usize) -> bool {
    const UNITS: [&str; 28] = [
        "stere", "nuit", "nuitee", "jour", "mois", "an", "annee", "semaine", "heure", "h", "hab",
        "habitant", "pers", "personne", "enfant", "adulte", "famille", "eleve", "foyer", "repas",
        "kg", "tonne", "litre", "l", "m2", "m3", "km", "part",
    ];
    let before = text.get(..at).unwrap_or_default().trim_end();
    let priced = before.ends_with(['€', '²'])
        || ["eur", "euro", "euros", "HT", "TTC", "ht", "ttc"].iter().any(|w| before.ends_with(w))
        || before.trim_end_matches(['h', ' ']).ends_with(|c: char| c.is_ascii_digit());
    let after = text.get(at + 1..).unwrap_or_default().trim_start();
    let unit: String = after.chars().take_while(|c| c.is_alphanumeric()).collect();
    // « 11 280 HT / 13 536 TTC » is one price.
    let taxed = before.ends_with("HT")
        && after.split_whitespace().take(4).any(|word| word.starts_with("TTC"));
    // « dons 120 / repas 340 » lists two amounts.
    let counted = after.get(unit.len()..).unwrap_or_default().trim_start();
    if counted.starts_with(|c: char| c.is_ascii_digit()) {
        return taxed;
    }
    let unit = fold(&unit);
    taxed || priced && [unit.as_str(), unit.trim_end_matches('s')].iter().any(|u| UNITS.contains(u))
}

/// The sentences of a line with their places: cut at semicolons and at full stops that end one.
pub fn sentences(text: &str) -> Vec<(usize, &str)> {
    let mut cuts = vec![0];
    let mut depth = 0_u32;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ';' if depth == 0 => cuts.push(at + 1),
            // « présidente = Ada // secrétaire = Luc »
            '/' if depth == 0 && text[at..].starts_with("// ") && text[..at].ends_with(' ') => {
                cuts.push(at + 2);
            }
            '.' if depth == 0
                && text.as_bytes().get(at + 1).is_none_or(|b| *b == b' ')
                && sentence::ends(&text[..at], &text[at + 1..]) =>
            {
                cuts.push(at + 1);
            }
            _ => {}
        }
    }
    cuts.push(text.len());
    cuts.windows(2)
        .filter_map(|w| text.get(w[0]..w[1]).map(|part| (w[0], part)))
        .map(|(at, part)| (at, part.strip_suffix("//").unwrap_or(part)))
        .map(|(at, part)| (at + part.len() - part.trim_start().len(), part.trim()))
        .filter(|(_, part)| part.chars().any(char::is_alphanumeric))
        .collect()
}

/// « relu le 12 : », « Ajouts du lendemain »: what only announces lines written later.
static AFTERTHOUGHT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\W*(?:ajouts?|relu(?:\s+(?:avec|par)\s+\p{L}+)?|complements?|rajouts?)\b(?:\s+(?:de\s+|du\s+|le\s+|apres\s+)?(?:lendemain|\d{1,2}(?:/\d{1,2})?|coup|relecture|la\s+seance|matin|soir)){0,2}\W*$",
    )
});

/// What opens any meeting.
const WELCOME: [&str; 4] =
    ["souhaite la bienvenue", "de leur presence", "procede a l'appel", "procede a l’appel"];

/// Words that close notes and say nothing: « fin », « ok », « RAS » is kept as an account.
pub fn is_filler(clause: &str) -> bool {
    let folded = fold(clause.trim().trim_end_matches(['.', '!']));
    let alone = folded.trim_matches(['(', ')', ' ', ':', '-', '*', '.', '>']);
    matches!(alone, "fin" | "ok" | "fin de seance" | "voila" | "etc" | "note" | "suite plus bas")
        || AFTERTHOUGHT.is_match(&folded)
        || folded.starts_with("pas d'autre question")
        || folded.starts_with("plus de question")
        || folded.contains(" signe avec ") && folded.split_whitespace().count() <= 6
        || WELCOME.iter().any(|words| folded.contains(words))
            && folded.split_whitespace().count() <= 12
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines as people type them, with the clauses a reader hears in them.
    #[test]
    fn clauses_end_where_a_reader_would_pause() {
        let table = include_str!("clauses_cases.txt");
        let rows: Vec<&str> = table.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(rows.len() >= 150, "{}", rows.len());
        let wrong: Vec<String> = rows
            .iter()
            .filter_map(|row| {
                let (text, expected) = row.split_once(" ⇒ ")?;
                let found = clauses(text).join(" ¦ ");
                (found != expected)
                    .then(|| format!("{text}\n    wanted {expected}\n    found  {found}"))
            })
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(rows.iter().all(|row| row.contains(" ⇒ ")));
    }

    #[test]
    fn lists_with_their_sum_are_one_clause() {
        let table = [
            (
                "recettes : dons 120 / repas 340,50 = 460,50",
                Some("recettes : dons 120, repas 340,50, soit un total de 460,50"),
            ),
            (
                "fonct. : recettes 900 / dépenses 650 -> excédent 250",
                Some("fonct. : recettes 900, dépenses 650, soit un excédent de 250"),
            ),
            (
                "recettes : cotis 40 x 12 = 480 / dons 20 => 500",
                Some("recettes : cotis 40 x 12 = 480, dons 20, soit un total de 500"),
            ),
            ("cotis 12 / subv 400 / tombola 3", None),
            ("devis : Roy 900 / Noval 850", None),
            ("prix : 4 € / 2 €", None),
        ];
        for (text, expected) in table {
            assert_eq!(as_list(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn what_only_announces_later_lines_is_filler() {
        for (text, filler) in [
            ("relu le 12 :", true),
            ("Ajouts du lendemain", true),
            ("Noté.", true),
            ("(suite plus bas)", true),
            ("Fin de séance", true),
            ("ajout de deux bancs au square", false),
            ("relu et corrigé par Ada", false),
            ("note de la trésorerie reçue", false),
        ] {
            assert_eq!(is_filler(text), filler, "{text}");
        }
    }

    #[test]
    fn lines_are_cut_into_clauses_where_a_sentence_ends() {
        let table: [(&str, &[&str]); 7] = [
            (
                "peur pour les jeunes. Talmont : rien vu",
                &["peur pour les jeunes", "Talmont : rien vu"],
            ),
            ("M. Talmont et C. Ostin présentent", &["M. Talmont et C. Ostin présentent"]),
            ("cotis 12 / subv 400 / tombola 3", &["cotis 12", "subv 400", "tombola 3"]),
            ("du 12/03 (voir p. 4. suite) ; fin", &["du 12/03 (voir p. 4. suite)", "fin"]),
            (
                "place 12,20 / nuit, 3 € / m2 / caution 50",
                &["place 12,20 / nuit, 3 € / m2", "caution 50"],
            ),
            ("14h30. suite", &["14h30", "suite"]),
            ("ne vote pas. il revient", &["ne vote pas", "il revient"]),
        ];
        for (text, expected) in table {
            assert_eq!(clauses(text), expected, "{text}");
        }
    }
}
