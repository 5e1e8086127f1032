//! A line of a working meeting, made ready and cut into clauses: signs of the writer in words, a
//! question parted from what is done about it.

use super::Sorter;
use crate::reading::{Fact, cells, facts, words};
use crate::task::minutes::clauses;
use crate::task::minutes::working::signs::{self, Sign};
use crate::task::minutes::working::{action, verb};

impl Sorter<'_> {
    /// « 300 à racheter ? Momo vérifie le stock »: a question, and what is done about it.
    pub(super) fn after_question(&self, clause: &str) -> Vec<String> {
        // « le voisin s'est plaint --> finir à 22 h, ça oui c'est décidé »
        words!(SO, r"\s*(?:-{1,2}>|=>|→)\s*(?P<then>\p{L}+)\b");
        if matches!(signs::read(clause), Sign::Decision(_))
            && let Some(then) = SO.captures_iter(clause).last().and_then(|found| found.name("then"))
            && verb::is_infinitive(then.as_str())
            && let (Some(before), Some(rest)) =
                (clause.get(..then.start()), clause.get(then.start()..))
            && before.split_whitespace().count() > 5
        {
            let before = before.trim_end_matches(['-', '=', '>', '→', ' ']);
            return vec![before.to_owned(), rest.to_owned()];
        }
        let cut = clause.split_once("? ").or_else(|| clause.split_once("! "));
        let sign = if clause.contains("? ") { "?" } else { "" };
        if let Some((question, rest)) = cut
            && question.split_whitespace().count() > 1
        {
            let rest = rest.trim();
            // « 5 ou 8 € ? => 5 € validé » answers itself.
            if rest.contains('?') || rest.starts_with(['=', '→', '-']) || signs::concludes(rest) {
                return vec![clause.to_owned()];
            }
            let done = action::read(rest, self.person).is_some()
                || action::alone(rest.trim_end_matches('.'), self.known).is_some()
                || matches!(signs::read(rest), Sign::Decision(_));
            let named = rest.split_whitespace().next().is_some_and(self.person);
            if done && (named || signs::read(rest) != Sign::Plain) {
                let question = question.trim_end_matches(['!', ' ']);
                return vec![format!("{question}{sign}"), rest.to_owned()];
            }
        }
        // « pas de réponse, Ada relancera », « la cour, Ada demande à la mairie, réponse le 9 »
        let done = |at: usize| {
            let (before, rest) = (clause.get(..at)?, clause.get(at + 2..)?);
            let named = rest.split_whitespace().next().is_some_and(self.known);
            let found = named.then(|| {
                action::alone(rest.trim_end_matches('.'), self.known)
                    .or_else(|| action::read(rest, self.known))
            });
            let does = found.flatten().is_some_and(|found| found.who.is_some());
            (does && before.split_whitespace().count() > 1).then_some((before, rest))
        };
        let cuts: Vec<usize> = clause.match_indices(", ").map(|(at, _)| at).collect();
        if let Some((before, rest)) = cuts.into_iter().rev().find_map(done) {
            // « église : infiltration, Ada voit l'architecte »: of what is said by its label.
            let label = before.split_once(':').map(|(label, _)| label.trim());
            let label = label.filter(|l| l.split_whitespace().count() <= 4 && !(self.known)(l));
            let rest = label.map_or_else(|| rest.to_owned(), |label| format!("{label} : {rest}"));
            return vec![before.to_owned(), rest];
        }
        vec![clause.to_owned()]
    }
}

/// The line with the signs of the writer in words: « € / pers », « pour : 8 contre : 2 », « / jour ».
pub(super) fn readied(text: &str) -> String {
    words!(PER, r"(?i)(\p{L})\s/\s(jour|semaine|mois|an|heure|personne|enfant|foyer|m²)\b");
    words!(EACH, r"(?i)([€\d])\s*/\s*(?:pers\b\.?|personnes?\b)");
    let text = cells::apart(text);
    let text = EACH.replace_all(&text, "$1 par personne");
    words!(COUNTS, r"(?i)\b(pour|contre|abst(?:entions?)?)\s*:\s*(\d{1,3})\b");
    let text =
        if COUNTS.find_iter(&text).count() > 1 { COUNTS.replace_all(&text, "$2 $1") } else { text };
    words!(A_DAY, r"(?i)(\p{L})/(?:j|jour)\b");
    // « 9 600 HT. choix : … », « délai 6 sem. Ada commande » end a sentence.
    words!(ENDS, r"\b(?P<end>HT|TTC|\d+\s?(?:sem|min|kg|pers))\.\s+(?P<next>\p{L}[\p{L}’'-]+\s)");
    let text = A_DAY.replace_all(&text, "$1 par jour");
    let text = ENDS.replace_all(&text, "$end ; $next");
    let mut text = PER.replace_all(&text, "$1 par $2").into_owned();
    // « livret 120 / caisse 30 => 150 » is one sum.
    words!(SUM, r"\d\s*(?:=>?|→|->)\s*\d");
    if SUM.is_match(&text) {
        text = text.replace(" / ", ", ");
    }
    text
}

/// The clauses of a line; what only asks who does it, or says when, stays with what is to be done.
pub(super) fn parted(text: &str) -> Vec<String> {
    let mut clauses: Vec<String> = Vec::new();
    for clause in clauses::clauses(text) {
        // « réserver le camion. Qui ? » is one action.
        let asks_who = clause.to_lowercase().starts_with("qui ?")
            || clause.to_lowercase().trim_end_matches([' ', '?']) == "qui";
        // « liste du matériel / 15 juin »
        let date_only = facts(clause)
            .first()
            .is_some_and(|f| matches!(f.fact, Fact::Date(_)) && f.span == (0..clause.len()));
        match clauses.last_mut() {
            Some(last) if date_only => last.push_str(&format!(", {clause}")),
            Some(last) if asks_who => last.push_str(&format!(". {clause}")),
            _ => clauses.push(clause.to_owned()),
        }
    }
    clauses
}
