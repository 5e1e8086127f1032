//! An engine whose answers are written beforehand: task tests are exact and instantaneous.

use super::{
    CancelToken, Completion, Engine, EngineError, Event, Message, ModelInfo, Request, Session,
    StopReason,
};

type Answer<'a> = Box<dyn FnMut(&[Message]) -> String + 'a>;

/// Answers by a closure that sees the conversation.
pub struct ScriptedEngine<'a> {
    info: ModelInfo,
    answer: Answer<'a>,
    requests: Vec<Vec<Message>>,
}

impl<'a> ScriptedEngine<'a> {
    /// Answers what the closure gives for the conversation.
    pub fn with(answer: impl FnMut(&[Message]) -> String + 'a) -> Self {
        let info = ModelInfo {
            name: "essai".into(),
            sha256: String::new(),
            architecture: "scripted".into(),
            context_tokens: 4096,
            tier: "scripted".into(),
        };
        Self { info, answer: Box::new(answer), requests: Vec::new() }
    }

    /// Gives these answers in order, then nothing.
    pub fn new(answers: Vec<String>) -> Self {
        let mut answers = answers.into_iter();
        Self::with(move |_| answers.next().unwrap_or_default())
    }

    /// Every conversation it was asked to answer.
    pub fn requests(&self) -> &[Vec<Message>] {
        &self.requests
    }
}

impl Engine for ScriptedEngine<'_> {
    fn model(&self) -> &ModelInfo {
        &self.info
    }

    fn session(&mut self, cancel: CancelToken) -> Box<dyn Session + '_> {
        Box::new(ScriptedSession {
            answer: &mut self.answer,
            requests: &mut self.requests,
            cancel,
            limit: self.info.context_tokens,
        })
    }
}

struct ScriptedSession<'s, 'a> {
    answer: &'s mut Answer<'a>,
    requests: &'s mut Vec<Vec<Message>>,
    cancel: CancelToken,
    limit: usize,
}

impl Session for ScriptedSession<'_, '_> {
    fn chat(
        &mut self,
        request: &Request<'_>,
        sink: &mut dyn FnMut(Event<'_>),
    ) -> Result<Completion, EngineError> {
        let words = |text: &str| text.split_whitespace().count();
        let prompt_tokens: usize = request.messages.iter().map(|m| words(&m.content)).sum();
        if prompt_tokens.saturating_add(request.max_tokens) > self.limit {
            return Err(EngineError::TooLong {
                prompt_tokens,
                answer_tokens: request.max_tokens,
                limit: self.limit,
            });
        }
        if self.cancel.is_cancelled() {
            return Err(EngineError::Cancelled);
        }
        self.requests.push(request.messages.to_vec());
        sink(Event::Prompt { done: prompt_tokens, total: prompt_tokens });
        let mut text = (self.answer)(request.messages);
        let mut reason = StopReason::EndOfTurn;
        let stops = request.stop.iter().filter(|stop| !stop.is_empty());
        if let Some(at) = stops.filter_map(|stop| text.find(stop)).min() {
            text.truncate(at);
            reason = StopReason::StopString;
        }
        let mut shown = String::new();
        let mut tokens_out = 0;
        for word in text.split_inclusive(char::is_whitespace) {
            if self.cancel.is_cancelled() {
                return Err(EngineError::Cancelled);
            }
            if tokens_out == request.max_tokens {
                reason = StopReason::MaxTokens;
                break;
            }
            tokens_out += 1;
            shown.push_str(word);
            sink(Event::Token { text: word });
        }
        sink(Event::End { reason });
        Ok(Completion { text: shown, reason, tokens_in: prompt_tokens, tokens_out })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Role, Sampling};

    fn ask(
        engine: &mut ScriptedEngine<'_>,
        max_tokens: usize,
        cancel: &CancelToken,
    ) -> Result<Completion, EngineError> {
        let messages = [Message::new(Role::User, "bonjour à tous")];
        let request = Request {
            messages: &messages,
            fixed: 0,
            max_tokens,
            sampling: Sampling::Greedy,
            stop: &["\n"],
            grammar: None,
        };
        engine.session(cancel.clone()).chat(&request, &mut |_| {})
    }

    #[test]
    fn answers_come_in_order_and_honour_the_request() {
        let mut engine = ScriptedEngine::new(vec!["un deux\ntrois".into(), "un deux trois".into()]);
        let cancel = CancelToken::default();
        let first = ask(&mut engine, 10, &cancel).unwrap();
        assert_eq!((first.text.as_str(), first.reason), ("un deux", StopReason::StopString));
        let second = ask(&mut engine, 2, &cancel).unwrap();
        assert_eq!((second.text.as_str(), second.reason), ("un deux ", StopReason::MaxTokens));
        assert_eq!(engine.requests().len(), 2);
        assert!(matches!(ask(&mut engine, 5000, &cancel), Err(EngineError::TooLong { .. })));
        cancel.cancel();
        assert!(matches!(ask(&mut engine, 2, &cancel), Err(EngineError::Cancelled)));
    }
}
