//! What remains of a line without its vote and the words that only announce it.

use std::sync::LazyLock;

use regex::Regex;

use super::uncounted::RESULT;
use crate::notes::Span;
use crate::reading::pattern;

/// What only announces a vote, before it.
static ANNOUNCES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(?:[àa]\s+)?main\s+lev[ée]e|\b(?:vote|scrutin|r[ée]sultat)(?:\s+(?:ordinaire|[àa]\s+main\s+lev[ée]e|du\s+vote))?|\b(?:adopt[ée]e?s?|approuv[ée]e?s?|accept[ée]e?s?|vot[ée]e?s?|valid[ée]e?s?|rejet[ée]e?s?|refus[ée]e?s?|pass[ée]e?s?|ok|c['’]est)|->|=>|→|>)\s*(?:par|à|a|avec|:|,|->)?\s*$",
    )
});
/// An auxiliary keeps its participle: « le compte est adopté » stays.
static AUXILIARY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:est|sont|a\s+[ée]t[ée]|ont\s+[ée]t[ée]|[ée]t[ée])\s*$"));
/// A sentence that only brings in the counts: « La motion recueille … ».
static BRINGS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[.;]\s*)(?:\p{L}+['’]?\s*){1,4}\b(?:recueille|obtient|re[çc]oit|totalise|est\s+soumise?\s+au\s+vote)\s*:?\s*$",
    )
});
/// Words that only the count completed.
static DANGLING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\s+(?:par|avec|à|a|de|des|et|pour|contre|avoir|recueilli|obtenu|obtient|recueille)\s*$",
    )
});

/// The line without its vote.
pub fn without(line: &str, span: &Span) -> String {
    let before = line[..span.start]
        .trim_end_matches([' ', ',', ';', ':', '-', '–', '(', '>', '→', '/', '=']);
    // « Quitus lui est donné par 24 voix »
    let before = DANGLING.find(before).map_or(before, |m| &before[..m.start()]);
    let after =
        line[span.end..].trim_start_matches([' ', ',', ';', '.', ')', ':', '-', '–', '>', '/']);
    // « voté 10 pour 2 contre ? » leaves its doubt, which a finding tells.
    let said = after.chars().any(char::is_alphanumeric);
    let after = if !said || is_debris(after) { "" } else { after };
    let joined = match (before.trim().is_empty(), after.trim().is_empty()) {
        (_, true) => before.to_owned(),
        (true, false) => after.to_owned(),
        (false, false) if before.ends_with('.') => format!("{before} {after}"),
        (false, false) => format!("{before}. {after}"),
    };
    if RESULT.is_match(&joined) || is_debris(&joined) { String::new() } else { joined }
}

/// Where the words that announce the vote start.
pub(super) fn announced_from(line: &str, mut start: usize) -> usize {
    if let Some(brings) = BRINGS.find(&line[..start]) {
        let lead =
            brings.as_str().len() - brings.as_str().trim_start_matches(['.', ';', ' ']).len();
        return brings.start() + lead;
    }
    while let Some(found) = ANNOUNCES.find(&line[..start]) {
        if AUXILIARY.is_match(&line[..found.start()]) {
            // The participle stays with its auxiliary, the preposition goes.
            let kept = found.as_str().trim_end();
            let word: usize = kept.find([' ', ':', ',']).unwrap_or(kept.len());
            return found.start() + word;
        }
        start = found.start();
    }
    start
}

/// Whether what is left of a line says nothing without its vote: « les voix se répartissent
/// ainsi », « il a été adopté », « pour la liste ».
fn is_debris(rest: &str) -> bool {
    static EMPTY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^\W*(?:(?:les\s+)?(?:voix|votes|suffrages|r[ée]sultats?)\b[^.]{0,40}|(?:ils?|elles?|ce|cela|c['’])\s*(?:est|sont|a\s+[ée]t[ée]|ont\s+[ée]t[ée])\s+(?:adopt|approuv|vot|accept|valid|rejet)\w*|(?:pour|contre)?\s*(?:la|l['’]?|sa|cette)?\s*(?:liste|voix|bulletins?|proposition|motion|d[ée]lib\w*)|\(?\d{1,3}\s+voix\)?|(?:[àa]\s+)?main\s+lev[ée]e|(?:et\s+)?personne\s+(?:n['’]est\s+|ne\s+vote\s+)?(?:contre|ne\s+s['’]abstient)|(?:c['’]\s?est|[çc]a)\s+pass[ée]e?|votes?\s+(?:n°\s*|du\s+(?:point\s+)?)?\d{1,2}|[ée]lue?s?|pour|contre|abst\w*|bulletins?(?:\s+(?:blancs?|nuls?))*|la\s+majorit[ée].{0,30})\W*$",
        )
    });
    EMPTY.is_match(rest)
}
