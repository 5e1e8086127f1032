//! Words for the model: templates under `prompts/`, compiled in, overridable, strict.
