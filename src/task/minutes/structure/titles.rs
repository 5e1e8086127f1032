//! Items of notes that have neither numbers nor an agenda.

use std::sync::LazyLock;

use regex::Regex;

use super::heading::{has_digits, heading_of, open};
use super::place::CLOSING;
use super::{BALLOT, Piece, Structure, narrated};
use crate::french;
use crate::reading::name::Roster;
use crate::reading::{Fact, facts, fold, pattern};
use crate::task::expand::{has_verb, surely_has_verb};
use crate::task::minutes::{clauses, correction, head, vote};

/// A mark before a title: `> voirie`, `== voirie ==`, `** voirie **`.
static MARK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:>+|#+|={2,}|\*{2,}|_{2,}|»|▪|■|►|➢)\s*(.*?)[\s=*_]*$"));
/// How the lines that open an item are told from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// A mark or capitals set titles apart: `> voirie`, « TARIFS ».
    Marked,
    /// Titles stand in a list: « - Chemins : devis ».
    Listed,
    /// Titles bear the only mark of a list, what is said of them is set further in.
    Bulleted,
    /// What is said of an item is set further in than its title.
    Margin,
    /// Nothing is set in; a blank line stands before each item.
    Blocks,
    /// A short title before a colon.
    Colon,
}

/// The lines of the notes, and where they stand.
struct Lines<'a> {
    pieces: Vec<Piece<'a>>,
    indented: Vec<bool>,
    /// A blank line stands before.
    apart: Vec<bool>,
}

impl<'a> Lines<'a> {
    fn new(pieces: Vec<Piece<'a>>, notes: &str) -> Self {
        let before = |p: &Piece<'_>| notes.get(..p.span.start).unwrap_or_default();
        let indented = pieces.iter().map(|p| before(p).ends_with([' ', '\t'])).collect();
        let gap = |p: &Piece<'_>| {
            let ends = before(p).chars().rev().take_while(|c| c.is_whitespace());
            ends.filter(|c| *c == '\n').count() > 1
        };
        let apart = pieces.iter().map(gap).collect();
        Self { pieces, indented, apart }
    }

    /// Whether the next line is set further in than this one, at the margin.
    fn deeper(&self, index: usize) -> bool {
        let at = |index: usize| self.indented.get(index).copied().unwrap_or(false);
        !at(index) && at(index + 1)
    }

    fn layout(&self) -> Layout {
        let pieces = || self.pieces.iter().enumerate().skip(1);
        let count = |wanted: &dyn Fn(usize, &Piece<'_>) -> bool| {
            pieces().filter(|(index, piece)| wanted(*index, piece)).count()
        };
        let titled = |listed: bool| {
            move |_: usize, p: &Piece<'_>| {
                let text = unmarked(p.text);
                bullet(p.text) == listed && heading_of(text).is_some() && !about_meeting(text)
            }
        };
        let set_in = self.indented.iter().filter(|indented| **indented).count();
        let bulleted = |index: usize, p: &Piece<'_>| bullet(p.text) && self.deeper(index);
        let plain = |index: usize, p: &Piece<'_>| !bullet(p.text) && self.deeper(index);
        if count(&|_, p| marked_title(p.text).is_some()) >= 2 && count(&bulleted) < 3 {
            Layout::Marked
        } else if count(&bulleted) >= 3 && count(&plain) <= 1 {
            Layout::Bulleted
        } else if count(&titled(false)) == 0 && count(&titled(true)) >= 3 {
            Layout::Listed
        } else if set_in >= 2 {
            Layout::Margin
        } else if self.apart.iter().filter(|apart| **apart).count() >= 4 {
            Layout::Blocks
        } else {
            Layout::Colon
        }
    }
}

/// Notes without numbers and without agenda: an item opens where the layout of the notes says so,
/// once the lines about the meeting itself have been passed. Where lines are indented, those at
/// the margin may open an item in other ways too: see [`Margin`].
pub(super) fn cut<'a>(out: &mut Structure<'a>, notes: &'a str) {
    let lines = Lines::new(std::mem::take(&mut out.header), notes);
    let layout = lines.layout();
    let mut margin = Margin::default();
    let mut seen_item = false;
    for (index, piece) in lines.pieces.iter().enumerate() {
        let apart = set_apart(layout, &lines, index);
        let closes = CLOSING.is_match(if apart { unmarked(piece.text) } else { piece.text })
            || correction::is_one(piece.text)
            || clauses::is_filler(piece.text);
        if seen_item && closes {
            out.closing.push(piece.clone());
            continue;
        }
        let about_meeting = about_meeting(piece.text);
        let set_in = layout == Layout::Margin && lines.indented[index];
        let title = titled(&lines, index, layout, &margin, seen_item)
            .filter(|_| !about_meeting && !set_in && index > 0)
            .filter(|_| {
                // « Pour l'aire de jeux, … » is no ballot.
                let story = layout == Layout::Blocks && narrated::title(piece.text).is_some();
                story || !BALLOT.is_match(piece.text)
            });
        margin.decided = (title.is_none() && margin.decided) || decides(piece.text);
        if let Some(title) = title {
            seen_item = true;
            let start = piece.text.find(title).unwrap_or(0) + piece.span.start;
            open(out, None, &Piece { text: title, span: start..start + title.len() });
        } else if seen_item && (!about_meeting || set_in) {
            if let Some(section) = out.sections.last_mut() {
                section.lines.push(piece.clone());
            }
        } else if seen_item {
            out.closing.push(piece.clone());
        } else {
            out.header.push(piece.clone());
        }
    }
}

/// Whether a bullet of the first level stands here, which may be of the whole meeting.
fn set_apart(layout: Layout, lines: &Lines<'_>, index: usize) -> bool {
    layout == Layout::Bulleted && lines.indented.get(index) == Some(&false)
}

/// What a line opens an item with, as far as the layout tells.
fn titled<'a>(
    lines: &Lines<'a>,
    index: usize,
    layout: Layout,
    margin: &Margin,
    seen_item: bool,
) -> Option<&'a str> {
    let text = lines.pieces.get(index)?.text;
    let bare = unmarked(text);
    let colon = heading_of(bare).is_some() && bullet(text) == (layout == Layout::Listed);
    match layout {
        Layout::Marked => marked_title(text),
        Layout::Listed | Layout::Colon => colon.then_some(bare),
        Layout::Bulleted => {
            // « - cotisation : 12 € ; 9 pour » treats its matter on its own line.
            let whole = seen_item
                && lines.indented.get(index) == Some(&false)
                && (heading_of(bare).is_some() && !said_by_somebody(bare) || decides(bare));
            (bullet(text) && (lines.deeper(index) || whole) && !led_by_hour(bare)).then_some(bare)
        }
        Layout::Margin => {
            let over = lines.deeper(index);
            let opens = !bullet(text) && margin.opens(text, over, seen_item);
            colon
                .then_some(bare)
                .filter(|title| !said_by_somebody(title))
                .or_else(|| opens.then_some(text))
        }
        Layout::Blocks => {
            let apart = lines.apart.get(index).copied().unwrap_or(false);
            let unsaid = !said_by_somebody(text) && !led_by_hour(bare);
            (apart && unsaid && !bullet(text) && names_a_matter(text)).then_some(text)
        }
    }
}

fn bullet(text: &str) -> bool {
    text.starts_with(['-', '–', '•', '*'])
}

fn unmarked(text: &str) -> &str {
    text.trim_start_matches(['-', '–', '•', '*', ' '])
}

/// Whether a paragraph opens with what it is about, and not in the middle of a story.
fn names_a_matter(text: &str) -> bool {
    let first: Vec<&str> = text.split_whitespace().take(6).collect();
    narrated::title(text).is_some()
        || heading_of(text).is_some()
        || text.split_whitespace().count() <= 8
        || !surely_has_verb(&first.join(" "))
}

/// « 10h35 arrivent trois membres », « De 20 h à 20 h 10 … »: no title.
fn led_by_hour(text: &str) -> bool {
    facts(text).first().is_some_and(|f| f.span.start <= 4 && matches!(f.fact, Fact::Hour(_)))
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
pub(super) fn decides(text: &str) -> bool {
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
pub(super) fn about_meeting(text: &str) -> bool {
    const OPENS: [&str; 22] = [
        "emarg",
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
    let presents = folded.starts_with("presentation");
    !presents && OPENS.iter().any(|opening| folded.starts_with(opening))
        || WORDS.contains(&first)
        || LABELS.contains(&label.trim())
        || (first == "debut" || first == "fin") && has_digits(&folded)
}
