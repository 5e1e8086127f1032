//! Stub.

use crate::task::{Draft, Inputs, Model, Sink, TaskError};

/// Form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// E-mail.
    Email,
    /// Letter.
    Letter,
}

/// Drafts.
pub fn draft(
    _: &Inputs<'_>,
    _: Form,
    _: &mut Model<'_>,
    _: &mut Sink<'_>,
) -> Result<Draft, TaskError> {
    Err(crate::engine::EngineError::Failed("bientôt".into()).into())
}
