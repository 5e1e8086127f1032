//! Answers that have to follow a form: a JSON schema, a regular expression, the words of a text, one
//! of a few strings.
//!
//! llguidance says, before each token, which ones may come next; the others are made impossible
//! before one is chosen. Where only one continuation is left its tokens are taken without asking
//! the model. Special tokens never stand in such an answer; the end of the turn comes when the form
//! is complete.

use std::sync::Arc;

use llguidance::api::TopLevelGrammar;
use llguidance::{Matcher, ParserFactory};
use serde_json::Value;
use toktrie::{InferenceCapabilities, TokEnv, TokRxInfo, TokTrie, TokenizerEnv};

use super::gguf::one_line;
use super::tokenizer::Vocabulary;

/// A form for an answer, whole.
#[derive(Debug, Clone, Copy)]
pub enum Grammar<'a> {
    /// A JSON value that the schema accepts.
    JsonSchema(&'a Value),
    /// A text that the regular expression matches from its first to its last character.
    Regex(&'a str),
    /// Words of this text that follow each other.
    Excerpt(&'a str),
    /// One of these strings.
    OneOf(&'a [&'a str]),
}

/// Longest token that such an answer may use, and bytes of them all: what `toktrie` has room for.
const MAX_WORD_BYTES: usize = 1024;
const MAX_TREE_BYTES: usize = (1 << 22) - 2;

/// Makes constraints for one vocabulary.
pub(super) struct Grammars {
    factory: ParserFactory,
}

/// What one answer may still become.
pub(super) struct Constraint {
    matcher: Matcher,
}

/// A vocabulary as llguidance wants it.
struct Environment {
    vocabulary: Arc<Vocabulary>,
    trie: TokTrie,
}

impl TokenizerEnv for Environment {
    fn tok_trie(&self) -> &TokTrie {
        &self.trie
    }

    fn tokenize_bytes(&self, bytes: &[u8]) -> Vec<u32> {
        self.trie.tokenize_with_greedy_fallback(bytes, |text| {
            self.vocabulary
                .encode_after(text)
                .unwrap_or_else(|_| self.trie.greedy_tokenize(text.as_bytes()))
        })
    }
}

impl Grammars {
    /// Reads the tokens of a vocabulary.
    ///
    /// # Errors
    /// What is wrong with the vocabulary.
    pub(super) fn new(vocabulary: &Arc<Vocabulary>) -> Result<Self, String> {
        let end = vocabulary.turn_end().ok_or("le vocabulaire n'a pas de fin de tour")?;
        let size = u32::try_from(vocabulary.len()).map_err(|error| error.to_string())?;
        let words: Vec<Vec<u8>> = (0..size)
            .map(|token| match vocabulary.is_special(token) {
                true => Vec::new(),
                false => vocabulary.bytes(token),
            })
            .map(|word| if word.len() > MAX_WORD_BYTES { Vec::new() } else { word })
            .collect();
        if words.iter().map(Vec::len).sum::<usize>() > MAX_TREE_BYTES {
            return Err("vocabulaire trop grand pour une forme".into());
        }
        let trie = TokTrie::from(&TokRxInfo::new(size, end), &words);
        let environment: TokEnv =
            Arc::new(Environment { vocabulary: Arc::clone(vocabulary), trie });
        let abilities = InferenceCapabilities { ff_tokens: true, ..Default::default() };
        let slices = llguidance::earley::SlicedBiasComputer::general_slices();
        let mut factory = ParserFactory::new(&environment, abilities, &slices)
            .map_err(|error| one_line(&error))?;
        factory.quiet();
        Ok(Self { factory })
    }

    /// Starts an answer.
    ///
    /// # Errors
    /// Why the form cannot be followed, in one line.
    pub(super) fn start(&self, grammar: &Grammar<'_>) -> Result<Constraint, String> {
        let grammar = match grammar {
            Grammar::JsonSchema(schema) => TopLevelGrammar::from_json_schema(compact(schema)),
            Grammar::Regex(regex) => TopLevelGrammar::from_regex(regex),
            Grammar::Excerpt(text) => {
                let words = serde_json::json!({ "substring_words": text });
                TopLevelGrammar::from_lark(format!("start: %regex {words}"))
            }
            Grammar::OneOf(texts) => {
                let quoted = texts.iter().map(|text| Value::from(*text).to_string());
                let any = quoted.collect::<Vec<_>>().join(" | ");
                TopLevelGrammar::from_lark(format!("start: {any}"))
            }
        };
        let parser = self.factory.create_parser(grammar).map_err(|error| one_line(&error))?;
        Ok(Constraint { matcher: Matcher::new(Ok(parser)) })
    }
}

/// The schema without white space between values: where it is free, a model may write nothing else
/// until its tokens are used up.
fn compact(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Some(object) = schema.as_object_mut() {
        let options = serde_json::json!({ "whitespace_flexible": false });
        object.insert("x-guidance".to_owned(), options);
    }
    schema
}

impl Constraint {
    /// Makes every token impossible that may not come next.
    ///
    /// # Errors
    /// Why nothing can come next.
    pub(super) fn apply(&mut self, logits: &mut [f32]) -> Result<(), String> {
        let allowed = self.matcher.compute_mask_or_eos().map_err(|error| one_line(&error))?;
        for (token, logit) in logits.iter_mut().enumerate() {
            if token >= allowed.len() || !allowed.get(token) {
                *logit = f32::NEG_INFINITY;
            }
        }
        Ok(())
    }

    /// Goes on with a token that was allowed.
    ///
    /// # Errors
    /// Why it was not.
    pub(super) fn push(&mut self, token: u32) -> Result<(), String> {
        // A complete form that nothing can follow has stopped already; the end of the turn was all
        // that was allowed.
        if self.matcher.is_stopped() {
            return Ok(());
        }
        self.matcher.consume_token(token).map_err(|error| one_line(&error))
    }

    /// Tokens that have to come next, whatever the model says.
    pub(super) fn forced(&mut self) -> Vec<u32> {
        if self.matcher.is_stopped() { Vec::new() } else { self.matcher.compute_ff_tokens() }
    }

    /// The same answer so far, to go on another way.
    pub(super) fn fork(&self) -> Self {
        Self { matcher: self.matcher.deep_clone() }
    }
}
