//! Numbers of the header: members, public, first deliberation, quorum, and what the statutes ask of a
//! vote.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::Header;
use crate::reading::{cardinal, fold, hour, pattern};
use crate::task::minutes::record::{Kind, Meeting};

static IN_OFFICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(\d{1,4})\s*(?:membres?\s*|conseillers?\s*|[ée]lus?\s*|si[èe]ges?\s*)?(?:sont\s+)?en\s+ex(?:ercice|\b\.?)|\ben\s+exercice\s*[:=]?\s*(\d{1,4})|\beffectif\s*:[^\d]*(\d{1,3})\b|\b(?:adh\w*\.?|inscrits?|membres?|licenci[ée]e?s?|cotisants?|foyers?)\s+(?:[àa]\s+jour|inscrits?|cotisants?)(?:\s+de\s+(?:leur\s+)?cotis\w*)?\s*[:=]?\s*(\d{1,4})|\b(\d{1,4})\s+(?:adh[ée]rents?\s+|membres?\s+|licenci[ée]e?s?\s+|foyers?\s+)?(?:[àa]\s+jour|inscrits?|cotisants?)\b|\b(?:on\s+est|nous\s+sommes)\s+(\d{1,3})\s+(?:au\s+conseil|conseillers?|[ée]lus|adh[ée]rents?|membres)\b|\b(\d{1,3})\s+si[èe]ges\s+pourvus|^(\d{1,3})\s+(?:[ée]lus|conseillers(?:\s+municipaux)?)\W*$",
    )
});
static NUMBERING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bd[ée]lib\w*\b.*?\b((?:20\d\d[-/.])?\d{1,3})\s*$|^\W*(?:n°|num[ée]ros?)\s*(?:de\s+)?d[ée]lib\w*\s*[:=]?\s*(20\d\d[-/.]\d{1,3})\b",
    )
});
/// « dernier numéro pris » is that of the session before.
static LAST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bdern(?:ier|i[eè]re)?\b\.?(?:\s+d[ée]lib\w*|\s+n°|\s+num[ée]ro|\s*[:=]|\s+(?:utilis|pris)\w*)",
    )
});
static AUDIENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(\d{1,3})\s*(?:pers\w*\.?|personnes?|habitants?)?\s*(?:dans\s+le|du|de|au)?\s*public\b|\bpublic\s*:\s*(\d{1,3})",
    )
});
static FRACTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:quorum\b[^;\n]{0,40}?|AG[EO]?\s*(?:[=:]|il\s+faut|c['’]est|demande)\s*|pr[ée]sence\s+(?:ou\s+repr[ée]sentation\s+)?d[e’'u]\s*)\b(?:(\d)\s*/\s*(\d)\b|(un\s+tiers|un\s+quart|(?:la\s+)?moiti[ée]|deux\s+tiers|trois\s+quarts|un\s+cinqui[èe]me))",
    )
});
static QUORUM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bquorum\b(?:\s+(?:statutaire|ok|atteint|acquis))?(?:\s*\([^)\d][^)]*\))?(?:\s*(?:de|[:=(]|est\s+de|fix[ée]\s+[àa])\s*(\d{1,3})(?:\s*(?:membres|voix|pr[ée]sents)|\s*[).,;]|\s*$|\s*(?:->|→)))?",
    )
});
static MAJORITY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bmajorit[ée]\s+(?:qualifi[ée]e\s+)?(?:des?\s+)?(?:2/3|3/4|deux\s+tiers|trois\s+quarts)|\b(?:2/3|3/4|deux\s+tiers|trois\s+quarts)\s+des\s+(?:(?:suffrages|voix|votes|membres|adh[ée]rents)\s+)?(?:des\s+membres\s+|des\s+)?(?:exprim\w*|votants|pr[ée]sents)",
    )
});
static STATUTES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:rappel\s+(?:des\s+)?)?statuts?\s*:.*$|(?:statuts?\b.*|art\w*\.?\s*\d+\s*:?\s*|.{0,12})\b(?:majorit[ée]\s+simple|(?:pouvoirs?|procurations?)\b.*\bmax\w*|max\w*\b.*\b(?:pouvoirs?|procurations?)|(?:un\s+seul|1)\s+(?:pouvoir|procuration)\s+par)\b.*)$",
    )
});

impl Header<'_> {
    /// Members, public, share of the members that makes the quorum, number of the first
    /// deliberation.
    pub(super) fn numbers(&mut self, text: &str, meeting: &mut Meeting) -> bool {
        let mut read = members(text, meeting);
        read |= quorum_share(text, meeting);
        if let Some(number) = NUMBERING.captures(text).and_then(|f| first(&f)) {
            self.first_number =
                Some(if LAST.is_match(text) { next_number(&number) } else { number });
            read = true;
        }
        if let Some(count) = AUDIENCE.captures(text).and_then(|f| first(&f)) {
            let plural = if count == "1" { "personne" } else { "personnes" };
            meeting.attendance.audience = Some(format!("{count} {plural} dans le public"));
            read = true;
        }
        read
    }
}

/// The number after a number: « 2026-36 » is followed by « 2026-37 ».
fn next_number(number: &str) -> String {
    let split = number.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    let (prefix, digits) = number.split_at(split);
    let width = digits.len();
    digits.parse::<u32>().map_or_else(
        |_| number.to_owned(),
        |last| format!("{prefix}{:0width$}", last.saturating_add(1)),
    )
}

/// The first group that a pattern of several forms has found.
fn first(found: &Captures<'_>) -> Option<String> {
    (1..found.len()).find_map(|i| found.get(i)).map(|m| m.as_str().to_owned())
}

/// How many members there are in all.
fn members(text: &str, meeting: &mut Meeting) -> bool {
    static MEMBERS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(\d{1,4})\s+(?:adh[ée]rents?|membres|licenci[ée]e?s|inscrits|foyers)\b\s*(?:$|[,;.(])",
        )
    });
    // « 23 adhérents sur 51 »
    static OF: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b\d{1,4}\s+(?:adh[ée]rents?|membres|pr[ée]sents|licenci[ée]e?s)(?:\s+pr[ée]sents)?\s+sur\s+(\d{1,4})\b",
        )
    });
    let mut read = false;
    if let Some(count) = IN_OFFICE.captures(text).and_then(|f| first(&f)?.parse().ok()) {
        meeting.attendance.in_office = Some(count);
        read = true;
    }
    for form in [&MEMBERS, &OF] {
        if meeting.kind == Kind::Association
            && meeting.attendance.in_office.is_none()
            && let Some(count) = form.captures(text).and_then(|f| first(&f)?.parse().ok())
        {
            meeting.attendance.in_office = Some(count);
            read = true;
        }
    }
    read
}

/// The share of the members that makes the quorum, in words or in figures.
fn quorum_share(text: &str, meeting: &mut Meeting) -> bool {
    let Some(found) = FRACTION.captures(text) else { return false };
    let share = match found.get(3) {
        Some(words) => Some(share_in_words(words.as_str())),
        None => {
            let figure = |i: usize| found.get(i).and_then(|m| m.as_str().parse::<u32>().ok());
            figure(1).zip(figure(2)).filter(|(_, under)| *under > 0)
        }
    };
    if share.is_none() {
        return false;
    }
    meeting.attendance.quorum_fraction = share;
    true
}

/// « deux tiers » is 2 over 3.
fn share_in_words(words: &str) -> (u32, u32) {
    let words = fold(words);
    let over = if words.starts_with("deux") {
        2
    } else if words.starts_with("trois") {
        3
    } else {
        1
    };
    let under = match words.split_whitespace().last() {
        Some("moitie") => 2,
        Some("tiers") => 3,
        Some("cinquieme") => 5,
        _ => 4,
    };
    (over, under)
}

/// Quorum, majority, what the statutes say, and sums of the attendance: they are checked, and most
/// are not printed.
pub(super) fn by_the_rules(text: &str, meeting: &mut Meeting) -> bool {
    // « Total 45 » is what the counts before it make.
    static TOTAL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:(?:soit\s+|donc\s+|=\s*)?total\s*:?|soit|donc|=)\s*(\d{1,4})(?:\s+(?:votants?|voix|en\s+tout))?\W*$",
        )
    });
    // « AGO ok », « quorum atteint »
    static REACHED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:=+>?\s*|->\s*|→\s*)?(?:(?:le\s+)?quorum|AG[OE]?)\s+(?:est\s+)?(?:ok|atteint|bon|acquis)\W*$",
        )
    });
    let mut read = STATUTES.is_match(text) || REACHED.is_match(text);
    if let Some(found) = QUORUM.captures(text) {
        if let Some(count) = found.get(1).and_then(|m| m.as_str().parse().ok()) {
            meeting.attendance.quorum = Some(count);
        }
        read |= text.split_whitespace().count() <= 6;
    }
    let counted = meeting.attendance.present_count.zip(meeting.attendance.proxy_count);
    let total = TOTAL.captures(text).and_then(|f| f[1].parse::<u32>().ok());
    read |= total.is_some() && total == counted.map(|(present, proxies)| present + proxies);
    if let Some(share) = majority(text) {
        meeting.majority = Some(share);
        meeting.majority_of_all = of_all(text);
        read = true;
    }
    read
}

/// The share of the votes that a decision takes by the statutes, where the notes tell it.
pub fn majority(text: &str) -> Option<(u32, u32)> {
    let share = MAJORITY.find(text)?;
    let two = fold(share.as_str()).contains("deux") || share.as_str().contains("2/3");
    Some(if two { (2, 3) } else { (3, 4) })
}

/// Whether that share is of all who are present or represented, those who abstain among them.
pub fn of_all(text: &str) -> bool {
    static ALL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:2/3|3/4|deux\s+tiers|trois\s+quarts)\s+des\s+(?:(?:voix|votes|suffrages|membres|adh[ée]rents)\s+(?:des\s+)?(?:membres\s+)?)?(?:pr[ée]sente?s?|votants)\b",
        )
    });
    ALL.is_match(text)
}

/// A number in words that opens the sentence, in figures: « Onze conseillers sont en exercice ».
pub(super) fn in_figures(text: &str) -> String {
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    let counted =
        ["conseill", "membre", "elu", "adherent"].iter().any(|w| fold(rest).starts_with(w));
    let number = cardinal::value_of(first).filter(|_| counted);
    let text = number.map_or_else(|| text.to_owned(), |at| format!("{at} {rest}"));
    hour::in_figures(&text)
}
