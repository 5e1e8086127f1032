//! Adopted or rejected, where a line says so beside the counts; the chair's casting vote.

use std::sync::LazyLock;

use regex::Regex;

use crate::notes::Span;
use crate::reading::{fold, pattern};
use crate::task::minutes::record::Vote;

pub(super) static ADOPTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:adopt[ée]+e?s?|approuv[ée]+e?s?|accept[ée]+e?s?|valid[ée]+e?s?|vot[é]e?s?)(?:[^\p{L}]|$)",
    )
});
static REJECTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:rejet[ée]*e?s?|refus[ée]e?s?|repouss[ée]e?s?|(?:non|pas|n['’]est\s+pas)\s+(?:[ée]t[ée]\s+)?(?:adopt|approuv|accept|vot)\w*|majorit[ée]\s+(?:(?:requise|des|aux|\S+/\S+|\p{L}+)\s+){0,4}(?:non|pas)\s+atteinte)(?:[^\p{L}]|$)",
    )
});
static CASTING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\bvoix\s+(?:\p{L}+\s+){0,4}?(?:pr[ée]pond\w*|d[ée]partage\w*|compte\s+double)|\bvoix\s+pr[ée]p\b\.?|\bpr[ée]pond[ée]rante?\b|\b(?:maire|pr[ée]sident\w*)\s+(?:d[ée]partage|tranche)\b|\b(?:sa|la)\s+voix\s+(?:(?:du|de\s+la)\s+(?:maire|pr[ée]sidente?)\s+)?(?:l['’]\s?emporte|tranche|fait\s+pencher|compte\s+double))(?:\s+(?:du|de\s+la|de)\s+(?:maire|pr[ée]sident\w*))?(?:\s*\((?:pour|contre)[^)]*\))?",
    )
});
/// « le maire est pour donc ça passe »: which way the chair's voice went when the others were even.
static TIPS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:l[ea]\s+)?(?:maire|pr[ée]sidente?)\s+(?:est\s+|vote\s+|a\s+vot[ée]\s+|[ée]tant\s+)?(?P<side>pour|contre)\b\s*[,:]?\s*(?:donc|alors|ce\s+qui|et\s+donc|c['’]est)\b[^.;]*",
    )
});

/// Adopted or rejected, where the line says so beside the counts.
pub(super) fn result(line: &str, vote: &mut Vote, span: &mut Span) {
    let near = |m: &regex::Match<'_>, span: &Span| {
        let gap = if m.end() <= span.start {
            line.get(m.end()..span.start)
        } else if m.start() >= span.end {
            line.get(span.end..m.start())
        } else {
            Some("")
        };
        gap.is_some_and(|g| g.chars().count() <= 20 && !g.contains(". "))
    };
    if tipped(line, vote, span) {
        return;
    }
    // « 3 pour, 8 contre → NON »
    static SAID: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^[\s.,;]*(?:->|=>|→|=|:)\s*(?i:(non|refus[ée]?|rejet)|oui|ok)(?:\s*[.!]|\s*$)")
    });
    if let Some(said) = SAID.captures(&line[span.end..]) {
        vote.result = Some(said.get(1).is_none());
        span.end += said[0].len();
        return;
    }
    cast_by_chair(line, vote, span);
    if let Some(no) = REJECTED.find_iter(line).find(|m| near(m, span)) {
        vote.result = Some(false);
        if no.start() >= span.end {
            span.end =
                no.start() + no.as_str().trim_end_matches(|c: char| !c.is_alphabetic()).len();
        }
    } else if let Some(yes) = ADOPTED.find_iter(line).find(|m| near(m, span)) {
        vote.result = Some(true);
        if yes.start() >= span.end {
            span.end =
                yes.start() + yes.as_str().trim_end_matches(|c: char| !c.is_alphabetic()).len();
        }
    }
}

/// The chair's voice where the others are even: « le maire est pour donc ça passe ».
fn tipped(line: &str, vote: &mut Vote, span: &mut Span) -> bool {
    let even = vote.in_favour.is_some() && vote.in_favour == vote.against;
    if let Some(found) = TIPS.captures(line).filter(|_| even)
        && let (Some(whole), Some(side)) = (found.get(0), found.name("side"))
        && whole.start() >= span.end
    {
        vote.casting = true;
        vote.result = Some(fold(side.as_str()) == "pour");
        span.end = whole.end();
        return true;
    }
    false
}

/// The casting vote that a line names, and which way it went when it says so.
fn cast_by_chair(line: &str, vote: &mut Vote, span: &mut Span) {
    let Some(found) = CASTING.find(line) else { return };
    if line.get(span.end..found.start()).is_some_and(|gap| gap.chars().count() <= 12) {
        span.end = found.end();
    }
    vote.casting = true;
    let told = fold(line.get(found.start()..).unwrap_or_default());
    let says = |word: &str| told.split(|c: char| !c.is_alphanumeric()).any(|w| w == word);
    let (yes, no) = (says("pour") || says("favorable"), says("contre") || says("defavorable"));
    vote.result = match (yes, no) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    };
}

/// Whether a clause tells the chair's casting vote, and which way it went when it says so.
pub fn casting(clause: &str) -> Option<Option<bool>> {
    CASTING.find(clause)?;
    let folded = fold(clause);
    let has = |words: &[&str]| words.iter().any(|w| folded.contains(w));
    let yes = has(&[" pour", "adopt", " favorable"]);
    Some(match (yes, has(&[" contre", "rejet", "defavorable"])) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    })
}
