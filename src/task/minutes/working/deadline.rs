//! By when something has to be done, in the words of the notes.
//!
//! Deadlines are copied, never computed: « vendredi » stays « vendredi », « le 12 » stays
//! « le 12 », since the month would be a guess.

use regex::Regex;

use crate::reading::{Fact, expand_facts, facts, words};

const MONTHS: &str = "janvier|janv|f[ée]vrier|f[ée]vr?|mars|avril|avr|mai|juin|juillet|juil|ao[ûu]t|septembre|sept|octobre|oct|novembre|nov|d[ée]cembre|d[ée]c";

/// A deadline found in a clause: the clause without it, and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// What remains of the clause.
    pub rest: String,
    /// « avant le 15 octobre », « fin octobre », « vendredi ».
    pub when: String,
}

/// Takes the deadline out of a clause.
pub fn take(clause: &str) -> Option<Deadline> {
    worded(clause).or_else(|| dated(clause))
}

/// A cell or phrase that is a deadline as a whole, in the words of a document.
pub(super) fn words_of(text: &str) -> String {
    match take(text) {
        Some(found) if found.rest.is_empty() => found.when,
        _ => month_in_full(&expand_facts(&crate::reading::abbreviation::spell_out(text))),
    }
}

/// Whether the words name a meeting to come: « CA de novembre », « prochaine réunion ».
pub(super) fn is_meeting(text: &str) -> bool {
    words!(
        MEETING,
        r"(?i)^(?:(?:au|le|la|pour\s+l[ea]|l['’])\s*)?(?:proch\w*\s+)?(?:ca|bureau|conseil|ag|copil|commission|r[ée]union|r[ée]u|comit[ée]|codir)\b.{0,30}$"
    );
    MEETING.is_match(text.trim())
}

/// A deadline that holds a full date: « avant 15/10 », « pour le 3 nov. », « (12/10) », or a date
/// that ends the clause.
fn dated(clause: &str) -> Option<Deadline> {
    words!(
        BEFORE,
        r"(?i)(?:^|[\s,(\-–:])(?P<prep>au\s+plus\s+tard|avant|av\.?|d['’]ici(?:\s+à)?|pour|jusqu['’]au?|[ée]ch[ée]ance\s*:?|date\s+limite\s*:?|deadline\s*:?|dl\s*:?|d[èe]s)?\s*(?P<le>le|au|la)?\s*$"
    );
    words!(END, r"^\s*(?:au\s+plus\s+tard\b|dernier\s+d[ée]lai\b)?\s*[).,;\]]*\s*$");
    words!(AT_LATEST, r"(?i)^\s*(?:au\s+plus\s+tard|dernier\s+d[ée]lai)\b");
    let found = facts(clause);
    let dates = found.iter().rev().filter(|f| matches!(f.fact, Fact::Date(_)));
    for date in dates {
        let before = clause.get(..date.span.start)?;
        let after = clause.get(date.span.end..)?;
        let Some(captures) = BEFORE.captures(before) else { continue };
        let prep = captures.name("prep").map_or("", |m| m.as_str()).to_lowercase();
        let article = captures.name("le").map_or("", |m| m.as_str()).to_lowercase();
        let ends = END.is_match(after);
        // « pour la fête du 12 » and « le 3 mai, appeler » are no deadlines; « pour le 12 » is one
        // where it ends the clause.
        let latest = AT_LATEST.find(after);
        let certain = match prep.as_str() {
            "" if latest.is_some() => true,
            "" => ends && (article == "le" || article.is_empty()),
            "pour" | "dès" | "des" => ends,
            _ => true,
        };
        if !certain {
            continue;
        }
        // An hour may follow the date.
        let written = expand_facts(clause.get(date.span.clone())?);
        let prep = match prep.trim_end_matches([':', ' ']) {
            "" if latest.is_some() => "au plus tard le ".to_owned(),
            "" | "pour" => String::new(),
            "avant" | "av" | "av." => "avant le ".to_owned(),
            "au plus tard" => "au plus tard le ".to_owned(),
            p if p.starts_with("jusqu") => "jusqu’au ".to_owned(),
            p if p.starts_with('d') && p.contains("ici") => "d’ici le ".to_owned(),
            _ => String::new(),
        };
        // « mars 2027 » takes no « le ».
        let bare_month = matches!(date.fact, Fact::Date(d) if d.day.is_none());
        let prep = if bare_month { prep.replace(" le ", " ") } else { prep };
        let start = captures.get(0).map_or(before.len(), |m| m.start());
        let end = date.span.end + latest.map_or(0, |words| words.end());
        return Some(without(clause, start, end, format!("{prep}{written}")));
    }
    None
}

/// A deadline in words: « d'ici vendredi », « fin oct », « avant le 12 », « semaine prochaine ».
fn worded(clause: &str) -> Option<Deadline> {
    static WORDED: std::sync::LazyLock<Regex> = std::sync::LazyLock::new(|| {
        let days = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche";
        let event = r"(?:la\s+|le\s+|l['’]|les\s+)?(?:prochain(?:e)?\s+(?:r[ée]union|s[ée]ance|fois|ca|bureau|conseil|commission|rdv|rencontre)|ag\b|assembl[ée]e\s+g[ée]n[ée]rale|rentr[ée]e|no[ëe]l|p[âa]ques|toussaint|vacances(?:\s+de\s+(?:la\s+)?\p{L}+)?|f[êe]te|week-?end|[ée]t[ée]\b|fin\s+d['’]ann[ée]e)";
        let period = format!(
            r"(?:fin|mi|d[ée]but)[\s-]*(?:(?:de\s+|du\s+)?(?:mois|semaine|journ[ée]e)|(?:d['’])?ann[ée]e|(?:de\s+|d['’])?(?:{MONTHS})\b\.?(?:\s+\d{{4}})?)"
        );
        let near = format!(
            r"(?:{days})(?:\s+\d{{1,2}}\b)?(?:\s+(?:prochain|soir|matin|midi))?|(?:la\s+)?semaine\s+prochaine|(?:le\s+)?mois\s+prochain|cette\s+semaine|ce\s+week-?end|ce\s+soir|demain(?:\s+(?:matin|soir))?|apr[èe]s[- ]demain|(?:semaine|s)\s*\d{{1,2}}\b|fin\s+de\s+semaine"
        );
        crate::reading::pattern(&format!(
            r"(?ix)(?:^|[\s,(\-–:])(?P<when>
                (?:au\s+plus\s+tard|avant|d['’]ici(?:\s+[àa])?)\s+(?:le\s+|la\s+|l['’]|les\s+)?(?:{period}|{near}|{event}|(?:le\s+)?\d{{1,2}}\b|(?:{MONTHS})\b)
              | avant\s+(?:le\s+|la\s+|l['’]|les\s+)(?:match|tournoi|repas|loto|kermesse|travaux|march[ée]|spectacle|concert|d[ée]part|ouverture|inauguration)
              | pour\s+(?:le\s+|la\s+|l['’])?(?:{period}|{near}|{event}|\d{{1,2}}\b)
              | {period}
              | {near}
              | le\s+\d{{1,2}}
              | (?:chaque|tou(?:te)?s\s+les)\s+(?:jours?|semaines?|mois|lundis?|vendredis?)
              | d[èe]s\s+que\s+possible | au\s+plus\s+(?:vite|t[ôo]t) | asap | urgent | rapidement
            )\s*(?P<end>[).,;\]]*)\s*$"
        ))
    });
    let captures = WORDED.captures(clause)?;
    let when = captures.name("when")?;
    let words = crate::reading::abbreviation::spell_out(when.as_str());
    let words = month_in_full(&words);
    let words = words.strip_prefix("pour ").map_or(words.clone(), str::to_owned);
    let start = captures.get(0)?.start();
    // « de vendredi à dimanche », « un samedi », « le lundi » are days of something else.
    let before = clause.get(..when.start())?.split_whitespace().next_back().unwrap_or("");
    let of_a_thing =
        ["à", "de", "du", "des", "au", "un", "le", "ce", "les", "chaque", "et", "ou", "dès"];
    let bound = crate::reading::fold(&words);
    let led = ["avant", "d'ici", "au plus", "pour", "le "].iter().any(|p| bound.starts_with(p));
    if !led && of_a_thing.contains(&before.to_lowercase().as_str()) {
        return None;
    }
    Some(without(clause, start, when.end(), words))
}

/// « fin oct. » is « fin octobre ».
fn month_in_full(words: &str) -> String {
    words!(MONTH, r"(?i)\b(janv|f[ée]vr?|avr|juil|sept|oct|nov|d[ée]c)\b\.?");
    MONTH
        .replace_all(words, |found: &regex::Captures<'_>| {
            let start: String = crate::reading::fold(&found[1]).chars().take(3).collect();
            match start.as_str() {
                "jan" => "janvier",
                "fev" => "février",
                "avr" => "avril",
                "jui" => "juillet",
                "sep" => "septembre",
                "oct" => "octobre",
                "nov" => "novembre",
                _ => "décembre",
            }
        })
        .into_owned()
}

/// The clause without the bytes of the deadline and the signs that held it.
fn without(clause: &str, start: usize, end: usize, when: String) -> Deadline {
    let before = clause.get(..start).unwrap_or("").trim_end_matches([' ', ',', '(', '-', '–', ':']);
    let after = clause.get(end..).unwrap_or("");
    // « les bulletins le 15 au plus tard, acompte de 50 € » goes on after its comma.
    let comma = after.starts_with(',');
    let open = before.matches('(').count() > before.matches(')').count();
    let after = after.trim_start_matches([' ', ',', '.', ';', ']']);
    let after = if open { after } else { after.trim_start_matches([')', ' ']) };
    let rest = match (before.is_empty(), after.trim().is_empty()) {
        (_, true) => before.to_owned(),
        (true, false) => after.to_owned(),
        (false, false) if comma => format!("{before}, {after}"),
        (false, false) if after.starts_with([')', ',']) => format!("{before}{after}"),
        (false, false) => format!("{before} {after}"),
    };
    Deadline { rest: rest.trim().to_owned(), when }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_are_taken_as_people_type_them() {
        let table = [
            ("devis barnum avant 15/10", "devis barnum", "avant le 15 octobre"),
            ("devis barnum avant le 15 oct.", "devis barnum", "avant le 15 octobre"),
            ("affiches pour le 3 nov", "affiches", "3 novembre"),
            ("réserver la salle (12/10)", "réserver la salle", "12 octobre"),
            ("devis avant le 12", "devis", "avant le 12"),
            ("appeler la mairie d'ici vendredi", "appeler la mairie", "d'ici vendredi"),
            ("bilan, fin oct", "bilan", "fin octobre"),
            ("bilan fin novembre 2026", "bilan", "fin novembre 2026"),
            ("relancer Zoé semaine prochaine", "relancer Zoé", "semaine prochaine"),
            (
                "liste des bénévoles pour la prochaine réunion",
                "liste des bénévoles",
                "la prochaine réunion",
            ),
            ("courrier d’ici le 3/11/26 au plus tard", "courrier", "d’ici le 3 novembre 2026"),
            (
                "envoyer les bulletins le 15 janvier au plus tard, acompte de 50 €",
                "envoyer les bulletins, acompte de 50 €",
                "au plus tard le 15 janvier",
            ),
            ("commander dès que possible", "commander", "dès que possible"),
            ("clés lundi", "clés", "lundi"),
        ];
        for (clause, rest, when) in table {
            let expected = Deadline { rest: rest.into(), when: when.into() };
            assert_eq!(take(clause), Some(expected), "{clause}");
        }
    }

    #[test]
    fn other_dates_are_no_deadlines() {
        for clause in [
            "réserver la salle du 12 décembre pour le repas",
            "écrire au maire",
            "commander 12 tables",
            "louer le camion de vendredi à dimanche",
            "fête de la musique",
        ] {
            assert_eq!(take(clause), None, "{clause}");
        }
    }
}
