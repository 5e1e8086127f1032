//! Models on disk: registry, fetching, verification.
