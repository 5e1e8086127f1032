//! Whole numbers in words: « quarante mille », « deux cent douze », « vingt et un ».

use super::fold;

/// The number that words begin with, and how many bytes of the text it takes; nothing when the text
/// begins with no number in words.
pub fn leading(text: &str) -> Option<(u32, usize)> {
    let mut sum = Sum::default();
    let mut end = 0;
    let mut joined = false;
    for (at, word) in words(text) {
        let folded = fold(word);
        // « vingt et un », but « deux et trois » are two numbers.
        if folded == "et" && sum.ends_in_tens && !joined {
            joined = true;
            continue;
        }
        let unit = matches!(value(&folded), Some(1 | 11));
        if joined && !unit || !sum.add(&folded) {
            break;
        }
        joined = false;
        end = at + word.len();
    }
    (end > 0).then(|| (sum.total(), end))
}

/// The number that the words are, and nothing else.
pub fn value_of(text: &str) -> Option<u32> {
    let text = text.trim();
    leading(text).filter(|(_, end)| *end == text.len()).map(|(number, _)| number)
}

/// The text with the numbers in words that `figures` wants otherwise: it is told the number, what
/// stands before and after it, and gives what is written there and how many bytes after the number
/// that takes in.
pub fn replaced(
    text: &str,
    figures: impl Fn(u32, &str, &str) -> Option<(String, usize)>,
) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let mut opens = true;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let whole =
            |after: &str| !after.starts_with(|c: char| c.is_alphanumeric() || "'’-".contains(c));
        let found = leading(rest).filter(|_| opens).and_then(|(number, end)| {
            let after = rest.get(end..).filter(|after| whole(after))?;
            let (written, more) = figures(number, text.get(..at)?, after)?;
            Some((written, end + more))
        });
        if let Some((written, end)) = found {
            out.push_str(&written);
            at += end;
            opens = false;
            continue;
        }
        let Some(c) = rest.chars().next() else { break };
        out.push(c);
        at += c.len_utf8();
        opens = c.is_whitespace() || "([«".contains(c);
    }
    out
}

/// The words of a number, with their places: hyphens part them, any other mark ends them.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let gap = rest.len() - rest.trim_start_matches([' ', '-', '\u{a0}']).len();
        if at > 0 && gap == 0 {
            return None;
        }
        let start = at + gap;
        let rest = text.get(start..)?;
        let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        at = start + length;
        (length > 0).then(|| (start, &rest[..length]))
    })
}

/// A number being read from its words.
#[derive(Default)]
struct Sum {
    thousands: u32,
    hundreds: u32,
    below: u32,
    /// « vingt » to « soixante », « quatre-vingt »: a unit may follow.
    ends_in_tens: bool,
    any: bool,
}

impl Sum {
    /// Adds a word; answers whether the number goes on with it.
    fn add(&mut self, word: &str) -> bool {
        match word {
            "mille" if self.thousands == 0 => {
                self.thousands = (self.hundreds + self.below).max(1) * 1000;
                (self.hundreds, self.below, self.ends_in_tens) = (0, 0, false);
            }
            "cent" | "cents" if self.hundreds == 0 && self.below < 10 => {
                self.hundreds = self.below.max(1) * 100;
                (self.below, self.ends_in_tens) = (0, false);
            }
            "vingt" | "vingts" if self.below == 4 => {
                (self.below, self.ends_in_tens) = (80, true);
            }
            _ => {
                let Some(number) = value(word) else { return false };
                let goes_on = self.below == 0 && (number > 0 || !self.any)
                    || self.ends_in_tens && number < 10
                    || matches!(self.below, 60 | 80) && (10..17).contains(&number)
                    || matches!(self.below, 10 | 70 | 90) && (7..10).contains(&number);
                if !goes_on {
                    return false;
                }
                self.ends_in_tens = self.below == 0 && number >= 20;
                self.below += number;
            }
        }
        self.any = true;
        true
    }

    fn total(&self) -> u32 {
        self.thousands + self.hundreds + self.below
    }
}

/// One word below a hundred, folded.
fn value(word: &str) -> Option<u32> {
    const UNITS: [&str; 17] = [
        "zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
        "onze", "douze", "treize", "quatorze", "quinze", "seize",
    ];
    const TENS: [&str; 5] = ["vingt", "trente", "quarante", "cinquante", "soixante"];
    let word = if word == "une" { "un" } else { word };
    let units = UNITS.iter().position(|unit| *unit == word);
    let tens = || TENS.iter().position(|ten| *ten == word).map(|at| (at + 2) * 10);
    units.or_else(tens).and_then(|number| u32::try_from(number).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_are_read_to_their_end() {
        for (text, expected) in [
            ("douze", Some((12, 5))),
            ("vingt et un foyers", Some((21, 11))),
            ("dix-neuf heures", Some((19, 8))),
            ("soixante-quinze euros", Some((75, 15))),
            ("quatre-vingt-dix-sept", Some((97, 21))),
            ("quatre-vingts", Some((80, 13))),
            ("deux cent six mètres", Some((206, 13))),
            ("quarante mille euros", Some((40_000, 14))),
            ("deux mille vingt-sept", Some((2027, 21))),
            ("mille deux cents", Some((1200, 16))),
            ("deux et trois", Some((2, 4))),
            ("sept, huit", Some((7, 4))),
            ("trois quatre", Some((3, 5))),
            ("le devis", None),
            ("centre", None),
        ] {
            assert_eq!(leading(text), expected, "{text}");
        }
        assert_eq!(value_of("dix-sept"), Some(17));
        assert_eq!(value_of("dix-sept voix"), None);
    }
}
