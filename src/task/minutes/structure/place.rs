//! Where one line of the notes belongs: to a new item, to the item that runs, to the meeting.

use std::sync::LazyLock;

use regex::Regex;

use super::agenda::{bare_words, match_entry, stems};
use super::heading::{has_digits, heading_of, open};
use super::{DECIDES, Entry, OUTSIDE, Piece, Section, Structure, hourly};
use crate::notes::Line;
use crate::reading::{fold, pattern};
use crate::task::minutes::correction;

static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:[-–•*#]+\s*(?i:point\s+|pt\s+|n°\s*|d[ée]lib\w*\s+)|#+\s*|(?i:point\s+|pt\s+|n°\s*|d[ée]lib\w*\s+(?:n°\s*)?))?(?:(\d{1,2})\s*(?:°\s*[/).:-]|[/).°:]|\s[-–]\s|[-–]\s)|\[(\d{1,2})\])\s*(\D.*|\d.*[^\d\s/.:hH].*)$",
    )
});
/// « rés. 2 siège … », « résolution n° 3 : … ».
static RESOLUTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^r[ée]s(?:o(?:l(?:ution)?)?)?\b\.?\s*(?:n°\s*)?(\d{1,2})\s*[-.:,)/–]*\s+(\p{L}.*)$",
    )
});
/// What a line says of itself that nobody had announced.
static UNANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:pas|non|hors)\s+(?:pr[ée]vue?s?\b|inscrite?s?\b|(?:dans|sur|[àa])\s+(?:la\s+|l['’]\s?)(?:convoc\w*|odj\b|ordre\s+du\s+jour)|(?:de\s+)?l['’]\s?ordre\s+du\s+jour|odj\b)",
    )
});
/// A line numbered in two parts: `4.1 Estimation`.
static PART: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(\d{1,2})[.](\d{1,2})[.)]?\s+(\D.*|\d.*\D.*)$"));
/// « DÉLIBÉRATION 2027-08 : vote des taux ».
static DELIBERATION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:projet\s+de\s+)?d[ée]lib(?:[ée]ration|\.)?\s*(?:n°|no|num[ée]ro)?\s*(20\d\d[-/._ ]?\d{1,3})\s*[:–—-]*\s*(\p{L}.*)$",
    )
});
/// Lines about the whole meeting, wherever they stand.
pub(super) static CLOSING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)^\s*(?:
          (?:on\s+(?:a\s+)?)?fin(?:i[et]?)?\b(?:\s+(?:de\s+)?(?:la\s+)?(?:s[ée]ance|r[ée]union|conseil)|\s+(?:à\s+|a\s+)?\d|\s*:|\s*$)
        | (?:s[ée]ance\s+)?(?:lev[ée]e?|clos[e]?|clôt\.?|clôture|cloture|termin[ée]e?|ferm[ée]e?)(?:\s+(?:de\s+)?(?:la\s+)?s[ée]ance)?\s*(?:(?:à|a|:)?\s*\d|$)
        | (?:la\s+)?s[ée]ance\s+(?:est\s+|a\s+[ée]t[ée]\s+)?(?:lev|clo|term)
        | \d{1,2}\s?[h:]\s?[0-5]\d\s*[:,-]?\s*(?:fin\b|fini|clos|cl[ôo]t|lev[ée]e|on\s+(?:finit|l[èe]ve|ferme))
        | on\s+(?:l[èe]ve|ferme|cl[ôo]t|termine)\s+(?:la\s+s[ée]ance\s+|la\s+r[ée]union\s+)?(?:[àa]\s+)?\d
        | l['’]\s?ordre\s+du\s+jour\s+(?:[ée]tant\s+)?[ée]puis
        | (?:la\s+|le\s+|l['’])?proch(?:ain|aine|\.)?\s+(?:cm|conseil|r[ée]union|s[ée]ance|ag|ca|bureau|date|rencontre|rdv)\b
        | date\s+(?:du|de\s+la)\s+proch\w*
        | (?:s[ée]ance\s+|r[ée]union\s+)?fini[e]?s?\s+(?:vers|[àa])\s+(?:\d|midi|minuit)
        | rappel\s*:?\s+(?:de\s+)?(?:la\s+|l['’])?(?:prochaine?\s+)?(?:cm|conseil|r[ée]union|s[ée]ance|ago?|age|assembl[ée]e|ca|bureau)\b
        | (?:n°|num[ée]ros?)\s*(?:de\s+)?d[ée]lib\w*\s*[:=]\s*20\d\d[-/.]\d
        | (?:pas\s+d['’]autres?|plus\s+de)\s+questions?\b
        | (?:les\s+)?(?:membres\s+)?(?:pr[ée]sents|absents|excus[ée]s|pouvoirs|procurations)\s*(?:\(\d+\)\s*)?:
        )",
    )
});

/// A list of members, at the margin: of the whole meeting wherever it stands.
static ATTENDED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:les\s+)?(?:membres\s+)?(?:pr[ée]sents|absents|excus[ée]s|pouvoirs|procurations)\b",
    )
});
/// « point 3 cimetière », without a mark after the number.
static POINT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^(?:point|pt)\s+(?:n°\s*)?(\d{1,2})\s+(\p{L}.*)$"));
static BARE_NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\d{1,2})\s+(\p{L}.*)$"));

/// What comes after the items, in notes without an agenda.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:qd|questions?\s+div\w*\.?|divers|informations?|infos?(?:\s+div\w*)?|hors[\s-]sujet(?:\s*\d)?)\s*(?::|$)",
    )
});
/// « Hors sujet 2 : … ».
static OFF_SUBJECT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^hors[\s-]sujet(?:\s*\d)?\s*:\s*"));
/// A line as it is looked at.
struct Typed<'a> {
    /// Its text with its place.
    piece: Piece<'a>,
    /// The text without the marks of a list before it.
    unmarked: &'a str,
    /// It stands further in than the margin.
    indented: bool,
    /// The whole line.
    line: Line<'a>,
}

impl<'a> Typed<'a> {
    fn new(line: &Line<'a>, within: bool) -> Self {
        // « b) » among the lines of an item says nothing.
        static LETTER: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[a-h]\s*[).]\s+"));
        let text = line.text.trim().trim_start_matches('#').trim_start();
        let end = line.start + line.text.trim_end().len();
        let unmarked = text.trim_start_matches(['-', '–', '•', '*', '>', ' ']);
        let lettered = LETTER.find(unmarked).filter(|_| within);
        let unmarked = lettered.map_or(unmarked, |m| &unmarked[m.end()..]);
        let text = if lettered.is_some() { unmarked } else { text };
        Self {
            piece: Piece { text, span: end - text.len()..end },
            unmarked,
            indented: line.text.starts_with([' ', '\t']),
            line: *line,
        }
    }

    /// What the line ends with, with its place.
    fn tail(&self, text: &'a str) -> Piece<'a> {
        let text = text.trim_end();
        Piece { text, span: self.piece.span.end - text.len()..self.piece.span.end }
    }
}

/// Puts one line where it belongs: the first that knows it places it.
pub(super) fn place<'a>(line: &Line<'a>, out: &mut Structure<'a>) {
    let typed = Typed::new(line, !out.sections.is_empty());
    let placed = closes(&typed, out)
        || hourly::place(line, out)
        || goes_on(&typed, out)
        || by_number(&typed, out)
        || unannounced(&typed, out)
        || by_spelled_number(&typed, out)
        || by_deliberation(&typed, out)
        || by_words(&typed, out);
    if !placed {
        match out.sections.last_mut() {
            Some(section) => section.lines.push(typed.piece),
            None => out.header.push(typed.piece),
        }
    }
}

/// Lines about the whole meeting, and those that correct the notes.
fn closes<'a>(typed: &Typed<'a>, out: &mut Structure<'a>) -> bool {
    let text = typed.unmarked;
    // « Les pouvoirs : … » may be a matter of the agenda.
    let entry = || {
        let (heading, _) = heading_of(text)?;
        match_entry_named(heading, out).filter(|number| !treated(*number, out))
    };
    let about =
        CLOSING.is_match(text) && !(typed.indented && ATTENDED.is_match(text)) && entry().is_none();
    if !about && (out.sections.is_empty() || !correction::is_one(text)) {
        return false;
    }
    let list = if out.sections.is_empty() { &mut out.header } else { &mut out.closing };
    list.push(typed.piece.clone());
    true
}

/// Parts of the item that runs, « 4.2 … » and « 4 bis … », and what goes back to one that was left.
fn goes_on<'a>(typed: &Typed<'a>, out: &mut Structure<'a>) -> bool {
    static AGAIN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:(?:(?:discussion|d[ée]bat|questions?|remarques?|retour|pr[ée]cisions?)\s+(?:sur|[àa]\s+propos\s+d[eu])\s+)?(?:(?:le|la)\s+(?:point\s+|r[ée]solution\s+)?(?:n°\s*)?(\d{1,2})\s*:)|(?:suite\s+(?:du\s+)?(?:point|pt)?\s*(\d{1,2})|(?:point|pt)?\s*(\d{1,2})\s*[-.:/)]?\s*\(?suite\)?)\s*[.:)/,–-]*)(?:\s+(.*))?$",
        )
    });
    static BIS: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^(\d{1,2})\s?(?:bis|ter|quater)\b[\s.):/-]*(\p{L}.*)$"));
    let text = typed.unmarked;
    if let Some(found) = AGAIN.captures(text)
        && let Some(Ok(number)) =
            (1..4).find_map(|at| found.get(at)).map(|n| n.as_str().parse::<u32>())
        && let Some(left) = out.sections.iter().find(|s| s.number == Some(number))
    {
        let lines = found.get(4).map(|rest| typed.tail(rest.as_str())).into_iter().collect();
        let heading = left.heading.clone();
        let place = typed.piece.span.clone();
        let number = Some(number);
        out.sections.push(Section { number, heading, lines, place, deliberation: None, parts: 0 });
        return true;
    }
    let Some(section) = out.sections.last_mut() else { return false };
    let rest = numbered_part(typed.piece.text, section.number, section.parts);
    section.parts += u32::from(rest.is_some());
    let bis = || {
        let found = BIS.captures(text)?;
        let own = found[1].parse().ok() == section.number;
        found.get(2).map(|rest| rest.as_str()).filter(|_| own)
    };
    let Some(rest) = rest.or_else(bis) else { return false };
    section.lines.push(typed.tail(rest));
    true
}

/// « 6/ extinction », « rés. 2 siège », and « 3 chaudiere : … » with the words of that entry.
fn by_number<'a>(typed: &Typed<'a>, out: &mut Structure<'a>) -> bool {
    let last = out.sections.last().and_then(|s| s.number);
    let behind = |number: u32| typed.indented && last.is_some_and(|n| n >= number);
    let split = |found: &regex::Captures<'a>| {
        let number = found.get(1).or(found.get(2))?.as_str().parse::<u32>().ok()?;
        Some((number, found.get(found.len() - 1)?.as_str()))
    };
    let marked = NUMBERED.captures(typed.line.text).and_then(|f| split(&f));
    let opened = marked.filter(|(number, _)| !behind(*number)).or_else(|| {
        if typed.indented {
            return None;
        }
        let resolution = RESOLUTION.captures(typed.unmarked).and_then(|f| split(&f));
        resolution.filter(|_| marked.is_none())
    });
    if let Some((number, rest)) = opened {
        open(out, Some(number), &typed.tail(rest));
        return true;
    }
    false
}

/// « 3 chaudiere : … » without a mark, « Deuxièmement », « II - Comptes ».
fn by_spelled_number<'a>(typed: &Typed<'a>, out: &mut Structure<'a>) -> bool {
    let text = typed.piece.text;
    let bare = || {
        let found = BARE_NUMBER.captures(text).filter(|_| !typed.indented)?;
        let (number, rest) = (found[1].parse::<u32>().ok()?, found.get(2)?.as_str());
        let known = match out.agenda.iter().find(|e| e.number == number) {
            Some(entry) => {
                match_entry(rest, std::slice::from_ref(entry)).is_some()
                    || fold(rest).starts_with(&fold(&entry.title))
                    || follows(number, rest, out)
            }
            None => out.bare_numbers && follows(number, rest, out),
        };
        known.then_some((number, rest))
    };
    let point = || {
        let found = POINT.captures(text).filter(|_| !typed.indented)?;
        let number = found[1].parse::<u32>().ok()?;
        let listed = out.agenda.iter().any(|e| e.number == number);
        let next = out.sections.last().map_or(1, |s| s.number.map_or(0, |n| n + 1));
        (listed || number == next).then_some((number, found.get(2)?.as_str()))
    };
    let found = bare()
        .or_else(point)
        .or_else(|| in_words(text))
        .or_else(|| roman(text).filter(|_| out.roman_numbers));
    let Some((number, rest)) = found else { return false };
    open(out, Some(number), &typed.tail(rest));
    true
}

/// What a line says that nobody had announced stands apart.
fn unannounced<'a>(typed: &Typed<'a>, out: &mut Structure<'a>) -> bool {
    let text = typed.piece.text;
    if out.sections.is_empty() || !UNANNOUNCED.is_match(text) || !DECIDES.is_match(text) {
        return false;
    }
    let said = typed.tail(typed.unmarked.trim_start_matches('+').trim_start());
    // « (pas prévu) » at the end is what the heading says.
    let told = said.text.rfind('(').filter(|at| {
        said.text.ends_with(')')
            && said.text.get(*at..).is_some_and(|aside| UNANNOUNCED.is_match(aside))
    });
    let text = told.and_then(|at| said.text.get(..at)).unwrap_or(said.text).trim_end();
    let start = said.span.start;
    out.outside.push(Section {
        number: None,
        heading: OUTSIDE.to_owned(),
        lines: vec![Piece { text, span: start..start + text.len() }],
        place: typed.piece.span.clone(),
        deliberation: None,
        parts: 0,
    });
    true
}

/// « DÉLIBÉRATION 2027-08 : vote des taux ».
fn by_deliberation<'a>(typed: &Typed<'a>, out: &mut Structure<'a>) -> bool {
    let Some(found) = DELIBERATION.captures(typed.unmarked) else { return false };
    let (Some(number), Some(rest)) = (found.get(1), found.get(2)) else { return false };
    open(out, None, &typed.tail(rest.as_str()));
    if let Some(section) = out.sections.last_mut() {
        section.deliberation = Some(number.as_str().to_owned());
    }
    true
}

/// A line at the margin that opens an item by its words: the name of an entry, or what comes last.
fn by_words<'a>(typed: &Typed<'a>, out: &mut Structure<'a>) -> bool {
    if typed.indented {
        return false;
    }
    let numbered = out.sections.iter().any(|s| s.number.is_some());
    let last = !out.sections.is_empty() && (out.agenda.is_empty() || numbered);
    // « Hors sujet 2 : … » goes on with what came last.
    if let Some(section) = out.sections.last_mut()
        && OFF_SUBJECT.is_match(typed.unmarked)
        && OTHER.is_match(&section.heading)
    {
        let said = OFF_SUBJECT.find(typed.unmarked).map_or(0, |lead| lead.end());
        section.lines.push(typed.tail(&typed.unmarked[said..]));
        return true;
    }
    if opens_by_name(typed.unmarked, out) {
        open(out, None, &typed.tail(typed.unmarked));
    } else if last && OTHER.is_match(typed.unmarked)
        || !numbered && opens_entry(typed.piece.text, out)
    {
        open(out, None, &typed.piece);
    } else {
        return false;
    }
    true
}

/// What follows `4.2` in the fourth item, after its `4.1`.
pub(super) fn numbered_part(text: &str, item: Option<u32>, before: u32) -> Option<&str> {
    let found = PART.captures(text)?;
    let number = |group: usize| found.get(group)?.as_str().parse::<u32>().ok();
    let follows = number(1) == Some(item?) && number(2) == Some(before + 1);
    found.get(3).map(|rest| rest.as_str()).filter(|_| follows)
}

/// Whether the number follows that of the last item, before a short heading and a colon.
fn follows(number: u32, rest: &str, out: &Structure<'_>) -> bool {
    let next = out.sections.last().map_or(1, |s| s.number.map_or(0, |n| n + 1));
    number == next && heading_of(rest).is_some_and(|(h, _)| h.split_whitespace().count() <= 5)
}

/// Whether the line is nothing but the name of an entry that no section has treated, before a
/// colon or alone: « - Divers » among numbered items.
fn opens_by_name(text: &str, out: &Structure<'_>) -> bool {
    let name = heading_of(text).map_or(text, |(heading, _)| heading);
    if let Some(number) = match_entry_named(name, out) {
        return !treated(number, out);
    }
    let words = stems(name);
    let short = name.split_whitespace().count() <= 4 && !has_digits(name) && !words.is_empty();
    short
        && out.agenda.iter().any(|entry| {
            let title = stems(&entry.title);
            !treated(entry.number, out) && words.iter().all(|w| title.contains(w))
        })
}

/// Whether a section treats the entry.
fn treated(number: u32, out: &Structure<'_>) -> bool {
    out.sections
        .iter()
        .any(|s| s.number.or_else(|| match_entry(&s.heading, &out.agenda)) == Some(number))
}

/// The entry that a heading names in so many words: « RM (Ada) » for « RM ».
fn match_entry_named(name: &str, out: &Structure<'_>) -> Option<u32> {
    let name = bare_words(name);
    out.agenda.iter().find(|e| !name.is_empty() && bare_words(&e.title) == name).map(|e| e.number)
}

/// Whether the line opens an agenda entry that no section has treated yet.
fn opens_entry(text: &str, out: &Structure<'_>) -> bool {
    let head: String = heading_of(text).map_or_else(
        || text.split_whitespace().take(3).collect::<Vec<_>>().join(" "),
        |(heading, _)| heading.to_owned(),
    );
    let taken = |entry: &Entry| {
        out.sections.iter().any(|s| match_entry(&s.heading, &out.agenda) == Some(entry.number))
    };
    match_entry(&head, &out.agenda)
        .and_then(|number| out.agenda.iter().find(|e| e.number == number))
        .is_some_and(|entry| !taken(entry))
}

/// Whether three lines at the margin or more count from 1, with nothing but a space after the
/// number and a title before a colon.
pub(super) fn bare_numbers(lines: &[Line<'_>]) -> bool {
    let mut next = 1;
    for line in lines {
        let Some(found) = BARE_NUMBER.captures(line.text) else { continue };
        let titled = found.get(2).is_some_and(|rest| heading_of(rest.as_str()).is_some());
        if titled && found.get(1).is_some_and(|n| n.as_str().parse() == Ok(next)) {
            next += 1;
        }
    }
    next > 3
}

/// The Roman number that opens a line, and what follows it: « II - Comptes ».
pub(super) fn roman(text: &str) -> Option<(u32, &str)> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^\W*([IVX]{1,5})\s*(?:°\s*)?[-–—./):](?:\s*[-–—])?\s*(\p{L}.*)$")
    });
    const ROMAN: [&str; 20] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV",
        "XV", "XVI", "XVII", "XVIII", "XIX", "XX",
    ];
    let found = NUMBER.captures(text.trim_end())?;
    let at = ROMAN.iter().position(|n| *n == found.get(1).map_or("", |m| m.as_str()))?;
    Some((u32::try_from(at).ok()? + 1, found.get(2)?.as_str()))
}

/// « Deuxièmement. Monsieur Roy propose … »
fn in_words(text: &str) -> Option<(u32, &str)> {
    const WORDS: [&str; 10] = [
        "premierement",
        "deuxiemement",
        "troisiemement",
        "quatriemement",
        "cinquiemement",
        "sixiemement",
        "septiemement",
        "huitiemement",
        "neuviemement",
        "dixiemement",
    ];
    let (first, rest) = text.split_once(['.', ',', ':', ' '])?;
    let at = WORDS.iter().position(|word| *word == fold(first))?;
    let rest = rest.trim_start_matches(['.', ',', ':', ' ']);
    (!rest.is_empty()).then_some((u32::try_from(at).ok()? + 1, rest))
}
