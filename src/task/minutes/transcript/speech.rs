//! A transcript, line by line: time stamps and phantom lines out, who speaks, what is said.
//!
//! Every line that holds text is either a phantom (a time stamp alone, a line that speech
//! recognition invents or repeats) or part of exactly one [`Sentence`] or more; none is skipped.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::clean::clean;
use crate::notes::{Line, Notes, Span};
use crate::reading::{fold, pattern};

/// A sentence that somebody said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Label of who speaks, as written; unknown where the transcript has none.
    pub speaker: Option<String>,
    /// What is said, hesitations and repetitions taken out.
    pub text: String,
    /// Where it stands in the notes.
    pub span: Span,
}

/// A transcript, read.
#[derive(Debug, Default)]
pub struct Speech {
    /// Lines over the speech: title, people.
    pub heading: Vec<(String, Span)>,
    /// Sentences, in order.
    pub sentences: Vec<Sentence>,
    /// Lines that nobody said.
    pub phantoms: Vec<Span>,
}

static STAMP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*[\[(<]?\s*\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:\s*(?:-->|->|-|–)\s*\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?)?\s*[\])>]?\s*[-–:]?\s*",
    )
});
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:[-–]\s*)?(?:\*\*)?(?P<label>(?:SPEAKER|Speaker|Intervenante?|INTERVENANTE?|Locuteur|Locutrice|LOCUTEUR|Voix|VOIX|Participante?)[ _]?\w{1,3}|(?i:(?:le|la|m\.|mme|monsieur|madame)\s+(?:la\s+|le\s+)?(?:maire|pr[ée]sidente?|secr[ée]taire|tr[ée]sori[eè]re?|animatrice|animateur))|\p{Lu}[\p{L}.'’-]*(?:[ ](?:d[eu]\s|[ld]['’])?\p{Lu}[\p{L}.'’-]*){0,3})(?:\*\*)?\s*(?:[\[(]\s*\d{1,2}:\d{2}(?::\d{2})?\s*[\])])?\s*(?:\s[-–—]|[:>])(?:\*\*)?(?:\s+|$)(?P<rest>.*)$",
    )
});
/// A message of a chat: the minute, then who writes.
static MESSAGE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*\[?\d{1,2}[:h]\d{2}\]?\s+\p{Lu}"));
/// What a transcript notes beside the words: « (rires) », « [inaudible] ».
static BESIDE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\s*[\[(](?:rires?(?:\s+\p{L}+)?|sourires?|inaudible|silence|pause|applaudissements?|brouhaha|toux|la\s+porte|bruits?[^\])]{0,30})[\])]",
    )
});
/// A line that is a time and a label, or a label that names nobody, the speech below it:
/// « [00:12:07] Intervenant 2 », `SPEAKER_03`.
static LABEL_BELOW: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:\*\*)?(?P<label>(?i:speaker|intervenante?|locuteur|locutrice|voix|participante?)[ _]?(?:\d{1,3}|[A-Z]))(?:\*\*)?\s*:?\s*$",
    )
});
static NAME_BELOW: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:\*\*)?(?P<label>\p{Lu}[\p{L}'’-]*\p{Ll}(?:[ ](?:d[eu]\s|[ld]['’])?\p{Lu}[\p{L}.'’-]*){0,3})(?:\*\*)?\s*:?\s*$",
    )
});
/// A line that is a label and a time, the speech below it.
static LABEL_LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:\*\*)?(?P<label>(?:SPEAKER|Speaker)[ _]?\w{1,3}|\p{Lu}[\p{L}.'’-]*(?:[ ]\p{Lu}[\p{L}.'’-]*){0,3})(?:\*\*)?\s+[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s*$",
    )
});
static PHANTOMS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    include_str!("phantoms.txt").lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect()
});

/// The label of a line and where what is said begins.
fn label(text: &str) -> Option<(String, usize)> {
    if let Some(found) = LABEL_LINE.captures(text) {
        return Some((found["label"].trim().to_owned(), text.len()));
    }
    let stamp = STAMP.find(text).filter(|m| m.as_str().contains(':')).map_or(0, |m| m.end());
    // « (la porte) Paul : bonsoir »
    let beside = BESIDE.find(text.get(stamp..)?).filter(|m| m.start() == 0).map_or(0, |m| m.end());
    let stamp = stamp + beside;
    let rest = text.get(stamp..)?;
    if let Some(found) = LABEL_BELOW.captures(rest) {
        return Some((found["label"].trim().to_owned(), text.len()));
    }
    // A name alone is a label only after a time: « Oui » alone is said.
    let named = NAME_BELOW.captures(rest).filter(|found| {
        let first = found["label"].split(' ').next().unwrap_or_default();
        stamp > 0 && super::super::working::names::is_given_name(first)
    });
    if let Some(found) = named {
        return Some((found["label"].trim().to_owned(), text.len()));
    }
    let found = LABEL.captures(rest)?;
    let said = found.name("rest")?.start();
    Some((found["label"].trim().to_owned(), stamp + said))
}

/// Notes in bullets are no speech, however familiar their words.
pub fn in_bullets(notes: &Notes) -> bool {
    static BULLET: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^\s*(?:[*•+☐□▪■●◦·‣→➔➢►]|[-–—]\s+\P{Lu}|\d{1,2}[.)]\s)\s*\S"));
    let lines: Vec<_> = notes.lines().filter(|l| !l.text.trim().is_empty()).collect();
    let listed = lines.iter().filter(|l| BULLET.is_match(l.text)).count();
    listed * 5 >= lines.len() * 2
}

/// How often each label opens a line.
pub fn labels(notes: &Notes) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for line in notes.lines() {
        if let Some((label, _)) = label(line.text) {
            *counts.entry(label).or_insert(0) += 1;
        }
    }
    counts
}

/// Reads the transcript.
pub fn read(notes: &Notes) -> Speech {
    let counts = labels(notes);
    let recurring = counts.values().filter(|n| **n > 1).count();
    let accepted = |label: &str| {
        let count = counts.get(label).copied().unwrap_or(0);
        let first = label.split(' ').next().unwrap_or(label);
        count > 1
            || (recurring > 1 && !crate::reading::name::is_common(label))
            || (recurring > 0 && super::super::working::names::is_given_name(first))
    };
    let any_label = notes.lines().any(|l| label(l.text).is_some_and(|(l, _)| accepted(&l)));
    // Where nothing is punctuated, a line of its own label is a sentence of its own.
    let labelled_lines: Vec<_> =
        notes.lines().filter(|l| label(l.text).is_some_and(|(l, _)| accepted(&l))).collect();
    let ended = labelled_lines.iter().filter(|l| l.text.trim_end().ends_with(['.', '?', '!', '…']));
    // A message of a chat is whole, whatever its punctuation.
    let chat = labelled_lines.iter().filter(|l| MESSAGE.is_match(l.text)).count();
    let by_line = ended.count() * 4 < labelled_lines.len() || chat * 5 > labelled_lines.len() * 4;
    let mut speech = Speech::default();
    static AUDIENCE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^\W*(?:une?\s+|des\s+|les?\s+|la\s+|autres?\s+)?(?:voix|personnes?|quelqu['’]un|monsieur|dame|homme|femme|habitante?s?|public|spectat\p{L}+|salle)\b[^:.?!\d]{0,25}\b(?:public|salle|fond|assistance)\s*(?:\([^)]*\)\s*)?:\s|^\W*(?:(?:le\s+)?public|la\s+salle)\s*:\s",
        )
    });
    let mut speaker: Option<String> = None;
    let mut last = String::new();
    let mut begun = false;
    let mut turn: Vec<(Span, String)> = Vec::new();
    for line in notes.lines().filter(|l| !l.text.trim().is_empty()) {
        let labelled = label(line.text).filter(|(label, _)| accepted(label));
        // What the public calls out is no part of the meeting.
        if any_label && AUDIENCE.is_match(line.text) {
            speech.phantoms.push(line.span());
            continue;
        }
        let from = match &labelled {
            Some((_, from)) => *from,
            None => {
                STAMP.find(line.text).filter(|m| m.as_str().contains(':')).map_or(0, |m| m.end())
            }
        };
        let said = line.text.get(from..).unwrap_or("");
        if is_heading(&line, labelled.is_some(), begun, any_label, said) {
            speech.heading.push((said.trim().to_owned(), line.span()));
            continue;
        }
        if let Some((label, _)) = labelled {
            begun = true;
            if by_line {
                flush(&mut turn, speaker.as_ref(), &mut speech);
            }
            if speaker.as_ref() != Some(&label) {
                flush(&mut turn, speaker.as_ref(), &mut speech);
                speaker = Some(label);
                last.clear();
            }
            if said.trim().is_empty() {
                speech.phantoms.push(line.span());
                continue;
            }
        }
        let folded = fold(said.trim());
        if is_phantom(&folded) || folded == last {
            speech.phantoms.push(line.span());
            continue;
        }
        begun = true;
        last = folded;
        let start = line.start + from;
        turn.push((start..line.start + line.text.len(), said.to_owned()));
    }
    flush(&mut turn, speaker.as_ref(), &mut speech);
    speech
}

/// Whether a line stands over the speech: before the first turn, short, told as a heading is.
fn is_heading(line: &Line<'_>, labelled: bool, begun: bool, any_label: bool, said: &str) -> bool {
    if begun || is_phantom(&fold(said.trim())) {
        return false;
    }
    let about = super::super::working::cut::about_meeting(said.trim());
    let dated = crate::reading::facts(said)
        .iter()
        .any(|f| matches!(f.fact, crate::reading::Fact::Date(_) | crate::reading::Fact::Hour(_)));
    let words = said.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric));
    let short = words.count() <= 16;
    let untold = !said.trim_end().ends_with(['.', '?', '!']);
    if labelled {
        // « Présents : Paul, Léa » looks like a turn.
        return about;
    }
    about || (short && untold && line.number <= 6 && (any_label || dated || line.number == 1))
}

/// Whether nobody said this: nothing but signs and digits, or what recognisers invent.
fn is_phantom(folded: &str) -> bool {
    let letters = folded.chars().filter(|c| c.is_alphabetic()).count();
    if letters == 0 {
        return true;
    }
    folded.split_whitespace().count() <= 14
        && PHANTOMS.iter().any(|phantom| folded.contains(phantom))
}

/// Cuts what one person said in a row into sentences.
fn flush(turn: &mut Vec<(Span, String)>, speaker: Option<&String>, speech: &mut Speech) {
    let mut pending: Option<(Span, String)> = None;
    for (span, text) in turn.drain(..) {
        for (from, to) in sentences(&text) {
            let part = text.get(from..to).unwrap_or("");
            if part.trim().is_empty() {
                continue;
            }
            let place = span.start + from..span.start + to;
            let (start, whole) = match pending.take() {
                Some((before, words)) => (before.start, format!("{words} {}", part.trim())),
                None => (place.start, part.trim().to_owned()),
            };
            let ends = whole.ends_with(['.', '?', '!', '…', '»']) || long(&whole);
            if ends {
                push(speech, speaker, &whole, start..place.end);
            } else {
                pending = Some((start..place.end, whole));
            }
        }
    }
    if let Some((span, text)) = pending {
        push(speech, speaker, &text, span);
    }
}

fn long(text: &str) -> bool {
    text.split_whitespace().count() > 45
}

fn push(speech: &mut Speech, speaker: Option<&String>, text: &str, span: Span) {
    let text = clean(&BESIDE.replace_all(text, ""));
    speech.sentences.push(Sentence { speaker: speaker.cloned(), text, span });
}

/// Ranges of the sentences of a text, one after the other; speech without punctuation is cut
/// before a word that opens a new idea, once it is long.
fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut cuts = vec![0];
    let mut words = 0;
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        let after = text.get(at + c.len_utf8()..).unwrap_or("");
        if c.is_whitespace() {
            if in_word {
                words += 1;
            }
            in_word = false;
            let opens = ["donc ", "alors ", "mais ", "ensuite ", "et puis ", "après "];
            if words > 45 && (opens.iter().any(|w| after.starts_with(w)) || words > 70) {
                cuts.push(at + c.len_utf8());
                words = 0;
            }
            continue;
        }
        in_word = true;
        let ends = matches!(c, '?' | '!' | '…')
            || (c == '.' && ends_sentence(text.get(..at).unwrap_or("")));
        if ends && after.starts_with(char::is_whitespace) {
            cuts.push(at + c.len_utf8());
            words = 0;
        }
    }
    cuts.push(text.len());
    cuts.windows(2).map(|w| (w[0], w[1])).collect()
}

/// Not after « M. », an initial or « etc. » in the middle.
fn ends_sentence(before: &str) -> bool {
    let last = before.split([' ', '(', '\'', '’']).next_back().unwrap_or("");
    let short = last.chars().count() <= 1 && last.chars().all(char::is_alphabetic);
    !short && !["Mme", "Mr", "MM", "art", "env"].contains(&last)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(text: &str) -> Vec<(Option<String>, String)> {
        let notes = Notes::from_text(text).unwrap();
        read(&notes).sentences.into_iter().map(|s| (s.speaker, s.text)).collect()
    }

    #[test]
    fn turns_are_known_in_the_forms_that_recognisers_write() {
        let forms = [
            "Paul : Bonjour à tous.\nLéa : Bonjour.\nPaul : On y va.\nLéa : Oui.",
            "[00:00:01] Paul: Bonjour à tous.\n[00:00:05] Léa: Bonjour.\n[00:00:07] Paul: On y va.\n[00:00:09] Léa: Oui.",
            "- Paul - Bonjour à tous.\n- Léa - Bonjour.\n- Paul - On y va.\n- Léa - Oui.",
            "**Paul** : Bonjour à tous.\n**Léa** : Bonjour.\n**Paul** : On y va.\n**Léa** : Oui.",
            "Paul 00:01\nBonjour à tous.\nLéa 00:05\nBonjour.\nPaul 00:07\nOn y va.\nLéa 00:09\nOui.",
        ];
        let expected = [
            ("Paul", "Bonjour à tous."),
            ("Léa", "Bonjour."),
            ("Paul", "On y va."),
            ("Léa", "Oui."),
        ];
        for form in forms {
            let expected = expected.map(|(who, text)| (Some(who.to_owned()), text.to_owned()));
            assert_eq!(told(form), expected, "{form}");
        }
    }

    #[test]
    fn nobody_said_phantom_lines() {
        let text = "SPEAKER_00: Bonjour.\nSPEAKER_01: Le budget est de 300 euros.\nSPEAKER_01: Le budget est de 300 euros.\nSous-titres réalisés par la communauté\n12\n00:00:01,000 --> 00:00:04,000\n[Musique]\n♪♪\nSPEAKER_00: Merci.\nMerci d'avoir regardé cette vidéo !";
        let said: Vec<String> = told(text).into_iter().map(|(_, t)| t).collect();
        assert_eq!(said, ["Bonjour.", "Le budget est de 300 euros.", "Merci."]);
    }

    #[test]
    fn speech_without_turns_is_read_too() {
        let said = told("alors bonjour. on est 5 ce soir. on attaque ?");
        assert_eq!(said.len(), 3);
        assert!(said.iter().all(|(who, _)| who.is_none()));
    }

    proptest! {
        #[test]
        fn every_line_is_said_or_phantom(lines in proptest::collection::vec(r"(Paul : |\[00:0[0-9]:12\] |Léa: )?(bonjour|on garde 12 €|Merci d'avoir regardé|♪|euh|prochaine réunion lundi){1,4}[.?]?", 1..20)) {
            let text = lines.join("\n");
            let Ok(notes) = Notes::from_text(&text) else { return Ok(()) };
            let speech = read(&notes);
            for line in notes.lines().filter(|l| !l.text.trim().is_empty()) {
                let span = line.span();
                let overlaps = |s: &Span| s.start < span.end && span.start < s.end;
                let phantom = speech.phantoms.iter().any(overlaps);
                let heading = speech.heading.iter().any(|(_, s)| overlaps(s));
                let said = speech.sentences.iter().any(|s| overlaps(&s.span));
                prop_assert!(phantom || heading || said, "{}", line.text);
            }
        }
    }
}
