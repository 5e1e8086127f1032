//! Votes in notes: counts, unanimity, names, results; and what remains of a line without its vote.
//!
//! A vote is read from all that a line says of it (« adopté par 10 voix pour, 2 contre (A, B) »);
//! its place covers the words that only announce it, so that what remains is an account. Whether
//! the counts can be right is for [`super::checks`] to say.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::record::Vote;
use crate::french;
use crate::notes::Span;
use crate::reading::name::{Roster, candidate_names};
use crate::reading::{fold, pattern};

/// A count: « 10 pour », « pour : 10 », « 2 contre (A, B) », « une abst », « 10 P 1 A », « P10 ».
static COUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)
        (?: \b(?P<n>\d{1,3}|(?i:aucune?|pas\s+d['’e]|z[ée]ro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze))
              \s*(?:(?i:voix|votes?|[ée]lus?|membres?|suffrages?|bulletins?)\s*(?i:se\s+sont\s+(?:prononc|exprim)\w+\s+)?)?
              (?P<side>(?i:pour|contre|abstentions?|abst|abs|blancs?|nuls?|s['’]absti\w+)\b\.?|[PCA]\b)
          | \b(?P<side2>(?i:pour|contre|abstentions?|abst|blancs?|nuls?)|[PCA])\b?\.?\s*(?:[:=]?\s*(?P<n2>\d{1,3})|[:=]\s*(?P<n3>(?i:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze)))\b )
        (?: \s*\((?P<who>[^()]*)\) )?",
    )
});

/// « par 10 voix contre 2 », where the first number is in favour.
static VERSUS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(\d{1,3})\s*voix\s+contre\s+(\d{1,3})|\b(?:adopt|approuv|vot|accept|rejet)\w*\s+(?:par\s+|à\s+)?(\d{1,3})\s+contre\s+(\d{1,3}))\b(?:\s*(?:et|,|;)?\s*(\d{1,3})\s*abs\w*\.?)?",
    )
});

/// « 6 p 1 c 1 abs », in the small letters of a phone: in favour first, then another side.
static SMALL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[^\p{L}\d])(\d{1,3})\s*p\b[\s,/;+-]*(?:(\d{1,3})\s*c\b[\s,/;+-]*)?(?:(\d{1,3})\s*a(?:bs\w*)?\b\.?)?",
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

/// Unanimity, in the words of notes; also an agreement of all that notes call a vote.
static UNANIMITY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:[àa]\s+(?:l['’ ])?\s*)?\bunan(?:imit[ée]|imes?|imement|\b\.?)(?:\s+des\s+(?:présents|voix|suffrages|votants|membres\s+présents|exprimés)[^.;,]*)?|\b(?:ils\s+sont\s+)?tous\s+(?:pour|d['’]accord)\b|\bok\s+pour\s+tous\b|^\W*ok\s+(?:pour\s+)?(?:tous|tout\s+le\s+monde)\W*$|\bpour\s*:\s*tous\b|\bt(?:ou)?t\s+le\s+monde\s+(?:(?:est|[ée]tait|a\s+[ée]t[ée])\s+)?pour\b|\btout\s+le\s+monde\s+(?:est\s+)?(?:d\s?['’ ]\s?accord|ok)\b[^.;]*\bvot[ée]e?(?:[^\p{L}]|$)|\bvot[ée]e?\s+par\s+tous\b|\badopt[ée]e?\s+par\s+tous\b",
    )
});
/// « UN » stands for unanimity only in capitals and where a vote stands.
static UN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[:>(]\s*|\b(?i:vote|vot[ée]e?|adopt[ée]e?|approuv[ée]e?|r[ée]sultat)\s*(?:à\s+l['’])?\s*:?\s*)(UN|U)(?:\s*[.,;)(]|\s*$)",
    )
});

/// Names under a heading: « pour : A B (+C) », « contre : D. abst : E ».
static NAMED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(pour|contre|abst(?:entions?)?)\.?\s*:\s*"));

/// What sets some apart from all the others.
static EXCEPT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:unan\w*\.?|tous(?:\s+(?:les\s+)?(?:\p{L}+\s+)?pour)?|tout\s+le\s+monde(?:\s+(?:est\s+)?pour)?|adopt[ée]e?s?|approuv[ée]e?s?|accept[ée]e?s?|vot[ée]e?s?|ok)\s*,?\s*(?:moins|sauf|except[ée]|hormis|[àa]\s+l['’]exception\s+de|[-–])\s+",
    )
});
/// « le reste pour », « les autres pour ».
static REST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?:tout\s+)?le\s+reste|(?:tous\s+)?les\s+autres|autres?)\s*:?\s*(?:vot\w+\s+)?pour\b",
    )
});
/// « 13 votants », « votants : 13 ».
static CAST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(\d{1,3})\s+votants?\b|\bvotants?\s*[:=]?\s*(\d{1,3})\b"));
static MAJORITY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b[àa]\s+la\s+majorit[ée](?:\s+(?:absolue|simple|des\s+\w+(?:\s+exprim[ée]s)?))?")
});
static ADOPTED: LazyLock<Regex> = LazyLock::new(|| {
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
        r"(?i)(?:\bvoix\s+(?:\p{L}+\s+){0,4}?(?:pr[ée]pond\w*|d[ée]partage\w*|compte\s+double)|\bvoix\s+pr[ée]p\b\.?|\bpr[ée]pond[ée]rante?\b|\b(?:maire|pr[ée]sident\w*)\s+(?:d[ée]partage|tranche)\b)(?:\s+(?:du|de\s+la|de)\s+(?:maire|pr[ée]sident\w*))?(?:\s*\((?:pour|contre)[^)]*\))?",
    )
});
/// « le maire est pour donc ça passe »: which way the chair's voice went when the others were even.
static TIPS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:l[ea]\s+)?(?:maire|pr[ée]sidente?)\s+(?:est\s+|vote\s+|a\s+vot[ée]\s+|[ée]tant\s+)?(?P<side>pour|contre)\b\s*[,:]?\s*(?:donc|alors|ce\s+qui|et\s+donc|c['’]est)\b[^.;]*",
    )
});

/// A result that stands alone, without any count.
static RESULT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:(?:vote|r[ée]sultat)\s*:?\s*)?(?:(?:la\s+)?(?:proposition|d[ée]lib(?:[ée]ration)?|motion|point|r[ée]solution|c['’]est)\s+)?(?:est\s+|a\s+[ée]t[ée]\s+)?(?:ok\s+)?(?:(?P<yes>adopt[ée]e?s?|approuv[ée]e?s?|vot[é]e?s?|valid[ée]e?s?|pass[ée]e?s?)|(?P<no>rejet[ée]e?s?|refus[ée]e?s?|repouss[ée]e?s?|(?:non|pas)\s+(?:adopt|approuv)[ée]e?s?)|vote)(?:\s+(?:par\s+le\s+conseil|[àa]\s+main\s+lev[ée]e))?\W*$",
    )
});
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

/// Counts of a vote in the order in favour, against, abstentions.
pub fn counts(vote: &Vote) -> [u32; 3] {
    [vote.in_favour, vote.against, vote.abstentions].map(|c| c.unwrap_or(0))
}

/// Index of the slot that a word names: in favour, against, abstentions, blank.
fn side(word: &str) -> usize {
    match fold(word).chars().next() {
        Some('p') => 0,
        Some('c') => 1,
        Some('b' | 'n') => 3,
        _ => 2,
    }
}

fn slot(vote: &mut Vote, side: usize) -> &mut Option<u32> {
    match side {
        0 => &mut vote.in_favour,
        1 => &mut vote.against,
        2 => &mut vote.abstentions,
        _ => &mut vote.blank,
    }
}

fn number(written: &str) -> Option<u32> {
    const WORDS: [&str; 15] = [
        "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
        "douze", "treize", "quatorze", "quinze",
    ];
    let folded = fold(written);
    if folded.starts_with("aucun") || folded.starts_with("pas") || folded == "zero" {
        return Some(0);
    }
    let word = WORDS.iter().position(|w| *w == folded || (*w == "un" && folded == "une"));
    word.and_then(|index| u32::try_from(index + 1).ok()).or_else(|| folded.parse().ok())
}

/// The vote a line states and where in the line; `None` when it states none.
pub fn find(line: &str, roster: &Roster) -> Option<(Vote, Span)> {
    if elects(line, roster) {
        return None;
    }
    let read = named(line, roster)
        .or_else(|| versus(line))
        .or_else(|| except(line, roster))
        .or_else(|| counted(line, roster))
        .or_else(|| yes_or_no(line))
        .or_else(|| triple(line))
        .or_else(|| in_small_letters(line))
        .or_else(|| by_voices(line))
        .or_else(|| unanimous(line))
        .or_else(|| by_majority(line));
    let Some((mut vote, mut span)) = read else { return result_alone(line) };
    if let Some(other) = UNANIMITY.find(line) {
        vote.unanimous = !vote.rest_in_favour;
        span = span.start.min(other.start())..span.end.max(other.end());
    }
    // « à l'unanimité, 2 abst »: of the votes cast.
    if vote.unanimous && vote.in_favour.is_none() && vote.total() > 0 {
        vote.unanimous = false;
        vote.rest_in_favour = true;
    }
    if let Some(cast) = CAST.captures(line) {
        vote.cast = cast.get(1).or(cast.get(2)).and_then(|m| m.as_str().parse().ok());
        if let Some(whole) = cast.get(0)
            && whole.end() <= span.start
            && line[whole.end()..span.start].split_whitespace().count() <= 1
        {
            span.start = whole.start();
        }
    }
    result(line, &mut vote, &mut span);
    span.start = announced_from(line, span.start);
    Some((vote, span))
}

/// « 8 voix pour Ada, 6 pour Luc » counts the ballots of an election.
fn elects(line: &str, roster: &Roster) -> bool {
    static FOR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:\d{1,3}|\p{L}{2,8})\s+(?:(?:voix|bulletins?|votes?)\s+)?pour\s+((?-i:\p{Lu}\p{Ll})[\p{L}'’-]+)",
        )
    });
    FOR.captures_iter(line).any(|found| {
        let name = &found[1];
        !roster.mentions(name).is_empty() || !french::is_word(&name.to_lowercase())
    })
}

/// Adopted or rejected, where the line says so beside the counts.
fn result(line: &str, vote: &mut Vote, span: &mut Span) {
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
    let even = vote.in_favour.is_some() && vote.in_favour == vote.against;
    if let Some(found) = TIPS.captures(line).filter(|_| even)
        && let (Some(whole), Some(side)) = (found.get(0), found.name("side"))
        && whole.start() >= span.end
    {
        vote.casting = true;
        vote.result = Some(fold(side.as_str()) == "pour");
        span.end = whole.end();
        return;
    }
    if let Some(found) = CASTING.find(line) {
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

/// Where the words that announce the vote start.
fn announced_from(line: &str, mut start: usize) -> usize {
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

/// Whether the two say different things of one vote, so that one cannot complete the other.
pub fn conflict(vote: &Vote, other: &Vote) -> bool {
    let whole = |v: &Vote| v.unanimous || v.rest_in_favour || v.in_favour.is_some();
    let clash = |a: Option<u32>, b: Option<u32>| matches!((a, b), (Some(a), Some(b)) if a != b);
    // « 13 pour. unanimité » says one thing twice.
    let opposed = |v: &Vote| v.against.unwrap_or(0) + v.abstentions.unwrap_or(0) > 0;
    if vote.unanimous != other.unanimous && vote.in_favour.is_some() != other.in_favour.is_some() {
        return opposed(vote) || opposed(other);
    }
    let unlike = clash(vote.in_favour, other.in_favour)
        || clash(vote.against, other.against)
        || clash(vote.abstentions, other.abstentions);
    unlike
        || (whole(vote) && whole(other) && (vote.unanimous != other.unanimous || vote.total() == 0))
}

/// Adds what a second line says to a vote begun on another.
pub fn merge(vote: &mut Vote, other: Vote) {
    vote.in_favour = vote.in_favour.or(other.in_favour);
    vote.against = vote.against.or(other.against);
    vote.abstentions = vote.abstentions.or(other.abstentions);
    vote.blank = vote.blank.or(other.blank);
    vote.unanimous |= other.unanimous;
    vote.casting |= other.casting;
    vote.rest_in_favour |= other.rest_in_favour;
    vote.result = vote.result.or(other.result);
    vote.cast = vote.cast.or(other.cast);
    vote.others = vote.others.max(other.others);
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

/// Whether a line is a ballot and nothing else: « Pour : 9. Contre : 3 (A). Abstention : 1 ».
pub fn is_ballot(line: &str) -> bool {
    static OPENS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)^\W*(?:votants?|suffrages?|exprim[ée]s?|pour|votes?|scrutin|r[ée]sultats?)\b")
    });
    OPENS.is_match(line) && COUNT.find_iter(&CAST.replace_all(line, "")).count() >= 2
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

/// « Mazureil vote contre », « Noblard s'abstient »: who, and on which side.
pub fn voter(clause: &str, roster: &Roster) -> Option<(String, usize)> {
    static VOTES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^\s*,?\s*(?:qui\s+)?(?:(?:a\s+)?vot[eé]e?\s+(pour|contre)|s['’]\s?(?:abst\w+)|s['’]est\s+abst\w+|abst)\s*\.?\s*$",
        )
    });
    let mentions = roster.mentions(clause);
    let [(member, span)] = mentions.as_slice() else { return None };
    if !clause[..span.start].trim().is_empty() {
        return None;
    }
    let found = VOTES.captures(&clause[span.end..])?;
    let side = found.get(1).map_or(2, |m| side(m.as_str()));
    Some((roster.full_name(*member).to_owned(), side))
}

/// Names in brackets after a count: members, else words that look like names.
fn people(text: &str, roster: &Roster) -> Vec<String> {
    let known: Vec<String> = roster
        .listed(text)
        .unwrap_or_else(|| roster.mentions(text).into_iter().map(|(member, _)| member).collect())
        .into_iter()
        .map(|member| roster.full_name(member).to_owned())
        .collect();
    if known.is_empty() {
        candidate_names(text).into_iter().map(|span| text[span].to_owned()).collect()
    } else {
        known
    }
}

fn counted(line: &str, roster: &Roster) -> Option<(Vote, Span)> {
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
    let counts = (0..4).filter(|side| slot(&mut vote, *side).is_some()).count();
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
    let others = adopted && closes || UNANIMITY.is_match(line);
    let rest = REST.is_match(line) || (vote.in_favour.is_none() && others);
    let is_vote = match counts {
        1 => (vote.in_favour.is_some() && closes && (!label_first || cue)) || rest,
        _ => vote.in_favour.is_some() || rest,
    };
    if !is_vote {
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

/// « 2 pour 1 »: a number word or digit that belongs to something else is no count.
fn counts_votes(line: &str, found: &Captures<'_>) -> bool {
    let Some(count) = found.name("n") else { return true };
    let before = line[..count.start()].chars().next_back();
    // « 3,10 pour » ends an amount, « n° 3 pour » a reference.
    !before.is_some_and(|c| matches!(c, ',' | '.' | '/' | '°' | '-'))
        || count.start() == 0
        || line[..count.start()].ends_with("- ")
}

fn versus(line: &str) -> Option<(Vote, Span)> {
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

fn yes_or_no(line: &str) -> Option<(Vote, Span)> {
    let found = YES_NO.captures(line)?;
    let read = |a: usize, b: usize| found.get(a).or(found.get(b))?.as_str().parse::<u32>().ok();
    let mut vote =
        Vote { in_favour: read(1, 3), against: read(2, 4), possible: true, ..Vote::default() };
    if let (Some(word), count) = (found.get(6), read(5, 5)) {
        *slot(&mut vote, side(word.as_str())) = count;
    }
    Some((vote, found.get(0)?.range()))
}

fn triple(line: &str) -> Option<(Vote, Span)> {
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

/// « retenu par dix voix », « adopté, douze voix »: nobody is said to be against.
fn by_voices(line: &str) -> Option<(Vote, Span)> {
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

/// « 6 p 1 c 1 abs »: two sides at least, or nothing else on the line.
fn in_small_letters(line: &str) -> Option<(Vote, Span)> {
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

/// « unanimité moins 1 abst (Untel) », « tous pour sauf Untel ».
fn except(line: &str, roster: &Roster) -> Option<(Vote, Span)> {
    let found = EXCEPT.find(line)?;
    let tail_end = line[found.end()..].find(". ").map_or(line.len(), |at| found.end() + at);
    let tail = &line[found.end()..tail_end];
    let mut vote = Vote { possible: true, rest_in_favour: true, ..Vote::default() };
    let mut names: [Vec<String>; 3] = Default::default();
    let mut end = found.end();
    for count in COUNT.captures_iter(tail) {
        let (Some(word), Some(n)) =
            (count.name("side").or(count.name("side2")), count.name("n").or(count.name("n2")))
        else {
            continue;
        };
        let side = side(word.as_str());
        *slot(&mut vote, side) = number(n.as_str());
        if let (Some(who), Some(list)) = (count.name("who"), names.get_mut(side)) {
            list.extend(people(who.as_str(), roster));
        }
        end = end.max(found.end() + count.get(0)?.end());
    }
    if vote.total() == 0 {
        static LONE: LazyLock<Regex> = LazyLock::new(|| {
            pattern(r"(?i)^(\d{1,3}|une?|deux|trois|quatre|cinq)\s*(?:voix)?\s*(?:[.,;)]|$)")
        });
        let who = people(tail, roster);
        let folded = fold(tail);
        let count = u32::try_from(who.len()).unwrap_or(0);
        if count > 0 {
            end = tail_end;
            if folded.contains("contre") {
                vote.against = Some(count);
                names[1] = who;
            } else if folded.contains("abst") {
                vote.abstentions = Some(count);
                names[2] = who;
            } else {
                vote.others = count;
            }
        } else {
            let lone = LONE.captures(tail)?;
            vote.others = number(lone.get(1)?.as_str())?;
            end = found.end() + lone.get(0)?.end();
        }
    }
    if names.iter().any(|n| !n.is_empty()) {
        vote.names = Some(names);
    }
    Some((vote, found.start()..end))
}

fn unanimous(line: &str) -> Option<(Vote, Span)> {
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
    let span = UNANIMITY
        .find(line)
        .map(|m| m.range())
        .or_else(|| UN.captures(line).and_then(|f| f.get(1)).map(|m| m.range()))?;
    let vote = Vote { unanimous: true, possible: true, ..Vote::default() };
    Some((vote, span))
}

fn by_majority(line: &str) -> Option<(Vote, Span)> {
    let found = MAJORITY.find(line)?;
    let vote = Vote { result: Some(true), possible: true, ..Vote::default() };
    (ADOPTED.is_match(&line[..found.start()]) || fold(&line[..found.start()]).contains("vote"))
        .then(|| (vote, found.range()))
}

/// A line or a clause that holds nothing but a result: « adopté », « -> rejeté ».
fn result_alone(line: &str) -> Option<(Vote, Span)> {
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
        // « contre : 3 (Ostin) » is a count.
        let counted = line[start..stop].trim_start().starts_with(|c: char| c.is_ascii_digit());
        if found.is_empty() || counted {
            continue;
        }
        // « contre : Mazureil trouve que … » is a view, not a ballot.
        let last = found.last().map_or(start, |(_, span)| start + span.end);
        if line[last..stop].split_whitespace().filter(|w| w.len() > 3).count() > 2 {
            continue;
        }
        let slot = side(mark.get(1)?.as_str());
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
#[path = "vote_tests.rs"]
mod tests;
