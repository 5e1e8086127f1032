//! Votes in notes: counts, unanimity, names; and what remains of a line without its vote.

use std::sync::LazyLock;

use regex::Regex;

use super::record::Vote;
use crate::notes::Span;
use crate::reading::name::Roster;
use crate::reading::pattern;

/// A count: « 10 pour », « pour : 10 », « 2 contre (A, B) », « 1 abst », « 10 P 1 A ».
static COUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)
        (?: \b(\d{1,3})\s*(?:voix\s*)?((?i:pour|contre|abstentions?|abst|abs)\b\.?|[PCA]\b)
          | \b((?i:pour|contre|abstentions?|abst))\s*[:=]?\s*(\d{1,3})\b )
        (?: \s*\([^()]*\) )?",
    )
});

/// Unanimity, in the words of notes; also an agreement of all that notes call a vote.
static UNANIMITY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(?:vote|vot[ée]e?s?|adopt[ée]e?s?|approuv[ée]e?s?|accept[ée]e?s?|ok)\s*:?\s*)?(?:à\s+l['’]\s*)?\bunan(?:imit[ée]|imes?|\.)?(?:\s+des\s+(?:présents|voix|suffrages|votants|membres\s+présents)[^.;,]*)?|\btous\s+pour\b|\btout\s+le\s+monde\s+(?:est\s+)?(?:pour|d['’]accord|ok)\b[^.;]*\bvot[ée]e?\b|\bvot[ée]\s+par\s+tous\b",
    )
});

/// Names under a heading: « pour : A B (+C) », « contre : D. abst : E ».
static NAMED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(pour|contre|abst(?:entions?)?)\s*:\s*"));

/// A vote's result without any count.
static RESULT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^\W*(?:vote\s*:?|adopt[ée]e?s?|approuv[ée]e?s?)\W*$"));

/// The vote a line states and where in the line; `None` when it states none.
pub fn find(line: &str, roster: &Roster) -> Option<(Vote, Span)> {
    named(line, roster).or_else(|| counted(line)).or_else(|| unanimous(line))
}

/// The line without its vote.
pub fn without(line: &str, span: &Span) -> String {
    let before = line[..span.start].trim_end_matches([' ', ',', ';', ':', '-', '(']);
    let after = line[span.end..].trim_start_matches([' ', ',', ';', '.', ')']);
    let joined = match (before.trim().is_empty(), after.trim().is_empty()) {
        (_, true) => before.to_owned(),
        (true, false) => after.to_owned(),
        (false, false) if before.ends_with('.') => format!("{before} {after}"),
        (false, false) => format!("{before}. {after}"),
    };
    if RESULT.is_match(&joined) { String::new() } else { joined }
}

/// Adds what a second line says to a vote begun on another.
pub fn merge(vote: &mut Vote, other: Vote) {
    vote.in_favour = vote.in_favour.or(other.in_favour);
    vote.against = vote.against.or(other.against);
    vote.abstentions = vote.abstentions.or(other.abstentions);
    vote.unanimous |= other.unanimous;
    vote.span = vote.span.start.min(other.span.start)..vote.span.end.max(other.span.end);
    match (&mut vote.names, other.names) {
        (Some(names), Some(others)) => {
            for (mine, theirs) in names.iter_mut().zip(others) {
                mine.extend(theirs);
            }
        }
        (names @ None, others) => *names = others,
        (Some(_), None) => {}
    }
}

fn counted(line: &str) -> Option<(Vote, Span)> {
    let mut vote = Vote { possible: true, ..Vote::default() };
    let mut span: Option<Span> = None;
    for found in COUNT.captures_iter(line) {
        let whole = found.get(0)?;
        let ((Some(count), Some(word), ..) | (_, _, Some(word), Some(count))) =
            (found.get(1), found.get(2), found.get(3), found.get(4))
        else {
            continue;
        };
        let count: u32 = count.as_str().parse().ok()?;
        let slot = match word.as_str().to_lowercase().chars().next() {
            Some('p') => &mut vote.in_favour,
            Some('c') => &mut vote.against,
            _ => &mut vote.abstentions,
        };
        if slot.is_none() {
            *slot = Some(count);
            span = Some(span.map_or(whole.range(), |s| s.start..whole.end()));
        }
    }
    let span = span?;
    let counts = [vote.in_favour, vote.against, vote.abstentions].iter().flatten().count();
    // « 43 élèves contre 47 » and « 3 pour la cantine » are no votes: a lone count has to close
    // its clause and be in favour; several have to hold one in favour.
    let closes = line[span.end..].trim_start().chars().next().is_none_or(|c| ",.;)".contains(c));
    let is_vote = match counts {
        1 => vote.in_favour.is_some() && closes,
        _ => vote.in_favour.is_some(),
    };
    is_vote.then_some((vote, span))
}

fn unanimous(line: &str) -> Option<(Vote, Span)> {
    let found = UNANIMITY.find(line)?;
    let vote = Vote { unanimous: true, possible: true, ..Vote::default() };
    Some((vote, found.range()))
}

fn named(line: &str, roster: &Roster) -> Option<(Vote, Span)> {
    let marks: Vec<_> = NAMED.captures_iter(line).collect();
    let first = marks.first()?.get(0)?.start();
    let mut vote = Vote { possible: true, ..Vote::default() };
    let mut names: [Vec<String>; 3] = Default::default();
    let mut end = first;
    for (index, mark) in marks.iter().enumerate() {
        let start = mark.get(0)?.end();
        let stop = marks.get(index + 1).and_then(|m| m.get(0)).map_or(line.len(), |m| m.start());
        let found = roster.mentions(&line[start..stop]);
        if found.is_empty() {
            continue;
        }
        let slot = match mark.get(1)?.as_str().to_lowercase().chars().next() {
            Some('p') => 0,
            Some('c') => 1,
            _ => 2,
        };
        names[slot].extend(found.iter().map(|(member, _)| roster.full_name(*member).to_owned()));
        end = stop;
    }
    let count = |slot: usize| match names[slot].len() {
        0 => None,
        n => u32::try_from(n).ok(),
    };
    (vote.in_favour, vote.against, vote.abstentions) = (count(0), count(1), count(2));
    (vote.total() > 0).then(|| {
        vote.names = Some(names);
        (vote, first..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::Membre;

    type Counts = (Option<u32>, Option<u32>, Option<u32>, bool);

    fn counts(line: &str) -> Option<Counts> {
        find(line, &Roster::new(&[]))
            .map(|(v, _)| (v.in_favour, v.against, v.abstentions, v.unanimous))
    }

    #[test]
    fn counts_are_read_as_people_type_them() {
        let table = [
            ("10 pour 2 contre (A B) 1 abst (moi)", Some((Some(10), Some(2), Some(1), false))),
            ("RAS, 12 pour", Some((Some(12), None, None, false))),
            ("10 P 1 A", Some((Some(10), None, Some(1), false))),
            ("vote : pour 9, contre 0, abstention 2", Some((Some(9), Some(0), Some(2), false))),
            ("quitus : 36 pour 0 contre 2 abst", Some((Some(36), Some(0), Some(2), false))),
            ("8 voix pour, 3 contre", Some((Some(8), Some(3), None, false))),
            ("adopté à l'unanimité", Some((None, None, None, true))),
            ("unan.", Some((None, None, None, true))),
            ("rentrée : 43 élèves contre 47", None),
            ("3 pour la cantine du soir", None),
            ("une personne est contre", None),
        ];
        for (line, expected) in table {
            assert_eq!(counts(line), expected, "{line}");
        }
    }

    #[test]
    fn the_rest_of_the_line_is_kept() {
        let table = [
            ("13 pour 1 contre", ""),
            ("prix adopté. 10 pour 2 contre. retour à 22h", "prix adopté. retour à 22h"),
            ("vote unanimité", ""),
            ("vote pas. unanimité. il revient 21h45", "vote pas. il revient 21h45"),
        ];
        for (line, expected) in table {
            let (_, span) = find(line, &Roster::new(&[])).unwrap();
            assert_eq!(without(line, &span), expected, "{line}");
        }
    }

    #[test]
    fn names_are_counted_when_the_notes_give_them() {
        let members: Vec<Membre> = ["Ada VERNIER", "Luc TALMONT", "Ève OSTIN"]
            .map(|nom| Membre { nom: nom.into(), ..Membre::default() })
            .into();
        let roster = Roster::new(&members);
        let (vote, _) = find("contre : Vernier (+Talmont). abst : Ostin", &roster).unwrap();
        assert_eq!((vote.in_favour, vote.against, vote.abstentions), (None, Some(2), Some(1)));
    }
}
