//! `SentencePiece` vocabularies: pieces with scores, merged as llama.cpp merges them.
//!
//! The two neighbours whose union has the best score become one, the leftmost of equals first, until
//! no union is a piece. Spaces are written `▁`; a character that is no piece is written in bytes.
//! Unlike llama.cpp, the pieces never hold what only a template writes, nor the names of bytes: `</s>`
//! spelt in the notes stays six letters' worth of text. The `tokenizers` crate has no such merge: it
//! orders pairs by a list that these files do not bring.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};

use candle_core::quantized::gguf_file::Value;
use regex::Regex;

use super::alternatives;
use crate::engine::gguf;

/// How a space is written in a piece.
const SPACE: &str = "▁";

/// Pieces of text and their scores.
#[derive(Debug)]
pub(super) struct Pieces {
    pieces: HashMap<String, (u32, f32)>,
    /// The token of each byte.
    bytes: [u32; 256],
    /// Tokens of white space alone, found before anything is merged.
    runs: HashMap<String, u32>,
    run_text: Option<Regex>,
}

/// A stretch of text among its neighbours; empty, with no neighbour on its right, once it became
/// part of the one on its left.
struct Symbol {
    start: usize,
    end: usize,
    left: Option<usize>,
    right: Option<usize>,
}

/// Two neighbours that make a piece together.
struct Pair {
    score: f32,
    left: usize,
    right: usize,
    length: usize,
}

impl Ord for Pair {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then(other.left.cmp(&self.left))
    }
}

impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Eq for Pair {}

impl PartialEq for Pair {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Pieces {
    /// Builds them from scores by token, tokens that are text, and tokens of white space alone.
    ///
    /// # Errors
    /// What the file lacks.
    pub(super) fn new(
        scores: &[Value],
        plain: Vec<(String, u32)>,
        runs: HashMap<String, u32>,
    ) -> Result<Self, String> {
        let mut bytes = [None; 256];
        let mut pieces = HashMap::with_capacity(plain.len());
        for (text, id) in plain {
            if let Some(slot) = byte_named(&text).and_then(|byte| bytes.get_mut(byte)) {
                *slot = Some(id);
                continue;
            }
            let score = scores.get(id as usize).and_then(gguf::float).unwrap_or(0.0);
            // Two zeros of different signs are equals.
            pieces.insert(text, (id, score + 0.0));
        }
        let mut all = [0; 256];
        for (token, found) in all.iter_mut().zip(bytes) {
            *token = found.ok_or("vocabulaire sans jeton pour chaque octet")?;
        }
        Ok(Self { pieces, bytes: all, run_text: alternatives(runs.keys())?, runs })
    }

    /// Appends the tokens of a text; `space_first` reads it, and what follows each run of white
    /// space, as if a space stood before it.
    pub(super) fn encode(&self, text: &str, space_first: bool, tokens: &mut Vec<u32>) {
        let stretch = |text: &str, tokens: &mut Vec<u32>| {
            if !text.is_empty() {
                let first = if space_first { SPACE } else { "" };
                self.merge(&format!("{first}{}", text.replace(' ', SPACE)), tokens);
            }
        };
        let mut from = 0;
        for found in self.run_text.iter().flat_map(|runs| runs.find_iter(text)) {
            stretch(&text[from..found.start()], tokens);
            tokens.extend(self.runs.get(found.as_str()));
            from = found.end();
        }
        stretch(&text[from..], tokens);
    }

    /// The bytes that a token's text stands for.
    pub(super) fn bytes(&self, token: u32, text: &str) -> Vec<u8> {
        match byte_named(text) {
            Some(byte) if self.bytes.get(byte) == Some(&token) => {
                u8::try_from(byte).into_iter().collect()
            }
            _ => text.replace(SPACE, " ").into_bytes(),
        }
    }

    fn merge(&self, text: &str, tokens: &mut Vec<u32>) {
        let count = text.chars().count();
        let mut symbols: Vec<Symbol> = text
            .char_indices()
            .enumerate()
            .map(|(at, (start, c))| Symbol {
                start,
                end: start + c.len_utf8(),
                left: at.checked_sub(1),
                right: (at + 1 < count).then_some(at + 1),
            })
            .collect();
        let mut pairs = BinaryHeap::new();
        for right in 1..count {
            pairs.extend(self.pair(text, &symbols, Some(right - 1), Some(right)));
        }
        while let Some(Pair { left, right, length, .. }) = pairs.pop() {
            let Symbol { end, right: next, .. } = symbols[right];
            // Either may have been merged with another neighbour since.
            let neighbours = symbols[left].right == Some(right);
            if !neighbours || end - symbols[left].start != length {
                continue;
            }
            symbols[left].end = end;
            symbols[left].right = next;
            symbols[right].start = end;
            symbols[right].right = None;
            if let Some(next) = next {
                symbols[next].left = Some(left);
            }
            pairs.extend(self.pair(text, &symbols, symbols[left].left, Some(left)));
            pairs.extend(self.pair(text, &symbols, Some(left), next));
        }
        for Symbol { start, end, .. } in symbols {
            let symbol = &text[start..end];
            match self.pieces.get(symbol) {
                Some((token, _)) => tokens.push(*token),
                None => tokens.extend(symbol.bytes().map(|byte| self.bytes[usize::from(byte)])),
            }
        }
    }

    fn pair(
        &self,
        text: &str,
        symbols: &[Symbol],
        left: Option<usize>,
        right: Option<usize>,
    ) -> Option<Pair> {
        let (left, right) = left.zip(right)?;
        let union = &text[symbols[left].start..symbols[right].end];
        let (_, score) = self.pieces.get(union)?;
        Some(Pair { score: *score, left, right, length: union.len() })
    }
}

/// The byte that a text names: `<0x0A>`.
fn byte_named(text: &str) -> Option<usize> {
    let digits = text.strip_prefix("<0x")?.strip_suffix('>')?;
    let byte = u8::from_str_radix(digits, 16).ok()?;
    (text == format!("<0x{byte:02X}>")).then_some(usize::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces from the best score to the worst, after 256 bytes; then runs of white space.
    fn pieces(ranked: &[&str], runs: &[&str]) -> Pieces {
        let names = (0..=255).map(|byte| format!("<0x{byte:02X}>"));
        let plain: Vec<String> = names.chain(ranked.iter().map(|&p| p.to_owned())).collect();
        let scores: Vec<Value> = (0..plain.len()).map(|at| Value::F32(-(at as f32))).collect();
        let plain: Vec<(String, u32)> = plain.into_iter().zip(0..).collect();
        let first = u32::try_from(plain.len()).unwrap();
        let runs = runs.iter().map(|&run| run.to_owned()).zip(first..).collect();
        Pieces::new(&scores, plain, runs).unwrap()
    }

    /// The text cut at its tokens: bytes as `<0x0A>`, white space found before merges as `=`.
    fn check(ranked: &[&str], runs: &[&str], text: &str, expected: &str) {
        let vocabulary = pieces(ranked, runs);
        let shown = |token: u32| match token as usize {
            byte @ 0..256 => format!("<0x{byte:02X}>"),
            piece => ranked.get(piece - 256).map_or_else(|| "=".to_owned(), |&p| p.to_owned()),
        };
        for (first, expected) in [(false, expected.to_owned()), (true, format!("▁|{expected}"))] {
            // A space before the text changes nothing here: nothing merges with it.
            if first && (text.is_empty() || !runs.is_empty() || !ranked.contains(&"▁")) {
                continue;
            }
            let mut tokens = Vec::new();
            vocabulary.encode(text, first, &mut tokens);
            let cut: Vec<String> = tokens.iter().map(|t| shown(*t)).collect();
            assert_eq!(cut.join("|"), expected, "{text:?}");
        }
    }

    #[test]
    fn the_best_pair_is_merged_first_and_the_leftmost_of_equals() {
        let letters = ["ab", "bc", "abc", "a", "b", "c", "▁"];
        check(&letters, &[], "abc", "abc");
        check(&letters, &[], "bcab", "bc|ab");
        check(&letters, &[], "aabb", "a|ab|b");
        check(&letters, &[], "a c", "a|▁|c");
        check(&letters, &[], "", "");
        check(&["aa", "a"], &[], "aaa", "aa|a");
        check(&["aa", "aaa", "a"], &[], "aaaaa", "aa|aaa");
        // A pair is forgotten once either of the two has gone into another.
        check(&["de", "ux", "eu", "deux", "d", "e", "u", "x"], &[], "deux", "deux");
        // A union that is no piece stops the way to a longer one.
        check(&["abc", "a", "b", "c"], &[], "abc", "a|b|c");
    }

    #[test]
    fn what_is_no_piece_is_written_in_bytes() {
        check(&["a", "▁"], &[], "aé\n", "a|<0xC3>|<0xA9>|<0x0A>");
        // The name of a byte in a text is not the byte.
        let parts = ["<0", "<0x", "<0x4", "<0x41", "<", "0", "x", "4", "1", ">"];
        check(&parts, &[], "<0x41>", "<0x41|>");
    }

    #[test]
    fn white_space_is_found_before_merges() {
        check(&["\na", "a", "\n", "▁"], &["\n\n", "  "], "\n\n\na   a", "=|\na|=|▁|a");
    }

    #[test]
    fn tokens_are_bytes() {
        let vocabulary = pieces(&["▁d", "é"], &[]);
        for (token, text, expected) in
            [(0xE9, "<0xE9>", &b"\xE9"[..]), (256, "▁d", b" d"), (257, "é", "é".as_bytes())]
        {
            assert_eq!(vocabulary.bytes(token, text), expected);
        }
    }

    #[test]
    fn a_byte_without_a_token_is_refused() {
        assert!(Pieces::new(&[], vec![("a".to_owned(), 0)], HashMap::new()).is_err());
    }
}
