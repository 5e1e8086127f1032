//! Notes written or dictated as one running text, with a statement a line as the readers of letters
//! and posters know them.
//!
//! A space that follows the end of a statement becomes the end of a line, and tabs between the
//! cells of a table become spaces: every byte keeps its place, so that findings point at what was
//! typed.

use crate::finding::Finding;
use crate::french;
use crate::notes::{Line, Notes};
use crate::reading::{Fact, facts, fold, remark, words};
use crate::task::minutes::clauses::sentences;

/// What a line is cut into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// Sentences: a letter is made of them.
    Sentences,
    /// Clauses too: a poster says one thing a line.
    Clauses,
}

/// Words of a line from which it may be a running text.
const LONG: usize = 22;

/// Lines of dictated notes from which their full stops tell that they are.
const FEW_LINES: usize = 4;

/// The notes with a statement a line; `None` where every line already is one.
pub(super) fn parted(notes: &Notes, cut: Cut) -> Option<Notes> {
    let dictated = cut == Cut::Sentences && is_dictated(notes);
    let mut text = notes.text().as_bytes().to_vec();
    for line in notes.lines() {
        let starts = match cut {
            Cut::Sentences if dictated || is_running(line.text) => sentence_starts(line.text),
            Cut::Clauses if line.text.split_whitespace().count() >= LONG => {
                clause_starts(line.text)
            }
            _ => continue,
        };
        for start in starts {
            let at = line.start + start;
            if let Some(before) = at.checked_sub(1).and_then(|at| text.get_mut(at))
                && *before == b' '
            {
                *before = b'\n';
            }
        }
    }
    changed(notes, text)
}

/// The rows of tables as lines, without the row that names the columns; `None` where there is no
/// table.
pub(super) fn untabled(notes: &Notes) -> Option<Notes> {
    let mut text = notes.text().as_bytes().to_vec();
    let lines: Vec<Line<'_>> = notes.lines().collect();
    let is_row = |line: &Line<'_>| line.text.trim().contains('\t');
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| is_row(line)) {
        let cells = line.text.split('\t').map(str::trim).filter(|cell| !cell.is_empty());
        // The row over days and hours that holds none itself.
        let above = lines.get(at + 1).is_some_and(|row| is_row(row) && holds_value(row.text));
        let first = at.checked_sub(1).and_then(|at| lines.get(at)).is_none_or(|row| !is_row(row));
        let heads = first && above && cells.clone().count() > 2 && facts(line.text).is_empty();
        let names_columns = heads || cells.clone().all(|cell| COLUMN.is_match(cell));
        let Some(bytes) = text.get_mut(line.span()) else { continue };
        for byte in bytes {
            if names_columns || *byte == b'\t' {
                *byte = b' ';
            }
        }
    }
    changed(notes, text)
}

/// Hours with a dot, where two of them make a time: « 14.00-18.00 » as « 14h00-18h00 ».
pub(super) fn dotted_hours(notes: &Notes) -> Option<Notes> {
    let mut text = notes.text().as_bytes().to_vec();
    for found in DOTTED.captures_iter(notes.text()) {
        for dot in ["a", "b"].iter().filter_map(|name| found.name(name)) {
            if let Some(byte) = text.get_mut(dot.start()) {
                *byte = b'h';
            }
        }
    }
    changed(notes, text)
}

/// The notes of a phone that has no apostrophes, with those that are certain: « jusquau », « cest »;
/// `None` where they need none. Lines stay lines, bytes move.
pub(super) fn apostrophed(notes: &Notes) -> Option<Notes> {
    if notes.text().contains(['\'', '’']) {
        return None;
    }
    let words = notes.text().split(|c: char| !c.is_alphabetic());
    if words.filter_map(elided).count() < FEW_APOSTROPHES {
        return None;
    }
    let mut out = String::with_capacity(notes.text().len() + 16);
    for piece in notes.text().split_inclusive(|c: char| !c.is_alphabetic()) {
        let word = piece.trim_end_matches(|c: char| !c.is_alphabetic());
        out.push_str(&elided(word).unwrap_or_else(|| word.to_owned()));
        out.push_str(piece.get(word.len()..).unwrap_or_default());
    }
    Notes::from_text(&out).ok()
}

/// Takes the places of findings back to the lines that were typed.
pub(super) fn take_back(told: &Notes, typed: &Notes, findings: &mut [Finding]) {
    let lines: Vec<Line<'_>> = typed.lines().collect();
    let line = |at: usize| told.text().get(..at).map_or(0, |before| before.matches('\n').count());
    for span in findings.iter_mut().filter_map(|finding| finding.notes.as_mut()) {
        let (first, last) = (line(span.start), line(span.end.max(span.start + 1) - 1));
        let start = lines.get(first).map_or(0, |line| line.start);
        let end = lines.get(last).or(lines.last()).map_or(start, |line| line.span().end);
        *span = start..end.max(start);
    }
}

/// « jusquau » as « jusqu'au »: a word in small letters that is none, unless what is elided before
/// it is parted from it.
fn elided(word: &str) -> Option<String> {
    let plain = word.len() > 2 && word.chars().all(char::is_lowercase);
    let known = |word: &str| french::is_word(word) || !french::readings(word).is_empty();
    if !plain || known(word) {
        return None;
    }
    ELIDED.iter().find_map(|(front, before)| {
        let rest = word.strip_prefix(front).filter(|rest| french::elides(rest))?;
        let fits = match before {
            Before::Anything => rest.len() > 2 && known(rest) || SHORT.contains(&rest),
            Before::Verb => ACTING.contains(&fold(rest).as_str()),
        };
        fits.then(|| format!("{front}'{rest}"))
    })
}

/// What may follow an elided word.
#[derive(Clone, Copy)]
enum Before {
    Anything,
    Verb,
}

const ELIDED: [(&str, Before); 9] = [
    ("jusqu", Before::Anything),
    ("lorsqu", Before::Anything),
    ("puisqu", Before::Anything),
    ("qu", Before::Anything),
    ("l", Before::Anything),
    ("d", Before::Anything),
    ("c", Before::Verb),
    ("n", Before::Verb),
    ("s", Before::Verb),
];

const SHORT: [&str; 8] = ["an", "au", "aux", "il", "on", "un", "en", "or"];

const ACTING: [&str; 9] = ["est", "etait", "etaient", "a", "ont", "avait", "avaient", "il", "ils"];

/// Words that lack their apostrophe from which the notes are those of a phone.
const FEW_APOSTROPHES: usize = 2;

fn changed(notes: &Notes, text: Vec<u8>) -> Option<Notes> {
    let text = String::from_utf8(text).ok().filter(|text| text != notes.text())?;
    Notes::from_text(&text).ok()
}

/// Whether most lines are sentences with their full stop.
fn is_dictated(notes: &Notes) -> bool {
    let lines: Vec<&str> =
        notes.lines().map(|line| line.text.trim()).filter(|line| !line.is_empty()).collect();
    let ended = lines
        .iter()
        .filter(|line| line.ends_with(['.', '!', '?']) && line.starts_with(char::is_uppercase));
    lines.len() >= FEW_LINES && ended.count() * 4 >= lines.len() * 3
}

/// Whether a line tells several things one after the other.
fn is_running(line: &str) -> bool {
    line.split_whitespace().count() > 2 * LONG && sentence_starts(line).len() > 1
}

/// Where the sentences of a line begin, but for the first.
fn sentence_starts(line: &str) -> Vec<usize> {
    let mut starts: Vec<usize> = sentences(line).iter().map(|(start, _)| *start).collect();
    let outside = |at: &usize| {
        let (before, after) = line.split_at(*at);
        before.matches('(').count() <= before.matches(')').count()
            && after.starts_with(char::is_uppercase)
    };
    starts.extend(CALLED_OUT.find_iter(line).map(|found| found.end()).filter(outside));
    starts.sort_unstable();
    starts.dedup();
    starts.retain(|start| *start > 0);
    starts
}

/// Where the clauses of a line begin that say something of their own, but for the first.
fn clause_starts(line: &str) -> Vec<usize> {
    let mut starts = sentence_starts(line);
    let mut at = 0;
    let clauses = remark::clauses(line);
    if clauses.len() < 3 {
        return starts;
    }
    for clause in clauses {
        let Some(found) = line.get(at..).and_then(|rest| rest.find(clause)) else { continue };
        let start = at + found + clause.len() - clause.trim_start().len();
        at += found + clause.len();
        if says_something(clause) {
            starts.push(start);
        }
        // « l'accueil c'est 9 h et les matchs commencent à 10 h » tells two things.
        for link in AND.find_iter(clause) {
            let (first, second) = clause.split_at(link.start());
            if holds_value(first) && holds_value(second) {
                starts.push(at - clause.len() + link.start() + 1);
            }
        }
    }
    starts.sort_unstable();
    starts.dedup();
    starts.retain(|start| *start > 0);
    starts
}

/// Whether a clause is no mere entry of an enumeration.
fn says_something(clause: &str) -> bool {
    let words: Vec<&str> = clause
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|w| !w.is_empty())
        .collect();
    let acts =
        |word: &&str| french::readings(word).iter().any(|form| form.class == french::Class::Finite);
    holds_value(clause)
        || words.len() > 4
        || words.len() > 2 && words.iter().any(acts)
        || words.first().is_some_and(|word| OPENERS.contains(&fold(word).as_str()))
}

fn holds_value(text: &str) -> bool {
    facts(text).iter().any(|found| !matches!(found.fact, Fact::Number(_) | Fact::Reference(_)))
}

/// First words of what stands for itself however short it is.
const OPENERS: [&str; 14] = [
    "organise",
    "imprime",
    "entree",
    "gratuit",
    "parking",
    "douches",
    "lots",
    "buvette",
    "repas",
    "restauration",
    "inscription",
    "inscriptions",
    "contact",
    "reservation",
];

words!(
    COLUMN,
    r"(?i)^(?:quoi|quand|o[ùu]|qui|dates?|jours?|heures?|horaires?|lieux?|tarifs?|prix|activit[ée]s?|animations?|ateliers?|public|[âa]ges?|objet|intitul[ée]|[ée]v[ée]nement|salle|infos?|remarques?|observations?)$"
);
words!(
    DOTTED,
    r"\b(?:[01]?\d|2[0-3])(?P<a>\.)[0-5]\d\s?(?:-|–|à|a)\s?(?:[01]?\d|2[0-3])(?P<b>\.)[0-5]\d\b"
);
words!(CALLED_OUT, r"\p{L}\s?[!?]+ ");
words!(AND, r" et (?:les? |la |l['’]|on )");

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, cut: Cut) -> Vec<String> {
        let notes = Notes::from_text(text).unwrap();
        let parted = parted(&notes, cut).unwrap_or(notes);
        assert_eq!(parted.text().len(), text.len());
        parted.lines().map(|line| line.text.to_owned()).collect()
    }

    #[test]
    fn a_running_text_has_a_statement_a_line() {
        let told = "Courriel à la chorale pour le local, il faut rendre la clé de la salle bleue avant la fin du mois. La porte de la cour ferme mal depuis mars, on attend le serrurier qui a promis de passer. Ils peuvent venir le mardi de 17h à 18h au bureau. Signé Odile Fermont, secrétaire.";
        assert_eq!(lines(told, Cut::Sentences).len(), 4);
        assert_eq!(lines("le portail grince. on verra", Cut::Sentences).len(), 1);
    }

    #[test]
    fn a_doubt_in_brackets_is_no_end_of_a_sentence() {
        let told = "s'inscrire avant le vendredi 14 mai, à la boulangerie Haute ou 05 61 00 11 22 Odile (Odette ? Redemander) elle est d'accord pour qu'on mette le numéro";
        let lines = lines(told, Cut::Clauses);
        assert!(
            lines.iter().any(|line| line.contains("Odile (Odette ? Redemander) elle")),
            "{lines:?}"
        );
    }

    #[test]
    fn dictated_lines_end_with_their_sentences() {
        let told = "Tu écris à la trésorière.\nElle a payé. On la remercie.\nLe reçu part demain.\nMerci à M. Roche.";
        assert_eq!(lines(told, Cut::Sentences).len(), 5);
    }

    #[test]
    fn a_poster_in_one_breath_says_one_thing_a_line() {
        let told = "pour l'affiche du loto c'est à la salle bleue, samedi 5 juin 2027 à 20h, l'accueil c'est 19h et les jeux commencent à 20h30, carton 4 €, crêpes, café et jus, on réserve au 05 61 00 11 22 avant le 1er juin";
        assert_eq!(
            lines(told, Cut::Clauses),
            [
                "pour l'affiche du loto c'est à la salle bleue,",
                "samedi 5 juin 2027 à 20h,",
                "l'accueil c'est 19h",
                "et les jeux commencent à 20h30,",
                "carton 4 €, crêpes, café et jus,",
                "on réserve au 05 61 00 11 22 avant le 1er juin",
            ]
        );
    }

    #[test]
    fn a_phone_that_has_no_apostrophes_gets_them() {
        let told = |text: &str| {
            let notes = Notes::from_text(text).unwrap();
            apostrophed(&notes).map(|notes| notes.text().to_owned())
        };
        assert_eq!(
            told("cest ferme jusquau 3 mai\nlarbre dun voisin est tombe").as_deref(),
            Some("c'est ferme jusqu'au 3 mai\nl'arbre d'un voisin est tombe")
        );
        assert_eq!(told("cest fait"), None);
        assert_eq!(told("c'est ferme jusquau 3 mai, cest dit"), None);
        assert_eq!(told("lise et nora sont venues, lucas et denis non, cest tout"), None);
    }

    #[test]
    fn rows_of_a_table_are_lines() {
        let notes = Notes::from_text("loto\nquoi\tjour\thoraires\ndépôt\tsa 5.06.27\t9.00-12.00\n")
            .unwrap();
        let flat = untabled(&notes).and_then(|notes| dotted_hours(&notes)).unwrap();
        let lines: Vec<&str> = flat.lines().map(|line| line.text.trim()).collect();
        assert_eq!(lines, ["loto", "", "dépôt sa 5.06.27 9h00-12h00", ""]);
    }
}
