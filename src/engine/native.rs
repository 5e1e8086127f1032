//! Our own engine: the decoder, its vocabulary, and what conversations have in common.
//!
//! A conversation goes on from the longest beginning that any recent one shares with it, to the
//! token, or from the state of the fixed messages on disk; what was read is never read again while
//! it is kept. Several answers to one request share what they were asked, and are written in one
//! batch. Results depend on none of this, nor on the guesses of [`Lookup`].

use super::cache::{Layout, Sequence};
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
}

impl<'a> Answer<'a> {
    fn new(request: &Request<'a>, sampling: Sampling, prompt: &Prompt) -> Self {
        let mut answer = Self {
            stream: TextStream::new(request.stop),
            sampling,
            max_tokens: request.max_tokens,
            prompt_tokens: prompt.tokens.len(),
            tokens: 0,
            pending: 0,
            reason: None,
        };
        answer.pending = answer.draw(&prompt.logits);
        answer
    }

    /// The next token after these logits.
    fn draw(&self, logits: &[f32]) -> u32 {
        next_token(logits, self.sampling, self.prompt_tokens + self.tokens)
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
            if let Some(lookup) = &mut lookup {
                lookup.push(answer.pending);
                // Tokens beyond the bound would be verified for nothing.
                let room = answer.max_tokens - answer.tokens - 1;
                run.extend_from_slice(lookup.guess(room));
            }
            let before = sequence.len();
            let guessed = run.len() - 1;
            let logits = self.read(sequence, &run, run.len())?.to_vec();
            let mut right = 0;
            for row in logits.chunks_exact(vocabulary) {
                answer.pending = answer.draw(row);
                if run.get(right + 1) != Some(&answer.pending) {
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
            sequence.truncate(before + 1 + right);
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
        let (mut sequence, prompt) = self.read_prompt(request, sink)?;
        let mut answer = Answer::new(request, request.sampling, &prompt);
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
        let (sequence, prompt) = self.read_prompt(request, &mut |_| {})?;
        let vocabulary = self.engine.decoder.spec().vocabulary;
        let mut answers: Vec<(Answer<'_>, Sequence)> = samplings
            .iter()
            .map(|sampling| (Answer::new(request, *sampling, &prompt), sequence.clone()))
            .collect();
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
                    answer.pending = answer.draw(row);
                }
            }
        }
        self.engine.keep(sequence);
        let end = |(answer, _): (Answer<'_>, Sequence)| answer.finish(prompt.computed, &mut |_| {});
        Ok(answers.into_iter().map(end).collect())
    }
}
