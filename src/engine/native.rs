//! Our own engine: the decoder, its vocabulary, and what conversations have in common.
//!
//! A conversation goes on from the longest beginning that any recent one shares with it, to the
//! token, or from the state of the fixed messages on disk; what was read is never read again while
//! it is kept. Several answers to one request share what they were asked, and are written in one
//! batch. Results depend on none of this, nor on the guesses of [`Lookup`].

use super::answer::Answer;
use super::cache::{Layout, Sequence};
use super::constrain::Constraint;
use super::decoder::{Decoder, MAX_BATCH, Run};
use super::language::Language;
use super::lattice::Lattice;
use super::lookup::Lookup;
use super::prefix::Prefixes;
use super::search::{self, log_probability};
use super::{
    CancelToken, Completion, Engine, EngineError, Event, ModelInfo, Request, Sampling, Search,
    Session, Wanted,
};

/// Sequences kept for conversations to come.
const KEPT: usize = 4;

/// A model that our decoder runs.
pub(super) struct NativeEngine {
    decoder: Decoder,
    language: Language,
    info: ModelInfo,
    prefixes: Prefixes,
    lookup: bool,
    /// What recent conversations read, the latest last.
    kept: Vec<Sequence>,
}

impl NativeEngine {
    pub(super) const fn new(
        decoder: Decoder,
        language: Language,
        info: ModelInfo,
        prefixes: Prefixes,
        lookup: bool,
    ) -> Self {
        Self { decoder, language, info, prefixes, lookup, kept: Vec::new() }
    }

    /// The longest beginning of the prompt that was read already, one token left to read.
    fn take_up(&self, prompt: &[u32], fixed: usize) -> Sequence {
        let shared = |sequence: &Sequence| {
            let both = sequence.tokens().iter().zip(prompt);
            both.take_while(|(a, b)| a == b).count().min(prompt.len() - 1)
        };
        let best = self.kept.iter().max_by_key(|sequence| shared(sequence));
        let known = best.map_or(0, shared);
        if known < fixed {
            let layout = Layout::new(self.decoder.spec());
            let stored = prompt.get(..fixed).and_then(|fixed| self.prefixes.load(layout, fixed));
            if let Some(mut sequence) = stored {
                sequence.truncate(prompt.len() - 1);
                return sequence;
            }
        }
        let Some(best) = best else { return self.decoder.sequence() };
        let mut sequence = best.clone();
        sequence.truncate(known);
        sequence
    }

    /// Keeps what a conversation read, in the place of what it went on from.
    fn keep(&mut self, sequence: Sequence) {
        self.kept.retain(|kept| !sequence.tokens().starts_with(kept.tokens()));
        if self.kept.len() == KEPT {
            self.kept.remove(0);
        }
        self.kept.push(sequence);
    }
}

impl Engine for NativeEngine {
    fn model(&self) -> &ModelInfo {
        &self.info
    }

    fn session(&mut self, cancel: CancelToken) -> Box<dyn Session + '_> {
        self.decoder.watch(cancel);
        Box::new(NativeSession { engine: self })
    }
}

/// A conversation with a model that our decoder runs.
struct NativeSession<'a> {
    engine: &'a mut NativeEngine,
}

/// A prompt that was read.
struct Prompt {
    tokens: Vec<u32>,
    /// Tokens that had to be computed.
    computed: usize,
    /// Logits after the last.
    logits: Vec<f32>,
}

impl NativeEngine {
    /// Reads the prompt of a request.
    fn read_prompt(
        &mut self,
        request: &Request<'_>,
        sink: &mut dyn FnMut(Event<'_>),
    ) -> Result<(Sequence, Prompt), EngineError> {
        let tokens = self.language.prompt(request, self.info.context_tokens)?;
        let fixed = self.language.fixed(request, &tokens).min(tokens.len() - 1);
        let mut sequence = self.take_up(&tokens, fixed);
        let computed = tokens.len() - sequence.len();
        let mut logits = Vec::new();
        while sequence.len() < tokens.len() {
            let start = sequence.len();
            let to_fixed = if start < fixed { fixed } else { tokens.len() };
            let end = (start + MAX_BATCH).min(to_fixed);
            let last = usize::from(end == tokens.len());
            let piece = &tokens[start..end];
            let run = Run { sequence: &mut sequence, tokens: piece, logits: last };
            match self.decoder.forward(&mut [run]) {
                Ok(found) => logits = found.to_vec(),
                Err(error) => {
                    self.keep(sequence);
                    return Err(error);
                }
            }
            if end == fixed {
                self.prefixes.save(&sequence);
            }
            sink(Event::Prompt { done: end, total: tokens.len() });
        }
        Ok((sequence, Prompt { tokens, computed, logits }))
    }
}

/// Writes an answer to its end.
fn write(
    decoder: &mut Decoder,
    mut lookup: Option<Lookup>,
    sequence: &mut Sequence,
    answer: &mut Answer<'_>,
    sink: &mut dyn FnMut(Event<'_>),
) -> Result<(), EngineError> {
    let vocabulary = decoder.spec().vocabulary;
    while !answer.ended() && answer.take(sink) {
        let mut run = vec![answer.pending()];
        // What has to follow is part of the answer before the model is asked again.
        run.extend(answer.take_forced(sink)?);
        if answer.ended() {
            break;
        }
        let certain = run.len();
        if let Some(lookup) = &mut lookup {
            run.iter().for_each(|token| lookup.push(*token));
            // Tokens beyond the bound would be verified for nothing.
            let room = (answer.room() - 1).min(MAX_BATCH - certain);
            run.extend_from_slice(lookup.guess(room));
        }
        let before = sequence.len();
        let guessed = run.len() - certain;
        let batch = &mut [Run { sequence: &mut *sequence, tokens: &run, logits: guessed + 1 }];
        let logits = decoder.forward(batch)?;
        let mut right = 0;
        for row in logits.chunks_exact(vocabulary) {
            answer.draw(row)?;
            if run.get(certain + right) != Some(&answer.pending()) {
                break;
            }
            right += 1;
            if !answer.take(sink) {
                break;
            }
            if let Some(lookup) = &mut lookup {
                lookup.push(answer.pending());
            }
        }
        sequence.truncate(before + certain + right);
        if let Some(lookup) = &mut lookup {
            lookup.learn(guessed, right);
        }
    }
    Ok(())
}

impl Session for NativeSession<'_> {
    fn chat(
        &mut self,
        request: &Request<'_>,
        sink: &mut dyn FnMut(Event<'_>),
    ) -> Result<Completion, EngineError> {
        let constraint = self.engine.language.constraint(request)?;
        let (mut sequence, prompt) = self.engine.read_prompt(request, sink)?;
        let NativeEngine { decoder, language, lookup, .. } = &mut *self.engine;
        let lookup = lookup.then(|| Lookup::new(&prompt.tokens));
        let length = prompt.tokens.len();
        let mut answer = Answer::new(language, request, constraint, length, &prompt.logits)?;
        let written = write(decoder, lookup, &mut sequence, &mut answer, sink);
        let completion = written.map(|()| answer.finish(prompt.computed, sink));
        self.engine.keep(sequence);
        completion
    }

    fn candidates(
        &mut self,
        request: &Request<'_>,
        samplings: &[Sampling],
    ) -> Result<Vec<Completion>, EngineError> {
        let constraint = self.engine.language.constraint(request)?;
        let (sequence, prompt) = self.engine.read_prompt(request, &mut |_| {})?;
        self.engine.keep(sequence.clone());
        let NativeEngine { decoder, language, .. } = &mut *self.engine;
        let vocabulary = decoder.spec().vocabulary;
        let mut answers = Vec::with_capacity(samplings.len());
        for sampling in samplings {
            let request = Request { sampling: *sampling, ..*request };
            let constraint = constraint.as_ref().map(Constraint::fork);
            let length = prompt.tokens.len();
            let answer = Answer::new(language, &request, constraint, length, &prompt.logits)?;
            answers.push((answer, sequence.clone()));
        }
        loop {
            // An answer that has ended leaves the batch.
            let mut going: Vec<_> = answers
                .iter_mut()
                .filter_map(|(answer, sequence)| {
                    (!answer.ended() && answer.take(&mut |_| {})).then_some((answer, sequence))
                })
                .collect();
            if going.is_empty() {
                break;
            }
            let pending: Vec<[u32; 1]> =
                going.iter().map(|(answer, _)| [answer.pending()]).collect();
            for (going, pending) in going.chunks_mut(MAX_BATCH).zip(pending.chunks(MAX_BATCH)) {
                let mut runs: Vec<Run<'_>> = going
                    .iter_mut()
                    .zip(pending)
                    .map(|((_, sequence), token)| Run { sequence, tokens: token, logits: 1 })
                    .collect();
                let logits = decoder.forward(&mut runs)?;
                for ((answer, _), row) in going.iter_mut().zip(logits.chunks_exact(vocabulary)) {
                    answer.draw(row)?;
                }
            }
        }
        let end = |(answer, _): (Answer<'_>, Sequence)| answer.finish(prompt.computed, &mut |_| {});
        Ok(answers.into_iter().map(end).collect())
    }

    fn search(
        &mut self,
        request: &Request<'_>,
        lattice: &Lattice,
        wanted: &Wanted<'_>,
    ) -> Result<Search, EngineError> {
        let (sequence, prompt) = self.engine.read_prompt(request, &mut |_| {})?;
        self.engine.keep(sequence.clone());
        let NativeEngine { decoder, language, .. } = &mut *self.engine;
        let hypotheses =
            search::search(decoder, language, sequence, &prompt.logits, lattice, wanted)?;
        Ok(Search { hypotheses, tokens_in: prompt.computed })
    }

    fn choose(&mut self, request: &Request<'_>, labels: &[&str]) -> Result<Vec<f64>, EngineError> {
        let (sequence, prompt) = self.engine.read_prompt(request, &mut |_| {})?;
        self.engine.keep(sequence.clone());
        let NativeEngine { decoder, language, .. } = &mut *self.engine;
        let vocabulary = &language.vocabulary;
        let mut answers = Vec::with_capacity(labels.len());
        for label in labels {
            let mut tokens = vocabulary.encode_after(label)?;
            tokens.extend(vocabulary.turn_end());
            answers.push(tokens);
        }
        let (size, kernels) = (decoder.spec().vocabulary, *decoder.kernels());
        let mut logarithms = Vec::with_capacity(labels.len());
        let most = answers.iter().map(Vec::len).max().unwrap_or(1).clamp(1, MAX_BATCH);
        for answers in answers.chunks(MAX_BATCH / most) {
            let mut forks: Vec<Sequence> = answers.iter().map(|_| sequence.clone()).collect();
            // The last token's own logits say nothing of it.
            let read = |tokens: &'_ [u32]| tokens.len().saturating_sub(1).min(MAX_BATCH);
            let mut runs: Vec<Run<'_>> = forks
                .iter_mut()
                .zip(answers)
                .filter(|(_, tokens)| read(tokens) > 0)
                .map(|(sequence, tokens)| {
                    let count = read(tokens);
                    Run { sequence, tokens: &tokens[..count], logits: count }
                })
                .collect();
            let logits = if runs.is_empty() { &[] } else { decoder.forward(&mut runs)? };
            let mut rows = logits.chunks_exact(size);
            for tokens in answers {
                let after = rows.by_ref().take(read(tokens));
                let all = std::iter::once(prompt.logits.as_slice()).chain(after);
                let each = all.zip(tokens).map(|(row, t)| log_probability(&kernels, row, *t));
                logarithms.push(each.sum());
            }
        }
        Ok(shares(&logarithms))
    }
}

/// Logarithms of probabilities as shares of their sum.
fn shares(logarithms: &[f64]) -> Vec<f64> {
    let most = logarithms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = logarithms.iter().map(|l| (l - most).exp()).collect();
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / sum).collect()
}
