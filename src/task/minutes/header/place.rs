//! Where the meeting was held.

use std::sync::LazyLock;

use regex::Regex;

use super::title::COMMUNE;
use crate::reading::{abbreviation, pattern};
use crate::task::minutes::record::Meeting;

static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:lieu\s*[:=]\s*([^,;()\d]+)|((?:(?:anc(?:ien(?:ne)?|\.)|grande?|petite?|nouv(?:elle|eau)|vieille)\s+)?(?:salle|foyer|maison|cabane|chalet|kiosque|pavillon|mairie|espace|gymnase|[ée]cole|caf[ée]|bureau|local|boulodrome|halle|hangar|moulin|ch[âa]teau|th[ée][âa]tre|cantine|chapelle|grange|stade|pr[ée]au|presbyt[èe]re|club[- ]house|biblioth[èe]que|m[ée]diath[èe]que)\b(?:\s+(?:n°\s*)?\d\b)?(?:\s+(?:d[eu]s?\b|de\s+la|de\s+l['’]|du|la|l['’])?\s*[\p{L}'’-]+)*(?:\s+\d{1,2}(?:er|re|e|[èe]me|nde?)\s+[ée]tage)?))",
    )
});
static STOP_PLACE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\s+(?:ouv\w*|d[ée]but\w*|fin|par|pr[ée]sid\w*|convoc\w*|avec|à|et|pr[ée]sents?|de\s*$|le)\b.*$",
    )
});

/// Where the meeting was held: in the first lines, or where the line says « lieu ».
pub(super) fn held_at(index: usize, text: &str, meeting: &mut Meeting) -> bool {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\blieu\s*[:=]"));
    let names_commune = index == 0 && COMMUNE.is_match(text);
    let wanted = LABEL.is_match(text) || meeting.place.is_none() && index < 6 && !names_commune;
    let Some(place) = place(text).filter(|_| wanted) else { return false };
    meeting.place = Some(place);
    true
}

/// The place a line names.
fn place(text: &str) -> Option<String> {
    // « Ciné-Grange » is a name, no barn.
    let whole = |found: &regex::Captures<'_>| {
        let start = found.get(0).map_or(0, |m| m.start());
        !text.get(..start).is_some_and(|before| before.ends_with(['-', '’', '\'']))
    };
    let found = PLACE.captures_iter(text).find(whole)?;
    let place = found.get(1).or_else(|| found.get(2))?.as_str();
    let place = STOP_PLACE.replace(place, "");
    let place = place.trim().trim_end_matches(['-', ':', '.']).trim();
    (!place.is_empty()).then(|| abbreviation::spell_out(place))
}
