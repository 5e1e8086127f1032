//! Stub.

use crate::task::{Draft, Inputs, Model, Sink, TaskError};

/// Drafts.
pub fn draft(_: &Inputs<'_>, _: &mut Model<'_>, _: &mut Sink<'_>) -> Result<Draft, TaskError> {
    Err(crate::engine::EngineError::Failed("bientôt".into()).into())
}
