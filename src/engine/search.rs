//! The likeliest texts of a lattice: beam search, all hypotheses in one batch.
//!
//! Hypotheses are compared by the logarithm of their probability over a power of their length (Wu
//! et al., 2016), so that a text is not preferred for saying less. Some places are kept for those
//! that are farthest on the way, likely or not (after Post and Vilar, 2018): a word that has to come
//! is seldom what the model expects next. Tokens that a hypothesis has no
//! choice about are read together with the one before: inside a word, only the first costs a step.

use super::cache::Sequence;
use super::decoder::{Decoder, MAX_BATCH, Run};
use super::kernel::Kernels;
use super::language::Language;
use super::lattice::{Lattice, Place, Tokens};
use super::{EngineError, Hypothesis};

/// Exponent of the length that scores are divided by.
const LENGTH_POWER: f64 = 0.9;

/// How much better than the best whole text an unfinished one has to be to be worth going on with:
/// scores of unfinished texts seldom rise.
const MARGIN: f64 = 0.02;

/// One beam in so many is kept for the hypotheses farthest on the way.
const FARTHEST_SHARE: usize = 3;

/// Steps after which what is unfinished is given up.
const MAX_STEPS: usize = 160;

/// Most tokens that one hypothesis reads in a step.
const MAX_FORCED: usize = 12;

/// A text in the making.
struct Beam {
    sequence: Sequence,
    places: Vec<Place>,
    tokens: Vec<u32>,
    score: f64,
    /// What may come next: token, logarithm of its probability, where it leads.
    next: Vec<(u32, f64, Vec<Place>)>,
}

/// A text that a beam may grow to.
struct Step {
    beam: usize,
    token: u32,
    score: f64,
    places: Vec<Place>,
}

fn normalized(score: f64, tokens: usize) -> f64 {
    score / (tokens.max(1) as f64).powf(LENGTH_POWER)
}

/// Searches with so many beams; `sequence` is the prompt that was read, `logits` what follows it.
/// The best comes first; none where the lattice has no path.
///
/// # Errors
/// [`EngineError::Cancelled`]
pub(super) fn search(
    decoder: &mut Decoder,
    language: &Language,
    sequence: Sequence,
    logits: &[f32],
    lattice: &Lattice,
    beams: usize,
) -> Result<Vec<Hypothesis>, EngineError> {
    let beams = beams.clamp(1, MAX_BATCH / MAX_FORCED);
    let mut tokens = Tokens::new(lattice, &language.vocabulary);
    let first = vec![(Lattice::START, 0)];
    let mut done: Vec<(f64, Vec<u32>)> = Vec::new();
    let next = followers(decoder.kernels(), &mut tokens, &first, logits)?;
    let mut live = vec![Beam { sequence, places: first, tokens: Vec::new(), score: 0.0, next }];
    for _ in 0..MAX_STEPS {
        let mut steps = choose(steps(&live), beams, &tokens);
        // A whole text is done, and may still be the beginning of a longer one.
        for step in &mut steps {
            let end = step.places.iter().position(|(state, _)| *state == Lattice::END);
            if let Some(end) = end {
                step.places.remove(end);
                let mut whole = live[step.beam].tokens.clone();
                whole.push(step.token);
                done.push((step.score, whole));
            }
        }
        steps.retain(|step| !step.places.is_empty());
        let best = done.iter().map(|(score, tokens)| normalized(*score, tokens.len()));
        let best = best.fold(f64::NEG_INFINITY, f64::max);
        steps.retain(|step| {
            normalized(step.score, live[step.beam].tokens.len() + 1) > best + MARGIN
                || done.is_empty()
        });
        if steps.is_empty() || done.len() >= beams {
            break;
        }
        live = grow(decoder, &mut tokens, live, steps)?;
    }
    done.sort_by(|a, b| {
        normalized(b.0, b.1.len()).total_cmp(&normalized(a.0, a.1.len())).then(a.1.cmp(&b.1))
    });
    let vocabulary = &language.vocabulary;
    Ok(done
        .into_iter()
        .map(|(score, tokens)| {
            let bytes: Vec<u8> = tokens.iter().flat_map(|t| vocabulary.bytes(*t)).collect();
            Hypothesis {
                text: String::from_utf8_lossy(&bytes).into_owned(),
                tokens: tokens.len(),
                log_probability: score,
            }
        })
        .collect())
}

/// Every way to go on, the best first.
fn steps(live: &[Beam]) -> Vec<Step> {
    let mut steps = Vec::new();
    for (index, beam) in live.iter().enumerate() {
        for (token, logarithm, places) in &beam.next {
            let score = beam.score + logarithm;
            steps.push(Step { beam: index, token: *token, score, places: places.clone() });
        }
    }
    let rank = |step: &Step| normalized(step.score, live[step.beam].tokens.len() + 1);
    // Equal scores keep the order of beams and tokens, which is always the same.
    steps.sort_by(|a, b| rank(b).total_cmp(&rank(a)));
    steps
}

/// The best steps, and the best of those that lead farthest.
fn choose(mut steps: Vec<Step>, beams: usize, tokens: &Tokens<'_>) -> Vec<Step> {
    let reserved = beams / FARTHEST_SHARE;
    let rank = |step: &Step| step.places.iter().map(|place| tokens.rank(*place)).max();
    let mut rest = steps.split_off((beams - reserved).min(steps.len()));
    // The sort is stable: among equals the likeliest stays first.
    rest.sort_by_key(|step| std::cmp::Reverse(rank(step)));
    let farthest = steps.iter().filter_map(rank).max();
    rest.retain(|step| rank(step) >= farthest);
    steps.extend(rest.into_iter().take(reserved));
    steps
}

/// Takes the steps, and the tokens that are forced after them, in one batch.
fn grow(
    decoder: &mut Decoder,
    tokens: &mut Tokens<'_>,
    live: Vec<Beam>,
    steps: Vec<Step>,
) -> Result<Vec<Beam>, EngineError> {
    let mut runs: Vec<Vec<u32>> = Vec::with_capacity(steps.len());
    let mut grown: Vec<Beam> = Vec::with_capacity(steps.len());
    // A beam that goes on in one way hands its pages over; only forks share them.
    let mut children = vec![0_usize; live.len()];
    steps.iter().for_each(|step| children[step.beam] += 1);
    let mut live: Vec<Option<Beam>> = live.into_iter().map(Some).collect();
    for step in steps {
        children[step.beam] -= 1;
        let slot = &mut live[step.beam];
        let parent = if children[step.beam] == 0 { slot.take() } else { None };
        let (sequence, mut written) = match (parent, &live[step.beam]) {
            (Some(beam), _) => (beam.sequence, beam.tokens),
            (None, Some(beam)) => (beam.sequence.clone(), beam.tokens.clone()),
            (None, None) => continue,
        };
        let mut run = vec![step.token];
        let mut places = step.places;
        while run.len() < MAX_FORCED {
            let next = tokens.next(&places)?;
            let Some((token, reached)) = next.iter().next().filter(|_| next.len() == 1) else {
                break;
            };
            if reached.iter().any(|(state, _)| *state == Lattice::END) {
                break;
            }
            run.push(*token);
            places.clone_from(reached);
        }
        written.extend(&run);
        runs.push(run);
        grown.push(Beam { sequence, places, tokens: written, score: step.score, next: Vec::new() });
    }
    let mut batch: Vec<Run<'_>> = grown
        .iter_mut()
        .zip(&runs)
        .map(|(beam, run)| Run { sequence: &mut beam.sequence, tokens: run, logits: run.len() })
        .collect();
    let (vocabulary, kernels) = (decoder.spec().vocabulary, *decoder.kernels());
    let logits = decoder.forward(&mut batch)?;
    let mut rows = logits.chunks_exact(vocabulary);
    for (beam, run) in grown.iter_mut().zip(&runs) {
        // Forced tokens are part of the text: how likely it is includes them.
        for forced in &run[1..] {
            if let Some(row) = rows.next() {
                beam.score += log_probability(&kernels, row, *forced);
            }
        }
        if let Some(row) = rows.next() {
            beam.next = followers(&kernels, tokens, &beam.places, row)?;
        }
    }
    Ok(grown)
}

/// What may follow places, with the logarithms of probabilities after these logits.
fn followers(
    kernels: &Kernels,
    tokens: &mut Tokens<'_>,
    places: &[Place],
    logits: &[f32],
) -> Result<Vec<(u32, f64, Vec<Place>)>, EngineError> {
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
