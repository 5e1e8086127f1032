//! Votes without a count: unanimity, a majority, a result that stands alone.

use std::sync::LazyLock;

use regex::Regex;

use super::result::ADOPTED;
use crate::notes::Span;
use crate::reading::{fold, pattern};
use crate::task::minutes::record::Vote;

/// Unanimity, in the words of notes; also an agreement of all that notes call a vote.
static UNANIMITY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:[àa]\s+(?:l['’ ])?\s*)?\bunan(?:imit[ée]|imes?|imement|\b\.?)(?:\s+des\s+(?:présents|voix|suffrages|votants|membres\s+présents|exprimés)[^.;,]*|\s+des\s+(?:\d{1,3}|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze)\b(?:\s+(?:présents|votants|membres|voix))?)?|\b(?:ils\s+sont\s+)?tous\s+(?:pour|d['’]accord)\b|\bok\s+pour\s+tous\b|^\W*ok\s+(?:pour\s+)?(?:tous|tout\s+le\s+monde)\W*$|\bpour\s*:\s*tous\b|\bt(?:ou)?t\s+le\s+monde\s+(?:(?:est|[ée]tait|a\s+[ée]t[ée])\s+)?pour\b|\btout\s+le\s+monde\s+(?:est\s+)?(?:d\s?['’ ]\s?accord|ok)\b[^.;]*\bvot[ée]e?(?:[^\p{L}]|$)|\bvot[ée]e?\s+par\s+tous\b|\badopt[ée]e?\s+par\s+tous\b",
    )
});
/// « UN » stands for unanimity only in capitals and where a vote stands.
static UN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[:>(]\s*|\b(?i:vote|vot[ée]e?|adopt[ée]e?|approuv[ée]e?|r[ée]sultat)\s*(?:à\s+l['’])?\s*:?\s*)(UN|U)(?:\s*[.,;)(]|\s*$)",
    )
});
static MAJORITY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b[àa]\s+la\s+majorit[ée](?:\s+(?:absolue|simple|des\s+\w+(?:\s+exprim[ée]s)?))?")
});
/// A result that stands alone, without any count.
pub(super) static RESULT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:(?:vote|r[ée]sultat)\s*:?\s*)?(?:(?:la\s+)?(?:proposition|d[ée]lib(?:[ée]ration)?|motion|point|r[ée]solution|c['’]est)\s+)?(?:est\s+|a\s+[ée]t[ée]\s+)?(?:ok\s+)?(?:(?P<yes>adopt[ée]e?s?|approuv[ée]e?s?|vot[é]e?s?|valid[ée]e?s?|pass[ée]e?s?)|(?P<no>rejet[ée]e?s?|refus[ée]e?s?|repouss[ée]e?s?|(?:non|pas)\s+(?:adopt|approuv)[ée]e?s?)|vote)(?:\s+(?:par\s+le\s+conseil|[àa]\s+main\s+lev[ée]e))?\W*$",
    )
});

/// Where a line tells unanimity; « la carte à tout le monde pour le 3 mai » gives it to everybody.
pub(super) fn told(line: &str) -> Option<Span> {
    static GIVEN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)\b(?:[àa]|de|chez|par|pour|avec|envoy\p{L}+|pr[ée]v\p{L}+|dit)\s+$")
    });
    let everybody =
        |text: &str| fold(text).starts_with('t') && text.to_lowercase().contains("monde");
    UNANIMITY
        .find_iter(line)
        .find(|m| !(everybody(m.as_str()) && GIVEN.is_match(&line[..m.start()])))
        .map(|m| m.range())
}

/// Unanimity, or an agreement of all that a vote has announced.
pub(super) fn unanimous(line: &str) -> Option<(Vote, Span)> {
    // « vote pour l'achat, tout le monde ok »: an agreement of all that a vote has announced.
    static AGREED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\bvot(?:e|[ée]e?)\b.*?(,?\s*\btout\s+le\s+monde\s+(?:est\s+)?(?:ok|d['’]\s?accord)\b)",
        )
    });
    if let Some(agreed) = AGREED.captures(line).and_then(|found| found.get(1)) {
        let vote = Vote { unanimous: true, possible: true, ..Vote::default() };
        return Some((vote, agreed.range()));
    }
    let span =
        told(line).or_else(|| UN.captures(line).and_then(|f| f.get(1)).map(|m| m.range()))?;
    let vote = Vote { unanimous: true, possible: true, ..Vote::default() };
    Some((vote, span))
}

/// « adopté à la majorité ».
pub(super) fn by_majority(line: &str) -> Option<(Vote, Span)> {
    let found = MAJORITY.find(line)?;
    let vote = Vote { result: Some(true), possible: true, ..Vote::default() };
    (ADOPTED.is_match(&line[..found.start()]) || fold(&line[..found.start()]).contains("vote"))
        .then(|| (vote, found.range()))
}

/// A line or a clause that holds nothing but a result: « adopté », « -> rejeté ».
pub(super) fn result_alone(line: &str) -> Option<(Vote, Span)> {
    let mut start = 0;
    for clause in line.split_inclusive(['.', ';', ',', '>', '→']) {
        let place = start;
        start += clause.len();
        let Some(found) = RESULT.captures(clause) else { continue };
        let result = match (found.name("yes"), found.name("no")) {
            (Some(_), _) => Some(true),
            (_, Some(_)) => Some(false),
            _ => continue,
        };
        let lead = clause.len() - clause.trim_start().len();
        let vote = Vote { result, possible: true, ..Vote::default() };
        return Some((vote, place + lead..start));
    }
    None
}
