//! What the writer of the notes was not sure of, quoted clause by clause.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use crate::finding::{Finding, FindingKind};
use crate::notes::{Line, Notes, Span};
use crate::reading::name::{Roster, candidate_names};

/// Lines longer than this are quoted by the clause that doubts.
const SHORT: usize = 80;

/// Doubts, but for those about a spelling, which `spellings` already tell.
pub(super) fn doubts(notes: &Notes, roster: &Roster, spellings: &[Finding]) -> Vec<Finding> {
    let told: Vec<&Span> = spellings.iter().filter_map(|finding| finding.notes.as_ref()).collect();
    let mut findings: Vec<Finding> = Vec::new();
    for line in notes.lines() {
        for mark in marks(&line, roster) {
            let place = line.start + mark;
            if told.iter().any(|span| span.contains(&place)) {
                continue;
            }
            let clause = clause(line.text, mark);
            let span = line.start + clause.start..line.start + clause.end;
            if findings.iter().any(|f| f.notes.as_ref().is_some_and(|s| s.contains(&place))) {
                continue;
            }
            let Some(quoted) = line.text.get(clause) else { continue };
            findings.push(Finding::check(
                FindingKind::Uncertain,
                Some(span),
                format!(
                    "Point incertain dans les notes : « {quoted} » ; confirmez-le avant de l'écrire."
                ),
            ));
        }
    }
    findings
}

/// Where the line doubts, in bytes.
fn marks(line: &Line<'_>, roster: &Roster) -> Vec<usize> {
    static DOUBT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)[àa] v[ée]rif|\b[àa] confirmer\b|\b[àa] pr[ée]ciser\b|\bje (?:ne )?(?:sais|me souviens|me rappelle) (?:plus|pas)\b|\bje crois\b|\bje pense\b|\bpas (?:s[ûu]re?s?|certaine?)(?:[ ]*$|[ ]*[^ \p{L}]|[ ]+(?:du|de|pour)\b)|\bs(?:i |')(?:ils?|elles?|on) (?:peut|peuvent|veut|veulent)\b|\bsi [^.,;?()\n]{2,30} confirme\b|\bsous r[ée]serve\b|\bvoir avec\b|\bsauf erreur\b|\bde m[ée]moire\b",
        )
    });
    let text = line.text;
    let mut marks: Vec<usize> = DOUBT
        .find_iter(text)
        .map(|found| found.start())
        .filter(|at| !quoted(text, *at) && !asked(text, *at))
        .collect();
    for (at, _) in text.match_indices('?') {
        if !quoted(text, at) && !spoken(text, at, roster) {
            marks.push(at);
        }
    }
    marks.sort_unstable();
    marks
}

/// Whether the place is inside words that the notes quote.
fn quoted(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("");
    let after = text.get(at..).unwrap_or("");
    let open =
        |open: char, close: char| before.rfind(open) > before.rfind(close) && after.contains(close);
    (before.matches('"').count() % 2 == 1 && after.contains('"'))
        || open('«', '»')
        || open('“', '”')
}

/// Whether the clause up to the place tells what someone asks.
fn asked(text: &str, at: usize) -> bool {
    static ASKS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:demand\w*|questions?|quest|interrog\w*|souhait\w*|pourquoi|peut-on|est-ce|propos\w*|voudrai\w*|veut savoir)\b",
        )
    });
    text.get(sentence_start(text, at)..at).is_some_and(|before| ASKS.is_match(before))
}

/// A question that someone asked is what was said, not a doubt of the writer.
fn spoken(text: &str, at: usize, roster: &Roster) -> bool {
    let before = text.get(sentence_start(text, at)..at).unwrap_or("").trim();
    let before = before.trim_start_matches(['-', '*', '+', '(', ' ']);
    if before.is_empty() || asked(text, at) || answered(text, at) {
        return true;
    }
    let by_member = roster.mentions(before).first().is_some_and(|(_, span)| span.start == 0);
    match before.split_once(':') {
        Some((speaker, said)) => {
            let speaker = speaker.trim();
            !said.trim().is_empty()
                && (by_member || (looks_named(speaker) && !said.contains(" ou ")))
        }
        None => by_member && !before.contains(" ou "),
    }
}

/// A question with its answer on the line is settled: `? -> oui`.
fn answered(text: &str, at: usize) -> bool {
    static ANSWER: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^[?]+[ ]*(?:-+>|=>|→|(?:oui|non|ok|si)\b)"));
    text.get(at..).is_some_and(|rest| ANSWER.is_match(rest))
}

/// Whether a few words are the mark of a speaker: a capitalised name that opens the sentence.
fn looks_named(words: &str) -> bool {
    words.split_whitespace().count() <= 3
        && candidate_names(words).first().is_some_and(|span| span.start == 0)
}

/// Where the sentence of the place starts.
fn sentence_start(text: &str, at: usize) -> usize {
    static END: LazyLock<Regex> = LazyLock::new(|| pattern(r"[^\s.]{2}\.\s+|[?!;]\s*|\s/\s|\("));
    let before = text.get(..at).unwrap_or("");
    END.find_iter(before).last().map_or(0, |end| end.end())
}

/// What to quote of the line: all of it when short, else the sentence that doubts, and of a long
/// or bracketed one what stands between the commas; without white space at its ends.
fn clause(text: &str, at: usize) -> Span {
    static END: LazyLock<Regex> = LazyLock::new(|| pattern(r"[^\s.]{2}\.\s+|[?!]+\s+|;\s*|\s/\s"));
    static COMMA: LazyLock<Regex> = LazyLock::new(|| pattern(r",\s"));
    let long = |span: &Span| text.get(span.clone()).is_some_and(|t| t.chars().count() > SHORT);
    let mut span = 0..text.len();
    if long(&span) {
        span = narrow(text, &span, at, &END);
        // Brackets doubt the words right before them.
        let bracketed = text.get(span.clone()).is_some_and(|t| t.ends_with(')'));
        if bracketed || long(&span) {
            span = narrow(text, &span, at, &COMMA);
        }
    }
    let inside = text.get(span.clone()).unwrap_or("");
    let head = inside.len() - inside.trim_start_matches([' ', '\t', '-', '>', ',', ';', '/']).len();
    let start = span.start + head;
    let tail =
        text.get(start..span.end).unwrap_or("").trim_end_matches([' ', '\t', '/', ';']).len();
    start..start + tail
}

/// The part of the span between the ends around the place; brackets are not cut, and « ? » in
/// front of the doubt stays with it: « possible ? pas sûr ».
fn narrow(text: &str, span: &Span, at: usize, ends: &Regex) -> Span {
    let mut out = span.clone();
    let depth = |place: usize| {
        let before = text.get(span.start..place).unwrap_or("");
        before.matches('(').count() > before.matches(')').count()
    };
    for end in ends.find_iter(text).filter(|end| span.start <= end.start() && end.end() <= span.end)
    {
        if depth(end.end()) {
            continue;
        }
        if end.end() <= at {
            out.start = end.end();
        } else if end.start() >= at {
            out.end = end.end();
            break;
        }
    }
    // A closing bracket opens a new clause: the rest of the line is of something else.
    if let Some(close) = text.get(at..out.end).and_then(|rest| rest.find(')'))
        && depth(at)
    {
        out.end = at + close + 1;
    }
    out
}
