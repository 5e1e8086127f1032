//! An answer in the making: how the next token is drawn, what it adds to the text, when it ends.
//! The same for every engine that computes logits.

use super::constrain::Constraint;
use super::language::Language;
use super::sampler::next_token;
use super::stream::TextStream;
use super::{Completion, EngineError, Event, Request, Sampling, StopReason};

/// An answer in the making.
pub(super) struct Answer<'a> {
    language: &'a Language,
    stream: TextStream<'a>,
    sampling: Sampling,
    max_tokens: usize,
    prompt_tokens: usize,
    /// Tokens that are part of the answer.
    tokens: usize,
    /// Drawn, not yet part of the answer.
    pending: u32,
    reason: Option<StopReason>,
    /// What the answer may still become.
    constraint: Option<Constraint>,
}

impl<'a> Answer<'a> {
    /// Begins an answer to a prompt of so many tokens, after which these are the logits.
    ///
    /// # Errors
    /// [`EngineError::Grammar`]
    pub(super) fn new(
        language: &'a Language,
        request: &Request<'a>,
        constraint: Option<Constraint>,
        prompt_tokens: usize,
        logits: &[f32],
    ) -> Result<Self, EngineError> {
        let mut answer = Self {
            language,
            stream: TextStream::new(request.stop),
            sampling: request.sampling,
            max_tokens: request.max_tokens,
            prompt_tokens,
            tokens: 0,
            pending: 0,
            reason: None,
            constraint,
        };
        answer.draw(logits)?;
        Ok(answer)
    }

    /// The token drawn last.
    pub(super) const fn pending(&self) -> u32 {
        self.pending
    }

    /// Whether it has ended.
    pub(super) const fn ended(&self) -> bool {
        self.reason.is_some()
    }

    /// How many more tokens it may have.
    pub(super) const fn room(&self) -> usize {
        self.max_tokens - self.tokens
    }

    /// Draws the next token after these logits.
    ///
    /// # Errors
    /// [`EngineError::Grammar`]
    pub(super) fn draw(&mut self, logits: &[f32]) -> Result<(), EngineError> {
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

    /// Makes the pending token part of the answer; whether the answer goes on.
    pub(super) fn take(&mut self, sink: &mut dyn FnMut(Event<'_>)) -> bool {
        if self.tokens == self.max_tokens {
            self.reason = Some(StopReason::MaxTokens);
            return false;
        }
        self.tokens += 1;
        let vocabulary = &self.language.vocabulary;
        if vocabulary.ends_turn(self.pending) {
            self.reason = Some(StopReason::EndOfTurn);
            return false;
        }
        let mut bytes = vocabulary.bytes(self.pending);
        // A form says itself what it begins with.
        if self.tokens == 1 && vocabulary.space_first() && self.constraint.is_none() {
            bytes = bytes.strip_prefix(b" ").map(<[u8]>::to_vec).unwrap_or(bytes);
        }
        sink(Event::Token { text: self.stream.push(&bytes) });
        if self.stream.stopped() {
            self.reason = Some(StopReason::StopString);
        } else if self.tokens == self.max_tokens {
            self.reason = Some(StopReason::MaxTokens);
        }
        self.reason.is_none()
    }

    /// Makes the tokens part of the answer that have to follow, whatever the model says; answers
    /// those after which it goes on.
    ///
    /// # Errors
    /// [`EngineError::Grammar`]
    pub(super) fn take_forced(
        &mut self,
        sink: &mut dyn FnMut(Event<'_>),
    ) -> Result<Vec<u32>, EngineError> {
        let Some(constraint) = &mut self.constraint else { return Ok(Vec::new()) };
        let mut taken = Vec::new();
        let forced = constraint.forced();
        for token in forced {
            if let Some(constraint) = &mut self.constraint {
                constraint.push(token).map_err(EngineError::Grammar)?;
            }
            self.pending = token;
            if !self.take(sink) {
                break;
            }
            taken.push(token);
        }
        Ok(taken)
    }

    /// The whole answer; `tokens_in` is what its prompt cost.
    pub(super) fn finish(self, tokens_in: usize, sink: &mut dyn FnMut(Event<'_>)) -> Completion {
        let reason = self.reason.unwrap_or(StopReason::MaxTokens);
        let (rest, text) = self.stream.finish();
        if !rest.is_empty() {
            sink(Event::Token { text: &rest });
        }
        sink(Event::End { reason });
        Completion { text, reason, tokens_in, tokens_out: self.tokens }
    }
}
