//! What the office asks for: each task turns notes into a [`Draft`].
//!
//! A task knows the form of its document and nothing of files, terminals or models on disk. It is
//! given notes, the office sheet and an [`Engine`](crate::engine::Engine), and tells a sink how
//! far it is.

mod article;
pub mod aside;
pub mod dossier;
pub mod expand;
pub mod letter;
pub mod letterhead;
pub mod minutes;
pub mod poster;
pub mod prose;
mod running;
#[cfg(test)]
mod testing;
pub mod wording;

use crate::document::Document;
use crate::engine::{CancelToken, Engine, EngineError};
use crate::finding::Finding;
use crate::notes::Notes;
use crate::office::Office;
use crate::prompt::{PromptError, Prompts};

/// What a task works from.
pub struct Inputs<'a> {
    /// What the user typed.
    pub notes: &'a Notes,
    /// The office sheet; the empty one when there is none.
    pub office: &'a Office,
    /// Words for the model.
    pub prompts: &'a Prompts,
    /// Seed of every draw.
    pub seed: u64,
}

/// The model and how to stop it.
pub struct Model<'a> {
    /// The loaded model.
    pub engine: &'a mut dyn Engine,
    /// Stops it.
    pub cancel: CancelToken,
    /// How far its sentences are trusted.
    pub trust: Trust,
}

/// How far a model's sentences are trusted; the quality bench sets it for each model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trust {
    /// Least fluency (mean log-probability of a token) of a constrained sentence.
    pub floor: f64,
    /// Whether it may write freely what constrained expansion did not bring, under the same check.
    pub free: bool,
}

impl Trust {
    /// What is not asked is not trusted.
    pub const NONE: Self = Self { floor: f64::INFINITY, free: false };

    /// Whether anything that the model says would be kept.
    pub fn is_asked(self) -> bool {
        self.floor.is_finite() || self.free
    }
}

/// How far a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress<'a> {
    /// The item now being written.
    Item {
        /// From 1.
        index: usize,
        /// How many there are.
        total: usize,
        /// Its title.
        title: &'a str,
    },
    /// A transcript is about to be read.
    Transcript {
        /// How long it is.
        words: usize,
        /// How long that takes, about.
        seconds: usize,
    },
    /// The model reads.
    Prompt {
        /// Tokens read.
        done: usize,
        /// Tokens to read.
        total: usize,
    },
    /// The model wrote one more token.
    Token,
}

/// What the model cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Prompt tokens computed.
    pub tokens_in: usize,
    /// Tokens written.
    pub tokens_out: usize,
}

/// A finished draft.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The document, with plain spaces and ungrouped digits; typography is set when it is written
    /// for people.
    pub document: Document,
    /// Points to check, in the order of the notes.
    pub findings: Vec<Finding>,
    /// The typed record the document was made from: what the office keeps and corrects.
    pub record: serde_json::Value,
    /// The record that goes with a document to be published, where it may say less than the
    /// office's own.
    pub published: Option<serde_json::Value>,
    /// What the model cost.
    pub usage: Usage,
    /// Share of the notes' lines that were read.
    pub notes_read: f64,
}

/// Tells how far a task is.
pub type Sink<'a> = dyn FnMut(Progress<'_>) + 'a;

/// What stops a task. Problems in the notes do not: they are findings.
#[derive(Debug, thiserror::Error)]
pub enum TaskError {
    /// The model failed, or the user stopped it.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// A prompt of the settings folder is wrong.
    #[error(transparent)]
    Prompt(#[from] PromptError),
}
