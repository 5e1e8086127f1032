//! Our own engine: the decoder, its vocabulary, and what conversations have in common.
//!
//! A conversation goes on from the longest beginning that any recent one shares with it, to the
//! token, or from the state of the fixed messages on disk; what was read is never read again while
//! it is kept. Several answers to one request share what they were asked, and are written in one
//! batch. Results depend on none of this, nor on the guesses of [`Lookup`].

use super::cache::{Layout, Sequence};
use super::constrain::Constraint;
use super::decoder::{Decoder, MAX_BATCH, Run};
use super::language::Language;
use super::lookup::Lookup;
use super::prefix::Prefixes;
use super::sampler::next_token;
use super::stream::TextStream;
use super::{
    CancelToken, Completion, Engine, EngineError, Event, ModelInfo, Request, Sampling, Session,
    StopReason,
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
        self.decoder.watch(cancel.clone());
        Box::new(NativeSession { engine: self, cancel })
    }
}

/// A conversation with a model that our decoder runs.
struct NativeSession<'a> {
    engine: &'a mut NativeEngine,
    cancel: CancelToken,
}

/// A prompt that was read.
struct Prompt {
    tokens: Vec<u32>,
    /// Tokens that had to be computed.
    computed: usize,
    /// Logits after the last.
    logits: Vec<f32>,
}

/// An answer in the making.
struct Answer<'a> {
    stream: TextStream<'a>,
    sampling: Sampling,
    max_tokens: usize,
    prompt_tokens: usize,
    tokens: usize,
    /// Drawn, not yet part of the answer.
    pending: u32,
    reason: Option<StopReason>,
    /// What the answer may still become.
    constraint: Option<Constraint>,
}

impl<'a> Answer<'a> {
    fn new(
        request: &Request<'a>,
        sampling: Sampling,
        prompt: &Prompt,
        constraint: Option<Constraint>,
    ) -> Result<Self, EngineError> {
        let mut answer = Self {
            stream: TextStream::new(request.stop),
            sampling,
            max_tokens: request.max_tokens,
            prompt_tokens: prompt.tokens.len(),
            tokens: 0,
            pending: 0,
            reason: None,
            constraint,
        };
        answer.draw(&prompt.logits)?;
        Ok(answer)
    }

    /// Draws the next token after these logits.
    fn draw(&mut self, logits: &[f32]) -> Result<(), EngineError> {
        let position = self.prompt_tokens + self.tokens;
        self.pending = match &mut self.constraint {
            None => next_token(logits, self.sampling, position),
            Some(constraint) => {
                let mut logits = logits.to_vec();
                constraint.apply(&mut logits).map_err(EngineError::Grammar)?;
                let token = next_token(&logits, self.sampling, position);
                constraint.push(token).map_err(EngineError::Grammar)?;
                token
            }
        };
        Ok(())
    }

    /// Tokens that have to follow the pending one.
    fn forced(&mut self) -> Vec<u32> {
        self.constraint.as_mut().map(Constraint::forced).unwrap_or_default()
    }

    /// Makes a token part of the answer; whether the answer goes on.
    fn take(&mut self, token: u32, language: &Language, sink: &mut dyn FnMut(Event<'_>)) -> bool {
        if self.tokens == self.max_tokens {
            self.reason = Some(StopReason::MaxTokens);
            return false;
        }
        self.tokens += 1;
        if language.vocabulary.ends_turn(token) {
            self.reason = Some(StopReason::EndOfTurn);
            return false;
        }
        let bytes = language.vocabulary.bytes(token);
        sink(Event::Token { text: self.stream.push(&bytes) });
        if self.stream.stopped() {
            self.reason = Some(StopReason::StopString);
        } else if self.tokens == self.max_tokens {
            self.reason = Some(StopReason::MaxTokens);
        }
        self.reason.is_none()
    }

    fn finish(self, tokens_in: usize, sink: &mut dyn FnMut(Event<'_>)) -> Completion {
        let reason = self.reason.unwrap_or(StopReason::MaxTokens);
        let (rest, text) = self.stream.finish();
        if !rest.is_empty() {
            sink(Event::Token { text: &rest });
        }
        sink(Event::End { reason });
        Completion { text, reason, tokens_in, tokens_out: self.tokens }
    }
}

impl NativeSession<'_> {
    /// Reads tokens after those of the sequence; answers the logits after the last `wanted`.
    fn read(
        &mut self,
        sequence: &mut Sequence,
        tokens: &[u32],
        wanted: usize,
    ) -> Result<&[f32], EngineError> {
        let before = sequence.len();
        let runs = &mut [Run { sequence, tokens, logits: wanted }];
        let logits = self.engine.decoder.forward(runs);
        if self.cancel.is_cancelled() {
            runs[0].sequence.truncate(before);
            return Err(EngineError::Cancelled);
        }
        Ok(logits)
    }

    /// Reads the prompt of a request; the sequence holds what could be read, even on an error.
    fn read_prompt(
        &mut self,
        request: &Request<'_>,
        sink: &mut dyn FnMut(Event<'_>),
    ) -> Result<(Sequence, Prompt), EngineError> {
        let tokens = self.engine.language.prompt(request, self.engine.info.context_tokens)?;
        let fixed = self.engine.language.fixed(request, &tokens).min(tokens.len() - 1);
        let mut sequence = self.engine.take_up(&tokens, fixed);
        let computed = tokens.len() - sequence.len();
        let mut logits = Vec::new();
        while sequence.len() < tokens.len() {
            let start = sequence.len();
            let to_fixed = if start < fixed { fixed } else { tokens.len() };
            let end = (start + MAX_BATCH).min(to_fixed);
            let last = usize::from(end == tokens.len());
            match self.read(&mut sequence, &tokens[start..end], last) {
                Ok(found) => logits = found.to_vec(),
                Err(error) => {
                    self.engine.keep(sequence);
                    return Err(error);
                }
            }
            if end == fixed {
                self.engine.prefixes.save(&sequence);
            }
            sink(Event::Prompt { done: end, total: tokens.len() });
        }
        Ok((sequence, Prompt { tokens, computed, logits }))
    }

    /// Writes an answer to its end.
    fn write(
        &mut self,
        sequence: &mut Sequence,
        prompt: &Prompt,
        answer: &mut Answer<'_>,
        sink: &mut dyn FnMut(Event<'_>),
    ) -> Result<(), EngineError> {
        let vocabulary = self.engine.decoder.spec().vocabulary;
        let mut lookup = self.engine.lookup.then(|| Lookup::new(&prompt.tokens));
        while answer.take(answer.pending, &self.engine.language, sink) {
            let mut run = vec![answer.pending];
            // What has to follow is part of the answer before the model is asked again.
            for token in answer.forced() {
                if let Some(constraint) = &mut answer.constraint {
                    constraint.push(token).map_err(EngineError::Grammar)?;
                }
                if !answer.take(token, &self.engine.language, sink) {
                    return Ok(());
                }
                run.push(token);
            }
            let certain = run.len();
            if let Some(lookup) = &mut lookup {
                run.iter().for_each(|token| lookup.push(*token));
                // Tokens beyond the bound would be verified for nothing.
                let room = (answer.max_tokens - answer.tokens - 1).min(MAX_BATCH - certain);
                run.extend_from_slice(lookup.guess(room));
            }
            let before = sequence.len();
            let guessed = run.len() - certain;
            let logits = self.read(sequence, &run, guessed + 1)?.to_vec();
            let mut right = 0;
            for row in logits.chunks_exact(vocabulary) {
                answer.draw(row)?;
                if run.get(certain + right) != Some(&answer.pending) {
                    break;
                }
                right += 1;
                if !answer.take(answer.pending, &self.engine.language, sink) {
                    break;
                }
                if let Some(lookup) = &mut lookup {
                    lookup.push(answer.pending);
                }
            }
            sequence.truncate(before + certain + right);
            if let Some(lookup) = &mut lookup {
                lookup.learn(guessed, right);
            }
            if answer.reason.is_some() {
                break;
            }
        }
        Ok(())
    }
}

impl Session for NativeSession<'_> {
    fn chat(
        &mut self,
        request: &Request<'_>,
        sink: &mut dyn FnMut(Event<'_>),
    ) -> Result<Completion, EngineError> {
        let constraint = self.engine.language.constraint(request)?;
        let (mut sequence, prompt) = self.read_prompt(request, sink)?;
        let mut answer = Answer::new(request, request.sampling, &prompt, constraint)?;
        let written = self.write(&mut sequence, &prompt, &mut answer, sink);
        self.engine.keep(sequence);
        written?;
        Ok(answer.finish(prompt.computed, sink))
    }

    fn candidates(
        &mut self,
        request: &Request<'_>,
        samplings: &[Sampling],
    ) -> Result<Vec<Completion>, EngineError> {
        let constraint = self.engine.language.constraint(request)?;
        let (sequence, prompt) = self.read_prompt(request, &mut |_| {})?;
        let vocabulary = self.engine.decoder.spec().vocabulary;
        let mut answers = Vec::with_capacity(samplings.len());
        for sampling in samplings {
            let constraint = constraint.as_ref().map(Constraint::fork);
            let answer = Answer::new(request, *sampling, &prompt, constraint)?;
            answers.push((answer, sequence.clone()));
        }
        loop {
            // An answer that has ended leaves the batch.
            let mut going = Vec::new();
            for (answer, sequence) in &mut answers {
                if answer.reason.is_none()
                    && answer.take(answer.pending, &self.engine.language, &mut |_| {})
                {
                    going.push((answer, sequence));
                }
            }
            if going.is_empty() {
                break;
            }
            let pending: Vec<[u32; 1]> = going.iter().map(|(answer, _)| [answer.pending]).collect();
            for (going, pending) in going.chunks_mut(MAX_BATCH).zip(pending.chunks(MAX_BATCH)) {
                let mut runs: Vec<Run<'_>> = going
                    .iter_mut()
                    .zip(pending)
                    .map(|((_, sequence), token)| Run { sequence, tokens: token, logits: 1 })
                    .collect();
                let logits = self.engine.decoder.forward(&mut runs);
                if self.cancel.is_cancelled() {
                    self.engine.keep(sequence);
                    return Err(EngineError::Cancelled);
                }
                for ((answer, _), row) in going.iter_mut().zip(logits.chunks_exact(vocabulary)) {
                    answer.draw(row)?;
                }
            }
        }
        self.engine.keep(sequence);
        let end = |(answer, _): (Answer<'_>, Sequence)| answer.finish(prompt.computed, &mut |_| {});
        Ok(answers.into_iter().map(end).collect())
    }

    fn choose(&mut self, request: &Request<'_>, labels: &[&str]) -> Result<Vec<f64>, EngineError> {
        let (sequence, prompt) = self.read_prompt(request, &mut |_| {})?;
        let vocabulary = &self.engine.language.vocabulary;
        let mut answers = Vec::with_capacity(labels.len());
        for label in labels {
            let mut tokens = vocabulary.encode(&vocabulary.shield(label))?;
            tokens.extend(vocabulary.turn_end());
            answers.push(tokens);
        }
        let size = self.engine.decoder.spec().vocabulary;
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
            let logits = if runs.is_empty() { &[] } else { self.engine.decoder.forward(&mut runs) };
            if self.cancel.is_cancelled() {
                self.engine.keep(sequence);
                return Err(EngineError::Cancelled);
            }
            let mut rows = logits.chunks_exact(size);
            for tokens in answers {
                let after = rows.by_ref().take(read(tokens));
                let all = std::iter::once(prompt.logits.as_slice()).chain(after);
                logarithms.push(all.zip(tokens).map(|(row, t)| log_probability(row, *t)).sum());
            }
        }
        self.engine.keep(sequence);
        Ok(shares(&logarithms))
    }
}

/// Logarithm of a token's probability.
fn log_probability(logits: &[f32], token: u32) -> f64 {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f64 = logits.iter().map(|logit| f64::from(logit - most).exp()).sum();
    let own = logits.get(token as usize).copied().unwrap_or(f32::NEG_INFINITY);
    f64::from(own - most) - sum.ln()
}

/// Logarithms of probabilities as shares of their sum.
fn shares(logarithms: &[f64]) -> Vec<f64> {
    let most = logarithms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = logarithms.iter().map(|l| (l - most).exp()).collect();
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / sum).collect()
}
