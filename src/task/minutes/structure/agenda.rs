//! The agenda: where it stands in the notes, its entries, and which of them a heading names.

use std::sync::LazyLock;

use regex::Regex;

use super::titles::decides;
use super::{BALLOT, Entry};
use crate::notes::Line;
use crate::reading::{fold, pattern};

/// The verb that brings in an agenda told as a sentence.
static COMPRISES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:de\s+(?:la|cette)\s+\p{L}+\s+)?(?:appel(?:ait|aient|le|lent)|compt(?:ait|aient)|port\w+\s+sur|comport\w+|compren\w+|pr[ée]vo\w+|c['’]\s?(?:est|[ée]tait)|est|[ée]tait|[ée]tant)\s*(?:(?:le|les\s+points?)\s+suivants?|\p{L}+\s+(?:questions|points)\s*:)?\s*:?\s*",
    )
});
pub(super) static AGENDA: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[\s*•#–-]*(?:(?:à|a)\s+)?(?:l['’])?(?:odj|o\.d\.j\.?|ordre\s+du\s+jour|agenda)\b\s*[:=]?\s*(.*)$",
    )
});
/// Whether a line is the agenda, without its heading: « 1. PV  2. voirie  3. école », the numbers
/// of which come again further down.
pub(super) fn listed_in_line(lines: &[Line<'_>], index: usize) -> bool {
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
pub(super) fn listed_twice(lines: &[Line<'_>], index: usize) -> bool {
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
pub(super) fn agenda(rest: &str, following: &[Line<'_>], entries: &mut Vec<Entry>) -> usize {
    let dashed = |text: &str| text.trim().starts_with(['-', '–', '•', '*']);
    let listed = following
        .first()
        .is_some_and(|line| leading_number(line.text.trim()) == Some(1) || dashed(line.text));
    let rest = if listed && ANNOUNCES.is_match(rest) { "" } else { rest };
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
        let mark = following.first().and_then(|line| mark_after_number(line.text));
        let after = following.iter().skip(taken);
        after
            .filter(|l| mark_after_number(l.text) == mark && !decides(l.text))
            .filter_map(|l| leading_number(l.text.trim()))
            .any(|found| found == n as u32)
    };
    if style == Style::Numbered && later(taken + 1) && !later(1) {
        return 0;
    }
    let numbered = numbered_entries(&text);
    if numbered.len() >= 2 {
        entries.extend(numbered);
    } else if let Some(titles) = unseparated(&text, following) {
        entries.extend((1..).zip(titles).map(|(number, title)| Entry { number, title }));
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

/// The entries of an agenda typed without anything between them, « pv halle nom de rue qd »: its
/// words fall apart where the paragraphs below begin, of which each opens with one entry.
fn unseparated(text: &str, following: &[Line<'_>]) -> Option<Vec<String>> {
    const FEWEST: usize = 4;
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() < FEWEST || text.contains([',', ';', ':', '/', '\n', '|', '+', '•']) {
        return None;
    }
    if text.contains(" - ") || text.contains(" – ") || COMPRISES.is_match(text) {
        return None;
    }
    let known: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let mut cuts: Vec<usize> = vec![0];
    let mut ends: Vec<usize> = Vec::new();
    for line in following {
        let opens: Vec<String> = line.text.split_whitespace().map(fold).collect();
        let longest = (0..known.len())
            .map(|at| (common(&known[at..], &opens), at))
            .max_by_key(|(length, at)| (*length, std::cmp::Reverse(*at)));
        if let Some((length, at)) = longest.filter(|(length, _)| *length > 0)
            && !stems(&known[at..at + length].join(" ")).is_empty()
            && !cuts[1..].contains(&at)
        {
            cuts.push(at);
            ends.push(at + length);
        }
    }
    let found = ends.len();
    cuts.extend(ends);
    cuts.retain(|at| *at < words.len());
    cuts.sort_unstable();
    cuts.dedup();
    // Words that only join others open no entry.
    cuts.retain(|at| *at == 0 || !stems(words[*at]).is_empty());
    cuts.push(words.len());
    let titles: Vec<String> =
        cuts.windows(2).map(|pair| words[pair[0]..pair[1]].join(" ")).collect();
    (found >= 3 && titles.len() >= 3).then_some(titles)
}

/// How many words two texts begin with alike.
fn common(a: &[String], b: &[String]) -> usize {
    a.iter().zip(b).take_while(|(x, y)| x == y).count()
}

/// What only announces the list: « envoyé : », « de la convocation : ».
static ANNOUNCES: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*\p{L}[\p{L}'’]*(?:\s+[\p{L}'’]+){0,3}\s*:\s*$"));

/// The mark between the number that opens a line and its words.
fn mark_after_number(text: &str) -> Option<char> {
    let text = text.trim_start();
    text.trim_start_matches(|c: char| c.is_ascii_digit()).chars().next()
}

fn leading_number(text: &str) -> Option<u32> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    if digits.len() > 2 { None } else { digits.parse().ok() }
}

/// The agenda entry that a heading names: the one that shares most of its words, by stem.
pub fn match_entry(heading: &str, agenda: &[Entry]) -> Option<u32> {
    let head = stems(heading);
    // « RM » is an entry of two letters.
    let bare = bare_words(heading);
    let same = agenda.iter().find(|entry| !bare.is_empty() && bare_words(&entry.title) == bare);
    if let Some(entry) = same {
        return Some(entry.number);
    }
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

/// The words without the bracket that follows them.
pub(super) fn bare_words(text: &str) -> String {
    let words = fold(text.split(['(', ':']).next().unwrap_or(text));
    without_article(words.trim()).trim_end_matches(['.', ',', ' ']).to_owned()
}

/// Stems of the words that carry meaning, folded; « questions diverses » and « QD » are one.
pub(super) fn stems(text: &str) -> Vec<String> {
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
