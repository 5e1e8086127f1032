//! Other forms of a count, in which the place of a number says its side: « 10 voix contre 2 », « 7 oui
//! 6 non », « 10/2/1 », « 6 p 1 c », « par dix voix ».

use std::sync::LazyLock;

use regex::Regex;

use super::counted::number;
use super::{side, slot};
use crate::notes::Span;
use crate::reading::{fold, pattern};
use crate::task::minutes::record::Vote;

/// « par 10 voix contre 2 », where the first number is in favour.
static VERSUS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(\d{1,3})\s*voix\s+contre\s+(\d{1,3})|\b(?:adopt|approuv|vot|accept|rejet)\w*\s+(?:par\s+|à\s+)?(\d{1,3})\s+contre\s+(\d{1,3}))\b(?:\s*(?:et|,|;)?\s*(\d{1,3})\s*abs\w*\.?)?",
    )
});
/// « 7 oui 6 non 1 blanc », « oui : 7, non : 6 ».
static YES_NO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(\d{1,3})\s*oui\b[\s,;/+-]*(\d{1,3})\s*non\b|\boui\s*:?\s*(\d{1,3})\b[\s,;/+-]*non\s*:?\s*(\d{1,3})\b)(?:[\s,;/+-]*(?:et\s+)?(\d{1,3})\s*(blancs?|nuls?|abst\w*)\b\.?)?",
    )
});
/// « 10/2/1 »: in favour, against, abstentions.
static TRIPLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:^|[\s:(>])(\d{1,3})\s?[/-]\s?(\d{1,3})\s?[/-]\s?(\d{1,3})\)?(?:$|[\s.,;)])")
});
/// « 6 p 1 c 1 abs », in the small letters of a phone: in favour first, then another side.
static SMALL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[^\p{L}\d])(\d{1,3})\s*p\b[\s,/;+-]*(?:(\d{1,3})\s*c\b[\s,/;+-]*)?(?:(\d{1,3})\s*a(?:bs\w*)?\b\.?)?",
    )
});

/// « par 10 voix contre 2 ».
pub(super) fn versus(line: &str) -> Option<(Vote, Span)> {
    let found = VERSUS.captures(line)?;
    let whole = found.get(0)?;
    if fold(&line[whole.end()..]).trim_start().starts_with("pour") {
        return None;
    }
    let read = |a: usize, b: usize| found.get(a).or(found.get(b))?.as_str().parse::<u32>().ok();
    let (first, second) = (read(1, 3)?, read(2, 4)?);
    let rejected = fold(&line[..whole.end()]).contains("rejet");
    let (in_favour, against) =
        if rejected { (first.min(second), first.max(second)) } else { (first, second) };
    let vote = Vote {
        in_favour: Some(in_favour),
        against: Some(against),
        abstentions: found.get(5).and_then(|m| m.as_str().parse().ok()),
        possible: true,
        ..Vote::default()
    };
    let digits = found.get(1).or(found.get(3))?.start();
    Some((vote, digits..whole.end()))
}

/// « idem 30 / 3 abst »: in favour first, as the vote before had it.
pub(super) fn same_again(line: &str) -> Option<(Vote, Span)> {
    static AGAIN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:idem|pareil|m[êe]me\s+vote)\s*[:,]?\s*(\d{1,3})\s*(?:pour\s*)?[/,]\s*(\d{1,3})\s*(contre|abst\w*)\b\.?",
        )
    });
    let found = AGAIN.captures(line)?;
    let mut vote = Vote { in_favour: found[1].parse().ok(), possible: true, ..Vote::default() };
    *slot(&mut vote, side(&found[3])) = found[2].parse().ok();
    Some((vote, found.get(0)?.range()))
}

/// « 39 oui », « oui 31, non 6, abst. 2 », « 12 oui, 3 abst. » with nothing else in the sentence.
pub(super) fn yes_alone(line: &str) -> Option<(Vote, Span)> {
    static YES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:^|[.;:]\s*|\bvotes?\s*:?\s*)(?:(\d{1,3})\s*oui\b|oui\s*:?\s*(\d{1,3})\b)((?:[\s,;/+-]*(?:et\s+)?(?:\d{1,3}\s*(?:non|blancs?|nuls?|abst\w*\.?)|(?:non|blancs?|nuls?|abst\w*\.?)\s*:?\s*\d{1,3})\b\.?)*)\s*(?:[.;(]|$)",
        )
    });
    static OTHER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:(\d{1,3})\s*(non|blancs?|nuls?|abst\w*)|(non|blancs?|nuls?|abst\w*)\.?\s*:?\s*(\d{1,3}))",
        )
    });
    let found = YES.captures(line)?;
    let count = found.get(1).or(found.get(2))?;
    let mut vote =
        Vote { in_favour: count.as_str().parse().ok(), possible: true, ..Vote::default() };
    let others = found.get(3)?;
    for other in OTHER.captures_iter(others.as_str()) {
        let (Some(word), Some(number)) =
            (other.get(2).or(other.get(3)), other.get(1).or(other.get(4)))
        else {
            continue;
        };
        let number = number.as_str().parse().ok();
        if fold(word.as_str()) == "non" {
            vote.against = number;
        } else {
            *slot(&mut vote, side(word.as_str())) = number;
        }
    }
    // « oui 31 » begins with its word.
    let start = line.get(..count.start()).unwrap_or_default();
    let word = start.to_lowercase().trim_end_matches([':', ' ']).ends_with("oui");
    let start = if word { start.to_lowercase().rfind("oui")? } else { count.start() };
    Some((vote, start..others.end()))
}

/// « 7 oui 6 non 1 blanc ».
pub(super) fn yes_or_no(line: &str) -> Option<(Vote, Span)> {
    let found = YES_NO.captures(line)?;
    let read = |a: usize, b: usize| found.get(a).or(found.get(b))?.as_str().parse::<u32>().ok();
    let mut vote =
        Vote { in_favour: read(1, 3), against: read(2, 4), possible: true, ..Vote::default() };
    if let (Some(word), count) = (found.get(6), read(5, 5)) {
        *slot(&mut vote, side(word.as_str())) = count;
    }
    Some((vote, found.get(0)?.range()))
}

/// « vote : 10/2/1 ».
pub(super) fn triple(line: &str) -> Option<(Vote, Span)> {
    let found = TRIPLE.captures(line)?;
    let (first, last) = (found.get(1)?, found.get(3)?);
    // « P/C/A 7/1/1 » names the sides before the counts.
    static SIDES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:vote\s*:?\s*)?\(?p(?:our)?\s*/\s*c(?:ontre)?\s*/\s*a(?:bst?\w*)?\.?\)?\s*[:=]?\s*$",
        )
    });
    let sides = SIDES.find(&line[..first.start()]);
    let before = fold(&line[..first.start()]);
    let cue = sides.is_some()
        || ["vote", "adopt", "approuv", "scrutin", "resultat", "rejet"].iter().any(|w| {
            before.trim_end_matches([' ', ':', '(', '>', '-', 'a']).ends_with(w)
                || before.trim_end_matches([' ', ':', '(', '>', '-', 'e', 's']).ends_with(w)
        });
    let alone =
        before.trim().is_empty() && line[last.end()..].trim_matches(['.', ')', ' ']).is_empty();
    // « 12/03/26 » alone is a date.
    let dated = last.as_str().len() > 1 && alone && !cue;
    if !(cue || alone) || dated {
        return None;
    }
    let read = |i: usize| found.get(i).and_then(|m| m.as_str().parse::<u32>().ok());
    let vote = Vote {
        in_favour: read(1),
        against: read(2),
        abstentions: read(3),
        possible: true,
        ..Vote::default()
    };
    Some((vote, sides.map_or(first.start(), |s| s.start())..last.end()))
}

/// « 6 p 1 c 1 abs »: two sides at least, or nothing else on the line.
pub(super) fn in_small_letters(line: &str) -> Option<(Vote, Span)> {
    let found = SMALL.captures(line)?;
    let read = |i: usize| found.get(i).and_then(|m| m.as_str().parse::<u32>().ok());
    let (start, end) = (found.get(1)?.start(), found.get(0)?.end());
    let alone = line[..start].trim().is_empty() && line[end..].trim_matches(['.', ' ']).is_empty();
    if read(2).is_none() && read(3).is_none() && !alone {
        return None;
    }
    let vote = Vote {
        in_favour: read(1),
        against: read(2),
        abstentions: read(3),
        possible: true,
        ..Vote::default()
    };
    Some((vote, start..end))
}

/// « retenu par dix voix », « adopté, douze voix »: nobody is said to be against.
pub(super) fn by_voices(line: &str) -> Option<(Vote, Span)> {
    static VOICES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:\bpar|\b(?:adopt|approuv|vot|accept)[ée]e?s?\s*[,:]?)\s+(\d{1,3}|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze)\s+voix\b\s*(?:[.,;]|$)",
        )
    });
    let found = VOICES.captures(line)?;
    let count = found.get(1)?;
    let vote = Vote { in_favour: number(count.as_str()), possible: true, ..Vote::default() };
    Some((vote, count.start()..found.get(0)?.end()))
}
