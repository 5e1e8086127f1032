//! Whether notes are speech written down, and which body speaks.

use std::sync::LazyLock;

use regex::Regex;

use super::{clean, speech};
use crate::french;
use crate::notes::Notes;
use crate::reading::{fold, pattern};
use crate::task::minutes::person::is_first_name;
use crate::task::minutes::record::Kind;

/// Words of a text below which nothing is a transcript.
const FEWEST_WORDS: usize = 120;

/// Whether the lines of a talk say who speaks, or when.
pub fn has_speakers(notes: &Notes) -> bool {
    speech::labels(notes).values().any(|lines| *lines > 1) || STAMPED.is_match(notes.text())
}

/// « [00:12:07] »
static STAMPED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?m)^\s*[\[(]?\d{1,2}:\d{2}:\d{2}"));

/// Whether the notes are speech written down rather than notes.
pub fn is_speech(notes: &Notes) -> bool {
    static SPOKEN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:je|j['’]|moi|tu|vous|nous|on|c['’]est|[çc]a|oui|ouais|euh+|heu|ben|bah|hein|voil[àa]|donc|alors|l[àa]|ok|merci|d['’]accord|est-ce|quoi|bonsoir|bonjour)",
        )
    });
    let text = notes.text();
    let words = text.split_whitespace().count();
    if words < FEWEST_WORDS || speech::in_bullets(notes) {
        return false;
    }
    let spoken = SPOKEN.find_iter(text).count() * 100 / words;
    let hesitations = clean::hesitations(text) * 1000 / words;
    let labels = speech::labels(notes);
    let turns: usize = labels.values().filter(|n| **n > 1).sum();
    let lines = notes.lines().filter(|l| !l.text.trim().is_empty()).count().max(1);
    let stamps = STAMPED.find_iter(text).count();
    // Nobody speaks in sums, arrows and counts: however familiar its words, that is notes.
    static TYPED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?m)^[ \t]+\S|[=→]|->|\s/\s|\b\d+\s*(?:pour|contre|abst\w*)\b|^\W*(?i:odj|pr[ée]sents?)\s*[:=]",
        )
    });
    let typed = notes.lines().filter(|l| TYPED.is_match(l.text)).count();
    if typed * 4 >= lines && stamps == 0 && hesitations < 10 {
        return false;
    }
    if turns == 0 && stamps == 0 && hesitations < 10 && noted_on_the_go(notes) {
        return false;
    }
    if turns == 0 && stamps == 0 && hesitations < 4 && minuted(text, words) {
        return false;
    }
    let labelled = turns * 2 >= lines && labels.values().filter(|n| **n > 1).count() > 1;
    let words_a_line = words / lines;
    // « Dit : … Tranché : … Reste : … » are the headings of notes, not voices.
    let heading = |label: &str| {
        let word = label.split_whitespace().next().unwrap_or_default().to_lowercase();
        french::is_word(&word) && !is_first_name(&fold(&word))
    };
    let mut repeated = labels.iter().filter(|(_, n)| **n > 1).map(|(label, _)| label).peekable();
    if repeated.peek().is_some() && repeated.all(|label| heading(label)) {
        return hesitations >= 4;
    }
    spoken >= 10
        || (spoken >= 6
            && (hesitations >= 4 || (labelled && words_a_line >= 7) || stamps * 3 >= lines))
}

/// Notes typed on a telephone: a line for each thing, hardly a sign, figures in many of them. Speech
/// without signs fills its lines.
fn noted_on_the_go(notes: &Notes) -> bool {
    crate::reading::words!(SIGN, r"[.?!,;](?:\s|$)");
    let lines: Vec<&str> = notes.lines().map(|l| l.text.trim()).filter(|l| !l.is_empty()).collect();
    let widest = lines.iter().map(|l| l.chars().count()).max().unwrap_or(0);
    let count = |of: &dyn Fn(&str) -> bool| lines.iter().filter(|l| of(l)).count();
    let signed = count(&|line| SIGN.is_match(line));
    let figures = count(&|line| line.contains(|c: char| c.is_ascii_digit()));
    let short = count(&|line| line.chars().count() * 2 < widest);
    lines.len() >= 10
        && widest <= 120
        && signed * 8 <= lines.len()
        && figures * 5 >= lines.len() * 2
        && short * 5 >= lines.len()
}

/// Whether one voice tells a meeting as minutes do: who was called, there, wrote, voted, and nobody
/// spoken to.
fn minuted(text: &str, words: usize) -> bool {
    const MARKS: [&str; 8] = [
        r"(?i)\bconvo(?:cation|qu)",
        r"(?i)\ben\s+exercice\b|\b(?:adh[ée]rents|membres)\s+[àa]\s+jour",
        r"(?i)\bsecr[ée]taire\b",
        r"(?i)\bordre\s+du\s+jour\b",
        r"(?i)\bunanimit[ée]|\b(?:pour|contre)\s*[,.;]|\babst",
        r"(?i)\b(?:pouvoirs?|procurations?)\b",
        r"(?i)\b(?:excus[ée]|absente?s?\b)",
        r"(?i)\b(?:lev[ée]e?|clos[e]?|fini|termin[ée]e?)\s+(?:[àa]|vers)\b",
    ];
    crate::reading::words!(ADDRESSED, r"(?i)\b(?:vous|tu|toi|hein|dites|merci)\b");
    let told = MARKS.iter().filter(|mark| pattern(mark).is_match(text)).count();
    told >= 5 && ADDRESSED.find_iter(text).count() * 150 < words
}

/// The body that meets, as speech tells it: a council or an assembly only where the first lines or
/// the opening say so; otherwise a working meeting.
pub fn kind_of(notes: &Notes) -> Kind {
    crate::reading::words!(
        COUNCIL,
        r"(?i)\b(?:s[ée]ance|r[ée]union)\s+(?:\p{L}+\s+)?d[ue]\s+(?:notre\s+|ce\s+)?conseil\s+municipal\b|\b(?:ce|notre)\s+conseil\s+municipal\b|\bconseill[eè]re?s?\s+municipa(?:l|ux|les?)\s+(?:pr[ée]sent|en\s+exercice)"
    );
    crate::reading::words!(
        ASSEMBLY,
        r"(?i)\b(?:cette|notre|(?:bienvenue|on\s+est|nous\s+sommes)\s+[àa]\s+(?:l['’]|notre\s+|cette\s+)|ouvr\w+\s+(?:l['’]|notre\s+|cette\s+))\s*(?:assembl[ée]e\s+g[ée]n[ée]rale|AG)\b"
    );
    let titles: Vec<String> = speech::read(notes).heading.into_iter().map(|(t, _)| t).collect();
    let named = crate::task::minutes::announced(&titles.join(" "));
    let spoken: Vec<&str> = notes.lines().take(40).map(|l| l.text).collect();
    let says = |re: &Regex| spoken.iter().any(|text| re.is_match(text));
    named.unwrap_or_else(|| match (says(&COUNCIL), says(&ASSEMBLY)) {
        (true, _) => Kind::Council,
        (_, true) => Kind::Association,
        _ => Kind::Working,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_of_a_telephone_are_no_speech() {
        let noted = "réunion du lavoir lundi 3 mai 2027\non etait 4\nle toit c est 320 euros on est d accord\nbancs 6 a 45 ca fait 270\nodile s occupe des fleurs\nfete le 12 juin on garde la date on verra bien pour l heure\nmusique 200 euros\nluc appelle la mairie avant le 15\ntable 3\non a pas decide pour le four ca coute trop cher pour nous\nfini 22h\n";
        let notes = Notes::from_text(&noted.repeat(3)).unwrap();
        assert!(noted_on_the_go(&notes));
        let said =
            "alors moi je dis que le toit ça va pas attendre et puis on a dit qu'on voyait\n";
        let notes = Notes::from_text(&said.repeat(12)).unwrap();
        assert!(!noted_on_the_go(&notes));
    }
}
