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
    let dictated = is_dictated(notes);
    let mut text = notes.text().as_bytes().to_vec();
    for line in notes.lines() {
        let starts = match cut {
            Cut::Sentences if dictated || is_running(line.text) => sentence_starts(line.text),
            Cut::Clauses if line.text.split_whitespace().count() >= LONG => {
                clause_starts(line.text)
            }
            Cut::Clauses if dictated => sentence_starts(line.text),
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

/// « 1 la haie est trop haute », « 2 le portail grince »: entries whose number stands alone, as « 1) ».
pub(super) fn numbered(notes: &Notes) -> Option<Notes> {
    words!(BARE, r"^\s*(?P<n>[1-9]) (?:\p{Ll}{2}|[lnd]['’])");
    let number = |line: &Line<'_>| {
        let found = BARE.captures(line.text)?.name("n")?;
        Some((found.as_str().parse::<usize>().ok()?, line.start + found.end()))
    };
    let mut text = notes.text().as_bytes().to_vec();
    let mut run: Vec<usize> = Vec::new();
    for line in notes.lines() {
        match number(&line) {
            Some((n, at)) if n == run.len() + 1 => run.push(at),
            _ => run.clear(),
        }
        // The second entry makes a list of the first.
        if run.len() > 1 {
            for at in &run {
                text[*at] = b')';
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

/// Hours with a dot, where two of them make a time, or several open their line or follow « à »:
/// « 14.00-18.00 », « 10.45 accueil », « à 11.00 », each as « 14h00 ».
pub(super) fn dotted_hours(notes: &Notes) -> Option<Notes> {
    let mut text = notes.text().as_bytes().to_vec();
    let alone = TIMED.captures_iter(notes.text()).filter_map(|found| {
        let rest = notes.text().get(found.get(0)?.end()..)?;
        (!MEASURED.is_match(rest)).then(|| found.name("dot").map(|dot| dot.start()))?
    });
    let alone: Vec<usize> = alone.collect();
    for dot in alone.iter().filter(|_| alone.len() >= FEW_HOURS) {
        if let Some(byte) = text.get_mut(*dot) {
            *byte = b'h';
        }
    }
    for dot in quarters(notes.text()) {
        if let Some(byte) = text.get_mut(dot) {
            *byte = b'h';
        }
    }
    for found in DOTTED.captures_iter(notes.text()) {
        for dot in ["a", "b"].iter().filter_map(|name| found.name(name)) {
            if let Some(byte) = text.get_mut(dot.start()) {
                *byte = b'h';
            }
        }
    }
    changed(notes, text)
}

/// Dots of quarters of an hour, « première fournée 10.00 », where the notes have several and no unit
/// follows them: prices have their sign there, or stand on a line of prices.
fn quarters(notes: &str) -> Vec<usize> {
    crate::reading::words!(
        QUARTER,
        r"(?:^|[ \t(,])(?:[7-9]|1\d|2[0-3])(?P<dot>\.)(?:00|15|30|45)(?:$|[ \t),;])"
    );
    crate::reading::words!(
        PRICES,
        r"(?i)\b(?:tarifs?|prix|entr[ée]e|adultes?|enfants?|adh[ée]rents?|co[ûu]t|pi[èe]ce|budget)\b"
    );
    let mut dots = Vec::new();
    let mut start = 0;
    for line in notes.split_inclusive('\n') {
        let text = line.trim_end();
        if !PRICES.is_match(text) || text.contains('€') {
            let found = QUARTER.captures_iter(text).filter_map(|found| {
                let rest = text.get(found.name("dot")?.end() + 2..)?;
                (!MEASURED.is_match(rest))
                    .then(|| found.name("dot").map(|dot| start + dot.start()))?
            });
            dots.extend(found);
        }
        start += line.len();
    }
    if dots.len() >= MANY_HOURS { dots } else { Vec::new() }
}

/// The notes of a phone that has no apostrophes, with those that are certain: « jusquau », « cest »;
/// `None` where they need none. Lines stay lines, bytes move.
pub(super) fn apostrophed(notes: &Notes) -> Option<Notes> {
    if notes.text().contains(['\'', '’']) {
        return None;
    }
    let parted = parted_elisions(notes.text());
    let words = notes.text().split(|c: char| !c.is_alphabetic());
    if words.filter_map(elided).count() + parted.len() < FEW_APOSTROPHES {
        return None;
    }
    let mut text = notes.text().to_owned();
    for at in parted {
        text.replace_range(at..=at, "'");
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut before = String::new();
    for piece in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let word = piece.trim_end_matches(|c: char| !c.is_alphabetic());
        // « traiteur lormeau » is a name.
        let spelled = elided(word).filter(|_| !BEFORE_NAMES.contains(&before.as_str()));
        out.push_str(&spelled.unwrap_or_else(|| word.to_owned()));
        word.clone_into(&mut before);
        out.push_str(piece.get(word.len()..).unwrap_or_default());
    }
    if out.is_ascii() {
        out = to_or_has(&out);
    }
    Notes::from_text(&denied(&out)).ok()
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

/// « a payer », « a l'ordre de », « a 45 e »: an « à » without its accent, in notes that have none.
fn to_or_has(text: &str) -> String {
    let told = TO.replace_all(text, |found: &regex::Captures<'_>| {
        let next = &found["next"];
        let verb = || {
            let readings = french::readings(next);
            !readings.is_empty() && readings.iter().all(|r| r.class == french::Class::Infinitive)
        };
        let sure = next.starts_with(|c: char| c.is_ascii_digit()) || next.contains('\'') || verb();
        format!("{}{} {next}", &found["before"], if sure { "à" } else { "a" })
    });
    told.into_owned()
}

/// « il a pas payé », « vous pouvez plus emprunter » with the « ne » that talk leaves out.
fn denied(text: &str) -> String {
    DENIED
        .replace_all(text, |found: &regex::Captures<'_>| {
            let (verb, not) = (&found["verb"], &found["not"]);
            let acts = french::readings(verb).iter().any(|r| r.class == french::Class::Finite);
            let next = found.name("next").map_or("", |next| next.as_str());
            // « il veut plus de temps » denies nothing.
            let more = not == "plus"
                && !french::readings(next).iter().any(|r| r.class == french::Class::Infinitive);
            if !acts || more {
                return found[0].to_owned();
            }
            let not_yet = if french::elides(verb) { "n'" } else { "ne " };
            let after = if next.is_empty() { String::new() } else { format!(" {next}") };
            format!("{} {not_yet}{verb} {not}{after}", &found["who"])
        })
        .into_owned()
}

/// The spaces of « qu on », « l encaisse », « c est », which stand for an apostrophe.
fn parted_elisions(text: &str) -> Vec<usize> {
    const PARTED: [&str; 12] =
        ["qu", "jusqu", "lorsqu", "puisqu", "c", "d", "j", "l", "m", "n", "s", "t"];
    let mut spaces = Vec::new();
    let mut start = 0;
    for piece in text.split_inclusive([' ', '\n']) {
        let end = start + piece.len();
        let word = &*piece.trim_end_matches(' ').to_lowercase();
        let next = text.get(end..).unwrap_or_default();
        let next = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let next = &*next.to_lowercase();
        let known = french::is_word(next) || !french::readings(next).is_empty();
        if word.len() + 1 == piece.len()
            && PARTED.contains(&word)
            && french::elides(next)
            && (known || next.chars().count() > 2 || SHORT.contains(&next))
        {
            spaces.push(end - 1);
        }
        start = end;
    }
    spaces
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

/// Words that a surname follows.
const BEFORE_NAMES: [&str; 16] = [
    "mme",
    "mlle",
    "mr",
    "m",
    "madame",
    "monsieur",
    "famille",
    "docteur",
    "traiteur",
    "entreprise",
    "garage",
    "ets",
    "sarl",
    "boulangerie",
    "maitre",
    "rue",
];

/// Hours with a dot from which a dot is how the notes write them.
const FEW_HOURS: usize = 2;

/// Numbers that look like quarters of an hour, from which on they are.
const MANY_HOURS: usize = 4;

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
    r"(?i)^(?:quoi|quand|o[ùu]|qui|dates?|jours?|heures?|horaires?|d[ée]parts?|d[ée]but|fin|courses?|[ée]preuves?|distances?|films?|titres?|lieux?|tarifs?|prix|activit[ée]s?|animations?|ateliers?|public|[âa]ges?|objet|intitul[ée]|[ée]v[ée]nement|salle|infos?|remarques?|observations?)$"
);
words!(
    DOTTED,
    r"\b(?:[01]?\d|2[0-3])(?P<a>\.)[0-5]\d\s?(?:-|–|à|a)\s?(?:[01]?\d|2[0-3])(?P<b>\.)[0-5]\d\b"
);
words!(
    TIMED,
    r"(?m)(?:^[\s*•–-]*|\b(?:[àa]|vers|d[èe]s|jusqu['’][àa])[ ]+)(?:0?[7-9]|1\d|2[0-3])(?P<dot>\.)(?:[0-5][05])\b"
);
words!(MEASURED, r"(?i)^(?:[.,/]?\d|\s*(?:€|euros?\b|e\b|%|m[²2]?\b|km\b|kg\b|l\b|ttc\b|ht\b))");
words!(
    TO,
    r"(?P<before>\b(?:\p{L}+|\d+) )a (?P<next>l'ordre|l'attention|l'accueil|\d+ ?(?:e\b|€|h)|\p{L}{4,})"
);
words!(
    DENIED,
    r"\b(?P<who>il|elle|on|ils|elles|nous|vous|qu'il|qu'elle|qu'on) (?P<verb>\p{L}+) (?P<not>pas|plus|jamais)\b(?: (?P<next>\p{L}+))?"
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
    fn a_space_may_stand_for_an_apostrophe() {
        let told = |text: &str| {
            let notes = Notes::from_text(text).unwrap();
            apostrophed(&notes).map(|notes| notes.text().to_owned())
        };
        assert_eq!(
            told("il dit qu il viendra\nc est l ami d odile\nlot n 12").as_deref(),
            Some("il dit qu'il viendra\nc'est l'ami d'odile\nlot n 12")
        );
        assert_eq!(told("parcelle d 12\nplan l 4\nc bon"), None);
        assert_eq!(
            told("c est a payer par cheque a l ordre du club\nil a pas repondu\nelle veut plus de temps\nil peut plus louer a 12 h").as_deref(),
            Some("c'est à payer par cheque à l'ordre du club\nil n'a pas repondu\nelle veut plus de temps\nil ne peut plus louer à 12 h")
        );
    }

    #[test]
    fn a_dot_parts_hours_where_the_notes_write_them_so() {
        let told = |text: &str| {
            let notes = Notes::from_text(text).unwrap();
            dotted_hours(&notes).map(|notes| notes.text().to_owned())
        };
        assert_eq!(
            told("concert à 20.30\n- 19.45 ouverture\n21.15 entracte").as_deref(),
            Some("concert à 20h30\n- 19h45 ouverture\n21h15 entracte")
        );
        assert_eq!(
            told("départ 8.30, retour 17.00\nbuvette 10.00\nbal sous la halle 21.30 -- 5 €\nsoupe 4.50 €").as_deref(),
            Some("départ 8h30, retour 17h00\nbuvette 10h00\nbal sous la halle 21h30 -- 5 €\nsoupe 4.50 €")
        );
        assert_eq!(told("adulte 12.00\nenfant 8.00, moins de 6 ans 7.00, famille 20.00"), None);
        assert_eq!(told("café à 1.50\nrepas à 12.50 €\n- 10.45 € la place\nà 11.30"), None);
    }

    #[test]
    fn bare_numbers_that_follow_each_other_make_a_list() {
        let told = |text: &str| {
            let notes = Notes::from_text(text).unwrap();
            numbered(&notes).map(|notes| notes.text().to_owned())
        };
        assert_eq!(
            told("pourquoi\n1 la haie gêne\n2 le portail grince").as_deref(),
            Some("pourquoi\n1)la haie gêne\n2)le portail grince")
        );
        assert_eq!(told("1 table\n3 bancs"), None);
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
