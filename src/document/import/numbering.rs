//! Dashes and numbers that office programs count themselves and do not write into the text.
//!
//! A level says how its items are counted (`decimal`, `bullet`, …) and how the count is shown: a
//! text in which `%1` stands for the count of the first level, `%2` for that of the second.

use std::collections::BTreeMap;

/// How the items of one level are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Level {
    /// How they are counted.
    pub(super) format: Format,
    /// The text around the counts: `%1.`, `Article %1`.
    pub(super) text: String,
    /// The count of the first item.
    pub(super) start: usize,
}

/// How items are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// 1, 2, 3.
    Decimal,
    /// a, b, c, in small or capital letters.
    Letter(Case),
    /// i, ii, iii.
    Roman(Case),
    /// A dash, whatever the sign.
    Bullet,
    /// Not shown.
    None,
}

/// Small or capital letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// a
    Lower,
    /// A
    Upper,
}

impl Default for Level {
    fn default() -> Self {
        Self { format: Format::Decimal, text: String::new(), start: 1 }
    }
}

/// Levels that office programs have.
pub(super) const MAX_LEVELS: usize = 10;

/// The counts of one list, from its first level.
pub(super) type Counts = BTreeMap<usize, usize>;

/// Counts one more item on that level; deeper levels begin anew.
pub(super) fn next(counts: &mut Counts, level: usize, levels: &[Level]) {
    let start = levels.get(level).map_or(1, |l| l.start);
    let count = counts.get(&level).map_or(start, |count| count.saturating_add(1));
    counts.insert(level, count);
    counts.retain(|deep, _| *deep <= level);
}

/// What stands before an item: nothing, a dash, or its number; items of deeper levels are indented.
pub(super) fn label(counts: &Counts, level: usize, levels: &[Level]) -> String {
    let Some(own) = levels.get(level) else { return String::new() };
    let indent = "  ".repeat(level.min(MAX_LEVELS));
    let shown = match own.format {
        Format::Bullet => "-".to_owned(),
        Format::None => String::new(),
        _ => fill(&own.text, counts, levels),
    };
    if shown.trim().is_empty() { indent } else { format!("{indent}{} ", shown.trim()) }
}

/// The text of a level with the counts put in.
fn fill(text: &str, counts: &Counts, levels: &[Level]) -> String {
    let mut out = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let digit = characters.peek().and_then(|c| c.to_digit(10)).filter(|d| *d > 0);
        let Some(digit) = digit.filter(|_| character == '%') else {
            out.push(character);
            continue;
        };
        characters.next();
        let at = digit as usize - 1;
        if let Some(level) = levels.get(at) {
            out.push_str(&shown(counts.get(&at).copied().unwrap_or(level.start), level.format));
        }
    }
    out
}

fn shown(count: usize, format: Format) -> String {
    match format {
        Format::Letter(case) if (1..=26).contains(&count) => {
            let letter = char::from(b'a' + (count - 1) as u8);
            cased(&letter.to_string(), case)
        }
        Format::Roman(case) if (1..4000).contains(&count) => cased(&roman(count), case),
        _ => count.to_string(),
    }
}

fn cased(text: &str, case: Case) -> String {
    match case {
        Case::Lower => text.to_owned(),
        Case::Upper => text.to_uppercase(),
    }
}

fn roman(mut count: usize) -> String {
    const SIGNS: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while count >= value {
            out.push_str(sign);
            count -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_shown_as_the_office_program_shows_them() {
        let level = |format, text: &str| Level { format, text: text.into(), start: 1 };
        let levels = [
            level(Format::Decimal, "%1."),
            level(Format::Letter(Case::Lower), "%1.%2)"),
            level(Format::Bullet, "·"),
            level(Format::Roman(Case::Upper), "Titre %4"),
            level(Format::None, ""),
        ];
        let mut counts = Counts::new();
        let mut shown = Vec::new();
        for at in [0, 1, 1, 0, 1, 2, 3, 3, 3, 3, 4] {
            next(&mut counts, at, &levels);
            shown.push(label(&counts, at, &levels));
        }
        assert_eq!(
            shown,
            [
                "1. ",
                "  1.a) ",
                "  1.b) ",
                "2. ",
                "  2.a) ",
                "    - ",
                "      Titre I ",
                "      Titre II ",
                "      Titre III ",
                "      Titre IV ",
                "        "
            ]
        );
    }
}
