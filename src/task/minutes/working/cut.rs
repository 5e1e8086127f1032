//! The notes of a working meeting, line by line: which subject a line belongs to, and under which
//! heading it stands (decisions, actions, points left open).
//!
//! Every line that is not empty comes out exactly once.

use std::cell::Cell;
use std::sync::LazyLock;

use regex::Regex;

use super::super::head;
use super::super::structure::Piece;
use super::table;
use crate::notes::{Line, Notes};
use crate::reading::{Fact, facts, pattern, words};

/// What the heading over a line says that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Under {
    /// Nothing: the line tells by its own words.
    #[default]
    Subject,
    /// « Décisions : ».
    Decisions,
    /// « Actions : », « À faire : ».
    Actions,
    /// « Points en suspens : ».
    Open,
    /// « Ordre du jour : ».
    Agenda,
    /// « Dit : », of a subject: a question there is part of the talk.
    Said,
    /// « Reste : », of a subject: what is to be done, and what nobody settled.
    Rest,
    /// About the meeting itself: date, place, people.
    Meeting,
    /// A row of the table of this index.
    Row(usize),
}

/// A subject of the meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The number typed before it.
    pub number: Option<u32>,
    /// Its title, as typed.
    pub title: String,
}

/// A line in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<'a> {
    /// The line, without bullet or heading.
    pub piece: Piece<'a>,
    /// Index of its subject.
    pub subject: Option<usize>,
    /// The heading over it.
    pub under: Under,
    /// Whether it is the first line of the notes.
    pub first: bool,
    /// The line under its subject that introduces it: « menu » over deeper lines.
    pub label: Option<&'a str>,
}

/// The notes, cut.
#[derive(Debug, Default)]
pub struct Cut<'a> {
    /// Subjects, in the order of the notes.
    pub subjects: Vec<Subject>,
    /// Lines, in the order of the notes.
    pub lines: Vec<Placed<'a>>,
    /// What the columns of tables hold.
    pub tables: Vec<table::Head>,
}

static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)^(?:\#+\s*|\*\*)?(?:
            (?P<decisions>(?:relev[ée]\s+de\s+)?d[ée]cisions?(?:\s+prises?)?|ce\s+qui\s+est\s+d[ée]cid[ée])
          | (?P<actions>(?:liste\s+des\s+|plan\s+d['’])?actions?(?:\s+[àa]\s+(?:faire|mener|suivre))?|[àa]\s+faire|todo(?:\s*list)?|to\s+do|qui\s+fait\s+quoi|t[âa]ches?|suites?\s+[àa]\s+donner)
          | (?P<open>(?:points?|questions?|sujets?)\s+(?:laiss[ée]e?s?\s+|rest[ée]e?s?\s+|encore\s+)?(?:ouvert\w*|en\s+suspens|[àa]\s+(?:revoir|suivre|trancher)|report[ée]\w*|non\s+tranch\w*|en\s+attente)|en\s+suspens|(?:reste\s+)?[àa]\s+(?:revoir|trancher|voir|d[ée]cider)|pas\s+tranch[ée]\w*)
          | (?P<agenda>odj|ordre\s+du\s+jour)
        )\s*(?:\*\*)?\s*(?P<colon>[:=–-])?\s*(?:\*\*)?(?P<rest>.*)$",
    )
});

/// Keys of the lines about the meeting itself, wherever they stand.
static MEETING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)^\s*(?:pas\s+(?:l[àa]|venue?s?)\s*: | manquai(?:en)?t\b | \(?moi\s*= | c['’ ]?(?:est\s+)?moi\s+qui\s+(?:note|[ée]cri|prend|r[ée]dige|fai) | (?-i:[PEA])\s*:\s*(?-i:\p{Lu}\p{L}+\s+\p{Lu}) | qui\s*:\s*(?-i:\p{Lu})[^:]*,
          | (?:[ée]taient\s+)?pr[ée]sent(?:e?s|e|\(e\)s)?\b | pr[ée]s\.?\s*: | participant(?:e?s)?\b | autour\s+de\s+la\s+table\s*: | pst\s*: | cl[ôo]ture\s*(?::|[àa]\s|\d) | membres?\s+pr[ée]sente?s?\b | (?:[ée]taient\s+l[àa]|connect[ée]e?s?|(?-i:[lL]à|la))\s*: | excus\w*\b | exc\b | abs(?:ent\w*)?\b | pouvoirs?\b | pvr\b
          | secr\w*\b | lieu\b | date\s*: | heures?\s*: | horaires?\s*: | d[ée]but\b | fin\s*(?::|[àa]?\s*\d|de\s+(?:la\s+)?(?:r[ée]union|s[ée]ance)|$) | lev[ée]e?\b | (?:la\s+)?(?:s[ée]ance|r[ée]union)\s+(?:est\s+)?(?:lev|clo|term|ouv|fin|commenc)\w*
          | anim\w*\s*(?:par|:) | r[ée]dac\w*\s*(?:par|:) | notes\s*(?:prises\s+)?(?:par|:) | cr\s*(?:par|:) | prise\s+de\s+notes | invit[ée]\w*\s*: | pr[ée]sid\w*\s*(?:par|:|de) | convoc\w*
          | (?:la\s+|le\s+)?proch(?:ain|aine|\.)?\s+(?:cm|conseil|r[ée]u|r[ée]union|s[ée]ance|ag|ca|bureau|date|rencontre|rdv|commission|copil|comit[ée]|fois)\b | (?:re)?rdv\s+(?:le\s+)?(?:lun|mar|mer|jeu|ven|sam|dim|\d)
          | (?:la\s+|le\s+)?proch(?:ain|aine|\.)?\s*(?:(?-i:\p{Lu}{2,6})\s*)?: | (?:r[ée]union|s[ée]ance)\s+suivante\b | fini[e]?\s+(?:[àa]\s+)?\d | (?:notes?|cr)\s*:\s*\p{Lu}
          | on\s+se\s+(?:revoit|retrouve)\b | arriv[ée]e?\s+de\b | d[ée]part\s+de\b | (?:d[ée]but|ouverture)\s+(?:[àa]\s+)?\d)",
    )
});

static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:(?i:point|pt|sujet)\s+)?(?:n°\s*)?(?P<n>\d{1,2})\s*(?:[/).°:]+|\s[-–]\s|[-–]\s)\s*(?P<rest>\p{L}.*)$",
    )
});

/// Cuts the notes. `person` tells whether a few words name somebody who is at the meeting.
pub fn cut<'a>(notes: &'a Notes, person: &dyn Fn(&str) -> bool) -> Cut<'a> {
    let mut out = Cut::default();
    let lines: Vec<Line<'a>> = notes.lines().collect();
    let habits = Habits::of(&lines);
    let mut under = Under::Subject;
    let mut columns: Option<usize> = None;
    let mut after_blank = false;
    words!(
        NEXT_ALONE,
        r"(?i)^(?:la\s+|le\s+)?(?:prochaine?\s+\p{L}+|(?:r[ée]union|s[ée]ance)\s+suivante)\s*:?$"
    );
    words!(
        NAMED,
        r"(?i)\b(?:r[ée]union|commission|comit[ée]|bureau|conseil|ca|copil|point|groupe)\b"
    );
    let later: Cell<Option<&'a str>> = Cell::new(None);
    let label: Cell<Option<&'a str>> = Cell::new(None);
    for (index, line) in lines.iter().enumerate() {
        if line.text.trim().is_empty() {
            let next = lines.get(index + 1..).unwrap_or_default();
            let next = next.iter().find(|l| !l.text.trim().is_empty());
            if next.is_none_or(|l| !is_listed(l.text)) {
                under = Under::Subject;
            }
            columns = None;
            after_blank = true;
            continue;
        }
        let parted = std::mem::take(&mut after_blank);
        let (bullet, text) = bare(line.text);
        let indented = line.text.starts_with([' ', '\t']);
        let start = line.start + offset(line.text, text);
        let first = out.lines.is_empty() && out.subjects.is_empty();
        let put = |out: &mut Cut<'a>, from: usize, under: Under| {
            let text = text.get(from..).unwrap_or("");
            let trimmed = text.trim();
            let start = start + from + offset(text, trimmed);
            let piece = Piece { text: trimmed, span: start..start + trimmed.len() };
            let subject = out.subjects.len().checked_sub(1);
            out.lines.push(Placed { piece, subject, under, first, label: label.take() });
        };
        if first {
            put(&mut out, 0, Under::Meeting);
            continue;
        }
        if let Some(head) = table::head(line.text) {
            columns = Some(out.tables.len());
            out.tables.push(head);
            continue;
        }
        if let Some(table) = columns
            && let Some(head) = out.tables.get(table)
            && let Some(cells) = table::cells(line.text)
        {
            if let Some(title) = head.subject(&cells) {
                out.subjects.push(Subject { number: None, title });
            }
            put(&mut out, 0, Under::Row(table));
            continue;
        }
        columns = None;
        // « Prochaine réunion » over its date.
        if let Some(over) = later.take()
            && facts(text).first().is_some_and(|f| matches!(f.fact, Fact::Date(_)))
        {
            label.set(Some(over));
            put(&mut out, 0, Under::Meeting);
            continue;
        }
        if MEETING.is_match(text) {
            if NEXT_ALONE.is_match(text) {
                later.set(Some(text));
            } else {
                put(&mut out, 0, Under::Meeting);
            }
            continue;
        }
        // Over the name of the meeting may stand that of the body.
        let second = out.lines.len() == 1 && out.subjects.is_empty() && NAMED.is_match(text);
        let dated = |text: &str| facts(text).iter().any(|f| matches!(f.fact, Fact::Date(_)));
        if second && dated(text) && out.lines.first().is_some_and(|l| !dated(l.piece.text)) {
            put(&mut out, 0, Under::Meeting);
            if let Some(line) = out.lines.last_mut() {
                line.first = true;
            }
            continue;
        }
        if let Some((kind, from)) = rubric(text).filter(|_| habits.rubrics) {
            if text.get(from..).is_none_or(|t| t.trim().is_empty()) {
                under = kind;
            } else {
                put(&mut out, from, kind);
            }
            continue;
        }
        if let Some((kind, rest, colon)) = heading(text) {
            let empty = text.get(rest..).is_none_or(|t| t.trim().is_empty());
            if empty || colon {
                if empty {
                    under = kind;
                } else {
                    put(&mut out, rest, kind);
                }
                continue;
            }
        }
        // « menu » over deeper lines of the same subject introduces the first of them.
        let inner = depth(line.text);
        let deeper = lines.get(index + 1).is_some_and(|l| depth(l.text) > inner);
        if inner > 0
            && deeper
            && under == Under::Subject
            && words_of(text) <= 4
            && short(text.trim_end_matches([':', ' ']))
        {
            label.set(Some(text));
            continue;
        }
        // A list goes on as long as its lines are listed; a title ends it.
        let around = Around {
            before: index.checked_sub(1).and_then(|at| lines.get(at)),
            next: lines.get(index + 1),
            habits: &habits,
        };
        let opens = title(text, bullet, indented, &around, person);
        if under == Under::Agenda && is_listed(line.text) && !agenda_ends(&out, text) {
            put(&mut out, 0, Under::Agenda);
            continue;
        }
        let keeps = matches!(under, Under::Decisions | Under::Actions | Under::Open)
            && (bullet || indented || opens.as_ref().is_none_or(|t| t.rest < text.len()));
        match opens {
            // « 4. Actions », « 5. prochaine fois » number a list or a matter of the meeting.
            Some(found)
                if !keeps && found.rest >= text.len() && kind_of(&found.title).is_some() =>
            {
                under = kind_of(&found.title).unwrap_or_default();
                if under == Under::Meeting {
                    under = Under::Subject;
                    later.set(Some(text));
                }
            }
            Some(found) if !keeps => {
                under = Under::Subject;
                out.subjects.push(Subject { number: found.number, title: found.title });
                if found.rest < text.len() {
                    put(&mut out, found.rest, Under::Subject);
                }
            }
            _ => {
                if under == Under::Agenda {
                    under = Under::Subject;
                }
                // After the last number, a blank line parts what is of no item.
                let rest = lines.get(index + 1..).unwrap_or_default();
                let apart = parted
                    && under == Under::Subject
                    && !bullet
                    && !indented
                    && out.subjects.iter().filter(|s| s.number.is_some()).count() >= 3
                    && out.subjects.last().is_some_and(|s| s.number.is_some())
                    && rest.len() >= 2
                    && !rest.iter().any(|l| NUMBERED.is_match(l.text));
                if apart {
                    out.subjects.push(Subject { number: None, title: "Divers".to_owned() });
                }
                put(&mut out, 0, under);
            }
        }
    }
    out
}

/// What a label that comes again under each subject says of its line, and where that begins:
/// « Dit : », « Tranché : », « Reste : ».
fn rubric(text: &str) -> Option<(Under, usize)> {
    words!(
        RUBRIC,
        r"(?i)^(?:(?P<said>dits?|discussions?|discut[ée]s?|[ée]chang(?:es?|[ée]s?)|d[ée]bats?|constats?|[ée]tat(?:\s+des\s+lieux)?|infos?|expos[ée]s?)|(?P<decided>tranch[ée]e?s?|d[ée]cid[ée]e?s?|d[ée]cisions?|act[ée]e?s?|arr[êe]t[ée]e?s?|retenue?s?|conclusions?|valid[ée]e?s?)|(?:restes?(?:\s+[àa]\s+faire)?|[àa]\s+faire|actions?|suites?|todo|[àa]\s+suivre))\s*(?:[:=]|[-–]\s)\s*(?P<text>.*)$"
    );
    let found = RUBRIC.captures(text)?;
    let kind = match (found.name("said"), found.name("decided")) {
        (Some(_), _) => Under::Said,
        (_, Some(_)) => Under::Decisions,
        _ => Under::Rest,
    };
    Some((kind, found.name("text")?.start()))
}

/// How far a line is set in; none for an empty one.
fn depth(line: &str) -> usize {
    let set = line.chars().take_while(|c| c.is_whitespace());
    if line.trim().is_empty() { 0 } else { set.map(|c| if c == '\t' { 4 } else { 1 }).sum() }
}

/// An agenda whose first number comes again has ended: the items themselves begin.
fn agenda_ends(out: &Cut<'_>, text: &str) -> bool {
    let number = |text: &str| {
        text.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<u32>().ok()
    };
    let entries = out.lines.iter().filter(|l| l.under == Under::Agenda);
    let seen: Vec<u32> = entries.filter_map(|l| number(l.piece.text)).collect();
    number(text).is_some_and(|n| seen.contains(&n))
}

/// What a title that is no subject announces: a list, or a matter of the meeting itself.
fn kind_of(title: &str) -> Option<Under> {
    let listed = heading(title)
        .filter(|(_, rest, _)| title.get(*rest..).is_none_or(|t| t.trim().is_empty()))
        .map(|(kind, ..)| kind);
    listed.or_else(|| MEETING.is_match(title).then_some(Under::Meeting))
}

/// A category heading, where what follows it begins, and whether a sign parts them.
fn heading(text: &str) -> Option<(Under, usize, bool)> {
    let found = HEADING.captures(text)?;
    let kind = [
        ("decisions", Under::Decisions),
        ("actions", Under::Actions),
        ("open", Under::Open),
        ("agenda", Under::Agenda),
    ]
    .into_iter()
    .find(|(name, _)| found.name(name).is_some())?
    .1;
    Some((kind, found.name("rest")?.start(), found.name("colon").is_some()))
}

/// A title that a line opens with.
struct Title {
    number: Option<u32>,
    title: String,
    /// Where the rest of the line begins.
    rest: usize,
}

words!(LETTERED, r"^(?P<n>[A-H]|[IVX]{1,4})\s*(?:[.)/]|[-–]\s)\s*(?P<rest>\p{Lu}\p{L}.*)$");

words!(BARE_NUMBER, r"^(?P<n>\d{1,2})\s+(?P<rest>\p{L}[^?=:.,]*)$");

/// How these notes mark their titles: where they have a plain way to, a colon marks none.
struct Habits {
    /// Titles are marked, numbered, in capitals or stand over deeper lines.
    marked: bool,
    /// Titles are lettered: « A. Chemin », « B. Rue ».
    lettered: bool,
    /// Titles are numbered without any sign: « 1 rentrée », « 2 sortie ».
    counted: bool,
    /// Titles bear the only bullets: plain lines stand under them.
    crowned: bool,
    /// A title is the short first line of a block between blank lines.
    blocks: bool,
    /// A title ends with a colon and has its line to itself.
    alone: bool,
    /// Each subject has its « Dit : », « Tranché : », « Reste : ».
    rubrics: bool,
}

impl Habits {
    fn of(lines: &[Line<'_>]) -> Self {
        words!(AGENDA, r"(?i)^\W*(?:odj|ordre\s+du\s+jour)\b");
        let mut letters = Vec::new();
        let mut numbers: Vec<u32> = Vec::new();
        let (mut sharp, mut numbered, mut shouted, mut over) = (0, 0, 0, 0);
        let (mut blocks, mut alone, mut listed) = (0, 0, false);
        let (mut crowns, mut bullets) = (0, 0);
        let body = lines.iter().enumerate().skip(1);
        for (index, line) in body {
            let (bullet, text) = bare(line.text);
            if text.is_empty() {
                listed = false;
                continue;
            }
            // What stands in a list of its own is no title: agenda, decisions, actions.
            if AGENDA.is_match(text) {
                listed = true;
                continue;
            }
            if let Some((_, rest, _)) = heading(text) {
                listed |= text.get(rest..).is_none_or(|t| t.trim().is_empty());
                continue;
            }
            if about_meeting(text) {
                continue;
            }
            let indented = line.text.starts_with([' ', '\t']);
            let next = lines.get(index + 1).filter(|l| !l.text.trim().is_empty());
            let deeper = next.is_some_and(|l| l.text.starts_with([' ', '\t'])) && !indented;
            if bullet && !indented {
                bullets += 1;
                let under = next.is_some_and(|l| !bare(l.text).0 && !is_listed(l.text));
                crowns += usize::from(under && short(text.trim_end_matches([':', ' '])));
            }
            sharp += usize::from(text.starts_with('#'));
            shouted += usize::from(!bullet && !indented && in_capitals(text));
            over += usize::from(deeper && short(text));
            if let Some(found) = BARE_NUMBER.captures(text).filter(|_| deeper && !bullet) {
                numbers.extend(found["n"].parse::<u32>());
            }
            if !listed && !bullet && !indented {
                numbered += usize::from(NUMBERED.is_match(text));
                if let Some(found) = LETTERED.captures(text) {
                    letters.push(found["n"].to_owned());
                }
                alone += usize::from(text.ends_with(':') && words_of(text) <= 6);
            }
            let before = index.checked_sub(1).and_then(|at| lines.get(at));
            let opens = before.is_some_and(|l| l.text.trim().is_empty());
            let plain = words_of(text) <= 4
                && text.chars().all(|c| c.is_alphabetic() || " '’-/".contains(c));
            blocks += usize::from(opens && next.is_some() && plain && !bullet && !indented);
        }
        let lettered = ["A", "I"].iter().any(|first| letters.first().is_some_and(|l| l == first))
            && letters.len() > 1;
        let counted = numbers.starts_with(&[1, 2]);
        let crowned = crowns > 1 && crowns * 3 >= bullets * 2;
        let kinds = lines.iter().filter_map(|l| rubric(bare(l.text).1)).map(|(kind, _)| kind);
        let kinds: Vec<Under> = kinds.collect();
        let again = |kind| kinds.iter().filter(|k| **k == kind).count() > 1;
        let rubrics = [Under::Said, Under::Decisions, Under::Rest]
            .into_iter()
            .filter(|kind| again(*kind))
            .count()
            > 1;
        let marked = [sharp, numbered, shouted, over].iter().any(|n| *n > 1)
            || lettered
            || counted
            || crowned;
        let blocks = blocks > 1 && !marked;
        Self { marked, lettered, counted, crowned, blocks, alone: alone > 1, rubrics }
    }
}

/// Whether a line is one of capitals: « SONO », « FEU DE LA ST JEAN sam. 19 juin ».
fn in_capitals(text: &str) -> bool {
    let bare = without_dates(text);
    let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3
        && !bare.chars().any(char::is_lowercase)
        && words_of(text) <= 8
        && !text.contains(['>', '?', '='])
}

/// The text without its dates and hours, which a title may bear.
fn without_dates(text: &str) -> String {
    let mut out = text.to_owned();
    for found in facts(text).into_iter().rev() {
        if matches!(found.fact, Fact::Date(_) | Fact::Hour(_)) {
            out.replace_range(found.span, "");
        }
    }
    out
}

/// Whether a line is short enough for a title and holds no sentence.
fn short(text: &str) -> bool {
    let bare = without_dates(text);
    words_of(text) <= 8
        && words_of(&bare) <= 6
        && !bare.contains(['?', '=', ',', '.', '>', '→'])
        && !bare.chars().any(|c| c.is_ascii_digit())
}

/// What stands around a line.
struct Around<'a> {
    before: Option<&'a Line<'a>>,
    next: Option<&'a Line<'a>>,
    habits: &'a Habits,
}

fn title(
    text: &str,
    bullet: bool,
    indented: bool,
    around: &Around<'_>,
    person: &dyn Fn(&str) -> bool,
) -> Option<Title> {
    words!(MARKED, r"^(?:#{1,4}\s*|\*\*)(?P<title>[^*#]+?)(?:\*\*)?\s*:?\s*$");
    words!(OTHERS, r"(?i)^(?:questions?\s+)?divers(?:es)?\b|^autres?\b|^qd\b");
    let whole = |title: &str, number: Option<u32>| {
        let title = title.trim_end_matches([':', ' ']).to_owned();
        Some(Title { number, title, rest: text.len() })
    };
    if let Some(found) = MARKED.captures(text) {
        let inner = found["title"].trim();
        return match NUMBERED.captures(inner) {
            Some(n) => whole(&n["rest"], n["n"].parse().ok()),
            None => whole(inner, None),
        };
    }
    if super::sorter::CORRECTS.is_match(text) || super::sorter::AFTERWARDS.is_match(text) {
        return None;
    }
    // « → buvette » over deeper lines is a title.
    let next = around.next.filter(|l| !l.text.trim().is_empty());
    let deeper = next.is_some_and(|l| l.text.starts_with([' ', '\t'])) && !indented;
    if bullet
        && (deeper || around.habits.crowned && !indented)
        && short(text.trim_end_matches([':', ' ']))
    {
        return whole(text, None);
    }
    if bullet || indented {
        return None;
    }
    if around.habits.lettered
        && let Some(found) = LETTERED.captures(text)
    {
        let rest = found.name("rest")?;
        return match colon(rest.as_str()) {
            Some((title, after)) => Some(Title { number: None, title, rest: rest.start() + after }),
            None => whole(rest.as_str(), None),
        };
    }
    if around.habits.counted
        && deeper
        && let Some(found) = BARE_NUMBER.captures(text)
    {
        return whole(&found["rest"], found["n"].parse().ok());
    }
    if let Some(found) = NUMBERED.captures(text) {
        let rest = found.name("rest")?;
        let number = found["n"].parse().ok();
        return Some(match colon(rest.as_str()) {
            Some((title, after)) => Title { number, title, rest: rest.start() + after },
            // « 5. affiches 160 € … »: what it costs is no part of the title.
            None if rest.as_str().find(|c: char| c.is_ascii_digit()).is_some_and(|at| {
                head::is_title(rest.as_str()[..at].trim()) && words_of(&rest.as_str()[..at]) <= 4
            }) =>
            {
                let at = rest.as_str().find(|c: char| c.is_ascii_digit()).unwrap_or(0);
                let title = rest.as_str()[..at].trim().to_owned();
                Title { number, title, rest: rest.start() }
            }
            None if words_of(rest.as_str()) <= 9 => {
                Title { number, title: rest.as_str().trim().to_owned(), rest: text.len() }
            }
            None => Title {
                number,
                title: rest.as_str().split_whitespace().take(6).collect::<Vec<_>>().join(" "),
                rest: rest.start(),
            },
        });
    }
    // « TRAVAUX   retard de 3 semaines »
    if let Some((title, rest)) = head::before_gap(text)
        && in_capitals(title)
        && !person(title)
    {
        return Some(Title { number: None, title: title.to_owned(), rest });
    }
    let opens = around.before.is_some_and(|l| l.text.trim().is_empty());
    let habits = around.habits;
    if let Some((title, rest)) = colon(text)
        && words_of(&title) <= 6
        && !person(&title)
        && !title.split([',', '&']).any(|part| person(part.trim()))
        && super::signs::read(&title) == super::signs::Sign::Plain
        && !title.contains(['?', '>', '='])
    {
        let empty = text.get(rest..).is_none_or(|t| t.trim().is_empty());
        let other_way = (habits.marked || habits.blocks || habits.alone) && !empty;
        if !other_way || (opens && !habits.blocks) || OTHERS.is_match(&title) {
            return Some(Title { number: None, title, rest });
        }
    }
    // Before the next numbered title stands the end of the last subject, no title.
    let numbered = |l: &Line<'_>| around.habits.marked && NUMBERED.is_match(l.text.trim());
    let introduces = next
        .is_some_and(|l| (is_listed(l.text) && !numbered(l)) || l.text.starts_with([' ', '\t']))
        && !text.contains(": ")
        && short(text.trim_end_matches([':', ' ']))
        && (!habits.blocks || opens);
    let heads = habits.blocks
        && opens
        && next.is_some()
        && words_of(text) <= 6
        && !text.contains(['>', '?', ',', '.', '=', ':'])
        && !person(text);
    (in_capitals(text) || introduces || heads).then(|| whole(text, None)).flatten()
}

/// What stands before the first colon, and where what follows begins.
fn colon(text: &str) -> Option<(String, usize)> {
    let at = text.find(':')?;
    let before = text.get(..at)?.trim();
    let hour = before.ends_with(|c: char| c.is_ascii_digit())
        && text.get(at + 1..).is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()));
    let usable = !hour && !before.is_empty() && words_of(before) <= 9 && !before.contains('(')
        || (before.contains('(') && before.ends_with(')'));
    usable.then(|| (before.to_owned(), at + 1))
}

fn words_of(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Whether a line is an entry of a list.
fn is_listed(text: &str) -> bool {
    words!(LISTED, r"^\s*(?:[-–•*+>☐□|]|\[\s?\]|\d{1,2}\s*[.)/]|[a-z]\))\s*\S");
    LISTED.is_match(text)
}

/// The line without its bullet, and whether it had one.
fn bare(text: &str) -> (bool, &str) {
    words!(SUB, r"^\d{1,2}\.\d{1,2}[.)]?\s+");
    let trimmed = text.trim();
    if let Some(mark) = SUB.find(trimmed) {
        return (true, trimmed.get(mark.end()..).unwrap_or(trimmed));
    }
    let listed = trimmed.starts_with(['-', '–', '•', '+', '☐', '□', '→'])
        || (trimmed.starts_with('*') && !trimmed.starts_with("**"))
        || trimmed.starts_with("[ ]")
        || (trimmed.starts_with('>') && !trimmed.starts_with(">>"));
    if !listed {
        return (false, trimmed);
    }
    let rest = trimmed.trim_start_matches("[ ]");
    (true, rest.trim_start_matches(['-', '–', '•', '*', '+', '☐', '□', '>', '→', ' ', '\t']))
}

/// Where a part of a line begins in it.
fn offset(line: &str, part: &str) -> usize {
    if part.is_empty() {
        return line.len();
    }
    line.find(part).unwrap_or(0)
}

/// Whether the line speaks of the meeting itself by its first words.
pub fn about_meeting(text: &str) -> bool {
    MEETING.is_match(text.trim_start_matches(['-', '–', '•', '*', ' ', '\t']))
}

#[cfg(test)]
mod tests;
