//! The likeliest texts of a lattice: best first, a few unfinished texts read at a time.
//!
//! What is compared is the logarithm of a text's probability, less what the words that have still to
//! come will cost on the average, so that a text is not given up for being farther on the way (A*,
//! Hart et al., 1968, with a cost to go that may be too high: the first text found is not sure to be
//! the best). Whole texts are compared over a power of their length (Wu et al., 2016), so that none
//! is preferred for saying less.
//!
//! One token read takes as long as several, since the weights have to come from memory anyway. So a
//! text is read farther than it is written: tokens that it has no choice about, then those that
//! follow if nothing is added to the words. Where the model chooses these, they are there already
//! (speculative decoding, Leviathan et al., 2023, the notes being the draft).

use std::rc::Rc;

use super::cache::Sequence;
use super::decoder::{Decoder, Run};
use super::kernel::Kernels;
use super::language::Language;
use super::lattice::{Lattice, Place, Tokens};
use super::{EngineError, Hypothesis, Wanted};

/// Exponent of the length that whole texts are compared by.
const LENGTH_POWER: f64 = 0.9;

/// What a word that has still to come costs on the average, in nats.
const COST: f64 = 0.6;

/// Batches after which that cost grows with each batch: what is farthest is finished first.
const PATIENCE: usize = 6;

/// By how much it grows, in nats.
const IMPATIENCE: f64 = 0.5;

/// Batches after which the search ends with what it has.
const MAX_BATCHES: usize = 18;

/// Unfinished texts read in one batch.
const WIDTH: usize = 2;

/// How much less likely than the best an unfinished text may be to be read with it, in nats.
const NEAR: f64 = 2.0;

/// How much less likely than the best whole text an unfinished one may be to be finished, in nats:
/// one that is longer may still be the better of the two.
const SLACK: f64 = 0.5;

/// How much less likely than the best an unfinished text may be to be kept, in nats.
const FAR: f64 = 14.0;

/// Unfinished texts that are kept.
const MAX_OPEN: usize = 32;

/// Whole texts that do not suit, after which the search ends.
const MAX_FOUND: usize = 2;

/// Tokens of a word that has still to come, small words included, on the average.
const TOKENS_PER_WORD: f64 = 2.5;

/// By how much the fluency of a text may be expected too low, in nats a token.
const DOUBT: f64 = 0.1;

/// Most tokens that a text reads in a batch: those without a choice, and those read ahead.
const MAX_READ: usize = 12;

/// Most tokens that are read ahead.
const MAX_AHEAD: usize = 4;

/// A token that may follow, the logarithm of its probability, where it leads.
type Follower = (u32, f64, Vec<Place>);

/// The beginning of a text.
struct Beginning {
    /// The prompt, the text, and what was read ahead.
    sequence: Sequence,
    /// Length of the sequence without what was read ahead.
    length: usize,
    tokens: Vec<u32>,
    score: f64,
    next: Vec<Follower>,
    /// Tokens that may follow in a row, and what may follow each.
    ahead: Vec<(u32, Vec<Follower>)>,
}

/// A beginning and one of its followers.
struct Open {
    beginning: Rc<Beginning>,
    follower: usize,
    /// Logarithm of the probability, the follower's included.
    score: f64,
    /// Words to come.
    left: usize,
}

impl Open {
    /// The fluency to be expected of the whole text.
    fn fluency(&self, given: usize) -> f64 {
        let written = self.beginning.tokens.len() + 1 - given;
        let tokens = written as f64 + TOKENS_PER_WORD * self.left as f64;
        (self.score - COST * self.left as f64) / tokens
    }
}

/// A beginning that has to read tokens before anything is known of what follows.
struct Growing {
    beginning: Beginning,
    run: Vec<u32>,
    /// Where the text stands after each token of the run.
    places: Vec<Vec<Place>>,
}

fn normalized(score: f64, tokens: usize) -> f64 {
    score / (tokens.max(1) as f64).powf(LENGTH_POWER)
}

/// Searches for the best text that is `wanted`; `sequence` is the prompt that was read, `logits` what
/// follows it. Those found on the way come too, the best first; none where the lattice has no path.
///
/// # Errors
/// [`EngineError::Cancelled`]
pub(super) fn search(
    decoder: &mut Decoder,
    language: &Language,
    sequence: Sequence,
    logits: &[f32],
    lattice: &Lattice,
    wanted: &Wanted<'_>,
) -> Result<Vec<Hypothesis>, EngineError> {
    let mut tokens = Tokens::new(lattice, &language.vocabulary);
    let next = followers(decoder.kernels(), &mut tokens, &[(Lattice::START, 0)], logits)?;
    let length = sequence.len();
    let (written, ahead) = (Vec::new(), Vec::new());
    let first = Beginning { sequence, length, tokens: written, score: 0.0, next, ahead };
    let first = take_given(decoder, &mut tokens, first)?;
    let given = first.tokens.len();
    let mut open = Vec::new();
    unfold(&mut open, first, &tokens);
    let mut done: Vec<Hypothesis> = Vec::new();
    let mut best: Option<f64> = None;
    let mut batches = 0;
    while !open.is_empty() && batches < MAX_BATCHES && done.len() < MAX_FOUND {
        let cost = COST + IMPATIENCE * batches.saturating_sub(PATIENCE) as f64;
        let hope = |open: &Open| open.score - cost * open.left as f64;
        open.sort_by(|a, b| hope(b).total_cmp(&hope(a)));
        let most = hope(&open[0]);
        if best.is_some_and(|best| most < best - SLACK) {
            break;
        }
        let promises = |open: &Open| open.fluency(given) >= wanted.floor - DOUBT;
        if best.is_none() && !open.iter().any(promises) {
            break;
        }
        open.truncate(open.iter().take(MAX_OPEN).take_while(|one| hope(one) > most - FAR).count());
        let near = open.iter().take(WIDTH).take_while(|one| hope(one) > most - NEAR).count();
        let chosen: Vec<Open> = open.drain(..near).collect();
        let mut growing = Vec::new();
        for (at, one) in chosen.into_iter().enumerate() {
            let (token, _, places) = &one.beginning.next[one.follower];
            if ends(places) {
                let mut whole = one.beginning.tokens.clone();
                whole.push(*token);
                let bytes: Vec<u8> =
                    whole.iter().flat_map(|token| language.vocabulary.bytes(*token)).collect();
                let hypothesis = Hypothesis {
                    text: String::from_utf8_lossy(&bytes).into_owned(),
                    tokens: whole.len(),
                    given,
                    log_probability: one.score,
                };
                if wanted.met_by(&hypothesis) {
                    let score = one.score;
                    best = Some(best.map_or(score, |best| best.max(score)));
                }
                done.push(hypothesis);
            }
            // A whole text may still be the beginning of a longer one.
            match grow(one, &mut tokens, if at == 0 { MAX_AHEAD } else { 0 })? {
                Some(Grown::Known(beginning)) => unfold(&mut open, beginning, &tokens),
                Some(Grown::Unread(one)) => growing.push(one),
                None => {}
            }
        }
        if !growing.is_empty() {
            batches += 1;
            for beginning in read(decoder, &mut tokens, growing)? {
                unfold(&mut open, beginning, &tokens);
            }
        }
    }
    let rank = |one: &Hypothesis| normalized(one.log_probability, one.tokens - one.given);
    done.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then_with(|| a.text.cmp(&b.text)));
    Ok(done)
}

/// Reads what every text of the lattice begins with: how likely that is says nothing of any.
fn take_given(
    decoder: &mut Decoder,
    tokens: &mut Tokens<'_>,
    mut first: Beginning,
) -> Result<Beginning, EngineError> {
    let unknown = || EngineError::Failed("état inconnu".into());
    while only(&first.next).is_some() {
        let mut open = Vec::new();
        unfold(&mut open, first, tokens);
        let Some(Grown::Unread(growing)) = grow(open.pop().ok_or_else(unknown)?, tokens, 0)? else {
            return Err(unknown());
        };
        let read = read(decoder, tokens, vec![growing])?.pop().ok_or_else(unknown)?;
        first = Beginning { score: 0.0, ..read };
    }
    Ok(first)
}

/// Every way to go on from a beginning.
fn unfold(open: &mut Vec<Open>, beginning: Beginning, tokens: &Tokens<'_>) {
    let beginning = Rc::new(beginning);
    for (follower, (_, logarithm, places)) in beginning.next.iter().enumerate() {
        let score = beginning.score + logarithm;
        let left = places.iter().map(|place| tokens.left(*place)).min().unwrap_or(0);
        open.push(Open { beginning: Rc::clone(&beginning), follower, score, left });
    }
}

/// A beginning that is one follower longer.
enum Grown {
    /// It was read ahead.
    Known(Beginning),
    /// It has to be read.
    Unread(Growing),
}

/// Takes a follower and the tokens that it leaves no choice about; none where the text ends.
fn grow(
    open: Open,
    tokens: &mut Tokens<'_>,
    most_ahead: usize,
) -> Result<Option<Grown>, EngineError> {
    let Open { beginning, follower, score, .. } = open;
    let (token, _, places) = beginning.next[follower].clone();
    let mut places: Vec<Place> =
        places.into_iter().filter(|(state, _)| *state != Lattice::END).collect();
    if places.is_empty() {
        return Ok(None);
    }
    // The last to grow takes the pages over; only forks share them.
    let (mut sequence, mut written, ahead) = match Rc::try_unwrap(beginning) {
        Ok(own) => ((own.sequence, own.length), own.tokens, own.ahead),
        Err(shared) => {
            let sequence = (shared.sequence.clone(), shared.length);
            (sequence, shared.tokens.clone(), shared.ahead.clone())
        }
    };
    let mut score = score;
    let mut ahead = ahead.into_iter();
    let mut known = ahead.next().filter(|(read, _)| *read == token);
    let mut run = vec![token];
    while let Some((_, next)) = known {
        sequence.1 += 1;
        written.push(run.remove(0));
        let Some((forced, logarithm, reached)) = only(&next) else {
            let ahead = ahead.collect();
            let (sequence, length) = sequence;
            let tokens = written;
            return Ok(Some(Grown::Known(Beginning {
                sequence,
                length,
                tokens,
                score,
                next,
                ahead,
            })));
        };
        score += logarithm;
        places.clone_from(reached);
        run.push(forced);
        known = ahead.next().filter(|(read, _)| *read == forced);
    }
    let (mut sequence, length) = sequence;
    sequence.truncate(length);
    let mut all = vec![places.clone()];
    let mut guessed = 0;
    while run.len() < MAX_READ {
        let next = tokens.next(&places)?;
        let forced = guessed == 0 && next.len() == 1;
        let token = if forced { next.keys().next().copied() } else { tokens.likely(&places)? };
        guessed += usize::from(!forced);
        let follower = token.and_then(|token| Some((token, next.get(&token)?)));
        let Some((token, reached)) = follower.filter(|_| guessed <= most_ahead) else { break };
        let reached = reached.clone();
        if ends(&reached) {
            break;
        }
        run.push(token);
        all.push(reached.clone());
        places = reached;
    }
    let (next, ahead) = (Vec::new(), Vec::new());
    let beginning = Beginning { sequence, length, tokens: written, score, next, ahead };
    Ok(Some(Grown::Unread(Growing { beginning, run, places: all })))
}

/// The token that alone may follow, where the text does not end with it.
fn only(next: &[Follower]) -> Option<(u32, f64, &Vec<Place>)> {
    match next {
        [(token, logarithm, places)] if !ends(places) => Some((*token, *logarithm, places)),
        _ => None,
    }
}

fn ends(places: &[Place]) -> bool {
    places.iter().any(|(state, _)| *state == Lattice::END)
}

/// Reads the runs of these beginnings in one batch.
fn read(
    decoder: &mut Decoder,
    tokens: &mut Tokens<'_>,
    mut growing: Vec<Growing>,
) -> Result<Vec<Beginning>, EngineError> {
    let mut batch: Vec<Run<'_>> = growing
        .iter_mut()
        .map(|one| Run {
            sequence: &mut one.beginning.sequence,
            tokens: &one.run,
            logits: one.run.len(),
        })
        .collect();
    let (vocabulary, kernels) = (decoder.spec().vocabulary, *decoder.kernels());
    let logits = decoder.forward(&mut batch)?;
    let mut rows = logits.chunks_exact(vocabulary);
    let mut grown = Vec::with_capacity(growing.len());
    for Growing { mut beginning, run, places } in growing {
        let mut all = Vec::with_capacity(run.len());
        for ((token, places), row) in run.into_iter().zip(places).zip(rows.by_ref()) {
            all.push((token, followers(&kernels, tokens, &places, row)?));
        }
        let mut all = all.into_iter();
        while let Some((token, next)) = all.next() {
            beginning.length += 1;
            beginning.tokens.push(token);
            beginning.next = next;
            // Forced tokens are part of the text: how likely it is includes them.
            let forced = only(&beginning.next).map(|(_, logarithm, _)| logarithm);
            match forced.filter(|_| all.len() > 0) {
                Some(logarithm) => beginning.score += logarithm,
                None => break,
            }
        }
        beginning.ahead = all.collect();
        grown.push(beginning);
    }
    Ok(grown)
}

/// What may follow places, with the logarithms of probabilities after these logits.
fn followers(
    kernels: &Kernels,
    tokens: &mut Tokens<'_>,
    places: &[Place],
    logits: &[f32],
) -> Result<Vec<Follower>, EngineError> {
    let (most, sum) = kernels.exp_sum(logits);
    let normalizer = f64::from(most) + f64::from(sum).ln();
    let next = tokens.next(places)?;
    let known = next.into_iter().filter_map(|(token, places)| {
        logits.get(token as usize).map(|logit| (token, f64::from(*logit) - normalizer, places))
    });
    Ok(known.collect())
}

/// Logarithm of a token's probability.
pub(super) fn log_probability(kernels: &Kernels, logits: &[f32], token: u32) -> f64 {
    let (most, sum) = kernels.exp_sum(logits);
    let own = logits.get(token as usize).copied().unwrap_or(f32::NEG_INFINITY);
    f64::from(own - most) - f64::from(sum).ln()
}
