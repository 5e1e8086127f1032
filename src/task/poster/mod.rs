//! Posters.
use crate::task::{Draft, Inputs, Model, Sink, TaskError};
/// Drafts.
///
/// # Errors
/// Never.
pub fn draft(_inputs: &Inputs<'_>, _model: &mut Model<'_>, _sink: &mut Sink<'_>) -> Result<Draft, TaskError> { Err(TaskError::Engine(crate::engine::EngineError::Cancelled)) }
