//! What stands in the place of a model where none is needed: it is asked nothing, and says so if it
//! is.

use super::{CancelToken, Completion, Engine, EngineError, Event, ModelInfo, Request, Session};

/// No model.
#[derive(Debug)]
pub struct Absent {
    info: ModelInfo,
}

impl Absent {
    /// Nothing to load.
    pub fn new() -> Self {
        Self {
            info: ModelInfo {
                name: "aucun".into(),
                sha256: String::new(),
                architecture: String::new(),
                context_tokens: 0,
                tier: String::new(),
            },
        }
    }
}

impl Default for Absent {
    fn default() -> Self {
        Self::new()
    }
}

impl Engine for Absent {
    fn model(&self) -> &ModelInfo {
        &self.info
    }

    fn session(&mut self, _cancel: CancelToken) -> Box<dyn Session + '_> {
        Box::new(Silent)
    }
}

struct Silent;

impl Session for Silent {
    fn chat(
        &mut self,
        _request: &Request<'_>,
        _sink: &mut dyn FnMut(Event<'_>),
    ) -> Result<Completion, EngineError> {
        Err(EngineError::Failed("aucun modèle n'a été chargé".into()))
    }
}
