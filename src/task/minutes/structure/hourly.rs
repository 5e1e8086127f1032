//! Notes taken by the clock: `19:05 PV DU 10/04`, `20h10 voirie`. The hour that opens a line is
//! when its matter was taken up, and no number of an item.

use std::sync::LazyLock;

use regex::Regex;

use super::heading::open;
use super::{Piece, Structure};
use crate::notes::Line;
use crate::reading::{fold, pattern};

static HOUR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(\d{1,2})\s?[h:]\s?([0-5]\d)\s*[-–:]?\s+(\p{L}.*)$"));
/// The meeting opens or ends.
static BOUNDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:ouv\w*|d[ée]but\w*|fin\b|fini\w*|lev[ée]e|cl[ôo]ture|clos\w*|appel\b|suspension|reprise)",
    )
});
/// What a journal tells of the meeting before its first item.
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:[ée]marg\w*|accueil|rappel\b|convoc\w*|quorum|art(?:icle|\.)?\s*\d|pouvoirs?\b|procurations?\b|invit[ée]\w*|ordre\s+du\s+jour|odj\b|pr[ée]sents?\b|secr[ée]taire)",
    )
});
static MARKED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:R\s?\d{1,2}|r[ée]solution\s+\d{1,2})\s*(?:\([^)]*\))?\s*[:–-]?\s*(?P<rest>\p{L}.*)$",
    )
});
/// Somebody comes, leaves or is back.
static MOVES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:part|partent|partie?s?|d[ée]parts?|arriv\w*|quitt\w*|sort|sortent|sortie|revien\w*|retour|rejoin\w*|s['’]en\s+v\w*)\b",
    )
});

/// What the hour at the head of a line is for.
enum Led<'a> {
    /// It opens an item, of this title.
    Item(&'a str),
    /// The meeting opens or ends, or somebody comes or goes.
    Told,
}

/// Whether items open with an hour: three lines at the margin do, none before the other.
pub(super) fn are(lines: &[Line<'_>]) -> bool {
    let hours: Vec<u32> = lines
        .iter()
        .filter(|line| matches!(led(line.text), Some(Led::Item(_))))
        .filter_map(|line| {
            let found = HOUR.captures(line.text)?;
            Some(found[1].parse::<u32>().ok()? * 60 + found[2].parse::<u32>().ok()?)
        })
        .collect();
    hours.len() >= 3 && hours.is_sorted()
}

fn led(text: &str) -> Option<Led<'_>> {
    let rest = HOUR.captures(text.trim_end())?.get(3)?.as_str();
    let told = BOUNDS.is_match(rest) || MOVES.is_match(rest);
    Some(if told { Led::Told } else { Led::Item(rest) })
}

/// Puts a line that an hour leads where it belongs; answers whether it was one.
pub(super) fn place<'a>(line: &Line<'a>, out: &mut Structure<'a>) -> bool {
    if !out.hourly {
        return false;
    }
    let text = line.text.trim_end();
    let piece = Piece { text, span: line.start..line.start + text.len() };
    // « 14h38 vote R1 : 25 pour » is of the item that « R1 … » opened.
    static OF_ITEM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:vote|re-?vote|scrutin|recomptage|nouveau\s+(?:vote|comptage))\b[^:]{0,25}?\b(?P<of>R\s?\d{1,2}|r[ée]s(?:olution|\.)?\s*\d{1,2}|point\s+\d{1,2})\b",
        )
    });
    if let Some(Led::Item(said)) = led(text)
        && let Some(of) = OF_ITEM.captures(said).map(|found| fold(&found["of"]))
    {
        let opened = |section: &&mut super::Section<'_>| {
            let heading = fold(&section.heading);
            let first = section.lines.first().map_or(String::new(), |line| fold(line.text));
            [heading, first].iter().any(|text| {
                text.strip_prefix(&of).is_some_and(|r| !r.starts_with(char::is_numeric))
            })
        };
        if let Some(section) = out.sections.iter_mut().find(opened) {
            // Two counts of one item are told apart by nothing: both are read as its vote.
            let counts = said.split_once(':').map_or(said, |(_, counts)| counts.trim_start());
            let start = piece.span.end - counts.len();
            section.lines.push(Piece { text: counts, span: start..piece.span.end });
            return true;
        }
    }
    let early = out.sections.is_empty();
    match led(text) {
        Some(Led::Item(said)) if early && BEFORE.is_match(said) => {
            let start = piece.span.end - said.len();
            out.header.push(Piece { text: said, span: start..piece.span.end });
        }
        None => return false,
        Some(Led::Item(title)) => {
            let start = piece.span.end - title.len();
            open(out, None, &Piece { text: title, span: start..piece.span.end });
            // « R1 (art. 2) le siège change »: what it is about goes on after its mark.
            let rest = MARKED.captures(title).and_then(|found| found.name("rest"));
            if let Some((section, rest)) = out.sections.last_mut().zip(rest)
                && section.lines.is_empty()
            {
                let span = start + rest.start()..piece.span.end;
                section.lines.push(Piece { text: rest.as_str(), span });
            }
        }
        Some(Led::Told) => match out.sections.last_mut() {
            Some(section) if MOVES.is_match(text) => section.lines.push(piece),
            Some(_) => out.closing.push(piece),
            None => out.header.push(piece),
        },
    }
    true
}
