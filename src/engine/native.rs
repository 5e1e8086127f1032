//! Our own engine: the decoder, its vocabulary, and what conversations have in common.
//!
//! A conversation goes on from the longest beginning that any recent one shares with it, to the
//! token; what was read is never read again while it is kept. Results do not depend on it.

use super::cache::Sequence;
use super::decoder::{Decoder, MAX_BATCH, Run};
use super::language::Language;
use super::sampler::next_token;
use super::stream::TextStream;
use super::{
    CancelToken, Completion, Engine, EngineError, Event, ModelInfo, Request, Session, StopReason,
};

/// Sequences kept for conversations to come.
const KEPT: usize = 4;

/// A model that our decoder runs.
pub struct NativeEngine {
    decoder: Decoder,
    language: Language,
    info: ModelInfo,
    /// What recent conversations read, the latest last.
    kept: Vec<Sequence>,
}

impl NativeEngine {
    pub(super) const fn new(decoder: Decoder, language: Language, info: ModelInfo) -> Self {
        Self { decoder, language, info, kept: Vec::new() }
    }

    /// The longest beginning of the prompt that was read already, one token left to read.
    fn take_up(&self, prompt: &[u32]) -> Sequence {
        let shared = |sequence: &Sequence| {
            let both = sequence.tokens().iter().zip(prompt);
            both.take_while(|(a, b)| a == b).count().min(prompt.len() - 1)
        };
        let Some(best) = self.kept.iter().max_by_key(|s| shared(s)) else {
            return self.decoder.sequence();
        };
        let mut sequence = best.clone();
        sequence.truncate(shared(best));
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

impl NativeSession<'_> {
    /// Reads tokens after those of the sequence; answers the logits after the last.
    fn read(&mut self, sequence: &mut Sequence, tokens: &[u32]) -> Result<&[f32], EngineError> {
        let before = sequence.len();
        let logits = self.engine.decoder.forward(&mut [Run { sequence, tokens, logits: 1 }]);
        if self.cancel.is_cancelled() {
            sequence.truncate(before);
            return Err(EngineError::Cancelled);
        }
        Ok(logits)
    }
}

impl Session for NativeSession<'_> {
    fn chat(
        &mut self,
        request: &Request<'_>,
        sink: &mut dyn FnMut(Event<'_>),
    ) -> Result<Completion, EngineError> {
        let prompt = self.engine.language.prompt(request, self.engine.info.context_tokens)?;
        let mut sequence = self.engine.take_up(&prompt);
        let tokens_in = prompt.len() - sequence.len();
        let mut stream = TextStream::new(request.stop);
        let mut tokens_out = 0;
        let mut answer = || {
            let mut token = 0;
            while sequence.len() < prompt.len() {
                let end = (sequence.len() + MAX_BATCH).min(prompt.len());
                let piece = &prompt[sequence.len()..end];
                let logits = self.read(&mut sequence, piece)?;
                token = next_token(logits, request.sampling, prompt.len());
                sink(Event::Prompt { done: end, total: prompt.len() });
            }
            loop {
                if tokens_out == request.max_tokens {
                    return Ok(StopReason::MaxTokens);
                }
                tokens_out += 1;
                let vocabulary = &self.engine.language.vocabulary;
                if vocabulary.ends_turn(token) {
                    return Ok(StopReason::EndOfTurn);
                }
                let bytes = vocabulary.bytes(token);
                sink(Event::Token { text: stream.push(&bytes) });
                if stream.stopped() {
                    return Ok(StopReason::StopString);
                }
                if tokens_out < request.max_tokens {
                    let logits = self.read(&mut sequence, &[token])?;
                    token = next_token(logits, request.sampling, prompt.len() + tokens_out);
                }
            }
        };
        let reason = answer();
        self.engine.keep(sequence);
        let reason = reason?;
        let (rest, text) = stream.finish();
        if !rest.is_empty() {
            sink(Event::Token { text: &rest });
        }
        sink(Event::End { reason });
        Ok(Completion { text, reason, tokens_in, tokens_out })
    }
}
