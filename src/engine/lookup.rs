//! Guesses at the next tokens, looked up in what was read and written (Saxena, "Prompt Lookup
//! Decoding", 2023): where the last tokens stood before, what followed them may follow again.
//!
//! A guess is verified in the pass that computes the next token anyway; a token is kept only if the
//! model, asked at that place, draws the same. So the text is the one that would be written
//! without. Copying costs a third of the passes, free prose none: guesses that fail make the
//! guesses shorter, then rare.

use std::collections::HashMap;

/// Longest guess: with the token before, a full tile of the kernels.
const LONGEST: usize = 7;

/// Share of a new outcome in the running acceptance.
const WEIGHT: f64 = 0.15;

/// Tokens without a guess once guesses do not pay.
const PAUSE: usize = 24;

/// What was read and written, and where its pairs and triples of tokens stand.
#[derive(Debug)]
pub(super) struct Lookup {
    tokens: Vec<u32>,
    /// After the latest of each triple and pair.
    triples: HashMap<[u32; 3], usize>,
    pairs: HashMap<[u32; 2], usize>,
    /// Where the last triple, or else the last pair, stood before: what followed it.
    found: Option<usize>,
    /// Running share of guessed tokens that were right.
    acceptance: f64,
    pause: usize,
}

impl Lookup {
    /// Looks in a prompt first.
    pub(super) fn new(prompt: &[u32]) -> Self {
        let mut lookup = Self {
            tokens: Vec::with_capacity(prompt.len() * 2),
            triples: HashMap::with_capacity(prompt.len() * 2),
            pairs: HashMap::with_capacity(prompt.len() * 2),
            found: None,
            acceptance: 0.5,
            pause: 0,
        };
        prompt.iter().for_each(|token| lookup.push(*token));
        lookup
    }

    /// Adds a token that was written.
    pub(super) fn push(&mut self, token: u32) {
        self.tokens.push(token);
        let next = self.tokens.len();
        self.found = None;
        if let Some(pair) = self.tokens.last_chunk::<2>() {
            self.found = self.pairs.insert(*pair, next);
        }
        if let Some(triple) = self.tokens.last_chunk::<3>() {
            self.found = self.triples.insert(*triple, next).or(self.found);
        }
        self.pause = self.pause.saturating_sub(1);
    }

    /// At most `most` tokens that may come next.
    pub(super) fn guess(&self, most: usize) -> &[u32] {
        let length = match self.acceptance {
            _ if self.pause > 0 => 0,
            a if a > 0.7 => LONGEST,
            a if a > 0.3 => 3,
            _ => 1,
        };
        let Some(start) = self.found else { return &[] };
        let end = (start + length.min(most)).min(self.tokens.len());
        self.tokens.get(start..end).unwrap_or_default()
    }

    /// Learns how many of the guessed tokens were right.
    pub(super) fn learn(&mut self, guessed: usize, right: usize) {
        if guessed == 0 {
            return;
        }
        let share = right as f64 / guessed as f64;
        self.acceptance += (share - self.acceptance) * WEIGHT;
        if self.acceptance < 0.12 {
            self.pause = PAUSE;
            // One more try afterwards, with a single token.
            self.acceptance = 0.15;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_followed_may_follow_again() {
        let mut lookup = Lookup::new(&[1, 2, 3, 4, 5, 6, 9, 2, 3]);
        assert_eq!(lookup.guess(9), [4, 5, 6]);
        assert_eq!(lookup.guess(2), [4, 5]);
        lookup.push(7);
        assert_eq!(lookup.guess(9), [0; 0]);
        // A triple says more than a later pair.
        let lookup = Lookup::new(&[1, 2, 3, 4, 8, 2, 3, 5, 1, 2, 3]);
        assert_eq!(lookup.guess(1), [4]);
        assert_eq!(Lookup::new(&[1]).guess(3), [0; 0]);
        assert_eq!(Lookup::new(&[]).guess(3), [0; 0]);
    }

    #[test]
    fn guesses_that_fail_grow_short_then_rare() {
        let mut lookup = Lookup::new(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2]);
        for _ in 0..20 {
            lookup.learn(3, 3);
        }
        assert_eq!(lookup.guess(20).len(), LONGEST);
        let mut lengths = Vec::new();
        for _ in 0..30 {
            let guessed = lookup.guess(20).len();
            lengths.push(guessed);
            lookup.learn(guessed, 0);
        }
        assert!(lengths.is_sorted_by(|a, b| a >= b), "{lengths:?}");
        assert_eq!(lengths.last(), Some(&0));
        for token in [20; PAUSE] {
            lookup.push(token);
        }
        assert_eq!(lookup.guess(20), [20]);
    }
}
