//! The parts of a meeting's notes: header, agenda, items, closing lines.
//!
//! Notes are telegraphic and jump about. An item opens with its number (`6/ extinction`), or, where
//! items have no number, with the words of an agenda entry (`financier (C. Pinsardel)` for
//! « financier »), or, where there is no agenda either, with a title before a colon. Lines that
//! speak of the whole meeting (end, next meeting, corrections) are taken out of whatever item they
//! follow.

use std::sync::LazyLock;

use regex::Regex;

use super::{clauses, correction, head, vote};
use crate::french;
use crate::notes::{Line, Notes, Span};
use crate::reading::correction::{Swap, is_swap, swaps};
use crate::reading::name::Roster;
use crate::reading::{Fact, facts, fold, pattern};
use crate::task::expand::has_verb;

/// An entry of the agenda, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number, typed or counted.
    pub number: u32,
    /// Its words.
    pub title: String,
}

/// A section of the notes that treats one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section<'a> {
    /// The number typed before it.
    pub number: Option<u32>,
    /// Words of its first line up to the colon, when there is one.
    pub heading: String,
    /// Its lines, the first without number and heading.
    pub lines: Vec<Piece<'a>>,
    /// Where its first line stands.
    pub place: Span,
    /// Number of its deliberation, where the notes give it: « DÉLIBÉRATION 2027-08 ».
    pub deliberation: Option<String>,
    /// How many of its lines bear a number of two parts, `4.1`, `4.2`.
    parts: u32,
}

/// A piece of a line with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The text, trimmed.
    pub text: &'a str,
    /// Its place in the notes.
    pub span: Span,
}

/// The notes, cut.
#[derive(Debug, Default)]
pub struct Structure<'a> {
    /// Lines before the first item, agenda taken out.
    pub header: Vec<Piece<'a>>,
    /// The agenda.
    pub agenda: Vec<Entry>,
    /// Sections, in the order of the notes.
    pub sections: Vec<Section<'a>>,
    /// Lines about the whole meeting that stand after the first item.
    pub closing: Vec<Piece<'a>>,
    /// Lines that name the value they replace.
    pub swaps: Vec<Swap>,
    /// Items are numbered without a mark after the number: `2 comptes : …`.
    bare_numbers: bool,
    /// Items have Roman numbers: `II - Comptes`.
    roman_numbers: bool,
    /// Lines that the notes say to be outside of the agenda, each its own section.
    outside: Vec<Section<'a>>,
}

/// The heading of what the notes say to be outside of the agenda.
pub(super) const OUTSIDE: &str = "Hors ordre du jour";

static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:[-–•*#]+\s*(?i:point\s+|pt\s+|n°\s*|d[ée]lib\w*\s+)|#+\s*|(?i:point\s+|pt\s+|n°\s*|d[ée]lib\w*\s+(?:n°\s*)?))?(?:(\d{1,2})\s*(?:°\s*[/).:-]|[/).°:]|\s[-–]\s|[-–]\s)|\[(\d{1,2})\])\s*(\D.*|\d.*[^\d\s/.:hH].*)$",
    )
});
/// « rés. 2 siège … », « résolution n° 3 : … ».
static RESOLUTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^r[ée]s(?:o(?:l(?:ution)?)?)?\b\.?\s*(?:n°\s*)?(\d{1,2})\s*[-.:)/–]*\s+(\p{L}.*)$",
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
/// The verb that brings in an agenda told as a sentence.
static COMPRISES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:de\s+(?:la|cette)\s+\p{L}+\s+)?(?:appel\w+|compt\w+|port\w+\s+sur|comport\w+|compren\w+|pr[ée]vo\w+|est|[ée]tait|[ée]tant)\s*(?:(?:le|les\s+points?)\s+suivants?|\p{L}+\s+(?:questions|points)\s*:)?\s*:?\s*",
    )
});
/// A mark before a title: `> voirie`, `== voirie ==`, `** voirie **`.
static MARK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:>+|#+|={2,}|\*{2,}|_{2,}|»|▪|■|►|➢)\s*(.*?)[\s=*_]*$"));
static AGENDA: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[\s*•#–-]*(?:(?:à|a)\s+)?(?:l['’])?(?:odj|o\.d\.j\.?|ordre\s+du\s+jour|agenda)\b\s*[:=]?\s*(.*)$",
    )
});
/// Lines about the whole meeting, wherever they stand.
static CLOSING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)^\s*(?:
          fin(?:ie?)?\b(?:\s+(?:de\s+)?(?:la\s+)?(?:s[ée]ance|r[ée]union|conseil)|\s+(?:à\s+|a\s+)?\d|\s*:|\s*$)
        | (?:s[ée]ance\s+)?(?:lev[ée]e?|clos[e]?|clôture|cloture|termin[ée]e?)(?:\s+(?:de\s+)?(?:la\s+)?s[ée]ance)?\s*(?:(?:à|a|:)?\s*\d|$)
        | (?:la\s+)?s[ée]ance\s+(?:est\s+)?(?:lev|clo|term)
        | l['’]\s?ordre\s+du\s+jour\s+(?:[ée]tant\s+)?[ée]puis
        | (?:la\s+|le\s+|l['’])?proch(?:ain|aine|\.)?\s+(?:cm|conseil|r[ée]union|s[ée]ance|ag|ca|bureau|date|rencontre|rdv)\b
        | date\s+(?:du|de\s+la)\s+proch\w*
        | (?:s[ée]ance\s+|r[ée]union\s+)?fini[e]?s?\s+(?:vers|[àa])\s+(?:\d|midi|minuit)
        | rappel\s*:?\s+(?:de\s+)?(?:la\s+|l['’])?(?:prochaine?\s+)?(?:cm|conseil|r[ée]union|s[ée]ance|ago?|age|assembl[ée]e|ca|bureau)\b
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
static BARE_NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\d{1,2})\s+(\p{L}.*)$"));

/// What comes after the items, in notes without an agenda.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:qd|questions?\s+div\w*\.?|divers|informations?|infos?(?:\s+div\w*)?)\s*(?::|$)",
    )
});
/// Lines of a ballot, which open no item.
static BALLOT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^\W*(?:votants?|pour|contre|abst\w*|votes?|scrutin|r[ée]sultats?)\b")
});

/// Words of a result, which no title holds.
static DECIDES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:unan\w*|adopt\w*|approuv\w*|vot[ée]\w*|rejet\w*|report[ée]\w*|ajourn\w*|retir[ée]\w*|RAS|pour)\b",
    )
});

/// Cuts the notes.
pub fn cut(notes: &Notes) -> Structure<'_> {
    let lines: Vec<Line<'_>> = notes.lines().filter(|l| !l.text.trim().is_empty()).collect();
    let mut out = Structure {
        bare_numbers: bare_numbers(&lines),
        roman_numbers: lines
            .iter()
            .filter_map(|l| roman(l.text))
            .map(|(n, _)| n)
            .take(2)
            .eq([1, 2]),
        swaps: swaps(notes),
        ..Structure::default()
    };
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        if !out.sections.is_empty() && is_swap(&out.swaps, &line.span()) {
            out.closing.push(Piece { text: line.text, span: line.span() });
            index += 1;
            continue;
        }
        if let Some(found) = AGENDA.captures(line.text)
            && out.agenda.is_empty()
            && out.sections.is_empty()
        {
            let rest = found.get(1).map_or("", |m| m.as_str());
            index += 1 + agenda(rest, lines.get(index + 1..).unwrap_or_default(), &mut out.agenda);
            continue;
        }
        if out.agenda.is_empty() && out.sections.is_empty() && listed_in_line(&lines, index) {
            let rest = lines.get(index + 1..).unwrap_or_default();
            index += 1 + agenda(line.text.trim(), rest, &mut out.agenda);
            continue;
        }
        if out.agenda.is_empty() && out.sections.is_empty() && listed_twice(&lines, index) {
            let taken = agenda("", lines.get(index..).unwrap_or_default(), &mut out.agenda);
            if taken > 0 {
                index += taken;
                continue;
            }
        }
        place(line, &mut out);
        index += 1;
    }
    if out.sections.is_empty() {
        by_titles(&mut out, notes.text());
    }
    let outside = std::mem::take(&mut out.outside);
    out.sections.extend(outside);
    out
}

/// Whether three lines at the margin or more count from 1, with nothing but a space after the
/// number and a title before a colon.
fn bare_numbers(lines: &[Line<'_>]) -> bool {
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
fn roman(text: &str) -> Option<(u32, &str)> {
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

/// Whether a line is the agenda, without its heading: « 1. PV  2. voirie  3. école », the numbers
/// of which come again further down.
fn listed_in_line(lines: &[Line<'_>], index: usize) -> bool {
    let text = lines.get(index).map_or("", |line| line.text.trim());
    let entries = numbered_entries(text);
    let short = |entry: &Entry| entry.title.split_whitespace().count() <= 8;
    let again = |line: &Line<'_>| leading_number(line.text.trim()) == Some(1);
    entries.len() >= 3
        && leading_number(text) == Some(1)
        && entries.iter().all(short)
        && lines.get(index + 1..).unwrap_or_default().iter().any(again)
}

/// Whether numbered titles stand here that come again, with their accounts, further down: an
/// agenda without its heading.
fn listed_twice(lines: &[Line<'_>], index: usize) -> bool {
    let number = |line: &Line<'_>| leading_number(line.text.trim());
    let at = |at: usize| lines.get(at).and_then(number);
    let run = (1..).take_while(|n| at(index + *n as usize - 1) == Some(*n)).count();
    let listed = lines.get(index..index + run).unwrap_or_default();
    let short =
        |line: &Line<'_>| line.text.split_whitespace().count() <= 12 && !BALLOT.is_match(line.text);
    run >= 3
        && listed.iter().all(short)
        && lines.get(index + run..).unwrap_or_default().iter().any(|l| number(l) == Some(1))
}

/// How the lines of an agenda follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// On the line of its heading; goes on with the next number.
    Inline,
    /// One numbered line each.
    Numbered,
    /// One line each, with a dash.
    Dashes,
    /// One indented line each.
    Indented,
}

/// Reads the agenda; answers how many of the following lines belong to it.
fn agenda(rest: &str, following: &[Line<'_>], entries: &mut Vec<Entry>) -> usize {
    let dashed = |text: &str| text.trim().starts_with(['-', '–', '•', '*']);
    let style = match following.first() {
        _ if !rest.trim().is_empty() => Style::Inline,
        Some(line) if leading_number(line.text.trim()) == Some(1) => Style::Numbered,
        Some(line) if dashed(line.text) => Style::Dashes,
        _ => Style::Indented,
    };
    let mut text = rest.trim().to_owned();
    let mut taken = 0;
    for line in following {
        let number = leading_number(line.text.trim());
        let continues = match style {
            Style::Inline => {
                let listed = numbered_entries(&text).len() as u32;
                listed > 1 && number == Some(listed + 1)
            }
            Style::Numbered => number == Some(taken as u32 + 1),
            Style::Dashes => dashed(line.text),
            Style::Indented => line.text.starts_with([' ', '\t']),
        };
        if !continues {
            break;
        }
        text.push_str(if style == Style::Inline { "  " } else { "\n" });
        text.push_str(line.text.trim());
        taken += 1;
    }
    // Numbered lines that break off and go on later are the items themselves, told one by one.
    let later = |n: usize| {
        let after = following.iter().skip(taken);
        after.filter_map(|l| leading_number(l.text.trim())).any(|found| found == n as u32)
    };
    if style == Style::Numbered && later(taken + 1) && !later(1) {
        return 0;
    }
    let numbered = numbered_entries(&text);
    if numbered.len() >= 2 {
        entries.extend(numbered);
    } else {
        // « L'ordre du jour comportait le rapport moral, les comptes et la cotisation. »
        let told = COMPRISES.find(&text).map_or(0, |m| m.end());
        let parts: Vec<&str> = if told > 0 && !text.contains('\n') {
            text[told..].trim_end_matches('.').split([',', ';']).flat_map(last_two).collect()
        } else if text.contains('\n') || dashed(&text) {
            text.split('\n').collect()
        } else if text.contains(';') {
            text.split(';').collect()
        } else if [" - ", " – "].iter().map(|dash| text.matches(dash).count()).sum::<usize>() >= 2
        {
            text.split(" - ").flat_map(|part| part.split(" – ")).collect()
        } else {
            text.split([',', '/']).collect()
        };
        for part in parts {
            let title = part.trim().trim_start_matches(['-', '–', '•', '*']).trim();
            let title = if told > 0 { without_article(title) } else { title };
            static ROMAN: LazyLock<Regex> =
                LazyLock::new(|| pattern(r"^[IVX]{1,5}\s*[-–—.):]?\s+"));
            let title = ROMAN.find(title).map_or(title, |number| &title[number.end()..]);
            if !title.is_empty() {
                entries.push(Entry { number: entries.len() as u32 + 1, title: title.to_owned() });
            }
        }
    }
    taken
}

/// The last two entries of a sentence, which « et » joins.
fn last_two(part: &str) -> Vec<&str> {
    let joined = part.split_once(" et ").filter(|(_, after)| {
        ["le ", "la ", "les ", "l'", "l’", "un ", "une ", "des "]
            .iter()
            .any(|a| after.starts_with(a))
    });
    joined.map_or_else(|| vec![part], |(before, after)| vec![before, after])
}

/// « ensuite les comptes » is entered as « comptes ».
fn without_article(title: &str) -> &str {
    static ORDER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)^(?:d['’]abord|ensuite|puis|enfin|pour\s+finir|en\s+\p{L}+(?:\s+lieu)?)\s+")
    });
    let title = ORDER.find(title).map_or(title, |order| &title[order.end()..]);
    ["le ", "la ", "les ", "l'", "l’", "un ", "une ", "des "]
        .iter()
        .find_map(|article| title.strip_prefix(article))
        .unwrap_or(title)
}

/// Entries `1 … 2 … 3 …` of one text, numbers in sequence.
fn numbered_entries(text: &str) -> Vec<Entry> {
    let mut entries: Vec<(u32, usize, usize)> = Vec::new();
    let mut expected = 1;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let boundary = at == 0 || matches!(bytes[at - 1], b' ' | b'\n' | b',' | b';' | b'/' | b'(');
        let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if boundary && (1..=2).contains(&digits) && text[at..at + digits].parse() == Ok(expected) {
            let after = text[at + digits..].trim_start_matches([' ', '.', ')', '/', '-', '°', ':']);
            let title_start = text.len() - after.len();
            let separated = title_start > at + digits;
            if separated && after.chars().next().is_some_and(char::is_alphabetic) {
                entries.push((expected, at, title_start));
                expected += 1;
                at = title_start;
                continue;
            }
        }
        at += digits.max(1);
        while at < bytes.len() && !text.is_char_boundary(at) {
            at += 1;
        }
    }
    let ends = entries.iter().skip(1).map(|(_, start, _)| *start).chain([text.len()]);
    entries
        .iter()
        .zip(ends)
        .map(|((number, _, start), end)| Entry {
            number: *number,
            title: text[*start..end]
                .trim()
                .trim_end_matches([',', ';', '/', '.', '·', '|', '-', '–', ' '])
                .trim()
                .to_owned(),
        })
        .collect()
}

fn leading_number(text: &str) -> Option<u32> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    if digits.len() > 2 { None } else { digits.parse().ok() }
}

/// Puts one line where it belongs.
fn place<'a>(line: &Line<'a>, out: &mut Structure<'a>) {
    let text = line.text.trim().trim_start_matches('#').trim_start();
    let start = line.start + (line.text.trim_end().len() - text.len());
    let piece = Piece { text, span: start..start + text.len() };
    let indented = line.text.starts_with([' ', '\t']);
    let unmarked = text.trim_start_matches(['-', '–', '•', '*', '>', ' ']);
    // « b) » among the lines of an item says nothing.
    static LETTER: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[a-h]\s*[).]\s+"));
    let lettered = LETTER.find(unmarked).filter(|_| !out.sections.is_empty());
    let unmarked = lettered.map_or(unmarked, |m| &unmarked[m.end()..]);
    let piece = match lettered {
        Some(_) => Piece { text: unmarked, span: piece.span.end - unmarked.len()..piece.span.end },
        None => piece,
    };
    let text = piece.text;
    let closes = CLOSING.is_match(unmarked) && !(indented && ATTENDED.is_match(unmarked));
    if closes || (!out.sections.is_empty() && correction::is_one(unmarked)) {
        if out.sections.is_empty() {
            out.header.push(piece);
        } else {
            out.closing.push(piece);
        }
        return;
    }
    if let Some(section) = out.sections.last_mut()
        && let Some(rest) = numbered_part(text, section.number, section.parts)
    {
        section.parts += 1;
        let start = piece.span.end - rest.len();
        section.lines.push(Piece { text: rest, span: start..piece.span.end });
        return;
    }
    if let Some(found) = NUMBERED.captures(line.text)
        && let (Some(number), Some(rest)) = (found.get(1).or(found.get(2)), found.get(3))
        && let Ok(number) = number.as_str().parse()
        && !(indented && out.sections.last().is_some_and(|s| s.number.is_some_and(|n| n >= number)))
    {
        let start = line.start + rest.start();
        open(
            out,
            Some(number),
            &Piece {
                text: rest.as_str().trim_end(),
                span: start..start + rest.as_str().trim_end().len(),
            },
        );
        return;
    }
    if !indented
        && let Some(found) = RESOLUTION.captures(unmarked)
        && let (Some(number), Some(rest)) = (found.get(1), found.get(2))
        && let Ok(number) = number.as_str().parse()
    {
        let start = piece.span.end - rest.as_str().len();
        open(out, Some(number), &Piece { text: rest.as_str(), span: start..piece.span.end });
        return;
    }
    if !out.sections.is_empty() && UNANNOUNCED.is_match(text) && DECIDES.is_match(text) {
        let start = piece.span.end - unmarked.trim_start_matches('+').trim_start().len();
        let text = piece.text.get(piece.text.len() - (piece.span.end - start)..).unwrap_or(text);
        // « (pas prévu) » at the end is what the heading says.
        let told = text.rfind('(').filter(|at| {
            text.ends_with(')') && text.get(*at..).is_some_and(|aside| UNANNOUNCED.is_match(aside))
        });
        let text = told.and_then(|at| text.get(..at)).unwrap_or(text).trim_end();
        let end = start + text.len();
        out.outside.push(Section {
            number: None,
            heading: OUTSIDE.to_owned(),
            lines: vec![Piece { text, span: start..end }],
            place: piece.span,
            deliberation: None,
            parts: 0,
        });
        return;
    }
    // « 3 chaudiere : … », without a mark after the number: only with the words of that entry.
    if !indented
        && let Some(found) = BARE_NUMBER.captures(text)
        && let (Some(number), Some(rest)) = (found.get(1), found.get(2))
        && let Ok(number) = number.as_str().parse::<u32>()
        && match out.agenda.iter().find(|e| e.number == number) {
            Some(entry) => {
                match_entry(rest.as_str(), std::slice::from_ref(entry)).is_some()
                    || fold(rest.as_str()).starts_with(&fold(&entry.title))
                    || follows(number, rest.as_str(), out)
            }
            None => out.bare_numbers && follows(number, rest.as_str(), out),
        }
    {
        let start = piece.span.start + rest.start();
        let rest = Piece { text: rest.as_str(), span: start..start + rest.as_str().len() };
        open(out, Some(number), &rest);
        return;
    }
    if let Some((number, rest)) = in_words(text) {
        let start = piece.span.end - rest.len();
        open(out, Some(number), &Piece { text: rest, span: start..piece.span.end });
        return;
    }
    if out.roman_numbers
        && let Some((number, rest)) = roman(text)
    {
        open(
            out,
            Some(number),
            &Piece { text: rest, span: piece.span.end - rest.len()..piece.span.end },
        );
        return;
    }
    if let Some(found) = DELIBERATION.captures(unmarked)
        && let (Some(number), Some(rest)) = (found.get(1), found.get(2))
    {
        let start = piece.span.end - unmarked.len() + rest.start();
        open(out, None, &Piece { text: rest.as_str(), span: start..piece.span.end });
        if let Some(section) = out.sections.last_mut() {
            section.deliberation = Some(number.as_str().to_owned());
        }
        return;
    }
    if !indented && opens_by_name(unmarked, out) {
        let start = piece.span.end - unmarked.len();
        open(out, None, &Piece { text: unmarked, span: start..piece.span.end });
        return;
    }
    if !indented && !out.sections.is_empty() && out.agenda.is_empty() && OTHER.is_match(unmarked) {
        open(out, None, &piece);
        return;
    }
    let numbered_notes = out.sections.iter().any(|s| s.number.is_some());
    if !indented && !numbered_notes && opens_entry(text, out) {
        open(out, None, &piece);
        return;
    }
    match out.sections.last_mut() {
        Some(section) => section.lines.push(piece),
        None => out.header.push(piece),
    }
}

/// What follows `4.2` in the fourth item, after its `4.1`.
fn numbered_part(text: &str, item: Option<u32>, before: u32) -> Option<&str> {
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
    let words = stems(name);
    let short = name.split_whitespace().count() <= 4 && !has_digits(name) && !words.is_empty();
    short
        && out.agenda.iter().any(|entry| {
            let title = stems(&entry.title);
            let treated = out.sections.iter().any(|s| {
                s.number.or_else(|| match_entry(&s.heading, &out.agenda)) == Some(entry.number)
            });
            !treated && words.iter().all(|w| title.contains(w))
        })
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

/// The agenda entry that a heading names: the one that shares most of its words, by stem.
pub fn match_entry(heading: &str, agenda: &[Entry]) -> Option<u32> {
    let head = stems(heading);
    agenda
        .iter()
        .map(|entry| {
            let words = stems(&entry.title);
            let shared = words.iter().filter(|w| head.contains(w)).count();
            (shared * 100 / words.len().max(1), shared, entry.number)
        })
        .filter(|(_, shared, _)| *shared > 0)
        .max_by_key(|(share, shared, number)| (*shared, *share, std::cmp::Reverse(*number)))
        .map(|(.., number)| number)
}

/// Stems of the words that carry meaning, folded; « questions diverses » and « QD » are one.
fn stems(text: &str) -> Vec<String> {
    let folded = fold(text).replace("questions diverses", "qd").replace("questions div", "qd");
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.len() >= 4 || is_short_noun(w))
        .map(|w| w.chars().take(5).collect())
        .collect()
}

/// Whether two or three letters carry meaning: « eau », « CFU », « DM2 ».
fn is_short_noun(word: &str) -> bool {
    const SMALL: [&str; 49] = [
        "les", "des", "une", "aux", "par", "sur", "est", "ont", "que", "qui", "son", "ses", "nos",
        "vos", "mes", "tes", "mon", "ton", "ils", "pas", "non", "oui", "dit", "ans", "pdt", "cet",
        "ces", "lui", "eux", "moi", "toi", "peu", "ici", "art", "exc", "abs", "via", "etc", "dim",
        "lun", "mar", "mer", "jeu", "ven", "sam", "avr", "oct", "nov", "dec",
    ];
    let digits = word.chars().any(|c| c.is_ascii_digit());
    match word.len() {
        2 => matches!(word, "qd" | "pv" | "ca"),
        3 if digits => word.starts_with(|c: char| c.is_alphabetic()),
        3 => !SMALL.contains(&word),
        _ => false,
    }
}

/// Heading and rest of a line: what stands before the first colon, when it is short.
fn heading_of(text: &str) -> Option<(&str, &str)> {
    let (heading, rest) = text.split_once(':')?;
    let short = heading.split_whitespace().count() <= 7 && heading.len() <= 70;
    (short && !heading.trim().is_empty()).then_some((heading.trim(), rest))
}

/// Opens a section on its first line.
fn open<'a>(out: &mut Structure<'a>, number: Option<u32>, piece: &Piece<'a>) {
    // « 4) 4.1 Estimation … »
    if let Some(rest) = numbered_part(piece.text, number, 0) {
        let start = piece.span.end - rest.len();
        open(out, number, &Piece { text: rest, span: start..piece.span.end });
        if let Some(section) = out.sections.last_mut() {
            section.parts = 1;
        }
        return;
    }
    // A number of the agenda has its title there: what follows it is an account, unless it repeats
    // words of that title before a colon.
    let entry = out.agenda.iter().find(|e| Some(e.number) == number);
    let repeats =
        |words: &str, entry: &Entry| match_entry(words, std::slice::from_ref(entry)).is_some();
    if let Some(entry) = entry {
        let titled = match heading_of(piece.text) {
            Some((heading, _)) => repeats(heading, entry),
            None => repeats(piece.text, entry) && !DECIDES.is_match(piece.text),
        };
        if !titled {
            let heading = entry.title.clone();
            let lines = vec![piece.clone()];
            let place = piece.span.clone();
            let section = Section { number, heading, lines, place, deliberation: None, parts: 0 };
            out.sections.push(section);
            return;
        }
    }
    let before = |found: Option<(&'a str, usize)>| {
        found.and_then(|(title, at)| Some((title, piece.text.get(at..)?)))
    };
    let headed = match heading_of(piece.text) {
        Some((heading, _)) if heading.contains(". ") => {
            first_sentence(piece.text).or_else(|| heading_of(piece.text))
        }
        // « 1. PV du 3/02 - Talmont : son nom … »: the speaker is no part of the title.
        Some((heading, _)) if entry.is_some() && heading.contains(" - ") => {
            let at = piece.text.find(" - ").unwrap_or(0);
            Some((&piece.text[..at], &piece.text[at + 3..]))
        }
        Some((heading, rest)) => {
            before(head::before_gap(heading)).map_or(Some((heading, rest)), |(title, _)| {
                let at = piece.text.find(title).unwrap_or(0) + title.len();
                Some((title, &piece.text[at..]))
            })
        }
        None => before(head::shouted(piece.text))
            .or_else(|| before(head::before_gap(piece.text)))
            .or_else(|| before(head::before_mark(piece.text)))
            .or_else(|| first_sentence(piece.text)),
    };
    let (heading, rest) = match headed {
        Some((heading, rest)) => (heading.to_owned(), rest),
        // Without a colon a short line is all title; a long one is its own first clause.
        // « PV du 4/12 adopté » has its title before its result.
        None if entry.is_none()
            && DECIDES.find(piece.text).is_some_and(|m| {
                m.start() > 0 && piece.text[..m.start()].split_whitespace().count() <= 8
            }) =>
        {
            let at = DECIDES.find(piece.text).map_or(piece.text.len(), |m| m.start());
            (piece.text[..at].trim().to_owned(), &piece.text[at..])
        }
        None if piece.text.split_whitespace().count() <= 8
            && (entry.is_some() || !holds_amount(piece.text)) =>
        {
            (piece.text.to_owned(), "")
        }
        None => match before(head::nominal(piece.text)).filter(|_| entry.is_none()) {
            Some((heading, rest)) => (heading.to_owned(), rest),
            None => {
                let heading: Vec<&str> = piece.text.split_whitespace().take(5).collect();
                (heading.join(" "), piece.text)
            }
        },
    };
    let mut section = Section {
        number,
        heading,
        lines: Vec::new(),
        place: piece.span.clone(),
        deliberation: None,
        parts: 0,
    };
    let rest = rest.trim();
    if !rest.is_empty() {
        let start = piece.span.end - rest.len();
        section.lines.push(Piece { text: rest, span: start..start + rest.len() });
    }
    out.sections.push(section);
}

/// A title that a full stop ends, before its account: « Haies. Samir présente le programme ».
fn first_sentence(text: &str) -> Option<(&str, &str)> {
    let sentences = clauses::sentences(text);
    let [(_, title), (next, _), ..] = sentences.as_slice() else { return None };
    let title = title.trim_end_matches(['.', ';', ' ']);
    let is_title = title.split_whitespace().count() <= 9
        && !DECIDES.is_match(title)
        && !holds_amount(title)
        && !title.split_once(' ').is_some_and(|(_, rest)| has_verb(rest));
    is_title.then(|| (title, &text[*next..]))
}

/// Whether the words hold an amount, which is for an account.
fn holds_amount(text: &str) -> bool {
    facts(text).iter().any(|f| matches!(f.fact, Fact::Amount(_) | Fact::Percent(_)))
}

fn has_digits(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
}

/// Notes without numbers and without agenda: every line marked as a title opens an item, or
/// every unindented line with a short title before a colon where none is marked, once the lines
/// about the meeting itself have been passed. Where lines are indented, those at the margin may
/// open an item in other ways too: see [`Margin`].
fn by_titles(out: &mut Structure<'_>, notes: &str) {
    let header = std::mem::take(&mut out.header);
    let marked = header.iter().skip(1).filter(|p| marked_title(p.text).is_some()).count() >= 2;
    let bullet = |text: &str| text.starts_with(['-', '–', '•', '*']);
    let unmarked = |text: &str| text.trim_start_matches(['-', '–', '•', '*', ' ']).len();
    let titles = |listed: bool| {
        let titled = header.iter().skip(1).filter(|p| {
            let text = &p.text[p.text.len() - unmarked(p.text)..];
            bullet(p.text) == listed && heading_of(text).is_some() && !about_meeting(text)
        });
        titled.count()
    };
    // « - Chemins : … »: titles stand in a list when none stands outside.
    let in_list = !marked && titles(false) == 0 && titles(true) >= 3;
    let indented = |p: &Piece<'_>| {
        notes.get(..p.span.start).is_some_and(|before| before.ends_with([' ', '\t']))
    };
    let by_margin = !marked && !in_list && header.iter().filter(|p| indented(p)).count() >= 2;
    let mut margin = Margin::default();
    let mut seen_item = false;
    let deeper: Vec<bool> =
        header.iter().skip(1).map(&indented).chain(std::iter::once(false)).collect();
    for (index, piece) in header.into_iter().enumerate() {
        if seen_item && (CLOSING.is_match(piece.text) || correction::is_one(piece.text)) {
            out.closing.push(piece);
            continue;
        }
        let about_meeting = about_meeting(piece.text);
        let set_in = by_margin && indented(&piece);
        let titled = if marked {
            marked_title(piece.text)
        } else {
            let text = &piece.text[piece.text.len() - unmarked(piece.text)..];
            (heading_of(text).is_some() && bullet(piece.text) == in_list).then_some(text)
        };
        let over = deeper.get(index).copied().unwrap_or(false);
        let opens = by_margin && !bullet(piece.text) && margin.opens(piece.text, over, seen_item);
        let titled = titled
            .filter(|title| !by_margin || !said_by_somebody(title))
            .or_else(|| opens.then_some(piece.text))
            .filter(|_| !about_meeting && !set_in && !BALLOT.is_match(piece.text) && index > 0);
        margin.decided = (titled.is_none() && margin.decided) || decides(piece.text);
        if let Some(title) = titled {
            seen_item = true;
            let start = piece.text.find(title).unwrap_or(0) + piece.span.start;
            open(out, None, &Piece { text: title, span: start..start + title.len() });
        } else if seen_item && (!about_meeting || set_in) {
            if let Some(section) = out.sections.last_mut() {
                section.lines.push(piece);
            }
        } else if seen_item {
            out.closing.push(piece);
        } else {
            out.header.push(piece);
        }
    }
}

/// Lines at the margin of notes that set the others in.
#[derive(Default)]
struct Margin {
    /// The item that runs has had its vote: the next line at the margin is of another.
    decided: bool,
}

impl Margin {
    /// Whether a line at the margin opens an item without a colon: after a vote, by a title that a
    /// gap, a mark or deeper lines set apart, or as the first line that tells a vote.
    fn opens(&self, text: &str, over: bool, seen_item: bool) -> bool {
        static MOVES: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)\bs['’]en\s+v(?:a|ont)\b|\b(?:part|partent|parti|partie|partis|arrive|arrivent|quitte|quittent|sort|sortent|revient|reviennent|rejoint|rejoignent)\b",
            )
        });
        let goes_on = text.starts_with(['(', '>', '+', '=', '!', '→']) || text.starts_with("->");
        if goes_on || said_by_somebody(text) || MOVES.is_match(text) {
            return false;
        }
        let bare = text.split(['(', ',']).next().unwrap_or(text).trim();
        let count = bare.split_whitespace().count();
        let nominal = if text.contains('(') { count <= 8 } else { count <= 6 && !has_verb(bare) };
        let label = over && nominal && head::is_title(bare) && !is_a_name(bare);
        let first = !seen_item && decides(text);
        let marked = head::before_gap(text).or_else(|| head::before_mark(text)).is_some();
        first
            || seen_item && (self.decided || label || marked)
            || marked && over
            || label && !text.contains(',') && !has_digits(text)
    }
}

/// Whether a line tells a vote with its counts, or that all agreed.
fn decides(text: &str) -> bool {
    vote::find(text, &Roster::default())
        .is_some_and(|(vote, _)| vote.unanimous || vote.in_favour.is_some())
}

/// Whether somebody speaks at the head of a line: « Talmont : trop cher ».
fn said_by_somebody(text: &str) -> bool {
    let Some((who, _)) = heading_of(text) else { return false };
    is_a_name(who)
}

/// Whether one or two words can only be a name: a capital, and no word of the language.
fn is_a_name(words: &str) -> bool {
    let words: Vec<&str> = words.split_whitespace().collect();
    let name = |word: &&str| {
        word.starts_with(char::is_uppercase)
            && word.chars().any(char::is_lowercase)
            && !french::is_word(&word.to_lowercase())
    };
    words.len() <= 2 && words.last().is_some_and(name)
}

/// The title that a mark or capitals set apart: « > voirie », « VOIRIE ET RESEAUX ».
fn marked_title(text: &str) -> Option<&str> {
    let short = |title: &str| {
        let words = title.split_whitespace().count();
        (1..=10).contains(&words) && title.chars().any(char::is_alphabetic)
    };
    if let Some(title) = MARK.captures(text).and_then(|found| found.get(1)) {
        return Some(title.as_str()).filter(|title| short(title));
    }
    let bare = text.trim_start_matches(['-', '–', '•', '*', ' ']);
    let title = heading_of(bare).map_or(bare, |(heading, _)| heading);
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = !title.chars().any(char::is_lowercase) && letters >= 4 && !has_digits(title);
    (capitals && short(title)).then_some(bare)
}

/// Whether a line is about the meeting, not about an item: attendance, hours, who presides.
fn about_meeting(text: &str) -> bool {
    const OPENS: [&str; 21] = [
        "y avait",
        "il y avait",
        "etaient la",
        "sont la",
        "pas la",
        "etaient present",
        "present",
        "pres.",
        "excus",
        "absent",
        "pouvoir",
        "procuration",
        "secretair",
        "convoc",
        "quorum",
        "presid",
        "invite",
        "animat",
        "redac",
        "membres en exercice",
        "ordre du jour",
    ];
    const WORDS: [&str; 10] =
        ["pres", "exc", "abs", "pouv", "pvr", "proc", "secr", "odj", "pdt", "pdte"];
    const LABELS: [&str; 16] = [
        "lieu",
        "date",
        "heure",
        "heures",
        "debut",
        "fin",
        "public",
        "ordre",
        "bureau",
        "ouverture",
        "adherents",
        "membres",
        "representes",
        "votants",
        "inscrits",
        "membres inscrits",
    ];
    let folded = fold(text.trim_start_matches(['-', '–', '•', '*', '>', '#', ' ']));
    let first = folded.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let label = folded.split(':').next().filter(|l| l.len() < folded.len()).unwrap_or_default();
    OPENS.iter().any(|opening| folded.starts_with(opening))
        || WORDS.contains(&first)
        || LABELS.contains(&label.trim())
        || (first == "debut" || first == "fin") && has_digits(&folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(text: &str) -> Vec<String> {
        let notes = Notes::from_text(text).unwrap();
        cut(&notes).agenda.into_iter().map(|e| format!("{} {}", e.number, e.title)).collect()
    }

    fn sections(text: &str) -> Vec<(Option<u32>, String, usize)> {
        let notes = Notes::from_text(text).unwrap();
        cut(&notes).sections.into_iter().map(|s| (s.number, s.heading, s.lines.len())).collect()
    }

    #[test]
    fn agendas_are_read_as_people_type_them() {
        let table: [(&str, &[&str]); 7] = [
            (
                "CM\nODJ = PV - CFU 2025 - salle - divers\nPV : ok",
                &["1 PV", "2 CFU 2025", "3 salle", "4 divers"],
            ),
            (
                "CM\n1. PV 3/02  2. abri bus  3. camping 2027\n1. PV 3/02 - ok\n2. abri : oui",
                &["1 PV 3/02", "2 abri bus", "3 camping 2027"],
            ),
            (
                "ODJ : 1 PV du 26/06  2 décisions maire  3 tarifs\n4 voirie  5 questions div.\n\n1/ PV : RAS",
                &["1 PV du 26/06", "2 décisions maire", "3 tarifs", "4 voirie", "5 questions div"],
            ),
            (
                "odj : moral, activité, financier, QD",
                &["1 moral", "2 activité", "3 financier", "4 QD"],
            ),
            (
                "Ordre du jour :\n1. Budget\n2. Travaux\n3. Divers\n1. Budget : voté\n2. Travaux : rien",
                &["1 Budget", "2 Travaux", "3 Divers"],
            ),
            (
                "ODJ\n- budget\n- fête du 14 juillet\nprésents : A",
                &["1 budget", "2 fête du 14 juillet"],
            ),
            (
                "ordre du jour : bilan ; budget 2027 ; élections",
                &["1 bilan", "2 budget 2027", "3 élections"],
            ),
        ];
        for (text, expected) in table {
            assert_eq!(titles(text), expected, "{text}");
        }
    }

    #[test]
    fn acronyms_open_the_entry_they_name() {
        let text = "CM\nodj : vente / DM2 / eau\nvente : oui\nAda part 21h\nDM2 : +300\neau 2 €";
        let headings: Vec<String> = sections(text).into_iter().map(|(_, h, _)| h).collect();
        assert_eq!(headings, ["vente", "DM2", "eau 2 €"]);
    }

    #[test]
    fn resolutions_are_items_and_the_unannounced_stands_apart() {
        let text = "AGE\nodj : 1 nom 2 siège\nrés. 1 nouveau nom\n 9 pour\nrés. 2 siège à la mairie. 8 pour\n+ cotis à 5 € votée (pas dans la convocation)\neffet en mai";
        assert_eq!(
            sections(text),
            [
                (Some(1), "nouveau nom".into(), 1),
                (Some(2), "siège".into(), 2),
                (None, OUTSIDE.into(), 1)
            ]
        );
        let notes = Notes::from_text(text).unwrap();
        let cut = cut(&notes);
        assert_eq!(cut.sections[2].lines[0].text, "cotis à 5 € votée");
        assert_eq!(cut.sections[1].lines[1].text, "effet en mai");
    }

    #[test]
    fn at_the_margin_items_open_without_a_colon() {
        let text = "cm 3 mars\nprésents Ada, Luc\nPV du 4 février adopté 9 pour\ndécisions : rien\nRD 12 deux plateaux (Ada) 400 HT\n Luc : trop cher\n 8 pour 1 contre\n Luc part 20h\nloyer du four communal, on baisse à 30 pendant six mois\n9 pour\nbail : signé\nbureau  Ada présidente\nportail = fermé";
        let headings: Vec<String> = sections(text).into_iter().map(|(_, h, _)| h).collect();
        assert_eq!(
            headings,
            [
                "PV du 4 février",
                "décisions",
                "RD 12 deux plateaux (Ada)",
                "loyer du four communal",
                "bail",
                "bureau",
                "portail"
            ]
        );
    }

    #[test]
    fn items_told_under_the_agenda_are_no_agenda() {
        let text = "CM\nOrdre du jour :\n1. Budget\n voté 10 pour\n2. Travaux\n reportés";
        assert_eq!(titles(text), [""; 0]);
        assert_eq!(sections(text).len(), 2);
    }

    #[test]
    fn numbered_items_open_sections_and_keep_their_lines() {
        let text = "CM\n2/ voirie (Ada) : devis reçu\n suite\n1) école\n3 pour\nfin 22h";
        assert_eq!(
            sections(text),
            [(Some(2), "voirie (Ada)".into(), 2), (Some(1), "école".into(), 1)]
        );
    }

    #[test]
    fn items_may_be_numbered_in_other_ways() {
        for (text, expected) in [
            ("CM\n[1] RAS -> 11 P\n[2] voirie", vec![Some(1), Some(2)]),
            ("CM\n- Point 1 : rien\n- Point 2 : voirie", vec![Some(1), Some(2)]),
            ("CM\nDELIB 1 - Budget\nvoté\nDELIB 2 - Eau", vec![Some(1), Some(2)]),
            (
                "CM\nodj\n1 pv\n2 chaudiere ecole\n\n1 pv adopte\n2 chaudiere : ok",
                vec![Some(1), Some(2)],
            ),
            (
                "CM\nODJ : 1 PV 2 zone 30 3 divers\n1/ ok\n2/ oui\n- Divers\n - vœux",
                vec![Some(1), Some(2), None],
            ),
            ("CM\n1. PV : ok\n2. eau : ok\nQD : rien", vec![Some(1), Some(2), None]),
        ] {
            let numbers: Vec<Option<u32>> = sections(text).into_iter().map(|(n, ..)| n).collect();
            assert_eq!(numbers, expected, "{text}");
        }
    }

    #[test]
    fn items_without_number_open_with_the_words_of_the_agenda() {
        let text = "AG\nodj : moral, financier, QD\nrapport moral Ève : merci\n vote unanimité\nfinancier (Luc)\n recettes 12\nquest. : pourquoi ?\nQD : siège";
        assert_eq!(
            sections(text),
            [
                (None, "rapport moral Ève".into(), 2),
                (None, "financier (Luc)".into(), 2),
                (None, "QD".into(), 1)
            ]
        );
    }

    #[test]
    fn without_numbers_or_agenda_titles_open_items() {
        let text = "réunion du 3 mars\nprésents : Ada, Luc\nBudget : 300 € restants\nà voter en mai\nFête : 12 juin";
        assert_eq!(sections(text), [(None, "Budget".into(), 2), (None, "Fête".into(), 1)]);
    }

    #[test]
    fn titles_are_set_apart_in_many_ways() {
        let table: [(&str, &[&str]); 7] = [
            ("CM\npres: Ada\n> voirie\ndevis ok\n> ecole\nrien", &["voirie", "ecole"]),
            (
                "CM\nPRESENTS : ADA\nTARIFS\n3 €\nBUDGET PRIMITIF\nvoté",
                &["TARIFS", "BUDGET PRIMITIF"],
            ),
            ("CM\n- PV : ok\n- Chemins : devis\n- Fête : repas", &["PV", "Chemins", "Fête"]),
            ("AG\nI - MORAL\nlu\nII - COMPTES\nlus", &["MORAL", "COMPTES"]),
            ("AG\n1 moral : lu\n2 comptes : lus\n3 cotis : 12 €", &["moral", "comptes", "cotis"]),
            (
                "DELIBERATION 2027-08 : TAUX\ninchangés\nDÉLIBÉRATION N° 2027-09 - EAU\n2 €",
                &["TAUX", "EAU"],
            ),
            (
                "CM\nPoint 1 : compte 2026. Le maire sort.\nPoint 2 : haies. Luc présente le plan de plantation et dit que tout va bien.",
                &["compte 2026", "haies"],
            ),
        ];
        for (text, expected) in table {
            let headings: Vec<String> = sections(text).into_iter().map(|(_, h, _)| h).collect();
            assert_eq!(headings, expected, "{text}");
        }
    }

    #[test]
    fn parts_of_an_item_lose_their_number() {
        let text = "CM\n1) PV\n2) Budget\n3) Eau\n1) 9 pour\n2) 2.1 Luc présente\n 2.2 équilibré\n 2.3 voté\n3) rien";
        let notes = Notes::from_text(text).unwrap();
        let cut = cut(&notes);
        assert_eq!(cut.agenda.len(), 3);
        let lines: Vec<&str> = cut.sections[1].lines.iter().map(|piece| piece.text).collect();
        assert_eq!(lines, ["Luc présente", "équilibré", "voté"]);
    }

    #[test]
    fn an_agenda_may_be_a_sentence() {
        let text = "AG\nL'ordre du jour comportait le rapport moral, les comptes et la cotisation.\nMoral : lu";
        assert_eq!(titles(text), ["1 rapport moral", "2 comptes", "3 cotisation"]);
    }

    #[test]
    fn lines_about_the_whole_meeting_leave_their_item() {
        let notes =
            Notes::from_text("CM\n1/ voirie : ok\nprochain CM ven 16 oct\nfin 22h40\n").unwrap();
        let closing: Vec<_> = cut(&notes).closing.into_iter().map(|p| p.text.to_owned()).collect();
        assert_eq!(closing, ["prochain CM ven 16 oct", "fin 22h40"]);
    }

    #[test]
    fn pieces_point_at_the_notes() {
        let notes = Notes::from_text("CM\n 1/ voirie : devis é\n  suite").unwrap();
        for section in cut(&notes).sections {
            for piece in section.lines {
                assert_eq!(&notes.text()[piece.span.clone()], piece.text);
            }
        }
    }
}
