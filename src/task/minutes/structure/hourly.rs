//! Notes taken by the clock: `19:05 PV DU 10/04`, `20h10 voirie`. The hour that opens a line is
//! when its matter was taken up, and no number of an item.

use std::sync::LazyLock;

use regex::Regex;

use super::heading::open;
use super::{Piece, Structure};
use crate::notes::Line;
use crate::reading::pattern;

static HOUR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(\d{1,2})\s?[h:]\s?([0-5]\d)\s*[-–:]?\s+(\p{L}.*)$"));
/// The meeting opens or ends.
static BOUNDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:ouv\w*|d[ée]but\w*|fin\b|fini\w*|lev[ée]e|cl[ôo]ture|clos\w*|appel\b|suspension|reprise)",
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
    match led(text) {
        None => return false,
        Some(Led::Item(title)) => {
            let start = piece.span.end - title.len();
            open(out, None, &Piece { text: title, span: start..piece.span.end });
        }
        Some(Led::Told) => match out.sections.last_mut() {
            Some(section) if MOVES.is_match(text) => section.lines.push(piece),
            Some(_) => out.closing.push(piece),
            None => out.header.push(piece),
        },
    }
    true
}
