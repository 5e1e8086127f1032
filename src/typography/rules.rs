//! Rules on words and on punctuation, each a pattern and what it becomes.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::protect::{MARK, regex};

const NBSP: char = '\u{a0}';
const NNBSP: char = '\u{202f}';

/// Spaces of any kind on one line; the same list stands in the patterns.
const SPACES: [char; 5] = [' ', '\t', NBSP, NNBSP, '\u{2009}'];

static ELLIPSIS: LazyLock<Regex> = LazyLock::new(|| regex(r"\.{3,}"));
static APOSTROPHE: LazyLock<Regex> = LazyLock::new(|| regex(r#"(\p{L})'([\p{L}\d«"\x{E000}\[])"#));
static HOUR: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\b(\d{1,2})[ \x{A0}\x{202F}]?[hH](?:[ \x{A0}\x{202F}]?(\d\d))?\b"));
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"\b((?:[Ll]un|[Mm]ar|[Mm]ercre|[Jj]eu|[Vv]endre|[Ss]ame)di[ \x{A0}]|[Dd]imanche[ \x{A0}])?",
        r"(\d{1,2}|1er)[ \x{A0}\x{202F}]+",
        r"([Jj]anvier|[Ff][ée]vrier|[Mm]ars|[Aa]vril|[Mm]ai|[Jj]uin|[Jj]uillet|[Aa]o[ûu]t|[Ss]eptembre",
        r"|[Oo]ctobre|[Nn]ovembre|[Dd][ée]cembre)\b([ \x{A0}]\d{4}\b)?",
    ))
});
static SHORT_DAY: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\b(\d{1,2}|1er)[ \x{202F}](janv|févr?|avr|juil|sept|oct|nov|déc)\b"));
static ORDINAL: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\b(\d+)(?:(ères?|eres?)|(?:ièmes?|iemes?|èmes?|emes?|è))\b"));
static NUMBER_SIGN: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\b([nN]°)[ \t\x{A0}\x{202F}]*([\p{L}\d\x{E000}])"));
static CIVILITY: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"\b(Mr\.?|MM?\.|Mmes?|Mlles?|Dr|Me)[ \t\x{A0}\x{202F}]+",
        r"(\p{Lu}|\x{E000}|les?\b|la\b|l['’])",
    ))
});
static ARTICLE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\b([LRD])\.[ \t\x{A0}\x{202F}]*(\d{3}|\x{E000})"));
static HIGH: LazyLock<Regex> = LazyLock::new(|| regex(r"[ \t\x{A0}\x{202F}\x{2009}]*[;!?]+"));
static COLON: LazyLock<Regex> = LazyLock::new(|| regex(r"[ \t\x{A0}\x{202F}\x{2009}]*:+"));
static OPENING: LazyLock<Regex> = LazyLock::new(|| regex(r"«[ \t\x{A0}\x{202F}\x{2009}]*"));
static CLOSING: LazyLock<Regex> = LazyLock::new(|| regex(r"[ \t\x{A0}\x{202F}\x{2009}]*»"));

/// Quotes, apostrophes, hours, dates, ordinals, titles of people, references to articles.
pub(super) fn words(text: &str) -> String {
    let text = quotes(text);
    let text = ELLIPSIS.replace_all(&text, |c: &Captures<'_>| match &c[0] {
        "..." => "…".to_owned(),
        // A dotted line to write on.
        line => line.to_owned(),
    });
    // Twice: in « d'l'a » a letter ends one match and would start the next.
    let text = APOSTROPHE.replace_all(&text, "$1’$2");
    let text = APOSTROPHE.replace_all(&text, "$1’$2");
    let text = HOUR.replace_all(&text, |c: &Captures<'_>| hour(&text, c));
    let text = DAY.replace_all(&text, |c: &Captures<'_>| day(&text, c));
    let text = SHORT_DAY.replace_all(&text, format!("${{1}}{NBSP}$2"));
    let text = ORDINAL.replace_all(&text, ordinal);
    let text = NUMBER_SIGN.replace_all(&text, format!("${{1}}{NBSP}$2"));
    let text = CIVILITY.replace_all(&text, |c: &Captures<'_>| {
        let title = if c[1].starts_with("Mr") { "M." } else { &c[1] };
        format!("{title}{NBSP}{}", &c[2])
    });
    ARTICLE.replace_all(&text, format!("${{1}}.{NBSP}$2")).into_owned()
}

/// Spaces before and inside punctuation.
pub(super) fn punctuation(text: &str) -> String {
    let inside = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
    let text = OPENING.replace_all(text, |c: &Captures<'_>| {
        let spaced = c[0].len() > "«".len() || inside(around(text, c).1);
        if spaced { format!("«{NBSP}") } else { "«".to_owned() }
    });
    let text = CLOSING.replace_all(&text, |c: &Captures<'_>| {
        let spaced = c[0].len() > "»".len() || inside(around(&text, c).0);
        if spaced { format!("{NBSP}»") } else { "»".to_owned() }
    });
    let text = HIGH.replace_all(&text, |c: &Captures<'_>| spaced(&text, c, NNBSP));
    COLON.replace_all(&text, |c: &Captures<'_>| spaced(&text, c, NBSP)).into_owned()
}

/// The characters on both sides of a match.
fn around(text: &str, captures: &Captures<'_>) -> (Option<char>, Option<char>) {
    let Some(whole) = captures.get(0) else { return (None, None) };
    (text[..whole.start()].chars().next_back(), text[whole.end()..].chars().next())
}

/// A space that was there becomes the right one; a missing one is added where prose is certain.
fn spaced(text: &str, captures: &Captures<'_>, space: char) -> String {
    let (before, after) = around(text, captures);
    let whole = &captures[0];
    let sign = whole.trim_start_matches(SPACES);
    let prose = match before {
        // `(?)`, `[…]` and line starts keep the sign against what precedes it.
        None => whole != sign,
        Some(c) if c.is_whitespace() || "([{«:;!?".contains(c) => whole != sign,
        Some(_) if whole != sign => true,
        Some(_) if sign.starts_with(':') => sign == ":" && after.is_none_or(char::is_whitespace),
        Some(_) => after.is_none_or(|c| !c.is_alphanumeric() && c != MARK && c != '='),
    };
    if prose { format!("{space}{sign}") } else { whole.to_owned() }
}

fn hour(text: &str, captures: &Captures<'_>) -> String {
    let (before, _) = around(text, captures);
    let (hour, minutes) = (&captures[1], captures.get(2).map(|m| m.as_str()));
    let number = |text: &str| text.parse::<u8>().unwrap_or(u8::MAX);
    // The end of a decimal or of something else is not an hour of the day.
    if before.is_some_and(|c| ".,:_".contains(c))
        || number(hour) > 24
        || minutes.is_some_and(|m| number(m) > 59)
    {
        return captures[0].to_owned();
    }
    let hour = if hour.len() == 2 { hour.strip_prefix('0').unwrap_or(hour) } else { hour };
    match minutes {
        Some(minutes) => format!("{hour}{NBSP}h{NBSP}{minutes}"),
        None => format!("{hour}{NBSP}h"),
    }
}

/// Month and weekday lose their capital in a full date only, and never at the start of a sentence.
fn day(text: &str, captures: &Captures<'_>) -> String {
    let (before, _) = around(text, captures);
    let group = |index: usize| captures.get(index).map_or("", |m| m.as_str());
    let (weekday, number, month, year) = (group(1), group(2), group(3), group(4));
    if weekday.is_empty() && before.is_some_and(|c| ".,:/-_".contains(c)) {
        return captures[0].to_owned();
    }
    let full = !weekday.is_empty() || !year.is_empty();
    let start = captures.get(0).map_or(0, |m| m.start());
    let inside = text[..start]
        .trim_end_matches(SPACES)
        .chars()
        .next_back()
        .is_some_and(|c| c.is_alphanumeric() || c == ',');
    let weekday = if inside { weekday.to_lowercase() } else { weekday.to_owned() };
    let month = if full { month.to_lowercase() } else { month.to_owned() };
    let number = if number == "1" { "1er" } else { number };
    format!("{weekday}{number}{NBSP}{month}{year}")
}

fn ordinal(captures: &Captures<'_>) -> String {
    let (whole, number) = (&captures[0], &captures[1]);
    let plural = if whole.ends_with('s') { "s" } else { "" };
    match (captures.get(2).is_some(), number) {
        (true, "1") => format!("1re{plural}"),
        (true, _) | (false, "1") => whole.to_owned(),
        (false, _) => format!("{number}e{plural}"),
    }
}

/// Straight double quotes in well-formed pairs become « »; any doubt leaves the text as it is.
fn quotes(text: &str) -> String {
    let places: Vec<usize> = text.match_indices('"').map(|(place, _)| place).collect();
    let well_formed = places.len().is_multiple_of(2)
        && places.iter().enumerate().all(|(index, place)| {
            let before = text[..*place].chars().next_back();
            let after = text[place + 1..].chars().next();
            let (outside, inside) = if index % 2 == 0 { (before, after) } else { (after, before) };
            inside.is_some_and(|c| !c.is_whitespace() && c != '"')
                && outside.is_none_or(|c| !c.is_alphanumeric() && c != '"')
        });
    if !well_formed {
        return text.to_owned();
    }
    let mut opening = true;
    text.chars()
        .map(|c| {
            if c != '"' {
                return c;
            }
            opening = !opening;
            if opening { '»' } else { '«' }
        })
        .collect()
}
