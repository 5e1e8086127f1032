//! Telegraphic clauses made readable by rule: what letters and posters share.
//!
//! Abbreviations and facts are spelled out, signs become words, and in letters the third person
//! of the notes becomes « vous » and « on » becomes « nous ». No fact is added or lost.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::french::{self, Class};
use crate::reading::date::{MONTHS, weekdays_pattern};
use crate::reading::remark::loose;
use crate::reading::{abbreviation, cells, expand_facts, fold, pattern};

/// The clause with abbreviations, facts and signs spelled out.
pub fn clean(clause: &str) -> String {
    let clause = clause
        .trim()
        .trim_start_matches(['-', '–', '•', '◦', '▪', '⚠', '*', '>', '+'])
        .trim_start();
    let text = expand_facts(&abbreviation::spell_out(&plus(&cells::apart(clause))));
    let mut text =
        SIGNS.iter().fold(text, |text, (re, to)| re.replace_all(&text, *to).into_owned());
    while text.contains("  ") {
        text = text.replace("  ", " ");
    }
    quotes(&text).trim().trim_end_matches([',', ';', ':']).trim().to_owned()
}

/// « a + b + c » as « a, b et c ».
fn plus(text: &str) -> String {
    let parts: Vec<&str> = text.split(" + ").collect();
    match parts.as_slice() {
        [] | [_] => text.to_owned(),
        [first @ .., last] => format!("{} et {last}", first.join(", ")),
    }
}

/// Straight quotes as French ones.
pub fn quotes(text: &str) -> String {
    let mut open = false;
    text.chars()
        .map(|letter| match letter {
            '"' => {
                open = !open;
                if open { "« ".to_owned() } else { " »".to_owned() }
            }
            other => other.to_string(),
        })
        .collect()
}

/// The clause told to the person it is about: « elle doit » becomes « vous devez ».
pub fn to_recipient(clause: &str) -> String {
    // « son » is a noun there.
    if ["limiteur de son", "niveau de son", "son et lumière"].iter().any(|n| clause.contains(n)) {
        return clause.to_owned();
    }
    let clause = &TO_THEM.replace_all(clause, "${before}vous ${verb}");
    let clause = &TO_HIM.replace_all(clause, |found: &Captures<'_>| {
        if found.name("with").is_some() { found[0].to_owned() } else { "vous ".to_owned() }
    });
    let text = RECIPIENT.iter().fold(clause.clone().into_owned(), |text, (re, to)| {
        re.replace_all(&text, |found: &Captures<'_>| keep_case(&found[0], to)).into_owned()
    });
    THIRD
        .replace_all(&text, |found: &Captures<'_>| {
            let mid = found["mid"].replace("se ", "vous ").replace("s'", "vous ");
            let verb = second_person(&found["verb"]);
            // A verb whose form is not known stays with its own subject.
            let there = found["mid"].trim_end().ends_with('y');
            let nobody = found["who"].eq_ignore_ascii_case("il")
                && (NOBODYS.contains(&found["verb"].to_lowercase().as_str())
                    || there && IS_THERE.contains(&found["verb"].to_lowercase().as_str()));
            if nobody || verb == found["verb"] {
                return found[0].to_owned();
            }
            let that = if found.name("that").is_some() { "que " } else { "" };
            format!("{that}vous {mid}{verb}")
        })
        .into_owned()
}

/// The clause in the sender's voice: « on demande » becomes « nous demandons ».
pub fn to_sender(clause: &str) -> String {
    // « on se gare place Haute » is said of everybody.
    let own = |verb: &str| (verb != "se").then(|| first_person(verb)).flatten();
    ON.replace_all(clause, |found: &Captures<'_>| match own(&found["verb"]) {
        Some(verb) => format!("nous {}{verb}", &found["mid"]),
        None => found[0].to_owned(),
    })
    .into_owned()
    .replace("qu'nous", "que nous")
    .replace("qu’nous", "que nous")
    .replace("qu nous", "que nous")
}

/// The mark of a value that the user has to fill in.
pub fn blank(what: &str) -> String {
    format!("[À COMPLÉTER : {what}]")
}

/// A capital first.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |f| f.to_uppercase().collect::<String>() + letters.as_str())
}

/// A small letter first, unless the first word looks like a name or an acronym.
pub fn small(text: &str) -> String {
    let first: String = text.chars().take_while(|c| !c.is_whitespace()).collect();
    let common = ["Le", "La", "Les", "Un", "Une", "Des", "Votre", "Vos", "Nous", "Vous", "Je"];
    if common.contains(&first.as_str()) {
        let mut letters = text.chars();
        return letters
            .next()
            .map_or_else(String::new, |f| f.to_lowercase().collect::<String>() + letters.as_str());
    }
    text.to_owned()
}

/// Whether the text begins with an infinitive: « mettre », « installer ».
pub fn begins_with_infinitive(text: &str) -> bool {
    let first = text.split([' ', '\'', '’']).next().unwrap_or_default().to_lowercase();
    let readings = french::readings(&first);
    if !readings.is_empty() && readings.iter().all(|form| form.class != Class::Infinitive) {
        return false;
    }
    first.len() > 3
        && (first.ends_with("er") || first.ends_with("ir") || first.ends_with("re"))
        && !NOT_INFINITIVES.contains(&first.as_str())
}

/// The items of an enumeration: « a + b, c ».
pub fn enumeration(text: &str) -> Vec<String> {
    crate::reading::remark::clauses(text)
        .iter()
        .flat_map(|clause| clause.split(" + "))
        .map(|item| item.trim().trim_start_matches(['+', '-']).trim().to_owned())
        .filter(|item| !item.is_empty())
        .collect()
}

fn keep_case(found: &str, to: &str) -> String {
    if found.chars().next().is_some_and(char::is_uppercase) { capital(to) } else { to.to_owned() }
}

/// The verb of « elle » as that of « vous ».
fn second_person(verb: &str) -> String {
    let low = verb.to_lowercase();
    let irregular = VERBS.iter().find_map(|(third, second, _)| {
        // « interviennent » goes as « viennent ».
        let compound = |prefix: &&str| third.chars().count() > 3 && prefix.chars().count() > 1;
        if *third == low {
            return Some((*second).to_owned());
        }
        low.strip_suffix(third).filter(compound).map(|prefix| format!("{prefix}{second}"))
    });
    irregular.unwrap_or_else(|| {
        if let Some(stem) = low.strip_suffix("aient").or(low.strip_suffix("ait")) {
            format!("{stem}iez")
        } else if let Some(stem) = low.strip_suffix("ra") {
            format!("{stem}rez")
        } else if let Some(stem) = low.strip_suffix("ront") {
            format!("{stem}rez")
        } else if let Some(stem) = low.strip_suffix("ent").or(low.strip_suffix('e')) {
            format!("{stem}ez")
        } else {
            verb.to_owned()
        }
    })
}

/// The verb of « on » as that of « nous ».
fn first_person(verb: &str) -> Option<String> {
    let low = verb.to_lowercase();
    if let Some((.., first)) = VERBS.iter().find(|(third, ..)| *third == low) {
        return Some((*first).to_owned());
    }
    if let Some(stem) = low.strip_suffix("rait") {
        return Some(format!("{stem}rions"));
    }
    if let Some(stem) = low.strip_suffix("ait") {
        return Some(format!("{stem}ions"));
    }
    if let Some(stem) = low.strip_suffix("ra") {
        return Some(format!("{stem}rons"));
    }
    // « libère » is of « libérer », and « libérons ».
    let lemma = french::readings(&low).into_iter().map(|form| form.lemma);
    let stem = lemma.filter_map(|lemma| lemma.strip_suffix("er").map(str::to_owned)).find(|stem| {
        stem.chars().count() + 1 == low.chars().count() && fold(stem) + "e" == fold(&low)
    });
    let stem = stem.as_deref().or(low.strip_suffix('e'))?;
    let soft = if stem.ends_with('g') { "e" } else { "" };
    Some(format!("{stem}{soft}ons"))
}

/// Verbs of office notes whose forms are not regular: third person, « vous », « nous ».
const VERBS: [(&str, &str, &str); 35] = [
    ("renvoie", "renvoyez", "renvoyons"),
    ("dise", "disiez", "disions"),
    ("fasse", "fassiez", "fassions"),
    ("plaint", "plaignez", "plaignons"),
    ("a", "avez", "avons"),
    ("ont", "avez", "avons"),
    ("est", "êtes", "sommes"),
    ("sont", "êtes", "sommes"),
    ("doit", "devez", "devons"),
    ("doivent", "devez", "devons"),
    ("peut", "pouvez", "pouvons"),
    ("peuvent", "pouvez", "pouvons"),
    ("veut", "souhaitez", "souhaitons"),
    ("veulent", "souhaitez", "souhaitons"),
    ("voudrait", "souhaitez", "souhaitons"),
    ("fait", "faites", "faisons"),
    ("font", "faites", "faisons"),
    ("va", "allez", "allons"),
    ("vont", "allez", "allons"),
    ("vient", "venez", "venons"),
    ("viennent", "venez", "venons"),
    ("prend", "prenez", "prenons"),
    ("attend", "attendez", "attendons"),
    ("rend", "rendez", "rendons"),
    ("perd", "perdez", "perdons"),
    ("sait", "savez", "savons"),
    ("dit", "dites", "disons"),
    ("écrit", "écrivez", "écrivons"),
    ("reçoit", "recevez", "recevons"),
    ("envoie", "envoyez", "envoyons"),
    ("paie", "payez", "payons"),
    ("choisit", "choisissez", "choisissons"),
    ("met", "mettez", "mettons"),
    ("ira", "irez", "irons"),
    ("voie", "voyiez", "voyions"),
];

/// What stands in « il y a ».
const IS_THERE: [&str; 4] = ["a", "avait", "aura", "ait"];

/// What « il » does when it is nobody.
const NOBODYS: [&str; 6] = ["reste", "manque", "faut", "faudra", "suffit", "existe"];

const NOT_INFINITIVES: [&str; 14] = [
    "papier",
    "courrier",
    "chantier",
    "dossier",
    "atelier",
    "quartier",
    "centre",
    "cadre",
    "titre",
    "arbre",
    "cimetière",
    "lettre",
    "fevrier",
    "février",
];

static SIGNS: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    let days = weekdays_pattern();
    let months = MONTHS.join("|");
    [
        (r"(\d+ h(?: \d\d)?)\s*[-–]\s*(\d+ h(?: \d\d)?)".to_owned(), "de $1 à $2"),
        (r"\bde de (\d)".to_owned(), "de $1"),
        (r"(€(?: HT| TTC)?)(?:/ ?| / ?(?:(an|mois|jour|semaine|heure|personne|pers|enfant|adulte|nuit|kg|m[23²³]|repas|famille|foyer|équipe|joueur)\b))(\p{L}*)".to_owned(), "$1 par $2$3"),
        // Between things, a stroke is a comma.
        (r"(\p{L}|[€%)]|\d h(?: \d\d)?) / (\S)".to_owned(), "$1, $2"),
        (r"(?i)\bà disponible\b".to_owned(), "à disposition"),
        (r"(?i)\bd[ée]lib(?:[ée]ration)?s?\.?\s+(?:n°?\s*)?(\d{4}-\d+)".to_owned(), "délibération n° $1"),
        (format!(r"\b(avant|après|dès|depuis|jusqu'à|jusqu’à) ((?:(?:{days}) )?(?:\d{{1,2}}|1er) (?:{months}))"), "$1 le $2"),
        (format!(r"\b(\p{{L}}{{3,}}(?:é|ée|és|ées|ent|eu)) ((?:\d{{1,2}}|1er) (?:{months}))\b"), "$1 le $2"),
        (r"jusqu['’]à le ".to_owned(), "jusqu'au "),
        (r"(?i)(^|[\s(,])n'y a\b".to_owned(), "${1}il n'y a"),
        (r"(^|[^'’\w])(?:y a|ya)\b".to_owned(), "${1}il y a"),
        (r"\bil il y a\b".to_owned(), "il y a"),
        (r"\b([Ii])l il n'y a\b".to_owned(), "${1}l n'y a"),
        (r"(?i)\b(?:e-?)?mail\b".to_owned(), "courriel"),
        (r"(?i)\b(?:e-?)?mails\b".to_owned(), "courriels"),
        (r"\bM (\p{Lu}\p{Ll})".to_owned(), "M. $1"),
        (r"(?i)\bqu['’](?:il|elle)s? (?:a|ont) dit\b".to_owned(), "(selon ses indications)"),
        (r"(?i)\bon (?:l['’])?[ée]tudie(?:ra)?\b".to_owned(), "ce point pourra être étudié"),
        (r"\bque jusqu".to_owned(), "seulement jusqu"),
        (r"(?i)\bmi[- ]d[ée]c(?:embre)?\b\.?".to_owned(), "la mi-décembre"),
        (r"(?i)\bkbis\b".to_owned(), "extrait Kbis"),
        (r"extrait extrait".to_owned(), "extrait"),
        (r"\s*(?:-->|->|=>|→)\s*".to_owned(), " : "),
        (r"!+".to_owned(), ""),
    ]
    .into_iter()
    .map(|(from, to)| (pattern(&from), to))
    .collect()
});

/// Words about the recipient, longest first.
static RECIPIENT: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    [
        ("si elle fait demande", "si vous en faites la demande"),
        ("si elle en fait la demande", "si vous en faites la demande"),
        ("si il fait demande", "si vous en faites la demande"),
        ("s'il fait demande", "si vous en faites la demande"),
        ("s'ils font demande", "si vous en faites la demande"),
        ("s'il", "s'il"),
        ("son", "votre"),
        ("sa", "votre"),
        ("ses", "vos"),
        ("leur", "votre"),
        ("leurs", "vos"),
    ]
    .into_iter()
    .map(|(from, to)| (pattern(&format!(r"(?i)\b{}\b", loose(from))), to))
    .collect()
});

static THIRD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?P<that>\bqu['’ ])?\b(?P<who>elles?|ils?) (?P<mid>(?:(?:ne|nous|aussi|en|se|le|la|les|y) |n['’]|s['’])*)(?P<verb>\p{L}+)",
    )
});

/// « lui proposer », « nous leur proposons ».
static TO_THEM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)(?P<before>^|[\s(])(?:lui|leur) (?P<verb>\p{L}+(?:er|ir|re|ons|ai|ra)\b)")
});

/// « le conseil lui souhaite », not « avec lui ».
static TO_HIM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)(?P<with>\b(?:avec|chez|pour|sans|de|à|par|et|que|sur|contre) )?\blui ")
});

static ON: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:on) (?P<mid>(?:(?:ne|n['’]|vous|leur|lui|le|la|les|l['’]|en|y) ?)*)(?P<verb>\p{L}+)",
    )
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_third_person_becomes_vous() {
        let table = [
            ("elle doit refaire sa demande", "vous devez refaire votre demande"),
            ("elle parlait aussi d'un samedi", "vous parliez aussi d'un samedi"),
            ("elle apporte son assurance", "vous apportez votre assurance"),
            ("quand ils interviennent", "quand vous intervenez"),
            ("nous pouvons lui proposer la place", "nous pouvons vous proposer la place"),
            ("ils souhaitent le terrain", "vous souhaitez le terrain"),
            ("qu'il nous le dise avant lundi", "que vous nous le disiez avant lundi"),
            ("qu elle envoie son plan", "que vous envoyez votre plan"),
            ("il reste 3 places", "il reste 3 places"),
            ("le jeudi il y a la chorale", "le jeudi il y a la chorale"),
        ];
        for (clause, expected) in table {
            assert_eq!(to_recipient(clause), expected);
        }
    }

    #[test]
    fn on_becomes_nous() {
        assert_eq!(to_sender("on libère la salle"), "nous libérons la salle");
        assert_eq!(to_sender("on se gare au stade"), "on se gare au stade");
        assert_eq!(to_sender("on demande 40 %"), "nous demandons 40 %");
        assert_eq!(to_sender("on peut prêter la salle"), "nous pouvons prêter la salle");
    }

    #[test]
    fn a_noun_is_not_an_infinitive() {
        assert!(begins_with_infinitive("installer un étal"));
        assert!(!begins_with_infinitive("facture en mai"));
        assert!(!begins_with_infinitive("foyer libre lundi"));
        assert!(!begins_with_infinitive("courrier de la famille"));
    }
}
