//! What a model's words are: its vocabulary, and the template of its conversations.

use std::sync::{Arc, OnceLock};

use candle_core::quantized::gguf_file::Content;

use super::chat::{CHATML, ChatTemplate, GEMMA};
use super::constrain::{Constraint, Grammars};
use super::gguf;
use super::tokenizer::Vocabulary;
use super::{EngineError, Message, Request, Role};

/// Vocabulary and chat template of a model file.
pub(super) struct Language {
    pub(super) vocabulary: Arc<Vocabulary>,
    template: ChatTemplate,
    /// Made when the first answer has a form to follow.
    grammars: OnceLock<Result<Grammars, String>>,
}

impl Language {
    /// Reads both; `tokens` is how many the weights know.
    ///
    /// # Errors
    /// What is wrong, to be completed with the name of the file.
    pub(super) fn read(content: &Content, tokens: usize) -> Result<Self, String> {
        let vocabulary = Vocabulary::from_gguf(content)?;
        if vocabulary.is_empty() || vocabulary.len() > tokens {
            return Err(format!("{} jetons", vocabulary.len()));
        }
        let has = |texts: [&str; 2]| texts.iter().all(|text| vocabulary.has_special(text));
        let source = match gguf::text(content, "tokenizer.chat_template") {
            Some(source) => source,
            None if has(["<|im_start|>", "<|im_end|>"]) => CHATML,
            None if has(["<start_of_turn>", "<end_of_turn>"]) => GEMMA,
            None => return Err("pas de gabarit de conversation".into()),
        };
        let (bos, eos) = (vocabulary.bos().to_owned(), vocabulary.eos().to_owned());
        let template =
            ChatTemplate::new(source.into(), bos, eos).map_err(|error| error.to_string())?;
        let vocabulary = Arc::new(vocabulary);
        Ok(Self { vocabulary, template, grammars: OnceLock::new() })
    }

    /// What the answer to a request has to follow, if anything.
    ///
    /// # Errors
    /// [`EngineError::Grammar`]
    pub(super) fn constraint(
        &self,
        request: &Request<'_>,
    ) -> Result<Option<Constraint>, EngineError> {
        let Some(grammar) = request.grammar else { return Ok(None) };
        let grammars = self.grammars.get_or_init(|| Grammars::new(&self.vocabulary));
        let start = |grammars: &Grammars| grammars.start(grammar);
        let started = grammars.as_ref().map_err(Clone::clone).and_then(start);
        started.map(Some).map_err(EngineError::Grammar)
    }

    /// The tokens of a conversation.
    ///
    /// # Errors
    /// [`EngineError::TooLong`] when it does not fit in `limit` with its answer,
    /// [`EngineError::Failed`] when there is nothing in it.
    pub(super) fn prompt(
        &self,
        request: &Request<'_>,
        limit: usize,
    ) -> Result<Vec<u32>, EngineError> {
        let shield = |message: &str| self.vocabulary.shield(message);
        let prompt = self.vocabulary.encode(&self.template.render(request.messages, &shield)?)?;
        if prompt.is_empty() {
            return Err(EngineError::Failed("conversation vide".into()));
        }
        if prompt.len().saturating_add(request.max_tokens) > limit {
            return Err(EngineError::TooLong {
                prompt_tokens: prompt.len(),
                answer_tokens: request.max_tokens,
                limit,
            });
        }
        Ok(prompt)
    }

    /// How many tokens of the prompt come from the fixed messages.
    pub(super) fn fixed(&self, request: &Request<'_>, prompt: &[u32]) -> usize {
        let Some(first) = request.messages.get(..request.fixed).filter(|m| !m.is_empty()) else {
            return 0;
        };
        // The template closes with the opening of an answer: two different next messages tell
        // where the fixed ones end.
        let shield = |message: &str| self.vocabulary.shield(message);
        let tokens = |next: &str| {
            let messages = [first, &[Message::new(Role::User, next)]].concat();
            let text = self.template.render(&messages, &shield)?;
            self.vocabulary.encode(&text)
        };
        let (Ok(one), Ok(other)) = (tokens("a"), tokens("1")) else { return 0 };
        let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
        prompt.iter().zip(&one).take(same).take_while(|(a, b)| a == b).count()
    }
}
