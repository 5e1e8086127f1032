//! Lines of pages as lines of text: what pages repeat is told once, page numbers go, and the lines
//! of one paragraph are joined.
//!
//! A line goes on when the first word of the next one had no room left on it. Lists and telegraphic
//! notes end where their author ended them, and stay lines.

use std::collections::{BTreeMap, BTreeSet};

use super::super::columns::joined;
use super::super::lines::without_page_words;
use super::lines::{CELL_EDGE, Line, Page};
use crate::french;

/// A line that begins further right than this, in sizes of its type, is indented.
const INDENT: f64 = 0.25;
/// Further right than this is a place on the page, such as the middle.
const MOST_INDENT: f64 = 3.0;
/// From line to line, in sizes of the type; further down, an empty line stands between.
const NEXT: f64 = 2.1;
/// Lines at the top and at the foot of a page that may be repeated on others.
const EDGE: usize = 3;

/// The lines of the document.
pub(super) fn lines(mut pages: Vec<Page>) -> Vec<String> {
    let mut headers = Vec::new();
    let mut footers = Vec::new();
    take_edges(&mut pages, Side::Top, &mut headers);
    take_edges(&mut pages, Side::Foot, &mut footers);
    let mut body: Vec<String> = Vec::new();
    let mut last = None;
    for page in &pages {
        join(page, &mut last, &mut body);
    }
    let mut all = headers;
    all.extend(body);
    all.extend(footers);
    all
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Top,
    Foot,
}

/// Takes out of the pages what they repeat at that edge, and their numbers; keeps the words once.
fn take_edges(pages: &mut [Page], side: Side, kept: &mut Vec<String>) {
    let edges: Vec<Vec<usize>> = pages.iter().map(|page| edge(page, side)).collect();
    // The numbers of each shape, page by page.
    let mut shapes: BTreeMap<Shape, BTreeMap<usize, Vec<i64>>> = BTreeMap::new();
    for (number, (page, edge)) in pages.iter().zip(&edges).enumerate() {
        for line in edge.iter().filter_map(|at| page.lines.get(*at)) {
            shapes.entry(shape(line)).or_default().insert(number, numbers(&line.text));
        }
    }
    // On most pages, and on three at least: two pages may well begin with the same word.
    let enough = (pages.len() / 2 + 1).max(3);
    let repeated: BTreeSet<Shape> = shapes
        .into_iter()
        .filter(|(_, on)| on.len() >= enough && are_steady(on))
        .map(|(shape, _)| shape)
        .collect();
    for (page, edge) in pages.iter_mut().zip(&edges) {
        let mut gone = Vec::new();
        for at in edge {
            let Some(line) = page.lines.get(*at) else { continue };
            let outermost = edge.first() == Some(at);
            let is_number = outermost && is_page_number(&line.text);
            let is_repeated = repeated.contains(&shape(line));
            if !is_number && !is_repeated {
                if outermost {
                    unnumber(page, *at);
                }
                // Behind a line of the page itself, nothing belongs to its edge.
                break;
            }
            gone.push(*at);
            let words = without_page_words(&without_counts(&line.text));
            if is_repeated && !words.is_empty() && !kept.contains(&words) {
                kept.push(words);
            }
        }
        gone.sort_unstable_by(|a, b| b.cmp(a));
        for at in gone {
            page.lines.remove(at);
        }
    }
}

/// The lines nearest to that edge of the page, the outermost first.
fn edge(page: &Page, side: Side) -> Vec<usize> {
    let mut by_height: Vec<(usize, f64)> =
        page.lines.iter().enumerate().map(|(at, line)| (at, line.height)).collect();
    by_height
        .sort_by(|a, b| if side == Side::Top { b.1.total_cmp(&a.1) } else { a.1.total_cmp(&b.1) });
    by_height.into_iter().take(EDGE).map(|(at, _)| at).collect()
}

/// The words of a line, and where it stands.
type Shape = (String, i64);

/// A line with its numbers masked, so that « page 2 » and « page 3 » are the same.
fn shape(line: &Line) -> Shape {
    let mut out = String::new();
    for character in line.text.chars() {
        if !character.is_ascii_digit() {
            out.push(character);
        } else if !out.ends_with('#') {
            out.push('#');
        }
    }
    (out, line.height.round() as i64)
}

/// The numbers of a line.
fn numbers(text: &str) -> Vec<i64> {
    let runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    runs.map(|run| run.parse().unwrap_or(i64::MAX)).collect()
}

/// Whether each number is the same on every page, or counts the pages: the rows of a table, which
/// also look alike, count something else.
fn are_steady(pages: &BTreeMap<usize, Vec<i64>>) -> bool {
    let count = pages.values().map(Vec::len).max().unwrap_or(0);
    (0..count).all(|at| {
        let values = |step: i64| -> BTreeSet<i64> {
            let value = |(page, numbers): (&usize, &Vec<i64>)| {
                let page = i64::try_from(*page).unwrap_or(i64::MAX);
                Some(numbers.get(at)?.wrapping_sub(step.wrapping_mul(page)))
            };
            pages.iter().filter_map(value).collect()
        };
        values(0).len() == 1 || values(1).len() == 1
    })
}

/// Takes « page 1 sur 1 » off the end of a line that says something else too.
fn unnumber(page: &mut Page, at: usize) {
    let Some(line) = page.lines.get_mut(at) else { return };
    let lower = line.text.to_lowercase();
    let Some(after) = lower.rsplit_once("page ").map(|(_, after)| after) else { return };
    if after.starts_with(|c: char| c.is_ascii_digit()) && after.split_whitespace().count() <= 3 {
        line.text = without_page_words(&without_counts(&line.text));
    }
}

/// Whether the line is nothing but a page number: « 3 », « - 3 - », « Page 2 sur 5 », « 2/5 ».
fn is_page_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let words = without_page_words(&without_counts(text));
    (1..=8).contains(&digits) && words.is_empty() && !text.contains([':', '=', '€', '%'])
}

/// The line without the numbers that follow « page »; where nothing else is said, without numbers.
fn without_counts(text: &str) -> String {
    let lower = text.to_lowercase();
    let is_count = |c: char| c.is_ascii_digit() || c.is_whitespace() || "/-–—|.·()[]".contains(c);
    let bare = text.chars().all(is_count);
    let masked = |text: &str| text.replace(|c: char| c.is_ascii_digit(), " ");
    let label = lower.rfind("page").or_else(|| lower.starts_with("p.").then_some(0));
    match label.filter(|at| text.is_char_boundary(*at)) {
        _ if bare => masked(text),
        Some(at) => {
            let (before, after) = text.split_at(at);
            format!("{before}{}", masked(after).replace('/', " "))
        }
        None => text.to_owned(),
    }
}

/// The line before, and where it had to end.
type Before<'a> = Option<(&'a Line, f64)>;

/// Joins the lines of each paragraph, the one that the page before left open included.
fn join<'a>(page: &'a Page, last: &mut Before<'a>, out: &mut Vec<String>) {
    let margin = right_margin(page);
    let outer = page.lines.iter().filter(|l| mark(&l.text).is_some()).map(|l| l.start);
    let outer = outer.fold(f64::INFINITY, f64::min);
    let left = page.lines.iter().map(|line| line.start).fold(f64::INFINITY, f64::min);
    let mut turned = true;
    for line in &page.lines {
        let text = line.text.trim();
        if text.is_empty() {
            continue;
        }
        let below = last.map(|(last, _)| (last.height - line.height) / last.size.max(1.0));
        let follows = last.is_some_and(|(last, margin)| {
            let near = below.is_some_and(|below| (0.5..NEXT).contains(&below));
            let place = if turned { text.starts_with(char::is_lowercase) } else { near };
            place && goes_on(last, line, margin)
        });
        match out.last_mut() {
            Some(open) if follows => append(open, text),
            _ => {
                if !turned && below.is_some_and(|below| below > NEXT) {
                    out.push(String::new());
                }
                let typed = typed(text, line.start > outer + line.size);
                let indent = (line.start - left) / line.size.max(1.0);
                let is_indented = (INDENT..MOST_INDENT).contains(&indent) && mark(text).is_none();
                out.push(if is_indented { format!(" {typed}") } else { typed });
            }
        }
        *last = Some((line, margin));
        turned = false;
    }
}

/// Where lines of the page have to end: as far from its edge as they begin, unless several end
/// together well before.
fn right_margin(page: &Page) -> f64 {
    let longest = page.lines.iter().map(|line| line.end).fold(0.0, f64::max);
    let left = page.lines.iter().map(|line| line.start).fold(f64::INFINITY, f64::min);
    let even = page.width - left;
    let full = page.lines.iter().filter(|line| line.end > longest - 0.01 * page.width).count();
    if longest > even || (full >= 3 && longest < even - 0.1 * page.width) { longest } else { even }
}

/// Whether the paragraph of a line goes on with the next.
fn goes_on(line: &Line, next: &Line, margin: f64) -> bool {
    let text = next.text.trim();
    let size = line.size.max(1.0);
    if mark(text).is_some() || (line.size - next.size).abs() > 0.15 * size {
        return false;
    }
    // What goes on stands below its beginning, or further left; items of lists may hang below the
    // first word behind their sign.
    let shift = next.start - line.start;
    let hanging = mark(line.text.trim()).map_or(f64::INFINITY, |(sign, _)| {
        let letters = line.text.chars().count().max(1) as f64;
        0.8 * (sign.chars().count() + 1) as f64 * (line.end - line.start) / letters
    });
    if shift > INDENT * size && shift < hanging {
        return false;
    }
    // A line that a typed space begins is a note of its own; paragraphs begin further right.
    if (-size..-INDENT * size).contains(&shift) {
        return false;
    }
    if line.text.contains(CELL_EDGE) || next.text.contains(CELL_EDGE) {
        return false;
    }
    let letters = next.text.chars().count().max(1) as f64;
    let first = text.split_whitespace().next().unwrap_or_default().chars().count() as f64;
    // With the space before it. Too little rather than too much: two notes made one are worse than
    // a paragraph made two.
    let needed = (first + 1.0) * (next.end - next.start) / letters * 0.9;
    let cut = ends_cut(&line.text) && text.starts_with(char::is_lowercase);
    line.end + needed > margin || (cut && line.end + 3.0 * size > margin)
}

fn ends_cut(text: &str) -> bool {
    let mut characters = text.trim_end().chars().rev();
    characters.next().is_some_and(|c| matches!(c, '-' | '\u{2010}' | '\u{ad}'))
        && characters.next().is_some_and(char::is_alphabetic)
}

/// Adds the next line of a paragraph; a word cut in two becomes one again.
fn append(open: &mut String, text: &str) {
    if !ends_cut(open) {
        open.push(' ');
        open.push_str(text);
        return;
    }
    let whole = open.trim_end();
    let stem = whole.trim_end_matches(['-', '\u{2010}', '\u{ad}']).to_owned();
    let head = stem.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let tail = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    if french::is_word(&format!("{head}{tail}")) || whole.ends_with('\u{ad}') {
        *open = stem;
    } else {
        *open = format!("{stem}-");
    }
    open.push_str(text);
}

/// The sign or number that opens an item of a list, and what follows it.
fn mark(text: &str) -> Option<(&str, &str)> {
    let signs = ['-', '–', '—', '•', '▪', '◦', '‣', '·', '●', '○', '■', '➢', '➔', '*'];
    let end = match text.chars().next()? {
        sign if signs.contains(&sign) || ('\u{f000}'..='\u{f0ff}').contains(&sign) => {
            sign.len_utf8()
        }
        first if first.is_ascii_alphanumeric() => {
            let word = text.find(|c: char| !c.is_ascii_alphanumeric())?;
            let is_number = text.get(..word)?.bytes().all(|b| b.is_ascii_digit()) && word <= 2;
            let close = text.get(word..)?.chars().next()?;
            let closes = match close {
                ')' | '/' | '°' => is_number || word == 1,
                '.' => is_number,
                _ => false,
            };
            if !closes {
                return None;
            }
            word + close.len_utf8()
        }
        _ => return None,
    };
    let (mark, rest) = text.split_at(end);
    (rest.is_empty() || rest.starts_with(' ')).then_some((mark, rest.trim_start()))
}

/// The line as typed: a dash for any bullet, items of inner lists indented.
fn typed(text: &str, inner: bool) -> String {
    let cells: Vec<&str> =
        text.split(CELL_EDGE).map(str::trim).filter(|cell| !cell.is_empty()).collect();
    let text = joined(&cells).unwrap_or_default();
    let Some((mark, rest)) = mark(&text) else { return text };
    let is_sign = !mark.starts_with(|c: char| c.is_ascii_alphanumeric());
    let mark = if is_sign { "-" } else { mark };
    format!("{}{mark} {rest}", if inner { "  " } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cut_at_the_end_of_a_line_are_whole_again() {
        for (line, next, expected) in [
            ("un aménage-", "ment du bourg", "un aménagement du bourg"),
            ("la grand-", "mère", "la grand-mère"),
            ("à Corvaille-", "sur-Aure", "à Corvaille-sur-Aure"),
            ("deux", "lignes", "deux lignes"),
        ] {
            let mut open = line.to_owned();
            append(&mut open, next);
            assert_eq!(open, expected);
        }
    }

    #[test]
    fn page_numbers_are_told_from_notes() {
        for text in ["3", "- 3 -", "Page 2 sur 5", "2/5", "page 12", "p. 4"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["8 pour", "20h30", "2026 : 3", "12 €", "point 4", ""] {
            assert!(!is_page_number(text), "{text}");
        }
    }

    #[test]
    fn items_open_with_a_sign_or_a_number() {
        for (text, expected) in [
            ("• abribus", Some(("•", "abribus"))),
            ("1) toiture", Some(("1)", "toiture"))),
            ("2/ école", Some(("2/", "école"))),
            ("a) oui", Some(("a)", "oui"))),
            ("12 pour", None),
            ("M. Riou", None),
            ("2026. Bilan", None),
        ] {
            assert_eq!(mark(text), expected, "{text}");
        }
    }
}
