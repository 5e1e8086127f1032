//! What a letter asks: things to be done, papers to be sent, questions to be answered, as they stand
//! after « Je vous serais reconnaissant de bien vouloir ».

use super::body::list;
use super::formula;
use super::record::{Letter, Role};
use crate::document::{Block, Document};
use crate::french;
use crate::reading::words;
use crate::task::article::{Link, linked};
use crate::task::wording::{begins_with_infinitive, small};

/// Writes what is asked: first what is to be done, then what is to be told.
pub(super) fn questions(letter: &Letter, document: &mut Document) {
    let asks: Vec<String> = letter.items(Role::Question).iter().map(|q| indirect(q)).collect();
    let (acts, asks): (Vec<String>, Vec<String>) =
        asks.into_iter().partition(|ask| begins_with_infinitive(ask) || ask.starts_with("me "));
    let lead = formula::asking(letter);
    ask(&format!("{lead} de bien vouloir"), &acts, document);
    let also = if acts.is_empty() { "" } else { " également" };
    ask(&format!("{lead}{also} de bien vouloir me faire connaître"), &asks, document);
}

fn ask(lead: &str, what: &[String], document: &mut Document) {
    match what {
        [] => {}
        [one] => {
            document
                .push(Block::paragraph(format!("{lead} {}.", one.trim_end_matches(['.', '?']))));
        }
        several => {
            document.push(Block::paragraph(format!("{lead} :")));
            document.push(list(several));
        }
    }
}

/// A question as it stands after « me faire connaître », or what is to be done after « vouloir ».
fn indirect(question: &str) -> String {
    let bare = question.trim().trim_end_matches(['?', ' ', '.']).trim();
    let low = bare.to_lowercase();
    for lead in ["est-ce que ", "est ce que ", "est-ce qu'", "est-ce qu’"] {
        if low.starts_with(lead) {
            let rest = bare.get(lead.len()..).unwrap_or_default();
            let told = format!("si {rest}");
            return if lead.ends_with(' ') { told } else { told.replace("si il", "s'il") };
        }
    }
    if let Some(act) = wish(bare) {
        return act;
    }
    // « demander de payer avant le 3 mai »
    let act = bare.strip_prefix("de ").or(bare.strip_prefix("d'"));
    if let Some(act) = act.filter(|act| begins_with_infinitive(act)) {
        return act.to_owned();
    }
    let papers = ["copie", "attestation", "devis", "justificatif", "facture", "plan", "liste"];
    let first = low.split(' ').next().unwrap_or_default();
    let bare_paper = ["une ", "la ", "un ", "le ", "les "]
        .iter()
        .find_map(|article| low.strip_prefix(article))
        .and_then(|rest| rest.split(' ').next())
        .unwrap_or(first);
    if papers.contains(&bare_paper.trim_end_matches('s')) || papers.contains(&bare_paper) {
        let paper = linked(Link::The, bare).unwrap_or_else(|| small(bare));
        return format!("me transmettre {paper}");
    }
    linked(Link::The, bare)
        .filter(|_| !QUESTION_WORDS.contains(&first))
        .unwrap_or_else(|| small(bare))
}

/// « qu'il transmette le dossier » as « transmettre le dossier ».
pub(super) fn wish(question: &str) -> Option<String> {
    let found = WISH.captures(question)?;
    let verb = found.name("verb")?.as_str();
    let infinitive = french::readings(verb)
        .into_iter()
        .map(|form| form.lemma)
        .find(|lemma| ["er", "ir", "re"].iter().any(|ending| lemma.ends_with(ending)))?;
    Some(format!("{infinitive}{}", found.name("rest").map_or("", |m| m.as_str())))
}

const QUESTION_WORDS: [&str; 12] = [
    "si", "où", "quand", "comment", "combien", "pourquoi", "qui", "quel", "quelle", "quels",
    "quelles", "s'il",
];

words!(WISH, r"(?i)^(?:qu['’](?:il|elle)s?|que vous) (?:nous )?(?P<verb>\p{L}+)(?P<rest>.*)$");
