//! Votes by counts with their sides: « 10 pour, 2 contre (A, B) », « pour : 10 ».

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::named::people;
use super::result::ADOPTED;
use super::uncounted;
use super::{CAST, side, slot};
use crate::notes::Span;
use crate::reading::name::Roster;
use crate::reading::{cardinal, fold, pattern};
use crate::task::minutes::record::Vote;

/// A count: « 10 pour », « pour : 10 », « 2 contre (A, B) », « une abst », « 10 P 1 A », « P10 ».
pub(super) static COUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)
        (?: \b(?P<n>\d{1,3}|(?i:aucune?|pas\s+d['’e]|z[ée]ro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze))
              \s*(?:(?i:voix|votes?|[ée]lus?|membres?|suffrages?|bulletins?)\s*(?i:se\s+sont\s+(?:prononc|exprim)\w+\s+)?)?
              (?P<side>(?i:pour|contre|abstentions?|abst|abs|blancs?|nuls?|s['’]absti\w+)\b\.?|[PCA]\b)
          | \b(?P<side2>(?i:pour|contre|abstentions?|abst|blancs?|nuls?)|[PCA])\b?\.?\s*(?:[:=]?\s*(?P<n2>\d{1,3})|[:=]\s*(?P<n3>(?i:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze)))\b )
        (?: \s*\((?P<who>[^()]*)\) )?",
    )
});
/// « le reste pour », « les autres pour ».
static REST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?:tout\s+)?le\s+reste|(?:tous\s+)?les\s+autres|autres?)\s*:?\s*(?:vot\w+\s+)?pour\b",
    )
});

/// Whether a line is a ballot and nothing else: « Pour : 9. Contre : 3 (A). Abstention : 1 ».
pub fn is_ballot(line: &str) -> bool {
    static OPENS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)^\W*(?:votants?|suffrages?|exprim[ée]s?|pour|votes?|scrutin|r[ée]sultats?)\b")
    });
    OPENS.is_match(line) && COUNT.find_iter(&CAST.replace_all(line, "")).count() >= 2
}

/// The vote that a line counts side by side.
pub(super) fn counted(line: &str, roster: &Roster) -> Option<(Vote, Span)> {
    let mut vote = Vote { possible: true, ..Vote::default() };
    let mut names: [Vec<String>; 3] = Default::default();
    let mut span: Option<Span> = None;
    let mut label_first = false;
    // « Votants 13 Pour 13 »: the first number is not that of « pour ».
    let blank = |found: &Captures<'_>| " ".repeat(found.get(0).map_or(0, |m| m.len()));
    let without_cast = CAST.replace_all(line, blank);
    for found in COUNT.captures_iter(&without_cast) {
        let whole = found.get(0)?;
        let labelled = found.name("side2").is_some();
        let (Some(word), Some(count)) = (
            found.name("side").or(found.name("side2")),
            found.name("n").or(found.name("n2")).or(found.name("n3")),
        ) else {
            continue;
        };
        if found.name("n").is_some() && !counts_votes(line, &found) {
            continue;
        }
        let Some(count) = number(count.as_str()) else { continue };
        let side = side(word.as_str());
        let free = slot(&mut vote, side);
        if free.is_some() {
            continue;
        }
        *free = Some(count);
        label_first |= labelled;
        let mut end = whole.end();
        if let Some(who) = found.name("who") {
            match names.get_mut(side) {
                Some(list) => list.extend(people(who.as_str(), roster)),
                None => end = who.start() - 1,
            }
        }
        span = Some(span.map_or(whole.start()..end, |s| s.start..end));
    }
    let span = span?;
    if !is_vote(line, &vote, &span, label_first) {
        return None;
    }
    vote.rest_in_favour = vote.in_favour.is_none();
    if names.iter().any(|n| !n.is_empty()) {
        vote.names = Some(names);
    }
    let end = REST.find(line).map_or(span.end, |m| span.end.max(m.end()));
    let start = REST.find(line).map_or(span.start, |m| span.start.min(m.start()));
    Some((vote, start..end))
}

/// Whether counts with their sides are those of a vote.
fn is_vote(line: &str, vote: &Vote, span: &Span, label_first: bool) -> bool {
    let sides = [vote.in_favour, vote.against, vote.abstentions, vote.blank];
    let before = fold(&line[..span.start]);
    let cue = ["vote", "adopt", "approuv", "scrutin", "resultat", "accepte"]
        .iter()
        .any(|w| before.contains(w));
    // « 43 élèves contre 47 » and « 3 pour la cantine » are no votes: a lone count has to close
    // its clause and be in favour; several have to hold one in favour.
    let after = line[span.end..].trim_start();
    let closes = after.chars().next().is_none_or(|c| ",.;)/-–>→=".contains(c))
        || ["unan", "ok", "adopt", "retour", "voix"].iter().any(|w| fold(after).starts_with(w));
    let adopted = ADOPTED.find_iter(line).any(|m| m.end() <= span.start + 1);
    let others = adopted && closes || uncounted::told(line).is_some();
    let rest = REST.is_match(line) || (vote.in_favour.is_none() && others);
    match sides.iter().flatten().count() {
        1 => (vote.in_favour.is_some() && closes && (!label_first || cue)) || rest,
        _ => vote.in_favour.is_some() || rest,
    }
}

/// « 2 pour 1 »: a number word or digit that belongs to something else is no count.
fn counts_votes(line: &str, found: &Captures<'_>) -> bool {
    let Some(count) = found.name("n") else { return true };
    let before = line[..count.start()].chars().next_back();
    // « 3,10 pour » ends an amount, « n° 3 pour » a reference.
    !before.is_some_and(|c| matches!(c, ',' | '.' | '/' | '°' | '-'))
        || count.start() == 0
        || line[..count.start()].ends_with("- ")
}

/// A number in figures or in words.
pub(super) fn number(written: &str) -> Option<u32> {
    let folded = fold(written);
    if folded.starts_with("aucun") || folded.starts_with("pas") || folded == "zero" {
        return Some(0);
    }
    folded.parse().ok().or_else(|| cardinal::value_of(&folded))
}
