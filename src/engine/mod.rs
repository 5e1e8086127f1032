//! Tokens in, tokens out: what the rest of the program may know of a language model.
//!
//! An [`Engine`] is a loaded model; a [`Session`] is one conversation with it. Nothing above
//! these traits knows which implementation runs. Three exist: our own (`native`), `candle` where
//! ours has no kernels, and [`scripted`] (tests, exact and instantaneous). [`load`] chooses;
//! [`absent`] stands in where no model is needed.
//!
//! [`header`] tells what a model file is before anything is made of it.
//!
//! Our own, from the bottom: [`kernel`] multiplies, [`pool`] shares work among threads, `panels`
//! maps the weights, [`arch`] says what a model is made of, [`cache`] keeps keys and values,
//! [`decoder`] turns tokens into logits, [`constrain`] says which may come next, `answer` draws
//! them and ends, `lookup` guesses ahead, `search` finds the likeliest texts of a [`lattice`],
//! `prefix` keeps what every conversation begins with, `native` holds conversations; [`measure`]
//! tells how fast all this is.

pub mod absent;
mod answer;
pub mod arch;
pub mod cache;
mod candle;
pub mod chat;
pub mod constrain;
pub mod decoder;
mod gguf;
pub mod header;
pub mod kernel;
mod language;
pub mod lattice;
pub mod load;
mod lookup;
pub mod measure;
mod native;
mod panels;
pub mod pool;
mod prefix;
pub mod sampler;
pub mod scripted;
mod search;
pub mod stream;
pub mod tokenizer;

pub use constrain::Grammar;
pub use lattice::Lattice;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;

/// Who speaks in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The rules of the work.
    System,
    /// The request.
    User,
    /// The model's answer.
    Assistant,
}

/// One message of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// What is said.
    pub content: String,
}

impl Message {
    /// A message.
    pub fn new(role: Role, content: impl Into<String>) -> Self {
        Self { role, content: content.into() }
    }
}

/// How the next token is chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sampling {
    /// The most probable token, always.
    Greedy,
    /// Drawn from the most probable tokens; the same seed draws the same tokens.
    Seeded {
        /// Seed of the draw.
        seed: u64,
        /// Above 0; 1 leaves the probabilities as they are.
        temperature: f64,
        /// Tokens are drawn from the smallest set whose probabilities add up to this.
        top_p: f64,
    },
}

/// What is asked of a session.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The whole conversation so far. What it shares with an earlier one is not computed again.
    pub messages: &'a [Message],
    /// How many of the first messages are the same in every conversation of this kind and hold
    /// nothing of the user's: what the model makes of them may be kept on disk.
    pub fixed: usize,
    /// Upper bound on the tokens of the answer.
    pub max_tokens: usize,
    /// How tokens are chosen.
    pub sampling: Sampling,
    /// Strings that end the answer; they are not part of it.
    pub stop: &'a [&'a str],
    /// What the answer has to follow, if anything.
    pub grammar: Option<&'a Grammar<'a>>,
}

/// What happens while a session answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    /// The prompt is being read.
    Prompt {
        /// Tokens read so far, those already known included.
        done: usize,
        /// Tokens of the whole prompt.
        total: usize,
    },
    /// A piece of the answer.
    Token {
        /// Text that this token completes; may be empty inside a character.
        text: &'a str,
    },
    /// The answer is complete.
    End {
        /// Why it ended.
        reason: StopReason,
    },
}

/// Why an answer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StopReason {
    /// The model closed its turn.
    EndOfTurn,
    /// A stop string came.
    StopString,
    /// The bound on tokens was reached.
    MaxTokens,
}

/// A whole answer and what it cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Completion {
    /// The answer, without stop strings.
    pub text: String,
    /// Why it ended.
    pub reason: StopReason,
    /// Prompt tokens that had to be computed.
    pub tokens_in: usize,
    /// Tokens written.
    pub tokens_out: usize,
}

/// What a search looks for.
pub struct Wanted<'a> {
    /// Least fluency: a search ends where nothing is likely to reach it.
    pub floor: f64,
    /// What else a text has to be.
    pub suits: &'a dyn Fn(&str) -> bool,
}

impl Wanted<'_> {
    /// Whether this is what is looked for.
    pub fn met_by(&self, hypothesis: &Hypothesis) -> bool {
        hypothesis.fluency() >= self.floor && (self.suits)(&hypothesis.text)
    }
}

/// A text that a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hypothesis {
    /// The text.
    pub text: String,
    /// Its length in tokens.
    pub tokens: usize,
    /// How many of them the lattice gave, before the first choice.
    pub given: usize,
    /// Logarithm of the probability of the others, as the model has it.
    pub log_probability: f64,
}

impl Hypothesis {
    /// Mean logarithm of the probabilities of the tokens after those given: how fluent the model
    /// finds it; 0 at best.
    pub fn fluency(&self) -> f64 {
        self.log_probability / self.tokens.saturating_sub(self.given).max(1) as f64
    }
}

/// What a search gave and what it cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    /// What was found, the best first.
    pub hypotheses: Vec<Hypothesis>,
    /// Prompt tokens that had to be computed.
    pub tokens_in: usize,
}

/// What is known of a loaded model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ModelInfo {
    /// Name for people.
    pub name: String,
    /// SHA-256 of the file, in hexadecimal; empty where there is no file.
    pub sha256: String,
    /// Architecture as the file names it.
    pub architecture: String,
    /// Tokens that fit in one conversation, answer included.
    pub context_tokens: usize,
    /// Instruction set or implementation that runs, as the receipt names it.
    pub tier: String,
}

/// Asks a running session to stop; cloned freely, works from any thread.
#[derive(Debug, Clone, Default)]
pub struct CancelToken(Arc<AtomicBool>);

impl CancelToken {
    /// Asks to stop.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether someone asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Why a model cannot be loaded or cannot answer.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The user asked to stop.
    #[error("arrêt demandé")]
    Cancelled,
    /// The conversation and its answer do not fit the model's window.
    #[error(
        "le texte demande {prompt_tokens} jetons et {answer_tokens} de réponse, le modèle en accepte {limit} : découpez vos notes"
    )]
    TooLong {
        /// Tokens of the conversation.
        prompt_tokens: usize,
        /// Tokens asked for the answer.
        answer_tokens: usize,
        /// Tokens that fit.
        limit: usize,
    },
    /// The model would push the machine into swapping.
    #[error(
        "le modèle {name} demande environ {} de mémoire, il en reste {} : fermez des programmes ou prenez un modèle plus petit (greffier modeles liste)",
        gigabytes(*needed),
        gigabytes(*available)
    )]
    Memory {
        /// The model.
        name: String,
        /// Bytes it takes.
        needed: u64,
        /// Bytes that are free.
        available: u64,
    },
    /// The file is not a model that can be run.
    #[error("{0}")]
    Unusable(String),
    /// What an answer has to follow is no grammar, or cannot be followed with this vocabulary.
    #[error("la forme demandée pour la réponse n'est pas utilisable ({0}) : corrigez-la")]
    Grammar(String),
    /// The computation failed.
    #[error("le calcul du modèle a échoué : {0}")]
    Failed(String),
}

fn gigabytes(bytes: u64) -> String {
    format!("{:.1} Go", bytes as f64 / 1e9).replace('.', ",")
}

/// A loaded model.
pub trait Engine {
    /// What is known of it.
    fn model(&self) -> &ModelInfo;

    /// Opens a conversation. Sessions of one engine do not see each other.
    fn session(&mut self, cancel: CancelToken) -> Box<dyn Session + '_>;
}

/// One conversation with a model.
pub trait Session {
    /// Answers the request, telling `sink` what happens.
    ///
    /// # Errors
    /// [`EngineError::TooLong`] before anything is computed, [`EngineError::Cancelled`] between
    /// two tokens or two pieces of the prompt.
    fn chat(
        &mut self,
        request: &Request<'_>,
        sink: &mut dyn FnMut(Event<'_>),
    ) -> Result<Completion, EngineError>;

    /// Answers the request once for each way of choosing tokens. Each answer is the one that
    /// [`Session::chat`] would give; engines that can write them side by side.
    ///
    /// # Errors
    /// As [`Session::chat`].
    fn candidates(
        &mut self,
        request: &Request<'_>,
        samplings: &[Sampling],
    ) -> Result<Vec<Completion>, EngineError> {
        let one = |sampling: &Sampling| {
            self.chat(&Request { sampling: *sampling, ..*request }, &mut |_| {})
        };
        samplings.iter().map(one).collect()
    }

    /// The likeliest answers among those that a lattice spells: the best that suits, and what else
    /// was found on the way. An engine that cannot search finds none.
    ///
    /// # Errors
    /// As [`Session::chat`].
    fn search(
        &mut self,
        _request: &Request<'_>,
        _lattice: &Lattice,
        _wanted: &Wanted<'_>,
    ) -> Result<Search, EngineError> {
        Ok(Search { hypotheses: Vec::new(), tokens_in: 0 })
    }

    /// How probable each of these answers is, relative to the others: what a closed choice is made
    /// by. The sum is 1.
    ///
    /// # Errors
    /// As [`Session::chat`]; [`EngineError::Failed`] where the engine cannot tell.
    fn choose(
        &mut self,
        _request: &Request<'_>,
        _labels: &[&str],
    ) -> Result<Vec<f64>, EngineError> {
        Err(EngineError::Failed("ce moteur ne compare pas de réponses".into()))
    }
}
