//! Numbers: groups of three digits, decimal comma, the space before a unit.
//!
//! Five to eight digits are always grouped, four only before a currency, a unit or inhabitants, so
//! that years stay whole. Postal codes, references and identifiers are recognised by what stands
//! around them and are left alone.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::protect::regex;

const NBSP: char = '\u{a0}';
const NNBSP: char = '\u{202f}';

/// What follows an amount or a measure.
static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"^[ \x{A0}\x{202F}\x{2009}]*(?:[€%‰]|[kM]€|°C|m[²³]|",
        r"(?:m2|m3|km²|km2|km|cm|mm|ha|kg|kWh|MWh|kW|euros?|EUR|HT|TTC|ht|ttc|habitants?|hab|exemplaires|litres|tonnes)\b)",
    ))
});
static NUMBER: LazyLock<Regex> = LazyLock::new(|| regex(r"\d+(?:[.,]\d+)*"));
static GROUPS: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\b[1-9]\d{0,2}(?:[ \x{A0}\x{202F}\x{2009}]\d{3})+\b(?:,\d+)?"));
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?i)(?:\bn°|\bnuméro|\bréf\.?|\bréférence|\bcode(?: postal)?|\bdossier|\bcompte|\bsiret|\bsiren|",
        r"\brna|\btsa|\bcs|\bbp|\bcp|\bcedex|\bpostal|\bparcelle|\bsection|\bdélibération)[ \x{A0}\x{202F}:]*$",
    ))
});
static TOWN: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^[ \x{A0}]+(?:\p{Lu}[\p{L}\p{M}'’-]+|\x{E000})"));
static SIGN_UNIT: LazyLock<Regex> =
    LazyLock::new(|| regex(r"([\d\x{E000}])[ \t\x{A0}\x{202F}\x{2009}]*([€%‰]|[kM]€|°C|m[²³])"));
static WORD_UNIT: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"([\d\x{E000}])(?:[ \t\x{A0}\x{202F}\x{2009}]+",
        r"(euros?|EUR|HT|TTC|ht|ttc|habitants?|hab|exemplaires|litres|tonnes|m2|m3|km²|km2|km|cm|mm|ha|kg|kWh|MWh|kW|m|g|l|L|t)",
        r"|(euros?|km|cm|mm|kg|kWh|MWh|ha|m2|m3))\b",
    ))
});

/// Sets the numbers of a text.
pub(super) fn numbers(text: &str) -> String {
    let text = GROUPS.replace_all(text, |c: &Captures<'_>| regroup(text, c));
    let text = NUMBER.replace_all(&text, |c: &Captures<'_>| number(&text, c));
    let text = SIGN_UNIT.replace_all(&text, format!("${{1}}{NBSP}$2"));
    WORD_UNIT
        .replace_all(&text, |c: &Captures<'_>| {
            // In « 20h30km » the digits belong to something else than the unit.
            let number = sides(&text, c).0.trim_end_matches(|c: char| c.is_ascii_digit());
            if c.get(3).is_some() && number.ends_with(char::is_alphabetic) {
                return c[0].to_owned();
            }
            let unit = c.get(2).or(c.get(3)).map_or("", |m| m.as_str());
            format!("{}{NBSP}{unit}", &c[1])
        })
        .into_owned()
}

/// What stands before and after a match.
fn sides<'t>(text: &'t str, captures: &Captures<'_>) -> (&'t str, &'t str) {
    captures.get(0).map_or((text, ""), |whole| (&text[..whole.start()], &text[whole.end()..]))
}

/// Groups the user already made, only where a unit says that they are one number.
fn regroup(text: &str, captures: &Captures<'_>) -> String {
    let (before, after) = sides(text, captures);
    let whole = &captures[0];
    if before.ends_with(['.', ',', '-', '/']) || !UNIT.is_match(after) {
        return whole.to_owned();
    }
    whole.chars().map(|c| if c.is_whitespace() { NNBSP } else { c }).collect()
}

fn number(text: &str, captures: &Captures<'_>) -> String {
    let (before, after) = sides(text, captures);
    let whole = &captures[0];
    let mut parts = whole.split(['.', ',']);
    let (integer, decimals) = (parts.next().unwrap_or(whole), parts.next());
    let apart = |c: char| c.is_alphanumeric() || ".,-/_'’\u{a0}\u{202f}".contains(c);
    let joined = before.ends_with(apart) && !spaced_word(before)
        || after.starts_with(|c: char| c.is_alphabetic() && !UNIT.is_match(after));
    let has_unit = UNIT.is_match(after);
    let point = whole.contains('.');
    let money =
        has_unit && after.trim_start_matches([' ', NBSP, NNBSP]).starts_with(['€', 'e', 'E']);
    if parts.next().is_some() || joined || (point && !(money && decimals.is_some_and(cents))) {
        return whole.to_owned();
    }
    let grouped = match integer.len() {
        _ if integer.starts_with('0') => false,
        4 => has_unit,
        5..=8 => {
            has_unit || !(LABEL.is_match(before) || integer.len() == 5 && TOWN.is_match(after))
        }
        9.. => has_unit,
        _ => false,
    };
    let integer = if grouped { group(integer) } else { integer.to_owned() };
    match decimals {
        Some(decimals) => format!("{integer},{decimals}"),
        None => integer,
    }
}

/// Whether what precedes a non-breaking space is a word, as in « n° 12480 », and not more digits.
fn spaced_word(before: &str) -> bool {
    let word = before.trim_end_matches([NBSP, NNBSP]);
    word.len() < before.len() && !word.ends_with(|c: char| c.is_ascii_digit())
}

/// « 12.5 € » has decimals; « 1.500 € » has thousands, and is left alone.
fn cents(decimals: &str) -> bool {
    decimals.len() <= 2
}

fn group(digits: &str) -> String {
    let mut output = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            output.push(NNBSP);
        }
        output.push(digit);
    }
    output
}
