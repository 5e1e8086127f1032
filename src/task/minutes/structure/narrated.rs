//! The title of an item that notes tell as a story: « Ensuite on est passé à la voirie », « Pour
//! l'aire de jeux, Ada a montré le plan ».

use std::sync::LazyLock;

use regex::Regex;

use crate::reading::{fold, pattern};
use crate::task::expand::surely_has_verb;

/// What leads to the matter, and says nothing of it.
static LEADS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)^(?:(?:et\s+)?(?:ensuite|puis|apr[èe]s(?:\s+[çc]a)?|d['’]abord|enfin|pour\s+(?:finir|commencer)|alors|en\s+premier)\s*,?\s+)?
        (?:(?:on\s+(?:a|est)|nous\s+(?:avons|sommes)|le\s+conseil\s+a|l['’]assembl[ée]e\s+a)\s+
            (?:(?:d['’]abord|ensuite|aussi|[ée]galement|enfin|tout\s+de\s+suite)\s+)?
            (?:pass[ée]e?s?\s+(?:[àa]|au)|parl[ée]\s+d[eu]|discut[ée]\s+d[eu]|[ée]voqu[ée]|abord[ée]|examin[ée]|vu|trait[ée]|approuv[ée]|adopt[ée]|valid[ée])
          |(?:c['’]\s?[ée]tait|il\s+y\s+(?:a\s+eu|avait)|est\s+venue?|vient|venait))\s+",
    )
});
/// Order alone, before a noun: « Ensuite le chauffage de la salle. »
static ORDER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:et\s+)?(?:ensuite|puis|apr[èe]s(?:\s+[çc]a)?|enfin|pour\s+finir|alors)\s*,?\s+(?:(?:il\s+y\s+a\s+eu|c['’][ée]tait)\s+)?",
    )
});
/// « Pour l'aire de jeux, … », « Le point sur le camping, … ».
static ABOUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:pour|concernant|sur|quant\s+[àa]|au\s+sujet\s+d[eu]|[àa]\s+propos\s+d[eu]|(?:le\s+|l['’])?(?:point|dossier|question|sujet)\s+(?:sur|d[eu]))\s+",
    )
});
/// « Il fallait aussi désigner notre délégué ».
static TASK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^il\s+(?:fallait|faut|a\s+fallu|restait|s['’]agissait)\s+(?:aussi\s+|[ée]galement\s+|encore\s+|[àa]\s+|d['’]?e?\s*)*(?P<verb>d[ée]signer|[ée]lire|choisir|nommer|fixer|voter|approuver|cr[ée]er|renouveler)\s+(?P<what>.+)$",
    )
});
/// What a title does not hold.
static ENDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\s*(?:[,;:(!?]|\.(?:\s|$)|\s(?:qui|que|o[ùu]|dont|car|parce|puisque|c['’]est|ça|(?-i:ca)|on|il|elle|aura|auront|est|sont|a|ont|va|vont|sera|seront|\d[\d ]*\s*(?:€|euros?))\b)",
    )
});

/// The title that the first sentence of a story holds, and whether it holds nothing else.
pub(super) fn title(text: &str) -> Option<(String, bool)> {
    static INFORMS: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^pour\s+(?:votre\s+)?info(?:rmation)?s?\b"));
    let text = text.trim();
    if INFORMS.is_match(text) {
        return Some(("Informations".to_owned(), false));
    }
    if let Some(found) = TASK.captures(text) {
        let what = matter(&found["what"])?;
        return Some((format!("{} {}", noun(&found["verb"]), of(&what)), false));
    }
    let (led, alone) = match LEADS.find(text).or_else(|| ABOUT.find(text)) {
        Some(lead) => (lead.end(), false),
        None => (ORDER.find(text)?.end(), true),
    };
    let rest = text.get(led..)?;
    let words = matter(rest)?;
    // « Ensuite le chauffage de la salle. » is nothing but the title.
    let end = rest.get(words.len()..).is_some_and(|r| r.starts_with('.') || r.trim().is_empty());
    Some((bare(&words).to_owned(), alone && end))
}

/// The words of the matter: a noun with what belongs to it.
fn matter(rest: &str) -> Option<String> {
    let end = ENDS.find(rest).map_or(rest.len(), |m| m.start());
    let words = rest.get(..end)?.trim_end();
    let count = words.split_whitespace().count();
    ((1..=10).contains(&count) && !surely_has_verb(bare(words)) && !is_person(words))
        .then(|| words.to_owned())
}

/// Whether the words are somebody: « Ensuite Ada … ».
fn is_person(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    let article = ["l'", "l’", "d'", "d’"].iter().any(|a| words.to_lowercase().starts_with(a));
    !article && first.starts_with(char::is_uppercase) && words.split_whitespace().count() <= 2
        || ["on", "il", "elle", "nous", "je", "ils"].contains(&fold(first).as_str())
}

/// The words without their article.
fn bare(words: &str) -> &str {
    ["le ", "la ", "les ", "l'", "l’", "un ", "une ", "des "]
        .iter()
        .find_map(|article| words.strip_prefix(article))
        .unwrap_or(words)
}

/// The act as a noun.
fn noun(verb: &str) -> &'static str {
    match fold(verb).as_str() {
        "designer" | "nommer" => "Désignation",
        "elire" => "Élection",
        "choisir" => "Choix",
        "voter" => "Vote",
        "approuver" => "Approbation",
        "creer" => "Création",
        "renouveler" => "Renouvellement",
        _ => "Fixation",
    }
}

/// « du », « des », « de la », before the words.
fn of(words: &str) -> String {
    if let Some(rest) = words.strip_prefix("le ") {
        return format!("du {rest}");
    }
    if let Some(rest) = words.strip_prefix("les ") {
        return format!("des {rest}");
    }
    let vowel = fold(words).starts_with(['a', 'e', 'i', 'o', 'u']);
    if vowel && !words.starts_with("un") { format!("d’{words}") } else { format!("de {words}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stories_tell_what_they_are_about() {
        let table = [
            ("Ensuite la toiture du lavoir. Luc a présenté.", Some(("toiture du lavoir", true))),
            (
                "Puis on est passé à la demande de la chorale, 300 euros par an.",
                Some(("demande de la chorale", false)),
            ),
            (
                "On a d'abord approuvé le procès-verbal du 3 mai, personne n'a rien dit.",
                Some(("procès-verbal du 3 mai", false)),
            ),
            ("Pour le lavoir, Ada a montré les plans.", Some(("lavoir", false))),
            ("Le point sur la fibre, Luc l'a retiré.", Some(("fibre", false))),
            (
                "Il fallait aussi élire le délégué au syndicat du gaz.",
                Some(("Élection du délégué au syndicat du gaz", false)),
            ),
            ("Pour information le bal aura lieu en mai", Some(("Informations", false))),
            ("Pour le CA à sept, Luc propose.", Some(("CA à sept", false))),
            ("Luc est arrivé en retard.", None),
            ("Ensuite Ada a parlé longtemps.", None),
            ("De 20 h à 20 h 10 la séance est suspendue.", None),
        ];
        for (text, expected) in table {
            let found = title(text);
            let found = found.as_ref().map(|(title, alone)| (title.as_str(), *alone));
            assert_eq!(found, expected, "{text}");
        }
    }
}
